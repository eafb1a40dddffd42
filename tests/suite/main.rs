//! The tests, one file a room.

mod cli;
mod drawing;
mod front_matter;
mod graph;
mod markdown;
mod order;
mod report;
mod support;
