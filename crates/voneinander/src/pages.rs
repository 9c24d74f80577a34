//! The texts of the instance: Impressum, Datenschutz, Barrierefreiheit.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, bail};
use web::PageText;

macro_rules! text {
    ($name:literal) => {
        (
            $name,
            include_str!(concat!("../../../demo/seiten/", $name, ".md")),
            include_str!(concat!("../../../demo/seiten/", $name, ".en.md")),
        )
    };
}

const DEMO: [(&str, &str, &str); 3] = [
    text!("impressum"),
    text!("datenschutz"),
    text!("barrierefreiheit"),
];

/// The operator's texts where the folder has them, else those of the demo, which say that they are.
pub fn read(folder: Option<&Path>) -> anyhow::Result<BTreeMap<String, PageText>> {
    if let Some(folder) = folder
        && !folder.is_dir()
    {
        bail!("pages = \"{}\": there is no such folder", folder.display());
    }
    let own = |name: String, default: &str| -> anyhow::Result<String> {
        let Some(file) = folder.map(|f| f.join(&name)).filter(|f| f.is_file()) else {
            return Ok(default.to_owned());
        };
        std::fs::read_to_string(&file).with_context(|| format!("{}", file.display()))
    };
    DEMO.into_iter()
        .map(|(name, de, en)| {
            let text = PageText {
                de: own(format!("{name}.md"), de)?,
                en: own(format!("{name}.en.md"), en)?,
            };
            Ok((name.to_owned(), text))
        })
        .collect()
}
