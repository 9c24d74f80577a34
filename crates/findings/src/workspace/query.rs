//! What is asked of a frozen wave: a question, a breakdown, a filter, whose share.

use std::fmt;
use std::str::FromStr;

use register::{Land, Population, SizeClass};
use serde::{Deserialize, Serialize};

/// A question to a frozen wave. It is kept with a finding and can be asked again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Query {
    /// Key of the question.
    pub question: String,
    /// One item or option of it; `None`: all of them, or a question without items.
    #[serde(default)]
    pub item: Option<String>,
    /// Gemeinden or Kreise; never both.
    pub population: Population,
    /// Into which groups the table is broken down.
    #[serde(default)]
    pub by: Breakdown,
    /// Conditions that must all hold: the domain.
    #[serde(default)]
    pub only: Vec<Condition>,
    /// Whose share, or an unweighted one.
    #[serde(default)]
    pub counted: Counted,
    /// The answer that sentence and chart speak of, by its code; `None`: the two upper points of a scale, the only
    /// column, or the most frequent answer.
    #[serde(default)]
    pub answer: Option<String>,
}

/// How the numbers count those who answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counted {
    /// Weighted: share of municipalities.
    #[default]
    Municipalities,
    /// Weighted: share of the inhabitants who live in them.
    Inhabitants,
    /// Unweighted: share of those who answered. Never published.
    Respondents,
}

impl Counted {
    /// All, the default first.
    pub const ALL: [Self; 3] = [Self::Municipalities, Self::Inhabitants, Self::Respondents];

    /// The word in addresses and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Municipalities => "municipalities",
            Self::Inhabitants => "inhabitants",
            Self::Respondents => "respondents",
        }
    }
}

/// Into which groups a table is broken down.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Breakdown {
    /// Not at all.
    #[default]
    Whole,
    /// By size class.
    SizeClass,
    /// Cities and towns against Gemeinden without town status, from 5,000 inhabitants on.
    Town,
    /// By the Länder or groups of Länder of the weighting.
    LandGroup,
    /// By the answers to another closed question, by its variable's key.
    Answer(String),
}

/// One condition of a domain: `size-class=large-city`, `town=towns`, `land=NI`, `stelle=nein`,
/// `aufgaben.wohnen=gross|sehr-gross`, `bedarf-von.land=1`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Condition {
    /// `size-class`, `town`, `land` or the key of a variable.
    pub of: String,
    /// Words of which one must be true.
    pub is: Vec<String>,
}

/// What cannot be read as a condition.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is no condition; expected for example stelle=nein")]
pub struct ConditionError(pub String);

/// Why a query cannot be answered.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum QueryError {
    /// No such question, or one of free text.
    #[error("\"{0}\" is no closed question of this wave")]
    Question(String),
    /// No such item.
    #[error("\"{0}\" is no item of this question")]
    Item(String),
    /// No such variable to break down by.
    #[error("\"{0}\" is nothing to break down by")]
    Breakdown(String),
    /// A condition that names what is not there.
    #[error("\"{0}\" is no condition on this wave")]
    Condition(String),
    /// Nobody of this population answered.
    #[error("nobody of this population answered")]
    Nobody,
    /// An estimate cannot be made.
    #[error(transparent)]
    Estimate(#[from] statistics::EstimateError),
}

impl fmt::Display for Breakdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Whole => "",
            Self::SizeClass => "size-class",
            Self::Town => "town",
            Self::LandGroup => "land-group",
            Self::Answer(variable) => variable,
        })
    }
}

impl From<&str> for Breakdown {
    fn from(word: &str) -> Self {
        match word {
            "" => Self::Whole,
            "size-class" => Self::SizeClass,
            "town" => Self::Town,
            "land-group" => Self::LandGroup,
            variable => Self::Answer(variable.to_owned()),
        }
    }
}

impl From<String> for Breakdown {
    fn from(word: String) -> Self {
        Self::from(word.as_str())
    }
}

impl From<Breakdown> for String {
    fn from(by: Breakdown) -> Self {
        by.to_string()
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.of, self.is.join("|"))
    }
}

impl FromStr for Condition {
    type Err = ConditionError;

    fn from_str(text: &str) -> Result<Self, ConditionError> {
        let fault = || ConditionError(text.to_owned());
        let (of, is) = text.split_once('=').ok_or_else(fault)?;
        let is: Vec<String> = is.split('|').map(str::to_owned).collect();
        if of.is_empty() || is.iter().any(String::is_empty) {
            return Err(fault());
        }
        Ok(Self {
            of: of.to_owned(),
            is,
        })
    }
}

impl TryFrom<String> for Condition {
    type Error = ConditionError;

    fn try_from(text: String) -> Result<Self, ConditionError> {
        text.parse()
    }
}

impl From<Condition> for String {
    fn from(condition: Condition) -> Self {
        condition.to_string()
    }
}

/// A size class by its word.
pub(crate) fn size_class(word: &str) -> Option<SizeClass> {
    SizeClass::ALL
        .into_iter()
        .find(|class| size_word(*class) == word)
}

/// The size classes of municipalities, smallest first.
pub(super) fn classes() -> impl Iterator<Item = SizeClass> {
    SizeClass::ALL
        .into_iter()
        .filter(|class| *class != SizeClass::County)
}

/// The word of a size class in files.
pub(super) fn size_word(class: SizeClass) -> &'static str {
    match class {
        SizeClass::Under5000 => "under-5000",
        SizeClass::SmallTown => "small-town",
        SizeClass::MediumTown => "medium-town",
        SizeClass::LargeCity => "large-city",
        SizeClass::County => "county",
    }
}

/// The word of town status in files.
pub(crate) fn town_word(town: bool) -> &'static str {
    if town { "towns" } else { "not-towns" }
}

/// A Land by its abbreviation.
pub(crate) fn land(word: &str) -> Option<Land> {
    Land::ALL
        .into_iter()
        .find(|land| land.abbreviation() == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_kept_as_it_was_asked() {
        let query = Query {
            question: "aufgaben".into(),
            item: Some("wohnen".into()),
            population: Population::Municipalities,
            by: Breakdown::Answer("rolle".into()),
            only: vec!["stelle=nein".parse().unwrap()],
            counted: Counted::Inhabitants,
            answer: None,
        };
        let text = serde_json::to_string(&query).unwrap();
        assert!(
            text.contains(r#""by":"rolle","only":["stelle=nein"]"#),
            "{text}"
        );
        assert_eq!(serde_json::from_str::<Query>(&text).unwrap(), query);
    }

    #[test]
    fn a_condition_names_what_and_which() {
        let both: Condition = "aufgaben.wohnen=gross|sehr-gross".parse().unwrap();
        assert_eq!(both.is, ["gross", "sehr-gross"]);
        assert_eq!(both.to_string(), "aufgaben.wohnen=gross|sehr-gross");
        for wrong in ["", "stelle", "=nein", "stelle=", "stelle=a|"] {
            assert!(wrong.parse::<Condition>().is_err(), "{wrong}");
        }
    }
}
