//! Tests of the Markdown room.
