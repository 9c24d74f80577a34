//! Contacts from a file: every fault with its place and what would be right, or all of them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use register::{Fault, Faults, Key, Register};

use super::table::{self, Row, Table};
use super::{Contact, Salutation, is_address};
use crate::nearest::nearest;

/// A contact with its row in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactRow {
    /// The row, as people count it.
    pub line: u32,
    /// Whose contact it is.
    pub key: Key,
    /// The contact.
    pub contact: Contact,
}

/// A file without faults.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactFile {
    /// Contacts in the order of the file.
    pub rows: Vec<ContactRow>,
    /// What was not read, in words.
    pub notes: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Ags,
    Municipality,
    Salutation,
    Title,
    Given,
    Family,
    Function,
    Mail,
    Street,
    Postcode,
    Town,
    Source,
    Checked,
    Objection,
}

/// Columns with the headings that people give them, folded; the first is what we call it.
const COLUMNS: [(Column, &str, &[&str]); 14] = [
    (
        Column::Ags,
        "AGS",
        &[
            "ags",
            "gemeindeschluessel",
            "amtlichergemeindeschluessel",
            "schluessel",
            "ars",
            "regionalschluessel",
            "kreisschluessel",
        ],
    ),
    (
        Column::Municipality,
        "Kommune",
        &[
            "kommune",
            "gemeinde",
            "stadt",
            "gemeindename",
            "nameder kommune",
            "gebietskoerperschaft",
        ],
    ),
    (Column::Salutation, "Anrede", &["anrede"]),
    (Column::Title, "Titel", &["titel", "akademischertitel"]),
    (Column::Given, "Vorname", &["vorname"]),
    (
        Column::Family,
        "Nachname",
        &[
            "nachname",
            "name",
            "familienname",
            "ansprechpartner",
            "ansprechperson",
        ],
    ),
    (
        Column::Function,
        "Funktion",
        &[
            "funktion",
            "position",
            "amt",
            "dienststelle",
            "amtsbezeichnung",
        ],
    ),
    (
        Column::Mail,
        "E-Mail",
        &["email", "mail", "emailadresse", "mailadresse"],
    ),
    (
        Column::Street,
        "Straße",
        &[
            "strasse",
            "anschrift",
            "strasseundhausnummer",
            "strassehausnummer",
            "strassenr",
            "postfach",
        ],
    ),
    (Column::Postcode, "PLZ", &["plz", "postleitzahl"]),
    (Column::Town, "Ort", &["ort", "postort"]),
    (Column::Source, "Quelle", &["quelle", "herkunft"]),
    (
        Column::Checked,
        "geprüft am",
        &["geprueftam", "geprueft", "stand"],
    ),
    (
        Column::Objection,
        "Widerspruch",
        &["widerspruch", "widersprochen", "nichtanschreiben"],
    ),
];

/// A heading with letters and digits only.
fn folded(text: &str) -> String {
    text.to_lowercase()
        .replace('ä', "ae")
        .replace('ö', "oe")
        .replace('ü', "ue")
        .replace('ß', "ss")
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect()
}

fn column(heading: &str) -> Option<Column> {
    let heading = folded(heading);
    COLUMNS
        .iter()
        .find(|(_, _, names)| names.contains(&heading.as_str()))
        .map(|(column, ..)| *column)
}

fn is_head(row: &Row) -> bool {
    row.cells
        .values()
        .any(|cell| column(&cell.text) == Some(Column::Ags))
}

