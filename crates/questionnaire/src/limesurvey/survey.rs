//! A LimeSurvey survey with types, put together from the tables of any database version.
//!
//! Up to version 357 a row stands once a language and carries its texts; later ones keep texts in `*_l10ns`.
//! Both are read by what is there, not by the version.

use std::collections::{BTreeMap, BTreeSet};

use super::fault::{Fault, fault};
use super::xml::{Row, Tables};

/// A text by language, as LimeSurvey writes them (`de`, `de-informal`, `en`).
pub type Texts = BTreeMap<String, String>;

/// A survey.
#[derive(Debug, Default)]
pub struct Survey {
    /// Version of LimeSurvey's database.
    pub version: u32,
    /// Its languages, the base language first.
    pub languages: Vec<String>,
    /// Number of the survey, as it stands in old codes (`111X222X333`).
    pub sid: String,
    /// Title.
    pub title: Texts,
    /// Description, if any.
    pub description: Texts,
    /// What stands before the first question.
    pub welcome: Texts,
    /// What stands at the end.
    pub end: Texts,
    /// Whether an answer that is not obligatory offers "No answer".
    pub no_answer: bool,
    /// Groups in their order.
    pub groups: Vec<Group>,
    /// Names of quotas.
    pub quotas: Vec<String>,
    /// Number of assessment rules.
    pub assessments: usize,
    /// Questions whose group is not in the file: code, type code and the group's number.
    pub astray: Vec<(String, char, String)>,
}

/// A group of questions.
#[derive(Debug, Default)]
#[allow(missing_docs)]
pub struct Group {
    pub line: usize,
    pub gid: String,
    pub name: Texts,
    pub description: Texts,
    pub relevance: String,
    /// Groups of the same name are asked in random order.
    pub random: String,
    pub questions: Vec<Question>,
}

/// A question.
#[derive(Debug, Default)]
#[allow(missing_docs)]
pub struct Question {
    pub line: usize,
    pub qid: String,
    pub gid: String,
    /// LimeSurvey's type code.
    pub kind: char,
    pub code: String,
    pub text: Texts,
    pub help: Texts,
    /// Regular expression that the answer must match, with its slashes.
    pub preg: String,
    pub other: bool,
    pub mandatory: bool,
    /// Mandatory, but one may go on after a warning.
    pub soft: bool,
    pub relevance: String,
    pub items: Vec<Item>,
    pub answers: Vec<AnswerOption>,
    pub conditions: Vec<Condition>,
    pub defaults: Vec<Default>,
    attributes: BTreeMap<String, Vec<(String, String)>>,
}

/// A subquestion.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs)]
pub struct Item {
    pub qid: String,
    pub code: String,
    pub text: Texts,
    /// 0 for rows, 1 for the columns of arrays of texts and numbers.
    pub scale: i64,
    pub relevance: String,
    order: i64,
}

/// An answer option.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs)]
pub struct AnswerOption {
    pub code: String,
    pub text: Texts,
    pub scale: i64,
    order: i64,
}

/// A row of the conditions of old.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Condition {
    pub scenario: i64,
    pub field: String,
    pub question: String,
    pub method: String,
    pub value: String,
}

/// An answer that stands before one is given.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Default {
    pub item: String,
    pub special: String,
    pub language: String,
    pub value: String,
}

impl Question {
    /// An attribute that is the same in every language; empty when it is not set.
    pub fn attribute(&self, name: &str) -> &str {
        let values = self.attributes.get(name);
        let first = values.and_then(|v| v.iter().find(|(_, value)| !value.is_empty()));
        first.map_or("", |(_, value)| value.as_str())
    }

    /// Whether an attribute is switched on.
    pub fn is_on(&self, name: &str) -> bool {
        matches!(self.attribute(name), "1" | "Y" | "y" | "yes")
    }

    /// An attribute that is a text: by language, and under "" when it is the same in all.
    pub fn texts(&self, name: &str) -> Texts {
        let values = self.attributes.get(name).into_iter().flatten();
        values
            .filter(|(_, value)| !value.is_empty())
            .cloned()
            .collect()
    }

    /// The items of one scale.
    pub fn items_of(&self, scale: i64) -> Vec<&Item> {
        self.items
            .iter()
            .filter(|item| item.scale == scale)
            .collect()
    }

