//! Made-up answers of the demo's closed wave: plausible, reproducible, and of nobody.
//!
//! Everything follows from the seed and the key of the unit (splitmix64): the same seed gives the same answers,
//! whoever else takes part. Levels and size effects follow the published figures of the studies of 2016
//! (almost nine in ten name volunteering as a resource, three in four clubs, two in three a positive mood;
//! housing weighs most in large cities). Items of one battery share a latent trait, so they correlate.

use std::collections::BTreeSet;

use questionnaire::{Answer, Answers, Question, QuestionKind, Questionnaire, VariableKey};
use register::{Key, Land, Municipality, Population, Register, SizeClass};

use super::autumn;

/// Which of the demo's two closed waves is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Round {
    /// Winter 2016.
    Winter,
    /// Late autumn 2016: the same municipalities answer much as before, but some things have moved.
    Autumn,
}

/// The units that answered in the demo: every second large city, every fifth county, every tenth medium town,
/// every 25th small town and 31 places below 5,000, fewer of them from the eastern Länder; and beside them
/// a few that only began. Ascending by key.
pub fn respondents(register: &Register, seed: u64) -> Vec<Key> {
    let mut chosen = Vec::new();
    for size in SIZES {
        let population = match size {
            SizeClass::County => Population::Counties,
            _ => Population::Municipalities,
        };
        let mut units: Vec<(u64, &Key)> = register
            .of(population)
            .filter(|unit| unit.size_class() == size)
            .map(|unit| (turn(unit, seed), &unit.key))
            .collect();
        units.sort();
        let wanted = match size {
            SizeClass::LargeCity => units.len() / 2,
            SizeClass::County => units.len() / 5,
            SizeClass::MediumTown => units.len() * 2 / 21,
            SizeClass::SmallTown => units.len() / 27,
            SizeClass::Under5000 => units.len().min(31),
        };
        let mut usable = 0;
        for (_, key) in units {
            if usable == wanted {
                break;
            }
            usable += usize::from(course(key, seed) != Course::Begun);
            chosen.push(key.clone());
        }
    }
    chosen.sort();
    chosen
}

/// Answers of one unit. About one in twenty stops after more than half (a usable partial), a few stop early;
/// all others answer everything that is required. Practices are left to the demo's own list.
pub fn synthetic_answers(
    questionnaire: &Questionnaire,
    municipality: &Municipality,
    seed: u64,
    round: Round,
) -> Answers {
    let person = Person {
        round,
        ..Person::new(municipality, seed)
    };
    let mut answers = Answers::new();
    let mut after: Option<String> = None;
    let mut states = Vec::new();
    while let Some(page) = questionnaire.next_page(after.as_deref(), &answers) {
        for question in &page.questions {
            if question.is_visible(&answers) {
                for variable in question.variables() {
                    if let Some(answer) = person.answer(question, &variable) {
                        answers.insert(variable, answer);
                    }
                }
            }
        }
        after = Some(page.key.clone());
        states.push(answers.clone());
    }
    let Some(whole) = states.last() else {
        return answers;
    };
    let asked = questionnaire.required(whole).asked.max(1);
    let share = |state: &Answers| questionnaire.required(state).answered as f64 / asked as f64;
    let (from, to) = match course(&municipality.key, round.seed(seed)) {
        Course::Complete => return answers,
        Course::Partial => (0.55, 0.97),
        Course::Begun => (0.01, 0.4),
    };
    let stops: Vec<&Answers> = states
        .iter()
        .filter(|state| (from..to).contains(&share(state)))
        .collect();
    let stop = person.dice("stop").below(stops.len().max(1));
    stops.get(stop).map_or(answers, |state| (*state).clone())
}

/// Hours after the beginning of the field period in which a unit answers: most in the first weeks and after a reminder
/// in the fourth, on working days' hours; heads of administration a little later.
pub fn hours(unit: &Municipality, seed: u64) -> i64 {
    let mut dice = Dice::new(seed, &unit.key, "moment");
    let late = if Person::new(unit, seed).leads {
        0.45
    } else {
        0.3
    };
    let day = match dice.share() < late {
        true => 22 + dice.below(16),
        false => 1 + dice.below(14),
    };
    (24 * day + 8 + dice.below(9)) as i64
}

