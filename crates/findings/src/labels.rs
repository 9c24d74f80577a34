//! German and English words for the groups that findings speak of.

use questionnaire::Text;
use register::{Kind, Land, Population, SizeClass};

use crate::Domain;

pub(crate) fn text(de: impl Into<String>, en: impl Into<String>) -> Text {
    Text {
        de: de.into(),
        en: en.into(),
    }
}

pub(crate) fn land(land: Land) -> Text {
    text(land.german(), land.english())
}

/// A size class with its bounds, as a line of a table.
pub(crate) fn size_class(class: SizeClass) -> Text {
    match class {
        SizeClass::County => text(class.german_plural(), class.english_plural()),
        _ => text(class.range_german(), class.range_english()),
    }
}

/// A kind of unit in the plural.
pub(crate) fn kind(kind: Kind) -> Text {
    match kind {
        Kind::IndependentCity => text("kreisfreie Städte", "independent cities"),
        Kind::Town => text("kreisangehörige Städte", "towns within a county"),
        Kind::Municipality => text(
            "Gemeinden ohne Stadtrecht",
            "municipalities without town status",
        ),
        Kind::Unincorporated => text("gemeindefreie Gebiete", "unincorporated areas"),
        Kind::Association => text("Gemeindeverbände", "associations of municipalities"),
        Kind::County => text("Landkreise", "counties"),
    }
}

pub(crate) fn population(population: Population) -> Text {
    text(population.german(), population.english())
}

impl Domain {
    /// For whom a row speaks, in words.
    pub fn label(self) -> Text {
        match self {
            Self::All(Population::Municipalities) => {
                text("alle Städte und Gemeinden", "all cities and municipalities")
            }
            Self::All(Population::Counties) => text("alle Landkreise", "all counties"),
            Self::SizeClass(class) => size_class(class),
            Self::Town(true) => text(
                "Städte ab 5.000 Einwohnern",
                "cities and towns from 5,000 inhabitants on",
            ),
            Self::Town(false) => text(
                "Gemeinden ohne Stadtrecht ab 5.000 Einwohnern",
                "municipalities without town status from 5,000 inhabitants on",
            ),
        }
    }

    /// The population that it belongs to.
    pub fn population(self) -> Population {
        match self {
            Self::All(population) => population,
            Self::SizeClass(SizeClass::County) => Population::Counties,
            Self::SizeClass(_) | Self::Town(_) => Population::Municipalities,
        }
    }
}

/// "A, B und C" in German, "A, B and C" in English.
pub(crate) fn list(parts: &[Text]) -> Text {
    let join = |words: Vec<&str>, and: &str| match words.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [rest @ .., last] => format!("{} {and} {last}", rest.join(", ")),
    };
    text(
        join(parts.iter().map(|t| t.de.as_str()).collect(), "und"),
        join(parts.iter().map(|t| t.en.as_str()).collect(), "and"),
    )
}
