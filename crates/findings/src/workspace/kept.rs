//! A table by groups that may leave the house, and the finding that is made of it.

use questionnaire::Text;
use register::Population;
use serde::{Deserialize, Serialize};

use super::{Group, Query};
use crate::{Finding, FindingKey, ReleasedCell, ReleasedRow};

/// A table by groups: rows of a finding, each with its group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupedTable {
    /// Of whom.
    pub population: Population,
    /// The whole first, then the groups of the breakdown.
    pub groups: Vec<Group>,
    /// Conditions that all respondents of the table fulfil, in words.
    pub only: Vec<Text>,
    /// Place of each row's group.
    pub group_of: Vec<usize>,
    /// Which column speaks for a row; `None`: the two upper points, the only column, or the mean.
    pub lead: Option<usize>,
    /// Question, columns and rows.
    pub finding: Finding,
}

/// A finding that a researcher kept, as it leaves the house with an edition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptFinding {
    /// Key by which editors insert it, e.g. `auswertung-3`.
    pub key: FindingKey,
    /// The finding in few words.
    pub title: String,
    /// The finding in sentences.
    pub wording: String,
    /// What was asked: whoever holds the dataset can ask it again.
    pub query: Query,
    /// Its released numbers.
    pub table: GroupedTable,
}

impl GroupedTable {
    /// Rows of one item with their groups, the whole first.
    pub fn rows_of<'a>(
        &'a self,
        item: &'a str,
    ) -> impl Iterator<Item = (&'a ReleasedRow, &'a Group)> {
        self.rows().filter(move |(row, _)| row.key == item)
    }

    /// All rows with their groups.
    pub fn rows(&self) -> impl Iterator<Item = (&ReleasedRow, &Group)> {
        let groups = self.group_of.iter().map(|group| &self.groups[*group]);
        self.finding.rows.iter().zip(groups)
    }

    /// Keys of the items, in order; one empty key for a question without.
    pub fn items(&self) -> Vec<&str> {
        let mut items: Vec<&str> = Vec::new();
        for row in &self.finding.rows {
            if !items.contains(&row.key.as_str()) {
                items.push(&row.key);
            }
        }
        items
    }

    /// The cell that speaks for a row.
    pub fn lead_cell(&self, row: &ReleasedRow) -> ReleasedCell {
        let cell = match self.lead {
            Some(column) => row.cells.get(column).copied(),
            None => row.top_two.or_else(|| row.cells.first().copied()),
        };
        cell.unwrap_or(ReleasedCell::Suppressed)
    }

    /// Percentages that a text names ("43 %", "43 Prozent") and that stand nowhere in the table: text is no way round
    /// disclosure control.
    pub fn foreign_percents(&self, text: &str) -> Vec<String> {
        let known = self.percents();
        let mut foreign: Vec<String> = percents_in(text)
            .into_iter()
            .filter(|found| !found.parse().is_ok_and(|value: u8| known.contains(&value)))
            .collect();
        foreign.dedup();
        foreign
    }

    fn percents(&self) -> Vec<u8> {
        let cells = self
            .finding
            .rows
            .iter()
            .flat_map(|row| row.cells.iter().chain(&row.top_two));
        let mut known = Vec::new();
        for cell in cells {
            match cell {
                ReleasedCell::Percent { value, interval } => {
                    known.push(*value);
                    known.extend(interval.iter().flat_map(|(low, high)| [*low, *high]));
                }
                ReleasedCell::Under10 => known.push(10),
                ReleasedCell::Over90 => known.push(90),
                ReleasedCell::Mean { .. } | ReleasedCell::Suppressed => {}
            }
        }
        known
    }
}

/// Numbers in front of a percent sign, "Prozent" or "percent", decimals included.
fn percents_in(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut number = String::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        rest = &rest[letter.len_utf8()..];
        let inside = letter.is_ascii_digit() || (matches!(letter, ',' | '.') && !number.is_empty());
        if inside {
            number.push(letter);
            continue;
        }
        if !number.is_empty() {
            let behind = format!("{letter}{rest}");
            let behind = behind.trim_start();
            if ["%", "Prozent", "percent"]
                .iter()
                .any(|unit| behind.starts_with(unit))
            {
                found.push(number.trim_end_matches([',', '.']).to_owned());
            }
            number.clear();
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::percents_in;

    #[test]
    fn percentages_are_found_however_they_are_written() {
        let text =
            "Rund 43 % (38 bis 49 Prozent), zuvor 12,5\u{a0}%, 2016 und 230 Kommunen; 7 percent.";
        assert_eq!(percents_in(text), ["43", "49", "12,5", "7"]);
    }
}
