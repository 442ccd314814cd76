//! Other content than the scheme's, or the same parts joined another way.

use core::ops::ControlFlow;

use super::super::FindingCode;
use super::super::part::{Candidates, Change, Effort, Offers};
use super::super::received::{ReceivedContent, SignedContent};
use crate::scheme::{Content, Scheme};

pub(super) const CANDIDATES: Candidates<SignedContent> =
    Candidates { code: FindingCode::SignedContent, effort: Effort::Read, offer };

fn offer(
    received: &ReceivedContent<'_>,
    offers: &mut Offers<'_, SignedContent>,
) -> ControlFlow<()> {
    for content in received.others {
        let is_possible = (received.has_timestamp || !content.has_timestamp())
            && (received.has_id || !content.has_id());
        if is_possible && content != received.own {
            let evidence = format!(
                "the signature matches over `{}`; the scheme signs `{}`",
                content.template(),
                received.own.template()
            );
            offers.offer(content.clone(), Change::Altered, evidence.replace('\n', "\\n"))?;
        }
    }
    ControlFlow::Continue(())
}

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

/// Returns the contents that senders sign: the usual ones, and those of the known schemes.
pub(in crate::explain) fn contents(schemes: &[Scheme]) -> Vec<Content> {
    let common = TEMPLATES.into_iter().filter_map(|template| Content::parse(template).ok());
    let known = schemes.iter().flat_map(|scheme| &scheme.compiled().signatures);
    let known = known.flat_map(|header| &header.forms);
    let known = known.filter(|form| form.envelope().is_none()).map(|form| form.content.clone());
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
