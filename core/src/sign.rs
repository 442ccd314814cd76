use core::fmt;
use std::borrow::Cow;
use std::time::SystemTime;

use sha2::{Digest as _, Sha256};

use crate::address;
use crate::headers::{HeaderName, Headers};
use crate::message_signature::{SignatureInput, digest_of};
use crate::public_key::{Message, read_private};
use crate::request::{Request, is_uuid, joined, malformed, malformed_timestamp};
use crate::scheme::{
    CONTENT_DIGEST, Compiled, Envelope, Parameter, Parts, Place, SIGNATURE_INPUT, SignatureForm,
    SignatureHeader, message_algorithm, token_algorithms,
};
use crate::web_signature::unsigned;
use crate::webhook::Webhook;
use crate::{Error, ErrorCode};

/// Options for [`Webhook::sign`]: what a delivery has besides its body.
#[derive(Clone, Copy, Default)]
pub struct SignOptions<'o> {
    event_type: Option<&'o str>,
    id: Option<&'o str>,
    timestamp: Option<SystemTime>,
    method: Option<&'o str>,
    url: Option<&'o str>,
    headers: &'o [(&'o str, &'o str)],
    private_key: Option<&'o str>,
}

impl<'o> SignOptions<'o> {
    /// Creates options with no type, an id made from the body, and the present time.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the event's type, for providers that send it in a header.
    #[must_use]
    pub fn event_type(mut self, event_type: &'o str) -> Self {
        self.event_type = Some(event_type);
        self
    }

    /// Sets the delivery's id, for providers that send it in a header.
    #[must_use]
    pub fn id(mut self, id: &'o str) -> Self {
        self.id = Some(id);
        self
    }

    /// Sets the time at which the delivery is signed, for providers that sign a timestamp.
    #[must_use]
    pub fn timestamp(mut self, timestamp: SystemTime) -> Self {
        self.timestamp = Some(timestamp);
        self
    }

    /// Sets the request's method, for providers that sign it.
    #[must_use]
    pub fn method(mut self, method: &'o str) -> Self {
        self.method = Some(method);
        self
    }

    /// Sets the request's address, for providers that sign it.
    #[must_use]
    pub fn url(mut self, url: &'o str) -> Self {
        self.url = Some(url);
        self
    }

    /// Sets other headers of the delivery, for providers that sign some. They are not returned.
    #[must_use]
    pub fn headers(mut self, headers: &'o [(&'o str, &'o str)]) -> Self {
        self.headers = headers;
        self
    }

    /// Sets the sender's private key, for providers that sign with one: PEM (PKCS #8), a JSON Web
    /// Key, `whsk_…`, or the key's 32 bytes in hexadecimal or base64. Make a pair of your own for
    /// tests. RSA keys are refused: sign with OpenSSL in tests of those.
    #[must_use]
    pub fn private_key(mut self, private_key: &'o str) -> Self {
        self.private_key = Some(private_key);
        self
    }
}

/// Shows all but the private key and the address, which may hold a secret too.
impl fmt::Debug for SignOptions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignOptions")
            .field("event_type", &self.event_type)
            .field("id", &self.id)
            .field("timestamp", &self.timestamp)
            .finish_non_exhaustive()
    }
}

