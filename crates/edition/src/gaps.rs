//! Where examples are missing: tables, a map of the Länder for each field, and open data, from released figures only.

use findings::{Domain, GapCell, GapPlace, GapState, Gaps, ReleasedCell};
use practices::FieldOfAction;
use questionnaire::Lang;
use register::Population;

use crate::Edition;
use crate::charts::{Medium, gap_tiles};
use crate::data::{DataError, values};
use crate::document::{GapChapter, PlainChart, RowGroup, Table};
use crate::lookup::domain_word;
use crate::numbers;
use crate::sentences;
use crate::translation::text;

/// The file of open data.
pub const FILE: &str = "luecken.csv";

/// Gaps of an edition; `None` where it was frozen without them.
pub fn of(edition: &Edition) -> Option<Gaps> {
    let gaps = Gaps::of(&edition.release, edition.gaps.as_ref()?);
    (!gaps.classes.is_empty()).then_some(gaps)
}

/// Name of a field of action.
pub fn field_name(lang: Lang, fields: &[FieldOfAction], key: &str) -> String {
    let known = fields.iter().find(|f| f.key == key);
    known.map_or_else(
        || key.to_owned(),
        |f| match lang {
            Lang::De => f.de.clone(),
            Lang::En => f.en.clone(),
        },
    )
}

/// Keys of the fields that have needs, in the order of the list of fields.
pub fn fields_of<'f>(cells: &[GapCell], fields: &'f [FieldOfAction]) -> Vec<&'f str> {
    let keys = fields.iter().map(|f| f.key.as_str());
    keys.filter(|key| cells.iter().any(|c| c.field == *key))
        .collect()
}

/// What stands in a table for a field in one kind of place: "Lücke: 71 %, kein Beispiel".
pub fn said(lang: Lang, cell: &GapCell) -> String {
    let need = with_n(lang, cell);
    let count = cell.examples.to_string();
    let examples = text(lang, "gaps-examples", &[("count", &count)]);
    let key = match cell.state() {
        GapState::Missing => "gaps-cell-missing",
        GapState::Few => "gaps-cell-few",
        GapState::Covered | GapState::NotHigh | GapState::NotShown => "gaps-cell",
    };
    text(lang, key, &[("need", &need), ("examples", &examples)])
}

/// The need in words and figures: a Land's own, or that of all.
fn need_of(lang: Lang, cell: &GapCell) -> String {
    let need = numbers::cell(lang, &cell.need);
    match cell.of_all {
        true => text(lang, "gaps-of-all", &[("need", &need)]),
        false => need,
    }
}

/// The need with the number of respondents behind it, as the release has both.
fn with_n(lang: Lang, cell: &GapCell) -> String {
    let need = need_of(lang, cell);
    match cell.n {
        Some(n) if cell.state() != GapState::NotShown => {
            let n = numbers::thousands(lang, i64::from(n));
            format!("{need}, {}", text(lang, "gaps-n", &[("n", &n)]))
        }
        _ => need,
    }
}

/// The same in few letters and two lines, for print: "71 % (0) Lücke", "n = 34".
fn short(lang: Lang, cell: &GapCell) -> String {
    let said = short_need(lang, cell);
    match cell.n {
        Some(n) if cell.state() != GapState::NotShown => {
            let n = numbers::thousands(lang, i64::from(n));
            format!("{said}\n{}", text(lang, "gaps-n", &[("n", &n)]))
        }
        _ => said,
    }
}

fn short_need(lang: Lang, cell: &GapCell) -> String {
    let need = need_of(lang, cell);
    let count = cell.examples.to_string();
    let key = match cell.state() {
        GapState::Missing => "gaps-short-missing",
        GapState::Few => "gaps-short-few",
        GapState::Covered | GapState::NotHigh | GapState::NotShown => "gaps-short",
    };
    text(lang, key, &[("need", &need), ("count", &count)])
}

/// A kind of place as a heading; Länder by their abbreviations in print.
fn heading(lang: Lang, place: &GapPlace, medium: Medium) -> String {
    match (place, medium) {
        (GapPlace::Laender(all), Medium::Print) => {
            let short: Vec<&str> = all.iter().map(|l| l.abbreviation()).collect();
            short.join(", ")
        }
        _ => place.label().get(lang).to_owned(),
    }
}

