/* This is a generated file, edit the .stub.php file instead.
 * Stub hash: 53844dd0a8ee4b4e92593458ad6029629b15f95e */

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Hookseal_Webhook___construct, 0, 0, 2)
	ZEND_ARG_OBJ_TYPE_MASK(0, provider, Hookseal\\Scheme, MAY_BE_STRING, NULL)
	ZEND_ARG_TYPE_MASK(0, secret, MAY_BE_STRING|MAY_BE_ARRAY, NULL)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, options, IS_ARRAY, 0, "[]")
	ZEND_ARG_TYPE_MASK(0, tolerance, MAY_BE_LONG|MAY_BE_DOUBLE|MAY_BE_NULL, "null")
	ZEND_ARG_OBJ_TYPE_MASK(0, scheme, Hookseal\\Scheme, MAY_BE_STRING|MAY_BE_ARRAY|MAY_BE_NULL, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, constants, IS_ARRAY, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, origin, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, acceptUnsigned, _IS_BOOL, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Hookseal_Webhook_verify, 0, 2, Hookseal\\Event, 0)
	ZEND_ARG_TYPE_INFO(0, body, IS_STRING, 0)
	ZEND_ARG_TYPE_MASK(0, headers, MAY_BE_ARRAY|MAY_BE_OBJECT|MAY_BE_STRING|MAY_BE_NULL, NULL)
	ZEND_ARG_OBJ_TYPE_MASK(0, now, DateTimeInterface, MAY_BE_LONG|MAY_BE_DOUBLE|MAY_BE_NULL, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, method, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, url, IS_STRING, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Hookseal_Webhook_handshake, 0, 2, Hookseal\\Handshake, 1)
	ZEND_ARG_TYPE_INFO(0, body, IS_STRING, 0)
	ZEND_ARG_TYPE_MASK(0, headers, MAY_BE_ARRAY|MAY_BE_OBJECT|MAY_BE_STRING|MAY_BE_NULL, NULL)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, method, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, url, IS_STRING, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Hookseal_Webhook_explain, 0, 2, Hookseal\\Report, 0)
	ZEND_ARG_TYPE_INFO(0, body, IS_STRING, 0)
	ZEND_ARG_TYPE_MASK(0, headers, MAY_BE_ARRAY|MAY_BE_OBJECT|MAY_BE_STRING|MAY_BE_NULL, NULL)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, options, IS_ARRAY, 0, "[]")
	ZEND_ARG_TYPE_MASK(0, secrets, MAY_BE_STRING|MAY_BE_ARRAY|MAY_BE_NULL, "null")
	ZEND_ARG_OBJ_TYPE_MASK(0, now, DateTimeInterface, MAY_BE_LONG|MAY_BE_DOUBLE|MAY_BE_NULL, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, method, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, url, IS_STRING, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Hookseal_Webhook_sign, 0, 1, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO(0, body, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, type, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, id, IS_STRING, 1, "null")
	ZEND_ARG_OBJ_TYPE_MASK(0, timestamp, DateTimeInterface, MAY_BE_LONG|MAY_BE_DOUBLE|MAY_BE_NULL, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, method, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, url, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, headers, IS_ARRAY, 0, "[]")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, privateKey, IS_STRING, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Hookseal_Event___construct, 0, 0, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Hookseal_Event_jsonSerialize, 0, 0, IS_ARRAY, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Hookseal_Scheme___construct, 0, 0, 1)
	ZEND_ARG_TYPE_MASK(0, definition, MAY_BE_STRING|MAY_BE_ARRAY, NULL)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Hookseal_Scheme_provider, 0, 1, Hookseal\\Scheme, 0)
	ZEND_ARG_TYPE_INFO(0, name, IS_STRING, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Hookseal_Scheme_providers arginfo_class_Hookseal_Event_jsonSerialize

#define arginfo_class_Hookseal_Handshake___construct arginfo_class_Hookseal_Event___construct

#define arginfo_class_Hookseal_Report___construct arginfo_class_Hookseal_Event___construct

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Hookseal_Report___toString, 0, 0, IS_STRING, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Hookseal_Report_jsonSerialize arginfo_class_Hookseal_Event_jsonSerialize

#define arginfo_class_Hookseal_Finding___construct arginfo_class_Hookseal_Event___construct

#define arginfo_class_Hookseal_Connection_dialect arginfo_class_Hookseal_Report___toString

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Hookseal_Connection_inTransaction, 0, 0, _IS_BOOL, 1)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_MASK_EX(arginfo_class_Hookseal_Connection_run, 0, 4, MAY_BE_ARRAY|MAY_BE_LONG)
	ZEND_ARG_TYPE_INFO(0, sql, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, parameters, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO(0, types, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, kind, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Hookseal_Connection_failure, 0, 1, IS_ARRAY, 1)
	ZEND_ARG_OBJ_INFO(0, thrown, Throwable, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Hookseal_Connection_transaction, 0, 1, IS_MIXED, 0)
	ZEND_ARG_TYPE_INFO(0, work, IS_CALLABLE, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Hookseal_Connection_reconnect, 0, 0, _IS_BOOL, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_INFO_EX(arginfo_class_Hookseal_Inbox___construct, 0, 0, 2)
	ZEND_ARG_OBJ_INFO(0, connection, Hookseal\\Connection, 0)
	ZEND_ARG_OBJ_TYPE_MASK(0, sources, Hookseal\\Webhook, MAY_BE_ARRAY, NULL)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, options, IS_ARRAY, 0, "[]")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, prefix, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, backoff, IS_ARRAY, 1, "null")
	ZEND_ARG_TYPE_MASK(0, lease, MAY_BE_LONG|MAY_BE_DOUBLE|MAY_BE_NULL, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Hookseal_Inbox_schema, 0, 1, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, dialect, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, prefix, IS_STRING, 1, "null")
