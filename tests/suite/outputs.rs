//! What a site gives to others: the calendar, the card, the list of pages, robots.txt and link previews. Each is read back by a strict
//! reader, of plans that were written to break it.
//!
//! `OUTPUT_PLANS=5000 cargo test --release --test suite outputs` is the long run; `OUTPUT_SEED` repeats one plan.

mod calendar;
mod plans;

use std::collections::BTreeSet;

use rayon::prelude::*;
use roadbook::config;
use roadbook::diagnostic::Code;
use roadbook::markdown::without_code;
use roadbook::site::Site;
use roadbook::source::Source;
use roadbook::state::State;
use roadbook::text::visible;
use roadbook::visibility::Audience;

use crate::support::{fixture_site, inputs_of, lines, number, rounds, site_of, text_at};
use calendar::Calendar;

fn of(fixture: &str, audience: Audience, address: &str) -> String {
    text_at(&fixture_site(fixture, audience), address)
}

fn calendar(text: &str) -> Calendar {
    calendar::read(text.as_bytes()).unwrap_or_else(|wrong| panic!("{wrong}\n{text}"))
}

/// Text without what writing may change: spaces, controls and what stands for them.
fn essence(text: &str) -> String {
    let is_kept = |c: &char| visible(*c) == Some(*c) && !c.is_whitespace() && !('\u{fffd}'..='\u{ffff}').contains(c);
    text.chars().filter(is_kept).collect()
}

#[test]
fn what_goes_out_is_read_back_strictly() {
    let seeds = number("OUTPUT_SEED").map_or(0..number("OUTPUT_PLANS").unwrap_or(rounds(200)), |seed| seed..seed + 1);
    let found: Vec<[usize; 3]> = seeds.into_par_iter().map(plan_holds).collect();
    let sum = |at: usize| found.iter().map(|counts| counts[at]).sum::<usize>();
    if number("OUTPUT_SEED").is_none() {
        // Plans in which there is nothing to break would prove nothing.
        let [some, many] = [500, 1000].map(|least| rounds(least) as usize);
        assert!(sum(0) > some && sum(1) > many && sum(2) > many, "{} {} {}", sum(0), sum(1), sum(2));
    }
}

/// Reads back all that goes out of one random plan: how many events, texts of the card and listed pages there were.
fn plan_holds(seed: u64) -> [usize; 3] {
    let (plan, base) = plans::hostile(seed);
    let inputs = inputs_of(&plan);
    assert_eq!(inputs.diagnostics, [], "OUTPUT_SEED={seed}: a configuration that cannot be read breaks nothing");
    let audience = if seed.is_multiple_of(2) { Audience::Public } else { Audience::Internal };
    let site = site_of(&inputs, audience);
    let hold = |what: &str, result: Result<usize, String>| {
        result.unwrap_or_else(|wrong| panic!("OUTPUT_SEED={seed}: {what}: {wrong}\n{plan}"))
    };
    let events = hold("roadmap.ics", calendar_holds(&site));
    let texts = hold("roadmap.svg", card_holds(&site));
    let pages = match base {
        Some(base) => hold("sitemap.xml", sitemap_holds(&site, &format!("{}/", base.trim_end_matches('/')))),
        None => {
            assert!(!site.has("sitemap.xml"), "OUTPUT_SEED={seed}");
            0
        }
    };
    let base = base.map(|base| format!("{}/", base.trim_end_matches('/')));
    assert_eq!(text_at(&site, "robots.txt"), robots(audience, base.as_deref()), "OUTPUT_SEED={seed}");
    [events, texts, pages]
}

fn robots(audience: Audience, base: Option<&str>) -> String {
    match (audience, base) {
        (Audience::Internal, _) => "User-agent: *\nDisallow: /\n".to_owned(),
        (Audience::Public, None) => "User-agent: *\nAllow: /\n".to_owned(),
        (Audience::Public, Some(base)) => format!("User-agent: *\nAllow: /\n\nSitemap: {base}sitemap.xml\n"),
    }
}

