//! Whether the links of published examples still answer: looked at politely and safely.
//!
//! Safely: only `http` and `https` on their usual ports; every name is resolved here, at every hop, and an address that is not public
//! (loopback, private, link-local, carrier, documentation, mapped ones) is never connected to; at most five redirects,
//! ten seconds, no body but `robots.txt` and of that 100 kB. Politely: `robots.txt` holds, two seconds between two
//! requests to a host, each link once a week, and a name that says who asks.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use store::{LinkCheck, LinkOutcome, Store, StoreError};
use tokio::sync::watch;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

/// How the service names itself, also for `robots.txt`.
const NAME: &str = "voneinander";
/// Time for one request.
const TIME: Duration = Duration::from_secs(10);
/// Time between two requests to a host.
const PAUSE: Duration = Duration::from_secs(2);
/// Redirects that are followed.
const REDIRECTS: usize = 5;
/// Bytes of a `robots.txt` that are read.
const ROBOTS: u64 = 100_000;
/// Seconds until a link is looked at again, and until one that failed is.
const AGAIN: [i64; 2] = [7 * 24 * 3600, 24 * 3600];
/// Failures in a row after which a link counts as dead; "not found" counts at once.
const FAILURES: u32 = 3;
/// Names that are nobody's (RFC 2606, RFC 6761, RFC 6762).
const RESERVED: [&str; 6] = [
    "example",
    "test",
    "invalid",
    "localhost",
    "local",
    "internal",
];

type Resolve = dyn Fn(&str, u16) -> std::io::Result<Vec<SocketAddr>> + Send + Sync;

/// What may be looked at, and how names are resolved.
#[derive(Clone)]
struct Rule {
    resolve: Arc<Resolve>,
    allowed: fn(IpAddr) -> bool,
    ports: fn(u16) -> bool,
    pause: Duration,
}

impl Rule {
    fn of_the_house() -> Self {
        Self {
            resolve: Arc::new(|host, port| Ok((host, port).to_socket_addrs()?.collect())),
            allowed: is_public,
            ports: |port| matches!(port, 80 | 443),
            pause: PAUSE,
        }
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Rule")
    }
}

impl Resolver for Rule {
    /// The addresses of a host, all of them public: one that is not spoils the name. The connection goes to one of
    /// exactly these, so that a name cannot change between the look and the connection.
    fn resolve(
        &self,
        uri: &Uri,
        _: &ureq::config::Config,
        _: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']);
        let port = port(uri);
        let found = (self.resolve)(host, port).map_err(|_| ureq::Error::HostNotFound)?;
        let mut out = self.empty();
        for address in found.iter().take(8) {
            if !(self.allowed)(address.ip()) {
                return Err(ureq::Error::BadUri("the address is not public".to_owned()));
            }
            out.push(*address);
        }
        if found.is_empty() {
            return Err(ureq::Error::HostNotFound);
        }
        Ok(out)
    }
}

fn port(uri: &Uri) -> u16 {
    let usual = if uri.scheme_str() == Some("https") {
        443
    } else {
        80
    };
    uri.port_u16().unwrap_or(usual)
}

/// Whether an address belongs to the public internet (IANA special-purpose registries).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(v4: Ipv4Addr) -> bool {
    let [a, b, c, _] = v4.octets();
    let special = v4.is_private()
        || v4.is_loopback()
        || v4.is_link_local()
        || v4.is_documentation()
        || v4.is_multicast()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (b == 18 || b == 19));
    !special
}

fn is_public_v6(v6: Ipv6Addr) -> bool {
    let s = v6.segments();
    let inner = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match s {
        // Mapped, translated and tunnelled IPv4 addresses are as public as those within.
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            inner(high, low)
        }
        [0x2002, high, low, ..] => inner(high, low),
        [0x2001, 0xdb8, ..] | [0x2001, 0, ..] | [0x3fff, ..] | [0x100, ..] => false,
        // Only 2000::/3 is given out.
        [first, ..] => (0x2000..0x4000).contains(&first),
    }
}

/// Rules of one `robots.txt` for us: path and whether it is allowed.
type Robots = Vec<(String, bool)>;

/// The rules for our name, or those for everybody (RFC 9309).
fn robots(text: &str) -> Robots {
    let (mut ours, mut all): (Option<Robots>, Robots) = (None, Vec::new());
    let (mut agents, mut in_rules) = (Vec::<String>::new(), false);
    for line in text.lines() {
        let line = line.split('#').next().unwrap_or_default();
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        let (name, value) = (name.trim().to_lowercase(), value.trim());
        match name.as_str() {
            "user-agent" => {
                if in_rules {
                    agents.clear();
                    in_rules = false;
                }
                agents.push(value.to_lowercase());
                if value.eq_ignore_ascii_case(NAME) {
                    ours.get_or_insert_with(Vec::new);
                }
            }
            "allow" | "disallow" => {
                in_rules = true;
                if value.is_empty() {
                    continue;
                }
                let rule = (value.to_owned(), name == "allow");
                if agents.iter().any(|a| a == NAME) {
                    ours.get_or_insert_with(Vec::new).push(rule.clone());
                }
                if agents.iter().any(|a| a == "*") {
                    all.push(rule);
                }
            }
            _ => {}
        }
    }
    ours.unwrap_or(all)
}

