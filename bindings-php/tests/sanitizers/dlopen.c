/* PHP loads extensions with RTLD_DEEPBIND, which the sanitizers' own functions would be passed by with, and which
 * they refuse. Preloaded before them, this takes it away. */

#define _GNU_SOURCE
#include <dlfcn.h>

void *dlopen(const char *name, int flags)
{
    void *(*next)(const char *, int) = (void *(*)(const char *, int)) dlsym(RTLD_NEXT, "dlopen");

    return next(name, flags & ~RTLD_DEEPBIND);
}
