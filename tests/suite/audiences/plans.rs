//! Random plans of two halves, one for everybody and one that is internal, which share names, words, dates and dependencies.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use fastrand::Rng;
use roadbook::discover::Inputs;

use crate::support::inputs_of;

/// Stands in everything internal, before the name of the place that it stands in.
pub(crate) const CANARY: &str = "Zyxquartz";

/// A random plan: the files for everybody, and those that are not.
pub(crate) struct Mixed {
    pub(crate) public: String,
    pub(crate) internal: String,
}

/// The inputs of such a plan. On its disk `plan/items/linked` is a link into an internal folder.
pub(crate) fn inputs(fixture: &str) -> Inputs {
    let mut inputs = inputs_of(fixture);
    Arc::make_mut(&mut inputs.config).internal.linked = BTreeSet::from(["plan/items/linked".to_owned()]);
    inputs
}

/// The plan of a seed. `variant` changes what the internal files say, and nothing else.
pub(crate) fn mixed(seed: u64, variant: u64) -> Mixed {
    let count = Rng::with_seed(seed).usize(20..80);
    sized(seed, variant, count)
}

/// The same with so many items.
pub(crate) fn sized(seed: u64, variant: u64, count: usize) -> Mixed {
    let mut rng = Rng::with_seed(seed.wrapping_mul(7));
    let share = rng.usize(0..10);
    let hidden: Vec<bool> = (0..count).map(|_| rng.usize(0..10) < share).collect();
    let shape = Shape { open: (0..count).filter(|&at| !hidden[at]).collect(), hidden };
    let mut plan = Mixed { public: config(&mut rng), internal: String::new() };
    let mut push = |is_hidden: bool, text: String| match is_hidden {
        true => plan.internal += &text,
        false => plan.public += &text,
    };
    // What the internal files say follows from the variant alone.
    let mut other = Rng::with_seed(seed ^ (variant << 32) ^ 1);
    let is_hidden = rng.bool();
    push(is_hidden, vision(if is_hidden { &mut other } else { &mut rng }, is_hidden));
    for at in 0..count {
        let is_hidden = shape.hidden[at];
        push(is_hidden, item(if is_hidden { &mut other } else { &mut rng }, &shape, at));
    }
    for at in 0..4 {
        let is_hidden = rng.u8(0..3) == 0;
        push(is_hidden, theme(if is_hidden { &mut other } else { &mut rng }, at, is_hidden));
        let is_hidden = rng.u8(0..3) == 0;
        push(is_hidden, page(if is_hidden { &mut other } else { &mut rng }, at, is_hidden));
    }
    plan
}

/// Which items are hidden, and those that are not.
struct Shape {
    hidden: Vec<bool>,
    open: Vec<usize>,
}

fn config(rng: &mut Rng) -> String {
    let scoring = ["value-effort", "rice", "wsjf", "ice", "priority"][rng.usize(0..5)];
    let timeline = ["dates", "horizons"][rng.usize(0..2)];
    let folders = ["plan/items/closed", "./plan/items/closed/", "plan//items/x/../closed", "'plan\\items\\closed '"];
    let folder = folders[rng.usize(0..folders.len())];
    format!(
        "//- roadbook.yml\ntitle: Plan\nbase_url: https://example.org/\nmentions: ['n-\\d+']\ncapacity: 20\nscoring: {scoring}\n\
         timeline: {timeline}\nrepository: https://github.com/example/plan\n\
         internal:\n  folders: [{folder}]\n  flags: {{draft: internal, published: internal, private: internal, access: internal}}\n  \
         fields: [confidence, X_note, assignee, positioning.category, positioning.differentiator]\n"
    )
}

/// A word of the half: a canary that names its place, or an ordinary word.
fn word(rng: &mut Rng, is_hidden: bool, place: &str) -> String {
    match is_hidden {
        true => format!("{CANARY} {place} {}", rng.u16(..)),
        false => format!("{place} {}", rng.u8(0..9)),
    }
}

/// Adds a line, mostly.
fn maybe(rng: &mut Rng, text: &mut String, line: &str) {
    if rng.u8(0..3) > 0 {
        _ = writeln!(text, "{line}");
    }
}

fn date(rng: &mut Rng) -> String {
    let (month, day) = (rng.u8(1..13), rng.u8(1..29));
    match rng.u8(0..4) {
        0 => format!("2026-{month:02}"),
        1 => format!("2026-Q{}", rng.u8(1..5)),
        _ => format!("2026-{month:02}-{day:02}"),
    }
}

