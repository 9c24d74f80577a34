//! One practice: completing it, its life so far, and the steps that an editor may take.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Form, Path, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use practices::{Actor, FieldOfAction, Practice, PracticeId, State as Life, Step, steps_from};
use store::{PracticeUpdate, Staff, StepTaken};

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame, day};
use crate::office::session::{Signed, frame};
use crate::practice::form::{
    Control, FileView, GroupView, Typed, files, groups, merge, prints, problem, read, typed,
};
use crate::practice::{STEPS, label, mails, place, state as life, word};

struct EventView {
    at: String,
    actor: String,
    step: String,
    state: String,
    note: String,
}

struct StepView {
    word: &'static str,
    label: String,
    note: bool,
}

struct CodeView {
    key: String,
    label: String,
    kind: String,
    definition: String,
    chosen: bool,
}

struct LinkView {
    url: String,
    said: String,
    dead: bool,
}

/// What two wrote in the same field.
pub(crate) struct Pair {
    pub label: String,
    pub mine: String,
    pub theirs: String,
}

#[derive(Template)]
#[template(path = "office/practice.html")]
struct PracticePage {
    frame: Frame,
    place: String,
    state: String,
    version: u32,
    prints: String,
    groups: Vec<GroupView>,
    files: Vec<FileView>,
    faults: Vec<(String, String)>,
    /// What both changed, when somebody else saved in the meantime.
    pairs: Vec<Pair>,
    missing: Vec<String>,
    mail: String,
    may_save: bool,
    may_send: bool,
    published_before: bool,
    here: String,
    steps: Vec<StepView>,
    codes: Vec<CodeView>,
    codes_seen: String,
    links: Vec<LinkView>,
    freshness: String,
    public: Vec<(String, String)>,
    events: Vec<EventView>,
    list_href: String,
}

/// What the page says besides the practice itself.
#[derive(Default)]
pub(crate) struct Said {
    pub typed: Option<Typed>,
    pub errors: BTreeMap<&'static str, String>,
    /// Names that two changed.
    pub both: Vec<String>,
    pub status: StatusCode,
}

/// The pairs of what two wrote, for the names that both changed.
pub(crate) fn pairs(ask: &Ask, mine: &Typed, theirs: &Typed, both: &[String]) -> Vec<Pair> {
    let text = |typed: &Typed, name: &str| typed.get(name).cloned().unwrap_or_default();
    both.iter()
        .map(|name| Pair {
            label: label(ask, name.split('.').next().unwrap_or(name)),
            mine: text(mine, name),
            theirs: text(theirs, name),
        })
        .collect()
}

async fn page(
    state: &State,
    ask: &Ask,
    staff: &Staff,
    practice: &Practice,
    said: Said,
) -> Result<Response, PageError> {
    let list = state.store.fields_of_action().await?;
    let form = &practice.form;
    let standing = typed(form);
    let shown = said.typed.as_ref().unwrap_or(&standing);
    let faults: BTreeMap<_, _> = form
        .check()
        .iter()
        .map(|f| (f.field, problem(ask, f)))
        .collect();
    let fault = |(name, text): (&&str, &String)| {
        (
            format!("#feld-{name}"),
            format!("{}: {text}", label(ask, name)),
        )
    };
    let here = format!("/verwaltung/praxisbeispiele/{}", practice.id.0);
    let steps = steps_from(practice.state, Actor::Editor);
    let note = |step: &Step| matches!(step, Step::GiveBack | Step::Withdraw);
    let complete = faults.is_empty();
    let offered = steps.iter().filter(|s| {
        !matches!(s, Step::Save | Step::SendForRelease) && (complete || **s != Step::HandIn)
    });
    let codes = codes(state, ask, practice.id).await?;
    let page = PracticePage {
        frame: frame(state, ask, staff, form.title.clone()),
        place: place(state, &practice.municipality, &practice.wave).await?,
        state: life(ask, practice.state),
        version: practice.version,
        prints: prints(&standing),
        groups: groups(ask, &list, shown, &said.errors),
        files: files(ask, form, shown, &format!("{here}/dateien")),
        faults: said.errors.iter().map(fault).collect(),
        pairs: pairs(ask, shown, &standing, &said.both),
        missing: faults
            .iter()
            .map(|(f, text)| format!("{}: {text}", label(ask, f)))
            .collect(),
        mail: match state.store.owner_mail(practice.id).await? {
            mail if mail.is_empty() => form.mailbox.clone().unwrap_or_default(),
            mail => mail,
        },
        may_save: steps.contains(&Step::Save),
        may_send: complete && steps.contains(&Step::SendForRelease),
        published_before: matches!(
            practice.state,
            Life::Released | Life::Published | Life::Faded
        ),
        steps: offered
            .map(|s| StepView {
                word: word(&STEPS, *s),
                label: ask.t(&format!("web-practice-step-{}", word(&STEPS, *s))),
                note: note(s),
            })
            .collect(),
        codes_seen: codes
            .iter()
            .filter(|c| c.chosen)
            .map(|c| c.key.as_str())
            .collect::<Vec<_>>()
            .join(" "),
        codes,
        links: links(state, ask, practice).await?,
        freshness: freshness(state, ask, practice.id).await?,
        public: public(state, ask, practice.id).await?,
        events: events(state, ask, practice.id).await?,
        list_href: ask.to("/verwaltung/praxisbeispiele"),
        here: ask.to(&here).split('?').next().unwrap_or(&here).to_owned(),
    };
    Ok((said.status, html(&page)?).into_response())
}