ZEND_END_ARG_INFO()

#define arginfo_class_Hookseal_Inbox_migrate arginfo_class_Hookseal_Connection_reconnect

ZEND_BEGIN_ARG_WITH_RETURN_OBJ_INFO_EX(arginfo_class_Hookseal_Inbox_receive, 0, 2, Hookseal\\Received, 0)
	ZEND_ARG_TYPE_INFO(0, body, IS_STRING, 0)
	ZEND_ARG_TYPE_MASK(0, headers, MAY_BE_ARRAY|MAY_BE_OBJECT|MAY_BE_STRING|MAY_BE_NULL, NULL)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, source, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, method, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, url, IS_STRING, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Hookseal_Inbox_once, 0, 1, _IS_BOOL, 0)
	ZEND_ARG_OBJ_INFO(0, event, Hookseal\\Event, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, source, IS_STRING, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Hookseal_Inbox_claim, 0, 0, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, limit, IS_LONG, 0, "1")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Hookseal_Inbox_savepoint, 0, 1, IS_VOID, 0)
	ZEND_ARG_OBJ_INFO(0, claimed, Hookseal\\Claimed, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Hookseal_Inbox_complete arginfo_class_Hookseal_Inbox_savepoint

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Hookseal_Inbox_release, 0, 2, IS_DOUBLE, 1)
	ZEND_ARG_OBJ_INFO(0, claimed, Hookseal\\Claimed, 0)
	ZEND_ARG_TYPE_INFO(0, error, IS_STRING, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Hookseal_Inbox_dead, 0, 2, IS_VOID, 0)
	ZEND_ARG_OBJ_INFO(0, claimed, Hookseal\\Claimed, 0)
	ZEND_ARG_TYPE_INFO(0, error, IS_STRING, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Hookseal_Inbox_extend arginfo_class_Hookseal_Inbox_savepoint

#define arginfo_class_Hookseal_Inbox_stats arginfo_class_Hookseal_Event_jsonSerialize

#define arginfo_class_Hookseal_Inbox_openmetrics arginfo_class_Hookseal_Report___toString

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Hookseal_Inbox_list, 0, 0, IS_ARRAY, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, state, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, source, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, before, IS_LONG, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, limit, IS_LONG, 0, "100")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, eventType, IS_STRING, 1, "null")
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, search, IS_STRING, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Hookseal_Inbox_show, 0, 1, IS_ARRAY, 1)
	ZEND_ARG_TYPE_INFO(0, seq, IS_LONG, 0)
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Hookseal_Inbox_retry, 0, 0, IS_LONG, 0)
	ZEND_ARG_TYPE_INFO_WITH_DEFAULT_VALUE(0, seq, IS_LONG, 1, "null")
ZEND_END_ARG_INFO()

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Hookseal_Inbox_replay, 0, 1, _IS_BOOL, 0)
	ZEND_ARG_TYPE_INFO(0, seq, IS_LONG, 0)
ZEND_END_ARG_INFO()

#define arginfo_class_Hookseal_Inbox_discard arginfo_class_Hookseal_Inbox_replay

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Hookseal_Inbox_prune, 0, 0, IS_LONG, 0)
	ZEND_ARG_TYPE_MASK(0, keep, MAY_BE_LONG|MAY_BE_DOUBLE|MAY_BE_NULL, "null")
ZEND_END_ARG_INFO()

#define arginfo_class_Hookseal_Received___construct arginfo_class_Hookseal_Event___construct

#define arginfo_class_Hookseal_Claimed___construct arginfo_class_Hookseal_Event___construct

#define arginfo_class_Hookseal_Body___construct arginfo_class_Hookseal_Event___construct

ZEND_BEGIN_ARG_WITH_RETURN_TYPE_INFO_EX(arginfo_class_Hookseal_Body_decode, 0, 3, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, body, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, contentEncoding, IS_STRING, 0)
	ZEND_ARG_TYPE_INFO(0, maxBody, IS_LONG, 0)
ZEND_END_ARG_INFO()


