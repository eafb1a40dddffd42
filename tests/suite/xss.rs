//! No script from content: every form in which text has been made to run (`tests/fixtures/xss.txt`), in every field of a plan. The pages
//! are read by the HTML standard's own parser. In fields of plain words they must be made of the same elements as with harmless words; in
//! Markdown, of what Markdown makes, and nothing that runs, loads or leads where it should not.
//!
//! `XSS_ROUNDS=26 cargo test --release --test suite xss` also writes every form in every other way: as entities, percent-encoded, in
//! other letters, with what browsers overlook inside.

mod page;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use rayon::prelude::*;
use roadbook::visibility::Audience;

use crate::hostile::quoted;
use crate::support::{fixture_site, number, texts_of};
use page::{Element, elements};

/// The forms, unescaped.
fn forms() -> Vec<String> {
    let lines = include_str!("../fixtures/xss.txt").lines();
    let forms: Vec<String> = lines.filter(|line| !line.is_empty() && !line.starts_with("%% ")).map(unescaped).collect();
    assert!(forms.len() >= 120, "only {} forms", forms.len());
    forms
}

fn unescaped(line: &str) -> String {
    let (mut out, mut rest) = (String::new(), line);
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let mut chars = after.chars();
        match chars.next().expect("a letter behind a backslash") {
            'u' => {
                let (code, after) = chars.as_str()[1..].split_once('}').expect("a code");
                out.push(u32::from_str_radix(code, 16).ok().and_then(char::from_u32).expect("a character"));
                rest = after;
                continue;
            }
            't' => out.push('\t'),
            'n' => out.push('\n'),
            'r' => out.push('\r'),
            '0' => out.push('\0'),
            '\\' => out.push('\\'),
            other => panic!("an escape `\\{other}` in {line}"),
        }
        rest = chars.as_str();
    }
    out + rest
}

/// Harmless words of the same length: as many letters, which begin differently at each place.
fn neutral(at: usize, form: &str) -> String {
    let letter = |step: usize| char::from(b'a' + u8::try_from(at / 26_usize.pow(step as u32) % 26).unwrap_or_default());
    let mut letters = (0..3).map(letter);
    form.chars().map(|c| if c.is_whitespace() { ' ' } else { letters.next().unwrap_or('n') }).collect()
}

fn harmless(forms: &[String]) -> Vec<String> {
    forms.iter().enumerate().map(|(at, form)| neutral(at, form)).collect()
}

/// The pages of a plan's site, by address.
fn pages(fixture: &str, audience: Audience) -> BTreeMap<String, String> {
    let mut pages = texts_of(&fixture_site(fixture, audience));
    pages.retain(|address, _| address.ends_with(".html"));
    pages
}

/// What a page is made of. How many lines a box's words take is no matter, nor what a diagnostic shows as code; and neither is a plain link to
/// the web, which an author may make, where links are looked for.
fn skeleton(page: &[Element], with_links: bool) -> Vec<String> {
    let is_plain_link = |element: &&Element| {
        let may_have = |name: &str| ["href", "rel"].contains(&name);
        let leads_out = element.schemes().iter().all(|(_, scheme)| ["http:", "https:"].contains(&scheme.as_str()));
        element.is("a") && element.attributes.iter().all(|(name, _)| may_have(name)) && leads_out
    };
    let skeletons = page.iter().filter(|element| with_links || !is_plain_link(element)).map(Element::skeleton);
    skeletons.filter(|skeleton| !["svg:tspan dy x", "code"].contains(&skeleton.as_str())).collect()
}

/// Compares a site with its harmless twin, page for page where both have the same addresses, else whatever the pages are called.
fn assert_twins(hostile: &str, harmless: &str, with_links: bool, what: &str) {
    let (found, expected) = (pages(hostile, Audience::Internal), pages(harmless, Audience::Internal));
    if let Some(difference) = difference(&found, &expected, with_links) {
        panic!("{what}, {difference}");
    }
}