/// The events are those that the plan promises, counted here once more.
fn calendar_holds(site: &Site) -> Result<usize, String> {
    let text = text_at(site, "roadmap.ics");
    let calendar = calendar::read(text.as_bytes())?;
    let mut wanted = Vec::new();
    for item in site.roadmap().plan.items.iter().filter(|item| item.state != State::Dropped) {
        let mut days: Vec<String> = [&item.target, &item.due].into_iter().flatten().map(|date| date.last()).collect();
        days.dedup();
        wanted.extend(days.into_iter().map(|day| (day, essence(&without_code(&item.entry.title)))));
    }
    let mut found = Vec::new();
    for event in calendar.events.iter().filter(|event| !event.uid.starts_with("milestone.")) {
        let (year, month, day) = event.begin;
        let (_, title) = event.summary.split_once(": ").ok_or("a summary without its word")?;
        found.push((format!("{year:04}-{month:02}-{day:02}"), essence(title)));
    }
    // Behind the title stands what a day was made of, so the longest title has the first choice.
    wanted.sort_by_key(|(_, title)| std::cmp::Reverse(title.len()));
    for (day, title) in &wanted {
        let at = found.iter().position(|(other, text)| other == day && text.starts_with(title));
        found.swap_remove(at.ok_or_else(|| format!("{title} is promised for {day}, and left are {found:?}"))?);
    }
    if !found.is_empty() {
        return Err(format!("nobody promised {found:?}"));
    }
    Ok(calendar.events.len())
}

/// The picture is XML of a few known parts, loads nothing, and says what the plan says.
fn card_holds(site: &Site) -> Result<usize, String> {
    const ELEMENTS: [&str; 12] =
        ["svg", "title", "desc", "style", "clipPath", "g", "rect", "path", "circle", "text", "tspan", "clipPath"];
    let text = text_at(site, "roadmap.svg");
    let document = roxmltree::Document::parse(&text).map_err(|error| error.to_string())?;
    let root = document.root_element();
    for node in root.descendants().filter(roxmltree::Node::is_element) {
        if !ELEMENTS.contains(&node.tag_name().name()) || node.tag_name().namespace() != root.tag_name().namespace() {
            return Err(format!("an element {:?}", node.tag_name()));
        }
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            let is_foreign = name.starts_with("on") || name.ends_with("href") || name == "style";
            if is_foreign || value.contains("url(") && !value.starts_with("url(#") {
                return Err(format!("an attribute {name}={value}"));
            }
        }
    }
    let words = |name: &str| root.children().find(|node| node.has_tag_name((SVG, name))).and_then(|node| node.text());
    if essence(words("title").unwrap_or_default()) != essence(site.title()) || words("desc").is_none() {
        return Err("its words are not those of the plan".to_owned());
    }
    // What the card says and the plan does not: words of its own, numbers, and those that stand for a state.
    let roadmap = site.roadmap();
    let mut said = essence(site.title());
    said.extend(roadmap.plan.items.iter().map(|item| essence(&without_code(&item.entry.title))));
    said.extend(roadmap.plan.themes.iter().map(|theme| essence(&without_code(&theme.entry.title))));
    said.extend(roadmap.config.horizons.iter().map(|name| essence(name)));
    let vision = roadmap.plan.vision.as_ref();
    said.extend(vision.map(|vision| essence(&vision.product_goal) + &essence(&vision.entry.summary)));
    said.extend(roadmap.config.description.as_deref().map(essence));
    let address = roadmap.config.base_url.as_deref().unwrap_or_default().trim_start_matches("https://");
    said += &essence(address.trim_start_matches("http://"));
    let is_own = |text: &str| {
        let words =
            ["Besides: ", "Nothing yet", "Internal", "and ", "In progress", "Planned", "Ideas and paused", "No items"];
        let is_state = || State::ALL.iter().any(|state| text.eq_ignore_ascii_case(state.word()));
        words.iter().any(|word| text.starts_with(word)) || is_state() || text.starts_with(|c: char| c.is_ascii_digit())
    };
    let mut count = 0;
    for node in root.descendants().filter(|node| node.has_tag_name((SVG, "text"))) {
        let text: String = node.text().unwrap_or_default().to_owned();
        count += 1;
        if !is_own(&text) && !said.contains(&essence(text.trim_end_matches('…'))) {
            return Err(format!("nobody said {text:?}"));
        }
    }
    Ok(count)
}