ZEND_METHOD(Hookseal_Webhook, __construct);
ZEND_METHOD(Hookseal_Webhook, verify);
ZEND_METHOD(Hookseal_Webhook, handshake);
ZEND_METHOD(Hookseal_Webhook, explain);
ZEND_METHOD(Hookseal_Webhook, sign);
ZEND_METHOD(Hookseal_Event, __construct);
ZEND_METHOD(Hookseal_Event, jsonSerialize);
ZEND_METHOD(Hookseal_Scheme, __construct);
ZEND_METHOD(Hookseal_Scheme, provider);
ZEND_METHOD(Hookseal_Scheme, providers);
ZEND_METHOD(Hookseal_Handshake, __construct);
ZEND_METHOD(Hookseal_Report, __construct);
ZEND_METHOD(Hookseal_Report, __toString);
ZEND_METHOD(Hookseal_Report, jsonSerialize);
ZEND_METHOD(Hookseal_Finding, __construct);
ZEND_METHOD(Hookseal_Inbox, __construct);
ZEND_METHOD(Hookseal_Inbox, schema);
ZEND_METHOD(Hookseal_Inbox, migrate);
ZEND_METHOD(Hookseal_Inbox, receive);
ZEND_METHOD(Hookseal_Inbox, once);
ZEND_METHOD(Hookseal_Inbox, claim);
ZEND_METHOD(Hookseal_Inbox, savepoint);
ZEND_METHOD(Hookseal_Inbox, complete);
ZEND_METHOD(Hookseal_Inbox, release);
ZEND_METHOD(Hookseal_Inbox, dead);
ZEND_METHOD(Hookseal_Inbox, extend);
ZEND_METHOD(Hookseal_Inbox, stats);
ZEND_METHOD(Hookseal_Inbox, openmetrics);
ZEND_METHOD(Hookseal_Inbox, list);
ZEND_METHOD(Hookseal_Inbox, show);
ZEND_METHOD(Hookseal_Inbox, retry);
ZEND_METHOD(Hookseal_Inbox, replay);
ZEND_METHOD(Hookseal_Inbox, discard);
ZEND_METHOD(Hookseal_Inbox, prune);
ZEND_METHOD(Hookseal_Received, __construct);
ZEND_METHOD(Hookseal_Claimed, __construct);
ZEND_METHOD(Hookseal_Body, __construct);
ZEND_METHOD(Hookseal_Body, decode);


