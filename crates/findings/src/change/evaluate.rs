//! Two closed waves become a released change.

use std::collections::{BTreeMap, BTreeSet};

use dataset::{Column, Dataset, Values};
use questionnaire::lineage::{self, Group, LineageFault, Link, Refusal, Step};
use questionnaire::{Questionnaire, Text, VariableKey};
use register::{Key, Municipality, Population, Register};
use statistics::{EstimateError, Estimates, Wave};

use super::codes::few_in_both;
use super::family::{self, Estimated, Test};
use super::figures::{Figure, Item, Measure};
use super::panel::Panel;
use super::{
    Breakdown, ChangeFinding, ChangeRow, ComparedWave, Family, Incomparable, ReleasedChange, units,
};
use crate::feedback::NOT_COMPARED;
use crate::labels::text;
use crate::tables::{INHABITANTS_SUFFIX, Sample, item_key};
use crate::{Estimand, FindingKey, Release, ReleasedCell, Weighting, WeightingError};

/// One closed wave with all that belongs to it.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// Its frozen dataset.
    pub dataset: &'a Dataset,
    /// Its questionnaire.
    pub questionnaire: &'a Questionnaire,
    /// The list of municipalities that it used.
    pub register: &'a Register,
    /// What it released: the figures that stand beside the change.
    pub release: &'a Release,
}

/// Why two waves cannot be compared.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// The later questionnaire does not say where its questions come from.
    #[error(
        "the questionnaire of wave \"{after}\" has no lineage of the one of wave \"{before}\": nothing is comparable until it has (`voneinander questionnaire compare OLD NEW` proposes one)"
    )]
    NoLineage {
        /// The earlier wave.
        before: String,
        /// The later wave.
        after: String,
    },
    /// The lineage contradicts the two questionnaires.
    #[error("the lineage of the questionnaire of wave \"{wave}\" has faults:\n{}", lines(.faults))]
    Lineage {
        /// The later wave.
        wave: String,
        /// All of them.
        faults: Vec<LineageFault>,
    },
    /// The earlier wave is not the earlier one.
    #[error("the wave \"{before}\" did not end before the wave \"{after}\" began")]
    Order {
        /// Named as the earlier wave.
        before: String,
        /// Named as the later wave.
        after: String,
    },
    /// A unit that the register does not have.
    #[error("the dataset's unit {unit} is not in the register")]
    UnknownUnit {
        /// Its key.
        unit: String,
    },
    /// Weights cannot be made.
    #[error(transparent)]
    Weighting(#[from] WeightingError),
    /// An estimate cannot be made.
    #[error(transparent)]
    Estimate(#[from] EstimateError),
}

fn lines(faults: &[LineageFault]) -> String {
    let lines: Vec<String> = faults.iter().map(LineageFault::to_string).collect();
    lines.join("\n")
}

/// What changed from the wave `before` to the wave `after`, question by question, behind disclosure control. The
/// panel's change is not in it: the audit does not ask what it tells.
/// Which unit is which is told by [`continued`](crate::continued).
pub fn change(before: &Side<'_>, after: &Side<'_>) -> Result<ReleasedChange, ChangeError> {
    let mut change = change_with_panel(before, after)?;
    for row in change.findings.iter_mut().flat_map(|f| &mut f.rows) {
        row.panel = None;
    }
    Ok(change)
}

/// As [`change`], with the panel's change under its rules beside it: for researchers, not for publication.
pub fn change_with_panel(
    before: &Side<'_>,
    after: &Side<'_>,
) -> Result<ReleasedChange, ChangeError> {
    let names = || (before.release.wave.clone(), after.release.wave.clone());
    if before.release.field_period.1 >= after.release.field_period.0 {
        let (before, after) = names();
        return Err(ChangeError::Order { before, after });
    }
    let Some(links) = lineage::links(before.questionnaire, after.questionnaire) else {
        let (before, after) = names();
        return Err(ChangeError::NoLineage { before, after });
    };
    if after.questionnaire.lineage.is_some() {
        let faults = lineage::faults(after.questionnaire, Some(before.questionnaire));
        if !faults.is_empty() {
            let wave = after.release.wave.clone();
            return Err(ChangeError::Lineage { wave, faults });
        }
    }
    let compared = Compared::new(before, after)?;
    let mut findings = Vec::new();
    // Who filled it in is nothing that changed about a municipality.
    let about = |of: &&[Link]| !NOT_COMPARED.contains(&of[0].question.as_str());
    let questions = links.chunk_by(|a, b| a.question == b.question);
    for of_question in questions.filter(about) {
        let Some(finding) = compared.question(of_question, false)? else {
            continue;
        };
        let shares = finding.estimand == Estimand::ShareOfMunicipalities;
        findings.push(finding);
        // By inhabitants where both waves have released that.
        if shares && compared.by_inhabitants(of_question) {
            findings.extend(compared.question(of_question, true)?);
        }
    }
    let both = |population| {
        let panel = compared.pairs.iter().find(|p| p.population == population);
        let count = panel.map_or(0, |p| p.panel.as_ref().map_or(0, Panel::len));
        u32::try_from(count).expect("respondents are few")
    };
    Ok(ReleasedChange {
        before: compared_wave(before.release),
        after: compared_wave(after.release),
        both: (both(Population::Municipalities), both(Population::Counties)),
        findings,
        refused: refused(&links, before, after),
        method: method(),
    })
}

fn compared_wave(release: &Release) -> ComparedWave {
    ComparedWave {
        wave: release.wave.clone(),
        title: release.title.clone(),
        field_period: release.field_period,
        frozen: release.frozen,
        n: (release.method.n_municipalities, release.method.n_counties),
    }
}

/// Both waves, population by population.
pub(super) struct Compared<'a> {
    pub(super) before: &'a Side<'a>,
    pub(super) after: &'a Side<'a>,
    pub(super) pairs: Vec<Pair>,
}

