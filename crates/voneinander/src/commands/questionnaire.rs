//! `questionnaire check`, `questionnaire routes`, `questionnaire compare` and `questionnaire import`.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::Subcommand;
use questionnaire::{Lang, Questionnaire, limesurvey, lineage};

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Report every fault of a questionnaire with its place and what would be right.
    Check {
        /// The file.
        file: PathBuf,
        /// Questionnaire of the earlier wave: checks the section `lineage` against it.
        #[arg(long, value_name = "FILE")]
        earlier: Option<PathBuf>,
    },
    /// Show which pages a kind of respondent sees, which it does not, and which rest on other answers.
    Routes {
        /// The file.
        file: PathBuf,
        /// An answer of that kind of respondent, repeated as needed: an option's key, a number or a text.
        #[arg(long = "answer", value_name = "VARIABLE=VALUE")]
        answers: Vec<String>,
        /// Write the picture there.
        #[arg(long, value_name = "FILE")]
        svg: Option<PathBuf>,
    },
    /// Propose the section `lineage` of a new questionnaire: what became of each question of the old one.
    /// Put what it prints at the end of the new file, correct it, and check it with `check --earlier OLD`.
    Compare {
        /// Questionnaire of the earlier wave.
        old: PathBuf,
        /// Questionnaire of the later wave.
        new: PathBuf,
    },
    /// Take over a survey from LimeSurvey: its structure (.lss) becomes a questionnaire file.
    Import {
        /// The survey structure, as LimeSurvey exports it.
        file: PathBuf,
        /// The questionnaire file to write; the folder must be there.
        #[arg(short, long, value_name = "FILE")]
        out: PathBuf,
        /// What came over and what did not, as JSON.
        #[arg(long, value_name = "FILE")]
        report: Option<PathBuf>,
    },
}

pub fn run(command: &Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Check { file, earlier } => {
            let earlier = match earlier {
                Some(earlier) => match read(earlier, None)? {
                    Some(earlier) => Some(earlier),
                    None => return Ok(ExitCode::FAILURE),
                },
                None => None,
            };
            let Some(read) = read(file, earlier.as_ref())? else {
                return Ok(ExitCode::FAILURE);
            };
            print!("{}", questionnaire::report(&read));
        }
        Command::Routes { file, answers, svg } => {
            let Some(read) = read(file, None)? else {
                return Ok(ExitCode::FAILURE);
            };
            let mut fields = Vec::new();
            for answer in answers {
                let (name, value) = answer
                    .split_once('=')
                    .with_context(|| format!("{answer}: write it as variable=value"))?;
                let variable = questionnaire::VariableKey(name.to_owned());
                if read.question(variable.question()).is_none() {
                    anyhow::bail!("{name}: the questionnaire has no such question");
                }
                fields.push((name.to_owned(), value.to_owned()));
            }
            let (kind, problems) = read.kind_of(&fields);
            for problem in &problems {
                eprintln!("{}: {}", problem.variable, problem.message(Lang::En));
            }
            if !problems.is_empty() {
                return Ok(ExitCode::FAILURE);
            }
            print!("{}", read.path_report(&kind, Lang::En));
            if let Some(svg) = svg {
                std::fs::write(svg, read.path_svg(&kind, Lang::De))
                    .with_context(|| svg.display().to_string())?;
            }
        }
        Command::Compare { old, new } => {
            let (Some(old), Some(new)) = (read(old, None)?, read(new, None)?) else {
                return Ok(ExitCode::FAILURE);
            };
            print!("{}", lineage::to_yaml(&lineage::propose(&old, &new)));
        }
        Command::Import { file, out, report } => return import(file, out, report.as_deref()),
    }
    Ok(ExitCode::SUCCESS)
}

/// Nothing is written unless all of it can be.
fn import(file: &Path, out: &Path, report: Option<&Path>) -> anyhow::Result<ExitCode> {
    let name = file.display().to_string();
    let mut bytes = Vec::new();
    let limit = limesurvey::LIMESURVEY_SIZE as u64 + 1;
    let opened = std::fs::File::open(file).with_context(|| name.clone())?;
    opened
        .take(limit)
        .read_to_end(&mut bytes)
        .with_context(|| name.clone())?;
    let imported = match limesurvey::import(&bytes, &name) {
        Ok(imported) => imported,
        Err(error) => {
            eprintln!("{error}");
            return Ok(ExitCode::FAILURE);
        }
    };
    let said = |path: &Path| path.display().to_string();
    std::fs::write(out, &imported.yaml).with_context(|| said(out))?;
    if let Some(report) = report {
        let text = serde_json::to_string_pretty(&imported.report)? + "\n";
        if let Err(error) = std::fs::write(report, text) {
            // All or nothing: a questionnaire without its report would be trusted too far.
            std::fs::remove_file(out).with_context(|| said(out))?;
            return Err(error).with_context(|| said(report));
        }
    }
    let told = &imported.report;
    println!(
        "{}: {} of {} questions came over whole, {} losses, {} questions not",
        said(out),
        told.carried,
        told.questions,
        told.partly.len(),
        told.not_carried.len()
    );
    Ok(ExitCode::SUCCESS)
}

/// A questionnaire without faults; else its faults are told and it is `None`.
fn read(file: &Path, earlier: Option<&Questionnaire>) -> anyhow::Result<Option<Questionnaire>> {
    let name = file.display().to_string();
    let bytes = std::fs::read(file).with_context(|| name.clone())?;
    let source = match Questionnaire::text(bytes, &name) {
        Ok(source) => source,
        Err(faults) => {
            eprintln!("{faults}");
            return Ok(None);
        }
    };
    let (read, notes) = Questionnaire::examine_after(&source, &name, earlier);
    if !notes.is_empty() {
        eprintln!("{notes}");
    }
    match read {
        Ok(questionnaire) => Ok(Some(questionnaire)),
        Err(faults) => {
            eprintln!("{faults}");
            Ok(None)
        }
    }
}
