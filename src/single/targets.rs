//! Where a link leads in a site that is one file: to a page by a fragment, away, or nowhere.
//!
//! A page's address is its id: `items/search.html`. A place on it has the page's before its own, with colons, since an id in a drawing
//! has no slash: `items:search.html:needs`. No address has a colon, so that no two of these are equal.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Every place that can be linked to.
#[derive(Debug, Default)]
pub(super) struct LinkTargets {
    /// The ids of each page.
    pub(super) pages: BTreeMap<String, BTreeSet<String>>,
    /// Old addresses, with those of today.
    pub(super) moved: BTreeMap<String, String>,
    /// What the site has beside its pages: data, files.
    pub(super) others: BTreeSet<String>,
    /// Where the whole site stands.
    pub(super) base_url: Option<String>,
}

/// Where a link leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Destination {
    /// Into the file: a fragment with its `#`.
    Fragment(String),
    /// To another site.
    External(String),
    /// To something that this file has not.
    Missing,
}

/// What an address that is written on a page means.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Href {
    /// An address of the site, and a place there.
    Local(String, Option<String>),
    /// An address of its own.
    External(String),
    Invalid,
}

impl LinkTargets {
    /// Where `href`, written on the page `from`, leads.
    pub(super) fn destination(&self, from: &str, href: &str) -> Destination {
        let (address, fragment_id) = match self.parse(from, href) {
            Href::Local(address, fragment_id) => (address, fragment_id),
            Href::External(url) => return Destination::External(url),
            Href::Invalid => return Destination::Missing,
        };
        let address = self.moved.get(&address).unwrap_or(&address);
        if let Some(ids) = self.pages.get(address) {
            let fragment_id = fragment_id.filter(|fragment_id| ids.contains(fragment_id));
            return Destination::Fragment(fragment(address, fragment_id.as_deref()));
        }
        match &self.base_url {
            Some(base) if self.others.contains(address) => Destination::External(format!("{base}{}", encoded(address))),
            _ => Destination::Missing,
        }
    }

    /// What `href`, written at `from`, means.
    pub(super) fn parse(&self, from: &str, href: &str) -> Href {
        let href = href.trim();
        let own = self.base_url.as_deref().and_then(|base| href.strip_prefix(base));
        let (from, href) = own.map_or((from, href), |rest| ("", if rest.is_empty() { "index.html" } else { rest }));
        if let Some(scheme) = scheme(href) {
            const NEVER: &[&str] = &["javascript", "vbscript", "data", "file", "blob"];
            let is_never = NEVER.iter().any(|never| scheme.eq_ignore_ascii_case(never));
            return if is_never { Href::Invalid } else { Href::External(href.to_owned()) };
        }
        if href.starts_with("//") {
            return Href::External(format!("https:{href}"));
        }
        if href.starts_with(['/', '\\']) {
            return Href::Invalid;
        }
        let (path, fragment_id) =
            href.split_once('#').map_or((href, None), |(path, fragment_id)| (path, Some(decoded(fragment_id))));
        let path = decoded(path.split('?').next().unwrap_or_default());
        let fragment_id = fragment_id.filter(|fragment_id| !fragment_id.is_empty());
        if path.is_empty() {
            return Href::Local(from.to_owned(), fragment_id);
        }
        let mut parts: Vec<&str> = from.split('/').collect();
        parts.pop();
        for part in path.split('/') {
            match part {
                "." => {}
                ".." if parts.pop().is_none() => return Href::Invalid,
                ".." => {}
                part => parts.push(part),
            }
        }
        let mut address = parts.join("/");
        if address.is_empty() || address.ends_with('/') {
            address.push_str("index.html");
        }
        Href::Local(address, fragment_id)
    }
}

/// The id of a place on a page.
pub(super) fn id(page: &str, fragment_id: &str) -> String {
    format!("{}:{fragment_id}", page.replace('/', ":"))
}

/// The fragment by which a page or a place on it is come to.
pub(super) fn fragment(page: &str, fragment_id: Option<&str>) -> String {
    let id = fragment_id.map_or_else(|| page.to_owned(), |fragment_id| id(page, fragment_id));
    format!("#{}", encoded(&id))
}

fn scheme(href: &str) -> Option<&str> {
    let (scheme, _) = href.split_once(':')?;
    let is_one = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    is_one.then_some(scheme)
}

/// An id or an address as it stands in a link. Letters of any language may: browsers encode and decode them.
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || "-._~/!$'()*+,;=:@".contains(c) || !c.is_ascii() && !c.is_whitespace() {
            encoded.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
    encoded
}

fn decoded(text: &str) -> String {
    let hex = |digits: Option<&[u8]>| {
        let digits =
            std::str::from_utf8(digits?).ok().filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
        u8::from_str_radix(digits, 16).ok()
    };
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut offset = 0;
    while let Some(&byte) = bytes.get(offset) {
        match hex(bytes.get(offset + 1..offset + 3)).filter(|_| byte == b'%') {
            Some(byte) => {
                decoded.push(byte);
                offset += 3;
            }
            None => {
                decoded.push(byte);
                offset += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}
