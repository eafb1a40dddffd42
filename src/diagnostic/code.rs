//! The stable codes: one entry each, with its severity; the words of `roadbook explain CODE` are in `explanations/`, one file a code.

use super::Severity::{self, Error, Note, Warning};

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
    kind: Kind,
    /// One line: what it means.
    summary: &'static str,
    /// Why it matters and how to fix it, in Markdown.
    explanation: &'static str,
}

#[derive(PartialEq, Eq)]
enum Kind {
    /// A file, or the configuration, does not say what its author meant.
    Mistake,
    /// Every file reads as it was meant, and together they contradict each other.
    Disagreement,
}

macro_rules! codes {
    ($($constant:ident = $name:literal, $kind:ident, $severity:ident, $strict:ident, $summary:literal;)*) => {
        impl Code {
            $(#[doc = $summary] pub const $constant: Code = Code($name);)*
        }
        /// Every code, in alphabetical order of the names.
        pub const CODES: &[Code] = &[$(Code::$constant),*];
        const ENTRIES: &[Entry] = &[$(Entry {
            code: Code::$constant,
            severity: $severity,
            strict: $strict,
            kind: Kind::$kind,
            summary: $summary,
            explanation: include_str!(concat!("explanations/", $name, ".md")),
        }),*];
    };
}

codes! {
    ALIAS_COLLISION = "alias-collision", Mistake, Warning, Error, "an alias that is already an id or another file's alias";
    ALL_PARTS_DONE = "all-parts-done", Disagreement, Note, Note, "an open item whose parts are all done";
    AMBIGUOUS_REFERENCE = "ambiguous-reference", Mistake, Warning, Error, "a reference that fits more than one thing";
    BROKEN_ANCHOR = "broken-anchor", Mistake, Warning, Warning, "a link to a heading that the page does not have";
    DEPENDENCY_CYCLE = "dependency-cycle", Mistake, Error, Error, "items that wait for each other";
    DONE_BEFORE_DEPENDENCY = "done-before-dependency", Disagreement, Warning, Error, "a done item that depends on an open one";
    DONE_BEFORE_PARTS = "done-before-parts", Disagreement, Warning, Warning, "a done item with open parts";
    DROPPED_DEPENDENCY = "dropped-dependency", Disagreement, Warning, Error, "an item that depends on a dropped one";
    DUPLICATE_FIELD = "duplicate-field", Mistake, Warning, Error, "a front-matter field that is given twice";
    DUPLICATE_ID = "duplicate-id", Mistake, Error, Error, "two files with the same id";
    EXCESS_CELLS = "excess-cells", Mistake, Warning, Warning, "a row of a table with more cells than the table has columns";
    EMPTY_FILE = "empty-file", Mistake, Warning, Warning, "a file of the plan with nothing in it";
    HORIZON_INVERSION = "horizon-inversion", Disagreement, Warning, Warning, "an item planned before something it depends on";
    INTERNAL_REFERENCE = "internal-reference", Mistake, Error, Error, "a public file that names something internal";
    INVALID_CONFIGURATION = "invalid-configuration", Mistake, Error, Error, "a configuration that cannot be read, or in which something does nothing";
    INVALID_TEMPLATE = "invalid-template", Mistake, Error, Error, "a template that cannot be read or rendered";
    INVALID_TOML = "invalid-toml", Mistake, Warning, Error, "front matter between `+++` that is not valid TOML";
    INVALID_UTF8 = "invalid-utf8", Mistake, Warning, Error, "a file that is not UTF-8 text";
    INVALID_VISIBILITY = "invalid-visibility", Mistake, Error, Error, "a visibility that cannot be read, so the file counts as internal";
    INVALID_YAML = "invalid-yaml", Mistake, Warning, Error, "front matter that is not valid YAML and was read line by line";
    INVESTMENT_DRIFT = "investment-drift", Disagreement, Warning, Warning, "a theme whose share of the effort is far from its investment";
    INVESTMENT_SUM = "investment-sum", Disagreement, Warning, Warning, "investments that do not add up to 100 %";
    ITEM_WITHOUT_THEME = "item-without-theme", Disagreement, Note, Note, "an open item that serves no theme";
    LATE_FRONT_MATTER = "late-front-matter", Mistake, Warning, Error, "front matter that does not begin its file, or a second one";
    MERGE_CONFLICT = "merge-conflict", Mistake, Error, Error, "a merge conflict that nobody resolved";
    MISSING_FILE = "missing-file", Mistake, Warning, Warning, "a link or image whose file does not exist";
    MISSING_STATUS = "missing-status", Mistake, Warning, Error, "items without a status that is read";
    MISSPELLED_FIELD = "misspelled-field", Mistake, Warning, Warning, "a field whose name is close to one that Roadbook knows";
    NEAR_MISS_VALUE = "near-miss-value", Disagreement, Note, Note, "a word that looks like another one that is used more often";
    OUTCOME_WITHOUT_ITEMS = "outcome-without-items", Disagreement, Warning, Warning, "an outcome that no item works towards";
    OUTCOME_WITHOUT_METRIC = "outcome-without-metric", Disagreement, Note, Note, "an outcome that nothing can measure";
    OUT_OF_SCALE = "out-of-scale", Mistake, Warning, Warning, "a number outside the scale of the framework that scores by it";
    OVER_CAPACITY = "over-capacity", Disagreement, Warning, Warning, "a first horizon that holds more work than the team can do";
    OUTSIDE_LINK = "outside-link", Mistake, Warning, Error, "a symbolic link that leads out of the project, and is not followed";
    OVERDUE_ITEM = "overdue-item", Disagreement, Warning, Warning, "an open item whose date has passed";
    PARENT_CYCLE = "parent-cycle", Mistake, Error, Error, "items that are each other's parents";
    READY_WITHOUT_CRITERIA = "ready-without-criteria", Disagreement, Note, Note, "a ready item without acceptance criteria";
    STALE_ITEM = "stale-item", Disagreement, Note, Note, "an active or next item that nobody has touched for long";
    SYMLINK_LOOP = "symlink-loop", Mistake, Warning, Warning, "a symbolic link that leads back to a folder above it";
    TARGET_BEFORE_DEPENDENCY = "target-before-dependency", Disagreement, Warning, Warning, "an item that is to be done before something it depends on";
    THEME_WITHOUT_READY_WORK = "theme-without-ready-work", Disagreement, Note, Note, "an active theme in which nothing can be started";
    THEME_WITHOUT_WORK = "theme-without-work", Disagreement, Warning, Warning, "a theme without open work";
    TOO_MANY_PAGES = "too-many-pages", Mistake, Warning, Warning, "more tags, owners or aliases in one file than have pages";
    UNCOPIED_FILE = "uncopied-file", Mistake, Warning, Warning, "a static file, or one that a page names, that is not copied to the site";
    UNDECIDED_VISIBILITY = "undecided-visibility", Mistake, Error, Error, "a field of another tool that may keep a file from the public";
    UNDEFINED_LABEL = "undefined-label", Mistake, Warning, Warning, "a link or a footnote whose label nothing defines";
    UNKNOWN_DEPENDENCY = "unknown-dependency", Mistake, Warning, Error, "a dependency that matches no item";
    UNKNOWN_INTERNAL = "unknown-internal", Mistake, Error, Error, "something that `internal` names and the project does not have";
    UNKNOWN_PRIORITY = "unknown-priority", Mistake, Warning, Error, "a priority without a weight, in a plan that is scored by priorities";
    UNKNOWN_REFERENCE = "unknown-reference", Mistake, Warning, Warning, "a reference that matches nothing in the plan";
    UNKNOWN_STATUS = "unknown-status", Mistake, Warning, Error, "a status that has no state mapping";
    UNMATCHED_PATTERN = "unmatched-pattern", Mistake, Warning, Warning, "a pattern of the configuration that matches nothing";
    UNNAMED_LINK = "unnamed-link", Mistake, Warning, Warning, "a link without words";
    UNQUOTED_HASH = "unquoted-hash", Mistake, Warning, Error, "a `#` in a value that YAML would take for a comment";
    UNREADABLE_DATE = "unreadable-date", Mistake, Warning, Error, "a date that is none";
    UNREADABLE_FILE = "unreadable-file", Mistake, Error, Error, "a file or folder of the plan that the disk does not give, or that is too large";
    UNREADABLE_NUMBER = "unreadable-number", Mistake, Warning, Error, "a number that is none, or out of its range";
    UNREAD_CONFIGURATION = "unread-configuration", Mistake, Warning, Warning, "a file that looks like a second configuration and is not read";
    UNREAD_FILE = "unread-file", Mistake, Warning, Warning, "Markdown in a folder of the plan that no collection reads";
    UNSAFE_LINK = "unsafe-link", Mistake, Warning, Warning, "a link whose scheme is not on the allow-list";
    UNSUPPORTED_HTML = "unsupported-html", Mistake, Note, Note, "a tag of HTML that is shown as text";
    UNSUPPORTED_YAML = "unsupported-yaml", Mistake, Warning, Error, "YAML that front matter may not use";
    UNUSED_FOOTNOTE = "unused-footnote", Mistake, Warning, Warning, "a footnote that nothing refers to";
    UNTERMINATED_FRONT_MATTER = "unterminated-front-matter", Mistake, Warning, Error, "front matter without its closing line";
    WRONG_KIND = "wrong-kind", Mistake, Warning, Error, "a reference to the wrong kind of thing";
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

    /// Why it matters and how to fix it, in Markdown.
    pub fn explanation(self) -> &'static str {
        self.entry().explanation
    }

    /// Whether it says that strategy and backlog contradict each other, and not that a file is wrong.
    pub fn is_disagreement(self) -> bool {
        self.entry().kind == Kind::Disagreement
    }

    /// Whether it keeps a site for everybody from being published, so that nothing internal gets out by a mistake. No configuration makes it
    /// less than an error.
    pub fn is_guard(self) -> bool {
        [
            Code::INTERNAL_REFERENCE,
            Code::INVALID_CONFIGURATION,
            Code::INVALID_VISIBILITY,
            Code::UNDECIDED_VISIBILITY,
            Code::UNKNOWN_INTERNAL,
        ]
        .contains(&self)
    }

    /// Whether it depends on what day it is, and not on the plan alone.
    pub fn is_of_the_day(self) -> bool {
        [Code::OVERDUE_ITEM, Code::STALE_ITEM].contains(&self)
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
