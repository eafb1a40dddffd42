//! YAML events become a tree in which every value knows its place.
//!
//! What front matter may not use (anchors, aliases, merge keys, tags, keys that are collections, too much of anything)
//! costs only the field that holds it: that field stays as the text the author wrote, and the rest is read.

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, StrInput, StructureStyle, options};

use super::super::{Field, Node, Value};
use super::hashes::Text;
use crate::source::{Span, Spanned};

/// Most names, scalars, lists and maps that one front matter is read for.
pub(super) const MAX_NODES: usize = 10_000;
/// Most lists and maps inside one another, the map of the fields counted.
pub(super) const MAX_DEPTH: usize = 32;

/// What a stretch of YAML holds.
pub(super) enum Root {
    /// Nothing, or comments alone.
    Empty,
    /// A map.
    Fields(Vec<Field>),
    /// A list or a scalar.
    Value(Value),
}

/// A stretch of YAML, read.
pub(super) struct Tree {
    pub(super) root: Root,
    /// What was refused, at most one a field.
    pub(super) refused: Vec<(Refusal, Span)>,
}

/// Why something that is YAML is not front matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    Anchor,
    Alias,
    Merge,
    Tag,
    Key,
    Depth,
    Nodes,
    Size,
    Documents,
    Directive,
}

/// Why a stretch cannot be read at all.
pub(super) enum YamlError {
    /// It is YAML that is refused.
    Refused(Refusal),
    /// It is not YAML.
    Invalid(ErrorKind),
    /// It is YAML, but not a field or a list entry.
    Shape,
}

/// A failure and the byte of the source it was noticed at.
pub(super) struct Broken {
    pub(super) failure: YamlError,
    pub(super) offset: usize,
}

/// Reads the bytes `start..end` of `text`; `nodes` counts on from earlier stretches of the same front matter.
pub(super) fn tree(whole: &Text<'_>, start: usize, end: usize, nodes: &mut usize) -> Result<Tree, Broken> {
    let text = whole.masked().get(start..end).unwrap_or_default();
    let options = options! {
        emit_comments: false,
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
        disallow_directives: true,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    };
    let mut reader = Reader {
        parser: Parser::new_from_str_with_options(text, options),
        whole,
        text,
        base: start,
        reach: 0,
        nodes: *nodes,
        refused: None,
        all: Vec::new(),
    };
    let root = reader.root()?;
    *nodes = reader.nodes;
    Ok(Tree { root, refused: reader.all })
}

struct Reader<'a> {
    parser: Parser<'a, StrInput<'a>>,
    /// The text that the stretch is part of.
    whole: &'a Text<'a>,
    /// The stretch; places inside it count from its start until they are put into a span.
    text: &'a str,
    base: usize,
    /// End of the last thing that was written, comments and blank lines not counted.
    reach: usize,
    nodes: usize,
    /// The first refused thing of the field at hand.
    refused: Option<(Refusal, Span)>,
    all: Vec<(Refusal, Span)>,
}

/// An event and its bytes in the stretch.
type Step<'a> = (Event<'a>, usize, usize);

impl<'a> Reader<'a> {
    fn root(&mut self) -> Result<Root, Broken> {
        let mut root = Root::Empty;
        let mut documents = 0;
        loop {
            let (event, start, end) = self.next()?;
            match event {
                Event::StreamEnd => return Ok(root),
                Event::StreamStart | Event::DocumentEnd => {}
                Event::DocumentStart(..) => {
                    documents += 1;
                    if documents > 1 {
                        let failure = YamlError::Refused(Refusal::Documents);
                        return Err(Broken { failure, offset: self.base + start });
                    }
                }
                Event::MappingStart(StructureStyle::Block, 0, None) => root = Root::Fields(self.fields()?),
                event => root = self.value_root((event, start, end))?,
            }
        }
    }

    /// The fields of the outermost map, each with its own refusals.
    fn fields(&mut self) -> Result<Vec<Field>, Broken> {
        let mut fields = Vec::with_capacity(16);
        loop {
            let step = self.next()?;
            if matches!(step.0, Event::MappingEnd) {
                return Ok(fields);
            }
            let before = self.nodes;
            let mut field = self.field(step, 1)?;
            if before <= MAX_NODES && self.nodes > MAX_NODES {
                self.refuse(Refusal::Nodes, field.name.span);
            }
            if self.refused.is_some() || self.nodes > MAX_NODES {
                field.value = self.raw(field.name.span);
            }
            self.all.extend(self.refused.take());
            fields.push(field);
        }
    }

