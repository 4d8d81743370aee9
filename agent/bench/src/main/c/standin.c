/*
 * standin: stands in for pens' control ports, and knows for how long it was held up. It does what pen does, in one thread: accept, a
 * blocking recv, one send for each line, close. A pen in that recv forwards nothing.
 *
 * usage: standin PORTS LINES
 *   Prints "ports" and the free loopback ports that it took. For each line on its standard input it prints what it saw since the one
 *   before, from the very first connection on, as key=value; it ends with its input.
 *
 * How long recv took is all that counts: polls, mean_us, p50_us, p99_us, p999_us, max_us. Apart from that it tells how often recv had
 * to sleep (slept, slept_max_us): then the command was not there yet. One that did not sleep and lost its processor to another
 * program meanwhile was not held up by its client; those are counted (preempted, preempted_max_us) and are in no other figure.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "ground.h"

enum { MOST_POLLS = 4000000, EVENTS = 64, BACKLOG = 500 };

static double held[MOST_POLLS];
static long polls, slept, preempted;
static double slept_max, preempted_max;
static char *rows;

static double now_us(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e6 + t.tv_nsec * 1e-3;
}

static double larger(double a, double b) {
    return a > b ? a : b;
}

static void note(double us, const struct rusage *before, const struct rusage *after) {
    if (after->ru_nvcsw > before->ru_nvcsw) {
        slept++;
        slept_max = larger(slept_max, us);
    } else if (after->ru_nivcsw > before->ru_nivcsw) {
        preempted++;
        preempted_max = larger(preempted_max, us);
        return;
    }
    if (polls < MOST_POLLS) {
        held[polls++] = us;
    }
}

static ssize_t hear(int fd, char *command, size_t size) {
    struct rusage before, after;
    getrusage(RUSAGE_THREAD, &before);
    double start = now_us();
    ssize_t length = recv(fd, command, size - 1, 0);
    double us = now_us() - start;
    getrusage(RUSAGE_THREAD, &after);
    note(us, &before, &after);
    command[length > 0 ? length : 0] = 0;
    return length;
}

/* As pen: each line by itself. */
static void send_lines(int fd, const char *text) {
    while (*text) {
        size_t length = (size_t) (strchr(text, '\n') - text) + 1;
        if (send(fd, text, length, MSG_NOSIGNAL) < 0) {
            return;
        }
        text += length;
    }
}

static const char *answer(const char *command) {
    static char pid[16];
    if (!strncmp(command, "servers", 7)) {
        return rows;
    }
    if (!strncmp(command, "pid", 3)) {
        snprintf(pid, sizeof pid, "%d\n", getpid());
        return pid;
    }
    if (!strncmp(command, "mode", 4)) {
        return "no hash roundrobin no stubborn no weight no prio\n";
    }
    if (!strncmp(command, "listen", 6) || !strncmp(command, "control", 7)) {
        return "127.0.0.1:1\n";
    }
    return strncmp(command, "recent", 6) ? "30\n" : "";
}

static void serve(int listener) {
    char command[4096];
    int fd = accept(listener, NULL, NULL);
    if (fd < 0) {
        return;
    }
    if (hear(fd, command, sizeof command) > 0) {
        send_lines(fd, answer(command));
    }
    close(fd);
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *) a, y = *(const double *) b;
    return (x > y) - (x < y);
}

static double quantile(double q) {
    return polls ? held[(long) (q * (double) (polls - 1))] : 0;
}

static void report(void) {
    double sum = 0;
    for (long i = 0; i < polls; i++) {
        sum += held[i];
    }
    qsort(held, (size_t) polls, sizeof *held, ascending);
    printf("polls=%ld mean_us=%.3f p50_us=%.2f p99_us=%.2f p999_us=%.2f max_us=%.1f slept=%ld slept_max_us=%.1f preempted=%ld "
           "preempted_max_us=%.1f\n",
           polls, polls ? sum / (double) polls : 0, quantile(.5), quantile(.99), quantile(.999), quantile(1), slept, slept_max,
           preempted, preempted_max);
    fflush(stdout);
    polls = slept = preempted = 0;
    slept_max = preempted_max = 0;
}

static void watch(int epoll, int fd) {
    struct epoll_event e = {.events = EPOLLIN, .data.fd = fd};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &e) != 0) {
        fail("epoll_ctl");
    }
}

static int listen_somewhere(int *port) {
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof a;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *) &a, sizeof a) || listen(fd, BACKLOG) || getsockname(fd, (struct sockaddr *) &a, &size)) {
        fail("listen");
    }
    *port = ntohs(a.sin_port);
    return fd;
}

static void prepare_rows(int lines) {
    size_t size = (size_t) lines * 128 + 1;
    rows = calloc(size, 1);
    /* Touched now: a page that is first needed later costs time then. */
    memset(held, 0, sizeof held);
    for (int i = 0; rows && i < lines; i++) {
        size_t used = strlen(rows);
        snprintf(rows + used, size - used, "%d addr 127.0.0.1 port %d conn 0 max 0 hard 0 weight 0 prio 0 sx 0 rx 0\n", i, 8000 + i);
    }
}

int main(int argc, char **argv) {
    if (argc != 3) {
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    prepare_rows(atoi(argv[2]));
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    watch(epoll, STDIN_FILENO);
    printf("ports");
    for (int i = 0, port; i < atoi(argv[1]); i++) {
        watch(epoll, listen_somewhere(&port));
        printf(" %d", port);
    }
    printf("\n");
    fflush(stdout);
    for (;;) {
        struct epoll_event events[EVENTS];
        int ready = epoll_wait(epoll, events, EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            char order[64];
            if (events[i].data.fd != STDIN_FILENO) {
                serve(events[i].data.fd);
            } else if (read(STDIN_FILENO, order, sizeof order) <= 0) {
                return 0;
            } else {
                report();
            }
        }
    }
}
