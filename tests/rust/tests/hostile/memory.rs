//! What a piece of code allocates: an allocator that counts, for each thread by itself.

use core::cell::Cell;
use std::alloc::{GlobalAlloc, Layout, System};

struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

thread_local! {
    static USAGE: Cell<Counts> = const { Cell::new(Counts { now: 0, peak: 0, calls: 0 }) };
}

#[derive(Clone, Copy)]
struct Counts {
    now: usize,
    peak: usize,
    calls: usize,
}

/// What was allocated beyond what was there before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Usage {
    /// The most bytes at a time.
    pub(crate) peak: usize,
    pub(crate) calls: usize,
}

/// Runs `work` and says what it allocated.
pub(crate) fn measured<T>(work: impl FnOnce() -> T) -> (T, Usage) {
    USAGE.with(|usage| usage.set(Counts { now: 0, peak: 0, calls: 0 }));
    let result = work();
    let counts = USAGE.with(Cell::get);
    (result, Usage { peak: counts.peak, calls: counts.calls })
}

fn grown(by: usize) {
    // A thread that is ending has nothing to measure.
    let _ = USAGE.try_with(|usage| {
        let Counts { now, peak, calls } = usage.get();
        let now = now.wrapping_add(by);
        // What was there before may be freed meanwhile, so that there is less than nothing.
        let grown = now.cast_signed() > peak.cast_signed();
        usage.set(Counts { now, peak: if grown { now } else { peak }, calls: calls + 1 });
    });
}

fn shrunk(by: usize) {
    let _ = USAGE.try_with(|usage| {
        let counts = usage.get();
        usage.set(Counts { now: counts.now.wrapping_sub(by), ..counts });
    });
}

// SAFETY: every call goes to the system's allocator as it came; counting does not allocate.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        grown(layout.size());
        // SAFETY: the caller keeps this function's contract, which is the same.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        grown(layout.size());
        // SAFETY: as in `alloc`.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // Both are there while one is copied to the other.
        grown(size);
        shrunk(layout.size());
        // SAFETY: as in `alloc`.
        unsafe { System.realloc(pointer, layout, size) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        shrunk(layout.size());
        // SAFETY: as in `alloc`.
        unsafe { System.dealloc(pointer, layout) }
    }
}