/// Reads a file of contacts (xlsx, or CSV with `;`, `,` or tab, UTF-8 or Latin-1) against the list of municipalities.
/// Nothing is read where one fault stands: all of them come back, with sheet, row, column and what would be right.
pub fn read_contacts(bytes: &[u8], file: &str, register: &Register) -> Result<ContactFile, Faults> {
    let mut faults = Vec::new();
    let Some(table) = table::read(bytes, file, &is_head, &mut faults) else {
        return Err(Faults(faults));
    };
    let mut reader = Reader {
        table: &table,
        register,
        faults,
        seen: BTreeMap::new(),
    };
    let mut read = ContactFile::default();
    if let Some((head, columns)) = reader.head(&mut read.notes) {
        for row in table.rows.iter().skip(head + 1).filter(|r| !r.is_blank()) {
            if let Some(contact) = reader.row(row, &columns) {
                read.rows.push(contact);
            }
        }
        if read.rows.is_empty() && reader.faults.is_empty() {
            let line = table.rows.get(head).map_or(1, |row| row.line);
            reader.fault(
                (line, 1),
                None,
                "Unter den Überschriften steht keine Kommune",
                "eine Zeile je Kommune",
            );
        }
    }
    let mut faults = reader.faults;
    faults.sort_by_key(|fault| (fault.line, fault.column));
    if faults.is_empty() {
        Ok(read)
    } else {
        Err(Faults(faults))
    }
}

struct Reader<'a> {
    table: &'a Table,
    register: &'a Register,
    faults: Vec<Fault>,
    seen: BTreeMap<Key, u32>,
}

type Columns = BTreeMap<Column, usize>;

