//! A scale code by code: the share of each of its answers in both waves, where the two upper points alone are too coarse.
//!
//! A family of its own: all items by all answers of one question in one breakdown. Published are differences of figures
//! that both waves have released, and nothing else: no figure is computed for the comparison, no panel stands beside it, and
//! where few are in both waves the covariance is left out. What researchers see besides ([`CodeAnalysis`]) is not for
//! publication.

use std::collections::BTreeSet;

use dataset::{Column, Dataset, Values};
use questionnaire::Text;
use questionnaire::lineage::{self, Group, Link};
use serde::{Deserialize, Serialize};
use statistics::{EstimateError, Estimates, Missing};

use super::evaluate::{Compared, Half, Pair, codes, difference};
use super::family::{self, Estimated, LEVEL, Test};
use super::figures::{Item, Measure};
use super::{Breakdown, ChangeError, ChangeRow, Family, Side, Verdict};
use crate::disclosure::MIN_RESPONDENTS;
use crate::interval::Support;
use crate::tables::item_key;
use crate::{Domain, Estimand, ReleasedCell};

/// Answers from which a scale is told code by code; of fewer, the leading one says it all.
const FEWEST: usize = 3;

/// The share of one answer of a scale, in one domain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CodeRow {
    /// Keys of the answer in the later wave, joined with `+` where a mapping joins several.
    pub code: String,
    /// Its wording in the later wave.
    pub answer: Text,
    /// Its item, domain, figures and change. It has no panel.
    pub row: ChangeRow,
}

/// One answer of one item in one domain, for researchers: raw, in percentage points.
#[derive(Clone, Debug, PartialEq)]
pub struct CodeAnalysis {
    /// Key of the item; empty for a question without items.
    pub item: String,
    /// Its wording.
    pub label: Text,
    /// Keys of the answer, as in [`CodeRow::code`].
    pub code: String,
    /// Its wording.
    pub answer: Text,
    /// For whom it speaks.
    pub domain: Domain,
    /// Respondents of the earlier and the later wave.
    pub n: (usize, usize),
    /// Shares in the earlier and the later wave, in percent.
    pub shares: (f64, f64),
    /// Later less earlier with its 95 % interval, not adjusted; `None` where it may not be tested.
    pub interval: Option<(f64, f64)>,
    /// The smallest change that this test alone would have seen four times out of five.
    pub smallest: Option<f64>,
    /// Mean change of the units in both waves with its 95 % interval, and how many they are; `None` without units.
    pub panel: Option<CodePanel>,
    /// Whether the two figures are out, so that their difference may be published.
    pub released: bool,
}

/// What the units in both waves alone did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CodePanel {
    /// Later less earlier, in percentage points.
    pub value: f64,
    /// 95 % interval, where one may be stated.
    pub interval: Option<(f64, f64)>,
    /// Units with an answer in both waves.
    pub n: usize,
}

/// A scale that both waves have, answer by answer.
struct Scale<'a> {
    key: String,
    label: Text,
    link: &'a Link,
    before: &'a Column,
    after: &'a Column,
}

/// What one domain says in both waves: one figure an answer.
struct Said {
    n: (usize, usize),
    values: (Vec<f64>, Vec<f64>),
    tests: Vec<Option<Test>>,
}

impl<'a> Compared<'a> {
    /// All answers of a question's scales in every domain, with their families of tests; empty for anything but scales.
    pub(super) fn by_code(
        &self,
        links: &'a [Link],
    ) -> Result<(Vec<CodeRow>, Vec<Family>), ChangeError> {
        let scales = self.scales(links);
        let mut rows: Vec<(CodeRow, Option<Estimated>)> = Vec::new();
        for pair in &self.pairs {
            for scale in &scales {
                self.rows_of(pair, scale, &mut rows)?;
            }
        }
        let kinds: BTreeSet<Breakdown> = rows
            .iter()
            .map(|(row, _)| Breakdown::of(row.row.domain))
            .collect();
        let mut families = Vec::new();
        for breakdown in kinds {
            let places: Vec<usize> = (0..rows.len())
                .filter(|&i| Breakdown::of(rows[i].0.row.domain) == breakdown)
                .filter(|&i| rows[i].1.is_some())
                .collect();
            let tested: Vec<Estimated> = places.iter().filter_map(|&i| rows[i].1).collect();
            let released = family::release(&tested);
            families.push(Family::of(breakdown, &released));
            for (place, mut change) in places.into_iter().zip(released) {
                // What the overlap did to the width is told for the leading figure alone.
                change.too_wide = None;
                rows[place].0.row.change = Some(change);
            }
        }
        Ok((rows.into_iter().map(|(row, _)| row).collect(), families))
    }

