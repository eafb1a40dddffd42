//! DOT, the language of Graphviz: <https://graphviz.org/doc/info/lang.html>.

use super::{ALARM, Graph, INK, LINE, look, plain};
use crate::id::ItemId;
use crate::state::State;

/// The longest line of a label, in characters, where words allow it.
const WIDTH: usize = 28;

/// Writes a graph. Nodes are named by the slugs of their items, which are unique.
pub(super) fn dot(graph: &Graph<'_>) -> String {
    let mut out = format!("digraph {} {{\n", quoted(&plain(graph.title())));
    out.push_str("  rankdir=LR;\n");
    out.push_str(&format!(
        "  node [shape=box, style=\"rounded,filled\", fontname=\"Helvetica,Arial,sans-serif\", fontsize=11, fontcolor=\"{INK}\"];\n"
    ));
    out.push_str(&format!(
        "  edge [color=\"{LINE}\", fontname=\"Helvetica,Arial,sans-serif\", fontsize=10, fontcolor=\"{ALARM}\"];\n"
    ));
    for (number, (name, nodes)) in graph.groups().into_iter().enumerate() {
        let indent = if let Some(name) = name {
            out.push_str(&format!("  subgraph \"cluster_{number}\" {{\n"));
            out.push_str(&format!(
                "    label={};\n    color=\"{LINE}\";\n    fontname=\"Helvetica,Arial,sans-serif\";\n    fontcolor=\"{INK}\";\n",
                label(&[&plain(name)])
            ));
            "    "
        } else {
            "  "
        };
        for id in nodes {
            out.push_str(indent);
            out.push_str(&node(graph, id));
        }
        if name.is_some() {
            out.push_str("  }\n");
        }
    }
    for edge in &graph.edges {
        let (from, to) = (name(graph, edge.from), name(graph, edge.to));
        // A cycle is told in a word, not by its colour alone.
        let style = if edge.in_cycle {
            format!(" [class=\"cycle\", label=\"cycle\", style=dashed, color=\"{ALARM}\"]")
        } else {
            String::new()
        };
        out.push_str(&format!("  {from} -> {to}{style};\n"));
    }
    out.push_str("}\n");
    out
}

fn name(graph: &Graph<'_>, id: ItemId) -> String {
    quoted(&graph.item(id).entry.slug)
}

fn node(graph: &Graph<'_>, id: ItemId) -> String {
    let item = graph.item(id);
    let (fill, line, is_broken) = look(item.state);
    let style = if is_broken { ", style=\"rounded,filled,dashed\"" } else { "" };
    let in_cycle = graph.resolved(id).cycle.is_some();
    let line = if in_cycle { ALARM } else { line };
    let text = [wrapped(&plain(&item.entry.title)), wrapped(&graph.note(id))].concat();
    let label = label(&text.iter().map(String::as_str).collect::<Vec<_>>());
    let class = class(item.state, in_cycle);
    let name = name(graph, id);
    format!("{name} [label={label}, class=\"{class}\", fillcolor=\"{fill}\", color=\"{line}\"{style}];\n")
}

fn class(state: State, in_cycle: bool) -> String {
    format!("{}{}", state.word(), if in_cycle { " cycle" } else { "" })
}

/// A string in quotes. In it only the quote needs a backslash before it, and a backslash at its end would take the quote away.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Lines of a label, in quotes. Graphviz reads backslashes and HTML's entities in labels; a quoted label is never HTML beyond that.
fn label(lines: &[&str]) -> String {
    let escaped = |line: &&str| line.replace('\\', "\\\\").replace('"', "\\\"").replace('&', "&amp;");
    format!("\"{}\"", lines.iter().map(escaped).collect::<Vec<_>>().join("\\n"))
}

/// Text in lines, broken at its spaces.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut used = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        match lines.last_mut() {
            Some(line) if used + 1 + length <= WIDTH => {
                line.push(' ');
                line.push_str(word);
                used += 1 + length;
            }
            _ => {
                lines.push(word.to_owned());
                used = length;
            }
        }
    }
    lines
}
