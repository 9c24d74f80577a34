//! A practice in words: the same wording for the municipality that releases it, for editors and for everybody.

pub(crate) mod fitting;
pub(crate) mod form;
pub(crate) mod mails;
pub(crate) mod shown;

use practices::{
    Answer, CostBand, Duty, Evidence, FieldOfAction, Form, Kind, Mode, Runner, State as Life, Step,
    TargetGroup,
};
use questionnaire::Lang;
use register::{Key, Municipality};

use crate::State;
use crate::error::PageError;
use crate::frame::Ask;

/// All kinds with the word that forms and databases use.
pub(crate) const KINDS: [(Kind, &str); 5] = [
    (Kind::Offer, "offer"),
    (Kind::Project, "project"),
    (Kind::Concept, "concept"),
    (Kind::Strategy, "strategy"),
    (Kind::Instrument, "instrument"),
];
/// All cost bands.
pub(crate) const COSTS: [(CostBand, &str); 6] = [
    (CostBand::Under5000, "under5000"),
    (CostBand::From5000To20000, "from5000-to20000"),
    (CostBand::From20000To50000, "from20000-to50000"),
    (CostBand::From50000To150000, "from50000-to150000"),
    (CostBand::Over150000, "over150000"),
    (CostBand::NotKnown, "not-known"),
];
/// All ways in which a result is known.
pub(crate) const EVIDENCE: [(Evidence, &str); 4] = [
    (Evidence::Counted, "counted"),
    (Evidence::UsersAsked, "users-asked"),
    (Evidence::Evaluated, "evaluated"),
    (Evidence::NotKnown, "not-known"),
];
/// All modes.
pub(crate) const MODES: [(Mode, &str); 4] = [
    (Mode::Pilot, "pilot"),
    (Mode::Running, "running"),
    (Mode::RegularService, "regular-service"),
    (Mode::Ended, "ended"),
];
/// All target groups.
pub(crate) const GROUPS: [(TargetGroup, &str); 12] = [
    (TargetGroup::Newcomers, "newcomers"),
    (TargetGroup::Children, "children"),
    (TargetGroup::Youth, "youth"),
    (TargetGroup::Women, "women"),
    (TargetGroup::Families, "families"),
    (TargetGroup::JobSeekers, "job-seekers"),
    (TargetGroup::Older, "older"),
    (TargetGroup::Volunteers, "volunteers"),
    (TargetGroup::Neighbourhood, "neighbourhood"),
    (TargetGroup::Employers, "employers"),
    (TargetGroup::Landlords, "landlords"),
    (TargetGroup::Administration, "administration"),
];
/// All kinds of organisations that run a practice.
pub(crate) const RUNNERS: [(Runner, &str); 4] = [
    (Runner::Administration, "administration"),
    (Runner::Association, "association"),
    (Runner::Initiative, "initiative"),
    (Runner::Company, "company"),
];
/// Duty or voluntary task.
pub(crate) const DUTIES: [(Duty, &str); 3] = [
    (Duty::Duty, "duty"),
    (Duty::Voluntary, "voluntary"),
    (Duty::NotKnown, "not-known"),
];
/// All states in the order of a practice's life.
pub(crate) const STATES: [(Life, &str); 8] = [
    (Life::Nominated, "nominated"),
    (Life::Draft, "draft"),
    (Life::InReview, "in-review"),
    (Life::SentForRelease, "sent-for-release"),
    (Life::Released, "released"),
    (Life::Published, "published"),
    (Life::Faded, "faded"),
    (Life::Withdrawn, "withdrawn"),
];
/// All steps.
pub(crate) const STEPS: [(Step, &str); 12] = [
    (Step::Nominate, "nominate"),
    (Step::Save, "save"),
    (Step::HandIn, "hand-in"),
    (Step::GiveBack, "give-back"),
    (Step::SendForRelease, "send-for-release"),
    (Step::RequestChanges, "request-changes"),
    (Step::Release, "release"),
    (Step::Publish, "publish"),
    (Step::Confirm, "confirm"),
    (Step::Fade, "fade"),
    (Step::Withdraw, "withdraw"),
    (Step::Reopen, "reopen"),
];
/// What owners answer.
pub(crate) const ANSWERS: [(Answer, &str); 4] = [
    (Answer::Runs, "runs"),
    (Answer::Changed, "changed"),
    (Answer::RegularService, "regular-service"),
    (Answer::Ended, "ended"),
];

