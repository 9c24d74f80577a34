//! What a municipality answered, under the questionnaire's numbers, with a line to sign on.

use ::questionnaire::{Answers, Lang, Questionnaire};
use serde_json::{Value, json};

use crate::RenderError;
use crate::questionnaire::{QuestionnaireCover, value};
use crate::render::render;
use crate::words::tag;

/// The questionnaire with the answers of the municipality that is named in place of the boxes. PDF/UA-1.
pub fn render_answers(
    questionnaire: &Questionnaire,
    cover: &QuestionnaireCover,
    (answers, municipality): (&Answers, &str),
    lang: Lang,
) -> Result<Vec<u8>, RenderError> {
    let identifier = format!(
        "answers/{}/{}/{}",
        questionnaire.key,
        questionnaire.version,
        tag(lang)
    );
    let mut whole = value(questionnaire, cover, lang);
    whole["municipality"] = json!(municipality);
    for (p, page) in questionnaire.pages.iter().enumerate() {
        for (q, question) in page.questions.iter().enumerate() {
            let several = question.variables().len() > 1;
            let row = |variable: &::questionnaire::VariableKey| {
                let words = answers.get(variable);
                let item = questionnaire.variable(variable).and_then(|v| v.item);
                let label = item.filter(|_| several).map(|i| i.text.get(lang).trim());
                json!({
                    "label": label,
                    "answer": words.map(|a| questionnaire.describe(variable, a, lang)),
                })
            };
            let rows: Vec<Value> = question.variables().iter().map(row).collect();
            whole["pages"][p]["questions"][q]["given"] = json!(rows);
        }
    }
    render("questionnaire.typ", &whole, cover.until, &identifier)
}