/// The page once more with errors at their fields.
pub(crate) async fn again(
    state: &State,
    ask: &Ask,
    staff: &Staff,
    practice: &Practice,
    errors: BTreeMap<&'static str, String>,
) -> Result<Response, PageError> {
    let said = Said {
        errors,
        status: StatusCode::UNPROCESSABLE_ENTITY,
        ..Said::default()
    };
    page(state, ask, staff, practice, said).await
}

async fn events(state: &State, ask: &Ask, id: PracticeId) -> Result<Vec<EventView>, PageError> {
    let all = state.store.practice_events(id).await?;
    let view = |e: store::PracticeEvent| EventView {
        at: ask.moment(e.at),
        actor: e.actor,
        step: e.step.map_or_else(String::new, |s| {
            ask.t(&format!("web-practice-did-{}", word(&STEPS, s)))
        }),
        state: life(ask, e.state),
        note: e.note,
    };
    Ok(all.into_iter().map(view).collect())
}

async fn codes(state: &State, ask: &Ask, id: PracticeId) -> Result<Vec<CodeView>, PageError> {
    let coded = state.store.coded().await?.remove(&id).unwrap_or_default();
    let view = |c: practices::Code| CodeView {
        chosen: coded.contains(&c.key),
        label: match ask.lang {
            questionnaire::Lang::De => c.de,
            questionnaire::Lang::En => c.en,
        },
        kind: crate::practice::shown::code_kind(ask, c.kind),
        definition: c.definition,
        key: c.key,
    };
    Ok(state.store.codes().await?.into_iter().map(view).collect())
}

async fn links(state: &State, ask: &Ask, practice: &Practice) -> Result<Vec<LinkView>, PageError> {
    let checks = state.store.link_checks().await?;
    let view = |link: &practices::Link| match checks.get(&link.url) {
        Some(check) => LinkView {
            url: link.url.clone(),
            said: crate::office::links::said(ask, check),
            dead: check.outcome == store::LinkOutcome::Dead,
        },
        None => LinkView {
            url: link.url.clone(),
            said: ask.t("web-practice-link-not-yet"),
            dead: false,
        },
    };
    Ok(practice.form.links.iter().map(view).collect())
}

/// When the owner was last asked and last said something.
async fn freshness(state: &State, ask: &Ask, id: PracticeId) -> Result<String, PageError> {
    let Some(example) = state.store.published_example(id).await? else {
        return Ok(String::new());
    };
    let asked = state
        .store
        .asked_owners()
        .await?
        .remove(&id)
        .unwrap_or_default();
    let mut said = ask.tv(
        "web-practice-fresh-confirmed",
        &[("day", &ask.date(example.confirmed))],
    );
    if let Some(last) = asked.last().filter(|a| **a >= example.confirmed) {
        said.push(' ');
        said.push_str(&ask.tv("web-practice-fresh-asked", &[("day", &ask.date(*last))]));
    }
    if let Some(day) = example.faded {
        said.push(' ');
        said.push_str(&ask.tv("web-practice-faded-since", &[("day", &ask.date(day))]));
    }
    Ok(said)
}

