//! What one variable's fields say: from what was typed or chosen to an answer, or to what is wrong with it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::form::{
    DONT_KNOW, NOMINATION_DESCRIPTION, NOMINATION_MAILBOX, NOMINATION_TITLE, REFUSED,
};
use crate::number::{NotRead, read as read_number};
use crate::{
    Answer, Choice, FileType, Nomination, Part, Place, ProblemKind, Question, SentFile, Text,
    Value, VariableKey,
};

/// What one variable's fields say.
type Said = Result<Option<Answer>, ProblemKind>;

/// Years that a date may lie in.
const YEARS: std::ops::RangeInclusive<i16> = 1800..=2200;
/// Longest e-mail address, in characters.
const EMAIL: usize = 254;

/// Reads the fields of one variable. A file that could not be taken comes as `!type|name`, `!size|name` or
/// `!empty|name`, one that could be as `id|size|name`; a municipality as `key|name`, or as it was typed where
/// the register has none or several of that name.
pub(crate) fn read(question: &Question, part: &Part, typed: &[(String, String)]) -> Said {
    let variable = &part.key;
    let special_name = format!("{variable}.special");
    let (mut specials, mut values) = (BTreeSet::new(), Vec::new());
    let mut below = Vec::new();
    for (name, value) in typed {
        if *name == special_name || *name == variable.as_str() {
            match value.as_str() {
                DONT_KNOW if question.dont_know => {
                    specials.insert(DONT_KNOW);
                }
                REFUSED if question.no_answer => {
                    specials.insert(REFUSED);
                }
                DONT_KNOW | REFUSED => return Err(ProblemKind::UnknownOption),
                _ if *name == special_name => {
                    if !value.is_empty() {
                        return Err(ProblemKind::UnknownOption);
                    }
                }
                _ => values.push(value.as_str()),
            }
        } else {
            below.push((name.as_str(), value.as_str()));
        }
    }
    let answer = match &part.value {
        Value::Nominations { fields, max } => named_practices(variable, &below, fields, *max)?,
        Value::Ranking { options, min, max } => {
            ranked(variable, &values, &below, options, (*min, *max))?
        }
        value => one(value, &values)?,
    };
    match (specials.len(), answer) {
        (0, answer) => Ok(answer),
        (1, None) if specials.contains(DONT_KNOW) => Ok(Some(Answer::DontKnow)),
        (1, None) => Ok(Some(Answer::Refused)),
        _ => Err(ProblemKind::SpecialWithAnswer),
    }
}

fn one(value: &Value, values: &[&str]) -> Said {
    match value {
        Value::Choice { codes, .. } => one_of(values, |key| codes.has(key)),
        Value::Choices { options, min, max } => several_of(values, options, *min, *max),
        Value::Number {
            unit,
            min,
            max,
            decimals,
        } => number(values, unit, (*min, *max), *decimals),
        Value::Text {
            max_length,
            lines: false,
            pattern,
        } => {
            let line = single(values)?.map(|value| clean(value).replace('\n', " "));
            let line = line.unwrap_or_default();
            match pattern {
                Some(pattern) if !line.is_empty() && !pattern.fits(&line) => {
                    Err(ProblemKind::Pattern {
                        hint: pattern.hint.clone(),
                    })
                }
                _ => within(line, *max_length),
            }
        }
        Value::Text { max_length, .. } => {
            within(clean(single(values)?.unwrap_or_default()), *max_length)
        }
        Value::Date { min, max } => {
            let Some(typed) = single(values)? else {
                return Ok(None);
            };
            let day = day(typed).ok_or(ProblemKind::NoDate)?;
            match (min, max) {
                (Some(min), _) if day < *min => Err(ProblemKind::TooEarly { min: *min }),
                (_, Some(max)) if day > *max => Err(ProblemKind::TooLate { max: *max }),
                _ => Ok(Some(Answer::Date(day))),
            }
        }
        Value::Email => {
            let address = clean(single(values)?.unwrap_or_default());
            if address.is_empty() {
                return Ok(None);
            }
            let right = is_mailbox(&address) && address.chars().count() <= EMAIL;
            if right {
                Ok(Some(Answer::Text(address)))
            } else {
                Err(ProblemKind::NoEmail)
            }
        }
        Value::Municipality => match single(values)?.map(|typed| (typed, typed.split_once('|'))) {
            None => Ok(None),
            Some((_, Some((key, name)))) if !key.is_empty() => {
                let (key, name) = (key.to_owned(), clean(name));
                Ok(Some(Answer::Municipality(Place { key, name })))
            }
            Some(_) => Err(ProblemKind::NoMunicipality),
        },
        Value::Files { types, max, .. } => files(values, types, *max),
        Value::Ranking { .. } | Value::Nominations { .. } => Ok(None),
    }
}

