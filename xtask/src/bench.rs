//! Measurements. Not there yet.

/// Says that there is nothing to run.
///
/// # Errors
/// Always: a command that does nothing must not look as if it had measured something.
pub fn run(_arguments: &[&str]) -> anyhow::Result<bool> {
    anyhow::bail!("there are no benches yet")
}
