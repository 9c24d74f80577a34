//! A small made-up edition, for the tests of this crate and of those that render it. Every kind of question,
//! every kind of cell.

use findings::{
    Comparison, ComparisonKind, DifferenceRow, Domain, DomainBasis, Estimand, Evenness, Finding,
    FindingKey, LeftOut, MethodReport, PlainRow, PopulationReport, RangeRow, Release, ReleasedCell,
    ReleasedRow, ResponseRow, Spread, WeightsReport,
};
use jiff::civil::date;
use practices::{CostBand, DEFAULT_FIELDS, Evidence, FieldOfAction, Form, Kind, Mode, Running};
use questionnaire::Text;
use register::{Land, Population, SizeClass};

use crate::{ChapterText, Edition, Example, Logo};

const M: Domain = Domain::All(Population::Municipalities);
const C: Domain = Domain::All(Population::Counties);

fn t(de: &str) -> Text {
    Text {
        de: de.to_owned(),
        en: format!("{de} (en)"),
    }
}

fn percent(value: u8) -> ReleasedCell {
    let spread = if value.min(100 - value) > 10 { 7 } else { 4 };
    let interval = match value {
        71 => (64, 77),
        41 => (35, 48),
        62 => (55, 68),
        38 => (32, 45),
        _ => (value.saturating_sub(spread), (value + spread).min(100)),
    };
    ReleasedCell::Percent {
        value,
        interval: Some(interval),
    }
}

fn row(key: &str, label: &str, domain: Domain, n: u32, cells: Vec<ReleasedCell>) -> ReleasedRow {
    ReleasedRow {
        key: key.to_owned(),
        label: t(label),
        domain,
        n: Some(n),
        cells,
        top_two: None,
    }
}

fn likert(key: &str, label: &str, domain: Domain, n: u32, values: [u8; 5]) -> ReleasedRow {
    let mut row = row(key, label, domain, n, values.map(percent).to_vec());
    row.top_two = Some(percent(values[3] + values[4]));
    row
}

fn held_back(key: &str, label: &str, domain: Domain, columns: usize) -> ReleasedRow {
    ReleasedRow {
        key: key.to_owned(),
        label: t(label),
        domain,
        n: None,
        cells: vec![ReleasedCell::Suppressed; columns],
        top_two: None,
    }
}

fn finding(
    key: &str,
    theme: &str,
    question: &str,
    columns: &[(&str, &str)],
    ordered: bool,
    rows: Vec<ReleasedRow>,
) -> Finding {
    Finding {
        key: FindingKey(key.to_owned()),
        theme: t(theme),
        question: t(question),
        estimand: Estimand::ShareOfMunicipalities,
        columns: columns
            .iter()
            .map(|(k, l)| ((*k).to_owned(), t(l)))
            .collect(),
        ordered,
        rows,
        base: t("Gültige Antworten derer, die gefragt wurden."),
        left_out: vec![LeftOut {
            key: "wohnen".into(),
            population: Population::Municipalities,
            total: 6,
            by_reason: None,
            asked: 234,
        }],
        request: "{}".to_owned(),
    }
}

