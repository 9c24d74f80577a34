//! A question as the page shows it: what can be chosen or typed, what is, and what is wrong with it.

use std::collections::BTreeMap;

use questionnaire::{
    Answer, Answers, Choice, DONT_KNOW, Question, QuestionKind, REFUSED, Role, Value, VariableKey,
    plain, typed_number,
};

use crate::answer::drawn::{self, CellView, FieldView, FileView, PlaceView, RankView, Words};
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
            Answer::DontKnow => {
                self.add(
                    drawn::special_name(question, variable),
                    DONT_KNOW.to_owned(),
                );
            }
            Answer::Refused => {
                self.add(drawn::special_name(question, variable), REFUSED.to_owned());
            }
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

    /// What stands before anybody answered.
    pub(crate) fn defaults(
        &mut self,
        question: &Question,
        response: &fieldwork::Response,
        ask: &Ask,
    ) {
        if question.settings.default.is_empty() {
            return;
        }
        let variable = VariableKey::new(&question.key);
        if response.records.contains_key(&variable) {
            return;
        }
        for (rank, value) in (1..).zip(&question.settings.default) {
            let (name, value) = match &question.kind {
                QuestionKind::Ranking { .. } => (format!("{variable}.{value}"), rank.to_string()),
                QuestionKind::Number { .. } => {
                    let number = value.parse().map(|number| typed_number(number, ask.lang));
                    (variable.to_string(), number.unwrap_or_default())
                }
                QuestionKind::Date { .. } => {
                    let day = value.parse().map(|day| questionnaire::day(day, ask.lang));
                    (variable.to_string(), day.unwrap_or_default())
                }
                _ => (variable.to_string(), value.clone()),
            };
            self.add(name, value);
        }
    }

    /// The same as a browser sends it.
    pub(crate) fn pairs(self) -> impl Iterator<Item = (String, String)> {
        let each = |(name, values): (String, Vec<String>)| {
            values.into_iter().map(move |value| (name.clone(), value))
        };
        self.0.into_iter().flat_map(each)
    }

    pub(crate) fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    fn add(&mut self, name: String, value: String) {
        self.0.entry(name).or_default().push(value);
    }

    pub(crate) fn has(&self, name: &str, value: &str) -> bool {
        self.0
            .get(name)
            .is_some_and(|values| values.iter().any(|v| v == value))
    }

    pub(crate) fn text(&self, name: &str) -> String {
        self.0
            .get(name)
            .and_then(|v| v.first())
            .cloned()
            .unwrap_or_default()
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
    /// Fields for a text of one's own, or for a remark.
    pub beside: Vec<FieldView>,
    /// Cannot be chosen together with others.
    pub alone: bool,
    pub later: Option<Later>,
}

/// What is not shown now, but may come up while the page is filled in: it stands in a template, which only the script
/// looks into. Its name for the script, and what it adds to the hidden field with what the page was shown with.
#[derive(Clone)]
pub(crate) struct Later {
    pub was: String,
    pub stand: String,
}

/// Heading of a battery's column.
pub(crate) struct ColumnView {
    pub label: String,
    pub gap: bool,
}

/// A row of a battery.
pub(crate) struct ItemView {
    pub id: String,
    /// As HTML.
    pub text: String,
    /// Wording of the low and the high end.
    pub poles: Option<(String, String)>,
    pub error: Option<String>,
    pub options: Vec<OptionView>,
    pub later: Option<Later>,
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
        /// Least and most that can be chosen, for the script: `1-3`, 0 for no bound.
        count: Option<String>,
    },
    /// A list to pull down.
    Dropdown {
        id: String,
        options: Vec<OptionView>,
    },
    Battery {
        points: usize,
        rests: usize,
        multiple: bool,
        by_column: bool,
        /// A semantic differential.
        poles: bool,
        columns: Vec<ColumnView>,
        items: Vec<ItemView>,
    },
    /// Items with several answers each.
    Grid {
        items: Vec<CellView>,
    },
    /// Several typed answers, one an item.
    Fields {
        hint: Option<String>,
        fields: Vec<FieldView>,
    },
    Ranking {
        hint: String,
        ranks: Vec<RankView>,
    },
    Files(FileView),
    Place(PlaceView),
    /// A computed value, as HTML.
    Value(String),
    Note,
    Number {
        value: String,
        unit: String,
    },
    Line {
        value: String,
        max: usize,
        hint: Option<String>,
        mail: bool,
    },
    Long {
        value: String,
        max: usize,
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
    /// Wording without markup, for names of fields.
    pub text: String,
    /// Wording as it is shown: ours alone, everything else escaped.
    pub html: String,
    pub help: Option<String>,
    pub required: bool,
    /// Remark beside a single choice.
    pub comment: Option<FieldView>,
    pub error: Option<String>,
    /// Ids of help and error, for screen readers.
    pub described: Option<String>,
    pub rest: Vec<OptionView>,
    pub kind: KindView,
    pub later: Option<Later>,
}

