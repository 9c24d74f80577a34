//! From an address to a query, and back.

use std::sync::Arc;

use fieldwork::WaveName;
use findings::workspace::{
    Analysis, Breakdown, Condition, Counted, Offer, Query, QueryError, Workspace,
};
use questionnaire::Text;
use register::Population;

use crate::State;
use crate::error::PageError;

/// Names and values of the form, in their order.
pub(super) type Pairs = Vec<(String, String)>;

/// A wave that can be evaluated.
#[derive(Clone)]
pub(super) struct ClosedWave {
    pub name: WaveName,
    pub title: Text,
}

/// What is asked, with all that answering it needs.
pub(super) struct Asked {
    /// All waves that can be asked, the newest first.
    pub waves: Vec<ClosedWave>,
    pub wave: ClosedWave,
    pub workspace: Arc<Workspace>,
    pub offers: Vec<Offer>,
    pub query: Query,
    /// Conditions that could not be read.
    pub unread: Vec<String>,
}

/// The waves that are closed.
pub(super) async fn closed_waves(state: &State) -> Result<Vec<ClosedWave>, PageError> {
    let waves = state.store.waves().await?.into_iter();
    let closed = waves.filter(|w| w.wave.frozen.is_some());
    let closed = closed.map(|w| ClosedWave {
        name: w.wave.name,
        title: w.wave.title,
    });
    Ok(closed.collect())
}

impl Asked {
    /// Reads what is asked; what the address leaves open is filled with defaults. `None` while no wave is closed.
    pub async fn read(state: &State, pairs: &Pairs) -> Result<Option<Self>, PageError> {
        let waves = closed_waves(state).await?;
        let named = value(pairs, "befragung");
        let wave = waves.iter().find(|w| Some(w.name.0.as_str()) == named);
        let Some(wave) = wave.or(waves.first()).cloned() else {
            return Ok(None);
        };
        let workspace = state.known.workspace(&state.store, &wave.name).await?;
        let workspace = workspace.ok_or(PageError::NotFound)?;
        let offers = workspace.offers();
        let (only, unread): (Vec<_>, Vec<_>) = pairs
            .iter()
            .filter(|(name, value)| name == "nur" && !value.is_empty())
            .map(|(_, value)| value.parse::<Condition>().map_err(|e| e.0))
            .partition(Result::is_ok);
        let query = Query {
            only: only.into_iter().filter_map(Result::ok).collect(),
            ..query(pairs, &workspace, &offers)
        };
        Ok(Some(Self {
            waves,
            wave,
            workspace,
            offers,
            query,
            unread: unread.into_iter().filter_map(Result::err).collect(),
        }))
    }

    /// The answer.
    pub fn answer(&self) -> Result<Analysis, QueryError> {
        if let Some(unread) = self.unread.first() {
            return Err(QueryError::Condition(unread.clone()));
        }
        self.workspace.ask(&self.query)
    }

    /// The address of what is asked, below `path`, with more pairs behind it.
    pub fn address(&self, path: &str, more: &[(&str, &str)]) -> String {
        address(&self.wave.name, &self.query, path, more)
    }
}

/// The address of a query, below `path`.
pub(super) fn address(wave: &WaveName, query: &Query, path: &str, more: &[(&str, &str)]) -> String {
    let question = match &query.item {
        Some(item) => format!("{}.{item}", query.question),
        None => query.question.clone(),
    };
    let mut pairs = vec![
        ("befragung", wave.0.clone()),
        ("frage", question),
        ("wer", population_word(query.population).to_owned()),
        ("nach", query.by.to_string()),
    ];
    pairs.extend(query.only.iter().map(|c| ("nur", c.to_string())));
    pairs.push(("zaehlen", query.counted.word().to_owned()));
    pairs.extend(query.answer.iter().map(|code| ("antwort", code.clone())));
    pairs.extend(
        more.iter()
            .map(|(name, value)| (*name, (*value).to_owned())),
    );
    let pairs = pairs.iter().filter(|(_, value)| !value.is_empty());
    let pairs: Vec<String> = pairs
        .map(|(name, value)| format!("{name}={}", encoded(value)))
        .collect();
    format!("{path}?{}", pairs.join("&"))
}

/// Percent encoding of a value in an address.
fn encoded(value: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._".contains(&b);
    value
        .bytes()
        .map(|b| match plain(b) {
            true => char::from(b).to_string(),
            false => format!("%{b:02X}"),
        })
        .collect()
}

/// The first value of a name that says something.
pub(super) fn value<'p>(pairs: &'p Pairs, name: &str) -> Option<&'p str> {
    let found = pairs.iter().find(|(n, v)| n == name && !v.is_empty());
    found.map(|(_, value)| value.as_str())
}

pub(super) fn population_word(population: Population) -> &'static str {
    match population {
        Population::Municipalities => "municipalities",
        Population::Counties => "counties",
    }
}

/// What is asked but for its conditions. Without a question: the first battery, else the first question.
fn query(pairs: &Pairs, workspace: &Workspace, offers: &[Offer]) -> Query {
    let battery = |o: &&Offer| o.ordered && !o.items.is_empty();
    let first = offers.iter().find(battery).or(offers.first());
    let wanted = value(pairs, "frage").unwrap_or(first.map_or("", |o| o.key.as_str()));
    // A question's key may hold a point itself: the longest key that fits is the question.
    let fits = |o: &&Offer| {
        let rest = wanted.strip_prefix(o.key.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let offer = offers.iter().filter(fits).max_by_key(|o| o.key.len());
    let (question, item) = match offer {
        Some(offer) => {
            let item = wanted[offer.key.len()..].strip_prefix('.');
            (offer.key.clone(), item.map(str::to_owned))
        }
        None => (wanted.to_owned(), None),
    };
    let populations = workspace.populations();
    let wanted = value(pairs, "wer");
    let population = populations
        .iter()
        .find(|p| Some(population_word(**p)) == wanted);
    let answers = offer.map_or(&[][..], |o| &o.answers);
    let answer = value(pairs, "antwort").filter(|code| answers.iter().any(|(c, _)| c == code));
    let counted = Counted::ALL
        .into_iter()
        .find(|c| Some(c.word()) == value(pairs, "zaehlen"));
    Query {
        question,
        item,
        population: *population
            .or(populations.first())
            .unwrap_or(&Population::Municipalities),
        by: Breakdown::from(value(pairs, "nach").unwrap_or_default()),
        only: Vec::new(),
        counted: counted.unwrap_or_default(),
        answer: answer.map(str::to_owned),
    }
}
