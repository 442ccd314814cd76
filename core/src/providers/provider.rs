//! A known provider, as its folder describes it.

use std::time::Duration;

/// A known provider and what it documents.
#[derive(Clone, Copy, Debug)]
pub struct Provider {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) aliases: &'static [&'static str],
    #[cfg(feature = "catalogue")]
    pub(super) category: &'static str,
    #[cfg(feature = "catalogue")]
    pub(super) evidence: Evidence,
    #[cfg(feature = "catalogue")]
    pub(super) source: &'static str,
    #[cfg(feature = "explain")]
    pub(super) is_common: bool,
    #[cfg(feature = "explain")]
    pub(super) signature_headers: &'static [&'static str],
    /// Its scheme, in the compact form.
    pub(super) scheme: &'static [u8],
    pub(super) retries: Option<&'static [u64]>,
    pub(super) largest_body: Option<usize>,
}

/// How sure it is that a provider signs as its scheme says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Evidence {
    /// The provider's own documentation, library or tests have a delivery with its secret and its
    /// signature, which is among the samples and verifies.
    Proven,
    /// The provider's documentation says it.
    Documented,
    /// The documentation does not say it; the provider's note says what is assumed.
    Assumed,
}

impl Evidence {
    /// Returns the word for it, such as `proven`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Proven => "proven",
            Self::Documented => "documented",
            Self::Assumed => "assumed",
        }
    }
}

/// A sample delivery of a provider, signed with a public secret.
#[cfg(feature = "catalogue")]
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// The event's type, such as `policy.created`.
    pub event_type: &'static str,
    /// The delivery in the form of the conformance vectors: JSON with `secrets`, `headers`, `body`
    /// and the expected result.
    pub json: &'static str,
}

impl Provider {
    /// Returns the provider's name, which [`Webhook::new`](crate::Webhook::new) takes.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the name as the provider writes it, such as `KASKO`.
    #[must_use]
    pub fn title(&self) -> &'static str {
        self.title
    }

    /// Returns the other names that [`Webhook::new`](crate::Webhook::new) takes for it.
    #[must_use]
    pub fn aliases(&self) -> &'static [&'static str] {
        self.aliases
    }

    /// Returns `true` if its way to sign is a common one, which others may have too.
    #[cfg(feature = "explain")]
    pub(crate) fn is_common(&self) -> bool {
        self.is_common
    }

    /// Returns the names of the headers that may have its signature.
    #[cfg(feature = "explain")]
    pub(crate) fn signature_headers(&self) -> &'static [&'static str] {
        self.signature_headers
    }

    /// Returns the documented waits before each retry, without reading the catalogue.
    pub(crate) fn retries(&self) -> Option<impl Iterator<Item = Duration>> {
        self.retries.map(|waits| waits.iter().copied().map(Duration::from_secs))
    }
}

#[cfg(feature = "catalogue")]
impl Provider {
    /// Returns what the provider does, in a word such as `insurance` or `payments`.
    #[must_use]
    pub fn category(&self) -> &'static str {
        self.category
    }

    /// Returns how sure it is that the provider signs as its scheme says.
    #[must_use]
    pub fn evidence(&self) -> Evidence {
        self.evidence
    }

    /// Returns the address of the page that documents how the provider signs.
    #[must_use]
    pub fn source(&self) -> &'static str {
        self.source
    }
}
