//! The words of every page and output, in German and English, by key (Fluent).
//!
//! All crates that speak to people read their texts here. The files stand in `translations/` and are part of the
//! binary. A key that is missing gives the key itself: a page is never lost for a word.

use std::borrow::Cow;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use questionnaire::Lang;
use unic_langid::LanguageIdentifier;

/// The text of `key` in `lang`, with its values put in. Values that are whole numbers also choose plural forms.
///
/// ```
/// use edition::translation::text;
/// use questionnaire::Lang;
/// assert_eq!(text(Lang::De, "edition-number-of", &[("part", "3"), ("whole", "4")]), "3 von 4");
/// assert_eq!(text(Lang::De, "no-such-key", &[]), "no-such-key");
/// ```
pub fn text(lang: Lang, key: &str, values: &[(&str, &str)]) -> String {
    said(&BUNDLES[index(lang)], key, values).unwrap_or_else(|| key.to_owned())
}

/// The text of `key` in `lang` where no values are put in: as it stands in the file, not copied.
///
/// ```
/// use edition::translation::words;
/// use questionnaire::Lang;
/// assert_eq!(words(Lang::De, "no-such-key"), "no-such-key");
/// ```
pub fn words(lang: Lang, key: &str) -> Cow<'static, str> {
    let bundle = &BUNDLES[index(lang)];
    let pattern = bundle.get_message(key).and_then(|message| message.value());
    match pattern {
        Some(pattern) => bundle.format_pattern(pattern, None, &mut Vec::new()),
        None => Cow::Owned(key.to_owned()),
    }
}

fn said(
    bundle: &FluentBundle<FluentResource>,
    key: &str,
    values: &[(&str, &str)],
) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let mut args = FluentArgs::with_capacity(values.len());
    for (name, value) in values {
        args.set(*name, fluent_value(value));
    }
    let mut errors = Vec::new();
    let said = bundle.format_pattern(pattern, Some(&args), &mut errors);
    Some(said.into_owned())
}

/// The text of `key` in a language beside German and English: only what stands among the questions of a questionnaire
/// is there. `None` where nobody wrote it.
///
/// ```
/// use edition::translation::in_tongue;
/// assert_eq!(in_tongue("fr", "answer-types-search", &[]).as_deref(), Some("Rechercher"));
/// assert_eq!(in_tongue("xx", "answer-types-search", &[]), None);
/// ```
pub fn in_tongue(tongue: &str, key: &str, values: &[(&str, &str)]) -> Option<String> {
    let at = TONGUES.iter().position(|(code, _)| *code == tongue)?;
    said(&TONGUE_BUNDLES[at], key, values)
}

/// The languages of [`in_tongue`].
pub fn tongues() -> impl Iterator<Item = &'static str> {
    TONGUES.iter().map(|(code, _)| *code)
}

/// Whether `key` exists in `lang`, for texts that are made only where someone wrote them.
pub fn has(lang: Lang, key: &str) -> bool {
    BUNDLES[index(lang)].has_message(key)
}