static const zend_function_entry class_Hookseal_Webhook_methods[] = {
	ZEND_ME(Hookseal_Webhook, __construct, arginfo_class_Hookseal_Webhook___construct, ZEND_ACC_PUBLIC)
	ZEND_ME(Hookseal_Webhook, verify, arginfo_class_Hookseal_Webhook_verify, ZEND_ACC_PUBLIC)
	ZEND_ME(Hookseal_Webhook, handshake, arginfo_class_Hookseal_Webhook_handshake, ZEND_ACC_PUBLIC)
	ZEND_ME(Hookseal_Webhook, explain, arginfo_class_Hookseal_Webhook_explain, ZEND_ACC_PUBLIC)
	ZEND_ME(Hookseal_Webhook, sign, arginfo_class_Hookseal_Webhook_sign, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


static const zend_function_entry class_Hookseal_Event_methods[] = {
	ZEND_ME(Hookseal_Event, __construct, arginfo_class_Hookseal_Event___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Hookseal_Event, jsonSerialize, arginfo_class_Hookseal_Event_jsonSerialize, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


static const zend_function_entry class_Hookseal_Scheme_methods[] = {
	ZEND_ME(Hookseal_Scheme, __construct, arginfo_class_Hookseal_Scheme___construct, ZEND_ACC_PUBLIC)
	ZEND_ME(Hookseal_Scheme, provider, arginfo_class_Hookseal_Scheme_provider, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Hookseal_Scheme, providers, arginfo_class_Hookseal_Scheme_providers, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_FE_END
};


static const zend_function_entry class_Hookseal_Handshake_methods[] = {
	ZEND_ME(Hookseal_Handshake, __construct, arginfo_class_Hookseal_Handshake___construct, ZEND_ACC_PRIVATE)
	ZEND_FE_END
};


static const zend_function_entry class_Hookseal_Report_methods[] = {
	ZEND_ME(Hookseal_Report, __construct, arginfo_class_Hookseal_Report___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Hookseal_Report, __toString, arginfo_class_Hookseal_Report___toString, ZEND_ACC_PUBLIC)
	ZEND_ME(Hookseal_Report, jsonSerialize, arginfo_class_Hookseal_Report_jsonSerialize, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


static const zend_function_entry class_Hookseal_Finding_methods[] = {
	ZEND_ME(Hookseal_Finding, __construct, arginfo_class_Hookseal_Finding___construct, ZEND_ACC_PRIVATE)
	ZEND_FE_END
};


static const zend_function_entry class_Hookseal_Connection_methods[] = {
	ZEND_ABSTRACT_ME_WITH_FLAGS(Hookseal_Connection, dialect, arginfo_class_Hookseal_Connection_dialect, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_ABSTRACT_ME_WITH_FLAGS(Hookseal_Connection, inTransaction, arginfo_class_Hookseal_Connection_inTransaction, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_ABSTRACT_ME_WITH_FLAGS(Hookseal_Connection, run, arginfo_class_Hookseal_Connection_run, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_ABSTRACT_ME_WITH_FLAGS(Hookseal_Connection, failure, arginfo_class_Hookseal_Connection_failure, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_ABSTRACT_ME_WITH_FLAGS(Hookseal_Connection, transaction, arginfo_class_Hookseal_Connection_transaction, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_ABSTRACT_ME_WITH_FLAGS(Hookseal_Connection, reconnect, arginfo_class_Hookseal_Connection_reconnect, ZEND_ACC_PUBLIC|ZEND_ACC_ABSTRACT)
	ZEND_FE_END
};


static const zend_function_entry class_Hookseal_Inbox_methods[] = {
	ZEND_ME(Hookseal_Inbox, __construct, arginfo_class_Hookseal_Inbox___construct, ZEND_ACC_PUBLIC)
	ZEND_ME(Hookseal_Inbox, schema, arginfo_class_Hookseal_Inbox_schema, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_ME(Hookseal_Inbox, migrate, arginfo_class_Hookseal_Inbox_migrate, ZEND_ACC_PUBLIC)
	ZEND_ME(Hookseal_Inbox, receive, arginfo_class_Hookseal_Inbox_receive, ZEND_ACC_PUBLIC)
	ZEND_ME(Hookseal_Inbox, once, arginfo_class_Hookseal_Inbox_once, ZEND_ACC_PUBLIC)
	ZEND_ME(Hookseal_Inbox, claim, arginfo_class_Hookseal_Inbox_claim, ZEND_ACC_PUBLIC)
	ZEND_ME(Hookseal_Inbox, savepoint, arginfo_class_Hookseal_Inbox_savepoint, ZEND_ACC_PUBLIC)
	ZEND_ME(Hookseal_Inbox, complete, arginfo_class_Hookseal_Inbox_complete, ZEND_ACC_PUBLIC)
	ZEND_ME(Hookseal_Inbox, release, arginfo_class_Hookseal_Inbox_release, ZEND_ACC_PUBLIC)
	ZEND_ME(Hookseal_Inbox, dead, arginfo_class_Hookseal_Inbox_dead, ZEND_ACC_PUBLIC)
	ZEND_ME(Hookseal_Inbox, extend, arginfo_class_Hookseal_Inbox_extend, ZEND_ACC_PUBLIC)
	ZEND_ME(Hookseal_Inbox, stats, arginfo_class_Hookseal_Inbox_stats, ZEND_ACC_PUBLIC)
	ZEND_ME(Hookseal_Inbox, openmetrics, arginfo_class_Hookseal_Inbox_openmetrics, ZEND_ACC_PUBLIC)
	ZEND_ME(Hookseal_Inbox, list, arginfo_class_Hookseal_Inbox_list, ZEND_ACC_PUBLIC)
	ZEND_ME(Hookseal_Inbox, show, arginfo_class_Hookseal_Inbox_show, ZEND_ACC_PUBLIC)
	ZEND_ME(Hookseal_Inbox, retry, arginfo_class_Hookseal_Inbox_retry, ZEND_ACC_PUBLIC)
	ZEND_ME(Hookseal_Inbox, replay, arginfo_class_Hookseal_Inbox_replay, ZEND_ACC_PUBLIC)
	ZEND_ME(Hookseal_Inbox, discard, arginfo_class_Hookseal_Inbox_discard, ZEND_ACC_PUBLIC)
	ZEND_ME(Hookseal_Inbox, prune, arginfo_class_Hookseal_Inbox_prune, ZEND_ACC_PUBLIC)
	ZEND_FE_END
};


static const zend_function_entry class_Hookseal_Received_methods[] = {
	ZEND_ME(Hookseal_Received, __construct, arginfo_class_Hookseal_Received___construct, ZEND_ACC_PRIVATE)
	ZEND_FE_END
};


static const zend_function_entry class_Hookseal_Claimed_methods[] = {
	ZEND_ME(Hookseal_Claimed, __construct, arginfo_class_Hookseal_Claimed___construct, ZEND_ACC_PRIVATE)
	ZEND_FE_END
};


static const zend_function_entry class_Hookseal_Exception_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Hookseal_VerificationException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Hookseal_MissingHeaderException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Hookseal_MalformedHeaderException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Hookseal_SignatureMismatchException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Hookseal_TimestampException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Hookseal_PayloadException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Hookseal_ConfigurationException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Hookseal_BodyException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Hookseal_InboxException_methods[] = {
	ZEND_FE_END
};


static const zend_function_entry class_Hookseal_Body_methods[] = {
	ZEND_ME(Hookseal_Body, __construct, arginfo_class_Hookseal_Body___construct, ZEND_ACC_PRIVATE)
	ZEND_ME(Hookseal_Body, decode, arginfo_class_Hookseal_Body_decode, ZEND_ACC_PUBLIC|ZEND_ACC_STATIC)
	ZEND_FE_END
};

static zend_class_entry *register_class_Hookseal_Webhook(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Hookseal", "Webhook", class_Hookseal_Webhook_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_provider_default_value;
	ZVAL_UNDEF(&property_provider_default_value);
	zend_string *property_provider_name = zend_string_init("provider", sizeof("provider") - 1, 1);
	zend_declare_typed_property(class_entry, property_provider_name, &property_provider_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_provider_name);

	zval property_maxBody_default_value;
	ZVAL_UNDEF(&property_maxBody_default_value);
	zend_string *property_maxBody_name = zend_string_init("maxBody", sizeof("maxBody") - 1, 1);
	zend_declare_typed_property(class_entry, property_maxBody_name, &property_maxBody_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_maxBody_name);

	zval property_warnings_default_value;
	ZVAL_UNDEF(&property_warnings_default_value);
	zend_string *property_warnings_name = zend_string_init("warnings", sizeof("warnings") - 1, 1);
	zend_declare_typed_property(class_entry, property_warnings_name, &property_warnings_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_warnings_name);

	zend_string *property_scheme_class_Hookseal_Scheme = zend_string_init("Hookseal\\Scheme", sizeof("Hookseal\\Scheme")-1, 1);
	zval property_scheme_default_value;
	ZVAL_UNDEF(&property_scheme_default_value);
	zend_string *property_scheme_name = zend_string_init("scheme", sizeof("scheme") - 1, 1);
	zend_declare_typed_property(class_entry, property_scheme_name, &property_scheme_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_scheme_class_Hookseal_Scheme, 0, 0));
	zend_string_release(property_scheme_name);
#if (PHP_VERSION_ID >= 80200)


	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "__construct", sizeof("__construct") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "__construct", sizeof("__construct") - 1), 1, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "__construct", sizeof("__construct") - 1), 2, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "__construct", sizeof("__construct") - 1), 5, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "verify", sizeof("verify") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "verify", sizeof("verify") - 1), 1, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "verify", sizeof("verify") - 1), 4, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "handshake", sizeof("handshake") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "handshake", sizeof("handshake") - 1), 1, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "handshake", sizeof("handshake") - 1), 3, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "explain", sizeof("explain") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "explain", sizeof("explain") - 1), 1, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "explain", sizeof("explain") - 1), 2, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "explain", sizeof("explain") - 1), 3, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "explain", sizeof("explain") - 1), 6, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "sign", sizeof("sign") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "sign", sizeof("sign") - 1), 7, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);
