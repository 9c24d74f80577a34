//! A unit of the register: its key, kind, Land and size class.

use serde::{Deserialize, Serialize};

use crate::Land;

/// Key of a unit: 8 digits (AGS) for a Gemeinde, 9 digits (start of the ARS) for a Gemeindeverband,
/// 5 digits for a Kreis, 2 for a Land. The lengths never overlap, so one newtype serves all.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Key(String);

/// What is wrong with a written key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a key of the register: expected 5, 8 or 9 digits")]
pub struct KeyError(pub String);

impl Key {
    /// Reads a key of 5 (Kreis), 8 (Gemeinde) or 9 (Gemeindeverband) digits.
    pub fn new(digits: impl Into<String>) -> Result<Self, KeyError> {
        let digits = digits.into();
        let right = matches!(digits.len(), 5 | 8 | 9) && digits.bytes().all(|b| b.is_ascii_digit());
        if right {
            Ok(Self(digits))
        } else {
            Err(KeyError(digits))
        }
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Key {
    type Error = KeyError;
    fn try_from(digits: String) -> Result<Self, KeyError> {
        Self::new(digits)
    }
}

impl From<Key> for String {
    fn from(key: Key) -> Self {
        key.0
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What kind of unit it is, in the register's own distinctions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Kreisfreie Stadt or Stadtkreis (text key 41, 42, 61, 62).
    IndependentCity,
    /// Stadt or Große Kreisstadt belonging to a Kreis (63, 67).
    Town,
    /// Gemeinde or Markt (60, 64).
    Municipality,
    /// Gemeindefreies Gebiet (65, 66): asked only where it has inhabitants (65), and then an administration.
    Unincorporated,
    /// Gemeindeverband: Amt, Samtgemeinde, Verbandsgemeinde, ... (50-58).
    Association,
    /// Landkreis, Kreis or Regionalverband (43, 44, 45).
    County,
}

impl Kind {
    /// All kinds, largest units last.
    pub const ALL: [Self; 6] = [
        Self::Unincorporated,
        Self::Municipality,
        Self::Town,
        Self::IndependentCity,
        Self::Association,
        Self::County,
    ];

    /// German name, e.g. "kreisfreie Stadt".
    pub fn german(self) -> &'static str {
        match self {
            Self::IndependentCity => "kreisfreie Stadt",
            Self::Town => "kreisangehörige Stadt",
            Self::Municipality => "Gemeinde",
            Self::Unincorporated => "gemeindefreies Gebiet",
            Self::Association => "Gemeindeverband",
            Self::County => "Landkreis",
        }
    }

    /// English name, e.g. "independent city".
    pub fn english(self) -> &'static str {
        match self {
            Self::IndependentCity => "independent city",
            Self::Town => "town",
            Self::Municipality => "municipality",
            Self::Unincorporated => "unincorporated area",
            Self::Association => "association of municipalities",
            Self::County => "county",
        }
    }
}

/// The two populations; they overlap on the ground and are never pooled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Population {
    /// Städte und Gemeinden with inhabitants, independent cities included.
    Municipalities,
    /// Landkreise, Kreise and the Regionalverband.
    Counties,
}

impl Population {
    /// Both, municipalities first.
    pub const ALL: [Self; 2] = [Self::Municipalities, Self::Counties];

    /// German name: "Städte und Gemeinden" or "Landkreise".
    pub fn german(self) -> &'static str {
        match self {
            Self::Municipalities => "Städte und Gemeinden",
            Self::Counties => "Landkreise",
        }
    }

    /// English name: "cities and municipalities" or "counties".
    pub fn english(self) -> &'static str {
        match self {
            Self::Municipalities => "cities and municipalities",
            Self::Counties => "counties",
        }
    }
}

/// Usual size classes by inhabitants; counties are a class of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SizeClass {
    /// Fewer than 5,000 inhabitants.
    Under5000,
    /// Kleinstadt: 5,000 to 19,999.
    SmallTown,
    /// Mittelstadt: 20,000 to 99,999.
    MediumTown,
    /// Großstadt: 100,000 and more.
    LargeCity,
    /// Landkreis.
    County,
}

