//! Reads a small invented list, whole and damaged in every way that people meet.

mod list;

use std::time::{Duration, Instant};

use list::CSV;
use register::{Key, Kind, Land, Population, Register, SizeClass};

fn read(text: &str) -> Register {
    Register::read(text.as_bytes(), "liste-2019-12-31.csv").expect("a whole list")
}

/// All faults of a text as `line:column what`.
fn faults(text: &str) -> Vec<String> {
    faults_of(text.as_bytes())
}

fn faults_of(bytes: &[u8]) -> Vec<String> {
    let faults = Register::read(bytes, "liste.csv").expect_err("the list is damaged");
    assert!(faults.iter().all(|fault| !fault.right.is_empty()));
    faults
        .iter()
        .map(|f| format!("{}:{} {}", f.line, f.column, f.what))
        .collect()
}

/// The small list with one passage replaced.
fn damaged(from: &str, to: &str) -> Vec<String> {
    assert!(CSV.contains(from), "{from} is not in the list");
    faults(&CSV.replacen(from, to, 1))
}

fn key(digits: &str) -> Key {
    Key::new(digits).expect("a key")
}

#[test]
fn a_whole_list_gives_units_sums_and_counts() {
    let register = read(CSV);
    let counts = register.counts();
    assert_eq!((counts.municipalities, counts.with_inhabitants), (5, 4));
    assert_eq!(
        (counts.districts, counts.counties, counts.associations),
        (2, 1, 1)
    );
    assert_eq!((counts.laender, counts.inhabitants), (1, 134_044));
    assert_eq!(register.date(), Some("2019-12-31"));

    let county = register.get(&key("01051")).unwrap();
    assert_eq!(
        (county.kind, county.inhabitants, county.area_km2),
        (Kind::County, 13_880, 83.96)
    );
    assert!(
        register.get(&key("01001")).is_none(),
        "an independent city is no county"
    );
    let association = register.get(&key("010515163")).unwrap();
    assert_eq!(
        (association.kind, association.inhabitants),
        (Kind::Association, 1_500)
    );
    assert_eq!(association.county, Some(key("01051")));
    let members: Vec<_> = register
        .members(&association.key)
        .map(|unit| unit.name.as_str())
        .collect();
    assert_eq!(members, ["Brelau", "Größen"]);

    let city = register.get(&key("01001000")).unwrap();
    assert_eq!(
        (city.kind, city.county.as_ref(), city.association.as_ref()),
        (Kind::IndependentCity, None, None)
    );
    assert_eq!(
        (city.plain_name().as_str(), city.urbanisation),
        ("Quarnstadt", Some(1))
    );
    assert_eq!(
        city.seat.map(|seat| (seat.longitude, seat.latitude)),
        Some((9.43751, 54.78252))
    );
    let town = register.get(&key("01051011")).unwrap();
    assert_eq!(
        (town.kind, town.association.as_ref(), town.area_km2),
        (Kind::Town, None, 65.21)
    );
    assert_eq!(register.get(&key("01051999")).unwrap().seat, None);
}

#[test]
fn cells_count_each_population_by_land_and_size() {
    let sh = Land::SchleswigHolstein;
    let cells: Vec<_> = read(CSV).cells().into_iter().collect();
    assert_eq!(
        cells,
        [
            ((sh, Population::Municipalities, SizeClass::Under5000), 2),
            ((sh, Population::Municipalities, SizeClass::SmallTown), 1),
            ((sh, Population::Municipalities, SizeClass::LargeCity), 1),
            ((sh, Population::Counties, SizeClass::County), 1),
        ]
    );
}

#[test]
fn search_begins_with_beginnings_and_forgives_spelling() {
    let register = read(CSV);
    let check = |words: &str, expected: &[&str]| {
        let found: Vec<_> = register
            .search(words, 10)
            .iter()
            .map(|unit| unit.name.as_str())
            .collect();
        assert_eq!(found, expected, "{words}");
    };
    check("tolk", &["Tolkmark", "Tolkum, Stadt"]);
    check("brelau", &["Brelau-Süd", "Brelau"]);
    check("groessen", &["Größen"]);
    check("GROSSEN", &["Größen"]);
    check("stadt", &["Quarnstadt, Stadt", "Tolkum, Stadt"]);
    check("sued", &["Brelau-Süd"]);
    check("forst", &[]);
    check("", &[]);
    check("--", &[]);
    assert_eq!(register.search("t", 1).len(), 1);
}

