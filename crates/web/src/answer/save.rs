//! Saving a page: durable before the answer, told what others changed, and on to the next page.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::extract::{Form, Path, State as Extract};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use fieldwork::{Phase, Save};
use questionnaire::{Page, Parsed, ProblemKind, SEED, Value, VariableKey};
use store::{SaveOutcome, Standing};

use crate::State;
use crate::answer::access::Access;
use crate::answer::beside::Beside;
use crate::answer::page::{Said, TOLD, WAY, draw, fault};
use crate::answer::stand::Stand;
use crate::answer::{beside, closed, conflict, places, quote, tongue, upload};
use crate::error::PageError;
use crate::frame::Ask;

/// A form as a browser sends it.
type Sent = Vec<(String, String)>;

pub(crate) async fn post(
    Extract(state): Extract<State>,
    Path((token, page)): Path<(String, String)>,
    ask: Ask,
    parts: Parts,
    Form(sent): Form<Sent>,
) -> Result<Response, PageError> {
    let access = Access::find_any(&state, &token, &parts).await?;
    take(&state, access, &page, &ask, sent).await
}

/// Takes what a page sent.
pub(crate) async fn take(
    state: &State,
    access: Access,
    page: &str,
    ask: &Ask,
    sent: Sent,
) -> Result<Response, PageError> {
    if !access.sees(page) {
        return Err(PageError::NotFound);
    }
    let before = &access.standing;
    if access.phase(state) != Phase::Open {
        let unsaved = closed::unsaved(&access, ask, page, &sent, before);
        return closed::refused(state, ask, &access, before, unsaved);
    }
    let questionnaire = access.questionnaire.clone();
    let page = questionnaire.page(page).ok_or(PageError::NotFound)?;
    let told = told(&sent);
    let sent = places::resolve(page, sent, &access.register);
    let sent = if upload::takes_files(page) {
        upload::own_only(state, &access, page, sent).await?
    } else {
        sent
    };
    let sent = if told.is_empty() {
        sent
    } else {
        typed_wins(page, sent)
    };
    let stand = Stand::read(&sent);
    let (sent, stand, theirs) = conflict::resolve(sent, stand);
    let sent = conflict::kept(page, sent, &theirs, before.answers(), ask);
    let mut fields = sent.clone();
    fields.extend(stand.fields());
    let mut parsed = page.parse(&fields, before.answers());
    parsed
        .changes
        .retain(|variable, _| !theirs.contains(variable));
    let change = |(v, a): (&VariableKey, &Option<_>)| (v.clone(), (a.clone(), stand.version(v)));
    let mut save = Save {
        changes: parsed.changes.iter().map(change).collect(),
        at: state.now(),
        by: access.origin(),
    };
    quote::add(&mut save, page, &sent, before);
    if let Some(seed) = access.fresh_seed() {
        save.changes
            .insert(VariableKey(SEED.to_owned()), (Some(seed), 0));
    }
    let (outcome, after) = state.store.save_onto(before, save.clone()).await?;
    match outcome {
        SaveOutcome::Closed => {
            let unsaved = closed::unsaved(&access, ask, &page.key, &fields, before);
            return closed::refused(state, ask, &access, before, unsaved);
        }
        SaveOutcome::Conflict(conflicts) => {
            let beside = Beside::load(state, &access).await?;
            let shown = (sent.as_slice(), &stand, &beside);
            return conflict::page(state, ask, &access, page, shown, conflicts);
        }
        SaveOutcome::Saved(_) => beside::keep(state, &access, page, &sent).await?,
    }
    super::pretest::saved(state, &access, page, &sent).await?;
    // What others saved in this moment is seen by the next page.
    let after = match after {
        Some(after) => after,
        None => {
            let mut after = fieldwork::Response::clone(before);
            if after.apply(&save).is_err() {
                after = access.response(state).await?;
            }
            Arc::new(after.into())
        }
    };
    if upload::takes_files(page) {
        let both = (before.answers(), after.answers());
        upload::drop_unnamed(state, &access, both, &sent).await?;
    }
    // Nor does the page, where it comes back, show as this writer's what others have changed meanwhile.
    let touched = |v: &VariableKey| {
        parsed.changes.contains_key(v) || parsed.problems.iter().any(|p| p.variable == *v)
    };
    let mut newer: BTreeSet<VariableKey> = stand.changed_since(before).into_iter().collect();
    newer.retain(|variable| !touched(variable));
    let sent = conflict::kept(page, sent, &newer, after.answers(), ask);
    let back = sent
        .iter()
        .any(|(name, value)| name == WAY && value == "zurueck");
    let answered = Answered {
        page,
        stand,
        sent,
        parsed,
        told,
        back,
        before,
    };
    answered.go_on(state, ask, &access, &after).await
}

