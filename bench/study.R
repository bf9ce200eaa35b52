# The market model of each firm in R, as study.bench.ts has it: alpha, beta, s2, residuals, leverages, abnormal returns of
# the window with their covariance. Prints the seconds that it took with lm.fit, then with lm, and a sum to compare.
args <- commandArgs(trailingOnly = TRUE)
firms <- as.integer(args[2]); days <- as.integer(args[3]); window <- as.integer(args[4])
numbers <- readBin(args[1], "double", n = (firms + 1) * (days + window), endian = "little")
m <- matrix(numbers, nrow = days + window)
market <- m[, 1]; est <- 1:days; win <- days + 1:window
study <- function(fit_of) {
  total <- 0
  for (f in 1 + 1:firms) {
    fit <- fit_of(m[est, f])
    s2 <- sum(fit$residuals^2) / (days - 2)
    centre <- market[est] - mean(market[est]); sxx <- sum(centre^2)
    h <- 1 / days + centre^2 / sxx
    ar <- m[win, f] - fit$coefficients[[1]] - fit$coefficients[[2]] * market[win]
    d <- market[win] - mean(market[est])
    v <- s2 * (diag(window) + 1 / days + outer(d, d) / sxx)
    total <- total + sum(ar) + sum(v) + h[1]
  }
  total
}
x <- cbind(1, market[est])
quick <- function(y) lm.fit(x, y)
usual <- function(y) { m <- market[est]; lm(y ~ m) }
invisible(quick(m[est, 2])); invisible(usual(m[est, 2]))
t1 <- system.time(a <- study(quick))[["elapsed"]]
t2 <- system.time(b <- study(usual))[["elapsed"]]
cat(sprintf("%.6f %.6f %.17g %.17g\n", t1, t2, a, b))
