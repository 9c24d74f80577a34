//! A practice in words: the same wording for the municipality that releases it and for the editors.

use practices::{CostBand, DEFAULT_FIELDS, Evidence, Form, Kind, Mode, State as Life};
use questionnaire::Lang;

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
/// All states in the order of a practice's life.
pub(crate) const STATES: [(Life, &str); 7] = [
    (Life::Nominated, "nominated"),
    (Life::Draft, "draft"),
    (Life::SentForRelease, "sent-for-release"),
    (Life::ChangesRequested, "changes-requested"),
    (Life::Released, "released"),
    (Life::Published, "published"),
    (Life::Withdrawn, "withdrawn"),
];

/// The word of a value of one of the lists above.
pub(crate) fn word<T: PartialEq + Copy>(list: &[(T, &'static str)], value: T) -> &'static str {
    list.iter()
        .find(|(v, _)| *v == value)
        .map_or("", |(_, word)| word)
}

/// A field of action by its key.
pub(crate) fn field(lang: Lang, key: &str) -> String {
    let known = DEFAULT_FIELDS.iter().find(|(k, ..)| *k == key);
    known.map_or_else(
        || key.to_owned(),
        |(_, de, en)| {
            if lang == Lang::De {
                (*de).to_owned()
            } else {
                (*en).to_owned()
            }
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

/// The wording, part by part, in the order in which it is printed. Empty parts are left out.
pub(crate) fn parts(ask: &Ask, form: &Form) -> Vec<Part> {
    let coded = |group: &str, word: &str| ask.t(&format!("web-practice-{group}-{word}"));
    let since = form.running.since.to_string();
    let mode = coded("mode", word(&MODES, form.running.mode));
    let parts = [
        ("sentence", form.sentence.clone()),
        ("field", field(ask.lang, &form.field)),
        ("kind", coded("kind", word(&KINDS, form.kind))),
        ("problem", form.problem.clone()),
        ("steps", form.steps.clone()),
        ("result", form.result.clone()),
        (
            "evidence",
            coded("evidence", word(&EVIDENCE, form.evidence)),
        ),
        ("obstacle", form.obstacle.clone()),
        ("helped", form.helped.clone()),
        ("requires", form.requires.clone()),
        ("run-by", form.run_by.clone()),
        ("partners", form.partners.clone()),
        ("staff", form.staff.clone()),
        ("cost", coded("cost", word(&COSTS, form.cost))),
        ("funding", form.funding.clone()),
        (
            "running",
            match form.running.since {
                0 => mode,
                _ => ask.tv("web-practice-since", &[("mode", &mode), ("year", &since)]),
            },
        ),
        ("mailbox", form.mailbox.clone().unwrap_or_default()),
    ];
    let part = |(key, text): (&str, String)| Part {
        label: ask.t(&format!("web-practice-part-{key}")),
        text,
    };
    parts
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(part)
        .collect()
}