/// One population in both waves.
pub(super) struct Pair {
    population: Population,
    pub(super) before: Half,
    pub(super) after: Half,
    pub(super) panel: Option<Panel>,
}

/// One population in one wave, with the lasting id of each respondent.
pub(super) struct Half {
    pub(super) sample: Sample,
    pub(super) units: Vec<u32>,
}

impl Half {
    /// These estimates as a wave whose units are known.
    pub(super) fn wave<'w>(&'w self, estimates: &'w Estimates) -> Wave<'w> {
        Wave {
            design: &self.sample.weighting.design,
            estimates,
            units: &self.units,
        }
    }
}

impl<'a> Compared<'a> {
    pub(super) fn new(before: &'a Side<'a>, after: &'a Side<'a>) -> Result<Self, ChangeError> {
        let (earlier, later) = (respondents(before)?, respondents(after)?);
        let continued = units::continued(before.register, after.register);
        // Later respondents by key, and a number for every unit: linked ones share it.
        let rows: BTreeMap<&Key, usize> = later.iter().map(|unit| &unit.key).zip(0..).collect();
        let next = u32::try_from(later.len()).expect("respondents are few");
        let linked: Vec<Option<usize>> = earlier
            .iter()
            .map(|unit| rows.get(continued.get(&unit.key)?).copied())
            .collect();
        let later_ids: Vec<u32> = (0..next).collect();
        let earlier_ids: Vec<u32> = linked
            .iter()
            .zip(next..)
            .map(|(row, own)| row.map_or(own, |row| later_ids[row]))
            .collect();
        let mut pairs = Vec::new();
        for population in Population::ALL {
            let halves = (
                half(population, before, &earlier, &earlier_ids)?,
                half(population, after, &later, &later_ids)?,
            );
            let (Some(first), Some(second)) = halves else {
                continue;
            };
            let all: Vec<&Municipality> = after.register.of(population).collect();
            let both: Vec<(usize, usize, &Municipality)> = linked
                .iter()
                .enumerate()
                .filter_map(|(row, to)| Some((row, (*to)?)))
                .map(|(row, to)| (row, to, later[to]))
                .filter(|(_, _, unit)| unit.population() == Some(population))
                .collect();
            pairs.push(Pair {
                population,
                before: first,
                after: second,
                panel: Panel::new(population, &both, &all)?,
            });
        }
        Ok(Self {
            before,
            after,
            pairs,
        })
    }