/// The release of the sample.
pub fn release() -> Release {
    let challenge = [
        ("sehr-gering", "sehr gering"),
        ("gering", "gering"),
        ("mittel", "mittel"),
        ("gross", "groß"),
        ("sehr-gross", "sehr groß"),
    ];
    let large = Domain::SizeClass(SizeClass::LargeCity);
    let medium = Domain::SizeClass(SizeClass::MediumTown);
    let small = Domain::SizeClass(SizeClass::SmallTown);
    let tiny = Domain::SizeClass(SizeClass::Under5000);
    let mut over = likert("wohnen", "Wohnraum", large, 38, [0, 1, 3, 36, 60]);
    over.top_two = Some(ReleasedCell::Over90);
    over.cells[0] = ReleasedCell::Under10;
    over.cells[1] = ReleasedCell::Under10;
    over.cells[2] = ReleasedCell::Under10;
    let mut under = likert(
        "gesundheit",
        "Gesundheitliche Versorgung",
        M,
        228,
        [12, 27, 33, 24, 4],
    );
    under.cells[4] = ReleasedCell::Under10;
    let aufgaben = finding(
        "aufgaben",
        "Aufgaben und Herausforderungen",
        "Wie groß sind die folgenden Herausforderungen zurzeit in Ihrer Kommune?",
        &challenge,
        true,
        vec![
            likert(
                "sprache",
                "Sprachkurse und Verständigung im Alltag",
                M,
                231,
                [4, 10, 22, 37, 27],
            ),
            likert("wohnen", "Wohnraum", M, 230, [3, 8, 18, 33, 38]),
            likert(
                "kita-schule",
                "Plätze in Kindertagesbetreuung und Schule",
                M,
                229,
                [9, 19, 28, 29, 15],
            ),
            likert(
                "koordination",
                "Koordination der beteiligten Stellen und der Ehrenamtlichen innerhalb der Verwaltung",
                M,
                231,
                [7, 21, 35, 26, 11],
            ),
            under,
            held_back("sicherheit", "Sicherheit und Ordnung", M, 5),
            likert(
                "sprache",
                "Sprachkurse und Verständigung im Alltag",
                C,
                41,
                [2, 7, 19, 42, 30],
            ),
            likert("wohnen", "Wohnraum", C, 41, [5, 15, 25, 32, 23]),
            over,
            likert("wohnen", "Wohnraum", medium, 74, [1, 5, 14, 35, 45]),
            likert("wohnen", "Wohnraum", small, 87, [3, 8, 20, 34, 35]),
            likert("wohnen", "Wohnraum", tiny, 31, [5, 11, 24, 31, 29]),
        ],
    );
    let trend = finding(
        "trend",
        "Rahmenbedingungen",
        "Wie wird sich die Zahl der Geflüchteten in den nächsten zwölf Monaten verändern?",
        &[
            ("sinkt-stark", "sinkt stark"),
            ("sinkt", "sinkt"),
            ("gleich", "bleibt gleich"),
            ("steigt", "steigt"),
            ("steigt-stark", "steigt stark"),
        ],
        true,
        vec![
            likert("", "", M, 226, [2, 14, 31, 36, 17]),
            likert("", "", C, 40, [3, 12, 30, 38, 17]),
            likert("", "", large, 38, [0, 11, 29, 42, 18]),
            likert("", "", medium, 73, [1, 14, 30, 37, 18]),
            likert("", "", small, 85, [3, 15, 32, 34, 16]),
            held_back("", "", tiny, 5),
        ],
    );
    let options = [
        ("ja-vollzeit", "ja, mit mindestens einer Vollzeitstelle"),
        ("ja-teilzeit", "ja, mit weniger als einer Vollzeitstelle"),
        ("geplant", "geplant"),
        ("nein", "nein"),
    ];
    let single = |domain, n, values: [u8; 4]| row("", "", domain, n, values.map(percent).to_vec());
    let stelle = finding(
        "stelle",
        "Rahmenbedingungen",
        "Gibt es bei Ihnen eine Stelle für Koordination?",
        &options,
        false,
        vec![
            single(M, 233, [22, 24, 13, 41]),
            single(C, 41, [63, 22, 10, 5]),
            single(large, 38, [81, 12, 4, 3]),
            single(medium, 74, [48, 29, 13, 10]),
        ],
    );
    let flag = |key, label, domain, n, value| row(key, label, domain, n, vec![percent(value)]);
    let von = finding(
        "bedarf-von",
        "Unterstützung",
        "Von wem brauchen Sie zuerst Unterstützung?",
        &[("ja", "trifft zu")],
        false,
        vec![
            flag("bund", "Bund", M, 229, 55),
            flag("land", "Land", M, 229, 62),
            flag("landkreis", "Landkreis", M, 229, 28),
            row(
                "keine",
                "von niemandem",
                M,
                229,
                vec![ReleasedCell::Under10],
            ),
            flag("bund", "Bund", C, 41, 61),
            flag("land", "Land", C, 41, 68),
        ],
    );
    let mean = |tenths: i64| ReleasedCell::Mean {
        tenths,
        interval: Some((tenths - tenths / 5, tenths + tenths / 5)),
    };
    let mut personal = finding(
        "personal",
        "Ressourcen",
        "Wie viele Vollzeitstellen gibt es dafür?",
        &[("vollzeitstellen", "Vollzeitstellen")],
        false,
        vec![
            row("", "", M, 221, vec![mean(24)]),
            row("", "", C, 40, vec![mean(93)]),
            row("", "", large, 37, vec![mean(312)]),
            row("", "", medium, 72, vec![mean(54)]),
            row("", "", small, 83, vec![mean(16)]),
            row("", "", tiny, 29, vec![mean(4)]),
        ],
    );
    personal.estimand = Estimand::Mean;
    Release {
        wave: "2016-1".into(),
        title: t("Aufnahme und Integration in den Kommunen 2016"),
        field_period: (date(2016, 1, 25), date(2016, 3, 5)),
        frozen: date(2016, 3, 7),
        method: method(),
        findings: vec![trend, stelle, aufgaben, von, personal],
        kept: Vec::new(),
        synthetic: true,
    }
}

fn response(label: &str, population: u32, responded: u32, land: Option<Land>) -> ResponseRow {
    ResponseRow {
        label: t(label),
        population,
        responded,
        land,
    }
}

