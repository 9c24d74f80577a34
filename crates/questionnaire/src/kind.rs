//! The kinds of questions with what each needs: options, items, scales, columns.

use jiff::civil::Date;

use crate::{Comparison, Condition, Expression, Text};

/// The kinds of questions with what each needs.
#[derive(Clone, Debug, PartialEq)]
pub enum QuestionKind {
    /// Exactly one option.
    Single {
        /// Options in their order.
        options: Vec<Choice>,
        /// Whether the options are a scale in ascending order.
        ordered: bool,
    },
    /// Any number of options within the bounds.
    Multiple {
        /// Options in their order.
        options: Vec<Choice>,
        /// At least so many, when answered at all.
        min: Option<usize>,
        /// At most so many.
        max: Option<usize>,
    },
    /// Several items on one scale; each item is a variable `question.item`. Also the semantic differential,
    /// whose items have poles.
    Battery {
        /// Items in their order.
        items: Vec<Item>,
        /// The scale of all items.
        scale: Scale,
    },
    /// Items by columns; each cell is a variable `question.item.column`.
    Grid {
        /// Items in their order.
        items: Vec<Item>,
        /// Columns in their order.
        columns: Vec<Column>,
    },
    /// Items with boxes to tick; each item is a variable `question.item` with a set of columns.
    Ticks {
        /// Items in their order.
        items: Vec<Item>,
        /// What can be ticked for each item.
        columns: Vec<Choice>,
        /// At least so many an item, when answered at all.
        min: Option<usize>,
        /// At most so many an item.
        max: Option<usize>,
    },
    /// A number in a unit.
    Number {
        /// Unit, as it stands behind the field; may be empty.
        unit: Text,
        /// Smallest number allowed.
        min: Option<f64>,
        /// Largest number allowed.
        max: Option<f64>,
        /// Decimal places allowed; 0 asks for whole numbers.
        decimals: u8,
    },
    /// Several numbers; each item is a variable `question.item`.
    Numbers {
        /// Items in their order, each with its number's bounds.
        items: Vec<NumberItem>,
        /// What their sum must be.
        sum: Option<Sum>,
    },
    /// One line of text.
    ShortText {
        /// At most so many characters.
        max_length: usize,
    },
    /// Several lines of text.
    LongText {
        /// At most so many characters.
        max_length: usize,
    },
    /// Several lines of one text each; each item is a variable `question.item`.
    Texts {
        /// Items in their order.
        items: Vec<Item>,
        /// At most so many characters each.
        max_length: usize,
    },
    /// Options in an order of the answering person's.
    Ranking {
        /// Options in the order of the file.
        options: Vec<Choice>,
        /// At least so many are ranked, when answered at all.
        min: Option<usize>,
        /// At most so many are ranked.
        max: Option<usize>,
    },
    /// A day.
    Date {
        /// Earliest day.
        min: Option<Date>,
        /// Latest day.
        max: Option<Date>,
    },
    /// An e-mail address.
    Email,
    /// Files that are sent along.
    File {
        /// Kinds of files that are taken.
        types: Vec<FileType>,
        /// Largest file, in bytes.
        max_size: u64,
        /// At most so many files.
        max: usize,
    },
    /// A municipality of the register.
    Municipality,
    /// A number computed from answers, or words that depend on them; not a variable that is stored.
    Computed {
        /// How; `None` while the file is read, and of words.
        value: Option<Expression>,
        /// The words: the first whose condition holds is said, nothing where none does. Empty of a number.
        words: Vec<Wording>,
        /// Whether people who answer see it.
        shown: bool,
        /// Unit; may be empty.
        unit: Text,
        /// Decimal places shown.
        decimals: u8,
    },
    /// A text to read.
    Note,
    /// Practices that the municipality names.
    Nomination {
        /// Fields of action to choose from.
        fields: Vec<Choice>,
        /// At most so many practices.
        max: usize,
    },
}

/// An option of a choice, or a field of action of a nomination.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    /// Stable key, unique in its question.
    pub key: String,
    /// Wording.
    pub text: Text,
    /// Cannot be chosen together with others ("keine davon").
    pub exclusive: bool,
    /// Has a field for a text of one's own, the variable `question.option.text`.
    pub other: bool,
    /// Has a field for a remark, the variable `question.option.comment`.
    pub comment: bool,
    /// Offered only when this holds; always when `None`.
    pub show_if: Option<Condition>,
}

/// One item of a battery.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// Stable key, unique in its battery.
    pub key: String,
    /// Wording; of an item with poles, both with a dash between.
    pub text: Text,
    /// What stands at the low and at the high end of a semantic differential.
    pub poles: Option<(Text, Text)>,
    /// Asked only when this holds; always when `None`.
    pub show_if: Option<Condition>,
}

