//! Bodies made to be slow: what they cost grows with their length.

use std::time::{Duration, Instant};

use roadbook::markdown::outline;

use super::html;

/// Each makes a body of about `n` pieces.
const PATTERNS: [(&str, fn(usize) -> String); 32] = [
    ("open brackets", |n| "[".repeat(n)),
    ("nested brackets", |n| "[".repeat(n) + "a" + &"]".repeat(n)),
    ("open links", |n| "[a](".repeat(n)),
    ("pointed links", |n| "[a](<b".repeat(n)),
    ("open images", |n| "![".repeat(n)),
    ("nested images", |n| "![".repeat(n) + "a" + &"](b)".repeat(n)),
    ("tasks in headings", |n| "- [ ] # a `b`\n".repeat(n)),
    ("open wiki links", |n| "[[".repeat(n)),
    ("nested wiki links", |n| "[[".repeat(n) + &"a]]".repeat(n)),
    ("piped wiki links", |n| "[[a|".repeat(n)),
    ("bracketed words", |n| "[[a]](b) ]](".repeat(n)),
    ("emphasis that never closes", |n| "*a **a ".repeat(n)),
    ("emphasis that never fits", |n| "*a_ ".repeat(n)),
    ("nested emphasis", |n| "**".repeat(n) + "a" + &"**".repeat(n)),
    ("strikes", |n| "~a ~~b ".repeat(n)),
    ("quotes nested to the limit", |n| ("> ".repeat(120) + "a\n").repeat(n / 120)),
    ("lists nested to the limit", |n| ("- ".repeat(120) + "a\n" + &"b\n".repeat(120) + "\n").repeat(n / 120)),
    ("backticks of every length", |n| (1..n.isqrt() * 2).map(|i| "e".to_owned() + &"`".repeat(i)).collect()),
    ("footnotes referred to", |n| "[^a] ".repeat(n) + "\n\n[^a]: x\n"),
    ("footnotes without a note", |n| "[^a] ".repeat(n)),
    ("footnotes defined", |n| (0..n).map(|i| format!("[^{i}]: x[^{i}]\n\n")).collect()),
    ("the same footnote", |n| "[^a]: x\n\n".repeat(n)),
    ("footnotes in footnotes", |n| ("[^a]: ".repeat(120) + &"b\n".repeat(120) + "\n").repeat(n / 120)),
    ("open comments", |n| "a <!--".repeat(n)),
    ("comments in a block", |n| "<div>\n".to_owned() + &"<!-- a -->\n<!--\n".repeat(n)),
    ("open tags", |n| "x <a b=\"".repeat(n)),
    ("a wide table", |n| "|a".repeat(n) + "\n" + &"|-".repeat(n) + "\n"),
    ("a table with short rows", |n| "|a".repeat(n.isqrt()) + "\n" + &"|-".repeat(n.isqrt()) + "\n" + &"|\n".repeat(n)),
    ("references", |n| (0..n).map(|i| format!("[{i}]: x\n")).collect::<String>() + &"\n[1]".repeat(n)),
    ("addresses", |n| "http://a.b/)))_)".repeat(n) + " " + &"http://".repeat(n) + &")".repeat(n)),
    ("headings of one name", |n| "# a\n# a-1\n".repeat(n)),
    ("entities", |n| "&".repeat(n) + &"http://a.b/&a;".repeat(n)),
];

fn best(body: &str) -> Duration {
    let one = || {
        let start = Instant::now();
        assert!(!outline(body, 0).beyond);
        assert!(html(body).len() > 8);
        start.elapsed()
    };
    (0..3).map(|_| one()).min().unwrap_or_default()
}

/// Cost may grow with the length to the power 1.2, measured over a factor of 8. Times under two milliseconds tell nothing and
/// count as two; a pattern that fails is measured again, since a neighbour on the machine can slow one of two runs.
#[test]
fn cost_grows_with_length() {
    const FACTOR: usize = 8;
    // 8 to the power 1.2, times 100.
    const BOUND: u128 = 1213;
    for (name, pattern) in PATTERNS {
        let ratio = || {
            let (small, large) = (pattern(1_000), pattern(1_000 * FACTOR));
            let lengths = large.len() as u128 * 100 / small.len() as u128;
            let floor = Duration::from_millis(2);
            let times = best(&large).max(floor).as_micros() * 100 / best(&small).max(floor).as_micros();
            // Some patterns grow a little faster or slower than `n`: cost is held against length.
            times * 100 * FACTOR as u128 / lengths
        };
        let mut seen = Vec::new();
        while seen.len() < 3 && seen.last().is_none_or(|&ratio| ratio > BOUND) {
            seen.push(ratio());
        }
        assert!(seen.iter().any(|&ratio| ratio <= BOUND), "{name}: time × 100 over a factor of {FACTOR}: {seen:?}");
    }
}

#[test]
fn what_has_no_bound_is_not_read_as_markdown() {
    for body in
        ["> ".repeat(20_000) + "a\n" + &"b\n".repeat(20_000), "- ".repeat(20_000) + "a\n" + &"b\n".repeat(20_000)]
    {
        assert!(outline(&body, 0).beyond);
    }
    let body: String = (0..400).map(|i| "  ".repeat(i) + "- a\n").collect();
    assert!(outline(&body, 0).beyond);
    assert!(outline(&("[^a]: ".to_owned() + &"> ".repeat(200)), 0).beyond);
}
