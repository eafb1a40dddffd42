//! An open item that serves no theme, neither itself nor by what it is a part of or what its parts serve.
//!
//! An idea may wait for its theme. Where less than half of the items serve one, it is said once; where none does, the themes say it
//! themselves ([`super::theme_without_work`]).

use super::super::item::count_open;
use super::LintContext;
use crate::diagnostic::{Code, Diagnostic};
use crate::id::{IdVec, ItemId};
use crate::state::State;

pub(super) fn lint(context: &LintContext<'_>, diagnostics: &mut Vec<Diagnostic>) {
    if context.plan.themes.is_empty() {
        return;
    }
    let served = served(context);
    let counted = || context.open().filter(|(_, item, _)| item.state != State::Idea);
    // A theme that matches nothing is reported as such.
    let lacks = |(id, item, _): &(ItemId, &crate::plan::Item, _)| item.themes.is_empty() && !served[*id];
    let found: Vec<ItemId> = counted().filter(lacks).map(|(id, _, _)| id).collect();
    let all = counted().count();
    let serving = counted().filter(|(id, _, _)| served[*id]).count();
    if serving == 0 {
        return;
    }
    if serving * 2 < all {
        let open = count_open(counted().map(|(_, item, _)| item.state));
        let message = format!("{} of {open}, ideas aside, serve no theme", found.len());
        let location = found.first().map(|&first| context.item(first).entry.head());
        let help = format!(
            "give {} a `theme`, or switch this off in roadbook.yml: `diagnostics: {{item-without-theme: off}}`",
            context.names(&found)
        );
        diagnostics.push(Diagnostic::new(Code::ITEM_WITHOUT_THEME, location, message).help(help));
        return;
    }
    for id in found {
        let item = context.item(id);
        diagnostics.push(
            Diagnostic::new(
                Code::ITEM_WITHOUT_THEME,
                item.entry.head(),
                format!("`{}` serves no theme", item.entry.id),
            )
            .help("give it the `theme` it serves, or ask whether it is worth doing"),
        );
    }
}

/// Which items serve a theme, the whole family of one that does included.
fn served(context: &LintContext<'_>) -> IdVec<ItemId, bool> {
    let mut served = context.items.map(|item| !item.links.themes.is_empty());
    // Upwards: whoever has a part that serves a theme. Each item is passed once.
    for start in context.items.ids() {
        let mut id = start;
        while served[id] {
            match context.items[id].links.parent {
                Some(parent) if !served[parent] => id = parent,
                _ => break,
            }
            served[id] = true;
        }
    }
    // Downwards, from whoever serves one.
    let mut reached: Vec<ItemId> = served.enumerate().filter(|(_, serves)| **serves).map(|(id, _)| id).collect();
    while let Some(id) = reached.pop() {
        for &part in &context.items[id].links.children {
            if !std::mem::replace(&mut served[part], true) {
                reached.push(part);
            }
        }
    }
    served
}
