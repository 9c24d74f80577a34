//! `estimate`: answers a request file.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use exchange::Wanted;
use statistics::request::{Fault, Request};

/// What `--help` says beyond the options.
const HELP: &str = "\
A request says which data, which design and what is asked; the answer is JSON on standard output,
one list of rows for each id. Nothing is printed when anything is wrong: every fault goes to
standard error with its line, column and place (ask[2].of[0]), and the exit code is 1.

  {\"format\": 1,
   \"data\": {\"file\": \"apistrat.csv\", \"text\": [\"cds\"], \"missing\": [\"\", \"NA\"]},
   \"define\": {\"gain\": \"api00 - api99\"},
   \"exclude\": \"pcttest < 50\",
   \"design\": {\"stages\": [{\"psu\": \"dnum\", \"strata\": \"stype\", \"population\": \"fpc\"}],
              \"weights\": \"pw\", \"lonely_psu\": \"adjust\"},
   \"calibrate\": {\"rake\": [{\"by\": [\"stype\"], \"totals\": [{\"stype\": \"E\", \"total\": 4421}]}]},
   \"confidence\": 0.95,
   \"ask\": [
     {\"id\": \"a\", \"stat\": \"mean\", \"of\": [\"api00\"], \"by\": [\"stype\"], \"covariance\": true},
     {\"id\": \"b\", \"stat\": \"proportion\", \"of\": [\"awards\"], \"level\": \"Yes\", \"interval\": \"logit\"},
     {\"id\": \"c\", \"stat\": \"contrast\", \"from\": \"a\", \"adjust\": \"bh\",
      \"weights\": [{\"stype\": \"E\", \"x\": 1}, {\"stype\": \"H\", \"x\": -1}]}]}

data       file (CSV or Parquet, relative to the request), text (columns that are no numbers),
           missing (what stands for a missing value; default \"\" and \"NA\")
define     new columns from expressions          exclude   rows that are no part of the sample
design     stages: psu, strata, and population (units in the stratum) or fraction; a second stage
           lies within the units of the first. weights: a column; left out, they follow from the
           populations, else they are 1. waves: a column, where rows are of several waves that share
           units (psu): each wave is a sample of its own with its own population, and a contrast
           between waves has the covariance of the units in both (Tam 1984). lonely_psu: fail (default), remove, certainty, adjust,
           average; domain_lonely: true applies it in domains too. nest: true where equal psu in
           different strata are different ones.
           replicates: {type: JK1, JKn, bootstrap, subbootstrap, count, seed, mse}, or with
           columns ([\"X*\"]), scale, rscales, combined, df
calibrate  poststratify {by, totals}, rake [{by, totals}, ...], linear {on, totals, bounds,
           distance: linear, raking, logit; leverage: true for variances that allow for what the
           calibration used up}, trim {low, high, strict}; or a list of these, in order
ask        id, stat, of (columns), and
           over        the denominator, the second column, the groups of a test
           by          groups (columns)         where     the domain (an expression)
           weight_by   multiplies the weights   exclude   removes rows for this ask
           missing     drop (default), level, fail
           df          design (default), domain, effective (terms of the variance), normal
           confidence  of this ask's intervals
           covariance  true (with all rows of the ask, in order), \"within\" (with those of the same column)
           deff        without (default), replace

stat         of it
  mean       means; of a text column the shares of its levels
  total      totals                                    ratio        of over over
  variance   in the population, or covariance with over; correlation with over
  proportion level (one, or several taken together), interval: beta (default), wilson, logit,
             likelihood, asin, mean; cap: kish (the effective n is at most
             Kish's), kish-fpc (with finite population corrections) or unanswered (what is not
             known: with sums and squares {stratum: of weight_by}, how large those without
             answer are);
             printed_from: the share is printed from so many rows on each side on
  quantile   p, definition: math (default), school, hf1 to hf9; interval: mean (default), logit,
             beta, asin
  chisq      of by over; method: F (default), Chisq, Wald, adjWald
  ttest      of against null, or between the two levels of over      ranktest  between two levels
  linear, logistic   regression of `of` on columns (on); level: what counts as 1
  contrast   from, weights: {column: level, ..., x: factor}; rows that agree in everything else are
             combined; kind: difference (default), ratio; null; alternative: two-sided, greater,
             less; adjust: bh, by, holm, over the rows of the ask or of a family. With bh and by
             low_adjusted and high_adjusted are adjusted for selection (FCR)
  ranks      from: ranks of its rows with simultaneous sets (best, worst)
  alpha      Krippendorff's, the columns of `of` being coders; metric: nominal, ordinal, interval

Expressions: == != < <= > >= in (..) not in (..), and or not, + - * /, missing(column), text in
'quotes' (a quote within stands twice), numbers, columns by name or in `backquotes`.

Example: voneinander estimate request.json > answer.json
";

#[derive(Debug, clap::Args)]
#[command(after_long_help = HELP)]
pub struct Arguments {
    /// The request (JSON, format 1); `-` reads standard input, `file` then being relative to here.
    #[arg(required_unless_present = "schema", value_name = "REQUEST.json")]
    request: Option<PathBuf>,
    /// Reads this data file instead of the one that the request names.
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// Prints the JSON schema of requests and ends.
    #[arg(long)]
    schema: bool,
}

pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut out = std::io::stdout().lock();
    if arguments.schema {
        out.write_all(statistics::request::SCHEMA.as_bytes())?;
        return Ok(ExitCode::SUCCESS);
    }
    let Some(path) = &arguments.request else {
        return Ok(ExitCode::FAILURE);
    };
    let text = read(path)?;
    let name = if path == Path::new("-") {
        "request".to_owned()
    } else {
        path.display().to_string()
    };
    match answer(path, &text, arguments.data.as_deref())? {
        Ok(json) => {
            out.write_all(json.as_bytes())?;
            out.flush()?;
            Ok(ExitCode::SUCCESS)
        }
        Err(faults) => {
            for fault in &faults {
                let colon = if fault.place.line > 0 { ":" } else { ": " };
                eprintln!("{name}{colon}{fault}");
            }
            let count = faults.len();
            eprintln!(
                "{count} {}, nothing was computed",
                if count == 1 { "fault" } else { "faults" }
            );
            Ok(ExitCode::FAILURE)
        }
    }
}

fn read(path: &Path) -> anyhow::Result<String> {
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes)?;
        bytes
    } else {
        std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?
    };
    String::from_utf8(bytes).with_context(|| {
        format!(
            "{} is not UTF-8; save it with the encoding UTF-8",
            path.display()
        )
    })
}

fn answer(
    path: &Path,
    text: &str,
    data: Option<&Path>,
) -> anyhow::Result<Result<String, Vec<Fault>>> {
    let (Some(request), mut faults) = Request::examine(text) else {
        return Ok(Err(Request::read(text).err().unwrap_or_default()));
    };
    let file = match data {
        Some(file) => file.to_owned(),
        None => {
            let folder = path.parent().unwrap_or(Path::new(""));
            folder.join(&request.data.file.name)
        }
    };
    let at_file = |error: exchange::InputError| Fault {
        place: request.data.file.place.clone(),
        what: error.to_string(),
    };
    let known = match exchange::column_names(&file) {
        Ok(known) => known,
        Err(error) => {
            faults.push(at_file(error));
            return Ok(Err(in_order(faults)));
        }
    };
    // Where a definition cannot be read, the columns that rest on it are not missed.
    let defined = |fault: &Fault| fault.place.path.starts_with("define");
    if !faults.iter().any(defined) {
        faults.extend(request.check_columns(&known));
    }
    if !faults.is_empty() {
        return Ok(Err(in_order(faults)));
    }
    let mut columns: Vec<String> = Vec::new();
    for name in request.columns() {
        let mut add = |name: &str| {
            if !columns.iter().any(|column| column == name) {
                columns.push(name.to_owned());
            }
        };
        match name.name.strip_suffix('*') {
            Some(start) => known
                .iter()
                .filter(|column| column.starts_with(start))
                .for_each(|c| add(c)),
            None => add(&name.name),
        }
    }
    let wanted = Wanted {
        columns,
        text: request
            .data
            .text
            .iter()
            .map(|name| name.name.clone())
            .collect(),
        missing: request.data.missing.clone(),
    };
    let table = match exchange::read_table(&file, &wanted) {
        Ok(table) => table,
        Err(error) => return Ok(Err(vec![at_file(error)])),
    };
    Ok(request.evaluate(table).map(|answer| answer.to_json()))
}

/// Faults as they stand in the file.
fn in_order(mut faults: Vec<Fault>) -> Vec<Fault> {
    faults.sort_by_key(|fault| (fault.place.line, fault.place.column));
    faults
}