#endif

	return class_entry;
}

static zend_class_entry *register_class_Hookseal_Event(zend_class_entry *class_entry_JsonSerializable)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Hookseal", "Event", class_Hookseal_Event_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;
	zend_class_implements(class_entry, 1, class_entry_JsonSerializable);

	zval property_provider_default_value;
	ZVAL_UNDEF(&property_provider_default_value);
	zend_string *property_provider_name = zend_string_init("provider", sizeof("provider") - 1, 1);
	zend_declare_typed_property(class_entry, property_provider_name, &property_provider_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_provider_name);

	zval property_type_default_value;
	ZVAL_UNDEF(&property_type_default_value);
	zend_string *property_type_name = zend_string_init("type", sizeof("type") - 1, 1);
	zend_declare_typed_property(class_entry, property_type_name, &property_type_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_type_name);

	zval property_id_default_value;
	ZVAL_UNDEF(&property_id_default_value);
	zend_string *property_id_name = zend_string_init("id", sizeof("id") - 1, 1);
	zend_declare_typed_property(class_entry, property_id_name, &property_id_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_id_name);

	zend_string *property_createdAt_class_DateTimeImmutable = zend_string_init("DateTimeImmutable", sizeof("DateTimeImmutable")-1, 1);
	zval property_createdAt_default_value;
	ZVAL_UNDEF(&property_createdAt_default_value);
	zend_string *property_createdAt_name = zend_string_init("createdAt", sizeof("createdAt") - 1, 1);
	zend_declare_typed_property(class_entry, property_createdAt_name, &property_createdAt_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_createdAt_class_DateTimeImmutable, 0, MAY_BE_NULL));
	zend_string_release(property_createdAt_name);

	zval property_test_default_value;
	ZVAL_UNDEF(&property_test_default_value);
	zend_string *property_test_name = zend_string_init("test", sizeof("test") - 1, 1);
	zend_declare_typed_property(class_entry, property_test_name, &property_test_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_test_name);

	zval property_check_default_value;
	ZVAL_UNDEF(&property_check_default_value);
	zend_string *property_check_name = zend_string_init("check", sizeof("check") - 1, 1);
	zend_declare_typed_property(class_entry, property_check_name, &property_check_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_check_name);

	zval property_data_default_value;
	ZVAL_UNDEF(&property_data_default_value);
	zend_string *property_data_name = zend_string_init("data", sizeof("data") - 1, 1);
	zend_declare_typed_property(class_entry, property_data_name, &property_data_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ANY));
	zend_string_release(property_data_name);

	zval property_envelope_default_value;
	ZVAL_UNDEF(&property_envelope_default_value);
	zend_string *property_envelope_name = zend_string_init("envelope", sizeof("envelope") - 1, 1);
	zend_declare_typed_property(class_entry, property_envelope_name, &property_envelope_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ANY));
	zend_string_release(property_envelope_name);

	zval property_unsigned_default_value;
	ZVAL_UNDEF(&property_unsigned_default_value);
	zend_string *property_unsigned_name = zend_string_init("unsigned", sizeof("unsigned") - 1, 1);
	zend_declare_typed_property(class_entry, property_unsigned_name, &property_unsigned_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_unsigned_name);

	zval property_body_default_value;
	ZVAL_UNDEF(&property_body_default_value);
	zend_string *property_body_name = zend_string_init("body", sizeof("body") - 1, 1);
	zend_declare_typed_property(class_entry, property_body_name, &property_body_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_body_name);

	zval property_keyIndex_default_value;
	ZVAL_UNDEF(&property_keyIndex_default_value);
	zend_string *property_keyIndex_name = zend_string_init("keyIndex", sizeof("keyIndex") - 1, 1);
	zend_declare_typed_property(class_entry, property_keyIndex_name, &property_keyIndex_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_keyIndex_name);

	zval property_dedupeKey_default_value;
	ZVAL_UNDEF(&property_dedupeKey_default_value);
	zend_string *property_dedupeKey_name = zend_string_init("dedupeKey", sizeof("dedupeKey") - 1, 1);
	zend_declare_typed_property(class_entry, property_dedupeKey_name, &property_dedupeKey_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_dedupeKey_name);

	return class_entry;
}

