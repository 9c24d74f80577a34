//! The demo's second closed wave, late autumn 2016: who answered again, and what had moved.
//!
//! What moved is made up, and so is what did not: German courses and volunteering weigh less or carry less than in
//! winter, the labour market weighs more, concepts were written; most other things stayed as they were.

use questionnaire::VariableKey;
use register::{Key, Municipality, Population, Register, SizeClass};

use super::SEED;
use super::answers::{Course, Round, SIZES, course, turn};

/// The units that answered in autumn: about 230, some 110 of them for the second time. `winter` are those of the
/// first wave. Ascending by key; those that only began come on top.
pub fn respondents(register: &Register, winter: &[Key]) -> Vec<Key> {
    let seed = Round::Autumn.seed(SEED);
    let mut chosen = Vec::new();
    for size in SIZES {
        let population = match size {
            SizeClass::County => Population::Counties,
            _ => Population::Municipalities,
        };
        let mut units: Vec<(u64, &Municipality)> = register
            .of(population)
            .filter(|unit| unit.size_class() == size)
            .map(|unit| (turn(unit, seed), unit))
            .collect();
        units.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.key.cmp(&b.1.key)));
        // Out of a hundred of winter's respondents, so many answer again; and so many others.
        let (again, others) = match size {
            SizeClass::LargeCity => (66, 14),
            SizeClass::County => (40, 34),
            SizeClass::MediumTown => (40, 36),
            SizeClass::SmallTown => (26, 38),
            SizeClass::Under5000 => (45, 76),
        };
        let (before, new): (Vec<_>, Vec<_>) = units
            .into_iter()
            .map(|(_, unit)| unit)
            .partition(|unit| winter.binary_search(&unit.key).is_ok());
        for (units, share) in [(&before, again), (&new, others)] {
            let wanted = (before.len() * share).div_ceil(100);
            let mut usable = 0;
            for unit in units {
                if usable == wanted {
                    break;
                }
                usable += usize::from(course(&unit.key, seed) != Course::Begun);
                chosen.push(unit.key.clone());
            }
        }
    }
    chosen.sort();
    chosen
}

/// By how many points of its scale of five an answer moved since winter.
pub(super) fn moved(variable: &VariableKey) -> f64 {
    match variable.as_str() {
        "aufgaben.sprache" => -0.9,
        "aufgaben.arbeit" => 0.6,
        "aufgaben.ausbildung" => 0.7,
        "aufgaben.gesundheit" => -0.4,
        "aufgaben.information" => -0.5,
        "aufgaben.familie" => 0.4,
        "ressourcen.ehrenamt" => -0.8,
        "ressourcen.stimmung" => -0.9,
        "ressourcen.vereine" => -0.2,
        "ressourcen.verwaltung" => 0.4,
        "ressourcen.arbeitgeber" => 0.6,
        "engagement-stand" => -0.9,
        "engagement-entwicklung" => -0.9,
        "bedarf.sprachkurse" => -0.8,
        "bedarf.personal" => -0.3,
        "bedarf.austausch" => 0.3,
        "netzwerk.arbeitsagentur" => 0.5,
        "netzwerk.kammern" => 0.5,
        "lage" => 0.3,
        _ => 0.0,
    }
}

/// Moves the weights of the options of an unordered choice: more concepts and offices than in winter.
pub(super) fn weights(question: &str, weights: &mut [f64]) {
    let moved: &[f64] = match question {
        "konzept" => &[1.7, 1.3, 1.0, 0.7],
        "stelle" => &[1.2, 1.0, 0.85],
        "wohnsitz" => &[0.9, 1.6, 1.1, 1.4],
        _ => &[],
    };
    for (weight, factor) in weights.iter_mut().zip(moved) {
        *weight *= factor;
    }
}

/// By how much likelier an option is chosen than in winter.
pub(super) fn likelier(question: &str, option: &str) -> f64 {
    match (question, option) {
        ("engagement-foerderung", "koordinierung") => 0.2,
        ("engagement-foerderung", "fortbildung") => 0.1,
        ("felder-aktiv", "arbeit") => 0.22,
        ("bedarf-von", "wirtschaft") => 0.08,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::answers;

    #[test]
    fn about_230_answer_in_autumn_110_of_them_again() {
        let register = Register::invented(SEED);
        let winter = answers::respondents(&register, SEED);
        let autumn = respondents(&register, &winter);
        let usable = |keys: &[Key], round: Round| -> Vec<Key> {
            let seed = round.seed(SEED);
            let counts = keys.iter().filter(|key| course(key, seed) != Course::Begun);
            counts.cloned().collect()
        };
        let (first, second) = (
            usable(&winter, Round::Winter),
            usable(&autumn, Round::Autumn),
        );
        let both = second.iter().filter(|key| first.binary_search(key).is_ok());
        let both = both.count();
        assert!((222..=238).contains(&second.len()), "{}", second.len());
        assert!((104..=116).contains(&both), "{both}");
    }
}
