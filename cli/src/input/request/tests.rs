#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::{Delivery, Request, read, write};

#[test]
fn what_is_written_is_read_again() {
    let headers = [("Host", "a"), ("X-Twice", "1"), ("x-twice", "2"), ("X-Empty", "")];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.as_bytes().to_owned()));
    for body in [&b""[..], b"{}", b"\r\n\r\n\n", b"\x00\xff POST / HTTP/1.1\r\n"] {
        let mut request = Request {
            method: "POST".to_owned(),
            target: "/webhooks?a=b".to_owned(),
            delivery: Delivery { body: body.to_owned(), headers: headers.to_vec() },
        };
        let written = write(&request);
        let length = ("Content-Length".to_owned(), body.len().to_string().into_bytes());
        request.delivery.headers.push(length);
        assert_eq!(read(&written).unwrap(), request);
        assert_eq!(write(&read(&written).unwrap()), written);
    }
}

/// A body that came in chunks is written whole, so nothing may say that it is in chunks.
#[test]
fn how_the_body_was_transferred_is_written_anew() {
    let chunked = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nTrailer: a\r\n\r\n\
                    2\r\n{}\r\n0\r\na: b\r\n\r\n";
    let written = write(&read(chunked).unwrap());
    assert_eq!(written, b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}");
}
