//! What a delivery's headers show by themselves.

use super::super::FindingCode;
use super::super::cause::{Cause, Causes};
use super::given::{Given, Named};
use super::question::Question;
use crate::headers::HeaderName;
use crate::scheme::{Compiled, Layout, Scheme};

/// What is wrong with the headers, whatever the signature is of.
pub(in crate::explain) fn seen(
    scheme: &Scheme,
    others: &[Scheme],
    given: &Given,
    questions: &[Question],
) -> Causes {
    let own = scheme.compiled();
    let is_here = |names: &[HeaderName]| given.best_named(names) < Named::Otherwise;
    let has_own = own.signatures.iter().any(|header| is_here(&header.names));
    if !has_own
        && let Some(cause) = others.iter().find_map(|other| header_of(other.compiled(), given))
    {
        return cause.into();
    }
    let mut causes = missing(own, given);
    if has_own && !is_well_formed(own, given) {
        match others.iter().find_map(|other| style_of(other.compiled(), own, given)) {
            Some(cause) => causes.add(cause),
            None => causes = causes.and(&likeliest_form(own, questions)),
        }
    }
    causes
}

/// The headers of the scheme's that are not there as they should be.
pub(in crate::explain) fn missing(scheme: &Compiled, given: &Given) -> Causes {
    let mut causes = Causes::none();
    let mut absent = Vec::new();
    let mut present = 0;
    for names in needed(scheme) {
        let of_name = given.headers.iter().filter(|header| header.named(&names) < Named::Otherwise);
        match of_name.min_by_key(|header| header.named(&names)) {
            None => absent.push(format!("`{}` is absent", names[0].as_str())),
            Some(header) if header.value.trim().is_empty() => {
                absent.push(format!("`{}` is empty", header.display()));
            }
            Some(header) => {
                present += 1;
                header.name_cause(&names).into_iter().for_each(|cause| causes.add(cause));
            }
        }
    }
    if !absent.is_empty() {
        let others = match present {
            _ if given.is_signature_alone => "; only the signature's value was given".to_owned(),
            0 => format!("; none of the sender's is among the {} that came", given.headers.len()),
            count => format!("; {count} others that the scheme needs are there"),
        };
        let evidence = format!("{}{others}", absent.join(", "));
        causes.add(Cause::new(FindingCode::HeadersStripped, evidence));
    }
    causes
}

/// The headers that every delivery has: each one under one of these names.
fn needed(scheme: &Compiled) -> Vec<Vec<HeaderName>> {
    let signature: Vec<HeaderName> = scheme.signature_names().cloned().collect();
    core::iter::once(signature).chain(scheme.required_headers.iter().cloned()).collect()
}

/// A header that is there more than once and does not say the same.
pub(in crate::explain) fn contradicting(scheme: &Scheme, given: &Given) -> Option<Cause> {
    scheme.headers().find_map(|name| {
        let names = core::slice::from_ref(name);
        let values: Vec<&str> = given
            .headers
            .iter()
            .filter(|header| header.named(names) == Named::Rightly)
            .map(|header| header.value.as_str())
            .collect();
        values.iter().any(|value| *value != values[0]).then(|| {
            let evidence = format!(
                "`{}` is there {} times, with different values",
                name.as_str(),
                values.len()
            );
            Cause::new(FindingCode::HeaderJoined, evidence)
        })
    })
}

fn is_well_formed(scheme: &Compiled, given: &Given) -> bool {
    scheme.signatures.iter().any(|expected| {
        let headers = given.headers.iter().filter(|h| h.named(&expected.names) < Named::Otherwise);
        headers.into_iter().any(|h| expected.forms.iter().any(|form| form.read(&h.value).is_some()))
    })
}

/// Another provider's own header, with a signature in its form.
fn header_of(other: &Compiled, given: &Given) -> Option<Cause> {
    other.signatures.iter().find_map(|expected| {
        let header = given.headers.iter().find(|header| {
            header.named(&expected.names) < Named::Extended
                && expected.forms.iter().any(|form| form.read(&header.value).is_some())
        })?;
        let evidence = format!(
            "`{}` is the signature header of {}, and its value is as {} writes it",
            header.display(),
            other.title,
            other.title
        );
        Some(Cause::new(FindingCode::OtherProvider, evidence))
    })
}

/// Another provider's way of writing a signature, if it is a peculiar one, in the scheme's header.
fn style_of(other: &Compiled, own: &Compiled, given: &Given) -> Option<Cause> {
    let names: Vec<HeaderName> = own.signature_names().cloned().collect();
    let header = given.headers.iter().find(|header| header.named(&names) < Named::Otherwise)?;
    let forms = other.signatures.iter().flat_map(|expected| &expected.forms);
    let peculiar = forms.filter(|form| !matches!(form.layout, Layout::Single { .. }));
    peculiar.into_iter().find(|form| form.read(&header.value).is_some())?;
    let evidence = format!(
        "`{}` holds a {}-style signature, which is not {}'s form",
        header.display(),
        other.title,
        own.title
    );
    Some(Cause::new(FindingCode::OtherProvider, evidence))
}

/// What would have to be undone for the header to hold a signature at all.
fn likeliest_form(scheme: &Compiled, questions: &[Question]) -> Causes {
    let own = questions.iter().filter(|question| {
        let mut forms = scheme.signatures.iter().flat_map(|header| &header.forms);
        forms.any(|form| form.content == question.content)
    });
    let readings = own.flat_map(Question::causes).filter(|causes| {
        // That the beginning of a digest is right was not seen.
        !causes.has(FindingCode::SignatureTruncated) && !causes.has(FindingCode::SignedContent)
    });
    readings.min_by_key(|causes| causes.count()).cloned().unwrap_or_default()
}
