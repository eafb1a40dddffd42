//! A strict reader of RFC 4180, and what a spreadsheet would take for a formula. Shares nothing with what writes tables.

/// The rows of a table: fields between commas, rows between CR LF, quotes around what holds one of these.
pub(crate) fn rows(text: &str) -> Result<Vec<Vec<String>>, String> {
    let (mut rows, mut row) = (Vec::new(), Vec::new());
    let mut rest = text;
    if text.is_empty() || !text.ends_with("\r\n") {
        return Err("the last row has no end".to_owned());
    }
    while !rest.is_empty() {
        let (field, after) = match rest.strip_prefix('"') {
            Some(quoted) => in_quotes(quoted)?,
            None => {
                let end = rest.find([',', '\r', '\n']).ok_or("a field without its end")?;
                (rest[..end].to_owned(), &rest[end..])
            }
        };
        if !rest.starts_with('"') && field.contains('"') {
            return Err(format!("a quote in a bare field: {field:?}"));
        }
        if let Some(c) = field.chars().find(|&c| c.is_control() && !"\t\r\n".contains(c)) {
            return Err(format!("{c:?} in a field"));
        }
        row.push(field);
        if let Some(after) = after.strip_prefix(',') {
            rest = after;
            // A comma promises one more field, which may be empty.
            continue;
        }
        rest = after.strip_prefix("\r\n").ok_or_else(|| format!("neither a comma nor CR LF: {:.20}", after))?;
        rows.push(std::mem::take(&mut row));
    }
    let width = rows.first().map_or(0, Vec::len);
    match rows.iter().find(|row| row.len() != width) {
        Some(row) => Err(format!("{} fields and not {width}: {row:?}", row.len())),
        None => Ok(rows),
    }
}

/// A field behind its opening quote, and what follows its closing one.
fn in_quotes(text: &str) -> Result<(String, &str), String> {
    let (mut field, mut rest) = (String::new(), text);
    loop {
        let (before, after) = rest.split_once('"').ok_or("a quote without its end")?;
        field.push_str(before);
        match after.strip_prefix('"') {
            Some(after) => {
                field.push('"');
                rest = after;
            }
            None => return Ok((field, after)),
        }
    }
}

/// What begins a formula, in any width.
const SIGNS: [char; 12] = [
    '=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}', '\u{fe66}', '\u{fe62}', '\u{fe63}', '\u{fe6b}',
];

/// Whether a spreadsheet could take a cell, or a part of it that it takes for one, for a formula.
pub(crate) fn is_formula(cell: &str) -> bool {
    let is_sign = |part: &str| part.trim_start_matches(is_passed_over).starts_with(SIGNS);
    cell.starts_with(['\t', '\r', '\n']) || cell.split(['\t', '\r', '\n', ';']).any(is_sign)
}

/// A cell as its author wrote it: without the apostrophes before what would begin a formula, and the one before white space at its start.
pub(crate) fn as_written(cell: &str) -> String {
    let mut out = String::new();
    let is_guarded = cell.starts_with('\'') && cell.trim_start_matches('\'').starts_with(['\t', '\r', '\n']);
    let cell = if is_guarded { &cell[1..] } else { cell };
    let mut begins = true;
    for (offset, c) in cell.char_indices() {
        let rest = &cell[offset + c.len_utf8()..];
        let begins_command =
            begins && rest.starts_with("::") || rest.starts_with('[') && cell[..offset].ends_with("##");
        let guards = c == '\'' && (begins && rest.starts_with(SIGNS) || begins_command);
        if !guards {
            out.push(c);
        }
        begins = "\t\r\n;".contains(c) || begins && (is_passed_over(c) || "'\u{fffd}".contains(c));
    }
    out
}

/// White space, quotes and what cannot be seen.
fn is_passed_over(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || "\"\u{ad}\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{2060}\u{feff}".contains(c)
}

#[test]
fn the_reader_of_tables_is_strict() {
    assert_eq!(
        rows("a,\"b \"\"c\"\"\r\n\"\r\n,\r\n"),
        Ok(vec![vec!["a".into(), "b \"c\"\r\n".into()], vec![String::new(), String::new()]])
    );
    for bad in [
        "",
        "a,b",
        "a,b\n",
        "a\r\nb,c\r\n",
        "a\"b\r\n",
        "\"a\"b\r\n",
        "\"a\r\n",
        "a\r,b\r\n",
        "a\u{0}\r\n",
        "\"a\u{7f}\"\r\n",
        "a\r\n\r\nb,c\r\n",
    ] {
        assert!(rows(bad).is_err(), "{bad:?}");
    }
    for formula in [
        "=1",
        "+1",
        "-1",
        "@x",
        "\t1",
        "\r1",
        "\n1",
        " =1",
        "\"=1",
        "\u{feff}=1",
        "\u{ff1d}1",
        "a;=1",
        "a\n -1",
        "a;\"+1",
        "\u{fe63}1",
    ] {
        assert!(is_formula(formula), "{formula:?}");
    }
    for words in ["", "a=1", "'=1", "1", "a - b", "a; b", "a;'=1", "x@y.test", "0.5", " '=1", "''=1"] {
        assert!(!is_formula(words), "{words:?}");
    }
    for (cell, text) in [
        ("'=1", "=1"),
        ("''=1", "'=1"),
        ("a;'=1", "a;=1"),
        (" \"'-1", " \"-1"),
        ("'\t'=1", "\t=1"),
        ("''\n", "'\n"),
        ("'a", "'a"),
        ("a'=1", "a'=1"),
    ] {
        assert_eq!(as_written(cell), text, "{cell:?}");
    }
}
