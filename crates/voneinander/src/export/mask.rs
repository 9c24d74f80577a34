//! Free texts without what names their writer.

use register::{Municipality, Register};

/// Replaces mail addresses, web addresses, telephone numbers and the names of the municipality, its county and its
/// association. It cannot know a person's name, or a place that only the neighbours know: somebody must read the
/// texts before they are handed on, and the README says so.
pub fn mask(text: &str, names: &[String]) -> String {
    let mut masked = text.to_owned();
    for name in names {
        masked = without_name(&masked, name);
    }
    without_contacts(&masked)
}

/// The names to look for in the texts of one municipality, long ones first.
pub fn names(unit: &Municipality, register: &Register) -> Vec<String> {
    let above = [&unit.association, &unit.county];
    let above = above
        .into_iter()
        .flatten()
        .filter_map(|key| register.get(key));
    let mut names: Vec<String> = std::iter::once(unit)
        .chain(above)
        .flat_map(|unit| {
            // "Flensburg, Stadt" is called "Flensburg" by those who live there.
            let short = unit.name.split([',', '(']).next().unwrap_or_default();
            [unit.name.clone(), short.trim().to_owned()]
        })
        .filter(|name| name.chars().count() > 2)
        .collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names.dedup();
    names
}

/// The name as a word of its own, also with a German ending ("Flensburgs", "Flensburger").
fn without_name(text: &str, name: &str) -> String {
    let mut masked = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(name) {
        let before = rest[..at].chars().next_back();
        let behind = &rest[at + name.len()..];
        let ending: String = behind.chars().take_while(|c| c.is_alphanumeric()).collect();
        let begins = !before.is_some_and(char::is_alphanumeric);
        let ends = ["", "s", "er", "ern"].contains(&ending.as_str());
        masked.push_str(&rest[..at]);
        if begins && ends {
            masked.push_str("[Name]");
            rest = &behind[ending.len()..];
        } else {
            masked.push_str(name);
            rest = behind;
        }
    }
    masked + rest
}

fn without_contacts(text: &str) -> String {
    let mut masked = String::new();
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        let end = &piece[word.len()..];
        if is_contact(word) {
            masked.push_str("[Kontakt]");
        } else {
            masked.push_str(word);
        }
        masked.push_str(end);
    }
    without_numbers(&masked)
}

fn is_contact(word: &str) -> bool {
    let inner = word.trim_matches(|c: char| !c.is_alphanumeric());
    let mail = inner
        .split_once('@')
        .is_some_and(|(who, host)| !who.is_empty() && host.contains('.'));
    let web = ["http://", "https://", "www."]
        .iter()
        .any(|start| inner.starts_with(start));
    mail || web
}

/// Telephone numbers: six digits and more with nothing but blanks, slashes, hyphens, brackets between, begun by 0 or +.
fn without_numbers(text: &str) -> String {
    let mut masked = String::new();
    let mut run = String::new();
    let flush = |run: &mut String, masked: &mut String| {
        let kept = run.trim_end_matches(|c: char| !c.is_ascii_digit());
        let digits = kept.chars().filter(char::is_ascii_digit).count();
        let begin = kept.trim_start_matches(['(', ' ']);
        if digits >= 6 && begin.starts_with(['0', '+']) {
            let lead = &kept[..kept.len() - kept.trim_start_matches(' ').len()];
            masked.push_str(lead);
            masked.push_str("[Kontakt]");
            masked.push_str(&run[kept.len()..]);
        } else {
            masked.push_str(run);
        }
        run.clear();
    };
    for c in text.chars() {
        if c.is_ascii_digit() || matches!(c, '+' | '/' | '-' | '(' | ')' | ' ') {
            run.push(c);
        } else {
            flush(&mut run, &mut masked);
            masked.push(c);
        }
    }
    flush(&mut run, &mut masked);
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_contacts_are_masked_and_the_rest_stays() {
        let names = ["Flensburg, Stadt".to_owned(), "Flensburg".to_owned()];
        for (text, masked) in [
            (
                "Wir in Flensburg brauchen Wohnungen.",
                "Wir in [Name] brauchen Wohnungen.",
            ),
            ("Flensburgs Rat", "[Name] Rat"),
            ("Flensburger Modell", "[Name] Modell"),
            (
                "Kleinflensburg hat 1250 Plätze",
                "Kleinflensburg hat 1250 Plätze",
            ),
            (
                "Mail: integration@flensburg.example, bitte",
                "Mail: [Kontakt] bitte",
            ),
            ("siehe https://www.flensburg.example/x", "siehe [Kontakt]"),
            ("Tel. 0461 / 85-1234.", "Tel. [Kontakt]."),
            (
                "Seit 2015 kamen 12 000 Personen",
                "Seit 2015 kamen 12 000 Personen",
            ),
        ] {
            assert_eq!(mask(text, &names), masked);
        }
    }
}
