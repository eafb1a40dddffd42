//! The order of each column, such that few lines cross.
//!
//! From several starts, sweeps to and fro put every node at the mean or the median of what it is joined to (Sugiyama 1981; Gansner
//! 1993); then single nodes move to wherever in their column they cross least, all others held (sifting: Matuszewski,
//! Schönfeld and Molitor 1999). The best of all starts is disturbed and settled again for as long as the effort lasts, which is counted
//! in steps and not in time.

use super::layers::Layered;

/// Steps spent at most on each node and each piece of a line: so many for each box of the part, and so many at most; and on the whole. A
/// step takes a nanosecond or less, so a part of 7 boxes is never worth a tenth of a millisecond, one of 60 about three, and none more
/// than a tenth of a second, beyond the one start it takes.
const EFFORT: u64 = 200;
const MOST: u64 = 24_000;
const WHOLE: u64 = 50_000_000;
/// Starts from chance, after the first.
const STARTS: u32 = 6;
/// Columns with more nodes are not sifted: that takes the square of their number.
const SIFTED: usize = 400;

/// Orders the columns and says how often two lines cross.
pub(super) fn order(layered: &mut Layered) -> u64 {
    let pieces: usize = layered.right.iter().map(Vec::len).sum();
    let mut search = Search::new(layered);
    search.start();
    let mut best = search.crossings();
    let mut kept = search.layers.clone();
    let mut fewest = search.improve(best);
    if fewest < best {
        best = fewest;
        kept.clone_from(&search.layers);
    }
    let limit = ((EFFORT * layered.boxes as u64).min(MOST) * (search.index.len() + pieces) as u64).min(WHOLE);
    for start in 0.. {
        if best == 0 || search.steps > limit {
            break;
        }
        if start < STARTS {
            search.shuffle();
            fewest = search.crossings();
            fewest = search.improve(fewest);
        } else {
            search.resume(&kept);
            search.disturb();
            fewest = search.crossings();
            fewest -= search.sift();
        }
        // A different order as good as the best is a fresh place to go on from.
        if fewest <= best {
            best = fewest;
            kept.clone_from(&search.layers);
        }
    }
    layered.layers = kept;
    best
}

struct Search<'a> {
    left: &'a [Vec<u32>],
    right: &'a [Vec<u32>],
    layers: Vec<Vec<u32>>,
    /// The column of each node and its place there.
    layer: &'a [u32],
    index: Vec<u32>,
    /// Columns whose neighbours changed since they were sifted.
    stale: Vec<bool>,
    keys: Vec<(u32, u32)>,
    tree: Vec<u32>,
    ends: Ends,
    costs: Vec<u32>,
    chance: u64,
    steps: u64,
}

