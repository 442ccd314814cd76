//! What must hold whatever the input: nothing panics, what is signed verifies, what was changed,
//! cut or extended never does, and nothing tells a secret.

mod changed;
mod cut;
mod explained;
mod hidden;
mod panics;
mod schemes;
mod senders;
mod signed;