    /// Whether both waves have released shares of inhabitants of this question.
    fn by_inhabitants(&self, links: &[Link]) -> bool {
        let Some(link) = links.iter().find(|l| l.refused.is_none()) else {
            return false;
        };
        let has = |side: &Side<'_>, question: &str| {
            let key = format!("{question}{INHABITANTS_SUFFIX}");
            side.release.finding(&key).is_some()
        };
        let old = link.old.first().map(VariableKey::question);
        has(self.after, &link.question) && old.is_some_and(|old| has(self.before, old))
    }

    /// The change of one question; `None` when nothing of it is comparable. With `inhabitants`, of the inhabitants who
    /// live in municipalities with an answer instead of the municipalities: without a panel, and only where both waves
    /// have released the figure.
    fn question(
        &self,
        links: &'a [Link],
        inhabitants: bool,
    ) -> Result<Option<ChangeFinding>, ChangeError> {
        let open: Vec<&Link> = links.iter().filter(|l| l.refused.is_none()).collect();
        let Some(first) = open.first() else {
            return Ok(None);
        };
        let mut items = Vec::new();
        for link in &open {
            items.extend(self.items(link));
        }
        let Some(column) = items.first().and_then(|item| item.after.columns.first()) else {
            return Ok(None);
        };
        let estimand = match &column.values {
            Values::Number(_) => Estimand::Mean,
            _ if inhabitants => Estimand::ShareOfInhabitants,
            _ => Estimand::ShareOfMunicipalities,
        };
        let suffix = if inhabitants { INHABITANTS_SUFFIX } else { "" };
        let measure = measure(first, column, estimand);
        let (mut wholes, mut parts, mut families) = (Vec::new(), Vec::new(), Vec::new());
        for pair in &self.pairs {
            let mut rows = Vec::new();
            for item in &items {
                rows.push(self.rows(pair, item, estimand)?);
            }
            let (whole, breakdowns, tested) = by_family(rows);
            wholes.extend(whole);
            parts.extend(breakdowns);
            families.extend(tested);
        }
        wholes.extend(parts);
        families.sort_by_key(|family| family.breakdown);
        let (codes, code_families) = match estimand {
            Estimand::ShareOfMunicipalities => self.by_code(links)?,
            Estimand::ShareOfInhabitants | Estimand::Mean => (Vec::new(), Vec::new()),
        };
        let page = self.after.questionnaire.page_of(&first.question);
        let whole_step = self.after.questionnaire.lineage.as_ref();
        let entry = whole_step.and_then(|lineage| lineage.question(&first.question));
        Ok(Some(ChangeFinding {
            key: FindingKey(format!("{}{suffix}", first.question)),
            theme: page.map(|page| page.title.clone()).unwrap_or_default(),
            question: first.text.clone(),
            estimand,
            measure,
            step: entry.map_or(Step::Same, |entry| entry.step),
            note: entry.and_then(|entry| entry.note.clone()),
            rows: wholes,
            families,
            codes,
            code_families,
        }))
    }

    /// The items of a link: itself, or its answers one by one where they are no scale.
    fn items(&self, link: &Link) -> Vec<Item<'a>> {
        let find = |dataset: &'a Dataset, key: &VariableKey| -> Option<&'a Column> {
            dataset.columns.iter().find(|c| c.variable.key == *key)
        };
        let new = link
            .new
            .as_ref()
            .and_then(|key| find(self.after.dataset, key));
        let old: Vec<&'a Column> = link
            .old
            .iter()
            .filter_map(|key| find(self.before.dataset, key))
            .collect();
        let (Some(new), true) = (new, !old.is_empty()) else {
            return Vec::new();
        };
        let label = link.part.clone().unwrap_or_else(|| link.text.clone());
        let item = |key: String, label: Text, groups: &[&Group]| Item {
            key,
            label,
            step: link.step,
            note: link.note.clone(),
            before: Measure {
                codes: codes(old[0], groups, |group| &group.old),
                columns: old.clone(),
            },
            after: Measure {
                codes: codes(new, groups, |group| &group.new),
                columns: vec![new],
            },
        };
        let key = item_key(new);
        if link.groups.is_empty() {
            return vec![item(key, label, &[])];
        }
        if new.variable.ordered {
            let upper = if link.groups.len() >= 4 { 2 } else { 1 };
            let lead: Vec<&Group> = link.groups.iter().rev().take(upper).collect();
            return vec![item(key, label, &lead)];
        }
        let each = link
            .groups
            .iter()
            .map(|group| item(group.new.join("+"), group.label.clone(), &[group]));
        each.collect()
    }

    /// One item in every domain of a population, its changes not yet released.
    fn rows(
        &self,
        pair: &Pair,
        item: &Item<'_>,
        estimand: Estimand,
    ) -> Result<Vec<(ChangeRow, Option<Estimated>)>, ChangeError> {
        let before = item
            .before
            .figures(&pair.before.sample, self.before.release, estimand)?;
        let after = item
            .after
            .figures(&pair.after.sample, self.after.release, estimand)?;
        let panel = match &pair.panel {
            Some(panel) if estimand != Estimand::ShareOfInhabitants => {
                let waves = (&pair.before.sample, &pair.after.sample);
                panel.changes(item, estimand, waves)?
            }
            _ => Vec::new(),
        };
        let domains = pair.after.sample.domains.iter().map(|(domain, _)| *domain);
        let mut rows = Vec::new();
        for (place, domain) in domains.enumerate() {
            let (one, two) = (&before[place], &after[place]);
            let estimated = match difference(one.cell, two.cell) {
                Some((released, unit)) => Some(Estimated {
                    released,
                    unit,
                    test: self.test(pair, one, two, estimand)?,
                }),
                None => None,
            };
            let row = ChangeRow {
                key: item.key.clone(),
                label: item.label.clone(),
                domain,
                step: item.step,
                note: item.note.clone(),
                before: one.cell,
                after: two.cell,
                n_before: one.n,
                n_after: two.n,
                change: None,
                panel: estimated.and_then(|_| panel.get(place).copied().flatten()),
            };
            rows.push((row, estimated));
        }
        Ok(rows)
    }

    /// The estimate of a change with the overlap's covariance; degrees of freedom are the fewer of both waves.
    fn test(
        &self,
        pair: &Pair,
        one: &Figure,
        two: &Figure,
        estimand: Estimand,
    ) -> Result<Option<Test>, EstimateError> {
        let (Some(first), Some(second)) = (&one.estimates, &two.estimates) else {
            return Ok(None);
        };
        let (Some(df_one), Some(df_two)) = (one.df, two.df) else {
            return Ok(None);
        };
        let (first_wave, second_wave) = (pair.before.wave(first), pair.after.wave(second));
        let changes = statistics::change(&first_wave, &second_wave)?;
        let scale = match estimand {
            Estimand::Mean => 10.0,
            Estimand::ShareOfMunicipalities | Estimand::ShareOfInhabitants => 100.0,
        };
        let test = changes.first().filter(|change| change.se > 0.0);
        let few = few_in_both((&pair.before, &one.base), (&pair.after, &two.base));
        Ok(test.map(|change| Test {
            value: scale * change.value,
            se: scale
                * if few {
                    change.se_if_independent
                } else {
                    change.se
                },
            se_if_independent: scale * change.se_if_independent,
            df: df_one.min(df_two),
        }))
    }
}

