//! One question of two waves: both wordings side by side, and what a researcher says became of it.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use questionnaire::Question;
use questionnaire::lineage::{Entry, Step, itemised, part_keys, part_text, proposed};
use serde::Deserialize;
use store::{KeptLineage, LineageDecision, Staff};

use super::form::{self, Sent};
use super::pages::put;
use super::{Pair, Stand, words};
use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame, day};
use crate::office::session::{Signed, frame};

#[derive(Template)]
#[template(path = "office/lineage/question.html")]
struct QuestionPage {
    frame: Frame,
    waves: (String, String),
    list_href: String,
    here: String,
    now: SideView,
    before: Option<SideView>,
    /// Earlier questions to choose from: key, wording, whether it is chosen.
    origins: Vec<(String, String, bool)>,
    from: String,
    stand: String,
    may_undo: bool,
    version: u32,
    faults: Vec<(String, String)>,
    /// What somebody else decided meanwhile: who and when, then line by line.
    theirs: Option<(String, Vec<(String, String)>)>,
    /// Word, label, help, whether it is chosen.
    steps: Vec<(&'static str, String, String, bool)>,
    comparable: Option<bool>,
    note: (String, String),
    /// Earlier options or items.
    then: Vec<PartThen>,
    /// Later options.
    parts: Vec<PartNow>,
    /// Later items, a line each.
    items: Vec<ItemLine>,
    scale: bool,
    /// Earlier answers with the later ones: code, label and (code, label, chosen).
    mapping: Vec<(String, String, Vec<Target>)>,
}

/// A later answer that an earlier one can go into: code, label, whether it does.
type Target = (String, String, bool);

struct SideView {
    text: String,
    help: Option<String>,
    offered: Vec<String>,
}

struct PartThen {
    key: String,
    label: String,
    /// Key, label, chosen.
    targets: Vec<(String, String, bool)>,
    note: (String, String),
}

struct ItemLine {
    key: String,
    label: String,
    /// What became of it, as it stands or is proposed.
    said: String,
    /// Earlier items: key, label, chosen.
    sources: Vec<(String, String, bool)>,
    comparable: bool,
    note: (String, String),
}

struct PartNow {
    key: String,
    label: String,
    comparable: bool,
    note: (String, String),
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    von: Option<String>,
}

/// What the page says beside the question.
#[derive(Default)]
struct Said {
    faults: Vec<(String, String)>,
    theirs: Option<KeptLineage>,
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path((later, earlier, key)): Path<(String, String, String)>,
    Query(asked): Query<Asked>,
    ask: Ask,
    signed: Signed,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let pair = Pair::read(&state, (&later, &earlier)).await?;
    let entry = pair.entry(&key).cloned().ok_or(PageError::NotFound)?;
    let entry = match &asked.von {
        Some(from) if Some(from.as_str()) != entry.before() => from_other(&pair, &key, from),
        _ => entry,
    };
    page(&state, (&ask, &staff), &pair, &entry, Said::default())
}

/// Keeps what became of the question, or takes the decision back.
pub(crate) async fn save(
    Extract(state): Extract<State>,
    Path((later, earlier, key)): Path<(String, String, String)>,
    ask: Ask,
    signed: Signed,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let staff = signed.researcher()?;
    let pair = Pair::read(&state, (&later, &earlier)).await?;
    let new = pair.new.question(&key).ok_or(PageError::NotFound)?;
    let sent = Sent(sent);
    let old = sent.get("von").and_then(|from| pair.old.question(from));
    let entry = form::entry(&sent, new, old);
    let back = sent.get("was") == Some("zuruecknehmen");
    let mut said = Said::default();
    if !back {
        said.faults = form::problems(&ask, &pair, &entry);
    }
    if said.faults.is_empty() {
        let seen = sent.get("stand").unwrap_or_default().parse().unwrap_or(0);
        let decision = LineageDecision::Question(entry.clone());
        let update = put(&state, &pair, vec![(decision, seen, back)], &staff).await?;
        said.theirs = update.conflicts.into_iter().next();
        if said.theirs.is_none() {
            let path = ask.to(&format!(
                "/verwaltung/herkunft/{later}/{earlier}?gespeichert=1"
            ));
            return Ok(Redirect::to(&format!("{path}#frage-{key}")).into_response());
        }
    }
    page(&state, (&ask, &staff), &pair, &entry, said)
}

/// The proposal against another earlier question; `neu` for none.
fn from_other(pair: &Pair, key: &str, from: &str) -> Entry {
    match (pair.new.question(key), pair.old.question(from)) {
        (Some(new), Some(old)) => proposed(new, old),
        _ => Entry::new(key, Step::New),
    }
}

fn side(ask: &Ask, question: &Question) -> SideView {
    SideView {
        text: question.text.get(ask.lang).to_owned(),
        help: question.help.as_ref().map(|t| t.get(ask.lang).to_owned()),
        offered: words::offered(ask, question),
    }
}

fn page(
    state: &State,
    (ask, staff): (&Ask, &Staff),
    pair: &Pair,
    entry: &Entry,
    said: Said,
) -> Result<Response, PageError> {
    let new = pair.new.question(&entry.key).ok_or(PageError::NotFound)?;
    let old = entry.before().and_then(|key| pair.old.question(key));
    let status = match (said.faults.is_empty(), &said.theirs) {
        (false, _) => StatusCode::UNPROCESSABLE_ENTITY,
        (_, Some(_)) => StatusCode::CONFLICT,
        _ => StatusCode::OK,
    };
    let note = |note: Option<&questionnaire::Text>| {
        let note = note.cloned().unwrap_or_default();
        (note.de, note.en)
    };
    let parts = old.filter(|old| form::with_parts(new, old));
    let items = parts.filter(|_| itemised(new));
    let scaled = old.filter(|old| !new.codes().is_empty() && !old.codes().is_empty());
    let page = QuestionPage {
        frame: frame(
            state,
            ask,
            staff,
            ask.tv("lineage-question-title", &[("number", &new.number)]),
        ),
        waves: (
            pair.earlier.wave.title.get(ask.lang).to_owned(),
            pair.later.wave.title.get(ask.lang).to_owned(),
        ),
        list_href: pair.path(ask, ""),
        here: pair.path(ask, &format!("/frage/{}", entry.key)),
        now: side(ask, new),
        before: old.map(|old| side(ask, old)),
        origins: origins(ask, pair, old),
        from: old.map_or_else(|| "neu".to_owned(), |old| old.key.clone()),
        stand: words::stand(ask, pair, &entry.key),
        may_undo: pair.stand(&entry.key) == Stand::Decided,
        version: match &said.theirs {
            Some(kept) => kept.version,
            None => pair.version(true, &entry.key),
        },
        theirs: said.theirs.as_ref().map(|kept| theirs(ask, pair, kept)),
        faults: said.faults,
        steps: steps(ask, entry, old.is_some()),
        comparable: entry.comparable,
        note: note(entry.note.as_ref()),
        then: parts
            .map(|old| then(ask, entry, new, old))
            .unwrap_or_default(),
        items: items
            .map(|old| lines(ask, entry, new, old))
            .unwrap_or_default(),
        parts: parts
            .filter(|_| items.is_none())
            .map(|_| {
                let keys = part_keys(new).into_iter();
                keys.map(|key| PartNow {
                    key: key.to_owned(),
                    label: label(ask, new, key),
                    comparable: entry.part(key).and_then(|p| p.comparable) != Some(false),
                    note: note(entry.part(key).and_then(|p| p.note.as_ref())),
                })
                .collect()
            })
            .unwrap_or_default(),
        scale: entry.step == Step::Scale,
        mapping: scaled
            .map(|old| mapping(ask, entry, new, old))
            .unwrap_or_default(),
    };
    Ok((status, html(&page)?).into_response())
}

fn origins(ask: &Ask, pair: &Pair, chosen: Option<&Question>) -> Vec<(String, String, bool)> {
    let none = (
        "neu".to_owned(),
        ask.t("lineage-origin-none"),
        chosen.is_none(),
    );
    let all = pair.old.questions().map(|q| {
        let text = format!("{} {}", q.number, q.text.get(ask.lang));
        (q.key.clone(), text, chosen.is_some_and(|c| c.key == q.key))
    });
    std::iter::once(none).chain(all).collect()
}

fn steps(ask: &Ask, entry: &Entry, from: bool) -> Vec<(&'static str, String, String, bool)> {
    let all: &[(Step, &str)] = match from {
        true => &[
            (Step::Same, "lineage-help-same"),
            (Step::Reworded, "lineage-help-reworded"),
            (Step::Options, "lineage-help-options"),
            (Step::Scale, "lineage-help-scale"),
            (Step::New, "lineage-help-new"),
        ],
        false => &[(Step::New, "lineage-help-new")],
    };
    let view = |(step, help): &(Step, &str)| {
        let chosen = entry.step == *step;
        (step.word(), words::step(ask, *step), ask.t(help), chosen)
    };
    all.iter().map(view).collect()
}

fn label(ask: &Ask, question: &Question, key: &str) -> String {
    part_text(question, key).map_or(key.to_owned(), |text| text.get(ask.lang).to_owned())
}

/// A line for each later item: the earlier one it goes on from, and what became of it.
fn lines(ask: &Ask, entry: &Entry, new: &Question, old: &Question) -> Vec<ItemLine> {
    let line = |key: &str| {
        let part = entry.part(key);
        let step = part.map_or(Step::Same, |part| part.step);
        let from = match part {
            Some(part) => part.before(),
            None => Some(key),
        };
        let sources = part_keys(old).into_iter();
        let note = part.and_then(|part| part.note.clone()).unwrap_or_default();
        ItemLine {
            key: key.to_owned(),
            label: label(ask, new, key),
            said: words::item(ask, step, (key, from), from.and_then(|f| part_text(old, f))),
            sources: sources
                .map(|o| (o.to_owned(), label(ask, old, o), from == Some(o)))
                .collect(),
            comparable: part.and_then(|p| p.comparable) != Some(false),
            note: (note.de, note.en),
        }
    };
    part_keys(new).into_iter().map(line).collect()
}

fn then(ask: &Ask, entry: &Entry, new: &Question, old: &Question) -> Vec<PartThen> {
    let goes_on = |old: &str| {
        let dropped = entry.dropped.iter().any(|(key, _)| key == old);
        let mut parts = entry.parts.iter().filter(|part| part.step != Step::New);
        let named = parts.find(|part| part.from.iter().any(|from| from == old));
        let own = || {
            let same = part_keys(new).into_iter().find(|key| *key == old)?;
            let part = entry.part(same);
            let free = part.is_none_or(|p| p.from.is_empty() && p.step != Step::New);
            free.then(|| same.to_owned())
        };
        match named {
            _ if dropped => None,
            Some(part) => Some(part.key.clone()),
            None => own(),
        }
    };
    let view = |key: &str| {
        let to = goes_on(key);
        let targets = part_keys(new).into_iter();
        let note = entry.dropped.iter().find(|(of, _)| of == key);
        PartThen {
            key: key.to_owned(),
            label: label(ask, old, key),
            targets: targets
                .map(|t| (t.to_owned(), label(ask, new, t), to.as_deref() == Some(t)))
                .collect(),
            note: note
                .map(|(_, n)| (n.de.clone(), n.en.clone()))
                .unwrap_or_default(),
        }
    };
    part_keys(old).into_iter().map(view).collect()
}

type Mapping = Vec<(String, String, Vec<(String, String, bool)>)>;

fn mapping(ask: &Ask, entry: &Entry, new: &Question, old: &Question) -> Mapping {
    let row = |(code, text): (&str, &questionnaire::Text)| {
        let to = entry.mapping.iter().find(|(from, _)| from == code);
        let to = to.map(|(_, to)| to.as_slice()).unwrap_or_default();
        let targets = new.codes().into_iter().map(|(key, text)| {
            let chosen = to.iter().any(|t| t == key);
            (key.to_owned(), text.get(ask.lang).to_owned(), chosen)
        });
        let label = text.get(ask.lang).to_owned();
        (code.to_owned(), label, targets.collect())
    };
    old.codes().into_iter().map(row).collect()
}

/// What somebody else decided meanwhile.
fn theirs(ask: &Ask, pair: &Pair, kept: &KeptLineage) -> (String, Vec<(String, String)>) {
    let (by, at) = (kept.by.clone(), ask.date(day(kept.at)));
    let head = ask.tv("lineage-theirs", &[("by", &by), ("date", &at)]);
    let Some(LineageDecision::Question(entry)) = &kept.decision else {
        return (
            head,
            vec![(ask.t("lineage-step"), ask.t("lineage-taken-back"))],
        );
    };
    let old = entry.before().and_then(|key| pair.old.question(key));
    let mut lines = vec![(ask.t("lineage-step"), words::step(ask, entry.step))];
    if let Some(old) = old {
        lines.push((ask.t("lineage-before"), old.text.get(ask.lang).to_owned()));
    }
    lines.push((ask.t("lineage-outcome"), words::outcome(ask, entry, true)));
    if let Some(note) = &entry.note {
        lines.push((ask.t("lineage-note"), note.get(ask.lang).to_owned()));
    }
    if let Some(new) = pair.new.question(&entry.key) {
        lines.extend(words::lines(ask, entry, new, old));
    }
    (head, lines)
}
