use super::byte_set::ByteSet;

const DIGITS: ByteSet = ByteSet::range(b'0', b'9');
/// The characters that a header's value may begin or end with.
const VISIBLE: ByteSet = ByteSet::range(b'!', b'~');
const WHITE_SPACE: ByteSet = ByteSet::of(b" \t\r\n");
const LETTERS: ByteSet = ByteSet::range(b'A', b'Z').or(ByteSet::range(b'a', b'z'));
/// The characters of hexadecimal digits and of base64.
const OF_DIGESTS: ByteSet = DIGITS.or(LETTERS).or(ByteSet::of(b"+/="));
/// The characters of an address (RFC 3986), without the brackets that only an IPv6 address has.
const OF_URLS: ByteSet = DIGITS.or(LETTERS).or(ByteSet::of(b"-._~:/?#@!$&'()*+,;=%"));

/// One part of what is signed: what is known of the words that it may be.
///
/// A set may hold bytes that do not occur, but every byte that does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::scheme) struct Part {
    /// The part's name in messages, as in a template: `{id}`.
    pub(in crate::scheme) name: String,
    /// The first bytes of its words.
    pub(super) first: ByteSet,
    /// The last bytes of its words.
    pub(super) last: ByteSet,
    /// The bytes that may continue a word: the first of `d`, where `w` and `wd` are words.
    pub(super) continues: ByteSet,
    /// The bytes that may precede a word: the last of `d`, where `w` and `dw` are words.
    pub(super) precedes: ByteSet,
    pub(super) may_be_empty: bool,
    /// Where all words are equally long, the bytes that may stand at each place.
    pub(super) places: Option<Vec<ByteSet>>,
    pub(super) narrowing: Narrowing,
}

/// The restriction of a part's words where a border needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Narrowing {
    None,
    /// To those without some bytes: these.
    Without(ByteSet),
    /// To so many digits.
    Digits(usize),
}

impl Part {
    /// A text of the template, which is not empty.
    pub(in crate::scheme) fn literal(text: &str) -> Self {
        let places = text.bytes().map(|byte| ByteSet::EMPTY.with(byte)).collect();
        Self::fixed(format!("`{text}`"), places)
    }

    /// Digits without a leading zero, of which there can be demanded to be exactly `length`.
    pub(in crate::scheme) fn number(name: &str, length: Option<usize>) -> Self {
        let narrowing = length.map_or(Narrowing::None, Narrowing::Digits);
        Self { narrowing, ..Self::of_bytes(name, DIGITS, DIGITS) }
    }

    /// A digest in so many characters.
    pub(in crate::scheme) fn digest(name: &str, length: usize) -> Self {
        Self::fixed(name.to_owned(), vec![OF_DIGESTS; length])
    }

    /// A UUID, in hexadecimal digits of either case.
    pub(in crate::scheme) fn uuid(name: &str) -> Self {
        let hex = DIGITS.or(ByteSet::range(b'a', b'f')).or(ByteSet::range(b'A', b'F'));
        let place = |at| if [8, 13, 18, 23].contains(&at) { ByteSet::of(b"-") } else { hex };
        Self::fixed(name.to_owned(), (0..36).map(place).collect())
    }

    /// A date as HTTP writes it, which always takes 29 characters.
    pub(in crate::scheme) fn http_date(name: &str) -> Self {
        Self::fixed(name.to_owned(), vec![VISIBLE.with(b' '); 29])
    }

    /// The method of a request: capital letters.
    pub(in crate::scheme) fn method(name: &str) -> Self {
        let capitals = ByteSet::range(b'A', b'Z');
        Self::of_bytes(name, capitals, capitals)
    }

    /// An address or a part of one.
    pub(in crate::scheme) fn url(name: &str, may_be_empty: bool) -> Self {
        Self { may_be_empty, ..Self::of_bytes(name, OF_URLS, OF_URLS) }
    }

    /// A challenge that is signed: letters, digits, `-` and `_`.
    pub(in crate::scheme) fn challenge(name: &str) -> Self {
        let alphabet = DIGITS.or(LETTERS).or(ByteSet::of(b"-_"));
        Self::of_bytes(name, alphabet, alphabet)
    }