#[test]
fn separators_line_ends_and_titles_make_no_difference() {
    let expected = read(CSV);
    let same = |text: &str| assert_eq!(read(text).municipalities(), expected.municipalities());
    same(&format!("\u{feff}{CSV}"));
    same(&CSV.replace('\n', "\r\n"));
    same(&format!("Gemeinden in Deutschland\n\n{CSV}\n\n"));
    same(CSV.trim_end());
    // Decimal commas stand in quotation marks, so a plain exchange of the separator keeps them.
    let semicolons: Vec<String> = CSV
        .lines()
        .map(|line| {
            let mut quoted = false;
            line.chars()
                .map(|c| {
                    quoted ^= c == '"';
                    if c == ',' && !quoted { ';' } else { c }
                })
                .collect()
        })
        .collect();
    same(&semicolons.join("\n"));
}

#[test]
fn a_spreadsheet_gives_the_same_list() {
    let register = Register::read(&list::xlsx(CSV), "AuszugGV.xlsx").unwrap();
    assert_eq!(register.municipalities(), read(CSV).municipalities());
    assert_eq!(register.date(), Some("2019-12-31"), "from the titles");
}

#[test]
fn headings_in_several_rows_are_those_of_the_office() {
    let titles = "Satz-art,Textkenn-zeichen,Amtlicher Regionalschlüssel (ARS),,,,,Gemeindename,Fläche km² 1),Bevölkerung 2),,,,Postleitzahl 3),Geografische Mittelpunktkoordinaten,,Reisegebiete,,Grad der Verstädterung,";
    let names = ",,Land,RB,Kreis,VB,Gem,,,insgesamt,männlich,weiblich,je km²,,Längengrad,Breitengrad,Schlüssel,Bezeichnung,Schlüssel,Bezeichnung";
    let numbers = "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20";
    let rest = CSV.split_once('\n').unwrap().1;
    let office = list::xlsx(&format!("{titles}\n{names}\n{numbers}\n{rest}"));
    let register = Register::read(&office, "AuszugGV.xlsx").unwrap();
    assert_eq!(register.municipalities(), read(CSV).municipalities());
}

#[test]
fn all_faults_come_at_once_with_their_places() {
    let text = CSV
        .replace(
            "50,51,01,0,51,5163,,Brelau-Süd",
            "55x,51,01,0,51,5163,,Brelau-Süd",
        )
        .replace(
            "60,64,01,0,51,5163,001,Brelau, 7.5,  439",
            "60,64,1,0,5a,5163,001,,7;5,viele",
        )
        .replace("60,63,01", "60,83,01")
        .replace("\"9,3\",\"54\"", "\"93\",\"5,4\"");
    assert_eq!(
        faults(&text),
        [
            "8:4 Das Textkennzeichen \"83\" gibt es bei der Satzart 60 nicht",
            "9:1 Die Satzart \"55x\" gibt es nicht",
            "10:7 \"1\" hat 1 statt 2 Ziffern",
            "10:11 \"5a\" ist kein Teil eines Schlüssels",
            "10:23 Der Name fehlt",
            "10:24 \"7;5\" ist keine Zahl",
            "10:28 \"viele\" ist keine Zahl von Einwohnern",
            "11:71 \"93\" ist kein Längengrad in Deutschland",
            "11:76 \"5,4\" ist kein Breitengrad in Deutschland",
        ]
    );
}

