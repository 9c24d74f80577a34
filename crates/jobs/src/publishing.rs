//! Editions that were asked for in the back office: made beside the server, one after another.

use std::pin::Pin;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use store::{Publishing, Store, StoreError};
use tokio::sync::watch;

/// Publishes an edition (key, moment, actor), or says why not, in words for editors.
pub type Publish = dyn Fn(String, Timestamp, String) -> Pin<Box<dyn Future<Output = Result<(), String>> + Send>>
    + Send
    + Sync;

/// Between two looks at what was asked for.
const EVERY: Duration = Duration::from_secs(2);
/// Between two signs of a publication that is under way.
const SIGN: Duration = Duration::from_secs(10);
/// After so long without a sign it was interrupted, and somebody else begins it again: it writes the same.
const SILENT: SignedDuration = SignedDuration::from_secs(60);

/// Publishes one edition that waits; whether there was one.
pub async fn publish_waiting(
    store: &Store,
    publish: &Publish,
    clock: fn() -> Timestamp,
) -> Result<bool, StoreError> {
    let now = clock();
    let Some(asked) = store.take_publishing(now - SILENT, now).await? else {
        return Ok(false);
    };
    let Publishing { edition, by, .. } = asked;
    // On a task of its own: whatever happens in it, the row gets its end.
    let mut made = tokio::spawn(publish(edition.clone(), now, by));
    let outcome = loop {
        tokio::select! {
            outcome = &mut made => break outcome,
            () = tokio::time::sleep(SIGN) => store.publishing_alive(&edition, clock()).await?,
        }
    };
    let fault = match outcome {
        Ok(Ok(())) => String::new(),
        Ok(Err(fault)) => fault,
        Err(error) => error.to_string(),
    };
    if !fault.is_empty() {
        tracing::warn!(%edition, %fault, "an edition was not published");
    }
    store.end_publishing(&edition, clock(), &fault).await?;
    Ok(true)
}

/// Publishes what is asked for until `stop` is true; an edition at hand is finished.
pub async fn run_publishing(
    store: Store,
    publish: std::sync::Arc<Publish>,
    clock: fn() -> Timestamp,
    mut stop: watch::Receiver<bool>,
) {
    while !*stop.borrow() {
        match publish_waiting(&store, &*publish, clock).await {
            Ok(true) => continue,
            Ok(false) => {}
            Err(error) => tracing::error!(%error, "publishing stopped for a moment"),
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            changed = stop.changed() => if changed.is_err() { break },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use edition::{Beginning, Draft};
    use fieldwork::{Supporter, Wave, WaveName};
    use questionnaire::Text;

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_467_360_000 + second).unwrap()
    }

    fn draft() -> Draft {
        let text = Text {
            de: "Probe".into(),
            en: "Trial".into(),
        };
        let organisation = Supporter {
            name: "Institut".into(),
            logo_svg: None,
        };
        let wave = Wave {
            name: WaveName("probe".into()),
            title: text.clone(),
            purpose: text,
            institute: organisation.clone(),
            funder: organisation,
            supporters: Vec::new(),
            contact: "a@b.example".into(),
            minutes: (5, 10),
            opens: at(0),
            closes: at(1),
            frozen: None,
            synthetic: true,
        };
        let new = Beginning {
            key: "2016-1".into(),
            title: "Probe".into(),
            date: jiff::civil::date(2016, 7, 1),
            compare_with: None,
        };
        Draft::begin(new, &wave, &[], practices::default_fields())
    }

    #[tokio::test]
    async fn an_edition_is_published_once_and_a_publication_that_was_interrupted_again() {
        let folder = std::env::temp_dir().join(format!("voneinander-jobs-{}", std::process::id()));
        let store = Store::create(&folder).await.unwrap();
        store
            .save_edition(draft(), 0, at(0), "e")
            .await
            .unwrap()
            .unwrap();
        let fails: Arc<Publish> =
            Arc::new(|_, _, _| Box::pin(async { Err("so nicht".to_owned()) }));
        let works: Arc<Publish> = Arc::new(|_, _, _| Box::pin(async { Ok(()) }));
        assert!(!publish_waiting(&store, &*works, || at(1)).await.unwrap());
        assert!(store.ask_publishing("2016-1", at(2), "e").await.unwrap());
        assert!(!store.ask_publishing("2016-1", at(2), "f").await.unwrap());
        assert!(publish_waiting(&store, &*fails, || at(3)).await.unwrap());
        let told = store.publishing("2016-1").await.unwrap().unwrap();
        assert_eq!((told.ended, told.fault.as_str()), (Some(at(3)), "so nicht"));
        // Taken by a node that ends: another one waits for its signs and begins again.
        assert!(store.ask_publishing("2016-1", at(10), "e").await.unwrap());
        let taken = store
            .take_publishing(at(10) - SILENT, at(10))
            .await
            .unwrap();
        assert!(taken.is_some());
        assert!(!publish_waiting(&store, &*works, || at(60)).await.unwrap());
        assert!(publish_waiting(&store, &*works, || at(71)).await.unwrap());
        let told = store.publishing("2016-1").await.unwrap().unwrap();
        assert_eq!((told.ended, told.fault.as_str()), (Some(at(71)), ""));
        assert!(!publish_waiting(&store, &*works, || at(200)).await.unwrap());
        store.close().await;
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
