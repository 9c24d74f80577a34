//! Mailings: who gets which text now, and sending it.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, bail};
use edition::numbers;
use fieldwork::{
    AccessCode, AccessHash, AccessToken, Addressee, Contact, MailingOrder, MailingPlan, Message,
    MessageKind, Phase, Standing, Wave, WaveName, gets,
};
use jiff::{SignedDuration, Timestamp};
use questionnaire::Lang;
use register::{Key, Register};
use store::{KeptContact, MailingLine, NewMail, Store};

use crate::{clock, secrets};

/// All that a mailing of one wave reads.
pub(super) struct Field {
    pub wave: Wave,
    pub register: Register,
    pub contacts: BTreeMap<Key, KeptContact>,
    standing: BTreeMap<Key, Standing>,
}

/// The last day on which answers can be given, in words.
pub(super) fn deadline(wave: &Wave) -> String {
    let last = clock::day(wave.closes - SignedDuration::from_millis(1));
    numbers::date(Lang::De, last)
}

/// The wave with everything around it. Who belongs to it: its population, and who was invited beside it.
pub(super) async fn field(
    store: &Store,
    name: &WaveName,
    kind: MessageKind,
) -> anyhow::Result<Field> {
    let stored = store
        .wave(name)
        .await?
        .with_context(|| format!("there is no wave \"{name}\""))?;
    let register = store
        .register(stored.register_list)
        .await?
        .context("the wave's list of municipalities is gone")?;
    let contacts = store.contacts(name).await?;
    let written = store.written_to(name, kind).await?;
    let invitations = store.invitations(name).await?;
    let mut keys: BTreeSet<Key> = match store.population(name).await? {
        Some(population) => population.chosen.keys.into_iter().collect(),
        None => contacts.keys().cloned().collect(),
    };
    keys.extend(invitations.iter().map(|i| i.municipality.clone()));
    let mut standing: BTreeMap<Key, Standing> = keys
        .into_iter()
        .filter(|key| register.get(key).is_some())
        .map(|key| {
            let mut s = Standing {
                round: written.get(&key).copied(),
                ..Standing::default()
            };
            if let Some(kept) = contacts.get(&key) {
                s.objected = kept.objected.is_some();
                s.bounced = kept.bounced.is_some();
                s.has_mail = kept.contact.mail.is_some();
                s.has_address = kept.contact.has_address();
            }
            (key, s)
        })
        .collect();
    for invitation in invitations {
        if let Some(s) = standing.get_mut(&invitation.municipality) {
            s.invited = true;
            s.submitted = invitation.submitted.is_some();
            s.withdrawn = invitation.withdrawn.is_some();
        }
    }
    Ok(Field {
        wave: stored.wave,
        register,
        contacts,
        standing,
    })
}

/// What stands for link and code before they are made.
const NO_CODE: &str = "XXXX-XXXX-XXXX-XXXX";

/// What a mailing would do now.
pub async fn plan(
    store: &Store,
    order: &MailingOrder,
    base_url: &str,
) -> anyhow::Result<MailingPlan> {
    let field = field(store, &order.wave, order.kind).await?;
    let (text, _) = store.wave_text(&order.wave, order.kind).await?;
    // The rounds of registrations are numbers of their own.
    let rounds = field
        .standing
        .values()
        .filter_map(|s| s.round)
        .filter(|r| *r < 1_000_000);
    let last = rounds.max().unwrap_or(0);
    let round = order.round.unwrap_or(match order.kind {
        // Who was added to the population later still gets the first one.
        MessageKind::Invitation | MessageKind::Thanks => 1,
        _ => last + 1,
    });
    let only: Option<BTreeSet<&Key>> = order.only.as_ref().map(|keys| keys.iter().collect());
    let mut to = Vec::new();
    let mut left_out = BTreeMap::new();
    for (key, standing) in &field.standing {
        if only.as_ref().is_some_and(|only| !only.contains(key)) {
            continue;
        }
        match gets(order.kind, round, order.unreachable_only, standing) {
            Ok(()) => to.push(key.clone()),
            Err(reason) => *left_out.entry(reason).or_insert(0) += 1,
        }
    }
    let shown = order.preview.as_ref().or(to.first());
    let preview = shown.and_then(|key| {
        let municipality = field.register.get(key)?;
        let kept = field.contacts.get(key)?;
        let link = format!("{base_url}/antworten/…");
        let addressee = Addressee {
            wave: &field.wave,
            municipality,
            contact: &kept.contact,
            base_url,
            link: &link,
            code: NO_CODE,
            deadline: &deadline(&field.wave),
        };
        let address = match order.kind {
            MessageKind::Letter => kept.contact.address(&municipality.name).join(", "),
            _ => kept.contact.mail.clone().unwrap_or_default(),
        };
        Some((
            municipality.name.clone(),
            address,
            text.fill(&addressee.values()),
        ))
    });
    let faults = text
        .check(order.kind)
        .iter()
        .map(ToString::to_string)
        .collect();
    Ok(MailingPlan {
        round,
        to,
        left_out,
        text,
        faults,
        preview,
    })
}

