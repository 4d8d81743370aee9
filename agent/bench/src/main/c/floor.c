/*
 * floor: what it takes at least to poll control ports: one thread, one epoll, one connection for each poll, the reply read to its end
 * and thrown away. Prints one line of key=value.
 *
 * usage: floor [-c COMMAND] [-f] [-i IN_FLIGHT -n POLLS | -s SECONDS] PORT...
 *   -c  the command, "servers" unless told otherwise
 *   -f  the command travels with the SYN, and the handshake's last ACK waits for it, as the agent does; else an ordinary client
 *   -i  so many polls under way at any time (32), until -n polls (10000) are done
 *   -s  instead of that, each port once a second, all of them spread over the second
 *
 * Before the clock runs, each port is asked once: lines and sum are those of these replies. What is timed only counts bytes; they
 * must be those of the same replies, or it has failed.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "ground.h"

#ifndef TCP_FASTOPEN_NO_COOKIE
#define TCP_FASTOPEN_NO_COOKIE 34
#endif

enum { MOST_PORTS = 10000, EVENTS = 256, REPLY = 4 << 20 };

static struct sockaddr_in targets[MOST_PORTS];
static long reply_bytes[MOST_PORTS];
static int ports, epoll, fast;
static char command[64] = "servers\n";
static char reply[REPLY];
static long begun, done, bytes, expected;

static double cpu(void) {
    struct rusage r;
    getrusage(RUSAGE_SELF, &r);
    return r.ru_utime.tv_sec + r.ru_stime.tv_sec + (r.ru_utime.tv_usec + r.ru_stime.tv_usec) * 1e-6;
}

static void option(int fd, int name, int value) {
    if (setsockopt(fd, IPPROTO_TCP, name, &value, sizeof value) != 0) {
        fail("setsockopt");
    }
}

static int open_socket(int flags) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | flags, 0);
    if (fd < 0) {
        fail("socket");
    }
    if (fast) {
        option(fd, TCP_QUICKACK, 0);
        option(fd, TCP_FASTOPEN_CONNECT, 1);
        option(fd, TCP_FASTOPEN_NO_COOKIE, 1);
    }
    return fd;
}

static void say(int fd) {
    long length = (long) strlen(command);
    if (send(fd, command, length, MSG_NOSIGNAL) != length && errno != EINPROGRESS) {
        fail("send");
    }
}

/* An event carries its connection, and whether the command is still to be sent. */
static void await(int fd, int operation, int unsaid) {
    struct epoll_event e = {.events = unsaid ? EPOLLOUT : EPOLLIN, .data.u64 = (uint64_t) fd << 1 | (unsaid ? 1 : 0)};
    if (epoll_ctl(epoll, operation, fd, &e) != 0) {
        fail("epoll_ctl");
    }
}

static void begin(void) {
    int target = begun++ % ports;
    expected += reply_bytes[target];
    int fd = open_socket(SOCK_NONBLOCK);
    int connected = connect(fd, (struct sockaddr *) &targets[target], sizeof targets[target]) == 0;
    if (!connected && errno != EINPROGRESS) {
        fail("connect");
    }
    if (connected) {
        say(fd);
    }
    await(fd, EPOLL_CTL_ADD, !connected);
}

static void proceed(struct epoll_event *event) {
    int fd = (int) (event->data.u64 >> 1);
    if (event->data.u64 & 1) {
        say(fd);
        await(fd, EPOLL_CTL_MOD, 0);
        return;
    }
    ssize_t got;
    while ((got = recv(fd, reply, sizeof reply, 0)) > 0) {
        bytes += got;
    }
    if (got < 0 && errno == EAGAIN) {
        return;
    }
    if (got < 0) {
        fail("recv");
    }
    close(fd);
    done++;
}

static void saturated(long in_flight, long polls) {
    struct epoll_event events[EVENTS];
    while (done < polls) {
        while (begun < polls && begun - done < in_flight) {
            begin();
        }
        int ready = epoll_wait(epoll, events, EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            proceed(&events[i]);
        }
    }
}

static void once_a_second(double seconds) {
    struct epoll_event events[EVENTS];
    long polls = (long) (seconds * ports);
    double start = now();
    while (done < polls) {
        double wait = begun < polls ? start + (double) begun / ports - now() : 1;
        if (wait <= 0) {
            begin();
            continue;
        }
        struct timespec t = {(time_t) wait, (long) ((wait - (double) (time_t) wait) * 1e9)};
        int ready = epoll_pwait2(epoll, events, EVENTS, &t, NULL);
        for (int i = 0; i < ready; i++) {
            proceed(&events[i]);
        }
    }
}

/* Words that are whole numbers; addresses are not. */
static unsigned long long sum_of(const char *text) {
    unsigned long long sum = 0;
    while (*text) {
        const char *end = text;
        while (isdigit((unsigned char) *end)) {
            end++;
        }
        if (end > text && isspace((unsigned char) *end)) {
            sum += strtoull(text, NULL, 10);
        }
        while (*text && !isspace((unsigned char) *text)) {
            text++;
        }
        while (isspace((unsigned char) *text)) {
            text++;
        }
    }
    return sum;
}

static void ask_once(int target, long *lines, unsigned long long *sum) {
    int fd = open_socket(0);
    if (connect(fd, (struct sockaddr *) &targets[target], sizeof targets[target]) != 0) {
        fail("connect");
    }
    say(fd);
    long length = 0;
    ssize_t got;
    while ((got = recv(fd, reply + length, sizeof reply - 1 - length, 0)) > 0) {
        length += got;
    }
    if (got < 0) {
        fail("recv");
    }
    close(fd);
    reply[length] = 0;
    reply_bytes[target] = length;
    for (char *c = reply; *c; c++) {
        *lines += *c == '\n';
    }
    *sum += sum_of(reply);
}

int main(int argc, char **argv) {
    long in_flight = 32, polls = 10000, lines = 0;
    double seconds = 0;
    unsigned long long sum = 0;
    for (int o; (o = getopt(argc, argv, "c:fi:n:s:")) != -1;) {
        switch (o) {
        case 'c': snprintf(command, sizeof command, "%s\n", optarg); break;
        case 'f': fast = 1; break;
        case 'i': in_flight = atol(optarg); break;
        case 'n': polls = atol(optarg); break;
        case 's': seconds = atof(optarg); break;
        default: return 2;
        }
    }
    for (; optind < argc && ports < MOST_PORTS; optind++, ports++) {
        targets[ports].sin_family = AF_INET;
        targets[ports].sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        targets[ports].sin_port = htons((uint16_t) atoi(argv[optind]));
    }
    if (ports == 0 || in_flight < 1) {
        fprintf(stderr, "floor: no ports, or nothing in flight\n");
        return 2;
    }
    if ((epoll = epoll_create1(EPOLL_CLOEXEC)) < 0) {
        fail("epoll_create1");
    }
    for (int i = 0; i < ports; i++) {
        ask_once(i, &lines, &sum);
    }
    double wall = now(), spent = cpu();
    if (seconds > 0) {
        once_a_second(seconds);
    } else {
        saturated(in_flight, polls);
    }
    spent = cpu() - spent;
    wall = now() - wall;
    if (bytes != expected) {
        fprintf(stderr, "floor: read %ld bytes and not %ld\n", bytes, expected);
        return 1;
    }
    printf("polls=%ld cpu_us_per_poll=%.2f polls_per_s=%.0f lines=%ld sum=%llu bytes=%ld\n", done, spent * 1e6 / (double) done,
           (double) done / wall, lines, sum, bytes);
    return 0;
}
