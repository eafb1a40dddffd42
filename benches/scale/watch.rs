//! One run of the program, watched: how long, how much processor, how much memory, and what it said of its stages.
//!
//! Processor time and memory come from `/proc`, so only Linux tells them.

use std::io::{self, Read};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, thread};

/// What was seen.
pub(crate) struct Run {
    /// From start to end.
    pub(crate) wall: Duration,
    /// Processor time in user mode, all threads, to a hundredth of a second.
    pub(crate) user: Option<Duration>,
    /// Most memory resident at once, in bytes; the last millisecond may be missing.
    pub(crate) peak: Option<u64>,
    /// Milliseconds by stage, in the order of the program.
    pub(crate) stages: Vec<(String, f64)>,
    /// All that it wrote on stderr.
    pub(crate) said: String,
}

impl Run {
    /// Milliseconds of a stage.
    pub(crate) fn stage(&self, name: &str) -> Option<f64> {
        self.stages.iter().find(|(stage, _)| stage == name).map(|&(_, time)| time)
    }
}

/// Runs a command to its end.
pub(crate) fn watch(mut command: Command) -> io::Result<Run> {
    let user_before = children_user_time();
    let begin = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
    let stderr = child.stderr.take();
    let reader = thread::spawn(move || {
        let mut said = String::new();
        stderr.map(|mut stderr| stderr.read_to_string(&mut said)).transpose().map(|_| said)
    });
    let peak = until_end(&mut child)?;
    let wall = begin.elapsed();
    let said = reader.join().map_err(|_| io::Error::other("the reader of stderr failed"))??;
    let user = children_user_time().zip(user_before).map(|(after, before)| after - before);
    Ok(Run { wall, user, peak, stages: stages(&said), said })
}

/// Waits, and looks at the memory every millisecond. The system's own high-water mark only grows, so looking seldom loses nothing
/// but the very end.
fn until_end(child: &mut Child) -> io::Result<Option<u64>> {
    let status = format!("/proc/{}/status", child.id());
    let mut peak = None;
    loop {
        peak = peak.max(fs::read_to_string(&status).ok().and_then(|text| high_water(&text)));
        if child.try_wait()?.is_some() {
            return Ok(peak);
        }
        thread::sleep(Duration::from_millis(1));
    }
}

fn high_water(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

/// Processor time of the children that have ended: field 16 of `/proc/self/stat`, in hundredths of a second (proc(5)).
fn children_user_time() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The second field is the program's name in brackets, which may hold anything; the fields after it begin with the third.
    let ticks: u64 = stat.rsplit_once(')')?.1.split_whitespace().nth(16 - 3)?.parse().ok()?;
    Some(Duration::from_millis(ticks * 10))
}

/// Reads `name  12.3 ms` lines, and no other words about time.
fn stages(said: &str) -> Vec<(String, f64)> {
    said.lines()
        .filter_map(|line| {
            let (name, time) = line.trim_end().strip_suffix(" ms")?.trim().rsplit_once(char::is_whitespace)?;
            let name = name.trim();
            (!name.contains(char::is_whitespace)).then_some((name.to_owned(), time.parse().ok()?))
        })
        .collect()
}
