//! The known providers that stand for the others, and schemes given at run time, so that every layout, encoding, algorithm
//! and kind of timestamp occurs.

use std::time::{Duration, SystemTime};

use hookseal::{Error, Event, Scheme, SignOptions, Webhook};
use hookseal_tests::FORMS;

pub(crate) type Headers = Vec<(String, Vec<u8>)>;

/// Who signs, and the webhook that must verify it.
#[derive(Debug)]
pub(crate) struct Sender {
    pub(crate) name: String,
    pub(crate) signer: Webhook,
    pub(crate) verifier: Webhook,
    pub(crate) form: Form,
}

/// How the signature is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Form {
    /// The signature's header.
    pub(crate) header: &'static str,
    pub(crate) encoding: Encoding,
    /// What stands before the digest, which ends the value. A timestamp in it is `NOW`.
    pub(crate) prefix: &'static str,
    /// What may stand between one signature and the next; empty where there is only one.
    pub(crate) separators: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Hex,
    Base64,
    Base64Url,
    Base64UrlNoPad,
}

/// For all of them: base64 behind its prefix, and plain text for the others.
pub(crate) const SECRET: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

/// Such a secret, where the scheme has hexadecimal ones.
pub(crate) const HEX_SECRET: &str = "5bd1ae9f0c7744e2b1d3f0a96c8e2d47";

pub(crate) const NOW: u64 = 1_760_000_000;

/// A type, an id and data wherever one of the senders has them.
pub(crate) const EVENT: &str = r#""type":"policy.created","event":"policy.updated","id":"evt_7","event_id":"evt_8","createdAt":"2024-12-20T12:00:00Z","livemode":false,"data":{"premium":299}"#;

pub(crate) fn event_body() -> String {
    format!("{{{EVENT}}}")
}

pub(crate) fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(NOW)
}

impl Sender {
    /// The headers of a delivery.
    pub(crate) fn sign(&self, body: &[u8]) -> Headers {
        self.sign_with(body, "dlv_0f3a", now())
    }

    pub(crate) fn sign_with(&self, body: &[u8], id: &str, timestamp: SystemTime) -> Headers {
        let options = SignOptions::new().event_type("policy.created").id(id).timestamp(timestamp);
        let headers = self.signer.sign(body, &options).expect("the options fit a header");
        headers.into_iter().map(|(name, value)| (name, value.into_bytes())).collect()
    }

    pub(crate) fn verify<'b>(&self, body: &'b [u8], headers: &Headers) -> Result<Event<'b>, Error> {
        self.verifier.verify_at(body, headers, now())
    }

    /// The headers that the signature covers, and its own.
    pub(crate) fn is_signed(&self, header: &str) -> bool {
        header == self.form.header
            || ["webhook-id", "webhook-timestamp", "x-time"].contains(&header)
    }

    /// The same headers with another signature.
    pub(crate) fn with_signature(&self, headers: &Headers, value: &[u8]) -> Headers {
        let mut headers = headers.clone();
        for (name, old) in &mut headers {
            if name == self.form.header {
                *old = value.to_vec();
            }
        }
        headers
    }

    pub(crate) fn signature<'h>(&self, headers: &'h Headers) -> &'h str {
        let value = headers.iter().find(|(name, _)| name == self.form.header);
        let (_, value) = value.expect("a signature is signed");
        core::str::from_utf8(value).expect("a signature is ASCII")
    }
}

pub(crate) fn senders() -> Vec<Sender> {
    let mut senders: Vec<Sender> = FORMS
        .into_iter()
        .map(|provider| {
            let webhook = || Webhook::new(provider, [SECRET]).expect("a usual secret");
            Sender {
                name: provider.to_owned(),
                signer: webhook(),
                verifier: webhook(),
                form: provider_form(provider),
            }
        })
        .collect();
    for (name, form, scheme, secret) in RUN_TIME {
        let webhook = || {
            let scheme = Scheme::parse(&format!("name = '{name}'\n{scheme}")).expect(name);
            Webhook::builder(scheme).build([secret]).expect(name)
        };
        // What the two forms sign that CoverKit is not first taken for must verify as CoverKit's.
        let verifier = match name.strip_suffix("-form") {
            Some(provider) => Webhook::new(provider, [secret]).expect(name),
            None => webhook(),
        };
        senders.push(Sender { name: (*name).to_owned(), signer: webhook(), verifier, form: *form });
    }
    senders
}

