//! Names sorted so that the nearest of them is found without a look at each: names that begin alike share the work, and all that
//! begin too differently are passed over in one step.

use std::collections::{BTreeMap, HashMap};

use super::{MAX_SLIPS, numbers, parts, slips};

/// Names in which the nearest one is looked for. It answers as [`super::nearest()`] does, for the price of the names that come close.
#[derive(Debug, Default)]
pub struct NameIndex {
    /// By the numbers in them, which are the same in names that are near; there by their lengths, then by text; of equal names the first.
    names: BTreeMap<String, Vec<Name>>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    /// Letters of the name in lower case.
    letters: usize,
    /// Letters of the name as it was given: in a few languages another number.
    length: usize,
    /// The name in lower case.
    text: Box<str>,
    /// Which one of the names it is.
    position: usize,
}

/// What was found for a name that matches nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suggestion<T> {
    /// The nearest name.
    Near(T),
    /// No name is near.
    Nothing,
    /// So many names that match nothing were looked for already that this one was not.
    NotSought,
}

impl<T> Suggestion<T> {
    /// The nearest name, where one was found.
    pub fn near(self) -> Option<T> {
        match self {
            Suggestion::Near(name) => Some(name),
            Suggestion::Nothing | Suggestion::NotSought => None,
        }
    }

    /// The same of something else.
    pub fn map<U>(self, other: impl FnOnce(T) -> U) -> Suggestion<U> {
        match self {
            Suggestion::Near(name) => Suggestion::Near(other(name)),
            Suggestion::Nothing => Suggestion::Nothing,
            Suggestion::NotSought => Suggestion::NotSought,
        }
    }
}

/// The help where a name was [not looked for](Suggestion::NotSought).
pub const NOT_SOUGHT: &str =
    "so many names match nothing here that a similar one was not looked for; it will be when others are fixed";

/// Steps that all searches together may take beyond [`STEPS_EACH`]: a fraction of a second's work.
const STEPS: u64 = 5_000_000;
/// Steps that each search adds to what may be taken: enough for a name that is one slip from another.
const STEPS_EACH: u64 = 1_000;

/// What searches may cost together. Names that are all alike can be made so that every search has to look at each of them.
#[derive(Debug)]
pub struct Search {
    steps_left: u64,
    steps: u64,
}

impl Default for Search {
    fn default() -> Search {
        Search::of_steps(STEPS)
    }
}

impl Search {
    /// Searches that may take so many steps together, and a few more each.
    pub fn of_steps(steps: u64) -> Search {
        Search { steps_left: steps, steps: 0 }
    }

    /// The steps that were taken: letters of names that were compared with what was asked for.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// Takes some steps; whether so many were left.
    fn take(&mut self, steps: u64) -> bool {
        self.steps += steps;
        let are_left = self.steps_left >= steps;
        self.steps_left = self.steps_left.saturating_sub(steps);
        are_left
    }
}

/// What was looked for in one index already, in lower case.
pub type Sought = HashMap<String, Suggestion<Near>>;

/// A name that is near.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Near {
    /// Slips between it and what was looked for.
    pub distance: usize,
    /// Which of the names it is.
    pub position: usize,
}

impl NameIndex {
    /// The index of some names, which are called by their positions.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> NameIndex {
        let name = |(position, name): (usize, &str)| Name {
            letters: name.to_lowercase().chars().count(),
            length: name.chars().count(),
            text: name.to_lowercase().into(),
            position,
        };
        let mut index = NameIndex::default();
        for name in names.into_iter().enumerate().map(name) {
            index.names.entry(numbers(&name.text)).or_default().push(name);
        }
        for names in index.names.values_mut() {
            names.sort_unstable();
            names.dedup_by(|other, first| (other.length, &other.text) == (first.length, &first.text));
        }
        index
    }

    /// The first of the names that are nearest to `wanted`. What `sought` has is not looked for again.
    pub fn nearest(&self, wanted: &str, sought: &mut Sought, search: &mut Search) -> Suggestion<Near> {
        let wanted = wanted.to_lowercase();
        if let Some(&known) = sought.get(&wanted) {
            return known;
        }
        search.steps_left = search.steps_left.saturating_add(STEPS_EACH);
        let letters: Vec<char> = wanted.chars().collect();
        let names = self.names.get(&numbers(&wanted)).map_or(&[][..], Vec::as_slice);
        let slips = slips(letters.len());
        // Most mistakes are one slip, and to look for few slips is to pass over most names.
        let mut found = Suggestion::Nothing;
        for most in 1..=slips {
            found = within(names, (&wanted, &letters), slips, most, search);
            if found != Suggestion::Nothing {
                break;
            }
        }
        sought.insert(wanted, found);
        found
    }
}

