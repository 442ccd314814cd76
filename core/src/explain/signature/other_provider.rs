//! Deliveries of another provider's.

use super::super::FindingCode;
use super::super::cause::Cause;
use super::super::part::{Symptom, Weight};
use super::super::received::{GivenHeader, Named, ReceivedHeaders, Request};
use crate::headers::HeaderName;
use crate::scheme::{Compiled, Layout};

/// Another provider's own header.
pub(super) const HEADER: Symptom<Request> =
    Symptom { code: FindingCode::OtherProvider, weight: Weight::Certain, shows: shows_header };

/// Another provider's way of writing signatures, in the scheme's header.
pub(super) const STYLE: Symptom<Request> =
    Symptom { code: FindingCode::OtherProvider, weight: Weight::Unusual, shows: shows_style };

/// Returns the cause that a signature is right by another provider's scheme.
pub(in crate::explain) fn matched(header: &GivenHeader, other: &Compiled) -> Cause {
    let evidence = format!(
        "`{}` holds a signature as {} writes it, and it matches by that scheme",
        header.display(),
        other.title
    );
    Cause::new(FindingCode::OtherProvider, evidence)
}

fn shows_header(received: &ReceivedHeaders<'_>) -> Option<String> {
    let (header, other) = received.others_signature()?;
    let (name, title) = (header.display(), other.title());
    Some(format!(
        "`{name}` is the signature header of {title}, and its value is as {title} writes it"
    ))
}

fn shows_style(received: &ReceivedHeaders<'_>) -> Option<String> {
    if !received.has_signature() || is_well_formed(received) {
        return None;
    }
    received.others.iter().find_map(|other| style_of(other.compiled(), received))
}

fn is_well_formed(received: &ReceivedHeaders<'_>) -> bool {
    received.scheme.compiled().signatures.iter().any(|expected| {
        let named = |header: &&GivenHeader| header.named(&expected.names) < Named::Otherwise;
        let mut headers = received.given.headers.iter().filter(named);
        headers.any(|h| expected.forms.iter().any(|form| form.read(&h.value).is_some()))
    })
}

/// Another provider's way of writing a signature, if it is a peculiar one.
fn style_of(other: &Compiled, received: &ReceivedHeaders<'_>) -> Option<String> {
    let own = received.scheme.compiled();
    let names: Vec<HeaderName> = own.signature_names().cloned().collect();
    let header =
        received.given.headers.iter().find(|header| header.named(&names) < Named::Otherwise)?;
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
