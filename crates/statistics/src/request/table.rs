//! The columns that a request reads: small, typed, with missing values.

use std::collections::BTreeMap;

/// A column of a [`Table`]. Whole numbers are held in as few bytes as they need.
#[derive(Debug, Clone, PartialEq)]
pub enum Column {
    /// Whole numbers from -127 to 127; `i8::MIN` is missing.
    Byte(Vec<i8>),
    /// Whole numbers from -32767 to 32767; `i16::MIN` is missing.
    Short(Vec<i16>),
    /// Whole numbers of 32 bits; `i32::MIN` is missing.
    Int(Vec<i32>),
    /// Numbers; NaN is missing.
    Number(Vec<f64>),
    /// Texts: places in `labels`, which are sorted and distinct; `u32::MAX` is missing.
    Text {
        /// Place of each row's text in `labels`.
        codes: Vec<u32>,
        /// The texts, ascending by their bytes.
        labels: Vec<String>,
    },
}

/// A value that makes a group: of a text or of a number column.
#[derive(Debug, Clone, PartialEq)]
pub enum Level {
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
}

impl Level {
    /// The level as people read it.
    pub fn label(&self) -> String {
        match self {
            Level::Number(number) => format!("{number}"),
            Level::Text(text) => text.clone(),
        }
    }
}

/// Stands for "in no level".
pub(crate) const NO_LEVEL: u32 = u32::MAX;

/// A column as places in its ascending levels.
#[derive(Debug, Clone)]
pub(crate) struct Levels {
    /// Place of each row's level; [`NO_LEVEL`] where it is missing.
    pub(crate) codes: Vec<u32>,
    pub(crate) levels: Vec<Level>,
}

impl Column {
    /// A text column from texts, `None` being missing.
    pub fn from_texts<'a>(texts: impl Iterator<Item = Option<&'a str>>) -> Self {
        let mut index: BTreeMap<&str, u32> = BTreeMap::new();
        let mut codes = Vec::new();
        for text in texts {
            codes.push(match text {
                None => NO_LEVEL,
                Some(text) => {
                    let next = u32::try_from(index.len()).expect("rows are counted in 32 bits");
                    *index.entry(text).or_insert(next)
                }
            });
        }
        let mut place = vec![0; index.len()];
        let mut labels = Vec::with_capacity(index.len());
        for (sorted, (label, first)) in (0..).zip(index) {
            place[first as usize] = sorted;
            labels.push(label.to_owned());
        }
        for code in &mut codes {
            if *code != NO_LEVEL {
                *code = place[*code as usize];
            }
        }
        Column::Text { codes, labels }
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        match self {
            Column::Byte(values) => values.len(),
            Column::Short(values) => values.len(),
            Column::Int(values) => values.len(),
            Column::Number(values) => values.len(),
            Column::Text { codes, .. } => codes.len(),
        }
    }

    /// Whether it has no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether it holds texts.
    pub fn is_text(&self) -> bool {
        matches!(self, Column::Text { .. })
    }

    /// Bytes that the values take.
    pub fn bytes(&self) -> usize {
        match self {
            Column::Byte(values) => values.len(),
            Column::Short(values) => 2 * values.len(),
            Column::Int(values) => 4 * values.len(),
            Column::Number(values) => 8 * values.len(),
            Column::Text { codes, labels } => {
                4 * codes.len() + labels.iter().map(String::len).sum::<usize>()
            }
        }
    }

    /// The same column with its numbers as texts.
    pub fn to_text(&self) -> Column {
        let levels = self.levels();
        let labels: Vec<String> = levels.levels.iter().map(Level::label).collect();
        let label = |code: &u32| labels.get(*code as usize).map(String::as_str);
        Column::from_texts(levels.codes.iter().map(label))
    }

    /// The numbers, NaN being missing; `None` for texts.
    pub(crate) fn numbers(&self) -> Option<Vec<f64>> {
        fn whole<T: Copy + PartialEq + Into<f64>>(values: &[T], missing: T) -> Vec<f64> {
            let number = |v: &T| if *v == missing { f64::NAN } else { (*v).into() };
            values.iter().map(number).collect()
        }
        match self {
            Column::Byte(values) => Some(whole(values, i8::MIN)),
            Column::Short(values) => Some(whole(values, i16::MIN)),
            Column::Int(values) => Some(whole(values, i32::MIN)),
            Column::Number(values) => Some(values.clone()),
            Column::Text { .. } => None,
        }
    }

    /// The levels that occur, ascending, and each row's.
    pub(crate) fn levels(&self) -> Levels {
        match self {
            Column::Byte(values) => small(values.iter().map(|v| i32::from(*v)), i32::from(i8::MIN)),
            Column::Short(values) => {
                small(values.iter().map(|v| i32::from(*v)), i32::from(i16::MIN))
            }
            Column::Int(values) => numbered(values.iter().map(|v| {
                if *v == i32::MIN {
                    f64::NAN
                } else {
                    f64::from(*v)
                }
            })),
            Column::Number(values) => numbered(values.iter().copied()),
            Column::Text { codes, labels } => {
                let mut used = vec![false; labels.len()];
                for code in codes {
                    if let Some(slot) = used.get_mut(*code as usize) {
                        *slot = true;
                    }
                }
                let (place, kept) = places(&used);
                Levels {
                    codes: codes
                        .iter()
                        .map(|code| place.get(*code as usize).copied().unwrap_or(NO_LEVEL))
                        .collect(),
                    levels: kept
                        .into_iter()
                        .map(|at| Level::Text(labels[at].clone()))
                        .collect(),
                }
            }
        }
    }

    /// The rows where `keep` is true.
    pub(crate) fn retain(&mut self, keep: &[bool]) {
        fn kept<T>(values: &mut Vec<T>, keep: &[bool]) {
            let mut flags = keep.iter();
            values.retain(|_| flags.next().copied().unwrap_or(true));
        }
        match self {
            Column::Byte(values) => kept(values, keep),
            Column::Short(values) => kept(values, keep),
            Column::Int(values) => kept(values, keep),
            Column::Number(values) => kept(values, keep),
            Column::Text { codes, .. } => kept(codes, keep),
        }
    }
}

