//! A seeded plan of any size in Roadbook's own form, to measure with.
//!
//! Made to be awkward where real plans are: dependencies reach back over the whole plan, so that nearly everything hangs together
//! in one component; bodies of about 200 words link to other items in both ways; folders are two deep.

/// One file: its path from the project's root, with `/`, and its text.
pub(crate) type File = (String, String);

/// The plan of `items` items that belongs to `seed`. Equal arguments give equal files.
pub(crate) fn plan(items: usize, seed: u64) -> Vec<File> {
    let mut random = Random(seed ^ 0x0b5e_55ed_0dd5_eed5);
    let mut files = vec![configuration(items), vision()];
    files.extend((0..THEMES.len()).map(theme));
    let mut made: Vec<Made> = Vec::with_capacity(items);
    for at in 0..items {
        let item = Made::new(at, items, &mut random);
        files.push((item.path(), text(&item, &made, &mut random)));
        made.push(item);
    }
    files
}

/// SplitMix64 (Steele, Lea and Flood 2014): small, and the same on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`, which is above 0.
    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// One of the words, each as often as its weight says.
    fn weighted(&mut self, from: &[(&'static str, usize)]) -> &'static str {
        let mut at = self.below(from.iter().map(|(_, weight)| weight).sum());
        for &(word, weight) in from {
            if at < weight {
                return word;
            }
            at -= weight;
        }
        unreachable!("`at` is below the sum of the weights")
    }
}

/// What later items need to know of an earlier one.
struct Made {
    id: String,
    title: String,
    theme: usize,
    folder: usize,
    status: &'static str,
    horizon: &'static str,
}

impl Made {
    fn new(at: usize, items: usize, random: &mut Random) -> Made {
        let verb = random.pick(VERBS);
        let (quality, thing) = (random.pick(QUALITIES), random.pick(THINGS));
        // What was written down first is more often done.
        let is_old = random.below(items.max(1)) > at;
        let status = if is_old { random.weighted(OLD) } else { random.weighted(NEW) };
        let title = format!("{verb} the {quality} {thing}");
        let id = format!("{}-{}-{thing}-{}", verb.to_lowercase(), quality.replace(' ', "-"), at + 1);
        // What was written down first comes first, but for one in a hundred: so some items wait for what is planned after them.
        let horizon =
            if random.below(100) == 0 { random.pick(HORIZONS) } else { HORIZONS[at * HORIZONS.len() / items.max(1)] };
        Made { id, title, theme: random.below(THEMES.len()), folder: at / 1_000, status, horizon }
    }

    fn path(&self) -> String {
        format!("plan/items/{}/{:03}/{}.md", THEMES[self.theme].0, self.folder, self.id)
    }

    /// The way here from the file of another item.
    fn path_from_item(&self) -> String {
        format!("../../{}/{:03}/{}.md", THEMES[self.theme].0, self.folder, self.id)
    }
}

fn text(item: &Made, earlier: &[Made], random: &mut Random) -> String {
    let depends_on = dependencies(item, earlier, random);
    let mut text = format!(
        "---\ntitle: {}\ntype: {}\nstatus: {}\ntheme: {}\nhorizon: {}\nvalue: {}\neffort: {}\nowner: {}\ntags: [{}, {}]\n",
        item.title,
        random.weighted(TYPES),
        item.status,
        THEMES[item.theme].0,
        item.horizon,
        random.pick(SCALE),
        random.pick(SCALE),
        random.pick(OWNERS),
        random.pick(THINGS),
        random.pick(QUALITIES),
    );
    if !depends_on.is_empty() {
        text.push_str(&format!("depends_on: [{}]\n", depends_on.join(", ")));
    }
    text.push_str(&format!("created: 2026-{:02}-{:02}\n---\n\n", 1 + random.below(12), 1 + random.below(28)));
    body(&mut text, earlier, random);
    text
}

/// None to three earlier items. What is done waits for nothing that is not.
fn dependencies<'a>(item: &Made, earlier: &'a [Made], random: &mut Random) -> Vec<&'a str> {
    let mut ids = Vec::new();
    if earlier.is_empty() {
        return ids;
    }
    for _ in 0..random.pick(&[0, 0, 1, 1, 2, 3]) {
        // Half of them are near, as in a plan that grows; half are anywhere.
        let reach = if random.below(2) == 0 { earlier.len().min(50) } else { earlier.len() };
        let other = &earlier[earlier.len() - 1 - random.below(reach)];
        let fits = item.status != "done" || other.status == "done";
        if fits && !ids.contains(&other.id.as_str()) {
            ids.push(other.id.as_str());
        }
    }
    ids
}

