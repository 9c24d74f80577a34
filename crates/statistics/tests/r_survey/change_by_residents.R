# Change of a share weighted by residents (weight_by) between the two made-up waves, with Tam's covariance (1984, eq. 2):
#   Rscript change_by_residents.R FOLDER     (municipal_wave1.csv and municipal_wave2.csv)
# The levels are svyratio of R survey 4.1.1; the covariance, which survey does not have, is written out.
suppressMessages(library(survey))
options(survey.lonely.psu = "remove", digits = 17)
read <- function(k) read.csv(file.path(commandArgs(TRUE)[1], paste0("municipal_wave", k, ".csv")), stringsAsFactors = FALSE)
a <- read(1); b <- read(2)
level <- function(d, y) {
  d$lived <- d[[y]] * d$residents
  r <- svyratio(~lived, ~residents, svydesign(~1, strata = ~stratum, fpc = ~Nh, weights = ~w, data = d))
  list(est = as.numeric(coef(r)), v = as.numeric(vcov(r)),
       z = d$w * (d$lived - as.numeric(coef(r)) * d$residents) / sum(d$w * d$residents))
}
A <- level(a, "q1_w1"); B <- level(b, "q1_w2"); cov <- 0
for (h in intersect(a$stratum, b$stratum)) {
  i <- which(a$stratum == h); j <- which(b$stratum == h)
  both <- intersect(a$id[i], b$id[j]); n12 <- length(both)
  if (n12 < 2) next
  cov <- cov + (n12 - length(i) * length(j) / a$Nh[i][1]) *
    stats::cov(A$z[match(both, a$id)], B$z[match(both, b$id)])
}
cat(B$est - A$est, A$v, B$v, cov, sqrt(A$v + B$v - 2 * cov), sqrt(A$v + B$v), sep = "\n")
