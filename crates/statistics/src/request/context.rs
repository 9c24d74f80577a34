//! One ask on one design: its rows, its groups, its items.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::answer::{Estimated, Row, Tested};
use super::combine;
use super::evaluate::Answered;
use super::model::{Ask, Cap, CovarianceOf, DegreesOf, Fault, Name, Stat};
use super::prepare::{Setup, column, fault, list, numbers, same_level};
use super::sample::{Part, Rows, Sampler};
use super::table::{Column, Level, Levels, NO_LEVEL};
use crate::estimates::EstimateError;
use crate::{Missing, ProportionInterval, ProportionMethod};

/// A design with what was read of its table.
pub(super) struct Context {
    pub(super) exclude: Option<String>,
    pub(super) setup: Setup,
    pub(super) levels: std::cell::RefCell<BTreeMap<String, Rc<Levels>>>,
}

/// The rows of an ask and their groups.
pub(super) struct Frame {
    /// Group of each row; [`NO_LEVEL`] outside the domain or in no group.
    pub(super) groups: Vec<u32>,
    pub(super) keys: Vec<Vec<(String, Level)>>,
}

impl Frame {
    pub(super) fn mask(&self, group: usize) -> Vec<bool> {
        let group = u32::try_from(group).expect("groups are counted in 32 bits");
        self.groups.iter().map(|g| *g == group).collect()
    }
}

/// An item's columns.
struct Item {
    levels: Vec<Vec<Level>>,
    columns: Vec<Vec<f64>>,
    second: Option<Vec<f64>>,
    has: Vec<bool>,
}

/// Stands for a missing value where it is a level.
const MISSING: &str = "(missing)";

impl Context {
    pub(super) fn levels(&self, name: &Name) -> Result<Rc<Levels>, Fault> {
        if let Some(levels) = self.levels.borrow().get(&name.name) {
            return Ok(levels.clone());
        }
        let levels = Rc::new(column(&self.setup.table, name)?.levels());
        self.levels
            .borrow_mut()
            .insert(name.name.clone(), levels.clone());
        Ok(levels)
    }

    /// The design with the weights of an ask, and the rows that have them.
    pub(super) fn sampler(
        &self,
        ask: &Ask,
    ) -> Result<(std::borrow::Cow<'_, Sampler>, Option<Vec<bool>>), Fault> {
        let Some(name) = &ask.weight_by else {
            return Ok((std::borrow::Cow::Borrowed(&self.setup.sampler), None));
        };
        let mut measure = numbers(&self.setup.table, name)?;
        if let Some(row) = measure.iter().position(|x| *x < 0.0 || x.is_infinite()) {
            let what = format!(
                "{} in row {} is {}; a number of at least 0 is needed",
                name.name,
                self.setup.row(row),
                measure[row]
            );
            return Err(fault(&name.place, what));
        }
        let has: Vec<bool> = measure.iter().map(|x| !x.is_nan()).collect();
        for value in &mut measure {
            if value.is_nan() {
                *value = 0.0;
            }
        }
        let mut sampler = self.setup.sampler.with_measure(&measure);
        if let Stat::Proportion { sums, squares, .. } = &ask.stat
            && !(sums.is_empty() && squares.is_empty())
        {
            let [sums, squares] = [sums, squares].map(|of| self.setup.by_stratum(of));
            sampler = sampler.with_unheard(&sums, &squares);
        }
        Ok((std::borrow::Cow::Owned(sampler), Some(has)))
    }

