//! What happens to every request: a number, a place in the log, error pages, and headers that keep browsers careful.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU32, Ordering};

use axum::extract::{ConnectInfo, Request, State as Extract};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, RETRY_AFTER,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;

use crate::error;
use crate::frame::Ask;
use crate::{Limits, State};

/// The number that error pages show and that every line of the log carries.
#[derive(Clone, Debug)]
pub(crate) struct RequestNumber(pub String);

static COUNT: AtomicU32 = AtomicU32::new(1);

/// No script, no foreign address, no frames: pages need the stylesheet and forms only.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; \
     base-uri 'none'; frame-ancestors 'none'";
/// Answering pages and the catalogue's search have a small script of our own; it asks for suggestions.
pub(crate) const SCRIPT_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; \
     connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// Published editions bring their own stylesheet and drawn charts.
const EDITION_POLICY: &str = "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
     font-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/// Numbers the request, names it in the log, and dresses the answer.
pub(crate) async fn dress(
    Extract(state): Extract<State>,
    mut request: Request,
    next: Next,
) -> Response {
    let second = state.now().as_second().rem_euclid(1 << 20);
    let number = format!(
        "{second:05X}-{:04}",
        COUNT.fetch_add(1, Ordering::Relaxed) % 10_000
    );
    request
        .extensions_mut()
        .insert(RequestNumber(number.clone()));
    let (parts, body) = request.into_parts();
    let ask = Ask::of(&parts);
    let at_hand = (number, parts.method.clone(), ask.path.clone());
    let head = parts.method == Method::HEAD;
    let answered = async move {
        let response = next.run(Request::from_parts(parts, body)).await;
        let status = response.status();
        tracing::debug!(status = status.as_u16(), "answered");
        let response = if needs_page(&response) && !head {
            let mut page = error::page(&state, &ask, status);
            if let Some(after) = response.headers().get(RETRY_AFTER) {
                page.headers_mut().insert(RETRY_AFTER, after.clone());
            }
            page
        } else {
            response
        };
        careful(response, &ask.path)
    };
    AT_HAND.scope(at_hand, answered).await
}

tokio::task_local! {
    /// Number, method and address of the request that a task is at: written only when something is logged.
    static AT_HAND: (String, Method, String);
}

/// The request that this task is at as its lines of the log name it, without the secrets of its address; `None` outside
/// of requests.
pub fn request_at_hand() -> Option<String> {
    let words = |(number, method, path): &(String, Method, String)| {
        format!(
            "request{{number={number} method={method} path={}}}",
            quiet(path)
        )
    };
    AT_HAND.try_with(words).ok()
}

/// Errors that no handler gave a page of its own.
fn needs_page(response: &Response) -> bool {
    let status = response.status();
    let html = |v: &HeaderValue| v.to_str().is_ok_and(|v| v.starts_with("text/html"));
    let own = response.headers().get(CONTENT_TYPE).is_some_and(html);
    (status.is_client_error() || status.is_server_error()) && !own
}

/// Secrets in addresses stay out of the log.
fn quiet(path: &str) -> String {
    let mut parts: Vec<&str> = path.split('/').collect();
    if let [
        _,
        "antworten" | "freigabe" | "anmelden" | "kurzform" | "mitzeichnung" | "bestaetigen"
        | "uebernahme",
        secret,
        ..,
    ] = parts.as_mut_slice()
    {
        *secret = "…";
    }
    parts.join("/")
}

fn careful(mut response: Response, path: &str) -> Response {
    let edition = path.starts_with("/ausgaben/");
    let headers = response.headers_mut();
    let policy = match path {
        _ if edition => EDITION_POLICY,
        "/beispiele" => SCRIPT_POLICY,
        _ => POLICY,
    };
    // A kept file brings a stricter one.
    if !headers.contains_key(CONTENT_SECURITY_POLICY) {
        headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    }
    // Not `no-referrer`: browsers then send forms with `Origin: null`, which is refused as coming from elsewhere
    // where they do not say `Sec-Fetch-Site` (older ones, and all on plain HTTP).
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if !edition && !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// The address of the caller, for the throttle.
pub(crate) fn address(parts: &axum::http::request::Parts, limits: &Limits) -> IpAddr {
    if limits.behind_proxy {
        let forwarded = parts.headers.get("x-forwarded-for");
        let last = forwarded.and_then(|v| v.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
        if let Some(address) = last {
            return address;
        }
    }
    parts
        .extensions
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |c| c.0.ip())
}
