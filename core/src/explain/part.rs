//! The one interface of every room: a part of a delivery goes in as it came; what it may have been,
//! and what it shows by itself, come out.

use core::ops::{ControlFlow, RangeInclusive};

use super::FindingCode;
use super::budget::Budget;
use super::cause::{Cause, Causes, Evidence};

/// A part of a delivery that something may have happened to.
pub(super) trait Part: 'static {
    /// The part as it came, with what it is judged by.
    type Came<'c>;
    /// The part as it may have been.
    type Was;

    /// How many bytes a candidate is about as long as.
    fn size(_came: &Self::Came<'_>) -> usize {
        0
    }
}

/// What a room explains of a part.
pub(super) struct Room<P: Part> {
    /// In the order in which they are tried.
    pub(super) candidates: &'static [Candidates<P>],
    pub(super) symptoms: &'static [Symptom<P>],
}

/// A cause that is proven by undoing it.
pub(super) struct Candidates<P: Part> {
    pub(super) code: FindingCode,
    pub(super) effort: Effort,
    /// Offers what the part may have been before this happened to it.
    pub(super) offer: fn(&P::Came<'_>, &mut Offers<'_, P>) -> ControlFlow<()>,
}

/// How much is done to undo a cause: what costs less is tried first.
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

/// A cause that shows where nothing can be proven.
pub(super) struct Symptom<P: Part> {
    pub(super) code: FindingCode,
    pub(super) weight: Weight,
    /// What speaks for it.
    pub(super) shows: fn(&P::Came<'_>) -> Option<String>,
}

/// How much a symptom says, the most telling first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// Nothing else can be the matter.
    Certain,
    /// It cannot be what was sent.
    Unreadable,
    /// It can, and is hardly ever.
    Unusual,
    /// It says that something happened, not what.
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
    /// The part as it came.
    pub(super) fn unchanged(value: T) -> Self {
        Self { value, causes: Causes::none(), change: Change::Touched }
    }
}

/// What happened to a part.
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

/// Takes candidates until one of them is right.
pub(super) struct Offers<'o, P: Part> {
    pub(super) budget: &'o Budget,
    code: FindingCode,
    take: &'o mut dyn FnMut(Candidate<P::Was>) -> ControlFlow<()>,
}

impl<P: Part> Offers<'_, P> {
    /// Offers one, by the code of the cause that is being undone.
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

/// Offers all that the rooms know of with these efforts, the cheap first.
pub(super) fn each<P: Part>(
    rooms: &[&Room<P>],
    efforts: RangeInclusive<Effort>,
    came: &P::Came<'_>,
    budget: &Budget,
    take: &mut dyn FnMut(Candidate<P::Was>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    for effort in [Effort::Touch, Effort::Read, Effort::Guess] {
        let known = rooms.iter().flat_map(|room| room.candidates);
        for cause in known.filter(|cause| cause.effort == effort && efforts.contains(&effort)) {
            if budget.allows(P::size(came)) {
                (cause.offer)(came, &mut Offers { budget, code: cause.code, take })?;
            }
        }
    }
    ControlFlow::Continue(())
}

/// The same as a list, for parts that are small.
pub(super) fn all<P: Part>(
    rooms: &[&Room<P>],
    came: &P::Came<'_>,
    budget: &Budget,
) -> Vec<Candidate<P::Was>> {
    let mut found = Vec::new();
    let _ = each(rooms, Effort::ALL, came, budget, &mut |candidate| {
        found.push(candidate);
        ControlFlow::Continue(())
    });
    found
}

/// What a part shows, the most telling first.
pub(super) fn symptoms<P: Part>(
    rooms: &[&Room<P>],
    came: &P::Came<'_>,
) -> impl Iterator<Item = (Weight, Cause)> {
    Weight::ALL.into_iter().flat_map(move |weight| {
        let known = rooms.iter().flat_map(|room| room.symptoms);
        known.filter(move |symptom| symptom.weight == weight).filter_map(move |symptom| {
            (symptom.shows)(came).map(|evidence| (weight, Cause::new(symptom.code, evidence)))
        })
    })
}
