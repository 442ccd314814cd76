//! The borders within the text of one form.

use super::byte_set::ByteSet;
use super::part::{Narrowing, Part};

/// Two neighbours whose border can be moved.
#[derive(Debug)]
pub(in crate::scheme) struct Unsettled {
    pub(in crate::scheme) left: String,
    pub(in crate::scheme) right: String,
}

/// An end of a text.
#[derive(Clone, Copy)]
pub(super) enum End {
    Left,
    Right,
}

/// Restricts the parts, as little as it takes, until their text can be taken apart in one way only.
///
/// Takes parts off either end, as long as more than one is left, each of which only one word can be
/// at that end of a text. So all words are known but the last part's, which is what remains.
///
/// # Errors
/// If no part at either end is so.
pub(in crate::scheme) fn settle(parts: &mut [Part]) -> Result<(), Unsettled> {
    let mut rest = parts;
    while rest.len() > 1 {
        let end = [End::Left, End::Right].into_iter().find(|end| is_certain(rest, *end));
        match end.or_else(|| [End::Left, End::Right].into_iter().find(|end| narrow(rest, *end))) {
            Some(End::Left) => rest = &mut rest[1..],
            Some(End::Right) => rest = rest.split_last_mut().map_or(&mut [], |(_, rest)| rest),
            None => return Err(unsettled(rest)),
        }
    }
    Ok(())
}

/// Returns `true` if only one word can be the part at this end: if it had a longer one too, what
/// continues the shorter one would have to begin the rest.
pub(super) fn is_certain(parts: &[Part], end: End) -> bool {
    match (end, parts) {
        (End::Left, [part, rest @ ..]) => !part.continues.meets(first(rest)),
        (End::Right, [rest @ .., part]) => !part.precedes.meets(last(rest)),
        _ => true,
    }
}

/// Restricts the part at this end so that only one word can be it, and says whether it could.
fn narrow(parts: &mut [Part], end: End) -> bool {
    let (part, neighbour) = match (end, parts) {
        (End::Left, [part, rest @ ..]) => (part, first(rest)),
        (End::Right, [rest @ .., part]) => (part, last(rest)),
        _ => return false,
    };
    part.fix_length() || neighbour.only().is_some_and(|byte| part.forbid(byte))
}

/// The bytes that may begin the parts' text.
pub(super) fn first(parts: &[Part]) -> ByteSet {
    edge(parts.iter(), |part| part.first)
}

/// The bytes that may end the parts' text.
fn last(parts: &[Part]) -> ByteSet {
    edge(parts.iter().rev(), |part| part.last)
}

fn edge<'p>(parts: impl Iterator<Item = &'p Part>, of: impl Fn(&Part) -> ByteSet) -> ByteSet {
    let mut bytes = ByteSet::EMPTY;
    for part in parts {
        bytes = bytes.or(of(part));
        if !part.may_be_empty {
            break;
        }
    }
    bytes
}

/// The neighbours to name: those at the end where a text between them would do.
fn unsettled(parts: &[Part]) -> Unsettled {
    let is_text = matches!(parts[0].narrowing, Narrowing::Without(_));
    let at = if is_text { 0 } else { parts.len() - 2 };
    Unsettled { left: parts[at].name.clone(), right: parts[at + 1].name.clone() }
}