    /// A root that is no block map. One in braces is a map all the same.
    fn value_root(&mut self, step: Step<'a>) -> Result<Root, Broken> {
        let value = self.value(step, 0)?;
        if self.nodes > MAX_NODES {
            self.refuse(Refusal::Nodes, value.span);
        }
        let whole = value.span;
        if let Some(refused) = self.refused.take() {
            self.all.push(refused);
            let span = self.span(whole.start as usize - self.base, self.reach);
            return Ok(Root::Value(Value { span, node: Node::Scalar(self.written(span)) }));
        }
        Ok(match value.node {
            Node::Map(fields) => Root::Fields(fields),
            Node::Scalar(text) if whole.start == whole.end && text.is_empty() => Root::Empty,
            node => Root::Value(Value { span: whole, node }),
        })
    }

    /// The value behind `name` as the author wrote it.
    fn raw(&self, name: Span) -> Value {
        let mut start = name.end as usize - self.base;
        let skip = |from: usize| {
            let rest = self.text.get(from..self.reach).unwrap_or_default();
            from + (rest.len() - rest.trim_start().len())
        };
        start = skip(start);
        if self.text[start..].starts_with(':') {
            start = skip(start + 1);
        }
        let written = self.text.get(start..self.reach).unwrap_or_default().trim_end();
        let span = self.span(start, start + written.len());
        Value { span, node: Node::Scalar(self.written(span)) }
    }

    /// What stands in a span, as its author wrote it.
    fn written(&self, span: Span) -> String {
        let text = self.whole.masked().get(span.range()).unwrap_or_default();
        self.whole.restored(text.to_owned(), span.range())
    }

    fn field(&mut self, key: Step<'a>, depth: usize) -> Result<Field, Broken> {
        let key = self.value(key, depth)?;
        let name = match key.node {
            Node::Scalar(text) => {
                let written = &self.text[key.span.start as usize - self.base..key.span.end as usize - self.base];
                if written == "<<" {
                    self.refuse(Refusal::Merge, key.span);
                } else if written.is_empty() {
                    self.refuse(Refusal::Key, key.span);
                }
                text
            }
            Node::List(_) | Node::Map(_) => {
                self.refuse(Refusal::Key, key.span);
                self.written(key.span)
            }
        };
        let step = self.next()?;
        let value = self.value(step, depth)?;
        Ok(Field { name: Spanned::new(name, key.span), value })
    }

