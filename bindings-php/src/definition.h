/* A scheme as a PHP program writes it, as the text that the library reads. */

#ifndef HOOKSEAL_PHP_DEFINITION_H
#define HOOKSEAL_PHP_DEFINITION_H

#include "php.h"

/* TOML or JSON as it stands, an array as JSON. A new reference, or NULL if something was thrown. It calls
 * what the program wrote: jsonSerialize(), destructors. */
zend_string *php_hookseal_definition_text(const zval *definition);

#endif