fn method() -> MethodReport {
    let by_land = [
        (1, 1_106, 18),
        (2, 1, 1),
        (3, 942, 22),
        (4, 2, 1),
        (5, 396, 51),
        (6, 426, 27),
        (7, 2_304, 14),
        (8, 1_101, 38),
        (9, 2_056, 33),
        (10, 52, 5),
        (11, 1, 0),
        (12, 417, 4),
        (13, 750, 3),
        (14, 419, 8),
        (15, 218, 5),
        (16, 634, 3),
    ];
    MethodReport {
        n_municipalities: 233,
        n_counties: 41,
        invited: 11_197,
        by_size_class: vec![
            response("100\u{202f}000 und mehr", 80, 38, None),
            response("20\u{202f}000 bis unter 100\u{202f}000", 622, 74, None),
            response("5\u{202f}000 bis unter 20\u{202f}000", 2_271, 90, None),
            response("unter 5\u{202f}000", 7_823, 31, None),
            response("Landkreise", 294, 41, None),
        ],
        by_type: vec![
            response("kreisfreie Städte", 107, 42, None),
            response("Städte", 1_949, 110, None),
            response("Gemeinden", 8_740, 81, None),
            response("Landkreise", 294, 41, None),
        ],
        by_land: by_land
            .into_iter()
            .map(|(code, population, responded)| {
                let land = Land::from_code(&format!("{code:02}"));
                response(land.map_or("", Land::german), population, responded, land)
            })
            .collect(),
        cells: vec![
            response("Großstädte", 80, 38, None),
            response("Gemeinden unter 5\u{202f}000", 7_823, 31, None),
        ],
        uncovered: vec![],
        kish_n: 74,
        weight_ratio: 96,
        raking: t(
            "Die Gewichte wurden zusätzlich an die Verteilung auf die Länder angepasst; das Verfahren ist konvergiert.",
        ),
        kish_n_counties: 36,
        weight_ratio_counties: 3,
        collapsing: t(
            "Zellen mit weniger als fünf Antworten wurden mit der nächstkleineren Größenklasse zusammengelegt.",
        ),
        merged: vec![],
        assumption: t("Innerhalb der Gewichtungszellen wurde zufällig geantwortet."),
        disclosure: vec![t(
            "Gezeigt wird eine Gruppe nur, wenn mindestens zehn Kommunen geantwortet haben.",
        )],
        audit: vec![],
        dispositions: vec![
            (t("vollständig"), 251),
            (t("teilweise, verwertbar"), 23),
            (t("nicht geöffnet"), 10_700),
        ],
        weights: Some(weights()),
    }
}

fn weights() -> WeightsReport {
    let all = Domain::All(Population::Municipalities);
    let basis = |domain, units, n, kish_tenths, shift_tenths| DomainBasis {
        domain,
        units,
        n,
        kish_tenths,
        effect_tenths: n * 100 / kish_tenths,
        shift_tenths,
    };
    let large = Domain::SizeClass(SizeClass::LargeCity);
    let finding = FindingKey("aufgaben".into());
    let label = Text {
        de: "Wohnraum: groß oder sehr groß".into(),
        en: "housing: large or very large".into(),
    };
    let found = DifferenceRow {
        finding: finding.clone(),
        key: "wohnen".into(),
        label: label.clone(),
        points: 14,
        interval: (3, 25),
        distinguishable: true,
    };
    let comparison = |kind, groups: [&str; 2]| Comparison {
        kind,
        groups: groups.map(t),
        n: Some([78, 155]),
        tested: 1,
        untested: 2,
        rows: vec![found.clone()],
        reason: None,
    };
    WeightsReport {
        populations: vec![PopulationReport {
            population: Population::Municipalities,
            units: 10_796,
            n: 233,
            spread: Spread {
                tenths: [19, 74, 228, 301, 3_810],
                heaviest_tenth: 58,
                raking_hundredths: (46, 187),
            },
            bases: vec![
                basis(all, 10_796, 233, 740, [49, 98]),
                basis(large, 80, 38, 362, [26, 53]),
            ],
            evenness: Some(Evenness {
                indicator_thousandths: 881,
                adjusted_thousandths: 893,
                bias_hundredths: 264,
                model: t("Größenklasse und Land"),
            }),
            thin: vec![
                response("unter 5\u{202f}000", 7_823, 31, None),
                response("Thüringen", 634, 0, Land::from_code("16")),
            ],
            trimming: t("Gewichte werden nicht gekappt."),
            plain: vec![PlainRow {
                finding: finding.clone(),
                key: "wohnen".into(),
                label: label.clone(),
                weighted: 71,
                plain: 80,
            }],
            ranges: vec![RangeRow {
                finding,
                key: "wohnen".into(),
                label,
                value: 71,
                interval: Some((64, 77)),
                ranges: [(59, 82), (54, 87)],
            }],
            comparisons: vec![
                comparison(
                    ComparisonKind::Late,
                    ["spät geantwortet", "früher geantwortet"],
                ),
                Comparison {
                    n: None,
                    rows: Vec::new(),
                    reason: Some(t("Alle Einladungen kamen auf demselben Weg.")),
                    ..comparison(ComparisonKind::Channel, ["ein Zugangsweg", "die anderen"])
                },
            ],
        }],
    }
}

