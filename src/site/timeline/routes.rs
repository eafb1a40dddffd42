//! The ways of arrows: level and upright pieces that run over no other row's box.
//!
//! An arrow leaves the end of what is needed and comes to the start of what needs it. Level pieces run between two rows, upright ones cross
//! a row where its box is not. Of all such ways the one is taken that is short and has few bends, row by row as Dijkstra (1959) has it; it
//! always exists, since the space beside the columns is free. Pieces of different arrows keep apart where there is room.

use super::Need;
use super::layout::{BAR, Extent, Layout, Line};

/// Arrow heads are so long, and pieces keep so far from boxes and from each other.
pub(super) const HEAD: i32 = 6;
const AIR: i32 = 4;
/// The length of the first and of the last piece at least.
const OUT: i32 = 7;
const IN: i32 = HEAD + 3;
/// Where level pieces may run between two rows, from the middle between them.
const LANES: [i32; 3] = [0, -3, 3];
/// What a bend costs, and running along another arrow over a row, in pixels of way.
const BEND: i32 = 24;
const ALONG: i32 = 60;
/// Beyond so many rows between, an upright piece keeps to a few places.
const MAX_BETWEEN: usize = 60;
const NEVER: i32 = i32::MAX / 4;

/// An arrow's corners, from what is needed to what needs it.
pub(super) struct Arrow {
    pub(super) is_conflict: bool,
    pub(super) points: Vec<(i32, i32)>,
}

/// Finds the way of every arrow; those of conflicts first, then the short ones, which so are the straightest.
pub(super) fn routes(layout: &Layout, needs: &[Need]) -> Vec<Arrow> {
    let mut needs: Vec<Need> = needs.iter().filter(|need| need.from != need.to).copied().collect();
    needs.sort_by_key(|need| (!need.is_conflict, need.from.abs_diff(need.to), *need));
    let mut taken =
        Taken { uprights: vec![Vec::new(); layout.lines.len()], levels: vec![Vec::new(); layout.lines.len()] };
    let mut arrows: Vec<Arrow> = Vec::new();
    for (index, need) in needs.iter().enumerate() {
        if index > 0 && needs[index - 1] == *need {
            continue;
        }
        arrows.extend(route(layout, *need, &mut taken));
    }
    arrows
}

/// Pieces of arrows that have their way.
struct Taken {
    /// By the line that they cross.
    uprights: Vec<Vec<(i32, Need)>>,
    /// By the line that they run above: height, left and right end.
    levels: Vec<Vec<(i32, i32, i32, Need)>>,
}

/// Whether two arrows have neither end in common.
fn are_strangers(a: &Need, b: &Need) -> bool {
    a.from != b.from && a.to != b.to
}

impl Taken {
    /// What it costs to run along others across a line.
    fn along(&self, line: usize, x: i32, need: &Need) -> i32 {
        let is_near = |(index, other): &&(i32, Need)| (index - x).abs() < AIR && are_strangers(need, other);
        if self.uprights[line].iter().any(|upright| is_near(&upright)) { ALONG } else { 0 }
    }

    /// The height for a level piece above a line.
    fn lane(&self, line: usize, middle: i32, (left, right): (i32, i32), need: &Need) -> i32 {
        let is_in_the_way = |y: i32| {
            let mut levels = self.levels[line].iter();
            levels.any(|(index, from, to, other)| {
                *index == y && *from < right && left < *to && are_strangers(need, other)
            })
        };
        LANES.iter().map(|lane| middle + lane).find(|&y| !is_in_the_way(y)).unwrap_or(middle)
    }
}

/// An arrow between two rows in the making.
struct Way<'a> {
    layout: &'a Layout,
    need: Need,
    source: usize,
    target: usize,
    start: Extent,
    end: Extent,
}

fn route(layout: &Layout, need: Need, taken: &mut Taken) -> Option<Arrow> {
    let row = |row: u32| layout.rows.get(row as usize).copied();
    let (source, target) = (row(need.from)?, row(need.to)?);
    let (start, end) = (layout.lines.get(source)?.shape?, layout.lines.get(target)?.shape?);
    let way = Way { layout, need, source, target, start, end };
    let steps = way.steps(taken);
    Some(Arrow { is_conflict: need.is_conflict, points: way.points(&steps, taken) })
}

