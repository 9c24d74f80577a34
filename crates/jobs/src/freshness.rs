//! Owners are asked once a year, and with each wave, whether their example still runs; silence lets it fade.

use edition::translation::text;
use fieldwork::AccessToken;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use practices::{Due, PublishedExample, due};
use questionnaire::Lang;
use store::{NewMail, Store, StoreError};

/// What one look at all examples did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// Owners who were asked.
    pub asked: usize,
    /// Owners who were reminded.
    pub reminded: usize,
    /// Examples that faded.
    pub faded: usize,
}

/// The day in Germany at a moment.
pub(crate) fn day(at: Timestamp) -> Date {
    let zone = TimeZone::get("Europe/Berlin").expect("the time zone table is compiled in");
    at.to_zoned(zone).date()
}

/// Looks at all published examples and does what is due: asks, reminds, lets fade. `secret` gives 16 random bytes for
/// each link; `base_url` is where the service is reached.
pub async fn ask_owners(
    store: &Store,
    base_url: &str,
    now: Timestamp,
    secret: &(dyn Fn() -> [u8; 16] + Send + Sync),
) -> Result<Asked, StoreError> {
    let today = day(now);
    let waves: Vec<Date> = store
        .waves()
        .await?
        .iter()
        .map(|w| day(w.wave.opens))
        .collect();
    let asked = store.asked_owners().await?;
    let mut done = Asked::default();
    for example in store.published().await? {
        let before = asked.get(&example.id).map_or(&[][..], Vec::as_slice);
        let faded = example.faded.is_some();
        let step = due(example.confirmed, before, &waves, faded, today);
        match step {
            Due::Nothing => continue,
            Due::Fade => {
                store.fade(example.id, now).await?;
                done.faded += 1;
                continue;
            }
            Due::Ask => done.asked += 1,
            Due::Remind => done.reminded += 1,
        }
        let to = address(store, &example).await?;
        // Where nobody is known, the day counts all the same: an example nobody can confirm must not look fresh.
        let question = to.map(|to| {
            let token = AccessToken::from_random(secret());
            let key = if step == Due::Ask { "ask" } else { "remind" };
            let link = format!("{base_url}/bestaetigen/{}", token.as_str());
            (token.hash(), mail(&to, key, &example, &link))
        });
        store.ask_owner(example.id, question, now, today).await?;
    }
    Ok(done)
}

async fn address(store: &Store, example: &PublishedExample) -> Result<Option<String>, StoreError> {
    let owner = store.owner_mail(example.id).await?;
    if owner.contains('@') {
        return Ok(Some(owner));
    }
    // A mailbox that was not released is not published; writing to it is what it is for.
    let practice = store.practice(example.id).await?;
    Ok(practice.and_then(|p| p.form.mailbox))
}

fn mail(to: &str, key: &str, example: &PublishedExample, link: &str) -> NewMail {
    let on = edition::numbers::date(Lang::De, example.confirmed);
    let title = &example.publication.form.title;
    let values = [("title", title.as_str()), ("day", &on), ("link", link)];
    let said = |what: &str| {
        text(
            Lang::De,
            &format!("web-practice-mail-{key}-{what}"),
            &values,
        )
    };
    NewMail {
        to: to.to_owned(),
        subject: said("subject"),
        body: said("body"),
    }
}
