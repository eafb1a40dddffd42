//! Mermaid's flowcharts: <https://mermaid.js.org/syntax/flowchart.html>.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{ALARM, Graph, INK, LINE, look, plain};
use crate::id::ItemId;
use crate::state::State;

/// Writes a graph. Nodes are `n1`, `n2` …, since ids may be words of the language; nothing in it can be clicked.
pub(super) fn mermaid(graph: &Graph<'_>) -> String {
    let names: BTreeMap<ItemId, usize> = graph.nodes.iter().copied().zip(1..).collect();
    let name = |id: ItemId| format!("n{}", names.get(&id).copied().unwrap_or_default());
    let mut out = String::from("flowchart LR\n");
    for (number, (group, nodes)) in graph.groups().into_iter().enumerate() {
        let indent = if let Some(group) = group {
            _ = writeln!(out, "  subgraph t{number}[\"{}\"]", escaped(&plain(group)));
            "    "
        } else {
            "  "
        };
        for id in nodes {
            let item = graph.item(id);
            let title = escaped(&plain(&item.entry.title));
            let note = escaped(&graph.note(id));
            _ = writeln!(out, "{indent}{}[\"{title}<br/>{note}\"]:::{}", name(id), item.state.word());
        }
        if group.is_some() {
            out.push_str("  end\n");
        }
    }
    let mut cycles = Vec::new();
    for (number, edge) in graph.edges.iter().enumerate() {
        // A cycle is told in a word, not by its colour alone.
        let arrow = if edge.in_cycle { "-. cycle .->" } else { "-->" };
        _ = writeln!(out, "  {} {arrow} {}", name(edge.from), name(edge.to));
        if edge.in_cycle {
            cycles.push(number.to_string());
        }
    }
    for state in State::ALL {
        if graph.nodes.iter().any(|&id| graph.item(id).state == state) {
            let (fill, line, is_broken) = look(state);
            let broken = if is_broken { ",stroke-dasharray:4 3" } else { "" };
            let word = state.word();
            _ = writeln!(out, "  classDef {word} fill:{fill},stroke:{line},color:{INK}{broken}");
        }
    }
    if cycles.len() < graph.edges.len() {
        _ = writeln!(out, "  linkStyle default stroke:{LINE}");
    }
    if !cycles.is_empty() {
        _ = writeln!(out, "  linkStyle {} stroke:{ALARM},color:{ALARM}", cycles.join(","));
    }
    out
}

/// Text for a label in quotes. Whatever could be a word of the language, of Markdown or of HTML is written as its number: Mermaid looks
/// for comments, directives and styles in the whole text before it reads it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => out.push_str("#quot;"),
            // What Mermaid itself writes for `#` and `;` on its way.
            'ﬂ' | '°' | '¶' | 'ß' => _ = write!(out, "#{};", u32::from(c)),
            ' ' | '-' | '.' | ',' | '(' | ')' | '\'' | '!' | '?' | '+' | '/' => out.push(c),
            c if c.is_ascii() && !c.is_ascii_alphanumeric() => _ = write!(out, "#{};", u32::from(c)),
            c => out.push(c),
        }
    }
    out
}
