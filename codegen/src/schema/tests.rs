#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;

/// A schema with one definition, `Thing`.
fn with(definition: &str) -> String {
    format!(
        r#"{{ "$schema": "{DIALECT}", "title": "T", "description": "D", "$defs": {{
            "Thing": {definition},
            "Other": {{ "description": "Another.", "type": "object", "properties": {{}} }}
        }} }}"#
    )
}

fn property(schema: &str) -> String {
    with(&format!(
        r#"{{ "description": "A thing.", "type": "object", "properties": {{ "it": {schema} }} }}"#
    ))
}

fn kind_of(schema: &str) -> (Kind, bool) {
    let mut definitions = parse(&property(schema)).unwrap();
    let field = definitions.swap_remove(0).fields.swap_remove(0);
    (field.kind, field.nullable)
}

fn refused(text: &str) -> String {
    parse(text).unwrap_err().to_string()
}

#[test]
fn every_kind_of_value_is_read() {
    for (schema, kind) in [
        (r#"{ "description": "", "type": "string", "format": "date-time" }"#, Kind::String),
        (r#"{ "description": "", "type": "integer" }"#, Kind::Integer),
        (r#"{ "description": "", "type": "number" }"#, Kind::Number),
        (r#"{ "description": "", "type": "boolean" }"#, Kind::Boolean),
        (r#"{ "description": "", "type": "object" }"#, Kind::Map),
        (r#"{ "description": "" }"#, Kind::Any),
        (
            r#"{ "description": "", "type": ["object", "array"], "maxItems": 0 }"#,
            Kind::MapOrEmptyList,
        ),
        (r#"{ "description": "", "type": "array" }"#, Kind::List(Box::new(Kind::Any))),
        (
            r##"{ "description": "", "type": "array", "items": { "$ref": "#/$defs/Other" } }"##,
            Kind::List(Box::new(Kind::Named("Other".into()))),
        ),
        (r##"{ "description": "", "$ref": "#/$defs/Thing" }"##, Kind::Named("Thing".into())),
    ] {
        assert_eq!(kind_of(schema), (kind, false), "{schema}");
    }
}

#[test]
fn what_may_be_null_says_so() {
    for (schema, kind) in [
        (r#"{ "description": "", "type": ["string", "null"] }"#, Kind::String),
        (
            r#"{ "description": "", "type": ["object", "array", "null"], "maxItems": 0 }"#,
            Kind::MapOrEmptyList,
        ),
        (
            r#"{ "description": "", "type": ["array", "null"], "items": { "type": "number" } }"#,
            Kind::List(Box::new(Kind::Number)),
        ),
        (
            r##"{ "description": "", "anyOf": [{ "$ref": "#/$defs/Other" }, { "type": "null" }] }"##,
            Kind::Named("Other".into()),
        ),
    ] {
        assert_eq!(kind_of(schema), (kind, true), "{schema}");
    }
}

#[test]
fn fields_keep_their_order_and_know_whether_they_are_required() {
    let text = with(
        r#"{ "description": "A thing.", "type": "object", "required": ["z"],
             "properties": { "z": { "description": "Last.", "type": "string" }, "a": { "description": "First." } } }"#,
    );
    let definitions = parse(&text).unwrap();
    let fields = &definitions[0].fields;
    let read: Vec<_> = fields.iter().map(|field| (field.name.as_str(), field.required)).collect();
    assert_eq!(read, [("z", true), ("a", false)]);
    assert_eq!(fields[0].description, "Last.");
}

#[test]
fn a_keyword_outside_the_subset_is_named_with_its_place() {
    for keyword in ["minimum", "enum", "allOf", "pattern", "additionalProperties", "const"] {
        let error = refused(&property(&format!(r#"{{ "description": "", "{keyword}": 1 }}"#)));
        assert!(error.contains("$defs.Thing.properties.it"), "{error}");
        assert!(error.contains(&format!("unknown field `{keyword}`")), "{error}");
    }
}

#[test]
fn what_no_emitter_could_name_is_refused() {
    for (text, error) in [
        (
            property("{}"),
            "$defs.Thing: properties.it: has no description, which its documentation is made of in every language",
        ),
        (
            with(r#"{ "type": "object", "properties": {} }"#),
            "$defs.Thing: has no description, which its documentation is made of in every language",
        ),
        (
            property(r#"{ "description": "", "type": "object", "properties": {} }"#),
            "$defs.Thing: properties.it: give it a name under $defs, and a $ref here",
        ),
        (
            with(r#"{ "description": "", "type": "string" }"#),
            "$defs.Thing: must be an object with `properties`, and nothing else",
        ),
        (
            with(r#"{ "description": "", "type": "object", "properties": {}, "items": {} }"#),
            "$defs.Thing: must be an object with `properties`, and nothing else",
        ),
        (
            with(
                r#"{ "description": "", "type": "object", "properties": {}, "required": ["it"] }"#,
            ),
            "$defs.Thing: required: there is no property `it`",
        ),
        (
            property(r##"{ "description": "", "$ref": "#/$defs/Missing" }"##),
            "$defs.Thing: there is no `Missing` under $defs",
        ),
        (
            property(r#"{ "description": "", "$ref": "other.json" }"#),
            "$defs.Thing: properties.it: $ref: `other.json` does not begin with `#/$defs/`",
        ),
        (
            property(r##"{ "description": "", "type": "object", "$ref": "#/$defs/Other" }"##),
            "$defs.Thing: properties.it: type: has no place beside a $ref",
        ),
        (
            with(r##"{ "description": "Either.", "anyOf": [{ "$ref": "#/$defs/Other" }] }"##),
            "$defs.Thing: must be an object with `properties`, and nothing else",
        ),
        (
            property(r#"{ "description": "", "type": ["string", "number"] }"#),
            "$defs.Thing: properties.it: type: is one name, and `null` beside it if it may be null",
        ),
        (
            property(
                r#"{ "description": "", "anyOf": [{ "type": "string" }, { "type": "number" }] }"#,
            ),
            "$defs.Thing: properties.it: anyOf: must be of one schema and `{ \"type\": \"null\" }`",
        ),
        (
            property(r#"{ "description": "", "type": "array", "maxItems": 3 }"#),
            "$defs.Thing: properties.it: maxItems: is 0, beside `[\"object\", \"array\"]`",
        ),
        (
            property(r#"{ "description": "", "type": "string", "items": {} }"#),
            "$defs.Thing: properties.it: items: only a `type` of `array` has them",
        ),
    ] {
        assert_eq!(refused(&text), error, "{text}");
    }
}

#[test]
fn another_dialect_is_refused() {
    let text = r#"{ "$schema": "http://json-schema.org/draft-07/schema#", "title": "", "description": "", "$defs": {} }"#;
    assert_eq!(refused(text), format!("$schema: expected `{DIALECT}`"));
}
