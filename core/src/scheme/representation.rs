//! The byte strings that a sender may have signed for a body.

use std::borrow::Cow;

use hookseal_json::to_ecmascript;

/// One way from a body to the bytes that stand for it in what is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Representation {
    /// The bytes as they are sent.
    Raw,
    /// The output of `JSON.stringify` for the body, whatever bytes are sent.
    Ecmascript,
}

impl Representation {
    /// The bytes, `None` if the body has no such representation.
    pub(crate) fn of(self, body: &[u8]) -> Option<Cow<'_, [u8]>> {
        match self {
            Self::Raw => Some(Cow::Borrowed(body)),
            Self::Ecmascript => {
                let json = to_ecmascript(simdutf8::basic::from_utf8(body).ok()?).ok()?;
                let unchanged = json.as_bytes() == body;
                Some(if unchanged { Cow::Borrowed(body) } else { Cow::Owned(json.into_bytes()) })
            }
        }
    }
}
