//! Headers that came under other names.

use super::super::FindingCode;
use super::super::cause::Cause;
use super::super::part::{Symptom, Weight};
use super::super::received::{CameName, Name, Named, ReceivedHeaders, Request};

pub(super) const SYMPTOM: Symptom<Name> =
    Symptom { code: FindingCode::SignatureHeader, weight: Weight::Unusual, shows };

pub(super) const IN_REQUEST: Symptom<Request> = Symptom {
    code: FindingCode::SignatureHeader,
    weight: Weight::Unusual,
    shows: shows_in_request,
};

fn shows(received: &CameName<'_>) -> Option<String> {
    let named = received.header.named(received.names);
    matches!(named, Named::Extended | Named::Otherwise).then(|| received.renaming())
}

fn shows_in_request(received: &ReceivedHeaders<'_>) -> Option<String> {
    received.in_names(shows)
}

/// Returns the cause that the right signature is where it does not count.
pub(in crate::explain) fn not_the_first() -> Cause {
    let evidence = "another of the scheme's headers or forms holds the right signature, and only \
                    the first that is there counts";
    Cause::new(FindingCode::SignatureHeader, evidence)
}
