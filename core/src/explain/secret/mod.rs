//! What the secret may have been before something was done to it.

mod encoding;
mod shape;
mod wrapping;

use zeroize::Zeroizing;

use super::FindingCode;
use super::cause::{Cause, Causes};
use crate::encoding::KeyFormat;

pub(super) use shape::{seen, unusable};

/// A key that may be the sender's.
pub(super) struct Candidate {
    material: Material,
    pub(super) causes: Causes,
    /// Which secret it is made of.
    pub(super) secret: usize,
}

enum Material {
    /// A secret, which the scheme says how to read.
    Secret(Zeroizing<Vec<u8>>),
    /// The key itself.
    Key(Zeroizing<Vec<u8>>),
}

impl Candidate {
    /// The key, if the secret can be read that way.
    pub(super) fn key(&self, format: &KeyFormat) -> Option<Zeroizing<Vec<u8>>> {
        match &self.material {
            Material::Secret(secret) => format.read(secret).ok(),
            Material::Key(key) => Some(key.clone()),
        }
    }
}

/// What a repair makes of a secret.
struct Repair {
    material: Material,
    cause: Cause,
    /// Whether another fault may be under this one.
    goes_on: bool,
}

impl Repair {
    /// What stays when something that was put round a secret is taken off.
    fn uncovered(secret: &[u8], cause: Cause) -> Self {
        let material = Material::Secret(Zeroizing::new(secret.to_vec()));
        Self { material, cause, goes_on: true }
    }

    fn secret(secret: Vec<u8>, cause: Cause) -> Self {
        Self { material: Material::Secret(Zeroizing::new(secret)), cause, goes_on: false }
    }

    fn key(key: Vec<u8>, cause: Cause) -> Self {
        Self { material: Material::Key(Zeroizing::new(key)), cause, goes_on: false }
    }
}

/// A secret that the receiver has.
pub(super) struct Known<'s> {
    pub(super) secret: &'s [u8],
    /// Why it is looked at, if it is not one of the webhook's.
    pub(super) causes: Causes,
    /// Why no webhook can be built with it as it is.
    pub(super) unusable: Option<Cause>,
}

/// Longer secrets are not repaired: nobody has one.
const MAX_SECRET: usize = 8 << 10;

/// The secrets as they are, then with one fault undone, then with two.
pub(super) fn candidates(
    secrets: &[Known<'_>],
    format: &KeyFormat,
    prefixes: &[String],
) -> Vec<Candidate> {
    let mut all = Vec::new();
    for (index, known) in secrets.iter().enumerate() {
        let causes = known.unusable.iter().cloned().collect();
        all.push(Candidate {
            material: Material::Secret(Zeroizing::new(known.secret.to_vec())),
            causes: known.causes.clone().and(&causes),
            secret: index,
        });
        if known.secret.len() <= MAX_SECRET {
            for repair in repairs(known.secret, format, prefixes) {
                add(&mut all, repair, &known.causes, index, (format, prefixes));
            }
        }
    }
    all.sort_by_key(|candidate| candidate.causes.count());
    all
}

fn add(
    all: &mut Vec<Candidate>,
    repair: Repair,
    causes: &Causes,
    secret: usize,
    (format, prefixes): (&KeyFormat, &[String]),
) {
    let causes = causes.clone().and(&repair.cause.into());
    if let (true, Material::Secret(text)) = (repair.goes_on, &repair.material) {
        for next in repairs(text, format, prefixes) {
            let causes = causes.clone().and(&next.cause.into());
            all.push(Candidate { material: next.material, causes, secret });
        }
    }
    all.push(Candidate { material: repair.material, causes, secret });
}

fn repairs(secret: &[u8], format: &KeyFormat, prefixes: &[String]) -> Vec<Repair> {
    let mut found = wrapping::repairs(secret, prefixes);
    found.extend(encoding::repairs(secret, format, prefixes));
    found.extend(recased(secret));
    found
}

fn recased(secret: &[u8]) -> impl Iterator<Item = Repair> {
    let variants = [secret.to_ascii_lowercase(), secret.to_ascii_uppercase()];
    let changed = variants.into_iter().filter(move |variant| variant != secret);
    changed.map(|variant| {
        let case = if variant.iter().any(u8::is_ascii_lowercase) { "lower" } else { "upper" };
        let evidence = format!("the signature matches with the secret in {case} case");
        Repair::secret(variant, Cause::new(FindingCode::SecretCase, evidence))
    })
}

/// The modes that a secret's own text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    Test,
    Live,
}

/// The mode that a secret names, as in `sk_test_…`.
pub(super) fn mode(secret: &[u8]) -> Option<Mode> {
    let holds =
        |word: &[u8]| secret.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word));
    match (holds(b"_test_"), holds(b"_live_")) {
        (true, false) => Some(Mode::Test),
        (false, true) => Some(Mode::Live),
        _ => None,
    }
}
