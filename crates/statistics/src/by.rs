//! Estimates by groups, with the covariances between groups.

use std::collections::BTreeMap;

use crate::design::Design;
use crate::estimates::{EstimateError, Estimates};

/// Estimates of the same kind for every group.
#[derive(Debug, Clone)]
pub struct GroupEstimates {
    /// The groups that have rows, ascending.
    pub groups: Vec<u32>,
    /// For each of them its estimates, resting on its own rows.
    pub estimates: Vec<Estimates>,
    /// All estimates, group after group, with the covariances between groups.
    pub joint: Estimates,
}

impl Design {
    /// Makes the same estimate in every group of a column (`None`: in no group).
    ///
    /// `estimate` gets the rows of a group (within `domain`) as a mask; groups in which it finds
    /// no row with a value are left out. Example: `design.by(&land, None, |rows|
    /// design.mean(&[&y], Some(rows), Missing::Drop))`. Errors: those of `estimate`, or
    /// [`EstimateError::Empty`] when no group is left.
    pub fn by(
        &self,
        groups: &[Option<u32>],
        domain: Option<&[bool]>,
        mut estimate: impl FnMut(&[bool]) -> Result<Estimates, EstimateError>,
    ) -> Result<GroupEstimates, EstimateError> {
        self.check_length(groups.len())?;
        if let Some(domain) = domain {
            self.check_length(domain.len())?;
        }
        let inside = |row: usize| domain.is_none_or(|domain| domain[row]);
        let mut present: BTreeMap<u32, ()> = BTreeMap::new();
        for (row, group) in groups.iter().enumerate() {
            if let Some(group) = group
                && inside(row)
            {
                present.insert(*group, ());
            }
        }
        let mut found = Vec::new();
        let mut estimates = Vec::new();
        for group in present.into_keys() {
            let mask: Vec<bool> = groups
                .iter()
                .enumerate()
                .map(|(row, value)| *value == Some(group) && inside(row))
                .collect();
            match estimate(&mask) {
                Ok(of_group) => {
                    found.push(group);
                    estimates.push(of_group);
                }
                Err(EstimateError::Empty) => {}
                Err(error) => return Err(error),
            }
        }
        if found.is_empty() {
            return Err(EstimateError::Empty);
        }
        let parts: Vec<&Estimates> = estimates.iter().collect();
        let joint = self.join(&parts)?;
        Ok(GroupEstimates {
            groups: found,
            estimates,
            joint,
        })
    }
}

/// One grouping made of several, for breakdowns by several variables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CrossedGroups {
    /// Group of each row; `None` where any of the variables is missing.
    pub groups: Vec<Option<u32>>,
    /// For each group, the value of each variable. Groups are ordered by these values, the last
    /// variable changing fastest.
    pub keys: Vec<Vec<u32>>,
}

/// Crosses several groupings; only combinations that occur become groups. Errors:
/// [`EstimateError::Length`] when the columns differ in length.
pub fn cross(columns: &[&[Option<u32>]]) -> Result<CrossedGroups, EstimateError> {
    let rows = columns.first().map_or(0, |column| column.len());
    for column in columns {
        if column.len() != rows {
            return Err(EstimateError::Length {
                found: column.len(),
                rows,
            });
        }
    }
    let key_of = |row: usize| -> Option<Vec<u32>> { columns.iter().map(|c| c[row]).collect() };
    let mut index: BTreeMap<Vec<u32>, u32> =
        (0..rows).filter_map(key_of).map(|key| (key, 0)).collect();
    for (position, slot) in (0..).zip(index.values_mut()) {
        *slot = position;
    }
    let groups = (0..rows)
        .map(|row| key_of(row).map(|key| index[&key]))
        .collect();
    Ok(CrossedGroups {
        groups,
        keys: index.into_keys().collect(),
    })
}
