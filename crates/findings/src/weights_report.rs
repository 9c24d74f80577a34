//! What the weights did, in numbers that a reader can judge: made at evaluation, kept with the release.
//!
//! All of it is whole or has few digits already, and rests on what attackers are assumed to know (who took part, the
//! weights, the rules) or on released cells; plain percentages and comparisons pass [`crate::disclosure`] with bounds
//! of their own (`docs/decisions/weights-report.md`).

use questionnaire::Text;
use register::{Kind, Land, Municipality, Population, SizeClass};
use serde::{Deserialize, Serialize};

use crate::headlines::{Headline, headlines};
use crate::labels::{self, text};
use crate::sensitivity::{Comparison, comparisons};
use crate::tables::Sample;
use crate::{Domain, Finding, FindingKey, ReleasedCell, ResponseRow, Weighting, disclosure};

/// Points by which those who did not answer are assumed to differ.
pub const DIFFERENCES: [u32; 2] = [5, 10];
/// A group is called thin where the part that answered is below this part of the whole's.
pub const THIN: f64 = 0.5;
/// Smallest group, in units of the register, that is named as thin.
pub const THIN_UNITS: usize = 20;

/// One report a population, in their order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WeightsReport {
    /// The populations that somebody answered of.
    pub populations: Vec<PopulationReport>,
}

/// What the weights of one population did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PopulationReport {
    /// Whose.
    pub population: Population,
    /// Units in the register.
    pub units: u32,
    /// Respondents.
    pub n: u32,
    /// Spread of the weights.
    pub spread: Spread,
    /// All, and each size class with respondents: what an interval there rests on.
    pub bases: Vec<DomainBasis>,
    /// How even the response is.
    pub evenness: Option<Evenness>,
    /// Groups of which clearly fewer answered than of the whole, the thinnest first.
    pub thin: Vec<ResponseRow>,
    /// What trimming there was, in words.
    pub trimming: Text,
    /// Main results with and without weights, the largest difference first.
    pub plain: Vec<PlainRow>,
    /// Main results if those who did not answer differ by [`DIFFERENCES`].
    pub ranges: Vec<RangeRow>,
    /// Early against late, by channel, heads against staff.
    pub comparisons: Vec<Comparison>,
}

/// Weights from the smallest to the largest, in tenths: for how many units a respondent stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spread {
    /// Smallest, a quarter of the respondents below, half, three quarters, largest; in tenths.
    pub tenths: [u32; 5],
    /// Percent of all weight on the tenth of the respondents with the largest weights.
    pub heaviest_tenth: u8,
    /// By what factors raking changed weights within their cells: smallest and largest, in hundredths.
    pub raking_hundredths: (u32, u32),
}

/// What an interval rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DomainBasis {
    /// For whom.
    pub domain: Domain,
    /// Units in the register.
    pub units: u32,
    /// Respondents.
    pub n: u32,
    /// Kish's effective n in tenths.
    pub kish_tenths: u32,
    /// Kish's design effect of weighting, n over effective n, in tenths.
    pub effect_tenths: u32,
    /// By how many tenths of a point a share moves when those who did not answer differ by [`DIFFERENCES`].
    pub shift_tenths: [u32; 2],
}

/// R-indicator: how evenly answering is spread over groups of the register.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evenness {
    /// `1 - 2 sd` of the modelled propensities, in thousandths.
    pub indicator_thousandths: u32,
    /// The same after the correction for estimated propensities, in thousandths.
    pub adjusted_thousandths: u32,
    /// Largest absolute relative bias that an unweighted mean could have for a variable with standard deviation one, were
    /// answering to depend on the groups alone: sd over mean of the propensities, in hundredths.
    pub bias_hundredths: u32,
    /// What the model has, in words.
    pub model: Text,
}

/// A main result with and without weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlainRow {
    /// Key of the finding.
    pub finding: FindingKey,
    /// Key of the item or option.
    pub key: String,
    /// What is counted, in words.
    pub label: Text,
    /// Whole percents with weights, as released.
    pub weighted: u8,
    /// Whole percents of those who answered, each counted once.
    pub plain: u8,
}

impl PlainRow {
    /// Points by which the plain percentage is off.
    pub fn off(&self) -> i16 {
        i16::from(self.plain) - i16::from(self.weighted)
    }
}

/// A main result if those who did not answer differ.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RangeRow {
    /// Key of the finding.
    pub finding: FindingKey,
    /// Key of the item or option.
    pub key: String,
    /// What is counted, in words.
    pub label: Text,
    /// Whole percents, as released.
    pub value: u8,
    /// Interval as released.
    pub interval: Option<(u8, u8)>,
    /// Lowest and highest share for each of [`DIFFERENCES`], whole percents; where there is an interval, of its
    /// bounds.
    pub ranges: [(u8, u8); 2],
}