/// The channel by which a unit is invited: three in five by their association.
pub fn channel(key: &Key, seed: u64) -> &'static str {
    match Dice::new(seed, key, "channel").share() < 0.6 {
        true => "Rundschreiben der Verbände",
        false => "Brief des Instituts",
    }
}

pub(super) const SIZES: [SizeClass; 5] = [
    SizeClass::Under5000,
    SizeClass::SmallTown,
    SizeClass::MediumTown,
    SizeClass::LargeCity,
    SizeClass::County,
];

impl Round {
    /// The seed of what is thrown anew in this wave.
    pub(super) fn seed(self, seed: u64) -> u64 {
        match self {
            Self::Winter => seed,
            Self::Autumn => seed ^ 0x0A07_0A07,
        }
    }
}

/// How far a respondent comes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Course {
    Complete,
    Partial,
    Begun,
}

pub(super) fn course(key: &Key, seed: u64) -> Course {
    match Dice::new(seed, key, "course").below(1000) {
        950.. => Course::Partial,
        910..950 => Course::Begun,
        _ => Course::Complete,
    }
}

fn eastern(land: Land) -> bool {
    matches!(
        land,
        Land::Brandenburg
            | Land::MecklenburgVorpommern
            | Land::Sachsen
            | Land::SachsenAnhalt
            | Land::Thueringen
    )
}

/// The smallest of several throws: more throws, an earlier turn.
pub(super) fn turn(unit: &Municipality, seed: u64) -> u64 {
    let throws = match unit.land {
        land if eastern(land) => 2,
        Land::NordrheinWestfalen | Land::BadenWuerttemberg | Land::Niedersachsen => 6,
        _ => 5,
    };
    let mut dice = Dice::new(seed, &unit.key, "turn");
    (0..throws).map(|_| dice.next()).min().unwrap_or(u64::MAX)
}

/// Steele, Lea, Flood 2014: splitmix64, started from the seed, the unit and a purpose.
struct Dice(u64);

impl Dice {
    fn new(seed: u64, key: &Key, purpose: &str) -> Self {
        // FNV-1a over the key and the purpose.
        let bytes = key.as_str().bytes().chain([0]).chain(purpose.bytes());
        let hash = bytes.fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self(hash ^ seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 up to 1, without 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn below(&mut self, end: usize) -> usize {
        (self.share() * end as f64) as usize
    }

    /// About normal with mean 0 and variance 1: twelve throws, less six.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.share()).sum::<f64>() - 6.0
    }

    /// An index, by weights.
    fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut left = self.share() * weights.iter().sum::<f64>();
        for (index, weight) in weights.iter().enumerate() {
            left -= weight;
            if left < 0.0 {
                return index;
            }
        }
        weights.len().saturating_sub(1)
    }
}

/// Who answers, with the traits that its answers share.
struct Person<'m> {
    unit: &'m Municipality,
    seed: u64,
    round: Round,
    /// From -1.2 (below 5,000) to 1.1 (large city).
    size: f64,
    east: f64,
    leads: bool,
    burden: f64,
    capacity: f64,
    civil: f64,
    refugees: f64,
}

impl<'m> Person<'m> {
    fn new(unit: &'m Municipality, seed: u64) -> Self {
        let trait_of = |purpose: &str| Dice::new(seed, &unit.key, purpose).normal();
        let size = match unit.size_class() {
            SizeClass::Under5000 => -1.2,
            SizeClass::SmallTown => -0.5,
            SizeClass::MediumTown => 0.3,
            SizeClass::LargeCity => 1.1,
            SizeClass::County => 0.2,
        };
        let mut person = Self {
            unit,
            seed,
            round: Round::Winter,
            size,
            east: f64::from(u8::from(eastern(unit.land))),
            leads: false,
            burden: trait_of("burden") * 0.5,
            capacity: trait_of("capacity") * 0.5 + 0.2 * size,
            civil: trait_of("civil") * 0.55,
            refugees: 0.0,
        };
        person.leads = person.role() == 0;
        // 890,000 people came in 2015: about 1.1 for 100 inhabitants.
        let rate = 0.011 * (1.0 + 0.35 * trait_of("refugees")).clamp(0.35, 2.2);
        person.refugees = (f64::from(unit.inhabitants) * rate).round();
        person
    }