    /// Rows and groups of an ask.
    pub(super) fn frame(&self, ask: &Ask, weighed: Option<&[bool]>) -> Result<Frame, Vec<Fault>> {
        let rows = self.setup.table.rows();
        let mut inside = match &ask.domain {
            None => vec![true; rows],
            Some(condition) => condition
                .expression
                .truth(&self.setup.table)
                .map_err(|what| vec![fault(&condition.place, what)])?,
        };
        if let Some(weighed) = weighed {
            let gap = inside
                .iter()
                .zip(weighed)
                .position(|(inside, has)| *inside && !has);
            if let (Missing::Fail, Some(row), Some(name)) = (ask.missing, gap, &ask.weight_by) {
                let what = format!(
                    "{} is missing in row {}, and `missing` is \"fail\"",
                    name.name,
                    self.setup.row(row)
                );
                return Err(vec![fault(&name.place, what)]);
            }
            for (inside, has) in inside.iter_mut().zip(weighed) {
                *inside &= has;
            }
        }
        let mut faults = Vec::new();
        let mut columns = Vec::new();
        for name in &ask.by {
            match self.levels(name) {
                Ok(levels) => columns.push((name, levels)),
                Err(f) => faults.push(f),
            }
        }
        for (name, levels) in &columns {
            let gap = (0..rows).find(|row| inside[*row] && levels.codes[*row] == NO_LEVEL);
            if let (Missing::Fail, Some(row)) = (ask.missing, gap) {
                let what = format!(
                    "{} is missing in row {}, and `missing` is \"fail\"",
                    name.name,
                    self.setup.row(row)
                );
                faults.push(fault(&name.place, what));
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        // Keys count through the levels of all columns, the last changing fastest; only those
        // that occur become groups.
        let extra = u64::from(ask.missing == Missing::Level);
        let widths: Vec<u64> = columns
            .iter()
            .map(|(_, l)| l.levels.len() as u64 + extra)
            .collect();
        let mut keys: Vec<u64> = vec![0; rows];
        let mut none: Vec<bool> = inside.iter().map(|i| !i).collect();
        for ((_, levels), width) in columns.iter().zip(&widths) {
            for (row, key) in keys.iter_mut().enumerate() {
                let code = levels.codes[row];
                if code != NO_LEVEL {
                    *key = key.saturating_mul(*width).saturating_add(u64::from(code));
                } else if extra == 1 {
                    *key = key.saturating_mul(*width).saturating_add(*width - 1);
                } else {
                    none[row] = true;
                }
            }
        }
        let largest = keys.iter().copied().max().unwrap_or(0);
        let mut index: BTreeMap<u64, u32> = BTreeMap::new();
        let mut seen = vec![
            false;
            if largest < 1 << 20 {
                largest as usize + 1
            } else {
                0
            }
        ];
        for (key, none) in keys.iter().zip(&none) {
            if *none {
                continue;
            }
            match seen.get_mut(*key as usize) {
                Some(slot) => *slot = true,
                None => {
                    index.insert(*key, 0);
                }
            }
        }
        index.extend(
            (0..)
                .zip(&seen)
                .filter(|(_, seen)| **seen)
                .map(|(key, _)| (key, 0)),
        );
        for (place, slot) in (0..).zip(index.values_mut()) {
            *slot = place;
        }
        let mut table = vec![NO_LEVEL; seen.len()];
        for (key, place) in &index {
            if let Some(slot) = table.get_mut(*key as usize) {
                *slot = *place;
            }
        }
        let groups = keys
            .iter()
            .zip(&none)
            .map(|(key, none)| {
                if *none {
                    NO_LEVEL
                } else {
                    table
                        .get(*key as usize)
                        .copied()
                        .unwrap_or_else(|| index[key])
                }
            })
            .collect();
        let keys = index
            .keys()
            .map(|key| {
                let mut rest = *key;
                let mut parts: Vec<(String, Level)> = columns
                    .iter()
                    .zip(&widths)
                    .rev()
                    .map(|((name, levels), width)| {
                        let code = (rest % width) as usize;
                        rest /= width;
                        let level = levels.levels.get(code).cloned();
                        (
                            name.name.clone(),
                            level.unwrap_or_else(|| Level::Text(MISSING.to_owned())),
                        )
                    })
                    .collect();
                parts.reverse();
                parts
            })
            .collect();
        Ok(Frame { groups, keys })
    }

    /// Rows that have a value of an item.
    pub(super) fn has(&self, ask: &Ask, item: &Name) -> Vec<bool> {
        let of = |name: &Name| -> Vec<bool> {
            match self.setup.table.get(&name.name) {
                Some(Column::Text { codes, .. }) => codes.iter().map(|c| *c != NO_LEVEL).collect(),
                Some(column) => {
                    let numbers = column.numbers().unwrap_or_default();
                    numbers.iter().map(|x| !x.is_nan()).collect()
                }
                None => vec![false; self.setup.table.rows()],
            }
        };
        if ask.missing == Missing::Level {
            return vec![true; self.setup.table.rows()];
        }
        let mut has = of(item);
        let mut and = |name: &Name| {
            for (has, also) in has.iter_mut().zip(of(name)) {
                *has &= also;
            }
        };
        ask.over.iter().for_each(&mut and);
        if let Stat::Regression { on, .. } = &ask.stat {
            on.iter().for_each(&mut and);
        }
        has
    }

    pub(super) fn answer(&self, ask: &Ask, joint: CovarianceOf) -> Result<Answered, Vec<Fault>> {
        let (sampler, weighed) = self.sampler(ask).map_err(|f| vec![f])?;
        let sampler = sampler.as_ref();
        let frame = self.frame(ask, weighed.as_deref())?;
        if let Stat::Alpha(metric) = &ask.stat {
            return combine::alpha(self, ask, &frame, *metric);
        }
        let mut answered = Answered::default();
        let mut parts: Vec<(Vec<usize>, Part)> = Vec::new();
        let mut faults = Vec::new();
        if frame.keys.is_empty() {
            let what = match &ask.domain {
                Some(condition) => format!("no row is in the domain \"{}\"", condition.text),
                None => "no row is in any group".to_owned(),
            };
            let rows = ask.of.iter().map(|name| {
                let row = Row {
                    of: Some(name.name.clone()),
                    over: ask.over.as_ref().map(|over| over.name.clone()),
                    ..Row::default()
                };
                row.without(what.clone())
            });
            answered.rows = rows.collect();
            answered.support = vec![Vec::new(); answered.rows.len()];
            return Ok(answered);
        }
        for (place, name) in ask.of.iter().enumerate() {
            let item = match self.item(ask, name) {
                Ok(item) => item,
                Err(found) => {
                    faults.extend(found);
                    continue;
                }
            };
            let first = parts.len();
            for (group, key) in frame.keys.iter().enumerate() {
                let mut mask = frame.mask(group);
                let gap = (0..mask.len()).find(|row| mask[*row] && !item.has[*row]);
                if let (Missing::Fail, Some(row)) = (ask.missing, gap) {
                    let error = EstimateError::Missing { row };
                    faults.push(fault(&name.place, self.setup.explain(&error)));
                    break;
                }
                for (inside, has) in mask.iter_mut().zip(&item.has) {
                    *inside &= has;
                }
                let base = Row {
                    of: Some(name.name.clone()),
                    over: ask.over.as_ref().map(|over| over.name.clone()),
                    by: key.clone(),
                    ..Row::default()
                };
                let before = answered.rows.len();
                match self.estimate(ask, sampler, &item, &mask, &base, &mut answered.rows) {
                    Ok(Some(part)) if joint != CovarianceOf::None => {
                        parts.push(((before..answered.rows.len()).collect(), part));
                    }
                    Ok(_) => {}
                    Err(EstimateError::LonelyPsu { stratum }) => {
                        let error = EstimateError::LonelyPsu { stratum };
                        faults.push(fault(&ask.place, self.setup.explain(&error)));
                        return Err(faults);
                    }
                    Err(error) => {
                        let what = match error {
                            EstimateError::Empty => {
                                "no row has a value and a positive weight".to_owned()
                            }
                            other => self.setup.explain(&other),
                        };
                        let levels = if item.levels.is_empty() {
                            vec![Vec::new()]
                        } else {
                            item.levels.clone()
                        };
                        for level in levels {
                            let row = Row {
                                level,
                                ..base.clone()
                            };
                            answered.rows.push(row.without(what.clone()));
                        }
                    }
                }
                let added = answered.rows.len() - before;
                answered
                    .support
                    .extend(std::iter::repeat_n(vec![(place, group)], added));
            }
            if joint == CovarianceOf::Within {
                let mine: Vec<(Vec<usize>, Part)> = parts.drain(first..).collect();
                self.block(ask, sampler, &mine, &mut answered, &mut faults);
            }
        }
        if joint == CovarianceOf::All {
            self.block(ask, sampler, &parts, &mut answered, &mut faults);
        }
        if faults.is_empty() {
            Ok(answered)
        } else {
            Err(faults)
        }
    }

    /// The covariances of the rows of several parts.
    fn block(
        &self,
        ask: &Ask,
        sampler: &Sampler,
        parts: &[(Vec<usize>, Part)],
        answered: &mut Answered,
        faults: &mut Vec<Fault>,
    ) {
        if parts.is_empty() {
            return;
        }
        let each: Vec<&Part> = parts.iter().map(|(_, part)| part).collect();
        match sampler.join(&each) {
            Ok(matrix) => {
                let rows = parts
                    .iter()
                    .flat_map(|(rows, _)| rows.iter().copied())
                    .collect();
                answered.blocks.push((rows, matrix));
            }
            Err(error) => faults.push(fault(&ask.place, self.setup.explain(&error))),
        }
    }

    /// The columns that an item is made of.
    fn item(&self, ask: &Ask, name: &Name) -> Result<Item, Vec<Fault>> {
        let table = &self.setup.table;
        let as_level = ask.missing == Missing::Level;
        let source = column(table, name).map_err(|f| vec![f])?;
        let has = self.has(ask, name);
        let indicators = match &ask.stat {
            Stat::Proportion { .. } => true,
            Stat::Mean | Stat::Total => source.is_text() || as_level,
            _ => false,
        };
        if as_level && !indicators {
            let what = "`missing`: \"level\" is for shares of levels; take \"drop\" or \"fail\"";
            return Err(vec![fault(&ask.place, what)]);
        }
        let second = match (&ask.over, &ask.stat) {
            (Some(over), Stat::Ratio | Stat::Variance | Stat::Correlation) => {
                Some(numbers(table, over).map_err(|f| vec![f])?)
            }
            _ => None,
        };
        if !indicators {
            let columns = match ask.stat {
                Stat::Association(_) | Stat::Regression { .. } => Vec::new(),
                _ => vec![numbers(table, name).map_err(|f| vec![f])?],
            };
            return Ok(Item {
                levels: Vec::new(),
                columns,
                second,
                has,
            });
        }
        let levels = self.levels(name).map_err(|f| vec![f])?;
        let mut sets: Vec<(Vec<Level>, Vec<u32>)> = (0..)
            .zip(&levels.levels)
            .map(|(code, level)| (vec![level.clone()], vec![code]))
            .collect();
        if as_level && levels.codes.contains(&NO_LEVEL) {
            sets.push((vec![Level::Text(MISSING.to_owned())], vec![NO_LEVEL]));
        }
        if let Stat::Proportion { levels: wanted, .. } = &ask.stat
            && !wanted.is_empty()
        {
            let mut set = (Vec::new(), Vec::new());
            let mut faults = Vec::new();
            for wanted in wanted {
                match sets.iter().find(|(level, _)| same_level(&level[0], wanted)) {
                    Some((level, code)) => {
                        set.0.extend(level.clone());
                        set.1.extend(code);
                    }
                    // Of a column of zeros (or ones): an option that nobody (or everybody) chose.
                    None if is_flag(wanted) && levels.levels.iter().all(is_flag) => {
                        set.0.push(wanted.clone());
                    }
                    None => faults.push(fault(
                        &ask.place,
                        format!(
                            "`level`: no row has {} == {}; {}",
                            name.name,
                            wanted.label(),
                            list(&levels.levels)
                        ),
                    )),
                }
            }
            if !faults.is_empty() {
                return Err(faults);
            }
            sets = vec![set];
        }
        let columns = sets
            .iter()
            .map(|(_, codes)| {
                let is = |code: &u32| f64::from(u8::from(codes.contains(code)));
                levels.codes.iter().map(is).collect()
            })
            .collect();
        Ok(Item {
            levels: sets.into_iter().map(|(levels, _)| levels).collect(),
            columns,
            second,
            has,
        })
    }

    /// The rows of one item in one group; the part that they were made from, if they can be
    /// combined.
    fn estimate(
        &self,
        ask: &Ask,
        sampler: &Sampler,
        item: &Item,
        mask: &[bool],
        base: &Row,
        rows: &mut Vec<Row>,
    ) -> Result<Option<Part>, EstimateError> {
        let columns: Vec<&[f64]> = item.columns.iter().map(Vec::as_slice).collect();
        let part = match &ask.stat {
            Stat::Mean | Stat::Proportion { .. } => sampler.mean(&columns, mask)?,
            Stat::Total => sampler.total(&columns, mask)?,
            Stat::Ratio => {
                sampler.ratio(columns[0], item.second.as_deref().unwrap_or(&[]), mask)?
            }
            Stat::Variance => sampler.variance(columns[0], item.second.as_deref(), mask)?,
            Stat::Correlation => {
                sampler.correlation(columns[0], item.second.as_deref().unwrap_or(&[]), mask)?
            }
            Stat::Quantile { .. } | Stat::TTest { .. } | Stat::RankTest | Stat::Association(_) => {
                rows.extend(combine::test_or_quantile(
                    self, ask, sampler, &columns, mask, base,
                )?);
                return Ok(None);
            }
            Stat::Regression { .. } => {
                let (made, part) = combine::regression(self, ask, sampler, mask, base)?;
                rows.extend(made);
                return Ok(part);
            }
            Stat::Contrast { .. } | Stat::Ranks { .. } | Stat::Alpha(_) => return Ok(None),
        };
        for index in 0..part.values.len() {
            let effect = part.effects[index].map(|effect| {
                if ask.deff_with_replacement {
                    effect.with_replacement
                } else {
                    effect.without_replacement
                }
            });
            let mut row = stated(
                ask,
                Row {
                    level: item.levels.get(index).cloned().unwrap_or_default(),
                    ..base.clone()
                },
                part.values[index],
                part.se(index),
                part.basis,
                effect,
            );
            if let (Some(se), Some(stated)) =
                (logit_se(ask, sampler, &part, index), &mut row.estimate)
            {
                let spread = stated.value * (1.0 - stated.value);
                let logit = ProportionInterval {
                    method: ProportionMethod::Logit,
                    confidence: ask.confidence,
                    df: stated.df,
                    n: row.n,
                    cap: None,
                };
                let interval = logit.interval(stated.value, se * spread);
                (stated.low, stated.high) = (interval.low, interval.high);
            }
            rows.push(row);
        }
        Ok(Some(part))
    }
}

/// The standard error of a share's logit where the interval is that of a logistic regression and the replicates tell.
fn logit_se(ask: &Ask, sampler: &Sampler, part: &Part, index: usize) -> Option<f64> {
    match ask.stat {
        Stat::Proportion {
            interval: ProportionMethod::Logit,
            ..
        } => sampler.logit_se(part, index),
        _ => None,
    }
}

/// A row with its interval.
pub(super) fn stated(
    ask: &Ask,
    row: Row,
    value: f64,
    se: f64,
    basis: Rows,
    deff: Option<f64>,
) -> Row {
    let df = degrees(ask, basis);
    let mut row = Row {
        n: basis.n,
        n_effective: Some(basis.n_effective),
        deff,
        ..row
    };
    let interval = match &ask.stat {
        _ if se == 0.0 && !matches!(ask.stat, Stat::Proportion { .. }) => (value, value),
        Stat::Proportion {
            interval,
            cap,
            printed_from,
            ..
        } => {
            let of = ProportionInterval {
                method: *interval,
                confidence: ask.confidence,
                df,
                n: basis.n,
                cap: match cap {
                    Cap::None => None,
                    Cap::Kish => Some(basis.n_effective),
                    Cap::KishOpen => Some(basis.n_open),
                    Cap::Unanswered => Some(basis.n_unanswered),
                },
            };
            let mut interval = of.interval(value, se);
            if let Some(least) = printed_from {
                let n = of.effective_n(value, se);
                let least = *least as f64 / basis.n as f64;
                interval = crate::printed(interval, value, least, n, ask.confidence);
            }
            if !(interval.low.is_finite() && interval.high.is_finite()) && df >= 1.0 {
                row.reason = Some(
                    "this interval is not defined for a share of 0 or 1; \"beta\" and \"wilson\" are".to_owned(),
                );
            }
            (interval.low, interval.high)
        }
        _ => {
            let reach = reach(ask.confidence, df) * se;
            (value - reach, value + reach)
        }
    };
    row.estimate = Some(Estimated {
        value,
        se,
        low: interval.0,
        high: interval.1,
        df,
    });
    row
}

/// The degrees of freedom that an ask wants.
pub(super) fn degrees(ask: &Ask, basis: Rows) -> f64 {
    match ask.df {
        DegreesOf::Design => basis.df,
        DegreesOf::Domain => basis.df_domain,
        DegreesOf::Effective => basis.df_effective,
        DegreesOf::Normal => f64::INFINITY,
    }
}

/// The two-sided t quantile; NaN without degrees of freedom.
pub(super) fn reach(confidence: f64, df: f64) -> f64 {
    if df > 0.0 {
        crate::distribution::t_quantile(0.5 + 0.5 * confidence, df)
    } else {
        f64::NAN
    }
}

/// A test's numbers for a row.
pub(super) fn tested(statistic: f64, p: f64, df: Option<(f64, Option<f64>)>) -> Tested {
    Tested {
        statistic,
        p,
        df,
        ..Tested::default()
    }
}

fn is_flag(level: &Level) -> bool {
    matches!(level, Level::Number(number) if *number == 0.0 || *number == 1.0)
}
