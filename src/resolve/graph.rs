//! The dependency graph: components, shortest cycles, chains.
