//! The field registry: every field that Roadbook knows, and the names people already use for it.

use std::collections::HashMap;

use crate::config::Config;
use crate::nearest::nearest;

/// Canonical names with their synonyms, from a survey of 22 public plans. Case counts for nothing, and neither does the
/// difference between `-`, `_` and a space. A dot names an entry of a map.
const FIELDS: &[(&str, &str)] = &[
    ("aliases", "alias|formerly|former_ids"),
    ("blocks", "unblocks|required_by|blocking|unlocks"),
    ("confidence", ""),
    ("created", "created_date|creation_date|date_created|created_at|date"),
    ("customers", "customer|target_customers|audience"),
    ("depends_on", "dependencies|requires|blocked_by|deps|depends|relations.depends_on"),
    ("due", "due_date|deadline"),
    ("ease", ""),
    ("effort", "size|estimate|story_points|points"),
    ("evidence", ""),
    ("horizon", "quarter|timespan"),
    ("id", ""),
    ("impact", ""),
    ("investment", "share"),
    ("kind", ""),
    ("links", "link|tracking_link|discussions_to|issue|pr|github_issue"),
    ("milestone", "release|target_release|version|latest_milestone"),
    ("needs", ""),
    ("north_star", ""),
    ("order", "ordinal|weight|rank"),
    ("outcomes", "outcome"),
    ("owner", "owners|assignee|assignees|author|authors|point_of_contact"),
    ("parent", "parent_task_id|epic|parent_epic"),
    ("positioning", ""),
    ("priority", "prio"),
    ("product_goal", "goal"),
    ("reach", ""),
    ("relates", "relates_to|related|see_also|references|relations.relates_to|composes_with|extends|implements"),
    ("reviewed", "last_reviewed"),
    ("risk_reduction", "opportunity_enablement"),
    ("start", "start_date"),
    ("status", "state"),
    ("summary", "description"),
    ("superseded_by", "replaced_by|relations.superseded_by"),
    ("supersedes", "replaces|relations.supersedes"),
    ("tags", "labels|tag|label"),
    ("target", "target_date"),
    ("team", "teams"),
    ("theme", "themes|roadmap|flagship|owning_sig|category|track|area|bucket"),
    ("time_criticality", ""),
    ("title", "name|headline"),
    ("type", ""),
    ("updated", "updated_date|last_updated|modified|updated_at|closed|completed|completed_date"),
    ("value", "business_value"),
    ("visibility", ""),
];

/// Every name that is accepted for a canonical field, the canonical name first; empty for a name that is none.
pub fn names_of(canonical: &str) -> Vec<&'static str> {
    let entry = FIELDS.iter().find(|(name, _)| *name == canonical);
    entry.map_or_else(Vec::new, |(name, synonyms)| {
        std::iter::once(*name).chain(synonyms.split('|').filter(|synonym| !synonym.is_empty())).collect()
    })
}

/// Names to canonical fields, one table a collection.
pub(super) struct Registry {
    tables: Vec<HashMap<String, Known>>,
}

/// What is known of a name.
#[derive(Clone, Copy)]
pub(super) struct Known {
    /// The canonical field.
    pub(super) field: &'static str,
    /// Its place among the names for that field: the lowest that a file has is the one that counts for a field of one value.
    pub(super) precedence: usize,
}

impl Registry {
    pub(super) fn new(config: &Config) -> Registry {
        let table = |collection: &crate::config::Collection| {
            let mut table = HashMap::new();
            for &(field, _) in FIELDS {
                let own = collection.fields.get(field).into_iter().flatten().map(String::as_str);
                let shared = config.fields.get(field).into_iter().flatten().map(String::as_str);
                for (precedence, name) in own.chain(shared).chain(names_of(field)).enumerate() {
                    // A name the configuration gives to one field is no longer the default of another.
                    let known = Known { field, precedence };
                    let configured = precedence + names_of(field).len()
                        < names_of(field).len()
                            + collection.fields.get(field).map_or(0, Vec::len)
                            + config.fields.get(field).map_or(0, Vec::len);
                    let name = normal(name);
                    if configured {
                        table.insert(name, known);
                    } else {
                        table.entry(name).or_insert(known);
                    }
                }
            }
            table
        };
        Registry { tables: config.collections.iter().map(table).collect() }
    }

    /// The field behind a name; for an entry of a map, `map.entry`.
    pub(super) fn field(&self, collection: usize, name: &str) -> Option<Known> {
        let table = self.tables.get(collection)?;
        table.get(name).or_else(|| table.get(&normal(name))).copied()
    }

    /// The known name nearest to `name`, or of the author's `own`, where a slip of the finger would explain it.
    pub(super) fn nearest<'a>(name: &str, own: impl Iterator<Item = &'a str>) -> Option<&'a str> {
        let name = normal(name);
        if name.starts_with("x_") || name.len() < 4 {
            return None;
        }
        let names = FIELDS.iter().flat_map(|(field, _)| names_of(field));
        let names = names.chain(own).filter(|known| known.len() >= 4 && !known.contains('.'));
        // A short name of the author's own is often near to one of ours by chance.
        nearest(&name, names).filter(|known| name.len() >= 8 || is_slip(&name, known))
    }
}

/// Whether two names are spellings of one.
pub(super) fn is_same(a: &str, b: &str) -> bool {
    a == b || normal(a) == normal(b)
}

/// Whether two names differ by one letter, or by two that changed places.
fn is_slip(name: &str, known: &str) -> bool {
    let sorted = |name: &str| {
        let mut letters: Vec<char> = name.chars().collect();
        letters.sort_unstable();
        letters
    };
    let same_ends = name.bytes().zip(known.bytes()).take_while(|(a, b)| a == b).count()
        + name.bytes().rev().zip(known.bytes().rev()).take_while(|(a, b)| a == b).count();
    same_ends + 1 >= name.len().max(known.len()) || sorted(name) == sorted(known)
}

fn normal(name: &str) -> String {
    name.trim().chars().map(|c| if c == '-' || c == ' ' { '_' } else { c.to_ascii_lowercase() }).collect()
}
