#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "containers.h"

/* The methods of a kind of containers: one gives the values of a name in any case, the other an array of all. Their
 * names are in lower case, as Zend keeps them. */
typedef struct {
    const char *one, *all;
} methods;

static const methods header_bag = {"all", "all"}, message = {"getheader", "getheaders"};

static const methods *methods_of(const zend_class_entry *ce)
{
    for (const zend_class_entry *own = ce; own != NULL; own = own->parent) {
        if (zend_string_equals_literal(own->name, "Symfony\\Component\\HttpFoundation\\HeaderBag")) {
            return &header_bag;
        }
    }
    for (uint32_t index = 0; index < ce->num_interfaces; index++) {
        if (zend_string_equals_literal(ce->interfaces[index]->name, "Psr\\Http\\Message\\MessageInterface")) {
            return &message;
        }
    }
    return NULL;
}

bool php_hookseal_is_container(const zend_object *object)
{
    return methods_of(object->ce) != NULL;
}

static zend_function *method(const zend_object *container, const char *name)
{
    return zend_hash_str_find_ptr(&container->ce->function_table, name, strlen(name));
}

bool php_hookseal_container_read(zval *headers, zend_object *container, const php_hookseal_wanted *wanted)
{
    zend_function *one = method(container, methods_of(container->ce)->one);

    array_init_size(headers, wanted->count);
    for (size_t index = 0; index < wanted->count; index++) {
        const zend_string *name = wanted->names[index];
        zval argument, values;

        if (EXPECTED(wanted->is_permanent)) {
            ZVAL_INTERNED_STR(&argument, wanted->names[index]);
        } else {
            ZVAL_STRINGL(&argument, ZSTR_VAL(name), ZSTR_LEN(name));
        }
        ZVAL_NULL(&values);
        zend_call_known_instance_method_with_1_params(one, container, &values, &argument);
        zend_hash_update(Z_ARRVAL_P(headers), Z_STR(argument), &values);
        zval_ptr_dtor(&argument);
        if (UNEXPECTED(EG(exception))) {
            zval_ptr_dtor(headers);
            return false;
        }
    }
    return true;
}

bool php_hookseal_container_read_all(zval *headers, zend_object *container)
{
    const char *name = methods_of(container->ce)->all;

    ZVAL_NULL(headers);
    zend_call_known_instance_method_with_0_params(method(container, name), container, headers);
    if (EG(exception)) {
        zval_ptr_dtor(headers);
        return false;
    }
    if (Z_TYPE_P(headers) != IS_ARRAY) {
        zend_type_error("%s::%s() must give an array of headers, %s given", ZSTR_VAL(container->ce->name), name, zend_zval_type_name(headers));
        zval_ptr_dtor(headers);
        return false;
    }
    return true;
}
