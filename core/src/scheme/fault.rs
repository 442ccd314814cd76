//! What is wrong with a signature header that has none of its forms.

use super::signature::{Layout, SignatureForm, entries, value_of};

/// What is wrong with the value, by the form that it comes nearest to. Holds nothing of the value.
pub(crate) fn fault(forms: &[SignatureForm], value: &str) -> Option<String> {
    let faults = forms.iter().map(|form| form.fault(value));
    // Of equally near ones the first.
    let nearest = faults.rev().max_by_key(|fault| fault.nearness)?;
    (forms.len() == 1 || nearest.nearness > Nearness::Unlike).then_some(nearest.what)
}

struct Fault {
    nearness: Nearness,
    what: String,
}

/// How much of a form a value has.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    Unlike,
    Partly,
    ButForTheDigest,
}

impl SignatureForm {
    fn fault(&self, value: &str) -> Fault {
        match &self.layout {
            Layout::Single { prefix } => match value.strip_prefix(prefix.as_str()) {
                None => Fault::unlike(format!("it does not begin with `{prefix}`")),
                Some(digest) if prefix.is_empty() => Fault::unlike(self.digest_fault(digest)),
                Some(digest) => Fault::digest(self.digest_fault(digest)),
            },
            Layout::List { separator, prefix } => {
                let mut digests =
                    entries(value, *separator).filter_map(|e| e.strip_prefix(prefix.as_str()));
                match digests.next() {
                    None => Fault::unlike(format!("none of its entries begins with `{prefix}`")),
                    Some(digest) if prefix.is_empty() => Fault::unlike(self.digest_fault(digest)),
                    Some(digest) => Fault::digest(self.digest_fault(digest)),
                }
            }
            Layout::Pairs { separator, signature, timestamp } => {
                let values = |key| values(value, *separator, key);
                let digest = values(signature).next();
                let Some(key) = timestamp else {
                    return match digest {
                        None => Fault::unlike(format!("it has no `{signature}=`")),
                        Some(digest) => Fault::digest(self.digest_fault(digest)),
                    };
                };
                match (values(key).next(), digest) {
                    (None, None) => {
                        Fault::unlike(format!("it has neither `{key}=` nor `{signature}=`"))
                    }
                    (None, Some(_)) => Fault::partly(format!("it has no `{key}=`")),
                    (Some(_), None) => Fault::partly(format!("it has no `{signature}=`")),
                    (Some(first), Some(_)) if values(key).any(|other| other != first) => {
                        Fault::partly(format!("it has two `{key}=` that differ"))
                    }
                    (Some(_), Some(digest)) => Fault::digest(self.digest_fault(digest)),
                }
            }
        }
    }

    /// What is wrong with a text that is no digest.
    fn digest_fault(&self, text: &str) -> String {
        let (length, expected) = (text.len(), self.encoding.encoded_len(self.algorithm));
        let what = self.encoding.characters();
        if !text.bytes().all(|byte| self.encoding.has(byte)) {
            format!("its digest holds characters that are not {what}")
        } else if length == expected {
            format!("its digest does not end as {what} of {} bytes do", self.algorithm.digest_len())
        } else {
            format!("its digest is of {length} {what}, not of {expected}")
        }
    }
}

/// The values that a key has.
fn values<'v>(value: &'v str, separator: char, key: &'v str) -> impl Iterator<Item = &'v str> {
    entries(value, separator).filter_map(move |entry| value_of(entry, key))
}

impl Fault {
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
