//! What `hookseal providers` is asked.

use clap::Args;
use clap_complete::ArgValueCandidates;

use crate::complete;

/// `hookseal providers`
#[derive(Debug, Args)]
pub(crate) struct ProvidersArgs {
    /// The provider to tell everything about, or a part of some providers' names
    #[arg(value_name = "NAME", add = ArgValueCandidates::new(complete::providers))]
    pub(crate) name: Option<String>,
    /// Only those that do this, such as `insurance` or `payments`
    #[arg(long, value_name = "CATEGORY", add = ArgValueCandidates::new(complete::categories))]
    pub(crate) category: Option<String>,
    /// Only those of whose events something is not signed
    #[arg(long)]
    pub(crate) unsigned: bool,
    /// Only those whose signed time bounds how long a delivery can be sent again
    #[arg(long)]
    pub(crate) bounded: bool,
    /// Only those for which there is this evidence: `proven`, `documented` or `assumed`
    #[arg(long, value_name = "EVIDENCE", add = ArgValueCandidates::new(complete::evidence))]
    pub(crate) evidence: Option<String>,
}
