//! `staff add`.

use anyhow::bail;
use clap::{Subcommand, ValueEnum};
use jiff::SignedDuration;
use store::{Role, Store};

use super::{Data, base_url};
use crate::config::Config;
use crate::{clock, secrets};

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Add somebody, or change name and role, and print a one-time sign-in link.
    Add {
        /// Mail address.
        #[arg(long)]
        mail: String,
        /// Name as the audit log shows it.
        #[arg(long)]
        name: String,
        /// What the person may do.
        #[arg(long)]
        role: StaffRole,
        /// Read a password from the standard input.
        #[arg(long)]
        password: bool,
        #[command(flatten)]
        data: Data,
    },
    /// List who may sign in.
    List(Data),
    /// Take away somebody's access at once; the audit log keeps what they did.
    Remove {
        /// Mail address.
        #[arg(long)]
        mail: String,
        #[command(flatten)]
        data: Data,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum StaffRole {
    /// Designs, watches the field, evaluates.
    Researcher,
    /// Edits practices and editions.
    Editor,
    /// Sees response rates only.
    Association,
}

impl From<StaffRole> for Role {
    fn from(role: StaffRole) -> Self {
        match role {
            StaffRole::Researcher => Self::Researcher,
            StaffRole::Editor => Self::Editor,
            StaffRole::Association => Self::Association,
        }
    }
}

pub async fn run(command: Command) -> anyhow::Result<()> {
    let (mail, name, role, password, data) = match command {
        Command::Add {
            mail,
            name,
            role,
            password,
            data,
        } => (mail, name, role, password, data),
        Command::List(data) => return list(data).await,
        Command::Remove { mail, data } => return remove(&mail, data).await,
    };
    let mail = mail.trim().to_owned();
    if !mail.contains('@') {
        bail!("--mail {mail}: expected a mail address, e.g. redaktion@institut.example");
    }
    let hash = if password {
        Some(read_password()?)
    } else {
        None
    };
    let config = Config::read(&data.folder)?;
    let store = data.open().await?;
    let link = add(
        &store,
        &mail,
        &name,
        role.into(),
        hash,
        &base_url(&data.folder, &config),
    )
    .await?;
    store.close().await;
    println!("{mail} may sign in once within a day with this link:\n{link}");
    Ok(())
}

async fn list(data: Data) -> anyhow::Result<()> {
    let store = data.open().await?;
    for person in store.all_staff().await? {
        let role = match person.role {
            Role::Researcher => "researcher",
            Role::Editor => "editor",
            Role::Association => "association",
        };
        println!("{:<12} {}  {}", role, person.mail, person.name);
    }
    store.close().await;
    Ok(())
}

async fn remove(mail: &str, data: Data) -> anyhow::Result<()> {
    let store = data.open().await?;
    let removed = store
        .remove_staff(mail, clock::now(), "command line")
        .await?;
    store.close().await;
    if !removed {
        bail!("there is nobody with the address {mail}; `voneinander staff list` names all");
    }
    println!("{mail} may not sign in any more");
    Ok(())
}

fn read_password() -> anyhow::Result<String> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    let password = line.trim_end_matches(['\r', '\n']);
    if password.chars().count() < 12 {
        bail!("the password has fewer than 12 characters");
    }
    Ok(store::hash_password(password)?)
}

/// Adds a member of staff and returns a one-time sign-in link that works for a day.
pub async fn add(
    store: &Store,
    mail: &str,
    name: &str,
    role: Role,
    password: Option<String>,
    base_url: &str,
) -> anyhow::Result<String> {
    let now = clock::now();
    let id = store
        .put_staff(mail, name, role, password, now, "command line")
        .await?;
    let token = secrets::token()?;
    store
        .put_sign_in_link(token.hash(), id, now + SignedDuration::from_hours(24))
        .await?;
    Ok(format!("{base_url}/anmelden/{}", token.as_str()))
}
