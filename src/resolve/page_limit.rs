//! How many pages one file may ask for by a list of words: each tag and each owner has a page, and each alias an address that leads on.

use crate::config::{Audience, Config};
use crate::diagnostic::{Code, Diagnostic};
use crate::plan::{Entry, FieldReader, Plan};
use crate::text::thousands;

use super::target::targets;

/// Tags, owners and aliases of one file that have pages, each. What follows them stands on the file's page all the same, and an alias still
/// means the thing.
pub const MAX_PAGES_OF_FIELD: usize = 100;

/// Reports the files with more.
pub(super) fn page_limit(plan: &Plan, config: &Config, diagnostics: &mut Vec<Diagnostic>) {
    let mut types = None;
    let mut check = |entry: &Entry, field: &str, count: usize| {
        if count <= MAX_PAGES_OF_FIELD {
            return;
        }
        let types = types.get_or_insert_with(|| FieldReader::new(config, Audience::Internal));
        let (what, stays) = match field {
            "aliases" => ("lead here from their old addresses", "references under any of them still mean it"),
            _ => ("have a page", "all of them stay on the page and in the data"),
        };
        let count = thousands(count as u64);
        let message = format!("`{field}` has {count} values, of which the first {MAX_PAGES_OF_FIELD} {what}");
        diagnostics.push(
            Diagnostic::new(Code::TOO_MANY_PAGES, types.location(entry, field), message)
                .help(format!("keep those that somebody looks for; {stays}")),
        );
    };
    for (_, entry) in targets(plan) {
        check(entry, "aliases", entry.aliases.len());
    }
    for item in &plan.items {
        check(&item.entry, "owner", item.owners.len());
        check(&item.entry, "tags", item.tags.len());
    }
}
