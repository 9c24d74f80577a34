//! Tests, quantiles, regressions and agreement in one group.

use super::answer::{Estimated, Row};
use super::combine::test_of;
use super::evaluate::{Answered, Context, Frame, reach, stated, tested};
use super::model::{Ask, Fault, Name, Stat};
use super::prepare::{fault, numbers, same_level};
use super::sample::{Part, Rows, Sampler};
use super::table::{Level, Levels, NO_LEVEL};
use crate::association::rao_scott;
use crate::estimates::EstimateError;
use crate::{
    AlphaMetric, Alternative, AssociationMethod, QuantileRequest, TwoWay, krippendorff_alpha,
};

/// Levels that occur in a mask, and each row's place among them.
fn occurring(levels: &Levels, mask: &[bool]) -> (Vec<Option<u32>>, Vec<Level>) {
    let mut used = vec![false; levels.levels.len()];
    for (code, inside) in levels.codes.iter().zip(mask) {
        if *inside && *code != NO_LEVEL {
            used[*code as usize] = true;
        }
    }
    let mut place = vec![0; used.len()];
    let mut kept = Vec::new();
    for (at, used) in used.iter().enumerate() {
        if *used {
            place[at] = u32::try_from(kept.len()).expect("levels are counted in 32 bits");
            kept.push(levels.levels[at].clone());
        }
    }
    let codes = levels
        .codes
        .iter()
        .zip(mask)
        .map(|(code, inside)| (*inside && *code != NO_LEVEL).then(|| place[*code as usize]))
        .collect();
    (codes, kept)
}

pub(super) fn test_or_quantile(
    context: &Context,
    ask: &Ask,
    sampler: &Sampler,
    columns: &[&[f64]],
    mask: &[bool],
    base: &Row,
) -> Result<Vec<Row>, EstimateError> {
    match &ask.stat {
        Stat::Quantile { p, rule, interval } => {
            let request = QuantileRequest {
                rule: *rule,
                method: *interval,
                confidence: ask.confidence,
            };
            let found = sampler.quantiles(columns[0], p, request, mask)?;
            let df = sampler.rows(mask).df_domain;
            Ok(p.iter()
                .zip(found)
                .map(|(share, quantile)| Row {
                    share: Some(*share),
                    estimate: Some(Estimated {
                        value: quantile.value,
                        se: quantile.se,
                        low: quantile.interval.low,
                        high: quantile.interval.high,
                        df,
                    }),
                    n: quantile.basis.n,
                    n_effective: Some(quantile.basis.n_effective),
                    reason: (!quantile.se.is_finite()).then(|| {
                        "the interval of the share leaves 0 to 1, so that an end of the quantile's is missing".to_owned()
                    }),
                    ..base.clone()
                })
                .collect())
        }
        Stat::Association(method) => association(context, ask, sampler, mask, base, *method),
        Stat::RankTest => {
            let Some((first, second)) = two_groups(context, ask, mask)? else {
                return Ok(vec![base.clone().without(TWO)]);
            };
            let Sampler::Linear(design) = sampler else {
                return Ok(vec![
                    base.clone()
                        .without("rank tests are made without replicate weights only"),
                ]);
            };
            let test = design.rank_test(columns[0], &first, &second, crate::Missing::Drop)?;
            Ok(vec![t_row(
                ask,
                base,
                sampler.rows(mask),
                test.estimate,
                test.se,
                test.df,
                0.0,
                Alternative::TwoSided,
            )])
        }
        Stat::TTest {
            null, alternative, ..
        } => {
            let basis = sampler.rows(mask);
            let df = basis.df_domain - 1.0;
            let (value, se) = if ask.over.is_some() {
                let Some((first, second)) = two_groups(context, ask, mask)? else {
                    return Ok(vec![base.clone().without(TWO)]);
                };
                let before = sampler.mean(columns, &first)?;
                let after = sampler.mean(columns, &second)?;
                let joint = sampler.join(&[&before, &after])?;
                let variance = joint.get(0, 0) + joint.get(1, 1) - 2.0 * joint.get(0, 1);
                (
                    after.values[0] - before.values[0],
                    libm::sqrt(variance.max(0.0)),
                )
            } else {
                let mean = sampler.mean(columns, mask)?;
                (mean.values[0], mean.se(0))
            };
            Ok(vec![t_row(
                ask,
                base,
                basis,
                value,
                se,
                df,
                *null,
                *alternative,
            )])
        }
        _ => Ok(Vec::new()),
    }
}

const TWO: &str = "`over` needs two levels with rows here";

#[allow(clippy::too_many_arguments)]
fn t_row(
    ask: &Ask,
    base: &Row,
    basis: Rows,
    value: f64,
    se: f64,
    df: f64,
    null: f64,
    alternative: Alternative,
) -> Row {
    let basis = Rows {
        df,
        df_domain: df,
        df_effective: df,
        ..basis
    };
    let mut row = stated(ask, base.clone(), value, se, basis, None);
    let (statistic, p) = test_of(value, se, null, df, alternative);
    row.test = Some(tested(statistic, p, None));
    row
}

