//! The nearest of the names that exist, for those who mistyped one.

/// The nearest name within a third of its length; `None` when nothing is near.
pub(crate) fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let found = known
        .into_iter()
        .map(|other| (distance(name, other), other))
        .min()?;
    (found.0 <= name.chars().count().max(3) / 3 + 1).then_some(found.1)
}

/// Damerau's distance of two words without transpositions counted twice; words are cut at 64 characters.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.to_lowercase().chars().take(64).collect();
    let b: Vec<char> = b.to_lowercase().chars().take(64).collect();
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let cost = usize::from(a[i - 1] != b[j - 1]);
                let mut least = (rows[i - 1][j] + 1)
                    .min(rows[i][j - 1] + 1)
                    .min(rows[i - 1][j - 1] + cost);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    least = least.min(rows[i - 2][j - 2] + 1);
                }
                least
            };
        }
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_finds_its_name() {
        let known = ["kommune", "anrede", "link"];
        assert_eq!(nearest("komune", known), Some("kommune"));
        assert_eq!(nearest("anerde", known), Some("anrede"));
        assert_eq!(nearest("postleitzahl", known), None);
    }
}