impl SizeClass {
    /// All classes, smallest first, counties last.
    pub const ALL: [Self; 5] = [
        Self::Under5000,
        Self::SmallTown,
        Self::MediumTown,
        Self::LargeCity,
        Self::County,
    ];

    /// The usual German word, e.g. "Mittelstadt". Below 5,000 inhabitants: "kleine Gemeinde".
    pub fn german(self) -> &'static str {
        match self {
            Self::Under5000 => "kleine Gemeinde",
            Self::SmallTown => "Kleinstadt",
            Self::MediumTown => "Mittelstadt",
            Self::LargeCity => "Großstadt",
            Self::County => "Landkreis",
        }
    }

    /// The same in the plural, e.g. "Mittelstädte".
    pub fn german_plural(self) -> &'static str {
        match self {
            Self::Under5000 => "kleine Gemeinden",
            Self::SmallTown => "Kleinstädte",
            Self::MediumTown => "Mittelstädte",
            Self::LargeCity => "Großstädte",
            Self::County => "Landkreise",
        }
    }

    /// The usual English word, e.g. "medium-sized town".
    pub fn english(self) -> &'static str {
        match self {
            Self::Under5000 => "small municipality",
            Self::SmallTown => "small town",
            Self::MediumTown => "medium-sized town",
            Self::LargeCity => "large city",
            Self::County => "county",
        }
    }

    /// The same in the plural, e.g. "medium-sized towns".
    pub fn english_plural(self) -> &'static str {
        match self {
            Self::Under5000 => "small municipalities",
            Self::SmallTown => "small towns",
            Self::MediumTown => "medium-sized towns",
            Self::LargeCity => "large cities",
            Self::County => "counties",
        }
    }

    /// Its bounds in German, e.g. "20.000 bis unter 100.000 Einwohner".
    pub fn range_german(self) -> &'static str {
        match self {
            Self::Under5000 => "unter 5.000 Einwohner",
            Self::SmallTown => "5.000 bis unter 20.000 Einwohner",
            Self::MediumTown => "20.000 bis unter 100.000 Einwohner",
            Self::LargeCity => "100.000 und mehr Einwohner",
            Self::County => "Landkreise jeder Größe",
        }
    }

    /// Its bounds in English, e.g. "20,000 to under 100,000 inhabitants".
    pub fn range_english(self) -> &'static str {
        match self {
            Self::Under5000 => "under 5,000 inhabitants",
            Self::SmallTown => "5,000 to under 20,000 inhabitants",
            Self::MediumTown => "20,000 to under 100,000 inhabitants",
            Self::LargeCity => "100,000 inhabitants and more",
            Self::County => "counties of any size",
        }
    }
}

/// Where the seat of the administration is, in degrees (WGS 84).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Coordinates {
    pub longitude: f64,
    pub latitude: f64,
}

/// A unit of the register.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Municipality {
    /// AGS, association key or Kreis key.
    pub key: Key,
    /// Name as the register has it, e.g. "Flensburg, Stadt".
    pub name: String,
    /// Kind of unit.
    pub kind: Kind,
    /// The Land it lies in.
    pub land: Land,
    /// Inhabitants on the register's date; for counties and associations the sum of their Gemeinden.
    pub inhabitants: u32,
    /// Area in square kilometres.
    pub area_km2: f64,
    /// The Gemeindeverband it belongs to, if it is not its own.
    pub association: Option<Key>,
    /// The county it belongs to; `None` for independent cities and counties.
    pub county: Option<Key>,
    /// Seat, where the list knows it.
    pub seat: Option<Coordinates>,
    /// Degree of urbanisation (1 dense, 2 intermediate, 3 thin), where the list knows it.
    pub urbanisation: Option<u8>,
}

impl Municipality {
    /// The population it belongs to; `None` for associations and units without inhabitants.
    pub fn population(&self) -> Option<Population> {
        match self.kind {
            _ if self.inhabitants == 0 => None,
            Kind::IndependentCity | Kind::Town | Kind::Municipality | Kind::Unincorporated => {
                Some(Population::Municipalities)
            }
            Kind::County => Some(Population::Counties),
            Kind::Association => None,
        }
    }

