#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "operation.h"

#include "exception.h"
#include "globals.h"
#include "text.h"
#include "zend_exceptions.h"

/* What one statement gave. */
typedef struct {
    /* What the connection returned, which the values point into. */
    zval returned;
    hookseal_value *values;
    size_t count, columns;
    uint64_t changed;
} reply;

/* Calls a method of the connection; false if something was thrown. */
static bool call(zend_object *connection, const char *name, size_t len, zval *returned, uint32_t count, zval *parameters)
{
    zend_function *method = zend_hash_str_find_ptr(&connection->ce->function_table, name, len);

    ZVAL_UNDEF(returned);
    zend_call_known_function(method, connection, connection->ce, returned, count, parameters, NULL);
    return EG(exception) == NULL;
}

static void add_parameters(zval *list, zval *types, const hookseal_step *step)
{
    static const char letters[] = {[HOOKSEAL_VALUE_INTEGER] = 'i', [HOOKSEAL_VALUE_TEXT] = 's', [HOOKSEAL_VALUE_BYTES] = 'b'};
    size_t count = hookseal_step_parameter_count(step);
    zend_string *kinds = zend_string_alloc(count, 0);

    array_init_size(list, count);
    for (size_t index = 0; index < count; index++) {
        hookseal_value value = hookseal_step_parameter(step, index);
        ZSTR_VAL(kinds)[index] = letters[value.type];
        if (value.is_null) {
            add_next_index_null(list);
        } else if (value.type == HOOKSEAL_VALUE_INTEGER) {
            add_next_index_long(list, (zend_long) value.integer);
        } else {
            add_next_index_stringl(list, value.text.data, value.text.len);
        }
    }
    ZSTR_VAL(kinds)[count] = '\0';
    ZVAL_STR(types, kinds);
}

/* Runs a step's statement; false if something was thrown. */
static bool run(zend_object *connection, const hookseal_step *step, zval *returned)
{
    enum { SQL, PARAMETERS, TYPES, KIND, COUNT };
    hookseal_step_kind kind = hookseal_step_kind_of(step);
    hookseal_str sql = hookseal_step_sql(step);
    zval parameters[COUNT];
    bool is_run;

    ZVAL_STRINGL(&parameters[SQL], sql.data, sql.len);
    add_parameters(&parameters[PARAMETERS], &parameters[TYPES], step);
    ZVAL_STRING(&parameters[KIND], kind == HOOKSEAL_STEP_QUERY ? "query" : kind == HOOKSEAL_STEP_CHANGE ? "change" : "transaction");
    is_run = call(connection, ZEND_STRL("run"), returned, COUNT, parameters);
    for (size_t index = 0; index < COUNT; index++) {
        zval_ptr_dtor(&parameters[index]);
    }
    return is_run;
}

static bool read_value(hookseal_value *value, const zval *given)
{
    *value = (hookseal_value) {.type = HOOKSEAL_VALUE_INTEGER};
    ZVAL_DEREF(given);
    switch (Z_TYPE_P(given)) {
        case IS_NULL:
            value->is_null = true;
            return true;
        case IS_FALSE:
        case IS_TRUE:
            value->integer = Z_TYPE_P(given) == IS_TRUE;
            return true;
        case IS_LONG:
            value->integer = Z_LVAL_P(given);
            return true;
        case IS_STRING:
            /* Whether it is text or bytes, the library knows by where it stands. */
            value->type = HOOKSEAL_VALUE_TEXT;
            value->text = php_hookseal_text(Z_STR_P(given));
            return true;
        default:
            zend_type_error("Hookseal\\Connection::run() must return rows of int, string, bool and null, %s found", zend_zval_type_name(given));
            return false;
    }
}

