/* Hookseal\Body. */

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "exception.h"
#include "globals.h"
#include "text.h"

/* Private: there is nothing to make one for. */
ZEND_METHOD(Hookseal_Body, __construct)
{
    ZEND_PARSE_PARAMETERS_NONE();
}

ZEND_METHOD(Hookseal_Body, decode)
{
    zend_string *body, *encoding;
    hookseal_body *decoded;
    zend_long max_body;
    hookseal_bytes bytes;

    ZEND_PARSE_PARAMETERS_START(3, 3)
        Z_PARAM_STR(body)
        Z_PARAM_STR(encoding)
        Z_PARAM_LONG(max_body)
    ZEND_PARSE_PARAMETERS_END();

    if (max_body < 1) {
        zend_argument_value_error(3, "must be a positive number of bytes");
        RETURN_THROWS();
    }
    if (hookseal_body_decode(ZSTR_VAL(body), ZSTR_LEN(body), php_hookseal_text(encoding), (size_t) max_body, &decoded, &HOOKSEAL_G(error)) != HOOKSEAL_OK) {
        php_hookseal_throw();
        RETURN_THROWS();
    }
    bytes = hookseal_body_bytes(decoded);
    if ((const char *) bytes.data == ZSTR_VAL(body) && bytes.len == ZSTR_LEN(body)) {
        RETVAL_STR_COPY(body);
    } else {
        RETVAL_STRINGL((const char *) bytes.data, bytes.len);
    }
    hookseal_body_free(decoded);
}
