#define _GNU_SOURCE
/* scrape PORT PATH COUNT GZIP: asks so many times on one connection for a page, compressed if GZIP is 1, and reads it to its end.
   Prints bytes of the last answer and microseconds until its first and last byte, in the middle of all. */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "ground.h"

static char buffer[256 * 1024 + 1];

static double micros(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1e6 + now.tv_nsec / 1e3;
}

static int order(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static int connected(int port) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  int one = 1, fd = socket(AF_INET, SOCK_STREAM, 0);
  if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof to)) fail("connect");
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  return fd;
}

/* Reads an answer to its end, which its length tells or, where it comes in chunks, an empty one. */
static long answer(int fd, double *first) {
  long got = 0, whole = -1, head = 0;
  char tail[5] = "";
  for (;;) {
    ssize_t n = read(fd, buffer + (head ? 0 : got), sizeof buffer - 1 - (head ? 0 : got));
    if (n <= 0) fail("the answer broke off");
    if (got == 0) *first = micros();
    char *new = buffer + (head ? 0 : got);
    got += n;
    if (!head) {
      buffer[got] = 0;
      char *end = strstr(buffer, "\r\n\r\n");
      if (!end) continue;
      if (strncmp(buffer, "HTTP/1.1 200", 12)) fail("not 200");
      head = end + 4 - buffer;
      *end = 0;
      char *length = strcasestr(buffer, "\r\ncontent-length:");
      if (length) whole = head + atol(length + 17);
      *end = '\r';
    }
    if (whole >= 0) {
      if (got >= whole) return got;
      continue;
    }
    if (n >= 5) memcpy(tail, new + n - 5, 5);
    else memmove(tail, tail + n, 5 - n), memcpy(tail + 5 - n, new, n);
    if (!memcmp(tail, "0\r\n\r\n", 5)) return got;
  }
}

int main(int argc, char **argv) {
  if (argc != 5) fail("scrape PORT PATH COUNT GZIP");
  int fd = connected(atoi(argv[1])), count = atoi(argv[3]);
  char request[512];
  int length = snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: text/plain;version=0.0.4\r\n%s\r\n",
                        argv[2], atoi(argv[4]) ? "Accept-Encoding: gzip\r\n" : "");
  double *firsts = calloc(count, sizeof *firsts), *lasts = calloc(count, sizeof *lasts);
  long bytes = 0;
  for (int i = 0; i < count; i++) {
    double begun = micros(), first = 0;
    if (write(fd, request, length) != length) fail("write");
    bytes = answer(fd, &first);
    firsts[i] = first - begun;
    lasts[i] = micros() - begun;
  }
  qsort(firsts, count, sizeof *firsts, order);
  qsort(lasts, count, sizeof *lasts, order);
  printf("bytes=%ld first_us=%.0f last_us=%.0f\n", bytes, firsts[count / 2], lasts[count / 2]);
  return 0;
}