/// The word of a value of one of the lists above.
pub(crate) fn word<T: PartialEq + Copy>(list: &[(T, &'static str)], value: T) -> &'static str {
    list.iter()
        .find(|(v, _)| *v == value)
        .map_or("", |(_, word)| word)
}

/// A field of action by its key, on either level.
pub(crate) fn field(lang: Lang, fields: &[FieldOfAction], key: &str) -> String {
    let known = fields.iter().find(|f| f.key == key);
    known.map_or_else(
        || key.to_owned(),
        |f| match lang {
            Lang::De => f.de.clone(),
            Lang::En => f.en.clone(),
        },
    )
}

/// One part of the wording with its heading.
pub(crate) struct Part {
    pub label: String,
    pub text: String,
}

/// Where a practice is in its life.
pub(crate) fn state(ask: &Ask, life: Life) -> String {
    ask.t(&format!("web-practice-state-{}", word(&STATES, life)))
}

/// A municipality: from the list of a wave, from the newest list, or invented.
pub(crate) async fn unit(
    state: &State,
    key: &Key,
    wave: &str,
) -> Result<Option<Municipality>, PageError> {
    let wave = state
        .store
        .wave(&fieldwork::WaveName(wave.to_owned()))
        .await?;
    let mut lists: Vec<i64> = wave.map(|w| w.register_list).into_iter().collect();
    lists.extend(state.store.newest_register_number().await?);
    for list in lists {
        let register = state.known.register(&state.store, list).await?;
        if let Some(found) = register.get(key) {
            return Ok(Some(found.clone()));
        }
    }
    Ok((state.steps.invented)(key))
}

/// Name of a municipality, as [`unit`] finds it; its key where nobody knows it.
pub(crate) async fn place(state: &State, key: &Key, wave: &str) -> Result<String, PageError> {
    let found = unit(state, key, wave).await?;
    Ok(found.map_or_else(|| key.to_string(), |m| m.name))
}

fn list_of<T: PartialEq + Copy + Ord>(
    ask: &Ask,
    group: &str,
    list: &[(T, &'static str)],
    chosen: impl IntoIterator<Item = T>,
) -> String {
    let words: Vec<String> = chosen
        .into_iter()
        .map(|c| ask.t(&format!("web-practice-{group}-{}", word(list, c))))
        .collect();
    words.join(", ")
}

/// Full-time equivalents in words: "1,25".
pub(crate) fn fte(lang: Lang, hundredths: u32) -> String {
    let whole = hundredths / 100;
    let text = match hundredths % 100 {
        0 => whole.to_string(),
        rest if rest % 10 == 0 => format!("{whole},{}", rest / 10),
        rest => format!("{whole},{rest:02}"),
    };
    match lang {
        Lang::De => text,
        Lang::En => text.replace(',', "."),
    }
}

/// The wording, part by part, in the order in which it is printed. Empty parts are left out.
pub(crate) fn parts(ask: &Ask, fields: &[FieldOfAction], form: &Form) -> Vec<Part> {
    let coded = |group: &str, word: &str| ask.t(&format!("web-practice-{group}-{word}"));
    let not_known = ask.t("web-practice-not-known");
    let text = |name: &str| match form.text(name).map(str::trim).unwrap_or_default() {
        "" if form.not_known.contains(name) => not_known.clone(),
        text => text.to_owned(),
    };
    let decided = |name: &str, words: String| match form.undecided.contains(name) {
        true => String::new(),
        false => words,
    };
    let since = form.running.since.to_string();
    let mode = coded("mode", word(&MODES, form.running.mode));
    let running = match form.running.since {
        0 => mode,
        _ => ask.tv("web-practice-since", &[("mode", &mode), ("year", &since)]),
    };
    let links: Vec<String> = form
        .links
        .iter()
        .map(|l| format!("{}: {}", l.title, l.url))
        .collect();
    let files: Vec<String> = form
        .attachments
        .iter()
        .map(|a| shown::file_line(ask, a))
        .collect();
    let reach = [
        (form.reach.callback, "callback"),
        (form.reach.visit, "visit"),
    ];
    let reach: Vec<String> = reach
        .into_iter()
        .filter(|(on, _)| *on)
        .map(|(_, w)| coded("reach", w))
        .collect();
    let subfield = form
        .subfield
        .as_deref()
        .map(|key| field(ask.lang, fields, key));
    let known_cost = |cost: CostBand| match cost {
        CostBand::NotKnown => String::new(),
        _ => coded("cost", word(&COSTS, cost)),
    };
    let parts = [
        ("sentence", text("sentence")),
        ("field", field(ask.lang, fields, &form.field)),
        ("subfield", subfield.unwrap_or_default()),
        (
            "kind",
            decided("kind", coded("kind", word(&KINDS, form.kind))),
        ),
        ("problem", text("problem")),
        ("steps", text("steps")),
        ("result", text("result")),
        (
            "evidence",
            decided(
                "evidence",
                coded("evidence", word(&EVIDENCE, form.evidence)),
            ),
        ),
        ("obstacle", text("obstacle")),
        ("helped", text("helped")),
        ("requires", text("requires")),
        ("differently", text("differently")),
        (
            "target_groups",
            list_of(ask, "group", &GROUPS, form.target_groups.iter().copied()),
        ),
        ("runner", list_of(ask, "runner", &RUNNERS, form.runner)),
        ("run_by", text("run_by")),
        ("partners", text("partners")),
        ("builds_on", text("builds_on")),
        ("added", text("added")),
        (
            "fte",
            form.fte.map(|f| fte(ask.lang, f)).unwrap_or_default(),
        ),
        ("staff", text("staff")),
        ("cost_once", known_cost(form.cost_once)),
        ("cost", coded("cost", word(&COSTS, form.cost))),
        ("funding", text("funding")),
        (
            "funding_until",
            form.funding_until
                .map(|y| y.to_string())
                .unwrap_or_default(),
        ),
        (
            "duty",
            match form.duty {
                Duty::NotKnown => String::new(),
                duty => coded("duty", word(&DUTIES, duty)),
            },
        ),
        ("mode", decided("mode", running)),
        ("ended_why", text("ended_why")),
        ("mailbox", form.mailbox.clone().unwrap_or_default()),
        ("reach", reach.join(", ")),
        ("links", links.join("\n")),
        ("files", files.join("\n")),
    ];
    let part = |(key, text): (&str, String)| Part {
        label: label(ask, key),
        text,
    };
    parts
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(part)
        .collect()
}

/// The name of a field for people.
pub(crate) fn label(ask: &Ask, name: &str) -> String {
    ask.t(&format!("web-practice-part-{}", name.replace('_', "-")))
}
