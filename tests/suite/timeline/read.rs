//! Reads a timeline back from its text alone, so that the tests share nothing with what drew it.

/// Left, top, right, bottom.
pub(super) type Rect = [i32; 4];

/// A row of a drawing.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    /// As the title says it: name, and what follows.
    pub(super) title: String,
    pub(super) class: String,
    /// The name as it is shown, and where it begins.
    pub(super) name: (String, i32),
    /// The whole row.
    pub(super) row: Rect,
    /// Everything that is drawn in it beside name and mark, by class.
    pub(super) shapes: Vec<(String, Rect)>,
}

#[derive(Debug)]
pub(super) struct Arrow {
    pub(super) is_conflict: bool,
    pub(super) points: Vec<(i32, i32)>,
}

#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) width: i32,
    pub(super) height: i32,
    /// The lines between columns.
    pub(super) grid: Vec<i32>,
    pub(super) labels: Vec<(String, i32)>,
    pub(super) today: Option<i32>,
    /// The bars of headings.
    pub(super) spans: Vec<Rect>,
    pub(super) rows: Vec<Drawn>,
    pub(super) arrows: Vec<Arrow>,
    /// The tips of arrow heads.
    pub(super) tips: Vec<(i32, i32)>,
}

impl Read {
    /// The row whose name is `name`.
    pub(super) fn row(&self, name: &str) -> &Drawn {
        let found = self.rows.iter().find(|row| row.title.split(',').next() == Some(name));
        found.unwrap_or_else(|| panic!("there is no row {name}"))
    }
}

impl Drawn {
    pub(super) fn shape(&self, class: &str) -> Option<Rect> {
        self.shapes.iter().find(|(known, _)| known == class).map(|(_, rect)| *rect)
    }
}

fn attribute<'a>(tag: &'a str, name: &str) -> &'a str {
    let start = format!(" {name}=\"");
    let at = tag.find(&start).unwrap_or_else(|| panic!("no {name} in {tag}")) + start.len();
    &tag[at..at + tag[at..].find('"').expect("a closing quote")]
}

fn number(tag: &str, name: &str) -> i32 {
    attribute(tag, name).parse().unwrap_or_else(|_| panic!("{name} is not a number in {tag}"))
}

/// The absolute points of a path of M, H and V; relative commands end it.
fn points(path: &str) -> Vec<Vec<(i32, i32)>> {
    let mut lines: Vec<Vec<(i32, i32)>> = Vec::new();
    let mut rest = path;
    while let Some(command) = rest.chars().next().filter(char::is_ascii_uppercase) {
        let end = rest[1..].find(|c: char| c.is_ascii_alphabetic()).map_or(rest.len(), |at| at + 1);
        let spaced = rest[1..end].replace('-', " -");
        let numbers: Vec<i32> = spaced.split_whitespace().map(|word| word.parse().expect("a number")).collect();
        let last = lines.last().and_then(|line| line.last()).copied();
        match (command, last) {
            ('M', _) => lines.push(vec![(numbers[0], numbers[1])]),
            ('H', Some((_, y))) => lines.last_mut().expect("a beginning").push((numbers[0], y)),
            ('V', Some((x, _))) => lines.last_mut().expect("a beginning").push((x, numbers[0])),
            _ => panic!("{command} in {path}"),
        }
        rest = &rest[end..];
        // What follows relatively belongs to the shape that begins here.
        if let Some(next) = rest.find(|c: char| c.is_ascii_uppercase()).filter(|_| !rest.starts_with(['M', 'H', 'V'])) {
            rest = &rest[next..];
        }
    }
    lines
}

pub(super) fn read(svg: &str) -> Read {
    let mut read = Read::default();
    let mut arrows: Option<bool> = None;
    for piece in svg.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').expect("every tag is closed");
        let text = text.replace("&#39;", "'").replace("&amp;", "&");
        let class = if tag.contains(" class=") { attribute(tag, "class") } else { "" };
        let rect = || {
            let [x, y, width, height] = ["x", "y", "width", "height"].map(|name| number(tag, name));
            [x, y, x + width, y + height]
        };
        let first = || points(attribute(tag, "d"))[0][0];
        let row = read.rows.last_mut();
        match (tag.split(' ').next().unwrap_or_default(), class) {
            ("svg", _) => (read.width, read.height) = (number(tag, "width"), number(tag, "height")),
            ("a", _) if class.starts_with("tl-item") => {
                read.rows
                    .push(Drawn { class: class.trim_start_matches("tl-item").trim().to_owned(), ..Drawn::default() });
            }
            ("title", _) => {
                if let Some(row) = row.filter(|row| row.title.is_empty()) {
                    row.title = text;
                }
            }
            ("g", _) if class.starts_with("tl-need") => arrows = Some(class.contains("tl-clash")),
            ("/g", _) => arrows = None,
            ("path", "") => {
                let points = points(attribute(tag, "d")).remove(0);
                read.arrows.push(Arrow { is_conflict: arrows.expect("a group of arrows"), points });
            }
            ("path", _) if class.starts_with("tl-grid") => {
                read.grid.extend(points(attribute(tag, "d")).iter().map(|line| line[0].0));
            }
            ("path", _) if class.starts_with("tl-head") => {
                read.tips.extend(points(attribute(tag, "d")).iter().map(|line| (line[0].0 + 7, line[0].1 + 4)));
            }
            ("path", "tl-today") => read.today = Some(first().0),
            ("text", "tl-label") => read.labels.push((text, number(tag, "x"))),
            ("text", "tl-title") => row.expect("an item").name = (text, number(tag, "x")),
            ("rect", "tl-row") => row.expect("an item").row = rect(),
            ("rect", "tl-span") => read.spans.push(rect()),
            ("rect", _) => row.expect("an item").shapes.push((class.to_owned(), rect())),
            ("path", "tl-day" | "tl-from" | "tl-due") => {
                let (x, y) = first();
                let rect = match class {
                    "tl-day" => [x - 7, y, x + 7, y + 14],
                    "tl-from" => [x, y, x + 18, y + 16],
                    _ => [x, y, x + 9, y + 18],
                };
                row.expect("an item").shapes.push((class.to_owned(), rect));
            }
            ("path", "tl-sign") => row.expect("an item").shapes.push((class.to_owned(), {
                let (x, y) = first();
                [x - 8, y, x + 8, y + 14]
            })),
            _ => {}
        }
    }
    read.grid.sort_unstable();
    read
}
