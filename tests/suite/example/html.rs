//! A strict little reader of our own pages, and what must hold between them: every link and anchor leads somewhere, an id
//! stands once, and nothing on a page needs a script or a style of its own.

use std::collections::{BTreeMap, BTreeSet};

/// What stands behind each address.
pub(super) type Pages = BTreeMap<String, Vec<u8>>;

/// A start tag; attribute values are decoded.
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
}

impl Tag {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The start tags of a page, in order; an error where it is not written as strictly as our pages are.
pub(crate) fn tags(html: &str) -> Result<Vec<Tag>, String> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").ok_or("a comment without an end")?.1;
        } else if rest.starts_with("<!") || rest.starts_with("</") {
            rest = rest.split_once('>').ok_or("a tag without an end")?.1;
        } else {
            let (tag, after) = start_tag(&rest[1..])?;
            rest = after;
            if matches!(tag.name.as_str(), "script" | "style") {
                let (inside, _) =
                    rest.split_once(&format!("</{}", tag.name)).ok_or_else(|| format!("no end of <{}>", tag.name))?;
                if !inside.is_empty() {
                    return Err(format!("<{}> with contents: {inside:.40}", tag.name));
                }
            }
            tags.push(tag);
        }
    }
    Ok(tags)
}

/// Whether a policy lets a page run and take on nothing but files of the site.
fn is_strict(policy: &str) -> bool {
    let directive = |name: &str| policy.split(';').find_map(|part| part.trim().strip_prefix(name)).map(str::trim);
    let is_own = |sources: &str| sources.split_whitespace().all(|source| source == "'self'" || source == super::BASE);
    directive("default-src ") == Some("'none'")
        && ["script-src ", "style-src "].iter().all(|name| directive(name).is_some_and(is_own))
        && directive("base-uri ") == Some("'none'")
}

/// A start tag, from behind its `<`, and what follows it.
fn start_tag(text: &str) -> Result<(Tag, &str), String> {
    let near = || text.chars().take(60).collect::<String>();
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').ok_or_else(near)?;
    if !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return Err(format!("a `<` that begins no tag: {}", near()));
    }
    let mut tag = Tag { name: text[..end].to_owned(), attributes: Vec::new() };
    let mut rest = &text[end..];
    loop {
        let trimmed = rest.trim_start();
        if let Some(after) = trimmed.strip_prefix('>').or_else(|| trimmed.strip_prefix("/>")) {
            return Ok((tag, after));
        }
        if trimmed.len() == rest.len() {
            return Err(format!("no space before an attribute: {}", near()));
        }
        let is_name = |c: char| c.is_ascii_alphanumeric() || "-:_".contains(c);
        let end = trimmed.find(|c| !is_name(c)).filter(|&end| end > 0);
        let (name, after) = trimmed.split_at(end.ok_or_else(|| format!("no attribute name: {}", near()))?);
        rest = after;
        let mut value = String::new();
        if let Some(quoted) = after.strip_prefix("=\"") {
            let (raw, after) = quoted.split_once('"').ok_or_else(|| format!("a quote without an end: {}", near()))?;
            value = decoded(raw)?;
            rest = after;
        } else if after.starts_with('=') {
            return Err(format!("a value without double quotes: {}", near()));
        }
        if tag.get(name).is_some() {
            return Err(format!("the attribute {name} twice: {}", near()));
        }
        tag.attributes.push((name.to_owned(), value));
    }
}

/// Text without character references; only those that our pages use are known.
pub(super) fn decoded(text: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let (name, after) = rest[at + 1..].split_once(';').ok_or_else(|| format!("a bare & in {text}"))?;
        let number = name.strip_prefix("#x").map(|hex| u32::from_str_radix(hex, 16));
        let number = number.or_else(|| name.strip_prefix('#').map(str::parse));
        out.push(match (name, number) {
            ("amp", _) => '&',
            ("lt", _) => '<',
            ("gt", _) => '>',
            ("quot", _) => '"',
            ("apos", _) => '\'',
            (_, Some(Ok(number))) => char::from_u32(number).ok_or_else(|| format!("&{name};"))?,
            _ => return Err(format!("the unknown character reference &{name};")),
        });
        rest = after;
    }
    Ok(out + rest)
}

