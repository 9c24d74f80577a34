//! A wave is made or changed: a questionnaire is uploaded and checked, the settings are a form, and only then is the wave
//! there. What was typed is kept in a draft, whatever is wrong.

use askama::Template;
use axum::extract::{Multipart, Path, State as Extract};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use edition::numbers;
use fieldwork::{Wave, WaveName, WaveRefused};
use jiff::{SignedDuration, Timestamp};
use questionnaire::limesurvey::ImportReport;
use questionnaire::{Arrived, Questionnaire};
use store::{Staff, StoredWave, WaveDraft, WaveMade};

use super::form::{self, GroupView, Wrong};
use super::upload::{FaultView, read, receive, views};
use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::office::edition_form::Typed;
use crate::office::session::{Signed, frame};
use crate::practice::mails::token;

/// Losses that a page shows.
const SHOWN: usize = 500;

#[derive(Template)]
#[template(path = "begin/new.html")]
struct NewPage {
    frame: Frame,
    back: String,
    no_register: Option<String>,
    faults: Vec<FaultView>,
    fault_lead: String,
}

/// What came over from LimeSurvey: a sentence, and the losses.
struct ReportView {
    lead: String,
    whole: bool,
    partly: Vec<(String, String, String)>,
    not_carried: Vec<(String, String, String)>,
}

#[derive(Template)]
#[template(path = "begin/draft.html")]
struct DraftPage {
    frame: Frame,
    back: String,
    /// The wave is there and is changed.
    changes: bool,
    answered: Option<String>,
    refused: Option<String>,
    kept: bool,
    wrong: Vec<Wrong>,
    faults: Vec<FaultView>,
    fault_lead: String,
    questionnaire: String,
    notes: Vec<FaultView>,
    report: Option<ReportView>,
    file_href: String,
    /// When the draft was last changed: what the form shows.
    stands: i64,
    groups: Vec<GroupView>,
    synthetic: bool,
}

/// What a page says beside the draft.
#[derive(Default)]
struct Said {
    refused: Option<String>,
    kept: bool,
    wrong: Vec<Wrong>,
    /// Name of a file with faults, and these.
    faults: Option<(String, Vec<questionnaire::Fault>)>,
    status: StatusCode,
}

fn number(ask: &Ask, n: usize) -> String {
    numbers::thousands(ask.lang, n as i64)
}

fn lead(ask: &Ask, faults: Option<&(String, Vec<questionnaire::Fault>)>) -> String {
    faults.map_or(String::new(), |(file, list)| {
        let count = number(ask, list.len());
        ask.tv("begin-faults", &[("file", file), ("count", &count)])
    })
}

