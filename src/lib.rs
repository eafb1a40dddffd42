//! Roadbook turns a folder of Markdown plans into a linked roadmap and backlog site.
//!
//! The crate is a pipeline of stages, and its modules stand here in reading order: `discover` reads the inputs once; [`parse()`]
//! reads a file; [`plan()`] types what the files say; [`visibility()`] leaves out what an audience may not see; [`resolve()`] finds
//! what refers to what, what is ready and what comes first; [`release()`] decides whether that may leave; [`record`] is what is known of
//! an item, for every output; [`site()`] knows every address and how to make the bytes behind one; [`single()`] puts its pages into one
//! file; `publish` writes. Everything between reading and writing is pure: a mistake of the author is a [`diagnostic::Diagnostic`], and
//! one run finds them all.
//!
//! The two halves are put together once, here: [`roadmap`] up to what is known of a plan, and [`site()`] from a release to a site. Build,
//! preview, export and tests call these.
//!
//! The command line is the way to use it. The library serves the binary and the tests and makes no promise of stability.
//!
//! [`parse()`]: parse::parse
//! [`plan()`]: plan::plan
//! [`visibility()`]: visibility::visibility
//! [`resolve()`]: resolve::resolve
//! [`release()`]: release::release
//! [`single()`]: single::single

pub mod source;

pub mod diagnostic;

mod closed;

pub mod text;

pub mod name;

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

pub mod release;

pub mod record;

pub mod changes;

pub mod skin;

pub mod site;

pub mod single;

pub mod export;

pub mod publish;

pub mod report;

pub mod preview;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use diagnostic::Diagnostic;
use discover::{DiscoverError, Disk, Inputs, NamedFile, Options};
pub use memory::Memory;
use plan::FieldReader;
use release::Release;
use resolve::{ResolveContext, Roadmap};
use site::{Site, Templates};
use source::Source;
use visibility::{Audience, Filtered};

