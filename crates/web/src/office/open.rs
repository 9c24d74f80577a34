//! Open answers of a closed wave: the questions, what was answered, how it is coded.

use std::collections::{BTreeMap, BTreeSet};

use dataset::{Cell, CodeFrame, Coded, Dataset, Values};
use fieldwork::WaveName;
use questionnaire::{Text, VariableKey};
use store::Coding;

use crate::State;
use crate::error::PageError;

/// Codes of one answer by coder (mail address).
pub(crate) type ByCoder = BTreeMap<String, BTreeSet<String>>;

/// One answer: its number on the pages, who gave it (never shown while coding), what it says.
pub(crate) struct OpenAnswer {
    pub number: usize,
    pub unit: String,
    pub text: String,
}

/// One open question of a closed wave with all that was coded.
pub(crate) struct Open {
    pub wave: WaveName,
    pub title: Text,
    pub variable: VariableKey,
    pub wording: Text,
    pub answers: Vec<OpenAnswer>,
    /// The first version of the dataset.
    pub dataset: Dataset,
    /// Version of the frame.
    pub version: i64,
    pub frame: CodeFrame,
    pub codings: Vec<Coding>,
}

/// The texts of a dataset: variable, wording, answers.
pub(crate) fn texts(dataset: &Dataset) -> Vec<(VariableKey, Text, Vec<OpenAnswer>)> {
    let mut texts = Vec::new();
    for column in &dataset.columns {
        let Values::Text(cells) = &column.values else {
            continue;
        };
        let said = dataset.units.iter().zip(cells);
        let said = said.filter_map(|(unit, cell)| match cell {
            Cell::Value(text) => Some((unit.clone(), text.clone())),
            _ => None,
        });
        let answers =
            (1..)
                .zip(said)
                .map(|(number, (unit, text))| OpenAnswer { number, unit, text });
        let variable = &column.variable;
        texts.push((
            variable.key.clone(),
            variable.text.clone(),
            answers.collect(),
        ));
    }
    texts
}

impl Open {
    /// Reads one question; not found where the wave is not closed or has no such text.
    pub(crate) async fn load(state: &State, wave: &str, variable: &str) -> Result<Self, PageError> {
        let wave = WaveName(wave.to_owned());
        let stored = state.store.wave(&wave).await?.ok_or(PageError::NotFound)?;
        let dataset = state.store.dataset(&wave).await?;
        let dataset = dataset.ok_or(PageError::NotFound)?;
        let found = texts(&dataset).into_iter().find(|(v, ..)| v.0 == variable);
        let (variable, wording, answers) = found.ok_or(PageError::NotFound)?;
        let (version, frame) = state.store.code_frame(&wave, &variable.0).await?;
        let codings = state.store.codings(&wave, &variable.0).await?;
        Ok(Self {
            title: stored.wave.title,
            wave,
            variable,
            wording,
            answers,
            dataset,
            version,
            frame,
            codings,
        })
    }

    /// Address of a page of this question below `/verwaltung/offene-antworten`.
    pub(crate) fn path(&self, page: &str) -> String {
        format!(
            "/verwaltung/offene-antworten/{}/{}/{page}",
            self.wave, self.variable
        )
    }

    /// What each coder chose for one unit's answer.
    pub(crate) fn by_coder(&self, unit: &str) -> ByCoder {
        let own = self.codings.iter().filter(|c| c.municipality == unit);
        own.filter_map(|c| Some((c.coder.clone()?, c.codes.clone())))
            .collect()
    }

    /// The codes of one unit's answer: as settled, or as two coders both chose them.
    pub(crate) fn settled(&self, unit: &str) -> Option<BTreeSet<String>> {
        let mut own = self.codings.iter().filter(|c| c.municipality == unit);
        if let Some(settled) = own.find(|c| c.coder.is_none()) {
            return Some(settled.codes.clone());
        }
        let coders = self.by_coder(unit);
        let mut sets = coders.values();
        let (first, second) = (sets.next()?, sets.next()?);
        (first == second).then(|| first.clone())
    }

    /// All that is settled, for the next version of the dataset.
    pub(crate) fn coded(&self) -> Coded {
        let units = self
            .answers
            .iter()
            .filter_map(|answer| Some((answer.unit.clone(), self.settled(&answer.unit)?)));
        Coded {
            variable: self.variable.clone(),
            frame: self.frame.clone(),
            units: units.collect(),
        }
    }
}
