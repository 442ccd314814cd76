//! Selection of the values at known places while the whole text is validated.

use core::convert::Infallible;
use core::ops::Range;

use super::error::{Halt, Problem, SyntaxError};
use super::reader::Reader;
use super::visitor::{DataVisitor, Ignore};

/// How many pointers one [`Selector`] holds at the most: their spans fit a fixed array, so that
/// selecting allocates nothing.
const MAX_POINTERS: usize = 16;

/// How long a pointer may be; it bounds the recursion.
const MAX_SEGMENTS: usize = 32;

/// The range of a value in the text, in bytes.
pub type Span = Range<usize>;

/// The range of each pointer's value. No value ends at 0.
type Spans = [(usize, usize); MAX_POINTERS];

const NOWHERE: (usize, usize) = (0, 0);

type Step<T> = Result<T, Halt<Infallible>>;

/// A handle for one of a [`Selector`]'s pointers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pointer(usize);

impl Pointer {
    /// Returns which of its selector's pointers it is, counted from 0.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0
    }

    /// Returns the handle with this index, for one that was kept by its index; `None` if no
    /// selector holds so many.
    #[must_use]
    pub fn from_index(index: usize) -> Option<Self> {
        (index < MAX_POINTERS).then_some(Self(index))
    }
}

/// The kinds of value that a whole text may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Root {
    /// An object.
    #[default]
    Object,
    /// An object or an array.
    Container,
    /// Any value.
    Any,
}

/// A set of JSON pointers (RFC 6901), matched against a text all at once.
#[derive(Clone, Debug)]
pub struct Selector {
    root: Root,
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

/// The ranges of the values that a [`Selector`] found. It is filled in place, because it is large.
#[derive(Debug)]
pub struct Selection {
    spans: Spans,
    escapes: bool,
    lone_surrogates: bool,
}

impl Default for Selection {
    fn default() -> Self {
        Self::new()
    }
}

impl Selection {
    /// Creates a selection in which nothing is found.
    #[must_use]
    pub const fn new() -> Self {
        Self { spans: [NOWHERE; MAX_POINTERS], escapes: false, lone_surrogates: false }
    }

    /// Returns the range of a pointer's value, `None` if the text has none.
    #[must_use]
    pub fn get(&self, pointer: Pointer) -> Option<Span> {
        let (start, end) = self.spans[pointer.0];
        (end > 0).then_some(start..end)
    }

    /// Returns `true` if any string in the text has an escape.
    #[must_use]
    pub fn has_escapes(&self) -> bool {
        self.escapes
    }

    /// Returns `true` if any string in the text has an escape that is one half of a surrogate pair.
    #[must_use]
    pub fn has_lone_surrogates(&self) -> bool {
        self.lone_surrogates
    }
}

impl Default for Selector {
    fn default() -> Self {
        Self::new()
    }
}

impl Selector {
    /// Creates a selector without pointers, for texts that are one object.
    #[must_use]
    pub fn new() -> Self {
        Self::of(Root::Object)
    }

    /// Creates a selector without pointers, for texts that are one value of these kinds.
    #[must_use]
    pub fn of(root: Root) -> Self {
        Self { root, nodes: vec![Node::default()], pointers: 0 }
    }

    /// Adds a pointer and returns its handle; the same pointer twice gives the same handle.
    ///
    /// # Errors
    /// A description of what is wrong with the pointer, as the end of a sentence that begins with
    /// its name.
    pub fn add(&mut self, pointer: &str) -> Result<Pointer, &'static str> {
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

    /// Returns the kinds of value that a text may be.
    #[must_use]
    pub fn root(&self) -> Root {
        self.root
    }

