//! `roadbook serve`: the site in a browser, following the files.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, ToSocketAddrs as _};
use std::path::PathBuf;

use clap::Args;

use roadbook::date::Date;
use roadbook::discover::Options;
use roadbook::preview::{self, Event, Preview, Snapshot};
use roadbook::report;

use super::load::{self, Audience};
use super::output::{self, CliError, FAINT, GOOD, HELD, STRONG, safe, style};
use super::{ExitStatus, Verbosity, empty, findings, open};
use roadbook::text::count;

const EXAMPLES: &str = "\
Examples:
  roadbook serve --open                 preview the plan around this folder
  roadbook serve docs/plan --port 8080  another plan, on a port of your choice
  roadbook serve --audience public      what the public would get

Open pages follow every save in place, and say what it did to the order. Nothing is written. \
Only this machine can see the preview, unless --host says otherwise";

/// The port that is tried first.
const PORT: u16 = 3000;
/// How many ports after it are tried.
const MORE_PORTS: u16 = 100;
/// Consequences of one edit that the terminal shows.
const MAX_NOTES: usize = 8;

/// Preview the site; open pages follow every save
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Serve {
    /// The project's folder [default: the nearest one up from here with a roadbook.yml]
    #[arg(value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    dir: Option<PathBuf>,
    /// The port [default: 3000, or the next that is free]
    #[arg(short, long, value_name = "PORT", value_parser = port)]
    port: Option<u16>,
    /// The address to listen on; others than this machine's own let the network in
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    host: String,
    /// A name by which a proxy or a port forwarder is reached, such as a codespace's; may be given more than once
    #[arg(long, value_name = "NAME", value_parser = host_name)]
    allow_host: Vec<String>,
    /// Which audience to read it for: public or internal
    #[arg(long, value_name = "AUDIENCE", value_enum, default_value_t = Audience::Internal, hide_possible_values = true)]
    audience: Audience,
    /// The day to take for today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = load::day)]
    today: Option<Date>,
    /// Look for changes every so often: for folders on a network, which tell nobody
    #[arg(long)]
    poll: bool,
    /// Open the site in a browser
    #[arg(short, long)]
    open: bool,
}

/// Serves the preview until the process is ended.
pub(super) fn serve(arguments: &Serve, verbosity: Verbosity) -> Result<ExitStatus, CliError> {
    let root = load::root(arguments.dir.as_deref())?;
    let address = address(&arguments.host)?;
    let (listener, port) = listen(address, arguments.port)?;
    let shown = if address.ip().is_unspecified() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { address.ip() };
    let url = format!("http://{}/", SocketAddr::new(shown, port));
    let is_address = arguments.host.parse::<IpAddr>().is_ok();
    let settings = Preview {
        audience: arguments.audience.to_library(),
        options: Options { today: arguments.today.clone(), draws_clock: true },
        poll: arguments.poll,
        names: arguments.allow_host.iter().chain((!is_address).then_some(&arguments.host)).cloned().collect(),
    };
    let wanted = arguments.port.unwrap_or(PORT);
    // Before anything is served: who did not mean it can still end it.
    if !address.ip().is_loopback() {
        let who = "everybody who can reach this machine can see this preview";
        output::message(&format!("{} {who}, since it listens on {}\n", style(HELD, "warning:"), address.ip()));
    }
    let (audience, is_open) = (settings.audience.word(), arguments.open);
    let first = move || {
        if port != wanted && wanted != 0 {
            output::message(&format!("port {wanted} is taken, so this is {port}\n"));
        }
        output::message(&format!("{} the {audience} site at {url} (Ctrl-C ends it)\n", style(STRONG, "Serving")));
        if is_open {
            open::open(&url);
        }
    };
    let mut first = Some(first);
    let tell = move |news: &Event<'_>| match news {
        Event::Snapshot(snapshot) => {
            report_snapshot(snapshot, verbosity);
            if let Some(first) = first.take() {
                first();
            }
        }
        Event::Limit(limit) => output::message(&format!("{} {limit}\n", style(HELD, "warning:"))),
    };
    preview::preview(&root, listener, &settings, tell)
        .map_err(|error| CliError::new(error.to_string()))?
        .map_err(|error| CliError::new(format!("cannot serve on port {port}: {error}")))?;
    Ok(ExitStatus::Fine)
}

