//! Answering a request on a table.

use std::collections::BTreeMap;

use super::answer::{Answer, Row};
use super::combine;
pub(super) use super::context::{Context, Frame, degrees, reach, stated, tested};
use super::model::{Ask, CovarianceOf, DegreesOf, Fault, Name, Request, Stat};
use super::prepare::{Setup, fault};
use super::sample::Sampler;
use super::table::{Column, Table};
use crate::Missing;
use crate::matrix::Matrix;

impl Request {
    /// Faults of a request whose columns are not those of the file, with the nearest names.
    pub fn check_columns(&self, known: &[String]) -> Vec<Fault> {
        let mut faults = Vec::new();
        let starts = |start: &str| known.iter().any(|column| column.starts_with(start));
        let mut wanted = self.columns();
        wanted.extend(self.data.text.iter().cloned());
        for name in wanted {
            let there = match name.name.strip_suffix('*') {
                Some(start) => starts(start),
                None => known.contains(&name.name),
            };
            if !there {
                let near = super::read::nearest(known.iter().map(String::as_str), &name.name, 3);
                faults.push(fault(
                    &name.place,
                    format!(
                        "there is no column {} in {}; the nearest are {}",
                        name.name,
                        self.data.file.name,
                        near.join(", ")
                    ),
                ));
            }
        }
        for (name, condition) in &self.define {
            if known.contains(name) {
                let what = format!("the file has a column {name} already; define another name");
                faults.push(fault(&condition.place, what));
            }
        }
        faults
    }

    /// Answers the request on a table that holds its [`columns`](Request::columns). Errors: all
    /// faults that were found, each with its place.
    pub fn evaluate(&self, table: Table) -> Result<Answer, Vec<Fault>> {
        let table = self.defined(table)?;
        let contexts = self.contexts(table)?;
        let mut faults = Vec::new();
        let mut answered: Vec<Option<Answered>> = Vec::new();
        let quick = self.tabulated(&contexts, &mut faults);
        for (index, ask) in self.asks.iter().enumerate() {
            if matches!(ask.stat, Stat::Contrast { .. } | Stat::Ranks { .. }) {
                answered.push(None);
                continue;
            }
            let context = &contexts[self.context_of(&contexts, ask)];
            let made = match quick.get(&index) {
                Some(quick) => combine::from_tables(ask, quick, self.joint_of(index)),
                None => context.answer(ask, self.joint_of(index)),
            };
            answered.push(made.map_err(|found| faults.extend(found)).ok());
        }
        // What is made of other asks, in an order in which these are there.
        loop {
            let mut done = true;
            for (index, ask) in self.asks.iter().enumerate() {
                let (Stat::Contrast { from, .. } | Stat::Ranks { from, .. }) = &ask.stat else {
                    continue;
                };
                if answered[index].is_some() {
                    continue;
                }
                let at = self
                    .asks
                    .iter()
                    .position(|other| other.id.name == from.name);
                let Some(base) = at.and_then(|at| answered[at].as_ref()) else {
                    continue;
                };
                done = false;
                let context = &contexts[self.context_of(&contexts, self.root(ask))];
                let covariances = self.joint_of(index) != CovarianceOf::None;
                match combine::combine(ask, self.root(ask), base, context, covariances) {
                    Ok(made) => answered[index] = Some(made),
                    Err(found) => {
                        faults.extend(found);
                        answered[index] = Some(Answered::default());
                    }
                }
            }
            if done {
                break;
            }
        }
        if !faults.is_empty() {
            // Several asks may meet the same fault.
            let mut once: Vec<Fault> = Vec::new();
            for fault in faults {
                if !once.contains(&fault) {
                    once.push(fault);
                }
            }
            return Err(once);
        }
        let mut asks: Vec<(String, Vec<Row>)> = self
            .asks
            .iter()
            .zip(answered)
            .map(|(ask, made)| {
                let mut made = made.unwrap_or_default();
                if ask.covariance != CovarianceOf::None {
                    made.show_covariances(ask.covariance == CovarianceOf::Within);
                }
                (ask.id.name.clone(), made.rows)
            })
            .collect();
        combine::adjust(self, &mut asks);
        for row in asks.iter_mut().flat_map(|(_, rows)| rows) {
            row.explain();
        }
        Ok(Answer { asks })
    }

