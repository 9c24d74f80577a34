//! An example and its form.

use jiff::civil::Date;
use register::Key;
use serde::{Deserialize, Serialize};

/// Number of a practice, as it stands in addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PracticeId(pub i64);

/// A field of action (Handlungsfeld). The list is data; these six of 2016 are the default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldOfAction {
    /// Stable key, e.g. `sprache`.
    pub key: String,
    /// German name.
    pub de: String,
    /// English name.
    pub en: String,
}

/// Keys with German and English names of the six fields of 2016, in the order of the handbook.
pub const DEFAULT_FIELDS: [(&str, &str, &str); 6] = [
    ("sprache", "Sprache", "Language"),
    (
        "bildung",
        "Bildung und berufliche Bildung",
        "Education and vocational training",
    ),
    ("engagement", "Freiwilliges Engagement", "Volunteering"),
    ("begegnung", "Begegnung", "Encounter"),
    ("wohnen", "Wohnen", "Housing"),
    ("arbeit", "Arbeitsmarkt", "Labour market"),
];

/// What kind of practice it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Kind {
    Offer,
    Project,
    Concept,
    Strategy,
    Instrument,
}

/// How the result is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Evidence {
    Counted,
    UsersAsked,
    Evaluated,
    NotKnown,
}

/// In which mode it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Mode {
    Pilot,
    Running,
    RegularService,
    Ended,
}

/// Mode and beginning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Running {
    pub mode: Mode,
    /// Year in which it began.
    pub since: i16,
}

/// Cost per year, as a band in euros.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum CostBand {
    Under5000,
    From5000To20000,
    From20000To50000,
    From50000To150000,
    Over150000,
    NotKnown,
}

/// What an editor completes and a municipality releases: exactly this wording is published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Title, at most 90 characters.
    pub title: String,
    /// The one sentence that says it.
    pub sentence: String,
    /// Kind.
    pub kind: Kind,
    /// Key of the field of action.
    pub field: String,
    /// Ausgangslage: the problem before.
    pub problem: String,
    /// Was getan wurde, step by step; paragraphs separated by an empty line.
    pub steps: String,
    /// Who runs it.
    pub run_by: String,
    /// Partners and their part.
    pub partners: String,
    /// Staff, in words and full-time equivalents.
    pub staff: String,
    /// Cost per year.
    pub cost: CostBand,
    /// Funding.
    pub funding: String,
    /// Mode and beginning.
    pub running: Running,
    /// Ergebnis.
    pub result: String,
    /// How the result is known.
    pub evidence: Evidence,
    /// Biggest obstacle.
    pub obstacle: String,
    /// What helped against it.
    pub helped: String,
    /// What must exist first.
    pub requires: String,
    /// Function mailbox, never a person's.
    pub mailbox: Option<String>,
}

/// Where a practice is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Named in a response.
    Nominated,
    /// An editor works on it.
    Draft,
    /// The mailed link shows this wording and waits for the municipality.
    SentForRelease,
    /// The municipality asked for changes.
    ChangesRequested,
    /// Released by its owner.
    Released,
    /// In an edition or on the public pages.
    Published,
    /// Taken back.
    Withdrawn,
}

/// A practice with its life.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Practice {
    /// Number.
    pub id: PracticeId,
    /// The municipality that named it.
    pub municipality: Key,
    /// Wave in which it was named.
    pub wave: String,
    /// Wording.
    pub form: Form,
    /// State.
    pub state: State,
    /// Counts the saves of the form; a writer names the version that it saw.
    pub version: u32,
    /// Day of release.
    pub released: Option<Date>,
    /// "zuletzt bestätigt am"
    pub confirmed: Option<Date>,
}

impl Form {
    /// The form as a response names a practice: title, description, field and mailbox; an editor completes the rest.
    pub fn nominated(
        title: String,
        description: String,
        field: String,
        mailbox: Option<String>,
    ) -> Self {
        Self {
            title,
            sentence: String::new(),
            kind: Kind::Offer,
            field,
            problem: String::new(),
            steps: description,
            run_by: String::new(),
            partners: String::new(),
            staff: String::new(),
            cost: CostBand::NotKnown,
            funding: String::new(),
            running: Running {
                mode: Mode::Running,
                since: 0,
            },
            result: String::new(),
            evidence: Evidence::NotKnown,
            obstacle: String::new(),
            helped: String::new(),
            requires: String::new(),
            mailbox,
        }
    }

    /// Required fields that are still empty, by the name of the field.
    pub fn missing(&self) -> Vec<&'static str> {
        let required = [
            ("title", &self.title),
            ("sentence", &self.sentence),
            ("problem", &self.problem),
            ("steps", &self.steps),
            ("run_by", &self.run_by),
            ("result", &self.result),
            ("obstacle", &self.obstacle),
            ("requires", &self.requires),
        ];
        let empty = |(name, text): (&'static str, &String)| text.trim().is_empty().then_some(name);
        let mut missing: Vec<_> = required.into_iter().filter_map(empty).collect();
        if self.running.since == 0 {
            missing.push("since");
        }
        missing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nominated_practice_is_not_complete() {
        let form = Form::nominated(
            "Sprachcafé".into(),
            "Offener Treff".into(),
            "sprache".into(),
            None,
        );
        assert_eq!(
            form.missing(),
            [
                "sentence", "problem", "run_by", "result", "obstacle", "requires", "since"
            ]
        );
    }
}
