//! A PostgreSQL server of our own for the tests: in a temporary folder, on a socket, gone when it is dropped.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail};

use crate::tools;

/// The account that Debian makes for the server: it refuses to run as root.
const ACCOUNT: &str = "postgres";

/// A running server.
pub struct Server {
    folder: PathBuf,
    programs: PathBuf,
}

impl Server {
    /// Starts an empty server for tests: what they lose when the machine dies is nothing, so it waits for no disk.
    ///
    /// # Errors
    /// When its programs are not there ([`tools::install`]) or refuse.
    pub fn start() -> anyhow::Result<Self> {
        Self::start_with("-c fsync=off")
    }

    /// Starts an empty server that is as durable as one in use: for measurements.
    ///
    /// # Errors
    /// As [`Server::start`].
    pub fn start_durable() -> anyhow::Result<Self> {
        Self::start_with("-c fsync=on -c synchronous_commit=on")
    }

    fn start_with(durability: &str) -> anyhow::Result<Self> {
        let programs = tools::postgres().context("PostgreSQL's programs are not there")?;
        let folder =
            std::env::temp_dir().join(format!("voneinander-server-{}", std::process::id()));
        std::fs::create_dir(&folder)?;
        let server = Self { folder, programs };
        if root() {
            let mut own = Command::new("chown");
            own.arg(ACCOUNT).arg(&server.folder).status()?;
        }
        let data = server.data();
        let settings = format!(
            "-k {} -c listen_addresses='' -c max_connections=400 {durability}",
            server.folder.display()
        );
        server.run(
            "initdb",
            &[
                "-D",
                &data,
                "-E",
                "UTF8",
                "--locale=C.UTF-8",
                "-A",
                "trust",
                "-U",
                ACCOUNT,
            ],
        )?;
        let log = server.folder.join("log").display().to_string();
        server.run(
            "pg_ctl",
            &["-D", &data, "-w", "-l", &log, "-o", &settings, "start"],
        )?;
        Ok(server)
    }

    /// Address of its databases, with `{}` where the name belongs.
    pub fn address(&self) -> String {
        format!(
            "postgres://{ACCOUNT}@localhost/{{}}?host={}",
            self.folder.display()
        )
    }

    fn data(&self) -> String {
        self.folder.join("data").display().to_string()
    }

    fn run(&self, program: &str, arguments: &[&str]) -> anyhow::Result<()> {
        let path = self.programs.join(program);
        let mut command = if root() {
            let mut command = Command::new("runuser");
            command.args(["-u", ACCOUNT, "--"]).arg(&path);
            command
        } else {
            Command::new(&path)
        };
        let status = command
            .args(arguments)
            .current_dir(&self.folder)
            // The server outlives `pg_ctl`: it must not hold the pipes of whoever waits for the end of the tests.
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .with_context(|| format!("cannot start {}", path.display()))?;
        if !status.success() {
            let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            bail!("{program}: {status}\n{log}");
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let stopped = self.run("pg_ctl", &["-D", &self.data(), "-m", "immediate", "stop"]);
        if let Err(error) =
            stopped.and_then(|()| Ok(std::fs::remove_dir_all(Path::new(&self.folder))?))
        {
            eprintln!("the server for the tests could not be cleared away: {error:#}");
        }
    }
}

fn root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|out| out.stdout.trim_ascii() == b"0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_starts_answers_and_goes() -> anyhow::Result<()> {
        if tools::postgres().is_none() {
            eprintln!("skipped: PostgreSQL is not installed");
            return Ok(());
        }
        let server = Server::start()?;
        let address = server.address().replace("{}", "postgres");
        let asked = Command::new("psql")
            .args([&address, "-qAt", "-c", "SELECT 6 * 7"])
            .output()?;
        assert_eq!(asked.stdout, b"42\n", "{asked:?}");
        let folder = server.folder.clone();
        drop(server);
        assert!(!folder.exists());
        Ok(())
    }
}
