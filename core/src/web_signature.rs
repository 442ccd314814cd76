//! JSON Web Signatures (RFC 7515) in their compact form, over a body that is sent beside them or over
//! claims that hold its hash.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use hookseal_json::{RawNumber, RawString, Visitor, quoted};

use crate::scheme::{TokenCovers, TokenRules};

/// What a JSON Web Signature says, none of it checked.
#[derive(Debug)]
pub(crate) struct WebSignature<'h> {
    /// The header and the payload in base64, with the dot between them. Of a signature without its
    /// payload the body stands for it.
    pub(crate) header: &'h str,
    pub(crate) payload: &'h str,
    pub(crate) signature: &'h str,
    pub(crate) alg: String,
    pub(crate) key_id: Option<String>,
    claims: Members,
}

/// What is wrong with one, as the end of a sentence that begins with its header.
type Wrong = &'static str;

/// The parameters that would have the receiver take a key from the delivery itself, or that change
/// what is signed.
const REFUSED: [&str; 8] = ["jwk", "jku", "x5c", "x5u", "crit", "b64", "enc", "zip"];

impl<'h> WebSignature<'h> {
    pub(crate) fn read(value: &'h str, rules: &TokenRules) -> Result<Self, Wrong> {
        const NOT_ONE: Wrong = "is not a JSON Web Signature: it must be three parts in base64url with \
                                a dot between each two";
        let mut parts = value.split('.');
        let (Some(header), Some(payload), Some(signature), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(NOT_ONE);
        };
        let members = Members::read(header).ok_or(NOT_ONE)?;
        if !header.starts_with('e') {
            return Err(NOT_ONE);
        }
        if REFUSED.iter().any(|name| members.get(name).is_some()) {
            return Err(
                "is a JSON Web Signature that brings a key of its own, or has a parameter that \
                        changes what is signed: none of the sender's does",
            );
        }
        let text = |name: &str| match members.get(name) {
            Some(Member::Text(text)) => Ok(Some(text.clone())),
            Some(_) => Err(NOT_ONE),
            None => Ok(None),
        };
        let claims = match rules.covers {
            TokenCovers::Body if payload.is_empty() => Members::default(),
            TokenCovers::Body => {
                return Err(
                    "is a JSON Web Signature with a payload of its own, where the body should \
                            be the payload",
                );
            }
            TokenCovers::Hash { .. } => Members::read(payload)
                .ok_or("is a JSON Web Signature whose payload is not a JSON object of claims")?,
        };
        let (alg, key_id) = (text("alg")?.ok_or(NOT_ONE)?, text("kid")?);
        Ok(Self { header, payload, signature, alg, key_id, claims })
    }

    /// A claim's whole number, as it is written.
    pub(crate) fn number(&self, claim: &str) -> Option<String> {
        match self.claims.get(claim)? {
            Member::Number(number) => Some(number.clone()),
            Member::Text(_) | Member::Other => None,
        }
    }

    /// Returns `true` if it covers this body. What it says must have been found to be authentic.
    pub(crate) fn covers(&self, rules: &TokenRules, body: &[u8]) -> bool {
        match &rules.covers {
            TokenCovers::Body => true,
            TokenCovers::Hash { claim, hash } => {
                self.claims.get(claim) == Some(&Member::Text(hash.of(body)))
            }
        }
    }

    /// The bytes that are signed, but for the first.
    pub(crate) fn signed(&self, body: &[u8]) -> Vec<u8> {
        let header = self.header.get(1..).unwrap_or_default();
        let own;
        let payload = if self.payload.is_empty() {
            own = Base64UrlUnpadded::encode_string(body);
            &own
        } else {
            self.payload
        };
        [header, ".", payload].concat().into_bytes()
    }
}

/// The most members that its header, or its payload, may have.
const MAX_MEMBERS: usize = 64;

/// Writes a JSON Web Signature without its signature.
pub(crate) fn unsigned(
    rules: &TokenRules,
    alg: &str,
    key_id: Option<&str>,
    moment: &str,
    body: &[u8],
) -> String {
    let mut header = vec![member("alg", &quoted(alg))];
    if let Some(key_id) = key_id {
        header.push(member("kid", &quoted(key_id)));
    }
    let payload = match &rules.covers {
        TokenCovers::Body => String::new(),
        TokenCovers::Hash { claim, hash } => {
            let mut claims = vec![member(claim, &quoted(&hash.of(body)))];
            if let (Some(claim), Ok(moment)) = (&rules.timestamp, moment.parse::<u64>()) {
                claims.push(member(claim, &moment.to_string()));
            }
            encoded(&claims)
        }
    };
    format!("{}.{payload}.", encoded(&header))
}

fn member(name: &str, value: &str) -> String {
    format!("{}:{value}", quoted(name))
}

fn encoded(members: &[String]) -> String {
    Base64UrlUnpadded::encode_string(format!("{{{}}}", members.join(",")).as_bytes())
}

/// The members of a JSON object, each of another name.
#[derive(Debug, Default)]
struct Members(Vec<(String, Member)>);

/// A member's value, as far as any is asked for.
#[derive(Debug, PartialEq, Eq)]
enum Member {
    Text(String),
    /// A whole number that is not negative, as it is written.
    Number(String),
    Other,
}

impl Members {
    /// Reads an object that is written in base64; `None` if it is not one.
    fn read(base64: &str) -> Option<Self> {
        let bytes = Base64UrlUnpadded::decode_vec(base64).ok()?;
        let mut reader = MembersReader::default();
        hookseal_json::read(std::str::from_utf8(&bytes).ok()?, &mut reader).ok()?;
        Some(reader.members)
    }

