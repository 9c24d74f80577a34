//! From JSON to a typed request, all faults at once.

use super::expression::Expression;
use super::json::{self, Node, Value};
use super::model::{
    Calibration, Condition, Data, DesignOf, Fault, MarginOf, Name, Place, REQUEST_FORMAT,
    ReplicateKind, Replicates, Request, Stage,
};
use super::table::Level;
use crate::{Distance, LonelyPsu};

impl Request {
    /// Reads a request. Errors: all faults at once, each with its place.
    pub fn read(text: &str) -> Result<Self, Vec<Fault>> {
        match Self::examine(text) {
            (Some(request), faults) if faults.is_empty() => Ok(request),
            (_, faults) => Err(faults),
        }
    }

    /// Like [`read`](Self::read), with what could be read of a request with faults: its columns can be
    /// [checked](Self::check_columns) nevertheless, so that all faults are told at once.
    pub fn examine(text: &str) -> (Option<Self>, Vec<Fault>) {
        let node = match json::read(text) {
            Ok(node) => node,
            Err(broken) => {
                let place = Place {
                    path: String::new(),
                    line: broken.line,
                    column: broken.column,
                };
                let what = format!("this is no JSON: {}", broken.what);
                return (None, vec![Fault { place, what }]);
            }
        };
        let mut faults = Vec::new();
        let request = request(At::root(&node), &mut faults);
        (request, faults)
    }
}

/// A value with the way to it.
#[derive(Clone)]
pub(super) struct At<'a> {
    pub(super) node: &'a Node,
    pub(super) path: String,
}

impl<'a> At<'a> {
    fn root(node: &'a Node) -> Self {
        Self {
            node,
            path: String::new(),
        }
    }

    pub(super) fn place(&self) -> Place {
        Place {
            path: self.path.clone(),
            line: self.node.line,
            column: self.node.column,
        }
    }

    pub(super) fn fault(&self, faults: &mut Vec<Fault>, what: impl Into<String>) {
        faults.push(Fault {
            place: self.place(),
            what: what.into(),
        });
    }

    fn wants(&self, faults: &mut Vec<Fault>, what: &str) {
        let kind = self.node.value.kind();
        self.fault(faults, format!("{what} was expected, not {kind}"));
    }

    pub(super) fn text(&self, faults: &mut Vec<Fault>) -> Option<String> {
        match &self.node.value {
            Value::Text(text) => Some(text.clone()),
            _ => {
                self.wants(faults, "a text in double quotes");
                None
            }
        }
    }

    pub(super) fn name(&self, faults: &mut Vec<Fault>) -> Option<Name> {
        let name = self.text(faults)?;
        if name.is_empty() {
            self.fault(faults, "a name is empty");
            return None;
        }
        Some(Name {
            name,
            place: self.place(),
        })
    }

    pub(super) fn number(&self, faults: &mut Vec<Fault>) -> Option<f64> {
        match &self.node.value {
            Value::Number(number) => Some(*number),
            _ => {
                self.wants(faults, "a number");
                None
            }
        }
    }

    pub(super) fn whole(&self, faults: &mut Vec<Fault>, least: u64) -> Option<u64> {
        let number = self.number(faults)?;
        if number.fract() == 0.0 && number >= least as f64 && number < 9.0e15 {
            Some(number as u64)
        } else {
            self.fault(
                faults,
                format!("a whole number of at least {least} was expected"),
            );
            None
        }
    }

    pub(super) fn flag(&self, faults: &mut Vec<Fault>) -> Option<bool> {
        match &self.node.value {
            Value::Bool(flag) => Some(*flag),
            _ => {
                self.wants(faults, "true or false");
                None
            }
        }
    }

    pub(super) fn level(&self, faults: &mut Vec<Fault>) -> Option<Level> {
        match &self.node.value {
            Value::Text(text) => Some(Level::Text(text.clone())),
            Value::Number(number) => Some(Level::Number(*number)),
            _ => {
                self.wants(faults, "a text or a number");
                None
            }
        }
    }

