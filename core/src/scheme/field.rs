/// A field of an event that a scheme may leave unsigned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Field {
    /// [`Event::event_type`](crate::Event::event_type)
    Type,
    /// [`Event::id`](crate::Event::id)
    Id,
    /// [`Event::created_at`](crate::Event::created_at)
    CreatedAt,
}

impl Field {
    /// The field's name as every language spells it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Id => "id",
            Self::CreatedAt => "created_at",
        }
    }
}
