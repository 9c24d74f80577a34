//! A mail goes out at most once: put off by a real SMTP server it waits as long as it should, and one that was claimed
//! when the program ended waits for a person. The clock is the story's.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};
use jobs::{Outbox, deliver_waiting};
use store::{MailState, NewMail, Store};
use stories::smtp::{Mood, Smtp};
use tokio::sync::{Mutex, watch};

/// Seconds since the story's first moment; one story has it at a time.
static NOW: AtomicI64 = AtomicI64::new(0);
static CLOCK: Mutex<()> = Mutex::const_new(());

fn clock() -> Timestamp {
    let begin: Timestamp = "2026-03-01T08:00:00Z".parse().expect("a moment");
    begin + SignedDuration::from_secs(NOW.load(Ordering::SeqCst))
}

fn at(minutes: i64, seconds: i64) {
    NOW.store(minutes * 60 + seconds, Ordering::SeqCst);
}

async fn one_mail(name: &str) -> anyhow::Result<Store> {
    let store = Store::create(&stories::folder(name)?).await?;
    let mail = NewMail {
        to: "amt@kommune.example".to_owned(),
        subject: "Einladung".to_owned(),
        body: "Guten Tag".to_owned(),
    };
    store.queue_mails(vec![mail], clock()).await?;
    Ok(store)
}

/// Nothing is left behind.
async fn over(store: Store) -> anyhow::Result<()> {
    let folder = store.folder().to_owned();
    store.close().await;
    Ok(std::fs::remove_dir_all(folder)?)
}

async fn state(store: &Store) -> anyhow::Result<(MailState, i64)> {
    let mail = store.mails(1).await?.remove(0);
    Ok((mail.state, mail.attempts))
}

#[tokio::test]
async fn a_server_that_is_busy_is_asked_again_after_ever_longer_pauses() -> anyhow::Result<()> {
    let _own = CLOCK.lock().await;
    at(0, 0);
    let smtp = Smtp::start()?;
    let outbox = Outbox::smtp(&smtp.url, "Studie <studie@institut.example>")?;
    let (_go, stop) = watch::channel(false);
    let store = one_mail("mailing-busy").await?;
    smtp.be(Mood::Busy);
    // Minutes after which it is tried once more; one second before, it is not.
    let (mut minutes, mut attempts) = (0, 1);
    deliver_waiting(&store, &outbox, clock, &stop).await?;
    for pause in [1, 5, 15, 60, 240, 720, 1_440, 1_440] {
        assert_eq!(state(&store).await?, (MailState::Queued, attempts));
        minutes += pause;
        at(minutes - 1, 59);
        deliver_waiting(&store, &outbox, clock, &stop).await?;
        assert_eq!(
            state(&store).await?,
            (MailState::Queued, attempts),
            "too early"
        );
        at(minutes, 0);
        deliver_waiting(&store, &outbox, clock, &stop).await?;
        attempts += 1;
        assert_eq!(smtp.begun() as i64, attempts);
    }
    assert_eq!(
        state(&store).await?,
        (MailState::Failed, 9),
        "two and a half days are enough"
    );
    assert!(smtp.taken().is_empty());
    // A person tries again; the server is well: it goes out, once.
    let id = store.mails(1).await?[0].id;
    assert!(
        store
            .send_mail_again(id, clock(), "forschung@institut.example")
            .await?
    );
    smtp.be(Mood::Busy);
    deliver_waiting(&store, &outbox, clock, &stop).await?;
    smtp.be(Mood::Kind);
    at(minutes + 1, 0);
    for _ in 0..3 {
        deliver_waiting(&store, &outbox, clock, &stop).await?;
        NOW.fetch_add(86_400, Ordering::SeqCst);
    }
    assert_eq!(smtp.taken().len(), 1);
    assert_eq!(state(&store).await?.0, MailState::Sent);
    over(store).await
}

#[tokio::test]
async fn a_mail_that_was_claimed_when_the_program_ended_waits_for_a_person() -> anyhow::Result<()> {
    let _own = CLOCK.lock().await;
    at(0, 0);
    let smtp = Smtp::start()?;
    let outbox = Outbox::smtp(&smtp.url, "Studie <studie@institut.example>")?;
    let (_go, stop) = watch::channel(false);
    let store = one_mail("mailing-claimed").await?;
    // Claimed, durable; what would have sent it is gone. Another program on the same database does not take it.
    let claimed = store.take_mail(clock()).await?;
    assert!(claimed.is_some());
    let folder = store.folder().to_owned();
    store.close().await;
    let store = Store::open(&folder).await?;
    for minutes in [0, 1, 14] {
        at(minutes, 59);
        assert_eq!(deliver_waiting(&store, &outbox, clock, &stop).await?, 0);
        assert_eq!(
            state(&store).await?,
            (MailState::Sending, 1),
            "after {minutes} minutes"
        );
    }
    at(16, 0);
    deliver_waiting(&store, &outbox, clock, &stop).await?;
    assert_eq!(state(&store).await?.0, MailState::Unclear);
    at(60 * 24 * 30, 0);
    deliver_waiting(&store, &outbox, clock, &stop).await?;
    assert_eq!(smtp.begun(), 0, "nobody decided that it goes out");
    let id = store.mails(1).await?[0].id;
    assert!(
        store
            .send_mail_again(id, clock(), "forschung@institut.example")
            .await?
    );
    assert_eq!(deliver_waiting(&store, &outbox, clock, &stop).await?, 1);
    assert_eq!(smtp.taken().len(), 1);
    assert!(
        !store.send_mail_again(id, clock(), "x").await?,
        "it was sent"
    );
    over(store).await
}