/// Whether a path is allowed: the longest rule that fits counts, and of two equal ones the allowing one.
fn allows(rules: &Robots, path: &str) -> bool {
    let fitting = rules.iter().filter(|(rule, _)| fits(rule, path));
    let best = fitting.max_by_key(|(rule, allow)| (rule.len(), *allow));
    best.is_none_or(|(_, allow)| *allow)
}

/// A rule with `*` for anything and `$` for the end.
fn fits(rule: &str, path: &str) -> bool {
    let (rule, to_the_end) = match rule.strip_suffix('$') {
        Some(rule) => (rule, true),
        None => (rule, false),
    };
    let mut parts = rule.split('*');
    let Some(mut rest) = path.strip_prefix(parts.next().unwrap_or_default()) else {
        return false;
    };
    let parts: Vec<&str> = parts.collect();
    for (i, part) in parts.iter().enumerate() {
        let last = i + 1 == parts.len();
        let found = if to_the_end && last {
            rest.rfind(part)
        } else {
            rest.find(part)
        };
        match found {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    !to_the_end || rest.is_empty()
}

/// What a look showed.
#[derive(Debug, PartialEq, Eq)]
struct Look {
    outcome: LinkOutcome,
    /// Whether it is sure: a status, not a passing failure.
    sure: bool,
    note: String,
}

fn look(outcome: LinkOutcome, sure: bool, note: impl Into<String>) -> Look {
    Look {
        outcome,
        sure,
        note: note.into(),
    }
}

/// Looks at links one after the other.
struct Looker {
    agent: ureq::Agent,
    rule: Rule,
    robots: BTreeMap<String, Option<Robots>>,
    last: BTreeMap<String, Instant>,
}

impl Looker {
    fn new(rule: Rule) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(TIME))
            .max_response_header_size(32 * 1024)
            .max_idle_connections(0)
            // No proxy of the environment: it would resolve names where nobody checks.
            .proxy(None)
            .user_agent(format!("{NAME}/1 (looks whether links still answer)"))
            .build();
        let agent = ureq::Agent::with_parts(config, DefaultConnector::default(), rule.clone());
        Self {
            agent,
            rule,
            robots: BTreeMap::new(),
            last: BTreeMap::new(),
        }
    }

    /// Waits until a host may be asked again.
    fn wait(&mut self, host: &str) {
        if let Some(last) = self.last.get(host) {
            std::thread::sleep(self.rule.pause.saturating_sub(last.elapsed()));
        }
        self.last.insert(host.to_owned(), Instant::now());
    }

    /// An address that may be asked, or why not.
    fn check(&self, url: &str) -> Result<Uri, Look> {
        let refused = |note: &str| look(LinkOutcome::Refused, true, note);
        // Before anything else: what has another scheme (`file:`, `mailto:`) need not look like an address of the web.
        let scheme = url.split_once(':').map(|(scheme, _)| scheme);
        let of_the_web =
            |s: &str| s.eq_ignore_ascii_case("http") || s.eq_ignore_ascii_case("https");
        if !scheme.is_some_and(of_the_web) {
            return Err(refused("nur http und https"));
        }
        let uri: Uri = url.parse().map_err(|_| refused("keine Adresse"))?;
        let authority = uri.authority().ok_or_else(|| refused("keine Adresse"))?;
        if authority.as_str().contains('@') {
            return Err(refused("Adresse mit Zugangsdaten"));
        }
        let host = authority.host().trim_end_matches('.').to_lowercase();
        let last = host.rsplit('.').next().unwrap_or_default();
        if RESERVED.contains(&last) {
            return Err(refused("Name ist niemandem zugeteilt"));
        }
        if !(self.rule.ports)(port(&uri)) {
            return Err(refused("ungewöhnlicher Anschluss"));
        }
        Ok(uri)
    }

    fn look(&mut self, url: &str) -> Look {
        let mut url = url.to_owned();
        for _ in 0..=REDIRECTS {
            let uri = match self.check(&url) {
                Ok(uri) => uri,
                Err(refused) => return refused,
            };
            match self.may_ask(&uri) {
                Ok(true) => {}
                Ok(false) => return look(LinkOutcome::NotAllowed, true, "robots.txt"),
                Err(fault) => return failed(&fault),
            }
            self.wait(uri.host().unwrap_or_default());
            let answer = match self.agent.get(uri.clone()).call() {
                Ok(answer) => answer,
                Err(fault) => return failed(&fault),
            };
            // The body is left unread: dropping the answer closes the connection.
            let status = answer.status();
            if status.is_redirection() {
                let location = answer
                    .headers()
                    .get("location")
                    .and_then(|l| l.to_str().ok());
                match location.and_then(|l| join(&uri, l)) {
                    Some(next) => url = next,
                    None => return look(LinkOutcome::Alive, true, status.as_str()),
                }
                continue;
            }
            return match status.as_u16() {
                404 | 410 => look(LinkOutcome::Dead, true, status.as_str()),
                500.. => look(LinkOutcome::Dead, false, status.as_str()),
                _ => look(LinkOutcome::Alive, true, status.as_str()),
            };
        }
        look(LinkOutcome::Dead, false, "zu viele Weiterleitungen")
    }

    /// Whether `robots.txt` lets us; asked once a host and run. Where there is none, everything is allowed; where it
    /// cannot be had for a fault of the server, nothing.
    fn may_ask(&mut self, uri: &Uri) -> Result<bool, ureq::Error> {
        let (scheme, authority) = (uri.scheme_str().unwrap_or("https"), uri.authority());
        let host = format!("{scheme}://{}", authority.map_or("", |a| a.as_str()));
        if !self.robots.contains_key(&host) {
            self.wait(uri.host().unwrap_or_default());
            let mut answer = self.agent.get(format!("{host}/robots.txt")).call()?;
            let rules = match answer.status().as_u16() {
                200..=299 => {
                    let body = answer.body_mut().with_config().limit(ROBOTS).read_to_vec();
                    Some(robots(&String::from_utf8_lossy(&body.unwrap_or_default())))
                }
                500.. => None,
                _ => Some(Vec::new()),
            };
            self.robots.insert(host.clone(), rules);
        }
        let path = uri.path_and_query().map_or("/", |p| p.as_str());
        Ok(self.robots[&host]
            .as_ref()
            .is_some_and(|rules| allows(rules, path)))
    }
}

