//! Small dense matrices: covariances of estimates, and least squares by orthogonalisation.

/// A dense matrix, stored row by row.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    rows: usize,
    columns: usize,
    values: Vec<f64>,
}

impl Matrix {
    /// A matrix of zeros.
    pub fn zeros(rows: usize, columns: usize) -> Self {
        Self {
            rows,
            columns,
            values: vec![0.0; rows * columns],
        }
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Number of columns.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The value in `row` and `column`, both from zero.
    pub fn get(&self, row: usize, column: usize) -> f64 {
        self.values[row * self.columns + column]
    }

    /// Sets the value in `row` and `column`.
    pub fn set(&mut self, row: usize, column: usize, value: f64) {
        self.values[row * self.columns + column] = value;
    }

    /// Adds to the value in `row` and `column`.
    pub fn add(&mut self, row: usize, column: usize, value: f64) {
        self.values[row * self.columns + column] += value;
    }

    /// One row.
    pub fn row(&self, row: usize) -> &[f64] {
        &self.values[row * self.columns..(row + 1) * self.columns]
    }

    /// `left' M right`, the covariance of two linear combinations.
    pub fn quadratic(&self, left: &[f64], right: &[f64]) -> f64 {
        let mut sum = 0.0;
        for (row, l) in left.iter().enumerate() {
            let mut inner = 0.0;
            for (value, r) in self.row(row).iter().zip(right) {
                inner += value * r;
            }
            sum += l * inner;
        }
        sum
    }

    /// The product of two matrices whose inner sizes agree.
    pub(crate) fn product(&self, other: &Matrix) -> Matrix {
        let mut result = Matrix::zeros(self.rows, other.columns);
        for i in 0..self.rows {
            for k in 0..self.columns {
                let factor = self.get(i, k);
                for j in 0..other.columns {
                    result.add(i, j, factor * other.get(k, j));
                }
            }
        }
        result
    }

    /// Solves `M x = right` for a symmetric positive definite matrix by Cholesky; `None` when it
    /// is not (numerically) positive definite.
    pub(crate) fn solve_positive(&self, right: &[f64]) -> Option<Vec<f64>> {
        let factor = self.cholesky()?;
        let n = self.rows;
        let mut x = right.to_vec();
        for i in 0..n {
            let mut sum = x[i];
            for (j, solved) in x.iter().enumerate().take(i) {
                sum -= factor.get(i, j) * solved;
            }
            x[i] = sum / factor.get(i, i);
        }
        for i in (0..n).rev() {
            let mut sum = x[i];
            for (j, solved) in x.iter().enumerate().skip(i + 1) {
                sum -= factor.get(j, i) * solved;
            }
            x[i] = sum / factor.get(i, i);
        }
        Some(x)
    }

    /// The inverse of a symmetric positive definite matrix.
    pub(crate) fn inverse_positive(&self) -> Option<Matrix> {
        let n = self.rows;
        let mut result = Matrix::zeros(n, n);
        for column in 0..n {
            let mut unit = vec![0.0; n];
            unit[column] = 1.0;
            for (row, value) in self.solve_positive(&unit)?.into_iter().enumerate() {
                result.set(row, column, value);
            }
        }
        Some(result)
    }

    fn cholesky(&self) -> Option<Matrix> {
        let n = self.rows;
        let mut factor = Matrix::zeros(n, n);
        for i in 0..n {
            for j in 0..=i {
                let mut sum = self.get(i, j);
                for k in 0..j {
                    sum -= factor.get(i, k) * factor.get(j, k);
                }
                if i == j {
                    if sum.is_nan() || sum <= 1e-13 * libm::fabs(self.get(i, i)) {
                        return None;
                    }
                    factor.set(i, i, libm::sqrt(sum));
                } else {
                    factor.set(i, j, sum / factor.get(j, j));
                }
            }
        }
        Some(factor)
    }
}

/// Columns made orthonormal, for least squares on many rows: `X = Q R`.
///
/// Modified Gram-Schmidt with a second pass, which is as accurate as Householder's method for
/// projections (Giraud, Langou, Rozloznik 2005). Columns that depend on earlier ones are left
/// out of `Q`.
#[derive(Debug, Clone)]
pub(crate) struct Orthogonal {
    columns: Vec<Vec<f64>>,
    /// For each kept column: its index in the original and its row of `R` by original columns.
    kept: Vec<usize>,
    upper: Matrix,
}

impl Orthogonal {
    /// Orthogonalises the columns, dependent ones at a relative norm below 1e-9 being dropped.
    pub(crate) fn new(columns: Vec<Vec<f64>>) -> Self {
        let count = columns.len();
        let mut upper = Matrix::zeros(count, count);
        let mut done: Vec<Vec<f64>> = Vec::with_capacity(count);
        let mut kept = Vec::with_capacity(count);
        for (index, mut column) in columns.into_iter().enumerate() {
            let before = libm::sqrt(dot(&column, &column));
            for _ in 0..2 {
                for (position, basis) in done.iter().enumerate() {
                    let along = dot(basis, &column);
                    upper.add(position, index, along);
                    for (value, b) in column.iter_mut().zip(basis) {
                        *value -= along * b;
                    }
                }
            }
            let norm = libm::sqrt(dot(&column, &column));
            if norm > 1e-9 * before {
                upper.set(done.len(), index, norm);
                for value in &mut column {
                    *value /= norm;
                }
                done.push(column);
                kept.push(index);
            }
        }
        Self {
            columns: done,
            kept,
            upper,
        }
    }

