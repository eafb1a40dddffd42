//! The preview as a program: what it serves and to whom, every way of saving a file, and what it costs to leave it open.
//!
//! `SERVE_SAVES=10000 SERVE_PATHS=44000 cargo test --release --test suite serve` is the long run; `SERVE_SEED` repeats one.

#![allow(clippy::unwrap_used, reason = "a disk or a socket that fails a test may end it")]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, ErrorKind, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use roadbook::discover::Options;
use roadbook::preview::{Answering, Engine, Limits, PreviewAnswer, Snapshot, answer, serve};
use roadbook::site::Content;
use roadbook::visibility::Audience;
use tempfile::TempDir;
use tokio::sync::watch;

use crate::support::{number, put};

use crate::support::rounds;

/// How long anything may take before it counts as never; far more than it takes.
const NEVER: Duration = Duration::from_secs(20);
/// What does not wait for a slow client, which may take ten seconds, is over by then on a busy machine, too.
const SOON: Duration = Duration::from_secs(8);

/// A preview that runs, and its project.
struct Server {
    root: TempDir,
    child: Child,
    port: u16,
    said: Receiver<String>,
}

impl Drop for Server {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

impl Server {
    fn new(arguments: &[&str]) -> Server {
        let root = tempfile::tempdir().unwrap();
        put(root.path(), "roadbook.yml", "title: Shed\n");
        put(root.path(), "static/note.svg", "a static file\n");
        for name in ["a", "b", "c"] {
            put(root.path(), &format!("plan/items/{name}.md"), format!("---\ntitle: {name}\nvalue: 1\n---\nBody.\n"));
        }
        Server::of(root, arguments)
    }

    fn of(root: TempDir, arguments: &[&str]) -> Server {
        let mut command = Command::new(env!("CARGO_BIN_EXE_roadbook"));
        command.arg("serve").arg(root.path()).args(arguments).args(["--color", "never", "--today", "2026-11-02"]);
        if !arguments.contains(&"--port") {
            command.args(["--port", "0"]);
        }
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let stderr = BufReader::new(child.stderr.take().unwrap());
        let (sender, said) = channel();
        thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                _ = sender.send(line);
            }
        });
        let mut server = Server { root, child, port: 0, said };
        let line = server.until("Serving");
        let port = line.split("127.0.0.1:").nth(1).and_then(|rest| rest.split('/').next()).unwrap();
        server.port = port.parse().unwrap();
        server
    }

    /// The next line that holds `words`.
    fn until(&self, words: &str) -> String {
        let begin = Instant::now();
        loop {
            let left = NEVER.saturating_sub(begin.elapsed());
            let line = self.said.recv_timeout(left).unwrap_or_else(|_| panic!("nobody said {words:?}"));
            if line.contains(words) {
                return line;
            }
        }
    }

    /// Everything that is said until nothing was said for a while.
    fn rest(&self) -> Vec<String> {
        std::iter::from_fn(|| self.said.recv_timeout(Duration::from_millis(700)).ok()).collect()
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(NEVER)).unwrap();
        stream
    }

    /// What the server answers to these bytes before it closes.
    fn raw(&self, request: &[u8]) -> Vec<u8> {
        let mut stream = self.connect();
        // A server that has seen enough may close before all is written.
        _ = stream.write_all(request);
        let mut answer = Vec::new();
        _ = stream.read_to_end(&mut answer);
        answer
    }

    fn get(&self, path: &str) -> (u16, Vec<u8>) {
        let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", self.port);
        let answer = self.raw(request.as_bytes());
        let head = answer.windows(4).position(|window| window == b"\r\n\r\n").expect("a whole answer");
        (status(&answer), answer[head + 4..].to_vec())
    }

    /// Waits until a page holds these words.
    fn shows(&self, path: &str, words: &str) {
        let begin = Instant::now();
        while !String::from_utf8_lossy(&self.get(path).1).contains(words) {
            assert!(begin.elapsed() < NEVER, "{path} never showed {words:?}");
            thread::sleep(Duration::from_millis(3));
        }
    }
}

fn status(answer: &[u8]) -> u16 {
    let head = String::from_utf8_lossy(&answer[..answer.len().min(40)]).into_owned();
    head.split(' ').nth(1).and_then(|word| word.parse().ok()).unwrap_or(0)
}

/// The files below a folder by their address.
fn built(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let address = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
                found.insert(address, fs::read(path).unwrap());
            }
        }
    }
    found
}

