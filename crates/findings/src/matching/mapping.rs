//! Which items of a questionnaire speak of which field of action, and which of which prerequisite: data, one line each.

use questionnaire::{Answer, Answers, Question, QuestionKind, Questionnaire, Text, VariableKey};

/// The mapping of the default questionnaire.
const DEFAULT: &str = include_str!("zuordnung.txt");

/// Points of a scale that count as high, and as low.
const ENDS: usize = 2;

/// What an item says of a field of action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NeedKind {
    /// A need: the upper points count.
    Need,
    /// A challenge: the upper points count.
    Challenge,
    /// A resource that is short: the lower points count.
    Lack,
}

/// An item whose answers lead to the examples of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappedNeed {
    /// What the item says.
    pub kind: NeedKind,
    /// The item, `question.item`.
    pub variable: VariableKey,
    /// Key of the field of action.
    pub field: String,
}

/// An item or question that says whether a prerequisite is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MappedResource {
    /// The item or question.
    pub variable: VariableKey,
    /// Answers with which it is there, and with which it is missing; both empty: by the ends of the scale.
    pub answers: (Vec<String>, Vec<String>),
    /// Key of the prerequisite's code.
    pub code: String,
}

/// The whole mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// Items whose answers lead to examples.
    pub needs: Vec<MappedNeed>,
    /// Items that say what is there.
    pub resources: Vec<MappedResource>,
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MappingProblem {
    /// It does not begin with one of the four words, or lacks its colon.
    #[error(
        "is no mapping; expected for example \"Bedarf bedarf.wohnungsbau: wohnen\" or \"Ressource stelle = ja / nein: braucht-stelle\""
    )]
    Form,
    /// The questionnaire has no such item of a scale or question with options.
    #[error("\"{0}\" is no item and no single choice of this questionnaire")]
    Variable(String),
    /// An answer that the question does not have.
    #[error("\"{0}\" is no answer of this question")]
    Answer(String),
    /// No such field of action.
    #[error("\"{0}\" is no field of action")]
    Field(String),
    /// No such prerequisite in the code list.
    #[error("\"{0}\" is no prerequisite of the code list")]
    Code(String),
}

/// A fault with its place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct MappingFault {
    /// Counted from 1.
    pub line: usize,
    /// What is wrong.
    pub problem: MappingProblem,
}

/// How a municipality stands to a prerequisite, by its own answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// It has it.
    There,
    /// It has some of it.
    Partly,
    /// It lacks it.
    Missing,
    /// It did not say, or was not asked.
    NotSaid,
}

impl Default for Mapping {
    fn default() -> Self {
        let (mapping, _) = parse(DEFAULT).expect("the mapping that is shipped is read in a test");
        mapping
    }
}

/// A mapping with the line of each entry: needs first, then resources.
type Read = (Mapping, (Vec<usize>, Vec<usize>));

impl Mapping {
    /// The default one as it is written.
    pub fn default_text() -> &'static str {
        DEFAULT
    }

    /// Reads what editors wrote and checks it against the questionnaire, the fields of action and the keys of
    /// prerequisites; all faults at once.
    pub fn read(
        text: &str,
        questionnaire: &Questionnaire,
        fields: &[&str],
        prerequisites: &[&str],
    ) -> Result<Self, Vec<MappingFault>> {
        let (mapping, (needs, resources)) = parse(text)?;
        let mut faults = Vec::new();
        let mut fault = |line: usize, problem| faults.push(MappingFault { line, problem });
        for (need, line) in mapping.needs.iter().zip(needs) {
            if !fields.contains(&need.field.as_str()) {
                fault(line, MappingProblem::Field(need.field.clone()));
            }
            let found = item(questionnaire, &need.variable);
            if found.is_none_or(|(_, item)| item.is_none()) {
                fault(line, MappingProblem::Variable(need.variable.0.clone()));
            }
        }
        for (resource, line) in mapping.resources.iter().zip(resources) {
            if !prerequisites.contains(&resource.code.as_str()) {
                fault(line, MappingProblem::Code(resource.code.clone()));
            }
            let Some((question, _)) = item(questionnaire, &resource.variable) else {
                fault(line, MappingProblem::Variable(resource.variable.0.clone()));
                continue;
            };
            let codes = question.codes();
            let (there, missing) = &resource.answers;
            for answer in there.iter().chain(missing) {
                if !codes.iter().any(|(code, _)| code == answer) {
                    fault(line, MappingProblem::Answer(answer.clone()));
                }
            }
        }
        match faults.is_empty() {
            true => Ok(mapping),
            false => Err(faults),
        }
    }

    /// How these answers stand to a prerequisite: the worst that any mapped item says.
    pub(crate) fn stand(
        &self,
        questionnaire: &Questionnaire,
        answers: &Answers,
        code: &str,
    ) -> Stand {
        let of = self.resources.iter().filter(|r| r.code == code);
        let stands = of.map(|resource| resource.stand(questionnaire, answers));
        let said: Vec<Stand> = stands.filter(|s| *s != Stand::NotSaid).collect();
        let worst = [Stand::Missing, Stand::Partly, Stand::There];
        let found = worst.into_iter().find(|stand| said.contains(stand));
        found.unwrap_or(Stand::NotSaid)
    }
}

