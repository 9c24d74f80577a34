//! The PDFs of the demo: what veraPDF says on PDF/UA-1, and what it does not look at.

// What the handbook's own tests read a PDF with.
#[path = "../crates/handbook/tests/pdf/mod.rs"]
#[allow(clippy::unwrap_used)]
mod pdf;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use anyhow::{Context, bail};
use stories::http::Client;
use stories::{Demo, walk};
use xtask::pdfua;

/// The kinds of PDF that people get.
struct Files {
    handbook: PathBuf,
    sheet: PathBuf,
    questionnaire: PathBuf,
    codebook: PathBuf,
    methods: PathBuf,
}

impl Files {
    fn all(&self) -> [&Path; 5] {
        [
            &self.handbook,
            &self.sheet,
            &self.questionnaire,
            &self.codebook,
            &self.methods,
        ]
    }
}

/// Made once: the demo publishes, somebody answers and fetches the sheet.
fn files() -> anyhow::Result<&'static Files> {
    static FILES: OnceLock<Result<Files, String>> = OnceLock::new();
    let made = FILES.get_or_init(|| make().map_err(|e| format!("{e:#}")));
    made.as_ref().map_err(|e| anyhow::anyhow!("{e}"))
}

fn make() -> anyhow::Result<Files> {
    let demo = Demo::start("pdf")?;
    let link = demo.invite(1)?.remove(0);
    let mut client = Client::connect(&demo.base)?;
    walk(&mut client, &link, &mut |_, count| count / 2)?;
    let folder = stories::folder("pdf-files")?;
    let mut fetch = |name: &str| -> anyhow::Result<PathBuf> {
        let answer = client.get(&format!("{link}/{name}"))?;
        if answer.status != 200 {
            bail!("{name}: {}", answer.status);
        }
        let file = folder.join(name);
        std::fs::write(&file, answer.body)?;
        Ok(file)
    };
    let (sheet, questionnaire) = (fetch("vergleichsblatt.pdf")?, fetch("fragebogen.pdf")?);
    let handbook = folder.join("handreichung.pdf");
    std::fs::copy(
        demo.data.join("ausgaben/2016-1/handreichung.pdf"),
        &handbook,
    )?;
    let archive = folder.join("archiv");
    let place = archive.to_string_lossy().into_owned();
    let what = ["dataset", "export", "--wave", "2016-1", "--format", "csv"];
    stories::run(&[&what[..], &["--data", demo.data(), "--out", &place]].concat())?;
    Ok(Files {
        handbook,
        sheet,
        questionnaire,
        codebook: archive.join("codebuch.pdf"),
        methods: archive.join("methodenbericht.pdf"),
    })
}

