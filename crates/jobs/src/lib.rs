//! What happens later: mails leave the queue, owners are asked how their examples stand, links are looked at, editions are
//! published.
//!
//! Reads the queue of `store` and hands its mails to an SMTP server or writes them as files.
//! This crate must not know HTTP pages or how an edition is rendered.

mod bounce;
mod daily;
mod freshness;
mod links;
mod mail;
mod publishing;
mod retention;

pub use bounce::{Bounce, read_bounces};
pub use daily::run_daily;
pub use freshness::{Asked, ask_owners};
pub use links::look_at_links;
pub use mail::{Outbox, OutboxError, deliver_waiting, run};
pub use publishing::{Publish, publish_waiting, run_publishing};
pub use retention::keep_periods;
