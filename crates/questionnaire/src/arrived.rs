//! A questionnaire that somebody brings: a file of the format, or a survey structure of LimeSurvey.

use crate::limesurvey::{self, ImportReport};
use crate::{Fault, Faults, Questionnaire};

/// A questionnaire that was brought, without faults.
#[derive(Clone, Debug)]
pub struct Arrived {
    /// Its text in the format.
    pub source: String,
    /// What was read of it.
    pub questionnaire: Questionnaire,
    /// What is no fault but worth a look.
    pub notes: Vec<Fault>,
    /// What came over and what did not, where it came from LimeSurvey.
    pub report: Option<ImportReport>,
}

impl Arrived {
    /// Reads a file by its content, whatever its name: XML is LimeSurvey's, all else is the format. The checks are those of
    /// [`Questionnaire::examine`] and [`limesurvey::import`].
    ///
    /// # Errors
    /// Every fault with its line, what is wrong and what would be right.
    pub fn read(bytes: Vec<u8>, file: &str) -> Result<Arrived, Vec<Fault>> {
        let fault = |line: usize, what: String, help: String| Fault {
            line,
            column: 1,
            width: 1,
            what,
            help,
        };
        if bytes.starts_with(b"PK") {
            return Err(vec![fault(
                1,
                "this is a ZIP archive".to_owned(),
                "export the survey structure alone (.lss), or bring a questionnaire file (YAML)"
                    .to_owned(),
            )]);
        }
        let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        let (source, report) = if start.trim_ascii_start().starts_with(b"<") {
            let imported = limesurvey::import(&bytes, file).map_err(|refused| -> Vec<Fault> {
                let faults = refused.faults.into_iter();
                faults.map(|f| fault(f.line, f.what, f.help)).collect()
            })?;
            (imported.yaml, Some(imported.report))
        } else {
            let source = Questionnaire::text(bytes, file).map_err(|faults: Faults| faults.list)?;
            (source, None)
        };
        let (read, notes) = Questionnaire::examine(&source, file);
        Ok(Arrived {
            questionnaire: read.map_err(|faults| faults.list)?,
            notes: notes.list,
            source,
            report,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_is_its_content_says() {
        let faults = |bytes: &[u8]| Arrived::read(bytes.to_vec(), "datei").unwrap_err();
        assert!(faults(b"PK\x03\x04")[0].what.contains("ZIP"));
        assert!(faults(b"format: 1\nk\xff")[0].what.contains("not UTF-8"));
        assert_eq!(faults(b"format: 1\nk\xff")[0].line, 2);
        let lss = faults(b"\xef\xbb\xbf <document></document>");
        assert!(!lss.is_empty());
        assert!(!faults(b"format: 1").is_empty());
    }
}