#[test]
fn each_fault_says_what_it_is() {
    let check =
        |from: &str, to: &str, expected: &[&str]| assert_eq!(damaged(from, to), expected, "{to}");
    check(
        "5163,002",
        "5163,001",
        &["11:7 Gemeinde 01051001 steht schon in Zeile 10"],
    );
    check(
        "40,43,01,0,51,,,Tolkmark,,,,,,,,,,,,\n",
        "",
        &["7:1 Der Kreis 01051 fehlt; 4 Gemeinden gehören dazu, dies ist die erste"],
    );
    check(
        "50,51,01,0,51,5163,,Brelau-Süd,,,,,,,,,,,,\n",
        "",
        &["9:1 Der Gemeindeverband 010515163 fehlt; 2 Gemeinden gehören dazu, dies ist die erste"],
    );
    check(
        "60,61,01,0,01",
        "60,61,17,0,01",
        &[
            "3:1 Zum Kreis 01001 (Quarnstadt, Stadt) steht keine Gemeinde in der Liste",
            "5:7 Ein Land \"17\" gibt es nicht",
        ],
    );
    check(
        "60,61,01",
        "60,63,01",
        &[
            "5:1 Quarnstadt, Stadt und der Kreis Quarnstadt, Stadt (Zeile 3) passen nicht zusammen: nur eines von beiden ist als kreisfreie Stadt geführt",
        ],
    );
    check(
        " 12 380,",
        " 12 38,",
        &["8:47 \"12 38\" ist keine Zahl von Einwohnern"],
    );
    check(
        " 12 380,",
        " 99999999999,",
        &["8:47 \"99999999999\" ist keine Zahl von Einwohnern"],
    );
    check(
        " 12 380,",
        " -5,",
        &["8:47 \"-5\" ist keine Zahl von Einwohnern"],
    );
    check(" 12 380,", ",", &["8:47 Die Zahl der Einwohner fehlt"]);
    check(
        "01,0,51,,,Tolkmark",
        "01,0,51,Tolkmark",
        &["6:35 Die Zeile hat 18 statt 20 Felder"],
    );
    check(
        "Brelau, 7.5",
        "Brelau, am See, 7.5",
        &["10:126 Die Zeile hat 21 statt 20 Felder"],
    );
    check(
        "\"Tolkum, Stadt\", 65.21",
        "\"Tolkum, Stadt, 65.21",
        &[
            "8:24 Das Anführungszeichen dieses Feldes wird nicht geschlossen",
            "8:143 Die Zeile hat 21 statt 20 Felder",
        ],
    );
    check(
        "02,mittlere",
        "07,mittlere",
        &["8:115 Den Grad der Verstädterung \"07\" gibt es nicht"],
    );
}

#[test]
fn headings_that_are_missing_are_named() {
    assert_eq!(
        damaged("bevoelkerung,", "bevoelkrung,"),
        ["1:72 Die Spalte \"bevoelkerung\" fehlt; hier steht \"bevoelkrung\""]
    );
    assert_eq!(damaged("satzart,", "a,").len(), 1);
    assert_eq!(
        damaged("textkennzeichen,", "land,").len(),
        2,
        "twice there and missing"
    );
    assert_eq!(
        faults("name;plz\nTolkum;12345\n"),
        ["1:1 Hier stehen nicht die Überschriften des Gemeindeverzeichnisses"]
    );
    assert_eq!(
        faults(CSV.lines().next().unwrap()),
        ["1:1 Die Liste enthält keine Gemeinde"]
    );
}

#[test]
fn a_truncated_file_says_so() {
    let cut = &CSV[..CSV.find("ößen").unwrap()];
    assert!(
        faults(cut).contains(
            &"11:26 Die letzte Zeile hat 8 statt 20 Felder; die Datei bricht hier wohl ab"
                .to_owned()
        ),
        "{:?}",
        faults(cut)
    );
    let cut = &CSV[..CSV.find("60,63").unwrap()];
    assert_eq!(
        faults(cut),
        ["6:1 Zum Kreis 01051 (Tolkmark) steht keine Gemeinde in der Liste"]
    );
}

#[test]
fn other_encodings_and_other_files_are_recognised() {
    let windows: Vec<u8> = CSV
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    assert_eq!(
        faults_of(&windows),
        [
            "9:29 Die Datei ist nicht in UTF-8, sondern vermutlich in Windows-1252 gespeichert: Byte FC ist dort \"ü\""
        ]
    );
    let mut broken = CSV.as_bytes().to_vec();
    let at = CSV.find("Tolkmark").unwrap();
    broken[at] = 0xFF;
    assert_eq!(
        faults_of(&broken),
        ["6:17 Byte FF ist hier kein gültiges UTF-8; die Datei ist beschädigt"]
    );
    assert_eq!(
        faults_of(b"\xFF\xFEs\0"),
        ["1:1 Die Datei ist in UTF-16 gespeichert"]
    );
    assert_eq!(faults_of(b""), ["1:1 Die Datei ist leer"]);
    assert_eq!(
        faults_of(b"\xEF\xBB\xBF \r\n\n"),
        ["1:1 Die Datei ist leer"]
    );
    assert_eq!(
        faults_of(b"%PDF-1.7 ..."),
        ["1:1 Die Datei ist ein PDF, keine CSV-Datei"]
    );
    assert_eq!(
        faults_of(b"satzart\nab\0cd"),
        ["2:3 Hier steht ein Steuerzeichen (Byte 00); die Datei ist kein Text oder beschädigt"]
    );
    assert_eq!(faults_of(b"PK\x03\x04 and then nothing").len(), 1);
}

