//! Roadbook turns a folder of Markdown plans into a linked roadmap and backlog site.

pub mod diagnostic;
pub mod markdown;
pub mod parse;
pub mod report;
pub mod resolve;
pub mod site;
pub mod source;
