//! The rehearsal of a wave: on a copy that is thrown away, with generated answers, from invitation to evaluation.

use std::collections::BTreeMap;
use std::time::Instant;

use anyhow::{Context, bail};
use fieldwork::{AnswerRecord, Disposition, MailingOrder, MessageKind, Response, WaveName};
use jiff::{SignedDuration, Timestamp};
use jobs::Outbox;
use questionnaire::{
    Answer, Answers, Choice, Part, Place, Question, QuestionKind, Questionnaire, Role, Value,
    VariableKey,
};
use register::Key;
use store::{NewInvitation, Store, StoredWave};
use tokio::sync::watch;

use crate::{clock, close, secrets};

/// Municipalities that a rehearsal invites at most.
const MOST: usize = 400;

/// What a rehearsal found.
#[derive(Clone, Debug, Default)]
pub struct Rehearsed {
    /// Municipalities that were invited.
    pub invited: usize,
    /// Mails that were written as files, and thrown away.
    pub mails: usize,
    /// Dispositions by the written rule.
    pub dispositions: BTreeMap<Disposition, usize>,
    /// Rows of the dataset.
    pub n: usize,
    /// Findings that were released.
    pub findings: usize,
    /// Pages that nobody saw.
    pub unseen: Vec<String>,
    /// Seconds.
    pub seconds: f64,
}

/// Numbers from a seed (splitmix64): the same rehearsal again for the same seed.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
}

/// Rehearses a wave on a copy of the database: nothing of it reaches the wave itself, and no mail leaves.
pub async fn rehearse(
    store: &Store,
    name: &WaveName,
    seed: u64,
    base_url: &str,
    now: Timestamp,
) -> anyhow::Result<Rehearsed> {
    let stored = store
        .wave(name)
        .await?
        .with_context(|| format!("there is no wave \"{name}\""))?;
    if stored.wave.frozen.is_some() {
        bail!("the wave \"{name}\" is closed: there is nothing to rehearse any more");
    }
    let random: String = secrets::bytes()
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    let folder = store.folder().join(format!("probe-{random}"));
    let copy = Store::create(&folder).await?;
    let found = match copied(store, &copy, stored, now).await {
        Ok(()) => run(&copy, name, seed, base_url, now).await,
        Err(error) => Err(error),
    };
    copy.close().await;
    std::fs::remove_dir_all(&folder)?;
    found
}

/// Copies what a rehearsal needs, whatever database the wave lives on: the wave, its list, its population and its
/// contacts. Real invitations and answers stay where they are.
async fn copied(
    store: &Store,
    copy: &Store,
    mut stored: StoredWave,
    now: Timestamp,
) -> anyhow::Result<()> {
    let register = store
        .register(stored.register_list)
        .await?
        .context("the wave's list of municipalities is gone")?;
    let name = stored.wave.name.clone();
    let list = copy
        .import_register(&register, register.label(), now)
        .await?;
    stored.register_list = list;
    // The field period of the copy is open now, whatever that of the wave is.
    stored.wave.opens = stored.wave.opens.min(now - SignedDuration::from_hours(1));
    stored.wave.closes = now + SignedDuration::from_hours(24);
    copy.put_wave(stored, now, "rehearsal").await?;
    if let Some(population) = store.population(&name).await? {
        copy.put_population(&name, list, &population.chosen, now, "rehearsal")
            .await?;
    }
    let contacts = store.contacts(&name).await?;
    let contacts = contacts
        .into_iter()
        .map(|(key, kept)| (key, kept.contact))
        .collect();
    copy.put_contacts(&name, contacts, now, "rehearsal").await?;
    for kind in MessageKind::ALL {
        let (text, version) = store.wave_text(&name, kind).await?;
        if version > 0 {
            copy.put_wave_text(&name, kind, (text, 0), now, "rehearsal")
                .await?;
        }
    }
    Ok(())
}

