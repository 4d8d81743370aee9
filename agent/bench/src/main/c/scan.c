/* The floor for a parser: goes over the bytes of each text once and reads every number that stands in it, whatever is around it.
   scan FOLDER GROUP...: texts FOLDER/GROUP-0 to FOLDER/GROUP-7, read in turn from memory. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "ground.h"

enum { TEXTS = 8, WARM = 3, PASSES = 11, LINES_PER_PASS = 200000 };

struct text {
  char *from, *to;
};

struct read {
  unsigned long lines, sum;
};

static struct text load(const char *folder, const char *group, int number) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s-%d", folder, group, number);
  FILE *file = fopen(path, "r");
  if (!file || fseek(file, 0, SEEK_END) != 0) fail(path);
  long size = ftell(file);
  rewind(file);
  char *bytes = malloc(size + 1);
  if (!bytes || fread(bytes, 1, size, file) != (size_t)size) fail(path);
  fclose(file);
  return (struct text){bytes, bytes + size};
}

static unsigned long numbers(struct text text) {
  unsigned long sum = 0;
  const char *p = text.from;
  while (p < text.to) {
    unsigned digit = (unsigned)(*p++ - '0');
    if (digit > 9) continue;
    unsigned long value = digit;
    while (p < text.to && (digit = (unsigned)(*p - '0')) <= 9) {
      value = value * 10 + digit;
      p++;
    }
    sum += value;
  }
  return sum;
}

static unsigned long lines(struct text text) {
  unsigned long count = 0;
  for (const char *p = text.from; p < text.to; p++) count += *p == '\n';
  return count;
}

static double cpu_nanos(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * 1e9 + now.tv_nsec;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void measure(const char *folder, const char *group) {
  struct text texts[TEXTS];
  struct read all = {0, 0};
  for (int i = 0; i < TEXTS; i++) {
    texts[i] = load(folder, group, i);
    all.lines += lines(texts[i]);
    all.sum += numbers(texts[i]);
  }
  unsigned long readings = LINES_PER_PASS / (all.lines / TEXTS);
  double nanos[PASSES];
  volatile unsigned long kept = 0;
  for (int pass = -WARM; pass < PASSES; pass++) {
    double start = cpu_nanos();
    for (unsigned long i = 0; i < readings; i++) kept += numbers(texts[i % TEXTS]);
    if (pass >= 0) nanos[pass] = (cpu_nanos() - start) / LINES_PER_PASS;
  }
  qsort(nanos, PASSES, sizeof nanos[0], ascending);
  printf("ns_%s=%.2f lines_%s=%lu sum_%s=%lu\n", group, nanos[PASSES / 2], group, all.lines, group, all.sum);
  for (int i = 0; i < TEXTS; i++) free(texts[i].from);
}

int main(int count, char **words) {
  for (int i = 2; i < count; i++) measure(words[1], words[i]);
  return 0;
}
