//! The order of open items.