fn example(id: i64, field: &str, municipality: &str, inhabitants: u32, land: &str) -> Example {
    Example {
        id,
        form: Form {
            title: format!("Ein Beispiel aus dem Feld {field} (Nummer {id})"),
            sentence: "Zwei pensionierte Lehrerinnen unterrichten im Feuerwehrhaus alle, die noch auf ihren Kurs warten.".into(),
            kind: Kind::Project,
            field: field.into(),
            problem: "Wer der Gemeinde zugewiesen wurde, wartete lange auf einen Platz.".into(),
            steps: "Im Herbst begann der Unterricht.\n\nSeitdem gibt es zwei Gruppen.".into(),
            run_by: "Gemeinde (Bürgerbüro) mit dem Helferkreis".into(),
            partners: "Die Freiwillige Feuerwehr überlässt den Raum.".into(),
            staff: "Zwei Ehrenamtliche".into(),
            cost: CostBand::Under5000,
            funding: "Haushalt der Gemeinde".into(),
            running: Running { mode: Mode::Running, since: 2014, ended_why: String::new() },
            result: "Viele haben teilgenommen.".into(),
            evidence: Evidence::Counted,
            obstacle: "Die Gruppe wechselte ständig.".into(),
            helped: "Der Stoff wurde in Wochenthemen geteilt.".into(),
            requires: "Ein warmer Raum und eine Vertretung.".into(),
            mailbox: Some(format!("buergerbuero@kommune-{id:02}.example")),
            undecided: Default::default(),
            ..Form::default()
        },
        municipality: municipality.into(),
        kind: t("Gemeinde"),
        inhabitants,
        land: land.into(),
        wave: t("Aufnahme und Integration in den Kommunen 2016"),
        released: date(2016, 4, 12),
        confirmed: date(2016, 4, 12),
        number: 1,
        licence: "CC BY 4.0".into(),
        said: None,
        faded: None,
        take_ups: Vec::new(),
    }
}

/// The sample.
pub fn edition() -> Edition {
    let fields: Vec<FieldOfAction> = DEFAULT_FIELDS
        .iter()
        .map(|(key, de, en)| FieldOfAction::new(key, de, en))
        .collect();
    let examples = vec![
        example(1, "sprache", "Österfelde", 4_100, "06"),
        example(2, "sprache", "Ostheim am Berg", 12_400, "09"),
        example(3, "wohnen", "Ährenbach", 31_000, "05"),
        example(4, "wohnen", "Landkreis Zellerland", 162_000, "03"),
    ];
    let chapters = fields
        .iter()
        .map(|field| ChapterText {
            field: field.key.clone(),
            markdown: format!(
                "Was Kommunen im Feld *{}* berichten: {{{{ anteil aufgaben.wohnen }}}} nennen **Wohnraum**.\n\n\
                 ## Im Einzelnen\n\n- ein Punkt\n- noch ein Punkt\n\n{{{{ diagramm trend }}}}\n",
                field.de
            ),
            findings: vec!["aufgaben".into(), "bedarf-von".into()],
            examples: examples.iter().filter(|e| e.form.field == field.key).map(|e| e.id).collect(),
        })
        .collect();
    let logo = |name: &str| Logo {
        name: name.into(),
        svg: None,
    };
    Edition {
        format: 1,
        key: "2016-1".into(),
        title: "Kommunen lernen voneinander".into(),
        subtitle: "Aufnahme und Integration in den Kommunen".into(),
        date: date(2016, 6, 12),
        publisher: logo("Institut für kommunales Lernen (erfunden)"),
        imprint: vec!["Musterweg 1".into(), "00000 Beispielstadt".into()],
        funder: logo("Stiftung Gemeinsam vor Ort (erfunden)"),
        supporters: vec![logo("Verband der Städte im Beispielland (erfunden)")],
        foreword: "Liebe Leserinnen und Leser,\n\nKommunen lernen voneinander.".into(),
        introduction:
            "An der Befragung haben sich {{ n }} Kommunen beteiligt. {{ satz aufgaben.wohnen }}"
                .into(),
        method: "Die Befragung war freiwillig.".into(),
        fields,
        chapters,
        release: release(),
        audit: None,
        examples,
        shared: Vec::new(),
        sentences: Default::default(),
        change: None,
        gaps: None,
        change_text: String::new(),
        synthetic: true,
    }
}