async fn run(
    copy: &Store,
    name: &WaveName,
    seed: u64,
    base_url: &str,
    now: Timestamp,
) -> anyhow::Result<Rehearsed> {
    let begun = Instant::now();
    let stored = copy
        .wave(name)
        .await?
        .context("the copy has no such wave")?;
    let questionnaire = Questionnaire::read(&stored.questionnaire, &name.0)?;
    let register = copy
        .register(stored.register_list)
        .await?
        .context("the wave's list of municipalities is gone")?;
    let population = copy.population(name).await?.map(|p| p.chosen.keys);
    let all: Vec<Key> = population.unwrap_or_else(|| {
        let asked = register
            .municipalities()
            .iter()
            .filter(|u| u.population().is_some());
        asked.map(|u| u.key.clone()).collect()
    });
    if all.is_empty() {
        bail!("nobody belongs to the population of the wave \"{name}\"");
    }
    let count = all.len().min(MOST);
    let chosen: Vec<Key> = (0..count)
        .map(|i| all[i * all.len() / count].clone())
        .collect();
    let mut dice = Dice(seed);
    let mut found = Rehearsed {
        invited: chosen.len(),
        mails: mails(copy, name, &chosen, base_url, now).await?,
        ..Rehearsed::default()
    };
    let invitations = chosen
        .iter()
        .map(|key| {
            Ok(NewInvitation {
                municipality: key.clone(),
                link: secrets::token()?.hash(),
                code: secrets::code()?.hash(),
            })
        })
        .collect::<anyhow::Result<Vec<_>>>()?;
    copy.invite(name, "Probe", invitations, now, "rehearsal")
        .await?;
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut responses = Vec::new();
    for key in &chosen {
        // Of ten, six answer to the end, one stops half-way, three stay silent.
        let course = dice.below(10);
        if course >= 7 {
            continue;
        }
        let (answers, pages) = answers(&questionnaire, key, &mut dice, course == 6);
        for page in pages {
            *seen.entry(page).or_default() += 1;
        }
        let record = |(variable, answer): (VariableKey, Answer)| {
            let record = AnswerRecord {
                answer: Some(answer),
                version: 1,
                saved: now,
                ..blank(now)
            };
            (variable, record)
        };
        responses.push(Response {
            records: answers.into_iter().map(record).collect(),
            submitted: (course < 6).then_some(now),
            ..copy.response(name, key).await?
        });
    }
    copy.import_responses(responses, now).await?;
    let closed = close::close_wave(copy, name, now, "rehearsal").await?;
    found.unseen = questionnaire
        .pages
        .iter()
        .filter(|page| !seen.contains_key(&page.key))
        .map(|page| page.title.de.clone())
        .collect();
    found.dispositions = closed.dispositions;
    found.n = closed.rows;
    found.findings = closed.findings;
    found.seconds = begun.elapsed().as_secs_f64();
    Ok(found)
}

/// A record as it is made; fields that others add have their defaults here.
fn blank(saved: Timestamp) -> AnswerRecord {
    AnswerRecord {
        answer: None,
        version: 0,
        saved,
        by: Default::default(),
    }
}

/// Writes the invitations of those who have a contact, as files into the copy's folder.
async fn mails(
    copy: &Store,
    name: &WaveName,
    chosen: &[Key],
    base_url: &str,
    now: Timestamp,
) -> anyhow::Result<usize> {
    let order = MailingOrder {
        wave: name.clone(),
        kind: MessageKind::Invitation,
        round: None,
        only: Some(chosen.to_vec()),
        unreachable_only: false,
        preview: None,
    };
    let queued = super::send(copy, &order, base_url, now, "rehearsal").await?;
    let outbox = Outbox::files(copy.folder().join("mails"), "Probe <probe@probe.example>")?;
    let (_go_on, stop) = watch::channel(false);
    jobs::deliver_waiting(copy, &outbox, clock::now, &stop).await?;
    Ok(queued)
}

/// Answers page by page as the route leads, and the pages that were seen.
fn answers(
    questionnaire: &Questionnaire,
    own: &Key,
    dice: &mut Dice,
    stops: bool,
) -> (Answers, Vec<String>) {
    let mut answers = Answers::new();
    let mut pages = Vec::new();
    let mut at: Option<String> = None;
    let end = if stops {
        questionnaire.pages.len() / 2
    } else {
        usize::MAX
    };
    while let Some(page) = questionnaire.next_page(at.as_deref(), &answers) {
        if pages.len() >= end {
            break;
        }
        pages.push(page.key.clone());
        at = Some(page.key.clone());
        for question in &page.questions {
            if question.is_visible(&answers) {
                for part in question.parts() {
                    // What stands beside an option waits for it to be chosen.
                    if part.is_visible(&answers)
                        && let Some(answer) = answer(&part, dice, own)
                    {
                        answers.insert(part.key, answer);
                    }
                }
                add_up(questionnaire, question, &mut answers);
            }
        }
    }
    (answers, pages)
}

