//! The whole file: pages, scales, the report; and the repair of what does not hold.

use serde::{Deserialize, Serialize};

use super::ask::{Asker, Entries, shortened};
use super::expression::Names;
use super::fault::{NotImported, fault};
use super::html;
use super::plan::{Form, plan, slug};
use super::survey::{Group, Survey, Texts};
use super::texts::languages;
use super::xml;
use super::yaml::{Loss as NodeLoss, Nodes, Yaml, write};
use crate::Questionnaire;

/// What came over.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The questionnaire as a file of the format, without faults.
    pub yaml: String,
    /// What came over and what did not.
    pub report: ImportReport,
}

/// What came over and what did not.
///
/// A question counts as carried when its type, texts, answers, obligation, condition and checks came over. One that is
/// in `partly` beside that lost something lesser, such as a picture or a default answer; one that lost a condition, a
/// check or an answer is in `partly` and not carried.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportReport {
    /// Questions of the file, texts to read among them, subquestions not.
    pub questions: usize,
    /// How many of them came over whole.
    pub carried: usize,
    /// What lost something, by LimeSurvey's code; groups by their name, the survey as "survey".
    pub partly: Vec<Loss>,
    /// Questions that are not in the questionnaire.
    pub not_carried: Vec<Loss>,
}

/// A loss, and its reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Loss {
    pub code: String,
    pub what: String,
    pub why: String,
}

/// Rounds of repair at most; each takes all faults at once.
const ROUNDS: usize = 40;
/// Of these, rounds that also look for what is never shown.
const WHOLE: usize = 3;

/// Reads a survey structure of LimeSurvey and writes it as a questionnaire. `file` is its name as faults shall show it.
///
/// # Errors
/// What is wrong with the file, all at once where the file can be read at all.
pub fn import(bytes: &[u8], file: &str) -> Result<Imported, NotImported> {
    let refused = |faults| NotImported::new(file, faults);
    let nothing = |why: Option<String>| {
        refused(vec![fault(
            1,
            "none of the questions can be asked".to_owned(),
            why.map_or_else(String::new, |why| format!("the first: {why}")),
        )])
    };
    let tables = xml::read(bytes).map_err(|fault| refused(vec![fault]))?;
    let survey = Survey::read(&tables).map_err(refused)?;
    drop(tables);
    let (languages, left) = languages(&survey.languages);
    // Texts that conditions reckon with become numbers; who they are shows when all is said once.
    let mut reckoned = std::collections::BTreeSet::new();
    let mut demanded = std::collections::BTreeSet::new();
    for _ in 0..2 {
        let planned = plan(&survey, &reckoned);
        let names = Names::new(&planned);
        let mut asker = Asker::new(&survey, &planned, &names, &languages);
        for index in 0..planned.len() {
            asker.conditions_only(index);
        }
        for group in &survey.groups {
            // Only what it reckons with matters here.
            let _: Result<_, _> = asker.relevance_of_group(&group.relevance);
        }
        let texts = |index: &usize, forms: &[Form]| {
            let question = &planned[*index];
            forms.contains(&question.form) && !question.numbers && question.asked.preg.is_empty()
        };
        let own = names.demanded().into_iter();
        let own = own.filter(|index| {
            let grid = planned[*index].asked.kind == ';';
            texts(index, &[Form::ShortText, Form::LongText, Form::Texts])
                || grid && texts(index, &[Form::Grid])
        });
        demanded.extend(own);
        let all = names.reckoned().into_iter();
        let all = all.filter(|index| texts(index, &[Form::ShortText]));
        let more: Vec<usize> = all.chain(demanded.iter().copied()).collect();
        let more: Vec<usize> = more
            .into_iter()
            .filter(|index| !reckoned.contains(index))
            .collect();
        if more.is_empty() {
            break;
        }
        reckoned.extend(more);
    }
    let planned = plan(&survey, &reckoned);
    let names = Names::new(&planned);
    let mut asker = Asker::new(&survey, &planned, &names, &languages);
    for index in &reckoned {
        let own = demanded.contains(index);
        let why = if own {
            "its own validation reckons with it: it takes numbers only"
        } else {
            "conditions reckon with it: it takes numbers only"
        };
        asker.lose(*index, "that any text could be typed", why, !own);
    }
    let mut general: Vec<Loss> = Vec::new();
    survey_losses(&survey, &left, &mut general);
    let mut pages = Vec::new();
    let mut random: Vec<(String, Vec<String>)> = Vec::new();
    let mut taken = std::collections::BTreeSet::new();
    for (at, group) in survey.groups.iter().enumerate() {
        let base = slug(
            &html::plain(group.name.values().next().map_or("", String::as_str)).0,
            true,
        );
        let mut key = if base == "x" {
            format!("seite-{}", at + 1)
        } else {
            base.clone()
        };
        let mut number = 2;
        while !taken.insert(key.clone()) {
            key = format!("{base}-{number}");
            number += 1;
        }
        if let Some(page) = page(&mut asker, at, group, &key, &mut general) {
            if !group.random.is_empty() {
                match random.last_mut().filter(|(name, _)| *name == group.random) {
                    Some((_, keys)) => keys.push(key),
                    None => random.push((group.random.clone(), vec![key])),
                }
            }
            pages.push(page);
        }
    }
    if pages.is_empty() {
        let why = planned.iter().find_map(|question| match question.form {
            super::plan::Form::Nothing(why) => Some(format!("{}: {why}", question.asked.code)),
            _ => None,
        });
        return Err(nothing(why));
    }
    let root = root(&mut asker, pages, &random);
    let Asker {
        mut nodes,
        mut lost,
        ..
    } = asker;
    let yaml = repair(&root, &mut nodes, &mut lost, &mut general, file)?;
    let mut report = report(&planned, &nodes, &lost, general);
    for (code, kind, group) in &survey.astray {
        report.questions += 1;
        report.not_carried.push(Loss {
            code: code.clone(),
            what: format!("the question of type {kind}"),
            why: format!("its group {} is not in the file", shortened(group)),
        });
    }
    if report.not_carried.len() == report.questions {
        let first = report.not_carried.first();
        return Err(nothing(first.map(|l| format!("{}: {}", l.code, l.why))));
    }
    Ok(Imported { yaml, report })
}

