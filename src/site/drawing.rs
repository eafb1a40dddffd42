//! Layered drawings of dependency graphs, as SVG.
