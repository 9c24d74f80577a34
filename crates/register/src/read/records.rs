//! The records of the list: each checked by itself, then all against each other.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{Column, Header};
use super::{Report, Row, Sheet};
use crate::{Coordinates, Key, Kind, Land, Municipality};

/// All units that can be read, with the sums of counties and associations; what is wrong goes to the report.
pub(super) fn read(sheet: &Sheet, header: &Header, report: &mut Report) -> Vec<Municipality> {
    let mut list = List::default();
    let rows = &sheet.rows[header.first..];
    let last = rows.iter().rposition(|row| !row.is_blank());
    for (at, row) in rows.iter().enumerate() {
        if row.is_blank() || (sheet.spreadsheet && is_note(row)) {
            continue;
        }
        let mut record = Record {
            row,
            header,
            spreadsheet: sheet.spreadsheet,
            report,
        };
        let whole = sheet.spreadsheet || record.has_width(header.width, Some(at) == last);
        record.read(whole, &mut list);
    }
    if list.gemeinden.is_empty() && report.faults.is_empty() {
        let line = rows.last().map_or(1, |row| row.line);
        report.add(
            (line, 1),
            "Die Liste enthält keine Gemeinde",
            "Zeilen mit der Satzart 60",
        );
    }
    list.check(report);
    list.units()
}

/// A footnote of the spreadsheet: one cell with words.
fn is_note(row: &Row) -> bool {
    let mut cells = row
        .cells
        .values()
        .filter(|cell| !cell.text.trim().is_empty());
    let only = cells.next().filter(|_| cells.next().is_none());
    only.is_some_and(|cell| cell.text.chars().any(char::is_alphabetic))
}

#[derive(Default)]
struct List {
    /// Kreise of all kinds by their five digits.
    districts: BTreeMap<String, Parent>,
    /// Gemeindeverbände by nine digits, Gemeinden that are their own included.
    associations: BTreeMap<String, Parent>,
    gemeinden: BTreeMap<String, Gemeinde>,
    /// Keys of Gemeinden whose line is damaged: their parents are not empty.
    damaged: BTreeSet<String>,
}

struct Parent {
    name: String,
    land: Land,
    /// `None` when its text key is damaged.
    text_key: Option<u8>,
    place: (u32, u32),
}

struct Gemeinde {
    unit: Municipality,
    district: String,
    association: String,
    place: (u32, u32),
}

/// How many Gemeinden lack the same parent, and where the first stands.
type Orphans = (u32, (u32, u32));

/// One line while it is read.
struct Record<'a> {
    row: &'a Row,
    header: &'a Header,
    spreadsheet: bool,
    report: &'a mut Report,
}

