//! A field of action: what its examples share, how many were named and published, and by which criteria.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::response::{IntoResponse, Response};
use findings::{FieldExamples, field_examples};
use practices::{CodeKind, PracticeId};

use crate::State;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::practice::field as name_of;
use crate::practice::shown::taken_up;

struct LessonView {
    label: String,
    said: String,
    examples: Vec<(String, String)>,
}

struct ExampleView {
    href: String,
    title: String,
    sentence: String,
    place: String,
    below: String,
    said: String,
    faded: bool,
}

#[derive(Template)]
#[template(path = "example/field.html")]
struct FieldPage {
    frame: Frame,
    named: String,
    criteria: String,
    success: Vec<LessonView>,
    obstacles: Vec<LessonView>,
    prerequisites: Vec<LessonView>,
    coded: String,
    examples: Vec<ExampleView>,
    below: Vec<String>,
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(key): Path<String>,
    ask: Ask,
) -> Result<Response, PageError> {
    let list = state.store.fields_of_action().await?;
    let field = list.iter().find(|f| f.key == key && f.parent.is_none());
    let field = field.ok_or(PageError::NotFound)?;
    let practices = state.store.practices().await?;
    let all = state.known.published(&state.store).await?;
    let mut published = all.as_ref().clone();
    published.retain(|e| e.publication.form.field == key);
    // What has faded sinks.
    published.sort_by_key(|e| (e.faded.is_some(), std::cmp::Reverse(e.confirmed), e.id));
    let within: BTreeSet<PracticeId> = published.iter().map(|e| e.id).collect();
    let named = practices.iter().filter(|p| p.form.field == key).count();
    let codes = state.store.codes().await?;
    let summary = field_examples(named, &within, &codes, &state.store.coded().await?);
    let mut examples = Vec::new();
    for e in &published {
        let form = &e.publication.form;
        let confirmed = ask.tv(
            "web-practice-fresh-confirmed",
            &[("day", &ask.date(e.confirmed))],
        );
        let faded = e
            .faded
            .map(|d| ask.tv("web-practice-faded-since", &[("day", &ask.date(d))]));
        examples.push(ExampleView {
            href: ask.to(&format!("/beispiele/{}", e.id.0)),
            title: form.title.clone(),
            sentence: form.sentence.clone(),
            place: crate::practice::place(&state, &e.municipality, &e.wave).await?,
            below: form
                .subfield
                .as_deref()
                .map(|k| name_of(ask.lang, &list, k))
                .unwrap_or_default(),
            faded: e.faded.is_some(),
            said: format!(
                "{} {}.",
                faded.unwrap_or(confirmed),
                taken_up(&ask, e.take_ups.len())
            ),
        });
    }
    let lessons = |kind| lessons(&ask, &summary, kind, &published);
    let page = FieldPage {
        named: counts(&ask, &summary),
        coded: ask.tv(
            "web-practice-field-coded",
            &[
                ("coded", &summary.coded.to_string()),
                ("published", &summary.published.to_string()),
            ],
        ),
        criteria: if field.criteria.is_empty() {
            ask.t("web-practice-criteria")
        } else {
            field.criteria.clone()
        },
        success: lessons(CodeKind::Success),
        obstacles: lessons(CodeKind::Obstacle),
        prerequisites: lessons(CodeKind::Prerequisite),
        examples,
        below: list
            .iter()
            .filter(|f| f.parent.as_deref() == Some(key.as_str()))
            .map(|f| name_of(ask.lang, &list, &f.key))
            .collect(),
        frame: Frame::new(&state, &ask, name_of(ask.lang, &list, &key)),
    };
    Ok(html(&page)?.into_response())
}

/// "43 Beispiele wurden genannt, 6 sind veröffentlicht."
fn counts(ask: &Ask, summary: &FieldExamples) -> String {
    let (named, published) = (summary.named.to_string(), summary.published.to_string());
    ask.tv(
        "web-practice-field-counts",
        &[("named", &named), ("published", &published)],
    )
}

fn lessons(
    ask: &Ask,
    summary: &FieldExamples,
    kind: CodeKind,
    published: &[practices::PublishedExample],
) -> Vec<LessonView> {
    let of_kind = summary.lessons.iter().filter(|l| l.code.kind == kind);
    of_kind
        .map(|lesson| {
            let count = lesson.examples.len().to_string();
            let coded = summary.coded.to_string();
            LessonView {
                label: match ask.lang {
                    questionnaire::Lang::De => lesson.code.de.clone(),
                    questionnaire::Lang::En => lesson.code.en.clone(),
                },
                said: ask.tv(
                    "web-practice-lesson-count",
                    &[("count", &count), ("coded", &coded)],
                ),
                examples: published
                    .iter()
                    .filter(|e| lesson.examples.contains(&e.id))
                    .map(|e| {
                        let href = ask.to(&format!("/beispiele/{}", e.id.0));
                        (href, e.publication.form.title.clone())
                    })
                    .collect(),
            }
        })
        .collect()
}
