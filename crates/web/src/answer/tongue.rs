//! The languages in which a questionnaire can be answered, beside German and English.

use edition::translation;
use questionnaire::{Lang, Problem, ProblemKind};

use crate::answer::access::Access;
use crate::frame::Ask;

/// Own names of languages that questionnaires in Germany come in; others are shown by their code.
const NAMES: [(&str, &str); 20] = [
    ("ar", "العربية"),
    ("bg", "Български"),
    ("cs", "Čeština"),
    ("da", "Dansk"),
    ("de", "Deutsch"),
    ("el", "Ελληνικά"),
    ("en", "English"),
    ("es", "Español"),
    ("fa", "فارسی"),
    ("fr", "Français"),
    ("hr", "Hrvatski"),
    ("it", "Italiano"),
    ("nl", "Nederlands"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("ro", "Română"),
    ("ru", "Русский"),
    ("sr", "Српски"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
];

/// A language to choose.
pub(crate) struct Tongue {
    /// Its code, e.g. `fr`.
    pub code: String,
    /// Its own name.
    pub name: String,
    /// The same page in it; `None` where the page is in it.
    pub href: Option<String>,
}

/// Whether a language is written from right to left.
pub(crate) fn from_the_right(code: &str) -> bool {
    matches!(code, "ar" | "fa" | "he" | "ku" | "ps" | "ur")
}

/// What is wrong with something typed, in the language of the questions where it is none of ours: shorter than in German.
pub(crate) fn problem(problem: &Problem, shown: &str) -> Option<String> {
    let number = |n: &usize| n.to_string();
    let (mut count, mut min, mut max) = (String::new(), String::new(), String::new());
    let mut typed = problem.typed_text();
    let key = match &problem.kind {
        ProblemKind::NotANumber { .. }
        | ProblemKind::AmbiguousNumber
        | ProblemKind::TooManyDecimals { .. }
        | ProblemKind::TooSmall { .. }
        | ProblemKind::TooLarge { .. } => "tongue-number",
        ProblemKind::UnknownOption
        | ProblemKind::SeveralValues
        | ProblemKind::Exclusive { .. }
        | ProblemKind::SpecialWithAnswer => "tongue-choose",
        ProblemKind::TooFew { chosen, min: least } => {
            (count, min) = (number(chosen), number(least));
            "tongue-few"
        }
        ProblemKind::TooMany { chosen, max: most } => {
            (count, max) = (number(chosen), number(most));
            "tongue-many"
        }
        ProblemKind::TooLong { max: most, .. } => {
            max = number(most);
            "tongue-long"
        }
        ProblemKind::NoDate | ProblemKind::TooEarly { .. } | ProblemKind::TooLate { .. } => {
            "tongue-date"
        }
        ProblemKind::NoEmail | ProblemKind::NoMailbox { .. } => "tongue-email",
        ProblemKind::NoMunicipality => "tongue-municipality",
        ProblemKind::NoRank { .. }
        | ProblemKind::RankTwice { .. }
        | ProblemKind::RankMissing { .. } => "tongue-rank",
        ProblemKind::FileType { name, .. }
        | ProblemKind::FileSize { name }
        | ProblemKind::FileEmpty { name } => {
            typed.clone_from(name);
            "tongue-file"
        }
        // The file's own words, which are in its language.
        ProblemKind::Pattern { hint: Some(hint) } => {
            return Some(hint.de.clone()).filter(|_| !ours(shown));
        }
        ProblemKind::Pattern { hint: None }
        | ProblemKind::NominationWithoutTitle { .. }
        | ProblemKind::NominationWithoutField { .. } => "tongue-check",
    };
    let values = [
        ("typed", &*typed),
        ("count", &*count),
        ("min", &*min),
        ("max", &*max),
    ];
    translation::in_tongue(shown, key, &values)
}

fn ours(shown: &str) -> bool {
    matches!(shown, "de" | "en")
}

/// The languages of the questions; none where the switch in the head of the page has them all.
pub(crate) fn choices(access: &Access, ask: &Ask) -> Vec<Tongue> {
    let questionnaire = &access.questionnaire;
    let others: Vec<&str> = questionnaire.other_languages().collect();
    if others.is_empty() {
        return Vec::new();
    }
    let own = |code: &&String| *code == "de" || *code == "en";
    let own = questionnaire.more.languages.iter().filter(own);
    let shown = questionnaire.tag(ask.lang);
    let tongue = |code: &str| {
        let mut to = Ask {
            tongue: Some(code.to_owned()),
            ..ask.clone()
        };
        if let Some(lang) = match code {
            "de" => Some(Lang::De),
            "en" => Some(Lang::En),
            _ => None,
        } {
            (to.lang, to.tongue) = (lang, None);
        }
        let name = NAMES.iter().find(|(known, _)| *known == code);
        Tongue {
            code: code.to_owned(),
            name: name.map_or(code, |(_, name)| name).to_owned(),
            href: (code != shown).then(|| to.to(&ask.path)),
        }
    };
    let all = own.map(String::as_str).chain(others);
    all.map(tongue).collect()
}
