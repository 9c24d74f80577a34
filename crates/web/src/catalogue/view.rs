//! An example in lists and on its page.

use edition::translation;
use practices::{Entry, FieldOfAction};
use register::Land;

use crate::catalogue::address::encoded;
use crate::finder::Example;
use crate::frame::Ask;
use crate::practice::field;

/// An example in a list.
pub(crate) struct Card {
    pub code: String,
    pub href: String,
    pub title: String,
    pub sentence: String,
    pub lang: String,
    /// Municipality and Land.
    pub place: String,
    /// Address of its municipality's profile, where its key is known.
    pub place_href: Option<String>,
    /// Field of action and what else places it.
    pub over: String,
    pub confirmed: Option<String>,
    /// "Azubi: Ausbildungsplätze (bedeutet dasselbe)"
    pub why: Vec<String>,
    pub kept: bool,
    /// Addresses of the example as PDF and as text for a decision paper.
    pub pdf: String,
    pub paper: String,
}

/// Address of an example's page.
pub(crate) fn href(ask: &Ask, code: &str) -> String {
    if code.starts_with("s-") {
        ask.to(&format!("/beispiele/eintrag/{}", encoded(code)))
    } else {
        ask.to(&format!("/beispiele/{code}"))
    }
}

/// The words of a facet's value.
pub(crate) fn label(ask: &Ask, fields: &[FieldOfAction], facet: &str, value: &str) -> String {
    let coded = match facet {
        "field" => return field(ask.lang, fields, value),
        "land" => return land(ask, value),
        "cost" => format!("web-practice-cost-{value}"),
        "state" => format!("web-practice-mode-{value}"),
        "evidence" => format!("web-practice-evidence-{value}"),
        "kind" => format!("web-practice-kind-{value}"),
        "target" => format!("web-practice-group-{value}"),
        "confirmed" => format!("web-practice-state-{value}"),
        "source" => format!("web-search-source-{value}"),
        "lang" => format!("web-search-lang-{value}"),
        _ => return value.to_owned(),
    };
    if translation::has(ask.lang, &coded) {
        ask.t(&coded)
    } else {
        value.to_owned()
    }
}

/// Name of a Land by its code.
pub(crate) fn land(ask: &Ask, value: &str) -> String {
    let found = Land::ALL
        .into_iter()
        .find(|l| l.code() == value || l.abbreviation() == value);
    found.map_or_else(
        || value.to_owned(),
        |l| edition::charts::land_name(ask.lang, l).to_owned(),
    )
}

/// Municipality and Land.
pub(crate) fn place(ask: &Ask, entry: &Entry) -> String {
    let parts = [entry.municipality.clone(), land(ask, &entry.land)];
    let parts: Vec<String> = parts.into_iter().filter(|p| !p.is_empty()).collect();
    parts.join(", ")
}

/// What is shown in place of a missing sentence: the beginning of the text.
pub(crate) fn sentence(entry: &Entry) -> String {
    const LONG: usize = 240;
    if !entry.sentence.is_empty() {
        return entry.sentence.clone();
    }
    let first = entry.text.split("\n\n").next().unwrap_or_default();
    if first.chars().count() <= LONG {
        return first.to_owned();
    }
    let cut: String = first.chars().take(LONG).collect();
    format!(
        "{}…",
        cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head)
    )
}

impl Card {
    pub(crate) fn new(
        ask: &Ask,
        fields: &[FieldOfAction],
        example: &Example,
        kept: &[String],
    ) -> Self {
        let entry = &example.entry;
        let over = [
            label(ask, fields, "field", &entry.field),
            if entry.kind.is_empty() {
                String::new()
            } else {
                label(ask, fields, "kind", &entry.kind)
            },
        ];
        let over: Vec<String> = over.into_iter().filter(|p| !p.is_empty()).collect();
        Self {
            code: example.code.clone(),
            href: href(ask, &example.code),
            title: entry.title.clone(),
            sentence: sentence(entry),
            lang: if entry.lang.is_empty() {
                "de".to_owned()
            } else {
                entry.lang.clone()
            },
            place: place(ask, entry),
            place_href: entry
                .key
                .as_deref()
                .filter(|key| register::Key::new(*key).is_ok())
                .map(|key| crate::place::href_of_key(ask, key)),
            over: over.join(" · "),
            confirmed: entry.confirmed.map(|day| ask.date(day)),
            why: example
                .why
                .iter()
                .map(|because| {
                    let how = ask.t(&format!("web-search-why-{}", because.relation));
                    ask.tv(
                        "web-search-why",
                        &[
                            ("typed", &because.typed),
                            ("word", &because.word),
                            ("how", &how),
                        ],
                    )
                })
                .collect(),
            kept: kept.contains(&example.code),
            pdf: format!("/beispiele/eintrag/{}/beispiel.pdf", encoded(&example.code)),
            paper: format!(
                "/beispiele/eintrag/{}/beschlussvorlage.txt",
                encoded(&example.code)
            ),
        }
    }
}
