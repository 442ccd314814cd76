#![expect(clippy::inline_always, reason = "measured: a call would keep the cursor in memory")]

use core::convert::Infallible;

use super::error::{Halt, Problem, Stop, SyntaxError};
use super::number::{RawNumber, scan_number};
use super::scan::Cursor;
use super::string::{Escape, Meaning, RawString};
use super::visitor::{Ignore, Visitor};

/// The maximum depth to which arrays and objects may nest, the outermost counted as 1.
pub const MAX_DEPTH: u32 = 128;

/// Reads one JSON text and reports its tokens to a visitor.
///
/// # Errors
/// [`Stop::Syntax`] if the text is not JSON, [`Stop::Visitor`] if the visitor fails.
pub fn read<'a, V: Visitor<'a>>(text: &'a str, visitor: &mut V) -> Result<(), Stop<V::Error>> {
    let mut reader = Reader::new(text);
    let read = reader.begin().and_then(|()| reader.value(visitor)).and_then(|()| reader.finish());
    read.map_err(|halt| reader.stop(halt))
}

/// Checks that a text is one JSON value.
///
/// # Errors
/// A [`SyntaxError`] that says why the text is not one, and where.
pub fn validate(text: &str) -> Result<(), SyntaxError> {
    read(text, &mut Ignore).map_err(Stop::into_syntax)
}

/// The result of a step of the reader. The error itself stays in the reader: a small result keeps
/// the steps in registers.
type Step<T, E = Infallible> = Result<T, Halt<E>>;

