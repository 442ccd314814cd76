/// A field of an event that a scheme may leave unsigned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Field {
    /// The event's type: [`Event::event_type`](crate::Event::event_type).
    Type,
    /// The id of the event or delivery: [`Event::id`](crate::Event::id).
    Id,
    /// The time of the event: [`Event::created_at`](crate::Event::created_at).
    CreatedAt,
    /// The whole body: [`Event::body`](crate::Event::body), and what is read from it.
    Body,
}

impl Field {
    /// Returns the field's name, as every language spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Id => "id",
            Self::CreatedAt => "created_at",
            Self::Body => "body",
        }
    }
}
