//! One question of LimeSurvey, written as a question of the format.

use std::collections::BTreeMap;

use super::expression::{Names, Said, Scope, Speaker, figure, read};
use super::html;
use super::inserted::{Case, Helper};
use super::plan::{Form, Named, Planned};
use super::survey::{Survey, Texts};
use super::texts::{Desk, Language, Notes, Wording, value, written};
use super::yaml::{Loss, Nodes, Yaml};

/// What a question lost on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// What.
    pub what: String,
    /// Why.
    pub why: String,
    /// Whether the question is less than it was: its answers, its obligation, who is asked.
    pub heavy: bool,
}

/// Entries of a block.
pub type Entries = Vec<(String, Yaml)>;

/// What all questions share while they are written.
pub struct Asker<'s> {
    /// The survey.
    pub survey: &'s Survey,
    /// Its questions with their keys.
    pub planned: &'s [Planned<'s>],
    /// Its variables.
    pub names: &'s Names,
    /// Languages to write.
    pub languages: &'s [Language],
    /// Places with alternatives.
    pub nodes: Nodes,
    /// Scales by what is in them, with their keys.
    scales: BTreeMap<String, String>,
    /// Scales as they are written.
    pub scale_entries: Entries,
    /// What each question lost.
    pub lost: Vec<Vec<Lost>>,
}

