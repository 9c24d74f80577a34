//! What stands in a text for an expression in braces: an answer, a computed number, or words that depend on answers.

use std::collections::BTreeMap;

use super::expression::{Binary, Expression, What};
use super::html;
use super::texts::{Desk, Notes};

/// A value that is computed before a question, since its texts insert it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Helper {
    /// A number, as it is computed.
    Number(String),
    /// Words: each with its condition and by language.
    Words(Vec<Case>),
}

/// Words of a computed value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Case {
    pub when: Option<String>,
    pub texts: BTreeMap<String, String>,
}

/// A text, and the text without inserted answers where there are any; or why there is none.
/// `Err(None)` is no expression of this survey: it stays as it is written.
type Inserted = Result<(String, Option<String>), Option<String>>;

/// A condition with the words that it brings.
type Cases = Vec<(Option<String>, String)>;

/// Conditions of one value at most.
const CASES: usize = 40;

impl Desk<'_, '_> {
    /// What stands for an expression.
    pub(super) fn insert(
        &self,
        expression: &Expression,
        language: &str,
        notes: &mut Notes,
    ) -> Inserted {
        match expression {
            Expression::Number(number) => Ok((super::expression::figure(*number), None)),
            Expression::Text(text) => Ok((words(text), None)),
            Expression::Name(name) => self.name(name, language, notes),
            Expression::Call(name, arguments)
                if matches!(name.as_str(), "if" | "iif") && arguments.len() == 3 =>
            {
                self.choice(expression, arguments, language, notes)
            }
            Expression::Call(name, arguments) if name == "round" && arguments.len() < 3 => {
                arguments
                    .first()
                    .map_or(Err(None), |inner| self.insert(inner, language, notes))
            }
            Expression::Call(name, arguments) if name == "implode" && !arguments.is_empty() => {
                let Expression::Text(between) = &arguments[0] else {
                    return Err(Some(
                        "what stands between its parts depends on answers".to_owned(),
                    ));
                };
                self.joined(&arguments[1..], between, language, notes)
            }
            Expression::Call(name, arguments) if name == "join" => {
                self.joined(arguments, "", language, notes)
            }
            Expression::Call(name, _) if name.starts_with("is_") && name != "is_empty" => {
                self.value(expression, notes)
            }
            Expression::Call(name, _) if name == "is_empty" => {
                self.truth(expression, language, notes)
            }
            Expression::Not(_)
            | Expression::Binary(
                Binary::And
                | Binary::Or
                | Binary::Equal
                | Binary::Unequal
                | Binary::Less
                | Binary::AtMost
                | Binary::Greater
                | Binary::AtLeast,
                ..,
            ) => self.truth(expression, language, notes),
            other => self.value(other, notes),
        }
    }

    fn name(&self, name: &str, language: &str, notes: &mut Notes) -> Inserted {
        let (code, property) = name.split_once('.').unwrap_or((name, ""));
        if !matches!(
            property,
            "" | "NAOK" | "value" | "shown" | "code" | "valueNAOK"
        ) && !matches!(code, "self" | "that" | "this")
        {
            let known = (self.question_text)(code, property, language);
            return known
                .map(|text| (html::plain(&text).0, None))
                .ok_or_else(|| Some(format!("`.{property}` has no counterpart")));
        }
        if let Some(rest) = name.strip_prefix("TOKEN:") {
            return Err(Some(format!(
                "what is known of the participant ({rest}) stands apart from the questionnaire"
            )));
        }
        let Ok(found) = self.speaker.names.find(name, &self.speaker.scope) else {
            return Err(None);
        };
        let [target] = found.as_slice() else {
            return Err(Some("it stands for several answers".to_owned()));
        };
        let text = |code: &str| {
            let found = (self.option_text)(target.question, code, language);
            html::plain(&found.unwrap_or_else(|| code.to_owned())).0
        };
        match &target.what {
            // The words of the option where it is chosen.
            What::Flag { .. } => {
                let code = target.suffix.split('_').next().unwrap_or_default();
                let when = self.equal(name, "Y")?;
                self.spoken(vec![(when, text(code))], language, notes)
            }
            What::Rank { options, .. } if options.len() <= CASES => {
                let cases = options
                    .iter()
                    .map(|option| Ok((self.equal(name, &option.code)?, text(&option.code))));
                let cases: Result<Cases, Option<String>> = cases.collect();
                self.spoken(cases?, language, notes)
            }
            What::Rank { .. } => Err(Some(format!("more than {CASES} options are ranked"))),
            What::Files => Err(Some("names of files are not inserted".to_owned())),
            What::Nothing(why) => Err(Some(format!("`{name}` is no answer: {why}"))),
            _ => Ok((format!("{{{}}}", target.key), Some("…".to_owned()))),
        }
    }

