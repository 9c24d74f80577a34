//! A closed wave becomes a release.

use std::collections::BTreeMap;

use dataset::{Column, Dataset};
use fieldwork::Disposition;
use jiff::civil::Date;
use questionnaire::{Questionnaire, Text};
use register::{Key, Land, Municipality, Population, Register, SizeClass};
use statistics::EstimateError;

use crate::labels::{self, text};
use crate::tables::{self, Sample};
use crate::weighting::{CELL_MINIMUM, LAND_KISH, LAND_MINIMUM};
use crate::weights_report::weights_report;
use crate::{
    Estimand, MethodReport, Paradata, Release, ResponseRow, ResponseTable, Weighting,
    WeightingError, disclosure, request, response_table,
};

/// What a release says about its wave.
#[derive(Clone, Debug, PartialEq)]
pub struct WaveFacts {
    /// Title of the wave.
    pub title: Text,
    /// Field period: first and last day.
    pub field_period: (Date, Date),
    /// Keys of questions whose shares are also given as shares of inhabitants.
    pub inhabitants_too: Vec<String>,
    /// How responses came in; may be empty. Comparisons of late answers and of channels need it.
    pub paradata: Vec<Paradata>,
    /// Made-up data.
    pub synthetic: bool,
}

/// Why a dataset cannot be evaluated.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum EvaluateError {
    /// A unit that the register does not have.
    #[error("the dataset's unit {unit} is not in the register")]
    UnknownUnit {
        /// Its key.
        unit: String,
    },
    /// The dataset's units are not those that count by the disposition rule.
    #[error(
        "{counting} units count by the disposition rule, {in_dataset} are in the dataset: there is one N"
    )]
    NotOneN {
        /// Units that count.
        counting: usize,
        /// Units of the dataset.
        in_dataset: usize,
    },
    /// Weights cannot be made.
    #[error(transparent)]
    Weighting(#[from] WeightingError),
    /// An estimate cannot be made.
    #[error(transparent)]
    Estimate(#[from] EstimateError),
}

/// Evaluates a frozen wave against the register: weights, tables, method report, all behind disclosure control.
///
/// `dispositions` has one entry an invitation; the units that count must be those of the dataset.
/// Units that belong to neither population (Gemeindeverbände) stay out of all numbers and are told in the report.
pub fn evaluate(
    dataset: &Dataset,
    questionnaire: &Questionnaire,
    register: &Register,
    wave: &WaveFacts,
    dispositions: &[(Key, Disposition)],
) -> Result<Release, EvaluateError> {
    let respondents = respondents(dataset, register)?;
    check_one_n(dataset, dispositions)?;
    let (samples, units_of) = samples(register, &respondents)?;
    let made = |columns: &[&Column], estimand: Estimand| {
        request::request(&dataset.wave, &samples, columns, estimand)
    };
    let findings = tables::findings(
        dataset,
        questionnaire,
        &samples,
        &wave.inhabitants_too,
        &made,
    )?;
    let known: BTreeMap<&str, &Paradata> = wave
        .paradata
        .iter()
        .map(|paradata| (paradata.unit.as_str(), paradata))
        .collect();
    let known = dataset
        .units
        .iter()
        .map(|unit| known.get(unit.as_str()).copied());
    let known: Vec<Option<&Paradata>> = known.collect();
    let weights = weights_report(&samples, &units_of, &dataset.columns, &findings, &known);
    let apart = respondents
        .iter()
        .filter(|u| u.population().is_none())
        .count();
    Ok(Release {
        wave: dataset.wave.clone(),
        title: wave.title.clone(),
        field_period: wave.field_period,
        frozen: dataset.frozen,
        method: MethodReport {
            weights: Some(weights),
            ..report(register, &samples, dispositions, apart)
        },
        findings,
        kept: Vec::new(),
        synthetic: wave.synthetic,
    })
}

/// The respondents of each population, weighted, and the units of the register that they stand for.
pub(crate) fn samples<'r>(
    register: &'r Register,
    respondents: &[&Municipality],
) -> Result<(Vec<Sample>, Vec<Vec<&'r Municipality>>), EvaluateError> {
    let (mut samples, mut units_of) = (Vec::new(), Vec::new());
    for population in Population::ALL {
        let units: Vec<&Municipality> = register.of(population).collect();
        let (rows, of): (Vec<usize>, Vec<&Municipality>) = (0..)
            .zip(respondents)
            .filter(|(_, unit)| unit.population() == Some(population))
            .map(|(row, unit)| (row, *unit))
            .unzip();
        if let Some(weighting) = Weighting::new(population, &units, &of)? {
            samples.push(Sample::new(weighting, rows, &of, &units));
            units_of.push(units);
        }
    }
    Ok((samples, units_of))
}