impl<'s> Asker<'s> {
    /// Begins.
    pub fn new(
        survey: &'s Survey,
        planned: &'s [Planned<'s>],
        names: &'s Names,
        languages: &'s [Language],
    ) -> Self {
        Self {
            survey,
            planned,
            names,
            languages,
            nodes: Nodes::default(),
            scales: BTreeMap::new(),
            scale_entries: Vec::new(),
            lost: vec![Vec::new(); planned.len()],
        }
    }

    /// Notes a loss.
    pub fn lose(
        &mut self,
        question: usize,
        what: impl Into<String>,
        why: impl Into<String>,
        heavy: bool,
    ) {
        let lost = Lost {
            what: what.into(),
            why: why.into(),
            heavy,
        };
        if !self.lost[question].contains(&lost) {
            self.lost[question].push(lost);
        }
    }

    fn speaker(&self, question: usize, item: Option<&str>, check: bool) -> Speaker<'s> {
        Speaker {
            names: self.names,
            scope: Scope {
                question: Some(question),
                item: item.map(str::to_owned),
                check,
            },
        }
    }

    /// The wordings of a text, and computed values that it inserts.
    pub fn wordings(
        &mut self,
        question: Option<usize>,
        texts: &Texts,
        marks: bool,
        helpers: &mut Vec<(String, Helper)>,
    ) -> Option<Vec<(String, Wording)>> {
        let survey = self.survey;
        let (names, planned) = (self.names, self.planned);
        let question_text = |code: &str, property: &str, language: &str| {
            let whole = names.question(code);
            let part = || {
                names
                    .find(code, &Scope::default())
                    .ok()?
                    .first()
                    .map(|target| target.question)
            };
            let found = planned.get(whole.or_else(part)?)?.asked;
            let get = |texts: &Texts| {
                texts
                    .get(language)
                    .or_else(|| texts.values().next())
                    .cloned()
            };
            match property {
                "question" => get(&found.text),
                "help" => get(&found.help).or_else(|| Some(String::new())),
                "qid" => Some(found.qid.clone()),
                "gid" => Some(found.gid.clone()),
                "type" => Some(found.kind.to_string()),
                "mandatory" => Some(if found.mandatory { "Y" } else { "N" }.to_owned()),
                "sgqa" => Some(format!("{}X{}X{}", survey.sid, found.gid, found.qid)),
                _ => None,
            }
        };
        let option_text = |question: usize, code: &str, language: &str| {
            let asked = planned.get(question)?.asked;
            let item = asked.items.iter().find(|item| item.code == code);
            let answer = asked.answers.iter().find(|answer| answer.code == code);
            let texts = item.map(|i| &i.text).or(answer.map(|a| &a.text))?;
            texts
                .get(language)
                .or_else(|| texts.values().next())
                .cloned()
        };
        let base = question.map_or("text".to_owned(), |question| {
            self.planned[question].key.clone()
        });
        let before = helpers.len();
        let helper = |at: usize| {
            format!(
                "{}-wert-{}",
                base.chars()
                    .take(28)
                    .collect::<String>()
                    .trim_end_matches('-'),
                before + at + 1
            )
        };
        let mut notes = Notes::default();
        let speaker = Speaker {
            names: self.names,
            scope: Scope {
                question,
                item: None,
                check: false,
            },
        };
        let desk = Desk {
            languages: self.languages,
            speaker,
            question_text: &question_text,
            option_text: &option_text,
            helper: &helper,
        };
        let found = desk.wordings(texts, marks, &mut notes);
        helpers.extend(notes.helpers);
        if let Some(question) = question {
            for (what, why) in notes.lost {
                self.lose(question, what, why, false);
            }
        }
        found
    }

    /// A wording as a value; `otherwise` where there is no word.
    pub fn text(
        &mut self,
        question: Option<usize>,
        texts: &Texts,
        marks: bool,
        otherwise: &str,
        helpers: &mut Vec<(String, Helper)>,
    ) -> Yaml {
        let entries = self.entries(question, texts, marks, otherwise, helpers);
        value(entries)
    }

    fn entries(
        &mut self,
        question: Option<usize>,
        texts: &Texts,
        marks: bool,
        otherwise: &str,
        helpers: &mut Vec<(String, Helper)>,
    ) -> Entries {
        let found = self
            .wordings(question, texts, marks, helpers)
            .unwrap_or_else(|| {
                let wording = Wording {
                    text: otherwise.to_owned(),
                    bare: None,
                };
                vec![(self.languages[0].to.clone(), wording)]
            });
        let found = found.into_iter().map(|(language, mut wording)| {
            if wording.text.chars().count() > super::texts::WORDING {
                wording.text = wording
                    .text
                    .chars()
                    .take(super::texts::WORDING)
                    .collect::<String>()
                    + "…";
                wording.bare = None;
                if let Some(question) = question {
                    self.lose(
                        question,
                        "the end of a long text",
                        "a wording has at most 4000 characters",
                        false,
                    );
                }
            }
            (language, wording)
        });
        let found: Vec<_> = found.collect();
        written(found, question, &mut self.nodes)
    }

    /// A sentence of the program in the languages of the questionnaire.
    pub fn sentence(&self, de: &str, en: &str) -> Yaml {
        let each = self.languages.iter().map(|language| {
            let said = if language.to == "de" { de } else { en };
            (language.to.clone(), Yaml::text(said))
        });
        Yaml::Flow(each.take(self.languages.len()).collect())
    }

    /// A relevance equation as a condition; `None` when it always holds.
    pub fn relevance(
        &self,
        question: usize,
        item: Option<&str>,
        written: &str,
    ) -> Result<Option<String>, String> {
        let written = bare(written);
        if matches!(written.as_str(), "" | "1") {
            return Ok(None);
        }
        let expression = read(&written)?;
        match self
            .speaker(question, item, false)
            .condition(&expression, true)?
        {
            Said::Constant(true) => Ok(None),
            said => Ok(Some(said.text())),
        }
    }

    /// The questions that stand for one of LimeSurvey: itself, with computed values before it. None is lost.
    pub fn question(&mut self, index: usize) -> Vec<Yaml> {
        let planned = &self.planned[index];
        if let Form::Nothing(_) = planned.form {
            return Vec::new();
        }
        let mut helpers = Vec::new();
        let Some((kind, entries)) = self.body(index, &mut helpers) else {
            return Vec::new();
        };
        let asked = planned.asked;
        let mut all: Entries = vec![
            ("key".to_owned(), Yaml::word(&planned.key)),
            ("type".to_owned(), Yaml::word(kind)),
        ];
        let mut more = Vec::new();
        let text_of = if kind == "note" && html_is_empty(&asked.text) {
            &asked.help
        } else {
            &asked.text
        };
        // What is said in words is the question's text in LimeSurvey: a note shows it.
        let spoken = entries.iter().any(|(key, _)| key == "words");
        let mut parts = if spoken {
            Vec::new()
        } else {
            self.wordings(Some(index), text_of, true, &mut helpers)
                .unwrap_or_default()
        };
        if kind == "note" {
            more = split(&mut parts);
        }
        if parts.is_empty() {
            let wording = Wording {
                text: asked.code.clone(),
                bare: None,
            };
            parts.push((self.languages[0].to.clone(), wording));
        }
        for (_, wording) in &mut parts {
            if wording.text.chars().count() > super::texts::WORDING {
                wording.text = wording
                    .text
                    .chars()
                    .take(super::texts::WORDING)
                    .collect::<String>()
                    + "…";
                wording.bare = None;
                self.lose(
                    index,
                    "the end of a long text",
                    "a wording has at most 4000 characters",
                    false,
                );
            }
        }
        let text = value(written(parts, Some(index), &mut self.nodes));
        all.push(("text".to_owned(), text));
        if !std::ptr::eq(text_of, &asked.help)
            && let Some(mut help) = self.wordings(Some(index), &asked.help, true, &mut helpers)
        {
            for (_, wording) in &mut help {
                if wording.text.chars().count() > super::texts::WORDING {
                    wording.text = wording
                        .text
                        .chars()
                        .take(super::texts::WORDING)
                        .collect::<String>()
                        + "…";
                    wording.bare = None;
                }
            }
            let help = value(written(help, Some(index), &mut self.nodes));
            all.push(("help".to_owned(), help));
        }
        if !matches!(kind, "note" | "computed") {
            all.push(("required".to_owned(), Yaml::word(asked.mandatory)));
            if asked.soft {
                self.lose(index, "that the obligation can be skipped after a warning", "an obligation here holds when the response is handed in; drafts may leave it open", false);
            }
        }
        let show_if = self.show_if(index);
        if let Some(show_if) = show_if.clone() {
            all.push(("show-if".to_owned(), show_if));
        }
        all.extend(entries);
        let mut checks = super::check::checks(self, index);
        if let Some(at) = all.iter().position(|(key, _)| key == "checks")
            && let (_, Yaml::Items(first)) = all.remove(at)
        {
            checks.splice(0..0, first);
        }
        if !checks.is_empty() {
            all.push(("checks".to_owned(), Yaml::Items(checks)));
        }
        super::check::leftovers(self, index);
        let mut out = Vec::new();
        for (key, helper) in helpers {
            let mut entries = vec![
                ("key".to_owned(), Yaml::word(key)),
                ("type".to_owned(), Yaml::word("computed")),
                (
                    "text".to_owned(),
                    self.sentence(
                        "Berechneter Wert für den folgenden Text",
                        "Computed value for the text that follows",
                    ),
                ),
            ];
            match helper {
                Helper::Number(formula) => {
                    entries.push(("value".to_owned(), Yaml::text(formula)));
                    entries.push(("decimals".to_owned(), Yaml::word(2)));
                }
                Helper::Words(cases) => entries.push(("words".to_owned(), self.words(cases))),
            }
            let loss = Loss {
                what: "a computed value that a text inserts".to_owned(),
                heavy: false,
            };
            out.push(self.nodes.add(
                Some(index),
                vec![Some(Yaml::Block(entries)), None],
                vec![loss],
            ));
        }
        let loss = Loss {
            what: String::new(),
            heavy: true,
        };
        out.push(
            self.nodes
                .add(Some(index), vec![Some(Yaml::Block(all)), None], vec![loss]),
        );
        if spoken && !asked.is_on("hidden") {
            let shown = self.languages.iter().map(|language| {
                let text = format!("{{{}}}", planned.key);
                (language.to.clone(), Yaml::text(text))
            });
            let mut entries: Entries = vec![
                (
                    "key".to_owned(),
                    Yaml::word(format!("{}-text", planned.key)),
                ),
                ("type".to_owned(), Yaml::word("note")),
                ("text".to_owned(), Yaml::Flow(shown.collect())),
            ];
            entries.extend(
                show_if
                    .clone()
                    .map(|show_if| ("show-if".to_owned(), show_if)),
            );
            let loss = Loss {
                what: "that the value is shown".to_owned(),
                heavy: false,
            };
            let note = self.nodes.add(
                Some(index),
                vec![Some(Yaml::Block(entries)), None],
                vec![loss],
            );
            out.push(note);
        }
        for (at, parts) in more.into_iter().enumerate() {
            let text = value(written(parts, Some(index), &mut self.nodes));
            let mut entries = vec![
                (
                    "key".to_owned(),
                    Yaml::word(format!("{}-teil-{}", planned.key, at + 2)),
                ),
                ("type".to_owned(), Yaml::word("note")),
                ("text".to_owned(), text),
            ];
            entries.extend(
                show_if
                    .clone()
                    .map(|show_if| ("show-if".to_owned(), show_if)),
            );
            let loss = Loss {
                what: "the end of a long text".to_owned(),
                heavy: false,
            };
            out.push(self.nodes.add(
                Some(index),
                vec![Some(Yaml::Block(entries)), None],
                vec![loss],
            ));
        }
        out
    }

    /// Words with their conditions, in the languages of the questionnaire: what one lacks, the first has.
    pub fn words(&self, cases: Vec<Case>) -> Yaml {
        let main = &self.languages[0].to;
        let entry = |case: Case| {
            let mut entries: Entries = Vec::new();
            entries.extend(case.when.map(|when| ("when".to_owned(), Yaml::text(when))));
            let first = case.texts.get(main).or_else(|| case.texts.values().next());
            let first = first.cloned().unwrap_or_default();
            for language in self.languages {
                let text = case.texts.get(&language.to).unwrap_or(&first);
                entries.push((language.to.clone(), Yaml::text(text)));
            }
            Yaml::Block(entries)
        };
        Yaml::Items(cases.into_iter().map(entry).collect())
    }

    /// Says the conditions and checks of a question, only to learn what they reckon with.
    pub fn conditions_only(&mut self, index: usize) {
        self.show_if(index);
        super::check::checks(self, index);
        let items: Vec<String> = self.planned[index]
            .items
            .iter()
            .map(|item| item.code.clone())
            .collect();
        for code in items {
            self.filter(index, &code);
        }
    }

    fn show_if(&mut self, index: usize) -> Option<Yaml> {
        let asked = self.planned[index].asked;
        let relevance = super::conditions::relevance(asked, self.names, self.planned);
        if asked.is_on("hidden") && asked.kind != '*' {
            self.lose(
                index,
                "that it is hidden",
                "hidden questions are filled by the address; here it is asked like any other",
                false,
            );
        }
        match self.relevance(index, None, &relevance) {
            Ok(None) => None,
            Ok(Some(condition)) => {
                let what = format!("the condition {}", shortened(&relevance));
                Some(self.nodes.add(
                    Some(index),
                    vec![Some(Yaml::text(condition)), None],
                    vec![Loss { what, heavy: true }],
                ))
            }
            Err(why) => {
                self.lose(
                    index,
                    format!("the condition {}", shortened(&relevance)),
                    why,
                    true,
                );
                None
            }
        }
    }

    /// Items or options, each with its wording and when it is shown.
    pub fn rows(
        &mut self,
        index: usize,
        named: &[Named],
        texts: &[Texts],
        extras: &dyn Fn(usize) -> Entries,
        filtered: bool,
        helpers: &mut Vec<(String, Helper)>,
    ) -> Yaml {
        let mut rows = Vec::new();
        for (at, (named, texts)) in named.iter().zip(texts).enumerate() {
            let mut entries = self.entries(Some(index), texts, false, &named.code, helpers);
            entries.extend(extras(at));
            if filtered && let Some(node) = self.filter(index, &named.code) {
                entries.push(("show-if".to_owned(), node));
            }
            rows.push((named.key.clone(), value(entries)));
        }
        Yaml::Block(rows)
    }

    /// When an item is shown: its own relevance, and the filters of its question.
    pub fn filter(&mut self, index: usize, code: &str) -> Option<Yaml> {
        let asked = self.planned[index].asked;
        let mut tests = Vec::new();
        let own = asked
            .items
            .iter()
            .find(|item| item.code == code && item.scale == 0);
        if let Some(item) = own.filter(|item| !matches!(bare(&item.relevance).as_str(), "" | "1")) {
            match self.relevance(index, Some(code), &item.relevance) {
                Ok(found) => tests.extend(found),
                Err(why) => self.lose(
                    index,
                    format!(
                        "the condition of the item {code}, {}",
                        shortened(&item.relevance)
                    ),
                    why,
                    true,
                ),
            }
        }
        for (attribute, wanted) in [("array_filter", true), ("array_filter_exclude", false)] {
            let sources: Vec<&str> = asked
                .attribute(attribute)
                .split(';')
                .map(str::trim)
                .filter(|s| !s.is_empty())
                .collect();
            for source in sources {
                match super::conditions::array_filter(
                    self.names,
                    self.planned,
                    source,
                    code,
                    wanted,
                ) {
                    Ok(found) => tests.extend(found),
                    Err(why) => self.lose(index, format!("the filter by {source}"), why, true),
                }
            }
        }
        if tests.is_empty() {
            return None;
        }
        let text = if tests.len() == 1 {
            tests.swap_remove(0)
        } else {
            tests
                .iter()
                .map(|t| format!("({t})"))
                .collect::<Vec<_>>()
                .join(" && ")
        };
        let loss = Loss {
            what: format!("when {code} is shown"),
            heavy: true,
        };
        Some(
            self.nodes
                .add(Some(index), vec![Some(Yaml::text(text)), None], vec![loss]),
        )
    }

    /// The key of a scale with these points, which is made when there is none yet.
    pub fn scale(
        &mut self,
        index: usize,
        named: &[Named],
        texts: &[Texts],
        helpers: &mut Vec<(String, Helper)>,
    ) -> String {
        let mut points = Vec::new();
        for (named, texts) in named.iter().zip(texts) {
            let wordings = self
                .wordings(Some(index), texts, false, helpers)
                .unwrap_or_else(|| {
                    vec![(
                        self.languages[0].to.clone(),
                        Wording {
                            text: named.code.clone(),
                            bare: None,
                        },
                    )]
                });
            // A scale stands before all questions: it inserts no answers.
            let mut entries = Vec::new();
            for (language, wording) in wordings {
                if wording.bare.is_some() {
                    self.lose(
                        index,
                        "an inserted answer in a scale",
                        "a scale stands for several questions",
                        false,
                    );
                }
                entries.push((language, Yaml::text(wording.bare.unwrap_or(wording.text))));
            }
            points.push((named.key.clone(), Yaml::Flow(entries)));
        }
        let content = format!("{points:?}");
        if let Some(key) = self.scales.get(&content) {
            return key.clone();
        }
        let key = format!("skala-{}", self.scales.len() + 1);
        self.scales.insert(content, key.clone());
        self.scale_entries.push((key.clone(), Yaml::Block(points)));
        key
    }

    /// Codes of LimeSurvey that it gives words to itself.
    pub fn fixed_words(&self, kind: char, code: &str) -> Texts {
        let words: [&str; 5] = match (kind, code) {
            ('C', "Y") => ["ja", "Yes", "Oui", "Sì", "Да"],
            ('C', "U") => ["unsicher", "Uncertain", "Incertain", "Incerto", "Не уверен"],
            ('C', "N") => ["nein", "No", "Non", "No", "Нет"],
            ('E', "I") => [
                "Zunahme",
                "Increase",
                "Augmenter",
                "Aumentato",
                "Увеличение",
            ],
            ('E', "S") => [
                "gleich geblieben",
                "Same",
                "Sans changement",
                "Invariato",
                "Без изменений",
            ],
            ('E', "D") => ["Abnahme", "Decrease", "Diminuer", "Diminuito", "Уменьшение"],
            ('G', "F") => ["weiblich", "Female", "Féminin", "Femmina", "Женский"],
            ('G', "M") => ["männlich", "Male", "Masculin", "Maschio", "Мужской"],
            ('o', _) => ["Sonstiges", "Other", "Autre", "Altro", "Другое"],
            _ => {
                return self
                    .languages
                    .iter()
                    .map(|l| (l.from.clone(), code.to_owned()))
                    .collect();
            }
        };
        let word = |to: &str| match to {
            "de" => words[0],
            "fr" => words[2],
            "it" => words[3],
            "ru" => words[4],
            _ => words[1],
        };
        self.languages
            .iter()
            .map(|l| (l.from.clone(), word(&l.to).to_owned()))
            .collect()
    }
}

