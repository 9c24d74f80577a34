//! The short form (Kurzform): what is asked about an example, and what is wrong with what was typed.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::attachment::Attachment;

/// What kind of practice it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Evidence {
    Counted,
    UsersAsked,
    Evaluated,
    NotKnown,
}

/// In which mode it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
pub struct Running {
    /// Mode.
    pub mode: Mode,
    /// Year in which it began; 0 where nobody said.
    pub since: i16,
    /// Why it ended, where it did.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ended_why: String,
}

/// Cost as a band in euros: per year, or once.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default,
)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum CostBand {
    Under5000,
    From5000To20000,
    From20000To50000,
    From50000To150000,
    Over150000,
    #[default]
    NotKnown,
}

/// Whom it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum TargetGroup {
    Newcomers,
    Children,
    Youth,
    Women,
    Families,
    JobSeekers,
    Older,
    Volunteers,
    Neighbourhood,
    Employers,
    Landlords,
    Administration,
}

/// Who runs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Runner {
    Administration,
    Association,
    Initiative,
    Company,
}

/// Whether the law asks for it.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Default,
)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Duty {
    Duty,
    Voluntary,
    #[default]
    NotKnown,
}

/// How others may reach the owner, besides the function mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Reach {
    /// Calls back on request.
    #[serde(default)]
    pub callback: bool,
    /// May be visited.
    #[serde(default)]
    pub visit: bool,
}

/// A page elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Address with `https://` or `http://`.
    pub url: String,
    /// What is behind it.
    pub title: String,
}

/// What is asked about an example: exactly this wording is released and published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// Title, at most 90 characters.
    pub title: String,
    /// The one sentence that says it.
    pub sentence: String,
    /// Kind.
    pub kind: Kind,
    /// Key of the field of action, first level.
    pub field: String,
    /// Key of the field below, where one fits.
    #[serde(default)]
    pub subfield: Option<String>,
    /// Ausgangslage: the problem before.
    pub problem: String,
    /// Was getan wurde, step by step; paragraphs separated by an empty line.
    pub steps: String,
    /// Whom it is for.
    #[serde(default)]
    pub target_groups: BTreeSet<TargetGroup>,
    /// What kind of organisation runs it.
    #[serde(default)]
    pub runner: Option<Runner>,
    /// Who runs it, in words.
    pub run_by: String,
    /// Partners and their part.
    pub partners: String,
    /// On which experience it builds.
    #[serde(default)]
    pub builds_on: String,
    /// What was added to that.
    #[serde(default)]
    pub added: String,
    /// Staff in hundredths of a full-time equivalent.
    #[serde(default)]
    pub fte: Option<u32>,
    /// Staff in words.
    pub staff: String,
    /// Cost per year.
    pub cost: CostBand,
    /// Cost once, at the beginning.
    #[serde(default)]
    pub cost_once: CostBand,
    /// Funding programme or budget.
    pub funding: String,
    /// Year in which the funding ends.
    #[serde(default)]
    pub funding_until: Option<i16>,
    /// Duty or voluntary task.
    #[serde(default)]
    pub duty: Duty,
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
    /// What one would do differently.
    #[serde(default)]
    pub differently: String,
    /// Function mailbox, never a person's.
    pub mailbox: Option<String>,
    /// Callback and visit.
    #[serde(default)]
    pub reach: Reach,
    /// Pages elsewhere.
    #[serde(default)]
    pub links: Vec<Link>,
    /// Documents to reuse, and pictures.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// Names of required fields for which "nicht bekannt" was chosen.
    #[serde(default)]
    pub not_known: BTreeSet<String>,
    /// Names of choices that nobody has made yet; their values above are stand-ins.
    #[serde(default)]
    pub undecided: BTreeSet<String>,
}

/// Where a field stands in the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The eight that every example needs.
    Required,
    /// Who takes part.
    People,
    /// What it costs.
    Means,
    /// What others should know.
    Lessons,
    /// How to reach the owner, links.
    Contact,
}

/// What the form knows of a field: the same table for the editor, the municipality and the public proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldSpec {
    /// Name, as in [`Form`]; an example and a hint stand in the texts under it.
    pub name: &'static str,
    /// Where it stands.
    pub part: Part,
    /// At most so many words; 0 for choices, numbers and lines that have no limit of words.
    pub words: usize,
    /// Whether the example needs it.
    pub required: bool,
    /// Whether "nicht bekannt" is an answer to a required field.
    pub may_be_unknown: bool,
}