/// What is known of how a response came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paradata {
    /// Key of the unit.
    pub unit: String,
    /// Day on which it was submitted, or last changed where it was not.
    pub answered: jiff::civil::Date,
    /// Channel of its invitation.
    pub channel: String,
}

/// The report on all samples. `units` has the register's units of each sample's population, `paradata` one entry a
/// row of the dataset (`None`: nothing is known).
pub(crate) fn weights_report(
    samples: &[Sample],
    units: &[Vec<&Municipality>],
    columns: &[dataset::Column],
    findings: &[Finding],
    paradata: &[Option<&Paradata>],
) -> WeightsReport {
    let reports = samples.iter().zip(units).map(|(sample, units)| {
        let headlines = headlines(sample, columns, findings);
        let weighting = &sample.weighting;
        PopulationReport {
            population: weighting.population,
            units: count(units.len()),
            n: count(weighting.weights().len()),
            spread: spread(weighting),
            bases: bases(sample),
            evenness: evenness(weighting, units, sample),
            thin: thin(units, sample),
            trimming: trimming(),
            plain: plain(sample, &headlines),
            ranges: ranges(sample, &headlines),
            comparisons: comparisons(sample, columns, &headlines, paradata),
        }
    });
    WeightsReport {
        populations: reports.collect(),
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).expect("a register has fewer than 2^32 units")
}

/// A number that is not negative, in parts of `part`.
fn parts(value: f64, part: f64) -> u32 {
    // Weights are at most the size of a register; the cast saturates.
    (value * part).round() as u32
}

fn spread(weighting: &Weighting) -> Spread {
    let mut sorted = weighting.weights().to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len() - 1;
    let at = |quarter: usize| parts(sorted[last * quarter / 4], 10.0);
    let heaviest = sorted.len().div_ceil(10);
    let sum: f64 = sorted.iter().sum();
    let top: f64 = sorted[sorted.len() - heaviest..].iter().sum();
    let factors = weighting.weights().iter().zip(&weighting.cell_of);
    let (low, high) = factors.fold((f64::INFINITY, 0.0_f64), |(low, high), (weight, cell)| {
        let cell = &weighting.cells[*cell as usize];
        let factor = weight * cell.responded as f64 / cell.units as f64;
        (low.min(factor), high.max(factor))
    });
    Spread {
        tenths: [at(0), at(1), at(2), at(3), at(4)],
        heaviest_tenth: parts(top / sum, 100.0).min(100) as u8,
        raking_hundredths: (parts(low, 100.0), parts(high, 100.0)),
    }
}

fn bases(sample: &Sample) -> Vec<DomainBasis> {
    let weights = sample.weighting.weights();
    let rows = sample.domains().filter_map(|(domain, inside, units)| {
        let of: Vec<f64> = (0..inside.len())
            .filter(|&row| inside[row])
            .map(|row| weights[row])
            .collect();
        if of.is_empty() {
            return None;
        }
        let kish = statistics::kish(&of);
        let silent = 1.0 - of.len() as f64 / units as f64;
        Some(DomainBasis {
            domain,
            units: count(units),
            n: count(of.len()),
            kish_tenths: parts(kish, 10.0),
            effect_tenths: parts(statistics::weighting_effect(&of), 10.0),
            shift_tenths: DIFFERENCES.map(|points| parts(silent * f64::from(points), 10.0)),
        })
    });
    rows.collect()
}

/// The R-indicator over size classes and Länder (as cells and Land groups) and town status; with fewer of them where
/// the model does not converge.
fn evenness(weighting: &Weighting, units: &[&Municipality], sample: &Sample) -> Option<Evenness> {
    let flag = |holds: &dyn Fn(&Municipality) -> bool| -> Vec<f64> {
        let value = |unit: &&Municipality| f64::from(u8::from(holds(unit)));
        units.iter().map(value).collect()
    };
    let size = |columns: &mut Vec<Vec<f64>>| {
        for cell in weighting.cells.iter().skip(1) {
            columns.push(flag(&|unit| cell.classes.contains(&unit.size_class())));
        }
    };
    let land = |columns: &mut Vec<Vec<f64>>| {
        for group in weighting.groups.iter().skip(1) {
            columns.push(flag(&|unit| group.laender.contains(&unit.land)));
        }
    };
    let towns = flag(&|unit| matches!(unit.kind, Kind::IndependentCity | Kind::Town));
    let mixed = towns.contains(&0.0) && towns.contains(&1.0);
    let models: [(&str, &str, u8); 3] = [
        (
            "Größenklasse, Land und Stadtrecht",
            "size class, Land and town status",
            2,
        ),
        ("Größenklasse und Land", "size class and Land", 1),
        ("Größenklasse", "size class", 0),
    ];
    let responded: Vec<bool> = units.iter().map(|unit| sample.holds(unit)).collect();
    models.into_iter().find_map(|(de, en, depth)| {
        if depth == 2 && !mixed {
            return None;
        }
        let mut columns = vec![vec![1.0; units.len()]];
        size(&mut columns);
        if depth > 0 {
            land(&mut columns);
        }
        if depth > 1 {
            columns.push(towns.clone());
        }
        let predictors: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let found = statistics::propensity(&responded, &predictors).ok()?;
        let bound = |value: f64| parts(value.clamp(0.0, 1.0), 1_000.0);
        Some(Evenness {
            indicator_thousandths: bound(found.r_indicator),
            adjusted_thousandths: bound(found.r_indicator_adjusted),
            bias_hundredths: parts(found.sd / found.mean, 100.0),
            model: text(de, en),
        })
    })
}

