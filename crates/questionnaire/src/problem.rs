//! What is wrong with something typed, said to the person who typed it.

use jiff::civil::Date;

use crate::number::{spoken, typed_number};
use crate::words::day;
use crate::{FileType, Lang, Text, VariableKey};

/// Something typed that cannot be saved. What stood before stays; what was typed is kept here.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// The variable it belongs to.
    pub variable: VariableKey,
    /// What is wrong.
    pub kind: ProblemKind,
    /// The form's fields of this variable as they were sent (name and value), to show them again.
    pub typed: Vec<(String, String)>,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum ProblemKind {
    /// Not a number.
    NotANumber {
        /// Whether decimals are allowed.
        decimals: u8,
    },
    /// "2,500" where decimals are allowed.
    AmbiguousNumber,
    /// More decimal places than allowed.
    TooManyDecimals {
        /// Decimal places allowed; 0 asks for whole numbers.
        decimals: u8,
    },
    /// Below the smallest number allowed.
    TooSmall {
        /// Smallest number allowed.
        min: f64,
    },
    /// Above the largest number allowed.
    TooLarge {
        /// Largest number allowed.
        max: f64,
    },
    /// A text that is too long.
    TooLong {
        /// Characters sent.
        length: usize,
        /// Characters allowed.
        max: usize,
    },
    /// An option that the question does not have: a changed page or a forged form.
    UnknownOption,
    /// Several values for a question that takes one.
    SeveralValues,
    /// An exclusive option together with others.
    Exclusive {
        /// Wording of the exclusive option.
        option: Text,
    },
    /// Fewer options than the question wants.
    TooFew {
        /// Options chosen.
        chosen: usize,
        /// At least so many.
        min: usize,
    },
    /// More options, or more practices, than the question takes.
    TooMany {
        /// Options chosen.
        chosen: usize,
        /// At most so many.
        max: usize,
    },
    /// "weiß nicht" or "keine Angabe" together with an answer.
    SpecialWithAnswer,
    /// A practice without a title.
    NominationWithoutTitle {
        /// Which one, counted from 1.
        number: usize,
    },
    /// A practice without a field of action.
    NominationWithoutField {
        /// Which one, counted from 1.
        number: usize,
    },
    /// A text that does not look as it must.
    Pattern {
        /// What it must look like.
        hint: Option<Text>,
    },
    /// Not a day.
    NoDate,
    /// A day that is too early.
    TooEarly {
        /// Earliest day allowed.
        min: Date,
    },
    /// A day that is too late.
    TooLate {
        /// Latest day allowed.
        max: Date,
    },
    /// Not an e-mail address.
    NoEmail,
    /// No municipality of the register, or several of that name.
    NoMunicipality,
    /// Not a rank.
    NoRank {
        /// Largest rank possible.
        most: usize,
    },
    /// One rank for two options.
    RankTwice {
        /// The rank.
        rank: usize,
    },
    /// A rank that no option has, while a later one has one.
    RankMissing {
        /// The rank.
        rank: usize,
    },
    /// A file that is of no kind that is taken, by its name or by its content.
    FileType {
        /// Its name.
        name: String,
        /// Kinds that are taken.
        types: Vec<FileType>,
    },
    /// A file that is too large.
    FileSize {
        /// Its name.
        name: String,
    },
    /// A file without content.
    FileEmpty {
        /// Its name.
        name: String,
    },
    /// A mailbox that is no address.
    NoMailbox {
        /// Which one, counted from 1.
        number: usize,
    },
}

impl Problem {
    /// What was typed, as one line; several values are joined by a comma. Long texts are shortened.
    pub fn typed_text(&self) -> String {
        let values: Vec<&str> = self
            .typed
            .iter()
            .map(|(_, value)| value.trim())
            .filter(|value| !value.is_empty() && !value.starts_with('_'))
            .collect();
        let all = values.join(", ");
        if all.chars().count() > 60 {
            all.chars().take(59).chain(['…']).collect()
        } else {
            all
        }
    }

    /// What is wrong and how to put it right, in one or two sentences.
    pub fn message(&self, lang: Lang) -> String {
        let typed = self.typed_text();
        match lang {
            Lang::De => self.german(&typed),
            Lang::En => self.english(&typed),
        }
    }

