//! Looks for the faults after whose undoing the signature matches: one first, then two.

use core::ops::ControlFlow;

use super::body::{self, Kind, Repaired, Repairs};
use super::budget::Budget;
use super::cause::{Cause, Causes};
use super::delivery::Question;
use super::secret::Candidate;
use crate::mac::Keyed;
use crate::scheme::{Parts, Scheme};

/// How much of the repaired bodies is kept for being tried together with other faults.
const MAX_KEPT_BYTES: usize = 32 << 20;
const MAX_KEPT: usize = 1024;

/// How much of the budget the later stages keep, in percent: for other signatures, other secrets,
/// other bodies, and two faults at once.
const FOR_LATER: [usize; 4] = [75, 55, 10, 0];

/// The faults that explain a delivery; none if its signature is right as it is.
pub(super) struct Proof<'s> {
    pub(super) causes: Causes,
    pub(super) secret: usize,
    pub(super) question: &'s Question,
}

pub(super) struct Search<'s> {
    scheme: &'s Scheme,
    body: &'s [u8],
    /// In the order of their faults.
    questions: &'s [Question],
    keys: &'s [Candidate],
    budget: &'s Budget,
    /// Bodies with one fault undone.
    kept: Vec<Repaired>,
    kept_bytes: usize,
    pub(super) tried: Tried,
}

/// What was tried in vain.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tried {
    pub(super) bodies: usize,
    pub(super) pairs: usize,
}

/// What to try with each other: how many faults questions and keys have.
type Faults = (usize, usize);

impl<'s> Search<'s> {
    pub(super) fn new(
        scheme: &'s Scheme,
        body: &'s [u8],
        questions: &'s [Question],
        keys: &'s [Candidate],
        budget: &'s Budget,
    ) -> Self {
        Self {
            scheme,
            body,
            questions,
            keys,
            budget,
            kept: Vec::new(),
            kept_bytes: 0,
            tried: Tried::default(),
        }
    }

    pub(super) fn run(&mut self) -> Option<Proof<'s>> {
        self.singles().or_else(|| self.pairs())
    }

    /// The bodies that something was taken off, whether or not that helped.
    pub(super) fn unpacked(&self) -> impl Iterator<Item = &Repaired> {
        self.kept.iter().filter(|repaired| repaired.kind == Kind::Unpacked)
    }

    fn singles(&mut self) -> Option<Proof<'s>> {
        let bodies: Vec<_> = self.scheme.compiled().representations(self.body).collect();
        for (faults, for_later) in [((0, 0), 0), ((1, 0), FOR_LATER[0]), ((0, 1), FOR_LATER[1])] {
            self.budget.stage(for_later);
            for body in &bodies {
                let proof = self.attempt(faults, body, &Causes::none());
                if proof.is_some() {
                    return proof;
                }
            }
        }
        self.budget.stage(FOR_LATER[2]);
        self.repaired_bodies()
    }

    fn repaired_bodies(&mut self) -> Option<Proof<'s>> {
        let (budget, body) = (self.budget, self.body);
        let mut proof = None;
        let mut attempt = |repaired: Repaired| {
            self.tried.bodies += 1;
            proof = self.attempt_repaired((0, 0), &repaired, &Causes::none());
            self.keep(repaired);
            if proof.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let _ = body::each(body, &mut Repairs { budget, attempt: &mut attempt });
        proof
    }

    fn keep(&mut self, repaired: Repaired) {
        let bytes = self.kept_bytes + repaired.bytes.len();
        if bytes <= MAX_KEPT_BYTES && self.kept.len() < MAX_KEPT {
            self.kept_bytes = bytes;
            self.kept.push(repaired);
        }
    }

    fn pairs(&mut self) -> Option<Proof<'s>> {
        self.budget.stage(FOR_LATER[3]);
        let body = self.body;
        for faults in [(2, 0), (1, 1), (0, 2)] {
            let proof = self.attempt(faults, body, &Causes::none());
            if proof.is_some() {
                return proof;
            }
        }
        let kept = core::mem::take(&mut self.kept);
        let mut proof = None;
        for faults in [(1, 0), (0, 1)] {
            proof = proof.or_else(|| {
                kept.iter()
                    .find_map(|repaired| self.attempt_repaired(faults, repaired, &Causes::none()))
            });
        }
        let proof = proof.or_else(|| kept.iter().find_map(|first| self.repaired_again(first)));
        self.kept = kept;
        proof
    }

    /// A second fault of the body under the first one.
    fn repaired_again(&mut self, first: &Repaired) -> Option<Proof<'s>> {
        // Whoever writes JSON anew drops what stands round it: that is no fault of its own.
        let is_anew = matches!(first.kind, Kind::Rewritten | Kind::Restored);
        let causes = if is_anew { Causes::none() } else { first.cause.clone().into() };
        let mut proof = None;
        let budget = self.budget;
        let mut attempt = |mut second: Repaired| {
            if is_anew {
                let evidence = format!("{}; {}", first.cause.evidence, second.cause.evidence);
                second.cause = Cause::new(first.cause.code, evidence);
            }
            proof = self.attempt_repaired((0, 0), &second, &causes);
            if proof.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        let mut repairs = Repairs { budget, attempt: &mut attempt };
        let _ = match first.kind {
            Kind::Unpacked => body::each(&first.bytes, &mut repairs),
            _ => body::touched(&first.bytes, &mut repairs),
        };
        proof
    }

    /// Tries a repaired body, also as what `JSON.stringify` makes of it where that is signed.
    fn attempt_repaired(
        &mut self,
        faults: Faults,
        repaired: &Repaired,
        first: &Causes,
    ) -> Option<Proof<'s>> {
        let causes = first.clone().and(&repaired.cause.clone().into());
        let is_whole = matches!(repaired.kind, Kind::Unpacked | Kind::Restored);
        let all = is_whole && self.budget.allows(repaired.bytes.len());
        let scheme = self.scheme;
        let mut bodies = scheme.compiled().representations(&repaired.bytes).take(if all {
            usize::MAX
        } else {
            1
        });
        bodies.find_map(|body| self.attempt(faults, &body, &causes))
    }

    /// Tries a body with all questions and keys of so many faults.
    fn attempt(
        &mut self,
        (asked, keyed): Faults,
        body: &[u8],
        causes: &Causes,
    ) -> Option<Proof<'s>> {
        let (questions, keys) = (self.questions, self.keys);
        let questions = questions.iter().filter(|question| question.faults() == asked);
        for question in questions {
            for key in keys.iter().filter(|key| key.causes.count() == keyed) {
                if !self.budget.spend(body.len() + key.len()) {
                    return None;
                }
                let Some(bytes) = key.key(&question.key) else { continue };
                if asked + keyed + causes.count() > 1 {
                    self.tried.pairs += 1;
                }
                let parts = Parts { body, timestamp: &question.timestamp, id: &question.id };
                let digest =
                    Keyed::new(question.algorithm, &bytes).digest(question.content.bytes(parts));
                if let Some(answer) = question.answer(&digest) {
                    let causes = answer.clone().and(&key.causes).and(causes);
                    return Some(Proof { causes, secret: key.secret, question });
                }
            }
        }
        None
    }
}
