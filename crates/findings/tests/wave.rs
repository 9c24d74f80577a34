//! A whole made-up wave through weighting, tables and disclosure control. Truth: the register, and the answers by hand.

mod made_up;

use findings::{Domain, Estimand, ReleasedCell};
use made_up::{shares, wave};
use register::{Population, SizeClass};

#[test]
fn print_it() {
    let made = wave(1, &shares);
    let start = std::time::Instant::now();
    let release = made.release(&["konzept"]);
    println!(
        "{:?} for {} responses",
        start.elapsed(),
        made.responses.len()
    );
    println!("{:#?}", release.method);
    for finding in &release.findings {
        println!(
            "{} {:?} {}",
            finding.key.0, finding.estimand, finding.base.de
        );
        for row in &finding.rows {
            println!(
                "   {:12} {:?} {:?} {:?} top {:?}",
                row.key, row.domain, row.n, row.cells, row.top_two
            );
        }
        println!("   {:?}", finding.left_out);
    }
    println!("{}", release.findings[1].request);
}
