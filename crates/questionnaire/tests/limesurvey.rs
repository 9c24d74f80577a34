//! Surveys that come over from LimeSurvey: real ones where they are there, hostile ones, and changed ones.
//!
//! The real files are demonstrations that LimeSurvey shipped; they stand beside the project in `../shared/lss` and are
//! not part of it. Where they are missing, the tests that need them say so and pass.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use questionnaire::limesurvey::{self, Imported};
use questionnaire::{Answers, Lang, Page, Questionnaire, Value};

/// The real files, by name.
fn real() -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/lss");
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!(
            "{} is not there: nothing is tested on real surveys",
            folder.display()
        );
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "lss"));
    files.sort();
    let read = |path: PathBuf| {
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        (
            name,
            std::fs::read(&path).expect("a file that is listed can be read"),
        )
    };
    files.into_iter().map(read).collect()
}

/// Fields of a form that answer what a page shows: the first option, 1, a word.
fn filled(page: &Page, answers: &Answers) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for question in page.visible_questions(answers) {
        let shown = question.variables_shown(answers);
        for part in question.parts() {
            if !shown.contains(&part.key) {
                continue;
            }
            let value = match &part.value {
                Value::Choice { .. } | Value::Choices { .. } => {
                    part.value.codes().first().map(|(key, _)| (*key).to_owned())
                }
                Value::Number { min, max, .. } => {
                    let number = min.unwrap_or(0.0).max(1.0).min(max.unwrap_or(f64::MAX));
                    Some(format!("{number:.0}"))
                }
                Value::Date { .. } => Some("2010-06-01".to_owned()),
                Value::Text { .. } => Some("Wort".to_owned()),
                _ => None,
            };
            fields.extend(value.map(|value| (part.key.as_str().to_owned(), value)));
        }
    }
    fields
}

/// Answers page by page to the end, as a person would; what a check refuses is left open. How many pages that were.
fn walked(questionnaire: &Questionnaire, name: &str) -> usize {
    let mut answers = Answers::new();
    let mut pages = 0;
    let mut at: Option<String> = None;
    while let Some(page) = questionnaire.next_page(at.as_deref(), &answers) {
        let mut fields = filled(page, &answers);
        let mut parsed = page.parse(&fields, &answers);
        for _ in 0..4 {
            if parsed.problems.is_empty() {
                break;
            }
            let wrong: Vec<String> = parsed
                .problems
                .iter()
                .map(|p| p.variable.question().to_owned())
                .collect();
            fields.retain(|(field, _)| wrong.iter().all(|q| field.split('.').next() != Some(q)));
            parsed = page.parse(&fields, &answers);
        }
        let said: Vec<String> = parsed
            .problems
            .iter()
            .map(|p| p.message(Lang::En))
            .collect();
        assert!(said.is_empty(), "{name}, page {}: {said:?}", page.key);
        answers = parsed.applied_to(&answers);
        at = Some(page.key.clone());
        pages += 1;
        assert!(
            pages <= questionnaire.pages.len(),
            "{name}: a page comes twice"
        );
    }
    pages
}

#[test]
fn real_surveys_come_over_and_can_be_walked_to_their_end() {
    let (mut questions, mut carried) = (0, 0);
    for (name, bytes) in real() {
        let Imported { yaml, report } =
            limesurvey::import(&bytes, &name).unwrap_or_else(|error| panic!("{error}"));
        let read =
            Questionnaire::read(&yaml, &name).unwrap_or_else(|faults| panic!("{name}:\n{faults}"));
        assert!(
            !yaml.contains("<script") && !yaml.to_lowercase().contains("javascript:"),
            "{name}: a script"
        );
        assert!(walked(&read, &name) > 0, "{name}: no page");
        assert!(
            report.carried + report.not_carried.len() <= report.questions,
            "{name}: {report:?}"
        );
        questions += report.questions;
        carried += report.carried;
    }
    assert!(
        carried * 100 >= questions * 95,
        "only {carried} of {questions} questions came over whole"
    );
}

/// A survey of one group in the layout of LimeSurvey 2; `extra` are more sections.
fn survey(questions: &str, extra: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<document>\n<LimeSurveyDocType>Survey</LimeSurveyDocType>\n\
         <DBVersion>177</DBVersion>\n<languages><language>en</language></languages>\n\
         <groups><rows><row><gid>1</gid><group_name>Group</group_name><group_order>1</group_order><language>en</language></row></rows></groups>\n\
         <questions><rows>{questions}</rows></questions>\n{extra}\n\
         <surveys><rows><row><sid>9</sid><language>en</language></row></rows></surveys>\n</document>\n"
    )
}

