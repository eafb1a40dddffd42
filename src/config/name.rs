//! The name of the configuration's file, and names that were meant to be it.

use crate::nearest::{is_near, plain};

/// The name of the configuration file.
pub const FILE: &str = "roadbook.yml";

/// Whether a file of the project's root, by its name, is the configuration or was meant to be.
pub fn is_file_name(name: &str) -> bool {
    let name = name.to_lowercase();
    ["roadbook.yml", "roadbook.yaml"].contains(&name.strip_prefix('.').unwrap_or(&name))
}

/// Whether a name is that of the configuration but for a slip, or for the ending of another format.
pub fn is_near_file_name(name: &str) -> bool {
    let plain = plain(name);
    let near = ["roadbookyml", "roadbookyaml", "roadbooktoml"].iter().any(|usual| is_near(&plain, usual, 1));
    near && !is_file_name(name) && !is_of_editor(name)
}

/// Whether a name has that of the configuration in it and something besides: where there is no other, it may have been put aside by mistake.
pub fn holds_file_name(name: &str) -> bool {
    let name = name.to_lowercase();
    let is_sample = ["example", "sample", "dist", "template"].iter().any(|word| name.contains(word));
    let has_ending = ["yml", "yaml", "toml"].iter().any(|ending| name.contains(ending));
    let is_settings = || ["cfg", "conf", "config", "ini", "txt"].iter().any(|word| name.ends_with(word));
    let holds = plain(&name).contains("roadbook") && (has_ending || is_settings());
    holds && !is_file_name(&name) && !is_sample && !is_of_editor(&name)
}

/// Whether a file is one that an editor keeps while another is open, and removes.
fn is_of_editor(name: &str) -> bool {
    name.ends_with(['~', '#']) || name.starts_with(['#', '~']) || name.starts_with(".#") || name.contains(".sw")
}
