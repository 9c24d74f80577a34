# Texts of the edition: numbers, findings in words, charts, the published site (en).

## Numbers (crates/edition/src/numbers.rs)
edition-number-about = about { $value }
edition-number-of = { $part } of { $whole }
edition-number-interval = range of uncertainty { $low } to { $high }
edition-number-under10 = below 10%
edition-number-over90 = above 90%
edition-number-suppressed = ·
edition-number-range = { $low } to { $high }
edition-number-and = { $first } and { $last }
