//! The parts of a delivery as they were received.

mod address;
mod body;
mod header;
mod secret;
mod signature;
mod timestamp;

pub(super) use address::{Address, ReceivedAddress};
pub(super) use body::{Body, ReceivedBody, is_object};
pub(super) use header::{
    CameName, CameValue, Given, GivenHeader, HeaderValue, Name, Named, ReceivedHeaders, Request,
};
pub(super) use secret::{Material, ReceivedSecret, Secret};
pub(super) use signature::{ReceivedContent, ReceivedDigest, SignedContent, WrittenDigest};
pub(super) use timestamp::{Moment, SignedMoment, Timestamp};
