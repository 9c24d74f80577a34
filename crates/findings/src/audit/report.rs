//! What the audit says: its report when a release passes, the breaches when it does not.

use jiff::civil::Date;
use questionnaire::Text;
use serde::{Deserialize, Serialize};

use super::search::Effort;
use crate::labels::text;
use crate::{EvaluateError, Release};

/// What an audit that was passed has done. Kept with the release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditReport {
    /// Day of the audit.
    pub date: Date,
    /// Names of the releases that were audited together, the new one last.
    pub together: Vec<String>,
    /// Respondents whose answers were asked for.
    pub respondents: u32,
    /// Published numbers that the attacker may use.
    pub numbers: u64,
    /// Answers for which another possible answer was shown.
    pub answers: u64,
    /// Worlds that prove it.
    pub worlds: u64,
    /// Linear and mixed-integer programmes solved.
    pub programmes: u64,
    /// Tables whose differences of groups were worked out.
    pub differences: u64,
    /// Numbers that the audit held back beyond the rules for single rows.
    pub held: u32,
    /// What was held back in kept findings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub held_back: Vec<HeldBack>,
    /// Checksum of the release that passed.
    pub checksum: String,
}

/// A kept finding of which the audit held something back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldBack {
    /// Its key, e.g. `auswertung-3`.
    pub key: String,
    /// Its title.
    pub title: String,
    /// How many numbers.
    pub cells: u32,
}

impl HeldBack {
    /// What was done, in a sentence.
    pub fn words(&self) -> Text {
        let Self { key, title, cells } = self;
        text(
            format!(
                "Auswertung „{title}“ ({key}): Die Prüfung der Geheimhaltung hat {cells} Angaben zurückgehalten, weil \
                 sich mit ihnen die Antwort einer Kommune erschließen ließe."
            ),
            format!(
                "Finding \"{title}\" ({key}): the disclosure audit held {cells} figures back, because with them the \
                 answer of a municipality could be worked out."
            ),
        )
    }
}

impl AuditReport {
    /// Whether this report is about this release.
    pub fn is_of(&self, release: &Release) -> bool {
        self.checksum == checksum(release)
    }

    /// What the audit did, a sentence each, for the method page.
    pub fn sentences(&self) -> Vec<Text> {
        let Self {
            respondents,
            numbers,
            answers,
            programmes,
            differences,
            held,
            ..
        } = self;
        let releases = self.together.len();
        let mut sentences = vec![
            text(
                format!(
                    "Vor der Veröffentlichung wurde geprüft, ob sich aus allen {numbers} Angaben zusammen die Antwort \
                     einer Kommune erschließen lässt. Angenommen wurde: Wer rechnet, weiß, wer teilgenommen hat, kennt \
                     Gewichte und Regeln und die Antworten zweier Kommunen."
                ),
                format!(
                    "Before publication it was checked whether the answer of a municipality can be worked out from \
                     all {numbers} figures together. It was assumed that whoever tries knows who took part, the weights \
                     and rules, and the answers of two municipalities."
                ),
            ),
            text(
                format!(
                    "Für {answers} Antworten von {respondents} Kommunen wurde gezeigt, dass sie auch anders lauten \
                     könnten; {programmes} Rechenaufgaben (lineare und ganzzahlige Programme) wurden dazu gelöst. In \
                     {differences} Tabellen bleibt bei keiner Differenz von Gruppen eine Gruppe von weniger als zehn \
                     Kommunen übrig."
                ),
                format!(
                    "For {answers} answers of {respondents} municipalities it was shown that they could be different; \
                     {programmes} linear and integer programmes were solved for this. In {differences} tables no \
                     difference of groups leaves fewer than ten municipalities."
                ),
            ),
        ];
        if *held > 0 {
            sentences.push(text(
                format!("Dafür hat die Prüfung {held} Angaben zusätzlich zurückgehalten oder vergröbert."),
                format!("For this the check held back or coarsened {held} more figures."),
            ));
        }
        if releases > 1 {
            sentences.push(text(
                format!(
                    "Mitgeprüft wurde, was vorher erschienen ist: {}.",
                    self.earlier()
                ),
                format!(
                    "What was published before was checked along: {}.",
                    self.earlier()
                ),
            ));
        }
        sentences
    }

