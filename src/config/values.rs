//! Values of the configuration that mean more than their type says: addresses, severities, states.

use std::collections::BTreeMap;

use super::SITE_ADDRESS_HELP;
use super::file::{Checked, SeverityName};
use crate::diagnostic::{Code, Severity};
use crate::state::{self, State};

impl Checked<'_> {
    /// Reports words of the map `name` that are one, case aside, and mean different things.
    pub(super) fn contradictions(
        &mut self,
        name: &str,
        file: &BTreeMap<String, String>,
        same: impl Fn(&str) -> String,
    ) {
        let mut seen: BTreeMap<String, (&str, &str)> = BTreeMap::new();
        for (word, meaning) in file {
            let (first, means) = *seen.entry(word.trim().to_lowercase()).or_insert((word, meaning));
            if same(means) != same(meaning) {
                let message = format!("`{name}` has one word twice, `{first}: {means}` and `{word}: {meaning}`");
                self.wrong(word, message, "keep one of the two: case does not tell words apart");
            }
        }
    }

    pub(super) fn severities(&mut self, file: BTreeMap<String, SeverityName>) -> BTreeMap<Code, Option<Severity>> {
        let mut severities = BTreeMap::new();
        for (name, severity) in file {
            let Some(code) = Code::named(&name) else {
                self.wrong(&name, format!("there is no diagnostic `{name}`"), "`roadbook explain` lists the codes");
                continue;
            };
            let severity = match severity {
                SeverityName::Error => Some(Severity::Error),
                SeverityName::Warning => Some(Severity::Warning),
                SeverityName::Note => Some(Severity::Note),
                SeverityName::Off => None,
            };
            if code.is_guard() && severity != Some(Severity::Error) {
                let help = "it says that something internal may get out; take the line away and do what it asks for";
                self.wrong(&name, format!("`{name}` is always an error"), help);
                continue;
            }
            severities.insert(code, severity);
        }
        severities
    }

    /// The tag of a language: browsers and screen readers take no other word.
    pub(super) fn language(&mut self, file: Option<String>) -> String {
        let Some(tag) = file else { return "en".to_owned() };
        let is_part =
            |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let first = tag.split('-').next().unwrap_or_default();
        // Private tags begin with `x`, old ones of special languages with `i`.
        let is_letters = first.bytes().all(|byte| byte.is_ascii_alphabetic());
        let is_language =
            is_letters && ((2..=3).contains(&first.len()) || ["x", "i"].contains(&first) && tag.len() > 2);
        if is_language && tag.split('-').all(is_part) {
            return tag;
        }
        self.wrong(&tag, format!("`{tag}` is not the tag of a language"), "write one such as `en`, `de` or `pt-BR`");
        "en".to_owned()
    }

    /// The horizons, nearest first: at least one, each once.
    pub(super) fn horizons(&mut self, file: Option<Vec<String>>) -> Vec<String> {
        let usual = || ["Now", "Next", "Later"].map(str::to_owned).to_vec();
        let Some(names) = file else { return usual() };
        let help = "name at least one, each once, such as `horizons: [Now, Next, Later]`, or take the key out";
        if names.is_empty() {
            self.wrong("horizons", "`horizons` names no horizon".to_owned(), help);
            return usual();
        }
        let folded: Vec<String> = names.iter().map(|name| name.trim().to_lowercase()).collect();
        for (index, name) in names.iter().enumerate() {
            if folded[index].is_empty() || folded[..index].contains(&folded[index]) {
                self.wrong(name, format!("`horizons` names `{name}` twice or without a name"), help);
            }
        }
        names
    }

    pub(super) fn site_address(&mut self, url: String) -> Option<String> {
        if super::is_site_address(&url) {
            return Some(url);
        }
        self.wrong(&url, format!("`{url}` is not the address of a site"), SITE_ADDRESS_HELP);
        None
    }

    pub(super) fn url(&mut self, url: String) -> Option<String> {
        if super::is_web_address(&url) {
            return Some(url);
        }
        self.wrong(&url, format!("`{url}` is not a web address"), "begin it with `https://`");
        None
    }

    /// What an item means that says no status: `default` where the file says so, else that it is planned where the files lie as Roadbook
    /// lays them out. Of other plans nobody knows.
    pub(super) fn silence(
        &mut self,
        default: Option<String>,
        states: &BTreeMap<String, State>,
        has_own_collections: bool,
    ) -> Option<State> {
        let Some(status) = default else { return (!has_own_collections).then_some(State::Planned) };
        let meant = state::state(&status, &[states]).or_else(|| State::named(&status));
        if meant.is_none() {
            let help = "write a status such as `planned`, or say in `states` what this one means";
            self.wrong(&status, format!("`default_status` is `{status}`, which has no state mapping"), help);
        }
        meant
    }
}