fn respondents<'r>(side: &Side<'r>) -> Result<Vec<&'r Municipality>, ChangeError> {
    let find = |unit: &String| {
        let key = Key::new(unit.as_str()).ok();
        let found = key.and_then(|key| side.register.get(&key));
        found.ok_or_else(|| ChangeError::UnknownUnit { unit: unit.clone() })
    };
    side.dataset.units.iter().map(find).collect()
}

fn half(
    population: Population,
    side: &Side<'_>,
    respondents: &[&Municipality],
    ids: &[u32],
) -> Result<Option<Half>, ChangeError> {
    let inside: Vec<usize> = (0..respondents.len())
        .filter(|&row| respondents[row].population() == Some(population))
        .collect();
    let of: Vec<&Municipality> = inside.iter().map(|&row| respondents[row]).collect();
    let units: Vec<&Municipality> = side.register.of(population).collect();
    let Some(weighting) = Weighting::new(population, &units, &of)? else {
        return Ok(None);
    };
    Ok(Some(Half {
        units: inside.iter().map(|&row| ids[row]).collect(),
        sample: Sample::new(weighting, inside, &of, &units),
    }))
}

/// Places of the groups' codes in a column, ascending.
pub(super) fn codes(
    column: &Column,
    groups: &[&Group],
    of: impl Fn(&Group) -> &Vec<String>,
) -> Vec<u16> {
    let wanted: BTreeSet<&String> = groups.iter().flat_map(|group| of(group)).collect();
    let known = column.variable.codes.iter().zip(0..);
    let places = known.filter(|((code, _), _)| wanted.contains(code));
    places.map(|(_, place)| place).collect()
}

