//! Front matter: the YAML between two `---` lines, as a tree in which every value knows its place.

use std::sync::Arc;

use super::Field;
use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};

/// What was read of a file's head.
#[derive(Debug)]
pub(super) struct FrontMatter {
    /// The fields, in the order of the file.
    pub fields: Vec<Field>,
    /// The rest of the file.
    pub body: Span,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the front matter of `source`.
pub(super) fn front_matter(source: &Arc<Source>) -> FrontMatter {
    FrontMatter { fields: Vec::new(), body: Span::new(0, source.text.len()), diagnostics: Vec::new() }
}
