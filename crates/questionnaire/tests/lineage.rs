//! Truth: the demo's two questionnaires, read by eye; what their lineage says of each question.

use questionnaire::Questionnaire;
use questionnaire::lineage::{Refusal, Step, faults, links, propose, to_yaml};

const WINTER: &str = include_str!("../../../demo/fragebogen.yaml");
const AUTUMN: &str = include_str!("../../../demo/fragebogen-2016-2.yaml");

fn winter() -> Questionnaire {
    Questionnaire::read(WINTER, "fragebogen.yaml").unwrap_or_else(|f| panic!("\n{f}"))
}

/// The later questionnaire with one place changed.
fn autumn(from: &str, to: &str) -> Result<Questionnaire, String> {
    assert!(AUTUMN.contains(from), "{from}");
    let source = AUTUMN.replacen(from, to, 1);
    let (read, _) = Questionnaire::examine_after(&source, "herbst.yaml", Some(&winter()));
    read.map_err(|faults| faults.to_string())
}

#[test]
fn the_demo_shows_every_kind_of_change() {
    let (old, new) = (
        winter(),
        autumn("version: 2", "version: 2").expect("no faults"),
    );
    let links = links(&old, &new).expect("a lineage");
    let find = |variable: &str| {
        let mut found = links.iter();
        let link = found.find(|link| {
            link.new
                .as_ref()
                .is_some_and(|key| key.as_str() == variable)
        });
        link.unwrap_or_else(|| panic!("{variable}"))
    };
    let cases = [
        ("konzept", Step::Same, None),
        ("stelle", Step::Options, None),
        ("aufgaben.wohnen", Step::Same, None),
        ("aufgaben.begegnung", Step::Reworded, None),
        ("aufgaben.familie", Step::New, Some(Refusal::New)),
        (
            "ressourcen.erfahrung",
            Step::Reworded,
            Some(Refusal::Reworded),
        ),
        ("gefluechtete", Step::Reworded, Some(Refusal::Reworded)),
        ("personal", Step::Reworded, None),
        ("lage", Step::Scale, None),
        ("austausch", Step::Scale, Some(Refusal::Scale)),
        ("bedarf-von.bund", Step::Same, None),
        ("bedarf-von.verbaende-stiftungen", Step::Merged, None),
        ("bedarf-von.wirtschaft", Step::New, Some(Refusal::New)),
        ("wohnsitz", Step::New, Some(Refusal::New)),
        ("netzwerk.nachbarkommunen", Step::Same, None),
    ];
    for (variable, step, refused) in cases {
        let link = find(variable);
        assert_eq!((link.step, link.refused), (step, refused), "{variable}");
        assert!(
            link.step == Step::Same || link.note.is_some(),
            "{variable} has a note"
        );
    }
    let dropped: Vec<&str> = links
        .iter()
        .filter(|link| link.step == Step::Dropped)
        .flat_map(|link| link.old.iter().map(|key| key.as_str()))
        .collect();
    assert_eq!(dropped, ["bedarf.daten", "trend"]);
    assert_eq!(
        find("netzwerk.nachbarkommunen").old[0].as_str(),
        "netzwerk.nachbarn"
    );
    let groups: Vec<(Vec<String>, Vec<String>)> = find("lage")
        .groups
        .iter()
        .map(|group| (group.old.clone(), group.new.clone()))
        .collect();
    let said = format!("{groups:?}");
    let wanted = r#"[(["sehr-schlecht", "schlecht"], ["schlecht"]), (["mittel"], ["mittel"]), (["gut", "sehr-gut"], ["gut"])]"#;
    assert_eq!(said, wanted);
}

