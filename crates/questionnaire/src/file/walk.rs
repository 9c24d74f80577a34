//! The walk over the tree: from marked nodes to the model.

use std::collections::BTreeMap;

use super::faults::nearest;
use super::fields::Reader;
use super::lower::{self, Asked, Sight};
use super::yaml::{self, Node, Place, Value};
use super::{Fault, lineage, question, reach, settings};
use crate::{
    Check, Expression, More, Page, Point, Question, QuestionKind, Questionnaire, Scale, Test, Text,
    VariableKey,
};

const PAGES: usize = 60;
const QUESTIONS: usize = 400;

/// A condition as it is written, with the node that holds it.
pub(crate) type Written<'n> = Option<&'n Node>;

/// A page with its written condition, and its questions with theirs.
pub(crate) struct WalkedPage<'n> {
    pub place: Place,
    pub page: Page,
    pub written: Written<'n>,
    pub checks: Vec<(Slot, &'n Node)>,
    pub questions: Vec<WalkedQuestion<'n>>,
}

/// Where a written condition or expression of a question belongs.
pub(crate) enum Slot {
    /// The condition of an item.
    Item(usize),
    /// The condition of an option.
    Option(usize),
    /// The bound of a sum.
    Sum,
    /// The value of a computed question.
    Value,
    /// When words of a computed question are said.
    Words(usize),
    /// A check with what it says.
    Check { message: Text, soft: bool },
}

/// A question before its condition is lowered. `whole` is false where a fault was found in it.
pub(crate) struct WalkedQuestion<'n> {
    pub question: Question,
    pub slots: Vec<(Slot, &'n Node)>,
    pub place: Place,
    pub written: Written<'n>,
    pub whole: bool,
}

/// Reads the source: the questionnaire, as far as it could be read, its faults and its notes.
/// `budget` is how many combinations of answers are tried to find what is never shown.
pub(crate) fn read(
    source: &str,
    earlier: Option<&Questionnaire>,
    budget: usize,
) -> (Option<Questionnaire>, Vec<Fault>, Vec<Fault>) {
    let mut reader = Reader::default();
    let tree = match yaml::tree(source) {
        Ok(tree) => tree,
        Err(fault) => return (None, vec![fault], Vec::new()),
    };
    let questionnaire = whole(&mut reader, &tree, source, budget);
    if let Some(questionnaire) = questionnaire.as_ref().filter(|_| reader.faults.is_empty()) {
        lineage::check(&mut reader, &tree, questionnaire, earlier);
    }
    (questionnaire, reader.faults, reader.notes)
}

fn whole(reader: &mut Reader, tree: &Node, source: &str, budget: usize) -> Option<Questionnaire> {
    let known = [
        "format",
        "key",
        "version",
        "title",
        "intro",
        "languages",
        "scales",
        "pages",
        "random-pages",
        "lineage",
    ];
    let fields = reader.fields(tree, "the questionnaire", &known)?;
    reader.languages = fields
        .get("languages")
        .map(|node| words(reader, node, "languages", "languages: [de, en]"))
        .unwrap_or_default();
    let format = reader
        .need(&fields, "format", "write `format: 1` at the top")
        .and_then(|_| reader.count(&fields, "format", 1, 1));
    let key = reader.need_key(&fields, "the questionnaire");
    let version = reader
        .need(
            &fields,
            "version",
            "write `version: 1`, and count up when the wording changes",
        )
        .and_then(|_| reader.count(&fields, "version", 1, 9_999));
    let title = reader.need_text(&fields, "title");
    let intro = reader.may_text(&fields, "intro");
    let scales = fields
        .get("scales")
        .map(|node| scales(reader, node))
        .unwrap_or_default();
    let mut used = BTreeMap::new();
    let walked = reader
        .need(&fields, "pages", "a questionnaire has at least one page")
        .map(|node| pages(reader, node, &scales, &mut used))
        .unwrap_or_default();
    for (key, place) in scale_places(fields.get("scales")) {
        if !used.contains_key(key) {
            reader.note(
                place,
                format!("the scale `{key}` is used by no question"),
                "",
            );
        }
    }
    inserts(reader, &walked);
    let random_pages = random_pages(reader, fields.get("random-pages"), &walked);
    let pages = conditions(reader, walked, source, budget);
    independent(reader, fields.get("random-pages"), &random_pages, &pages);
    let lineage = fields
        .get("lineage")
        .and_then(|node| lineage::read(reader, node));
    Some(Questionnaire {
        format: format? as u32,
        key: key?,
        version: version? as u32,
        title: title?,
        intro,
        scales: scales.into_values().flatten().collect(),
        pages,
        lineage,
        more: More {
            languages: reader.languages.clone(),
            shown: None,
            translations: std::mem::take(&mut reader.translations),
            random_pages,
        },
    })
}