/// The headings of exports that name questions by their numbers (`111X222X333SQ001`, in capitals), each with the same
/// in codes (`Q02_SQ001`).
///
/// # Errors
/// What is wrong with the survey's file.
pub fn headings(
    bytes: &[u8],
    file: &str,
) -> Result<std::collections::BTreeMap<String, String>, NotImported> {
    let refused = |faults| NotImported::new(file, faults);
    let tables = xml::read(bytes).map_err(|fault| refused(vec![fault]))?;
    let survey = Survey::read(&tables).map_err(refused)?;
    let planned = plan(&survey, &Default::default());
    Ok(super::expression::headings(&planned, &survey.sid))
}

fn survey_losses(survey: &Survey, left: &[String], general: &mut Vec<Loss>) {
    let mut lose = |what: String, why: &str| {
        general.push(Loss {
            code: "survey".to_owned(),
            what,
            why: why.to_owned(),
        })
    };
    for quota in &survey.quotas {
        lose(
            format!("the quota {}", shortened(quota)),
            "a study of all municipalities turns nobody away",
        );
    }
    if survey.assessments > 0 {
        lose(
            format!("{} assessment rules", survey.assessments),
            "answers are not scored",
        );
    }
    if survey
        .end
        .values()
        .any(|text| !html::plain(text).0.is_empty())
    {
        lose(
            "the text at the end".to_owned(),
            "the last page is that of the study",
        );
    }
    for language in left {
        lose(
            format!("the language {language}"),
            "another form of the same language comes over",
        );
    }
}

