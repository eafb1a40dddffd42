//! Opening a page in a browser, where there is one.

use std::process::{Command, Stdio};

use super::output;

/// Opens a file or an address; without a browser, says where it is. Never a failure: the page is there all the same.
pub(super) fn open(page: &str) {
    let is_opened = opener(page).is_some_and(|mut opener| {
        opener.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().is_ok()
    });
    if !is_opened {
        output::message(&format!("found no browser to open; the site is at {page}\n"));
    }
}

#[cfg(target_os = "macos")]
fn opener(page: &str) -> Option<Command> {
    let mut command = Command::new("open");
    command.arg(page);
    Some(command)
}

#[cfg(windows)]
fn opener(page: &str) -> Option<Command> {
    let mut command = Command::new("explorer");
    command.arg(page);
    Some(command)
}

#[cfg(not(any(target_os = "macos", windows)))]
fn opener(page: &str) -> Option<Command> {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let mut command = match std::env::var("BROWSER") {
        // A list of browsers, the first that is there.
        Ok(browsers) if !browsers.is_empty() => Command::new(browsers.split(':').next()?),
        _ if is_set("DISPLAY") || is_set("WAYLAND_DISPLAY") || is_set("WSL_DISTRO_NAME") => Command::new("xdg-open"),
        _ => return None,
    };
    command.arg(page);
    Some(command)
}
