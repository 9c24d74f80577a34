//! "Haben wir auch gemacht": another municipality records that it took an example up.

use jiff::civil::Date;
use register::Key;
use serde::{Deserialize, Serialize};

use crate::form::{Mode, Running, words};
use crate::life::State;
use crate::practice::PracticeId;

/// Number of a take-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TakeUpId(pub i64);

/// What the municipality says: released and published exactly so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakeUpForm {
    /// How far it is there.
    pub running: Running,
    /// What it changed.
    pub changed: String,
    /// What it would advise.
    pub advice: String,
}

/// A take-up with its life.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TakeUp {
    /// Number.
    pub id: TakeUpId,
    /// The example.
    pub practice: PracticeId,
    /// Who took it up.
    pub municipality: Key,
    /// The take-up from which it learned, where it was not the example's own municipality.
    pub via: Option<TakeUpId>,
    /// Wording.
    pub form: TakeUpForm,
    /// State, by the same table as a practice's.
    pub state: State,
    /// Counts the saves.
    pub version: u32,
    /// Day of release.
    pub released: Option<Date>,
}

/// What is wrong with a take-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakeUpFault {
    /// No year, or one that cannot be.
    Since,
    /// Nothing said about what was changed.
    ChangedMissing,
    /// More than 100 words about it.
    ChangedTooLong,
    /// More than 100 words of advice.
    AdviceTooLong,
    /// An end without a reason.
    EndedWithoutReason,
}

/// Words that each text may have.
pub(crate) const WORDS: usize = 100;

impl TakeUpForm {
    /// All that is wrong.
    pub fn check(&self) -> Vec<TakeUpFault> {
        let ended = self.running.mode == Mode::Ended && self.running.ended_why.trim().is_empty();
        [
            (
                !(1900..=2100).contains(&self.running.since),
                TakeUpFault::Since,
            ),
            (self.changed.trim().is_empty(), TakeUpFault::ChangedMissing),
            (words(&self.changed) > WORDS, TakeUpFault::ChangedTooLong),
            (words(&self.advice) > WORDS, TakeUpFault::AdviceTooLong),
            (ended, TakeUpFault::EndedWithoutReason),
        ]
        .into_iter()
        .filter_map(|(wrong, fault)| wrong.then_some(fault))
        .collect()
    }
}

/// How often an example was taken up: the second axis of honesty beside how its result is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TakenUp {
    /// By nobody that we know of.
    NotYet,
    /// Once.
    Once,
    /// Two to four times.
    Several,
    /// Five times or more.
    Often,
}

impl TakenUp {
    /// From the number of released take-ups.
    pub fn of(count: usize) -> Self {
        match count {
            0 => Self::NotYet,
            1 => Self::Once,
            2..=4 => Self::Several,
            _ => Self::Often,
        }
    }
}

/// Take-ups as a chain: each followed by those that learned from it, with how deep it stands. What names an unknown or
/// later take-up stands at the top.
pub fn chain(take_ups: &[TakeUp]) -> Vec<(usize, &TakeUp)> {
    fn below<'t>(
        all: &'t [TakeUp],
        above: Option<TakeUpId>,
        depth: usize,
        out: &mut Vec<(usize, &'t TakeUp)>,
    ) {
        for t in all {
            let known = t
                .via
                .filter(|via| *via < t.id && all.iter().any(|x| x.id == *via));
            if known == above {
                out.push((depth, t));
                below(all, Some(t.id), depth + 1, out);
            }
        }
    }
    let mut out = Vec::with_capacity(take_ups.len());
    below(take_ups, None, 0, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take_up(id: i64, via: Option<i64>) -> TakeUp {
        TakeUp {
            id: TakeUpId(id),
            practice: PracticeId(1),
            municipality: Key::new("99001001").unwrap(),
            via: via.map(TakeUpId),
            form: TakeUpForm {
                running: Running {
                    mode: Mode::Running,
                    since: 2015,
                    ended_why: String::new(),
                },
                changed: "Abends statt vormittags.".into(),
                advice: String::new(),
            },
            state: State::Published,
            version: 1,
            released: None,
        }
    }

    #[test]
    fn a_chain_keeps_everyone_once_whatever_they_name() {
        let all = [
            take_up(1, None),
            take_up(2, Some(1)),
            take_up(3, Some(9)),
            take_up(4, Some(2)),
            take_up(5, Some(5)),
        ];
        let order: Vec<(usize, i64)> = chain(&all).iter().map(|(d, t)| (*d, t.id.0)).collect();
        assert_eq!(order, [(0, 1), (1, 2), (2, 4), (0, 3), (0, 5)]);
    }

    #[test]
    fn a_take_up_says_since_when_and_what_changed() {
        let mut form = take_up(1, None).form;
        assert!(form.check().is_empty());
        form.running = Running {
            mode: Mode::Ended,
            since: 0,
            ended_why: String::new(),
        };
        form.changed = String::new();
        assert_eq!(
            form.check(),
            [
                TakeUpFault::Since,
                TakeUpFault::ChangedMissing,
                TakeUpFault::EndedWithoutReason
            ]
        );
    }
}