fn copy(from: &Path, to: &Path) {
    for (address, bytes) in built(from) {
        let to = to.join(address);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, bytes).unwrap();
    }
}

#[test]
fn what_is_served_is_what_is_built() {
    let root = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("example-site"), root.path());
    let script = "<script src=\"/\\.roadbook/live\\.js\" data-generation=\"[0-9a-f]+-[0-9]+\"></script>\n";
    let script = regex::bytes::Regex::new(script).unwrap();
    for audience in ["internal", "public"] {
        let project = tempfile::tempdir().unwrap();
        copy(root.path(), project.path());
        let server = Server::of(project, &["--audience", audience]);
        put(
            server.root.path(),
            "plan/items/late.md",
            "---\ntitle: Late\nvalue: 5\neffort: 1\n---\nCame while it was served.\n",
        );
        server.shows("/items/late.html", "Came while it was served");
        let site = tempfile::tempdir().unwrap();
        let folder = site.path().join("site");
        let mut build = Command::new(env!("CARGO_BIN_EXE_roadbook"));
        build.arg("build").arg(server.root.path()).arg("-d").arg(&folder).args(["--audience", audience]);
        assert!(build.args(["--today", "2026-11-02", "-q"]).status().unwrap().code().is_some_and(|code| code < 2));
        let (mut pages, mut scripts) = (0, 0);
        for (address, bytes) in built(&folder).into_iter().filter(|(address, _)| address != ".roadbook") {
            let (status, served) = server.get(&format!("/{address}"));
            assert_eq!(status, 200, "{address}");
            scripts += script.find_iter(&served).count();
            assert!(script.replace(&served, b"".as_slice()) == bytes, "{audience} {address} differs");
            pages += usize::from(address.ends_with(".html"));
        }
        assert!(pages > 60, "{pages} pages");
        assert_eq!(pages, scripts, "one script a page");
        assert!(!fs::read_dir(server.root.path()).unwrap().any(|entry| entry.unwrap().file_name() == "_site"));
    }
}

/// Ten ways in which programs save a file.
fn save(way: usize, path: &Path, text: &str) {
    let beside = |name: &str| path.with_file_name(name);
    let pause = || thread::sleep(Duration::from_millis(5));
    match way {
        // Most editors and `>`: cut to nothing, then written.
        0 => fs::write(path, text).unwrap(),
        // A new file beside it that takes its place (VS Code with atomic saves, gedit, many others).
        1 => {
            fs::write(beside(".save.tmp"), text).unwrap();
            fs::rename(beside(".save.tmp"), path).unwrap();
        }
        // Vim: the old file is moved away and a new one written.
        2 => {
            fs::rename(path, beside("a.md~")).unwrap();
            fs::write(path, text).unwrap();
            fs::remove_file(beside("a.md~")).unwrap();
        }
        // JetBrains: a backup beside it, then the rename.
        3 => {
            fs::write(beside("a.md___jb_tmp___"), text).unwrap();
            fs::rename(path, beside("a.md___jb_old___")).unwrap();
            fs::rename(beside("a.md___jb_tmp___"), path).unwrap();
            fs::remove_file(beside("a.md___jb_old___")).unwrap();
        }
        // Emacs: a lock, a backup, a rewrite.
        4 => {
            fs::write(beside(".#a.md"), "lock").unwrap();
            fs::copy(path, beside("#a.md#")).unwrap();
            fs::write(path, text).unwrap();
            fs::remove_file(beside("#a.md#")).unwrap();
            fs::remove_file(beside(".#a.md")).unwrap();
        }
        // In pieces, with time between them.
        5 => {
            let mut file = File::create(path).unwrap();
            for part in text.as_bytes().chunks(text.len().div_ceil(3)) {
                file.write_all(part).unwrap();
                pause();
            }
        }
        // Written in place without being cut first, then cut to length.
        6 => {
            let mut file = File::options().write(true).open(path).unwrap();
            file.write_all(text.as_bytes()).unwrap();
            file.set_len(text.len() as u64).unwrap();
        }
        // Deleted and made again.
        7 => {
            fs::remove_file(path).unwrap();
            pause();
            fs::write(path, text).unwrap();
        }
        // From a folder elsewhere on the disk, as `git checkout` and `mv` do.
        8 => {
            let other = path.ancestors().nth(3).unwrap().join("elsewhere.md");
            fs::write(&other, text).unwrap();
            fs::rename(other, path).unwrap();
        }
        // The whole folder is exchanged, as a sync does.
        _ => {
            let (folder, new) = (path.parent().unwrap(), path.parent().unwrap().with_file_name("items.new"));
            fs::create_dir(&new).unwrap();
            for entry in fs::read_dir(folder).unwrap() {
                let entry = entry.unwrap().path();
                fs::copy(&entry, new.join(entry.file_name().unwrap())).unwrap();
            }
            fs::write(new.join("a.md"), text).unwrap();
            fs::rename(folder, folder.with_file_name("items.old")).unwrap();
            fs::rename(new, folder).unwrap();
            fs::remove_dir_all(folder.with_file_name("items.old")).unwrap();
        }
    }
}

