use super::error::{Problem, Stop, SyntaxError};
use super::number::{RawNumber, scan_number};
use super::scan::{is_whitespace, string_special};
use super::string::{Escape, Meaning, RawString};
use super::visitor::{Ignore, Visitor};

/// How deep arrays and objects may nest, the outermost counted as one.
pub const MAX_DEPTH: u32 = 128;

/// Reads one JSON text and reports its tokens.
///
/// # Errors
/// [`Stop::Syntax`] if the text is not JSON, [`Stop::Visitor`] if the visitor fails.
pub fn read<'a, V: Visitor<'a>>(text: &'a str, visitor: &mut V) -> Result<(), Stop<V::Error>> {
    let mut reader = Reader::new(text)?;
    reader.value(visitor)?;
    Ok(reader.finish()?)
}

/// Checks that a text is one JSON value.
///
/// # Errors
/// What makes it none, and where.
pub fn validate(text: &str) -> Result<(), SyntaxError> {
    read(text, &mut Ignore).map_err(Stop::into_syntax)
}

/// The position in a text, and which containers are open there.
pub(super) struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    pos: usize,
    depth: u32,
    /// A bit for each open container, the innermost lowest: set for an object.
    objects: u128,
    lone_surrogates: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Result<Self, SyntaxError> {
        if text.starts_with('\u{feff}') {
            return Err(SyntaxError::new(Problem::ByteOrderMark, 0));
        }
        let bytes = text.as_bytes();
        Ok(Self { text, bytes, pos: 0, depth: 0, objects: 0, lone_surrogates: false })
    }

    /// Checks that nothing but white space is left.
    pub(super) fn finish(&mut self) -> Result<(), SyntaxError> {
        self.token();
        if self.pos == self.bytes.len() { Ok(()) } else { Err(self.error(Problem::TrailingText)) }
    }

    pub(super) fn position(&self) -> usize {
        self.pos
    }

    /// Whether any string so far held a lone surrogate escape.
    pub(super) fn saw_lone_surrogates(&self) -> bool {
        self.lone_surrogates
    }

    pub(super) fn error(&self, problem: Problem) -> SyntaxError {
        SyntaxError::new(problem, self.pos)
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
    pub(super) fn skip(&mut self) -> Result<(), SyntaxError> {
        self.value(&mut Ignore).map_err(Stop::into_syntax)
    }

    /// Reads the value that comes next, whole.
    pub(super) fn value<V: Visitor<'a>>(&mut self, visitor: &mut V) -> Result<(), Stop<V::Error>> {
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
    fn value_start<V: Visitor<'a>>(&mut self, visitor: &mut V) -> Result<bool, Stop<V::Error>> {
        match self.token() {
            b'"' => {
                let string = self.string()?;
                visitor.string(string).map_err(Stop::Visitor)?;
            }
            b'{' => {
                self.open(true)?;
                visitor.begin_object().map_err(Stop::Visitor)?;
                if !self.close_if(b'}') {
                    let key = self.key()?;
                    visitor.key(key).map_err(Stop::Visitor)?;
                    return Ok(true);
                }
                visitor.end_object().map_err(Stop::Visitor)?;
            }
            b'[' => {
                self.open(false)?;
                visitor.begin_array().map_err(Stop::Visitor)?;
                if !self.close_if(b']') {
                    return Ok(true);
                }
                visitor.end_array().map_err(Stop::Visitor)?;
            }
            b'-' | b'0'..=b'9' => {
                let (end, integer) = scan_number(self.bytes, self.pos)?;
                let number = RawNumber::new(&self.text[self.pos..end], integer);
                self.pos = end;
                visitor.number(number).map_err(Stop::Visitor)?;
            }
            b't' => {
                self.literal(b"true")?;
                visitor.boolean(true).map_err(Stop::Visitor)?;
            }
            b'f' => {
                self.literal(b"false")?;
                visitor.boolean(false).map_err(Stop::Visitor)?;
            }
            b'n' => {
                self.literal(b"null")?;
                visitor.null().map_err(Stop::Visitor)?;
            }
            _ if self.bytes.is_empty() => return Err(self.error(Problem::Empty).into()),
            _ => return Err(self.error(Problem::ExpectedValue).into()),
        }
        Ok(false)
    }

    /// After a value: goes on to the next one, closing containers; says whether the value that
    /// began at depth `outside` is complete.
    #[inline]
    fn value_end<V: Visitor<'a>>(
        &mut self,
        outside: u32,
        visitor: &mut V,
    ) -> Result<bool, Stop<V::Error>> {
        while self.depth > outside {
            let in_object = self.objects & 1 == 1;
            match self.token() {
                b',' => {
                    self.pos += 1;
                    if in_object {
                        let key = self.key()?;
                        visitor.key(key).map_err(Stop::Visitor)?;
                    }
                    return Ok(false);
                }
                b'}' if in_object => {
                    self.close();
                    visitor.end_object().map_err(Stop::Visitor)?;
                }
                b']' if !in_object => {
                    self.close();
                    visitor.end_array().map_err(Stop::Visitor)?;
                }
                _ => return Err(self.error(Problem::ExpectedCommaOrEnd).into()),
            }
        }
        Ok(true)
    }

    /// Enters the container whose bracket comes next.
    pub(super) fn open(&mut self, object: bool) -> Result<(), SyntaxError> {
        if self.depth == MAX_DEPTH {
            return Err(self.error(Problem::TooDeep));
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
    pub(super) fn next_in(&mut self, bracket: u8) -> Result<bool, SyntaxError> {
        if self.token() == b',' {
            self.pos += 1;
            return Ok(true);
        }
        if self.close_if(bracket) {
            return Ok(false);
        }
        Err(self.error(Problem::ExpectedCommaOrEnd))
    }

    /// Reads a key and its colon.
    #[inline]
    pub(super) fn key(&mut self) -> Result<RawString<'a>, SyntaxError> {
        if self.token() != b'"' {
            return Err(self.error(Problem::ExpectedKey));
        }
        let key = self.string()?;
        if self.token() != b':' {
            return Err(self.error(Problem::ExpectedColon));
        }
        self.pos += 1;
        Ok(key)
    }

    /// Reads the string whose opening quote comes next.
    #[inline]
    fn string(&mut self) -> Result<RawString<'a>, SyntaxError> {
        let start = self.pos + 1;
        let end = string_special(self.bytes, start);
        if self.bytes.get(end) == Some(&b'"') {
            self.pos = end + 1;
            return Ok(RawString::new(self.text, start, end, false));
        }
        self.string_with_escapes(start, end)
    }

    fn string_with_escapes(
        &mut self,
        start: usize,
        mut pos: usize,
    ) -> Result<RawString<'a>, SyntaxError> {
        loop {
            match self.bytes.get(pos) {
                Some(b'"') => {
                    self.pos = pos + 1;
                    return Ok(RawString::new(self.text, start, pos, true));
                }
                Some(b'\\') => {
                    let escape = Escape::at(self.bytes, pos)?;
                    self.lone_surrogates |= matches!(escape.meaning, Meaning::LoneSurrogate(_));
                    pos = string_special(self.bytes, pos + escape.len);
                }
                Some(_) => return Err(SyntaxError::new(Problem::ControlCharacter, pos)),
                None => return Err(SyntaxError::new(Problem::UnterminatedString, start - 1)),
            }
        }
    }

    fn literal(&mut self, word: &'static [u8]) -> Result<(), SyntaxError> {
        if !self.bytes[self.pos..].starts_with(word) {
            return Err(self.error(Problem::ExpectedValue));
        }
        self.pos += word.len();
        Ok(())
    }
}