fn number(
    values: &[&str],
    unit: &Text,
    (min, max): (Option<f64>, Option<f64>),
    decimals: u8,
) -> Said {
    let Some(value) = single(values)? else {
        return Ok(None);
    };
    let units = [unit.de.as_str(), unit.en.as_str()];
    let (number, places) = read_number(value, &units, decimals).map_err(|why| match why {
        NotRead::NoNumber => ProblemKind::NotANumber { decimals },
        NotRead::Ambiguous => ProblemKind::AmbiguousNumber,
    })?;
    match (min, max) {
        _ if places > usize::from(decimals) => Err(ProblemKind::TooManyDecimals { decimals }),
        (Some(min), _) if number < min => Err(ProblemKind::TooSmall { min }),
        (_, Some(max)) if number > max => Err(ProblemKind::TooLarge { max }),
        _ => Ok(Some(Answer::Number(number))),
    }
}

/// A day as people type it: 31.12.2020, 31/12/2020 or 2020-12-31.
fn day(typed: &str) -> Option<Date> {
    let typed = typed.trim();
    let split = |mark: char| -> Vec<&str> { typed.split(mark).map(str::trim).collect() };
    let number = |text: &str| -> Option<i16> {
        let digits =
            !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
        text.parse().ok().filter(|_| digits)
    };
    let (year, month, date) = match (split('-').as_slice(), split('.').as_slice()) {
        ([year, month, date], _) => (*year, *month, *date),
        (_, [date, month, year]) => (*year, *month, *date),
        _ => match split('/').as_slice() {
            [date, month, year] => (*year, *month, *date),
            _ => return None,
        },
    };
    if year.len() != 4 {
        return None;
    }
    let year = number(year).filter(|year| YEARS.contains(year))?;
    let (month, date) = (
        i8::try_from(number(month)?).ok()?,
        i8::try_from(number(date)?).ok()?,
    );
    Date::new(year, month, date).ok()
}

fn files(values: &[&str], types: &[FileType], max: usize) -> Said {
    let mut sent: Vec<SentFile> = Vec::new();
    for value in values.iter().filter(|value| !value.trim().is_empty()) {
        let mut parts = value.splitn(3, '|');
        let (id, second) = (
            parts.next().unwrap_or_default(),
            parts.next().unwrap_or_default(),
        );
        let name = second.to_owned();
        match id {
            "!type" => {
                let types = types.to_vec();
                return Err(ProblemKind::FileType { name, types });
            }
            "!size" => return Err(ProblemKind::FileSize { name }),
            "!empty" => return Err(ProblemKind::FileEmpty { name }),
            _ => {}
        }
        let known = !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric());
        let size = second.parse().ok().filter(|_| known);
        let (Some(size), Some(name)) = (size, parts.next()) else {
            return Err(ProblemKind::UnknownOption);
        };
        let file = SentFile {
            id: id.to_owned(),
            name: clean(name).replace('\n', " "),
            size,
        };
        if sent.iter().all(|other| other.id != file.id) {
            sent.push(file);
        }
    }
    match sent.len() {
        0 => Ok(None),
        chosen if chosen > max => Err(ProblemKind::TooMany { chosen, max }),
        _ => Ok(Some(Answer::Files(sent))),
    }
}

