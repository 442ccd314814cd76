//! The keys that the sender may have signed with, made of the receiver's secrets.

use core::cell::RefCell;
use core::ops::{ControlFlow, RangeInclusive};
use std::rc::Rc;

use zeroize::Zeroizing;

use super::budget::Budget;
use super::cause::Causes;
use super::groups;
use super::part::{Candidate, Change, Effort, each, symptoms};
use super::received::{Material, ReceivedSecret};
use crate::encoding::KeyFormat;
use crate::key::Key as Checking;
use crate::mac::{Algorithm, Keyed};
use crate::public_key::{KeySet, PublicAlgorithm, read_public};

/// A key that may be the sender's.
pub(super) struct Key {
    pub(super) material: Material,
    pub(super) causes: Causes,
    /// The index of the secret that it is made of.
    pub(super) secret: usize,
    /// True if it is one guess of many, which are not tried together with other causes.
    pub(super) is_guess: bool,
    ready: RefCell<Vec<Ready>>,
}

/// A key that was made ready to hash with: it is used for many bodies.
struct Ready {
    algorithm: Algorithm,
    format: KeyFormat,
    /// `None` if the secret cannot be read so.
    checking: Option<Rc<Checking>>,
}

impl Key {
    fn new(material: Material, causes: Causes, secret: usize, is_guess: bool) -> Self {
        Self { material, causes, secret, is_guess, ready: RefCell::new(Vec::new()) }
    }

    /// The key for an algorithm, of a secret that is read so.
    pub(super) fn ready(&self, algorithm: Algorithm, format: &KeyFormat) -> Option<Rc<Checking>> {
        let mut all = self.ready.borrow_mut();
        let known = all.iter().find(|one| one.algorithm == algorithm && one.format == *format);
        if let Some(known) = known {
            return known.checking.clone();
        }
        let checking = if let Some(algorithm) = algorithm.public() {
            self.public(algorithm).map(Checking::Public)
        } else {
            let keyed = self.material.key(format).and_then(|key| Keyed::new(algorithm, &key));
            keyed.map(Checking::Secret)
        };
        let checking = checking.map(Rc::new);
        all.push(Ready { algorithm, format: format.clone(), checking: checking.clone() });
        checking
    }

    fn public(&self, algorithm: PublicAlgorithm) -> Option<KeySet> {
        let (Material::Secret(_) | Material::Public(_)) = &self.material else { return None };
        let text = core::str::from_utf8(self.material.bytes()).ok()?;
        read_public(algorithm, true, text).or_else(|_| read_public(algorithm, false, text)).ok()
    }
}

/// A secret that the receiver has.
pub(super) struct Known<'s> {
    pub(super) received: ReceivedSecret<'s>,
    /// The causes for which it is tried, if it is not one of the webhook's.
    pub(super) causes: Causes,
}

/// Longer secrets are looked at only as they are: nobody has one.
const MAX_SECRET: usize = 8 << 10;

/// How much all keys may hold: enough for many secrets of the usual length.
const MAX_HELD: usize = 4 << 20;

/// The keys of the secrets as they are, then with one cause undone, then with two.
pub(super) fn keys(secrets: &[Known<'_>], budget: &Budget) -> Vec<Key> {
    let mut keys = Keys { found: Vec::new(), held: 0 };
    let secrets = || secrets.iter().enumerate().filter(|(_, known)| known.received.is_secret());
    for (secret, known) in secrets() {
        let refused = symptoms(groups::REFUSED_SECRET, &known.received).next();
        let refused: Causes = refused.map(|(_, cause)| cause).into_iter().collect();
        let material = Material::Secret(Zeroizing::new(known.received.bytes.to_vec()));
        keys.found.push(Key::new(material, known.causes.clone().and(&refused), secret, false));
    }
    for (secret, known) in secrets().filter(|(_, known)| known.received.may_be_public()) {
        keys.add_public(known, secret, budget);
    }
    let mut uncovered = Vec::new();
    // What everybody may know is looked at as it is.
    let secrets = || secrets().filter(|(_, known)| !known.received.is_of_pair());
    for (secret, known) in secrets() {
        let own = Own { received: known.received, causes: known.causes.clone(), secret };
        keys.add_all(&own, Effort::Touch..=Effort::Read, budget, |candidate| {
            if let (Change::Wrapped, Material::Secret(text)) = (candidate.change, &candidate.value)
            {
                let causes = known.causes.clone().and(&candidate.causes);
                uncovered.push((known, text.clone(), causes, secret));
            }
        });
        keys.add_all(&own, Effort::Guess..=Effort::Guess, budget, |_| ());
    }
    for (known, text, causes, secret) in uncovered {
        if keys.held > MAX_HELD {
            break;
        }
        let under =
            Own { received: ReceivedSecret { bytes: &text, ..known.received }, causes, secret };
        keys.add_all(&under, Effort::Touch..=Effort::Read, budget, |_| ());
    }
    keys.found.sort_by_key(|key| key.causes.count());
    keys.found
}

/// A secret of the receiver's, or what was taken out of one.
struct Own<'s> {
    received: ReceivedSecret<'s>,
    /// What was undone for it.
    causes: Causes,
    secret: usize,
}

struct Keys {
    found: Vec<Key>,
    held: usize,
}

impl Keys {
    /// Adds the public keys that a secret may be another form of.
    fn add_public(&mut self, known: &Known<'_>, secret: usize, budget: &Budget) {
        if known.received.bytes.len() > MAX_SECRET {
            return;
        }
        let _ = each(groups::PUBLIC_KEY, Effort::ALL, &known.received, budget, &mut |candidate| {
            let causes = known.causes.clone().and(&candidate.causes);
            self.found.push(Key::new(candidate.value, causes, secret, false));
            ControlFlow::Continue(())
        });
    }

    /// Adds the candidates for a secret.
    fn add_all(
        &mut self,
        own: &Own<'_>,
        efforts: RangeInclusive<Effort>,
        budget: &Budget,
        mut seen: impl FnMut(&Candidate<Material>),
    ) {
        if own.received.bytes.len() > MAX_SECRET {
            return;
        }
        let is_guess = *efforts.start() == Effort::Guess;
        let _ = each(groups::SECRET, efforts, &own.received, budget, &mut |candidate| {
            let received = ReceivedSecret { bytes: candidate.value.bytes(), ..own.received };
            if !received.is_secret() {
                return ControlFlow::Continue(());
            }
            seen(&candidate);
            self.held += candidate.value.bytes().len();
            if self.held <= MAX_HELD {
                let causes = own.causes.clone().and(&candidate.causes);
                self.found.push(Key::new(candidate.value, causes, own.secret, is_guess));
            }
            ControlFlow::Continue(())
        });
    }
}
