use hookseal::inbox::InboxErrorCode;
use hookseal::{BodyError, ErrorCode};

/// The result of a call: HOOKSEAL_OK, or one of the constants beside it.
pub(crate) type hookseal_status = i32;

/// The call succeeded.
pub(crate) const HOOKSEAL_OK: hookseal_status = 0;

/// `null_argument`: a pointer is NULL that must not be, or has a length although it is NULL.
pub(crate) const HOOKSEAL_NULL_ARGUMENT: hookseal_status = 1;
/// `invalid_argument`: an argument has a value that is not allowed, such as a name that is not
/// UTF-8.
pub(crate) const HOOKSEAL_INVALID_ARGUMENT: hookseal_status = 2;
/// `panic`: hookseal has a bug, which was contained; please report it.
pub(crate) const HOOKSEAL_PANIC: hookseal_status = 3;

/// `missing_header`: a header that the scheme needs is absent. Respond with 401.
pub(crate) const HOOKSEAL_MISSING_HEADER: hookseal_status = 10;
/// `malformed_header`: a header is present, but not of the scheme's form. Respond with 401.
pub(crate) const HOOKSEAL_MALFORMED_HEADER: hookseal_status = 11;
/// `signature_mismatch`: the signature is well formed, and wrong for every secret. Respond with
/// 401.
pub(crate) const HOOKSEAL_SIGNATURE_MISMATCH: hookseal_status = 12;
/// `timestamp_out_of_tolerance`: the signed timestamp is too old or too far ahead. Respond with
/// 401.
pub(crate) const HOOKSEAL_TIMESTAMP_OUT_OF_TOLERANCE: hookseal_status = 13;
/// `invalid_payload`: the delivery is authentic, but its body is not the JSON that the scheme says,
/// or has no type. Respond with 400.
pub(crate) const HOOKSEAL_INVALID_PAYLOAD: hookseal_status = 20;
/// `incomplete_body`: the body was cut off, or does not follow its Content-Encoding. Respond with
/// 400.
pub(crate) const HOOKSEAL_INCOMPLETE_BODY: hookseal_status = 21;
/// `body_too_large`: the body is larger than allowed. Respond with 413.
pub(crate) const HOOKSEAL_BODY_TOO_LARGE: hookseal_status = 22;
/// `unknown_provider`: no provider has this name. Respond with 500.
pub(crate) const HOOKSEAL_UNKNOWN_PROVIDER: hookseal_status = 30;
/// `invalid_secret`: a secret cannot be what the provider gave out. Respond with 500.
pub(crate) const HOOKSEAL_INVALID_SECRET: hookseal_status = 31;
/// `invalid_scheme`: a scheme is not written as schemes are, or cannot be safe. Respond with 500.
pub(crate) const HOOKSEAL_INVALID_SCHEME: hookseal_status = 32;
/// `missing_request`: the scheme signs the request's method or address, and neither was given.
/// Respond with 500.
pub(crate) const HOOKSEAL_MISSING_REQUEST: hookseal_status = 33;
/// `in_progress`: the same event is being handled by a transaction that is still open. Respond with
/// 503.
pub(crate) const HOOKSEAL_IN_PROGRESS: hookseal_status = 40;
/// `unavailable`: the database cannot be reached, or could not do it now. Respond with 503.
pub(crate) const HOOKSEAL_UNAVAILABLE: hookseal_status = 41;
/// `no_transaction`: no transaction is open, where the record must be part of the caller's. Respond
/// with 500.
pub(crate) const HOOKSEAL_NO_TRANSACTION: hookseal_status = 42;
/// `open_transaction`: a transaction is open, where the inbox must begin and commit its own. Respond
/// with 500.
pub(crate) const HOOKSEAL_OPEN_TRANSACTION: hookseal_status = 43;
/// `lease_lost`: another worker has the delivery, or a person took it back: nothing may be recorded
/// for it.
pub(crate) const HOOKSEAL_LEASE_LOST: hookseal_status = 44;
/// `unknown_source`: the inbox has no webhook of this source. Respond with 500.
pub(crate) const HOOKSEAL_UNKNOWN_SOURCE: hookseal_status = 45;
/// `schema_missing`: the inbox's tables are not there. Respond with 500.
pub(crate) const HOOKSEAL_SCHEMA_MISSING: hookseal_status = 46;
/// `schema_version`: the inbox's tables are of another version than the library's. Respond with 500.
pub(crate) const HOOKSEAL_SCHEMA_VERSION: hookseal_status = 47;
/// `invalid_inbox`: the inbox is set up or used wrongly. Respond with 500.
pub(crate) const HOOKSEAL_INVALID_INBOX: hookseal_status = 48;

