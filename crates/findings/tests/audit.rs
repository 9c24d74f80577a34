//! The audit on a whole made-up wave, with planted leaks. Truth: what was planted; and for the sheets, the release itself.

#![allow(clippy::unwrap_used)] // helpers of tests may

mod made_up;

use std::sync::LazyLock;

use dataset::Dataset;
use findings::{
    AuditError, AuditReport, Audited, Before, Breach, BreachKind, Mapping, Matching, Release,
    ReleasedCell, WaveData, audit, evaluate, feedback_sheet, protect, still_audited,
};
use jiff::civil::date;
use made_up::{MadeUp, shares, wave};

/// Questions of every kind, few enough to be quick: single, battery, multiple, number, and one that another one asks for.
const QUESTIONS: [&str; 6] = [
    "stelle",
    "lage",
    "personal",
    "konzept",
    "konzept-themen",
    "austausch",
];

/// The wave of most tests, with what has passed the audit: worked out once.
static WAVE: LazyLock<(Closed, Audited)> = LazyLock::new(|| {
    let closed = closed(wave(1, &shares));
    let audited = closed.protected();
    (closed, audited)
});

struct Closed {
    made: MadeUp,
    dataset: Dataset,
    release: Release,
}

fn closed(made: MadeUp) -> Closed {
    let mut dataset = made.dataset();
    dataset
        .columns
        .retain(|c| QUESTIONS.contains(&c.variable.question.as_str()));
    let facts = made_up::facts(&["konzept"]);
    let Ok(release) = evaluate(
        &dataset,
        &made.questionnaire,
        &made.register,
        &facts,
        &made.dispositions,
    ) else {
        panic!("the made-up wave can be evaluated")
    };
    Closed {
        made,
        dataset,
        release,
    }
}

impl Closed {
    fn data(&self) -> WaveData<'_> {
        WaveData {
            dataset: &self.dataset,
            questionnaire: &self.made.questionnaire,
            register: &self.made.register,
            paradata: &[],
        }
    }

    fn protected(&self) -> Audited {
        protect(self.release.clone(), &[self.data()], &[], date(2016, 3, 7)).unwrap()
    }

    fn judge(&self, release: Release, before: &[Before<'_>]) -> Result<Audited, AuditError> {
        audit(release, &[self.data()], before, date(2016, 9, 1))
    }
}

fn breaches(result: Result<Audited, AuditError>) -> Vec<Breach> {
    match result {
        Err(AuditError::Breaches(breaches)) => breaches,
        other => panic!("a leak passed: {:?}", other.map(|a| a.report().clone())),
    }
}

fn printed(release: &Release) -> usize {
    let rows = release.findings.iter().flat_map(|f| &f.rows);
    let cells = rows.flat_map(|r| r.cells.iter().chain(&r.top_two));
    cells
        .filter(|c| matches!(c, ReleasedCell::Percent { .. } | ReleasedCell::Mean { .. }))
        .count()
}

#[test]
fn what_the_rules_alone_let_pass_is_found_named_and_held_back() {
    let (closed, audited) = &*WAVE;
    let found = breaches(closed.judge(closed.release.clone(), &[]));
    for breach in &found {
        let words = breach.words();
        assert!(
            !breach.table.de.is_empty() && !breach.whom.de.is_empty(),
            "{breach:?}"
        );
        assert!(words.de.contains("Halten Sie"), "{}", words.de);
        assert!(
            closed
                .dataset
                .units
                .iter()
                .all(|unit| !words.de.contains(unit.as_str()))
        );
    }
    let AuditReport {
        held,
        answers,
        worlds,
        programmes,
        ..
    } = audited.report().clone();
    let (before, after) = (printed(&closed.release), printed(audited.release()));
    println!(
        "{} breaches; {held} numbers held back, {before} -> {after} printed; {answers} answers, {worlds} worlds, \
         {programmes} programmes",
        found.len()
    );
    assert!(held > 0 && after < before && after * 10 > before * 7);
    // What was held back is enough for whoever looks again, and longer.
    let again = closed.judge(audited.release().clone(), &[]).unwrap();
    assert_eq!(again.release().findings, audited.release().findings);
    assert!(
        again
            .release()
            .method
            .audit
            .iter()
            .any(|text| text.de.contains("zweier Kommunen"))
    );
}

