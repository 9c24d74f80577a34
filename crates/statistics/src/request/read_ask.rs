//! Reading one ask.

use super::json::Value;
use super::model::{
    Adjustment, Ask, Cap, ContrastWeight, CovarianceOf, DegreesOf, Fault, Name, Stat,
};
use super::read::{At, Object, nearest, share};
use super::table::Level;
use crate::{AlphaMetric, Alternative, AssociationMethod, Missing, ProportionMethod, QuantileRule};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    Mean,
    Total,
    Ratio,
    Variance,
    Correlation,
    Proportion,
    Quantile,
    Chisq,
    TTest,
    RankTest,
    Linear,
    Logistic,
    Contrast,
    Ranks,
    Alpha,
}

const WORDS: [(&str, Word); 15] = [
    ("mean", Word::Mean),
    ("total", Word::Total),
    ("ratio", Word::Ratio),
    ("variance", Word::Variance),
    ("correlation", Word::Correlation),
    ("proportion", Word::Proportion),
    ("quantile", Word::Quantile),
    ("chisq", Word::Chisq),
    ("ttest", Word::TTest),
    ("ranktest", Word::RankTest),
    ("linear", Word::Linear),
    ("logistic", Word::Logistic),
    ("contrast", Word::Contrast),
    ("ranks", Word::Ranks),
    ("alpha", Word::Alpha),
];

const ALTERNATIVES: [(&str, Alternative); 3] = [
    ("two-sided", Alternative::TwoSided),
    ("greater", Alternative::Greater),
    ("less", Alternative::Less),
];

const ADJUSTMENTS: [(&str, Adjustment); 3] = [
    ("bh", Adjustment::BenjaminiHochberg),
    ("by", Adjustment::BenjaminiYekutieli),
    ("holm", Adjustment::Holm),
];

pub(super) fn ask(at: &At<'_>, confidence: f64, faults: &mut Vec<Fault>) -> Option<Ask> {
    let mut object = at.object(faults)?;
    let id = object
        .required("id", "the name under which the answer stands", faults)
        .and_then(|at| at.name(faults));
    let known: Vec<&str> = WORDS.iter().map(|(word, _)| *word).collect();
    let word = object
        .required("stat", &known.join(", "), faults)
        .and_then(|at| at.word(faults, &WORDS));
    let of_at = object.take("of");
    let of = match &of_at {
        Some(at) if matches!(at.node.value, Value::Text(_)) => {
            at.name(faults).into_iter().collect()
        }
        Some(at) => at.names(faults),
        None => Vec::new(),
    };
    let over = object.take("over").and_then(|at| at.name(faults));
    let by = object
        .take("by")
        .map_or_else(Vec::new, |at| at.names(faults));
    let domain = object.take("where").and_then(|at| at.condition(faults));
    let exclude = object.take("exclude").and_then(|at| at.condition(faults));
    let weight_by = object.take("weight_by").and_then(|at| at.name(faults));
    let words = [
        ("drop", Missing::Drop),
        ("level", Missing::Level),
        ("fail", Missing::Fail),
    ];
    let missing = object
        .take("missing")
        .and_then(|at| at.word(faults, &words));
    let words = [
        ("design", DegreesOf::Design),
        ("domain", DegreesOf::Domain),
        ("effective", DegreesOf::Effective),
        ("normal", DegreesOf::Normal),
    ];
    let df = object.take("df").and_then(|at| at.word(faults, &words));
    let covariance = object.take("covariance").map(|at| match &at.node.value {
        Value::Bool(true) => CovarianceOf::All,
        Value::Bool(false) => CovarianceOf::None,
        Value::Text(text) if text == "within" => CovarianceOf::Within,
        _ => {
            let what = "true, false or \"within\" (rows of the same column only) was expected";
            at.fault(faults, what);
            CovarianceOf::None
        }
    });
    let own = object.take("confidence").and_then(|at| share(&at, faults));
    let words = [("replace", true), ("without", false)];
    let deff = object.take("deff").and_then(|at| at.word(faults, &words));
    let Some(word) = word else {
        // What else the ask may say depends on its `stat`.
        object.rest();
        return None;
    };
    let stat = stat(word, &mut object, faults);
    object.close(faults);
    let from_another = matches!(word, Word::Contrast | Word::Ranks);
    match (of_at, from_another) {
        (None, false) => at.fault(faults, "`of` is missing: a list of columns"),
        (Some(of_at), true) => {
            of_at.fault(
                faults,
                "this ask takes its rows `from` another one; take `of` out",
            );
        }
        (Some(of_at), false)
            if of.is_empty()
                && matches!(&of_at.node.value, Value::List(list) if list.is_empty()) =>
        {
            of_at.fault(faults, "the list of columns is empty");
        }
        _ => {}
    }
    let needs_over = matches!(
        word,
        Word::Ratio | Word::Chisq | Word::RankTest | Word::Correlation
    );
    if needs_over && over.is_none() {
        let what = match word {
            Word::Ratio => "the column of the denominator",
            Word::RankTest => "the column of the two groups",
            _ => "the second column",
        };
        at.fault(faults, format!("`over` is missing: {what}"));
    }
    if let Some(over) = &over
        && !needs_over
        && !matches!(word, Word::Variance | Word::TTest)
    {
        faults.push(Fault {
            place: over.place.clone(),
            what: "`over` belongs to ratio, variance, correlation, chisq, ttest and ranktest"
                .to_owned(),
        });
    }
    Some(Ask {
        id: id?,
        stat: stat?,
        of,
        over,
        by,
        domain,
        exclude,
        weight_by,
        missing: missing.unwrap_or_default(),
        df: df.unwrap_or_default(),
        covariance: covariance.unwrap_or_default(),
        confidence: own.unwrap_or(confidence),
        deff_with_replacement: deff.unwrap_or(false),
        place: at.place(),
    })
}

