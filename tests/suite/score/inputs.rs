//! Inputs that are missing, nought, or outside of a scale, and fields of the team's own.

use expect_test::{Expect, expect};
use roadbook::config::{self, Scoring};
use roadbook::id::{Id as _, ItemId};
use roadbook::plan::Input;
use roadbook::resolve::score;
use roadbook::source::Source;

use super::{page, plan, scored};
use crate::support::{lines, text_of_html as text};

fn findings(config: &str, items: &[&str], expected: &Expect) {
    expected.assert_eq(&lines(&plan(config, items).diagnostics));
}

fn mistakes(text: &str, expected: &Expect) {
    let (_, diagnostics) = config::config(&Source::new(config::FILE, text));
    expected.assert_eq(&lines(&diagnostics));
}

#[test]
fn what_is_missing_is_named_and_never_counts_as_nought() {
    let items = [
        "value: 1",
        "reach: 3; impact: 1; confidence: 1; effort: 0",
        "reach: 3; impact: 0; confidence: 50%; effort: 1",
    ];
    assert_eq!(
        scored("scoring: rice", &items),
        ["no reach, no impact, no confidence and no effort", "effort is 0", "0 = 3 × 0 × 50 % ÷ 1"]
    );
    let items =
        ["value: 1; effort: 2; time_criticality: TBD", "value: 1; effort: 0; time_criticality: 2; risk_reduction: 3"];
    assert_eq!(scored("scoring: wsjf", &items), ["no time criticality and no risk reduction", "effort is 0"]);
    let items = ["impact: 3; ease: 3", "value: 9"];
    assert_eq!(scored("scoring: ice", &items), ["no confidence", "no impact, no confidence and no ease"]);
    assert_eq!(scored("scoring: ice-mean", &items), ["no confidence", "no impact, no confidence and no ease"]);
    assert_eq!(
        scored(
            "scoring: weighted\nweights: {value: 1, joy: 2, effort: -1}",
            &["value: 1", "value: 2; joy: 0; effort: 1"]
        ),
        ["no joy and no effort", "0.333 = 33.33 ÷ 100: value 100, joy 0, effort 100"]
    );
    assert_eq!(
        scored("scoring: priority", &["value: 3", "priority: soonish"]),
        ["no priority", "priority `soonish` has no weight"]
    );
}

/// Whichever of its inputs is missing, and the others there: no framework takes nothing for a number.
#[test]
fn each_missing_input_alone_leaves_an_item_unscored() {
    for (scoring, inputs) in [
        ("value-effort", &["value", "effort"][..]),
        ("rice", &["reach", "impact", "confidence", "effort"]),
        ("wsjf", &["value", "time_criticality", "risk_reduction", "effort"]),
        ("ice", &["impact", "confidence", "ease"]),
        ("ice-mean", &["impact", "confidence", "ease"]),
        ("weighted\nweights: {value: 1, reach: 2, effort: -1}", &["value", "reach", "effort"]),
    ] {
        let without = |missing: &str| -> String {
            let given = inputs.iter().filter(|&&input| input != missing).map(|input| format!("{input}: 1"));
            given.collect::<Vec<_>>().join("; ")
        };
        let said = scored(&format!("scoring: {scoring}"), &[&without("")]);
        assert!(said[0].contains(" = "), "{scoring}: {said:?}");
        for input in inputs {
            let said = scored(&format!("scoring: {scoring}"), &[&without(input)]);
            assert_eq!(said, [format!("no {}", input.replace('_', " "))], "{scoring}");
        }
    }
}

#[test]
fn the_effort_of_an_unscored_item_still_counts_where_it_unblocks_others() {
    for scoring in [Scoring::ValueEffort, Scoring::Rice, Scoring::Wsjf] {
        let roadmap = plan(&format!("scoring: {}", scoring.word()), &["effort: 5"]);
        assert_eq!(
            (roadmap.items[ItemId::new(0)].score.result, roadmap.items[ItemId::new(0)].score.effort),
            (None, 5000),
            "{scoring:?}"
        );
    }
}

