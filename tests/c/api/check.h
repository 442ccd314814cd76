/* What the tests of the API share. */
#ifndef CHECK_H
#define CHECK_H

#include <hookseal.h>

#include <stdio.h>
#include <stdlib.h>

/* Counts, and says where it fails; the test goes on. */
#define CHECK(condition) check((condition), #condition, __FILE__, __LINE__)

/* Whether a call gives this status. */
#define GIVES(status, call) check_status((status), (call), #call, __FILE__, __LINE__)

/* Whether a text is this C string. */
#define IS(string, text) check_text((string), (text), #text, __FILE__, __LINE__)

void check(bool holds, const char *what, const char *file, int line);
void check_status(hookseal_status wanted, hookseal_status got, const char *what, const char *file,
                  int line);
void check_text(const char *wanted, hookseal_str got, const char *what, const char *file, int line);

bool same_text(hookseal_str text, const char *string);
bool contains(hookseal_str text, const char *string);
hookseal_str text_of(const void *data, size_t len);

/* Scales down what takes long: the environment says by how much. */
size_t scaled(size_t size);

/* The webhook of a known provider, with a secret that all of them take. */
hookseal_webhook *webhook_for(const char *provider);
#define SECRET "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

/* Providers that the same body suits. */
#define ALIKE 7
extern const char *const PROVIDERS_ALIKE[ALIKE];

/* A delivery that the webhook's provider would send. */
#define MAX_SIGNED 8
typedef struct {
    hookseal_headers *owner;
    hookseal_header headers[MAX_SIGNED];
    size_t len;
} signed_headers;
signed_headers sign(const hookseal_webhook *webhook, const void *body, size_t len,
                    const hookseal_sign_options *options);

/* The status of verifying; nothing is kept, and what may not be written is not. */
hookseal_status verify_status(const hookseal_webhook *webhook, const void *body, size_t body_len,
                              const hookseal_header *headers, size_t headers_len);

/* The event, which must come out. */
hookseal_event *verified(const hookseal_webhook *webhook, const void *body, size_t body_len,
                         const hookseal_header *headers, size_t headers_len);

/* Options of verifying at a time of the caller's, and by the signature alone; NULL and none are as by
 * default. They point to what they are given. */
hookseal_verify_options verifying(const int64_t *now, hookseal_str signature);

/* Options of signing, with the type alone that KASKO needs. */
hookseal_sign_options signing(hookseal_str id, const int64_t *timestamp);

/* A pointer to nothing, by which a place shows that it was not written to. */
extern char untouched;
#define UNTOUCHED(type) ((type *)(void *)&untouched)

/* {"type":"quote.created","id":"evt_1", ... } */
extern const char BODY[];
size_t body_len(void);

void test_null(void);
void test_arguments(void);
void test_input(void);
void test_bodies(void);
void test_errors(void);
void test_events(void);
void test_in_place(void);
void test_schemes(void);
void test_explain(void);
void test_threads(void);
void test_inbox(void);

#endif
