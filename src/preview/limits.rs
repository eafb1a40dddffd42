//! What one client may take from the others, so that none holds up the rest.

use std::time::Duration;

/// What one client may take from the others. [`Limits::default`] is what a preview has.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections at once; for one more, the one that has been silent for longest is closed. A browser takes six for each page that loads and one for each that is open.
    pub connections: usize,
    /// How long the head of a request may take, and how long a connection may lie idle.
    pub head: Duration,
    /// How long a client may leave what it is sent unread.
    pub unread: Duration,
    /// How often a silent page is asked whether it is still there. One that has not answered by the next time is gone.
    pub heartbeat: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            connections: 512,
            head: Duration::from_secs(10),
            unread: Duration::from_secs(20),
            heartbeat: Duration::from_secs(30),
        }
    }
}