fn save_and_look(server: &Server, saves: usize) {
    for at in 0..saves {
        let (way, mark) = (at % 10, format!("Mark{at}z"));
        save(way, &server.path("plan/items/a.md"), &format!("---\ntitle: A\nvalue: {at}\n---\nText {mark}.\n"));
        let begin = Instant::now();
        while !String::from_utf8_lossy(&server.get("/items/a.html").1).contains(&mark) {
            assert!(begin.elapsed() < NEVER, "save {at}, way {way}, was missed");
            thread::sleep(Duration::from_millis(2));
        }
    }
}

#[test]
fn no_save_is_missed_and_none_loops() {
    let server = Server::new(&[]);
    save_and_look(&server, usize::try_from(number("SERVE_SAVES").unwrap_or(rounds(200))).unwrap());
    server.rest();
    assert_eq!(server.rest(), Vec::<String>::new(), "it goes on by itself");
}

/// Nobody works where nobody does anything, not even over our own reading: threads would wake again and again.
#[cfg(target_os = "linux")]
#[test]
fn it_rests() {
    let server = Server::new(&[]);
    save_and_look(&server, 10);
    server.rest();
    let wakes = || -> usize {
        let threads = fs::read_dir(format!("/proc/{}/task", server.child.id())).unwrap();
        let status = threads.filter_map(|thread| fs::read_to_string(thread.unwrap().path().join("status")).ok());
        let switches = status.map(|status| {
            let line = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
            line.unwrap().trim().parse::<usize>().unwrap()
        });
        switches.sum()
    };
    let before = wakes();
    thread::sleep(Duration::from_secs(7));
    // Two or three sweeps, each of a few threads.
    assert!(wakes() < before + 60, "{before} wakes, then {}", wakes());
}

#[test]
fn polling_sees_saves_too() {
    save_and_look(&Server::new(&["--poll"]), 10);
}

#[test]
fn a_touch_and_a_site_inside_make_nothing_new() {
    let server = Server::new(&[]);
    server.rest();
    let a = server.path("plan/items/a.md");
    let text = fs::read(&a).unwrap();
    for _ in 0..20 {
        fs::write(&a, &text).unwrap();
        fs::write(server.path("static/note.svg"), "a static file\n").unwrap();
        thread::sleep(Duration::from_millis(10));
    }
    let mut build = Command::new(env!("CARGO_BIN_EXE_roadbook"));
    assert!(build.arg("build").arg(server.root.path()).arg("-q").status().unwrap().success());
    let mut build = Command::new(env!("CARGO_BIN_EXE_roadbook"));
    let site = server.path("site");
    assert!(build.arg("build").arg(server.root.path()).arg("-q").arg("-d").arg(&site).status().unwrap().success());
    fs::rename(site, server.path("plan/items/site")).unwrap();
    assert_eq!(server.rest(), Vec::<String>::new());
    put(server.root.path(), "static/note.svg", "another\n");
    assert!(server.until("static files").contains("ms"));
}

#[test]
fn a_thousand_files_at_once() {
    let server = Server::new(&[]);
    let item = |at: usize, word: &str| (format!("plan/items/deep/n{at}.md"), format!("---\ntitle: {word} {at}\n---\n"));
    for word in ["First", "Second"] {
        for (path, text) in (0..1000).map(|at| item(at, word)) {
            put(server.root.path(), &path, &text);
        }
        for at in [0, 500, 999] {
            server.shows(&format!("/items/n{at}.html"), &format!("{word} {at}"));
        }
    }
    fs::remove_dir_all(server.path("plan")).unwrap();
    server.until("plan");
    for (path, text) in (0..1000).map(|at| item(at, "Third")) {
        put(server.root.path(), &path, &text);
    }
    server.shows("/items/n999.html", "Third 999");
    put(server.root.path(), "plan/items/deep/n5.md", "---\ntitle: Watched again\n---\n");
    server.shows("/items/n5.html", "Watched again");
}

