//! Signatures that are almost right.

use crate::send::scheme_source::SchemeSource;

type Headers = [(String, String)];

/// A signature header's value, taken apart.
pub(super) struct Signature<'s> {
    value: &'s str,
    /// The text right before the digest: a prefix, or a key and `=`.
    marker: String,
    /// The place where the marker begins.
    start: usize,
}

impl<'s> Signature<'s> {
    /// Takes a value apart that the scheme's first form made.
    pub(super) fn read(value: &'s str, source: &SchemeSource) -> Option<Self> {
        let marker = match source.text("/signature/0/signature_key") {
            Some(key) => format!("{key}="),
            None => source.text("/signature/0/prefix").unwrap_or_default().to_owned(),
        };
        let start = if marker.is_empty() { 0 } else { value.rfind(&marker)? };
        Some(Self { value, marker, start })
    }

    fn before(&self) -> &str {
        &self.value[..self.start]
    }

    fn digest(&self) -> &str {
        &self.value[self.start + self.marker.len()..]
    }

    /// With the first half of the digest.
    pub(super) fn truncated(&self) -> String {
        let half = &self.digest()[..self.digest().len() / 2];
        format!("{}{}{half}", self.before(), self.marker)
    }

    /// With the marker alone, `None` if there is none.
    pub(super) fn without_digest(&self) -> Option<String> {
        (!self.marker.is_empty()).then(|| format!("{}{}", self.before(), self.marker))
    }

    /// With what stands before other algorithms' or versions' digests.
    pub(super) fn with_other_prefix(&self) -> String {
        let other = match self.marker.as_str() {
            "" | "sha1=" => "sha256=".to_owned(),
            marker if marker.starts_with("sha") => "sha1=".to_owned(),
            marker if marker.contains('1') => marker.replacen('1', "0", 1),
            marker => format!("x{marker}"),
        };
        format!("{}{other}{}", self.before(), self.digest())
    }
}

/// The scheme with another algorithm, and the prefix that names it.
pub(super) fn with_other_algorithm(source: &SchemeSource) -> SchemeSource {
    let own = source.text("/signature/0/algorithm").unwrap_or_default();
    let other = if own == "hmac-sha256" { "hmac-sha1" } else { "hmac-sha256" };
    let name = |algorithm: &str| algorithm.trim_start_matches("hmac-").to_owned();
    let prefix = source.text("/signature/0/prefix").unwrap_or_default();
    let renamed = prefix.replace(&name(own), &name(other));
    let source = source.clone().with("algorithm", other);
    if renamed == prefix { source } else { source.with("prefix", &renamed) }
}

/// Headers with the old signature and the new timestamp.
pub(super) fn under_new_time(
    old: &Headers,
    new: &Headers,
    source: &SchemeSource,
) -> Option<Vec<(String, String)>> {
    let mut forged = old.to_vec();
    if let Some(key) = source.text("/signature/0/timestamp_key") {
        let separator = source.text("/signature/0/separator")?;
        let name = source.first("/signature/0/header")?;
        let is_time =
            |pair: &&str| pair.strip_prefix(key).is_some_and(|rest| rest.starts_with('='));
        let value = |headers: &Headers| {
            headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone())
        };
        let (old, new) = (value(old)?, value(new)?);
        let time = new.split(separator).find(is_time)?;
        let pairs: Vec<&str> =
            old.split(separator).map(|pair| if is_time(&pair) { time } else { pair }).collect();
        let (_, forged_value) = forged.iter_mut().find(|(own, _)| own == name)?;
        *forged_value = pairs.join(separator);
        return Some(forged);
    }
    let name = source.first("/timestamp/header")?;
    let (_, time) = new.iter().find(|(own, _)| own == name)?;
    let (_, forged_time) = forged.iter_mut().find(|(own, _)| own == name)?;
    forged_time.clone_from(time);
    Some(forged)
}
