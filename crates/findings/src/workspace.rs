//! The evaluation workspace: any question to a frozen wave, answered for researchers and, beside it, as it may be
//! published.
//!
//! [`Workspace::ask`] answers a [`Query`] with an [`Analysis`]: raw estimates for signed-in researchers, and for each
//! row the cells that disclosure control releases. The latter follow the rules of the release and two more:
//!
//! - A filter must not tell by difference: with every row that a filter makes, the row of those whom it leaves out
//!   must be fit to be shown too, or nobody.
//! - What the wave's own release holds back of the whole stays held back here.
//!
//! Unweighted numbers describe who answered and are never released.

mod base;
mod compare;
mod guard;
mod kept;
mod made;
mod measure;
mod offer;
mod query;
mod together;

use std::collections::BTreeMap;

use dataset::{Column, Dataset, Values};
use questionnaire::{Questionnaire, Text};
use register::{Municipality, Population, Register};
use serde::{Deserialize, Serialize};

use crate::evaluate::respondents;
use crate::{
    Estimand, EvaluateError, Finding, FindingKey, Release, ReleasedCell, ReleasedRow, Weighting,
    WeightingError,
};

pub use compare::{Contrast, ItemTest, Ranked};
pub use kept::{GroupedTable, KeptFinding};
pub use measure::Figure;
pub use offer::Offer;
pub use query::{Breakdown, Condition, ConditionError, Counted, Query, QueryError};
pub use together::Isolated;

pub(crate) use query::{land, size_class, town_word};

use base::Base;
use measure::Said;

/// A frozen wave, weighted once, to which any number of queries can be put.
#[derive(Clone, Debug)]
pub struct Workspace {
    dataset: Dataset,
    themes: BTreeMap<String, Text>,
    bases: Vec<Base>,
    release: Release,
}

/// A group of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// Word of the group; empty for the whole.
    pub key: String,
    /// In words.
    pub label: Text,
}

/// One row: an item in one group.
#[derive(Clone, Debug, PartialEq)]
pub struct AnalysisRow {
    /// Key of the item or option; empty for a question without items.
    pub item: String,
    /// Its wording.
    pub label: Text,
    /// Place of the group in [`Analysis::groups`].
    pub group: usize,
    /// Respondents with a valid answer.
    pub n: usize,
    /// Kish's effective n of their weights.
    pub n_effective: f64,
    /// Degrees of freedom of the domain.
    pub df: usize,
    /// One figure a column; empty where nobody answered. For researchers only.
    pub figures: Vec<Figure>,
    /// The share of the two upper points of a scale. For researchers only.
    pub top_two: Option<Figure>,
    /// What may be published of the row.
    pub released: ReleasedRow,
}

/// The answer to a query.
#[derive(Clone, Debug, PartialEq)]
pub struct Analysis {
    /// What was asked.
    pub query: Query,
    /// Page of the questionnaire.
    pub theme: Text,
    /// Wording of the question.
    pub question: Text,
    /// Headings of the figures, as in [`Finding::columns`].
    pub columns: Vec<(String, Text)>,
    /// Whether the columns are a scale in ascending order.
    pub ordered: bool,
    /// What the numbers estimate.
    pub estimand: Estimand,
    /// The whole first, then the groups of the breakdown.
    pub groups: Vec<Group>,
    /// The conditions in words.
    pub only: Vec<Text>,
    /// Item by item; within an item group by group.
    pub rows: Vec<AnalysisRow>,
    /// Which column speaks for a row; `None`: the two upper points, the only column, or the mean.
    pub lead: Option<usize>,
    /// Whether the groups differ, an item each; empty without a breakdown or unweighted.
    pub tests: Vec<ItemTest>,
    /// Differences between two groups each, where there is one item.
    pub contrasts: Vec<Contrast>,
    /// Ranks of the items, where there are several and no breakdown.
    pub ranks: Vec<Ranked>,
    /// How the numbers were made: the request, JSON.
    pub request: String,
}

