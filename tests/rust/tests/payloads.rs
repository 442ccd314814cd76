//! Payloads as receivers have met them, read as the generated types: fields left out, null, a PHP
//! array where an object was meant, a fraction where the documentation shows an integer.

#![expect(clippy::unwrap_used, reason = "how a test fails")]

use hookseal::{ErrorCode, SignOptions, Webhook, kasko, mycover};
use hookseal::{Event, Payload};
use serde_json::{Value, json};

fn event(provider: &str, event_type: &str, body: &Value) -> Event<'static> {
    let webhook = Webhook::new(provider, ["secret"]).unwrap();
    let body = body.to_string();
    let headers = webhook.sign(&body, &SignOptions::new().event_type(event_type)).unwrap();
    webhook.verify(&body, &headers).unwrap().into_owned()
}

fn read<P: Payload>(provider: &str, event_type: &str, body: &Value) -> P {
    let payload = event(provider, event_type, body).payload();
    payload.unwrap_or_else(|error| unreachable!("{provider}: {event_type}: {error}"))
}

macro_rules! variant {
    ($payload:expr, $variant:path) => {
        match $payload {
            $variant(inner) => inner,
            other => unreachable!("another variant: {other:?}"),
        }
    };
}

fn policy(change: &Value) -> kasko::Policy {
    let mut body = json!({
        "id": "lpol_1", "livemode": true, "policy_id": "LIVE-POLICY-1", "product_name": "Bike",
        "first_name": "Ada", "last_name": "Byron", "email": "ada@example.org", "gross_premium": 1999,
        "premium_tax": 400, "metadata": { "channel": "web" },
        "assets": [{ "designation": "policy_document", "href": "https://example.org/1.pdf" }],
        "_links": { "self": { "href": "https://example.org/policies/lpol_1" } },
    });
    for (name, value) in change.as_object().unwrap() {
        body[name] = value.clone();
    }
    variant!(read("kasko", "policy.created", &body), kasko::Payload::PolicyCreated)
}

#[test]
fn kaskos_policies_are_read_as_php_writes_them() {
    let whole = policy(&json!({}));
    assert_eq!(whole.policy_id.as_deref(), Some("LIVE-POLICY-1"));
    assert_eq!(whole.gross_premium, Some(1999.0));
    assert_eq!(whole.metadata.as_ref().unwrap()["channel"], "web");
    let link = whole.links.as_ref().and_then(|links| links.self_.as_ref());
    assert!(link.unwrap().href.is_some());

    let empty = policy(&json!({ "metadata": [], "_links": [], "assets": [] }));
    assert!(empty.metadata.unwrap().is_empty());
    assert_eq!(empty.links, Some(kasko::Links::default()));
    assert_eq!(empty.assets, Some(vec![]));

    let company = policy(&json!({ "last_name": null, "metadata": null, "assets": null }));
    assert_eq!((company.last_name, company.metadata, company.assets), (None, None, None));

    assert_eq!(policy(&json!({ "gross_premium": 19.99 })).gross_premium, Some(19.99));

    let payload = read("kasko", "offer.created", &json!({ "policy_id": "TEST-1" }));
    let offer = variant!(payload, kasko::Payload::OfferCreated);
    assert_eq!((offer.policy_id.as_deref(), offer.payment_token), (Some("TEST-1"), None));
}

fn mycovers(name: &str, data: &Value) -> mycover::Payload {
    read("mycover", name, &json!({ "event": name, "status": "processed", "data": data }))
}

#[test]
fn mycovers_purchases_are_read_in_either_form_and_mixed() {
    let bought = |data| {
        variant!(mycovers("purchase.successful", &data), mycover::Payload::PurchaseSuccessful)
    };
    let flat = bought(json!({
        "id": "t-1", "amount": 7500, "status": "successful", "reference": "BUY-1",
        "policy_expiry_date": "2027-01-01T00:00:00.000Z",
    }));
    assert_eq!((flat.amount, flat.customer, flat.essential), (Some(7500.0), None, None));

    let grouped = bought(json!({
        "meta": { "sum_insured": 250_000.5 },
        "essential": { "email": "ada@example.org", "amount": "7500.0000", "last_name": null },
        "sdk": { "config": { "key": "value" }, "inspection_link": "https://example.org/i" },
    }));
    let essential = grouped.essential.unwrap();
    assert_eq!((essential.amount.as_deref(), essential.last_name), (Some("7500.0000"), None));
    assert_eq!(grouped.sdk.unwrap().inspection_link.as_deref(), Some("https://example.org/i"));

    let partly = bought(json!({ "essential": { "policy_id": "p-1" } }));
    assert_eq!(partly.essential.unwrap().policy_id.as_deref(), Some("p-1"));

    let data = json!({ "id": "r-1", "purchase_id": "t-1", "amount": 7500.25 });
    let renewed =
        variant!(mycovers("renewal.successful", &data), mycover::Payload::RenewalSuccessful);
    assert_eq!(renewed.purchase_id.as_deref(), Some("t-1"));

    let data = json!({ "id": "r-2", "essential": { "expiration_date": "2028-01-01" }, "sdk": [] });
    let renewed = variant!(mycovers("purchase.renewed", &data), mycover::Payload::PurchaseRenewed);
    assert_eq!(renewed.id.as_deref(), Some("r-2"));
    assert_eq!(renewed.sdk, Some(mycover::Sdk::default()));
}

