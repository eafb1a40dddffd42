//! Visibility: the plan as an audience may see it. What is internal is taken away before ids are settled, and before anything is
//! linked, scored, ordered or addressed, so that nothing about it can influence a byte. The only stage that reads `visibility`.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

pub use crate::config::Audience;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::discover::{NamedFile, is_data, is_prose};
use crate::name;
use crate::nearest::plain;
use crate::parse;
use crate::plan::{self, Doubt, Entry, FieldReader, Plan, TypedDocument, Visibility};
use crate::source::{Location, Source, Span};

/// A plan as an audience may see it. Nothing else can be resolved, and only [`visibility`] makes one.
#[derive(Debug)]
pub struct Visible {
    plan: Plan,
    audience: Audience,
}

impl Visible {
    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Who may see it.
    pub fn audience(&self) -> Audience {
        self.audience
    }

    pub(crate) fn into_plan(self) -> Plan {
        self.plan
    }
}

/// What filtering by audience gives.
#[derive(Debug)]
pub struct Filtered {
    /// The plan that the audience may see.
    pub plan: Visible,
    /// All of the plan with the paths of what is internal, where something is: to find what gives it away. Nothing is published of it.
    pub unfiltered: Option<Unfiltered>,
}

/// A plan with its internal part.
#[derive(Debug)]
pub struct Unfiltered {
    /// Everything.
    pub plan: Plan,
    /// The files of what is internal, sorted.
    pub internal: Vec<String>,
}

/// The plan that `audience` may see, of what its files say. Diagnostics go to the author, who may see everything, and stay.
pub fn visibility(documents: Vec<Arc<TypedDocument>>, config: &Config, audience: Audience) -> Filtered {
    let is_used = is_used(&documents, config);
    let hidden = Hidden::new(config, audience);
    let (internal, public): (Vec<_>, Vec<_>) =
        documents.iter().cloned().partition(|document| is_internal(document.entry(), is_used, &hidden));
    // A folder may hold static files alone, which public files may not name either.
    if internal.is_empty() && config.internal.folders.is_empty() && config.internal.linked.is_empty() {
        let plan = Plan { is_partial: audience == Audience::Public, ..plan::plan(documents, config) };
        return Filtered { plan: Visible { plan, audience }, unfiltered: None };
    }
    let mut paths: Vec<String> = internal.iter().map(|document| document.entry().path().to_owned()).collect();
    paths.sort_unstable();
    let unfiltered = Unfiltered { plan: plan::plan(documents, config), internal: paths };
    let mut plan = match audience {
        Audience::Internal => unfiltered.plan.clone(),
        Audience::Public => {
            let mut plan = Plan { is_partial: true, ..plan::plan(public, config) };
            plan.diagnostics.extend(internal.iter().flat_map(|document| document.diagnostics()).cloned());
            plan
        }
    };
    let unread =
        internal.iter().map(|document| document.entry()).filter(|entry| entry.visibility == Visibility::Public);
    plan.diagnostics.extend(unread.map(|entry| {
        let inside = hidden.inside(entry);
        let (message, help) = match entry.says_visibility {
            _ if hidden.is_outside(entry) => (
                "this file has a field that is internal outside of its front matter, where it would be shown",
                "move it into the front matter, between two lines `---`",
            ),
            _ if inside.is_some() => (
                "a field that is internal stands within another one here, with which it would be shown",
                "make it a field of its own, with a space behind the colon",
            ),
            true => ("nobody can be sure where a field that is internal ends in this file", "fix its front matter"),
            false => (
                "nobody can be sure what this file says of its `visibility`",
                "fix its front matter, or write `visibility: public` into it",
            ),
        };
        let location = inside.map_or_else(|| entry.head(), |span| entry.location(span));
        // Where the front matter cannot be read, that is the mistake.
        let cause = entry.document.diagnostics.iter().find(|found| plan::is_of_unclear(found));
        let cause = cause.filter(|_| inside.is_none() && !hidden.is_outside(entry));
        Diagnostic::new(Code::INVALID_VISIBILITY, location, message)
            .label("counts as internal")
            .help(help)
            .follows(cause)
    }));
    Filtered { plan: Visible { plan, audience }, unfiltered: Some(unfiltered) }
}

/// Of the static files, by their addresses, those that `audience` may see.
pub fn static_files(files: &[(String, PathBuf)], config: &Config, audience: Audience) -> Vec<(String, PathBuf)> {
    let is_shown =
        |address: &str| audience == Audience::Internal || !config.internal.holds(&format!("static/{address}"));
    files.iter().filter(|(address, _)| is_shown(address)).cloned().collect()
}

/// Of the files that texts name, those that `audience` may see.
pub fn named_files(files: &[NamedFile], config: &Config, audience: Audience) -> Vec<NamedFile> {
    let is_shown = |file: &&NamedFile| audience == Audience::Internal || !config.internal.holds(&file.path);
    files.iter().filter(is_shown).cloned().collect()
}

/// The paths of those files that texts name which are links into what is internal.
pub fn linked_files(files: &[NamedFile], config: &Config) -> BTreeSet<String> {
    let is_link = |file: &&NamedFile| file.real().is_some_and(|real| config.internal.holds(real));
    files.iter().filter(is_link).map(|file| file.path.clone()).collect()
}

