"""120 items x 3 breakdowns with standard errors, whole process: python estimate.py VONEINANDER DIR [GEN]

`cargo xtask bench` runs it where Python has numpy and polars.
VONEINANDER is the binary of `cargo build --release`; DIR is a folder for data. Without bench_N.parquet there, GEN
(../shared/statistics/bench/gen.py) makes them. Needs numpy and polars; polars, without any standard error, is the peer.
Beside the plain data the same with 6 % of the items' values missing and covariances between the groups. Where R has
`survey` and `data.table` it is the other peer, at 10,000 rows (without covariances: `covmat` of 4.1 fails on missing values);
at 1,000,000, where it needs minutes and gigabytes, only with VONEINANDER_BENCH_R=all.
"""
import json
import os
import resource
import subprocess
import sys
import time

import numpy as np
import polars as pl

ITEMS = [f"b{i:03d}" for i in range(1, 91)] + [f"l{i:03d}" for i in range(1, 31)]
BREAKDOWNS = ["land", "size", "type"]
SUMS = {10_000: (3604.3702730456, 89.0765432564), 1_000_000: (3598.5271041371, 9.1772723098)}
PEER = """
import sys, polars as pl
df = pl.read_parquet(sys.argv[1]); items = sys.argv[2].split(","); w = pl.col("w")
for b in sys.argv[3].split(","):
    df.lazy().group_by(b).agg([((pl.col(i) * w).sum() / w.filter(pl.col(i).is_not_null()).sum()).alias(i) for i in items]).collect()
"""
R = """
suppressMessages({library(survey); library(data.table)}); options(survey.lonely.psu = "adjust"); a <- commandArgs(TRUE)
d <- as.data.frame(fread(a[1])); items <- strsplit(a[2], ",")[[1]]; by <- strsplit(a[3], ",")[[1]]; gaps <- a[4] == "gaps"
for (b in by) d[[b]] <- factor(d[[b]])
design <- svydesign(id = ~1, strata = ~stratum, weights = ~w, fpc = ~fpc, data = d); sums <- c(0, 0)
for (b in by) for (i in items) {
  r <- svyby(reformulate(i), reformulate(b), design, svymean, na.rm = gaps); sums <- sums + c(sum(coef(r)), sum(SE(r))) }
cat(sprintf("survey %s; sums %.10f %.10f", packageVersion("survey"), sums[1], sums[2]))
"""


def has_r():
    try:
        asked = ["Rscript", "-e", "library(survey); library(data.table)"]
        return subprocess.run(asked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
    except FileNotFoundError:
        return False


def gaps(source, target):
    df = pl.read_parquet(source)
    rng = np.random.default_rng(20161001)
    there = [pl.when(pl.Series(rng.random(df.height) >= 0.06)).then(pl.col(i)).otherwise(None).alias(i) for i in ITEMS]
    df.with_columns(there).write_parquet(target, compression="zstd")


def run(words):
    """CPU seconds, wall seconds and peak memory (MB) of a process, and what it printed."""
    began = time.perf_counter()
    child = subprocess.Popen(words, stdout=subprocess.PIPE)
    out = child.stdout.read()
    _, status, used = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit(f"{words[0]} failed")
    return used.ru_utime + used.ru_stime, time.perf_counter() - began, used.ru_maxrss / 1024, out


def main():
    binary, folder = os.path.abspath(sys.argv[1]), sys.argv[2]
    survey = has_r()
    if not survey:
        print("R with survey and data.table is not here: polars is the only peer")
    for n in (10_000, 1_000_000):
        plain = f"{folder}/bench_{n}.parquet"
        if not os.path.exists(plain):
            subprocess.run([sys.executable, sys.argv[3], str(n), folder], check=True)
        if not os.path.exists(f"{folder}/gaps_{n}.parquet"):
            gaps(plain, f"{folder}/gaps_{n}.parquet")
        files = [("bench", "parquet"), ("gaps", "parquet")] + ([("bench", "csv")] if n == 10_000 else [])
        for kind, ending in files:
            more = {"covariance": "within"} if kind == "gaps" else {}
            request = {
                "format": 1,
                "data": {"file": f"{kind}_{n}.{ending}"},
                "design": {"stages": [{"strata": "stratum", "population": "fpc"}], "weights": "w", "lonely_psu": "adjust"},
                "ask": [{"id": b, "stat": "mean", "of": ITEMS, "by": [b], **more} for b in BREAKDOWNS],
            }
            path = f"{folder}/{kind}_{n}_{ending}.json"
            with open(path, "w") as file:
                json.dump(request, file)
            cpu, wall, memory, out = min((run([binary, "estimate", path]) for _ in range(3)), key=lambda r: r[0])
            own, used = cpu, memory
            rows = [row for rows in json.loads(out).values() for row in rows]
            estimates, errors = sum(r["estimate"] for r in rows), sum(r["se"] for r in rows)
            print(f"{kind} {n} {ending}: {cpu:.2f} s CPU, {wall:.2f} s, {memory:.0f} MB; sums {estimates:.10f} {errors:.10f}")
            if kind == "bench" and any(abs(a - b) > 1e-6 for a, b in zip((estimates, errors), SUMS[n])):
                sys.exit(f"the sums must be {SUMS[n]}")
            if ending == "parquet":
                words = [sys.executable, "-c", PEER, f"{folder}/{kind}_{n}.parquet", ",".join(ITEMS), ",".join(BREAKDOWNS)]
                cpu, wall, memory, _ = min((run(words) for _ in range(3)), key=lambda r: r[0])
                print(f"  polars without standard errors: {cpu:.2f} s CPU, {wall:.2f} s, {memory:.0f} MB")
                limit, what = (0.15, "0.15 s") if n == 10_000 else (cpu, "what polars needs")
                reached = "reached" if own <= limit and used < 1024 else "MISSED"
                print(f"  {kind} {n}: {own:.2f} s CPU, {used:.0f} MB; limit {what} of CPU and 1 GiB: {reached}")
                if survey and (n == 10_000 or os.environ.get("VONEINANDER_BENCH_R") == "all"):
                    table = f"{folder}/{kind}_{n}.csv"
                    if not os.path.exists(table):
                        pl.read_parquet(f"{folder}/{kind}_{n}.parquet").write_csv(table)
                    words = ["Rscript", "-e", R, table, ",".join(ITEMS), ",".join(BREAKDOWNS), kind]
                    cpu, wall, memory, out = run(words)
                    print(f"  R, one core: {cpu:.2f} s CPU, {wall:.2f} s, {memory:.0f} MB; {out.decode()}")


main()
