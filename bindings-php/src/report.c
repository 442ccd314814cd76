#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include "report.h"

#include "classes.h"
#include "json.h"

typedef struct {
    hookseal_report *report;
    zend_object std;
} report_object;

/* In the order of the stub. */
enum { VERIFIES, ERROR, FINDINGS, RULED_OUT };
enum { CODE, WHAT, FIX, EVIDENCE, PROVEN, SECRET };

static zend_object_handlers handlers;

static report_object *fetch(zend_object *object)
{
    return (report_object *) ((char *) object - XtOffsetOf(report_object, std));
}

static zend_object *create(zend_class_entry *ce)
{
    report_object *self = zend_object_alloc(sizeof(report_object), ce);

    zend_object_std_init(&self->std, ce);
    object_properties_init(&self->std, ce);
    self->std.handlers = &handlers;
    return &self->std;
}

static void free_object(zend_object *object)
{
    hookseal_report_free(fetch(object)->report);
    zend_object_std_dtor(object);
}

hookseal_report **php_hookseal_report_new(zval *report)
{
    object_init_ex(report, php_hookseal_ce.report);
    return &fetch(Z_OBJ_P(report))->report;
}

/* A class with its own way to make objects cannot be instantiated without its constructor. */
static zend_object *create_finding(zend_class_entry *ce)
{
    zend_object *object = zend_objects_new(ce);

    object_properties_init(object, ce);
    return object;
}

static void set_text(zval *place, hookseal_str text)
{
    ZVAL_STRINGL(place, text.data, text.len);
}

static void add_finding(zval *list, const hookseal_finding *finding)
{
    zval value;
    zend_object *object;

    object_init_ex(&value, php_hookseal_ce.finding);
    add_next_index_zval(list, &value);
    object = Z_OBJ(value);
    set_text(OBJ_PROP_NUM(object, CODE), finding->code);
    set_text(OBJ_PROP_NUM(object, WHAT), finding->what);
    set_text(OBJ_PROP_NUM(object, FIX), finding->fix);
    set_text(OBJ_PROP_NUM(object, EVIDENCE), finding->evidence);
    ZVAL_BOOL(OBJ_PROP_NUM(object, PROVEN), finding->proven);
    if (finding->has_secret) {
        ZVAL_LONG(OBJ_PROP_NUM(object, SECRET), (zend_long) finding->secret);
    } else {
        ZVAL_NULL(OBJ_PROP_NUM(object, SECRET));
    }
}

void php_hookseal_report_fill(zval *value)
{
    zend_object *object = Z_OBJ_P(value);
    const hookseal_report *report = fetch(object)->report;
    zval *findings = OBJ_PROP_NUM(object, FINDINGS), *ruled_out = OBJ_PROP_NUM(object, RULED_OUT);
    size_t count = hookseal_report_finding_count(report);

    ZVAL_BOOL(OBJ_PROP_NUM(object, VERIFIES), hookseal_report_verifies(report));
    if (hookseal_report_verifies(report)) {
        ZVAL_NULL(OBJ_PROP_NUM(object, ERROR));
    } else {
        set_text(OBJ_PROP_NUM(object, ERROR), hookseal_status_code(hookseal_report_status(report)));
    }
    array_init_size(findings, count);
    for (size_t index = 0; index < count; index++) {
        hookseal_finding finding = hookseal_report_finding(report, index);
        add_finding(findings, &finding);
    }
    count = hookseal_report_ruled_out_count(report);
    array_init_size(ruled_out, count);
    for (size_t index = 0; index < count; index++) {
        hookseal_str tried = hookseal_report_ruled_out(report, index);
        add_next_index_stringl(ruled_out, tried.data, tried.len);
    }
}

/* Private, so that nothing but explaining makes a report. */
ZEND_METHOD(Hookseal_Report, __construct)
{
    ZEND_PARSE_PARAMETERS_NONE();
}

ZEND_METHOD(Hookseal_Report, __toString)
{
    hookseal_str text;

    ZEND_PARSE_PARAMETERS_NONE();
    text = hookseal_report_text(fetch(Z_OBJ_P(ZEND_THIS))->report);
    RETURN_STRINGL(text.data, text.len);
}

ZEND_METHOD(Hookseal_Report, jsonSerialize)
{
    ZEND_PARSE_PARAMETERS_NONE();
    php_hookseal_json(return_value, hookseal_report_json(fetch(Z_OBJ_P(ZEND_THIS))->report));
}

ZEND_METHOD(Hookseal_Finding, __construct)
{
    ZEND_PARSE_PARAMETERS_NONE();
}

void php_hookseal_report_startup(void)
{
    php_hookseal_ce.report->create_object = create;
    php_hookseal_ce.finding->create_object = create_finding;
    memcpy(&handlers, &std_object_handlers, sizeof(handlers));
    handlers.offset = XtOffsetOf(report_object, std);
    handlers.free_obj = free_object;
    handlers.clone_obj = NULL;
}
