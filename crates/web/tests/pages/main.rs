//! The pages as people meet them, on a real database: one story a test.

// The helpers of the tests may unwrap like the tests themselves.
#![allow(clippy::unwrap_used)]

mod access;
mod answering;
mod catalogue;
mod field;
mod fits;
mod house;
mod life;
mod lineage;
mod office;
mod place;
mod release;
mod support;
mod together;
mod types;