    fn equal(&self, name: &str, value: &str) -> Result<Option<String>, Option<String>> {
        let equal = Expression::Binary(
            Binary::Equal,
            Box::new(Expression::Name(name.to_owned())),
            Box::new(Expression::Text(value.to_owned())),
        );
        let said = self.speaker.condition(&equal, true).map_err(Some)?;
        Ok(Some(said.text()))
    }

    /// `{a > b}` is 1 or nothing.
    fn truth(&self, expression: &Expression, language: &str, notes: &mut Notes) -> Inserted {
        let said = self.speaker.condition(expression, true).map_err(Some)?;
        match said.text().as_str() {
            "true" => Ok(("1".to_owned(), None)),
            "false" => Ok((String::new(), None)),
            said => self.spoken(
                vec![(Some(said.to_owned()), "1".to_owned())],
                language,
                notes,
            ),
        }
    }

    /// Parts one behind the other.
    fn joined(
        &self,
        parts: &[Expression],
        between: &str,
        language: &str,
        notes: &mut Notes,
    ) -> Inserted {
        let (mut texts, mut bare, mut inserted) = (Vec::new(), Vec::new(), false);
        for part in parts {
            let (text, without) = self.part(part, language, notes)?;
            inserted |= without.is_some();
            bare.push(without.unwrap_or_else(|| text.clone()));
            texts.push(text);
        }
        let between = words(between);
        Ok((texts.join(&between), inserted.then(|| bare.join(&between))))
    }

    /// A part of something larger: what is no variable of the survey is an error here.
    fn part(&self, part: &Expression, language: &str, notes: &mut Notes) -> Inserted {
        self.insert(part, language, notes)
            .map_err(|why| why.or_else(|| Some("it names what the survey does not ask".to_owned())))
    }

    /// `{if(a, b, c)}`: an answer with a fixed text for the case that there is none, a number, or words.
    fn choice(
        &self,
        whole: &Expression,
        parts: &[Expression],
        language: &str,
        notes: &mut Notes,
    ) -> Inserted {
        let (then, otherwise) = (&parts[1], &parts[2]);
        // What was typed beside "other", or else the option: the answer in words is both.
        if let (Expression::Name(a), Expression::Name(b)) = (then, otherwise)
            && let (Ok(a), Ok(b)) = (self.speaker.single(a), self.speaker.single(b))
            && a.question == b.question
            && matches!(a.what, What::Other { .. })
        {
            return Ok((format!("{{{}}}", b.key), Some("…".to_owned())));
        }
        let number = |part: &Expression| {
            !matches!(part, Expression::Text(_) | Expression::Name(_))
                && self.speaker.number(part).is_ok()
        };
        if number(then) && number(otherwise) {
            return self.value(whole, notes);
        }
        let before = notes.helpers.len();
        let cases = self.cases(parts, language, notes);
        let cases = cases.inspect_err(|_| notes.helpers.truncate(before))?;
        match cases.as_slice() {
            [] => Ok((String::new(), None)),
            [(None, text)] if !text.contains('{') => Ok((text.clone(), None)),
            _ => self.spoken(cases, language, notes),
        }
    }