static zend_class_entry *register_class_Hookseal_Scheme(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Hookseal", "Scheme", class_Hookseal_Scheme_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_name_default_value;
	ZVAL_UNDEF(&property_name_default_value);
	zend_string *property_name_name = zend_string_init("name", sizeof("name") - 1, 1);
	zend_declare_typed_property(class_entry, property_name_name, &property_name_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_name_name);

	zval property_title_default_value;
	ZVAL_UNDEF(&property_title_default_value);
	zend_string *property_title_name = zend_string_init("title", sizeof("title") - 1, 1);
	zend_declare_typed_property(class_entry, property_title_name, &property_title_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_title_name);

	zval property_unsigned_default_value;
	ZVAL_UNDEF(&property_unsigned_default_value);
	zend_string *property_unsigned_name = zend_string_init("unsigned", sizeof("unsigned") - 1, 1);
	zend_declare_typed_property(class_entry, property_unsigned_name, &property_unsigned_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_unsigned_name);

	zval property_weaknesses_default_value;
	ZVAL_UNDEF(&property_weaknesses_default_value);
	zend_string *property_weaknesses_name = zend_string_init("weaknesses", sizeof("weaknesses") - 1, 1);
	zend_declare_typed_property(class_entry, property_weaknesses_name, &property_weaknesses_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_weaknesses_name);

	zval property_constants_default_value;
	ZVAL_UNDEF(&property_constants_default_value);
	zend_string *property_constants_name = zend_string_init("constants", sizeof("constants") - 1, 1);
	zend_declare_typed_property(class_entry, property_constants_name, &property_constants_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_constants_name);

	zval property_signsRequest_default_value;
	ZVAL_UNDEF(&property_signsRequest_default_value);
	zend_string *property_signsRequest_name = zend_string_init("signsRequest", sizeof("signsRequest") - 1, 1);
	zend_declare_typed_property(class_entry, property_signsRequest_name, &property_signsRequest_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_signsRequest_name);

	zval property_hasHandshake_default_value;
	ZVAL_UNDEF(&property_hasHandshake_default_value);
	zend_string *property_hasHandshake_name = zend_string_init("hasHandshake", sizeof("hasHandshake") - 1, 1);
	zend_declare_typed_property(class_entry, property_hasHandshake_name, &property_hasHandshake_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_hasHandshake_name);

	return class_entry;
}

static zend_class_entry *register_class_Hookseal_Handshake(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Hookseal", "Handshake", class_Hookseal_Handshake_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_contentType_default_value;
	ZVAL_UNDEF(&property_contentType_default_value);
	zend_string *property_contentType_name = zend_string_init("contentType", sizeof("contentType") - 1, 1);
	zend_declare_typed_property(class_entry, property_contentType_name, &property_contentType_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_contentType_name);

	zval property_body_default_value;
	ZVAL_UNDEF(&property_body_default_value);
	zend_string *property_body_name = zend_string_init("body", sizeof("body") - 1, 1);
	zend_declare_typed_property(class_entry, property_body_name, &property_body_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_body_name);

	return class_entry;
}

static zend_class_entry *register_class_Hookseal_Report(zend_class_entry *class_entry_Stringable, zend_class_entry *class_entry_JsonSerializable)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Hookseal", "Report", class_Hookseal_Report_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;
	zend_class_implements(class_entry, 2, class_entry_Stringable, class_entry_JsonSerializable);

	zval property_verifies_default_value;
	ZVAL_UNDEF(&property_verifies_default_value);
	zend_string *property_verifies_name = zend_string_init("verifies", sizeof("verifies") - 1, 1);
	zend_declare_typed_property(class_entry, property_verifies_name, &property_verifies_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_verifies_name);

	zval property_error_default_value;
	ZVAL_UNDEF(&property_error_default_value);
	zend_string *property_error_name = zend_string_init("error", sizeof("error") - 1, 1);
	zend_declare_typed_property(class_entry, property_error_name, &property_error_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING|MAY_BE_NULL));
	zend_string_release(property_error_name);

	zval property_findings_default_value;
	ZVAL_UNDEF(&property_findings_default_value);
	zend_string *property_findings_name = zend_string_init("findings", sizeof("findings") - 1, 1);
	zend_declare_typed_property(class_entry, property_findings_name, &property_findings_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_findings_name);

	zval property_ruledOut_default_value;
	ZVAL_UNDEF(&property_ruledOut_default_value);
	zend_string *property_ruledOut_name = zend_string_init("ruledOut", sizeof("ruledOut") - 1, 1);
	zend_declare_typed_property(class_entry, property_ruledOut_name, &property_ruledOut_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_ARRAY));
	zend_string_release(property_ruledOut_name);

	return class_entry;
}

