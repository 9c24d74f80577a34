//! The stylesheet under an address that carries its hash, so that it may be kept for ever.

use std::sync::LazyLock;

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use sha2::{Digest, Sha256};

const CSS: &str = include_str!("../style/stil.css");

static ADDRESS: LazyLock<String> = LazyLock::new(|| {
    let digest = Sha256::digest(CSS.as_bytes());
    let hash: String = digest.iter().take(6).map(|b| format!("{b:02x}")).collect();
    format!("/stil-{hash}.css")
});

/// The address of the stylesheet, e.g. `/stil-0a1b2c3d4e5f.css`.
pub(crate) fn address() -> &'static str {
    &ADDRESS
}

/// `GET /stil-<hash>.css`
pub(crate) async fn get() -> impl IntoResponse {
    let headers = [
        (CONTENT_TYPE, "text/css; charset=utf-8"),
        (CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, CSS)
}
