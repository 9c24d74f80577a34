//! Kept findings in the audit, with planted leaks. Truth: what was planted.

#![allow(clippy::unwrap_used)] // helpers of tests may

mod made_up;

use std::sync::LazyLock;

use dataset::Dataset;
use findings::workspace::{Breakdown, Counted, KeptFinding, Query, Workspace};
use findings::{
    AuditError, AuditReport, Audited, Before, Breach, BreachKind, FindingKey, Release,
    ReleasedCell, WaveData, audit, audit_edition, evaluate, protect, still_audited,
};
use jiff::civil::date;
use made_up::{MadeUp, shares, wave};
use register::{Land, Population};

const QUESTIONS: [&str; 3] = ["stelle", "lage", "konzept"];

/// A closed wave with what has passed the audit: worked out once.
static WAVE: LazyLock<Closed> = LazyLock::new(closed);

struct Closed {
    made: MadeUp,
    dataset: Dataset,
    release: Release,
    report: AuditReport,
    workspace: Workspace,
}

fn closed() -> Closed {
    let made = wave(1, &shares);
    let mut dataset = made.dataset();
    dataset
        .columns
        .retain(|c| QUESTIONS.contains(&c.variable.question.as_str()));
    let facts = made_up::facts(&[]);
    let register = &made.register;
    let release = evaluate(
        &dataset,
        &made.questionnaire,
        register,
        &facts,
        &made.dispositions,
    );
    let waves = [WaveData {
        dataset: &dataset,
        questionnaire: &made.questionnaire,
        register,
        paradata: &[],
    }];
    let passed = protect(release.unwrap(), &waves, &[], date(2016, 3, 7)).unwrap();
    let (release, report) = passed.into_parts();
    let workspace = Workspace::new(
        dataset.clone(),
        &made.questionnaire,
        register,
        release.clone(),
    );
    Closed {
        dataset,
        report,
        workspace: workspace.unwrap(),
        made,
        release,
    }
}

impl Closed {
    fn waves(&self) -> [WaveData<'_>; 1] {
        [WaveData {
            dataset: &self.dataset,
            questionnaire: &self.made.questionnaire,
            register: &self.made.register,
            paradata: &[],
        }]
    }

    fn with(&self, kept: Vec<KeptFinding>) -> Release {
        Release {
            kept,
            ..self.release.clone()
        }
    }

    /// As publishing does it: the wave's sheets are out, and what editions said.
    fn edition(&self, kept: Vec<KeptFinding>, editions: &[&Release]) -> Audited {
        let before = self.before(editions);
        let passed = Some(&self.report);
        let day = date(2016, 9, 1);
        audit_edition(self.with(kept), passed, &self.waves(), &before, day).unwrap()
    }

    /// Nothing is held back: what gives somebody away is told.
    fn judge(&self, kept: Vec<KeptFinding>, editions: &[&Release]) -> Vec<Breach> {
        let before = self.before(editions);
        match audit(self.with(kept), &self.waves(), &before, date(2016, 9, 1)) {
            Err(AuditError::Breaches(breaches)) => breaches,
            Err(error) => panic!("{error}"),
            Ok(_) => Vec::new(),
        }
    }

