//! The site: every address, and how to make the bytes behind one.

pub mod drawing;
