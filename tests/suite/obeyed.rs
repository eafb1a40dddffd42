//! What a terminal, a browser or a workflow would obey reaches none of them, whatever of a plan holds it: control characters, marks that
//! turn the direction of reading, and GitHub's workflow commands.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::process::{Command, Stdio};

use roadbook::report;
use roadbook::text::{inert_json, one_line, shown, visible};
use roadbook::visibility::Audience;

use crate::support::{config_of, inputs_of, put_all, site_of, texts_of};

/// As YAML in double quotes has it, each beginning with a word of its own.
const WORDS: &str = r"::error::obeyed ##[error]obeyed\0\e[31m\x7f\x9b31m\u202e\u2066\u200e\u200f\u061c\a
";

/// A plan in which every text that an author can give is obeyed somewhere.
fn plan() -> String {
    let words = WORDS.trim_end();
    let value = |name: &str| format!("{name}: \"{words} {name}\"\n");
    let raw = "::error::raw ##[error]raw \u{9b}31m\u{202e}\u{2066}\u{200f}\u{7f} end\n\n::set-output name=a::b\n";
    let mut plan = format!(
        "//- roadbook.yml\n{}{}repository: https://example.org/a\nhorizons: [\"{words} now\", Later]\n",
        value("title"),
        value("description"),
    );
    _ = writeln!(plan, "//- plan/vision.md\n---\n{}{}---\n{raw}", value("title"), value("product_goal"));
    let outcome = format!("outcomes: [{{metric: \"{words} metric\", target: \"{words}\", unit: \"{words}\"}}]\n");
    for number in 0..2 {
        _ = writeln!(
            plan,
            "//- plan/themes/t{number}.md\n---\n{}{}{outcome}{}---\n# {raw}",
            value("title"),
            value("status"),
            value("owner")
        );
    }
    for number in 0..3 {
        let fields = [
            "title",
            "status",
            "type",
            "milestone",
            "team",
            "tags",
            "owner",
            "evidence",
            "links",
            "x-own",
            "priority",
            "summary",
        ];
        // In a table a line of its own may begin within a cell.
        let fields: String = fields.iter().map(|name| value(name).replace("\\a", "\\a\\n::error::line")).collect();
        _ = writeln!(
            plan,
            "//- plan/items/i{number}.md\n---\nid: \"{words} {number}\"\n{fields}theme: t0\nhorizon: \"{words} now\"\nvalue: {number}\neffort: much\ndue: \"{words}\"\n\
             depends_on: [\"nothing {words}\", \"{words} {}\", \"{words} is words of a sentence\"]\n---\n# {raw}\n{raw}\n[[{words}]] `{raw}`\n\n```\n{raw}```\n- [ ] {raw}",
            number + 1
        );
    }
    _ = writeln!(plan, "//- plan/items/broken.md\n---\ntitle: [::error::x ##[error]y \u{9b}\u{202e}\n: ::x\n---\n");
    _ = writeln!(plan, "//- plan/pages/p.md\n---\n{}---\n# {raw}\n{raw}", value("title"));
    plan
}

/// What of a text is obeyed.
fn obeyed(text: &str) -> BTreeSet<char> {
    text.chars().filter(|&c| visible(c) != Some(c)).collect()
}

#[test]
fn no_page_holds_what_a_browser_would_obey() {
    let inputs = inputs_of(&plan());
    let mut kinds = BTreeSet::new();
    for audience in [Audience::Internal, Audience::Public] {
        for (address, text) in texts_of(&site_of(&inputs, audience)) {
            // The skin's own files are ours.
            if address.ends_with(".js") || address.ends_with(".css") {
                continue;
            }
            assert_eq!(obeyed(&text), BTreeSet::new(), "{address}");
            let name = address.rsplit('/').next().unwrap_or_default();
            kinds.insert(format!(
                "{}{}",
                address.split('/').next().unwrap_or_default().len(),
                name.rsplit('.').next().unwrap_or_default()
            ));
        }
    }
    assert!(kinds.len() > 8, "{kinds:?}");
    // What is not obeyed stays, and JSON keeps all of it.
    let site = site_of(&inputs, Audience::Internal);
    let texts = texts_of(&site);
    assert!(
        texts["index.html"].contains("::error::obeyed ##[error]obeyed\u{fffd}\u{fffd}[31m"),
        "{}",
        texts["index.html"]
    );
    let json: serde_json::Value = serde_json::from_str(&texts["roadmap.json"]).expect("JSON");
    let title = json["title"].as_str().expect("a title");
    assert_eq!(
        title,
        "::error::obeyed ##[error]obeyed\0\u{1b}[31m\u{7f}\u{9b}31m\u{202e}\u{2066}\u{200e}\u{200f}\u{61c}\u{7} title"
    );
}

