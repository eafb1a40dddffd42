//! Typed ids: an index says by its type what it counts, so that an item is never looked up among themes.

use std::fmt;
use std::hash::Hash;
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// The index of something in a list of its kind.
pub trait Id: Copy + Ord + Hash + fmt::Debug + Send + Sync + 'static {
    /// The id of what stands at `index`.
    ///
    /// # Panics
    ///
    /// Where a list is longer than `u32::MAX`, which no plan is: sizes of files are limited long before.
    fn new(index: usize) -> Self;

    /// The place in the list, from 0.
    fn index(self) -> usize;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u32);

        impl Id for $name {
            fn new(index: usize) -> $name {
                $name(u32::new(index))
            }

            fn index(self) -> usize {
                self.0.index()
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }
    )*};
}

ids! {
    /// An item of a plan, by its index in [`crate::plan::Plan::items`].
    ItemId;
    /// A theme of a plan, by its index in [`crate::plan::Plan::themes`].
    ThemeId;
    /// A free page of a plan, by its index in [`crate::plan::Plan::pages`].
    PageId;
    /// An open item as the order sees it, by its index among the jobs.
    JobId;
}

/// Nodes of graphs that nothing else is known of.
impl Id for u32 {
    fn new(index: usize) -> u32 {
        u32::try_from(index).expect("a list of fewer than 2³² entries")
    }

    fn index(self) -> usize {
        self as usize
    }
}

/// A list that is looked up by ids of one kind.
#[derive(Clone, PartialEq, Eq)]
pub struct IdVec<I, T> {
    entries: Vec<T>,
    ids: PhantomData<fn(I) -> I>,
}

impl<I: Id, T> IdVec<I, T> {
    /// An empty list.
    pub fn new() -> IdVec<I, T> {
        IdVec::from(Vec::new())
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Appends an entry; gives its id.
    pub fn push(&mut self, entry: T) -> I {
        self.entries.push(entry);
        I::new(self.entries.len() - 1)
    }

    /// The entry of an id, where there is one.
    pub fn get(&self, id: I) -> Option<&T> {
        self.entries.get(id.index())
    }

    /// All ids, ascending.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + Clone + use<I, T> {
        (0..self.entries.len()).map(I::new)
    }

    /// All entries, by id.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.entries.iter()
    }

    /// All entries, by id.
    pub fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.entries.iter_mut()
    }

    /// All entries with their ids.
    pub fn enumerate(&self) -> impl DoubleEndedIterator<Item = (I, &T)> + ExactSizeIterator + Clone {
        self.entries.iter().enumerate().map(|(index, entry)| (I::new(index), entry))
    }

    /// All entries, by id.
    pub fn as_slice(&self) -> &[T] {
        &self.entries
    }

    /// All entries, by id: to sort them, or to leave some out, before anything holds an id.
    pub fn as_mut_vec(&mut self) -> &mut Vec<T> {
        &mut self.entries
    }

    /// A list of the same ids with something else behind each.
    pub fn map<U>(&self, entry: impl FnMut(&T) -> U) -> IdVec<I, U> {
        self.entries.iter().map(entry).collect()
    }
}

impl<I: Id, T: Clone> IdVec<I, T> {
    /// `entry`, `len` times.
    pub fn filled(entry: T, len: usize) -> IdVec<I, T> {
        IdVec::from(vec![entry; len])
    }
}

impl<I, T> From<Vec<T>> for IdVec<I, T> {
    fn from(entries: Vec<T>) -> IdVec<I, T> {
        IdVec { entries, ids: PhantomData }
    }
}

impl<I, T> Default for IdVec<I, T> {
    fn default() -> IdVec<I, T> {
        IdVec::from(Vec::new())
    }
}

impl<I, T: fmt::Debug> fmt::Debug for IdVec<I, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entries.fmt(f)
    }
}

impl<I: Id, T> Index<I> for IdVec<I, T> {
    type Output = T;

    fn index(&self, id: I) -> &T {
        &self.entries[id.index()]
    }
}

impl<I: Id, T> IndexMut<I> for IdVec<I, T> {
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.entries[id.index()]
    }
}

impl<I, T> FromIterator<T> for IdVec<I, T> {
    fn from_iter<Entries: IntoIterator<Item = T>>(entries: Entries) -> IdVec<I, T> {
        IdVec::from(Vec::from_iter(entries))
    }
}

impl<I, T> Extend<T> for IdVec<I, T> {
    fn extend<Entries: IntoIterator<Item = T>>(&mut self, entries: Entries) {
        self.entries.extend(entries);
    }
}

impl<I, T> IntoIterator for IdVec<I, T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> std::vec::IntoIter<T> {
        self.entries.into_iter()
    }
}

impl<'a, I, T> IntoIterator for &'a IdVec<I, T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> std::slice::Iter<'a, T> {
        self.entries.iter()
    }
}

impl<'a, I, T> IntoIterator for &'a mut IdVec<I, T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;

    fn into_iter(self) -> std::slice::IterMut<'a, T> {
        self.entries.iter_mut()
    }
}
