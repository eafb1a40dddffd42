//! The one home of `tera`: templates and how a view becomes a page.

use std::sync::Arc;

use serde::Serialize;
use tera::{Context, Tera};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Place, Source, Span};

/// The parsed templates of a site, with what is the same on every page.
#[derive(Debug)]
pub(super) struct Templates {
    tera: Tera,
    sources: Vec<Arc<Source>>,
}

/// Parses the templates. `site` is what all of them are given under that name.
pub(super) fn templates(sources: &[Arc<Source>], site: &impl Serialize) -> Result<Templates, Box<Diagnostic>> {
    let mut tera = Tera::new();
    tera.autoescape_on([".html", ".xml"]);
    let named = |source: &Arc<Source>| (source.path.trim_start_matches("templates/").to_owned(), source.text.clone());
    if let Err(error) = tera.add_raw_templates(sources.iter().map(named).collect::<Vec<_>>()) {
        return Err(wrong(sources, &error));
    }
    tera.global_context().insert("site", site);
    Ok(Templates { tera, sources: sources.to_vec() })
}

impl Templates {
    /// Renders a view.
    pub(super) fn render(&self, name: &str, view: &impl Serialize) -> Result<String, Box<Diagnostic>> {
        let context = Context::from_serialize(view).map_err(|error| wrong(&self.sources, &error))?;
        self.tera.render(name, &context).map_err(|error| wrong(&self.sources, &error))
    }
}

fn wrong(sources: &[Arc<Source>], error: &tera::Error) -> Box<Diagnostic> {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    let message = text.trim().lines().next().unwrap_or_default();
    let message = message.trim_start_matches("error: ").to_owned();
    let diagnostic = Diagnostic::new(Code::INVALID_TEMPLATE, place(sources, &text), message)
        .help("a template of your own replaces the skin's of the same name; remove it to go back to the skin's");
    Box::new(diagnostic)
}

/// The place that an error names: its text draws the source as rustc does, below a line `--> name:line:column`.
fn place(sources: &[Arc<Source>], text: &str) -> Option<Place> {
    let (_, rest) = text.split_once("--> ")?;
    let mut parts = rest.lines().next()?.trim().rsplitn(3, ':');
    let mut number = || parts.next()?.parse::<usize>().ok()?.checked_sub(1);
    let (column, line) = (number()?, number()?);
    let name = parts.next()?;
    let source = sources.iter().find(|source| source.path.trim_start_matches("templates/") == name)?;
    let start = source.text.split_inclusive('\n').take(line).map(str::len).sum::<usize>();
    let rest = source.text.get(start..)?.lines().next().unwrap_or_default();
    let at = start + rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at);
    let carets =
        text.lines().find_map(|line| line.split_once('^')).map_or(1, |(_, more)| 1 + more.matches('^').count());
    Some(Place::new(source, Span::new(at, (at + carets).min(start + rest.len()))))
}
