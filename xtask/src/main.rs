//! The developer's front desk: `cargo xtask test|tidy|pdfua|axe|mutate|bench`.

use std::process::ExitCode;

use xtask::{axe, bench, mutate, pdfua, test, tidy};

const USAGE: &str = "\
cargo xtask test              installs what the tests need, then runs all checks and tests
cargo xtask tidy              compares the code with ARCHITECTURE.md and the house's rules
cargo xtask pdfua FILE...     asks veraPDF whether PDF files comply with PDF/UA-1
cargo xtask axe [--sign-in URL] URL...
                              looks for barriers on pages, light and dark, 390 and 1280 px wide
cargo xtask mutate [COUNT]    reads that many changed files of each kind, 10,000 unless said
cargo xtask bench [PART...]   measures what the issue demands, whole or these parts; a table at the end";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["test"] => test::run(),
        ["tidy"] => tidy::run(),
        ["pdfua", files @ ..] if !files.is_empty() => pdfua::run(files),
        ["axe", urls @ ..] if !urls.is_empty() => axe::run(urls),
        ["mutate"] => mutate::run("10000"),
        ["mutate", count] if count.parse::<usize>().is_ok() => mutate::run(count),
        ["bench", rest @ ..] => bench::run(rest),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
