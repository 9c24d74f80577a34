//! Files beside examples: looked into when they come, handed out so that no browser runs them.

use axum::body::Body;
use axum::extract::{Multipart, Path, State as Extract};
use axum::http::header::{
    CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::Response;
use practices::{Attachment, FileFault, Form, Practice, PracticeId, inspect};
use store::PracticeFile;

use crate::State;
use crate::error::PageError;
use crate::frame::Ask;

/// Bytes of all files that one practice may keep, earlier wordings included.
const MOST: usize = 40 * 1024 * 1024;
/// Files beside one wording.
const FILES: usize = 8;

/// What came with an upload: the form with the file beside it, or why the file is not taken.
pub(crate) enum Upload {
    Taken { form: Box<Form>, version: u32 },
    Refused(String),
}

/// A kept file as an answer: a picture is shown, a document is saved under its name; neither runs.
pub(crate) fn answer(file: PracticeFile) -> Result<Response, PageError> {
    let way = if file.kind.is_picture() {
        "inline"
    } else {
        "attachment"
    };
    let name = plain(&file.name);
    let disposition = format!("{way}; filename=\"{name}.{}\"", file.kind.ending());
    Response::builder()
        .header(CONTENT_TYPE, file.kind.media())
        .header(CONTENT_DISPOSITION, disposition)
        .header(X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox")
        .body(Body::from(file.bytes))
        .map_err(PageError::internal)
}

/// A name that fits into a header: letters, digits, spaces and hyphens of ASCII.
fn plain(name: &str) -> String {
    let folded = name
        .replace('ä', "ae")
        .replace('ö', "oe")
        .replace('ü', "ue")
        .replace('ß', "ss")
        .replace('Ä', "Ae")
        .replace('Ö', "Oe")
        .replace('Ü', "Ue");
    let kept: String = folded
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || "-_ ".contains(c) {
                c
            } else {
                '-'
            }
        })
        .collect();
    let kept = kept.trim().chars().take(60).collect::<String>();
    if kept.is_empty() {
        "datei".to_owned()
    } else {
        kept
    }
}

/// A file of a practice, whoever asks: for pages that have checked it.
pub(crate) async fn stored(
    state: &State,
    practice: PracticeId,
    file: i64,
) -> Result<Response, PageError> {
    let found = state.store.practice_file(file).await?;
    let found = found.filter(|f| f.practice == practice);
    answer(found.ok_or(PageError::NotFound)?)
}

pub(crate) async fn public(
    Extract(state): Extract<State>,
    Path((id, file)): Path<(i64, i64)>,
) -> Result<Response, PageError> {
    let id = PracticeId(id);
    if !state.store.is_public_file(id, file).await? {
        return Err(PageError::NotFound);
    }
    stored(&state, id, file).await
}

/// Reads an upload, looks into the file, keeps it, and puts it beside the form.
pub(crate) async fn upload(
    state: &State,
    ask: &Ask,
    practice: &Practice,
    mut parts: Multipart,
    actor: &str,
) -> Result<Upload, PageError> {
    let bad = |e: axum::extract::multipart::MultipartError| match e.status().as_u16() {
        413 => PageError::TooLarge,
        _ => PageError::BadRequest(e.to_string()),
    };
    let (mut bytes, mut name) = (Vec::new(), String::new());
    let (mut title, mut alternative, mut rights, mut version) =
        (String::new(), String::new(), String::new(), None);
    while let Some(part) = parts.next_field().await.map_err(bad)? {
        match part.name().unwrap_or_default() {
            "datei" => {
                name = part.file_name().unwrap_or_default().to_owned();
                bytes = part.bytes().await.map_err(bad)?.to_vec();
            }
            "name" => title = part.text().await.map_err(bad)?,
            "alternative" => alternative = part.text().await.map_err(bad)?,
            "rights" => rights = part.text().await.map_err(bad)?,
            "_version" => version = part.text().await.map_err(bad)?.parse().ok(),
            _ => {}
        }
    }
    let version = version.ok_or_else(|| PageError::BadRequest("the version is missing".into()))?;
    let refused = |key: &str| Ok(Upload::Refused(ask.t(key)));
    if bytes.is_empty() {
        return refused("web-practice-file-none");
    }
    let (kind, kept) = match inspect(&bytes) {
        Ok(found) => found,
        Err(fault) => return refused(fault_key(fault)),
    };
    let bare = alternative.trim().is_empty() || rights.trim().is_empty();
    if kind.is_picture() && bare {
        return refused("web-practice-file-picture");
    }
    let all = state.store.practice_file_bytes(practice.id).await?;
    if practice.form.attachments.len() >= FILES || all as usize + kept.len() > MOST {
        return refused("web-practice-file-many");
    }
    let stem = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let name = if title.trim().is_empty() {
        stem
    } else {
        title.trim()
    };
    let name: String = name.chars().filter(|c| !c.is_control()).take(80).collect();
    let size = kept.len() as u64;
    let file = PracticeFile {
        practice: practice.id,
        kind,
        name: name.clone(),
        bytes: kept,
    };
    let number = state
        .store
        .add_practice_file(file, state.now(), actor)
        .await?;
    let mut form = practice.form.clone();
    form.attachments.push(Attachment {
        file: number,
        kind,
        name,
        bytes: size,
        alternative: alternative.trim().to_owned(),
        rights: rights.trim().to_owned(),
    });
    Ok(Upload::Taken {
        form: Box::new(form),
        version,
    })
}

fn fault_key(fault: FileFault) -> &'static str {
    match fault {
        FileFault::Unknown => "web-practice-file-unknown",
        FileFault::Damaged => "web-practice-file-damaged",
        FileFault::TooLarge => "web-practice-file-large",
        FileFault::Active => "web-practice-file-active",
        FileFault::Encrypted => "web-practice-file-encrypted",
        FileFault::TooManyPixels => "web-practice-file-pixels",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_add_a_header() {
        assert_eq!(plain("Beschluss\r\nX-Evil: 1\""), "Beschluss--X-Evil- 1-");
        assert_eq!(plain("Übersicht für Träger"), "Uebersicht fuer Traeger");
        assert_eq!(plain("…"), "-");
        assert_eq!(plain(""), "datei");
    }
}
