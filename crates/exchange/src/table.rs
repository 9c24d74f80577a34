//! What every file carries: fields with their meaning, rows without names.

use dataset::{Cell, Codebook, ColumnType, DONT_KNOW, Dataset, NOT_ASKED, REFUSED, Values};
use jiff::civil::Date;
use questionnaire::Text;

use crate::names;

/// A column of the design: a weight, a stratum, a group. Made by whoever knows the register.
#[derive(Clone, Debug, PartialEq)]
pub struct DesignColumn {
    /// Head of the column.
    pub key: String,
    /// What it is.
    pub label: Text,
    /// One value a row of the dataset, in its order.
    pub values: DesignValues,
}

/// Values of a design column; `None` where the row stands for nobody.
#[derive(Clone, Debug, PartialEq)]
pub enum DesignValues {
    /// Numbers, e.g. weights.
    Number(Vec<Option<f64>>),
    /// Words out of a list: words in CSV, xlsx and Parquet, their places from 1 in `.sav`.
    Word {
        /// The words with what they mean.
        words: Vec<(String, Text)>,
        /// Index into `words`.
        cells: Vec<Option<u16>>,
    },
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Codes 1, 2, ...
    Coded,
    /// 1 chosen, 0 not chosen.
    Flag,
    /// A number.
    Number,
    /// Free text.
    Text,
    /// A word out of a list.
    Word,
}

/// One value with what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldValue {
    /// The number in the files (for words only in `.sav`); `None` for the empty cell.
    pub number: Option<i32>,
    /// Key of the code in the questionnaire, or the word in the files.
    pub word: String,
    /// What it means.
    pub label: Text,
    /// Stands for a missing value.
    pub missing: bool,
}

/// One column of the files.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Head of the column in CSV, xlsx and Parquet.
    pub name: String,
    /// Name in `.sav`, by the rules of SPSS.
    pub sav_name: String,
    /// Key of its variable in the questionnaire; the name for columns of the design.
    pub key: String,
    /// Key of its question; empty for columns of the design.
    pub question: String,
    /// Key of its page; empty for columns of the design.
    pub page: String,
    /// Wording of the question, or what the column of the design is.
    pub text: Text,
    /// Wording of the item or option.
    pub item: Option<Text>,
    /// Unit of a number.
    pub unit: Option<Text>,
    /// What it holds.
    pub kind: FieldKind,
    /// Whether its codes are a scale in ascending order.
    pub ordered: bool,
    /// Part of the design, not an answer.
    pub design: bool,
    /// Values with their meaning, missing ones last.
    pub values: Vec<FieldValue>,
    pub(crate) cells: Cells,
}

/// Cells in the order of the files.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cells {
    /// Codes and numbers, missing values by their codes; `None` is the empty cell.
    Number(Vec<Option<f64>>),
    /// Texts, missing values by their codes.
    Text(Vec<Option<String>>),
    /// Index into the field's values.
    Word(Vec<Option<u16>>),
}

/// A dataset with its design, ready to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Title of the wave.
    pub title: Text,
    /// Name of the wave.
    pub wave: String,
    /// Day on which the dataset was frozen.
    pub frozen: Date,
    /// Made-up data.
    pub synthetic: bool,
    /// How many rows.
    pub rows: usize,
    /// The running number, the columns of the design, then the answers in the order of the questionnaire.
    pub fields: Vec<Field>,
}

impl Table {
    /// Joins a dataset with its design. Rows are put in the order of their content, as in the dataset's own CSV.
    pub fn new(
        dataset: &Dataset,
        design: Vec<DesignColumn>,
        title: &Text,
        synthetic: bool,
    ) -> Table {
        let rows = dataset.units.len();
        let codebook = dataset.codebook();
        let mut fields = vec![running_number(rows)];
        fields.extend(design.into_iter().map(design_field));
        fields.extend(answer_fields(dataset, &codebook));
        names::settle(&mut fields);
        let order = order(&fields, rows);
        for field in fields.iter_mut().skip(1) {
            field.cells = field.cells.in_order(&order);
        }
        Table {
            title: title.clone(),
            wave: dataset.wave.clone(),
            frozen: dataset.frozen,
            synthetic,
            rows,
            fields,
        }
    }

    /// The field whose variable or design column has this key.
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }
}

impl Cells {
    fn in_order(&self, order: &[usize]) -> Self {
        fn sorted<T: Clone>(cells: &[T], order: &[usize]) -> Vec<T> {
            order.iter().map(|row| cells[*row].clone()).collect()
        }
        match self {
            Self::Number(cells) => Self::Number(sorted(cells, order)),
            Self::Text(cells) => Self::Text(sorted(cells, order)),
            Self::Word(cells) => Self::Word(sorted(cells, order)),
        }
    }
}

