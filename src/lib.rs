//! Roadbook turns a folder of Markdown plans into a linked roadmap and backlog site.
//!
//! The crate is one line of stages, and its rooms stand here in reading order: `discover` reads the world once; [`parse()`]
//! reads a file; [`plan()`] types what the files say; [`project()`] leaves out what an audience may not see; [`resolve()`] finds
//! what refers to what, what is ready and what comes first; [`site()`] knows every address and how to make the bytes behind
//! one; `publish` writes them all. Everything between reading and writing is pure: a mistake of the author is a
//! [`diagnostic::Diagnostic`], and one run finds them all.
//!
//! The command line is the way to use it. The library serves the binary and the tests and makes no promise of stability.
//!
//! [`parse()`]: parse::parse
//! [`plan()`]: plan::plan
//! [`project()`]: project::project
//! [`resolve()`]: resolve::resolve
//! [`site()`]: site::site

pub mod source;

pub mod diagnostic;

pub mod nearest;

pub mod number;

pub mod date;

pub mod state;

pub mod config;

pub mod discover;

pub mod markdown;

pub mod parse;

pub mod plan;

pub mod project;

pub mod resolve;

pub mod skin;

pub mod site;

pub mod publish;

pub mod report;

use std::sync::Arc;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use config::Config;
use project::Audience;
use resolve::{Roadmap, Surroundings};
use source::Source;

/// How long each stage took, in the order of the line.
pub type Times = Vec<(&'static str, Duration)>;

/// The pure part of the line up to the roadmap: parse, plan, project, resolve. Each source comes with the index of its
/// collection. Diagnostics have their severities and stand in the order of their places.
pub fn roadmap(
    sources: &[(Arc<Source>, usize)],
    config: &Config,
    audience: Audience,
    strict: bool,
    surroundings: Surroundings,
) -> (Roadmap, Times) {
    let mut times = Times::new();
    let mut at = Instant::now();
    let mut lap = |stage| {
        let now = Instant::now();
        times.push((stage, now - at));
        at = now;
    };
    let documents: Vec<_> =
        sources.par_iter().map(|(source, collection)| (Arc::new(parse::parse(source)), *collection)).collect();
    lap("parse");
    let plan = plan::plan(documents, config);
    lap("plan");
    let plan = project::project(plan, audience);
    lap("project");
    let mut roadmap = resolve::resolve(plan, config, surroundings);
    diagnostic::settle(&mut roadmap.diagnostics, &config.severities, strict);
    lap("resolve");
    (roadmap, times)
}
