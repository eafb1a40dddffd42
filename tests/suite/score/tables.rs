//! Each framework against a table computed by hand, with the source of its formula.

use expect_test::expect;
use roadbook::id::{Id as _, ItemId};

use super::{plan, scored};

/// W. E. Smith (1956): sort by weight ÷ processing time.
#[test]
fn value_effort_is_value_over_effort() {
    let items = ["value: 13; effort: 5", "value: 8; effort: 3", "value: 0; effort: 2", "value: XL; effort: 0.5"];
    assert_eq!(scored("scoring: value-effort", &items), ["2.6 = 13 ÷ 5", "2.667 = 8 ÷ 3", "0 = 0 ÷ 2", "16 = 8 ÷ 0.5"]);
}

/// S. McBride, “RICE: simple prioritization for product managers”, Intercom (2016): reach × impact × confidence ÷ effort, the
/// impact on 3, 2, 1, 0.5, 0.25, the confidence in percent. By hand:
///
/// | reach | impact | confidence | effort | reach × impact × confidence | score |
/// |---|---|---|---|---|---|
/// | 500 | 3 | 100 % | 2 | 1,500 | 750 |
/// | 2,000 | 1 | 80 % | 4 | 1,600 | 400 |
/// | 150 | 2 | 50 % | 0.5 | 150 | 300 |
/// | 900 | 0.25 | 80 % | 7 | 180 | 25.714 |
/// | 10 | 0.5 | 0.5 % | 3 | 0.025 | 0.008 |
#[test]
fn rice_multiplies_reach_impact_and_confidence() {
    let items = [
        "reach: 500; impact: 3; confidence: 100%; effort: 2",
        "reach: 2,000; impact: 1; confidence: 80; effort: 4",
        "reach: 150; impact: 2; confidence: 0.5; effort: 0.5",
        "reach: 900; impact: 0.25; confidence: 0.8; effort: 7",
        "reach: 10; impact: 0.5; confidence: 0.5%; effort: 3",
    ];
    assert_eq!(
        scored("scoring: rice", &items),
        [
            "750 = 500 × 3 × 100 % ÷ 2",
            "400 = 2000 × 1 × 80 % ÷ 4",
            "300 = 150 × 2 × 50 % ÷ 0.5",
            "25.714 = 900 × 0.25 × 80 % ÷ 7",
            "0.008 = 10 × 0.5 × 0.5 % ÷ 3",
        ]
    );
}

/// Scaled Agile Framework, “WSJF”: (user and business value + time criticality + risk reduction and opportunity enablement) ÷
/// job size. By hand: (8 + 5 + 2) ÷ 3 = 5; (20 + 1 + 1) ÷ 13 = 22 ÷ 13 = 1.6923; (1 + 1 + 1) ÷ 1 = 3; (3 + 13 + 8) ÷ 8 = 3.
#[test]
fn wsjf_divides_the_cost_of_delay_by_the_size() {
    let items = [
        "value: 8; time_criticality: 5; risk_reduction: 2; effort: 3",
        "business_value: 20; time criticality: 1; opportunity_enablement: 1; size: 13",
        "value: XS; time_criticality: XS; risk_reduction: XS; effort: XS",
        "value: 3; time_criticality: 13; risk_reduction: 8; effort: XL",
    ];
    assert_eq!(
        scored("scoring: wsjf", &items),
        ["5 = (8 + 5 + 2) ÷ 3", "1.692 = (20 + 1 + 1) ÷ 13", "3 = (1 + 1 + 1) ÷ 1", "3 = (3 + 13 + 8) ÷ 8"]
    );
}

/// S. Ellis and M. Brown, Hacking Growth (2017): impact, confidence and ease from 1 to 10. The product is what most tools
/// compute; the book takes the mean. By hand: 8 × 7 × 6 = 336 and 21 ÷ 3 = 7; 10 × 1 × 3 = 30 and 14 ÷ 3 = 4.667; 5 × 8 × 2.5 = 100
/// and 15.5 ÷ 3 = 5.167.
#[test]
fn ice_multiplies_and_ice_mean_averages() {
    let items = [
        "impact: 8; confidence: 7; ease: 6",
        "impact: 10; confidence: 1; ease: 3",
        "impact: 5; confidence: 80%; ease: 2.5",
    ];
    assert_eq!(scored("scoring: ice", &items), ["336 = 8 × 7 × 6", "30 = 10 × 1 × 3", "100 = 5 × 8 × 2.5"]);
    assert_eq!(
        scored("scoring: ice-mean", &items),
        ["7 = (8 + 7 + 6) ÷ 3", "4.667 = (10 + 1 + 3) ÷ 3", "5.167 = (5 + 8 + 2.5) ÷ 3"]
    );
}

/// The average of drivers by weight (Productboard, airfocus), divided by that of the costs (K. E. Wiegers, “First things first”,
/// 1999). The largest value of the plan is 20 and the largest effort 8; reach goes to 1,000. By hand, for the first item:
/// value 100 × 10 ÷ 20 = 50, reach 100 × 250 ÷ 1,000 = 25, so (3 × 50 + 1 × 25) ÷ 4 = 43.75; effort 100 × 4 ÷ 8 = 50; 43.75 ÷ 50 =
/// 0.875. For the second: (3 × 100 + 1 × 80) ÷ 4 = 95, ÷ 100 = 0.95. For the third: (0 + 1 × 100) ÷ 4 = 25, ÷ 12.5 = 2.
#[test]
fn weighted_averages_what_is_good_and_divides_by_what_costs() {
    let config = "scoring: weighted\nweights: {value: 3, reach: {weight: 1, of: 1000}, effort: -1}";
    let items = [
        "value: 10; reach: 250; effort: 4",
        "value: 20; reach: 800; effort: 8",
        "value: 0; reach: 1000; effort: XS",
        "value: 1; reach: 1; effort: 0",
    ];
    assert_eq!(
        scored(config, &items),
        [
            "0.875 = 43.75 ÷ 50: value 50, reach 25, effort 50",
            "0.95 = 95 ÷ 100: value 100, reach 80, effort 100",
            "2 = 25 ÷ 12.5: value 0, reach 100, effort 12.5",
            "effort is 0",
        ]
    );
}

