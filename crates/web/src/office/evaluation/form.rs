//! The choices of the workspace as select fields.

use findings::workspace::{Breakdown, Counted, Offer};
use register::{Land, Population, SizeClass};

use super::asked::{Asked, ClosedWave, population_word};
use crate::frame::Ask;

/// One option of a select field.
pub(super) struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

/// Options under one heading; without words they stand alone.
pub(super) struct Choices {
    pub label: String,
    pub options: Vec<Choice>,
}

/// All choices.
pub(super) struct Form {
    pub waves: Vec<Choice>,
    /// Waves to compare with; empty where there is one wave only.
    pub against: Vec<Choice>,
    pub questions: Vec<Choices>,
    pub populations: Vec<Choice>,
    pub breakdowns: Vec<Choices>,
    /// One field for each condition, and an empty one.
    pub conditions: Vec<Vec<Choices>>,
    pub counted: Vec<Choice>,
    /// Answers that sentence and chart may speak of; empty where there is no choice.
    pub answers: Vec<Choice>,
}

/// Conditions that a table may have.
const CONDITIONS: usize = 4;

pub(super) fn form(ask: &Ask, asked: &Asked, against: Option<&ClosedWave>) -> Form {
    let query = &asked.query;
    let mut conditions: Vec<Vec<Choices>> = query
        .only
        .iter()
        .map(|condition| only(ask, asked, &condition.to_string()))
        .collect();
    if conditions.len() < CONDITIONS {
        conditions.push(only(ask, asked, ""));
    }
    Form {
        waves: asked
            .waves
            .iter()
            .map(|wave| Choice {
                chosen: wave.name == asked.wave.name,
                value: wave.name.0.clone(),
                label: wave.title.get(ask.lang).to_owned(),
            })
            .collect(),
        against: others(ask, asked, against),
        questions: questions(ask, asked),
        populations: populations(ask, asked),
        breakdowns: breakdowns(ask, asked),
        conditions,
        counted: Counted::ALL
            .into_iter()
            .map(|counted| Choice {
                value: counted.word().to_owned(),
                label: ask.t(&format!("web-evaluation-counted-{}", counted.word())),
                chosen: counted == query.counted,
            })
            .collect(),
        answers: answers(ask, asked),
    }
}

/// The other waves.
fn others(ask: &Ask, asked: &Asked, against: Option<&ClosedWave>) -> Vec<Choice> {
    let others = asked.waves.iter().filter(|w| w.name != asked.wave.name);
    let mut choices: Vec<Choice> = others
        .map(|wave| Choice {
            chosen: against.is_some_and(|a| a.name == wave.name),
            value: wave.name.0.clone(),
            label: wave.title.get(ask.lang).to_owned(),
        })
        .collect();
    if !choices.is_empty() {
        let none = Choice {
            value: String::new(),
            label: ask.t("web-evaluation-against-none"),
            chosen: against.is_none(),
        };
        choices.insert(0, none);
    }
    choices
}

fn plain(options: Vec<Choice>) -> Choices {
    Choices {
        label: String::new(),
        options,
    }
}

fn questions(ask: &Ask, asked: &Asked) -> Vec<Choices> {
    let query = &asked.query;
    let choices = |offer: &Offer| {
        let here = offer.key == query.question;
        let text = offer.text.get(ask.lang);
        let mut options = vec![Choice {
            value: offer.key.clone(),
            label: match offer.items.is_empty() {
                true => text.to_owned(),
                false => ask.t("web-evaluation-all-items"),
            },
            chosen: here && query.item.is_none(),
        }];
        options.extend(offer.items.iter().map(|(item, label)| Choice {
            value: format!("{}.{item}", offer.key),
            label: label.get(ask.lang).to_owned(),
            chosen: here && query.item.as_ref() == Some(item),
        }));
        Choices {
            label: match offer.items.is_empty() {
                true => offer.theme.get(ask.lang).to_owned(),
                false => text.to_owned(),
            },
            options,
        }
    };
    asked.offers.iter().map(choices).collect()
}

fn populations(ask: &Ask, asked: &Asked) -> Vec<Choice> {
    let populations = asked.workspace.populations().into_iter();
    let choice = |population: Population| Choice {
        value: population_word(population).to_owned(),
        label: ask.t(&format!("web-evaluation-{}", population_word(population))),
        chosen: population == asked.query.population,
    };
    populations.map(choice).collect()
}

