//! Links in the words of a field: `[[x]]`, `[[x|words]]` and `[words](target)`, and what a reference is that holds some.

/// A link in words.
#[derive(Clone, Copy)]
pub(crate) struct WordLink<'a> {
    /// What stands before it.
    pub(crate) before: &'a str,
    /// What it is called; empty where only its target is given.
    pub(crate) label: &'a str,
    /// What it leads to.
    pub(crate) target: &'a str,
    /// What is said of it behind its target.
    pub(crate) title: &'a str,
    /// What stands behind it.
    pub(crate) behind: &'a str,
}

/// Links that are looked at in one value.
pub(crate) const MAX_LINKS: usize = 256;

/// The first link in words.
pub(crate) fn link(words: &str) -> Option<WordLink<'_>> {
    let wiki = words.find("[[").and_then(|start| {
        let (inner, behind) = words[start + 2..].split_once("]]")?;
        let (target, label) = inner.split_once('|').unwrap_or((inner, ""));
        Some(WordLink { before: &words[..start], label, target, title: "", behind })
    });
    let inline = words.find("](").and_then(|end| {
        let start = words[..end].rfind('[')?;
        let (target, title, behind) = destination(&words[end + 2..])?;
        Some(WordLink { before: &words[..start], label: &words[start + 1..end], target, title, behind })
    });
    wiki.into_iter().chain(inline).min_by_key(|link| link.before.len())
}

/// The target of a link, its title, and what stands behind the link: `base.md)`, `<base.md>)` or `base.md "a title")`, as in Markdown.
fn destination(words: &str) -> Option<(&str, &str, &str)> {
    let inner = words.trim_start();
    let (target, rest) = match inner.strip_prefix('<').and_then(|inner| inner.split_once('>')) {
        Some(found) => found,
        None => inner.split_at(inner.find(|c: char| c.is_whitespace() || c == ')').unwrap_or(inner.len())),
    };
    let rest = rest.trim_start();
    let title = [('"', '"'), ('\'', '\''), ('(', ')')].into_iter().find_map(|(begin, end)| {
        let (title, behind) = rest.strip_prefix(begin)?.split_once(end)?;
        Some((target, title, behind.trim_start().strip_prefix(')')?))
    });
    let plain = rest.strip_prefix(')').map(|behind| (target, "", behind));
    // Where neither a title nor the end of the link stands behind the target, blanks are a part of it.
    plain.or(title).or_else(|| words.split_once(')').map(|(target, behind)| (target, "", behind)))
}

/// What a text is called that is a link as a whole, and has words.
pub(super) fn called(text: &str) -> Option<&str> {
    let link = link(text)?;
    let is_whole = link.before.trim().is_empty() && link.behind.trim().is_empty();
    Some(link.label.trim()).filter(|words| is_whole && words.contains(char::is_alphanumeric))
}

/// Whether a reference has a remark beside what it refers to. The words of a link are none: the title of what it leads to stands for them.
pub(super) fn says_more(text: &str) -> bool {
    let (links, between) = links(text);
    let behind = match unwrapped(text).as_slice() {
        [target] if links.is_empty() => text.rfind(target.as_str()).map_or("", |start| &text[start + target.len()..]),
        _ => &between,
    };
    behind.split_whitespace().any(|word| word != "and" && word.contains(char::is_alphanumeric))
}

/// The targets of the links in words that begin with one, and the words between and behind them.
fn links(text: &str) -> (Vec<&str>, String) {
    let (mut targets, mut between, mut rest) = (Vec::new(), String::new(), text.trim());
    while let Some(link) = link(rest).filter(|link| !targets.is_empty() || link.before.is_empty()) {
        targets.push(link.target.trim());
        between += link.before;
        rest = link.behind;
        if targets.len() == MAX_LINKS {
            break;
        }
    }
    (targets, between + rest)
}

/// `[[x]]` and `[[x|words]]` are `x`; `[words](target)` is its target, and several links are several; a remark in parentheses or behind ` # `
/// is left out.
pub(super) fn unwrapped(text: &str) -> Vec<String> {
    let (targets, _) = links(text);
    if !targets.is_empty() {
        return targets.into_iter().map(str::to_owned).collect();
    }
    let text = text.trim().split(" # ").next().unwrap_or(text).trim_end();
    match text.find(" (") {
        Some(at) if text.ends_with(')') => vec![text[..at].trim_end().to_owned()],
        _ => vec![text.to_owned()],
    }
}