/// The example of docs/configuration.md: (2 × 80 + 3 × 50 + 1 × 80) ÷ 6 = 65; (2 × 50 + 1 × 20) ÷ 3 = 40.
#[test]
fn the_documented_example_is_right() {
    let config = "scoring: weighted\nweights: {strategic_fit: {weight: 2, of: 5}, value: {weight: 3, of: 20}, confidence: 1, effort: -2, \
                  risk: {weight: -1, of: 10}}";
    let items = ["strategic_fit: 4; value: 10; confidence: 80%; effort: 5; risk: 2", "effort: 10; status: done"];
    assert_eq!(
        scored(config, &items)[0],
        "1.625 = 65 ÷ 40: strategic fit 80, value 50, confidence 80, effort 50, risk 20"
    );
}

/// Two costs: (2 × 50 + 1 × 20) ÷ 3 = 40. The benefit is 100 × 6 ÷ 8 = 75, so 75 ÷ 40 = 1.875.
#[test]
fn costs_have_weights_among_themselves() {
    let config = "scoring: weighted\nweights: {strategic_fit: {weight: 5, of: 8}, effort: {weight: -2, of: 10}, risk: {weight: -1, of: 5}}";
    assert_eq!(
        scored(config, &["strategic_fit: 6; effort: 5; risk: 1"]),
        ["1.875 = 75 ÷ 40: strategic fit 75, effort 50, risk 20"]
    );
}

/// Without costs the score is the average: (1 × 100 + 0.5 × 40) ÷ 1.5 = 80.
#[test]
fn without_costs_the_average_is_the_score() {
    let config = "scoring: weighted\nweights: {Strategic Fit: 1, confidence: 0.5}";
    let items = ["strategic-fit: 4; confidence: 40%", "strategic_fit: 2; confidence: 1"];
    assert_eq!(
        scored(config, &items),
        ["80 = 80: Strategic Fit 100, confidence 40", "66.667 = 66.67: Strategic Fit 50, confidence 100"]
    );
}

/// Each class weighs twice the next, on any of the scales (docs/configuration.md).
#[test]
fn priority_is_the_weight_of_the_class() {
    let items =
        ["priority: P0", "priority: P9", "priority: Must", "priority: could have", "priority: 2.5", "priority: won't"];
    assert_eq!(
        scored("scoring: priority", &items),
        ["512 = P0", "1 = P9", "256 = Must", "64 = could have", "96 = 2.5", "0 = won't"]
    );
}

#[test]
fn a_lifted_rank_speaks_in_the_terms_of_its_framework() {
    let items = [
        "value: 1; effort: 2; reach: 1; impact: 0.25; confidence: 100%; ease: 1; time_criticality: 1; risk_reduction: 1; priority: P9",
        "value: 8; effort: 1; reach: 90; impact: 2; confidence: 80%; ease: 9; time_criticality: 5; risk_reduction: 2; priority: P1; \
         depends_on: a",
        "value: 3; effort: 2; reach: 20; impact: 1; confidence: 50%; ease: 2; time_criticality: 2; risk_reduction: 1; priority: P4",
    ];
    let mut told = String::new();
    for scoring in ["value-effort", "rice", "wsjf", "ice", "ice-mean", "priority"] {
        told += &why(&format!("scoring: {scoring}"), &items);
    }
    told += &why("scoring: weighted\nweights: {value: 1, effort: -1}", &items);
    told += &why("scoring: weighted\nweights: {value: 1}", &items);
    expect![[r#"
        own score 0.5 (1 ÷ 2); boosted from 3 to 1 because it unblocks `b` (value 8): together 9 for 3 points of effort
        own score 0.13 (1 × 0.25 × 100 % ÷ 2); boosted from 3 to 1 because it unblocks `b` (benefit 144): together 144.25 for 3 points of effort
        own score 1.5 ((1 + 1 + 1) ÷ 2); boosted from 3 to 1 because it unblocks `b` (cost of delay 15): together 18 for 3 points of effort
        own score 2.5 (0.25 × 10 × 1); boosted from 3 to 1 because it unblocks `b` (score 144): together 146.5 for 2 items
        own score 3.75 ((0.25 + 10 + 1) ÷ 3); boosted from 2 to 1 because it unblocks `b` (score 6.333): together 10.083 for 2 items
        own score 1 (P9); boosted from 3 to 1 because it unblocks `b` (weight 256): together 257 for 2 items
        own score 0.13 (12.5 ÷ 100: value 12.5, effort 100); boosted from 3 to 1 because it unblocks `b` (benefit 100): together 112.5 for a cost of 150
        own score 12.5 (12.5: value 12.5); boosted from 3 to 1 because it unblocks `b` (benefit 100): together 112.5 for 2 items
    "#]].assert_eq(&told);
}

/// Why the first item stands where it does, a line.
fn why(config: &str, items: &[&str]) -> String {
    let roadmap = plan(config, items);
    roadmap.item(ItemId::new(0)).why(&|other| format!("`{}`", other.entry().id)) + "\n"
}
