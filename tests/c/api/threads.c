/* Eight threads with one webhook, one event, one error and one scheme. */
#include "check.h"

#include <pthread.h>
#include <string.h>

#define THREADS 8

typedef struct {
    const hookseal_webhook *webhook;
    const hookseal_event *event;
    const hookseal_error *error;
    const signed_headers *made;
    size_t rounds, wrong;
} job;

static void *work(void *given) {
    job *mine = (job *)given;
    for (size_t i = 0; i < mine->rounds; i++) {
        hookseal_event *event = NULL, *none = NULL;
        bool good =
            hookseal_webhook_verify(mine->webhook, BODY, body_len(), mine->made->headers,
                                    mine->made->len, NULL, &event, NULL) == HOOKSEAL_OK &&
            hookseal_webhook_verify(mine->webhook, BODY, body_len() - 1, mine->made->headers,
                                    mine->made->len, NULL, &none, NULL) == HOOKSEAL_SIGNATURE_MISMATCH &&
            same_text(hookseal_event_dedupe_key(mine->event), "coverkit:evt_1") &&
            same_text(hookseal_event_dedupe_key(event), "coverkit:evt_1") &&
            same_text(hookseal_event_type(mine->event), "quote.created") &&
            same_text(hookseal_error_code(mine->error), "missing_header");
        mine->wrong += !good;
        hookseal_event_free(event);
    }
    return NULL;
}

void test_threads(void) {
    pthread_t threads[THREADS];
    job jobs[THREADS];
    hookseal_webhook *webhook = webhook_for("coverkit");
    signed_headers made = sign(webhook, BODY, body_len(), NULL);
    hookseal_event *event = verified(webhook, BODY, body_len(), made.headers, made.len);
    hookseal_event *none = NULL;
    hookseal_error *error = NULL;
    GIVES(HOOKSEAL_MISSING_HEADER,
          hookseal_webhook_verify(webhook, BODY, body_len(), NULL, 0, NULL, &none, &error));

    for (size_t i = 0; i < THREADS; i++) {
        job one = {webhook, event, error, &made, scaled(20000), 0};
        jobs[i] = one;
        CHECK(pthread_create(&threads[i], NULL, work, &jobs[i]) == 0);
    }
    for (size_t i = 0; i < THREADS; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
        CHECK(jobs[i].wrong == 0);
    }
    hookseal_error_free(error);
    hookseal_event_free(event);
    hookseal_headers_free(made.owner);
    hookseal_webhook_free(webhook);
}
