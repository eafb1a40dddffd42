//! Resolving: what refers to what, what is ready, what comes first and why.

pub mod graph;
pub mod order;