impl Reader<'_> {
    fn fault(
        &mut self,
        (line, column): (u32, u32),
        field: Option<&str>,
        what: impl Into<String>,
        right: impl Into<String>,
    ) {
        // A file of nothing but faults says enough with the first thousand.
        if self.faults.len() < 1_000 {
            self.faults.push(Fault {
                file: self.table.name.clone(),
                line,
                column,
                field: field.map(str::to_owned),
                what: what.into(),
                right: right.into(),
            });
        }
    }

    fn head(&mut self, notes: &mut Vec<String>) -> Option<(usize, Columns)> {
        let names = || COLUMNS.map(|(_, name, _)| name).join(", ");
        let Some(at) = self.table.rows.iter().take(20).position(is_head) else {
            let first = self.table.rows.iter().find(|r| !r.is_blank());
            let line = first.map_or(1, |row| row.line);
            self.fault(
                (line, 1),
                None,
                "Es gibt keine Spalte „AGS“",
                format!("eine Zeile mit Überschriften; es gibt: {}", names()),
            );
            return None;
        };
        let table = self.table;
        let mut columns = Columns::new();
        for (index, cell) in &table.rows[at].cells {
            if cell.text.trim().is_empty() {
                continue;
            }
            let place = (table.rows[at].line, cell.column);
            match column(&cell.text) {
                Some(column) => {
                    if columns.insert(column, *index).is_some() {
                        self.fault(
                            place,
                            Some(&cell.text),
                            format!("Die Spalte „{}“ gibt es zweimal", cell.text),
                            "jede Überschrift einmal",
                        );
                    }
                }
                None => {
                    let known = COLUMNS
                        .iter()
                        .flat_map(|(_, _, names)| names.iter().copied());
                    let heading = folded(&cell.text);
                    match nearest(&heading, known).filter(|name| name.len() > 3) {
                        Some(near) => {
                            let meant = COLUMNS.iter().find(|(_, _, names)| names.contains(&near));
                            let meant = meant.map_or("", |(_, name, _)| *name);
                            self.fault(
                                place,
                                Some(&cell.text),
                                format!("Die Spalte „{}“ ist unbekannt", cell.text),
                                format!("vermutlich „{meant}“"),
                            );
                        }
                        None => {
                            notes.push(format!("Die Spalte „{}“ wird nicht gelesen.", cell.text))
                        }
                    }
                }
            }
        }
        let reachable = [Column::Mail, Column::Street];
        if !reachable.iter().any(|column| columns.contains_key(column)) {
            let line = table.rows[at].line;
            self.fault(
                (line, 1),
                None,
                "Es gibt weder eine Spalte „E-Mail“ noch eine Spalte „Straße“",
                "mindestens eine von beiden",
            );
        }
        Some((at, columns))
    }

    fn row(&mut self, row: &Row, columns: &Columns) -> Option<ContactRow> {
        let before = self.faults.len();
        let text = |column: Column| {
            columns
                .get(&column)
                .map_or("", |at| row.text(*at))
                .to_owned()
        };
        let place = |column: Column| {
            let cell = columns.get(&column).and_then(|at| row.cells.get(at));
            (row.line, cell.map_or(1, |cell| cell.column))
        };
        let key = self.key(row, columns, place(Column::Ags));
        if let Some(key) = &key {
            self.name_fits(
                key,
                &text(Column::Municipality),
                place(Column::Municipality),
            );
            if let Some(first) = self.seen.insert(key.clone(), row.line) {
                self.fault(
                    place(Column::Ags),
                    Some("AGS"),
                    format!("{key} steht schon in Zeile {first}"),
                    "jede Kommune einmal",
                );
            }
        }
        let salutation = match folded(&text(Column::Salutation)).as_str() {
            "frau" | "fr" => Salutation::Ms,
            "herr" | "hr" | "herrn" => Salutation::Mr,
            "" | "divers" | "neutral" | "guten tag" | "gutentag" | "keine" => Salutation::Neutral,
            _ => {
                let what = format!("„{}“ ist keine Anrede", text(Column::Salutation));
                self.fault(
                    place(Column::Salutation),
                    Some("Anrede"),
                    what,
                    "Frau, Herr oder leer",
                );
                Salutation::Neutral
            }
        };
        let mail = text(Column::Mail);
        if !mail.is_empty() && !is_address(&mail) {
            let what = format!("„{mail}“ ist keine E-Mail-Adresse");
            self.fault(
                place(Column::Mail),
                Some("E-Mail"),
                what,
                "eine Adresse wie rathaus@kommune.de",
            );
        }
        let mut postcode = text(Column::Postcode).replace(' ', "");
        if let Some(bare) = postcode.strip_prefix("D-") {
            postcode = bare.to_owned();
        }
        let digits = postcode.chars().all(|c| c.is_ascii_digit());
        if !postcode.is_empty() && (!digits || postcode.len() != 5) {
            let (what, right) = if digits && postcode.len() == 4 {
                (
                    format!("„{postcode}“ hat vier Stellen: die führende Null ging verloren"),
                    format!("0{postcode}, die Spalte als Text"),
                )
            } else {
                (
                    format!("„{postcode}“ ist keine Postleitzahl"),
                    "fünf Ziffern".to_owned(),
                )
            };
            self.fault(place(Column::Postcode), Some("PLZ"), what, right);
        }
        let checked = text(Column::Checked);
        let date = self.date(&checked, place(Column::Checked));
        let objected = match folded(&text(Column::Objection)).as_str() {
            "" | "nein" | "n" | "0" | "false" | "no" => false,
            "ja" | "j" | "x" | "1" | "true" | "yes" => true,
            _ => {
                let what = format!("„{}“ ist kein Ja oder Nein", text(Column::Objection));
                self.fault(
                    place(Column::Objection),
                    Some("Widerspruch"),
                    what,
                    "ja, nein oder leer",
                );
                true
            }
        };
        let contact = Contact {
            salutation,
            title: text(Column::Title),
            given: text(Column::Given),
            family: text(Column::Family),
            function: text(Column::Function),
            mail: Some(mail).filter(|mail| !mail.is_empty()),
            street: text(Column::Street),
            postcode,
            town: text(Column::Town),
            source: text(Column::Source),
            checked: date,
            objected,
        };
        if !objected && contact.mail.is_none() && !contact.has_address() {
            self.fault(
                (row.line, 1),
                None,
                "Diese Kommune ist weder per E-Mail noch per Post erreichbar",
                "eine E-Mail-Adresse, oder Straße, PLZ und Ort",
            );
        }
        let key = key.filter(|_| self.faults.len() == before)?;
        Some(ContactRow {
            line: row.line,
            key,
            contact,
        })
    }

    /// The key, with the leading zero told where a spreadsheet lost it.
    fn key(&mut self, row: &Row, columns: &Columns, place: (u32, u32)) -> Option<Key> {
        let at = columns.get(&Column::Ags)?;
        let written = row.text(*at);
        let number = row.cells.get(at).is_some_and(|cell| cell.number);
        let digits: String = written.chars().filter(|c| !c.is_whitespace()).collect();
        if digits.is_empty() {
            self.fault(
                place,
                Some("AGS"),
                "Hier fehlt der Schlüssel",
                "die 8 Ziffern der Gemeinde oder die 5 des Kreises",
            );
            return None;
        }
        if !digits.bytes().all(|b| b.is_ascii_digit()) {
            self.fault(
                place,
                Some("AGS"),
                format!("„{written}“ ist kein Schlüssel"),
                "8 Ziffern (Gemeinde) oder 5 (Kreis), die Spalte als Text",
            );
            return None;
        }
        // The regional key of 12 digits holds the association's in its middle.
        let digits = match digits.len() {
            12 => format!("{}{}", &digits[..5], &digits[9..]),
            _ => digits,
        };
        let known = |digits: &str| {
            let key = Key::new(digits).ok()?;
            self.register
                .get(&key)
                .is_some_and(|u| u.population().is_some())
                .then_some(key)
        };
        if let Some(key) = known(&digits) {
            return Some(key);
        }
        let restored = format!("0{digits}");
        if matches!(digits.len(), 4 | 7) && known(&restored).is_some() {
            let why = if number {
                "die Zelle ist eine Zahl"
            } else {
                "vermutlich in einer Tabellenkalkulation"
            };
            self.fault(
                place,
                Some("AGS"),
                format!(
                    "„{written}“ hat {} Stellen: die führende Null ging verloren ({why})",
                    digits.len()
                ),
                format!("{restored}, die Spalte als Text"),
            );
            return None;
        }
        if matches!(digits.len(), 4 | 7) {
            let what = format!(
                "„{written}“ hat {} Stellen: vermutlich ging die führende Null verloren",
                digits.len()
            );
            self.fault(place, Some("AGS"), what, format!("8 Ziffern (Gemeinde) oder 5 (Kreis), die Spalte als Text; {restored} steht nicht in der Liste"));
            return None;
        }
        let what = match Key::new(digits.as_str())
            .ok()
            .and_then(|key| self.register.get(&key))
        {
            Some(unit) => format!("{} ({}) wird nicht befragt", digits, unit.name),
            None => format!("„{written}“ steht nicht in der Liste der Kommunen dieser Befragung"),
        };
        self.fault(
            place,
            Some("AGS"),
            what,
            "der Schlüssel einer Stadt, einer Gemeinde oder eines Landkreises, 8 oder 5 Ziffern",
        );
        None
    }

    /// A name beside the key must be that of the key's municipality: a slip in the digits would write to another.
    fn name_fits(&mut self, key: &Key, written: &str, place: (u32, u32)) {
        let Some(unit) = self.register.get(key) else {
            return;
        };
        let (theirs, said) = (folded(&unit.plain_name()), folded(written));
        if said.is_empty()
            || theirs.contains(&said)
            || said.contains(&theirs)
            || folded(&unit.name).contains(&said)
        {
            return;
        }
        let near = crate::nearest::nearest(&said, [theirs.as_str()]).is_some();
        if near {
            return;
        }
        let found = self.register.search(written, 1);
        let right = found.first().map_or_else(
            || format!("{}, oder der Schlüssel von „{written}“", unit.name),
            |other| format!("{} für {}", other.key, other.name),
        );
        self.fault(
            place,
            Some("Kommune"),
            format!("{key} ist {}, hier steht „{written}“", unit.name),
            right,
        );
    }

    fn date(&mut self, written: &str, place: (u32, u32)) -> Option<Date> {
        if written.is_empty() {
            return None;
        }
        let german = || {
            let parts: Vec<&str> = written.split('.').collect();
            let [day, month, year] = parts.as_slice() else {
                return None;
            };
            Date::new(
                year.trim().parse().ok()?,
                month.trim().parse().ok()?,
                day.trim().parse().ok()?,
            )
            .ok()
        };
        let iso = written.get(..10).unwrap_or(written);
        let date = iso
            .parse()
            .ok()
            .or_else(german)
            .filter(|d: &Date| (1990..2100).contains(&d.year()));
        if date.is_none() {
            self.fault(
                place,
                Some("geprüft am"),
                format!("„{written}“ ist kein Tag"),
                "ein Tag wie 01.03.2016 oder 2016-03-01",
            );
        }
        date
    }
}
