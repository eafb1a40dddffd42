//! All that the public can see of a snapshot: an edit that changes nothing of it is none for an open page.

use std::fmt::Write as _;
use std::sync::Arc;

use super::engine::{Snapshot, entries};
use super::message;
use crate::date::Date;
use crate::discover::{Disk, Inputs, NamedFile};
use crate::parse::{Document, Node, Value};
use crate::source::Source;
use crate::visibility::{self, Audience};

/// What a page is told, and what its site is made of.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Shown {
    said: String,
    documents: Vec<String>,
    sources: Vec<Arc<Source>>,
    files: Vec<(Option<u64>, String)>,
    today: Option<Date>,
}

/// What the public can see of a snapshot that was made from `inputs`, where anything was read.
pub(super) fn shown(snapshot: &Snapshot, inputs: Option<&Inputs>, disk: &Disk) -> Shown {
    let untold = Snapshot { told: super::Told::default(), ..snapshot.clone() };
    let mut shown = Shown { said: message::message(&untold, "", Audience::Public.word()), ..Shown::default() };
    let Some(inputs) = inputs else { return shown };
    shown.today = inputs.drawn_today.clone();
    let Some(site) = &snapshot.site else { return shown };
    let roadmap = site.roadmap();
    let documents = entries(&roadmap.plan).flat_map(|entry| entry.parts.iter().chain([&entry.document]));
    shown.documents.extend(documents.map(|document| written(document)));
    shown.sources.extend(inputs.templates.iter().chain([&inputs.config_source]).cloned());
    let files = visibility::static_files(&inputs.static_files, &roadmap.config, Audience::Public);
    let named = roadmap.named_files.iter().map(NamedFile::address);
    let addresses = files.into_iter().map(|(address, _)| address).chain(named);
    shown.files.extend(addresses.map(|address| (disk.fingerprint(&address), address)));
    shown
}

/// All that a document says. Its fields are read as they stand and not from the file, where hidden ones are among them.
fn written(document: &Document) -> String {
    let mut text = document.source.path.clone();
    for field in &document.fields {
        text.push('\n');
        write(&mut text, &field.name.value, &field.value);
    }
    text + "\n\n" + document.source.slice(document.body)
}

fn write(text: &mut String, name: &str, value: &Value) {
    // Writing to a text cannot fail.
    _ = write!(text, "{name:?}");
    match &value.node {
        Node::Scalar(scalar) => _ = write!(text, "{scalar:?}"),
        Node::List(list) => {
            text.push('[');
            list.iter().for_each(|value| write(text, "", value));
            text.push(']');
        }
        Node::Map(entries) => {
            text.push('{');
            entries.iter().for_each(|entry| write(text, &entry.name.value, &entry.value));
            text.push('}');
        }
    }
}
