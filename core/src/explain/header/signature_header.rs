//! Headers that came under other names.

use super::super::FindingCode;
use super::super::came::{CameHeaders, CameName, Name, Named, Request};
use super::super::cause::Cause;
use super::super::part::{Symptom, Weight};

pub(super) const SYMPTOM: Symptom<Name> =
    Symptom { code: FindingCode::SignatureHeader, weight: Weight::Unusual, shows };

pub(super) const IN_REQUEST: Symptom<Request> = Symptom {
    code: FindingCode::SignatureHeader,
    weight: Weight::Unusual,
    shows: shows_in_request,
};

fn shows(came: &CameName<'_>) -> Option<String> {
    let named = came.header.named(came.names);
    matches!(named, Named::Extended | Named::Otherwise).then(|| came.renaming())
}

fn shows_in_request(came: &CameHeaders<'_>) -> Option<String> {
    came.in_names(shows)
}

/// That the right signature stands where it does not count.
pub(in crate::explain) fn not_the_first() -> Cause {
    let evidence = "another of the scheme's headers or forms holds the right signature, and only \
                    the first that is there counts";
    Cause::new(FindingCode::SignatureHeader, evidence)
}
