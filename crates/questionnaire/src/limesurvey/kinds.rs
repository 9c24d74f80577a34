//! What each type of question needs beside its text.

use super::ask::{Asker, Entries, bare, literal, number, shortened};
use super::expression::{Expression, Scope, Speaker, read};
use super::fields::{decimals, length};
use super::html;
use super::inserted::{Case, Helper};
use super::plan::{Form, Planned};
use super::survey::{Item, Texts};
use super::yaml::Yaml;

pub(super) type Helpers = Vec<(String, Helper)>;

impl<'s> Asker<'s> {
    /// Type and own entries of a question; `None` when nothing of it can be asked, which is noted.
    pub fn body(&mut self, index: usize, helpers: &mut Helpers) -> Option<(&'static str, Entries)> {
        let planned = &self.planned[index];
        let asked = planned.asked;
        let mut entries = match planned.form {
            Form::Note => Vec::new(),
            Form::Computed => return self.computed(index, helpers),
            Form::Single | Form::YesNo => return Some(self.single(index, helpers)),
            Form::Multiple => self.multiple(index, helpers),
            Form::Battery => self.battery(index, helpers),
            Form::Differential => self.differential(index, helpers),
            Form::Grid => self.grid(index, helpers),
            Form::Ticks => self.ticks(index, helpers),
            Form::Number => self.number_entries(index),
            Form::Numbers => self.numbers(index, helpers),
            Form::ShortText => self.text_entries(index, 255),
            Form::LongText => self.text_entries(index, 10_000),
            Form::Texts => {
                let items = self.items(index, helpers);
                let mut entries = vec![("items".to_owned(), items)];
                if let Some(length) = length(planned) {
                    entries.push(("max-length".to_owned(), Yaml::word(length)));
                }
                entries
            }
            Form::Ranking => self.ranking(index, helpers),
            Form::Date => self.date(index),
            Form::File => self.file(index),
            Form::Nothing(_) => return None,
        };
        let kind = match planned.form {
            Form::Multiple => "multiple",
            Form::Battery => "battery",
            Form::Differential => "differential",
            Form::Grid => "grid",
            Form::Ticks => "ticks",
            Form::Number => "number",
            Form::Numbers => "numbers",
            Form::ShortText => "short-text",
            Form::LongText => "long-text",
            Form::Texts => "texts",
            Form::Ranking => "ranking",
            Form::Date => "date",
            Form::File => "file",
            _ => "note",
        };
        let random = asked.is_on("random_order")
            || matches!(asked.attribute("answer_order"), "random")
            || matches!(asked.attribute("subquestion_order"), "random");
        let lists = matches!(
            planned.form,
            Form::Multiple
                | Form::Battery
                | Form::Differential
                | Form::Grid
                | Form::Ticks
                | Form::Numbers
                | Form::Texts
                | Form::Ranking
        );
        if random && lists {
            entries.push(("random".to_owned(), Yaml::word(true)));
        }
        if asked.kind == 'I' {
            self.lose(
                index,
                "the choice of the language within the questionnaire",
                "the language is chosen in the head of each page",
                false,
            );
        }
        Some((kind, entries))
    }

    fn computed(&mut self, index: usize, helpers: &mut Helpers) -> Option<(&'static str, Entries)> {
        let asked = self.planned[index].asked;
        let attribute = asked.attribute("equation");
        let base = self
            .survey
            .languages
            .first()
            .and_then(|l| asked.text.get(l))
            .or_else(|| asked.text.values().next());
        let written = if attribute.is_empty() {
            base.cloned().unwrap_or_default()
        } else {
            attribute.to_owned()
        };
        let hidden = asked.is_on("hidden");
        let said = self.formula(index, &html::plain(&written).0);
        match said {
            Ok((value, decimals)) => {
                let mut entries = vec![
                    ("value".to_owned(), Yaml::text(value)),
                    ("shown".to_owned(), Yaml::word(!hidden)),
                ];
                entries.push(("decimals".to_owned(), Yaml::word(decimals)));
                Some(("computed", entries))
            }
            Err(why) => match self.in_words(index, &written, attribute, helpers) {
                Some(words) => Some(("computed", vec![("words".to_owned(), words)])),
                None if hidden => {
                    let what = format!("the equation {}", shortened(&written));
                    self.lose(index, what, why, true);
                    None
                }
                // What it says is still shown.
                None => {
                    let what = format!("that the value of {} is stored", shortened(&written));
                    self.lose(index, what, why, false);
                    Some(("note", Vec::new()))
                }
            },
        }
    }

