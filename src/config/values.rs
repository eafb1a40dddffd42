//! Values of the configuration that mean more than their type says: addresses and severities.

use std::collections::BTreeMap;

use super::file::{Checked, SeverityName};
use crate::diagnostic::{Code, Severity};

impl Checked<'_> {
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

    pub(super) fn site_address(&mut self, url: String) -> Option<String> {
        if super::is_site_address(&url) {
            return Some(url);
        }
        let help =
            "write where the site will be, such as `https://example.org/roadmap/`, without a query or a password";
        self.wrong(&url, format!("`{url}` is not the address of a site"), help);
        None
    }

    pub(super) fn url(&mut self, url: String) -> Option<String> {
        if super::is_web_address(&url) {
            return Some(url);
        }
        self.wrong(&url, format!("`{url}` is not a web address"), "begin it with `https://`");
        None
    }
}
