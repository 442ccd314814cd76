//! HTTP message signatures (RFC 9421): what `Signature-Input` says, and what a digest of the body says
//! (RFC 9530).

use base64ct::{Base64, Encoding as _};
use sha2::{Digest as _, Sha256, Sha512};

use crate::scheme::{MessageRules, Parameter};

/// What one signature covers and says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SignatureInput {
    pub(crate) label: String,
    pub(crate) components: Vec<String>,
    /// As it is signed.
    pub(crate) written: String,
    pub(crate) created: Option<String>,
    pub(crate) expires: Option<u64>,
    pub(crate) nonce: Option<String>,
    pub(crate) key_id: Option<String>,
    pub(crate) alg: Option<String>,
    pub(crate) tag: Option<String>,
}

/// What is wrong with a field, as the end of a sentence that begins with its name.
type Wrong = &'static str;

const NOT_A_FIELD: Wrong =
    "is not a dictionary of HTTP's structured fields (RFC 9651), as in RFC 9421";

/// The most signatures that one delivery may have.
const MAX_SIGNATURES: usize = 8;

/// The most components that one signature may cover.
const MAX_COMPONENTS: usize = 64;

impl SignatureInput {
    /// Reads what the signatures of a delivery say.
    pub(crate) fn read_all(field: &str) -> Result<Vec<Self>, Wrong> {
        let mut reader = Reader(field);
        let mut inputs: Vec<Self> = Vec::new();
        while let Some(label) = reader.member()? {
            if inputs.iter().any(|other| other.label == label) {
                return Err("has two signatures of one label: which one counts cannot be known");
            }
            if inputs.len() == MAX_SIGNATURES {
                return Err("has more than 8 signatures");
            }
            inputs.push(reader.input(label)?);
        }
        Ok(inputs)
    }

    /// The one of several that the rules are about.
    pub(crate) fn select(inputs: Vec<Self>, rules: &MessageRules) -> Result<Self, Wrong> {
        let is_it = |input: &Self| match (&rules.label, &rules.tag) {
            (Some(label), _) => input.label == *label,
            (None, Some(tag)) => input.tag.as_ref() == Some(tag),
            (None, None) => true,
        };
        let mut found = inputs.into_iter().filter(is_it);
        match (found.next(), found.next()) {
            (Some(input), None) => Ok(input),
            (Some(_), Some(_)) => Err(
                "has several signatures that could be meant: the scheme must tell them apart by \
                     `label` or `tag`",
            ),
            (None, _) => Err("has no signature of the label or the tag that the sender uses"),
        }
    }

    /// Refuses what does not cover or say what the rules demand.
    pub(crate) fn check(&self, rules: &MessageRules) -> Result<(), String> {
        let covers = |name: &str| self.components.iter().any(|own| own == name);
        if let Some(missing) = rules.components.iter().find(|component| !covers(&component.name()))
        {
            return Err(format!("does not cover `{}`, which it must", missing.name()));
        }
        let has = |parameter: &Parameter| match parameter {
            Parameter::Created => self.created.is_some(),
            Parameter::Expires => self.expires.is_some(),
            Parameter::Nonce => self.nonce.is_some(),
            Parameter::KeyId => self.key_id.is_some(),
            Parameter::Alg => self.alg.is_some(),
        };
        if let Some(missing) = rules.parameters.iter().find(|parameter| !has(parameter)) {
            return Err(format!("has no parameter `{}`, which it must have", missing.as_str()));
        }
        if rules.tag.is_some() && self.tag != rules.tag {
            return Err("has another tag than the sender uses: the signature is for another \
                        purpose"
                .to_owned());
        }
        let created = self.created.as_ref().and_then(|created| created.parse::<u64>().ok());
        match (created, self.expires) {
            (Some(created), Some(expires)) if expires <= created => {
                Err("expires before it was created".to_owned())
            }
            (Some(created), Some(expires))
                if rules.lifetime.is_some_and(|longest| expires - created > longest) =>
            {
                Err("is valid for longer than the sender's are".to_owned())
            }
            _ => Ok(()),
        }
    }

    /// Writes what a signature says, for one that is made.
    pub(crate) fn written(rules: &MessageRules, of: &Self) -> String {
        let components: Vec<String> =
            rules.components.iter().map(|component| format!("\"{}\"", component.name())).collect();
        let mut written = format!("({})", components.join(" "));
        if let Some(created) = &of.created {
            written.extend([";created=", created]);
        }
        if let Some(expires) = of.expires {
            written.extend([";expires=", &expires.to_string()]);
        }
        let texts =
            [("nonce", &of.nonce), ("keyid", &of.key_id), ("alg", &of.alg), ("tag", &of.tag)];
        for (name, text) in texts {
            if let Some(text) = text {
                written.extend([";", name, "=\"", text, "\""]);
            }
        }
        written
    }
}

/// The signature of a label in the field `Signature`, in its base64.
pub(crate) fn signature<'f>(field: &'f str, label: &str) -> Result<&'f str, Wrong> {
    let found = bytes(field)?.into_iter().find(|(own, _)| *own == label);
    found.map(|(_, base64)| base64).ok_or("has no signature of the label in `Signature-Input`")
}

