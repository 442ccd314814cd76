//! The report and what it is made from.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use hookseal::{
    EXPLAIN_PAGES, Error, ErrorCode, FindingCode, Hints, Report, RequestHead, Scheme, SignOptions,
    Surface, Webhook,
};
use hookseal_tests::{Case, root, vectors};

const SECRET: &str = "whsec_1b6f2ae8d0444a349cc1f4c8";
const BODY: &str = r#"{"policy_id":"TEST-POLICY-12345","note":"a/b"}"#;

fn kasko(secret: &str) -> Webhook {
    Webhook::new("kasko", [secret]).unwrap()
}

fn signed(webhook: &Webhook) -> Vec<(String, String)> {
    webhook.sign(BODY, &SignOptions::new().event_type("policy.created")).unwrap()
}

fn codes(report: &Report) -> Vec<(FindingCode, bool)> {
    report.findings().iter().map(|finding| (finding.code(), finding.is_proven())).collect()
}

#[test]
fn a_delivery_that_verifies_has_nothing_to_explain() {
    let webhook = kasko(SECRET);
    let report = webhook.explain(BODY, &signed(&webhook));
    assert!(report.verifies());
    assert!(report.error().is_none());
    assert!(report.findings().is_empty());
    assert!(report.ruled_out().is_empty());
    assert_eq!(report.to_json(), r#"{"verifies":true,"error":null,"findings":[],"ruled_out":[]}"#);
    assert_eq!(report.to_string(), "KASKO: the delivery verifies, there is nothing to explain");
}

#[test]
fn a_report_says_what_was_seen_and_how_to_fix_it() {
    let webhook = kasko(SECRET);
    let report = webhook.explain(&format!("{BODY}\n"), &signed(&webhook));
    assert_eq!(codes(&report), [(FindingCode::BodyFinalNewline, true)]);
    let finding = &report.findings()[0];
    let text = report.to_string();
    let page = format!("{EXPLAIN_PAGES}body_final_newline.html");
    assert_eq!(finding.code().page(), page);
    for part in
        [finding.what(), finding.fix(), finding.evidence(), "body_final_newline, proven", &page]
    {
        assert!(text.contains(part), "{text}");
    }
    let error = report.error().unwrap();
    assert!(
        text.starts_with(&format!("KASKO: {} (signature_mismatch)\n", error.summary())),
        "{text}"
    );
    assert!(error.message().starts_with(error.summary()), "{error}");
    assert!(error.summary().ends_with("or the delivery is forged"), "{error}");
    assert_eq!(finding.secret(), Some(0));
    assert!(report.ruled_out().is_empty());
    let json: serde_json::Value = serde_json::from_str(&report.to_json()).unwrap();
    assert_eq!(json["error"], "signature_mismatch");
    assert_eq!(json["findings"][0]["code"], "body_final_newline");
    assert_eq!(json["findings"][0]["what"], finding.what());
    assert_eq!(json["findings"][0]["fix"], finding.fix());
    assert_eq!(json["findings"][0]["evidence"], finding.evidence());
    assert_eq!(json["findings"][0]["proven"], true);
    assert_eq!(json["findings"][0]["secret"], 0);
}

#[test]
fn what_was_tried_in_vain_is_said() {
    let webhook = kasko("whsec_another");
    let report = webhook.explain(BODY, &signed(&kasko(SECRET)));
    assert!(report.findings().is_empty(), "{report}");
    assert!(report.ruled_out().len() >= 5, "{report}");
    let text = report.to_string();
    let last = text.lines().last().unwrap();
    assert!(last.starts_with("No cause was found: "), "{text}");
    assert!(last.ends_with(EXPLAIN_PAGES), "{text}");
    assert_eq!(report.to_json(), webhook.explain(BODY, &signed(&kasko(SECRET))).to_json());
}

#[test]
fn what_to_give_next_is_said_in_the_words_of_the_surface() {
    let headers = signed(&kasko(SECRET));
    let explain = |surface, hints: &Hints| {
        let scheme = Scheme::provider("kasko").unwrap();
        let builder = || Webhook::builder(scheme.clone()).surface(surface);
        let webhook = builder().build(["whsec_another"]).unwrap();
        let said = webhook.explain_with(BODY, &headers, hints).conclusion().unwrap();
        let unbuilt = builder().explain(["whsec_another"], BODY, &headers, hints);
        assert_eq!(unbuilt.conclusion().unwrap(), said);
        said
    };
    for (surface, words) in [
        (Surface::Rust, "`webhook.explain_with(body, headers, &Hints::new().secrets([…]))`"),
        (Surface::C, "`secrets` of `hookseal_webhook_explain()`"),
        (Surface::Python, "`webhook.explain(body, headers, secrets=[…])`"),
        (Surface::Node, "`webhook.explain(body, headers, { secrets: […] })`"),
        (Surface::Php, "`$webhook->explain($body, $headers, secrets: […])`"),
        (Surface::Command, "`--other-secret-file FILE`"),
    ] {
        let said = explain(surface, &Hints::new());
        assert!(said.ends_with(&format!("a rotation: {words}. {EXPLAIN_PAGES}")), "{said}");
        let said = explain(surface, &Hints::new().secrets(["whsec_a_third"]));
        assert!(said.contains("Give it next a delivery as it comes in"), "{said}");
        assert!(!said.contains(words), "{said}");
    }
}

#[test]
fn the_secret_that_matters_is_named() {
    let headers = signed(&kasko(SECRET));
    let two = Webhook::new("kasko", ["whsec_other", &SECRET.replacen("1b6f", "", 1)]).unwrap();
    assert!(two.explain(BODY, &headers).findings().is_empty());

    let rotated = Webhook::new("kasko", ["whsec_other", SECRET]).unwrap();
    let report = rotated.explain(&BODY.replace(':', ": "), &headers);
    assert_eq!(codes(&report), [(FindingCode::BodyReserialised, true)]);
    assert_eq!(report.findings()[0].secret(), Some(1));

    let hints = Hints::new().secrets(["whsec_a_third", SECRET]);
    let report = two.explain_with(BODY, &headers, &hints);
    assert_eq!(codes(&report), [(FindingCode::SecretOtherWebhook, true)]);
    assert_eq!(report.findings()[0].secret(), Some(3));
}

#[test]
fn secrets_that_build_no_webhook_are_explained() {
    let headers = signed(&kasko(SECRET));
    let explain = |secrets: &[&str]| {
        let builder = Webhook::builder(Scheme::provider("kasko").unwrap());
        builder.explain(secrets, BODY, &headers, &Hints::new())
    };
    for (secrets, code, proven) in [
        (vec![format!("{SECRET}\n")], FindingCode::SecretWhitespace, true),
        (vec![format!("'{SECRET}'")], FindingCode::SecretQuoted, true),
        (vec![format!("KASKO_SECRET={SECRET}")], FindingCode::SecretWrapped, true),
        (vec![String::new()], FindingCode::SecretUnusable, false),
        (vec![], FindingCode::SecretUnusable, false),
    ] {
        let secrets: Vec<&str> = secrets.iter().map(String::as_str).collect();
        assert_eq!(codes(&explain(&secrets)), [(code, proven)]);
    }
    assert!(explain(&[SECRET]).verifies());

    // One beside the right one.
    let report = explain(&[SECRET, "$KASKO_OLD_SECRET", " "]);
    assert_eq!(report.error().map(Error::code), Some(ErrorCode::InvalidSecret));
    let found: Vec<_> = report.findings().iter().map(|f| (f.code(), f.secret())).collect();
    assert_eq!(
        found,
        [(FindingCode::SecretUnusable, Some(2)), (FindingCode::SecretPlaceholder, Some(1))]
    );
}

/// Of two headers that may hold the signature the first that is there counts.
#[test]
fn a_right_signature_in_the_second_header_is_explained() -> Result<(), Error> {
    let form = |header| {
        format!(
            "{{ header = '{header}', algorithm = 'hmac-sha256', encoding = 'hex', content = '{{body}}' }}"
        )
    };
    let event = "event = { type_required = false }";
    let scheme = |forms: &[String]| {
        Scheme::parse(&format!("name = 'own'\nsignature = [{}]\n{event}", forms.join(", ")))
    };
    let webhook = Webhook::builder(scheme(&[form("X-Old"), form("X-New")])?).build([SECRET])?;
    let sender = Webhook::builder(scheme(&[form("X-New")])?).build([SECRET])?;
    let mut headers = sender.sign(BODY, &SignOptions::new())?;
    headers.push(("X-Old".to_owned(), "0".repeat(64)));
    let report = webhook.explain(BODY, &headers);
    assert_eq!(codes(&report), [(FindingCode::SignatureHeader, true)]);
    Ok(())
}

/// A sender's own secret may have a line break in it: the webhook cannot have it, so that is it.
#[test]
fn a_secret_with_the_senders_own_line_break_is_explained() {
    // Made with: printf '%s' '{"a":1}' | openssl dgst -sha256 -hmac $'secret\n'
    let signature = "sha256=49fe204a735ec49b4098d9ab967529a49db1560c10528bfa1a434cc4fc5453be";
    let headers = [("X-ClaimPort-Signature", signature)];
    let builder = Webhook::builder(Scheme::provider("claimport").unwrap());
    let report = builder.explain(["secret\n"], r#"{"a":1}"#, &headers, &Hints::new());
    assert_eq!(codes(&report), [(FindingCode::SecretWhitespace, true)]);
}

#[test]
fn the_clock_is_the_webhooks_or_a_hint() -> Result<(), Error> {
    let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    let scheme = Scheme::provider("stripe")?;
    let webhook = Webhook::builder(scheme)
        .tolerance(Duration::from_secs(10))
        .clock(move || at(1_760_000_000))
        .build([SECRET])?;
    let headers = webhook.sign(BODY, &SignOptions::new().timestamp(at(1_760_000_011)))?;
    let report = webhook.explain(BODY, &headers);
    assert_eq!(codes(&report), [(FindingCode::ClockSkewed, true)]);
    let late = Hints::new().at(at(1_760_000_022));
    assert_eq!(
        codes(&webhook.explain_with(BODY, &headers, &late)),
        [(FindingCode::DeliveryOld, true)]
    );
    assert!(webhook.explain_with(BODY, &headers, &Hints::new().at(at(1_760_000_011))).verifies());
    Ok(())
}

/// A scheme of one's own is explained as a known one, and what it got wrong is named.
#[test]
fn a_scheme_of_ones_own_is_explained() -> Result<(), Error> {
    let scheme = |content: &str, algorithm: &str, prefix: &str| {
        Scheme::parse(&format!(
            r#"
            name = "own"
            signature = {{ header = "X-Own", algorithm = "{algorithm}", encoding = "base64", prefix = "{prefix}", content = "{content}" }}
            timestamp = {{ header = "X-Own-Time", unit = "milliseconds" }}
            event = {{ type_required = false }}
            "#
        ))
    };
    let sender =
        Webhook::builder(scheme("{timestamp}:{body}", "hmac-sha512", "")?).build([SECRET])?;
    let headers = sender.sign(BODY, &SignOptions::new())?;
    let receiver = |content, algorithm, prefix| {
        let webhook = Webhook::builder(scheme(content, algorithm, prefix)?).build([SECRET])?;
        Ok::<_, Error>(codes(&webhook.explain(BODY, &headers)))
    };
    assert_eq!(
        receiver("{timestamp}.{body}", "hmac-sha512", "")?,
        [(FindingCode::SignedContent, true)]
    );
    assert_eq!(
        receiver("{timestamp}:{body}", "hmac-sha256", "")?,
        [(FindingCode::SignatureAlgorithm, true)]
    );
    assert_eq!(
        receiver("{timestamp}:{body}", "hmac-sha512", "v1=")?,
        [(FindingCode::SignaturePrefix, true)]
    );
    assert_eq!(
        receiver("{timestamp}{body}", "hmac-sha512", "v1=")?,
        [(FindingCode::SignaturePrefix, true), (FindingCode::SignedContent, true)]
    );
    assert_eq!(receiver("{timestamp}:{body}", "hmac-sha512", "")?, []);
    Ok(())
}

#[test]
fn headers_come_as_any_collection() {
    let webhook = kasko(SECRET);
    let pairs = signed(&webhook);
    let body = format!("{BODY}\n");
    let expected = [(FindingCode::BodyFinalNewline, true)];
    let map: BTreeMap<String, String> = pairs.iter().cloned().collect();
    assert_eq!(codes(&webhook.explain(&body, &map)), expected);
    let mut http = http::HeaderMap::new();
    for (name, value) in &pairs {
        let name: http::HeaderName = name.parse().unwrap();
        http.append(name, value.parse::<http::HeaderValue>().unwrap());
    }
    assert_eq!(codes(&webhook.explain(&body, &http)), expected);
    // The signature alone leaves the type out, which KASKO sends in a header.
    let (_, signature) = pairs.iter().find(|(name, _)| name == "X-KASKO-Signature").unwrap();
    let report = webhook.explain(BODY, signature);
    assert_eq!(codes(&report), [(FindingCode::HeadersStripped, true)]);
    assert!(report.findings()[0].evidence().contains("only the signature's value"));
}

#[test]
fn codes_are_stable() {
    let codes: Vec<&str> = FindingCode::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(
        codes,
        [
            "headers_stripped",
            "header_underscores",
            "header_joined",
            "signature_header",
            "signature_decorated",
            "signature_prefix",
            "signature_encoding",
            "signature_truncated",
            "signature_algorithm",
            "signed_content",
            "other_provider",
            "url_rewritten",
            "secret_unusable",
            "secret_truncated",
            "secret_placeholder",
            "secret_other_webhook",
            "secret_test_mode",
            "secret_is_api_key",
            "secret_key_kind",
            "secret_key_form",
            "secret_whitespace",
            "secret_quoted",
            "secret_wrapped",
            "secret_prefix",
            "secret_charset",
            "secret_encoding",
            "secret_case",
            "secret_mistyped",
            "body_empty",
            "body_reserialised",
            "body_array",
            "body_bom",
            "body_line_endings",
            "body_final_newline",
            "body_charset",
            "body_normalised",
            "body_base64",
            "body_compressed",
            "body_form_encoded",
            "body_url_encoded",
            "body_json_string",
            "body_escaped",
            "body_placeholder",
            "body_wrapped",
            "body_field_added",
            "body_field_lost",
            "body_truncated",
            "body_length",
            "payload_invalid",
            "timestamp_unit",
            "clock_skewed",
            "delivery_old",
        ]
    );
}

/// Who looks for a code finds its file: each has one of that name.
#[test]
fn a_code_has_a_file_of_its_name() {
    let names = |folder: PathBuf| {
        let entries = fs::read_dir(folder).unwrap();
        let paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        paths
    };
    let top = names(root().join("core/src/explain"));
    let groups = top.iter().filter(|path| path.is_dir());
    let inside: Vec<PathBuf> = groups.flat_map(|group| names(group.clone())).collect();
    let mut files: Vec<&str> = top
        .iter()
        .chain(&inside)
        .filter_map(|file| file.file_stem()?.to_str())
        .filter(|name| FindingCode::ALL.iter().any(|code| code.as_str() == *name))
        .collect();
    files.sort_unstable();
    let mut codes: Vec<&str> = FindingCode::ALL.iter().map(|code| code.as_str()).collect();
    codes.sort_unstable();
    assert_eq!(files, codes);
}

/// Over all conformance cases, a report says what verifying says.
#[test]
fn reports_agree_with_verifying() {
    let files = vectors();
    let mut checked = 0;
    for case in files.iter().flat_map(|(_, cases)| cases) {
        let Ok(webhook) = webhook(case) else { continue };
        let body = case.body();
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(case.now.unwrap_or_default());
        let request = &case.request;
        let head = RequestHead::new(&case.headers)
            .method(request.method.as_deref())
            .url(request.url.as_deref());
        let verified = webhook.verify_at(&body, &head, now).map(|_| ());
        let report = webhook.explain_with(&body, &head, &Hints::new().at(now));
        assert_eq!(report.error(), verified.as_ref().err(), "{}", case.name);
        assert_eq!(report.verifies(), verified.is_ok(), "{}", case.name);
        checked += 1;
    }
    assert_eq!(checked, 2140);
}

/// A signature that says itself what it signs is looked for where it stands alone: a wrong one has no
/// cause, and what happened to the body or the clock is found.
#[test]
fn signatures_that_say_what_they_sign_are_explained() {
    let files = vectors();
    let (_, cases) = files.iter().find(|(name, _)| name == "envelopes.json").unwrap();
    let (mut refused, mut newlines, mut old, mut urls) = (0, 0, 0, 0);
    for case in cases {
        let Ok(webhook) = webhook(case) else { continue };
        let request = &case.request;
        let head = RequestHead::new(&case.headers)
            .method(request.method.as_deref())
            .url(request.url.as_deref());
        let at = |seconds| {
            let now = case.now.unwrap_or_default() + seconds;
            Hints::new().at(SystemTime::UNIX_EPOCH + Duration::from_secs(now))
        };
        let moved = request.url.as_ref().map(|url| url.replacen("https:", "http:", 1));
        let elsewhere =
            RequestHead::new(&case.headers).method(request.method.as_deref()).url(moved.as_deref());
        let explain = |body: &[u8], later| codes(&webhook.explain_with(body, &head, &at(later)));
        let mut body = case.body();
        if let Some(error) = &case.expect.error {
            let is_wrong = matches!(error.as_str(), "signature_mismatch" | "malformed_header");
            let found = explain(&body, 0);
            // Some have another address than was signed.
            let is_true = |(code, proven): (_, bool)| !proven || code == FindingCode::UrlRewritten;
            let name = &case.name;
            assert!(!is_wrong || found.iter().copied().all(is_true), "{name}: {found:?}");
            refused += usize::from(is_wrong);
            continue;
        }
        old += usize::from(explain(&body, 100_000) == [(FindingCode::DeliveryOld, true)]);
        let found = codes(&webhook.explain_with(&body, &elsewhere, &at(0)));
        urls += usize::from(found == [(FindingCode::UrlRewritten, true)]);
        body.push(b'\n');
        newlines += usize::from(explain(&body, 0) == [(FindingCode::BodyFinalNewline, true)]);
    }
    assert_eq!((refused, newlines, old, urls), (85, 12, 15, 7));
}

fn webhook(case: &Case) -> Result<Webhook, Error> {
    let scheme = match (&case.scheme, &case.provider) {
        (Some(scheme), _) => Scheme::parse(&scheme.to_string())?,
        (None, provider) => Scheme::provider(provider.as_deref().unwrap_or_default())?,
    };
    let mut builder = Webhook::builder(scheme);
    if let Some(tolerance) = case.tolerance {
        builder = builder.tolerance(Duration::from_secs(tolerance));
    }
    let options = &case.options;
    for (name, value) in &options.constants {
        builder = builder.constant(name, value);
    }
    if let Some(origin) = &options.origin {
        builder = builder.origin(origin);
    }
    if options.accept_unsigned {
        builder = builder.accept_unsigned();
    }
    builder.build(case.secrets())
}

/// Signs as the provider does, with any key.
fn forged(provider: &str, hex_key: &str) -> Vec<(String, String)> {
    let (header, form, rest) = match provider {
        "github" => ("X-Hub-Signature-256", "encoding = 'hex'\nprefix = 'sha256='", ""),
        _ => (
            "webhook-signature",
            "encoding = 'base64'\nlayout = 'list'\nseparator = ' '\nprefix = 'v1,'",
            "[id]\nheader = 'webhook-id'\n[timestamp]\nheader = 'webhook-timestamp'\nunit = 'seconds'",
        ),
    };
    let content = if rest.is_empty() { "{body}" } else { "{id}.{timestamp}.{body}" };
    let scheme = format!(
        "name = 'forger'\n[[signature]]\nheader = '{header}'\nalgorithm = 'hmac-sha256'\n{form}\n\
         content = '{content}'\n[key]\nencoding = 'hex'\n{rest}\n[event]\ntype_required = false"
    );
    let forger = Webhook::builder(Scheme::parse(&scheme).unwrap()).build([hex_key]).unwrap();
    forger.sign(BODY, &SignOptions::new()).unwrap()
}

/// Where a secret is empty or nothing but what it begins with, a forger knows it too.
#[test]
fn what_everybody_knows_proves_nothing() {
    let whsec = "77687365635f";
    for (secret, hex_key) in [
        ("", "0a"),
        ("", "0d0a"),
        ("", "efbbbf"),
        (" ", "20"),
        (" ", "200a"),
        ("\0", "0a"),
        ("%20", "20"),
        ("whsec_", whsec),
        ("v1,whsec_", whsec),
        ("v1,whsec_", "76312c77687365635f"),
        ("MCASECK|", "4d43415345434b7c"),
    ] {
        for provider in ["github", "standard-webhooks"] {
            let headers = forged(provider, hex_key);
            let builder = Webhook::builder(Scheme::provider(provider).unwrap());
            let report = builder.explain([secret], BODY, &headers, &Hints::new());
            let proven = report.findings().iter().any(hookseal::Finding::is_proven);
            assert!(!proven, "{secret:?} for {provider}: {report}");
        }
    }
}