/// A number among several.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NumberItem {
    /// Key and wording.
    pub item: Item,
    /// What it takes.
    pub number: NumberSpec,
}

/// What a number may be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NumberSpec {
    /// Unit, as it stands behind the field; may be empty.
    pub unit: Text,
    /// Smallest number allowed.
    pub min: Option<f64>,
    /// Largest number allowed.
    pub max: Option<f64>,
    /// Decimal places allowed; 0 asks for whole numbers.
    pub decimals: u8,
}

/// What the sum of several numbers must be.
#[derive(Clone, Debug, PartialEq)]
pub struct Sum {
    /// How the sum compares.
    pub comparison: Comparison,
    /// With what; `None` only while the file is read.
    pub bound: Option<Expression>,
}

/// A column of a grid.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Stable key, unique in its grid.
    pub key: String,
    /// Wording.
    pub text: Text,
    /// What its cells take.
    pub cell: CellKind,
}

/// What the cells of a grid's column take.
#[derive(Clone, Debug, PartialEq)]
pub enum CellKind {
    /// A point of a scale.
    Scale(Scale),
    /// A number.
    Number(NumberSpec),
    /// One line of text with at most so many characters.
    Text(usize),
}

/// A kind of file that can be sent along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum FileType {
    Pdf,
    Docx,
    Xlsx,
    Pptx,
    Odt,
    Ods,
    Png,
    Jpg,
    Txt,
    Csv,
}

/// A scale whose points ascend from the low to the high pole; every point has its wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scale {
    /// Stable key.
    pub key: String,
    /// Points in ascending order, at least two.
    pub points: Vec<Point>,
}

/// One point of a scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// Stable key, unique in its scale.
    pub key: String,
    /// Wording.
    pub text: Text,
}

/// All kinds of files with their endings.
const FILE_TYPES: [(FileType, &str); 10] = [
    (FileType::Pdf, "pdf"),
    (FileType::Docx, "docx"),
    (FileType::Xlsx, "xlsx"),
    (FileType::Pptx, "pptx"),
    (FileType::Odt, "odt"),
    (FileType::Ods, "ods"),
    (FileType::Png, "png"),
    (FileType::Jpg, "jpg"),
    (FileType::Txt, "txt"),
    (FileType::Csv, "csv"),
];

impl FileType {
    /// All kinds.
    pub fn all() -> impl Iterator<Item = FileType> {
        FILE_TYPES.into_iter().map(|(kind, _)| kind)
    }

    /// The kind of this ending, in small letters and without a point.
    pub fn from_ending(ending: &str) -> Option<Self> {
        let ending = if ending == "jpeg" { "jpg" } else { ending };
        let found = FILE_TYPES.into_iter().find(|(_, known)| *known == ending);
        found.map(|(kind, _)| kind)
    }

    /// Its ending.
    pub fn ending(self) -> &'static str {
        let found = FILE_TYPES.into_iter().find(|(kind, _)| *kind == self);
        found.map_or("", |(_, ending)| ending)
    }

    /// Whether the bytes are of this kind: first bytes, and for office files the names inside the archive.
    pub fn is_content(self, bytes: &[u8]) -> bool {
        let zip = bytes.starts_with(b"PK\x03\x04");
        let holds = |word: &str| bytes.windows(word.len()).any(|w| w == word.as_bytes());
        match self {
            FileType::Pdf => bytes.starts_with(b"%PDF-"),
            FileType::Png => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
            FileType::Jpg => bytes.starts_with(b"\xff\xd8\xff"),
            FileType::Docx => zip && holds("word/"),
            FileType::Xlsx => zip && holds("xl/"),
            FileType::Pptx => zip && holds("ppt/"),
            FileType::Odt => zip && holds("application/vnd.oasis.opendocument.text"),
            FileType::Ods => zip && holds("application/vnd.oasis.opendocument.spreadsheet"),
            FileType::Txt | FileType::Csv => {
                let odd = |b: &u8| *b < 9 || (14..32).contains(b);
                !bytes.is_empty() && !bytes.iter().any(odd)
            }
        }
    }
}

impl Scale {
    /// The points with their wording, ascending.
    pub fn codes(&self) -> Vec<(&str, &Text)> {
        self.points
            .iter()
            .map(|p| (p.key.as_str(), &p.text))
            .collect()
    }

    /// Wording of the lowest and of the highest point.
    pub fn poles(&self) -> Option<(&Text, &Text)> {
        Some((&self.points.first()?.text, &self.points.last()?.text))
    }
}

/// Words of a computed value, and when they are said.
#[derive(Clone, Debug, PartialEq)]
pub struct Wording {
    /// When; otherwise, where there is no condition.
    pub when: Option<Condition>,
    /// What is said; may insert answers.
    pub text: Text,
}
