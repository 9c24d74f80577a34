# Texts of the edition: numbers, findings in words, charts, the published site (de).

## Numbers (crates/edition/src/numbers.rs)
edition-number-about = rund { $value }
edition-number-of = { $part } von { $whole }
edition-number-interval = Unsicherheitsbereich { $low } bis { $high }
edition-number-under10 = unter 10 %
edition-number-over90 = über 90 %
edition-number-suppressed = ·
edition-number-range = { $low } bis { $high }
edition-number-and = { $first } und { $last }