#[test]
fn faults_stand_at_their_place_and_say_what_would_be_right() {
    let cases = [
        // What is changed, what is said, and the line's text at which it stands.
        (
            "    konzept: { change: same }\n",
            "",
            "the question `konzept` has no entry",
            "questions:",
        ),
        (
            "konzept: { change: same }",
            "konzept: { change: sam }",
            "did you mean `same`?",
            "change: sam ",
        ),
        (
            "        gut: gut\n",
            "",
            "the mapping leaves out the earlier answer `gut`",
            "mapping:",
        ),
        (
            "        gut: gut\n",
            "        gut: guut\n",
            "did you mean `gut`?",
            "gut: guut",
        ),
        (
            "from: nachbarn",
            "from: nachbar",
            "did you mean `nachbarn`?",
            "nachbarkommunen",
        ),
        (
            "      comparable: false\n      note:\n        de: Im Winter galt",
            "      note:\n        de: Im Winter galt",
            "comparable: true",
            "gefluechtete:",
        ),
        (
            "  dropped:\n    trend:",
            "  dropped:\n    trent:",
            "did you mean `trend`?",
            "trent:",
        ),
        (
            "    aufgaben:\n      change: same\n      parts:\n        begegnung:",
            "    aufgaben:\n      change: same\n      parts:\n        begegnungg:",
            "begegnungg",
            "begegnungg:",
        ),
        (
            "          change: merged\n          from: [verbaende, stiftungen]",
            "          change: merged\n          from: [verbaende]",
            "merged of fewer than two",
            "verbaende-stiftungen:",
        ),
        (
            "of: aufnahme-integration",
            "of: anderer",
            "the lineage is of `anderer`",
            "of: anderer",
        ),
    ];
    for (from, to, said, at) in cases {
        let told = autumn(from, to).expect_err(said);
        let fault = told.split("error: ").find(|fault| fault.contains(said));
        let fault = fault.unwrap_or_else(|| panic!("{said}\n{told}"));
        assert!(
            fault.contains(at) && fault.contains("--> herbst.yaml:"),
            "{at}\n{fault}"
        );
    }
}

#[test]
fn what_changed_cannot_be_called_the_same() {
    // A wording, an answer's wording and a scale that changed in silence.
    let cases = [
        (
            "Wie stark ist das freiwillige Engagement",
            "Wie schwach ist das freiwillige Engagement",
            "wording changed",
        ),
        (
            "wohlfahrt: { de: Wohlfahrtsverbände,",
            "wohlfahrt: { de: Kirchen,",
            "wording of `wohlfahrt` changed",
        ),
        (
            "schwach: { de: schwach, en: weak }",
            "schwach: { de: eher schwach, en: weak }",
            "the answers of `engagement-stand` changed",
        ),
    ];
    for (from, to, said) in cases {
        let told = autumn(from, to).expect_err(said);
        assert!(told.contains(said), "{told}");
    }
}

#[test]
fn the_proposal_is_whole_and_passes_its_own_check() {
    let (head, _) = AUTUMN.split_once("\nlineage:\n").expect("the section");
    let new = Questionnaire::read(head, "herbst.yaml").unwrap_or_else(|f| panic!("\n{f}"));
    let old = winter();
    assert!(
        links(&old, &new).is_none(),
        "without a lineage nothing is comparable"
    );
    let proposed = to_yaml(&propose(&old, &new));
    let source = format!("{head}\n{proposed}");
    let (read, _) = Questionnaire::examine_after(&source, "vorschlag.yaml", Some(&old));
    let read = read.unwrap_or_else(|f| panic!("\n{f}\n{proposed}"));
    assert_eq!(faults(&read, Some(&old)), []);
    let lineage = read.lineage.expect("read back");
    assert_eq!(to_yaml(&lineage), proposed);
    let step = |key: &str| lineage.question(key).map(|entry| entry.step);
    assert_eq!(step("konzept"), Some(Step::Same));
    assert_eq!(step("personal"), Some(Step::Reworded));
    assert_eq!(step("lage"), Some(Step::Scale));
    assert_eq!(step("wohnsitz"), Some(Step::New));
    let merged = lineage
        .question("bedarf-von")
        .and_then(|q| q.part("verbaende-stiftungen"));
    assert_eq!(merged.map(|part| part.step), Some(Step::Merged));
    let renamed = lineage
        .question("netzwerk")
        .and_then(|q| q.part("nachbarkommunen"));
    assert_eq!(
        renamed.map(|part| part.from.clone()),
        Some(vec!["nachbarn".to_owned()])
    );
    let gone: Vec<&str> = lineage
        .dropped
        .iter()
        .map(|(key, _)| key.as_str())
        .collect();
    assert_eq!(gone, ["trend"]);
}