fn stat(word: Word, object: &mut Object<'_>, faults: &mut Vec<Fault>) -> Option<Stat> {
    let intervals = [
        ("wilson", ProportionMethod::Wilson),
        ("beta", ProportionMethod::KornGraubard),
        ("korn-graubard", ProportionMethod::KornGraubard),
        ("logit", ProportionMethod::Logit),
        ("xlogit", ProportionMethod::TransformedLogit),
        ("likelihood", ProportionMethod::Likelihood),
        ("asin", ProportionMethod::Arcsine),
        ("mean", ProportionMethod::Mean),
    ];
    Some(match word {
        Word::Mean => Stat::Mean,
        Word::Total => Stat::Total,
        Word::Ratio => Stat::Ratio,
        Word::Variance => Stat::Variance,
        Word::Correlation => Stat::Correlation,
        Word::Proportion => {
            let levels = match object.take("level") {
                None => Vec::new(),
                Some(at) if matches!(at.node.value, Value::List(_)) => {
                    let items = at.items(faults);
                    items.iter().filter_map(|item| item.level(faults)).collect()
                }
                Some(at) => at.level(faults).into_iter().collect(),
            };
            let interval = object
                .take("interval")
                .and_then(|at| at.word(faults, &intervals));
            let words = [
                ("none", Cap::None),
                ("kish", Cap::Kish),
                ("kish-fpc", Cap::KishOpen),
                ("unanswered", Cap::Unanswered),
            ];
            let cap = object.take("cap").and_then(|at| at.word(faults, &words));
            let [sums, squares] = ["sums", "squares"].map(|name| {
                let mut known = Vec::new();
                if let Some(at) = object.take(name)
                    && let Some(mut strata) = at.object(faults)
                {
                    for (stratum, at) in strata.rest() {
                        known.extend(at.number(faults).map(|x| (Level::Text(stratum), x)));
                    }
                }
                known
            });
            let printed_from = object
                .take("printed_from")
                .and_then(|at| at.whole(faults, 1));
            Stat::Proportion {
                levels,
                interval: interval.unwrap_or(ProportionMethod::KornGraubard),
                sums,
                squares,
                printed_from,
                cap: cap.unwrap_or_default(),
            }
        }
        Word::Quantile => {
            let p = object
                .required("p", "a list of shares, as in [0.25, 0.5, 0.75]", faults)
                .map_or_else(Vec::new, |at| shares(&at, faults));
            let rules = [
                ("math", QuantileRule::Math),
                ("school", QuantileRule::School),
                ("hf1", QuantileRule::Hf1),
                ("hf2", QuantileRule::Hf2),
                ("hf3", QuantileRule::Hf3),
                ("hf4", QuantileRule::Hf4),
                ("hf5", QuantileRule::Hf5),
                ("hf6", QuantileRule::Hf6),
                ("hf7", QuantileRule::Hf7),
                ("hf8", QuantileRule::Hf8),
                ("hf9", QuantileRule::Hf9),
            ];
            let rule = object
                .take("definition")
                .and_then(|at| at.word(faults, &rules));
            let interval = object
                .take("interval")
                .and_then(|at| at.word(faults, &intervals));
            Stat::Quantile {
                p,
                rule: rule.unwrap_or_default(),
                interval: interval.unwrap_or(ProportionMethod::Mean),
            }
        }
        Word::Chisq => {
            let methods = [
                ("F", AssociationMethod::F),
                ("Chisq", AssociationMethod::ChiSquare),
                ("Wald", AssociationMethod::Wald),
                ("adjWald", AssociationMethod::AdjustedWald),
            ];
            let method = object
                .take("method")
                .and_then(|at| at.word(faults, &methods));
            Stat::Association(method.unwrap_or_default())
        }
        Word::TTest => {
            let (null, alternative, adjust) = test(object, faults);
            Stat::TTest {
                null,
                alternative,
                adjust,
            }
        }
        Word::RankTest => Stat::RankTest,
        Word::Linear | Word::Logistic => {
            let on = object
                .required(
                    "on",
                    "a list of columns; the constant comes of itself",
                    faults,
                )
                .map_or_else(Vec::new, |at| at.names(faults));
            let level = object.take("level").and_then(|at| at.level(faults));
            Stat::Regression {
                on,
                logistic: word == Word::Logistic,
                level,
            }
        }
        Word::Contrast => {
            let from = object
                .required("from", "the id of the ask whose rows are combined", faults)
                .and_then(|at| at.name(faults));
            let what =
                "a list, as in [{\"stype\": \"E\", \"x\": 1}, {\"stype\": \"H\", \"x\": -1}]";
            let weights = object.required("weights", what, faults).map(|at| {
                let items = at.items(faults);
                let weights: Vec<ContrastWeight> = items
                    .iter()
                    .filter_map(|item| weight(item, faults))
                    .collect();
                (weights, at)
            });
            let words = [("difference", false), ("ratio", true)];
            let ratio = object.take("kind").and_then(|at| at.word(faults, &words));
            let (null, alternative, adjust) = test(object, faults);
            let family = object.take("family").and_then(|at| at.text(faults));
            let ratio = ratio.unwrap_or(false);
            let (weights, at) = weights?;
            if weights.is_empty() {
                at.fault(faults, "the list of weights is empty");
            } else if ratio && weights.len() != 2 {
                at.fault(
                    faults,
                    "a ratio has two weights: the row above and the one below",
                );
            }
            Stat::Contrast {
                from: from?,
                weights,
                ratio,
                null: if ratio && null == 0.0 { 1.0 } else { null },
                alternative,
                adjust,
                family,
            }
        }
        Word::Ranks => {
            let from = object
                .required("from", "the id of the ask whose rows are ranked", faults)
                .and_then(|at| at.name(faults));
            let draws = object.take("draws").and_then(|at| at.whole(faults, 100));
            let seed = object.take("seed").and_then(|at| at.whole(faults, 0));
            Stat::Ranks {
                from: from?,
                draws: draws.map_or(10_000, |d| usize::try_from(d).unwrap_or(10_000)),
                seed: seed.unwrap_or(1),
            }
        }
        Word::Alpha => {
            let words = [
                ("nominal", AlphaMetric::Nominal),
                ("ordinal", AlphaMetric::Ordinal),
                ("interval", AlphaMetric::Interval),
            ];
            let metric = object.take("metric").and_then(|at| at.word(faults, &words));
            Stat::Alpha(metric.unwrap_or(AlphaMetric::Nominal))
        }
    })
}

