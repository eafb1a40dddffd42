//! The tests, one file a room.

mod discover;
mod drawing;
mod front_matter;
mod graph;
mod markdown;
mod order;
mod publish;
mod report;
mod support;