    /// A text that is the same in every delivery of a webhook.
    pub(in crate::scheme) fn constant(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            first: ByteSet::ALL,
            last: ByteSet::ALL,
            continues: ByteSet::EMPTY,
            precedes: ByteSet::EMPTY,
            may_be_empty: false,
            places: None,
            narrowing: Narrowing::None,
        }
    }

    /// A date and time as in RFC 3339, with a `T` between them.
    ///
    /// No word begins another: each ends with the only `Z` or zone in it. None ends another: its
    /// `T` is its eleventh character, and the only one.
    pub(in crate::scheme) fn rfc3339(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            first: DIGITS,
            last: DIGITS.or(ByteSet::of(b"Zz")),
            continues: ByteSet::EMPTY,
            precedes: ByteSet::EMPTY,
            may_be_empty: false,
            places: None,
            narrowing: Narrowing::None,
        }
    }

    /// The value of a header, without white space around it, in which bytes can be forbidden.
    pub(in crate::scheme) fn header_text(name: &str) -> Self {
        let inside = VISIBLE.or(ByteSet::of(b" \t"));
        let narrowing = Narrowing::Without(ByteSet::EMPTY);
        Self { narrowing, ..Self::of_bytes(name, VISIBLE, inside) }
    }

    /// Any bytes, or none. JSON of any kind is one of these, for `1` is, and `12`.
    pub(in crate::scheme) fn any_bytes(name: &str) -> Self {
        Self { may_be_empty: true, ..Self::of_bytes(name, ByteSet::ALL, ByteSet::ALL) }
    }

    /// JSON objects, or arrays too, or nothing at all too, with white space around them.
    ///
    /// Where one begins another, the two differ in white space alone: what closes the first bracket
    /// ends both. So they do where one ends another. If the shorter began in a string of the longer,
    /// it would have an odd number of quotes, for a backslash is right only within a string and
    /// so none can have changed sides. If it began elsewhere behind the first bracket, it would close
    /// more brackets than it opens.
    pub(in crate::scheme) fn json_containers(name: &str, arrays: bool, may_be_empty: bool) -> Self {
        let (open, close) = if arrays { (&b"{["[..], &b"}]"[..]) } else { (&b"{"[..], &b"}"[..]) };
        let first = ByteSet::of(open).or(WHITE_SPACE);
        let last = ByteSet::of(close).or(WHITE_SPACE);
        Self {
            name: name.to_owned(),
            first,
            last,
            // Nothing begins and ends every one of them.
            continues: if may_be_empty { first } else { WHITE_SPACE },
            precedes: if may_be_empty { last } else { WHITE_SPACE },
            may_be_empty,
            places: None,
            narrowing: Narrowing::None,
        }
    }

    fn fixed(name: String, places: Vec<ByteSet>) -> Self {
        Self {
            name,
            first: places.first().copied().unwrap_or_default(),
            last: places.last().copied().unwrap_or_default(),
            continues: ByteSet::EMPTY,
            precedes: ByteSet::EMPTY,
            may_be_empty: places.is_empty(),
            places: Some(places),
            narrowing: Narrowing::None,
        }
    }

    /// Words of any length, not empty, with `edge` as their first and last bytes.
    fn of_bytes(name: &str, edge: ByteSet, alphabet: ByteSet) -> Self {
        Self {
            name: name.to_owned(),
            first: edge,
            last: edge,
            continues: alphabet,
            precedes: alphabet,
            may_be_empty: false,
            places: None,
            narrowing: Narrowing::None,
        }
    }

    /// Returns the part read from its other end.
    pub(super) fn mirrored(&self) -> Self {
        Self {
            name: self.name.clone(),
            first: self.last,
            last: self.first,
            continues: self.precedes,
            precedes: self.continues,
            may_be_empty: self.may_be_empty,
            places: self.places.as_ref().map(|places| places.iter().rev().copied().collect()),
            narrowing: self.narrowing,
        }
    }

    /// Demands so many digits of a number, and says whether it could.
    pub(super) fn fix_length(&mut self) -> bool {
        let Narrowing::Digits(length) = self.narrowing else { return false };
        let narrowing = self.narrowing;
        let name = core::mem::take(&mut self.name);
        *self = Self { narrowing, ..Self::fixed(name, vec![DIGITS; length]) };
        true
    }

    /// Forbids a byte in a text, and says whether it could.
    pub(super) fn forbid(&mut self, byte: u8) -> bool {
        let Narrowing::Without(forbidden) = self.narrowing else { return false };
        self.narrowing = Narrowing::Without(forbidden.with(byte));
        for set in [&mut self.first, &mut self.last, &mut self.continues, &mut self.precedes] {
            *set = set.without(byte);
        }
        true
    }

    /// The bytes that were forbidden in it.
    pub(in crate::scheme) fn forbidden(&self) -> ByteSet {
        match self.narrowing {
            Narrowing::Without(bytes) => bytes,
            _ => ByteSet::EMPTY,
        }
    }

    /// Returns the number of digits that is demanded of it, if any.
    pub(in crate::scheme) fn digits(&self) -> Option<usize> {
        match self.narrowing {
            Narrowing::Digits(length) if self.places.is_some() => Some(length),
            _ => None,
        }
    }
}
