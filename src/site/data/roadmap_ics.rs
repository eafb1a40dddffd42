//! `roadmap.ics`: what the plan promises for a day, as a calendar to subscribe to (RFC 5545).
//!
//! A calendar answers what is to be there by when. So every target and every due date is an event of one whole day, and a month or a
//! quarter is promised by its last; the stretches of work before are the timeline's. The file is there even without a date, so that no
//! subscription breaks on the day when the last one goes.

use crate::date::Date;
use crate::id::ItemId;
use crate::markdown;
use crate::name;
use crate::plan::Item;
use crate::site::address::{self, GroupKind};
use crate::site::views::{self, View, list, words};
use crate::state::State;
use crate::text::visible;

/// The longest line, in bytes without its end (RFC 5545, 3.1).
const LINE: usize = 75;

/// One promise.
struct Event<'a> {
    day: &'a Date,
    /// `Target`, `Due`, `Milestone`, or `Done`.
    word: &'static str,
    title: &'a str,
    /// Unique in the site.
    name: String,
    /// When it last changed, as far as the plan says.
    changed: &'a Date,
    created: Option<&'a Date>,
    is_certain: bool,
    categories: Vec<&'a str>,
    /// Paragraphs.
    text: Vec<String>,
    address: String,
}

/// The calendar.
pub(in crate::site) fn roadmap_ics(view: View<'_>) -> String {
    let mut events: Vec<Event> = Vec::new();
    for (id, item) in view.roadmap().plan.items.enumerate().filter(|(_, item)| item.state != State::Dropped) {
        events.extend(of_item(view, id, item));
    }
    events.extend(milestones(view));
    events.sort_by(|a, b| a.day.key().cmp(&b.day.key()).then_with(|| a.name.cmp(&b.name)));
    let site = &view.site.shared;
    let name = match &site.audience_badge {
        Some(badge) => format!("{} ({badge})", site.title),
        None => site.title.clone(),
    };
    let home = view.site.canonical("index.html");
    let mut calendar = Calendar::default();
    calendar.line("BEGIN:VCALENDAR").line("VERSION:2.0");
    calendar.text("PRODID", &format!("-//Roadbook//{}//EN", site.generator)).line("CALSCALE:GREGORIAN");
    // The name as RFC 7986 has it, and as everybody had it before.
    calendar.text("NAME", &name).text("X-WR-CALNAME", &name);
    if let Some(home) = &home {
        calendar.uri("URL", home);
    }
    calendar.line("REFRESH-INTERVAL;VALUE=DURATION:P1D").line("X-PUBLISHED-TTL:P1D");
    if events.is_empty() {
        // A calendar must hold something, and this says nothing.
        calendar.line("BEGIN:VTIMEZONE").line("TZID:Etc/UTC").line("BEGIN:STANDARD").line("DTSTART:19700101T000000");
        calendar.line("TZOFFSETFROM:+0000").line("TZOFFSETTO:+0000").line("END:STANDARD").line("END:VTIMEZONE");
    }
    let host = host(home.as_deref(), &site.title);
    for event in &events {
        write(&mut calendar, view, event, &host);
    }
    calendar.line("END:VCALENDAR");
    calendar.out
}

/// What an item promises: a target, what it is due, or both by one day.
fn of_item<'a>(view: View<'a>, id: ItemId, item: &'a Item) -> Vec<Event<'a>> {
    let is_done = item.state == State::Done;
    let event = |day: &'a Date, field: &str, word: &'static str| Event {
        day,
        word: if is_done { "Done" } else { word },
        title: &item.entry.title,
        name: format!("item.{}.{field}", item.entry.slug),
        changed: item.updated.as_ref().or(item.created.as_ref()).unwrap_or(day),
        created: item.created.as_ref(),
        is_certain: matches!(item.state, State::Planned | State::Active | State::Done),
        categories: themes(view, id).collect(),
        text: about_item(view, id, item),
        address: view.site.item_address(id),
    };
    let ends_together = |a: &Date, b: &Date| a.days().1 == b.days().1;
    match (&item.target, &item.due) {
        (Some(target), Some(due)) if !ends_together(target, due) => {
            vec![event(target, "target", "Target"), event(due, "due", "Due")]
        }
        (_, Some(due)) => vec![event(due, "due", "Due")],
        (Some(target), None) => vec![event(target, "target", "Target")],
        (None, None) => Vec::new(),
    }
}

fn themes<'a>(view: View<'a>, id: ItemId) -> impl Iterator<Item = &'a str> {
    let themes = &view.roadmap().plan.themes;
    view.resolved(id).links.themes.iter().map(|&theme| themes[theme].entry.title.as_str())
}

fn about_item(view: View<'_>, id: ItemId, item: &Item) -> Vec<String> {
    let mut facts = vec![format!("Status: {}", views::status(item.status.as_ref(), item.state))];
    let themes = themes(view, id).collect::<Vec<_>>();
    let dates = [("Start", &item.start), ("Target", &item.target), ("Due", &item.due)];
    facts.extend(
        dates.into_iter().filter_map(|(label, date)| Some(format!("{label}: {}", words::date(date.as_ref()?)))),
    );
    for (label, text) in
        [("Theme", themes.join(", ")), ("Milestone", item.milestone.clone()), ("Owner", item.owners.join(", "))]
    {
        if !text.is_empty() {
            facts.push(format!("{label}: {text}"));
        }
    }
    vec![item.entry.summary.clone(), facts.join("\n")]
}

