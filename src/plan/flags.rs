//! Words of other tools that keep something from the public: which there are, and which of them a file has.

use super::Visibility;
use super::audience::{given_twice, is_near_visibility};
use super::closed_words::{
    ACCESS_FIELDS, CLOSED_ANYWHERE, CLOSED_IF_YES, CLOSED_IN_NAMES, CLOSED_WORDS, FLAGS, LEFT_OUT_OF, NO,
    OPEN_IN_NAMES, OPPOSITE_FLAGS, PUBLICATION_DATES, ROBOTS, SHOWN_UNLESS_NO, YES,
};
use super::declared::VisibilityNames;
use super::fields;
use super::values::{Reader, before_hash, flat_word};
use crate::config::{Audience, Kind};
use crate::name::narrow;
use crate::nearest::plain;
use crate::parse::{Field, Node, Value};
use crate::source::Span;

/// Whether a name is one by which somebody may say who may see a file.
pub(super) fn is_about_visibility(name: &str) -> bool {
    let plain = plain(name);
    [FLAGS, OPPOSITE_FLAGS, ACCESS_FIELDS].iter().any(|list| list.contains(&plain.as_str())) || is_near_visibility(name)
}

/// A field of another tool that keeps a file from the public.
pub(super) struct Flag<'a> {
    pub(super) field: &'a Field,
    /// What the configuration says that it means.
    pub(super) means: Option<Visibility>,
}

impl Flag<'_> {
    pub(super) fn span(&self) -> Span {
        Span::new(self.field.name.span.start as usize, self.field.value.span.end.max(self.field.name.span.end) as usize)
    }
}

/// The flag of a file, at any depth: one that the configuration takes for internal before one that it says nothing of, and that before others.
pub(super) fn flag<'a>(reader: &Reader<'a>, kind: Kind) -> Option<Flag<'a>> {
    let is_left_out =
        |entry: &&Field| ["disable", "disabled"].contains(&plain(&entry.name.value).as_str()) && is_yes(&entry.value);
    let mut found = Vec::new();
    for field in &reader.whole.fields {
        let name = &field.name.value;
        let (known, plain) = (reader.known_field(name), plain(name));
        // A field that has a meaning for this kind of file is no flag.
        let is_own = known.is_some_and(|known| fields::has(kind, known)) && configured(reader, name).is_none();
        // What stands in its value by a name is one all the same, and so is a word for nobody where people are named.
        let is_closed_to = ACCESS_FIELDS.contains(&plain.as_str()) && is_closed(&field.value);
        let entries = field.value.entries();
        let all = std::iter::once(field).filter(|_| !is_own || is_closed_to).chain(entries.iter().copied());
        found.extend(all.filter_map(|field| as_flag(reader, field, known.is_some())));
        if LEFT_OUT_OF.contains(&plain.as_str()) && entries.iter().any(is_left_out) {
            found.push(Flag { field, means: configured(reader, name) });
        }
        let is_word = known.is_some_and(|known| ["kind", "status", "type"].contains(&known));
        if is_word && is_closed_status(reader, &field.value) {
            found.push(Flag { field, means: configured(reader, name) });
        }
    }
    found.into_iter().min_by_key(|flag| match flag.means {
        Some(Visibility::Internal) => 0,
        None => 1,
        Some(Visibility::Public) => 2,
    })
}

/// What the configuration says that a field means.
fn configured(reader: &Reader<'_>, name: &str) -> Option<Visibility> {
    let flags = &reader.config.internal.flags;
    let found = flags.iter().find(|(flag, _)| plain(flag) == plain(name));
    found.map(|(_, audience)| match audience {
        Audience::Public => Visibility::Public,
        Audience::Internal => Visibility::Internal,
    })
}

/// A field as a flag, if it is one that is set; `is_known` where the field that it stands in means something for some kind of file.
fn as_flag<'a>(reader: &Reader<'a>, field: &'a Field, is_known: bool) -> Option<Flag<'a>> {
    // `params.draft` is one field in some tools and a map in others.
    let written = field.name.value.rsplit('.').next().unwrap_or_default();
    let name = plain(written);
    let means = configured(reader, &name).or_else(|| configured(reader, &field.name.value));
    // Of a flag that is given twice nobody knows which was meant.
    let is_doubled = || {
        let is_name = |span| plain(reader.document.source.slice(span)) == name;
        is_about_visibility(&name) && given_twice(reader).any(is_name)
    };
    // A name in a map of its own, `{title: Deal, private}`, has no colon behind it.
    let is_alone = || {
        let behind = &reader.whole.source.text[field.name.span.end as usize..];
        FLAGS.contains(&name.as_str()) && !behind.trim_start_matches(['"', '\'', ' ']).starts_with([':', '='])
    };
    let is_flag = is_set(&name, &field.value, means.is_some())
        || !is_known && (is_named_closed(written, &field.value) || is_closed(&field.value))
        || is_doubled()
        || is_alone();
    is_flag.then_some(Flag { field, means })
}