impl MappedResource {
    fn stand(&self, questionnaire: &Questionnaire, answers: &Answers) -> Stand {
        let Some((question, _)) = item(questionnaire, &self.variable) else {
            return Stand::NotSaid;
        };
        let Some(Answer::Choice(chosen)) = answers.get(&self.variable) else {
            return Stand::NotSaid;
        };
        let (there, missing) = &self.answers;
        if there.contains(chosen) {
            return Stand::There;
        }
        if missing.contains(chosen) {
            return Stand::Missing;
        }
        let codes = question.codes();
        let Some(place) = codes.iter().position(|(code, _)| code == chosen) else {
            return Stand::NotSaid;
        };
        match (there.is_empty() && missing.is_empty(), place) {
            (false, _) => Stand::Partly,
            (true, place) if place < ENDS => Stand::Missing,
            (true, place) if place + ENDS >= codes.len() => Stand::There,
            (true, _) => Stand::Partly,
        }
    }
}

/// A need that these answers rate high, or a resource that they say is short.
pub(crate) struct Rated {
    /// Wording of the item.
    pub item: Text,
    /// Wording of the point that was chosen.
    pub point: Text,
    /// 0 is the end of the scale.
    pub from_end: usize,
}

impl MappedNeed {
    pub(crate) fn rated(&self, questionnaire: &Questionnaire, answers: &Answers) -> Option<Rated> {
        let (question, text) = item(questionnaire, &self.variable)?;
        let Some(Answer::Choice(chosen)) = answers.get(&self.variable) else {
            return None;
        };
        let codes = question.codes();
        let place = codes.iter().position(|(code, _)| code == chosen)?;
        let from_end = match self.kind {
            NeedKind::Need | NeedKind::Challenge => codes.len() - 1 - place,
            NeedKind::Lack => place,
        };
        (from_end < ENDS).then(|| Rated {
            item: text.cloned().unwrap_or_default(),
            point: codes[place].1.clone(),
            from_end,
        })
    }
}

/// The question of a variable, with the item's wording where it is one of a battery; single choices have none.
fn item<'q>(
    questionnaire: &'q Questionnaire,
    variable: &VariableKey,
) -> Option<(&'q Question, Option<&'q Text>)> {
    let questions = questionnaire.pages.iter().flat_map(|p| &p.questions);
    for question in questions {
        match &question.kind {
            QuestionKind::Single { .. } if question.key == variable.0 => {
                return Some((question, None));
            }
            QuestionKind::Battery { items, .. } => {
                let rest = variable.0.strip_prefix(question.key.as_str());
                let key = rest.and_then(|rest| rest.strip_prefix('.'));
                if let Some(item) = key.and_then(|key| items.iter().find(|i| i.key == key)) {
                    return Some((question, Some(&item.text)));
                }
            }
            _ => {}
        }
    }
    None
}

fn parse(text: &str) -> Result<Read, Vec<MappingFault>> {
    let mut mapping = Mapping {
        needs: Vec::new(),
        resources: Vec::new(),
    };
    let (mut needs, mut resources, mut faults) = (Vec::new(), Vec::new(), Vec::new());
    for (line, written) in (1..).zip(text.lines()) {
        let said = written.split('#').next().unwrap_or_default().trim();
        if said.is_empty() {
            continue;
        }
        match entry(said) {
            Some(Entry::Need(need)) => {
                mapping.needs.push(need);
                needs.push(line);
            }
            Some(Entry::Resource(resource)) => {
                mapping.resources.push(resource);
                resources.push(line);
            }
            None => faults.push(MappingFault {
                line,
                problem: MappingProblem::Form,
            }),
        }
    }
    match faults.is_empty() {
        true => Ok((mapping, (needs, resources))),
        false => Err(faults),
    }
}

