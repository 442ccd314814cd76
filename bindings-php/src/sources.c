#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "sources.h"

#include "classes.h"
#include "named.h"
#include "text.h"
#include "webhook.h"

static ZEND_COLD bool refuse(uint32_t argument, const char *must, const zval *given)
{
    zend_argument_type_error(argument, "%s, %s given", must, zend_zval_type_name(given));
    return false;
}

static bool read_text(hookseal_str *text, const php_hookseal_named *named)
{
    const zval *given = named->value;

    ZVAL_DEREF(given);
    if (Z_TYPE_P(given) != IS_STRING) {
        zend_argument_type_error(named->argument, "%s a string, %s given", named->must, zend_zval_type_name(given));
        return false;
    }
    *text = php_hookseal_text(Z_STR_P(given));
    return true;
}

static bool read_order_by(hookseal_source *item, const php_hookseal_named *named)
{
    const zval *given = named->value, *pointer;

    ZVAL_DEREF(given);
    if (Z_TYPE_P(given) == IS_STRING && zend_string_equals_literal(Z_STR_P(given), "arrival")) {
        item->order_by = HOOKSEAL_ORDER_BY_ARRIVAL;
        return true;
    }
    if (Z_TYPE_P(given) == IS_STRING && zend_string_equals_literal(Z_STR_P(given), "created_at")) {
        item->order_by = HOOKSEAL_ORDER_BY_CREATED_AT;
        return true;
    }
    if (Z_TYPE_P(given) == IS_ARRAY && zend_hash_num_elements(Z_ARRVAL_P(given)) == 1) {
        pointer = zend_hash_str_find(Z_ARRVAL_P(given), ZEND_STRL("sequence"));
        if (pointer != NULL) {
            ZVAL_DEREF(pointer);
            if (Z_TYPE_P(pointer) == IS_STRING) {
                item->order_by = HOOKSEAL_ORDER_BY_SEQUENCE;
                item->sequence = php_hookseal_text(Z_STR_P(pointer));
                return true;
            }
        }
    }
    zend_argument_value_error(named->argument, "%s \"arrival\", \"created_at\" or [\"sequence\" => a JSON Pointer]", named->must);
    return false;
}

static bool read_order(hookseal_source *item, const zval *given, uint32_t argument)
{
    enum { AGGREGATE, ORDER_BY, DEAD_BLOCKS, COUNT };
    php_hookseal_named named[COUNT] = {
        [AGGREGATE] = {.name = "aggregate", .must_have = "must have as \"aggregate\" of an order"},
        [ORDER_BY] = {.name = "orderBy", .must_have = "must have as \"orderBy\" of an order"},
        [DEAD_BLOCKS] = {.name = "deadBlocks"},
    };
    const zval *blocks;

    ZVAL_DEREF(given);
    if (Z_TYPE_P(given) == IS_NULL) {
        return true;
    }
    if (Z_TYPE_P(given) != IS_ARRAY) {
        return refuse(argument, "must have as \"order\" an array with \"aggregate\", \"orderBy\" and \"deadBlocks\"", given);
    }
    if (!php_hookseal_named_read(named, COUNT, Z_ARRVAL_P(given), argument)) {
        return false;
    }
    if (!php_hookseal_named_given(&named[AGGREGATE])) {
        zend_argument_value_error(argument, "must have in \"order\" an \"aggregate\": a JSON Pointer to what names the thing that an event is about");
        return false;
    }
    if (php_hookseal_named_given(&named[DEAD_BLOCKS])) {
        blocks = named[DEAD_BLOCKS].value;
        ZVAL_DEREF(blocks);
        if (Z_TYPE_P(blocks) != IS_TRUE && Z_TYPE_P(blocks) != IS_FALSE) {
            return refuse(argument, "must have as \"deadBlocks\" of an order a bool", blocks);
        }
        item->dead_passes = Z_TYPE_P(blocks) == IS_FALSE;
    }
    return read_text(&item->aggregate, &named[AGGREGATE])
        && (!php_hookseal_named_given(&named[ORDER_BY]) || read_order_by(item, &named[ORDER_BY]));
}

