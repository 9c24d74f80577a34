//! Fills in `<form id="bogen">` as a plain walker would, knowing nothing of the questionnaire.

use std::collections::BTreeSet;

/// A control of the form.
struct Control {
    kind: String,
    name: String,
    value: String,
    checked: bool,
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let needle = format!(" {name}=\"");
    let start = tag.find(&needle)? + needle.len();
    let end = tag[start..].find('"')? + start;
    Some(
        tag[start..end]
            .replace("&quot;", "\"")
            .replace("&#34;", "\"")
            .replace("&#39;", "'")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
            .replace("&#38;", "&"),
    )
}

/// The address that the form posts to: its `action`, else the page itself.
pub fn action(html: &str, page: &str) -> String {
    let form = tag_of(html).unwrap_or_default();
    attribute(form, "action")
        .filter(|a| !a.is_empty())
        .unwrap_or_else(|| page.to_owned())
}

/// Whether the form sends its fields in parts, since it takes files.
pub fn in_parts(html: &str) -> bool {
    tag_of(html).is_some_and(|tag| tag.contains("multipart/form-data"))
}

/// The selects of the form with the values that can be chosen in each.
pub fn selects(html: &str) -> Vec<(String, Vec<String>)> {
    let form = inner(html).unwrap_or_default();
    let of = |part: &str| {
        let part = part.split("</select>").next()?;
        let name = attribute(part.split('>').next()?, "name")?;
        let options = part.split("<option").skip(1);
        let values = options.filter_map(|option| attribute(option.split('>').next()?, "value"));
        Some((name, values.filter(|value| !value.is_empty()).collect()))
    };
    form.split("<select").skip(1).filter_map(of).collect()
}

fn tag_of(html: &str) -> Option<&str> {
    let at = html.find("id=\"bogen\"")?;
    let start = html[..at].rfind("<form")?;
    let end = html[start..].find('>')? + start;
    Some(&html[start..=end])
}

fn inner(html: &str) -> Option<&str> {
    let tag = tag_of(html)?;
    let start = html.find(tag)? + tag.len();
    let end = html[start..].find("</form>")? + start;
    Some(&html[start..end])
}

/// The hidden fields of the form: what its writer saw.
pub fn hidden(html: &str) -> Vec<(String, String)> {
    let tags = inner(html).unwrap_or_default().split('<');
    tags.filter(|tag| attribute(tag, "type").as_deref() == Some("hidden"))
        .filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value")?)))
        .collect()
}

/// The fields a walker sends: what stands, the option `choose(name, count)` of each group of radio buttons that has
/// none yet, a number or text for what can be typed, and the first submit button. `None` without such a form.
pub fn fill(
    html: &str,
    choose: &mut dyn FnMut(&str, usize) -> usize,
) -> Option<Vec<(String, String)>> {
    let form = inner(html)?;
    let mut controls = Vec::new();
    let mut button = None;
    for (at, _) in form.match_indices('<') {
        let Some(end) = form[at..].find('>') else {
            continue;
        };
        let tag = &form[at..=at + end];
        let name = attribute(tag, "name").unwrap_or_default();
        if tag.starts_with("<input") {
            controls.push(Control {
                kind: attribute(tag, "type").unwrap_or_else(|| "text".into()),
                name,
                value: attribute(tag, "value").unwrap_or_default(),
                checked: tag.contains(" checked"),
            });
        } else if tag.starts_with("<textarea") || tag.starts_with("<select") {
            controls.push(Control {
                kind: "textarea".into(),
                name,
                value: String::new(),
                checked: false,
            });
        } else if tag.starts_with("<button") && button.is_none() {
            button = Some((name, attribute(tag, "value").unwrap_or_default()));
        }
    }
    let mut fields: Vec<(String, String)> = Vec::new();
    let mut seen = BTreeSet::new();
    for control in controls.iter().filter(|c| !c.name.is_empty()) {
        match control.kind.as_str() {
            "radio" => {
                if !seen.insert(control.name.clone()) {
                    continue;
                }
                let group: Vec<&Control> = controls
                    .iter()
                    .filter(|c| c.kind == "radio" && c.name == control.name)
                    .collect();
                let chosen = group.iter().position(|c| c.checked);
                let chosen = chosen
                    .unwrap_or_else(|| choose(&control.name, group.len()).min(group.len() - 1));
                // "weiß nicht" beside a number or a text stays open: the walker types something instead.
                if !control.name.ends_with(".special") {
                    fields.push((control.name.clone(), group[chosen].value.clone()));
                }
            }
            "checkbox"
                if seen.insert(control.name.clone()) && !control.name.ends_with(".special") =>
            {
                fields.push((control.name.clone(), control.value.clone()));
            }
            "hidden" => fields.push((control.name.clone(), control.value.clone())),
            "email" => fields.push((control.name.clone(), String::new())),
            "text" if control.value.is_empty() && !control.name.contains("praxis") => {
                fields.push((control.name.clone(), "12".into()));
            }
            "text" | "textarea" => fields.push((control.name.clone(), control.value.clone())),
            _ => {}
        }
    }
    if let Some((name, value)) = button.filter(|(name, _)| !name.is_empty()) {
        fields.push((name, value));
    }
    Some(fields)
}