/// The difference of two released figures, and the unit to which it is rounded.
pub(super) fn difference(before: ReleasedCell, after: ReleasedCell) -> Option<(i64, i64)> {
    match (before, after) {
        (ReleasedCell::Percent { value: one, .. }, ReleasedCell::Percent { value: two, .. }) => {
            Some((i64::from(two) - i64::from(one), 1))
        }
        (ReleasedCell::Mean { tenths: one, .. }, ReleasedCell::Mean { tenths: two, .. }) => {
            let tens = |tenths: i64| tenths.abs() >= 1_000;
            let unit = if tens(one) || tens(two) { 100 } else { 1 };
            Some((two - one, unit))
        }
        _ => None,
    }
}

type Rows = Vec<ChangeRow>;

/// Tests family by family: rows of all items, the wholes first.
fn by_family(items: Vec<Vec<(ChangeRow, Option<Estimated>)>>) -> (Rows, Rows, Vec<Family>) {
    let mut rows: Vec<(ChangeRow, Option<Estimated>)> = items.into_iter().flatten().collect();
    let kinds: BTreeSet<Breakdown> = rows.iter().map(|(r, _)| Breakdown::of(r.domain)).collect();
    let mut families = Vec::new();
    for breakdown in kinds {
        let places: Vec<usize> = (0..rows.len())
            .filter(|&i| Breakdown::of(rows[i].0.domain) == breakdown && rows[i].1.is_some())
            .collect();
        let family: Vec<Estimated> = places.iter().filter_map(|&i| rows[i].1).collect();
        let released = family::release(&family);
        families.push(Family::of(breakdown, &released));
        for (place, change) in places.into_iter().zip(released) {
            rows[place].0.change = Some(change);
        }
    }
    let whole = |row: &ChangeRow| {
        matches!(
            Breakdown::of(row.domain),
            Breakdown::Municipalities | Breakdown::Counties
        )
    };
    let (wholes, parts) = rows.into_iter().map(|(row, _)| row).partition(whole);
    (wholes, parts, families)
}

/// The tests of the item with this key in every domain of the municipalities, unrounded.
#[cfg(test)]
pub(super) fn tested(
    before: &Side<'_>,
    after: &Side<'_>,
    key: &str,
    estimand: Estimand,
) -> Result<Vec<Option<Test>>, ChangeError> {
    let compared = Compared::new(before, after)?;
    let links = lineage::links(before.questionnaire, after.questionnaire).unwrap_or_default();
    let items: Vec<Item<'_>> = links.iter().flat_map(|link| compared.items(link)).collect();
    let mut tests = Vec::new();
    for item in items.iter().filter(|item| item.key == key) {
        let rows = compared.rows(&compared.pairs[0], item, estimand)?;
        tests.extend(
            rows.into_iter()
                .map(|(_, estimated)| estimated.and_then(|e| e.test)),
        );
    }
    Ok(tests)
}