/// Addresses of the published wordings.
async fn public(
    state: &State,
    ask: &Ask,
    id: PracticeId,
) -> Result<Vec<(String, String)>, PageError> {
    let Some(example) = state.store.published_example(id).await? else {
        return Ok(Vec::new());
    };
    let mut all = example.earlier.clone();
    all.push((example.publication.number, example.publication.published));
    Ok(all
        .into_iter()
        .map(|(number, on)| {
            let (number, on) = (number.to_string(), ask.date(on));
            let label = ask.tv(
                "web-practice-version-of",
                &[("number", &number), ("day", &on)],
            );
            (
                ask.to(&format!("/beispiele/{}/fassung/{number}", id.0)),
                label,
            )
        })
        .collect())
}

pub(crate) async fn find(state: &State, id: i64) -> Result<Practice, PageError> {
    let found = state.store.practice(PracticeId(id)).await?;
    found.ok_or(PageError::NotFound)
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(id): Path<i64>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let practice = find(&state, id).await?;
    page(&state, &ask, &staff, &practice, Said::default()).await
}

/// Keeps what was typed. What others saved meanwhile stays where only one of both changed a field; else the page shows
/// both side by side.
pub(crate) async fn keep(
    state: &State,
    ask: &Ask,
    practice: &Practice,
    (sent, list): (Typed, &[FieldOfAction]),
    by: (Actor, &str),
) -> Result<Result<PracticeUpdate, Said>, PageError> {
    let seen = version(&sent)?;
    let was = sent.get("_was").cloned().unwrap_or_default();
    let wrong = |errors, typed| Said {
        typed: Some(typed),
        errors,
        status: StatusCode::UNPROCESSABLE_ENTITY,
        ..Said::default()
    };
    let form = match read(ask, list, &sent, &practice.form) {
        Ok(form) => form,
        Err(errors) => return Ok(Err(wrong(errors, sent))),
    };
    let save = |form, seen| {
        state
            .store
            .save_practice(practice.id, form, seen, state.now(), by)
    };
    let standing = match save(form, seen).await? {
        PracticeUpdate::Conflict(standing) => standing,
        done => return Ok(Ok(done)),
    };
    let (merged, both) = merge(&sent, &was, &typed(&standing.form));
    if !both.is_empty() {
        return Ok(Err(Said {
            typed: Some(merged),
            both,
            status: StatusCode::CONFLICT,
            ..Said::default()
        }));
    }
    match read(ask, list, &merged, &standing.form) {
        Ok(form) => Ok(Ok(save(form, standing.version).await?)),
        Err(errors) => Ok(Err(wrong(errors, merged))),
    }
}

pub(crate) async fn save(
    Extract(state): Extract<State>,
    Path(id): Path<i64>,
    ask: Ask,
    signed: Signed,
    Form(sent): Form<Typed>,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let practice = find(&state, id).await?;
    let list = state.store.fields_of_action().await?;
    let by = (Actor::Editor, staff.mail.as_str());
    match keep(&state, &ask, &practice, (sent, &list), by).await? {
        Ok(PracticeUpdate::Saved(_)) => Ok(back(&ask, id)),
        Ok(PracticeUpdate::Conflict(_) | PracticeUpdate::NotPossible) => Err(PageError::Conflict),
        Err(said) => {
            let standing = find(&state, id).await?;
            page(&state, &ask, &staff, &standing, said).await
        }
    }
}

/// Back to the practice.
pub(crate) fn back(ask: &Ask, id: i64) -> Response {
    Redirect::to(&ask.to(&format!("/verwaltung/praxisbeispiele/{id}"))).into_response()
}

