//! Who may see a file, by what it says itself. Fails closed: what was said and cannot be read, or stands where it does not belong, counts
//! as internal, and words by which other tools keep something from the public are not passed over.

use super::Visibility;
use super::outside::{HEAD_LINES, lines};
use super::values::Reader;
use crate::config::{Audience, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::nearest::{is_near, plain};
use crate::parse::{Document, Field, Node, Value};
use crate::source::Span;

/// Fields of other tools that mean "not for everybody" where they are set.
const FLAGS: &[&str] = &[
    "confidential",
    "donotpublish",
    "draft",
    "embargo",
    "eleventyexcludefromcollections",
    "embargoed",
    "exclude",
    "hidden",
    "hide",
    "ignore",
    "indraft",
    "internal",
    "internalonly",
    "isdraft",
    "ishidden",
    "isinternal",
    "isprivate",
    "membersonly",
    "navexclude",
    "nda",
    "noindex",
    "notpublic",
    "password",
    "private",
    "protected",
    "restricted",
    "secret",
    "sensitive",
    "staffonly",
    "teamonly",
    "unlisted",
    "unpublished",
];
/// Those that mean it where they are not set.
const OPPOSITE_FLAGS: &[&str] = &[
    "dgpublish",
    "ispublic",
    "ispublished",
    "isvisible",
    "listed",
    "obsidianpublish",
    "public",
    "publish",
    "published",
    "visible",
];
/// Fields whose value may be one of `CLOSED_WORDS`.
const ACCESS_FIELDS: &[&str] = &[
    "access",
    "accesslevel",
    "acl",
    "audience",
    "audiences",
    "classification",
    "confidentiality",
    "permission",
    "permissions",
    "privacy",
    "restrictedto",
    "security",
    "sensitivity",
    "share",
    "sharedwith",
    "sharing",
    "tlp",
    "viewers",
    "visibleto",
];
const CLOSED_WORDS: &[&str] = &[
    "amber",
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
    "red",
    "restricted",
    "secret",
    "staff",
    "team",
    "unlisted",
];
/// Of these, those that are no step of work: as a status they say who may see a file.
const CLOSED_STATUSES: &[&str] = &["confidential", "hidden", "internal", "private", "secret", "unlisted"];

/// Whether a name is one by which somebody may say who may see a file.
pub(super) fn is_about_visibility(name: &str) -> bool {
    let plain = plain(name);
    [FLAGS, OPPOSITE_FLAGS, ACCESS_FIELDS].iter().any(|list| list.contains(&plain.as_str())) || is_near_visibility(name)
}

/// Whether a field of this name cannot itself be hidden: every page needs it, or it may say who may see the file.
pub(super) fn decides(name: &str) -> bool {
    ["id", "kind", "title"].contains(&plain(name).as_str()) || is_about_visibility(name)
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
    let mut twice = given_twice(reader);
    if let Some(span) = twice.find(|span| plain(reader.document.source.slice(*span)).starts_with("visibility")) {
        return wrong(span, "`visibility` is given twice".to_owned());
    }
    let fields = &reader.document.fields;
    let is_slip =
        |field: &&Field| reader.known_field(&field.name.value).is_none() && is_near_visibility(&field.name.value);
    if let Some(field) = fields.iter().find(is_slip) {
        return wrong(field.name.span, format!("`{}` looks like `visibility`", field.name.value));
    }
    if let Some((span, name)) = fields.iter().find_map(|field| nested(&field.value)) {
        return wrong(span, format!("`{name}` stands inside another field, where nobody reads it"));
    }
    let is_internal = words.iter().any(|value| read(value) == Some(Visibility::Internal));
    let visibility = if is_internal { Visibility::Internal } else { Visibility::Public };
    Declared { visibility: (!words.is_empty()).then_some(visibility), wrong: None }
}

/// The names of fields that stand in the file for a second time.
fn given_twice(reader: &Reader<'_>) -> impl Iterator<Item = Span> {
    let twice = reader.document.diagnostics.iter().filter(|diagnostic| diagnostic.code == Code::DUPLICATE_FIELD);
    twice.filter_map(|diagnostic| diagnostic.location.as_ref()).map(|location| location.span)
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

/// Where in a value, at any depth, something is called `visibility`, or nearly, and what: an entry of a map, or a line of a text that reads
/// like one.
fn nested(value: &Value) -> Option<(Span, &str)> {
    let entry = value.entries().into_iter().find(|entry| is_near_visibility(&entry.name.value));
    let declares = |(text, _): &(&str, Span)| lines(text).any(declares_visibility);
    let text = || value.texts().into_iter().find(declares).map(|(_, span)| (span, "visibility"));
    entry.map(|entry| (entry.name.span, entry.name.value.as_str())).or_else(text)
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

/// The flag of a file, at any depth: one that the configuration takes for internal before one that it says nothing of, and that before others.
fn flag<'a>(reader: &Reader<'a>, kind: Kind) -> Option<Flag<'a>> {
    let mut found = Vec::new();
    for field in &reader.document.fields {
        // A field that has a meaning for this kind of file is no flag.
        let is_known = reader.means(&field.name.value, kind);
        if !is_known || flags_of(reader).any(|(flag, _)| plain(flag) == plain(&field.name.value)) {
            let all = std::iter::once(field).chain(field.value.entries());
            found.extend(all.filter_map(|field| as_flag(reader, field)));
        } else if reader.known_field(&field.name.value) == Some("status") && is_closed_status(reader, &field.value) {
            found.push(Flag { field, means: None });
        }
    }
    found.into_iter().min_by_key(|flag| match flag.means {
        Some(Visibility::Internal) => 0,
        None => 1,
        Some(Visibility::Public) => 2,
    })
}

fn flags_of<'a>(reader: &Reader<'a>) -> impl Iterator<Item = (&'a String, Audience)> {
    reader.config.internal.flags.iter().map(|(flag, audience)| (flag, *audience))
}

