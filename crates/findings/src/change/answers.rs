//! Scales answer by answer: what is tested is what the leading figure's own test finds (whose truth is R, see `truth`), and
//! what is published is the difference of what is out.

#![allow(clippy::unwrap_used)] // helpers of tests may

use register::Population;

use super::truth::{Made, made_of, throw};
use super::{CodeRow, ReleasedChange, Verdict, change, code_analysis};
use crate::{Domain, ReleasedCell};

/// A scale of so many answers, the first of `CODES` last.
fn source(codes: &[&str], more: &str) -> String {
    let mut source = "format: 1
key: probe
version: 1
title: { de: Probe, en: Trial }
scales:
  skala:
"
    .to_owned();
    for code in codes {
        source += &format!("    {code}: {{ de: {code}, en: {code} }}\n");
    }
    source += "pages:
  - key: eins
    title: { de: Eins, en: One }
    questions:
      - { key: lage, type: single, scale: skala, text: { de: Wie ist die Lage?, en: How is it? } }
";
    source + more
}

const FIVE: [&str; 5] = ["sehr-schlecht", "schlecht", "mittel", "gut", "sehr-gut"];
const THREE: [&str; 3] = ["schlecht", "mittel", "gut"];

/// Two waves: in the second things are better; about half answer both times.
fn waves(codes: (&'static [&'static str], &'static [&'static str]), of: &str) -> (Made, Made) {
    let every = |unit: &register::Municipality| match unit.inhabitants {
        0..5_000 => 120,
        5_000..20_000 => 16,
        20_000..100_000 => 6,
        _ => 2,
    };
    let pick = |codes: &'static [&'static str], place: u32| {
        let top = u32::try_from(codes.len()).unwrap() - 1;
        codes[usize::try_from((place * top + 2) / 4).unwrap()]
    };
    let (first, second) = codes;
    let one = made_of(
        (&source(first, ""), "lage"),
        ("a", 2),
        Population::Municipalities,
        &|i, unit| (i % every(unit) == 0).then_some(pick(first, throw(i, 5))),
    );
    let two = made_of(
        (&source(second, of), "lage"),
        ("b", 11),
        Population::Municipalities,
        &|i, unit| {
            let e = every(unit);
            let up = throw(i, 5) + u32::from(throw(i + 5, 5) > 1);
            let in_it = i % (2 * e) == 0 || i % (2 * e) == e / 2;
            in_it.then_some(pick(second, up.min(4)))
        },
    );
    (one, two)
}

fn codes(released: &ReleasedChange) -> &[CodeRow] {
    &released.finding("lage").unwrap().codes
}

const MAPPED: &str = "lineage:
  of: probe
  version: 1
  questions:
    lage:
      change: scale
      note: { de: Drei statt fünf., en: Three instead of five. }
      mapping: { sehr-schlecht: schlecht, schlecht: schlecht, mittel: mittel, gut: gut, sehr-gut: gut }
";

#[test]
fn each_answer_of_a_scale_has_its_change_and_all_are_one_family() {
    let (one, two) = waves((&THREE, &THREE), "");
    let released = change(&one.side(), &two.side()).unwrap();
    let finding = released.finding("lage").unwrap();
    let whole = Domain::All(Population::Municipalities);
    let of_whole: Vec<&CodeRow> = finding
        .codes
        .iter()
        .filter(|code| code.row.domain == whole)
        .collect();
    let order: Vec<&str> = of_whole.iter().map(|code| code.code.as_str()).collect();
    assert_eq!(order, THREE);
    for code in &finding.codes {
        let (ReleasedCell::Percent { value: a, .. }, ReleasedCell::Percent { value: b, .. }) =
            (code.row.before, code.row.after)
        else {
            assert_eq!(code.row.change, None);
            continue;
        };
        let change = code.row.change.unwrap();
        assert_eq!(change.value, i64::from(b) - i64::from(a));
        assert_eq!((change.too_wide, code.row.panel), (None, None));
        if let Some((low, high)) = change.interval {
            let zero = low <= 0 && 0 <= high;
            assert_eq!(zero, change.verdict == Verdict::NotSeen, "{code:?}");
        }
    }
    let tested = finding.code_families.iter().map(|f| f.tests).max().unwrap();
    assert!(tested >= 9, "sizes by answers are one family: {tested}");
    assert!(
        of_whole
            .iter()
            .any(|code| { code.row.change.map(|c| c.verdict) == Some(Verdict::Risen) })
    );
    // The leading answer is the leading figure: the same numbers, in a family of three instead of one.
    let leading = of_whole[2].row.change.unwrap();
    let own = finding.rows.iter().find(|row| row.domain == whole).unwrap();
    let own = own.change.unwrap();
    assert_eq!(leading.value, own.value);
    assert!(leading.smallest >= own.smallest);
}