/// The pages that are read, and those that lead from an old address to a new one: how many there are of these depends on the words.
fn parted(pages: &BTreeMap<String, String>) -> (BTreeMap<String, String>, BTreeMap<String, String>) {
    pages.clone().into_iter().partition(|(_, page)| !page.contains("http-equiv=\"refresh\""))
}

/// A plan with an old address and harmless words.
const PLAIN_REDIRECT: &str =
    "//- roadbook.yml\nbase_url: https://e.example/\n//- plan/items/a.md\n---\ntitle: A\ntags: [C++]\n---\n";

/// The first difference between the pages of two sites.
fn difference(
    found: &BTreeMap<String, String>,
    expected: &BTreeMap<String, String>,
    with_links: bool,
) -> Option<String> {
    let (found, redirects) = parted(found);
    let (expected, mut known) = parted(expected);
    known.extend(parted(&pages(PLAIN_REDIRECT, Audience::Internal)).1);
    let skeletons = |pages: &BTreeMap<String, String>| -> BTreeSet<Vec<String>> {
        pages.values().map(|page| skeleton(&elements(page), with_links)).collect()
    };
    if let Some(other) = skeletons(&redirects).difference(&skeletons(&known)).next() {
        return Some(format!("a page of an old address is made of {other:?}"));
    }
    if found.len() != expected.len() {
        return Some(format!("{} pages and not {}", found.len(), expected.len()));
    }
    let is_paired = found.keys().eq(expected.keys());
    let read = |pages: &BTreeMap<String, String>| -> Vec<(Vec<String>, String)> {
        let pages: Vec<(&String, &String)> = pages.iter().collect();
        let read = |(address, html): &(&String, &String)| (skeleton(&elements(html), with_links), (*address).clone());
        let mut read: Vec<(Vec<String>, String)> = pages.par_iter().map(read).collect();
        if !is_paired {
            read.sort();
        }
        read
    };
    let (found, expected) = (read(&found), read(&expected));
    let differ = found.iter().zip(&expected).find(|((page, _), (twin, _))| page != twin);
    differ.map(|((page, address), (twin, _))| {
        let at = page.iter().zip(twin).take_while(|(a, b)| a == b).count();
        let part = |list: &[String]| list[at.saturating_sub(3).min(list.len())..(at + 4).min(list.len())].to_vec();
        format!("{address}: element {at}\nfound    {:?}\nexpected {:?}", part(page), part(twin))
    })
}

const CONFIG: &str = "//- roadbook.yml\nbase_url: https://example.org/a/\nrepository: https://forge.test/team/plan\nmentions: ['k\\d+']\n\
                      diagnostics: {near-miss-value: off, misspelled-field: off}\ncapacity: 9\n";

/// Fields of one text, of items and of themes.
const ITEM: &[&str] = &["title", "status", "type", "horizon", "priority", "milestone", "team", "summary"];
const ITEM_LISTS: &[&str] = &["owner", "tags"];
const THEME: &[&str] = &["title", "status", "horizon", "summary"];
const OUTCOME: &[&str] = &["metric", "baseline", "target", "current", "unit"];

/// A plan with one item and one theme for each text, with that text in each of their fields that holds words.
fn words(texts: &[String]) -> String {
    let mut plan = String::from(CONFIG);
    for (at, text) in texts.iter().enumerate() {
        // Unique, since things of one name share a page, and where a long name is cut.
        let is_long = text.chars().count() > 40;
        let value = quoted(&if is_long { format!("k{at:03} {text}") } else { format!("{text} k{at:03}") });
        let fields = |names: &[&str]| names.iter().fold(String::new(), |all, name| all + &format!("{name}: {value}\n"));
        let lists =
            |names: &[&str]| names.iter().fold(String::new(), |all, name| all + &format!("{name}: [{value}]\n"));
        let outcome: Vec<String> = OUTCOME.iter().map(|name| format!("{name}: {value}")).collect();
        _ = write!(
            plan,
            "//- plan/themes/t{at:03}.md\n---\n{}owner: [{value}]\nevidence: [{value}]\noutcomes: [{{{}}}]\n---\n",
            fields(THEME),
            outcome.join(", "),
        );
        // A chain now and then, so that there are drawings, and dates for the timeline.
        let needs = if at % 4 == 0 { String::new() } else { format!("depends_on: [k{:03}]\n", at - 1) };
        _ = write!(
            plan,
            "//- plan/items/k{at:03}.md\n---\n{}{}order: {at}\ntheme: t{at:03}\nvalue: 3\neffort: 2\ntarget: 2026-{:02}\n{needs}\
             {value}: plain\nx-own: {value}\nx-list: [{value}, {{{value}: {value}}}]\nevidence: [{value}]\n---\n",
            fields(ITEM),
            lists(ITEM_LISTS),
            at % 12 + 1,
        );
    }
    plan
}

