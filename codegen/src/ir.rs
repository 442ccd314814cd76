//! What every emitter works from: the providers' payloads, in terms that each language has.

/// A provider's folder.
#[derive(Debug)]
pub(crate) struct Provider {
    /// The folder's name.
    pub(crate) name: String,
    /// The name as the provider writes it.
    pub(crate) title: String,
    /// True if what is signed is what `JSON.stringify` makes of the body.
    pub(crate) signs_ecmascript: bool,
    /// The largest body that it documents, in bytes.
    pub(crate) largest_body: Option<usize>,
    /// Where the events are documented.
    pub(crate) source: String,
    /// The documented events.
    pub(crate) events: Vec<Event>,
    /// The types of the payloads.
    pub(crate) definitions: Vec<Definition>,
    /// The sample deliveries, sorted by file name.
    pub(crate) samples: Vec<Sample>,
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
