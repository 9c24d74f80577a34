//! `questionnaire check`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Subcommand;
use questionnaire::Questionnaire;

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Report every fault of a questionnaire with its place and what would be right.
    Check {
        /// The file.
        file: PathBuf,
    },
}

pub fn run(command: &Command) -> anyhow::Result<ExitCode> {
    let Command::Check { file } = command;
    let name = file.display().to_string();
    let bytes = std::fs::read(file).with_context(|| name.clone())?;
    let source = match String::from_utf8(bytes) {
        Ok(source) => source,
        Err(error) => {
            let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = before.iter().filter(|b| **b == b'\n').count() + 1;
            eprintln!("{name}:{line}: the file is not UTF-8; save it with the encoding UTF-8");
            return Ok(ExitCode::FAILURE);
        }
    };
    let (read, notes) = Questionnaire::examine(&source, &name);
    if !notes.is_empty() {
        eprintln!("{notes}");
    }
    match read {
        Ok(questionnaire) => {
            print!("{}", questionnaire::report(&questionnaire));
            Ok(ExitCode::SUCCESS)
        }
        Err(faults) => {
            eprintln!("{faults}");
            Ok(ExitCode::FAILURE)
        }
    }
}