fn test(
    object: &mut Object<'_>,
    faults: &mut Vec<Fault>,
) -> (f64, Alternative, Option<Adjustment>) {
    let null = object.take("null").and_then(|at| at.number(faults));
    let alternative = object
        .take("alternative")
        .and_then(|at| at.word(faults, &ALTERNATIVES));
    let adjust = object
        .take("adjust")
        .and_then(|at| at.word(faults, &ADJUSTMENTS));
    (null.unwrap_or(0.0), alternative.unwrap_or_default(), adjust)
}

fn shares(at: &At<'_>, faults: &mut Vec<Fault>) -> Vec<f64> {
    let numbers = match at.node.value {
        Value::Number(number) => vec![number],
        _ => at.numbers(faults),
    };
    if let Some(wrong) = numbers.iter().find(|p| !(0.0..=1.0).contains(*p)) {
        at.fault(faults, format!("{wrong} is no share; write 0.25 for 25 %"));
    } else if numbers.is_empty() {
        at.fault(faults, "at least one share was expected, as in [0.5]");
    }
    numbers
}

fn weight(at: &At<'_>, faults: &mut Vec<Fault>) -> Option<ContrastWeight> {
    let mut object = at.object(faults)?;
    let x = object
        .required("x", "the factor, as in 1 or -1", faults)
        .and_then(|at| at.number(faults));
    let keys = object
        .rest()
        .into_iter()
        .filter_map(|(name, at)| Some((name, at.level(faults)?)))
        .collect();
    Some(ContrastWeight {
        keys,
        x: x?,
        place: at.place(),
    })
}

