//! A word that looks like another one that is used more often: a slip, or two spellings of one thing.
//!
//! Two words are the same where they differ in case, spaces and signs only. One is a slip of the other where one part of it differs
//! by one letter in a way that fingers do ([`is_slip`]), and it is used once, or ten times more rarely. Parts with digits never
//! count as slips: `v1` and `v2`, `2026-Q1` and `2026-Q2` are meant.
//!
//! Words that may be slips are found by what is left of them without one letter (the deletion neighbourhood of Garbe's SymSpell), so
//! that ten thousand different words are not compared in pairs.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use super::{LintContext, count};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::id::{IdVec, ItemId};
use crate::name;
use crate::plan::{Item, Plan};
use crate::text::Fnv;

/// A field of words: its name, what one of its values is called, and the values of an item.
type Field = (&'static str, &'static str, fn(&Item, &mut dyn FnMut(&str)));

const FIELDS: &[Field] = &[
    ("horizon", "horizon", |item, take| item.horizon.iter().for_each(|horizon| take(&horizon.name.value))),
    ("milestone", "milestone", |item, take| take(&item.milestone)),
    ("owner", "owner", |item, take| item.owners.iter().for_each(|owner| take(owner))),
    ("tags", "tag", |item, take| item.tags.iter().for_each(|tag| take(tag))),
    ("team", "team", |item, take| take(&item.team)),
    ("type", "type", |item, take| take(&item.item_type)),
];
/// Where there are no theme files, the items' own words are all there is.
const THEME: Field = ("theme", "theme", |item, take| item.themes.iter().for_each(|theme| take(&theme.value)));

/// A word that is used more than once is rare beside one that is used so many times as often.
const OFTEN: usize = 10;
/// Words that a bucket is searched for; more are near each other only where somebody made them so.
const MAX_OF_A_BUCKET: usize = 64;

/// A word with the one that it looks like.
#[derive(Debug)]
pub(in crate::resolve) struct NearMiss {
    field: &'static str,
    noun: &'static str,
    word: String,
    /// The first item that has it.
    item: ItemId,
    like: String,
    /// How many items have that one; none where only the configuration has it.
    used: usize,
}

/// What was found, with what it was found in. Remembered, since most edits change no words.
#[derive(Debug)]
pub(in crate::resolve) struct Seen {
    items: IdVec<ItemId, Arc<Item>>,
    config: Arc<Config>,
    has_themes: bool,
    found: Vec<NearMiss>,
}

impl Seen {
    fn is_of(&self, plan: &Plan, config: &Arc<Config>) -> bool {
        Arc::ptr_eq(&self.config, config)
            && self.has_themes != plan.themes.is_empty()
            && self.items.len() == plan.items.len()
            && self.items.iter().zip(&plan.items).all(|(a, b)| Arc::ptr_eq(a, b) || has_same_words(a, b))
    }
}

fn has_same_words(a: &Item, b: &Item) -> bool {
    let words = |item: &Item| {
        let mut words = Vec::new();
        for (field, _, values) in FIELDS.iter().chain([&THEME]) {
            values(item, &mut |value| words.push((*field, value.to_owned())));
        }
        words
    };
    words(a) == words(b)
}

/// Looks for words that look like others. Needs nothing that is resolved.
pub(in crate::resolve) fn near_misses(plan: &Plan, config: &Arc<Config>, memory: &mut Option<Seen>) {
    if let Some(seen) = memory.as_mut().filter(|seen| seen.is_of(plan, config)) {
        let changed = seen.items.iter_mut().zip(&plan.items).filter(|(old, new)| !Arc::ptr_eq(old, new));
        changed.for_each(|(old, new)| *old = Arc::clone(new));
        return;
    }
    let theme = plan.themes.is_empty().then_some(THEME);
    let mut fields: Vec<(Field, Words)> =
        FIELDS.iter().copied().chain(theme).map(|field| (field, Words::default())).collect();
    for (index, item) in plan.items.enumerate() {
        for ((_, _, values), words) in &mut fields {
            values(item, &mut |value| words.add(value, index));
        }
    }
    let mut found = Vec::new();
    for ((field, noun, _), mut words) in fields {
        let configured: &[String] = if field == "horizon" { &config.horizons } else { &[] };
        for (word, other) in words.pairs(configured) {
            let (word, other) = (&words.all[word], &words.all[other]);
            // Pages show a type with a capital in any case.
            if field == "type" && word.text.to_lowercase() == other.text.to_lowercase() {
                continue;
            }
            let (Some(item), used) = (word.first, other.count) else { continue };
            found.push(NearMiss { field, noun, word: word.text.clone(), item, like: other.text.clone(), used });
        }
    }
    let (items, has_themes) = (plan.items.clone(), !plan.themes.is_empty());
    *memory = Some(Seen { items, config: Arc::clone(config), has_themes, found });
}

