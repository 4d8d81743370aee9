/*
 * cputime: how long a process has run so far, in nanoseconds of all its threads. Those that have ended count, which they do not in
 * /proc/PID/task; a JVM ends threads that compile whenever there is nothing to compile.
 *
 * usage: cputime PID
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int main(int argc, char **argv) {
    clockid_t clock;
    struct timespec t;
    if (argc != 2 || clock_getcpuclockid(atoi(argv[1]), &clock) != 0 || clock_gettime(clock, &t) != 0) {
        fprintf(stderr, "cputime: no such process\n");
        return 1;
    }
    printf("%lld\n", t.tv_sec * 1000000000LL + t.tv_nsec);
    return 0;
}
