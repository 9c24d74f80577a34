//! Many means in one pass, and what is made of other asks: contrasts, ranks, families of tests.

use std::collections::BTreeMap;

use super::answer::Row;
use super::evaluate::{Answered, Context, degrees, reach, stated, tested};
use super::model::{Adjustment, Ask, ContrastWeight, CovarianceOf, Fault, Request, Stat};
use super::prepare::{fault, list, numbers, same_level};
use super::sample::Rows;
use super::table::{Column, Level, NO_LEVEL};
use crate::estimates::{Basis, EstimateError, Estimates};
use crate::matrix::Matrix;
use crate::{
    Alternative, GroupMeans, RankRequest, benjamini_hochberg, benjamini_yekutieli, distribution,
    fcr_confidence, holm, rank_sets,
};

pub(super) use super::models::{alpha, regression, test_or_quantile};

/// The groups of an ask and the means of one item in them.
pub(super) struct Tabulated {
    keys: std::rc::Rc<Vec<Vec<(String, Level)>>>,
    means: GroupMeans,
}

/// Means of several asks over the same rows with the same weights, each item read once.
pub(super) fn tabulate(
    context: &Context,
    asks: &[Ask],
    indices: &[usize],
) -> Result<BTreeMap<usize, Vec<Tabulated>>, Vec<Fault>> {
    let first = &asks[indices[0]];
    let (sampler, weighed) = context.sampler(first).map_err(|f| vec![f])?;
    let design = sampler.design();
    let mut keys = Vec::new();
    let mut columns: Vec<Vec<Option<u32>>> = Vec::new();
    for index in indices {
        let frame = context.frame(&asks[*index], weighed.as_deref())?;
        if frame.keys.is_empty() {
            // An empty domain is answered by the general way, with its reason.
            return Ok(BTreeMap::new());
        }
        let some = |group: &u32| (*group != NO_LEVEL).then_some(*group);
        columns.push(frame.groups.iter().map(some).collect());
        keys.push(std::rc::Rc::new(frame.keys));
    }
    let breakdowns: Vec<&[Option<u32>]> = columns.iter().map(Vec::as_slice).collect();
    let failed = |error: &EstimateError| vec![fault(&first.place, context.setup.explain(error))];
    let plan = design
        .tabulation(&breakdowns, None)
        .map_err(|error| failed(&error))?;
    drop(columns);
    let mut made: BTreeMap<usize, Vec<Option<Tabulated>>> = indices
        .iter()
        .map(|index| (*index, asks[*index].of.iter().map(|_| None).collect()))
        .collect();
    let mut done: Vec<&str> = Vec::new();
    for index in indices {
        for name in &asks[*index].of {
            if done.contains(&name.name.as_str()) {
                continue;
            }
            done.push(&name.name);
            let tables = match context.setup.table.get(&name.name) {
                Some(Column::Byte(values)) => plan.mean_of_bytes(values),
                _ => plan.mean(&numbers(&context.setup.table, name).map_err(|f| vec![f])?),
            };
            let tables = tables.map_err(|error| failed(&error))?;
            for ((index, keys), means) in indices.iter().zip(&keys).zip(tables) {
                let slots = made.get_mut(index).expect("every ask has its place");
                for (item, slot) in asks[*index].of.iter().zip(slots) {
                    if item.name == name.name {
                        *slot = Some(Tabulated {
                            keys: keys.clone(),
                            means: means.clone(),
                        });
                    }
                }
            }
        }
    }
    Ok(made
        .into_iter()
        .map(|(index, slots)| (index, slots.into_iter().flatten().collect()))
        .collect())
}

