//! The written rule by which an access counts: one N per wave, everywhere.

use serde::{Deserialize, Serialize};

/// What became of one invitation. Only `Complete` and `UsablePartial` enter the dataset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Disposition {
    /// The link was never opened.
    Unopened,
    /// Opened or begun, but less than half of the required questions that were asked are answered.
    Begun,
    /// Not submitted, but at least half of the required questions that were asked are answered.
    UsablePartial,
    /// Submitted.
    Complete,
    /// Another response of the same municipality to the same wave counts.
    Duplicate,
    /// Taken back by the municipality.
    Withdrawn,
}

impl Disposition {
    /// Whether the response enters the dataset: the one N of the wave.
    pub fn counts(self) -> bool {
        matches!(self, Self::Complete | Self::UsablePartial)
    }
}

/// The disposition of one invitation.
///
/// `answered` of `asked` required variables on the respondent's route are answered
/// ("weiß nicht" and "keine Angabe" count as answered).
/// Source: AAPOR Standard Definitions, with 50 % as the bound between break-off and partial.
pub fn disposition(
    opened: bool,
    submitted: bool,
    withdrawn: bool,
    answered: usize,
    asked: usize,
) -> Disposition {
    match (withdrawn, submitted, opened || answered > 0) {
        (true, _, _) => Disposition::Withdrawn,
        (_, true, _) => Disposition::Complete,
        (_, _, false) => Disposition::Unopened,
        _ if asked > 0 && answered * 2 >= asked => Disposition::UsablePartial,
        _ => Disposition::Begun,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_required_answers_make_a_usable_partial() {
        assert_eq!(
            disposition(false, false, false, 0, 10),
            Disposition::Unopened
        );
        assert_eq!(disposition(true, false, false, 4, 10), Disposition::Begun);
        assert_eq!(
            disposition(true, false, false, 5, 10),
            Disposition::UsablePartial
        );
        assert_eq!(disposition(true, true, false, 5, 10), Disposition::Complete);
        assert_eq!(
            disposition(true, true, true, 10, 10),
            Disposition::Withdrawn
        );
    }
}
