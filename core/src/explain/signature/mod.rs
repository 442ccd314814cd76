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

use super::part::Group;
use super::received::{HeaderValue, Request, SignedContent, WrittenDigest};

pub(super) const VALUES: Group<HeaderValue> =
    Group { candidates: &[signature_decorated::CANDIDATES], symptoms: &[] };

pub(super) const DIGESTS: Group<WrittenDigest> = Group {
    candidates: &[],
    symptoms: &[
        signature_algorithm::SYMPTOM,
        signature_encoding::SYMPTOM,
        signature_prefix::SYMPTOM,
        signature_decorated::AFTER_DIGEST,
        signature_truncated::SYMPTOM,
    ],
};

pub(super) const CONTENTS: Group<SignedContent> =
    Group { candidates: &[signed_content::CANDIDATES], symptoms: &[] };

pub(super) const REQUEST: Group<Request> =
    Group { candidates: &[], symptoms: &[other_provider::HEADER, other_provider::STYLE] };
