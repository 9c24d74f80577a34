//! What happens by itself, day by day: owners are asked, examples fade, links are looked at, retention periods kept.

use std::time::Duration;

use jiff::Timestamp;
use store::Store;
use tokio::sync::watch;

use crate::{ask_owners, keep_periods, look_at_links};

/// Between two rounds; what is due is decided by days, not by rounds.
const EVERY: Duration = Duration::from_secs(6 * 3600);
/// Before the first look at links, so that a service that is only tried out asks nobody.
const FIRST_LINKS: Duration = Duration::from_secs(10 * 60);

/// Goes on until `stop` is true.
pub async fn run_daily(
    store: Store,
    base_url: String,
    clock: fn() -> Timestamp,
    secret: fn() -> [u8; 16],
    mut stop: watch::Receiver<bool>,
) {
    let mut pause = FIRST_LINKS;
    while !*stop.borrow() {
        match ask_owners(&store, &base_url, clock(), &secret).await {
            Ok(done) => tracing::debug!(?done, "owners were asked"),
            Err(error) => tracing::error!(%error, "owners could not be asked"),
        }
        match keep_periods(&store, clock()).await {
            Ok(rows) => tracing::debug!(rows, "retention periods were kept"),
            Err(error) => tracing::error!(%error, "retention periods could not be kept"),
        }
        if pause == EVERY
            && let Err(error) = look_at_links(&store, clock, &stop).await
        {
            tracing::error!(%error, "links could not be looked at");
        }
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            changed = stop.changed() => if changed.is_err() { break },
        }
        pause = EVERY;
    }
}