impl<'a> Search<'a> {
    fn new(layered: &'a Layered) -> Search<'a> {
        Search {
            left: &layered.left,
            right: &layered.right,
            layers: layered.layers.clone(),
            layer: &layered.layer,
            index: vec![0; layered.layer.len()],
            stale: vec![true; layered.layers.len()],
            keys: Vec::new(),
            tree: Vec::new(),
            ends: Ends::default(),
            costs: Vec::new(),
            chance: 0x9e37_79b9_7f4a_7c15,
            steps: 0,
        }
    }

    /// The first start: nodes in the order in which a walk in depth comes to them, so that trees do not cross at all.
    fn start(&mut self) {
        let mut seen = vec![false; self.index.len()];
        self.layers.iter_mut().for_each(Vec::clear);
        let mut open = vec![0];
        while let Some(node) = open.pop() {
            if std::mem::replace(&mut seen[node as usize], true) {
                continue;
            }
            self.layers[self.layer[node as usize] as usize].push(node);
            let (left, right) = (&self.left[node as usize], &self.right[node as usize]);
            open.extend(left.iter().chain(right).rev().filter(|&&other| !seen[other as usize]));
        }
        self.number_all();
    }

    fn resume(&mut self, layers: &[Vec<u32>]) {
        self.layers.iter_mut().zip(layers).for_each(|(to, from)| to.clone_from(from));
        self.number_all();
    }

    fn number_all(&mut self) {
        for layer in 0..self.layers.len() {
            self.number(layer);
            self.stale[layer] = true;
        }
    }

    fn number(&mut self, layer: usize) {
        for (index, &node) in (0..).zip(&self.layers[layer]) {
            self.index[node as usize] = index;
        }
    }

    fn changed(&mut self, layer: usize) {
        self.number(layer);
        if layer > 0 {
            self.stale[layer - 1] = true;
        }
        if let Some(next) = self.stale.get_mut(layer + 1) {
            *next = true;
        }
    }

    /// A number below `below` (xorshift64*: Vigna 2016).
    fn random(&mut self, below: usize) -> usize {
        self.chance ^= self.chance >> 12;
        self.chance ^= self.chance << 25;
        self.chance ^= self.chance >> 27;
        let high = self.chance.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 32;
        ((high * below as u64) >> 32) as usize
    }

    fn shuffle(&mut self) {
        for layer in 0..self.layers.len() {
            for index in (1..self.layers[layer].len()).rev() {
                let other = self.random(index + 1);
                self.layers[layer].swap(index, other);
            }
        }
        self.number_all();
    }

    /// Throws a few nodes of neighbouring columns to other places.
    fn disturb(&mut self) {
        let middle = self.random(self.layers.len());
        for layer in middle..(middle + 2).min(self.layers.len()) {
            let nodes = self.layers[layer].len();
            for _ in 0..1 + nodes / 8 {
                let (from, to) = (self.random(nodes), self.random(nodes));
                let node = self.layers[layer].remove(from);
                self.layers[layer].insert(to, node);
            }
            self.stale[layer] = true;
            self.changed(layer);
        }
    }

    /// Sweeps, then sifts the best of the orders that came by; gives how often lines cross then.
    fn improve(&mut self, mut fewest: u64) -> u64 {
        let mut kept = self.layers.clone();
        let mut idle = 0;
        for round in 0..12 {
            if fewest == 0 || idle == 4 {
                break;
            }
            self.sweep(round % 2 == 0, round % 4 > 1, round % 8 > 3);
            let crossings = self.crossings();
            idle += 1;
            if crossings < fewest {
                fewest = crossings;
                kept.clone_from(&self.layers);
                idle = 0;
            }
        }
        self.resume(&kept);
        if fewest > 0 { fewest - self.sift() } else { 0 }
    }

    /// Orders every column by what it is joined to in the one before (or after, going left); equals stay as they are or turn round.
    fn sweep(&mut self, rightward: bool, median: bool, turn: bool) {
        let last = self.layers.len() - 1;
        for step in 1..=last {
            let (layer, lists) = if rightward { (step, self.left) } else { (last - step, self.right) };
            let mut keys = std::mem::take(&mut self.keys);
            keys.clear();
            for &node in &self.layers[layer] {
                let list = &lists[node as usize];
                self.steps += 2 + list.len() as u64;
                if !list.is_empty() {
                    let positions = list.iter().map(|&other| self.index[other as usize]);
                    keys.push((if median { middle(positions, &mut self.tree) } else { mean(positions) }, node));
                }
            }
            if turn {
                keys.reverse();
            }
            keys.sort_by_key(|&(key, _)| key);
            // What is joined to nothing on that side keeps its place.
            let mut sorted = keys.iter();
            for slot in &mut self.layers[layer] {
                if !lists[*slot as usize].is_empty()
                    && let Some(&(_, node)) = sorted.next()
                {
                    *slot = node;
                }
            }
            self.keys = keys;
            self.number(layer);
        }
    }

    /// How often two lines cross: for each end, how many before it ended further down (counted in a Fenwick tree, as by Barth,
    /// Jünger and Mutzel 2002).
    fn crossings(&mut self) -> u64 {
        let mut crossings = 0;
        let mut ends: Vec<u32> = Vec::new();
        for layer in 0..self.layers.len() - 1 {
            let positions = self.layers[layer + 1].len();
            self.tree.clear();
            self.tree.resize(positions + 1, 0);
            let mut before = 0;
            for &node in &self.layers[layer] {
                ends.clear();
                ends.extend(self.right[node as usize].iter().map(|&to| self.index[to as usize] + 1));
                for &end in &ends {
                    let (mut above, mut index) = (0, end);
                    while index > 0 {
                        above += self.tree[index as usize];
                        index &= index - 1;
                    }
                    crossings += u64::from(before - above);
                }
                for &end in &ends {
                    let mut index = end as usize;
                    while index <= positions {
                        self.tree[index] += 1;
                        index += index & index.wrapping_neg();
                    }
                }
                before += ends.len() as u32;
                self.steps += 1 + 4 * ends.len() as u64;
            }
        }
        crossings
    }

    /// Sifts stale columns, to and fro, until none is left; gives how many crossings that saved.
    fn sift(&mut self) -> u64 {
        let mut saved = 0;
        let last = self.layers.len() - 1;
        while self.stale.contains(&true) {
            for layer in (0..=last).chain((0..last).rev()) {
                if std::mem::replace(&mut self.stale[layer], false) {
                    saved += self.sift_layer(layer);
                }
            }
        }
        saved
    }

    fn sift_layer(&mut self, layer: usize) -> u64 {
        let nodes = self.layers[layer].len();
        if !(2..=SIFTED).contains(&nodes) {
            return 0;
        }
        self.ends.gather(&self.layers[layer], [self.left, self.right], &self.index);
        self.steps += (nodes * (nodes * 3 + self.ends.positions.len())) as u64;
        self.ends.costs(nodes, &mut self.costs);
        let mut sequence: Vec<u32> = (0..nodes as u32).collect();
        let mut saved = 0;
        loop {
            let gain: u64 = (0..nodes as u32).map(|node| sift_node(&mut sequence, node, &self.costs)).sum();
            self.steps += (nodes * nodes) as u64;
            saved += gain;
            if gain == 0 {
                break;
            }
        }
        if saved > 0 {
            let old = self.layers[layer].clone();
            self.layers[layer].iter_mut().zip(sequence).for_each(|(slot, index)| *slot = old[index as usize]);
            self.changed(layer);
        }
        saved
    }
}

/// The mean of places, in ten-thousandths of a place, near enough to tell any two apart.
fn mean(positions: impl ExactSizeIterator<Item = u32>) -> u32 {
    let count = positions.len() as u64;
    let sum: u64 = positions.map(u64::from).sum();
    (sum * 10_000 / count) as u32
}

/// Their median, in the same.
fn middle(positions: impl Iterator<Item = u32>, sorted: &mut Vec<u32>) -> u32 {
    sorted.clear();
    sorted.extend(positions);
    sorted.sort_unstable();
    let half = sorted.len() / 2;
    if sorted.len() % 2 == 1 { sorted[half] * 10_000 } else { (sorted[half - 1] + sorted[half]) * 5_000 }
}

/// Moves a node of a column to where it crosses least; gives how many crossings that saved.
fn sift_node(sequence: &mut [u32], node: u32, costs: &[u32]) -> u64 {
    let nodes = sequence.len();
    let Some(index) = sequence.iter().position(|&other| other == node) else { return 0 };
    // What passing another node costs: what the two cross then less what they cross now.
    let cost = |above: u32, below: u32| i64::from(costs[above as usize * nodes + below as usize]);
    let (mut least, mut position) = (0, index);
    let mut sum = 0;
    for to in (0..index).rev() {
        sum += cost(node, sequence[to]) - cost(sequence[to], node);
        if sum < least {
            (least, position) = (sum, to);
        }
    }
    sum = 0;
    for (to, &other) in sequence.iter().enumerate().skip(index + 1) {
        sum += cost(other, node) - cost(node, other);
        if sum < least {
            (least, position) = (sum, to);
        }
    }
    if position < index {
        sequence[position..=index].rotate_right(1);
    } else {
        sequence[index..=position].rotate_left(1);
    }
    least.unsigned_abs()
}

/// For each node of a column, the places it is joined to on either side, ascending.
#[derive(Default)]
struct Ends {
    positions: Vec<u32>,
    /// Where each node's places begin: left and right in turn.
    start: Vec<u32>,
}

impl Ends {
    fn gather(&mut self, nodes: &[u32], sides: [&[Vec<u32>]; 2], index: &[u32]) {
        self.positions.clear();
        self.start.clear();
        self.start.push(0);
        for &node in nodes {
            for side in sides {
                let first = self.positions.len();
                self.positions.extend(side[node as usize].iter().map(|&other| index[other as usize]));
                self.positions[first..].sort_unstable();
                self.start.push(self.positions.len() as u32);
            }
        }
    }