/// The files, in one place: name, German, English.
const FILES: &[(&str, &str, &str)] = &[
    (
        "web-answer",
        include_str!("../../../translations/de/web-answer.ftl"),
        include_str!("../../../translations/en/web-answer.ftl"),
    ),
    (
        "together",
        include_str!("../../../translations/de/together.ftl"),
        include_str!("../../../translations/en/together.ftl"),
    ),
    (
        "privacy",
        include_str!("../../../translations/de/privacy.ftl"),
        include_str!("../../../translations/en/privacy.ftl"),
    ),
    (
        "web-office",
        include_str!("../../../translations/de/web-office.ftl"),
        include_str!("../../../translations/en/web-office.ftl"),
    ),
    (
        "web-field",
        include_str!("../../../translations/de/web-field.ftl"),
        include_str!("../../../translations/en/web-field.ftl"),
    ),
    (
        "web-evaluation",
        include_str!("../../../translations/de/web-evaluation.ftl"),
        include_str!("../../../translations/en/web-evaluation.ftl"),
    ),
    (
        "web-practice",
        include_str!("../../../translations/de/web-practice.ftl"),
        include_str!("../../../translations/en/web-practice.ftl"),
    ),
    (
        "web-public",
        include_str!("../../../translations/de/web-public.ftl"),
        include_str!("../../../translations/en/web-public.ftl"),
    ),
    (
        "edition",
        include_str!("../../../translations/de/edition.ftl"),
        include_str!("../../../translations/en/edition.ftl"),
    ),
    (
        "report",
        include_str!("../../../translations/de/report.ftl"),
        include_str!("../../../translations/en/report.ftl"),
    ),
    (
        "change",
        include_str!("../../../translations/de/change.ftl"),
        include_str!("../../../translations/en/change.ftl"),
    ),
    (
        "handbook",
        include_str!("../../../translations/de/handbook.ftl"),
        include_str!("../../../translations/en/handbook.ftl"),
    ),
    (
        "coding",
        include_str!("../../../translations/de/coding.ftl"),
        include_str!("../../../translations/en/coding.ftl"),
    ),
    (
        "archive",
        include_str!("../../../translations/de/archive.ftl"),
        include_str!("../../../translations/en/archive.ftl"),
    ),
    (
        "web-search",
        include_str!("../../../translations/de/web-search.ftl"),
        include_str!("../../../translations/en/web-search.ftl"),
    ),
    (
        "answer-types",
        include_str!("../../../translations/de/answer-types.ftl"),
        include_str!("../../../translations/en/answer-types.ftl"),
    ),
    (
        "web-place",
        include_str!("../../../translations/de/web-place.ftl"),
        include_str!("../../../translations/en/web-place.ftl"),
    ),
    (
        "web-fit",
        include_str!("../../../translations/de/web-fit.ftl"),
        include_str!("../../../translations/en/web-fit.ftl"),
    ),
    (
        "lineage",
        include_str!("../../../translations/de/lineage.ftl"),
        include_str!("../../../translations/en/lineage.ftl"),
    ),
    (
        "gaps",
        include_str!("../../../translations/de/gaps.ftl"),
        include_str!("../../../translations/en/gaps.ftl"),
    ),
    (
        "begin",
        include_str!("../../../translations/de/begin.ftl"),
        include_str!("../../../translations/en/begin.ftl"),
    ),
];

/// Code and file of each language beside German and English.
const TONGUES: &[(&str, &str)] = &[
    ("ar", include_str!("../../../translations/tongues/ar.ftl")),
    ("es", include_str!("../../../translations/tongues/es.ftl")),
    ("fr", include_str!("../../../translations/tongues/fr.ftl")),
    ("it", include_str!("../../../translations/tongues/it.ftl")),
    ("nl", include_str!("../../../translations/tongues/nl.ftl")),
    ("pl", include_str!("../../../translations/tongues/pl.ftl")),
    ("ru", include_str!("../../../translations/tongues/ru.ftl")),
    ("tr", include_str!("../../../translations/tongues/tr.ftl")),
    ("uk", include_str!("../../../translations/tongues/uk.ftl")),
];

static TONGUE_BUNDLES: LazyLock<Vec<FluentBundle<FluentResource>>> = LazyLock::new(|| {
    let each = TONGUES.iter();
    each.map(|(code, file)| bundle(code, [*file].into_iter()))
        .collect()
});

static BUNDLES: LazyLock<[FluentBundle<FluentResource>; 2]> = LazyLock::new(|| {
    [
        bundle("de", FILES.iter().map(|f| f.1)),
        bundle("en", FILES.iter().map(|f| f.2)),
    ]
});

fn index(lang: Lang) -> usize {
    match lang {
        Lang::De => 0,
        Lang::En => 1,
    }
}