    fn rows_of(
        &self,
        pair: &Pair,
        scale: &Scale<'_>,
        rows: &mut Vec<(CodeRow, Option<Estimated>)>,
    ) -> Result<(), ChangeError> {
        let (earlier, later) = scale.measures();
        let domains = pair.after.sample.domains.iter().map(|(domain, _)| *domain);
        for (place, domain) in domains.enumerate() {
            let cells: Vec<_> = earlier
                .iter()
                .zip(&later)
                .map(|(before, after)| {
                    let shares = Estimand::ShareOfMunicipalities;
                    let held = (ReleasedCell::Suppressed, None);
                    let out = |measure: &Measure<'_>, side: &Side<'_>| {
                        measure
                            .released(side.release, domain, shares)
                            .unwrap_or(held)
                    };
                    (out(before, self.before), out(after, self.after))
                })
                .collect();
            let open = cells.iter().any(|(a, b)| difference(a.0, b.0).is_some());
            let said = match open {
                true => scale.said(pair, place)?,
                false => None,
            };
            for (i, (group, ((before, n_before), (after, n_after)))) in
                scale.link.groups.iter().zip(cells).enumerate()
            {
                let estimated = difference(before, after).map(|(released, unit)| Estimated {
                    released,
                    unit,
                    test: said.as_ref().and_then(|said| said.tests[i]),
                });
                let row = ChangeRow {
                    key: scale.key.clone(),
                    label: scale.label.clone(),
                    domain,
                    step: scale.link.step,
                    note: scale.link.note.clone(),
                    before,
                    after,
                    n_before,
                    n_after,
                    change: None,
                    panel: None,
                };
                let row = CodeRow {
                    code: group.new.join("+"),
                    answer: group.label.clone(),
                    row,
                };
                rows.push((row, estimated));
            }
        }
        Ok(())
    }

    fn scales(&self, links: &'a [Link]) -> Vec<Scale<'a>> {
        let find = |dataset: &'a Dataset, key: &questionnaire::VariableKey| {
            dataset.columns.iter().find(|c| c.variable.key == *key)
        };
        let open = links
            .iter()
            .filter(|link| link.refused.is_none() && link.groups.len() >= FEWEST);
        let scale = |link: &'a Link| {
            let [old] = link.old.as_slice() else {
                return None;
            };
            let before = find(self.before.dataset, old)?;
            let after = find(self.after.dataset, link.new.as_ref()?)?;
            let coded = |column: &Column| matches!(column.values, Values::Coded(_));
            (after.variable.ordered && coded(before) && coded(after)).then(|| Scale {
                key: item_key(after),
                label: link.part.clone().unwrap_or_else(|| link.text.clone()),
                link,
                before,
                after,
            })
        };
        open.filter_map(scale).collect()
    }
}

impl<'a> Scale<'a> {
    /// How each answer is measured in the earlier and in the later wave.
    fn measures(&self) -> (Vec<Measure<'a>>, Vec<Measure<'a>>) {
        let of = |column: &'a Column, of: fn(&Group) -> &Vec<String>| {
            let groups = self.link.groups.iter();
            let measure = |group: &Group| Measure {
                columns: vec![column],
                codes: codes(column, &[group], of),
            };
            groups.map(measure).collect()
        };
        (of(self.before, |g| &g.old), of(self.after, |g| &g.new))
    }

    /// The figures of a domain in both waves with their tests; `None` where nobody of one of them answered.
    fn said(&self, pair: &Pair, place: usize) -> Result<Option<Said>, EstimateError> {
        let (earlier, later) = self.measures();
        let one = Answered::new(&pair.before, place, &earlier);
        let two = Answered::new(&pair.after, place, &later);
        let (Some(first), Some(second)) = (one.estimates()?, two.estimates()?) else {
            return Ok(None);
        };
        let changes = statistics::change(&pair.before.wave(&first), &pair.after.wave(&second))?;
        let few = few_in_both((&pair.before, &one.base), (&pair.after, &two.base));
        let (dfs_one, dfs_two) = (one.dfs(&first), two.dfs(&second));
        let tests = changes.iter().zip(dfs_one.iter().zip(&dfs_two));
        let tests = tests.map(|(change, (df_one, df_two))| {
            let se = match few {
                true => change.se_if_independent,
                false => change.se,
            };
            Some(Test {
                value: 100.0 * change.value,
                se: 100.0 * se,
                se_if_independent: 100.0 * change.se_if_independent,
                df: (*df_one)?.min((*df_two)?),
            })
            .filter(|test| test.se > 0.0)
        });
        Ok(Some(Said {
            n: (one.len(), two.len()),
            tests: tests.collect(),
            values: (first.values().to_vec(), second.values().to_vec()),
        }))
    }
}

/// Those of a domain in one wave who gave an answer, and what.
struct Answered<'a> {
    half: &'a Half,
    base: Vec<bool>,
    values: Vec<Vec<f64>>,
}