/// The paths of those static files and files that texts name which say themselves that not everybody may see them, as a file of the plan would,
/// or have a field that is internal; with a diagnostic of each. `texts` are those that may say so, and `documents` is the plan, in which
/// visibility may be used.
pub fn closed_static_files(
    texts: &[Arc<Source>],
    documents: &[Arc<TypedDocument>],
    config: &Config,
) -> (BTreeSet<String>, Vec<Diagnostic>) {
    if texts.is_empty() {
        return (BTreeSet::new(), Vec::new());
    }
    let (is_used, hidden) = (is_used(documents, config), Hidden::new(config, Audience::Internal));
    let reader = FieldReader::new(config, Audience::Internal);
    let is_closed = |source: &&Arc<Source>| {
        let is_text = !source.text.contains(['\0', '\u{fffd}']);
        // What is written for machines says nothing below its front matter.
        let front = match is_data(&source.path) {
            true => reader.front_of_data(source),
            false if is_prose(&source.path) || !is_text => Some(source.text.clone()),
            false => plan::front_of(&source.text).map(str::to_owned),
        };
        let Some(front) = front else { return false };
        let source = Source::new(&source.path, front);
        let document = Arc::new(parse::parse(&source));
        // Such a file belongs to no collection: what it says in any of them counts.
        let says = |collection| {
            let typed = reader.read(&document, collection);
            let is_undecided = typed.diagnostics().any(|found| found.code == Code::UNDECIDED_VISIBILITY);
            is_undecided || is_internal(typed.entry(), is_used, &hidden) || hidden.is_in(typed.entry())
        };
        !config.internal.holds(&source.path)
            && (reader.doubt(&document) == Doubt::Closed || (0..config.collections.len()).any(says))
    };
    let found = |source: &Arc<Source>| {
        let path = &source.path;
        let message = format!("`{path}` says that not everybody may see it, and is not copied to a public site");
        let out = if path.starts_with("static/") { "move it out of `static/`" } else { "take the links to it out" };
        Diagnostic::new(Code::UNCOPIED_FILE, Location::new(source, Span::default()), message)
            .help(format!("{out}, or write `visibility: public` into it"))
    };
    let closed = texts.iter().filter(is_closed);
    closed.map(|source| (name::composed(&source.path).into_owned(), found(source))).unzip()
}

/// Whether the plan uses visibility at all.
fn is_used(documents: &[Arc<TypedDocument>], config: &Config) -> bool {
    config.internal.is_used
        || documents.iter().any(|document| {
            let entry = document.entry();
            entry.says_visibility || entry.visibility == Visibility::Internal || entry.doubt == Doubt::Closed
        })
}

/// The fields that are internal, by all their names in the plain form.
struct Hidden<'a> {
    names: Vec<String>,
    /// The same and, of those in maps, the last part, by which it stands in a text that nobody could read.
    cut: Vec<String>,
    /// Takes these fields away.
    reader: FieldReader<'a>,
    /// Whether the documents of an audience have them.
    are_there: bool,
}

impl<'a> Hidden<'a> {
    fn new(config: &'a Config, audience: Audience) -> Hidden<'a> {
        let all: Vec<String> = config.internal.fields.iter().flat_map(|field| plan::names_for(config, field)).collect();
        let last = all.iter().filter_map(|name| name.rsplit_once('.')).map(|(_, last)| last);
        let cut = all.iter().map(String::as_str).chain(last).map(plain).collect();
        let names = all.iter().map(|name| plain(name)).collect();
        Hidden {
            names,
            cut,
            reader: FieldReader::new(config, Audience::Public),
            are_there: audience == Audience::Internal,
        }
    }

    fn is_outside(&self, entry: &Entry) -> bool {
        plan::writes_outside(&entry.document, &self.cut)
    }

    fn inside(&self, entry: &Entry) -> Option<Span> {
        let document = &entry.document;
        if self.names.is_empty() {
            return None;
        }
        if let Some(span) = self.reader.reads_as_hidden(document, entry.collection) {
            return Some(span);
        }
        let head = document.source.text.get(..document.body.start as usize).unwrap_or_default();
        // Few files have such a name at all.
        if !self.may_be_in(head) {
            return None;
        }
        if self.are_there {
            let shown = self.reader.without_hidden(document, entry.collection);
            return plan::writes_inside(&shown, &self.names);
        }
        plan::writes_inside(document, &self.names)
    }

    /// Whether one of them is there to be taken away.
    fn is_in(&self, entry: &Entry) -> bool {
        self.reader.without_hidden(&entry.document, entry.collection).fields != entry.document.fields
    }

    /// Whether a text may have one of them, however its name is spelled or cut there.
    fn may_be_in(&self, text: &str) -> bool {
        let text = plain(text);
        self.cut.iter().any(|name| text.contains(name))
    }
}

/// Whether a thing is internal. Where the plan uses visibility, so is one whose file may have said so and cannot be read as it stands. One
/// that says `public` is public even then, unless it may hold a field that is internal: nobody knows where that field ends. A file that has
/// such a field outside of its front matter, or within another one, is internal in any case, since there nobody takes it away.
fn is_internal(entry: &Entry, is_used: bool, hidden: &Hidden<'_>) -> bool {
    let is_unclear = || is_used && entry.doubt != Doubt::None;
    entry.visibility == Visibility::Internal
        || is_unclear() && (!entry.says_visibility || hidden.may_be_in(&entry.document.source.text))
        || hidden.is_outside(entry)
        || hidden.inside(entry).is_some()
}
