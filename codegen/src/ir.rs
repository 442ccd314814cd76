//! What every emitter works from: the providers' payloads, in terms that each language has.

/// A provider's folder.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "facts that do not depend on each other")]
pub(crate) struct Provider {
    /// The folder's name.
    pub(crate) name: String,
    /// The name as the provider writes it.
    pub(crate) title: String,
    /// Other names for it.
    pub(crate) aliases: Vec<String>,
    /// What the provider does.
    pub(crate) category: String,
    /// How sure it is that it signs so.
    pub(crate) evidence: Evidence,
    /// True if its way to sign is a common one.
    pub(crate) is_common: bool,
    /// The headers that may have its signature.
    pub(crate) signature_headers: Vec<String>,
    /// What its signature is made of, in words.
    pub(crate) covers: String,
    /// The event's fields that are not signed.
    pub(crate) unsigned: Vec<String>,
    /// The seconds for which a delivery stays genuine, if it has a signed time.
    pub(crate) tolerance: Option<u64>,
    /// Where its way to sign is documented.
    pub(crate) scheme_source: String,
    /// True if what is signed is what `JSON.stringify` makes of the body.
    pub(crate) signs_ecmascript: bool,
    /// The seconds before each retry, if they are documented.
    pub(crate) retries: Option<Vec<u64>>,
    /// The largest body that it documents, in bytes.
    pub(crate) largest_body: Option<usize>,
    /// Its scheme, checked, in the form that the library keeps.
    pub(crate) compact: Vec<u8>,
    /// True if there is an `events.toml`.
    pub(crate) has_catalogue: bool,
    /// True if there is a `payload.schema.json`.
    pub(crate) has_schema: bool,
    /// Where the events are documented.
    pub(crate) source: String,
    /// The documented events whose payload is described.
    pub(crate) events: Vec<Event>,
    /// The types of the payloads.
    pub(crate) definitions: Vec<Definition>,
    /// The sample deliveries, sorted by file name.
    pub(crate) samples: Vec<Sample>,
}

/// How sure it is that a provider signs as its scheme says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Evidence {
    Proven,
    Documented,
    Assumed,
}

/// A documented event type.
#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) name: String,
    pub(crate) description: String,
    /// The definition of its payload.
    pub(crate) payload: String,
}

/// A sample delivery.
#[derive(Debug)]
pub(crate) struct Sample {
    /// The file's name, in the folder `samples`.
    pub(crate) file: String,
    pub(crate) event_type: String,
    /// Where the provider shows this delivery, or its body.
    pub(crate) source: Option<String>,
    /// True if the signature too is the provider's own.
    pub(crate) is_vector: bool,
}

/// A named type: an object, which may have further fields.
#[derive(Debug, PartialEq)]
pub(crate) struct Definition {
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) fields: Vec<Field>,
}

/// A field of an object.
#[derive(Debug, PartialEq)]
pub(crate) struct Field {
    /// The name in JSON.
    pub(crate) name: String,
    pub(crate) description: String,
    /// True if it is always there.
    pub(crate) required: bool,
    /// True if it may be null, which means the same as if it were not there.
    pub(crate) nullable: bool,
    pub(crate) kind: Kind,
}

/// What a value is.
#[derive(Debug, PartialEq)]
pub(crate) enum Kind {
    String,
    Integer,
    Number,
    Boolean,
    /// An object of which nothing is known.
    Map,
    /// The same from a sender that writes an empty one as `[]`.
    MapOrEmptyList,
    /// Anything.
    Any,
    List(Box<Kind>),
    /// A definition.
    Named(String),
}

impl Definition {
    /// The definitions that this one mentions.
    pub(crate) fn mentions(&self) -> Vec<&str> {
        self.fields.iter().filter_map(|field| field.kind.mentions()).collect()
    }
}

impl Kind {
    fn mentions(&self) -> Option<&str> {
        match self {
            Self::Named(name) => Some(name),
            Self::List(item) => item.mentions(),
            _ => None,
        }
    }
}