/// Scales by their key; a scale with faults is known, but has no value.
pub(crate) type Scales = BTreeMap<String, Option<Scale>>;

fn scales(reader: &mut Reader, node: &Node) -> Scales {
    let Value::Map(entries) = &node.value else {
        reader.fault(
            node.place,
            format!("expected scales by their keys, found {}", node.kind()),
            "write the key of the scale, and below it its points from low to high",
        );
        return Scales::new();
    };
    let mut scales = Scales::new();
    for (key, node) in reader.distinct(entries, "`scales`") {
        let named = reader.key(node.place, key, false);
        let points = question::wordings(reader, node, &format!("the scale `{key}`"), &[], true);
        let enough = points.as_ref().is_some_and(|points| points.len() >= 2);
        if points.is_some() && !enough {
            reader.fault(
                node.place,
                format!("the scale `{key}` has fewer than two points"),
                "write its points from the low to the high pole, each with its wording",
            );
        }
        let points = points.filter(|_| enough && named).map(|points| {
            let point = |(key, text, _): question::Worded| Point { key, text };
            points.into_iter().map(point).collect()
        });
        scales.insert(
            key.to_owned(),
            points.map(|points| Scale {
                key: key.to_owned(),
                points,
            }),
        );
    }
    scales
}

fn scale_places(node: Option<&Node>) -> Vec<(&str, Place)> {
    let Some(Value::Map(entries)) = node.map(|node| &node.value) else {
        return Vec::new();
    };
    entries
        .iter()
        .filter_map(|entry| match &entry.0.value {
            Value::Scalar { text, .. } => Some((text.as_str(), entry.0.place)),
            _ => None,
        })
        .collect()
}

fn pages<'n>(
    reader: &mut Reader,
    node: &'n Node,
    scales: &Scales,
    used: &mut BTreeMap<String, ()>,
) -> Vec<WalkedPage<'n>> {
    let Some(list) = list(reader, node, "pages", "- key: basis") else {
        return Vec::new();
    };
    if list.len() > PAGES {
        reader.fault(
            node.place,
            format!("there are {} pages", list.len()),
            format!("a questionnaire has at most {PAGES}"),
        );
        return Vec::new();
    }
    let mut seen_pages: BTreeMap<String, Place> = BTreeMap::new();
    let mut seen: BTreeMap<String, Place> = BTreeMap::new();
    let mut numbers = question::Numbers::default();
    let mut walked = Vec::new();
    for node in list {
        let known = [
            "key",
            "title",
            "intro",
            "show-if",
            "questions",
            "checks",
            "random",
        ];
        let Some(fields) = reader.fields(node, "a page", &known) else {
            continue;
        };
        let key = reader.need_key(&fields, "the page").unwrap_or_default();
        once(reader, &mut seen_pages, &key, fields.get("key"), "page");
        let title = reader.need_text(&fields, "title").unwrap_or_default();
        let intro = reader.may_text(&fields, "intro");
        let questions = reader
            .need(&fields, "questions", "a page asks at least one question")
            .and_then(|node| self::list(reader, node, "questions", "- key: konzept"));
        let mut page = WalkedPage {
            place: fields.place,
            page: Page {
                key,
                title,
                intro,
                show_if: None,
                questions: Vec::new(),
                checks: Vec::new(),
                random: reader.flag(&fields, "random", false),
            },
            written: fields.get("show-if"),
            checks: settings::checks(reader, &fields),
            questions: Vec::new(),
        };
        for node in questions.unwrap_or_default() {
            if seen.len() >= QUESTIONS {
                reader.fault(
                    node.place,
                    format!("this is question {}", seen.len() + 1),
                    format!("a questionnaire has at most {QUESTIONS}"),
                );
                break;
            }
            if let Some(question) = question::read(reader, node, &mut numbers, scales, used) {
                let at = match &node.value {
                    Value::Map(entries) => entries.iter().find(|(k, _)| is_key(k)),
                    _ => None,
                };
                once(
                    reader,
                    &mut seen,
                    &question.question.key,
                    at.map(|(_, value)| value),
                    "question",
                );
                page.questions.push(question);
            }
        }
        walked.push(page);
    }
    walked
}

