#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "php_hookseal.h"

#include "classes.h"
#include "exception.h"
#include "ext/json/php_json.h"
#include "ext/spl/spl_exceptions.h"
#include "ext/standard/info.h"
#include "globals.h"
#include "zend_attributes.h"
#include "zend_interfaces.h"
#include "zend_smart_str.h"

#include "../hookseal_arginfo.h"

php_hookseal_classes php_hookseal_ce;

ZEND_DECLARE_MODULE_GLOBALS(hookseal)

static PHP_MINIT_FUNCTION(hookseal)
{
    php_hookseal_classes *ce = &php_hookseal_ce;

    if (hookseal_abi_version() != HOOKSEAL_ABI_VERSION) {
        zend_error(E_CORE_ERROR, "hookseal: the library has the ABI version %u, but this extension needs %u", hookseal_abi_version(), HOOKSEAL_ABI_VERSION);
        return FAILURE;
    }

    ce->webhook = register_class_Hookseal_Webhook();
    ce->event = register_class_Hookseal_Event(php_json_serializable_ce);
    ce->scheme = register_class_Hookseal_Scheme();
    ce->handshake = register_class_Hookseal_Handshake();
    ce->report = register_class_Hookseal_Report(zend_ce_stringable, php_json_serializable_ce);
    ce->finding = register_class_Hookseal_Finding();
    ce->exception = register_class_Hookseal_Exception(spl_ce_RuntimeException);
    /* Before the others: a class takes what its parent has when it is registered. */
    php_hookseal_exception_startup();
    ce->verification = register_class_Hookseal_VerificationException(ce->exception);
    ce->missing_header = register_class_Hookseal_MissingHeaderException(ce->verification);
    ce->malformed_header = register_class_Hookseal_MalformedHeaderException(ce->verification);
    ce->signature_mismatch = register_class_Hookseal_SignatureMismatchException(ce->verification);
    ce->timestamp = register_class_Hookseal_TimestampException(ce->verification);
    ce->payload = register_class_Hookseal_PayloadException(ce->exception);
    register_class_Hookseal_Body();
    ce->body_exception = register_class_Hookseal_BodyException(ce->exception);
    ce->configuration = register_class_Hookseal_ConfigurationException(ce->exception);
    ce->inbox_exception = register_class_Hookseal_InboxException(ce->exception);
    ce->connection = register_class_Hookseal_Connection();
    ce->inbox = register_class_Hookseal_Inbox();
    ce->received = register_class_Hookseal_Received();
    ce->claimed = register_class_Hookseal_Claimed();

    php_hookseal_headers_startup();
    php_hookseal_webhook_startup(ce->webhook);
    php_hookseal_event_startup(ce->event);
    php_hookseal_scheme_startup(ce->scheme);
    php_hookseal_report_startup();
    php_hookseal_inbox_startup();
    php_hookseal_delivery_startup();
    return SUCCESS;
}

static PHP_MINFO_FUNCTION(hookseal)
{
    smart_str names = {0};
    size_t count = hookseal_provider_count();

    for (size_t index = 0; index < count; index++) {
        hookseal_str name = hookseal_provider_name(index);
        if (index > 0) {
            smart_str_appendl(&names, ", ", 2);
        }
        smart_str_appendl(&names, name.data, name.len);
    }
    smart_str_0(&names);
    php_info_print_table_start();
    php_info_print_table_row(2, "hookseal support", "enabled");
    php_info_print_table_row(2, "Version", PHP_HOOKSEAL_VERSION);
    php_info_print_table_row(2, "Providers", names.s ? ZSTR_VAL(names.s) : "");
    php_info_print_table_end();
    smart_str_free(&names);
}

static PHP_GINIT_FUNCTION(hookseal)
{
#if defined(ZTS) && defined(COMPILE_DL_HOOKSEAL)
    ZEND_TSRMLS_CACHE_UPDATE();
#endif
    memset(hookseal_globals, 0, sizeof(*hookseal_globals));
}

static PHP_GSHUTDOWN_FUNCTION(hookseal)
{
    php_hookseal_prepared_clear(&hookseal_globals->prepared);
    php_hookseal_schemes_clear(&hookseal_globals->schemes);
    php_hookseal_keys_clear(&hookseal_globals->keys);
}

static PHP_RINIT_FUNCTION(hookseal)
{
#if defined(ZTS) && defined(COMPILE_DL_HOOKSEAL)
    ZEND_TSRMLS_CACHE_UPDATE();
#endif
    /* No value of the request before is left. */
    php_hookseal_error_clear();
    php_hookseal_keys_renew(&HOOKSEAL_G(keys));
    return SUCCESS;
}

static const zend_module_dep hookseal_dependencies[] = {
    ZEND_MOD_REQUIRED("date")
    ZEND_MOD_REQUIRED("json")
    ZEND_MOD_REQUIRED("spl")
    ZEND_MOD_END
};

zend_module_entry hookseal_module_entry = {
    STANDARD_MODULE_HEADER_EX,
    NULL,
    hookseal_dependencies,
    "hookseal",
    NULL,
    PHP_MINIT(hookseal),
    NULL,
    PHP_RINIT(hookseal),
    NULL,
    PHP_MINFO(hookseal),
    PHP_HOOKSEAL_VERSION,
    PHP_MODULE_GLOBALS(hookseal),
    PHP_GINIT(hookseal),
    PHP_GSHUTDOWN(hookseal),
    NULL,
    STANDARD_MODULE_PROPERTIES_EX,
};

#ifdef COMPILE_DL_HOOKSEAL
#ifdef ZTS
ZEND_TSRMLS_CACHE_DEFINE()
#endif
ZEND_GET_MODULE(hookseal)
#endif