/// The first of the nearest names, among those at most `most` slips away and at most `reach` letters longer or shorter.
fn within<'a>(
    names: &'a [Name],
    (text, wanted): (&str, &'a [char]),
    reach: usize,
    most: usize,
    search: &mut Search,
) -> Suggestion<Near> {
    let mut nearest: Option<Near> = None;
    let mut from = names.partition_point(|name| name.letters < wanted.len().saturating_sub(most));
    let mut rows = Rows::new(wanted);
    while let Some(name) = names.get(from).filter(|name| name.letters <= wanted.len() + most) {
        let most = nearest.map_or(most, |nearest| nearest.distance);
        let (outcome, steps) = rows.compare(&name.text, most);
        if !search.take(steps) {
            return Suggestion::NotSought;
        }
        from += 1;
        match outcome {
            // A name that shares nothing with the other is no slip of it.
            Compared::Near(distance) if distance < wanted.len() && name.length.abs_diff(wanted.len()) <= reach => {
                if !search.take(wanted.len() as u64) {
                    return Suggestion::NotSought;
                }
                if !parts::may_be_meant(text, &name.text) {
                    continue;
                }
                let this = Near { distance, position: name.position };
                nearest = Some(nearest.map_or(this, |nearest| nearest.min(this)));
            }
            Compared::Near(_) | Compared::Far => {}
            Compared::FarFrom(end, next) => {
                let start = &name.text[..end];
                let is_far = |other: &Name| {
                    let rest = other
                        .text
                        .strip_prefix(start)
                        .filter(|_| (other.letters, other.length) == (name.letters, name.length));
                    rest.is_some_and(|rest| next.is_none_or(|next| rest.chars().next() < Some(next)))
                };
                from += names[from..].partition_point(is_far);
            }
        }
    }
    nearest.map_or(Suggestion::Nothing, Suggestion::Near)
}

/// What comparing a name came to.
enum Compared {
    /// It is so many slips away.
    Near(usize),
    /// It is too far away.
    Far,
    /// So is every name that begins with as many of its bytes, up to those in which this letter comes next.
    FarFrom(usize, Option<char>),
}

/// Letters of a row: only those at most [`MAX_SLIPS`] places away can be near.
const WIDTH: usize = 2 * MAX_SLIPS + 1;
/// More slips than are looked for.
const FAR: u8 = MAX_SLIPS as u8 + 1;

/// The distances of the beginnings of one name from the beginnings of another: optimal string alignment, a row for each letter of the
/// name, kept for the next name, which mostly begins alike.
struct Rows<'a> {
    wanted: &'a [char],
    /// The name that was compared last.
    name: &'a str,
    rows: Vec<Row>,
}

struct Row {
    /// Distances from the beginning of what is wanted that is as long, less [`MAX_SLIPS`], and the following ones.
    distances: [u8; WIDTH],
    letter: char,
    /// Bytes of the name up to here.
    end: usize,
}

impl Row {
    fn least(&self) -> usize {
        self.distances.iter().min().map_or(usize::MAX, |&least| usize::from(least))
    }
}

