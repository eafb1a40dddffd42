//! The server: HTTP and one web socket a page, on one thread, with pages made on a few others. The one home of `hyper`, `tokio` and
//! `tokio-tungstenite`.
//!
//! A client that is slow, huge or malformed costs its own connection and nobody else's: heads are limited in size and time, bodies
//! are not read, an answer that nobody reads and a page that does not answer end, and the number of connections has an end.

use std::convert::Infallible;
use std::fs::File;
use std::io::{self, IoSlice, Read as _};
use std::net::TcpListener;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::future::{Either, select};
use futures_util::{FutureExt as _, SinkExt as _, StreamExt as _};
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::Sleep;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::{Message, Role, WebSocketConfig};

use super::access::{RequestOrigin, is_allowed};
use super::answer::{self, PreviewAnswer};
use super::engine::Snapshot;
use super::limits::Limits;
use super::message::message;
use super::places::{Busy, Places};
use crate::site::Content;

/// The longest head of a request, in bytes; the least that hyper takes.
const LONGEST_HEAD: usize = 16 * 1024;
/// Bytes of a static file that are read at a time.
const PART: usize = 64 * 1024;

/// What all connections share.
struct Shared {
    snapshots: watch::Receiver<Arc<Snapshot>>,
    session: String,
    names: Vec<String>,
    audience: &'static str,
    answer: Answering,
    limits: Limits,
}

/// What is behind a path of a snapshot: [`super::answer()`], and in tests what stands in for it. The second argument names this run.
pub type Answering = fn(&Snapshot, &str, &str) -> PreviewAnswer;

/// Serves snapshots on `listener` until the process ends. `session` names this run, `names` are the host names that it may be asked for by.
///
/// A panic in `answer` costs that one answer. An error is also the end of what sends the snapshots: what is shown would never change again.
pub fn serve(
    listener: TcpListener,
    snapshots: watch::Receiver<Arc<Snapshot>>,
    session: String,
    names: Vec<String>,
    audience: &'static str,
    answer: Answering,
    limits: Limits,
) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().max_blocking_threads(4).build()?;
    let mut followed = snapshots.clone();
    let shared = Arc::new(Shared { snapshots, session, names, audience, answer, limits });
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let places = Places::new(limits.connections);
        let mut ended = std::pin::pin!(async { while followed.changed().await.is_ok() {} });
        loop {
            let accepted = match select(std::pin::pin!(listener.accept()), &mut ended).await {
                Either::Left((accepted, _)) => accepted,
                Either::Right(_) => return Err(io::Error::other("nothing follows the files any more")),
            };
            // An error here is a connection that broke off, or too many open files: both pass.
            let Ok((stream, _)) = accepted else {
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            };
            let Some(place) = places.take() else { continue };
            _ = stream.set_nodelay(true);
            let shared = Arc::clone(&shared);
            let of_connection = Arc::clone(&place);
            let task = tokio::spawn(async move {
                let service = hyper::service::service_fn(|request| {
                    let (shared, busy) = (Arc::clone(&shared), of_connection.busy());
                    respond(shared, request, of_connection.busy())
                        .map(|sent| sent.map(|sent| sent.map(|body| Held { body, _busy: busy })))
                });
                let connection = hyper::server::conn::http1::Builder::new()
                    .timer(TokioTimer::new())
                    .header_read_timeout(limits.head)
                    .max_buf_size(LONGEST_HEAD)
                    .serve_connection(TokioIo::new(Timed { stream, limit: limits.unread, waiting: None }), service);
                // A connection that fails is its client's affair.
                _ = connection.with_upgrades().await;
            });
            place.on_close(move || task.abort());
        }
    })
}