fn is_key(node: &Node) -> bool {
    is_key_of(node, "key")
}

/// Whether a key's node is this word.
pub(crate) fn is_key_of(node: &Node, word: &str) -> bool {
    matches!(&node.value, Value::Scalar { text, .. } if text == word)
}

/// A list with at least one entry.
fn list<'n>(reader: &mut Reader, node: &'n Node, what: &str, example: &str) -> Option<&'n [Node]> {
    match &node.value {
        Value::List(list) if !list.is_empty() => Some(list),
        _ => {
            let found = match &node.value {
                Value::List(_) => "an empty list",
                _ => node.kind(),
            };
            reader.fault(
                node.place,
                format!("expected a list of {what}, found {found}"),
                format!("begin each entry with a hyphen: `{example}`"),
            );
            None
        }
    }
}

/// Says when a key was used before.
fn once(
    reader: &mut Reader,
    seen: &mut BTreeMap<String, Place>,
    key: &str,
    node: Option<&Node>,
    what: &str,
) {
    let Some(place) = node.map(|node| node.place).filter(|_| !key.is_empty()) else {
        return;
    };
    match seen.get(key) {
        Some(first) => reader.fault(
            place,
            format!("the {what} key `{key}` is used twice"),
            format!("it stands first in line {}; keys are unique in the whole questionnaire, choose another one here", first.line),
        ),
        None => {
            seen.insert(key.to_owned(), place);
        }
    }
}

/// Lowers all conditions, in the order of the questionnaire, and says what can never be shown.
fn conditions(
    reader: &mut Reader,
    walked: Vec<WalkedPage>,
    source: &str,
    mut budget: usize,
) -> Vec<Page> {
    let mut asked = Asked::new(&walked);
    let mut pages = Vec::new();
    for (index, walked) in walked.into_iter().enumerate() {
        let WalkedPage {
            place,
            mut page,
            written,
            checks,
            questions,
        } = walked;
        asked.begin_page(index);
        page.show_if =
            written.and_then(|node| lower::condition(reader, &asked, node, source, Sight::Pages));
        let page_lives = match (&page.show_if, written) {
            (Some(condition), Some(node)) => {
                reach::check(reader, &asked, condition, node, &mut budget, "page")
            }
            _ => true,
        };
        let mut any_shown = questions.is_empty() || !page_lives;
        for WalkedQuestion {
            mut question,
            written,
            slots,
            ..
        } in questions
        {
            let before = Sight::Before(&question.key);
            question.show_if =
                written.and_then(|node| lower::condition(reader, &asked, node, source, before));
            fill(reader, &asked, source, &mut question, slots);
            let mut lives = page_lives;
            if let (true, Some(condition), Some(node)) = (page_lives, &question.show_if, written) {
                let both = lower::together(condition, page.show_if.as_ref(), &asked);
                lives = reach::check(reader, &asked, &both, node, &mut budget, "question");
            }
            any_shown |= lives;
            asked.add(&question, page.show_if.as_ref(), lives);
            page.questions.push(question);
        }
        for (slot, node) in checks {
            let test = lower::condition(reader, &asked, node, source, Sight::Page);
            if let (Slot::Check { message, soft }, Some(test)) = (slot, test) {
                let check = Check {
                    test,
                    message,
                    soft,
                };
                page.checks.push(check);
            }
        }
        if !any_shown {
            reader.fault(
                place,
                format!(
                    "the page `{}` can never be reached: none of its questions is ever shown",
                    page.key
                ),
                "correct the conditions of its questions, or remove the page",
            );
        }
        pages.push(page);
    }
    pages
}

