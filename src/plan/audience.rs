//! Who may see a file, by what it says itself. Fails closed: what was said and cannot be read, or stands where it does not belong, counts
//! as internal, and words by which other tools keep something from the public are not passed over.

use super::Visibility;
use super::values::Reader;
use crate::config::{Audience, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::nearest::is_near;
use crate::parse::{Document, Field, Node, Value};
use crate::source::Span;

/// Fields of other tools that mean "not for everybody" where they are set.
const FLAGS: &[&str] = &[
    "confidential",
    "donotpublish",
    "draft",
    "hidden",
    "hide",
    "internal",
    "internalonly",
    "isdraft",
    "ishidden",
    "isinternal",
    "isprivate",
    "nda",
    "noindex",
    "notpublic",
    "private",
    "restricted",
    "secret",
    "teamonly",
    "unlisted",
    "unpublished",
];
/// Those that mean it where they are not set.
const OPPOSITE_FLAGS: &[&str] = &["ispublic", "ispublished", "listed", "public", "publish", "published"];
/// Fields whose value may be one of `CLOSED_WORDS`.
const ACCESS_FIELDS: &[&str] = &[
    "access",
    "accesslevel",
    "audience",
    "audiences",
    "classification",
    "confidentiality",
    "distribution",
    "privacy",
    "publicity",
    "readers",
    "scope",
    "security",
    "sensitivity",
    "share",
    "sharedwith",
    "sharing",
    "viewers",
    "visibleto",
    "who",
];
const CLOSED_WORDS: &[&str] = &[
    "closed",
    "confidential",
    "draft",
    "employees",
    "hidden",
    "internal",
    "members",
    "nda",
    "none",
    "nonpublic",
    "private",
    "restricted",
    "secret",
    "staff",
    "team",
    "unlisted",
];

/// Whether a name is one by which somebody says who may see a file. No such field can itself be hidden.
pub(super) fn decides(name: &str) -> bool {
    let plain = plain(name);
    let lists = [FLAGS, OPPOSITE_FLAGS, &["access", "audience", "visibility", "id", "kind", "title"]];
    lists.iter().any(|list| list.contains(&plain.as_str()))
}

/// Who may see a thing, and whether its file says so in a way that can be read.
pub(super) fn visibility(reader: &mut Reader<'_>, kind: Kind) -> (Visibility, bool) {
    let said = declared(reader);
    if let Some((span, message)) = said.wrong {
        report(reader, span, message);
        return (Visibility::Internal, false);
    }
    let is_held = reader.config.internal.holds(&reader.document.source.path);
    let flag = if said.visibility.is_some() { None } else { flag(reader, kind) };
    let of_flag = flag.as_ref().and_then(|flag| flag.means);
    if let (Some(flag), None) = (&flag, of_flag) {
        let word = &flag.field.name.value;
        let message = format!("`{word}` may mean that not everybody may see this");
        let help = format!(
            "say in roadbook.yml what it means, `internal: {{flags: {{{word}: internal}}}}` or `public`, or write `visibility:` into the file"
        );
        let diagnostic = Diagnostic::new(Code::UNDECIDED_VISIBILITY, reader.location(flag.span()), message)
            .label("nothing is published for everybody until this is clear")
            .help(help);
        reader.report(diagnostic);
    }
    let is_internal = is_held || said.visibility.or(of_flag) == Some(Visibility::Internal);
    (if is_internal { Visibility::Internal } else { Visibility::Public }, said.visibility.or(of_flag).is_some())
}

/// What the fields that are called `visibility` say.
struct Declared {
    visibility: Option<Visibility>,
    /// Where it cannot be read, and why.
    wrong: Option<(Span, String)>,
}

fn declared(reader: &Reader<'_>) -> Declared {
    let words = reader.all("visibility");
    let wrong = |span, message: String| Declared { visibility: None, wrong: Some((span, message)) };
    if let Some(value) = words.iter().find(|value| read(value).is_none()) {
        return wrong(value.span, "`visibility` is neither `public` nor `internal`".to_owned());
    }
    let twice = reader.document.diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::DUPLICATE_FIELD);
    let mut twice = twice.filter_map(|diagnostic| diagnostic.location.as_ref()).map(|location| location.span);
    if let Some(span) = twice.find(|span| plain(reader.document.source.slice(*span)).starts_with("visibility")) {
        return wrong(span, "`visibility` is given twice".to_owned());
    }
    let fields = &reader.document.fields;
    let is_slip =
        |field: &&Field| reader.known_field(&field.name.value).is_none() && is_near_visibility(&field.name.value);
    if let Some(field) = fields.iter().find(is_slip) {
        return wrong(field.name.span, format!("`{}` looks like `visibility`", field.name.value));
    }
    if let Some(field) = fields.iter().find_map(|field| nested(&field.value)) {
        return wrong(
            field.name.span,
            format!("`{}` stands inside another field, where nobody reads it", field.name.value),
        );
    }
    let is_internal = words.iter().any(|value| read(value) == Some(Visibility::Internal));
    let visibility = if is_internal { Visibility::Internal } else { Visibility::Public };
    Declared { visibility: (!words.is_empty()).then_some(visibility), wrong: None }
}

