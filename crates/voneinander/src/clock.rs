//! The one place that reads the clock.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The present moment, rounded to milliseconds as the database keeps it.
pub fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
}

/// The day in Germany at a moment.
pub fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC))
        .date()
}

/// Midnight in Germany at the beginning of a day.
pub fn midnight(date: Date) -> Timestamp {
    let zone = TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC);
    date.to_zoned(zone)
        .map_or(Timestamp::UNIX_EPOCH, |at| at.timestamp())
}
