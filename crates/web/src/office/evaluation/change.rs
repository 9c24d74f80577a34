//! What has changed since another wave: released figures, beside the answer.

use edition::change as words;
use edition::charts::Medium;
use edition::document::Table;
use findings::workspace::{Breakdown, Counted, Query};
use findings::{CodeAnalysis, Domain, ReleasedChange};

use super::asked::{Asked, ClosedWave, Pairs, value};
use super::codes;
use crate::State;
use crate::error::PageError;
use crate::frame::Ask;

/// A change between two waves.
pub(super) struct ChangeView {
    pub sentence: String,
    pub certainty: String,
    /// Slopes for a wide and for a narrow screen, and how to read them.
    pub charts: Option<(String, String, String)>,
    pub tables: Vec<Table>,
    /// Of a scale: what has moved among its answers, and all of them, with what is not for publication.
    pub codes: Option<(String, Vec<Table>)>,
    /// Why there is no change to be seen here; then all else is empty.
    pub refused: Option<String>,
}

/// The wave that is compared with, where one is named.
pub(super) fn against<'a>(asked: &'a Asked, pairs: &Pairs) -> Option<&'a ClosedWave> {
    let named = value(pairs, "vergleich")?;
    let mut others = asked.waves.iter();
    others.find(|w| w.name.0 == named && w.name != asked.wave.name)
}

/// What has changed between the wave and the other one; of the two the earlier comes first.
pub(super) async fn change(
    state: &State,
    ask: &Ask,
    asked: &Asked,
    other: &ClosedWave,
) -> Result<Option<ChangeView>, PageError> {
    let query = &asked.query;
    let place = |wave: &ClosedWave| asked.waves.iter().position(|w| w.name == wave.name);
    // Waves are listed with the newest first.
    let waves = match place(other) > place(&asked.wave) {
        true => (&other.name, &asked.wave.name),
        false => (&asked.wave.name, &other.name),
    };
    let Some(change) = state.known.change(&state.store, waves).await? else {
        return Ok(None);
    };
    let narrowed = !query.only.is_empty()
        || !matches!(
            query.counted,
            Counted::Municipalities | Counted::Inhabitants
        )
        || matches!(query.by, Breakdown::LandGroup | Breakdown::Answer(_));
    if narrowed {
        return Ok(Some(refused(ask.t("web-evaluation-change-narrow"))));
    }
    let living = match query.counted {
        Counted::Inhabitants => findings::INHABITANTS_SUFFIX,
        _ => "",
    };
    let Some(finding) = change.finding(&format!("{}{living}", query.question)) else {
        let compared = change.finding(&query.question).is_some();
        return Ok(Some(refused(match compared {
            true => ask.t("web-evaluation-change-narrow"),
            false => reason(ask, &change, &query.question),
        })));
    };
    let population = query.population;
    let draw = |medium| words::slopes(ask.lang, &change, finding, population, medium);
    let (wide, narrow) = (draw(Medium::Screen), draw(Medium::Narrow));
    let mut tables = vec![words::table(ask.lang, &change, finding, Some(population))];
    if query.by != Breakdown::Whole {
        tables.extend(words::group_table(ask.lang, finding));
    }
    let codes = match finding.codes.is_empty() {
        true => None,
        false => {
            let question = query.question.clone();
            let known = &state.known;
            let all = known.code_analysis(&state.store, waves, question).await?;
            let said = words::code_sentence(ask.lang, finding, population);
            let shown = |of: &&CodeAnalysis| fits(query, of.domain);
            let all: Vec<&CodeAnalysis> = all.iter().filter(shown).collect();
            let tables = codes::tables(ask, &change, finding, &all);
            Some((said.unwrap_or_default(), tables))
        }
    };
    let headline = || words::headline(ask.lang, finding, population);
    Ok(Some(ChangeView {
        sentence: wide.as_ref().map_or_else(headline, |wide| wide.0.clone()),
        certainty: wide.as_ref().map(|wide| wide.1.clone()).unwrap_or_default(),
        charts: wide
            .zip(narrow)
            .map(|(wide, narrow)| (wide.2, narrow.2, wide.3)),
        tables,
        codes,
        refused: None,
    }))
}

/// Whether a query asks for this domain.
fn fits(query: &Query, domain: Domain) -> bool {
    domain.population() == query.population
        && match domain {
            Domain::All(_) => true,
            Domain::SizeClass(_) => query.by == Breakdown::SizeClass,
            Domain::Town(_) => query.by == Breakdown::Town,
        }
}

fn refused(reason: String) -> ChangeView {
    ChangeView {
        sentence: String::new(),
        certainty: String::new(),
        charts: None,
        tables: Vec::new(),
        codes: None,
        refused: Some(reason),
    }
}

/// Why a question is not compared.
fn reason(ask: &Ask, change: &ReleasedChange, question: &str) -> String {
    let of_question = change.refused.iter().filter(|r| r.question == question);
    let reasons: Vec<String> = of_question
        .map(|r| {
            let note = r.note.as_ref().map(|t| t.get(ask.lang));
            let reason = r.reason.get(ask.lang);
            note.map_or_else(|| reason.to_owned(), |note| format!("{reason} {note}"))
        })
        .collect();
    match reasons.is_empty() {
        true => ask.t("web-evaluation-change-none"),
        false => reasons.join(" "),
    }
}