fn row(qid: u32, kind: &str, code: &str, more: &str) -> String {
    format!(
        "<row><qid>{qid}</qid><parent_qid>0</parent_qid><gid>1</gid><type>{kind}</type><title>{code}</title>\
         <question><![CDATA[Question {code}]]></question><question_order>{qid}</question_order><language>en</language>{more}</row>\n"
    )
}

fn item(qid: u32, parent: u32, code: &str, scale: u8) -> String {
    format!(
        "<row><qid>{qid}</qid><parent_qid>{parent}</parent_qid><gid>1</gid><type>T</type><title>{code}</title>\
         <question>Item {code}</question><question_order>{qid}</question_order><language>en</language><scale_id>{scale}</scale_id></row>\n"
    )
}

fn answer(qid: u32, code: &str, scale: u8) -> String {
    format!(
        "<row><qid>{qid}</qid><code>{code}</code><answer>Answer {code}</answer><sortorder>1</sortorder><language>en</language><scale_id>{scale}</scale_id></row>\n"
    )
}

fn imported(source: &str) -> Imported {
    limesurvey::import(source.as_bytes(), "probe.lss")
        .unwrap_or_else(|error| panic!("{error}\n{source}"))
}

#[test]
fn every_type_code_becomes_a_type() {
    let expected = [
        ("L", "single"),
        ("!", "single"),
        ("O", "single"),
        ("5", "single"),
        ("G", "single"),
        ("Y", "yes-no"),
        ("M", "multiple"),
        ("P", "multiple"),
        ("A", "battery"),
        ("B", "battery"),
        ("C", "battery"),
        ("E", "battery"),
        ("F", "battery"),
        ("H", "battery"),
        ("1", "grid"),
        (":", "grid"),
        (";", "grid"),
        ("K", "numbers"),
        ("Q", "texts"),
        ("N", "number"),
        ("S", "short-text"),
        ("T", "long-text"),
        ("U", "long-text"),
        ("R", "ranking"),
        ("D", "date"),
        ("|", "file"),
        ("X", "note"),
        ("I", "note"),
        ("*", "computed"),
    ];
    for (code, kind) in expected {
        let text = if code == "*" {
            "<row><qid>2</qid><parent_qid>0</parent_qid><gid>1</gid><type>*</type><title>Q2</title><question>{1 + 1}</question><question_order>2</question_order><language>en</language></row>".to_owned()
        } else {
            row(2, code, "Q2", "")
        };
        let questions = row(1, "N", "Q1", "") + &text;
        let items = item(11, 2, "SQ1", 0) + &item(12, 2, "SQ2", 0);
        let columns = if matches!(code, ":" | ";") {
            item(13, 2, "C1", 1) + &item(14, 2, "C2", 1)
        } else {
            String::new()
        };
        let items = if "MPABCEFH1:;KQ".contains(code) {
            items
        } else {
            String::new()
        };
        let mut answers = String::new();
        if "L!OFH1R".contains(code) {
            answers = answer(2, "A1", 0) + &answer(2, "A2", 0);
        }
        if code == "1" {
            answers += &(answer(2, "B1", 1) + &answer(2, "B2", 1));
        }
        let extra = format!(
            "<subquestions><rows>{items}{columns}</rows></subquestions><answers><rows>{answers}</rows></answers>"
        );
        let imported = imported(&survey(&questions, &extra));
        assert!(
            imported
                .yaml
                .contains(&format!("- key: q2\n        type: {kind}\n")),
            "{code}: expected {kind}\n{}\n{:?}",
            imported.yaml,
            imported.report
        );
        assert_eq!(imported.report.carried, 2, "{code}: {:?}", imported.report);
        let read = Questionnaire::read(&imported.yaml, "probe").unwrap();
        walked(&read, code);
    }
}

