//! Blocks of code, and of what GitHub draws from code.

use pulldown_cmark::CodeBlockKind;

use super::super::escape;
use super::Writer;

/// What the source of a drawing or of a formula is called, by the language of its block. Drawing it takes a script, which no page needs.
const FIGURES: &[(&str, &str)] = &[
    ("geojson", "Map (GeoJSON source)"),
    ("math", "Formula (LaTeX source)"),
    ("mermaid", "Diagram (Mermaid source)"),
    ("stl", "Solid (STL source)"),
    ("topojson", "Map (TopoJSON source)"),
];

impl Writer<'_> {
    pub(super) fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', '\t', ',', '{']).next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        let caption = FIGURES.iter().find(|(name, _)| language.eq_ignore_ascii_case(name)).map(|(_, caption)| caption);
        self.block(if caption.is_some() { "<figure><figcaption>" } else { "" });
        if let Some(caption) = caption {
            self.out.push_str(caption);
            self.out.push_str("</figcaption>\n");
        }
        self.figure = caption.is_some();
        self.code = true;
        self.out.push_str("<pre tabindex=\"0\"><code");
        if !language.is_empty() {
            self.out.push_str(" class=\"language-");
            escape::attribute(&mut self.out, language);
            self.out.push('"');
        }
        self.out.push('>');
    }

    /// The source of a formula in prose: drawing it takes a script, too.
    pub(super) fn formula(&mut self, formula: &str) {
        let is_alone = formula.starts_with("$$");
        self.code(if is_alone { "<code class=\"formula alone\">" } else { "<code class=\"formula\">" }, formula);
    }

    pub(super) fn end_code(&mut self) {
        self.code = false;
        self.out.push_str(if self.figure { "</code></pre></figure>\n" } else { "</code></pre>\n" });
    }
}