impl Webhook {
    /// Signs a body with the first secret or with the private key in `options`, and returns the headers
    /// that the provider would send. For tests of a handler.
    ///
    /// # Errors
    /// [`ErrorCode::InvalidSecret`] if the provider signs with a private key and `options` have none
    /// that can sign. [`ErrorCode::MissingHeader`] if the provider sends the event's type in a header and
    /// `options` has none; [`ErrorCode::MalformedHeader`] if a text in `options` cannot stand in a
    /// header.
    pub fn sign(
        &self,
        body: &(impl AsRef<[u8]> + ?Sized),
        options: &SignOptions<'_>,
    ) -> Result<Vec<(String, String)>, Error> {
        let body = body.as_ref();
        let scheme = self.scheme.compiled();
        let (header, form) = self.signed_form(options)?;
        let Some(signature_name) = header.names.first() else {
            return Err(Error::new(
                ErrorCode::InvalidScheme,
                format!(
                    "{} puts its signature into the body, which no header can do: write it there \
                     yourself",
                    scheme.title
                ),
            ));
        };
        let mut headers = Vec::new();

        let id = match options.id {
            Some(id) => id.to_owned(),
            None => id_from(body, scheme.id_is_uuid),
        };
        let moment = match &scheme.timestamp {
            Some(rule) => rule.unit.write(options.timestamp.unwrap_or_else(|| self.now())),
            None => String::new(),
        };
        if form.content.has_id() {
            if scheme.id_is_uuid && !is_uuid(&id) {
                return Err(malformed(&scheme.id[0], "is not a UUID"));
            }
            if let Some(what) = form.borders.refuse_id(&id) {
                return Err(malformed(&scheme.id[0], what));
            }
            push(&mut headers, &scheme.id[0], &id)?;
        }
        if let Some(rule) = &scheme.timestamp
            && form.content.has_timestamp()
        {
            if moment.is_empty() || !form.borders.allow_timestamp(&moment) {
                return Err(malformed_timestamp(scheme, form, rule.unit));
            }
            if !form.layout.has_timestamp()
                && let Some(name) = rule.headers.first()
            {
                push(&mut headers, name, &moment)?;
            }
        }
        let mut unsigned = Vec::new();
        unsigned_headers(scheme, options, &id, &mut unsigned)?;
        let draft = match form.envelope() {
            Some(envelope) => {
                Some(self.draft(envelope, form, body, (&id, &moment), &mut headers)?)
            }
            None => None,
        };

        let given = options.headers.iter().map(|(name, value)| (*name, *value));
        let own =
            headers.iter().chain(&unsigned).map(|(name, value)| (name.as_str(), value.as_str()));
        // What a token signs is read in it.
        let drafted = draft.iter().map(|draft| (signature_name.as_str(), draft.before.as_str()));
        let all: Vec<(&str, &str)> = own.chain(drafted).chain(given).collect();
        let head = Head { headers: &all, options };
        let request = Request::new(&self.scheme, &head, body).surface(self.surface);
        let moment = match &scheme.timestamp {
            // It is the body's own.
            Some(rule) if rule.pointer.is_some() && form.content.has_timestamp() => {
                request.body_timestamp(rule)?
            }
            _ => moment.clone(),
        };
        let values = request.values(form, self)?;
        let signed = scheme.representations(body).next_back().unwrap_or(Cow::Borrowed(body));
        let parts =
            Parts { body: &signed, timestamp: &moment, id: &id, values: &values, secret: &[] };
        let signature = self.signature_value(form, parts, options)?;
        let signature = match &draft {
            Some(draft) => format!("{}{signature}{}", draft.before, draft.behind),
            None => signature,
        };
        push(&mut headers, signature_name, &signature)?;
        headers.append(&mut unsigned);
        Ok(headers)
    }
}

impl Webhook {
    /// The first form that can be signed with what there is.
    fn signed_form(
        &self,
        options: &SignOptions<'_>,
    ) -> Result<(&SignatureHeader, &SignatureForm), Error> {
        let scheme = self.scheme.compiled();
        let headers = scheme.signatures.iter();
        let forms = headers.flat_map(|header| header.forms.iter().map(move |form| (header, form)));
        // A form whose address has the body's hash is for an address that has it.
        let has_hash = |form: &SignatureForm| match (&form.covers, options.url) {
            (None, _) => true,
            (Some(covered), Some(url)) => address::parameter(url, &covered.query).is_some(),
            (Some(_), None) => false,
        };
        let mut forms = forms.filter(|(_, form)| has_hash(form));
        let is_public = |form: &SignatureForm| form.algorithm.public().is_some();
        let found = match options.private_key {
            Some(_) => forms.find(|(_, form)| is_public(form)),
            None => forms.find(|(_, form)| !is_public(form) && self.has_key(form)),
        };
        found.ok_or_else(|| {
            let what = if options.private_key.is_some() {
                "signs with a shared secret, so no private key is needed: leave it out".to_owned()
            } else {
                let how = self.surface.private_key();
                format!(
                    "signs with a private key, of which a receiver has only the public half: {how}"
                )
            };
            Error::new(ErrorCode::InvalidSecret, format!("{} {what}", scheme.title))
        })
    }

    /// What stands around a signature that says itself what it signs. Pushes the headers that it
    /// covers or that say so.
    fn draft(
        &self,
        envelope: &Envelope,
        form: &SignatureForm,
        body: &[u8],
        (id, moment): (&str, &str),
        headers: &mut Vec<(String, String)>,
    ) -> Result<Draft, Error> {
        let key_id = self.keys(form).find_map(|(_, key)| key.id()).map(str::to_owned);
        let rules = match envelope {
            Envelope::Message(rules) => rules,
            Envelope::Token(rules) => {
                let alg = token_algorithms(form.algorithm).first().copied().unwrap_or_default();
                let before = unsigned(rules, alg, key_id.as_deref(), moment, body);
                return Ok(Draft { before, behind: "" });
            }
        };
        let header = |name: &str, value: String, headers: &mut Vec<(String, String)>| {
            HeaderName::new(name).map_or(Ok(()), |name| push(headers, &name, &value))
        };
        if rules.covers_body() {
            header(CONTENT_DIGEST, digest_of(body), headers)?;
        }
        let needed = |parameter, text: Option<String>| text.filter(|_| rules.needs(parameter));
        if rules.needs(Parameter::KeyId) && key_id.is_none() && form.algorithm.public().is_some() {
            return Err(Error::new(
                ErrorCode::InvalidSecret,
                format!(
                    "{} names its key in each signature: give the webhook the public key as a JSON Web \
                     Key with its `kid`",
                    self.scheme.title()
                ),
            ));
        }
        let created = needed(Parameter::Created, Some(moment.to_owned()));
        let expires = created.as_ref().and_then(|created| created.parse::<u64>().ok());
        let expires = expires.map(|created| created + rules.lifetime.unwrap_or(DEFAULT_LIFETIME));
        let alg = message_algorithm(form.algorithm).map(str::to_owned);
        let input = SignatureInput {
            expires: expires.filter(|_| rules.needs(Parameter::Expires)),
            created,
            nonce: needed(Parameter::Nonce, Some(id.to_owned())),
            key_id: needed(Parameter::KeyId, Some(key_id.unwrap_or_else(|| "secret".to_owned()))),
            alg: needed(Parameter::Alg, alg),
            tag: rules.tag.clone(),
            ..SignatureInput::default()
        };
        let label = rules.label.as_deref().unwrap_or("sig1");
        header(
            SIGNATURE_INPUT,
            format!("{label}={}", SignatureInput::written(rules, &input)),
            headers,
        )?;
        Ok(Draft { before: format!("{label}=:"), behind: ":" })
    }

