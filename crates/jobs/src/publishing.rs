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
