//! Answers: from a path to what the site has there. Addresses are keys of the site; no path ever reaches the disk.

use super::access;
use super::engine::Snapshot;
use super::message;
use crate::diagnostic::Diagnostic;
use crate::markdown::escape;
use crate::report::{self, Format};
use crate::resolve::decoded;
use crate::site::Content;

/// Where pages listen for new snapshots. No site has an address in this folder: a built site's marker is a file of this name.
pub(super) const SOCKET: &str = "/.roadbook/live";
/// The script of the preview.
const SCRIPT: &str = include_str!("live.js");
/// What is answered where making the answer panicked.
pub(super) const PANICKED: &str = "Roadbook has a bug: it panicked while making this page. The other pages are still served, and the terminal says where it happened.\n";

/// What to answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewAnswer {
    /// 200, 404 or 500.
    pub status: u16,
    /// The media type.
    pub media: &'static str,
    /// What to send.
    pub content: Content,
}

/// What stands behind the path of a request. `session` names this run of the preview.
pub fn answer(snapshot: &Snapshot, session: &str, path: &str) -> PreviewAnswer {
    if path == "/.roadbook/live.js" {
        return text(200, "text/javascript; charset=utf-8", SCRIPT);
    }
    let Some(site) = &snapshot.site else {
        return page(200, &placeholder(), snapshot, session);
    };
    let Some(address) = address(&decoded(path), &|address| site.has(address)) else {
        return match site.missing() {
            Ok(bytes) => page(404, &String::from_utf8_lossy(&bytes), snapshot, session),
            Err(mistake) => page(500, &broken(&mistake), snapshot, session),
        };
    };
    match site.render(&address) {
        Some(Ok(Content::Bytes(bytes))) if address.ends_with(".html") => {
            page(200, &String::from_utf8_lossy(&bytes), snapshot, session)
        }
        Some(Ok(content)) => PreviewAnswer { status: 200, media: media(&address), content },
        Some(Err(mistake)) => page(500, &broken(&mistake), snapshot, session),
        None => text(404, "text/plain; charset=utf-8", "there is no such page\n"),
    }
}

/// The address that a path means: itself, a folder's index, or a page without its ending.
fn address(path: &str, has: &dyn Fn(&str) -> bool) -> Option<String> {
    let path = path.strip_prefix('/')?;
    let index = || Some(format!("{path}index.html")).filter(|_| path.is_empty() || path.ends_with('/'));
    let candidates = [index(), Some(path.to_owned()), Some(format!("{path}.html"))];
    candidates.into_iter().flatten().find(|address| has(address))
}

fn text(status: u16, media: &'static str, text: &str) -> PreviewAnswer {
    PreviewAnswer { status, media, content: Content::Bytes(text.as_bytes().to_vec()) }
}

fn page(status: u16, html: &str, snapshot: &Snapshot, session: &str) -> PreviewAnswer {
    text(status, "text/html; charset=utf-8", &with_script(html, &message::generation(snapshot, session)))
}

/// A page with the preview's script: in front of the end of its head, or behind all where it has none.
pub fn with_script(html: &str, generation: &str) -> String {
    let script = format!("<script src=\"/.roadbook/live.js\" data-generation=\"{generation}\"></script>\n");
    let offset = html.find("</head>").unwrap_or(html.len());
    format!("{}{script}{}", &html[..offset], &html[offset..])
}

/// What is shown before there is a site.
fn placeholder() -> String {
    bare("<p>The site appears here as soon as it can be made.</p>")
}

/// What somebody sees who asked by a name that the preview does not answer to.
pub(super) fn refused(host: &str) -> String {
    let (name, _) = access::parts(host);
    let mut body = "<p>This preview was asked for by a name that it does not answer to: <code>".to_owned();
    escape(&mut body, name);
    body.push_str("</code>.</p>\n<p>If the name is yours, that of a proxy or a port forwarder, start the preview with it:</p>\n<pre>roadbook serve --allow-host ");
    escape(&mut body, name);
    bare(&(body + "</pre>"))
}

/// A page that no template could make, in an otherwise sound site.
fn broken(mistake: &Diagnostic) -> String {
    let mut body = "<p>This page cannot be made.</p>\n<pre>".to_owned();
    escape(&mut body, &report::report(std::slice::from_ref(mistake), Format::Human, false));
    bare(&(body + "</pre>"))
}

/// A page without a template.
fn bare(body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Roadbook</title>\n</head>\n\
         <body>\n{body}\n</body>\n</html>\n"
    )
}

/// The media type of an address, by its ending.
fn media(address: &str) -> &'static str {
    const MEDIA: &[(&str, &str)] = &[
        ("avif", "image/avif"),
        ("css", "text/css; charset=utf-8"),
        ("csv", "text/csv; charset=utf-8"),
        ("gif", "image/gif"),
        ("htm", "text/html; charset=utf-8"),
        ("html", "text/html; charset=utf-8"),
        ("ico", "image/x-icon"),
        ("ics", "text/calendar; charset=utf-8"),
        ("jpeg", "image/jpeg"),
        ("jpg", "image/jpeg"),
        ("js", "text/javascript; charset=utf-8"),
        ("json", "application/json"),
        ("md", "text/markdown; charset=utf-8"),
        ("mjs", "text/javascript; charset=utf-8"),
        ("mp4", "video/mp4"),
        ("pdf", "application/pdf"),
        ("png", "image/png"),
        ("svg", "image/svg+xml"),
        ("txt", "text/plain; charset=utf-8"),
        ("wasm", "application/wasm"),
        ("webm", "video/webm"),
        ("webp", "image/webp"),
        ("woff", "font/woff"),
        ("woff2", "font/woff2"),
        ("xml", "application/xml"),
    ];
    let ending = address.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let offset = MEDIA.binary_search_by(|(known, _)| known.cmp(&ending.as_str()));
    offset.map_or("application/octet-stream", |offset| MEDIA[offset].1)
}
