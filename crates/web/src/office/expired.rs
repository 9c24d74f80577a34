//! A session that ended while somebody wrote: what was typed is kept in the page and goes out after signing in again.

use askama::Template;
use axum::body::{Body, to_bytes};
use axum::extract::{Form, FromRequest, Request, State as Extract};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::session::signed_in;

#[derive(Template)]
#[template(path = "office/expired.html")]
struct ExpiredPage {
    frame: Frame,
    /// What was sent, field by field.
    kept: Vec<(String, String)>,
    /// Where it was sent to.
    to: String,
    /// What was sent, as it came: carried through signing in.
    body: String,
    error: bool,
    mail: String,
}

#[derive(Template)]
#[template(path = "office/again.html")]
struct AgainPage {
    frame: Frame,
    kept: Vec<(String, String)>,
    to: String,
}

/// Catches a form of the back office whose sender is not signed in any more.
pub(crate) async fn keep(Extract(state): Extract<State>, request: Request, next: Next) -> Response {
    let form = request.headers().get(CONTENT_TYPE).is_some_and(|v| {
        v.to_str()
            .is_ok_and(|v| v.starts_with("application/x-www-form-urlencoded"))
    });
    if request.method() != Method::POST
        || !form
        || !request.uri().path().starts_with("/verwaltung/")
    {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    match signed_in(&state, &parts).await {
        Ok(Some(_)) => return next.run(Request::from_parts(parts, body)).await,
        Ok(None) => {}
        Err(error) => return error.into_response(),
    }
    let ask = Ask::of(&parts);
    let Ok(bytes) = to_bytes(body, state.limits.body_bytes).await else {
        return PageError::TooLarge.into_response();
    };
    let body = String::from_utf8_lossy(&bytes).into_owned();
    let to = parts.uri.path_and_query().map_or("", |p| p.as_str());
    let kept = (to, body.as_str());
    page(&state, &ask, kept, None)
        .await
        .unwrap_or_else(PageError::into_response)
}

/// The page with the form to sign in; after a wrong attempt with the address that was typed.
pub(super) async fn page(
    state: &State,
    ask: &Ask,
    (to, body): (&str, &str),
    wrong: Option<String>,
) -> Result<Response, PageError> {
    let page = ExpiredPage {
        frame: Frame::new(state, ask, ask.t("web-office-expired-title")),
        kept: pairs(body).await,
        to: to.to_owned(),
        body: body.to_owned(),
        error: wrong.is_some(),
        mail: wrong.unwrap_or_default(),
    };
    Ok((StatusCode::UNAUTHORIZED, html(&page)?).into_response())
}

/// After signing in: a button sends what was kept. Only addresses of the back office are sent to.
pub(super) async fn again(
    state: &State,
    ask: &Ask,
    (to, body): (&str, &str),
) -> Result<Option<Response>, PageError> {
    if !to.starts_with("/verwaltung/") || to.contains("..") {
        return Ok(None);
    }
    let page = AgainPage {
        frame: Frame::new(state, ask, ask.t("web-office-again-title")),
        kept: pairs(body).await,
        to: to.to_owned(),
    };
    Ok(Some(html(&page)?.into_response()))
}

async fn pairs(body: &str) -> Vec<(String, String)> {
    let mut request = Request::new(Body::from(body.to_owned()));
    *request.method_mut() = Method::POST;
    let form = HeaderValue::from_static("application/x-www-form-urlencoded");
    request.headers_mut().insert(CONTENT_TYPE, form);
    let read = Form::<Vec<(String, String)>>::from_request(request, &()).await;
    read.map(|Form(pairs)| pairs).unwrap_or_default()
}