impl Record<'_> {
    /// Whether the line has as many cells as there are headings.
    fn has_width(&mut self, width: usize, is_last: bool) -> bool {
        let found = self.row.cells.len();
        if found == width {
            return true;
        }
        let what = match (found < width, is_last) {
            (true, true) => format!(
                "Die letzte Zeile hat {found} statt {width} Felder; die Datei bricht hier wohl ab"
            ),
            _ => format!("Die Zeile hat {found} statt {width} Felder"),
        };
        let right = if found < width {
            "alle Felder, auch leere; eine unvollständig geladene Datei noch einmal laden"
        } else {
            "Felder, die das Trennzeichen enthalten, in Anführungszeichen"
        };
        self.report.add((self.row.line, self.row.end), what, right);
        false
    }

    /// Adds the record to the list. Of a line that is not `whole` only the key is kept, without further faults.
    fn read(&mut self, whole: bool, list: &mut List) {
        let before = self.report.faults.len();
        match self.text(Column::RecordType) {
            "10" => {
                self.land();
                self.name();
            }
            "20" | "30" => {
                self.land();
                self.digits(Column::Region, 1);
                self.name();
            }
            "40" => self.district(list),
            "50" => self.association(list),
            "60" => self.gemeinde(list, whole),
            other => {
                let what = match other {
                    "" => "Die Satzart fehlt".to_owned(),
                    other => format!("Die Satzart \"{}\" gibt es nicht", short(other)),
                };
                self.fault(
                    Column::RecordType,
                    what,
                    "10 (Land), 20 (Regierungsbezirk), 30 (Region), 40 (Kreis), 50 (Gemeindeverband) oder 60 (Gemeinde)",
                );
            }
        }
        if !whole {
            self.report.faults.truncate(before);
        }
    }

    fn district(&mut self, list: &mut List) {
        let key = self.key(&[(Column::Region, 1), (Column::District, 2)]);
        let text_key = self.text_key(
            41..=45,
            "41 bis 45 (kreisfreie Stadt, Stadtkreis, Kreis, Landkreis, Regionalverband)",
        );
        let name = self.name();
        if let Some((land, key)) = key {
            let parent = self.parent(land, name, text_key);
            self.insert("Kreis", &mut list.districts, key, parent, |parent| {
                parent.place.0
            });
        }
    }

    fn association(&mut self, list: &mut List) {
        let key = self.key(&[
            (Column::Region, 1),
            (Column::District, 2),
            (Column::Association, 4),
        ]);
        let text_key = self.text_key(
            50..=58,
            "50 bis 58 (verbandsfrei oder eine Art von Gemeindeverband)",
        );
        let name = self.name();
        if let Some((land, key)) = key {
            let parent = self.parent(land, name, text_key);
            self.insert(
                "Gemeindeverband",
                &mut list.associations,
                key,
                parent,
                |parent| parent.place.0,
            );
        }
    }

    fn parent(&self, land: Land, name: Option<String>, text_key: Option<u8>) -> Parent {
        Parent {
            name: name.unwrap_or_default(),
            land,
            text_key,
            place: self.place(Column::RecordType),
        }
    }

    fn gemeinde(&mut self, list: &mut List, whole: bool) {
        let before = self.report.faults.len();
        let key = self.key(&[
            (Column::Region, 1),
            (Column::District, 2),
            (Column::Municipality, 3),
        ]);
        let association = self.digits(Column::Association, 4);
        let text_key = self.text_key(
            60..=67,
            "60 bis 67 (Markt, kreisfreie Stadt, Stadt, Gemeinde, gemeindefrei, ...)",
        );
        let name = self.name();
        let area = self.decimal(Column::Area, "eine Fläche in km² wie 53.02");
        let inhabitants = self.count(Column::Inhabitants);
        let seat = self.seat();
        let urbanisation = self.urbanisation();
        let Some((land, key)) = key else { return };
        let association = association.map(|digits| format!("{}{digits}", &key[..5]));
        let (Some(association), Some(text_key), Some(name), Some(area_km2), Some(inhabitants)) =
            (association, text_key, name, area, inhabitants)
        else {
            list.damaged.insert(key);
            return;
        };
        let Ok(ags) = Key::new(key.clone()) else {
            return;
        };
        if !whole || self.report.faults.len() > before {
            list.damaged.insert(key);
            return;
        }
        let unit = Municipality {
            key: ags,
            name,
            kind: gemeinde_kind(text_key),
            land,
            inhabitants,
            area_km2,
            association: None,
            county: None,
            seat,
            urbanisation,
        };
        let gemeinde = Gemeinde {
            unit,
            district: key[..5].to_owned(),
            association,
            place: self.place(Column::RecordType),
        };
        self.insert("Gemeinde", &mut list.gemeinden, key, gemeinde, |gemeinde| {
            gemeinde.place.0
        });
    }

    fn insert<T>(
        &mut self,
        what: &str,
        into: &mut BTreeMap<String, T>,
        key: String,
        value: T,
        line: impl Fn(&T) -> u32,
    ) {
        match into.get(&key) {
            Some(first) => {
                let what = format!("{what} {key} steht schon in Zeile {}", line(first));
                self.fault(Column::Land, what, "jeder Schlüssel einmal");
            }
            None => {
                into.insert(key, value);
            }
        }
    }

    fn text(&self, column: Column) -> &str {
        self.header
            .columns
            .get(&column)
            .map_or("", |at| self.row.text(*at))
    }

    fn place(&self, column: Column) -> (u32, u32) {
        let cell = self
            .header
            .columns
            .get(&column)
            .and_then(|at| self.row.cells.get(at));
        (self.row.line, cell.map_or(self.row.end, |cell| cell.column))
    }

    fn fault(&mut self, column: Column, what: impl Into<String>, right: impl Into<String>) {
        let mut place = self.place(column);
        let mut field = format!("Spalte {}", column.heading());
        if self.spreadsheet
            && let Some(at) = self.header.columns.get(&column)
        {
            place.1 = *at as u32 + 1;
            field = format!("Zelle {}{}, {field}", cell_letters(*at), self.row.line);
        }
        self.report.add_in(place, Some(field), what, right);
    }

    /// The Land and the whole key that its parts make.
    fn key(&mut self, parts: &[(Column, usize)]) -> Option<(Land, String)> {
        let land = self.land();
        let mut key = land.map(|land| land.code().to_owned());
        for (column, length) in parts {
            let digits = self.digits(*column, *length);
            key = key.zip(digits).map(|(key, digits)| key + &digits);
        }
        land.zip(key)
    }

    fn land(&mut self) -> Option<Land> {
        let code = self.digits(Column::Land, 2)?;
        let land = Land::from_code(&code);
        if land.is_none() {
            self.fault(
                Column::Land,
                format!("Ein Land \"{code}\" gibt es nicht"),
                "01 bis 16",
            );
        }
        land
    }

    fn digits(&mut self, column: Column, length: usize) -> Option<String> {
        let text = self.text(column).to_owned();
        let number = self
            .header
            .columns
            .get(&column)
            .and_then(|at| self.row.cells.get(at))
            .is_some_and(|cell| cell.number);
        let is_digits = text.bytes().all(|b| b.is_ascii_digit());
        if is_digits && text.len() == length {
            return Some(text);
        }
        let padded = format!("{text:0>length$}");
        let is_short = is_digits && !text.is_empty() && text.len() < length;
        if is_short && number {
            return Some(padded);
        }
        let (what, right) = match (text.as_str(), is_short) {
            ("", _) => (
                format!("Das Feld \"{}\" ist leer", column.heading()),
                format!("{length} Ziffern"),
            ),
            (text, true) => (
                format!("\"{text}\" hat {} statt {length} Ziffern", text.len()),
                format!(
                    "\"{padded}\" (Tabellenprogramme lassen führende Nullen weg; die Spalte als Text einlesen)"
                ),
            ),
            (text, false) => (
                format!("\"{}\" ist kein Teil eines Schlüssels", short(text)),
                format!(
                    "{length} {}",
                    if length == 1 { "Ziffer" } else { "Ziffern" }
                ),
            ),
        };
        self.fault(column, what, right);
        None
    }

    fn text_key(&mut self, allowed: std::ops::RangeInclusive<u8>, right: &str) -> Option<u8> {
        let key = self
            .text(Column::TextKey)
            .parse()
            .ok()
            .filter(|key| allowed.contains(key));
        if key.is_none() {
            let what = match (self.text(Column::TextKey), self.text(Column::RecordType)) {
                ("", _) => "Das Textkennzeichen fehlt".to_owned(),
                (key, record) => format!(
                    "Das Textkennzeichen \"{}\" gibt es bei der Satzart {record} nicht",
                    short(key)
                ),
            };
            self.fault(Column::TextKey, what, right);
        }
        key
    }

    fn name(&mut self) -> Option<String> {
        let name = self.text(Column::Name).to_owned();
        if name.is_empty() {
            self.fault(
                Column::Name,
                "Der Name fehlt",
                "der Name, wie ihn das Verzeichnis führt",
            );
            return None;
        }
        Some(name)
    }

    /// A whole number; blanks may separate the thousands.
    fn count(&mut self, column: Column) -> Option<u32> {
        let text = self.text(column);
        let groups: Vec<&str> = text
            .split(is_blank)
            .filter(|group| !group.is_empty())
            .collect();
        let right_groups = groups.iter().skip(1).all(|group| group.len() == 3);
        let number = groups.concat();
        let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
        let value = number.parse().ok().filter(|_| is_number && right_groups);
        if value.is_none() {
            let what = match text {
                "" => "Die Zahl der Einwohner fehlt".to_owned(),
                text => format!("\"{}\" ist keine Zahl von Einwohnern", short(text)),
            };
            self.fault(column, what, "eine ganze Zahl wie \"90 164\"");
        }
        value
    }

    /// A number with decimal point or comma that is not negative.
    fn decimal(&mut self, column: Column, right: &str) -> Option<f64> {
        let text = self.text(column);
        let value = number(text).filter(|value| *value >= 0.0);
        if value.is_none() {
            let what = match text {
                "" => format!("Das Feld \"{}\" ist leer", column.heading()),
                text => format!("\"{}\" ist keine Zahl", short(text)),
            };
            self.fault(column, what, right);
        }
        value
    }

    /// Where the seat is; `None` where the list does not know it (empty, or zero for areas in the sea).
    fn seat(&mut self) -> Option<Coordinates> {
        let longitude = self.degrees(Column::Longitude, 5.0..=16.0);
        let latitude = self.degrees(Column::Latitude, 47.0..=56.0);
        Some(Coordinates {
            longitude: longitude?,
            latitude: latitude?,
        })
    }

    fn degrees(&mut self, column: Column, germany: std::ops::RangeInclusive<f64>) -> Option<f64> {
        let text = self.text(column);
        if text.is_empty() || text == "0" {
            return None;
        }
        let value = number(text).filter(|value| germany.contains(value));
        if value.is_none() {
            let what = format!(
                "\"{}\" ist kein {} in Deutschland",
                short(text),
                match column {
                    Column::Longitude => "Längengrad",
                    _ => "Breitengrad",
                }
            );
            let right = format!(
                "Grad zwischen {} und {} wie \"{},43751\"",
                germany.start(),
                germany.end(),
                germany.start() + 4.0
            );
            self.fault(column, what, right);
        }
        value
    }

    fn urbanisation(&mut self) -> Option<u8> {
        let text = self.text(Column::Urbanisation);
        let value = match text.trim_start_matches('0') {
            "1" => Some(1),
            "2" => Some(2),
            "3" => Some(3),
            _ => None,
        };
        if value.is_none() && !text.is_empty() {
            let what = format!(
                "Den Grad der Verstädterung \"{}\" gibt es nicht",
                short(text)
            );
            self.fault(Column::Urbanisation, what, "01, 02 oder 03");
        }
        value
    }
}

