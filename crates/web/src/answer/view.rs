//! A question as the page shows it: what can be chosen or typed, what is, and what is wrong with it.

use std::collections::BTreeMap;

use questionnaire::{
    Answer, Answers, Choice, DONT_KNOW, Item, Question, QuestionKind, REFUSED, Scale, VariableKey,
    special, typed_number,
};

use crate::answer::quote;
use crate::frame::Ask;

/// Fields of a form by name, with their values.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields(BTreeMap<String, Vec<String>>);

impl Fields {
    /// What a browser sent.
    pub(crate) fn sent(pairs: &[(String, String)]) -> Self {
        let mut fields = Self::default();
        for (name, value) in pairs {
            fields.add(name.clone(), value.clone());
        }
        fields
    }

    /// What a browser would send for these answers of these questions.
    pub(crate) fn standing(questions: &[&Question], answers: &Answers, ask: &Ask) -> Self {
        let mut fields = Self::default();
        for question in questions {
            for variable in question.variables() {
                if let Some(answer) = answers.get(&variable) {
                    fields.answer(question, &variable, answer, ask);
                }
            }
            if let Some((name, word)) = quote::standing(question, answers) {
                fields.add(name, word);
            }
        }
        fields
    }

    fn answer(&mut self, question: &Question, variable: &VariableKey, answer: &Answer, ask: &Ask) {
        let name = variable.to_string();
        match answer {
            Answer::DontKnow => self.add(special_name(question, variable), DONT_KNOW.to_owned()),
            Answer::Refused => self.add(special_name(question, variable), REFUSED.to_owned()),
            Answer::Choice(key) | Answer::Text(key) => self.add(name, key.clone()),
            Answer::Choices(keys) => keys.iter().for_each(|k| self.add(name.clone(), k.clone())),
            Answer::Number(number) => self.add(name, typed_number(*number, ask.lang)),
            Answer::Ranking(keys) => {
                for (rank, key) in (1..).zip(keys) {
                    self.add(format!("{name}.{key}"), rank.to_string());
                }
            }
            Answer::Date(day) => self.add(name, questionnaire::day(*day, ask.lang)),
            Answer::Municipality(place) => self.add(name, format!("{}|{}", place.key, place.name)),
            Answer::Files(files) => {
                for file in files {
                    self.add(
                        name.clone(),
                        format!("{}|{}|{}", file.id, file.size, file.name),
                    );
                }
            }
            Answer::Nominations(named) => {
                for (i, n) in (1..).zip(named) {
                    self.add(format!("{name}.{i}.title"), n.title.clone());
                    self.add(format!("{name}.{i}.description"), n.description.clone());
                    self.add(format!("{name}.{i}.field"), n.field.clone());
                    self.add(
                        format!("{name}.{i}.mailbox"),
                        n.mailbox.clone().unwrap_or_default(),
                    );
                }
            }
        }
    }

    fn add(&mut self, name: String, value: String) {
        self.0.entry(name).or_default().push(value);
    }

    fn has(&self, name: &str, value: &str) -> bool {
        self.0
            .get(name)
            .is_some_and(|values| values.iter().any(|v| v == value))
    }

    fn text(&self, name: &str) -> String {
        self.0
            .get(name)
            .and_then(|v| v.first())
            .cloned()
            .unwrap_or_default()
    }
}

/// Name of the field of "weiß nicht": the variable's own where one chooses, one beside it where one types.
fn special_name(question: &Question, variable: &VariableKey) -> String {
    match question.kind {
        QuestionKind::Single { .. }
        | QuestionKind::Multiple { .. }
        | QuestionKind::Battery { .. } => variable.to_string(),
        _ => format!("{variable}.special"),
    }
}

/// A radio, checkbox or option.
pub(crate) struct OptionView {
    pub id: String,
    pub name: String,
    pub value: String,
    pub label: String,
    pub checked: bool,
    /// "weiß nicht" or "keine Angabe": apart from the scale.
    pub rest: bool,
    /// The first one that is apart.
    pub gap: bool,
}

/// Heading of a battery's column.
pub(crate) struct ColumnView {
    pub label: String,
    pub gap: bool,
}

/// A row of a battery.
pub(crate) struct ItemView {
    pub id: String,
    pub text: String,
    pub error: Option<String>,
    pub options: Vec<OptionView>,
}