/// The rows of an ask that was tabulated.
pub(super) fn from_tables(
    ask: &Ask,
    tables: &[Tabulated],
    joint: CovarianceOf,
) -> Result<Answered, Vec<Fault>> {
    let mut answered = Answered::default();
    for (item, (name, table)) in ask.of.iter().zip(tables).enumerate() {
        let start = answered.rows.len();
        for (group, key) in table.keys.iter().enumerate() {
            let base = Row {
                of: Some(name.name.clone()),
                by: key.clone(),
                ..Row::default()
            };
            answered.support.push(vec![(item, group)]);
            answered.rows.push(match &table.means.estimates[group] {
                None => base.without("no row has a value and a positive weight"),
                Some(estimate) => {
                    let basis = Rows {
                        n: estimate.basis.n,
                        n_effective: estimate.basis.n_effective,
                        df: estimate.basis.df as f64,
                        df_domain: estimate.basis.df_domain as f64,
                        ..Rows::default()
                    };
                    let effect = estimate.design_effect.map(|effect| {
                        if ask.deff_with_replacement {
                            effect.with_replacement
                        } else {
                            effect.without_replacement
                        }
                    });
                    stated(ask, base, estimate.value, estimate.se, basis, effect)
                }
            });
        }
        if joint != CovarianceOf::None {
            let (rows, matrix) = with_estimates(table, start);
            answered.blocks.push((rows, matrix));
        }
    }
    Ok(answered)
}

/// The covariances of the groups that have an estimate.
fn with_estimates(table: &Tabulated, start: usize) -> (Vec<usize>, Matrix) {
    let there: Vec<usize> = (0..table.keys.len())
        .filter(|group| table.means.estimates[*group].is_some())
        .collect();
    let mut matrix = Matrix::zeros(there.len(), there.len());
    for (i, left) in there.iter().enumerate() {
        for (j, right) in there.iter().enumerate() {
            matrix.set(i, j, table.means.covariance.get(*left, *right));
        }
    }
    (
        there.into_iter().map(|group| start + group).collect(),
        matrix,
    )
}

/// The value of a row by the name of a key.
fn key_of(row: &Row, key: &str) -> Option<Level> {
    match key {
        "of" => row.of.clone().map(Level::Text),
        "term" => row.term.clone().map(Level::Text),
        "level" => match &row.level[..] {
            [one] => Some(one.clone()),
            _ => None,
        },
        name => {
            let found = row.by.iter().find(|(by, _)| by == name);
            found.map(|(_, level)| level.clone())
        }
    }
}

/// Answers an ask that is made of another one's rows; `root` is the ask that read the data.
pub(super) fn combine(
    ask: &Ask,
    root: &Ask,
    base: &Answered,
    context: &Context,
    covariances: bool,
) -> Result<Answered, Vec<Fault>> {
    match &ask.stat {
        Stat::Contrast { weights, .. } => contrasts(ask, root, base, context, weights, covariances),
        Stat::Ranks { draws, seed, .. } => ranks(ask, base, *draws, *seed),
        _ => Ok(Answered::default()),
    }
}

