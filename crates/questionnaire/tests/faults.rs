//! Faults of a file: each is found at its place and says what would be right; and nothing panics.

use questionnaire::{Fault, Questionnaire};

const DEMO: &str = include_str!("../../../demo/fragebogen.yaml");

/// A small questionnaire; cases replace a part of it.
const SMALL: &str = r#"format: 1
key: probe
version: 1
title: { de: Probe, en: Trial }
scales:
  mass:
    wenig: { de: wenig, en: little }
    viel: { de: viel, en: much }
pages:
  - key: eins
    title: { de: Eins, en: One }
    questions:
      - key: konzept
        type: single
        text: { de: Konzept?, en: Concept? }
        options:
          ja: { de: "ja", en: "yes" }
          nein: { de: nein, en: "no" }
      - key: bedarf-von
        type: multiple
        max: 2
        text: { de: Von wem?, en: From whom? }
        options:
          bund: { de: Bund, en: Federation }
          land: { de: Land, en: Land }
          kreis: { de: Kreis, en: County }
          keine: { de: von niemandem, en: nobody, exclusive: true }
      - key: stellen
        type: number
        text: { de: Wie viele?, en: How many? }
        unit: { de: Stellen, en: positions }
        min: 0
        max: 10
      - key: lage
        type: battery
        scale: mass
        text: { de: Wie viel?, en: How much? }
        items:
          wohnen: { de: Wohnen, en: Housing }
          kita-schule: { de: Kita, en: Nursery }
  - key: zwei
    title: { de: Zwei, en: Two }
    show-if: "konzept == 'ja'"
    questions:
      - key: themen
        type: long-text
        text: { de: Themen?, en: Topics? }
        show-if: "stellen > 2"
      - key: grund
        type: short-text
        text: { de: Warum?, en: Why? }
"#;

/// Reads `SMALL` with one part replaced; expects exactly these faults: line of the part, what, help.
fn check(part: &str, by: &str, expected: &[(&str, &str)]) {
    assert_eq!(SMALL.matches(part).count(), 1, "{part} is not unique");
    let source = SMALL.replace(part, by);
    let faults = match Questionnaire::read(&source, "probe.yaml") {
        Ok(_) => Vec::new(),
        Err(faults) => faults.list,
    };
    let said: Vec<(&str, &str)> = faults
        .iter()
        .map(|Fault { what, help, .. }| (what.as_str(), help.as_str()))
        .collect();
    assert_eq!(said.len(), expected.len(), "{by}: {said:#?}");
    for ((what, help), (wanted, right)) in said.iter().zip(expected) {
        assert!(what.contains(wanted), "{by}: {what}, not {wanted}");
        assert!(help.contains(right), "{by}: {help}, not {right}");
    }
}

#[test]
fn the_small_questionnaire_has_no_fault() {
    check("Probe", "Probe", &[]);
}

#[test]
fn keys_and_wordings() {
    check(
        "format: 1",
        "format: 2",
        &[("`format` is 2", "from 1 to 1")],
    );
    check(
        "version: 1\n",
        "",
        &[("`version` is missing", "version: 1")],
    );
    check(
        "{ de: Probe, en: Trial }",
        "Probe",
        &[("both languages", "de: \"Probe\"")],
    );
    check(
        ", en: Concept?",
        "",
        &[("the English wording of `text` is missing", "en:")],
    );
    check(
        "de: Bund,",
        "de: '',",
        &[("the German wording of `bund` is empty", "wording")],
    );
    check(
        "key: stellen",
        "key: konzept",
        &[
            ("`konzept` is used twice", "line 13"),
            ("unknown question `stellen`", "name a question"),
        ],
    );
    check(
        "key: stellen",
        "key: Stellen",
        &[
            ("`Stellen` is not a key", "`stellen`"),
            ("unknown question", ""),
        ],
    );
    check(
        "key: stellen",
        "key: in",
        &[
            ("`in` is a word of the condition language", "another"),
            ("unknown question", ""),
        ],
    );
    check(
        "key: zwei",
        "key: eins",
        &[("page key `eins` is used twice", "line 10")],
    );
    check(
        "land: {",
        "bund: {",
        &[("`bund` stands twice in `options`", "line 24")],
    );
    check(
        "type: number",
        "type: nummer",
        &[("unknown type `nummer`", "did you mean `number`?")],
    );
    check(
        "scale: mass",
        "scale: maas",
        &[("unknown scale `maas`", "did you mean `mass`?")],
    );
    check(
        "max: 10",
        "maxx: 10",
        &[("unknown key `maxx`", "did you mean `max`?")],
    );
    check(
        "max: 10",
        "scale: mass",
        &[(
            "unknown key `scale` in a question of type `number`",
            "has the keys",
        )],
    );
    check(
        "max: 10",
        "max: zehn",
        &[("`max` must be a number, found \"zehn\"", "digits")],
    );
    check(
        "max: 10",
        "max: -1",
        &[("`min` is 0 and `max` is -1", "swap")],
    );
    check(
        ", exclusive: true }",
        " }",
        &[("nobody to whom no option", "exclusive: true")],
    );
    check(
        ", exclusive: true",
        ", exclusive: ja",
        &[("`exclusive` must be true or false", "without quotes")],
    );
}