    fn dice(&self, purpose: &str) -> Dice {
        Dice::new(self.seed, &self.unit.key, purpose)
    }

    /// The dice of one answer: in autumn about half of them fall as they did in winter.
    fn answer_dice(&self, purpose: &str) -> Dice {
        if self.round == Round::Winter {
            return self.dice(purpose);
        }
        let seed = self.round.seed(self.seed);
        let again = Dice::new(seed, &self.unit.key, &format!("{purpose} again")).share();
        match again < 0.5 {
            true => self.dice(purpose),
            false => Dice::new(seed, &self.unit.key, purpose),
        }
    }

    /// In small places the head of the administration answers, in large ones the specialists.
    fn role(&self) -> usize {
        let weights = match self.unit.size_class() {
            SizeClass::Under5000 => [58.0, 4.0, 8.0, 24.0, 6.0],
            SizeClass::SmallTown => [34.0, 12.0, 28.0, 20.0, 6.0],
            SizeClass::MediumTown => [12.0, 38.0, 34.0, 12.0, 4.0],
            SizeClass::LargeCity => [4.0, 52.0, 34.0, 7.0, 3.0],
            SizeClass::County => [7.0, 46.0, 35.0, 9.0, 3.0],
        };
        self.dice("role").weighted(&weights)
    }

    fn answer(&self, question: &Question, variable: &VariableKey) -> Option<Answer> {
        if let Some(special) = self.special(question, variable) {
            return Some(special);
        }
        let mut dice = self.answer_dice(variable.as_str());
        let codes: Vec<&str> = question.codes().iter().map(|(code, _)| *code).collect();
        match &question.kind {
            QuestionKind::Single { .. } | QuestionKind::Battery { .. } => {
                let index = if question.ordered() {
                    let moved = match self.round {
                        Round::Winter => 0.0,
                        Round::Autumn => autumn::moved(variable),
                    };
                    let level = self.level(variable) + moved + 0.72 * dice.normal();
                    // Five points; the three of autumn join two each, other scales are stretched.
                    let top = codes.len().saturating_sub(1) as f64;
                    match codes.len() {
                        3 => [0, 0, 1, 2, 2][(level - 1.0).round().clamp(0.0, 4.0) as usize],
                        _ => ((level - 1.0) / 4.0 * top).round().clamp(0.0, top) as usize,
                    }
                } else if variable.as_str() == "rolle" {
                    self.role()
                } else {
                    let mut weights = self.weights(variable.as_str(), codes.len());
                    if self.round == Round::Autumn {
                        autumn::weights(variable.as_str(), &mut weights);
                    }
                    dice.weighted(&weights)
                };
                codes
                    .get(index)
                    .map(|code| Answer::Choice((*code).to_owned()))
            }
            QuestionKind::Multiple { options, max, .. } => {
                let mut chosen = BTreeSet::new();
                for option in options.iter().filter(|option| !option.exclusive) {
                    let mut likely = self.likely(variable.as_str(), &option.key);
                    if self.round == Round::Autumn {
                        likely += autumn::likelier(variable.as_str(), &option.key);
                    }
                    if dice.share() < likely && chosen.len() < max.unwrap_or(usize::MAX) {
                        chosen.insert(option.key.clone());
                    }
                }
                if chosen.is_empty() {
                    let none = options
                        .iter()
                        .find(|option| option.exclusive)
                        .or(options.first())?;
                    chosen.insert(none.key.clone());
                }
                Some(Answer::Choices(chosen))
            }
            QuestionKind::Number {
                min, max, decimals, ..
            } => {
                let number = match variable.as_str() {
                    // Nine months of 2016 brought about a third of 2015.
                    "gefluechtete" if self.round == Round::Autumn => {
                        rounded_as_people_do((self.refugees * 0.32).round())
                    }
                    "gefluechtete" => rounded_as_people_do(self.refugees),
                    // One full-time position for 60 to 150 people.
                    "personal" => {
                        let each = 60.0 + 90.0 * dice.share();
                        (self.refugees / each * 2.0 * (1.0 + 0.3 * self.capacity)).round() / 2.0
                    }
                    _ => (dice.share() * 100.0).round(),
                };
                let number = if *decimals == 0 {
                    number.round()
                } else {
                    number
                };
                Some(Answer::Number(
                    number
                        .max(min.unwrap_or(f64::MIN))
                        .min(max.unwrap_or(f64::MAX)),
                ))
            }
            QuestionKind::LongText { max_length } if variable.as_str() == "anliegen" => {
                let writes = dice.share() < 0.45;
                let text = CONCERNS[dice.below(CONCERNS.len())];
                (writes && text.chars().count() <= *max_length)
                    .then(|| Answer::Text(text.to_owned()))
            }
            _ => None,
        }
    }

