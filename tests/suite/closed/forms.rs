//! What says who may see a file is heard by every name of the field, in every width of letters, and wherever in the file it stands.

use super::words::FORMS;
use super::{OTHER, kept, project, public};

const OPEN: &str = "//- plan/items/open.md\n# Open\n";

/// A name that the configuration gives to the field is heard in the same forms as its own.
#[test]
fn another_name_of_visibility_is_heard_in_every_form() {
    let config = "//- roadbook.yml\ntitle: T\nfields: {visibility: [seen-by]}\n";
    let of_collection = "//- roadbook.yml\ntitle: T\ncollections:\n- {include: \"plan/items/*.md\", kind: item, fields: {visibility: Seen by}}\n";
    let is_of_visibility = |form: &&&str| form.to_lowercase().contains("visibility");
    for (index, form) in FORMS.iter().filter(is_of_visibility).enumerate() {
        let form = form.replace("Visibility", "Seen by").replace("visibility", "seen-by");
        let texts = [
            format!("# SECRET\n\n{form}\n"),
            format!("{form}\n\n# SECRET\n"),
            format!("---\ntitle: SECRET\n---\n\nOwner: @ana\n\n{form}\n"),
        ];
        let config = [config, of_collection][index % 2];
        kept(project(&format!("{config}{OPEN}//- plan/items/a.md\n{}", texts[index % 3])).path(), "counts as internal");
    }
    for text in [
        "---\ntitle: \"SECRET\nseen-by: internal\n---\n",
        "---\ntitle: \"SECRET\nseen-by: partners\n---\n",
        "---\ntitle: SECRET\nmeta: {seen-by: internal}\n---\n",
        "---\ntitle: SECRET\nvisibility: public\nmeta: {seen-by: internal}\n---\n",
        "---\ntitle: SECRET\nnote: |\n  Seen by: internal\n---\n",
    ] {
        kept(project(&format!("{config}{OPEN}//- plan/items/a.md\n{text}")).path(), "a.md:");
    }
    for text in
        ["# Lamp\n\n- Seen by: two ships\n", "# Lamp\n\n- Seen: internal\n", "---\nmeta: {seen-by: ana}\n---\n# Lamp\n"]
    {
        let public = public(project(&format!("{config}{OPEN}{OTHER}//- plan/items/lamp.md\n{text}")).path());
        assert!(public.site.contains_key("items/lamp.html"), "{text}: {}", public.said);
    }
}

/// However much stands above it: front matter that does not begin its file is heard, and a field of that name in any line.
#[test]
fn what_stands_far_down_is_heard() {
    const LINES: usize = 200;
    let above = [
        format!("<!--\n{}-->\n", "words\n".repeat(LINES)),
        "<!-- words -->\n".repeat(LINES),
        format!("<!--\n{}", "words\n".repeat(LINES)),
        "# words\n".repeat(LINES),
        "// words\n".repeat(LINES),
        "% words\n".repeat(LINES),
        "[//]: # (words)\n".repeat(LINES),
        format!("/*\n{}*/\n", "words\n".repeat(LINES)),
        "words\n".repeat(LINES),
        "- words\n".repeat(LINES),
        "\n".repeat(LINES),
        format!("Words.\n{}", "\n".repeat(LINES)),
    ];
    let texts = [
        "---\ntitle: SECRET\nvisibility: internal\n---\n",
        "---\ntitle: \"SECRET\nvisibility: internal\n---\n",
        "---\nvisibility: internal\n\n# SECRET\n",
        "----\ntitle: SECRET\nvisibility: internal\n----\n",
        "+++\ndraft = true\n+++\nSECRET\n",
        "---\ntitle: SECRET\ndraft: true\n---\n",
        "---\nowner: SECRET\naccess: internal\n---\n",
        "\n- **Visibility:** internal\n\nSECRET\n",
    ];
    for (row, above) in above.iter().enumerate() {
        // Each text below each third of them.
        for text in texts.iter().skip(row % 3).step_by(3) {
            // What is read has nothing to be said of it.
            let public = public(project(&format!("{OPEN}//- plan/items/a.md\n{above}{text}")).path());
            assert!(public.leaks.is_empty(), "{text} below {:?}: {}", &above[..20], public.said);
        }
    }
    // Comments and headings do not count among the first lines.
    for above in [&above[0], &above[1], &above[3], &above[4], &above[5]] {
        let text = format!("{above}\n- Private: yes\n\nSECRET\n");
        kept(project(&format!("{OPEN}//- plan/items/a.md\n{text}")).path(), "counts as internal");
    }
    let comment = "<!-- visibility: internal -->\n\n# SECRET\n";
    kept(project(&format!("{OPEN}//- plan/items/a.md\n{comment}")).path(), "counts as internal");
    let hidden =
        "//- roadbook.yml\ntitle: T\ninternal: {fields: [x-notes]}\n//- plan/items/b.md\n---\nx-notes: y\n---\n";
    for above in above.iter().step_by(2) {
        let text = format!("{above}---\nx-notes: \"SECRET\n---\n");
        kept(project(&format!("{hidden}{OPEN}//- plan/items/a.md\n{text}")).path(), "counts as internal");
    }
    let filler = "Words.\n\n".repeat(LINES);
    for text in [
        "---\n\nWords.\n",
        "| lamp | visibility |\n|---|---|\n| inside | internal |\n",
        "Status: draft\n---\nWords.\n",
        "```yaml\nvisibility: internal\n```\n",
        "Visibility: internal teams see the lamp\n",
    ] {
        let fixture = format!("{OPEN}{OTHER}//- plan/items/lamp.md\n# Lamp\n\n{filler}{text}");
        let public = public(project(&fixture).path());
        assert!(public.site.contains_key("items/lamp.html"), "{text}: {}", public.said);
    }
}

