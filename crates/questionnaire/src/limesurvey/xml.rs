//! The rows of an `.lss` file, read with bounds on everything.
//!
//! The file is a dump of tables: `document / section / rows / row / field`. It is read event by event: no document
//! type, no entities but the five of XML and numbered characters, so nothing can grow while it is read. Of the
//! sections only those are kept that make a questionnaire.

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::fault::{Fault, fault};

/// Bytes of a file at most; the largest known survey has below 5 MB.
pub const SIZE: usize = 32 << 20;
/// Elements within each other at most; the format has five.
const DEPTH: usize = 12;
/// Rows of one file at most.
const ROWS: usize = 200_000;
/// Bytes of one field at most.
const FIELD: usize = 1 << 20;

/// Sections that are kept.
const SECTIONS: [&str; 18] = [
    "answers",
    "answer_l10ns",
    "assessments",
    "conditions",
    "defaultvalues",
    "defaultvalue_l10ns",
    "defaultvalues_l10ns",
    "groups",
    "group_l10ns",
    "languages",
    "questions",
    "question_attributes",
    "question_l10ns",
    "quota",
    "quotas",
    "subquestions",
    "surveys",
    "surveys_languagesettings",
];

/// One row of a section.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Line of its opening tag, from 1.
    pub line: usize,
    fields: BTreeMap<String, String>,
}

impl Row {
    /// A field, trimmed; empty when it is not there.
    pub fn get(&self, field: &str) -> &str {
        self.fields.get(field).map_or("", |value| value.trim())
    }

    /// Whether the field was written at all.
    pub fn has(&self, field: &str) -> bool {
        self.fields.contains_key(field)
    }

    /// A whole number; 0 when it is none.
    pub fn number(&self, field: &str) -> i64 {
        self.get(field).parse().unwrap_or(0)
    }
}

/// All that is kept of a file.
#[derive(Debug, Default)]
pub struct Tables {
    /// Version of LimeSurvey's database, 0 when the file does not say.
    pub version: u32,
    /// Languages as listed at the top.
    pub languages: Vec<String>,
    /// Line of the root element.
    pub line: usize,
    sections: BTreeMap<String, Vec<Row>>,
}

impl Tables {
    /// The rows of a section, none when it is not there.
    pub fn rows(&self, section: &str) -> &[Row] {
        self.sections.get(section).map_or(&[], Vec::as_slice)
    }
}

/// Reads the tables.
///
/// # Errors
/// What the file is not, with the line.
pub fn read(bytes: &[u8]) -> Result<Tables, Fault> {
    if bytes.len() > SIZE {
        return Err(fault(
            1,
            format!("the file has {} MB", bytes.len() >> 20),
            format!(
                "a survey structure has at most {} MB; export the structure alone, without responses",
                SIZE >> 20
            ),
        ));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        fault(
            line_at(bytes, error.valid_up_to()),
            "the file is not UTF-8".to_owned(),
            "export the survey from LimeSurvey again as .lss and do not open it in between"
                .to_owned(),
        )
    })?;
    Walk::new(text).run()
}

fn line_at(bytes: &[u8], offset: usize) -> usize {
    let end = offset.min(bytes.len());
    bytes[..end].iter().filter(|b| **b == b'\n').count() + 1
}

/// The state of the walk over the events.
struct Walk<'t> {
    text: &'t str,
    /// Lines are counted as the walk goes on.
    counted: (usize, usize),
    path: Vec<String>,
    tables: Tables,
    row: Row,
    value: String,
    rows: usize,
}