/// The units of a dataset in the register, in its order.
pub(crate) fn respondents<'r>(
    dataset: &Dataset,
    register: &'r Register,
) -> Result<Vec<&'r Municipality>, EvaluateError> {
    let find = |unit: &String| {
        let key = Key::new(unit.as_str()).ok();
        let found = key.and_then(|key| register.get(&key));
        found.ok_or_else(|| EvaluateError::UnknownUnit { unit: unit.clone() })
    };
    dataset.units.iter().map(find).collect()
}

fn check_one_n(
    dataset: &Dataset,
    dispositions: &[(Key, Disposition)],
) -> Result<(), EvaluateError> {
    let mut counting: Vec<&str> = dispositions
        .iter()
        .filter(|(_, disposition)| disposition.counts())
        .map(|(key, _)| key.as_str())
        .collect();
    counting.sort_unstable();
    let mut units: Vec<&str> = dataset.units.iter().map(String::as_str).collect();
    units.sort_unstable();
    if counting == units {
        Ok(())
    } else {
        Err(EvaluateError::NotOneN {
            counting: counting.len(),
            in_dataset: units.len(),
        })
    }
}

fn report(
    register: &Register,
    samples: &[Sample],
    dispositions: &[(Key, Disposition)],
    apart: usize,
) -> MethodReport {
    let ResponseTable {
        invited,
        by_size_class,
        by_type,
        by_land,
        ..
    } = response_table(register, dispositions);
    let rows = |lines: &[crate::ResponseLine]| lines.iter().map(ResponseRow::from).collect();
    let of = |population: Population| {
        samples
            .iter()
            .map(|sample| &sample.weighting)
            .find(|weighting| weighting.population == population)
    };
    let [municipalities, counties] = Population::ALL.map(of);
    let n = |weighting: Option<&Weighting>| weighting.map_or(0, |w| count(w.weights().len()));
    let mut merged: Vec<Text> = samples
        .iter()
        .flat_map(|sample| merged(&sample.weighting))
        .collect();
    if apart > 0 {
        merged.push(text(
            format!(
                "{apart} Antworten von Gemeindeverbänden gehen in keine Zahl ein: ein Verband steht nicht für \
                 jede seiner Gemeinden."
            ),
            format!(
                "{apart} answers of associations enter no figure: an association does not stand for each of \
                 its municipalities."
            ),
        ));
    }
    MethodReport {
        n_municipalities: n(municipalities),
        n_counties: n(counties),
        invited,
        by_size_class: rows(&by_size_class),
        by_type: rows(&by_type),
        by_land: rows(&by_land),
        cells: samples.iter().flat_map(|s| cells(&s.weighting)).collect(),
        uncovered: uncovered(register, samples),
        kish_n: kish(municipalities),
        kish_n_counties: kish(counties),
        weight_ratio: weight_ratio(municipalities),
        weight_ratio_counties: weight_ratio(counties),
        raking: raking(samples),
        collapsing: collapsing(),
        merged,
        assumption: text(
            "Unsicherheitsbereich unter der Annahme, dass innerhalb der Gewichtungszellen zufällig \
             geantwortet wurde. Die Kommunen haben selbst entschieden, ob sie antworten; ob diese Annahme \
             zutrifft, lässt sich aus den Antworten nicht prüfen.",
            "Range of uncertainty under the assumption that within the weighting cells answering was random. \
             Municipalities decided themselves whether to answer; the answers cannot tell whether the \
             assumption holds.",
        ),
        disclosure: disclosure::rules(),
        audit: Vec::new(),
        dispositions: in_words(dispositions),
        weights: None,
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).expect("a register has fewer than 2^32 units")
}

