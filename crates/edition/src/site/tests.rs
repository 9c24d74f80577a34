use std::collections::BTreeSet;

use super::*;
use crate::sample;
use findings::ReleasedCell;

fn files() -> BTreeMap<String, String> {
    let edition = sample::edition();
    let site = Site::new(Lang::De, &edition, None, 3_100_000);
    pages(&site)
        .unwrap()
        .into_iter()
        .map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()))
        .collect()
}

fn html() -> impl Iterator<Item = (String, String)> {
    files()
        .into_iter()
        .filter(|(path, _)| path.ends_with(".html"))
}

/// The words of a page, without its tags, styles and drawings.
fn words(html: &str) -> String {
    let mut words = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        words.push_str(&rest[..at]);
        words.push(' ');
        let tag = &rest[at..];
        let end = if tag.starts_with("<svg") {
            tag.find("</svg>")
        } else {
            tag.find('>')
        };
        rest = &tag[end.map_or(tag.len(), |e| e + 1)..];
    }
    words + rest
}

#[test]
fn every_page_says_that_the_data_are_made_up() {
    for (path, html) in html() {
        assert!(
            html.matches("Beispieldaten: erfundene Kommunen").count() >= 2,
            "{path}"
        );
        assert!(html.contains("<html lang=\"de\">"), "{path}");
        assert!(!html.contains("edition-site-"), "{path} misses a text");
        assert!(
            !html.contains("<script") && !html.contains("style=\""),
            "{path}"
        );
        assert!(!html.to_lowercase().contains("repräsentativ"), "{path}");
    }
}

#[test]
fn every_link_leads_somewhere() {
    let files = files();
    let beside: BTreeSet<String> = crate::data::write(&sample::edition(), "")
        .unwrap()
        .into_keys()
        .map(|name| format!("../data/{name}"))
        .chain(["../handreichung.pdf".to_owned()])
        .collect();
    for (path, html) in html() {
        for part in html.split(" href=\"").skip(1) {
            let href = part.split('"').next().unwrap();
            if href.starts_with("data:") || href.starts_with("mailto:") {
                continue;
            }
            assert!(
                !href.starts_with('/') && !href.contains("://"),
                "{path}: {href} is not relative"
            );
            let (file, anchor) = href.split_once('#').unwrap_or((href, ""));
            let mut at: Vec<&str> = path.split('/').collect();
            at.pop();
            for step in file.split('/').filter(|s| !s.is_empty()) {
                if step == ".." && at.last().is_some_and(|last| *last != "..") {
                    at.pop();
                } else {
                    at.push(step);
                }
            }
            let target = if file.is_empty() {
                path.clone()
            } else {
                at.join("/")
            };
            assert!(
                files.contains_key(&target) || beside.contains(&target),
                "{path}: {href} leads to {target}"
            );
            if !anchor.is_empty() {
                assert!(
                    files[&target].contains(&format!("id=\"{anchor}\"")),
                    "{path}: no place {href}"
                );
            }
        }
    }
}

#[test]
fn ids_are_unique_and_headings_leave_no_level_out() {
    for (path, html) in html() {
        let mut seen = BTreeSet::new();
        for part in html.split(" id=\"").skip(1) {
            let id = part.split('"').next().unwrap();
            assert!(seen.insert(id.to_owned()), "{path}: {id} twice");
        }
        for part in html.split("aria-labelledby=\"").skip(1) {
            for id in part.split('"').next().unwrap().split(' ') {
                assert!(seen.contains(id), "{path}: {id} is nowhere");
            }
        }
        let mut level = 0;
        for (at, _) in html.match_indices("<h") {
            let Some(next) = html[at + 2..].chars().next().and_then(|c| c.to_digit(10)) else {
                continue;
            };
            assert!(next <= level + 1, "{path}: h{next} behind h{level}");
            level = next;
        }
        assert_eq!(html.matches("<h1").count(), 1, "{path}");
    }
}

#[test]
fn tables_have_heads_and_captions() {
    for (path, html) in html() {
        let tables = html.matches("<table").count();
        assert_eq!(html.matches("<caption").count(), tables, "{path}");
        assert!(html.matches("scope=\"col\"").count() >= tables, "{path}");
        assert!(html.matches("scope=\"row\"").count() >= tables, "{path}");
    }
}

#[test]
fn no_percent_on_the_site_that_was_not_released() {
    let release = sample::release();
    let mut right = BTreeSet::from([10, 90, 100]);
    for row in release.findings.iter().flat_map(|f| &f.rows) {
        for cell in row.cells.iter().chain(&row.top_two) {
            if let ReleasedCell::Percent { value, interval } = cell {
                right.insert(u32::from(*value));
                right.extend(
                    interval
                        .iter()
                        .flat_map(|(l, h)| [u32::from(*l), u32::from(*h)]),
                );
            }
        }
    }
    let mut checked = 0;
    for (path, html) in html().filter(|(path, _)| path != "methode.html") {
        let words = words(&html).replace('\u{a0}', " ");
        for (at, _) in words.match_indices(" %") {
            let digits: String = words[..at]
                .chars()
                .rev()
                .take_while(char::is_ascii_digit)
                .collect();
            let number: u32 = digits.chars().rev().collect::<String>().parse().unwrap();
            assert!(right.contains(&number), "{path}: {number} %");
            checked += 1;
        }
    }
    assert!(checked > 100, "{checked}");
}

#[test]
fn the_stylesheet_is_light_and_asks_no_other_host() {
    let css = include_str!("../../site/site.css");
    assert!(css.len() < 15_000, "{}", css.len());
    assert!(!css.contains("url(") && !css.contains("@import"));
}

#[test]
fn same_edition_same_bytes() {
    assert_eq!(files(), files());
}
