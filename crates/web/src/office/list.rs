//! Lists that editors keep on one page: what was typed stays in its field, beside what somebody else saved meanwhile.

use axum::http::StatusCode;

use crate::frame::Ask;
use crate::practice::form::Typed;

/// A field of a list's page.
pub(super) struct ListField {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) label: String,
    pub(super) text: String,
    /// What somebody else saved meanwhile, where it differs.
    pub(super) other: Option<String>,
    /// Several lines.
    pub(super) long: bool,
}

/// What a list's page says when saving did not work, with all that was typed.
#[derive(Default)]
pub(super) struct Said {
    pub(super) typed: Typed,
    /// Id of a field and what is wrong with it.
    pub(super) errors: Vec<(String, String)>,
    /// Somebody else saved the list meanwhile.
    pub(super) conflict: bool,
}

impl Said {
    /// The field `what` of the entry `key`; `label` is a key of the translations.
    pub(super) fn field(
        &self,
        ask: &Ask,
        (key, what): (&str, &str),
        label: &str,
        standing: &str,
    ) -> ListField {
        let name = format!("{key}.{what}");
        let typed = text(&self.typed, key, what);
        let text = typed.unwrap_or_else(|| standing.to_owned());
        let other = self.conflict && text != standing;
        ListField {
            id: format!("{key}-{what}"),
            label: ask.t(label),
            other: other.then(|| standing.to_owned()),
            long: matches!(what, "definition" | "criteria"),
            name,
            text,
        }
    }

    /// What was typed for the new entry.
    pub(super) fn new_entry(&self, what: &str) -> String {
        text(&self.typed, "neu", what).unwrap_or_default()
    }

    /// The mark of the list as the page showed it.
    pub(super) fn seen(&self) -> &str {
        self.typed.get("_stand").map_or("", String::as_str)
    }

    pub(super) fn status(&self) -> StatusCode {
        match (self.conflict, self.errors.is_empty()) {
            (true, _) => StatusCode::CONFLICT,
            (false, false) => StatusCode::UNPROCESSABLE_ENTITY,
            (false, true) => StatusCode::OK,
        }
    }
}

/// What was typed in the field `what` of the entry `key`; `None` where the page had no such field.
pub(super) fn text(sent: &Typed, key: &str, what: &str) -> Option<String> {
    let typed = sent.get(&format!("{key}.{what}"));
    typed.map(|text| text.trim().replace("\r\n", "\n"))
}

/// That an entry has lost its name.
pub(super) fn no_name(ask: &Ask, key: &str, name: &str) -> (String, String) {
    let said = ask.tv("web-practice-list-no-name", &[("name", name)]);
    (format!("{key}-de"), said)
}