/// Fields against kinds of places.
fn table(
    (lang, medium): (Lang, Medium),
    fields: &[FieldOfAction],
    cells: &[GapCell],
    word: &str,
) -> Table {
    let places = Gaps::places(cells);
    let mut columns = vec![text(lang, "gaps-field", &[])];
    columns.extend(places.iter().map(|p| heading(lang, p, medium)));
    let said = |cell: &GapCell| match medium {
        Medium::Print => short(lang, cell),
        Medium::Screen | Medium::Narrow => said(lang, cell),
    };
    let row = |key: &str| {
        let mut row = vec![field_name(lang, fields, key)];
        row.extend(places.iter().map(|place| {
            let cell = Gaps::strongest(cells, key, place);
            cell.map_or_else(|| "–".to_owned(), said)
        }));
        row
    };
    Table {
        id: format!("tabelle-luecken-{word}"),
        caption: text(lang, &format!("gaps-table-{word}"), &[]),
        base: text(
            lang,
            match medium {
                Medium::Print => "gaps-base-short",
                Medium::Screen | Medium::Narrow => "gaps-base",
            },
            &[],
        ),
        columns,
        groups: vec![RowGroup {
            title: String::new(),
            rows: fields_of(cells, fields).into_iter().map(row).collect(),
        }],
        notes: vec![reading(lang)],
    }
}

/// How to read the tables and the maps, with the bounds as the program has them.
pub fn reading(lang: Lang) -> String {
    let high = numbers::percent(lang, findings::HIGH_NEED);
    let enough = findings::ENOUGH_EXAMPLES.to_string();
    text(
        lang,
        "gaps-reading",
        &[("high", &high), ("enough", &enough)],
    )
}

/// The tables: by size class, and by Länder where the release has them, Länder as rows.
pub fn tables(lang: Lang, fields: &[FieldOfAction], gaps: &Gaps, medium: Medium) -> Vec<Table> {
    let said = (lang, medium);
    let mut all = vec![table(said, fields, &gaps.classes, "klassen")];
    if !gaps.laender.is_empty() {
        let table = table(said, fields, &gaps.laender, "laender");
        all.push(turned(lang, table));
    }
    all
}

/// Rows for columns: there are more Länder than fields.
fn turned(lang: Lang, table: Table) -> Table {
    let rows = table.groups.into_iter().flat_map(|g| g.rows);
    let rows: Vec<Vec<String>> = rows.collect();
    let mut columns = vec![text(lang, "gaps-land", &[])];
    columns.extend(rows.iter().map(|row| row[0].clone()));
    let places = table.columns.into_iter().skip(1).enumerate();
    let turned = places.map(|(place, name)| {
        let cells = rows.iter().map(|row| row[place + 1].clone());
        std::iter::once(name).chain(cells).collect()
    });
    Table {
        groups: vec![RowGroup {
            title: String::new(),
            rows: turned.collect(),
        }],
        columns,
        ..table
    }
}

/// The handbook's chapter: how to read it, the gaps in words, a table by size, and a map for each field.
pub(crate) fn chapter(edition: &Edition) -> Option<GapChapter> {
    let lang = Lang::De;
    let gaps = of(edition)?;
    let fields = &edition.fields;
    let mut lead = vec![text(lang, "gaps-lead", &[]), reading(lang)];
    let on_map = fields_of(&gaps.laender, fields);
    let mut tables = tables(lang, fields, &gaps, Medium::Print).into_iter();
    let by_class = tables.next();
    if let Some(by_land) = tables.next() {
        lead.push(text(lang, "gaps-see-annex", &[("table", &by_land.caption)]));
    }
    let map = |field: &&str| PlainChart {
        title: field_name(lang, fields, field),
        ..gap_tiles(lang, fields, &gaps, field, Medium::Print)
    };
    Some(GapChapter {
        title: text(lang, "gaps-title", &[]),
        lead,
        list_title: text(lang, "gaps-missing-title", &[]),
        list: missing(lang, fields, &gaps.classes),
        table: by_class?,
        maps_title: text(lang, "gaps-by-land", &[]),
        maps_note: text(lang, "gaps-land-groups", &[]),
        maps: on_map.iter().map(map).collect(),
    })
}

/// What is missing, a sentence for each field that has a high need without any example from there.
fn missing(lang: Lang, fields: &[FieldOfAction], cells: &[GapCell]) -> Vec<String> {
    let places = Gaps::places(cells);
    let sentence = |key: &str| {
        let of = places.iter().filter_map(|place| {
            let cell = Gaps::strongest(cells, key, place)?;
            (cell.state() == GapState::Missing).then(|| {
                let (place, need) = (place.label(), with_n(lang, cell));
                let values = [("place", place.get(lang)), ("need", need.as_str())];
                text(lang, "gaps-missing-place", &values)
            })
        });
        let all: Vec<String> = of.collect();
        let field = field_name(lang, fields, key);
        let values = [("field", field.as_str()), ("places", &all.join("; "))];
        (!all.is_empty()).then(|| text(lang, "gaps-missing", &values))
    };
    fields_of(cells, fields)
        .into_iter()
        .filter_map(sentence)
        .collect()
}

/// Heads of the columns of open data.
const COLUMNS: [&str; 13] = [
    "welle",
    "handlungsfeld",
    "ergebnis",
    "zeile",
    "zeile_text",
    "gliederung",
    "ort",
    "ort_text",
    "status",
    "wert",
    "n",
    "beispiele",
    "urteil",
];

const HELD: ReleasedCell = ReleasedCell::Suppressed;

