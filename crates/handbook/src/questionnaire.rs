//! The whole questionnaire as a printable PDF.

use ::questionnaire::{
    Answer, Answers, CellKind, Choice, Comparison, Condition, Expression, Item, Lang, Operator,
    Page, Question, QuestionKind, Questionnaire, Scale, Test, Text, VariableKey, plain, special,
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
    let value = value(questionnaire, &Answers::new(), cover, lang);
    render("questionnaire.typ", &value, cover.until, &identifier)
}

/// The pages, with these answers put into the wordings that name them, and "…" where there is none.
pub(crate) fn value(
    questionnaire: &Questionnaire,
    answers: &Answers,
    cover: &QuestionnaireCover,
    lang: Lang,
) -> Value {
    let purpose: Vec<&str> = cover.purpose.split("\n\n").map(str::trim).collect();
    let pages: Vec<Value> = questionnaire
        .pages
        .iter()
        .map(|page| page_value(questionnaire, answers, page, lang))
        .collect();
    let special = |answer| special(&answer, lang).unwrap_or_default();
    json!({
        "lang": tag(lang),
        "words": words(lang),
        "title": cover.title,
        "institute": cover.institute,
        "purpose": purpose,
        "intro": questionnaire.intro.as_ref().map(|intro| plain(intro.get(lang)).trim().to_owned()),
        "until": numbers::date(lang, cover.until),
        "contact": cover.contact,
        "version": questionnaire.version.to_string(),
        "synthetic": cover.synthetic,
        "dont_know": special(Answer::DontKnow),
        "no_answer": special(Answer::Refused),
        "pages": pages,
    })
}

/// The questions of a page that stand on paper: what is computed is nothing to fill in.
pub(crate) fn printed(page: &Page) -> impl Iterator<Item = &Question> {
    let questions = page.questions.iter();
    questions.filter(|question| !matches!(question.kind, QuestionKind::Computed { .. }))
}

fn page_value(questionnaire: &Questionnaire, answers: &Answers, page: &Page, lang: Lang) -> Value {
    let filled = |text: &Text| {
        let text = questionnaire.insert(text.get(lang), answers, lang);
        plain(&text).trim().to_owned()
    };
    let condition = |condition: &Option<Condition>, key: &str| {
        let words = in_words(questionnaire, &condition.as_ref()?.test, lang);
        Some(text(lang, key, &[("condition", &words)]))
    };
    let questions: Vec<Value> = printed(page)
        .map(|question| {
            let mut value = question_value(question, lang);
            value["text"] = json!(filled(&question.text));
            value["help"] = json!(question.help.as_ref().map(filled));
            value["condition"] = json!(condition(
                &question.show_if,
                "handbook-questionnaire-only-question"
            ));
            value
        })
        .collect();
    json!({
        "title": page.title.get(lang),
        "intro": page.intro.as_ref().map(filled),
        "condition": condition(&page.show_if, "handbook-questionnaire-only-page"),
        "questions": questions,
    })
}

