//! A call for examples: from a gap to a text with placeholders to mails, each address once.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::{Form, Path, Query, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use edition::gaps;
use fieldwork::WaveName;
use findings::GapPlace;
use register::Municipality;
use store::{NewCall, NewMail, Recipient, Staff, StoredWave};

use crate::State;
use crate::catalogue::encoded;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::gaps::{Found, found, history};
use crate::office::session::{Signed, frame};
use crate::practice::form::Typed;
use crate::practice::unit;

/// What can be put into subject and text.
const SLOTS: [&str; 3] = ["kommune", "feld", "link"];

struct RecipientView {
    mail: String,
    place: String,
}

#[derive(Template)]
#[template(path = "office/call.html")]
struct CallPage {
    frame: Frame,
    gap: String,
    here: String,
    back: String,
    subject: String,
    body: String,
    faults: Vec<String>,
    recipients: Vec<RecipientView>,
    count: usize,
    history: Vec<String>,
}

/// A gap with those who can be asked.
struct Gap {
    wave: WaveName,
    found: Found,
    field: String,
    place: GapPlace,
    recipients: Vec<(Recipient, Municipality)>,
}

async fn gap(
    state: &State,
    name: &str,
    asked: &BTreeMap<String, String>,
) -> Result<Gap, PageError> {
    let wave = WaveName(name.to_owned());
    let stored = state.store.wave(&wave).await?.ok_or(PageError::NotFound)?;
    let found = found(state, &stored).await?.ok_or(PageError::NotFound)?;
    let word = |name: &str| asked.get(name).map_or("", String::as_str);
    let cells = found.gaps.classes.iter().chain(&found.gaps.laender);
    let cell = cells
        .filter(|c| c.field == word("feld"))
        .find(|c| c.place.word() == word("ort"));
    let cell = cell.ok_or(PageError::NotFound)?;
    let (field, place) = (cell.field.clone(), cell.place.clone());
    Ok(Gap {
        recipients: recipients(state, &stored, &place).await?,
        wave,
        found,
        field,
        place,
    })
}

/// Addresses of municipalities of this kind that did not object, each once.
async fn recipients(
    state: &State,
    stored: &StoredWave,
    place: &GapPlace,
) -> Result<Vec<(Recipient, Municipality)>, PageError> {
    let (mut all, mut seen) = (Vec::new(), BTreeSet::new());
    let mut known = state.store.call_recipients(&stored.wave.name).await?;
    // A mailbox that its owner released stands on the example for questions.
    let refusals = state.store.call_refusals().await?;
    let published = state.known.published(&state.store).await?;
    let mailboxes = published.iter().filter_map(|e| {
        let mail = e.publication.form.mailbox.clone();
        Some(Recipient {
            municipality: e.municipality.clone(),
            mail: mail.filter(|m| !m.is_empty() && !refusals.hold(m))?,
        })
    });
    known.extend(mailboxes);
    for recipient in known {
        let found = unit(state, &recipient.municipality, &stored.wave.name.0).await?;
        let of_this_kind = found.filter(|unit| place.holds(unit));
        if let Some(unit) = of_this_kind
            && seen.insert(recipient.mail.clone())
        {
            all.push((recipient, unit));
        }
    }
    Ok(all)
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(name): Path<String>,
    Query(asked): Query<BTreeMap<String, String>>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let gap = gap(&state, &name, &asked).await?;
    let texts = (
        ask.t("gaps-call-default-subject"),
        ask.t("gaps-call-default-body"),
    );
    page(&state, (&ask, &staff), &gap, texts, Vec::new()).await
}

