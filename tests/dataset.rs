//! A closed wave's dataset as others want it: written by the binary, read back by other people's programs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use dataset::{Cell, Column, Dataset, Values, Variable};
use exchange::{Format, LEFT_EMPTY, Table};
use questionnaire::{Lang, Text, VariableKey};
use serde_json::{Value, json};
use stories::{Demo, run, run_failing, run_under};

/// What pyreadstat, pandas, openpyxl or pyarrow find in a file.
fn read_back(file: &Path) -> anyhow::Result<Value> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("read_back.py");
    let output = xtask::tools::python().arg(script).arg(file).output()?;
    if !output.status.success() {
        bail!(
            "{}: {} (`cargo xtask test` installs what it needs)",
            file.display(),
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// A wave of the demo as all four kinds of files.
struct Exported {
    folder: PathBuf,
    csv: Value,
    sav: Value,
    xlsx: Value,
    parquet: Value,
}

const WAVE: &str = "2016-1";

fn export(demo: &Demo, out: &str, more: &[&str]) -> anyhow::Result<PathBuf> {
    let folder = demo.data.join(out);
    let place = folder.to_string_lossy().into_owned();
    let what = ["dataset", "export", "--wave", WAVE, "--format", "all"];
    run(&[&what[..], &["--data", demo.data(), "--out", &place], more].concat())?;
    Ok(folder)
}

impl Exported {
    fn of(folder: PathBuf) -> anyhow::Result<Self> {
        let read = |ending: &str| read_back(&folder.join(format!("{WAVE}.{ending}")));
        Ok(Self {
            csv: read("csv")?,
            sav: read("sav")?,
            xlsx: read("xlsx")?,
            parquet: read("parquet")?,
            folder,
        })
    }
}

fn names(file: &Value) -> Vec<&str> {
    let names = file["names"].as_array().into_iter().flatten();
    names.filter_map(Value::as_str).collect()
}

fn column<'a>(file: &'a Value, name: &str) -> anyhow::Result<&'a Vec<Value>> {
    let at = names(file).iter().position(|other| *other == name);
    let at = at.with_context(|| format!("no column {name}"))?;
    file["columns"][at].as_array().context("a column")
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Number(number) => {
            let number = number.as_f64().unwrap_or(f64::NAN);
            number.to_string()
        }
        other => other.to_string(),
    }
}

#[test]
fn all_formats_carry_the_same_rows_labels_and_missing_values() -> anyhow::Result<()> {
    let demo = Demo::start("dataset")?;
    let all = Exported::of(export(&demo, "archiv", &[])?)?;
    let codebook: Value =
        serde_json::from_slice(&std::fs::read(all.folder.join("codebuch.json"))?)?;
    assert_eq!(codebook["format"], 1);
    assert_eq!(names(&all.csv), names(&all.xlsx));
    assert_eq!(names(&all.csv), names(&all.parquet));
    let rows = column(&all.csv, "row")?.len();
    assert!(rows > 200, "{rows}");
    assert_eq!(json!(rows), codebook["rows"]);
    let fields = codebook["fields"].as_array().context("fields")?;
    assert_eq!(fields.len(), names(&all.csv).len());
    let mut seen = BTreeMap::new();
    for field in fields {
        let name = field["column"].as_str().context("column")?;
        let sav_name = field["sav_name"].as_str().context("sav_name")?;
        let kind = field["type"].as_str().context("type")?;
        let design = field["design"] == json!(true);
        let places = ["word", "text", "number", "coded", "flag"];
        assert!(places.contains(&kind), "{kind}");
        let words: BTreeMap<String, String> = field["values"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|_| kind == "word")
            .map(|value| (text(&value["value"]), text(&value["sav_value"])))
            .collect();
        let csv = column(&all.csv, name)?;
        for (row, truth) in csv.iter().map(text).enumerate() {
            let other = |file: &Value, name: &str| -> anyhow::Result<String> {
                Ok(text(&column(file, name)?[row]))
            };
            let place = format!("{name}, row {}", row + 1);
            // The same number (a workbook keeps 16 digits, our reader of JSON hardly more), or the same text; only the
            // CSV guards texts that a spreadsheet would compute.
            let alike = |truth: &str, read: &str| match (truth.parse::<f64>(), read.parse::<f64>())
            {
                (Ok(one), Ok(two)) => (one - two).abs() <= 1e-15 * one.abs(),
                _ => truth.strip_prefix('\'').unwrap_or(truth) == read,
            };
            let same = |read: &str| alike(&truth, read);
            let (xlsx, parquet) = (other(&all.xlsx, name)?, other(&all.parquet, name)?);
            assert!(same(&xlsx), "{place}: {truth:?} is {xlsx:?} in xlsx");
            assert!(
                same(&parquet),
                "{place}: {truth:?} is {parquet:?} in Parquet"
            );
            let sav = other(&all.sav, sav_name)?;
            let expected = match (kind, truth.as_str()) {
                ("word", word) => words.get(word).cloned().unwrap_or_default(),
                ("coded" | "flag" | "number", "") if !design => LEFT_EMPTY.to_string(),
                _ => truth.clone(),
            };
            let right = alike(&expected, &sav);
            assert!(right, "{place}: {expected:?} is {sav:?} in .sav");
            for (code, what) in [
                ("-7", "not asked"),
                ("-9", "don't know"),
                ("", "left empty"),
            ] {
                if !design && truth == code {
                    *seen.entry(what).or_insert(0) += 1;
                }
            }
        }
        if !design {
            check_labels(&all, field)?;
        }
    }
    println!("{rows} rows, {} columns, missing: {seen:?}", fields.len());
    assert_eq!(seen.len(), 3, "each kind of missing value occurs: {seen:?}");
    Ok(())
}

