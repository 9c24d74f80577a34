//! A search as an address: everything that was asked stands in it, so that it can be kept and shared.

use questionnaire::Lang;

use crate::finder::Wanted;

/// Facets in the order of the page, with their names in addresses.
pub(super) const FACETS: [(&str, &str); 12] = [
    ("field", "feld"),
    ("target", "zielgruppe"),
    ("land", "land"),
    ("size", "groesse"),
    ("type", "art"),
    ("kind", "form"),
    ("cost", "kosten"),
    ("state", "stand"),
    ("evidence", "beleg"),
    ("confirmed", "bestaetigt"),
    ("lang", "sprache"),
    ("source", "quelle"),
];
/// Examples on one page.
pub(super) const PAGE: usize = 10;
/// Letters of a query that are read.
const LONGEST: usize = 300;

/// What an address asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Asked {
    pub text: String,
    pub filters: Vec<(String, Vec<String>)>,
    /// Counted from 1.
    pub page: usize,
}

impl Asked {
    /// From the pairs of the query string; what nobody knows is passed over.
    pub(super) fn read(pairs: &[(String, String)]) -> Self {
        let mut asked = Self {
            page: 1,
            ..Self::default()
        };
        for (name, value) in pairs {
            if name == "q" {
                asked.text = value.trim().chars().take(LONGEST).collect();
            } else if name == "seite" {
                asked.page = value.parse().unwrap_or(1).clamp(1, 1_000);
            } else if let Some((facet, _)) = FACETS.iter().find(|(_, n)| n == name)
                && !value.is_empty()
            {
                match asked.filters.iter_mut().find(|(f, _)| f == facet) {
                    Some((_, values)) if values.len() < 50 => values.push(value.clone()),
                    Some(_) => {}
                    None => asked
                        .filters
                        .push(((*facet).to_owned(), vec![value.clone()])),
                }
            }
        }
        asked
    }

    pub(super) fn wanted(&self) -> Wanted {
        Wanted {
            text: self.text.clone(),
            filters: self.filters.clone(),
            offset: (self.page - 1) * PAGE,
            limit: PAGE,
        }
    }

    pub(super) fn has(&self, facet: &str, value: &str) -> bool {
        self.filters
            .iter()
            .any(|(f, values)| f == facet && values.iter().any(|v| v == value))
    }

    /// The query string, with its question mark where it is not empty.
    pub(super) fn query(&self, lang: Lang) -> String {
        let mut pairs = Vec::new();
        if !self.text.is_empty() {
            pairs.push(format!("q={}", encoded(&self.text)));
        }
        for (facet, name) in FACETS {
            let values = self.filters.iter().filter(|(f, _)| f == facet);
            for value in values.flat_map(|(_, values)| values) {
                pairs.push(format!("{name}={}", encoded(value)));
            }
        }
        if self.page > 1 {
            pairs.push(format!("seite={}", self.page));
        }
        if lang == Lang::En {
            pairs.push("lang=en".to_owned());
        }
        if pairs.is_empty() {
            return String::new();
        }
        format!("?{}", pairs.join("&"))
    }

    pub(super) fn on_page(&self, page: usize) -> Self {
        Self {
            page,
            ..self.clone()
        }
    }

    /// The same with one value of a facet alone.
    pub(super) fn only(&self, facet: &str, value: &str) -> Self {
        let mut only = self.on_page(1);
        only.filters.retain(|(f, _)| f != facet);
        only.filters
            .push((facet.to_owned(), vec![value.to_owned()]));
        only
    }
}

/// Percent encoding of a value.
pub(crate) fn encoded(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
    text.bytes()
        .map(|b| {
            if plain(b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_gives_what_it_was_made_from() {
        let pairs = [
            ("q", " Azubi "),
            ("land", "05"),
            ("land", "09"),
            ("unfug", "1"),
            ("seite", "2"),
        ];
        let pairs: Vec<(String, String)> = pairs.map(|(a, b)| (a.to_owned(), b.to_owned())).into();
        let asked = Asked::read(&pairs);
        assert_eq!(
            asked.query(Lang::En),
            "?q=Azubi&land=05&land=09&seite=2&lang=en"
        );
        assert!(asked.has("land", "09") && !asked.has("land", "01"));
        assert_eq!(asked.only("land", "01").query(Lang::De), "?q=Azubi&land=01");
    }
}
