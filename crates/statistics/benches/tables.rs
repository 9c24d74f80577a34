//! 120 items by three breakdowns with standard errors: `cargo bench -p statistics`.
//!
//! Reads `bench_N.csv` of `../shared/statistics/bench/gen.py N DIR` from the folder that
//! `VONEINANDER_BENCH` names, and prints the sums that the README there states. Without it the
//! bench says so and does nothing.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::time::Instant;

use statistics::{Columns, Design, LonelyPsu, Population};

fn main() {
    let Ok(folder) = std::env::var("VONEINANDER_BENCH") else {
        println!("SKIPPED: VONEINANDER_BENCH names no folder with bench_N.csv");
        return;
    };
    for n in [300, 10_000, 1_000_000] {
        let path = Path::new(&folder).join(format!("bench_{n}.csv"));
        if path.exists() {
            run(n, &path);
        }
    }
}

fn run(n: usize, path: &Path) {
    let start = Instant::now();
    let mut reader = csv::Reader::from_path(path).unwrap();
    let names: Vec<String> = reader.headers().unwrap().iter().map(String::from).collect();
    let mut columns: Vec<Vec<f32>> = vec![Vec::new(); names.len()];
    let mut exact: Vec<Vec<f64>> = vec![Vec::new(); 7];
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record).unwrap() {
        for (k, field) in record.iter().enumerate() {
            let number: f64 = std::str::from_utf8(field).unwrap().parse().unwrap();
            match exact.get_mut(k) {
                Some(column) => column.push(number),
                None => columns[k].push(number as f32),
            }
        }
    }
    let read = start.elapsed();

    let start = Instant::now();
    let ids = |k: usize| -> Vec<u32> { exact[k].iter().map(|x| *x as u32).collect() };
    let levels = |k: usize| -> Vec<Option<u32>> { ids(k).into_iter().map(Some).collect() };
    let strata = ids(4);
    let (land, size, kind) = (levels(1), levels(2), levels(3));
    let design = Design::new(
        &Columns {
            rows: n,
            weights: Some(&exact[5]),
            strata: Some(&strata),
            population: Some(Population::Sizes(&exact[6])),
            ..Columns::default()
        },
        LonelyPsu::Adjust,
    )
    .unwrap();
    let plan = design.tabulation(&[&land, &size, &kind], None).unwrap();
    let designed = start.elapsed();

    let start = Instant::now();
    let (mut estimates, mut errors) = (0.0, 0.0);
    let mut item = vec![0.0; n];
    for column in &columns[7..] {
        for (slot, value) in item.iter_mut().zip(column) {
            *slot = f64::from(*value);
        }
        for table in plan.mean(&item).unwrap() {
            for estimate in table.estimates.iter().flatten() {
                estimates += estimate.value;
                errors += estimate.se;
            }
        }
    }
    println!(
        "n = {n}: read {read:.2?}, design {designed:.2?}, 120 items x 3 breakdowns {:.2?}; \
         sum of estimates {estimates:.10}, of standard errors {errors:.10}",
        start.elapsed()
    );
}
