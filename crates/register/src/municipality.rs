//! A unit of the register: its key, kind, Land and size class.

use serde::{Deserialize, Serialize};

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
    /// Gemeindefreies Gebiet (65, 66): part of the list, never asked.
    Unincorporated,
    /// Gemeindeverband: Amt, Samtgemeinde, Verbandsgemeinde, ... (50-58).
    Association,
    /// Landkreis, Kreis or Regionalverband (43, 44, 45).
    County,
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
    /// The population it belongs to; `None` for unincorporated areas, associations and units without inhabitants.
    pub fn population(&self) -> Option<Population> {
        match self.kind {
            _ if self.inhabitants == 0 => None,
            Kind::IndependentCity | Kind::Town | Kind::Municipality => {
                Some(Population::Municipalities)
            }
            Kind::County => Some(Population::Counties),
            Kind::Association | Kind::Unincorporated => None,
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
}
