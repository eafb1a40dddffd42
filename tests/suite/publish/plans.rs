//! Whole plans for publishing, as files that can be edited, and the line from them to a site.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use fastrand::Rng;
use roadbook::SiteParts;
use roadbook::publish::{self, Destination, OutputDisk, PublishError, Published, publish_on};
use roadbook::site::{Content, Site};
use roadbook::visibility::Audience;

use crate::audiences::plans::{CANARY, inputs, mixed};
use crate::support::{files, number, resolved, site_with, unguarded};

const HIDE: &str = "visibility: internal\n";

/// A plan by path.
pub(super) type Plan = BTreeMap<String, String>;

/// The seeds of a test of `count` cases: those, as many as `name` says, or the one of `PUBLISH_SEED`.
pub(super) fn seeds(name: &str, count: u64) -> std::ops::Range<u64> {
    number("PUBLISH_SEED").map_or(0..number(name).unwrap_or(count), |seed| seed..seed + 1)
}

/// Everything that a random plan may have, and a plan of some of it.
pub(super) fn random_plan(seed: u64, rng: &mut Rng) -> (Vec<(String, String)>, Plan) {
    let all = mixed(seed, 1);
    let mut pool = files(&format!("{}{}", all.public, all.internal));
    // A file that becomes public keeps its name.
    pool.iter_mut().for_each(|(path, _)| *path = path.replace(CANARY, "file"));
    let (mut plan, mut items) = (Plan::new(), 0);
    for (path, text) in &pool {
        let is_item = path.starts_with("plan/items/");
        if !is_item || items < 16 && rng.u8(0..3) > 0 {
            items += usize::from(is_item);
            plan.insert(path.clone(), text.clone());
        }
    }
    (pool, plan)
}

/// One edit: something comes, goes, changes its title, or becomes internal or public.
pub(super) fn edit(plan: &mut Plan, pool: &[(String, String)], rng: &mut Rng) {
    let (path, text) = &pool[rng.usize(..pool.len())];
    match rng.u8(0..8) {
        0 | 1 => _ = plan.insert(path.clone(), text.clone()),
        // Without its configuration, nobody knows which folders and fields are internal.
        2 if path != "roadbook.yml" => _ = plan.remove(path),
        _ => {
            let (may, word) = (plan.len(), rng.u16(..));
            let Some((path, text)) = plan.iter_mut().nth(rng.usize(..may)).filter(|(path, _)| path.ends_with(".md"))
            else {
                return;
            };
            if rng.bool() {
                _ = write!(text, "\n{} {word}\n", if is_hidden(path, text) { CANARY } else { "Word" });
            } else if let Some(shown) = text.contains(HIDE).then(|| text.replace(HIDE, "").replace(CANARY, "Shown")) {
                *text = shown;
            } else if !path.contains("/closed/") {
                // All that it says from now on is nobody's business.
                *text = text.replacen("---\n", &format!("---\n{HIDE}"), 1);
                *text = text.replace("Word", CANARY).replace("Shown", CANARY) + CANARY;
            }
        }
    }
}

fn is_hidden(path: &str, text: &str) -> bool {
    text.contains(HIDE) || path.contains("/closed/")
}

/// A plan's site, whether it may leave or not.
pub(super) fn site_of(plan: &Plan, audience: Audience) -> Site {
    let mut fixture = String::new();
    for (path, text) in plan {
        _ = write!(fixture, "//- {path}\n{text}");
        fixture.push_str(if text.ends_with('\n') { "" } else { "\n" });
    }
    site_with(unguarded(resolved(&inputs(&fixture), audience)), SiteParts::default())
}

/// Publishes a site, as the command line does.
pub(super) fn publish(disk: &OutputDisk, to: &Destination, site: &Site) -> Result<Published, PublishError> {
    let addresses: Vec<String> = site.addresses().map(str::to_owned).collect();
    let render = |address: &str| match site.render(address) {
        Some(Ok(Content::Bytes(bytes))) => Ok(publish::FileContent::Bytes(bytes)),
        Some(Ok(Content::File(path))) => Ok(publish::FileContent::File(path)),
        _ => Err("no such page".to_owned()),
    };
    publish_on(disk, to, &addresses, &render, None)
}
