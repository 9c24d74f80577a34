//! Where a need is high and examples for that kind of place are missing: from released figures and published examples
//! only.
//!
//! Needs are shares of the release (by size class, and all counties) and of tables by Länder that were made for it and
//! passed the same doors as kept findings; examples are counted as everybody can read them. Nothing here sees an answer.

use questionnaire::{Text, VariableKey};
use register::{Land, Municipality, Population, SizeClass};
use serde::{Deserialize, Serialize};

use crate::labels::{self, list};
use crate::workspace::{Breakdown, Counted, KeptFinding, Query, Workspace};
use crate::{Domain, Mapping, NeedKind, Release, ReleasedCell, ReleasedRow};

/// A need is high where at least so many percent chose one of the two upper points.
pub const HIGH_NEED: u8 = 50;
/// Examples for a kind of place are enough from here on.
pub const ENOUGH_EXAMPLES: usize = 2;
/// Keys of the tables by Länder begin so.
const PREFIX: &str = "luecken-";

/// An item whose two upper points say that examples of a field are needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GapNeed {
    /// `question.item`.
    pub variable: VariableKey,
    /// Key of the field of action.
    pub field: String,
}

/// A published example: its field, and what kind of place it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct GapExample {
    pub field: String,
    pub class: SizeClass,
    pub land: Land,
}

/// What gaps are counted from, beside the release.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GapBasis {
    /// Which items speak of which field.
    pub needs: Vec<GapNeed>,
    /// All published examples.
    pub examples: Vec<GapExample>,
}

/// A kind of place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "type", content = "value")]
pub enum GapPlace {
    /// A size class; counties are one.
    Class(SizeClass),
    /// The cities and municipalities of a Land, or of several where few answered.
    Laender(Vec<Land>),
}

/// What stands of a field in one kind of place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GapState {
    /// The need is not released: nothing can be said.
    NotShown,
    /// The need is not high.
    NotHigh,
    /// The need is high, and there are examples enough.
    Covered,
    /// The need is high, and there is one example.
    Few,
    /// The need is high, and there is none.
    Missing,
}

/// A need in one kind of place, with the examples from there.
#[derive(Clone, Debug, PartialEq)]
pub struct GapCell {
    /// Key of the field of action.
    pub field: String,
    /// The item.
    pub variable: VariableKey,
    /// Its wording.
    pub label: Text,
    /// Where.
    pub place: GapPlace,
    /// Share of the two upper points.
    pub need: ReleasedCell,
    /// Respondents behind it.
    pub n: Option<u32>,
    /// Whether the need is that of all cities and municipalities, since what this Land says of it is held back.
    pub of_all: bool,
    /// Published examples of the field from there.
    pub examples: usize,
}

/// All needs in all kinds of places.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gaps {
    /// By size class, counties last.
    pub classes: Vec<GapCell>,
    /// By Länder; empty where the release carries no such tables.
    pub laender: Vec<GapCell>,
}

impl GapBasis {
    /// The needs of a mapping with these examples. Resources that are short are no needs of the release.
    pub fn new(mapping: &Mapping, examples: Vec<GapExample>) -> Self {
        let needs = mapping.needs.iter();
        let upper = needs.filter(|n| n.kind != NeedKind::Lack);
        Self {
            needs: upper
                .map(|n| GapNeed {
                    variable: n.variable.clone(),
                    field: n.field.clone(),
                })
                .collect(),
            examples,
        }
    }
}

impl GapExample {
    /// An example of a field from this municipality.
    pub fn new(field: &str, place: &Municipality) -> Self {
        Self {
            field: field.to_owned(),
            class: place.size_class(),
            land: place.land,
        }
    }
}

impl GapPlace {
    /// The word in addresses and files.
    pub fn word(&self) -> String {
        match self {
            Self::Class(SizeClass::Under5000) => "unter-5000".to_owned(),
            Self::Class(SizeClass::SmallTown) => "5000-bis-20000".to_owned(),
            Self::Class(SizeClass::MediumTown) => "20000-bis-100000".to_owned(),
            Self::Class(SizeClass::LargeCity) => "ab-100000".to_owned(),
            Self::Class(SizeClass::County) => "landkreise".to_owned(),
            Self::Laender(all) => {
                let words = all.iter().map(|l| l.abbreviation().to_lowercase());
                format!("land-{}", words.collect::<Vec<_>>().join("-"))
            }
        }
    }