impl Workspace {
    /// Weighs a frozen wave. `release` is what it has released already.
    pub fn new(
        dataset: Dataset,
        questionnaire: &Questionnaire,
        register: &Register,
        release: Release,
    ) -> Result<Self, EvaluateError> {
        let units = respondents(&dataset, register)?;
        let mut bases = Vec::new();
        for population in Population::ALL {
            let all: Vec<&Municipality> = register.of(population).collect();
            let (rows, of): (Vec<usize>, Vec<&Municipality>) = (0..)
                .zip(&units)
                .filter(|(_, unit)| unit.population() == Some(population))
                .map(|(row, unit)| (row, *unit))
                .unzip();
            if let Some(weighting) = Weighting::new(population, &all, &of)? {
                let base = Base::new(weighting, rows, &of).map_err(WeightingError::from)?;
                bases.push(base);
            }
        }
        let themes = questionnaire.pages.iter();
        Ok(Self {
            themes: themes.map(|p| (p.key.clone(), p.title.clone())).collect(),
            dataset,
            bases,
            release,
        })
    }

    /// What the wave has released.
    pub fn release(&self) -> &Release {
        &self.release
    }

    /// The frozen answers.
    pub fn dataset(&self) -> &Dataset {
        &self.dataset
    }

    /// The populations of which somebody answered.
    pub fn populations(&self) -> Vec<Population> {
        self.bases.iter().map(Base::population).collect()
    }

    /// Answers a query. Errors: [`QueryError`], named after what is not there.
    pub fn ask(&self, query: &Query) -> Result<Analysis, QueryError> {
        let base = self.base(query.population)?;
        let columns = self.columns(query)?;
        let first = &columns[0].variable;
        let masks = self.masks(base, query)?;
        let estimand = match (&columns[0].values, query.counted) {
            (Values::Number(_), _) => Estimand::Mean,
            (_, Counted::Inhabitants) => Estimand::ShareOfInhabitants,
            _ => Estimand::ShareOfMunicipalities,
        };
        let said: Vec<Said> = columns.iter().map(|c| Said::of(base, c)).collect();
        let mut rows = Vec::new();
        for (column, said) in columns.iter().zip(&said) {
            rows.extend(self.rows(base, query, column, said, &masks, estimand)?);
        }
        let (groups, rows) = without_empty(masks.groups(), rows);
        let mut analysis = Analysis {
            theme: self.themes.get(&first.page).cloned().unwrap_or_default(),
            question: first.text.clone(),
            columns: measure::heads(columns[0]),
            ordered: first.ordered,
            estimand,
            groups,
            only: self.conditions_in_words(query),
            rows,
            lead: None,
            tests: Vec::new(),
            contrasts: Vec::new(),
            ranks: Vec::new(),
            request: self.request(query, &columns, estimand),
            query: query.clone(),
        };
        analysis.lead = lead(&analysis);
        compare::compare(base, &said, &masks, &mut analysis)?;
        Ok(analysis)
    }

    /// A kept query as it may leave the house now, with its title and wording.
    pub fn kept(
        &self,
        key: &str,
        query: &Query,
        title: &str,
        wording: &str,
    ) -> Result<KeptFinding, QueryError> {
        Ok(KeptFinding {
            key: FindingKey(key.to_owned()),
            title: title.to_owned(),
            wording: wording.to_owned(),
            query: query.clone(),
            table: self.ask(query)?.released(key),
        })
    }

    fn base(&self, population: Population) -> Result<&Base, QueryError> {
        let base = self.bases.iter().find(|b| b.population() == population);
        base.ok_or(QueryError::Nobody)
    }

    /// The columns of the question, or the one of its item.
    fn columns(&self, query: &Query) -> Result<Vec<&Column>, QueryError> {
        let of_question = |c: &&Column| {
            c.variable.question == query.question && !matches!(c.values, Values::Text(_))
        };
        let columns: Vec<&Column> = self.dataset.columns.iter().filter(of_question).collect();
        if columns.is_empty() {
            return Err(QueryError::Question(query.question.clone()));
        }
        match &query.item {
            // Columns of another scale are asked for by their item: a table has one heading.
            None => {
                let first = columns[0];
                let same = columns
                    .into_iter()
                    .filter(|c| crate::tables::alike(c, first));
                Ok(same.collect())
            }
            Some(item) => {
                let found = columns
                    .into_iter()
                    .find(|c| crate::tables::item_key(c) == *item);
                let found = found.ok_or_else(|| QueryError::Item(item.clone()))?;
                Ok(vec![found])
            }
        }
    }
}