/// What pyreadstat and pyarrow say of one field against the codebook.
fn check_labels(all: &Exported, field: &Value) -> anyhow::Result<()> {
    let name = field["sav_name"].as_str().context("sav_name")?;
    let place = names(&all.sav).iter().position(|n| *n == name);
    let place = place.context("the name of a column")?;
    let wording = |text: &Value| text["de"].as_str().unwrap_or_default().to_owned();
    let whole = match &field["item"] {
        Value::Null => wording(&field["text"]),
        item => format!("{} – {}", wording(item), wording(&field["text"])),
    };
    let label = all.sav["labels"][name].as_str().unwrap_or_default();
    let cut = label.trim_end_matches('…').trim_end();
    assert!(
        whole.starts_with(cut) && !cut.is_empty(),
        "{name}: {label:?}"
    );
    assert!(label == whole || label.len() > 240, "{name}: {label:?}");
    let column = field["column"].as_str().context("column")?;
    assert_eq!(all.parquet["fields"][column]["label"], json!(whole));
    let values = all.sav["values"][name].as_array().context("value labels")?;
    let values: BTreeMap<String, &str> = values
        .iter()
        .map(|pair| (text(&pair[0]), pair[1].as_str().unwrap_or_default()))
        .collect();
    for value in field["values"].as_array().context("values")? {
        if let Value::Number(number) = &value["sav_value"] {
            let said = values.get(&number.to_string());
            assert_eq!(said, Some(&wording(&value["label"]).as_str()), "{name}");
        }
    }
    let missing = &all.sav["missing"][name];
    let (kind, valid) = (&field["type"], &all.sav["valid"][place]);
    if kind == "text" {
        let codes: Vec<String> = missing
            .as_array()
            .context("missing")?
            .iter()
            .map(|m| text(&m["lo"]))
            .collect();
        assert_eq!(codes, ["-9", "-8", "-7"], "{name}");
    } else {
        assert_eq!(*missing, json!([{"lo": -9.0, "hi": -6.0}]), "{name}");
        let answers = crate::column(&all.csv, column)?.iter().map(text);
        let answers = answers.filter(|a| !["", "-7", "-8", "-9"].contains(&a.as_str()));
        assert_eq!(valid.as_u64(), Some(answers.count() as u64), "{name}");
    }
    Ok(())
}

