//! The kinds of body that are accepted, and which bytes of it are signed.

use hookseal_json::Root;

use super::problem::{Result, problem};
use crate::scheme::document::{AcceptsName, PayloadFormatName, PayloadTable, SignedAsName};
use crate::scheme::{PayloadKinds, Representation};

pub(super) fn representations(table: &PayloadTable) -> Result<Vec<Representation>> {
    match (table.signed_as, table.format) {
        (SignedAsName::Raw, _) => Ok(vec![Representation::Raw]),
        (SignedAsName::Ecmascript, PayloadFormatName::Json) => {
            Ok(vec![Representation::Raw, Representation::Ecmascript])
        }
        (SignedAsName::Ecmascript, PayloadFormatName::Bytes) => {
            problem("payload.signed_as", "`ecmascript` needs `format = \"json\"`")
        }
    }
}

pub(super) fn payload_kinds(table: PayloadTable) -> Result<PayloadKinds> {
    if table.format == PayloadFormatName::Bytes {
        let more = [
            ("payload.accepts", table.accepts.is_some()),
            ("payload.form_field", table.form_field.is_some()),
        ];
        return match more.into_iter().find(|(_, is_given)| *is_given) {
            Some((path, _)) => problem(path, "needs `format = \"json\"`: `bytes` are any bytes"),
            None => Ok(PayloadKinds { json: None, empty: false, form_field: None }),
        };
    }
    let accepts = table.accepts.unwrap_or_else(|| vec![AcceptsName::Object]);
    let has = |name| accepts.contains(&name);
    let json = match (has(AcceptsName::Object), has(AcceptsName::Array), has(AcceptsName::Any)) {
        (_, _, true) => Root::Any,
        (true, true, false) => Root::Container,
        (true, false, false) => Root::Object,
        (false, _, false) => {
            return problem("payload.accepts", "must hold `object`, or `any` for every JSON value");
        }
    };
    if let Some(name) = &table.form_field {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
        if !name.starts_with(|first: char| first.is_ascii_alphabetic()) || !name.bytes().all(plain)
        {
            return problem(
                "payload.form_field",
                "must begin with a letter and be of letters, digits, `-` and `_`",
            );
        }
        if table.signed_as == SignedAsName::Ecmascript {
            return problem("payload.form_field", "needs `signed_as = \"raw\"`: a form is no JSON");
        }
    }
    let empty = has(AcceptsName::Empty);
    Ok(PayloadKinds { json: Some(json), empty, form_field: table.form_field })
}