#[test]
fn it_gives_nothing_away() {
    let server = Server::new(&[]);
    put(server.root.path(), "secret.txt", "secret");
    let request =
        |line: &str, headers: &str| format!("{line}\r\nHost: 127.0.0.1\r\nConnection: close\r\n{headers}\r\n");
    for path in [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "//secret.txt",
        "/static/../secret.txt",
        "/roadbook.yml",
    ] {
        let answer = server.raw(request(&format!("GET {path} HTTP/1.1"), "").as_bytes());
        assert_eq!(status(&answer), 404, "{path}");
        assert!(!String::from_utf8_lossy(&answer).contains("secret"), "{path}");
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "FOO"] {
        let answer = server.raw(request(&format!("{method} / HTTP/1.1"), "Content-Length: 0\r\n").as_bytes());
        assert!([400, 403, 405].contains(&status(&answer)), "{method}: {}", status(&answer));
    }
    let head = server.raw(request("HEAD / HTTP/1.1", "").as_bytes());
    assert_eq!(status(&head), 200);
    assert!(head.ends_with(b"\r\n\r\n"), "HEAD has no body");
    let refused = [
        "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n",
        "GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: 127.0.0.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://evil.example\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: null\r\n\r\n",
        "GET /roadmap.json HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n\r\n",
        "GET /.roadbook/live HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://evil.example\r\nConnection: Upgrade\r\n\
         Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
    ];
    for request in refused {
        let request =
            request.replacen("\r\n\r\n", "\r\nConnection: close\r\n\r\n", usize::from(!request.contains("Upgrade")));
        let answer = server.raw(request.as_bytes());
        assert!([400, 403].contains(&status(&answer)), "{request}: {}", String::from_utf8_lossy(&answer));
        assert!(!String::from_utf8_lossy(&answer).contains("Shed"), "{request}");
    }
    let (_, page) = server.get("/");
    assert!(String::from_utf8_lossy(&page).contains("Shed"));
    let all = server.raw(request("GET / HTTP/1.1", "Origin: http://127.0.0.1\r\n").as_bytes());
    assert!(!String::from_utf8_lossy(&all).to_ascii_lowercase().contains("access-control-"), "no CORS header, ever");
}

/// What a public page is told counts nothing that its readers may not see.
#[test]
fn a_public_page_is_not_told_how_much_is_wrong_elsewhere() {
    let told = |audience: &str| {
        let root = tempfile::tempdir().unwrap();
        put(root.path(), "roadbook.yml", "title: Shed\n");
        put(root.path(), "plan/items/a.md", "---\ntitle: a\nvisibility: internal\nstatus: odd\n---\n");
        put(root.path(), "plan/items/b.md", "---\ntitle: b\n---\n");
        let server = Server::of(root, &["--audience", audience]);
        let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
        stream.set_read_timeout(Some(NEVER)).unwrap();
        let socket = "Host: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";
        stream.write_all(format!("GET /.roadbook/live HTTP/1.1\r\n{socket}\r\n").as_bytes()).unwrap();
        let (mut heard, mut part) = (String::new(), [0; 4096]);
        while !heard.contains("\"moved\"") {
            let length = stream.read(&mut part).unwrap();
            assert!(length > 0, "{heard}");
            heard.push_str(&String::from_utf8_lossy(&part[..length]));
        }
        heard
    };
    let (public, internal) = (told("public"), told("internal"));
    assert!(public.contains("\"warnings\":0") && public.contains("\"all\":\"\""), "{public}");
    assert!(internal.contains("\"warnings\":1"), "{internal}");
}