    fn get(&self, name: &str) -> Option<&Member> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value)
    }
}

/// Reads the members of a text that is one object.
#[derive(Default)]
struct MembersReader {
    members: Members,
    depth: usize,
}

/// That the text is another than an object with each name once.
struct NotMembers;

impl MembersReader {
    /// Takes a value, which only members have.
    fn value(&mut self, value: impl FnOnce() -> Member) -> Result<(), NotMembers> {
        match (self.depth, self.members.0.last_mut()) {
            (0, _) => Err(NotMembers),
            (1, Some((_, own))) => {
                *own = value();
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

impl<'t> Visitor<'t> for MembersReader {
    type Error = NotMembers;

    fn null(&mut self) -> Result<(), NotMembers> {
        self.value(|| Member::Other)
    }

    fn boolean(&mut self, _: bool) -> Result<(), NotMembers> {
        self.value(|| Member::Other)
    }

    fn number(&mut self, number: RawNumber<'t>) -> Result<(), NotMembers> {
        self.value(|| match number.as_str().parse::<u64>() {
            Ok(number) => Member::Number(number.to_string()),
            Err(_) => Member::Other,
        })
    }

    fn string(&mut self, string: RawString<'t>) -> Result<(), NotMembers> {
        self.value(|| Member::Text(string.decode().into_owned()))
    }

    fn begin_array(&mut self) -> Result<(), NotMembers> {
        self.value(|| Member::Other)?;
        self.depth += 1;
        Ok(())
    }

    fn end_array(&mut self) -> Result<(), NotMembers> {
        self.depth -= 1;
        Ok(())
    }

    fn begin_object(&mut self) -> Result<(), NotMembers> {
        if self.depth > 0 {
            self.value(|| Member::Other)?;
        }
        self.depth += 1;
        Ok(())
    }

    fn key(&mut self, key: RawString<'t>) -> Result<(), NotMembers> {
        if self.depth == 1 {
            let name = key.decode().into_owned();
            if self.members.get(&name).is_some() || self.members.0.len() == MAX_MEMBERS {
                return Err(NotMembers);
            }
            self.members.0.push((name, Member::Other));
        }
        Ok(())
    }

    fn end_object(&mut self) -> Result<(), NotMembers> {
        self.depth -= 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encoding::Encoding;
    use crate::scheme::BodyHash;

    fn rules() -> TokenRules {
        let hash = BodyHash::Sha256(Encoding::Hex);
        TokenRules {
            covers: TokenCovers::Hash { claim: "body".to_owned(), hash },
            timestamp: Some("iat".to_owned()),
        }
    }

    fn token(header: &str, payload: &str) -> String {
        let encode = |text: &str| Base64UrlUnpadded::encode_string(text.as_bytes());
        format!("{}.{}.AA", encode(header), encode(payload))
    }

    #[test]
    fn claims_are_read() {
        let text = token(r#"{"alg":"ES256","kid":"k"}"#, r#"{"iat":7,"body":"x"}"#);
        let read = WebSignature::read(&text, &rules()).expect("a signature");
        assert_eq!((read.alg.as_str(), read.key_id.as_deref()), ("ES256", Some("k")));
        assert_eq!(read.number("iat").as_deref(), Some("7"));
        assert!(!read.covers(&rules(), b"{}"));
        assert_eq!(format!("e{}.AA", String::from_utf8(read.signed(b"")).expect("a text")), text);
    }

    #[test]
    fn what_is_written_is_read_again() {
        let text = unsigned(&rules(), "ES256", Some("k"), "7", b"{}");
        let read = WebSignature::read(&text, &rules()).expect("a signature");
        assert!(read.covers(&rules(), b"{}") && !read.covers(&rules(), b"{ }"));
    }

    #[test]
    fn what_is_not_certain_is_refused() {
        let good = r#"{"alg":"ES256"}"#;
        for (header, payload) in [
            (r#"{"alg":"ES256","jwk":{}}"#, "{}"),
            (r#"{"alg":"ES256","jku":"https://x"}"#, "{}"),
            (r#"{"alg":"ES256","x5u":"https://x"}"#, "{}"),
            (r#"{"alg":"ES256","crit":["b64"],"b64":false}"#, "{}"),
            (r#"{"alg":"ES256","alg":"none"}"#, "{}"),
            (r#"{"kid":"k"}"#, "{}"),
            (r#"{"alg":1}"#, "{}"),
            (r#" {"alg":"ES256"}"#, "{}"),
            ("[]", "{}"),
            (good, "[]"),
            (good, r#"{"iat":1,"iat":2}"#),
        ] {
            assert!(WebSignature::read(&token(header, payload), &rules()).is_err(), "{header}");
        }
        let many: Vec<String> = (0..64).map(|number| format!("\"{number}\":0,")).collect();
        let many = format!(r#"{{{}"alg":"ES256"}}"#, many.concat());
        assert!(WebSignature::read(&token(&many, "{}"), &rules()).is_err());
        assert!(WebSignature::read("a.b", &rules()).is_err());
        assert!(WebSignature::read("e30.e30.AA.AA", &rules()).is_err());
        let detached = TokenRules { covers: TokenCovers::Body, timestamp: None };
        assert!(WebSignature::read(&token(good, "{}"), &detached).is_err());
    }
}
