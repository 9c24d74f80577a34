//! A light stemmer for German, on folded words: inflection only. Agent nouns keep their ending ("Lehrer" is not
//! "Lehre"); what derivation has in common is the [`root`], which counts less.

/// The word without its inflection. Words of three letters stay as they are.
///
/// ```
/// use search::stem::stem;
/// assert_eq!(stem("platze"), stem("platz"));
/// assert_eq!(stem("arztinnen"), stem("arzte"));
/// assert_ne!(stem("lehrer"), stem("lehre"));
/// ```
pub fn stem(folded: &str) -> String {
    if folded.len() <= 3 || folded.starts_with(|c: char| c.is_ascii_digit()) || !folded.is_ascii() {
        return folded.to_owned();
    }
    if let Some((_, stem)) = IRREGULAR.iter().find(|(word, _)| *word == folded) {
        return (*stem).to_owned();
    }
    if ADJECTIVES.contains(&folded) {
        return folded.to_owned();
    }
    let word = masculine(folded);
    let word = ending(word);
    for (suffix, short) in [("niss", "nis"), ("buss", "bus")] {
        if let Some(rest) = word.strip_suffix(suffix) {
            return format!("{rest}{short}");
        }
    }
    word.to_owned()
}

/// What a word shares with others of its family: "Beratung", "beraten" and "Berater" are `berat`. For matches that
/// count less.
pub fn root(folded: &str) -> String {
    let stemmed = stem(folded);
    let mut word = stemmed.as_str();
    for _ in 0..2 {
        let shorter = DERIVATION.iter().find_map(|suffix| {
            word.strip_suffix(suffix)
                .filter(|rest| rest.len() >= least(suffix))
        });
        match shorter {
            Some(rest) => word = rest,
            None => break,
        }
    }
    // "begleitet" is of "begleiten"; "Internet" and "Paket" are nouns.
    if word.len() >= 6
        && let Some(rest) = word.strip_suffix("et")
        && !rest.ends_with(['n', 'i', 'g', 'k'])
        && rest.len() >= 4
    {
        word = rest;
    }
    if word.len() >= 5
        && word.ends_with('t')
        && !word.ends_with("tt")
        && word.as_bytes()[word.len() - 2] != b's'
        && !is_vowel(word.as_bytes()[word.len() - 2])
    {
        word = &word[..word.len() - 1];
    }
    word.trim_end_matches(['e', 'i']).to_owned()
}

/// Letters that must remain before a suffix goes.
fn least(suffix: &str) -> usize {
    if suffix.len() <= 2 { 4 } else { 3 }
}

/// Suffixes of derivation, the longer first.
const DERIVATION: [&str; 38] = [
    "isierung",
    "isation",
    "ifikation",
    "igkeit",
    "ierung",
    "ismus",
    "istisch",
    "ierer",
    "ation",
    "ition",
    "ator",
    "ativ",
    "schaft",
    "lichkeit",
    "lich",
    "isch",
    "keit",
    "heit",
    "erei",
    "ling",
    "haft",
    "isier",
    "ung",
    "ier",
    "ant",
    "anz",
    "enz",
    "ist",
    "nis",
    "bar",
    "sam",
    "los",
    "end",
    "ent",
    "iv",
    "ig",
    "er",
    "or",
];

/// Words whose forms no rule reaches.
const IRREGULAR: [(&str, &str); 26] = [
    ("firmen", "firma"),
    ("themen", "thema"),
    ("konten", "konto"),
    ("visa", "visum"),
    ("daten", "daten"),
    ("stadte", "stadt"),
    ("euro", "euro"),
    ("buro", "buro"),
    ("cafe", "cafe"),
    ("cafes", "cafe"),
    ("teams", "team"),
    ("jobs", "job"),
    ("clubs", "club"),
    ("klubs", "klub"),
    ("apps", "app"),
    ("ziele", "ziel"),
    ("rate", "rat"),
    ("rats", "rat"),
    ("amtes", "amt"),
    ("amts", "amt"),
    ("bades", "bad"),
    ("risiken", "risiko"),
    ("villen", "villa"),
    ("fluchtet", "flucht"),
    ("bader", "bad"),
    ("rader", "rad"),
];

/// Nouns whose plural has -er (folded); they also end compounds.
const PLURAL_ER: [&str; 34] = [
    "kinder",
    "hauser",
    "bucher",
    "lander",
    "worter",
    "bilder",
    "dorfer",
    "rader",
    "manner",
    "felder",
    "gelder",
    "amter",
    "lieder",
    "kleider",
    "guter",
    "bander",
    "blatter",
    "dacher",
    "facher",
    "glaser",
    "schilder",
    "walder",
    "glieder",
    "volker",
    "bader",
    "eier",
    "rinder",
    "schlosser",
    "denkmaler",
    "enkelkinder",
    "leiber",
    "geister",
    "graber",
    "gemalder",
];

/// Adjectives whose forms in -er mean nothing more (beside those in -lich, -isch, -ig and the like).
const ADJECTIVES: [&str; 34] = [
    "offen",
    "jung",
    "alter",
    "neu",
    "gross",
    "klein",
    "arm",
    "krank",
    "gesund",
    "fremd",
    "frei",
    "lang",
    "kurz",
    "hoch",
    "gut",
    "schnell",
    "stark",
    "schwach",
    "digital",
    "kommunal",
    "sozial",
    "mobil",
    "lokal",
    "regional",
    "national",
    "international",
    "interkulturell",
    "kulturell",
    "deutsch",
    "leicht",
    "einfach",
    "gemeinsam",
    "offentlich",
    "privat",
];

