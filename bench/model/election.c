/*
 * The election loop of a byrequests balancer, as the yardstick of bench/model.ts: members behind pointers, a walk over
 * load-balancer sets with spares and standbys, and a callback that compares, like the server's own.
 *
 * usage: election MEMBERS ELECTIONS   prints nanoseconds per election and a checksum of the picks
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { INIT = 0x1, DRAIN = 0x4, STANDBY = 0x100, SPARE = 0x800, NOT_USABLE = 0x4f0 & ~0x100 };

typedef struct {
  int lbset, lbfactor, lbstatus;
  unsigned status;
} shared;

typedef struct {
  shared *s;
  void *other[12];
} worker;

typedef int (*is_best_fn)(worker *current, worker *best, void *baton);

static int is_best(worker *current, worker *best, void *baton) {
  int *total = baton;
  current->s->lbstatus += current->s->lbfactor;
  *total += current->s->lbfactor;
  return best == NULL || current->s->lbstatus > best->s->lbstatus;
}

static int usable(const worker *w) { return (w->s->status & (INIT | NOT_USABLE)) == INIT; }

__attribute__((noinline)) static worker *elect(worker **all, int n, worker **spares, worker **standbys, is_best_fn better,
                                               void *baton) {
  worker *best = NULL;
  int max_lbset = 0;
  for (int set = 0; best == NULL && set <= max_lbset; set++) {
    int n_spares = 0, n_standbys = 0, unusable = 0;
    for (int i = 0; i < n; i++) {
      worker *w = all[i];
      if (w->s->lbset > max_lbset) max_lbset = w->s->lbset;
      if (w->s->lbset != set) continue;
      if (w->s->status & DRAIN) {
        if (!(w->s->status & (SPARE | STANDBY))) unusable++;
        continue;
      }
      if (w->s->status & SPARE) {
        if (usable(w)) spares[n_spares++] = w;
      } else if (w->s->status & STANDBY) {
        if (usable(w)) standbys[n_standbys++] = w;
      } else if (usable(w)) {
        if (better(w, best, baton)) best = w;
      } else unusable++;
    }
    for (int i = 0; i < n_spares && i < unusable; i++)
      if (better(spares[i], best, baton)) best = spares[i];
    if (best == NULL)
      for (int i = 0; i < n_standbys; i++)
        if (better(standbys[i], best, baton)) best = standbys[i];
  }
  return best;
}

int main(int argc, char **argv) {
  int n = argc > 1 ? atoi(argv[1]) : 3;
  long elections = argc > 2 ? atol(argv[2]) : 1000000;
  worker **all = calloc(n, sizeof *all), **spares = calloc(n, sizeof *all), **standbys = calloc(n, sizeof *all);
  for (int i = 0; i < n; i++) {
    all[i] = calloc(1, sizeof **all);
    all[i]->s = calloc(1, sizeof(shared));
    all[i]->s->status = INIT;
    all[i]->s->lbfactor = 100 + (i * 37) % 900;
  }
  volatile is_best_fn better = is_best;
  double best_time = 1e99;
  unsigned long sum = 0;
  for (int round = 0; round < 40; round++) {
    struct timespec from, to;
    for (int i = 0; i < n; i++) all[i]->s->lbstatus = 0;
    sum = 0;
    clock_gettime(CLOCK_MONOTONIC, &from);
    for (long e = 0; e < elections; e++) {
      int total = 0;
      worker *w = elect(all, n, spares, standbys, better, &total);
      w->s->lbstatus -= total;
      sum = (sum * 31 + (unsigned long)w->s->lbfactor) & 0xffffffffUL;
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    double time = (to.tv_sec - from.tv_sec) * 1e9 + (to.tv_nsec - from.tv_nsec);
    if (time < best_time) best_time = time;
  }
  printf("%.3f %lu\n", best_time / elections, sum);
  return 0;
}
