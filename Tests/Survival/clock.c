// A wall clock that is wrong by SURVIVAL_CLOCK seconds.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

int clock_gettime(clockid_t clock, struct timespec *now) {
    static int (*next)(clockid_t, struct timespec *);
    if (!next) next = dlsym(RTLD_NEXT, "clock_gettime");
    int result = next(clock, now);
    const char *wrong = getenv("SURVIVAL_CLOCK");
    if (result == 0 && wrong && clock == CLOCK_REALTIME) now->tv_sec += atoll(wrong);
    return result;
}
