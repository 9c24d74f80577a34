//! Responses that LimeSurvey exported, read as answers to a questionnaire that came over.
//!
//! Two files are read: the CSV with question codes as headings and answer codes as values, and the "VV" file, whose
//! columns are parted by tabs and headed by two lines, the second with the codes. Columns find their variables by the
//! codes, since keys are made from codes: `Q02[SQ01]`, `Q02_SQ01` and `q02.sq01` are the same.

use std::collections::BTreeMap;

use crate::part::{Role, Value};
use crate::{Answer, Answers, QuestionKind, Questionnaire, VariableKey};

/// Bytes of a file at most.
pub const RESPONSES_SIZE: usize = 64 << 20;
/// Columns at most.
const COLUMNS: usize = 10_000;

/// One response of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct LoadedResponse {
    /// Line of the file in which it begins, from 1.
    pub line: usize,
    /// What the column with the unit says, trimmed.
    pub unit: String,
    /// When it was submitted, as the file says it: `2020-03-01 12:30:00`; `None` when it was not.
    pub submitted: Option<String>,
    /// Its answers.
    pub answers: Answers,
}

/// What is wrong with one cell, or with a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct CellFault {
    pub line: usize,
    pub column: String,
    pub what: String,
    pub help: String,
}

impl std::fmt::Display for CellFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            line,
            column,
            what,
            help,
        } = self;
        write!(f, "line {line}, column {column}: {what}\n  help: {help}")
    }
}

/// What a column fills.
#[derive(Clone, Debug, PartialEq)]
enum Slot {
    /// The variable, by what it takes.
    Whole(VariableKey),
    /// "Y" adds this option to the variable.
    Option(VariableKey, String),
    /// A text beside an option of several; what is written chooses the option too.
    Other {
        choices: VariableKey,
        option: String,
        text: VariableKey,
    },
    /// The option at this place of a ranking.
    Rank(VariableKey, usize),
    /// Nothing is kept of it: texts to read, computed values, files.
    Nothing,
}

/// Columns of LimeSurvey itself.
const TECHNICAL: [&str; 18] = [
    "id",
    "submitdate",
    "lastpage",
    "startlanguage",
    "seed",
    "startdate",
    "datestamp",
    "ipaddr",
    "refurl",
    "token",
    "firstname",
    "lastname",
    "email",
    "emailstatus",
    "interviewtime",
    "completed",
    "language",
    "savedid",
];

