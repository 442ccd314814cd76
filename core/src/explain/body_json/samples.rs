//! The style in which a known provider writes its bodies, from its samples.

use super::super::received::ReceivedBody;
use super::style::{Escapes, Layout, Style};
use super::traces::{Spacing, Traces, serialiser};
use super::writer::write;
use crate::providers::Provider;
use crate::scheme::Scheme;

/// A provider's documented bodies; none if the scheme is not a known provider's.
pub(super) struct Samples(Vec<String>);

impl Samples {
    pub(super) fn of(scheme: &Scheme) -> Self {
        Self(crate::providers::find(scheme.name()).map(Self::bodies).unwrap_or_default())
    }

    fn bodies(provider: &'static Provider) -> Vec<String> {
        #[derive(serde::Deserialize)]
        struct Sample {
            body: String,
        }
        let samples = provider.documented_samples().iter();
        let bodies = samples.filter_map(|json| serde_json::from_str::<Sample>(json).ok());
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

    /// Returns the layout of the samples, if all have the same.
    fn layout(&self) -> Option<Layout> {
        let mut spacings = self.0.iter().map(|sample| Spacing::of(sample));
        let first = spacings.next()??;
        let layout = match first {
            Spacing::Compact => Layout::Compact,
            Spacing::Spaced => Layout::Spaced,
            Spacing::Indented => return None,
        };
        spacings.all(|spacing| spacing == Some(first)).then_some(layout)
    }

    pub(super) fn none_is_sorted(&self) -> bool {
        let is_sorted = |sample: &String| {
            let traces = Traces::of(sample);
            traces.is_sorted && traces.sorted_keys > 1
        };
        !self.0.is_empty() && !self.0.iter().any(is_sorted)
    }
}

/// What a field takes at the least, as in `,"a":1`.
pub(super) const SHORTEST_FIELD: usize = 6;

/// How long the body would be as the sender writes, in each way to escape characters: `None` if that
/// is not known, the body is no serialiser's, or it is as long as what was sent.
pub(super) fn lengths(received: &ReceivedBody<'_>) -> Option<Vec<usize>> {
    let text = received.json().filter(|_| received.must_be_json() && !received.is_as_declared())?;
    serialiser(text)?;
    let layout = Samples::of(received.scheme).layout()?;
    let limit = text.len().saturating_mul(8);
    let written = Escapes::distinct(text).into_iter().filter_map(|escapes| {
        write(text, Style { layout, escapes }, limit).ok().map(|written| written.len())
    });
    let (lengths, declared): (Vec<usize>, usize) = (written.collect(), received.declared_length()?);
    // A line break may follow.
    let is_as_long = lengths.iter().any(|length| declared == *length || declared == length + 1);
    (!is_as_long && !lengths.is_empty()).then_some(lengths)
}
