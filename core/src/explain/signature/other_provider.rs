//! Deliveries of another provider's.

use super::super::FindingCode;
use super::super::came::{CameHeaders, GivenHeader, Named, Request};
use super::super::cause::Cause;
use super::super::part::{Symptom, Weight};
use crate::headers::HeaderName;
use crate::scheme::{Compiled, Layout};

/// Another provider's own header.
pub(super) const HEADER: Symptom<Request> =
    Symptom { code: FindingCode::OtherProvider, weight: Weight::Certain, shows: shows_header };

/// Another provider's way of writing signatures, in the scheme's header.
pub(super) const STYLE: Symptom<Request> =
    Symptom { code: FindingCode::OtherProvider, weight: Weight::Unusual, shows: shows_style };

/// That a signature is right by another provider's scheme.
pub(in crate::explain) fn matched(header: &GivenHeader, other: &Compiled) -> Cause {
    let evidence = format!(
        "`{}` holds a signature as {} writes it, and it matches by that scheme",
        header.display(),
        other.title
    );
    Cause::new(FindingCode::OtherProvider, evidence)
}

fn shows_header(came: &CameHeaders<'_>) -> Option<String> {
    let (header, other) = came.others_signature()?;
    let (name, title) = (header.display(), other.title());
    Some(format!(
        "`{name}` is the signature header of {title}, and its value is as {title} writes it"
    ))
}

fn shows_style(came: &CameHeaders<'_>) -> Option<String> {
    if !came.has_signature() || is_well_formed(came) {
        return None;
    }
    came.others.iter().find_map(|other| style_of(other.compiled(), came))
}

fn is_well_formed(came: &CameHeaders<'_>) -> bool {
    came.scheme.compiled().signatures.iter().any(|expected| {
        let named = |header: &&GivenHeader| header.named(&expected.names) < Named::Otherwise;
        let mut headers = came.given.headers.iter().filter(named);
        headers.any(|h| expected.forms.iter().any(|form| form.read(&h.value).is_some()))
    })
}

/// Another provider's way of writing a signature, if it is a peculiar one.
fn style_of(other: &Compiled, came: &CameHeaders<'_>) -> Option<String> {
    let own = came.scheme.compiled();
    let names: Vec<HeaderName> = own.signature_names().cloned().collect();
    let header =
        came.given.headers.iter().find(|header| header.named(&names) < Named::Otherwise)?;
    let mut forms = other.signatures.iter().flat_map(|expected| &expected.forms);
    forms.find(|form| {
        let is_peculiar = !matches!(form.layout, Layout::Single { .. });
        is_peculiar && form.read(&header.value).is_some()
    })?;
    Some(format!(
        "`{}` holds a {}-style signature, which is not {}'s form",
        header.display(),
        other.title,
        own.title
    ))
}
