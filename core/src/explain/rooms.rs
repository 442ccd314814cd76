//! Which rooms explain which part of a delivery.

use super::came::{
    Body, HeaderValue, Name, Request, Secret, SignedContent, SignedMoment, Timestamp, WrittenDigest,
};
use super::part::Room;
use super::{
    body_bytes, body_encoding, body_envelope, body_json, clock, header, secret, signature,
};

pub(super) const BODY: &[&Room<Body>] =
    &[&body_bytes::ROOM, &body_json::ROOM, &body_encoding::ROOM, &body_envelope::ROOM];

pub(super) const SECRET: &[&Room<Secret>] = &[&secret::ROOM];

/// Why no webhook can be built with a secret.
pub(super) const REFUSED_SECRET: &[&Room<Secret>] = &[&secret::REFUSALS];

pub(super) const REQUEST: &[&Room<Request>] = &[&signature::REQUEST, &header::REQUEST];

pub(super) const NAME: &[&Room<Name>] = &[&header::NAMES];

pub(super) const VALUE: &[&Room<HeaderValue>] = &[&signature::VALUES, &header::VALUES];

pub(super) const DIGEST: &[&Room<WrittenDigest>] = &[&signature::DIGESTS];

pub(super) const CONTENT: &[&Room<SignedContent>] = &[&signature::CONTENTS];

pub(super) const TIMESTAMP: &[&Room<Timestamp>] = &[&clock::TIMESTAMPS];

pub(super) const SIGNED_MOMENT: &[&Room<SignedMoment>] = &[&clock::SIGNED];
