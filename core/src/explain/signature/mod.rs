//! The signature header's value: what stands round the digest, how it is written, and what it is of.

mod other_provider;
mod signature_algorithm;
mod signature_decorated;
mod signature_encoding;
mod signature_prefix;
mod signature_truncated;
mod signed_content;

pub(super) use other_provider::matched;
pub(super) use signature_decorated::unsigned;
pub(super) use signature_prefix::otherwise;
pub(super) use signed_content::contents;

use super::came::{HeaderValue, Request, SignedContent, WrittenDigest};
use super::part::Room;

pub(super) const VALUES: Room<HeaderValue> =
    Room { candidates: &[signature_decorated::CANDIDATES], symptoms: &[] };

pub(super) const DIGESTS: Room<WrittenDigest> = Room {
    candidates: &[],
    symptoms: &[
        signature_algorithm::SYMPTOM,
        signature_encoding::SYMPTOM,
        signature_prefix::SYMPTOM,
        signature_decorated::AFTER_DIGEST,
        signature_truncated::SYMPTOM,
    ],
};

pub(super) const CONTENTS: Room<SignedContent> =
    Room { candidates: &[signed_content::CANDIDATES], symptoms: &[] };

pub(super) const REQUEST: Room<Request> =
    Room { candidates: &[], symptoms: &[other_provider::HEADER, other_provider::STYLE] };
