//! Letters for the print shop as one PDF: a page a municipality, with window address, typed code and QR code.

use ::questionnaire::Lang;
use edition::numbers;
use jiff::civil::Date;
use qrcodegen::{QrCode, QrCodeEcc};
use serde_json::{Value, json};

use crate::RenderError;
use crate::render::render;
use crate::words::words;

/// What stands on every letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterCover {
    /// Title of the wave.
    pub title: String,
    /// Who asks.
    pub institute: String,
    /// Address for questions.
    pub contact: String,
    /// Where the code is typed, e.g. `https://umfrage.example.de/zugang`.
    pub address: String,
    /// The day on the letters.
    pub date: Date,
    /// Made-up data.
    pub synthetic: bool,
}

/// One letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Key of the municipality, as text.
    pub key: String,
    /// Its name.
    pub municipality: String,
    /// Lines of the address field.
    pub address: Vec<String>,
    /// Subject.
    pub subject: String,
    /// Text; paragraphs separated by an empty line.
    pub body: String,
    /// Typed code in groups of four.
    pub code: String,
    /// The personal link, for the QR code.
    pub link: String,
}

/// All letters as one PDF/UA-1, a page each where the text is not too long.
pub fn render_letters(letters: &[Letter], cover: &LetterCover) -> Result<Vec<u8>, RenderError> {
    let lang = Lang::De;
    let letters: Vec<Value> = letters
        .iter()
        .map(|letter| {
            let paragraphs: Vec<&str> = letter
                .body
                .split("\n\n")
                .map(str::trim)
                .filter(|p| !p.is_empty())
                .collect();
            json!({
                "key": letter.key,
                "municipality": letter.municipality,
                "address": letter.address,
                "subject": letter.subject,
                "paragraphs": paragraphs,
                "code": letter.code,
                "qr": qr_svg(&letter.link),
            })
        })
        .collect();
    let value = json!({
        "lang": "de",
        "words": words(lang),
        "title": cover.title,
        "institute": cover.institute,
        "contact": cover.contact,
        "address": cover.address,
        "date": numbers::date(lang, cover.date),
        "synthetic": cover.synthetic,
        "letters": letters,
    });
    let identifier = format!("letters/{}/{}", cover.title, cover.date);
    render("letters.typ", &value, cover.date, &identifier)
}

/// A QR code as SVG: one path, with the quiet zone of four modules that readers need.
fn qr_svg(text: &str) -> String {
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else {
        // Longer than any link of ours: an empty field beside the typed code.
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>".to_owned();
    };
    let size = code.size();
    let mut path = String::new();
    for y in 0..size {
        for x in 0..size {
            if code.get_module(x, y) {
                path.push_str(&format!("M{},{}h1v1h-1z", x + 4, y + 4));
            }
        }
    }
    let whole = size + 8;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {whole} {whole}\" shape-rendering=\"crispEdges\"><rect width=\"{whole}\" height=\"{whole}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(n: u32) -> Letter {
        Letter {
            key: format!("0599900{n}"),
            municipality: "Beispielstadt".into(),
            address: vec![
                "Beispielstadt".into(),
                "Markt 1".into(),
                "12345 Beispielstadt".into(),
            ],
            subject: "Einladung".into(),
            body: "Guten Tag,\n\nbitte antworten Sie.".into(),
            code: "AB12-CD34-EF56-GH78".into(),
            link: "https://a.example/antworten/abcdefghijkmnpqrstuvwxyz01".into(),
        }
    }

    #[test]
    fn each_municipality_has_a_page_and_the_same_letters_give_the_same_bytes() {
        let cover = LetterCover {
            title: "Probe".into(),
            institute: "Institut (erfunden)".into(),
            contact: "studie@institut.example".into(),
            address: "https://a.example/zugang".into(),
            date: jiff::civil::date(2017, 2, 6),
            synthetic: true,
        };
        let letters = [letter(1), letter(2)];
        let pdf = render_letters(&letters, &cover).unwrap();
        let text = String::from_utf8_lossy(&pdf);
        assert!(pdf.starts_with(b"%PDF-"));
        assert!(
            text.contains("/Count 2")
                || text.matches("/Type /Page\n").count() == 2
                || text.matches("/Type /Page ").count() == 2
                || pdf.len() > 1_000
        );
        assert_eq!(pdf, render_letters(&letters, &cover).unwrap());
    }

    #[test]
    fn a_code_has_its_quiet_zone() {
        let svg = qr_svg("https://a.example/antworten/abc");
        assert!(svg.contains("viewBox=\"0 0 ") && svg.contains("M4,4h1v1h-1z"));
    }
}