/// Ways up and out, put together at random from every spelling of a step that some server has fallen for.
#[test]
fn no_path_leads_out() {
    let server = Server::new(&[]);
    put(server.root.path(), "secret.txt", "secret");
    put(server.root.path().parent().unwrap(), "roadbook-secret.txt", "secret");
    let steps = [
        "..",
        "%2e%2e",
        "%2E.",
        ".%2e",
        "..%2f",
        "..%5c",
        "%2e%2e%2f",
        "%252e%252e%252f",
        "....//",
        "..;",
        "..%00",
        "%c0%ae%c0%ae",
        "%e0%80%ae.",
        "..\\",
        "./..",
        "/",
        "//",
        "%2f",
        "%5c",
        ".",
        "items",
        "static",
        ".roadbook",
        "plan",
        "C:",
        "file:",
        "~",
        "?",
        "#",
        "%u002e%u002e",
        "\u{ff0e}\u{ff0e}",
    ];
    let ends = [
        "secret.txt",
        "roadbook-secret.txt",
        "roadbook.yml",
        "plan/items/a.md",
        "%73ecret.txt",
        "proc/self/environ",
        "etc/passwd",
    ];
    let seed = number("SERVE_SEED").unwrap_or(44);
    let mut random = fastrand::Rng::with_seed(seed);
    let mut known: Vec<u16> = Vec::new();
    for _ in 0..number("SERVE_PATHS").unwrap_or(rounds(600)) {
        let mut path = "/".to_owned();
        for _ in 0..random.usize(1..7) {
            path += steps[random.usize(..steps.len())];
            path += ["/", "", "%2f"][random.usize(..3)];
        }
        path += ends[random.usize(..ends.len())];
        let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
        let answer = server.raw(request.as_bytes());
        let text = String::from_utf8_lossy(&answer);
        for word in ["secret\r", "\nsecret", "title: Shed", "title: a", "root:", "PATH="] {
            assert!(!text.contains(word), "seed {seed}: {path}: {text}");
        }
        known.push(status(&answer));
    }
    // What follows `?` and `#` is not part of the path: `/` alone is a page.
    let rare = known.iter().filter(|status| ![400, 404].contains(status)).count();
    assert!(
        known.iter().all(|status| [200, 400, 404].contains(status)) && rare * 4 < known.len(),
        "seed {seed}: {rare}"
    );
    assert_eq!(server.get("/items/a.html").0, 200);
}

#[test]
fn a_bad_client_costs_only_itself() {
    let server = Server::new(&[]);
    let mut slow: Vec<TcpStream> = (0..200).map(|_| server.connect()).collect();
    for stream in &mut slow {
        stream.write_all(b"GET / HTTP/1.1\r\nHost: 127").unwrap();
    }
    let long = format!("GET /{} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "a".repeat(1 << 20));
    let many = format!("GET / HTTP/1.1\r\n{}\r\n", "X-A: b\r\n".repeat(5_000));
    let big = format!("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 999999999\r\n\r\n{}", "x".repeat(1 << 20));
    for request in
        [long.as_bytes(), many.as_bytes(), big.as_bytes(), b"\0\xff\x16\x03\x01", b"\r\n\r\n\r\n", b"GET\r\n\r\n"]
    {
        let mut stream = server.connect();
        _ = stream.write_all(request);
        let begin = Instant::now();
        assert_eq!(server.get("/items/a.html").0, 200);
        assert!(begin.elapsed() < SOON, "others wait");
    }
    assert_eq!(slow.len(), 200);
}

#[test]
fn ports() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let root = tempfile::tempdir().unwrap();
    put(root.path(), "plan/items/a.md", "# A\n");
    let mut command = Command::new(env!("CARGO_BIN_EXE_roadbook"));
    let ran = command.arg("serve").arg(root.path()).args(["--port", &port, "--color", "never"]).output().unwrap();
    assert_eq!(ran.status.code(), Some(2));
    let said = String::from_utf8(ran.stderr).unwrap();
    assert_eq!(said.lines().next().unwrap(), format!("error: port {port} is taken"));
}

