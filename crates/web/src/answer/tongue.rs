//! The languages in which a questionnaire can be answered, beside German and English.

use questionnaire::Lang;

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
