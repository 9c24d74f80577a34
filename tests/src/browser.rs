//! Headless Chromium, driven by chromedriver.

use std::process::{Child, Command, Stdio};

use anyhow::{Context, bail};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

/// A browser window; chromedriver ends with this value.
pub struct Browser {
    /// The WebDriver session.
    pub client: Client,
    driver: Child,
}

impl Browser {
    /// Opens a window of this size.
    pub async fn open(width: u32, height: u32) -> anyhow::Result<Self> {
        let port = std::net::TcpListener::bind("127.0.0.1:0")?
            .local_addr()?
            .port();
        let driver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("chromedriver is missing; `cargo xtask test` installs it")?;
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
        ];
        let mut arguments: Vec<String> = arguments.iter().map(|a| (*a).to_owned()).collect();
        arguments.push(format!("--window-size={width},{height}"));
        let capabilities =
            json!({"goog:chromeOptions": {"args": arguments, "mobileEmulation": null}});
        let mut capabilities = capabilities.as_object().cloned().unwrap_or_default();
        if width < 500 {
            let emulation = json!({"deviceMetrics": {"width": width, "height": height, "pixelRatio": 2.0, "touch": true}});
            capabilities["goog:chromeOptions"]["mobileEmulation"] = emulation;
        } else if let Some(options) = capabilities["goog:chromeOptions"].as_object_mut() {
            options.remove("mobileEmulation");
        }
        let address = format!("http://127.0.0.1:{port}");
        for _ in 0..200 {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            match builder
                .capabilities(capabilities.clone())
                .connect(&address)
                .await
            {
                Ok(client) => return Ok(Self { client, driver }),
                Err(fantoccini::error::NewSessionError::NotW3C(answer)) => {
                    bail!("chromedriver: {answer}")
                }
                Err(fantoccini::error::NewSessionError::SessionNotCreated(error)) => {
                    bail!("chromedriver: {error}")
                }
                // chromedriver is not listening yet
                Err(_) => tokio::time::sleep(std::time::Duration::from_millis(50)).await,
            }
        }
        bail!("chromedriver does not answer")
    }

    /// Whether the page scrolls sideways.
    pub async fn scrolls_sideways(&self) -> anyhow::Result<bool> {
        let script =
            "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
        Ok(self
            .client
            .execute(script, vec![])
            .await?
            .as_bool()
            .unwrap_or(true))
    }

    /// Ends the session.
    pub async fn close(self) -> anyhow::Result<()> {
        self.client.clone().close().await?;
        Ok(())
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if let Err(error) = self
            .driver
            .kill()
            .and_then(|()| self.driver.wait().map(drop))
        {
            eprintln!("chromedriver could not be ended: {error}");
        }
    }
}
