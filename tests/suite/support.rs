//! What the tests share: a plan written as one string, its roadmap, its site, and files on a disk.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, LazyLock, OnceLock};
use std::time::{Duration, Instant};

use rayon::prelude::*;
use roadbook::config::{self, Config};
use roadbook::date::Date;
use roadbook::diagnostic::{Code, Diagnostic};
use roadbook::discover::{Inputs, Options, discover};
use roadbook::id::ItemId;
use roadbook::release::{Answer, answer, release};
use roadbook::resolve::Roadmap;
use roadbook::site::{Content, Site, Templates};
use roadbook::source::Source;
use roadbook::visibility::Audience;
use roadbook::{Memory, SiteParts};

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

/// The roadmap of inputs.
pub(crate) fn resolved(inputs: &Inputs, audience: Audience) -> Roadmap {
    roadbook::roadmap(inputs, audience, false, &mut Memory::default()).0
}

/// A roadmap that may answer questions; the test fails where it may not.
pub(crate) fn answered(roadmap: Roadmap) -> Answer {
    answer(roadmap).unwrap_or_else(|refused| panic!("{}:\n{}", refused.reason, lines(&refused.roadmap.diagnostics)))
}

/// The roadmap as if no public file named anything internal, and as if there was everything that the configuration calls internal. What is
/// internal must influence no byte even of what may not leave, so tests look at that, too.
pub(crate) fn unguarded(mut roadmap: Roadmap) -> Roadmap {
    let guards = [Code::INTERNAL_REFERENCE, Code::UNKNOWN_INTERNAL];
    roadmap.diagnostics.retain(|diagnostic| !guards.contains(&diagnostic.code));
    roadmap
}

/// The item with an id.
pub(crate) fn item_id(roadmap: &Roadmap, id: &str) -> ItemId {
    let found = roadmap.plan.items.enumerate().find(|(_, item)| item.entry.id == id);
    found.unwrap_or_else(|| panic!("no item `{id}`")).0
}

/// A fixture as it would be read from a disk.
pub(crate) fn inputs_of(fixture: &str) -> Inputs {
    let (config, diagnostics) = config_of(fixture);
    Inputs {
        root: PathBuf::new(),
        sources: sources_of(fixture, &config),
        config: Arc::new(config),
        config_source: Source::new(config::FILE, ""),
        data_files: Vec::new(),
        templates: Vec::new(),
        static_files: Vec::new(),
        static_texts: Vec::new(),
        named_files: Vec::new(),
        today: Date::day(2026, 11, 2).expect("a day"),
        drawn_today: None,
        diagnostics,
    }
}

/// The inputs of the example, on the day that it is checked with.
pub(crate) fn example() -> Inputs {
    discover(&example_folder(), &on_the_day()).expect("the example can be read")
}

/// Where the example is.
pub(crate) fn example_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("example-site")
}

/// Options with the day that tests take for today.
pub(crate) fn on_the_day() -> Options {
    Options { today: Date::day(2026, 11, 2), ..Options::default() }
}

/// The site of inputs, put together as every command does.
pub(crate) fn site_of(inputs: &Inputs, audience: Audience) -> Site {
    site_with(resolved(inputs, audience), inputs.into())
}

/// The site of a fixture in the default skin.
pub(crate) fn fixture_site(fixture: &str, audience: Audience) -> Site {
    site_with(roadmap_for(fixture, audience, false), SiteParts::default())
}

/// The site of a roadmap; the test fails where the roadmap may not leave, or a template cannot be read. Templates that are the default ones
/// are parsed once.
pub(crate) fn site_with(roadmap: Roadmap, parts: SiteParts<'_>) -> Site {
    static DEFAULT: OnceLock<Arc<Templates>> = OnceLock::new();
    let release = release(roadmap, false)
        .unwrap_or_else(|refused| panic!("{}:\n{}", refused.reason, lines(&refused.roadmap.diagnostics)));
    let site = roadbook::site(release, SiteParts { remembered: DEFAULT.get(), ..parts });
    let site = site.unwrap_or_else(|mistake| panic!("a template cannot be read: {}", mistake.message));
    if parts.templates.is_empty() {
        DEFAULT.get_or_init(|| Arc::clone(site.templates()));
    }
    site
}

/// What stands behind an address of a site.
pub(crate) fn bytes_at(site: &Site, address: &str) -> Vec<u8> {
    match site.render(address).unwrap_or_else(|| panic!("no page {address}")) {
        Ok(Content::Bytes(bytes)) => bytes,
        Ok(Content::File(path)) => std::fs::read(path).unwrap_or_else(|error| panic!("{address}: {error}")),
        Err(mistake) => panic!("{address}: {}", mistake.message),
    }
}

