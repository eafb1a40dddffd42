//! Random edits of a small project, each with the paths that a watcher would tell of.

use std::fs;
use std::path::{Path, PathBuf};

use fastrand::Rng;

use crate::support::put;

/// A project, and what to do to it next.
pub(super) struct Edits {
    root: PathBuf,
    rng: Rng,
    count: u64,
    /// No alias, and no id twice: names are remembered only then.
    calm: bool,
}

impl Edits {
    /// Writes a project of a dozen items into `root`.
    pub(super) fn new(root: &Path, seed: u64) -> Edits {
        let mut edits =
            Edits { root: root.to_owned(), rng: Rng::with_seed(seed), count: 0, calm: seed.is_multiple_of(3) };
        edits.put("roadbook.yml", "title: Plan\n");
        edits.put("plan/vision.md", "# A vision\n");
        edits.put("plan/themes/t1.md", "# Theme one\n");
        edits.put("plan/themes/t2.md", "# Theme two\n");
        edits.put("plan/pages/about.md", "# About\n");
        edits.put("static/logo.svg", "<svg/>\n");
        for _ in 0..12 {
            edits.create();
        }
        edits
    }

    /// Does one thing; says what, and at which paths.
    pub(super) fn edit(&mut self) -> (&'static str, Vec<PathBuf>) {
        self.count += 1;
        let items = self.items();
        let item = items.get(self.rng.usize(..items.len().max(1))).cloned();
        match (self.rng.u8(0..18), item) {
            (0 | 1, _) | (_, None) => ("create an item", self.create()),
            (2, Some(path)) if items.len() > 4 => ("delete an item", self.remove(&path)),
            (3, Some(path)) => ("rename a file", self.rename(&path)),
            (4, Some(path)) => ("write a body", self.append(&path)),
            (5, Some(path)) => ("write nonsense", self.put(&path, "---\ntitle: [unclosed\nowner: @x\n---\nBody\n")),
            (6, _) => ("edit a template", self.template()),
            (7, _) => ("edit the configuration", self.configuration()),
            (8, _) => ("edit a static file", self.asset()),
            (9, _) => ("edit a theme, a page or the vision", self.other()),
            (10, Some(path)) => ("hide or show", self.visibility(&path)),
            (11, Some(_)) => ("close a ring", self.ring(&items)),
            (12, Some(path)) => ("touch", self.touch(&path)),
            (14, Some(path)) => ("edit dependencies alone", self.rewire(&path)),
            (13, Some(path)) => ("write what is not a text", self.put(&path, b"# No text: \xff\n")),
            (_, Some(path)) => {
                let text = self.item();
                ("edit fields", self.put(&path, &text))
            }
        }
    }

    fn items(&self) -> Vec<String> {
        let names = fs::read_dir(self.root.join("plan/items")).into_iter().flatten().flatten();
        let mut names: Vec<String> =
            names.map(|entry| format!("plan/items/{}", entry.file_name().to_string_lossy())).collect();
        names.sort();
        names
    }

    fn item(&mut self) -> String {
        let rng = &mut self.rng;
        let mut text = format!("---\ntitle: Item {}\n", rng.u8(..));
        let states = ["planned", "done", "active", "idea", "dropped", "whatever"];
        text += &format!("status: {}\n", states[rng.usize(..states.len())]);
        let mut maybe = |text: &mut String, line: String| {
            if rng.bool() {
                text.push_str(&line);
            }
        };
        let mut other = Rng::with_seed(self.count);
        let id = if self.calm { format!("c{}", self.count) } else { format!("n{}", other.u8(0..30)) };
        // Calm names stay for a while.
        if !self.calm || other.u8(0..6) == 0 {
            maybe(&mut text, format!("id: {id}\n"));
        }
        maybe(&mut text, format!("value: {}\neffort: {}\n", other.u8(0..14), other.u8(0..9)));
        maybe(&mut text, format!("depends_on: [n{}, i{}]\n", other.u8(0..30), other.u8(0..30)));
        maybe(&mut text, format!("theme: t{}\n", other.u8(1..4)));
        maybe(&mut text, format!("tags: [x{}, Y{}]\nowner: o{}\n", other.u8(0..4), other.u8(0..3), other.u8(0..3)));
        maybe(&mut text, format!("horizon: {}\n", ["Now", "Later", "Someday"][other.usize(0..3)]));
        let alias = format!("aliases: [old{}]\n", other.u8(0..5));
        if !self.calm {
            maybe(&mut text, alias);
        }
        text + &format!(
            "---\n\nSee [[n{}]], [[i{}]], [a page](../pages/about.md) and [a file](../../static/deep/new.txt).\n\n- [ ] A task\n",
            other.u8(0..30),
            other.u8(0..30)
        )
    }

