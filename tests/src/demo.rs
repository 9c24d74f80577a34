//! The demo, built and served by the real binary.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;

use anyhow::{Context, bail};

/// The served demo; it ends with this value.
pub struct Demo {
    /// `http://127.0.0.1:port`
    pub base: String,
    /// Data folder.
    pub data: PathBuf,
    /// Variables that its server runs under.
    environment: Vec<(String, String)>,
    child: Child,
}

/// The binary beside the tests: `cargo xtask test` builds it first.
fn binary() -> anyhow::Result<PathBuf> {
    if let Some(path) = std::env::var_os("VONEINANDER_BIN") {
        return Ok(path.into());
    }
    let test = std::env::current_exe()?;
    let folder = test
        .parent()
        .and_then(Path::parent)
        .context("the test has no folder")?;
    let binary = folder.join("voneinander");
    if !binary.is_file() {
        bail!("{} is not built; run `cargo xtask test`", binary.display());
    }
    Ok(binary)
}

/// The binary with these arguments, on the database of the data folder among them.
fn command(arguments: &[&str]) -> anyhow::Result<Command> {
    let mut command = Command::new(binary()?);
    command.args(arguments);
    let data = arguments.iter().position(|a| *a == "--data");
    if let Some(data) = data.and_then(|at| arguments.get(at + 1)) {
        crate::server::name_database(&mut command, Path::new(data))?;
    }
    Ok(command)
}

/// Runs the binary to its end and returns what it printed; it must succeed.
pub fn run(arguments: &[&str]) -> anyhow::Result<String> {
    run_under(&[], arguments)
}

