//! Signatures that say themselves what they sign.

use super::names::{algorithm, body_hash, encoding};
use super::problem::{Result, header_names, problem};
use crate::encoding::Encoding;
use crate::headers::HeaderName;
use crate::scheme::content::{Borders, Content};
use crate::scheme::document::{LayoutName, OneOrMany, SignatureTable};
use crate::scheme::envelope::{
    Component, Envelope, MessageRules, Parameter, TokenCovers, TokenRules, message_algorithm,
    token_algorithms,
};
use crate::scheme::signature::{Layout, SignatureForm};

/// Takes the rules of such a signature out of its table; `None` if it is none. `timestamp` is the
/// parameter or the claim that the scheme's timestamp stands in.
pub(super) fn envelope(
    path: &str,
    table: &mut SignatureTable,
    timestamp: Option<&str>,
) -> Result<Option<Envelope>> {
    let of_message = [
        ("label", table.label.is_some()),
        ("tag", table.tag.is_some()),
        ("components", table.components.is_some()),
        ("may_cover", table.may_cover.is_some()),
        ("parameters", table.parameters.is_some()),
        ("lifetime", table.lifetime.is_some()),
    ];
    if table.layout != LayoutName::Rfc9421
        && let Some((key, _)) = of_message.into_iter().find(|(_, is_given)| *is_given)
    {
        return problem(format!("{path}.{key}"), "has a meaning with `layout = \"rfc9421\"` alone");
    }
    match table.layout {
        LayoutName::Rfc9421 => message(path, table, timestamp).map(Envelope::Message).map(Some),
        LayoutName::Jws => token(path, table, timestamp).map(Envelope::Token).map(Some),
        LayoutName::Single | LayoutName::List | LayoutName::Pairs => Ok(None),
    }
}

fn message(
    path: &str,
    table: &mut SignatureTable,
    timestamp: Option<&str>,
) -> Result<MessageRules> {
    let component = |name: &String| match Component::parse(name) {
        Some(component) if component.name() == *name => Ok(component),
        _ => problem(
            format!("{path}.components"),
            format!(
                "knows no `{name}`: write headers in small letters, and of the rest @method, \
                 @target-uri, @authority, @scheme, @request-target, @path and @query"
            ),
        ),
    };
    let names = table.components.take().unwrap_or_default();
    let components = names.iter().map(component).collect::<Result<Vec<_>>>()?;
    let parameter = |name: &String| {
        Parameter::parse(name).map_or_else(
            || {
                problem(
                    format!("{path}.parameters"),
                    format!("knows no `{name}`: use created, expires, nonce, keyid and alg"),
                )
            },
            Ok,
        )
    };
    let names = table.parameters.take().unwrap_or_default();
    let parameters = names.iter().map(parameter).collect::<Result<Vec<_>>>()?;
    if timestamp.is_some() != parameters.contains(&Parameter::Created)
        || timestamp.is_some_and(|name| name != "created")
    {
        return problem(
            "timestamp.parameter",
            "must be \"created\", and `parameters` must hold it then: what a signature may leave \
             out cannot be checked",
        );
    }
    let may_cover = match table.may_cover.take() {
        Some(names) => header_names(&format!("{path}.may_cover"), &OneOrMany(names))?,
        None => Vec::new(),
    };
    let is_text = |text: &Option<String>| {
        text.as_ref().is_none_or(|text| {
            !text.is_empty()
                && text.bytes().all(|b| matches!(b, b' '..=b'~') && !matches!(b, b'"' | b'\\'))
        })
    };
    if !is_text(&table.label) || !is_text(&table.tag) {
        return problem(path, "has a `label` or a `tag` that no signature can have");
    }
    if table.lifetime.is_some()
        && !(parameters.contains(&Parameter::Created) && parameters.contains(&Parameter::Expires))
    {
        return problem(
            format!("{path}.lifetime"),
            "needs `parameters` to hold \"created\" and \"expires\", between which it is",
        );
    }
    Ok(MessageRules {
        label: table.label.take(),
        tag: table.tag.take(),
        components,
        may_cover,
        parameters,
        lifetime: table.lifetime.take(),
    })
}

fn token(path: &str, table: &mut SignatureTable, timestamp: Option<&str>) -> Result<TokenRules> {
    let covers = match table.body_hash.take() {
        None => TokenCovers::Body,
        Some(hash) => match (body_hash(&hash), hash.claim, hash.query) {
            (Some(hash), Some(claim), None) if !claim.is_empty() => {
                TokenCovers::Hash { claim, hash }
            }
            _ => {
                return problem(
                    format!("{path}.body_hash"),
                    "must have the name of a claim in `claim`, and an `algorithm` such as \
                     `sha256:hex`",
                );
            }
        },
    };
    if timestamp.is_some() && covers == TokenCovers::Body {
        return problem(
            "timestamp.parameter",
            "has a meaning where the signature has claims: with `body_hash`",
        );
    }
    Ok(TokenRules { covers, timestamp: timestamp.map(str::to_owned) })
}

/// The form of such a signature.
pub(super) fn enveloped(
    number: usize,
    path: &str,
    mut table: SignatureTable,
    names: &[HeaderName],
    envelope: Envelope,
) -> Result<SignatureForm> {
    let algorithm = algorithm(table.algorithm);
    let unused = [
        ("content", table.content.is_some()),
        ("prefix", table.prefix.is_some()),
        ("separator", table.separator.is_some()),
        ("signature_key", table.signature_key.is_some()),
        ("timestamp_key", table.timestamp_key.is_some()),
        ("quoted", table.quoted),
        ("body_hash", table.body_hash.is_some()),
    ];
    if let Some((key, _)) = unused.into_iter().find(|(_, is_given)| *is_given) {
        return problem(
            format!("{path}.{key}"),
            "has no meaning with this `layout`: the signature says itself what it signs",
        );
    }
    let (is_known, encoding) = match &envelope {
        Envelope::Message(_) => {
            if names.len() != 1 || !names[0].as_str().eq_ignore_ascii_case("Signature") {
                return problem(
                    format!("{path}.header"),
                    "must be \"Signature\" with `layout = \"rfc9421\"`",
                );
            }
            let encoding = table.encoding.map_or(Encoding::Base64, encoding);
            (message_algorithm(algorithm).is_some(), encoding)
        }
        Envelope::Token(_) => {
            if table.encoding.is_some() || names.is_empty() {
                return problem(
                    path,
                    "must have a `header` and no `encoding` with `layout = \"jws\"`",
                );
            }
            (!token_algorithms(algorithm).is_empty(), Encoding::Base64UrlNoPad)
        }
    };
    if !is_known {
        return problem(format!("{path}.algorithm"), "is none that such a signature can name");
    }
    let stated = table.weakness.take().map(|all| all.0).unwrap_or_default();
    Ok(SignatureForm {
        algorithm,
        encoding,
        layout: Layout::Single { prefix: String::new() },
        content: Content::of_envelope(envelope),
        borders: Borders::default(),
        covers: None,
        stated,
        number,
    })
}
