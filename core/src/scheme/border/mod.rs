//! The check that the borders between signed values cannot be moved.
//!
//! What is signed is one text, made of parts. If two deliveries with different values gave the same
//! text, whoever has seen the one could send the other with its signature. A scheme is safe if its
//! texts can be taken apart in one way only, and no text of one form is a text of another that is
//! signed with the same key and algorithm. The README of the providers has the argument in full.

mod byte_set;
mod forms;
mod part;
mod settle;
#[cfg(test)]
mod tests;

pub(crate) use byte_set::ByteSet;
pub(in crate::scheme) use forms::are_told_apart;
pub(in crate::scheme) use part::Part;
pub(in crate::scheme) use settle::{Unsettled, settle};
