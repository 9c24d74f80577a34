//! The short form as a page: its fields, what was typed, and what is wrong with it. The same for editors, for the owner
//! with a mailed link, and for who proposes an example.

use std::collections::BTreeMap;

use practices::{
    Attachment, CostBand, Duty, FIELDS, FieldOfAction, FieldSpec, Form, FormFault, Kind, Link,
    Mode, Part, Problem, Running,
};

use crate::frame::Ask;
use crate::practice::shown::file_line;
use crate::practice::{
    COSTS, DUTIES, EVIDENCE, GROUPS, KINDS, MODES, RUNNERS, field, fte, label, word,
};

/// How a field is filled in.
pub(crate) enum Control {
    Line,
    Area { rows: usize },
    Select { options: Vec<Choice> },
    Checks { options: Vec<Choice> },
    Links { rows: Vec<LinkView> },
}

/// A choice: its name in the form, its words, whether it is chosen.
pub(crate) struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

/// A row for a link.
pub(crate) struct LinkView {
    pub number: usize,
    pub title: String,
    pub url: String,
}

/// A field of the form.
pub(crate) struct FieldView {
    pub name: &'static str,
    pub label: String,
    pub hint: String,
    pub example: String,
    pub value: String,
    pub control: Control,
    pub error: Option<String>,
    pub required: bool,
    /// "nicht bekannt", where it is offered: whether it is chosen.
    pub unknown: Option<bool>,
}

/// Fields under a heading.
pub(crate) struct GroupView {
    pub title: String,
    pub open: bool,
    pub fields: Vec<FieldView>,
}

/// A file beside the form, as the form shows it.
pub(crate) struct FileView {
    pub file: i64,
    pub line: String,
    pub href: String,
    pub picture: bool,
    pub name: String,
    pub alternative: String,
    pub rights: String,
}

/// What was typed, by name. Choices of many are names of their own: `target_groups.women`.
pub(crate) type Typed = BTreeMap<String, String>;

/// Links that a form may have.
const LINKS: usize = 4;

/// What a form says when nobody has typed yet.
pub(crate) fn typed(form: &Form) -> Typed {
    let mut typed = Typed::new();
    let mut put = |name: &str, value: String| {
        if !value.is_empty() {
            typed.insert(name.to_owned(), value);
        }
    };
    for spec in FIELDS {
        if let Some(text) = form.text(spec.name) {
            put(spec.name, text.to_owned());
        }
    }
    let decided = |name: &str, word: &str| match form.undecided.contains(name) {
        true => String::new(),
        false => word.to_owned(),
    };
    put("field", form.field.clone());
    put("subfield", form.subfield.clone().unwrap_or_default());
    put("kind", decided("kind", word(&KINDS, form.kind)));
    put(
        "evidence",
        decided("evidence", word(&EVIDENCE, form.evidence)),
    );
    put("mode", decided("mode", word(&MODES, form.running.mode)));
    put("ended_why", form.running.ended_why.clone());
    put("cost", word(&COSTS, form.cost).to_owned());
    put("cost_once", word(&COSTS, form.cost_once).to_owned());
    put("duty", word(&DUTIES, form.duty).to_owned());
    put(
        "runner",
        form.runner.map_or("", |r| word(&RUNNERS, r)).to_owned(),
    );
    put(
        "fte",
        form.fte
            .map(|f| fte(questionnaire::Lang::De, f))
            .unwrap_or_default(),
    );
    put(
        "funding_until",
        form.funding_until
            .map(|y| y.to_string())
            .unwrap_or_default(),
    );
    if form.running.since != 0 {
        put("since", form.running.since.to_string());
    }
    put("mailbox", form.mailbox.clone().unwrap_or_default());
    for group in &form.target_groups {
        put(
            &format!("target_groups.{}", word(&GROUPS, *group)),
            "ja".to_owned(),
        );
    }
    for name in &form.not_known {
        put(&format!("unbekannt.{name}"), "ja".to_owned());
    }
    for (on, name) in [
        (form.reach.callback, "callback"),
        (form.reach.visit, "visit"),
    ] {
        if on {
            put(&format!("reach.{name}"), "ja".to_owned());
        }
    }
    for (i, link) in form.links.iter().enumerate() {
        put(&format!("link.{i}.url"), link.url.clone());
        put(&format!("link.{i}.title"), link.title.clone());
    }
    for file in &form.attachments {
        put(&format!("datei.{}.name", file.file), file.name.clone());
        put(
            &format!("datei.{}.alternative", file.file),
            file.alternative.clone(),
        );
        put(&format!("datei.{}.rights", file.file), file.rights.clone());
    }
    typed
}

