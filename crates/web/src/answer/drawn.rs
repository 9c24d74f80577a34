//! What the types of questions are drawn of: fields, cells, ranks, files, places; and texts with inserted answers.

use std::fmt::Write;

use questionnaire::{
    Answer, Answers, Choice, DONT_KNOW, FileType, Lang, Live, MARKS, Markup, Part, Piece, Question,
    QuestionKind, Questionnaire, REFUSED, Role, Text, Value, VariableKey, markup, plain,
};
use register::Register;

use crate::answer::stand::Stand;
use crate::answer::view::{Errors, Fields, KindView, Later, OptionView};
use crate::frame::Ask;

/// Municipalities offered for one search.
const FOUND: usize = 12;

/// Texts of a questionnaire with the answers that they insert.
pub(crate) struct Words<'a> {
    pub questionnaire: &'a Questionnaire,
    /// The answers that texts may name: those of the writer's sections.
    pub answers: &'a Answers,
    /// All answers: they decide what is asked.
    pub all: &'a Answers,
    pub register: &'a Register,
    /// What changes while the page is filled in, and what stands.
    pub live: Option<(&'a Live, &'a fieldwork::Response)>,
}

impl Words<'_> {
    /// Whether a part is drawn: it is asked, or may come up while the page is filled in.
    pub(crate) fn draws(&self, part: &Part) -> bool {
        let row = part.key.row();
        part.is_visible(self.all) || self.live.is_some_and(|(live, _)| live.item(row))
    }

    /// How a part's item waits to come up; `None` where it is asked now.
    pub(crate) fn later(&self, q: &Question, part: &Part) -> Option<Later> {
        let (_, response) = self.live.filter(|_| !part.is_visible(self.all))?;
        let row = part.key.row();
        let variables = q.variables().into_iter().filter(|v| v.row() == row);
        Some(Later {
            was: format!("i:{row}"),
            stand: Stand::of_variables(variables, response).write(),
        })
    }

    /// Whether an option is drawn, and how it waits to come up where it is not offered now.
    fn offers(&self, q: &Question, option: &Choice, chosen: bool) -> Option<Option<Later>> {
        let condition = option.show_if.as_ref();
        if chosen || condition.is_none_or(|c| c.holds(self.all)) {
            return Some(None);
        }
        let waits = self
            .live
            .is_some_and(|(live, _)| live.option(&q.key, &option.key));
        waits.then(|| {
            Some(Later {
                was: format!("o:{}.{}", q.key, option.key),
                stand: String::new(),
            })
        })
    }

    /// The wording with its answers, markup still in it.
    pub(crate) fn text(&self, text: &Text, lang: Lang) -> String {
        self.questionnaire
            .insert(text.get(lang), self.answers, lang)
    }

    /// The wording with its answers, those marked that change while the page is filled in.
    fn marked(&self, text: &Text, lang: Lang) -> String {
        let live = self.live.and_then(|(live, _)| live.words.as_ref());
        let keys = live.map(|words| words.keys().collect()).unwrap_or_default();
        self.questionnaire
            .insert_marked(text.get(lang), self.answers, lang, &keys)
    }

    /// The wording without markup as HTML of one line: an item, or what stands over a field.
    pub(crate) fn label(&self, text: &Text, lang: Lang) -> String {
        escaped(&plain(&self.marked(text, lang)))
    }

    /// The wording as HTML: paragraphs, lists, emphasis and links are ours, everything else is escaped.
    pub(crate) fn html(&self, text: &Text, lang: Lang) -> String {
        let mut out = String::new();
        for block in markup(&self.marked(text, lang)) {
            match block {
                Markup::Paragraph(pieces) => {
                    let _ = write!(out, "<span class=\"para\">{}</span>", inline(&pieces));
                }
                Markup::List(entries) => {
                    for entry in entries {
                        let _ = write!(out, "<span class=\"para\">• {}</span>", inline(&entry));
                    }
                }
            }
        }
        out
    }

    /// The wording as HTML in one line. Where it changes while the page is filled in, the script finds it by its
    /// `data-satz`, for the names of fields that repeat it.
    pub(crate) fn line(&self, text: &Text, lang: Lang) -> String {
        let written = self.marked(text, lang);
        let blocks = markup(&written);
        let line = match blocks.as_slice() {
            [Markup::Paragraph(pieces)] => inline(pieces),
            _ => self.html(text, lang),
        };
        if written.contains(MARKS[0]) {
            return format!("<span data-satz>{line}</span>");
        }
        line
    }

    /// A computed value in words, as HTML; "…" where it is not known yet.
    pub(crate) fn computed(&self, question: &str, lang: Lang) -> String {
        let words = self
            .questionnaire
            .computed_words(question, self.answers, lang);
        let words = words.unwrap_or_else(|| "…".to_owned());
        let live = self.live.and_then(|(live, _)| live.words.as_ref());
        if live.is_some_and(|live| live.keys().any(|key| key == question)) {
            let [first, second, third] = MARKS;
            return escaped(&format!("{first}{question}{second}{words}{third}"));
        }
        escaped(&words)
    }

    fn short(&self, text: &Text, lang: Lang) -> String {
        plain(&self.text(text, lang))
    }
}

