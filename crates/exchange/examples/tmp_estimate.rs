use exchange::{Wanted, column_names, read_table};
use statistics::request::Request;
fn main() {
    let path = std::path::PathBuf::from(std::env::args().nth(1).unwrap());
    let t0 = std::time::Instant::now();
    let request = Request::read(&std::fs::read_to_string(&path).unwrap()).unwrap_or_else(|f| { for x in f { eprintln!("{x}") }; std::process::exit(1) });
    let file = path.parent().unwrap().join(&request.data.file.name);
    let known = column_names(&file).unwrap();
    let faults = request.check_columns(&known);
    for x in &faults { eprintln!("{x}") }
    if !faults.is_empty() { std::process::exit(1) }
    let wanted = Wanted { columns: request.columns().into_iter().map(|n| n.name).collect(), text: request.data.text.iter().map(|n| n.name.clone()).collect(), missing: request.data.missing.clone() };
    let table = read_table(&file, &wanted).unwrap();
    let t1 = std::time::Instant::now();
    let answer = request.evaluate(table).unwrap_or_else(|f| { for x in f { eprintln!("{x}") }; std::process::exit(1) });
    let t2 = std::time::Instant::now();
    print!("{}", answer.to_json());
    eprintln!("read {:?} evaluate {:?} print {:?}", t1-t0, t2-t1, t2.elapsed());
}
