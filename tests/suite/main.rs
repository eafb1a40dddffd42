//! The tests, one file a room.

mod drawing;
mod graph;
mod order;