/// A ranking: the rank of each option, or the options in the order of their ranks.
fn ranked(
    variable: &VariableKey,
    values: &[&str],
    below: &[(&str, &str)],
    options: &[Choice],
    (min, max): (Option<usize>, Option<usize>),
) -> Said {
    let known = |key: &str| options.iter().any(|o| o.key == key);
    let listed = values.iter().map(|v| v.trim()).filter(|v| !v.is_empty());
    let mut order: Vec<String> = Vec::new();
    for key in listed {
        if !known(key) || order.iter().any(|other| other == key) {
            return Err(ProblemKind::UnknownOption);
        }
        order.push(key.to_owned());
    }
    let mut places: BTreeMap<usize, &str> = BTreeMap::new();
    for (name, value) in below {
        let key = name
            .strip_prefix(variable.as_str())
            .and_then(|rest| rest.strip_prefix('.'))
            .unwrap_or_default();
        if value.trim().is_empty() {
            continue;
        }
        if !known(key) {
            return Err(ProblemKind::UnknownOption);
        }
        let rank: Option<usize> = value.trim().trim_end_matches('.').parse().ok();
        let Some(rank) = rank.filter(|rank| (1..=options.len()).contains(rank)) else {
            return Err(ProblemKind::NoRank {
                most: options.len(),
            });
        };
        if places.insert(rank, key).is_some_and(|other| other != key) {
            return Err(ProblemKind::RankTwice { rank });
        }
    }
    if order.is_empty() {
        if let Some(gap) = (1..=places.len()).find(|rank| !places.contains_key(rank)) {
            return Err(ProblemKind::RankMissing { rank: gap });
        }
        order = places.into_values().map(str::to_owned).collect();
    }
    match (order.len(), min, max) {
        (0, _, _) => Ok(None),
        (chosen, Some(min), _) if chosen < min => Err(ProblemKind::TooFew { chosen, min }),
        (chosen, _, Some(max)) if chosen > max => Err(ProblemKind::TooMany { chosen, max }),
        _ => Ok(Some(Answer::Ranking(order))),
    }
}

/// The one value that is not blank. The same value twice is one.
fn single<'v>(values: &[&'v str]) -> Result<Option<&'v str>, ProblemKind> {
    let mut given = values.iter().filter(|value| !value.trim().is_empty());
    let first = given.next();
    match first {
        Some(first) if given.any(|other| other != first) => Err(ProblemKind::SeveralValues),
        first => Ok(first.copied()),
    }
}

fn one_of(values: &[&str], known: impl Fn(&str) -> bool) -> Said {
    match single(values)? {
        None => Ok(None),
        Some(value) if known(value) => Ok(Some(Answer::Choice(value.to_owned()))),
        Some(_) => Err(ProblemKind::UnknownOption),
    }
}

fn several_of(values: &[&str], options: &[Choice], min: Option<usize>, max: Option<usize>) -> Said {
    let chosen: BTreeSet<String> = values
        .iter()
        .filter(|value| !value.trim().is_empty())
        .map(|value| (*value).to_owned())
        .collect();
    if chosen.is_empty() {
        return Ok(None);
    }
    if chosen
        .iter()
        .any(|key| options.iter().all(|o| o.key != *key))
    {
        return Err(ProblemKind::UnknownOption);
    }
    let exclusive = options
        .iter()
        .find(|o| o.exclusive && chosen.contains(&o.key));
    match (exclusive, min, max) {
        (Some(option), _, _) if chosen.len() > 1 => Err(ProblemKind::Exclusive {
            option: option.text.clone(),
        }),
        (None, Some(min), _) if chosen.len() < min => Err(ProblemKind::TooFew {
            chosen: chosen.len(),
            min,
        }),
        (None, _, Some(max)) if chosen.len() > max => Err(ProblemKind::TooMany {
            chosen: chosen.len(),
            max,
        }),
        _ => Ok(Some(Answer::Choices(chosen))),
    }
}

/// A text as it is kept: trimmed, one kind of line end, no control characters.
fn clean(value: &str) -> String {
    let lines = value.replace("\r\n", "\n").replace('\r', "\n");
    let kept = |c: &char| *c == '\n' || *c == '\t' || !c.is_control();
    lines.chars().filter(kept).collect::<String>().trim().into()
}