/// The position in a text, and which containers are open there.
pub(super) struct Reader<'a> {
    text: &'a str,
    cursor: Cursor<'a>,
    depth: u32,
    /// A bit for each open container, the innermost lowest: set for an object.
    objects: u128,
    escapes: bool,
    lone_surrogates: bool,
    problem: Option<SyntaxError>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            cursor: Cursor::new(text.as_bytes()),
            depth: 0,
            objects: 0,
            escapes: false,
            lone_surrogates: false,
            problem: None,
        }
    }

    /// Checks what stands before the value.
    pub(super) fn begin<E>(&mut self) -> Step<(), E> {
        if self.text.starts_with('\u{feff}') {
            return Err(self.fail(Problem::ByteOrderMark));
        }
        Ok(())
    }

    /// Returns what ended the reading.
    pub(super) fn stop<E>(&self, halt: Halt<E>) -> Stop<E> {
        match (halt, self.problem) {
            (Halt::Visitor(error), _) => Stop::Visitor(error),
            (Halt::Syntax, Some(problem)) => Stop::Syntax(problem),
            (Halt::Syntax, None) => unreachable!("a syntax error is always kept"),
        }
    }

    /// Checks that nothing but white space is left.
    pub(super) fn finish<E>(&mut self) -> Step<(), E> {
        self.token();
        if self.cursor.is_at_end() { Ok(()) } else { Err(self.fail(Problem::TrailingText)) }
    }

    pub(super) fn position(&self) -> usize {
        self.cursor.pos
    }

    /// Returns `true` if any string so far had an escape.
    pub(super) fn saw_escapes(&self) -> bool {
        self.escapes
    }

    /// Returns `true` if any string so far had a lone surrogate escape.
    pub(super) fn saw_lone_surrogates(&self) -> bool {
        self.lone_surrogates
    }

    /// Fails here.
    pub(super) fn fail<E>(&mut self, problem: Problem) -> Halt<E> {
        self.fail_at(problem, self.cursor.pos)
    }

    #[cold]
    fn fail_at<E>(&mut self, problem: Problem, pos: usize) -> Halt<E> {
        self.problem = Some(SyntaxError::new(problem, pos));
        Halt::Syntax
    }

    /// The next byte that is not white space, not yet consumed; 0 at the end, which no token
    /// begins with.
    #[inline]
    pub(super) fn token(&mut self) -> u8 {
        self.cursor.token()
    }

    /// Skips a value, validating it.
    #[inline]
    pub(super) fn skip(&mut self) -> Step<()> {
        self.value(&mut Ignore)
    }

    /// Reads the value that comes next, whole.
    #[inline]
    pub(super) fn value<V: Visitor<'a>>(&mut self, visitor: &mut V) -> Step<(), V::Error> {
        if self.token() == b'"' {
            let string = self.string()?;
            return visitor.string(string).map_err(Halt::Visitor);
        }
        self.any_value(visitor)
    }

    fn any_value<V: Visitor<'a>>(&mut self, visitor: &mut V) -> Step<(), V::Error> {
        let outside = self.depth;
        // A copy of its own, which the steps share, stays in registers.
        let mut cursor = self.cursor;
        loop {
            let opened = self.value_start(&mut cursor, visitor)?;
            if opened {
                continue;
            }
            if self.value_end(&mut cursor, outside, visitor)? {
                self.cursor = cursor;
                return Ok(());
            }
        }
    }

    /// Reads a scalar or an empty container whole, or opens a container up to its first value;
    /// says whether it opened one.
    #[inline(always)]
    fn value_start<V: Visitor<'a>>(
        &mut self,
        cursor: &mut Cursor<'a>,
        visitor: &mut V,
    ) -> Step<bool, V::Error> {
        match cursor.token() {
            b'"' => {
                cursor.find_quote();
                let string = self.string_at(cursor)?;
                visitor.string(string).map_err(Halt::Visitor)?;
            }
            b'{' => {
                self.enter(true, cursor.pos)?;
                cursor.pos += 1;
                visitor.begin_object().map_err(Halt::Visitor)?;
                if cursor.token() != b'}' {
                    return self.members(cursor, visitor);
                }
                cursor.pos += 1;
                self.leave();
                visitor.end_object().map_err(Halt::Visitor)?;
            }
            b'[' => {
                self.enter(false, cursor.pos)?;
                cursor.pos += 1;
                visitor.begin_array().map_err(Halt::Visitor)?;
                if cursor.token() != b']' {
                    return Ok(true);
                }
                cursor.pos += 1;
                self.leave();
                visitor.end_array().map_err(Halt::Visitor)?;
            }
            b'-' | b'0'..=b'9' => {
                let (end, integer) = scan_number(cursor.bytes(), cursor.pos)
                    .map_err(|pos| self.fail_at(Problem::Number, pos))?;
                let number = RawNumber::new(&self.text[cursor.pos..end], integer);
                cursor.pos = end;
                visitor.number(number).map_err(Halt::Visitor)?;
            }
            b't' if cursor.pass(b"true") => visitor.boolean(true).map_err(Halt::Visitor)?,
            b'f' if cursor.pass(b"false") => visitor.boolean(false).map_err(Halt::Visitor)?,
            b'n' if cursor.pass(b"null") => visitor.null().map_err(Halt::Visitor)?,
            _ if self.text.is_empty() => return Err(self.fail_at(Problem::Empty, 0)),
            _ => return Err(self.fail_at(Problem::ExpectedValue, cursor.pos)),
        }
        Ok(false)
    }

    /// After a value: goes on to the next one, closing containers; says whether the value that
    /// began at depth `outside` is complete.
    #[inline(always)]
    fn value_end<V: Visitor<'a>>(
        &mut self,
        cursor: &mut Cursor<'a>,
        outside: u32,
        visitor: &mut V,
    ) -> Step<bool, V::Error> {
        while self.depth > outside {
            let in_object = self.objects & 1 == 1;
            match cursor.token() {
                b',' => {
                    cursor.pos += 1;
                    if !in_object || self.members(cursor, visitor)? {
                        return Ok(false);
                    }
                }
                b'}' if in_object => {
                    cursor.pos += 1;
                    self.leave();
                    visitor.end_object().map_err(Halt::Visitor)?;
                }
                b']' if !in_object => {
                    cursor.pos += 1;
                    self.leave();
                    visitor.end_array().map_err(Halt::Visitor)?;
                }
                _ => return Err(self.fail_at(Problem::ExpectedCommaOrEnd, cursor.pos)),
            }
        }
        Ok(true)
    }

    /// Reads a key, and goes on as long as strings follow with nothing between them but what must
    /// be there; says whether a value comes next, and not what follows after one.
    #[inline(always)]
    fn members<V: Visitor<'a>>(
        &mut self,
        cursor: &mut Cursor<'a>,
        visitor: &mut V,
    ) -> Step<bool, V::Error> {
        self.key_start(cursor)?;
        loop {
            let key = self.string_at(cursor)?;
            if !cursor.goes_on(b':') {
                self.key_end(cursor)?;
                visitor.key(key).map_err(Halt::Visitor)?;
                return Ok(true);
            }
            visitor.key(key).map_err(Halt::Visitor)?;
            let string = self.string_at(cursor)?;
            visitor.string(string).map_err(Halt::Visitor)?;
            if !cursor.goes_on(b',') {
                return Ok(false);
            }
        }
    }

    /// Reads the object that comes next member by member: `member` is given each key and reads its
    /// value.
    #[inline]
    pub(super) fn object(
        &mut self,
        mut member: impl FnMut(&mut Self, RawString<'a>) -> Step<()>,
    ) -> Step<()> {
        let mut more = self.open(true, b'}')?;
        while more {
            let key = self.key()?;
            member(self, key)?;
            more = self.goes_on(b'}')?;
        }
        Ok(())
    }

    /// Reads the array that comes next element by element: `element` is given each one's index and
    /// reads it.
    #[inline]
    pub(super) fn array(
        &mut self,
        mut element: impl FnMut(&mut Self, usize) -> Step<()>,
    ) -> Step<()> {
        let mut more = self.open(false, b']')?;
        let mut index = 0;
        while more {
            element(self, index)?;
            more = self.goes_on(b']')?;
            index += 1;
        }
        Ok(())
    }

    /// Enters the container whose bracket comes next; says whether there is anything in it.
    #[inline]
    fn open(&mut self, object: bool, bracket: u8) -> Step<bool> {
        self.enter(object, self.cursor.pos)?;
        self.cursor.pos += 1;
        Ok(!self.close_if(bracket))
    }

    #[inline]
    fn enter<E>(&mut self, object: bool, pos: usize) -> Step<(), E> {
        if self.depth == MAX_DEPTH {
            return Err(self.fail_at(Problem::TooDeep, pos));
        }
        self.depth += 1;
        self.objects = self.objects << 1 | u128::from(object);
        Ok(())
    }

    #[inline]
    fn leave(&mut self) {
        self.depth -= 1;
        self.objects >>= 1;
    }

    /// Leaves the container if it ends here.
    fn close_if(&mut self, bracket: u8) -> bool {
        let ends = self.token() == bracket;
        if ends {
            self.cursor.pos += 1;
            self.leave();
        }
        ends
    }

    /// After a member or an element: goes on to the next one, or leaves the container; says
    /// whether there is a next one.
    fn goes_on(&mut self, bracket: u8) -> Step<bool> {
        if self.token() == b',' {
            self.cursor.pos += 1;
            return Ok(true);
        }
        if self.close_if(bracket) {
            return Ok(false);
        }
        Err(self.fail(Problem::ExpectedCommaOrEnd))
    }

    /// Reads a key and its colon.
    #[inline(always)]
    fn key(&mut self) -> Step<RawString<'a>> {
        let mut cursor = self.cursor;
        self.key_start(&mut cursor)?;
        let key = self.string_at(&mut cursor)?;
        self.key_end(&mut cursor)?;
        self.cursor = cursor;
        Ok(key)
    }

    #[inline(always)]
    fn key_start<E>(&mut self, cursor: &mut Cursor<'a>) -> Step<(), E> {
        if cursor.token() != b'"' {
            return Err(self.fail_at(Problem::ExpectedKey, cursor.pos));
        }
        cursor.find_quote();
        Ok(())
    }

    #[inline(always)]
    fn key_end<E>(&mut self, cursor: &mut Cursor<'a>) -> Step<(), E> {
        if cursor.token() != b':' {
            return Err(self.fail_at(Problem::ExpectedColon, cursor.pos));
        }
        cursor.pos += 1;
        Ok(())
    }

    /// Reads the string whose opening quote comes next.
    #[inline]
    fn string<E>(&mut self) -> Step<RawString<'a>, E> {
        let mut cursor = self.cursor;
        cursor.find_quote();
        let string = self.string_at(&mut cursor);
        self.cursor = cursor;
        string
    }

    /// Reads the string whose opening quote was found to come next.
    #[inline(always)]
    fn string_at<E>(&mut self, cursor: &mut Cursor<'a>) -> Step<RawString<'a>, E> {
        let start = cursor.pos + 1;
        let escaped = !cursor.pass_plain_string();
        if escaped {
            *cursor = self.pass_escaped(*cursor, start - 1)?;
        }
        Ok(RawString::new(self.text, start, cursor.pos - 1, escaped))
    }

    /// Goes on to the end of a string whose opening quote stands at `start`, from the first byte
    /// in it that is no text.
    #[inline(never)]
    fn pass_escaped<E>(&mut self, mut cursor: Cursor<'a>, start: usize) -> Step<Cursor<'a>, E> {
        loop {
            match cursor.bytes().get(cursor.pos) {
                Some(b'"') => {
                    cursor.pos += 1;
                    return Ok(cursor);
                }
                Some(b'\\') => {
                    let escape = Escape::at(cursor.bytes(), cursor.pos)
                        .ok_or_else(|| self.fail_at(Problem::Escape, cursor.pos))?;
                    self.escapes = true;
                    self.lone_surrogates |= matches!(escape.meaning, Meaning::LoneSurrogate(_));
                    cursor.pos += escape.len;
                    cursor.find_special();
                }
                Some(_) => return Err(self.fail_at(Problem::ControlCharacter, cursor.pos)),
                None => return Err(self.fail_at(Problem::UnterminatedString, start)),
            }
        }
    }
}