/// Lowers what stands inside a question and puts it where it belongs.
fn fill(
    reader: &mut Reader,
    asked: &Asked,
    source: &str,
    question: &mut Question,
    slots: Vec<(Slot, &Node)>,
) {
    let key = question.key.clone();
    for (slot, node) in slots {
        match slot {
            Slot::Check { message, soft } => {
                let sight = Sight::Upto(&key);
                if let Some(test) = lower::condition(reader, asked, node, source, sight) {
                    let check = Check {
                        test,
                        message,
                        soft,
                    };
                    question.settings.checks.push(check);
                }
            }
            Slot::Item(at) => {
                let items = question.items().into_iter().flatten().take(at);
                let before: Vec<_> = items
                    .map(|item| (item.key.as_str(), item.show_if.as_ref().map(|c| &c.test)))
                    .collect();
                let test = lower::within(reader, asked, node, source, &key, &before);
                if let Some(item) = question.item_mut(at) {
                    item.show_if = test;
                }
            }
            Slot::Option(at) => {
                let before: Vec<(&str, Option<&Test>)> = match &question.kind {
                    QuestionKind::Multiple { options, .. } => options
                        .iter()
                        .take(at)
                        .map(|o| (o.key.as_str(), None))
                        .collect(),
                    _ => Vec::new(),
                };
                let test = lower::within(reader, asked, node, source, &key, &before);
                if let QuestionKind::Single { options, .. }
                | QuestionKind::Multiple { options, .. }
                | QuestionKind::Ranking { options, .. } = &mut question.kind
                    && let Some(option) = options.get_mut(at)
                {
                    option.show_if = test;
                }
            }
            Slot::Words(at) => {
                let test = lower::condition(reader, asked, node, source, Sight::Before(&key));
                if let QuestionKind::Computed { words, .. } = &mut question.kind
                    && let Some(wording) = words.get_mut(at)
                {
                    wording.when = test;
                }
            }
            Slot::Sum | Slot::Value => {
                let read = lower::expression(reader, asked, node, source, Sight::Before(&key));
                place(&mut question.kind, read);
            }
        }
    }
}

fn place(kind: &mut QuestionKind, read: Option<Expression>) {
    match kind {
        QuestionKind::Computed { value, .. } => *value = read,
        QuestionKind::Numbers { sum: Some(sum), .. } => sum.bound = read,
        _ => {}
    }
}

/// A list of single words.
fn words(reader: &mut Reader, node: &Node, what: &str, example: &str) -> Vec<String> {
    let list = match &node.value {
        Value::List(list) if !list.is_empty() => list.as_slice(),
        _ => {
            reader.fault(
                node.place,
                format!("expected a list of {what}, found {}", node.kind()),
                format!("write `{example}`"),
            );
            return Vec::new();
        }
    };
    let mut words: Vec<String> = Vec::new();
    for node in list {
        match &node.value {
            Value::Scalar { text, .. }
                if !text.is_empty()
                    && text.len() <= 40
                    && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                    && !words.contains(text) =>
            {
                words.push(text.clone());
            }
            _ => reader.fault(
                node.place,
                format!("this is not one of the {what}, or it stands twice"),
                format!("write `{example}`"),
            ),
        }
    }
    words
}

