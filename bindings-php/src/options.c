#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "options.h"

#include "classes.h"
#include "definition.h"
#include "named.h"

static bool read_scheme(php_hookseal_options *options, const php_hookseal_named *named)
{
    const zval *given = named->value;

    ZVAL_DEREF(given);
    if (options->scheme != NULL) {
        zend_argument_value_error(named->argument, "gives a second scheme: the first argument is one already");
        return false;
    }
    if (Z_TYPE_P(given) == IS_OBJECT && Z_OBJCE_P(given) == php_hookseal_ce.scheme) {
        options->scheme = Z_OBJ_P(given);
        GC_ADDREF(options->scheme);
        return true;
    }
    if (Z_TYPE_P(given) != IS_STRING && Z_TYPE_P(given) != IS_ARRAY) {
        zend_argument_type_error(named->argument, "%s a Hookseal\\Scheme, an array, or TOML or JSON as a string, %s given", named->must, zend_zval_type_name(given));
        return false;
    }
    options->definition = php_hookseal_definition_text(given);
    return options->definition != NULL;
}

bool php_hookseal_options_read(php_hookseal_options *options, zend_object *scheme, HashTable *given, const php_hookseal_parameters *parameters)
{
    enum { TOLERANCE, SCHEME, CONSTANTS, ORIGIN, ACCEPT_UNSIGNED, COUNT };
    php_hookseal_named named[COUNT] = {
        [TOLERANCE] = {"tolerance", "must be", "must have as \"tolerance\"", 4, parameters->tolerance},
        [SCHEME] = {"scheme", "must be", "must have as \"scheme\"", 5, parameters->scheme},
        [CONSTANTS] = {"constants", "must be", "must have as \"constants\"", 6, parameters->constants},
        [ORIGIN] = {"origin", "must be", "must have as \"origin\"", 7, parameters->origin},
        [ACCEPT_UNSIGNED] = {"acceptUnsigned", "must be", "must have as \"acceptUnsigned\"", 8, parameters->accept_unsigned},
    };

    options->tolerance.seconds = -1;
    if (scheme != NULL) {
        options->scheme = scheme;
        GC_ADDREF(scheme);
    }
    return php_hookseal_named_read(named, COUNT, given, 3)
        && (!php_hookseal_named_given(&named[TOLERANCE]) || php_hookseal_span_read(named[TOLERANCE].value, named[TOLERANCE].argument, named[TOLERANCE].must, &options->tolerance))
        && (!php_hookseal_named_given(&named[SCHEME]) || read_scheme(options, &named[SCHEME]))
        && php_hookseal_extras_read(&options->extras, &named[CONSTANTS], &named[ORIGIN], &named[ACCEPT_UNSIGNED]);
}

void php_hookseal_options_free(php_hookseal_options *options)
{
    php_hookseal_extras_free(&options->extras);
    if (options->definition != NULL) {
        zend_string_release(options->definition);
    }
    if (options->scheme != NULL) {
        OBJ_RELEASE(options->scheme);
    }
}