fn question_value(question: &Question, lang: Lang) -> Value {
    let mut value = json!({
        "number": question.number,
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
            value["kind"] = json!("tables");
            value["tables"] = json!([scale_table("", items, scale, lang)]);
        }
        QuestionKind::Grid { items, columns } => {
            value["kind"] = json!("tables");
            let scales = columns.iter().filter_map(|column| match &column.cell {
                CellKind::Scale(scale) => {
                    Some(scale_table(column.text.get(lang), items, scale, lang))
                }
                _ => None,
            });
            let mut tables: Vec<Value> = scales.collect();
            let free = columns
                .iter()
                .filter(|c| !matches!(c.cell, CellKind::Scale(_)));
            let free: Vec<&str> = free.map(|column| column.text.get(lang)).collect();
            if !free.is_empty() {
                tables.push(table("", items.iter(), &free, "blank", lang));
            }
            value["tables"] = json!(tables);
        }
        QuestionKind::Ticks { items, columns, .. } => {
            let boxes: Vec<&str> = columns.iter().map(|column| column.text.get(lang)).collect();
            value["kind"] = json!("tables");
            value["tables"] = json!([table("", items.iter(), &boxes, "box", lang)]);
        }
        QuestionKind::Numbers { items, .. } => {
            value["kind"] = json!("tables");
            let unit = |n: &::questionnaire::NumberItem| n.number.unit.get(lang).to_owned();
            let mut units: Vec<String> = items.iter().map(unit).collect();
            units.dedup();
            let head = if let [unit] = units.as_slice() {
                unit
            } else {
                ""
            };
            let items = items.iter().map(|n| &n.item);
            value["tables"] = json!([table("", items, &[head], "blank", lang)]);
        }
        QuestionKind::Texts { items, .. } => {
            value["kind"] = json!("tables");
            value["tables"] = json!([table("", items.iter(), &[""], "wide", lang)]);
        }
        QuestionKind::Ranking { options, max, .. } => {
            value["kind"] = json!("ranking");
            value["options"] = choices(options, lang);
            let most = max.unwrap_or(options.len()).to_string();
            value["note"] = json!(word("handbook-questionnaire-ranking", &[("max", &most)]));
        }
        QuestionKind::Date { .. } => {
            value["kind"] = json!("short");
            value["note"] = json!(word("handbook-questionnaire-date", &[]));
        }
        QuestionKind::Email => value["kind"] = json!("short"),
        QuestionKind::Municipality => {
            value["kind"] = json!("short");
            value["note"] = json!(word("handbook-questionnaire-municipality", &[]));
        }
        QuestionKind::File { types, max, .. } => {
            value["kind"] = json!("none");
            let kinds: Vec<&str> = types.iter().map(|kind| kind.ending()).collect();
            let values = [("max", &*max.to_string()), ("kinds", &*kinds.join(", "))];
            value["note"] = json!(word("handbook-questionnaire-file", &values));
        }
        QuestionKind::Note | QuestionKind::Computed { .. } => value["kind"] = json!("none"),
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
        .map(|option| {
            json!({
                "text": plain(option.text.get(lang)).trim(),
                "exclusive": option.exclusive,
                "line": option.other || option.comment,
            })
        })
        .collect()
}

/// Items by the points of a scale.
fn scale_table(title: &str, items: &[Item], scale: &Scale, lang: Lang) -> Value {
    let points: Vec<&str> = scale.points.iter().map(|p| p.text.get(lang)).collect();
    table(title, items.iter(), &points, "round", lang)
}

/// Items by columns; `cell` is what stands in each: `round`, `box`, `blank` or `wide`.
fn table<'i>(
    title: &str,
    items: impl Iterator<Item = &'i Item>,
    points: &[&str],
    cell: &str,
    lang: Lang,
) -> Value {
    let items: Vec<String> = items.map(|item| plain(item.text.get(lang))).collect();
    json!({ "title": title, "items": items, "points": points, "cell": cell })
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
            let bound = number(*bound, lang);
            word(key, &[("question", &about(variable)), ("bound", &bound)])
        }
        Test::Answered(variable) => word(
            "handbook-questionnaire-answered",
            &[("question", &about(variable))],
        ),
        Test::Compare {
            left,
            comparison,
            right,
        } => format!(
            "{} {} {}",
            computed(questionnaire, left, lang),
            sign(*comparison),
            computed(questionnaire, right, lang)
        ),
        Test::Text {
            variable,
            comparison,
            text: bound,
        } => {
            let quoted = word("handbook-questionnaire-quoted", &[("text", bound)]);
            format!("{} {} {quoted}", about(variable), sign(*comparison))
        }
        Test::Matches { variable, pattern } => word(
            "handbook-questionnaire-matches",
            &[("question", &about(variable)), ("pattern", &pattern.source)],
        ),
    }
}

fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Less => "<",
        Comparison::AtMost => "≤",
        Comparison::Equal => "=",
        Comparison::AtLeast => "≥",
        Comparison::Greater => ">",
    }
}

fn number(value: f64, lang: Lang) -> String {
    numbers::decimal(lang, value, usize::from(value.fract() != 0.0))
}

