# Makes sample.csv and golden.csv: Rscript make.R, in this folder.
# Made with R 4.2.2 and survey 4.1.1 (Debian r-cran-survey). The numbers asked for here do not
# differ in survey 4.5; what does is left out: totals under lonely.psu = "adjust" (4.1.1 takes the
# distance from zero, 4.5 that from the mean of all PSUs), and so do tests on totals (Wald) and
# designs that were raked, whose residuals do not sum to zero: they are under "remove" here.
# Left out too: quantiles whose interval reaches below the first value's share. There survey's
# `qs` takes the second smallest value; this crate takes the smallest.
# The data are made up: a sample of municipalities in 3 lands and 3 size classes, by the generator
# of Park and Miller (1988), so that nothing depends on R's.
suppressMessages(library(survey))
state <- 20160125
draw <- function() { state <<- (16807 * state) %% 2147483647; state / 2147483647 }
rows <- list()
sampled <- c(9, 7, 4, 12, 8, 3, 10, 1, 5); population <- c(120, 40, 9, 200, 33, 3, 150, 6, 11)
id <- 0
for (h in 1:9) for (i in seq_len(sampled[h])) {
  land <- (h - 1) %/% 3 + 1; size <- (h - 1) %% 3 + 1; id <- id + 1
  residents <- floor(500 * 6^size * (0.6 + draw()))
  office <- as.integer(draw() < 0.15 + 0.22 * size)
  scale <- 1 + floor(5 * draw()^(1.4 - 0.2 * size))
  staff <- round(residents / 4000 * (0.5 + draw()), 1); if (draw() < 0.12) staff <- NA
  kind <- 1 + floor(3 * draw()); region <- land * 10 + floor(4 * draw())
  rows[[id]] <- data.frame(id, stratum = h, land, size, Nh = population[h], region, residents,
                           office, scale, staff, kind)
}
d <- do.call(rbind, rows); d$w <- d$Nh / ave(d$Nh, d$stratum, FUN = length)
# Clusters: regions, of which each land has 7.
d$regions <- 7; d$cw <- 3 + (d$id %% 5)
write.csv(d[, setdiff(names(d), "w")], "sample.csv", row.names = FALSE, quote = FALSE, na = "")

names_ <- character(); values <- numeric()
put <- function(name, value) { value <- as.vector(value); k <- length(value)
  names_ <<- c(names_, if (k == 1) name else paste0(name, ".", seq_len(k) - 1)); values <<- c(values, value) }
stat <- function(name, r) { put(paste0(name, ".est"), coef(r)); put(paste0(name, ".cov"), vcov(r)) }

put("normal.quantile", qnorm(c(1e-300, 1e-12, .025, .3, .9999)))
put("normal.upper", pnorm(c(-3, 0.1, 5, 20, 37), lower.tail = FALSE))
for (df in c(0.5, 1, 2.5, 5, 30, 197, 1e4)) put(paste0("t.quantile.", df), qt(c(1e-10, .025, .4, .51, .9, .9995), df))
for (df in c(1, 3.3, 40, 1000)) put(paste0("t.upper.", df), pt(c(-2, .001, 1, 12), df, lower.tail = FALSE))
for (df in c(.5, 1, 7.7, 100)) { put(paste0("chi.upper.", df), pchisq(c(.01, 1, 20, 400), df, lower.tail = FALSE))
  put(paste0("chi.quantile.", df), qchisq(c(1e-5, .3, .95, 1 - 1e-6), df)) }
for (df in c(1.7, 12, 400)) { put(paste0("f.upper.", df), pf(c(.1, 1, 5, 60), 3.2, df, lower.tail = FALSE))
  put(paste0("f.quantile.", df), qf(c(.025, .5, .95), 3.2, df)) }
for (a in c(.3, 1, 4.5, 80, 2000)) { put(paste0("beta.quantile.", a), qbeta(c(.001, .025, .5, .975), a, 3.7))
  put(paste0("beta.lower.", a), pbeta(c(.01, .4, .97), a, 3.7)) }

