#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "providers.h"

static hookseal_scheme **schemes;
static size_t count;

zend_result php_hookseal_providers_startup(void)
{
    schemes = pecalloc(hookseal_provider_count(), sizeof(*schemes), 1);
    for (count = 0; count < hookseal_provider_count(); count++) {
        if (hookseal_scheme_for_provider(hookseal_provider_name(count), &schemes[count], NULL) != HOOKSEAL_OK) {
            return FAILURE;
        }
    }
    return SUCCESS;
}

void php_hookseal_providers_shutdown(void)
{
    while (count > 0) {
        hookseal_scheme_free(schemes[--count]);
    }
    pefree(schemes, 1);
}

const hookseal_scheme *php_hookseal_provider(const zend_string *name)
{
    for (size_t index = 0; index < count; index++) {
        hookseal_str known = hookseal_scheme_name(schemes[index]);
        if (known.len == ZSTR_LEN(name) && memcmp(known.data, ZSTR_VAL(name), known.len) == 0) {
            return schemes[index];
        }
    }
    return NULL;
}
