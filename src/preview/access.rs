//! Who may ask: nobody but the person in front of the machine. A page of another site, or a name that was made to point here (DNS
//! rebinding), must not read a plan through the browser that has both open.

use std::net::IpAddr;

/// What a request says of where it comes from.
#[derive(Clone, Copy, Debug, Default)]
pub struct RequestOrigin<'a> {
    /// The host that the address of the request names, where it is a whole one.
    pub target: Option<&'a str>,
    /// `Host`; a request without one, or with several, has none.
    pub host: Option<&'a str>,
    /// `Origin`.
    pub origin: Option<&'a str>,
    /// `Sec-Fetch-Site`.
    pub site: Option<&'a str>,
    /// `Sec-Fetch-Mode`.
    pub mode: Option<&'a str>,
    /// `Sec-Fetch-Dest`.
    pub destination: Option<&'a str>,
}

/// Whether a request may be answered. `names` are those that the user typed: the host to listen on, where it was a name, and the names that
/// a proxy or a port forwarder is reached by.
///
/// Only names that nobody can point elsewhere are good: an address, `localhost`, and what the user typed. Headers of proxies
/// (`X-Forwarded-…`) count for nothing. A page of another site may lead here by a link, and do nothing else. What decrypts TLS before us says
/// `https` where we see plain HTTP, and a port forwarder may name us `localhost` while the browser has another name.
pub fn is_allowed(caller: RequestOrigin<'_>, names: &[String]) -> bool {
    let is_good = |host: &str| is_ours(host, names);
    let Some(host) = caller.host.filter(|host| is_good(host)) else { return false };
    if !caller.target.is_none_or(is_good) {
        return false;
    }
    let same_origin = |origin: &str| {
        let of = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
        of.is_some_and(|of| of.eq_ignore_ascii_case(host) || is_named(parts(of).0, names))
    };
    if !caller.origin.is_none_or(same_origin) {
        return false;
    }
    match caller.site {
        None | Some("same-origin" | "none") => true,
        Some(_) => caller.mode == Some("navigate") && caller.destination == Some("document"),
    }
}

/// Whether the host of a header, with or without a port, is this machine by a name that cannot be pointed elsewhere.
fn is_ours(host: &str, names: &[String]) -> bool {
    let (bare, port) = parts(host);
    let is_port = port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok());
    is_port && (bare.eq_ignore_ascii_case("localhost") || is_named(bare, names) || bare.parse::<IpAddr>().is_ok())
}

fn is_named(bare: &str, names: &[String]) -> bool {
    names.iter().any(|name| bare.eq_ignore_ascii_case(name))
}

/// A host without its port, and the port with its colon; an IPv6 address without its brackets.
pub(super) fn parts(host: &str) -> (&str, &str) {
    match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some(parts) => parts,
        None => host.split_once(':').map_or((host, ""), |(bare, _)| (bare, &host[bare.len()..])),
    }
}
