//! axe-core on pages in Chromium.

use std::io::Write as _;
use std::process::{Command, Stdio};

use anyhow::{Context, bail};
use serde_json::{Value, json};

use crate::tools;

/// A state of a page, and how a browser gets there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// What the page is, for people.
    pub name: String,
    /// Path to open first; without it the browser goes on from the page before.
    pub to: Option<String>,
    /// What a person does then.
    pub steps: Vec<Step>,
    /// Status code that the last page must have.
    pub status: u16,
    /// CSS selector of what must be on the page, so that it is known to be this one.
    pub see: String,
}

/// What a person does on a page. `at` is a CSS selector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Types into a field.
    Fill(String, String),
    /// Chooses an option of a list by its value.
    Choose(String, String),
    /// Ticks a box or a radio button.
    Check(String),
    /// Presses a button that leads to a page.
    Click(String),
    /// Opens what is folded together, or presses what leads to no other page.
    Press(String),
    /// Types key by key, so that suggestions come, and waits for what a selector finds then.
    Type(String, String, String),
    /// Chooses a file with this name and content.
    Attach(String, String, String),
    /// Opens the address that a pattern finds in the text of an element.
    Follow(String, String),
    /// The same page in a second window.
    Elsewhere(Vec<Step>),
    /// Sends a form with one field so many times without leaving the page: path, field, value, times.
    Post(String, String, String, u32),
}

/// What was seen on one visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Name of the visit.
    pub name: String,
    /// Method and path of each page that the browser asked for, redirections too.
    pub requests: Vec<(String, String)>,
    /// Violations, sideways scrolling, a page that is not the one expected.
    pub faults: Vec<String>,
}

/// Looks at each address, light and dark, 390 and 1280 px wide; prints every violation. True when there is none.
/// `--sign-in URL` opens a page first and presses its button, so that the others are seen as staff see them.
///
/// # Errors
/// When Chromium or Node cannot be had or started.
pub fn run(arguments: &[&str]) -> anyhow::Result<bool> {
    tools::install()?;
    let status = script()?.args(arguments).status();
    Ok(status.context("cannot start node")?.success())
}

/// Visits pages of the service at `base`, one after another in one browser, and looks at each as [`run`] does.
/// The tools must be there ([`tools::install`]).
///
/// # Errors
/// When Chromium or Node cannot be started or says something unexpected.
pub fn look(base: &str, visits: &[Visit]) -> anyhow::Result<Vec<Seen>> {
    let visits: Vec<Value> = visits.iter().map(Visit::json).collect();
    let plan = json!({"base": base, "visits": visits}).to_string();
    let mut node = script()?
        .arg("--plan")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start node")?;
    let mut stdin = node.stdin.take().context("node has no input")?;
    stdin.write_all(plan.as_bytes())?;
    drop(stdin);
    let output = node.wait_with_output()?;
    if !output.status.success() {
        bail!("tests/accessibility.mjs failed: {}", output.status);
    }
    let report: Vec<Value> = serde_json::from_slice(&output.stdout).context("the report")?;
    Ok(report.iter().map(Seen::read).collect())
}

fn script() -> anyhow::Result<Command> {
    let chromium = tools::on_path("chromium").context("chromium is missing")?;
    let packages = tools::folder();
    if !packages.join("node_modules/axe-core").is_dir() {
        bail!(
            "axe-core is not in {}; `cargo xtask test` installs it",
            packages.display()
        );
    }
    let mut node = Command::new("node");
    node.arg(crate::root().join("tests/accessibility.mjs"))
        .env("VONEINANDER_TOOLS", packages)
        .env("CHROMIUM", chromium);
    Ok(node)
}

impl Visit {
    fn json(&self) -> Value {
        let steps: Vec<Value> = self.steps.iter().map(Step::json).collect();
        json!({"name": self.name, "to": self.to, "steps": steps, "status": self.status, "see": self.see})
    }
}

impl Step {
    fn json(&self) -> Value {
        match self {
            Self::Fill(at, text) => json!({"do": "fill", "at": at, "text": text}),
            Self::Choose(at, text) => json!({"do": "choose", "at": at, "text": text}),
            Self::Check(at) => json!({"do": "check", "at": at}),
            Self::Click(at) => json!({"do": "click", "at": at}),
            Self::Press(at) => json!({"do": "press", "at": at}),
            Self::Type(at, text, then) => {
                json!({"do": "type", "at": at, "text": text, "then": then})
            }
            Self::Attach(at, name, text) => {
                json!({"do": "attach", "at": at, "name": name, "text": text})
            }
            Self::Follow(at, text) => json!({"do": "follow", "at": at, "text": text}),
            Self::Elsewhere(steps) => {
                let steps: Vec<Value> = steps.iter().map(Self::json).collect();
                json!({"do": "elsewhere", "steps": steps})
            }
            Self::Post(at, field, text, times) => {
                json!({"do": "post", "at": at, "field": field, "text": text, "times": times})
            }
        }
    }
}

impl Seen {
    fn read(value: &Value) -> Self {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let list = |name: &str| value[name].as_array().cloned().unwrap_or_default();
        Self {
            name: text(&value["name"]),
            requests: list("requests")
                .iter()
                .map(|request| (text(&request[0]), text(&request[1])))
                .collect(),
            faults: list("faults").iter().map(text).collect(),
        }
    }
}
