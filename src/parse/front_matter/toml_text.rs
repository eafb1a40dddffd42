//! What can be read of lines that are meant as TOML and are none.

use std::ops::Range;

use super::super::{Node, Value};
use super::lines::{lines, unquoted};
use super::toml::{Path, Reader};
use crate::source::Span;

impl Reader<'_> {
    /// `name: value`, which YAML is: what stands behind the colon as text.
    pub(super) fn of_yaml(&mut self, path: Path, line: Range<usize>, next: usize) -> (Path, Value) {
        let colon = self.offset;
        let help = "write it as `name = value`, text in double quotes";
        self.fail(line.clone(), "a colon stands in place of `=`", "read as text", help);
        let written = &self.text[colon + 1..line.end];
        let start = line.end - written.trim_start().len();
        self.offset = next;
        let text = unquoted(&self.text[start..line.end]).to_owned();
        (path, Value { span: Span::new(start, line.end), node: Node::Scalar(text) })
    }

    /// Where a list that is not TOML ends: with the line of its last bracket, or above the next field or table.
    pub(super) fn end_of_list(&self, line: &Range<usize>) -> usize {
        let mut end = line.end;
        if self.text[line.clone()].contains(']') {
            return end;
        }
        for below in lines(self.text, line.end..self.text.len()) {
            let words = self.text[below.clone()].trim();
            if words.is_empty() || words.starts_with('[') || words.contains('=') {
                break;
            }
            end = below.end;
            if words.contains(']') {
                break;
            }
        }
        end
    }

    /// The texts in quotes of a list that is not TOML, where nothing but commas and brackets stands beside them.
    pub(super) fn texts_in(&self, list: Range<usize>) -> Option<Vec<Value>> {
        let (mut texts, mut offset) = (Vec::new(), list.start);
        while let Some(c) = self.text[offset..list.end].chars().next() {
            if c == '"' || c == '\'' {
                let start = offset;
                let length = self.text[start + 1..list.end].find(c)?;
                offset = start + length + 2;
                let text = self.text[start + 1..offset - 1].to_owned();
                texts.push(Value { span: Span::new(start, offset), node: Node::Scalar(text) });
            } else if "[],".contains(c) || c.is_whitespace() {
                offset += c.len_utf8();
            } else {
                return None;
            }
        }
        (!texts.is_empty()).then_some(texts)
    }
}
