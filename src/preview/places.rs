//! Which connections there are, and which one has to go where one more would be too many: the one that has asked for nothing for longest. Who
//! opens many and says nothing costs nobody else an answer.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The connections of a server, at most so many.
#[derive(Debug)]
pub struct Places {
    most: usize,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    /// Counts what happens.
    now: u64,
    /// By the number of what happened when each was taken.
    places: BTreeMap<u64, Connection>,
}

struct Connection {
    /// When it last had an answer, or was opened.
    since: u64,
    /// Requests that are being answered, and web sockets.
    busy: usize,
    close: Option<Box<dyn FnOnce() + Send>>,
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").field("since", &self.since).field("busy", &self.busy).finish_non_exhaustive()
    }
}

/// The place of one connection, given back when it is dropped.
#[derive(Debug)]
pub struct Place {
    all: Arc<Places>,
    number: u64,
}

/// While this is there, the connection of a place is not silent.
#[derive(Debug)]
pub struct Busy(Arc<Place>);

impl Places {
    /// Places for so many connections.
    pub fn new(most: usize) -> Arc<Places> {
        Arc::new(Places { most, taken: Mutex::default() })
    }

    /// A place for one more connection. Where all are taken, the connection that has been silent for longest is closed; none where all are busy.
    pub fn take(self: &Arc<Self>) -> Option<Arc<Place>> {
        let mut taken = self.taken();
        if taken.places.len() >= self.most {
            let silent = taken.places.iter().filter(|(_, connection)| connection.busy == 0);
            let (&oldest, _) = silent.min_by_key(|(_, connection)| connection.since)?;
            let close = taken.places.remove(&oldest).and_then(|connection| connection.close);
            close.into_iter().for_each(|close| close());
        }
        taken.now += 1;
        let number = taken.now;
        taken.places.insert(number, Connection { since: number, busy: 0, close: None });
        drop(taken);
        Some(Arc::new(Place { all: Arc::clone(self), number }))
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    /// Says how to close the connection.
    pub fn on_close(&self, close: impl FnOnce() + Send + 'static) {
        let mut taken = self.all.taken();
        match taken.places.get_mut(&self.number) {
            Some(connection) => connection.close = Some(Box::new(close)),
            // It had to go before anybody knew how.
            None => {
                drop(taken);
                close();
            }
        }
    }

    /// The connection is asked for something, for as long as what this gives is there.
    pub fn busy(self: &Arc<Self>) -> Busy {
        let mut taken = self.all.taken();
        taken.places.get_mut(&self.number).into_iter().for_each(|connection| connection.busy += 1);
        Busy(Arc::clone(self))
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        let mut taken = self.0.all.taken();
        taken.now += 1;
        let now = taken.now;
        if let Some(connection) = taken.places.get_mut(&self.0.number) {
            connection.busy -= 1;
            connection.since = now;
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.all.taken().places.remove(&self.number);
    }
}