/// Reads the responses of a file. `unit` is the heading of the column that says whose response it is; `skip` are
/// headings that are left out; `numbers` are headings by numbers with the codes they stand for, from [`super::headings`].
///
/// # Errors
/// Every fault with line and column.
pub fn responses(
    bytes: &[u8],
    questionnaire: &Questionnaire,
    unit: &str,
    skip: &[String],
    numbers: &BTreeMap<String, String>,
) -> Result<Vec<LoadedResponse>, Vec<CellFault>> {
    let table = Table::read(bytes).map_err(|fault| vec![fault])?;
    let slots = slots(questionnaire);
    let mut faults = Vec::new();
    let coded = |heading: &str| {
        let code = numbers.get(&heading.to_uppercase());
        code.map_or_else(|| heading.to_owned(), Clone::clone)
    };
    let known = |heading: &str| slots.contains_key(&normal(&coded(heading)));
    if let Some(fault) = other_headings(&table, &known) {
        return Err(vec![fault]);
    }
    let mut columns: Vec<Option<Slot>> = Vec::new();
    let (mut unit_at, mut submitted_at) = (None, None);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (at, heading) in table.headings.iter().enumerate() {
        let mut fault = |what: String, help: String| {
            faults.push(CellFault {
                line: table.heading_line,
                column: heading.clone(),
                what,
                help,
            });
        };
        if heading.eq_ignore_ascii_case(unit) {
            unit_at = Some(at);
            columns.push(None);
            continue;
        }
        if heading.eq_ignore_ascii_case("submitdate") {
            submitted_at = Some(at);
        }
        let normal = normal(&coded(heading));
        let technical = TECHNICAL.contains(&heading.to_lowercase().as_str()) || is_timing(heading);
        let skipped = skip.iter().any(|name| name.eq_ignore_ascii_case(heading));
        let slot = match slots.get(&normal).map(Vec::as_slice) {
            _ if skipped => None,
            Some([slot]) => Some(slot.clone()),
            Some(_) => {
                fault(
                    "two questions or items have this code".to_owned(),
                    "rename the column to the key of the questionnaire, e.g. q02.sq01".to_owned(),
                );
                None
            }
            None if technical || heading.is_empty() => None,
            None => {
                fault(
                    "the questionnaire asks nothing of this code".to_owned(),
                    "export with question codes as headings; leave the column out with --skip if its question did not come over".to_owned(),
                );
                None
            }
        };
        if slot.is_some()
            && let Some(first) = seen.insert(normal, at)
        {
            fault(
                format!("the column stands twice, first as column {}", first + 1),
                "keep one of the two".to_owned(),
            );
        }
        columns.push(slot);
    }
    let Some(unit_at) = unit_at else {
        faults.insert(0, CellFault {
            line: table.heading_line,
            column: unit.to_owned(),
            what: "there is no such column".to_owned(),
            help: "each response belongs to a municipality: name the column with its key (AGS) with --ags COLUMN".to_owned(),
        });
        return Err(faults);
    };
    let mut loaded = Vec::new();
    for (line, cells) in &table.rows {
        if cells.len() != table.headings.len() {
            faults.push(CellFault {
                line: *line,
                column: "-".to_owned(),
                what: format!(
                    "the row has {} cells, the heading {}",
                    cells.len(),
                    table.headings.len()
                ),
                help: "export the file again; a line break within an answer must stand in quotes"
                    .to_owned(),
            });
            continue;
        }
        let mut row = Reading {
            questionnaire,
            answers: Answers::new(),
            ranks: BTreeMap::new(),
        };
        for ((cell, slot), heading) in cells.iter().zip(&columns).zip(&table.headings) {
            let cell = if table.vv {
                unescaped(cell)
            } else {
                cell.clone()
            };
            let cell = cell.trim();
            if let Some(slot) = slot
                && !cell.is_empty()
                && cell != "{question_not_shown}"
                && let Err((what, help)) = row.take(slot, cell)
            {
                faults.push(CellFault {
                    line: *line,
                    column: heading.clone(),
                    what,
                    help,
                });
            }
        }
        let at = |column: Option<usize>| {
            column
                .and_then(|at| cells.get(at))
                .map(|cell| cell.trim().to_owned())
        };
        let submitted = at(submitted_at)
            .filter(|at| !at.is_empty() && at != "{question_not_shown}" && at != "N");
        loaded.push(LoadedResponse {
            line: *line,
            unit: at(Some(unit_at)).unwrap_or_default(),
            submitted,
            answers: row.finish(),
        });
    }
    if loaded.is_empty() && faults.is_empty() {
        faults.push(CellFault {
            line: table.heading_line,
            column: "-".to_owned(),
            what: "the file has no responses".to_owned(),
            help: "below the heading stands one row a response".to_owned(),
        });
    }
    if faults.is_empty() {
        Ok(loaded)
    } else {
        Err(faults)
    }
}

/// Headings that are no codes: one fault for all of them, with what to choose when exporting.
fn other_headings(table: &Table, known: &dyn Fn(&str) -> bool) -> Option<CellFault> {
    let technical = |heading: &String| TECHNICAL.contains(&heading.to_lowercase().as_str());
    let unknown = table
        .headings
        .iter()
        .filter(|heading| !technical(heading) && !known(heading));
    let unknown: Vec<&String> = unknown.collect();
    let is_number = |heading: &&&String| {
        let mut parts = heading.split('X');
        let digits =
            |part: Option<&str>| part.is_some_and(|p| p.starts_with(|c: char| c.is_ascii_digit()));
        digits(parts.next()) && digits(parts.next()) && digits(parts.next())
    };
    let is_prose = |heading: &&&String| heading.split_whitespace().count() > 2;
    let fault = |column: &str, what: &str, help: &str| CellFault {
        line: table.heading_line,
        column: short(column),
        what: what.to_owned(),
        help: help.to_owned(),
    };
    if let Some(first) = unknown.iter().find(is_number) {
        return Some(fault(
            first,
            "the headings are numbers of survey, group and question",
            "name the survey's structure with --lss FILE.lss, or export again: Export responses, Headings, \"Question code\"",
        ));
    }
    let prose = unknown.iter().filter(is_prose).count();
    let first = unknown.iter().find(is_prose)?;
    (prose * 3 > table.headings.len()).then(|| {
        fault(
            first,
            "the headings are the words of the questions",
            "export again: Export responses, Headings, \"Question code\"; Responses, \"Answer codes\"",
        )
    })
}

fn is_timing(heading: &str) -> bool {
    let lower = heading.to_lowercase();
    lower.starts_with("grouptime")
        || lower.starts_with("attribute_")
        || (lower.ends_with("time") && lower.contains('x'))
}

