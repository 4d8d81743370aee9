/*
 * traffic: a backend and its clients. Clients come at a fixed rate, each on a connection of its own, whether or not those before
 * were served, and each waits from the moment at which it was to come: who is late because others were is late.
 *
 * usage: traffic BACKENDS
 *   Prints "port" and one port; 127.0.0.1, 127.0.0.2 and so on, as many as BACKENDS, answer there. For each line "PORT RATE SECONDS" on
 *   its standard input, it sends so many requests a second to 127.0.0.1:PORT and prints what became of them: requests, answered,
 *   p50_us, p90_us, p99_us, p999_us, max_us. It ends with its input.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "ground.h"

enum { MOST_REQUESTS = 1000000, MOST_FDS = 65536, EVENTS = 64 };

static const double PATIENCE = 5;
static const char REQUEST[] = "GET / HTTP/1.1\r\nHost: pen\r\nConnection: close\r\n\r\n";
static const char ANSWER[] = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n";

static double took_us[MOST_REQUESTS], due[MOST_FDS];
static int requested[MOST_FDS], heard[MOST_FDS];
static long begun, ended, answered;
static int backend_epoll, client_epoll;

static void watch(int epoll, int fd, uint32_t events, int operation) {
    struct epoll_event e = {.events = events, .data.fd = fd};
    if (epoll_ctl(epoll, operation, fd, &e) != 0) {
        fail("epoll_ctl");
    }
}

/* One small request is one packet; it is answered and that is all. */
static void answer(int listener) {
    char request[512];
    int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (fd < 0) {
        return;
    }
    if (recv(fd, request, sizeof request, 0) > 0) {
        send(fd, ANSWER, sizeof ANSWER - 1, MSG_NOSIGNAL);
    }
    close(fd);
}

static void *serve(void *nothing) {
    for (;;) {
        struct epoll_event events[EVENTS];
        int ready = epoll_wait(backend_epoll, events, EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            answer(events[i].data.fd);
        }
    }
    return nothing;
}

static void listen_on(int address, int *port) {
    int yes = 1;
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t) *port)};
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK + (uint32_t) address);
    socklen_t size = sizeof a;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (fd < 0 || bind(fd, (struct sockaddr *) &a, sizeof a) || listen(fd, 1024) || getsockname(fd, (struct sockaddr *) &a, &size)) {
        fail("listen");
    }
    *port = ntohs(a.sin_port);
    watch(backend_epoll, fd, EPOLLIN, EPOLL_CTL_ADD);
}

static void begin(int port, double when) {
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t) port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0 || fd >= MOST_FDS || (connect(fd, (struct sockaddr *) &a, sizeof a) != 0 && errno != EINPROGRESS)) {
        fail("connect");
    }
    due[fd] = when;
    requested[fd] = heard[fd] = 0;
    begun++;
    watch(client_epoll, fd, EPOLLOUT, EPOLL_CTL_ADD);
}

static void end(int fd) {
    if (heard[fd] == (int) sizeof ANSWER - 1) {
        took_us[answered++] = (now() - due[fd]) * 1e6;
    }
    ended++;
    close(fd);
}

static void proceed(int fd) {
    char reply[512];
    if (!requested[fd]) {
        requested[fd] = 1;
        if (send(fd, REQUEST, sizeof REQUEST - 1, MSG_NOSIGNAL) < 0) {
            end(fd);
        } else {
            watch(client_epoll, fd, EPOLLIN, EPOLL_CTL_MOD);
        }
        return;
    }
    ssize_t got = recv(fd, reply, sizeof reply, 0);
    heard[fd] += got > 0 ? (int) got : 0;
    /* Served with the last byte, as any client of HTTP sees it. */
    if (got <= 0 || heard[fd] == (int) sizeof ANSWER - 1) {
        end(fd);
    }
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *) a, y = *(const double *) b;
    return (x > y) - (x < y);
}

static double quantile(double q) {
    return answered ? took_us[(long) (q * (double) (answered - 1))] : 0;
}

static void send_requests(int port, double rate, double seconds) {
    struct epoll_event events[EVENTS];
    long all = (long) (rate * seconds);
    double start = now();
    begun = ended = answered = 0;
    while (ended < all && now() < start + seconds + PATIENCE) {
        double next = start + (double) begun / rate, wait = begun < all ? next - now() : 1;
        if (wait <= 0) {
            begin(port, next);
            continue;
        }
        struct timespec t = {(time_t) wait, (long) ((wait - (double) (time_t) wait) * 1e9)};
        int ready = epoll_pwait2(client_epoll, events, EVENTS, &t, NULL);
        for (int i = 0; i < ready; i++) {
            proceed(events[i].data.fd);
        }
    }
    qsort(took_us, (size_t) answered, sizeof *took_us, ascending);
    printf("requests=%ld answered=%ld p50_us=%.1f p90_us=%.1f p99_us=%.1f p999_us=%.1f max_us=%.1f\n", begun, answered, quantile(.5),
           quantile(.9), quantile(.99), quantile(.999), quantile(1));
    fflush(stdout);
}

int main(int argc, char **argv) {
    int port = 0;
    char order[128];
    pthread_t backend;
    if (argc != 2) {
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    backend_epoll = epoll_create1(EPOLL_CLOEXEC);
    client_epoll = epoll_create1(EPOLL_CLOEXEC);
    for (int i = 0; i < atoi(argv[1]); i++) {
        listen_on(i, &port);
    }
    if (pthread_create(&backend, NULL, serve, NULL) != 0) {
        fail("pthread_create");
    }
    printf("port %d\n", port);
    fflush(stdout);
    while (fgets(order, sizeof order, stdin)) {
        double rate, seconds;
        if (sscanf(order, "%d %lf %lf", &port, &rate, &seconds) != 3 || rate * seconds > MOST_REQUESTS) {
            return 2;
        }
        send_requests(port, rate, seconds);
    }
    return 0;
}
