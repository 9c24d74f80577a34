//! The audit log: every change by staff, with who, when and to what.

use askama::Template;
use axum::extract::State as Extract;
use axum::response::{IntoResponse, Response};

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::session::{Signed, frame};

/// Lines that the page shows.
const SHOWN: i64 = 300;

struct LineView {
    at: String,
    actor: String,
    action: String,
    subject: String,
    detail: String,
}

#[derive(Template)]
#[template(path = "office/audit.html")]
struct AuditPage {
    frame: Frame,
    lines: Vec<LineView>,
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let line = |entry: store::AuditEntry| LineView {
        at: ask.moment(entry.at),
        actor: entry.actor,
        action: action(&ask, &entry.action),
        subject: entry.subject,
        detail: entry.detail,
    };
    let page = AuditPage {
        frame: frame(&state, &ask, &staff, ask.t("web-office-audit-title")),
        lines: state
            .store
            .audit_log(SHOWN)
            .await?
            .into_iter()
            .map(line)
            .collect(),
    };
    Ok(html(&page)?.into_response())
}

/// The store's word for an action in the reader's language; an unknown word stands as it is.
fn action(ask: &Ask, word: &str) -> String {
    let step = word.strip_prefix("practice-");
    let step = step.filter(|s| crate::practice::STEPS.iter().any(|(_, w)| w == s));
    if let Some(step) = step.filter(|s| *s != "save") {
        let (of, did) = (
            ask.t("web-practice-audit"),
            ask.t(&format!("web-practice-did-{step}")),
        );
        return format!("{of} {did}");
    }
    let key = match word {
        "practice-saved" => "web-office-action-practice-saved",
        "practice-sent-for-release" => "web-office-action-practice-sent",
        "practice-coded" => "web-practice-audit-coded",
        "codes-saved" => "web-practice-audit-codes",
        "fields-saved" => "web-practice-audit-fields",
        "take-up-saved" => "web-practice-audit-take-up-saved",
        "take-up-sent-for-release" => "web-practice-audit-take-up-sent",
        "take-up-withdrawn" => "web-practice-audit-take-up-withdrawn",
        "edition-saved" => "web-office-action-edition-saved",
        "edition-published" => "web-office-action-edition-published",
        "finding-kept" => "web-evaluation-action-kept",
        "finding-reworded" => "web-evaluation-action-reworded",
        "finding-deleted" => "web-evaluation-action-deleted",
        "wave-frozen" => "web-office-action-wave-frozen",
        "invited" => "web-office-action-invited",
        "staff-put" => "web-office-action-staff-put",
        "staff-removed" => "web-office-action-staff-removed",
        "population-put" => "web-field-action-population-put",
        "contacts-put" => "web-field-action-contacts-put",
        "contact-objected" => "web-field-action-contact-objected",
        "mailing" => "web-field-action-mailing",
        "wave-text" => "web-field-action-wave-text",
        "wave-extended" => "web-field-action-wave-extended",
        "channel-put" => "web-field-action-channel-put",
        "registration-invited" => "web-field-action-registration-invited",
        "registration-refused" => "web-field-action-registration-refused",
        "pretest-on" => "web-field-action-pretest-on",
        "pretest-off" => "web-field-action-pretest-off",
        "mail-again" => "web-field-action-mail-again",
        "wave-put" => "web-office-action-wave-put",
        other => return other.to_owned(),
    };
    ask.t(key)
}