fn inline(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        let _ = match piece {
            Piece::Plain(text) => write!(out, "{}", escaped(text)),
            Piece::Strong(text) => write!(out, "<strong>{}</strong>", escaped(text)),
            Piece::Emphasis(text) => write!(out, "<em>{}</em>", escaped(text)),
            Piece::Link(text, address) => write!(
                out,
                "<a href=\"{}\" rel=\"noreferrer\">{}</a>",
                address_of(address),
                escaped(text)
            ),
        };
    }
    out
}

/// An address for an attribute: what was inserted in it stands without marks.
fn address_of(address: &str) -> String {
    let mut out = String::new();
    let mut key = false;
    let plain: String = address
        .chars()
        .filter(|c| {
            key = (key || *c == MARKS[0]) && *c != MARKS[1];
            !key && !MARKS.contains(c)
        })
        .collect();
    escape(&plain, &mut out);
    out
}

/// Escapes a text; what is marked as inserted becomes an element that the script finds.
fn escaped(text: &str) -> String {
    let [first, second, third] = MARKS;
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once(first) {
        escape(before, &mut out);
        rest = behind;
        let whole = behind.split_once(second).and_then(|(key, behind)| {
            let (words, behind) = behind.split_once(third)?;
            Some((key, words, behind))
        });
        if let Some((key, words, behind)) = whole {
            out.push_str("<span data-wort=\"");
            escape(key, &mut out);
            out.push_str("\">");
            escape(words, &mut out);
            out.push_str("</span>");
            rest = behind;
        }
    }
    escape(rest, &mut out);
    out
}

