//! The one configuration file, `voneinander.toml` in the data folder.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde::Deserialize;

/// What an operator may set; every key has a default.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// Address to listen on.
    pub listen: SocketAddr,
    /// Address under which people reach the service, for links in mails.
    pub base_url: Option<String>,
    /// Whether the service stands behind a proxy of its own that sets `X-Forwarded-For`.
    pub behind_proxy: bool,
    /// Name of the instance, as pages show it.
    pub title: String,
    /// Mail.
    pub mail: MailConfig,
    /// Folder with `impressum.md`, `datenschutz.md`, `barrierefreiheit.md` (and `.en.md`).
    pub pages: Option<PathBuf>,
}

/// How mails leave.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct MailConfig {
    /// `smtp://host:port` or `smtps://host`; without it mails are written as files.
    pub smtp: Option<String>,
    /// User at the SMTP server.
    pub user: Option<String>,
    /// File that holds the password.
    pub password_file: Option<PathBuf>,
    /// Sender, `Name <address>`.
    pub from: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            base_url: None,
            behind_proxy: false,
            title: "Voneinander".to_owned(),
            mail: MailConfig::default(),
            pages: None,
        }
    }
}

impl Default for MailConfig {
    fn default() -> Self {
        Self {
            smtp: None,
            user: None,
            password_file: None,
            from: "Voneinander <studie@voneinander.example>".to_owned(),
        }
    }
}

/// Name of the file in the data folder.
pub const FILE: &str = "voneinander.toml";

impl Config {
    /// Reads the file of a data folder; where there is none, the defaults hold.
    pub fn read(data: &Path) -> anyhow::Result<Self> {
        let file = data.join(FILE);
        match std::fs::read_to_string(&file) {
            Ok(text) => Self::parse(&text).with_context(|| format!("{}", file.display())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error).with_context(|| format!("{}", file.display())),
        }
    }

    fn parse(text: &str) -> anyhow::Result<Self> {
        let config: Self = toml::from_str(text)?;
        if let Some(url) = &config.base_url
            && (!url.starts_with("http://") && !url.starts_with("https://") || url.ends_with('/'))
        {
            bail!(
                "base-url = \"{url}\": expected http:// or https:// and no slash at the end, e.g. \"https://umfrage.example.de\""
            );
        }
        if let Some(url) = &config.mail.smtp {
            check_smtp(url, config.mail.user.is_some())?;
        }
        if config.mail.user.is_some() != config.mail.password_file.is_some() {
            bail!("mail.user and mail.password-file belong together: set both or none");
        }
        Ok(config)
    }

    /// The address for links.
    pub fn base_url(&self) -> String {
        self.base_url
            .clone()
            .unwrap_or_else(|| format!("http://{}", self.reachable()))
    }

    /// The address to listen on, as one that this machine can reach: 0.0.0.0 is none.
    fn reachable(&self) -> SocketAddr {
        let ip = match self.listen.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
            ip => ip,
        };
        SocketAddr::new(ip, self.listen.port())
    }

    /// The outbox that the configuration asks for.
    pub fn outbox(&self, data: &Path) -> anyhow::Result<jobs::Outbox> {
        let mail = &self.mail;
        match (&mail.smtp, &mail.user, &mail.password_file) {
            (None, ..) => jobs::Outbox::files(data.join("mails"), &mail.from).context("mail.from"),
            (Some(url), Some(user), Some(file)) => {
                let password = std::fs::read_to_string(file)
                    .with_context(|| format!("mail.password-file {}", file.display()))?;
                Ok(jobs::Outbox::smtp_with_password(
                    url,
                    &mail.from,
                    user,
                    password.trim(),
                )?)
            }
            (Some(url), ..) => Ok(jobs::Outbox::smtp(url, &mail.from)?),
        }
    }
}

/// The address of the SMTP server is printed and logged, so it holds no password; and a password goes out encrypted.
fn check_smtp(url: &str, with_password: bool) -> anyhow::Result<()> {
    let plain = url.strip_prefix("smtp://");
    let Some(server) = plain.or_else(|| url.strip_prefix("smtps://")) else {
        bail!("mail.smtp: expected smtp://host:port or smtps://host");
    };
    if server.contains('@') {
        bail!(
            "mail.smtp: user and password do not belong here; set mail.user and mail.password-file"
        );
    }
    let near = ["localhost", "127.0.0.1", "[::1]"];
    if with_password
        && plain.is_some()
        && !server.ends_with("?tls=required")
        && !near.iter().any(|host| server.starts_with(host))
    {
        bail!(
            "mail.smtp = \"{url}\" would send the password in clear: write smtps://{server} or smtp://{server}?tls=required"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_key_says_where_it_stands_and_which_keys_there_are() {
        let error = Config::parse("listen = \"127.0.0.1:80\"\nbase_url = \"https://a.example\"\n")
            .unwrap_err();
        let text = format!("{error:#}");
        assert!(
            text.contains("line 2") && text.contains("base-url"),
            "{text}"
        );
    }

    #[test]
    fn a_slash_at_the_end_of_the_address_is_told() {
        let error = Config::parse("base-url = \"https://a.example/\"\n").unwrap_err();
        assert!(error.to_string().contains("no slash at the end"));
    }

    #[test]
    fn a_password_is_not_printed_and_not_sent_in_clear() {
        let mail = |lines: &str| Config::parse(&format!("[mail]\n{lines}\n"));
        let error = mail("smtp = \"smtps://studie:geheim@mail.example.de\"").unwrap_err();
        assert!(!error.to_string().contains("geheim"), "{error}");
        let with = |smtp: &str| {
            mail(&format!(
                "smtp = \"{smtp}\"\nuser = \"s\"\npassword-file = \"p\""
            ))
        };
        let error = with("smtp://mail.example.de:587").unwrap_err();
        assert!(error.to_string().contains("?tls=required"), "{error}");
        for right in [
            "smtps://mail.example.de",
            "smtp://m.example:587?tls=required",
            "smtp://localhost:25",
        ] {
            assert!(with(right).is_ok(), "{right}");
        }
    }
}
