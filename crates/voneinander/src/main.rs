//! voneinander
fn main() {}
