//! The access of one municipality to one wave: a token for the mailed link, a code for typing.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Crockford's alphabet in lower case: no i, l, o, u.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Secret of an access link (Zugangslink): 26 characters that carry 128 bits.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessToken(String);

/// Typed code (Zugangscode): 16 characters in groups of four, 80 bits.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessCode(String);

/// SHA-256 of a token or code, in hexadecimal: all that is kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccessHash(pub String);

fn base32(bytes: &[u8], length: usize) -> String {
    let bit = |i: usize| bytes.get(i / 8).is_some_and(|b| b >> (7 - i % 8) & 1 == 1);
    (0..length)
        .map(|c| {
            let value = (0..5).fold(0, |v, b| v << 1 | usize::from(bit(c * 5 + b)));
            char::from(ALPHABET[value])
        })
        .collect()
}

/// What people type for the letters that the alphabet leaves out, as Crockford reads it.
fn normalise(typed: &str) -> String {
    typed
        .chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .map(|c| match c.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            c => c,
        })
        .collect()
}

fn hash(purpose: &str, secret: &str) -> AccessHash {
    let digest = Sha256::new()
        .chain_update(purpose)
        .chain_update([0])
        .chain_update(secret)
        .finalize();
    // Each page of answering asks for one: letter by letter, not a text for each byte.
    let letter = |four: u8| char::from(b"0123456789abcdef"[usize::from(four)]);
    let letters = digest.iter().flat_map(|b| [letter(b >> 4), letter(b & 15)]);
    let mut text = String::with_capacity(2 * digest.len());
    text.extend(letters);
    AccessHash(text)
}

impl AccessToken {
    /// A token from 16 random bytes.
    pub fn from_random(bytes: [u8; 16]) -> Self {
        Self(base32(&bytes, 26))
    }

    /// The token that stands in a link.
    pub fn from_link(segment: &str) -> Self {
        Self(normalise(segment))
    }

    /// The text for the link.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is kept of it.
    pub fn hash(&self) -> AccessHash {
        hash("link", &self.0)
    }
}

impl AccessCode {
    /// A code from 10 random bytes.
    pub fn from_random(bytes: [u8; 10]) -> Self {
        Self(base32(&bytes, 16))
    }

    /// A code as someone typed it: case, spaces and hyphens do not matter.
    /// `None` when it does not have 16 characters.
    pub fn from_typed(typed: &str) -> Option<Self> {
        let code = normalise(typed);
        (code.len() == 16).then_some(Self(code))
    }

    /// The code in groups of four, for people.
    pub fn grouped(&self) -> String {
        let upper = self.0.to_ascii_uppercase();
        [&upper[0..4], &upper[4..8], &upper[8..12], &upper[12..16]].join("-")
    }

    /// What is kept of it.
    pub fn hash(&self) -> AccessHash {
        hash("code", &self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = AccessCode::from_random(*b"0123456789");
        let typed = code
            .grouped()
            .to_lowercase()
            .replace('-', " ")
            .replace('0', "O")
            .replace('1', "l");
        assert_eq!(AccessCode::from_typed(&typed).unwrap().hash(), code.hash());
        assert!(AccessCode::from_typed("ABCD-EFGH").is_none());
    }

    #[test]
    fn a_token_keeps_all_its_128_bits() {
        let low = AccessToken::from_random([0; 16]);
        let mut bytes = [0; 16];
        bytes[15] = 1;
        assert_ne!(low.as_str(), AccessToken::from_random(bytes).as_str());
        assert_eq!(low.as_str().len(), 26);
        assert_eq!(AccessToken::from_link(low.as_str()).hash(), low.hash());
    }
}