    /// Adds what an audit did that this one rests on: the same answers, with more said about some of them.
    pub(super) fn add(&mut self, passed: &Self) {
        self.numbers += passed.numbers;
        self.answers = passed.answers.max(self.answers);
        self.worlds += passed.worlds;
        self.programmes += passed.programmes;
        self.differences += passed.differences;
        self.held += passed.held;
    }

    fn earlier(&self) -> String {
        let names = self
            .together
            .split_last()
            .map_or(&[][..], |(_, before)| before);
        names.join(", ")
    }
}

pub(super) fn report(
    date: Date,
    together: Vec<String>,
    (respondents, numbers, differences): (u32, u64, u64),
    effort: Effort,
    held: u32,
) -> AuditReport {
    AuditReport {
        date,
        together,
        respondents,
        numbers,
        answers: effort.secrets,
        worlds: effort.worlds,
        programmes: effort.programmes,
        differences,
        held,
        held_back: Vec::new(),
        checksum: String::new(),
    }
}

/// FNV-1a over what the audit has seen of a release, as JSON: against mix-ups, not against forgers.
pub(super) fn checksum(release: &Release) -> String {
    let (own, kept) = (&release.findings, &release.kept);
    // What was made before kept findings were audited too has none, and the same checksum as then.
    let json = match kept.is_empty() {
        true => serde_json::to_vec(&(&release.wave, own, &release.method.weights)),
        false => serde_json::to_vec(&(&release.wave, own, &release.method.weights, kept)),
    };
    let json = json.expect("a release is plain data");
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", json.iter().fold(0xcbf2_9ce4_8422_2325, step))
}

/// One way in which somebody would be given away.
#[derive(Clone, Debug, PartialEq)]
pub struct Breach {
    /// Wording of the question.
    pub table: Text,
    /// Item and group of the row.
    pub row: Text,
    /// The cell; empty where the whole row is meant.
    pub cell: Text,
    /// Kind of the municipality that is given away, never its name and never its answer.
    pub whom: Text,
    /// How.
    pub kind: BreachKind,
}

/// How somebody would be given away.
#[derive(Clone, Debug, PartialEq)]
pub enum BreachKind {
    /// The answer follows from the published numbers.
    Answer {
        /// Answers of others that one must know for that: none, one or two.
        knows: usize,
        /// Proven by a programme without solution; otherwise no other possible answer was found.
        proven: bool,
    },
    /// A number follows to within 10 %.
    Number {
        /// Numbers of others that one must know for that.
        knows: usize,
    },
    /// The difference of published groups leaves fewer than ten.
    Difference {
        /// How many are left.
        left: usize,
        /// Groups that are added and taken away.
        groups: Text,
    },
    /// A release that is out rests on other answers of the same wave than those of the dataset.
    OtherAnswers {
        /// Name of that release; empty where it is a kept finding of the new one.
        release: String,
        /// By how many respondents they differ, where that is known.
        differ: Option<usize>,
    },
}

