//! What a request says, typed.

use super::expression::Expression;
use super::table::Level;
use crate::{
    AlphaMetric, Alternative, AssociationMethod, Distance, LonelyPsu, Missing, ProportionMethod,
    QuantileRule,
};

/// Number of the request's file format.
pub const REQUEST_FORMAT: u32 = 1;

/// Where something stands in a request.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The way to it, e.g. `ask[2].of[0]`; empty for the whole request.
    pub path: String,
    /// Line, from one; zero where the request came from no text.
    pub line: usize,
    /// Column, from one, counted in characters.
    pub column: usize,
}

/// What is wrong with a request or with the data that it asks of, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub place: Place,
    /// What.
    pub what: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Place { path, line, column } = &self.place;
        if *line > 0 {
            write!(f, "{line}:{column}: ")?;
        }
        if !path.is_empty() {
            write!(f, "{path}: ")?;
        }
        write!(f, "{}", self.what)
    }
}

/// A name in a request (of a column, of an ask), with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name.
    pub name: String,
    /// Where it stands.
    pub place: Place,
}

/// An expression of a request.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// As it was written.
    pub text: String,
    /// As it was read.
    pub expression: Expression,
    /// Where it stands.
    pub place: Place,
}

/// A request: data, design, calibration, and what is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// The file and how it is read.
    pub data: Data,
    /// Columns made of others, in order.
    pub define: Vec<(String, Condition)>,
    /// Rows that do not belong to the sample at all.
    pub exclude: Option<Condition>,
    /// The sampling design.
    pub design: DesignOf,
    /// What the weights are calibrated to, step by step.
    pub calibrate: Vec<Calibration>,
    /// Confidence of intervals, for example 0.95.
    pub confidence: f64,
    /// The asks, in order.
    pub asks: Vec<Ask>,
}

/// The data of a request.
#[derive(Debug, Clone, PartialEq)]
pub struct Data {
    /// CSV or Parquet file, relative to the request.
    pub file: Name,
    /// Columns that hold texts although they look like numbers.
    pub text: Vec<Name>,
    /// Texts that stand for a missing value.
    pub missing: Vec<String>,
}

/// The design of a request.
#[derive(Debug, Clone, PartialEq)]
pub struct DesignOf {
    /// Stages of sampling, the first one first; none: every row is a unit of one stratum.
    pub stages: Vec<Stage>,
    /// Column of weights.
    pub weights: Option<Name>,
    /// Rule for strata with a single unit.
    pub lonely: LonelyPsu,
    /// Whether that rule also holds where only the domain has a single unit.
    pub domain_lonely: bool,
    /// Whether equal units in different strata are different ones.
    pub nest: bool,
    /// Column of waves, where rows are of several that share units (the first stage's `psu`): each wave is a sample of
    /// its own, and what compares waves has the covariance of the units in both.
    pub waves: Option<Name>,
    /// Replicate weights.
    pub replicates: Option<Replicates>,
    /// Where the design stands.
    pub place: Place,
}

/// One stage of sampling.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stage {
    /// Column of units; left out: rows.
    pub psu: Option<Name>,
    /// Column of strata.
    pub strata: Option<Name>,
    /// Column of units in the population of the stratum.
    pub population: Option<Name>,
    /// Column of the sampled fraction of the stratum.
    pub fraction: Option<Name>,
}

/// How replicate weights are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplicateKind {
    /// Delete one unit; JK1 and JKn differ in that JK1 knows no strata.
    Jackknife,
    /// Canty and Davison's bootstrap.
    Bootstrap,
    /// Rao and Wu's rescaling bootstrap.
    Subbootstrap,
    /// Whatever the columns are.
    Other,
}

/// Replicate weights of a request.
#[derive(Debug, Clone, PartialEq)]
pub struct Replicates {
    /// Type.
    pub kind: ReplicateKind,
    /// Columns that hold them; a name that ends with `*` stands for all columns that begin so.
    /// None: they are made from the design.
    pub columns: Vec<Name>,
    /// How many are made (bootstraps).
    pub count: usize,
    /// Seed (bootstraps).
    pub seed: u64,
    /// Factor on the sum of squares; left out: by the type.
    pub scale: Option<f64>,
    /// Factor on each square.
    pub rscales: Option<Vec<f64>>,
    /// Whether columns are weights (`true`) or factors on the weights.
    pub combined: bool,
    /// Whether squares are taken around the full estimate.
    pub mse: bool,
    /// Degrees of freedom; left out: the rank of the replicates less one.
    pub df: Option<f64>,
    /// Where they stand.
    pub place: Place,
}

