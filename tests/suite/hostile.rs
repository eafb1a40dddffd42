//! Random plans that use every field, with texts of the kind that readers, spreadsheets and programs trip over.

use std::fmt::Write as _;

use fastrand::Rng;

/// Pieces of hostile text.
pub(crate) const PIECES: &[&str] = &[
    "a",
    "Word",
    " ",
    "  ",
    "\u{0}",
    "\u{1}",
    "\u{7}",
    "\u{1b}[31m",
    "\u{7f}",
    "\u{85}",
    "\u{a0}",
    "\u{ad}",
    "\u{200b}",
    "\u{202e}",
    "\u{2028}",
    "\u{2029}",
    "\u{feff}",
    "\u{fffe}",
    "\u{10ffff}",
    "\"",
    "\"\"",
    "'",
    "`",
    "\\",
    "\\n",
    "\\u0000",
    "</script>",
    "<!--",
    "]]>",
    "<b>",
    "&",
    "&amp;",
    "&#0;",
    "{{ 7 }}",
    "{% x %}",
    ",",
    ";",
    ":",
    ": ",
    "#",
    " #",
    "|",
    "\t",
    "\r",
    "\n",
    "\r\n",
    "\n\n",
    "=1+1",
    "=cmd|' /C calc'!A0",
    "=HYPERLINK(\"https://x.test\")",
    "+1",
    "-1",
    "-",
    "@SUM(A1)",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "\u{2212}1",
    ";=1",
    "\t=1",
    "\n=1",
    "\";=1",
    "0161",
    "1e5",
    "1_000",
    "no",
    "null",
    "~",
    "NaN",
    "true",
    "[x]",
    "{x: y}",
    "[[i1]]",
    "[a](b.md)",
    "![a](b.png)",
    "https://x.test/?a=1&b=2",
    "javascript:alert(1)",
    "$schema",
    "__proto__",
    "ß",
    "İ",
    "e\u{301}",
    "日本",
    "🚀",
    "👩\u{200d}🚀",
];

/// What a random plan is written with.
pub(crate) struct Hand {
    rng: Rng,
    is_hostile: bool,
}

impl Hand {
    pub(crate) fn new(seed: u64, is_hostile: bool) -> Hand {
        Hand { rng: Rng::with_seed(seed), is_hostile }
    }