/// Names under which a column may say a key.
fn names(key: &str) -> Vec<String> {
    let bare = key.replace('-', "");
    let mut names = vec![bare.clone()];
    // Keys that could not begin with a digit, or were words of the conditions.
    if let Some(rest) = bare
        .strip_prefix('q')
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    {
        names.push(rest.to_owned());
    }
    for end in ["-q", "-x"] {
        if let Some(rest) = key.strip_suffix(end) {
            names.push(rest.replace('-', ""));
        }
    }
    names
}

/// A heading with its parts joined by underscores, in lower case.
fn normal(heading: &str) -> String {
    let mut parts: Vec<String> = vec![String::new()];
    let dual = heading.matches('[').count() == 2;
    for c in heading.chars() {
        match c {
            '[' | '_' | '.' | '#' => parts.push(String::new()),
            c if c.is_ascii_alphanumeric() => {
                if let Some(part) = parts.last_mut() {
                    part.push(c.to_ascii_lowercase());
                }
            }
            _ => {}
        }
    }
    parts.retain(|part| !part.is_empty());
    // The scales of `Q[SQ][1]` count from 1, those of `Q_SQ_0` from 0.
    if dual
        && let Some(last) = parts.last_mut()
        && let Ok(number @ 1..=2) = last.parse::<u8>()
    {
        *last = (number - 1).to_string();
    }
    parts.join("_")
}

fn slots(questionnaire: &Questionnaire) -> BTreeMap<String, Vec<Slot>> {
    let mut slots: BTreeMap<String, Vec<Slot>> = BTreeMap::new();
    for question in questionnaire.questions() {
        let mut put = |parts: &[Vec<String>], slot: Slot| {
            for name in joined(parts) {
                let there = slots.entry(name).or_default();
                if !there.contains(&slot) {
                    there.push(slot.clone());
                }
            }
        };
        let key = names(&question.key);
        let own = VariableKey::new(&question.key);
        let silent = matches!(
            question.kind,
            QuestionKind::Note | QuestionKind::Computed { .. }
        );
        if silent || matches!(question.kind, QuestionKind::File { .. }) {
            put(std::slice::from_ref(&key), Slot::Nothing);
            put(&[key, vec!["filecount".to_owned()]], Slot::Nothing);
            continue;
        }
        for part in question.parts() {
            let parts: Vec<Vec<String>> = part.key.as_str().split('.').skip(1).map(names).collect();
            let with = |more: &[Vec<String>]| {
                let mut all = vec![key.clone()];
                all.extend(more.iter().cloned());
                all
            };
            match (part.role, &part.value) {
                (Role::Comment, _) if parts.len() == 1 => put(
                    &with(&[vec!["comment".to_owned()]]),
                    Slot::Whole(part.key.clone()),
                ),
                (Role::Comment, _) => {
                    let option = parts[0]
                        .iter()
                        .map(|name| format!("{name}comment"))
                        .collect();
                    put(&with(&[option]), Slot::Whole(part.key.clone()));
                }
                (Role::Other, _) => {
                    let several = matches!(question.kind, QuestionKind::Multiple { .. });
                    let option = part
                        .key
                        .as_str()
                        .split('.')
                        .nth(1)
                        .unwrap_or_default()
                        .to_owned();
                    let slot = if several {
                        Slot::Other {
                            choices: own.clone(),
                            option,
                            text: part.key.clone(),
                        }
                    } else {
                        Slot::Whole(part.key.clone())
                    };
                    put(&with(&parts[..1]), slot);
                }
                (Role::Own, Value::Choices { options, .. }) => {
                    for option in options.iter().filter(|option| !option.other) {
                        let mut all = with(&parts);
                        all.push(names(&option.key));
                        put(&all, Slot::Option(part.key.clone(), option.key.clone()));
                    }
                }
                (Role::Own, Value::Ranking { options, .. }) => {
                    for place in 1..=options.len() {
                        put(
                            &with(&[vec![place.to_string()]]),
                            Slot::Rank(part.key.clone(), place),
                        );
                    }
                }
                (Role::Own, _) => {
                    put(&with(&parts), Slot::Whole(part.key.clone()));
                    // Two scales, which LimeSurvey counts from 0.
                    if let QuestionKind::Grid { columns, .. } = &question.kind
                        && let [.., column] = parts.as_slice()
                        && parts.len() == 2
                        && columns.len() <= 2
                    {
                        for (scale, name) in [("s1", "0"), ("s2", "1")] {
                            if column.iter().any(|c| c == scale) {
                                put(
                                    &with(&[parts[0].clone(), vec![name.to_owned()]]),
                                    Slot::Whole(part.key.clone()),
                                );
                            }
                        }
                    }
                }
            }
        }
    }
    slots
}

