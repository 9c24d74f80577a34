//! What the examples of one field share, as sentences that open its chapter and its page.

use questionnaire::{Lang, Text};

use crate::Edition;
use crate::translation::text;

/// At most so many factors a sentence.
const NAMED: usize = 3;

/// The sentences for one field; empty where the edition was frozen without them.
pub fn sentences(lang: Lang, edition: &Edition, field: &str) -> Vec<String> {
    let Some(facts) = edition.shared.iter().find(|f| f.field == field) else {
        return Vec::new();
    };
    let (named, published) = (facts.named.to_string(), facts.published.to_string());
    let coded = facts.coded.to_string();
    let list = |found: &[(Text, usize)]| {
        let one = |(name, count): &(Text, usize)| {
            let values = [
                ("name", name.get(lang)),
                ("count", &count.to_string()),
                ("coded", &coded),
            ];
            text(lang, "edition-shared-one", &values)
        };
        let named: Vec<String> = found.iter().take(NAMED).map(one).collect();
        named.join(", ")
    };
    let mut all = vec![text(
        lang,
        "edition-shared-counts",
        &[("named", &named), ("published", &published)],
    )];
    for (key, found) in [
        ("edition-shared-success", &facts.success),
        ("edition-shared-obstacles", &facts.obstacles),
        ("edition-shared-prerequisites", &facts.prerequisites),
    ] {
        if !found.is_empty() {
            all.push(text(lang, key, &[("list", &list(found))]));
        }
    }
    if all.len() > 1 {
        all.push(text(lang, "edition-shared-no-effect", &[]));
    }
    let criteria = match facts.criteria.trim() {
        "" => text(lang, "web-practice-criteria", &[]),
        own => own.to_owned(),
    };
    all.push(text(
        lang,
        "edition-shared-criteria",
        &[("criteria", &criteria)],
    ));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FieldFacts;

    #[test]
    fn a_field_says_what_its_examples_share_and_that_this_is_no_effect() {
        let mut edition = crate::sample::edition();
        assert!(sentences(Lang::De, &edition, "wohnen").is_empty());
        let t = |de: &str| Text {
            de: de.into(),
            en: de.into(),
        };
        edition.shared = vec![FieldFacts {
            field: "wohnen".into(),
            named: 9,
            published: 6,
            coded: 5,
            criteria: String::new(),
            success: vec![(t("Rückhalt der Spitze"), 4)],
            obstacles: Vec::new(),
            prerequisites: Vec::new(),
        }];
        let said = sentences(Lang::De, &edition, "wohnen");
        assert_eq!(said.len(), 4);
        assert!(
            said[1].contains("Rückhalt der Spitze (bei 4 von 5)"),
            "{}",
            said[1]
        );
        assert!(said[2].contains("nicht, was wirkt"), "{}", said[2]);
    }
}