#[test]
fn conditions_are_typed() {
    let konzept = "\"konzept == 'ja'\"";
    let stellen = "\"stellen > 2\"";
    check(
        konzept,
        "konzept == 'jaa'",
        &[("`konzept` has no option `jaa`", "did you mean 'ja'?")],
    );
    check(
        konzept,
        "konzpt == 'ja'",
        &[("unknown question `konzpt`", "did you mean `konzept`?")],
    );
    check(
        konzept,
        "konzept == 3",
        &[(
            "is a choice, it cannot be compared with a number",
            "konzept == 'ja'",
        )],
    );
    check(
        konzept,
        "konzept > 'ja'",
        &[("have no order", "ordered: true")],
    );
    check(
        konzept,
        "konzept = 'ja'",
        &[("this is no condition", "two equals signs")],
    );
    check(
        konzept,
        "konzept",
        &[("`konzept` alone is no condition", "konzept == 'ja'")],
    );
    check(
        konzept,
        "[konzept]",
        &[("must be a condition, found a list", "in quotes")],
    );
    check(
        konzept,
        "bedarf_von == 'bund'",
        &[("is a multiple choice", "'bund' in bedarf_von")],
    );
    check(
        konzept,
        "\"'bnd' in bedarf_von\"",
        &[("has no option `bnd`", "did you mean 'bund'?")],
    );
    check(
        konzept,
        "\"'bund' in bedarf-von\"",
        &[("a hyphen is a minus", "underscores")],
    );
    check(
        konzept,
        "lage == 'viel'",
        &[("is a battery of items", "lage.wohnen")],
    );
    check(
        konzept,
        "lage.wohn == 'viel'",
        &[("has no item `wohn`", "did you mean `wohnen`?")],
    );
    check(konzept, "lage.kita_schule >= 'viel'", &[]);
    check(
        konzept,
        "konzept in ['ja', 'nein'] || answered(stellen)",
        &[],
    );
    check(konzept, "3 <= stellen && !('bund' in bedarf_von)", &[]);
    check(
        konzept,
        "stellen + 1",
        &[("this is a number, no condition", "compare it")],
    );
    check(
        konzept,
        "stellen % 2 == 1",
        &[("`%` is not part of our conditions", "made of")],
    );
    check(
        konzept,
        "themen == 'x'",
        &[("looks ahead: `themen`", "pages before")],
    );
    check(
        stellen,
        "answered(themen)",
        &[("looks at `themen` itself", "before it")],
    );
    check(
        stellen,
        "stellen > 'ja'",
        &[("is a number", "stellen > 100")],
    );
}

#[test]
fn what_never_holds_is_found() {
    let konzept = "\"konzept == 'ja'\"";
    let stellen = "\"stellen > 2\"";
    let never = [("never holds: the question", "no combination")];
    check(stellen, "stellen > 10", &never);
    check(stellen, "stellen > 3 && stellen < 4", &never);
    check(stellen, "konzept == 'nein'", &never);
    check(
        stellen,
        "\"'bund' in bedarf_von && 'keine' in bedarf_von\"",
        &never,
    );
    check(
        stellen,
        "\"'bund' in bedarf_von && 'land' in bedarf_von && 'kreis' in bedarf_von\"",
        &never,
    );
    check(stellen, "lage.wohnen > 'viel'", &never);
    check(stellen, "\"false\"", &never);
    let last = "\"stellen > 2\"\n      - key: grund\n        type: short-text\n        text: { de: Warum?, en: Why? }";
    let whole_page = [
        ("the page `zwei` can never be reached", "correct"),
        never[0],
    ];
    check(last, "stellen > 10", &whole_page);
    check(stellen, "stellen >= 3 && stellen < 4", &[]);
    check(
        stellen,
        "\"'bund' in bedarf_von && 'land' in bedarf_von\"",
        &[],
    );
    check(stellen, "\"!(konzept == 'nein')\"", &[]);
    check(stellen, "!(konzept == 'nein')", &[("tags", "quotes")]);
    check(
        konzept,
        "konzept == 'ja' && konzept == 'nein'",
        &[("the page can never be reached", "no combination")],
    );
}

