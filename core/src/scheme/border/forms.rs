//! The texts of two forms.

use super::byte_set::ByteSet;
use super::part::Part;
use super::settle::{End, first, is_certain};

/// Returns `true` if no text of the one form is a text of the other: from one of its ends, they
/// differ in a byte.
pub(in crate::scheme) fn are_told_apart(one: &[Part], other: &[Part]) -> bool {
    let mirrored = |parts: &[Part]| parts.iter().rev().map(Part::mirrored).collect::<Vec<_>>();
    differ(one, other) || differ(&mirrored(one), &mirrored(other))
}

/// Goes over both from the left as long as it is certain which bytes stand at the same place.
fn differ(mut one: &[Part], mut other: &[Part]) -> bool {
    let (mut at, mut other_at) = (0, 0);
    loop {
        // Of the same part, both have the same word, and what follows it is compared.
        if at == 0
            && other_at == 0
            && let ([part, rest @ ..], [other_part, other_rest @ ..]) = (one, other)
            && part == other_part
            && is_certain(one, End::Left)
            && is_certain(other, End::Left)
        {
            (one, other) = (rest, other_rest);
            continue;
        }
        let (Some(here), Some(there)) = (bytes(one, at), bytes(other, other_at)) else {
            return false;
        };
        if !here.meets(there) {
            // Both are empty where both texts end.
            return here != there;
        }
        let (Some(next), Some(other_next)) = (next(one, at), next(other, other_at)) else {
            return false;
        };
        ((one, at), (other, other_at)) = (next, other_next);
    }
}

/// The bytes that may stand at this place of the first part: none where the text ends, `None` where
/// it may end or not.
fn bytes(parts: &[Part], at: usize) -> Option<ByteSet> {
    match parts {
        [] => Some(ByteSet::EMPTY),
        [Part { places: Some(places), .. }, ..] => places.get(at).copied(),
        _ if parts.iter().all(|part| part.may_be_empty) => None,
        _ => Some(first(parts)),
    }
}

/// The place after this one, `None` where the first part may end there or not.
fn next(parts: &[Part], at: usize) -> Option<(&[Part], usize)> {
    match parts {
        [Part { places: Some(places), .. }, rest @ ..] => {
            Some(if at + 1 < places.len() { (parts, at + 1) } else { (rest, 0) })
        }
        _ => None,
    }
}