#[test]
fn a_folder_without_a_plan_is_a_failure() {
    let root = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_roadbook"));
    let ran = command.arg("serve").arg(root.path()).args(["--port", "0", "--color", "never"]).output().unwrap();
    assert_eq!(ran.status.code(), Some(2));
    assert!(String::from_utf8(ran.stderr).unwrap().contains("roadbook init"));
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it_at_once() {
    let mut server = Server::new(&[]);
    let _open = server.connect();
    let pid = server.child.id().to_string();
    // Not an interrupt, which whatever runs in the background of a shell is told to ignore, and its children with it.
    assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    let begin = Instant::now();
    while server.child.try_wait().unwrap().is_none() {
        assert!(begin.elapsed() < SOON, "still there");
        thread::sleep(Duration::from_millis(1));
    }
}

/// What a process holds: memory in KiB, threads, file descriptors and watches.
#[cfg(target_os = "linux")]
fn holds(pid: u32) -> [usize; 4] {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let figure = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.trim().split(' ').next().unwrap().parse::<usize>().unwrap()
    };
    let descriptors: Vec<_> = fs::read_dir(format!("/proc/{pid}/fd")).unwrap().map(|entry| entry.unwrap()).collect();
    let info = |entry: &fs::DirEntry| {
        fs::read_to_string(format!("/proc/{pid}/fdinfo/{}", entry.file_name().to_str().unwrap())).unwrap_or_default()
    };
    let watches = descriptors.iter().map(|entry| info(entry).matches("inotify wd:").count()).sum();
    [figure("VmRSS:"), figure("Threads:"), descriptors.len(), watches]
}

#[cfg(target_os = "linux")]
#[test]
fn it_does_not_grow() {
    let server = Server::new(&[]);
    save_and_look(&server, 100);
    let pid = server.child.id();
    let settled = || {
        // Threads that make pages end after a while without work, and connections after their client.
        thread::sleep(Duration::from_millis(200));
        holds(pid)
    };
    let before = settled();
    save_and_look(&server, usize::try_from(number("SERVE_SAVES").unwrap_or(rounds(200))).unwrap());
    let after = settled();
    assert!(after[0] <= before[0] + 16 * 1024, "memory: {before:?}, {after:?}");
    assert!(after[1] <= before[1].max(9), "threads: {before:?}, {after:?}");
    assert_eq!(before[2..], after[2..], "file descriptors and watches");
    // The measure can fail: a connection that stays open is seen.
    let open = server.connect();
    server.get("/");
    assert_eq!(settled()[2], after[2] + 1);
    drop(open);
}

/// A client that goes away in the middle of an answer is no trouble.
#[test]
fn a_client_may_leave() {
    let server = Server::new(&[]);
    for _ in 0..50 {
        let mut stream = server.connect();
        stream.write_all(b"GET /style.css HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").unwrap();
        stream.set_read_timeout(Some(Duration::from_millis(1))).unwrap();
        match stream.read_exact(&mut [0; 10]) {
            Ok(()) => {}
            Err(error) => assert!(
                [ErrorKind::WouldBlock, ErrorKind::TimedOut, ErrorKind::ConnectionReset].contains(&error.kind())
            ),
        }
    }
    assert_eq!(server.get("/").0, 200);
}

/// A server that answers with `answering`, in a thread that ends with it; and its port. It runs until the sender is dropped.
fn serving(answering: Answering) -> (watch::Sender<Arc<Snapshot>>, u16, JoinHandle<io::Result<()>>) {
    serving_within(answering, Limits::default())
}

/// The same with other limits.
fn serving_within(
    answering: Answering,
    limits: Limits,
) -> (watch::Sender<Arc<Snapshot>>, u16, JoinHandle<io::Result<()>>) {
    let root = tempfile::tempdir().unwrap();
    put(root.path(), "plan/items/a.md", "# A\n");
    let mut engine = Engine::new(root.path(), Audience::Internal, &Options::default()).unwrap();
    let (sender, snapshots) = watch::channel(Arc::new(engine.first().unwrap()));
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let run = move || serve(listener, snapshots, "session".to_owned(), Vec::new(), "internal", answering, limits);
    (sender, port, thread::spawn(run))
}

/// The answers to some requests over one connection.
fn answers(port: u16, requests: &[(&str, &str)]) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(NEVER)).unwrap();
    for (at, (method, path)) in requests.iter().enumerate() {
        let connection = if at + 1 == requests.len() { "close" } else { "keep-alive" };
        let head = format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: {connection}\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
    }
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    text
}

#[test]
fn a_panic_in_one_page_costs_one_answer() {
    let (_sender, port, _) = serving(|snapshot, session, path| match path {
        "/broken.html" => panic!("this page is broken on purpose"),
        path => answer(snapshot, session, path),
    });
    // More than there are threads that make pages.
    for _ in 0..12 {
        let text = answers(port, &[("GET", "/broken.html"), ("GET", "/items/a.html")]);
        assert!(text.starts_with("HTTP/1.1 500 Internal Server Error\r\ncontent-type: text/plain"), "{text}");
        assert_eq!(text.matches("Roadbook has a bug: it panicked while making this page").count(), 1, "{text}");
        assert!(text.contains("HTTP/1.1 200 OK") && text.contains("<h1") && text.ends_with("</html>\n"), "{text}");
    }
    let text = answers(port, &[("HEAD", "/broken.html"), ("GET", "/none.html")]);
    assert!(text.starts_with("HTTP/1.1 500 ") && text.contains("HTTP/1.1 404 ") && !text.contains("a bug"), "{text}");
}

