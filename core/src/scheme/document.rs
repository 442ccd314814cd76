//! A scheme as it is written, in TOML or JSON.

use core::fmt;
use core::marker::PhantomData;
use std::collections::BTreeMap;

use super::weakness::Weakness;
use crate::clock::TimestampUnit;
use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// Where the fact is documented, and what is to be known about it. For readers of the file.
macro_rules! table {
    ($(#[$doc:meta])* struct $name:ident { $($(#[$attribute:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct $name {
            $($(#[$attribute])* pub(super) $field: $type,)*
            #[serde(default, rename = "source")]
            _source: IgnoredAny,
            #[serde(default, rename = "note")]
            _note: IgnoredAny,
        }
    };
}

table! {
    struct Document {
        name: String,
        title: Option<String>,
        /// These say of a known provider what is to be known beside its scheme.
        #[serde(default, rename = "aliases")]
        _aliases: IgnoredAny,
        #[serde(default, rename = "category")]
        _category: IgnoredAny,
        #[serde(default, rename = "common")]
        _common: IgnoredAny,
        #[serde(default, rename = "evidence")]
        _evidence: IgnoredAny,
        constants: Option<BTreeMap<String, String>>,
        signature: OneOrMany<SignatureTable>,
        key: Option<KeyTable>,
        id: Option<IdTable>,
        timestamp: Option<TimestampTable>,
        payload: Option<PayloadTable>,
        event: EventTable,
        #[serde(default, deserialize_with = "list")]
        handshake: Vec<HandshakeTable>,
    }
}

table! {
    struct HandshakeTable {
        method: Option<String>,
        when: RequestPlaceTable,
        #[serde(default = "yes")]
        signed: bool,
        token: Option<RequestPlaceTable>,
        challenge: RequestPlaceTable,
        mac: Option<MacTable>,
        text: Option<String>,
        json: Option<BTreeMap<String, String>>,
    }
}

table! {
    struct RequestPlaceTable {
        header: Option<String>,
        query: Option<String>,
        pointer: Option<String>,
        equals: Option<String>,
        constant: Option<String>,
    }
}

table! {
    struct MacTable {
        algorithm: AlgorithmName,
        encoding: EncodingName,
    }
}

table! {
    struct SignatureTable {
        header: Option<OneOrMany<String>>,
        #[serde(default)]
        header_match: HeaderMatchName,
        pointer: Option<String>,
        algorithm: AlgorithmName,
        encoding: Option<EncodingName>,
        #[serde(default)]
        layout: LayoutName,
        prefix: Option<String>,
        separator: Option<String>,
        signature_key: Option<String>,
        timestamp_key: Option<String>,
        #[serde(default)]
        quoted: bool,
        content: Option<String>,
        body_hash: Option<BodyHashTable>,
        weakness: Option<OneOrMany<Weakness>>,
        label: Option<String>,
        tag: Option<String>,
        #[serde(default, deserialize_with = "some_list")]
        components: Option<Vec<String>>,
        #[serde(default, deserialize_with = "some_list")]
        may_cover: Option<Vec<String>>,
        #[serde(default, deserialize_with = "some_list")]
        parameters: Option<Vec<String>>,
        lifetime: Option<u64>,
    }
}

table! {
    struct BodyHashTable {
        query: Option<String>,
        claim: Option<String>,
        algorithm: String,
    }
}

table! {
    struct KeyTable {
        encoding: Option<KeyEncodingName>,
        id: Option<KeyIdTable>,
        prefix: Option<OneOrMany<String>>,
        begins_with: Option<String>,
    }
}

table! {
    struct KeyIdTable {
        header: Option<OneOrMany<String>>,
        parameter: Option<String>,
    }
}

table! {
    struct IdTable {
        header: OneOrMany<String>,
        #[serde(default)]
        form: IdFormName,
    }
}

table! {
    struct TimestampTable {
        header: Option<OneOrMany<String>>,
        pointer: Option<String>,
        parameter: Option<String>,
        unit: TimestampUnitName,
        tolerance: Option<u64>,
    }
}

table! {
    #[derive(Default)]
    struct PayloadTable {
        #[serde(default)]
        format: PayloadFormatName,
        #[serde(default)]
        signed_as: SignedAsName,
        #[serde(default, deserialize_with = "some_list")]
        accepts: Option<Vec<AcceptsName>>,
        form_field: Option<String>,
    }
}

table! {
    struct EventTable {
        r#type: Option<OneOrMany<PlaceTable>>,
        #[serde(default = "yes")]
        type_required: bool,
        id: Option<OneOrMany<PlaceTable>>,
        created_at: Option<OneOrMany<PlaceTable>>,
        data: Option<OneOrMany<PlaceTable>>,
        data_default: Option<serde_json::Value>,
        test: Option<TestTable>,
    }
}

table! {
    struct PlaceTable {
        header: Option<OneOrMany<String>>,
        pointer: Option<String>,
        unit: Option<TimestampUnitName>,
    }
}

table! {
    struct TestTable {
        r#type: Option<String>,
        pointer: Option<String>,
        equals: Option<bool>,
    }
}

fn yes() -> bool {
    true
}

macro_rules! names {
    ($name:ident { $($(#[$attribute:meta])* $variant:ident = $text:literal,)* }) => {
        #[derive(Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
        pub(super) enum $name {
            $($(#[$attribute])* #[serde(rename = $text)] $variant,)*
        }
    };
}

names! { AlgorithmName {
    HmacSha1 = "hmac-sha1", #[default] HmacSha256 = "hmac-sha256", HmacSha384 = "hmac-sha384", HmacSha512 = "hmac-sha512", Sha256 = "sha256", Sha512 = "sha512", Token = "token", Basic = "basic",
    Ed25519 = "ed25519", EcdsaP256Sha256 = "ecdsa-p256-sha256", EcdsaP256Sha256Der = "ecdsa-p256-sha256-der",
    RsaPkcs1Sha256 = "rsa-pkcs1-sha256", RsaPkcs1Sha512 = "rsa-pkcs1-sha512", RsaPssSha256 = "rsa-pss-sha256", RsaPssSha512 = "rsa-pss-sha512",
} }
names! { HeaderMatchName { #[default] First = "first", Any = "any", } }
names! { IdFormName { #[default] Text = "text", Uuid = "uuid", } }
names! { EncodingName { #[default] Hex = "hex", Base64 = "base64", Base64Url = "base64url", Base64UrlNoPad = "base64url-nopad", } }
names! { LayoutName { #[default] Single = "single", List = "list", Pairs = "pairs", Rfc9421 = "rfc9421", Jws = "jws", } }
names! { KeyEncodingName { #[default] Utf8 = "utf8", Hex = "hex", Base64 = "base64", Base64Url = "base64url", } }
names! { TimestampUnitName { #[default] Seconds = "seconds", Milliseconds = "milliseconds", Rfc3339 = "rfc3339", HttpDate = "http-date", } }
names! { PayloadFormatName { #[default] Json = "json", Bytes = "bytes", } }
names! { AcceptsName { #[default] Object = "object", Array = "array", Any = "any", Empty = "empty", } }
names! { SignedAsName { #[default] Raw = "raw", Ecmascript = "ecmascript", } }

impl From<TimestampUnitName> for TimestampUnit {
    fn from(name: TimestampUnitName) -> Self {
        match name {
            TimestampUnitName::Seconds => Self::Seconds,
            TimestampUnitName::Milliseconds => Self::Milliseconds,
            TimestampUnitName::Rfc3339 => Self::Rfc3339,
            TimestampUnitName::HttpDate => Self::HttpDate,
        }
    }
}

/// One value, or a list of them.
pub(super) struct OneOrMany<T>(pub(super) Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OneOrManyVisitor(PhantomData))
    }
}

struct OneOrManyVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrManyVisitor<T> {
    type Value = OneOrMany<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("one value or a list of them")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        T::deserialize(StrDeserializer::new(text)).map(|one| OneOrMany(vec![one]))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(|one| OneOrMany(vec![one]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut many = Vec::new();
        while let Some(one) = list.next_element()? {
            many.push(one);
        }
        Ok(OneOrMany(many))
    }
}

/// Reads a list. An empty table is an empty one too: PHP writes both alike.
fn list<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Vec<T>, D::Error> {
    from.deserialize_any(ListVisitor(PhantomData))
}

fn some_list<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<Vec<T>>, D::Error> {
    list(from).map(Some)
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        match map.next_key::<IgnoredAny>()? {
            None => Ok(Vec::new()),
            Some(_) => Err(de::Error::invalid_type(de::Unexpected::Map, &self)),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut all = Vec::new();
        while let Some(one) = list.next_element()? {
            all.push(one);
        }
        Ok(all)
    }
}