pub(super) fn lint(context: &LintContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    for NearMiss { field, noun, word, item, like, used } in context.words.iter().flat_map(|seen| &seen.found) {
        let message = match used {
            0 => format!("the {noun} `{word}` looks like the configured `{like}`"),
            _ => format!("the {noun} `{word}` looks like `{like}`, which stands in {}", count(*used, "item")),
        };
        let location = context.types().location_of_value(&context.item(*item).entry, field, word);
        diagnostics.push(
            Diagnostic::new(Code::NEAR_MISS_VALUE, location, message).help(format!("write `{like}` if it is the same")),
        );
    }
}

/// The different values of a field, in the order in which the plan has them.
#[derive(Default)]
struct Words {
    all: Vec<Word>,
    known: HashMap<String, usize>,
}

struct Word {
    text: String,
    /// In how many items it stands.
    count: usize,
    /// The first of them; none where only the configuration has it.
    first: Option<ItemId>,
    /// The last of them: one that names it twice is one.
    last: Option<ItemId>,
}

/// Words that are the same but for case, spaces and signs: the one that stands for them, and how many items have any of them.
struct Head {
    parts: Parts,
    word: usize,
    uses: usize,
    is_configured: bool,
}

impl Head {
    fn is_rare_beside(&self, other: &Head) -> bool {
        let often = if self.uses == 1 { 2 } else { self.uses * OFTEN };
        (other.uses >= often || other.is_configured) && differ_by_a_slip(&self.parts, &other.parts)
    }
}

/// What the same words have in common: parts of letters or digits, in lower case.
type Parts = Vec<Vec<char>>;

impl Words {
    fn add(&mut self, value: &str, item: ItemId) {
        if value.is_empty() {
            return;
        }
        if let Some(&known) = self.known.get(value) {
            let word = &mut self.all[known];
            word.count += usize::from(word.last != Some(item));
            word.last = Some(item);
            return;
        }
        self.known.insert(value.to_owned(), self.all.len());
        self.all.push(Word { text: value.to_owned(), count: 1, first: Some(item), last: Some(item) });
    }

    /// Words with the one that each looks like. `configured` words are as good as any that is used often.
    fn pairs(&mut self, configured: &[String]) -> Vec<(usize, usize)> {
        if self.all.is_empty() {
            return Vec::new();
        }
        for word in configured.iter().filter(|word| !self.known.contains_key(*word)) {
            self.all.push(Word { text: word.clone(), count: 0, first: None, last: None });
        }
        let mut pairs = Vec::new();
        let mut heads = Vec::new();
        for (parts, same) in self.same() {
            let is_configured = |index: usize| configured.contains(&self.all[index].text);
            let weight = |&index: &usize| (is_configured(index), self.all[index].count, Reverse(&self.all[index].text));
            let Some(word) = same.iter().copied().max_by(|a, b| weight(a).cmp(&weight(b))) else { continue };
            pairs.extend(
                same.iter().filter(|&&index| index != word && self.all[index].count > 0).map(|&index| (index, word)),
            );
            let uses = same.iter().map(|&index| self.all[index].count).sum();
            heads.push(Head { parts, word, uses, is_configured: is_configured(word) });
        }
        let mut near: HashMap<u64, Vec<&Head>> = HashMap::new();
        for head in heads.iter().filter(|head| head.uses > 1 || head.is_configured) {
            neighbours(&head.parts, |key| near.entry(key).or_default().push(head));
        }
        let most = heads.iter().map(|head| head.uses).max().unwrap_or(0);
        let may_be_rare = |head: &&Head| {
            let is_rare = head.uses == 1 || head.uses * OFTEN <= most || !configured.is_empty();
            is_rare && head.uses > 0 && !head.is_configured
        };
        for head in heads.iter().filter(may_be_rare) {
            let mut best: Option<&Head> = None;
            neighbours(&head.parts, |key| {
                let found = near.get(&key).into_iter().flatten().take(MAX_OF_A_BUCKET);
                for other in found.filter(|other| head.is_rare_beside(other)) {
                    let weight = |head: &Head| (head.uses, Reverse(head.word));
                    if best.is_none_or(|best| weight(other) > weight(best)) {
                        best = Some(other);
                    }
                }
            });
            pairs.extend(best.map(|other| (head.word, other.word)));
        }
        pairs
    }

