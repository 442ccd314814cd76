#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;

fn field(name: &str, required: bool, kind: Kind) -> Field {
    let description = format!("The {name}.");
    Field { name: name.into(), description, required, nullable: !required, kind }
}

fn object(fields: Vec<Field>) -> Definition {
    Definition { name: "Thing".into(), description: "A thing.".into(), fields }
}

fn emitted(definition: &Definition) -> String {
    let mut out = String::new();
    emit_definition(&mut out, definition).unwrap();
    out
}

fn event(name: &str) -> Event {
    Event { name: name.into(), description: "It happened.".into(), payload: "Thing".into() }
}

fn provider(events: Vec<Event>) -> Provider {
    Provider {
        name: "acme".into(),
        title: "Acme".into(),
        aliases: Vec::new(),
        category: "payments".into(),
        evidence: crate::ir::Evidence::Documented,
        is_common: false,
        signature_headers: Vec::new(),
        covers: String::new(),
        unsigned: Vec::new(),
        tolerance: None,
        scheme_source: String::new(),
        signs_ecmascript: false,
        retries: None,
        largest_body: None,
        compact: Vec::new(),
        has_catalogue: true,
        has_schema: true,
        source: "https://example.com/webhooks".into(),
        events,
        definitions: vec![object(vec![])],
        samples: vec![],
    }
}

#[test]
fn a_struct_says_what_its_fields_are() {
    let text = emitted(&object(vec![
        field("type", true, Kind::String),
        field("quoteId", true, Kind::Integer),
        field("price", false, Kind::Number),
        field("_links", false, Kind::List(Box::new(Kind::Named("Link".into())))),
        field("meta", false, Kind::MapOrEmptyList),
    ]));
    assert_eq!(
        text,
        r#"/// A thing.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Thing {
/// The type.
pub r#type: String,
/// The quoteId.
#[serde(rename = "quoteId")]
pub quote_id: i64,
/// The price.
#[serde(skip_serializing_if = "Option::is_none")]
pub price: Option<f64>,
/// The _links.
#[serde(rename = "_links", skip_serializing_if = "Option::is_none")]
pub links: Option<Vec<Link>>,
/// The meta.
#[serde(skip_serializing_if = "Option::is_none")]
pub meta: Option<serde_json::Map<String, serde_json::Value>>,
}

impl Object for Thing {
const REQUIRED: &'static [&'static str] = &["type", "quoteId"];

fn read<'de, A: MapAccess<'de>>(&mut self, field: &str, value: &mut A) -> Result<bool, A::Error> {
match field {
"type" => { self.r#type = value.next_value()?; }
"quoteId" => { self.quote_id = value.next_value()?; }
"price" => { self.price = value.next_value()?; }
"_links" => { self.links = value.next_value()?; }
"meta" => { self.meta = value.next_value::<Option<Properties>>()?.map(Into::into); }
_ => return Ok(false),
}
Ok(true)
}
}

impl<'de> Deserialize<'de> for Thing {
fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
object(deserializer)
}
}
"#
    );
}

#[test]
fn a_struct_without_fields_passes_over_all() {
    let text = emitted(&object(vec![]));
    assert!(text.contains("(&mut self, _: &str, _: &mut A)"), "{text}");
    assert!(text.contains("Ok(false)\n}\n}\n"), "{text}");
}

#[test]
fn the_event_enum_has_a_variant_per_type_and_one_for_the_rest() {
    let text = emit(&provider(vec![event("thing.made"), event("thing.price_changed")])).unwrap();
    assert!(text.contains("/// `thing.made`: It happened.\nThingMade(Thing),\n"), "{text}");
    assert!(
        text.contains("\"thing.price_changed\" => from_json(json).map(Self::ThingPriceChanged),\n"),
        "{text}"
    );
    assert!(text.contains("_ => from_json(json).map(Self::Other),\n"), "{text}");
}

#[test]
fn two_names_that_become_one_are_refused() {
    let events = emit(&provider(vec![event("a.b_c"), event("a.b.c")])).unwrap_err();
    assert_eq!(events.to_string(), "event type `a.b.c`: a second `ABC`");
    let fields = object(vec![field("links", true, Kind::Any), field("_links", true, Kind::Any)]);
    let error = emit_definition(&mut String::new(), &fields).unwrap_err();
    assert_eq!(error.to_string(), "_links: another property has the same name in Rust");
}

#[test]
fn documentation_is_wrapped_between_words() {
    let mut out = String::new();
    doc(&mut out, "///", &"word ".repeat(40));
    assert_eq!(out.lines().count(), 3);
    assert!(out.lines().all(|line| line.len() <= 100 && line.starts_with("/// word")), "{out}");
}