/// A computed number as a person reads it: "Frage 3 + Frage 4".
fn computed(questionnaire: &Questionnaire, expression: &Expression, lang: Lang) -> String {
    let about = |variable: &VariableKey| name(questionnaire, variable, lang);
    let inner = |part: &Expression| computed(questionnaire, part, lang);
    let word = |key: &str, of: String| text(lang, key, &[("of", &of)]);
    let listed = |parts: Vec<String>| parts.join(", ");
    match expression {
        Expression::Constant(value) => number(*value, lang),
        Expression::Answer(variable) | Expression::Code { variable, .. } => about(variable),
        Expression::Rank { variable, option } => {
            let option = quoted(questionnaire, variable, &[option], lang).join(", ");
            let values = [("option", option.as_str()), ("question", &about(variable))];
            text(lang, "handbook-questionnaire-rank", &values)
        }
        Expression::Length(variable) => word("handbook-questionnaire-length", about(variable)),
        Expression::Count { variables, options } => {
            let mut of: Vec<String> = variables.iter().map(about).collect();
            let rest = of.len().saturating_sub(3);
            if rest > 0 {
                of.truncate(2);
                of.push("…".to_owned());
            }
            let mut of = listed(of);
            if let (Some(options), Some(first)) = (options, variables.first()) {
                let question = questionnaire.variable(first);
                let codes = question.as_ref().map(|q| q.codes()).unwrap_or_default();
                let words = codes.iter().filter(|(key, _)| options.contains(*key));
                let words: Vec<String> = words.map(|(_, text)| text.get(lang).to_owned()).collect();
                of = format!("{of}: {}", listed(words));
            }
            word("handbook-questionnaire-count", of)
        }
        Expression::Both {
            operator,
            left,
            right,
        } => {
            // Brackets stand only where the sentence would be read wrong without them.
            let sum = |part: &Expression| {
                matches!(
                    part,
                    Expression::Both {
                        operator: Operator::Add | Operator::Subtract,
                        ..
                    } | Expression::If { .. }
                )
            };
            let (before, after) = match operator {
                Operator::Add => (false, false),
                Operator::Subtract => (false, sum(right)),
                _ => (
                    sum(left),
                    sum(right) || matches!(**right, Expression::Both { .. }),
                ),
            };
            let bracketed = |part: &Expression, brackets: bool| match brackets {
                true => format!("({})", inner(part)),
                false => inner(part),
            };
            let (left, right) = (bracketed(left, before), bracketed(right, after));
            format!("{left} {} {right}", operator.sign())
        }
        Expression::Of { aggregate, parts } => {
            let of = listed(parts.iter().map(inner).collect());
            let key = match aggregate {
                ::questionnaire::Aggregate::Sum => "handbook-questionnaire-sum",
                ::questionnaire::Aggregate::Mean => "handbook-questionnaire-mean",
                ::questionnaire::Aggregate::Min => "handbook-questionnaire-min",
                ::questionnaire::Aggregate::Max => "handbook-questionnaire-max",
                ::questionnaire::Aggregate::Floor => "handbook-questionnaire-floor",
                ::questionnaire::Aggregate::Ceil => "handbook-questionnaire-ceil",
                ::questionnaire::Aggregate::Round => "handbook-questionnaire-round",
            };
            word(key, of)
        }
        Expression::If { test, yes, no } => text(
            lang,
            "handbook-questionnaire-if",
            &[
                ("condition", &in_words(questionnaire, test, lang)),
                ("yes", &inner(yes)),
                ("no", &inner(no)),
            ],
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
    let quoted = quoted(questionnaire, variable, options, lang);
    let or = text(lang, "handbook-questionnaire-or", &[]);
    let question = name(questionnaire, variable, lang);
    text(
        lang,
        "handbook-questionnaire-is",
        &[("question", &question), ("answers", &quoted.join(&or))],
    )
}

/// The words of these answers, each in quotes.
fn quoted(
    questionnaire: &Questionnaire,
    variable: &VariableKey,
    options: &[&str],
    lang: Lang,
) -> Vec<String> {
    let found = questionnaire.variable(variable);
    let codes = found.as_ref().map(|v| v.codes()).unwrap_or_default();
    let chosen = codes.iter().filter(|(key, _)| options.contains(key));
    let word = "handbook-questionnaire-quoted";
    chosen
        .map(|(_, wording)| text(lang, word, &[("text", wording.get(lang))]))
        .collect()
}

/// "Frage 15", with the item where there is one.
fn name(questionnaire: &Questionnaire, variable: &VariableKey, lang: Lang) -> String {
    let found = questionnaire.variable(variable);
    let number = found
        .as_ref()
        .map_or(variable.0.as_str(), |found| found.question.number.as_str());
    match found.as_ref().and_then(|found| found.part.label(lang)) {
        Some(item) => text(
            lang,
            "handbook-questionnaire-question-item",
            &[("number", number), ("item", item.trim())],
        ),
        None => text(
            lang,
            "handbook-questionnaire-question",
            &[("number", number)],
        ),
    }
}