/// A field as a flag, if it is one that is set.
fn as_flag<'a>(reader: &Reader<'a>, field: &'a Field) -> Option<Flag<'a>> {
    // `params.draft` is one field in some tools and a map in others.
    let name = plain(field.name.value.rsplit('.').next().unwrap_or_default());
    let configured = flags_of(reader).find(|(flag, _)| plain(flag) == name).map(|(_, audience)| audience);
    // Of a flag that is given twice nobody knows which was meant.
    let is_doubled = || {
        let is_name = |span| plain(reader.document.source.slice(span)) == name;
        is_about_visibility(&name) && given_twice(reader).any(is_name)
    };
    let means = configured.map(|audience| match audience {
        Audience::Public => Visibility::Public,
        Audience::Internal => Visibility::Internal,
    });
    let is_flag = is_set(&name, &field.value, configured.is_some()) || is_doubled();
    is_flag.then_some(Flag { field, means })
}

fn is_closed_status(reader: &Reader<'_>, value: &Value) -> bool {
    let word = plain(&value.flat());
    let states = reader.collection.states.keys().chain(reader.config.states.keys());
    CLOSED_STATUSES.contains(&word.as_str()) && !states.map(|state| plain(state)).any(|state| state == word)
}

/// Whether a field keeps a file from the public. What is neither yes nor no counts as yes.
fn is_set(name: &str, value: &Value, is_configured: bool) -> bool {
    const NO: [&str; 7] = ["", "0", "false", "n", "no", "off", "null"];
    let is_no = || match &value.node {
        Node::Scalar(text) => NO.contains(&text.trim().trim_matches('~').to_lowercase().as_str()),
        Node::List(list) => list.is_empty(),
        Node::Map(_) => false,
    };
    if OPPOSITE_FLAGS.contains(&name) {
        const YES: [&str; 5] = ["1", "on", "true", "y", "yes"];
        let text = value.flat().trim().to_lowercase();
        // The day on which something was published is a yes.
        return !YES.contains(&text.as_str()) && !text.starts_with(|c: char| c.is_ascii_digit() && c != '0');
    }
    if ACCESS_FIELDS.contains(&name) {
        let text = value.flat().to_lowercase();
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
        let is_closed = |word: &&str| CLOSED_WORDS.contains(word);
        // "not public" and "non-public" are two words.
        return words.iter().any(is_closed)
            || words.windows(2).any(|pair| ["non", "not"].contains(&pair[0]) && pair[1] == "public");
    }
    // `hide: [navigation, toc]` leaves parts of a page out, not the page.
    let is_of_parts = name == "hide" && matches!(value.node, Node::List(_));
    (FLAGS.contains(&name) && !is_of_parts || is_configured) && !is_no()
}

/// Whether a name is near enough to `visibility` to have been meant for it. Three slips away there are other words, such as `usability`.
pub(super) fn is_near_visibility(name: &str) -> bool {
    // A Turkish keyboard has an `i` without its dot.
    let name = &name.replace('ı', "i");
    name.split('.').any(|part| is_near(&plain(part), "visibility", 1))
        || is_near(&plain(name), "visibility", 2) && plain(name).len() <= 11
        || plain(name) == "visibilities"
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
    let (head, body) = text.split_at_checked(document.body.start as usize).unwrap_or(("", text));
    if head.is_empty() {
        !is_text(text) || looks_like_front_matter(text)
    } else {
        !is_text(head) || begins_again(document, body)
    }
}

