//! Makes a long sequence nearly as good as cutting the whole problem would, a window at a time.
//!
//! A sequence whose pieces fall in ratio from front to back, each of them a block, is a best cut of the whole. So
//! wherever a piece is worth more for its effort than the one before it, the two are taken together, and what has come
//! together is cut anew. What is too long for one cut is cut in windows; the blocks these leave are then taken as one
//! job each, so that the next windows see further, until nothing comes together any more.

use super::dag::{Dag, Ratio};
use super::sidney::sidney;
use std::ops::Range;

/// How often the windows widen before the sequence is looked at job by job again. Each time there are several times
/// fewer pieces.
const WIDER: usize = 9;

/// Jobs that stand together in a sequence.
#[derive(Clone)]
struct Piece {
    jobs: Range<usize>,
    ratio: Ratio,
}

/// Improves a sequence of `dag` once over, from single jobs to the widest windows.
pub(super) fn windows(dag: &Dag, sequence: &mut [u32], window: usize) {
    let mut places = vec![u32::MAX; dag.len()];
    let single = |(at, &job): (usize, &u32)| Piece { jobs: at..at + 1, ratio: dag.jobs[job as usize] };
    let mut pieces: Vec<Piece> = sequence.iter().enumerate().map(single).collect();
    for _ in 0..WIDER {
        let together = falling(pieces.iter().map(|piece| piece.ratio));
        if together.len() == pieces.len() {
            break;
        }
        let mut cut = Vec::with_capacity(pieces.len());
        for group in together {
            let (mut start, end) = (group.start, group.end);
            while start < end {
                let stop = if end - start > window + window / 2 { start + window } else { end };
                if stop - start == 1 {
                    cut.push(pieces[start].clone());
                } else {
                    cut_anew(dag, sequence, &pieces[start..stop], &mut places, &mut cut);
                }
                start = stop;
            }
        }
        pieces = cut;
    }
}

/// Which of neighbouring ratios stand together so that those of the groups fall.
fn falling(ratios: impl Iterator<Item = Ratio>) -> Vec<Range<usize>> {
    let mut groups: Vec<(Ratio, Range<usize>)> = Vec::new();
    for (at, mut ratio) in ratios.enumerate() {
        let mut group = at..at + 1;
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
pub(super) fn hull(dag: &Dag, sequence: &[u32]) -> Vec<Range<usize>> {
    falling(sequence.iter().map(|&job| dag.jobs[job as usize]))
}

/// Cuts neighbouring pieces into blocks, each piece taken as one job, and puts them in the order of the cut.
fn cut_anew(dag: &Dag, sequence: &mut [u32], pieces: &[Piece], places: &mut [u32], cut: &mut Vec<Piece>) {
    let part = dag.part(pieces.iter().map(|piece| &sequence[piece.jobs.clone()]), places);
    let from = pieces[0].jobs.start;
    let before = sequence[from..pieces[pieces.len() - 1].jobs.end].to_vec();
    let mut at = from;
    for block in sidney(&part).iter() {
        let start = at;
        for &piece in block {
            let jobs = &pieces[piece as usize].jobs;
            sequence[at..at + jobs.len()].copy_from_slice(&before[jobs.start - from..jobs.end - from]);
            at += jobs.len();
        }
        cut.push(Piece { jobs: start..at, ratio: part.sum(block) });
    }
}
