//! A practice's form: what editors type, and what is wrong with it.

use std::collections::BTreeMap;

use practices::{CostBand, DEFAULT_FIELDS, Evidence, Form, Kind, Mode, Running};

use crate::frame::Ask;
use crate::practice::{COSTS, EVIDENCE, KINDS, MODES, field, word};

/// How a field is filled in.
pub(crate) enum Control {
    Line,
    Area {
        rows: usize,
    },
    Select {
        options: Vec<(String, String, bool)>,
    },
}

/// A field of the form.
pub(crate) struct FieldView {
    pub name: &'static str,
    pub label: String,
    pub value: String,
    pub control: Control,
    pub error: Option<String>,
}

/// What was typed, by field.
pub(crate) type Typed = BTreeMap<String, String>;

/// Names of the texts with the rows that they get (0: one line), in the order of the page.
const FIELDS: [(&str, usize); 18] = [
    ("title", 0),
    ("sentence", 2),
    ("field", 0),
    ("kind", 0),
    ("problem", 4),
    ("steps", 8),
    ("result", 4),
    ("evidence", 0),
    ("obstacle", 3),
    ("helped", 3),
    ("requires", 3),
    ("run_by", 2),
    ("partners", 2),
    ("staff", 0),
    ("cost", 0),
    ("funding", 2),
    ("mode", 0),
    ("since", 0),
];

/// What a form says when nobody has typed yet.
pub(crate) fn typed(form: &Form) -> Typed {
    let since = form.running.since;
    let pairs = [
        ("title", form.title.clone()),
        ("sentence", form.sentence.clone()),
        ("field", form.field.clone()),
        ("kind", word(&KINDS, form.kind).to_owned()),
        ("problem", form.problem.clone()),
        ("steps", form.steps.clone()),
        ("result", form.result.clone()),
        ("evidence", word(&EVIDENCE, form.evidence).to_owned()),
        ("obstacle", form.obstacle.clone()),
        ("helped", form.helped.clone()),
        ("requires", form.requires.clone()),
        ("run_by", form.run_by.clone()),
        ("partners", form.partners.clone()),
        ("staff", form.staff.clone()),
        ("cost", word(&COSTS, form.cost).to_owned()),
        ("funding", form.funding.clone()),
        ("mode", word(&MODES, form.running.mode).to_owned()),
        (
            "since",
            if since == 0 {
                String::new()
            } else {
                since.to_string()
            },
        ),
        ("mailbox", form.mailbox.clone().unwrap_or_default()),
    ];
    pairs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// The fields as the page shows them.
pub(crate) fn fields(
    ask: &Ask,
    typed: &Typed,
    errors: &BTreeMap<&'static str, String>,
) -> Vec<FieldView> {
    let all = FIELDS.into_iter().chain([("mailbox", 0)]);
    let view = |(name, rows): (&'static str, usize)| {
        let value = typed.get(name).cloned().unwrap_or_default();
        let control = match options(ask, name, &value) {
            Some(options) => Control::Select { options },
            None if rows == 0 => Control::Line,
            None => Control::Area { rows },
        };
        FieldView {
            name,
            label: label(ask, name),
            value,
            control,
            error: errors.get(name).cloned(),
        }
    };
    all.map(view).collect()
}

/// The name of a field for people.
pub(crate) fn label(ask: &Ask, name: &str) -> String {
    match name {
        "mode" => ask.t("web-practice-part-running"),
        "since" => ask.t("web-office-practice-since"),
        "run_by" => ask.t("web-practice-part-run-by"),
        other => ask.t(&format!("web-practice-part-{other}")),
    }
}

fn options(ask: &Ask, name: &str, value: &str) -> Option<Vec<(String, String, bool)>> {
    let words: Vec<&str> = match name {
        "field" => DEFAULT_FIELDS.iter().map(|(key, ..)| *key).collect(),
        "kind" => KINDS.iter().map(|(_, w)| *w).collect(),
        "cost" => COSTS.iter().map(|(_, w)| *w).collect(),
        "evidence" => EVIDENCE.iter().map(|(_, w)| *w).collect(),
        "mode" => MODES.iter().map(|(_, w)| *w).collect(),
        _ => return None,
    };
    let label = |w: &str| match name {
        "field" => field(ask.lang, w),
        _ => ask.t(&format!("web-practice-{name}-{w}")),
    };
    Some(
        words
            .into_iter()
            .map(|w| (w.to_owned(), label(w), w == value))
            .collect(),
    )
}

/// Reads the form. What is not complete may be saved; what cannot be kept is an error at its field.
pub(crate) fn read(ask: &Ask, typed: &Typed) -> Result<Form, BTreeMap<&'static str, String>> {
    let text = |name: &str| {
        typed
            .get(name)
            .map_or("", String::as_str)
            .replace("\r\n", "\n")
            .trim()
            .to_owned()
    };
    let mut errors = BTreeMap::new();
    if text("title").is_empty() || text("title").chars().count() > 90 {
        errors.insert("title", ask.t("web-office-practice-title-wrong"));
    }
    let since = match text("since").as_str() {
        "" => 0,
        year => year
            .parse()
            .ok()
            .filter(|y| (1900..=2100).contains(y))
            .unwrap_or_else(|| {
                errors.insert(
                    "since",
                    ask.tv("web-office-practice-since-wrong", &[("typed", year)]),
                );
                0
            }),
    };
    let mailbox = text("mailbox");
    if !mailbox.is_empty() && !mailbox.contains('@') {
        errors.insert("mailbox", ask.t("web-office-practice-mailbox-wrong"));
    }
    let kind: Kind = chosen(&KINDS, &text("kind"), Kind::Offer);
    let cost: CostBand = chosen(&COSTS, &text("cost"), CostBand::NotKnown);
    let evidence: Evidence = chosen(&EVIDENCE, &text("evidence"), Evidence::NotKnown);
    let mode: Mode = chosen(&MODES, &text("mode"), Mode::Running);
    if !errors.is_empty() {
        return Err(errors);
    }
    Ok(Form {
        title: text("title"),
        sentence: text("sentence"),
        kind,
        field: text("field"),
        problem: text("problem"),
        steps: text("steps"),
        run_by: text("run_by"),
        partners: text("partners"),
        staff: text("staff"),
        cost,
        funding: text("funding"),
        running: Running { mode, since },
        result: text("result"),
        evidence,
        obstacle: text("obstacle"),
        helped: text("helped"),
        requires: text("requires"),
        mailbox: Some(mailbox).filter(|m| !m.is_empty()),
    })
}

fn chosen<T: Copy>(list: &[(T, &str)], word: &str, otherwise: T) -> T {
    list.iter()
        .find(|(_, w)| *w == word)
        .map_or(otherwise, |(value, _)| *value)
}
