//! The tests, one file a room.

mod config;
mod drawing;
mod front_matter;
mod graph;
mod markdown;
mod order;
<<<<<<< HEAD
mod plan;
mod resolve;
mod support;
mod vocabulary;
=======
mod publish;
mod report;
>>>>>>> world
