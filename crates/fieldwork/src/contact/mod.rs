//! Whom to write to in a municipality. Contacts live apart from answers and leave the house in no export.

mod read;
mod table;

use std::collections::BTreeMap;

use jiff::civil::Date;
use register::Key;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use read::{ContactFile, ContactRow, read_contacts};

/// How somebody is addressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Salutation {
    /// Frau.
    Ms,
    /// Herr.
    Mr,
    /// Neither, or not known.
    #[default]
    Neutral,
}

/// A contact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// How the person is addressed.
    pub salutation: Salutation,
    /// Academic title, e.g. "Dr."; else empty.
    pub title: String,
    /// Given name, else empty.
    pub given: String,
    /// Family name; empty where only the office is known.
    pub family: String,
    /// Function, e.g. "Bürgermeisterin", "Sachgebiet Integration".
    pub function: String,
    /// Address of mail.
    pub mail: Option<String>,
    /// Street and number, or post box.
    pub street: String,
    /// Postal code.
    pub postcode: String,
    /// Town of the postal address.
    pub town: String,
    /// Where the contact is from, e.g. "Webseite der Kommune".
    pub source: String,
    /// When it was last checked.
    pub checked: Option<Date>,
    /// Whether the person does not want to be written to.
    pub objected: bool,
}

impl Contact {
    /// "Sehr geehrte Frau Dr. Meier"; without a name "Sehr geehrte Damen und Herren".
    pub fn greeting(&self) -> String {
        let titled = |word: &str| {
            let parts = [word, &self.title, &self.family];
            let parts: Vec<&str> = parts.into_iter().filter(|p| !p.is_empty()).collect();
            parts.join(" ")
        };
        match (self.salutation, self.family.is_empty()) {
            (_, true) => "Sehr geehrte Damen und Herren".to_owned(),
            (Salutation::Ms, _) => format!("Sehr geehrte {}", titled("Frau")),
            (Salutation::Mr, _) => format!("Sehr geehrter {}", titled("Herr")),
            (Salutation::Neutral, _) => format!("Guten Tag {}", self.name()),
        }
    }

    /// "Dr. Eva Meier"; empty without a name.
    pub fn name(&self) -> String {
        let parts = [&self.title, &self.given, &self.family];
        let parts: Vec<&str> = parts
            .into_iter()
            .map(String::as_str)
            .filter(|p| !p.is_empty())
            .collect();
        if self.family.is_empty() {
            String::new()
        } else {
            parts.join(" ")
        }
    }

    /// The lines of the address field: municipality, name, function, street, place. At most six, as DIN 5008 has them.
    pub fn address(&self, municipality: &str) -> Vec<String> {
        let person = match self.salutation {
            Salutation::Ms if !self.family.is_empty() => format!("Frau {}", self.name()),
            Salutation::Mr if !self.family.is_empty() => format!("Herrn {}", self.name()),
            _ => self.name(),
        };
        let place = format!("{} {}", self.postcode, self.town);
        [
            municipality,
            &self.function,
            &person,
            &self.street,
            place.trim(),
        ]
        .into_iter()
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
    }

    /// Whether a letter can reach it.
    pub fn has_address(&self) -> bool {
        !self.postcode.is_empty() && !self.town.is_empty() && !self.street.is_empty()
    }
}

/// What is kept of an address whose owner objects.
pub fn address_hash(mail: &str) -> String {
    let digest = Sha256::digest(mail.trim().to_lowercase().as_bytes());
    digest.iter().map(|b| format!("{b:02x}")).collect()
}

/// Whether something can be an address of mail: one @, a domain with a dot, no spaces, nothing that ends a header.
pub fn is_address(text: &str) -> bool {
    let allowed = |c: char| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c);
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let dots = |part: &str| part.starts_with('.') || part.ends_with('.') || part.contains("..");
    let labels = |domain: &str| {
        domain.split('.').count() > 1
            && domain.split('.').all(|label| {
                !label.is_empty()
                    && !label.starts_with('-')
                    && !label.ends_with('-')
                    && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            })
    };
    !local.is_empty()
        && text.len() <= 254
        && local.len() <= 64
        && local.chars().all(allowed)
        && !dots(local)
        && labels(domain)
}

/// What an import would change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactChanges {
    /// Municipalities that had no contact.
    pub new: Vec<Key>,
    /// Municipalities whose contact differs.
    pub changed: Vec<Key>,
    /// Those that stay as they are.
    pub same: usize,
    /// Those that are not written to since they object, now or before.
    pub objected: usize,
}

/// Compares what a file holds with what is kept.
pub fn contact_changes(before: &BTreeMap<Key, Contact>, rows: &[ContactRow]) -> ContactChanges {
    let mut changes = ContactChanges::default();
    for ContactRow { key, contact, .. } in rows {
        let standing = before.get(key);
        if contact.objected || standing.is_some_and(|c| c.objected) {
            changes.objected += 1;
        }
        match standing {
            None => changes.new.push(key.clone()),
            Some(standing) if standing == contact => changes.same += 1,
            Some(_) => changes.changed.push(key.clone()),
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_would_harm_are_none() {
        for right in ["a@b.example", "rathaus+eu@stadt-köln.de", "o'neil@x.y.de"] {
            assert!(is_address(right), "{right}");
        }
        for wrong in [
            "",
            "a",
            "a@b",
            "a b@c.de",
            "a@b.de\r\nBcc: x@y.de",
            "a@b.de, c@d.de",
            "a@@b.de",
            "<a@b.de>",
            "a@.de",
            ".a@b.de",
            "a@b..de",
            "a@-b.de",
        ] {
            assert!(!is_address(wrong), "{wrong}");
        }
    }

    #[test]
    fn people_are_greeted_as_they_are_known() {
        let mut contact = Contact {
            salutation: Salutation::Ms,
            title: "Dr.".into(),
            given: "Eva".into(),
            family: "Meier".into(),
            ..Contact::default()
        };
        assert_eq!(contact.greeting(), "Sehr geehrte Frau Dr. Meier");
        contact.salutation = Salutation::Neutral;
        assert_eq!(contact.greeting(), "Guten Tag Dr. Eva Meier");
        contact.family.clear();
        assert_eq!(contact.greeting(), "Sehr geehrte Damen und Herren");
    }
}
