//! An item planned for a nearer horizon than something it depends on.

use crate::diagnostic::{Code, Diagnostic};
use crate::plan::{Horizon, Plan};
use crate::resolve::Resolved;

pub(super) fn lint(plan: &Plan, items: &[Resolved], diagnostics: &mut Vec<Diagnostic>) {
    let ranked =
        |horizon: &Option<Horizon>| horizon.as_ref().and_then(|horizon| Some((horizon.rank?, horizon.name.clone())));
    for (item, resolved) in plan.items.iter().zip(items).filter(|(item, _)| item.state.is_open()) {
        let Some((near, here)) = ranked(&item.horizon) else { continue };
        for dependency in &resolved.depends_on {
            let other = &plan.items[dependency.on as usize];
            let Some((far, there)) = ranked(&other.horizon).filter(|_| other.state.is_open()) else { continue };
            if far <= near {
                continue;
            }
            let (id, needed) = (&item.entry.id, &other.entry.id);
            let message =
                format!("`{id}` is planned for {} and depends on `{needed}`, planned for {}", here.value, there.value);
            let place = plan.items[dependency.declared_in as usize].entry.place(dependency.span);
            diagnostics.push(
                Diagnostic::new(Code::HORIZON_INVERSION, place, message)
                    .help(format!(
                        "move `{needed}` to {} or nearer, move `{id}` out, or drop the dependency",
                        here.value
                    ))
                    .related(item.entry.place(here.span), format!("`{id}` is in {}", here.value))
                    .related(other.entry.place(there.span), format!("`{needed}` is in {}", there.value)),
            );
        }
    }
}
