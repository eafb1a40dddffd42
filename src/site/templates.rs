//! The one home of `tera`: templates and how a view becomes a page.

use std::sync::Arc;

use serde::Serialize;
use tera::{Context, Kwargs, State, Tera, Value};

use crate::diagnostic::{Code, Diagnostic};
use crate::markdown;
use crate::skin::Skin;
use crate::source::{Location, Source, Span};
use crate::text::shown;

/// Templates, parsed.
#[derive(Debug)]
pub struct Templates {
    tera: Tera,
    sources: Vec<Arc<Source>>,
}

/// Parses the templates of a skin, or takes `remembered` where it was made of the same. One that cannot be read is the author's
/// mistake.
pub fn templates(skin: &Skin, remembered: Option<&Arc<Templates>>) -> Result<Arc<Templates>, Box<Diagnostic>> {
    let sources = &skin.templates;
    if let Some(templates) = remembered.filter(|templates| templates.sources == *sources) {
        return Ok(Arc::clone(templates));
    }
    let mut tera = Tera::new();
    tera.autoescape_on([".html", ".xml"]);
    tera.register_filter("code", |text: &str, _: Kwargs, _: &State| Value::safe_string(&markdown::with_code(text)));
    let named = |source: &Arc<Source>| (source.path.trim_start_matches("templates/").to_owned(), source.text.clone());
    if let Err(error) = tera.add_raw_templates(sources.iter().map(named).collect::<Vec<_>>()) {
        return Err(wrong(sources, &error));
    }
    Ok(Arc::new(Templates { tera, sources: sources.clone() }))
}

/// What every template of a site is given under the name `site`.
#[derive(Debug)]
pub(super) struct Shared(Value);

impl Shared {
    pub(super) fn new(view: &impl Serialize) -> Shared {
        Shared(Value::from_serializable(view))
    }
}

/// Templates with what all of them are given.
pub(super) struct Bound<'a>(&'a Templates, &'a Shared);

impl Templates {
    pub(super) fn with<'a>(&'a self, shared: &'a Shared) -> Bound<'a> {
        Bound(self, shared)
    }
}

impl Bound<'_> {
    /// Renders a view.
    pub(super) fn render(&self, name: &str, view: &impl Serialize) -> Result<String, Box<Diagnostic>> {
        let Bound(Templates { tera, sources }, Shared(shared)) = self;
        let mut context = Context::from_serialize(view).map_err(|error| wrong(sources, &error))?;
        context.insert_value("site", shared.clone());
        // Whatever way a text took into the page, a browser obeys nothing in it.
        tera.render(name, &context).map(shown).map_err(|error| wrong(sources, &error))
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
    let diagnostic = Diagnostic::new(Code::INVALID_TEMPLATE, location(sources, &text), message)
        .help("a template of your own replaces the skin's of the same name; remove it to go back to the skin's");
    Box::new(diagnostic)
}

/// The place that an error names: its text draws the source as rustc does, below a line `--> name:line:column`.
fn location(sources: &[Arc<Source>], text: &str) -> Option<Location> {
    let (_, rest) = text.split_once("--> ")?;
    let mut parts = rest.lines().next()?.trim().rsplitn(3, ':');
    let mut number = || parts.next()?.parse::<usize>().ok()?.checked_sub(1);
    let (column, line) = (number()?, number()?);
    let name = parts.next()?;
    let source = sources.iter().find(|source| source.path.trim_start_matches("templates/") == name)?;
    let start = source.text.split_inclusive('\n').take(line).map(str::len).sum::<usize>();
    let rest = source.text.get(start..)?.lines().next().unwrap_or_default();
    let offset = start + rest.char_indices().nth(column).map_or(rest.len(), |(offset, _)| offset);
    let carets =
        text.lines().find_map(|line| line.split_once('^')).map_or(1, |(_, more)| 1 + more.matches('^').count());
    Some(Location::new(source, Span::new(offset, (offset + carets).min(start + rest.len()))))
}