    /// In words.
    pub fn label(&self) -> Text {
        match self {
            Self::Class(class) => labels::size_class(*class),
            Self::Laender(all) => list(&all.iter().map(|l| labels::land(*l)).collect::<Vec<_>>()),
        }
    }

    /// Whether a municipality is of this kind.
    pub fn holds(&self, unit: &Municipality) -> bool {
        self.counts(unit.size_class(), unit.land)
    }

    fn counts(&self, class: SizeClass, land: Land) -> bool {
        match self {
            Self::Class(own) => *own == class,
            Self::Laender(all) => class != SizeClass::County && all.contains(&land),
        }
    }
}

impl GapCell {
    /// Itself where its need is released, otherwise with the need of all, where that is.
    fn or_of_all(self, whole: Option<&ReleasedRow>) -> Self {
        let released = |r: &&ReleasedRow| r.top_two.is_some_and(|c| c != ReleasedCell::Suppressed);
        match whole.filter(released) {
            Some(whole) if self.state() == GapState::NotShown => Self {
                need: whole.top_two.unwrap_or(ReleasedCell::Suppressed),
                n: whole.n,
                of_all: true,
                ..self
            },
            _ => self,
        }
    }

    /// What this comes to.
    pub fn state(&self) -> GapState {
        let high = match self.need {
            ReleasedCell::Percent { value, .. } => value >= HIGH_NEED,
            ReleasedCell::Over90 => true,
            ReleasedCell::Under10 => false,
            ReleasedCell::Mean { .. } | ReleasedCell::Suppressed => return GapState::NotShown,
        };
        match (high, self.examples) {
            (false, _) => GapState::NotHigh,
            (true, 0) => GapState::Missing,
            (true, n) if n < ENOUGH_EXAMPLES => GapState::Few,
            (true, _) => GapState::Covered,
        }
    }

    fn height(&self) -> u8 {
        match self.need {
            ReleasedCell::Percent { value, .. } => value + 1,
            ReleasedCell::Over90 => 102,
            ReleasedCell::Under10 => 1,
            ReleasedCell::Mean { .. } | ReleasedCell::Suppressed => 0,
        }
    }
}

impl Gaps {
    /// Reads them off a release. Needs that it does not carry are left out.
    pub fn of(release: &Release, basis: &GapBasis) -> Self {
        let mut gaps = Self::default();
        for need in &basis.needs {
            let Some((question, item)) = need.variable.0.split_once('.') else {
                continue;
            };
            let cell = |row: &ReleasedRow, place: GapPlace| GapCell {
                field: need.field.clone(),
                variable: need.variable.clone(),
                label: row.label.clone(),
                need: row.top_two.unwrap_or(ReleasedCell::Suppressed),
                n: row.n,
                of_all: false,
                examples: basis
                    .examples
                    .iter()
                    .filter(|e| e.field == need.field && place.counts(e.class, e.land))
                    .count(),
                place,
            };
            let rows = release.finding(question).map(|f| f.rows.as_slice());
            for row in rows.unwrap_or_default().iter().filter(|r| r.key == item) {
                let class = match row.domain {
                    Domain::SizeClass(class) => class,
                    Domain::All(Population::Counties) => SizeClass::County,
                    _ => continue,
                };
                gaps.classes.push(cell(row, GapPlace::Class(class)));
            }
            let mut whole = rows.unwrap_or_default().iter();
            let whole = whole
                .find(|r| r.key == item && r.domain == Domain::All(Population::Municipalities));
            let key = format!("{PREFIX}{question}");
            let table = release.kept.iter().find(|k| k.key.0 == key);
            for (row, group) in table.iter().flat_map(|t| t.table.rows_of(item)) {
                let laender: Vec<Land> = group.key.split('+').filter_map(by_abbreviation).collect();
                if !laender.is_empty() {
                    let own = cell(row, GapPlace::Laender(laender));
                    gaps.laender.push(own.or_of_all(whole));
                }
            }
        }
        gaps
    }

    /// Kinds of places in their order.
    pub fn places(cells: &[GapCell]) -> Vec<GapPlace> {
        let mut places: Vec<GapPlace> = Vec::new();
        for class in SizeClass::ALL {
            let place = GapPlace::Class(class);
            if cells.iter().any(|c| c.place == place) {
                places.push(place);
            }
        }
        for cell in cells {
            if !places.contains(&cell.place) {
                places.push(cell.place.clone());
            }
        }
        places
    }

