//! The keys that the sender may have signed with, made of the receiver's secrets.

use core::ops::ControlFlow;

use zeroize::Zeroizing;

use super::budget::Budget;
use super::came::{CameSecret, Material};
use super::cause::Causes;
use super::part::{Candidate, Change, Effort, each, symptoms};
use super::rooms;

/// A key that may be the sender's.
pub(super) struct Key {
    pub(super) material: Material,
    pub(super) causes: Causes,
    /// Which secret it is made of.
    pub(super) secret: usize,
}

/// A secret that the receiver has.
pub(super) struct Known<'s> {
    pub(super) came: CameSecret<'s>,
    /// Why it is looked at, if it is not one of the webhook's.
    pub(super) causes: Causes,
}

/// Longer secrets are looked at only as they are: nobody has one.
const MAX_SECRET: usize = 8 << 10;

/// How much all keys may hold: enough for many secrets of the usual length.
const MAX_HELD: usize = 4 << 20;

/// The keys of the secrets as they are, then with one cause undone, then with two.
pub(super) fn keys(secrets: &[Known<'_>], budget: &Budget) -> Vec<Key> {
    let mut keys = Keys { found: Vec::new(), held: 0 };
    for (secret, known) in secrets.iter().enumerate() {
        let refused = symptoms(rooms::REFUSED_SECRET, &known.came).next();
        let refused: Causes = refused.map(|(_, cause)| cause).into_iter().collect();
        keys.found.push(Key {
            material: Material::Secret(Zeroizing::new(known.came.bytes.to_vec())),
            causes: known.causes.clone().and(&refused),
            secret,
        });
    }
    let mut uncovered = Vec::new();
    for (secret, known) in secrets.iter().enumerate() {
        keys.add_all(&known.came, &known.causes, secret, budget, |candidate| {
            if let (Change::Wrapped, Material::Secret(text)) = (candidate.change, &candidate.value)
            {
                uncovered.push((known, secret, text.clone(), candidate.causes.clone()));
            }
        });
    }
    for (known, secret, text, causes) in uncovered {
        if keys.held > MAX_HELD {
            break;
        }
        let came = CameSecret { bytes: &text, ..known.came };
        keys.add_all(&came, &known.causes.clone().and(&causes), secret, budget, |_| ());
    }
    keys.found.sort_by_key(|key| key.causes.count());
    keys.found
}

struct Keys {
    found: Vec<Key>,
    held: usize,
}

impl Keys {
    /// Adds the candidates for a secret that has these causes already.
    fn add_all(
        &mut self,
        came: &CameSecret<'_>,
        causes: &Causes,
        secret: usize,
        budget: &Budget,
        mut seen: impl FnMut(&Candidate<Material>),
    ) {
        if came.bytes.len() > MAX_SECRET {
            return;
        }
        let _ = each(rooms::SECRET, Effort::ALL, came, budget, &mut |candidate| {
            seen(&candidate);
            self.held += candidate.value.len();
            if self.held <= MAX_HELD {
                let causes = causes.clone().and(&candidate.causes);
                self.found.push(Key { material: candidate.value, causes, secret });
            }
            ControlFlow::Continue(())
        });
    }
}