impl List {
    /// Compares Gemeinden, Gemeindeverbände and Kreise with each other.
    fn check(&self, report: &mut Report) {
        let mut missing: BTreeMap<(&str, &str), Orphans> = BTreeMap::new();
        for gemeinde in self.gemeinden.values() {
            let outside =
                gemeinde.unit.kind == Kind::Unincorporated && gemeinde.district.ends_with("00");
            if !outside && !self.districts.contains_key(&gemeinde.district) {
                let first = missing
                    .entry(("Kreis", &gemeinde.district))
                    .or_insert((0, gemeinde.place));
                first.0 += 1;
                first.1 = first.1.min(gemeinde.place);
            }
            if !self.associations.contains_key(&gemeinde.association) {
                let first = missing
                    .entry(("Gemeindeverband", &gemeinde.association))
                    .or_insert((0, gemeinde.place));
                first.0 += 1;
                first.1 = first.1.min(gemeinde.place);
            }
            let district = self
                .districts
                .get(&gemeinde.district)
                .and_then(|d| Some((d, d.text_key?)));
            if let Some((district, text_key)) = district
                && is_independent(text_key) != (gemeinde.unit.kind == Kind::IndependentCity)
            {
                report.add(
                    gemeinde.place,
                    format!(
                        "{} und der Kreis {} (Zeile {}) passen nicht zusammen: nur eines von beiden ist als kreisfreie Stadt geführt",
                        gemeinde.unit.name, district.name, district.place.0
                    ),
                    "Textkennzeichen 61 oder 62 der Stadt bei 41 oder 42 des Kreises",
                );
            }
        }
        for ((kind, key), (number, place)) in missing {
            let (record, which) = match kind {
                "Kreis" => (40, "Der Kreis"),
                _ => (50, "Der Gemeindeverband"),
            };
            let members = match number {
                1 => "eine Gemeinde gehört dazu".to_owned(),
                n => format!("{n} Gemeinden gehören dazu, dies ist die erste"),
            };
            report.add(
                place,
                format!("{which} {key} fehlt; {members}"),
                format!("eine Zeile mit der Satzart {record} für {key}"),
            );
        }
        self.check_members(report);
    }

