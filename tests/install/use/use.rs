//! Verifies KASKO's delivery of a secret, a signature and a body, and prints its event's type.

fn main() -> Result<(), hookseal::Error> {
    let [secret, signature, body] = std::env::args().skip(1).collect::<Vec<_>>().try_into().expect("three arguments");
    let headers = [("X-KASKO-Signature", signature.as_str()), ("X-KASKO-Event", "policy.created")];
    let event = hookseal::Webhook::new("kasko", [secret])?.verify(body.as_bytes(), &headers[..])?;
    println!("{}", event.event_type());
    Ok(())
}