    fn of(&self, node: usize, side: usize) -> &[u32] {
        &self.positions[self.start[node * 2 + side] as usize..self.start[node * 2 + side + 1] as usize]
    }

    /// `costs[a * nodes + b]`: how often the lines of a and b cross with a above b.
    fn costs(&self, nodes: usize, costs: &mut Vec<u32>) {
        costs.clear();
        costs.resize(nodes * nodes, 0);
        for a in 0..nodes {
            for b in a + 1..nodes {
                let (mut above, mut below) = (0, 0);
                for side in 0..2 {
                    let (ab, ba) = crossed(self.of(a, side), self.of(b, side));
                    above += ab;
                    below += ba;
                }
                costs[a * nodes + b] = above;
                costs[b * nodes + a] = below;
            }
        }
    }
}

/// How many pairs of places are the wrong way round with a above b, and with b above a.
fn crossed(a: &[u32], b: &[u32]) -> (u32, u32) {
    if let (&[a], &[b]) = (a, b) {
        return (u32::from(a > b), u32::from(b > a));
    }
    let (mut above, mut below) = (0, 0);
    // How many of b are less than the place of a at hand, and how many are no greater.
    let (mut less, mut equal) = (0, 0);
    for &position in a {
        while b.get(less).is_some_and(|&other| other < position) {
            less += 1;
        }
        equal = equal.max(less);
        while b.get(equal).is_some_and(|&other| other == position) {
            equal += 1;
        }
        above += less;
        below += b.len() - equal;
    }
    (above as u32, below as u32)
}
