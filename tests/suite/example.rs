//! The example as a whole, in memory: every link of every page, equal bytes whatever the machine, and what it says of itself.

pub(crate) mod html;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use expect_test::expect_file;

use html::{Pages, faults, tags};
use roadbook::diagnostic::Code;
use roadbook::discover::Inputs;
use roadbook::name;
use roadbook::report::{Format, report};
use roadbook::resolve::RoadmapItem;
use roadbook::visibility::Audience;
use roadbook::{Memory, SiteParts};

use crate::support::{example, example_folder, on_the_day, pages_of, resolved, site_of, site_with, text_at, words};

const BOTH: [Audience; 2] = [Audience::Public, Audience::Internal];
const BASE: &str = "https://example.org/blue-chair/";

fn inputs(root: &Path) -> Inputs {
    roadbook::read(root, &on_the_day(), &mut Memory::default()).expect("the example can be read").0
}

/// What stands behind every address.
fn pages(inputs: &Inputs, audience: Audience) -> Pages {
    pages_of(&site_of(inputs, audience))
}

/// The example's pages, made for the first time.
fn plain(audience: Audience) -> Pages {
    pages(&example(), audience)
}

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

#[track_caller]
fn assert_same(one: &Pages, other: &Pages, what: &str) {
    let addresses = |pages: &Pages| pages.keys().cloned().collect::<Vec<_>>();
    assert_eq!(addresses(one), addresses(other), "{what}");
    for (address, bytes) in one {
        let other = &other[address];
        if bytes != other {
            let at = bytes.iter().zip(other).take_while(|(a, b)| a == b).count();
            let part = |bytes: &[u8]| {
                String::from_utf8_lossy(&bytes[at.saturating_sub(60)..(at + 60).min(bytes.len())]).into_owned()
            };
            panic!("{what}: {address} differs at byte {at}:\n{}\n{}", part(bytes), part(other));
        }
    }
}

#[test]
fn every_link_and_anchor_of_every_page_leads_somewhere() {
    for audience in BOTH {
        let found = faults(&plain(audience), BASE);
        assert!(found.is_empty(), "{}:\n{}", audience.word(), found.join("\n"));
    }
}

/// The check above would be worth nothing if it could not fail.
#[test]
fn a_page_that_is_broken_in_any_way_is_found() {
    let good = plain(Audience::Internal);
    let item = "items/first-night-sheet.html";
    for (address, old, new, fault) in [
        (item, "href=\"../index.html\"", "href=\"../indx.html\"", "there is no indx.html"),
        (item, "href=\"../index.html\"", "href=\"index.html\"", "there is no items/index.html"),
        (item, "href=\"../index.html\"", "href=\"../../index.html\"", "it leaves the site"),
        (item, "href=\"../index.html\"", "href=\"/index.html\"", "a path from the host's root"),
        (item, "href=\"../index.html\"", "href=\"\"", "an empty link"),
        (item, "href=\"../index.html\"", "href=\"../index&nbsp;.html\"", "unknown character reference"),
        (item, "href=\"../style.css\"", "href=\"../styles.css\"", "there is no styles.css"),
        (item, "href=\"#Main\"", "href=\"#main\"", "there is no #main"),
        (item, "href=\"#Main\"", "href=\"../index.html#Mein\"", "there is no #Mein in index.html"),
        (item, "<h1", "<p id=\"Main\"></p><h1", "the id `Main`"),
        (item, "<h1", "<h1>One more</h1><h1", "2 of <h1>"),
        (item, "<h1", "<h1 style=\"color: red\"", "the attribute style"),
        (item, "<h1", "<h1 onclick=\"go()\"", "the attribute onclick"),
        (item, "<h1", "<script>go()</script><h1", "<script> with contents"),
        (item, "<h1", "<h1 class=a", "a value without double quotes"),
        (item, "<title>", "<title></title><b>", "no title"),
        (item, "script-src 'self'", "script-src 'self' 'unsafe-inline'", "no strict policy"),
        (item, "default-src 'none'; ", "", "no strict policy"),
        (item, "<title>", "<base href=\"../\"><title>", "an address that all others begin at"),
        ("embed/board.html", "href=\"../roadmap.html\"", "href=\"#Main\"", "a place on the page"),
        ("404.html", "href=\"https://example.org/blue-chair/", "href=\"", "needs the whole address"),
        (
            "roadmap.json",
            "items/first-night-sheet.html",
            "items/first-night-sheets.html",
            "roadmap.json: there is no items",
        ),
        ("sitemap.xml", "items/first-night-sheet.html", "items/first-night-sheets.html", "sitemap.xml: `"),
    ] {
        let mut pages = good.clone();
        let text = String::from_utf8(pages[address].clone()).expect("text");
        assert!(text.contains(old), "{address} has no {old}");
        pages.insert(address.to_owned(), text.replacen(old, new, 1).into_bytes());
        let found = faults(&pages, BASE);
        assert!(found.iter().any(|line| line.contains(fault)), "{new} was not found out: {found:?}");
    }
    let mut pages = good;
    assert!(pages.remove(item).is_some());
    let found = faults(&pages, BASE);
    for from in ["backlog.html: ", "roadmap.json: ", "sitemap.xml: "] {
        assert!(found.iter().any(|line| line.starts_with(from)), "a missing page, from {from}: {found:?}");
    }
}

