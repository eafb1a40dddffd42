//! The names of what is internal: which text is one of them, and which has one in it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::config::{self, Config, Image};
use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic};
use crate::name::slug;
use crate::plan::{Entry, Plan};
use crate::source::Source;

use super::paths::{file_stem, joined};
use super::target::Target;

/// The ids, aliases, titles and file names of what is internal, as slugs: however they are spelled. A single common word is none, and neither
/// is what something public is called as well.
pub(super) struct InternalNames {
    names: BTreeMap<String, Target>,
}

/// The shortest slug that is a name and not a word of any text, such as `v2`.
const MIN_LENGTH: usize = 4;

impl InternalNames {
    pub(super) fn new<'a>(entries: impl Iterator<Item = (Target, &'a Entry, bool)>) -> InternalNames {
        let (mut names, mut public) = (BTreeMap::new(), BTreeSet::new());
        // What the product is called is no secret.
        for (target, entry, is_internal) in entries.filter(|(target, ..)| *target != Target::Vision) {
            let aliases = entry.aliases.iter().map(|alias| alias.value.as_str());
            let all = [entry.id.as_str(), entry.title.as_str(), file_stem(entry.path())].into_iter().chain(aliases);
            if is_internal {
                for name in all.filter_map(name) {
                    names.entry(name).or_insert(target);
                }
            } else {
                // An alias of its own that is an internal id gives that away.
                public.extend([&entry.id, &entry.title].into_iter().filter_map(|text| name(text)));
            }
        }
        names.retain(|name, _| !public.contains(name));
        InternalNames { names }
    }

    /// What a text as a whole is the name of.
    pub(super) fn is(&self, text: &str) -> Option<Target> {
        if self.names.is_empty() {
            return None;
        }
        self.names.get(&name(text)?).copied()
    }

    /// What a text has the name of, as whole words.
    pub(super) fn is_in(&self, text: &str) -> Option<Target> {
        let text = format!("-{}-", spelled(text));
        self.names.iter().find(|(name, _)| text.contains(&format!("-{name}-"))).map(|(_, target)| *target)
    }

    /// Where the configuration, in what it shows on every page, names a path below an internal folder or has one of these names. `source` is
    /// the configuration.
    pub(super) fn in_configuration(&self, plan: &Plan, config: &Config, source: &Arc<Source>) -> Vec<Diagnostic> {
        let image = config.image.as_ref().map(|image| match image {
            Image::File { address, .. } => address,
            Image::Elsewhere(address) => address,
        });
        let shown = [&config.title, &config.description].into_iter().flatten().chain(image).chain(&config.horizons);
        let is_internal = |word: &&str| {
            let path = joined("", word.trim_matches(|c: char| !c.is_alphanumeric()));
            config.internal.holds(&path) || config.internal.holds(&format!("static/{path}"))
        };
        let named = |text: &String| {
            let entry = self.is_in(text).and_then(|target| target.entry(plan));
            let what = entry.map(|entry| entry.id.as_str()).or_else(|| text.split_whitespace().find(is_internal))?;
            let message = format!("the configuration names `{what}`, which is internal");
            let diagnostic = Diagnostic::new(Code::INTERNAL_REFERENCE, config::location_of(source, text), message);
            Some(diagnostic.label("everybody can read this").help("call it something else, or make the other public"))
        };
        shown.chain(config.weights.iter().map(|weight| &weight.name)).filter_map(named).collect()
    }
}

/// A text as a slug in which every word is apart from the others.
fn spelled(text: &str) -> String {
    slug(text).replace(['_', '.'], "-")
}

/// The slug of a text that can be a name: it has several words or a number in it, and is no day and no number.
fn name(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['#', '@', '[', ']', '"', '\'', '`']);
    // No name is as long as a paragraph.
    if text.len() > 200 || Date::parse(text).is_some() {
        return None;
    }
    let name = spelled(text);
    let has_letter = name.contains(char::is_alphabetic);
    let is_made = name.contains('-') || name.contains(|c: char| c.is_ascii_digit());
    (name.chars().count() >= MIN_LENGTH && has_letter && is_made).then_some(name)
}
