//! Mails: by SMTP where a server is configured, else as `.eml` files in the data folder.

use std::fs::{DirBuilder, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use store::{Mail, MailState, Store, StoreError};
use tokio::sync::watch;

/// Where mails go.
#[derive(Clone)]
pub enum Outbox {
    /// Written as `<number>.eml` into this folder.
    Files {
        /// The folder; made when it is not there.
        folder: PathBuf,
        /// Sender, `Name <address>`.
        from: String,
    },
    /// Handed to an SMTP server.
    Smtp {
        /// The connection to it.
        transport: AsyncSmtpTransport<Tokio1Executor>,
        /// Sender.
        from: String,
    },
}

/// Why a mail or the configuration of the outbox does not work.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)]
pub enum OutboxError {
    #[error("\"{address}\" is no mail address: {cause}")]
    Address { address: String, cause: String },
    #[error("the mail could not be put together: {0}")]
    Message(String),
    #[error("the SMTP server refused: {0}")]
    Smtp(String),
    #[error("the SMTP server takes no mail for now: {0}")]
    Later(String),
    #[error("nobody knows whether the mail left: {0}")]
    Unclear(String),
    #[error("the mail could not be written: {0}")]
    File(#[from] std::io::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Outbox {
    /// An outbox of files in `folder`.
    pub fn files(folder: PathBuf, from: &str) -> Result<Self, OutboxError> {
        address(from)?;
        Ok(Self::Files {
            folder,
            from: from.to_owned(),
        })
    }

    /// An outbox by SMTP. `url` is `smtp://host:port`, `smtps://host` or `smtp://host?tls=required`.
    pub fn smtp(url: &str, from: &str) -> Result<Self, OutboxError> {
        address(from)?;
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|e| OutboxError::Smtp(e.to_string()))?
            .timeout(Some(Duration::from_secs(30)))
            .build();
        Ok(Self::Smtp {
            transport,
            from: from.to_owned(),
        })
    }

    /// The same with a user and a password that do not stand in the address.
    pub fn smtp_with_password(
        url: &str,
        from: &str,
        user: &str,
        password: &str,
    ) -> Result<Self, OutboxError> {
        address(from)?;
        let credentials = Credentials::new(user.to_owned(), password.to_owned());
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|e| OutboxError::Smtp(e.to_string()))?
            .credentials(credentials)
            .timeout(Some(Duration::from_secs(30)))
            .build();
        Ok(Self::Smtp {
            transport,
            from: from.to_owned(),
        })
    }

    fn from(&self) -> &str {
        match self {
            Self::Files { from, .. } | Self::Smtp { from, .. } => from,
        }
    }

    /// Sends one mail and returns where it went.
    async fn send(&self, mail: &Mail) -> Result<String, OutboxError> {
        let message = message(mail, self.from())?;
        match self {
            Self::Files { folder, .. } => {
                let name = format!("{:06}.eml", mail.id);
                let (folder, file) = (folder.clone(), folder.join(&name));
                let written =
                    tokio::task::spawn_blocking(move || write(&folder, &file, message.formatted()));
                written.await.map_err(std::io::Error::other)??;
                Ok(name)
            }
            Self::Smtp { transport, .. } => {
                let answer = transport.send(message).await.map_err(judge)?;
                Ok(answer.first_line().unwrap_or_default().to_owned())
            }
        }
    }
}

/// What an error of the SMTP client says about the mail. It goes out at most once: only where it was certainly not
/// taken is it tried again. Lost between "here it is" and the server's answer, nobody knows.
fn judge(error: lettre::transport::smtp::Error) -> OutboxError {
    let words = error.to_string();
    // The kind has no name in lettre's interface; the text is pinned by a test against a closed port.
    let never_connected = words.starts_with("Connection error") || error.is_tls();
    if error.is_transient() || never_connected {
        OutboxError::Later(words)
    } else if error.is_permanent() || error.is_client() {
        OutboxError::Smtp(words)
    } else {
        OutboxError::Unclear(words)
    }
}

/// Minutes until the next attempt after the first, second, ... that was put off: in all about two and a half days.
const PAUSES: [i64; 8] = [1, 5, 15, 60, 240, 720, 1_440, 1_440];

/// A mail that was handed over so long ago and has no outcome was interrupted: the client gives up far earlier.
const INTERRUPTED: SignedDuration = SignedDuration::from_mins(15);

/// Mails hold links: only their owner may read them.
fn write(folder: &Path, file: &Path, bytes: Vec<u8>) -> std::io::Result<()> {
    let mut make = DirBuilder::new();
    make.recursive(true).mode(0o700).create(folder)?;
    let mut open = OpenOptions::new();
    open.write(true).create(true).truncate(true).mode(0o600);
    let mut file = open.open(file)?;
    file.write_all(&bytes)?;
    file.sync_all()
}