    /// Returns the pointers in the order in which they were added.
    #[must_use]
    pub fn pointers(&self) -> Vec<String> {
        let mut pointers = vec![String::new(); self.pointers];
        let mut open = vec![(0, String::new())];
        while let Some((node, path)) = open.pop() {
            for Child { name, node, .. } in &self.nodes[node].children {
                let name = name.replace('~', "~0").replace('/', "~1");
                open.push((*node, format!("{path}/{name}")));
            }
            if let Some(Pointer(index)) = self.nodes[node].pointer {
                pointers[index] = path;
            }
        }
        pointers
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

    /// Validates `text`, which must be one JSON value of the selector's kinds, and finds the
    /// pointers' values.
    ///
    /// Of duplicate keys the last counts. The value at `data`, if that is given, is also reported
    /// to `visitor`.
    ///
    /// # Errors
    /// A [`SyntaxError`] that says why `text` is not such a value, and where.
    pub fn select(
        &self,
        text: &str,
        found: &mut Selection,
        data: Option<Pointer>,
        visitor: &mut impl DataVisitor,
    ) -> Result<(), SyntaxError> {
        let mut reader = Reader::new(text);
        let mut search = Search { text, spans: &mut found.spans, data, visitor };
        let read = self.document(&mut reader, &mut search);
        found.escapes = reader.saw_escapes();
        found.lone_surrogates = reader.saw_lone_surrogates();
        read.map_err(|halt| reader.stop(halt).into_syntax())
    }

    /// Finds the pointers' values without a visitor; `None` if `text` is not a valid value.
    #[must_use]
    pub fn places(&self, text: &str) -> Option<Selection> {
        let mut found = Selection::new();
        self.select(text, &mut found, None, &mut Ignore).ok()?;
        Some(found)
    }

    fn document<V: DataVisitor>(
        &self,
        reader: &mut Reader<'_>,
        search: &mut Search<'_, V>,
    ) -> Step<()> {
        reader.begin()?;
        let problem = match (self.root, reader.token()) {
            (_, b'{') | (Root::Container, b'[') | (Root::Any, _) => None,
            (Root::Object, _) => Some(Problem::ExpectedObject),
            (Root::Container, _) => Some(Problem::ExpectedContainer),
        };
        if let Some(problem) = problem {
            // What is no JSON at all is said to be that first.
            reader.skip()?;
            return Err(reader.fail(problem));
        }
        self.value(0, false, reader, search)?;
        reader.finish()
    }

    /// `inside` says here and below whether the value is a part of the data.
    fn value<V: DataVisitor>(
        &self,
        node: usize,
        inside: bool,
        reader: &mut Reader<'_>,
        search: &mut Search<'_, V>,
    ) -> Step<()> {
        let token = reader.token();
        let start = reader.position();
        let Node { children, pointer } = &self.nodes[node];
        let inside = inside || search.begins(*pointer);
        match token {
            b'{' if !children.is_empty() => self.object(node, inside, reader, search)?,
            b'[' if !children.is_empty() => self.array(node, inside, reader, search)?,
            _ => search.pass(inside, reader)?,
        }
        if let Some(Pointer(index)) = *pointer {
            search.spans[index] = (start, reader.position());
        }
        Ok(())
    }

    fn object<V: DataVisitor>(
        &self,
        node: usize,
        inside: bool,
        reader: &mut Reader<'_>,
        search: &mut Search<'_, V>,
    ) -> Step<()> {
        search.report(inside, V::begin_object)?;
        let mut seen = Seen::default();
        reader.object(|reader, key| {
            search.report(inside, |visitor| visitor.key(key))?;
            let child = if key.is_escaped() {
                let key = key.decode();
                self.find(node, |child| child.name == key)
            } else {
                self.find(node, |child| child.name == key.as_raw_str())
            };
            if let Some(child) = child
                && seen.again(child)
            {
                self.forget(child, search);
            }
            self.member(child, inside, reader, search)
        })?;
        search.report(inside, V::end_object)
    }

    fn array<V: DataVisitor>(
        &self,
        node: usize,
        inside: bool,
        reader: &mut Reader<'_>,
        search: &mut Search<'_, V>,
    ) -> Step<()> {
        search.report(inside, V::begin_array)?;
        reader.array(|reader, index| {
            let child = self.find(node, |child| child.index == Some(index));
            self.member(child, inside, reader, search)
        })?;
        search.report(inside, V::end_array)
    }

    fn member<V: DataVisitor>(
        &self,
        child: Option<usize>,
        inside: bool,
        reader: &mut Reader<'_>,
        search: &mut Search<'_, V>,
    ) -> Step<()> {
        match child {
            Some(child) => self.value(child, inside, reader, search),
            None => search.pass(inside, reader),
        }
    }

    fn find(&self, node: usize, is_it: impl Fn(&Child) -> bool) -> Option<usize> {
        self.nodes[node].children.iter().find(|child| is_it(child)).map(|child| child.node)
    }

    /// Drops what an earlier duplicate of this key gave.
    fn forget<V: DataVisitor>(&self, node: usize, search: &mut Search<'_, V>) {
        if let Some(pointer) = self.nodes[node].pointer {
            search.forget(pointer);
        }
        for child in &self.nodes[node].children {
            self.forget(child.node, search);
        }
    }
}

/// The keys of an object that were seen; a new one may take the place of one of these.
#[derive(Default)]
struct Seen(u64);

impl Seen {
    fn again(&mut self, node: usize) -> bool {
        let bit = 1 << (node % 64);
        let again = self.0 & bit != 0;
        self.0 |= bit;
        again
    }
}

/// The state and the results of one search.
struct Search<'s, V> {
    text: &'s str,
    spans: &'s mut Spans,
    data: Option<Pointer>,
    visitor: &'s mut V,
}

impl<V: DataVisitor> Search<'_, V> {
    /// Returns `true` if the next value is the data.
    fn begins(&mut self, pointer: Option<Pointer>) -> bool {
        let begins = pointer.is_some() && pointer == self.data;
        if begins {
            self.visitor.begin(self.text);
        }
        begins
    }

    fn forget(&mut self, pointer: Pointer) {
        self.spans[pointer.0] = NOWHERE;
        if self.data == Some(pointer) {
            self.visitor.forget();
        }
    }

    /// Reads a value in which nothing is searched for.
    fn pass(&mut self, inside: bool, reader: &mut Reader<'_>) -> Step<()> {
        if inside { reader.value(self.visitor) } else { reader.skip() }
    }

    fn report(
        &mut self,
        inside: bool,
        what: impl FnOnce(&mut V) -> Result<(), Infallible>,
    ) -> Step<()> {
        if inside { what(self.visitor).map_err(Halt::Visitor) } else { Ok(()) }
    }
}
