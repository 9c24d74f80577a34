//! Mutated questionnaire files and forms: a fault or a questionnaire, never a panic, never a hang.

use std::time::{Duration, Instant};

use questionnaire::{Answers, Lang, Questionnaire};

const FILES: [&str; 4] = [
    WORDS,
    include_str!("../../../demo/fragentypen.yaml"),
    include_str!("../../../demo/fragebogen.yaml"),
    include_str!("../../../demo/fragebogen-2016-2.yaml"),
];

/// Words that depend on answers and insert one another.
const WORDS: &str = r#"format: 1
key: worte
version: 1
title: { de: Worte, en: Words }
pages:
  - key: eins
    title: { de: Eins, en: One }
    questions:
      - key: konzept
        type: yes-no
        text: { de: Gibt es ein Konzept?, en: Is there a concept? }
      - key: anrede
        type: computed
        text: { de: Worte, en: Words }
        words:
          - { when: "konzept == 'ja'", de: " mit {konzept}", en: " with {konzept}" }
          - { de: ohne, en: without }
      - key: satz
        type: computed
        shown: true
        text: { de: Satz, en: Sentence }
        words:
          - { when: "answered(konzept)", de: "{anrede}{anrede}", en: "{anrede}" }
      - key: frage
        type: short-text
        text: { de: "Sie sind {satz}{anrede}?", en: "You are {satz}?" }
"#;

/// How many files are made: `MUTATED` says it, 10,000 in `cargo xtask mutate`.
fn wanted() -> usize {
    let told = std::env::var("MUTATED").ok();
    told.and_then(|n| n.parse().ok()).unwrap_or(400)
}

struct Dice(u64);

impl Dice {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % below.max(1)
    }
}

const SPICE: [&str; 30] = [
    "{",
    "}",
    "[",
    "]",
    ":",
    "- ",
    "\n",
    "\t",
    "'",
    "\"",
    "&a ",
    "*a",
    "!x ",
    "ä",
    "\u{0}",
    "-1",
    "1e309",
    "999999999999",
    "true",
    "null",
    "{konzept}",
    "count(lage, 'gut') > ",
    "a - b - c - d ",
    "((((((((((",
    "? 1 : 2",
    "sum(personal) / 0 ",
    "matches(plz, '(a+)+$')",
    "type: grid",
    "points: 99",
    "\u{202e}",
];

fn mutated(source: &str, dice: &mut Dice) -> String {
    let mut lines: Vec<String> = source.lines().map(str::to_owned).collect();
    for _ in 0..1 + dice.next(4) {
        let at = dice.next(lines.len());
        let other = dice.next(lines.len());
        match dice.next(7) {
            0 => {
                lines.remove(at);
            }
            1 => lines.swap(at, other),
            2 => {
                let line = lines[other].clone();
                lines.insert(at, line);
            }
            3 => {
                let mut chars: Vec<char> = lines[at].chars().collect();
                let place = dice.next(chars.len() + 1);
                chars.splice(place..place, SPICE[dice.next(SPICE.len())].chars());
                lines[at] = chars.into_iter().collect();
            }
            4 => {
                let mut chars: Vec<char> = lines[at].chars().collect();
                if !chars.is_empty() {
                    chars.remove(dice.next(chars.len()));
                }
                lines[at] = chars.into_iter().collect();
            }
            5 => {
                let words: Vec<&str> = lines[at].split(' ').collect();
                let mut words: Vec<String> = words.into_iter().map(str::to_owned).collect();
                let word = dice.next(words.len());
                words[word] = SPICE[dice.next(SPICE.len())].to_owned();
                lines[at] = words.join(" ");
            }
            _ => lines[at] = format!("{}{}", lines[at], lines[other].trim()),
        }
        if lines.is_empty() {
            lines.push(String::new());
        }
    }
    lines.join("\n")
}

/// Walks a questionnaire that is still one, with forms that nobody would send.
fn walk(questionnaire: &Questionnaire, dice: &mut Dice) {
    let mut answers = Answers::new();
    for page in &questionnaire.pages {
        let mut fields = Vec::new();
        for variable in page.questions.iter().flat_map(|q| q.variables()) {
            let question = questionnaire.question(variable.question());
            let codes: Vec<String> = question
                .map(|q| q.codes().iter().map(|(key, _)| (*key).to_owned()).collect())
                .unwrap_or_default();
            let value = match dice.next(4) {
                0 if !codes.is_empty() => codes[dice.next(codes.len())].clone(),
                1 => dice.next(2_000).to_string(),
                2 => SPICE[dice.next(SPICE.len())].to_owned(),
                _ => String::new(),
            };
            fields.push((variable.0, value));
        }
        let parsed = page.parse(&fields, &answers);
        for problem in &parsed.problems {
            assert!(!problem.message(Lang::De).is_empty() && !problem.message(Lang::En).is_empty());
        }
        answers = parsed.applied_to(&answers);
    }
    for (variable, answer) in &answers {
        questionnaire.describe(variable, answer, Lang::De);
    }
    questionnaire.insert(questionnaire.title.get(Lang::De), &answers, Lang::De);
    questionnaire.violations(&answers);
    questionnaire.path_svg(&answers, Lang::De);
    questionnaire.ordered_for(7);
    questionnaire::report(questionnaire);
}

#[test]
fn mutated_files_and_forms_do_no_harm() {
    let (mut whole, mut slowest) = (0, Duration::ZERO);
    let wanted = wanted();
    for number in 0..wanted {
        let mut dice = Dice(number as u64 + 1);
        let source = mutated(FILES[number % FILES.len()], &mut dice);
        let begun = Instant::now();
        let (read, notes) = Questionnaire::examine(&source, "mutated.yaml");
        match read {
            Ok(questionnaire) => {
                whole += 1;
                walk(&questionnaire, &mut dice);
            }
            Err(faults) => assert!(!faults.to_string().is_empty()),
        }
        let _ = notes.to_string();
        slowest = slowest.max(begun.elapsed());
        assert!(
            begun.elapsed() < Duration::from_secs(2),
            "seed {number} hangs"
        );
    }
    let peak = peak();
    println!(
        "mutated questionnaires (YAML): {wanted} files, {whole} walked, slowest {slowest:?}, memory at most {peak} MB"
    );
    assert!(peak < 500, "{peak} MB");
    assert!(
        whole > wanted / 50,
        "only {whole} of {wanted} could be walked"
    );
}

/// Most memory that the process ever used, in MB; 0 where the system does not say.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|l| l.split_whitespace().next()?.parse::<u64>().ok())
        .unwrap_or(0)
        / 1024
}
