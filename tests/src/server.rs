//! The databases of the stories, where they run on a PostgreSQL server.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};

/// Address of the server's databases with `{}` where the name belongs; `None` when the stories run on files.
fn server() -> Option<String> {
    std::env::var("VONEINANDER_TEST_SERVER").ok()
}

/// Whether the stories run on a server.
pub(crate) fn is_named() -> bool {
    server().is_some()
}

/// Name of a data folder's database.
fn name(data: &Path) -> anyhow::Result<&str> {
    data.file_name()
        .and_then(|name| name.to_str())
        .context("a data folder without a name")
}

fn psql(server: &str, sql: &str) -> anyhow::Result<String> {
    let output = Command::new("psql")
        .args([&server.replace("{}", "postgres"), "-qAt", "-c", sql])
        .output()
        .context("psql")?;
    if !output.status.success() {
        bail!("{sql}: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// Tells the binary which database belongs to a data folder, and makes it when it is not there.
pub(crate) fn name_database(command: &mut Command, data: &Path) -> anyhow::Result<()> {
    let Some(server) = server() else {
        return Ok(());
    };
    let name = name(data)?;
    let there = format!("SELECT 1 FROM pg_database WHERE datname = '{name}'");
    if psql(&server, &there)?.trim().is_empty() {
        psql(&server, &format!("CREATE DATABASE \"{name}\""))?;
    }
    command.env("VONEINANDER_DATABASE", server.replace("{}", name));
    Ok(())
}

/// Copies the database of one data folder for another.
pub(crate) fn copy_database(from: &Path, to: &Path) -> anyhow::Result<()> {
    let Some(server) = server() else {
        return Ok(());
    };
    let (from, to) = (name(from)?, name(to)?);
    psql(&server, &format!("DROP DATABASE IF EXISTS \"{to}\""))?;
    psql(
        &server,
        &format!("CREATE DATABASE \"{to}\" TEMPLATE \"{from}\""),
    )?;
    Ok(())
}
