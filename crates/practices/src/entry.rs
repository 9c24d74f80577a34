//! An example as the public catalogue shows it: from a wave, or imported from another collection.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One entry of the catalogue. Everything in it is public.
///
/// As JSON it is what `practices import` reads: `id`, `title`, `text`, `field`, `municipality`, `land`, `type`,
/// `size_class` and `lang`; the others may be missing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Its name: unique in its collection.
    pub id: String,
    /// Title.
    pub title: String,
    /// The one sentence that says it; empty where there is none.
    #[serde(default)]
    pub sentence: String,
    /// Everything else that is said, paragraphs separated by an empty line.
    #[serde(default)]
    pub text: String,
    /// Key of the field of action, or its name.
    #[serde(default)]
    pub field: String,
    /// Name of the municipality.
    #[serde(default)]
    pub municipality: String,
    /// Land: two digits of the register, abbreviation or name.
    #[serde(default)]
    pub land: String,
    /// Kind of municipality, in German.
    #[serde(default, rename = "type")]
    pub place_kind: String,
    /// Size class by inhabitants, in German.
    #[serde(default)]
    pub size_class: String,
    /// Language of the text, `de` where it is not said.
    #[serde(default)]
    pub lang: String,
    /// Target groups.
    #[serde(default)]
    pub target: Vec<String>,
    /// Kind of practice, as a word of the form (`offer`, `project` and so on).
    #[serde(default)]
    pub kind: String,
    /// Cost band.
    #[serde(default)]
    pub cost: String,
    /// Mode: `pilot`, `running`, `regular-service`, `ended`.
    #[serde(default)]
    pub state: String,
    /// How the result is known.
    #[serde(default)]
    pub evidence: String,
    /// "zuletzt bestätigt am"
    #[serde(default)]
    pub confirmed: Option<Date>,
    /// Its owner did not answer whether it still runs.
    #[serde(default)]
    pub faded: bool,
    /// The parts of the form that say something, in the order of the page: the form's name of each (`problem`, `steps`)
    /// and its text. Empty where `text` is all there is.
    #[serde(default)]
    pub parts: Vec<(String, String)>,
    /// Key of the municipality, of an example from a wave.
    #[serde(default)]
    pub key: Option<String>,
}