#[test]
fn weights_add_up_to_the_register_and_nothing_tells_who_answered() -> anyhow::Result<()> {
    let demo = Demo::start("dataset-weights")?;
    let folder = export(&demo, "archiv", &[])?;
    let csv = read_back(&folder.join(format!("{WAVE}.csv")))?;
    let number = |value: &Value| text(value).parse::<f64>().ok();
    let mut sums: BTreeMap<String, (f64, BTreeMap<String, f64>)> = BTreeMap::new();
    let populations = column(&csv, "population")?;
    for (row, population) in populations.iter().enumerate() {
        let cell = |name: &str| -> anyhow::Result<&Value> { Ok(&column(&csv, name)?[row]) };
        let weight = number(cell("weight")?);
        assert_eq!(weight.is_some(), !text(population).is_empty(), "row {row}");
        let Some(weight) = weight else { continue };
        assert!(weight > 0.0);
        let sum = sums.entry(text(population)).or_default();
        sum.0 += weight;
        let units = number(cell("cell_units")?).context("cell_units")?;
        sum.1.insert(text(cell("cell")?), units);
    }
    assert_eq!(sums.len(), 2, "two populations");
    for (population, (weights, cells)) in &sums {
        let units: f64 = cells.values().sum();
        println!("{population}: weights add up to {weights}, the register has {units}");
        assert!(
            (weights - units).abs() < 1e-6 * units,
            "{population}: {weights} of {units}"
        );
    }
    assert!(!names(&csv).contains(&"inhabitants"));
    let keys = csv["columns"].as_array().into_iter().flatten();
    let cells = keys
        .flat_map(|c| c.as_array().into_iter().flatten())
        .map(text);
    for cell in cells {
        let key = matches!(cell.len(), 8 | 9) && cell.bytes().all(|b| b.is_ascii_digit());
        assert!(!key, "{cell} looks like a key of the register");
    }
    let readme = std::fs::read_to_string(folder.join("README.txt"))?;
    for said in [
        "BEISPIELDATEN",
        "methodenbericht.pdf",
        "weight",
        "-7 nicht gefragt",
    ] {
        assert!(
            readme.contains(said),
            "the README does not say {said:?}: {readme}"
        );
    }
    // The house's own files can make every figure again; the README says whom they are for.
    let house = export(&demo, "haus", &["--access", "house"])?;
    let csv = read_back(&house.join(format!("{WAVE}.csv")))?;
    assert!(names(&csv).contains(&"inhabitants") && names(&csv).contains(&"land_group"));
    let readme = std::fs::read_to_string(house.join("README.txt"))?;
    assert!(readme.contains("NUR FÜR DAS HAUS"), "{readme}");
    Ok(())
}

#[test]
fn exporting_twice_writes_the_same_bytes_in_another_zone_and_language() -> anyhow::Result<()> {
    let demo = Demo::start("dataset-bytes")?;
    let one = export(&demo, "eins", &["--lang", "en"])?;
    let two = demo.data.join("zwei");
    let place = two.to_string_lossy().into_owned();
    let elsewhere = [
        ("TZ", "Pacific/Auckland"),
        ("LANG", "tr_TR.UTF-8"),
        ("LC_ALL", "tr_TR.UTF-8"),
    ];
    let what = [
        "dataset",
        "export",
        "--wave",
        WAVE,
        "--format",
        "sav,csv,xlsx,parquet",
    ];
    let where_to = ["--lang", "en", "--data", demo.data(), "--out", &place];
    run_under(&elsewhere, &[&what[..], &where_to].concat())?;
    let mut compared = 0;
    for entry in std::fs::read_dir(&one)? {
        let path = entry?.path();
        if path.is_file() {
            let name = path.file_name().context("a name")?;
            assert!(
                std::fs::read(&path)? == std::fs::read(two.join(name))?,
                "{name:?} differs"
            );
            compared += 1;
        }
    }
    // Four kinds of data, the codebook three times, questionnaire, methods report, README.
    assert_eq!(compared, 10);
    let sav = read_back(&one.join(format!("{WAVE}.sav")))?;
    let labels = sav["labels"].as_object().context("labels")?;
    assert!(
        labels
            .values()
            .any(|l| text(l).contains("Providing housing"))
    );
    Ok(())
}

#[test]
fn a_wave_that_is_not_closed_or_not_there_is_told_so() -> anyhow::Result<()> {
    let demo = Demo::start("dataset-open")?;
    let out = demo.data.join("nichts").to_string_lossy().into_owned();
    let export = |wave: &str, format: &str| {
        let what = ["dataset", "export", "--wave", wave, "--format", format];
        run_failing(&[&what[..], &["--data", demo.data(), "--out", &out]].concat())
    };
    assert!(export("probe", "csv")?.contains("not closed yet"));
    assert!(export("2099-1", "csv")?.contains("there are: "));
    assert!(export(WAVE, "doc")?.contains("expected sav, csv, xlsx, parquet"));
    assert!(!Path::new(&out).exists(), "nothing was written");
    Ok(())
}

