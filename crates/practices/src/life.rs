//! The life of an example: one table says who may take which step from which state to which.

use serde::{Deserialize, Serialize};

/// Where a practice is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Named in a response, or proposed on the public pages.
    Nominated,
    /// Somebody writes the short form. What a municipality wants changed before release is a draft again.
    #[serde(alias = "changes-requested")]
    Draft,
    /// Written; an editor reads it.
    InReview,
    /// The mailed link shows this wording and waits for the municipality.
    SentForRelease,
    /// Released by its owner.
    Released,
    /// In an edition or on the public pages.
    Published,
    /// Published, but its owner did not answer whether it still runs.
    Faded,
    /// Taken back.
    Withdrawn,
}

/// A step in a life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Step {
    /// Named in a response or proposed.
    Nominate,
    /// The form was saved.
    Save,
    /// Handed in for review.
    HandIn,
    /// Given back by the review, with a note.
    GiveBack,
    /// Sent to the municipality for release.
    SendForRelease,
    /// The municipality wants changes, with a note.
    RequestChanges,
    /// The municipality releases the wording.
    Release,
    /// Put before everybody.
    Publish,
    /// The owner says how it stands.
    Confirm,
    /// The owner did not answer.
    Fade,
    /// Taken back.
    Withdraw,
    /// Taken up again.
    Reopen,
}

/// Who takes a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Actor {
    /// The municipality, by a mailed link or in its response.
    Owner,
    /// An initiative or anybody else, on the public page.
    Anyone,
    /// An editor or researcher.
    Editor,
    /// The service itself, when a day has come.
    Service,
}

/// One line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transition {
    /// State before; `None` where a life begins.
    pub from: Option<State>,
    /// Step.
    pub step: Step,
    /// Who may take it: one role a line.
    pub who: Actor,
    /// State after.
    pub to: State,
    /// Who hears of it by mail, if anybody.
    pub mail: Option<Actor>,
}

/// A step that the table does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{who:?} cannot take the step {step:?} in the state {state:?}")]
pub struct Refused {
    /// The state.
    pub state: State,
    /// The step.
    pub step: Step,
    /// Who wanted it.
    pub who: Actor,
}

const fn line(from: State, step: Step, who: Actor, to: State, mail: Option<Actor>) -> Transition {
    Transition {
        from: Some(from),
        step,
        who,
        to,
        mail,
    }
}

const fn begin(who: Actor, mail: Option<Actor>) -> Transition {
    Transition {
        from: None,
        step: Step::Nominate,
        who,
        to: State::Nominated,
        mail,
    }
}

use Actor::{Anyone, Editor, Owner, Service};
use State::{Draft, Faded, InReview, Nominated, Published, Released, SentForRelease, Withdrawn};

/// The table. What is not in it does not happen.
pub const TRANSITIONS: &[Transition] = &[
    begin(Owner, None),
    begin(Anyone, Some(Editor)),
    begin(Editor, None),
    line(Nominated, Step::Save, Editor, Draft, None),
    line(Nominated, Step::Save, Owner, Draft, None),
    line(Nominated, Step::Save, Anyone, Draft, None),
    line(Draft, Step::Save, Editor, Draft, None),
    line(Draft, Step::Save, Owner, Draft, None),
    line(Draft, Step::Save, Anyone, Draft, None),
    line(Draft, Step::HandIn, Editor, InReview, None),
    line(Draft, Step::HandIn, Owner, InReview, Some(Editor)),
    line(Draft, Step::HandIn, Anyone, InReview, Some(Editor)),
    line(InReview, Step::Save, Editor, InReview, None),
    line(InReview, Step::GiveBack, Editor, Draft, None),
    line(
        InReview,
        Step::SendForRelease,
        Editor,
        SentForRelease,
        Some(Owner),
    ),
    line(SentForRelease, Step::Save, Editor, InReview, None),
    line(
        SentForRelease,
        Step::SendForRelease,
        Editor,
        SentForRelease,
        Some(Owner),
    ),
    line(
        SentForRelease,
        Step::RequestChanges,
        Owner,
        Draft,
        Some(Editor),
    ),
    line(SentForRelease, Step::Release, Owner, Released, Some(Editor)),
    line(Released, Step::Publish, Editor, Published, Some(Owner)),
    line(Released, Step::Save, Editor, Draft, None),
    line(Published, Step::Save, Editor, Draft, None),
    line(Published, Step::Confirm, Owner, Published, None),
    line(Published, Step::Fade, Service, Faded, Some(Editor)),
    line(Faded, Step::Confirm, Owner, Published, None),
    line(Faded, Step::Save, Editor, Draft, None),
    line(Nominated, Step::Withdraw, Editor, Withdrawn, None),
    line(Draft, Step::Withdraw, Editor, Withdrawn, None),
    line(InReview, Step::Withdraw, Editor, Withdrawn, None),
    line(SentForRelease, Step::Withdraw, Editor, Withdrawn, None),
    line(
        SentForRelease,
        Step::Withdraw,
        Owner,
        Withdrawn,
        Some(Editor),
    ),
    line(Released, Step::Withdraw, Editor, Withdrawn, None),
    line(Published, Step::Withdraw, Editor, Withdrawn, Some(Owner)),
    line(Published, Step::Withdraw, Owner, Withdrawn, Some(Editor)),
    line(Faded, Step::Withdraw, Editor, Withdrawn, Some(Owner)),
    line(Faded, Step::Withdraw, Owner, Withdrawn, Some(Editor)),
    line(Withdrawn, Step::Reopen, Editor, Draft, None),
];