const SVG: &str = "http://www.w3.org/2000/svg";

/// Every place is the absolute, escaped address of a page that there is, each once, with a day where it has one.
fn sitemap_holds(site: &Site, base: &str) -> Result<usize, String> {
    const SITEMAP: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
    let text = text_at(site, "sitemap.xml");
    let document = roxmltree::Document::parse(&text).map_err(|error| error.to_string())?;
    let root = document.root_element();
    if !root.has_tag_name((SITEMAP, "urlset")) {
        return Err("no urlset".to_owned());
    }
    let mut seen = BTreeSet::new();
    for url in root.children().filter(roxmltree::Node::is_element) {
        let names: Vec<&str> =
            url.children().filter(|node| node.is_element()).map(|node| node.tag_name().name()).collect();
        if !url.has_tag_name((SITEMAP, "url")) || !matches!(names.as_slice(), ["loc"] | ["loc", "lastmod"]) {
            return Err(format!("{names:?} in {:?}", url.tag_name()));
        }
        let value = |name: &str| url.children().find(|node| node.has_tag_name((SITEMAP, name))).and_then(|n| n.text());
        let place = value("loc").ok_or("an empty place")?;
        let path = place.strip_prefix(base).ok_or_else(|| format!("{place} is not below {base}"))?;
        let is_safe = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/%".contains(&byte);
        if !path.bytes().all(is_safe) || place.len() >= 2048 {
            return Err(format!("no address: {place}"));
        }
        let address = if path.is_empty() { "index.html".to_owned() } else { decoded(path) };
        if !site.has(&address) || address == "404.html" || !seen.insert(address.clone()) {
            return Err(format!("{address} is no page, or stands there twice"));
        }
        let day = value("lastmod").map(|day| roadbook::date::Date::parse(day).map(|date| date.first() == date.last()));
        if day.is_some_and(|day| day != Some(true)) {
            return Err(format!("no day: {:?}", value("lastmod")));
        }
    }
    Ok(seen.len())
}

