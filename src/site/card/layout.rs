//! Where everything on a card stands, from top to bottom.

use super::pen::Pen;
use super::text::{Size, cut, is_leftward, lines, run};
use super::{Bar, Card, Column, Theme};
use crate::site::drawing::Cut;
use crate::site::views::words;
use crate::state::State;

const WIDTH: i32 = 800;
const MARGIN: i32 = 32;
const INNER: i32 = WIDTH - 2 * MARGIN;
/// Between columns.
const GAP: i32 = 30;
/// Themes stand in as many.
const THIRDS: i32 = 3;

const TITLE: Size = Size { pixels: 24, is_bold: true };
const GOAL: Size = Size { pixels: 15, is_bold: false };
const LABEL: Size = Size { pixels: 15, is_bold: true };
const TEXT: Size = Size { pixels: 14, is_bold: false };
const STRONG: Size = Size { pixels: 14, is_bold: true };
const SMALL: Size = Size { pixels: 12, is_bold: false };
const SIGN: Size = Size { pixels: 12, is_bold: true };

/// Where the words of a list begin, behind a mark.
const BEHIND: i32 = 21;
/// From one line of a title to the next, and from one title to the next.
const LINE: i32 = 19;
const AIR: i32 = 9;

/// Draws the card.
pub(super) fn layout(card: &Card) -> String {
    let mut pen = Pen::new(is_leftward(&card.title));
    let mut y = header(&mut pen, card, 28);
    y = columns(&mut pen, card, y + 26);
    if !card.themes.is_empty() {
        y = themes(&mut pen, card, y + 24);
    }
    let height = foot(&mut pen, card, y + 20) + 24;
    let body = pen.out.text;
    let mut pen = Pen::new(false);
    pen.out.raw(&format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" xml:lang=\"en\" aria-labelledby=\"t d\" font-family=\"-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Noto Sans',Cantarell,Ubuntu,'Helvetica Neue','Liberation Sans',Arial,sans-serif\">"));
    pen.out.raw("<title id=\"t\"");
    pen.lang(&card.lang).raw(">").escaped(&card.title).raw("</title><desc id=\"d\"");
    // Nearly all of its words are the author's.
    pen.lang(&card.lang).raw(">").escaped(&card.description);
    pen.out.raw("</desc>");
    pen.style();
    let third = (INNER - (THIRDS - 1) * GAP) / THIRDS;
    for (name, width, height) in [("all", INNER, 8), ("one", third, 6)] {
        let round = height / 2;
        pen.out.raw(&format!(
            "<clipPath id=\"{name}\"><rect width=\"{width}\" height=\"{height}\" rx=\"{round}\"/></clipPath>"
        ));
    }
    pen.ground(WIDTH, height);
    pen.out.raw(&body).raw("</svg>\n");
    pen.out.text
}

/// Title, goal, and how far everything is. Gives where it ends.
fn header(pen: &mut Pen, card: &Card, top: i32) -> i32 {
    let pill = if card.badge.is_empty() { 0 } else { run(&card.badge, SIGN) + 20 };
    let title = cut(&card.title, TITLE, INNER - if pill > 0 { pill + 16 } else { 0 });
    let goal = lines(&card.goal, GOAL, INNER, 2);
    let goal_height = 23 * count(&goal);
    let height = 36 + goal_height + if card.progress.is_some() { 52 } else { 0 };
    pen.open((MARGIN, top), (INNER, height), WIDTH);
    pen.in_language(&card.lang, |pen| pen.text(0, 25, TITLE, "ink", title));
    if pill > 0 {
        pen.pill(5, pill, &card.badge, SIGN);
    }
    for (at, line) in (1..).zip(goal) {
        pen.in_language(&card.lang, |pen| pen.text(0, 30 + 23 * at, GOAL, "soft", line));
    }
    if let Some(bar) = &card.progress {
        let y = 36 + goal_height + 14;
        pen.bar(bar, y, 8, "all");
        let end = if bar.text.is_empty() { 0 } else { run(&bar.text, SIGN) + 16 };
        keys(pen, bar, y + 28, INNER - end);
        pen.text_at_end(y + 28, SIGN, "ink", cut(&bar.text, SIGN, INNER / 2));
    }
    pen.close();
    top + height
}

/// What the parts of a bar are, as far as there is room.
fn keys(pen: &mut Pen, bar: &Bar, y: i32, room: i32) {
    let mut x = 0;
    for ((kind, _, _), words) in bar.parts.iter().zip(&bar.words) {
        let width = 15 + run(words, SMALL);
        if x + width > room {
            return;
        }
        pen.key(x, y - 9, kind);
        pen.text(x + 15, y, SMALL, "soft", Cut { text: words, more: false });
        x += width + 14;
    }
}

