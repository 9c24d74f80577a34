//! What stands between `{{` and `}}`.

use findings::Domain;
use findings::workspace::KeptFinding;
use register::Population;

use super::Fault;
use crate::document::Figure;
use crate::figures::Source;
use crate::kept;
use crate::lookup::{self, LookupError, domain_word};
use crate::numbers;
use crate::sentences;
use crate::translation::text;

/// What is put in.
pub(super) enum Inserted {
    Words(String),
    Chart(Box<Figure>),
}

/// The inserted words or chart. A fault comes with the words that stand in for it, so that a page can still be shown.
pub(super) fn insert(inner: &str, source: &Source<'_>) -> (Inserted, Option<Fault>) {
    let mut parts = inner.split_whitespace();
    let command = parts.next().unwrap_or_default();
    let instead = || text(source.lang, "edition-text-not-shown", &[]);
    match run(command, parts, source) {
        Ok(Some(inserted)) => (inserted, None),
        Ok(None) => (Inserted::Words(instead()), None),
        Err(fault) => (Inserted::Words(instead()), Some(fault)),
    }
}

fn run<'w>(
    command: &str,
    mut parts: impl Iterator<Item = &'w str>,
    source: &Source<'_>,
) -> Result<Option<Inserted>, Fault> {
    let lang = source.lang;
    if command == "n" {
        let method = &source.release.method;
        let (municipalities, counties) = (method.n_municipalities, method.n_counties);
        let n = match parts.next().map(group).transpose()? {
            None => municipalities + counties,
            Some(Domain::All(Population::Municipalities)) => municipalities,
            Some(Domain::All(Population::Counties)) => counties,
            Some(other) => return Err(only_populations(other)),
        };
        let n = numbers::thousands(lang, n.into());
        return Ok(Some(Inserted::Words(n)));
    }
    if !matches!(command, "anteil" | "satz" | "diagramm") {
        return Err(Fault::Command(command.to_owned()));
    }
    let key = parts
        .next()
        .ok_or_else(|| Fault::KeyMissing(command.to_owned()))?;
    if let Some(kept) = source.kept(key) {
        return insert_kept(command, kept, parts, source);
    }
    let mut domain = Domain::All(Population::Municipalities);
    for option in parts {
        domain = group(option)?;
    }
    match command {
        "anteil" => {
            let found = lookup::find(source.release, key, domain)?;
            Ok(numbers::cell_in_text(lang, &found.cell()).map(Inserted::Words))
        }
        "satz" => {
            let subject = source.subject(key, Population::Municipalities)?;
            let whole = subject.item.is_none() && subject.finding.key.0 == key;
            let sentence = if whole && !lookup::items(subject.finding).is_empty() {
                let rows = sentences::sorted_rows(subject.finding, domain);
                rows.first().and_then(|row| {
                    sentences::sentence(lang, subject.finding, row, None, source.patterns)
                })
            } else {
                match lookup::find(source.release, key, domain) {
                    Ok(found) => sentences::sentence(
                        lang,
                        found.finding,
                        found.row,
                        found.column,
                        source.patterns,
                    ),
                    Err(LookupError::AnswerMissing { .. }) => subject
                        .finding
                        .rows
                        .iter()
                        .find(|r| r.domain == domain)
                        .and_then(|row| {
                            sentences::sentence(lang, subject.finding, row, None, source.patterns)
                        }),
                    Err(error) => return Err(error.into()),
                }
            };
            match sentence {
                Some(sentence) => Ok(Some(Inserted::Words(sentence.text))),
                None => Err(LookupError::HeldBack {
                    key: key.to_owned(),
                }
                .into()),
            }
        }
        _ => {
            let population = match domain {
                Domain::All(population) => population,
                other => return Err(only_populations(other)),
            };
            match source.figure(key, population)? {
                Some(figure) => Ok(Some(Inserted::Chart(Box::new(figure)))),
                None => Err(LookupError::HeldBack {
                    key: key.to_owned(),
                }
                .into()),
            }
        }
    }
}

/// A finding that a researcher kept: a number of it, its wording, or its chart. A group is named by its word.
fn insert_kept<'w>(
    command: &str,
    kept: &KeptFinding,
    parts: impl Iterator<Item = &'w str>,
    source: &Source<'_>,
) -> Result<Option<Inserted>, Fault> {
    let mut group = None;
    for option in parts {
        let words = kept.table.groups.iter().map(|g| g.key.as_str());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        let named = option.split_once('=').map(|(_, word)| word);
        group = named.filter(|word| words.contains(word));
        if group.is_none() {
            return Err(Fault::Group {
                word: option.to_owned(),
                right: words.iter().map(|w| format!("gruppe={w}")).collect(),
            });
        }
    }
    match command {
        "anteil" => {
            let cell = kept::number(kept, group)?;
            Ok(numbers::cell_in_text(source.lang, &cell).map(Inserted::Words))
        }
        "satz" => {
            let words = match kept.wording.is_empty() {
                true => &kept.title,
                false => &kept.wording,
            };
            Ok(Some(Inserted::Words(words.clone())))
        }
        _ => match kept::figure(source.lang, source.release, kept) {
            Some(figure) => Ok(Some(Inserted::Chart(Box::new(figure)))),
            None => Err(LookupError::HeldBack {
                key: kept.key.0.clone(),
            }
            .into()),
        },
    }
}

/// Right are the two populations only.
fn only_populations(other: Domain) -> Fault {
    Fault::Group {
        word: domain_word(other).to_owned(),
        right: vec![
            "population=municipalities".into(),
            "population=counties".into(),
        ],
    }
}

fn group(option: &str) -> Result<Domain, Fault> {
    const GROUPS: [&str; 8] = [
        "municipalities",
        "counties",
        "under-5000",
        "small-town",
        "medium-town",
        "large-city",
        "towns",
        "not-towns",
    ];
    option
        .split_once('=')
        .filter(|(name, _)| matches!(*name, "groesse" | "population" | "gruppe"))
        .and_then(|(_, word)| lookup::domain(word))
        .ok_or_else(|| Fault::Group {
            word: option.to_owned(),
            right: GROUPS.iter().map(|g| format!("groesse={g}")).collect(),
        })
}