/// A table with everything that makes files break.
fn nasty() -> Table {
    let wording = |de: &str| Text {
        de: de.to_owned(),
        en: format!("{de} (en)"),
    };
    let column = |key: &str, codes: &[&str], values: Values| Column {
        variable: Variable {
            key: VariableKey(key.to_owned()),
            question: key.split('.').next().unwrap_or_default().to_owned(),
            page: "eins".to_owned(),
            text: wording(&format!(
                "{key}: Maß für „Größe“ und Übergänge, ß, €. {}",
                "ä".repeat(300)
            )),
            item: key
                .contains('.')
                .then(|| wording(&format!("Wörtlich {key}"))),
            codes: codes
                .iter()
                .map(|c| ((*c).to_owned(), wording(&format!("{c} {}", "ö".repeat(80)))))
                .collect(),
            ordered: false,
            unit: None,
        },
        values,
    };
    let long = format!(
        "Zeile eins\nZeile \"zwei\", größer; {}",
        "üß€".repeat(1_500)
    );
    let columns = vec![
        column(
            "by",
            &["ja", "nein"],
            Values::Coded(vec![
                Cell::Value(0),
                Cell::Value(1),
                Cell::Missing,
                Cell::Refused,
            ]),
        ),
        column(
            &format!("{}.{}", "a".repeat(40), "b".repeat(40)),
            &[],
            Values::Flag(vec![
                Cell::Value(true),
                Cell::Value(false),
                Cell::NotAsked,
                Cell::DontKnow,
            ]),
        ),
        column(
            &format!("{}.{}", "a".repeat(40), "b".repeat(39)),
            &[],
            Values::Flag(vec![
                Cell::Value(false),
                Cell::Value(true),
                Cell::NotAsked,
                Cell::Missing,
            ]),
        ),
        // -6.5 is an answer, not a missing value.
        column(
            "grad",
            &[],
            Values::Number(vec![
                Cell::Value(-6.5),
                Cell::Value(0.1),
                Cell::Missing,
                Cell::DontKnow,
            ]),
        ),
        column(
            "anliegen",
            &[],
            Values::Text(vec![
                Cell::Value(long),
                Cell::Value("=1+1".to_owned()),
                Cell::Missing,
                Cell::NotAsked,
            ]),
        ),
        column(
            "row",
            &[],
            Values::Number(vec![
                Cell::Value(1e15),
                Cell::Value(2.5),
                Cell::Missing,
                Cell::Refused,
            ]),
        ),
    ];
    let frozen = Dataset {
        wave: "x".to_owned(),
        frozen: jiff::civil::date(2016, 3, 7),
        units: ["1", "2", "3", "4"].map(str::to_owned).to_vec(),
        columns,
    };
    Table::new(&frozen, Vec::new(), &wording("Befragung über Größe"), false)
}

#[test]
fn long_names_labels_and_texts_and_odd_numbers_survive() -> anyhow::Result<()> {
    let table = nasty();
    let folder = stories::folder("dataset-nasty")?;
    std::fs::create_dir_all(&folder)?;
    let mut files = BTreeMap::new();
    for format in Format::ALL {
        let file = folder.join(format!("x.{}", format.extension()));
        std::fs::write(&file, table.write(format, Lang::De)?)?;
        files.insert(format.extension(), read_back(&file)?);
    }
    let sav = &files["sav"];
    let sav_names = names(sav);
    assert_eq!(sav_names[1], "by_v");
    assert!(
        sav_names.iter().all(|name| name.len() <= 64),
        "{sav_names:?}"
    );
    assert_ne!(sav_names[2], sav_names[3]);
    assert_eq!(sav_names[6], "row_2", "the running number keeps its name");
    assert_eq!(sav["encoding"], "UTF-8");
    assert_eq!(sav["created"], "2016-03-07 00:00:00");
    for name in &sav_names[1..] {
        let label = text(&sav["labels"][*name]);
        assert!(
            label.len() <= 255 && label.ends_with('…') && label.contains("Maß"),
            "{label}"
        );
    }
    let column = |file: &str, name: &str| column(&files[file], name).cloned();
    assert_eq!(column("sav", "grad")?[..2].len(), 2);
    let mut degrees = column("sav", "grad")?;
    degrees.retain(|d| !d.is_null());
    assert!(
        degrees.contains(&json!(-6.5)) && degrees.len() == 3,
        "left empty is system-missing: {degrees:?}"
    );
    let missing = sav["missing"]["grad"].to_string();
    assert!(!missing.contains("-6"), "{missing}");
    let long = column("parquet", "anliegen")?
        .into_iter()
        .find(|t| text(t).len() > 1_000);
    let long = long.context("the long text")?;
    for file in ["sav", "csv", "xlsx"] {
        assert!(
            column(file, "anliegen")?.contains(&long),
            "{file}: the long text is not whole"
        );
    }
    assert!(column("csv", "anliegen")?.contains(&json!("'=1+1")));
    for file in ["sav", "xlsx", "parquet"] {
        assert!(column(file, "anliegen")?.contains(&json!("=1+1")), "{file}");
    }
    assert!(column("parquet", "row_2")?.contains(&json!(1e15)));
    assert_eq!(files["xlsx"]["created"], "2016-03-07 00:00:00");
    // What was written is read by our own reader as well.
    let data = std::fs::read_to_string(folder.join("x.csv"))?;
    let back = Dataset::from_csv(&table.codebook_csv(), &data);
    let back = back.map_err(|faults| anyhow::anyhow!("{faults:?}"))?;
    assert_eq!(back.units.len(), 4);
    Ok(())
}

