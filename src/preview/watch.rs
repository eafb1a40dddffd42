//! Watching: when to look, and at what. The one home of `notify`.
//!
//! Events of the file system are hints; contents decide. Folders are watched and not files, since a save that puts a new file in the
//! place of the old one would leave a watch on the old one. A slow sweep catches what no event told, such as the target of a link.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::engine::Rescan;

/// How long nothing must happen before a look, while a file may still be written to.
const SETTLE: Duration = Duration::from_millis(25);
/// The same once every file that changed was closed or put in its place: its contents are whole.
const SETTLED: Duration = Duration::from_millis(2);
/// A look is not put off for longer, however much happens.
const LONGEST: Duration = Duration::from_millis(300);
/// More paths than these are not looked at one by one.
const MAX_PATHS: usize = 200;
/// The least time between two sweeps, with events and without.
const SWEEP: Duration = Duration::from_secs(3);
const POLL: Duration = Duration::from_millis(300);
/// A sweep takes at most one part in this of the time.
const SWEEP_SHARE: u32 = 50;
const POLL_SHARE: u32 = 10;

/// Sees changes in folders.
pub(super) struct Watch {
    watcher: Option<RecommendedWatcher>,
    events: Receiver<notify::Result<Event>>,
    /// Keeps `events` open where nobody sends any.
    _sender: Sender<notify::Result<Event>>,
    /// The folders that are watched, each with what tells it from another in its place.
    folders: BTreeMap<PathBuf, Identity>,
    /// Folders that went or came: one that is made again may look like the old one and is no longer watched.
    renewed: BTreeSet<PathBuf>,
    next_sweep: Instant,
    /// Why there are no events, where they were wanted.
    limit: Option<String>,
}

type Identity = (u64, u64);

impl Watch {
    /// A watch; with `poll`, or where the system gives no events, one that only sweeps.
    pub(super) fn new(poll: bool) -> Watch {
        let (sender, events) = channel();
        let own = sender.clone();
        let watcher = (!poll).then(|| notify::recommended_watcher(move |event| _ = own.send(event)));
        let (watcher, limit) = match watcher.transpose() {
            Ok(watcher) => (watcher, None),
            Err(error) => (None, Some(limit(&error))),
        };
        Watch {
            watcher,
            events,
            _sender: sender,
            folders: BTreeMap::new(),
            renewed: BTreeSet::new(),
            next_sweep: Instant::now() + POLL,
            limit,
        }
    }

    /// Watches these folders and no others. A folder that was made again is watched again.
    pub(super) fn watch(&mut self, wanted: &BTreeSet<PathBuf>) {
        let Some(watcher) = &mut self.watcher else { return };
        let wanted: BTreeMap<PathBuf, Identity> =
            wanted.iter().filter_map(|folder| Some((folder.clone(), identity(folder)?))).collect();
        let renewed = std::mem::take(&mut self.renewed);
        self.folders.retain(|folder, identity| {
            let stays =
                wanted.get(folder) == Some(identity) && !folder.ancestors().any(|above| renewed.contains(above));
            if !stays {
                // One that is gone is no longer watched anyway.
                _ = watcher.unwatch(folder);
            }
            stays
        });
        let mut failed = None;
        for (folder, identity) in &wanted {
            if self.folders.get(folder) != Some(identity)
                && let Err(error) = watcher.watch(folder, RecursiveMode::NonRecursive)
                && folder.is_dir()
            {
                failed = Some(limit(&error));
                break;
            }
        }
        self.folders = wanted;
        if failed.is_some() {
            self.limit = failed;
            self.watcher = None;
            self.folders.clear();
        }
    }

    /// Why there are no events though they were wanted; said once.
    pub(super) fn limit(&mut self) -> Option<String> {
        self.limit.take()
    }