    fn german(&self, typed: &str) -> String {
        let number = |value: &f64| spoken(*value, Lang::De);
        let you = format!("Sie haben „{typed}“ eingegeben.");
        match &self.kind {
            ProblemKind::NotANumber { decimals: 0 }
            | ProblemKind::TooManyDecimals { decimals: 0 } => {
                format!("Bitte geben Sie eine ganze Zahl ein, zum Beispiel 1250. {you}")
            }
            ProblemKind::NotANumber { .. } => {
                format!("Bitte geben Sie eine Zahl ein, zum Beispiel 12,5. {you}")
            }
            ProblemKind::AmbiguousNumber => {
                let (whole, fraction) = both_readings(typed);
                format!(
                    "Diese Zahl lässt sich auf zwei Arten lesen. {you} Bitte schreiben Sie {whole} oder {fraction}."
                )
            }
            ProblemKind::TooManyDecimals { decimals: 1 } => format!(
                "Bitte geben Sie höchstens eine Stelle hinter dem Komma an, zum Beispiel 12,5. {you}"
            ),
            ProblemKind::TooManyDecimals { decimals } => {
                format!("Bitte geben Sie höchstens {decimals} Stellen hinter dem Komma an. {you}")
            }
            ProblemKind::TooSmall { min } => {
                format!(
                    "Bitte geben Sie eine Zahl ab {} ein. {you}",
                    typed_number(*min, Lang::De)
                )
            }
            ProblemKind::TooLarge { max } => format!(
                "Bitte prüfen Sie die Zahl: Möglich ist hier höchstens {}. {you}",
                number(max)
            ),
            ProblemKind::TooLong { length, max } => format!(
                "Der Text hat {} Zeichen, Platz ist für {}. Bitte kürzen Sie ihn um {} Zeichen.",
                number(&(*length as f64)),
                number(&(*max as f64)),
                number(&(length.saturating_sub(*max) as f64)),
            ),
            ProblemKind::UnknownOption => format!(
                "Diese Antwort gehört nicht zur Frage: „{typed}“. Bitte wählen Sie eine der angezeigten Antworten."
            ),
            ProblemKind::SeveralValues => {
                "Hier ist nur eine Antwort möglich. Bitte wählen Sie eine aus.".to_owned()
            }
            ProblemKind::Exclusive { option } => format!(
                "„{}“ lässt sich nicht mit anderen Antworten verbinden. Bitte wählen Sie entweder diese Antwort oder die anderen.",
                option.de
            ),
            ProblemKind::TooFew { chosen, min } => format!(
                "Bitte wählen Sie mindestens {min} Antworten aus. Gewählt haben Sie {chosen}."
            ),
            ProblemKind::TooMany { chosen, max } => format!(
                "Hier sind höchstens {max} Angaben möglich. Es sind {chosen}. Bitte nehmen Sie {} heraus.",
                chosen.saturating_sub(*max)
            ),
            ProblemKind::SpecialWithAnswer => {
                "Bitte geben Sie entweder eine Antwort oder „weiß nicht“ oder „keine Angabe“ an, nicht mehreres zugleich."
                    .to_owned()
            }
            ProblemKind::Pattern { hint: Some(hint) } => format!("{} {you}", hint.de),
            ProblemKind::Pattern { hint: None } => {
                format!("Bitte prüfen Sie die Schreibweise. {you}")
            }
            ProblemKind::NoDate => {
                format!("Bitte geben Sie einen Tag ein, zum Beispiel 31.12.2020. {you}")
            }
            ProblemKind::TooEarly { min } => format!(
                "Bitte geben Sie einen Tag ab dem {} ein. {you}",
                day(*min, Lang::De)
            ),
            ProblemKind::TooLate { max } => format!(
                "Bitte geben Sie einen Tag bis zum {} ein. {you}",
                day(*max, Lang::De)
            ),
            ProblemKind::NoEmail => format!(
                "Bitte geben Sie eine vollständige E-Mail-Adresse ein, zum Beispiel integration@beispielstadt.example. {you}"
            ),
            ProblemKind::NoMunicipality => format!(
                "Bitte wählen Sie eine Kommune aus der Liste. {you} Suchen Sie nach dem Namen oder dem Gemeindeschlüssel."
            ),
            ProblemKind::NoRank { most } => {
                format!("Bitte geben Sie Plätze von 1 bis {most} an. {you}")
            }
            ProblemKind::RankTwice { rank } => {
                format!("Platz {rank} ist zweimal vergeben. Bitte geben Sie jeden Platz nur einmal an.")
            }
            ProblemKind::RankMissing { rank } => {
                format!("Platz {rank} fehlt. Bitte vergeben Sie die Plätze ohne Lücke ab 1.")
            }
            ProblemKind::FileType { name, types } => format!(
                "Die Datei „{name}“ ist nicht von einer Art, die hier möglich ist ({}). Maßgeblich sind Name und Inhalt.",
                endings(types)
            ),
            ProblemKind::FileSize { name } => {
                format!("Die Datei „{name}“ ist zu groß. Bitte verkleinern Sie sie.")
            }
            ProblemKind::FileEmpty { name } => format!("Die Datei „{name}“ ist leer."),
            ProblemKind::NominationWithoutTitle { number } => {
                format!("Bitte geben Sie Ihrem {number}. Beispiel einen Titel.")
            }
            ProblemKind::NominationWithoutField { number } => {
                format!("Bitte wählen Sie für Ihr {number}. Beispiel ein Handlungsfeld aus.")
            }
            ProblemKind::NoMailbox { number } => format!(
                "Bitte geben Sie für Ihr {number}. Beispiel eine vollständige E-Mail-Adresse ein, zum Beispiel integration@beispielstadt.example, oder lassen Sie das Feld frei."
            ),
        }
    }