impl Way<'_> {
    fn goes_down(&self) -> bool {
        self.source < self.target
    }

    /// The lines that are crossed, in order.
    fn between(&self) -> Vec<usize> {
        let (first, last) = (self.source.min(self.target) + 1, self.source.max(self.target));
        if self.goes_down() { (first..last).collect() } else { (first..last).rev().collect() }
    }

    /// Where it leaves the edge that faces what needs it.
    fn exit(&self) -> i32 {
        (self.start.right - OUT).max(i32::midpoint(self.start.left, self.start.right))
    }

    /// The places of its uprights: before the first line that is crossed, between each two, and behind the last, where it comes to and where
    /// it leaves the space between two lines.
    fn steps(&self, taken: &Taken) -> Vec<(i32, i32)> {
        let between = self.between();
        let positions = self.positions(&between);
        let (exit, enter) = (self.exit(), self.end.left - IN);
        let begin = |&x: &i32| match x {
            _ if x == exit => BEND / 2,
            _ if x >= self.start.right + OUT => x - self.start.right + BEND + taken.along(self.source, x, &self.need),
            _ => NEVER,
        };
        let mut costs: Vec<i32> = positions.iter().map(begin).collect();
        let mut came = vec![relax(&positions, &mut costs)];
        for &line in &between {
            let shape = self.layout.lines[line].shape.as_ref().map(Extent::across);
            for (&x, cost) in positions.iter().zip(&mut costs) {
                let is_over = shape.is_some_and(|(left, right)| left - AIR < x && x < right + AIR);
                *cost = if is_over { NEVER } else { *cost + taken.along(line, x, &self.need) };
            }
            came.push(relax(&positions, &mut costs));
        }
        let whole = |index: &usize| {
            costs[*index] + enter - positions[*index] + taken.along(self.target, positions[*index], &self.need)
        };
        let ends = (0..positions.len()).filter(|&index| positions[index] <= enter);
        let Some(mut index) = ends.min_by_key(whole) else { return vec![(exit, enter)] };
        let mut steps = Vec::with_capacity(came.len());
        for came in came.iter().rev() {
            steps.push((positions[came[index]], positions[index]));
            index = came[index];
        }
        steps.reverse();
        steps
    }

    /// Where an upright piece may be: at both ends, beside the boxes on the way, and beside the columns.
    fn positions(&self, between: &[usize]) -> Vec<i32> {
        let (left, right) = self.layout.across();
        let (out, enter) = (self.start.right + OUT, self.end.left - IN);
        let mut positions = vec![self.exit()];
        for step in 0..4 {
            let step = step * AIR;
            positions.extend([out + step, enter - step, left + step, right - step]);
        }
        if between.len() <= MAX_BETWEEN {
            for (left, right) in
                between.iter().filter_map(|&index| self.layout.lines[index].shape.as_ref()).map(Extent::across)
            {
                positions.extend([left - 2 * AIR, left - AIR, right + AIR, right + 2 * AIR]);
            }
        }
        positions.retain(|x| (left..=right).contains(x));
        positions.sort_unstable();
        positions.dedup();
        positions
    }

    /// The corners of a way, which from now on is taken.
    fn points(&self, steps: &[(i32, i32)], taken: &mut Taken) -> Vec<(i32, i32)> {
        let middle = |line: usize| self.layout.lines.get(line).map_or(0, Line::middle);
        let (from, to) = (middle(self.source), middle(self.target));
        let first = steps.first().map_or(0, |step| step.0);
        let mut points = if first == self.exit() {
            vec![(first, from + if self.goes_down() { BAR } else { -BAR })]
        } else {
            taken.uprights[self.source].push((first, self.need));
            vec![(self.start.right, from), (first, from)]
        };
        for (step, &(x, next)) in steps.iter().enumerate() {
            // The line below the space between two lines.
            let below = if self.goes_down() { self.source + step + 1 } else { self.source - step };
            if x != next {
                let ends = (x.min(next), x.max(next));
                let y = taken.lane(below, self.layout.lines[below].top, ends, &self.need);
                taken.levels[below].push((y, ends.0, ends.1, self.need));
                points.extend([(x, y), (next, y)]);
            }
            let crossed = if self.goes_down() { below } else { below - 1 };
            taken.uprights[crossed].push((next, self.need));
        }
        points.extend([(steps.last().map_or(first, |step| step.1), to), (self.end.left, to)]);
        points
    }
}

/// Lets a way go on from each place at any other, for the way between them and two bends; gives from which it is best to come.
fn relax(positions: &[i32], costs: &mut [i32]) -> Vec<usize> {
    let mut came: Vec<usize> = (0..positions.len()).collect();
    let own = costs.to_vec();
    for is_back in [false, true] {
        let mut best: Option<usize> = None;
        for step in 0..positions.len() {
            let index = if is_back { positions.len() - 1 - step } else { step };
            let reach = |from: usize| own[from] + (positions[from] - positions[index]).abs();
            if let Some(from) = best.filter(|&from| reach(from) + 2 * BEND < costs[index]) {
                costs[index] = reach(from) + 2 * BEND;
                came[index] = from;
            }
            if best.is_none_or(|from| own[index] < reach(from)) {
                best = Some(index);
            }
        }
    }
    came
}
