//! The verdict of veraPDF on PDF/UA-1.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail};

use crate::tools;

/// What veraPDF says about one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The file.
    pub file: PathBuf,
    /// Checks that were made; a file without any was not really looked at.
    pub checks: u64,
    /// The rules that it breaks, each with its clause; empty when it complies.
    pub failures: Vec<String>,
}

impl Verdict {
    /// Whether the file complies with PDF/UA-1.
    pub fn is_compliant(&self) -> bool {
        self.failures.is_empty() && self.checks > 0
    }
}

/// Prints the verdict on each file; true when all comply.
///
/// # Errors
/// When Java or veraPDF cannot be had or started.
pub fn run(files: &[&str]) -> anyhow::Result<bool> {
    tools::install()?;
    let files: Vec<&Path> = files.iter().map(Path::new).collect();
    let verdicts = verdicts(&files)?;
    for verdict in &verdicts {
        let word = if verdict.is_compliant() {
            "complies with"
        } else {
            "breaks"
        };
        println!(
            "{} {word} PDF/UA-1 ({} checks)",
            verdict.file.display(),
            verdict.checks
        );
        for failure in &verdict.failures {
            println!("  {failure}");
        }
    }
    Ok(verdicts.iter().all(Verdict::is_compliant))
}

/// One verdict a file, in their order. The tools must be there ([`tools::install`]).
///
/// # Errors
/// When Java cannot be started or says something unexpected; a file that cannot be read is a failed verdict.
pub fn verdicts(files: &[&Path]) -> anyhow::Result<Vec<Verdict>> {
    let classes = compile()?;
    let log = tools::folder().join("verapdf.log");
    // veraPDF logs every glyph.
    let log_file =
        std::fs::File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
    let output = Command::new("java")
        .arg("-cp")
        .arg(class_path(&classes)?)
        .arg("PdfUaCheck")
        .args(files)
        .stdin(Stdio::null())
        .stderr(log_file)
        .output()
        .context("cannot start java")?;
    let said = String::from_utf8_lossy(&output.stdout);
    let mut verdicts: Vec<Verdict> = Vec::new();
    for line in said.lines() {
        match line.splitn(3, '\t').collect::<Vec<_>>().as_slice() {
            ["file", checks, path] => verdicts.push(Verdict {
                file: path.into(),
                checks: checks.parse().context("the number of checks")?,
                failures: Vec::new(),
            }),
            ["fault", clause, what] => {
                let verdict = verdicts.last_mut().context("a fault before a file")?;
                verdict.failures.push(format!("{clause}: {what}"));
            }
            _ => {}
        }
    }
    if verdicts.len() != files.len() {
        bail!(
            "PdfUaCheck spoke of {} of {} files; see {}",
            verdicts.len(),
            files.len(),
            log.display()
        );
    }
    Ok(verdicts)
}

/// Compiles `tests/PdfUaCheck.java` where it is newer than its class.
fn compile() -> anyhow::Result<PathBuf> {
    let source = crate::root().join("tests/PdfUaCheck.java");
    let classes = tools::folder().join("classes");
    let class = classes.join("PdfUaCheck.class");
    let changed = |file: &Path| file.metadata().and_then(|about| about.modified()).ok();
    if changed(&class) > changed(&source) {
        return Ok(classes);
    }
    std::fs::create_dir_all(&classes)?;
    let mut javac = Command::new("javac");
    javac
        .arg("-cp")
        .arg(class_path(&classes)?)
        .arg("-d")
        .arg(&classes)
        .arg(&source);
    tools::output(&mut javac).with_context(|| format!("cannot compile {}", source.display()))?;
    Ok(classes)
}

/// JAXB before veraPDF, whose jar lacks it.
fn class_path(classes: &Path) -> anyhow::Result<OsString> {
    let java = Path::new("/usr/share/java");
    let jaxb = [
        "jaxb-api",
        "jaxb-runtime",
        "jaxb-core",
        "istack-commons-runtime",
        "txw2",
        "FastInfoset",
        "javax.activation",
    ];
    let mut path: Vec<PathBuf> = jaxb
        .iter()
        .map(|name| java.join(format!("{name}.jar")))
        .collect();
    path.push(tools::folder().join("verapdf.jar"));
    path.push(classes.to_owned());
    if let Some(missing) = path.iter().rev().skip(1).find(|jar| !jar.exists()) {
        bail!(
            "{} is missing; `cargo xtask test` installs it",
            missing.display()
        );
    }
    std::env::join_paths(path).context("a folder with a colon in its name")
}
