//! The findings, one fixture a code.
//!
//! A fixture is a plan, each file behind a line `//- path`, and after `//= report` what is said of it, to the letter.
//! `UPDATE_EXPECT=1` writes that part. Before the first file stand directives for what text cannot hold:
//! `//! latin-1 path` writes the file in that encoding, `//! link path -> target` makes a symbolic link, `//! length path bytes` a file of
//! that length.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use expect_test::expect_file;
use roadbook::Memory;
use roadbook::diagnostic::{self, CODES, Code, Diagnostic};
use roadbook::release::release;
use roadbook::report::{Format, report};
use roadbook::visibility::Audience;

use crate::support::{files, on_the_day, put, resolved};

/// Codes that nothing reports yet. The fixture of such a code shows what is said instead.
const UNREPORTED: &[Code] = &[];

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/codes")
}

/// Writes a fixture's plan into a folder.
fn write(plan: &str, root: &Path) {
    let (directives, files_of): (Vec<&str>, Vec<&str>) = plan.lines().partition(|line| line.starts_with("//! "));
    let latin: Vec<&str> = directives.iter().filter_map(|line| line.strip_prefix("//! latin-1 ")).collect();
    for (path, text) in files(&files_of.join("\n")) {
        let narrow = |c: char| u8::try_from(u32::from(c)).expect("a character of latin-1");
        let bytes = if latin.contains(&path.as_str()) { text.chars().map(narrow).collect() } else { text.into_bytes() };
        put(root, &path, bytes);
    }
    for length in directives.iter().filter_map(|line| line.strip_prefix("//! length ")) {
        let (path, bytes) = length.split_once(' ').expect("`//! length path bytes`");
        let file = fs::File::create(root.join(path)).expect("a file");
        file.set_len(bytes.parse().expect("a number of bytes")).expect("a length");
    }
    for link in directives.iter().filter_map(|line| line.strip_prefix("//! link ")) {
        let (from, to) = link.split_once(" -> ").expect("`//! link path -> target`");
        make_link(to, &root.join(from));
    }
}

#[cfg(unix)]
fn make_link(to: &str, from: &Path) {
    std::os::unix::fs::symlink(to, from).expect("a link");
}

#[cfg(not(unix))]
fn make_link(_: &str, _: &Path) {}

/// All that a build says of the project in a folder, the making of every page included.
fn said(root: &Path) -> Vec<Diagnostic> {
    let inputs = roadbook::read(root, &on_the_day(), &mut Memory::default()).expect("the fixture can be read").0;
    let roadmap = resolved(&inputs, Audience::Internal);
    let mut said = roadmap.diagnostics.clone();
    let Ok(release) = release(roadmap, false) else { return said };
    match roadbook::site(release, (&inputs).into()) {
        Ok(site) => said.extend(site.addresses().filter_map(|address| Some(*site.render(address)?.err()?))),
        Err(wrong) => said.push(*wrong),
    }
    diagnostic::finalize(&mut said, &inputs.config.severities, false);
    said
}

#[test]
fn every_code_has_a_fixture_and_every_fixture_a_code() {
    let entries = fs::read_dir(fixtures()).expect("the fixtures");
    let names: BTreeSet<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    let wanted: BTreeSet<String> = CODES.iter().map(|code| format!("{}.txt", code.name())).collect();
    assert_eq!(names, wanted);
}

#[test]
fn what_is_said_of_each_fixture() {
    let mut wrong = Vec::new();
    for &code in CODES {
        if cfg!(not(unix)) && code == Code::SYMLINK_LOOP {
            continue;
        }
        let file = fixtures().join(format!("{}.txt", code.name()));
        let text = fs::read_to_string(&file).expect("a fixture").replace("\r\n", "\n");
        let (plan, _) = text.split_once("//= report\n").unwrap_or_else(|| panic!("{code:?} has no `//= report`"));
        let temp = tempfile::tempdir().expect("a folder");
        write(plan, temp.path());
        let said = said(temp.path());
        let is_reported = said.iter().any(|diagnostic| diagnostic.code == code);
        if is_reported == UNREPORTED.contains(&code) {
            wrong.push(format!("{code:?}: reported: {is_reported}"));
        }
        let mut others = said.iter().map(|diagnostic| diagnostic.code).filter(|&other| other != code);
        if let Some(other) = others.find(|_| is_reported) {
            wrong.push(format!("{code:?}: its fixture shows {other:?} too"));
        }
        let whole = format!("{plan}//= report\n{}", report(&said, Format::Human, false));
        expect_file![file].assert_eq(&whole);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_says_what_it_means_and_how_to_mend_it() {
    for &code in CODES {
        let (summary, text) = (code.summary(), code.explanation());
        assert!(summary.len() > 10 && !summary.ends_with('.') && !summary.contains('\n'), "{code:?}: {summary}");
        assert!(text.lines().count() > 4, "{code:?} is not explained");
        assert_eq!(text.matches("```").count(), 2, "{code:?} has one example");
        assert!(code.strict_severity() >= code.severity(), "{code:?} is milder under --strict");
        assert_eq!(Code::named(code.name()), Some(code));
    }
}
