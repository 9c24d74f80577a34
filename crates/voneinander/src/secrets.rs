//! The one place that asks the system for randomness.

use anyhow::Context;
use fieldwork::{AccessCode, AccessToken};

/// A new secret for a link: 128 random bits.
pub fn token() -> anyhow::Result<AccessToken> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).context("the system gives no random bytes")?;
    Ok(AccessToken::from_random(bytes))
}

/// Random bytes for a link that a job makes.
pub fn bytes() -> [u8; 16] {
    let mut bytes = [0; 16];
    // Without randomness no link may leave the house, and nothing else of the service works either.
    getrandom::fill(&mut bytes).expect("the system gives random bytes");
    bytes
}

/// A new code for typing: 80 random bits.
pub fn code() -> anyhow::Result<AccessCode> {
    let mut bytes = [0; 10];
    getrandom::fill(&mut bytes).context("the system gives no random bytes")?;
    Ok(AccessCode::from_random(bytes))
}
