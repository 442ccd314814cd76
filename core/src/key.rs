//! The keys that a webhook checks signatures with, made of what its user was given.

use zeroize::Zeroizing;

use crate::mac::{Algorithm, Keyed};
use crate::public_key::{KeySet, PublicAlgorithm, read_public, shape};
use crate::scheme::Compiled;
use crate::secret::{check_text, read_secret, weakness};
use crate::{Error, ErrorCode};

/// A key made ready for one algorithm.
#[expect(clippy::large_enum_variant, reason = "the large one is the usual one, and read each time")]
pub(crate) enum Key {
    /// Of a secret that the sender has too.
    Secret(Keyed),
    /// The sender's public key, or several of which each delivery names one.
    Public(KeySet),
}

/// The keys made of one text, and what is weak about them.
pub(crate) struct Keys {
    pub(crate) keys: Vec<Key>,
    pub(crate) warning: Option<String>,
}

impl Key {
    pub(crate) fn algorithm(&self) -> Algorithm {
        match self {
            Self::Secret(keyed) => keyed.algorithm(),
            Self::Public(keys) => Algorithm::Public(keys.algorithm()),
        }
    }

    /// The id of the one public key, if it has one.
    pub(crate) fn id(&self) -> Option<&str> {
        match self {
            Self::Secret(_) => None,
            Self::Public(keys) => keys.id(),
        }
    }

    pub(crate) fn as_secret(&self) -> Option<&Keyed> {
        match self {
            Self::Secret(keyed) => Some(keyed),
            Self::Public(_) => None,
        }
    }
}

/// Makes the keys of a text that a webhook is built with. The scheme's algorithms say what it must
/// be; if they need secrets and public keys, the text's look says which of these it is.
pub(crate) fn read_keys(given: &[u8], scheme: &Compiled, index: usize) -> Result<Keys, Error> {
    check_text(given, &scheme.name)?;
    let algorithms = scheme.algorithms();
    let publics: Vec<PublicAlgorithm> =
        algorithms.iter().filter_map(|algorithm| algorithm.public()).collect();
    let text = core::str::from_utf8(given).ok();
    let needs_public = publics.len() == algorithms.len();
    if needs_public || (!publics.is_empty() && text.is_some_and(|text| shape(text).is_of_pair())) {
        let keys = public_keys(text, scheme, &publics)?;
        return Ok(Keys { keys: keys.into_iter().map(Key::Public).collect(), warning: None });
    }
    let key: Zeroizing<Vec<u8>> = read_secret(given, &scheme.key, &scheme.name)?;
    let keyed = algorithms.into_iter().filter_map(|algorithm| Keyed::new(algorithm, &key));
    Ok(Keys { keys: keyed.map(Key::Secret).collect(), warning: weakness(&key, &scheme.key, index) })
}

/// Reads a text as a public key for every algorithm that it can be one of.
fn public_keys(
    text: Option<&str>,
    scheme: &Compiled,
    algorithms: &[PublicAlgorithm],
) -> Result<Vec<KeySet>, Error> {
    let is_built = |algorithm: &&PublicAlgorithm| algorithm.family().is_built();
    let built: Vec<&PublicAlgorithm> = algorithms.iter().filter(is_built).collect();
    if built.is_empty() {
        let algorithm = algorithms[0];
        return Err(Error::new(
            ErrorCode::InvalidScheme,
            format!(
                "this build of hookseal cannot verify {}, which `{}` signs with: it was built without \
                 the cargo feature `{}`",
                algorithm.name(),
                scheme.name,
                algorithm.family().feature()
            ),
        ));
    }
    let invalid = |what: &str| {
        Error::new(ErrorCode::InvalidSecret, format!("the key for `{}` {what}", scheme.name))
    };
    let text = text.ok_or_else(|| invalid("is not text: pass it as PEM or in base64"))?;
    let mut read = Vec::new();
    let mut first_error = None;
    for algorithm in built {
        match read_public(*algorithm, scheme.names_key(), text) {
            Ok(keys) => read.push(keys),
            Err(what) => first_error = first_error.or(Some(what)),
        }
    }
    match first_error {
        Some(what) if read.is_empty() => Err(invalid(&what)),
        _ => Ok(read),
    }
}