/// Whether the body behind front matter begins with more of it: a fence too many, or a block of its own.
fn begins_again(document: &Document, body: &str) -> bool {
    document.fields.is_empty() && looks_like_front_matter(body) || declares(body)
}

/// Whether a text without front matter begins as if it had some: a fence of another tool or with a slip, JSON, or comments and then a fence;
/// or whether a line says who may see the file.
fn looks_like_front_matter(text: &str) -> bool {
    let is_comment = |line: &str| ["#", "//", "<!--", "%", ";"].iter().any(|sign| line.starts_with(sign));
    // A block of code is front matter at most where the file begins with it.
    let is_code_fence = |line: &str| {
        let line = line.to_lowercase();
        ["```yaml", "```yml", "```toml", "~~~yaml"].contains(&line.as_str())
            && text.trim_start().to_lowercase().starts_with(&line)
    };
    let is_fence = |line: &str| {
        let dashes = line.trim_start_matches(['-', '–', '—', '−', '+', '=', ';', '.', '_', '*', '﹣', '-']);
        let length = line.chars().count() - dashes.chars().count();
        let after = dashes.trim().to_lowercase();
        length >= 2 && ["", "yaml", "yml", "toml", "json", "meta", "metadata"].contains(&after.as_str())
            || is_code_fence(line)
    };
    let gives_a_field = |line: &str| {
        let name = line.split([':', '=']).next().filter(|name| name.len() < line.len());
        name.is_some_and(|name| !name.trim().is_empty() && name.split_whitespace().count() <= 3)
    };
    let is_invisible =
        |c: char| c.is_whitespace() || c.is_control() || ['\u{feff}', '\u{200b}', '\u{2060}'].contains(&c);
    let lines = || lines(text).map(|line| line.trim_matches(is_invisible));
    let mut filled = lines().filter(|line| !line.is_empty());
    let first = filled.next().unwrap_or_default();
    let is_json = first.strip_prefix('{').map(str::trim_start);
    let begins_with_json = is_json.is_some_and(|rest| {
        rest.starts_with('"') || rest.is_empty() && filled.next().is_some_and(|line| line.starts_with('"'))
    });
    // A field stands right below its fence: below a thematic break there is a blank line.
    let mut head = lines().skip_while(|line| line.is_empty() || is_comment(line) && !is_fence(line));
    let begins_with_fence = head.next().is_some_and(is_fence) && head.next().is_some_and(gives_a_field);
    begins_with_json || begins_with_fence || declares(text)
}

/// Whether one of the first lines, code aside, says that not everybody may see the file: `visibility: internal`, `draft = true`.
fn declares(text: &str) -> bool {
    let mut is_code = false;
    lines(text).take(HEAD_LINES).any(|line| {
        let line = line.trim();
        is_code ^= line.starts_with("```") || line.starts_with("~~~");
        !is_code && is_declaration(line)
    })
}

/// Whether a line reads like a field that is called `visibility`, or nearly, and closes the file.
fn declares_visibility(line: &str) -> bool {
    let name = line.split([':', '=']).next().unwrap_or_default();
    is_declaration(line) && is_near_visibility(name.trim_matches(|c: char| !c.is_alphanumeric()))
}

/// Whether a line is a name that is about visibility and one word that closes it, whatever signs of Markdown, YAML or JSON are about them, and
/// whatever a comment says behind them.
pub(super) fn is_declaration(line: &str) -> bool {
    let line =
        [" #", " //", "<!--", "{#"].iter().fold(line, |line, comment| line.split(comment).next().unwrap_or(line));
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
    let mut parts = bare.splitn(2, [':', '=', '|']);
    let (name, value) = (parts.next().unwrap_or_default(), plain(parts.next().unwrap_or_default()));
    let name = plain(name);
    let is_one = bare.split_whitespace().count() <= 4 && !value.is_empty();
    let is_yes = ["true", "yes", "on", "1"].contains(&value.as_str());
    let is_no = ["false", "no", "off", "0", "never"].contains(&value.as_str());
    let is_closed = CLOSED_WORDS.contains(&value.as_str());
    is_one
        && (is_near_visibility(&name) && is_closed
            || FLAGS.contains(&name.as_str()) && is_yes
            || OPPOSITE_FLAGS.contains(&name.as_str()) && is_no
            || ACCESS_FIELDS.contains(&name.as_str()) && is_closed)
}
