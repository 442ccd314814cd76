//! How values pass between the host and the module: fields, each one its length as four bytes, the
//! least significant first, and as many bytes. The length 2³² - 1, without bytes, is a field that is
//! not there. A list is a field that holds fields.

/// The length of a field that is not there.
const NONE: u32 = u32::MAX;

/// The fields of a message, one after another.
#[derive(Clone)]
pub(crate) struct Fields<'m>(pub(crate) &'m [u8]);

impl<'m> Iterator for Fields<'m> {
    type Item = Option<&'m [u8]>;

    fn next(&mut self) -> Option<Self::Item> {
        let (len, rest) = self.0.split_first_chunk()?;
        let len = u32::from_le_bytes(*len);
        if len == NONE {
            self.0 = rest;
            return Some(None);
        }
        let (field, rest) = rest.split_at_checked(usize::try_from(len).ok()?)?;
        self.0 = rest;
        Some(Some(field))
    }
}

impl<'m> Fields<'m> {
    /// The next field, if it is there.
    pub(crate) fn bytes(&mut self) -> Option<&'m [u8]> {
        self.next().flatten()
    }

    /// The next field as text.
    pub(crate) fn text(&mut self) -> Option<&'m str> {
        self.bytes().and_then(|bytes| std::str::from_utf8(bytes).ok())
    }

    /// The next field as a number of 64 bits.
    pub(crate) fn number(&mut self) -> Option<f64> {
        self.bytes()?.try_into().ok().map(f64::from_le_bytes)
    }

    /// The next field as a flag: true if it is there.
    pub(crate) fn flag(&mut self) -> bool {
        self.bytes().is_some()
    }

    /// The next field as a list; empty if it is not there.
    pub(crate) fn list(&mut self) -> Fields<'m> {
        Fields(self.bytes().unwrap_or_default())
    }

    /// Names and values in turn, as pairs.
    pub(crate) fn pairs(mut self) -> Vec<(&'m str, &'m str)> {
        std::iter::from_fn(|| Some((self.text()?, self.text()?))).collect()
    }
}

/// A message that is being written.
#[derive(Default)]
pub(crate) struct Writer(pub(crate) Vec<u8>);

impl Writer {
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    pub(crate) fn field(&mut self, field: impl AsRef<[u8]>) -> &mut Self {
        let field = field.as_ref();
        // No memory of this module's is as large as 4 GiB.
        let len = u32::try_from(field.len()).unwrap_or(NONE);
        self.0.extend_from_slice(&len.to_le_bytes());
        self.0.extend_from_slice(field);
        self
    }

    pub(crate) fn none(&mut self) -> &mut Self {
        self.0.extend_from_slice(&NONE.to_le_bytes());
        self
    }

    pub(crate) fn flag(&mut self, flag: bool) -> &mut Self {
        if flag { self.field([]) } else { self.none() }
    }

    pub(crate) fn list<T: AsRef<[u8]>>(&mut self, items: impl IntoIterator<Item = T>) -> &mut Self {
        let mut list = Self::default();
        for item in items {
            list.field(item);
        }
        self.field(list.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Fields, Writer};

    #[test]
    fn a_message_is_read_as_it_was_written() {
        let mut writer = Writer::default();
        writer.field("a").none().list(["b", "c", "d"]).flag(true).flag(false);
        writer.field(1.5_f64.to_le_bytes());
        let mut fields = Fields(&writer.0);
        assert_eq!((fields.text(), fields.text()), (Some("a"), None));
        assert_eq!(fields.list().pairs(), [("b", "c")]);
        assert_eq!((fields.flag(), fields.flag(), fields.number()), (true, false, Some(1.5)));
        assert_eq!(fields.next(), None);
    }

    #[test]
    fn a_message_that_is_cut_off_ends() {
        let mut writer = Writer::default();
        writer.field("abc");
        for len in 0..writer.0.len() {
            assert_eq!(Fields(&writer.0[..len]).next(), None, "{len}");
        }
    }
}