fn failed(fault: &ureq::Error) -> Look {
    match fault {
        ureq::Error::BadUri(_) => look(LinkOutcome::Refused, true, "keine öffentliche Adresse"),
        ureq::Error::HostNotFound => look(LinkOutcome::Dead, false, "Name nicht gefunden"),
        ureq::Error::Timeout(_) => look(LinkOutcome::Dead, false, "keine Antwort in 10 Sekunden"),
        other => look(LinkOutcome::Dead, false, other.to_string()),
    }
}

/// Where a redirect leads: a whole address, or a path on the same host.
fn join(from: &Uri, location: &str) -> Option<String> {
    if location.contains("://") {
        return Some(location.to_owned());
    }
    let (scheme, authority) = (from.scheme_str()?, from.authority()?);
    if let Some(rest) = location.strip_prefix("//") {
        return Some(format!("{scheme}://{rest}"));
    }
    if location.starts_with('/') {
        return Some(format!("{scheme}://{authority}{location}"));
    }
    // A word with a colon before any slash is a scheme of its own.
    if location.split('/').next().unwrap_or_default().contains(':') {
        return Some(location.to_owned());
    }
    let folder = from
        .path()
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder);
    Some(format!("{scheme}://{authority}{folder}/{location}"))
}

/// What is kept: a passing failure makes a link dead only after several in a row.
fn check(url: String, seen: Look, before: Option<&LinkCheck>, now: Timestamp) -> LinkCheck {
    let failures = match (&seen.outcome, seen.sure) {
        (LinkOutcome::Dead, _) => before.map_or(0, |b| b.failures) + 1,
        _ => 0,
    };
    let passing = seen.outcome == LinkOutcome::Dead && !seen.sure && failures < FAILURES;
    LinkCheck {
        url,
        checked: now,
        outcome: if passing {
            LinkOutcome::Alive
        } else {
            seen.outcome
        },
        note: seen.note,
        failures,
    }
}

/// Looks at the links of all published examples that are due. Between two it looks whether to `stop`.
pub async fn look_at_links(
    store: &Store,
    clock: fn() -> Timestamp,
    stop: &watch::Receiver<bool>,
) -> Result<usize, StoreError> {
    look_with(store, clock, stop, Rule::of_the_house()).await
}

async fn look_with(
    store: &Store,
    clock: fn() -> Timestamp,
    stop: &watch::Receiver<bool>,
    rule: Rule,
) -> Result<usize, StoreError> {
    let before = store.link_checks().await?;
    let now = clock().as_second();
    let due = |url: &String| {
        before.get(url).is_none_or(|b| {
            let again = AGAIN[usize::from(b.failures > 0)];
            now - b.checked.as_second() >= again
        })
    };
    let published = store.published().await?;
    let links = published.iter().flat_map(|e| &e.publication.form.links);
    let urls: BTreeSet<String> = links.map(|l| l.url.clone()).filter(due).collect();
    let mut looker = Looker::new(rule);
    let mut looked = 0;
    for url in urls {
        if *stop.borrow() {
            break;
        }
        let asked = url.clone();
        let work = tokio::task::spawn_blocking(move || {
            let seen = looker.look(&asked);
            (looker, seen)
        });
        let Ok((back, seen)) = work.await else {
            tracing::error!("looking at a link failed badly");
            break;
        };
        looker = back;
        let kept = check(url.clone(), seen, before.get(&url), clock());
        store.put_link_check(kept).await?;
        looked += 1;
    }
    Ok(looked)
}

#[cfg(test)]
mod tests;
