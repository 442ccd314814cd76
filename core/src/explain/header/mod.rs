//! The request's headers: their names, how often they came, and which are missing.

mod header_joined;
mod header_underscores;
mod headers_stripped;
mod signature_header;

pub(super) use signature_header::not_the_first;

use super::part::Group;
use super::received::{HeaderValue, Name, Request};

pub(super) const NAMES: Group<Name> =
    Group { candidates: &[], symptoms: &[header_underscores::SYMPTOM, signature_header::SYMPTOM] };

pub(super) const VALUES: Group<HeaderValue> =
    Group { candidates: &[header_joined::CANDIDATES], symptoms: &[] };

pub(super) const REQUEST: Group<Request> = Group {
    candidates: &[],
    symptoms: &[
        headers_stripped::SYMPTOM,
        header_underscores::IN_REQUEST,
        signature_header::IN_REQUEST,
        header_joined::SYMPTOM,
    ],
};
