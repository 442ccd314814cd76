/* Schemes that were read, for reading one takes longer than to verify with it. Each thread keeps the known providers'
 * that it has used, and of the others those that it used last. */

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
    /* One for each known provider, empty until it is used; NULL if none was. */
    php_hookseal_scheme *known;
} php_hookseal_schemes;

/* The scheme of a known provider, which lives as long as the thread; NULL if an exception was thrown. */
php_hookseal_scheme *php_hookseal_scheme_of_provider(const zend_string *name);

/* The scheme that TOML or JSON defines, which is the caller's to release; NULL if an exception was thrown. */
php_hookseal_scheme *php_hookseal_scheme_of_definition(php_hookseal_schemes *schemes, const zend_string *definition);

php_hookseal_scheme *php_hookseal_scheme_share(php_hookseal_scheme *scheme);
/* NULL is allowed. */
void php_hookseal_scheme_release(php_hookseal_scheme *scheme);

/* Forgets those that a thread keeps. */
void php_hookseal_schemes_clear(php_hookseal_schemes *schemes);

#endif
