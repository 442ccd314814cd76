//! A scheme in TOML or JSON, a secret and a body.

#![no_main]

use hookseal::{ErrorCode, Scheme, SignOptions, Webhook};
use hookseal_fuzz::{check_event, check_signed, fields, now};
use libfuzzer_sys::fuzz_target;

/// A key in every encoding that schemes know, in case the input has none.
const SECRET: &[u8] = b"00ff00ff00ff00ff";

fuzz_target!(|input: &[u8]| {
    let Some([scheme, secret, body]) = fields(input) else { return };
    let Ok(scheme) = core::str::from_utf8(scheme) else { return };
    let scheme = match Scheme::parse(scheme) {
        Ok(scheme) => scheme,
        Err(error) => {
            assert_eq!(error.code(), ErrorCode::InvalidScheme);
            return;
        }
    };
    let webhook = match Webhook::builder(scheme.clone()).build([secret]) {
        Ok(webhook) => webhook,
        Err(error) => {
            assert_eq!(error.code(), ErrorCode::InvalidSecret);
            let Ok(webhook) = Webhook::builder(scheme).build([SECRET]) else { return };
            webhook
        }
    };
    let options = SignOptions::new().event_type("policy.created").timestamp(now());
    check_signed(&webhook, body, &options);
    check_signed(&webhook, body, &options.id("evt_1.2,3;4 5=6"));
    // Any header for any scheme, its value taken from the body.
    if let Ok(text) = core::str::from_utf8(body)
        && let Ok(event) = webhook.verify_at(body, text, now())
    {
        check_event(&event, body);
    }
});
