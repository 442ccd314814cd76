//! Explains why a delivery does not verify, by undoing what goes wrong in practice until the
//! signature matches.
//!
//! A delivery has parts (`received`): its body, its headers, the digest in one of them, a
//! timestamp, and the secret on the receiver's side. The causes are grouped by the part that they
//! explain: `body_bytes`, `body_encoding`, `body_json`, `body_envelope`, `secret`, `header`,
//! `signature`, `address`, `clock`. Each file there has the name of the finding's code. All groups have the
//! interface of `part`: candidates for what the part was before the cause, which a matching
//! signature proves, and symptoms, which are only observed. `keys` and `claims` collect the
//! possible keys and digests, `search` tries them with each other within a `budget`, and `case`
//! makes the report, with the texts in `table`.

mod address;
mod body_bytes;
mod body_encoding;
mod body_envelope;
mod body_json;
mod budget;
mod case;
mod cause;
mod claim;
mod claims;
mod clock;
mod code;
mod groups;
mod header;
mod hints;
mod keys;
mod null_text;
mod part;
mod payload_invalid;
mod received;
mod report;
mod search;
mod secret;
mod signature;
mod signed_values;
mod table;
mod token;
mod told;
mod utf16;
mod words;

pub use hints::Hints;
pub use report::{Finding, Report};
pub use table::FindingCode;

use self::case::Case;
use crate::ErrorCode;
use crate::headers::Headers;
use crate::webhook::{Webhook, WebhookBuilder};

impl Webhook {
    /// Explains why a delivery does not verify: a development tool for when every signature fails.
    ///
    /// It undoes what goes wrong in practice (a body that was parsed and written again, a secret
    /// with a line break, a header that a proxy renamed), alone and in pairs, until the signature
    /// matches. It says what it undid and how to fix it. It needs no network. The work is bounded
    /// whatever the delivery is, though it is far more than that of verifying.
    ///
    /// The report is for whoever builds the receiver. Never put it in a response, and do not act on
    /// it: it tells a sender what is wrong, and a finding does not prove who sent the delivery.
    ///
    /// ```
    /// # let secret = "whsec_1b6f2ae8d0444a349cc1f4c8";
    /// use hookseal::{FindingCode, SignOptions, Webhook};
    ///
    /// let webhook = Webhook::new("kasko", [secret])?;
    /// let sent = r#"{"policy_id":"TEST-POLICY-12345"}"#;
    /// let headers = webhook.sign(sent, &SignOptions::new().event_type("policy.created"))?;
    ///
    /// // What a handler has that parsed the body and wrote it again.
    /// let body = r#"{"policy_id": "TEST-POLICY-12345"}"#;
    /// let report = webhook.explain(body, &headers);
    /// let finding = &report.findings()[0];
    /// assert_eq!(finding.code(), FindingCode::BodyReserialised);
    /// assert!(finding.is_proven());
    /// println!("{report}");
    /// # Ok::<(), hookseal::Error>(())
    /// ```
    #[must_use]
    pub fn explain(
        &self,
        body: &(impl AsRef<[u8]> + ?Sized),
        headers: &(impl Headers + ?Sized),
    ) -> Report {
        self.explain_with(body, headers, &Hints::new())
    }

    /// Explains a delivery as [`explain`](Self::explain) does, with hints: other secrets, or the
    /// time at which the delivery arrived.
    #[must_use]
    pub fn explain_with(
        &self,
        body: &(impl AsRef<[u8]> + ?Sized),
        headers: &(impl Headers + ?Sized),
        hints: &Hints,
    ) -> Report {
        let body = body.as_ref();
        let now = hints.now.unwrap_or_else(|| self.now());
        let case = Case {
            webhook: Some(self),
            scheme: &self.scheme,
            tolerance: self.tolerance,
            now,
            secrets: self.secrets().collect(),
            body,
            has_hints: !hints.secrets.is_empty(),
            surface: self.surface,
        };
        match self.verify_at(body, headers, now) {
            Ok(_) => case.report(None, Vec::new(), Vec::new()),
            // Without it, nothing that was signed can be told: the error says what to pass.
            Err(error) if error.code() == ErrorCode::MissingRequest => {
                case.report(Some(error), Vec::new(), Vec::new())
            }
            Err(error) => case.explain(error, headers, hints),
        }
    }
}

impl WebhookBuilder {
    /// Explains a delivery as [`Webhook::explain_with`] does, also with secrets that no webhook can
    /// be built with: it says what is wrong with them.
    ///
    /// ```
    /// # let headers = [("X-KASKO-Event", "policy.created"), ("X-KASKO-Signature", "sha1=00")];
    /// use hookseal::{Hints, FindingCode, Scheme, Webhook};
    ///
    /// let builder = Webhook::builder(Scheme::provider("kasko")?);
    /// let report = builder.explain(["$KASKO_SECRET"], "{}", &headers, &Hints::new());
    /// let mut codes = report.findings().iter().map(|finding| finding.code());
    /// assert!(codes.any(|code| code == FindingCode::SecretPlaceholder));
    /// # Ok::<(), hookseal::Error>(())
    /// ```
    #[must_use]
    pub fn explain<S: AsRef<[u8]>>(
        self,
        secrets: impl IntoIterator<Item = S>,
        body: &(impl AsRef<[u8]> + ?Sized),
        headers: &(impl Headers + ?Sized),
        hints: &Hints,
    ) -> Report {
        let secrets: Vec<S> = secrets.into_iter().collect();
        let (scheme, tolerance) = (self.scheme().clone(), self.tolerance_or_default());
        let surface = self.surface;
        let now = hints.now.unwrap_or_else(|| self.now());
        match self.build(&secrets) {
            Ok(webhook) => webhook.explain_with(body, headers, hints),
            Err(error) => {
                let body = body.as_ref();
                let secrets = secrets.iter().map(AsRef::as_ref).collect();
                let has_hints = !hints.secrets.is_empty();
                let (webhook, scheme) = (None, &scheme);
                Case { webhook, scheme, tolerance, now, secrets, body, has_hints, surface }
                    .explain(error, headers, hints)
            }
        }
    }
}