/// Returns `true` if the digests of the field are those of the body, one of SHA-256 or SHA-512 among
/// them.
pub(crate) fn digest_is_of(field: &str, body: &[u8]) -> Result<bool, Wrong> {
    let mut known = 0;
    for (algorithm, base64) in bytes(field)? {
        let is_right = match algorithm {
            "sha-256" => base64 == Base64::encode_string(&Sha256::digest(body)),
            "sha-512" => base64 == Base64::encode_string(&Sha512::digest(body)),
            _ => continue,
        };
        if !is_right {
            return Ok(false);
        }
        known += 1;
    }
    if known == 0 { Err("has no digest of SHA-256 or SHA-512") } else { Ok(true) }
}

/// Writes a digest of the body.
pub(crate) fn digest_of(body: &[u8]) -> String {
    format!("sha-256=:{}:", Base64::encode_string(&Sha256::digest(body)))
}

/// The members of a dictionary of byte sequences, each in its base64.
fn bytes(field: &str) -> Result<Vec<(&str, &str)>, Wrong> {
    let mut reader = Reader(field);
    let mut members: Vec<(&str, &str)> = Vec::new();
    while let Some(label) = reader.member()? {
        let base64 = reader.bytes()?;
        if members.iter().any(|(other, _)| *other == label) {
            return Err("has one label twice: which one counts cannot be known");
        }
        if members.len() == MAX_SIGNATURES {
            return Err("has more than 8 members");
        }
        members.push((label, base64));
    }
    Ok(members)
}

/// What is left of a field.
struct Reader<'f>(&'f str);