/// About 200 words: three paragraphs, a list, acceptance criteria.
fn body(text: &mut String, earlier: &[Made], random: &mut Random) {
    for paragraph in 0..3 {
        if paragraph == 1 {
            text.push_str("## Why now\n\n");
        }
        for _ in 0..2 {
            text.push_str(&sentence(random));
            text.push(' ');
        }
        if let Some(other) = (!earlier.is_empty()).then(|| &earlier[random.below(earlier.len())]) {
            match paragraph {
                0 => text.push_str(&format!("It follows [{}]({}).", other.title, other.path_from_item())),
                1 => text.push_str(&format!("See also [[{}]].", other.id)),
                _ => {}
            }
        }
        text.truncate(text.trim_end().len());
        text.push_str("\n\n");
    }
    for _ in 0..3 {
        text.push_str(&format!("- **{}**: {}\n", random.pick(QUALITIES), sentence(random)));
    }
    text.push_str("\n## Acceptance criteria\n\n");
    for _ in 0..3 {
        let mark = if random.below(3) == 0 { 'x' } else { ' ' };
        text.push_str(&format!("- [{mark}] {}\n", sentence(random)));
    }
}

fn sentence(random: &mut Random) -> String {
    let (who, does) = (random.pick(PEOPLE), random.pick(DEEDS));
    let (quality, thing) = (random.pick(QUALITIES), random.pick(THINGS));
    format!("{who} {does} the {quality} {thing} {}.", random.pick(TAILS))
}

fn configuration(items: usize) -> File {
    let title = format!("A plan of {items} items");
    ("roadbook.yml".to_owned(), format!("title: {title}\nscoring: value-effort\nhorizons: [Now, Next, Later]\n"))
}

fn vision() -> File {
    let text = "---\ntitle: A town that fixes what it has\nproduct_goal: Every second broken thing is fixed by the end of next year\n\
                customers:\n  - Owners of broken things\n  - Those who know how to fix them\n---\n\n\
                What breaks in one street could be fixed in the next, if only the two knew of each other.\n";
    ("plan/vision.md".to_owned(), text.to_owned())
}

fn theme(at: usize) -> File {
    let (id, title) = THEMES[at];
    let horizon = HORIZONS[at % HORIZONS.len()];
    let text = format!(
        "---\ntitle: {title}\nstatus: active\nhorizon: {horizon}\ninvestment: 12\noutcomes:\n  - metric: Things fixed a week\n    \
         baseline: {}\n    target: {}\n    current: {}\n---\n\n{title}, and what stands in its way.\n",
        10 + at,
        40 + 3 * at,
        20 + 2 * at,
    );
    (format!("plan/themes/{id}.md"), text)
}

const THEMES: &[(&str, &str)] = &[
    ("finding", "Finding somebody who can"),
    ("trust", "Trusting a stranger with a bicycle"),
    ("parts", "The part that nobody stocks"),
    ("learning", "Learning to do it oneself"),
    ("streets", "A workshop in every street"),
    ("money", "Fair pay for small work"),
    ("signal", "Working without a signal"),
    ("care", "Care for what lasts"),
];
const HORIZONS: &[&str] = &["Now", "Next", "Later"];
const SCALE: &[u32] = &[1, 2, 3, 5, 8, 13];
const OWNERS: &[&str] = &["Workshop", "Match", "Ledger", "Field", "Platform"];
const TYPES: &[(&str, usize)] = &[("feature", 60), ("bug", 15), ("enabler", 15), ("spike", 10)];
const OLD: &[(&str, usize)] = &[("done", 70), ("dropped", 5), ("in progress", 5), ("planned", 15), ("paused", 5)];
const NEW: &[(&str, usize)] = &[("planned", 75), ("idea", 20), ("in progress", 5)];
const VERBS: &[&str] =
    &["Show", "Find", "Weigh", "Share", "Print", "Sort", "Fix", "Count", "Offer", "Keep", "Move", "Split"];
const QUALITIES: &[&str] = &[
    "nearest",
    "oldest",
    "worn",
    "spare",
    "borrowed",
    "quiet",
    "half done",
    "weekly",
    "shared",
    "lost",
    "heavy",
    "cheap",
];
const THINGS: &[&str] = &[
    "bench", "ladder", "kettle", "bicycle", "radio", "ledger", "voucher", "toolbox", "shelf", "lamp", "drawer",
    "window",
];
const PEOPLE: &[&str] = &[
    "A neighbour",
    "The volunteer at the desk",
    "Whoever fixes it",
    "An owner in a hurry",
    "The person who lent it",
    "A newcomer",
];
const DEEDS: &[&str] = &[
    "looks for",
    "has to describe",
    "gives away",
    "waits a week for",
    "writes a note about",
    "forgets",
    "measures",
    "compares",
];
const TAILS: &[&str] = &[
    "before the shop closes on a Saturday",
    "with one hand, since the other one holds the lamp",
    "and tells nobody about it until the next meeting",
    "because the manual was thrown away years ago",
    "as long as the weather allows it",
    "unless somebody down the street was faster",
];
