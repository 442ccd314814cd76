//! What to do about a genuine delivery that an application refuses.

/// Says what an answer to a genuine delivery means, and what to do: of the program that is called
/// `who`. `None` where there is nothing to say: a success, or a redirection.
pub(crate) fn refused(who: &str, status: u16) -> Option<String> {
    let (meaning, next) = match status {
        401 | 403 => (
            "the signature is right here, so its secret differs or it changes the body before it \
             verifies",
            "compare the secret that it was started with, have it verify the bytes as they arrive, and \
             call `explain` in it while you develop",
        ),
        404 | 405 => (
            "it takes no POST at this path, so nothing was verified",
            "give the path of its route, as in localhost:3000/webhooks",
        ),
        413 => {
            ("its limit for bodies is lower than this one", "raise it to what the sender documents")
        }
        400 | 422 => (
            "the signature is right here, so it could not read the delivery, or changed it before it \
             verified",
            "look at what it logged, and whether it is for the same provider",
        ),
        400..500 => ("the signature is right here", "look at what it logged"),
        500..600 => ("it failed while it handled a genuine delivery", "look at what it logged"),
        _ => return None,
    };
    Some(format!("{who} answered {status}: {meaning}; {next}"))
}

#[cfg(test)]
mod tests {
    use super::refused;

    #[test]
    fn each_kind_of_refusal_says_what_to_do() {
        for (status, said) in [
            (
                401,
                "your application answered 401: the signature is right here, so its secret differs",
            ),
            (403, "its secret differs"),
            (404, "the path of its route"),
            (413, "its limit"),
            (422, "could not read"),
            (409, "look at what it logged"),
            (500, "it failed"),
        ] {
            let message = refused("your application", status).unwrap_or_default();
            assert!(message.contains(said), "{message}");
        }
        for status in [200, 204, 302] {
            assert_eq!(refused("your application", status), None);
        }
    }
}
