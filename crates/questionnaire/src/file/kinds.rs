//! The walk over what one type of question needs: choices, texts, numbers. Tables are in `tables`.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::faults::nearest;
use super::fields::{Fields, Reader, quoted, short};
use super::question::wordings;
use super::walk::{Scales, Slot};
use super::yaml::{Node, Value};
use crate::{
    Choice, Comparison, FileType, NumberSpec, Point, QuestionKind, Scale, Sum, Text, Wording,
};

/// Reads the kind of one question.
pub(crate) struct Kinds<'a, 'n> {
    pub reader: &'a mut Reader,
    pub fields: &'a Fields<'n>,
    pub scales: &'a Scales,
    pub used: &'a mut BTreeMap<String, ()>,
    pub slots: &'a mut Vec<(Slot, &'n Node)>,
}

const WRITE_EACH: &str = "write each with its key and wording: `ja: { de: \"ja\", en: \"yes\" }`";

impl<'n> Kinds<'_, 'n> {
    /// The kind of this name.
    pub fn kind(&mut self, name: &str) -> Option<QuestionKind> {
        match name {
            "single" => self.single(),
            "yes-no" => Some(QuestionKind::Single {
                options: vec![choice("ja", "ja", "yes"), choice("nein", "nein", "no")],
                ordered: false,
            }),
            "multiple" => {
                let options =
                    self.options("options", &["exclusive", "other", "comment", "show-if"])?;
                let (min, max) = self.counts(options.len());
                Some(QuestionKind::Multiple { options, min, max })
            }
            "battery" => self.battery(),
            "differential" => self.differential(),
            "grid" => self.grid(),
            "ticks" => self.ticks(),
            "numbers" => self.numbers(),
            "texts" => {
                let items = self.items(&[])?;
                let max_length = self.length(200)?;
                let items = items.into_iter().map(|(item, _)| item).collect();
                Some(QuestionKind::Texts { items, max_length })
            }
            "number" => {
                let spec = self.number(&NumberSpec::default(), None);
                Some(QuestionKind::Number {
                    unit: spec.unit,
                    min: spec.min,
                    max: spec.max,
                    decimals: spec.decimals,
                })
            }
            "short-text" => Some(QuestionKind::ShortText {
                max_length: self.length(200)?,
            }),
            "long-text" => Some(QuestionKind::LongText {
                max_length: self.length(2_000)?,
            }),
            "ranking" => {
                let options = self.options("options", &["show-if"])?;
                let (min, max) = self.counts(options.len());
                Some(QuestionKind::Ranking { options, min, max })
            }
            "date" => {
                let (min, max) = (self.day("min"), self.day("max"));
                if let (Some(min), Some(max)) = (min, max)
                    && min > max
                {
                    self.swapped(&min.to_string(), &max.to_string());
                }
                Some(QuestionKind::Date { min, max })
            }
            "email" => Some(QuestionKind::Email),
            "file" => self.file(),
            "municipality" => Some(QuestionKind::Municipality),
            "computed" if self.fields.get("words").is_some() => self.words(),
            "computed" => {
                let help = "write an expression in quotes: `value: \"stellen + leitung\"`";
                let node = self.reader.need(self.fields, "value", help)?;
                self.slots.push((Slot::Value, node));
                let spec = self.number(&NumberSpec::default(), None);
                Some(QuestionKind::Computed {
                    value: None,
                    words: Vec::new(),
                    shown: self.reader.flag(self.fields, "shown", false),
                    unit: spec.unit,
                    decimals: spec.decimals,
                })
            }
            "note" => Some(QuestionKind::Note),
            _ => {
                let named = self.options("fields", &[]);
                let max = match self.fields.get("max") {
                    None => Some(3),
                    Some(_) => self.reader.count(self.fields, "max", 1, 10),
                };
                Some(QuestionKind::Nomination {
                    fields: named?,
                    max: max?,
                })
            }
        }
    }

    /// A computed value that is said in words.
    fn words(&mut self) -> Option<QuestionKind> {
        const HELP: &str = "write a list: `- { when: \"konzept == 'ja'\", de: \"…\", en: \"…\" }`, the last entry without `when` for all others";
        for key in ["value", "unit", "decimals"] {
            if let Some(node) = self.fields.get(key) {
                let what = format!(
                    "a computed value has `words` or a number: `{key}` stands beside `words`"
                );
                self.reader.fault(node.place, what, "remove one of the two");
            }
        }
        let node = self.reader.need(self.fields, "words", HELP)?;
        let Value::List(list) = &node.value else {
            let what = format!("expected a list of words, found {}", node.kind());
            self.reader.fault(node.place, what, HELP);
            return None;
        };
        let own = self.fields.get("key").map(|node| &node.value);
        let mut words = Vec::new();
        for (at, entry) in list.iter().enumerate() {
            self.reader.parts = true;
            let read = self.reader.text(entry, "`words`", &["when"]);
            self.reader.parts = false;
            let (text, fields) = read?;
            match fields.get("when") {
                Some(when) => self.slots.push((Slot::Words(at), when)),
                None if at + 1 < list.len() => self.reader.fault(
                    entry.place,
                    "these words hold always: those behind them are never said",
                    "only the last entry has no `when`",
                ),
                None => {}
            }
            if let Some(Value::Scalar { text: key, .. }) = own
                && [&text.de, &text.en]
                    .iter()
                    .any(|text| crate::insert::inserted(text).iter().any(|(k, _)| k == key))
            {
                let what = format!("the words of `{}` insert themselves", short(key));
                self.reader
                    .fault(entry.place, what, "insert what stands before");
            }
            words.push(Wording { when: None, text });
        }
        if words.is_empty() || words.len() > 40 {
            self.reader
                .fault(node.place, "`words` has 1 to 40 entries", HELP);
            return None;
        }
        Some(QuestionKind::Computed {
            value: None,
            words,
            shown: self.reader.flag(self.fields, "shown", false),
            unit: Text::default(),
            decimals: 0,
        })
    }

    fn single(&mut self) -> Option<QuestionKind> {
        let ways = ["options", "scale", "points"];
        let given: Vec<&Node> = ways.iter().filter_map(|way| self.fields.get(way)).collect();
        if let [_, second, ..] = given.as_slice() {
            let (place, what) = match self.fields.get("points") {
                None => (
                    second.place,
                    "a single choice has either `options` or a `scale`, not both",
                ),
                Some(_) => (
                    second.place,
                    "a single choice has `options`, a `scale` or `points`: one of them",
                ),
            };
            self.reader.fault(place, what, "remove one of the two");
            return None;
        }
        if self.fields.get("options").is_none() && !given.is_empty() {
            let scale = self.scale(self.fields, None)?;
            let option = |point: Point| Choice {
                key: point.key,
                text: point.text,
                ..Choice::default()
            };
            return Some(QuestionKind::Single {
                options: scale.points.into_iter().map(option).collect(),
                ordered: true,
            });
        }
        let ordered = self.reader.flag(self.fields, "ordered", false);
        let options = self.options("options", &["other", "comment", "show-if"])?;
        if options.len() < 2 {
            let place = self
                .fields
                .get("options")
                .map_or(self.fields.place, |n| n.place);
            self.reader.fault(
                place,
                "a single choice needs at least two options",
                "add the others, or make it a multiple choice",
            );
        }
        Some(QuestionKind::Single { options, ordered })
    }

    /// Options with what stands beside their wording.
    pub fn options(&mut self, key: &str, beside: &[&str]) -> Option<Vec<Choice>> {
        let node = self.reader.need(self.fields, key, WRITE_EACH)?;
        let known: &[&str] = if beside.is_empty() && key != "fields" {
            &["exclusive"]
        } else {
            beside
        };
        let read = wordings(self.reader, node, &format!("`{key}`"), known, true)?;
        let before = self.reader.faults.len();
        let mut options = Vec::new();
        for (at, (key, text, fields)) in read.into_iter().enumerate() {
            if let Some(node) = fields.get("show-if") {
                self.slots.push((Slot::Option(at), node));
            }
            let mut flag = |key: &str| self.reader.flag(&fields, key, false);
            options.push(Choice {
                key,
                text,
                exclusive: flag("exclusive"),
                other: flag("other"),
                comment: flag("comment"),
                show_if: None,
            });
        }
        (self.reader.faults.len() == before).then_some(options)
    }

    /// `min` and `max` of so many options.
    pub fn counts(&mut self, most: usize) -> (Option<usize>, Option<usize>) {
        let min = self.reader.count(self.fields, "min", 1, most);
        let max = self.reader.count(self.fields, "max", 1, most);
        self.bounds(self.fields, min.map(|n| n as f64), max.map(|n| n as f64));
        (min, max)
    }

    fn length(&mut self, otherwise: usize) -> Option<usize> {
        match self.fields.get("max-length") {
            None => Some(otherwise),
            Some(_) => self.reader.count(self.fields, "max-length", 1, 20_000),
        }
    }

    /// Unit, bounds and decimals of a number; what is not said in `own` stands in `common`.
    pub fn number(&mut self, common: &NumberSpec, own: Option<&Fields<'n>>) -> NumberSpec {
        let fields = own.unwrap_or(self.fields);
        let unit = self.reader.may_text(fields, "unit");
        let min = self.reader.number(fields, "min").or(common.min);
        let max = self.reader.number(fields, "max").or(common.max);
        let decimals = match fields.get("decimals") {
            None => Some(usize::from(common.decimals)),
            Some(_) => self.reader.count(fields, "decimals", 0, 6),
        };
        self.bounds(fields, min, max);
        NumberSpec {
            unit: unit.unwrap_or_else(|| common.unit.clone()),
            min,
            max,
            decimals: decimals.unwrap_or_default() as u8,
        }
    }

    fn bounds(&mut self, fields: &Fields, min: Option<f64>, max: Option<f64>) {
        if let (Some(min), Some(max)) = (min, max)
            && min > max
        {
            let place = fields.get("min").map_or(fields.place, |node| node.place);
            self.reader.fault(
                place,
                format!("`min` is {min} and `max` is {max}"),
                "the smallest number allowed cannot be larger than the largest: swap them",
            );
        }
    }

    fn swapped(&mut self, min: &str, max: &str) {
        let place = self
            .fields
            .get("min")
            .map_or(self.fields.place, |n| n.place);
        self.reader.fault(
            place,
            format!("`min` is {min} and `max` is {max}"),
            "the earliest day cannot be later than the latest: swap them",
        );
    }

    fn day(&mut self, key: &str) -> Option<Date> {
        let node = self.fields.get(key)?;
        let day = match &node.value {
            Value::Scalar { text, .. } => text.parse::<Date>().ok(),
            _ => None,
        };
        if day.is_none() {
            self.reader.fault(
                node.place,
                format!("`{key}` must be a day"),
                format!("write year, month and day: `{key}: 2020-12-31`"),
            );
        }
        day
    }

    fn file(&mut self) -> Option<QuestionKind> {
        let mut types = Vec::new();
        match self.fields.get("types") {
            None => types.extend([FileType::Pdf, FileType::Docx, FileType::Odt]),
            Some(node) => {
                let Value::List(list) = &node.value else {
                    self.reader.fault(
                        node.place,
                        format!("expected a list of kinds of files, found {}", node.kind()),
                        "write e.g. `types: [pdf, docx]`",
                    );
                    return None;
                };
                for node in list {
                    let Value::Scalar { text, .. } = &node.value else {
                        continue;
                    };
                    match FileType::from_ending(text) {
                        Some(kind) if !types.contains(&kind) => types.push(kind),
                        Some(_) => {}
                        None => self.reader.fault(
                            node.place,
                            format!("`{}` is no kind of file that can be checked", short(text)),
                            format!(
                                "the kinds are {}",
                                quoted(FileType::all().map(FileType::ending))
                            ),
                        ),
                    }
                }
                if list.is_empty() {
                    self.reader
                        .fault(node.place, "`types` is empty", "write e.g. `types: [pdf]`");
                }
            }
        }
        let mut count = |key: &str, otherwise: usize, most: usize| match self.fields.get(key) {
            None => otherwise,
            Some(_) => self
                .reader
                .count(self.fields, key, 1, most)
                .unwrap_or(otherwise),
        };
        let max_size = count("max-size", 5, 20) as u64 * 1_000_000;
        let max = count("max", 1, 10);
        Some(QuestionKind::File {
            types,
            max_size,
            max,
        })
    }

    /// What the sum of several numbers must be.
    pub fn sum(&mut self) -> Option<Sum> {
        let node = self.fields.get("sum")?;
        let ways = [
            ("equals", Comparison::Equal),
            ("at-least", Comparison::AtLeast),
            ("at-most", Comparison::AtMost),
        ];
        let fields = self
            .reader
            .fields(node, "a sum", &ways.map(|(key, _)| key))?;
        let given: Vec<_> = ways
            .iter()
            .filter_map(|(key, comparison)| Some((fields.get(key)?, *comparison)))
            .collect();
        match given.as_slice() {
            [(node, comparison)] => {
                self.slots.push((Slot::Sum, node));
                Some(Sum {
                    comparison: *comparison,
                    bound: None,
                })
            }
            _ => {
                self.reader.fault(
                    node.place,
                    "a sum has one rule",
                    "write `equals: 100`, `at-least: 1` or `at-most: \"stellen\"`",
                );
                None
            }
        }
    }

    /// The scale that `scale` names or `points` counts; `otherwise` so many points where neither stands.
    pub fn scale(&mut self, fields: &Fields<'n>, otherwise: Option<usize>) -> Option<Scale> {
        if let (Some(_), Some(second)) = (fields.get("scale"), fields.get("points")) {
            self.reader.fault(
                second.place,
                "there is a `scale` and `points`",
                "remove one of the two",
            );
            return None;
        }
        let points = match fields.get("points") {
            Some(_) => Some(self.reader.count(fields, "points", 2, 11)?),
            None => otherwise.filter(|_| fields.get("scale").is_none()),
        };
        if let Some(points) = points {
            let low = self.reader.may_text(fields, "low");
            let high = self.reader.may_text(fields, "high");
            return Some(counted(points, low.as_ref(), high.as_ref()));
        }
        let help = "name a scale from `scales`: `scale: zustimmung`";
        let node = self.reader.need(fields, "scale", help)?;
        let Value::Scalar { text, .. } = &node.value else {
            self.reader.fault(
                node.place,
                format!("`scale` must name a scale, found {}", node.kind()),
                help,
            );
            return None;
        };
        self.used.insert(text.clone(), ());
        match self.scales.get(text) {
            Some(scale) => scale.clone(),
            None => {
                let known = self.scales.keys().map(String::as_str);
                let help = match nearest(text, known.clone()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None if self.scales.is_empty() => {
                        "write the scale below `scales` first".to_owned()
                    }
                    None => format!("the scales are {}", quoted(known)),
                };
                self.reader
                    .fault(node.place, format!("unknown scale `{}`", short(text)), help);
                None
            }
        }
    }
}

fn choice(key: &str, de: &str, en: &str) -> Choice {
    Choice {
        key: key.to_owned(),
        text: Text {
            de: de.to_owned(),
            en: en.to_owned(),
        },
        ..Choice::default()
    }
}

/// A scale of points that are numbers from 1, with the wording of its poles beside the first and the last.
fn counted(points: usize, low: Option<&Text>, high: Option<&Text>) -> Scale {
    let point = |number: usize| {
        let pole = match number {
            1 => low,
            n if n == points => high,
            _ => None,
        };
        let said = |word: Option<&String>| match word {
            Some(word) => format!("{number} ({word})"),
            None => number.to_string(),
        };
        Point {
            key: number.to_string(),
            text: Text {
                de: said(pole.map(|pole| &pole.de)),
                en: said(pole.map(|pole| &pole.en)),
            },
        }
    };
    Scale {
        key: format!("punkte-{points}"),
        points: (1..=points).map(point).collect(),
    }
}
