//! What an output has been through does not matter: after a public build it holds what a public build into an empty folder gives,
//! and nothing internal is in it or beside it.
//!
//! `PUBLISH_HISTORIES=1000 cargo test --release --test suite publish::history` is the long run; `PUBLISH_SEED` repeats one.

use std::fs;
use std::ops::Range;
use std::path::Path;

use fastrand::Rng;
use rayon::prelude::*;
use roadbook::publish::{MARKER, OutputDisk, clean_on};
use roadbook::visibility::Audience;

use super::moves::Refusal;
use super::plans::{edit, publish, random_plan, seeds, site_of};
use super::whole::failing_on;
use super::{beside, to, tree};
use crate::audiences::plans::CANARY;
use crate::support::number;

/// So few of them that each mutant can be tried on them.
#[test]
fn no_short_history_shows() {
    hold(0..FEW);
}

#[test]
fn no_history_shows() {
    let all = seeds("PUBLISH_HISTORIES", 50);
    hold(if number("PUBLISH_SEED").is_some() { all } else { FEW..all.end });
}

const FEW: u64 = 12;

fn hold(seeds: Range<u64>) {
    let told: Vec<(usize, usize)> = seeds.into_par_iter().map(lives).collect();
    let (killed, heard) = told.iter().fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
    assert!(told.len() < 30 || killed > told.len() && heard > told.len(), "{killed} killed, {heard} internal");
}

/// One sequence of builds; how many were killed, and after how many something internal stood there.
fn lives(seed: u64) -> (usize, usize) {
    let mut rng = Rng::with_seed(seed);
    let root = tempfile::tempdir().unwrap();
    let output = to(root.path().join("out"));
    let (pool, mut plan) = random_plan(seed, &mut rng);
    let (mut killed, mut heard) = (0, 0);
    for _ in 0..rng.usize(3..6) {
        for _ in 0..rng.usize(0..5) {
            edit(&mut plan, &pool, &mut rng);
        }
        let audience = if rng.bool() { Audience::Public } else { Audience::Internal };
        let refusal = (rng.u8(0..3) == 0 && output.folder.is_dir()).then(|| Refusal::any(&mut rng));
        let check = move |act, path: &Path| refusal.map_or(Ok(()), |refusal| refusal.check(act, path));
        let disk = if rng.bool() { failing_on(rng.usize(0..170), true, check).0 } else { OutputDisk::checked(check) };
        let disk = if rng.u8(0..4) == 0 { disk.without_exchange() } else { disk };
        let is_done = if rng.u8(0..8) == 0 {
            clean_on(&disk, &output).is_ok_and(|cleaned| cleaned.left.is_none())
        } else {
            publish(&disk, &output, &site_of(&plan, audience)).is_ok_and(|published| published.left.is_none())
        };
        killed += usize::from(!is_done);
        heard += usize::from(hears(root.path()));
    }
    edit(&mut plan, &pool, &mut rng);
    let site = site_of(&plan, Audience::Public);
    publish(&OutputDisk::default(), &output, &site).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
    let fresh = tempfile::tempdir().unwrap();
    let other = to(fresh.path().join("out"));
    publish(&OutputDisk::default(), &other, &site).unwrap();
    let (found, expected) = (tree(&output.folder), tree(&other.folder));
    let differs = found.keys().chain(expected.keys()).find(|path| found.get(*path) != expected.get(*path));
    assert_eq!(differs, None, "seed {seed}");
    let marker = |folder: &Path| fs::read(folder.join(MARKER)).unwrap();
    assert_eq!(marker(&output.folder), marker(&other.folder), "seed {seed}");
    assert_eq!(beside(root.path()), ["out"], "seed {seed}");
    assert!(!hears(root.path()), "seed {seed}: something internal is there");
    (killed, heard)
}

/// Whether anything internal stands anywhere in a folder, in a file or in its name.
fn hears(root: &Path) -> bool {
    let canary = CANARY.to_lowercase();
    tree(root).iter().any(|(path, bytes)| {
        path.to_lowercase().contains(&canary) || String::from_utf8_lossy(bytes).to_lowercase().contains(&canary)
    })
}
