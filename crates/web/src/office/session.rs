//! Who is signed in: a cookie with a secret, kept as a hash in the store's own table.

use axum::extract::FromRequestParts;
use axum::http::header::COOKIE;
use axum::http::request::Parts;
use fieldwork::AccessToken;
use store::{Role, Staff};

use crate::State;
use crate::error::PageError;
use crate::frame::{Ask, Frame};
use crate::office::rooms::nav;

/// Name of the cookie.
const NAME: &str = "sitzung";
/// Hours after which one signs in again.
pub(crate) const HOURS: i64 = 12;

/// A member of staff who is signed in.
pub(crate) struct Signed(pub Staff);

impl FromRequestParts<State> for Signed {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, PageError> {
        let staff = signed_in(state, parts).await?;
        staff.map(Self).ok_or(PageError::SignInFirst)
    }
}

/// Who sent this, where the session still holds.
pub(crate) async fn signed_in(state: &State, parts: &Parts) -> Result<Option<Staff>, PageError> {
    let Some(token) = cookie(parts) else {
        return Ok(None);
    };
    let hash = AccessToken::from_link(&token).hash();
    Ok(state.store.session(&hash, state.now()).await?)
}

impl Signed {
    /// Researchers and editors pass.
    pub(crate) fn editor(self) -> Result<Staff, PageError> {
        match self.0.role {
            Role::Researcher | Role::Editor => Ok(self.0),
            Role::Association => Err(PageError::Forbidden),
        }
    }

    /// Researchers pass.
    pub(crate) fn researcher(self) -> Result<Staff, PageError> {
        match self.0.role {
            Role::Researcher => Ok(self.0),
            Role::Editor | Role::Association => Err(PageError::Forbidden),
        }
    }
}

/// The frame of a page of the back office, with the links that the role may see.
pub(crate) fn frame(state: &State, ask: &Ask, staff: &Staff, title: impl Into<String>) -> Frame {
    let mut frame = Frame::new(state, ask, title).wide();
    frame.staff = Some(nav(ask, &staff.role));
    frame
}

/// The secret of the session's cookie.
pub(crate) fn cookie(parts: &Parts) -> Option<String> {
    let all = parts.headers.get_all(COOKIE);
    let pairs = all
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'));
    let own = pairs
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == NAME);
    own.map(|(_, value)| value.to_owned())
}

/// The header that keeps the session, or ends it when `token` is empty.
pub(crate) fn set_cookie(state: &State, token: &str) -> String {
    let secure = if state.limits.https { "; Secure" } else { "" };
    let age = if token.is_empty() { 0 } else { HOURS * 3600 };
    format!("{NAME}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}")
}