/// What is wrong, by variable.
pub(crate) type Errors = BTreeMap<VariableKey, String>;

/// Draws a question.
pub(crate) fn question(
    q: &Question,
    fields: &Fields,
    errors: &Errors,
    words: &Words,
    ask: &Ask,
) -> QuestionView {
    let whole = VariableKey::new(&q.key);
    let error = errors.get(&whole).cloned();
    let help = q.help.as_ref().map(|h| words.html(h, ask.lang));
    let ids = [
        help.as_ref().map(|_| format!("hilfe-{}", q.key)),
        error.as_ref().map(|_| format!("fehler-{}", q.key)),
    ];
    let ids: Vec<String> = ids.into_iter().flatten().collect();
    let several = q.items().is_some();
    let comment = q
        .settings
        .comment
        .then(|| q.part(&VariableKey::item(&q.key, "comment")));
    let comment = comment.flatten();
    let comment = comment.filter(|part| part.role == Role::Comment);
    QuestionView {
        key: q.key.clone(),
        name: q.key.clone(),
        number: q.number.clone(),
        text: plain(&words.text(&q.text, ask.lang)),
        html: match q.kind {
            QuestionKind::Note => words.html(&q.text, ask.lang),
            _ => words.line(&q.text, ask.lang),
        },
        help,
        required: q.required || q.silent(),
        comment: comment.map(|part| drawn::field(q, &part, fields, errors, words, ask)),
        error,
        described: (!ids.is_empty()).then(|| ids.join(" ")),
        rest: if several || q.silent() {
            Vec::new()
        } else {
            drawn::rest(q, &whole, chosen(q), fields, words, ask)
        },
        kind: kind(q, &whole, fields, errors, words, ask),
        later: None,
    }
}

/// Whether one chooses rather than types, for a question with one variable.
fn chosen(q: &Question) -> bool {
    matches!(
        q.kind,
        QuestionKind::Single { .. } | QuestionKind::Multiple { .. }
    )
}

