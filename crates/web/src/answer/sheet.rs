//! The feedback sheet (Vergleichsblatt): one's own answers beside released figures, as page and as PDF.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use edition::numbers;
use findings::{FeedbackNeed, FeedbackRow, FeedbackSheet, Release, ReleasedCell, feedback_sheet};

use crate::State;
use crate::answer::access::Access;
use crate::answer::pdf::rendered;
use crate::error::{PageError, html};
use crate::frame::{Ask, Frame};
use crate::practice::fitting::matching;

/// A piece of a 100 % bar; whole percents.
struct Piece {
    x: u32,
    width: u32,
    class: String,
    own: bool,
}

/// An own answer beside the peer group.
struct RowView {
    label: String,
    own: String,
    /// Empty where a bar would say nothing.
    pieces: Vec<Piece>,
    /// The peer group's figures in words.
    peers: String,
    like_you: Option<String>,
    wider: Option<String>,
    n: Option<String>,
}

struct ThemeView {
    title: String,
    rows: Vec<RowView>,
}

struct NeedView {
    need: String,
    examples: Vec<ExampleView>,
}

struct ExampleView {
    /// Its page in the published edition, where there is one.
    href: Option<String>,
    title: String,
    place: String,
    reason: String,
    missing: Option<String>,
}

#[derive(Template)]
#[template(path = "answer/sheet.html")]
struct SheetPage {
    frame: Frame,
    municipality: String,
    lead: String,
    source: String,
    themes: Vec<ThemeView>,
    needs: Vec<NeedView>,
    suppressed: bool,
    pdf_href: String,
    fits_href: String,
    review_href: String,
}

#[derive(Template)]
#[template(path = "answer/sheet_none.html")]
struct NoSheetPage {
    frame: Frame,
    municipality: String,
    review_href: String,
}

/// Sets the answers beside the last closed wave's figures; `None` when no wave has been closed yet.
async fn compose(
    state: &State,
    access: &Access,
) -> Result<Option<(FeedbackSheet, Release)>, PageError> {
    let Some((_, release)) = state.store.last_release().await? else {
        return Ok(None);
    };
    let register = state
        .known
        .register(&state.store, access.stored.register_list)
        .await?;
    let key = &access.invitation.municipality;
    let municipality = register
        .get(key)
        .ok_or_else(|| PageError::internal(format!("{key} is not in the list of its wave")))?;
    let matching = matching(state, &access.stored, &access.questionnaire).await?;
    let answers = access.response(state).await?.answers();
    let title = &access.wave().title;
    let sheet = feedback_sheet(
        &access.questionnaire,
        &answers,
        municipality,
        title,
        &release,
        &matching,
    );
    Ok(Some((sheet, release)))
}

pub(crate) async fn show(
    Extract(state): Extract<State>,
    Path(token): Path<String>,
    ask: Ask,
    parts: Parts,
) -> Result<Response, PageError> {
    let access = Access::find(&state, &token, &parts).await?;
    let review_href = ask.to(&access.path("/pruefen"));
    if access.invitation.submitted.is_none() {
        return Ok(Redirect::to(&review_href).into_response());
    }
    let municipality = access.municipality.clone();
    let frame = access.frame(&state, &ask, ask.t("web-answer-sheet-title"));
    let Some((sheet, release)) = compose(&state, &access).await? else {
        let page = NoSheetPage {
            frame,
            municipality,
            review_href,
        };
        return Ok(html(&page)?.into_response());
    };
    let editions = state.store.editions().await?;
    let edition = editions
        .iter()
        .find(|e| e.published.is_some() && e.draft.wave == release.wave);
    let site = edition.map(|e| format!("/ausgaben/{}/site", e.draft.key));
    let group = sheet.peer_group.get(ask.lang);
    let date = ask.date(sheet.figures_date);
    let source = [("wave", sheet.figures_of.get(ask.lang)), ("date", &date)];
    let held_back = |row: &FeedbackRow| row.peers.contains(&ReleasedCell::Suppressed);
    let page = SheetPage {
        frame: frame.wide(),
        municipality,
        lead: ask.tv("web-answer-sheet-lead", &[("group", group)]),
        source: ask.tv("web-answer-sheet-source", &source),
        themes: themes(&ask, &sheet, &release),
        needs: sheet
            .needs
            .iter()
            .map(|n| need(&ask, n, site.as_deref()))
            .collect(),
        suppressed: sheet.rows.iter().any(held_back),
        pdf_href: ask.to(&access.path("/vergleichsblatt.pdf")),
        fits_href: ask.to(&access.path("/beispiele")),
        review_href,
    };
    Ok(html(&page)?.into_response())
}

