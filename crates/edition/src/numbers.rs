//! The one module that formats numbers, dates and names for people. Rounding happens before, in `findings`.

use std::cmp::Ordering;
use std::sync::LazyLock;

use findings::ReleasedCell;
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use jiff::civil::Date;
use questionnaire::Lang;

use crate::translation::text;

/// No-break space: between number and unit.
pub const NBSP: char = '\u{a0}';
/// Narrow no-break space: between groups of three digits.
pub const NNBSP: char = '\u{202f}';

/// "71 %" with a no-break space; English "71%".
pub fn percent(lang: Lang, value: u8) -> String {
    match lang {
        Lang::De => format!("{value}{NBSP}%"),
        Lang::En => format!("{value}%"),
    }
}

/// "rund 71 %"; nothing and all are said without "rund".
pub fn about_percent(lang: Lang, value: u8) -> String {
    if value == 0 || value == 100 {
        return percent(lang, value);
    }
    let value = percent(lang, value);
    text(lang, "edition-number-about", &[("value", &value)])
}

/// "3 von 4".
pub fn of(lang: Lang, part: u64, whole: u64) -> String {
    let (part, whole) = (thousands(lang, part as i64), thousands(lang, whole as i64));
    text(
        lang,
        "edition-number-of",
        &[("part", &part), ("whole", &whole)],
    )
}

/// "Unsicherheitsbereich 64 bis 77 %".
pub fn interval(lang: Lang, (low, high): (u8, u8)) -> String {
    let (low, high) = (low.to_string(), percent(lang, high));
    text(
        lang,
        "edition-number-interval",
        &[("low", &low), ("high", &high)],
    )
}

/// "64 bis 77 %", for table cells under a heading that says what it is.
pub fn percent_range(lang: Lang, (low, high): (u8, u8)) -> String {
    let (low, high) = (low.to_string(), percent(lang, high));
    text(
        lang,
        "edition-number-cell-range",
        &[("low", &low), ("high", &high)],
    )
}

/// "Unsicherheitsbereich 3,4 bis 5,1", from tenths.
pub fn interval_tenths(lang: Lang, (low, high): (i64, i64)) -> String {
    let (low, high) = (mean(lang, low), mean(lang, high));
    text(
        lang,
        "edition-number-interval",
        &[("low", &low), ("high", &high)],
    )
}

/// "83 166 711" with narrow no-break spaces; English "83,166,711".
pub fn thousands(lang: Lang, value: i64) -> String {
    let separator = match lang {
        Lang::De => NNBSP,
        Lang::En => ',',
    };
    let digits = value.unsigned_abs().to_string();
    let mut grouped = String::new();
    if value < 0 {
        grouped.push('\u{2212}');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}

/// "1 234,5" from tenths; English "1,234.5".
pub fn tenths(lang: Lang, value: i64) -> String {
    let sign = if value < 0 { "\u{2212}" } else { "" };
    let whole = thousands(lang, (value.unsigned_abs() / 10) as i64);
    format!("{sign}{whole}{}{}", point(lang), value.unsigned_abs() % 10)
}

/// A mean from tenths: "2,4"; from 100 on, where means are whole, "1 240".
pub fn mean(lang: Lang, value: i64) -> String {
    if value.abs() >= 1_000 && value % 10 == 0 {
        thousands(lang, value / 10)
    } else {
        tenths(lang, value)
    }
}

/// A decimal with `places` digits behind the point: "12,50"; English "12.50".
pub fn decimal(lang: Lang, value: f64, places: usize) -> String {
    let plain = format!("{:.places$}", value.abs());
    let (whole, rest) = plain.split_once('.').unwrap_or((&plain, ""));
    let whole = whole
        .parse::<i64>()
        .map_or(whole.to_owned(), |w| thousands(lang, w));
    let sign = if value < 0.0 && plain.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        "\u{2212}"
    } else {
        ""
    };
    match rest {
        "" => format!("{sign}{whole}"),
        rest => format!("{sign}{whole}{}{rest}", point(lang)),
    }
}

/// "5. März 2016" with a no-break space behind the day; English "5 March 2016".
pub fn date(lang: Lang, date: Date) -> String {
    let (day, year) = (date.day(), date.year());
    let month = usize::from(date.month().unsigned_abs()) - 1;
    match lang {
        Lang::De => format!("{day}.{NBSP}{} {year}", MONTHS_DE[month]),
        Lang::En => format!("{day}{NBSP}{} {year}", MONTHS_EN[month]),
    }
}

/// "25. Januar bis 5. März 2016"; the year of the first day only where it differs.
pub fn period(lang: Lang, (from, to): (Date, Date)) -> String {
    let first = date(lang, from);
    let first = match from.year() == to.year() {
        true => first
            .trim_end_matches(|c: char| c.is_ascii_digit())
            .trim_end()
            .to_owned(),
        false => first,
    };
    text(
        lang,
        "edition-number-range",
        &[("low", &first), ("high", &date(lang, to))],
    )
}

/// "Januar bis März 2016": the months of a period, for headings.
pub fn months(lang: Lang, (from, to): (Date, Date)) -> String {
    let month = |date: Date| {
        let place = usize::from(date.month().unsigned_abs()) - 1;
        match lang {
            Lang::De => MONTHS_DE[place],
            Lang::En => MONTHS_EN[place],
        }
    };
    let last = format!("{}{NBSP}{}", month(to), to.year());
    if (from.year(), from.month()) == (to.year(), to.month()) {
        return last;
    }
    let first = match from.year() == to.year() {
        true => month(from).to_owned(),
        false => format!("{}{NBSP}{}", month(from), from.year()),
    };
    text(
        lang,
        "edition-number-range",
        &[("low", &first), ("high", &last)],
    )
}

