//! A strict reader of calendars, written from RFC 5545 and RFC 7986: what it does not know, it refuses.

use std::collections::BTreeSet;

/// An event of one or more whole days.
#[derive(Debug)]
pub(super) struct Event {
    pub(super) uid: String,
    /// `(year, month, day)`.
    pub(super) begin: (u32, u32, u32),
    pub(super) stamp: String,
    pub(super) summary: String,
    pub(super) description: String,
    pub(super) url: Option<String>,
    pub(super) status: String,
    pub(super) categories: Vec<String>,
}

/// A calendar.
#[derive(Debug)]
pub(super) struct Calendar {
    pub(super) name: String,
    pub(super) events: Vec<Event>,
}

/// One line, unfolded.
struct Line {
    name: String,
    parameters: Vec<(String, String)>,
    value: String,
}

/// Reads a calendar, or says what is wrong with it.
pub(super) fn read(bytes: &[u8]) -> Result<Calendar, String> {
    let mut lines = lines(bytes)?.into_iter();
    let mut next = || lines.next().ok_or_else(|| "it ends too early".to_owned());
    expect(&next()?, "BEGIN", "VCALENDAR")?;
    let mut own = Vec::new();
    let (mut events, mut others) = (Vec::new(), 0);
    loop {
        let line = next()?;
        match (line.name.as_str(), line.value.as_str()) {
            ("BEGIN", "VEVENT") => {
                let mut properties = Vec::new();
                loop {
                    let line = next()?;
                    match line.name.as_str() {
                        "END" => break expect(&line, "END", "VEVENT")?,
                        "BEGIN" => return Err(format!("{} in an event", line.value)),
                        _ => properties.push(line),
                    }
                }
                events.push(event(&properties)?);
            }
            ("BEGIN", "VTIMEZONE") => {
                let wanted = ["TZID", "BEGIN", "DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "END", "END"];
                for name in wanted {
                    let line = next()?;
                    if line.name != name {
                        return Err(format!("{} in a time zone, where {name} was to come", line.name));
                    }
                }
                others += 1;
            }
            ("BEGIN", other) => return Err(format!("an unknown component {other}")),
            ("END", _) => break expect(&line, "END", "VCALENDAR")?,
            _ if events.is_empty() && others == 0 => own.push(line),
            _ => return Err(format!("{} behind a component", line.name)),
        }
    }
    if next().is_ok() {
        return Err("something follows the calendar".to_owned());
    }
    // icalbody = calprops component, and component = 1*( … )
    if events.len() + others == 0 {
        return Err("a calendar without a component".to_owned());
    }
    if one(&own, "VERSION")?.value != "2.0" {
        return Err("another version".to_owned());
    }
    text(&one(&own, "PRODID")?.value)?;
    let known = ["VERSION", "PRODID", "CALSCALE", "NAME", "X-WR-CALNAME", "URL", "REFRESH-INTERVAL", "X-PUBLISHED-TTL"];
    once_each(&own, &known)?;
    if let Some(line) = own.iter().find(|line| line.name == "METHOD") {
        return Err(format!("METHOD:{} gives DTSTAMP another meaning", line.value));
    }
    let mut uids = BTreeSet::new();
    if let Some(event) = events.iter().find(|event: &&Event| !uids.insert(event.uid.clone())) {
        return Err(format!("the UID {} twice", event.uid));
    }
    Ok(Calendar { name: text(&one(&own, "NAME")?.value)?, events })
}

/// Lines end with CRLF and are of 75 octets at most; one that begins with a space goes on with the one before (3.1).
fn lines(bytes: &[u8]) -> Result<Vec<Line>, String> {
    let Some(bytes) = bytes.strip_suffix(b"\r\n") else { return Err("no line end at the end".to_owned()) };
    let mut whole: Vec<String> = Vec::new();
    for part in split(bytes) {
        if part.len() > 75 {
            return Err(format!("a line of {} octets", part.len()));
        }
        let part = std::str::from_utf8(part).map_err(|_| "a character is parted by a fold".to_owned())?;
        if let Some(control) = part.chars().find(|c| c.is_control() && *c != '\t') {
            return Err(format!("the control character {control:?}"));
        }
        match (part.strip_prefix([' ', '\t']), whole.last_mut()) {
            (Some(rest), Some(line)) => line.push_str(rest),
            (Some(_), None) => return Err("the first line begins with a space".to_owned()),
            (None, _) if part.is_empty() => return Err("an empty line".to_owned()),
            (None, _) => whole.push(part.to_owned()),
        }
    }
    whole.iter().map(|line| content(line)).collect()
}

fn split(bytes: &[u8]) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    let mut rest = bytes;
    while let Some(at) = rest.windows(2).position(|pair| pair == b"\r\n") {
        parts.push(&rest[..at]);
        rest = &rest[at + 2..];
    }
    parts.push(rest);
    parts
}

/// `name *(";" param) ":" value`
fn content(line: &str) -> Result<Line, String> {
    let wrong = || format!("no content line: {line}");
    let (head, value) = line.split_once(':').ok_or_else(wrong)?;
    let mut parts = head.split(';');
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let name = parts.next().filter(|name| is_name(name)).ok_or_else(wrong)?;
    let mut parameters = Vec::new();
    for part in parts {
        let (name, value) = part.split_once('=').filter(|(name, _)| is_name(name)).ok_or_else(wrong)?;
        if value.contains(['"', ',']) {
            return Err(wrong());
        }
        parameters.push((name.to_owned(), value.to_owned()));
    }
    Ok(Line { name: name.to_owned(), parameters, value: value.to_owned() })
}

