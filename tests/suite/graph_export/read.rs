//! Reads graphs back, strictly: what is not expected is a panic. Shares nothing with what writes them.

use std::collections::BTreeMap;

use serde_json::Value;

/// A graph as a program reads it.
#[derive(Debug, Default)]
pub(crate) struct Read {
    /// Labels by name, line ends as spaces.
    pub(crate) nodes: BTreeMap<String, String>,
    /// In the order of the text.
    pub(crate) edges: Vec<(String, String)>,
    /// The nodes of each cluster, by its label.
    pub(crate) groups: BTreeMap<String, Vec<String>>,
}

impl Read {
    fn node(&mut self, name: &str, label: String, group: Option<&String>) {
        assert!(self.nodes.insert(name.to_owned(), label).is_none(), "`{name}` stands there twice");
        if let Some(group) = group {
            self.groups.entry(group.clone()).or_default().push(name.to_owned());
        }
    }

    /// Every edge joins nodes that are there.
    fn checked(self) -> Read {
        let known = |name: &String| self.nodes.contains_key(name);
        assert!(self.edges.iter().all(|(from, to)| known(from) && known(to)), "an edge of nothing: {:?}", self.edges);
        self
    }
}

pub(crate) fn read_json(text: &str) -> Read {
    let value: Value = serde_json::from_str(text).expect("JSON");
    assert_eq!((&value["schema_version"], &value["kind"]), (&2.into(), &"graph".into()));
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    let mut read = Read::default();
    for node in value["nodes"].as_array().expect("nodes") {
        read.node(&text(&node["id"]), text(&node["title"]), None);
    }
    for edge in value["edges"].as_array().expect("edges") {
        assert!(edge["declared_in"]["line"].as_u64().expect("a line") > 0);
        read.edges.push((text(&edge["from"]), text(&edge["to"])));
    }
    read.checked()
}

/// A token of DOT.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    /// A word or a number.
    Word(String),
    /// What stands between quotes, backslashes as they are but before quotes.
    Quoted(String),
    Sign(&'static str),
}

fn dot_tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if first.is_whitespace() {
            rest = rest.trim_start();
        } else if first == '"' {
            let mut quoted = String::new();
            let mut chars = rest[1..].char_indices();
            let end = loop {
                let (at, c) = chars.next().expect("a quote without its end");
                match c {
                    '"' => break at + 2,
                    '\\' => match chars.next().expect("a backslash before nothing").1 {
                        '"' => quoted.push('"'),
                        '\n' => panic!("a line that goes on"),
                        c => quoted.extend(['\\', c]),
                    },
                    c => {
                        assert!(!c.is_control(), "{c:?} in quotes");
                        quoted.push(c);
                    }
                }
            };
            tokens.push(Token::Quoted(quoted));
            rest = &rest[end..];
        } else if first.is_ascii_alphanumeric() || first == '_' {
            let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
            tokens.push(Token::Word(rest[..end].to_owned()));
            rest = &rest[end..];
        } else {
            let signs = ["->", "{", "}", "[", "]", ";", ",", "="];
            let sign = signs.into_iter().find(|sign| rest.starts_with(sign));
            let sign = sign.unwrap_or_else(|| panic!("no token of DOT: {rest:.40}"));
            tokens.push(Token::Sign(sign));
            rest = &rest[sign.len()..];
        }
    }
    tokens
}

struct Dot {
    tokens: std::iter::Peekable<std::vec::IntoIter<Token>>,
    read: Read,
}

pub(crate) fn read_dot(text: &str) -> Read {
    let mut dot = Dot { tokens: dot_tokens(text).into_iter().peekable(), read: Read::default() };
    assert_eq!(dot.next(), Token::Word("digraph".into()));
    assert!(matches!(dot.next(), Token::Quoted(_)));
    dot.block(false);
    assert_eq!(dot.tokens.next(), None, "something after the graph");
    dot.read.checked()
}

impl Dot {
    fn next(&mut self) -> Token {
        self.tokens.next().expect("more to come")
    }

    fn eat(&mut self, sign: &'static str) -> bool {
        self.tokens.next_if_eq(&Token::Sign(sign)).is_some()
    }

    fn value(&mut self) -> String {
        match self.next() {
            Token::Word(text) | Token::Quoted(text) => text,
            sign @ Token::Sign(_) => panic!("{sign:?} is no value"),
        }
    }

