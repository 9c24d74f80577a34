//! The published site: static pages without script, written from the frozen edition and nothing else.
//!
//! Paths are relative to the site's folder; beside it lie `handreichung.pdf` and `data/`. All links are relative, so
//! that the site works from a folder, under `serve` and on any web server.

mod change;
mod examples;
mod frame;
mod gaps;
mod parts;
mod results;
mod simple;

use std::collections::BTreeMap;

use questionnaire::{Lang, Questionnaire};

use crate::Edition;
use frame::Site;

/// A page could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the page {page} could not be written")]
pub struct SiteError {
    /// Path of the page.
    pub page: String,
    /// The template's error.
    pub source: askama::Error,
}

/// All files of the site by path, in German. `questionnaire` gives the hints that stood beside the questions,
/// `handbook_bytes` is the size of `handreichung.pdf`, said beside its link.
pub fn write(
    edition: &Edition,
    questionnaire: &Questionnaire,
    handbook_bytes: usize,
) -> Result<BTreeMap<String, Vec<u8>>, SiteError> {
    let site = Site::new(Lang::De, edition, Some(questionnaire), handbook_bytes);
    pages(&site)
}

fn pages(site: &Site<'_>) -> Result<BTreeMap<String, Vec<u8>>, SiteError> {
    let mut files = BTreeMap::new();
    files.insert(
        "site.css".to_owned(),
        include_bytes!("../site/site.css").to_vec(),
    );
    let mut add = |page: String, html: askama::Result<String>| match html {
        Ok(html) => {
            files.insert(page, html.into_bytes());
            Ok(())
        }
        Err(source) => Err(SiteError { page, source }),
    };
    add("index.html".into(), simple::start(site))?;
    add("methode.html".into(), simple::method(site))?;
    add("herunterladen.html".into(), simple::download(site))?;
    add("impressum.html".into(), simple::imprint(site))?;
    add("ergebnisse/index.html".into(), results::index(site))?;
    for (page, html) in results::themes(site) {
        add(page, html)?;
    }
    if let Some(html) = change::page(site) {
        add(format!("ergebnisse/{}", change::FILE), html)?;
    }
    if let Some(html) = gaps::page(site) {
        add(format!("ergebnisse/{}", gaps::FILE), html)?;
    }
    add("beispiele/index.html".into(), examples::index(site))?;
    for (page, html) in examples::fields(site) {
        add(page, html)?;
    }
    for (page, html) in examples::pages(site) {
        add(page, html)?;
    }
    Ok(files)
}

#[cfg(test)]
mod tests;