    /// The words of an equation whose value is a text; `None` where a part of it cannot be said.
    fn in_words(
        &mut self,
        index: usize,
        written: &str,
        attribute: &str,
        helpers: &mut Helpers,
    ) -> Option<Yaml> {
        let asked = self.planned[index].asked;
        let texts = if attribute.is_empty() {
            asked.text.clone()
        } else {
            let braced = if written.contains('{') {
                written.to_owned()
            } else {
                format!("{{{written}}}")
            };
            Texts::from([(String::new(), braced)])
        };
        let (losses, begun) = (self.lost[index].len(), helpers.len());
        let found = self.wordings(Some(index), &texts, true, helpers);
        if self.lost[index].len() > losses {
            self.lost[index].truncate(losses);
            helpers.truncate(begun);
            return None;
        }
        let found = found?;
        let of = |helper: &Helper| match helper {
            Helper::Words(cases) => Some(cases.clone()),
            Helper::Number(_) => None,
        };
        // All of it is one value: its words are the question's own.
        let whole = helpers.last().filter(|(key, _)| {
            let inserted = format!("{{{key}}}");
            found.iter().all(|(_, wording)| wording.text == inserted)
        });
        if let Some(cases) = whole.and_then(|(_, helper)| of(helper)) {
            helpers.pop();
            return Some(self.words(cases));
        }
        let texts = found
            .into_iter()
            .map(|(language, wording)| (language, wording.text));
        let case = Case {
            when: None,
            texts: texts.collect(),
        };
        Some(self.words(vec![case]))
    }

    fn formula(&self, index: usize, written: &str) -> Result<(String, u8), String> {
        let inner = bare(written);
        if inner.is_empty() {
            return Err("the equation is empty".to_owned());
        }
        let mut expression = read(&inner)?;
        let mut decimals = 2;
        if let Expression::Call(name, arguments) = &expression
            && name == "round"
            && let Some(first) = arguments.first()
        {
            decimals = match arguments.get(1) {
                Some(Expression::Number(places)) if (0.0..=6.0).contains(places) => *places as u8,
                None => 0,
                Some(_) => return Err("it rounds to an unusual number of places".to_owned()),
            };
            expression = first.clone();
        }
        let speaker = Speaker {
            names: self.names,
            scope: Scope {
                question: Some(index),
                item: None,
                check: false,
            },
        };
        match &expression {
            Expression::Text(_) => Err("its value is a text".to_owned()),
            Expression::Call(name, parts) if matches!(name.as_str(), "if" | "iif") && parts.iter().skip(1).any(|part| matches!(part, Expression::Text(text) if text.trim().parse::<f64>().is_err() && !text.is_empty())) => {
                Err("its value is a text that depends on answers".to_owned())
            }
            other => Ok((speaker.number(other)?, decimals)),
        }
    }

    fn option_texts(&self, index: usize) -> Vec<Texts> {
        let planned = &self.planned[index];
        let asked = planned.asked;
        match asked.kind {
            'G' | 'C' | 'E' => planned.options[0]
                .iter()
                .map(|n| self.fixed_words(asked.kind, &n.code))
                .collect(),
            'A' | 'B' | '5' => planned.options[0]
                .iter()
                .map(|n| self.fixed_words(' ', &n.code))
                .collect(),
            _ => asked
                .answers_of(0)
                .iter()
                .map(|answer| answer.text.clone())
                .collect(),
        }
    }

    fn other_text(&self, index: usize) -> Texts {
        let own = self.planned[index].asked.texts("other_replace_text");
        let plain = own.values().any(|text| !html::plain(text).0.is_empty());
        if plain {
            own
        } else {
            self.fixed_words('o', "")
        }
    }

