#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;

fn field(name: &str, required: bool, kind: Kind) -> Field {
    let description = format!("The {name}.");
    Field { name: name.into(), description, required, nullable: !required, kind }
}

fn class(fields: &[Field]) -> String {
    let mut out = String::new();
    emit_class(&mut out, "Policy", "A policy.", fields).unwrap();
    out
}

#[test]
fn required_and_optional_fields_stand_in_two_classes() {
    let list = Kind::List(Box::new(Kind::Named("Claim".into())));
    let fields = [field("id", true, Kind::String), field("claims", false, list)];
    let expected = "class _PolicyRequired(TypedDict):
    id: str
    \"\"\"The id.\"\"\"


class Policy(_PolicyRequired, total=False):
    \"\"\"A policy.\"\"\"
    claims: list[Claim] | None
    \"\"\"The claims.\"\"\"
";
    assert_eq!(class(&fields), expected);
}

#[test]
fn one_class_is_enough_where_all_fields_are_alike() {
    assert!(class(&[]).starts_with("class Policy(TypedDict):\n"));
    assert!(class(&[field("id", true, Kind::Any)]).starts_with("class Policy(TypedDict):\n"));
    let optional = class(&[field("id", false, Kind::Map)]);
    assert!(optional.starts_with("class Policy(TypedDict, total=False):\n"), "{optional}");
}

#[test]
fn documentation_is_wrapped_and_quoted() {
    let documented = |text: &str| {
        let mut out = String::new();
        doc(&mut out, "    ", text);
        out
    };
    assert_eq!(documented(r"A \d."), "    \"\"\"A \\\\d.\"\"\"\n");
    assert_eq!(documented("Say \"yes\""), "    \"\"\"Say \"yes\" \"\"\"\n");
    let long = documented(&"word ".repeat(60));
    assert!(long.lines().all(|line| line.chars().count() <= WIDTH), "{long}");
    assert!(long.ends_with("word\n    \"\"\"\n"), "{long}");
}

#[test]
fn what_has_no_name_in_python_is_refused() {
    let mut out = String::new();
    let refused = emit_class(&mut out, "Policy", "", &[field("from", true, Kind::Any)]);
    assert_eq!(refused.unwrap_err().to_string(), "from: has no name in Python");
}
