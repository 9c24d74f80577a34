//! The mail outbox: what was written to whom, and each mail as its file.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::response::{IntoResponse, Response};
use store::{Mail, MailState};

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::session::{Signed, frame};

/// Mails that the list shows.
const SHOWN: i64 = 200;

struct MailView {
    href: String,
    to: String,
    subject: String,
    state: String,
    queued: String,
    failed: bool,
}

#[derive(Template)]
#[template(path = "office/mails.html")]
struct MailsPage {
    frame: Frame,
    mails: Vec<MailView>,
}

#[derive(Template)]
#[template(path = "office/mail.html")]
struct MailPage {
    frame: Frame,
    mail: MailView,
    done: Option<String>,
    note: String,
    body: String,
    list_href: String,
}

fn view(ask: &Ask, mail: &Mail) -> MailView {
    let state = match mail.state {
        MailState::Queued => "web-office-mail-queued",
        MailState::Sending => "web-office-mail-sending",
        MailState::Sent => "web-office-mail-sent",
        MailState::Failed => "web-office-mail-failed",
    };
    MailView {
        href: ask.to(&format!("/verwaltung/postausgang/{}", mail.id)),
        to: mail.to.clone(),
        subject: mail.subject.clone(),
        state: ask.t(state),
        queued: ask.moment(mail.queued),
        failed: mail.state == MailState::Failed,
    }
}

pub(crate) async fn list(
    Extract(state): Extract<State>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let mails = state.store.mails(SHOWN).await?;
    let page = MailsPage {
        frame: frame(&state, &ask, &staff, ask.t("web-office-mails-title")),
        mails: mails.iter().map(|mail| view(&ask, mail)).collect(),
    };
    Ok(html(&page)?.into_response())
}

pub(crate) async fn one(
    Extract(state): Extract<State>,
    Path(id): Path<i64>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let mail = state.store.mail(id).await?.ok_or(PageError::NotFound)?;
    let page = MailPage {
        frame: frame(&state, &ask, &staff, mail.subject.clone()),
        mail: view(&ask, &mail),
        done: mail.done.map(|at| ask.moment(at)),
        note: mail.note,
        body: mail.body,
        list_href: ask.to("/verwaltung/postausgang"),
    };
    Ok(html(&page)?.into_response())
}