/// A new access with its secrets in words.
pub(super) struct Access {
    pub link: String,
    pub code: String,
    pub hashes: (AccessHash, AccessHash),
}

/// Makes a new link and code; the secrets are nowhere but in the text.
pub(super) fn access(base_url: &str) -> anyhow::Result<Access> {
    let (token, code): (AccessToken, AccessCode) = (secrets::token()?, secrets::code()?);
    Ok(Access {
        link: format!("{base_url}/antworten/{}", token.as_str()),
        code: code.grouped(),
        hashes: (token.hash(), code.hash()),
    })
}

/// Whether a wave may be written to now, or why not.
pub(super) fn open(wave: &Wave, kind: MessageKind, at: Timestamp) -> anyhow::Result<()> {
    if wave.phase(at) == Phase::Closed && kind != MessageKind::Thanks {
        bail!(
            "Der Befragungszeitraum ist am {} zu Ende gegangen: {} wird nichts mehr verschickt",
            deadline(wave),
            wave.title.de
        );
    }
    Ok(())
}

/// The text for one municipality, with a new access.
fn line(
    field: &Field,
    key: &Key,
    text: &Message,
    kind: MessageKind,
    base_url: &str,
) -> anyhow::Result<Option<MailingLine>> {
    let unit = field.register.get(key);
    let (Some(municipality), Some(kept)) = (unit, field.contacts.get(key)) else {
        return Ok(None);
    };
    let Some(to) = kept.mail() else {
        return Ok(None);
    };
    let access = access(base_url)?;
    let addressee = Addressee {
        wave: &field.wave,
        municipality,
        contact: &kept.contact,
        base_url,
        link: &access.link,
        code: &access.code,
        deadline: &deadline(&field.wave),
    };
    let filled = text.fill(&addressee.values());
    let wants = |name: &str| [&text.subject, &text.body].iter().any(|t| t.contains(name));
    let shows = wants("{link}") || wants("{code}") || kind == MessageKind::Invitation;
    Ok(Some(MailingLine {
        municipality: key.clone(),
        access: shows.then_some(access.hashes),
        mail: Some(NewMail {
            to: to.to_owned(),
            subject: filled.subject,
            body: filled.body,
        }),
    }))
}

/// Queues a mailing; returns how many municipalities are written to. Asked for twice it writes once.
pub async fn send(
    store: &Store,
    order: &MailingOrder,
    base_url: &str,
    at: Timestamp,
    actor: &str,
) -> anyhow::Result<usize> {
    let plan = plan(store, order, base_url).await?;
    if !plan.faults.is_empty() {
        bail!("{}", plan.faults.join("\n"));
    }
    let field = field(store, &order.wave, order.kind).await?;
    open(&field.wave, order.kind, at)?;
    let mut lines = Vec::new();
    for key in &plan.to {
        lines.extend(line(&field, key, &plan.text, order.kind, base_url)?);
    }
    let written = store
        .queue_mailing(
            &order.wave,
            order.kind,
            plan.round,
            "E-Mail",
            lines,
            (at, actor),
        )
        .await?;
    Ok(written.len())
}

/// The contact where there is none: letters can go to the municipality itself, mails cannot.
pub(super) fn nobody() -> Contact {
    Contact::default()
}
