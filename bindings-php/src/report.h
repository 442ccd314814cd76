/* Hookseal\Report and Hookseal\Finding. */

#ifndef HOOKSEAL_PHP_REPORT_H
#define HOOKSEAL_PHP_REPORT_H

#include "hookseal.h"
#include "php.h"

/* Makes a report that has yet to be found out into the place that it gives, and that owns what is
 * written there. */
hookseal_report **php_hookseal_report_new(zval *report);

/* Fills the properties, once it is there. */
void php_hookseal_report_fill(zval *report);

#endif
