//! Letters for the print shop, and the table for a Serienbrief. Link and code are made anew and stand nowhere else.

use anyhow::bail;
use exchange::{Sheet, SheetCell};
use fieldwork::{Addressee, MailingOrder, MessageKind};
use handbook::{Letter, LetterCover};
use jiff::Timestamp;
use register::Kind;
use store::{MailingLine, Store};

use super::mailing::{access, deadline, field, nobody, open, plan};
use crate::clock;

/// What letters become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterFile {
    /// One PDF, a page a municipality.
    Pdf,
    /// A table as xlsx, keys as text.
    Xlsx,
    /// The same as CSV for German spreadsheets: `;`, UTF-8 with its mark.
    Csv,
}

const HEAD: [&str; 12] = [
    "AGS",
    "Kommune",
    "Land",
    "Anschrift",
    "Funktion",
    "Anrede",
    "Straße",
    "PLZ",
    "Ort",
    "Code",
    "Link",
    "Frist",
];

/// A made letter with the line of the table.
struct Made {
    letter: Letter,
    row: [String; 12],
    line: MailingLine,
}

/// Makes letters in the formats asked for: the same codes in each. Nothing is kept of them but hashes; the invitations
/// count before the files leave. Returns the files and how many municipalities they are for.
pub async fn letters(
    store: &Store,
    order: &MailingOrder,
    files: &[LetterFile],
    base_url: &str,
    (at, actor): (Timestamp, &str),
) -> anyhow::Result<(Vec<Vec<u8>>, usize)> {
    let plan = plan(store, order, base_url).await?;
    if !plan.faults.is_empty() {
        bail!("{}", plan.faults.join("\n"));
    }
    let field = field(store, &order.wave, MessageKind::Letter).await?;
    open(&field.wave, MessageKind::Letter, at)?;
    let deadline = deadline(&field.wave);
    let mut made = Vec::new();
    for key in &plan.to {
        let Some(unit) = field.register.get(key) else {
            continue;
        };
        let none = nobody();
        let contact = field.contacts.get(key).map_or(&none, |kept| &kept.contact);
        let access = access(base_url)?;
        let addressee = Addressee {
            wave: &field.wave,
            municipality: unit,
            contact,
            base_url,
            link: &access.link,
            code: &access.code,
            deadline: &deadline,
        };
        let text = plan.text.fill(&addressee.values());
        // The post knows a Landkreis by its whole name; of towns the register's own name stands.
        let name = match unit.kind {
            Kind::County => unit.plain_name(),
            _ => unit.name.clone(),
        };
        let address = contact.address(&name);
        made.push(Made {
            row: [
                key.to_string(),
                unit.plain_name(),
                unit.land.german().to_owned(),
                address.join("\n"),
                contact.function.clone(),
                contact.greeting(),
                contact.street.clone(),
                contact.postcode.clone(),
                contact.town.clone(),
                access.code.clone(),
                access.link.clone(),
                deadline.clone(),
            ],
            letter: Letter {
                key: key.to_string(),
                municipality: unit.plain_name(),
                address,
                subject: text.subject,
                body: text.body,
                code: access.code,
                link: access.link,
            },
            line: MailingLine {
                municipality: key.clone(),
                access: Some(access.hashes),
                mail: None,
            },
        });
    }
    if made.is_empty() {
        bail!(
            "Niemand ist per Post anzuschreiben: es fehlen Anschriften, oder alle haben schon einen Brief dieser Runde"
        );
    }
    let lines = made.iter().map(|m| m.line.clone()).collect();
    let written = store
        .queue_mailing(
            &order.wave,
            MessageKind::Letter,
            plan.round,
            "Brief",
            lines,
            (at, actor),
        )
        .await?;
    // Somebody may have objected in this very moment: no letter for them.
    made.retain(|m| written.contains(&m.line.municipality));
    let wave = &field.wave;
    let cover = LetterCover {
        title: wave.title.de.clone(),
        institute: wave.institute.name.clone(),
        contact: wave.contact.clone(),
        address: format!("{base_url}/zugang"),
        date: clock::day(at),
        synthetic: wave.synthetic,
    };
    let count = made.len();
    let files = files.to_vec();
    // Setting thousands of pages takes seconds: on a thread of its own.
    let written = tokio::task::spawn_blocking(move || {
        files
            .iter()
            .map(|file| write(*file, &made, &cover))
            .collect()
    });
    let written: anyhow::Result<Vec<Vec<u8>>> = written.await?;
    Ok((written?, count))
}

fn write(file: LetterFile, made: &[Made], cover: &LetterCover) -> anyhow::Result<Vec<u8>> {
    let head: Vec<String> = HEAD.iter().map(|h| (*h).to_owned()).collect();
    match file {
        LetterFile::Pdf => {
            let letters: Vec<Letter> = made.iter().map(|m| m.letter.clone()).collect();
            Ok(handbook::render_letters(&letters, cover)?)
        }
        LetterFile::Xlsx => {
            let cells = |m: &Made| m.row.iter().cloned().map(SheetCell::Text).collect();
            let sheet = Sheet {
                name: "Serienbrief".to_owned(),
                notes: Vec::new(),
                head,
                rows: made.iter().map(cells).collect(),
            };
            Ok(exchange::write_sheet(&sheet, cover.date)?)
        }
        LetterFile::Csv => {
            let mut csv = csv::WriterBuilder::new()
                .delimiter(b';')
                .terminator(csv::Terminator::CRLF)
                .from_writer(b"\xEF\xBB\xBF".to_vec());
            csv.write_record(&head)?;
            for m in made {
                csv.write_record(&m.row)?;
            }
            Ok(csv.into_inner().map_err(|e| e.into_error())?)
        }
    }
}