    /// The value of the signature's header.
    fn signature_value(
        &self,
        form: &SignatureForm,
        parts: Parts<'_>,
        options: &SignOptions<'_>,
    ) -> Result<String, Error> {
        if let (Some(algorithm), Some(text)) = (form.algorithm.public(), options.private_key) {
            let message = Message::new(algorithm, form.content.bytes(parts));
            let signature = read_private(algorithm, text).and_then(|key| key.sign(&message));
            return signature.map(|signature| form.write(&signature, parts.timestamp)).map_err(
                |what| {
                    let title = self.scheme.title();
                    let message = format!("the private key for {title} {what}");
                    Error::new(ErrorCode::InvalidSecret, message)
                },
            );
        }
        let key = self.keys(form).find_map(|(_, key)| key.as_secret());
        Ok(key.map_or_else(String::new, |key| {
            if form.algorithm.is_token() {
                return form.write_token(key.secret());
            }
            let parts = Parts { secret: key.secret(), ..parts };
            form.write(key.digest(form.content.bytes(parts)).as_bytes(), parts.timestamp)
        }))
    }
}

/// What stands around a signature in its header.
struct Draft {
    before: String,
    behind: &'static str,
}

/// How long a signature that must say it counts, in seconds, where the scheme does not say it.
const DEFAULT_LIFETIME: u64 = 300;

/// The head of the delivery that is signed.
struct Head<'o> {
    headers: &'o [(&'o str, &'o str)],
    options: &'o SignOptions<'o>,
}

impl Headers for Head<'_> {
    fn each<'h>(&'h self, found: &mut dyn FnMut(&'h [u8], &'h [u8])) {
        self.headers.each(found);
    }

    fn method(&self) -> Option<&str> {
        self.options.method
    }

    fn url(&self) -> Option<&str> {
        self.options.url
    }
}

/// Returns the headers that carry the event's fields without being signed.
fn unsigned_headers(
    scheme: &Compiled,
    options: &SignOptions<'_>,
    id: &str,
    headers: &mut Vec<(String, String)>,
) -> Result<(), Error> {
    let is_given = |names: &[HeaderName]| {
        let is_one = |given: &str| names.iter().any(|name| name.matches(given.as_bytes()));
        options.headers.iter().any(|(given, _)| is_one(given))
    };
    if let Some(Place::Header(names)) = scheme.places.event_type.first()
        && !is_given(names)
    {
        let name = &names[0];
        match options.event_type {
            Some(event_type) if event_type.contains(',') => return Err(joined(name)),
            Some(event_type) => push(headers, name, event_type)?,
            None if scheme.places.type_required => {
                return Err(Error::new(
                    ErrorCode::MissingHeader,
                    format!(
                        "{} sends the event's type in the header `{}`: say which type to sign \
                         for, such as \"policy.created\"",
                        scheme.title,
                        name.as_str()
                    ),
                ));
            }
            None => {}
        }
    }
    if let Some(Place::Header(names)) = scheme.places.id.first()
        && !is_given(names)
    {
        push(headers, &names[0], id)?;
    }
    Ok(())
}

fn push(headers: &mut Vec<(String, String)>, name: &HeaderName, value: &str) -> Result<(), Error> {
    if value.is_empty() || !value.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Err(Error::new(
            ErrorCode::MalformedHeader,
            format!("the header `{}` must be of visible ASCII characters", name.as_str()),
        ));
    }
    headers.push((name.as_str().to_owned(), value.to_owned()));
    Ok(())
}

/// Makes an id from the body: the same one for the same body, as a provider's retry has.
fn id_from(body: &[u8], is_uuid: bool) -> String {
    let digits = crate::encoding::encode_hex(&Sha256::digest(body)[..16]);
    if !is_uuid {
        return digits;
    }
    [0..8, 8..12, 12..16, 16..20, 20..32].map(|part| &digits[part]).join("-")
}
