//! A made-up wave on the invented register: the demo's questionnaire, about 270 responses in the shape of the demo.

#![allow(clippy::unwrap_used)] // helpers of tests may
#![allow(dead_code)] // each test file uses its part

use std::collections::BTreeSet;

use dataset::Dataset;
use fieldwork::Disposition;
use findings::{Release, WaveFacts, evaluate};
use jiff::civil::date;
use questionnaire::{Answer, Answers, QuestionKind, Questionnaire, Text};
use register::{Key, Municipality, Population, Register, SizeClass};

/// splitmix64: a fixed stream of numbers from a seed.
pub struct Stream(pub u64);

impl Stream {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// Between 0 and 1.
    pub fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}

pub struct MadeUp {
    pub register: Register,
    pub questionnaire: Questionnaire,
    pub responses: Vec<(String, Answers)>,
    pub dispositions: Vec<(Key, Disposition)>,
}

pub fn questionnaire() -> Questionnaire {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../demo/fragebogen.yaml");
    let source = std::fs::read_to_string(path).unwrap();
    Questionnaire::read(&source, "fragebogen.yaml").unwrap()
}

/// Shares that answer, by size class: about every second large city, and so on down to 31 below 5,000.
pub fn shares(class: SizeClass) -> f64 {
    match class {
        SizeClass::Under5000 => 31.0 / 7_900.0,
        SizeClass::SmallTown => 1.0 / 25.0,
        SizeClass::MediumTown => 0.1,
        SizeClass::LargeCity => 0.5,
        SizeClass::County => 0.2,
    }
}

pub fn wave(seed: u64, shares: &dyn Fn(SizeClass) -> f64) -> MadeUp {
    wave_on(Register::invented(2016), seed, shares)
}

pub fn wave_on(register: Register, seed: u64, shares: &dyn Fn(SizeClass) -> f64) -> MadeUp {
    let questionnaire = questionnaire();
    let mut stream = Stream(seed);
    let mut responses = Vec::new();
    let mut dispositions = Vec::new();
    for population in Population::ALL {
        for unit in register.of(population) {
            let answers = stream.share() < shares(unit.size_class());
            let disposition = match answers {
                true => Disposition::Complete,
                false if stream.share() < 0.1 => Disposition::Begun,
                false => Disposition::Unopened,
            };
            dispositions.push((unit.key.clone(), disposition));
            if answers {
                let given = respond(&questionnaire, unit, &mut stream);
                responses.push((unit.key.as_str().to_owned(), given));
            }
        }
    }
    MadeUp {
        register,
        questionnaire,
        responses,
        dispositions,
    }
}

pub fn facts(inhabitants_too: &[&str]) -> WaveFacts {
    WaveFacts {
        title: Text {
            de: "Probewelle".to_owned(),
            en: "Trial wave".to_owned(),
        },
        field_period: (date(2016, 1, 25), date(2016, 3, 5)),
        inhabitants_too: inhabitants_too.iter().map(ToString::to_string).collect(),
        paradata: Vec::new(),
        synthetic: true,
    }
}

impl MadeUp {
    pub fn dataset(&self) -> Dataset {
        let day = date(2016, 3, 7);
        Dataset::freeze(&self.questionnaire, "2016-1", day, &self.responses).unwrap()
    }

    pub fn release(&self, inhabitants_too: &[&str]) -> Release {
        let facts = facts(inhabitants_too);
        let dataset = self.dataset();
        evaluate(
            &dataset,
            &self.questionnaire,
            &self.register,
            &facts,
            &self.dispositions,
        )
        .unwrap()
    }

    pub fn unit(&self, place: usize) -> &Municipality {
        let key = Key::new(self.responses[place].0.as_str()).unwrap();
        self.register.get(&key).unwrap()
    }
}

/// Answers along the route; larger places choose the upper points more often.
fn respond(questionnaire: &Questionnaire, unit: &Municipality, stream: &mut Stream) -> Answers {
    let mut answers = Answers::new();
    let lean = (f64::from(unit.inhabitants).log10() - 2.5) / 4.0;
    for question in questionnaire.questions() {
        for variable in question.variables() {
            if !questionnaire.on_route(&variable, &answers) {
                continue;
            }
            let codes: Vec<String> = question
                .codes()
                .iter()
                .map(|(c, _)| (*c).to_owned())
                .collect();
            let draw = stream.share();
            let answer = match &question.kind {
                _ if draw < 0.03 && question.dont_know => Answer::DontKnow,
                _ if draw < 0.04 && question.no_answer => Answer::Refused,
                _ if draw < 0.05 => continue,
                QuestionKind::Single { .. } | QuestionKind::Battery { .. } => {
                    let position = (stream.share() + stream.share() + lean) / 3.0;
                    let place = (position * codes.len() as f64) as usize;
                    Answer::Choice(codes[place.min(codes.len() - 1)].clone())
                }
                QuestionKind::Multiple { .. } => {
                    let chosen = codes.iter().filter(|_| stream.share() < 0.4);
                    let mut chosen: BTreeSet<String> = chosen.cloned().collect();
                    if chosen.is_empty() {
                        chosen.insert(codes[0].clone());
                    }
                    Answer::Choices(chosen)
                }
                QuestionKind::Number { .. } => {
                    let part = 0.005 + 0.01 * stream.share();
                    Answer::Number((f64::from(unit.inhabitants) * part).round())
                }
                _ => continue,
            };
            answers.insert(variable, answer);
        }
    }
    answers
}