impl Breach {
    /// What is given away and what to do, in a sentence each.
    pub fn words(&self) -> Text {
        let place = |language: fn(&Text) -> &str| {
            let parts = [
                language(&self.table),
                language(&self.row),
                language(&self.cell),
            ];
            let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            parts.join(" – ")
        };
        let (de, en) = (place(|t| &t.de), place(|t| &t.en));
        let (whom_de, whom_en) = (&self.whom.de, &self.whom.en);
        match &self.kind {
            BreachKind::Answer { knows, proven } => {
                let (with_de, with_en) = known(*knows);
                let (follows_de, follows_en) = match proven {
                    true => ("folgt aus den Zahlen", "follows from the numbers"),
                    false => (
                        "lässt sich nicht als offen nachweisen",
                        "could not be shown to be open",
                    ),
                };
                text(
                    format!(
                        "{de}: Die Antwort einer Kommune ({whom_de}) {follows_de}{with_de}. Halten Sie diese Zelle oder eine \
                         Gruppe dieser Zeile zurück."
                    ),
                    format!(
                        "{en}: the answer of a municipality ({whom_en}) {follows_en}{with_en}. Hold this cell or a group \
                         of this row back."
                    ),
                )
            }
            BreachKind::Number { knows } => {
                let (with_de, with_en) = known(*knows);
                text(
                    format!(
                        "{de}: Die Angabe einer Kommune ({whom_de}) lässt sich auf 10 % genau ausrechnen{with_de}. Halten \
                         Sie diesen Mittelwert oder den einer anderen Gruppe zurück."
                    ),
                    format!(
                        "{en}: the number of a municipality ({whom_en}) can be worked out to within 10 %{with_en}. \
                         Hold this mean or that of another group back."
                    ),
                )
            }
            BreachKind::Difference { left, groups } => text(
                format!(
                    "{de}: Aus {} bleiben {left} Kommunen übrig ({whom_de}); es müssen mindestens zehn sein. Halten Sie eine \
                     dieser Gruppen zurück.",
                    groups.de
                ),
                format!(
                    "{en}: {} leaves {left} municipalities ({whom_en}); there must be at least ten. Hold one of these \
                     groups back.",
                    groups.en
                ),
            ),
            BreachKind::OtherAnswers { release, .. } if release.is_empty() => text(
                format!(
                    "{de}: Die Zahlen sind nicht die des eingefrorenen Datensatzes, etwa nach einer Nachcodierung, oder \
                     es steht eine Zahl da, hinter der weniger als drei Kommunen stehen; neben der Tabelle der Welle \
                     verrieten sie einzelne. Nehmen Sie die Auswertung aus der Ausgabe."
                ),
                format!(
                    "{en}: the numbers are not those of the frozen dataset, for instance after recoding, or there is one \
                     with fewer than three municipalities behind it; beside the wave's own table they would tell of \
                     single ones. Take the finding out of the edition."
                ),
            ),
            BreachKind::OtherAnswers { release, differ } => {
                let by = |word: &str| differ.map_or(String::new(), |n| format!(" ({n} {word})"));
                text(
                    format!(
                        "{de}: „{release}“ ist schon erschienen und beruht auf anderen Antworten derselben Befragung{}; \
                         der Unterschied verrät, wer dazukam oder geändert hat. Veröffentlichen Sie mit demselben Datensatz, \
                         oder lassen Sie diese Tabelle weg.",
                        by("Kommunen Unterschied")
                    ),
                    format!(
                        "{en}: \"{release}\" is published already and rests on other answers of the same wave{}; the \
                         difference tells who joined or changed. Publish from the same dataset, or leave this table out.",
                        by("municipalities differ")
                    ),
                )
            }
        }
    }
}

fn known(knows: usize) -> (&'static str, &'static str) {
    match knows {
        0 => ("", ""),
        1 => (
            " für jede, die eine weitere Antwort kennt",
            " for whoever knows one more answer",
        ),
        _ => (
            " für jede, die zwei weitere Antworten kennt",
            " for whoever knows two more answers",
        ),
    }
}

/// Why a release may not be published.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum AuditError {
    /// It would give somebody away.
    #[error("{}", in_words(.0))]
    Breaches(Vec<Breach>),
    /// The dataset of a wave is needed and not there.
    #[error(
        "the release \"{release}\" cannot be audited: the dataset of its wave \"{wave}\" is not there"
    )]
    NoDataset {
        /// Name of the release.
        release: String,
        /// Name of the wave.
        wave: String,
    },
    /// A kept finding speaks of what the wave's dataset does not have.
    #[error(
        "the kept finding {key} (\"{title}\") cannot be audited: its question, group or filter is not in the wave's dataset; take it out of the edition"
    )]
    Unreadable {
        /// Its key.
        key: String,
        /// Its title.
        title: String,
    },
    /// The weights of a wave cannot be made again.
    #[error(transparent)]
    Weights(Box<EvaluateError>),
}

/// Breaches that are told one by one; the rest is counted.
const TOLD: usize = 12;

fn in_words(breaches: &[Breach]) -> String {
    let mut lines: Vec<String> = breaches.iter().take(TOLD).map(|b| b.words().de).collect();
    if breaches.len() > TOLD {
        lines.push(format!("… und {} weitere.", breaches.len() - TOLD));
    }
    lines.insert(
        0,
        "Die Prüfung der Geheimhaltung ist nicht bestanden, nichts wurde veröffentlicht:"
            .to_owned(),
    );
    lines.join("\n")
}
