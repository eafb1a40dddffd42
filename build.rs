//! Lists the files of the default skin, which `src/skin.rs` embeds: a file that lies in the skin's folders is part of it, and nobody
//! writes its name a second time.

use std::path::Path;
use std::{env, fs};

fn main() {
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo names the package's folder");
    let mut lists = String::new();
    for (constant, folder) in [("TEMPLATES", "themes/default/templates"), ("STATIC", "themes/default/static")] {
        let path = Path::new(&root).join(folder);
        // With its whole path, as this list may be that of another copy of the project, which has other files.
        println!("cargo::rerun-if-changed={}", path.display());
        let entries = fs::read_dir(&path).unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()));
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry of the skin").file_name().into_string().expect("a name in UTF-8"))
            .filter(|name| !name.starts_with('.'))
            .collect();
        names.sort();
        lists.push_str(&format!(
            "/// The default skin's files of this folder, by name.\nconst {constant}: &[(&str, &[u8])] = &[\n"
        ));
        for name in names {
            // The project's folder is asked for when this is compiled: copies of the project that share a target folder share this list.
            lists.push_str(&format!(
                "    ({name:?}, include_bytes!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {:?}))),\n",
                format!("/{folder}/{name}")
            ));
        }
        lists.push_str("];\n");
    }
    let out = Path::new(&env::var("OUT_DIR").expect("cargo names a folder for output")).join("skin.rs");
    fs::write(&out, lists).unwrap_or_else(|error| panic!("cannot write {}: {error}", out.display()));
}