    fn other_entry(
        &mut self,
        index: usize,
        key: &str,
        extras: Entries,
        helpers: &mut Helpers,
    ) -> (String, Yaml) {
        let text = self.other_text(index);
        let wording = self.text(Some(index), &text, false, "Sonstiges", helpers);
        let (Yaml::Flow(mut inner) | Yaml::Block(mut inner)) = wording else {
            return (key.to_owned(), Yaml::Flow(Vec::new()));
        };
        inner.push(("other".to_owned(), Yaml::word(true)));
        inner.extend(extras);
        if let Some(node) = self.filter(index, "other") {
            inner.push(("show-if".to_owned(), node));
        }
        (key.to_owned(), super::texts::value(inner))
    }

    fn single(&mut self, index: usize, helpers: &mut Helpers) -> (&'static str, Entries) {
        let planned = &self.planned[index];
        let asked = planned.asked;
        let mut entries = Vec::new();
        match asked.kind {
            'Y' => {
                self.default(index, &mut entries);
                return ("yes-no", entries);
            }
            '5' => entries.push(("points".to_owned(), Yaml::word(5))),
            _ => {
                let texts = self.option_texts(index);
                let options = self.rows(
                    index,
                    &planned.options[0],
                    &texts,
                    &|_| Vec::new(),
                    true,
                    helpers,
                );
                let Yaml::Block(mut rows) = options else {
                    return ("single", entries);
                };
                if let Some(other) = &planned.other {
                    let entry = self.other_entry(index, other, Vec::new(), helpers);
                    rows.push(entry);
                }
                entries.push(("options".to_owned(), Yaml::Block(rows)));
            }
        }
        if matches!(asked.kind, '!' | 'W') || asked.is_on("use_dropdown") {
            entries.push(("display".to_owned(), Yaml::word("dropdown")));
        }
        if asked.kind == 'O' {
            entries.push(("comment".to_owned(), Yaml::word(true)));
        }
        let random =
            asked.is_on("random_order") || matches!(asked.attribute("answer_order"), "random");
        if random && asked.kind != '5' {
            entries.push(("random".to_owned(), Yaml::word(true)));
        }
        self.default(index, &mut entries);
        ("single", entries)
    }