fn escape(text: &str, out: &mut String) {
    // Most texts have nothing to escape; 0xEE begins the marks.
    let special = |b: u8| matches!(b, b'&' | b'<' | b'>' | b'"' | b'\'' | 0xEE);
    if !text.bytes().any(special) {
        out.push_str(text);
        return;
    }
    for c in text.chars() {
        match c {
            c if MARKS.contains(&c) => {}
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}

/// Where one types.
pub(crate) struct FieldView {
    pub id: String,
    pub name: String,
    /// As HTML.
    pub label: String,
    pub value: String,
    pub unit: String,
    pub number: bool,
    pub max: usize,
    pub error: Option<String>,
    pub rest: Vec<OptionView>,
    /// The option, as `name=value`, beside which it stands.
    pub beside: Option<String>,
    pub later: Option<Later>,
}

/// What stands in one column of an item, or of an option: a choice or a field.
pub(crate) struct CellView {
    pub id: String,
    /// As HTML.
    pub text: String,
    pub choices: Vec<ChoiceCell>,
    pub fields: Vec<FieldView>,
    pub later: Option<Later>,
}

/// A choice in a cell.
pub(crate) struct ChoiceCell {
    pub id: String,
    pub label: String,
    pub error: Option<String>,
    pub options: Vec<OptionView>,
}

/// An option with its rank.
pub(crate) struct RankView {
    pub id: String,
    pub name: String,
    pub label: String,
    pub ranks: Vec<(usize, bool)>,
    pub later: Option<Later>,
}

/// Files that were sent, and room for more.
pub(crate) struct FileView {
    pub id: String,
    pub name: String,
    pub hint: String,
    pub accept: String,
    pub several: bool,
    pub sent: Vec<OptionView>,
}

/// A municipality: where one types, and what was found.
pub(crate) struct PlaceView {
    pub id: String,
    pub name: String,
    pub value: String,
    pub found: Vec<OptionView>,
}

/// Name of the field of "weiß nicht": the variable's own where one chooses, one beside it where one types.
pub(crate) fn special_name(question: &Question, variable: &VariableKey) -> String {
    let part = question.part(variable);
    special(
        question,
        variable,
        part.is_some_and(|part| !part.value.typed()),
    )
}

/// The same where it is known whether one chooses.
fn special(question: &Question, variable: &VariableKey, chosen: bool) -> String {
    if chosen && !question.settings.dropdown {
        variable.to_string()
    } else {
        format!("{variable}.special")
    }
}

/// "weiß nicht" and "keine Angabe" of a variable, which is `chosen` or typed.
pub(crate) fn rest(
    q: &Question,
    variable: &VariableKey,
    chosen: bool,
    fields: &Fields,
    words: &Words,
    ask: &Ask,
) -> Vec<OptionView> {
    if !q.dont_know && !q.no_answer {
        return Vec::new();
    }
    let name = special(q, variable, chosen);
    let offered = [
        (q.dont_know, DONT_KNOW, Answer::DontKnow),
        (q.no_answer, REFUSED, Answer::Refused),
    ];
    let mut gap = true;
    let offered = offered.into_iter().filter(|(offered, ..)| *offered);
    offered
        .map(|(_, value, answer)| OptionView {
            id: format!("o-{variable}-{}", value.trim_start_matches('_')),
            checked: fields.has(&name, value),
            name: name.clone(),
            value: value.to_owned(),
            label: words
                .questionnaire
                .special(&answer, ask.lang)
                .unwrap_or_default()
                .to_owned(),
            rest: true,
            gap: std::mem::take(&mut gap),
            beside: Vec::new(),
            alone: true,
            later: None,
        })
        .collect()
}

pub(crate) fn option(
    key: &str,
    label: String,
    variable: &VariableKey,
    fields: &Fields,
) -> OptionView {
    OptionView {
        id: format!("o-{variable}-{key}"),
        name: variable.to_string(),
        value: key.to_owned(),
        label,
        checked: fields.has(variable.as_str(), key),
        rest: false,
        gap: false,
        beside: Vec::new(),
        alone: false,
        later: None,
    }
}

/// The options that are offered under the answers so far, and those that were chosen before.
pub(crate) fn choices(
    q: &Question,
    options: &[Choice],
    fields: &Fields,
    errors: &Errors,
    words: &Words,
    ask: &Ask,
) -> Vec<OptionView> {
    let variable = VariableKey::new(&q.key);
    let parts = q.parts();
    let view = |o: &Choice| {
        let later = words.offers(q, o, fields.has(variable.as_str(), &o.key))?;
        let below = format!("{variable}.{}.", o.key);
        let role = |part: &Part| part.role;
        let own = parts
            .iter()
            .filter(|part| part.role != Role::Own && part.key.as_str().starts_with(&below));
        let name = format!("{variable}={}", o.key);
        let beside = |part| FieldView {
            beside: (role(part) == Role::Other).then(|| name.clone()),
            ..field(q, part, fields, errors, words, ask)
        };
        Some(OptionView {
            beside: own.map(beside).collect(),
            alone: o.exclusive,
            later,
            ..option(&o.key, words.short(&o.text, ask.lang), &variable, fields)
        })
    };
    options.iter().filter_map(view).collect()
}

/// A field for one typed variable.
pub(crate) fn field(
    q: &Question,
    part: &Part,
    fields: &Fields,
    errors: &Errors,
    words: &Words,
    ask: &Ask,
) -> FieldView {
    let label = match (part.role, part.item, part.beside) {
        (Role::Other, ..) => escaped(&ask.q("answer-types-other")),
        (Role::Comment, _, Some(option)) => {
            let option = words.short(option, ask.lang);
            escaped(&ask.qv("answer-types-remark-on", &[("option", &option)]))
        }
        (Role::Comment, ..) => escaped(&ask.q("answer-types-remark")),
        (Role::Own, _, Some(column)) => words.label(column, ask.lang),
        (Role::Own, Some(item), None) => words.label(&item.text, ask.lang),
        (Role::Own, None, None) => words.label(&q.text, ask.lang),
    };
    let (unit, max) = match &part.value {
        Value::Number { unit, .. } => (unit.get(ask.lang).to_owned(), 60),
        Value::Text { max_length, .. } => (String::new(), *max_length),
        _ => (String::new(), 200),
    };
    FieldView {
        id: format!("feld-{}", part.key),
        name: part.key.to_string(),
        label,
        value: fields.text(part.key.as_str()),
        unit,
        number: matches!(part.value, Value::Number { .. }),
        max,
        error: errors.get(&part.key).cloned(),
        rest: match part.role {
            Role::Own => rest(q, &part.key, !part.value.typed(), fields, words, ask),
            _ => Vec::new(),
        },
        beside: None,
        later: None,
    }
}

/// Several numbers or texts.
pub(crate) fn several(
    q: &Question,
    fields: &Fields,
    errors: &Errors,
    words: &Words,
    ask: &Ask,
) -> KindView {
    let hint = match &q.kind {
        QuestionKind::Numbers {
            sum: Some(sum),
            items,
        } => {
            let bound = sum
                .bound
                .as_ref()
                .and_then(|b| words.questionnaire.number(b, words.answers));
            let unit = items.first().map_or("", |n| n.number.unit.get(ask.lang));
            let key = match sum.comparison {
                questionnaire::Comparison::Equal => "answer-types-sum-equals",
                questionnaire::Comparison::AtLeast | questionnaire::Comparison::Greater => {
                    "answer-types-sum-at-least"
                }
                _ => "answer-types-sum-at-most",
            };
            bound.map(|bound| {
                let places = usize::from(bound.fract() != 0.0);
                let number = edition::numbers::decimal(ask.lang, bound, places);
                ask.qv(key, &[("sum", format!("{number} {unit}").trim())])
            })
        }
        _ => None,
    };
    let parts = q.parts();
    let shown = parts.iter().filter(|part| words.draws(part));
    KindView::Fields {
        hint,
        fields: shown
            .map(|part| FieldView {
                later: words.later(q, part),
                ..field(q, part, fields, errors, words, ask)
            })
            .collect(),
    }
}

/// Items by columns.
pub(crate) fn grid(
    q: &Question,
    fields: &Fields,
    errors: &Errors,
    words: &Words,
    ask: &Ask,
) -> KindView {
    let parts = q.parts();
    let mut items: Vec<CellView> = Vec::new();
    for part in parts.iter().filter(|part| words.draws(part)) {
        let id = format!("frage-{}", part.key.row());
        if items.last().is_none_or(|item| item.id != id) {
            let text = part.item.map(|item| words.label(&item.text, ask.lang));
            items.push(CellView {
                id,
                text: text.unwrap_or_default(),
                choices: Vec::new(),
                fields: Vec::new(),
                later: words.later(q, part),
            });
        }
        let Some(item) = items.last_mut() else {
            continue;
        };
        match &part.value {
            Value::Choice { codes, .. } => {
                let codes = codes.list().into_iter();
                let mut options: Vec<OptionView> = codes
                    .map(|(key, text)| option(key, words.short(text, ask.lang), &part.key, fields))
                    .collect();
                options.extend(rest(q, &part.key, true, fields, words, ask));
                item.choices.push(ChoiceCell {
                    id: format!("frage-{}", part.key),
                    label: part
                        .beside
                        .map(|text| words.short(text, ask.lang))
                        .unwrap_or_default(),
                    error: errors.get(&part.key).cloned(),
                    options,
                });
            }
            _ => item.fields.push(field(q, part, fields, errors, words, ask)),
        }
    }
    KindView::Grid { items }
}

/// A rank for each option.
pub(crate) fn ranking(
    q: &Question,
    options: &[Choice],
    max: Option<usize>,
    fields: &Fields,
    words: &Words,
    ask: &Ask,
) -> KindView {
    let variable = VariableKey::new(&q.key);
    let most = max.unwrap_or(options.len()).min(options.len());
    let rank = |o: &Choice| {
        let name = format!("{variable}.{}", o.key);
        let typed = fields.text(&name);
        let later = words.offers(q, o, !typed.is_empty())?;
        Some(RankView {
            later,
            id: format!("o-{variable}-{}", o.key),
            label: words.short(&o.text, ask.lang),
            ranks: (1..=most).map(|n| (n, typed == n.to_string())).collect(),
            name,
        })
    };
    KindView::Ranking {
        hint: ask.qv("answer-types-ranking-hint", &[("max", &most.to_string())]),
        ranks: options.iter().filter_map(rank).collect(),
    }
}

pub(crate) fn files(
    variable: &VariableKey,
    types: &[FileType],
    max_size: u64,
    max: usize,
    fields: &Fields,
    ask: &Ask,
) -> FileView {
    let kinds: Vec<&str> = types.iter().map(|kind| kind.ending()).collect();
    let size = (max_size / 1_000_000).to_string();
    let tokens = fields.all(variable.as_str()).iter();
    let sent = tokens.filter_map(|token| {
        let mut parts = token.splitn(3, '|');
        let id = parts
            .next()
            .filter(|id| !id.starts_with('!') && !id.is_empty())?;
        let (_, name) = (parts.next()?, parts.next()?);
        Some(OptionView {
            id: format!("o-{variable}-{id}"),
            name: variable.to_string(),
            value: token.clone(),
            label: name.to_owned(),
            checked: true,
            rest: false,
            gap: false,
            beside: Vec::new(),
            alone: false,
            later: None,
        })
    });
    let values = [
        ("kinds", &*kinds.join(", ")),
        ("size", &*size),
        ("max", &*max.to_string()),
    ];
    FileView {
        id: format!("feld-{variable}"),
        name: crate::answer::upload::field(variable.as_str()),
        hint: ask.qv("answer-types-file-hint", &values),
        accept: kinds
            .iter()
            .map(|kind| format!(".{kind}"))
            .collect::<Vec<_>>()
            .join(","),
        several: max > 1,
        sent: sent.collect(),
    }
}

/// What was typed or chosen, and the municipalities of that name.
pub(crate) fn place(
    variable: &VariableKey,
    fields: &Fields,
    errors: &Errors,
    words: &Words,
    ask: &Ask,
) -> PlaceView {
    let value = fields.text(variable.as_str());
    let chosen = value.split_once('|');
    let view = |key: &str, label: String, checked: bool| OptionView {
        id: format!("o-{variable}-{key}"),
        name: crate::answer::places::choice(variable.as_str()),
        value: key.to_owned(),
        label,
        checked,
        rest: false,
        gap: false,
        beside: Vec::new(),
        alone: false,
        later: None,
    };
    let found = match chosen {
        Some((key, name)) => vec![view(key, format!("{name} ({key})"), true)],
        None if errors.contains_key(variable) && !value.trim().is_empty() => words
            .register
            .search(value.trim(), FOUND)
            .into_iter()
            .map(|m| {
                let land = m.land.german();
                view(
                    &m.key.to_string(),
                    format!("{} ({}, {land})", m.name, m.key),
                    false,
                )
            })
            .collect(),
        None => Vec::new(),
    };
    let _ = ask;
    PlaceView {
        id: format!("feld-{variable}"),
        name: variable.to_string(),
        value: chosen.map_or(value.clone(), |(_, name)| name.to_owned()),
        found,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_inserted_stands_in_an_element_of_its_own() {
        let [a, b, c] = MARKS;
        assert_eq!(
            escaped(&format!("<{a}zahl{b}3 & 4{c}>{a}ohne Ende{c}")),
            "&lt;<span data-wort=\"zahl\">3 &amp; 4</span>&gt;ohne Ende"
        );
        assert_eq!(
            address_of(&format!("https://a.example/{a}zahl{b}3{c}")),
            "https://a.example/3"
        );
    }

    #[test]
    fn texts_escape_what_is_not_ours() {
        let pieces = [
            Piece::Plain("<script>\"&'".into()),
            Piece::Link("a<b".into(), "https://example.org/?a=1&b='2'".into()),
        ];
        assert_eq!(
            inline(&pieces),
            "&lt;script&gt;&quot;&amp;&#39;<a href=\"https://example.org/?a=1&amp;b=&#39;2&#39;\" rel=\"noreferrer\">a&lt;b</a>"
        );
    }
}
