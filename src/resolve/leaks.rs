//! What gives internal things away by hand: a file for everybody that names one of them.

use crate::config::{Config, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::plan::{Entry, FieldReader, Item, Plan, Text};
use crate::source::Span;
use crate::visibility::{Audience, Unfiltered};

use super::symbols::{LinkTarget, SymbolTable, Target};

/// The places at which what is public names what is internal. `assets` are the addresses of the static files.
pub fn leaks(unfiltered: &Unfiltered, config: &Config, assets: &[String]) -> Vec<Diagnostic> {
    let symbols = SymbolTable::new(&unfiltered.plan, config, &mut Vec::new());
    let types = FieldReader::new(config, Audience::Public);
    let mut search = Search { unfiltered, config, symbols, assets, types, found: Vec::new() };
    let Plan { vision, themes, items, pages, .. } = &unfiltered.plan;
    let entries = vision.iter().map(|vision| &vision.entry).chain(themes.iter().map(|theme| &theme.entry));
    for entry in entries.chain(pages.iter().map(|page| &page.entry)) {
        search.text(entry, search.found.len());
    }
    for item in items {
        let begin = search.found.len();
        search.fields(item);
        search.text(&item.entry, begin);
    }
    search.found
}

struct Search<'a> {
    unfiltered: &'a Unfiltered,
    config: &'a Config,
    symbols: SymbolTable,
    assets: &'a [String],
    /// Knows the fields that the public is not given.
    types: FieldReader<'a>,
    found: Vec<Diagnostic>,
}

impl Search<'_> {
    fn is_internal(&self, entry: &Entry) -> bool {
        self.unfiltered.internal.binary_search_by(|path| path.as_str().cmp(entry.path())).is_ok()
    }

    fn fields(&mut self, item: &Item) {
        let parent: Vec<Text> = item.parent.iter().cloned().collect();
        let fields = [
            ("depends_on", &item.depends_on, Kind::Item),
            ("blocks", &item.blocks, Kind::Item),
            ("parent", &parent, Kind::Item),
            ("theme", &item.themes, Kind::Theme),
            ("relates", &item.relates, Kind::Item),
            ("supersedes", &item.supersedes, Kind::Item),
            ("superseded_by", &item.superseded_by, Kind::Item),
        ];
        for (field, texts, kind) in fields {
            for text in texts {
                let target = self.symbols.find(&text.value, kind, &item.entry, self.config);
                self.check(&item.entry, target, text.span, &format!("`{field}` names"));
            }
        }
    }

    /// Looks at what an entry says in words. What was found of it before begins at `begin`.
    fn text(&mut self, entry: &Entry, begin: usize) {
        let document = &entry.document;
        for link in &document.outline.links {
            match self.symbols.link(link.kind, &link.target, entry, self.config, self.assets) {
                LinkTarget::Thing(target, _) => self.check(entry, Some(target), link.span, "the text links to"),
                LinkTarget::Asset(address) => self.file(entry, &format!("static/{address}"), link.span),
                LinkTarget::File(path) => self.file(entry, &path, link.span),
                _ => {}
            }
        }
        if self.config.mentions.is_empty() {
            return;
        }
        // What stands in a link or in a field of references was looked at with it.
        let mut known: Vec<Span> = document.outline.links.iter().map(|link| link.span).collect();
        self.mentions(entry, document.body, &known, "the text mentions");
        known = self
            .found
            .iter()
            .skip(begin)
            .filter_map(|found| found.location.as_ref().map(|location| location.span))
            .collect();
        for field in &self.types.without_hidden(document, entry.collection).fields {
            self.mentions(entry, field.value.span, &known, &format!("`{}` mentions", field.name.value));
        }
    }

    fn mentions(&mut self, entry: &Entry, within: Span, known: &[Span], how: &str) {
        let text = entry.document.source.slice(within);
        for pattern in &self.config.mentions {
            for found in pattern.find_iter(text) {
                let start = within.start as usize + found.start();
                let span = Span::new(start, start + found.len());
                if !known.iter().any(|known| known.start <= span.start && span.end <= known.end) {
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
        let message = format!("the text links to `{path}`, which lies in an internal folder");
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
        self.found.push(
            diagnostic
                .label("everybody can read this")
                .help("take it out, make this file internal too, or make the other public")
                .related(to.head(), format!("`{}` is internal", to.id)),
        );
    }
}