pub(crate) fn percent_decoded(text: &str) -> Result<String, String> {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        if *first != b'%' {
            bytes.push(*first);
            continue;
        }
        let hex = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(byte.ok_or_else(|| format!("a bad % in {text}"))?);
        rest = &after[2..];
    }
    String::from_utf8(bytes).map_err(|_| format!("no UTF-8 behind the % in {text}"))
}

/// Everything that is wrong with the pages of a site which is to stand at `base`; one line each.
pub(super) fn faults(pages: &Pages, base: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut read = BTreeMap::new();
    for (address, bytes) in pages {
        if address.ends_with(".html") {
            match std::str::from_utf8(bytes).map_err(|error| error.to_string()).and_then(|text| Ok((text, tags(text)?)))
            {
                Ok((text, tags)) => _ = read.insert(address.as_str(), (text, tags)),
                Err(error) => faults.push(format!("{address}: {error}")),
            }
        }
    }
    let ids: BTreeMap<&str, BTreeSet<&str>> = read
        .iter()
        .map(|(&address, (_, tags))| (address, tags.iter().filter_map(|tag| tag.get("id")).collect()))
        .collect();
    let site = Site { pages, ids: &ids, base };
    for (address, (text, tags)) in &read {
        let found = on_page(text, tags, &ids[address]).into_iter().chain(site.links(address, tags));
        faults.extend(found.map(|fault| format!("{address}: {fault}")));
    }
    faults.extend(site.data());
    faults
}

/// What is wrong with a page in itself.
fn on_page(text: &str, tags: &[Tag], ids: &BTreeSet<&str>) -> Vec<String> {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    let count = |name: &str| tags.iter().filter(|tag| tag.name == name).count();
    for (name, wanted) in [("h1", 1), ("style", 0), ("main", 1)] {
        if count(name) != wanted {
            faults.push(format!("{} of <{name}>", count(name)));
        }
    }
    let policies: Vec<&str> = tags
        .iter()
        .filter(|tag| tag.get("http-equiv") == Some("Content-Security-Policy"))
        .filter_map(|tag| tag.get("content"))
        .collect();
    if !matches!(policies.as_slice(), [policy] if is_strict(policy)) {
        faults.push("no strict policy of what it may load".to_owned());
    }
    let title = text.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>"));
    if title.is_none_or(|(title, _)| title.trim().is_empty()) {
        faults.push("no title".to_owned());
    }
    let opens_beside = count("base") > 0;
    for tag in tags {
        if tag.name == "base" && tag.get("href").is_some() {
            faults.push("an address that all others begin at".to_owned());
        }
        if tag.name == "a" && opens_beside && tag.get("href").is_some_and(|href| href.starts_with('#')) {
            faults.push("a link to a place on the page, which would open a second one".to_owned());
        }
        if tag.name == "script" && tag.get("src").is_none() {
            faults.push("a script of its own".to_owned());
        }
        for (name, value) in &tag.attributes {
            if name == "style" || name.starts_with("on") {
                faults.push(format!("the attribute {name}=\"{value}\""));
            }
            if name == "id" && (value.is_empty() || value.contains(char::is_whitespace) || !seen.insert(value)) {
                faults.push(format!("the id `{value}` is empty, has a space or stands twice"));
            }
            let names = ["aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for", "headers", "list"];
            if names.contains(&name.as_str()) {
                let missing = value.split_whitespace().filter(|id| !ids.contains(id));
                faults.extend(missing.map(|id| format!("{name} names `{id}`, which is not an id here")));
            }
        }
    }
    faults
}

struct Site<'a> {
    pages: &'a Pages,
    ids: &'a BTreeMap<&'a str, BTreeSet<&'a str>>,
    base: &'a str,
}

