//! Finding the values at a few known places while the whole text is validated.

use core::convert::Infallible;
use core::ops::Range;

use super::error::{Halt, Problem, SyntaxError};
use super::reader::Reader;

/// How many pointers one [`Selector`] holds at the most: their spans fit a fixed array, so that
/// selecting allocates nothing.
const MAX_POINTERS: usize = 16;

/// How long a pointer may be; it bounds the recursion.
const MAX_SEGMENTS: usize = 32;

/// Where a value stands in the text, in bytes.
pub(crate) type Span = Range<usize>;

/// Where each pointer's value stands. No value ends at 0.
type Spans = [(usize, usize); MAX_POINTERS];

const NOWHERE: (usize, usize) = (0, 0);

type Step<T> = Result<T, Halt<Infallible>>;

/// Which of a [`Selector`]'s pointers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pointer(usize);

/// JSON pointers (RFC 6901) as one tree, so that a text is matched against all of them at once.
#[derive(Clone, Debug)]
pub(crate) struct Selector {
    nodes: Vec<Node>,
    pointers: usize,
}

#[derive(Clone, Debug, Default)]
struct Node {
    children: Vec<Child>,
    pointer: Option<Pointer>,
}

#[derive(Clone, Debug)]
struct Child {
    name: String,
    /// The element that the name means in an array.
    index: Option<usize>,
    node: usize,
}

/// What was found; filled in place, because it is large.
#[derive(Debug)]
pub(crate) struct Selection {
    spans: Spans,
    lone_surrogates: bool,
}

impl Selection {
    /// Nothing found.
    pub(crate) const fn new() -> Self {
        Self { spans: [NOWHERE; MAX_POINTERS], lone_surrogates: false }
    }

    pub(crate) fn get(&self, pointer: Pointer) -> Option<Span> {
        let (start, end) = self.spans[pointer.0];
        (end > 0).then_some(start..end)
    }

    pub(crate) fn has_lone_surrogates(&self) -> bool {
        self.lone_surrogates
    }
}

impl Selector {
    pub(crate) fn new() -> Self {
        Self { nodes: vec![Node::default()], pointers: 0 }
    }

    /// Adds a pointer; the same one twice gives the same handle.
    ///
    /// # Errors
    /// What is wrong with it, as the end of a sentence that begins with its name.
    pub(crate) fn add(&mut self, pointer: &str) -> Result<Pointer, &'static str> {
        let mut node = 0;
        let mut segments = pointer.split('/');
        if segments.next() != Some("") {
            return Err("must be empty (the whole body) or begin with `/`, as in `/data/id`");
        }
        let segments: Vec<&str> = segments.collect();
        if segments.len() > MAX_SEGMENTS {
            return Err("is too long: a pointer may have 32 segments");
        }
        for segment in segments {
            // RFC 6901 knows no other escapes.
            if segment.replace("~0", "").replace("~1", "").contains('~') {
                return Err("holds a `~` that is not `~0` (a tilde) or `~1` (a slash)");
            }
            node = self.child(node, &segment.replace("~1", "/").replace("~0", "~"));
        }
        if let Some(known) = self.nodes[node].pointer {
            return Ok(known);
        }
        if self.pointers == MAX_POINTERS {
            return Err("is one too many: a scheme may hold 16 different pointers");
        }
        let added = Pointer(self.pointers);
        self.pointers += 1;
        self.nodes[node].pointer = Some(added);
        Ok(added)
    }

    fn child(&mut self, parent: usize, name: &str) -> usize {
        if let Some(known) = self.nodes[parent].children.iter().find(|child| child.name == name) {
            return known.node;
        }
        let node = self.nodes.len();
        self.nodes.push(Node::default());
        let index = name.parse().ok().filter(|index: &usize| index.to_string() == name);
        self.nodes[parent].children.push(Child { name: name.to_owned(), index, node });
        node
    }

    /// Validates `text`, which must be one JSON object, and finds the pointers' values. Of
    /// duplicate keys the last counts.
    pub(crate) fn select(&self, text: &str, found: &mut Selection) -> Result<(), SyntaxError> {
        let mut reader = Reader::new(text);
        let read = self.document(&mut reader, &mut found.spans);
        found.lone_surrogates = reader.saw_lone_surrogates();
        read.map_err(|halt| reader.stop(halt).into_syntax())
    }

    fn document(&self, reader: &mut Reader<'_>, spans: &mut Spans) -> Step<()> {
        reader.begin()?;
        if reader.token() != b'{' {
            // What is no JSON at all is said to be that first.
            reader.skip()?;
            return Err(reader.fail(Problem::ExpectedObject));
        }
        self.value(0, reader, spans)?;
        reader.finish()
    }

    fn value(&self, node: usize, reader: &mut Reader<'_>, spans: &mut Spans) -> Step<()> {
        let token = reader.token();
        let start = reader.position();
        match token {
            b'{' if !self.nodes[node].children.is_empty() => self.object(node, reader, spans)?,
            b'[' if !self.nodes[node].children.is_empty() => self.array(node, reader, spans)?,
            _ => reader.skip()?,
        }
        if let Some(Pointer(index)) = self.nodes[node].pointer {
            spans[index] = (start, reader.position());
        }
        Ok(())
    }

    fn object(&self, node: usize, reader: &mut Reader<'_>, spans: &mut Spans) -> Step<()> {
        reader.open(true)?;
        if reader.close_if(b'}') {
            return Ok(());
        }
        loop {
            let key = reader.key()?;
            let child = if key.is_escaped() {
                let key = key.decode();
                self.find(node, |child| child.name == key)
            } else {
                self.find(node, |child| child.name == key.as_raw_str())
            };
            self.member(child, reader, spans)?;
            if !reader.next_in(b'}')? {
                return Ok(());
            }
        }
    }

    fn array(&self, node: usize, reader: &mut Reader<'_>, spans: &mut Spans) -> Step<()> {
        reader.open(false)?;
        if reader.close_if(b']') {
            return Ok(());
        }
        let mut index = 0_usize;
        loop {
            self.member(self.find(node, |child| child.index == Some(index)), reader, spans)?;
            if !reader.next_in(b']')? {
                return Ok(());
            }
            index += 1;
        }
    }

    fn member(&self, child: Option<usize>, reader: &mut Reader<'_>, spans: &mut Spans) -> Step<()> {
        match child {
            Some(child) => {
                self.forget(child, spans);
                self.value(child, reader, spans)
            }
            None => reader.skip(),
        }
    }

    fn find(&self, node: usize, is_it: impl Fn(&Child) -> bool) -> Option<usize> {
        self.nodes[node].children.iter().find(|child| is_it(child)).map(|child| child.node)
    }

    /// Drops what an earlier duplicate of this key gave.
    fn forget(&self, node: usize, spans: &mut Spans) {
        if let Some(Pointer(index)) = self.nodes[node].pointer {
            spans[index] = NOWHERE;
        }
        for child in &self.nodes[node].children {
            self.forget(child.node, spans);
        }
    }
}
