//! What a form with a questionnaire's file brings: its fields, and the file read and checked.

use axum::extract::Multipart;
use axum::extract::multipart::MultipartError;
use questionnaire::{Arrived, Fault};

use crate::error::PageError;
use crate::frame::Ask;
use crate::office::edition_form::Typed;

/// Faults, notes and losses that a page shows.
const SHOWN: usize = 200;

/// A fault for people: where, what, what would be right.
pub(super) struct FaultView {
    pub place: String,
    pub what: String,
    pub right: String,
}

/// What came.
pub(super) struct Sent {
    pub fields: Typed,
    /// Name and content of the file; `None` where no file was chosen.
    pub file: Option<(String, Vec<u8>)>,
}

/// Reads a form with at most one file.
pub(super) async fn receive(mut parts: Multipart) -> Result<Sent, PageError> {
    let broken = |e: MultipartError| match e.status().as_u16() {
        413 => PageError::TooLarge,
        _ => PageError::BadRequest(e.to_string()),
    };
    let mut sent = Sent {
        fields: Typed::new(),
        file: None,
    };
    while let Some(part) = parts.next_field().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "datei" {
            let called: String = part
                .file_name()
                .unwrap_or_default()
                .chars()
                .filter(|c| !c.is_control())
                .take(120)
                .collect();
            let bytes = part.bytes().await.map_err(broken)?.to_vec();
            if !bytes.is_empty() {
                sent.file = Some((called, bytes));
            }
        } else {
            sent.fields.insert(name, part.text().await.map_err(broken)?);
        }
    }
    Ok(sent)
}

/// Reads and checks a questionnaire on a thread of its own: a large one takes its time.
pub(super) async fn read(
    file: String,
    bytes: Vec<u8>,
) -> Result<Result<Arrived, Vec<Fault>>, PageError> {
    let reading = move || Arrived::read(bytes, &file);
    tokio::task::spawn_blocking(reading)
        .await
        .map_err(PageError::internal)
}

/// Faults of a file for people, the first of them.
pub(super) fn views(ask: &Ask, file: &str, faults: &[Fault]) -> Vec<FaultView> {
    let view = |fault: &Fault| FaultView {
        place: ask.tv(
            "begin-fault-place",
            &[
                ("file", file),
                ("line", &fault.line.to_string()),
                ("column", &fault.column.to_string()),
            ],
        ),
        what: fault.what.clone(),
        right: fault.help.clone(),
    };
    faults.iter().take(SHOWN).map(view).collect()
}
