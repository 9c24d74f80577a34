//! The whole questionnaire as a printable PDF.

use ::questionnaire::{
    Answer, Choice, Comparison, Condition, Lang, Page, Question, QuestionKind, Questionnaire, Test,
    VariableKey, special,
};
use edition::numbers;
use edition::translation::text;
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::RenderError;
use crate::render::render;
use crate::words::{tag, words};

/// What stands on the first page beside the questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionnaireCover {
    /// Title of the study or wave.
    pub title: String,
    /// Who asks.
    pub institute: String,
    /// Why, in a few sentences; paragraphs separated by an empty line.
    pub purpose: String,
    /// Last day of the field period.
    pub until: Date,
    /// Whom to ask, as one line.
    pub contact: String,
    /// Made-up data.
    pub synthetic: bool,
}

/// The questionnaire to print, read and hand round inside the house: same numbers as on the screen,
/// boxes to tick, lines to write on, routing in words. PDF/UA-1.
pub fn render_questionnaire(
    questionnaire: &Questionnaire,
    cover: &QuestionnaireCover,
    lang: Lang,
) -> Result<Vec<u8>, RenderError> {
    let identifier = format!(
        "questionnaire/{}/{}/{}",
        questionnaire.key,
        questionnaire.version,
        tag(lang)
    );
    let value = value(questionnaire, cover, lang);
    render("questionnaire.typ", &value, cover.until, &identifier)
}

fn value(questionnaire: &Questionnaire, cover: &QuestionnaireCover, lang: Lang) -> Value {
    let purpose: Vec<&str> = cover.purpose.split("\n\n").map(str::trim).collect();
    let pages: Vec<Value> = questionnaire
        .pages
        .iter()
        .map(|page| page_value(questionnaire, page, lang))
        .collect();
    let special = |answer| special(&answer, lang).unwrap_or_default();
    json!({
        "lang": tag(lang),
        "words": words(lang),
        "title": cover.title,
        "institute": cover.institute,
        "purpose": purpose,
        "intro": questionnaire.intro.as_ref().map(|intro| intro.get(lang).trim()),
        "until": numbers::date(lang, cover.until),
        "contact": cover.contact,
        "version": questionnaire.version.to_string(),
        "synthetic": cover.synthetic,
        "dont_know": special(Answer::DontKnow),
        "no_answer": special(Answer::Refused),
        "pages": pages,
    })
}

fn page_value(questionnaire: &Questionnaire, page: &Page, lang: Lang) -> Value {
    let condition = |condition: &Option<Condition>, key: &str| {
        let words = in_words(questionnaire, &condition.as_ref()?.test, lang);
        Some(text(lang, key, &[("condition", &words)]))
    };
    let questions: Vec<Value> = page
        .questions
        .iter()
        .map(|question| {
            let mut value = question_value(question, lang);
            value["condition"] = json!(condition(
                &question.show_if,
                "handbook-questionnaire-only-question"
            ));
            value
        })
        .collect();
    json!({
        "title": page.title.get(lang),
        "intro": page.intro.as_ref().map(|intro| intro.get(lang).trim()),
        "condition": condition(&page.show_if, "handbook-questionnaire-only-page"),
        "questions": questions,
    })
}

fn question_value(question: &Question, lang: Lang) -> Value {
    let mut value = json!({
        "number": question.number,
        "text": question.text.get(lang).trim(),
        "help": question.help.as_ref().map(|help| help.get(lang).trim()),
        "dont_know": question.dont_know,
        "no_answer": question.no_answer,
        "note": "",
    });
    let word = |key: &str, values: &[(&str, &str)]| text(lang, key, values);
    match &question.kind {
        QuestionKind::Single { options, .. } => {
            value["kind"] = json!("single");
            value["options"] = choices(options, lang);
        }
        QuestionKind::Multiple { options, max, .. } => {
            value["kind"] = json!("multiple");
            value["options"] = choices(options, lang);
            value["note"] = json!(match max {
                Some(max) => word(
                    "handbook-questionnaire-at-most",
                    &[("max", &max.to_string())]
                ),
                None => word("handbook-questionnaire-several", &[]),
            });
        }
        QuestionKind::Battery { items, scale } => {
            let items: Vec<&str> = items
                .iter()
                .map(|item| item.text.get(lang).trim())
                .collect();
            let points: Vec<&str> = scale.points.iter().map(|p| p.text.get(lang)).collect();
            value["kind"] = json!("battery");
            value["items"] = json!(items);
            value["points"] = json!(points);
        }
        QuestionKind::Number { unit, decimals, .. } => {
            value["kind"] = json!("number");
            value["unit"] = json!(unit.get(lang));
            value["note"] = json!(word(
                if *decimals == 0 {
                    "handbook-questionnaire-whole-number"
                } else {
                    "handbook-questionnaire-number"
                },
                &[]
            ));
        }
        QuestionKind::ShortText { .. } => value["kind"] = json!("short"),
        QuestionKind::LongText { max_length } => {
            let max = numbers::thousands(lang, i64::try_from(*max_length).unwrap_or(i64::MAX));
            value["kind"] = json!("long");
            value["note"] = json!(word("handbook-questionnaire-characters", &[("max", &max)]));
        }
        QuestionKind::Nomination { fields, max } => {
            value["kind"] = json!("nomination");
            value["note"] = json!(word(
                "handbook-questionnaire-nomination",
                &[("max", &max.to_string())]
            ));
            value["fields"] = choices(fields, lang);
            value["parts"] = json!([
                { "label": word("handbook-questionnaire-nomination-title", &[]), "lines": 1 },
                { "label": word("handbook-questionnaire-nomination-description", &[]), "lines": 4 },
                { "label": word("handbook-questionnaire-nomination-mailbox", &[]), "lines": 1 },
            ]);
        }
    }
    value
}