/// Whether a value is a plain yes.
pub(super) fn is_yes(value: &Value) -> bool {
    YES.contains(&narrow(value.flat().trim()).to_lowercase().as_str())
}

fn is_closed_status(reader: &Reader<'_>, value: &Value) -> bool {
    let is_state = || {
        let word = plain(&flat_word(value));
        let mut states = reader.collection.states.keys().chain(reader.config.states.keys());
        states.any(|state| plain(state) == word)
    };
    is_closed(value) && !is_state()
}

/// Whether a value, or an entry of its list, says as a whole that not everybody may see the file.
fn is_closed(value: &Value) -> bool {
    match &value.node {
        Node::Scalar(text) => has_closed(text),
        Node::List(list) => list.iter().any(|value| matches!(&value.node, Node::Scalar(text) if has_closed(text))),
        // Its entries are looked at by themselves.
        Node::Map(_) => false,
    }
}

/// Whether a field of the author's own is called what closes a file and says yes, or the opposite and says no.
fn is_named_closed(name: &str, value: &Value) -> bool {
    let has = |list: &[&str]| words(name).iter().any(|word| list.contains(&word.as_str()));
    let is = |list: &[&str]| list.contains(&narrow(flat_word(value).trim()).to_lowercase().as_str());
    // Hardly a field is a plain yes or no: the words of its name are looked at last.
    is(YES) && has(CLOSED_IN_NAMES) || is(NO) && has(OPEN_IN_NAMES)
}

/// Whether a field keeps a file from the public. What is neither yes nor no counts as yes.
fn is_set(name: &str, value: &Value, is_configured: bool) -> bool {
    const ALL: [&[&str]; 7] =
        [ACCESS_FIELDS, CLOSED_IF_YES, FLAGS, OPPOSITE_FLAGS, PUBLICATION_DATES, ROBOTS, SHOWN_UNLESS_NO];
    if !is_configured && !ALL.iter().any(|list| list.contains(&name)) {
        return false;
    }
    let text = narrow(flat_word(value).trim()).to_lowercase();
    let is_empty = ["", "null", "~"].contains(&text.as_str());
    let is_no = || match &value.node {
        Node::Scalar(_) => is_empty || NO.contains(&text.as_str()) && text != "never",
        Node::List(list) => list.is_empty(),
        Node::Map(_) => false,
    };
    if OPPOSITE_FLAGS.contains(&name) {
        // The day on which something was published is a yes.
        return !YES.contains(&text.as_str()) && !text.starts_with(|c: char| c.is_ascii_digit() && c != '0');
    }
    if ACCESS_FIELDS.contains(&name) {
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
        let is_closed = |word: &&str| CLOSED_WORDS.contains(word);
        let is_shared_not = ["share", "sharing"].contains(&name) && NO.contains(&text.as_str());
        return is_shared_not
            || words.iter().any(is_closed)
            || closes(&text)
            || value.texts().iter().any(|(text, _)| closes(text));
    }
    if ROBOTS.contains(&name) {
        return text.split(|c: char| !c.is_alphanumeric()).any(|word| ["noindex", "none"].contains(&word));
    }
    let is_asked = || YES.contains(&text.as_str()) || text == "required";
    if CLOSED_IF_YES.contains(&name) && is_asked() {
        return true;
    }
    if SHOWN_UNLESS_NO.contains(&name) && NO.contains(&text.as_str()) {
        return true;
    }
    // `hide: [navigation, toc]` leaves parts of a page out, not the page.
    let is_of_parts = name == "hide" && matches!(value.node, Node::List(_));
    let is_named = FLAGS.contains(&name) && !is_of_parts || PUBLICATION_DATES.contains(&name);
    let is_open = || {
        (!is_named || is_configured) && ["all", "anyone", "everybody", "everyone", "public"].contains(&text.as_str())
    };
    (is_named || is_configured) && !is_no() && !is_open()
}

