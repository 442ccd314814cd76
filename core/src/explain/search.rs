//! Looks for the causes after whose undoing the signature matches: one first, then two.

use core::ops::ControlFlow;

use super::budget::Budget;
use super::cause::Causes;
use super::claim::{Claim, Enveloped};
use super::groups;
use super::keys::Key as PossibleKey;
use super::part::{Candidate, Change, Effort, each};
use super::received::{Given, ReceivedBody};
use crate::key::Key;
use crate::mac::Keyed;
use crate::public_key::Message;
use crate::scheme::{Parts, Scheme};

/// How much of the candidates for the body is kept for being tried together with other causes.
const MAX_KEPT_BYTES: usize = 32 << 20;
const MAX_KEPT: usize = 1024;

/// What checking a signature with a public key costs, in bytes that could be hashed instead.
const PUBLIC_CHECK: usize = 64 << 10;

/// How much of the budget the later stages keep, in percent: for other claims, other keys, other
/// bodies, and two causes at once.
const FOR_LATER: [usize; 4] = [75, 55, 10, 0];

/// The causes that explain a delivery; none if its signature is right as it is.
pub(super) struct Proof<'s> {
    pub(super) causes: Causes,
    pub(super) secret: usize,
    pub(super) claim: &'s Claim<'s>,
}

/// The space that is searched: the delivery and what may have been signed.
#[derive(Clone, Copy)]
pub(super) struct SearchSpace<'s> {
    pub(super) scheme: &'s Scheme,
    pub(super) body: &'s [u8],
    pub(super) given: &'s Given,
    /// In the order of their causes.
    pub(super) claims: &'s [Claim<'s>],
    pub(super) keys: &'s [PossibleKey],
    /// The id that the delivery gives its public key.
    pub(super) key_id: Option<&'s str>,
    pub(super) budget: &'s Budget,
    pub(super) enveloped: &'s Enveloped<'s>,
}

pub(super) struct Search<'s> {
    space: SearchSpace<'s>,
    /// Bodies with one cause undone.
    kept: Vec<Candidate<Vec<u8>>>,
    kept_bytes: usize,
    pub(super) tried: Tried,
}

/// Counts of what was tried without success.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tried {
    pub(super) bodies: usize,
    pub(super) pairs: usize,
}

/// What to try with each other: how many causes claims and keys have.
type Counts = (usize, usize);

impl<'s> Search<'s> {
    pub(super) fn new(space: SearchSpace<'s>) -> Self {
        Self { space, kept: Vec::new(), kept_bytes: 0, tried: Tried::default() }
    }