#[test]
fn a_damaged_spreadsheet_names_the_cell() {
    let damaged = CSV
        .replace(" 12 380,", "viele,")
        .replace("40,43,01,0,51", "40,43,01,0,5x");
    let faults = Register::read(&list::xlsx(&damaged), "gv.xlsx").unwrap_err();
    let text = faults.to_string();
    assert!(text.starts_with(
        "Fehler: \"5x\" ist kein Teil eines Schlüssels\n  --> gv.xlsx:9:5 (Zelle E9, Spalte kreis)\n   = richtig wäre: 2 Ziffern\n"
    ), "{text}");
    assert!(text.contains("\"viele\" ist keine Zahl von Einwohnern\n  --> gv.xlsx:11:10 (Zelle J11, Spalte bevoelkerung)"), "{text}");
}

/// Random injuries: each gives a register or faults, never a panic nor a hang. `MUTATED` says how many; 10,000 in
/// `cargo xtask mutate`.
#[test]
fn mutated_lists_do_no_harm() {
    let told = std::env::var("MUTATED").ok();
    let count: usize = told.and_then(|n| n.parse().ok()).unwrap_or(1_000);
    let mut slowest = Duration::ZERO;
    let mut state = 1_u64;
    let mut below = |n: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % n
    };
    let originals = [
        CSV.as_bytes().to_vec(),
        list::xlsx(CSV),
        list::gv100ad(CSV).into_bytes(),
    ];
    let (mut good, mut bad) = (0, 0);
    for round in 0..count {
        let mut bytes = originals[round % originals.len()].clone();
        for _ in 0..=below(4) {
            let at = below(bytes.len());
            match below(5) {
                0 => bytes[at] = below(256) as u8,
                1 => bytes[at] = b",;\"\n \t09a-"[below(10)],
                2 => drop(bytes.remove(at)),
                3 => bytes.insert(at, below(256) as u8),
                _ if round % 10 == 0 => bytes.truncate(at + 1),
                _ => bytes.swap(at, at / 2),
            }
        }
        let begun = Instant::now();
        let read = Register::read(&bytes, "x");
        slowest = slowest.max(begun.elapsed());
        match read {
            Ok(_) => good += 1,
            Err(faults) => {
                bad += 1;
                assert!(!faults.0.is_empty() && !faults.to_string().is_empty());
            }
        }
    }
    let peak = peak();
    println!(
        "mutated registers (CSV, xlsx, GV100AD): {count} files, {good} read, slowest {slowest:?}, memory at most {peak} MB"
    );
    assert!(
        bad > count / 3 && good > count / 60,
        "{good} good, {bad} bad"
    );
    assert!(slowest < Duration::from_secs(2) && peak < 500);
}

/// Most memory that the process ever used, in MB; 0 where the system does not say.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|l| l.split_whitespace().next()?.parse::<u64>().ok())
        .unwrap_or(0)
        / 1024
}

#[test]
fn gv100ad_is_read_in_both_encodings() {
    let fixed = list::gv100ad(CSV);
    let register = Register::read(fixed.as_bytes(), "GV100AD.txt").expect("a whole list");
    assert_eq!(register.counts(), read(CSV).counts());
    assert_eq!(register.date(), Some("2019-12-31"));
    let unit = register.get(&key("01051002"));
    let unit = unit.expect("the second member");
    assert_eq!((unit.name.as_str(), unit.area_km2), ("Größen", 10.25));

    let windows: Vec<u8> = fixed
        .chars()
        .map(|c| u8::try_from(u32::from(c)).expect("Latin letters only"))
        .collect();
    let same = Register::read(&windows, "GV100AD.txt").expect("the office's older encoding");
    assert_eq!(same.municipalities(), register.municipalities());
}

#[test]
fn damaged_gv100ad_says_where() {
    let fixed = list::gv100ad(CSV);
    let damaged = |from: &str, to: &str| {
        assert!(fixed.contains(from), "{from} is not in the list");
        faults(&fixed.replacen(from, to, 1))
    };
    assert_eq!(
        damaged("00000001061", "0000000106x"),
        ["10:140 \"106x\" ist keine Zahl von Einwohnern"]
    );
    assert_eq!(
        damaged("6020191231010510025163", "6020201231010510025163"),
        ["10:3 Der Stand 2020-12-31 ist ein anderer als in Zeile 1 (2019-12-31)"]
    );
    let cut = fixed.len() - 160;
    let faults = faults(&fixed[..cut]);
    assert!(
        faults.iter().any(|fault| fault.starts_with("12:123 ")),
        "{faults:?}"
    );
}
