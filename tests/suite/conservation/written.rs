//! What an author wrote, read line by line by code that shares nothing with the library's: the scalars of the front matter and the text of the
//! body, each with its line.

/// A piece of text that must be found again.
#[derive(Debug)]
pub(super) struct Written {
    /// From 1.
    pub(super) line: usize,
    /// The lines of the keys that it stands below, itself excluded.
    pub(super) above: Vec<usize>,
    /// The field of the front matter; none for the body.
    pub(super) field: Option<String>,
    pub(super) text: String,
}

/// The pieces of a file.
pub(super) fn written(text: &str) -> Vec<Written> {
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    let mut start = 0;
    // Blank lines and comments may stand before the front matter.
    while let Some(line) = lines.get(start) {
        if line.trim().starts_with("<!--") {
            while lines.get(start).is_some_and(|line| !line.contains("-->")) {
                start += 1;
            }
        } else if !line.trim().is_empty() {
            break;
        }
        start += 1;
    }
    if lines.get(start).is_some_and(|line| line.trim_end() == "+++") {
        return toml(&lines, start + 1);
    }
    let is_fence = |line: &&str| matches!(line.trim_end(), "---" | "...");
    let opens = lines.get(start).is_some_and(|line| line.trim_end() == "---");
    // Without its last line, it ends where a blank line or a heading says that it has.
    let ends = |line: &&str| line.trim().is_empty() || line.starts_with("# ");
    let inside = lines.get(start + 1..).unwrap_or_default();
    let closed = inside.iter().position(is_fence).or_else(|| inside.iter().position(ends));
    let length = Some(closed.unwrap_or(inside.len())).filter(|_| opens);
    let mut pieces = Vec::new();
    if let Some(length) = length {
        front_matter(&lines[start + 1..start + 1 + length], start + 2, &mut pieces);
    }
    let body = length.map_or(0, |length| start + length + 2).min(lines.len());
    self::body(&lines[body..], body + 1, &mut pieces);
    pieces
}

/// Reads a file whose front matter, from this index on, is TOML: what stands behind each `=`, and lines that have none.
fn toml(lines: &[&str], start: usize) -> Vec<Written> {
    let mut pieces = Vec::new();
    let end =
        lines[start..].iter().position(|line| line.trim_end() == "+++").map_or(lines.len(), |length| start + length);
    for (line, number) in lines[start..end].iter().zip(start + 1..) {
        let value = line.split_once('=').map_or(*line, |(_, value)| value);
        let text = value.trim().trim_matches('"').to_owned();
        pieces.push(Written { line: number, above: Vec::new(), field: Some("toml".to_owned()), text });
    }
    let body = (end + 1).min(lines.len());
    self::body(&lines[body..], body + 1, &mut pieces);
    pieces
}

/// Reads lines of YAML, the first of which is line `first` of the file: no tree, but what stands behind each name and each dash.
fn front_matter(lines: &[&str], first: usize, into: &mut Vec<Written>) {
    // The keys that are open, each with its indentation and line, and the name of the field.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut field = String::new();
    // A block of text belongs to what is indented less; brackets and quotes may be open from the line before.
    let (mut block, mut brackets, mut quote): (Option<usize>, usize, Option<char>) = (None, 0, None);
    for (line, number) in lines.iter().zip(first..) {
        let indent = line.len() - line.trim_start().len();
        let mut rest = line.trim();
        let mut push = |text: &str, above: &[(usize, usize)], field: &str| {
            let above = above.iter().map(|(_, line)| *line).filter(|line| *line != number).collect();
            into.push(Written { line: number, above, field: Some(field.to_owned()), text: text.to_owned() });
        };
        if let Some(owner) = block {
            if rest.is_empty() || indent > owner {
                push(rest, &open, &field);
                continue;
            }
            block = None;
        }
        if quote.is_none() && brackets == 0 {
            if rest.is_empty() || rest.starts_with('#') {
                continue;
            }
            let mut column = indent;
            loop {
                open.retain(|(indent, _)| {
                    *indent < column || rest.starts_with("- ") && *indent == column && column > 0
                });
                if let Some(behind) = rest.strip_prefix("- ") {
                    column += rest.len() - behind.trim_start().len();
                    rest = behind.trim_start();
                    continue;
                }
                let Some((key, value)) = key(rest) else { break };
                if column == 0 {
                    open.clear();
                    key.clone_into(&mut field);
                }
                open.push((column, number));
                column += rest.len() - value.len();
                rest = value;
            }
            rest = rest.strip_prefix('-').filter(|rest| rest.is_empty()).unwrap_or(rest);
            if rest.starts_with(['|', '>']) {
                block = open.last().map(|(indent, _)| *indent);
                continue;
            }
        }
        for text in scalars(rest, &mut brackets, &mut quote) {
            push(&text, &open, &field);
        }
    }
}

