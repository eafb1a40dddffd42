//! Lists the files of the default skin, which `src/skin.rs` embeds: a file that lies in the skin's folders is part of it, and nobody
//! writes its name a second time.

use std::path::Path;
use std::{env, fs};

fn main() {
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo names the package's folder");
    let mut lists = String::new();
    for (constant, folder) in [("TEMPLATES", "themes/default/templates"), ("STATIC", "themes/default/static")] {
        println!("cargo::rerun-if-changed={folder}");
        let folder = Path::new(&root).join(folder);
        let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("cannot read {}: {error}", folder.display()));
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry of the skin").file_name().into_string().expect("a name in UTF-8"))
            .filter(|name| !name.starts_with('.'))
            .collect();
        names.sort();
        lists.push_str(&format!(
            "/// The default skin's files of this folder, by name.\nconst {constant}: &[(&str, &[u8])] = &[\n"
        ));
        for name in names {
            lists.push_str(&format!("    ({name:?}, include_bytes!({:?})),\n", folder.join(&name)));
        }
        lists.push_str("];\n");
    }
    let out = Path::new(&env::var("OUT_DIR").expect("cargo names a folder for output")).join("skin.rs");
    fs::write(&out, lists).unwrap_or_else(|error| panic!("cannot write {}: {error}", out.display()));
}