/// A page that was saved, before it is known where to go.
struct Answered<'q> {
    page: &'q Page,
    stand: Stand,
    sent: Sent,
    parsed: Parsed,
    told: BTreeSet<String>,
    back: bool,
    before: &'q fieldwork::Response,
}

impl Answered<'_> {
    async fn go_on(
        &self,
        state: &State,
        ask: &Ask,
        access: &Access,
        after: &Standing,
    ) -> Result<Response, PageError> {
        let (page, answers) = (self.page, after.answers());
        let hard = self.parsed.violations.iter().any(|v| !v.soft);
        if !self.parsed.problems.is_empty() || hard && !self.back {
            let said = self.problems(ask, access);
            return self.come_back(state, ask, access, after, said).await;
        }
        if self.back {
            let previous = access.previous_page(&page.key, answers);
            let to = previous.map_or(String::new(), |p| format!("/seite/{}", p.key));
            return Ok(Redirect::to(&ask.to(&access.path(&to))).into_response());
        }
        let fresh = page.visible_questions(answers).into_iter().find(|q| {
            let open = || {
                let needed = q.variables_needed(answers);
                needed.iter().any(|v| !answers.contains_key(v))
            };
            !self.stand.asked(&q.key) && open()
        });
        if let Some(question) = fresh {
            let key = &question.key;
            let to = ask.to(&access.path(&format!("/seite/{}?neu={key}", page.key)));
            return Ok(Redirect::to(&format!("{to}#frage-{key}")).into_response());
        }
        let missing = &self.parsed.missing;
        if missing
            .iter()
            .any(|variable| !self.told.contains(variable.as_str()))
        {
            let said = self.missing(ask, access);
            return self.come_back(state, ask, access, after, said).await;
        }
        let soft = self.parsed.violations.iter();
        let fresh = |v: &questionnaire::Violation| !self.told.contains(&hint(v));
        if soft.clone().any(fresh) {
            let said = self.hints(ask, access);
            return self.come_back(state, ask, access, after, said).await;
        }
        let mut to = match access.next_page(&page.key, answers) {
            Some(next) => access.path(&format!("/seite/{}", next.key)),
            None => access.end(),
        };
        let changed = self.stand.changed_since(self.before);
        if changed
            .iter()
            .any(|variable| !self.parsed.changes.contains_key(variable))
        {
            to = format!("{to}?inzwischen={}", page.key);
        }
        Ok(Redirect::to(&ask.to(&to)).into_response())
    }

    async fn come_back(
        &self,
        state: &State,
        ask: &Ask,
        access: &Access,
        after: &Standing,
        mut said: Said,
    ) -> Result<Response, PageError> {
        said.beside = Beside::load(state, access).await?;
        let sent = Some((&self.stand, self.sent.as_slice()));
        let page = draw(state, ask, access, self.page, after, sent, said)?;
        Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
    }

    /// What could not be taken; everything else of the page is saved.
    fn problems(&self, ask: &Ask, access: &Access) -> Said {
        let mut said = Said {
            title: ask.t("web-answer-summary-title"),
            text: Some(ask.t("web-answer-summary-rest-saved")),
            unread: self
                .parsed
                .problems
                .iter()
                .map(|p| p.variable.clone())
                .collect(),
            ..Said::default()
        };
        let mut told: Vec<&str> = Vec::new();
        for problem in &self.parsed.problems {
            let own = tongue::problem(problem, access.questionnaire.tag(ask.lang));
            let message = own.unwrap_or_else(|| problem.message(ask.lang));
            said.faults
                .extend(fault(access, ask, &problem.variable, Some(&message)));
            said.errors.insert(problem.variable.clone(), message);
            if problem.kind == ProblemKind::SpecialWithAnswer {
                told.push(problem.variable.as_str());
            }
        }
        for violation in self.parsed.violations.iter().filter(|v| !v.soft) {
            self.said_of(violation, &mut said, ask, access);
        }
        said.told = told.join(" ");
        said
    }

    /// Checks that may be passed over: named once, then one may go on.
    fn hints(&self, ask: &Ask, access: &Access) -> Said {
        let mut said = Said {
            title: ask.t("answer-types-hint-title"),
            text: Some(ask.t("answer-types-hint-help")),
            ..Said::default()
        };
        for violation in &self.parsed.violations {
            self.said_of(violation, &mut said, ask, access);
        }
        let own = self.parsed.violations.iter().map(hint);
        let all: Vec<String> = self.told.iter().cloned().chain(own).collect();
        said.told = all.join(" ");
        said
    }

    fn said_of(
        &self,
        violation: &questionnaire::Violation,
        said: &mut Said,
        ask: &Ask,
        access: &Access,
    ) {
        let message = violation.message.get(ask.lang).to_owned();
        let variable = &violation.variable;
        said.faults
            .extend(fault(access, ask, variable, Some(&message)));
        said.errors.entry(variable.clone()).or_insert(message);
    }

    /// Required questions that stay open: named once, then one may go on.
    fn missing(&self, ask: &Ask, access: &Access) -> Said {
        let missing = &self.parsed.missing;
        let count = missing.len().to_string();
        let ask = &ask.for_questions_in(access.questionnaire.tag(ask.lang));
        let message = ask.q("web-answer-page-missing-here");
        Said {
            title: ask.tv("web-answer-page-missing", &[("count", &count)]),
            text: Some(ask.t("web-answer-page-missing-help")),
            faults: missing
                .iter()
                .filter_map(|v| fault(access, ask, v, None))
                .collect(),
            errors: missing
                .iter()
                .map(|v| (v.clone(), message.clone()))
                .collect(),
            told: missing
                .iter()
                .map(|v| v.as_str())
                .chain(self.told.iter().map(String::as_str))
                .collect::<Vec<_>>()
                .join(" "),
            ..Said::default()
        }
    }
}

