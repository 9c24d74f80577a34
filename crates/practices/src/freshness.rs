//! Freshness: when an owner is asked whether an example still runs, and when silence fades it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What an owner answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// Runs as described.
    Runs,
    /// Something has changed; the note says what.
    Changed,
    /// It has become a regular service.
    RegularService,
    /// It has ended; the note says why.
    Ended,
}

/// What an owner said, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// Day.
    pub on: Date,
    /// Answer.
    pub answer: Answer,
    /// What changed, or why it ended.
    pub note: String,
}

/// Days after which an owner is asked.
const YEAR: i32 = 365;
/// Days after asking on which a reminder goes out.
pub const REMIND_AFTER_DAYS: i32 = 21;
/// Days after asking on which an unanswered example fades.
pub const FADES_AFTER_DAYS: i32 = 56;

/// What is to be done about an example today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Nothing.
    Nothing,
    /// Ask its owner.
    Ask,
    /// Remind its owner.
    Remind,
    /// Let it fade.
    Fade,
}

/// What is to be done: asked once a year and with each wave that opened since the last word; reminded after three
/// weeks; faded after eight. `asked` holds the days on which the owner was asked since the last word.
pub fn due(
    confirmed: Date,
    asked: &[Date],
    waves_opened: &[Date],
    faded: bool,
    today: Date,
) -> Due {
    let days = |from: Date| (today - from).get_days();
    let since: Vec<Date> = asked.iter().copied().filter(|a| *a > confirmed).collect();
    let wave = waves_opened
        .iter()
        .any(|w| *w > confirmed && *w <= today && !since.iter().any(|a| a >= w));
    let Some(first) = since.first().copied() else {
        return if wave || days(confirmed) >= YEAR {
            Due::Ask
        } else {
            Due::Nothing
        };
    };
    let last = since.last().copied().unwrap_or(first);
    if !faded && days(first) >= FADES_AFTER_DAYS {
        Due::Fade
    } else if wave || days(last) >= YEAR {
        Due::Ask
    } else if !faded && since.len() == 1 && days(first) >= REMIND_AFTER_DAYS {
        Due::Remind
    } else {
        Due::Nothing
    }
}

/// How fresh an example is, for facets and ranking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Freshness {
    /// Confirmed within the last year.
    Fresh,
    /// Confirmed earlier, not yet faded.
    Waiting,
    /// Its owner did not answer.
    Faded,
    /// Its owner says that it has ended.
    Ended,
}

/// The freshness of an example on a day.
pub fn freshness(
    confirmed: Date,
    said: Option<&Confirmation>,
    faded: bool,
    today: Date,
) -> Freshness {
    if said.is_some_and(|c| c.answer == Answer::Ended) {
        Freshness::Ended
    } else if faded {
        Freshness::Faded
    } else if (today - confirmed).get_days() < YEAR {
        Freshness::Fresh
    } else {
        Freshness::Waiting
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const WORD: Date = date(2024, 3, 1);

    #[track_caller]
    fn check(asked: &[Date], waves: &[Date], faded: bool, today: Date, expect: Due) {
        assert_eq!(due(WORD, asked, waves, faded, today), expect);
    }

    #[test]
    fn asked_after_a_year_reminded_faded_and_asked_again() {
        check(&[], &[], false, date(2025, 2, 28), Due::Nothing);
        check(&[], &[], false, date(2025, 3, 1), Due::Ask);
        let asked = [date(2025, 3, 1)];
        check(&asked, &[], false, date(2025, 3, 21), Due::Nothing);
        check(&asked, &[], false, date(2025, 3, 22), Due::Remind);
        let reminded = [date(2025, 3, 1), date(2025, 3, 22)];
        check(&reminded, &[], false, date(2025, 4, 25), Due::Nothing);
        check(&reminded, &[], false, date(2025, 4, 26), Due::Fade);
        check(&reminded, &[], true, date(2025, 6, 1), Due::Nothing);
        check(&reminded, &[], true, date(2026, 3, 22), Due::Ask);
        // Asked and answered on the same day.
        check(&[WORD], &[], false, date(2024, 6, 1), Due::Nothing);
    }

    #[test]
    fn a_wave_that_opens_asks_once() {
        let wave = [date(2024, 9, 1)];
        check(&[], &wave, false, date(2024, 8, 31), Due::Nothing);
        check(&[], &wave, false, date(2024, 9, 1), Due::Ask);
        check(
            &[date(2024, 9, 1)],
            &wave,
            false,
            date(2024, 9, 2),
            Due::Nothing,
        );
        check(
            &[],
            &[date(2024, 2, 1)],
            false,
            date(2024, 9, 1),
            Due::Nothing,
        );
    }

    #[test]
    fn an_answer_makes_it_fresh_and_an_end_shows() {
        let ended = Confirmation {
            on: WORD,
            answer: Answer::Ended,
            note: "Mittel".into(),
        };
        let today = date(2024, 5, 1);
        assert_eq!(freshness(WORD, None, false, today), Freshness::Fresh);
        assert_eq!(freshness(WORD, None, true, today), Freshness::Faded);
        assert_eq!(
            freshness(WORD, Some(&ended), false, today),
            Freshness::Ended
        );
        assert_eq!(
            freshness(WORD, None, false, date(2025, 3, 1)),
            Freshness::Waiting
        );
    }
}
