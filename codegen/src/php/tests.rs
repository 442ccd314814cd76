#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;
use crate::ir::Event;

fn provider(definitions: Vec<Definition>) -> Provider {
    Provider {
        name: "some-one".to_owned(),
        title: "Some One".to_owned(),
        source: "https://example.org".to_owned(),
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
        events: vec![Event {
            name: "thing.made".to_owned(),
            description: "A thing was made.".to_owned(),
            payload: "Thing".to_owned(),
        }],
        definitions,
        samples: Vec::new(),
    }
}

fn object(name: &str, fields: Vec<Field>) -> Definition {
    let description = "It is a */ thing.".to_owned();
    Definition { name: name.to_owned(), description, fields }
}

fn field(name: &str, required: bool, kind: Kind) -> Field {
    let description = String::new();
    Field { name: name.to_owned(), description, required, nullable: !required, kind }
}

#[test]
fn a_definition_is_an_alias_after_those_that_it_mentions() {
    let thing = object(
        "Thing",
        vec![
            field("it's", true, Kind::Number),
            field("parts", false, Kind::List(Box::new(Kind::Named("Part".to_owned())))),
        ],
    );
    let part = object("Part", vec![field("n", true, Kind::Integer)]);
    let files = files(&[provider(vec![thing, part])]).unwrap();
    assert_eq!(files[0].0, "bindings-php/php/src/Payloads/SomeOne.php");
    let text = &files[0].1;
    let at = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part} is not in {text}"));
    let part = at(" * @phpstan-type Part array{'n': int, ...}\n");
    let thing =
        at(" * @phpstan-type Thing array{'it\\'s': int|float, 'parts'?: list<Part>|null, ...}\n");
    assert!(part < thing);
    at(" * @phpstan-type DataByType array{'thing.made': Thing}\n");
    at("    public const THING_MADE = 'thing.made';\n");
    assert!(text.contains("It is a * / thing."));
}

#[test]
fn what_no_alias_can_say_is_refused() {
    let circular = object("Thing", vec![field("self", false, Kind::Named("Thing".to_owned()))]);
    assert!(files(&[provider(vec![circular])]).is_err());
}