fn page(
    asker: &mut Asker,
    at: usize,
    group: &Group,
    key: &str,
    general: &mut Vec<Loss>,
) -> Option<Yaml> {
    let own: Vec<usize> = (0..asker.planned.len())
        .filter(|index| asker.planned[*index].group == at)
        .collect();
    let mut questions = Vec::new();
    for index in own {
        questions.extend(asker.question(index));
    }
    if questions.is_empty() {
        return None;
    }
    let mut helpers = Vec::new();
    let named = shortened(&html::plain(group.name.values().next().map_or("", String::as_str)).0);
    let title = asker.text(
        None,
        &group.name,
        false,
        &format!("Seite {}", at + 1),
        &mut helpers,
    );
    let mut entries: Entries = vec![
        ("key".to_owned(), Yaml::word(key)),
        ("title".to_owned(), title),
    ];
    if let Some(intro) = intro(asker, &group.description) {
        entries.push(("intro".to_owned(), intro));
    }
    match asker.relevance_of_group(&group.relevance) {
        Ok(None) => {}
        Ok(Some(condition)) => {
            let what = format!(
                "the condition of the group, {}",
                shortened(&group.relevance)
            );
            let first = (0..asker.planned.len()).find(|index| asker.planned[*index].group == at);
            let node = asker.nodes.add(
                first,
                vec![Some(Yaml::text(condition)), None],
                vec![NodeLoss { what, heavy: true }],
            );
            entries.push(("show-if".to_owned(), node));
        }
        Err(why) => general.push(Loss {
            code: named,
            what: format!(
                "the condition of the group, {}",
                shortened(&group.relevance)
            ),
            why,
        }),
    }
    entries.push(("questions".to_owned(), Yaml::Items(questions)));
    let loss = NodeLoss {
        what: String::new(),
        heavy: false,
    };
    Some(
        asker
            .nodes
            .add(None, vec![Some(Yaml::Block(entries)), None], vec![loss]),
    )
}

fn intro(asker: &mut Asker, texts: &Texts) -> Option<Yaml> {
    let plain = texts.values().all(|text| html::plain(text).0.is_empty());
    if plain {
        return None;
    }
    let mut helpers = Vec::new();
    let written = asker.text(None, texts, true, "", &mut helpers);
    let loss = NodeLoss {
        what: "a text before questions".to_owned(),
        heavy: false,
    };
    Some(asker.nodes.add(None, vec![Some(written), None], vec![loss]))
}

fn root(asker: &mut Asker, pages: Vec<Yaml>, random: &[(String, Vec<String>)]) -> Yaml {
    let survey = asker.survey;
    let base = html::plain(survey.title.values().next().map_or("", String::as_str)).0;
    let key = match slug(&base, true) {
        key if key == "x" => "limesurvey".to_owned(),
        key => key,
    };
    let mut helpers = Vec::new();
    let title = asker.text(None, &survey.title, false, "LimeSurvey", &mut helpers);
    let mut opening = Texts::new();
    for texts in [&survey.description, &survey.welcome] {
        for (language, text) in texts {
            let there = opening.entry(language.clone()).or_default();
            if !there.contains(text.as_str()) {
                there.push_str("\n<p>");
                there.push_str(text);
                there.push_str("</p>");
            }
        }
    }
    let listed = asker
        .languages
        .iter()
        .map(|language| Yaml::word(&language.to))
        .collect();
    let mut entries: Entries = vec![
        ("format".to_owned(), Yaml::word(1)),
        ("key".to_owned(), Yaml::word(key)),
        ("version".to_owned(), Yaml::word(1)),
        ("languages".to_owned(), Yaml::List(listed)),
        ("title".to_owned(), title),
    ];
    if let Some(intro) = intro(asker, &opening) {
        entries.push(("intro".to_owned(), intro));
    }
    if !asker.scale_entries.is_empty() {
        let scales = std::mem::take(&mut asker.scale_entries);
        entries.push(("scales".to_owned(), Yaml::Block(scales)));
    }
    let groups: Vec<Yaml> = random
        .iter()
        .filter(|(_, keys)| keys.len() > 1)
        .map(|(_, keys)| Yaml::List(keys.iter().map(Yaml::word).collect()))
        .collect();
    if !groups.is_empty() {
        let loss = NodeLoss {
            what: "the random order of groups".to_owned(),
            heavy: false,
        };
        let node = asker
            .nodes
            .add(None, vec![Some(Yaml::List(groups)), None], vec![loss]);
        entries.push(("random-pages".to_owned(), node));
    }
    entries.push(("pages".to_owned(), Yaml::Items(pages)));
    Yaml::Block(entries)
}

