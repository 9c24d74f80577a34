//! The pages as people meet them, on a real database: one story a test.

mod access;
mod answering;
mod house;
mod office;
mod release;
mod support;
