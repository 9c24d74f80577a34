//! All charts of the sample edition on one page, to be looked at: `cargo run -p edition --example gallery > x.html`.

use edition::charts::{Chart, Medium, View, locator, response_by_land};
use edition::sentences::Patterns;
use questionnaire::Lang;
use register::{Land, Population};

fn main() {
    let release = edition::sample::release();
    let none = Patterns::new();
    let medium = std::env::args().nth(1).unwrap_or_default();
    println!(
        "<!doctype html><meta charset=utf-8><style>body{{font:18px/1.5 system-ui;margin:20px;background:#fff}}svg{{display:block;max-width:100%;height:auto;margin:10px 0 40px}}@media (prefers-color-scheme: dark){{:root{{--ink:#E8EDE9;--ground:#121A18;--raised:#1C2724;--quiet:#B4C0BA;--petrol:#7CCBD3;--hair:#3a4744}}body{{background:#121A18;color:#E8EDE9}}}}</style>"
    );
    for finding in &release.findings {
        for view in [
            View::Population(Population::Municipalities),
            View::Population(Population::Counties),
            View::ByGroup("wohnen"),
        ] {
            let chart = match medium.as_str() {
                "print" => Chart::for_print(Lang::De, &release, finding, view, &none),
                "phone" => Chart::for_phone(Lang::De, &release, finding, view, &none),
                _ => Chart::for_screen(Lang::De, &release, finding, view, &none),
            };
            if let Some(chart) = chart {
                println!(
                    "<b>{}</b>{}<p><small>{}</small></p>",
                    chart.title, chart.svg, chart.note
                );
            }
        }
    }
    println!(
        "{}",
        response_by_land(Lang::De, &release.method.by_land, Medium::Screen).svg
    );
    println!("{}", locator(Lang::De, Land::Hessen, Medium::Print).svg);
}