/// What the figures are, in words.
fn measure(link: &Link, column: &Column, estimand: Estimand) -> Text {
    if estimand == Estimand::Mean {
        let unit = column.variable.unit.clone().unwrap_or_default();
        return text(
            format!("Mittelwert ({})", unit.de),
            format!("Mean ({})", unit.en),
        );
    }
    let living = estimand == Estimand::ShareOfInhabitants;
    if link.groups.is_empty() {
        return match living {
            true => text(
                "Anteil der Einwohnerinnen und Einwohner, die in Kommunen leben, die das genannt haben",
                "Share of the inhabitants who live in municipalities that named it",
            ),
            false => text("Anteil, der das genannt hat", "Share that named it"),
        };
    }
    if !column.variable.ordered {
        return match living {
            true => text(
                "Anteil der Einwohnerinnen und Einwohner, die in Kommunen mit dieser Antwort leben",
                "Share of the inhabitants who live in municipalities with this answer",
            ),
            false => text("Anteil mit dieser Antwort", "Share with this answer"),
        };
    }
    let upper = if link.groups.len() >= 4 { 2 } else { 1 };
    let first = link.groups.len() - upper;
    let labels = |get: fn(&Text) -> &str, open: &str, close: &str, or: &str| {
        let groups = link.groups[first..].iter();
        let words: Vec<String> = groups
            .map(|group| format!("{open}{}{close}", get(&group.label)))
            .collect();
        words.join(or)
    };
    let (de, en) = (
        labels(|t| &t.de, "„", "“", " oder "),
        labels(|t| &t.en, "“", "”", " or "),
    );
    match living {
        true => text(
            format!("Anteil der Einwohnerinnen und Einwohner, die in Kommunen mit {de} leben"),
            format!("Share of the inhabitants who live in municipalities with {en}"),
        ),
        false => text(format!("Anteil mit {de}"), format!("Share with {en}")),
    }
}

fn refused(links: &[Link], before: &Side<'_>, after: &Side<'_>) -> Vec<Incomparable> {
    let mut all: Vec<Incomparable> = Vec::new();
    for link in links {
        let Some(refused) = link.refused.filter(|r| *r != Refusal::Open) else {
            continue;
        };
        let page = after
            .questionnaire
            .page_of(&link.question)
            .or_else(|| before.questionnaire.page_of(&link.question));
        // A question that is refused as a whole is told once.
        let mut asked = links
            .iter()
            .filter(|l| l.question == link.question && l.new.is_some());
        let whole = link.new.is_some() && asked.all(|l| l.refused.is_some());
        let told = all.last().is_some_and(|last: &Incomparable| {
            last.question == link.question && last.part.is_none() && whole
        });
        if told {
            continue;
        }
        all.push(Incomparable {
            question: link.question.clone(),
            theme: page.map(|page| page.title.clone()).unwrap_or_default(),
            text: link.text.clone(),
            part: link.part.clone().filter(|_| !whole),
            step: link.step,
            refused,
            reason: reason(refused, link.part.is_some() && !whole),
            note: link.note.clone(),
        });
    }
    all
}

fn reason(refused: Refusal, part: bool) -> Text {
    match (refused, part) {
        (Refusal::New, false) => text(
            "Diese Frage wurde in der früheren Befragung nicht gestellt.",
            "This question was not asked in the earlier wave.",
        ),
        (Refusal::New, true) => text(
            "Danach wurde in der früheren Befragung nicht gefragt.",
            "This was not asked in the earlier wave.",
        ),
        (Refusal::Dropped, false) => text(
            "Diese Frage wurde in der späteren Befragung nicht mehr gestellt.",
            "This question was not asked any more in the later wave.",
        ),
        (Refusal::Dropped, true) => text(
            "Danach wurde in der späteren Befragung nicht mehr gefragt.",
            "This was not asked any more in the later wave.",
        ),
        (Refusal::Reworded, _) => text(
            "Der Wortlaut hat sich so geändert, dass die Antworten nicht dasselbe messen.",
            "The wording changed so much that the answers do not measure the same.",
        ),
        (Refusal::Options, _) => text(
            "Die Auswahl der Antworten hat sich so geändert, dass ihre Anteile nicht vergleichbar sind.",
            "The choice of answers changed so much that their shares cannot be compared.",
        ),
        (Refusal::Scale, _) => text(
            "Die Antwortskala ist eine andere, und keine Zuordnung führt von der alten zur neuen.",
            "The scale of answers is another one, and no mapping leads from the old one to the new one.",
        ),
        (Refusal::Kind, _) => text(
            "Für Antworten dieser Art wird keine Veränderung gerechnet.",
            "No change is worked out for answers of this kind.",
        ),
        (Refusal::Open, _) => text("Offene Antwort.", "Open answer."),
        (Refusal::Unconfirmed, _) => text(
            "Ob das vergleichbar ist, hat noch niemand bestätigt.",
            "Nobody has confirmed yet whether this is comparable.",
        ),
    }
}