async fn new_page(
    state: &State,
    ask: &Ask,
    staff: &Staff,
    faults: Option<(String, Vec<questionnaire::Fault>)>,
) -> Result<Response, PageError> {
    let status = match faults {
        None => StatusCode::OK,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = NewPage {
        frame: frame(state, ask, staff, ask.t("begin-new-title")),
        back: ask.to("/verwaltung/befragungen"),
        no_register: state
            .store
            .newest_register()
            .await?
            .is_none()
            .then(|| WaveRefused::NoRegister.message(ask.lang)),
        fault_lead: lead(ask, faults.as_ref()),
        faults: faults.map_or(Vec::new(), |(file, list)| views(ask, &file, &list)),
    };
    Ok((status, html(&page)?).into_response())
}

pub(crate) async fn new(
    Extract(state): Extract<State>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    new_page(&state, &ask, &staff, None).await
}

/// A key of a draft that nobody guesses, short enough to read.
fn key() -> Result<String, PageError> {
    let key: String = token()?.as_str().chars().take(16).collect();
    Ok(key)
}

/// Checks the questionnaire that was uploaded; one without faults begins a draft.
pub(crate) async fn begin(
    Extract(state): Extract<State>,
    ask: Ask,
    signed: Signed,
    parts: Multipart,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let Some((file, bytes)) = receive(parts).await?.file else {
        let none = questionnaire::Fault {
            line: 1,
            column: 1,
            width: 1,
            what: ask.t("begin-no-file"),
            help: ask.t("begin-no-file-help"),
        };
        return new_page(&state, &ask, &staff, Some((String::new(), vec![none]))).await;
    };
    let arrived = match read(file.clone(), bytes).await? {
        Ok(arrived) => arrived,
        Err(faults) => return new_page(&state, &ask, &staff, Some((file, faults))).await,
    };
    let waves = state.store.waves().await?;
    let draft = WaveDraft {
        key: key()?,
        wave: None,
        seen: String::new(),
        file,
        settings: form::first(&arrived.questionnaire, waves.first().map(|w| &w.wave)),
        questionnaire: arrived.source,
        report: arrived.report,
        changed: state.now(),
        by: staff.mail,
    };
    let to = ask.to(&format!("/verwaltung/befragungen/entwurf/{}", draft.key));
    state.store.put_wave_draft(draft, None).await?;
    Ok(Redirect::to(&to).into_response())
}

/// Begins to change a wave: its settings and its questionnaire in a draft.
pub(crate) async fn change(
    Extract(state): Extract<State>,
    Path(name): Path<String>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let found = state.store.wave(&WaveName(name.clone())).await?;
    let stored = found.ok_or(PageError::NotFound)?;
    if stored.wave.frozen.is_some() {
        return Err(PageError::Conflict);
    }
    let draft = WaveDraft {
        key: key()?,
        wave: Some(stored.wave.name.clone()),
        seen: stored.print(),
        file: format!("{name}.yaml"),
        settings: form::typed(&stored.wave),
        questionnaire: stored.questionnaire,
        report: None,
        changed: state.now(),
        by: staff.mail,
    };
    let to = ask.to(&format!("/verwaltung/befragungen/entwurf/{}", draft.key));
    state.store.put_wave_draft(draft, None).await?;
    Ok(Redirect::to(&to).into_response())
}

async fn draft(state: &State, key: &str) -> Result<WaveDraft, PageError> {
    let found = state.store.wave_draft(key).await?;
    found.ok_or(PageError::NotFound)
}

/// The wave that a draft changes.
async fn standing(state: &State, draft: &WaveDraft) -> Result<Option<StoredWave>, PageError> {
    match &draft.wave {
        None => Ok(None),
        Some(name) => Ok(state.store.wave(name).await?),
    }
}

fn report_view(ask: &Ask, report: &ImportReport) -> ReportView {
    let losses = |list: &[questionnaire::limesurvey::ImportLoss]| {
        let shown = list.iter().take(SHOWN);
        let shown = shown.map(|l| (l.code.clone(), l.what.clone(), l.why.clone()));
        shown.collect()
    };
    ReportView {
        lead: ask.tv(
            "begin-report",
            &[
                ("carried", &number(ask, report.carried)),
                ("questions", &number(ask, report.questions)),
                ("partly", &number(ask, report.partly.len())),
                ("not", &number(ask, report.not_carried.len())),
            ],
        ),
        whole: report.partly.is_empty() && report.not_carried.is_empty(),
        partly: losses(&report.partly),
        not_carried: losses(&report.not_carried),
    }
}

async fn page(
    state: &State,
    ask: &Ask,
    staff: &Staff,
    draft: WaveDraft,
    said: Said,
) -> Result<Response, PageError> {
    let arrived = again(&draft).await?;
    let asked = &arrived.questionnaire;
    let questions: usize = asked.pages.iter().map(|p| p.questions.len()).sum();
    let title = match &draft.wave {
        None => ask.t("begin-new-title"),
        Some(name) => ask.tv("begin-change-title", &[("wave", &name.0)]),
    };
    let answered = match &draft.wave {
        None => 0,
        Some(name) => state.store.responses(name).await?.len(),
    };
    let here = format!("/verwaltung/befragungen/entwurf/{}", draft.key);
    let page = DraftPage {
        frame: frame(state, ask, staff, title),
        back: ask.to("/verwaltung/befragungen"),
        changes: draft.wave.is_some(),
        answered: (answered > 0)
            .then(|| ask.tv("begin-answered", &[("count", &number(ask, answered))])),
        refused: said.refused,
        kept: said.kept,
        questionnaire: ask.tv(
            "begin-questionnaire-is",
            &[
                ("title", asked.title.get(ask.lang)),
                ("pages", &number(ask, asked.pages.len())),
                ("questions", &number(ask, questions)),
                ("file", &draft.file),
            ],
        ),
        notes: views(ask, &draft.file, &arrived.notes),
        report: draft.report.as_ref().map(|r| report_view(ask, r)),
        file_href: ask.to(&format!("{here}/fragebogen.yaml")),
        stands: draft.changed.as_millisecond(),
        groups: form::groups(ask, &draft.settings, &said.wrong, draft.wave.is_some()),
        synthetic: draft.settings.contains_key("synthetic"),
        wrong: said.wrong,
        fault_lead: lead(ask, said.faults.as_ref()),
        faults: said
            .faults
            .map_or(Vec::new(), |(file, list)| views(ask, &file, &list)),
    };
    Ok((said.status, html(&page)?).into_response())
}

/// The questionnaire of a draft, which has no faults.
async fn again(draft: &WaveDraft) -> Result<Arrived, PageError> {
    let bytes = draft.questionnaire.clone().into_bytes();
    read(draft.file.clone(), bytes).await?.map_err(|faults| {
        let first = faults.first().map(|f| f.what.clone());
        PageError::Internal(format!(
            "the questionnaire of the draft {} has faults: {}",
            draft.key,
            first.unwrap_or_default()
        ))
    })
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(key): Path<String>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let draft = draft(&state, &key).await?;
    page(&state, &ask, &staff, draft, Said::default()).await
}

/// The questionnaire as a file: what LimeSurvey's became, to look at and to go on with.
pub(crate) async fn file(
    Extract(state): Extract<State>,
    Path(key): Path<String>,
    signed: Signed,
) -> Result<Response, PageError> {
    signed.researcher()?;
    let draft = draft(&state, &key).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/yaml; charset=utf-8"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"fragebogen.yaml\"",
        ),
    ];
    Ok((headers, draft.questionnaire).into_response())
}