#[test]
fn mycovers_claims_and_inspections_are_read_without_a_customer() {
    let submitted = json!({
        "meta": { "progress": "submission" },
        "essential": {
            "type": "Gadget", "status": "Pending", "policy_id": "p-1", "description": "It fell.",
            "claimant_email": "ada@example.org", "claimant_first_name": "Ada", "additional_info": null,
        },
        "sdk": { "claim_link": "https://example.org/c" },
    });
    let claim = variant!(mycovers("claim.submitted", &submitted), mycover::Payload::ClaimSubmitted);
    let essential = claim.essential.unwrap();
    assert_eq!(essential.claimant_first_name.as_deref(), Some("Ada"));
    assert_eq!((essential.email, essential.additional_info), (None, None));
    assert_eq!(claim.meta.unwrap().progress.as_deref(), Some("submission"));

    let offered =
        json!({ "essential": { "status": "Offer sent" }, "meta": { "policy_id": "p-1" } });
    let offered =
        variant!(mycovers("claim.offer_sent", &offered), mycover::Payload::ClaimOfferSent);
    assert_eq!(offered.meta.unwrap().policy_id.as_deref(), Some("p-1"));

    let flat = json!({ "policy_id": "p-1", "status": "Approved" });
    let updated = variant!(mycovers("claim.updated", &flat), mycover::Payload::ClaimUpdated);
    assert_eq!((updated.status.as_deref(), updated.essential), (Some("Approved"), None));

    let inspected = json!({
        "meta": { "inspection_images": { "left": "https://example.org/l" }, "video_url": "https://example.org/v" },
        "essential": { "type": "Vehicle", "category": "preloss", "start_date": "2026-01-01", "is_approved": true },
        "sdk": {},
    });
    let inspected = variant!(
        mycovers("inspection.completed", &inspected),
        mycover::Payload::InspectionCompleted
    );
    assert_eq!(inspected.essential.unwrap().is_approved, Some(true));

    let paid = mycovers("claim.paid", &json!({ "essential": {} }));
    assert!(matches!(paid, mycover::Payload::Other(_)));
}

#[derive(Debug, serde::Deserialize)]
struct Own {
    #[expect(dead_code, reason = "it is not there")]
    policy_id: String,
}

#[test]
fn what_does_not_fit_is_named_by_its_path_and_kind_and_how_to_go_on() {
    for (body, said) in [
        (json!({ "policy_id": 7 }), "`policy_id` is an integer, where the type has a string"),
        (
            json!({ "gross_premium": "19.99" }),
            "`gross_premium` is a string, where the type has f64",
        ),
        (json!({ "metadata": ["Ada"] }), "`metadata` is a list, where the type has an object"),
        (json!({ "assets": [{}, { "href": false }] }), "`assets[1].href` is a boolean, where"),
        (
            json!({ "_links": { "self": "Ada" } }),
            "`_links.self` is a string, where the type has an object",
        ),
    ] {
        let error =
            event("kasko", "policy.created", &body).payload::<kasko::Payload>().unwrap_err();
        assert_eq!(error.code(), ErrorCode::InvalidPayload);
        assert!(error.message().contains(said), "{error}");
        assert!(error.message().contains("`event.data::<serde_json::Value>()`"), "{error}");
        assert!(!error.message().contains("Ada"), "{error}");
    }

    let error = event("kasko", "policy.created", &json!({})).data::<Own>().unwrap_err();
    assert!(error.message().contains("`policy_id` is missing; if the type is yours"), "{error}");
}
