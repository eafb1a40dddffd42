//! What gives internal things away by hand: a file for everybody that names one of them.

use std::collections::HashMap;
use std::sync::Arc;

use crate::config::{Config, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::discover::NamedFile;
use crate::id::ThemeId;
use crate::markdown::{self, LinkKind};
use crate::name::{folded, slug};
use crate::plan::{Entry, FieldReader, Item, Plan, Text};
use crate::source::{Source, Span};
use crate::visibility::{Audience, Unfiltered};

use super::ResolveContext;
use super::internal_names::InternalNames;
use super::paths::{file_stem, joined};
use super::spans::Spans;
use super::symbols::SymbolTable;
use super::target::{LinkTarget, Target, targets};

/// The places at which what is public names what is internal. `assets` are the addresses of the static files, `named` the files
/// that texts name, `config_source` the configuration.
pub fn leaks(
    unfiltered: &Unfiltered,
    config: &Config,
    assets: &[String],
    named: &[NamedFile],
    config_source: &Arc<Source>,
) -> Vec<Diagnostic> {
    let symbols = SymbolTable::new(&unfiltered.plan, config, &mut Vec::new());
    let types = FieldReader::new(config, Audience::Public);
    let mut search = Search {
        unfiltered,
        config,
        symbols,
        context: ResolveContext { assets: assets.to_vec(), named_files: named.to_vec(), ..Default::default() },
        types,
        internal_addresses: HashMap::new(),
        internal_titles: HashMap::new(),
        internal_files: HashMap::new(),
        internal_assets: HashMap::new(),
        outcomes: HashMap::new(),
        names: InternalNames::new(
            targets(&unfiltered.plan)
                .into_iter()
                .map(|(target, entry)| (target, entry, is_internal(unfiltered, entry))),
        ),
        found: Vec::new(),
    };
    search.found = search.names.in_configuration(&unfiltered.plan, config, config_source);
    let internal_assets = assets.iter().filter(|asset| config.internal.holds(&format!("static/{asset}")));
    search.internal_assets =
        internal_assets.map(|asset| (asset.rsplit('/').next().unwrap_or(asset), &**asset)).collect();
    for path in &unfiltered.internal {
        search.internal_files.entry(folded(file_stem(path))).or_default().push(path);
        if let Some(target) = search.symbols.by_path(path) {
            search.internal_addresses.insert(target.address(&unfiltered.plan), target);
            let title = target.entry(&unfiltered.plan).map(|entry| entry.title.trim().to_lowercase());
            search.internal_titles.extend(title.map(|title| (title, target)));
        }
    }
    let Plan { vision, themes, items, pages, .. } = &unfiltered.plan;
    for (id, theme) in themes.enumerate() {
        let is_internal = search.is_internal(&theme.entry);
        for name in theme.outcomes.iter().flat_map(|outcome| [slug(&outcome.id), slug(&outcome.metric)]) {
            search.outcomes.entry(name).or_insert((id, true)).1 &= is_internal;
        }
    }
    let entries = vision.iter().map(|vision| &vision.entry).chain(themes.iter().map(|theme| &theme.entry));
    for entry in entries.chain(pages.iter().map(|page| &page.entry)) {
        search.text(entry, search.found.len());
    }
    for item in items {
        let begin = search.found.len();
        search.fields(item);
        search.outcomes(item);
        search.text(&item.entry, begin);
    }
    search.found
}

/// Whether a word ends like the name of a Markdown file, in any case.
fn is_markdown(word: &str) -> bool {
    let ending =
        word.rsplit_once('.').map(|(_, ending)| ending.split(['#', '?']).next().unwrap_or(ending).to_lowercase());
    ending.is_some_and(|ending| ["md", "markdown", "mdown", "mkd", "mdx", "html"].contains(&ending.as_str()))
}

/// Fields whose values are no names of other things, or references, which are looked at by what they mean.
const NOT_NAMES: [&str; 14] = [
    "blocks",
    "depends_on",
    "id",
    "kind",
    "parent",
    "priority",
    "relates",
    "status",
    "superseded_by",
    "supersedes",
    "theme",
    "title",
    "type",
    "visibility",
];

/// Those of them that are references.
const REFERENCES: [&str; 7] = ["blocks", "depends_on", "parent", "relates", "superseded_by", "supersedes", "theme"];

/// How far back the same place was found by another rule, if it was: all that one file gives stands together.
const MAX_NEAR: usize = 64;

fn is_internal(unfiltered: &Unfiltered, entry: &Entry) -> bool {
    unfiltered.internal.binary_search_by(|path| path.as_str().cmp(entry.path())).is_ok()
}

struct Search<'a> {
    unfiltered: &'a Unfiltered,
    config: &'a Config,
    symbols: SymbolTable,
    /// The static files; other files that a text may name are known by what is internal.
    context: ResolveContext,
    /// Knows the fields that the public is not given.
    types: FieldReader<'a>,
    /// Where a site for the team has what is internal.
    internal_addresses: HashMap<String, Target>,
    /// The titles of what is internal, in lower case.
    internal_titles: HashMap<String, Target>,
    /// The paths of what is internal, by the names of the files.
    internal_files: HashMap<String, Vec<&'a str>>,
    /// The addresses of internal static files, by their names.
    internal_assets: HashMap<&'a str, &'a str>,
    /// By the slug of their ids and metrics: the first theme that has such an outcome, and whether all that do are internal.
    outcomes: HashMap<String, (ThemeId, bool)>,
    /// What it is called, in whatever spelling.
    names: InternalNames,
    found: Vec<Diagnostic>,
}

