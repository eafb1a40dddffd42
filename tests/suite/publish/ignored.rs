//! What a build leaves that was killed is kept out of git by the lines that `init` writes.

use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::Command;

fn git(root: &Path, args: &[&str]) -> String {
    let ran = Command::new("git").args(args).current_dir(root).output().expect("the tests need git");
    assert!(ran.status.success(), "{args:?}: {}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8(ran.stdout).unwrap()
}

/// Runs a command that the system kills as soon as it writes a file of more than `blocks` times 512 bytes; whether it was killed.
fn run(root: &Path, command: &str, blocks: usize) -> bool {
    let script = format!("ulimit -c 0; ulimit -f {blocks}; exec \"$RB\" {command}");
    let mut ran = Command::new("sh");
    ran.args(["-c", &script]).env("RB", env!("CARGO_BIN_EXE_roadbook")).current_dir(root);
    let ran = ran.output().unwrap();
    assert!(ran.status.success() || ran.status.signal().is_some(), "{command}: {ran:?}");
    !ran.status.success()
}

#[test]
fn git_sees_nothing_of_a_killed_build() {
    let root = tempfile::tempdir().unwrap();
    assert!(!run(root.path(), "init --quiet", 1_000));
    git(root.path(), &["init", "--quiet"]);
    git(root.path(), &["add", "--all"]);
    let commands = [
        ("build", "._site.roadbook/"),
        ("build --single-file", "._site.html.roadbook/"),
        ("export -o roadmap.json", ".roadmap.json."),
        ("graph --format json -o plan/graph.json", "plan/.graph.json."),
    ];
    let untracked = |of: &[&str]| git(root.path(), &[&["ls-files", "--others"], of].concat());
    for (command, left) in commands {
        let sizes: &[usize] = if command.starts_with("build") { &[1, 8, 20] } else { &[1] };
        for &blocks in sizes {
            assert!(run(root.path(), command, blocks), "{command} was not killed at {blocks}");
            assert!(untracked(&[]).lines().any(|path| path.starts_with(left)), "{command} leaves {}", untracked(&[]));
            assert_eq!(untracked(&["--exclude-standard"]), "", "{command}");
        }
        // Where a site is there already, too.
        if command.starts_with("build") {
            assert!(!run(root.path(), command, 100_000));
            assert_eq!(untracked(&["--exclude-standard"]), "", "{command}");
            assert!(untracked(&[]).lines().all(|path| !path.starts_with(left)), "the next build clears up");
        }
    }
}
