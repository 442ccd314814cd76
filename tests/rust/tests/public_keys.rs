//! Public keys and signatures against OpenSSL, with keys that it makes here, and against the RFCs'
//! own examples.

#![expect(clippy::panic, clippy::unwrap_used, reason = "how a test fails")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use base64ct::{Base64, Base64UrlUnpadded, Encoding as _};
use hookseal::{ErrorCode, Scheme, SignOptions, Webhook};

const BODY: &[u8] = b"{\"id\":\"evt_1\"}";

fn scheme(algorithm: &str) -> Scheme {
    let scheme = format!(
        r#"
        name = "own"
        [signature]
        header = "X-Signature"
        algorithm = "{algorithm}"
        encoding = "hex"
        content = "{{body}}"
        [payload]
        format = "bytes"
        [event]
        type_required = false
        "#
    );
    Scheme::parse(&scheme).expect("a right scheme")
}

fn webhook(algorithm: &str, key: &str) -> Webhook {
    let webhook = Webhook::builder(scheme(algorithm)).build([key]);
    webhook.unwrap_or_else(|error| panic!("{algorithm}: {error}"))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a String cannot fail");
        text
    })
}

fn unhex(digits: &str) -> Vec<u8> {
    let byte = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).expect("hexadecimal");
    (0..digits.len()).step_by(2).map(byte).collect()
}

fn verifies(webhook: &Webhook, body: &[u8], signature: &[u8]) -> bool {
    webhook.verify(body, &hex(signature)).is_ok()
}

fn sign(webhook: &Webhook, body: &[u8], private_key: &str) -> Vec<u8> {
    let headers = webhook.sign(body, &SignOptions::new().private_key(private_key));
    unhex(&headers.unwrap_or_else(|error| panic!("{error}"))[0].1)
}