options(survey.lonely.psu = "adjust")
S <- svydesign(id = ~1, strata = ~stratum, fpc = ~Nh, data = d)
stat("strat.mean", svymean(~office + scale + residents, S))
stat("strat.staff", svymean(~staff, S, na.rm = TRUE))
put("strat.staff.df", degf(subset(S, !is.na(staff)))); put("strat.df", degf(S))
stat("strat.kind", svymean(~factor(kind), S)); stat("strat.ratio", svyratio(~staff, ~residents, S, na.rm = TRUE))
stat("strat.inhabitants", svyratio(~I(office * residents), ~residents, S))
put("strat.deff", deff(svymean(~office + scale, S, deff = TRUE)))
put("strat.deff.replace", deff(svymean(~office + scale, S, deff = "replace")))
b <- svyby(~scale, ~size, S, svymean, covmat = TRUE); stat("strat.by", b)
stat("strat.domain", svymean(~scale, subset(S, kind == 2)))
for (m in c("beta", "xlogit", "mean", "asin")) put(paste0("strat.share.", m), confint(svyciprop(~office, S, method = m)))
for (rule in c("remove", "average")) { options(survey.lonely.psu = rule)
  stat(paste0("strat.total.", rule), svytotal(~staff + residents, S, na.rm = TRUE)) }
options(survey.lonely.psu = "adjust")
for (q in c("math", "school", paste0("hf", 3:9))) { r <- svyquantile(~residents, S, c(.2, .35, .5, .8), qrule = q)[[1]]
  put(paste0("strat.quantile.", q), t(r[, c(1, 4)])) }
stat("strat.var", svyvar(~scale + residents, S))
for (m in c("F", "Chisq", "Wald", "adjWald")) { options(survey.lonely.psu = if (grepl("Wald", m)) "remove" else "adjust"); r <- svychisq(~size + kind, S, statistic = m); put(paste0("strat.chisq.", m), c(r$statistic, r$p.value)) }
options(survey.lonely.psu = "adjust")
r <- svyttest(scale ~ office, S); put("strat.ttest", c(r$estimate, r$statistic, r$parameter, r$p.value))
r <- svyranktest(residents ~ office, S); put("strat.ranktest", c(r$estimate, r$statistic, r$p.value))
g <- svyglm(office ~ scale + factor(size), S, family = quasibinomial(), control = glm.control(epsilon = 1e-15, maxit = 100)); stat("strat.logit", g)
g <- svyglm(scale ~ residents + office, S); stat("strat.linear", g)

C <- svydesign(id = ~region, strata = ~land, fpc = ~regions, weights = ~cw, data = d)
put("clus.df", degf(C)); stat("clus.mean", svymean(~office + scale, C)); stat("clus.total", svytotal(~residents, C))
stat("clus.by", svyby(~office, ~size, C, svymean, covmat = TRUE))
J <- as.svrepdesign(C, type = "JKn"); stat("clus.jackknife", svymean(~scale + office, J))

options(survey.lonely.psu = "remove")
types <- data.frame(kind = 1:3, Freq = c(180, 260, 132)); lands <- data.frame(land = 1:3, Freq = c(170, 232, 170)); sizes <- data.frame(size = 1:3, Freq = c(470, 79, 23))
P <- postStratify(S, ~kind, types); put("post.weights", range(weights(P))); stat("post.mean", svymean(~scale + office, P))
b <- svyby(~scale, ~size, P, svymean); put("post.by.est", coef(b)); put("post.by.se", SE(b))
R <- rake(S, list(~land, ~size, ~kind), list(lands, sizes, types), control = list(maxit = 200, epsilon = 1e-13))
put("rake.weights", range(weights(R))); stat("rake.mean", svymean(~scale + office, R))
put("rake.kish", sum(weights(R))^2 / sum(weights(R)^2)); stat("rake.domain", svymean(~office, subset(R, size == 1)))
stat("rake.ratio", svyratio(~I(office * residents), ~residents, R))
d$small <- as.numeric(d$size == 1); S <- update(S, small = as.numeric(size == 1))
tot <- c(572, 470, 6.1e6)
for (k in c("linear", "raking")) { G <- calibrate(S, ~small + residents, tot, calfun = k, epsilon = 1e-13, maxit = 100)
  put(paste0("greg.", k, ".weights"), range(weights(G))); stat(paste0("greg.", k), svymean(~scale + office, G)) }

p <- (1:20)^3 / 9000 * (1 + sin(1:20) / 3)
put("adjust.BH", p.adjust(p, "BH")); put("adjust.BY", p.adjust(p, "BY")); put("adjust.holm", p.adjust(p, "holm"))
write.csv(data.frame(name = names_, value = sprintf("%.17g", values)), "golden.csv", row.names = FALSE, quote = FALSE)
