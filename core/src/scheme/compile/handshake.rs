//! The requests by which a sender asks whether an endpoint is the receiver's.

use super::names::{algorithm, encoding};
use super::problem::{Result, header_names, problem};
use crate::scheme::border::{Part, are_told_apart};
use crate::scheme::compiled::{Compiled, SignedPlaces};
use crate::scheme::document::{HandshakeTable, OneOrMany, RequestPlaceTable};
use crate::scheme::handshake::{Answer, Handshake, RequestPlace};

/// Also takes the places' pointers into `places`.
pub(super) fn handshakes(
    tables: Vec<HandshakeTable>,
    places: &mut SignedPlaces,
) -> Result<Vec<Handshake>> {
    let numbered = tables.into_iter().enumerate();
    numbered.map(|(number, table)| handshake(number, table, places)).collect()
}

fn handshake(number: usize, table: HandshakeTable, places: &mut SignedPlaces) -> Result<Handshake> {
    let path = format!("handshake[{number}]");
    let method = table.method.unwrap_or_else(|| "POST".to_owned());
    if method.is_empty() || !method.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return problem(format!("{path}.method"), "must be in capitals, such as \"GET\"");
    }
    let mut place = |key: &str, table: RequestPlaceTable| request_place(&path, key, table, places);
    let (when, equals, _) = place("when", table.when)?;
    let (challenge, ..) = place("challenge", table.challenge)?;
    let token = match table.token.map(|table| place("token", table)).transpose()? {
        Some((token, _, Some(constant))) => Some((token, constant)),
        Some(_) => {
            return problem(
                format!("{path}.token.constant"),
                "must name the constant that the token has to be",
            );
        }
        None => None,
    };
    let mac = table.mac.map(|mac| (algorithm(mac.algorithm), encoding(mac.encoding)));
    let answer = match (table.text, table.json) {
        (Some(text), None) => Answer::Text(text),
        (None, Some(members)) if !members.is_empty() => Answer::Json(members.into_iter().collect()),
        _ => return problem(path, "must have either `text` or `json`: what is answered"),
    };
    let has_mac = answer.templates().any(|template| template.contains("{mac}"));
    if has_mac != mac.is_some() {
        return problem(format!("{path}.mac"), "and `{mac}` in the answer need one another");
    }
    if mac.is_some_and(|(algorithm, _)| !algorithm.is_hmac()) {
        return problem(format!("{path}.mac.algorithm"), "must be an HMAC");
    }
    Ok(Handshake { method, when, equals, is_signed: table.signed, token, challenge, mac, answer })
}

type Found = (RequestPlace, Option<String>, Option<String>);

fn request_place(
    path: &str,
    key: &str,
    table: RequestPlaceTable,
    places: &mut SignedPlaces,
) -> Result<Found> {
    let path = format!("{path}.{key}");
    let place = match (table.header, table.query, table.pointer) {
        (Some(name), None, None) => {
            let names = header_names(&format!("{path}.header"), &OneOrMany(vec![name]))?;
            names.into_iter().next().map(RequestPlace::Header)
        }
        (None, Some(name), None) => Some(RequestPlace::Query(name)),
        (None, None, Some(pointer)) => {
            places.add(&format!("{path}.pointer"), &pointer)?;
            Some(RequestPlace::Pointer(pointer))
        }
        _ => None,
    };
    match place {
        Some(place) => Ok((place, table.equals, table.constant)),
        None => problem(path, "must have one of `header`, `query` and `pointer`"),
    }
}

/// A challenge that is signed with the key of deliveries must not be one: else whoever asks would
/// be given a delivery's signature.
pub(super) fn check_macs(scheme: &Compiled, forms: &[Vec<Part>]) -> Result<()> {
    for (number, handshake) in scheme.handshakes.iter().enumerate() {
        let Some((algorithm, _)) = handshake.mac else { continue };
        let challenge = [Part::challenge("{challenge}")];
        let same_domain = scheme.forms().zip(forms).filter(|(form, _)| form.algorithm == algorithm);
        let mut same_domain = same_domain.peekable();
        if same_domain.peek().is_none() {
            return problem(
                format!("handshake[{number}].mac.algorithm"),
                "must be one of the deliveries' signatures: the key is theirs",
            );
        }
        if same_domain.any(|(_, parts)| !are_told_apart(&challenge, parts)) {
            return problem(
                format!("handshake[{number}].mac"),
                "signs what could be a delivery: anybody could ask for the signature of one",
            );
        }
    }
    Ok(())
}
