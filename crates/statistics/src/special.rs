//! Incomplete beta and gamma functions, the base of every distribution here.
//!
//! Both take their leading factor from Loader's saddle-point form (C. Loader, "Fast and Accurate
//! Computation of Binomial Probabilities", 2000), which does not lose digits for large
//! parameters, and the rest from the continued fractions and series of the NIST Digital Library
//! of Mathematical Functions (8.7, 8.9, 8.17).

/// The smallest number that a Lentz denominator may become.
const TINY: f64 = 1e-300;
const LN_SQRT_2PI: f64 = 0.918_938_533_204_672_8;
const TWO_PI: f64 = core::f64::consts::TAU;

/// The error of Stirling's formula, `ln Γ(n + 1) - ((n + 1/2) ln n - n + ln(2π)/2)`, for `n > 0`.
fn stirling_error(n: f64) -> f64 {
    if n < 16.0 {
        return libm::lgamma(n + 1.0) - (n + 0.5) * libm::log(n) + n - LN_SQRT_2PI;
    }
    // DLMF 5.11.1; eight terms leave less than 1e-17 from 16 on.
    const COEFFICIENTS: [f64; 8] = [
        1.0 / 12.0,
        -1.0 / 360.0,
        1.0 / 1260.0,
        -1.0 / 1680.0,
        1.0 / 1188.0,
        -691.0 / 360_360.0,
        1.0 / 156.0,
        -3617.0 / 122_400.0,
    ];
    let square = 1.0 / (n * n);
    let sum = COEFFICIENTS
        .iter()
        .rev()
        .fold(0.0, |sum, coefficient| sum * square + coefficient);
    sum / n
}

/// `x ln(x / m) + m - x` without cancellation where `x` is near `m`; both positive.
fn deviance(x: f64, m: f64) -> f64 {
    let difference = x - m;
    if libm::fabs(difference) >= 0.1 * (x + m) {
        return x * libm::log(x / m) - difference;
    }
    let ratio = difference / (x + m);
    let square = ratio * ratio;
    let mut sum = difference * ratio;
    let mut term = 2.0 * x * ratio;
    let mut odd = 3.0;
    loop {
        term *= square;
        let next = sum + term / odd;
        if next == sum {
            return sum;
        }
        sum = next;
        odd += 2.0;
    }
}

/// `x^a y^b / B(a, b)` with `y = 1 - x`, all four in their open ranges.
pub(crate) fn beta_factor(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let n = a + b;
    let exponent = stirling_error(n)
        - stirling_error(a)
        - stirling_error(b)
        - deviance(a, n * x)
        - deviance(b, n * y);
    libm::exp(exponent) * libm::sqrt(a * b / (TWO_PI * n))
}

/// The regularised incomplete beta function: `(I_x(a, b), 1 - I_x(a, b))`, each with its own
/// relative accuracy. `y` is `1 - x`, given apart so that neither end loses digits.
pub(crate) fn beta_regularised(a: f64, b: f64, x: f64, y: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if y <= 0.0 {
        return (1.0, 0.0);
    }
    let factor = beta_factor(a, b, x, y);
    if x * (a + b + 2.0) < a + 1.0 {
        let lower = factor * beta_fraction(a, b, x) / a;
        (lower, 1.0 - lower)
    } else {
        let upper = factor * beta_fraction(b, a, y) / b;
        (1.0 - upper, upper)
    }
}

/// The continued fraction DLMF 8.17.22 by Lentz's method.
fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    let mut c = 1.0;
    let mut d = away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    d = 1.0 / d;
    let mut value = d;
    for step in 1..100_000 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / away_from_zero(1.0 + even * d);
        c = away_from_zero(1.0 + even / c);
        value *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / away_from_zero(1.0 + odd * d);
        c = away_from_zero(1.0 + odd / c);
        let change = d * c;
        value *= change;
        if libm::fabs(change - 1.0) < 2e-16 {
            break;
        }
    }
    value
}

/// `x^a e^-x / Γ(a)`, for `a > 0` and `x > 0`.
pub(crate) fn gamma_factor(a: f64, x: f64) -> f64 {
    libm::exp(-stirling_error(a) - deviance(a, x)) * libm::sqrt(a / TWO_PI)
}

/// The regularised incomplete gamma function: `(P(a, x), Q(a, x))`.
pub(crate) fn gamma_regularised(a: f64, x: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if x == f64::INFINITY {
        return (1.0, 0.0);
    }
    let factor = gamma_factor(a, x);
    if x < a + 1.0 {
        // DLMF 8.7.1
        let mut term = 1.0 / a;
        let mut sum = term;
        let mut k = a;
        for _ in 0..100_000 {
            k += 1.0;
            term *= x / k;
            sum += term;
            if term < sum * 1e-17 {
                break;
            }
        }
        let lower = factor * sum;
        (lower, 1.0 - lower)
    } else {
        // DLMF 8.9.2 by Lentz's method
        let mut b = x + 1.0 - a;
        let mut c = 1.0 / TINY;
        let mut d = 1.0 / away_from_zero(b);
        let mut value = d;
        for step in 1..100_000 {
            let k = f64::from(step);
            let numerator = -k * (k - a);
            b += 2.0;
            d = 1.0 / away_from_zero(numerator * d + b);
            c = away_from_zero(b + numerator / c);
            let change = d * c;
            value *= change;
            if libm::fabs(change - 1.0) < 2e-16 {
                break;
            }
        }
        let upper = factor * value;
        (1.0 - upper, upper)
    }
}

fn away_from_zero(value: f64) -> f64 {
    if libm::fabs(value) < TINY {
        TINY
    } else {
        value
    }
}

/// Finds the root of a monotone function in `[low, high]` by Newton steps that fall back to
/// bisection. `function` returns value and derivative; its sign at `high` is `sign_at_high`.
pub(crate) fn root(
    function: impl Fn(f64) -> (f64, f64),
    mut low: f64,
    mut high: f64,
    start: f64,
    sign_at_high: f64,
) -> f64 {
    let mut at = start.clamp(low, high);
    for _ in 0..300 {
        let (value, slope) = function(at);
        if value == 0.0 {
            return at;
        }
        if value * sign_at_high > 0.0 {
            high = at;
        } else {
            low = at;
        }
        let newton = at - value / slope;
        let next = if newton > low && newton < high {
            newton
        } else {
            0.5 * (low + high)
        };
        let step = libm::fabs(next - at);
        at = next;
        if step <= 1e-15 * libm::fabs(at) || high - low <= 1e-15 * libm::fabs(at) {
            break;
        }
    }
    at
}
