//! Where a link leads in a site that is one file: to a page by a fragment, away, or nowhere.
//!
//! A page's address is its id: `items/search.html`. A place on it has the page's before its own, with colons, since an id in a drawing
//! has no slash: `items:search.html:needs`. No address has a colon, so that no two of these are equal.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Every place that can be linked to.
#[derive(Debug, Default)]
pub(super) struct Places {
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
pub(super) enum Leads {
    /// Into the file: a fragment with its `#`.
    Here(String),
    /// Out of the file.
    Away(String),
    /// To something that this file has not.
    Nowhere,
}

/// What an address that is written on a page means.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Means {
    /// An address of the site, and a place there.
    Local(String, Option<String>),
    /// An address of its own.
    Away(String),
    Nothing,
}

impl Places {
    /// Where `href`, written on the page `from`, leads.
    pub(super) fn leads(&self, from: &str, href: &str) -> Leads {
        let (address, place) = match self.means(from, href) {
            Means::Local(address, place) => (address, place),
            Means::Away(url) => return Leads::Away(url),
            Means::Nothing => return Leads::Nowhere,
        };
        let address = self.moved.get(&address).unwrap_or(&address);
        if let Some(ids) = self.pages.get(address) {
            let place = place.filter(|place| ids.contains(place));
            return Leads::Here(fragment(address, place.as_deref()));
        }
        match &self.base_url {
            Some(base) if self.others.contains(address) => Leads::Away(format!("{base}{}", encoded(address))),
            _ => Leads::Nowhere,
        }
    }

    /// What `href`, written at `from`, means.
    pub(super) fn means(&self, from: &str, href: &str) -> Means {
        let href = href.trim();
        let own = self.base_url.as_deref().and_then(|base| href.strip_prefix(base));
        let (from, href) = own.map_or((from, href), |rest| ("", if rest.is_empty() { "index.html" } else { rest }));
        if let Some(scheme) = scheme(href) {
            const NEVER: &[&str] = &["javascript", "vbscript", "data", "file", "blob"];
            let is_never = NEVER.iter().any(|never| scheme.eq_ignore_ascii_case(never));
            return if is_never { Means::Nothing } else { Means::Away(href.to_owned()) };
        }
        if href.starts_with("//") {
            return Means::Away(format!("https:{href}"));
        }
        if href.starts_with(['/', '\\']) {
            return Means::Nothing;
        }
        let (path, place) = href.split_once('#').map_or((href, None), |(path, place)| (path, Some(decoded(place))));
        let path = decoded(path.split('?').next().unwrap_or_default());
        let place = place.filter(|place| !place.is_empty());
        if path.is_empty() {
            return Means::Local(from.to_owned(), place);
        }
        let mut parts: Vec<&str> = from.split('/').collect();
        parts.pop();
        for part in path.split('/') {
            match part {
                "." => {}
                ".." if parts.pop().is_none() => return Means::Nothing,
                ".." => {}
                part => parts.push(part),
            }
        }
        let mut address = parts.join("/");
        if address.is_empty() || address.ends_with('/') {
            address.push_str("index.html");
        }
        Means::Local(address, place)
    }
}

/// The id of a place on a page.
pub(super) fn id(page: &str, place: &str) -> String {
    format!("{}:{place}", page.replace('/', ":"))
}

/// The fragment by which a page or a place on it is come to.
pub(super) fn fragment(page: &str, place: Option<&str>) -> String {
    let id = place.map_or_else(|| page.to_owned(), |place| id(page, place));
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
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match hex(bytes.get(at + 1..at + 3)).filter(|_| byte == b'%') {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}
