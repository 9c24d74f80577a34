//! The settings of a wave as a form: from the wave to fields, and back.

use fieldwork::{Supporter, Wave, WaveName, settings_faults};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use questionnaire::{Questionnaire, Text};

use crate::frame::{Ask, day, time_zone};
use crate::office::edition_form::Typed;

/// Supporters that the form always has room for.
const SUPPORTERS: usize = 3;
/// At most so many are read.
const MOST_SUPPORTERS: usize = 100;

/// How a value is entered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Line,
    Area,
    Day,
    Number,
    Logo,
}

/// A field of the form.
pub(super) struct FieldView {
    pub name: String,
    pub label: String,
    pub hint: Option<String>,
    pub value: String,
    pub error: Option<String>,
    kind: Kind,
    /// The name of a wave that is there stays.
    pub fixed: bool,
    /// Language of what is entered, where it is another than the page's.
    pub lang: Option<&'static str>,
}

impl FieldView {
    pub(super) fn is_area(&self) -> bool {
        self.kind == Kind::Area
    }

    pub(super) fn is_logo(&self) -> bool {
        self.kind == Kind::Logo
    }

    pub(super) fn type_of(&self) -> &'static str {
        match self.kind {
            Kind::Day => "date",
            _ => "text",
        }
    }

    pub(super) fn is_number(&self) -> bool {
        self.kind == Kind::Number
    }
}

/// A group of fields under a heading.
pub(super) struct GroupView {
    pub heading: String,
    pub fields: Vec<FieldView>,
}

/// What is wrong: the field, and the words.
pub(super) type Wrong = (String, String);

/// The fields of a wave.
pub(super) fn typed(wave: &Wave) -> Typed {
    let mut all = Typed::new();
    let mut put = |name: &str, value: &str| {
        all.insert(name.to_owned(), value.to_owned());
    };
    put("name", &wave.name.0);
    put("title-de", &wave.title.de);
    put("title-en", &wave.title.en);
    put("purpose-de", &wave.purpose.de);
    put("purpose-en", &wave.purpose.en);
    put("opens", &day(wave.opens).to_string());
    put("closes", &last(wave).to_string());
    put("minutes-from", &wave.minutes.0.to_string());
    put("minutes-to", &wave.minutes.1.to_string());
    if wave.synthetic {
        put("synthetic", "1");
    }
    organisations(wave, &mut put);
    all
}

/// Who asks, pays, supports, and where questions go.
fn organisations(wave: &Wave, put: &mut impl FnMut(&str, &str)) {
    put("contact", &wave.contact);
    let supporters = wave.supporters.iter().enumerate();
    let supporters = supporters.map(|(i, s)| (format!("supporter-{i}"), s));
    let named = [
        ("institute".to_owned(), &wave.institute),
        ("funder".to_owned(), &wave.funder),
    ];
    for (name, organisation) in named.into_iter().chain(supporters) {
        put(&name, &organisation.name);
        if let Some(svg) = &organisation.logo_svg {
            put(&format!("{name}-svg"), svg);
        }
    }
}

/// What a new wave begins with: the questionnaire's title, and the organisations of the last wave.
pub(super) fn first(questionnaire: &Questionnaire, last: Option<&Wave>) -> Typed {
    let mut all = Typed::new();
    let mut put = |name: &str, value: &str| {
        all.insert(name.to_owned(), value.to_owned());
    };
    put("title-de", &questionnaire.title.de);
    put("title-en", &questionnaire.title.en);
    if let Some(wave) = last {
        organisations(wave, &mut put);
    }
    all
}

/// The last day on which a wave can be answered.
fn last(wave: &Wave) -> Date {
    day(wave.closes - SignedDuration::from_millis(1))
}

