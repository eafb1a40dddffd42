//! The tests, one file a room.

mod cli;
mod codes;
mod config;
mod dependencies;
mod discover;
mod docs;
mod drawing;
mod example;
mod front_matter;
mod graph;
mod graph_export;
mod markdown;
mod order;
mod plan;
mod preview;
mod publish;
mod report;
mod resolve;
mod serve;
mod support;
mod tidy;
mod vocabulary;