/// Keeps what was sent, and makes the wave where nothing is wrong.
pub(crate) async fn save(
    Extract(state): Extract<State>,
    Path(key): Path<String>,
    ask: Ask,
    signed: Signed,
    parts: Multipart,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let mut draft = draft(&state, &key).await?;
    let sent = receive(parts).await?;
    let mut fields = sent.fields;
    let does = fields.remove("tun").unwrap_or_default();
    if does == "verwerfen" {
        state.store.drop_wave_draft(&key).await?;
        return Ok(Redirect::to(&ask.to("/verwaltung/befragungen")).into_response());
    }
    let seen = fields.remove("_stand").and_then(|v| v.parse().ok());
    let seen = seen.and_then(|at| Timestamp::from_millisecond(at).ok());
    let seen = seen.ok_or_else(|| PageError::BadRequest("the draft's state is missing".into()))?;
    draft.settings = fields;
    let (before, by) = (draft.changed, draft.by.clone());
    // Two saves within one millisecond are two states.
    let now = state.now().max(before + SignedDuration::from_millis(1));
    (draft.changed, draft.by) = (now, staff.mail.clone());
    let mut said = Said::default();
    let uploaded = sent.file.is_some();
    if let Some((file, bytes)) = sent.file {
        match read(file.clone(), bytes).await? {
            Ok(arrived) => {
                draft.questionnaire = arrived.source;
                draft.report = arrived.report;
                draft.file = file;
            }
            Err(faults) => said.faults = Some((file, faults)),
        }
    }
    if !state
        .store
        .put_wave_draft(draft.clone(), Some(seen))
        .await?
    {
        // What was typed is shown, over what stands: sent once more, it holds.
        let values = [("who", by.as_str()), ("moment", &ask.moment(before))];
        said.refused = Some(ask.tv("begin-draft-changed", &values));
        said.status = StatusCode::CONFLICT;
        draft.changed = before;
        return page(&state, &ask, &staff, draft, said).await;
    }
    let standing = standing(&state, &draft).await?;
    let read = form::read(&ask, &draft.settings, standing.as_ref().map(|s| &s.wave));
    // What LimeSurvey's became is looked at before it is taken.
    let look = uploaded && draft.report.is_some();
    match read {
        _ if said.faults.is_some() => {
            said.status = StatusCode::UNPROCESSABLE_ENTITY;
            said.wrong = read.err().filter(|_| does == "anlegen").unwrap_or_default();
        }
        _ if does != "anlegen" || look => said.kept = true,
        Err(wrong) => (said.wrong, said.status) = (wrong, StatusCode::UNPROCESSABLE_ENTITY),
        Ok(wave) => match make(&state, &draft, wave, &staff).await? {
            Ok(name) => {
                let to = ask.to(&format!("/verwaltung/feld/{name}"));
                return Ok(Redirect::to(&to).into_response());
            }
            Err(refused) => {
                said.refused = Some(refused.message(ask.lang));
                said.status = StatusCode::CONFLICT;
                if let (WaveRefused::Changed(_), Some(standing)) = (&refused, &standing) {
                    draft.seen = standing.print();
                    said.refused = Some(changed(&ask, &draft.settings, &standing.wave, &refused));
                    let again = draft.clone();
                    state
                        .store
                        .put_wave_draft(again, Some(draft.changed))
                        .await?;
                }
            }
        },
    }
    page(&state, &ask, &staff, draft, said).await
}

