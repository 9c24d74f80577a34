//! What a municipality answered, under the questionnaire's numbers, with a line to sign on.

use ::questionnaire::{Answers, Lang, Part, Questionnaire, plain};
use serde_json::{Value, json};

use crate::RenderError;
use crate::questionnaire::{QuestionnaireCover, printed, value};
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
    let mut whole = value(questionnaire, answers, cover, lang);
    whole["municipality"] = json!(municipality);
    let asked_pages = questionnaire.visible_pages(answers);
    for (p, page) in questionnaire.pages.iter().enumerate() {
        // When something is asked is told only where it is not.
        let on_route = asked_pages.iter().any(|asked| asked.key == page.key);
        if on_route {
            whole["pages"][p]["condition"] = Value::Null;
        }
        let asked = page.visible_questions(answers);
        for (q, question) in printed(page).enumerate() {
            if on_route && asked.iter().any(|a| a.key == question.key) {
                whole["pages"][p]["questions"][q]["condition"] = Value::Null;
            }
            let row = |part: &Part| {
                let words = answers.get(&part.key);
                json!({
                    "label": part.label(lang).map(|label| plain(&label)),
                    "answer": words.map(|a| questionnaire.describe(&part.key, a, lang)),
                })
            };
            // A text beside an option that was not chosen was not asked for.
            let parts = question.parts();
            let asked = |part: &&Part| part.is_visible(answers);
            let rows: Vec<Value> = parts.iter().filter(asked).map(row).collect();
            whole["pages"][p]["questions"][q]["given"] = json!(rows);
        }
    }
    render("questionnaire.typ", &whole, cover.until, &identifier)
}
