//! Tests of association between two categorical columns: Rao-Scott and Wald.

use crate::design::Design;
use crate::distribution::{chi_square_upper, f_upper};
use crate::estimates::{EstimateError, Missing};
use crate::matrix::Matrix;

/// Which test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AssociationMethod {
    /// Pearson's statistic with Rao and Scott's second-order correction, as F (Rao and Scott
    /// 1984; Thomas and Rao 1987).
    #[default]
    F,
    /// Pearson's statistic with the first-order correction, as chi-square (Rao and Scott 1981).
    ChiSquare,
    /// Wald's statistic of the interaction on the scale of counts (Koch, Freeman, Freeman 1975).
    Wald,
    /// The same with the correction for few degrees of freedom.
    AdjustedWald,
}

/// The result of a test of association.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AssociationTest {
    /// Test statistic.
    pub statistic: f64,
    /// Degrees of freedom of the numerator, or of the chi-square.
    pub numerator_df: f64,
    /// Degrees of freedom of the denominator; infinite for chi-square.
    pub denominator_df: f64,
    /// p-value.
    pub p: f64,
}

/// Two categorical columns.
#[derive(Debug, Clone, Copy)]
pub struct TwoWay<'a> {
    /// Row variable, levels `0..row_count`, `None` missing.
    pub rows: &'a [Option<u32>],
    /// Its number of levels; each must occur.
    pub row_count: usize,
    /// Column variable, levels `0..column_count`, `None` missing.
    pub columns: &'a [Option<u32>],
    /// Its number of levels; each must occur.
    pub column_count: usize,
}

impl Design {
    /// Tests whether two categorical columns are independent (R's `svychisq`).
    ///
    /// Rows with a missing value are dropped. Errors: [`EstimateError`]; `Range` with less than
    /// two levels on a side, `Singular` where a level does not occur.
    pub fn association(
        &self,
        table: &TwoWay<'_>,
        method: AssociationMethod,
        domain: Option<&[bool]>,
    ) -> Result<AssociationTest, EstimateError> {
        let (nr, nc) = (table.row_count, table.column_count);
        if nr < 2 || nc < 2 {
            return Err(EstimateError::Range {
                what: "the number of levels",
            });
        }
        self.check_length(table.rows.len())?;
        self.check_length(table.columns.len())?;
        for (levels, count) in [(table.rows, nr), (table.columns, nc)] {
            for (row, level) in levels.iter().enumerate() {
                if let Some(level) = level
                    && *level as usize >= count
                {
                    return Err(EstimateError::Level {
                        row,
                        level: *level,
                        levels: count,
                    });
                }
            }
        }
        let cells: Vec<Option<u32>> = table
            .rows
            .iter()
            .zip(table.columns)
            .map(|(r, c)| Some(r.as_ref()? * u32::try_from(nc).ok()? + c.as_ref()?))
            .collect();
        match method {
            AssociationMethod::F | AssociationMethod::ChiSquare => {
                self.rao_scott(&cells, nr, nc, method, domain)
            }
            AssociationMethod::Wald | AssociationMethod::AdjustedWald => {
                self.wald(&cells, nr, nc, method, domain)
            }
        }
    }

    fn rao_scott(
        &self,
        cells: &[Option<u32>],
        nr: usize,
        nc: usize,
        method: AssociationMethod,
        domain: Option<&[bool]>,
    ) -> Result<AssociationTest, EstimateError> {
        let shares = self.proportions(cells, nr * nc, domain, Missing::Drop)?;
        let basis = shares.basis();
        let (n, df) = (basis.n as f64, basis.df_domain as f64);
        rao_scott(shares.values(), shares.covariance(), n, df, nr, nc, method)
    }