    /// The answer options of one scale.
    pub fn answers_of(&self, scale: i64) -> Vec<&AnswerOption> {
        self.answers
            .iter()
            .filter(|answer| answer.scale == scale)
            .collect()
    }
}

impl Survey {
    /// Puts the tables together.
    ///
    /// # Errors
    /// What the survey lacks, all at once.
    pub fn read(tables: &Tables) -> Result<Survey, Vec<Fault>> {
        if let Some(row) = tables.rows("doctype").first()
            && row.get("type") != "Survey"
        {
            return Err(vec![fault(
                row.line,
                format!(
                    "the file is a LimeSurvey \"{}\"",
                    row.get("type").chars().take(30).collect::<String>()
                ),
                "expected a whole survey (.lss): in LimeSurvey Export, Survey structure (.lss)"
                    .to_owned(),
            )]);
        }
        let mut survey = Survey {
            version: tables.version,
            no_answer: true,
            ..Survey::default()
        };
        survey.settings(tables);
        let mut faults = Vec::new();
        survey.read_groups(tables, &mut faults);
        let mut questions = questions(tables, &mut faults);
        items(tables, &mut questions);
        answers(tables, &mut questions);
        details(tables, &mut questions);
        survey.place(questions, &mut faults);
        if faults.is_empty() {
            Ok(survey)
        } else {
            Err(faults)
        }
    }

    fn settings(&mut self, tables: &Tables) {
        let mut listed: Vec<String> = Vec::new();
        if let Some(row) = tables.rows("surveys").first() {
            self.sid = row.get("sid").to_owned();
            self.no_answer = row.get("shownoanswer") != "N";
            let more = row
                .get("additional_languages")
                .split_whitespace()
                .map(str::to_owned);
            listed.push(row.get("language").to_owned());
            listed.extend(more);
        }
        listed.extend(tables.languages.iter().cloned());
        for row in tables.rows("surveys_languagesettings") {
            let language = row.get("surveyls_language").to_owned();
            let put = |texts: &mut Texts, field: &str| {
                if !row.get(field).is_empty() {
                    texts.insert(language.clone(), row.get(field).to_owned());
                }
            };
            put(&mut self.title, "surveyls_title");
            put(&mut self.description, "surveyls_description");
            put(&mut self.welcome, "surveyls_welcometext");
            put(&mut self.end, "surveyls_endtext");
            listed.push(language);
        }
        for language in listed {
            if !language.is_empty() && !self.languages.contains(&language) {
                self.languages.push(language);
            }
        }
        let quotas = tables.rows("quota").iter().chain(tables.rows("quotas"));
        self.quotas = quotas.map(|row| row.get("name").to_owned()).collect();
        self.assessments = tables.rows("assessments").len();
    }

    fn read_groups(&mut self, tables: &Tables, faults: &mut Vec<Fault>) {
        let mut order: Vec<(i64, usize)> = Vec::new();
        let mut at: BTreeMap<String, usize> = BTreeMap::new();
        for row in tables.rows("groups") {
            let gid = row.get("gid").to_owned();
            let index = *at.entry(gid.clone()).or_insert_with(|| {
                order.push((row.number("group_order"), order.len()));
                self.groups.push(Group {
                    line: row.line,
                    gid,
                    relevance: row.get("grelevance").to_owned(),
                    random: row.get("randomization_group").to_owned(),
                    ..Group::default()
                });
                self.groups.len() - 1
            });
            put_texts(row, &mut self.groups[index].name, "group_name");
            put_texts(row, &mut self.groups[index].description, "description");
        }
        for row in tables.rows("group_l10ns") {
            if let Some(index) = at.get(row.get("gid")) {
                put_texts(row, &mut self.groups[*index].name, "group_name");
                put_texts(row, &mut self.groups[*index].description, "description");
            }
        }
        if self.groups.is_empty() {
            faults.push(fault(
                tables.line,
                "the survey has no question groups".to_owned(),
                "a survey structure has <groups> with at least one row; export the whole survey"
                    .to_owned(),
            ));
        }
        order.sort();
        let mut taken: Vec<Option<Group>> = std::mem::take(&mut self.groups)
            .into_iter()
            .map(Some)
            .collect();
        let sorted = order
            .into_iter()
            .filter_map(|(_, index)| taken[index].take());
        self.groups = sorted.collect();
    }

