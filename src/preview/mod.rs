//! The preview: a site that follows the files, answered from memory and never written.
//!
//! One thread looks (`watch`) and makes snapshots ([`Engine`]), with the same stages as a build; another serves the
//! newest one. A page is made when it is asked for, and is told of every new snapshot over a web socket.

mod access;
mod answer;
mod changed;
mod engine;
mod limits;
mod message;
mod moved;
mod places;
mod server;
mod shown;
mod watch;

use std::io;
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use crate::discover::{DiscoverError, Options};
use crate::visibility::Audience;

pub use access::{RequestOrigin, is_allowed};
pub use answer::{PreviewAnswer, answer, with_script};
pub use engine::{Edit, Engine, Rescan, Snapshot, Told};
pub use limits::Limits;
pub use places::{Busy, Place, Places};
pub use server::{Answering, serve};

/// How to preview.
#[derive(Clone, Debug)]
pub struct Preview {
    /// For which audience.
    pub audience: Audience,
    /// The day to take for today.
    pub options: Options,
    /// Rescan every so often instead of being told by the system: for folders on a network.
    pub poll: bool,
    /// The names by which it may be asked for, beside `localhost` and addresses: the host name that the server was asked to listen on, and
    /// those of what stands before it.
    pub names: Vec<String>,
}

/// What happens while a preview runs.
#[derive(Debug)]
pub enum Event<'a> {
    /// A new snapshot; the first one too.
    Snapshot(&'a Snapshot),
    /// Why changes are seen later than usual.
    Limit(&'a str),
}

/// Previews the project in the folder `root` on `listener` until the process ends. `tell` hears what happens.
pub fn preview(
    root: &Path,
    listener: TcpListener,
    preview: &Preview,
    mut tell: impl FnMut(&Event<'_>) + Send + 'static,
) -> Result<io::Result<()>, DiscoverError> {
    let mut engine = Engine::new(root, preview.audience, &preview.options)?;
    let mut watch = watch::Watch::new(preview.poll);
    let first = engine.first()?;
    watch.watch(engine.folders());
    tell(&Event::Snapshot(&first));
    let (sender, snapshots) = tokio::sync::watch::channel(Arc::new(first));
    thread::spawn(move || {
        // What changed while nobody was watching yet.
        let mut rescan = Rescan::All;
        loop {
            if let Some(limit) = watch.limit() {
                tell(&Event::Limit(&limit));
            }
            let begin = Instant::now();
            let snapshot = engine.rescan(&rescan).map(Arc::new);
            // The old snapshot is given back after the new one is out.
            let old = snapshot.clone().map(|snapshot| sender.send_replace(snapshot));
            snapshot.iter().for_each(|snapshot| tell(&Event::Snapshot(snapshot)));
            drop(old);
            if rescan == Rescan::All || snapshot.is_some() {
                watch.watch(engine.folders());
            }
            if rescan == Rescan::All {
                watch.polled(begin.elapsed());
            }
            rescan = watch.wait();
        }
    });
    let session = format!("{:x}", std::process::id());
    Ok(serve(listener, snapshots, session, preview.names.clone(), preview.audience.word(), answer, Limits::default()))
}