    pub(super) fn run(&mut self) -> Option<Proof<'s>> {
        self.singles().or_else(|| self.pairs())
    }

    /// The bodies that something was taken off, whether or not that helped.
    pub(super) fn unwrapped(&self) -> impl Iterator<Item = &Candidate<Vec<u8>>> {
        self.kept.iter().filter(|candidate| candidate.change == Change::Wrapped)
    }

    fn singles(&mut self) -> Option<Proof<'s>> {
        let SearchSpace { scheme, body, budget, .. } = self.space;
        let bodies: Vec<_> = scheme.compiled().representations(body).collect();
        for (counts, for_later) in [((0, 0), 0), ((1, 0), FOR_LATER[0]), ((0, 1), FOR_LATER[1])] {
            budget.stage(for_later);
            for body in &bodies {
                let proof = self.attempt(counts, body, &Causes::none());
                if proof.is_some() {
                    return proof;
                }
            }
        }
        budget.stage(FOR_LATER[2]);
        self.other_bodies()
    }

    fn other_bodies(&mut self) -> Option<Proof<'s>> {
        let SearchSpace { scheme, body, given, budget, .. } = self.space;
        let mut proof = None;
        let mut take = |candidate: Candidate<Vec<u8>>| {
            if !budget.spend(candidate.value.len()) {
                return ControlFlow::Continue(());
            }
            self.tried.bodies += 1;
            proof = self.attempt_body((0, 0), &candidate, &Causes::none());
            self.keep(candidate);
            if proof.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let received = ReceivedBody::new(body, scheme, given);
        let _ = each(groups::BODY, Effort::ALL, &received, budget, &mut take);
        proof
    }

    fn keep(&mut self, candidate: Candidate<Vec<u8>>) {
        let bytes = self.kept_bytes + candidate.value.len();
        if bytes <= MAX_KEPT_BYTES && self.kept.len() < MAX_KEPT {
            self.kept_bytes = bytes;
            self.kept.push(candidate);
        }
    }

    fn pairs(&mut self) -> Option<Proof<'s>> {
        let SearchSpace { body, budget, .. } = self.space;
        budget.stage(FOR_LATER[3]);
        for counts in [(2, 0), (1, 1), (0, 2)] {
            let proof = self.attempt(counts, body, &Causes::none());
            if proof.is_some() {
                return proof;
            }
        }
        let kept = core::mem::take(&mut self.kept);
        let mut proof = None;
        for counts in [(1, 0), (0, 1)] {
            proof = proof.or_else(|| {
                kept.iter().find_map(|body| self.attempt_body(counts, body, &Causes::none()))
            });
        }
        let proof = proof.or_else(|| kept.iter().find_map(|first| self.bodies_under(first)));
        self.kept = kept;
        proof
    }

    /// A second cause of the body's under the first one.
    fn bodies_under(&mut self, first: &Candidate<Vec<u8>>) -> Option<Proof<'s>> {
        let SearchSpace { scheme, given, budget, .. } = self.space;
        // Whoever writes JSON anew drops what stands round it: that is no cause of its own.
        let is_anew = matches!(first.change, Change::Rewritten | Change::Altered);
        let causes = if is_anew { Causes::none() } else { first.causes.clone() };
        let mut proof = None;
        let mut take = |mut second: Candidate<Vec<u8>>| {
            if !budget.spend(second.value.len()) {
                return ControlFlow::Continue(());
            }
            if is_anew {
                second.causes = first.causes.clone().with_evidence_of(&second.causes);
            }
            proof = self.attempt_body((0, 0), &second, &causes);
            if proof.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let received = ReceivedBody::new(&first.value, scheme, given);
        let efforts = match first.change {
            Change::Wrapped => Effort::ALL,
            _ => Effort::Touch..=Effort::Touch,
        };
        let _ = each(groups::BODY, efforts, &received, budget, &mut take);
        proof
    }

    /// Tries another body, in each representation that the sender may have signed.
    fn attempt_body(
        &mut self,
        counts: Counts,
        body: &Candidate<Vec<u8>>,
        first: &Causes,
    ) -> Option<Proof<'s>> {
        let SearchSpace { scheme, budget, .. } = self.space;
        let causes = first.clone().and(&body.causes);
        let is_whole = matches!(body.change, Change::Wrapped | Change::Altered);
        let all = is_whole && budget.allows(body.value.len());
        let count = if all { usize::MAX } else { 1 };
        let mut bodies = scheme.compiled().representations(&body.value).take(count);
        bodies.find_map(|body| self.attempt(counts, &body, &causes))
    }

    /// Tries a body with all claims and keys of so many causes.
    fn attempt(
        &mut self,
        (claimed, keyed): Counts,
        body: &[u8],
        causes: &Causes,
    ) -> Option<Proof<'s>> {
        let SearchSpace { claims, keys, key_id, budget, enveloped, .. } = self.space;
        let is_alone = claimed + causes.count() == 0;
        for claim in claims.iter().filter(|claim| claim.causes() == claimed) {
            let of_count = keys.iter().filter(|key| key.causes.count() == keyed);
            for key in of_count.filter(|key| is_alone || !key.is_guess) {
                let check = if claim.algorithm.public().is_some() { PUBLIC_CHECK } else { 0 };
                if !budget.spend(body.len() + key.material.bytes().len() + check) {
                    return None;
                }
                let Some(ready) = key.ready(claim.algorithm, &claim.key) else { continue };
                if claimed + keyed + causes.count() > 1 {
                    self.tried.pairs += 1;
                }
                let Some(values) = claim.values(body, enveloped) else { continue };
                let secret = ready.as_secret().map_or(&[][..], Keyed::secret);
                let parts = Parts {
                    body,
                    timestamp: &claim.timestamp,
                    id: &claim.id,
                    values: &values,
                    secret,
                };
                let content = claim.content.bytes(parts);
                let claimed = match &*ready {
                    Key::Secret(keyed) => claim.holds(&keyed.digest(content)),
                    Key::Public(keys) => keys.key(key_id).and_then(|key| {
                        claim.verifies(key, &Message::new(keys.algorithm(), content))
                    }),
                };
                if let Some(claimed) = claimed.filter(|_| claim.covers(body, enveloped)) {
                    let causes = claimed.clone().and(&key.causes).and(causes);
                    return Some(Proof { causes, secret: key.secret, claim });
                }
            }
        }
        None
    }
}
