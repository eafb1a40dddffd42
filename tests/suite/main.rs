//! The tests, one file a room.

mod alignment;
mod cli;
mod codes;
mod config;
mod disagreements;
mod discover;
mod docs;
mod drawing;
mod example;
mod front_matter;
mod graph;
mod markdown;
mod order;
mod plan;
mod preview;
mod publish;
mod report;
mod resolve;
mod score;
mod serve;
mod support;
mod tidy;
mod vocabulary;