#[test]
fn places_are_those_of_the_words() {
    let place = |by: &str| {
        let source = SMALL.replace("\"konzept == 'ja'\"", by);
        let faults = Questionnaire::read(&source, "probe.yaml").unwrap_err();
        (
            faults.list[0].line,
            faults.list[0].column,
            faults.list[0].width,
        )
    };
    let line = 1 + SMALL
        .lines()
        .position(|l| l.contains("\"konzept =="))
        .unwrap();
    assert_eq!(place("konzpt == 'ja'"), (line, 14, 6));
    assert_eq!(place("\"konzept == 'x'\""), (line, 26, 3));
    assert_eq!(place("'konzept == ''x'''"), (line, 26, 3));
    assert_eq!(place("|\n      konzept ==\n        'x'"), (line + 2, 9, 3));
    assert_eq!(place(">-\n      konzept ==\n      'x'"), (line + 2, 7, 3));
}

/// Items may rest on items before them, options on options before them; what is hidden is no answer for what follows.
#[test]
fn an_item_may_look_at_those_before_it() {
    let source = |second: &str, third: &str, option: &str| {
        format!(
            "format: 1\nkey: k\nversion: 1\ntitle: {{ de: t, en: t }}\npages:\n  - key: a\n    title: {{ de: t, en: t }}\n    questions:\n      - key: n\n        type: numbers\n        text: {{ de: t, en: t }}\n        items:\n          i1: {{ de: i, en: i }}\n          i2: {{ de: i, en: i, show-if: \"{second}\" }}\n          i3: {{ de: i, en: i, show-if: \"{third}\" }}\n      - key: m\n        type: multiple\n        required: false\n        text: {{ de: t, en: t }}\n        options:\n          o1: {{ de: o, en: o }}\n          o2: {{ de: o, en: o, show-if: \"{option}\" }}\n"
        )
    };
    let right = source("answered(n.i1)", "answered(n.i2)", "'o1' in m");
    let read = Questionnaire::read(&right, "k.yaml").expect("no faults");
    let question = read.question("n").expect("it is there");
    let shown = |typed: &[&str]| {
        let number = |item: &&str| {
            let key = questionnaire::VariableKey::item("n", item);
            (key, questionnaire::Answer::Number(1.0))
        };
        question
            .variables_shown(&typed.iter().map(number).collect())
            .len()
    };
    assert_eq!(
        [shown(&[]), shown(&["i1"]), shown(&["i1", "i2"])],
        [1, 2, 3]
    );
    assert_eq!(shown(&["i2"]), 1, "what is hidden is not answered");
    for wrong in [
        source("answered(n.i3)", "true", "true"),
        source("answered(n.i2)", "true", "true"),
        source("true", "count(n) > 1", "true"),
        source("true", "true", "'o2' in m"),
        source("true", "true", "count(m) > 0"),
    ] {
        let faults = Questionnaire::read(&wrong, "k.yaml").expect_err("it looks ahead");
        assert!(faults.to_string().contains("itself"), "{faults}");
    }
}

/// Questions `q0` to `q11` and a battery `b` of seven items, all with few answers, and a page under a condition.
fn shown_if(condition: &str) -> String {
    let mut source =
        String::from("format: 1\nkey: k\nversion: 1\ntitle: { de: t, en: t }\npages:\n");
    source += "  - key: a\n    title: { de: t, en: t }\n    questions:\n";
    for number in 0..12 {
        source += &format!(
            "      - {{ key: q{number}, type: single, text: {{ de: t, en: t }}, options: {{ a: {{ de: a, en: a }}, b: {{ de: b, en: b }} }} }}\n"
        );
    }
    let items: Vec<String> = (0..7)
        .map(|n| format!("i{n}: {{ de: i, en: i }}"))
        .collect();
    source += &format!(
        "      - {{ key: b, type: battery, text: {{ de: t, en: t }}, points: 6, items: {{ {} }} }}\n",
        items.join(", ")
    );
    source += "  - key: b\n    title: { de: t, en: t }\n";
    source += &format!("    show-if: \"{condition}\"\n");
    source + "    questions:\n      - { key: z, type: long-text, text: { de: t, en: t } }\n"
}

