//! What is read again and again and seldom changes: questionnaires and lists of municipalities, parsed once.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use questionnaire::Questionnaire;
use register::Register;
use store::{Store, StoredWave};

use crate::error::PageError;

/// Parsed questionnaires by wave, and lists by number.
#[derive(Debug, Default)]
pub struct Known {
    questionnaires: Mutex<BTreeMap<String, (String, Arc<Questionnaire>)>>,
    registers: Mutex<BTreeMap<i64, Arc<Register>>>,
}

const CALM: &str = "no holder of this lock panics";

impl Known {
    /// The questionnaire of a wave; parsed again only when its file has changed.
    pub(crate) fn questionnaire(
        &self,
        stored: &StoredWave,
    ) -> Result<Arc<Questionnaire>, PageError> {
        let name = &stored.wave.name.0;
        let mut known = self.questionnaires.lock().expect(CALM);
        if let Some((file, questionnaire)) = known.get(name)
            && *file == stored.questionnaire
        {
            return Ok(questionnaire.clone());
        }
        let parsed = Questionnaire::read(&stored.questionnaire, name)
            .map_err(|faults| PageError::internal(format!("questionnaire of {name}: {faults}")))?;
        let parsed = Arc::new(parsed);
        known.insert(name.clone(), (stored.questionnaire.clone(), parsed.clone()));
        Ok(parsed)
    }

    /// The list of municipalities with this number. Lists never change.
    pub(crate) async fn register(
        &self,
        store: &Store,
        list: i64,
    ) -> Result<Arc<Register>, PageError> {
        if let Some(register) = self.registers.lock().expect(CALM).get(&list) {
            return Ok(register.clone());
        }
        let register = store.register(list).await?.ok_or_else(|| {
            PageError::internal(format!("the list of municipalities {list} is not there"))
        })?;
        let register = Arc::new(register);
        let mut known = self.registers.lock().expect(CALM);
        known.insert(list, register.clone());
        Ok(register)
    }
}