#[test]
fn relevance_is_said_again_with_what_no_answer_means() {
    let cases = [
        ("Q1 > 5", "q1 > 5"),
        ("Q1.NAOK == \"\"", "!answered(q1)"),
        ("!is_empty(Q1)", "answered(q1)"),
        ("Q2 == \"A1\"", "q2 == 'a1'"),
        ("Q2.NAOK != \"A1\"", "!answered(q2) || q2 in ['a2', 'a3']"),
        (
            "!(Q2 == \"A1\" && Q1 >= 3)",
            "!answered(q2) || q2 in ['a2', 'a3'] || !answered(q1) || q1 < 3",
        ),
        (
            "Q3_SQ1 == \"Y\" or 9X1X3SQ2.NAOK == \"Y\"",
            "'sq1' in q3 || 'sq2' in q3",
        ),
        ("Q3_SQ1.NAOK != 'Y'", "!answered(q3) || !('sq1' in q3)"),
        ("count(that.Q3) > 1", "(answered(q3) ? count(q3) : 0) > 1"),
        ("Q1 * 2 + 1 > 7", "((q1 * 2) + 1) > 7"),
        (
            "if(Q1 > 1, Q2 == 'A1', Q2 == 'A2')",
            "(q1 > 1 && q2 == 'a1') || ((!answered(q1) || q1 <= 1) && q2 == 'a2')",
        ),
    ];
    for (relevance, said) in cases {
        let more = format!("<relevance><![CDATA[{relevance}]]></relevance>");
        let questions = row(1, "N", "Q1", "")
            + &row(2, "L", "Q2", "")
            + &row(3, "M", "Q3", "")
            + &row(4, "S", "Q4", &more);
        let extra = format!(
            "<subquestions><rows>{}{}{}</rows></subquestions><answers><rows>{}{}{}</rows></answers>",
            item(31, 3, "SQ1", 0),
            item(32, 3, "SQ2", 0),
            item(33, 3, "SQ3", 0),
            answer(2, "A1", 0),
            answer(2, "A2", 0),
            answer(2, "A3", 0)
        );
        let imported = imported(&survey(&questions, &extra));
        assert!(
            imported.yaml.contains(&format!("show-if: \"{said}\"")),
            "{relevance}: expected {said}\n{}\n{:?}",
            imported.yaml,
            imported.report
        );
        assert_eq!(imported.report.partly, [], "{relevance}");
    }
}

#[test]
fn texts_that_depend_on_answers_become_words() {
    let cases = [
        (
            "{if(Q2 == 'A1', 'his', 'her')} dog",
            vec![
                "- when: \"q2 == 'a1'\"\n            en: \"his\"",
                "- en: \"her\"",
                "en: \"{q9-wert-1} dog\"",
            ],
        ),
        (
            "Hi{if(is_empty(Q1), '', implode('', ', you have ', Q1))}!",
            vec!["when: \"answered(q1)\"", "en: \", you have {q1}\""],
        ),
        (
            "{Q3_SQ2.shown}",
            vec!["when: \"'sq2' in q3\"", "en: \"Item SQ2\""],
        ),
        (
            "You: {Q2.shown}, {INSERTANS:9X1X1}",
            vec!["You: {q2}, {q1}"],
        ),
    ];
    for (text, said) in cases {
        let questions = row(1, "N", "Q1", "")
            + &row(2, "L", "Q2", "")
            + &row(3, "M", "Q3", "")
            + &row(9, "S", "Q9", "").replace("Question Q9", text);
        let extra = format!(
            "<subquestions><rows>{}{}</rows></subquestions><answers><rows>{}{}</rows></answers>",
            item(31, 3, "SQ1", 0),
            item(32, 3, "SQ2", 0),
            answer(2, "A1", 0),
            answer(2, "A2", 0)
        );
        let imported = imported(&survey(&questions, &extra));
        for said in said {
            assert!(
                imported.yaml.contains(said),
                "{text}: {said}\n{}",
                imported.yaml
            );
        }
        assert_eq!(imported.report.partly, [], "{text}");
    }
}

#[test]
fn conditions_of_old_are_relevance_too() {
    let questions = row(1, "Y", "Q1", "") + &row(3, "M", "Q3", "") + &row(4, "S", "Q4", "");
    let condition = |field: &str, question: u32, value: &str| {
        format!(
            "<row><cid>1</cid><qid>4</qid><scenario>1</scenario><cqid>{question}</cqid><cfieldname>{field}</cfieldname><method>==</method><value>{value}</value></row>"
        )
    };
    let extra = format!(
        "<subquestions><rows>{}{}</rows></subquestions><conditions><rows>{}{}{}</rows></conditions>",
        item(31, 3, "SQ1", 0),
        item(32, 3, "SQ2", 0),
        condition("9X1X1", 1, "Y"),
        condition("9X1X3", 3, "SQ1"),
        condition("+9X1X3SQ2", 3, "Y"),
    );
    let yaml = imported(&survey(&questions, &extra)).yaml;
    assert!(
        yaml.contains("show-if: \"q1 == 'ja' && ('sq1' in q3 || 'sq2' in q3)\""),
        "{yaml}"
    );
}