impl<'a> Answered<'a> {
    fn new(half: &'a Half, place: usize, measures: &[Measure<'_>]) -> Self {
        let rows = &half.sample.rows;
        let values: Vec<Vec<f64>> = measures
            .iter()
            .map(|measure| rows.iter().map(|&row| measure.value(row)).collect())
            .collect();
        let mask = &half.sample.domains[place].1;
        let base = mask.iter().zip(&values[0]);
        Self {
            half,
            base: base.map(|(inside, v)| *inside && !v.is_nan()).collect(),
            values,
        }
    }

    fn len(&self) -> usize {
        self.base.iter().filter(|inside| **inside).count()
    }

    fn estimates(&self) -> Result<Option<Estimates>, EstimateError> {
        if !self.base.contains(&true) {
            return Ok(None);
        }
        let columns: Vec<&[f64]> = self.values.iter().map(Vec::as_slice).collect();
        let design = &self.half.sample.weighting.design;
        design
            .mean(&columns, Some(&self.base), Missing::Drop)
            .map(Some)
    }

    /// Degrees of freedom of a test of each figure; `None` where it may have no interval.
    fn dfs(&self, estimates: &Estimates) -> Vec<Option<f64>> {
        let support = Support::new(&self.half.sample.weighting, &self.base, None);
        let each = estimates.iter();
        let df = each.map(|estimate| {
            let stated = estimate.se > 0.0 && support.mean(&estimate).is_some();
            stated.then(|| support.effective_df.min(support.df))
        });
        df.collect()
    }
}

/// Whether so few units stand behind the figures of both waves that the width of an interval would tell of them: then
/// the covariance is left out, which errs on the wide side.
pub(super) fn few_in_both(one: (&Half, &[bool]), two: (&Half, &[bool])) -> bool {
    let units = |(half, base): (&Half, &[bool])| -> BTreeSet<u32> {
        let all = half.units.iter().zip(base);
        all.filter(|(_, inside)| **inside)
            .map(|(unit, _)| *unit)
            .collect()
    };
    let both = units(one).intersection(&units(two)).count();
    (1..MIN_RESPONDENTS).contains(&both)
}

/// Everything about the answers of one question's scales in both waves, for researchers: also what disclosure control holds
/// back, and the panel. Empty for anything but comparable scales.
pub fn code_analysis(
    before: &Side<'_>,
    after: &Side<'_>,
    question: &str,
) -> Result<Vec<CodeAnalysis>, ChangeError> {
    let compared = Compared::new(before, after)?;
    let links = lineage::links(before.questionnaire, after.questionnaire).unwrap_or_default();
    let of_question: Vec<Link> = links
        .into_iter()
        .filter(|link| link.question == question)
        .collect();
    let published = compared.by_code(&of_question)?.0;
    let mut all = Vec::new();
    for pair in &compared.pairs {
        for scale in compared.scales(&of_question) {
            for (place, (domain, _)) in pair.after.sample.domains.iter().enumerate() {
                let Some(said) = scale.said(pair, place)? else {
                    continue;
                };
                let panel = scale.panel(pair, place)?;
                for (i, group) in scale.link.groups.iter().enumerate() {
                    let code = group.new.join("+");
                    let out = published.iter().find(|row| {
                        row.code == code && row.row.key == scale.key && row.row.domain == *domain
                    });
                    let reach = |test: &Test| {
                        statistics::distribution::t_quantile(1.0 - 0.5 * LEVEL, test.df) * test.se
                    };
                    let test = said.tests[i].as_ref();
                    all.push(CodeAnalysis {
                        item: scale.key.clone(),
                        label: scale.label.clone(),
                        code,
                        answer: group.label.clone(),
                        domain: *domain,
                        n: said.n,
                        shares: (100.0 * said.values.0[i], 100.0 * said.values.1[i]),
                        interval: test.map(|t| (t.value - reach(t), t.value + reach(t))),
                        smallest: test.map(|t| {
                            statistics::smallest_detectable(t.se, t.df, LEVEL, family::POWER)
                        }),
                        panel: panel.as_ref().map(|panel| panel[i]),
                        released: out.is_some_and(|row| row.row.change.is_some()),
                    });
                }
            }
        }
    }
    Ok(all)
}

impl Scale<'_> {
    /// The mean change of those in both waves, an answer each; `None` without any.
    fn panel(&self, pair: &Pair, place: usize) -> Result<Option<Vec<CodePanel>>, ChangeError> {
        let Some(panel) = &pair.panel else {
            return Ok(None);
        };
        let (earlier, later) = self.measures();
        let items = self.link.groups.iter().zip(earlier.into_iter().zip(later));
        let items: Vec<Item<'_>> = items
            .map(|(group, (before, after))| Item {
                key: self.key.clone(),
                label: group.label.clone(),
                step: self.link.step,
                note: None,
                before,
                after,
            })
            .collect();
        let mut all = Vec::new();
        for item in &items {
            let Some((value, interval, n)) = panel.raw(item, place)? else {
                return Ok(None);
            };
            all.push(CodePanel {
                value: 100.0 * value,
                interval: interval.map(|(low, high)| (100.0 * low, 100.0 * high)),
                n,
            });
        }
        Ok(Some(all))
    }
}

impl Family {
    /// A family of which this was released.
    pub(super) fn of(breakdown: Breakdown, released: &[super::ReleasedDifference]) -> Self {
        let count = |fits: fn(Verdict) -> bool| {
            let found = released.iter().filter(|change| fits(change.verdict));
            u32::try_from(found.count()).expect("tests are few")
        };
        Self {
            breakdown,
            tests: count(|verdict| verdict != Verdict::NotTested),
            seen: count(|verdict| matches!(verdict, Verdict::Risen | Verdict::Fallen)),
        }
    }
}