    pub(super) fn items(&self, faults: &mut Vec<Fault>) -> Vec<At<'a>> {
        match &self.node.value {
            Value::List(items) => items
                .iter()
                .enumerate()
                .map(|(index, node)| At {
                    node,
                    path: format!("{}[{index}]", self.path),
                })
                .collect(),
            _ => {
                self.wants(faults, "a list");
                Vec::new()
            }
        }
    }

    pub(super) fn names(&self, faults: &mut Vec<Fault>) -> Vec<Name> {
        let items = self.items(faults);
        items.iter().filter_map(|item| item.name(faults)).collect()
    }

    pub(super) fn numbers(&self, faults: &mut Vec<Fault>) -> Vec<f64> {
        let items = self.items(faults);
        items
            .iter()
            .filter_map(|item| item.number(faults))
            .collect()
    }

    /// One of several words.
    pub(super) fn word<T: Copy>(&self, faults: &mut Vec<Fault>, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(faults)?;
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text) {
            return Some(*value);
        }
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        self.fault(
            faults,
            format!("`{text}` is not known here; {}", one_of(&known, &text)),
        );
        None
    }

    pub(super) fn condition(&self, faults: &mut Vec<Fault>) -> Option<Condition> {
        let text = self.text(faults)?;
        match Expression::read(&text) {
            Ok(expression) => Some(Condition {
                text,
                expression,
                place: self.place(),
            }),
            Err(what) => {
                self.fault(faults, format!("the expression \"{text}\": {what}"));
                None
            }
        }
    }

    /// The members of an object, for [`Object::take`].
    pub(super) fn object(&self, faults: &mut Vec<Fault>) -> Option<Object<'a>> {
        let Value::Object(members) = &self.node.value else {
            self.wants(faults, "an object");
            return None;
        };
        let mut known: Vec<(String, At<'a>, &'a Node)> = Vec::new();
        for (key, node) in members {
            let Value::Text(name) = &key.value else {
                continue;
            };
            let path = if self.path.is_empty() {
                name.clone()
            } else {
                format!("{}.{name}", self.path)
            };
            if known.iter().any(|(other, ..)| other == name) {
                let at = At { node: key, path };
                at.fault(faults, format!("`{name}` stands here twice; remove one"));
                continue;
            }
            known.push((name.clone(), At { node, path }, key));
        }
        Some(Object {
            at: self.clone(),
            members: known,
            asked: Vec::new(),
        })
    }
}

/// The members of an object that nobody has taken yet.
pub(super) struct Object<'a> {
    pub(super) at: At<'a>,
    members: Vec<(String, At<'a>, &'a Node)>,
    asked: Vec<&'static str>,
}

impl<'a> Object<'a> {
    pub(super) fn take(&mut self, name: &'static str) -> Option<At<'a>> {
        self.asked.push(name);
        let at = self.members.iter().position(|(key, ..)| key == name)?;
        let (_, value, _) = self.members.remove(at);
        (value.node.value != Value::Null).then_some(value)
    }

    pub(super) fn required(
        &mut self,
        name: &'static str,
        what: &str,
        faults: &mut Vec<Fault>,
    ) -> Option<At<'a>> {
        let taken = self.take(name);
        if taken.is_none() {
            self.at
                .fault(faults, format!("`{name}` is missing: {what}"));
        }
        taken
    }

    /// All members that are left, whatever their names.
    pub(super) fn rest(&mut self) -> Vec<(String, At<'a>)> {
        let rest = std::mem::take(&mut self.members);
        rest.into_iter().map(|(name, at, _)| (name, at)).collect()
    }

    /// What is left is not known.
    pub(super) fn close(self, faults: &mut Vec<Fault>) {
        for (name, at, key) in &self.members {
            let place = Place {
                path: at.path.clone(),
                line: key.line,
                column: key.column,
            };
            faults.push(Fault {
                place,
                what: format!("`{name}` is not known here; {}", one_of(&self.asked, name)),
            });
        }
    }
}

