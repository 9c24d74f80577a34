//! A small SMTP server on loopback: it takes mails as RFC 5321 says, and refuses as a story asks it to.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use anyhow::Context;

/// A mail that was taken: for whom, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Recipients of the envelope.
    pub to: Vec<String>,
    /// Head and body as they came.
    pub text: String,
}

/// How the server answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    /// Takes every mail.
    #[default]
    Kind,
    /// Puts every recipient off for now (451).
    Busy,
    /// Knows no recipient (550).
    Strict,
    /// Takes the mail and hangs up before it says so.
    Silent,
    /// Says nothing more when a mail is for an address that begins so.
    Holding(&'static str),
}

#[derive(Debug, Default)]
struct Shared {
    taken: Vec<Taken>,
    begun: usize,
    held: Vec<String>,
    mood: Mood,
}

/// The server; it lives as long as the test.
pub struct Smtp {
    /// `smtp://127.0.0.1:port`
    pub url: String,
    shared: Arc<Mutex<Shared>>,
}

const CALM: &str = "no holder of this lock panics";

impl Smtp {
    /// Listens on a free port.
    pub fn start() -> anyhow::Result<Self> {
        let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0)))?;
        let url = format!("smtp://{}", listener.local_addr()?);
        let shared = Arc::new(Mutex::new(Shared::default()));
        let state = shared.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = state.clone();
                std::thread::spawn(move || {
                    if let Err(error) = converse(stream, &state) {
                        eprintln!("smtp: {error}");
                    }
                });
            }
        });
        Ok(Self { url, shared })
    }

    /// From now on it answers so.
    pub fn be(&self, mood: Mood) {
        self.shared.lock().expect(CALM).mood = mood;
    }

    /// How many mails were begun so far, taken or not.
    pub fn begun(&self) -> usize {
        self.shared.lock().expect(CALM).begun
    }

    /// For whom mails were held.
    pub fn held(&self) -> Vec<String> {
        self.shared.lock().expect(CALM).held.clone()
    }

    /// All mails that were taken so far.
    pub fn taken(&self) -> Vec<Taken> {
        self.shared.lock().expect(CALM).taken.clone()
    }
}

fn converse(stream: TcpStream, state: &Mutex<Shared>) -> anyhow::Result<()> {
    let mut write = stream.try_clone()?;
    let mut lines = BufReader::new(stream).lines();
    let mut say = |words: &str| write.write_all(format!("{words}\r\n").as_bytes());
    say("220 stories.example ESMTP")?;
    let mut to = Vec::new();
    while let Some(line) = lines.next().transpose()? {
        let mood = state.lock().expect(CALM).mood;
        let verb = line
            .split([' ', ':'])
            .next()
            .unwrap_or_default()
            .to_uppercase();
        match (verb.as_str(), mood) {
            ("EHLO" | "HELO", _) => say("250 stories.example")?,
            ("MAIL", _) => {
                state.lock().expect(CALM).begun += 1;
                say("250 ok")?;
            }
            ("NOOP", _) => say("250 ok")?,
            ("RSET", _) => {
                to.clear();
                say("250 ok")?;
            }
            // Who holds waits for the other side, which may be killed meanwhile.
            ("RCPT", Mood::Holding(whom)) if line.contains(&format!("<{whom}")) => {
                let address = line.split(['<', '>']).nth(1).context("no address")?;
                state.lock().expect(CALM).held.push(address.to_owned());
            }
            ("RCPT", Mood::Busy) => say("451 4.3.0 later")?,
            ("RCPT", Mood::Strict) => say("550 5.1.1 unknown user")?,
            ("RCPT", _) => {
                let address = line.split(['<', '>']).nth(1).context("no address")?;
                to.push(address.to_owned());
                say("250 ok")?;
            }
            ("DATA", _) => {
                say("354 go on")?;
                let mut text = String::new();
                for line in lines.by_ref() {
                    let line = line?;
                    if line == "." {
                        break;
                    }
                    text.push_str(line.strip_prefix('.').unwrap_or(&line));
                    text.push('\n');
                }
                let taken = Taken {
                    to: std::mem::take(&mut to),
                    text,
                };
                state.lock().expect(CALM).taken.push(taken);
                if mood == Mood::Silent {
                    return Ok(());
                }
                say("250 taken")?;
            }
            ("QUIT", _) => {
                say("221 bye")?;
                return Ok(());
            }
            _ => say("502 not here")?,
        }
    }
    Ok(())
}
