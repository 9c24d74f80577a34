//! Files as answers: taken with the page's form, checked by name and content, kept beside the answers.

use std::collections::BTreeSet;

use axum::extract::{Multipart, Path, State as Extract};
use axum::http::header::{
    CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use questionnaire::{Answer, Answers, FileType, Page, QuestionKind};

use crate::State;
use crate::answer::access::Access;
use crate::answer::save;
use crate::error::PageError;
use crate::frame::Ask;

/// Largest form with files, in bytes: ten files of 20 MB are a question's most.
pub(crate) const MOST: usize = 64 << 20;
/// Longest name of a file, in characters.
const NAME: usize = 120;

/// Name of the field where files are chosen.
pub(crate) fn field(question: &str) -> String {
    format!("_datei.{question}")
}

/// Whether a page takes files.
pub(crate) fn takes_files(page: &Page) -> bool {
    let file = |kind: &QuestionKind| matches!(kind, QuestionKind::File { .. });
    page.questions.iter().any(|q| file(&q.kind))
}

/// Takes a page's form with its files.
pub(crate) async fn post(
    Extract(state): Extract<State>,
    Path((token, page)): Path<(String, String)>,
    ask: Ask,
    parts: Parts,
    mut form: Multipart,
) -> Result<Response, PageError> {
    let access = Access::find_any(&state, &token, &parts).await?;
    if !access.sees(&page) {
        return Err(PageError::NotFound);
    }
    let mut sent = Vec::new();
    while let Some(part) = form.next_field().await.map_err(|_| PageError::TooLarge)? {
        let name = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(str::to_owned);
        let bytes = part.bytes().await.map_err(|_| PageError::TooLarge)?;
        match (file, name.strip_prefix("_datei.")) {
            (Some(file), Some(question)) if !file.is_empty() => {
                let token = keep(&state, &access, &page, question, &file, &bytes).await?;
                sent.extend(token.map(|token| (question.to_owned(), token)));
            }
            (None, None) => sent.push((name, String::from_utf8_lossy(&bytes).into_owned())),
            _ => {}
        }
    }
    save::take(&state, access, &page, &ask, sent).await
}

/// Checks one file and keeps it; returns what the questionnaire reads of it.
async fn keep(
    state: &State,
    access: &Access,
    page: &str,
    question: &str,
    file: &str,
    bytes: &[u8],
) -> Result<Option<String>, PageError> {
    let page = access.questionnaire.page(page).ok_or(PageError::NotFound)?;
    let found = page.questions.iter().find(|q| q.key == question);
    let Some(QuestionKind::File {
        types, max_size, ..
    }) = found.map(|q| &q.kind)
    else {
        return Ok(None);
    };
    let name = clean(file);
    let kind = ending(&name).filter(|kind| types.contains(kind) && kind.is_content(bytes));
    if bytes.is_empty() {
        return Ok(Some(format!("!empty|{name}")));
    }
    if bytes.len() as u64 > *max_size {
        return Ok(Some(format!("!size|{name}")));
    }
    if kind.is_none() {
        return Ok(Some(format!("!type|{name}")));
    }
    let (wave, key) = (&access.invitation.wave, &access.invitation.municipality);
    let id = state
        .store
        .keep_answer_file(wave, key, &name, bytes, state.now())
        .await?;
    Ok(Some(format!("{id}|{}|{name}", bytes.len())))
}

/// Takes out what was not sent by this municipality: only its own files can be named.
pub(crate) async fn own_only(
    state: &State,
    access: &Access,
    page: &Page,
    sent: Vec<(String, String)>,
) -> Result<Vec<(String, String)>, PageError> {
    let (wave, key) = (&access.invitation.wave, &access.invitation.municipality);
    let known = state.store.answer_files(wave, key).await?;
    let file = |name: &str| {
        let found = page.questions.iter().find(|q| q.key == name);
        found.is_some_and(|q| matches!(q.kind, QuestionKind::File { .. }))
    };
    let own = |(name, value): &(String, String)| {
        let id = value.split('|').next().unwrap_or_default();
        !file(name) || value.starts_with('!') || known.iter().any(|known| known == id)
    };
    Ok(sent.into_iter().filter(own).collect())
}

/// Deletes the files that an answer named before it was saved and that none names now. What was sent and could not be
/// taken stays: the page that comes back still offers it.
pub(crate) async fn drop_unnamed(
    state: &State,
    access: &Access,
    (before, after): (&Answers, &Answers),
    sent: &[(String, String)],
) -> Result<(), PageError> {
    let named = |answers: &Answers| -> BTreeSet<String> {
        let files = answers.values().filter_map(|answer| match answer {
            Answer::Files(files) => Some(files.iter().map(|file| file.id.clone())),
            _ => None,
        });
        files.flatten().collect()
    };
    let (stays, begins) = (named(after), |id: &String| format!("{id}|"));
    let offered = |id: &String| sent.iter().any(|(_, value)| value.starts_with(&begins(id)));
    let mut gone = named(before);
    gone.retain(|id| !stays.contains(id) && !offered(id));
    if gone.is_empty() {
        return Ok(());
    }
    let (wave, key) = (&access.invitation.wave, &access.invitation.municipality);
    let gone = gone.into_iter().collect();
    Ok(state.store.drop_answer_files(wave, key, gone).await?)
}

/// One's own file, to look at again.
pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path((token, id)): Path<(String, String)>,
    parts: Parts,
) -> Result<Response, PageError> {
    let access = Access::find_any(&state, &token, &parts).await?;
    let (wave, key) = (&access.invitation.wave, &access.invitation.municipality);
    let found = state.store.answer_file(wave, key, &id).await?;
    let (name, bytes) = found.ok_or(PageError::NotFound)?;
    Ok(attachment(&name, bytes))
}

/// A file that somebody sent, to be saved: no browser shows or runs it.
pub(crate) fn attachment(name: &str, bytes: Vec<u8>) -> Response {
    let ascii: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || "._-".contains(c) {
                c
            } else {
                '_'
            }
        })
        .collect();
    let headers = [
        (CONTENT_TYPE, "application/octet-stream".to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{ascii}\""),
        ),
        (X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
        (
            CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox".to_owned(),
        ),
    ];
    (headers, bytes).into_response()
}

/// The name without folders, control characters and the mark between our fields.
fn clean(file: &str) -> String {
    let last = file.rsplit(['/', '\\']).next().unwrap_or_default();
    let right = |c: &char| !c.is_control() && *c != '|';
    let name: String = last.chars().filter(right).collect();
    let long = name.chars().count();
    // The ending stays.
    name.chars().skip(long.saturating_sub(NAME)).collect()
}

fn ending(name: &str) -> Option<FileType> {
    let (_, ending) = name.rsplit_once('.')?;
    FileType::from_ending(&ending.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_no_folders_and_keeps_its_ending() {
        assert_eq!(clean("C:\\Akten\\Konzept|1.pdf"), "Konzept1.pdf");
        assert_eq!(clean("../../etc/passwd"), "passwd");
        assert_eq!(ending("Konzept.PDF"), Some(FileType::Pdf));
        assert_eq!(
            ending(&clean(&format!("{}.pdf", "a".repeat(500)))),
            Some(FileType::Pdf)
        );
        assert!(FileType::Pdf.is_content(b"%PDF-1.7 ...") && !FileType::Pdf.is_content(b"MZ"));
    }
}
