//! Two editors at one edition: what only one of them changed stands together, the same field is shown side by side.

use std::collections::BTreeSet;

use edition::{Draft, Logo};

use crate::frame::Ask;
use crate::office::edition_form::{Typed, label, read};
use crate::office::practice::Pair;
use crate::practice::field;
use crate::practice::form::merge;

/// A draft as the form would send it, so that changes can be told field by field.
pub(super) fn typed(draft: &Draft) -> Typed {
    let mut typed = Typed::new();
    let mut put = |name: String, value: &str| {
        if !value.is_empty() {
            typed.insert(name, value.to_owned());
        }
    };
    for (name, value) in [
        ("title", draft.title.as_str()),
        ("subtitle", &draft.subtitle),
        ("date", &draft.date.to_string()),
        ("imprint", &draft.imprint.join("\n")),
        ("vorwort", &draft.foreword),
        ("einleitung", &draft.introduction),
        ("methode", &draft.method),
        ("veraenderung", &draft.change),
        (
            "compare_with",
            draft.compare_with.as_deref().unwrap_or_default(),
        ),
    ] {
        put(name.to_owned(), value);
    }
    let mut logo = |name: String, logo: &Logo| {
        put(
            format!("{name}-svg"),
            logo.svg.as_deref().unwrap_or_default(),
        );
        put(name, &logo.name);
    };
    logo("publisher".to_owned(), &draft.publisher);
    logo("funder".to_owned(), &draft.funder);
    for (i, supporter) in draft.supporters.iter().enumerate() {
        logo(format!("supporter-{i}"), supporter);
    }
    for chapter in &draft.chapters {
        let key = &chapter.field;
        put(format!("kapitel-{key}"), &chapter.markdown);
        put(format!("ergebnisse-{key}"), &chapter.findings.join(", "));
        for (i, id) in chapter.examples.iter().enumerate() {
            put(format!("beispiel-{id}"), &(i + 1).to_string());
        }
    }
    typed
}

/// What came together: the draft, and the names of the fields that both changed.
pub(super) struct Together {
    pub draft: Draft,
    pub pairs: Vec<Pair>,
}

/// Puts what was sent together with what stands. `Err` names the date when it is none.
pub(super) fn together(ask: &Ask, sent: &Typed, standing: &Draft) -> Result<Together, String> {
    let was = sent.get("_was").map(String::as_str).unwrap_or_default();
    let theirs = typed(standing);
    let (mut merged, both) = merge(sent, was, &theirs);
    // What was emptied is empty and not as it was; what this form did not show stays as it stands.
    for name in sent.keys() {
        merged.entry(name.clone()).or_default();
    }
    for (name, value) in theirs.iter().filter(|(name, _)| !sent.contains_key(*name)) {
        merged.insert(name.clone(), value.clone());
    }
    for chapter in &standing.chapters {
        let shown = merged.get_mut(&format!("beispiele-{}", chapter.field));
        if let Some(shown) = shown {
            let ids: BTreeSet<String> = shown.split(' ').map(str::to_owned).collect();
            let others = chapter.examples.iter().map(i64::to_string);
            for id in others.filter(|id| !ids.contains(id)) {
                shown.push(' ');
                shown.push_str(&id);
            }
        }
    }
    let pair = |name: &String| {
        let of = |all: &Typed| all.get(name).cloned().unwrap_or_default();
        let (mine, theirs) = apart(&of(sent), &of(&theirs));
        Pair {
            label: called(ask, standing, name),
            mine,
            theirs,
        }
    };
    let pairs = both.iter().map(pair).collect();
    Ok(Together {
        draft: read(standing, &merged)?,
        pairs,
    })
}

/// Of two long texts only the paragraphs that differ.
fn apart(mine: &str, theirs: &str) -> (String, String) {
    let paragraphs = |text: &str| -> Vec<String> {
        let text = text.replace("\r\n", "\n");
        text.split("\n\n").map(|p| p.trim().to_owned()).collect()
    };
    let (mine, theirs) = (paragraphs(mine), paragraphs(theirs));
    let only = |own: &[String], others: &[String]| -> String {
        let own: Vec<&str> = own
            .iter()
            .filter(|p| !others.contains(p))
            .map(String::as_str)
            .collect();
        own.join("\n\n")
    };
    (only(&mine, &theirs), only(&theirs, &mine))
}

/// A field of the form in words.
fn called(ask: &Ask, draft: &Draft, name: &str) -> String {
    let chapter = |key: &str| field(ask.lang, &draft.fields, key);
    match name {
        "title" => ask.t("web-office-edition-name"),
        "subtitle" => ask.t("web-office-edition-subtitle"),
        "date" => ask.t("web-office-edition-date"),
        "imprint" => ask.t("web-office-edition-imprint"),
        "compare_with" => ask.t("web-office-edition-compare"),
        "publisher" | "publisher-svg" => ask.t("web-office-edition-publisher"),
        "funder" | "funder-svg" => ask.t("web-office-edition-funder"),
        "vorwort" | "einleitung" | "methode" | "veraenderung" => label(ask, name),
        _ => match name.split_once('-') {
            Some(("kapitel", key)) => chapter(key),
            Some(("ergebnisse", key)) => {
                format!("{}: {}", chapter(key), ask.t("web-office-edition-findings"))
            }
            Some(("supporter", number)) => {
                let number = number.trim_end_matches("-svg").parse().unwrap_or(0) + 1;
                let number = number.to_string();
                ask.tv("web-office-edition-supporter", &[("number", &number)])
            }
            _ => ask.t("web-office-edition-examples"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::apart;

    #[test]
    fn of_two_long_texts_what_differs_is_shown() {
        let (mine, theirs) = apart(
            "Eins.\r\n\r\nZwei, neu.\r\n\r\nDrei.",
            "Eins.\n\nZwei.\n\nDrei.",
        );
        assert_eq!((mine.as_str(), theirs.as_str()), ("Zwei, neu.", "Zwei."));
    }
}