/// The milestones that are promised: each is reached with the last of its items.
fn milestones(view: View<'_>) -> Vec<Event<'_>> {
    let groups = view.site.groups(GroupKind::Milestone);
    groups.by_slug.iter().filter_map(|(slug, group)| milestone(view, slug, groups.address_of(slug), group)).collect()
}

/// A milestone by its open items; where none is left, by those that are done.
fn milestone<'a>(view: View<'a>, slug: &str, address: String, group: &'a address::Group) -> Option<Event<'a>> {
    let items = || group.items.iter().map(|&id| view.plan_item(id));
    let open = items().filter(|item| item.state.is_open()).count();
    let members = || items().filter(|item| if open > 0 { item.state.is_open() } else { item.state == State::Done });
    let day = members().filter_map(list::promised).max_by_key(|date| date.key())?;
    let changed = members().filter_map(|item| item.updated.as_ref()).max_by_key(|date| date.key());
    let text = match open {
        0 => format!("{} done", words::count(members().count(), "item")),
        _ => format!("{} to go", words::count(open, "item")),
    };
    Some(Event {
        day,
        word: if open > 0 { GroupKind::Milestone.label() } else { "Done" },
        title: &group.title,
        name: format!("milestone.{slug}"),
        changed: changed.unwrap_or(day),
        created: None,
        is_certain: true,
        categories: vec![GroupKind::Milestone.label()],
        text: vec![text],
        address,
    })
}

/// What makes names unique in the world: the site's host, its folders before it, else its title.
fn host(home: Option<&str>, title: &str) -> String {
    let Some((_, home)) = home.and_then(|home| home.split_once("://")) else {
        return format!("{}.roadbook.invalid", name::slug(title));
    };
    let mut parts: Vec<&str> = home.split('/').filter(|part| !part.is_empty()).collect();
    parts.reverse();
    parts.join(".")
}

fn write(calendar: &mut Calendar, view: View<'_>, event: &Event, host: &str) {
    calendar.line("BEGIN:VEVENT");
    calendar.text("UID", &format!("{}@{host}", event.name));
    // Without a METHOD this is when the event last changed (3.8.7.2), and the plan knows that, or at least for which day it is.
    calendar.line(&format!("DTSTAMP:{}T000000Z", digits(&event.changed.last())));
    if let Some(created) = event.created {
        calendar.line(&format!("CREATED:{}T000000Z", digits(&created.last())));
    }
    calendar.line(&format!("DTSTART;VALUE=DATE:{}", digits(&event.day.last())));
    if let Some(next) = Date::numbered(event.day.days().1.saturating_add(1)) {
        calendar.line(&format!("DTEND;VALUE=DATE:{}", digits(&next.first())));
    }
    let title = markdown::without_code(event.title);
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_day = event.day.first() == event.day.last();
    let stretch = if is_day { String::new() } else { format!(" ({})", words::date(event.day)) };
    calendar.text("SUMMARY", &format!("{}: {title}{stretch}", event.word));
    let url = view.site.canonical(&event.address);
    let paragraphs = event.text.iter().map(String::as_str).chain(url.as_deref()).filter(|text| !text.is_empty());
    calendar.text("DESCRIPTION", &paragraphs.collect::<Vec<_>>().join("\n\n"));
    if let Some(url) = &url {
        calendar.uri("URL", url);
    }
    calendar.line(if event.is_certain { "STATUS:CONFIRMED" } else { "STATUS:TENTATIVE" });
    if !event.categories.is_empty() {
        calendar.list("CATEGORIES", &event.categories);
    }
    // Nobody is busy all day because something is due.
    calendar.line("TRANSP:TRANSPARENT").line("END:VEVENT");
}

/// `2026-12-11` is `20261211`.
fn digits(day: &str) -> String {
    day.replace('-', "")
}

/// The text of a calendar in the making.
#[derive(Default)]
struct Calendar {
    out: String,
}

impl Calendar {
    /// One line, folded: a longer one goes on behind a line end and a space, and no character is parted (3.1).
    fn line(&mut self, text: &str) -> &mut Calendar {
        let mut room = LINE;
        for char in text.chars() {
            if char.len_utf8() > room {
                self.out.push_str("\r\n ");
                room = LINE - 1;
            }
            self.out.push(char);
            room -= char.len_utf8();
        }
        self.out.push_str("\r\n");
        self
    }

    /// A property of one text.
    fn text(&mut self, name: &str, text: &str) -> &mut Calendar {
        self.line(&format!("{name}:{}", escaped(text)))
    }

    /// A property of several.
    fn list(&mut self, name: &str, texts: &[&str]) -> &mut Calendar {
        let texts = texts.iter().map(|text| escaped(text)).collect::<Vec<_>>();
        self.line(&format!("{name}:{}", texts.join(",")))
    }

    /// A property of an address, which stands as it is: it has neither spaces nor line ends.
    fn uri(&mut self, name: &str, address: &str) -> &mut Calendar {
        self.line(&format!("{name}:{address}"))
    }
}

/// Text as text: what has a meaning behind a backslash, a line end as `\n` (3.3.11).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for char in text.replace("\r\n", "\n").chars() {
        match char {
            '\\' | ';' | ',' => out.extend(['\\', char]),
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push_str("\\n"),
            char => out.extend(visible(char)),
        }
    }
    out
}