    /// Each Kreis and Gemeindeverband has a Gemeinde, else the list is cut off.
    fn check_members(&self, report: &mut Report) {
        let mut districts: BTreeSet<&str> = self.damaged.iter().map(|key| &key[..5]).collect();
        let mut associations = BTreeSet::new();
        for gemeinde in self.gemeinden.values() {
            districts.insert(&gemeinde.district);
            associations.insert(gemeinde.association.as_str());
        }
        for (key, parent) in &self.districts {
            if !districts.contains(key.as_str()) {
                let what = format!(
                    "Zum Kreis {key} ({}) steht keine Gemeinde in der Liste",
                    parent.name
                );
                report.add(
                    parent.place,
                    what,
                    "mindestens eine Gemeinde; vielleicht fehlt der Rest der Datei",
                );
            }
        }
        for (key, parent) in &self.associations {
            let in_doubt = self
                .damaged
                .iter()
                .any(|gemeinde| gemeinde[..5] == key[..5]);
            let district_is_empty = !districts.contains(&key[..5]);
            if !associations.contains(key.as_str()) && !in_doubt && !district_is_empty {
                let what = format!(
                    "Zum Gemeindeverband {key} ({}) steht keine Gemeinde in der Liste",
                    parent.name
                );
                report.add(
                    parent.place,
                    what,
                    "mindestens eine Gemeinde; vielleicht fehlt der Rest der Datei",
                );
            }
        }
    }

