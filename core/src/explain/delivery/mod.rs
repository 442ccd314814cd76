//! What a delivery's headers may have signed: the scheme read leniently.

mod deviation;
mod given;
mod question;
mod shape;
mod text;
mod token;
mod value;

pub(super) use given::Given;
pub(super) use question::{Question, questions};
pub(super) use shape::{contradicting, missing, seen};
pub(super) use text::unit_of;
