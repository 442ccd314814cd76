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

    /// Returns how the request's method is given there.
    pub(crate) const fn method(self) -> &'static str {
        match self {
            Self::Command => "give it with `--method`",
            _ => "pass it as `method` beside the headers",
        }
    }

    /// Returns how the request's address is given there.
    pub(crate) const fn url(self) -> &'static str {
        match self {
            Self::Command => "give it with `--url`",
            _ => "pass it as `url` beside the headers",
        }
    }

    /// Returns how the origin is given there.
    pub(crate) const fn origin(self) -> &'static str {
        match self {
            Self::Command => "say what stands before it with `--origin`",
            _ => "give the webhook its `origin`",
        }
    }

    /// Returns how a constant is given there.
    pub(crate) fn constant(self, name: &str) -> String {
        match self {
            Self::Command => format!("give it with `--constant {name}=VALUE`"),
            _ => format!("give it as the constant `{name}` when the webhook is built"),
        }
    }

    /// Returns how a private key is given there.
    pub(crate) const fn private_key(self) -> &'static str {
        match self {
            Self::Command => {
                "give the private key of a pair with `--private-key-file`; `hookseal secret`, with the \
                 same option, makes one"
            }
            _ => "give `sign` the private key of a pair that you made for tests",
        }
    }
}
