/* The classes, registered at start-up and never written to after: all that the extension shares
 * between requests and threads. */

#ifndef HOOKSEAL_PHP_CLASSES_H
#define HOOKSEAL_PHP_CLASSES_H

#include "php.h"

typedef struct {
    zend_class_entry *webhook;
    zend_class_entry *event;
    zend_class_entry *scheme;
    zend_class_entry *handshake;
    zend_class_entry *report;
    zend_class_entry *finding;
    zend_class_entry *exception;
    zend_class_entry *verification;
    zend_class_entry *missing_header;
    zend_class_entry *malformed_header;
    zend_class_entry *signature_mismatch;
    zend_class_entry *timestamp;
    zend_class_entry *payload;
    zend_class_entry *body_exception;
    zend_class_entry *configuration;
    zend_class_entry *inbox_exception;
    zend_class_entry *connection;
    zend_class_entry *inbox;
    zend_class_entry *received;
    zend_class_entry *claimed;
} php_hookseal_classes;

extern php_hookseal_classes php_hookseal_ce;

/* What each class needs beside its registration. */
void php_hookseal_webhook_startup(zend_class_entry *ce);
void php_hookseal_event_startup(zend_class_entry *ce);
void php_hookseal_scheme_startup(zend_class_entry *ce);
void php_hookseal_report_startup(void);
void php_hookseal_inbox_startup(void);
void php_hookseal_delivery_startup(void);
void php_hookseal_exception_startup(void);

#endif