/// The fields of one practice.
pub(crate) struct NominationView {
    pub legend: String,
    pub title_id: String,
    pub title_name: String,
    pub title: String,
    pub description_id: String,
    pub description_name: String,
    pub description: String,
    pub field_id: String,
    pub field_name: String,
    pub fields: Vec<OptionView>,
    pub mailbox_id: String,
    pub mailbox_name: String,
    pub mailbox: String,
}

/// The kinds of questions as they are drawn.
pub(crate) enum KindView {
    Choices {
        multiple: bool,
        options: Vec<OptionView>,
        hint: Option<String>,
    },
    Battery {
        points: usize,
        rests: usize,
        columns: Vec<ColumnView>,
        items: Vec<ItemView>,
    },
    Number {
        value: String,
        unit: String,
    },
    Line {
        value: String,
        max: usize,
    },
    Long {
        value: String,
        hint: String,
        /// Whether the answer may be quoted.
        quote: Vec<OptionView>,
    },
    Nominations {
        groups: Vec<NominationView>,
    },
}

/// A question.
pub(crate) struct QuestionView {
    pub key: String,
    pub name: String,
    pub number: String,
    pub text: String,
    pub help: Option<String>,
    pub required: bool,
    pub error: Option<String>,
    /// Ids of help and error, for screen readers.
    pub described: Option<String>,
    pub rest: Vec<OptionView>,
    pub kind: KindView,
}

/// What is wrong, by variable.
pub(crate) type Errors = BTreeMap<VariableKey, String>;

/// Draws a question.
pub(crate) fn question(q: &Question, fields: &Fields, errors: &Errors, ask: &Ask) -> QuestionView {
    let variable = VariableKey::new(&q.key);
    let error = errors.get(&variable).cloned();
    let help = q.help.as_ref().map(|h| h.get(ask.lang).to_owned());
    let ids = [
        help.as_ref().map(|_| format!("hilfe-{}", q.key)),
        error.as_ref().map(|_| format!("fehler-{}", q.key)),
    ];
    let ids: Vec<String> = ids.into_iter().flatten().collect();
    let battery = matches!(q.kind, QuestionKind::Battery { .. });
    QuestionView {
        key: q.key.clone(),
        name: q.key.clone(),
        number: q.number.clone(),
        text: q.text.get(ask.lang).to_owned(),
        help,
        required: q.required,
        error,
        described: (!ids.is_empty()).then(|| ids.join(" ")),
        rest: if battery {
            Vec::new()
        } else {
            rest(q, &variable, fields, ask)
        },
        kind: kind(q, &variable, fields, errors, ask),
    }
}

fn rest(q: &Question, variable: &VariableKey, fields: &Fields, ask: &Ask) -> Vec<OptionView> {
    let name = special_name(q, variable);
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
            label: special(&answer, ask.lang).unwrap_or_default().to_owned(),
            rest: true,
            gap: std::mem::take(&mut gap),
        })
        .collect()
}

fn kind(
    q: &Question,
    variable: &VariableKey,
    fields: &Fields,
    errors: &Errors,
    ask: &Ask,
) -> KindView {
    match &q.kind {
        QuestionKind::Single { options, .. } => KindView::Choices {
            multiple: false,
            options: choices(options, variable, fields, ask),
            hint: None,
        },
        QuestionKind::Multiple { options, max, .. } => KindView::Choices {
            multiple: true,
            options: choices(options, variable, fields, ask),
            hint: Some(match max {
                Some(max) => ask.tv("web-answer-page-several-max", &[("max", &max.to_string())]),
                None => ask.t("web-answer-page-several"),
            }),
        },
        QuestionKind::Battery { items, scale } => battery(q, items, scale, fields, errors, ask),
        QuestionKind::Number { unit, .. } => KindView::Number {
            value: fields.text(variable.as_str()),
            unit: unit.get(ask.lang).to_owned(),
        },
        QuestionKind::ShortText { max_length } => KindView::Line {
            value: fields.text(variable.as_str()),
            max: *max_length,
        },
        QuestionKind::LongText { max_length } => {
            let max = edition::numbers::thousands(ask.lang, *max_length as i64);
            KindView::Long {
                value: fields.text(variable.as_str()),
                hint: ask.tv("web-answer-page-characters", &[("max", &max)]),
                quote: quote::options(q, Some(&fields.text(&quote::field(&q.key))), ask),
            }
        }
        QuestionKind::Grid { .. }
        | QuestionKind::Ticks { .. }
        | QuestionKind::Numbers { .. }
        | QuestionKind::Texts { .. }
        | QuestionKind::Ranking { .. }
        | QuestionKind::Date { .. }
        | QuestionKind::Email
        | QuestionKind::File { .. }
        | QuestionKind::Municipality
        | QuestionKind::Computed { .. }
        | QuestionKind::Note => KindView::Line {
            value: fields.text(variable.as_str()),
            max: 200,
        },
        QuestionKind::Nomination { fields: known, max } => KindView::Nominations {
            groups: (1..=*max)
                .map(|i| nomination(i, known, variable, fields, ask))
                .collect(),
        },
    }
}