/// The name at the start of a text and what stands behind its colon.
fn key(text: &str) -> Option<(String, &str)> {
    if text.starts_with(['[', '{']) {
        return None;
    }
    let quote = text.chars().next().filter(|c| ['"', '\''].contains(c));
    let from = quote.map_or(Some(0), |quote| Some(text[1..].find(quote)? + 2))?;
    let colon = text[from..].match_indices(':').map(|(at, _)| from + at);
    let colon = colon.into_iter().find(|at| text[at + 1..].is_empty() || text[at + 1..].starts_with([' ', '\t']))?;
    if quote.is_some() && colon != from {
        return None;
    }
    Some((text[..colon].trim_matches(['"', '\'']).to_owned(), text[colon + 1..].trim_start()))
}

/// The scalars of a value on one line, in brackets or not. A remark behind ` #` is none.
fn scalars(text: &str, brackets: &mut usize, quote: &mut Option<char>) -> Vec<String> {
    let (mut found, mut now) = (Vec::new(), String::new());
    let mut letters = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = letters.next() {
        match (*quote, c) {
            (Some('"'), '\\') => now.extend(letters.next().filter(|c| !['n', 't'].contains(c)).or(Some(' '))),
            (Some(open), c) if c == open => *quote = None,
            (Some(_), c) => now.push(c),
            (None, '"' | '\'') if now.trim().is_empty() => *quote = Some(c),
            (None, '#') if before.is_whitespace() && !now.is_empty() => break,
            (None, '[' | '{') if now.trim().is_empty() => *brackets += 1,
            (None, ']' | '}') if *brackets > 0 => {
                found.push(std::mem::take(&mut now));
                *brackets -= 1;
            }
            (None, ',') if *brackets > 0 => found.push(std::mem::take(&mut now)),
            (None, ':') if *brackets > 0 && letters.peek().is_none_or(|next| next.is_whitespace()) => now.clear(),
            (None, c) => now.push(c),
        }
        before = c;
    }
    found.push(now);
    found
}

/// Reads the lines of a body: what stands between the signs of Markdown. Not looked for are comments, the language of a block of code, the
/// addresses of links, the labels of footnotes and references, and the name in `[[name]]`, of which the title is shown.
fn body(lines: &[&str], first: usize, into: &mut Vec<Written>) {
    let (mut fence, mut open): (Option<&str>, Option<&str>) = (None, None);
    // Whether the target of a definition is on its next line.
    let mut defines = false;
    for (line, number) in lines.iter().zip(first..) {
        let mut push = |text: &str| {
            into.push(Written { line: number, above: Vec::new(), field: None, text: text.to_owned() });
        };
        let is_target = std::mem::replace(&mut defines, line.starts_with('[') && line.trim_end().ends_with("]:"));
        if is_target && fence.is_none() && open.is_none() {
            continue;
        }
        let mut bare = line.trim_start_matches([' ', '\t', '>']);
        // A block of code may begin with an entry of a list.
        while let Some(rest) = bare.strip_prefix("- ").or_else(|| bare.strip_prefix("* ")).filter(|_| fence.is_none()) {
            bare = rest.trim_start();
        }
        let ticks = &bare[..bare.len() - bare.trim_start_matches(['`', '~']).len()];
        match fence {
            Some(open) if ticks.starts_with(open) && bare.trim_end().len() == ticks.len() => fence = None,
            Some(_) => push(line),
            None if ticks.len() >= 3 && !bare[ticks.len()..].contains('`') && open.is_none() => fence = Some(ticks),
            None if open.is_some() => pieces(line, &mut open).iter().for_each(|piece| push(piece)),
            None if line.trim().is_empty() => {}
            None => pieces(without_markers(line), &mut open).iter().for_each(|piece| push(piece)),
        }
    }
}

