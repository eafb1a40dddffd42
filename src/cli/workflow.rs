//! What a workflow of GitHub is told with `--format github` beside the annotations: the summary page, and outputs for later steps.
//!
//! GitHub names the files to write to in the environment; elsewhere nothing is written.

use std::env;
use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

use roadbook::diagnostic::Diagnostic;
use roadbook::report::{self, Repository};

use super::output::CliError;

/// Writes the summary and the outputs of a step: `items` and `errors`, and `site` where one was published.
pub(super) fn tell(diagnostics: &[Diagnostic], root: &Path, items: usize, site: Option<&Path>) -> Result<(), CliError> {
    append("GITHUB_STEP_SUMMARY", || report::summary(diagnostics, &repository(root)) + "\n")?;
    append("GITHUB_OUTPUT", || {
        let mut out = format!("items={items}\nerrors={}\n", report::counts(diagnostics).errors);
        let site = site.and_then(|site| std::path::absolute(site).ok()).map(|site| site.display().to_string());
        // A line end would begin an output of its own.
        if let Some(site) = site.filter(|site| !site.contains(['\n', '\r'])) {
            _ = writeln!(out, "site={site}");
        }
        out
    })
}

/// Where the project lies in the repository that the workflow has checked out, as far as the environment tells.
pub(super) fn repository(root: &Path) -> Repository {
    let folder = env::var_os("GITHUB_WORKSPACE").and_then(|workspace| {
        let (workspace, root) = (Path::new(&workspace).canonicalize().ok()?, root.canonicalize().ok()?);
        let names = root.strip_prefix(workspace).ok()?.components();
        Some(names.map(|name| format!("{}/", name.as_os_str().to_string_lossy())).collect())
    });
    let given = |name| env::var(name).ok().filter(|value| is_plain(value));
    let blob = match (given("GITHUB_SERVER_URL"), given("GITHUB_REPOSITORY"), given("GITHUB_SHA")) {
        // What is outside the repository has no page there.
        (Some(server), Some(name), Some(commit)) if folder.is_some() => Some(format!("{server}/{name}/blob/{commit}/")),
        _ => None,
    };
    Repository { folder: folder.unwrap_or_default(), blob }
}

/// Whether a value can stand in an address as it is.
fn is_plain(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":/.-_".contains(&byte))
}

/// Appends to the file that a variable names; others may have written to it.
fn append(variable: &str, text: impl FnOnce() -> String) -> Result<(), CliError> {
    let Some(path) = env::var_os(variable).filter(|path| !path.is_empty()) else { return Ok(()) };
    let file = OpenOptions::new().append(true).create(true).open(&path);
    file.and_then(|mut file| file.write_all(text().as_bytes()))
        .map_err(|error| CliError::new(format!("cannot write `{}`: {error}", Path::new(&path).display())))
}