/// A line: the need in a place, as the release has it, with the number of examples from there and what it comes to.
fn record(
    edition: &Edition,
    cell: &GapCell,
    [by, place, place_words]: [&str; 3],
    (need, n): (&ReleasedCell, Option<u32>),
    [examples, verdict]: [&str; 2],
) -> [String; 13] {
    let (question, item) = cell.variable.0.split_once('.').unwrap_or_default();
    let [status, value, _, _] = values(need);
    let n = n.map(|n| n.to_string()).unwrap_or_default();
    [
        edition.release.wave.clone(),
        cell.field.clone(),
        question.to_owned(),
        item.to_owned(),
        cell.label.de.clone(),
        by.to_owned(),
        place.to_owned(),
        place_words.to_owned(),
        status.to_string(),
        value.to_string(),
        n,
        examples.to_owned(),
        verdict.to_owned(),
    ]
}

/// Every need in every kind of place, with its examples; of all cities and municipalities, where Länder say it.
pub(crate) fn csv(edition: &Edition, gaps: &Gaps) -> Result<Vec<u8>, DataError> {
    let error = |source| DataError {
        file: FILE.to_owned(),
        source,
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS).map_err(error)?;
    let mut alls: Vec<&GapCell> = Vec::new();
    for cell in gaps.classes.iter().chain(&gaps.laender) {
        let by = match cell.place {
            GapPlace::Class(_) => "groessenklasse",
            GapPlace::Laender(_) => "land",
        };
        let place = [by, &cell.place.word(), &cell.place.label().de];
        // Here stands only what is said of the place itself; what is said of all has a line of its own.
        let (need, n, verdict) = match (cell.of_all, cell.state()) {
            (true, _) | (false, GapState::NotShown) => (&HELD, None, "nicht-ausgewiesen"),
            (false, GapState::NotHigh) => (&cell.need, cell.n, "bedarf-nicht-hoch"),
            (false, GapState::Covered) => (&cell.need, cell.n, "beispiele-vorhanden"),
            (false, GapState::Few) => (&cell.need, cell.n, "wenige-beispiele"),
            (false, GapState::Missing) => (&cell.need, cell.n, "luecke"),
        };
        let record = record(
            edition,
            cell,
            place,
            (need, n),
            [&cell.examples.to_string(), verdict],
        );
        writer.write_record(record).map_err(error)?;
        if cell.of_all && alls.iter().all(|c| c.variable != cell.variable) {
            alls.push(cell);
        }
    }
    let whole = Domain::All(Population::Municipalities);
    let place = [
        "alle",
        domain_word(whole),
        &sentences::domain_label(Lang::De, whole),
    ];
    for cell in alls {
        let record = record(edition, cell, place, (&cell.need, cell.n), ["", ""]);
        writer.write_record(record).map_err(error)?;
    }
    writer
        .into_inner()
        .map_err(|e| error(e.into_error().into()))
}

#[cfg(test)]
mod tests {
    use findings::{GapBasis, GapNeed};
    use questionnaire::VariableKey;

    use super::*;
    use crate::sample;

    #[test]
    fn an_edition_says_where_examples_are_missing() {
        let mut edition = sample::edition();
        assert!(of(&edition).is_none(), "frozen without them");
        let finding = edition.release.findings.iter();
        let scale = finding.clone().find(|f| f.ordered && f.rows.len() > 4);
        let scale = scale.expect("a battery");
        let item = scale.rows[0].key.clone();
        edition.gaps = Some(GapBasis {
            needs: vec![GapNeed {
                variable: VariableKey(format!("{}.{item}", scale.key.0)),
                field: "wohnen".into(),
            }],
            examples: Vec::new(),
        });
        let gaps = of(&edition).expect("needs by size class");
        let fields = practices::default_fields();
        let tables = tables(Lang::De, &fields, &gaps, Medium::Screen);
        assert_eq!(tables[0].groups[0].rows[0][0], "Wohnen");
        assert!(
            tables[0].groups[0].rows[0][1..]
                .iter()
                .all(|cell| cell.contains("kein Beispiel")),
            "{:?}",
            tables[0].groups
        );
        let chapter = chapter(&edition).expect("a chapter of the handbook");
        let cells = &chapter.table.groups[0].rows[0];
        assert!(
            cells.iter().any(|c| c.contains("\nn\u{a0}=\u{a0}")),
            "{cells:?}"
        );
        assert!(!format!("{chapter:?}").contains("gaps-"));
        let data = String::from_utf8(csv(&edition, &gaps).expect("written")).expect("text");
        assert!(data.starts_with("welle,handlungsfeld,"));
        assert_eq!(data.lines().count(), 1 + gaps.classes.len());
        let map = gap_tiles(Lang::De, &fields, &gaps, "wohnen", Medium::Screen);
        assert!(map.svg.contains("role=\"img\"") && !map.svg.contains("gaps-"));
    }
}