    /// The size class; counties are a class of their own.
    pub fn size_class(&self) -> SizeClass {
        match (self.kind, self.inhabitants) {
            (Kind::County, _) => SizeClass::County,
            (_, 0..5_000) => SizeClass::Under5000,
            (_, 5_000..20_000) => SizeClass::SmallTown,
            (_, 20_000..100_000) => SizeClass::MediumTown,
            _ => SizeClass::LargeCity,
        }
    }

    /// The name as one says it: without what the register adds behind a comma, and counties with their kind.
    /// "Flensburg, Stadt" is "Flensburg", the county "Rostock" is "Landkreis Rostock".
    pub fn plain_name(&self) -> String {
        let name = self.name.split(',').next().unwrap_or_default().trim();
        let says_its_kind = ["kreis", "region", "verband"]
            .iter()
            .any(|word| name.to_lowercase().contains(word));
        match (self.kind, self.land) {
            (Kind::County, _) if says_its_kind => name.to_owned(),
            (Kind::County, Land::SchleswigHolstein | Land::NordrheinWestfalen) => {
                format!("Kreis {name}")
            }
            (Kind::County, _) => format!("Landkreis {name}"),
            _ => name.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(name: &str, kind: Kind, land: Land, inhabitants: u32) -> Municipality {
        Municipality {
            key: Key::new("01001000").expect("eight digits"),
            name: name.to_owned(),
            kind,
            land,
            inhabitants,
            area_km2: 1.0,
            association: None,
            county: None,
            seat: None,
            urbanisation: None,
        }
    }

    #[test]
    fn plain_names_are_what_one_says() {
        let check = |name: &str, kind, land, expected: &str| {
            assert_eq!(unit(name, kind, land, 1).plain_name(), expected);
        };
        let (sh, by) = (Land::SchleswigHolstein, Land::Bayern);
        check("Flensburg, Stadt", Kind::IndependentCity, sh, "Flensburg");
        check(
            "Burg (Dithmarschen)",
            Kind::Municipality,
            sh,
            "Burg (Dithmarschen)",
        );
        check("München", Kind::County, by, "Landkreis München");
        check("Steinburg", Kind::County, sh, "Kreis Steinburg");
        check(
            "Rhein-Sieg-Kreis",
            Kind::County,
            Land::NordrheinWestfalen,
            "Rhein-Sieg-Kreis",
        );
        check(
            "Region Hannover, Landeshauptstadt",
            Kind::County,
            Land::Niedersachsen,
            "Region Hannover",
        );
    }

    #[test]
    fn size_classes_change_at_their_bounds() {
        let class = |n| unit("X", Kind::Town, Land::Hessen, n).size_class();
        assert_eq!(class(4_999), SizeClass::Under5000);
        assert_eq!(class(5_000), SizeClass::SmallTown);
        assert_eq!(class(19_999), SizeClass::SmallTown);
        assert_eq!(class(20_000), SizeClass::MediumTown);
        assert_eq!(class(99_999), SizeClass::MediumTown);
        assert_eq!(class(100_000), SizeClass::LargeCity);
        assert_eq!(
            unit("X", Kind::County, Land::Hessen, 300_000).size_class(),
            SizeClass::County
        );
    }

    #[test]
    fn only_inhabited_municipalities_and_counties_are_asked() {
        let population = |kind, n| unit("X", kind, Land::Hessen, n).population();
        assert_eq!(population(Kind::Town, 1), Some(Population::Municipalities));
        assert_eq!(population(Kind::County, 1), Some(Population::Counties));
        assert_eq!(population(Kind::Municipality, 0), None);
        assert_eq!(population(Kind::Unincorporated, 0), None);
        assert_eq!(
            population(Kind::Unincorporated, 3),
            Some(Population::Municipalities)
        );
        assert_eq!(population(Kind::Association, 3), None);
    }
}
