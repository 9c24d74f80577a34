//! The sixteen Länder, with their names and the first two digits of their keys.

use serde::{Deserialize, Serialize};

/// One of the sixteen Länder, in the order of the official key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Land {
    SchleswigHolstein,
    Hamburg,
    Niedersachsen,
    Bremen,
    NordrheinWestfalen,
    Hessen,
    RheinlandPfalz,
    BadenWuerttemberg,
    Bayern,
    Saarland,
    Berlin,
    Brandenburg,
    MecklenburgVorpommern,
    Sachsen,
    SachsenAnhalt,
    Thueringen,
}

impl Land {
    /// All sixteen, in the order of the official key.
    pub const ALL: [Self; 16] = [
        Self::SchleswigHolstein,
        Self::Hamburg,
        Self::Niedersachsen,
        Self::Bremen,
        Self::NordrheinWestfalen,
        Self::Hessen,
        Self::RheinlandPfalz,
        Self::BadenWuerttemberg,
        Self::Bayern,
        Self::Saarland,
        Self::Berlin,
        Self::Brandenburg,
        Self::MecklenburgVorpommern,
        Self::Sachsen,
        Self::SachsenAnhalt,
        Self::Thueringen,
    ];

    /// German name, e.g. "Niedersachsen".
    pub fn german(self) -> &'static str {
        match self {
            Self::SchleswigHolstein => "Schleswig-Holstein",
            Self::Hamburg => "Hamburg",
            Self::Niedersachsen => "Niedersachsen",
            Self::Bremen => "Bremen",
            Self::NordrheinWestfalen => "Nordrhein-Westfalen",
            Self::Hessen => "Hessen",
            Self::RheinlandPfalz => "Rheinland-Pfalz",
            Self::BadenWuerttemberg => "Baden-Württemberg",
            Self::Bayern => "Bayern",
            Self::Saarland => "Saarland",
            Self::Berlin => "Berlin",
            Self::Brandenburg => "Brandenburg",
            Self::MecklenburgVorpommern => "Mecklenburg-Vorpommern",
            Self::Sachsen => "Sachsen",
            Self::SachsenAnhalt => "Sachsen-Anhalt",
            Self::Thueringen => "Thüringen",
        }
    }

    /// English name, e.g. "Lower Saxony".
    pub fn english(self) -> &'static str {
        match self {
            Self::Niedersachsen => "Lower Saxony",
            Self::NordrheinWestfalen => "North Rhine-Westphalia",
            Self::Hessen => "Hesse",
            Self::RheinlandPfalz => "Rhineland-Palatinate",
            Self::Bayern => "Bavaria",
            Self::MecklenburgVorpommern => "Mecklenburg-Western Pomerania",
            Self::Sachsen => "Saxony",
            Self::SachsenAnhalt => "Saxony-Anhalt",
            Self::Thueringen => "Thuringia",
            _ => self.german(),
        }
    }

    /// The usual abbreviation of two letters, e.g. "NI".
    pub fn abbreviation(self) -> &'static str {
        match self {
            Self::SchleswigHolstein => "SH",
            Self::Hamburg => "HH",
            Self::Niedersachsen => "NI",
            Self::Bremen => "HB",
            Self::NordrheinWestfalen => "NW",
            Self::Hessen => "HE",
            Self::RheinlandPfalz => "RP",
            Self::BadenWuerttemberg => "BW",
            Self::Bayern => "BY",
            Self::Saarland => "SL",
            Self::Berlin => "BE",
            Self::Brandenburg => "BB",
            Self::MecklenburgVorpommern => "MV",
            Self::Sachsen => "SN",
            Self::SachsenAnhalt => "ST",
            Self::Thueringen => "TH",
        }
    }

    /// The two digits that its keys begin with, "01" to "16".
    pub fn code(self) -> &'static str {
        match self {
            Self::SchleswigHolstein => "01",
            Self::Hamburg => "02",
            Self::Niedersachsen => "03",
            Self::Bremen => "04",
            Self::NordrheinWestfalen => "05",
            Self::Hessen => "06",
            Self::RheinlandPfalz => "07",
            Self::BadenWuerttemberg => "08",
            Self::Bayern => "09",
            Self::Saarland => "10",
            Self::Berlin => "11",
            Self::Brandenburg => "12",
            Self::MecklenburgVorpommern => "13",
            Self::Sachsen => "14",
            Self::SachsenAnhalt => "15",
            Self::Thueringen => "16",
        }
    }

    /// The Land of a two-digit code; `None` unless it is "01" to "16".
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|land| land.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_count_up_and_lead_back() {
        for (i, land) in Land::ALL.into_iter().enumerate() {
            assert_eq!(land.code(), format!("{:02}", i + 1));
            assert_eq!(Land::from_code(land.code()), Some(land));
        }
        for wrong in ["", "0", "1", "00", "17", "xx", "011"] {
            assert_eq!(Land::from_code(wrong), None);
        }
    }
}