#[test]
fn equal_plans_give_equal_bytes() {
    for audience in BOTH {
        let first = plain(audience);
        assert_same(&first, &plain(audience), "a second build");
        for threads in [1, 2] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
            assert_same(&first, &pool.install(|| plain(audience)), &format!("{threads} threads"));
        }
        let mut reversed = example();
        reversed.sources.reverse();
        assert_same(&first, &pages(&reversed, audience), "files in reversed order");
    }
}

/// What is done to the text of a file.
type Change = fn(&str) -> String;

#[test]
fn the_folder_and_the_line_ends_leave_no_trace() {
    let ways: [(&str, Change); 4] = [
        ("as it is", str::to_owned),
        ("crlf", |text| text.replace('\n', "\r\n")),
        ("bom", |text| format!("\u{feff}{text}")),
        ("bom and crlf", |text| format!("\u{feff}{}", text.replace('\n', "\r\n"))),
    ];
    for (name, change) in ways {
        let temp = tempfile::tempdir().expect("a folder");
        let root = temp.path().join(format!("{name} of another name"));
        copy(&example_folder(), &root, change);
        for audience in BOTH {
            assert_same(&plain(audience), &pages(&inputs(&root), audience), name);
        }
    }
}

/// Copies the sources of a project and changes their text.
fn copy(from: &Path, to: &Path, change: Change) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        let is_text = path.extension().is_some_and(|ending| ending == "md" || ending == "yml");
        if path.is_dir() {
            if entry.file_name() != "_site" {
                copy(&path, &target, change);
            }
        } else if is_text {
            std::fs::write(&target, change(&std::fs::read_to_string(&path).expect("text"))).expect("a copy");
        } else {
            std::fs::copy(&path, &target).expect("a copy");
        }
    }
}

#[test]
fn old_names_lead_to_the_pages_of_today() {
    let inputs = example();
    let pages = pages(&inputs, Audience::Internal);
    let plan = resolved(&inputs, Audience::Internal).plan;
    let items = plan.items.iter().map(|item| ("items", &item.entry));
    let themes = plan.themes.iter().map(|theme| ("themes", &theme.entry));
    let own = plan.pages.iter().map(|page| ("pages", &page.entry));
    let mut count = 0;
    for (folder, entry) in items.chain(themes).chain(own) {
        for alias in &entry.aliases {
            let address = format!("{folder}/{}.html", name::address(&alias.value));
            let page = pages.get(&address).unwrap_or_else(|| panic!("there is no {address}"));
            let tags = tags(std::str::from_utf8(page).expect("text")).expect("a page");
            let refresh = tags.iter().find(|tag| tag.get("http-equiv") == Some("refresh"));
            let wanted = format!("0; url=../{folder}/{}.html", entry.slug);
            assert_eq!(refresh.and_then(|tag| tag.get("content")), Some(wanted.as_str()), "{address}");
            count += 1;
        }
    }
    assert!(count >= 3, "the example has {count} aliases, too few to show anything");
}

