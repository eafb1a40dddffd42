//! Tests of the order room.
