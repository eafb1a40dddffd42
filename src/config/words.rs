//! The numbers behind words, until a project says otherwise.

/// T-shirt sizes on the modified Fibonacci scale that estimation decks use.
pub(super) const SIZES: &[(&str, u64)] = &[("xs", 1), ("s", 2), ("m", 3), ("l", 5), ("xl", 8), ("xxl", 13)];

/// Words, P0–P9 and MoSCoW. Each class is worth twice the next, so that two of a class weigh as much as one above it; and the three
/// ways of speaking meet, for a plan that many hands have written: P0 is critical, P1 high, P2 medium, P3 low, and what must be
/// done is high, since a release may hold many of it.
pub(super) const PRIORITIES: &[(&str, u64)] = &[
    ("p0", 512),
    ("blocker", 512),
    ("urgent", 512),
    ("critical", 512),
    ("highest", 512),
    ("p1", 256),
    ("high", 256),
    ("must", 256),
    ("must have", 256),
    ("p2", 128),
    ("medium", 128),
    ("normal", 128),
    ("should", 128),
    ("should have", 128),
    ("p3", 64),
    ("low", 64),
    ("could", 64),
    ("could have", 64),
    ("p4", 32),
    ("lowest", 32),
    ("trivial", 32),
    ("p5", 16),
    ("p6", 8),
    ("p7", 4),
    ("p8", 2),
    ("p9", 1),
    ("won't", 0),
    ("won't have", 0),
];
