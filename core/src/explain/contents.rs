//! What senders sign, besides what a scheme says.

use crate::scheme::{Content, Scheme};

/// The commonest first.
const TEMPLATES: [&str; 17] = [
    "{body}",
    "{timestamp}.{body}",
    "{id}.{timestamp}.{body}",
    "{timestamp}{body}",
    "{timestamp}:{body}",
    "{body}{timestamp}",
    "{body}.{timestamp}",
    "{body}:{timestamp}",
    "v0:{timestamp}:{body}",
    "v1:{timestamp}:{body}",
    "{timestamp}\n{body}",
    "{timestamp}_{body}",
    "{timestamp}|{body}",
    "{id}.{body}",
    "{id}{timestamp}{body}",
    "{timestamp}.{id}.{body}",
    "{id}:{timestamp}:{body}",
];

/// All of them, and those of the known schemes.
pub(super) fn contents(schemes: &[Scheme]) -> Vec<Content> {
    let common = TEMPLATES.into_iter().filter_map(|template| Content::parse(template).ok());
    let known = schemes.iter().flat_map(|scheme| &scheme.compiled().signatures);
    let known = known.flat_map(|header| &header.forms).map(|form| form.content.clone());
    let mut contents: Vec<Content> = Vec::new();
    for content in common.chain(known) {
        if !contents.contains(&content) {
            contents.push(content);
        }
    }
    contents
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_is_one() {
        assert_eq!(contents(&[]).len(), TEMPLATES.len());
    }
}
