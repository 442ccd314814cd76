//! A delivery: headers and a body.

/// A delivery as it came, or as it is to be sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Delivery {
    pub(crate) body: Vec<u8>,
    /// In their order, as they were written, each as often as it was given.
    pub(crate) headers: Vec<(String, Vec<u8>)>,
}
