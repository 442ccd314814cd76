//! A strict JSON reader that works in one pass and reports tokens to a visitor.
//!
//! It follows RFC 8259 strictly and allocates nothing. Validation, selecting the values at known
//! places ([`Selector`]), the ECMAScript form ([`to_ecmascript`]) and building the native values of
//! other languages all use the same tokens, so that they cannot disagree about what is valid.
//!
//! It settles three points that RFC 8259 leaves open: containers nest at most [`MAX_DEPTH`] deep, a
//! lone surrogate escape is valid and decodes as U+FFFD, and numbers of any size are valid.

#![forbid(unsafe_code)]

mod ecmascript;
mod error;
mod number;
mod reader;
mod scan;
mod select;
mod string;
mod tokens;
mod visitor;

pub use ecmascript::{quoted, to_ecmascript};
pub use error::{Stop, SyntaxError};
pub use number::RawNumber;
pub use reader::{MAX_DEPTH, read, validate};
pub use select::{Pointer, Root, Selection, Selector, Span};
pub use string::{Piece, Pieces, RawString, replace_lone_surrogates};
pub use tokens::{Token, TokenKind, Tokens, tokens};
pub use visitor::{DataVisitor, Ignore, Visitor};