    /// The units, with the sums of those that consist of Gemeinden.
    fn units(self) -> Vec<Municipality> {
        let mut parents: BTreeMap<String, Municipality> = BTreeMap::new();
        let counties = self
            .districts
            .into_iter()
            .filter(|(_, d)| d.text_key.is_some_and(|key| !is_independent(key)));
        let associations = self
            .associations
            .into_iter()
            .filter(|(_, a)| a.text_key.is_some_and(|key| key != 50));
        let all = counties
            .map(|c| (Kind::County, c))
            .chain(associations.map(|a| (Kind::Association, a)));
        for (kind, (digits, parent)) in all {
            if let Ok(key) = Key::new(digits.clone()) {
                parents.insert(digits, empty_parent(key, kind, parent));
            }
        }
        let mut units = Vec::with_capacity(self.gemeinden.len() + parents.len());
        for (
            _,
            Gemeinde {
                mut unit,
                district,
                association,
                ..
            },
        ) in self.gemeinden
        {
            let mut join = |digits: &str| {
                let parent = parents.get_mut(digits)?;
                parent.inhabitants = parent.inhabitants.saturating_add(unit.inhabitants);
                parent.area_km2 += unit.area_km2;
                Some(parent.key.clone())
            };
            unit.county = join(&district);
            unit.association = join(&association);
            if let Some(parent) = unit
                .association
                .as_ref()
                .and_then(|key| parents.get_mut(key.as_str()))
            {
                parent.county.clone_from(&unit.county);
            }
            units.push(unit);
        }
        for parent in parents.values_mut() {
            parent.area_km2 = (parent.area_km2 * 100.0).round() / 100.0;
        }
        units.extend(parents.into_values());
        units
    }
}

fn empty_parent(key: Key, kind: Kind, parent: Parent) -> Municipality {
    Municipality {
        key,
        name: parent.name,
        kind,
        land: parent.land,
        inhabitants: 0,
        area_km2: 0.0,
        association: None,
        county: None,
        seat: None,
        urbanisation: None,
    }
}

fn gemeinde_kind(text_key: u8) -> Kind {
    match text_key {
        61 | 62 => Kind::IndependentCity,
        63 | 67 => Kind::Town,
        65 | 66 => Kind::Unincorporated,
        _ => Kind::Municipality,
    }
}

/// Text key of a Kreis that is one city.
fn is_independent(text_key: u8) -> bool {
    matches!(text_key, 41 | 42)
}

/// Blank, no-break space, thin and narrow no-break space.
fn is_blank(c: char) -> bool {
    c == ' ' || c == '\u{a0}' || c == '\u{2009}' || c == '\u{202f}'
}

fn number(text: &str) -> Option<f64> {
    let text: String = text.chars().filter(|c| !is_blank(*c)).collect();
    let plain = !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    text.replace(',', ".")
        .parse()
        .ok()
        .filter(|value: &f64| plain && value.is_finite())
}

/// A cell's text, cut so that a message stays readable.
fn short(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// 0 is A, 25 is Z, 26 is AA.
fn cell_letters(column: usize) -> String {
    let letter = char::from(b'A' + (column % 26) as u8);
    match column / 26 {
        0 => letter.to_string(),
        n => format!("{}{letter}", cell_letters(n - 1)),
    }
}