/// The same as text.
pub(crate) fn text_at(site: &Site, address: &str) -> String {
    String::from_utf8(bytes_at(site, address)).unwrap_or_else(|_| panic!("{address} is not UTF-8"))
}

/// What stands behind every address of a site.
pub(crate) fn pages_of(site: &Site) -> BTreeMap<String, Vec<u8>> {
    let addresses: Vec<&str> = site.addresses().collect();
    addresses.par_iter().map(|address| ((*address).to_owned(), bytes_at(site, address))).collect()
}

/// The same of the addresses that hold text.
pub(crate) fn texts_of(site: &Site) -> BTreeMap<String, String> {
    pages_of(site).into_iter().filter_map(|(address, bytes)| Some((address, String::from_utf8(bytes).ok()?))).collect()
}

/// A page of a fixture's site, as its default skin makes it.
pub(crate) fn page(fixture: &str, address: &str) -> String {
    text_at(&fixture_site(fixture, Audience::Internal), address)
}

/// The text of some HTML, tags left out.
pub(crate) fn text_of_html(html: &str) -> String {
    let parts = html.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text);
    parts.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Writes a file below a folder, with the folders that it needs.
pub(crate) fn put(root: &Path, path: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = root.join(path);
    let written = std::fs::create_dir_all(path.parent().expect("a folder")).and_then(|()| std::fs::write(&path, bytes));
    written.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    path
}

/// Writes the files of a fixture below a folder.
pub(crate) fn put_all(root: &Path, fixture: &str) {
    files(fixture).iter().for_each(|(path, text)| _ = put(root, path, text));
}

/// What a command did.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs the program in a folder, without colours and on the day of the tests.
pub(crate) fn ran(folder: &Path, arguments: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_roadbook"));
    let output = command.current_dir(folder).args(arguments).args(["--color", "never"]).output().expect("the program");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    Ran { code: output.status.code().expect("an exit code"), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// Copies the program to where others may run it. Another process does: a test that starts a program at the same time would hand it
/// the file that this one has open for writing, and a program that is open for writing cannot be run.
#[cfg(unix)]
pub(crate) fn copy_program(to: &Path) {
    let copied = Command::new("cp").arg(env!("CARGO_BIN_EXE_roadbook")).arg(to).status().expect("cp");
    assert!(copied.success(), "the program is copied to {}", to.display());
}

/// A number from the environment: how many plans a long run takes, or which one is repeated.
pub(crate) fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a number"))
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
        let place = diagnostic.location.as_ref().map(|place| format!("{place}: ")).unwrap_or_default();
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

/// Asserts that the cost of `work` grows at most as its size to the power 1.2: once at `size` times `factor` (4, 8, 16 or 64), against as
/// many times at `size` as the factor says. Only the work counts, not the time of day, and the two are measured in turns: the least of up to
/// ten measurements of each, since caches and other work on the machine only add. Less than five milliseconds count as five: the clock ticks.
#[track_caller]
pub(crate) fn assert_near_linear<I: Sync>(
    name: &str,
    size: usize,
    factor: usize,
    input: impl Fn(usize) -> I,
    work: impl Fn(&I) + Sync,
) {
    // The factor to the power 0.2, in hundredths: what the power 1.2 leaves once the sizes are the same.
    let bound = match factor {
        4 => 132,
        8 => 152,
        16 => 174,
        64 => 230,
        _ => panic!("{factor} is not among the factors"),
    };
    let (small, large) = (input(size), input(size * factor));
    // What is done in parallel elsewhere is done in this one thread, so that it counts.
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    let cost = |input: &I, times: usize| {
        alone.install(|| {
            let before = busy();
            (0..times).for_each(|_| work(input));
            busy().saturating_sub(before)
        })
    };
    let tick = Duration::from_millis(5);
    let (mut ones, mut whole) = (Duration::MAX, Duration::MAX);
    let mut seen: Vec<u128> = Vec::new();
    while seen.len() < 10 && seen.last().is_none_or(|&ratio| ratio > bound) {
        ones = ones.min(cost(&small, factor));
        whole = whole.min(cost(&large, 1));
        seen.push(whole.max(tick).as_micros() * 100 / ones.max(tick).as_micros());
    }
    assert!(seen.iter().any(|&ratio| ratio <= bound), "{name}: cost in hundredths of {factor} small ones: {seen:?}");
}
