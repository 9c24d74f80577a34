//! The demo's questionnaire passes its own check, and a municipality can walk it to the end.

use questionnaire::{
    Answer, Answers, Lang, Page, Question, QuestionKind, Questionnaire, VariableKey,
};

fn demo() -> Questionnaire {
    let source = include_str!("../../../demo/fragebogen.yaml");
    let (read, notes) = Questionnaire::examine(source, "demo/fragebogen.yaml");
    let questionnaire = read.unwrap_or_else(|faults| panic!("\n{faults}"));
    assert!(notes.is_empty(), "\n{notes}");
    questionnaire
}

#[test]
fn the_demo_asks_what_the_study_needs() {
    let demo = demo();
    let pages: Vec<&str> = demo.pages.iter().map(|page| page.key.as_str()).collect();
    assert_eq!(
        pages,
        [
            "basis",
            "aufgaben",
            "ressourcen",
            "bedarf",
            "engagement",
            "integration",
            "vernetzung",
            "strategie",
            "austausch-praxis"
        ]
    );
    let closed: Vec<&Question> = demo.questions().filter(|q| q.closed()).collect();
    let counted = |q: &&&Question| q.key != "rolle" && q.number.parse::<u32>().is_ok();
    assert_eq!(closed.iter().filter(counted).count(), 18);
    assert_eq!(demo.question("konzept-themen").unwrap().number, "18a");
    assert_eq!(demo.question("praxis").unwrap().number, "21");
    assert_eq!(demo.variables().len(), 10 + 10 + 10 + 4 + 8 + 17);
    for question in closed {
        let way_out = question.dont_know || question.no_answer;
        assert!(way_out, "{} has no way out", question.key);
        if let QuestionKind::Battery { scale, .. } = &question.kind {
            assert_eq!(scale.points.len(), 5, "{}", question.key);
        }
    }
}

/// Fields of a form that answers every question shown; `pick` chooses among the options.
fn filled(page: &Page, answers: &Answers, pick: usize) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for question in page.visible_questions(answers) {
        let codes: Vec<&str> = question.codes().iter().map(|(key, _)| *key).collect();
        for variable in question.variables() {
            let value = match &question.kind {
                QuestionKind::Number { .. } => "1.250".to_owned(),
                QuestionKind::ShortText { .. } | QuestionKind::LongText { .. } => {
                    "Verlässliche Finanzierung".to_owned()
                }
                QuestionKind::Nomination { fields: known, .. } => {
                    fields.push((format!("{variable}.1.title"), "Sprachcafé".to_owned()));
                    fields.push((format!("{variable}.1.field"), known[0].key.clone()));
                    continue;
                }
                _ => codes[pick % codes.len()].to_owned(),
            };
            fields.push((variable.0.clone(), value));
        }
    }
    fields
}

#[test]
fn a_walk_reaches_the_end_whatever_is_chosen() {
    let demo = demo();
    for pick in 0..20 {
        let mut answers = Answers::new();
        let mut after: Option<String> = None;
        let mut visited = 0;
        while let Some(page) = demo.next_page(after.as_deref(), &answers) {
            assert_eq!(
                demo.first_unfinished_page(&answers).map(|p| &p.key),
                Some(&page.key)
            );
            // A dependent question shows once its condition holds: the page is sent a second time.
            for _ in 0..2 {
                let parsed = page.parse(&filled(page, &answers, pick), &answers);
                assert_eq!(parsed.problems, [], "{}", page.key);
                answers = parsed.applied_to(&answers);
            }
            assert_eq!(page.missing(&answers), []);
            after = Some(page.key.clone());
            visited += 1;
        }
        assert_eq!(visited, 9);
        assert_eq!(demo.missing(&answers), []);
        assert_eq!(demo.first_unfinished_page(&answers), None);
        let progress = demo.required(&answers);
        assert_eq!(progress.answered, progress.asked);
        let themes = VariableKey::new("konzept-themen");
        let konzept = answers.get(&VariableKey::new("konzept"));
        let has = matches!(konzept, Some(Answer::Choice(c)) if c == "ja" || c == "in-arbeit");
        assert_eq!(demo.on_route(&themes, &answers), has);
        for (variable, answer) in &answers {
            for lang in [Lang::De, Lang::En] {
                assert!(!demo.describe(variable, answer, lang).is_empty());
            }
        }
    }
}

#[test]
fn the_demo_takes_fifteen_to_twenty_minutes() {
    let demo = demo();
    assert_eq!(demo.minutes(), (15, 20));
    let report = questionnaire::report(&demo);
    assert!(
        report.contains("questions   22 (20 closed, 20 required)"),
        "{report}"
    );
    assert!(
        report.contains("strategie            questions 18-19     3 variables"),
        "{report}"
    );
}

#[test]
fn the_manuals_example_has_no_fault_and_its_fault_is_true() {
    let manual = include_str!("../../../docs/anleitung/fragebogen.md");
    let from = manual.find("```yaml\n").unwrap() + "```yaml\n".len();
    let example = &manual[from..from + manual[from..].find("```").unwrap()];
    let (read, notes) = Questionnaire::examine(example, "fragebogen.yaml");
    assert!(
        read.is_ok() && notes.is_empty(),
        "{}\n{notes}",
        read.unwrap_err()
    );
    let broken = example.replace("konzept == 'ja'", "konzept == 'jaa'");
    let faults = Questionnaire::read(&broken, "fragebogen.yaml").unwrap_err();
    for line in faults.to_string().lines().filter(|line| !line.is_empty()) {
        assert!(manual.contains(line), "the manual does not show: {line}");
    }
}