/// How long each stage took, in the order of the pipeline.
pub type Times = Vec<(&'static str, Duration)>;

/// Reads a project: its plan, and which of the files beside it are there that the plan's texts name. What is parsed for that, `memory` holds.
///
/// Gives the time that parsing took, too, for which [`roadmap`] has nothing left to do.
///
/// # Errors
///
/// A project that cannot be read.
pub fn read(root: &Path, options: &Options, memory: &mut Memory) -> Result<(Inputs, Duration), DiscoverError> {
    let mut disk = Disk::new(root, options)?;
    let inputs = disk.read()?;
    let (named, parsed) = named_files(&inputs, memory);
    Ok((disk.with_named(inputs, named), parsed))
}

/// The paths of the files beside the plan that its texts name, and how long it took to parse them.
fn named_files(inputs: &Inputs, memory: &mut Memory) -> (BTreeSet<String>, Duration) {
    let begin = Instant::now();
    let named = memory.named_files(inputs);
    (named, begin.elapsed())
}

/// Takes time that parsing took while a plan was read from the stage that it was counted in, which is the first, and adds it to its own.
pub fn count_as_parsing(times: &mut Times, parsed: Duration) {
    for (stage, time) in times {
        match *stage {
            "discover" => *time = time.saturating_sub(parsed),
            "parse" => *time += parsed,
            _ => {}
        }
    }
}

/// The first half of the pipeline: parse, plan, visibility, resolve. Diagnostics, those of the inputs among them, have their severities
/// and stand in the order of their places.
///
/// What `memory` holds changes how long it takes and nothing else.
pub fn roadmap(inputs: &Inputs, audience: Audience, strict: bool, memory: &mut Memory) -> (Roadmap, Times) {
    let mut times = Times::new();
    let mut begin = Instant::now();
    let mut lap = |stage| {
        let now = Instant::now();
        times.push((stage, now - begin));
        begin = now;
    };
    let reader = FieldReader::new(&inputs.config, audience);
    let documents = memory.documents(&inputs.sources, &reader.readers());
    lap("parse");
    let collections = inputs.sources.iter().map(|(_, collection)| *collection);
    let read = documents.iter().cloned().zip(collections).collect();
    let typed = memory.typed_documents(read, &inputs.config, &reader, audience);
    lap("plan");
    let named = reader.named_fields(documents.iter().map(|document| &**document), &inputs.config_source);
    let idle = plan::idle_rules(&inputs.config, &typed, &inputs.config_source);
    let texts = inputs.static_texts.iter().chain(inputs.named_files.iter().filter_map(NamedFile::text));
    let texts: Vec<Arc<Source>> = texts.cloned().collect();
    let (closed, of_static_files) = visibility::closed_static_files(&texts, &typed, &inputs.config);
    let linked = visibility::linked_files(&inputs.named_files, &inputs.config);
    let config = &memory.with_internal(&inputs.config, closed.into_iter().chain(linked).collect());
    let Filtered { plan, unfiltered } = visibility::visibility(typed, config, audience);
    lap("visibility");
    let silent = resolve::silent_items(plan.plan(), inputs, &reader);
    let addresses = |files: &[(String, _)]| files.iter().map(|(address, _)| address.clone()).collect::<Vec<String>>();
    let leaks = unfiltered.map(|all| {
        let statics = addresses(&inputs.static_files);
        resolve::leaks(&all, config, &statics, &inputs.named_files, &inputs.config_source)
    });
    let assets = addresses(&visibility::static_files(&inputs.static_files, config, audience));
    let named_files = visibility::named_files(&inputs.named_files, config, audience);
    let (today, drawn_today) = (Some(inputs.today.clone()), inputs.drawn_today.clone());
    let context = ResolveContext { today, drawn_today, assets, named_files };
    let mut roadmap = resolve::resolve(plan, config, context, &mut memory.resolve);
    roadmap.diagnostics.extend(leaks.unwrap_or_default());
    roadmap.diagnostics.extend(named);
    roadmap.diagnostics.extend(idle);
    roadmap.diagnostics.extend(silent);
    roadmap.diagnostics.extend(of_static_files);
    roadmap.diagnostics.extend(inputs.diagnostics.iter().cloned());
    plan::keep_slips(&mut roadmap.diagnostics, documents.iter().map(|document| &**document), &inputs.config);
    diagnostic::follow_from(&mut roadmap.diagnostics, |path| inputs.config.internal.holds(path));
    diagnostic::finalize(&mut roadmap.diagnostics, &inputs.config.severities, strict);
    lap("resolve");
    (roadmap, times)
}

/// What a site is made of beside its roadmap.
#[derive(Clone, Copy, Debug, Default)]
pub struct SiteParts<'a> {
    /// The project's own templates.
    pub templates: &'a [Arc<Source>],
    /// The project's static files by address; those that the audience may not see are left out.
    pub static_files: &'a [(String, PathBuf)],
    /// Where the site will be, in place of the configuration's; with or without a `/` at its end.
    pub base_url: Option<&'a str>,
    /// Templates that were parsed before, for the next site of the same skin.
    pub remembered: Option<&'a Arc<Templates>>,
}

impl<'a> From<&'a Inputs> for SiteParts<'a> {
    fn from(inputs: &'a Inputs) -> SiteParts<'a> {
        SiteParts { templates: &inputs.templates, static_files: &inputs.static_files, base_url: None, remembered: None }
    }
}

/// The second half of the pipeline: skin, templates, site.
///
/// # Errors
///
/// The author's mistake, where a template cannot be read.
pub fn site(release: Release, parts: SiteParts<'_>) -> Result<Site, Box<Diagnostic>> {
    let audience = release.audience();
    let mut files = visibility::static_files(parts.static_files, &release.roadmap().config, audience);
    let named = release.roadmap().named_files.iter();
    files.extend(named.filter_map(|named| Some((named.address(), named.file()?.to_owned()))));
    let skin = skin::skin(parts.templates, &files);
    let templates = site::templates(&skin, parts.remembered)?;
    Ok(site::site(release, parts.base_url, skin.assets, templates))
}