    fn defined(&self, mut table: Table) -> Result<Table, Vec<Fault>> {
        for (name, condition) in &self.define {
            let column = condition
                .expression
                .column(&table)
                .map_err(|what| vec![fault(&condition.place, what)])?;
            table.insert(name.clone(), column);
        }
        Ok(table)
    }

    /// A design for each set of rows that asks exclude.
    fn contexts(&self, table: Table) -> Result<Vec<Context>, Vec<Fault>> {
        let mut texts: Vec<Option<&str>> = Vec::new();
        for ask in &self.asks {
            let text = ask
                .exclude
                .as_ref()
                .map(|condition| condition.text.as_str());
            if !matches!(ask.stat, Stat::Contrast { .. } | Stat::Ranks { .. })
                && !texts.contains(&text)
            {
                texts.push(text);
            }
        }
        let mut table = Some(table);
        let mut contexts = Vec::new();
        let mut faults = Vec::new();
        let last = texts.len().saturating_sub(1);
        for (at, text) in texts.into_iter().enumerate() {
            let whole = if at == last {
                table.take()
            } else {
                table.clone()
            };
            let Some(table) = whole else { break };
            let ask = self
                .asks
                .iter()
                .find(|ask| ask.exclude.as_ref().map(|c| c.text.as_str()) == text);
            let own = ask.and_then(|ask| ask.exclude.as_ref());
            let mut keep: Option<Vec<bool>> = None;
            for condition in self.exclude.iter().chain(own) {
                match condition.expression.truth(&table) {
                    Ok(excluded) => {
                        let keep = keep.get_or_insert_with(|| vec![true; table.rows()]);
                        for (keep, excluded) in keep.iter_mut().zip(excluded) {
                            *keep &= !excluded;
                        }
                    }
                    Err(what) => faults.push(fault(&condition.place, what)),
                }
            }
            if !faults.is_empty() {
                return Err(faults);
            }
            contexts.push(Context {
                exclude: text.map(str::to_owned),
                setup: Setup::new(self, table, keep.as_deref())?,
                levels: Default::default(),
            });
        }
        Ok(contexts)
    }

    fn context_of(&self, contexts: &[Context], ask: &Ask) -> usize {
        let text = ask.exclude.as_ref().map(|condition| condition.text.clone());
        let found = contexts.iter().position(|context| context.exclude == text);
        found.expect("every ask that reads rows has its design")
    }

    /// The ask whose rows an ask is made of in the end.
    fn root<'r>(&'r self, ask: &'r Ask) -> &'r Ask {
        match &ask.stat {
            Stat::Contrast { from, .. } | Stat::Ranks { from, .. } => {
                let found = self.asks.iter().find(|other| other.id.name == from.name);
                self.root(found.expect("`from` was checked, and is in no circle"))
            }
            _ => ask,
        }
    }

    /// Between which rows of an ask covariances are needed.
    fn joint_of(&self, index: usize) -> CovarianceOf {
        let ask = &self.asks[index];
        let mut joint = ask.covariance;
        let mut need = |more: CovarianceOf| {
            if joint == CovarianceOf::None || more == CovarianceOf::All {
                joint = more;
            }
        };
        for other in &self.asks {
            match &other.stat {
                Stat::Contrast { from, weights, .. } if from.name == ask.id.name => {
                    let across = weights
                        .iter()
                        .any(|w| w.keys.iter().any(|(key, _)| key == "of"));
                    let chained = matches!(ask.stat, Stat::Contrast { .. });
                    // A contrast that is itself combined needs the covariances of its rows.
                    let further = self.asks.iter().enumerate().any(|(at, o)| {
                        o.id.name == other.id.name && self.joint_of(at) != CovarianceOf::None
                    });
                    need(if across || chained || further {
                        CovarianceOf::All
                    } else {
                        CovarianceOf::Within
                    });
                }
                Stat::Ranks { from, .. } if from.name == ask.id.name => need(CovarianceOf::All),
                _ => {}
            }
        }
        joint
    }