fn expect(line: &Line, name: &str, value: &str) -> Result<(), String> {
    let is_it = line.name == name && line.value == value && line.parameters.is_empty();
    if is_it { Ok(()) } else { Err(format!("{}:{} where {name}:{value} was to come", line.name, line.value)) }
}

fn one<'a>(lines: &'a [Line], name: &str) -> Result<&'a Line, String> {
    let mut found = lines.iter().filter(|line| line.name == name);
    match (found.next(), found.next()) {
        (Some(line), None) => Ok(line),
        (None, _) => Err(format!("no {name}")),
        _ => Err(format!("{name} twice")),
    }
}

fn once_each(lines: &[Line], known: &[&str]) -> Result<(), String> {
    for line in lines {
        if !known.contains(&line.name.as_str()) {
            return Err(format!("an unknown property {}", line.name));
        }
        one(lines, &line.name)?;
    }
    Ok(())
}

fn event(lines: &[Line]) -> Result<Event, String> {
    let known = [
        "UID",
        "DTSTAMP",
        "CREATED",
        "DTSTART",
        "DTEND",
        "SUMMARY",
        "DESCRIPTION",
        "URL",
        "STATUS",
        "CATEGORIES",
        "TRANSP",
    ];
    once_each(lines, &known)?;
    let optional = |name: &str| lines.iter().find(|line| line.name == name);
    let begin = day(one(lines, "DTSTART")?)?;
    if let Some(end) = optional("DTEND")
        && day(end)? <= begin
    {
        return Err("an event that ends before it begins".to_owned());
    }
    let stamp = utc(one(lines, "DTSTAMP")?)?;
    optional("CREATED").map(utc).transpose()?;
    let status = one(lines, "STATUS")?.value.clone();
    if !["TENTATIVE", "CONFIRMED", "CANCELLED"].contains(&status.as_str()) {
        return Err(format!("no status of an event: {status}"));
    }
    if one(lines, "TRANSP")?.value != "TRANSPARENT" {
        return Err("an event that makes its reader busy".to_owned());
    }
    let url = optional("URL").map(|line| line.value.clone());
    if let Some(url) = url.as_ref().filter(|url| !url.contains("://") || url.contains(char::is_whitespace)) {
        return Err(format!("no address: {url}"));
    }
    let uid = text(&one(lines, "UID")?.value)?;
    if uid.is_empty() {
        return Err("an empty UID".to_owned());
    }
    Ok(Event {
        uid,
        begin,
        stamp,
        summary: text(&one(lines, "SUMMARY")?.value)?,
        description: text(&one(lines, "DESCRIPTION")?.value)?,
        url,
        status,
        categories: optional("CATEGORIES").map(|line| texts(&line.value)).transpose()?.unwrap_or_default(),
    })
}

/// A `VALUE=DATE` that the calendar has (3.3.4).
fn day(line: &Line) -> Result<(u32, u32, u32), String> {
    if line.parameters != [("VALUE".to_owned(), "DATE".to_owned())] {
        return Err(format!("{} without VALUE=DATE", line.name));
    }
    date(&line.value)
}

fn date(text: &str) -> Result<(u32, u32, u32), String> {
    let wrong = || format!("no date: {text}");
    if text.len() != 8 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(wrong());
    }
    let part = |from: usize, to: usize| text[from..to].parse::<u32>().map_err(|_| wrong());
    let (year, month, day) = (part(0, 4)?, part(4, 6)?, part(6, 8)?);
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        2 => 28 + u32::from(is_leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    if (1..=length).contains(&day) { Ok((year, month, day)) } else { Err(wrong()) }
}

/// A time in UTC (3.3.5); gives its day.
fn utc(line: &Line) -> Result<String, String> {
    let day = line.value.strip_suffix("T000000Z").filter(|_| line.parameters.is_empty());
    let day = day.ok_or_else(|| format!("no time in UTC: {}", line.value))?;
    date(day)?;
    Ok(day.to_owned())
}

/// One text (3.3.11): `\`, `;` and `,` stand behind a backslash, and a line end is `\n`.
fn text(value: &str) -> Result<String, String> {
    match texts(value)?.as_slice() {
        [one] => Ok(one.clone()),
        _ => Err(format!("a bare comma: {value}")),
    }
}

fn texts(value: &str) -> Result<Vec<String>, String> {
    let mut texts = vec![String::new()];
    let mut chars = value.chars();
    while let Some(char) = chars.next() {
        let text = texts.last_mut().ok_or("nothing")?;
        match char {
            '\\' => match chars.next() {
                Some('n' | 'N') => text.push('\n'),
                Some(char @ ('\\' | ';' | ',')) => text.push(char),
                other => return Err(format!("a backslash before {other:?}")),
            },
            ';' => return Err(format!("a bare semicolon: {value}")),
            ',' => texts.push(String::new()),
            char => text.push(char),
        }
    }
    Ok(texts)
}