fn kish(weighting: Option<&Weighting>) -> u32 {
    weighting.map_or(0, |w| statistics::kish(w.weights()).round() as u32)
}

fn weight_ratio(weighting: Option<&Weighting>) -> u32 {
    let Some(weighting) = weighting else { return 0 };
    let weights = weighting.weights().iter();
    let (low, high) = weights.fold((f64::INFINITY, 0.0_f64), |(low, high), &w| {
        (low.min(w), high.max(w))
    });
    (high / low).round() as u32
}

fn class_names(classes: &[SizeClass]) -> Text {
    let names: Vec<Text> = classes
        .iter()
        .map(|class| text(class.german_plural(), class.english_plural()))
        .collect();
    capital(labels::list(&names))
}

/// German rows and sentences begin with a capital letter.
fn capital(words: Text) -> Text {
    let upper = |word: String| {
        let mut letters = word.chars();
        let first = letters.next().map(|c| c.to_uppercase().to_string());
        first.unwrap_or_default() + letters.as_str()
    };
    text(upper(words.de), upper(words.en))
}

fn land_names(laender: &[Land]) -> Text {
    let names: Vec<Text> = laender.iter().map(|land| labels::land(*land)).collect();
    labels::list(&names)
}

fn cells(weighting: &Weighting) -> Vec<ResponseRow> {
    let rows = weighting.cells.iter().map(|cell| ResponseRow {
        label: class_names(&cell.classes),
        population: count(cell.units),
        responded: count(cell.responded),
        land: None,
    });
    rows.collect()
}

/// What was collapsed and merged, a sentence each.
fn merged(weighting: &Weighting) -> Vec<Text> {
    let population = labels::population(weighting.population);
    let collapsed = weighting.cells.iter().filter(|c| c.classes.len() > 1);
    let cells = collapsed.map(|cell| {
        let names = class_names(&cell.classes);
        text(
            format!("{} bilden gemeinsam eine Gewichtungszelle.", names.de),
            format!("{} form one weighting cell together.", names.en),
        )
    });
    let joined = weighting.groups.iter().filter(|g| g.laender.len() > 1);
    let groups = joined.map(|group| {
        let names = land_names(&group.laender);
        text(
            format!(
                "{}: {} zählen beim Ausgleich zwischen den Ländern als ein Land.",
                population.de, names.de
            ),
            format!(
                "{}: {} count as one Land in raking.",
                population.en, names.en
            ),
        )
    });
    let mut sentences: Vec<Text> = cells.chain(groups).collect();
    sentences.iter_mut().for_each(|s| *s = capital(s.clone()));
    sentences
}

/// Size classes and Länder without any response, by population.
fn uncovered(register: &Register, samples: &[Sample]) -> Vec<Text> {
    let mut texts = Vec::new();
    for population in Population::ALL {
        let units: Vec<&Municipality> = register.of(population).collect();
        let words = labels::population(population);
        let Some(sample) = samples
            .iter()
            .find(|s| s.weighting.population == population)
        else {
            if !units.is_empty() {
                texts.push(words);
            }
            continue;
        };
        for class in SizeClass::ALL {
            let there = units.iter().any(|unit| unit.size_class() == class);
            if there && !sample.covers(|of, _| of == class) {
                texts.push(class_names(&[class]));
            }
        }
        for land in Land::ALL {
            let there = units.iter().any(|unit| unit.land == land);
            if there && !sample.covers(|_, of| of == land) {
                let name = labels::land(land);
                let preposition = if land == Land::Saarland { "im" } else { "in" };
                texts.push(text(
                    format!("{} {preposition} {}", words.de, name.de),
                    format!("{} in {}", words.en, name.en),
                ));
            }
        }
    }
    texts.into_iter().map(capital).collect()
}

