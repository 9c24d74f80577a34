//! What `cargo xtask` does, as functions that tests can call as well.
//!
//! Each `run` prints what it finds and returns whether all is well; an error means that it could not look.

pub mod axe;
pub mod bench;
pub mod mutate;
pub mod pdfua;
pub mod server;
pub mod test;
pub mod tidy;
pub mod tools;

use std::path::PathBuf;

/// The folder of the workspace.
pub fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    // Cargo sets the folder of whichever crate runs; all of them lie in the workspace.
    here.ancestors()
        .find(|folder| folder.join("Cargo.lock").is_file())
        .map_or_else(|| here.clone(), PathBuf::from)
}
