//! Plans as nobody would write them on purpose: every kind of file, known and unknown fields with values of every shape, bodies of all blocks.
//! Nearly every word is there once, so that one that is lost is not found by chance.

use std::fmt::Write as _;

use fastrand::Rng;

/// A name of a field that says of a value that it is the author's own.
pub(super) const OWN: [&str; 5] = ["market", "strength of it", "x-source", "Überblick", "кто"];

/// Fields of which the value may have any shape; in some kinds of file each of them has no meaning.
const KNOWN: &[&str] = &[
    "blocks",
    "relates",
    "parent",
    "supersedes",
    "superseded_by",
    "aliases",
    "id",
    "kind",
    "reviewed",
    "title",
    "name",
    "summary",
    "Description",
    "status",
    "Status",
    "state",
    "owner",
    "assignees",
    "team",
    "type",
    "milestone",
    "release",
    "horizon",
    "tags",
    "labels",
    "evidence",
    "links",
    "customers",
    "needs",
    "north_star",
    "product_goal",
    "positioning",
    "depends_on",
    "theme",
    "priority",
];

/// Fields of a number or a date.
const MEASURED: [&str; 8] = ["effort", "value", "order", "due", "deadline", "start", "created", "investment"];

pub(super) struct Odd {
    pub(super) rng: Rng,
    words: u32,
}

impl Odd {
    pub(super) fn new(seed: u64) -> Odd {
        Odd { rng: Rng::with_seed(seed), words: 0 }
    }