    /// Waits until there is something to look at.
    pub(super) fn wait(&mut self) -> Rescan {
        let mut hints = Hints::default();
        loop {
            let now = Instant::now();
            let until = match hints.since {
                Some(since) => (hints.last + hints.settle()).min(since + LONGEST),
                None => self.next_sweep,
            };
            if now >= until && hints.may_be_cut() {
                continue;
            }
            if now >= until {
                return if hints.since.is_some() { hints.rescan() } else { Rescan::All };
            }
            match self.events.recv_timeout(until - now) {
                Ok(Ok(event)) => {
                    if !matches!(event.kind, EventKind::Access(_) | EventKind::Modify(ModifyKind::Data(_))) {
                        self.renewed
                            .extend(event.paths.iter().filter(|path| self.folders.contains_key(*path)).cloned());
                    }
                    hints.add(event);
                }
                Ok(Err(_)) => hints.everything(),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
            }
        }
    }

    /// Notes that everything was looked at, and how long that took.
    pub(super) fn polled(&mut self, took: Duration) {
        let (least, share) = if self.watcher.is_some() { (SWEEP, SWEEP_SHARE) } else { (POLL, POLL_SHARE) };
        self.next_sweep = Instant::now() + least.max(took * share);
    }
}

/// What events said since the last look.
struct Hints {
    since: Option<Instant>,
    last: Instant,
    paths: BTreeSet<PathBuf>,
    /// Files that somebody may still write to.
    open: BTreeSet<PathBuf>,
    all: bool,
}

impl Default for Hints {
    fn default() -> Hints {
        Hints { since: None, last: Instant::now(), paths: BTreeSet::new(), open: BTreeSet::new(), all: false }
    }
}

impl Hints {
    fn add(&mut self, event: Event) {
        let is_whole = match event.kind {
            // Reading is not changing: our own looks must not make us look.
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
            EventKind::Access(_) => return,
            EventKind::Modify(ModifyKind::Name(_)) | EventKind::Remove(_) => true,
            _ if event.need_rescan() => return self.everything(),
            _ => false,
        };
        self.touch();
        for path in event.paths {
            if is_whole {
                self.open.remove(&path);
            } else {
                self.open.insert(path.clone());
            }
            self.paths.insert(path);
        }
    }

    /// Whether a file is empty now: somebody may have cut it to write it anew. Asked as long as a look may be put off; then it is meant.
    fn may_be_cut(&mut self) -> bool {
        if self.all || self.since.is_none_or(|since| since.elapsed() >= LONGEST) {
            return false;
        }
        let is_empty =
            |path: &&PathBuf| std::fs::metadata(path).is_ok_and(|metadata| metadata.is_file() && metadata.len() == 0);
        let cut: Vec<PathBuf> = self.paths.iter().filter(is_empty).cloned().collect();
        let found = !cut.is_empty();
        self.open.extend(cut);
        if found {
            self.last = Instant::now();
        }
        found
    }

    fn everything(&mut self) {
        self.touch();
        self.all = true;
    }

    fn touch(&mut self) {
        self.last = Instant::now();
        self.since.get_or_insert(self.last);
    }

    fn settle(&self) -> Duration {
        if self.open.is_empty() && !self.all { SETTLED } else { SETTLE }
    }

    fn rescan(self) -> Rescan {
        if self.all || self.paths.len() > MAX_PATHS {
            Rescan::All
        } else {
            Rescan::At(self.paths.into_iter().collect())
        }
    }
}

/// What an error of the watcher means to the user.
fn limit(error: &notify::Error) -> String {
    let is_instances = matches!(&error.kind, notify::ErrorKind::Io(error) if error.raw_os_error() == Some(24));
    let raise = match error.kind {
        notify::ErrorKind::MaxFilesWatch => Some("max_user_watches"),
        _ if is_instances => Some("max_user_instances"),
        _ => None,
    };
    match raise {
        Some(name) => format!(
            "the system watches no more folders, so changes are looked for every so often; raise the limit with \
             `sysctl fs.inotify.{name}=524288`"
        ),
        None => format!("the system cannot watch folders ({error}), so changes are looked for every so often"),
    }
}

/// What tells a folder from another that is made in its place; none where it is gone.
#[cfg(unix)]
fn identity(folder: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata(folder).ok().map(|metadata| (metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(folder: &Path) -> Option<Identity> {
    std::fs::metadata(folder).ok().map(|_| (0, 0))
}