enum Entry {
    Need(MappedNeed),
    Resource(MappedResource),
}

fn entry(said: &str) -> Option<Entry> {
    let (left, right) = said.split_once(':')?;
    let (word, of) = left.trim().split_once(char::is_whitespace)?;
    let right = right.trim().to_owned();
    if right.is_empty() || right.contains(char::is_whitespace) {
        return None;
    }
    let kind = match word {
        "Bedarf" => NeedKind::Need,
        "Herausforderung" => NeedKind::Challenge,
        "Mangel" => NeedKind::Lack,
        "Ressource" => {
            let (variable, answers) = match of.split_once('=') {
                None => (of, (Vec::new(), Vec::new())),
                Some((variable, answers)) => {
                    let (there, missing) = answers.split_once('/')?;
                    (variable, (list(there), list(missing)))
                }
            };
            return Some(Entry::Resource(MappedResource {
                variable: VariableKey(variable.trim().to_owned()),
                answers,
                code: right,
            }));
        }
        _ => return None,
    };
    Some(Entry::Need(MappedNeed {
        kind,
        variable: VariableKey(of.trim().to_owned()),
        field: right,
    }))
}

fn list(text: &str) -> Vec<String> {
    let words = text.split(',').map(str::trim);
    words.filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEMO: &str = include_str!("../../../../demo/fragebogen.yaml");

    fn demo() -> Questionnaire {
        Questionnaire::read(DEMO, "demo/fragebogen.yaml").unwrap()
    }

    fn read(text: &str) -> Result<Mapping, Vec<MappingFault>> {
        Mapping::read(text, &demo(), &["wohnen"], &["braucht-stelle"])
    }

    #[test]
    fn the_shipped_mapping_fits_the_demo_and_the_default_lists() {
        let codes = practices::Code::defaults();
        let keys: Vec<&str> = codes.iter().map(|c| c.key.as_str()).collect();
        let fields: Vec<&str> = practices::DEFAULT_FIELDS.iter().map(|f| f.0).collect();
        let mapping = Mapping::read(DEFAULT, &demo(), &fields, &keys);
        assert_eq!(mapping, Ok(Mapping::default()));
        assert!(Mapping::default().needs.len() > 10);
    }

    #[test]
    fn all_faults_come_at_once_with_their_lines() {
        let text = "Bedarf bedarf.wohnungsbau: wohnen\nUnfug\nBedarf a.b wohnen";
        let lines = |faults: Vec<MappingFault>| -> Vec<usize> {
            faults.into_iter().map(|f| f.line).collect()
        };
        assert_eq!(lines(read(text).unwrap_err()), [2, 3]);
        let text = "Bedarf bedarf.garten: wohnen\n# nichts\nBedarf bedarf.wohnungsbau: mond\nRessource stelle = ja / nein: braucht-stelle";
        let faults = read(text).unwrap_err();
        assert_eq!(
            faults[0].problem,
            MappingProblem::Variable("bedarf.garten".into())
        );
        assert_eq!(
            faults[2].problem,
            MappingProblem::Answer("ja".into()),
            "the question says ja-vollzeit"
        );
        assert_eq!(lines(faults), [1, 3, 4]);
    }

    #[test]
    fn what_is_there_follows_from_scale_or_named_answers() {
        let mapping = Mapping::default();
        let stand = |key: &str, point: &str, code: &str| {
            let variable = VariableKey(key.to_owned());
            let answers = Answers::from([(variable, Answer::Choice(point.to_owned()))]);
            mapping.stand(&demo(), &answers, code)
        };
        assert_eq!(stand("stelle", "nein", "braucht-stelle"), Stand::Missing);
        assert_eq!(
            stand("stelle", "ja-teilzeit", "braucht-stelle"),
            Stand::There
        );
        let volunteers = |point| stand("ressourcen.ehrenamt", point, "braucht-ehrenamt");
        assert_eq!(volunteers("kaum"), Stand::Missing);
        assert_eq!(volunteers("teilweise"), Stand::Partly);
        assert_eq!(volunteers("voll"), Stand::There);
        assert_eq!(
            stand("stelle", "nein", "braucht-ehrenamt"),
            Stand::NotSaid,
            "nothing was said of it"
        );
    }
}
