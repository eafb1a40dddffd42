//! Disagreements between strategy and backlog. One file each.

mod horizon_inversion;

use crate::diagnostic::Diagnostic;
use crate::plan::Plan;

use super::Resolved;

/// Looks for each of them.
pub(super) fn disagreements(plan: &Plan, items: &[Resolved], diagnostics: &mut Vec<Diagnostic>) {
    for lint in [horizon_inversion::lint] {
        lint(plan, items, diagnostics);
    }
}