/// A folder for OpenSSL's files, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path =
            std::env::temp_dir().join(format!("hookseal-keys-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder can be made");
        Self(path)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }

    fn write(&self, name: &str, content: &[u8]) -> String {
        let path = self.path(name);
        std::fs::write(&path, content).expect("it can be written");
        path
    }

    fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(Path::new(&self.path(name))).expect("OpenSSL has written it")
    }

    fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).expect("PEM is ASCII")
    }

    /// Runs OpenSSL, with the folder's files for names that begin with `@`.
    fn openssl(&self, arguments: &str) -> bool {
        let arguments = arguments.split(' ').map(|argument| match argument.strip_prefix('@') {
            Some(name) => self.path(name),
            None => argument.to_owned(),
        });
        let output = Command::new("openssl").args(arguments).output();
        output.unwrap_or_else(|error| panic!("is openssl installed? {error}")).status.success()
    }

    fn must(&self, arguments: &str) {
        assert!(self.openssl(arguments), "openssl {arguments}");
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn ed25519_agrees_with_openssl() {
    let folder = Folder::new("ed25519");
    folder.must("genpkey -algorithm ed25519 -out @private.pem");
    folder.must("pkey -in @private.pem -pubout -out @public.pem");
    folder.must("pkey -in @private.pem -outform DER -out @private.der");
    folder.write("body", BODY);
    folder.must("pkeyutl -sign -rawin -inkey @private.pem -in @body -out @signature");
    let webhook = webhook("ed25519", &folder.text("public.pem"));
    let signature = folder.read("signature");
    assert!(verifies(&webhook, BODY, &signature));
    assert!(!verifies(&webhook, b"{}", &signature));
    let der = folder.read("private.der");
    let seed = &der[der.len() - 32..];
    let jwk = format!(
        r#"{{"kty":"OKP","crv":"Ed25519","d":"{}"}}"#,
        Base64UrlUnpadded::encode_string(seed)
    );
    let ways = [
        folder.text("private.pem"),
        Base64::encode_string(&der),
        hex(seed),
        Base64::encode_string(seed),
        format!("whsk_{}", Base64::encode_string(seed)),
        jwk,
    ];
    for key in ways {
        assert_eq!(sign(&webhook, BODY, &key), signature);
    }
}

#[test]
fn ecdsa_agrees_with_openssl() {
    let folder = Folder::new("ecdsa");
    folder.must("ecparam -genkey -name prime256v1 -noout -out @sec1.pem");
    folder.must("pkcs8 -topk8 -nocrypt -in @sec1.pem -out @private.pem");
    folder.must("pkey -in @private.pem -pubout -out @public.pem");
    folder.write("body", BODY);
    let webhook = webhook("ecdsa-p256-sha256-der", &folder.text("public.pem"));
    for _ in 0..8 {
        folder.must("dgst -sha256 -sign @private.pem -out @signature @body");
        let signature = folder.read("signature");
        assert!(verifies(&webhook, BODY, &signature));
        assert!(!verifies(&webhook, b"{}", &signature));
        let longer = [&signature[..], &[0]].concat();
        assert!(!verifies(&webhook, BODY, &longer));
    }
    for key in ["private.pem", "sec1.pem"] {
        folder.write("ours", &sign(&webhook, BODY, &folder.text(key)));
        folder.must("dgst -sha256 -verify @public.pem -signature @ours @body");
    }
    // What hookseal signs as two numbers, it verifies as such.
    let raw = self::webhook("ecdsa-p256-sha256", &folder.text("public.pem"));
    let signature = sign(&raw, BODY, &folder.text("private.pem"));
    assert_eq!(signature.len(), 64);
    assert!(verifies(&raw, BODY, &signature));
}

#[test]
fn rsa_agrees_with_openssl() {
    let folder = Folder::new("rsa");
    folder.write("body", BODY);
    let mut verified = 0;
    for bits in [2048, 3072] {
        folder.must(&format!("genrsa -out @private.pem {bits}"));
        folder.must("rsa -in @private.pem -pubout -out @public.pem");
        folder.must("rsa -in @private.pem -RSAPublicKey_out -out @pkcs1.pem");
        folder.must("rsa -in @private.pem -pubout -outform DER -out @public.der");
        folder.must("req -x509 -key @private.pem -days 1 -subj /CN=hooks -out @certificate.pem");
        let keys = [
            folder.text("public.pem"),
            folder.text("pkcs1.pem"),
            folder.text("certificate.pem"),
            Base64::encode_string(&folder.read("public.der")),
        ];
        for hash in ["256", "512"] {
            let pss = "-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest";
            for (padding, option) in [("pkcs1", ""), ("pss", pss)] {
                let option = if option.is_empty() { String::new() } else { format!("{option} ") };
                folder.must(&format!(
                    "dgst -sha{hash} {option}-sign @private.pem -out @signature @body"
                ));
                let signature = folder.read("signature");
                for key in &keys {
                    let webhook = webhook(&format!("rsa-{padding}-sha{hash}"), key);
                    assert!(verifies(&webhook, BODY, &signature));
                    assert!(!verifies(&webhook, b"{}", &signature));
                    verified += 1;
                }
            }
        }
        let webhook = webhook("rsa-pss-sha256", &keys[0]);
        let key = folder.text("private.pem");
        let error = webhook.sign(BODY, &SignOptions::new().private_key(&key)).unwrap_err();
        assert_eq!(error.code(), ErrorCode::InvalidSecret);
        assert!(error.message().contains("sign with OpenSSL"), "{error}");
        let error = Webhook::builder(scheme("rsa-pss-sha256")).build([&key]).unwrap_err();
        assert!(error.message().contains("is a private key"), "{error}");
    }
    assert_eq!(verified, 32);
}

/// RFC 8032, section 7.1: private key, public key, message, signature.
#[test]
fn rfc_8032() {
    let examples = [
        [
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ],
        [
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ],
        [
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ],
        [
            "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
            "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
            "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
        ],
    ];
    for [private_key, public_key, message, signature] in examples {
        let (message, signature) = (unhex(message), unhex(signature));
        let webhook = webhook("ed25519", public_key);
        assert!(verifies(&webhook, &message, &signature));
        assert_eq!(sign(&webhook, &message, private_key), signature);
    }
}

/// RFC 6979, appendix A.2.5, with SHA-256. The second number of the first is a high one.
#[test]
fn rfc_6979() {
    let private_key = "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721";
    let public_key = "0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb67903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299";
    let webhook = webhook("ecdsa-p256-sha256", public_key);
    for (message, signature) in [
        (
            "sample",
            "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8",
        ),
        (
            "test",
            "f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083",
        ),
    ] {
        let signature = unhex(signature);
        assert!(verifies(&webhook, message.as_bytes(), &signature));
        assert_eq!(sign(&webhook, message.as_bytes(), private_key), signature);
    }
}

#[test]
fn what_cannot_be_signed_is_told() {
    let public_key = "whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
    let private_key = "whsk_nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";
    let webhook = Webhook::new("standard-webhooks", [public_key]).expect("a right key");
    let refused = |options: SignOptions<'_>| {
        let error = webhook.sign(BODY, &options).expect_err("it cannot sign");
        assert_eq!(error.code(), ErrorCode::InvalidSecret);
        error.message().to_owned()
    };
    let options = SignOptions::new();
    assert!(refused(options).contains("of which a receiver has only the public half"));
    assert!(refused(options.private_key(public_key)).contains("is a public key"));
    assert!(refused(options.private_key("AAECAw==")).contains("no number that a private key"));
    let signed = webhook.sign(BODY, &options.private_key(private_key)).expect("it signs");
    assert!(signed.iter().any(|(_, value)| value.starts_with("v1a,")));
    assert_eq!(webhook.verify(BODY, &signed).map(|event| event.key_index()), Ok(0));
    assert!(!format!("{:?}", options.private_key(private_key)).contains("whsk"));
    let kasko = Webhook::new("kasko", ["a secret"]).expect("a right secret");
    let options = SignOptions::new().event_type("a").private_key(private_key);
    let error = kasko.sign(BODY, &options).expect_err("it signs with a secret");
    assert!(error.message().contains("no private key is needed"), "{error}");
}