    /// Statements in braces; a cluster says its label first.
    fn block(&mut self, is_cluster: bool) {
        assert!(self.eat("{"));
        let mut label = None;
        while !self.eat("}") {
            match self.next() {
                Token::Word(word) if word == "subgraph" => {
                    assert!(self.value().starts_with("cluster_"));
                    self.block(true);
                    continue;
                }
                Token::Word(word) if ["node", "edge"].contains(&word.as_str()) => _ = self.attributes(),
                Token::Word(word) => {
                    assert!(self.eat("="), "{word}");
                    let value = self.value();
                    if is_cluster && word == "label" {
                        label = Some(shown(&value));
                    }
                }
                Token::Quoted(name) if self.eat("->") => {
                    let Token::Quoted(to) = self.next() else { panic!("no end of an edge from {name}") };
                    self.attributes();
                    self.read.edges.push((name, to));
                }
                Token::Quoted(name) => {
                    let attributes = self.attributes();
                    self.read.node(&name, shown(&attributes["label"]), label.as_ref());
                }
                sign @ Token::Sign(_) => panic!("{sign:?} begins no statement"),
            }
            assert!(self.eat(";"), "a statement without its end");
        }
    }

    fn attributes(&mut self) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        if self.eat("[") {
            loop {
                let name = self.value();
                assert!(self.eat("="), "{name}");
                let value = self.value();
                assert!(found.insert(name, value).is_none());
                if self.eat("]") {
                    break;
                }
                assert!(self.eat(","));
            }
        }
        found
    }
}

/// What Graphviz shows for a label.
fn shown(label: &str) -> String {
    let mut out = String::new();
    let mut chars = label.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('\\') => out.push('\\'),
                Some('n') => out.push(' '),
                other => panic!("an escape that stands for something: {other:?} in {label}"),
            },
            '&' => {
                let entity: String = chars.by_ref().take(4).collect();
                assert_eq!(entity, "amp;", "an entity in {label}");
                out.push('&');
            }
            c => out.push(c),
        }
    }
    out
}

pub(crate) fn read_mermaid(text: &str) -> Read {
    let mut read = Read::default();
    let mut group: Option<String> = None;
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("flowchart LR"));
    for line in lines.map(str::trim_start) {
        if let Some(rest) = line.strip_prefix("subgraph t") {
            assert!(group.is_none());
            let (number, label) = rest.split_once('[').expect("a label");
            assert!(number.parse::<u32>().is_ok());
            group = Some(mermaid_label(label.strip_suffix(']').expect("the label's end")));
        } else if line == "end" {
            assert!(group.take().is_some());
        } else if let Some(rest) = line.strip_prefix("classDef ") {
            assert!(
                rest.split_once(' ')
                    .expect("a name")
                    .1
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "#:,- ".contains(c))
            );
        } else if let Some(rest) = line.strip_prefix("linkStyle ") {
            assert!(rest.chars().all(|c| c.is_ascii_alphanumeric() || "#:, ".contains(c)));
        } else if let Some((from, to)) =
            line.split_once(" --> ").or_else(|| line.split_once(" -. cycle .-> ")).filter(|_| !line.contains('"'))
        {
            read.edges.push((mermaid_name(from), mermaid_name(to)));
        } else {
            let (name, rest) = line.split_once('[').unwrap_or_else(|| panic!("no line of Mermaid: {line}"));
            let (label, class) = rest.rsplit_once("]:::").expect("a class");
            assert!(class.bytes().all(|byte| byte.is_ascii_lowercase()), "{class}");
            read.node(&mermaid_name(name), mermaid_label(label), group.as_ref());
        }
    }
    assert!(group.is_none());
    read.checked()
}

fn mermaid_name(name: &str) -> String {
    assert!(name.strip_prefix('n').is_some_and(|number| number.parse::<u32>().is_ok()), "{name} is no name");
    name.to_owned()
}

fn mermaid_label(label: &str) -> String {
    let label = label.strip_prefix('"').and_then(|label| label.strip_suffix('"')).expect("a label in quotes");
    let label = label.replacen("<br/>", " ", 1);
    let mut out = String::new();
    let mut chars = label.chars();
    while let Some(c) = chars.next() {
        match c {
            '#' => {
                let code: String = chars.by_ref().take_while(|&c| c != ';').collect();
                let number = if code == "quot" { Some(34) } else { code.parse().ok() };
                out.push(number.and_then(char::from_u32).unwrap_or_else(|| panic!("an entity {code} in {label}")));
            }
            '"' | '<' | '>' | '&' | ';' | ':' | '%' | '`' | '[' | ']' | '{' | '}' | '|' | '\\' | '@' | '$' | 'ﬂ'
            | '¶' => {
                panic!("{c} in {label}")
            }
            c => out.push(c),
        }
    }
    out
}
