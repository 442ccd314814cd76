//! The request's headers: their names, how often they came, and which are missing.

mod header_joined;
mod header_underscores;
mod headers_stripped;
mod signature_header;

pub(super) use signature_header::not_the_first;

use super::came::{HeaderValue, Name, Request};
use super::part::Room;

pub(super) const NAMES: Room<Name> =
    Room { candidates: &[], symptoms: &[header_underscores::SYMPTOM, signature_header::SYMPTOM] };

pub(super) const VALUES: Room<HeaderValue> =
    Room { candidates: &[header_joined::CANDIDATES], symptoms: &[] };

pub(super) const REQUEST: Room<Request> = Room {
    candidates: &[],
    symptoms: &[
        headers_stripped::SYMPTOM,
        header_underscores::IN_REQUEST,
        signature_header::IN_REQUEST,
        header_joined::SYMPTOM,
    ],
};
