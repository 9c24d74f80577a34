# The truth of crates/findings/src/change/truth.rs, run by hand with R and survey:
#   cargo test -p findings --lib the_change_is_that_of_r_survey -- --nocapture | grep -E '^(welle|[12]),' > waves.csv
#   Rscript crates/findings/tests/change.R waves.csv
# Weights and plain standard errors come from survey; what survey does not have is written out here: the
# correction for leverage, and the covariance of the units in both waves (Tam 1984, eq. 2).
suppressMessages(library(survey))
data <- read.csv(commandArgs(trailingOnly = TRUE)[1], stringsAsFactors = FALSE,
                 colClasses = c(unit = "character"))
wave <- function(d, domain, living = FALSE) {
  d$cell <- factor(d$cell); d$land <- factor(d$land); d$base <- d$Nh / d$nh
  design <- svydesign(~1, strata = ~cell, fpc = ~Nh, weights = ~base, data = d)
  x <- model.matrix(~ 0 + cell + land, d)
  cells <- tapply(d$Nh, d$cell, `[`, 1); lands <- tapply(d$Nl, d$land, `[`, 1)
  totals <- c(cells, lands[-1]); names(totals) <- colnames(x)
  cal <- calibrate(design, ~ 0 + cell + land, population = totals, calfun = "raking", epsilon = 1e-12, maxit = 200)
  w <- weights(cal); inside <- domain(d)
  x1 <- if (living) d$inhabitants else rep(1, nrow(d))
  mean <- sum(w * x1 * d$y * inside) / sum(w * x1 * inside)
  z <- inside * x1 * (d$y - mean) / sum(w * x1 * inside)
  fit <- lm.wfit(x, z, d$base); q <- qr(sqrt(d$base) * x)
  h <- rowSums(qr.Q(q)[, seq_len(q$rank), drop = FALSE]^2)
  e <- w * fit$residuals
  plain <- e
  # Rows of the domain are corrected, what the calibration leaves on the others is not.
  e <- e * ifelse(z != 0, sqrt(pmax(1, (1 - 1 / d$nh) / (1 - pmin(h, 0.9)))), 1)
  v <- function(e) sum(tapply(seq_along(e), d$cell, function(i) {
    n <- length(i); (1 - n / d$Nh[i][1]) * n / (n - 1) * sum((e[i] - mean(e[i]))^2) }))
  # survey's own standard error, without the correction: the linearisation is the same.
  own <- if (living) {
    cal <- update(cal, lived = y * inhabitants)
    SE(svyratio(~lived, ~inhabitants, subset(cal, inside)))
  } else SE(svymean(~y, subset(cal, inside)))
  stopifnot(abs(own - sqrt(v(plain))) < 1e-9)
  list(d = d, mean = mean, v = v(e), e = e)
}
change <- function(domain, living = FALSE) {
  a <- wave(data[data$welle == 1, ], domain, living); b <- wave(data[data$welle == 2, ], domain, living)
  cov <- 0
  for (cell in intersect(levels(a$d$cell), levels(b$d$cell))) {
    i <- which(a$d$cell == cell); j <- which(b$d$cell == cell)
    both <- intersect(a$d$unit[i], b$d$unit[j]); n12 <- length(both)
    if (n12 < 2) next
    p <- a$e[match(both, a$d$unit)]; q <- b$e[match(both, b$d$unit)]
    cov <- cov + (n12 - length(i) * length(j) / a$d$Nh[i][1]) * cov(p, q)
  }
  c(b$mean - a$mean, sqrt(a$v + b$v - 2 * cov), sqrt(a$v + b$v))
}
options(digits = 16)
print(change(function(d) rep(TRUE, nrow(d))))
print(change(function(d) d$class == "SmallTown"))
print(change(function(d) d$class == "LargeCity"))
# Shares of the inhabitants who live in municipalities that said yes.
print(change(function(d) rep(TRUE, nrow(d)), TRUE))
print(change(function(d) d$class == "SmallTown", TRUE))
print(change(function(d) d$class == "LargeCity", TRUE))
