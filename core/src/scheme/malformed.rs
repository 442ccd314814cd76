//! Descriptions of what is wrong with a signature header that has none of its scheme's forms.

use super::signature::{Layout, SignatureForm, entries, value_of};

/// Returns what is wrong with a value, compared with the form that it comes nearest to. Contains
/// nothing of the value.
pub(crate) fn malformation(forms: &[&SignatureForm], value: &str) -> Option<String> {
    let malformations = forms.iter().map(|form| form.malformation(value));
    // Of equally near ones the first.
    let nearest = malformations.rev().max_by_key(|malformation| malformation.nearness)?;
    (forms.len() == 1 || nearest.nearness > Nearness::Unlike).then_some(nearest.what)
}

struct Malformation {
    nearness: Nearness,
    what: String,
}

/// The nearness of a value to a form.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    Unlike,
    Partly,
    ButForTheDigest,
}

impl SignatureForm {
    fn malformation(&self, value: &str) -> Malformation {
        if self.envelope().is_some() {
            return Malformation::unlike(
                "its algorithm is another, or it is not as long as one".to_owned(),
            );
        }
        match &self.layout {
            Layout::Single { prefix } => match value.strip_prefix(prefix.as_str()) {
                None => Malformation::unlike(format!("it does not begin with `{prefix}`")),
                Some(digest) if prefix.is_empty() => {
                    Malformation::unlike(self.digest_problem(digest))
                }
                Some(digest) => Malformation::digest(self.digest_problem(digest)),
            },
            Layout::List { separator, prefix } => {
                let mut digests =
                    entries(value, *separator).filter_map(|e| e.strip_prefix(prefix.as_str()));
                match digests.next() {
                    None => {
                        Malformation::unlike(format!("none of its entries begins with `{prefix}`"))
                    }
                    Some(digest) if prefix.is_empty() => {
                        Malformation::unlike(self.digest_problem(digest))
                    }
                    Some(digest) => Malformation::digest(self.digest_problem(digest)),
                }
            }
            Layout::Pairs { prefix, separator, signature, timestamp, .. } => {
                let Some(value) = self.layout.entries(value) else {
                    return Malformation::unlike(format!("it does not begin with `{prefix}`"));
                };
                let values = |key| values(value, *separator, key);
                let digest = values(signature).next();
                let Some(key) = timestamp else {
                    return match digest {
                        None => Malformation::unlike(format!("it has no `{signature}=`")),
                        Some(digest) => Malformation::digest(self.digest_problem(digest)),
                    };
                };
                match (values(key).next(), digest) {
                    (None, None) => {
                        Malformation::unlike(format!("it has neither `{key}=` nor `{signature}=`"))
                    }
                    (None, Some(_)) => Malformation::partly(format!("it has no `{key}=`")),
                    (Some(_), None) => Malformation::partly(format!("it has no `{signature}=`")),
                    (Some(first), Some(_)) if values(key).any(|other| other != first) => {
                        Malformation::partly(format!("it has two `{key}=` that differ"))
                    }
                    (Some(_), Some(digest)) => Malformation::digest(self.digest_problem(digest)),
                }
            }
        }
    }

    /// Returns what is wrong with a text that is no digest.
    fn digest_problem(&self, text: &str) -> String {
        if self.algorithm.is_token() {
            return "it is not the secret as it must be sent".to_owned();
        }
        let (length, expected) = (text.len(), self.encoding.encoded_len(self.algorithm));
        let what = self.encoding.characters();
        let is_of_many_lengths =
            self.algorithm.public().is_some_and(|algorithm| !algorithm.has_one_length());
        if !text.bytes().all(|byte| self.encoding.has(byte)) {
            format!("its digest holds characters that are not {what}")
        } else if is_of_many_lengths {
            format!(
                "its signature does not stand for as many bytes as one of {} has",
                self.algorithm.name()
            )
        } else if length == expected {
            format!("its digest does not end as {what} of {} bytes do", self.algorithm.digest_len())
        } else {
            format!("its digest is of {length} {what}, not of {expected}")
        }
    }
}

/// Returns the values of a key.
fn values<'v>(value: &'v str, separator: char, key: &'v str) -> impl Iterator<Item = &'v str> {
    entries(value, separator).filter_map(move |entry| value_of(entry, key))
}

impl Malformation {
    fn unlike(what: String) -> Self {
        Self { nearness: Nearness::Unlike, what }
    }

    fn partly(what: String) -> Self {
        Self { nearness: Nearness::Partly, what }
    }

    fn digest(what: String) -> Self {
        Self { nearness: Nearness::ButForTheDigest, what }
    }
}
