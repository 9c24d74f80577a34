//! One error for all pages: people read what happened, what they can do, and a number to quote.

use askama::Template;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};

use crate::State;
use crate::frame::{Ask, Frame};

/// Why a page cannot be shown. Internal causes are logged once and never shown.
#[derive(Clone, Debug, thiserror::Error)]
pub(crate) enum PageError {
    #[error("what was sent cannot be read: {0}")]
    BadRequest(String),
    #[error("not allowed")]
    Forbidden,
    #[error("not signed in")]
    SignInFirst,
    #[error("there is no such page")]
    NotFound,
    #[error("what was sent does not fit what stands now")]
    Conflict,
    #[error("too many attempts; again in {0} s")]
    TooMany(i64),
    #[error("what was sent is too large")]
    TooLarge,
    #[error("the queue of the writer is full")]
    Busy,
    #[error("{0}")]
    Internal(String),
}

impl PageError {
    /// An inner error that people cannot help.
    pub(crate) fn internal(cause: impl std::fmt::Display) -> Self {
        Self::Internal(cause.to_string())
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::SignInFirst => StatusCode::SEE_OTHER,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Conflict => StatusCode::CONFLICT,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl IntoResponse for PageError {
    /// The status alone; the page is written by [`page`] in the outermost layer, which knows the language.
    fn into_response(self) -> Response {
        if matches!(self, Self::SignInFirst) {
            return Redirect::to("/anmelden").into_response();
        }
        let mut response = self.status().into_response();
        match self {
            Self::TooMany(seconds) => {
                response
                    .headers_mut()
                    .insert(RETRY_AFTER, HeaderValue::from(seconds.max(1)));
            }
            Self::Busy => {
                response
                    .headers_mut()
                    .insert(RETRY_AFTER, HeaderValue::from(2));
            }
            Self::Internal(cause) => tracing::error!(%cause, "a page failed"),
            Self::BadRequest(cause) => tracing::info!(%cause, "bad request"),
            _ => {}
        }
        response
    }
}

#[derive(Template)]
#[template(path = "public/error.html")]
struct ErrorPage {
    frame: Frame,
    what: String,
    help: String,
    ways: Vec<(String, String)>,
}

/// The statuses that have words of their own.
const WORDED: [u16; 9] = [400, 403, 404, 405, 409, 413, 429, 500, 503];

/// The page for a status.
pub(crate) fn page(state: &State, ask: &Ask, status: StatusCode) -> Response {
    let code = if WORDED.contains(&status.as_u16()) {
        status.as_u16()
    } else if status.is_server_error() {
        500
    } else {
        400
    };
    let mut ways = vec![(ask.to("/"), ask.t("web-public-error-way-start"))];
    if ask.path.starts_with("/antworten/") {
        let token = ask.path.split('/').nth(2).unwrap_or_default();
        if code != 404 {
            let first = ask.to(&format!("/antworten/{token}"));
            ways.insert(0, (first, ask.t("web-public-error-way-answers")));
        }
        ways.push((ask.to("/zugang"), ask.t("web-public-error-way-code")));
    }
    if ask.path.starts_with("/verwaltung") {
        ways.insert(
            0,
            (ask.to("/anmelden"), ask.t("web-public-error-way-sign-in")),
        );
    }
    let title = ask.t(&format!("web-public-error-{code}-title"));
    let page = ErrorPage {
        frame: Frame::new(state, ask, title),
        what: ask.t(&format!("web-public-error-{code}-what")),
        help: ask.t(&format!("web-public-error-{code}-help")),
        ways,
    };
    (status, render(&page)).into_response()
}

/// Bytes that most pages fit in: room for them is made once.
const USUAL: usize = 16 * 1024;

/// A template as HTML.
pub(crate) fn html(page: &impl Template) -> Result<Html<String>, PageError> {
    let mut text = String::with_capacity(USUAL);
    page.render_into(&mut text).map_err(PageError::internal)?;
    Ok(Html(text))
}

fn render(page: &ErrorPage) -> Response {
    match page.render() {
        Ok(text) => Html(text).into_response(),
        Err(cause) => {
            tracing::error!(%cause, "the error page failed");
            "error".into_response()
        }
    }
}

impl From<store::StoreError> for PageError {
    fn from(error: store::StoreError) -> Self {
        match error {
            store::StoreError::Busy | store::StoreError::Stopped => Self::Busy,
            other => Self::internal(other),
        }
    }
}