async fn respond(shared: Arc<Shared>, request: Request<Incoming>, busy: Busy) -> Result<Response<Sent>, Infallible> {
    let refuse = |status: StatusCode| response(status, "text/plain; charset=utf-8", Sent::bytes(Vec::new()));
    if !is_allowed(caller(&request), &shared.names) {
        let asked = caller(&request).host.unwrap_or_default().to_owned();
        let body = Sent::bytes(answer::refused(&asked).into_bytes());
        return Ok(response(StatusCode::FORBIDDEN, "text/html; charset=utf-8", body));
    }
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        let mut refused = refuse(StatusCode::METHOD_NOT_ALLOWED);
        refused.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return Ok(refused);
    }
    let path = request.uri().path().to_owned();
    if path == answer::SOCKET {
        return Ok(socket(shared, request, busy).unwrap_or_else(|| refuse(StatusCode::UPGRADE_REQUIRED)));
    }
    let snapshot = Arc::clone(&shared.snapshots.borrow());
    // A page may take a while, and others must not wait for it.
    let made = tokio::task::spawn_blocking(move || {
        let answer = (shared.answer)(&snapshot, &shared.session, &path);
        let body = match answer.content {
            Content::Bytes(bytes) => Some(Sent::bytes(bytes)),
            Content::File(path) => Sent::file(&path).ok(),
        };
        let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        body.map(|body| response(status, answer.media, body))
    });
    Ok(match made.await {
        Ok(made) => made.unwrap_or_else(|| refuse(StatusCode::NOT_FOUND)),
        // It panicked, and the terminal has the message.
        Err(_) => {
            let body = Sent::bytes(answer::PANICKED.into());
            response(StatusCode::INTERNAL_SERVER_ERROR, "text/plain; charset=utf-8", body)
        }
    })
}

fn caller(request: &Request<Incoming>) -> RequestOrigin<'_> {
    let one = |name: HeaderName| {
        let mut all = request.headers().get_all(name).iter();
        all.next().filter(|_| all.next().is_none()).and_then(|value| value.to_str().ok())
    };
    // A header that is there and cannot be read is no reason to trust.
    let given = |name: HeaderName| request.headers().contains_key(&name).then(|| one(name).unwrap_or("?"));
    RequestOrigin {
        target: request.uri().authority().map(|authority| authority.as_str()),
        host: one(header::HOST),
        origin: given(header::ORIGIN),
        site: given(HeaderName::from_static("sec-fetch-site")),
        mode: given(HeaderName::from_static("sec-fetch-mode")),
        destination: given(HeaderName::from_static("sec-fetch-dest")),
    }
}

