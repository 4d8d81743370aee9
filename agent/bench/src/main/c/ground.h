/* What every program here stands on: to end where the system refuses something, and to know the time. */
#pragma once
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* Says what was refused and why, and ends. */
static inline void fail(const char *what) {
    perror(what);
    exit(1);
}

/* In seconds, from some moment in the past. */
static inline double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}
