//! The macro that makes a type of the table of findings.

/// Makes [`FindingCode`](super::FindingCode) of the table: a name for Rust, one for everybody
/// else, what happened, and how to fix it.
macro_rules! finding_codes {
    ($($variant:ident $code:literal {
        what: $what:literal,
        fix: $fix:literal,
    })*) => {
        /// A code that says what is wrong with a delivery. It is the same in every language and
        /// never changes its meaning.
        ///
        /// The variants are in the order in which findings are listed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum FindingCode {
            $(#[doc = $what] $variant,)*
        }

        impl FindingCode {
            /// All codes.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Returns the code as text, as every language spells it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)*
                }
            }

            /// Returns what happened.
            #[must_use]
            pub const fn what(self) -> &'static str {
                match self {
                    $(Self::$variant => $what,)*
                }
            }

            /// Returns how to fix it.
            #[must_use]
            pub const fn fix(self) -> &'static str {
                match self {
                    $(Self::$variant => $fix,)*
                }
            }

            /// Returns the address of the documentation's page about it.
            #[must_use]
            pub fn page(self) -> String {
                format!("{}{}.html", $crate::EXPLAIN_PAGES, self.as_str())
            }
        }

        impl core::fmt::Display for FindingCode {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

pub(super) use finding_codes;