/// Size classes, types and Länder of which clearly fewer answered than of the whole, the thinnest first.
fn thin(units: &[&Municipality], sample: &Sample) -> Vec<ResponseRow> {
    let group = |label: Text, land: Option<Land>, holds: &dyn Fn(&Municipality) -> bool| {
        let of: Vec<&&Municipality> = units.iter().filter(|unit| holds(unit)).collect();
        let responded = of.iter().filter(|unit| sample.holds(unit)).count();
        ResponseRow {
            label,
            population: count(of.len()),
            responded: count(responded),
            land,
        }
    };
    let mut rows: Vec<ResponseRow> = SizeClass::ALL
        .into_iter()
        .map(|class| {
            group(labels::size_class(class), None, &|unit| {
                unit.size_class() == class
            })
        })
        .collect();
    for kind in [Kind::IndependentCity, Kind::Town, Kind::Municipality] {
        rows.push(group(labels::kind(kind), None, &|unit| unit.kind == kind));
    }
    for land in Land::ALL {
        rows.push(group(labels::land(land), Some(land), &|unit| {
            unit.land == land
        }));
    }
    let part = |row: &ResponseRow| f64::from(row.responded) / f64::from(row.population);
    let whole = sample.weighting.weights().len() as f64 / units.len() as f64;
    rows.retain(|row| row.population as usize >= THIN_UNITS && part(row) < THIN * whole);
    rows.sort_by(|a, b| part(a).total_cmp(&part(b)));
    rows
}

fn trimming() -> Text {
    text(
        "Gewichte werden nicht gekappt: Wer für viele steht, behält sein Gewicht, denn sonst zählten die kleinen Gemeinden \
         zu wenig. Begrenzt ist, wie weit das Angleichen an die Länder ein Gewicht verändern kann: Länder, deren Antworten \
         hochgerechnet um mehr als das Dreifache von der Zahl ihrer Kommunen abweichen, werden vorher mit einem \
         Nachbarland zusammengelegt. Auf kein Ergebnis wirkt also ein Kappen.",
        "Weights are not trimmed: whoever stands for many keeps its weight, since otherwise small municipalities would count \
         too little. What is bounded is how far raking to the Länder can change a weight: Länder whose responses, when \
         weighted, are off their number of municipalities by more than a factor of three are merged with a neighbouring Land \
         first. So trimming affects no result.",
    )
}

fn plain(sample: &Sample, headlines: &[Headline]) -> Vec<PlainRow> {
    let mut rows: Vec<PlainRow> = headlines
        .iter()
        .filter_map(|headline| {
            let ReleasedCell::Percent { value, .. } = headline.released else {
                return None;
            };
            let (yes, n) = headline.counts();
            Some(PlainRow {
                finding: headline.finding.clone(),
                key: headline.key.clone(),
                label: headline.label.clone(),
                weighted: value,
                plain: disclosure::release_plain(yes, n)?,
            })
        })
        .collect();
    let _ = sample;
    rows.sort_by_key(|row| std::cmp::Reverse(row.off().abs()));
    rows
}

fn ranges(sample: &Sample, headlines: &[Headline]) -> Vec<RangeRow> {
    let bases = bases(sample);
    let Some(whole) = bases.first() else {
        return Vec::new();
    };
    let rows = headlines.iter().filter_map(|headline| {
        let ReleasedCell::Percent { value, interval } = headline.released else {
            return None;
        };
        let (low, high) = interval.unwrap_or((value, value));
        let range = |tenths: u32| {
            let moved = |bound: u8, by: f64| (f64::from(bound) + by).round().clamp(0.0, 100.0);
            let by = f64::from(tenths) / 10.0;
            (moved(low, -by) as u8, moved(high, by) as u8)
        };
        Some(RangeRow {
            finding: headline.finding.clone(),
            key: headline.key.clone(),
            label: headline.label.clone(),
            value,
            interval,
            ranges: whole.shift_tenths.map(range),
        })
    });
    rows.collect()
}