#[test]
fn a_cell_that_was_held_back_and_comes_back_is_found() {
    let (closed, audited) = &*WAVE;
    let mut leaks = 0;
    let changed =
        |(place, of): &(usize, &findings::Finding)| **of != closed.release.findings[*place];
    for (finding, _) in audited
        .release()
        .findings
        .iter()
        .enumerate()
        .filter(changed)
        .take(2)
    {
        // The table as the rules alone would print it: its margins give away what the audit held back.
        let mut release = audited.release().clone();
        release.findings[finding] = closed.release.findings[finding].clone();
        release.method.weights = None;
        leaks += breaches(closed.judge(release, &[])).len();
    }
    assert!(leaks > 0);
}

#[test]
fn an_edition_after_a_late_answer_is_refused() {
    let (after, audited) = &*WAVE;
    let mut made = wave(1, &shares);
    let (late, _) = made.responses.pop().unwrap();
    for (key, disposition) in &mut made.dispositions {
        if key.as_str() == late {
            *disposition = fieldwork::Disposition::Unopened;
        }
    }
    let before = closed(made);
    let first = before.protected();
    let second = audited.release().clone();
    let before = [Before {
        name: "Ausgabe 2016-1",
        release: first.release(),
    }];
    let found = breaches(after.judge(second, &before));
    assert!(found.iter().any(|b| matches!(
        &b.kind,
        BreachKind::OtherAnswers { release, .. } if release == "Ausgabe 2016-1"
    )));
    assert!(found[0].words().de.contains("Ausgabe 2016-1"));
}

#[test]
fn what_is_out_cannot_be_taken_back() {
    let (closed, audited) = &*WAVE;
    // Somebody published the wave before there was an audit: holding back now does not help.
    let before = [Before {
        name: "Ausgabe alt",
        release: &closed.release,
    }];
    assert!(!breaches(closed.judge(audited.release().clone(), &before)).is_empty());
}

#[test]
fn an_audit_stands_only_for_what_it_has_seen() {
    let (release, report) = WAVE.1.clone().into_parts();
    let same = [Before {
        name: "Vergleichsblätter",
        release: &release,
    }];
    assert!(still_audited(release.clone(), report.clone(), &same).is_some());
    let mut changed = release.clone();
    changed.findings[0].rows[0].n = Some(200);
    assert!(still_audited(changed.clone(), report.clone(), &same).is_none());
    let other = [Before {
        name: "Ausgabe",
        release: &changed,
    }];
    assert!(still_audited(release.clone(), report, &other).is_none());
}

#[test]
fn sheets_and_coalitions_of_two_sheets_say_nothing_but_released_rows() {
    let (closed, audited) = &*WAVE;
    let release = audited.release();
    let matching = Matching {
        mapping: Mapping::default(),
        codes: Vec::new(),
        practices: Vec::new(),
    };
    let mut rows = 0;
    for (place, (_, answers)) in closed.made.responses.iter().enumerate() {
        let unit = closed.made.unit(place);
        let title = &release.title;
        let sheet = feedback_sheet(
            &closed.made.questionnaire,
            answers,
            unit,
            title,
            release,
            &matching,
        );
        for row in &sheet.rows {
            let finding = release.finding(&row.finding.0).unwrap();
            let same = |r: &&findings::ReleasedRow| {
                r.key == row.key
                    && r.cells == row.peers
                    && r.n == row.n
                    && r.domain.label() == row.peers_of
            };
            assert!(finding.rows.iter().any(|r| same(&r)), "{row:?}");
            rows += 1;
        }
    }
    // Two sheets together are two lists of released rows and the answers of two: what the audit gave its attacker.
    println!("{rows} rows on {} sheets", closed.made.responses.len());
    assert!(rows > 1_000);
}