/// A plan in which each text is an id, a file's name and an old id. What makes them unique stands first, since long ones are cut.
fn names(texts: &[String]) -> String {
    let mut plan = String::from(CONFIG);
    for (at, text) in texts.iter().enumerate() {
        let (id, old) = (quoted(&format!("k{at:03} {text}")), quoted(&format!("o{at:03} {text}")));
        let file = text.replace(['\n', '\r', '/'], " ");
        let file = file.trim();
        _ = write!(plan, "//- plan/items/a{at:03}.md\n---\nid: {id}\naliases: [{old}]\n---\n");
        _ = write!(plan, "//- plan/items/f{at:03} {file}.md\n---\nvalue: 1\n---\n");
        _ = write!(plan, "//- plan/themes/t{at:03} {file}.md\n---\norder: 1\n---\n");
        _ = write!(plan, "//- plan/pages/p{at:03} {file}.md\n---\norder: 1\n---\n");
    }
    plan
}

/// A plan in which each text is an address, or a reference to nothing.
fn addresses(texts: &[String]) -> String {
    let mut plan = String::from(CONFIG);
    for (at, text) in texts.iter().enumerate() {
        let value = quoted(text);
        _ = write!(
            plan,
            "//- plan/items/k{at:03}.md\n---\nlinks: [{value}]\nevidence: [{value}]\nx-own: {value}\n---\n\
             //- plan/themes/t{at:03}.md\n---\nevidence: [{value}]\nx-own: {value}\n---\n"
        );
    }
    plan
}

/// A plan of which there is one thing each, with a text in all of its fields.
fn single(text: &str) -> String {
    // The second theme stands last whatever the first is. Words behind a link are a remark, which is shown; so has every reference one beside it.
    let value = quoted(&format!("{text} k"));
    format!(
        "{CONFIG}title: {value}\ndescription: {value}\nhorizons: [{value}, Later]\n\
         //- plan/vision.md\n---\ntitle: {value}\nproduct_goal: {value}\ncustomers: [{value}]\nneeds: [{value}]\nnorth_star: {value}\n\
         summary: {value}\npositioning: {{category: {value}, alternative: {value}, differentiator: {value}}}\n{value}: {value}\n---\n\
         //- plan/pages/p.md\n---\ntitle: {value}\nsummary: {value}\nx-own: {value}\n---\n\
         //- plan/items/i.md\n---\nhorizon: {value}\ntheme: [{value}, \u{2fa1d} (y)]\noutcomes: [{value}, zz (y)]\n---\n"
    )
}