/// Queues the mails, or notes that an address wants none.
pub(crate) async fn send(
    Extract(state): Extract<State>,
    Path(name): Path<String>,
    Query(asked): Query<BTreeMap<String, String>>,
    ask: Ask,
    signed: Signed,
    Form(sent): Form<Typed>,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let gap = gap(&state, &name, &asked).await?;
    if let Some(mail) = sent.get("widerspruch").filter(|m| !m.is_empty()) {
        let (now, who) = (state.now(), &staff.mail);
        state.store.object_to_calls(mail, now, who).await?;
        return Ok(Redirect::to(&here(&ask, &gap)).into_response());
    }
    let text = |name: &str| sent.get(name).map_or("", |v| v.trim()).replace('\r', "");
    let (subject, body) = (text("betreff"), text("text"));
    let faults = faults(&ask, &subject, &body);
    if !faults.is_empty() {
        return page(&state, (&ask, &staff), &gap, (subject, body), faults).await;
    }
    let field = gaps::field_name(questionnaire::Lang::De, &gap.found.fields, &gap.field);
    let link = format!("{}/beispiel-melden", state.base_url);
    let mail = |(to, unit): &(Recipient, Municipality)| {
        let values = [&unit.plain_name(), &field, &link];
        let mail = NewMail {
            to: to.mail.clone(),
            subject: filled(&subject, &values),
            body: filled(&body, &values),
        };
        (to.clone(), mail)
    };
    let mails = gap.recipients.iter().map(mail).collect();
    let call = NewCall {
        wave: gap.wave.clone(),
        field: gap.field.clone(),
        place: gap.place.word(),
        subject: subject.clone(),
        body: body.clone(),
    };
    let (now, who) = (state.now(), &staff.mail);
    let queued = state.store.send_call(call, mails, now, who).await?;
    let to = format!("/verwaltung/luecken/{name}?gesendet={queued}");
    Ok(Redirect::to(&ask.to(&to)).into_response())
}

fn here(ask: &Ask, gap: &Gap) -> String {
    let (field, place) = (encoded(&gap.field), encoded(&gap.place.word()));
    let query = format!("feld={field}&ort={place}");
    ask.to(&format!("/verwaltung/luecken/{}/aufruf?{query}", gap.wave))
}

/// What is missing, and placeholders that nobody knows.
fn faults(ask: &Ask, subject: &str, body: &str) -> Vec<String> {
    if subject.is_empty() || body.is_empty() {
        return vec![ask.t("gaps-call-faults")];
    }
    let mut faults = Vec::new();
    for text in [subject, body] {
        for part in text.split('{').skip(1) {
            let word = part.split('}').next().unwrap_or_default();
            if !SLOTS.contains(&word) || !part.contains('}') {
                faults.push(ask.tv("gaps-call-unknown", &[("word", word)]));
            }
        }
    }
    faults
}

/// One pass over the text: what is put in is never read again.
fn filled(text: &str, values: &[&String; 3]) -> String {
    let mut parts = text.split('{');
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (word, rest) = part.split_once('}').unwrap_or((part, ""));
        let slot = SLOTS.iter().position(|slot| *slot == word);
        whole.push_str(slot.map_or("", |slot| values[slot].as_str()));
        whole.push_str(rest);
    }
    whole
}

async fn page(
    state: &State,
    (ask, staff): (&Ask, &Staff),
    gap: &Gap,
    (subject, body): (String, String),
    faults: Vec<String>,
) -> Result<Response, PageError> {
    let field = gaps::field_name(ask.lang, &gap.found.fields, &gap.field);
    let label = gap.place.label();
    let values = [("field", field.as_str()), ("place", label.get(ask.lang))];
    let status = match faults.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = CallPage {
        frame: frame(state, ask, staff, ask.t("gaps-call-title")),
        gap: ask.tv("gaps-call-gap", &values),
        here: here(ask, gap),
        back: ask.to(&format!("/verwaltung/luecken/{}", gap.wave)),
        subject,
        body,
        faults,
        count: gap.recipients.len(),
        recipients: gap
            .recipients
            .iter()
            .map(|(to, unit)| RecipientView {
                mail: to.mail.clone(),
                place: unit.plain_name(),
            })
            .collect(),
        history: history(state, ask, &gap.found, &gap.wave).await?,
    };
    Ok((status, html(&page)?).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_is_not_read_again() {
        let values = ["{feld}stadt", "Wohnen", "https://x.example"].map(str::to_owned);
        let text = filled("An {kommune}: {feld}, {link}.", &values.each_ref());
        assert_eq!(text, "An {feld}stadt: Wohnen, https://x.example.");
    }
}