impl Search<'_> {
    fn is_internal(&self, entry: &Entry) -> bool {
        is_internal(self.unfiltered, entry)
    }

    /// What is internal and has this title.
    fn titled(&self, title: &str) -> Option<Target> {
        self.internal_titles.get(&title.trim().to_lowercase()).copied()
    }

    fn fields(&mut self, item: &Item) {
        for (field, texts) in [("depends_on", &item.depends_on), ("blocks", &item.blocks)] {
            for one in self.symbols.entries(texts, true) {
                let things = self.symbols.things(&one, &item.entry, self.config);
                let titled = self.titled(one.head().name);
                for target in things.into_iter().chain(titled) {
                    self.check(&item.entry, Some(target), one.span(&item.entry), &format!("`{field}` names"));
                }
            }
        }
        let parent: Vec<Text> = item.parent.iter().cloned().collect();
        let fields = [
            ("parent", &parent, Kind::Item),
            ("theme", &item.themes, Kind::Theme),
            ("relates", &item.relates, Kind::Item),
            ("supersedes", &item.supersedes, Kind::Item),
            ("superseded_by", &item.superseded_by, Kind::Item),
        ];
        for (field, texts, kind) in fields {
            for text in texts {
                let target = self.symbols.named(&text.value, kind, &item.entry, self.config);
                let targets = match target.or_else(|| self.titled(&text.value)) {
                    Some(target) => vec![target],
                    None => self.symbols.within(&text.value, &item.entry, self.config),
                };
                for target in targets {
                    self.check(&item.entry, Some(target), text.span, &format!("`{field}` names"));
                }
            }
        }
    }

    /// An outcome that only a theme has which is internal.
    fn outcomes(&mut self, item: &Item) {
        for text in &item.outcomes {
            let target = match self.outcomes.get(&slug(&text.value)) {
                Some(&(theme, true)) => Some(Target::Theme(theme)),
                _ => None,
            };
            self.check(&item.entry, target, text.span, "`outcomes` names an outcome of");
        }
    }

    /// The values of all fields that are not hidden: links in them, and values that are a path or, where the field holds addresses or ids,
    /// a name.
    fn values(&mut self, entry: &Entry) {
        let document = self.types.without_hidden(&entry.document, entry.collection);
        for field in &document.fields {
            let known = self.types.canonical(entry.collection, &field.name.value);
            let may_name = known.is_some_and(|known| ["links", "evidence", "aliases"].contains(&known));
            let how = format!("`{}` names", field.name.value);
            // A field that this kind of file does not have is the author's own, and shown as it is written.
            let own = known.filter(|known| self.types.has(entry.kind, known));
            let may_be_name = own.is_none_or(|own| !NOT_NAMES.contains(&own));
            let keys = field.value.entries().into_iter().chain(Some(field).filter(|_| own.is_none()));
            let keys = keys.map(|key| (key.name.value.as_str(), key.name.span));
            for (text, span) in field.value.texts().into_iter().chain(keys).filter(|_| may_be_name) {
                for name in text.split(',').chain([text]) {
                    self.check(entry, self.names.is(name), span, &how);
                }
            }
            let is_reference = known.is_some_and(|known| REFERENCES.contains(&known)) && own.is_none();
            for (text, span) in field.value.texts().into_iter().filter(|_| is_reference) {
                for target in self.symbols.within(text, entry, self.config) {
                    self.check(entry, Some(target), span, &how);
                }
            }
            for (text, span) in field.value.texts() {
                let text = text.trim();
                if text.contains('[') || text.contains("](") || text.contains('<') {
                    for link in markdown::outline(text, 0).links {
                        self.link(entry, link.kind, &link.target, span, &how);
                    }
                }
                let words = text.split(|c: char| c.is_whitespace() || c == ',');
                for path in words.filter(|word| word.contains('/') || word.ends_with(".md")) {
                    self.link(entry, LinkKind::Link, path, span, &how);
                }
                for name in text.split(',').filter(|_| may_name) {
                    for kind in [Kind::Item, Kind::Theme] {
                        self.check(entry, self.symbols.find(name, kind, entry, self.config), span, &how);
                    }
                }
            }
        }
    }

    fn link(&mut self, entry: &Entry, kind: LinkKind, target: &str, span: Span, how: &str) {
        match self.symbols.link(kind, target, entry, self.config, &self.context) {
            LinkTarget::Thing(target, _) => self.check(entry, Some(target), span, how),
            LinkTarget::Asset(address) => self.file(entry, &format!("static/{address}"), span),
            LinkTarget::File(path) | LinkTarget::Named(path, _) | LinkTarget::Missing(path) => {
                // One that leads too far up may be meant for what it would be further down.
                self.file(entry, &joined("", &path), span);
            }
            LinkTarget::Outside => {
                let of_site = self.config.base_url.as_deref().and_then(|base| target.strip_prefix(base));
                let address = of_site.map(|address| address.split(['#', '?']).next().unwrap_or(address));
                let of = address.and_then(|address| self.internal_addresses.get(address).copied());
                self.check(entry, of, span, how);
            }
            LinkTarget::Nothing => self.check(entry, self.titled(target), span, how),
            _ => {}
        }
    }

    /// Looks at what an entry says in words. What was found of it before begins at `begin`.
    fn text(&mut self, entry: &Entry, begin: usize) {
        if self.is_internal(entry) {
            return;
        }
        let document = &entry.document;
        for link in &document.outline.links {
            self.link(entry, link.kind, &link.target, link.span, "the text links to");
        }
        self.paths(entry, begin);
        self.values(entry);
        if self.config.mentions.is_empty() {
            return;
        }
        // What stands in a link or in a field of references was looked at with it.
        let known = Spans::new(document.outline.links.iter().map(|link| link.span));
        self.mentions(entry, document.body, &known, "the text mentions");
        let found = self.found.iter().skip(begin);
        let known = Spans::new(found.filter_map(|found| found.location.as_ref().map(|location| location.span)));
        for field in &self.types.without_hidden(document, entry.collection).fields {
            self.mentions(entry, field.value.span, &known, &format!("`{}` mentions", field.name.value));
        }
    }

    /// Looks for paths and wiki links that are none for Markdown: in HTML, in code, in a form that finds nothing. They name their file all the
    /// same.
    fn paths(&mut self, entry: &Entry, begin: usize) {
        let body = entry.document.body;
        let text = entry.document.source.slice(body);
        let links = Spans::new(entry.document.outline.links.iter().map(|link| link.span));
        let found = self.found.iter().skip(begin);
        let known = Spans::new(found.filter_map(|found| found.location.as_ref().map(|location| location.span)));
        let is_between = |c: char| c.is_whitespace() || "\"'`<>()[]{}|,;=".contains(c);
        let mut words: Vec<(Span, bool, &str)> = Vec::new();
        let mut start = 0;
        for word in text.split_inclusive(is_between) {
            let bare = word.trim_end_matches(is_between);
            let span = Span::new(body.start as usize + start, body.start as usize + start + bare.len());
            let is_wiki = text[..start].ends_with("[[");
            if (is_wiki || bare.contains('/') || is_markdown(bare)) && !known.hold(span) {
                words.push((span, is_wiki, bare));
            }
            start += word.len();
        }
        for (span, is_wiki, word) in words {
            // What is a link for Markdown was followed as one.
            if word.contains('/') && !links.hold(span) {
                self.link(entry, LinkKind::Link, word, span, "the text names");
            }
            self.loose(entry, word, span, is_wiki);
        }
    }

    /// A path that may have been meant for a file which is internal: by the file's name, in any case and with any ending, or by the end of its
    /// path; in a wiki link by its name alone.
    fn loose(&mut self, entry: &Entry, word: &str, span: Span, is_wiki: bool) {
        let path = word.split(['#', '?', '^']).next().unwrap_or(word);
        let parts: Vec<&str> = path.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | "..")).collect();
        let Some(name) = parts.last() else { return };
        if is_markdown(name) || is_wiki && parts.len() == 1 {
            let stem = if is_markdown(name) { name.rsplit_once('.').map_or(*name, |(stem, _)| stem) } else { name };
            let target = self.symbols.find(stem, Kind::Item, entry, self.config);
            self.check(entry, target, span, "the text names");
        } else if parts.len() > 1 {
            let end = folded(&parts.join("/"));
            let is_end = |path: &&&str| {
                let path = folded(path.rsplit_once('.').map_or(path, |(path, _)| path));
                path == end || path.strip_suffix(&end).is_some_and(|before| before.ends_with('/'))
            };
            let paths = self.internal_files.get(&folded(name)).into_iter().flatten();
            let target = paths.into_iter().find(is_end).and_then(|path| self.symbols.by_path(path));
            self.check(entry, target, span, "the text names");
        }
        let asset = self.internal_assets.get(*name).filter(|_| is_wiki).map(|asset| format!("static/{asset}"));
        asset.iter().for_each(|path| self.file(entry, path, span));
    }

    fn mentions(&mut self, entry: &Entry, within: Span, known: &Spans, how: &str) {
        let text = entry.document.source.slice(within);
        for pattern in &self.config.mentions {
            for found in pattern.find_iter(text) {
                let start = within.start as usize + found.start();
                let span = Span::new(start, start + found.len());
                if !known.hold(span) {
                    self.check(entry, self.symbols.by_id(found.as_str(), Kind::Item), span, how);
                }
            }
        }
    }

    /// A file that is not part of the plan, by its path.
    fn file(&mut self, from: &Entry, path: &str, span: Span) {
        if self.is_internal(from) || !self.config.internal.holds(path) {
            return;
        }
        let is_in_folder = self.config.internal.folders.iter().any(|folder| path.starts_with(&format!("{folder}/")));
        let why = if is_in_folder { "lies in an internal folder" } else { "is internal" };
        let message = format!("the text links to `{path}`, which {why}");
        self.found.push(
            Diagnostic::new(Code::INTERNAL_REFERENCE, from.location(span), message)
                .label("everybody can read this")
                .help("take it out, make this file internal too, or move the other to a folder for everybody"),
        );
    }

    fn check(&mut self, from: &Entry, target: Option<Target>, span: Span, how: &str) {
        let Some(to) = target.and_then(|target| target.entry(&self.unfiltered.plan)) else { return };
        if !self.is_internal(to) || self.is_internal(from) {
            return;
        }
        let diagnostic = Diagnostic::new(
            Code::INTERNAL_REFERENCE,
            from.location(span),
            format!("{how} `{}`, which is internal", to.id),
        );
        // A field that was looked at by what it means may have its value in the form of a link, too.
        if self.found.iter().rev().take(MAX_NEAR).any(|found| found.location.as_ref() == diagnostic.location.as_ref()) {
            return;
        }
        self.found.push(
            diagnostic
                .label("everybody can read this")
                .help("take it out, make this file internal too, or make the other public")
                .related(to.head(), format!("`{}` is internal", to.id)),
        );
    }
}