static bool add(php_hookseal_sources *sources, zend_string *name, zend_object *webhook)
{
    php_hookseal_prepared *prepared = php_hookseal_webhook_prepared(webhook);
    hookseal_source *item = &sources->items[sources->count];

    if (prepared == NULL) {
        return false;
    }
    sources->sources[sources->count] = (php_hookseal_source) {
        .name = name != NULL ? zend_string_copy(name) : NULL,
        .prepared = php_hookseal_prepared_share(prepared),
    };
    *item = (hookseal_source) {.webhook = prepared->webhook};
    if (name != NULL) {
        item->name = php_hookseal_text(name);
    }
    sources->count++;
    return true;
}

static bool is_webhook(const zval *value)
{
    return Z_TYPE_P(value) == IS_OBJECT && Z_OBJCE_P(value) == php_hookseal_ce.webhook;
}

/* A source with an order. */
static bool add_ordered(php_hookseal_sources *sources, zend_string *name, const zval *given, uint32_t argument)
{
    enum { WEBHOOK, ORDER, COUNT };
    php_hookseal_named named[COUNT] = {[WEBHOOK] = {.name = "webhook"}, [ORDER] = {.name = "order"}};
    const zval *webhook;

    if (Z_TYPE_P(given) != IS_ARRAY) {
        return refuse(argument, "must have for each name a Hookseal\\Webhook, or an array with \"webhook\" and \"order\"", given);
    }
    if (!php_hookseal_named_read(named, COUNT, Z_ARRVAL_P(given), argument)) {
        return false;
    }
    webhook = named[WEBHOOK].value;
    if (webhook != NULL) {
        ZVAL_DEREF(webhook);
    }
    if (webhook == NULL || !is_webhook(webhook)) {
        zend_argument_type_error(argument, "must have as \"webhook\" a Hookseal\\Webhook");
        return false;
    }
    return add(sources, name, Z_OBJ_P(webhook))
        && (named[ORDER].value == NULL || read_order(&sources->items[sources->count - 1], named[ORDER].value, argument));
}

static void reserve(php_hookseal_sources *sources, size_t count)
{
    sources->sources = safe_emalloc(count, sizeof(*sources->sources), 0);
    sources->items = safe_emalloc(count, sizeof(*sources->items), 0);
}

bool php_hookseal_sources_read(php_hookseal_sources *sources, zval *given, uint32_t argument)
{
    zend_string *name;
    zval *source;

    ZVAL_DEREF(given);
    if (is_webhook(given)) {
        reserve(sources, 1);
        return add(sources, NULL, Z_OBJ_P(given));
    }
    reserve(sources, MAX(1, zend_hash_num_elements(Z_ARRVAL_P(given))));
    ZEND_HASH_FOREACH_STR_KEY_VAL(Z_ARRVAL_P(given), name, source) {
        ZVAL_DEREF(source);
        if (name == NULL) {
            zend_argument_value_error(argument, "must have a name for each webhook, which its deliveries are kept under: ['kasko' => $webhook]");
            return false;
        }
        if (!(is_webhook(source) ? add(sources, name, Z_OBJ_P(source)) : add_ordered(sources, name, source, argument))) {
            return false;
        }
    } ZEND_HASH_FOREACH_END();
    return true;
}

void php_hookseal_sources_settle(php_hookseal_sources *sources)
{
    if (sources->items != NULL) {
        efree(sources->items);
        sources->items = NULL;
    }
}

void php_hookseal_sources_free(php_hookseal_sources *sources)
{
    php_hookseal_sources_settle(sources);
    while (sources->count > 0) {
        php_hookseal_source *source = &sources->sources[--sources->count];
        if (source->name != NULL) {
            zend_string_release(source->name);
        }
        php_hookseal_prepared_release(source->prepared);
    }
    if (sources->sources != NULL) {
        efree(sources->sources);
        sources->sources = NULL;
    }
}

const php_hookseal_prepared *php_hookseal_sources_find(const php_hookseal_sources *sources, const zend_string *name)
{
    for (size_t index = 0; name != NULL && index < sources->count; index++) {
        const zend_string *own = sources->sources[index].name;
        if (own != NULL && zend_string_equals(own, name)) {
            return sources->sources[index].prepared;
        }
    }
    return sources->sources[0].prepared;
}
