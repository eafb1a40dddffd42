//! Roadbook turns a folder of Markdown plans into a linked roadmap and backlog site.
//!
//! The crate is a pipeline of stages, and its modules stand here in reading order: `discover` reads the inputs once; [`parse()`]
//! reads a file; [`plan()`] types what the files say; [`visibility()`] leaves out what an audience may not see; [`resolve()`] finds
//! what refers to what, what is ready and what comes first; [`site()`] knows every address and how to make the bytes behind
//! one; [`single()`] puts its pages into one file; `publish` writes. Everything between reading and writing is pure: a mistake of
//! the author is a [`diagnostic::Diagnostic`], and one run finds them all.
//!
//! The command line is the way to use it. The library serves the binary and the tests and makes no promise of stability.
//!
//! [`parse()`]: parse::parse
//! [`plan()`]: plan::plan
//! [`visibility()`]: visibility::project
//! [`resolve()`]: resolve::resolve
//! [`site()`]: site::site
//! [`single()`]: single::single

pub mod source;

pub mod diagnostic;

pub mod nearest;

pub mod id;

pub mod number;

pub mod date;

pub mod state;

pub mod config;

pub mod discover;

pub mod markdown;

pub mod parse;

pub mod plan;

pub mod visibility;

pub mod resolve;

mod memory;

pub mod changes;

pub mod skin;

pub mod site;

pub mod single;

pub mod export;

pub mod publish;

pub mod report;

pub mod preview;

use std::time::{Duration, Instant};

use discover::Inputs;
pub use memory::Memory;
use resolve::{ResolveContext, Roadmap};
use visibility::{Audience, Filtered};

/// How long each stage took, in the order of the pipeline.
pub type Times = Vec<(&'static str, Duration)>;

/// The pure part of the pipeline up to the roadmap: parse, plan, visibility, resolve. Diagnostics, those of the inputs among them, have
/// their severities and stand in the order of their places.
///
/// What `memory` holds changes how long it takes and nothing else.
pub fn roadmap(inputs: &Inputs, audience: Audience, strict: bool, memory: &mut Memory) -> (Roadmap, Times) {
    let mut times = Times::new();
    let mut at = Instant::now();
    let mut lap = |stage| {
        let now = Instant::now();
        times.push((stage, now - at));
        at = now;
    };
    let documents = memory.documents(&inputs.sources);
    lap("parse");
    let collections = inputs.sources.iter().map(|(_, collection)| *collection);
    let readings = memory.readings(documents.into_iter().zip(collections).collect(), &inputs.config, audience);
    lap("plan");
    let Filtered { plan, whole } = visibility::visibility(readings, &inputs.config, audience);
    lap("visibility");
    let addresses = |files: &[(String, _)]| files.iter().map(|(address, _)| address.clone()).collect::<Vec<String>>();
    let leaks = whole.map(|whole| resolve::leaks(&whole, &inputs.config, &addresses(&inputs.static_files)));
    let assets = addresses(&visibility::static_files(&inputs.static_files, &inputs.config, audience));
    let context = ResolveContext { today: Some(inputs.today.clone()), drawn_today: inputs.drawn_today.clone(), assets };
    let mut roadmap = resolve::resolve(plan, &inputs.config, context, &mut memory.resolve);
    roadmap.diagnostics.extend(leaks.unwrap_or_default());
    roadmap.diagnostics.extend(inputs.diagnostics.iter().cloned());
    diagnostic::finalize(&mut roadmap.diagnostics, &inputs.config.severities, strict);
    lap("resolve");
    (roadmap, times)
}