/// "did you mean x?" or the whole list.
fn one_of(known: &[&str], found: &str) -> String {
    match nearest(known.iter().copied(), found, 1).first() {
        Some(near) if distance(near, found) <= 2 => format!("did you mean `{near}`?"),
        _ => format!("known are: {}", known.join(", ")),
    }
}

/// The names nearest to one that does not exist, the nearest first.
pub(crate) fn nearest<'n>(
    known: impl Iterator<Item = &'n str>,
    found: &str,
    count: usize,
) -> Vec<&'n str> {
    let mut all: Vec<(usize, &str)> = known.map(|name| (distance(name, found), name)).collect();
    all.sort();
    all.into_iter().take(count).map(|(_, name)| name).collect()
}

/// Edits between two names, case and the usual separators counting half as much by being free.
fn distance(left: &str, right: &str) -> usize {
    let plain = |text: &str| -> Vec<char> {
        text.chars()
            .flat_map(char::to_lowercase)
            .map(|c| if matches!(c, '-' | '_' | ' ') { '.' } else { c })
            .collect()
    };
    let (left, right) = (plain(left), plain(right));
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, l) in left.iter().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, r) in right.iter().enumerate() {
            let same = before + usize::from(l != r);
            before = row[j + 1];
            row[j + 1] = same.min(before + 1).min(row[j] + 1);
        }
    }
    row[right.len()]
}

fn request(at: At<'_>, faults: &mut Vec<Fault>) -> Option<Request> {
    let mut object = at.object(faults)?;
    if let Some(format) = object.required("format", "the number of the format, 1", faults)
        && let Some(number) = format.number(faults)
        && number != f64::from(REQUEST_FORMAT)
    {
        let what =
            format!("format {number} is not known; this program reads format {REQUEST_FORMAT}");
        format.fault(faults, what);
    }
    let data = object
        .required("data", "an object with the `file`", faults)
        .and_then(|at| data(&at, faults));
    let mut define = Vec::new();
    if let Some(at) = object.take("define")
        && let Some(mut members) = at.object(faults)
    {
        for (name, at) in members.rest() {
            if let Some(condition) = at.condition(faults) {
                define.push((name, condition));
            }
        }
    }
    let exclude = object.take("exclude").and_then(|at| at.condition(faults));
    let design = match object.take("design") {
        Some(at) => design(&at, faults),
        None => Some(DesignOf {
            stages: Vec::new(),
            weights: None,
            lonely: LonelyPsu::Fail,
            domain_lonely: false,
            waves: None,
            nest: false,
            replicates: None,
            place: at.place(),
        }),
    };
    let calibrate = match object.take("calibrate") {
        None => Vec::new(),
        Some(at) if matches!(at.node.value, Value::List(_)) => {
            let items = at.items(faults);
            items
                .iter()
                .flat_map(|at| calibration(at, faults))
                .collect()
        }
        Some(at) => calibration(&at, faults),
    };
    let confidence = match object.take("confidence") {
        Some(at) => share(&at, faults).unwrap_or(0.95),
        None => 0.95,
    };
    let asks = match object.required("ask", "a list of what is asked", faults) {
        Some(at) => {
            let items = at.items(faults);
            if matches!(&at.node.value, Value::List(list) if list.is_empty()) {
                at.fault(faults, "nothing is asked; the list is empty");
            }
            let asks: Vec<_> = items
                .iter()
                .filter_map(|item| super::read_ask::ask(item, confidence, faults))
                .collect();
            super::read_ask::check_names(&asks, faults);
            asks
        }
        None => Vec::new(),
    };
    object.close(faults);
    Some(Request {
        data: data?,
        define,
        exclude,
        design: design?,
        calibrate,
        confidence,
        asks,
    })
}

/// A number between zero and one.
pub(super) fn share(at: &At<'_>, faults: &mut Vec<Fault>) -> Option<f64> {
    let number = at.number(faults)?;
    if number > 0.0 && number < 1.0 {
        Some(number)
    } else {
        at.fault(
            faults,
            format!("{number} is not between 0 and 1, as in 0.95"),
        );
        None
    }
}