impl Site<'_> {
    /// The links of a page that lead nowhere.
    fn links(&self, address: &str, tags: &[Tag]) -> Vec<String> {
        let mut faults = Vec::new();
        for tag in tags {
            for (name, value) in &tag.attributes {
                let link = match name.as_str() {
                    "href" | "src" | "action" | "data" | "poster" | "cite" | "xlink:href" => value.as_str(),
                    "srcset" | "ping" | "background" => {
                        faults.push(format!("a {name}, which nobody follows here"));
                        continue;
                    }
                    "content" if tag.get("http-equiv") == Some("refresh") => {
                        value.split_once("url=").map_or("", |(_, link)| link)
                    }
                    _ => continue,
                };
                if let Err(fault) = self.follow(address, link) {
                    faults.push(format!("`{link}`: {fault}"));
                }
            }
        }
        faults
    }

    /// Follows a link from a page.
    fn follow(&self, from: &str, link: &str) -> Result<(), String> {
        let (path, anchor) = link.split_once('#').map_or((link, None), |(path, anchor)| (path, Some(anchor)));
        let target = if let Some(path) = path.strip_prefix(self.base) {
            if path.is_empty() { "index.html".to_owned() } else { percent_decoded(path)? }
        } else if ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| path.starts_with(scheme)) {
            return Ok(());
        } else if path.is_empty() && anchor.is_some() {
            from.to_owned()
        } else if from == "404.html" {
            return Err("a page that is shown at any depth needs the whole address".to_owned());
        } else {
            joined(from, &percent_decoded(path.split('?').next().unwrap_or(path))?)?
        };
        if !self.pages.contains_key(&target) {
            return Err(format!("there is no {target}"));
        }
        let Some(anchor) = anchor else { return Ok(()) };
        let anchor = percent_decoded(anchor)?;
        let is_there = self.ids.get(target.as_str()).is_some_and(|ids| ids.contains(anchor.as_str()));
        if is_there { Ok(()) } else { Err(format!("there is no #{anchor} in {target}")) }
    }

    /// The addresses in `roadmap.json` and `sitemap.xml` that lead nowhere.
    fn data(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let text = |address: &str| self.pages.get(address).map(|bytes| String::from_utf8_lossy(bytes));
        let mut addresses = Vec::new();
        match text("roadmap.json").map(|text| serde_json::from_str(&text)) {
            Some(Ok(json)) => collect(&json, &mut addresses),
            Some(Err(error)) => faults.push(format!("roadmap.json: {error}")),
            None => faults.push("there is no roadmap.json".to_owned()),
        }
        let missing = addresses.into_iter().filter(|address| !self.pages.contains_key(address));
        faults.extend(missing.map(|address| format!("roadmap.json: there is no {address}")));
        let sitemap = text("sitemap.xml").unwrap_or_default();
        for part in sitemap.split("<loc>").skip(1) {
            let location = part.split("</loc>").next().unwrap_or(part);
            let followed = decoded(location).and_then(|location| {
                if location.starts_with(self.base) {
                    self.follow("sitemap.xml", &location)
                } else {
                    Err("not ours".to_owned())
                }
            });
            faults.extend(followed.err().map(|fault| format!("sitemap.xml: `{location}`: {fault}")));
        }
        faults
    }
}

/// Every `address` in a document.
fn collect(json: &serde_json::Value, addresses: &mut Vec<String>) {
    match json {
        serde_json::Value::Object(entries) => {
            for (name, value) in entries {
                match value.as_str() {
                    Some(address) if name == "address" => addresses.push(address.to_owned()),
                    _ => collect(value, addresses),
                }
            }
        }
        serde_json::Value::Array(values) => values.iter().for_each(|value| collect(value, addresses)),
        _ => {}
    }
}

/// The address that a relative path means on the page `from`.
fn joined(from: &str, path: &str) -> Result<String, String> {
    if path.is_empty() {
        return Err("an empty link".to_owned());
    }
    if path.starts_with('/') {
        return Err("a path from the host's root, which works under no sub-path".to_owned());
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => _ = parts.pop().ok_or("it leaves the site")?,
            "." => {}
            part => parts.push(part),
        }
    }
    Ok(parts.join("/"))
}