/// How the hidden field names a check that was told.
fn hint(violation: &questionnaire::Violation) -> String {
    format!("!{}", violation.variable)
}

/// What the page had named before it was sent again.
fn told(sent: &Sent) -> BTreeSet<String> {
    let told = sent.iter().filter(|(name, _)| name == TOLD);
    told.flat_map(|(_, value)| value.split_whitespace().map(str::to_owned))
        .collect()
}

/// Told once that "weiß nicht" stands beside a typed answer, and sent again so: what was typed counts.
fn typed_wins(page: &Page, sent: Sent) -> Sent {
    let mut dropped = BTreeSet::new();
    for part in page.questions.iter().flat_map(|q| q.parts()) {
        if !part.value.typed() {
            continue;
        }
        let key = part.key.as_str();
        let special = format!("{key}.special");
        let below = matches!(
            part.value,
            Value::Nominations { .. } | Value::Ranking { .. }
        );
        let own = |name: &str| {
            name == key || below && name.starts_with(&format!("{key}.")) && name != special
        };
        let typed =
            |(n, v): &&(String, String)| own(n) && !v.trim().is_empty() && !v.starts_with('_');
        if sent.iter().any(|pair| typed(&pair)) {
            dropped.insert(special);
        }
    }
    sent.into_iter()
        .filter(|(name, _)| !dropped.contains(name))
        .collect()
}
