//! The script of answering pages decides as the engine does: both get the same forms, thousands of them.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use questionnaire::{Answers, Lang, Page, Question, QuestionKind, Questionnaire, Value, mark};
use serde_json::{Value as Json, json};

/// Forms for each page.
const FORMS: usize = 3_000;
/// What is typed into any field: numbers in all spellings, days, addresses, and what is none of it.
const TYPED: [&str; 58] = [
    "",
    "",
    "",
    " ",
    "1",
    "2",
    "3",
    "0",
    "-0",
    "4,5",
    "4.5",
    "0,1",
    "0,2",
    "0.30",
    "1.234,5",
    "1,234.5",
    "1.234",
    "1,234",
    "12 %",
    "12,5%",
    "1 250",
    "1\u{202f}250",
    "1'250",
    "12 34",
    "-3",
    "−3,5",
    "1.25.000",
    "1.250.000",
    "1,2,3",
    "99",
    "100",
    "2000,04",
    "1e3",
    "٣",
    "3 Stellen",
    "7 positions",
    "0,05",
    "2,25",
    "31.12.2015",
    "2010-01-01",
    "29.02.2000",
    "29.2.1900",
    "30/6/2012",
    "1.1.99",
    "31.02.2015",
    "a@b.example",
    "a b@c.example",
    "a@b",
    "@b.c",
    "nein",
    "zebra",
    "abc",
    "z\u{e9}\u{df}",
    "\u{1f600}x",
    "  ein Wort  ",
    "zwei\r\nZeilen",
    "ein sehr langes Wort",
    "x",
];

/// Numbers that look random and are always the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % most as u64) as usize
    }

    fn one<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        &of[self.below(of.len())]
    }
}

type Form = Vec<(String, String)>;

/// What a browser may send for a question, sense or nonsense.
fn fill(question: &Question, dice: &mut Dice, form: &mut Form) {
    for part in question.parts() {
        let key = part.key.to_string();
        let codes: Vec<&str> = part.value.codes().into_iter().map(|(key, _)| key).collect();
        match &part.value {
            Value::Choice { .. } => match dice.below(codes.len() + 2) {
                0 => {}
                1 if question.dont_know => form.push((key.clone(), "_dont-know".to_owned())),
                1 if dice.below(20) == 0 => form.push((key.clone(), "unbekannt".to_owned())),
                _ => form.push((key.clone(), (*dice.one(&codes)).to_owned())),
            },
            Value::Choices { .. } => {
                for code in &codes {
                    if dice.below(3) == 0 {
                        form.push((key.clone(), (*code).to_owned()));
                    }
                }
                if dice.below(12) == 0 {
                    form.push((key.clone(), "_refused".to_owned()));
                }
            }
            Value::Ranking { .. } => {
                let ranks = ["", "1", "2", "3", "1", "2", "4", "2."];
                for (at, code) in codes.iter().enumerate() {
                    let straight = (at + 1).to_string();
                    let rank = if dice.below(2) == 0 {
                        &straight
                    } else {
                        *dice.one(&ranks)
                    };
                    form.push((format!("{key}.{code}"), rank.to_owned()));
                }
            }
            Value::Files { .. } | Value::Municipality | Value::Nominations { .. } => {}
            _ => form.push((key.clone(), (*dice.one(&TYPED)).to_owned())),
        }
        if part.value.typed() && dice.below(10) == 0 {
            let special = *dice.one(&["_dont-know", "_refused"]);
            form.push((format!("{key}.special"), special.to_owned()));
        }
    }
}

/// What is asked of the page when the server has taken the form.
fn engine(page: &Page, form: &Form, standing: &Answers) -> (BTreeMap<String, bool>, Answers) {
    let after = page.parse(form, standing).applied_to(standing);
    let mut shown = BTreeMap::new();
    for question in &page.questions {
        shown.insert(format!("q:{}", question.key), question.is_visible(&after));
        for item in question.items().into_iter().flatten() {
            let holds = item.show_if.as_ref().is_none_or(|c| c.holds(&after));
            shown.insert(format!("i:{}.{}", question.key, item.key), holds);
        }
        if let QuestionKind::Single { options, .. } | QuestionKind::Multiple { options, .. } =
            &question.kind
        {
            for option in options {
                let holds = option.show_if.as_ref().is_none_or(|c| c.holds(&after));
                shown.insert(format!("o:{}.{}", question.key, option.key), holds);
            }
        }
    }
    (shown, after)
}

