//! The demo study: invented municipalities, two closed waves of 2016, an open one to try, editions.

mod answers;
mod autumn;
mod coding;
mod edition;
mod practices;
mod steps;

use std::collections::BTreeMap;

use anyhow::{Context, bail};
use fieldwork::{AnswerRecord, Origin, Response, Supporter, Wave, WaveName};
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use questionnaire::{Questionnaire, Text};
use register::{Key, Register};
use store::{NewInvitation, Store, StoredWave};

use crate::invite::{Invited, Whom, invite};
use crate::{clock, close, publish, secrets};
use answers::Round;
use steps::Steps;

/// Seed of everything that is made up.
pub const SEED: u64 = 2016;
/// Key of the demo's edition.
pub const EDITION: &str = "2016-1";
/// Key of its second edition, which says what has changed.
pub const EDITION_AGAIN: &str = "2016-2";
const CLOSED: &str = "2016-1";
const AGAIN: &str = "2016-2";
const OPEN: &str = "probe";
const QUESTIONNAIRE: &str = include_str!("../../../../demo/fragebogen.yaml");
const QUESTIONNAIRE_AGAIN: &str = include_str!("../../../../demo/fragebogen-2016-2.yaml");

/// Whether a database holds the demo: not at all, or whole. Anything else is refused: half a demo, or a real study.
pub async fn is_built(store: &Store) -> anyhow::Result<bool> {
    let waves = store.waves().await?;
    let ours = |name: &str| {
        waves
            .iter()
            .any(|w| w.wave.name.0 == name && w.wave.synthetic)
    };
    let edition = store.edition(EDITION_AGAIN).await?;
    if ours(CLOSED) && ours(AGAIN) && ours(OPEN) {
        return match edition {
            Some(edition) if edition.published.is_some() => Ok(true),
            _ => bail!(
                "{}: an earlier demo was interrupted here; remove the folder or name another one",
                store.folder().display()
            ),
        };
    }
    if !waves.is_empty() || store.newest_register().await?.is_some() {
        bail!(
            "{}: there is another study here, or a demo that was interrupted; name a new folder",
            store.folder().display()
        );
    }
    Ok(false)
}

/// Builds the demo unless the database holds it already. Returns a ready invitation to the open wave.
pub async fn build(
    store: &Store,
    register: Option<Register>,
    base_url: &str,
) -> anyhow::Result<Invited> {
    let steps = Steps::new(9);
    if !is_built(store).await? {
        build_study(store, register, &steps).await?;
    }
    let mut invited = invite(
        store,
        &WaveName(OPEN.to_owned()),
        Whom::Count(1),
        base_url,
        clock::now(),
        |_| Ok(()),
    )
    .await?;
    steps.end();
    invited
        .pop()
        .context("nobody is left to be invited to the open wave")
}

async fn build_study(
    store: &Store,
    register: Option<Register>,
    steps: &Steps,
) -> anyhow::Result<()> {
    steps.begin("list of municipalities");
    let label = if register.is_some() {
        "imported"
    } else {
        "invented"
    };
    let register = register.unwrap_or_else(|| Register::invented(SEED));
    let register_list = store
        .import_register(&register, label, clock::now())
        .await?;

    steps.begin("questionnaire and waves");
    let questionnaire = Questionnaire::read(QUESTIONNAIRE, "demo/fragebogen.yaml")?;
    let first = wave(
        CLOSED,
        "Winter 2016",
        clock::midnight(date(2016, 1, 25)),
        clock::midnight(date(2016, 3, 6)),
    );
    let today = clock::midnight(clock::day(clock::now()));
    let year = SignedDuration::from_hours(24 * 365);
    let second = wave(
        AGAIN,
        "Herbst 2016",
        clock::midnight(date(2016, 10, 31)),
        clock::midnight(date(2016, 12, 10)),
    );
    let open = wave(OPEN, "zum Ausprobieren", today, today + year);
    for (wave, questionnaire) in [
        (&first, QUESTIONNAIRE),
        (&second, QUESTIONNAIRE_AGAIN),
        (&open, QUESTIONNAIRE),
    ] {
        let stored = StoredWave {
            wave: wave.clone(),
            register_list,
            questionnaire: questionnaire.to_owned(),
        };
        store.put_wave(stored, clock::now(), "demo").await?;
    }

    steps.begin("invitations");
    invite_all(store, &first, &register).await?;
    invite_all(store, &second, &register).await?;

    steps.begin("responses");
    let winter = answers::respondents(&register, SEED);
    let autumn = autumn::respondents(&register, &winter);
    let again = Questionnaire::read(QUESTIONNAIRE_AGAIN, "demo/fragebogen-2016-2.yaml")?;
    let came = responses(&questionnaire, &register, &first, Round::Winter, &winter);
    let came = coding::with_permissions(came);
    store.import_responses(came, first.opens).await?;
    let came = responses(&again, &register, &second, Round::Autumn, &autumn);
    let came = coding::with_permissions(came);
    store.import_responses(came, second.opens).await?;

    steps.begin("dataset, estimates, findings");
    let closed_at = clock::midnight(CLOSED_ON);
    close::close_wave(store, &first.name, closed_at, "demo").await?;
    let again_at = clock::midnight(CLOSED_AGAIN_ON);
    close::close_wave(store, &second.name, again_at, "demo").await?;
    coding::add(store, &second.name, again_at).await?;

    steps.begin("practices and edition");
    let examples = practices::add(store, &first, closed_at).await?;
    let draft = edition::draft(CLOSED, examples.clone())?;
    let draft_again = edition::draft_again(AGAIN, examples)?;
    let (out_at, out_again_at) = (morning(draft.date), morning(draft_again.date));
    for (draft, at) in [(draft, closed_at), (draft_again, again_at)] {
        store
            .save_edition(draft, 0, at, "demo")
            .await?
            .map_err(|_| anyhow::anyhow!("the edition was written by somebody else"))?;
    }

    steps.begin("handbook, site and data");
    publish::publish(store, EDITION, None, out_at, "demo").await?;
    steps.begin("second edition, with the change");
    publish::publish(store, EDITION_AGAIN, None, out_again_at, "demo").await?;
    practices::age(store, clock::now()).await?;
    Ok(())
}