fn contrasts(
    ask: &Ask,
    root: &Ask,
    base: &Answered,
    context: &Context,
    weights: &[ContrastWeight],
    covariances: bool,
) -> Result<Answered, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut known: Vec<&str> = vec!["of", "level", "term"];
    for row in base.rows.iter().take(1) {
        known.extend(row.by.iter().map(|(name, _)| name.as_str()));
    }
    for weight in weights {
        for (key, level) in &weight.keys {
            if !known.contains(&key.as_str()) {
                let near = super::read::nearest(known.iter().copied(), key, known.len());
                faults.push(fault(
                    &weight.place,
                    format!(
                        "rows of that ask have no `{key}`; they have {}",
                        near.join(", ")
                    ),
                ));
                continue;
            }
            let mut there: Vec<Level> = Vec::new();
            for found in base.rows.iter().filter_map(|row| key_of(row, key)) {
                if !there.contains(&found) {
                    there.push(found);
                }
            }
            if !there.iter().any(|found| same_level(found, level)) {
                faults.push(fault(
                    &weight.place,
                    format!("no row has {key} == {}; {}", level.label(), list(&there)),
                ));
            }
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let named: Vec<&str> = weights
        .iter()
        .flat_map(|weight| weight.keys.iter().map(|(key, _)| key.as_str()))
        .collect();
    // Rows that agree in everything that no weight names are combined with one another.
    let mut sets: Vec<(Row, Vec<usize>)> = Vec::new();
    for (at, row) in base.rows.iter().enumerate() {
        let mut key = Row {
            of: row.of.clone(),
            over: row.over.clone(),
            level: row.level.clone(),
            term: row.term.clone(),
            by: row.by.clone(),
            ..Row::default()
        };
        key.by.retain(|(name, _)| !named.contains(&name.as_str()));
        if named.contains(&"of") {
            key.of = None;
        }
        if named.contains(&"level") {
            key.level.clear();
        }
        if named.contains(&"term") {
            key.term = None;
        }
        match sets.iter_mut().find(|(known, _)| *known == key) {
            Some((_, rows)) => rows.push(at),
            None => sets.push((key, vec![at])),
        }
    }
    let mut made = Answered::default();
    let mut gradients: Vec<Vec<(usize, f64)>> = Vec::new();
    for (key, rows) in sets {
        let mut terms: Vec<(usize, f64)> = Vec::new();
        let mut lacking = None;
        for weight in weights {
            let fits = |row: &&usize| {
                weight.keys.iter().all(|(key, level)| {
                    key_of(&base.rows[**row], key).is_some_and(|found| same_level(&found, level))
                })
            };
            let found: Vec<usize> = rows.iter().filter(fits).copied().collect();
            match found[..] {
                [one] => terms.push((one, weight.x)),
                [] => lacking = Some(weight),
                _ => {
                    faults.push(fault(
                        &weight.place,
                        format!(
                            "this weight fits {} rows at once; name {} as well",
                            found.len(),
                            named
                                .iter()
                                .filter(|n| !weight.keys.iter().any(|(k, _)| k == **n))
                                .copied()
                                .collect::<Vec<_>>()
                                .join(", ")
                        ),
                    ));
                    return Err(faults);
                }
            }
        }
        let mut support: Vec<(usize, usize)> = Vec::new();
        for (row, _) in &terms {
            for part in &base.support[*row] {
                if !support.contains(part) {
                    support.push(*part);
                }
            }
        }
        let lost = terms.iter().find(|(row, _)| {
            base.rows[*row]
                .estimate
                .is_none_or(|e| !e.value.is_finite())
        });
        if let Some(weight) = lacking {
            let words: Vec<String> = weight
                .keys
                .iter()
                .map(|(k, l)| format!("{k} == {}", l.label()))
                .collect();
            made.rows
                .push(key.without(format!("there is no row with {} here", words.join(", "))));
            gradients.push(Vec::new());
        } else if let Some((row, _)) = lost {
            let reason = base.rows[*row].reason.clone();
            made.rows
                .push(key.without(reason.unwrap_or_else(|| "a row has no estimate".to_owned())));
            gradients.push(Vec::new());
        } else {
            let (value, gradient) = combined(&ask.stat, base, &terms);
            let mut variance: f64 = 0.0;
            for (i, left) in &gradient {
                for (j, right) in &gradient {
                    variance += left * right * base.covariance(*i, *j);
                }
            }
            // Rounding may leave a variance of zero a little below it.
            let variance = if variance < 0.0 { 0.0 } else { variance };
            let basis = rests_on(root, context, &support)?;
            made.rows
                .push(tested_row(ask, key, value, libm::sqrt(variance), basis));
            gradients.push(gradient);
        }
        made.support.push(support);
    }
    if covariances {
        let there: Vec<usize> = (0..gradients.len())
            .filter(|at| !gradients[*at].is_empty())
            .collect();
        let mut matrix = Matrix::zeros(there.len(), there.len());
        for (i, a) in there.iter().enumerate() {
            for (j, b) in there.iter().enumerate() {
                let mut sum = 0.0;
                for (row, left) in &gradients[*a] {
                    for (other, right) in &gradients[*b] {
                        sum += left * right * base.covariance(*row, *other);
                    }
                }
                matrix.set(i, j, sum);
            }
        }
        made.blocks.push((there, matrix));
    }
    Ok(made)
}

/// The value of a contrast and its gradient by the rows.
fn combined(stat: &Stat, base: &Answered, terms: &[(usize, f64)]) -> (f64, Vec<(usize, f64)>) {
    let value = |row: usize| base.rows[row].estimate.map_or(f64::NAN, |e| e.value);
    if let (Stat::Contrast { ratio: true, .. }, [(top, _), (bottom, _)]) = (stat, terms) {
        let ratio = value(*top) / value(*bottom);
        return (
            ratio,
            vec![
                (*top, 1.0 / value(*bottom)),
                (*bottom, -ratio / value(*bottom)),
            ],
        );
    }
    let mut sum = 0.0;
    for (row, x) in terms {
        sum += x * value(*row);
    }
    (sum, terms.to_vec())
}

/// The rows of the data behind a contrast.
fn rests_on(root: &Ask, context: &Context, support: &[(usize, usize)]) -> Result<Rows, Vec<Fault>> {
    let (sampler, weighed) = context.sampler(root).map_err(|f| vec![f])?;
    let frame = context.frame(root, weighed.as_deref())?;
    let mut inside = vec![false; frame.groups.len()];
    for item in 0..root.of.len() {
        let groups: Vec<usize> = support
            .iter()
            .filter(|(i, _)| *i == item)
            .map(|(_, g)| *g)
            .collect();
        if groups.is_empty() {
            continue;
        }
        let has = context.has(root, &root.of[item]);
        for ((slot, group), has) in inside.iter_mut().zip(&frame.groups).zip(has) {
            *slot |= has && groups.contains(&(*group as usize));
        }
    }
    Ok(sampler.rows(&inside))
}

fn tested_row(ask: &Ask, key: Row, value: f64, se: f64, basis: Rows) -> Row {
    let (Stat::Contrast {
        null, alternative, ..
    }
    | Stat::TTest {
        null, alternative, ..
    }) = &ask.stat
    else {
        return key;
    };
    let df = degrees(ask, basis);
    let mut row = stated(ask, key, value, se, basis, None);
    let (statistic, p) = test_of(value, se, *null, df, *alternative);
    row.test = Some(tested(statistic, p, None));
    row
}

/// Statistic and p-value of a t test; NaN without a standard error.
pub(super) fn test_of(
    value: f64,
    se: f64,
    null: f64,
    df: f64,
    alternative: Alternative,
) -> (f64, f64) {
    if se.is_nan() || se <= 0.0 || df.is_nan() || df <= 0.0 {
        return (f64::NAN, f64::NAN);
    }
    let statistic = (value - null) / se;
    let p = match alternative {
        Alternative::TwoSided => distribution::t_two_sided(statistic, df),
        Alternative::Greater => distribution::t_upper(statistic, df),
        Alternative::Less => distribution::t_upper(-statistic, df),
    };
    (statistic, p)
}

/// A group by its levels, and the rows that are ranked in it.
type RankedGroup = (Vec<(String, Level)>, Vec<usize>);

fn ranks(ask: &Ask, base: &Answered, draws: usize, seed: u64) -> Result<Answered, Vec<Fault>> {
    let several = base
        .rows
        .iter()
        .any(|row| row.of != base.rows[0].of || row.level != base.rows[0].level);
    let mut sets: Vec<RankedGroup> = Vec::new();
    for (at, row) in base.rows.iter().enumerate() {
        // Several items are ranked in each group, one item's groups among one another.
        let key = if several { row.by.clone() } else { Vec::new() };
        match sets.iter_mut().find(|(known, _)| *known == key) {
            Some((_, rows)) => rows.push(at),
            None => sets.push((key, vec![at])),
        }
    }
    let mut rows = base.rows.clone();
    for (_, places) in sets {
        let there: Vec<usize> = places
            .into_iter()
            .filter(|at| {
                rows[*at]
                    .estimate
                    .is_some_and(|e| e.value.is_finite() && e.se.is_finite())
            })
            .collect();
        let values: Vec<f64> = there
            .iter()
            .map(|at| rows[*at].estimate.map_or(f64::NAN, |e| e.value))
            .collect();
        let mut covariance = Matrix::zeros(there.len(), there.len());
        for (i, a) in there.iter().enumerate() {
            for (j, b) in there.iter().enumerate() {
                covariance.set(i, j, base.covariance(*a, *b));
            }
        }
        let df = there
            .iter()
            .filter_map(|at| rows[*at].estimate.map(|e| e.df))
            .fold(f64::INFINITY, libm::fmin);
        let estimates = Estimates {
            design_effects: vec![None; values.len()],
            values,
            covariance,
            scores: Vec::new(),
            basis: Basis {
                n: 0,
                n_effective: 0.0,
                weight: 0.0,
                df: 0,
                df_domain: 0,
            },
            present: Vec::new(),
        };
        let request = RankRequest {
            confidence: ask.confidence,
            df,
            draws,
            seed,
        };
        let found = rank_sets(&estimates, &request)
            .map_err(|error| vec![fault(&ask.place, error.to_string())])?;
        for (at, set) in there.iter().zip(found) {
            rows[*at].rank = Some([set.rank, set.best, set.worst]);
        }
    }
    for row in &mut rows {
        row.test = None;
        row.covariance = None;
    }
    Ok(Answered {
        support: base.support.clone(),
        rows,
        blocks: Vec::new(),
    })
}

/// Adjusts the tests of each family, and their intervals for selection.
pub(super) fn adjust(request: &Request, asks: &mut [(String, Vec<Row>)]) {
    let mut families: BTreeMap<(String, &str), (Adjustment, Vec<usize>)> = BTreeMap::new();
    for (index, ask) in request.asks.iter().enumerate() {
        let (Stat::Contrast {
            adjust: Some(adjust),
            ..
        }
        | Stat::TTest {
            adjust: Some(adjust),
            ..
        }) = &ask.stat
        else {
            continue;
        };
        let name = match &ask.stat {
            Stat::Contrast {
                family: Some(family),
                ..
            } => format!("family {family}"),
            _ => format!("ask {}", ask.id.name),
        };
        let word = match adjust {
            Adjustment::BenjaminiHochberg => "bh",
            Adjustment::BenjaminiYekutieli => "by",
            Adjustment::Holm => "holm",
        };
        let family = families
            .entry((name, word))
            .or_insert((*adjust, Vec::new()));
        family.1.push(index);
    }
    for (adjustment, members) in families.into_values() {
        let places: Vec<(usize, usize)> = members
            .iter()
            .flat_map(|ask| (0..asks[*ask].1.len()).map(move |row| (*ask, row)))
            .filter(|(ask, row)| asks[*ask].1[*row].test.is_some())
            .collect();
        let p: Vec<f64> = places
            .iter()
            .map(|(ask, row)| asks[*ask].1[*row].test.map_or(f64::NAN, |test| test.p))
            .collect();
        let adjusted = match adjustment {
            Adjustment::BenjaminiHochberg => benjamini_hochberg(&p),
            Adjustment::BenjaminiYekutieli => benjamini_yekutieli(&p),
            Adjustment::Holm => holm(&p),
        };
        let tested = p.iter().filter(|p| !p.is_nan()).count();
        let mut harmonic = 1.0;
        if adjustment == Adjustment::BenjaminiYekutieli {
            harmonic = (1..=tested).fold(0.0, |sum, k| sum + 1.0 / k as f64);
        }
        for ((ask, row), p) in places.iter().zip(&adjusted) {
            let of = &request.asks[*ask];
            let q = 1.0 - of.confidence;
            let selected = adjusted.iter().filter(|p| **p <= q).count();
            let row = &mut asks[*ask].1[*row];
            let (Some(test), Some(estimate)) = (&mut row.test, row.estimate) else {
                continue;
            };
            test.p_adjusted = Some(*p);
            if adjustment != Adjustment::Holm {
                let confidence = fcr_confidence(selected, tested, q / harmonic);
                let reach = reach(confidence, estimate.df) * estimate.se;
                test.adjusted = Some((estimate.value - reach, estimate.value + reach));
            }
        }
    }
}