/// Rows by their answers, as written; where these are the same, by their design. The order of the keys would tell
/// who is who to anyone who knows the list of those who took part.
fn order(fields: &[Field], rows: usize) -> Vec<usize> {
    let answers = fields.iter().filter(|field| !field.design);
    let design = fields.iter().filter(|field| field.design).skip(1);
    let columns: Vec<&Field> = answers.chain(design).collect();
    let mut keyed: Vec<(Vec<String>, usize)> = (0..rows)
        .map(|row| (columns.iter().map(|c| c.written(row)).collect(), row))
        .collect();
    keyed.sort();
    keyed.into_iter().map(|(_, row)| row).collect()
}

fn field(name: &str, text: Text, kind: FieldKind, cells: Cells) -> Field {
    Field {
        name: name.to_owned(),
        sav_name: String::new(),
        key: name.to_owned(),
        question: String::new(),
        page: String::new(),
        text,
        item: None,
        unit: None,
        kind,
        ordered: false,
        design: true,
        values: Vec::new(),
        cells,
    }
}

fn running_number(rows: usize) -> Field {
    let text = Text {
        de: "Laufende Nummer".to_owned(),
        en: "Running number".to_owned(),
    };
    let numbers = (1..=rows).map(|number| Some(number as f64)).collect();
    field("row", text, FieldKind::Number, Cells::Number(numbers))
}

fn design_field(column: DesignColumn) -> Field {
    match column.values {
        DesignValues::Number(cells) => field(
            &column.key,
            column.label,
            FieldKind::Number,
            Cells::Number(cells),
        ),
        DesignValues::Word { words, cells } => {
            let values = (1..).zip(words).map(|(number, (word, label))| FieldValue {
                number: Some(number),
                word,
                label,
                missing: false,
            });
            let values = values.collect();
            let word = field(
                &column.key,
                column.label,
                FieldKind::Word,
                Cells::Word(cells),
            );
            Field { values, ..word }
        }
    }
}

fn answer_fields<'a>(
    dataset: &'a Dataset,
    codebook: &'a Codebook,
) -> impl Iterator<Item = Field> + 'a {
    dataset
        .columns
        .iter()
        .zip(&codebook.entries)
        .map(|(column, entry)| {
            let values = entry.values.iter().map(|value| FieldValue {
                number: value.value,
                word: value.code.clone(),
                label: value.label.clone(),
                missing: value.missing,
            });
            let cells = match &column.values {
                Values::Coded(cells) => numbers(cells, |code| f64::from(*code) + 1.0),
                Values::Flag(cells) => numbers(cells, |chosen| f64::from(u8::from(*chosen))),
                Values::Number(cells) => numbers(cells, |number| *number),
                Values::Text(cells) => Cells::Text(
                    cells
                        .iter()
                        .map(|c| coded(c, String::clone, |code| code.to_string()))
                        .collect(),
                ),
            };
            Field {
                name: entry.key.0.clone(),
                sav_name: String::new(),
                key: entry.key.0.clone(),
                question: entry.question.clone(),
                page: entry.page.clone(),
                text: entry.text.clone(),
                item: entry.item.clone(),
                unit: entry.unit.clone(),
                kind: match entry.kind {
                    ColumnType::Coded => FieldKind::Coded,
                    ColumnType::Flag => FieldKind::Flag,
                    ColumnType::Number => FieldKind::Number,
                    ColumnType::Text => FieldKind::Text,
                },
                ordered: entry.ordered,
                design: false,
                values: values.collect(),
                cells,
            }
        })
}

fn numbers<T>(cells: &[Cell<T>], value: impl Fn(&T) -> f64) -> Cells {
    Cells::Number(
        cells
            .iter()
            .map(|cell| coded(cell, &value, f64::from))
            .collect(),
    )
}

/// A cell with its missing values by their codes; `None` is the empty cell.
fn coded<T, V>(cell: &Cell<T>, value: impl Fn(&T) -> V, missing: impl Fn(i32) -> V) -> Option<V> {
    match cell {
        Cell::Value(answer) => Some(value(answer)),
        Cell::DontKnow => Some(missing(DONT_KNOW)),
        Cell::Refused => Some(missing(REFUSED)),
        Cell::NotAsked => Some(missing(NOT_ASKED)),
        Cell::Missing => None,
    }
}