    /// "weiß nicht" and "keine Angabe", where they are offered.
    fn special(&self, question: &Question, variable: &VariableKey) -> Option<Answer> {
        let (unknown, refused) = match variable.as_str() {
            "personal" => (0.06, 0.03),
            "gefluechtete" => (0.03, 0.01),
            "lage" => (0.02, 0.03),
            "rolle" => (0.0, 0.02),
            "netzwerk.migranten" | "netzwerk.kammern" | "aufgaben.sicherheit" | "bedarf.daten" => {
                (0.06, 0.0)
            }
            _ if matches!(question.kind, QuestionKind::Battery { .. }) => (0.025, 0.012),
            _ => (0.015, 0.01),
        };
        let throw = Dice::new(
            self.round.seed(self.seed),
            &self.unit.key,
            &format!("{variable} special"),
        )
        .share();
        if question.dont_know && throw < unknown {
            Some(Answer::DontKnow)
        } else if question.no_answer && (unknown..unknown + refused).contains(&throw) {
            Some(Answer::Refused)
        } else {
            None
        }
    }

    /// Where a unit stands on a scale from 1 to 5, before the throw of the single item.
    fn level(&self, variable: &VariableKey) -> f64 {
        let item = variable.item_key().unwrap_or_default();
        let (size, east) = (self.size, self.east);
        match variable.question() {
            "aufgaben" => {
                let (mean, by_size, by_east) = match item {
                    "wohnen" => (4.05, 0.5, -0.7),
                    "sprache" => (3.8, 0.05, 0.1),
                    "kita-schule" => (3.3, 0.3, -0.3),
                    "ausbildung" => (3.35, 0.05, 0.1),
                    "arbeit" => (3.75, 0.1, 0.2),
                    "gesundheit" => (3.0, 0.05, 0.1),
                    "begegnung" => (2.7, 0.0, 0.2),
                    "information" => (2.95, -0.1, 0.2),
                    "sicherheit" => (2.4, 0.15, 0.5),
                    _ => (3.2, 0.15, 0.0),
                };
                let leads = if self.leads { 0.2 } else { 0.0 };
                mean + by_size * size + by_east * east + self.burden + leads
            }
            "lage" => {
                3.75 - 0.5 * self.burden + 0.5 * self.capacity - if self.leads { 0.25 } else { 0.0 }
            }
            "ressourcen" => {
                let (mean, by_size, by_east) = match item {
                    "ehrenamt" => (4.4, 0.05, -0.3),
                    "vereine" => (4.05, -0.05, -0.2),
                    "stimmung" => (3.85, 0.05, -0.55),
                    "kooperation" => (4.0, 0.05, -0.1),
                    "verwaltung" => (3.7, 0.1, 0.0),
                    "erfahrung" => (3.1, 0.55, -0.7),
                    "wohnraum" => (2.3, -0.5, 0.9),
                    "arbeitgeber" => (2.9, 0.1, -0.2),
                    "traeger" => (3.3, 0.5, 0.0),
                    _ => (2.35, -0.05, -0.1),
                };
                let shared = match item {
                    "ehrenamt" | "vereine" | "stimmung" | "kooperation" => self.civil,
                    _ => self.capacity,
                };
                mean + by_size * size + by_east * east + shared
            }
            "bedarf" => {
                let (mean, by_size) = match item {
                    "finanzen" => (4.25, 0.05),
                    "sprachkurse" => (3.9, 0.0),
                    "wohnungsbau" => (3.85, 0.4),
                    "personal" => (3.45, 0.15),
                    "beratung" => (2.75, -0.3),
                    "daten" => (3.2, 0.2),
                    "austausch" => (3.0, -0.1),
                    "koordination-land" => (3.35, 0.1),
                    "arbeitsmarkt" => (3.95, 0.1),
                    _ => (3.05, -0.1),
                };
                let housing = if item == "wohnungsbau" {
                    -0.6 * east
                } else {
                    0.0
                };
                mean + by_size * size + housing + 0.8 * self.burden - 0.3 * self.capacity
            }
            "engagement-stand" => 4.1 - 0.35 * east + 1.1 * self.civil,
            "engagement-entwicklung" => 3.25 + 0.6 * self.civil,
            "trend" => 3.9 + 0.15 * size - 0.2 * east,
            "integration-aufgabe" => match item {
                "pflicht" => 3.75 + 0.25 * size + 0.5 * self.capacity,
                "querschnitt" => 3.1 + 0.45 * size + self.capacity,
                "zukunft" => 3.7 + 0.1 * size + 0.6 * self.civil,
                _ => 2.4 - 0.25 * size - 0.3 * self.capacity,
            },
            "netzwerk" => {
                let large = self.unit.size_class() == SizeClass::LargeCity;
                let (mean, by_size) = match item {
                    "landkreis-kreis" if large => (2.6, 0.0),
                    "landkreis-kreis" => (3.9, 0.0),
                    "wohlfahrt" => (3.9, 0.3),
                    "vereine-ini" => (4.0, 0.05),
                    "schulen" => (3.8, 0.05),
                    "arbeitsagentur" => (3.3, 0.4),
                    "kammern" => (2.4, 0.45),
                    "nachbarn" | "nachbarkommunen" => (3.0, -0.15),
                    _ => (2.4, 0.65),
                };
                mean + by_size * size - 0.1 * east + 0.5 * (self.civil + self.capacity)
            }
            _ => 3.0 + self.capacity,
        }
    }

