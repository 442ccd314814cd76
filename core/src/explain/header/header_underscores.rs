//! Names of headers that were written with underscores.

use super::super::FindingCode;
use super::super::part::{Symptom, Weight};
use super::super::received::{CameName, Name, Named, ReceivedHeaders, Request};

pub(super) const SYMPTOM: Symptom<Name> =
    Symptom { code: FindingCode::HeaderUnderscores, weight: Weight::Unusual, shows };

pub(super) const IN_REQUEST: Symptom<Request> = Symptom {
    code: FindingCode::HeaderUnderscores,
    weight: Weight::Unusual,
    shows: shows_in_request,
};

fn shows(received: &CameName<'_>) -> Option<String> {
    (received.header.named(received.names) == Named::Rewritten).then(|| received.renaming())
}

fn shows_in_request(received: &ReceivedHeaders<'_>) -> Option<String> {
    received.in_names(shows)
}