    fn wald(
        &self,
        cells: &[Option<u32>],
        nr: usize,
        nc: usize,
        method: AssociationMethod,
        domain: Option<&[bool]>,
    ) -> Result<AssociationTest, EstimateError> {
        let counts = self.level_totals(cells, nr * nc, domain, Missing::Drop)?;
        let count = counts.values();
        let (rows, columns) = margins(count, nr, nc)?;
        let total: f64 = rows.iter().fold(0.0, |sum, row| sum + row);
        // The distance of each cell from independence, and its gradient by the cells' counts.
        let mut distances = Vec::new();
        let mut gradients = Vec::new();
        for r in 1..nr {
            for c in 1..nc {
                distances.push(count[r * nc + c] - rows[r] * columns[c] / total);
                let gradient: Vec<f64> = (0..nr * nc)
                    .map(|cell| {
                        let (i, j) = (cell / nc, cell % nc);
                        let mut slope = rows[r] * columns[c] / (total * total);
                        if i == r {
                            slope -= columns[c] / total;
                        }
                        if j == c {
                            slope -= rows[r] / total;
                        }
                        if i == r && j == c {
                            slope += 1.0;
                        }
                        slope
                    })
                    .collect();
                gradients.push(gradient);
            }
        }
        let gradients: Vec<&[f64]> = gradients.iter().map(Vec::as_slice).collect();
        let distances = counts.transform(distances, &gradients);
        let solved = distances
            .covariance()
            .solve_positive(distances.values())
            .ok_or(EstimateError::Singular)?;
        let quadratic = crate::matrix::dot(&solved, distances.values());
        let numerator_df = gradients.len() as f64;
        let df = counts.basis().df_domain as f64;
        let (statistic, denominator_df) = if method == AssociationMethod::Wald {
            (quadratic / numerator_df, df)
        } else {
            let left = df - numerator_df + 1.0;
            (quadratic * left / (numerator_df * df), left)
        };
        Ok(AssociationTest {
            statistic,
            numerator_df,
            denominator_df,
            p: f_upper(statistic, numerator_df, denominator_df),
        })
    }
}

/// Rao and Scott's tests from the shares of all cells, row after row, and their covariance; `n` rows and
/// `df` degrees of freedom are behind them.
pub(crate) fn rao_scott(
    p: &[f64],
    covariance: &Matrix,
    n: f64,
    df: f64,
    nr: usize,
    nc: usize,
    method: AssociationMethod,
) -> Result<AssociationTest, EstimateError> {
    let (row_shares, column_shares) = margins(p, nr, nc)?;
    let mut statistic = 0.0;
    for (cell, share) in p.iter().enumerate() {
        let expected = row_shares[cell / nc] * column_shares[cell % nc];
        statistic += n * (share - expected) * (share - expected) / expected;
    }
    // Contrasts of rows times contrasts of columns span what the margins leave.
    let contrasts = interaction_contrasts(nr, nc);
    let count = contrasts.len();
    let inverse = |cell: usize| if p[cell] == 0.0 { 0.0 } else { 1.0 / p[cell] };
    let scaled: Vec<Vec<f64>> = contrasts
        .iter()
        .map(|c| c.iter().enumerate().map(|(k, x)| x * inverse(k)).collect())
        .collect();
    let mut denominator = Matrix::zeros(count, count);
    let mut numerator = Matrix::zeros(count, count);
    for i in 0..count {
        for j in 0..count {
            denominator.set(i, j, crate::matrix::dot(&contrasts[i], &scaled[j]) / n);
            let value = covariance.quadratic(&scaled[i], &scaled[j]);
            numerator.set(i, j, value);
        }
    }
    let delta = denominator
        .inverse_positive()
        .ok_or(EstimateError::Singular)?
        .product(&numerator);
    let mut trace = 0.0;
    let mut square = 0.0;
    for i in 0..count {
        trace += delta.get(i, i);
        for j in 0..count {
            square += delta.get(i, j) * delta.get(j, i);
        }
    }
    if method == AssociationMethod::ChiSquare {
        let cells = count as f64;
        return Ok(AssociationTest {
            statistic,
            numerator_df: cells,
            denominator_df: f64::INFINITY,
            p: chi_square_upper(statistic / (trace / cells), cells),
        });
    }
    let statistic = statistic / trace;
    let numerator_df = trace * trace / square;
    let denominator_df = numerator_df * df;
    Ok(AssociationTest {
        statistic,
        numerator_df,
        denominator_df,
        p: f_upper(statistic, numerator_df, denominator_df),
    })
}

/// Row and column sums; every one must be positive.
fn margins(cells: &[f64], nr: usize, nc: usize) -> Result<(Vec<f64>, Vec<f64>), EstimateError> {
    let mut rows = vec![0.0; nr];
    let mut columns = vec![0.0; nc];
    for (cell, value) in cells.iter().enumerate() {
        rows[cell / nc] += value;
        columns[cell % nc] += value;
    }
    if rows.iter().chain(&columns).all(|sum| *sum > 0.0) {
        Ok((rows, columns))
    } else {
        Err(EstimateError::Singular)
    }
}

/// Products of `level - last level` contrasts of rows and of columns, over the cells.
fn interaction_contrasts(nr: usize, nc: usize) -> Vec<Vec<f64>> {
    let mut result = Vec::new();
    for r in 0..nr - 1 {
        for c in 0..nc - 1 {
            let mut contrast = vec![0.0; nr * nc];
            contrast[r * nc + c] = 1.0;
            contrast[r * nc + nc - 1] = -1.0;
            contrast[(nr - 1) * nc + c] = -1.0;
            contrast[nr * nc - 1] = 1.0;
            result.push(contrast);
        }
    }
    result
}