static bool read_row(reply *made, const zval *row)
{
    zval *value;

    ZVAL_DEREF(row);
    if (Z_TYPE_P(row) != IS_ARRAY || (made->count > 0 && zend_hash_num_elements(Z_ARRVAL_P(row)) != made->columns)) {
        zend_type_error("Hookseal\\Connection::run() must return rows that are lists of the same length");
        return false;
    }
    if (made->count == 0) {
        made->columns = zend_hash_num_elements(Z_ARRVAL_P(row));
    }
    made->values = safe_erealloc(made->values, made->count + made->columns, sizeof(*made->values), sizeof(*made->values));
    ZEND_HASH_FOREACH_VAL(Z_ARRVAL_P(row), value) {
        if (!read_value(&made->values[made->count], value)) {
            return false;
        }
        made->count++;
    } ZEND_HASH_FOREACH_END();
    return true;
}

/* Reads what the connection returned; false if something was thrown. */
static bool read_reply(reply *made, bool is_query)
{
    zval *row;

    if (!is_query) {
        if (Z_TYPE(made->returned) == IS_LONG && Z_LVAL(made->returned) >= 0) {
            made->changed = (uint64_t) Z_LVAL(made->returned);
            return true;
        }
        zend_type_error("Hookseal\\Connection::run() must return how many rows were changed");
        return false;
    }
    if (Z_TYPE(made->returned) != IS_ARRAY) {
        zend_type_error("Hookseal\\Connection::run() must return the rows of a query");
        return false;
    }
    ZEND_HASH_FOREACH_VAL(Z_ARRVAL(made->returned), row) {
        if (!read_row(made, row)) {
            return false;
        }
    } ZEND_HASH_FOREACH_END();
    return true;
}

/* What a driver threw, for the library. It points into the exception. */
typedef struct {
    zval numbers, message;
    int64_t code;
    hookseal_database_error error;
} failure;

/* Whether it is the database's; not if something else was thrown on the way. */
static bool read_failure(failure *made, zend_object *connection, zend_object *thrown)
{
    zval parameter, *state, *code;

    ZVAL_OBJ(&parameter, thrown);
    if (!call(connection, ZEND_STRL("failure"), &made->numbers, 1, &parameter) || Z_TYPE(made->numbers) != IS_ARRAY) {
        return false;
    }
    state = zend_hash_index_find(Z_ARRVAL(made->numbers), 0);
    code = zend_hash_index_find(Z_ARRVAL(made->numbers), 1);
    if (state != NULL && Z_TYPE_P(state) == IS_STRING) {
        made->error.sqlstate = php_hookseal_text(Z_STR_P(state));
    }
    if (code != NULL && Z_TYPE_P(code) == IS_LONG) {
        made->code = Z_LVAL_P(code);
        made->error.code = &made->code;
    }
    ZVAL_COPY(&made->message, zend_read_property_ex(zend_get_exception_base(thrown), thrown, ZSTR_KNOWN(ZEND_STR_MESSAGE), 1, &parameter));
    if (Z_TYPE(made->message) == IS_STRING) {
        made->error.message = php_hookseal_text(Z_STR(made->message));
    }
    return true;
}

/* What was thrown, for the operation to end by; NULL if PHP ends, or the fiber. */
static zend_object *take_thrown(void)
{
    zend_object *thrown = EG(exception);

    if (zend_is_unwind_exit(thrown) || zend_is_graceful_exit(thrown)) {
        return NULL;
    }
    GC_ADDREF(thrown);
    zend_clear_exception();
    return thrown;
}

bool php_hookseal_connection_forgives(zend_object *connection)
{
    failure told = {0};
    zend_object *thrown = take_thrown();
    bool is_forgiven;
    zval exception;

    if (thrown == NULL) {
        return false;
    }
    ZVAL_UNDEF(&told.numbers);
    ZVAL_UNDEF(&told.message);
    is_forgiven = read_failure(&told, connection, thrown);
    zval_ptr_dtor(&told.numbers);
    zval_ptr_dtor(&told.message);
    if (is_forgiven || EG(exception)) {
        OBJ_RELEASE(thrown);
        return is_forgiven && !EG(exception);
    }
    ZVAL_OBJ(&exception, thrown);
    zend_throw_exception_object(&exception);
    return false;
}

