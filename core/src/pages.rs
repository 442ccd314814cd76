//! The addresses of the pages that messages lead to.

/// The folder of the documentation's pages about [`explain`](crate::Webhook::explain): its own, and one for
/// each [`FindingCode`](crate::FindingCode).
pub const EXPLAIN_PAGES: &str = "https://hookseal.github.io/hookseal/explain/";
