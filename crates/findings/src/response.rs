//! Response against the register: by Land, type and size class.

use fieldwork::Disposition;
use questionnaire::Text;
use register::{Key, Kind, Land, Municipality, Register, SizeClass};
use serde::{Deserialize, Serialize};

use crate::{ResponseRow, labels};

/// One group of the register with its response.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResponseLine {
    /// The group, e.g. a size class, a Land.
    pub label: Text,
    /// Units in the register.
    pub population: u32,
    /// Units that were invited.
    pub invited: u32,
    /// Units that count.
    pub responded: u32,
    /// The Land, for lines by Land.
    pub land: Option<Land>,
}

/// Response by group, against the register. Made of the dispositions alone: no answer is behind it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResponseTable {
    /// Units invited.
    pub invited: u32,
    /// Units that count: the one N.
    pub responded: u32,
    /// By size class, counties last.
    pub by_size_class: Vec<ResponseLine>,
    /// By type.
    pub by_type: Vec<ResponseLine>,
    /// By Land.
    pub by_land: Vec<ResponseLine>,
}

/// Counts the response by Land, type and size class. One disposition an invitation; of several of one unit
/// one counts at most, by the disposition rule. Units that are not asked (unincorporated, associations,
/// without inhabitants) are in no row; keys that the register does not know are in none either.
pub fn response_table(register: &Register, dispositions: &[(Key, Disposition)]) -> ResponseTable {
    let invited: Vec<&Municipality> = units(register, dispositions, |_| true);
    let responded: Vec<&Municipality> = units(register, dispositions, Disposition::counts);
    let asked: Vec<&Municipality> = register
        .municipalities()
        .iter()
        .filter(|unit| unit.population().is_some())
        .collect();
    let row = |label, land: Option<Land>, within: &dyn Fn(&Municipality) -> bool| ResponseLine {
        label,
        population: count(&asked, within),
        invited: count(&invited, within),
        responded: count(&responded, within),
        land,
    };
    let classes = SizeClass::ALL.into_iter().map(|class| {
        row(labels::size_class(class), None, &|unit| {
            unit.size_class() == class
        })
    });
    let kinds = [
        Kind::IndependentCity,
        Kind::Town,
        Kind::Municipality,
        Kind::County,
    ];
    let kinds = kinds
        .into_iter()
        .map(|kind| row(labels::kind(kind), None, &|unit| unit.kind == kind));
    let laender = Land::ALL
        .into_iter()
        .map(|land| row(labels::land(land), Some(land), &|unit| unit.land == land));
    ResponseTable {
        invited: count(&invited, &|_| true),
        responded: count(&responded, &|_| true),
        by_size_class: classes.collect(),
        by_type: kinds.collect(),
        by_land: laender.collect(),
    }
}

impl From<&ResponseLine> for ResponseRow {
    fn from(line: &ResponseLine) -> Self {
        Self {
            label: line.label.clone(),
            population: line.population,
            responded: line.responded,
            land: line.land,
        }
    }
}

/// The units with a disposition that passes, each once, those of a population only.
fn units<'r>(
    register: &'r Register,
    dispositions: &[(Key, Disposition)],
    passes: impl Fn(Disposition) -> bool,
) -> Vec<&'r Municipality> {
    let keys: std::collections::BTreeSet<&Key> = dispositions
        .iter()
        .filter(|(_, disposition)| passes(*disposition))
        .map(|(key, _)| key)
        .collect();
    keys.into_iter()
        .filter_map(|key| register.get(key))
        .filter(|unit| unit.population().is_some())
        .collect()
}

fn count(units: &[&Municipality], within: &dyn Fn(&Municipality) -> bool) -> u32 {
    let count = units.iter().filter(|unit| within(unit)).count();
    u32::try_from(count).expect("a register has fewer than 2^32 units")
}
