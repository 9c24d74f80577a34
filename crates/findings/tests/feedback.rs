//! Feedback sheets from a made-up wave. Truth: the released cells themselves, and the rules read by hand.

#![allow(clippy::unwrap_used)] // helpers of tests may

mod made_up;

use std::collections::BTreeSet;

use findings::{
    Domain, FeedbackSheet, Mapping, Matching, PublishedPractice, Release, ReleasedCell,
    feedback_sheet,
};
use made_up::{MadeUp, shares, wave};
use questionnaire::{Answer, Text, VariableKey};
use register::{Kind, Municipality, Population, SizeClass};

fn own_wave() -> Text {
    Text {
        de: "Probe".to_owned(),
        en: "Trial".to_owned(),
    }
}

/// Six examples a field, spread over the register.
fn practices(made: &MadeUp) -> Vec<PublishedPractice> {
    let fields = [
        "sprache",
        "bildung",
        "engagement",
        "begegnung",
        "wohnen",
        "arbeit",
    ];
    let spread: Vec<&Municipality> = made
        .register
        .of(Population::Municipalities)
        .step_by(300)
        .chain(made.register.of(Population::Counties).step_by(40))
        .collect();
    (0..36)
        .map(|id| PublishedPractice {
            id,
            title: format!("Beispiel {id}"),
            field: fields[id as usize % 6].to_owned(),
            municipality: spread[id as usize % spread.len()].clone(),
            faded: false,
            codes: BTreeSet::from(["braucht-stelle".to_owned()]),
            requires: "Eine Stelle, die alle kennt.".to_owned(),
        })
        .collect()
}

fn sheet(made: &MadeUp, release: &Release, place: usize) -> FeedbackSheet {
    let answers = &made.responses[place].1;
    let matching = Matching {
        mapping: Mapping::default(),
        codes: practices::Code::defaults(),
        practices: practices(made),
    };
    feedback_sheet(
        &made.questionnaire,
        answers,
        made.unit(place),
        &own_wave(),
        release,
        &matching,
    )
}

fn place_of(made: &MadeUp, class: SizeClass) -> usize {
    let fits = |&place: &usize| made.unit(place).size_class() == class;
    (0..made.responses.len()).find(fits).unwrap()
}

#[test]
fn every_figure_beside_an_answer_is_a_released_one() {
    let made = wave(1, &shares);
    let release = made.release(&[]);
    for class in SizeClass::ALL {
        let place = place_of(&made, class);
        let sheet = sheet(&made, &release, place);
        let domain = match class {
            SizeClass::County => Domain::All(Population::Counties),
            class => Domain::SizeClass(class),
        };
        assert!(sheet.rows.len() > 40, "{}", sheet.rows.len());
        for row in &sheet.rows {
            let finding = release.finding(&row.finding.0).unwrap();
            let whole = Domain::All(Population::Municipalities);
            let of = if row.wider { whole } else { domain };
            let released = finding
                .rows
                .iter()
                .find(|r| r.domain == of && r.key == row.key);
            let released = released.unwrap();
            assert_eq!((&row.peers, row.n), (&released.cells, released.n));
            assert_eq!(row.columns.len(), row.peers.len());
            assert_eq!(row.peers_of, of.label());
        }
        assert_eq!(sheet.figures_date, release.frozen);
        assert!(!sheet.rows.iter().any(|row| row.finding.0 == "rolle"));
    }
}

#[test]
fn the_own_answer_is_marked_where_it_stands() {
    let mut made = wave(1, &shares);
    let place = place_of(&made, SizeClass::MediumTown);
    let answers = &mut made.responses[place].1;
    let mut set = |key: &str, answer: Answer| {
        answers.insert(VariableKey(key.to_owned()), answer);
    };
    set("aufgaben.wohnen", Answer::Choice("gross".to_owned()));
    set("aufgaben.sprache", Answer::DontKnow);
    set("gefluechtete", Answer::Number(412.5));
    set("konzept", Answer::Choice("nein".to_owned()));
    let land = BTreeSet::from(["land".to_owned()]);
    set("bedarf-von", Answer::Choices(land));
    let sheet = sheet(&made, &made.release(&[]), place);
    let row = |finding: &str, key: &str| {
        let fits = |row: &&findings::FeedbackRow| row.finding.0 == finding && row.key == key;
        sheet
            .rows
            .iter()
            .find(fits)
            .unwrap_or_else(|| panic!("{finding} {key}"))
    };
    let housing = row("aufgaben", "wohnen");
    assert_eq!(
        (housing.own.de.as_str(), housing.own_column),
        ("groß", Some(3))
    );
    let language = row("aufgaben", "sprache");
    assert_eq!(
        (language.own.de.as_str(), language.own_column),
        ("weiß nicht", None)
    );
    let refugees = row("gefluechtete", "");
    assert_eq!(
        (refugees.own.de.as_str(), refugees.own_number),
        ("412,5 Personen", Some(412.5))
    );
    assert_eq!(row("bedarf-von", "land").own_column, Some(0));
    assert_eq!(row("bedarf-von", "bund").own.de, "nicht genannt");
    // Topics of a concept are asked only where there is one.
    assert!(
        !sheet
            .rows
            .iter()
            .any(|row| row.finding.0 == "konzept-themen")
    );
}