fn data(at: &At<'_>, faults: &mut Vec<Fault>) -> Option<Data> {
    let mut object = at.object(faults)?;
    let what = "the CSV or Parquet file, relative to the request";
    let file = object
        .required("file", what, faults)
        .and_then(|at| at.name(faults));
    let text = object
        .take("text")
        .map_or_else(Vec::new, |at| at.names(faults));
    let missing = match object.take("missing") {
        None => vec![String::new(), "NA".to_owned()],
        Some(at) => {
            let items = at.items(faults);
            let read = |item: &At<'_>| match &item.node.value {
                Value::Number(number) => Some(format!("{number}")),
                _ => item.text(faults),
            };
            items.iter().filter_map(read).collect()
        }
    };
    object.close(faults);
    Some(Data {
        file: file?,
        text,
        missing,
    })
}

fn design(at: &At<'_>, faults: &mut Vec<Fault>) -> Option<DesignOf> {
    let mut object = at.object(faults)?;
    let stages = match object.take("stages") {
        None => Vec::new(),
        Some(at) => {
            let items = at.items(faults);
            items.iter().filter_map(|at| stage(at, faults)).collect()
        }
    };
    let weights = object.take("weights").and_then(|at| at.name(faults));
    let words = [
        ("fail", LonelyPsu::Fail),
        ("remove", LonelyPsu::Remove),
        ("certainty", LonelyPsu::Certainty),
        ("adjust", LonelyPsu::Adjust),
        ("average", LonelyPsu::Average),
    ];
    let lonely = object
        .take("lonely_psu")
        .and_then(|at| at.word(faults, &words));
    let domain_lonely = object.take("domain_lonely").and_then(|at| at.flag(faults));
    let nest = object.take("nest").and_then(|at| at.flag(faults));
    let waves = object.take("waves").and_then(|at| at.name(faults));
    let stratified = stages.iter().any(|stage| stage.strata.is_some());
    let replicates = object
        .take("replicates")
        .and_then(|at| replicates(&at, stratified, faults));
    object.close(faults);
    if let Some(waves) = &waves {
        let units = stages.first().is_some_and(|stage| stage.psu.is_some());
        let what = match (units, stages.len(), &replicates) {
            (false, ..) => Some(
                "the first of `stages` needs `psu`: the unit that is the same in several waves",
            ),
            (_, 2.., _) => Some("waves have one stage"),
            (.., Some(_)) => {
                Some("waves have no replicate weights; their variances are linearised")
            }
            _ => None,
        };
        faults.extend(what.map(|what| Fault {
            place: waves.place.clone(),
            what: what.to_owned(),
        }));
    }
    Some(DesignOf {
        stages,
        weights,
        lonely: lonely.unwrap_or_default(),
        domain_lonely: domain_lonely.unwrap_or(false),
        waves,
        nest: nest.unwrap_or(false),
        replicates,
        place: at.place(),
    })
}

fn stage(at: &At<'_>, faults: &mut Vec<Fault>) -> Option<Stage> {
    let mut object = at.object(faults)?;
    let mut column = |name| object.take(name).and_then(|at| at.name(faults));
    let stage = Stage {
        psu: column("psu"),
        strata: column("strata"),
        population: column("population"),
        fraction: column("fraction"),
    };
    if stage.population.is_some() && stage.fraction.is_some() {
        at.fault(
            faults,
            "`population` and `fraction` say the same; give one of them",
        );
    }
    object.close(faults);
    Some(stage)
}