fn read(value: &Value) -> Option<Visibility> {
    match &value.node {
        Node::Scalar(text) => match text.trim().to_lowercase().as_str() {
            "public" => Some(Visibility::Public),
            "internal" => Some(Visibility::Internal),
            _ => None,
        },
        Node::List(_) | Node::Map(_) => None,
    }
}

/// An entry at any depth of a value that is called `visibility`, or nearly.
fn nested(value: &Value) -> Option<&Field> {
    match &value.node {
        Node::Scalar(_) => None,
        Node::List(list) => list.iter().find_map(nested),
        Node::Map(entries) => entries
            .iter()
            .find_map(|entry| if is_near_visibility(&entry.name.value) { Some(entry) } else { nested(&entry.value) }),
    }
}

fn report(reader: &mut Reader<'_>, span: Span, message: String) {
    let diagnostic = Diagnostic::new(Code::INVALID_VISIBILITY, reader.location(span), message)
        .label("counts as internal")
        .help("write `visibility: internal` or `visibility: public` as a field of its own");
    reader.report(diagnostic);
}

/// A field of another tool that keeps a file from the public.
struct Flag<'a> {
    field: &'a Field,
    /// What the configuration says that it means.
    means: Option<Visibility>,
}

impl Flag<'_> {
    fn span(&self) -> Span {
        Span::new(self.field.name.span.start as usize, self.field.value.span.end.max(self.field.name.span.end) as usize)
    }
}

/// The flag of a file: one that the configuration takes for internal before one that it says nothing of, and that before others.
fn flag<'a>(reader: &Reader<'a>, kind: Kind) -> Option<Flag<'a>> {
    let flags = &reader.config.internal.flags;
    let of = |field: &'a Field| {
        let name = plain(&field.name.value);
        let configured = flags.iter().find(|(flag, _)| plain(flag) == name).map(|(_, audience)| *audience);
        // A field that has a meaning for this kind of file is no flag.
        if configured.is_none() && reader.means(&field.name.value, kind)
            || !is_set(&name, &field.value, configured.is_some())
        {
            return None;
        }
        let means = configured.map(|audience| match audience {
            Audience::Public => Visibility::Public,
            Audience::Internal => Visibility::Internal,
        });
        Some(Flag { field, means })
    };
    reader.document.fields.iter().filter_map(of).min_by_key(|flag| match flag.means {
        Some(Visibility::Internal) => 0,
        None => 1,
        Some(Visibility::Public) => 2,
    })
}

