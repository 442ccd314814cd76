//! The kinds of body that a scheme accepts.

use hookseal_json::Root;

/// The kinds of body that a scheme accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PayloadKinds {
    /// The JSON values that it may be; `None` if any bytes will do.
    pub(crate) json: Option<Root>,
    /// True if there may be no body at all.
    pub(crate) empty: bool,
    /// The one field of a form that may hold the JSON instead.
    pub(crate) form_field: Option<String>,
}

impl PayloadKinds {
    /// Returns `true` if what the body says is JSON.
    pub(crate) fn is_json(&self) -> bool {
        self.json.is_some()
    }

    /// Returns `true` if a body may be without a byte.
    pub(crate) fn may_be_empty(&self) -> bool {
        self.empty || self.json.is_none()
    }

    /// The text of a form's field as it is sent, if the body is such a form. A JSON text cannot
    /// begin like one.
    pub(crate) fn form_value<'b>(&self, body: &'b str) -> Option<&'b str> {
        body.strip_prefix(self.form_field.as_deref()?)?.strip_prefix('=')
    }

    /// Returns what a body must be, for a message.
    pub(crate) fn description(&self) -> String {
        let json = match self.json {
            Some(Root::Object) => "one JSON object",
            Some(Root::Container) => "one JSON object or array",
            Some(Root::Any) => "one JSON value",
            None => "any bytes",
        };
        let form = self.form_field.as_ref().map_or_else(String::new, |name| {
            format!(" or a form with nothing but the field `{name}`")
        });
        format!("{json}{form}{}", if self.empty { " or empty" } else { "" })
    }
}