/// Says where a text inserts an answer that is not asked before it.
fn inserts(reader: &mut Reader, walked: &[WalkedPage]) {
    let questions: Vec<&WalkedQuestion> = walked.iter().flat_map(|p| &p.questions).collect();
    for (key, at) in std::mem::take(&mut reader.inserts) {
        let variable = VariableKey(key.clone());
        let found = questions
            .iter()
            .find(|q| q.question.key == variable.question());
        let Some(found) = found else {
            let known = questions.iter().map(|q| q.question.key.as_str());
            let help = match nearest(variable.question(), known) {
                Some(near) => format!("did you mean `{{{near}}}`? A brace that inserts nothing needs a blank behind it"),
                None => "name a question that stands before; a brace that inserts nothing needs a blank behind it".to_owned(),
            };
            reader.fault(
                at,
                format!("the text inserts `{{{key}}}`, which is no question"),
                help,
            );
            continue;
        };
        let computed = matches!(found.question.kind, QuestionKind::Computed { .. });
        let one = found.question.part(&variable).is_some() || computed;
        if found.whole && !one {
            reader.fault(
                at,
                format!("the text inserts `{{{key}}}`, which is no single answer"),
                "name an item behind a point: `{bedarf.personal}`",
            );
        } else if (found.place.line, found.place.column) > (at.line, at.column) {
            reader.fault(
                at,
                format!("the text inserts `{{{key}}}`, which is asked later"),
                "an answer can be inserted only behind its question",
            );
        }
    }
}

/// Groups of pages that change places: known, next to one another, each in one group.
fn random_pages(
    reader: &mut Reader,
    node: Option<&Node>,
    walked: &[WalkedPage],
) -> Vec<Vec<String>> {
    let Some(node) = node else { return Vec::new() };
    let Value::List(groups) = &node.value else {
        reader.fault(
            node.place,
            format!("expected groups of pages, found {}", node.kind()),
            "write `random-pages: [[seite-a, seite-b]]`",
        );
        return Vec::new();
    };
    let mut found: Vec<Vec<String>> = Vec::new();
    for node in groups {
        let group = words(reader, node, "pages", "random-pages: [[seite-a, seite-b]]");
        let places: Vec<usize> = (0..walked.len())
            .filter(|at| group.contains(&walked[*at].page.key))
            .collect();
        let next = places.windows(2).all(|pair| pair[1] == pair[0] + 1);
        let free = found.iter().flatten().all(|key| !group.contains(key));
        if places.len() == group.len() && group.len() > 1 && next && free {
            found.push(group);
        } else if !group.is_empty() {
            reader.fault(
                node.place,
                "these pages cannot change places",
                "name two or more pages that follow one another, each in one group only",
            );
        }
    }
    found
}

/// Pages that change places must not look at one another.
fn independent(reader: &mut Reader, node: Option<&Node>, groups: &[Vec<String>], pages: &[Page]) {
    let Some(node) = node else { return };
    for group in groups {
        let inside: Vec<&Page> = pages.iter().filter(|p| group.contains(&p.key)).collect();
        for page in &inside {
            let own = page.questions.iter().filter_map(|q| q.show_if.as_ref());
            for condition in page.show_if.iter().chain(own) {
                let other = condition.variables().into_iter().find(|variable| {
                    let on = |p: &&&Page| p.questions.iter().any(|q| q.key == variable.question());
                    inside.iter().find(on).is_some_and(|p| p.key != page.key)
                });
                if let Some(other) = other {
                    reader.fault(
                        node.place,
                        format!(
                            "the page `{}` depends on `{other}`, with whose page it changes places",
                            page.key
                        ),
                        "take one of the two pages out of the group",
                    );
                }
            }
        }
    }
}
