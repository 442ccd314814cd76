//! The memory that bodies and answers may take together.

use std::sync::Arc;

use axum::body::Bytes;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The most that they take, in bytes.
const ALL: usize = 128 << 20;

/// A budget of memory: bytes are counted as they come, so that nobody has any of it for a promise.
#[derive(Clone, Debug)]
pub(super) struct Memory(Arc<Semaphore>);

/// Bytes that are collected within the budget.
#[derive(Debug)]
pub(super) struct Collected {
    bytes: Vec<u8>,
    memory: Memory,
    /// `None` before the first byte.
    share: Option<OwnedSemaphorePermit>,
}

/// The memory that may be taken is all taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Exhausted;

impl Memory {
    pub(super) fn new() -> Self {
        Self(Arc::new(Semaphore::new(ALL)))
    }

    /// Begins to collect bytes, of which so many are promised.
    pub(super) fn collect(&self, promised: usize) -> Collected {
        // Memory that nothing is written to is none: what grew by doubling would be twice as much.
        Collected { bytes: Vec::with_capacity(promised), memory: self.clone(), share: None }
    }

    /// Counts bytes that are there already.
    pub(super) fn hold(&self, bytes: Vec<u8>) -> Result<Bytes, Exhausted> {
        let mut collected = self.collect(0);
        collected.take(bytes.len())?;
        collected.bytes = bytes;
        Ok(collected.finish())
    }
}

impl Collected {
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Adds bytes, if there is room for them.
    pub(super) fn add(&mut self, bytes: &[u8]) -> Result<(), Exhausted> {
        self.take(bytes.len())?;
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }

    /// Takes a share of the memory for so many more bytes.
    fn take(&mut self, bytes: usize) -> Result<(), Exhausted> {
        let count = u32::try_from(bytes).map_err(|_| Exhausted)?;
        let memory = Arc::clone(&self.memory.0);
        let more = memory.try_acquire_many_owned(count).map_err(|_| Exhausted)?;
        match &mut self.share {
            Some(share) => share.merge(more),
            None => self.share = Some(more),
        }
        Ok(())
    }

    /// Gives the bytes. They are counted for as long as anything holds a part of them.
    pub(super) fn finish(mut self) -> Bytes {
        self.bytes.shrink_to_fit();
        Bytes::from_owner(self)
    }
}

impl AsRef<[u8]> for Collected {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_counted_until_the_last_part_of_them_is_gone() {
        let memory = Memory::new();
        let mut first = memory.collect(0);
        for _ in 0..4 {
            assert_eq!(first.add(&vec![b'x'; ALL / 4]), Ok(()));
        }
        let mut second = memory.collect(0);
        assert_eq!(second.add(b"y"), Err(Exhausted));
        let bytes = first.finish();
        let part = bytes.slice(1..2);
        drop(bytes);
        assert_eq!(second.add(b"y"), Err(Exhausted));
        drop(part);
        assert_eq!(second.add(b"y"), Ok(()));
        assert_eq!(second.finish(), &b"y"[..]);
        assert_eq!(memory.0.available_permits(), ALL);
    }
}
