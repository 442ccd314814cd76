//! The parts of a scheme, each with its fields or its alternatives.

use hookseal_json::Root;

use super::Compact;
use crate::clock::TimestampUnit;
use crate::encoding::{Encoding, KeyFormat};
use crate::mac::Algorithm;
use crate::public_key::PublicAlgorithm;
use crate::scheme::body_hash::BodyHash;
use crate::scheme::compiled::{Compiled, SignedPlaces, TimestampRule};
use crate::scheme::content::{Borders, Content, Part};
use crate::scheme::envelope::{
    Component, Derived, Envelope, MessageRules, Parameter, TokenCovers, TokenRules,
};
use crate::scheme::field::Field;
use crate::scheme::handshake::{Answer, Handshake, RequestPlace};
use crate::scheme::payload::PayloadKinds;
use crate::scheme::place::{EventPlaces, MomentPlace, Place, TestRule};
use crate::scheme::representation::Representation;
use crate::scheme::signature::{Covered, Layout, SignatureForm, SignatureHeader};
use crate::scheme::value::Value;
use crate::scheme::weakness::Weakness;

/// A struct as its fields one after another. All must be named: the compiler tells one that is not.
macro_rules! fields {
    ($($type:ident { $($field:ident),* $(,)? })*) => {$(
        impl Compact for $type {
            fn read(from: &mut &[u8]) -> Option<Self> {
                Some(Self { $($field: Compact::read(from)?),* })
            }

            #[cfg(feature = "toml")]
            fn write(&self, to: &mut Vec<u8>) {
                let Self { $($field),* } = self;
                $($field.write(to);)*
            }
        }
    )*};
}

/// An enum as the number of its alternative and what that holds.
macro_rules! alternatives {
    ($($type:ident { $(
        $number:literal $variant:ident $(($($place:ident),*))? $({ $($field:ident),* })?,
    )* })*) => {$(
        impl Compact for $type {
            fn read(from: &mut &[u8]) -> Option<Self> {
                Some(match u8::read(from)? {
                    $($number => {
                        $($(let $place = Compact::read(from)?;)*)?
                        $($(let $field = Compact::read(from)?;)*)?
                        Self::$variant $(($($place),*))? $({ $($field),* })?
                    })*
                    _ => return None,
                })
            }

            #[cfg(feature = "toml")]
            fn write(&self, to: &mut Vec<u8>) {
                match self {
                    $(Self::$variant $(($($place),*))? $({ $($field),* })? => {
                        u64::write(&$number, to);
                        $($($place.write(to);)*)?
                        $($($field.write(to);)*)?
                    })*
                }
            }
        }
    )*};
}

fields! {
    Compiled {
        name, title, signatures, key, key_begins_with, key_id, signature_names_key, required_headers,
        id, id_is_uuid, constants, signed_places, timestamp, payload, representations, selector,
        places, unsigned, weaknesses, message_headers, handshakes, handshake_places,
    }
    SignedPlaces { selector, pointers }
    TimestampRule { headers, pointer, in_signature, unit, tolerance }
    SignatureHeader { names, is_any, pointer, forms }
    SignatureForm {
        algorithm, encoding, layout, content, borders, covers, stated, number,
    }
    Covered { query, hash }
    MessageRules { label, tag, components, may_cover, parameters, lifetime }
    TokenRules { covers, timestamp }
    Borders { id_without, values_without, timestamp_digits }
    PayloadKinds { json, empty, form_field }
    MomentPlace { place, unit }
    EventPlaces { event_type, type_required, id, created_at, data, data_default, test }
    Handshake { method, when, equals, is_signed, token, challenge, mac, answer }
}

alternatives! {
    Algorithm {
        0 HmacSha1, 1 HmacSha256, 2 HmacSha384, 3 HmacSha512, 4 Sha256, 5 Sha512, 6 Token, 7 Basic,
        8 Public(algorithm),
    }
    PublicAlgorithm {
        0 Ed25519, 1 EcdsaP256Sha256, 2 EcdsaP256Sha256Der, 3 RsaPkcs1Sha256, 4 RsaPkcs1Sha512,
        5 RsaPssSha256, 6 RsaPssSha512,
    }
    Encoding { 0 Hex, 1 Base64, 2 Base64Url, 3 Base64UrlNoPad, 4 Token, 5 Basic, }
    KeyFormat { 0 Verbatim, 1 Hex { prefixes }, 2 Base64 { prefixes }, 3 Base64Url { prefixes }, }
    TimestampUnit { 0 Seconds, 1 Milliseconds, 2 Rfc3339, 3 HttpDate, }
    Layout {
        0 Single { prefix },
        1 List { separator, prefix },
        2 Pairs { prefix, separator, signature, timestamp, is_quoted },
    }
    Part { 0 Literal(text), 1 Body, 2 Timestamp, 3 Id, 4 Value(value), }
    Value {
        0 Header(name), 1 Pointer(pointer), 2 BodyHash(hash), 3 Method, 4 Url, 5 Path, 6 Query, 7 Form,
        8 Constant(name), 9 Secret, 10 Envelope(envelope),
    }
    Envelope { 0 Message(rules), 1 Token(rules), }
    Component { 0 Derived(derived), 1 Header(name), }
    Derived {
        0 Method, 1 TargetUri, 2 Authority, 3 Scheme, 4 RequestTarget, 5 Path, 6 Query,
    }
    Parameter { 0 Created, 1 Expires, 2 Nonce, 3 KeyId, 4 Alg, }
    TokenCovers { 0 Body, 1 Hash { claim, hash }, }
    BodyHash { 0 Sha256(encoding), 1 Sha512(encoding), 2 Crc32, }
    Weakness { 0 Token, 1 BodyUnsigned, 2 Crc32, 3 Borders, 4 PlainDigest, }
    Field { 0 Type, 1 Id, 2 CreatedAt, 3 Body, }
    Root { 0 Object, 1 Container, 2 Any, }
    Representation { 0 Raw, 1 Ecmascript, }
    Place { 0 Header(names), 1 SignedId, 2 Pointer(pointer), }
    TestRule { 0 Never, 1 Type(name), 2 Pointer(pointer, value), }
    RequestPlace { 0 Header(name), 1 Query(name), 2 Pointer(pointer), }
    Answer { 0 Text(text), 1 Json(members), }
}

impl Compact for Content {
    fn read(from: &mut &[u8]) -> Option<Self> {
        Compact::read(from).map(Self)
    }

    #[cfg(feature = "toml")]
    fn write(&self, to: &mut Vec<u8>) {
        self.0.write(to);
    }
}
