//! The demo's questionnaire on paper.

mod pdf;

use handbook::{QuestionnaireCover, render_answers, render_questionnaire};
use jiff::civil::date;
use questionnaire::{Answer, Answers, Lang, Questionnaire};

fn demo() -> Questionnaire {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../demo/fragebogen.yaml");
    let source = std::fs::read_to_string(file).expect("the demo has a questionnaire");
    Questionnaire::read(&source, file).expect("it is faultless")
}

fn cover() -> QuestionnaireCover {
    QuestionnaireCover {
        title: "Aufnahme und Integration in den Kommunen".to_owned(),
        institute: "Institut für kommunales Lernen (erfunden)".to_owned(),
        purpose: "Wir möchten wissen, wie Kommunen Geflüchtete aufnehmen.".to_owned(),
        until: date(2016, 3, 5),
        contact: "befragung@institut.example".to_owned(),
        synthetic: true,
    }
}

#[test]
fn every_question_is_printed_and_batteries_are_tables_with_header_cells() {
    let questionnaire = demo();
    let bytes = render_questionnaire(&questionnaire, &cover(), Lang::De).unwrap();
    let text = pdf::uncompressed(&bytes);
    let batteries = questionnaire
        .questions()
        .filter(|q| matches!(q.kind, questionnaire::QuestionKind::Battery { .. }))
        .count();
    assert_eq!(pdf::tags(&text, "Table"), batteries);
    pdf::assert_tables_have_header_cells(&text);
    assert_eq!(pdf::tags(&text, "H3"), questionnaire.questions().count());
    assert_eq!(pdf::tags(&text, "H2"), questionnaire.pages.len());
    assert!(pdf::pages(&text) <= 12, "it can be handed round");
}

#[test]
fn it_speaks_english_as_well() {
    let bytes = render_questionnaire(&demo(), &cover(), Lang::En).unwrap();
    assert!(pdf::uncompressed(&bytes).contains("/Lang(en-GB)"));
}

/// The page of one's own answers failed where a questionnaire has a computed value.
#[test]
fn ones_own_answers_stand_under_their_questions_whatever_is_computed_between() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../demo/fragentypen.yaml");
    let source = std::fs::read_to_string(file).expect("the demo has all types");
    let questionnaire = Questionnaire::read(&source, file).expect("it is faultless");
    let answers: Answers = [
        ("konzept".into(), Answer::Choice("sonst".into())),
        ("konzept.sonst.text".into(), Answer::Text("Leitbild".into())),
        ("personal".into(), Answer::Number(12.5)),
        ("plz".into(), Answer::Text("01067".into())),
    ]
    .into();
    let bytes = render_answers(&questionnaire, &cover(), (&answers, "Ort"), Lang::De).unwrap();
    let text = pdf::uncompressed(&bytes);
    let printed = questionnaire
        .questions()
        .filter(|q| !matches!(q.kind, questionnaire::QuestionKind::Computed { .. }));
    assert_eq!(pdf::tags(&text, "H3"), printed.count());
}