/// The same text in letters and signs of another width or weight.
fn typed(text: &str, form: impl Fn(u32) -> u32) -> String {
    text.chars().map(|c| if c.is_ascii_graphic() { char::from_u32(form(c.into())).unwrap_or(c) } else { c }).collect()
}

/// Letters and signs are heard in any of their forms, where front matter is sound and where it is not.
#[test]
fn wide_and_bold_letters_are_heard() {
    let wide = |text: &str| typed(text, |c| c + 0xfee0);
    let bold = |text: &str| typed(text, |c| if (0x61..=0x7a).contains(&c) { c - 0x61 + 0x1d41a } else { c });
    let lines = [
        wide("visibility") + ": internal",
        "visibility：internal".to_owned(),
        "visibility＝internal".to_owned(),
        wide("visibility:internal"),
        format!("visibility: {}", wide("internal")),
        bold("visibility") + ": internal",
        wide("Visibility:") + "　" + &wide("internal"),
        wide("draft") + ": true",
        format!("access: {}", wide("private")),
    ];
    let forms = [
        "---\ntitle: SECRET\n{}\n---\n",
        "---\ntitle: \"SECRET\n{}\n---\n",
        "---\ntitle: SECRET\nowner: [a\n{}\n---\n",
        "---\ntitle: SECRET\n{}\n\nWords.\n",
        "----\ntitle: SECRET\n{}\n----\n",
        "title: SECRET\n{}\n\nWords.\n",
        "# SECRET\n\n- {}\n",
        "# SECRET\n\n---\n{}\nstatus: done\n---\n",
        "---\ntitle: SECRET\nmeta:\n  {}\n---\n",
        "---\n{title: SECRET, {}}\n---\n",
        "---\ntitle: SECRET\nnotes: x\n  {}\n---\n",
        "---\ntitle: SECRET\nmeta: {{}}\n---\n",
        "---\ntitle: SECRET\nmeta:\n  - {}\n---\n",
    ];
    let pairs = lines.iter().flat_map(|line| forms.iter().map(move |form| (line, form)));
    for (line, form) in pairs.step_by(3) {
        let text = form.replace("{}", line);
        let public = public(project(&format!("{OPEN}//- plan/items/a.md\n{text}")).path());
        assert!(public.leaks.is_empty(), "{text}: {}", public.said);
    }
    for line in ["draft：true", "access：private", "\"private＝yes\""] {
        for form in &forms[forms.len() - 3..] {
            let text = form.replace("{}", line);
            let public = public(project(&format!("{OPEN}//- plan/items/a.md\n{text}")).path());
            assert!(public.leaks.is_empty(), "{text}: {}", public.said);
        }
    }
    let hidden =
        "//- roadbook.yml\ntitle: T\ninternal: {fields: [x-notes]}\n//- plan/items/b.md\n---\nx-notes: y\n---\n";
    for (line, form) in [wide("x-notes:"), wide("x") + "-notes:", "x-notes：".to_owned()]
        .iter()
        .flat_map(|line| forms.iter().map(move |form| (line, form)))
    {
        let text = form.replace("SECRET", "Title").replace("{}", &format!("{line} SECRET"));
        let public = public(project(&format!("{hidden}{OPEN}//- plan/items/a.md\n{text}")).path());
        assert!(public.leaks.is_empty(), "{text}: {}", public.said);
    }
}

/// What stands for the end of a line in another program's eyes is none here: a fence with fields behind it is no text.
#[test]
fn a_fence_with_fields_behind_it_is_not_public() {
    for end in ["\\n", "\u{1c}", "\u{1d}", "\u{1e}", "\u{1f}", "\u{15}", "\u{1}", "\u{9b}", " "] {
        let text = ["---", "title: SECRET", "visibility: internal", "---", "Body"].join(end);
        kept(project(&format!("{OTHER}//- plan/items/a.md\n{text}\n")).path(), "nobody can be sure");
    }
}
