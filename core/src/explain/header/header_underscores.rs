//! Names of headers that were written with underscores.

use super::super::FindingCode;
use super::super::came::{CameHeaders, CameName, Name, Named, Request};
use super::super::part::{Symptom, Weight};

pub(super) const SYMPTOM: Symptom<Name> =
    Symptom { code: FindingCode::HeaderUnderscores, weight: Weight::Unusual, shows };

pub(super) const IN_REQUEST: Symptom<Request> = Symptom {
    code: FindingCode::HeaderUnderscores,
    weight: Weight::Unusual,
    shows: shows_in_request,
};

fn shows(came: &CameName<'_>) -> Option<String> {
    (came.header.named(came.names) == Named::Rewritten).then(|| came.renaming())
}

fn shows_in_request(came: &CameHeaders<'_>) -> Option<String> {
    came.in_names(shows)
}