/// The rows of the first and of the second level of `over`; none unless there are two.
#[allow(clippy::type_complexity)]
fn two_groups(
    context: &Context,
    ask: &Ask,
    mask: &[bool],
) -> Result<Option<(Vec<bool>, Vec<bool>)>, EstimateError> {
    let Some(over) = &ask.over else {
        return Ok(None);
    };
    let Ok(levels) = context.levels(over) else {
        return Ok(None);
    };
    let (codes, kept) = occurring(&levels, mask);
    if kept.len() != 2 {
        return Ok(None);
    }
    let is = |wanted: u32| codes.iter().map(|code| *code == Some(wanted)).collect();
    Ok(Some((is(0), is(1))))
}

/// Most cells of a table that is tested: its covariances grow with the fourth power of its levels.
const MOST_CELLS: usize = 400;

fn association(
    context: &Context,
    ask: &Ask,
    sampler: &Sampler,
    mask: &[bool],
    base: &Row,
    method: AssociationMethod,
) -> Result<Vec<Row>, EstimateError> {
    let name = |name: &Option<String>| Name {
        name: name.clone().unwrap_or_default(),
        place: ask.place.clone(),
    };
    let (Ok(first), Ok(second)) = (
        context.levels(&name(&base.of)),
        context.levels(&name(&base.over)),
    ) else {
        return Ok(Vec::new());
    };
    let (rows, row_levels) = occurring(&first, mask);
    let (columns, column_levels) = occurring(&second, mask);
    let (nr, nc) = (row_levels.len(), column_levels.len());
    let basis = sampler.rows(mask);
    let mut row = Row {
        n: basis.n,
        n_effective: Some(basis.n_effective),
        ..base.clone()
    };
    if nr < 2 || nc < 2 {
        row.test = Some(tested(f64::NAN, f64::NAN, None));
        row.reason = Some(format!(
            "{nr} levels by {nc}: both columns need two levels with rows here"
        ));
        return Ok(vec![row]);
    }
    if nr * nc > MOST_CELLS {
        row.test = Some(tested(f64::NAN, f64::NAN, None));
        row.reason = Some(format!(
            "{nr} levels by {nc}: a table of more than {MOST_CELLS} cells is not tested; put levels together (`define`)"
        ));
        return Ok(vec![row]);
    }
    let test = match sampler {
        Sampler::Linear(design) => {
            let table = TwoWay {
                rows: &rows,
                row_count: nr,
                columns: &columns,
                column_count: nc,
            };
            design.association(&table, method, Some(mask))?
        }
        Sampler::Replicates { .. } => {
            if matches!(
                method,
                AssociationMethod::Wald | AssociationMethod::AdjustedWald
            ) {
                row.test = Some(tested(f64::NAN, f64::NAN, None));
                row.reason = Some(
                    "Wald tests are made without replicate weights only; take F or Chisq"
                        .to_owned(),
                );
                return Ok(vec![row]);
            }
            let cells: Vec<Vec<f64>> = (0..nr * nc)
                .map(|cell| {
                    let pairs = rows.iter().zip(&columns);
                    pairs
                        .map(|(r, c)| match (r, c) {
                            (Some(r), Some(c)) => {
                                f64::from(u8::from(*r as usize * nc + *c as usize == cell))
                            }
                            _ => 0.0,
                        })
                        .collect()
                })
                .collect();
            let cells: Vec<&[f64]> = cells.iter().map(Vec::as_slice).collect();
            let shares = sampler.mean(&cells, mask)?;
            rao_scott(
                &shares.values,
                &shares.covariance,
                basis.n as f64,
                basis.df_domain,
                nr,
                nc,
                method,
            )?
        }
    };
    let denominator = test
        .denominator_df
        .is_finite()
        .then_some(test.denominator_df);
    row.test = Some(tested(
        test.statistic,
        test.p,
        Some((test.numerator_df, denominator)),
    ));
    Ok(vec![row])
}

