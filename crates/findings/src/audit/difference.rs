//! Whom the difference of published groups isolates.
//!
//! Each published row speaks of a set of respondents. Where sums and differences of such sets (each taken at most once)
//! leave a set of fewer than ten, their figures follow from the published ones, whatever the figures are: all less the
//! other classes, towns less large cities, an edition after a late answer less the one before.

use crate::disclosure::MIN_RESPONDENTS;

/// A set of fewer than ten that published sets leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Isolated {
    /// Places of the sets that are added, then of those that are taken away.
    pub added: Vec<usize>,
    pub less: Vec<usize>,
    /// Who is left.
    pub left: Vec<usize>,
}

/// Sets of one table up to which all combinations are tried; above it those of at most [`FEW`].
const ALL_OF: usize = 9;
const FEW: usize = 5;

/// The first combination of sets (one flag a respondent) that isolates fewer than ten respondents, the smallest one first.
pub(crate) fn isolated(sets: &[&[bool]]) -> Option<Isolated> {
    let respondents = sets.first().map_or(0, |set| set.len());
    // Respondents that are in the same sets are one atom.
    let mut atoms: Vec<(Vec<bool>, Vec<usize>)> = Vec::new();
    for respondent in 0..respondents {
        let signature: Vec<bool> = sets.iter().map(|set| set[respondent]).collect();
        if !signature.contains(&true) {
            continue;
        }
        match atoms.iter_mut().find(|(of, _)| *of == signature) {
            Some((_, members)) => members.push(respondent),
            None => atoms.push((signature, vec![respondent])),
        }
    }
    let most = if sets.len() <= ALL_OF {
        sets.len()
    } else {
        FEW
    };
    let mut search = Search {
        sets: sets.len(),
        atoms: &atoms,
        most,
        signs: Vec::new(),
        best: None,
    };
    search.go(&mut vec![0; atoms.len()], 0);
    search.best.map(|(_, found)| found)
}

struct Search<'a> {
    sets: usize,
    atoms: &'a [(Vec<bool>, Vec<usize>)],
    most: usize,
    signs: Vec<i8>,
    best: Option<((usize, usize), Isolated)>,
}

impl Search<'_> {
    fn go(&mut self, sum: &mut Vec<i8>, used: usize) {
        if self.signs.len() == self.sets {
            self.judge(sum, used);
            return;
        }
        let set = self.signs.len();
        for sign in [0i8, 1, -1] {
            if sign != 0 && used == self.most {
                break;
            }
            self.shift(sum, set, sign);
            self.signs.push(sign);
            self.go(sum, used + usize::from(sign != 0));
            self.signs.pop();
            self.shift(sum, set, -sign);
        }
    }

    fn shift(&self, sum: &mut [i8], set: usize, sign: i8) {
        for (value, (signature, _)) in sum.iter_mut().zip(self.atoms) {
            *value += sign * i8::from(signature[set]);
        }
    }

    fn judge(&mut self, sum: &[i8], used: usize) {
        if sum.iter().any(|value| !(-1..=1).contains(value)) {
            return;
        }
        // The same difference with the other sign says the same.
        let sizes = sum
            .iter()
            .zip(self.atoms)
            .map(|(value, (_, m))| i32::from(*value) * m.len() as i32);
        if sizes.sum::<i32>() < 0 {
            return;
        }
        // Also one who came against one who went: the difference of two totals tells of both.
        let members = || {
            sum.iter()
                .zip(self.atoms)
                .filter(|(value, _)| **value != 0)
                .flat_map(|(_, (_, m))| m)
        };
        let size = members().count();
        // The combination of fewest sets says it most plainly.
        let rank = (used, size);
        let better = self.best.as_ref().is_none_or(|(best, _)| rank < *best);
        if (1..MIN_RESPONDENTS).contains(&size) && better {
            let of = |sign: i8| {
                (0..)
                    .zip(&self.signs)
                    .filter(|(_, s)| **s == sign)
                    .map(|(set, _)| set)
                    .collect()
            };
            let found = Isolated {
                added: of(1),
                less: of(-1),
                left: members().copied().collect(),
            };
            self.best = Some((rank, found));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(members: std::ops::Range<usize>) -> Vec<bool> {
        (0..60)
            .map(|respondent| members.contains(&respondent))
            .collect()
    }

    fn found(sets: &[Vec<bool>]) -> Option<Isolated> {
        isolated(&sets.iter().map(Vec::as_slice).collect::<Vec<_>>())
    }

    #[test]
    fn all_less_the_shown_classes_is_a_class_of_nine() {
        // 51..56 and 56..60 are two classes that are held back, nine respondents together.
        let nine = found(&[set(0..60), set(0..30), set(30..51)]).unwrap();
        assert_eq!((nine.added, nine.less), (vec![0], vec![1, 2]));
        assert_eq!(nine.left, (51..60).collect::<Vec<_>>());
        assert_eq!(
            found(&[set(0..60), set(0..30), set(30..50)]),
            None,
            "ten are left"
        );
    }

    #[test]
    fn two_breakdowns_are_linked() {
        // Large cities are 0..30, towns 0..35: the towns that are no large cities are five.
        let towns = found(&[set(0..60), set(0..30), set(30..60), set(0..35), set(35..60)]).unwrap();
        assert_eq!(towns.left, (30..35).collect::<Vec<_>>());
    }

    #[test]
    fn a_late_answer_is_the_difference_of_two_editions() {
        let late = found(&[set(0..59), set(0..60)]).unwrap();
        assert_eq!(
            (late.added, late.less, late.left),
            (vec![1], vec![0], vec![59])
        );
    }

    #[test]
    fn peer_groups_of_nearest_neighbours_isolate_those_at_their_edges() {
        let sets: Vec<Vec<bool>> = (0..20).map(|place| set(place..place + 15)).collect();
        assert_eq!(
            found(&sets).unwrap().left.len(),
            2,
            "who comes against who goes"
        );
        // Fixed classes do not.
        assert_eq!(found(&[set(0..15), set(15..30), set(30..60)]), None);
    }
}
