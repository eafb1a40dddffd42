//! From dates as plans write them to stretches of days. A quarter stays a stretch and never becomes a day.

use crate::date::Date;

/// When something happens. An end is the first unit that is no longer a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// What is drawn.
    pub shape: Shape,
    /// The first unit.
    pub begin: i32,
    /// Behind the last unit.
    pub end: i32,
    /// The part of it in which it surely happens: behind the stretch of its start, before the stretch of its target.
    pub core: Option<(i32, i32)>,
    /// Behind the last unit of what it is due.
    pub due: Option<i32>,
}

/// What is drawn of something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// A bar from begin to end.
    #[default]
    Bar,
    /// One day.
    Day,
    /// A beginning whose end nobody has said.
    From,
    /// Nothing but the flag of what it is due.
    Flag,
}

/// What an author gave.
#[derive(Clone, Copy, Debug, Default)]
pub struct Dates<'a> {
    /// When work begins.
    pub start: Option<&'a Date>,
    /// When it is intended.
    pub target: Option<&'a Date>,
    /// When it must be there.
    pub due: Option<&'a Date>,
}

/// Dates of one thing that cannot all be meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// It starts after its target, or after what it is due.
    StartsTooLate,
    /// Its target lies wholly behind what it is due.
    MissesDue,
}

impl Dates<'_> {
    /// The last day that was promised: the target's, else that of what it is due.
    pub fn promised(&self) -> Option<i32> {
        self.target.or(self.due).map(|date| date.days().1)
    }

    /// What cannot all be meant.
    pub fn mistake(&self) -> Option<Mistake> {
        let last = self.promised()?;
        if self.start.is_some_and(|start| start.days().0 > last) {
            return Some(Mistake::StartsTooLate);
        }
        let (target, due) = (self.target?, self.due?);
        due.is_before(target).then_some(Mistake::MissesDue)
    }

    /// The stretch of days from 1 January 1970; none where nothing is dated. A start behind the target counts for nothing: what was
    /// promised is drawn.
    pub fn when(&self) -> Option<When> {
        let start = self.start.filter(|_| self.mistake() != Some(Mistake::StartsTooLate));
        let due = self.due.map(|due| due.days().1 + 1);
        let of = |shape, begin, end| When { shape, begin, end, core: None, due };
        let Some(promised) = self.target.or(self.due) else {
            let (first, last) = start?.days();
            return Some(of(Shape::From, first, last + 1));
        };
        let (first, last) = promised.days();
        let Some((begin, begun)) = start.map(Date::days) else {
            let is_day = first == last;
            let shape = match self.target {
                Some(_) if is_day => Shape::Day,
                None if is_day => Shape::Flag,
                _ => Shape::Bar,
            };
            return Some(of(shape, first, last + 1));
        };
        // A day is certain; of anything longer nobody knows where in it.
        let certain = |first: i32, last: i32, day: i32, otherwise: i32| if first == last { day } else { otherwise };
        let core = (certain(begin, begun, begin, begun + 1), certain(first, last, last + 1, first));
        let shape = if begin == last { Shape::Day } else { Shape::Bar };
        Some(When { core: Some(core).filter(|(from, to)| from < to), ..of(shape, begin, last + 1) })
    }
}