    fn english(&self, typed: &str) -> String {
        let number = |value: &f64| spoken(*value, Lang::En);
        let you = format!("You entered “{typed}”.");
        match &self.kind {
            ProblemKind::NotANumber { decimals: 0 }
            | ProblemKind::TooManyDecimals { decimals: 0 } => {
                format!("Please enter a whole number, for example 1250. {you}")
            }
            ProblemKind::NotANumber { .. } => {
                format!("Please enter a number, for example 12.5. {you}")
            }
            ProblemKind::AmbiguousNumber => {
                let (whole, fraction) = both_readings(typed);
                let fraction = fraction.replace(',', ".");
                format!(
                    "This number can be read in two ways. {you} Please write {whole} or {fraction}."
                )
            }
            ProblemKind::TooManyDecimals { decimals: 1 } => {
                format!("Please use at most one decimal place, for example 12.5. {you}")
            }
            ProblemKind::TooManyDecimals { decimals } => {
                format!("Please use at most {decimals} decimal places. {you}")
            }
            ProblemKind::TooSmall { min } => {
                format!(
                    "Please enter a number of at least {}. {you}",
                    typed_number(*min, Lang::En)
                )
            }
            ProblemKind::TooLarge { max } => format!(
                "Please check the number: at most {} is possible here. {you}",
                number(max)
            ),
            ProblemKind::TooLong { length, max } => format!(
                "The text has {} characters, there is room for {}. Please shorten it by {} characters.",
                number(&(*length as f64)),
                number(&(*max as f64)),
                number(&(length.saturating_sub(*max) as f64)),
            ),
            ProblemKind::UnknownOption => format!(
                "This answer does not belong to the question: “{typed}”. Please choose one of the answers shown."
            ),
            ProblemKind::SeveralValues => {
                "Only one answer is possible here. Please choose one.".to_owned()
            }
            ProblemKind::Exclusive { option } => format!(
                "“{}” cannot be combined with other answers. Please choose either this answer or the others.",
                option.en
            ),
            ProblemKind::TooFew { chosen, min } => {
                format!("Please choose at least {min} answers. You chose {chosen}.")
            }
            ProblemKind::TooMany { chosen, max } => format!(
                "At most {max} entries are possible here. There are {chosen}. Please remove {}.",
                chosen.saturating_sub(*max)
            ),
            ProblemKind::SpecialWithAnswer => {
                "Please give either an answer or “don't know” or “no answer”, not several at once."
                    .to_owned()
            }
            ProblemKind::Pattern { hint: Some(hint) } => format!("{} {you}", hint.en),
            ProblemKind::Pattern { hint: None } => {
                format!("Please check the spelling. {you}")
            }
            ProblemKind::NoDate => {
                format!("Please enter a day, for example 31/12/2020. {you}")
            }
            ProblemKind::TooEarly { min } => format!(
                "Please enter a day on or after {}. {you}",
                day(*min, Lang::En)
            ),
            ProblemKind::TooLate { max } => format!(
                "Please enter a day on or before {}. {you}",
                day(*max, Lang::En)
            ),
            ProblemKind::NoEmail => format!(
                "Please enter a complete e-mail address, such as integration@beispielstadt.example. {you}"
            ),
            ProblemKind::NoMunicipality => format!(
                "Please choose a municipality from the list. {you} Search for its name or its official key."
            ),
            ProblemKind::NoRank { most } => format!("Please give ranks from 1 to {most}. {you}"),
            ProblemKind::RankTwice { rank } => {
                format!("Rank {rank} is given twice. Please give each rank only once.")
            }
            ProblemKind::RankMissing { rank } => {
                format!("Rank {rank} is missing. Please give the ranks from 1 without a gap.")
            }
            ProblemKind::FileType { name, types } => format!(
                "The file “{name}” is not of a kind that is possible here ({}). Name and content count.",
                endings(types)
            ),
            ProblemKind::FileSize { name } => {
                format!("The file “{name}” is too large. Please make it smaller.")
            }
            ProblemKind::FileEmpty { name } => format!("The file “{name}” is empty."),
            ProblemKind::NominationWithoutTitle { number } => {
                format!("Please give example {number} a title.")
            }
            ProblemKind::NominationWithoutField { number } => {
                format!("Please choose a field of action for example {number}.")
            }
            ProblemKind::NoMailbox { number } => format!(
                "Please enter a complete e-mail address for example {number}, such as integration@beispielstadt.example, or leave the field empty."
            ),
        }
    }
}

fn endings(types: &[FileType]) -> String {
    let all: Vec<&str> = types.iter().map(|kind| kind.ending()).collect();
    all.join(", ")
}

/// "2,500" as a whole number and as a decimal: "2500" and "2,5".
fn both_readings(typed: &str) -> (String, String) {
    let kept: String = typed
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == ',')
        .collect();
    let fraction = kept.trim_end_matches('0').trim_end_matches(',').to_owned();
    (kept.replace(',', ""), fraction)
}