/// The terms of a regression, a row each.
pub(super) fn regression(
    context: &Context,
    ask: &Ask,
    sampler: &Sampler,
    mask: &[bool],
    base: &Row,
) -> Result<(Vec<Row>, Option<Part>), EstimateError> {
    let Stat::Regression {
        on,
        logistic,
        level,
    } = &ask.stat
    else {
        return Ok((Vec::new(), None));
    };
    let table = &context.setup.table;
    let refuse = |reason: String| Ok((vec![base.clone().without(reason)], None));
    let outcome = Name {
        name: base.of.clone().unwrap_or_default(),
        place: ask.place.clone(),
    };
    let text = table
        .get(&outcome.name)
        .is_some_and(super::table::Column::is_text);
    let outcome: Vec<f64> = if text || level.is_some() {
        let Ok(levels) = context.levels(&outcome) else {
            return refuse("the column is not there".to_owned());
        };
        let one = match level {
            Some(level) => levels
                .levels
                .iter()
                .position(|data| same_level(data, level)),
            None => levels.levels.len().checked_sub(1),
        };
        let Some(one) = one.filter(|_| *logistic) else {
            return refuse(
                "the outcome needs numbers, or for a logistic regression a `level` that occurs"
                    .to_owned(),
            );
        };
        let is = |code: &u32| {
            if *code == NO_LEVEL {
                f64::NAN
            } else {
                f64::from(u8::from(*code as usize == one))
            }
        };
        levels.codes.iter().map(is).collect()
    } else {
        numbers(table, &outcome).unwrap_or_default()
    };
    if *logistic
        && outcome
            .iter()
            .zip(mask)
            .any(|(y, inside)| *inside && !(*y == 0.0 || *y == 1.0))
    {
        return refuse(
            "the outcome of a logistic regression is 0 or 1, or a `level` against all others"
                .to_owned(),
        );
    }
    let mut terms = vec!["(constant)".to_owned()];
    let mut columns = vec![vec![1.0; table.rows()]];
    for name in on {
        let text = table
            .get(&name.name)
            .is_some_and(super::table::Column::is_text);
        if !text {
            terms.push(name.name.clone());
            columns.push(numbers(table, name).unwrap_or_default());
            continue;
        }
        let Ok(levels) = context.levels(name) else {
            continue;
        };
        let (codes, kept) = occurring(&levels, mask);
        for (place, level) in (0..).zip(&kept).skip(1) {
            terms.push(format!("{} {}", name.name, level.label()));
            let is = |code: &Option<u32>| f64::from(u8::from(*code == Some(place)));
            columns.push(codes.iter().map(is).collect());
        }
    }
    let predictors: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let (part, df) = match sampler.regression(&outcome, &predictors, mask, *logistic) {
        Ok(fitted) => fitted,
        Err(EstimateError::NoConvergence { iterations }) => {
            return refuse(format!(
                "no convergence after {iterations} rounds: some predictor may tell 0 and 1 apart without fail"
            ));
        }
        Err(EstimateError::Singular) => {
            return refuse("the predictors depend on one another".to_owned());
        }
        Err(error) => return Err(error),
    };
    let rows = terms
        .into_iter()
        .enumerate()
        .map(|(index, term)| {
            let (value, se) = (part.values[index], part.se(index));
            let reach = reach(ask.confidence, df) * se;
            let (statistic, p) = test_of(value, se, 0.0, df, Alternative::TwoSided);
            Row {
                term: Some(term),
                estimate: Some(Estimated {
                    value,
                    se,
                    low: value - reach,
                    high: value + reach,
                    df,
                }),
                n: part.basis.n,
                n_effective: Some(part.basis.n_effective),
                test: Some(tested(statistic, p, None)),
                ..base.clone()
            }
        })
        .collect();
    Ok((rows, Some(part)))
}

/// Krippendorff's alpha of all columns together, in each group; weights play no part.
pub(super) fn alpha(
    context: &Context,
    ask: &Ask,
    frame: &Frame,
    metric: AlphaMetric,
) -> Result<Answered, Vec<Fault>> {
    let mut coders = Vec::new();
    // Texts of all coders share one list of levels.
    let mut known: Vec<String> = Vec::new();
    for name in &ask.of {
        let levels = context.levels(name).map_err(|f| vec![f])?;
        let text = |level: &Level| matches!(level, Level::Text(_));
        if levels.levels.iter().any(text) && metric != AlphaMetric::Nominal {
            let what = format!(
                "column {} holds texts; the metric of texts is \"nominal\"",
                name.name
            );
            return Err(vec![fault(&name.place, what)]);
        }
        let values: Vec<f64> = levels
            .levels
            .iter()
            .map(|level| match level {
                Level::Number(number) => *number,
                Level::Text(text) => {
                    let at = known.iter().position(|k| k == text).unwrap_or_else(|| {
                        known.push(text.clone());
                        known.len() - 1
                    });
                    at as f64
                }
            })
            .collect();
        coders.push((levels, values));
    }
    let mut answered = Answered::default();
    for (group, key) in frame.keys.iter().enumerate() {
        let mask = frame.mask(group);
        let units: Vec<Vec<f64>> = (0..mask.len())
            .filter(|row| mask[*row])
            .map(|row| {
                coders
                    .iter()
                    .filter_map(|(levels, values)| values.get(levels.codes[row] as usize).copied())
                    .collect()
            })
            .collect();
        let names: Vec<&str> = ask.of.iter().map(|name| name.name.as_str()).collect();
        let found = krippendorff_alpha(&units, metric);
        answered.rows.push(Row {
            of: Some(names.join(", ")),
            by: key.clone(),
            estimate: Some(Estimated {
                value: found.unwrap_or(f64::NAN),
                se: f64::NAN,
                low: f64::NAN,
                high: f64::NAN,
                df: f64::NAN,
            }),
            n: units.iter().filter(|values| values.len() > 1).count(),
            reason: Some(
                match found {
                    Some(_) => "alpha describes the coders at hand: there is no standard error",
                    None => "no row has two values, or all values are equal",
                }
                .to_owned(),
            ),
            ..Row::default()
        });
        answered.support.push(Vec::new());
    }
    Ok(answered)
}