const fn needed(name: &'static str, words: usize, may_be_unknown: bool) -> FieldSpec {
    FieldSpec {
        name,
        part: Part::Required,
        words,
        required: true,
        may_be_unknown,
    }
}

const fn beside(name: &'static str, part: Part, words: usize) -> FieldSpec {
    FieldSpec {
        name,
        part,
        words,
        required: false,
        may_be_unknown: false,
    }
}

/// All fields in the order of the form: the eight required ones first. State and beginning are one of the eight, result
/// and how it is known another.
pub const FIELDS: [FieldSpec; 30] = [
    needed("title", 14, false),
    needed("sentence", 40, false),
    needed("kind", 0, false),
    needed("field", 0, false),
    needed("problem", 150, true),
    needed("steps", 300, false),
    needed("mode", 0, false),
    needed("since", 0, true),
    needed("result", 150, true),
    needed("evidence", 0, false),
    beside("subfield", Part::People, 0),
    beside("target_groups", Part::People, 0),
    beside("runner", Part::People, 0),
    beside("run_by", Part::People, 30),
    beside("partners", Part::People, 120),
    beside("builds_on", Part::People, 80),
    beside("added", Part::People, 80),
    beside("fte", Part::Means, 0),
    beside("staff", Part::Means, 40),
    beside("cost_once", Part::Means, 0),
    beside("cost", Part::Means, 0),
    beside("funding", Part::Means, 40),
    beside("funding_until", Part::Means, 0),
    beside("duty", Part::Means, 0),
    beside("obstacle", Part::Lessons, 100),
    beside("helped", Part::Lessons, 100),
    beside("requires", Part::Lessons, 100),
    beside("differently", Part::Lessons, 100),
    beside("mailbox", Part::Contact, 0),
    beside("links", Part::Contact, 0),
];

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Required and empty.
    Missing,
    /// More words than the limit.
    TooLong {
        /// Words there are.
        words: usize,
        /// Words allowed.
        limit: usize,
    },
    /// The title has more than 90 characters.
    TitleTooLong,
    /// A text names a person: what was found.
    NamesPerson(String),
    /// A text holds an address of mail that belongs into its field: what was found.
    HoldsAddress(String),
    /// The mailbox looks like a person's.
    PersonalMailbox,
    /// The mailbox is no address of mail.
    NoMailbox,
    /// A link that is none: what was typed.
    NoLink(String),
    /// An end without a reason.
    EndedWithoutReason,
    /// A year that cannot be.
    NoYear,
    /// A picture without alternative text or rights: its file name.
    PictureIncomplete(String),
}

/// A fault of the form, at its field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormFault {
    /// Name of the field.
    pub field: &'static str,
    /// What is wrong.
    pub problem: Problem,
}

/// Words of a text, as people count them.
pub fn words(text: &str) -> usize {
    text.split_whitespace()
        .filter(|w| w.chars().any(char::is_alphanumeric))
        .count()
}

