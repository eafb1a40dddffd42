//! Markdown that lies about where a plan is begun: it may be a plan already, which Roadbook can read where it is.

use std::fs;
use std::path::Path;

use roadbook::publish::MARKER;
use roadbook::text::{count, listed_up_to, quoted};

/// Markdown files in one folder that are many.
const MANY: usize = 3;
/// Folders that are named.
const MAX_FOLDERS: usize = 3;
/// How deep is looked, and at how many files and folders: enough to notice, and soon done in the largest repository.
const MAX_DEPTH: usize = 4;
const MAX_ENTRIES: usize = 20_000;
/// Folders of other people's files.
const FOREIGN: [&str; 4] = ["node_modules", "target", "vendor", "_site"];

/// What to tell of the Markdown below `root` that is not of the project in `project`; none where there is little.
pub(super) fn adopt(root: &Path, project: &Path) -> Option<String> {
    let mut found = Vec::new();
    look(root, root, project, MAX_DEPTH, &mut 0, &mut found);
    if found.is_empty() {
        return None;
    }
    // Most first; of equals in the order of their paths.
    found.sort_by(|(one, some), (other, many)| many.cmp(some).then_with(|| one.cmp(other)));
    let folders: Vec<String> =
        found.iter().map(|(folder, files)| format!("{} ({})", quoted(folder), count(*files, "file"))).collect();
    Some(format!(
        "there is Markdown in {}: where that is a plan, Roadbook can read it as it is; {}\n",
        listed_up_to(MAX_FOLDERS, &folders),
        documented("docs/adopting.md", "says how"),
    ))
}

/// Where a page of our documentation is, and what it does.
pub(super) fn documented(path: &str, does: &str) -> String {
    match env!("CARGO_PKG_REPOSITORY") {
        "" => format!("{path} in Roadbook's repository {does}"),
        repository => format!("{repository}/blob/v{}/{path} {does}", env!("CARGO_PKG_VERSION")),
    }
}

/// Collects the folders that hold many Markdown files, by their paths below `root`.
fn look(
    root: &Path,
    folder: &Path,
    project: &Path,
    depth: usize,
    looked_at: &mut usize,
    found: &mut Vec<(String, usize)>,
) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let (mut files, mut folders) = (0, Vec::new());
    for entry in entries.flatten() {
        *looked_at += 1;
        if *looked_at > MAX_ENTRIES {
            return;
        }
        let name = entry.file_name().to_string_lossy().into_owned();
        match entry.file_type() {
            Ok(kind) if kind.is_file() => files += usize::from(is_markdown(&name)),
            Ok(kind) if kind.is_dir() && !name.starts_with('.') && !FOREIGN.contains(&name.as_str()) => {
                folders.push(entry.path());
            }
            _ => {}
        }
    }
    if files >= MANY {
        let path = folder.strip_prefix(root).unwrap_or(folder).to_string_lossy().replace('\\', "/");
        found.push((if path.is_empty() { ".".to_owned() } else { path }, files));
    }
    folders.retain(|path| *path != project.join("plan") && !path.join(MARKER).exists());
    if depth > 0 {
        folders.iter().for_each(|path| look(root, path, project, depth - 1, looked_at, found));
    }
}

/// Whether a file may be a part of a plan: README, CHANGELOG and their like are not.
fn is_markdown(name: &str) -> bool {
    name.strip_suffix(".md").is_some_and(|stem| stem.chars().any(char::is_lowercase))
}
