/* An operation of an inbox, whose statements run on a Hookseal\Connection. */

#ifndef HOOKSEAL_PHP_OPERATION_H
#define HOOKSEAL_PHP_OPERATION_H

#include "hookseal.h"
#include "php.h"

/* Begins as zeros. It stands in an object, so that it is freed even where PHP ends in the middle. */
typedef struct {
    hookseal_operation *operation;
    hookseal_step *step;
    /* Why it failed: the program's code may run before that is thrown. */
    hookseal_error *error;
} php_hookseal_operation;

/* Whether a transaction is open on the connection; false if something was thrown. */
bool php_hookseal_connection_state(zend_object *connection, hookseal_transaction *transaction);

/* Takes what was thrown if it is the database's: true. Else it is thrown on. */
bool php_hookseal_connection_forgives(zend_object *connection);

/* Runs an operation that has not begun on the connection: its last step has what it gave. The connection is the program's
 * code. False if something was thrown. Freed by php_hookseal_operation_free() in any case. */
bool php_hookseal_operation_run(php_hookseal_operation *operation, zend_object *connection);
void php_hookseal_operation_free(php_hookseal_operation *operation);

#endif
