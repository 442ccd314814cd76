//! What the targets share: their input is text fields with a zero byte between them, so that a seed
//! can be read and written with any editor.

use std::time::{Duration, SystemTime};

use hookseal::{ErrorCode, Event, SignOptions, Webhook};
use hookseal_json::{to_ecmascript, validate};

/// Splits an input into its fields; the last one may hold zero bytes.
pub fn fields<const COUNT: usize>(input: &[u8]) -> Option<[&[u8]; COUNT]> {
    let mut parts = input.splitn(COUNT, |byte| *byte == 0);
    let mut fields = [&[][..]; COUNT];
    for field in &mut fields {
        *field = parts.next()?;
    }
    Some(fields)
}

/// Headers from lines of `name: value`.
pub fn headers(lines: &[u8]) -> Vec<(&[u8], &[u8])> {
    let pair = |line| {
        let line: &[u8] = line;
        let colon = line.windows(2).position(|pair| pair == b": ")?;
        Some((&line[..colon], &line[colon + 2..]))
    };
    lines.split(|byte| *byte == b'\n').filter_map(pair).collect()
}

/// The time at which everything is signed and verified.
pub fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_760_000_000)
}

/// What the webhook signs it must take for authentic, whatever it makes of the body.
pub fn check_signed(webhook: &Webhook, body: &[u8], options: &SignOptions<'_>) {
    let Ok(headers) = webhook.sign(body, options) else { return };
    match webhook.verify_at(body, &headers, now()) {
        Ok(event) => check_event(&event, body),
        Err(error) => {
            assert_eq!(error.code(), ErrorCode::InvalidPayload, "{error}: {headers:?}");
        }
    }
}

/// Whatever holds of every event.
pub fn check_event(event: &Event<'_>, body: &[u8]) {
    if event.body() != body {
        let text = core::str::from_utf8(body).expect("what was rewritten is JSON");
        let rewritten = to_ecmascript(text).expect("what was rewritten is JSON");
        assert_eq!(event.body(), rewritten.as_bytes());
    }
    let json = event.to_json();
    validate(&json).expect("an event is JSON");
    assert!(!json.contains('\n'), "{json}");
    let envelope = event.envelope_json();
    if let Some(envelope) = envelope {
        validate(envelope).expect("an envelope is JSON");
    }
    if let Some(data) = event.data_json() {
        validate(data).expect("data is JSON");
        // Numbers beyond doubles are JSON, too.
        if let Err(error) = serde_json::from_str::<serde_json::Value>(data) {
            let error = error.to_string();
            assert!(
                error.contains("number out of range") || error.contains("recursion limit"),
                "{error}: {data}"
            );
        }
    }
    assert_ne!(event.id(), Some(""));
    let shown = format!("{event:?} {} {:?}", event.dedupe_key(), event.created_at());
    let owned = event.clone().into_owned();
    assert_eq!(shown, format!("{owned:?} {} {:?}", owned.dedupe_key(), owned.created_at()));
    assert_eq!(owned.data_json(), event.data_json());
    assert_eq!(owned.envelope_json(), envelope);
    assert_eq!(owned.to_json(), json);
}