/// The fields as the page shows them, in their parts.
pub(crate) fn groups(
    ask: &Ask,
    list: &[FieldOfAction],
    typed: &Typed,
    errors: &BTreeMap<&'static str, String>,
) -> Vec<GroupView> {
    let parts = [
        (Part::Required, "required"),
        (Part::People, "people"),
        (Part::Means, "means"),
        (Part::Lessons, "lessons"),
        (Part::Contact, "contact"),
    ];
    let group = |(part, name): (Part, &str)| {
        let fields: Vec<FieldView> = FIELDS
            .iter()
            .filter(|spec| spec.part == part)
            .flat_map(|spec| views(ask, list, spec, typed, errors))
            .collect();
        GroupView {
            title: ask.t(&format!("web-practice-group-title-{name}")),
            open: part == Part::Required || fields.iter().any(|f| f.error.is_some()),
            fields,
        }
    };
    parts.into_iter().map(group).collect()
}

/// A field; behind the state stands why it ended, behind the mailbox the other ways to ask.
fn views(
    ask: &Ask,
    list: &[FieldOfAction],
    spec: &FieldSpec,
    typed: &Typed,
    errors: &BTreeMap<&'static str, String>,
) -> Vec<FieldView> {
    let mut views = vec![view(ask, list, spec, typed, errors)];
    let more = match spec.name {
        "mode" => Some("ended_why"),
        "mailbox" => Some("reach"),
        _ => None,
    };
    if let Some(name) = more {
        let spec = FieldSpec {
            name,
            required: false,
            ..*spec
        };
        views.push(view(ask, list, &spec, typed, errors));
    }
    views
}

fn view(
    ask: &Ask,
    list: &[FieldOfAction],
    spec: &FieldSpec,
    typed: &Typed,
    errors: &BTreeMap<&'static str, String>,
) -> FieldView {
    let value = typed.get(spec.name).cloned().unwrap_or_default();
    let key = spec.name.replace('_', "-");
    let limit = spec.words.to_string();
    FieldView {
        name: spec.name,
        label: label(ask, spec.name),
        hint: match spec.words {
            0 => ask.t(&format!("web-practice-hint-{key}")),
            _ => format!(
                "{} {}",
                ask.t(&format!("web-practice-hint-{key}")),
                ask.tv("web-practice-words", &[("words", &limit)])
            ),
        },
        example: ask.t(&format!("web-practice-example-{key}")),
        control: control(ask, list, spec, typed, &value),
        value,
        error: errors.get(spec.name).cloned(),
        required: spec.required,
        unknown: spec
            .may_be_unknown
            .then(|| typed.contains_key(&format!("unbekannt.{}", spec.name))),
    }
}