#[test]
fn where_the_peer_group_is_held_back_all_municipalities_stand_in() {
    // Four large cities answered: too few for figures of their own.
    let made = wave(1, &|class| match class {
        SizeClass::LargeCity => 0.06,
        other => shares(other),
    });
    let release = made.release(&[]);
    let place = place_of(&made, SizeClass::LargeCity);
    let sheet = sheet(&made, &release, place);
    let all = Domain::All(Population::Municipalities).label();
    assert!(
        sheet
            .rows
            .iter()
            .all(|row| row.wider && row.peers_of == all)
    );
    assert_eq!(
        sheet.peer_group.de,
        "Städte und Gemeinden, 100.000 und mehr Einwohner"
    );
    assert!(sheet.rows.iter().any(|row| row.n.is_some()));
}

#[test]
fn three_examples_stand_beside_every_need_that_was_rated_high() {
    let mut made = wave(1, &shares);
    let place = place_of(&made, SizeClass::County);
    let answers = &mut made.responses[place].1;
    for need in Mapping::default().needs {
        answers.remove(&need.variable);
    }
    let mut rate = |key: &str, point: &str| {
        answers.insert(
            VariableKey(key.to_owned()),
            Answer::Choice(point.to_owned()),
        );
    };
    rate("bedarf.wohnungsbau", "hoch");
    rate("aufgaben.wohnen", "sehr-gross");
    rate("aufgaben.arbeit", "mittel");
    rate("bedarf.sprachkurse", "sehr-hoch");
    rate("stelle", "nein");
    let sheet = sheet(&made, &made.release(&[]), place);
    let fields: Vec<&str> = sheet.needs.iter().map(|need| need.field.as_str()).collect();
    assert_eq!(
        fields,
        ["sprache", "wohnen", "wohnen"],
        "very high needs first"
    );
    for need in &sheet.needs {
        assert_eq!(need.examples.len(), 3);
        assert!(
            need.examples
                .iter()
                .all(|e| !e.reason.de.is_empty() && !e.reason.en.is_empty())
        );
    }
    let first = &sheet.needs[0].examples[0];
    assert!(
        first
            .reason
            .de
            .ends_with("Bedarf „Zusätzliche Deutschkurse“ sehr hoch"),
        "{}",
        first.reason.de
    );
    assert_eq!(first.missing.de, "eine Koordinierungsstelle");
    assert_eq!((first.there.de.as_str(), first.also.de.as_str()), ("", ""));
    assert_eq!(first.requires, "Eine Stelle, die alle kennt.");
    let ids = |need: usize| -> BTreeSet<i64> {
        sheet.needs[need]
            .examples
            .iter()
            .map(|e| e.practice)
            .collect()
    };
    assert!(
        ids(1).is_disjoint(&ids(2)),
        "the second need of a field gets other examples"
    );
    let counties = practices(&made)
        .iter()
        .any(|p| p.field == "wohnen" && p.municipality.kind == Kind::County);
    let first = &sheet.needs[1].examples[0].reason.de;
    assert_eq!(first.starts_with("auch ein Landkreis"), counties);
}

#[test]
fn a_sheet_tells_nothing_that_others_answered() {
    // Another municipality's answers change; the release it stands beside does not.
    let made = wave(1, &shares);
    let release = made.release(&[]);
    let place = place_of(&made, SizeClass::SmallTown);
    let before = sheet(&made, &release, place);
    let mut changed = wave(1, &shares);
    for (other, (_, answers)) in changed.responses.iter_mut().enumerate() {
        if other != place {
            answers.clear();
        }
    }
    assert_eq!(sheet(&changed, &release, place), before);
    let shown = |cell: &ReleasedCell| *cell != ReleasedCell::Suppressed;
    assert!(before.rows.iter().any(|row| row.peers.iter().any(shown)));
}
