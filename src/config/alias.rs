//! Rules that turn one spelling of an id into another.

use std::fmt;

use regex::Regex;

use crate::text::yaml;

/// A rule that turns one spelling of an id into another.
#[derive(Clone, Debug)]
pub struct Alias {
    pub(super) pattern: Regex,
    pub(super) to: String,
}

impl Alias {
    /// The rule that puts `to` in place of `before` and takes `after` away, in any case of letters; zeros behind `before` as well, where
    /// `zeros` go. None where the text is too long for one.
    pub fn of_affixes(before: &str, zeros: bool, after: &str, to: &str) -> Option<Alias> {
        let zeros = if zeros { "0*" } else { "" };
        let pattern = format!("(?i)^{}{zeros}(.+){}$", escaped(before), escaped(after));
        let pattern = Regex::new(&pattern).ok()?;
        Some(Alias { pattern, to: format!("{}$1", to.replace('$', "$$")) })
    }

    /// The id that `text` means by this rule; none where the rule does not apply.
    pub fn apply(&self, text: &str) -> Option<String> {
        let captures = self.pattern.captures(text)?;
        let mut id = String::new();
        captures.expand(&self.to, &mut id);
        Some(id)
    }

    /// What it matches, as its author wrote it.
    pub fn pattern(&self) -> &str {
        self.pattern.as_str()
    }
}

/// A text as a pattern that matches it.
fn escaped(text: &str) -> String {
    // A dash has a meaning between brackets alone.
    regex::escape(text).replace("\\-", "-")
}

/// As an entry of `aliases` in the configuration.
impl fmt::Display for Alias {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{{match: {}, to: {}}}", yaml(self.pattern()), yaml(&self.to))
    }
}