fn kind(
    q: &Question,
    variable: &VariableKey,
    fields: &Fields,
    errors: &Errors,
    words: &Words,
    ask: &Ask,
) -> KindView {
    let value = fields.text(variable.as_str());
    let choose = |options: &[Choice]| drawn::choices(q, options, fields, errors, words, ask);
    match &q.kind {
        QuestionKind::Single { options, .. } if q.settings.dropdown => KindView::Dropdown {
            id: format!("feld-{variable}"),
            options: choose(options),
        },
        QuestionKind::Single { options, .. } => KindView::Choices {
            multiple: false,
            options: choose(options),
            hint: None,
            count: None,
        },
        QuestionKind::Multiple { options, min, max } => KindView::Choices {
            multiple: true,
            options: choose(options),
            hint: Some(match max {
                Some(max) => ask.qv("web-answer-page-several-max", &[("max", &max.to_string())]),
                None => ask.q("web-answer-page-several"),
            }),
            count: (min.is_some() || max.is_some())
                .then(|| format!("{}-{}", min.unwrap_or(0), max.unwrap_or(0))),
        },
        QuestionKind::Battery { .. } | QuestionKind::Ticks { .. } => {
            battery(q, fields, errors, words, ask)
        }
        QuestionKind::Grid { .. } => drawn::grid(q, fields, errors, words, ask),
        QuestionKind::Numbers { .. } | QuestionKind::Texts { .. } => {
            drawn::several(q, fields, errors, words, ask)
        }
        QuestionKind::Ranking { options, max, .. } => {
            drawn::ranking(q, options, *max, fields, words, ask)
        }
        QuestionKind::Number { unit, .. } => KindView::Number {
            value,
            unit: unit.get(ask.lang).to_owned(),
        },
        QuestionKind::ShortText { max_length } => KindView::Line {
            value,
            max: *max_length,
            hint: None,
            mail: false,
        },
        QuestionKind::Date { .. } => KindView::Line {
            value,
            max: 20,
            hint: Some(ask.q("answer-types-date-hint")),
            mail: false,
        },
        QuestionKind::Email => KindView::Line {
            value,
            max: 254,
            hint: Some(ask.q("answer-types-email-hint")),
            mail: true,
        },
        QuestionKind::LongText { max_length } => {
            let max = edition::numbers::thousands(ask.lang, *max_length as i64);
            KindView::Long {
                value,
                max: *max_length,
                hint: ask.qv("web-answer-page-characters", &[("max", &max)]),
                quote: quote::options(q, Some(&fields.text(&quote::field(&q.key))), ask),
            }
        }
        QuestionKind::File {
            types,
            max_size,
            max,
        } => KindView::Files(drawn::files(variable, types, *max_size, *max, fields, ask)),
        QuestionKind::Municipality => {
            KindView::Place(drawn::place(variable, fields, errors, words, ask))
        }
        QuestionKind::Computed { .. } => KindView::Value(words.computed(&q.key, ask.lang)),
        QuestionKind::Note => KindView::Note,
        QuestionKind::Nomination { fields: known, max } => KindView::Nominations {
            groups: (1..=*max)
                .map(|i| nomination(i, known, variable, fields, ask))
                .collect(),
        },
    }
}

/// Items on a scale, or with boxes to tick.
fn battery(q: &Question, fields: &Fields, errors: &Errors, words: &Words, ask: &Ask) -> KindView {
    let item = |part: &questionnaire::Part| {
        let variable = &part.key;
        let codes = part.value.codes().into_iter();
        let alone = |key: &str| match &part.value {
            Value::Choices { options, .. } => options.iter().any(|o| o.exclusive && o.key == key),
            _ => false,
        };
        let mut options: Vec<OptionView> = codes
            .map(|(key, text)| OptionView {
                alone: alone(key),
                ..drawn::option(key, plain(&words.text(text, ask.lang)), variable, fields)
            })
            .collect();
        options.extend(drawn::rest(q, variable, true, fields, words, ask));
        let poles = part.item.and_then(|item| item.poles.as_ref());
        let pole = |text| plain(&words.text(text, ask.lang));
        ItemView {
            later: words.later(q, part),
            poles: poles.map(|(low, high)| (pole(low), pole(high))),
            id: format!("frage-{variable}"),
            text: part
                .item
                .map(|item| words.label(&item.text, ask.lang))
                .unwrap_or_default(),
            error: errors.get(variable).cloned(),
            options,
        }
    };
    let parts = q.parts();
    let multiple = matches!(
        parts.first().map(|part| &part.value),
        Some(Value::Choices { .. })
    );
    let shown = parts.iter().filter(|part| words.draws(part));
    let items: Vec<ItemView> = shown.map(item).collect();
    let columns = items.first().map_or(&[][..], |i| &i.options);
    let column = |o: &OptionView| ColumnView {
        label: o.label.clone(),
        gap: o.gap,
    };
    KindView::Battery {
        points: parts.first().map_or(0, |part| part.value.codes().len()),
        rests: usize::from(q.dont_know) + usize::from(q.no_answer),
        multiple,
        by_column: q.settings.by_column,
        poles: items.first().is_some_and(|item| item.poles.is_some()),
        columns: columns.iter().map(column).collect(),
        items,
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
        beside: Vec::new(),
        alone: false,
        later: None,
    };
    NominationView {
        legend: ask.qv(
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
    let value = q.part(variable).map(|part| part.value);
    match value {
        Some(
            Value::Number { .. }
            | Value::Text { .. }
            | Value::Date { .. }
            | Value::Email
            | Value::Files { .. }
            | Value::Municipality,
        ) => format!("feld-{variable}"),
        _ if q.settings.dropdown => format!("feld-{variable}"),
        _ => format!("frage-{variable}"),
    }
}