    /// Weights of the options of an unordered choice.
    fn weights(&self, question: &str, options: usize) -> Vec<f64> {
        use SizeClass::{County, LargeCity, MediumTown, SmallTown, Under5000};
        let known: &[f64] = match (question, self.unit.size_class()) {
            ("stelle", Under5000) => &[2.0, 18.0, 9.0, 71.0],
            ("stelle", SmallTown) => &[16.0, 38.0, 14.0, 32.0],
            ("stelle", MediumTown) => &[56.0, 25.0, 9.0, 10.0],
            ("stelle", LargeCity) => &[93.0, 4.0, 3.0, 0.0],
            ("stelle", County) => &[72.0, 14.0, 9.0, 5.0],
            ("konzept", Under5000) => &[3.0, 4.0, 10.0, 83.0],
            ("konzept", SmallTown) => &[9.0, 13.0, 22.0, 56.0],
            ("konzept", MediumTown) => &[36.0, 20.0, 20.0, 24.0],
            ("konzept", LargeCity) => &[76.0, 15.0, 6.0, 3.0],
            ("konzept", County) => &[38.0, 24.0, 19.0, 19.0],
            ("strategie-gremium", Under5000 | SmallTown) => &[34.0, 14.0, 52.0],
            ("strategie-gremium", _) => &[76.0, 11.0, 13.0],
            ("austausch", Under5000) => &[22.0, 45.0, 33.0],
            ("austausch", SmallTown) => &[34.0, 49.0, 17.0],
            ("austausch", _) => &[58.0, 36.0, 6.0],
            _ => &[],
        };
        // In autumn the two kinds of office are one answer.
        if let ("stelle", [full, part, rest @ ..], 3) = (question, known, options) {
            return [&[full + part], rest].concat();
        }
        if known.len() == options {
            known.to_vec()
        } else {
            vec![1.0; options]
        }
    }

