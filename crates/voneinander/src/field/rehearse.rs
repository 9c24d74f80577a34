//! The rehearsal of a wave: on a copy that is thrown away, with generated answers, from invitation to evaluation.

use std::collections::BTreeMap;
use std::time::Instant;

use anyhow::{Context, bail};
use fieldwork::{AnswerRecord, Disposition, MailingOrder, MessageKind, Response, WaveName};
use jiff::{SignedDuration, Timestamp};
use jobs::Outbox;
use questionnaire::{Answer, Answers, Question, QuestionKind, Questionnaire, VariableKey};
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
        let (answers, pages) = answers(&questionnaire, &mut dice, course == 6);
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
fn answers(questionnaire: &Questionnaire, dice: &mut Dice, stops: bool) -> (Answers, Vec<String>) {
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
                for variable in question.variables() {
                    if let Some(answer) = answer(question, dice) {
                        answers.insert(variable, answer);
                    }
                }
            }
        }
    }
    (answers, pages)
}

fn answer(question: &Question, dice: &mut Dice) -> Option<Answer> {
    let codes: Vec<String> = question
        .codes()
        .iter()
        .map(|(key, _)| (*key).to_owned())
        .collect();
    match &question.kind {
        QuestionKind::Multiple { max, .. } => {
            let most = max.unwrap_or(codes.len()).clamp(1, 3);
            let first = dice.below(codes.len());
            let alone = dice.below(2) == 0;
            let take = if alone { 1 } else { 1 + dice.below(most) };
            let chosen = (0..take).map(|i| codes[(first + i) % codes.len()].clone());
            Some(Answer::Choices(chosen.collect()))
        }
        QuestionKind::Number { min, max, .. } => {
            let low = min.unwrap_or(0.0).ceil();
            let high = max.unwrap_or(low + 500.0).floor().max(low);
            Some(Answer::Number(
                low + (dice.below(1_000) as f64 / 1_000.0 * (high - low)).floor(),
            ))
        }
        QuestionKind::ShortText { .. } | QuestionKind::LongText { .. } => {
            Some(Answer::Text("Probe".to_owned()))
        }
        _ if !codes.is_empty() => Some(Answer::Choice(codes[dice.below(codes.len())].clone())),
        _ => None,
    }
}