impl<'t> Walk<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            counted: (0, 1),
            path: Vec::new(),
            tables: Tables::default(),
            row: Row::default(),
            value: String::new(),
            rows: 0,
        }
    }

    fn line(&mut self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        let (from, line) = self.counted;
        if offset >= from {
            let more = self.text.as_bytes()[from..offset]
                .iter()
                .filter(|b| **b == b'\n')
                .count();
            self.counted = (offset, line + more);
        }
        self.counted.1
    }

    fn run(mut self) -> Result<Tables, Fault> {
        let mut reader = Reader::from_str(self.text);
        loop {
            let before = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            let event = reader.read_event().map_err(|error| {
                let at = usize::try_from(reader.error_position()).unwrap_or(before);
                fault(
                    line_at(self.text.as_bytes(), at.max(before)),
                    format!("the file is not well-formed XML: {error}"),
                    "export the survey from LimeSurvey again as .lss".to_owned(),
                )
            })?;
            match event {
                Event::Start(start) => self.open(start.name().as_ref(), before)?,
                Event::Empty(start) => {
                    let name = start.name();
                    self.open(name.as_ref(), before)?;
                    self.close();
                }
                Event::End(_) => self.close(),
                Event::Text(text) => self.take(&text.xml10_content(), before)?,
                Event::CData(text) => self.take(&text.xml10_content(), before)?,
                Event::GeneralRef(name) => {
                    let known = match name.as_ref() {
                        "lt" => Some('<'),
                        "gt" => Some('>'),
                        "amp" => Some('&'),
                        "quot" => Some('"'),
                        "apos" => Some('\''),
                        _ => name.resolve_char_ref().ok().flatten(),
                    };
                    let Some(known) = known else {
                        let what =
                            format!("the file uses an entity of its own, `&{};`", short(&name));
                        return Err(fault(self.line(before), what, ENTITIES.to_owned()));
                    };
                    let mut buffer = [0; 4];
                    self.take(known.encode_utf8(&mut buffer), before)?;
                }
                Event::DocType(_) => {
                    let what = "the file declares a document type or entities".to_owned();
                    return Err(fault(self.line(before), what, ENTITIES.to_owned()));
                }
                Event::Eof => break,
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            }
        }
        let end = self.line(self.text.len());
        if let Some(open) = self.path.last() {
            return Err(fault(
                end,
                format!("the file ends within <{}>", short(open)),
                "it was cut off; export the survey from LimeSurvey again".to_owned(),
            ));
        }
        if self.tables.line == 0 {
            return Err(fault(
                end,
                "the file holds no XML".to_owned(),
                EXPECTED.to_owned(),
            ));
        }
        Ok(self.tables)
    }

    fn open(&mut self, name: &str, offset: usize) -> Result<(), Fault> {
        let depth = self.path.len();
        if depth == 0 {
            let line = self.line(offset);
            if self.tables.line != 0 {
                return Err(fault(
                    line,
                    "a second root element begins".to_owned(),
                    EXPECTED.to_owned(),
                ));
            }
            if name != "document" {
                let what = format!("the root element is <{}>", short(name));
                return Err(fault(line, what, EXPECTED.to_owned()));
            }
            self.tables.line = line.max(1);
        }
        if depth >= DEPTH {
            return Err(fault(
                self.line(offset),
                format!("elements are nested deeper than {DEPTH}"),
                "a survey structure has five levels: document, section, rows, row, field"
                    .to_owned(),
            ));
        }
        self.path.push(name.to_owned());
        self.value.clear();
        if depth == 3 && name == "row" {
            self.rows += 1;
            let line = self.line(offset);
            if self.rows > ROWS {
                return Err(fault(
                    line,
                    format!("the file has more than {ROWS} rows"),
                    "export the structure alone, without responses".to_owned(),
                ));
            }
            self.row = Row {
                line,
                fields: BTreeMap::new(),
            };
        }
        Ok(())
    }

    fn take(&mut self, text: &str, offset: usize) -> Result<(), Fault> {
        if self.path.len() < 2 {
            return Ok(());
        }
        if self.value.len() + text.len() > FIELD {
            return Err(fault(
                self.line(offset),
                format!("one field has more than {} KB", FIELD >> 10),
                "shorten the text; pictures within a text are not taken over".to_owned(),
            ));
        }
        self.value.push_str(text);
        Ok(())
    }

    fn close(&mut self) {
        let Some(name) = self.path.pop() else {
            return;
        };
        let value = std::mem::take(&mut self.value);
        match (self.path.as_slice(), name.as_str()) {
            ([_, section, _, row], _) if row == "row" && SECTIONS.contains(&section.as_str()) => {
                self.row.fields.insert(name, value);
            }
            ([_, section, _], "row") if SECTIONS.contains(&section.as_str()) => {
                let row = std::mem::take(&mut self.row);
                self.tables
                    .sections
                    .entry(section.clone())
                    .or_default()
                    .push(row);
            }
            ([_], "DBVersion") => self.tables.version = value.trim().parse().unwrap_or(0),
            ([_], "LimeSurveyDocType") if !value.trim().is_empty() => {
                let row = Row {
                    line: self.counted.1,
                    fields: [("type".to_owned(), value)].into(),
                };
                self.tables
                    .sections
                    .entry("doctype".to_owned())
                    .or_default()
                    .push(row);
            }
            ([_, section], "language") if section == "languages" => {
                self.tables.languages.push(value.trim().to_owned());
            }
            _ => {}
        }
    }
}

const EXPECTED: &str = "expected a LimeSurvey survey structure (.lss): <document> with <LimeSurveyDocType>Survey</LimeSurveyDocType>";
const ENTITIES: &str = "LimeSurvey writes none, so this file is refused; export the survey again";

fn short(name: &str) -> String {
    name.chars().take(40).collect()
}