impl Default for Form {
    /// A form in which nothing has been said and nothing chosen.
    fn default() -> Self {
        Self {
            title: String::new(),
            sentence: String::new(),
            kind: Kind::Offer,
            field: String::new(),
            subfield: None,
            problem: String::new(),
            steps: String::new(),
            target_groups: BTreeSet::new(),
            runner: None,
            run_by: String::new(),
            partners: String::new(),
            builds_on: String::new(),
            added: String::new(),
            fte: None,
            staff: String::new(),
            cost: CostBand::NotKnown,
            cost_once: CostBand::NotKnown,
            funding: String::new(),
            funding_until: None,
            duty: Duty::NotKnown,
            running: Running {
                mode: Mode::Running,
                since: 0,
                ended_why: String::new(),
            },
            result: String::new(),
            evidence: Evidence::NotKnown,
            obstacle: String::new(),
            helped: String::new(),
            requires: String::new(),
            differently: String::new(),
            mailbox: None,
            reach: Reach::default(),
            links: Vec::new(),
            attachments: Vec::new(),
            not_known: BTreeSet::new(),
            undecided: ["kind", "mode", "evidence"].map(str::to_owned).into(),
        }
    }
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
            steps: description,
            field,
            mailbox,
            ..Self::default()
        }
    }

    /// The text of a field that has one.
    pub fn text(&self, name: &str) -> Option<&str> {
        Some(match name {
            "title" => &self.title,
            "sentence" => &self.sentence,
            "problem" => &self.problem,
            "steps" => &self.steps,
            "run_by" => &self.run_by,
            "partners" => &self.partners,
            "builds_on" => &self.builds_on,
            "added" => &self.added,
            "staff" => &self.staff,
            "funding" => &self.funding,
            "result" => &self.result,
            "obstacle" => &self.obstacle,
            "helped" => &self.helped,
            "requires" => &self.requires,
            "differently" => &self.differently,
            "ended_why" => &self.running.ended_why,
            _ => return None,
        })
    }

    /// Required fields that are still empty, by the name of the field. "Nicht bekannt" is an answer where it is offered.
    pub fn missing(&self) -> Vec<&'static str> {
        let empty = |spec: &&FieldSpec| {
            if spec.may_be_unknown && self.not_known.contains(spec.name) {
                return false;
            }
            match spec.name {
                "field" => self.field.trim().is_empty(),
                "since" => self.running.since == 0,
                "kind" | "mode" | "evidence" => self.undecided.contains(spec.name),
                name => self.text(name).is_some_and(|t| t.trim().is_empty()),
            }
        };
        FIELDS
            .iter()
            .filter(|spec| spec.required)
            .filter(empty)
            .map(|spec| spec.name)
            .collect()
    }

    /// Everything that is wrong, missing required fields included, in the order of the form.
    pub fn check(&self) -> Vec<FormFault> {
        let mut faults = self.faults();
        faults.extend(self.missing().into_iter().map(|field| FormFault {
            field,
            problem: Problem::Missing,
        }));
        let place = |fault: &FormFault| FIELDS.iter().position(|f| f.name == fault.field);
        faults.sort_by_key(place);
        faults
    }

    /// What is wrong with what stands there; a draft may leave out everything.
    pub fn faults(&self) -> Vec<FormFault> {
        let mut faults = Vec::new();
        let mut fault = |field, problem| faults.push(FormFault { field, problem });
        if self.title.chars().count() > 90 {
            fault("title", Problem::TitleTooLong);
        }
        for spec in FIELDS {
            let text = self.text(spec.name).unwrap_or_default();
            let count = words(text);
            if spec.words > 0 && count > spec.words {
                fault(
                    spec.name,
                    Problem::TooLong {
                        words: count,
                        limit: spec.words,
                    },
                );
            }
            if let Some(found) = names_person(text) {
                fault(spec.name, Problem::NamesPerson(found));
            }
            if let Some(found) = holds_address(text) {
                fault(spec.name, Problem::HoldsAddress(found));
            }
        }
        if let Some(mailbox) = &self.mailbox {
            if !is_mailbox(mailbox) {
                fault("mailbox", Problem::NoMailbox);
            } else if looks_personal(mailbox) {
                fault("mailbox", Problem::PersonalMailbox);
            }
        }
        let year = |y: i16| (1900..=2100).contains(&y);
        if self.running.since != 0 && !year(self.running.since) {
            fault("since", Problem::NoYear);
        }
        if self.funding_until.is_some_and(|y| !year(y)) {
            fault("funding_until", Problem::NoYear);
        }
        let ended = self.running.mode == Mode::Ended && !self.undecided.contains("mode");
        if ended && self.running.ended_why.trim().is_empty() {
            fault("mode", Problem::EndedWithoutReason);
        }
        for link in &self.links {
            if !is_link(&link.url) {
                fault("links", Problem::NoLink(link.url.clone()));
            }
        }
        for file in &self.attachments {
            let bare = file.alternative.trim().is_empty() || file.rights.trim().is_empty();
            if file.kind.is_picture() && bare {
                fault("links", Problem::PictureIncomplete(file.name.clone()));
            }
        }
        faults
    }
}

fn is_mailbox(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let plain = |s: &str| {
        !s.is_empty()
            && s.chars()
                .all(|c| !c.is_whitespace() && !"@,;<>\"".contains(c))
    };
    plain(local) && plain(domain) && domain.contains('.') && !domain.ends_with('.')
}

fn is_link(url: &str) -> bool {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        host.contains('.') && !host.contains('@') && !url.chars().any(char::is_whitespace)
    })
}

/// Words that stand in function mailboxes; two letters words with a dot between them are read as a name otherwise.
const FUNCTIONS: [&str; 30] = [
    "info",
    "post",
    "rathaus",
    "stadt",
    "gemeinde",
    "landkreis",
    "kreis",
    "amt",
    "buero",
    "büro",
    "integration",
    "soziales",
    "sozialamt",
    "jugendamt",
    "wohnen",
    "sprache",
    "bildung",
    "ehrenamt",
    "service",
    "kontakt",
    "verein",
    "projekt",
    "stelle",
    "team",
    "zentrum",
    "verwaltung",
    "poststelle",
    "schule",
    "kita",
    "vhs",
];

