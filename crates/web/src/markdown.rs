//! Markdown of the instance's texts as HTML. Raw HTML in it is shown, not obeyed.

use pulldown_cmark::{Event, Options, Parser, html::push_html};

/// The text as HTML.
pub(crate) fn html(markdown: &str) -> String {
    let parser = Parser::new_ext(markdown, Options::ENABLE_TABLES);
    let harmless = parser.map(|event| match event {
        Event::Html(raw) | Event::InlineHtml(raw) => Event::Text(raw),
        other => other,
    });
    let mut page = String::new();
    push_html(&mut page, harmless);
    page
}

#[cfg(test)]
mod tests {
    use super::html;

    #[test]
    fn raw_html_is_shown_and_not_obeyed() {
        assert_eq!(html("# A\n\n*b*"), "<h1>A</h1>\n<p><em>b</em></p>\n");
        assert!(!html("<script>x</script>").contains("<script>"));
    }
}
