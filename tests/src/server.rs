//! The databases of the stories, where they run on a PostgreSQL server.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail};

/// Address of the server's databases with `{}` where the name belongs; `None` when the stories run on files.
fn server() -> Option<String> {
    std::env::var("VONEINANDER_TEST_SERVER").ok()
}

/// What tells the folders of stories on this server from others; nothing when they run on files.
pub(crate) fn mark() -> String {
    use std::hash::{DefaultHasher, Hash, Hasher};
    server().map_or_else(String::new, |server| {
        let mut hasher = DefaultHasher::new();
        server.hash(&mut hasher);
        // The name of a database has at most 63 bytes.
        format!("-{:08x}", hasher.finish() & 0xffff_ffff)
    })
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

/// Whether a data folder's database is there; files stand in the folder itself.
pub(crate) fn has_database(data: &Path) -> anyhow::Result<bool> {
    let Some(server) = server() else {
        return Ok(true);
    };
    let name = name(data)?;
    let there = format!("SELECT 1 FROM pg_database WHERE datname = '{name}'");
    Ok(!psql(&server, &there)?.trim().is_empty())
}

/// Tells the binary which database belongs to a data folder, and makes it when it is not there.
pub(crate) fn name_database(command: &mut Command, data: &Path) -> anyhow::Result<()> {
    let Some(server) = server() else {
        return Ok(());
    };
    let name = name(data)?;
    if !has_database(data)? {
        psql(&server, &format!("CREATE DATABASE \"{name}\""))?;
    }
    command.env("VONEINANDER_DATABASE", server.replace("{}", name));
    Ok(())
}

/// Address of a data folder's database, where the stories run on a server.
pub(crate) fn address(data: &Path) -> anyhow::Result<Option<String>> {
    let name = name(data)?;
    Ok(server().map(|server| server.replace("{}", name)))
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

/// Gives the database of one data folder to another.
pub(crate) fn rename_database(from: &Path, to: &Path) -> anyhow::Result<()> {
    let Some(server) = server() else {
        return Ok(());
    };
    let (from, to) = (name(from)?, name(to)?);
    psql(
        &server,
        &format!("ALTER DATABASE \"{from}\" RENAME TO \"{to}\""),
    )?;
    Ok(())
}
