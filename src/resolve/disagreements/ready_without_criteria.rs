//! A ready item of which nobody has written down when it is done.
//!
//! Said only where acceptance criteria are a habit: where at least half of the items that are ready or in progress have some. A team
//! that never writes them has decided so, and one line for each of its items would tell it nothing. An item with parts has theirs.

use super::LintContext;
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::Readiness;

pub(super) fn lint(context: &LintContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let (mut all, mut with) = (0_usize, 0_usize);
    let mut found = Vec::new();
    for (id, item, resolved) in context.open() {
        let is_ready = resolved.readiness == Readiness::Ready;
        if !(is_ready || resolved.readiness == Readiness::InProgress) || !resolved.links.children.is_empty() {
            continue;
        }
        all += 1;
        if item.entry.document.outline.criteria.total > 0 {
            with += 1;
        } else if is_ready {
            found.push(id);
        }
    }
    if with * 2 < all {
        return;
    }
    for id in found {
        let entry = &context.item(id).entry;
        let message = format!("`{}` is ready and has no acceptance criteria", entry.id);
        diagnostics.push(
            Diagnostic::new(Code::READY_WITHOUT_CRITERIA, entry.head(), message)
                .help("write what must be true when it is done as a task list under a heading `Acceptance criteria`"),
        );
    }
}