/// The state after a step.
pub fn next(state: State, step: Step, who: Actor) -> Result<State, Refused> {
    TRANSITIONS
        .iter()
        .find(|t| t.from == Some(state) && t.step == step && t.who == who)
        .map(|t| t.to)
        .ok_or(Refused { state, step, who })
}

/// The steps that somebody may take from here, in the order of the table.
pub fn steps_from(state: State, who: Actor) -> Vec<Step> {
    let lines = TRANSITIONS.iter();
    lines
        .filter(|t| t.from == Some(state) && t.who == who)
        .map(|t| t.step)
        .collect()
}

/// All states in their order.
const STATES: [State; 8] = [
    Nominated,
    Draft,
    InReview,
    SentForRelease,
    Released,
    Published,
    Faded,
    Withdrawn,
];

fn german(state: State) -> &'static str {
    match state {
        Nominated => "genannt",
        Draft => "in Arbeit",
        InReview => "in Prüfung",
        SentForRelease => "wartet auf Freigabe",
        Released => "freigegeben",
        Published => "veröffentlicht",
        Faded => "verblasst",
        Withdrawn => "zurückgezogen",
    }
}

fn said(step: Step) -> &'static str {
    match step {
        Step::Nominate => "nennen",
        Step::Save => "speichern",
        Step::HandIn => "zur Prüfung geben",
        Step::GiveBack => "zurückgeben",
        Step::SendForRelease => "zur Freigabe senden",
        Step::RequestChanges => "Änderung wünschen",
        Step::Release => "freigeben",
        Step::Publish => "veröffentlichen",
        Step::Confirm => "bestätigen",
        Step::Fade => "nicht bestätigt",
        Step::Withdraw => "zurückziehen",
        Step::Reopen => "wieder aufnehmen",
    }
}

fn whom(who: Actor) -> &'static str {
    match who {
        Owner => "Kommune",
        Anyone => "Initiative",
        Editor => "Redaktion",
        Service => "Dienst",
    }
}

/// The table as the page of the manual that shows it: a picture in Mermaid's notation and the lines, in German.
pub fn picture() -> String {
    let mut page = String::from(
        "# Der Weg eines Beispiels\n\nDiese Seite wird aus der Tabelle in `practices` erzeugt \
         (`practices::picture`). Was nicht in der Tabelle steht, geschieht nicht.\n\n```mermaid\nstateDiagram-v2\n",
    );
    for (i, state) in STATES.iter().enumerate() {
        page.push_str(&format!("    state \"{}\" as s{i}\n", german(*state)));
    }
    let name = |state: Option<State>| match state.and_then(|s| STATES.iter().position(|x| *x == s))
    {
        Some(i) => format!("s{i}"),
        None => "[*]".to_owned(),
    };
    let mut drawn: Vec<(Option<State>, State, Step, Vec<Actor>)> = Vec::new();
    for t in TRANSITIONS {
        match drawn
            .iter_mut()
            .find(|d| (d.0, d.1, d.2) == (t.from, t.to, t.step))
        {
            Some(known) => known.3.push(t.who),
            None => drawn.push((t.from, t.to, t.step, vec![t.who])),
        }
    }
    for (from, to, step, who) in &drawn {
        let who: Vec<&str> = who.iter().map(|w| whom(*w)).collect();
        let (from, to) = (name(*from), name(Some(*to)));
        page.push_str(&format!(
            "    {from} --> {to}: {} ({})\n",
            said(*step),
            who.join(", ")
        ));
    }
    page.push_str("```\n\n| von | Schritt | wer | nach | Mail an |\n|---|---|---|---|---|\n");
    for t in TRANSITIONS {
        page.push_str(&format!(
            "| {} | {} | {} | {} | {} |\n",
            t.from.map_or("—", german),
            said(t.step),
            whom(t.who),
            german(t.to),
            t.mail.map_or("—", whom),
        ));
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_is_reached_and_left() {
        for state in STATES {
            assert!(
                TRANSITIONS.iter().any(|t| t.to == state),
                "{state:?} is never reached"
            );
            assert!(
                TRANSITIONS.iter().any(|t| t.from == Some(state)),
                "{state:?} is never left"
            );
        }
    }

    #[test]
    fn a_step_of_one_role_leads_to_one_state() {
        for (i, a) in TRANSITIONS.iter().enumerate() {
            for b in &TRANSITIONS[i + 1..] {
                assert!(
                    (a.from, a.step, a.who) != (b.from, b.step, b.who),
                    "{a:?} stands twice"
                );
            }
        }
    }

    #[test]
    fn only_the_owner_releases_and_nothing_is_published_unreleased() {
        for t in TRANSITIONS {
            if t.to == Released {
                assert_eq!((t.who, t.from), (Owner, Some(SentForRelease)));
            }
            if t.to == Published && t.step != Step::Confirm {
                assert_eq!(t.from, Some(Released));
            }
        }
    }

    #[test]
    fn the_picture_in_the_manual_is_the_table() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/anleitung/leben.md");
        let stands = std::fs::read_to_string(file).unwrap_or_default();
        let made = picture();
        if stands != made {
            let fresh = std::env::temp_dir().join("leben.md");
            std::fs::write(&fresh, &made).unwrap();
            panic!(
                "docs/anleitung/leben.md is not the table: copy {}",
                fresh.display()
            );
        }
    }
}
