//! The walk over batteries and their like: items by a scale, by columns, by boxes, by numbers.

use super::fields::Fields;
use super::kinds::Kinds;
use super::question::wordings;
use super::walk::Slot;
use super::yaml::Value;
use crate::{CellKind, Column, Item, NumberItem, NumberSpec, QuestionKind, Text};

/// Cells of one table at most.
const CELLS: usize = 400;
const ITEMS: &str = "write its items with their wording: `sprache: { de: \"…\", en: \"…\" }`";

impl<'n> Kinds<'_, 'n> {
    /// Items with the fields that stand beside their wording.
    pub fn items(&mut self, beside: &[&str]) -> Option<Vec<(Item, Fields<'n>)>> {
        let node = self.reader.need(self.fields, "items", ITEMS)?;
        let known: Vec<&str> = ["show-if"].iter().chain(beside).copied().collect();
        let read = wordings(self.reader, node, "`items`", &known, false)?;
        let mut items = Vec::new();
        for (at, (key, text, fields)) in read.into_iter().enumerate() {
            if let Some(node) = fields.get("show-if") {
                self.slots.push((Slot::Item(at), node));
            }
            let item = Item {
                key,
                text,
                ..Item::default()
            };
            items.push((item, fields));
        }
        Some(items)
    }

    fn plain_items(&mut self) -> Option<Vec<Item>> {
        let items = self.items(&[])?;
        Some(items.into_iter().map(|(item, _)| item).collect())
    }

    pub fn battery(&mut self) -> Option<QuestionKind> {
        let scale = self.scale(self.fields, None);
        let items = self.plain_items();
        Some(QuestionKind::Battery {
            items: items?,
            scale: scale?,
        })
    }

    pub fn differential(&mut self) -> Option<QuestionKind> {
        let scale = self.scale(self.fields, Some(7));
        let help = "write both poles of each item: `tempo: { low: { de: \"langsam\", en: \"slow\" }, high: { … } }`";
        let node = self.reader.need(self.fields, "items", help)?;
        let Value::Map(entries) = &node.value else {
            self.reader.fault(
                node.place,
                format!("expected `items` by their keys, found {}", node.kind()),
                help,
            );
            return None;
        };
        let before = self.reader.faults.len();
        let mut items = Vec::new();
        for (key, node) in self.reader.distinct(entries, "`items`") {
            let named = self.reader.key(node.place, key, false);
            let what = format!("the item `{key}`");
            let fields = self.reader.fields(node, &what, &["low", "high", "show-if"]);
            let Some(fields) = fields.filter(|_| named) else {
                continue;
            };
            let low = self.reader.need_text(&fields, "low");
            let high = self.reader.need_text(&fields, "high");
            let (Some(low), Some(high)) = (low, high) else {
                continue;
            };
            if let Some(node) = fields.get("show-if") {
                self.slots.push((Slot::Item(items.len()), node));
            }
            let text = Text {
                de: format!("{} – {}", low.de, high.de),
                en: format!("{} – {}", low.en, high.en),
            };
            items.push(Item {
                key: key.to_owned(),
                text,
                poles: Some((low, high)),
                show_if: None,
            });
        }
        if entries.is_empty() {
            self.reader.fault(node.place, "`items` is empty", help);
        }
        if self.reader.faults.len() > before {
            return None;
        }
        Some(QuestionKind::Battery {
            items,
            scale: scale?,
        })
    }

    pub fn grid(&mut self) -> Option<QuestionKind> {
        let items = self.plain_items();
        let help = "write its columns: `wichtig: { de: \"…\", en: \"…\", scale: zustimmung }`";
        let node = self.reader.need(self.fields, "columns", help)?;
        let beside = [
            "scale",
            "points",
            "low",
            "high",
            "cell",
            "unit",
            "min",
            "max",
            "decimals",
            "max-length",
        ];
        let read = wordings(self.reader, node, "`columns`", &beside, false)?;
        let before = self.reader.faults.len();
        let mut columns = Vec::new();
        for (key, text, fields) in read {
            if let Some(cell) = self.cell(&fields) {
                columns.push(Column { key, text, cell });
            }
        }
        if self.reader.faults.len() > before {
            return None;
        }
        let items = items?;
        self.few(items.len() * columns.len());
        Some(QuestionKind::Grid { items, columns })
    }

    fn cell(&mut self, fields: &Fields<'n>) -> Option<CellKind> {
        let word = fields.get("cell").map(|node| (node, &node.value));
        match word {
            None => self.scale(fields, None).map(CellKind::Scale),
            Some((_, Value::Scalar { text, .. })) if text == "number" => Some(CellKind::Number(
                self.number(&NumberSpec::default(), Some(fields)),
            )),
            Some((_, Value::Scalar { text, .. })) if text == "text" => {
                let length = match fields.get("max-length") {
                    None => 200,
                    Some(_) => self.reader.count(fields, "max-length", 1, 2_000)?,
                };
                Some(CellKind::Text(length))
            }
            Some((node, _)) => {
                self.reader.fault(
                    node.place,
                    "`cell` is neither `number` nor `text`",
                    "write `cell: number`, `cell: text`, or a `scale`; boxes to tick are a question of type `ticks`",
                );
                None
            }
        }
    }

    pub fn ticks(&mut self) -> Option<QuestionKind> {
        let items = self.plain_items();
        let columns = self.options("columns", &["exclusive"])?;
        let (min, max) = self.counts(columns.len());
        let items = items?;
        self.few(items.len() * columns.len());
        Some(QuestionKind::Ticks {
            items,
            columns,
            min,
            max,
        })
    }

    pub fn numbers(&mut self) -> Option<QuestionKind> {
        let common = self.number(&NumberSpec::default(), None);
        let read = self.items(&["unit", "min", "max", "decimals"])?;
        let mut items = Vec::new();
        for (item, fields) in read {
            let number = self.number(&common, Some(&fields));
            items.push(NumberItem { item, number });
        }
        let sum = self.sum();
        Some(QuestionKind::Numbers { items, sum })
    }

    fn few(&mut self, cells: usize) {
        if cells > CELLS {
            self.reader.fault(
                self.fields.place,
                format!("the table has {cells} cells"),
                format!("a table has at most {CELLS}; split the question"),
            );
        }
    }
}
