//! Disagreements between strategy and backlog. One file each.

mod horizon_inversion;

use crate::diagnostic::Diagnostic;
use crate::plan::Plan;

use super::Resolved;

/// Looks for one of them.
type Lint = fn(&Plan, &[Resolved], &mut Vec<Diagnostic>);

const LINTS: &[Lint] = &[horizon_inversion::lint];

/// Looks for each of them.
pub(super) fn disagreements(plan: &Plan, items: &[Resolved], diagnostics: &mut Vec<Diagnostic>) {
    for lint in LINTS {
        lint(plan, items, diagnostics);
    }
}