/// New places of the entries that are used, and which these are.
fn places(used: &[bool]) -> (Vec<u32>, Vec<usize>) {
    let mut place = vec![NO_LEVEL; used.len()];
    let mut kept = Vec::new();
    for (at, used) in used.iter().enumerate() {
        if *used {
            place[at] = u32::try_from(kept.len()).expect("levels are counted in 32 bits");
            kept.push(at);
        }
    }
    (place, kept)
}

/// Levels of whole numbers from `missing` to `-missing - 1`.
fn small(values: impl Iterator<Item = i32> + Clone, missing: i32) -> Levels {
    let width = usize::try_from(-2 * missing).expect("a negative number");
    let slot = |value: i32| (value - missing) as usize;
    let mut used = vec![false; width];
    for value in values.clone() {
        used[slot(value)] = true;
    }
    used[0] = false;
    let (place, kept) = places(&used);
    Levels {
        codes: values.map(|value| place[slot(value)]).collect(),
        levels: kept
            .into_iter()
            .map(|at| Level::Number(at as f64 + f64::from(missing)))
            .collect(),
    }
}

fn numbered(values: impl Iterator<Item = f64> + Clone) -> Levels {
    let mut distinct: Vec<f64> = values
        .clone()
        .filter(|v| !v.is_nan())
        .map(|v| v + 0.0)
        .collect();
    distinct.sort_by(f64::total_cmp);
    distinct.dedup();
    let place = |value: f64| {
        if value.is_nan() {
            NO_LEVEL
        } else {
            let at = distinct.partition_point(|known| *known < value);
            u32::try_from(at).expect("levels are counted in 32 bits")
        }
    };
    let codes = values.map(place).collect();
    Levels {
        codes,
        levels: distinct.into_iter().map(Level::Number).collect(),
    }
}

/// The columns of a file, by name.
#[derive(Debug, Clone, Default)]
pub struct Table {
    rows: usize,
    columns: BTreeMap<String, Column>,
    spoilt: BTreeMap<String, (u64, String)>,
}

impl Table {
    /// An empty table of so many rows.
    pub fn new(rows: usize) -> Self {
        Self {
            rows,
            columns: BTreeMap::new(),
            spoilt: BTreeMap::new(),
        }
    }

    /// Adds a column, or takes the place of the one of that name. Panics when its rows are not
    /// those of the table: whoever reads a file has them equal.
    pub fn insert(&mut self, name: impl Into<String>, column: Column) {
        assert_eq!(column.len(), self.rows, "a column has the table's rows");
        self.columns.insert(name.into(), column);
    }

    /// Says which text made a column one of texts, and in which line of the file it stands (from one): it is named
    /// where numbers are needed.
    pub fn spoilt_by(&mut self, name: impl Into<String>, line: u64, text: impl Into<String>) {
        self.spoilt.insert(name.into(), (line, text.into()));
    }

    /// What [`spoilt_by`](Self::spoilt_by) said.
    pub(crate) fn spoiler(&self, name: &str) -> Option<(u64, &str)> {
        let (line, text) = self.spoilt.get(name)?;
        Some((*line, text))
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Names of the columns, ascending.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.keys().map(String::as_str)
    }

    /// A column by name.
    pub fn get(&self, name: &str) -> Option<&Column> {
        self.columns.get(name)
    }

    /// Keeps the rows where `keep` is true.
    pub(crate) fn retain(&mut self, keep: &[bool]) {
        self.rows = keep.iter().filter(|k| **k).count();
        for column in self.columns.values_mut() {
            column.retain(keep);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_ascend_and_leave_out_what_does_not_occur() {
        let levels = Column::Byte(vec![3, i8::MIN, -2, 3]).levels();
        assert_eq!(levels.codes, [1, NO_LEVEL, 0, 1]);
        assert_eq!(levels.levels, [Level::Number(-2.0), Level::Number(3.0)]);
        let levels = Column::Number(vec![0.5, f64::NAN, -0.0, 0.0]).levels();
        assert_eq!(levels.codes, [1, NO_LEVEL, 0, 0]);
        let mut texts = Column::from_texts(["b", "a", "c", "b"].map(Some).into_iter());
        texts.retain(&[true, true, false, true]);
        assert_eq!(texts.levels().codes, [1, 0, 1]);
        assert_eq!(texts.levels().levels.len(), 2);
    }
}