    /// The highest of a field's needs in one kind of place; it speaks for the field there.
    pub fn strongest<'c>(
        cells: &'c [GapCell],
        field: &str,
        place: &GapPlace,
    ) -> Option<&'c GapCell> {
        let of = cells
            .iter()
            .rev()
            .filter(|c| c.field == field && c.place == *place);
        of.max_by_key(|c| c.height())
    }
}

fn by_abbreviation(word: &str) -> Option<Land> {
    Land::ALL.into_iter().find(|l| l.abbreviation() == word)
}

/// The tables by Länder that gaps are read from, as findings that leave with the release: one a question, of cities and
/// municipalities. A question that cannot be asked is left out.
pub fn gap_tables(workspace: &Workspace, basis: &GapBasis) -> Vec<KeptFinding> {
    let mut questions: Vec<&str> = Vec::new();
    for need in &basis.needs {
        if let Some((question, _)) = need.variable.0.split_once('.')
            && !questions.contains(&question)
        {
            questions.push(question);
        }
    }
    let table = |question: &str| {
        let query = Query {
            question: question.to_owned(),
            item: None,
            population: Population::Municipalities,
            by: Breakdown::LandGroup,
            only: Vec::new(),
            counted: Counted::Municipalities,
            answer: None,
        };
        let found = workspace.release().finding(question)?;
        let title = format!("Nach Ländern: {}", found.question.de);
        let key = format!("{PREFIX}{question}");
        let mut kept = workspace.kept(&key, &query, &title, "").ok()?;
        // Gaps are read from the two upper points of groups: what nobody reads is not said.
        let table = &mut kept.table;
        for (row, group) in table.finding.rows.iter_mut().zip(&table.group_of) {
            row.cells.fill(ReleasedCell::Suppressed);
            row.top_two = row.top_two.filter(|_| *group > 0);
            row.n = row.n.filter(|_| *group > 0);
        }
        Some(kept).filter(|k| k.table.finding.ordered)
    };
    questions.into_iter().filter_map(table).collect()
}

/// The same tables by Länder without a figure: which Länder stand together, and no more, where no audit has passed them.
pub fn gap_groups(workspace: &Workspace, basis: &GapBasis) -> Vec<KeptFinding> {
    let mut tables = gap_tables(workspace, basis);
    for row in tables.iter_mut().flat_map(|t| &mut t.table.finding.rows) {
        row.top_two = None;
        row.n = None;
    }
    tables
}

/// Whether a kept finding is a table by Länder made for gaps.
pub fn is_gap_table(kept: &KeptFinding) -> bool {
    kept.key.0.starts_with(PREFIX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(need: ReleasedCell, examples: usize) -> GapCell {
        GapCell {
            field: "wohnen".to_owned(),
            variable: VariableKey("bedarf.wohnungsbau".to_owned()),
            label: Text::default(),
            place: GapPlace::Class(SizeClass::SmallTown),
            need,
            n: Some(40),
            of_all: false,
            examples,
        }
    }

    fn percent(value: u8) -> ReleasedCell {
        ReleasedCell::Percent {
            value,
            interval: None,
        }
    }

    #[test]
    fn a_gap_is_a_high_need_without_examples_and_nothing_is_said_of_what_is_held() {
        assert_eq!(cell(percent(50), 0).state(), GapState::Missing);
        assert_eq!(cell(percent(50), 1).state(), GapState::Few);
        assert_eq!(cell(ReleasedCell::Over90, 2).state(), GapState::Covered);
        assert_eq!(cell(percent(49), 0).state(), GapState::NotHigh);
        assert_eq!(cell(ReleasedCell::Under10, 0).state(), GapState::NotHigh);
        assert_eq!(
            cell(ReleasedCell::Suppressed, 0).state(),
            GapState::NotShown
        );
    }

    #[test]
    fn the_highest_need_speaks_for_its_field() {
        let held = cell(ReleasedCell::Suppressed, 0);
        let cells = [cell(percent(30), 0), cell(percent(71), 0), held.clone()];
        let found = Gaps::strongest(&cells, "wohnen", &held.place).unwrap();
        assert_eq!(found.need, percent(71));
        assert!(Gaps::strongest(&cells, "arbeit", &held.place).is_none());
    }

    #[test]
    fn counties_are_not_counted_among_the_municipalities_of_a_land() {
        let land = GapPlace::Laender(vec![Land::Hessen, Land::Saarland]);
        assert!(land.counts(SizeClass::SmallTown, Land::Saarland));
        assert!(!land.counts(SizeClass::County, Land::Hessen));
        assert!(!land.counts(SizeClass::SmallTown, Land::Bayern));
        assert_eq!(land.word(), "land-he-sl");
    }
}
