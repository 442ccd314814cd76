//! The place and form of the signature.

use super::envelope::{envelope, enveloped};
use super::names::{algorithm, body_hash, encoding};
use super::problem::{Result, header_names, problem};
use crate::encoding::Encoding;
use crate::mac::Algorithm;
use crate::scheme::compiled::SignedPlaces;
use crate::scheme::content::{Borders, Content};
use crate::scheme::document::{
    BodyHashTable, HeaderMatchName, LayoutName, OneOrMany, SignatureTable,
};
use crate::scheme::signature::{Covered, Layout, SignatureForm, SignatureHeader};
use crate::scheme::value::Value;

/// Brings the forms of one place together, in the order they are written.
pub(super) fn signatures(
    tables: OneOrMany<SignatureTable>,
    timestamp: Option<&str>,
    places: &mut SignedPlaces,
) -> Result<Vec<SignatureHeader>> {
    let mut headers: Vec<SignatureHeader> = Vec::new();
    for (number, mut table) in tables.0.into_iter().enumerate() {
        let path = format!("signature[{number}]");
        let (names, pointer) = match (table.header.take(), table.pointer.take()) {
            (Some(names), None) => (header_names(&format!("{path}.header"), &names)?, None),
            (None, Some(pointer)) => {
                places.add(&format!("{path}.pointer"), &pointer)?;
                (Vec::new(), Some(pointer))
            }
            _ => return problem(&path, "must have either `header` or `pointer`"),
        };
        let is_any = table.header_match == HeaderMatchName::Any;
        let form = match envelope(&path, &mut table, timestamp)? {
            Some(envelope) => enveloped(number, &path, table, &names, envelope)?,
            None => form(number, &path, table)?,
        };
        for value in form.content.values() {
            if let Value::Pointer(pointer) = value {
                places.add(&format!("{path}.content"), pointer)?;
            }
        }
        if is_any && !matches!(form.layout, Layout::List { separator: ',', .. }) {
            return problem(
                format!("{path}.header_match"),
                "`any` takes the headers together as one list: it needs `layout = \"list\"` and \
                 `separator = \",\"`",
            );
        }
        let is_same =
            |header: &&mut SignatureHeader| header.names == names && header.pointer == pointer;
        match headers.iter_mut().find(is_same) {
            Some(header) if header.is_any != is_any => {
                return problem(
                    format!("{path}.header_match"),
                    "must be the same in all forms of one header",
                );
            }
            Some(header) => header.forms.push(form),
            None => headers.push(SignatureHeader { names, is_any, pointer, forms: vec![form] }),
        }
    }
    if headers.is_empty() {
        return problem("signature", "must say at least once where the signature stands");
    }
    Ok(headers)
}

fn form(number: usize, path: &str, mut table: SignatureTable) -> Result<SignatureForm> {
    let algorithm = algorithm(table.algorithm);
    let (encoding, content) = match (table.encoding, table.content.take()) {
        (None, None) if algorithm == Algorithm::Token => (Encoding::Token, Content::nothing()),
        (None, None) if algorithm == Algorithm::Basic => (Encoding::Basic, Content::nothing()),
        _ if algorithm.is_token() => {
            return problem(
                path,
                "has no `content` and no `encoding` if its algorithm is `token` or `basic`: nothing \
                 is signed",
            );
        }
        (None, _) => return problem(format!("{path}.encoding"), "must say how it is written"),
        (_, None) => return problem(format!("{path}.content"), "must say what is signed"),
        (Some(name), Some(template)) => {
            let content = Content::parse(&template)
                .or_else(|what| problem(format!("{path}.content"), what))?;
            (encoding(name), content)
        }
    };
    let stated = table.weakness.take().map(|all| all.0).unwrap_or_default();
    let covers = table.body_hash.take().map(|table| covered(path, table)).transpose()?;
    let mut layout = layout(path, table)?;
    if algorithm.is_token() {
        let Layout::Single { prefix } = &mut layout else {
            return problem(format!("{path}.layout"), "must be `single` for a token");
        };
        if algorithm == Algorithm::Basic {
            if !prefix.is_empty() {
                return problem(
                    format!("{path}.prefix"),
                    "of Basic credentials is `Basic ` always",
                );
            }
            "Basic ".clone_into(prefix);
        }
    }
    // The borders are known when all forms are.
    let borders = Borders::default();
    Ok(SignatureForm { algorithm, encoding, layout, content, borders, covers, stated, number })
}