    /// The value that begins with `step`, inside `depth` lists and maps.
    fn value(&mut self, (event, start, end): Step<'a>, depth: usize) -> Result<Value, Broken> {
        self.nodes += 1;
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let value = self.scalar(text.into_owned(), style, start, end);
                self.anchor(anchor)?;
                Ok(value)
            }
            Event::SequenceStart(style, anchor, _) => self.list((style, anchor), (start, end), depth + 1),
            Event::MappingStart(style, anchor, _) => self.map((style, anchor), (start, end), depth + 1),
            _ => {
                // An alias; nothing else stands where a value is due.
                self.refuse(Refusal::Alias, self.span(start, end));
                self.reach = self.reach.max(end);
                let span = self.span(start, end);
                Ok(Value { span, node: Node::Scalar(self.written(span)) })
            }
        }
    }

    fn list(&mut self, head: (StructureStyle, usize), offset: (usize, usize), depth: usize) -> Result<Value, Broken> {
        self.open(head, offset, depth)?;
        let mut items = Vec::new();
        loop {
            let step = self.next()?;
            if matches!(step.0, Event::SequenceEnd) {
                return Ok(Value { span: self.close(head.0, offset.0, step.2), node: Node::List(items) });
            }
            items.push(self.value(step, depth)?);
        }
    }

    fn map(&mut self, head: (StructureStyle, usize), offset: (usize, usize), depth: usize) -> Result<Value, Broken> {
        self.open(head, offset, depth)?;
        let mut fields = Vec::new();
        loop {
            let step = self.next()?;
            if matches!(step.0, Event::MappingEnd) {
                return Ok(Value { span: self.close(head.0, offset.0, step.2), node: Node::Map(fields) });
            }
            fields.push(self.field(step, depth)?);
        }
    }

    fn open(&mut self, head: (StructureStyle, usize), offset: (usize, usize), depth: usize) -> Result<(), Broken> {
        if depth > MAX_DEPTH {
            self.refuse(Refusal::Depth, self.span(offset.0, offset.1));
        }
        self.reach = self.reach.max(offset.1);
        self.anchor(head.1)
    }

    /// The span of a collection: to its bracket, or to the end of its last value where it has none.
    fn close(&mut self, style: StructureStyle, start: usize, end: usize) -> Span {
        if style == StructureStyle::Flow {
            self.reach = self.reach.max(end);
        }
        self.span(start, self.reach)
    }

    fn scalar(&mut self, text: String, style: ScalarStyle, start: usize, end: usize) -> Value {
        let (text, start, end) = match style {
            // An empty value comes as `~` without a width.
            ScalarStyle::Plain if start == end => {
                // The colon or the dash before it still belongs to the collection around it.
                self.reach = self.reach.max(start + usize::from(self.text[start..].starts_with(':')));
                (String::new(), start, end)
            }
            ScalarStyle::Literal | ScalarStyle::Folded => {
                let (start, end) = self.block(start, end);
                (text, start, end)
            }
            _ => (text, start, end),
        };
        self.reach = self.reach.max(end);
        let span = self.span(start, end);
        Value { span, node: Node::Scalar(self.whole.restored(text, span.range())) }
    }

    /// A block scalar's bytes from its `|` or `>`: the parser gives the content alone, with the indentation after it.
    fn block(&self, start: usize, end: usize) -> (usize, usize) {
        let mut from = self.reach;
        let text = self.text.as_bytes();
        let mut comment = false;
        while from < start {
            match text[from] {
                b'\n' => comment = false,
                b'#' if from > 0 && text[from - 1].is_ascii_whitespace() => comment = true,
                b'|' | b'>' if !comment => break,
                _ => {}
            }
            from += 1;
        }
        let head = self.text[from..].lines().next().unwrap_or_default();
        let keeps = head.split('#').next().is_some_and(|head| head.contains('+'));
        let content = &self.text[from..end.max(from)];
        // Spaces that end the last line are content; the lines below it are not, unless they are kept.
        let words = content.trim_end().len();
        let end_of_line = content[words..].find('\n').map_or(content.len(), |offset| words + offset);
        let content = if keeps { content.trim_end_matches(' ') } else { &content[..end_of_line] };
        (from, from + content.len().max(head.trim_end().len()))
    }

    /// Takes the event of an anchor, which follows its node.
    fn anchor(&mut self, id: usize) -> Result<(), Broken> {
        if id != 0 {
            let (_, start, end) = self.next()?;
            self.refuse(Refusal::Anchor, self.span(start, end));
            self.reach = self.reach.max(end);
        }
        Ok(())
    }

    fn refuse(&mut self, refusal: Refusal, span: Span) {
        self.refused.get_or_insert((refusal, span));
    }

    fn next(&mut self) -> Result<Step<'a>, Broken> {
        let (event, span) = match self.parser.next_event() {
            Some(Ok(next)) => next,
            Some(Err(error)) => return Err(self.broken(&error)),
            None => (Event::StreamEnd, granit_parser::Span::default()),
        };
        if let Some(tag) = span.tag_span().and_then(|tag| tag.byte_range()) {
            self.refuse(Refusal::Tag, self.span(tag.start, tag.end));
            self.reach = self.reach.max(tag.end);
        }
        let bytes = span.byte_range().unwrap_or_default();
        Ok((event, bytes.start, bytes.end))
    }

    fn broken(&self, error: &ScanError) -> Broken {
        let failure = match error.kind() {
            ErrorKind::RecursionLimitExceeded => YamlError::Refused(Refusal::Depth),
            ErrorKind::DirectiveDisallowed => YamlError::Refused(Refusal::Directive),
            kind => YamlError::Invalid(kind.clone()),
        };
        Broken { failure, offset: self.base + error.marker().byte_offset().unwrap_or_default().min(self.text.len()) }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.base + start, self.base + end)
    }
}