fn vision(rng: &mut Rng, is_hidden: bool) -> String {
    let mut text = "//- plan/vision.md\n---\n".to_owned();
    _ = writeln!(text, "title: {}", word(rng, is_hidden, "vision"));
    for field in ["product_goal", "customers", "needs", "north_star", "summary"] {
        let line = format!("{field}: {}", word(rng, is_hidden, field));
        maybe(rng, &mut text, &line);
    }
    let alternative = word(rng, is_hidden, "alternative");
    _ = write!(
        text,
        "positioning: {{category: {CANARY} category 1, alternative: {alternative}, differentiator: {CANARY}}}\n---\n{}\n",
        word(rng, is_hidden, "body")
    );
    if is_hidden { closed(rng, &text) } else { text }
}

fn theme(rng: &mut Rng, at: usize, is_hidden: bool) -> String {
    let mut text = format!("//- plan/themes/t{at}.md\n---\ntitle: {}\n", word(rng, is_hidden, "theme"));
    // The other half's outcomes and owners have the same names.
    let lines = [
        format!("outcomes: [{{id: o{at}, metric: {}, target: 9, current: 3}}]", word(rng, is_hidden, "metric")),
        format!("evidence: [{}]", word(rng, is_hidden, "evidence")),
        format!("owner: {}", word(rng, is_hidden, "owner")),
        format!("investment: {}", rng.u8(10..60)),
        format!("horizon: {}", ["Now", "Later"][rng.usize(0..2)]),
        format!("aliases: [t{}, i{}]", rng.u8(0..6), rng.u8(0..9)),
        format!("order: {}", rng.u8(0..9)),
    ];
    for line in lines.iter().take(if is_hidden { 7 } else { 5 }) {
        maybe(rng, &mut text, line);
    }
    text += &format!("---\n{}\n", word(rng, is_hidden, "body"));
    if is_hidden { closed(rng, &text) } else { text }
}

fn page(rng: &mut Rng, at: usize, is_hidden: bool) -> String {
    let mut text = format!("//- plan/pages/p{at}.md\n---\ntitle: {}\n", word(rng, is_hidden, "page"));
    let line = format!("order: {}", rng.u8(0..9));
    maybe(rng, &mut text, &line);
    if is_hidden {
        let line = format!("id: p{}", rng.u8(0..5));
        maybe(rng, &mut text, &line);
    }
    text += &format!("---\n## {}\n\n{}\n", word(rng, is_hidden, "heading"), word(rng, is_hidden, "text"));
    if is_hidden { closed(rng, &text) } else { text }
}

fn item(rng: &mut Rng, shape: &Shape, at: usize) -> String {
    let is_hidden = shape.hidden[at];
    // Below a folder that is internal, below a link into one, or by what it says itself.
    let folder = if is_hidden { ["closed/", "linked/", "", ""][rng.usize(0..4)] } else { "" };
    // Whatever a file is called, its half decides where it stands among the others.
    let name = if is_hidden { format!("{CANARY}-file-{}", rng.u8(..)) } else { "open".to_owned() };
    let mut text = format!("//- plan/items/{folder}{}{name}-{at:03}.md\n---\n", ["a", "z"][rng.usize(0..2)]);
    _ = writeln!(text, "title: {}", word(rng, is_hidden, "title"));
    // An id of the other half's, so that both claim one address.
    match is_hidden && rng.u8(0..4) == 0 {
        true => _ = writeln!(text, "id: n-{}", rng.usize(0..shape.hidden.len())),
        false => _ = writeln!(text, "id: {}n-{at}", if is_hidden { "h" } else { "" }),
    }
    let mut lines = vec![
        format!("status: {}", ["planned", "done", "active", "idea", "dropped", "paused"][rng.usize(0..6)]),
        format!("type: {}", ["bug", "feature", "epic"][rng.usize(0..3)]),
        format!("value: {}\neffort: {}", rng.u8(0..14), rng.u8(0..9)),
        format!("reach: {}\nimpact: {}\nease: {}", rng.u8(1..90), rng.u8(1..4), rng.u8(1..11)),
        format!("time_criticality: {}\nrisk_reduction: {}\npriority: P{}", rng.u8(1..9), rng.u8(1..9), rng.u8(0..5)),
        format!("{}: {}%", ["confidence", "Confidence"][rng.usize(0..2)], rng.u8(1..100)),
        format!("x-note: {CANARY} note 1\n{}: {CANARY} assignee 1", ["assignee", "owner"][rng.usize(0..2)]),
        format!("themes: [t{}, t{}]\noutcomes: [o{}]", rng.u8(0..4), rng.u8(0..4), rng.u8(0..4)),
        format!("horizon: {}", ["Now", "Next", "Later"][rng.usize(0..3)]),
        // Groups that both halves have, in spellings of their own.
        format!("tags: [x{0}, X{0}, {1}]", rng.u8(0..4), word(rng, is_hidden, "tag")),
        format!("team: {}\nmilestone: m{}", word(rng, is_hidden, "team"), rng.u8(0..4)),
        format!("start: {}\ntarget: {}\ndue: {}", date(rng), date(rng), date(rng)),
        format!("created: {}\nupdated: {}", date(rng), date(rng)),
        format!("order: {}", rng.u8(0..9)),
        format!("summary: {}", word(rng, is_hidden, "summary")),
        format!("links: ['https://example.org/{}']", word(rng, is_hidden, "link").replace(' ', "-")),
        format!("evidence: [{}]", word(rng, is_hidden, "evidence")),
        format!("{}: {}", word(rng, is_hidden, "extra").replace(' ', "_"), word(rng, is_hidden, "value")),
    ];
    if !shape.open.is_empty() {
        let mut one = || shape.open[rng.usize(0..shape.open.len())];
        lines.push(format!("depends_on: [n-{}]\nparent: n-{}\nrelates: [n-{}]", one(), one(), one()));
        if is_hidden {
            lines.push(format!("blocks: [n-{}]\nsupersedes: [n-{}]\nsuperseded_by: [n-{}]", one(), one(), one()));
            lines.push(format!("aliases: [n-{}, old-{at}, Open-{}]", one(), one()));
        }
    }
    for line in &lines {
        maybe(rng, &mut text, line);
    }
    let first = shape.open.first().unwrap_or(&0);
    let mut words = |place| word(rng, is_hidden, place);
    _ = write!(
        text,
        "---\n# {}\n\n{} and [[n-{first}]], n-{first}.\n\n## Acceptance criteria\n\n- [x] {}\n- [ ] {}\n\n![{}](../../static/a.png)\n",
        words("heading"),
        words("body"),
        words("criterion"),
        words("task"),
        words("picture"),
    );
    if is_hidden && folder.is_empty() { closed(rng, &text) } else { text }
}

