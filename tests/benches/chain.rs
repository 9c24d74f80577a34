//! What the chain costs: `cargo xtask bench`. Prints figures with their limits; it judges nothing by time alone.

mod process;

use std::path::Path;
use std::time::Instant;

use process::{cpu_seconds, line, memory};
use stories::http::Client;
use stories::{Demo, folder, run, walk};

fn children_cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("own entry");
    let after = stat
        .rsplit(')')
        .next()
        .expect("the fields after the name")
        .to_owned();
    let fields: Vec<&str> = after.split_whitespace().collect();
    (fields[13].parse::<f64>().expect("cutime") + fields[14].parse::<f64>().expect("cstime"))
        / 100.0
}

fn main() -> anyhow::Result<()> {
    // `cargo test` runs benches once with --test: there is nothing to measure then.
    if std::env::args().any(|a| a == "--test") {
        return Ok(());
    }
    let data = folder("bench-demo")?;
    let (began, cpu) = (Instant::now(), children_cpu());
    run(&["demo", "--no-serve", "--data", &data.to_string_lossy()])?;
    line(
        "demo, built and published",
        format!("{:.1} s", began.elapsed().as_secs_f64()),
        "limit 20 s",
    );
    line(
        "  of that CPU",
        format!("{:.1} s", children_cpu() - cpu),
        "",
    );

    let demo = Demo::start("bench")?;
    let cpu = children_cpu();
    let out = demo.data.join("ausgabe");
    run(&[
        "publish",
        "--data",
        demo.data(),
        "--out",
        &out.to_string_lossy(),
    ])?;
    line(
        "edition: handbook, site, data (CPU, whole process)",
        format!("{:.1} s", children_cpu() - cpu),
        "handbook: limit 5 s",
    );
    pages(&out.join("handreichung.pdf"));

    const RESPONSES: usize = 200;
    let links = demo.invite(RESPONSES + 1)?;
    let mut client = Client::connect(&demo.base)?;
    walk(&mut client, &links[0], &mut |_, count| count - 1)?;
    let (idle, _) = memory(demo.pid());
    let (began, cpu) = (Instant::now(), cpu_seconds(demo.pid()));
    let mut seen = 0;
    for (i, link) in links[1..].iter().enumerate() {
        seen += walk(&mut client, link, &mut |name, count| {
            (name.len() + i) % count
        })?
        .len();
    }
    let (wall, used) = (began.elapsed().as_secs_f64(), cpu_seconds(demo.pid()) - cpu);
    let each = used * 1000.0 / RESPONSES as f64;
    line(
        "one complete response, server CPU",
        format!("{each:.2} ms"),
        "limit 10 ms; LimeSurvey 475 ms",
    );
    line(
        "  ratio to LimeSurvey",
        format!("{:.0} times less", 475.0 / each),
        "",
    );
    line(
        "  pages a response, wall time",
        format!(
            "{}, {:.1} ms",
            seen / RESPONSES,
            wall * 1000.0 / RESPONSES as f64
        ),
        "one at a time, every save durable",
    );
    let (after, peak) = memory(demo.pid());
    line(
        "memory of serve: before, after, peak",
        format!("{idle:.0} {after:.0} {peak:.0} MB"),
        "limit 100 MB without PDF",
    );

    let token = links[0].rsplit('/').next().unwrap_or_default();
    let sheet = format!("/antworten/{token}/vergleichsblatt.pdf");
    client.get(&sheet)?;
    let cpu = cpu_seconds(demo.pid());
    const SHEETS: usize = 10;
    for _ in 0..SHEETS {
        client.get(&sheet)?;
    }
    let each = (cpu_seconds(demo.pid()) - cpu) / SHEETS as f64;
    line(
        "one feedback sheet as PDF, server CPU",
        format!("{each:.3} s"),
        "limit 0.2 s",
    );
    let (after, peak) = memory(demo.pid());
    line(
        "memory of serve with PDF rendering: after, peak",
        format!("{after:.0} {peak:.0} MB"),
        "",
    );
    Ok(())
}

fn pages(pdf: &Path) {
    let output = std::process::Command::new("pdfinfo").arg(pdf).output();
    if let Ok(output) = output {
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let pages = text
            .lines()
            .find(|l| l.starts_with("Pages:"))
            .unwrap_or("Pages: unknown");
        line(
            "handbook",
            pages.trim_start_matches("Pages:").trim().to_owned() + " pages",
            "at least 60",
        );
    }
}