#[test]
fn the_same_questionnaire_again_needs_no_lineage() {
    let old = winter();
    let links = links(&old, &old).expect("the same version");
    assert!(
        links
            .iter()
            .all(|link| link.refused.is_none_or(|r| r == Refusal::Open))
    );
    assert!(links.len() > 60);
}

/// Two questionnaires with these questions, and the lineage of the second.
fn pair(then: &str, now: &str, lineage: Option<&str>) -> (Questionnaire, Questionnaire) {
    let head = |version: u32| {
        format!(
            "format: 1\nkey: f\nversion: {version}\ntitle: {{ de: F, en: F }}\nscales:\n  stark:\n    gering: {{ de: gering, en: low }}\n    mittel: {{ de: mittel, en: medium }}\n    hoch: {{ de: hoch, en: high }}\n  nah:\n    fern: {{ de: fern, en: far }}\n    nah: {{ de: nah, en: near }}\npages:\n  - key: p\n    title: {{ de: P, en: P }}\n    questions:\n"
        )
    };
    let old = Questionnaire::read(&(head(1) + then), "alt").unwrap_or_else(|f| panic!("\n{f}"));
    let source = head(2) + now + lineage.unwrap_or_default();
    let (new, _) = Questionnaire::examine_after(&source, "neu", lineage.map(|_| &old));
    (old, new.unwrap_or_else(|f| panic!("\n{f}")))
}

const ITEMS_THEN: &str = "      - key: lage
        type: battery
        scale: stark
        text: { de: Wie hoch ist der Bedarf?, en: How high is the need? }
        items:
          wohnen: { de: Wohnraum für Familien, en: Housing for families }
          sprache: { de: Deutschkurse, en: German courses }
          kita: { de: Plätze in Kitas, en: Places in day-care }
          bus: { de: Busverbindungen, en: Bus lines }
";

const ITEMS_NOW: &str = "      - key: lage
        type: battery
        scale: stark
        text: { de: Wie hoch ist der Bedarf?, en: How high is the need? }
        items:
          wohnen: { de: Wohnraum für große Familien, en: Housing for large families }
          kurse: { de: Deutschkurse, en: German courses }
          kita: { de: Plätze in Kitas, en: Places in day-care }
          arzt: { de: Ärztliche Versorgung, en: Doctors }
";

#[test]
fn each_item_of_a_battery_is_proposed_by_itself() {
    let (old, new) = pair(ITEMS_THEN, ITEMS_NOW, None);
    let lineage = propose(&old, &new);
    let entry = lineage.question("lage").expect("an entry");
    assert_eq!(entry.step, Step::Same, "the question itself is as before");
    let said: Vec<(&str, Step, Vec<String>, Option<bool>)> = entry
        .parts
        .iter()
        .map(|p| (p.key.as_str(), p.step, p.from.clone(), p.comparable))
        .collect();
    let wanted = [
        ("wohnen", Step::Reworded, vec![], Some(true)),
        ("kurse", Step::Same, vec!["sprache".to_owned()], None),
        ("arzt", Step::New, vec![], None),
    ];
    assert_eq!(said, wanted, "an item that is not named is as before: kita");
    let gone: Vec<&str> = entry.dropped.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(gone, ["bus"]);
}