    /// Words that are the same but for case, spaces and signs.
    fn same(&self) -> Vec<(Parts, Vec<usize>)> {
        let mut keyed: Vec<(String, Parts, usize)> = Vec::with_capacity(self.all.len());
        for (index, word) in self.all.iter().enumerate() {
            let parts = parts(&name::spoken(&word.text));
            // `v1.1` and `v11` are two versions; `front-end` and `frontend` are one thing.
            let between = if word.text.chars().any(char::is_numeric) { " " } else { "" };
            let joined: Vec<String> = parts.iter().map(|part| part.iter().collect()).collect();
            keyed.push((joined.join(between), parts, index));
        }
        keyed.sort();
        let mut same: Vec<(Parts, Vec<usize>)> = Vec::new();
        let mut last = None;
        for (key, parts, index) in keyed {
            // Signs alone are told apart by nothing here.
            match same.last_mut().filter(|_| last.as_ref() == Some(&key) && !key.is_empty()) {
                Some((_, same)) => same.push(index),
                None => same.push((parts, vec![index])),
            }
            last = Some(key);
        }
        same
    }
}

fn parts(text: &str) -> Parts {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| word.chars().flat_map(char::to_lowercase).collect()).collect()
}

/// Whether a part of a word can be a slip of another: letters of a script with two cases, and more than a few.
fn can_slip(part: &[char]) -> bool {
    part.len() >= 4 && part.iter().all(|c| c.is_lowercase())
}

/// A key for the word itself and for each way to leave out one letter of a part of it, by part.
fn neighbours(parts: &Parts, mut take: impl FnMut(u64)) {
    for (index, part) in parts.iter().enumerate().filter(|(_, part)| can_slip(part)) {
        for left_out in 0..=part.len() {
            let mut hash = Fnv::new(index as u64);
            for (other, letters) in parts.iter().enumerate() {
                for (location, letter) in letters.iter().enumerate() {
                    if other != index || location != left_out {
                        hash.add(u32::from(*letter));
                    }
                }
                hash.add(0);
            }
            // Two equal letters side by side leave the same behind.
            if left_out == 0 || part.get(left_out) != part.get(left_out - 1) {
                take(hash.value());
            }
        }
    }
}

/// Whether all parts are equal but one, which is a slip.
fn differ_by_a_slip(one: &Parts, other: &Parts) -> bool {
    let mut different = one.iter().zip(other).filter(|(a, b)| a != b);
    let (Some((a, b)), None) = (different.next(), different.next()) else { return false };
    one.len() == other.len() && can_slip(a) && can_slip(b) && is_slip(a, b)
}

/// Whether fingers make one of these words of the other. The first letter is never missed, and a short word is easily another one
/// that is meant: so in words of less than eight letters no letter stands for another, and none of the ends is missing but an `s`.
fn is_slip(a: &[char], b: &[char]) -> bool {
    const LONG: usize = 8;
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    if same == 0 {
        return false;
    }
    match long.len() - short.len() {
        0 => {
            let (one, other) = (&short[same..], &long[same..]);
            let is_swapped =
                one.len() > 1 && long.len() >= 5 && one[0] == other[1] && one[1] == other[0] && one[2..] == other[2..];
            // The last letter of a name tells people apart: Christina, Christine.
            let is_another = one.len() > 1 && one[1..] == other[1..] && long.len() >= LONG;
            is_swapped || is_another
        }
        1 => {
            let Some((letter, rest)) = long[same..].split_first() else { return false };
            let is_doubled = long[same - 1] == *letter;
            let is_last = rest.is_empty();
            *rest == short[same..]
                && if is_last { is_doubled || *letter == 's' } else { is_doubled || short.len() >= 5 }
        }
        _ => false,
    }
}
