//! What happens later: mails leave the queue.
//!
//! Reads the queue of `store` and hands its mails to an SMTP server or writes them as files.
//! This crate must not know HTTP pages or how an edition is rendered.

mod mail;

pub use mail::{Outbox, OutboxError, deliver_waiting, run};