/// A server that nobody brings new snapshots would show the old one for ever.
#[test]
fn a_server_ends_with_what_follows_the_files() {
    let (sender, port, server) = serving(answer);
    assert!(answers(port, &[("GET", "/")]).starts_with("HTTP/1.1 200 OK"));
    drop(sender);
    let ended = server.join().expect("no panic");
    assert_eq!(ended.map_err(|error| error.to_string()), Err("nothing follows the files any more".to_owned()));
}

/// Limits that no test reaches by chance.
const WIDE: Limits = Limits { connections: 100, head: NEVER, unread: NEVER, heartbeat: NEVER };
/// A limit that a test waits for.
const SHORT: Duration = Duration::from_millis(50);

/// What a connection is sent until the server closes it, in bytes.
fn all_sent(mut stream: TcpStream) -> usize {
    stream.set_read_timeout(Some(NEVER)).unwrap();
    let (mut all, mut part) = (0, vec![0; 1 << 20]);
    loop {
        match stream.read(&mut part) {
            Ok(0) => return all,
            Ok(length) => all += length,
            Err(error) if error.kind() == ErrorKind::ConnectionReset => return all,
            Err(error) => panic!("after {all} bytes: {error}"),
        }
    }
}

/// Waits for a state of the server that takes another moment.
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !is_so() {
        assert!(begin.elapsed() < NEVER, "{what}");
        thread::sleep(Duration::from_millis(5));
    }
}

/// How many bytes an answer has that no buffer holds.
const LONG: usize = 64 << 20;

#[test]
fn a_client_that_never_reads_is_closed() {
    let long: Answering = |_, _, path| PreviewAnswer {
        status: 200,
        media: "text/plain",
        content: Content::Bytes(vec![b'x'; if path == "/long" { LONG } else { 1 }]),
    };
    let (_sender, port, _) = serving_within(long, Limits { unread: SHORT, ..WIDE });
    let mut silent = TcpStream::connect(("127.0.0.1", port)).unwrap();
    silent.write_all(b"GET /long HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    silent.read_exact(&mut [0]).unwrap();
    // Who writes to a connection that the other side has closed is told so.
    until("a client that never reads keeps its connection", || silent.write_all(b"x").is_err());
    assert!(all_sent(silent) < LONG);
    // One that reads gets all of it, however often it has to wait for more.
    until("one that reads is closed, too", || {
        let mut reader = TcpStream::connect(("127.0.0.1", port)).unwrap();
        _ = reader.write_all(b"GET /long HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        let mut part = vec![0; LONG / 64];
        let mut parts = 0;
        // All of its pauses are longer than the limit, and none is.
        while reader.read_exact(&mut part).is_ok() {
            parts += 1;
            thread::sleep(SHORT / 10);
        }
        parts == 64
    });
}

/// Whether the server answers one more client.
fn is_answered(port: u16) -> bool {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(NEVER)).unwrap();
    _ = stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    let mut text = Vec::new();
    _ = stream.read_to_end(&mut text);
    text.starts_with(b"HTTP/1.1 200 OK")
}

#[test]
fn a_head_that_never_ends_and_an_idle_connection_are_closed() {
    let (_sender, port, _) = serving_within(answer, Limits { head: SHORT, ..WIDE });
    for begun in ["", "GET / HTTP/1.1\r\nHost: local"] {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.write_all(begun.as_bytes()).unwrap();
        assert_eq!(all_sent(stream), 0, "{begun:?}");
    }
    until("nothing is answered, or the connection stays open behind it", || {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        _ = stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        all_sent(stream) > 0
    });
}

#[test]
fn silent_connections_keep_nobody_out() {
    let (_sender, port, _) = serving_within(answer, Limits { connections: 3, ..WIDE });
    let silent: Vec<TcpStream> = (0..7).map(|_| TcpStream::connect(("127.0.0.1", port)).unwrap()).collect();
    for _ in 0..3 {
        assert!(is_answered(port));
    }
    // Those that were open for longest are closed.
    silent.into_iter().take(5).for_each(|silent| assert_eq!(all_sent(silent), 0));
}

/// A page that is open, by its web socket.
fn open_page(port: u16) -> TcpStream {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(NEVER)).unwrap();
    let socket = "Host: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";
    stream.write_all(format!("GET /.roadbook/live HTTP/1.1\r\n{socket}\r\n").as_bytes()).unwrap();
    let mut begin = [0; 12];
    stream.read_exact(&mut begin).unwrap();
    assert_eq!(&begin, b"HTTP/1.1 101");
    stream
}