    fn before<'a>(&'a self, editions: &[&'a Release]) -> Vec<Before<'a>> {
        let before = |(name, release)| Before { name, release };
        let editions = editions.iter().map(|release| ("Ausgabe 2016-1", *release));
        let sheets = std::iter::once(("Vergleichsblätter", &self.release));
        sheets.chain(editions).map(before).collect()
    }

    /// Under the rules for rows, as a researcher keeps it.
    fn kept(&self, key: &str, query: &Query) -> KeptFinding {
        self.workspace
            .kept(key, query, "Ein Befund", "Ein Satz.")
            .unwrap()
    }

    /// With all its numbers that have three respondents on each side: past every other rule.
    fn planted(&self, key: &str, query: &Query) -> KeptFinding {
        let analysis = self.workspace.ask(query).unwrap();
        let mut table = analysis.internal(key);
        for (row, of) in table.finding.rows.iter_mut().zip(&analysis.rows) {
            let figures = of.figures.iter().chain(&of.top_two);
            for (cell, figure) in row.cells.iter_mut().chain(&mut row.top_two).zip(figures) {
                let count = figure.count.unwrap();
                if count < 3 || of.n - count < 3 {
                    *cell = ReleasedCell::Suppressed;
                }
            }
        }
        KeptFinding {
            key: FindingKey(key.to_owned()),
            title: "Ein Leck".to_owned(),
            wording: String::new(),
            query: query.clone(),
            table,
        }
    }

    /// Respondents by Land, the fewest first.
    fn laender(&self) -> Vec<(usize, Land)> {
        let keys = self.dataset.units.iter();
        let units = keys.map(|key| register::Key::new(key.as_str()).unwrap());
        let units: Vec<_> = units
            .map(|key| self.made.register.get(&key).unwrap())
            .filter(|unit| unit.population() == Some(Population::Municipalities))
            .collect();
        let count = |land: &Land| units.iter().filter(|unit| unit.land == *land).count();
        let mut all: Vec<_> = Land::ALL.iter().map(|land| (count(land), *land)).collect();
        all.retain(|(count, _)| *count > 0);
        all.sort_by_key(|(count, land)| (*count, land.abbreviation()));
        all
    }
}

fn query(question: &str, by: Breakdown, only: &[String]) -> Query {
    Query {
        question: question.to_owned(),
        item: None,
        population: Population::Municipalities,
        by,
        only: only.iter().map(|c| c.parse().unwrap()).collect(),
        counted: Counted::Municipalities,
        answer: None,
    }
}

fn lands(laender: &[(usize, Land)]) -> String {
    let words: Vec<&str> = laender.iter().map(|(_, l)| l.abbreviation()).collect();
    format!("land={}", words.join("|"))
}

fn rows(release: &Release, key: &str) -> usize {
    let kept = release.kept.iter().find(|k| k.key.0 == key).unwrap();
    let rows = kept.table.finding.rows.iter();
    rows.filter(|row| row.n.is_some()).count()
}

#[test]
fn a_checksum_and_an_audit_are_about_kept_findings_too() {
    let closed = &*WAVE;
    let laender = closed.laender();
    let only = lands(&laender[laender.len() / 2..]);
    let kept = closed.kept("auswertung-1", &query("stelle", Breakdown::Whole, &[only]));
    let release = closed.with(vec![kept.clone()]);
    assert!(closed.report.is_of(&closed.release) && !closed.report.is_of(&release));
    let before = closed.before(&[]);
    assert!(still_audited(release, closed.report.clone(), &before).is_none());
    let first = closed.edition(vec![kept.clone()], &[]);
    assert!(first.report().is_of(first.release()));
    // More is said, and more was asked.
    assert!(first.report().numbers > closed.report.numbers);
    // What is out is not held back; the same again stands.
    let again = closed.edition(first.release().kept.clone(), &[first.release()]);
    assert_eq!(again.release().kept, first.release().kept);
    assert_eq!(again.release().findings, closed.release.findings);
    assert!(rows(first.release(), "auswertung-1") > 0);
}

#[test]
fn a_kept_finding_that_differs_from_a_published_group_by_few_is_found_and_held_back() {
    let closed = &*WAVE;
    // All but the Land with the fewest respondents.
    let laender = closed.laender();
    assert!(laender[0].0 < 10, "{laender:?}");
    let query = query("stelle", Breakdown::Whole, &[lands(&laender[1..])]);
    assert_eq!(
        rows(
            &closed.with(vec![closed.kept("auswertung-2", &query)]),
            "auswertung-2"
        ),
        0
    );
    let leak = closed.planted("auswertung-2", &query);
    let found = closed.judge(vec![leak.clone()], &[]);
    let named = |breach: &Breach| {
        matches!(breach.kind, BreachKind::Difference { left, .. } if left < 10)
            && breach.words().de.contains("auswertung-2")
    };
    assert!(found.iter().any(named), "{found:?}");
    let audited = closed.edition(vec![leak], &[]);
    assert_eq!(rows(audited.release(), "auswertung-2"), 0);
    let held = &audited.report().held_back[0];
    assert!(
        held.cells > 0 && held.words().de.contains("auswertung-2"),
        "{held:?}"
    );
    assert_eq!(audited.release().findings, closed.release.findings);
}

#[test]
fn a_kept_finding_that_prints_what_the_audit_held_back_is_found_and_held_back() {
    let closed = &*WAVE;
    let leak = closed.planted("auswertung-3", &query("lage", Breakdown::SizeClass, &[]));
    let found = closed.judge(vec![leak.clone()], &[]);
    assert!(!found.is_empty());
    let audited = closed.edition(vec![leak.clone()], &[]);
    let held = &audited.report().held_back;
    assert_eq!(held[0].key, "auswertung-3");
    // What is left has passed for whoever asks everything anew.
    assert!(closed.judge(audited.release().kept.clone(), &[]).is_empty());
    // Nothing that the release holds of a group is printed of it.
    let shown = |cell: &ReleasedCell| matches!(cell, ReleasedCell::Percent { .. });
    let cells = |kept: &KeptFinding| {
        let rows = kept.table.finding.rows.iter();
        rows.flat_map(|row| &row.cells).filter(|c| shown(c)).count()
    };
    let (before, after) = (cells(&leak), cells(&audited.release().kept[0]));
    println!("{before} cells planted, {after} left");
    assert!(after < before && after > 0);
}

#[test]
fn a_merged_category_beside_its_parts_is_found_and_held_back() {
    let closed = &*WAVE;
    // Only the two upper points together, also of groups in which one of them is held back.
    let mut leak = closed.planted("auswertung-7", &query("lage", Breakdown::SizeClass, &[]));
    for row in &mut leak.table.finding.rows {
        row.cells.fill(ReleasedCell::Suppressed);
    }
    let found = closed.judge(vec![leak.clone()], &[]);
    // The number that stands nearest in the way may be the wave's own; publishing names the finding.
    assert!(!found.is_empty());
    let audited = closed.edition(vec![leak], &[]);
    assert_eq!(audited.report().held_back[0].key, "auswertung-7");
    assert!(closed.judge(audited.release().kept.clone(), &[]).is_empty());
}

#[test]
fn a_filter_by_an_answer_tells_neither_that_answer_nor_the_other() {
    let closed = &*WAVE;
    // Of each answer to one question those of every answer to another: a table that nobody may see whole.
    let by = Breakdown::Answer("konzept".to_owned());
    let leak = closed.planted("auswertung-4", &query("stelle", by, &[]));
    let found = closed.judge(vec![leak.clone()], &[]);
    assert!(
        found.iter().any(|b| b.words().de.contains("auswertung-4")),
        "{found:?}"
    );
    let audited = closed.edition(vec![leak], &[]);
    assert!(!audited.report().held_back.is_empty());
    assert!(closed.judge(audited.release().kept.clone(), &[]).is_empty());
}

#[test]
fn two_editions_whose_kept_findings_isolate_a_few_are_refused() {
    let closed = &*WAVE;
    let laender = closed.laender();
    // A: the larger half of the Länder; B: the same with one more, in which fewer than ten answered.
    let half = &laender[laender.len() / 2..];
    let few = laender.iter().find(|(n, _)| *n >= 2).unwrap();
    assert!(few.0 < 10 && !half.contains(few), "{laender:?}");
    let with_few: Vec<_> = half.iter().chain([few]).copied().collect();
    let first = query("stelle", Breakdown::Whole, &[lands(half)]);
    let second = query("stelle", Breakdown::Whole, &[lands(&with_few)]);
    let (first, second) = (
        closed.kept("auswertung-5", &first),
        closed.kept("auswertung-6", &second),
    );
    // Each of them may leave alone.
    for kept in [&first, &second] {
        let alone = closed.edition(vec![kept.clone()], &[]);
        assert!(rows(alone.release(), &kept.key.0) > 0);
        assert!(closed.judge(alone.release().kept.clone(), &[]).is_empty());
    }
    let edition = closed.edition(vec![first], &[]);
    let found = closed.judge(vec![second.clone()], &[edition.release()]);
    let isolates =
        |b: &Breach| matches!(b.kind, BreachKind::Difference { left, .. } if left == few.0);
    assert!(found.iter().any(isolates), "{found:?}");
    // Publishing keeps nothing of the second one, and says so.
    let next = closed.edition(vec![second], &[edition.release()]);
    assert_eq!(rows(next.release(), "auswertung-6"), 0);
    assert_eq!(next.report().held_back[0].key, "auswertung-6");
}