fn is_vowel(b: u8) -> bool {
    matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// "arztinnen" and "arztin" as "arzt".
fn masculine(word: &str) -> &str {
    if let Some(rest) = word.strip_suffix("innen")
        && rest.len() >= 3
    {
        return rest;
    }
    const PERSONS: [&str; 22] = [
        "er", "or", "ent", "ist", "ant", "log", "arzt", "beamt", "anwalt", "wirt", "freund", "eur",
        "at", "ing", "kolleg", "nachbar", "schwager", "pat", "chef", "bot", "kund", "schul",
    ];
    match word.strip_suffix("in") {
        Some(rest) if rest.len() >= 4 && PERSONS.iter().any(|p| rest.ends_with(p)) => rest,
        _ => word,
    }
}

fn ending(word: &str) -> &str {
    let keep = |rest: &str| rest.len() >= 3 && rest.bytes().any(is_vowel);
    // "Zentrum", "Museum", "Praktikum"
    for (suffix, rest) in [("trum", 2), ("eum", 2), ("ium", 2), ("ikum", 2), ("ika", 1)] {
        if word.ends_with(suffix) && word.len() > suffix.len() + 1 {
            return word[..word.len() - rest].trim_end_matches('i');
        }
    }
    let word = word
        .strip_suffix('n')
        .filter(|rest| rest.ends_with("er") || rest.ends_with("el"))
        .unwrap_or(word);
    if PLURAL_ER.iter().any(|plural| word.ends_with(plural)) {
        return &word[..word.len() - 2];
    }
    if let Some(rest) = word.strip_suffix("er") {
        let plain = [
            "lich", "isch", "ig", "sam", "bar", "los", "haft", "iell", "uell", "ativ",
        ];
        if ADJECTIVES.contains(&rest)
            || (rest.len() >= 6 && plain.iter().any(|a| rest.ends_with(a)))
        {
            return rest;
        }
        return word;
    }
    for suffix in ["em", "en", "es", "e"] {
        if suffix == "em"
            && !word.ends_with("ndem")
            && !word.ends_with("chem")
            && !word.ends_with("igem")
        {
            continue;
        }
        if let Some(rest) = word.strip_suffix(suffix)
            && keep(rest)
        {
            return rest
                .strip_suffix('i')
                .filter(|r| r.len() >= 4)
                .unwrap_or(rest);
        }
    }
    if let Some(rest) = word.strip_suffix('s')
        && rest.len() >= 4
    {
        let stays = [
            "kurs", "puls", "zins", "hals", "fels", "bus", "gleis", "haus",
        ];
        let last = rest.as_bytes()[rest.len() - 1];
        let genitive = !matches!(last, b's' | b'u' | b'i' | b'e')
            || word.ends_with("bis")
            || word.ends_with("tis");
        if genitive && !stays.iter().any(|s| word.ends_with(s)) {
            return rest;
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::fold;

    #[test]
    fn forms_of_a_word_share_a_stem() {
        for forms in [
            &["Haus", "Häuser", "Häusern", "Hauses"][..],
            &["Kurs", "Kurse", "Kursen", "Kurses"],
            &["Sprachkurs", "Sprachkurse"],
            &["Arzt", "Ärzte", "Ärztin", "Ärztinnen"],
            &["Frau", "Frauen"],
            &["Wohnung", "Wohnungen"],
            &["Zeugnis", "Zeugnisse", "Zeugnissen"],
            &["Zentrum", "Zentren"],
            &["Praktikum", "Praktika"],
            &["Stipendium", "Stipendien"],
            &["Lehrer", "Lehrerinnen", "Lehrern", "Lehrerin"],
            &["Kind", "Kinder", "Kindern", "Kindes"],
            &["Bus", "Busse", "Bussen"],
            &["offen", "offene", "offener", "offenes"],
            &["Familie", "Familien"],
            &["Amt", "Ämter", "Ämtern", "Amtes"],
            &["Stadt", "Städte", "Städten"],
            &["Kita", "Kitas"],
            &["Azubi", "Azubis"],
        ] {
            let stems: Vec<String> = forms.iter().map(|f| stem(&fold(f))).collect();
            assert!(stems.iter().all(|s| *s == stems[0]), "{forms:?}: {stems:?}");
        }
    }

    #[test]
    fn what_looks_like_an_ending_stays() {
        for (word, expect) in [
            ("Termin", "termin"),
            ("Berlin", "berlin"),
            ("Kreis", "kreis"),
            ("Verkehrs", "verkehr"),
            ("Mieter", "mieter"),
            ("Pass", "pass"),
            ("Campus", "campus"),
        ] {
            assert_eq!(stem(&fold(word)), expect, "{word}");
        }
    }

    #[test]
    fn families_share_a_root() {
        for family in [
            &["Beratung", "beraten", "Berater"][..],
            &["Integration", "integrieren"],
            &["Koordination", "Koordinator", "Koordinierung"],
            &["Impfung", "impfen"],
            &["Wohnung", "wohnen"],
            &["Finanzierung", "finanzieren", "Finanzen"],
            &["Migration", "Migrantinnen"],
            &["Förderung", "fördern"],
        ] {
            let roots: Vec<String> = family.iter().map(|f| root(&fold(f))).collect();
            assert!(
                roots.iter().all(|r| *r == roots[0]),
                "{family:?}: {roots:?}"
            );
        }
    }
}