/// A snapshot that shows and says nothing new sends nothing.
#[test]
fn a_page_is_told_nothing_twice() {
    let (sender, port, _) = serving_within(answer, WIDE);
    let mut page = open_page(port);
    let (mut heard, mut part) = (String::new(), [0; 4096]);
    let mut hear = |what: &str| {
        while !heard.contains(what) {
            let length = page.read(&mut part).unwrap();
            assert!(length > 0, "{heard}");
            heard.push_str(&String::from_utf8_lossy(&part[..length]));
        }
        heard.matches("\"generation\"").count()
    };
    assert_eq!(hear("session-1\""), 1);
    let mut next = Snapshot::clone(&sender.borrow());
    for number in 2..5 {
        sender.send_replace(Arc::new(Snapshot { number, ..next.clone() }));
        // It is seen before the next one takes its place.
        assert!(is_answered(port));
    }
    next.told.generation += 1;
    sender.send_replace(Arc::new(next));
    assert_eq!(hear("session-2\""), 2);
}

#[test]
fn one_connection_too_many_is_closed() {
    let (_sender, port, _) = serving_within(answer, Limits { connections: 3, ..WIDE });
    let open: Vec<TcpStream> = (0..3).map(|_| open_page(port)).collect();
    let mut refused = TcpStream::connect(("127.0.0.1", port)).unwrap();
    _ = refused.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert_eq!(all_sent(refused), 0);
    drop(open);
    until("a place that was given back stays taken", || is_answered(port));
}

#[test]
fn a_page_that_does_not_answer_is_gone() {
    let socket = "Host: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";
    let (_sender, port, _) = serving_within(answer, Limits { heartbeat: SHORT, ..WIDE });
    let open = || {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.set_read_timeout(Some(NEVER)).unwrap();
        stream.write_all(format!("GET /.roadbook/live HTTP/1.1\r\n{socket}\r\n").as_bytes()).unwrap();
        stream
    };
    // It is asked once, and closed when it has not answered by the next time.
    let mut silent = open();
    let (mut heard, mut part) = (Vec::new(), [0; 4096]);
    while let length @ 1.. = silent.read(&mut part).unwrap() {
        heard.extend_from_slice(&part[..length]);
        assert!(pings(&heard) < 2, "it is asked again");
    }
    assert_eq!(pings(&heard), 1, "{}", String::from_utf8_lossy(&heard));
    // One that answers in time is asked again and again.
    until("nobody is asked twice", || {
        let mut page = open();
        let (mut heard, mut answered) = (Vec::new(), 0);
        let mut part = [0; 4096];
        while answered < 3 {
            match page.read(&mut part) {
                Ok(0) | Err(_) => break,
                Ok(length) => heard.extend_from_slice(&part[..length]),
            }
            while answered < pings(&heard) {
                // A pong, masked with nothing.
                _ = page.write_all(&[0x8a, 0x80, 0, 0, 0, 0]);
                answered += 1;
            }
        }
        answered == 3
    });
}

/// The pings at the end of what a page was sent: after the head and one message about the snapshot.
fn pings(heard: &[u8]) -> usize {
    heard.rchunks_exact(2).take_while(|frame| frame == &[0x89, 0]).count()
}

#[test]
fn the_limits_are_those_that_the_documentation_names() {
    let docs = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/preview.md")).unwrap();
    let Limits { connections, head, unread, heartbeat } = Limits::default();
    let words = format!(
        "{connections} connections at once. One that does not finish the head of a request within {} seconds, that leaves an answer unread for {} seconds, \
         or whose page does not answer within {} seconds is closed",
        head.as_secs(),
        unread.as_secs(),
        heartbeat.as_secs()
    );
    let docs = docs.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(docs.contains(&words), "{words}");
}