/// A plan whose texts are Markdown with a form in every place that Markdown has.
fn bodies(texts: &[String]) -> String {
    let mut plan = String::from(CONFIG);
    for (at, text) in texts.iter().enumerate() {
        // A line that begins so is the next file of a fixture.
        let raw = text.replace("//- ", "/- ").replace(['\r', '\u{c}'], " ");
        let line = raw.split_whitespace().collect::<Vec<_>>().join(" ");
        let places = [
            format!("A {line} b {line}"),
            format!("- a {line}"),
            format!("|a|b|\n|-|-|\n|a {line}|{line}|"),
            format!("> a {line}"),
            format!("## a {line}"),
            format!("a `a {line}` [a {line}](https://x.test) ![a {line}](x.png)"),
            format!("a [x]({line}) [x](<{line}>) ![x]({line}) <{line}>"),
            format!("a [x](https://x.test \"{line}\") [x](https://x.test '{line}') [[{line}]] [[k000|{line}]]"),
            format!("a [x][r] ![x][r] [^{line}]\n\n[r]: {line}"),
            format!("## Acceptance criteria\n\n- [x] a {line}\n- [ ] {line}"),
            format!("## Raw\n\n{raw}"),
        ];
        let head = "---\nsummary: Kept\n---\n";
        _ = write!(
            plan,
            "//- plan/items/k{at:03}.md\n---\ntitle: Kept\nsummary: Kept\nstatus: planned\n---\n{}\n\
             //- plan/themes/t{at:03}.md\n{head}# {line}\n\n{raw}\n\
             //- plan/pages/p{at:03}.md\n{head}# a {line}\n\n{raw}\n",
            places.join("\n\n"),
        );
    }
    plan + "//- plan/vision.md\n---\nsummary: Kept\n---\n" + texts.last().map_or("", String::as_str)
}

/// A plan in which each text is a reference, in every field that holds some.
fn references(texts: &[String]) -> String {
    const FIELDS: &[&str] =
        &["depends_on", "blocks", "parent", "relates", "supersedes", "superseded_by", "theme", "outcomes"];
    let mut plan = String::from(CONFIG);
    for (at, text) in texts.iter().enumerate() {
        let value = quoted(text);
        let fields = FIELDS.iter().fold(String::new(), |all, name| all + &format!("{name}: [{value}, zz (y)]\n"));
        _ = write!(plan, "//- plan/items/k{at:03}.md\n---\nsummary: Kept\n{fields}---\n");
    }
    plan
}

/// What Markdown makes, and what it may say of it.
const MARKDOWN: &[&str] = &[
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "div",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "img",
    "input",
    "label",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "span",
    "strong",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];
const ATTRIBUTES: &[&str] = &[
    "alt",
    "aria-current",
    "aria-label",
    "aria-labelledby",
    "checked",
    "class",
    "dir",
    "disabled",
    "href",
    "id",
    "loading",
    "rel",
    "role",
    "scope",
    "src",
    "start",
    "tabindex",
    "title",
    "type",
];

/// What HTML in Markdown may become beside that, and the attributes that it may bring along.
const HTML: &[&str] = &[
    "b", "caption", "center", "dd", "details", "dl", "dt", "i", "ins", "kbd", "mark", "picture", "s", "samp", "small",
    "sub", "summary", "u", "var",
];
const HTML_ATTRIBUTES: &[&str] = &["align", "colspan", "height", "open", "rowspan", "title", "width"];

/// What there is more or less of with other headings, tasks and findings, and what may be said of it.
const AROUND: &[&str] = &["aside", "b", "dd", "dl", "dt", "i", "nav", "small", "svg:rect", "svg:svg"];
const AROUND_ATTRIBUTES: &[&str] =
    &["aria-hidden", "aria-label", "class", "dir", "height", "preserveAspectRatio", "viewBox", "width", "x"];

