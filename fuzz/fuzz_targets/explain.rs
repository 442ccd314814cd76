//! What is to be explained: provider, secret, headers as lines of `name: value`, body.

#![no_main]

use hookseal::{Hints, Scheme, SignOptions, Webhook};
use hookseal_fuzz::{fields, headers, now};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Some([provider, secret, lines, body]) = fields(input) else { return };
    let Ok(provider) = core::str::from_utf8(provider) else { return };
    let Ok(scheme) = Scheme::provider(provider) else { return };
    let hints = Hints::new().secrets([b"whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"]).at(now());

    let headers = headers(lines);
    let report = Webhook::builder(scheme.clone()).explain([secret], body, &headers, &hints);
    let verified = Webhook::builder(scheme.clone())
        .build([secret])
        .and_then(|webhook| webhook.verify_at(body, &headers, now()).map(|_| ()));
    assert_eq!(report.error(), verified.as_ref().err());
    serde_json::from_str::<serde_json::Value>(&report.to_json()).expect("a report is JSON");

    // What was signed, and lost its last byte or gained one: the same again, and no panic.
    let Ok(webhook) = Webhook::builder(scheme).build([secret]) else { return };
    let options = SignOptions::new().event_type("policy.created").timestamp(now());
    let Ok(signed) = webhook.sign(body, &options) else { return };
    let longer = [body, b"\n"].concat();
    let report = webhook.explain_with(&longer, &signed, &hints);
    let is_proven = report.findings().iter().any(hookseal::Finding::is_proven);
    assert!(report.verifies() || is_proven, "{report}");
    if let Some((_, shorter)) = body.split_last() {
        let report = webhook.explain_with(shorter, &signed, &hints);
        assert_eq!(report.to_json(), webhook.explain_with(shorter, &signed, &hints).to_json());
    }
});
