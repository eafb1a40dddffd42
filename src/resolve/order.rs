//! The order of open items.

/// One open item as the order sees it.
#[derive(Clone, Debug)]
pub struct Job {
    pub value: u64,
    pub effort: u64,
    pub active: bool,
    pub scored: bool,
    pub tie: u32,
}
/// x
pub struct Sequence {
    pub jobs: Vec<u32>,
    pub lifts: Vec<Option<Lift>>,
}
/// x
#[derive(Clone, Debug)]
pub struct Lift {
    pub from: u32,
    pub to: u32,
    pub lead: u32,
    pub others: u32,
    pub value: u64,
    pub effort: u64,
}
/// x
pub fn order(jobs: &[Job], needs: &[Vec<u32>]) -> Sequence {
    Sequence { jobs: super::graph::topological(needs), lifts: vec![None; jobs.len()] }
}
