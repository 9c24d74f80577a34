//! The dataset as others want it and bring it: Parquet, xlsx and `.sav`. The only crate with arrow.
//!
//! It stands beside the chain: it reads a frozen dataset and changes nothing. It must not know who answered.
