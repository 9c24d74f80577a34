//! Words out of text, in one spelling: without case, umlauts, ß, accents and the marks of gender forms.

/// A word as it stands in a text, and folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// As it was written.
    pub text: &'a str,
    /// In the one spelling; hyphens are gone.
    pub folded: String,
    /// The pieces between its hyphens, folded, where there are any.
    pub pieces: Vec<String>,
}

/// The words of a text, in order.
///
/// ```
/// use search::fold::words;
/// let folded: Vec<String> = words("Ärzt*innen, EhrenamtskoordinatorIn").into_iter().map(|w| w.folded).collect();
/// assert_eq!(folded, ["arztinnen", "ehrenamtskoordinatorin"]);
/// ```
pub fn words(text: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside =
            c.is_alphanumeric() || (start.is_some() && at < text.len() && joins(text, at, c));
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.extend(word(
                    text[from..at].trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')'),
                ));
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// One spelling: lower case, `ä` and `ae` as `a`, `ß` as `ss`, no accents. `ue` stays after a vowel or q ("neue",
/// "Frauen", "Quelle"), where it is no umlaut.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'ä' | 'á' | 'à' | 'â' | 'ã' | 'å' => folded.push('a'),
            'ö' | 'ó' | 'ò' | 'ô' | 'ø' => folded.push('o'),
            'ü' | 'ú' | 'ù' | 'û' => folded.push('u'),
            'é' | 'è' | 'ê' | 'ë' => folded.push('e'),
            'í' | 'ì' | 'î' | 'ï' | 'ı' => folded.push('i'),
            'ß' => folded.push_str("ss"),
            'ç' | 'ć' | 'č' => folded.push('c'),
            'ñ' => folded.push('n'),
            'š' | 'ş' => folded.push('s'),
            'ž' => folded.push('z'),
            'ğ' => folded.push('g'),
            'æ' => folded.push('a'),
            'œ' => folded.push('o'),
            'e' if umlaut(&folded) => {}
            // A soft hyphen and combining marks (decomposed umlauts) leave the letter before them as it is.
            '\u{ad}' | '\u{300}'..='\u{36f}' => {}
            c => folded.push(c),
        }
    }
    folded
}

/// Whether an `e` after these letters makes an umlaut.
fn umlaut(before: &str) -> bool {
    let mut letters = before.chars().rev();
    match letters.next() {
        Some('a' | 'o') => !matches!(letters.next(), Some('e' | 'i' | 'o' | 'u')),
        Some('u') => !matches!(letters.next(), Some('a' | 'e' | 'o' | 'q' | 'i' | 'u')),
        _ => false,
    }
}

/// Whether this character stands inside a word: hyphens, and the marks of gender forms before "in" and "innen".
fn joins(text: &str, at: usize, c: char) -> bool {
    let after = &text[at + c.len_utf8()..];
    match c {
        '-' | '\u{2010}' | '\u{2011}' => after.starts_with(char::is_alphanumeric),
        '*' | ':' | '_' | '/' | '·' | '•' | '(' => {
            let ending = after.strip_prefix('-').unwrap_or(after);
            gender(ending)
                || (c != '/' && c != '(' && before_ending(text, at) && ending.starts_with("innen"))
        }
        ')' => text[..at].rsplit_once('(').is_some_and(|(_, inside)| {
            let inside = inside.trim_start_matches('-');
            matches!(inside, "in" | "innen" | "r" | "n" | "en" | "s")
        }),
        '\u{ad}' | '\u{300}'..='\u{36f}' => true,
        _ => false,
    }
}

fn before_ending(text: &str, at: usize) -> bool {
    text[..at].ends_with(char::is_alphabetic)
}

/// Whether what follows a mark is the ending of a gender form.
fn gender(after: &str) -> bool {
    ["innen", "in", "Innen", "In"].iter().any(|ending| {
        after
            .strip_prefix(ending)
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphabetic() && !c.is_uppercase()))
    })
}

fn word(text: &str) -> Option<Word<'_>> {
    let plain: String = without_marks(text);
    let folded: String = fold(&plain)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect();
    let folded = without_gender(folded);
    if folded.is_empty() {
        return None;
    }
    let pieces: Vec<String> = plain
        .split(['-', '\u{2010}', '\u{2011}'])
        .map(|piece| {
            fold(piece)
                .chars()
                .filter(|c| c.is_alphanumeric())
                .collect::<String>()
        })
        .filter(|piece| !piece.is_empty())
        .collect();
    Some(Word {
        text,
        folded,
        pieces: if pieces.len() > 1 { pieces } else { Vec::new() },
    })
}

/// "Migrantinnenverein" as "Migrantenverein": what women and men do together has one name.
fn without_gender(folded: String) -> String {
    const REST: usize = 4;
    let Some(at) = folded
        .find("innen")
        .filter(|at| folded.len() >= at + 5 + REST)
    else {
        return folded;
    };
    let (before, after) = (&folded[..at], &folded[at + 5..]);
    let joint = if before.len() >= 4 && before.ends_with("er") {
        ""
    } else if ["ant", "ent", "ist", "or", "log"]
        .iter()
        .any(|e| before.len() > 4 && before.ends_with(e))
    {
        "en"
    } else {
        return folded;
    };
    format!("{before}{joint}{after}")
}

/// "Lehrer/-innen" and "Lehrer(innen)" as "Lehrerinnen"; hyphens between other parts stay.
fn without_marks(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '*' | ':' | '_' | '/' | '·' | '•' | '(' => {
                if rest.peek() == Some(&'-') {
                    rest.next();
                }
            }
            ')' => {}
            c => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[&str]) {
        let folded: Vec<String> = words(text).into_iter().map(|w| w.folded).collect();
        assert_eq!(folded, expect, "{text}");
    }

    #[test]
    fn one_spelling_for_umlauts() {
        for (a, b) in [
            ("Ämter", "Aemter"),
            ("Förderung", "FOERDERUNG"),
            ("Häuser", "Haeuser"),
            ("Straße", "Strasse"),
            ("Zuflüsse", "Zufluesse"),
            ("Bäuerin", "Baeuerin"),
            ("U\u{308}bung", "Uebung"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} {b}");
        }
        assert_eq!(
            fold("neue Frauen Quelle Steuer"),
            "neue frauen quelle steuer"
        );
    }

    #[test]
    fn gender_forms_are_one_word() {
        for form in [
            "Lehrer*innen",
            "Lehrer:innen",
            "Lehrer/innen",
            "Lehrer/-innen",
            "Lehrer_innen",
            "Lehrer(innen)",
            "LehrerInnen",
            "Lehrer·innen",
        ] {
            check(form, &["lehrerinnen"]);
        }
        check("Migrant*innenvereine", &["migrantenvereine"]);
        check("Bürger:innendialog", &["burgerdialog"]);
        check("Innenstadtbüro", &["innenstadtburo"]);
        check("Uhr: in der Schule", &["uhr", "in", "der", "schule"]);
        check("und/oder", &["und", "oder"]);
        check("Ärztin/Arzt", &["arztin", "arzt"]);
    }

    #[test]
    fn hyphens_join_and_show_their_pieces() {
        let found = words("Ein-Euro-Jobs, Haft- und Unfallschutz");
        assert_eq!(found[0].folded, "eineurojobs");
        assert_eq!(found[0].pieces, ["ein", "euro", "jobs"]);
        assert_eq!(found[1].folded, "haft");
    }
}