/// A margin: groups of columns with their totals.
#[derive(Debug, Clone, PartialEq)]
pub struct MarginOf {
    /// Columns whose combinations are the groups.
    pub by: Vec<Name>,
    /// For each group its levels, in the order of `by`, and its total.
    pub totals: Vec<(Vec<Level>, f64)>,
    /// Where it stands.
    pub place: Place,
}

/// One step of calibration.
#[derive(Debug, Clone, PartialEq)]
pub enum Calibration {
    /// Post-stratification.
    Poststratify(MarginOf),
    /// Raking.
    Rake {
        /// Margins.
        margins: Vec<MarginOf>,
        /// When to stop, as in [`RakeControl`](crate::RakeControl).
        epsilon: f64,
        /// At most so many rounds.
        iterations: usize,
        /// Where it stands.
        place: Place,
    },
    /// Calibration to totals of columns.
    Linear {
        /// Column, its level (`None`: the numbers themselves) and its total; no column is the
        /// constant.
        terms: Vec<(Option<Name>, Option<Level>, f64)>,
        /// Distance and bounds.
        distance: Distance,
        /// Whether variances allow for what the calibration used up, see
        /// [`Design::with_leverage_correction`](crate::Design::with_leverage_correction).
        leverage: bool,
        /// Where it stands.
        place: Place,
    },
    /// Trimming.
    Trim {
        /// Least weight.
        low: f64,
        /// Largest weight.
        high: f64,
        /// Whether no weight may be outside after spreading.
        strict: bool,
        /// Where it stands.
        place: Place,
    },
}

/// Which degrees of freedom an interval has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DegreesOf {
    /// Those of the whole design.
    #[default]
    Design,
    /// Those of the strata and units with rows in the domain.
    Domain,
    /// At most those of the domain: how many terms its variance rests on, less one, `(Σa)² / Σa² - 1` with
    /// `a = (1 - f) w²` (after Satterthwaite 1946).
    Effective,
    /// Infinitely many: quantiles of the normal distribution.
    Normal,
}

/// What the effective n behind a share's interval may not exceed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cap {
    /// Nothing, as in R.
    #[default]
    None,
    /// Kish's n.
    Kish,
    /// Kish's n with finite population corrections, `(Σw)² / Σ(1 - f)w²`.
    KishOpen,
    /// The n of an equally weighted random sample with the variance that a share has by what is not known: that each
    /// answer is taken for `w - 1` others, and that these others answer as they do. With `sums` and
    /// `squares` the latter knows how large they are.
    Unanswered,
}

/// Between which rows of an answer covariances are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CovarianceOf {
    /// None.
    #[default]
    None,
    /// Rows of the same column in `of`: each row then lists only those.
    Within,
    /// All rows.
    All,
}

/// How p-values are adjusted for their number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adjustment {
    /// Benjamini and Hochberg, with intervals adjusted for selection.
    BenjaminiHochberg,
    /// Benjamini and Yekutieli, with intervals adjusted for selection.
    BenjaminiYekutieli,
    /// Holm.
    Holm,
}