fn choices(options: &[Choice], lang: Lang) -> Value {
    options
        .iter()
        .map(
            |option| json!({ "text": option.text.get(lang).trim(), "exclusive": option.exclusive }),
        )
        .collect()
}

/// A condition as a person reads it: "Frage 15: „ja“ oder „in Arbeit“".
fn in_words(questionnaire: &Questionnaire, test: &Test, lang: Lang) -> String {
    let word = |key: &str, values: &[(&str, &str)]| text(lang, key, values);
    let about = |variable: &VariableKey| name(questionnaire, variable, lang);
    match test {
        Test::Constant(true) => word("handbook-questionnaire-always", &[]),
        Test::Constant(false) => word("handbook-questionnaire-never", &[]),
        Test::Not(inner) => {
            let inner = in_words(questionnaire, inner, lang);
            word("handbook-questionnaire-not", &[("condition", &inner)])
        }
        Test::All(parts) => {
            let parts: Vec<String> = parts
                .iter()
                .map(|part| in_words(questionnaire, part, lang))
                .collect();
            parts.join(&word("handbook-questionnaire-and", &[]))
        }
        Test::Any(parts) => any_in_words(questionnaire, parts, lang),
        Test::OneOf { variable, options } => {
            let options: Vec<&str> = options.iter().map(String::as_str).collect();
            one_of(questionnaire, variable, &options, lang)
        }
        Test::Contains { variable, option } => {
            one_of(questionnaire, variable, &[option.as_str()], lang)
        }
        Test::Number {
            variable,
            comparison,
            bound,
        } => {
            let key = match comparison {
                Comparison::Less => "handbook-questionnaire-less",
                Comparison::AtMost => "handbook-questionnaire-number-at-most",
                Comparison::Equal => "handbook-questionnaire-equal",
                Comparison::AtLeast => "handbook-questionnaire-at-least",
                Comparison::Greater => "handbook-questionnaire-greater",
            };
            let places = usize::from(bound.fract() != 0.0);
            let bound = numbers::decimal(lang, *bound, places);
            word(key, &[("question", &about(variable)), ("bound", &bound)])
        }
        Test::Answered(variable) => word(
            "handbook-questionnaire-answered",
            &[("question", &about(variable))],
        ),
    }
}

/// Answers to one and the same question are named together.
fn any_in_words(questionnaire: &Questionnaire, parts: &[Test], lang: Lang) -> String {
    let mut shared: Option<&VariableKey> = None;
    let mut together: Vec<&str> = Vec::new();
    let same = parts.iter().all(|part| match part {
        Test::OneOf { variable, options } if shared.is_none_or(|s| s == variable) => {
            shared = Some(variable);
            together.extend(options.iter().map(String::as_str));
            true
        }
        _ => false,
    });
    match shared {
        Some(variable) if same => one_of(questionnaire, variable, &together, lang),
        _ => {
            let parts: Vec<String> = parts
                .iter()
                .map(|part| in_words(questionnaire, part, lang))
                .collect();
            let or = text(lang, "handbook-questionnaire-or", &[]);
            parts.join(&or)
        }
    }
}

fn one_of(
    questionnaire: &Questionnaire,
    variable: &VariableKey,
    options: &[&str],
    lang: Lang,
) -> String {
    let codes = questionnaire
        .question(variable.question())
        .map(|question| question.codes())
        .unwrap_or_default();
    let quoted: Vec<String> = codes
        .iter()
        .filter(|(key, _)| options.contains(key))
        .map(|(_, wording)| {
            text(
                lang,
                "handbook-questionnaire-quoted",
                &[("text", wording.get(lang))],
            )
        })
        .collect();
    let or = text(lang, "handbook-questionnaire-or", &[]);
    let question = name(questionnaire, variable, lang);
    text(
        lang,
        "handbook-questionnaire-is",
        &[("question", &question), ("answers", &quoted.join(&or))],
    )
}

/// "Frage 15", with the item where there is one.
fn name(questionnaire: &Questionnaire, variable: &VariableKey, lang: Lang) -> String {
    let found = questionnaire.variable(variable);
    let number = found
        .as_ref()
        .map_or(variable.0.as_str(), |found| found.question.number.as_str());
    match found.as_ref().and_then(|found| found.item) {
        Some(item) => text(
            lang,
            "handbook-questionnaire-question-item",
            &[("number", number), ("item", item.text.get(lang).trim())],
        ),
        None => text(
            lang,
            "handbook-questionnaire-question",
            &[("number", number)],
        ),
    }
}
