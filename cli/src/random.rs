//! Random bytes of the system's.

use rustls::crypto::ring;

/// Gives bytes that nobody can guess.
pub(crate) fn random<const COUNT: usize>() -> [u8; COUNT] {
    let mut bytes = [0; COUNT];
    let filled = ring::default_provider().secure_random.fill(&mut bytes);
    filled.expect("the system gives random numbers");
    bytes
}