    /// Puts each question into its group.
    fn place(&mut self, read: Questions, faults: &mut Vec<Fault>) {
        let mut order: Vec<(i64, usize)> = read.order.iter().copied().zip(0..).collect();
        order.sort();
        let mut taken: Vec<Option<Question>> = read.all.into_iter().map(Some).collect();
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for (_, index) in order {
            let Some(question) = taken[index].take() else {
                continue;
            };
            // Versions before 2.0 allowed the same code twice.
            if self.version >= 155
                && let Some(first) = seen.insert(question.code.clone(), question.line)
            {
                faults.push(fault(
                    question.line.max(first),
                    format!(
                        "the question code \"{}\" is used twice",
                        shown(&question.code)
                    ),
                    format!(
                        "its first question stands in line {}; give one of them another code",
                        first.min(question.line)
                    ),
                ));
            }
            match self
                .groups
                .iter_mut()
                .find(|group| group.gid == question.gid)
            {
                Some(group) => group.questions.push(question),
                None => self
                    .astray
                    .push((question.code, question.kind, question.gid)),
            }
        }
        if faults.is_empty() && self.groups.iter().all(|group| group.questions.is_empty()) {
            faults.push(fault(
                self.groups.first().map_or(1, |group| group.line),
                "the survey has no questions".to_owned(),
                "a survey structure has <questions> with at least one row; export the whole survey"
                    .to_owned(),
            ));
        }
    }
}

/// Questions while they are put together, found by their number.
struct Questions {
    all: Vec<Question>,
    order: Vec<i64>,
    at: BTreeMap<String, usize>,
}

impl Questions {
    fn get(&mut self, qid: &str) -> Option<&mut Question> {
        let index = self.at.get(qid)?;
        self.all.get_mut(*index)
    }
}

fn shown(code: &str) -> String {
    code.chars().take(60).collect()
}

/// A text of a row in the row's language.
fn put_texts(row: &Row, texts: &mut Texts, field: &str) {
    if !row.get(field).is_empty() {
        texts.insert(row.get("language").to_owned(), row.get(field).to_owned());
    }
}

fn is_item(row: &Row) -> bool {
    !matches!(row.get("parent_qid"), "" | "0")
}

fn questions(tables: &Tables, faults: &mut Vec<Fault>) -> Questions {
    let mut read = Questions {
        all: Vec::new(),
        order: Vec::new(),
        at: BTreeMap::new(),
    };
    let mut without: BTreeSet<String> = BTreeSet::new();
    for row in tables.rows("questions").iter().filter(|row| !is_item(row)) {
        let qid = row.get("qid").to_owned();
        if !read.at.contains_key(&qid) {
            let code = row.get("title").to_owned();
            if code.is_empty() || qid.is_empty() {
                if without.insert(qid.clone()) {
                    faults.push(fault(
                        row.line,
                        format!(
                            "the question {} has no {}",
                            shown(&qid),
                            if qid.is_empty() { "number" } else { "code" }
                        ),
                        "each question has <qid> and <title> with its code".to_owned(),
                    ));
                }
                continue;
            }
            read.at.insert(qid.clone(), read.all.len());
            read.order.push(row.number("question_order"));
            read.all.push(Question {
                line: row.line,
                qid: qid.clone(),
                gid: row.get("gid").to_owned(),
                kind: row.get("type").chars().next().unwrap_or('?'),
                code,
                preg: row.get("preg").to_owned(),
                other: row.get("other") == "Y",
                mandatory: matches!(row.get("mandatory"), "Y" | "S"),
                soft: row.get("mandatory") == "S",
                relevance: row.get("relevance").to_owned(),
                ..Question::default()
            });
        }
        if let Some(question) = read.get(&qid) {
            put_texts(row, &mut question.text, "question");
            put_texts(row, &mut question.help, "help");
        }
    }
    for row in tables.rows("question_l10ns") {
        if let Some(question) = read.get(row.get("qid")) {
            put_texts(row, &mut question.text, "question");
            put_texts(row, &mut question.help, "help");
        }
    }
    read
}

