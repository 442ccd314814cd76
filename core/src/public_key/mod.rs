//! Public keys, and the signatures that they check.

mod der;
#[cfg(feature = "ecdsa")]
mod ecdsa;
#[cfg(feature = "ed25519")]
mod ed25519;
mod jwk;
mod key;
mod kind;
mod material;
mod message;
mod new_pair;
mod pem;
mod read;
#[cfg(feature = "rsa")]
mod rsa;
mod text;

pub(crate) use self::key::PublicKey;
pub(crate) use self::kind::PublicAlgorithm;
pub(crate) use self::message::Message;
pub(crate) use self::new_pair::new_pair;
pub(crate) use self::read::{KeySet, read_private, read_public};
pub(crate) use self::text::{Shape, shape};