const STATUSES: [(ErrorCode, hookseal_status); ErrorCode::ALL.len()] = [
    (ErrorCode::MissingHeader, HOOKSEAL_MISSING_HEADER),
    (ErrorCode::MalformedHeader, HOOKSEAL_MALFORMED_HEADER),
    (ErrorCode::SignatureMismatch, HOOKSEAL_SIGNATURE_MISMATCH),
    (ErrorCode::TimestampOutOfTolerance, HOOKSEAL_TIMESTAMP_OUT_OF_TOLERANCE),
    (ErrorCode::InvalidPayload, HOOKSEAL_INVALID_PAYLOAD),
    (ErrorCode::UnknownProvider, HOOKSEAL_UNKNOWN_PROVIDER),
    (ErrorCode::InvalidSecret, HOOKSEAL_INVALID_SECRET),
    (ErrorCode::InvalidScheme, HOOKSEAL_INVALID_SCHEME),
    (ErrorCode::MissingRequest, HOOKSEAL_MISSING_REQUEST),
];

const INBOX_STATUSES: [(InboxErrorCode, hookseal_status); InboxErrorCode::ALL.len()] = [
    (InboxErrorCode::InProgress, HOOKSEAL_IN_PROGRESS),
    (InboxErrorCode::Unavailable, HOOKSEAL_UNAVAILABLE),
    (InboxErrorCode::TooLarge, HOOKSEAL_BODY_TOO_LARGE),
    (InboxErrorCode::NoTransaction, HOOKSEAL_NO_TRANSACTION),
    (InboxErrorCode::OpenTransaction, HOOKSEAL_OPEN_TRANSACTION),
    (InboxErrorCode::LeaseLost, HOOKSEAL_LEASE_LOST),
    (InboxErrorCode::UnknownSource, HOOKSEAL_UNKNOWN_SOURCE),
    (InboxErrorCode::SchemaMissing, HOOKSEAL_SCHEMA_MISSING),
    (InboxErrorCode::SchemaVersion, HOOKSEAL_SCHEMA_VERSION),
    (InboxErrorCode::InvalidInbox, HOOKSEAL_INVALID_INBOX),
];

/// Returns the status of a code of the core.
pub(crate) fn of(code: ErrorCode) -> hookseal_status {
    STATUSES.iter().find(|row| row.0 == code).map_or(HOOKSEAL_PANIC, |row| row.1)
}

/// Returns the status of a code of the inbox.
pub(crate) fn of_inbox(code: InboxErrorCode) -> hookseal_status {
    INBOX_STATUSES.iter().find(|row| row.0 == code).map_or(HOOKSEAL_PANIC, |row| row.1)
}

fn inbox_code(status: hookseal_status) -> Option<InboxErrorCode> {
    INBOX_STATUSES.iter().find(|row| row.1 == status).map(|row| row.0)
}

fn code(status: hookseal_status) -> Option<ErrorCode> {
    STATUSES.iter().find(|row| row.1 == status).map(|row| row.0)
}

/// Returns the code of any status.
pub(crate) fn text(status: hookseal_status) -> Option<&'static str> {
    Some(match status {
        HOOKSEAL_OK => "ok",
        HOOKSEAL_NULL_ARGUMENT => "null_argument",
        HOOKSEAL_INVALID_ARGUMENT => "invalid_argument",
        HOOKSEAL_PANIC => "panic",
        HOOKSEAL_INCOMPLETE_BODY => BodyError::Malformed.as_str(),
        HOOKSEAL_BODY_TOO_LARGE => BodyError::TooLarge.as_str(),
        _ => match code(status) {
            Some(code) => code.as_str(),
            None => inbox_code(status)?.as_str(),
        },
    })
}

/// Returns the HTTP status to respond to a delivery with that ended in `status`.
pub(crate) fn http(status: hookseal_status) -> i32 {
    match status {
        HOOKSEAL_OK => 200,
        HOOKSEAL_INCOMPLETE_BODY => BodyError::Malformed.http_status().into(),
        HOOKSEAL_BODY_TOO_LARGE => BodyError::TooLarge.http_status().into(),
        _ => (code(status).map(ErrorCode::http_status))
            .or_else(|| inbox_code(status).map(InboxErrorCode::http_status))
            .map_or(500, i32::from),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_a_status_of_its_own() {
        for error in ErrorCode::ALL {
            let status = of(error);
            assert_eq!(code(status), Some(error));
            assert_eq!(text(status), Some(error.as_str()));
            assert_eq!(http(status), i32::from(error.http_status()));
        }
        for error in InboxErrorCode::ALL {
            let status = of_inbox(error);
            assert_eq!(inbox_code(status), Some(error));
            assert_eq!(text(status), Some(error.as_str()));
            assert_eq!(http(status), i32::from(error.http_status()));
        }
    }
}
