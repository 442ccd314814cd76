//! The parts of a delivery as they came.

mod body;
mod header;
mod secret;
mod signature;
mod timestamp;

pub(super) use body::{Body, CameBody, is_object};
pub(super) use header::{
    CameHeaders, CameName, CameValue, Given, GivenHeader, HeaderValue, Name, Named, Request,
};
pub(super) use secret::{CameSecret, Material, Secret};
pub(super) use signature::{CameContent, CameDigest, SignedContent, WrittenDigest};
pub(super) use timestamp::{Moment, SignedMoment, Timestamp};