fn breakdowns(ask: &Ask, asked: &Asked) -> Vec<Choices> {
    let by = &asked.query.by;
    let register = [
        ("", "web-evaluation-by-none"),
        ("size-class", "web-evaluation-by-size"),
        ("town", "web-evaluation-by-town"),
        ("land-group", "web-evaluation-by-land"),
    ];
    let counties = asked.query.population == Population::Counties;
    let choice = |(word, key): (&str, &str)| Choice {
        value: word.to_owned(),
        label: ask.t(key),
        chosen: by.to_string() == word,
    };
    let fits = |(word, _): &(&str, &str)| !counties || !["size-class", "town"].contains(word);
    let mut groups = vec![plain(
        register.into_iter().filter(fits).map(choice).collect(),
    )];
    let variable = |(key, text): (String, questionnaire::Text)| Choice {
        chosen: *by == Breakdown::Answer(key.clone()),
        label: text.get(ask.lang).to_owned(),
        value: key,
    };
    let dividing = asked.offers.iter().filter(|o| o.divides());
    let (alone, with_items): (Vec<&Offer>, Vec<&Offer>) =
        dividing.partition(|o| o.items.is_empty());
    groups.push(Choices {
        label: ask.t("web-evaluation-by-answer"),
        options: alone
            .iter()
            .flat_map(|o| o.variables().into_iter().map(variable))
            .collect(),
    });
    groups.extend(with_items.iter().map(|offer| Choices {
        label: offer.text.get(ask.lang).to_owned(),
        options: offer.variables().into_iter().map(variable).collect(),
    }));
    groups
}

/// Conditions to choose from; `chosen` is one as it is written in addresses.
fn only(ask: &Ask, asked: &Asked, chosen: &str) -> Vec<Choices> {
    let choice = |value: String, label: String| Choice {
        chosen: value == chosen,
        value,
        label,
    };
    let mut groups = vec![plain(vec![choice(
        String::new(),
        ask.t("web-evaluation-only-none"),
    )])];
    if asked.query.population == Population::Municipalities {
        let classes = SizeClass::ALL.into_iter();
        let classes = classes.filter(|class| *class != SizeClass::County);
        let mut options: Vec<Choice> = classes
            .map(|class| {
                let domain = findings::Domain::SizeClass(class);
                let word = edition::lookup::domain_word(domain);
                let label = domain.label().get(ask.lang).to_owned();
                choice(format!("size-class={word}"), label)
            })
            .collect();
        options.extend([true, false].map(|town| {
            let domain = findings::Domain::Town(town);
            let word = edition::lookup::domain_word(domain);
            choice(
                format!("town={word}"),
                domain.label().get(ask.lang).to_owned(),
            )
        }));
        groups.push(Choices {
            label: ask.t("web-evaluation-only-kind"),
            options,
        });
    }
    groups.push(Choices {
        label: ask.t("web-evaluation-only-land"),
        options: Land::ALL
            .into_iter()
            .map(|land| {
                let name = edition::charts::land_name(ask.lang, land);
                choice(format!("land={}", land.abbreviation()), name.to_owned())
            })
            .collect(),
    });
    for offer in asked.offers.iter().filter(|o| o.divides()) {
        for (variable, text) in offer.variables() {
            let mut options: Vec<Choice> = offer
                .answers
                .iter()
                .map(|(code, label)| {
                    choice(format!("{variable}={code}"), label.get(ask.lang).to_owned())
                })
                .collect();
            if let (true, [.., (a, first), (b, last)]) = (offer.ordered, offer.answers.as_slice()) {
                let label = ask.tv(
                    "web-evaluation-either",
                    &[("first", first.get(ask.lang)), ("last", last.get(ask.lang))],
                );
                options.push(choice(format!("{variable}={a}|{b}"), label));
            }
            groups.push(Choices {
                label: text.get(ask.lang).to_owned(),
                options,
            });
        }
    }
    groups
}

/// The answers that sentence and chart may speak of.
fn answers(ask: &Ask, asked: &Asked) -> Vec<Choice> {
    let offer = asked.offers.iter().find(|o| o.key == asked.query.question);
    let Some(offer) = offer.filter(|o| o.answers.len() > 2) else {
        return Vec::new();
    };
    let key = match offer.ordered && offer.answers.len() >= 4 {
        true => "web-evaluation-answer-upper",
        false => "web-evaluation-answer-most",
    };
    let mut choices = vec![Choice {
        value: String::new(),
        label: ask.t(key),
        chosen: asked.query.answer.is_none(),
    }];
    choices.extend(offer.answers.iter().map(|(code, label)| Choice {
        chosen: asked.query.answer.as_ref() == Some(code),
        label: label.get(ask.lang).to_owned(),
        value: code.clone(),
    }));
    choices
}
