//! The mail outbox: what was written to whom, and each mail as its file.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::response::{IntoResponse, Redirect, Response};
use store::{Mail, MailState, Role};

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
    /// Where a researcher sends it once more.
    again_href: Option<String>,
    /// Nobody knows whether it left.
    unclear: bool,
    list_href: String,
}

fn view(ask: &Ask, mail: &Mail) -> MailView {
    let state = match mail.state {
        MailState::Queued => "web-office-mail-queued",
        MailState::Sending => "web-office-mail-sending",
        MailState::Sent => "web-office-mail-sent",
        MailState::Unclear => "web-field-mail-unclear",
        MailState::Bounced => "web-field-mail-bounced",
        MailState::Failed => "web-office-mail-failed",
    };
    MailView {
        href: ask.to(&format!("/verwaltung/postausgang/{}", mail.id)),
        to: mail.to.clone(),
        subject: mail.subject.clone(),
        state: ask.t(state),
        queued: ask.moment(mail.queued),
        failed: !matches!(
            mail.state,
            MailState::Queued | MailState::Sending | MailState::Sent
        ),
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
    // Access links are for researchers: whoever has one could answer for the municipality.
    let researcher = staff.role == Role::Researcher;
    let body = if researcher {
        mail.body.clone()
    } else {
        fieldwork::mask_access(&mail.body)
    };
    let again = researcher && matches!(mail.state, MailState::Unclear | MailState::Failed);
    let page = MailPage {
        frame: frame(&state, &ask, &staff, mail.subject.clone()),
        mail: view(&ask, &mail),
        done: mail.done.map(|at| ask.moment(at)),
        note: mail.note,
        again_href: again.then(|| ask.to(&format!("/verwaltung/postausgang/{id}/noch-einmal"))),
        unclear: mail.state == MailState::Unclear,
        body,
        list_href: ask.to("/verwaltung/postausgang"),
    };
    Ok(html(&page)?.into_response())
}

pub(crate) async fn again(
    Extract(state): Extract<State>,
    Path(id): Path<i64>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    if !state
        .store
        .send_mail_again(id, state.now(), &staff.mail)
        .await?
    {
        return Err(PageError::Conflict);
    }
    Ok(Redirect::to(&ask.to(&format!("/verwaltung/postausgang/{id}"))).into_response())
}