/// How it was compared, for the method page.
fn method() -> Vec<Text> {
    vec![
        text(
            "Verglichen werden zwei Befragungen, an denen sich zum Teil dieselben Kommunen beteiligt haben. Jede ist für \
             sich auf das Gemeindeverzeichnis hochgerechnet. Die Veränderung ist der Unterschied der beiden \
             veröffentlichten Werte.",
            "Two waves are compared in which partly the same municipalities took part. Each is weighted to the register \
             on its own. The change is the difference of the two published figures.",
        ),
        text(
            "Weil ein Teil der Kommunen beide Male geantwortet hat, schwanken die beiden Werte nicht unabhängig \
             voneinander. Der Unsicherheitsbereich der Veränderung rechnet das ein (Tam 1984), mit dem Anteil der \
             Befragten in jeder Befragung.",
            "Since part of the municipalities answered both times, the two figures do not vary independently. The range \
             of uncertainty of the change accounts for that (Tam 1984), with each wave's own part of the population.",
        ),
        text(
            "Je mehr man prüft, desto eher findet man Zufälliges. Deshalb werden alle Veränderungen einer Frage in einer \
             Gliederung gemeinsam geprüft (Benjamini und Hochberg 1995): Von dem, was „gestiegen“ oder „gefallen“ heißt, \
             ist im Mittel höchstens jedes zwanzigste Ergebnis Zufall. Die Unsicherheitsbereiche sind so weit, wie diese \
             Prüfung es verlangt.",
            "The more one tests, the more chance findings there are. So all changes of one question in one breakdown are \
             tested together (Benjamini and Hochberg 1995): of what is called “risen” or “fallen”, on average at most one \
             in twenty is chance. The ranges of uncertainty are as wide as this test demands.",
        ),
        text(
            "„Keine Veränderung erkennbar“ heißt nicht, dass sich nichts verändert hat. Dabei steht, wie groß eine \
             Veränderung hätte sein müssen, um in vier von fünf Fällen erkannt zu werden.",
            "“No change can be seen” does not mean that nothing changed. Beside it stands how large a change would have \
             to be to be seen in four cases out of five.",
        ),
        text(
            "Eine Kommune ist in beiden Befragungen dieselbe, wenn sie denselben Schlüssel hat oder das Verzeichnis sagt, \
             dass sie unter neuem Schlüssel weiterbesteht, und wenn sie vorher mindestens vier Fünftel der Einwohner von \
             nachher hatte. Wer mit seinesgleichen verschmolz, gilt als neu. In jeder Befragung zählt die Größenklasse, \
             die eine Kommune damals hatte; bei den Kommunen, die beide Male antworteten, die spätere.",
            "A municipality is the same in both waves when it has the same key, or the register says that it goes on \
             under a new key, and when before it had at least four fifths of the inhabitants after. Those that merged \
             with their equals are new. In each wave the size class counts that a municipality had then; for those that \
             answered both times, the later one.",
        ),
        text(
            "Bei Skalen steht im Diagramm, was sich bei den oberen Antworten verändert hat. Wie sich jede einzelne Antwort \
             verändert hat, zeigen die Tabellen der Website und die offenen Daten. Alle Antworten aller Punkte einer Frage \
             werden dafür in einer Gliederung gemeinsam geprüft.",
            "Of scales the chart shows what has changed at the upper answers. How each single answer has changed is in the \
             tables of the website and in the open data. For that all answers to all items of a question are tested \
             together in one breakdown.",
        ),
        text(
            "Eine Veränderung wird nur gezeigt, wo die Werte beider Befragungen gezeigt werden. Zusammengelegte Antworten \
             bleiben ungenannt, wenn sich daraus eine verschwiegene Antwort errechnen ließe.",
            "A change is shown only where the figures of both waves are shown. Merged answers are held back where an \
             answer that is held back could be worked out from them.",
        ),
        text(
            "Daneben steht die mittlere Veränderung der Kommunen, die beide Male geantwortet haben. Sie zeigt, ob sich \
             dieselben Kommunen verändert haben, und ist nur auf diese gestützt.",
            "Beside it stands the mean change of the municipalities that answered both times. It shows whether the same \
             municipalities changed, and rests on those alone.",
        ),
    ]
}