fn items(tables: &Tables, questions: &mut Questions) {
    let inner = tables.rows("questions").iter().filter(|row| is_item(row));
    let mut owner: BTreeMap<&str, &str> = BTreeMap::new();
    for row in tables.rows("subquestions").iter().chain(inner) {
        let qid = row.get("qid");
        owner.insert(qid, row.get("parent_qid"));
        let Some(question) = questions.get(row.get("parent_qid")) else {
            continue;
        };
        let index = question.items.iter().position(|item| item.qid == qid);
        let index = index.unwrap_or_else(|| {
            question.items.push(Item {
                qid: qid.to_owned(),
                code: row.get("title").to_owned(),
                scale: row.number("scale_id"),
                relevance: row.get("relevance").to_owned(),
                order: row.number("question_order"),
                ..Item::default()
            });
            question.items.len() - 1
        });
        put_texts(row, &mut question.items[index].text, "question");
    }
    for row in tables.rows("question_l10ns") {
        let qid = row.get("qid");
        let parent = owner.get(qid).and_then(|parent| questions.get(parent));
        let item =
            parent.and_then(|question| question.items.iter_mut().find(|item| item.qid == qid));
        if let Some(item) = item {
            put_texts(row, &mut item.text, "question");
        }
    }
    for question in &mut questions.all {
        question.items.sort_by_key(|item| (item.scale, item.order));
    }
}

fn answers(tables: &Tables, questions: &mut Questions) {
    let mut owner: BTreeMap<&str, (&str, &str, i64)> = BTreeMap::new();
    for row in tables.rows("answers") {
        let (code, scale) = (row.get("code"), row.number("scale_id"));
        if row.has("aid") {
            owner.insert(row.get("aid"), (row.get("qid"), code, scale));
        }
        let Some(question) = questions.get(row.get("qid")) else {
            continue;
        };
        let same = |answer: &AnswerOption| answer.code == code && answer.scale == scale;
        let index = question.answers.iter().position(same).unwrap_or_else(|| {
            question.answers.push(AnswerOption {
                code: code.to_owned(),
                scale,
                order: row.number("sortorder"),
                ..AnswerOption::default()
            });
            question.answers.len() - 1
        });
        put_texts(row, &mut question.answers[index].text, "answer");
    }
    for row in tables.rows("answer_l10ns") {
        let Some((qid, code, scale)) = owner.get(row.get("aid")) else {
            continue;
        };
        let answers = questions.get(qid).map(|question| &mut question.answers);
        let mut all = answers.into_iter().flatten();
        if let Some(answer) = all.find(|answer| answer.code == *code && answer.scale == *scale) {
            put_texts(row, &mut answer.text, "answer");
        }
    }
    for question in &mut questions.all {
        question
            .answers
            .sort_by_key(|answer| (answer.scale, answer.order));
    }
}

/// Attributes, conditions and default values.
fn details(tables: &Tables, questions: &mut Questions) {
    for row in tables.rows("question_attributes") {
        if let Some(question) = questions.get(row.get("qid")) {
            let value = (row.get("language").to_owned(), row.get("value").to_owned());
            let name = row.get("attribute").to_owned();
            question.attributes.entry(name).or_default().push(value);
        }
    }
    for row in tables.rows("conditions") {
        if let Some(question) = questions.get(row.get("qid")) {
            question.conditions.push(Condition {
                scenario: row.number("scenario"),
                field: row.get("cfieldname").to_owned(),
                question: row.get("cqid").to_owned(),
                method: row.get("method").to_owned(),
                value: row.get("value").to_owned(),
            });
        }
    }
    let mut by_number: BTreeMap<&str, &Row> = BTreeMap::new();
    for row in tables.rows("defaultvalues") {
        by_number.insert(row.get("dvid"), row);
        put_default(questions, row, row);
    }
    let texts = tables
        .rows("defaultvalue_l10ns")
        .iter()
        .chain(tables.rows("defaultvalues_l10ns"));
    for text in texts {
        if let Some(row) = by_number.get(text.get("dvid")) {
            put_default(questions, row, text);
        }
    }
}

fn put_default(questions: &mut Questions, row: &Row, text: &Row) {
    if text.get("defaultvalue").is_empty() {
        return;
    }
    if let Some(question) = questions.get(row.get("qid")) {
        question.defaults.push(Default {
            item: row.get("sqid").to_owned(),
            special: row.get("specialtype").to_owned(),
            language: text.get("language").to_owned(),
            value: text.get("defaultvalue").to_owned(),
        });
    }
}
