//! Reading signatures that say themselves what they sign.

use std::borrow::Cow;

use crate::headers::{HeaderName, Headers};
use crate::message_signature::{SignatureInput, digest_is_of, signature};
use crate::request::{Request, malformed, text};
use crate::scheme::{
    CONTENT_DIGEST, Component, Derived, Envelope, MessageRules, SIGNATURE_INPUT, Signature,
    SignatureForm, TokenRules, message_algorithm, token_algorithms,
};
use crate::web_signature::WebSignature;
use crate::webhook::Webhook;
use crate::{Error, ErrorCode, address};

impl<'d, H: Headers + ?Sized> Request<'d, H> {
    /// Reads a signature's value; `None` if it is not of this form.
    pub(crate) fn read<'s>(
        &self,
        form: &'d SignatureForm,
        value: &'s str,
    ) -> Result<Option<Signature<'s>>, Error>
    where
        'd: 's,
    {
        match form.envelope() {
            None => Ok(form.read(value)),
            Some(Envelope::Message(rules)) => self.message(form, rules),
            Some(Envelope::Token(rules)) => token(form, rules, value),
        }
    }

    fn message<'s>(
        &self,
        form: &'d SignatureForm,
        rules: &MessageRules,
    ) -> Result<Option<Signature<'s>>, Error> {
        let input = self.input(rules)?;
        if let Err(what) = input.check(rules) {
            return Err(wrong(SIGNATURE_INPUT, &what));
        }
        let alg = message_algorithm(form.algorithm);
        if input.alg.is_some() && input.alg.as_deref() != alg {
            return Ok(None);
        }
        let field = self.field("Signature")?.unwrap_or_default();
        let base64 = signature(&field, &input.label).map_err(|what| wrong("Signature", what))?;
        let values = form.read(base64).map(|read| read.values.kept());
        Ok(values.map(|values| Signature {
            timestamp: input.created.map(Cow::Owned),
            expires: input.expires,
            key_id: input.key_id,
            values,
        }))
    }

    /// What the signature says that the rules are about.
    fn input(&self, rules: &MessageRules) -> Result<SignatureInput, Error> {
        let Some(field) = self.field(SIGNATURE_INPUT)? else {
            return Err(self.absent(SIGNATURE_INPUT));
        };
        SignatureInput::read_all(&field)
            .and_then(|inputs| SignatureInput::select(inputs, rules))
            .map_err(|what| wrong(SIGNATURE_INPUT, what))
    }

    /// A header's values as one, in their order.
    fn field(&self, name: &str) -> Result<Option<String>, Error> {
        let Some(name) = HeaderName::new(name) else { return Ok(None) };
        let mut values: Vec<&[u8]> = Vec::new();
        self.headers().each_value(&name, &mut |value| values.push(value));
        let values =
            values.into_iter().map(|value| Ok(text(&name, value)?.trim_matches([' ', '\t'])));
        let values = values.collect::<Result<Vec<&str>, Error>>()?;
        Ok((!values.is_empty()).then(|| values.join(", ")))
    }

    fn absent(&self, name: &str) -> Error {
        Error::new(
            ErrorCode::MissingHeader,
            format!(
                "the header `{name}` is missing, which {} sends with every delivery: pass all of the \
                 request's headers, and check that no proxy removes it",
                self.scheme().title()
            ),
        )
    }

    /// The bytes that a signature says it signs, but for the first.
    pub(crate) fn signed_by(
        &self,
        envelope: &Envelope,
        webhook: &Webhook,
    ) -> Result<Vec<u8>, Error> {
        let rules = match envelope {
            Envelope::Message(rules) => rules,
            Envelope::Token(rules) => {
                let value = self.token_value(envelope)?;
                return Ok(web_signature(rules, &value)?.signed(self.body()));
            }
        };
        let input = self.input(rules)?;
        let mut base = String::new();
        for name in &input.components {
            let value = self.component(rules, name, webhook)?;
            base.extend(["\"", name, "\": ", &value, "\n"]);
        }
        base.extend(["\"@signature-params\": ", &input.written]);
        Ok(base.into_bytes().split_off(1))
    }

    fn component(
        &self,
        rules: &MessageRules,
        name: &str,
        webhook: &Webhook,
    ) -> Result<String, Error> {
        let derived = match Component::parse(name) {
            Some(Component::Derived(derived)) => derived,
            // Others are not passed by every caller.
            Some(Component::Header(own))
                if rules.headers().any(|header| *header == own)
                    || name.eq_ignore_ascii_case(CONTENT_DIGEST) =>
            {
                return self.field(name)?.ok_or_else(|| self.absent(name));
            }
            _ => {
                let what = format!(
                    "covers `{name}`, which the scheme does not know: name it in `components` if every \
                     signature covers it, else in `may_cover`"
                );
                return Err(wrong(SIGNATURE_INPUT, &what));
            }
        };
        if derived == Derived::Method {
            return self.method();
        }
        let of_target = || self.url().map(address::normalized);
        let whole = || self.whole_url(webhook).map(|url| address::normalized(&url));
        Ok(match derived {
            Derived::Method => String::new(),
            Derived::TargetUri => whole()?,
            Derived::Authority => address::authority(&whole()?).to_owned(),
            Derived::Scheme => address::scheme(&whole()?).to_owned(),
            Derived::RequestTarget => address::request_target(&of_target()?),
            Derived::Path => address::path_or_root(&of_target()?).to_owned(),
            Derived::Query => format!("?{}", address::query(&of_target()?)),
        })
    }

    /// Returns `true` if the body is the one that the signature covers.
    pub(crate) fn envelope_covers_body(&self, envelope: &Envelope) -> Result<bool, Error> {
        match envelope {
            Envelope::Message(rules) => {
                let covered = self.input(rules)?.components;
                if !covered.iter().any(|name| name.eq_ignore_ascii_case(CONTENT_DIGEST)) {
                    return Ok(true);
                }
                let field = self.field(CONTENT_DIGEST)?.unwrap_or_default();
                digest_is_of(&field, self.body()).map_err(|what| wrong(CONTENT_DIGEST, what))
            }
            Envelope::Token(rules) => {
                let value = self.token_value(envelope)?;
                Ok(web_signature(rules, &value)?.covers(rules, self.body()))
            }
        }
    }

    /// The JSON Web Signature of these rules.
    fn token_value(&self, envelope: &Envelope) -> Result<String, Error> {
        let mut headers = self.scheme().compiled().signatures.iter();
        let is_it = |form: &SignatureForm| form.envelope() == Some(envelope);
        let header = headers.find(|header| header.forms.iter().any(is_it));
        let found = match (header, self.headers().signature()) {
            (Some(header), Some(value)) => Some(text(&header.names[0], value)?),
            (Some(header), None) => self.header(&header.names)?.map(|(_, value)| value),
            (None, _) => None,
        };
        Ok(found.unwrap_or_default().to_owned())
    }
}

fn token<'s>(
    form: &'s SignatureForm,
    rules: &TokenRules,
    value: &'s str,
) -> Result<Option<Signature<'s>>, Error> {
    let token = web_signature(rules, value)?;
    if !token_algorithms(form.algorithm).contains(&token.alg.as_str()) {
        return Ok(None);
    }
    let Some(read) = form.read(token.signature) else { return Ok(None) };
    let timestamp = rules.timestamp.as_ref().and_then(|claim| token.number(claim));
    let expires = token.number("exp").and_then(|expires| expires.parse().ok());
    let key_id = token.key_id;
    Ok(Some(Signature { timestamp: timestamp.map(Cow::Owned), expires, key_id, ..read }))
}

fn web_signature<'v>(rules: &TokenRules, value: &'v str) -> Result<WebSignature<'v>, Error> {
    WebSignature::read(value, rules).map_err(|what| {
        Error::new(ErrorCode::MalformedHeader, format!("the signature's header {what}"))
    })
}

fn wrong(name: &str, what: &str) -> Error {
    match HeaderName::new(name) {
        Some(name) => malformed(&name, what),
        None => Error::new(ErrorCode::MalformedHeader, what.to_owned()),
    }
}