/// An answer of the kind that a variable takes. Files and practices are not made up: nobody sends any in a rehearsal.
fn answer(part: &Part, dice: &mut Dice, own: &Key) -> Option<Answer> {
    if part.role == Role::Comment && dice.below(4) > 0 {
        return None;
    }
    Some(match &part.value {
        Value::Choice { codes, .. } => {
            let codes = codes.list();
            let (code, _) = codes.get(dice.below(codes.len()))?;
            Answer::Choice((*code).to_owned())
        }
        Value::Choices { options, min, max } => {
            let others: Vec<&Choice> = options.iter().filter(|o| !o.exclusive).collect();
            let first = dice.below(options.len());
            let least = min.unwrap_or(1).max(1);
            let alone = options.get(first).filter(|o| o.exclusive);
            if let Some(alone) = alone.or(options.first().filter(|_| others.len() < least)) {
                return Some(Answer::Choices([alone.key.clone()].into()));
            }
            let most = max.unwrap_or(others.len()).clamp(least, least + 2);
            let take = least + dice.below(most - least + 1);
            let chosen = (0..take).map(|i| others[(first + i) % others.len()].key.clone());
            Answer::Choices(chosen.collect())
        }
        Value::Number {
            min, max, decimals, ..
        } => {
            let low = min.unwrap_or(0.0);
            let high = max.unwrap_or(low + 500.0).max(low);
            let grid = 10f64.powi(i32::from(*decimals));
            let number = low + dice.below(1_000) as f64 / 1_000.0 * (high - low);
            Answer::Number(((number * grid).floor() / grid).max(low))
        }
        Value::Text {
            max_length,
            pattern,
            ..
        } => {
            let fits = |text: &&str| {
                let whole = pattern.is_none_or(|pattern| pattern.fits(text));
                whole && text.chars().count() <= *max_length
            };
            let known = [
                "Probe",
                "12345",
                "A",
                "1",
                "2016",
                "0123456789",
                "01.01.2016",
            ];
            Answer::Text(known.into_iter().find(|text| fits(text))?.to_owned())
        }
        Value::Date { min, max } => {
            let day = jiff::civil::date(2015, 1 + dice.below(12) as i8, 1);
            let day = min.map_or(day, |min| day.max(min));
            Answer::Date(max.map_or(day, |max| day.min(max)))
        }
        Value::Email => Answer::Text("probe@kommune.example".to_owned()),
        Value::Municipality => Answer::Municipality(Place {
            key: own.to_string(),
            name: own.to_string(),
        }),
        Value::Ranking { options, min, max } => {
            let first = dice.below(options.len());
            let least = min.unwrap_or(1).max(1);
            let most = max
                .unwrap_or(options.len())
                .clamp(least, options.len().max(least));
            let take = least + dice.below(most - least + 1);
            let ranked = (0..take.min(options.len()))
                .map(|i| options[(first + i) % options.len()].key.clone());
            Answer::Ranking(ranked.collect())
        }
        Value::Files { .. } | Value::Nominations { .. } => return None,
    })
}

/// Numbers with a rule for their sum keep it: the first takes what the bound leaves, the others are nothing.
fn add_up(questionnaire: &Questionnaire, question: &Question, answers: &mut Answers) {
    let QuestionKind::Numbers { sum: Some(sum), .. } = &question.kind else {
        return;
    };
    let bound = sum.bound.as_ref();
    let Some(bound) = bound.and_then(|bound| questionnaire.number(bound, answers)) else {
        return;
    };
    for (at, variable) in question.variables_shown(answers).into_iter().enumerate() {
        let number = if at == 0 { bound } else { 0.0 };
        answers.insert(variable, Answer::Number(number));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each type of question: what is made up fits what it takes, so that the dataset can be frozen.
    #[test]
    fn every_type_is_answered_as_it_is_asked() {
        let file = include_str!("../../../../demo/fragentypen.yaml");
        let questionnaire = Questionnaire::read(file, "fragentypen.yaml").unwrap();
        let own = Key::new("05999001").unwrap();
        let mut given = std::collections::BTreeSet::new();
        for seed in 0..40 {
            let (answers, pages) = answers(&questionnaire, &own, &mut Dice(seed), false);
            assert!(pages.len() >= 5, "{pages:?}");
            for (variable, answer) in &answers {
                let part = questionnaire.variable(variable).unwrap().part;
                let fits = matches!(
                    (&part.value, answer),
                    (Value::Choice { .. }, Answer::Choice(_))
                        | (Value::Choices { .. }, Answer::Choices(_))
                        | (Value::Number { .. }, Answer::Number(_))
                        | (Value::Text { .. } | Value::Email, Answer::Text(_))
                        | (Value::Date { .. }, Answer::Date(_))
                        | (Value::Municipality, Answer::Municipality(_))
                        | (Value::Ranking { .. }, Answer::Ranking(_))
                );
                assert!(fits, "{variable}: {answer:?}");
                given.insert(variable.question().to_owned());
            }
        }
        let asked = questionnaire
            .questions()
            .filter(|q| !q.variables().is_empty());
        let left: Vec<&str> = asked
            .filter(|q| !given.contains(&q.key))
            .map(|q| q.key.as_str())
            .collect();
        assert!(left.len() <= 2, "files and practices only: {left:?}");
    }
}
