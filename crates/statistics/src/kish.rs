//! The spread of weights and what it costs.

/// Kish's effective n, `(Σw)² / Σw²` (Kish, Survey Sampling, 1965, 11.2C; Kish 1992): the size of
/// an equally weighted sample of about the same precision. Zero without weights.
pub fn kish(weights: &[f64]) -> f64 {
    let mut sum = 0.0;
    let mut square = 0.0;
    for weight in weights {
        sum += weight;
        square += weight * weight;
    }
    if square > 0.0 {
        sum * sum / square
    } else {
        0.0
    }
}

/// Kish's design effect of weighting, `n Σw² / (Σw)²`, over the weights that are not zero.
pub fn weighting_effect(weights: &[f64]) -> f64 {
    let n = weights.iter().filter(|weight| **weight != 0.0).count();
    n as f64 / kish(weights)
}
