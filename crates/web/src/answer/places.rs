//! A municipality as an answer: what was typed or chosen becomes one of the register.

use questionnaire::{Page, QuestionKind};
use register::{Key, Register};

/// Name of the radios of the municipalities that were found.
pub(crate) fn choice(question: &str) -> String {
    format!("_kommune.{question}")
}

/// Puts the register's key and name in the place of what was typed: the one that was chosen, or the only one of that
/// name or key. Everything else stays as it was typed, without the mark that only we set.
pub(crate) fn resolve(
    page: &Page,
    mut sent: Vec<(String, String)>,
    register: &Register,
) -> Vec<(String, String)> {
    let places = page
        .questions
        .iter()
        .filter(|q| matches!(q.kind, QuestionKind::Municipality));
    for question in places {
        let radio = choice(&question.key);
        let chosen = sent.iter().find(|(name, _)| *name == radio);
        let chosen = chosen.map(|(_, key)| key.clone());
        let found = |key: &str| register.get(&Key::try_from(key.to_owned()).ok()?);
        for (name, value) in &mut sent {
            if *name != question.key || value.starts_with('_') {
                continue;
            }
            let typed = value.replace('|', " ").trim().to_owned();
            let picked = chosen.as_deref().and_then(found);
            let hits = register.search(&typed, 12);
            let same = hits
                .iter()
                .filter(|m| m.name == typed || m.plain_name() == typed);
            let same: Vec<_> = same.collect();
            let typed_one = match same.as_slice() {
                [one] => Some(**one),
                _ => found(&typed),
            };
            // A name typed anew counts more than what was chosen before.
            let right = picked
                .filter(|m| {
                    typed.is_empty() || m.name == typed || hits.iter().any(|hit| hit.key == m.key)
                })
                .or(typed_one);
            *value = match right {
                Some(m) if !typed.is_empty() => format!("{}|{}", m.key, m.name),
                _ => typed,
            };
        }
    }
    sent
}