    /// Whether every column was independent of the earlier ones.
    pub(crate) fn full_rank(&self) -> bool {
        self.kept.len() == self.upper.columns()
    }

    /// The leverage of each of `rows` rows: the diagonal of the projection on the columns.
    pub(crate) fn leverages(&self, rows: usize) -> Vec<f64> {
        let mut sums = vec![0.0; rows];
        for column in &self.columns {
            for (sum, value) in sums.iter_mut().zip(column) {
                *sum += value * value;
            }
        }
        sums
    }

    /// How many columns are independent.
    pub(crate) fn rank(&self) -> usize {
        self.kept.len()
    }

    /// Takes from `x` what the columns explain.
    pub(crate) fn residual(&self, x: &mut [f64]) {
        for basis in &self.columns {
            let along = dot(basis, x);
            for (value, b) in x.iter_mut().zip(basis) {
                *value -= along * b;
            }
        }
    }

    /// The least-squares coefficients of `x` on the original columns; zero for dropped ones.
    pub(crate) fn coefficients(&self, x: &[f64]) -> Vec<f64> {
        let along: Vec<f64> = self.columns.iter().map(|basis| dot(basis, x)).collect();
        self.back_substitute(along)
    }

    /// Solves `(X'X) b = right`; dropped columns get zero.
    pub(crate) fn solve_normal(&self, right: &[f64]) -> Vec<f64> {
        let mut forward = vec![0.0; self.kept.len()];
        for (i, column) in self.kept.iter().enumerate() {
            let mut sum = right[*column];
            for (k, value) in forward.iter().enumerate().take(i) {
                sum -= self.upper.get(k, *column) * value;
            }
            forward[i] = sum / self.upper.get(i, *column);
        }
        self.back_substitute(forward)
    }

    fn back_substitute(&self, mut right: Vec<f64>) -> Vec<f64> {
        let mut result = vec![0.0; self.upper.columns()];
        for i in (0..self.kept.len()).rev() {
            let value = right[i] / self.upper.get(i, self.kept[i]);
            result[self.kept[i]] = value;
            for (k, entry) in right.iter_mut().enumerate().take(i) {
                *entry -= self.upper.get(k, self.kept[i]) * value;
            }
        }
        result
    }
}

/// The sum of products, in the order of the rows.
pub(crate) fn dot(left: &[f64], right: &[f64]) -> f64 {
    let mut sum = 0.0;
    for (l, r) in left.iter().zip(right) {
        sum += l * r;
    }
    sum
}
