//! The texts of `translations/<lang>/{handbook,archive}.ftl` for the templates, by key.

use std::collections::BTreeMap;

use ::questionnaire::Lang;
use edition::translation::text;

const FILES: [&str; 2] = [
    include_str!("../../../translations/de/handbook.ftl"),
    include_str!("../../../translations/de/archive.ftl"),
];

/// Every text of the files in `lang`; a value to be put in stands as `{name}`, for the template to fill.
pub fn words(lang: Lang) -> BTreeMap<String, String> {
    let mut words = BTreeMap::new();
    for line in FILES.iter().flat_map(|file| file.lines()) {
        let Some((key, pattern)) = line.split_once(" = ") else {
            continue;
        };
        if !["handbook-", "archive-"]
            .iter()
            .any(|area| key.starts_with(area))
        {
            continue;
        }
        let names: Vec<&str> = pattern
            .split("{ $")
            .skip(1)
            .filter_map(|rest| rest.split_once(" }").map(|(name, _)| name))
            .collect();
        let slots: Vec<String> = names.iter().map(|name| format!("{{{name}}}")).collect();
        let values: Vec<(&str, &str)> = names
            .iter()
            .copied()
            .zip(slots.iter().map(String::as_str))
            .collect();
        words.insert(key.to_owned(), text(lang, key, &values));
    }
    words
}

/// The language as it stands in the PDF.
pub fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::De => "de",
        Lang::En => "en",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_all_keys_and_keep_their_slots() {
        let (de, en) = (words(Lang::De), words(Lang::En));
        assert!(de.len() > 10);
        for (key, german) in &de {
            let english = &en[key];
            assert_ne!(english, key, "{key} is missing in English");
            let slots = |text: &str| {
                let mut names: Vec<String> = text
                    .split('{')
                    .skip(1)
                    .filter_map(|rest| rest.split_once('}').map(|(name, _)| name.to_owned()))
                    .collect();
                names.sort();
                names
            };
            assert_eq!(slots(german), slots(english), "{key}");
        }
    }
}