    fn put(&self, path: &str, text: impl AsRef<[u8]>) -> Vec<PathBuf> {
        vec![put(&self.root, path, text)]
    }

    fn text(&self, path: &str) -> String {
        String::from_utf8_lossy(&fs::read(self.root.join(path)).expect("a file")).into_owned()
    }

    fn remove(&self, path: &str) -> Vec<PathBuf> {
        let path = self.root.join(path);
        _ = fs::remove_file(&path);
        vec![path]
    }

    fn create(&mut self) -> Vec<PathBuf> {
        let text = self.item();
        let name = format!("plan/items/i{}.md", self.rng.u8(0..30));
        self.put(&name, &text)
    }

    fn rename(&mut self, from: &str) -> Vec<PathBuf> {
        let to = self.root.join(format!("plan/items/i{}.md", self.rng.u8(0..40)));
        let from = self.root.join(from);
        fs::rename(&from, &to).expect("a rename");
        vec![from, to]
    }

    fn append(&mut self, path: &str) -> Vec<PathBuf> {
        let text = self.text(path);
        let picture = format!("![p](../pictures/{}.png)", self.rng.u8(0..4));
        self.put(path, format!("{text}\nMore words, {}. {picture}\n", self.count))
    }

    fn touch(&self, path: &str) -> Vec<PathBuf> {
        let text = self.text(path);
        self.put(path, &text)
    }

    fn rewire(&mut self, path: &str) -> Vec<PathBuf> {
        let text: String =
            self.text(path).split_inclusive('\n').filter(|line| !line.starts_with("depends_on")).collect();
        let needs = format!("---\ndepends_on: [i{}, i{}]\n", self.rng.u8(0..30), self.rng.u8(0..30));
        self.put(path, text.replacen("---\n", &needs, 1))
    }

    fn template(&mut self) -> Vec<PathBuf> {
        match self.rng.u8(0..4) {
            0 => self.put("templates/page.html", format!("<html>{}</html>", self.count)),
            1 => self.put("templates/theme.html", "{% if %}"),
            2 => self.remove("templates/theme.html"),
            _ => self.remove("templates/page.html"),
        }
    }

    fn configuration(&mut self) -> Vec<PathBuf> {
        match self.rng.u8(0..5) {
            0 => self.put("roadbook.yml", "title: ["),
            1 => self.put("roadbook.yml", "title: Other\nbase_url: https://example.org/\n"),
            2 => {
                self.put("roadbook.yml", "title: Plan\nstates: {whatever: planned}\nhorizons: [Now, Someday, Later]\n")
            }
            3 => self.remove("roadbook.yml"),
            _ => self.put("roadbook.yml", "title: Plan\ndiagnostics: {unknown-status: off}\nmentions: ['n[0-9]+']\n"),
        }
    }

    fn asset(&mut self) -> Vec<PathBuf> {
        let picture = format!("plan/pictures/{}.png", self.rng.u8(0..4));
        match self.rng.u8(0..7) {
            3..=5 => self.put(&picture, format!("picture {}\n", self.count)),
            6 => self.remove(&picture),
            0 => self.put("static/logo.svg", format!("<svg id='{}'/>\n", self.count)),
            1 => self.put("static/deep/new.txt", "new\n"),
            _ => self.remove("static/deep/new.txt"),
        }
    }

    fn other(&mut self) -> Vec<PathBuf> {
        match self.rng.u8(0..5) {
            0 => self.put("plan/themes/t2.md", format!("---\ntitle: Theme {}\n---\n", self.count)),
            1 => self.remove("plan/themes/t2.md"),
            2 => self.put("plan/vision.md", format!("---\nproduct_goal: Goal {}\n---\n# V\n", self.count)),
            3 => self.put("plan/themes/t3.md", "---\nvisibility: internal\n---\n# Three\n"),
            _ => self.put("plan/pages/about.md", format!("# About {}\n", self.count)),
        }
    }

    fn visibility(&mut self, path: &str) -> Vec<PathBuf> {
        let text = self.text(path);
        let hidden = "visibility: internal\n";
        let text = if text.contains(hidden) {
            text.replace(hidden, "")
        } else {
            text.replacen("---\n", &format!("---\n{hidden}"), 1)
        };
        self.put(path, &text)
    }

    fn ring(&mut self, items: &[String]) -> Vec<PathBuf> {
        let stem = |path: &str| path.trim_start_matches("plan/items/").trim_end_matches(".md").to_owned();
        let two = [self.rng.usize(..items.len()), self.rng.usize(..items.len())];
        let mut paths = Vec::new();
        for (a, b) in [(two[0], two[1]), (two[1], two[0])] {
            let text = format!("---\ntitle: Ring\nvalue: 1\neffort: 1\ndepends_on: [{}]\n---\n", stem(&items[b]));
            paths.extend(self.put(&items[a], &text));
        }
        paths
    }
}
