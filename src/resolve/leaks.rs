//! What gives internal things away by hand: a file for everybody that names one of them.

use crate::config::{Config, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::markdown::Link;
use crate::plan::{Entry, Item, Plan, Text};
use crate::project::Whole;
use crate::source::Span;

use super::names::{LinkTarget, Names, Target};

/// The places at which what is public names what is internal. `assets` are the addresses of the static files.
pub fn leaks(whole: &Whole, config: &Config, assets: &[String]) -> Vec<Diagnostic> {
    let names = Names::new(&whole.plan, config, &mut Vec::new());
    let mut search = Search { whole, config, names, assets, found: Vec::new() };
    let Plan { vision, themes, items, pages, .. } = &whole.plan;
    for item in items {
        search.fields(item);
    }
    let entries = vision.iter().map(|vision| &vision.entry).chain(themes.iter().map(|theme| &theme.entry));
    let entries = entries.chain(items.iter().map(|item| &item.entry)).chain(pages.iter().map(|page| &page.entry));
    for entry in entries {
        search.text(entry);
    }
    search.found
}

struct Search<'a> {
    whole: &'a Whole,
    config: &'a Config,
    names: Names,
    assets: &'a [String],
    found: Vec<Diagnostic>,
}

impl Search<'_> {
    fn is_internal(&self, entry: &Entry) -> bool {
        self.whole.internal.binary_search_by(|path| path.as_str().cmp(entry.path())).is_ok()
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
                let target = self.names.find(&text.value, kind, &item.entry, self.config);
                self.check(&item.entry, target, text.span, &format!("`{field}` names"));
            }
        }
    }

    fn text(&mut self, entry: &Entry) {
        let document = &entry.document;
        for link in &document.outline.links {
            if let LinkTarget::Thing(target, _) =
                self.names.link(link.kind, &link.target, entry, self.config, self.assets)
            {
                self.check(entry, Some(target), link.span, "the text links to");
            }
        }
        let body = document.source.slice(document.body);
        for pattern in &self.config.mentions {
            for found in pattern.find_iter(body) {
                let target = self.names.by_id(found.as_str(), Kind::Item);
                let start = document.body.start as usize + found.start();
                let span = Span::new(start, start + found.len());
                // What stands in a link was looked at with it.
                let is_in = |link: &Link| link.span.start <= span.start && span.end <= link.span.end;
                if !document.outline.links.iter().any(is_in) {
                    self.check(entry, target, span, "the text mentions");
                }
            }
        }
    }

    fn check(&mut self, from: &Entry, target: Option<Target>, span: Span, how: &str) {
        let Some(to) = target.and_then(|target| target.entry(&self.whole.plan)) else { return };
        if !self.is_internal(to) || self.is_internal(from) {
            return;
        }
        let diagnostic = Diagnostic::new(
            Code::INTERNAL_REFERENCE,
            from.place(span),
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
