//! A wave of one's own beside those of the demo.

use std::path::Path;

use anyhow::Context;

use crate::demo::{Demo, run};

/// A municipality that was invited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// Its official key.
    pub key: String,
    /// Path of its link.
    pub link: String,
}

impl Demo {
    /// Makes a wave that is open for a long time from a questionnaire's file, and invites so many municipalities.
    pub fn wave_of(
        &self,
        name: &str,
        questionnaire: &Path,
        count: usize,
    ) -> anyhow::Result<Vec<Invited>> {
        let settings = self.data.join(format!("{name}.toml"));
        let codes = self.data.join(format!("{name}.csv"));
        let text = format!(
            "name = \"{name}\"\ncontact = \"studie@institut.example\"\nminutes = [5, 10]\nsynthetic = true\n\
             opens = \"2020-01-01T00:00:00Z\"\ncloses = \"2098-01-01T00:00:00Z\"\n\
             title = {{ de = \"Eine Befragung\", en = \"A survey\" }}\npurpose = {{ de = \"Probe\", en = \"Trial\" }}\n\
             institute = {{ name = \"Institut\" }}\nfunder = {{ name = \"Stiftung\" }}\n"
        );
        std::fs::write(&settings, text)?;
        let path = |path: &Path| path.to_string_lossy().into_owned();
        let (settings, questionnaire, codes) = (path(&settings), path(questionnaire), path(&codes));
        let add = [
            "wave",
            "add",
            "--settings",
            &settings,
            "--questionnaire",
            &questionnaire,
        ];
        run(&[&add[..], &["--data", self.data()]].concat())?;
        let count = count.to_string();
        let invite = ["invite", "--wave", name, "--count", &count, "--out", &codes];
        run(&[&invite[..], &["--data", self.data()]].concat())?;
        let text = std::fs::read_to_string(&codes)?;
        let invited = text.lines().skip(1).map(|line| {
            let (key, rest) = line.split_once(',').context("no key")?;
            let at = rest.find(&self.base).context("no link")? + self.base.len();
            let link = rest[at..].split(',').next().unwrap_or_default().to_owned();
            Ok(Invited {
                key: key.to_owned(),
                link,
            })
        });
        invited.collect()
    }
}

/// A file of the folder `demo/`.
pub fn of_demo(name: &str) -> std::path::PathBuf {
    xtask::root().join("demo").join(name)
}