fn covered(path: &str, table: BodyHashTable) -> Result<Covered> {
    match (body_hash(&table), table.query) {
        (Some(hash), Some(query)) if table.claim.is_none() && !query.is_empty() => {
            Ok(Covered { query, hash })
        }
        _ => problem(
            format!("{path}.body_hash"),
            "must have the name of a parameter in `query`, and an `algorithm` such as `sha256:hex`",
        ),
    }
}

fn layout(path: &str, table: SignatureTable) -> Result<Layout> {
    if table.prefix.as_deref().is_some_and(|prefix| !is_visible(prefix)) {
        return problem(format!("{path}.prefix"), "must be of visible ASCII characters");
    }
    let SignatureTable { layout, prefix, separator, signature_key, timestamp_key, quoted, .. } =
        table;
    let unused = |key: &str, given: bool, layout: &str| {
        if given {
            problem(format!("{path}.{key}"), format!("has no meaning with `layout = \"{layout}\"`"))
        } else {
            Ok(())
        }
    };
    let separator_of = |allowed: [char; 2], layout: &str| {
        let mut given = separator.as_deref().unwrap_or_default().chars();
        match (given.next(), given.next()) {
            (Some(char), None) if allowed.contains(&char) => Ok(char),
            _ => problem(
                format!("{path}.separator"),
                format!(
                    "must be \"{}\" or \"{}\" with `layout = \"{layout}\"`",
                    allowed[0], allowed[1]
                ),
            ),
        }
    };
    match layout {
        LayoutName::Single => {
            unused("separator", separator.is_some(), "single")?;
            unused("signature_key", signature_key.is_some(), "single")?;
            unused("timestamp_key", timestamp_key.is_some(), "single")?;
            unused("quoted", quoted, "single")?;
            Ok(Layout::Single { prefix: prefix.unwrap_or_default() })
        }
        LayoutName::List => {
            unused("signature_key", signature_key.is_some(), "list")?;
            unused("timestamp_key", timestamp_key.is_some(), "list")?;
            unused("quoted", quoted, "list")?;
            let separator = separator_of([' ', ','], "list")?;
            let prefix = prefix.unwrap_or_default();
            // Entries are split at the separator, and the spaces around them taken off.
            if prefix.contains(separator) || prefix.starts_with(' ') {
                return problem(
                    format!("{path}.prefix"),
                    "must neither hold the separator nor begin with a space: no entry would match",
                );
            }
            Ok(Layout::List { separator, prefix })
        }
        LayoutName::Rfc9421 | LayoutName::Jws => Ok(Layout::Single { prefix: String::new() }),
        LayoutName::Pairs => {
            let separator = separator_of([',', ';'], "pairs")?;
            let signature = pair_key(path, "signature_key", signature_key.unwrap_or_default())?;
            let timestamp =
                timestamp_key.map(|key| pair_key(path, "timestamp_key", key)).transpose()?;
            if timestamp.as_ref() == Some(&signature) {
                return problem(
                    format!("{path}.timestamp_key"),
                    "must differ from `signature_key`",
                );
            }
            let prefix = prefix.unwrap_or_default();
            Ok(Layout::Pairs { prefix, separator, signature, timestamp, is_quoted: quoted })
        }
    }
}

/// Returns `true` if a header's value may hold it.
fn is_visible(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

fn pair_key(path: &str, name: &str, key: String) -> Result<String> {
    if key.is_empty() || !is_visible(&key) || key.contains(['=', ',', ';', ' ']) {
        return problem(
            format!("{path}.{name}"),
            "must be what stands before the `=`, as in \"v1\"",
        );
    }
    Ok(key)
}
