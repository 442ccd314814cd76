//! One reader of JSON for everything the library does with a payload.
//!
//! It is strict RFC 8259, makes a single pass, allocates nothing, and reports what it finds to a
//! [`Visitor`]: validation, the envelope's fields, the ECMAScript form and native values of other
//! languages are all visitors over the same tokens, so they cannot disagree about what is valid.
//!
//! Beyond RFC 8259 it fixes three points: containers nest at most [`MAX_DEPTH`] deep, a lone
//! surrogate escape is valid and decodes as U+FFFD, and numbers of any size are valid.

mod ecmascript;
mod error;
mod number;
mod reader;
mod scan;
mod select;
mod string;
mod visitor;

pub use ecmascript::to_ecmascript;
pub use error::{Stop, SyntaxError};
pub use number::RawNumber;
pub use reader::{MAX_DEPTH, read, validate};
pub(crate) use select::{Pointer, Selection, Selector, Span};
pub use string::RawString;
pub(crate) use string::{Piece, replace_lone_surrogates};
pub(crate) use visitor::Ignore;
pub use visitor::{DataVisitor, Visitor};
