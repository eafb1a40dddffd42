//! The stable codes: one entry each, with its severity; the words of `roadbook explain CODE` are in `explanations/`, one file a code.

use super::Severity::{self, Error, Warning};

/// The kind of a diagnostic. Compare with the associated constants: `diagnostic.code == Code::DUPLICATE_ID`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(&'static str);

/// What is known of a code.
struct Entry {
    code: Code,
    /// Without `--strict`.
    severity: Severity,
    /// With `--strict`.
    strict: Severity,
    /// One line: what it means.
    summary: &'static str,
    /// Why it matters and how to mend it, in Markdown.
    explanation: &'static str,
}

macro_rules! codes {
    ($($constant:ident = $name:literal, $severity:ident, $strict:ident, $summary:literal;)*) => {
        impl Code {
            $(#[doc = $summary] pub const $constant: Code = Code($name);)*
        }
        /// Every code, in alphabetical order of the names.
        pub const CODES: &[Code] = &[$(Code::$constant),*];
        const ENTRIES: &[Entry] = &[$(Entry {
            code: Code::$constant,
            severity: $severity,
            strict: $strict,
            summary: $summary,
            explanation: include_str!(concat!("explanations/", $name, ".md")),
        }),*];
    };
}

codes! {
    ALIAS_COLLISION = "alias-collision", Warning, Error, "an alias that is already an id or another file's alias";
    AMBIGUOUS_REFERENCE = "ambiguous-reference", Warning, Error, "a reference that fits more than one thing";
    BROKEN_ANCHOR = "broken-anchor", Warning, Warning, "a link to a heading that the page does not have";
    DEPENDENCY_CYCLE = "dependency-cycle", Error, Error, "items that wait for each other";
    DUPLICATE_FIELD = "duplicate-field", Warning, Error, "a front-matter field that is given twice";
    DUPLICATE_ID = "duplicate-id", Error, Error, "two files with the same id";
    EMPTY_FILE = "empty-file", Warning, Warning, "a file of the plan with nothing in it";
    HORIZON_INVERSION = "horizon-inversion", Warning, Warning, "an item planned before something it depends on";
    INVALID_CONFIGURATION = "invalid-configuration", Error, Error, "a configuration that cannot be read";
    INVALID_TEMPLATE = "invalid-template", Error, Error, "a template that cannot be read or rendered";
    INVALID_UTF8 = "invalid-utf8", Warning, Error, "a file that is not UTF-8 text";
    INVALID_VISIBILITY = "invalid-visibility", Error, Error, "a visibility that cannot be read, so the file counts as internal";
    INVALID_YAML = "invalid-yaml", Warning, Error, "front matter that is not valid YAML and was read line by line";
    MISSING_FILE = "missing-file", Warning, Warning, "a link or image whose file does not exist";
    MISSPELLED_FIELD = "misspelled-field", Warning, Warning, "a field whose name is close to one that Roadbook knows";
    PARENT_CYCLE = "parent-cycle", Error, Error, "items that are each other's parents";
    SYMLINK_LOOP = "symlink-loop", Warning, Warning, "a symbolic link that leads back to a folder above it";
    UNKNOWN_DEPENDENCY = "unknown-dependency", Warning, Error, "a dependency that no item answers to";
    UNKNOWN_REFERENCE = "unknown-reference", Warning, Warning, "a reference that nothing in the plan answers to";
    UNKNOWN_STATUS = "unknown-status", Warning, Error, "a status that is mapped to no state";
    UNREADABLE_DATE = "unreadable-date", Warning, Error, "a date that is none";
    UNREADABLE_NUMBER = "unreadable-number", Warning, Error, "a number that is none, or out of its range";
    UNSAFE_LINK = "unsafe-link", Warning, Warning, "a link whose scheme is not on the allow-list";
    UNSUPPORTED_YAML = "unsupported-yaml", Warning, Error, "YAML that front matter may not use";
    UNTERMINATED_FRONT_MATTER = "unterminated-front-matter", Warning, Error, "front matter without its closing line";
    WRONG_KIND = "wrong-kind", Warning, Error, "a reference to the wrong kind of thing";
}

impl Code {
    /// The code with this name.
    pub fn named(name: &str) -> Option<Code> {
        CODES.iter().copied().find(|code| code.0 == name)
    }

    /// Its name, as the author sees and configures it.
    pub fn name(self) -> &'static str {
        self.0
    }

    /// The severity without `--strict` and without a word in the configuration.
    pub fn severity(self) -> Severity {
        self.entry().severity
    }

    /// The severity under `--strict`.
    pub fn strict_severity(self) -> Severity {
        self.entry().strict
    }

    /// One line: what it means.
    pub fn summary(self) -> &'static str {
        self.entry().summary
    }

    /// Why it matters and how to mend it, in Markdown.
    pub fn explanation(self) -> &'static str {
        self.entry().explanation
    }

    fn entry(self) -> &'static Entry {
        // The constants are the only way to make a Code, and the macro lists each of them.
        ENTRIES.iter().find(|entry| entry.code == self).expect("every code has an entry")
    }
}

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}
