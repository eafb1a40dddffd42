//! Projecting: the plan as an audience may see it, before anything is linked, scored, ordered or addressed, so that nothing
//! about what it may not see can influence a byte. The only stage that reads `visibility`.

pub use crate::config::Audience;
use crate::plan::{Entry, Plan, Visibility};

/// The plan without what `audience` may not see. Diagnostics go to the author, who may see everything, and stay.
pub fn project(mut plan: Plan, audience: Audience) -> Plan {
    if audience == Audience::Internal {
        return plan;
    }
    let count =
        |plan: &Plan| plan.themes.len() + plan.items.len() + plan.pages.len() + usize::from(plan.vision.is_some());
    let all = count(&plan);
    let is_public = |entry: &Entry| entry.visibility == Visibility::Public;
    plan.vision = plan.vision.filter(|vision| is_public(&vision.entry));
    plan.themes.retain(|theme| is_public(&theme.entry));
    plan.items.retain(|item| is_public(&item.entry));
    plan.pages.retain(|page| is_public(&page.entry));
    plan.is_partial = count(&plan) < all;
    plan
}