#[test]
fn an_item_under_another_key_is_compared_and_what_is_not_linked_is_refused() {
    let lineage = "lineage:
  of: f
  version: 1
  questions:
    lage:
      change: same
      parts:
        wohnen: { change: reworded, comparable: false, note: { de: Nur noch große., en: Large ones only. } }
        kurse: { change: same, from: sprache }
        arzt: { change: new, note: { de: Neu., en: New. } }
      dropped: { bus: { de: Entfällt., en: Dropped. } }
";
    let (old, new) = pair(ITEMS_THEN, ITEMS_NOW, Some(lineage));
    let all = links(&old, &new).expect("a lineage");
    let said: Vec<(Option<&str>, Vec<&str>, Option<Refusal>)> = all
        .iter()
        .map(|l| {
            let old = l.old.iter().map(|key| key.as_str()).collect();
            (l.new.as_ref().map(|key| key.as_str()), old, l.refused)
        })
        .collect();
    let wanted = [
        (
            Some("lage.wohnen"),
            vec!["lage.wohnen"],
            Some(Refusal::Reworded),
        ),
        (Some("lage.kurse"), vec!["lage.sprache"], None),
        (Some("lage.kita"), vec!["lage.kita"], None),
        (Some("lage.arzt"), vec![], Some(Refusal::New)),
        (None, vec!["lage.bus"], Some(Refusal::Dropped)),
    ];
    assert_eq!(said, wanted);
    assert_eq!(all[1].groups.len(), 3, "answer by answer");
}

#[test]
fn numbers_columns_and_boxes_are_linked_item_by_item_too() {
    let then = "      - key: zahl
        type: numbers
        text: { de: Wie viele?, en: How many? }
        items:
          a: { de: Stellen, en: Positions, unit: { de: Stellen, en: positions } }
          b: { de: Mittel, en: Funds, unit: { de: Euro, en: euros } }
      - key: gitter
        type: grid
        text: { de: Beides?, en: Both? }
        items:
          x: { de: Kreis, en: County }
        columns:
          wie: { de: Wie eng, en: How close, scale: stark }
          wo: { de: Wo, en: Where, scale: nah }
      - key: haken
        type: ticks
        text: { de: Was?, en: What? }
        items:
          x: { de: Kreis, en: County }
        columns:
          rat: { de: Rat, en: Advice }
          geld: { de: Geld, en: Money }
      - key: rang
        type: ranking
        text: { de: Was zuerst?, en: What first? }
        options:
          a: { de: A, en: A }
          b: { de: B, en: B }
";
    let now = then
        .replace(
            "de: Euro, en: euros",
            "de: Tausend Euro, en: thousand euros",
        )
        .replace(
            "x: { de: Kreis, en: County }",
            "lk: { de: Kreis, en: County }",
        )
        .replace(
            "geld: { de: Geld, en: Money }",
            "zeit: { de: Zeit, en: Time }",
        );
    let (old, mut new) = pair(then, &now, None);
    let lineage = propose(&old, &new);
    let step = |key: &str| lineage.question(key).map(|entry| entry.step);
    assert_eq!(step("zahl"), Some(Step::Same));
    assert_eq!(step("gitter"), Some(Step::Same));
    assert_eq!(step("haken"), Some(Step::Options));
    new.lineage = Some(lineage);
    let found = faults(&new, Some(&old));
    assert!(found.is_empty(), "a proposal has no faults: {found:?}");
    let all = links(&old, &new).expect("a lineage");
    let of = |variable: &str| {
        let link = all
            .iter()
            .find(|l| l.new.as_ref().is_some_and(|k| k.as_str() == variable));
        let link = link.unwrap_or_else(|| panic!("{variable}"));
        (link.old.first().map(|key| key.as_str()), link.refused)
    };
    assert_eq!(of("zahl.a"), (Some("zahl.a"), None));
    assert_eq!(of("zahl.b").1, Some(Refusal::New), "another unit");
    assert_eq!(of("gitter.lk.wie"), (Some("gitter.x.wie"), None));
    assert_eq!(
        of("gitter.lk.wo").1,
        Some(Refusal::Kind),
        "another scale than the first"
    );
    assert_eq!(of("haken.lk.rat"), (Some("haken.x.rat"), None));
    assert_eq!(of("haken.lk.zeit"), (None, Some(Refusal::New)));
    assert_eq!(of("rang").1, Some(Refusal::Kind));
}
