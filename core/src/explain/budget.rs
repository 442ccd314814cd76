//! The limit of the work that explaining may do, in bytes that are hashed or written, so that the
//! same delivery gets the same answer on every machine.

use core::cell::Cell;

/// About half a second's work.
const TOTAL: usize = 256 << 20;

/// What every attempt costs besides its bytes.
const ATTEMPT: usize = 256;

/// Shared by all that works: each takes what it needs.
#[derive(Debug)]
pub(super) struct Budget {
    left: Cell<usize>,
    /// What is kept for later stages.
    kept: Cell<usize>,
    exhausted: Cell<bool>,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self { left: Cell::new(TOTAL), kept: Cell::new(0), exhausted: Cell::new(false) }
    }

    /// Begins a stage that leaves this many percent of the whole to those after it.
    pub(super) fn stage(&self, percent_for_later: usize) {
        self.kept.set(TOTAL / 100 * percent_for_later);
    }

    /// Takes what handling `bytes` costs; `false` if this stage may not have it.
    pub(super) fn spend(&self, bytes: usize) -> bool {
        let cost = bytes.saturating_add(ATTEMPT);
        if cost > self.available() {
            self.exhausted.set(true);
            return false;
        }
        self.left.set(self.left.get() - cost);
        true
    }

    /// Returns `true` if about so many bytes may be made; if not, something is left out.
    pub(super) fn allows(&self, bytes: usize) -> bool {
        let allows = bytes <= self.available();
        self.exhausted.set(self.exhausted.get() || !allows);
        allows
    }

    /// How many bytes the stage may still produce.
    pub(super) fn available(&self) -> usize {
        self.left.get().saturating_sub(self.kept.get())
    }

    /// Returns `true` if anything was left out for want of budget.
    pub(super) fn is_exhausted(&self) -> bool {
        self.exhausted.get()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_what_later_stages_need() {
        let budget = Budget::new();
        budget.stage(50);
        assert!(!budget.spend(TOTAL / 2 + 1));
        assert!(budget.is_exhausted());
        assert!(budget.spend(TOTAL / 4));
        budget.stage(0);
        assert!(budget.spend(TOTAL / 2));
        assert!(!budget.spend(TOTAL / 2));
        assert!(!budget.spend(usize::MAX));
    }
}
