//! Finding a released number by the key that an editor writes: `aufgaben.wohnen`, `stelle.nein`, `personal`.

use findings::{Domain, Finding, Release, ReleasedCell, ReleasedRow};
use register::{Population, SizeClass};

/// A number of the release, with where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// The table.
    pub finding: &'a Finding,
    /// The row.
    pub row: &'a ReleasedRow,
    /// The column that was named; `None` stands for the two upper points, the only column, or the mean.
    pub column: Option<usize>,
}

/// Why a key gives no number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LookupError {
    /// No such finding, item or answer.
    #[error("\"{key}\" is no finding of this release{}", nearest_words(.nearest))]
    Unknown {
        /// As written.
        key: String,
        /// Keys that look like it, best first, at most three.
        nearest: Vec<String>,
    },
    /// A question with several answers, none of which was named.
    #[error("\"{key}\" has several answers; name one: {}", .answers.join(", "))]
    AnswerMissing {
        /// As written.
        key: String,
        /// Keys that would be right.
        answers: Vec<String>,
    },
    /// A battery or a question with options, of which none was named.
    #[error("\"{key}\" has several items; name one: {}", .items.join(", "))]
    ItemMissing {
        /// As written.
        key: String,
        /// Keys that would be right.
        items: Vec<String>,
    },
    /// The table has no row for this group.
    #[error("\"{key}\" has no figures for this group")]
    NoSuchGroup {
        /// As written.
        key: String,
    },
    /// Held back by disclosure control.
    #[error("\"{key}\" may not be shown for this group (held back by disclosure control)")]
    HeldBack {
        /// As written.
        key: String,
    },
}

fn nearest_words(nearest: &[String]) -> String {
    if nearest.is_empty() {
        String::new()
    } else {
        format!("; near to it: {}", nearest.join(", "))
    }
}

impl Found<'_> {
    /// The number that a sentence or a "rund 71 %" is made of.
    pub fn cell(&self) -> ReleasedCell {
        lead_cell(self.finding, self.row, self.column).unwrap_or(ReleasedCell::Suppressed)
    }
}

/// The cell that speaks for a row: the named column, else the two upper points, else the only column.
pub fn lead_cell(
    finding: &Finding,
    row: &ReleasedRow,
    column: Option<usize>,
) -> Option<ReleasedCell> {
    match column {
        Some(column) => row.cells.get(column).copied(),
        None if has_sum(finding) => Some(row.top_two.unwrap_or(ReleasedCell::Suppressed)),
        None if finding.columns.len() == 1 => row.cells.first().copied(),
        None => None,
    }
}

/// Whether the two upper points of a finding's scale are added up (scales of at least four points).
pub fn has_sum(finding: &Finding) -> bool {
    finding.ordered && finding.columns.len() >= 4
}

/// The number of `key` for `domain`; `HeldBack` where disclosure control keeps it.
pub fn find<'a>(release: &'a Release, key: &str, domain: Domain) -> Result<Found<'a>, LookupError> {
    let unknown = || unknown(release, key);
    let (finding, rest) = split(release, key).ok_or_else(unknown)?;
    let column_of = |code: &str| finding.columns.iter().position(|(c, _)| c == code);
    let (item, column) = match rest {
        "" => ("", None),
        rest if finding.rows.iter().any(|r| r.key == rest) => (rest, None),
        rest => match rest.split_once('.') {
            Some((item, code)) => (item, Some(column_of(code).ok_or_else(unknown)?)),
            None => ("", Some(column_of(rest).ok_or_else(unknown)?)),
        },
    };
    if !finding.rows.iter().any(|r| r.key == item) {
        return Err(if item.is_empty() {
            LookupError::ItemMissing {
                key: key.to_owned(),
                items: items(finding)
                    .iter()
                    .map(|i| format!("{}.{i}", finding.key.0))
                    .collect(),
            }
        } else {
            unknown()
        });
    }
    let row = finding
        .rows
        .iter()
        .find(|r| r.key == item && r.domain == domain)
        .ok_or_else(|| LookupError::NoSuchGroup {
            key: key.to_owned(),
        })?;
    let found = Found {
        finding,
        row,
        column,
    };
    match lead_cell(finding, row, column) {
        None => Err(LookupError::AnswerMissing {
            key: key.to_owned(),
            answers: finding
                .columns
                .iter()
                .map(|(code, _)| format!("{key}.{code}"))
                .collect(),
        }),
        Some(ReleasedCell::Suppressed) => Err(LookupError::HeldBack {
            key: key.to_owned(),
        }),
        Some(_) => Ok(found),
    }
}

/// The finding with this key, or with the nearest keys in the error.
pub fn table<'a>(release: &'a Release, key: &str) -> Result<&'a Finding, LookupError> {
    split(release, key)
        .map(|(finding, _)| finding)
        .ok_or_else(|| unknown(release, key))
}