#[test]
fn what_cannot_be_said_is_told_and_does_not_count() {
    let more = "<relevance>Q1 > rand(1,2)</relevance>";
    let imported = imported(&survey(
        &(row(1, "N", "Q1", "") + &row(2, "S", "Q2", more)),
        "",
    ));
    assert_eq!((imported.report.questions, imported.report.carried), (2, 1));
    let lost = &imported.report.partly[0];
    assert!(
        lost.code == "Q2" && lost.what.contains("Q1 > rand") && lost.why.contains("`rand`"),
        "{lost:?}"
    );
    let json = serde_json::to_value(&imported.report).unwrap();
    let keys: Vec<&String> = json.as_object().unwrap().keys().collect();
    assert_eq!(keys.len(), 4, "{keys:?}");
}

#[test]
fn broken_and_hostile_files_are_refused_with_their_line() {
    let whole = survey(&row(1, "S", "Q1", ""), "");
    let bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;&lol;\">]>\n<document>&lol2;</document>";
    let twice = survey(&(row(1, "S", "Q1", "") + &row(2, "S", "Q1", "")), "");
    let deep = format!("<document>{}", "<a>".repeat(100_000));
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("nothing", Vec::new(), "no XML"),
        (
            "bomb",
            bomb.into(),
            "probe.lss:2: the file declares a document type",
        ),
        (
            "entity",
            whole.replace("Question Q1", "]]>&x;<![CDATA[").into(),
            "entity of its own",
        ),
        ("deep", deep.into(), "nested deeper"),
        (
            "cut",
            whole.as_bytes()[..whole.len() / 2].into(),
            "probe.lss:",
        ),
        (
            "root",
            "<survey></survey>".into(),
            "the root element is <survey>",
        ),
        (
            "group file",
            whole.replace(">Survey<", ">Group<").into(),
            "is a LimeSurvey \"Group\"",
        ),
        (
            "no groups",
            whole
                .replace("<groups>", "<nogroups>")
                .replace("</groups>", "</nogroups>")
                .into(),
            "no question groups",
        ),
        ("no questions", survey("", "").into(), "has no questions"),
        ("twice", twice.into(), "is used twice"),
        (
            "latin",
            whole
                .replace("Question", "Frage \u{fc}")
                .chars()
                .map(|c| c as u8)
                .collect(),
            "not UTF-8",
        ),
        (
            "field",
            whole.replace("Question Q1", &"x".repeat(2 << 20)).into(),
            "one field has more",
        ),
        ("large", vec![b' '; limesurvey::LIMESURVEY_SIZE + 1], "MB"),
        ("pdf", b"%PDF-1.4 not a survey".to_vec(), "probe.lss:1"),
    ];
    for (name, bytes, expected) in cases {
        let begun = Instant::now();
        let error = limesurvey::import(&bytes, "probe.lss")
            .err()
            .unwrap_or_else(|| panic!("{name} was taken"));
        let said = error.to_string();
        assert!(
            said.contains(expected) && said.contains("help: "),
            "{name}: {said}"
        );
        assert!(
            begun.elapsed() < Duration::from_secs(2),
            "{name} took {:?}",
            begun.elapsed()
        );
    }
}

#[test]
fn a_script_in_a_text_never_comes_through() {
    let more = "<help><![CDATA[<a href=\"javascript:alert(1)\" onclick=\"x()\">Hilfe</a><script>alert(2)</script> <b>fett</b>]]></help>";
    let imported = imported(&survey(&row(1, "S", "Q1", more), ""));
    assert!(
        imported.yaml.contains("help: { en: \"Hilfe **fett**\" }"),
        "{}",
        imported.yaml
    );
    assert!(
        imported
            .report
            .partly
            .iter()
            .any(|l| l.what.contains("script")),
        "{:?}",
        imported.report
    );
}

/// A random number from the last (xorshift64).
fn next(state: &mut u64) -> usize {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    usize::try_from(*state >> 16).unwrap_or(0)
}

