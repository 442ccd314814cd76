//! The check that the borders between signed values cannot be moved.

use super::problem::{Result, problem};
use crate::clock::TimestampUnit;
use crate::scheme::border::{Part, Unsettled, are_told_apart, settle};
use crate::scheme::signature::{SignatureForm, SignatureHeader};
use crate::scheme::weakness::Weakness;

/// Demands of each form's values what makes their borders certain, and of the forms that none of
/// them signs what another could have signed. Returns the numbers of the forms for which that failed,
/// as their author has stated, and the parts of each form.
pub(super) fn settle_borders(
    signatures: &mut [SignatureHeader],
    timestamp: Option<TimestampUnit>,
    [body, id]: [&Part; 2],
) -> Result<(Vec<usize>, Vec<Vec<Part>>)> {
    let mut settled: Vec<(&SignatureForm, Vec<Part>)> = Vec::new();
    let mut movable_forms = Vec::new();
    for form in signatures.iter_mut().flat_map(|header| &mut header.forms) {
        let number = form.number;
        let is_stated = form.stated.contains(&Weakness::Borders);
        let mut parts = form.content.border_parts(timestamp, body, id);
        let mut is_movable = false;
        match settle(&mut parts) {
            Ok(()) => form.borders = form.content.borders(&parts),
            Err(_) if is_stated => is_movable = true,
            Err(unsettled) => {
                return problem(format!("signature[{number}].content"), movable(&unsettled));
            }
        }
        let form: &SignatureForm = form;
        let same_domain = |(other, _): &&(&SignatureForm, Vec<Part>)| {
            other.algorithm.shares_signatures(form.algorithm) && other.content != form.content
        };
        let mut others = settled.iter().filter(same_domain);
        match others.find(|(_, others)| !are_told_apart(&parts, others)) {
            Some(_) if is_stated => is_movable = true,
            Some((other, _)) => {
                return problem(
                    format!("signature[{number}].content"),
                    format!(
                        "signs with the same key and algorithm as `{}` does, and nothing tells what \
                         the one signs from what the other signs: anybody could send a delivery of \
                         the one form as another delivery in the other. Begin both with texts that \
                         differ, such as `v1:` and `v2:`, where the sender does; or leave one of \
                         them out",
                        other.content.template()
                    ),
                );
            }
            None => {}
        }
        movable_forms.extend(is_movable.then_some(number));
        settled.push((form, parts));
    }
    Ok((movable_forms, settled.into_iter().map(|(_, parts)| parts).collect()))
}

fn movable(Unsettled { left, right }: &Unsettled) -> String {
    let or = if [left, right].into_iter().any(|name| name == "{body}") {
        ", or where the body is a JSON object or array"
    } else {
        ""
    };
    format!(
        "does not show where {left} ends and {right} begins: anybody could move a part of the one \
         to the other without changing what is signed. It is certain with a text between the two, \
         such as `.`{or}"
    )
}
