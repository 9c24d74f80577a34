//! What is wrong with something typed, said to the person who typed it.

use crate::number::{spoken, typed_number};
use crate::{Lang, Text, VariableKey};

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

/// "2,500" as a whole number and as a decimal: "2500" and "2,5".
fn both_readings(typed: &str) -> (String, String) {
    let kept: String = typed
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == ',')
        .collect();
    let fraction = kept.trim_end_matches('0').trim_end_matches(',').to_owned();
    (kept.replace(',', ""), fraction)
}
