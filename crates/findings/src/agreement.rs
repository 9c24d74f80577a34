//! How far two coders of open answers agree. What they coded stays in the house; no number of it is published.

use std::collections::{BTreeMap, BTreeSet};

use statistics::{AlphaMetric, krippendorff_alpha};

/// Agreement of coders on one open question.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreement {
    /// Answers that two coders read.
    pub both: usize,
    /// Answers for which they chose the same codes.
    pub same: usize,
    /// Krippendorff's alpha over all decisions "this code fits this answer"; `None` where nobody could disagree.
    pub alpha: Option<f64>,
    /// The same for each code, in the frame's order.
    pub by_code: Vec<(String, Option<f64>)>,
}

/// Agreement over answers, each with the codes that its coders chose (by coder). Answers that one alone read do not
/// count. Nominal alpha (Krippendorff 2011): 1 is perfect, 0 is chance; from 0.8 on codes are usually called reliable,
/// below 0.667 they are not.
pub fn agreement(codes: &[String], answers: &[BTreeMap<String, BTreeSet<String>>]) -> Agreement {
    let paired: Vec<Vec<&BTreeSet<String>>> = answers
        .iter()
        .filter(|coders| coders.len() > 1)
        .map(|coders| coders.values().collect())
        .collect();
    let decisions = |code: &String| -> Vec<Vec<f64>> {
        let chosen = |set: &&BTreeSet<String>| f64::from(u8::from(set.contains(code)));
        paired
            .iter()
            .map(|sets| sets.iter().map(chosen).collect())
            .collect()
    };
    let alpha = |units: &[Vec<f64>]| krippendorff_alpha(units, AlphaMetric::Nominal);
    let by_code = codes
        .iter()
        .map(|code| (code.clone(), alpha(&decisions(code))))
        .collect();
    let all: Vec<Vec<f64>> = codes.iter().flat_map(decisions).collect();
    let agrees = |sets: &&Vec<&BTreeSet<String>>| sets.windows(2).all(|two| two[0] == two[1]);
    Agreement {
        both: paired.len(),
        same: paired.iter().filter(agrees).count(),
        alpha: alpha(&all),
        by_code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(a: &[&str], b: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
        let set = |codes: &[&str]| codes.iter().map(|c| (*c).to_owned()).collect();
        [("a".to_owned(), set(a)), ("b".to_owned(), set(b))].into()
    }

    #[test]
    fn alpha_counts_disagreement_against_chance() {
        let codes = ["geld", "personal"].map(str::to_owned);
        let same = [
            answer(&["geld"], &["geld"]),
            answer(&["personal"], &["personal"]),
        ];
        let found = agreement(&codes, &same);
        assert_eq!((found.both, found.same, found.alpha), (2, 2, Some(1.0)));
        // By hand for "geld": two units (1, 1) and (0, 1): observed 1 of 4 pairs times 2, expected 3 of 6 pairs:
        // alpha = 1 - (4 - 1) * 2 / (2 * 3 * 1) = 0.
        let one = [answer(&["geld"], &["geld"]), answer(&[], &["geld"])];
        let found = agreement(&codes[..1], &one);
        assert_eq!((found.same, found.alpha), (1, Some(0.0)));
        let mut alone = answer(&["geld"], &[]);
        alone.remove("b");
        assert_eq!(agreement(&codes, &[alone]).both, 0);
    }
}