/// Parts of a long note beyond its first.
fn split(parts: &mut [(String, Wording)]) -> Vec<Vec<(String, Wording)>> {
    let mut more: Vec<Vec<(String, Wording)>> = Vec::new();
    for (language, wording) in parts.iter_mut() {
        if wording.text.chars().count() <= super::texts::WORDING {
            continue;
        }
        let chunks = chunked(&wording.text);
        let bare = wording.bare.as_deref().map(chunked);
        for (at, chunk) in chunks.into_iter().enumerate() {
            let bare = bare
                .as_ref()
                .map(|bare| bare.get(at).cloned().unwrap_or_else(|| "…".to_owned()));
            let part = Wording { text: chunk, bare };
            if at == 0 {
                *wording = part;
                continue;
            }
            if more.len() < at {
                more.push(Vec::new());
            }
            more[at - 1].push((language.clone(), part));
        }
    }
    let first = parts.first().map(|(language, _)| language.clone());
    more.retain(|parts| parts.first().map(|(language, _)| language) == first.as_ref());
    more
}

fn chunked(text: &str) -> Vec<String> {
    const CHUNK: usize = 3_400;
    let mut chunks = vec![String::new()];
    for line in text.split_inclusive('\n') {
        let mut rest = line;
        while !rest.is_empty() {
            let at = chunks.len() - 1;
            let room = CHUNK.saturating_sub(chunks[at].chars().count());
            let length = rest.chars().count();
            if length <= room {
                chunks[at].push_str(rest);
                break;
            }
            if chunks[at].is_empty() {
                let end = rest
                    .char_indices()
                    .nth(CHUNK)
                    .map_or(rest.len(), |(end, _)| end);
                let end = rest[..end].rfind(' ').filter(|at| *at > 0).unwrap_or(end);
                chunks[at].push_str(&rest[..end]);
                rest = &rest[end..];
            }
            chunks.push(String::new());
        }
    }
    let trimmed = chunks.into_iter().map(|chunk| chunk.trim().to_owned());
    trimmed.filter(|chunk| !chunk.is_empty()).collect()
}