pub(crate) async fn pdf(
    Extract(state): Extract<State>,
    Path(token): Path<String>,
    ask: Ask,
    parts: Parts,
) -> Result<Response, PageError> {
    let access = Access::find(&state, &token, &parts).await?;
    if access.invitation.submitted.is_none() {
        return Ok(Redirect::to(&ask.to(&access.path("/pruefen"))).into_response());
    }
    let Some((sheet, _)) = compose(&state, &access).await? else {
        return Ok(Redirect::to(&ask.to(&access.path("/vergleichsblatt"))).into_response());
    };
    let (render, lang) = (state.render.feedback_sheet.clone(), ask.lang);
    let file = format!("vergleichsblatt-{}.pdf", access.invitation.municipality);
    rendered(&file, move || render(&sheet, lang)).await
}

/// Rows by theme, in the order of the questionnaire.
fn themes(ask: &Ask, sheet: &FeedbackSheet, release: &Release) -> Vec<ThemeView> {
    let mut themes: Vec<ThemeView> = Vec::new();
    for row in &sheet.rows {
        let title = row.theme.get(ask.lang);
        let ordered = release.finding(&row.finding.0).is_some_and(|f| f.ordered);
        let view = view(ask, row, ordered);
        match themes.last_mut().filter(|theme| theme.title == title) {
            Some(theme) => theme.rows.push(view),
            None => themes.push(ThemeView {
                title: title.to_owned(),
                rows: vec![view],
            }),
        }
    }
    themes
}

fn view(ask: &Ask, row: &FeedbackRow, ordered: bool) -> RowView {
    let cell = |c: &ReleasedCell| numbers::cell(ask.lang, c);
    let one = row.columns.len() == 1;
    let words: Vec<String> = row
        .columns
        .iter()
        .zip(&row.peers)
        .map(|(column, peer)| {
            if one {
                cell(peer)
            } else {
                format!("{} {}", column.get(ask.lang), cell(peer))
            }
        })
        .collect();
    let mean = matches!(row.peers.first(), Some(ReleasedCell::Mean { .. }));
    let own_peer = row
        .own_column
        .and_then(|i| row.peers.get(i))
        .filter(|_| !one);
    let like_you = own_peer.filter(|peer| **peer != ReleasedCell::Suppressed);
    let unit = row.columns.first().map_or("", |c| c.get(ask.lang));
    RowView {
        label: row.label.get(ask.lang).to_owned(),
        own: match row.own_number {
            Some(own) if mean => format!(
                "{}\u{a0}{unit}",
                numbers::tenths(ask.lang, (own * 10.0).round() as i64)
                    .trim_end_matches(",0")
                    .trim_end_matches(".0")
            ),
            _ => row.own.get(ask.lang).to_owned(),
        },
        pieces: if ordered || (one && !mean) {
            pieces(row)
        } else {
            Vec::new()
        },
        peers: match (mean, words.first()) {
            _ if row.peers.iter().all(|p| *p == ReleasedCell::Suppressed) => {
                cell(&ReleasedCell::Suppressed)
            }
            (true, Some(first)) => {
                ask.tv("web-answer-sheet-mean", &[("mean", first), ("unit", unit)])
            }
            _ => words.join(", "),
        },
        like_you: like_you.map(|p| ask.tv("web-answer-sheet-like-you", &[("share", &cell(p))])),
        wider: row.wider.then(|| {
            ask.tv(
                "web-answer-sheet-wider",
                &[("group", row.peers_of.get(ask.lang))],
            )
        }),
        n: row.n.map(|n| numbers::thousands(ask.lang, n.into())),
    }
}

/// The bar's pieces, from whole percents only; nothing where a figure is held back.
fn pieces(row: &FeedbackRow) -> Vec<Piece> {
    let last = row.peers.len();
    let mut x = 0;
    let mut pieces = Vec::new();
    for (i, peer) in row.peers.iter().enumerate() {
        let width = match peer {
            ReleasedCell::Percent { value, .. } => u32::from(*value),
            ReleasedCell::Under10 => 5,
            ReleasedCell::Over90 => 95,
            ReleasedCell::Mean { .. } | ReleasedCell::Suppressed => return Vec::new(),
        };
        let width = width.min(100 - x);
        // Five shades, whatever the number of points; one bar alone is petrol.
        let shade = if last == 1 { 5 } else { 1 + i * 4 / (last - 1) };
        let own = row.own_column == Some(i) && last > 1;
        pieces.push(Piece {
            x,
            width,
            class: format!("l{shade}"),
            own,
        });
        x += width;
    }
    pieces
}

fn need(ask: &Ask, need: &FeedbackNeed, site: Option<&str>) -> NeedView {
    let example = |e: &findings::MatchedExample| ExampleView {
        href: site.map(|site| format!("{site}/beispiele/{}.html", e.practice)),
        title: e.title.clone(),
        place: e.municipality.clone(),
        reason: e.reason.get(ask.lang).to_owned(),
        missing: Some(e.missing.get(ask.lang))
            .filter(|what| !what.is_empty())
            .map(|what| ask.tv("web-fit-missing", &[("what", what)])),
    };
    NeedView {
        need: need.need.get(ask.lang).to_owned(),
        examples: need.examples.iter().map(example).collect(),
    }
}