#[test]
fn what_many_answers_exclude_is_found() {
    let all: Vec<String> = (0..12).map(|n| format!("q{n} == 'a'")).collect();
    let source = shown_if(&format!("{} && q0 == 'b'", all.join(" && ")));
    let faults = Questionnaire::read(&source, "k.yaml").unwrap_err();
    assert!(faults.to_string().contains("never holds"), "{faults}");
    let source = shown_if(&all.join(" && "));
    assert!(Questionnaire::read(&source, "k.yaml").is_ok());
}

#[test]
fn what_cannot_be_decided_is_noted() {
    // Seven items on six points, each at most once: nobody can answer so, but only trying all would show it.
    let each: Vec<String> = (1..=6).map(|n| format!("count(b, '{n}') <= 1")).collect();
    let source = shown_if(&format!("{} && count(b) == 7", each.join(" && ")));
    let begun = std::time::Instant::now();
    let (read, notes) = Questionnaire::examine(&source, "k.yaml");
    assert!(read.is_ok(), "{}", read.unwrap_err());
    assert!(notes.to_string().contains("not decided"), "{notes}");
    let took = begun.elapsed();
    assert!(took < std::time::Duration::from_secs(1), "{took:?}");
}

#[test]
fn bombs_are_refused() {
    let mut laughs = String::from("a0: &a0 [x, x]\n");
    for n in 1..40 {
        laughs += &format!("a{n}: &a{n} [*a{}, *a{}]\n", n - 1, n - 1);
    }
    let deep = "[".repeat(100_000);
    let nested = "- ".repeat(5_000);
    let large = "# ".repeat(600_000);
    for (source, word) in [
        (laughs, "anchors"),
        (deep, "nested too deeply"),
        (nested, "nested too deeply"),
        (large, "bytes"),
        (String::new(), "empty"),
        ("a: 1\n---\nb: 2\n".into(), "second document"),
        ("a: !!int 3".into(), "tags"),
    ] {
        let faults = Questionnaire::read(&source, "x.yaml").unwrap_err();
        assert!(faults.list[0].what.contains(word), "{word}: {faults}");
    }
    for condition in [
        "(".repeat(900),
        "!".repeat(900),
        "-".repeat(900) + "1",
        "a?b:".repeat(200),
        "[".repeat(900),
        "a.b".repeat(300),
        "1+".repeat(450) + "1",
        "a == 'b' && ".repeat(80) + "true",
        format!("{}konzept == 'ja'{}", "(".repeat(16), ")".repeat(16)),
    ] {
        let source = SMALL.replace("\"konzept == 'ja'\"", &format!("\"{condition}\""));
        let _ = Questionnaire::read(&source, "x.yaml");
    }
}

/// Steele, Lea, Flood: splitmix64.
fn splitmix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[test]
fn nothing_panics_whatever_is_changed() {
    let odd = [
        "'",
        "\"",
        ":",
        "- ",
        "\n",
        "\t",
        "{",
        "}",
        "[",
        "]",
        "&a ",
        "*a",
        "!x ",
        "|",
        ">",
        "#",
        "ä",
        "🙂",
        "\u{0}",
        "\u{FEFF}",
        "\r\n",
        "...",
        "---",
        "=",
        "&&",
        "(",
        "?",
        "%",
        "`",
        "@",
        "\\",
        "  ",
        "'ja'",
        "konzept",
        "999999999999999999999",
    ];
    let mut state = 2016;
    let mut read = 0;
    for round in 0..1500 {
        let base = if round % 10 == 0 { DEMO } else { SMALL };
        let mut text: Vec<char> = base.chars().collect();
        for _ in 0..1 + splitmix(&mut state) % 4 {
            let at = (splitmix(&mut state) as usize) % text.len();
            match splitmix(&mut state) % 4 {
                0 => {
                    text.remove(at);
                }
                1 => {
                    let until = (at + 1 + splitmix(&mut state) as usize % 30).min(text.len());
                    text.drain(at..until);
                }
                2 => {
                    let until = (at + splitmix(&mut state) as usize % 60).min(text.len());
                    let copy: Vec<char> = text[at..until].to_vec();
                    let to = (splitmix(&mut state) as usize) % text.len();
                    text.splice(to..to, copy);
                }
                _ => {
                    let word = odd[(splitmix(&mut state) as usize) % odd.len()];
                    text.splice(at..at, word.chars());
                }
            }
        }
        let source: String = text.into_iter().collect();
        match Questionnaire::read(&source, "mutated.yaml") {
            Ok(_) => read += 1,
            Err(faults) => {
                assert!(!faults.is_empty());
                assert!(faults.to_string().contains("mutated.yaml:"));
            }
        }
    }
    assert!(
        read > 10 && read < 1490,
        "{read} of the changed files were read"
    );
}