fn replicates(at: &At<'_>, stratified: bool, faults: &mut Vec<Fault>) -> Option<Replicates> {
    let mut object = at.object(faults)?;
    let words = [
        ("JK1", ReplicateKind::Jackknife),
        ("JKn", ReplicateKind::Jackknife),
        ("bootstrap", ReplicateKind::Bootstrap),
        ("subbootstrap", ReplicateKind::Subbootstrap),
        ("other", ReplicateKind::Other),
    ];
    let what = "JK1, JKn, bootstrap, subbootstrap or other";
    let type_at = object.required("type", what, faults);
    let kind = type_at.as_ref().and_then(|at| at.word(faults, &words));
    let columns = object
        .take("columns")
        .map_or_else(Vec::new, |at| at.names(faults));
    let count = object.take("count").and_then(|at| at.whole(faults, 2));
    let seed = object.take("seed").and_then(|at| at.whole(faults, 0));
    let scale = object.take("scale").and_then(|at| at.number(faults));
    let rscales = object.take("rscales").map(|at| at.numbers(faults));
    let combined = object.take("combined").and_then(|at| at.flag(faults));
    let mse = object.take("mse").and_then(|at| at.flag(faults));
    let df = object.take("df").and_then(|at| at.number(faults));
    object.close(faults);
    let kind = kind?;
    if let Some(at) = &type_at
        && matches!(&at.node.value, Value::Text(text) if text == "JK1")
        && stratified
        && columns.is_empty()
    {
        at.fault(faults, "JK1 knows no strata; JKn deletes within them");
    }
    if kind == ReplicateKind::Other && columns.is_empty() {
        at.fault(faults, "replicates of type `other` need their `columns`");
    }
    if kind == ReplicateKind::Other && scale.is_none() {
        at.fault(faults, "replicates of type `other` need their `scale`");
    }
    Some(Replicates {
        kind,
        columns,
        count: usize::try_from(count.unwrap_or(100)).unwrap_or(100),
        seed: seed.unwrap_or(1),
        scale,
        rscales,
        combined: combined.unwrap_or(true),
        mse: mse.unwrap_or(false),
        df,
        place: at.place(),
    })
}

fn calibration(at: &At<'_>, faults: &mut Vec<Fault>) -> Vec<Calibration> {
    let Some(mut object) = at.object(faults) else {
        return Vec::new();
    };
    let mut steps = Vec::new();
    if let Some(at) = object.take("poststratify") {
        steps.extend(margin(&at, faults).map(Calibration::Poststratify));
    }
    if let Some(at) = object.take("rake") {
        let mut margins_at = at.clone();
        let (mut epsilon, mut iterations) = (1e-10, 200);
        if matches!(at.node.value, Value::Object(_))
            && let Some(mut object) = at.object(faults)
        {
            if let Some(list) = object.required("margins", "the list of margins", faults) {
                margins_at = list;
            }
            if let Some(number) = object.take("epsilon").and_then(|at| at.number(faults)) {
                epsilon = number;
            }
            if let Some(number) = object.take("iterations").and_then(|at| at.whole(faults, 1)) {
                iterations = usize::try_from(number).unwrap_or(usize::MAX);
            }
            object.close(faults);
        }
        let items = margins_at.items(faults);
        let margins = items.iter().filter_map(|at| margin(at, faults)).collect();
        steps.push(Calibration::Rake {
            margins,
            epsilon,
            iterations,
            place: at.place(),
        });
    }
    if let Some(at) = object.take("linear") {
        steps.extend(linear(&at, faults));
    }
    if let Some(at) = object.take("trim")
        && let Some(mut object) = at.object(faults)
    {
        let low = object.take("low").and_then(|at| at.number(faults));
        let high = object.take("high").and_then(|at| at.number(faults));
        let strict = object.take("strict").and_then(|at| at.flag(faults));
        object.close(faults);
        steps.push(Calibration::Trim {
            low: low.unwrap_or(0.0),
            high: high.unwrap_or(f64::INFINITY),
            strict: strict.unwrap_or(false),
            place: at.place(),
        });
    }
    object.close(faults);
    steps
}

