//! The numbers behind words, until a project says otherwise.

/// T-shirt sizes on the modified Fibonacci scale that estimation decks use.
pub(super) const SIZES: &[(&str, u64)] = &[("xs", 1), ("s", 2), ("m", 3), ("l", 5), ("xl", 8), ("xxl", 13)];

/// Words, P0–P9 and MoSCoW. Each class is worth twice the next, so that two of a class weigh as much as one above it.
pub(super) const PRIORITIES: &[(&str, u64)] = &[
    ("blocker", 16),
    ("urgent", 16),
    ("critical", 16),
    ("highest", 16),
    ("high", 8),
    ("medium", 4),
    ("normal", 4),
    ("low", 2),
    ("lowest", 1),
    ("trivial", 1),
    ("p0", 512),
    ("p1", 256),
    ("p2", 128),
    ("p3", 64),
    ("p4", 32),
    ("p5", 16),
    ("p6", 8),
    ("p7", 4),
    ("p8", 2),
    ("p9", 1),
    ("must", 8),
    ("must have", 8),
    ("should", 4),
    ("should have", 4),
    ("could", 2),
    ("could have", 2),
    ("won't", 0),
    ("won't have", 0),
];
