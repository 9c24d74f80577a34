//! What is typed: numbers, texts, days, files; rankings; and answers that stand before one is given.

use super::ask::{Asker, Entries, bare, literal, number, shortened};
use super::html;
use super::kinds::Helpers;
use super::plan::{Form, Planned};
use super::survey::Texts;
use super::yaml::Yaml;

impl Asker<'_> {
    /// Unit, bounds and decimals that a number or all numbers of a question have.
    pub(super) fn number_entries(&mut self, index: usize) -> Entries {
        let planned = &self.planned[index];
        let asked = planned.asked;
        let mut entries = Vec::new();
        let mut unit = asked.texts("suffix");
        let prefix = asked.texts("prefix");
        if !prefix.is_empty() {
            if unit.is_empty() {
                unit = prefix;
            } else {
                self.lose(
                    index,
                    "what stands before the field",
                    "a number has a unit behind it",
                    false,
                );
            }
        }
        let mut none = Vec::new();
        if !unit.is_empty()
            && let Some(found) = self.wordings(Some(index), &unit, false, &mut none)
        {
            let found = found.into_iter().map(|(language, wording)| {
                if wording.bare.is_some() {
                    self.lose(
                        index,
                        "an inserted answer in a unit",
                        "a unit is fixed",
                        false,
                    );
                }
                let text = wording.bare.unwrap_or(wording.text);
                (
                    language,
                    Yaml::text(text.chars().take(60).collect::<String>()),
                )
            });
            let found: Entries = found.collect();
            entries.push(("unit".to_owned(), Yaml::Flow(found)));
        }
        let slider = asked.is_on("slider_layout");
        for (attribute, slide, key) in [
            ("min_num_value_n", "slider_min", "min"),
            ("max_num_value_n", "slider_max", "max"),
        ] {
            let bound = literal(asked.attribute(attribute))
                .or_else(|| literal(asked.attribute(slide)).filter(|_| slider));
            if let Some(bound) = bound {
                entries.push((key.to_owned(), number(bound)));
            }
        }
        let places = if asked.is_on("num_value_int_only") {
            0
        } else if slider && let Some(step) = literal(asked.attribute("slider_accuracy")) {
            decimals(step)
        } else {
            4
        };
        entries.push(("decimals".to_owned(), Yaml::word(places)));
        if planned.form == Form::Number {
            self.default(index, &mut entries);
        }
        entries
    }

    pub(super) fn numbers(&mut self, index: usize, helpers: &mut Helpers) -> Entries {
        let mut entries = vec![("items".to_owned(), self.items(index, helpers))];
        entries.extend(self.number_entries(index));
        entries
    }

    pub(super) fn text_entries(&mut self, index: usize, otherwise: usize) -> Entries {
        let planned = &self.planned[index];
        let mut entries = vec![(
            "max-length".to_owned(),
            Yaml::word(length(planned).unwrap_or(otherwise)),
        )];
        let asked = planned.asked;
        if !asked.preg.is_empty() {
            super::check::pattern(self, index, &mut entries);
        }
        if !asked.texts("prefix").is_empty() || !asked.texts("suffix").is_empty() {
            self.lose(
                index,
                "what stands before or behind the field",
                "a text has no unit",
                false,
            );
        }
        self.default(index, &mut entries);
        entries
    }

    pub(super) fn ranking(&mut self, index: usize, helpers: &mut Helpers) -> Entries {
        let planned = &self.planned[index];
        let asked = planned.asked;
        let by_answers = !planned.options[0].is_empty();
        let options = if by_answers {
            &planned.options[0]
        } else {
            &planned.items
        };
        let texts: Vec<Texts> = if by_answers {
            asked
                .answers_of(0)
                .iter()
                .map(|answer| answer.text.clone())
                .collect()
        } else {
            asked
                .items_of(0)
                .iter()
                .map(|item| item.text.clone())
                .collect()
        };
        let rows = self.rows(index, options, &texts, &|_| Vec::new(), true, helpers);
        let mut entries = vec![("options".to_owned(), rows)];
        let most = options.len() as f64;
        let bounds = [("min_answers", "min"), ("max_answers", "max")];
        for (attribute, key) in bounds {
            let written = asked.attribute(attribute);
            let written = if key == "max" && written.is_empty() {
                asked.attribute("max_subquestions")
            } else {
                written
            };
            if let Some(bound) = literal(written).filter(|n| *n >= 1.0 && *n <= most) {
                entries.push((key.to_owned(), number(bound.floor())));
            }
        }
        entries
    }

    pub(super) fn date(&mut self, index: usize) -> Entries {
        let asked = self.planned[index].asked;
        let mut entries = Vec::new();
        for (attribute, old, key, end) in [
            ("date_min", "dropdown_dates_year_min", "min", "-01-01"),
            ("date_max", "dropdown_dates_year_max", "max", "-12-31"),
        ] {
            let written = bare(asked.attribute(attribute));
            let written = if written.is_empty() {
                bare(asked.attribute(old))
            } else {
                written
            };
            if written.is_empty() {
                continue;
            }
            let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
            let day = match written.get(..10) {
                Some(day) if day.split('-').count() == 3 && day.split('-').all(digits) => {
                    Some(day.to_owned())
                }
                _ if written.len() == 4 && digits(&written) => Some(format!("{written}{end}")),
                _ => None,
            };
            match day {
                Some(day) => {
                    let loss = super::yaml::Loss {
                        what: format!("the bound {}", shortened(&written)),
                        heavy: true,
                    };
                    let node =
                        self.nodes
                            .add(Some(index), vec![Some(Yaml::word(day)), None], vec![loss]);
                    entries.push((key.to_owned(), node));
                }
                None => self.lose(
                    index,
                    format!("the bound {}", shortened(&written)),
                    "a date is bounded by fixed days",
                    true,
                ),
            }
        }
        let format = asked.attribute("date_format");
        if format.contains(['H', 'h', 'M']) && format.contains(':') {
            self.lose(index, "the time of day", "a date has a day", true);
        }
        self.default(index, &mut entries);
        entries
    }

    pub(super) fn file(&mut self, index: usize) -> Entries {
        let asked = self.planned[index].asked;
        const KNOWN: [&str; 9] = [
            "pdf", "docx", "xlsx", "odt", "ods", "png", "jpg", "txt", "csv",
        ];
        let (mut types, mut left) = (Vec::new(), Vec::new());
        for kind in asked
            .attribute("allowed_filetypes")
            .split([',', ';', ' '])
            .map(|kind| kind.trim().trim_start_matches('.').to_lowercase())
        {
            let kind = if kind == "jpeg" {
                "jpg".to_owned()
            } else {
                kind
            };
            match KNOWN.contains(&kind.as_str()) {
                _ if kind.is_empty() => {}
                true if !types.contains(&kind) => types.push(kind),
                true => {}
                false => left.push(kind),
            }
        }
        if !left.is_empty() {
            self.lose(
                index,
                format!("files of the kinds {}", left.join(", ")),
                "only kinds are taken that can be checked by their content",
                types.is_empty(),
            );
        }
        if types.is_empty() {
            types = KNOWN.map(str::to_owned).to_vec();
        }
        let mut entries = vec![(
            "types".to_owned(),
            Yaml::List(types.iter().map(Yaml::word).collect()),
        )];
        if let Some(size) = literal(asked.attribute("max_filesize")) {
            let size = (size / 1024.0).ceil().clamp(1.0, 20.0);
            entries.push(("max-size".to_owned(), number(size)));
        }
        if let Some(most) = literal(asked.attribute("max_num_of_files")) {
            entries.push(("max".to_owned(), number(most.clamp(1.0, 10.0))));
        }
        if asked.is_on("show_title") || asked.is_on("show_comment") {
            self.lose(
                index,
                "title and comment of each file",
                "a file has its name",
                false,
            );
        }
        entries
    }

    /// The answer that stands before one is given.
    pub(super) fn default(&mut self, index: usize, entries: &mut Entries) {
        let planned = &self.planned[index];
        let asked = planned.asked;
        if asked.defaults.is_empty() {
            return;
        }
        let base = self.survey.languages.first().cloned().unwrap_or_default();
        let of_base = |d: &&super::survey::Default| d.language == base || d.language.is_empty();
        let mut own: Vec<_> = asked.defaults.iter().filter(of_base).collect();
        if own.is_empty() {
            own = asked.defaults.iter().collect();
        }
        let first = own
            .iter()
            .find(|d| d.special.is_empty())
            .map(|d| html::plain(&d.value).0)
            .unwrap_or_default();
        let key_of = |named: &[super::plan::Named], code: &str| {
            named.iter().find(|n| n.code == code).map(|n| n.key.clone())
        };
        let value = match planned.form {
            _ if first.contains('{') => None,
            Form::Single | Form::YesNo => key_of(&planned.options[0], &first).map(Yaml::text),
            Form::Multiple => {
                let chosen = own.iter().filter(|d| d.value == "Y").filter_map(|d| {
                    let item = asked.items.iter().find(|item| item.qid == d.item)?;
                    key_of(&planned.items, &item.code)
                });
                let chosen: Vec<Yaml> = chosen.map(Yaml::text).collect();
                (!chosen.is_empty()).then_some(Yaml::List(chosen))
            }
            Form::Number => literal(&first).map(number),
            Form::ShortText | Form::LongText | Form::Date => Some(Yaml::text(first.clone())),
            _ => None,
        };
        match value {
            Some(value) => {
                let loss = super::yaml::Loss {
                    what: "the default answer".to_owned(),
                    heavy: false,
                };
                let node = self
                    .nodes
                    .add(Some(index), vec![Some(value), None], vec![loss]);
                entries.push(("default".to_owned(), node));
            }
            None => self.lose(
                index,
                "the default answer",
                "this type takes no default answer, or it is computed",
                false,
            ),
        }
    }
}

pub(super) fn decimals(step: f64) -> u8 {
    let written = format!("{step}");
    written
        .split_once('.')
        .map_or(0, |(_, places)| places.len().min(6) as u8)
}

pub(super) fn length(planned: &Planned) -> Option<usize> {
    let length = literal(planned.asked.attribute("maximum_chars"))?;
    (1.0..=20_000.0)
        .contains(&length)
        .then_some(length as usize)
}
