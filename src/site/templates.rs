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
}

/// Parses the templates. `site` is what all of them are given under that name.
pub(super) fn templates(sources: &[Arc<Source>], site: &impl Serialize) -> Result<Templates, Box<Diagnostic>> {
    let mut tera = Tera::new();
    tera.autoescape_on([".html", ".xml"]);
    let named = |source: &Arc<Source>| (source.path.trim_start_matches("templates/").to_owned(), source.text.clone());
    if let Err(error) = tera.add_raw_templates(sources.iter().map(named).collect::<Vec<_>>()) {
        return Err(wrong(blamed(sources, &error), &error));
    }
    tera.global_context().insert("site", site);
    Ok(Templates { tera })
}

impl Templates {
    /// Renders a view.
    pub(super) fn render(&self, name: &str, view: &impl Serialize) -> Result<String, Box<Diagnostic>> {
        let context = Context::from_serialize(view).map_err(|error| wrong(None, &error))?;
        self.tera.render(name, &context).map_err(|error| wrong(None, &error))
    }
}

/// The template that an error names.
fn blamed<'a>(sources: &'a [Arc<Source>], error: &tera::Error) -> Option<&'a Arc<Source>> {
    let text = error.to_string();
    sources.iter().find(|source| text.contains(source.path.trim_start_matches("templates/")))
}

fn wrong(source: Option<&Arc<Source>>, error: &tera::Error) -> Box<Diagnostic> {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    let place = source.map(|source| Place::new(source, Span::default()));
    let diagnostic = Diagnostic::new(Code::INVALID_TEMPLATE, place, text.trim().to_owned())
        .help("a template of your own replaces the skin's of the same name; remove it to go back to the skin's");
    Box::new(diagnostic)
}
