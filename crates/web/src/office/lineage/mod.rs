//! Where the questions of a wave come from: both wordings side by side, decided question by question for a pair of waves.
//!
//! The program proposes, a researcher decides. What nobody decided is not compared. Each decision has a version of its
//! own, so that two who work at once overwrite nothing.

mod form;
mod pages;
mod question;
mod words;

use std::sync::Arc;

use fieldwork::WaveName;
use questionnaire::lineage::{Entry, decided};
use questionnaire::{Lineage, Questionnaire};
use store::{KeptLineage, StoredWave};

use crate::State;
use crate::error::PageError;
use crate::frame::Ask;

pub(super) use pages::{choose, confirm, drop_question, next_file, show};
pub(super) use question::{save, show as show_question};

/// Two waves with what is decided about their questions.
struct Pair {
    earlier: StoredWave,
    later: StoredWave,
    old: Arc<Questionnaire>,
    new: Arc<Questionnaire>,
    kept: Vec<KeptLineage>,
    lineage: Lineage,
}

/// Who decided about a question.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stand {
    /// Nobody yet.
    Proposed,
    /// The questionnaire's file.
    File,
    /// A researcher, on the page.
    Decided,
}

impl Pair {
    async fn read(state: &State, (later, earlier): (&str, &str)) -> Result<Self, PageError> {
        let (later, earlier) = (WaveName(later.to_owned()), WaveName(earlier.to_owned()));
        let (store, known) = (&state.store, &state.known);
        let later_wave = store.wave(&later).await?.ok_or(PageError::NotFound)?;
        let earlier_wave = store.wave(&earlier).await?.ok_or(PageError::NotFound)?;
        if earlier_wave.wave.opens >= later_wave.wave.opens {
            return Err(PageError::NotFound);
        }
        let (old, new) = (
            known.questionnaire(&earlier_wave)?,
            known.questionnaire(&later_wave)?,
        );
        let kept = store.lineage(&earlier, &later).await?;
        let lineage = decided(&old, &new, &store::decisions(&kept));
        Ok(Self {
            earlier: earlier_wave,
            later: later_wave,
            old,
            new,
            kept,
            lineage,
        })
    }

    /// What was saved about a question of the later (or else the earlier) questionnaire.
    fn kept(&self, later: bool, key: &str) -> Option<&KeptLineage> {
        let mut all = self.kept.iter();
        all.find(|kept| kept.of.0 == later && kept.of.1 == key)
    }

    /// The version that a decision about it has to name.
    fn version(&self, later: bool, key: &str) -> u32 {
        self.kept(later, key).map_or(0, |kept| kept.version)
    }

    fn stand(&self, key: &str) -> Stand {
        let saved = self.kept(true, key).is_some_and(|k| k.decision.is_some());
        match self.lineage.open.iter().any(|open| open == key) {
            true => Stand::Proposed,
            false if saved => Stand::Decided,
            false => Stand::File,
        }
    }

    fn entry(&self, key: &str) -> Option<&Entry> {
        self.lineage.question(key)
    }

    /// Address of the pair's pages.
    fn path(&self, ask: &Ask, below: &str) -> String {
        let (later, earlier) = (&self.later.wave.name, &self.earlier.wave.name);
        ask.to(&format!("/verwaltung/herkunft/{later}/{earlier}{below}"))
    }
}
