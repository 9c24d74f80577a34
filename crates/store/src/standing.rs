//! What stands behind the links that are at work: read from its row each time, parsed only when it has changed.
//!
//! A respondent asks for some twenty pages and changes the document with every second one. What was parsed or written last
//! is remembered beside its text; the text in the row says whether it still holds, whoever wrote it.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Arc, Mutex};

use fieldwork::{Response, WaveName};
use jiff::Timestamp;
use questionnaire::Answers;
use register::Key;

/// Responses that are remembered, about 20 kB each.
const MOST: usize = 512;

/// What one municipality answered so far, as it was read, with its answers picked out.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    response: Response,
    answers: Answers,
    /// The document in the row; `None` where it was not read from there.
    pub(crate) document: Option<String>,
}

impl From<Response> for Standing {
    fn from(response: Response) -> Self {
        Self::of(response, None)
    }
}

impl Deref for Standing {
    type Target = Response;

    fn deref(&self) -> &Response {
        &self.response
    }
}

impl Standing {
    pub(crate) fn of(response: Response, document: Option<String>) -> Self {
        Self {
            answers: response.answers(),
            response,
            document,
        }
    }

    /// The answers that stand.
    pub fn answers(&self) -> &Answers {
        &self.answers
    }
}

/// What was read or written last, by municipality.
#[derive(Debug, Default)]
pub(crate) struct Remembered(Mutex<BTreeMap<Key, Arc<Standing>>>);

const CALM: &str = "no holder of this lock panics";

impl Remembered {
    /// What was made of this very document.
    pub(crate) fn find(
        &self,
        (wave, municipality): (&WaveName, &Key),
        submitted: Option<Timestamp>,
        document: &str,
    ) -> Option<Arc<Standing>> {
        let known = self.0.lock().expect(CALM);
        let same = |known: &&Arc<Standing>| {
            known.wave == *wave
                && known.submitted == submitted
                && known.document.as_deref() == Some(document)
        };
        known.get(municipality).filter(same).cloned()
    }

    pub(crate) fn keep(&self, standing: &Arc<Standing>) {
        let mut known = self.0.lock().expect(CALM);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(standing.municipality.clone(), standing.clone());
    }

    /// Whoever withdraws is remembered no longer.
    pub(crate) fn forget(&self, municipality: &Key) {
        self.0.lock().expect(CALM).remove(municipality);
    }
}