static zend_class_entry *register_class_Hookseal_Finding(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Hookseal", "Finding", class_Hookseal_Finding_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_code_default_value;
	ZVAL_UNDEF(&property_code_default_value);
	zend_string *property_code_name = zend_string_init("code", sizeof("code") - 1, 1);
	zend_declare_typed_property(class_entry, property_code_name, &property_code_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_code_name);

	zval property_what_default_value;
	ZVAL_UNDEF(&property_what_default_value);
	zend_string *property_what_name = zend_string_init("what", sizeof("what") - 1, 1);
	zend_declare_typed_property(class_entry, property_what_name, &property_what_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_what_name);

	zval property_fix_default_value;
	ZVAL_UNDEF(&property_fix_default_value);
	zend_string *property_fix_name = zend_string_init("fix", sizeof("fix") - 1, 1);
	zend_declare_typed_property(class_entry, property_fix_name, &property_fix_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_fix_name);

	zval property_evidence_default_value;
	ZVAL_UNDEF(&property_evidence_default_value);
	zend_string *property_evidence_name = zend_string_init("evidence", sizeof("evidence") - 1, 1);
	zend_declare_typed_property(class_entry, property_evidence_name, &property_evidence_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_evidence_name);

	zval property_proven_default_value;
	ZVAL_UNDEF(&property_proven_default_value);
	zend_string *property_proven_name = zend_string_init("proven", sizeof("proven") - 1, 1);
	zend_declare_typed_property(class_entry, property_proven_name, &property_proven_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_proven_name);

	zval property_secret_default_value;
	ZVAL_UNDEF(&property_secret_default_value);
	zend_string *property_secret_name = zend_string_init("secret", sizeof("secret") - 1, 1);
	zend_declare_typed_property(class_entry, property_secret_name, &property_secret_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_secret_name);

	return class_entry;
}

static zend_class_entry *register_class_Hookseal_Connection(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Hookseal", "Connection", class_Hookseal_Connection_methods);
	class_entry = zend_register_internal_interface(&ce);
#if (PHP_VERSION_ID >= 80200)


	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "run", sizeof("run") - 1), 1, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "failure", sizeof("failure") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);
#endif

	return class_entry;
}

static zend_class_entry *register_class_Hookseal_Inbox(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Hookseal", "Inbox", class_Hookseal_Inbox_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zend_string *property_connection_class_Hookseal_Connection = zend_string_init("Hookseal\\Connection", sizeof("Hookseal\\Connection")-1, 1);
	zval property_connection_default_value;
	ZVAL_UNDEF(&property_connection_default_value);
	zend_string *property_connection_name = zend_string_init("connection", sizeof("connection") - 1, 1);
	zend_declare_typed_property(class_entry, property_connection_name, &property_connection_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_connection_class_Hookseal_Connection, 0, 0));
	zend_string_release(property_connection_name);

	zval property_lease_default_value;
	ZVAL_UNDEF(&property_lease_default_value);
	zend_string *property_lease_name = zend_string_init("lease", sizeof("lease") - 1, 1);
	zend_declare_typed_property(class_entry, property_lease_name, &property_lease_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_DOUBLE));
	zend_string_release(property_lease_name);
#if (PHP_VERSION_ID >= 80200)


	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "receive", sizeof("receive") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "receive", sizeof("receive") - 1), 1, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);

	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "receive", sizeof("receive") - 1), 4, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);
#endif

	return class_entry;
}

static zend_class_entry *register_class_Hookseal_Received(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Hookseal", "Received", class_Hookseal_Received_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_outcome_default_value;
	ZVAL_UNDEF(&property_outcome_default_value);
	zend_string *property_outcome_name = zend_string_init("outcome", sizeof("outcome") - 1, 1);
	zend_declare_typed_property(class_entry, property_outcome_name, &property_outcome_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_outcome_name);

	zval property_isConflict_default_value;
	ZVAL_UNDEF(&property_isConflict_default_value);
	zend_string *property_isConflict_name = zend_string_init("isConflict", sizeof("isConflict") - 1, 1);
	zend_declare_typed_property(class_entry, property_isConflict_name, &property_isConflict_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_BOOL));
	zend_string_release(property_isConflict_name);

	zend_string *property_event_class_Hookseal_Event = zend_string_init("Hookseal\\Event", sizeof("Hookseal\\Event")-1, 1);
	zval property_event_default_value;
	ZVAL_UNDEF(&property_event_default_value);
	zend_string *property_event_name = zend_string_init("event", sizeof("event") - 1, 1);
	zend_declare_typed_property(class_entry, property_event_name, &property_event_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_event_class_Hookseal_Event, 0, 0));
	zend_string_release(property_event_name);

	return class_entry;
}

static zend_class_entry *register_class_Hookseal_Claimed(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Hookseal", "Claimed", class_Hookseal_Claimed_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;

	zval property_seq_default_value;
	ZVAL_UNDEF(&property_seq_default_value);
	zend_string *property_seq_name = zend_string_init("seq", sizeof("seq") - 1, 1);
	zend_declare_typed_property(class_entry, property_seq_name, &property_seq_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_seq_name);

	zval property_attempt_default_value;
	ZVAL_UNDEF(&property_attempt_default_value);
	zend_string *property_attempt_name = zend_string_init("attempt", sizeof("attempt") - 1, 1);
	zend_declare_typed_property(class_entry, property_attempt_name, &property_attempt_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_attempt_name);

	zval property_source_default_value;
	ZVAL_UNDEF(&property_source_default_value);
	zend_string *property_source_name = zend_string_init("source", sizeof("source") - 1, 1);
	zend_declare_typed_property(class_entry, property_source_name, &property_source_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_source_name);

	zend_string *property_receivedAt_class_DateTimeImmutable = zend_string_init("DateTimeImmutable", sizeof("DateTimeImmutable")-1, 1);
	zval property_receivedAt_default_value;
	ZVAL_UNDEF(&property_receivedAt_default_value);
	zend_string *property_receivedAt_name = zend_string_init("receivedAt", sizeof("receivedAt") - 1, 1);
	zend_declare_typed_property(class_entry, property_receivedAt_name, &property_receivedAt_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_receivedAt_class_DateTimeImmutable, 0, 0));
	zend_string_release(property_receivedAt_name);

	zend_string *property_event_class_Hookseal_Event = zend_string_init("Hookseal\\Event", sizeof("Hookseal\\Event")-1, 1);
	zval property_event_default_value;
	ZVAL_UNDEF(&property_event_default_value);
	zend_string *property_event_name = zend_string_init("event", sizeof("event") - 1, 1);
	zend_declare_typed_property(class_entry, property_event_name, &property_event_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_CLASS(property_event_class_Hookseal_Event, 0, 0));
	zend_string_release(property_event_name);

	return class_entry;
}

