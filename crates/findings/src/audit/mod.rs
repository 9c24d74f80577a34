//! The audit: what an attacker could tell from everything that leaves the house together.
//!
//! The attacker knows who took part, the register, all weights and rules, its own answers and those of one partner, and
//! reads every release that leaves or has left the house. [`audit`] asks for every respondent and every answer whether it
//! could also be another one ([`search`]), whom differences of published groups isolate ([`difference`]), and how closely
//! numbers can be told ([`magnitude`]). [`protect`] holds numbers of the new release back until it passes ([`hold`]).
//! What passes is [`Audited`]; there is no other way to make one, and publishing takes nothing else.
//!
//! What is proven and what is not: `docs/decisions/disclosure-control.md`.

mod beside;
mod build;
mod classes;
mod difference;
mod exchange;
mod hold;
mod integer;
mod magnitude;
mod programme;
mod report;
mod rows;
mod search;
mod tables;
mod walk;

use dataset::Dataset;
use jiff::civil::Date;
use questionnaire::Questionnaire;
use register::Register;

pub use report::{AuditError, AuditReport, Breach, BreachKind, HeldBack};

use crate::{EvaluateError, Paradata, Release};

/// A frozen wave with everything that its respondents answered.
#[derive(Clone, Copy, Debug)]
pub struct WaveData<'a> {
    /// Its answers.
    pub dataset: &'a Dataset,
    /// What it asked.
    pub questionnaire: &'a Questionnaire,
    /// The list of municipalities to which it was weighted.
    pub register: &'a Register,
    /// How its responses came in, as far as that is known; the weights report compares groups by it.
    pub paradata: &'a [Paradata],
}

/// A release that has left the house.
#[derive(Clone, Copy, Debug)]
pub struct Before<'a> {
    /// How people call it, e.g. the key of an edition.
    pub name: &'a str,
    /// What it says.
    pub release: &'a Release,
}

/// A release that has passed the audit, with the audit's report.
///
/// Made by [`audit`] and [`protect`] only, and not read from anywhere: whoever holds one has just audited it.
#[derive(Clone, Debug, PartialEq)]
pub struct Audited {
    release: Release,
    report: AuditReport,
}

impl Audited {
    /// What may be published.
    pub fn release(&self) -> &Release {
        &self.release
    }

    /// What the audit did.
    pub fn report(&self) -> &AuditReport {
        &self.report
    }

    /// The release and the audit's report.
    pub fn into_parts(self) -> (Release, AuditReport) {
        (self.release, self.report)
    }
}

/// Audits a release together with all that left the house before. `waves` must hold the wave of every release.
///
/// Errors name every table, row and cell that gives somebody away, and what to do.
pub fn audit(
    release: Release,
    waves: &[WaveData<'_>],
    before: &[Before<'_>],
    date: Date,
) -> Result<Audited, AuditError> {
    tables::Together::new(release, waves, before)?.check(date)
}

/// Holds numbers of a release back until it passes the audit together with all that left the house before.
///
/// Fails only where numbers that are out already, or that cannot be held back, give somebody away.
pub fn protect(
    release: Release,
    waves: &[WaveData<'_>],
    before: &[Before<'_>],
    date: Date,
) -> Result<Audited, AuditError> {
    tables::Together::new(release, waves, before)?.protect(date)
}

/// What was audited before stands: the same release, and nothing else about its wave is out that says anything else.
/// `None` where that is not so, and a new [`audit`] is needed.
pub fn still_audited(
    release: Release,
    report: AuditReport,
    before: &[Before<'_>],
) -> Option<Audited> {
    let same = |b: &Before<'_>| {
        b.release.wave == release.wave
            && b.release.findings == release.findings
            && b.release.method.weights == release.method.weights
            && b.release
                .kept
                .iter()
                .all(|kept| release.kept.contains(kept))
    };
    let stands = report.is_of(&release) && before.iter().all(same);
    stands.then_some(Audited { release, report })
}

/// Audits what an edition says: a wave's release with what was added to it, together with all that left before.
///
/// Where the release itself has passed (`passed` is its report) and is out as it is, only what the additions are about is
/// asked, and whatever of them would give somebody away is held back ([`AuditReport::held_back`]). Otherwise everything is
/// audited as it is.
pub fn audit_edition(
    release: Release,
    passed: Option<&AuditReport>,
    waves: &[WaveData<'_>],
    before: &[Before<'_>],
    date: Date,
) -> Result<Audited, AuditError> {
    let mut own = release.clone();
    own.kept = Vec::new();
    let of_wave = || before.iter().filter(|b| b.release.wave == release.wave);
    let same = |b: &Before<'_>| {
        b.release.findings == own.findings && b.release.method.weights == own.method.weights
    };
    let passed = passed.filter(|p| p.is_of(&own) && of_wave().all(same));
    let Some(passed) = passed.filter(|_| of_wave().next().is_some()) else {
        return audit(release, waves, before, date);
    };
    if release.kept.is_empty() {
        let report = passed.clone();
        return Ok(Audited { release, report });
    }
    tables::Together::new(release, waves, before)?.extend(passed, date)
}

impl From<EvaluateError> for AuditError {
    fn from(cause: EvaluateError) -> Self {
        Self::Weights(Box::new(cause))
    }
}
#[cfg(test)]
mod tests;
