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

/// Whether a name has that of the configuration in it and something besides, or the ending of settings: it may have been meant for one.
pub fn holds_file_name(name: &str) -> bool {
    let name = name.to_lowercase();
    let words = ["example", "sample", "dist", "template", "schema"];
    let has_ending = ["yml", "yaml", "toml"].iter().any(|ending| name.contains(ending));
    let is_settings = || ["cfg", "conf", "config", "ini"].iter().any(|word| name.ends_with(word));
    let holds = plain(&name).contains("roadbook") && (has_ending || is_settings()) || is_other_format(&name);
    holds && !is_file_name(&name) && !words.iter().any(|word| name.contains(word)) && !is_of_editor(&name)
}

/// Whether a name is that of the configuration with the ending of another format, with a part of its own ending, or with none but `rc`. Without
/// any ending it may be the program, unless it is hidden.
pub fn is_other_format(name: &str) -> bool {
    const ENDINGS: [&str; 11] = ["json", "json5", "jsonc", "txt", "ini", "conf", "rc", "y", "ya", "yam", "ym"];
    let plain = plain(name);
    let stem = plain.strip_prefix("roadbook").map(|rest| rest.trim_start_matches("config"));
    let is_hidden = name.starts_with('.') && plain == "roadbook";
    is_hidden || stem.is_some_and(|ending| ENDINGS.contains(&ending))
}

/// Whether a name is one that a file has which is kept for later, and which nobody expects to be read.
pub fn is_put_aside(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    ["bak", "backup", "old", "orig", "save", "rej", "tmp", "disabled"].contains(&ending.as_str())
}

/// Whether a file in a folder that is itself called after the program is one of settings, such as `roadbook/config.yml`.
pub fn is_settings_name(name: &str) -> bool {
    let name = name.to_lowercase();
    let (stem, ending) = name.rsplit_once('.').unwrap_or_default();
    ["config", "configuration", "conf", "settings"].contains(&stem) && ["yml", "yaml", "toml", "json"].contains(&ending)
}

/// Whether a file is one that an editor keeps while another is open, and removes.
fn is_of_editor(name: &str) -> bool {
    name.ends_with(['~', '#']) || name.starts_with(['#', '~']) || name.starts_with(".#") || name.contains(".sw")
}