/// The horizons beside each other, all as high as the highest.
fn columns(pen: &mut Pen, card: &Card, top: i32) -> i32 {
    let number = i32::try_from(card.columns.len()).unwrap_or(1).max(1);
    let width = (INNER - (number - 1) * GAP) / number;
    let mut end = top;
    for (at, column) in (0..).zip(&card.columns) {
        let titles: Vec<(State, Vec<Cut>)> =
            column.items.iter().map(|(state, title)| (*state, lines(title, TEXT, width - BEHIND, 2))).collect();
        let list: i32 = titles.iter().map(|(_, lines)| LINE * count(lines) + AIR).sum();
        let last = if titles.is_empty() || !column.more.is_empty() { 26 } else { 0 };
        let height = 40 + list + last + 2;
        pen.open((MARGIN + at * (width + GAP), top), (width, height), WIDTH);
        write(pen, column, &titles, width, &card.lang);
        pen.close();
        end = end.max(top + height);
    }
    if card.rest.is_empty() {
        return end;
    }
    pen.open((MARGIN, end), (INNER, 20), WIDTH);
    pen.text(0, 13, SMALL, "soft", cut(&card.rest, SMALL, INNER));
    pen.close();
    end + 20
}

fn write(pen: &mut Pen, column: &Column, titles: &[(State, Vec<Cut>)], width: i32, lang: &str) {
    let room = width - run(&column.count, SMALL) - 12;
    let label = cut(&column.label, LABEL, room);
    pen.in_language(&column.lang, |pen| pen.text_and(16, LABEL, label, &column.count, SMALL));
    pen.rule(26);
    let mut y = 40;
    for (state, lines) in titles {
        pen.mark(0, y + 2, *state);
        for &line in lines {
            pen.in_language(lang, |pen| pen.text(BEHIND, y + 13, TEXT, "ink", line));
            y += LINE;
        }
        y += AIR;
    }
    if titles.is_empty() {
        pen.text(0, y + 13, TEXT, "soft", Cut { text: "Nothing yet", more: false });
    } else if !column.more.is_empty() {
        pen.text(BEHIND, y + 13, SMALL, "soft", cut(&column.more, SMALL, width - BEHIND));
    }
}

/// The themes, three beside each other.
fn themes(pen: &mut Pen, card: &Card, top: i32) -> i32 {
    const HEIGHT: i32 = 54;
    const APART: i32 = 18;
    pen.open((MARGIN, top), (INNER, 2), WIDTH);
    pen.rule(0);
    pen.close();
    let top = top + 22;
    let width = (INNER - (THIRDS - 1) * GAP) / THIRDS;
    let mut end = top;
    for (at, theme) in (0..).zip(&card.themes) {
        let (x, y) = (MARGIN + at % THIRDS * (width + GAP), top + at / THIRDS * (HEIGHT + APART));
        pen.open((x, y), (width, HEIGHT), WIDTH);
        one(pen, theme, width, &card.lang);
        pen.close();
        end = y + HEIGHT;
    }
    end
}

fn one(pen: &mut Pen, theme: &Theme, width: i32, lang: &str) {
    pen.in_language(lang, |pen| pen.text(0, 14, STRONG, "ink", cut(&theme.title, STRONG, width)));
    pen.bar(&theme.bar, 24, 6, "one");
    pen.text(0, 48, SMALL, "soft", cut(&theme.bar.text, SMALL, width));
}

/// What the marks mean, and where the site is.
fn foot(pen: &mut Pen, card: &Card, top: i32) -> i32 {
    let shown = |state: &State| card.columns.iter().flat_map(|column| &column.items).any(|(item, _)| item == state);
    let states: Vec<State> = State::ALL.into_iter().filter(shown).collect();
    let more = &card.themes_more;
    if states.is_empty() && more.is_empty() && card.address.is_empty() {
        return top - 20;
    }
    pen.open((MARGIN, top), (INNER, 40), WIDTH);
    pen.rule(0);
    let mut x = 0;
    for state in states {
        let word = words::capital(state.word());
        pen.mark(x, 20, state);
        pen.text(x + 18, 30, SMALL, "soft", Cut { text: &word, more: false });
        x += 18 + run(&word, SMALL) + 14;
    }
    let room = INNER - x - 10;
    let end = [more.as_str(), card.address.as_str()].into_iter().filter(|text| !text.is_empty());
    let end = end.collect::<Vec<_>>().join(" · ");
    pen.text_at_end(30, SMALL, "soft", cut(&end, SMALL, room));
    pen.close();
    top + 40
}

fn count(lines: &[Cut]) -> i32 {
    i32::try_from(lines.len()).unwrap_or(1)
}