#[test]
fn rice_has_a_scale_for_impact() {
    findings(
        "scoring: rice",
        &["reach: 4; impact: 7; effort: 90; confidence: 8", "impact: 0.25", "impact: 7; status: done", "impact: XL"],
        &expect![[r#"
            plan/items/a.md:3:9: warning[out-of-scale]: `impact` is 7, which is not on the scale of `rice`
                help: it counts as it is; write one of 3, 2, 1, 0.5 and 0.25
            plan/items/d.md:2:9: warning[out-of-scale]: `impact` is 8, which is not on the scale of `rice`
                help: it counts as it is; write one of 3, 2, 1, 0.5 and 0.25
        "#]],
    );
    assert_eq!(scored("scoring: rice", &["reach: 4; impact: 7; effort: 2; confidence: 50"]), ["7 = 4 × 7 × 50 % ÷ 2"]);
}

#[test]
fn wsjf_has_a_scale_for_all_four() {
    findings(
        "scoring: wsjf",
        &["value: 4; time_criticality: 20; risk_reduction: 0; effort: 13", "value: XXL; effort: 2.5; impact: 99"],
        &expect![[r#"
            plan/items/a.md:2:8: warning[out-of-scale]: `value` is 4, which is not on the scale of `wsjf`
                help: it counts as it is; write one of 1, 2, 3, 5, 8, 13 and 20
            plan/items/a.md:4:17: warning[out-of-scale]: `risk_reduction` is 0, which is not on the scale of `wsjf`
                help: it counts as it is; write one of 1, 2, 3, 5, 8, 13 and 20
            plan/items/b.md:3:9: warning[out-of-scale]: `effort` is 2.5, which is not on the scale of `wsjf`
                help: it counts as it is; write one of 1, 2, 3, 5, 8, 13 and 20
        "#]],
    );
}

#[test]
fn ice_goes_from_one_to_ten() {
    let items = [
        "impact: 11; confidence: 10; ease: 0.5",
        "impact: 1; confidence: 80; ease: 10",
        "confidence: 0.8",
        "confidence: 0",
    ];
    findings(
        "scoring: ice",
        &items,
        &expect![[r#"
            plan/items/a.md:2:9: warning[out-of-scale]: `impact` is 11, which is not on the scale of `ice`
                help: it counts as it is; write a number from 1 to 10
            plan/items/a.md:4:7: warning[out-of-scale]: `ease` is 0.5, which is not on the scale of `ice`
                help: it counts as it is; write a number from 1 to 10
            plan/items/b.md:3:13: warning[out-of-scale]: `confidence` is 80, which is not on the scale of `ice`
                help: it counts as 8, which is 80 %: write `80%`, or a number from 1 to 10
            plan/items/c.md:2:13: warning[out-of-scale]: `confidence` is 0.8, which is not on the scale of `ice`
                help: it counts as 8, which is 80 %: write `80%`, or a number from 1 to 10
            plan/items/d.md:2:13: warning[out-of-scale]: `confidence` is 0, which is not on the scale of `ice`
                help: it counts as it is; write a number from 1 to 10
        "#]],
    );
    assert_eq!(scored("scoring: ice", &items[..2]), ["55 = 11 × 10 × 0.5", "80 = 1 × 8 × 10"]);
}

#[test]
fn only_the_framework_in_use_has_scales() {
    for scoring in ["value-effort", "priority"] {
        findings(&format!("scoring: {scoring}"), &["value: 4; impact: 7; ease: 30; effort: 2.5"], &expect![""]);
    }
}

#[test]
fn a_confidence_is_read_on_the_scale_of_each_framework() {
    for (written, share, grade) in [
        ("80%", "0.8", "8"),
        ("80", "0.8", "8"),
        ("0.8", "0.8", "8"),
        ("8", "0.08", "8"),
        ("1", "1", "1"),
        ("12.5 %", "0.125", "1.25"),
    ] {
        let roadmap = plan("", &[&format!("confidence: {written}")]);
        let item = &roadmap.plan.items[ItemId::new(0)];
        let read = |scoring| score::input(item, scoring, Input::Confidence).map(|number| number.to_string());
        assert_eq!(read(Scoring::Rice).as_deref(), Some(share), "{written}");
        assert_eq!(read(Scoring::Ice).as_deref(), Some(grade), "{written}");
    }
    for written in ["101", "100.5%", "120 %"] {
        let roadmap = plan("", &[&format!("confidence: {written}")]);
        assert_eq!(roadmap.plan.items[ItemId::new(0)].input(Input::Confidence), None, "{written}");
        assert!(lines(&roadmap.diagnostics).contains(&format!("a confidence of `{written}` is over 100 %")));
    }
}

#[test]
fn a_field_with_a_weight_is_an_input_and_no_other_field() {
    let config = "weights: {strategic_fit: {weight: 2, of: 8}, Team joy: 1, effort: -1}";
    let items = ["Strategic-Fit: 9; team_joy: M; effort: 1; mood: fine", "strategc_fit: 3; team_joy: much"];
    let roadmap = plan(&format!("scoring: weighted\n{config}"), &items);
    let extra = |at: usize| -> Vec<&str> {
        roadmap.plan.items[ItemId::new(at)].entry.extra.iter().map(|field| field.name.value.as_str()).collect()
    };
    assert_eq!((extra(0), extra(1)), (vec!["mood"], vec!["strategc_fit", "team_joy"]));
    expect![[r#"
        plan/items/a.md:2:16: warning[out-of-scale]: `strategic_fit` is 9, which is above 8, the top of its scale
            help: it counts as it is; correct the number, or raise `of` under `weights` in roadbook.yml
        plan/items/b.md:2:1: warning[misspelled-field]: Roadbook knows no field `strategc_fit`
            help: did you mean `strategic_fit`? A field of your own is safe under a name like `x-strategc_fit`
        plan/items/b.md:3:11: warning[unreadable-number]: `much` is not a number for `Team joy`
            help: write a number like `3` or `2.5`, or map the word under `sizes` in roadbook.yml
    "#]]
    .assert_eq(&lines(&roadmap.diagnostics));
    let inputs = score::inputs(&roadmap.plan.items[ItemId::new(0)], &roadmap.config);
    let inputs: Vec<String> = inputs.iter().map(|(name, number)| format!("{name} {number}")).collect();
    assert_eq!(inputs, ["effort 1", "strategic_fit 9", "Team joy 3"]);
}

#[test]
fn weights_say_what_is_wrong_with_them() {
    mistakes(
        "title: T\nscoring: weighted\n",
        &expect![[r#"
        roadbook.yml:2:10: error[invalid-configuration]: `scoring: weighted` needs `weights`
            help: say what counts and how much, such as `weights: {value: 3, reach: 1, effort: -1}`
    "#]],
    );
    mistakes(
        "scoring: weighted\nweights: {value: 0, effort: -1}\n",
        &expect![[r#"
        roadbook.yml:2:1: error[invalid-configuration]: none of the `weights` is above 0, so there is nothing to score by
            help: say what counts and how much, such as `weights: {value: 3, reach: 1, effort: -1}`
    "#]],
    );
    mistakes(
        "weights: {}\n",
        &expect![[r#"
        roadbook.yml:1:1: error[invalid-configuration]: none of the `weights` is above 0, so there is nothing to score by
            help: say what counts and how much, such as `weights: {value: 3, reach: 1, effort: -1}`
    "#]],
    );
    mistakes(
        "weights:\n  value: lots\n  reach: {weight: 1, of: 0}\n  effort: {wieght: 3}\n  joy: {of: 3}\n  fit: [1]\n",
        &expect![[r#"
            roadbook.yml:2:3: error[invalid-configuration]: the weight of `value` is not a number
                help: write a number with at most three decimals; one below 0 for what costs
            roadbook.yml:3:3: error[invalid-configuration]: the scale of `reach` ends nowhere: `of` must be a number above 0
                help: write its top, such as `of: 20`, or leave `of` out
            roadbook.yml:4:3: error[invalid-configuration]: a weight has no key `wieght`
                help: the keys here are weight, of
            roadbook.yml:5:3: error[invalid-configuration]: `joy` has no weight
                help: write `weight: 3` beside `of`
            roadbook.yml:6:3: error[invalid-configuration]: the weight of `fit` is not a number
                help: write a number with at most three decimals; one below 0 for what costs
        "#]],
    );
    mistakes(
        "weights: 3\n",
        &expect![[r#"
            roadbook.yml:1:10: error[invalid-configuration]: `weights` takes keys, each with a value, not the number `3`
                help: nothing is published until the file can be read
        "#]],
    );
    mistakes(
        "scoring: rise\n",
        &expect![[r#"
            roadbook.yml:1:10: error[invalid-configuration]: `rise` is not a value for `scoring`
                help: did you mean `rice`?
        "#]],
    );
}

#[test]
fn weights_without_mistakes_are_kept_in_their_order() {
    let text = "weights: {value: 3, joy: {weight: 0.5, of: 10}, effort: -1, off: 0}\n";
    let (config, diagnostics) = config::config(&Source::new(config::FILE, text));
    assert_eq!(diagnostics, []);
    let shown = |weight: &config::Weight| {
        let of = weight.of.map(|of| format!(" of {of}")).unwrap_or_default();
        format!("{}{} {}{of}", if weight.divides { "÷" } else { "" }, weight.weight, weight.name)
    };
    let weights: Vec<String> = config.weights.iter().map(shown).collect();
    assert_eq!(weights, ["3 value", "0.5 joy of 10", "÷1 effort", "0 off"]);
    assert_eq!(
        score::formula(&config, Scoring::Weighted),
        "(3 × value + 0.5 × joy) ÷ 3.5 ÷ effort, each from 0 to 100"
    );
}

#[test]
fn pages_and_programs_are_told_what_the_framework_reads() {
    let item = "impact: 3; confidence: 80; ease: 9; team_joy: 4; mood: fine";
    for (scoring, on_page, in_json) in [("rice", "Confidence 80 %", "0.8"), ("ice", "Confidence 8", "8")] {
        let made = |address| {
            let roadmap = plan(&format!("scoring: {scoring}\nweights: {{team_joy: 1}}"), &[item]);
            page(roadmap, address).expect("the page")
        };
        let shown = text(&made("items/a.html"));
        assert!(shown.contains(&format!("Impact 3 {on_page} Ease 9 Team joy 4")), "{scoring}: {shown}");
        assert!(shown.contains("More fields 1 mood fine"), "{scoring}: {shown}");
        let json: serde_json::Value = serde_json::from_str(&made("roadmap.json")).expect("JSON");
        let inputs = json["items"][0]["inputs"].to_string();
        assert_eq!(inputs, format!(r#"{{"confidence":{in_json},"ease":9,"impact":3,"team_joy":4}}"#));
        assert_eq!(json["scoring"], scoring);
    }
}
