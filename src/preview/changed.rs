//! Which files an edit changed.

use std::sync::Arc;

use crate::discover::Inputs;
use crate::source::Source;

/// The paths of files of the plan, templates and the configuration that came, went or say something else, in order.
pub(super) fn changed_files(before: &Inputs, now: &Inputs) -> Vec<String> {
    fn all(inputs: &Inputs) -> Vec<&Arc<Source>> {
        let sources = inputs.sources.iter().map(|(source, _)| source);
        let mut all: Vec<_> = sources.chain(&inputs.templates).chain([&inputs.config_source]).collect();
        all.sort_by(|a, b| a.path.cmp(&b.path));
        all
    }
    let mut changed = Vec::new();
    let (old, new) = (all(before), all(now));
    let (mut old, mut new) = (old.iter().peekable(), new.iter().peekable());
    loop {
        let next = match (old.peek(), new.peek()) {
            (Some(a), Some(b)) if a.path == b.path => {
                let (a, b) = (old.next(), new.next());
                if let (Some(a), Some(b)) = (a, b)
                    && !Arc::ptr_eq(a, b)
                {
                    changed.push(b.path.clone());
                }
                continue;
            }
            (Some(a), Some(b)) if a.path > b.path => new.next(),
            (Some(_), _) => old.next(),
            (None, _) => new.next(),
        };
        match next {
            Some(source) => changed.push(source.path.clone()),
            None => return changed,
        }
    }
}
