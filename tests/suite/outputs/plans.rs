//! Plans that want to break what is written of them: every text holds something that means something to a calendar, a picture or a list
//! of pages.

use std::fmt::Write as _;

use fastrand::Rng;

/// What texts are made of.
const PIECES: &[&str] = &[
    "]]>",
    "<script>alert(1)</script>",
    "</text><image href='https://example.com/a.png'/>",
    "&amp; & < > \" '",
    "<!-- --",
    "<?xml version='1.1'?>",
    "BEGIN:VEVENT",
    "END:VCALENDAR",
    "\\n",
    "\\",
    ";",
    ",,",
    "a;b,c\\d",
    "=1+1",
    "+1",
    "-1",
    "@home",
    "🚀",
    "👨‍👩‍👧‍👦",
    "🇩🇪",
    "البحث في المستندات",
    "\u{202e}sdrawkcab\u{202c}",
    "全文検索を日本語でも",
    "e\u{301}\u{327}",
    "\u{feff}",
    "\u{2028}next\u{2029}",
    "%0D%0A",
    "Sitemap: https://example.com/",
    "{{ page.title }}",
    "{% raw %}",
    "the plan",
    "a word",
    "of it",
];

/// Characters that stand in YAML behind a backslash.
const ESCAPES: &[&str] = &[
    "\\0",
    "\\a",
    "\\e",
    "\\n",
    "\\r",
    "\\r\\nATTACH:x",
    "\\t",
    "\\x1f",
    "\\x7f",
    "\\x9f",
    "\\N",
    "\\L",
    "\\uFFFE\\uFFFF",
];

const DATES: &[&str] = &[
    "2026-02-28",
    "2028-02-29",
    "2026-12-31",
    "2026-03",
    "2027-Q1",
    "2026-H2",
    "2027",
    "0000",
    "0000-01-01",
    "9999-12-31",
    "9999",
    "1969-12-31",
    "2026-02-30",
    "soon",
];

/// A text in double quotes, as YAML has it.
fn text(rng: &mut Rng) -> String {
    let mut text = String::from("\"");
    let count = if rng.u8(0..12) == 0 { 60 } else { rng.usize(1..5) };
    for _ in 0..count {
        match rng.u8(0..8) {
            0 => text += ESCAPES[rng.usize(0..ESCAPES.len())],
            1 => text += &"WÄ界".repeat(rng.usize(0..30)),
            _ => text += &PIECES[rng.usize(0..PIECES.len())].replace('\\', "\\\\").replace('"', "\\\""),
        }
        if rng.u8(0..4) > 0 {
            text.push(' ');
        }
    }
    text + "\""
}

/// The same as it would stand on a line of its own, which a reader of front matter may or may not make sense of.
fn bare(rng: &mut Rng) -> String {
    let text = text(rng);
    if rng.u8(0..6) > 0 {
        return text;
    }
    let controls = ["\0", "\u{fffe}\u{ffff}", "\u{85}", "\u{1}", "\u{1b}[31m", "\u{7f}", "\t"];
    format!("{}{}", controls[rng.usize(0..controls.len())], text.trim_matches('"'))
}

pub(super) const BASES: &[&str] =
    &["https://example.org/", "https://example.org:8080/a&b/'c'/", "http://user.github.io/plan"];

/// A plan and whether it knows its address.
pub(super) fn hostile(seed: u64) -> (String, Option<&'static str>) {
    let mut rng = Rng::with_seed(seed);
    let rng = &mut rng;
    let base = BASES.get(rng.usize(0..BASES.len() + 1)).copied();
    let mut plan = format!("//- roadbook.yml\ntitle: {}\ndescription: {}\n", text(rng), text(rng));
    if let Some(base) = base {
        _ = writeln!(plan, "base_url: \"{base}\"");
    }
    // No two are the same, and none is nothing.
    let horizon = |(index, text): (usize, String)| format!("{}{index}\"", text.trim_end_matches('"'));
    let horizons = (0..rng.usize(1..6)).map(|_| text(rng)).collect::<Vec<_>>().into_iter().enumerate();
    let horizons: Vec<String> = horizons.map(horizon).collect();
    _ = writeln!(plan, "horizons: [{}]", horizons.join(", "));
    if rng.bool() {
        _ = writeln!(plan, "//- plan/vision.md\n---\ntitle: {}\nproduct_goal: {}\n---", text(rng), bare(rng));
    }
    for theme in 0..rng.usize(0..9) {
        _ = writeln!(plan, "//- plan/themes/t{theme}.md\n---\ntitle: {}\nsummary: {}\n---", bare(rng), text(rng));
    }
    let milestones: Vec<String> = (0..3).map(|_| text(rng)).collect();
    for item in 0..rng.usize(0..16) {
        _ = writeln!(plan, "//- plan/items/i{item}.md\n---\ntitle: {}", bare(rng));
        let mut maybe = |most: u8, name: &str, value: String| {
            if rng.u8(0..4) < most {
                _ = writeln!(plan, "{name}: {value}");
            }
        };
        let mut more = Rng::with_seed(seed ^ ((item as u64 + 1) << 40));
        let more = &mut more;
        maybe(1, "id", text(more));
        maybe(
            3,
            "status",
            ["active", "planned", "idea", "done", "dropped", "paused", "?"][more.usize(0..7)].to_owned(),
        );
        for field in ["start", "target", "due", "created", "updated"] {
            maybe(2, field, DATES[more.usize(0..DATES.len())].to_owned());
        }
        maybe(2, "horizon", horizons[more.usize(0..horizons.len())].clone());
        maybe(2, "milestone", milestones[more.usize(0..3)].clone());
        maybe(3, "theme", format!("t{}", more.u8(0..10)));
        maybe(2, "owner", text(more));
        maybe(2, "summary", bare(more));
        plan += "---\n";
        let words = PIECES[more.usize(0..PIECES.len())];
        _ = writeln!(plan, "Body {words} of it");
    }
    for page in 0..rng.usize(0..3) {
        _ = writeln!(plan, "//- plan/pages/p{page}.md\n---\ntitle: {}\nid: {}\n---", text(rng), text(rng));
    }
    (plan, base)
}
