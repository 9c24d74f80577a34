//! Numbers as people type them in a town hall, in German and in English, and as they are written back.

use crate::Lang;

/// Why something typed is not read as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotRead {
    /// Not a number at all.
    NoNumber,
    /// "2,500" where decimals are allowed: two and a half, or two thousand five hundred.
    Ambiguous,
}

/// Reads a typed number: "1250", "1.250", "1 250", "1'250", "12,5", "12.5", "1.250,5", "1,250.5".
///
/// A single point or comma before exactly three digits groups thousands ("1.250" is 1250), unless a zero
/// stands before it. Where decimals are allowed, a comma before three digits is [`NotRead::Ambiguous`].
/// Returns the number and how many decimal places it uses, without zeros at the end.
pub(crate) fn read(typed: &str, units: &[&str], decimals: u8) -> Result<(f64, usize), NotRead> {
    let mut rest = typed.trim().to_lowercase();
    for unit in units {
        let unit = unit.trim().to_lowercase();
        if !unit.is_empty() && rest.ends_with(&unit) {
            rest.truncate(rest.len() - unit.len());
            break;
        }
    }
    let (negative, digits) = match rest.trim().strip_prefix(['-', '−']) {
        Some(behind) => (true, behind.trim_start().to_owned()),
        None => (false, rest.trim().to_owned()),
    };
    let plain = without_gaps(&digits).ok_or(NotRead::NoNumber)?;
    let (whole, fraction) = split(&plain, decimals)?;
    if whole.is_empty() || whole.len() > 15 || fraction.len() > 15 {
        return Err(NotRead::NoNumber);
    }
    let fraction = fraction.trim_end_matches('0');
    let value: f64 = format!("{whole}.{fraction}0")
        .parse()
        .map_err(|_| NotRead::NoNumber)?;
    // Minus zero is zero.
    let value = if negative && value != 0.0 {
        -value
    } else {
        value
    };
    Ok((value, fraction.len()))
}

/// The number as it stands in a form field: no grouping, decimal comma in German.
pub fn typed_number(value: f64, lang: Lang) -> String {
    let written = value.to_string();
    match lang {
        Lang::De => written.replace('.', ","),
        Lang::En => written,
    }
}

/// The number for reading, as `edition::numbers` writes it: thousands grouped by a narrow no-break space and
/// a decimal comma in German, by a comma and a decimal point in English.
pub(crate) fn spoken(value: f64, lang: Lang) -> String {
    let typed = typed_number(value, lang);
    let (sign, rest) = match typed.strip_prefix('-') {
        Some(rest) => ("\u{2212}", rest),
        None => ("", typed.as_str()),
    };
    let end = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    let (whole, fraction) = rest.split_at(end);
    let mut grouped = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(if lang == Lang::De { '\u{202F}' } else { ',' });
        }
        grouped.push(digit);
    }
    grouped + fraction
}

/// Takes out spaces and apostrophes that group thousands; `None` when they stand elsewhere.
fn without_gaps(digits: &str) -> Option<String> {
    let gap = |c: char| c.is_whitespace() || matches!(c, '\'' | '’');
    let end = digits.find([',', '.']).unwrap_or(digits.len());
    let (whole, fraction) = digits.split_at(end);
    if fraction.contains(gap) {
        return None;
    }
    let groups: Vec<&str> = whole.split(gap).collect();
    let (first, others) = groups.split_first()?;
    let right = others.is_empty()
        || (1..=3).contains(&first.len()) && others.iter().all(|group| group.len() == 3);
    right.then(|| groups.concat() + fraction)
}

/// Splits into whole part and decimals, both digits only.
fn split(plain: &str, decimals: u8) -> Result<(String, String), NotRead> {
    let marks: Vec<char> = plain.chars().filter(|c| matches!(c, ',' | '.')).collect();
    let decimal = match marks.as_slice() {
        [] => None,
        [mark] => {
            let (before, behind) = plain.split_once(*mark).ok_or(NotRead::NoNumber)?;
            let grouping = behind.len() == 3 && (1..=3).contains(&before.len()) && before != "0";
            match (grouping, mark) {
                (true, ',') if decimals > 0 => return Err(NotRead::Ambiguous),
                (true, _) => None,
                (false, _) => Some(*mark),
            }
        }
        [first, .., last] if first != last => Some(*last),
        _ => None,
    };
    let (whole, fraction) = match decimal {
        Some(mark) => plain.rsplit_once(mark).ok_or(NotRead::NoNumber)?,
        None => (plain, ""),
    };
    if decimal.is_some() && (fraction.is_empty() || !all_digits(fraction)) {
        return Err(NotRead::NoNumber);
    }
    let groups: Vec<&str> = whole.split([',', '.']).collect();
    let one_mark = {
        let mut kinds = whole.chars().filter(|c| matches!(c, ',' | '.'));
        let first = kinds.next();
        kinds.all(|c| Some(c) == first) && (first.is_none() || first != decimal)
    };
    let grouped = groups.len() == 1
        || one_mark
            && (1..=3).contains(&groups[0].len())
            && groups[1..].iter().all(|group| group.len() == 3);
    let whole = groups.concat();
    if grouped && all_digits(&whole) {
        Ok((whole, fraction.to_owned()))
    } else {
        Err(NotRead::NoNumber)
    }
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_type_them() {
        let whole = [
            ("1250", 1250.0),
            ("1.250", 1250.0),
            ("1,250", 1250.0),
            ("1 250", 1250.0),
            ("1\u{202F}250", 1250.0),
            ("1'250", 1250.0),
            ("1.250.000", 1_250_000.0),
            (" 0 ", 0.0),
            ("-0", 0.0),
            ("-12", -12.0),
            ("1250 Personen", 1250.0),
            ("1250,00", 1250.0),
        ];
        for (typed, value) in whole {
            let read = read(typed, &["Personen", "persons"], 0);
            assert_eq!(read, Ok((value, 0)), "{typed}");
        }
        let fractions = [
            ("12,5", 12.5, 1),
            ("12.5", 12.5, 1),
            ("0,125", 0.125, 3),
            ("1.250,5", 1250.5, 1),
            ("1,250.5", 1250.5, 1),
            ("1 250,75", 1250.75, 2),
        ];
        for (typed, value, places) in fractions {
            assert_eq!(read(typed, &[], 2), Ok((value, places)), "{typed}");
        }
        assert_eq!(read("2,500", &[], 1), Err(NotRead::Ambiguous));
        for typed in [
            "",
            "12,5 Tsd.",
            "ca. 1250",
            "1.25.000",
            "1,2,3",
            "1.250.5,0,",
            "--1",
            ",5",
            "5,",
            "1 2",
            "12 34 567",
            "1e5",
            "٣",
            "9999999999999999999",
            "NaN",
            "inf",
        ] {
            assert_eq!(read(typed, &[], 0), Err(NotRead::NoNumber), "{typed}");
        }
    }

    #[test]
    fn numbers_as_they_are_written_back() {
        assert_eq!(spoken(1250.0, Lang::De), "1\u{202F}250");
        assert_eq!(spoken(12.5, Lang::De), "12,5");
        assert_eq!(spoken(-1_234_567.5, Lang::En), "−1,234,567.5");
        assert_eq!(typed_number(1250.5, Lang::De), "1250,5");
    }
}
