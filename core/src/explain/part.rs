//! The interface of every group of causes: it is given a part of a delivery as it was received, and
//! returns what the part may have been, and what it shows by itself.

use core::ops::{ControlFlow, RangeInclusive};

use super::FindingCode;
use super::budget::Budget;
use super::cause::{Cause, Causes, Evidence};

/// A part of a delivery that something may have happened to.
pub(super) trait Part: 'static {
    /// The part as it was received, with what it is judged by.
    type Received<'c>;
    /// The part as it may have been.
    type Was;

    /// Returns about how many bytes a candidate has.
    fn size(_received: &Self::Received<'_>) -> usize {
        0
    }
}

/// A group of causes that explain a part.
pub(super) struct Group<P: Part> {
    /// The candidates, in the order in which they are tried.
    pub(super) candidates: &'static [Candidates<P>],
    pub(super) symptoms: &'static [Symptom<P>],
}

/// A cause that is proven by undoing it.
pub(super) struct Candidates<P: Part> {
    pub(super) code: FindingCode,
    pub(super) effort: Effort,
    /// A function that offers what the part may have been before this happened to it.
    pub(super) offer: fn(&P::Received<'_>, &mut Offers<'_, P>) -> ControlFlow<()>,
}

/// The work of undoing a cause: what costs less is tried first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Effort {
    /// A few bytes that mean nothing are changed.
    Touch,
    /// The part is read in another way.
    Read,
    /// Many forms are made that it may have had.
    Guess,
}

impl Effort {
    pub(super) const ALL: RangeInclusive<Self> = Self::Touch..=Self::Guess;
}

/// A cause that can be observed where nothing can be proven.
pub(super) struct Symptom<P: Part> {
    pub(super) code: FindingCode,
    pub(super) weight: Weight,
    /// A function that returns the evidence, if there is any.
    pub(super) shows: fn(&P::Received<'_>) -> Option<String>,
}

/// The weight of a symptom, the most telling first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// The symptom has no other explanation.
    Certain,
    /// The part cannot be what was sent.
    Unreadable,
    /// The part can be what was sent, but hardly ever is.
    Unusual,
    /// The symptom shows that something happened, not what.
    Vague,
}

impl Weight {
    const ALL: [Self; 4] = [Self::Certain, Self::Unreadable, Self::Unusual, Self::Vague];
}

/// A part as it may have been, and what must have happened to it since.
#[derive(Clone)]
pub(super) struct Candidate<T> {
    pub(super) value: T,
    pub(super) causes: Causes,
    pub(super) change: Change,
}

impl<T> Candidate<T> {
    /// Returns the part as it was received.
    pub(super) fn unchanged(value: T) -> Self {
        Self { value, causes: Causes::none(), change: Change::Touched }
    }
}

/// The kind of change that happened to a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// Something was put round it: under that may be another fault.
    Wrapped,
    /// The same values were written otherwise.
    Rewritten,
    /// Values were changed, or something was lost.
    Altered,
    /// Bytes that mean nothing were changed.
    Touched,
}

/// A receiver of candidates, which are offered until one of them is right.
pub(super) struct Offers<'o, P: Part> {
    pub(super) budget: &'o Budget,
    code: FindingCode,
    take: &'o mut dyn FnMut(Candidate<P::Was>) -> ControlFlow<()>,
}

impl<P: Part> Offers<'_, P> {
    /// Offers a candidate, with the code of the cause that is being undone.
    pub(super) fn offer(
        &mut self,
        value: impl Into<P::Was>,
        change: Change,
        evidence: impl Into<Evidence>,
    ) -> ControlFlow<()> {
        let causes = Cause::new(self.code, evidence).into();
        (self.take)(Candidate { value: value.into(), causes, change })
    }
}

/// Offers all candidates of the groups with these efforts, the cheap first.
pub(super) fn each<P: Part>(
    groups: &[&Group<P>],
    efforts: RangeInclusive<Effort>,
    received: &P::Received<'_>,
    budget: &Budget,
    take: &mut dyn FnMut(Candidate<P::Was>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    for effort in [Effort::Touch, Effort::Read, Effort::Guess] {
        let known = groups.iter().flat_map(|group| group.candidates);
        for cause in known.filter(|cause| cause.effort == effort && efforts.contains(&effort)) {
            if budget.allows(P::size(received)) {
                (cause.offer)(received, &mut Offers { budget, code: cause.code, take })?;
            }
        }
    }
    ControlFlow::Continue(())
}

/// Returns all candidates as a list, for parts that are small.
pub(super) fn all<P: Part>(
    groups: &[&Group<P>],
    received: &P::Received<'_>,
    budget: &Budget,
) -> Vec<Candidate<P::Was>> {
    let mut found = Vec::new();
    let _ = each(groups, Effort::ALL, received, budget, &mut |candidate| {
        found.push(candidate);
        ControlFlow::Continue(())
    });
    found
}

/// Returns the symptoms that a part shows, the most telling first.
pub(super) fn symptoms<P: Part>(
    groups: &[&Group<P>],
    received: &P::Received<'_>,
) -> impl Iterator<Item = (Weight, Cause)> {
    Weight::ALL.into_iter().flat_map(move |weight| {
        let known = groups.iter().flat_map(|group| group.symptoms);
        known.filter(move |symptom| symptom.weight == weight).filter_map(move |symptom| {
            (symptom.shows)(received).map(|evidence| (weight, Cause::new(symptom.code, evidence)))
        })
    })
}