    /// How likely an option of a multiple choice is chosen.
    fn likely(&self, question: &str, option: &str) -> f64 {
        let county = self.unit.size_class() == SizeClass::County;
        let whole = county || self.unit.size_class() == SizeClass::LargeCity;
        let (base, by_size) = match (question, option) {
            ("bedarf-von", "bund") => (0.72, 0.08),
            ("bedarf-von", "land") => (0.8, 0.0),
            ("bedarf-von", "landkreis") => (if whole { 0.0 } else { 0.5 }, -0.1),
            ("bedarf-von", "verbaende") => (0.22, 0.0),
            ("bedarf-von", "verbaende-stiftungen") => (0.3, 0.02),
            ("bedarf-von", _) => (0.1, 0.02),
            ("engagement-foerderung", "koordinierung") => (0.5, 0.24),
            ("engagement-foerderung", "fortbildung") => (0.45, 0.2),
            ("engagement-foerderung", "auslagen") => (0.4, 0.1),
            ("engagement-foerderung", "raeume") => (0.74, 0.02),
            ("engagement-foerderung", _) => (0.5, 0.1),
            ("felder-aktiv" | "konzept-themen", "sprache") => (0.78, 0.12),
            ("felder-aktiv" | "konzept-themen", "bildung") => (0.6, 0.2),
            ("felder-aktiv" | "konzept-themen", "engagement") => (0.62, 0.12),
            ("felder-aktiv" | "konzept-themen", "begegnung") => (0.58, 0.06),
            ("felder-aktiv" | "konzept-themen", "wohnen") => (0.48, 0.12),
            ("felder-aktiv" | "konzept-themen", "arbeit") => (0.42, 0.2),
            _ => (0.4, 0.05),
        };
        (base + by_size * self.size + 0.15 * self.capacity).clamp(0.0, 0.97)
    }
}

/// Large numbers are estimated: to five from 100, to ten from 500, to fifty from 2,000.
fn rounded_as_people_do(number: f64) -> f64 {
    let step = match number {
        n if n < 100.0 => 1.0,
        n if n < 500.0 => 5.0,
        n if n < 2_000.0 => 10.0,
        _ => 50.0,
    };
    (number / step).round() * step
}