/// The same in an environment with these variables.
pub fn run_under(environment: &[(&str, &str)], arguments: &[&str]) -> anyhow::Result<String> {
    let output = command(arguments)?
        .envs(environment.iter().copied())
        .output()?;
    if !output.status.success() {
        bail!(
            "{arguments:?} failed: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs the binary, which must fail, and returns what it said.
pub fn run_failing(arguments: &[&str]) -> anyhow::Result<String> {
    let Output { status, stderr, .. } = command(arguments)?.output()?;
    if status.success() {
        bail!("{arguments:?} succeeded");
    }
    Ok(String::from_utf8_lossy(&stderr).into_owned())
}

/// A new folder for a test.
pub fn folder(name: &str) -> anyhow::Result<PathBuf> {
    let folder = std::env::temp_dir().join(format!("voneinander-{name}-{}", std::process::id()));
    if folder.exists() {
        std::fs::remove_dir_all(&folder)?;
    }
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// The demo's data folder, built by the real command once for all stories with the same binary, on files and on a server.
fn template() -> anyhow::Result<&'static Path> {
    static TEMPLATE: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let built = TEMPLATE.get_or_init(|| build_template().map_err(|e| e.to_string()));
    built.as_deref().map_err(|e| anyhow::anyhow!("{e}"))
}

const TEMPLATE: &str = "voneinander-template-of-";

fn build_template() -> anyhow::Result<PathBuf> {
    let own = folder("template")?;
    let file = std::fs::metadata(binary()?)?;
    let made = file.modified()?.duration_since(std::time::UNIX_EPOCH)?;
    let server = crate::server::mark();
    let name = format!("{TEMPLATE}{}-{}{server}", made.as_secs(), file.len());
    let shared = std::env::temp_dir().join(&name);
    if shared.is_dir() && !crate::server::has_database(&shared)? {
        // Left by a server that is gone.
        std::fs::remove_dir_all(&shared)?;
    }
    if !shared.is_dir() {
        run(&["demo", "--no-serve", "--data", &own.to_string_lossy()])?;
        crate::server::rename_database(&own, &shared)?;
        // Those of earlier binaries are of no use to anybody.
        for entry in std::fs::read_dir(std::env::temp_dir())? {
            let entry = entry?;
            let other = entry.file_name().to_string_lossy().into_owned();
            if other.starts_with(TEMPLATE) && other != name {
                let _another_was_faster = std::fs::remove_dir_all(entry.path());
            }
        }
        if std::fs::rename(&own, &shared).is_ok() {
            return Ok(shared);
        }
    }
    // Another process has just built the same.
    std::fs::remove_dir_all(&own)?;
    Ok(shared)
}

fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// Starts the server and waits until it listens.
fn serve(data: &Path, port: u16, environment: &[(String, String)]) -> anyhow::Result<Child> {
    serve_on(data, data, port, environment)
}

/// The same on the database that belongs to another data folder.
fn serve_on(
    database: &Path,
    data: &Path,
    port: u16,
    environment: &[(String, String)],
) -> anyhow::Result<Child> {
    let listen = format!("127.0.0.1:{port}");
    let mut command = Command::new(binary()?);
    command
        .envs(environment.iter().map(|(name, value)| (name, value)))
        .args(["serve", "--listen", &listen, "--data"])
        .arg(data);
    crate::server::name_database(&mut command, database)?;
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    let stdout = child.stdout.take().context("no output")?;
    let mut lines = BufReader::new(stdout).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    if !first.contains(&format!(":{port}")) {
        bail!("the server ended early: {}", child.wait()?);
    }
    // Keep reading, so that the binary never waits for a full pipe.
    std::thread::spawn(move || lines.for_each(drop));
    Ok(child)
}

impl Demo {
    /// Serves a copy of the demo on a free port.
    pub fn start(name: &str) -> anyhow::Result<Self> {
        let data = folder(name)?;
        copy(template()?, &data)?;
        crate::server::copy_database(template()?, &data)?;
        Self::serve(data, &[])
    }

    /// Serves a copy of the demo that lies in a new folder inside `place`, with these variables. On a file only.
    pub fn start_in(place: &Path, environment: &[(&str, &str)]) -> anyhow::Result<Self> {
        let mut data = place.join("demo");
        while data.exists() {
            data.set_extension(format!("{}", std::fs::read_dir(place)?.count()));
        }
        copy(template()?, &data)?;
        Self::serve(data, environment)
    }

    fn serve(data: PathBuf, environment: &[(&str, &str)]) -> anyhow::Result<Self> {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let environment: Vec<_> = environment.iter().map(owned).collect();
        // Ask the system for a free port, and leave it to the binary.
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let child = serve(&data, port, &environment)?;
        Ok(Self {
            base: format!("http://127.0.0.1:{port}"),
            data,
            environment,
            child,
        })
    }

    /// Another server on the same database, with a data folder of its own. Only where that is on a database server.
    pub fn second_node(&self, name: &str) -> anyhow::Result<Self> {
        let data = folder(name)?;
        copy(template()?, &data)?;
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let child = serve_on(&self.data, &data, port, &[])?;
        Ok(Self {
            base: format!("http://127.0.0.1:{port}"),
            data,
            environment: Vec::new(),
            child,
        })
    }

    /// Ends the server at once.
    pub fn stop(&mut self) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Ends the server at once, as a power cut would, and starts it again on the same data.
    pub fn kill_and_restart(&mut self) -> anyhow::Result<()> {
        self.stop()?;
        self.start_again()
    }

    /// Serves the same data again after [`Demo::stop`], at the same address.
    pub fn start_again(&mut self) -> anyhow::Result<()> {
        let port = self.base.rsplit(':').next().context("no port")?.parse()?;
        self.child = serve(&self.data, port, &self.environment)?;
        Ok(())
    }

    /// The database itself, for a story that sets the clock of a job. The server should have been stopped.
    pub async fn store(&self) -> anyhow::Result<store::Store> {
        Ok(match crate::server::address(&self.data)? {
            Some(address) => store::Store::connect(&address, &self.data).await?,
            None => store::Store::open(&self.data).await?,
        })
    }

    /// Adds a researcher who signs in with a password.
    ///
    /// # Errors
    /// When the command cannot be started or refuses it.
    pub fn add_researcher(&self, mail: &str, password: &str) -> anyhow::Result<()> {
        let data = ["--data", self.data()];
        let who = [
            "--mail",
            mail,
            "--name",
            "Forschung",
            "--role",
            "researcher",
        ];
        let mut adding = command(&[&["staff", "add", "--password"][..], &who, &data].concat())?
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()?;
        let mut input = adding.stdin.take().context("no input")?;
        input.write_all(format!("{password}\n").as_bytes())?;
        drop(input);
        if !adding.wait()?.success() {
            bail!("{mail} was not added");
        }
        Ok(())
    }

    /// Adds somebody of the house and returns the path of the one-time sign-in link.
    pub fn sign_in_link(&self, role: &str) -> anyhow::Result<String> {
        let mail = format!("{role}@institut.example");
        let printed = run(&[
            "staff",
            "add",
            "--mail",
            &mail,
            "--name",
            role,
            "--role",
            role,
            "--data",
            self.data(),
        ])?;
        let link = printed.split_whitespace().last().context("no link")?;
        Ok(link
            .strip_prefix(&self.base)
            .context("a link to another place")?
            .to_owned())
    }

    /// Data folder as text.
    pub fn data(&self) -> &str {
        self.data.to_str().unwrap_or_default()
    }

    /// Makes `count` invitations to the open wave and returns the paths of their links.
    pub fn invite(&self, count: usize) -> anyhow::Result<Vec<String>> {
        self.invite_to("probe", count)
    }

    /// Makes `count` invitations to a wave and returns the paths of their links.
    pub fn invite_to(&self, wave: &str, count: usize) -> anyhow::Result<Vec<String>> {
        let out = self.data.join(format!(
            "codes-{wave}-{count}-{:?}.csv",
            std::thread::current().id()
        ));
        let out = out.to_str().context("path")?;
        run(&[
            "invite",
            "--wave",
            wave,
            "--count",
            &count.to_string(),
            "--data",
            self.data(),
            "--out",
            out,
        ])?;
        let text = std::fs::read_to_string(out)?;
        let link = |line: &str| {
            line.split(',')
                .find(|c| c.starts_with(&self.base))
                .map(|c| c[self.base.len()..].to_owned())
        };
        Ok(text.lines().skip(1).filter_map(link).collect())
    }

    /// Process number of the server.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        if let Err(error) = self.child.kill().and_then(|()| self.child.wait().map(drop)) {
            eprintln!("the demo could not be ended: {error}");
        }
        // What a failed story left is there to be looked at.
        if !std::thread::panicking()
            && let Err(error) = std::fs::remove_dir_all(&self.data)
        {
            eprintln!("{}: {error}", self.data.display());
        }
    }
}
