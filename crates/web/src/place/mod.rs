//! Municipalities for everybody: finding one, its profile from the register, and how likeness is measured.
//!
//! Nothing here comes from answers, nor says who took part: profiles are made of the register and of what was released.

mod find;
mod method;
mod profile;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use register::{Key, Municipality, Register};

use crate::State;
use crate::error::PageError;
use crate::frame::Ask;

/// Pages about municipalities.
pub(crate) fn router() -> Router<State> {
    Router::new()
        .route("/kommune", get(find::show))
        .route("/kommune/abstand", get(method::show))
        .route("/kommune/{place}", get(profile::show))
}

/// A municipality with the list in which it stands; an invented one beside the lists has none.
pub(crate) struct Place {
    pub unit: Municipality,
    pub list: Option<(i64, Arc<Register>)>,
}

/// Looks in the newest list first, then in those of waves, then among the invented ones.
pub(crate) async fn place(state: &State, key: &Key) -> Result<Option<Place>, PageError> {
    for list in state.store.register_lists().await? {
        let register = state.known.register(&state.store, list.id).await?;
        if let Some(unit) = register.get(key) {
            return Ok(Some(Place {
                unit: unit.clone(),
                list: Some((list.id, register)),
            }));
        }
    }
    let invented = (state.steps.invented)(key);
    Ok(invented.map(|unit| Place { unit, list: None }))
}

/// Address of a profile, in the reader's language.
pub(crate) fn href(ask: &Ask, unit: &Municipality) -> String {
    ask.to(&path(unit))
}

/// Address of a profile by its key alone; it leads on to the one with the name.
pub(crate) fn href_of_key(ask: &Ask, key: &str) -> String {
    ask.to(&format!("/kommune/{key}"))
}

/// `/kommune/05999001-beispielstadt`
pub(crate) fn path(unit: &Municipality) -> String {
    format!("/kommune/{}-{}", unit.key, slug(&unit.plain_name()))
}

/// Small letters, digits and hyphens.
fn slug(name: &str) -> String {
    let parts: Vec<String> = folded(name)
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|p| !p.is_empty())
        .map(str::to_owned)
        .collect();
    parts.join("-")
}

/// Small letters without umlauts: how names are compared.
pub(crate) fn folded(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for letter in name.chars().flat_map(char::to_lowercase) {
        match letter {
            'ä' => plain.push_str("ae"),
            'ö' => plain.push_str("oe"),
            'ü' => plain.push_str("ue"),
            'ß' => plain.push_str("ss"),
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_addresses() {
        assert_eq!(slug("Burg (Dithmarschen)"), "burg-dithmarschen");
        assert_eq!(slug("Groß Köthen/Süd"), "gross-koethen-sued");
    }
}