/// One weight of a contrast: the rows that it is for, and the factor.
#[derive(Debug, Clone, PartialEq)]
pub struct ContrastWeight {
    /// Values that a row must have, by `of`, `level` or a variable of `by`.
    pub keys: Vec<(String, Level)>,
    /// Factor.
    pub x: f64,
    /// Where it stands.
    pub place: Place,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Stat {
    /// Means; of a text column shares of its levels.
    Mean,
    /// Totals; of a text column those of its levels.
    Total,
    /// Ratios of totals, `of` over `over`.
    Ratio,
    /// Variances in the population, or covariances with `over`.
    Variance,
    /// Correlation with `over`.
    Correlation,
    /// Shares of levels.
    Proportion {
        /// Only these levels, taken together; none: each level by itself.
        levels: Vec<Level>,
        /// Interval.
        interval: ProportionMethod,
        /// What the effective n may not exceed.
        cap: Cap,
        /// For [`Cap::Unanswered`]: `weight_by`, summed over the population of a stratum.
        sums: Vec<(Level, f64)>,
        /// For [`Cap::Unanswered`]: the squares of `weight_by`, summed over the population of a stratum.
        squares: Vec<(Level, f64)>,
        /// The share is printed only from so many rows on each side on; see [`crate::printed`].
        printed_from: Option<u64>,
    },
    /// Quantiles.
    Quantile {
        /// Shares below.
        p: Vec<f64>,
        /// Definition.
        rule: QuantileRule,
        /// Interval on the scale of the share.
        interval: ProportionMethod,
    },
    /// Test of association with `over`.
    Association(AssociationMethod),
    /// Test of a mean, or of two groups in `over`.
    TTest {
        /// Value under the null hypothesis.
        null: f64,
        /// Which differences count.
        alternative: Alternative,
        /// Adjustment over the rows of the answer.
        adjust: Option<Adjustment>,
    },
    /// Test whether two groups in `over` differ in ranks.
    RankTest,
    /// Regression of `of` on columns.
    Regression {
        /// Predictors; text columns give a term for each level but the first.
        on: Vec<Name>,
        /// Logistic, not linear.
        logistic: bool,
        /// Level that counts as one.
        level: Option<Level>,
    },
    /// Linear combinations of the rows of another ask.
    Contrast {
        /// The other ask.
        from: Name,
        /// Factors.
        weights: Vec<ContrastWeight>,
        /// The ratio of the first weight's row to the second's instead.
        ratio: bool,
        /// Value under the null hypothesis.
        null: f64,
        /// Which differences count.
        alternative: Alternative,
        /// Adjustment over the rows of all contrasts of the same family.
        adjust: Option<Adjustment>,
        /// Name of the family; left out: this ask alone.
        family: Option<String>,
    },
    /// Ranks of the rows of another ask, with simultaneous confidence sets.
    Ranks {
        /// The other ask.
        from: Name,
        /// Draws for the critical value.
        draws: usize,
        /// Seed of the draws.
        seed: u64,
    },
    /// Krippendorff's alpha of the columns `of`, each a coder's.
    Alpha(AlphaMetric),
}

/// One ask.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// Its name in the answer.
    pub id: Name,
    /// What.
    pub stat: Stat,
    /// Of which columns.
    pub of: Vec<Name>,
    /// The other column: denominator, second variable, groups.
    pub over: Option<Name>,
    /// In the groups of which columns.
    pub by: Vec<Name>,
    /// In which domain.
    pub domain: Option<Condition>,
    /// Rows that do not belong to the sample for this ask.
    pub exclude: Option<Condition>,
    /// Column that multiplies the weights.
    pub weight_by: Option<Name>,
    /// What becomes of missing values.
    pub missing: Missing,
    /// Degrees of freedom of intervals.
    pub df: DegreesOf,
    /// Covariances wanted.
    pub covariance: CovarianceOf,
    /// Confidence of this ask's intervals.
    pub confidence: f64,
    /// Whether the design effect is against sampling with replacement.
    pub deff_with_replacement: bool,
    /// Where it stands.
    pub place: Place,
}

impl Request {
    /// The columns that it reads of the file, in order, each once by its first place. A name that
    /// ends with `*` stands for all columns that begin so.
    pub fn columns(&self) -> Vec<Name> {
        let mut names: Vec<Name> = Vec::new();
        let conditions = |condition: &Condition| -> Vec<Name> {
            let columns = condition.expression.columns().iter();
            columns
                .map(|name| Name {
                    name: name.clone(),
                    place: condition.place.clone(),
                })
                .collect()
        };
        let defined: Vec<&str> = self.define.iter().map(|(name, _)| name.as_str()).collect();
        for (_, condition) in &self.define {
            names.extend(conditions(condition));
        }
        names.extend(self.exclude.iter().flat_map(conditions));
        let design = &self.design;
        for stage in &design.stages {
            let columns = [
                &stage.psu,
                &stage.strata,
                &stage.population,
                &stage.fraction,
            ];
            names.extend(columns.into_iter().flatten().cloned());
        }
        names.extend(design.weights.clone());
        names.extend(design.waves.clone());
        names.extend(design.replicates.iter().flat_map(|r| r.columns.clone()));
        for step in &self.calibrate {
            match step {
                Calibration::Poststratify(margin) => names.extend(margin.by.iter().cloned()),
                Calibration::Rake { margins, .. } => {
                    names.extend(margins.iter().flat_map(|margin| margin.by.iter().cloned()));
                }
                Calibration::Linear { terms, .. } => {
                    names.extend(terms.iter().filter_map(|(name, ..)| name.clone()));
                }
                Calibration::Trim { .. } => {}
            }
        }
        for ask in &self.asks {
            names.extend(ask.of.iter().cloned());
            names.extend(ask.over.clone());
            names.extend(ask.by.iter().cloned());
            names.extend(ask.domain.iter().flat_map(conditions));
            names.extend(ask.exclude.iter().flat_map(conditions));
            names.extend(ask.weight_by.clone());
            if let Stat::Regression { on, .. } = &ask.stat {
                names.extend(on.iter().cloned());
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        names.retain(|name| {
            !defined.contains(&name.name.as_str()) && seen.insert(name.name.clone())
        });
        names
    }
}
