//! What every handler gets: the store, the clock, and what others hand in.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::path::{Component, Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;

use fieldwork::{MailingOrder, MailingPlan, Wave, WaveName};
use findings::FeedbackSheet;
use jiff::Timestamp;
use jiff::civil::Date;
use questionnaire::{Answers, Lang, Questionnaire};
use register::{Key, Municipality};
use store::Store;

use crate::Known;
use crate::answer::throttle::Throttle;

/// A PDF, or why there is none (logged, never shown).
pub type Rendered = Result<Vec<u8>, String>;

/// Renders the feedback sheet.
pub type SheetRenderer = dyn Fn(&FeedbackSheet, Lang) -> Rendered + Send + Sync;
/// Renders the whole questionnaire of a wave.
pub type QuestionnaireRenderer = dyn Fn(&Questionnaire, &Wave, Lang) -> Rendered + Send + Sync;
/// Renders the questionnaire of a wave with the answers of the municipality that is named.
pub type AnswersRenderer =
    dyn Fn(&Questionnaire, &Wave, (&Answers, &str), Lang) -> Rendered + Send + Sync;
/// Renders the handbook of an edition.
pub type HandbookRenderer = dyn Fn(&edition::Edition) -> Rendered + Send + Sync;
/// Writes a sheet as xlsx; the day is the only date in the file.
pub type WorkbookRenderer = dyn Fn(&edition::analysis::Sheet, Date) -> Rendered + Send + Sync;
/// Renders a chart as PNG.
pub type PictureRenderer = dyn Fn(&edition::charts::Drawn) -> Rendered + Send + Sync;
/// Finds a municipality.
pub type Lookup = dyn Fn(&Key) -> Option<Municipality> + Send + Sync;

/// Rendering that this crate must not know: it is handed in and runs on a thread of its own.
#[derive(Clone)]
pub struct Renderers {
    /// The feedback sheet (Vergleichsblatt) as two-page PDF.
    pub feedback_sheet: Arc<SheetRenderer>,
    /// The whole questionnaire as PDF, to forward inside the house.
    pub questionnaire: Arc<QuestionnaireRenderer>,
    /// The same with what a municipality answered, and a line to sign on.
    pub answers: Arc<AnswersRenderer>,
    /// The handbook of an edition, for the preview in the back office.
    pub handbook: Arc<HandbookRenderer>,
    /// A table of the evaluation workspace as xlsx.
    pub workbook: Arc<WorkbookRenderer>,
    /// A chart of the evaluation workspace as PNG.
    pub picture: Arc<PictureRenderer>,
}

/// What a step gives: its value, or why it did not happen, in words for the log and for researchers.
pub type StepFuture<T> = Pin<Box<dyn Future<Output = Result<T, String>> + Send>>;

/// What letters become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum LetterFormat {
    Pdf,
    Xlsx,
    Csv,
}

/// Says what a mailing would do.
pub type PlanStep = dyn Fn(MailingOrder) -> StepFuture<MailingPlan> + Send + Sync;
/// Queues a mailing (order, moment, actor) and says how many are written to.
pub type SendStep = dyn Fn(MailingOrder, Timestamp, String) -> StepFuture<usize> + Send + Sync;
/// Makes letters as a file (order, format, moment, actor).
pub type LetterStep =
    dyn Fn(MailingOrder, LetterFormat, Timestamp, String) -> StepFuture<Vec<u8>> + Send + Sync;