/// Reads what was written like any other file, and lets give way what has a fault, until there is none.
fn repair(
    root: &Yaml,
    nodes: &mut Nodes,
    lost: &mut [Vec<super::ask::Lost>],
    general: &mut Vec<Loss>,
    file: &str,
) -> Result<String, NotImported> {
    let mut last = None;
    let mut whole = 0;
    for _ in 0..ROUNDS {
        let (text, spans) = write(root, nodes);
        let mut faults = crate::file::faults_on_sight(&text);
        if faults.is_empty() {
            match Questionnaire::read(&text, "questionnaire") {
                Ok(_) => return Ok(text),
                Err(_) if whole == WHOLE => break,
                Err(read) => faults = read.list,
            }
            whole += 1;
        }
        let mut stepped = std::collections::BTreeSet::new();
        for found in &faults {
            // The innermost place of the line that has an alternative left.
            let holds = spans
                .iter()
                .filter(|span| span.from <= found.line && found.line <= span.to);
            let able = holds.filter(|span| {
                nodes.all[span.node].at + 1 < nodes.all[span.node].alternatives.len()
                    || stepped.contains(&span.node)
            });
            let Some(span) = able.min_by_key(|span| (span.to - span.from, usize::MAX - span.node))
            else {
                last = Some(found.clone());
                continue;
            };
            if !stepped.insert(span.node) {
                continue;
            }
            let node = &mut nodes.all[span.node];
            let loss = node.losses.get(node.at).cloned();
            node.at += 1;
            let Some(loss) = loss else {
                continue;
            };
            let why = if found.help.is_empty() {
                found.what.clone()
            } else {
                format!("{}; {}", found.what, found.help)
            };
            match node.question {
                Some(question) => lost[question].push(super::ask::Lost {
                    what: loss.what,
                    why,
                    heavy: loss.heavy,
                }),
                None if !loss.what.is_empty() => general.push(Loss {
                    code: "survey".to_owned(),
                    what: loss.what,
                    why,
                }),
                None => {}
            }
        }
        if stepped.is_empty() {
            break;
        }
    }
    let what = last.map_or_else(
        || "the questionnaire made from it keeps having faults".to_owned(),
        |fault| {
            format!(
                "the questionnaire made from it has a fault: {}; {}",
                fault.what, fault.help
            )
        },
    );
    let help = "the survey goes beyond what a questionnaire can hold; split it".to_owned();
    Err(NotImported::new(file, vec![fault(1, what, help)]))
}

fn report(
    planned: &[super::plan::Planned],
    nodes: &Nodes,
    lost: &[Vec<super::ask::Lost>],
    general: Vec<Loss>,
) -> ImportReport {
    let mut report = ImportReport {
        questions: planned.len(),
        ..ImportReport::default()
    };
    report.partly = general;
    for (index, question) in planned.iter().enumerate() {
        let code = || question.asked.code.clone();
        let whole = |lost: &&super::ask::Lost| lost.what.is_empty();
        let gone = match question.form {
            Form::Nothing(why) => Some(why.to_owned()),
            _ => lost[index].iter().find(whole).map(|lost| lost.why.clone()),
        };
        let nothing = !nodes.all.iter().any(|node| {
            node.question == Some(index)
                && node.losses.first().is_some_and(|loss| loss.what.is_empty())
        });
        if gone.is_some() || nothing {
            let first = lost[index].first().map(|lost| lost.why.clone());
            report.not_carried.push(Loss {
                code: code(),
                what: format!("the question of type {}", question.asked.kind),
                why: gone
                    .or(first)
                    .unwrap_or_else(|| "nothing of it can be asked".to_owned()),
            });
            continue;
        }
        let mut told: Vec<&super::ask::Lost> = Vec::new();
        for lost in &lost[index] {
            if !told.contains(&lost) {
                told.push(lost);
            }
        }
        if told.iter().all(|lost| !lost.heavy) {
            report.carried += 1;
        }
        report.partly.extend(told.into_iter().map(|lost| Loss {
            code: code(),
            what: lost.what.clone(),
            why: lost.why.clone(),
        }));
    }
    report
}

impl Asker<'_> {
    fn relevance_of_group(&self, written: &str) -> Result<Option<String>, String> {
        use super::expression::{Said, Scope, Speaker, read};
        let written = super::ask::bare(written);
        if matches!(written.as_str(), "" | "1") {
            return Ok(None);
        }
        let speaker = Speaker {
            names: self.names,
            scope: Scope::default(),
        };
        match speaker.condition(&read(&written)?, true)? {
            Said::Constant(true) => Ok(None),
            said => Ok(Some(said.text())),
        }
    }
}
