//! Visibility: the plan as an audience may see it. What is internal is taken away before ids are settled, and before anything is
//! linked, scored, ordered or addressed, so that nothing about it can influence a byte. The only stage that reads `visibility`.

use std::path::PathBuf;
use std::sync::Arc;

pub use crate::config::Audience;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::nearest::plain;
use crate::plan::{self, Entry, Plan, TypedDocument, Visibility};

/// A plan as an audience may see it. Nothing else can be resolved, and only [`visibility`] makes one.
#[derive(Debug)]
pub struct Visible {
    plan: Plan,
    audience: Audience,
}

impl Visible {
    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Who may see it.
    pub fn audience(&self) -> Audience {
        self.audience
    }

    pub(crate) fn into_plan(self) -> Plan {
        self.plan
    }
}

/// What filtering by audience gives.
#[derive(Debug)]
pub struct Filtered {
    /// The plan that the audience may see.
    pub plan: Visible,
    /// All of the plan with the paths of what is internal, where something is: to find what gives it away. Nothing is published of it.
    pub unfiltered: Option<Unfiltered>,
}

/// A plan with its internal part.
#[derive(Debug)]
pub struct Unfiltered {
    /// Everything.
    pub plan: Plan,
    /// The files of what is internal, sorted.
    pub internal: Vec<String>,
}

/// The plan that `audience` may see, of what its files say. Diagnostics go to the author, who may see everything, and stay.
pub fn visibility(documents: Vec<Arc<TypedDocument>>, config: &Config, audience: Audience) -> Filtered {
    let is_used = config.internal.is_used
        || documents.iter().any(|document| {
            let entry = document.entry();
            entry.says_visibility
                || entry.visibility == Visibility::Internal
                || plan::is_unclear(&entry.document) && plan::says_closed(&entry.document.source.text)
        });
    let hidden: Vec<String> = config
        .internal
        .fields
        .iter()
        .flat_map(|field| plan::names_for(config, field))
        .map(|name| plain(&name))
        .collect();
    let (internal, public): (Vec<_>, Vec<_>) =
        documents.iter().cloned().partition(|document| is_internal(document.entry(), is_used, &hidden));
    // A folder may hold static files alone, which public files may not name either.
    if internal.is_empty() && config.internal.folders.is_empty() {
        return Filtered { plan: Visible { plan: plan::plan(documents), audience }, unfiltered: None };
    }
    let mut paths: Vec<String> = internal.iter().map(|document| document.entry().path().to_owned()).collect();
    paths.sort_unstable();
    let unfiltered = Unfiltered { plan: plan::plan(documents), internal: paths };
    let mut plan = match audience {
        Audience::Internal => unfiltered.plan.clone(),
        Audience::Public => {
            let mut plan = Plan { is_partial: true, ..plan::plan(public) };
            plan.diagnostics.extend(internal.iter().flat_map(|document| document.diagnostics()).cloned());
            plan
        }
    };
    let unread =
        internal.iter().map(|document| document.entry()).filter(|entry| entry.visibility == Visibility::Public);
    plan.diagnostics.extend(unread.map(|entry| {
        let is_outside = plan::writes_outside(&entry.document, &hidden);
        let (message, help) = match entry.says_visibility {
            _ if is_outside => (
                "this file has a field that is internal outside of its front matter, where it would be shown",
                "move it into the front matter, between two lines `---`",
            ),
            true => ("nobody can be sure where a field that is internal ends in this file", "fix its front matter"),
            false => (
                "nobody can be sure what this file says of its `visibility`",
                "fix its front matter, or write `visibility: public` into it",
            ),
        };
        Diagnostic::new(Code::INVALID_VISIBILITY, entry.head(), message).label("counts as internal").help(help)
    }));
    Filtered { plan: Visible { plan, audience }, unfiltered: Some(unfiltered) }
}

/// Of the static files, by their addresses, those that `audience` may see.
pub fn static_files(files: &[(String, PathBuf)], config: &Config, audience: Audience) -> Vec<(String, PathBuf)> {
    let is_shown =
        |address: &str| audience == Audience::Internal || !config.internal.holds(&format!("static/{address}"));
    files.iter().filter(|(address, _)| is_shown(address)).cloned().collect()
}

/// Whether a thing is internal. Where the plan uses visibility, so is one whose file may have said so and cannot be read as it stands. One
/// that says `public` is public even then, unless it may hold a field that is internal: nobody knows where that field ends. A file that has
/// such a field outside of its front matter is internal in any case, since there nobody takes it away.
fn is_internal(entry: &Entry, is_used: bool, hidden: &[String]) -> bool {
    let is_unclear = || is_used && plan::is_unclear(&entry.document);
    // However the name is spelled or cut there.
    let may_have_hidden = || {
        let text = plain(&entry.document.source.text);
        hidden.iter().any(|name| text.contains(name))
    };
    entry.visibility == Visibility::Internal
        || is_unclear() && (!entry.says_visibility || may_have_hidden())
        || plan::writes_outside(&entry.document, hidden)
}