/// Rehearses a wave on a copy; what it found as texts' keys with values.
pub type RehearseStep =
    dyn Fn(WaveName, Timestamp) -> StepFuture<Vec<(&'static str, String)>> + Send + Sync;

/// Field work that runs through several crates.
#[derive(Clone)]
#[allow(missing_docs)]
pub struct FieldSteps {
    pub plan: Arc<PlanStep>,
    pub send: Arc<SendStep>,
    pub letters: Arc<LetterStep>,
    pub rehearse: Arc<RehearseStep>,
}

impl FieldSteps {
    /// For a house without field work: each step says so.
    pub fn none() -> Self {
        fn no<T>() -> StepFuture<T> {
            Box::pin(async { Err("not here".to_owned()) })
        }
        Self {
            plan: Arc::new(|_| no()),
            send: Arc::new(|_, _, _| no()),
            letters: Arc::new(|_, _, _, _| no()),
            rehearse: Arc::new(|_, _| no()),
        }
    }
}

/// Steps that run through several crates and belong to the binary, handed in.
#[derive(Clone)]
pub struct Steps {
    /// Mailings, letters and rehearsals.
    pub field: FieldSteps,
    /// Closes a wave (name, moment, actor): freezes its dataset, evaluates it, keeps what is released.
    pub close_wave: Arc<dyn Fn(WaveName, Timestamp, String) -> StepFuture<()> + Send + Sync>,
    /// An edition as it would be published now, by its key; for the preview.
    pub freeze_edition: Arc<dyn Fn(String) -> StepFuture<edition::Edition> + Send + Sync>,
    /// A municipality that the wave's list does not know: the demo's examples live on invented ones.
    pub invented: Arc<Lookup>,
}

/// Bounds that keep the server upright.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Largest body of a request in bytes; more gives 413.
    pub body_bytes: usize,
    /// Wrong codes (and failed sign-ins) that one address may type in a window.
    pub wrong_codes: usize,
    /// Length of that window in seconds.
    pub window_seconds: i64,
    /// Whether the last address of `X-Forwarded-For` is the caller's: only behind a proxy of one's own.
    pub behind_proxy: bool,
    /// Whether cookies are marked `Secure`: where the service is reached by HTTPS.
    pub https: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 512 * 1024,
            wrong_codes: 10,
            window_seconds: 15 * 60,
            behind_proxy: false,
            https: false,
        }
    }
}

/// A text of the instance in Markdown: Impressum, Datenschutz, Barrierefreiheit.
#[derive(Clone, Debug, Default)]
#[allow(missing_docs)]
pub struct PageText {
    pub de: String,
    pub en: String,
}

/// The published files: `<folder>/<edition key>/site/…`, `/data/…`, `/handreichung.pdf`.
#[derive(Clone, Debug)]
pub struct EditionFiles {
    /// The folder that holds a folder for each published edition.
    pub folder: PathBuf,
}

impl EditionFiles {
    /// The file behind an address, or `None` when there is none or the path would leave the folder.
    pub fn find(&self, key: &str, path: &str) -> Option<PathBuf> {
        let relative = Path::new(key).join(path);
        let inside = relative
            .components()
            .all(|c| matches!(c, Component::Normal(_)));
        let mut file = self.folder.join(relative);
        if !inside || key.is_empty() {
            return None;
        }
        if file.is_dir() {
            file.push("index.html");
        }
        file.is_file().then_some(file)
    }
}

/// What the service is made of, handed in once.
#[derive(Clone)]
pub struct House {
    /// All that is kept.
    pub store: Store,
    /// The present moment; fixed in tests.
    pub clock: fn() -> Timestamp,
    /// Rendering, handed in.
    pub render: Renderers,
    /// The catalogue, handed in.
    pub finder: crate::finder::Finder,
    /// Steps, handed in.
    pub steps: Steps,
    /// Bounds.
    pub limits: Limits,
    /// Address under which the service is reached, without a slash at the end.
    pub base_url: String,
    /// Name of the instance, e.g. the study's title.
    pub title: String,
    /// Made-up data: said on every page.
    pub synthetic: bool,
    /// Texts by address: `impressum`, `datenschutz`, `barrierefreiheit`.
    pub pages: Arc<BTreeMap<String, PageText>>,
    /// Published editions.
    pub editions: EditionFiles,
    /// Counts wrong codes by address.
    pub throttle: Arc<Throttle>,
    /// Counts proposals, questions and take-ups by address.
    pub forms: Arc<Throttle>,
    /// Parsed questionnaires and lists of municipalities.
    pub known: Arc<Known>,
}

impl House {
    /// The present moment.
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }
}

/// What every handler gets: the house, cheap to clone, since each layer and each handler of a request does.
#[derive(Clone)]
pub(crate) struct State(Arc<House>);

impl From<House> for State {
    fn from(house: House) -> Self {
        Self(Arc::new(house))
    }
}

impl Deref for State {
    type Target = House;

    fn deref(&self) -> &House {
        &self.0
    }
}
