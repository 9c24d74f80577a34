//! Blocks as HTML.

use std::fmt::Write as _;

use super::{Block, Inline};
use crate::document::Figure;

/// The blocks as HTML; `figure` writes a chart. `raise` is added to the level of headings (0: they start at `<h2>`).
pub fn to_html(blocks: &[Block], raise: u8, figure: &dyn Fn(&Figure) -> String) -> String {
    let mut html = String::new();
    for block in blocks {
        match block {
            Block::Heading { level, content } => {
                let level = (level + raise).min(6);
                let _ = writeln!(html, "<h{level}>{}</h{level}>", inline(content));
            }
            Block::Paragraph { content } => {
                let _ = writeln!(html, "<p>{}</p>", inline(content));
            }
            Block::List { ordered, items } => {
                let tag = if *ordered { "ol" } else { "ul" };
                let _ = writeln!(html, "<{tag}>");
                for item in items {
                    let inner = match item.as_slice() {
                        [Block::Paragraph { content }] => inline(content),
                        blocks => to_html(blocks, raise, figure),
                    };
                    let _ = writeln!(html, "<li>{inner}</li>");
                }
                let _ = writeln!(html, "</{tag}>");
            }
            Block::Quote { content } => {
                let _ = writeln!(
                    html,
                    "<blockquote>\n{}</blockquote>",
                    to_html(content, raise, figure)
                );
            }
            Block::Figure { figure: chart } => html.push_str(&figure(chart)),
        }
    }
    html
}

fn inline(content: &[Inline]) -> String {
    let mut html = String::new();
    for part in content {
        match part {
            Inline::Text { text } => html.push_str(&escape(text)),
            Inline::Emphasis { content } => {
                let _ = write!(html, "<em>{}</em>", inline(content));
            }
            Inline::Strong { content } => {
                let _ = write!(html, "<strong>{}</strong>", inline(content));
            }
            Inline::Link { url, content } => {
                let _ = write!(html, "<a href=\"{}\">{}</a>", escape(url), inline(content));
            }
            Inline::Break => html.push_str("<br>\n"),
        }
    }
    html
}

/// Words as HTML text or attribute.
pub fn escape(words: &str) -> String {
    crate::charts::escaped(words)
}
