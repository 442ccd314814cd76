//! A delivery: provider, secret, headers as lines of `name: value`, body.

#![no_main]

use hookseal::{ErrorCode, Event, SignOptions, Webhook};
use hookseal_fuzz::{check_event, check_signed, fields, now};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|input: &[u8]| {
    let Some([provider, secret, headers, body]) = fields(input) else { return };
    let Ok(provider) = core::str::from_utf8(provider) else { return };
    let webhook = match Webhook::new(provider, [secret]) {
        Ok(webhook) => webhook,
        Err(error) => {
            let code = error.code();
            assert!(matches!(code, ErrorCode::UnknownProvider | ErrorCode::InvalidSecret));
            return;
        }
    };
    let headers = hookseal_fuzz::headers(headers);
    if let Ok(event) = webhook.verify_at(body, &headers, now()) {
        check_event(&event, body);
    }

    // As genuine: with the id of the delivery where it has one that can be signed.
    let options = SignOptions::new().event_type("policy.created").timestamp(now());
    check_signed(&webhook, body, &options);
    let id = headers.iter().find(|(name, _)| *name == b"id").map(|(_, value)| *value);
    if let Some(Ok(id)) = id.map(core::str::from_utf8) {
        check_signed(&webhook, body, &options.id(id));
    }
    if let Ok(signed) = webhook.sign(body, &options)
        && let Ok(event) = webhook.verify_at(body, &signed, now())
    {
        check_fields(&event);
    }
});

/// The fields that the body has are those that another reader of JSON finds.
fn check_fields(event: &Event<'_>) {
    let Ok(body) = serde_json::from_slice::<Value>(event.body()) else { return };
    let (event_type, id, data) = match event.provider() {
        "coverkit" | "claimport" => ("/type", "/id", "/data"),
        "mycover" => ("/event", "/event_id", "/data"),
        _ => return,
    };
    let text = |pointer: &str| body.pointer(pointer).and_then(Value::as_str);
    assert_eq!(Some(event.event_type()), text(event_type));
    match body.pointer(id) {
        // As it is written, which this reader does not keep.
        Some(Value::Number(_)) => {
            let digits = event.id().map(|id| id.strip_prefix('-').unwrap_or(id));
            assert!(digits.is_none_or(|id| id.bytes().all(|byte| byte.is_ascii_digit())));
        }
        _ => assert_eq!(event.id(), text(id).filter(|id| !id.is_empty())),
    }
    let found: Option<Value> =
        event.data_json().map(|data| serde_json::from_str(data).expect("its body was readable"));
    if let Some(data) = body.pointer(data) {
        assert_eq!(found.as_ref(), Some(data));
    }
}
