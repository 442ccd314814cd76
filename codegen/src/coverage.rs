//! What a scheme's signature covers, for the list of providers.

use toml::{Table, Value};

/// What a signature is made of, and what of the event it leaves out.
#[derive(Debug, PartialEq)]
pub(crate) struct Coverage {
    /// The headers that may have a signature, of every form.
    pub(crate) headers: Vec<String>,
    /// In words: `timestamp, body`.
    pub(crate) covers: String,
    /// The fields that are not signed.
    pub(crate) unsigned: Vec<String>,
    /// The seconds for which a delivery stays genuine, if it has a signed time.
    pub(crate) tolerance: Option<u64>,
}

/// Reads it from a scheme that the library has read too.
pub(crate) fn of(scheme: &Table) -> Coverage {
    let form = many(scheme.get("signature")).next();
    let content = form.and_then(|form| form.get("content")).and_then(Value::as_str).unwrap_or("");
    let parts: Vec<&str> =
        content.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0)).collect();
    let mut names: Vec<String> = parts.iter().map(|part| part.replace(':', " ")).collect();
    let is_layout =
        |name: &str| form.and_then(|form| form.get("layout")).and_then(Value::as_str) == Some(name);
    // What a signature says itself that it signs.
    let in_signature = timestamp_is_in_signature(scheme);
    if is_layout("jws") {
        names.extend(in_signature.then(|| "timestamp".to_owned()));
        names.push("body".to_owned());
    }
    if is_layout("rfc9421") {
        let components = form.map(|form| many(form.get("components")));
        let components = components.into_iter().flatten().filter_map(Value::as_str);
        names.extend(in_signature.then(|| "timestamp".to_owned()));
        names.extend(components.map(str::to_owned));
    }
    let is_weak = many(scheme.get("signature"))
        .flat_map(|form| many(form.get("weakness")))
        .any(|weakness| weakness.as_str() != Some("plain-digest"));
    let timestamp = table(scheme, "timestamp");
    let is_stamped = parts.contains(&"timestamp")
        || in_signature
        || !is_weak && timestamp.is_some_and(|it| it.contains_key("pointer"));
    let is_rewritten = table(scheme, "payload").and_then(|it| it.get("signed_as")).is_some();
    let covers = match names.join(", ") {
        none if none.is_empty() => "nothing".to_owned(),
        body if is_rewritten => body.replace("body", "the values of the body"),
        names => names,
    };
    let mut unsigned = Vec::new();
    if let Some(event) = table(scheme, "event") {
        for field in ["type", "id", "created_at"] {
            let is_covered = field == "id" && parts.contains(&"id");
            let is_moved = many(event.get(field))
                .filter_map(|place| place.get("pointer")?.as_str())
                .any(|pointer| !parts.contains(&format!("pointer:{pointer}").as_str()));
            let is_open = has(event.get(field), "header") && !is_covered || is_moved && is_weak;
            if is_open {
                unsigned.push(field.to_owned());
            }
        }
    }
    if is_weak {
        unsigned.push("body".to_owned());
    }
    let tolerance = timestamp.and_then(|it| it.get("tolerance"));
    let tolerance = tolerance.and_then(Value::as_integer).and_then(|it| u64::try_from(it).ok());
    let tolerance = is_stamped.then_some(tolerance.unwrap_or(300));
    Coverage { headers: headers(scheme), covers, unsigned, tolerance }
}

fn timestamp_is_in_signature(scheme: &Table) -> bool {
    table(scheme, "timestamp").is_some_and(|it| it.contains_key("parameter"))
}

/// The names of the signature's headers.
fn headers(scheme: &Table) -> Vec<String> {
    let forms = many(scheme.get("signature"));
    let names = forms.flat_map(|form| many(form.get("header")).filter_map(Value::as_str));
    let mut headers: Vec<String> = Vec::new();
    for name in names {
        if !headers.iter().any(|known| known == name) {
            headers.push(name.to_owned());
        }
    }
    headers
}

/// The values of a list, or the one that is none.
fn many(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    let list = value.and_then(Value::as_array);
    let one = value.filter(|_| list.is_none());
    list.into_iter().flatten().chain(one)
}

fn table<'t>(scheme: &'t Table, key: &str) -> Option<&'t Table> {
    scheme.get(key)?.as_table()
}

/// Returns `true` if a field, or one of its places, is read from such a place.
fn has(field: Option<&Value>, kind: &str) -> bool {
    many(field).any(|place| place.get(kind).is_some())
}
