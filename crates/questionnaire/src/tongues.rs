//! Words of ours that stand among the answers, in languages beside German and English.

use crate::{Answer, Lang, Questionnaire, special};

/// What stands among the answers in one language.
pub(crate) struct Tongue {
    /// Its code, e.g. `fr`.
    code: &'static str,
    yes: &'static str,
    no: &'static str,
    dont_know: &'static str,
    no_answer: &'static str,
}

const fn tongue(code: &'static str, [yes, no, dont_know, no_answer]: [&'static str; 4]) -> Tongue {
    Tongue {
        code,
        yes,
        no,
        dont_know,
        no_answer,
    }
}

const TONGUES: [Tongue; 18] = [
    tongue("ar", ["نعم", "لا", "لا أعرف", "بدون إجابة"]),
    tongue("bg", ["да", "не", "не знам", "без отговор"]),
    tongue("cs", ["ano", "ne", "nevím", "bez odpovědi"]),
    tongue("da", ["ja", "nej", "ved ikke", "ønsker ikke at svare"]),
    tongue("el", ["ναι", "όχι", "δεν γνωρίζω", "δεν απαντώ"]),
    tongue("es", ["sí", "no", "no sé", "sin respuesta"]),
    tongue("fa", ["بله", "خیر", "نمی‌دانم", "بدون پاسخ"]),
    tongue("fr", ["oui", "non", "ne sait pas", "sans réponse"]),
    tongue("hr", ["da", "ne", "ne znam", "bez odgovora"]),
    tongue("it", ["sì", "no", "non so", "nessuna risposta"]),
    tongue("nl", ["ja", "nee", "weet niet", "geen antwoord"]),
    tongue("pl", ["tak", "nie", "nie wiem", "brak odpowiedzi"]),
    tongue("pt", ["sim", "não", "não sei", "sem resposta"]),
    tongue("ro", ["da", "nu", "nu știu", "fără răspuns"]),
    tongue("ru", ["да", "нет", "не знаю", "нет ответа"]),
    tongue("sr", ["да", "не", "не знам", "без одговора"]),
    tongue("tr", ["evet", "hayır", "bilmiyorum", "yanıt yok"]),
    tongue("uk", ["так", "ні", "не знаю", "без відповіді"]),
];

/// The words of a language, where we have them.
pub(crate) fn of(code: &str) -> Option<&'static Tongue> {
    TONGUES.iter().find(|tongue| tongue.code == code)
}

impl Tongue {
    /// What yes and no are, as they stand in German or English.
    pub(crate) fn answer(&self, main: &str) -> Option<&'static str> {
        match main {
            "ja" | "yes" => Some(self.yes),
            "nein" | "no" => Some(self.no),
            _ => None,
        }
    }
}

impl Questionnaire {
    /// "weiß nicht" and "keine Angabe" in the language in which it is shown; in English where we do not have that
    /// language.
    pub fn special(&self, answer: &Answer, lang: Lang) -> Option<&'static str> {
        let shown = self.tag(lang);
        match (of(shown), answer) {
            (Some(tongue), Answer::DontKnow) => Some(tongue.dont_know),
            (Some(tongue), Answer::Refused) => Some(tongue.no_answer),
            (None, answer) if !matches!(shown, "de" | "en") => special(answer, Lang::En),
            (None, answer) => special(answer, lang),
            _ => None,
        }
    }
}