/// What the edition published: percents by finding, row, group and answer.
type Published = BTreeMap<(String, String, String, String), (String, String, String)>;

fn published(demo: &Demo) -> anyhow::Result<Published> {
    let file = demo.data.join("ausgaben/2016-1/data/ergebnisse.csv");
    let table = read_back(&file)?;
    let rows = column(&table, "ergebnis")?.len();
    let mut published = Published::new();
    for row in 0..rows {
        let cell = |name: &str| -> anyhow::Result<String> { Ok(text(&column(&table, name)?[row])) };
        let place = (
            cell("ergebnis")?,
            cell("zeile")?,
            cell("gruppe")?,
            cell("antwort")?,
        );
        if cell("status")? == "prozent" && cell("groesse")?.starts_with("anteil") {
            published.insert(place, (cell("wert")?, cell("von")?, cell("bis")?));
        }
    }
    Ok(published)
}

/// Runs a request that lies beside the data and compares what it answers for all of a population with what was
/// published; gives how many shares and how many ranges were compared.
fn run_again(
    request: &Path,
    name: &str,
    published: &Published,
    codes: &BTreeMap<(String, String), String>,
    ranges: bool,
) -> anyhow::Result<(usize, usize)> {
    let answer = run(&["estimate", &request.to_string_lossy()])?;
    let answer: Value = serde_json::from_str(&answer)?;
    let whole = |value: &Value| {
        value
            .as_f64()
            .map(|share| (share * 100.0).round().to_string())
    };
    let (mut shares, mut bounds) = (0, 0);
    for row in answer["all"].as_array().context("rows")? {
        let of = text(&row["of"]);
        let level = text(&row["level"]);
        let item = of.split_once('.').map_or("", |(_, item)| item);
        let code = codes.get(&(of.clone(), level)).cloned();
        let group = text(&row["by"]["population"]);
        let places = [code.unwrap_or_default(), "genannt".to_owned()];
        let found = places.into_iter().find_map(|code| {
            published.get(&(name.to_owned(), item.to_owned(), group.clone(), code))
        });
        let Some((value, low, high)) = found else {
            continue;
        };
        assert_eq!(
            whole(&row["estimate"]).as_ref(),
            Some(value),
            "{name}: {row}"
        );
        shares += 1;
        if ranges && !low.is_empty() {
            let read = (whole(&row["low"]), whole(&row["high"]));
            assert_eq!(
                read,
                (Some(low.clone()), Some(high.clone())),
                "{name}: {row}"
            );
            bounds += 1;
        }
    }
    Ok((shares, bounds))
}

#[test]
fn requests_beside_the_data_give_the_published_numbers() -> anyhow::Result<()> {
    let demo = Demo::start("dataset-requests")?;
    let published = published(&demo)?;
    // In the archive's files weights are final: the same shares. In the house's also the ranges.
    for (access, ranges) in [("archive", false), ("house", true)] {
        let folder = export(&demo, access, &["--access", access])?;
        let codebook: Value =
            serde_json::from_slice(&std::fs::read(folder.join("codebuch.json"))?)?;
        let mut codes = BTreeMap::new();
        for field in codebook["fields"].as_array().context("fields")? {
            for value in field["values"].as_array().into_iter().flatten() {
                let key = (text(&field["column"]), text(&value["value"]));
                codes.insert(key, text(&value["code"]));
            }
        }
        let mut sums = (0, 0);
        for entry in std::fs::read_dir(folder.join("anfragen"))? {
            let path = entry?.path();
            let name = path
                .file_stem()
                .context("a name")?
                .to_string_lossy()
                .into_owned();
            let (shares, bounds) = run_again(&path, &name, &published, &codes, ranges)?;
            sums = (sums.0 + shares, sums.1 + bounds);
        }
        println!(
            "{access}: {} shares, {} ranges are the published ones",
            sums.0, sums.1
        );
        assert!(
            sums.0 > 100 && (!ranges || sums.1 > 100),
            "{access}: {sums:?}"
        );
    }
    Ok(())
}