#[test]
fn the_test_of_an_answer_is_that_of_the_leading_figure() {
    let (one, two) = waves((&THREE, &THREE), "");
    let shares = crate::Estimand::ShareOfMunicipalities;
    let own = super::evaluate::tested(&one.side(), &two.side(), "", shares).unwrap();
    let all = code_analysis(&one.side(), &two.side(), "lage").unwrap();
    let of_gut = all.iter().filter(|code| code.code == "gut");
    let mut compared = 0;
    for (code, own) in of_gut.zip(&own) {
        let Some((own, (low, high))) = own.as_ref().zip(code.interval) else {
            continue;
        };
        compared += 1;
        let value = code.shares.1 - code.shares.0;
        assert!((value - own.value).abs() < 1e-9, "{value} {}", own.value);
        let reach = statistics::distribution::t_quantile(0.975, own.df) * own.se;
        assert!((0.5 * (high - low) - reach).abs() < 1e-9);
    }
    assert!(compared >= 3, "{compared}");
    // Answers of one scale add up: what some lose the others gain.
    for part in all.chunk_by(|a, b| a.domain == b.domain) {
        let moved: f64 = part.iter().map(|c| c.shares.1 - c.shares.0).sum();
        assert!(moved.abs() < 1e-9, "{moved}");
        let panel: f64 = part.iter().filter_map(|c| Some(c.panel?.value)).sum();
        assert!(panel.abs() < 1e-9, "{panel}");
    }
}

#[test]
fn a_mapped_scale_says_only_what_is_out_and_researchers_see_the_rest() {
    let source = MAPPED;
    let (one, mut two) = waves((&FIVE, &THREE), source);
    two.questionnaire.version = 2;
    let released = change(&one.side(), &two.side()).unwrap();
    let whole = Domain::All(Population::Municipalities);
    let shown = |code: &str| {
        let mut all = codes(&released).iter();
        let row = all.find(|row| row.code == code && row.row.domain == whole);
        row.unwrap().row.change.is_some()
    };
    // "schlecht" of the earlier wave would be two answers together, and nobody has published that.
    assert_eq!(
        ["schlecht", "mittel", "gut"].map(shown),
        [false, true, true]
    );
    let all = code_analysis(&one.side(), &two.side(), "lage").unwrap();
    let seen = all.iter().find(|c| c.code == "schlecht").unwrap();
    assert!(!seen.released && seen.interval.is_some() && seen.panel.is_some());
}

#[test]
fn what_the_audit_held_of_an_answer_has_no_change() {
    let (mut one, two) = waves((&FIVE, &FIVE), "");
    let whole = Domain::All(Population::Municipalities);
    let open = |released: &ReleasedChange, code: &str| {
        let found = codes(released)
            .iter()
            .find(|row| row.code == code && row.row.domain == whole && row.row.change.is_some());
        found.is_some()
    };
    let before = change(&one.side(), &two.side()).unwrap();
    assert!(open(&before, "mittel") && open(&before, "gut"));
    for row in &mut one.release.findings[0].rows {
        if row.domain == whole {
            row.cells[2] = ReleasedCell::Suppressed;
        }
    }
    let after = change(&one.side(), &two.side()).unwrap();
    assert!(!open(&after, "mittel") && open(&after, "gut"));
    // Nothing finer than whole points leaves.
    let json = serde_json::to_value(codes(&after)).unwrap();
    assert!(!json.to_string().contains("0."), "{json}");
}

#[test]
fn where_few_are_in_both_waves_the_width_says_nothing_of_them() {
    // Planted: three counties answer both times. With their covariance the width of the interval would tell how alike.
    let made = |wave, month, says: &dyn Fn(usize) -> Option<&'static str>| {
        let all = (source(&THREE, ""), "lage");
        made_of(
            (&all.0, all.1),
            (wave, month),
            Population::Counties,
            &|i, _| says(i),
        )
    };
    let answers = |i: usize| THREE[usize::try_from(throw(i, 3)).unwrap()];
    let one = made("a", 2, &|i| (i % 4 == 0).then(|| answers(i)));
    let two = made("b", 11, &|i| {
        let again = i % 4 == 0 && i < 12;
        (again || i % 4 == 2).then(|| answers(i))
    });
    let again = made("b", 11, &|i| {
        let again = i % 4 == 0 && i < 12;
        (again || i % 4 == 2).then(|| answers(if again { i + 1 } else { i }))
    });
    let width = |two: &Made| {
        let released = change(&one.side(), &two.side()).unwrap();
        assert_eq!(released.both.1, 3);
        let row = &released.finding("lage").unwrap().rows[0];
        row.change.unwrap().too_wide
    };
    assert_eq!((width(&two), width(&again)), (Some(0), Some(0)));
}