pub(crate) fn version(sent: &Typed) -> Result<u32, PageError> {
    let version = sent.get("_version").and_then(|v| v.parse().ok());
    version.ok_or_else(|| PageError::BadRequest("the version is missing".to_owned()))
}

/// A step of the table: handing in, giving back, publishing, withdrawing, reopening.
pub(crate) async fn step(
    Extract(state): Extract<State>,
    Path(id): Path<i64>,
    ask: Ask,
    signed: Signed,
    Form(sent): Form<Typed>,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let practice = find(&state, id).await?;
    let seen = version(&sent)?;
    let named = sent.get("schritt").map_or("", String::as_str);
    let step = STEPS.iter().find(|(_, w)| *w == named).map(|(s, _)| *s);
    let step = step.ok_or_else(|| PageError::BadRequest(format!("step \"{named}\"")))?;
    if step == Step::HandIn && !practice.form.check().is_empty() || step == Step::Save {
        return Err(PageError::Conflict);
    }
    let place = place(&state, &practice.municipality, &practice.wave).await?;
    let owner = state.store.owner_mail(practice.id).await?;
    let address = format!("{}/beispiele/{id}", state.base_url);
    let note = sent.get("hinweis").map_or("", |n| n.trim()).to_owned();
    let values = [
        ("title", practice.form.title.as_str()),
        ("place", &place),
        ("link", &address),
        ("note", &note),
    ];
    let was_public = matches!(practice.state, Life::Published | Life::Faded);
    let mail = match step {
        Step::Publish => Some("published"),
        Step::Withdraw if was_public => Some("withdrawn"),
        _ => None,
    };
    let letters: Vec<_> = mail
        .filter(|_| mails::is_address(&owner))
        .map(|key| mails::mail(&ask, &owner, key, &values))
        .into_iter()
        .collect();
    let (id_, now) = (practice.id, state.now());
    if step == Step::Publish {
        if practice.state != Life::Released || practice.version != seen {
            return Err(PageError::Conflict);
        }
        let published = state
            .store
            .mark_published(vec![id_], letters, now, day(now), &staff.mail);
        published.await?;
        return Ok(back(&ask, id));
    }
    let taken = StepTaken {
        step,
        who: Actor::Editor,
        actor: staff.mail.clone(),
        note,
        mails: letters,
    };
    match state
        .store
        .take_practice_step(id_, seen, taken, now)
        .await?
    {
        PracticeUpdate::Saved(_) => Ok(back(&ask, id)),
        PracticeUpdate::Conflict(_) | PracticeUpdate::NotPossible => Err(PageError::Conflict),
    }
}

/// Sends exactly the version that the editor saw; the mail is queued with the change.
pub(crate) async fn send(
    Extract(state): Extract<State>,
    Path(id): Path<i64>,
    ask: Ask,
    signed: Signed,
    Form(sent): Form<Typed>,
) -> Result<Response, PageError> {
    let staff = signed.editor()?;
    let practice = find(&state, id).await?;
    let to = sent.get("an").map_or("", String::as_str).trim().to_owned();
    if !practice.form.check().is_empty() || !mails::is_address(&to) {
        let said = Said {
            errors: [("mailbox", ask.t("web-practice-wrong-mailbox"))].into(),
            status: StatusCode::UNPROCESSABLE_ENTITY,
            ..Said::default()
        };
        return page(&state, &ask, &staff, &practice, said).await;
    }
    let token = mails::token()?;
    let link = format!("{}/freigabe/{}", state.base_url, token.as_str());
    let place = place(&state, &practice.municipality, &practice.wave).await?;
    let values = [
        ("title", practice.form.title.as_str()),
        ("place", &place),
        ("link", &link),
    ];
    let mail = mails::mail(&ask, &to, "release", &values);
    let (seen, now) = (version(&sent)?, state.now());
    let sending =
        state
            .store
            .send_for_release(practice.id, seen, token.hash(), mail, now, &staff.mail);
    match sending.await? {
        PracticeUpdate::Saved(_) => Ok(back(&ask, id)),
        PracticeUpdate::Conflict(_) | PracticeUpdate::NotPossible => Err(PageError::Conflict),
    }
}