const fn form(
    header: &'static str,
    encoding: Encoding,
    prefix: &'static str,
    separators: &'static str,
) -> Form {
    Form { header, encoding, prefix, separators }
}

fn provider_form(name: &str) -> Form {
    use Encoding::{Base64, Hex};
    match name {
        "claimport" => form("X-ClaimPort-Signature", Hex, "sha256=", ""),
        "coverkit" => form("coverkit-signature", Hex, "sha256=", ""),
        "github" => form("X-Hub-Signature-256", Hex, "sha256=", ""),
        "kasko" => form("X-KASKO-Signature", Hex, "sha1=", ""),
        "mycover" => form("x-mycoverai-signature", Hex, "", ""),
        "standard-webhooks" => form("webhook-signature", Base64, "v1,", " "),
        "stripe" => form("Stripe-Signature", Hex, "t=1760000000,v1=", ", "),
        other => unreachable!("{other} needs its form here"),
    }
}

type RunTime = (&'static str, Form, &'static str, &'static str);

const RUN_TIME: &[RunTime] = &[
    (
        "coverkit-form",
        form("coverkit-signature", Encoding::Hex, "t=1760000000,v1=", ", "),
        "
        signature = { header = 'coverkit-signature', algorithm = 'hmac-sha256', encoding = 'hex', \
         layout = 'pairs', separator = ',', signature_key = 'v1', timestamp_key = 't', \
         content = '{timestamp}.{body}' }
        timestamp.unit = 'seconds'
        event.type.pointer = '/type'
        ",
        SECRET,
    ),
    (
        "coverkit-form",
        form("coverkit-signature", Encoding::Hex, "", ""),
        "
        signature = { header = 'coverkit-signature', algorithm = 'hmac-sha256', encoding = 'hex', \
         content = '{body}' }
        event.type.pointer = '/type'
        ",
        SECRET,
    ),
    (
        "sha1-base64",
        form("x-sig", Encoding::Base64, "", ""),
        "
        signature = { header = 'x-sig', algorithm = 'hmac-sha1', encoding = 'base64', \
         content = 'POST:{body}' }
        event.type.pointer = '/type'
        event.id.pointer = '/id'
        ",
        SECRET,
    ),
    (
        "commas",
        form("x-sig", Encoding::Hex, "sha512=", ", "),
        "
        signature = { header = ['x-sig', 'x-old-sig'], algorithm = 'hmac-sha512', \
         encoding = 'hex', layout = 'list', separator = ',', prefix = 'sha512=', \
         content = '{body}' }
        event.type.pointer = '/type'
        ",
        SECRET,
    ),
    (
        "semicolons",
        form("x-sig", Encoding::Base64Url, "ts=2025-10-09T08:53:20Z;h1=", "; "),
        "
        signature = { header = 'x-sig', algorithm = 'hmac-sha512', encoding = 'base64url', \
         layout = 'pairs', separator = ';', signature_key = 'h1', timestamp_key = 'ts', \
         content = '{timestamp}:{body}' }
        timestamp.unit = 'rfc3339'
        event.type.pointer = '/type'
        ",
        SECRET,
    ),
    (
        "milliseconds",
        form("x-sig", Encoding::Hex, "v0=", ""),
        "
        signature = { header = 'x-sig', algorithm = 'hmac-sha256', encoding = 'hex', \
         prefix = 'v0=', content = 'v0:{timestamp}:{body}' }
        timestamp = { header = 'x-time', unit = 'milliseconds', tolerance = 60 }
        event = { type = { header = 'x-type' }, id = { header = 'x-delivery' } }
        ",
        SECRET,
    ),
    (
        "bytes",
        form("x-sig", Encoding::Base64UrlNoPad, "", ""),
        "
        signature = { header = 'x-sig', algorithm = 'hmac-sha256', encoding = 'base64url-nopad', \
         content = '{body}' }
        key.encoding = 'hex'
        payload.format = 'bytes'
        event.type_required = false
        ",
        HEX_SECRET,
    ),
    (
        "rewritten",
        form("x-sig", Encoding::Base64UrlNoPad, "t=1760000000,s=", ", "),
        "
        signature = { header = 'x-sig', algorithm = 'hmac-sha1', encoding = 'base64url-nopad', \
         layout = 'pairs', separator = ',', signature_key = 's', timestamp_key = 't', \
         content = '{timestamp}.{body}' }
        timestamp.unit = 'seconds'
        payload.signed_as = 'ecmascript'
        event.type.pointer = '/type'
        ",
        SECRET,
    ),
];
