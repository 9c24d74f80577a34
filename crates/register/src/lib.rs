//! The official list of municipalities: the population every wave is drawn from.
//!
//! First step of the chain. A file of the Statistisches Bundesamt ("AuszugGV" as CSV or spreadsheet, or GV100AD)
//! becomes a [`Register`]; [`History`] tells what happened to units between two of them; whoever has none uses [`Register::invented`], the demo's list of places that do not exist.
//!
//! ```
//! use register::{Population, Register};
//!
//! let register = Register::invented(2016);
//! let large = register.of(Population::Municipalities).max_by_key(|unit| unit.inhabitants);
//! assert!(large.is_some_and(|unit| unit.inhabitants > 1_000_000));
//! assert!(Register::read(b"satzart,land\n10,17\n", "kaputt.csv").is_err());
//! ```
//!
//! This crate must not know questionnaires, answers, SQL, HTTP, a clock or randomness: the seed of the invented
//! register is a parameter, and the same seed gives the same register everywhere.

mod faults;
mod history;
mod invented;
mod land;
mod municipality;
mod neighbours;
mod read;
mod register;

pub use faults::{Fault, Faults};
pub use history::{Change, ChangeKind, History};
pub use land::Land;
pub use municipality::{Coordinates, Key, KeyError, Kind, Municipality, Population, SizeClass};
pub use neighbours::{Neighbour, Neighbours, Parts, Weights};
pub use register::{CellKey, Counts, Register};