#[test]
fn the_script_decides_as_the_engine() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut dice = Dice(4);
    let mut cases: Vec<Json> = Vec::new();
    let mut expected = Vec::new();
    for file in ["tests/hard.yaml", "../../demo/fragentypen.yaml"] {
        let path = root.join(file);
        let text = std::fs::read_to_string(&path).expect("the file is there");
        let questionnaire = Questionnaire::read(&text, file).expect("no faults");
        for (at, page) in questionnaire.pages.iter().enumerate() {
            for _ in 0..FORMS {
                let mut standing = Answers::new();
                for before in &questionnaire.pages[..at] {
                    let mut form = Form::new();
                    before
                        .questions
                        .iter()
                        .for_each(|q| fill(q, &mut dice, &mut form));
                    standing = before.parse(&form, &standing).applied_to(&standing);
                }
                // What stands of this page: sometimes nothing, sometimes an earlier form.
                if dice.below(2) == 0 {
                    let mut form = Form::new();
                    page.questions
                        .iter()
                        .for_each(|q| fill(q, &mut dice, &mut form));
                    standing = page.parse(&form, &standing).applied_to(&standing);
                }
                let lang = *dice.one(&[Lang::De, Lang::En]);
                let live = questionnaire.live(page, &standing, &standing, lang);
                if live.is_empty() {
                    continue;
                }
                // The page as it was drawn: what is visible, and now and then what the script has added.
                let (mut form, mut stand) = (Form::new(), Vec::new());
                for question in &page.questions {
                    if question.is_visible(&standing) || dice.below(3) == 0 {
                        fill(question, &mut dice, &mut form);
                        stand.extend(question.variables());
                    }
                }
                let sent: Vec<String> = stand.iter().map(|v| format!("{v}:0:")).collect();
                let mut fields = form.clone();
                for variable in &stand {
                    fields.push(("_asked".to_owned(), variable.question().to_owned()));
                    let stood = mark(standing.get(variable));
                    fields.push((format!("_shown.{variable}"), stood));
                }
                let (shown, after) = engine(page, &fields, &standing);
                let computed = page.questions.iter().filter_map(|q| {
                    let value = questionnaire.computed(&q.key, &after);
                    live.computed
                        .contains_key(&q.key)
                        .then(|| (q.key.clone(), value))
                });
                let computed: BTreeMap<String, Option<f64>> = computed.collect();
                let keys = live.words.iter().flat_map(|words| words.keys());
                let words: BTreeMap<String, String> = keys
                    .map(|key| {
                        let said = questionnaire.insert(&format!("{{{key}}}"), &after, lang);
                        (key.to_owned(), said)
                    })
                    .collect();
                form.push(("_stand".to_owned(), sent.join(" ")));
                let shown: BTreeMap<String, bool> = shown
                    .into_iter()
                    .filter(|(what, _)| live.shown.contains_key(what))
                    .collect();
                cases.push(json!({"live": live, "fields": form}));
                expected.push((shown, computed, words));
            }
        }
    }
    let script = root
        .join("../web/style/bogen.js")
        .canonicalize()
        .expect("the script");
    let program = format!(
        "const {{decide}} = require({script:?}); let all = ''; process.stdin.on('data', (d) => all += d);\
         process.stdin.on('end', () => console.log(JSON.stringify(JSON.parse(all).map((c) => decide(c.live, c.fields)))));"
    );
    let mut node = Command::new("node")
        .args(["-e", &program])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node is missing; `cargo xtask test` installs it");
    let mut input = node.stdin.take().expect("an input");
    let sent = serde_json::to_vec(&cases).expect("JSON");
    let writing = std::thread::spawn(move || input.write_all(&sent));
    let output = node.wait_with_output().expect("an output");
    writing.join().expect("no panic").expect("all is written");
    let decided: Vec<Json> = serde_json::from_slice(&output.stdout).expect("what the script says");
    assert_eq!(decided.len(), expected.len());
    let (mut faults, mut both) = (Vec::new(), BTreeMap::<String, [usize; 2]>::new());
    let (mut inserted, mut named) = (BTreeMap::<String, usize>::new(), 0);
    for ((case, said), (shown, computed, words)) in cases.iter().zip(&decided).zip(&expected) {
        for (what, on) in shown {
            both.entry(what.clone()).or_default()[usize::from(*on)] += 1;
            if said["shown"][what] != json!(on) {
                faults.push(format!(
                    "{what}: engine {on}, script {}\n{case}",
                    said["shown"][what]
                ));
            }
        }
        for (key, words) in words {
            *inserted.entry(key.clone()).or_default() += usize::from(words != "…");
            named += usize::from(words.contains("weiß nicht") || words.contains("don't know"));
            if said["words"][key].as_str() != Some(words) {
                faults.push(format!(
                    "{{{key}}}: engine {words:?}, script {}\n{case}",
                    said["words"][key]
                ));
            }
        }
        for (what, number) in computed {
            // serde_json may read the last bit of a number otherwise than it was written.
            let same = match (said["computed"][what].as_f64(), *number) {
                (Some(a), Some(b)) => (a - b).abs() <= b.abs() * 4e-16,
                (a, b) => a == b,
            };
            if !same {
                faults.push(format!(
                    "{what}: engine {number:?}, script {}\n{case}",
                    said["computed"][what]
                ));
            }
        }
    }
    println!(
        "{} forms, shown and hidden: {both:?}, inserted: {inserted:?}",
        cases.len()
    );
    assert!(inserted.len() >= 16 && named > 0, "{inserted:?}");
    assert!(
        !inserted.values().any(|n| *n == 0),
        "never said: {inserted:?}"
    );
    assert!(
        faults.is_empty(),
        "{} differ, first: {}",
        faults.len(),
        faults[..faults.len().min(3)].join("\n")
    );
    let one_sided: Vec<&String> = both
        .iter()
        .filter(|(_, n)| n.contains(&0))
        .map(|(w, _)| w)
        .collect();
    assert!(one_sided.is_empty(), "never tried both ways: {one_sided:?}");
}
