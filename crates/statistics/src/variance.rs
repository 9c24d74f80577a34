//! The population's variances and covariances.

use crate::design::Design;
use crate::estimates::{EstimateError, Estimates, Missing};

impl Design {
    /// Variances and covariances of numeric columns in the population (R's `svyvar`), as
    /// estimates in the order `(0,0), (1,0), ..., (0,1), (1,1), ...`: column by column.
    ///
    /// `Σw (x - x̄)(y - ȳ) / Σw · n / (n - 1)`, linearised with the means as given. Errors:
    /// [`EstimateError`].
    pub fn variances(
        &self,
        columns: &[&[f64]],
        domain: Option<&[bool]>,
        missing: Missing,
    ) -> Result<Estimates, EstimateError> {
        let present = self.present_numbers(columns, domain, missing)?;
        let weight = self.weight_of(&present);
        let n = self.basis(&present).n as f64;
        let means: Vec<f64> = columns
            .iter()
            .map(|column| self.weighted_mean(column, &present, weight))
            .collect();
        let mut products = Vec::with_capacity(columns.len() * columns.len());
        for (right, right_mean) in columns.iter().zip(&means) {
            for (left, left_mean) in columns.iter().zip(&means) {
                let product: Vec<f64> = left
                    .iter()
                    .zip(*right)
                    .map(|(x, y)| (x - left_mean) * (y - right_mean) * n / (n - 1.0))
                    .collect();
                products.push(product);
            }
        }
        let products: Vec<&[f64]> = products.iter().map(Vec::as_slice).collect();
        let mut estimates = self.mean_of(&products, &present)?;
        for effect in &mut estimates.design_effects {
            *effect = None;
        }
        Ok(estimates)
    }
}
