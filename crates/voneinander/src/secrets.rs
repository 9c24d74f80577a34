//! The one place that asks the system for randomness.

use anyhow::Context;
use fieldwork::{AccessCode, AccessToken};

/// A new secret for a link: 128 random bits.
pub fn token() -> anyhow::Result<AccessToken> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).context("the system gives no random bytes")?;
    Ok(AccessToken::from_random(bytes))
}

/// A new code for typing: 80 random bits.
pub fn code() -> anyhow::Result<AccessCode> {
    let mut bytes = [0; 10];
    getrandom::fill(&mut bytes).context("the system gives no random bytes")?;
    Ok(AccessCode::from_random(bytes))
}
