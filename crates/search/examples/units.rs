//! Shows how a query is read against documents in the import's form: `units DOCUMENTS.json QUERY`.
use search::{Document, Lists, Request, Search, build};
fn main() {
    let mut args = std::env::args().skip(1);
    let (file, query) = (args.next().expect("a file"), args.next().expect("a query"));
    let text = std::fs::read_to_string(file).expect("readable");
    let all: Vec<serde_json::Value> = serde_json::from_str(&text).expect("JSON");
    let s = |v: &serde_json::Value, k: &str| v[k].as_str().unwrap_or_default().to_owned();
    let folder = std::env::temp_dir().join(format!("units-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    build(&folder, Lists::ours(), &mut |take| {
        for v in &all {
            take(Document {
                id: s(v, "id"),
                title: s(v, "title"),
                text: s(v, "text"),
                ..Document::default()
            });
        }
        Ok(())
    })
    .expect("an index");
    let search = Search::open(&folder, Lists::ours()).expect("opens");
    for unit in search.read(&query) {
        println!("{} {:?}", unit.typed, unit.instead);
        for way in unit.ways {
            println!("  {:.2}", way.weight);
            for idea in way.ideas {
                let a: Vec<String> = idea
                    .iter()
                    .map(|a| format!("{} {:.2}", a.term, a.weight))
                    .collect();
                println!("    {}", a.join(", "));
            }
        }
    }
    let found = search
        .find(&Request {
            text: query,
            limit: 8,
            why: true,
            ..Request::default()
        })
        .expect("found");
    for hit in found.hits {
        println!(
            "{:.2} {} {} {:?}",
            hit.score,
            hit.id,
            hit.title,
            hit.why
                .iter()
                .map(|r| format!("{}:{} {:?}", r.typed, r.word, r.relation))
                .collect::<Vec<_>>()
        );
    }
    std::fs::remove_dir_all(&folder).expect("removed");
}