#[test]
fn the_disagreements_are_those_that_are_meant() {
    let roadmap = resolved(&example(), Audience::Internal);
    let codes: Vec<Code> = roadmap.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(
        codes,
        [Code::TARGET_BEFORE_DEPENDENCY, Code::HORIZON_INVERSION, Code::INVESTMENT_DRIFT, Code::OVER_CAPACITY]
    );
    let text = report(&roadmap.diagnostics, Format::Human, false);
    expect_file![golden("example-diagnostics.txt")].assert_eq(&text);
}

/// What a head of product reads first: outcomes and how far they are, gaps, and where the effort goes.
#[test]
fn the_strategy_and_the_backlog_meet() {
    let pages = pages(&example(), Audience::Internal);
    let page = String::from_utf8_lossy(&pages["alignment.html"]);
    expect_file![golden("example-alignment.txt")].assert_eq(&words(&page));
}

/// The example has something for the team alone, and its public site has none of it.
#[test]
fn the_public_site_has_nothing_of_the_team() {
    let inputs = example();
    let [public, team] = BOTH.map(|audience| pages(&inputs, audience));
    for words in
        ["network-contract", "Terms with the pharmacy network", "by month", "x-families-in-trial", "Confidence</dt>"]
    {
        let heard = |pages: &Pages| pages.values().any(|page| String::from_utf8_lossy(page).contains(words));
        assert!(heard(&team), "{words} is in the site for the team");
        assert!(!heard(&public), "{words} is in the site for the public");
    }
}

#[test]
fn the_order_and_its_reasons() {
    let roadmap = resolved(&example(), Audience::Internal);
    let name = |item: RoadmapItem<'_>| item.entry().id.clone();
    let mut text = String::new();
    for item in roadmap.order.iter().map(|&id| roadmap.item(id)) {
        let rank = item.resolved().rank.expect("an item of the order has a rank");
        _ = writeln!(text, "{rank} {}\n    {}", name(item), item.why(&name));
    }
    let items = roadmap.items.ids().map(|id| roadmap.item(id));
    for item in items.filter(|item| item.resolved().rank.is_none()) {
        _ = writeln!(text, "- {}\n    {}", name(item), item.why(&name));
    }
    expect_file![golden("example-order.txt")].assert_eq(&text);
}

#[test]
fn the_addresses() {
    let inputs = example();
    let [public, internal] =
        BOTH.map(|audience| site_of(&inputs, audience).addresses().map(str::to_owned).collect::<BTreeSet<String>>());
    assert!(public.is_subset(&internal), "the public has pages of its own");
    let line = |address: &String| format!("{}{address}\n", if public.contains(address) { "" } else { "(internal) " });
    expect_file![golden("example-addresses.txt")].assert_eq(&internal.iter().map(line).collect::<String>());
}

/// A host that shows the page for missing addresses may be another than the one that has its files; what would end a source in the
/// policy is encoded.
#[test]
fn the_policy_of_the_page_for_missing_addresses_names_where_its_files_are() {
    let mut made = resolved(&example(), Audience::Public);
    let config = std::sync::Arc::make_mut(&mut made.config);
    (config.base_url, config.headers) = (Some("https://a.test/b;c, d/".to_owned()), true);
    let site = site_with(made, SiteParts::default());
    let page = |address: &str| text_at(&site, address).replace("&#39;", "'");
    let missing = page("404.html");
    assert!(missing.contains("script-src 'self' https://a.test/b%3Bc%2C%20d/; style-src"), "{missing:.600}");
    assert!(page("index.html").contains("script-src 'self'; style-src 'self';"));
    let headers = page("_headers");
    assert!(headers.starts_with("/*\n  Content-Security-Policy: default-src 'none'; script-src 'self';"), "{headers}");
}
