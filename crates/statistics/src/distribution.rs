//! Normal, t, chi-square, F and beta distributions: upper tails and quantiles.
//!
//! Relative accuracy is 1e-12 or better over the parameters that surveys meet (degrees of
//! freedom from 0.5 to 1e6, probabilities from 1e-30); `tests/distributions.rs` holds values of R
//! and of closed forms. Tails are computed as tails, so that small p-values keep their digits.

use crate::special::{beta_factor, beta_regularised, gamma_factor, gamma_regularised, root};

/// Upper tail of the standard normal distribution, `P(Z > x)`.
pub fn normal_upper(x: f64) -> f64 {
    0.5 * libm::erfc(x * core::f64::consts::FRAC_1_SQRT_2)
}

/// Lower tail of the standard normal distribution, `P(Z <= x)`.
pub fn normal_lower(x: f64) -> f64 {
    normal_upper(-x)
}

/// Quantile of the standard normal distribution, for `0 < p < 1`; the infinities at 0 and 1,
/// NaN outside. Start by Abramowitz & Stegun 26.2.23, then Halley steps on the tail.
pub fn normal_quantile(p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    if p == 0.5 {
        return 0.0;
    }
    let tail = if p < 0.5 { p } else { 1.0 - p };
    if tail == 0.0 {
        return if p < 0.5 {
            f64::NEG_INFINITY
        } else {
            f64::INFINITY
        };
    }
    let x = normal_upper_quantile(tail);
    if p < 0.5 { -x } else { x }
}

/// The `x` with `P(Z > x) = tail`, for `0 < tail <= 0.5`.
fn normal_upper_quantile(tail: f64) -> f64 {
    let t = libm::sqrt(-2.0 * libm::log(tail));
    let numerator = 2.515_517 + t * (0.802_853 + t * 0.010_328);
    let denominator = 1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308));
    let mut x = t - numerator / denominator;
    for _ in 0..4 {
        let density = libm::exp(-0.5 * x * x) / libm::sqrt(core::f64::consts::TAU);
        let step = (normal_upper(x) - tail) / density;
        x += step / (1.0 - 0.5 * x * step);
    }
    x
}

/// Upper tail of the t distribution with `df > 0` degrees of freedom (infinite: normal).
pub fn t_upper(x: f64, df: f64) -> f64 {
    if df == f64::INFINITY {
        return normal_upper(x);
    }
    if x.is_nan() || df.is_nan() || df <= 0.0 {
        return f64::NAN;
    }
    let square = x * x;
    let (tail, body) = beta_regularised(0.5 * df, 0.5, df / (df + square), square / (df + square));
    if x >= 0.0 {
        0.5 * tail
    } else {
        0.5 + 0.5 * body
    }
}

/// Two-sided p-value of a t statistic, `P(|T| > |x|)`.
pub fn t_two_sided(x: f64, df: f64) -> f64 {
    2.0 * t_upper(libm::fabs(x), df)
}

/// Quantile of the t distribution, for `0 < p < 1` and `df > 0` (infinite: normal).
pub fn t_quantile(p: f64, df: f64) -> f64 {
    if df == f64::INFINITY {
        return normal_quantile(p);
    }
    if !(p > 0.0 && p < 1.0 && df > 0.0) {
        return f64::NAN;
    }
    if p == 0.5 {
        return 0.0;
    }
    let tail = if p < 0.5 { p } else { 1.0 - p };
    // In u = ln t the logarithm of the tail is smooth, from the normal start to the power tail.
    let goal = libm::log(tail);
    let u = root(
        |u| {
            let t = libm::exp(u);
            let upper = t_upper(t, df);
            let square = t * t;
            let factor = beta_factor(0.5 * df, 0.5, df / (df + square), square / (df + square));
            (libm::log(upper) - goal, -factor / upper)
        },
        -80.0,
        300.0,
        libm::log(normal_upper_quantile(tail)),
        -1.0,
    );
    let t = libm::exp(u);
    if p < 0.5 { -t } else { t }
}