fn control(
    ask: &Ask,
    list: &[FieldOfAction],
    spec: &FieldSpec,
    typed: &Typed,
    value: &str,
) -> Control {
    let checks = |group: &str, words: &[&str]| {
        let option = |w: &&str| Choice {
            value: format!("{}.{w}", spec.name),
            label: ask.t(&format!("web-practice-{group}-{w}")),
            chosen: typed.contains_key(&format!("{}.{w}", spec.name)),
        };
        Control::Checks {
            options: words.iter().map(option).collect(),
        }
    };
    let select = |group: &str, words: &[&str], empty: bool| {
        let none = Choice {
            value: String::new(),
            label: ask.t("web-practice-choose"),
            chosen: value.is_empty(),
        };
        let option = |w: &&str| Choice {
            value: (*w).to_owned(),
            label: ask.t(&format!("web-practice-{group}-{w}")),
            chosen: *w == value,
        };
        let none = empty.then_some(none).into_iter();
        Control::Select {
            options: none.chain(words.iter().map(option)).collect(),
        }
    };
    fn words<T: Copy>(list: &[(T, &'static str)]) -> Vec<&'static str> {
        list.iter().map(|(_, w)| *w).collect()
    }
    match spec.name {
        "field" | "subfield" => of_fields(ask, list, spec.name == "subfield", value),
        "kind" => select("kind", &words(&KINDS), true),
        "evidence" => select("evidence", &words(&EVIDENCE), true),
        "mode" => select("mode", &words(&MODES), true),
        "cost" | "cost_once" => select("cost", &words(&COSTS), false),
        "duty" => select("duty", &words(&DUTIES), false),
        "runner" => select("runner", &words(&RUNNERS), true),
        "target_groups" => checks("group", &words(&GROUPS)),
        "reach" => checks("reach", &["callback", "visit"]),
        "links" => Control::Links {
            rows: (0..LINKS)
                .map(|number| {
                    let text = |what| typed.get(&format!("link.{number}.{what}")).cloned();
                    LinkView {
                        number,
                        title: text("title").unwrap_or_default(),
                        url: text("url").unwrap_or_default(),
                    }
                })
                .collect(),
        },
        _ if spec.words > 40 => Control::Area {
            rows: (spec.words / 25).clamp(3, 10),
        },
        "sentence" | "ended_why" | "staff" | "funding" => Control::Area { rows: 2 },
        _ => Control::Line,
    }
}

/// Fields of action: those of the first level, or those below with the name of the one above.
fn of_fields(ask: &Ask, list: &[FieldOfAction], below: bool, value: &str) -> Control {
    let mut options = vec![Choice {
        value: String::new(),
        label: ask.t("web-practice-choose"),
        chosen: value.is_empty(),
    }];
    for entry in list.iter().filter(|f| f.parent.is_some() == below) {
        let name = field(ask.lang, list, &entry.key);
        options.push(Choice {
            value: entry.key.clone(),
            label: match &entry.parent {
                Some(parent) => format!("{}: {name}", field(ask.lang, list, parent)),
                None => name,
            },
            chosen: entry.key == value,
        });
    }
    Control::Select { options }
}

/// The files beside a form with what was typed about them.
pub(crate) fn files(ask: &Ask, form: &Form, typed: &Typed, folder: &str) -> Vec<FileView> {
    let text = |file: i64, what: &str, stands: &str| {
        let typed = typed.get(&format!("datei.{file}.{what}"));
        typed.map_or(stands, String::as_str).to_owned()
    };
    form.attachments
        .iter()
        .map(|a| FileView {
            file: a.file,
            line: file_line(ask, a),
            href: format!("{folder}/{}", a.file),
            picture: a.kind.is_picture(),
            name: text(a.file, "name", &a.name),
            alternative: text(a.file, "alternative", &a.alternative),
            rights: text(a.file, "rights", &a.rights),
        })
        .collect()
}

/// Reads what was typed. What is not complete may be saved; what cannot be kept is an error at its field.
pub(crate) fn read(
    ask: &Ask,
    list: &[FieldOfAction],
    typed: &Typed,
    before: &Form,
) -> Result<Form, BTreeMap<&'static str, String>> {
    let text = |name: &str| {
        let value = typed.get(name).map_or("", String::as_str);
        value.replace("\r\n", "\n").trim().to_owned()
    };
    let mut errors = BTreeMap::new();
    let mut year = |name: &'static str| match text(name).as_str() {
        "" => 0,
        typed => typed.parse().unwrap_or_else(|_| {
            let said = ask.tv("web-practice-wrong-year", &[("typed", typed)]);
            errors.insert(name, said);
            0
        }),
    };
    let (since, until) = (year("since"), year("funding_until"));
    let fte = match text("fte").as_str() {
        "" => None,
        typed => hundredths(typed).or_else(|| {
            errors.insert("fte", ask.tv("web-practice-wrong-fte", &[("typed", typed)]));
            None
        }),
    };
    let field = text("field");
    let known = |key: &str| list.iter().find(|f| f.key == key);
    if !field.is_empty() && known(&field).is_none_or(|f| f.parent.is_some()) {
        errors.insert("field", ask.t("web-practice-wrong-field"));
    }
    let subfield = Some(text("subfield")).filter(|s| !s.is_empty());
    if let Some(below) = &subfield
        && known(below).is_none_or(|f| f.parent.as_deref() != Some(field.as_str()))
    {
        errors.insert("subfield", ask.t("web-practice-wrong-subfield"));
    }
    let mailbox = text("mailbox");
    let on = |name: &str| typed.contains_key(name);
    let undecided = ["kind", "mode", "evidence"]
        .into_iter()
        .filter(|name| text(name).is_empty());
    let unknown = FIELDS
        .iter()
        .filter(|f| f.may_be_unknown && on(&format!("unbekannt.{}", f.name)));
    let form = Form {
        title: text("title"),
        sentence: text("sentence"),
        kind: chosen(&KINDS, &text("kind"), Kind::Offer),
        field,
        subfield,
        problem: text("problem"),
        steps: text("steps"),
        target_groups: GROUPS
            .iter()
            .filter(|(_, w)| on(&format!("target_groups.{w}")))
            .map(|(g, _)| *g)
            .collect(),
        runner: RUNNERS
            .iter()
            .find(|(_, w)| *w == text("runner"))
            .map(|(r, _)| *r),
        run_by: text("run_by"),
        partners: text("partners"),
        builds_on: text("builds_on"),
        added: text("added"),
        fte,
        staff: text("staff"),
        cost: chosen(&COSTS, &text("cost"), CostBand::NotKnown),
        cost_once: chosen(&COSTS, &text("cost_once"), CostBand::NotKnown),
        funding: text("funding"),
        funding_until: Some(until).filter(|y| *y != 0),
        duty: chosen(&DUTIES, &text("duty"), Duty::NotKnown),
        running: Running {
            mode: chosen(&MODES, &text("mode"), Mode::Running),
            since,
            ended_why: text("ended_why"),
        },
        result: text("result"),
        evidence: chosen(&EVIDENCE, &text("evidence"), practices::Evidence::NotKnown),
        obstacle: text("obstacle"),
        helped: text("helped"),
        requires: text("requires"),
        differently: text("differently"),
        mailbox: Some(mailbox).filter(|m| !m.is_empty()),
        reach: practices::Reach {
            callback: on("reach.callback"),
            visit: on("reach.visit"),
        },
        links: links(typed),
        attachments: kept_files(typed, before),
        not_known: unknown.map(|f| f.name.to_owned()).collect(),
        undecided: undecided.map(str::to_owned).collect(),
    };
    for fault in form.faults() {
        let said = problem(ask, &fault);
        errors.entry(fault.field).or_insert(said);
    }
    if form.title.is_empty() {
        errors.insert("title", ask.t("web-practice-wrong-title"));
    }
    if errors.is_empty() {
        Ok(form)
    } else {
        Err(errors)
    }
}

fn links(typed: &Typed) -> Vec<Link> {
    let text = |i: usize, what: &str| {
        let value = typed.get(&format!("link.{i}.{what}"));
        value.map_or("", |v| v.trim()).to_owned()
    };
    (0..LINKS)
        .map(|i| Link {
            url: text(i, "url"),
            title: text(i, "title"),
        })
        .filter(|l| !l.url.is_empty())
        .map(|l| Link {
            title: if l.title.is_empty() {
                l.url.clone()
            } else {
                l.title
            },
            url: l.url,
        })
        .collect()
}

/// The files that stood beside the form before, but those that were taken away; with what was typed about them.
fn kept_files(typed: &Typed, before: &Form) -> Vec<Attachment> {
    let text = |file: i64, what: &str, stands: &str| {
        let typed = typed.get(&format!("datei.{file}.{what}"));
        typed.map_or(stands, |t| t.trim()).to_owned()
    };
    let stays = |a: &&Attachment| !typed.contains_key(&format!("datei.{}.weg", a.file));
    before
        .attachments
        .iter()
        .filter(stays)
        .map(|a| Attachment {
            name: text(a.file, "name", &a.name),
            alternative: text(a.file, "alternative", &a.alternative),
            rights: text(a.file, "rights", &a.rights),
            ..a.clone()
        })
        .collect()
}

fn chosen<T: Copy>(list: &[(T, &str)], word: &str, otherwise: T) -> T {
    list.iter()
        .find(|(_, w)| *w == word)
        .map_or(otherwise, |(value, _)| *value)
}

/// "1,25" or "1.5" as hundredths.
fn hundredths(typed: &str) -> Option<u32> {
    let (whole, part) = typed.split_once([',', '.']).unwrap_or((typed, ""));
    if part.len() > 2 || whole.len() > 4 || whole.is_empty() {
        return None;
    }
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(part) {
        return None;
    }
    let part: u32 = format!("{part:0<2}").parse().ok()?;
    Some(whole.parse::<u32>().ok()? * 100 + part)
}

/// A short print of what each name said when the form was shown: by it a later save knows what its writer changed.
pub(crate) fn prints(typed: &Typed) -> String {
    let one = |(name, value): (&String, &String)| format!("{name}={:x}", print(value));
    typed.iter().map(one).collect::<Vec<_>>().join(";")
}

/// FNV-1a over the text as browsers send it back.
fn print(value: &str) -> u32 {
    let bytes = value.trim().bytes().filter(|b| *b != b'\r');
    bytes.fold(0x811c_9dc5, |h, b| {
        (h ^ u32::from(b)).wrapping_mul(0x0100_0193)
    })
}

/// What two people typed, together: what one of them changed counts; where both changed the same, the names are told
/// and the second one's words stand in the form.
pub(crate) fn merge(sent: &Typed, was: &str, standing: &Typed) -> (Typed, Vec<String>) {
    let base: BTreeMap<&str, u32> = was
        .split(';')
        .filter_map(|pair| pair.rsplit_once('='))
        .filter_map(|(name, print)| Some((name, u32::from_str_radix(print, 16).ok()?)))
        .collect();
    let (mut merged, mut both) = (Typed::new(), Vec::new());
    let empty = String::new();
    for name in sent.keys().chain(standing.keys()) {
        if name.starts_with('_') || merged.contains_key(name) || both.contains(name) {
            continue;
        }
        let (mine, theirs) = (
            sent.get(name).unwrap_or(&empty),
            standing.get(name).unwrap_or(&empty),
        );
        let before = base
            .get(name.as_str())
            .copied()
            .unwrap_or_else(|| print(""));
        let value = if print(mine) == before {
            theirs
        } else {
            if print(theirs) != before && print(theirs) != print(mine) {
                both.push(name.clone());
            }
            mine
        };
        if !value.is_empty() {
            merged.insert(name.clone(), value.clone());
        }
    }
    (merged, both)
}

/// A fault in words.
pub(crate) fn problem(ask: &Ask, fault: &FormFault) -> String {
    match &fault.problem {
        Problem::Missing => ask.t("web-practice-wrong-missing"),
        Problem::TooLong { words, limit } => ask.tv(
            "web-practice-wrong-long",
            &[("words", &words.to_string()), ("limit", &limit.to_string())],
        ),
        Problem::TitleTooLong => ask.t("web-practice-wrong-title"),
        Problem::NamesPerson(found) => ask.tv("web-practice-wrong-person", &[("found", found)]),
        Problem::HoldsAddress(found) => ask.tv("web-practice-wrong-address", &[("found", found)]),
        Problem::PersonalMailbox => ask.t("web-practice-wrong-personal"),
        Problem::NoMailbox => ask.t("web-practice-wrong-mailbox"),
        Problem::NoLink(typed) => ask.tv("web-practice-wrong-link", &[("typed", typed)]),
        Problem::EndedWithoutReason => ask.t("web-practice-wrong-ended"),
        Problem::NoYear => ask.tv("web-practice-wrong-year", &[("typed", "")]),
        Problem::PictureIncomplete(name) => ask.tv("web-practice-wrong-picture", &[("name", name)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_two_changed_in_different_places_stands_together() {
        let typed = |pairs: &[(&str, &str)]| -> Typed {
            pairs
                .iter()
                .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
                .collect()
        };
        let was = typed(&[("title", "Alt"), ("steps", "Eins\nzwei"), ("duty", "duty")]);
        let theirs = typed(&[("title", "Neu"), ("steps", "Eins\nzwei"), ("duty", "duty")]);
        let mine = typed(&[
            ("title", "Alt"),
            ("steps", "Eins\r\nzwei und drei"),
            ("duty", "duty"),
        ]);
        let (merged, both) = merge(&mine, &prints(&was), &theirs);
        assert!(both.is_empty());
        assert_eq!(
            (merged["title"].as_str(), merged["duty"].as_str()),
            ("Neu", "duty")
        );
        assert!(merged["steps"].contains("drei"));
        let (merged, both) = merge(&typed(&[("title", "Meins")]), &prints(&was), &theirs);
        assert_eq!(
            (both, merged["title"].as_str()),
            (vec!["title".to_owned()], "Meins")
        );
        assert!(!merged.contains_key("duty"), "what I took out stays out");
    }

    #[test]
    fn staff_is_read_as_people_write_it() {
        assert_eq!(hundredths("0,5"), Some(50));
        assert_eq!(hundredths("1.25"), Some(125));
        assert_eq!(hundredths("3"), Some(300));
        for wrong in ["eine halbe", "1,255", "-1", ",5", "1,,5"] {
            assert_eq!(hundredths(wrong), None, "{wrong}");
        }
    }
}