fn within(text: String, max: usize) -> Said {
    let length = text.chars().count();
    match length {
        0 => Ok(None),
        _ if length > max => Err(ProblemKind::TooLong { length, max }),
        _ => Ok(Some(Answer::Text(text))),
    }
}
fn named_practices(
    variable: &VariableKey,
    fields: &[(&str, &str)],
    known: &[Choice],
    max: usize,
) -> Said {
    #[derive(Default)]
    struct Draft {
        title: String,
        description: String,
        field: String,
        mailbox: String,
    }
    let mut drafts: BTreeMap<usize, Draft> = BTreeMap::new();
    for (name, value) in fields {
        let rest = name.strip_prefix(variable.as_str());
        let rest = rest.and_then(|rest| rest.strip_prefix('.'));
        let Some((number, part)) = rest.and_then(|rest| rest.split_once('.')) else {
            return Err(ProblemKind::UnknownOption);
        };
        let number: usize = number.parse().map_err(|_| ProblemKind::UnknownOption)?;
        let value = clean(value);
        if value.is_empty() {
            continue;
        }
        let draft = drafts.entry(number).or_default();
        match part {
            "title" => draft.title = value.replace('\n', " "),
            "description" => draft.description = value,
            "field" => draft.field = value,
            "mailbox" => draft.mailbox = value,
            _ => return Err(ProblemKind::UnknownOption),
        }
    }
    // A field of action alone is a form that was not filled in.
    drafts.retain(|_, d| !(d.title.is_empty() && d.description.is_empty() && d.mailbox.is_empty()));
    if drafts.is_empty() {
        return Ok(None);
    }
    if drafts.len() > max {
        return Err(ProblemKind::TooMany {
            chosen: drafts.len(),
            max,
        });
    }
    let mut named = Vec::new();
    for (number, draft) in drafts {
        if draft.title.is_empty() {
            return Err(ProblemKind::NominationWithoutTitle { number });
        }
        for (text, max) in [
            (&draft.title, NOMINATION_TITLE),
            (&draft.description, NOMINATION_DESCRIPTION),
            (&draft.mailbox, NOMINATION_MAILBOX),
        ] {
            let length = text.chars().count();
            if length > max {
                return Err(ProblemKind::TooLong { length, max });
            }
        }
        if draft.field.is_empty() {
            return Err(ProblemKind::NominationWithoutField { number });
        }
        if known.iter().all(|field| field.key != draft.field) {
            return Err(ProblemKind::UnknownOption);
        }
        if !draft.mailbox.is_empty() && !is_mailbox(&draft.mailbox) {
            return Err(ProblemKind::NoMailbox { number });
        }
        named.push(Nomination {
            title: draft.title,
            description: draft.description,
            field: draft.field,
            mailbox: Some(draft.mailbox).filter(|mailbox| !mailbox.is_empty()),
        });
    }
    Ok(Some(Answer::Nominations(named)))
}

/// Whether it looks like one e-mail address; only sending to it would tell more.
fn is_mailbox(text: &str) -> bool {
    let odd = |c: char| c.is_whitespace() || c.is_control() || "<>()[],;:\\\"".contains(c);
    match text.split_once('@') {
        Some((local, domain)) => {
            !local.is_empty()
                && !text.contains(odd)
                && !domain.contains('@')
                && domain.contains('.')
                && domain.split('.').all(|label| !label.is_empty())
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_people_type_them() {
        let right = jiff::civil::date(2020, 12, 31);
        for typed in ["31.12.2020", " 31. 12. 2020", "2020-12-31", "31/12/2020"] {
            assert_eq!(day(typed), Some(right), "{typed}");
        }
        for typed in [
            "31.02.2020",
            "2020",
            "31.12.20",
            "12.2020",
            "a.b.c",
            "",
            "31.12.99999",
            "٣.1.2020",
        ] {
            assert_eq!(day(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_ranking_names_each_rank_once_and_leaves_no_gap() {
        let option = |key: &str| Choice {
            key: key.to_owned(),
            ..Choice::default()
        };
        let options = ["a", "b", "c"].map(option);
        let q = VariableKey::new("q");
        let read = |fields: &[(&str, &str)]| ranked(&q, &[], fields, &options, (None, Some(2)));
        assert_eq!(
            read(&[("q.a", "2"), ("q.b", ""), ("q.c", "1")]),
            Ok(Some(Answer::Ranking(vec!["c".into(), "a".into()])))
        );
        assert_eq!(
            read(&[("q.a", "1"), ("q.b", "1")]),
            Err(ProblemKind::RankTwice { rank: 1 })
        );
        assert_eq!(
            read(&[("q.a", "2")]),
            Err(ProblemKind::RankMissing { rank: 1 })
        );
        assert_eq!(read(&[("q.a", "4")]), Err(ProblemKind::NoRank { most: 3 }));
        assert!(read(&[("q.a", "1"), ("q.b", "2"), ("q.c", "3")]).is_err());
        assert_eq!(read(&[("q.a", "")]), Ok(None));
    }
}