/// What is wrong with a page beside its harmless twin.
fn faults(page: &[Element], twin: &[Element]) -> Vec<String> {
    let mut faults = Vec::new();
    let is_one_of = |names: &[&str], element: &Element| names.contains(&element.name.as_str());
    for element in page {
        let has_only = |known: &[&str]| element.attributes.iter().all(|(name, _)| known.contains(&name.as_str()));
        let of_html = element.attributes.iter().filter(|(name, _)| !HTML_ATTRIBUTES.contains(&name.as_str()));
        let has_html_alone = is_one_of(HTML, element) && of_html.count() == 0;
        let may_be = if is_one_of(MARKDOWN, element) {
            has_only(&[ATTRIBUTES, HTML_ATTRIBUTES].concat())
        } else if has_html_alone {
            true
        } else if is_one_of(AROUND, element) {
            has_only(AROUND_ATTRIBUTES)
        } else {
            true
        };
        let may_lead =
            |(_, scheme): &(&str, String)| ["", "//", "http:", "https:", "mailto:", "tel:"].contains(&scheme.as_str());
        let is_box = || element.get("type") == Some("checkbox") && element.get("disabled").is_some();
        let is_bad = !may_be || !element.schemes().iter().all(may_lead) || element.is("input") && !is_box();
        if is_bad && !twin.contains(element) {
            faults.push(format!("{element:?}"));
        }
    }
    let rest = |page: &[Element]| -> Vec<String> {
        let is_known = |element: &Element| [MARKDOWN, HTML, AROUND].iter().any(|names| is_one_of(names, element));
        let rest = page.iter().filter(|element| !is_known(element));
        rest.map(Element::skeleton).collect()
    };
    let (rest, expected) = (rest(page), rest(twin));
    if rest != expected {
        let at = rest.iter().zip(&expected).take_while(|(a, b)| a == b).count();
        faults.push(format!("{:?} and not {:?}", rest.get(at), expected.get(at)));
    }
    faults
}

fn assert_harmless(hostile: &str, harmless: &str, what: &str) {
    let (found, twins) = (pages(hostile, Audience::Internal), pages(harmless, Audience::Internal));
    let found: Vec<(&String, &String)> = found.iter().collect();
    let faults = |(address, html): &(&String, &String)| {
        let twin = twins.get(*address).unwrap_or_else(|| panic!("{what}: {address} has no twin"));
        let faults = faults(&elements(html), &elements(twin));
        (!faults.is_empty()).then(|| format!("{address}: {faults:#?}"))
    };
    let faults: Vec<String> = found.par_iter().filter_map(faults).collect();
    assert!(faults.is_empty(), "{what}, {} pages: {}", faults.len(), faults[0]);
}

/// Every form, or so many as the environment asks for, in other ways of writing it.
fn rounds() -> Vec<Vec<String>> {
    let forms = forms();
    let ways = WAYS.iter().take(number("XSS_ROUNDS").map_or(0, |count| count as usize));
    std::iter::once(forms.clone())
        .chain(ways.map(|way| forms.iter().map(|form| written(form, way)).collect()))
        .collect()
}

/// A form in another way. A key of YAML has 1,024 characters at most, so the longest stay as they are.
fn written(form: &str, way: &fn(&str) -> String) -> String {
    let text = way(form);
    if text.chars().count() < 800 { text } else { form.to_owned() }
}

/// Other ways of writing a form.
const WAYS: &[fn(&str) -> String] = &[
    |form| entities(form, |c| format!("&#{};", u32::from(c))),
    |form| entities(form, |c| format!("&#x{:X};", u32::from(c))),
    |form| entities(form, |c| format!("&#{:07} ", u32::from(c))),
    |form| entities(form, |c| format!("&amp;#{};", u32::from(c))),
    |form| percent(form, 1),
    |form| percent(form, 2),
    |form| form.replace('<', "&lt;").replace('"', "&quot;"),
    |form| form.replace(':', "&colon;").replace('(', "&lpar;").replace('<', "&LT"),
    |form| form.to_uppercase(),
    |form| form.chars().enumerate().map(|(at, c)| if at % 2 == 0 { c.to_ascii_uppercase() } else { c }).collect(),
    |form| inside(form, "\t"),
    |form| inside(form, "\n"),
    |form| inside(form, "\0"),
    |form| inside(form, "\u{ad}"),
    |form| inside(form, "<!-- -->"),
    |form| format!("\u{feff}{form}"),
    |form| format!("\u{1}\u{1f}{form}"),
    |form| format!("\"{form}"),
    |form| format!("'>{form}"),
    |form| format!("`{form}`"),
    |form| format!("</p>\n\n{form}\n\n"),
    |form| form.replace('<', "\u{ff1c}").replace(':', "\u{ff1a}"),
    |form| form.replace(' ', "/"),
    |form| form.replace(' ', "\u{c}"),
    |form| form.repeat(3),
    |form| form.chars().rev().collect(),
];