/// A line without what makes it a heading, a quote, an entry of a list or a task.
fn without_markers(line: &str) -> &str {
    let mut rest = line.trim();
    loop {
        let before = rest;
        rest = rest.trim_start_matches(['>', '#', '*', '+', '-', ' ', '\t']);
        rest = ["[ ] ", "[x] ", "[X] "].iter().find_map(|task| rest.strip_prefix(task)).unwrap_or(rest);
        let number = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_marker = [". ", ") ", ".\t", ")\t"].iter().any(|sign| number.starts_with(sign));
        if number.len() < rest.len() && is_marker {
            rest = &number[2..];
        }
        if rest.len() == before.len() {
            return rest;
        }
    }
}

/// The text of a line between links, tags and comments; `open` is the end of a comment or an address that goes on in the next line.
fn pieces(line: &str, open: &mut Option<&'static str>) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut rest = line;
    // A definition is not shown where it stands.
    if rest.starts_with('[') && !rest.starts_with("[^") && rest.contains("]:") && !rest.contains("](") {
        return found;
    }
    while let Some(c) = rest.chars().next() {
        let skipped = if let Some(end) = *open {
            Some(rest.find(end).map_or((rest.len(), *open), |at| (at + end.len(), None)))
        } else if rest.starts_with("<!--") {
            Some((4, Some("-->")))
        } else if let Some(target) = rest.strip_prefix("](") {
            Some(closing(target).map_or((rest.len(), Some(")")), |length| (2 + length, None)))
        } else if rest.starts_with("[^") || rest.starts_with("][") {
            rest.find(']').map(|_| (rest[1..].find(']').map_or(rest.len(), |end| end + 2), None))
        } else if rest.starts_with("[[") && !rest.contains("]](") {
            let end = rest.find("]]").unwrap_or(rest.len());
            let bar = rest[..end].find('|').map_or((end + 2).min(rest.len()), |bar| bar + 1);
            Some((bar, None))
        } else if rest.starts_with('&') {
            rest[..rest.len().min(12)].find(';').map(|end| (end + 1, None))
        } else if is_shown_tag(rest) {
            rest.find('>').map(|end| (end + 1, None))
        } else if ['|', '[', ']', '<', '>', '!'].contains(&c) {
            Some((1, None))
        } else {
            None
        };
        match skipped {
            Some((length, end)) => {
                *open = end;
                rest = rest.get(length..).unwrap_or_default();
                found.push(String::new());
            }
            None => {
                found.last_mut().expect("a piece").push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    found
}

/// Elements of HTML that a page has: their tags are no words.
const ELEMENTS: &[&str] = &[
    "a",
    "b",
    "blockquote",
    "br",
    "center",
    "code",
    "del",
    "details",
    "div",
    "em",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
];

/// Whether a text begins with the tag of one.
fn is_shown_tag(rest: &str) -> bool {
    let tag = rest.strip_prefix("</").or_else(|| rest.strip_prefix('<')).unwrap_or_default();
    let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
    ELEMENTS.contains(&name.to_ascii_lowercase().as_str())
}

/// Where the parenthesis closes that is open before a text; none where it does not.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 1;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at + 1);
        }
    }
    None
}