/* Tells the operation that its statement failed. What was thrown and is not the database's is kept, to be thrown again once
 * the operation has rolled back. */
static hookseal_status fail(php_hookseal_operation *self, zend_object *connection, zend_object *thrown, bool is_driver, zend_object **kept, hookseal_step **next)
{
    failure told = {.error = {.size = sizeof(told.error)}};
    hookseal_status status;

    ZVAL_UNDEF(&told.numbers);
    ZVAL_UNDEF(&told.message);
    if ((!is_driver || !read_failure(&told, connection, thrown)) && *kept == NULL) {
        zend_object *other = EG(exception) ? take_thrown() : NULL;
        *kept = other != NULL ? other : thrown;
        if (other == NULL) {
            GC_ADDREF(thrown);
        }
    }
    status = hookseal_operation_failed(self->operation, &told.error, next, &self->error);
    zval_ptr_dtor(&told.numbers);
    zval_ptr_dtor(&told.message);
    OBJ_RELEASE(thrown);
    return status;
}

/* Runs the step's statement and makes the next step. HOOKSEAL_OK without one if PHP ends. */
static hookseal_status advance(php_hookseal_operation *self, zend_object *connection, zend_object **kept, hookseal_step **next)
{
    bool is_query = hookseal_step_kind_of(self->step) == HOOKSEAL_STEP_QUERY, is_run;
    hookseal_status status = HOOKSEAL_OK;
    reply made = {0};

    is_run = run(connection, self->step, &made.returned);
    if (is_run && read_reply(&made, is_query)) {
        status = is_query ? hookseal_operation_rows(self->operation, made.values, made.count, made.columns, next, &self->error)
                          : hookseal_operation_changed(self->operation, made.changed, next, &self->error);
    } else {
        zend_object *thrown = take_thrown();
        if (thrown != NULL) {
            status = fail(self, connection, thrown, !is_run, kept, next);
        }
    }
    if (made.values != NULL) {
        efree(made.values);
    }
    zval_ptr_dtor(&made.returned);
    return status;
}

bool php_hookseal_connection_state(zend_object *connection, hookseal_transaction *transaction)
{
    zval state;

    *transaction = HOOKSEAL_TRANSACTION_UNKNOWN;
    if (!call(connection, ZEND_STRL("intransaction"), &state, 0, NULL)) {
        /* The first statement will say it again. */
        return php_hookseal_connection_forgives(connection);
    }
    if (Z_TYPE(state) == IS_TRUE) {
        *transaction = HOOKSEAL_TRANSACTION_OPEN;
    } else if (Z_TYPE(state) == IS_FALSE) {
        *transaction = HOOKSEAL_TRANSACTION_CLOSED;
    }
    return true;
}

bool php_hookseal_operation_run(php_hookseal_operation *self, zend_object *connection)
{
    hookseal_status status = hookseal_operation_start(self->operation, &self->step, &self->error);
    zend_object *kept = NULL;

    GC_ADDREF(connection);
    while (status == HOOKSEAL_OK && hookseal_step_kind_of(self->step) != HOOKSEAL_STEP_DONE && !EG(exception)) {
        hookseal_step *next = NULL;
        status = advance(self, connection, &kept, &next);
        hookseal_step_free(self->step);
        self->step = next;
    }
    OBJ_RELEASE(connection);
    if (kept != NULL && !EG(exception)) {
        zval exception;
        ZVAL_OBJ(&exception, kept);
        zend_throw_exception_object(&exception);
        return false;
    }
    if (kept != NULL) {
        OBJ_RELEASE(kept);
    }
    if (status != HOOKSEAL_OK && !EG(exception)) {
        php_hookseal_error_clear();
        HOOKSEAL_G(error) = self->error;
        self->error = NULL;
        php_hookseal_throw_inbox();
    }
    return !EG(exception);
}

void php_hookseal_operation_free(php_hookseal_operation *self)
{
    hookseal_step_free(self->step);
    hookseal_operation_free(self->operation);
    hookseal_error_free(self->error);
    *self = (php_hookseal_operation) {0};
}
