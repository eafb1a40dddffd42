//! Findings for people: what follows from a finding is counted in it, and one that stands in many files is shown once.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::Location;
use crate::text::count;

/// The most files in which findings of one code and one message are shown one by one.
const MAX_FILES: usize = 20;
/// Places that are shown of findings that stand in more files.
const EXAMPLES: usize = 3;

/// A finding as people are shown it: for itself, or for others as well.
#[derive(Clone, Debug)]
pub struct Folded {
    /// The finding; of several the first, with the places of the next ones.
    pub diagnostic: Diagnostic,
    /// How many findings it stands for, itself among them, without what follows from it.
    pub times: usize,
    /// What it stands for beside itself, in words.
    pub notes: Vec<String>,
}

impl Folded {
    /// A finding that stands for itself alone.
    pub fn one(diagnostic: Diagnostic) -> Folded {
        Folded { diagnostic, times: 1, notes: Vec::new() }
    }
}

/// Findings as people are shown them, in the order given. What follows from a finding that is among them is left out, and counted there.
pub fn fold(diagnostics: &[Diagnostic]) -> Vec<Folded> {
    let said: HashSet<Place<'_>> = diagnostics.iter().filter_map(own_place).collect();
    let mut follows: Followers<'_> = HashMap::new();
    for found in diagnostics {
        if let Some(cause) = cause_of(found).filter(|cause| said.contains(cause)) {
            follows.entry(cause).or_default().push(found);
        }
    }
    let is_shown = |found: &&Diagnostic| cause_of(found).is_none_or(|cause| !said.contains(&cause));
    let mut same: HashMap<Subject<'_>, Vec<&Diagnostic>> = HashMap::new();
    // One from which something follows stands for itself.
    for found in diagnostics.iter().filter(is_shown).filter(|found| followers(&follows, found).is_none()) {
        same.entry(subject(found)).or_default().push(found);
    }
    same.retain(|_, all| all.len() > MAX_FILES && files(all) > MAX_FILES);
    let mut folded = Vec::with_capacity(diagnostics.len());
    for found in diagnostics.iter().filter(is_shown) {
        let mut shown = Folded::one(found.clone());
        if let Some(all) = followers(&follows, found) {
            shown.notes.extend(consequences(found, all));
        } else if let Some(all) = same.get(&subject(found)) {
            if !std::ptr::eq(all[0], found) {
                continue;
            }
            shown.times = all.len();
            let mut named = HashSet::from([path_of(found)]);
            let next = all.iter().filter(|other| named.insert(path_of(other))).take(EXAMPLES - 1);
            let next = next.filter_map(|other| other.location.clone());
            shown.diagnostic.related.extend(next.map(|location| (location, "the same here".to_owned())));
            shown.notes.push(format!("{} have this, {EXAMPLES} of which are named", count(files(all), "file")));
        }
        folded.push(shown);
    }
    folded
}

/// What follows from findings, by their places.
type Followers<'a> = HashMap<Place<'a>, Vec<&'a Diagnostic>>;

fn followers<'f, 'a>(follows: &'f Followers<'a>, found: &'a Diagnostic) -> Option<&'f [&'a Diagnostic]> {
    follows.get(&own_place(found)?).map(Vec::as_slice)
}

/// What follows from a finding, in words: what it means for its own file, and how many findings of others.
fn consequences(found: &Diagnostic, all: &[&Diagnostic]) -> Vec<String> {
    let (own, others): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        all.iter().partition(|other| path_of(other) == path_of(found));
    let sentence = |own: &&Diagnostic| match &own.label {
        Some(label) => format!("{}: {label} ({})", own.message, own.code.name()),
        None => format!("{} ({})", own.message, own.code.name()),
    };
    let mut notes: Vec<String> = own.iter().map(sentence).collect();
    notes.dedup();
    if !others.is_empty() {
        let is_reference = |found: &&Diagnostic| found.code == Code::INTERNAL_REFERENCE;
        let what = match others.iter().all(is_reference) {
            true => count(others.len(), "reference") + " to this",
            false => count(others.len(), "finding"),
        };
        let verb = if others.len() == 1 { "follows" } else { "follow" };
        let codes: BTreeSet<&str> = others.iter().map(|found| found.code.name()).collect();
        let codes = codes.into_iter().collect::<Vec<&str>>().join(", ");
        notes.push(format!("{what} in {} {verb} from it ({codes})", count(files(&others), "file")));
    }
    notes
}

fn files(all: &[&Diagnostic]) -> usize {
    all.iter().filter_map(|found| path_of(found)).collect::<HashSet<&str>>().len()
}

fn path_of(found: &Diagnostic) -> Option<&str> {
    found.location.as_ref().map(|location| location.source.path.as_str())
}

/// What is the same of findings that are shown as one.
type Subject<'a> = (Severity, Code, &'a str);

fn subject(found: &Diagnostic) -> Subject<'_> {
    (found.severity, found.code, &found.message)
}

/// A finding by its code, its file and where it begins.
type Place<'a> = (Code, &'a str, u32);

fn place(code: Code, location: &Location) -> Place<'_> {
    (code, &location.source.path, location.span.start)
}

fn own_place(found: &Diagnostic) -> Option<Place<'_>> {
    found.location.as_ref().map(|location| place(found.code, location))
}

fn cause_of(found: &Diagnostic) -> Option<Place<'_>> {
    found.cause.as_ref().map(|cause| place(cause.code, &cause.location))
}
