//! The handbook.

use ::questionnaire::Lang;
use edition::Edition;
use edition::document::document;
use serde_json::{Value, json};

use crate::RenderError;
use crate::render::render;
use crate::words::words;

/// The handbook (Handreichung) of an edition as PDF/UA-1, German. Same edition, same bytes.
pub fn render_handbook(edition: &Edition) -> Result<Vec<u8>, RenderError> {
    let mut value = document(edition);
    if let Value::Object(fields) = &mut value {
        fields.insert("words".to_owned(), json!(words(Lang::De)));
    }
    let identifier = format!("handbook/{}/{}", edition.title, edition.key);
    render("handbook.typ", &value, edition.date, &identifier)
}