/// What one of poppler's programs prints.
fn poppler(program: &str, arguments: &[&str], file: &Path) -> anyhow::Result<String> {
    let output = Command::new(program)
        .args(arguments)
        .arg(file)
        .args((program == "pdftotext").then_some("-"))
        .output()
        .with_context(|| format!("{program} is missing; `cargo xtask test` installs it"))?;
    if !output.status.success() {
        bail!("{program}: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn name(file: &Path) -> String {
    file.file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .unwrap_or_default()
}

#[test]
fn verapdf_finds_all_compliant_with_pdf_ua_1() -> anyhow::Result<()> {
    for verdict in pdfua::verdicts(&files()?.all())? {
        let file = name(&verdict.file);
        println!("{file}: {} checks", verdict.checks);
        assert!(verdict.is_compliant(), "{file}: {:#?}", verdict.failures);
        assert!(verdict.checks > 1000, "{file}: {} checks", verdict.checks);
    }
    Ok(())
}

#[test]
fn language_title_and_bookmarks_are_there() -> anyhow::Result<()> {
    for file in files()?.all() {
        let text = pdf::uncompressed(&std::fs::read(file)?);
        let file_name = name(file);
        assert!(text.contains("/Lang(de-DE)"), "{file_name}: no language");
        assert!(text.contains("/DisplayDocTitle true"), "{file_name}");
        let about = poppler("pdfinfo", &[], file)?;
        let said = |key: &str| {
            let line = about.lines().find(|line| line.starts_with(key));
            line.map_or("", |line| line[key.len()..].trim())
        };
        assert!(said("Title:").len() > 15, "{file_name}: {about}");
        assert!(!said("Author:").is_empty(), "{file_name}: {about}");
        assert_eq!(said("Tagged:"), "yes", "{file_name}");
    }
    let book = pdf::uncompressed(&std::fs::read(&files()?.handbook)?);
    assert!(book.contains("/Outlines"), "no bookmarks");
    // A bookmark a chapter and an example at least, beside the document's own title.
    assert!(pdf::count(&book, "/Title") > 6 + 36);
    Ok(())
}

#[test]
fn every_row_of_every_table_has_a_header_cell() -> anyhow::Result<()> {
    for file in files()?.all() {
        let tree = poppler("pdfinfo", &["-struct"], file)?;
        let tables = tables(&tree);
        assert!(!tables.is_empty(), "{}: no tables", name(file));
        let faults = without_headers(&tables);
        assert!(faults.is_empty(), "{}: {}", name(file), faults.join("\n"));
        println!("{}: {} tables", name(file), tables.len());
    }
    Ok(())
}

#[test]
fn alternative_texts_say_something() -> anyhow::Result<()> {
    let mut charts = 0;
    for file in files()?.all() {
        let texts = alternative_texts(&pdf::uncompressed(&std::fs::read(file)?));
        let what = name(file);
        let mut seen = BTreeSet::new();
        for text in &texts {
            // A logo is its organisation, a small map the place where an example happens: both may come again.
            let named = ["Logo: ", "Lage: "]
                .iter()
                .find_map(|start| text.strip_prefix(start));
            if let Some(named) = named {
                assert!(named.chars().count() > 3, "{what}: {text:?}");
                continue;
            }
            charts += 1;
            let words = text.split_whitespace().count();
            assert!(words > 5, "{what}: {text:?} says too little");
            assert!(
                text.chars().any(|c| c.is_ascii_digit()),
                "{what}: {text:?} says no number"
            );
            assert!(seen.insert(text), "{what}: {text:?} stands twice");
        }
    }
    assert!(charts > 30, "{charts} charts");
    Ok(())
}

#[test]
fn the_book_is_a_book_and_the_sheet_two_pages_and_all_say_that_the_data_are_invented()
-> anyhow::Result<()> {
    let files = files()?;
    for (file, least, most) in [
        (&files.handbook, 60, 250),
        (&files.sheet, 2, 2),
        (&files.questionnaire, 3, 12),
        (&files.codebook, 5, 40),
        (&files.methods, 4, 20),
    ] {
        let text = poppler("pdftotext", &["-layout"], file)?;
        let pages: Vec<&str> = text.trim_end_matches('\u{c}').split('\u{c}').collect();
        println!("{}: {} pages", name(file), pages.len());
        assert!(
            (least..=most).contains(&pages.len()),
            "{}: {} pages",
            name(file),
            pages.len()
        );
        for (number, page) in pages.iter().enumerate() {
            let end: Vec<&str> = page.lines().filter(|l| !l.trim().is_empty()).collect();
            let foot = end[end.len().saturating_sub(3)..].join("\n");
            assert!(
                foot.contains("Beispieldaten") || number == 0 && page.contains("Beispieldaten"),
                "{}, page {}: {foot}",
                name(file),
                number + 1
            );
        }
    }
    Ok(())
}

/// Tables of `pdfinfo -struct` as rows of roles of cells.
fn tables(tree: &str) -> Vec<Vec<Vec<&str>>> {
    let mut tables: Vec<Vec<Vec<&str>>> = Vec::new();
    for line in tree.lines() {
        let role = line.trim_start();
        let end = role.find(|c: char| !c.is_ascii_alphanumeric());
        match &role[..end.unwrap_or(role.len())] {
            "Table" => tables.push(Vec::new()),
            "TR" => tables
                .last_mut()
                .into_iter()
                .for_each(|t| t.push(Vec::new())),
            cell @ ("TH" | "TD") => {
                let row = tables.last_mut().and_then(|table| table.last_mut());
                row.into_iter().for_each(|row| row.push(cell));
            }
            _ => {}
        }
    }
    tables
}

fn without_headers(tables: &[Vec<Vec<&str>>]) -> Vec<String> {
    let mut faults = Vec::new();
    for (number, table) in tables.iter().enumerate() {
        if !table
            .first()
            .is_some_and(|row| row.iter().all(|c| *c == "TH"))
        {
            faults.push(format!("table {}: the first row is no header", number + 1));
        }
        for (line, _) in table.iter().enumerate().filter(|(_, r)| !r.contains(&"TH")) {
            faults.push(format!("table {}, row {}: no header", number + 1, line + 1));
        }
    }
    faults
}

/// The alternative text of every figure in the tree of tags; empty where it has none.
fn alternative_texts(text: &str) -> Vec<String> {
    let figures = text.match_indices("/S/Figure").map(|(at, _)| &text[at..]);
    figures
        .map(|rest| {
            let figure = rest.split("endobj").next().unwrap_or_default();
            let alternative = figure.split_once("/Alt").map(|(_, rest)| rest.trim_start());
            alternative.and_then(string).unwrap_or_default()
        })
        .collect()
}

/// A PDF string at the start of `text`: in parentheses or as hexadecimal digits.
fn string(text: &str) -> Option<String> {
    let mut bytes: Vec<u8> = Vec::new();
    if let Some(digits) = text.strip_prefix('<') {
        let digits = digits.split_once('>')?.0;
        for at in (0..digits.len()).step_by(2) {
            bytes.push(u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()?);
        }
    } else {
        let mut depth = 1;
        let mut chars = text.strip_prefix('(')?.chars().peekable();
        while let Some(c) = chars.next() {
            let c = match c {
                '(' => {
                    depth += 1;
                    c
                }
                ')' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                    c
                }
                '\\' => match chars.next()? {
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    'b' => '\u{8}',
                    'f' => '\u{c}',
                    first @ '0'..='7' => {
                        let mut code = first.to_digit(8)?;
                        for _ in 0..2 {
                            let Some(digit) = chars.peek().and_then(|c| c.to_digit(8)) else {
                                break;
                            };
                            code = code * 8 + digit;
                            chars.next();
                        }
                        char::from(u8::try_from(code).ok()?)
                    }
                    other => other,
                },
                other => other,
            };
            bytes.push(u8::try_from(u32::from(c)).ok()?);
        }
    }
    Some(match bytes.strip_prefix(&[0xfe, 0xff]) {
        Some(wide) => {
            let pairs = wide.chunks_exact(2);
            let units: Vec<u16> = pairs.map(|p| u16::from_be_bytes([p[0], p[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        None => bytes.iter().map(|b| char::from(*b)).collect(),
    })
}

#[test]
fn faults_of_tables_and_texts_are_found() {
    let tree =
        "Table (block):\n   /BBox [1]\n  TR\n    TH <a>:\n    TH\n  TR\n    TD:\n      P\n    TD\n";
    assert_eq!(
        without_headers(&tables(tree)),
        ["table 1, row 2: no header"]
    );
    let tree = "Table\n  TR\n    TD\n    TD\n";
    assert_eq!(without_headers(&tables(tree)).len(), 2);
    assert_eq!(string("(a \\(b\\) \\344)").unwrap(), "a (b) ä");
    assert_eq!(string("<FEFF00e400DF>").unwrap(), "äß");
    let figures = "<</S/Figure/Alt (x)>> endobj <</S/Figure>> endobj <</S/Figure/Alt<41>>> endobj";
    assert_eq!(alternative_texts(figures), ["x", "", "A"]);
}