    fn multiple(&mut self, index: usize, helpers: &mut Helpers) -> Entries {
        let planned = &self.planned[index];
        let asked = planned.asked;
        let alone: Vec<&str> = asked
            .attribute("exclude_all_others")
            .split(';')
            .map(str::trim)
            .collect();
        let comment = asked.kind == 'P';
        let extras = |at: usize| {
            let mut more = Vec::new();
            if alone.contains(&planned.items[at].code.as_str()) {
                more.push(("exclusive".to_owned(), Yaml::word(true)));
            }
            if comment {
                more.push(("comment".to_owned(), Yaml::word(true)));
            }
            more
        };
        let texts: Vec<Texts> = if matches!(asked.kind, 'L' | '!' | 'O') {
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
        let options = self.rows(index, &planned.items, &texts, &extras, true, helpers);
        let Yaml::Block(mut rows) = options else {
            return Vec::new();
        };
        if let Some(other) = &planned.other {
            let extras = if comment {
                vec![("comment".to_owned(), Yaml::word(true))]
            } else {
                Vec::new()
            };
            let entry = self.other_entry(index, other, extras, helpers);
            rows.push(entry);
        }
        let exclusive = planned
            .items
            .iter()
            .any(|item| alone.contains(&item.code.as_str()));
        let mut entries = vec![("options".to_owned(), Yaml::Block(rows))];
        if asked.mandatory && !exclusive {
            entries.push(("no-answer".to_owned(), Yaml::word(true)));
            self.lose(
                index,
                "nothing; \"no answer\" is offered in addition",
                "who must answer a multiple choice needs a way out when no option applies",
                false,
            );
        }
        let most = planned.items.len() + usize::from(planned.other.is_some());
        for (attribute, key) in [("min_answers", "min"), ("max_answers", "max")] {
            if let Some(bound) =
                literal(asked.attribute(attribute)).filter(|n| *n >= 1.0 && *n <= most as f64)
            {
                entries.push((key.to_owned(), number(bound.floor())));
            }
        }
        self.default(index, &mut entries);
        entries
    }

    pub(super) fn items(&mut self, index: usize, helpers: &mut Helpers) -> Yaml {
        self.items_with(index, &|_| Vec::new(), helpers)
    }

    fn items_with(
        &mut self,
        index: usize,
        extras: &dyn Fn(usize) -> Entries,
        helpers: &mut Helpers,
    ) -> Yaml {
        let planned = &self.planned[index];
        let separator = slider_separator(planned);
        let texts: Vec<Texts> = planned
            .asked
            .items_of(0)
            .iter()
            .map(|item| item_text(item, &separator))
            .collect();
        self.rows(index, &planned.items, &texts, extras, true, helpers)
    }

    fn scale_entry(&mut self, index: usize, scale: usize, helpers: &mut Helpers) -> (String, Yaml) {
        let planned = &self.planned[index];
        match planned.asked.kind {
            'A' => return ("points".to_owned(), Yaml::word(5)),
            'B' => return ("points".to_owned(), Yaml::word(10)),
            _ => {}
        }
        let texts = match scale {
            0 => self.option_texts(index),
            _ => planned
                .asked
                .answers_of(1)
                .iter()
                .map(|answer| answer.text.clone())
                .collect(),
        };
        let key = self.scale(index, &planned.options[scale], &texts, helpers);
        ("scale".to_owned(), Yaml::word(key))
    }

    fn battery(&mut self, index: usize, helpers: &mut Helpers) -> Entries {
        let items = self.items(index, helpers);
        let scale = self.scale_entry(index, 0, helpers);
        let mut entries = vec![("items".to_owned(), items), scale];
        if self.planned[index].asked.kind == 'H' {
            entries.push(("by".to_owned(), Yaml::word("column")));
        }
        entries
    }

    fn differential(&mut self, index: usize, helpers: &mut Helpers) -> Entries {
        let planned = &self.planned[index];
        let mut rows = Vec::new();
        for (named, item) in planned.items.iter().zip(planned.asked.items_of(0)) {
            let half = |low: bool| -> Texts {
                let each = item.text.iter().filter_map(|(language, text)| {
                    let (a, b) = text.split_once('|')?;
                    Some((language.clone(), (if low { a } else { b }).to_owned()))
                });
                each.collect()
            };
            let mut inner = vec![
                (
                    "low".to_owned(),
                    self.text(Some(index), &half(true), false, &named.code, helpers),
                ),
                (
                    "high".to_owned(),
                    self.text(Some(index), &half(false), false, &named.code, helpers),
                ),
            ];
            if let Some(node) = self.filter(index, &named.code) {
                inner.push(("show-if".to_owned(), node));
            }
            rows.push((named.key.clone(), Yaml::Block(inner)));
        }
        let scale = self.scale_entry(index, 0, helpers);
        vec![("items".to_owned(), Yaml::Block(rows)), scale]
    }

    fn grid(&mut self, index: usize, helpers: &mut Helpers) -> Entries {
        let planned = &self.planned[index];
        let asked = planned.asked;
        let items = self.items(index, helpers);
        let mut columns = Vec::new();
        if asked.kind == '1' {
            for (scale, (named, header)) in planned
                .columns
                .iter()
                .zip(["dualscale_headerA", "dualscale_headerB"])
                .enumerate()
            {
                if planned.options[scale].len() < 2 {
                    self.lose(
                        index,
                        format!("the scale {}", scale + 1),
                        "it has less than two answers",
                        true,
                    );
                    continue;
                }
                let texts = asked.texts(header);
                let otherwise = if scale == 0 { "1" } else { "2" };
                let wording = self.text(Some(index), &texts, false, otherwise, helpers);
                let (Yaml::Flow(mut inner) | Yaml::Block(mut inner)) = wording else {
                    continue;
                };
                inner.push(self.scale_entry(index, scale, helpers));
                columns.push((named.key.clone(), super::texts::value(inner)));
            }
        } else {
            let cell = self.cell(index);
            let heads = asked.items_of(1);
            for (named, head) in planned.columns.iter().zip(heads) {
                let wording = self.text(Some(index), &head.text, false, &named.code, helpers);
                let (Yaml::Flow(mut inner) | Yaml::Block(mut inner)) = wording else {
                    continue;
                };
                inner.extend(cell.clone());
                columns.push((named.key.clone(), super::texts::value(inner)));
            }
        }
        vec![
            ("items".to_owned(), items),
            ("columns".to_owned(), Yaml::Block(columns)),
        ]
    }

    fn cell(&mut self, index: usize) -> Entries {
        let planned = &self.planned[index];
        let asked = planned.asked;
        if asked.kind == ';' && !planned.numbers {
            let mut cell = vec![("cell".to_owned(), Yaml::word("text"))];
            if let Some(length) = length(planned) {
                cell.push(("max-length".to_owned(), Yaml::word(length.min(2_000))));
            }
            return cell;
        }
        let mut cell = vec![("cell".to_owned(), Yaml::word("number"))];
        if asked.kind == ':' {
            let typed = asked.is_on("input_boxes");
            for (attribute, key, otherwise) in [
                ("multiflexible_min", "min", 1.0),
                ("multiflexible_max", "max", 10.0),
            ] {
                let written = asked.attribute(attribute);
                let bound = match literal(written) {
                    Some(bound) => Some(bound),
                    // LimeSurvey's own bounds, where nothing else is said: a list from 1 to 10.
                    None if written.is_empty() && !typed => Some(otherwise),
                    None => None,
                };
                if let Some(bound) = bound {
                    cell.push((key.to_owned(), number(bound)));
                }
            }
            let step = literal(asked.attribute("multiflexible_step"));
            if let Some(step) = step.filter(|step| *step != 1.0) {
                if step.fract() != 0.0 {
                    cell.push(("decimals".to_owned(), Yaml::word(decimals(step))));
                }
                self.lose(
                    index,
                    format!("the step {step}"),
                    "numbers have bounds and decimals, no steps",
                    false,
                );
            } else if typed {
                cell.push(("decimals".to_owned(), Yaml::word(4)));
            }
        } else {
            cell.push(("decimals".to_owned(), Yaml::word(4)));
        }
        cell
    }

    fn ticks(&mut self, index: usize, helpers: &mut Helpers) -> Entries {
        let planned = &self.planned[index];
        let asked = planned.asked;
        let items = self.items(index, helpers);
        let heads: Vec<Texts> = if asked.kind == ':' {
            asked
                .items_of(1)
                .iter()
                .map(|item| item.text.clone())
                .collect()
        } else {
            asked
                .answers_of(0)
                .iter()
                .map(|answer| answer.text.clone())
                .collect()
        };
        let columns = self.rows(
            index,
            &planned.columns,
            &heads,
            &|_| Vec::new(),
            false,
            helpers,
        );
        vec![("items".to_owned(), items), ("columns".to_owned(), columns)]
    }
}

/// Sliders write their poles behind the name of the item.
fn slider_separator(planned: &Planned) -> Option<String> {
    let asked = planned.asked;
    let slider = asked.kind == 'K' && asked.is_on("slider_layout");
    let own = asked.attribute("slider_separator");
    slider.then(|| {
        if own.is_empty() {
            "|".to_owned()
        } else {
            own.to_owned()
        }
    })
}

fn item_text(item: &Item, separator: &Option<String>) -> Texts {
    let each = item.text.iter().map(|(language, text)| {
        let parts: Option<Vec<&str>> = separator.as_ref().map(|s| {
            text.split(s.as_str())
                .map(str::trim)
                .filter(|p| !p.is_empty())
                .collect()
        });
        let text = match parts.as_deref() {
            Some([name, low, high]) => format!("{name} ({low} – {high})"),
            Some([low, high]) => format!("{low} – {high}"),
            _ => text.clone(),
        };
        (language.clone(), text)
    });
    each.collect()
}