fn joined(parts: &[Vec<String>]) -> Vec<String> {
    let mut all = vec![String::new()];
    for part in parts {
        let mut next = Vec::new();
        for begun in &all {
            for name in part {
                next.push(if begun.is_empty() {
                    name.clone()
                } else {
                    format!("{begun}_{name}")
                });
            }
        }
        all = next;
    }
    all
}

/// One row while it is read.
struct Reading<'q> {
    questionnaire: &'q Questionnaire,
    answers: Answers,
    ranks: BTreeMap<VariableKey, BTreeMap<usize, String>>,
}

type Wrong = (String, String);

impl Reading<'_> {
    fn take(&mut self, slot: &Slot, cell: &str) -> Result<(), Wrong> {
        match slot {
            Slot::Nothing => {}
            Slot::Option(variable, option) => {
                if chosen(cell)? {
                    self.choose(variable, option);
                }
            }
            Slot::Other {
                choices,
                option,
                text,
            } => {
                if !matches!(cell, "N" | "0") {
                    self.choose(choices, option);
                    self.answers
                        .insert(text.clone(), Answer::Text(cell.to_owned()));
                }
            }
            Slot::Rank(variable, place) => {
                let key = self.code(variable, cell)?;
                self.ranks
                    .entry(variable.clone())
                    .or_default()
                    .insert(*place, key);
            }
            Slot::Whole(variable) => {
                if let Some(answer) = self.whole(variable, cell)? {
                    self.answers.insert(variable.clone(), answer);
                }
            }
        }
        Ok(())
    }

    fn choose(&mut self, variable: &VariableKey, option: &str) {
        let there = self
            .answers
            .entry(variable.clone())
            .or_insert_with(|| Answer::Choices(Default::default()));
        if let Answer::Choices(options) = there {
            options.insert(option.to_owned());
        }
    }

    /// The key of an answer code.
    fn code(&self, variable: &VariableKey, cell: &str) -> Result<String, Wrong> {
        let found = self.questionnaire.variable(variable);
        let codes: Vec<&str> = found
            .iter()
            .flat_map(|v| v.codes())
            .map(|(key, _)| key)
            .collect();
        let wanted = if cell == "-oth-" {
            "other".to_owned()
        } else {
            normal(cell).replace('_', "")
        };
        let fits = |key: &&&str| names(key).contains(&wanted);
        let spoken = match (wanted.as_str(), codes.as_slice()) {
            ("y" | "1", ["ja", "nein"]) => Some("ja"),
            ("n" | "2", ["ja", "nein"]) => Some("nein"),
            _ => codes
                .iter()
                .find(|key| **key == wanted)
                .or_else(|| codes.iter().find(fits))
                .copied(),
        };
        spoken.map(str::to_owned).ok_or_else(|| {
            let shown: Vec<&str> = codes.iter().copied().take(12).collect();
            (
                format!("\"{}\" is no answer code", short(cell)),
                format!(
                    "export answer codes, not their words; the codes are {}",
                    shown.join(", ")
                ),
            )
        })
    }

    fn whole(&self, variable: &VariableKey, cell: &str) -> Result<Option<Answer>, Wrong> {
        let Some(found) = self.questionnaire.variable(variable) else {
            return Ok(None);
        };
        Ok(Some(match &found.part.value {
            Value::Choice { .. } => Answer::Choice(self.code(variable, cell)?),
            Value::Number { .. } => {
                let typed = if cell.contains('.') {
                    cell.to_owned()
                } else {
                    cell.replace(',', ".")
                };
                let number = typed
                    .parse::<f64>()
                    .ok()
                    .filter(|n| n.is_finite() && n.abs() <= 1e15);
                Answer::Number(number.ok_or_else(|| {
                    (
                        format!("\"{}\" is no number", short(cell)),
                        "write digits with a point before decimals, e.g. 1250.5".to_owned(),
                    )
                })?)
            }
            Value::Date { .. } => {
                let iso = cell.get(..10).and_then(|day| day.parse().ok());
                Answer::Date(iso.or_else(|| german_day(cell)).ok_or_else(|| {
                    (
                        format!("\"{}\" is no day", short(cell)),
                        "write year, month and day, e.g. 2020-12-31, or 31.12.2020".to_owned(),
                    )
                })?)
            }
            Value::Text { .. } | Value::Email => Answer::Text(cell.to_owned()),
            _ => return Ok(None),
        }))
    }

    fn finish(mut self) -> Answers {
        for (variable, places) in self.ranks {
            let mut order: Vec<String> = Vec::new();
            for key in places.into_values() {
                if !order.contains(&key) {
                    order.push(key);
                }
            }
            self.answers.insert(variable, Answer::Ranking(order));
        }
        self.answers
    }
}