    /// Means that one pass over each item answers, by ask: for each item its table.
    fn tabulated(
        &self,
        contexts: &[Context],
        faults: &mut Vec<Fault>,
    ) -> BTreeMap<usize, Vec<combine::Tabulated>> {
        /// Asks of one context and one breakdown, by their places.
        type Families<'a> = BTreeMap<(usize, Option<&'a str>, Option<&'a str>), Vec<usize>>;
        let mut families = Families::new();
        for (index, ask) in self.asks.iter().enumerate() {
            if ask.stat != Stat::Mean
                || ask.missing != Missing::Drop
                || ask.df == DegreesOf::Effective
            {
                continue;
            }
            if self.joint_of(index) == CovarianceOf::All && ask.of.len() > 1 {
                continue;
            }
            let at = self.context_of(contexts, ask);
            let setup = &contexts[at].setup;
            let plain = matches!(&setup.sampler, Sampler::Linear(design) if design.is_plain());
            let texts = |name: &Name| setup.table.get(&name.name).is_none_or(Column::is_text);
            if !plain
                || ask.of.iter().any(texts)
                || ask.by.iter().any(|n| setup.table.get(&n.name).is_none())
            {
                continue;
            }
            let domain = ask.domain.as_ref().map(|condition| condition.text.as_str());
            let measure = ask.weight_by.as_ref().map(|name| name.name.as_str());
            families
                .entry((at, domain, measure))
                .or_default()
                .push(index);
        }
        let mut made = BTreeMap::new();
        for ((at, ..), asks) in families {
            match combine::tabulate(&contexts[at], &self.asks, &asks) {
                Ok(tables) => made.extend(tables),
                Err(found) => faults.extend(found),
            }
        }
        made
    }
}

/// The rows of an answer with what later asks need of them.
#[derive(Default)]
pub(super) struct Answered {
    pub(super) rows: Vec<Row>,
    /// For each row the items and groups that it rests on.
    pub(super) support: Vec<Vec<(usize, usize)>>,
    /// Covariances of rows: the places of each block and their matrix.
    pub(super) blocks: Vec<(Vec<usize>, Matrix)>,
}

impl Answered {
    /// The covariance of two rows; NaN where it is not known.
    pub(super) fn covariance(&self, i: usize, j: usize) -> f64 {
        for (rows, matrix) in &self.blocks {
            let at = |row: usize| rows.binary_search(&row).ok();
            if let (Some(i), Some(j)) = (at(i), at(j)) {
                return matrix.get(i, j);
            }
        }
        f64::NAN
    }

    /// Writes covariances to the rows: with all of them, or with those of the same column.
    fn show_covariances(&mut self, within: bool) {
        let count = self.rows.len();
        let mut place: Vec<Option<(usize, usize)>> = vec![None; count];
        for (block, (rows, _)) in self.blocks.iter().enumerate() {
            for (at, row) in rows.iter().enumerate() {
                place[*row] = Some((block, at));
            }
        }
        let between = |i: usize, j: usize| match (place[i], place[j]) {
            (Some((block, i)), Some((other, j))) if block == other => {
                self.blocks[block].1.get(i, j)
            }
            _ => f64::NAN,
        };
        let mut start = 0;
        let mut lists = Vec::with_capacity(count);
        while start < count {
            let same = |row: &&Row| !within || row.of == self.rows[start].of;
            let end = start + self.rows[start..].iter().take_while(same).count();
            for i in start..end {
                lists.push((start..end).map(|j| between(i, j)).collect());
            }
            start = end;
        }
        for (row, list) in self.rows.iter_mut().zip(lists) {
            row.covariance = Some(list);
        }
    }
}