/// Makes the wave of a draft, by the rules of the command line; the draft is gone then.
async fn make(
    state: &State,
    draft: &WaveDraft,
    wave: Wave,
    staff: &Staff,
) -> Result<Result<WaveName, WaveRefused>, PageError> {
    let arrived = again(draft).await?;
    let questionnaire: &Questionnaire = &arrived.questionnaire;
    let made = match draft.wave {
        None => WaveMade::New,
        Some(_) => WaveMade::Having(draft.seen.clone()),
    };
    let name = wave.name.clone();
    let source = (draft.questionnaire.clone(), questionnaire);
    let made = state
        .store
        .make_wave(wave, source, made, state.now(), &staff.mail)
        .await?;
    if made.is_ok() {
        state.store.drop_wave_draft(&draft.key).await?;
        state.known.forget(&name);
    }
    Ok(made.map(|()| name))
}

/// That somebody else changed the wave, and what stands now where it differs.
fn changed(ask: &Ask, typed: &Typed, wave: &Wave, refused: &WaveRefused) -> String {
    let now = form::typed(wave);
    let groups = form::groups(ask, &now, &[], true);
    let fields = groups.iter().flat_map(|g| &g.fields);
    let differs = |f: &&form::FieldView| {
        let mine = typed.get(&f.name).map_or("", |v| v.trim());
        !f.fixed && !f.is_logo() && mine.replace("\r\n", "\n") != f.value
    };
    let lines = fields.filter(differs).map(|f| {
        let values = [("field", f.label.as_str()), ("value", f.value.as_str())];
        ask.tv("begin-changed-field", &values)
    });
    let lines: Vec<String> = lines.collect();
    format!(
        "{} {} {}",
        refused.message(ask.lang),
        ask.t("begin-changed"),
        lines.join(" ")
    )
}
