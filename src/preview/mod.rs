//! The preview: a site that follows the files, answered from memory and never written.
//!
//! One thread looks (`watch`) and makes editions ([`Press`]), with the same stages as a build; another serves the
//! newest one. A page is made when it is asked for, and is told of every new edition over a web socket.

mod answer;
mod edition;
mod gate;
mod message;
mod moved;
mod server;
mod watch;

use std::io;
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use crate::discover::{Options, WorldError};
use crate::project::Audience;

pub use answer::{Answer, answer, with_script};
pub use edition::{Edit, Edition, Look, Press};
pub use gate::{Caller, may_ask};
pub use server::{Answering, serve};

/// How to preview.
#[derive(Clone, Debug)]
pub struct Preview {
    /// Through whose eyes.
    pub audience: Audience,
    /// The day to take for today.
    pub options: Options,
    /// Look every so often instead of being told by the system: for folders on a network.
    pub poll: bool,
    /// The host name that the server was asked to listen on; empty where it was an address.
    pub name: String,
}

/// What happens while a preview runs.
#[derive(Debug)]
pub enum News<'a> {
    /// A new edition; the first one too.
    Edition(&'a Edition),
    /// Why changes are seen later than usual.
    Limit(&'a str),
}

/// Previews the project in the folder `root` on `listener` until the process ends. `tell` hears what happens.
pub fn preview(
    root: &Path,
    listener: TcpListener,
    preview: &Preview,
    mut tell: impl FnMut(&News<'_>) + Send + 'static,
) -> Result<io::Result<()>, WorldError> {
    let mut press = Press::new(root, preview.audience, &preview.options)?;
    let mut watch = watch::Watch::new(preview.poll);
    let first = press.first()?;
    watch.watch(press.folders());
    tell(&News::Edition(&first));
    let (sender, editions) = tokio::sync::watch::channel(Arc::new(first));
    thread::spawn(move || {
        // What changed while nobody was watching yet.
        let mut look = Look::All;
        loop {
            if let Some(limit) = watch.limit() {
                tell(&News::Limit(&limit));
            }
            let begin = Instant::now();
            let edition = press.look(&look).map(Arc::new);
            // The old edition is given back after the new one is out.
            let old = edition.clone().map(|edition| sender.send_replace(edition));
            edition.iter().for_each(|edition| tell(&News::Edition(edition)));
            drop(old);
            if look == Look::All || edition.is_some() {
                watch.watch(press.folders());
            }
            if look == Look::All {
                watch.swept(begin.elapsed());
            }
            look = watch.wait();
        }
    });
    let boot = format!("{:x}", std::process::id());
    Ok(serve(listener, editions, boot, preview.name.clone(), preview.audience.word(), answer))
}
