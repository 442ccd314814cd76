//! The languages and programs that messages are written for.

/// A language or program that messages are written for, so that they can name what to call there.
///
/// Bindings set it; see [`WebhookBuilder::surface`](crate::WebhookBuilder::surface).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Surface {
    /// The crate.
    #[default]
    Rust,
    /// The C library.
    C,
    /// The Python package.
    Python,
    /// The Node package.
    Node,
    /// The PHP extension.
    Php,
    /// The command `hookseal`.
    Command,
}

impl Surface {
    /// Returns how an unsigned body is accepted there.
    pub(crate) const fn accept_unsigned(self) -> &'static str {
        match self {
            Self::Rust => "`.accept_unsigned()`",
            Self::C => "`accept_unsigned` in `hookseal_webhook_options`",
            Self::Python => "`accept_unsigned=True`",
            Self::Node | Self::Php => "`acceptUnsigned: true`",
            Self::Command => "`--accept-unsigned`",
        }
    }

    /// Returns how `explain` is given other secrets there.
    pub(crate) const fn other_secrets(self) -> &'static str {
        match self {
            Self::Rust => "`webhook.explain_with(body, headers, &Hints::new().secrets([…]))`",
            Self::C => "`secrets` of `hookseal_webhook_explain()`",
            Self::Python => "`webhook.explain(body, headers, secrets=[…])`",
            Self::Node => "`webhook.explain(body, headers, { secrets: […] })`",
            Self::Php => "`$webhook->explain($body, $headers, secrets: […])`",
            Self::Command => "`--other-secret-file FILE`",
        }
    }

    /// Returns how `explain` is called there.
    pub(crate) const fn explain(self) -> &'static str {
        match self {
            Self::Rust | Self::Python | Self::Node => "`webhook.explain(body, headers)`",
            Self::C => "`hookseal_webhook_explain()`",
            Self::Php => "`$webhook->explain($body, $headers)`",
            Self::Command => "`hookseal explain`, with the same arguments,",
        }
    }
}
