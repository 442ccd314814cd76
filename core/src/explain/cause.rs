//! The causes of what was undone, of which findings are made.

use super::FindingCode;

/// A fault that may have happened, and what speaks for it.
#[derive(Clone, Debug)]
pub(super) struct Cause {
    pub(super) code: FindingCode,
    pub(super) evidence: String,
    /// The fix, where the code's own fix would say too much.
    pub(super) fix: Option<&'static str>,
}

/// The evidence of a cause, and its fix where the code's own fix would say too much.
pub(super) struct Evidence {
    text: String,
    fix: Option<&'static str>,
}

impl Evidence {
    pub(super) fn with_fix(self, fix: &'static str) -> Self {
        Self { fix: Some(fix), ..self }
    }
}

impl<T: Into<String>> From<T> for Evidence {
    fn from(text: T) -> Self {
        Self { text: text.into(), fix: None }
    }
}

impl Cause {
    pub(super) fn new(code: FindingCode, evidence: impl Into<Evidence>) -> Self {
        let Evidence { text, fix } = evidence.into();
        Self { code, evidence: text, fix }
    }
}

/// The faults that were undone to reach something, each code once.
#[derive(Clone, Debug, Default)]
pub(super) struct Causes(Vec<Cause>);

impl Causes {
    pub(super) fn none() -> Self {
        Self::default()
    }

    /// Returns the number of causes.
    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    pub(super) fn add(&mut self, cause: Cause) {
        match self.0.iter_mut().find(|known| known.code == cause.code) {
            Some(known) if known.evidence.contains(&cause.evidence) => {}
            Some(known) => {
                known.evidence = format!("{}; {}", known.evidence, cause.evidence);
                known.fix = known.fix.or(cause.fix);
            }
            None => self.0.push(cause),
        }
    }

    pub(super) fn and(mut self, other: &Self) -> Self {
        for cause in &other.0 {
            self.add(cause.clone());
        }
        self
    }

    /// The same causes, the evidence of others added to the first one's.
    pub(super) fn with_evidence_of(mut self, others: &Self) -> Self {
        if let Some(cause) = self.0.first_mut() {
            for other in &others.0 {
                cause.evidence = format!("{}; {}", cause.evidence, other.evidence);
            }
        }
        self
    }

    pub(super) fn has(&self, code: FindingCode) -> bool {
        self.0.iter().any(|cause| cause.code == code)
    }

    pub(super) fn remove(&mut self, code: FindingCode) {
        self.0.retain(|cause| cause.code != code);
    }

    pub(super) fn keep(&mut self, code: FindingCode) {
        self.0.retain(|cause| cause.code == code);
    }

    pub(super) fn extend(&mut self, causes: impl IntoIterator<Item = Cause>) {
        causes.into_iter().for_each(|cause| self.add(cause));
    }

    pub(super) fn into_vec(self) -> Vec<Cause> {
        self.0
    }
}

impl From<Cause> for Causes {
    fn from(cause: Cause) -> Self {
        Self(vec![cause])
    }
}

impl FromIterator<Cause> for Causes {
    fn from_iter<I: IntoIterator<Item = Cause>>(causes: I) -> Self {
        let mut all = Self::default();
        for cause in causes {
            all.add(cause);
        }
        all
    }
}