static zend_class_entry *register_class_Hookseal_Exception(zend_class_entry *class_entry_RuntimeException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Hookseal", "Exception", class_Hookseal_Exception_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_RuntimeException);

	zval property_errorCode_default_value;
	ZVAL_UNDEF(&property_errorCode_default_value);
	zend_string *property_errorCode_name = zend_string_init("errorCode", sizeof("errorCode") - 1, 1);
	zend_declare_typed_property(class_entry, property_errorCode_name, &property_errorCode_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_STRING));
	zend_string_release(property_errorCode_name);

	zval property_httpStatus_default_value;
	ZVAL_UNDEF(&property_httpStatus_default_value);
	zend_string *property_httpStatus_name = zend_string_init("httpStatus", sizeof("httpStatus") - 1, 1);
	zend_declare_typed_property(class_entry, property_httpStatus_name, &property_httpStatus_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG));
	zend_string_release(property_httpStatus_name);

	return class_entry;
}

static zend_class_entry *register_class_Hookseal_VerificationException(zend_class_entry *class_entry_Hookseal_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Hookseal", "VerificationException", class_Hookseal_VerificationException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Hookseal_Exception);

	return class_entry;
}

static zend_class_entry *register_class_Hookseal_MissingHeaderException(zend_class_entry *class_entry_Hookseal_VerificationException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Hookseal", "MissingHeaderException", class_Hookseal_MissingHeaderException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Hookseal_VerificationException);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	return class_entry;
}

static zend_class_entry *register_class_Hookseal_MalformedHeaderException(zend_class_entry *class_entry_Hookseal_VerificationException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Hookseal", "MalformedHeaderException", class_Hookseal_MalformedHeaderException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Hookseal_VerificationException);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	return class_entry;
}

static zend_class_entry *register_class_Hookseal_SignatureMismatchException(zend_class_entry *class_entry_Hookseal_VerificationException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Hookseal", "SignatureMismatchException", class_Hookseal_SignatureMismatchException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Hookseal_VerificationException);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	return class_entry;
}

static zend_class_entry *register_class_Hookseal_TimestampException(zend_class_entry *class_entry_Hookseal_VerificationException)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Hookseal", "TimestampException", class_Hookseal_TimestampException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Hookseal_VerificationException);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	return class_entry;
}

static zend_class_entry *register_class_Hookseal_PayloadException(zend_class_entry *class_entry_Hookseal_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Hookseal", "PayloadException", class_Hookseal_PayloadException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Hookseal_Exception);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	return class_entry;
}

static zend_class_entry *register_class_Hookseal_ConfigurationException(zend_class_entry *class_entry_Hookseal_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Hookseal", "ConfigurationException", class_Hookseal_ConfigurationException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Hookseal_Exception);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	return class_entry;
}

static zend_class_entry *register_class_Hookseal_BodyException(zend_class_entry *class_entry_Hookseal_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Hookseal", "BodyException", class_Hookseal_BodyException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Hookseal_Exception);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	return class_entry;
}

static zend_class_entry *register_class_Hookseal_InboxException(zend_class_entry *class_entry_Hookseal_Exception)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Hookseal", "InboxException", class_Hookseal_InboxException_methods);
	class_entry = zend_register_internal_class_ex(&ce, class_entry_Hookseal_Exception);
	class_entry->ce_flags |= ZEND_ACC_FINAL;

	zval property_retryAfter_default_value;
	ZVAL_UNDEF(&property_retryAfter_default_value);
	zend_string *property_retryAfter_name = zend_string_init("retryAfter", sizeof("retryAfter") - 1, 1);
	zend_declare_typed_property(class_entry, property_retryAfter_name, &property_retryAfter_default_value, ZEND_ACC_PUBLIC|ZEND_ACC_READONLY, NULL, (zend_type) ZEND_TYPE_INIT_MASK(MAY_BE_LONG|MAY_BE_NULL));
	zend_string_release(property_retryAfter_name);

	return class_entry;
}

static zend_class_entry *register_class_Hookseal_Body(void)
{
	zend_class_entry ce, *class_entry;

	INIT_NS_CLASS_ENTRY(ce, "Hookseal", "Body", class_Hookseal_Body_methods);
	class_entry = zend_register_internal_class_ex(&ce, NULL);
	class_entry->ce_flags |= ZEND_ACC_FINAL|ZEND_ACC_NO_DYNAMIC_PROPERTIES|ZEND_ACC_NOT_SERIALIZABLE;
#if (PHP_VERSION_ID >= 80200)


	zend_add_parameter_attribute(zend_hash_str_find_ptr(&class_entry->function_table, "decode", sizeof("decode") - 1), 0, ZSTR_KNOWN(ZEND_STR_SENSITIVEPARAMETER), 0);
#endif

	return class_entry;
}