/// Whether a text says, as a whole, that not everybody may see something: `internal`, `Internal use only`, `not public`, `TLP:RED`.
pub(super) fn closes(text: &str) -> bool {
    const FILLERS: &[&str] = &[
        "a", "access", "be", "company", "do", "document", "eyes", "file", "for", "highly", "is", "only", "our", "page",
        "strictly", "the", "this", "to", "top", "use", "very", "yet",
    ];
    const PEOPLE: &[&str] = &["employee", "member", "members", "team", "us"];
    const NOT: &[&str] = &["never", "no", "non", "not"];
    const EVERYBODY: &[&str] =
        &["distribution", "everybody", "everyone", "public", "publication", "publish", "published", "release", "share"];
    let text = &*narrow(before_hash(text));
    // No such text is longer.
    if text.len() > 80 {
        return false;
    }
    let all = words(unmarked(text));
    let has_only = all.iter().any(|word| word == "only" || word.ends_with("only"));
    let bare = |word: &String| word.strip_suffix("only").filter(|rest| !rest.is_empty()).unwrap_or(word).to_owned();
    let rest: Vec<String> = all.iter().map(bare).filter(|word| !FILLERS.contains(&word.as_str())).collect();
    let is_closed = |word: &str| CLOSED_ANYWHERE.contains(&word) || has_only && PEOPLE.contains(&word);
    match rest.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => false,
        [not, word] if NOT.contains(not) => EVERYBODY.contains(word),
        ["tlp", colour] => ["amber", "red"].contains(colour),
        words => words.iter().all(|word| is_closed(word)),
    }
}

/// Whether a text, or one of the parts between its commas, closes a file as a whole.
pub(super) fn has_closed(text: &str) -> bool {
    text.split([',', ';']).any(closes)
}

/// Whether a text is a plain yes or no.
pub(super) fn is_yes_or_no(text: &str) -> bool {
    [YES, NO].iter().any(|list| list.contains(&plain(text).as_str()))
}

/// Whether a name and what stands behind it in a line of a text, or beside it in a table, say that not everybody may see the file.
pub(super) fn declares(names: &VisibilityNames, name: &str, value: &str) -> bool {
    let is_near = names.is_near(name);
    let name = plain(name);
    // Every line of a plan is looked at, and few have such a name: what stands behind it is read last.
    let is = |list: &[&str]| list.contains(&plain(unmarked(value)).as_str());
    let is_closed = || {
        // Behind the word there may be a remark.
        let end = |c: char| "(,;.–—<#".contains(c);
        let word = value.split(end).next().unwrap_or_default().split(" - ").next().unwrap_or_default();
        closes(word) || has_closed(value)
    };
    is_near && (is_closed() || is(CLOSED_WORDS) || is_open_in_part(value))
        || FLAGS.contains(&name.as_str()) && is(YES)
        || OPPOSITE_FLAGS.contains(&name.as_str()) && is(NO)
        || ACCESS_FIELDS.contains(&name.as_str()) && (is(CLOSED_WORDS) || is_closed())
        || ["state", "status"].contains(&name.as_str()) && is_closed()
        || ROBOTS.contains(&name.as_str()) && plain(unmarked(value)).contains("noindex")
}

/// Whether a short value begins with the word for everybody and says more, or is in doubt: `public, but not yet`, `public?`, and `~~public~~
/// internal`.
fn is_open_in_part(value: &str) -> bool {
    const MOST: usize = 6;
    let words = words(value);
    let is_open =
        words.first().is_some_and(|word| ["everybody", "everyone", "open", "public"].contains(&word.as_str()));
    is_open && words.len() <= MOST && (words.len() > 1 || value.contains('?'))
}

/// A value of YAML without the anchor or the tag before it: `&a internal`, `!!str internal`.
fn unmarked(text: &str) -> &str {
    let text = text.trim();
    if !text.starts_with(['&', '!']) {
        return text;
    }
    text.split_once(char::is_whitespace).map_or("", |(_, value)| value)
}

/// The words of a name or a short text in lower case, those of `camelCase` too, without what nobody sees.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = None;
    for c in text.chars().filter(|c| !"\u{ad}\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}".contains(*c)) {
        let begins =
            before.is_none_or(|before: char| !before.is_alphanumeric() || before.is_lowercase() && c.is_uppercase());
        if c.is_alphanumeric() {
            if begins {
                words.push(String::new());
            }
            words.last_mut().into_iter().for_each(|word| word.extend(c.to_lowercase()));
        }
        before = Some(c);
    }
    words
}
