use core::convert::Infallible;

use super::error::{Halt, Problem, Stop, SyntaxError};
use super::number::{RawNumber, scan_number};
use super::scan::{StringEnds, is_whitespace};
use super::string::{Escape, Meaning, RawString};
use super::visitor::{Ignore, Visitor};

/// How deep arrays and objects may nest, the outermost counted as one.
pub const MAX_DEPTH: u32 = 128;

/// Reads one JSON text and reports its tokens.
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
/// What makes it none, and where.
pub fn validate(text: &str) -> Result<(), SyntaxError> {
    read(text, &mut Ignore).map_err(Stop::into_syntax)
}

/// What a step of the reader gives. The error itself stays in the reader: a small result keeps
/// the steps in registers.
type Step<T, E = Infallible> = Result<T, Halt<E>>;

/// The position in a text, and which containers are open there.
pub(super) struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    pos: usize,
    depth: u32,
    /// A bit for each open container, the innermost lowest: set for an object.
    objects: u128,
    lone_surrogates: bool,
    string_ends: StringEnds,
    problem: Option<SyntaxError>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        Self {
            text,
            bytes,
            pos: 0,
            depth: 0,
            objects: 0,
            lone_surrogates: false,
            string_ends: StringEnds::new(),
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

    /// What ended the reading.
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
        if self.pos == self.bytes.len() { Ok(()) } else { Err(self.fail(Problem::TrailingText)) }
    }

    pub(super) fn position(&self) -> usize {
        self.pos
    }

    /// Whether any string so far held a lone surrogate escape.
    pub(super) fn saw_lone_surrogates(&self) -> bool {
        self.lone_surrogates
    }

    /// Fails here.
    pub(super) fn fail<E>(&mut self, problem: Problem) -> Halt<E> {
        self.fail_at(SyntaxError::new(problem, self.pos))
    }

    #[cold]
    fn fail_at<E>(&mut self, problem: SyntaxError) -> Halt<E> {
        self.problem = Some(problem);
        Halt::Syntax
    }

    /// The next byte that is not white space, not yet consumed; 0 at the end, which no token
    /// begins with.
    #[inline]
    pub(super) fn token(&mut self) -> u8 {
        loop {
            match self.bytes.get(self.pos) {
                Some(&byte) if is_whitespace(byte) => self.pos += 1,
                Some(&byte) => return byte,
                None => return 0,
            }
        }
    }

    /// Skips a value, validating it.
    #[inline]
    pub(super) fn skip(&mut self) -> Step<()> {
        self.value(&mut Ignore)
    }

    /// Reads the value that comes next, whole.
    pub(super) fn value<V: Visitor<'a>>(&mut self, visitor: &mut V) -> Step<(), V::Error> {
        let outside = self.depth;
        loop {
            let opened = self.value_start(visitor)?;
            if opened {
                continue;
            }
            if self.value_end(outside, visitor)? {
                return Ok(());
            }
        }
    }

    /// Reads a scalar or an empty container whole, or opens a container up to its first value;
    /// says whether it opened one.
    #[inline]
    fn value_start<V: Visitor<'a>>(&mut self, visitor: &mut V) -> Step<bool, V::Error> {
        match self.token() {
            b'"' => {
                let string = self.string()?;
                visitor.string(string).map_err(Halt::Visitor)?;
            }
            b'{' => {
                self.open(true)?;
                visitor.begin_object().map_err(Halt::Visitor)?;
                if !self.close_if(b'}') {
                    let key = self.key()?;
                    visitor.key(key).map_err(Halt::Visitor)?;
                    return Ok(true);
                }
                visitor.end_object().map_err(Halt::Visitor)?;
            }
            b'[' => {
                self.open(false)?;
                visitor.begin_array().map_err(Halt::Visitor)?;
                if !self.close_if(b']') {
                    return Ok(true);
                }
                visitor.end_array().map_err(Halt::Visitor)?;
            }
            b'-' | b'0'..=b'9' => {
                let (end, integer) =
                    scan_number(self.bytes, self.pos).map_err(|problem| self.fail_at(problem))?;
                let number = RawNumber::new(&self.text[self.pos..end], integer);
                self.pos = end;
                visitor.number(number).map_err(Halt::Visitor)?;
            }
            b't' => {
                self.literal(b"true")?;
                visitor.boolean(true).map_err(Halt::Visitor)?;
            }
            b'f' => {
                self.literal(b"false")?;
                visitor.boolean(false).map_err(Halt::Visitor)?;
            }
            b'n' => {
                self.literal(b"null")?;
                visitor.null().map_err(Halt::Visitor)?;
            }
            _ if self.bytes.is_empty() => return Err(self.fail(Problem::Empty)),
            _ => return Err(self.fail(Problem::ExpectedValue)),
        }
        Ok(false)
    }

    /// After a value: goes on to the next one, closing containers; says whether the value that
    /// began at depth `outside` is complete.
    #[inline]
    fn value_end<V: Visitor<'a>>(&mut self, outside: u32, visitor: &mut V) -> Step<bool, V::Error> {
        while self.depth > outside {
            let in_object = self.objects & 1 == 1;
            match self.token() {
                b',' => {
                    self.pos += 1;
                    if in_object {
                        let key = self.key()?;
                        visitor.key(key).map_err(Halt::Visitor)?;
                    }
                    return Ok(false);
                }
                b'}' if in_object => {
                    self.close();
                    visitor.end_object().map_err(Halt::Visitor)?;
                }
                b']' if !in_object => {
                    self.close();
                    visitor.end_array().map_err(Halt::Visitor)?;
                }
                _ => return Err(self.fail(Problem::ExpectedCommaOrEnd)),
            }
        }
        Ok(true)
    }

    /// Enters the container whose bracket comes next.
    #[inline]
    pub(super) fn open<E>(&mut self, object: bool) -> Step<(), E> {
        if self.depth == MAX_DEPTH {
            return Err(self.fail(Problem::TooDeep));
        }
        self.pos += 1;
        self.depth += 1;
        self.objects = self.objects << 1 | u128::from(object);
        Ok(())
    }

    fn close(&mut self) {
        self.pos += 1;
        self.depth -= 1;
        self.objects >>= 1;
    }

    /// Leaves the container if it ends here.
    pub(super) fn close_if(&mut self, bracket: u8) -> bool {
        let ends = self.token() == bracket;
        if ends {
            self.close();
        }
        ends
    }

    /// After a member or an element: goes on to the next one, or leaves the container; says
    /// whether there is a next one.
    pub(super) fn next_in(&mut self, bracket: u8) -> Step<bool> {
        if self.token() == b',' {
            self.pos += 1;
            return Ok(true);
        }
        if self.close_if(bracket) {
            return Ok(false);
        }
        Err(self.fail(Problem::ExpectedCommaOrEnd))
    }

    /// Reads a key and its colon.
    #[expect(clippy::inline_always, reason = "measured: a sixth of validating")]
    #[inline(always)]
    pub(super) fn key<E>(&mut self) -> Step<RawString<'a>, E> {
        if self.token() != b'"' {
            return Err(self.fail(Problem::ExpectedKey));
        }
        let key = self.string()?;
        if self.token() != b':' {
            return Err(self.fail(Problem::ExpectedColon));
        }
        self.pos += 1;
        Ok(key)
    }

    /// Reads the string whose opening quote comes next.
    #[expect(clippy::inline_always, reason = "measured: a sixth of validating")]
    #[inline(always)]
    fn string<E>(&mut self) -> Step<RawString<'a>, E> {
        let start = self.pos + 1;
        let end = self.string_ends.next(self.bytes, start);
        if self.bytes.get(end) == Some(&b'"') {
            self.pos = end + 1;
            return Ok(RawString::new(self.text, start, end, false));
        }
        let end = self.end_of_escaped(start, end).map_err(|problem| self.fail_at(problem))?;
        self.pos = end + 1;
        Ok(RawString::new(self.text, start, end, true))
    }

    /// Where the string ends whose first special byte stands at `pos`.
    fn end_of_escaped(&mut self, start: usize, mut pos: usize) -> Result<usize, SyntaxError> {
        loop {
            match self.bytes.get(pos) {
                Some(b'"') => return Ok(pos),
                Some(b'\\') => {
                    let escape = Escape::at(self.bytes, pos)?;
                    self.lone_surrogates |= matches!(escape.meaning, Meaning::LoneSurrogate(_));
                    pos = self.string_ends.next(self.bytes, pos + escape.len);
                }
                Some(_) => return Err(SyntaxError::new(Problem::ControlCharacter, pos)),
                None => return Err(SyntaxError::new(Problem::UnterminatedString, start - 1)),
            }
        }
    }

    fn literal<E>(&mut self, word: &'static [u8]) -> Step<(), E> {
        if !self.bytes[self.pos..].starts_with(word) {
            return Err(self.fail(Problem::ExpectedValue));
        }
        self.pos += word.len();
        Ok(())
    }
}