impl<'f> Reader<'f> {
    /// The next member's key; `None` at the end. Before it stands nothing, or a comma.
    fn member(&mut self) -> Result<Option<&'f str>, Wrong> {
        self.0 = self.0.trim_start_matches([' ', '\t']);
        if let Some(rest) = self.0.strip_prefix(',') {
            self.0 = rest.trim_start_matches([' ', '\t']);
            if self.0.is_empty() {
                return Err(NOT_A_FIELD);
            }
        }
        if self.0.is_empty() {
            return Ok(None);
        }
        let key = self.key()?;
        self.expect("=")?;
        Ok(Some(key))
    }

    /// The end of a member: a comma, or nothing.
    fn end(&self) -> Result<(), Wrong> {
        let rest = self.0.trim_start_matches([' ', '\t']);
        if rest.is_empty() || rest.starts_with(',') { Ok(()) } else { Err(NOT_A_FIELD) }
    }

    fn expect(&mut self, text: &str) -> Result<(), Wrong> {
        self.0 = self.0.strip_prefix(text).ok_or(NOT_A_FIELD)?;
        Ok(())
    }

    fn take(&mut self, is_part: impl Fn(u8) -> bool) -> &'f str {
        let end = self.0.bytes().position(|byte| !is_part(byte)).unwrap_or(self.0.len());
        let (taken, rest) = self.0.split_at(end);
        self.0 = rest;
        taken
    }

    fn key(&mut self) -> Result<&'f str, Wrong> {
        let is_first = |byte: u8| byte.is_ascii_lowercase() || byte == b'*';
        let key = self.take(|byte| {
            is_first(byte) || byte.is_ascii_digit() || matches!(byte, b'_' | b'-' | b'.')
        });
        if key.bytes().next().is_some_and(is_first) { Ok(key) } else { Err(NOT_A_FIELD) }
    }

    /// A text in quotes. None that these fields need has a `\` or a quote.
    fn string(&mut self) -> Result<&'f str, Wrong> {
        self.expect("\"")?;
        let text = self.take(|byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\'));
        self.expect("\"")?;
        Ok(text)
    }

    fn bytes(&mut self) -> Result<&'f str, Wrong> {
        self.expect(":")?;
        // Which alphabet it is, and that it is well formed, is checked where it is decoded.
        let base64 = self.take(|byte| byte != b':' && byte != b',' && byte != b' ');
        self.expect(":")?;
        self.end()?;
        Ok(base64)
    }

    fn input(&mut self, label: &str) -> Result<SignatureInput, Wrong> {
        let mut input = SignatureInput { label: label.to_owned(), ..SignatureInput::default() };
        self.expect("(")?;
        let mut names = Vec::new();
        loop {
            self.0 = self.0.trim_start_matches(' ');
            if let Some(rest) = self.0.strip_prefix(')') {
                self.0 = rest;
                break;
            }
            let name = self.string()?;
            if self.0.starts_with(';') {
                return Err(
                    "covers a component with a parameter, which no scheme here has: `sf`, \
                            `key`, `bs`, `req`, `tr` and `name` are refused",
                );
            }
            if !self.0.starts_with([' ', ')']) {
                return Err(NOT_A_FIELD);
            }
            if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
                return Err("has a component whose name is not in small letters");
            }
            if input.components.iter().any(|other| other == name) {
                return Err("covers one component twice");
            }
            if input.components.len() == MAX_COMPONENTS {
                return Err("covers more than 64 components");
            }
            names.push(format!("\"{name}\""));
            input.components.push(name.to_owned());
        }
        input.written = format!("({})", names.join(" "));
        self.parameters(&mut input)?;
        self.end()?;
        Ok(input)
    }

    fn parameters(&mut self, input: &mut SignatureInput) -> Result<(), Wrong> {
        let mut seen: Vec<&str> = Vec::new();
        while let Some(rest) = self.0.strip_prefix(';') {
            self.0 = rest.trim_start_matches(' ');
            let name = self.key()?;
            if seen.contains(&name) {
                return Err("has one parameter twice");
            }
            if seen.len() == MAX_SIGNATURES * 2 {
                return Err("has more than 16 parameters");
            }
            seen.push(name);
            self.expect("=")?;
            let is_text = self.0.starts_with('"');
            let value = if is_text {
                self.string()?
            } else {
                let number = self.take(|byte| byte.is_ascii_digit());
                let is_usual = number == "0" || !number.starts_with('0');
                if number.is_empty() || number.len() > 15 || !is_usual {
                    return Err(NOT_A_FIELD);
                }
                number
            };
            let text = || is_text.then(|| value.to_owned()).ok_or(NOT_A_FIELD);
            match name {
                "created" | "expires" if is_text => return Err(NOT_A_FIELD),
                "created" => input.created = Some(value.to_owned()),
                "expires" => input.expires = value.parse().ok(),
                "nonce" => input.nonce = Some(text()?),
                "keyid" => input.key_id = Some(text()?),
                "alg" => input.alg = Some(text()?),
                "tag" => input.tag = Some(text()?),
                // It is signed, and says nothing here.
                _ => {}
            }
            let quote = if is_text { "\"" } else { "" };
            input.written.extend([";", name, "=", quote, value, quote]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(field: &str) -> Result<SignatureInput, Wrong> {
        SignatureInput::read_all(field).map(|mut all| all.remove(0))
    }

    #[test]
    fn inputs_are_read_and_written_as_they_are_signed() {
        let field = r#"sig1=( "@method"  "date" ); created=1618884473;keyid="k";x=7, b=();tag="t""#;
        let inputs = SignatureInput::read_all(field).expect("a field");
        assert_eq!(inputs[0].components, ["@method", "date"]);
        assert_eq!(inputs[0].written, r#"("@method" "date");created=1618884473;keyid="k";x=7"#);
        assert_eq!(
            (inputs[0].created.as_deref(), inputs[0].key_id.as_deref()),
            (Some("1618884473"), Some("k"))
        );
        assert_eq!((inputs[1].label.as_str(), inputs[1].tag.as_deref()), ("b", Some("t")));
    }

    #[test]
    fn what_is_not_certain_is_refused() {
        for field in [
            r#"a=("date";sf)"#,
            r#"a=("date";key="x")"#,
            r#"a=("date" "date")"#,
            r#"a=("date");created=1;created=1"#,
            r#"a=("date");created="1""#,
            r#"a=("date");created=01"#,
            r#"a=("date");created"#,
            r#"a=("Date")"#,
            r#"a=("date"), a=("date")"#,
            r#"a=("date"),"#,
            r#"a=("da\"te")"#,
            r#"a=("date""#,
            r#"A=("date")"#,
            r#"a=("date") b=()"#,
            "a=:AA==:",
            "a",
        ] {
            assert!(one(field).is_err(), "{field}");
        }
    }

    #[test]
    fn signatures_are_told_apart_by_label_or_tag() {
        let two = || SignatureInput::read_all(r#"a=();tag="x", b=();tag="y""#).expect("a field");
        let rules = |label: Option<&str>, tag: Option<&str>| MessageRules {
            label: label.map(str::to_owned),
            tag: tag.map(str::to_owned),
            components: Vec::new(),
            may_cover: Vec::new(),
            parameters: Vec::new(),
            lifetime: None,
        };
        let selected =
            |rules: MessageRules| SignatureInput::select(two(), &rules).map(|one| one.label);
        assert_eq!(selected(rules(Some("b"), None)).as_deref(), Ok("b"));
        assert_eq!(selected(rules(None, Some("x"))).as_deref(), Ok("a"));
        assert!(selected(rules(None, None)).is_err() && selected(rules(None, Some("z"))).is_err());
    }

    #[test]
    fn digests_are_those_of_the_body() {
        assert_eq!(digest_is_of(&digest_of(b"{}"), b"{}"), Ok(true));
        assert_eq!(digest_is_of(&digest_of(b"{}"), b"{ }"), Ok(false));
        assert_eq!(digest_is_of(&format!("md5=:AA==:, {}", digest_of(b"")), b""), Ok(true));
        for field in ["md5=:AA==:", "", "sha-256=AA", "sha-256=:AA==:, sha-256=:AA==:"] {
            assert!(digest_is_of(field, b"").is_err(), "{field}");
        }
    }
}