fn response(status: StatusCode, media: &'static str, body: Sent) -> Response<Sent> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = [
        (header::CONTENT_TYPE, media),
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in headers {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Turns a request into a web socket that tells its page of every snapshot; none where it asks for no socket.
fn socket(shared: Arc<Shared>, mut request: Request<Incoming>, busy: Busy) -> Option<Response<Sent>> {
    let asks = |name: HeaderName, word: &str| {
        let value = request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        value.to_ascii_lowercase().contains(word)
    };
    if !asks(header::UPGRADE, "websocket") || !asks(header::CONNECTION, "upgrade") {
        return None;
    }
    let key = derive_accept_key(request.headers().get(header::SEC_WEBSOCKET_KEY)?.as_bytes());
    let upgrade = hyper::upgrade::on(&mut request);
    tokio::spawn(async move {
        if let Ok(upgraded) = upgrade.await {
            // Pages say nothing but that they are there.
            let limits = WebSocketConfig::default().max_message_size(Some(1024)).max_frame_size(Some(1024));
            let stream = TokioIo::new(upgraded);
            tell(WebSocketStream::from_raw_socket(stream, Role::Server, Some(limits)).await, &shared).await;
        }
        // An open page has a place as well.
        drop(busy);
    });
    let mut response = response(StatusCode::SWITCHING_PROTOCOLS, "text/plain; charset=utf-8", Sent::bytes(Vec::new()));
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_TYPE);
    headers.insert(header::CONNECTION, HeaderValue::from_static("Upgrade"));
    headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(header::SEC_WEBSOCKET_ACCEPT, HeaderValue::from_str(&key).ok()?);
    Some(response)
}

/// Tells a page of this snapshot and every next one, until it is gone.
async fn tell(mut page: WebSocketStream<TokioIo<hyper::upgrade::Upgraded>>, shared: &Shared) {
    let mut snapshots = shared.snapshots.clone();
    snapshots.mark_changed();
    // Whether it was asked and has not answered.
    let mut is_asked = false;
    let mut told = String::new();
    loop {
        let happened = {
            let next = std::pin::pin!(tokio::time::timeout(shared.limits.heartbeat, snapshots.changed()));
            match select(next, page.next()).await {
                Either::Left((Ok(changed), _)) => changed.map(|()| true).ok(),
                Either::Left((Err(_), _)) => (!is_asked).then_some(false),
                Either::Right((Some(Ok(message)), _)) if !message.is_close() => {
                    is_asked = false;
                    continue;
                }
                Either::Right(_) => None,
            }
        };
        let sent = match happened {
            Some(true) => {
                let snapshot = Arc::clone(&snapshots.borrow());
                let now = message(&snapshot, &shared.session, shared.audience);
                // What was said is not said again: of what is not for everybody, nobody learns even that it happened.
                if now == told {
                    continue;
                }
                told.clone_from(&now);
                page.send(Message::text(now)).await
            }
            Some(false) => {
                is_asked = true;
                page.send(Message::Ping(Bytes::new())).await
            }
            None => return,
        };
        if sent.is_err() {
            return;
        }
    }
}

/// A connection that breaks off where its client leaves what it is sent unread for too long: what waits for it would wait for ever.
struct Timed {
    stream: TcpStream,
    limit: Duration,
    /// Runs while nothing more can be written.
    waiting: Option<Pin<Box<Sleep>>>,
}

impl Timed {
    fn timed<T>(&mut self, context: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.waiting = None;
            return written;
        }
        let limit = self.limit;
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(tokio::time::sleep(limit)));
        waiting.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Timed {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, into)
    }
}

impl AsyncWrite for Timed {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.timed(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, parts);
        self.timed(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// The body of a response.
enum Sent {
    Bytes(Option<Bytes>),
    /// A file that is read while it is sent, however large it is.
    File {
        file: File,
        rest: u64,
    },
}

/// A body, and that its connection is not silent while it is sent.
struct Held {
    body: Sent,
    _busy: Busy,
}

impl Body for Held {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Sent {
    fn bytes(bytes: Vec<u8>) -> Sent {
        Sent::Bytes((!bytes.is_empty()).then(|| bytes.into()))
    }

    fn file(path: &std::path::Path) -> io::Result<Sent> {
        let file = File::open(path)?;
        let rest = file.metadata()?.len();
        Ok(Sent::File { file, rest })
    }
}

impl Body for Sent {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        Poll::Ready(match &mut *self {
            Sent::Bytes(bytes) => bytes.take().map(|bytes| Ok(Frame::data(bytes))),
            Sent::File { rest: 0, .. } => None,
            Sent::File { file, rest } => {
                let mut part = vec![0; PART.min(usize::try_from(*rest).unwrap_or(PART))];
                match file.read(&mut part) {
                    Ok(0) => Some(Err(io::ErrorKind::UnexpectedEof.into())),
                    Ok(length) => {
                        *rest -= length as u64;
                        part.truncate(length);
                        Some(Ok(Frame::data(part.into())))
                    }
                    Err(error) => Some(Err(error)),
                }
            }
        })
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Sent::Bytes(None) | Sent::File { rest: 0, .. })
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Sent::Bytes(bytes) => SizeHint::with_exact(bytes.as_ref().map_or(0, Bytes::len) as u64),
            Sent::File { rest, .. } => SizeHint::with_exact(*rest),
        }
    }
}
