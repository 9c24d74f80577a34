//! Files of contacts as people make them, and as nobody should: mutated ones neither crash nor hang.

#![allow(clippy::unwrap_used)] // helpers of tests may

use std::time::{Duration, Instant};

use fieldwork::Salutation;
use fieldwork::contact::read_contacts;
use register::{Key, Register};
use rust_xlsxwriter::Workbook;

fn register() -> Register {
    Register::invented(2016)
}

fn keys(register: &Register, count: usize) -> Vec<Key> {
    let asked = register
        .municipalities()
        .iter()
        .filter(|u| u.population().is_some());
    asked.map(|u| u.key.clone()).take(count).collect()
}

const HEAD: [&str; 8] = [
    "AGS", "Kommune", "Anrede", "Nachname", "E-Mail", "Straße", "PLZ", "Ort",
];

fn csv(register: &Register, separator: char) -> String {
    let line = |cells: &[&str]| cells.join(&separator.to_string()) + "\r\n";
    let mut text = line(&HEAD);
    for key in keys(register, 20) {
        let name = register.get(&key).unwrap().name.replace(separator, " ");
        text += &line(&[
            key.as_str(),
            &name,
            "Frau",
            "Müßig",
            "rathaus@kommune.example",
            "\"Am \"\"Markt\"\" 1\"",
            "01067",
            "Ort",
        ]);
    }
    text
}

fn xlsx(register: &Register, as_number: bool) -> Vec<u8> {
    let mut book = Workbook::new();
    let cover = book.add_worksheet();
    cover.write_string(0, 0, "Nur ein Deckblatt").unwrap();
    let sheet = book.add_worksheet().set_name("Kontakte").unwrap();
    for (column, head) in (0..).zip(HEAD) {
        sheet.write_string(0, column, head).unwrap();
    }
    for (row, key) in (1..).zip(keys(register, 20)) {
        if as_number {
            sheet
                .write_number(row, 0, key.as_str().parse::<f64>().unwrap())
                .unwrap();
        } else {
            sheet.write_string(row, 0, key.as_str()).unwrap();
        }
        sheet.write_string(row, 2, "Herr").unwrap();
        sheet.write_string(row, 3, "Öztürk").unwrap();
        sheet
            .write_string(row, 4, "rathaus@kommune.example")
            .unwrap();
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn every_separator_and_encoding_gives_the_same_contacts() {
    let register = register();
    let read = |bytes: &[u8]| read_contacts(bytes, "k.csv", &register).unwrap().rows;
    let first = read(csv(&register, ';').as_bytes());
    assert_eq!(first.len(), 20);
    assert_eq!(first[0].contact.family, "Müßig");
    assert_eq!(first[0].contact.street, "Am \"Markt\" 1");
    for separator in [',', '\t'] {
        assert_eq!(read(csv(&register, separator).as_bytes()), first);
    }
    let latin: Vec<u8> = csv(&register, ';')
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    assert_eq!(read(&latin), first);
    let marked = [b"\xEF\xBB\xBF", csv(&register, ';').as_bytes()].concat();
    assert_eq!(read(&marked), first);
}

#[test]
fn a_spreadsheet_is_read_from_the_sheet_that_holds_them() {
    let register = register();
    let read = read_contacts(&xlsx(&register, false), "k.xlsx", &register).unwrap();
    assert_eq!(read.rows.len(), 20);
    assert_eq!(read.rows[0].contact.salutation, Salutation::Mr);
}

#[test]
fn a_lost_leading_zero_is_told_with_sheet_row_column_and_the_right_key() {
    let register = register();
    let faults = read_contacts(&xlsx(&register, true), "k.xlsx", &register).unwrap_err();
    let first = &faults.0[0];
    assert!(first.file.contains("Blatt „Kontakte“"), "{first:?}");
    assert_eq!((first.line, first.column), (2, 1));
    assert!(
        first.what.contains("führende Null") && first.right.starts_with('0'),
        "{first:?}"
    );
    assert_eq!(faults.0.len(), 20, "all at once");
}

#[test]
fn a_name_that_belongs_to_another_key_is_told() {
    let register = register();
    let [one, other] = [0, 1].map(|i| keys(&register, 2)[i].clone());
    let name = register.get(&other).unwrap().plain_name();
    let text = format!("AGS;Kommune;E-Mail\n{one};{name};a@b.example\n");
    let faults = read_contacts(text.as_bytes(), "k.csv", &register).unwrap_err();
    assert!(
        faults.0[0].what.contains(&format!("hier steht „{name}“")),
        "{faults}"
    );
}

/// Files that are changed at random; `MUTATED` says how many, 10,000 in `cargo xtask mutate`.
#[test]
fn mutated_files_neither_crash_nor_hang() {
    let register = register();
    let count: u64 = std::env::var("MUTATED")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(300);
    let seeds = [
        csv(&register, ';').into_bytes(),
        csv(&register, ',').into_bytes(),
        xlsx(&register, false),
        xlsx(&register, true),
    ];
    let mut state = 7_u64;
    let mut dice = move |n: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % n.max(1)
    };
    let mut longest = Duration::ZERO;
    let (mut read, mut refused) = (0, 0);
    for _ in 0..count {
        let mut bytes = seeds[dice(seeds.len())].clone();
        for _ in 0..=dice(6) {
            let at = dice(bytes.len());
            match dice(6) {
                0 => bytes[at] = dice(256) as u8,
                1 => bytes.truncate(at.max(1)),
                2 => drop(bytes.drain(at..(at + dice(40)).min(bytes.len()))),
                3 => {
                    let part: Vec<u8> = bytes[at..(at + 200).min(bytes.len())].to_vec();
                    bytes.splice(at..at, part);
                }
                4 => bytes.insert(at, [b'"', b';', b'\n', 0, 0xff, b'\t'][dice(6)]),
                _ => bytes[at] ^= 1 << dice(8),
            }
            if bytes.is_empty() {
                bytes.push(b'x');
            }
        }
        let begun = Instant::now();
        match read_contacts(&bytes, "k", &register) {
            Ok(_) => read += 1,
            Err(faults) => {
                assert!(!faults.0.is_empty());
                refused += 1;
            }
        }
        longest = longest.max(begun.elapsed());
    }
    let peak = peak();
    println!(
        "mutated contacts (CSV, xlsx): {count} files, {read} read, {refused} refused, slowest {longest:?}, memory at most {peak} MB"
    );
    assert!(longest < Duration::from_secs(2), "{longest:?}");
    assert!(peak < 500, "{peak} MB");
}

/// Most memory that the process ever used, in MB; 0 where the system does not say.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|l| l.split_whitespace().next()?.parse::<u64>().ok())
        .unwrap_or(0)
        / 1024
}
