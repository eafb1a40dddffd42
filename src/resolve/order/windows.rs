//! Makes a long sequence nearly as good as cutting the whole problem would, a window at a time.
//!
//! A sequence of blocks whose ratios fall from front to back is a best cut of the whole. So wherever a piece is worth
//! more for its effort than the one before it, the two are merged, and what has been merged is cut again. What is too
//! long for one cut is cut in windows; each block that results then counts as one job, so that the next windows cover
//! more of the sequence, until nothing is merged any more.

use super::dag::{Dag, LocalJob, PartNumbers, Ratio};
use super::sidney::sidney;
use crate::id::Id;
use std::ops::Range;

/// How often the windows widen before the sequence is looked at job by job again. Each time there are several times
/// fewer pieces.
const MAX_WIDENINGS: usize = 9;

/// Neighbouring jobs of a sequence.
#[derive(Clone)]
struct Piece {
    /// Their positions in the sequence.
    positions: Range<usize>,
    ratio: Ratio,
}

/// Improves a sequence of `dag` once over, from single jobs to the widest windows.
pub(super) fn windows(dag: &Dag, sequence: &mut [LocalJob], window: usize) {
    let mut numbers = dag.part_numbers();
    let single =
        |(position, &job): (usize, &LocalJob)| Piece { positions: position..position + 1, ratio: dag.ratios[job] };
    let mut pieces: Vec<Piece> = sequence.iter().enumerate().map(single).collect();
    for _ in 0..MAX_WIDENINGS {
        let merged = falling(pieces.iter().map(|piece| piece.ratio));
        if merged.len() == pieces.len() {
            break;
        }
        let mut cut = Vec::with_capacity(pieces.len());
        for group in merged {
            let (mut start, end) = (group.start, group.end);
            while start < end {
                let stop = if end - start > window + window / 2 { start + window } else { end };
                if stop - start == 1 {
                    cut.push(pieces[start].clone());
                } else {
                    cut_again(dag, sequence, &pieces[start..stop], &mut numbers, &mut cut);
                }
                start = stop;
            }
        }
        pieces = cut;
    }
}

/// Merges neighbours until the ratios of the groups fall (pool adjacent violators); gives the groups.
fn falling(ratios: impl Iterator<Item = Ratio>) -> Vec<Range<usize>> {
    let mut groups: Vec<(Ratio, Range<usize>)> = Vec::new();
    for (index, mut ratio) in ratios.enumerate() {
        let mut group = index..index + 1;
        while let Some((before, above)) = groups.last()
            && ratio.compare(*before).is_gt()
        {
            ratio = ratio.and(*before);
            group.start = above.start;
            groups.pop();
        }
        groups.push((ratio, group));
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// The pieces of falling ratio that a sequence is made of.
pub(super) fn hull(dag: &Dag, sequence: &[LocalJob]) -> Vec<Range<usize>> {
    falling(sequence.iter().map(|&job| dag.ratios[job]))
}

/// Cuts neighbouring pieces into blocks, each piece taken as one job, and puts them in the order of the cut.
fn cut_again(dag: &Dag, sequence: &mut [LocalJob], pieces: &[Piece], numbers: &mut PartNumbers, cut: &mut Vec<Piece>) {
    let part = dag.part(pieces.iter().map(|piece| &sequence[piece.positions.clone()]), numbers);
    let first = pieces[0].positions.start;
    let before = sequence[first..pieces[pieces.len() - 1].positions.end].to_vec();
    let mut position = first;
    for block in sidney(&part).iter() {
        let start = position;
        for piece in block {
            let source = &pieces[piece.index()].positions;
            sequence[position..position + source.len()]
                .copy_from_slice(&before[source.start - first..source.end - first]);
            position += source.len();
        }
        cut.push(Piece { positions: start..position, ratio: part.sum(block) });
    }
}