fn decoded(path: &str) -> String {
    let bytes = path.as_bytes();
    let (mut out, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        if bytes[at] == b'%' {
            out.push(u8::from_str_radix(&path[at + 1..at + 3], 16).expect("two hexadecimal digits"));
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(out).expect("UTF-8")
}

const PLAN: &str = "\
//- roadbook.yml
title: Quay
base_url: https://example.org/harbour/quay/
//- plan/themes/calm.md
---
title: A calm, clear quay
---
//- plan/items/gates.md
---
title: Gates; open
status: in review
states: x
theme: calm
milestone: Opening
start: 2026-10-12
target: 2026-12-11
due: 2027-01-31
created: 2026-02-01
updated: 2026-11-02
summary: They open, mostly.
---
//- plan/items/horn.md
---
title: The horn
status: idea
target: 2027-Q1
---
//- plan/items/sea.md
---
title: The sea
status: done
milestone: First cut
due: 2026-05-31
target: 2026-05
---
//- plan/items/crane.md
---
title: The crane
status: dropped
milestone: First cut
due: 2026-06-01
---
//- plan/items/rope.md
---
title: A rope
milestone: Opening
horizon: 2026-Q4
start: 2026-03-01
---
";

#[test]
fn the_calendar_has_a_day_for_each_promise() {
    let calendar = calendar(&of(PLAN, Audience::Public, "roadmap.ics"));
    let line = |event: &calendar::Event| {
        let (year, month, day) = event.begin;
        format!("{year}-{month:02}-{day:02} {} [{}, {}] {}", event.summary, event.status, event.stamp, event.uid)
    };
    let lines: Vec<String> = calendar.events.iter().map(line).collect();
    assert_eq!(
        lines,
        [
            // A day of a month is that month's last, and what is due by the same day is one promise.
            "2026-05-31 Done: The sea [CONFIRMED, 20260531] item.sea.due@quay.harbour.example.org",
            "2026-05-31 Done: First cut [CONFIRMED, 20260531] milestone.first-cut@quay.harbour.example.org",
            "2026-12-11 Target: Gates; open [CONFIRMED, 20261102] item.gates.target@quay.harbour.example.org",
            "2027-01-31 Due: Gates; open [CONFIRMED, 20261102] item.gates.due@quay.harbour.example.org",
            "2027-01-31 Milestone: Opening [CONFIRMED, 20261102] milestone.opening@quay.harbour.example.org",
            "2027-03-31 Target: The horn (Q1 2027) [TENTATIVE, 20270331] item.horn.target@quay.harbour.example.org",
        ]
    );
    let gates = &calendar.events[2];
    assert_eq!(gates.url.as_deref(), Some("https://example.org/harbour/quay/items/gates.html"));
    assert_eq!(gates.categories, ["A calm, clear quay"]);
    assert_eq!(
        gates.description,
        "They open, mostly.\n\nStatus: in review\nStart: 12 October 2026\nTarget: 11 December 2026\nDue: 31 January 2027\n\
         Theme: A calm, clear quay\nMilestone: Opening\n\nhttps://example.org/harbour/quay/items/gates.html"
    );
    assert_eq!(calendar.name, "Quay");
}

#[test]
fn the_calendar_is_there_without_a_date_and_without_an_address() {
    let empty = calendar(&of("//- plan/items/a.md\n# A\n", Audience::Internal, "roadmap.ics"));
    assert_eq!((empty.events.len(), empty.name.as_str()), (0, "Roadmap (Internal)"));
    let plan = "//- roadbook.yml\ntitle: A plan\n//- plan/items/a.md\n---\ntitle: A\ndue: 2026-01-31\n---\n";
    let calendar = calendar(&of(plan, Audience::Public, "roadmap.ics"));
    assert_eq!(
        (calendar.events[0].uid.as_str(), &calendar.events[0].url),
        ("item.a.due@a-plan.roadbook.invalid", &None)
    );
}

/// The reader that the calendars are held against refuses what the standard does.
#[test]
fn a_broken_calendar_is_refused() {
    let sound = of(PLAN, Audience::Public, "roadmap.ics");
    assert!(calendar::read(sound.as_bytes()).is_ok());
    let folded = sound.lines().find(|line| line.len() == 75).expect("a folded line");
    for (from, to, words) in [
        ("\r\n ", "", "octets"),
        ("\r\nEND:VCALENDAR", "\nEND:VCALENDAR", "control character"),
        ("VERSION:2.0\r\n", "", "no VERSION"),
        ("item.gates.due@", "item.gates.target@", "twice"),
        ("DTEND;VALUE=DATE:20261212", "DTEND;VALUE=DATE:20261211", "ends before"),
        ("DTSTART;VALUE=DATE:20261211", "DTSTART;VALUE=DATE:20261131", "no date"),
        ("DTSTART;VALUE=DATE:20261211", "DTSTART:20261211", "without VALUE=DATE"),
        ("Gates\\; open", "Gates; open", "bare semicolon"),
        ("calm\\, clear quay\r\nTRANSP", "calm\\ clear quay\r\nTRANSP", "a backslash before"),
        ("STATUS:TENTATIVE", "STATUS:MAYBE", "no status"),
        ("TRANSP:TRANSPARENT\r\n", "", "no TRANSP"),
        ("END:VEVENT\r\nEND:VCALENDAR", "END:VCALENDAR", "where END:VEVENT was to come"),
        (folded, &format!("{folded}x"), "octets"),
    ] {
        let broken = sound.replace(from, to);
        let said = calendar::read(broken.as_bytes()).err().unwrap_or_default();
        assert!(said.contains(words), "{from:?} → {to:?}: {said}");
    }
}

#[test]
fn the_card_shows_the_columns_of_the_board() {
    let texts = |plan: &str, audience: Audience| {
        let card = of(plan, audience, "roadmap.svg");
        let document = roxmltree::Document::parse(&card).expect("XML");
        let texts = document.descendants().filter(|node| node.has_tag_name((SVG, "text")));
        let whole = |node: roxmltree::Node| {
            node.descendants().filter(roxmltree::Node::is_text).filter_map(|node| node.text()).collect::<String>()
        };
        texts.map(whole).collect::<Vec<String>>()
    };
    let items: String = (0..8)
        .map(|at| {
            format!(
                "//- plan/items/i{at}.md\n---\ntitle: I{at}\nhorizon: {}\nvalue: 1\n---\n",
                if at < 7 { "Soon" } else { "" }
            )
        })
        .collect();
    let plan = format!(
        "//- roadbook.yml\ntitle: Quay\nhorizons: [Past, Soon, Far]\n{items}//- plan/vision.md\n---\ntitle: V\nproduct_goal: All go home\n---\n"
    );
    let shown = texts(&plan, Audience::Internal);
    assert_eq!(
        shown,
        [
            "Quay",
            "Internal",
            "All go home",
            "8 ready",
            "0 % done",
            "Past0",
            "Nothing yet",
            "Soon7",
            "I0",
            "I1",
            "I2",
            "I3",
            "I4",
            "and 2 more",
            "Far0",
            "Nothing yet",
            "Besides: 1 with no horizon",
            "Planned",
        ]
    );
    // Of many horizons those with work; without any, by how far the items are.
    let many = plan.replace("[Past, Soon, Far]", "[Past, Gone, Soon, Far, Farther]");
    assert!(
        texts(&many, Audience::Public)
            .starts_with(&["Quay", "All go home", "8 ready", "0 % done", "Soon7"].map(str::to_owned))
    );
    let none = plan.replace("horizon: Soon", "status: active");
    assert!(texts(&none, Audience::Public).contains(&"In progress7".to_owned()));
    assert!(!texts(&plan, Audience::Public).contains(&"Internal".to_owned()));
}

/// The attributes of every `<meta>` of a page: `property` or `name`, and what it says.
fn metas(html: &str) -> Vec<(String, String)> {
    let attribute = |tag: &str, name: &str| {
        let rest = tag.split_once(&format!(" {name}=\""))?.1;
        let plain =
            |text: &str| text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        Some(plain(rest.split_once('"')?.0))
    };
    let tags = html.split("<meta").skip(1).filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag);
    tags.filter_map(|tag| {
        Some((attribute(tag, "property").or_else(|| attribute(tag, "name"))?, attribute(tag, "content")?))
    })
    .collect()
}

fn previews(html: &str) -> Vec<String> {
    let is_one = |name: &str| name.starts_with("og:") || name.starts_with("twitter:");
    metas(html)
        .into_iter()
        .filter(|(name, _)| is_one(name))
        .map(|(name, content)| format!("{name} = {content}"))
        .collect()
}

#[test]
fn link_previews_say_what_a_page_is() {
    let plan = PLAN.replace("title: Quay\n", "title: Quay\nlanguage: pt-br\nimage: https://example.com/q.png\n")
        + "//- plan/items/old.md\n---\ntitle: '\"><script>'\nsummary: '</head> & more'\naliases: [older]\n---\n";
    let page = |address: &str| previews(&of(&plan, Audience::Public, address));
    assert_eq!(
        page("items/old.html"),
        [
            "og:type = article",
            "og:site_name = Quay",
            "og:title = \"><script>",
            "og:description = </head> & more",
            "og:url = https://example.org/harbour/quay/items/old.html",
            "og:locale = pt_BR",
            "og:image = https://example.com/q.png",
            "og:image:alt = Quay",
            "twitter:card = summary_large_image",
        ]
    );
    assert!(page("index.html").contains(&"og:type = website".to_owned()));
    assert!(page("index.html").contains(&"og:url = https://example.org/harbour/quay/".to_owned()));
    assert!(page("milestones/opening.html").contains(&"og:description = Milestone: 0 of 2 items done".to_owned()));
    for address in ["404.html", "items/older.html"] {
        assert_eq!(page(address), Vec::<String>::new(), "{address}");
    }
    let bare = plan.replace("base_url: https://example.org/harbour/quay/\n", "");
    assert_eq!(previews(&of(&bare, Audience::Public, "items/old.html")), Vec::<String>::new());
    // What is for the team is for no search engine, on any page.
    let internal = fixture_site(&plan, Audience::Internal);
    for address in internal.addresses().filter(|address| address.ends_with(".html")) {
        assert!(text_at(&internal, address).contains("<meta name=\"robots\" content=\"noindex\">"), "{address}");
    }
}

#[test]
fn a_language_with_a_country_is_a_locale() {
    for (language, locale) in [
        ("en", None),
        ("en-GB", Some("en_GB")),
        ("zh-Hans-CN", Some("zh_CN")),
        ("zh-Hans", None),
        ("es-419", None),
        ("de-x-at", None),
        ("x-de", None),
    ] {
        let plan = format!("//- roadbook.yml\nbase_url: https://example.org/\nlanguage: '{language}'\n");
        let found = metas(&of(&plan, Audience::Public, "index.html")).into_iter().find(|(name, _)| name == "og:locale");
        assert_eq!(found.map(|(_, locale)| locale).as_deref(), locale, "{language}");
    }
}

#[test]
fn the_picture_of_previews_is_a_file_that_is_there() {
    let said = |line: &str, files: &[&str]| {
        let mut inputs = inputs_of(&format!("//- roadbook.yml\nbase_url: https://example.org/x\n{line}\n"));
        inputs.static_files = files.iter().map(|file| ((*file).to_owned(), (*file).into())).collect();
        let site = site_of(&inputs, Audience::Public);
        let found = metas(&text_at(&site, "index.html")).into_iter().find(|(name, _)| name == "og:image");
        let diagnostics = site.roadmap().diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::MISSING_FILE);
        (found.map(|(_, content)| content).unwrap_or_default(), lines(&diagnostics.cloned().collect::<Vec<_>>()))
    };
    let there = "https://example.org/x/a%20card.png".to_owned();
    for line in ["image: a card.png", "image: static/a card.png", "image: ./static/a card.png"] {
        assert_eq!(said(line, &["a card.png"]), (there.clone(), String::new()), "{line}");
    }
    assert_eq!(said("", &["a card.png"]), (String::new(), String::new()));
    let (image, diagnostics) = said("image: cards.png", &["card.png"]);
    assert_eq!(image, "");
    let missing = "error: ";
    assert!(!diagnostics.contains(missing), "{diagnostics}");
    assert!(diagnostics.ends_with("warning[missing-file]: the image `static/cards.png` is not part of the site\n    help: did you mean `card.png`?\n"), "{diagnostics}");
    for (value, message) in [
        ("card.svg", "`card.svg` is no picture that a link preview can show"),
        ("card", "`card` is no picture that a link preview can show"),
        ("ftp://example.org/card.png", "`ftp://example.org/card.png` is not a web address"),
        ("\"https://example.org/a b.png\"", "`https://example.org/a b.png` is not a web address"),
    ] {
        let (config, diagnostics) = config::config(&Source::new(config::FILE, format!("image: {value}\n")));
        assert!(config.image.is_none() && diagnostics[0].message == message, "{value}: {diagnostics:?}");
    }
    let (_, diagnostics) =
        config::config(&Source::new(config::FILE, "base_url: \"https://example.org/\\nDisallow: /\"\n"));
    assert_eq!(diagnostics.len(), 1, "an address of two lines");
}
