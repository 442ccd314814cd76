//! What answers the page's requests.

use crate::commands::inbox::database::Database;
use crate::serve::Page;

/// The inbox that is shown, and the page.
pub(super) struct App {
    pub(super) database: Database,
    /// The database's name, without a password.
    pub(super) name: String,
    pub(super) page: Page,
}
