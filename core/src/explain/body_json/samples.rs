//! How a known provider writes its bodies.

use super::traces::{Spacing, Traces};
use crate::providers::Provider;
use crate::scheme::Scheme;

/// A provider's documented bodies; none if the scheme is not a known provider's.
pub(super) struct Samples(Vec<String>);

impl Samples {
    pub(super) fn of(scheme: &Scheme) -> Self {
        let provider = crate::providers::providers().find(|known| known.name() == scheme.name());
        Self(provider.map(Self::bodies).unwrap_or_default())
    }

    fn bodies(provider: &'static Provider) -> Vec<String> {
        #[derive(serde::Deserialize)]
        struct Sample {
            body: String,
        }
        let samples = provider.samples().iter();
        let bodies = samples.filter_map(|sample| serde_json::from_str::<Sample>(sample.json).ok());
        bodies.map(|sample| sample.body).collect()
    }

    /// How the text is spaced, if a serialiser spaces it so and none of the samples is so.
    pub(super) fn unusual_spacing(&self, text: &str) -> Option<&'static str> {
        let spacing = Spacing::of(text)?;
        let is_unusual = !self.0.is_empty()
            && spacing.is_a_serialisers(text)
            && self.0.iter().all(|sample| Spacing::of(sample).is_some_and(|s| s != spacing));
        is_unusual.then(|| spacing.description())
    }

    pub(super) fn none_is_sorted(&self) -> bool {
        let is_sorted = |sample: &String| {
            let traces = Traces::of(sample);
            traces.is_sorted && traces.sorted_keys > 1
        };
        !self.0.is_empty() && !self.0.iter().any(is_sorted)
    }
}
