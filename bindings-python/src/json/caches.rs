//! Caches of what comes again with every delivery, kept for the whole process.

use std::sync::{Mutex, TryLockError};

use super::dict_templates::DictTemplates;
use super::key_cache::KeyCache;
use super::string_cache::StringCache;

/// The process's caches of keys, of short values and of dicts.
pub(crate) struct Caches {
    pub(super) keys: KeyCache,
    pub(super) strings: StringCache,
    pub(super) templates: DictTemplates,
}

static CACHES: Mutex<Caches> = Mutex::new(Caches {
    keys: KeyCache::new(),
    strings: StringCache::new(),
    templates: DictTemplates::new(),
});

impl Caches {
    /// Hands out the shared caches, or none if they are in use: nobody waits for them.
    pub(crate) fn with<R>(work: impl FnOnce(Option<&Self>) -> R) -> R {
        let mut caches = match CACHES.try_lock() {
            Ok(caches) => caches,
            // They are as good as they were: a slot is replaced whole.
            Err(TryLockError::Poisoned(caches)) => caches.into_inner(),
            Err(TryLockError::WouldBlock) => return work(None),
        };
        let result = work(Some(&caches));
        caches.keys.renew();
        result
    }
}