fn battery(
    q: &Question,
    items: &[Item],
    scale: &Scale,
    fields: &Fields,
    errors: &Errors,
    ask: &Ask,
) -> KindView {
    let item = |item: &Item| {
        let variable = VariableKey::item(&q.key, &item.key);
        let mut options = points(scale, &variable, fields, ask);
        options.extend(rest(q, &variable, fields, ask));
        ItemView {
            id: format!("frage-{variable}"),
            text: item.text.get(ask.lang).to_owned(),
            error: errors.get(&variable).cloned(),
            options,
        }
    };
    let items: Vec<ItemView> = items.iter().map(item).collect();
    let columns = items.first().map_or(&[][..], |i| &i.options);
    let column = |o: &OptionView| ColumnView {
        label: o.label.clone(),
        gap: o.gap,
    };
    KindView::Battery {
        points: scale.points.len(),
        rests: usize::from(q.dont_know) + usize::from(q.no_answer),
        columns: columns.iter().map(column).collect(),
        items,
    }
}

fn choices(
    options: &[Choice],
    variable: &VariableKey,
    fields: &Fields,
    ask: &Ask,
) -> Vec<OptionView> {
    let option = |o: &Choice| option(&o.key, o.text.get(ask.lang), variable, fields);
    options.iter().map(option).collect()
}

fn points(scale: &Scale, variable: &VariableKey, fields: &Fields, ask: &Ask) -> Vec<OptionView> {
    let point = |p: &questionnaire::Point| option(&p.key, p.text.get(ask.lang), variable, fields);
    scale.points.iter().map(point).collect()
}

fn option(key: &str, label: &str, variable: &VariableKey, fields: &Fields) -> OptionView {
    OptionView {
        id: format!("o-{variable}-{key}"),
        name: variable.to_string(),
        value: key.to_owned(),
        label: label.to_owned(),
        checked: fields.has(variable.as_str(), key),
        rest: false,
        gap: false,
    }
}

fn nomination(
    i: usize,
    known: &[Choice],
    variable: &VariableKey,
    fields: &Fields,
    ask: &Ask,
) -> NominationView {
    let name = |part: &str| format!("{variable}.{i}.{part}");
    let id = |part: &str| format!("feld-{variable}-{i}-{part}");
    let option = |f: &Choice| OptionView {
        id: String::new(),
        name: String::new(),
        value: f.key.clone(),
        label: f.text.get(ask.lang).to_owned(),
        checked: fields.has(&name("field"), &f.key),
        rest: false,
        gap: false,
    };
    NominationView {
        legend: ask.tv(
            "web-answer-nomination-legend",
            &[("number", &i.to_string())],
        ),
        title_id: id("title"),
        title_name: name("title"),
        title: fields.text(&name("title")),
        description_id: id("description"),
        description_name: name("description"),
        description: fields.text(&name("description")),
        field_id: id("field"),
        field_name: name("field"),
        fields: known.iter().map(option).collect(),
        mailbox_id: id("mailbox"),
        mailbox_name: name("mailbox"),
        mailbox: fields.text(&name("mailbox")),
    }
}

/// Where the error summary leads: the field where one types, the group where one chooses.
pub(crate) fn anchor(q: &Question, variable: &VariableKey) -> String {
    match q.kind {
        QuestionKind::Number { .. }
        | QuestionKind::ShortText { .. }
        | QuestionKind::LongText { .. } => {
            format!("feld-{variable}")
        }
        _ => format!("frage-{variable}"),
    }
}