/// The moment of a day at which editions are published.
fn morning(day: Date) -> Timestamp {
    clock::midnight(day) + SignedDuration::from_mins(10 * 60 + 15)
}

/// Day on which the demo's first wave was closed.
const CLOSED_ON: Date = date(2016, 3, 7);
/// Day on which its second wave was closed.
const CLOSED_AGAIN_ON: Date = date(2016, 12, 12);

fn wave(name: &str, when: &str, opens: Timestamp, closes: Timestamp) -> Wave {
    let supporter = |name: &str, logo: &str| Supporter {
        name: name.to_owned(),
        logo_svg: Some(logo.to_owned()),
    };
    let english = match name {
        OPEN => "to try out",
        AGAIN => "autumn 2016",
        _ => "winter 2016",
    };
    Wave {
        name: WaveName(name.to_owned()),
        title: Text {
            de: format!("Aufnahme und Integration in den Kommunen, {when}"),
            en: format!("Reception and integration in the municipalities, {english}"),
        },
        purpose: Text {
            de: "Wir fragen Städte, Gemeinden und Landkreise, wie sie Geflüchtete aufnehmen und integrieren: \
                 was zu tun ist, was dabei trägt und was fehlt. Die Ergebnisse und gute Beispiele gehen an alle Kommunen zurück."
                .to_owned(),
            en: "We ask cities, towns, municipalities and counties how they receive and integrate refugees: \
                 what is to be done, what carries the work and what is missing. Results and good examples go back to all of them."
                .to_owned(),
        },
        institute: supporter(edition::INSTITUTE, edition::INSTITUTE_LOGO),
        funder: supporter(edition::FUNDER, edition::FUNDER_LOGO),
        supporters: edition::SUPPORTERS.iter().map(|(name, logo)| supporter(name, logo)).collect(),
        contact: "studie@institut.example".to_owned(),
        minutes: (15, 20),
        opens,
        closes,
        frozen: None,
        synthetic: true,
    }
}

/// Everybody is invited; the secrets are thrown away, since the wave is closed.
async fn invite_all(store: &Store, wave: &Wave, register: &Register) -> anyhow::Result<()> {
    let mut by_channel: BTreeMap<&str, Vec<NewInvitation>> = BTreeMap::new();
    for unit in register
        .municipalities()
        .iter()
        .filter(|m| m.population().is_some())
    {
        let (token, code) = (secrets::token()?, secrets::code()?);
        let channel = answers::channel(&unit.key, SEED);
        by_channel.entry(channel).or_default().push(NewInvitation {
            municipality: unit.key.clone(),
            link: token.hash(),
            code: code.hash(),
        });
    }
    for (channel, new) in by_channel {
        let invited = store.invite(&wave.name, channel, new, wave.opens, "demo");
        invited.await?;
    }
    Ok(())
}

fn responses(
    questionnaire: &Questionnaire,
    register: &Register,
    wave: &Wave,
    round: Round,
    keys: &[Key],
) -> Vec<Response> {
    let units = keys.iter().filter_map(|key| register.get(key));
    units
        .map(|unit| {
            let answers = answers::synthetic_answers(questionnaire, unit, SEED, round);
            let hours = answers::hours(unit, round.seed(SEED));
            let saved = wave.opens + SignedDuration::from_hours(hours);
            let records: BTreeMap<_, _> = answers
                .into_iter()
                .map(|(variable, answer)| {
                    (
                        variable,
                        AnswerRecord {
                            answer: Some(answer),
                            version: 1,
                            saved,
                            by: Origin::Contact,
                        },
                    )
                })
                .collect();
            let progress = questionnaire.missing(&records_answers(&records)).is_empty();
            Response {
                wave: wave.name.clone(),
                municipality: unit.key.clone(),
                records,
                submitted: progress.then_some(saved),
            }
        })
        .collect()
}

fn records_answers(
    records: &BTreeMap<questionnaire::VariableKey, AnswerRecord>,
) -> questionnaire::Answers {
    records
        .iter()
        .filter_map(|(key, record)| Some((key.clone(), record.answer.clone()?)))
        .collect()
}