/// A name to answer to: no pattern, since one that fits many names fits those of others.
fn host_name(text: &str) -> Result<String, String> {
    let is_part = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    match text.split('.').all(is_part) {
        true => Ok(text.to_owned()),
        false => Err("write one name without a port, such as `plan.example.org`".to_owned()),
    }
}

/// A port; 0 is whichever is free.
fn port(text: &str) -> Result<u16, String> {
    text.parse().map_err(|_| format!("write a port from 0 to {}", u16::MAX))
}

/// The address to listen on, without its port.
fn address(host: &str) -> Result<SocketAddr, CliError> {
    let unknown = |error: &dyn std::fmt::Display| CliError::new(format!("there is no host `{host}`: {error}"));
    let mut found = (host.trim_matches(['[', ']']), 0).to_socket_addrs().map_err(|error| unknown(&error))?;
    found.next().ok_or_else(|| unknown(&"it has no address"))
}

/// Listens on the port that was asked for, or on the first that is free.
fn listen(address: SocketAddr, port: Option<u16>) -> Result<(TcpListener, u16), CliError> {
    let last = port.unwrap_or(PORT + MORE_PORTS);
    let mut port = port.unwrap_or(PORT);
    loop {
        match TcpListener::bind(SocketAddr::new(address.ip(), port)) {
            Ok(listener) => {
                let port = listener.local_addr().map_or(port, |address| address.port());
                return Ok((listener, port));
            }
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && port < last => port += 1,
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
                let failure = CliError::new(format!("port {port} is taken"));
                return Err(failure.help("choose another with --port, or leave it out to get one that is free"));
            }
            Err(error) => return Err(CliError::new(format!("cannot listen on {address}: {error}"))),
        }
    }
}

/// Says what an edit did, and what is wrong now.
fn report_snapshot(snapshot: &Snapshot, verbosity: Verbosity) {
    let mut text = String::new();
    if let Some(edit) = snapshot.edit.as_ref().filter(|_| !verbosity.quiet) {
        let more = edit.count - edit.files.len();
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        let files = if edit.files.is_empty() { "static files".to_owned() } else { safe(&edit.files.join(", ")) };
        let took = format!("({} ms)", snapshot.took.as_millis());
        text.push_str(&format!("{}{more} {}\n", style(STRONG, &files), style(FAINT, &took)));
        for note in edit.notes.iter().take(MAX_NOTES) {
            text.push_str(&format!("  {}\n", safe(note)));
        }
        if edit.notes.len() > MAX_NOTES {
            text.push_str(&format!("  … and {} more\n", edit.notes.len() - MAX_NOTES));
        }
    }
    if let Some(io_error) = &snapshot.io_error {
        text.push_str(&format!("{} {}\n", style(HELD, "error:"), safe(io_error)));
    }
    let is_first = snapshot.number == 1;
    let wanted = if is_first { &snapshot.fresh } else { &snapshot.new };
    let wanted: Vec<_> = wanted.iter().map(|&at| snapshot.diagnostics[at].clone()).collect();
    let wanted = findings::shown(report::fold(&wanted)).findings;
    text.push_str(&report::folded(&wanted, output::colour_on_stderr()));
    let counts = findings::counts(&snapshot.diagnostics);
    if !verbosity.quiet && is_first && counts.errors + counts.warnings > 0 {
        text.push_str(&format!("{}: `roadbook check` shows them\n", findings::words(&counts)));
    }
    let no_items = snapshot.site.as_ref().and_then(|site| empty::no_items(site.roadmap()));
    if let Some(no_items) = no_items.filter(|_| is_first && !verbosity.quiet) {
        text.push_str(&(no_items + "\n"));
    }
    if snapshot.is_stale && !is_first {
        text.push_str("the last good site stays until this is fixed\n");
    } else if snapshot.fixed > 0 && !verbosity.quiet {
        let left = findings::words(&counts);
        text.push_str(&format!(
            "{} ({left} now)\n",
            style(GOOD, &format!("fixed {}", count(snapshot.fixed, "problem")))
        ));
    }
    output::message(&text);
    if verbosity.verbose {
        load::say_times(&snapshot.times);
    }
}