/// What an invented municipality writes in the open question.
const CONCERNS: [&str; 14] = [
    "Die Kosten der Unterkunft müssen vollständig und zeitnah erstattet werden.",
    "Wir brauchen Deutschkurse vor Ort. Der nächste Kurs ist mit dem Bus eine Stunde entfernt.",
    "Zuweisungen sollten mindestens vier Wochen vorher angekündigt werden.",
    "Ohne sozialen Wohnungsbau bleiben anerkannte Geflüchtete in den Unterkünften.",
    "Die Förderprogramme sind zu kurz. Nach zwei Jahren fangen wir jedes Mal von vorn an.",
    "Asylverfahren müssen schneller entschieden werden, damit die Menschen planen können.",
    "Ehrenamtliche brauchen feste Ansprechpersonen in der Verwaltung.",
    "Die Zuständigkeiten von Jobcenter und Ausländerbehörde sollten unter einem Dach liegen.",
    "Für Frauen mit kleinen Kindern fehlen Kurse mit Kinderbetreuung.",
    "Wir wünschen uns einen regelmäßigen Austausch mit Kommunen ähnlicher Größe.",
    "Berufliche Abschlüsse sollten schneller anerkannt werden.",
    "Kleine Gemeinden können keine eigene Stelle schaffen. Eine gemeinsame Stelle für mehrere Gemeinden würde helfen.",
    "Dolmetscherdienste müssen verlässlich finanziert werden, vor allem im Gesundheitswesen.",
    "Weniger Nachweise für kleine Beträge würden uns viel Zeit sparen.",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn demo() -> (Questionnaire, Register) {
        let source = include_str!("../../../../demo/fragebogen.yaml");
        let questionnaire = Questionnaire::read(source, "demo/fragebogen.yaml").unwrap();
        (questionnaire, Register::invented(2016))
    }

    #[test]
    fn about_273_usable_responses_with_few_from_the_east() {
        let (questionnaire, register) = demo();
        let keys = respondents(&register, 2016);
        assert_eq!(keys, respondents(&register, 2016));
        let units: Vec<&Municipality> = keys.iter().filter_map(|key| register.get(key)).collect();
        let mut usable = 0;
        let mut complete = 0;
        for unit in &units {
            let answers = synthetic_answers(&questionnaire, unit, 2016, Round::Winter);
            let progress = questionnaire.required(&answers);
            assert!(progress.answered > 0, "{}", unit.key);
            usable += usize::from(progress.answered * 2 >= progress.asked);
            complete += usize::from(progress.answered == progress.asked);
        }
        assert!((265..=280).contains(&usable), "{usable}");
        assert!(
            usable < units.len() && complete < usable,
            "{complete} of {usable} of {}",
            units.len()
        );
        let small = units.iter().filter(|unit| {
            unit.size_class() == SizeClass::Under5000 && course(&unit.key, 2016) != Course::Begun
        });
        assert_eq!(small.count(), 31);
        let of_east =
            |units: &[&Municipality]| units.iter().filter(|unit| eastern(unit.land)).count();
        let everyone: Vec<&Municipality> = register.of(Population::Counties).collect();
        let counties: Vec<&Municipality> = units
            .iter()
            .filter(|unit| unit.size_class() == SizeClass::County)
            .copied()
            .collect();
        let (there, here) = (
            of_east(&everyone) * counties.len(),
            of_east(&counties) * everyone.len(),
        );
        assert!(here * 4 < there * 3, "the east takes part less");
    }

    #[test]
    fn every_answer_fits_its_question() {
        let (questionnaire, register) = demo();
        for key in respondents(&register, 7) {
            let unit = register.get(&key).unwrap();
            let answers = synthetic_answers(&questionnaire, unit, 7, Round::Winter);
            assert_eq!(answers, questionnaire.answers_on_route(&answers));
            for (variable, answer) in &answers {
                let question = questionnaire.question(variable.question()).unwrap();
                let known = |code: &String| question.codes().iter().any(|(key, _)| key == code);
                let fits = match (answer, &question.kind) {
                    (Answer::DontKnow, _) => question.dont_know,
                    (Answer::Refused, _) => question.no_answer,
                    (Answer::Choice(code), _) => known(code),
                    (Answer::Choices(codes), QuestionKind::Multiple { max, .. }) => {
                        !codes.is_empty()
                            && codes.iter().all(known)
                            && codes.len() <= max.unwrap_or(99)
                    }
                    (Answer::Number(number), QuestionKind::Number { min, max, .. }) => {
                        *number >= min.unwrap_or(0.0) && *number <= max.unwrap_or(f64::MAX)
                    }
                    (Answer::Text(text), QuestionKind::LongText { .. }) => !text.is_empty(),
                    _ => false,
                };
                assert!(fits, "{variable}: {answer:?}");
            }
        }
    }

    #[test]
    fn the_figures_look_like_those_of_the_studies() {
        let (questionnaire, register) = demo();
        let share = |variable: &str, codes: [&str; 2], size: Option<SizeClass>| {
            let (mut named, mut all) = (0.0, 0.0);
            for key in respondents(&register, 2016) {
                let unit = register.get(&key).unwrap();
                let answers = synthetic_answers(&questionnaire, unit, 2016, Round::Winter);
                let asked = size.is_none_or(|size| unit.size_class() == size);
                if let (true, Some(Answer::Choice(code))) = (asked, answers.get(&variable.into())) {
                    all += 1.0;
                    named += f64::from(u8::from(codes.contains(&code.as_str())));
                }
            }
            named / all
        };
        let near = |share: f64, wanted: f64| (share - wanted).abs() < 0.08;
        let there = ["weitgehend", "voll"];
        let figures = [
            ("ressourcen.ehrenamt", there, 0.88),
            ("ressourcen.vereine", there, 0.75),
            ("ressourcen.stimmung", there, 0.66),
            ("aufgaben.wohnen", ["gross", "sehr-gross"], 0.73),
            ("bedarf.arbeitsmarkt", ["hoch", "sehr-hoch"], 0.72),
            ("bedarf.sprachkurse", ["hoch", "sehr-hoch"], 0.67),
        ];
        for (variable, codes, wanted) in figures {
            let found = share(variable, codes, None);
            assert!(near(found, wanted), "{variable}: {found:.2}, not {wanted}");
        }
        let housing = |size| share("aufgaben.wohnen", ["gross", "sehr-gross"], Some(size));
        assert!(housing(SizeClass::LargeCity) > housing(SizeClass::Under5000) + 0.15);
    }
}