fn raking(samples: &[Sample]) -> Text {
    let raked = samples.iter().map(|sample| &sample.weighting);
    let parts: Vec<Text> = raked
        .map(|weighting| {
            let words = labels::population(weighting.population);
            if !weighting.raked {
                return text(
                    format!("{}: kein Ausgleich zwischen den Ländern möglich", words.de),
                    format!("{}: no raking to Länder possible", words.en),
                );
            }
            let (cells, groups) = (weighting.cells.len(), weighting.groups.len());
            text(
                format!(
                    "{}: {} und {groups} Länder oder Ländergruppen, genau getroffen",
                    words.de,
                    counted(cells, "Gewichtungszelle", "Gewichtungszellen"),
                ),
                format!(
                    "{}: {} and {groups} Länder or groups of Länder, met exactly",
                    words.en,
                    counted(cells, "weighting cell", "weighting cells"),
                ),
            )
        })
        .collect();
    let join = |get: fn(&Text) -> &str| parts.iter().map(get).collect::<Vec<_>>().join("; ");
    text(
        format!(
            "Nach den Gewichtungszellen sind die Gewichte an die Zahl der Kommunen je Land angeglichen (Raking). {}.",
            join(|t| &t.de)
        ),
        format!(
            "After the weighting cells, weights were raked to the number of municipalities in each Land. {}.",
            capital(text("", join(|t| &t.en))).en
        ),
    )
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn collapsing() -> Text {
    text(
        format!(
            "Gewichtungszellen sind die Größenklassen, Landkreise für sich. Eine Zelle mit weniger als {CELL_MINIMUM} \
             Antworten wird mit einer benachbarten Größenklasse zusammengelegt (von zweien mit der, die weniger \
             Antworten hat), außer wenn alle ihre Kommunen geantwortet haben. Länder mit weniger als {LAND_MINIMUM} \
             Antworten, mit einer wirksamen Fallzahl unter {LAND_KISH} oder mit Antworten, die hochgerechnet um mehr als das Dreifache von der Zahl ihrer Kommunen \
             abweichen, werden mit einem Nachbarland zusammengelegt. Gewichte werden nicht gekappt."
        ),
        format!(
            "Weighting cells are the size classes, counties on their own. A cell with fewer than {CELL_MINIMUM} \
             responses is collapsed with a neighbouring size class (of two, the one with fewer responses), unless \
             all of its municipalities answered. Länder with fewer than {LAND_MINIMUM} responses, with an effective n below {LAND_KISH}, or with \
             responses that when weighted are off their number of municipalities by more than a factor of three, \
             are merged with a neighbouring Land. Weights are not trimmed."
        ),
    )
}

fn in_words(dispositions: &[(Key, Disposition)]) -> Vec<(Text, u32)> {
    let mut counts: BTreeMap<Disposition, u32> = BTreeMap::new();
    for (_, disposition) in dispositions {
        *counts.entry(*disposition).or_default() += 1;
    }
    counts
        .into_iter()
        .map(|(disposition, count)| (disposition_words(disposition), count))
        .collect()
}

fn disposition_words(disposition: Disposition) -> Text {
    match disposition {
        Disposition::Unopened => text("nicht geöffnet", "not opened"),
        Disposition::Begun => text(
            "begonnen, weniger als die Hälfte beantwortet",
            "begun, less than half answered",
        ),
        Disposition::UsablePartial => text(
            "nicht abgesendet, mindestens zur Hälfte beantwortet",
            "not submitted, at least half answered",
        ),
        Disposition::Complete => text("abgesendet", "submitted"),
        Disposition::Duplicate => text("doppelt", "duplicate"),
        Disposition::Withdrawn => text("zurückgezogen", "withdrawn"),
    }
}