    fn one(&mut self, of: &[&'static str]) -> &'static str {
        of[self.rng.usize(0..of.len())]
    }

    /// A word that stands nowhere else.
    fn word(&mut self) -> String {
        self.words += 1;
        let stem = self.one(&["word", "Wort", "mot", "слово", "字", "λόγος", "cafe\u{301}", "ǆungla", "ﬁn"]);
        format!("{stem}q{}z", self.words)
    }

    fn words(&mut self) -> String {
        let count = if self.rng.u8(0..40) == 0 { 300 } else { self.rng.usize(1..5) };
        (0..count).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }

    /// A scalar as YAML: plain or in quotes, with signs that mean something elsewhere.
    fn scalar(&mut self) -> String {
        let words = self.words();
        match self.rng.u8(0..12) {
            0 => String::new(),
            1 => self.one(&["tbd", "~", "''", "n/a"]).to_owned(),
            2 => format!("\"{words}: {}, [{}] #{}\"", self.word(), self.word(), self.word()),
            3 => format!("'{words} {{{}}} ''{}'''", self.word(), self.word()),
            4 => format!("\"<b>{words}</b> & `{}` \\\"{}\\\"\"", self.word(), self.word()),
            5 => format!("{words} 🚀 – {}; ({})", self.word(), self.word()),
            6 => format!("https://example.org/{words}?q={}", self.word()).replace(' ', "/"),
            _ => words,
        }
    }

    /// A value in brackets.
    fn flow(&mut self, depth: usize) -> String {
        let (is_list, count) = (self.rng.bool(), self.rng.usize(0..4));
        let entries: Vec<String> = (0..count)
            .map(|_| {
                let value = match self.rng.u8(0..3) {
                    0 if depth > 0 => self.flow(depth - 1),
                    1 => format!("\"{}\"", self.words()),
                    _ => self.words(),
                };
                if is_list { value } else { format!("{}: {value}", self.word()) }
            })
            .collect();
        let inner = entries.join(", ");
        if is_list { format!("[{inner}]") } else { format!("{{{inner}}}") }
    }

    /// A value behind a name that is indented by `indent`, up to the end of its last line.
    fn value(&mut self, indent: usize, depth: usize) -> String {
        let margin = " ".repeat(indent + 2);
        match self.rng.u8(0..6) {
            0 if depth > 0 => {
                let entries = (0..self.rng.usize(1..4))
                    .map(|_| format!("\n{margin}{}:{}", self.word(), self.value(indent + 2, depth - 1)));
                entries.collect()
            }
            1 if depth > 0 => {
                let entry = |odd: &mut Odd| match odd.rng.bool() {
                    true => format!("\n{margin}- {}:{}", odd.word(), odd.value(indent + 4, depth - 1)),
                    false => format!("\n{margin}- {}", odd.scalar()),
                };
                (0..self.rng.usize(1..4)).map(|_| entry(self)).collect()
            }
            2 => format!(" {}", self.flow(depth)),
            3 => {
                let sign = self.one(&["|", ">", "|-"]);
                format!(" {sign}\n{margin}{}\n\n{margin}- {}: {}", self.words(), self.word(), self.words())
            }
            _ => format!(" {}", self.scalar()),
        }
    }

    fn front_matter(&mut self, kind: &str) -> String {
        let mut text = String::from("---\n");
        let mut names: Vec<&str> = Vec::new();
        for _ in 0..self.rng.usize(0..9) {
            let name = match self.rng.u8(0..4) {
                0 => self.one(&OWN),
                1 => self.one(&MEASURED),
                _ => self.one(KNOWN),
            };
            if names.contains(&name) {
                continue;
            }
            names.push(name);
            let value = match MEASURED.contains(&name) && self.rng.u8(0..4) > 0 {
                true => format!(
                    " {}",
                    self.one(&[
                        "3",
                        "2.50",
                        "M",
                        "2026-12-11",
                        "2026/12/11",
                        "Q4 2026",
                        "2027-H1",
                        "2026-12-11 to 2026-12-20"
                    ])
                ),
                false => self.value(0, 4),
            };
            _ = writeln!(text, "{name}:{value}");
        }
        if kind == "themes" {
            text.push_str("outcomes:\n");
            for _ in 0..self.rng.usize(1..4) {
                _ = writeln!(
                    text,
                    "  - metric: {}\n    baseline: {}\n    by:{}",
                    self.words(),
                    self.rng.u8(..),
                    self.value(4, 2)
                );
            }
        }
        text + "---\n"
    }

    fn body(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..self.rng.usize(0..8) {
            let (a, b, c) = (self.words(), self.words(), self.words());
            let block = match self.rng.u8(0..16) {
                0 | 1 => format!("# {a}"),
                2 => format!("## {a} `{b}`"),
                3 => format!("{a}\n==="),
                4 => format!("- {a}\n  - {b}\n- [x] {c}"),
                5 => format!("1. {a}\n2. {b}\n\n   {c}"),
                6 => format!("| {a} | {b} |\n|---|---|\n| {c} | **{}** |", self.word()),
                7 => format!("```rust\n{a} <b>&amp; {b}\n# {c}\n```"),
                8 => format!("> {a}\n> > {b}"),
                9 => format!("{a}[^{}]\n\n[^{}]: {c}", self.words, self.words),
                10 => format!("<div>{a}</div>\n\n<!-- a remark -->"),
                11 => format!("{a} [{b}](https://example.org) ![{c}](https://example.org/p.png)"),
                12 => format!("    {a}\n    {b}"),
                13 => format!("{a} :rocket: {b} :no-emoji: {c}"),
                14 => format!("{a} $5 ${b}_2$ $\\{{{c}\\}}$ {}$ (*7*$)", self.word()),
                _ => format!("*{a}* {b}\n{c} ~~{}~~", self.word()),
            };
            _ = writeln!(text, "{block}\n");
        }
        text
    }

    /// A plan.
    pub(super) fn plan(&mut self) -> String {
        let mut plan = String::new();
        for (kind, most) in [("vision", 1), ("themes", 3), ("pages", 3), ("items", 5)] {
            for number in 0..self.rng.usize(1..=most) {
                let path = if kind == "vision" { "vision".to_owned() } else { format!("{kind}/{kind}-{number}") };
                let (front_matter, body) = (self.front_matter(kind), self.body());
                _ = write!(plan, "//- plan/{path}.md\n{front_matter}{body}");
            }
        }
        plan
    }
}
