//! Roadbook turns a folder of Markdown plans into a linked roadmap and backlog site.

pub mod source;

pub mod diagnostic;

pub mod number;

pub mod date;

pub mod state;

pub mod config;

pub mod markdown;

pub mod parse;

pub mod plan;

pub mod project;

pub mod resolve;

pub mod site;

pub mod publish;

pub mod report;
