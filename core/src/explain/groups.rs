//! The groups of causes that explain each part of a delivery.

use super::part::Group;
use super::received::{
    Address, Body, HeaderValue, Name, Request, Secret, SignedContent, SignedMoment, Timestamp,
    WrittenDigest,
};
use super::{
    address, body_bytes, body_encoding, body_envelope, body_json, clock, header, secret, signature,
};

pub(super) const BODY: &[&Group<Body>] =
    &[&body_bytes::GROUP, &body_json::GROUP, &body_encoding::GROUP, &body_envelope::GROUP];

pub(super) const SECRET: &[&Group<Secret>] = &[&secret::GROUP];

pub(super) const PUBLIC_KEY: &[&Group<Secret>] = &[&secret::PUBLIC_KEYS];

/// The causes for which no webhook can be built with a secret.
pub(super) const REFUSED_SECRET: &[&Group<Secret>] = &[&secret::REFUSALS];

pub(super) const REQUEST: &[&Group<Request>] = &[&signature::REQUEST, &header::REQUEST];

pub(super) const ADDRESS: &[&Group<Address>] = &[&address::GROUP];

pub(super) const NAME: &[&Group<Name>] = &[&header::NAMES];

pub(super) const VALUE: &[&Group<HeaderValue>] = &[&signature::VALUES, &header::VALUES];

pub(super) const DIGEST: &[&Group<WrittenDigest>] = &[&signature::DIGESTS];

pub(super) const CONTENT: &[&Group<SignedContent>] = &[&signature::CONTENTS];

pub(super) const TIMESTAMP: &[&Group<Timestamp>] = &[&clock::TIMESTAMPS];

pub(super) const SIGNED_MOMENT: &[&Group<SignedMoment>] = &[&clock::SIGNED];
