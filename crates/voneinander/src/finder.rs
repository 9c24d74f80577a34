//! The catalogue, handed to the pages: they must not know tantivy.

use std::collections::BTreeMap;
use std::sync::Arc;

use practices::Entry;
use questionnaire::Lang;
use search::lists::ListProblem;
use search::{Added, ListFault, Lists, Relation, Request};
use web::finder::{Answer, Because, Example, Finder, Wanted};

use crate::catalogue::{Catalogue, Open};
use crate::clock;

/// Examples that are like one.
const RELATED: usize = 4;
/// Suggestions while typing.
const SUGGESTED: usize = 8;

/// What the pages get.
pub fn finder(catalogue: Catalogue) -> Finder {
    let (searching, one, completing) = (catalogue.clone(), catalogue.clone(), catalogue);
    Finder {
        search: Arc::new(move |wanted| {
            let catalogue = searching.clone();
            Box::pin(async move {
                answer(&catalogue, wanted)
                    .await
                    .map_err(|e| format!("{e:#}"))
            })
        }),
        example: Arc::new(move |code| {
            let catalogue = one.clone();
            Box::pin(async move {
                example(&catalogue, &code)
                    .await
                    .map_err(|e| format!("{e:#}"))
            })
        }),
        suggest: Arc::new(move |typed| {
            let catalogue = completing.clone();
            Box::pin(async move {
                let open = catalogue.soon().await.map_err(|e| format!("{e:#}"))?;
                Ok(suggest(&open, &typed))
            })
        }),
        check_lists: Arc::new(|parts, synonyms| {
            let added = Added {
                parts: parts.to_owned(),
                synonyms: synonyms.to_owned(),
            };
            let faults = Lists::read(&added).err().unwrap_or_default();
            faults.iter().map(said).collect()
        }),
        pdf: Arc::new(|entries, lang| {
            handbook::render_examples(entries, lang).map_err(|e| e.to_string())
        }),
    }
}

async fn answer(catalogue: &Catalogue, wanted: Wanted) -> anyhow::Result<Answer> {
    let open = catalogue.soon().await?;
    let request = Request {
        text: wanted.text,
        filters: wanted.filters,
        offset: wanted.offset,
        limit: wanted.limit,
        today: Some(clock::day(clock::now())),
        facets: true,
        why: true,
    };
    let found = open.search.find(&request)?;
    let mut examples = Vec::with_capacity(found.hits.len());
    for hit in found.hits {
        let why = hit.why.into_iter().map(|r| Because {
            typed: r.typed,
            word: r.word,
            relation: relation(r.relation),
        });
        let why = why.collect();
        if let Some(entry) = entry(catalogue, &open, &hit.id).await? {
            examples.push(Example {
                code: code(&hit.id),
                entry,
                why,
            });
        }
    }
    Ok(Answer {
        total: found.total,
        examples,
        facets: found
            .facets
            .into_iter()
            .map(|(name, values)| (name.to_owned(), values))
            .collect::<BTreeMap<_, _>>(),
        instead: found.instead,
    })
}

async fn example(
    catalogue: &Catalogue,
    code: &str,
) -> anyhow::Result<Option<(Example, Vec<Example>)>> {
    let open = catalogue.soon().await?;
    let id = match code.strip_prefix("s-") {
        Some(id) => format!("i:{id}"),
        None => format!("p:{code}"),
    };
    let Some(own) = entry(catalogue, &open, &id).await? else {
        return Ok(None);
    };
    let mut related = Vec::new();
    let today = Some(clock::day(clock::now()));
    for hit in open.search.related(&id, RELATED, today)? {
        if let Some(entry) = entry(catalogue, &open, &hit.id).await? {
            related.push(Example {
                code: self::code(&hit.id),
                entry,
                why: Vec::new(),
            });
        }
    }
    let example = Example {
        code: code.to_owned(),
        entry: own,
        why: Vec::new(),
    };
    Ok(Some((example, related)))
}

async fn entry(catalogue: &Catalogue, open: &Open, id: &str) -> anyhow::Result<Option<Entry>> {
    Ok(match id.split_once(':') {
        Some(("i", id)) => catalogue.store().entry(id).await?,
        Some((_, number)) => number
            .parse()
            .ok()
            .and_then(|n: i64| open.own.get(&n).cloned()),
        None => None,
    })
}

/// The name in addresses.
fn code(id: &str) -> String {
    match id.split_once(':') {
        Some(("i", id)) => format!("s-{id}"),
        Some((_, number)) => number.to_owned(),
        None => id.to_owned(),
    }
}

fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Same => "same",
        Relation::Part => "part",
        Relation::Family => "family",
        Relation::Synonym => "synonym",
        Relation::Related => "related",
        Relation::Typo => "typo",
    }
}

/// Whole queries with the last word completed.
fn suggest(open: &Open, typed: &str) -> Vec<String> {
    let typed = typed.trim_end();
    let (before, last) = typed.rsplit_once(' ').unwrap_or(("", typed));
    let words = open.search.completions(last, SUGGESTED);
    let whole = |word: String| {
        if before.is_empty() {
            word
        } else {
            format!("{before} {word}")
        }
    };
    words.into_iter().map(whole).collect()
}

/// A fault of a list in German: the back office is German.
fn said(fault: &ListFault) -> String {
    let t = |key: &str, values: &[(&str, &str)]| edition::translation::text(Lang::De, key, values);
    let problem = match &fault.problem {
        ListProblem::MixedSigns => t("web-search-fault-mixed", &[]),
        ListProblem::NoSign => t("web-search-fault-sign", &[]),
        ListProblem::Empty => t("web-search-fault-empty", &[]),
        ListProblem::Parts { word } => t("web-search-fault-split", &[("word", word)]),
        ListProblem::Short { word } => t("web-search-fault-short", &[("word", word)]),
    };
    let list = t(&format!("web-search-fault-{}", fault.list), &[]);
    let line = fault.line.to_string();
    t(
        "web-search-fault",
        &[("list", &list), ("line", &line), ("problem", &problem)],
    )
}
