//! The tests, one file a room.

mod drawing;
mod front_matter;
mod graph;
mod markdown;
mod order;
mod support;
