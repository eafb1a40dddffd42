//! The stable codes: one entry each, with the severity and the words of `roadbook explain CODE`.

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
    ($($(#[doc = $doc:literal])* $constant:ident = $name:literal, $severity:ident, $strict:ident, $summary:literal, $explanation:literal;)*) => {
        impl Code {
            $(#[doc = $summary] pub const $constant: Code = Code($name);)*
        }
        /// Every code, in alphabetical order of the names.
        pub const CODES: &[Code] = &[$(Code::$constant),*];
        const ENTRIES: &[Entry] = &[$(Entry { code: Code::$constant, severity: $severity, strict: $strict, summary: $summary, explanation: $explanation }),*];
    };
}

codes! {
    ALIAS_COLLISION = "alias-collision", Warning, Error, "an alias that is already an id or another file's alias",
        r"An alias keeps an old id alive, so that links people have saved still lead somewhere. If it is also
the id of another file, or an alias of two files, no reader can know which one was meant, and the id
of a living file always wins. Take the alias out of one of the two files, or choose another.

```yaml
# bad: items/search.md exists, and items/search-v2.md says
aliases: [search]
# good: an id that nothing else has
aliases: [find-by-name]
```
";
    AMBIGUOUS_REFERENCE = "ambiguous-reference", Warning, Error, "a reference that fits more than one thing",
        r"A reference may be an id, an alias, a number or a file name. This one fits several things equally
well, and a guess would draw a wrong arrow without anyone noticing. Write the full id, or the path
of the file.

```yaml
# bad: both RB-7 and TEP-0007 exist
depends_on: [7]
# good
depends_on: [RB-7]
```
";
    BROKEN_ANCHOR = "broken-anchor", Warning, Warning, "a link to a heading that the page does not have",
        r#"The page exists, but it has no heading with this anchor, so the link opens at the top and the reader
searches by eye. Anchors come from the words of a heading, in lower case and with hyphens; they
change when somebody rewords it. Copy the heading's words again, or link to the page alone.

```markdown
<!-- bad: the heading is now "What value means here" -->
See [value](how-we-prioritise.md#what-value-means).
<!-- good -->
See [value](how-we-prioritise.md#what-value-means-here).
```
"#;
    DEPENDENCY_CYCLE = "dependency-cycle", Error, Error, "items that wait for each other",
        r"Each of these items waits for the next, and the last waits for the first: none can ever be ready,
and no order is right. Usually one of the arrows is not a need but a wish, or one item hides two.
Make the wish a `relates`, or split the item so that its first part stands alone.

```yaml
# bad: sso.md says depends_on: [accounts], and accounts.md says
depends_on: [sso]
# good: accounts.md
relates: [sso]
```
";
    DUPLICATE_FIELD = "duplicate-field", Warning, Error, "a front-matter field that is given twice",
        r"The same name stands twice in this front matter. The first one counts, and the other looks as if it
did. Keep one; if both values are meant, make a list.

```yaml
# bad
depends_on: [accounts]
depends_on: [billing]
# good
depends_on: [accounts, billing]
```
";
    DUPLICATE_ID = "duplicate-id", Error, Error, "two files with the same id",
        r"Two files claim the same id. Both keep a page, but a reference can reach only one of them, and links
may lead to the other tomorrow when a file is renamed. Often one is a copy of the other, or two
branches took the next number at the same time. Give one of them another id, and delete the copy if
it is one.

```yaml
# bad: in both items/search.md and items/old/search.md
id: search
# good: in items/old/search.md
id: search-2024
```
";
    EMPTY_FILE = "empty-file", Warning, Warning, "a file of the plan with nothing in it",
        r"The file holds nothing, so its page shows nothing but a name made from the file's name. Perhaps it
was never saved, or a merge emptied it. Write at least a title, or delete the file.

```markdown
# Search by name
```
";
    HORIZON_INVERSION = "horizon-inversion", Warning, Warning, "an item planned before something it depends on",
        r"This item is intended earlier than something it depends on. Strategy and backlog disagree: either
the dependency must come forward, or this item must wait, or a smaller piece of the dependency would
be enough. Decide which, and say it in the plan. Where the disagreement is known and wanted for now,
set the code to `note` in the configuration.

```yaml
# bad: ward-directory.md has horizon: Later
horizon: Now
depends_on: [ward-directory]
# good: depend on the small part that is really needed, and do it now
horizon: Now
depends_on: [ward-names]
```
";
    INVALID_CONFIGURATION = "invalid-configuration", Error, Error, "a configuration that cannot be read",
        r"A line of `roadbook.yml` cannot be read, has a key that Roadbook does not know, or a value that does
not fit its key. What the line was to change stays at its default, so the site may differ from what
you meant. The message names the key and what it takes.

```yaml
# bad
scoring: value/effort
# good
scoring: value-effort
```
";
    INVALID_TEMPLATE = "invalid-template", Error, Error, "a template that cannot be read or rendered",
        r"A template in `templates/` cannot be read, or fails when a page is made with it. Pages that need it
cannot be published. The message gives the line and, where a name is unknown, the names that exist.
To get back to the built-in look at once, rename the file: only files with a template's exact name
replace it.

```jinja
{# bad #}
{{ item.titel }}
{# good #}
{{ item.title }}
```
";
    INVALID_UTF8 = "invalid-utf8", Warning, Error, "a file that is not UTF-8 text",
        r#"The file is in another encoding than UTF-8, or is not text at all. What can be read is shown with �
in place of the rest, so names and words may be damaged. Save the file as UTF-8 in your editor, or
convert it:

```sh
# bad: file says "ISO-8859 text"
file items/cafe.md
# good
iconv -f ISO-8859-1 -t UTF-8 items/cafe.md > new.md && mv new.md items/cafe.md
```
"#;
    INVALID_VISIBILITY = "invalid-visibility", Error, Error, "a visibility that cannot be read, so the file counts as internal",
        r"`visibility` takes `public` or `internal`. Anything else could mean either, and publishing by
mistake cannot be undone, so the file counts as internal until the word is mended. Correct the word;
if the file is meant for everyone, write `public`.

```yaml
# bad
visibility: intern
# good
visibility: internal
```
";
    INVALID_YAML = "invalid-yaml", Warning, Error, "front matter that is not valid YAML and was read line by line",
        r#"The front matter breaks a rule of YAML. It was read line by line instead, so most fields are
probably right, but nested values may be lost and other tools will refuse the file. Nearly always a
value needs quotes: one that begins with `@`, `*`, `&`, `!`, `%`, `[` or `{`, or that has a colon
and a space in it.

```yaml
# bad
owner: @platform
title: Search: find by name
# good
owner: "@platform"
title: "Search: find by name"
```
"#;
    MISSING_FILE = "missing-file", Warning, Warning, "a link or image whose file does not exist",
        r"The link or image points at a file that is not there, so readers get an error page or an empty
frame. Paths start from the folder of the file in which they stand, as on GitHub, and capital
letters count. Correct the path, add the file, or take the link out.

```markdown
<!-- bad: in plan/items/search.md -->
![The search box](static/search.svg)
<!-- good -->
![The search box](../../static/search.svg)
```
";
    MISSPELLED_FIELD = "misspelled-field", Warning, Warning, "a field whose name is close to one that Roadbook knows",
        r#"Roadbook knows no field of this name, but one that is very close. If it is a slip, the value is
shown under "More fields" and has no effect, and an effect that is missing is hard to see. Correct
the name. If the field is your own, begin its name with `x-` and it will never be questioned.

```yaml
# bad
depnds_on: [accounts]
# good
depends_on: [accounts]
# good, if it is a field of your own
x-depth: 3
```
"#;
    OUT_OF_SCALE = "out-of-scale", Warning, Warning, "a number outside the scale of the framework that scores by it",
        r"RICE, WSJF and ICE were published with scales, so that numbers of different people can be compared.
This one is on none of their steps. It counts as it is written, and may count for more or less than
was meant. Only open items and the framework in use are looked at.

```yaml
# bad, with scoring: rice
impact: 7
# good
impact: 2
```
";
    PARENT_CYCLE = "parent-cycle", Error, Error, "items that are each other's parents",
        r"Following `parent` from this item leads back to it, so there is no top, and effort and progress
cannot be added up. One of the links is the wrong way round: `parent` stands in the smaller item and
names the larger one.

```yaml
# bad: both files name each other; in accounts.md (the epic)
parent: sso
# good: only in sso.md
parent: accounts
```
";
    SYMLINK_LOOP = "symlink-loop", Warning, Warning, "a symbolic link that leads back to a folder above it",
        r"This symbolic link leads to a folder that contains it. Following it would never end, so it was left
out; files that can be reached only through it are not part of the plan. Remove the link, or point
it at a folder that does not contain it.

```sh
# bad: plan/items/all leads to plan
ln -s ../../plan plan/items/all
# good
ln -s ../../shared/items plan/items/shared
```
";
    UNKNOWN_DEPENDENCY = "unknown-dependency", Warning, Error, "a dependency that no item answers to",
        r"This item is said to depend on something, and nothing in the plan answers to that name. It counts as
blocked, since what is not there cannot be done. Perhaps the id has changed: then mend the
reference, or give the renamed file an alias. If the same prefix fails many times, one alias rule in
the configuration mends them all.

```yaml
# bad
depends_on: [serach]
# good
depends_on: [search]
# good, in the file that used to be called so
aliases: [serach]
```
";
    UNKNOWN_REFERENCE = "unknown-reference", Warning, Warning, "a reference that nothing in the plan answers to",
        r"Nothing in the plan answers to this name, so the words are shown without a link. A reference may be
an id, an alias, a number, or the path of a file in the plan. Correct it, or add the old name as an
alias to the file that was renamed.

```markdown
<!-- bad: the file is items/search-v2.md -->
See [[search-2]].
<!-- good -->
See [[search-v2]] or [search](search-v2.md).
```
";
    UNKNOWN_STATUS = "unknown-status", Warning, Error, "a status that is mapped to no state",
        r"Roadbook does not know what this status means, so the item's state is `unknown` and it is missing
from the counts of what is planned, active and done. The word itself is shown as you wrote it. Say
once in the configuration what it means; if it is a slip, correct it.

```yaml
# bad: in the item, with no word in the configuration
status: with families
# good: in roadbook.yml
states:
  with families: active
```
";
    UNREADABLE_DATE = "unreadable-date", Warning, Error, "a date that is none",
        r"A date is a day (`2026-03-31`), a month (`2026-03`), a quarter (`2026-Q1`), a half (`2026-H1`) or a
year (`2026`), and the day must exist. Other forms mean different days in different countries, so none
is guessed, and the item takes part in nothing that needs a date.

```yaml
# bad
target: 31/02/26
# good
target: 2026-02-28
```
";
    UNREADABLE_NUMBER = "unreadable-number", Warning, Error, "a number that is none, or out of its range",
        r"The field takes a number from 0 up with at most three decimals, and this is none; a `confidence` may
not be over 100 %. The item is treated as if the field were missing, which usually leaves it unscored. Write digits with a point, or a T-shirt size for `value`
and `effort`. If you do not know yet, leave the field out.

```yaml
# bad
effort: about 3
# good
effort: 3
```
";
    UNSAFE_LINK = "unsafe-link", Warning, Warning, "a link whose scheme is not on the allow-list",
        r"A link may lead to a web page, a mail address or a file of the plan. Other schemes, such as
`javascript:` or `data:`, can run code in a reader's browser or reach into their machine, so the
words are shown without the link. Link to a page with `https:` instead.

```markdown
<!-- bad -->
[Run it](javascript:start())
<!-- good -->
[How to run it](https://example.org/run)
```
";
    UNSUPPORTED_YAML = "unsupported-yaml", Warning, Error, "YAML that front matter may not use",
        r"Front matter may not use anchors (`&x`), aliases (`*x`), merge keys (`<<:`) or custom tags (`!x`).
They make one line depend on another, and a few of them can make a small file enormous. Write the
value where it is needed. If the sign is part of the text, put it in quotes.

```yaml
# bad
owner: &team Platform
reviewer: *team
# good
owner: Platform
reviewer: Platform
```
";
    UNTERMINATED_FRONT_MATTER = "unterminated-front-matter", Warning, Error, "front matter without its closing line",
        r"The file begins with `---`, but no second line of `---` ends the front matter, so it is unclear
where the fields stop and the text starts. Fields may be lost, or shown as text. Put the closing
line after the last field, alone on its line and not indented.

```markdown
<!-- bad -->
---
title: Search
We search by name.
<!-- good -->
---
title: Search
---
We search by name.
```
";
    WRONG_KIND = "wrong-kind", Warning, Error, "a reference to the wrong kind of thing",
        r"The reference leads to something that exists, but not to the kind of thing this field takes: `theme`
takes a theme, while `parent` and `depends_on` take items. It was ignored, so the item may seem to
belong nowhere. Perhaps an item and a theme have similar names, or the value stands in the wrong
field.

```yaml
# bad: going-home is a theme
parent: going-home
# good
theme: going-home
```
";
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