/// A file with a few changes: bytes overwritten, pieces cut, doubled or moved, signs of XML strewn in.
fn mutated(bytes: &[u8], state: &mut u64) -> Vec<u8> {
    const STREWN: [&[u8]; 14] = [
        b"<",
        b">",
        b"]]>",
        b"<![CDATA[",
        b"&",
        b"&#0;",
        b"{",
        b"}",
        b"(",
        b"\"",
        b"</row>",
        b"<row>",
        b"\xff",
        b"0",
    ];
    let mut out = bytes.to_vec();
    // Most changes leave the XML whole: other words in a field.
    const WORDS: [&str; 18] = [
        "",
        "0",
        "1",
        "Y",
        "-5",
        "99999999999",
        "M",
        "F",
        "*",
        "R",
        "{Q1.shown}",
        "Q1 > 5 and (",
        "count(self) > sum(that.Q1)",
        "((((1))))",
        "<b>x</b>",
        "array_filter",
        "é",
        "a;b;c",
    ];
    if !next(state).is_multiple_of(4) {
        for _ in 0..1 + next(state) % 20 {
            let from = next(state) % out.len();
            let find = |text: &[u8], sign: &[u8]| text.windows(sign.len()).position(|w| w == sign);
            let Some(begin) = find(&out[from..], b"<![CDATA[").map(|at| from + at + 9) else {
                continue;
            };
            if let Some(length) = find(&out[begin..], b"]]>") {
                let word = WORDS[next(state) % WORDS.len()].bytes();
                drop(out.splice(begin..begin + length, word));
            }
        }
        return out;
    }
    for _ in 0..1 + next(state) % 6 {
        if out.len() < 2 {
            break;
        }
        let at = next(state) % out.len();
        let length = (next(state) % 400).min(out.len() - at);
        match next(state) % 6 {
            0 => out[at] = (next(state) % 256) as u8,
            1 => drop(out.drain(at..at + length)),
            2 => {
                let piece = out[at..at + length].to_vec();
                let to = next(state) % out.len();
                out.splice(to..to, piece);
            }
            3 => drop(out.splice(at..at, STREWN[next(state) % STREWN.len()].iter().copied())),
            4 if next(state).is_multiple_of(20) => out.truncate(at),
            _ => out[at] = b"0123456789XYabc()<>='"[next(state) % 21],
        }
    }
    out
}

/// `MUTATED` says how many, 10,000 in `cargo xtask mutate`; `MUTATED_FROM` passes over those before a number. Time is
/// that of the processor: what else the machine does is no matter of ours.
#[test]
fn mutated_surveys_neither_crash_nor_hang() {
    let count: usize = std::env::var("MUTATED")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(200);
    let mut sources: Vec<(String, Vec<u8>)> = real();
    if count < 1_000 {
        // The small ones suffice here.
        sources.retain(|(_, bytes)| bytes.len() < 60_000);
    }
    let more = "<relevance>count(Q1) > 0 and Q1 != \"\"</relevance>";
    sources.push((
        "own".to_owned(),
        survey(&(row(1, "N", "Q1", "") + &row(2, "S", "Q2", more)), "").into_bytes(),
    ));
    let from = std::env::var("MUTATED_FROM").ok();
    let from: usize = from.and_then(|n| n.parse().ok()).unwrap_or(0);
    let mut state = 0x2545_f491_4f6c_dd1d;
    let (mut taken, mut longest) = (0, (Duration::ZERO, String::new()));
    for number in 0..count {
        let (name, bytes) = &sources[number % sources.len()];
        let changed = mutated(bytes, &mut state);
        if number < from {
            continue;
        }
        let begun = processor();
        if let Ok(imported) = limesurvey::import(&changed, name) {
            taken += 1;
            assert!(
                Questionnaire::read(&imported.yaml, name).is_ok(),
                "{name}, change {number}"
            );
        }
        let took = processor() - begun;
        if took > longest.0 {
            longest = (took, format!("{name}, change {number}"));
        }
    }
    println!(
        "mutated surveys (.lss): {count} files, {taken} taken, slowest {longest:?}, memory at most {} MB",
        peak()
    );
    assert!(longest.0 < Duration::from_secs(2), "{longest:?}");
    assert!(peak() < 500, "{} MB", peak());
}

/// Time on the processor of all threads so far, in steps of 10 ms; the clock's where the system does not say.
fn processor() -> Duration {
    static BEGUN: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    let begun = *BEGUN;
    let told = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let behind = told.rsplit_once(')').map(|(_, behind)| behind);
    let fields: Vec<i64> = behind
        .unwrap_or_default()
        .split_whitespace()
        .filter_map(|field| field.parse().ok())
        .collect();
    // Behind the state, which is no number: user and system time are the fourteenth and fifteenth of all.
    match fields.get(10..12) {
        Some([user, system]) => Duration::from_millis((user + system).unsigned_abs() * 10),
        _ => begun.elapsed(),
    }
}

/// Most memory that the process ever used, in MB; 0 where the system does not say.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|l| l.split_whitespace().next()?.parse::<u64>().ok())
        .unwrap_or(0)
        / 1024
}
