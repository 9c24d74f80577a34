//! Edition, feedback sheet, letters, questionnaire, codebook and methods report as PDF: the only crate with Typst.
//!
//! Last step of the chain. It hands one value to a template of `crates/edition/typst` and gets PDF/UA-1 back;
//! there is no layout in Rust. Same inputs, same bytes: the [`World`] holds no file system, no network,
//! no clock and no faces of the machine.
//!
//! This crate must not know SQL, HTTP, a clock, or a municipality beyond what stands in its inputs.

mod answers;
mod archive;
mod book;
mod examples;
mod letters;
mod picture;
mod questionnaire;
mod render;
pub mod sample;
mod sheet;
mod words;
mod world;

pub use answers::render_answers;
pub use archive::{ArchiveCover, ChannelRow, Methods, render_codebook, render_methods};
pub use book::render_handbook;
pub use examples::render_examples;
pub use letters::{Letter, LetterCover, render_letters};
pub use picture::{PictureError, render_picture};
pub use questionnaire::{QuestionnaireCover, render_questionnaire};
pub use render::{RenderError, render};
pub use sheet::render_feedback_sheet;
pub use world::{TEMPLATES, World};