impl Analysis {
    /// Whether anything of the table must not be published.
    pub fn holds_back(&self) -> bool {
        self.rows.iter().any(AnalysisRow::holds_back)
    }

    /// Whether anything of the table may be published.
    pub fn releases(&self) -> bool {
        self.rows.iter().any(|row| row.released.n.is_some())
    }

    /// The figure that speaks for a row.
    pub fn lead_figure<'a>(&self, row: &'a AnalysisRow) -> Option<&'a Figure> {
        match self.lead {
            Some(column) => row.figures.get(column),
            None => row.top_two.as_ref().or_else(|| row.figures.first()),
        }
    }

    /// The table as it may be published, under a key.
    pub fn released(&self, key: &str) -> GroupedTable {
        self.table(key, |row| row.released.clone())
    }

    /// The table with all its numbers. For researchers only: disclosure control has not seen them.
    pub fn internal(&self, key: &str) -> GroupedTable {
        self.table(key, AnalysisRow::whole)
    }

    fn table(&self, key: &str, row: impl Fn(&AnalysisRow) -> ReleasedRow) -> GroupedTable {
        GroupedTable {
            population: self.query.population,
            groups: self.groups.clone(),
            only: self.only.clone(),
            group_of: self.rows.iter().map(|row| row.group).collect(),
            lead: self.lead,
            finding: Finding {
                key: FindingKey(key.to_owned()),
                theme: self.theme.clone(),
                question: self.question.clone(),
                estimand: self.estimand,
                columns: self.columns.clone(),
                ordered: self.ordered,
                rows: self.rows.iter().map(row).collect(),
                base: Text::default(),
                left_out: Vec::new(),
                request: self.request.clone(),
            },
        }
    }
}

impl AnalysisRow {
    /// Whether anything of the row must not be published.
    pub fn holds_back(&self) -> bool {
        let cells = self.released.cells.iter().chain(&self.released.top_two);
        let printed = |cell: &ReleasedCell| {
            matches!(
                cell,
                ReleasedCell::Percent { .. } | ReleasedCell::Mean { .. }
            )
        };
        self.n > 0 && (self.released.n.is_none() || !cells.into_iter().all(printed))
    }

    /// The row with all its numbers, rounded as released ones are. For researchers only.
    pub fn whole(&self) -> ReleasedRow {
        ReleasedRow {
            n: u32::try_from(self.n).ok(),
            cells: self.figures.iter().map(Figure::cell).collect(),
            top_two: self.top_two.as_ref().map(Figure::cell),
            ..self.released.clone()
        }
    }
}

/// Groups in which nobody answered any item are left out.
fn without_empty(groups: Vec<Group>, rows: Vec<AnalysisRow>) -> (Vec<Group>, Vec<AnalysisRow>) {
    let filled = |group: usize| rows.iter().any(|r| r.group == group && r.n > 0);
    let places: Vec<Option<usize>> = (0..groups.len())
        .scan(0, |next, group| {
            let place = (group == 0 || filled(group)).then_some(*next);
            *next += usize::from(place.is_some());
            Some(place)
        })
        .collect();
    let kept = groups
        .into_iter()
        .zip(&places)
        .filter(|(_, place)| place.is_some());
    let groups = kept.map(|(group, _)| group).collect();
    let rows = rows.into_iter().filter_map(|row| {
        let group = places[row.group]?;
        Some(AnalysisRow { group, ..row })
    });
    (groups, rows.collect())
}

/// The column that speaks: the one that was named, else the most frequent answer of an unordered question.
fn lead(analysis: &Analysis) -> Option<usize> {
    let named = analysis.query.answer.as_ref();
    let named = named.and_then(|code| analysis.columns.iter().position(|(c, _)| c == code));
    let clear = analysis.columns.len() == 1 || analysis.rows.iter().any(|r| r.top_two.is_some());
    let first = analysis.rows.iter().find(|row| row.group == 0)?;
    match named {
        Some(column) if analysis.columns.len() > 1 => Some(column),
        _ if clear => None,
        _ => (0..first.figures.len()).max_by(|&a, &b| {
            let value = |column: usize| first.figures[column].estimate;
            value(a).total_cmp(&value(b)).then(b.cmp(&a))
        }),
    }
}