/// The form with what was typed and what is wrong in it.
pub(super) fn groups(ask: &Ask, typed: &Typed, wrong: &[Wrong], fixed: bool) -> Vec<GroupView> {
    let make = |name: &str, label: String, hint: Option<&str>, kind: Kind| FieldView {
        name: name.to_owned(),
        label,
        hint: hint.map(|key| ask.t(key)),
        value: typed.get(name).cloned().unwrap_or_default(),
        error: wrong
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, said)| said.clone()),
        kind,
        fixed: fixed && name == "name",
        lang: match name {
            "title-en" | "purpose-en" => Some("en"),
            "title-de" | "purpose-de" => Some("de"),
            _ => None,
        },
    };
    let field = |name: &str, label: &str, hint: Option<&str>, kind: Kind| {
        make(name, ask.t(label), hint, kind)
    };
    let group = |heading: &str, fields: Vec<FieldView>| GroupView {
        heading: ask.t(heading),
        fields,
    };
    let mut supporters = Vec::new();
    let given = typed.keys().filter_map(|k| place(k)).max();
    for i in 0..given.map_or(SUPPORTERS, |n| (n + 2).max(SUPPORTERS)) {
        let number = (i + 1).to_string();
        let label = ask.tv("web-office-edition-supporter", &[("number", &number)]);
        let name = format!("supporter-{i}");
        let logo = ask.tv("begin-logo-of", &[("name", &label)]);
        supporters.push(make(&name, label, None, Kind::Line));
        supporters.push(make(&format!("{name}-svg"), logo, None, Kind::Logo));
    }
    let (line, logo) = (Kind::Line, Kind::Logo);
    vec![
        group(
            "begin-group-name",
            vec![
                field("name", "begin-name", Some("begin-name-hint"), line),
                field("title-de", "begin-title-de", Some("begin-title-hint"), line),
                field(
                    "title-en",
                    "begin-title-en",
                    Some("begin-english-hint"),
                    line,
                ),
                field(
                    "purpose-de",
                    "begin-purpose-de",
                    Some("begin-purpose-hint"),
                    Kind::Area,
                ),
                field(
                    "purpose-en",
                    "begin-purpose-en",
                    Some("begin-english-hint"),
                    Kind::Area,
                ),
            ],
        ),
        group(
            "begin-group-period",
            vec![
                field("opens", "begin-opens", Some("begin-opens-hint"), Kind::Day),
                field(
                    "closes",
                    "begin-closes",
                    Some("begin-closes-hint"),
                    Kind::Day,
                ),
                field(
                    "minutes-from",
                    "begin-minutes-from",
                    Some("begin-minutes-hint"),
                    Kind::Number,
                ),
                field("minutes-to", "begin-minutes-to", None, Kind::Number),
            ],
        ),
        group(
            "begin-group-who",
            vec![
                field(
                    "institute",
                    "begin-institute",
                    Some("begin-institute-hint"),
                    line,
                ),
                field("institute-svg", "begin-institute-logo", None, logo),
                field("contact", "begin-contact", Some("begin-contact-hint"), line),
                field("funder", "begin-funder", Some("begin-funder-hint"), line),
                field("funder-svg", "begin-funder-logo", None, logo),
            ],
        ),
        group("begin-group-supporters", supporters),
    ]
}

/// The place of a supporter with a name in the form.
fn place(field: &str) -> Option<usize> {
    let number: usize = field.strip_prefix("supporter-")?.parse().ok()?;
    (number < MOST_SUPPORTERS).then_some(number)
}

