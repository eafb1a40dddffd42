//! A page as a browser reads it, by the HTML standard's own parser: its elements, and where each of their addresses would lead.

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// An element, a comment or an instruction.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Element {
    /// With its namespace where that is not HTML's.
    pub(super) name: String,
    /// Names and values, by name.
    pub(super) attributes: Vec<(String, String)>,
}

/// Attributes whose values are addresses.
const ADDRESSES: &[&str] = &[
    "href",
    "src",
    "xlink:href",
    "action",
    "formaction",
    "data",
    "poster",
    "cite",
    "background",
    "ping",
    "srcset",
    "manifest",
    "codebase",
    "longdesc",
    "content",
];

/// The elements of a page, in the order of its text.
pub(super) fn elements(html: &str) -> Vec<Element> {
    let page = parse_document(RcDom::default(), ParseOpts::default()).one(html);
    let (mut found, mut waiting) = (Vec::new(), vec![page.document.clone()]);
    while let Some(node) = waiting.pop() {
        found.extend(element(&node));
        waiting.extend(node.children.borrow().iter().rev().cloned());
        if let NodeData::Element { template_contents, .. } = &node.data {
            waiting.extend(template_contents.borrow().clone());
        }
    }
    found
}

fn element(node: &Handle) -> Option<Element> {
    let plain = |name: &str| Some(Element { name: name.to_owned(), attributes: Vec::new() });
    match &node.data {
        NodeData::Comment { .. } => plain("a comment"),
        NodeData::ProcessingInstruction { .. } => plain("an instruction"),
        NodeData::Element { name, attrs, .. } => {
            let namespace = name.ns.rsplit('/').next().filter(|&name| name != "xhtml").map(|name| format!("{name}:"));
            let attribute = |attribute: &html5ever::Attribute| {
                let prefix = attribute.name.prefix.as_ref().map(|prefix| format!("{prefix}:")).unwrap_or_default();
                (format!("{prefix}{}", attribute.name.local), attribute.value.to_string())
            };
            let mut attributes: Vec<(String, String)> = attrs.borrow().iter().map(attribute).collect();
            attributes.sort();
            Some(Element { name: format!("{}{}", namespace.unwrap_or_default(), name.local), attributes })
        }
        NodeData::Document | NodeData::Doctype { .. } | NodeData::Text { .. } => None,
    }
}

impl Element {
    pub(super) fn is(&self, name: &str) -> bool {
        self.name == name
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The schemes of its addresses, by the attribute; `""` where one stays on the site, `//` where it names a host alone.
    pub(super) fn schemes(&self) -> Vec<(&str, String)> {
        let is_address = |name: &str| {
            let is_refresh = || self.get("http-equiv").is_some_and(|word| word.eq_ignore_ascii_case("refresh"));
            ADDRESSES.contains(&name) && (name != "content" || is_refresh())
        };
        let addresses = self.attributes.iter().filter(|(name, _)| is_address(name));
        addresses.map(|(name, value)| (name.as_str(), scheme(name, value))).collect()
    }

    /// What it is, without what it says.
    pub(super) fn skeleton(&self) -> String {
        let mut text = self.name.clone();
        let schemes = self.schemes();
        for (name, _) in &self.attributes {
            text.push(' ');
            text.push_str(name);
            if let Some((_, scheme)) = schemes.iter().find(|(own, _)| own == name) {
                text.push('=');
                text.push_str(scheme);
            }
        }
        text
    }
}

/// The scheme of an address as the URL standard finds it: controls and spaces before it count for nothing, tabs and line ends nowhere.
fn scheme(attribute: &str, value: &str) -> String {
    let value = match attribute {
        // `0; url=address`
        "content" => value.to_lowercase().split_once("url=").map(|(_, address)| address.to_owned()).unwrap_or_default(),
        _ => value.to_owned(),
    };
    let value: String =
        value.trim_start_matches(|c: char| c <= ' ').chars().filter(|c| !"\t\n\r".contains(*c)).collect();
    let length = value.find(|c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c))).unwrap_or(value.len());
    if value.starts_with(|c: char| c.is_ascii_alphabetic()) && value[length..].starts_with(':') {
        return format!("{}:", value[..length].to_lowercase());
    }
    let is_host = value.starts_with(['/', '\\']) && value[1..].starts_with(['/', '\\']);
    if is_host { "//".to_owned() } else { String::new() }
}

#[test]
fn a_page_is_read_as_a_browser_reads_it() {
    let skeletons = |html: &str| -> Vec<String> {
        let found = elements(html).into_iter().map(|element| element.skeleton());
        found.filter(|text| !["html", "head", "body"].contains(&text.as_str())).collect()
    };
    for (html, expected) in [
        ("<p>a<p>b", "p|p"),
        ("<img/src='x'/onerror=y>", "img onerror src="),
        ("<img/src=x/onerror=y>", "img src="),
        ("<a href='&#106;ava\tscript:x'>", "a href=javascript:"),
        ("<a href=' \u{1}JAVASCRIPT:x'>", "a href=javascript:"),
        ("<a href='./javascript:x'>", "a href="),
        ("<a href='/\\x.test'>", "a href=//"),
        ("<title><b></title><script>'</script>", "title|script"),
        ("<svg><a xlink:href=data:x>", "svg:svg|svg:a xlink:href=data:"),
        ("<svg><style><b></style>", "svg:svg|svg:style|b"),
        ("<meta http-equiv=Refresh content='0; URL=javascript:x'>", "meta content=javascript: http-equiv"),
        ("<meta name=a content='javascript:x'>", "meta content name"),
        ("<template><script></script></template>", "template|script"),
        ("<!-- x -->", "a comment"),
        ("&lt;script&gt;", ""),
    ] {
        assert_eq!(skeletons(html).join("|"), expected, "{html}");
    }
}
