//! The URL, where a sender signs it: what proxies and frameworks make of it.

mod origins;
mod targets;
mod url_rewritten;

use super::part::Group;
use super::received::Address;

pub(super) const GROUP: Group<Address> =
    Group { candidates: &[url_rewritten::CANDIDATES], symptoms: &[] };