/// The wave as it was typed; `standing` is the one that is changed.
/// Everything that is wrong comes at once: what cannot be read, and what the settings of a wave must keep.
pub(super) fn read(ask: &Ask, typed: &Typed, standing: Option<&Wave>) -> Result<Wave, Vec<Wrong>> {
    let text = |name: &str| {
        let value = typed.get(name).map_or("", |v| v.trim());
        value.replace("\r\n", "\n")
    };
    let both = |name: &str| {
        let (de, en) = (text(&format!("{name}-de")), text(&format!("{name}-en")));
        let en = if en.is_empty() { de.clone() } else { en };
        Text { de, en }
    };
    let organisation = |name: &str| Supporter {
        name: text(name),
        logo_svg: Some(text(&format!("{name}-svg"))).filter(|svg| !svg.is_empty()),
    };
    let mut wrong: Vec<Wrong> = Vec::new();
    let mut moment = |name: &str, word: &str, standing: Option<(Date, Timestamp)>, later: bool| {
        let sent = text(name);
        let Some(date) = date(&sent) else {
            let said = with_entered(ask, word, &sent);
            wrong.push((name.to_owned(), said));
            return None;
        };
        match standing {
            // A wave that begins within a day keeps its hour.
            Some((day, at)) if day == date => Some(at),
            _ => midnight(date, later),
        }
    };
    let opens = moment(
        "opens",
        "begin-opens-wrong",
        standing.map(|w| (day(w.opens), w.opens)),
        false,
    );
    let closes = moment(
        "closes",
        "begin-closes-wrong",
        standing.map(|w| (last(w), w.closes)),
        true,
    );
    let minutes = |name: &str| text(name).parse::<u32>().ok();
    let minutes = minutes("minutes-from").zip(minutes("minutes-to"));
    if minutes.is_none() {
        let (from, to) = (text("minutes-from"), text("minutes-to"));
        let entered = match from.is_empty() && to.is_empty() {
            true => String::new(),
            false => format!("{from} – {to}"),
        };
        let said = with_entered(ask, "begin-minutes-wrong", &entered);
        wrong.push(("minutes-from".to_owned(), said));
    }
    let mut supporters: Vec<usize> = typed.keys().filter_map(|k| place(k)).collect();
    supporters.sort_unstable();
    let supporters = supporters
        .iter()
        .map(|i| organisation(&format!("supporter-{i}")));
    let wave = Wave {
        name: standing.map_or_else(|| WaveName(text("name")), |w| w.name.clone()),
        title: both("title"),
        purpose: both("purpose"),
        institute: organisation("institute"),
        // Who clears the name has no funder, also where the last wave's logo is still there.
        funder: Some(organisation("funder"))
            .filter(|f| !f.name.is_empty())
            .unwrap_or_default(),
        supporters: supporters.filter(|s| !s.name.is_empty()).collect(),
        contact: text("contact"),
        minutes: minutes.unwrap_or((1, 1)),
        opens: opens.unwrap_or(Timestamp::MIN),
        closes: closes.unwrap_or(Timestamp::MAX),
        frozen: None,
        synthetic: typed.contains_key("synthetic"),
    };
    let rules = settings_faults(&wave).into_iter();
    wrong.extend(rules.map(|f| (at(f.key).to_owned(), f.said.get(ask.lang).to_owned())));
    wrong.sort_by_key(|(field, _)| ORDER.iter().position(|name| name == field));
    if wrong.is_empty() {
        Ok(wave)
    } else {
        Err(wrong)
    }
}

/// Fields in the order of the form; others come before.
const ORDER: [&str; 9] = [
    "name",
    "title-de",
    "purpose-de",
    "opens",
    "closes",
    "minutes-from",
    "institute",
    "contact",
    "funder",
];

/// What is wrong, and what was entered, where something was.
pub(super) fn with_entered(ask: &Ask, key: &str, entered: &str) -> String {
    let said = ask.t(key);
    match entered {
        "" => said,
        entered => format!("{said} {}", ask.tv("begin-entered", &[("typed", entered)])),
    }
}

/// Where a key of the settings is entered.
fn at(key: &'static str) -> &'static str {
    match key {
        "title" => "title-de",
        "purpose" => "purpose-de",
        "minutes" => "minutes-from",
        "supporters" => "supporter-0",
        key => key,
    }
}

/// A day as browsers send it, or as people write it.
fn date(text: &str) -> Option<Date> {
    let iso: Option<Date> = text.parse().ok();
    iso.or_else(|| Date::strptime("%d.%m.%Y", text).ok())
}

/// The first moment of a day in Germany, or the first after it.
fn midnight(date: Date, after: bool) -> Option<Timestamp> {
    let date = if after { date.tomorrow().ok()? } else { date };
    date.to_zoned(time_zone()).ok().map(|at| at.timestamp())
}
