//! Visibility: the plan as an audience may see it. What is internal is taken away before ids are settled, and before anything is
//! linked, scored, ordered or addressed, so that nothing about it can influence a byte. The only stage that reads `visibility`.

use std::path::PathBuf;
use std::sync::Arc;

pub use crate::config::Audience;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
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
    let is_used = !config.internal.folders.is_empty()
        || !config.internal.fields.is_empty()
        || documents.iter().any(|document| document.entry().says_visibility || is_internal(document.entry(), false));
    let (internal, public): (Vec<_>, Vec<_>) =
        documents.iter().cloned().partition(|document| is_internal(document.entry(), is_used));
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
    let unread = internal.iter().map(|document| document.entry()).filter(|entry| !is_internal(entry, false));
    plan.diagnostics.extend(unread.map(|entry| {
        let message = "nobody can be sure what this file says of its `visibility`";
        Diagnostic::new(Code::INVALID_VISIBILITY, entry.head(), message)
            .label("counts as internal")
            .help("fix its front matter, or write `visibility: public` into it")
    }));
    Filtered { plan: Visible { plan, audience }, unfiltered: Some(unfiltered) }
}

/// Of the static files, by their addresses, those that `audience` may see.
pub fn static_files(files: &[(String, PathBuf)], config: &Config, audience: Audience) -> Vec<(String, PathBuf)> {
    let is_shown =
        |address: &str| audience == Audience::Internal || !config.internal.holds(&format!("static/{address}"));
    files.iter().filter(|(address, _)| is_shown(address)).cloned().collect()
}

/// Whether a thing is internal. Where the plan `uses` visibility, so is one whose file may have said so and cannot be read as it stands.
fn is_internal(entry: &Entry, uses: bool) -> bool {
    const BROKEN: [Code; 3] = [Code::INVALID_YAML, Code::UNSUPPORTED_YAML, Code::UNTERMINATED_FRONT_MATTER];
    let document = &entry.document;
    // What is not a text was read with a sign in its place.
    let front = || document.source.text.get(..document.body.start as usize).unwrap_or_default();
    let is_broken = || {
        document.diagnostics.iter().any(|diagnostic| BROKEN.contains(&diagnostic.code)) || front().contains('\u{fffd}')
    };
    entry.visibility == Visibility::Internal || uses && !entry.says_visibility && is_broken()
}