/// The lines of a log that a workflow of GitHub would take for commands. Its runner trims lines before it looks for `::`, and finds `##[`
/// anywhere.
fn commands(log: &str) -> Vec<&str> {
    log.split(['\n', '\r']).filter(|line| line.trim_start().starts_with("::") || line.contains("##[")).collect()
}

#[test]
fn no_command_writes_what_a_terminal_or_a_workflow_would_obey() {
    let root = tempfile::tempdir().expect("a folder");
    put_all(root.path(), &plan());
    let item = "::error::obeyed ##[error]obeyed\u{1b}[31m\u{7f}";
    let calls: &[&[&str]] = &[
        &["build", "-d", "site"],
        &["build", "-d", "site", "--format", "short"],
        &["build", "-d", "site", "--format", "json"],
        &["build", "-d", "site", "--strict", "-v"],
        &["check"],
        &["check", "--format", "short"],
        &["check", "--format", "json"],
        &["list", "--all"],
        &["list", "--format", "json"],
        &["next"],
        &["next", "--capacity", "1"],
        &["next", "--format", "json"],
        &["show", "t0"],
        &["show", "t0", "--format", "json"],
        &["show", "i0"],
        &["show", "i0", "--format", "json"],
        &["show", item],
        &["why", "i0"],
        &["why", "i1", "--format", "json"],
        &["why", item],
        &["graph", "--all"],
        &["graph", "--format", "mermaid", "--all"],
        &["graph", "--format", "json", "--all"],
        &["export"],
        &["export", "--format", "csv"],
        &["export", "--format", "dot"],
        &["export", "--format", "mermaid"],
        &["schema", "item"],
        &["explain", item],
        &["clean"],
    ];
    let mut telling = 0;
    // Colours are ours: everything else that begins with an escape is not.
    let colours = regex::Regex::new("\u{1b}\\[[0-9;]*m").expect("a pattern");
    for colour in ["never", "always"] {
        for call in calls {
            let mut command = Command::new(env!("CARGO_BIN_EXE_roadbook"));
            command.args(*call).args(["--color", colour]).current_dir(root.path()).stdin(Stdio::null());
            command.env("COLUMNS", "60").env_remove("GITHUB_OUTPUT").env_remove("GITHUB_STEP_SUMMARY");
            let ran = command.output().expect("the binary runs");
            for stream in [ran.stdout, ran.stderr] {
                let text = String::from_utf8(stream).expect("UTF-8");
                telling += usize::from(text.contains("obeyed") || text.contains("raw"));
                let text = if colour == "always" { colours.replace_all(&text, "").into_owned() } else { text };
                assert_eq!(obeyed(&text), BTreeSet::new(), "{call:?} {colour}: {text}");
                assert_eq!(commands(&text), [""; 0], "{call:?} {colour}: {text}");
            }
        }
    }
    assert!(telling > calls.len(), "{telling} streams have an author's words");
}

#[test]
fn a_workflow_is_told_of_findings_and_of_nothing_else() {
    let inputs = inputs_of(&plan());
    let (config, _) = config_of(&plan());
    assert_eq!(config.title.as_deref().map(|title| title.starts_with("::error::")), Some(true));
    let roadmap = crate::support::resolved(&inputs, Audience::Internal);
    let text = report::report(&roadmap.diagnostics, report::Format::Github, false);
    for line in text.lines() {
        assert!(["::error ", "::warning ", "::notice "].iter().any(|command| line.starts_with(command)), "{line}");
    }
}

#[test]
fn what_is_harmless_stays_as_it_is() {
    for text in ["", "a::b", "std::fmt", "a # b", "[#1]", "##", "a\u{200d}b", "שלום", "é – …"] {
        assert_eq!((one_line(text).as_str(), shown(text.to_owned()).as_str()), (text, text));
    }
    let cases = [
        ("::x", ": :x"),
        (" ::x", " : :x"),
        ("a ::x\n::y", "a : :x : :y"),
        (":::x", ": ::x"),
        ("##[x", "## [x"),
        ("a###[x", "a### [x"),
        ("\u{9b}x\u{202e}y\u{200f}z", "\u{fffd}x\u{fffd}yz"),
        ("\u{200f}::x", ": :x"),
    ];
    for (text, line) in cases {
        assert_eq!(one_line(text), line, "{text:?}");
    }
    assert_eq!(shown("a\n\tb\r\n\0\u{200e}".to_owned()), "a\n\tb\r\n\u{fffd}");
    let json = "{\"a\": \"##[x] \u{9b} \u{202e} é ::\"}";
    assert_eq!(inert_json(json.to_owned()), "{\"a\": \"#\\u0023[x] \\u009b \\u202e é ::\"}");
    let values = |json: &str| serde_json::from_str::<serde_json::Value>(json).expect("JSON");
    assert_eq!(values(json), values(&inert_json(json.to_owned())));
}