impl<'a> Rows<'a> {
    fn new(wanted: &'a [char]) -> Rows<'a> {
        let mut rows = Rows { wanted, name: "", rows: Vec::new() };
        let distances = std::array::from_fn(|index| match index.checked_sub(MAX_SLIPS) {
            Some(length) if length <= wanted.len() => u8::try_from(length).unwrap_or(FAR),
            _ => FAR,
        });
        rows.rows.push(Row { distances, letter: '\0', end: 0 });
        rows
    }

    /// How near a name is, where it is at most `most` slips away, and what it cost to tell.
    fn compare(&mut self, name: &'a str, most: usize) -> (Compared, u64) {
        let common = self.name.bytes().zip(name.bytes()).take_while(|(one, other)| one == other).count();
        let kept = self.rows.partition_point(|row| row.end <= common);
        let mut steps = 1 + common as u64 / 16;
        self.rows.truncate(kept);
        self.name = name;
        let mut end = self.rows.last().map_or(0, |row| row.end);
        let mut letters = name[end..].chars();
        // The least distance of a row is never less than that of the row before.
        while self.rows.last().is_some_and(|row| row.least() <= most) {
            let Some(letter) = letters.next() else { return (self.distance(most), steps) };
            end += letter.len_utf8();
            steps += 1;
            let row = self.next(letter, end);
            self.rows.push(row);
        }
        let (end, next) = self.far(most);
        (Compared::FarFrom(end, next), steps + end as u64 / 16)
    }

    /// Where to go on when the last row is too far away: with names that begin otherwise, or, where no slip is left for the next letter, with
    /// those that go on with a letter that is none.
    fn far(&self, most: usize) -> (usize, Option<char>) {
        let [above @ .., last] = self.rows.as_slice() else { return (0, None) };
        let Some(parent) = above.last().filter(|parent| parent.least() == most) else { return (last.end, None) };
        let length = above.len();
        let wanted = |up_to: usize| self.wanted.get(up_to).copied();
        let next = (0..WIDTH).flat_map(|index| {
            let same =
                (length - 1 + index).checked_sub(MAX_SLIPS).filter(|_| usize::from(parent.distances[index]) == most);
            let swapped = (length + index).checked_sub(MAX_SLIPS + 2).filter(|&up_to| {
                let before = above.len().checked_sub(2).map(|before| usize::from(above[before].distances[index]));
                before.is_some_and(|before| before < most) && wanted(up_to + 1) == Some(parent.letter)
            });
            [same, swapped].into_iter().flatten().filter_map(wanted)
        });
        match next.filter(|&letter| letter > last.letter).min() {
            Some(next) => (parent.end, Some(next)),
            None => (parent.end, None),
        }
    }

    /// How near the name is that was read to its end.
    fn distance(&self, most: usize) -> Compared {
        let length = self.rows.len() - 1;
        let last = (self.wanted.len() + MAX_SLIPS).checked_sub(length).filter(|&index| index < WIDTH);
        let distance = last.map_or(FAR, |index| self.rows[length].distances[index]);
        let distance = usize::from(distance);
        if distance <= most { Compared::Near(distance) } else { Compared::Far }
    }

    /// The row of the name's next letter.
    fn next(&self, letter: char, end: usize) -> Row {
        let length = self.rows.len();
        let above = &self.rows[length - 1];
        let mut distances = [FAR; WIDTH];
        for index in 0..WIDTH {
            // Letters of what is wanted.
            let Some(up_to) = (length + index).checked_sub(MAX_SLIPS).filter(|&up_to| up_to <= self.wanted.len())
            else {
                continue;
            };
            let too_many = above.distances.get(index + 1).map_or(FAR, |distance| distance + 1);
            let too_few = index.checked_sub(1).map_or(FAR, |index| distances[index] + 1);
            let mut least = too_many.min(too_few);
            if let Some(last) = up_to.checked_sub(1).map(|last| self.wanted[last]) {
                least = least.min(above.distances[index] + u8::from(last != letter));
                let is_swapped = length >= 2 && up_to >= 2 && last == above.letter && self.wanted[up_to - 2] == letter;
                if is_swapped {
                    least = least.min(self.rows[length - 2].distances[index] + 1);
                }
            }
            distances[index] = least.min(FAR);
        }
        Row { distances, letter, end }
    }
}
