//! An event and the body that it borrows from, as one value.

use hookseal::Event;
use self_cell::self_cell;

use crate::text::Text;

self_cell! {
    /// The core's event of a delivery, with what the delivery came with. Its event has another body
    /// if that was rewritten.
    pub(crate) struct Verified {
        owner: Text,
        #[covariant]
        dependent: Event,
    }
}
