//! One line a finding, in the form that editors and `grep` know: `path:line:column: error[code]: message`.

use std::fmt::Write;

use super::lines::Index;
use crate::diagnostic::Diagnostic;
use crate::text::one_line;

pub(super) fn short(diagnostics: &[Diagnostic]) -> String {
    let mut out = String::new();
    let mut index = Index::default();
    for diagnostic in diagnostics {
        if let Some(location) = &diagnostic.location {
            let position = index.position(location);
            let _ = write!(out, "{}:{}:{}: ", one_line(&location.source.path), position.line, position.column);
        }
        let (word, code) = (diagnostic.severity.word(), diagnostic.code.name());
        let _ = writeln!(out, "{word}[{code}]: {}", one_line(&diagnostic.message));
    }
    out
}