/// Whether a field keeps a file from the public. What is neither yes nor no counts as yes.
fn is_set(name: &str, value: &Value, is_configured: bool) -> bool {
    const NO: [&str; 7] = ["", "0", "false", "n", "no", "off", "null"];
    let words =
        || value.flat().to_lowercase().split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect::<Vec<_>>();
    let is_no = || match &value.node {
        Node::Scalar(text) => NO.contains(&text.trim().trim_matches('~').to_lowercase().as_str()),
        Node::List(list) => list.is_empty(),
        Node::Map(_) => false,
    };
    if OPPOSITE_FLAGS.contains(&name) {
        return is_no() && !value.flat().is_empty();
    }
    if ACCESS_FIELDS.contains(&name) {
        let words = words();
        let is_closed = |word: &String| CLOSED_WORDS.contains(&word.as_str());
        // "not public" and "non-public" are two words.
        return words.iter().any(is_closed)
            || words.windows(2).any(|pair| ["non", "not"].contains(&pair[0].as_str()) && pair[1] == "public");
    }
    (FLAGS.contains(&name) || is_configured) && !is_no()
}

/// Whether a name is near enough to `visibility` to have been meant for it. Three slips away there are other words, such as `usability`.
pub(super) fn is_near_visibility(name: &str) -> bool {
    let plain = plain(name);
    is_near(&plain, "visibility", 2) || plain.starts_with("visib")
}

fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether nobody can be sure what a file says of who may see it: its front matter cannot be read as it stands, or it is not recognised as
/// front matter and looks as if it was meant to be.
pub fn is_unclear(document: &Document) -> bool {
    const BROKEN: [Code; 3] = [Code::INVALID_YAML, Code::UNSUPPORTED_YAML, Code::UNTERMINATED_FRONT_MATTER];
    let text = &document.source.text;
    // What is not a text was read with a sign in its place; a text of another encoding may have NULs instead.
    let is_text = |text: &str| !text.contains(['\u{fffd}', '\0']);
    if document.diagnostics.iter().any(|diagnostic| BROKEN.contains(&diagnostic.code)) {
        return true;
    }
    match document.body.start {
        0 => !is_text(text) || looks_like_front_matter(text),
        body => !is_text(text.get(..body as usize).unwrap_or_default()),
    }
}

/// Whether a text without front matter begins as if it had some: a fence of another tool or with a slip, JSON, or comments and then a fence;
/// or whether a line gives a field that is nearly called `visibility`.
fn looks_like_front_matter(text: &str) -> bool {
    let is_comment = |line: &str| ["#", "//", "<!--", "%", ";"].iter().any(|sign| line.starts_with(sign));
    let is_fence = |line: &str| {
        let dashes = line.trim_start_matches(['-', '–', '—', '−', '+', '=', '~', '`', ';', '.', '_', '*', '﹣', '-']);
        let length = line.chars().count() - dashes.chars().count();
        let after = dashes.trim().to_lowercase();
        length >= 2 && ["", "yaml", "yml", "toml", "json", "meta", "metadata"].contains(&after.as_str())
    };
    let gives_a_field = |line: &str| {
        let name = line.split([':', '=']).next().filter(|name| name.len() < line.len());
        name.is_some_and(|name| !name.trim().is_empty() && name.split_whitespace().count() <= 3)
    };
    let is_invisible =
        |c: char| c.is_whitespace() || c.is_control() || ['\u{feff}', '\u{200b}', '\u{2060}'].contains(&c);
    let mut lines = text.lines().map(|line| line.trim_matches(is_invisible)).filter(|line| !line.is_empty()).peekable();
    let first = lines.peek().copied().unwrap_or_default();
    let begins_with_json = first.starts_with('{') && !first.starts_with("{{") && !first.starts_with("{%");
    let mut head = lines.skip_while(|line| is_comment(line) && !is_fence(line));
    let begins_with_fence = head.next().is_some_and(is_fence) && head.next().is_some_and(gives_a_field);
    let is_declared = |line: &str| {
        let name = line.trim_matches(|c: char| !c.is_alphanumeric()).split([':', '=']).next().unwrap_or_default();
        name.len() < line.trim_end().len() && name.split_whitespace().count() == 1 && is_near_visibility(name.trim())
    };
    begins_with_json || begins_with_fence || text.lines().take(HEAD_LINES).any(is_declared)
}

/// Where front matter would be.
const HEAD_LINES: usize = 40;