/// Upper tail of the chi-square distribution with `df > 0` degrees of freedom.
pub fn chi_square_upper(x: f64, df: f64) -> f64 {
    gamma_regularised(0.5 * df, 0.5 * x).1
}

/// Quantile of the chi-square distribution, for `0 < p < 1`.
pub fn chi_square_quantile(p: f64, df: f64) -> f64 {
    if !(p > 0.0 && p < 1.0 && df > 0.0) {
        return f64::NAN;
    }
    let a = 0.5 * df;
    let lower_side = p < 0.5;
    let goal = libm::log(if lower_side { p } else { 1.0 - p });
    let u = root(
        |u| {
            let x = libm::exp(u);
            let (lower, upper) = gamma_regularised(a, x);
            let factor = gamma_factor(a, x);
            if lower_side {
                (libm::log(lower) - goal, factor / lower)
            } else {
                (libm::log(upper) - goal, -factor / upper)
            }
        },
        -700.0,
        40.0,
        libm::log(a),
        if lower_side { 1.0 } else { -1.0 },
    );
    2.0 * libm::exp(u)
}

/// Upper tail of the F distribution; an infinite `denominator_df` gives chi-square over its df.
pub fn f_upper(x: f64, numerator_df: f64, denominator_df: f64) -> f64 {
    if x <= 0.0 {
        return 1.0;
    }
    if denominator_df == f64::INFINITY {
        return chi_square_upper(x * numerator_df, numerator_df);
    }
    let sum = denominator_df + numerator_df * x;
    beta_regularised(
        0.5 * denominator_df,
        0.5 * numerator_df,
        denominator_df / sum,
        numerator_df * x / sum,
    )
    .0
}

/// Quantile of the F distribution, for `0 < p < 1` and finite degrees of freedom.
pub fn f_quantile(p: f64, numerator_df: f64, denominator_df: f64) -> f64 {
    let odds = beta_odds(p, 0.5 * numerator_df, 0.5 * denominator_df);
    odds * denominator_df / numerator_df
}

/// Lower tail of the beta distribution, `I_x(a, b)`.
pub fn beta_lower(x: f64, a: f64, b: f64) -> f64 {
    beta_regularised(a, b, x, 1.0 - x).0
}

/// Quantile of the beta distribution. A parameter of zero puts all mass at that end, as the
/// intervals for proportions need: `a = 0` gives 0, `b = 0` gives 1.
pub fn beta_quantile(p: f64, a: f64, b: f64) -> f64 {
    if !(p > 0.0 && p < 1.0 && a >= 0.0 && b >= 0.0) {
        return f64::NAN;
    }
    if a == 0.0 {
        return 0.0;
    }
    if b == 0.0 {
        return 1.0;
    }
    let odds = beta_odds(p, a, b);
    odds / (1.0 + odds)
}

/// `x / (1 - x)` at the quantile `x` of the beta distribution.
fn beta_odds(p: f64, a: f64, b: f64) -> f64 {
    if !(p > 0.0 && p < 1.0 && a > 0.0 && b > 0.0) {
        return f64::NAN;
    }
    let lower_side = p < 0.5;
    let goal = libm::log(if lower_side { p } else { 1.0 - p });
    let u = root(
        |u| {
            let (x, y) = if u < 0.0 {
                let odds = libm::exp(u);
                (odds / (1.0 + odds), 1.0 / (1.0 + odds))
            } else {
                let odds = libm::exp(-u);
                (1.0 / (1.0 + odds), odds / (1.0 + odds))
            };
            let (lower, upper) = beta_regularised(a, b, x, y);
            let factor = beta_factor(a, b, x, y);
            if lower_side {
                (libm::log(lower) - goal, factor / lower)
            } else {
                (libm::log(upper) - goal, -factor / upper)
            }
        },
        -700.0,
        700.0,
        libm::log(a / b),
        if lower_side { 1.0 } else { -1.0 },
    );
    libm::exp(u)
}
