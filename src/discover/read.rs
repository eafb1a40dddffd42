//! Reading one file as text, whatever bytes it holds.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use super::{LARGEST, WorldError};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Place, Source, Span};

/// A file as a source, with what is wrong with it as text.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) source: Arc<Source>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Reads a file under the name `path`. What is not UTF-8 is replaced and reported; it costs nobody the rest of the file.
pub(super) fn read(path: &str, file: &Path) -> Result<Read, WorldError> {
    let mut bytes = Vec::new();
    let open = File::open(file).map_err(WorldError::unreadable(file))?;
    // The length is asked by reading: a file may grow, and a device has none.
    open.take(LARGEST + 1).read_to_end(&mut bytes).map_err(WorldError::unreadable(file))?;
    if bytes.len() as u64 > LARGEST {
        return Err(WorldError::TooLarge { path: file.to_owned() });
    }
    let mut diagnostics = Vec::new();
    let source = match String::from_utf8(bytes) {
        Ok(text) => Source::new(path, text),
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let bytes = error.as_bytes();
            let source = Source::new(path, String::from_utf8_lossy(bytes));
            diagnostics.push(not_utf8(&source, bytes, good));
            source
        }
    };
    if source.text.trim().is_empty() {
        let place = Place::new(&source, Span::default());
        let empty = Diagnostic::new(Code::EMPTY_FILE, place, format!("`{path}` is empty"));
        diagnostics.push(empty.help("write a title, or remove the file"));
    }
    Ok(Read { source, diagnostics })
}

/// The diagnostic of the first byte, at `good`, that is no part of UTF-8 text.
fn not_utf8(source: &Arc<Source>, bytes: &[u8], good: usize) -> Diagnostic {
    // The source has no byte order mark and other line ends, so the place is where the same beginning ends in it.
    let before = Source::new("", String::from_utf8_lossy(&bytes[..good])).text.len();
    let place = Place::new(source, Span::new(before, before + char::REPLACEMENT_CHARACTER.len_utf8()));
    let message = format!("`{}` is not UTF-8 text", source.path);
    let diagnostic = Diagnostic::new(Code::INVALID_UTF8, place, message);
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return diagnostic.label("the mark of UTF-16").help("save the file as UTF-8");
    }
    let byte = format!("the byte 0x{:02x} is the first that is not, and is read as `\u{fffd}`", bytes[good]);
    diagnostic.label(byte).help("save the file as UTF-8")
}
