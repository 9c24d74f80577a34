//! What holds for every chart.

use super::*;
use crate::sample;

fn all() -> Vec<(String, Medium, Chart)> {
    let release = sample::release();
    let mut charts = Vec::new();
    for finding in &release.findings {
        let mut views = vec![
            View::Population(Population::Municipalities),
            View::Population(Population::Counties),
        ];
        views.extend(
            lookup::items(finding)
                .into_iter()
                .take(3)
                .map(View::ByGroup),
        );
        for view in views {
            for medium in [Medium::Screen, Medium::Narrow, Medium::Print] {
                if let Some(chart) =
                    draw(Lang::De, &release, finding, view, &Patterns::new(), medium)
                {
                    charts.push((
                        format!("{} {view:?} {medium:?}", finding.key.0),
                        medium,
                        chart,
                    ));
                }
            }
        }
    }
    charts
}

/// The drawing without its patterns.
fn drawn(svg: &str) -> &str {
    svg.split("</defs>").last().unwrap()
}

/// Values of an attribute in the order of the drawing.
fn attributes(svg: &str, element: &str, name: &str) -> Vec<f64> {
    svg.split(&format!("<{element} "))
        .skip(1)
        .filter_map(|rest| {
            let tag = rest.split('>').next()?;
            let value = tag
                .split(&format!(" {name}=\""))
                .nth(1)
                .or_else(|| tag.strip_prefix(&format!("{name}=\"")))?;
            value.split('"').next()?.parse().ok()
        })
        .collect()
}

#[test]
fn every_chart_has_a_name_and_says_its_numbers() {
    let charts = all();
    assert!(charts.len() >= 20);
    for (name, _, chart) in charts {
        assert!(chart.svg.contains("role=\"img\""), "{name}");
        assert_eq!(chart.svg.matches("<title ").count(), 1, "{name}");
        assert_eq!(chart.svg.matches("<desc ").count(), 1, "{name}");
        assert!(chart.alt.len() > 40, "{name}: {}", chart.alt);
        assert!(
            chart.note.contains("n\u{a0}=\u{a0}"),
            "{name}: {}",
            chart.note
        );
        assert!(chart.note.contains("Aufnahme und Integration"), "{name}");
        assert!(
            !chart.svg.contains("edition-"),
            "{name} misses a text: {}",
            chart.svg
        );
        assert!(
            !chart.note.contains("edition-") && !chart.alt.contains("edition-"),
            "{name}"
        );
    }
}

#[test]
fn print_has_no_variables_and_screen_follows_light_and_dark() {
    for (name, medium, chart) in all() {
        match medium {
            Medium::Print => {
                assert!(!chart.svg.contains("var("), "{name}");
                assert!(chart.svg.contains("Libertinus Serif"), "{name}");
            }
            _ => assert!(chart.svg.contains("var(--ink,#1B2420)"), "{name}"),
        }
    }
}

#[test]
fn bars_are_whole_percents_long() {
    for (name, medium, chart) in all() {
        let step = svg::Sizes::of(medium).step;
        if !name.contains("Population") || name.starts_with("personal") {
            continue;
        }
        let heights = attributes(drawn(&chart.svg), "rect", "height");
        let widths = attributes(drawn(&chart.svg), "rect", "width");
        let bar = svg::Sizes::of(medium).bar;
        for (width, height) in widths.into_iter().zip(heights) {
            if height == bar {
                let percents = width / step;
                assert!(
                    (percents - percents.round()).abs() < 0.03,
                    "{name}: {width} is {percents} %"
                );
            }
        }
    }
}

#[test]
fn dots_stand_at_whole_percents() {
    let mut seen = 0;
    for (name, _, chart) in all().iter().filter(|(n, _, _)| n.contains("ByGroup")) {
        // The axis says where 0 and 100 % are.
        let axis: Vec<f64> = attributes(drawn(&chart.svg), "line", "x1");
        let (zero, step) = (
            axis[0],
            (axis.iter().copied().fold(0.0, f64::max) - axis[0]) / 100.0,
        );
        for x in attributes(drawn(&chart.svg), "circle", "cx") {
            let percent = (x - zero) / step;
            assert!(
                (percent - percent.round()).abs() < 0.04,
                "{name}: {percent} %"
            );
            seen += 1;
        }
    }
    assert!(seen > 10, "{seen}");
}

#[test]
fn a_battery_is_sorted_and_nothing_leaves_the_paper() {
    for (name, medium, chart) in all() {
        let right = f64::from(chart.width) + 0.1;
        for (x, w) in attributes(drawn(&chart.svg), "rect", "x")
            .iter()
            .zip(attributes(drawn(&chart.svg), "rect", "width"))
        {
            assert!(*x >= 0.0 && x + w <= right, "{name}: {x} + {w}");
        }
        for text in chart.svg.split("<text ").skip(1) {
            let tag = text.split('>').next().unwrap();
            let words = text.split('>').nth(1).unwrap().split('<').next().unwrap();
            let number = |a: &str| -> f64 {
                tag.split(&format!("{a}=\""))
                    .nth(1)
                    .unwrap()
                    .split('"')
                    .next()
                    .unwrap()
                    .parse()
                    .unwrap()
            };
            let width = svg::measure(
                &words.replace("&lt;", "<").replace("&gt;", ">"),
                number("font-size"),
                medium,
            );
            let x = tag
                .strip_prefix("x=\"")
                .unwrap()
                .split('"')
                .next()
                .unwrap()
                .parse::<f64>()
                .unwrap();
            let (from, to) = if tag.contains("\"end\"") {
                (x - width, x)
            } else if tag.contains("middle") {
                (x - width / 2.0, x + width / 2.0)
            } else {
                (x, x + width)
            };
            assert!(
                from >= -1.0 && to <= right + 1.0,
                "{name}: \"{words}\" from {from} to {to}"
            );
        }
    }
    let (_, _, battery) = all()
        .into_iter()
        .find(|(n, _, _)| n.starts_with("aufgaben Pop"))
        .unwrap();
    let place = |word: &str| battery.svg.find(&format!(">{word}")).unwrap();
    assert!(place("Wohnraum") < place("Sprachkurse") && place("Sprachkurse") < place("Plätze"));
}

#[test]
fn what_is_held_back_is_said_and_not_drawn() {
    let (_, _, battery) = all()
        .into_iter()
        .find(|(n, _, _)| n.starts_with("aufgaben Pop"))
        .unwrap();
    assert!(
        battery
            .alt
            .contains("Sicherheit und Ordnung nicht ausgewiesen"),
        "{}",
        battery.alt
    );
    assert!(battery.svg.contains("nicht ausgewiesen"));
}

#[test]
fn same_input_same_bytes() {
    assert_eq!(all(), all());
}