/// Ids are different, `from` exists, and no ask is made from itself.
pub(super) fn check_names(asks: &[Ask], faults: &mut Vec<Fault>) {
    let from = |ask: &Ask| -> Option<Name> {
        match &ask.stat {
            Stat::Contrast { from, .. } | Stat::Ranks { from, .. } => Some(from.clone()),
            _ => None,
        }
    };
    for (index, ask) in asks.iter().enumerate() {
        if asks[..index]
            .iter()
            .any(|other| other.id.name == ask.id.name)
        {
            faults.push(Fault {
                place: ask.id.place.clone(),
                what: format!(
                    "the id `{}` is taken by an ask before; choose another",
                    ask.id.name
                ),
            });
        }
        let Some(source) = from(ask) else { continue };
        let find = |name: &str| asks.iter().find(|other| other.id.name == name);
        let Some(mut next) = find(&source.name) else {
            let ids = asks
                .iter()
                .map(|other| other.id.name.as_str())
                .filter(|id| *id != ask.id.name);
            let near = nearest(ids, &source.name, 3);
            faults.push(Fault {
                place: source.place,
                what: format!(
                    "there is no ask `{}`; the nearest ids are {}",
                    source.name,
                    near.join(", ")
                ),
            });
            continue;
        };
        let mut way = vec![ask.id.name.clone()];
        loop {
            if way.contains(&next.id.name) {
                if next.id.name == ask.id.name {
                    way.push(next.id.name.clone());
                    faults.push(Fault {
                        place: source.place.clone(),
                        what: format!(
                            "the contrasts are made from one another in a circle: {}",
                            way.join(" from ")
                        ),
                    });
                }
                break;
            }
            way.push(next.id.name.clone());
            match from(next).and_then(|name| find(&name.name)) {
                Some(further) => next = further,
                None => break,
            }
        }
        let base = find(&source.name);
        if let Some(base) = base
            && matches!(
                base.stat,
                Stat::Quantile { .. }
                    | Stat::Association(_)
                    | Stat::TTest { .. }
                    | Stat::RankTest
                    | Stat::Alpha(_)
                    | Stat::Ranks { .. }
            )
        {
            faults.push(Fault {
                place: source.place.clone(),
                what: format!(
                    "`{}` gives no rows with covariances; contrasts and ranks are made from mean, total, ratio, \
                     variance, correlation, proportion, linear, logistic and contrast",
                    source.name
                ),
            });
        }
    }
}
