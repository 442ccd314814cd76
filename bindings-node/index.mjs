// The same module as CommonJS has, so that `instanceof` holds in a program with both.
import hookseal from './index.js'

export const {
  Webhook,
  Scheme,
  Event,
  Report,
  providers,
  HooksealError,
  VerificationError,
  MissingHeaderError,
  MalformedHeaderError,
  SignatureMismatchError,
  TimestampError,
  PayloadError,
  ConfigurationError
} = hookseal
export default hookseal
