/* Schemes that were read, for reading one takes longer than to verify with it. The known providers' are read when
 * PHP starts and never written to after; of the others each thread keeps those that it used last. */

#ifndef HOOKSEAL_PHP_SCHEMES_H
#define HOOKSEAL_PHP_SCHEMES_H

#include "headers.h"
#include "hookseal.h"
#include "php.h"

typedef struct {
    hookseal_scheme *scheme;
    php_hookseal_wanted wanted;
    /* The text that defines it, which makes it a thread's own and counts who refers to it; NULL for a known
     * provider's. */
    char *definition;
    size_t len;
    uint32_t owners;
} php_hookseal_scheme;

#define PHP_HOOKSEAL_SCHEMES 16

/* Begins as zeros. */
typedef struct {
    php_hookseal_scheme *kept[PHP_HOOKSEAL_SCHEMES];
    size_t next;
} php_hookseal_schemes;

zend_result php_hookseal_schemes_startup(void);
void php_hookseal_schemes_shutdown(void);

/* The scheme of a known provider; NULL if an exception was thrown. */
php_hookseal_scheme *php_hookseal_scheme_of_provider(const zend_string *name);

/* The scheme that TOML or JSON defines, which is the caller's to release; NULL if an exception was thrown. */
php_hookseal_scheme *php_hookseal_scheme_of_definition(php_hookseal_schemes *schemes, const zend_string *definition);

php_hookseal_scheme *php_hookseal_scheme_share(php_hookseal_scheme *scheme);
/* NULL is allowed. */
void php_hookseal_scheme_release(php_hookseal_scheme *scheme);

/* Forgets those that a thread keeps. */
void php_hookseal_schemes_clear(php_hookseal_schemes *schemes);

#endif