/// The error for a key that is not there, with the nearest ones.
pub(crate) fn unknown(release: &Release, key: &str) -> LookupError {
    LookupError::Unknown {
        key: key.to_owned(),
        nearest: nearest(release, key),
    }
}

/// Keys of the items or options of a finding, in order; empty for a question without items.
pub fn items(finding: &Finding) -> Vec<&str> {
    let mut items: Vec<&str> = Vec::new();
    for row in &finding.rows {
        if !row.key.is_empty() && !items.contains(&row.key.as_str()) {
            items.push(&row.key);
        }
    }
    items
}

/// A domain by the word that editors write: `large-city`, `counties`, `towns`.
pub fn domain(word: &str) -> Option<Domain> {
    Some(match word {
        "municipalities" => Domain::All(Population::Municipalities),
        "counties" => Domain::All(Population::Counties),
        "under-5000" => Domain::SizeClass(SizeClass::Under5000),
        "small-town" => Domain::SizeClass(SizeClass::SmallTown),
        "medium-town" => Domain::SizeClass(SizeClass::MediumTown),
        "large-city" => Domain::SizeClass(SizeClass::LargeCity),
        "towns" => Domain::Town(true),
        "not-towns" => Domain::Town(false),
        _ => return None,
    })
}

/// The word of a domain, as [`domain`] reads it.
pub fn domain_word(domain: Domain) -> &'static str {
    match domain {
        Domain::All(Population::Municipalities) => "municipalities",
        Domain::All(Population::Counties) | Domain::SizeClass(SizeClass::County) => "counties",
        Domain::SizeClass(SizeClass::Under5000) => "under-5000",
        Domain::SizeClass(SizeClass::SmallTown) => "small-town",
        Domain::SizeClass(SizeClass::MediumTown) => "medium-town",
        Domain::SizeClass(SizeClass::LargeCity) => "large-city",
        Domain::Town(true) => "towns",
        Domain::Town(false) => "not-towns",
    }
}

/// The finding whose key `key` is or begins with (at a dot), the longest first, with the rest of the key.
fn split<'a, 'k>(release: &'a Release, key: &'k str) -> Option<(&'a Finding, &'k str)> {
    release
        .findings
        .iter()
        .filter_map(|f| {
            let rest = key.strip_prefix(f.key.0.as_str())?;
            match rest {
                "" => Some((f, "")),
                rest => rest.strip_prefix('.').map(|rest| (f, rest)),
            }
        })
        .max_by_key(|(f, _)| f.key.0.len())
}

/// All keys that can be written, best match first, at most three.
fn nearest(release: &Release, key: &str) -> Vec<String> {
    let mut all: Vec<(usize, String)> = Vec::new();
    for finding in &release.findings {
        all.push((distance(key, &finding.key.0), finding.key.0.clone()));
        for item in items(finding) {
            let full = format!("{}.{item}", finding.key.0);
            all.push((distance(key, &full), full));
        }
    }
    all.sort();
    let limit = 1 + key.chars().count() / 5;
    all.retain(|(d, _)| *d <= limit);
    all.into_iter().take(3).map(|(_, k)| k).collect()
}

/// Levenshtein distance in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut left_above = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let here = (left_above + usize::from(ca != *cb))
                .min(row[j] + 1)
                .min(row[j + 1] + 1);
            left_above = row[j + 1];
            row[j + 1] = here;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    const ALL: Domain = Domain::All(Population::Municipalities);

    #[test]
    fn finds_items_options_and_groups() {
        let release = sample::release();
        let cell = |key, domain| find(&release, key, domain).map(|f| f.cell());
        let percent = |value, interval| Ok(ReleasedCell::Percent { value, interval });
        assert_eq!(cell("aufgaben.wohnen", ALL), percent(71, Some((64, 77))));
        assert_eq!(
            cell("aufgaben.wohnen.sehr-gross", ALL),
            percent(38, Some((32, 45)))
        );
        assert_eq!(cell("stelle.nein", ALL), percent(41, Some((35, 48))));
        assert_eq!(cell("bedarf-von.land", ALL), percent(62, Some((55, 68))));
        assert_eq!(
            cell("aufgaben.wohnen", Domain::SizeClass(SizeClass::LargeCity)),
            Ok(ReleasedCell::Over90)
        );
    }

    #[test]
    fn says_what_would_be_right() {
        let release = sample::release();
        let error = |key| find(&release, key, ALL).unwrap_err().to_string();
        assert_eq!(
            error("aufgaben.wonen"),
            "\"aufgaben.wonen\" is no finding of this release; near to it: aufgaben.wohnen"
        );
        assert!(error("stelle").contains("stelle.ja-vollzeit"));
        assert!(error("aufgaben").contains("aufgaben.wohnen"));
        assert!(error("aufgaben.sicherheit").contains("held back"));
        let group = find(&release, "trend", Domain::Town(true)).unwrap_err();
        assert_eq!(
            group,
            LookupError::NoSuchGroup {
                key: "trend".into()
            }
        );
    }
}