fn html_is_empty(texts: &Texts) -> bool {
    texts.values().all(|text| html::plain(text).0.is_empty())
}

/// An expression without the braces around it.
pub fn bare(written: &str) -> String {
    let trimmed = written.trim();
    let inner = trimmed
        .strip_prefix('{')
        .and_then(|inner| inner.strip_suffix('}'));
    let inner = inner
        .filter(|inner| !inner.contains(['{', '}']))
        .unwrap_or(trimmed);
    let decoded = if inner.contains('&') {
        inner
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#039;", "'")
            .replace("&amp;", "&")
    } else {
        inner.to_owned()
    };
    decoded.trim().to_owned()
}

/// An expression as the report quotes it.
pub fn shortened(written: &str) -> String {
    let one_line = written.split_whitespace().collect::<Vec<_>>().join(" ");
    if one_line.chars().count() > 120 {
        one_line.chars().take(117).collect::<String>() + "…"
    } else {
        one_line
    }
}

/// A number of an attribute.
pub fn literal(written: &str) -> Option<f64> {
    let number: f64 = bare(written).replace(',', ".").parse().ok()?;
    (number.is_finite() && number.abs() <= 1e12).then_some(number)
}

/// A number as a value of the file.
pub fn number(number: f64) -> Yaml {
    Yaml::word(figure(number))
}