    /// One of `all`.
    fn one<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.rng.usize(0..all.len())]
    }

    /// Text as an author means it.
    pub(crate) fn text(&mut self) -> String {
        if !self.is_hostile {
            return format!("{} {}", self.one(&["Search", "Sharing", "Export", "Import"]), self.rng.u8(0..9));
        }
        (0..self.rng.usize(1..7)).map(|_| PIECES[self.rng.usize(0..PIECES.len())]).collect()
    }

    /// Text as a value of YAML.
    fn value(&mut self) -> String {
        quoted(&self.text())
    }

    fn values(&mut self) -> String {
        let values: Vec<String> = (0..self.rng.usize(1..4)).map(|_| self.value()).collect();
        format!("[{}]", values.join(", "))
    }

    /// Names of horizons, of which no two may be the same, and none nothing.
    fn horizons(&mut self) -> String {
        let name = |hand: &mut Hand, index: usize| quoted(&format!("{}{index}", hand.text()));
        let names: Vec<String> = (0..self.rng.usize(1..4)).map(|index| name(self, index)).collect();
        format!("[{}]", names.join(", "))
    }

    fn number(&mut self) -> String {
        self.one(&[
            "0",
            "1",
            "2",
            "3",
            "5",
            "8",
            "13",
            "0.5",
            "2.125",
            "0.001",
            "1000000000000",
            "999999999999.999",
            "M",
        ])
        .to_owned()
    }

    fn date(&mut self) -> String {
        self.one(&["2026-03-31", "2026-11", "2027-Q2", "2026-H1", "2028", "2025-01-01"]).to_owned()
    }

    /// Items by id, as many as `count`.
    fn ids(&mut self, count: usize) -> String {
        let ids: Vec<String> = (0..self.rng.usize(1..3)).map(|_| format!("i{}", self.rng.usize(0..count))).collect();
        format!("[{}]", ids.join(", "))
    }

    /// A line of front matter, or not.
    fn maybe(&mut self, into: &mut String, name: &str, value: impl Fn(&mut Hand) -> String) {
        if self.rng.u8(0..3) > 0 {
            let value = value(self);
            _ = writeln!(into, "{name}: {value}");
        }
    }

    fn body(&mut self) -> String {
        let (text, criterion, task) = (self.text(), self.text(), self.text());
        let mark = self.one(&["x", " "]);
        let body = format!(
            "{text}\n\nSee [[i1]].\n\n## Acceptance criteria\n\n- [{mark}] {criterion}\n\n## Tasks\n\n- [x] {task}\n"
        );
        // A line that begins so is the next file of a fixture.
        body.replace("//- ", "/- ")
    }

    /// A plan of some items, themes and pages.
    pub(crate) fn plan(&mut self) -> String {
        let count = self.rng.usize(2..12);
        let mut plan = self.config();
        // The field that the weights may name is in some file.
        _ = write!(plan, "//- plan/vision.md\n---\nx-fit: 1\ntitle: {}\n", self.value());
        for name in ["product_goal", "north_star"] {
            self.maybe(&mut plan, name, Hand::value);
        }
        for name in ["customers", "needs"] {
            self.maybe(&mut plan, name, Hand::values);
        }
        self.maybe(&mut plan, "positioning", |hand| {
            format!("{{category: {}, alternative: {}, differentiator: {}}}", hand.value(), hand.value(), hand.value())
        });
        self.maybe(&mut plan, "reviewed", Hand::date);
        self.maybe(&mut plan, "aliases", Hand::values);
        self.maybe(&mut plan, "x-market", Hand::values);
        _ = write!(plan, "---\n{}", self.body());
        for theme in 0..2 {
            let text = self.theme(theme);
            plan.push_str(&text);
        }
        for item in 0..count {
            let text = self.item(item, count);
            plan.push_str(&text);
        }
        _ = write!(plan, "//- plan/pages/p.md\n---\ntitle: {}\n", self.value());
        self.maybe(&mut plan, "order", Hand::number);
        for name in ["summary", "aliases", "x-source"] {
            self.maybe(&mut plan, name, Hand::value);
        }
        _ = write!(plan, "---\n{}", self.body());
        plan
    }

    fn config(&mut self) -> String {
        let scoring = self.one(&["value-effort", "rice", "wsjf", "ice", "ice-mean", "priority", "weighted"]);
        let mut config = format!("//- roadbook.yml\nscoring: {scoring}\n");
        if scoring == "weighted" || self.rng.bool() {
            config.push_str("weights: {value: 3, x-fit: {weight: 1, of: 1000000000000}, effort: -1}\n");
        }
        self.maybe(&mut config, "title", Hand::value);
        self.maybe(&mut config, "description", Hand::value);
        self.maybe(&mut config, "horizons", Hand::horizons);
        config
    }

    fn theme(&mut self, at: usize) -> String {
        let mut text = format!("//- plan/themes/t{at}.md\n---\ntitle: {}\n", self.value());
        self.maybe(&mut text, "status", Hand::value);
        self.maybe(&mut text, "horizon", Hand::value);
        self.maybe(&mut text, "owner", Hand::values);
        self.maybe(&mut text, "investment", |hand| hand.one(&["25", "60%", "0", "12.5"]).to_owned());
        self.maybe(&mut text, "evidence", Hand::values);
        self.maybe(&mut text, "outcomes", |hand| {
            let outcome = |hand: &mut Hand, at: usize| {
                let current = hand.one(&["0", "14", "100"]);
                let (metric, unit) = (hand.value(), hand.value());
                format!("{{id: o{at}, metric: {metric}, baseline: 23, target: 8, current: {current}, unit: {unit}, x-by: {}}}", hand.value())
            };
            format!("[{}, {}, {}]", outcome(hand, 0), outcome(hand, 1), hand.value())
        });
        self.maybe(&mut text, "summary", Hand::value);
        self.maybe(&mut text, "aliases", Hand::values);
        self.maybe(&mut text, "order", Hand::number);
        self.maybe(&mut text, "x-budget", |hand| format!("{{x-sum: {}}}", hand.value()));
        _ = write!(text, "---\n{}", self.body());
        text
    }

    fn item(&mut self, at: usize, count: usize) -> String {
        let mut text = format!("//- plan/items/i{at}.md\n---\ntitle: {}\n", self.value());
        self.maybe(&mut text, "status", |hand| match hand.rng.u8(0..5) {
            0 => hand.value(),
            _ => hand.one(&["planned", "planned", "active", "done", "dropped", "idea", "paused"]).to_owned(),
        });
        for name in ["type", "horizon", "priority", "milestone", "team", "summary"] {
            self.maybe(&mut text, name, Hand::value);
        }
        self.maybe(&mut text, "priority_class", Hand::value);
        for name in ["owner", "tags", "links", "evidence", "aliases"] {
            self.maybe(&mut text, name, Hand::values);
        }
        for name in
            ["value", "effort", "reach", "impact", "time_criticality", "risk_reduction", "ease", "x-fit", "order"]
        {
            self.maybe(&mut text, name, Hand::number);
        }
        self.maybe(&mut text, "confidence", |hand| hand.one(&["80%", "0.5", "7", "100"]).to_owned());
        for name in ["start", "target", "due", "created", "updated"] {
            self.maybe(&mut text, name, Hand::date);
        }
        self.maybe(&mut text, "theme", |hand| hand.one(&["t0", "t1", "[t1, t0]"]).to_owned());
        self.maybe(&mut text, "outcomes", |hand| hand.one(&["o0", "[o1]"]).to_owned());
        for name in ["depends_on", "blocks", "relates", "supersedes", "superseded_by", "parent"] {
            if self.rng.u8(0..3) == 0 {
                self.maybe(&mut text, name, |hand| match hand.rng.u8(0..4) {
                    0 => hand.values(),
                    1 => format!("[{}]", quoted("the contract with the printer is signed: https://x.test/a?b=1&c=2")),
                    _ => hand.ids(count),
                });
            }
        }
        let name = self.value();
        self.maybe(&mut text, &name, Hand::value);
        self.maybe(&mut text, "x-own", |hand| format!("[{}, {{{}: {}}}]", hand.value(), hand.value(), hand.value()));
        _ = write!(text, "---\n{}", self.body());
        text
    }
}

/// Text in YAML's double quotes, with everything escaped that is not plain to see.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            ' '..='~' => out.push(c),
            c => _ = write!(out, "\\U{:08x}", u32::from(c)),
        }
    }
    out + "\""
}