/// `31.12.2020`, as German spreadsheets write days; a time behind it is passed over.
fn german_day(cell: &str) -> Option<jiff::civil::Date> {
    let mut parts = cell.split_whitespace().next()?.split('.');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    jiff::civil::Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

fn chosen(cell: &str) -> Result<bool, Wrong> {
    match cell.to_lowercase().as_str() {
        "y" | "1" | "yes" | "ja" | "true" => Ok(true),
        "n" | "0" | "no" | "nein" | "false" => Ok(false),
        _ => Err((
            format!("\"{}\" says neither chosen nor not", short(cell)),
            "an option is Y when chosen, and empty or N when not".to_owned(),
        )),
    }
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

/// What LimeSurvey writes for signs that would part cells.
fn unescaped(cell: &str) -> String {
    if !cell.contains('{') {
        return cell.to_owned();
    }
    cell.replace("{newline}", "\n")
        .replace("{cr}", "")
        .replace("{tab}", " ")
        .replace("{quote}", "\"")
}

/// The file as cells.
struct Table {
    headings: Vec<String>,
    heading_line: usize,
    rows: Vec<(usize, Vec<String>)>,
    vv: bool,
}

impl Table {
    fn read(bytes: &[u8]) -> Result<Self, CellFault> {
        let fault = |line: usize, what: &str, help: &str| CellFault {
            line,
            column: "-".to_owned(),
            what: what.to_owned(),
            help: help.to_owned(),
        };
        if bytes.len() > RESPONSES_SIZE {
            return Err(fault(
                1,
                "the file is too large",
                "a file has at most 64 MB; export the responses in parts",
            ));
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let line = bytes[..error.valid_up_to()]
                .iter()
                .filter(|b| **b == b'\n')
                .count()
                + 1;
            fault(
                line,
                "the file is not UTF-8",
                "export it with the encoding UTF-8",
            )
        })?;
        let first = text.lines().next().unwrap_or_default();
        let count = |sign: char| first.matches(sign).count();
        let sign = [',', ';', '\t']
            .into_iter()
            .max_by_key(|sign| count(*sign))
            .unwrap_or(',');
        let mut rows = cells(text, sign, sign != '\t').into_iter();
        let Some((mut heading_line, mut headings)) = rows.next() else {
            return Err(fault(
                1,
                "the file is empty",
                "expected a heading with question codes",
            ));
        };
        let mut rest: Vec<(usize, Vec<String>)> = rows.collect();
        let technical = |cells: &[String]| {
            cells
                .iter()
                .any(|cell| matches!(cell.to_lowercase().as_str(), "id" | "submitdate"))
        };
        let vv = sign == '\t' && rest.first().is_some_and(|(_, cells)| technical(cells));
        if vv {
            (heading_line, headings) = rest.remove(0);
        }
        if headings.len() > COLUMNS {
            return Err(fault(
                heading_line,
                "the file has too many columns",
                "at most 10,000 columns can be read",
            ));
        }
        let headings = headings
            .iter()
            .map(|heading| heading.trim().to_owned())
            .collect();
        Ok(Self {
            headings,
            heading_line,
            rows: rest,
            vv,
        })
    }
}

/// Rows with the line in which each begins; empty lines are passed over.
fn cells(text: &str, sign: char, quotes: bool) -> Vec<(usize, Vec<String>)> {
    let mut rows = Vec::new();
    let (mut row, mut cell) = (Vec::new(), String::new());
    let (mut line, mut begun, mut open) = (1, 1, false);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' if quotes && open => {
                if rest.peek() == Some(&'"') {
                    rest.next();
                    cell.push('"');
                } else {
                    open = false;
                }
            }
            '"' if quotes && cell.is_empty() => open = true,
            c if c == sign && !open => row.push(std::mem::take(&mut cell)),
            '\n' if !open => {
                if cell.ends_with('\r') {
                    cell.pop();
                }
                row.push(std::mem::take(&mut cell));
                let row = std::mem::take(&mut row);
                if row.iter().any(|cell| !cell.trim().is_empty()) {
                    rows.push((begun, row));
                }
                line += 1;
                begun = line;
            }
            c => {
                line += usize::from(c == '\n');
                cell.push(c);
            }
        }
    }
    row.push(cell);
    if row.iter().any(|cell| !cell.trim().is_empty()) {
        rows.push((begun, row));
    }
    rows
}