fn margin(at: &At<'_>, faults: &mut Vec<Fault>) -> Option<MarginOf> {
    let mut object = at.object(faults)?;
    let by = object
        .required(
            "by",
            "the columns whose combinations are the groups",
            faults,
        )
        .map_or_else(Vec::new, |at| at.names(faults));
    let what = "a list with the total of each group, as in {\"stype\": \"E\", \"total\": 4421}";
    let items = object
        .required("totals", what, faults)
        .map_or_else(Vec::new, |at| at.items(faults));
    object.close(faults);
    let mut totals = Vec::new();
    for item in &items {
        let Some(mut object) = item.object(faults) else {
            continue;
        };
        let total = object
            .required("total", "how many there are in the population", faults)
            .and_then(|at| at.number(faults));
        let mut members = object.rest();
        let mut levels = Vec::new();
        for column in &by {
            match members.iter().position(|(name, _)| *name == column.name) {
                Some(found) => levels.extend(members.remove(found).1.level(faults)),
                None => item.fault(
                    faults,
                    format!("`{}` is missing: the group's level", column.name),
                ),
            }
        }
        for (name, at) in members {
            at.fault(
                faults,
                format!("`{name}` is not in `by`; take it out or add it there"),
            );
        }
        if let Some(total) = total
            && levels.len() == by.len()
        {
            if total < 0.0 {
                item.fault(faults, format!("a total of {total} is negative"));
            }
            if totals.iter().any(|(known, _)| *known == levels) {
                item.fault(faults, "this group stands here twice");
            }
            totals.push((levels, total));
        }
    }
    Some(MarginOf {
        by,
        totals,
        place: at.place(),
    })
}

fn linear(at: &At<'_>, faults: &mut Vec<Fault>) -> Option<Calibration> {
    let mut object = at.object(faults)?;
    let on = object
        .required("on", "the columns, \"1\" being the constant", faults)
        .map_or_else(Vec::new, |at| at.names(faults));
    let what = "for each of `on` its total, or the totals of its levels";
    let totals = object.required("totals", what, faults);
    let bounds = object.take("bounds").map(|at| (at.numbers(faults), at));
    let words = [("linear", 0), ("raking", 1), ("logit", 2)];
    let word = object
        .take("distance")
        .and_then(|at| at.word(faults, &words));
    let leverage = object.take("leverage").and_then(|at| at.flag(faults));
    object.close(faults);
    let mut terms = Vec::new();
    if let Some(totals) = totals
        && let Some(mut object) = totals.object(faults)
    {
        let mut members = object.rest();
        for column in on {
            let Some(found) = members.iter().position(|(name, _)| *name == column.name) else {
                totals.fault(faults, format!("the total of `{}` is missing", column.name));
                continue;
            };
            let (_, total) = members.remove(found);
            if let Value::Object(_) = total.node.value {
                let mut levels = total.object(faults)?;
                for (level, at) in levels.rest() {
                    if let Some(number) = at.number(faults) {
                        terms.push((Some(column.clone()), Some(Level::Text(level)), number));
                    }
                }
            } else if let Some(number) = total.number(faults) {
                let constant = column.name == "1";
                terms.push(((!constant).then(|| column.clone()), None, number));
            }
        }
        for (name, at) in members {
            at.fault(faults, format!("`{name}` is not in `on`"));
        }
    }
    let bounds = match bounds {
        Some((numbers, at)) => match numbers[..] {
            [low, high] if low < 1.0 && high > 1.0 => Some((low, high)),
            _ => {
                at.fault(faults, "two numbers around 1 were expected, as in [0.3, 3]");
                None
            }
        },
        None => None,
    };
    let distance = match (word.unwrap_or(0), bounds) {
        (0, None) => Distance::Linear,
        (0, Some((low, high))) => Distance::BoundedLinear { low, high },
        (1, None) => Distance::Raking,
        (2, Some((low, high))) => Distance::Logit { low, high },
        (1, Some(_)) => {
            at.fault(faults, "the distance `raking` has no bounds; take `logit`");
            Distance::Raking
        }
        _ => {
            at.fault(
                faults,
                "the distance `logit` needs `bounds`, as in [0.3, 3]",
            );
            Distance::Linear
        }
    };
    Some(Calibration::Linear {
        terms,
        distance,
        leverage: leverage.unwrap_or(false),
        place: at.place(),
    })
}