/// "1,3 MB", "48 kB" (thousands of bytes).
pub fn file_size(lang: Lang, bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes}{NBSP}Byte"),
        1_000..1_000_000 => format!("{}{NBSP}kB", bytes.div_ceil(1_000)),
        _ => format!("{}{NBSP}MB", tenths(lang, (bytes.div_ceil(100_000)) as i64)),
    }
}

/// "a, b und c".
pub fn list<S: AsRef<str>>(lang: Lang, items: &[S]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [head @ .., last] => {
            let head: Vec<&str> = head.iter().map(AsRef::as_ref).collect();
            let head = head.join(", ");
            text(
                lang,
                "edition-number-and",
                &[("first", &head), ("last", last.as_ref())],
            )
        }
    }
}

/// A released cell as it stands in a table: "71 %", "unter 10 %", "4,2", "·".
pub fn cell(lang: Lang, cell: &ReleasedCell) -> String {
    match cell {
        ReleasedCell::Percent { value, .. } => percent(lang, *value),
        ReleasedCell::Under10 => text(lang, "edition-number-under10", &[]),
        ReleasedCell::Over90 => text(lang, "edition-number-over90", &[]),
        ReleasedCell::Mean { tenths: value, .. } => mean(lang, *value),
        ReleasedCell::Suppressed => text(lang, "edition-number-suppressed", &[]),
    }
}

/// A released cell in running text: "rund 71 %", "unter 10 %", "im Mittel" is left to the sentence.
/// `None` for what is held back: a sentence must not be built on it.
pub fn cell_in_text(lang: Lang, value: &ReleasedCell) -> Option<String> {
    match value {
        ReleasedCell::Percent { value, .. } => Some(about_percent(lang, *value)),
        ReleasedCell::Suppressed => None,
        other => Some(cell(lang, other)),
    }
}

/// The interval of a cell in words, where one is stated.
pub fn cell_interval(lang: Lang, cell: &ReleasedCell) -> Option<String> {
    match cell {
        ReleasedCell::Percent {
            interval: Some(bounds),
            ..
        } => Some(interval(lang, *bounds)),
        ReleasedCell::Mean {
            interval: Some(bounds),
            ..
        } => Some(interval_tenths(lang, *bounds)),
        _ => None,
    }
}

/// Order of names as German readers expect it: "Ärzen" beside "Arzberg", "ß" as "ss".
pub fn collate(a: &str, b: &str) -> Ordering {
    COLLATOR.compare(a, b).then_with(|| a.cmp(b))
}

/// The root collation is the German one (DIN 5007-1, words).
static COLLATOR: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(|| {
    Collator::try_new(Default::default(), CollatorOptions::default())
        .expect("the root collation is compiled in")
});

const MONTHS_DE: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn point(lang: Lang) -> char {
    match lang {
        Lang::De => ',',
        Lang::En => '.',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percents_keep_their_unit_on_the_line() {
        assert_eq!(percent(Lang::De, 71), "71\u{a0}%");
        assert_eq!(about_percent(Lang::De, 71), "rund\u{a0}71\u{a0}%");
        assert_eq!(
            interval(Lang::De, (64, 77)),
            "Unsicherheitsbereich 64 bis 77\u{a0}%"
        );
        assert_eq!(about_percent(Lang::De, 100), "100\u{a0}%");
        assert_eq!(of(Lang::De, 3, 4), "3 von 4");
        assert_eq!(about_percent(Lang::En, 71), "about\u{a0}71%");
    }

    #[test]
    fn thousands_and_decimals() {
        assert_eq!(thousands(Lang::De, 83_166_711), "83\u{202f}166\u{202f}711");
        assert_eq!(thousands(Lang::De, 999), "999");
        assert_eq!(thousands(Lang::En, -1_000), "\u{2212}1,000");
        assert_eq!(tenths(Lang::De, 12_345), "1\u{202f}234,5");
        assert_eq!(tenths(Lang::En, -5), "\u{2212}0.5");
        assert_eq!(
            [mean(Lang::De, 24), mean(Lang::De, 12_400)],
            ["2,4", "1\u{202f}240"]
        );
        assert_eq!(decimal(Lang::De, 12.5, 2), "12,50");
        assert_eq!(decimal(Lang::De, -0.001, 1), "0,0");
    }

    #[test]
    fn dates_and_sizes() {
        let day = jiff::civil::date(2016, 3, 5);
        assert_eq!(date(Lang::De, day), "5.\u{a0}März 2016");
        assert_eq!(date(Lang::En, day), "5\u{a0}March 2016");
        let first = jiff::civil::date(2016, 1, 25);
        assert_eq!(
            period(Lang::De, (first, day)),
            "25.\u{a0}Januar bis 5.\u{a0}März 2016"
        );
        assert_eq!(file_size(Lang::De, 1_234_567), "1,3\u{a0}MB");
        assert_eq!(file_size(Lang::De, 48_000), "48\u{a0}kB");
    }

    #[test]
    fn cells_say_why_there_is_no_number() {
        assert_eq!(cell(Lang::De, &ReleasedCell::Under10), "unter 10\u{a0}%");
        assert_eq!(cell(Lang::De, &ReleasedCell::Suppressed), "·");
        assert_eq!(cell_in_text(Lang::De, &ReleasedCell::Suppressed), None);
    }

    #[test]
    fn names_sort_as_germans_expect() {
        let mut names = vec!["Zell", "Österfeld", "Ostheim", "Aalen", "Ähren", "Aichach"];
        names.sort_by(|a, b| collate(a, b));
        assert_eq!(
            names,
            ["Aalen", "Ähren", "Aichach", "Österfeld", "Ostheim", "Zell"]
        );
    }
}
