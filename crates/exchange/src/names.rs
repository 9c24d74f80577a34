//! Names of columns: each once, and for SPSS by its rules.

use std::collections::BTreeSet;

use crate::Field;

/// Bytes of a name in `.sav`.
const SAV_NAME: usize = 64;

/// Words that SPSS keeps for itself.
const RESERVED: [&str; 13] = [
    "all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with",
];

/// Gives each field names of its own. Columns of the design come first and keep theirs; of two fields of one name the
/// later one gets a number.
pub(crate) fn settle(fields: &mut [Field]) {
    let (mut names, mut sav_names) = (BTreeSet::new(), BTreeSet::new());
    for field in fields {
        field.name = unique(&field.key, usize::MAX, &mut names);
        field.sav_name = unique(&sav_name(&field.name), SAV_NAME, &mut sav_names);
    }
}

/// Letters, digits, full stops and underscores, begun by a letter, not ended by a full stop or an underscore, no word
/// of SPSS's own. Keys have no letters but a-z.
fn sav_name(name: &str) -> String {
    let clean = |c: char| {
        let right = c.is_ascii_alphanumeric() || c == '.' || c == '_';
        if right { c.to_ascii_lowercase() } else { '_' }
    };
    let mut name: String = name.chars().map(clean).collect();
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        name.insert(0, 'v');
    }
    name.truncate(SAV_NAME);
    let end = name.trim_end_matches(['.', '_']).len();
    name.truncate(end);
    if RESERVED.contains(&name.as_str()) {
        name.push_str("_v");
    }
    name
}

/// `name`, or with a number where it is taken, at most `longest` bytes of ASCII. SPSS sees no difference between
/// capital and small letters; our names have no capitals.
fn unique(name: &str, longest: usize, taken: &mut BTreeSet<String>) -> String {
    let numbered = (2..).map(|number| {
        let end = format!("_{number}");
        let room = longest.saturating_sub(end.len()).min(name.len());
        format!("{}{end}", &name[..room])
    });
    std::iter::once(name.to_owned())
        .chain(numbered)
        .find(|name| taken.insert(name.clone()))
        .expect("numbers do not end")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_rules_of_spss() {
        for (key, name) in [
            ("aufgaben.kita-schule", "aufgaben.kita_schule"),
            ("by", "by_v"),
            ("2016-anzahl", "v2016_anzahl"),
            ("ende-", "ende"),
            ("frage.1", "frage.1"),
        ] {
            assert_eq!(sav_name(key), name);
        }
        let long = format!("{}.{}", "a".repeat(40), "b".repeat(40));
        assert_eq!(sav_name(&long).len(), SAV_NAME);
    }

    #[test]
    fn the_same_name_is_given_once() {
        let mut taken = BTreeSet::new();
        let long = "a".repeat(64);
        assert_eq!(unique(&long, 64, &mut taken), long);
        let second = unique(&long, 64, &mut taken);
        assert_eq!((second.len(), second.ends_with("a_2")), (64, true));
        assert!(unique(&long, 64, &mut taken).ends_with("a_3"));
    }
}