    fn cases(
        &self,
        parts: &[Expression],
        language: &str,
        notes: &mut Notes,
    ) -> Result<Cases, Option<String>> {
        let (test, then, otherwise) = (&parts[0], &parts[1], &parts[2]);
        let when = self.speaker.condition(test, true).map_err(Some)?.text();
        let said = self.part(then, language, notes)?.0;
        let mut rest = match otherwise {
            Expression::Call(name, parts)
                if matches!(name.as_str(), "if" | "iif") && parts.len() == 3 =>
            {
                self.cases(parts, language, notes)?
            }
            other => {
                let text = self.part(other, language, notes)?.0;
                let none = text.is_empty();
                (!none).then_some((None, text)).into_iter().collect()
            }
        };
        match when.as_str() {
            "false" => return Ok(rest),
            "true" => rest.clear(),
            _ => {}
        }
        let when = (when != "true").then_some(when);
        // Nothing is said in this case; the others are said where it does not hold.
        if said.is_empty() {
            if let [(None, text)] = rest.as_slice() {
                let not = self.speaker.condition(test, false).map_err(Some)?.text();
                return Ok(vec![(Some(not), text.clone())]);
            }
            if rest.is_empty() {
                return Ok(rest);
            }
        }
        rest.insert(0, (when, said));
        if rest.len() > CASES {
            return Err(Some(format!("it has more than {CASES} cases")));
        }
        Ok(rest)
    }

    /// Words as a computed value: the same in each language, since each says the same conditions.
    fn spoken(&self, cases: Cases, language: &str, notes: &mut Notes) -> Inserted {
        let known = self.languages.iter().find(|l| l.from == language);
        let to = known.unwrap_or(&self.languages[0]).to.clone();
        let fits = |helper: &Helper| {
            let Helper::Words(there) = helper else {
                return false;
            };
            there.len() == cases.len()
                && there.iter().zip(&cases).all(|(a, (when, text))| {
                    a.when == *when && a.texts.get(&to).is_none_or(|there| there == text)
                })
        };
        let at = notes.helpers.iter().position(|(_, helper)| fits(helper));
        let at = at.unwrap_or_else(|| {
            let empty = cases.iter().map(|(when, _)| Case {
                when: when.clone(),
                texts: BTreeMap::new(),
            });
            let helper = Helper::Words(empty.collect());
            notes
                .helpers
                .push(((self.helper)(notes.helpers.len()), helper));
            notes.helpers.len() - 1
        });
        let (key, helper) = &mut notes.helpers[at];
        if let Helper::Words(there) = helper {
            for (case, (_, text)) in there.iter_mut().zip(cases) {
                case.texts.insert(to.clone(), text);
            }
        }
        Ok((format!("{{{key}}}"), Some("…".to_owned())))
    }

    /// A number that is computed for the text.
    fn value(&self, expression: &Expression, notes: &mut Notes) -> Inserted {
        if let Expression::Call(name, _) = expression
            && name.chars().any(char::is_uppercase)
            && name != "countIf"
        {
            return Err(None);
        }
        let value = self.speaker.number(expression).map_err(Some)?;
        let value = Helper::Number(value);
        let at = notes.helpers.iter().position(|(_, there)| *there == value);
        let at = at.unwrap_or_else(|| {
            notes
                .helpers
                .push(((self.helper)(notes.helpers.len()), value));
            notes.helpers.len() - 1
        });
        Ok((format!("{{{}}}", notes.helpers[at].0), Some("…".to_owned())))
    }
}

/// A text without its HTML; a blank at its borders stays.
fn words(text: &str) -> String {
    let plain = html::plain(text).0;
    let blank = |is: bool| if is { " " } else { "" };
    if plain.is_empty() {
        return blank(!text.is_empty() && text.trim().is_empty()).to_owned();
    }
    let before = blank(text.starts_with(char::is_whitespace));
    let behind = blank(text.ends_with(char::is_whitespace));
    format!("{before}{plain}{behind}")
}
