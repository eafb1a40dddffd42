//! The tests, one file a room.

mod cli;
mod config;
mod discover;
mod drawing;
mod front_matter;
mod graph;
mod markdown;
mod order;
mod plan;
mod publish;
mod report;
mod resolve;
mod support;
mod tidy;
mod vocabulary;