/// Whether a mailbox looks like a person's (`anna.beispiel@…`) and not like one of a function.
pub fn looks_personal(mailbox: &str) -> bool {
    let local = mailbox.split('@').next().unwrap_or_default().to_lowercase();
    let parts: Vec<&str> = local.split(['.', '_']).collect();
    let word = |p: &&str| p.chars().all(|c| c.is_alphabetic() || c == '-') && !p.is_empty();
    let function = |p: &&str| FUNCTIONS.iter().any(|f| p.contains(f));
    parts.len() == 2 && parts.iter().all(word) && !parts.iter().any(function)
}

/// A form of address with a name after it: "Frau Beispiel". Texts say functions, not persons.
fn names_person(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(2).find_map(|pair| {
        let title = ["Frau", "Herr", "Herrn", "Dr.", "Prof."].contains(&pair[0]);
        let name = pair[1].trim_matches(|c: char| !c.is_alphanumeric());
        let capital =
            name.chars().next().is_some_and(char::is_uppercase) && name.chars().count() > 1;
        (title && capital).then(|| format!("{} {name}", pair[0]))
    })
}

fn holds_address(text: &str) -> Option<String> {
    text.split_whitespace()
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()))
        .find(|w| is_mailbox(w))
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nominated_practice_lacks_six_of_the_eight() {
        let form = Form::nominated(
            "Sprachcafé".into(),
            "Offener Treff".into(),
            "sprache".into(),
            None,
        );
        assert_eq!(
            form.missing(),
            [
                "sentence", "kind", "problem", "mode", "since", "result", "evidence"
            ]
        );
        // State with its beginning, and result with how it is known, are one each.
        assert_eq!(FIELDS.iter().filter(|f| f.required).count() - 2, 8);
    }

    #[test]
    fn not_known_is_an_answer_where_it_is_offered() {
        let form = Form {
            not_known: ["problem", "since", "result", "title"]
                .map(str::to_owned)
                .into(),
            ..Form::default()
        };
        let missing = form.missing();
        assert!(missing.contains(&"title"), "a title cannot be unknown");
        assert!(!missing.contains(&"problem") && !missing.contains(&"since"));
    }

    #[test]
    fn an_older_form_can_still_be_read() {
        let old = r#"{"title":"t","sentence":"s","kind":"offer","field":"wohnen","problem":"p","steps":"s","run_by":"r",
            "partners":"","staff":"","cost":"under5000","funding":"","running":{"mode":"running","since":2014},
            "result":"r","evidence":"counted","obstacle":"o","helped":"h","requires":"q","mailbox":null}"#;
        let form: Form = serde_json::from_str(old).unwrap();
        assert!(form.missing().is_empty(), "{:?}", form.missing());
        assert!(form.target_groups.is_empty() && form.cost_once == CostBand::NotKnown);
        let again: Form = serde_json::from_str(&serde_json::to_string(&form).unwrap()).unwrap();
        assert_eq!(form, again);
    }

    #[test]
    fn what_cannot_stand_is_told_at_its_field() {
        let form = Form {
            title: "x".repeat(91),
            sentence: "wort ".repeat(41),
            problem: "Bei Frau Beispiel melden.".into(),
            steps: "Schreiben Sie an anna@stadt.example.".into(),
            mailbox: Some("anna.beispiel@stadt.example".into()),
            links: vec![Link {
                url: "javascript:alert(1)".into(),
                title: String::new(),
            }],
            ..Form::default()
        };
        let said: Vec<_> = form
            .faults()
            .into_iter()
            .map(|f| (f.field, f.problem))
            .collect();
        assert_eq!(
            said,
            [
                ("title", Problem::TitleTooLong),
                (
                    "sentence",
                    Problem::TooLong {
                        words: 41,
                        limit: 40
                    }
                ),
                ("problem", Problem::NamesPerson("Frau Beispiel".into())),
                ("steps", Problem::HoldsAddress("anna@stadt.example".into())),
                ("mailbox", Problem::PersonalMailbox),
                ("links", Problem::NoLink("javascript:alert(1)".into())),
            ]
        );
    }

    #[test]
    fn function_mailboxes_are_no_persons() {
        for good in [
            "integration@stadt.example",
            "wohnen.stelle@stadt.example",
            "amt-50@kreis.example",
        ] {
            assert!(!looks_personal(good), "{good}");
        }
        assert!(looks_personal("max_muster@stadt.example"));
    }
}