/// A file with a line `//- path` and front matter, made internal in one of the ways that there are: what it says itself, what it says so
/// that nobody can read it, a word of another tool, a fence, and bytes that are no text.
fn closed(rng: &mut Rng, file: &str) -> String {
    let mut one = |choices: &[&str]| choices[rng.usize(0..choices.len())].to_owned();
    let said = one(&[
        "visibility: internal",
        "Visibility: Internal",
        "VISIBILITY: \"internal\"",
        "visibility: internal # until spring",
        "visibility:   'internal'",
    ]);
    let line = match one(&["said", "unread", "flag", "fence", "before", "bytes", "twice"]).as_str() {
        "said" => said.clone(),
        "unread" => one(&[
            "visibility: intern",
            "visibility:",
            "visibilty: internal",
            "visibility: [internal]",
            "visibility: internal, public",
            "meta: {visibility: internal}",
            "x-text: |\n  visibility: internal",
            "visibility: \"internal",
            "visibility internal",
        ]),
        "flag" => one(&[
            "draft: true",
            "Draft: yes",
            "published: false",
            "private: 1",
            "params: {draft: on}",
            "access: staff",
        ]),
        "fence" => {
            let fence = one(&["----", "---yaml", "+++", "--- #", "===", "```yaml", "—"]);
            return file.replacen("\n---\n", &format!("\n{fence}\n{said}\n"), 1);
        }
        "before" => {
            let before = one(&[" ", "\u{feff}\u{feff}", "<!-- a note -->\n", "# a note\n", "\u{200b}", "\n\n"]);
            return file.replacen("\n---\n", &format!("\n{before}---\n{said}\n"), 1);
        }
        "bytes" => {
            let byte = one(&["\u{fffd}", "\0", "\u{85}", "\u{2028}"]);
            return file.replacen("\n---\n", &format!("\n---{byte}\n{said}\n"), 1);
        }
        _ => return file.replacen("\n---\n", &format!("\n---\n---\n{said}\n"), 1),
    };
    file.replacen("\n---\n", &format!("\n---\n{line}\n"), 1)
}

impl Mixed {
    /// The files for everybody, without the fields that are internal; all else stays in its line.
    pub(crate) fn without_hidden_fields(&self) -> String {
        let names = ["confidence:", "Confidence:", "x-note:", "assignee:", "owner:"];
        let entries = [format!("category: {CANARY} category 1, "), format!(", differentiator: {CANARY}")];
        let line = |line: &str| match names.iter().any(|name| line.starts_with(name)) {
            true => "#\n".to_owned(),
            false => entries.iter().fold(line.to_owned(), |line, entry| line.replace(entry, "")) + "\n",
        };
        self.public.lines().map(line).collect()
    }
}