fn entities(form: &str, write: impl Fn(char) -> String) -> String {
    form.chars().map(&write).collect()
}

fn percent(form: &str, times: usize) -> String {
    let once = form.bytes().fold(String::new(), |all, byte| all + &format!("%{byte:02X}"));
    if times == 1 { once } else { once.replace('%', "%25") }
}

/// A character in the middle of every word.
fn inside(form: &str, with: &str) -> String {
    let mut out = String::new();
    for (at, c) in form.chars().enumerate() {
        if at % 4 == 3 {
            out.push_str(with);
        }
        out.push(c);
    }
    out
}

fn words_are_words(texts: &[String]) {
    let harmless = harmless(texts);
    assert_twins(&words(texts), &words(&harmless), true, "words");
    assert_twins(&names(texts), &names(&harmless), true, "names");
    assert_twins(&addresses(texts), &addresses(&harmless), false, "addresses");
}

fn single_words_are_words(texts: &[String]) {
    let twin = pages(&single("neutral"), Audience::Internal);
    let differs = |form: &String| {
        let difference = difference(&pages(&single(form), Audience::Internal), &twin, true);
        difference.map(|difference| format!("{form:?}, {difference}"))
    };
    let differences: Vec<String> = texts.par_iter().filter_map(differs).collect();
    assert!(differences.is_empty(), "{} forms: {}", differences.len(), differences[0]);
}

fn markdown_is_harmless(texts: &[String]) {
    let harmless = harmless(texts);
    assert_harmless(&bodies(texts), &bodies(&harmless), "bodies");
    assert_harmless(&references(texts), &references(&harmless), "references");
}

#[test]
fn words_of_every_field_are_words() {
    rounds().iter().for_each(|texts| words_are_words(texts));
}

#[test]
fn words_of_the_vision_and_the_configuration_are_words() {
    rounds().iter().for_each(|texts| single_words_are_words(texts));
}

#[test]
fn markdown_makes_nothing_that_runs() {
    rounds().iter().for_each(|texts| markdown_is_harmless(texts));
}

/// So many that every mutant of `tests/mutants/xss.txt` is seen, and no more.
#[test]
fn a_few_forms() {
    let few = forms().into_iter().enumerate().filter(|(at, form)| at % 16 == 0 || form.starts_with("vbscript"));
    let few: Vec<String> = few.map(|(_, form)| form).collect();
    words_are_words(&few);
    single_words_are_words(&few);
    markdown_is_harmless(&few);
}

/// The comparisons above can fail: each of these in a page is seen.
#[test]
fn what_runs_is_seen() {
    let page = pages("//- plan/items/a.md\n# A\n\nText\n", Audience::Internal).remove("items/a.html").expect("a page");
    let sound = elements(&page);
    assert_eq!(faults(&sound, &sound), Vec::<String>::new());
    for bad in [
        "<script>alert(1)</script>",
        "<script src=x.js></script>",
        "<svg onload=alert(1)>",
        "<svg><a href=x>",
        "<math>",
        "<img src=x onerror=alert(1)>",
        "<p style=x>",
        "<style></style>",
        "<link rel=stylesheet href=x>",
        "<base href=x>",
        "<meta http-equiv=refresh content='0;url=x'>",
        "<iframe src=x></iframe>",
        "<form></form>",
        "<input>",
        "<button>x</button>",
        "<a href=javascript:alert(1)>x</a>",
        "<a href='java\tscript:alert(1)'>x</a>",
        "<a href=&#106;avascript:alert(1)>x</a>",
        "<img src=data:image/png,x>",
        "<a href=x ping=x>x</a>",
        "<i onclick=x>",
        "<!-- x -->",
        "<x>",
        "<template><b></b></template>",
    ] {
        let broken = elements(&page.replacen("<p>Text</p>", bad, 1));
        assert_ne!(faults(&broken, &sound), Vec::<String>::new(), "{bad}");
        assert_ne!(skeleton(&broken, true), skeleton(&sound, true), "{bad}");
    }
}
