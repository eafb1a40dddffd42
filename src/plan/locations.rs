//! Where a file says something: looked up again when a finding needs it, so that no item carries a place for each of its values.

use super::related::NONE;
use super::values::Reader;
use super::{Entry, FieldReader};
use crate::source::{Location, Span};

impl FieldReader<'_> {
    /// Where a file gives a field; the thing as a whole where it does not.
    pub fn location(&self, entry: &Entry, field: &str) -> Location {
        self.reader(entry).value(field).map_or_else(|| entry.head(), |value| entry.location(value.span))
    }

    /// Where a file gives `value` as a field, or as one of the field's values.
    pub fn location_of_value(&self, entry: &Entry, field: &str, value: &str) -> Location {
        let plain = |text: &str| text.trim_start_matches('@') == value.trim_start_matches('@');
        let found = self.reader(entry).list(field).into_iter().find(|text| plain(&text.value));
        found.map_or_else(|| self.location(entry, field), |text| entry.location(text.span))
    }

    fn reader<'e>(&'e self, entry: &'e Entry) -> Reader<'e> {
        Reader::new(&entry.document, &entry.document, entry.collection, self.config, &self.registry, &NONE)
    }
}

impl Entry {
    /// The first line of a span: where to point for a value of many lines.
    pub fn first_line(&self, span: Span) -> Location {
        let text = self.document.source.slice(span);
        let end = text.find('\n').map_or(text.len(), |end| text[..end].trim_end().len());
        self.location(Span::new(span.start as usize, span.start as usize + end))
    }
}