/// A faulty entry is left out and its key shows on the page; the test below names it before that happens.
fn bundle<'a>(lang: &str, files: impl Iterator<Item = &'a str>) -> FluentBundle<FluentResource> {
    let lang: LanguageIdentifier = lang.parse().expect("codes of languages");
    let mut bundle = FluentBundle::new_concurrent(vec![lang]);
    bundle.set_use_isolating(false);
    for file in files {
        let resource = match FluentResource::try_new(file.to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

/// A whole number as Fluent's number, so that it can choose a plural form; all else as it stands.
fn fluent_value(value: &str) -> FluentValue<'_> {
    let plain = !value.is_empty()
        && value.len() <= 9
        && value.bytes().all(|b| b.is_ascii_digit())
        && (value == "0" || !value.starts_with('0'));
    match value.parse::<i64>() {
        Ok(number) if plain => FluentValue::from(number),
        _ => FluentValue::from(value),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// Keys of a file in the order in which they stand: a line that starts with a letter and holds " =".
    fn keys(file: &str) -> Vec<String> {
        file.lines()
            .filter(|l| l.starts_with(|c: char| c.is_ascii_alphabetic()))
            .filter_map(|l| l.split_once('=').map(|(k, _)| k.trim().to_owned()))
            .collect()
    }

    #[test]
    fn files_are_faultless_and_keys_unique() {
        for lang in 0..2 {
            let mut seen = BTreeMap::new();
            for (name, de, en) in FILES {
                let file = if lang == 0 { de } else { en };
                if let Err((_, errors)) = FluentResource::try_new((*file).to_owned()) {
                    panic!("{name}.ftl ({lang}): {errors:?}");
                }
                for key in keys(file) {
                    if let Some(first) = seen.insert(key.clone(), name) {
                        panic!("{key} stands in {first}.ftl and in {name}.ftl ({lang})");
                    }
                }
            }
        }
    }

    #[test]
    fn edition_speaks_both_languages() {
        let (_, de, en) = FILES
            .iter()
            .find(|(name, _, _)| *name == "edition")
            .unwrap();
        assert_eq!(keys(de), keys(en), "same keys in the same order");
        assert!(!keys(de).is_empty());
    }

    #[test]
    fn each_tongue_says_the_same_and_fills_the_same_slots() {
        let slots = |line: &str| {
            let mut found: Vec<&str> = line.split("{ $").skip(1).collect();
            found
                .iter_mut()
                .for_each(|slot| *slot = slot.split(' ').next().unwrap());
            found.sort_unstable();
            found.into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        let lines = |file: &str| -> BTreeMap<String, Vec<String>> {
            let each = file.lines().filter_map(|line| line.split_once(" = "));
            each.map(|(key, words)| (key.to_owned(), slots(words)))
                .collect()
        };
        let first = lines(TONGUES[0].1);
        let german: String = FILES.iter().map(|(_, de, _)| *de).collect();
        let german = lines(&german);
        for (key, own) in &first {
            if let Some(slots) = german.get(key) {
                assert_eq!(own, slots, "{key}");
            } else {
                assert!(key.starts_with("tongue-"), "{key}");
            }
        }
        for (code, file) in TONGUES {
            assert_eq!(lines(file), first, "{code}");
            assert!(
                FluentResource::try_new((*file).to_owned()).is_ok(),
                "{code}"
            );
        }
    }

    #[test]
    fn a_number_chooses_its_form_and_a_missing_key_shows_itself() {
        assert_eq!(
            text(
                Lang::En,
                "edition-number-of",
                &[("part", "3"), ("whole", "4")]
            ),
            "3 of 4"
        );
        assert_eq!(text(Lang::En, "nothing-here", &[]), "nothing-here");
        assert!(has(Lang::De, "edition-number-of") && !has(Lang::De, "nothing-here"));
    }
}
