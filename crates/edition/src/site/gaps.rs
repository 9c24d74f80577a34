//! Where examples are missing: a table by size, a map and a table by Länder.

use askama::Template;

use super::frame::{Area, Frame, Site};
use super::parts;
use crate::charts::{Medium, gap_tiles};
use crate::document::PlainChart;
use crate::gaps;

/// The page's file, in the folder of the results.
pub(super) const FILE: &str = "luecken.html";

#[derive(Template)]
#[template(path = "gaps.html")]
struct GapsPage {
    frame: Frame,
    classes: String,
    laender: Option<String>,
    maps: Vec<PlainChart>,
}

/// The page; `None` when the edition was frozen without gaps.
pub(super) fn page(site: &Site<'_>) -> Option<askama::Result<String>> {
    let found = gaps::of(site.edition)?;
    let fields = &site.edition.fields;
    let mut tables = gaps::tables(site.lang, fields, &found, Medium::Screen).into_iter();
    let mut shown = || {
        let table = tables.next()?;
        Some(parts::table(&table, &table.id, &table.caption))
    };
    let page = GapsPage {
        frame: site.frame_below(Area::Results, site.t("gaps-title"), Vec::new()),
        classes: shown().unwrap_or_default(),
        laender: shown(),
        maps: gaps::fields_of(&found.laender, fields)
            .into_iter()
            .map(|field| gap_tiles(site.lang, fields, &found, field, Medium::Screen))
            .collect(),
    };
    Some(page.render())
}

/// Words of the link to the page, where there is one.
pub(super) fn link(site: &Site<'_>) -> Option<String> {
    gaps::of(site.edition).map(|_| site.t("gaps-link"))
}
