//! What the tests share: a plan written as one string, and its roadmap.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use roadbook::Memory;
use roadbook::config::{self, Config};
use roadbook::date::Date;
use roadbook::diagnostic::Diagnostic;
use roadbook::discover::Inputs;
use roadbook::project::Audience;
use roadbook::resolve::Roadmap;
use roadbook::site::{Content, site, templates};
use roadbook::skin::skin;
use roadbook::source::Source;

/// Splits a fixture into its files: each begins with a line `//- path`.
pub(crate) fn files(fixture: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in fixture.lines() {
        if let Some(path) = line.strip_prefix("//- ") {
            files.push((path.trim().to_owned(), String::new()));
        } else if let Some((_, text)) = files.last_mut() {
            text.push_str(line);
            text.push('\n');
        } else {
            assert!(line.trim().is_empty(), "a fixture begins with a line `//- path`, not with {line:?}");
        }
    }
    files
}

/// The configuration of a fixture: its `roadbook.yml`, or defaults.
pub(crate) fn config_of(fixture: &str) -> (Config, Vec<Diagnostic>) {
    let text = files(fixture).into_iter().find(|(path, _)| path == config::FILE).map(|(_, text)| text);
    config::config(&Source::new(config::FILE, text.unwrap_or_default()))
}

/// The sources of a fixture, each with its collection.
pub(crate) fn sources_of(fixture: &str, config: &Config) -> Vec<(Arc<Source>, usize)> {
    let mut files = files(fixture);
    files.sort();
    let collection = |path: &str| config.collections.iter().position(|collection| collection.includes(path));
    let source = |(path, text): (String, String)| Some((Source::new(&path, text), collection(&path)?));
    files.into_iter().filter_map(source).collect()
}

/// The roadmap of a fixture.
pub(crate) fn roadmap(fixture: &str) -> Roadmap {
    roadmap_for(fixture, Audience::Internal, false)
}

/// The roadmap of a fixture for an audience.
pub(crate) fn roadmap_for(fixture: &str, audience: Audience, strict: bool) -> Roadmap {
    let inputs = inputs_of(fixture);
    assert_eq!(inputs.diagnostics, [], "the fixture's configuration");
    roadbook::roadmap(&inputs, audience, strict, &mut Memory::default()).0
}

/// A fixture as it would be read from a disk.
pub(crate) fn inputs_of(fixture: &str) -> Inputs {
    let (config, diagnostics) = config_of(fixture);
    Inputs {
        root: PathBuf::new(),
        sources: sources_of(fixture, &config),
        config: Arc::new(config),
        config_source: Source::new(config::FILE, ""),
        templates: Vec::new(),
        static_files: Vec::new(),
        today: Date::day(2026, 11, 2).expect("a day"),
        drawn_today: None,
        diagnostics,
    }
}

/// A page of a fixture's site, as its default skin makes it.
pub(crate) fn page(fixture: &str, address: &str) -> String {
    let skin = skin(&[], &[]);
    let templates = templates(&skin, None).expect("the default templates");
    let site = site(roadmap(fixture), Audience::Internal, skin.assets, templates);
    match site.render(address).unwrap_or_else(|| panic!("no page {address}")).expect("a page") {
        Content::Bytes(bytes) => String::from_utf8(bytes).expect("UTF-8"),
        Content::File(path) => panic!("{address} is {}", path.display()),
    }
}

/// What a reader sees of the main part of a page: its words, one line a block.
pub(crate) fn words(html: &str) -> String {
    let (_, main) = html.split_once("<main").expect("a main part");
    let (main, _) = main.split_once("</main>").expect("its end");
    let mut lines: Vec<String> = vec![String::new()];
    for part in main.split('<').skip(1) {
        let (tag, text) = part.split_once('>').expect("a whole tag");
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        if !["a", "b", "span", "small", "i", "code"].contains(&name) {
            lines.push(String::new());
        } else if !text.is_empty() {
            lines.last_mut().expect("a line").push(' ');
        }
        lines.last_mut().expect("a line").push_str(text);
    }
    let tidy = |line: &String| line.split_whitespace().collect::<Vec<_>>().join(" ");
    lines.iter().map(tidy).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n") + "\n"
}

/// Diagnostics, one line each, with their help and their other places.
pub(crate) fn lines(diagnostics: &[Diagnostic]) -> String {
    let mut lines = String::new();
    for diagnostic in diagnostics {
        let place = diagnostic.place.as_ref().map(|place| format!("{place}: ")).unwrap_or_default();
        let (severity, code) = (diagnostic.severity.word(), diagnostic.code.name());
        _ = writeln!(lines, "{place}{severity}[{code}]: {}", diagnostic.message);
        for (place, words) in &diagnostic.related {
            _ = writeln!(lines, "    {place}: {words}");
        }
        if let Some(help) = &diagnostic.help {
            _ = writeln!(lines, "    help: {help}");
        }
    }
    lines
}

/// The usual number of rounds of a slow test, or a fifth of it where `ROADBOOK_TEST_ROUNDS` is `short`; what so many rounds must find at
/// least grows and shrinks with them.
pub(crate) fn rounds(usual: u64) -> u64 {
    static IS_SHORT: LazyLock<bool> = LazyLock::new(|| match std::env::var("ROADBOOK_TEST_ROUNDS").as_deref() {
        Ok("short") => true,
        Ok("full") | Err(_) => false,
        Ok(other) => panic!("ROADBOOK_TEST_ROUNDS is `full` or `short`, not `{other}`"),
    });
    if *IS_SHORT { usual.div_ceil(5) } else { usual }
}

/// How long this thread has worked, so that a busy machine does not fail a bound; where the system does not tell, the time of day.
pub(crate) fn busy() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|text| text.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}