fn address(text: &str) -> Result<Mailbox, OutboxError> {
    text.parse().map_err(
        |cause: lettre::address::AddressError| OutboxError::Address {
            address: text.to_owned(),
            cause: cause.to_string(),
        },
    )
}

fn message(mail: &Mail, from: &str) -> Result<Message, OutboxError> {
    let queued = std::time::SystemTime::from(mail.queued);
    Message::builder()
        .from(address(from)?)
        .to(address(&mail.to)?)
        .subject(mail.subject.as_str())
        .date(queued)
        .message_id(Some(format!(
            "<mail-{}-{}@voneinander>",
            mail.id,
            mail.queued.as_millisecond()
        )))
        .header(ContentType::TEXT_PLAIN)
        .body(mail.body.clone())
        .map_err(|e| OutboxError::Message(e.to_string()))
}

/// Sends all mails that wait and returns how many left. A mail goes out at most once, whatever crashes: it is marked,
/// durable, before it is handed over. One that was interrupted in between becomes unclear and is sent again only by a
/// person. What the server puts off (4xx, not reachable) is tried again later. Between two mails it looks whether to `stop`.
pub async fn deliver_waiting(
    store: &Store,
    outbox: &Outbox,
    clock: fn() -> Timestamp,
    stop: &watch::Receiver<bool>,
) -> Result<usize, OutboxError> {
    let mut sent = 0;
    let interrupted = store.settle_abandoned_mails(clock() - INTERRUPTED).await?;
    if interrupted > 0 {
        tracing::warn!(interrupted, "mails were interrupted; see the outbox");
    }
    while !*stop.borrow()
        && let Some(mail) = store.take_mail(clock()).await?
    {
        let outcome = outbox.send(&mail).await;
        if let Err(error) = &outcome {
            tracing::warn!(mail = mail.id, %error, "a mail was not sent");
        }
        let (state, note) = match outcome {
            Ok(note) => {
                sent += 1;
                (MailState::Sent, note)
            }
            Err(OutboxError::Later(note)) => {
                let pause = usize::try_from(mail.attempts - 1).ok();
                if let Some(minutes) = pause.and_then(|attempt| PAUSES.get(attempt)) {
                    let next = clock() + SignedDuration::from_mins(*minutes);
                    store.postpone_mail(mail.id, next, &note).await?;
                    continue;
                }
                (MailState::Failed, note)
            }
            Err(OutboxError::Unclear(note)) => (MailState::Unclear, note),
            Err(error) => (MailState::Failed, error.to_string()),
        };
        store.finish_mail(mail.id, state, &note, clock()).await?;
    }
    Ok(sent)
}

/// Delivers waiting mails again and again until `stop` is true; a mail at hand is finished.
pub async fn run(
    store: Store,
    outbox: Outbox,
    clock: fn() -> Timestamp,
    mut stop: watch::Receiver<bool>,
) {
    while !*stop.borrow() {
        if let Err(error) = deliver_waiting(&store, &outbox, clock, &stop).await {
            tracing::error!(%error, "the outbox stopped for a moment");
        }
        tokio::select! {
            () = tokio::time::sleep(Duration::from_secs(2)) => {}
            changed = stop.changed() => if changed.is_err() { break },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mail(to: &str, subject: &str) -> Mail {
        Mail {
            id: 7,
            to: to.to_owned(),
            subject: subject.to_owned(),
            body: "Guten Tag,\n.\nBcc: keiner@example.org\n".to_owned(),
            state: MailState::Sending,
            queued: Timestamp::UNIX_EPOCH,
            done: None,
            note: String::new(),
            attempts: 1,
        }
    }

    const FROM: &str = "Studie <studie@institut.example>";

    #[test]
    fn what_people_typed_cannot_add_a_header() {
        let typed = "Freigabe: \"Café\r\nBcc: boese@example.org\r\n\r\nneuer Text";
        let text = message(&mail("rathaus@kommune.example", typed), FROM).unwrap();
        let text = String::from_utf8(text.formatted()).unwrap();
        let head = text.split("\r\n\r\n").next().unwrap();
        assert!(!head.to_lowercase().contains("\nbcc:"), "{text}");
        assert!(head.contains("\r\nTo: rathaus@kommune.example"), "{text}");
        for to in [
            "a@b.example\r\nBcc: boese@example.org",
            "a@b.example, boese@example.org",
            "kein Postfach",
        ] {
            assert!(message(&mail(to, "x"), FROM).is_err(), "{to}");
        }
    }

    #[test]
    fn a_sender_that_is_none_is_told_before_anything_is_sent() {
        let error = Outbox::files("mails".into(), "Studie").err().unwrap();
        assert!(error.to_string().contains("\"Studie\" is no mail address"));
        assert!(Outbox::files("mails".into(), FROM).is_ok());
    }
}
