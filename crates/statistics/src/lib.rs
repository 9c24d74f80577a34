//! Survey estimators on plain columns: design, weights, variance, intervals, tests.
//!
//! Step in the chain: it turns the columns of a dataset into estimates. It knows no municipality,
//! no German and no files; it takes slices and gives numbers, always summed in the same order and
//! with `libm` instead of the platform's functions, so that equal input gives equal bits.
//!
//! A missing number is NaN, a missing level `None`; a domain is a mask with one value a row,
//! which restricts an estimate but leaves the design whole. What is computed is checked against R
//! `survey` (see `tests/r_survey.rs`), whose names for options are kept.
//!
//! ```
//! use statistics::{Columns, Design, LonelyPsu, Missing, Population};
//! use statistics::{ProportionInterval, ProportionMethod};
//!
//! // Two strata of 40 and 10 units, three and two of which answered.
//! let strata = [1, 1, 1, 2, 2];
//! let sizes = [40.0, 40.0, 40.0, 10.0, 10.0];
//! let design = Design::new(
//!     &Columns {
//!         rows: 5,
//!         strata: Some(&strata),
//!         population: Some(Population::Sizes(&sizes)),
//!         ..Columns::default()
//!     },
//!     LonelyPsu::Fail,
//! )?;
//! let staff = [2.0, 3.0, f64::NAN, 8.0, 12.0];
//! let mean = design.mean(&[&staff], None, Missing::Drop)?.get(0);
//! assert_eq!(mean.basis.n, 4);
//! let interval = mean.interval(mean.basis.df as f64, 0.95);
//! assert!(interval.low < mean.value && mean.value < interval.high);
//!
//! let answers = [Some(0), Some(1), Some(1), None, Some(1)];
//! let shares = design.proportions(&answers, 2, None, Missing::Drop)?;
//! let yes = shares.get(1);
//! let wilson = ProportionInterval {
//!     method: ProportionMethod::Wilson,
//!     confidence: 0.95,
//!     df: yes.basis.df as f64,
//!     n: yes.basis.n,
//!     cap: Some(yes.basis.n_effective),
//! }
//! .of(&yes);
//! assert!(0.0 < wilson.low && wilson.high <= 1.0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod agreement;
mod association;
mod by;
mod calibration;
mod contrast;
mod design;
pub mod distribution;
mod estimates;
mod greg;
mod interval;
mod kish;
mod linearisation;
mod matrix;
mod mean;
mod multiple;
mod overlap;
mod propensity;
mod quantile;
mod random;
mod ranking;
mod regression;
mod replicate;
pub mod request;
mod special;
mod tabulation;
mod variance;

pub use agreement::{AlphaMetric, krippendorff_alpha};
pub use association::{AssociationMethod, AssociationTest, TwoWay};
pub use by::{CrossedGroups, GroupEstimates, cross};
pub use calibration::{CalibrationError, Margin, RakeControl, RakeReport};
pub use contrast::{Alternative, TTest, smallest_detectable};
pub use design::{Columns, Design, DesignError, LaterStage, LonelyPsu, Population};
pub use estimates::{Basis, DesignEffect, Estimate, EstimateError, Estimates, Interval, Missing};
pub use greg::Distance;
pub use interval::{ProportionInterval, ProportionMethod, korn_graubard, printed, wilson};
pub use kish::{kish, weighting_effect};
pub use matrix::Matrix;
pub use multiple::{benjamini_hochberg, benjamini_yekutieli, fcr_confidence, holm};
pub use overlap::{Change, Wave, change, overlap_covariance};
pub use propensity::{Propensity, propensity};
pub use quantile::{
    QuantileEstimate, QuantileRequest, QuantileRule, ReplicateQuantile, weighted_quantile,
};
pub use ranking::{RankRequest, RankSet, rank_sets};
pub use regression::{Regression, fit_linear, fit_logistic};
pub use replicate::{ReplicateColumns, ReplicateDesign, ReplicateEstimates};
pub use tabulation::{GroupMeans, Tabulation};
