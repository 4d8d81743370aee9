/*
 * Agents that share pens by claims in etcd, seen from one pen. Every backend looks bad to all of them all the time, which is the worst
 * that can be. An agent may be killed, stopped, or cut off from etcd or pen at any moment: nobody here has to do anything, and time
 * runs on. pen may stand still at any moment, with commands waiting in the order in which they came.
 *
 * Time is counted in whole units, and what is due at the same instant happens in any order. Of a clock that errs only the bad end is
 * followed (LEAST, MOST): with any other an agent writes less, or a backend returns sooner, which are among the runs anyway.
 *
 * ALONE: also no two have a command under way. STOPPED: between check and command a process may stop for as long as it likes. AT_ONCE:
 * what has left its process is obeyed at once. LIVENESS: somebody claims what is free. The others each leave out what has a reason.
 */
#ifndef AGENTS
#define AGENTS 2
#endif
#ifndef N
#define N 3
#endif
#ifndef CAP
#define CAP 1
#endif
/* What may be out together. */
#ifndef ALLOWED
#define ALLOWED CAP
#endif
/* By how much any clock may be wrong, in percent, rounded up to a whole unit. */
#ifndef DRIFT
#define DRIFT 10
#endif
/* etcd's lease, and by how much sooner its owner stops. */
#ifndef TTL
#define TTL 5
#endif
#ifndef MARGIN
#define MARGIN 3
#endif
/* For how long one command keeps a backend out. */
#ifndef T
#define T 2
#endif
/* For how long a command may lie in its process after the check, and then be on its way to pen's host. */
#ifndef STOP
#define STOP 1
#endif
#ifndef FLIGHT
#define FLIGHT 1
#endif
/* A new owner's warm-up: from its claim to the poll that counts, and from that one's answer to the first command. */
#ifndef BEFORE_POLL
#define BEFORE_POLL 2
#endif
#ifndef AFTER_POLL
#define AFTER_POLL 4
#endif

#define ERROR(d) (((d) * DRIFT + 99) / 100)
#define LEAST(d) ((d) - ERROR(d))
#define MOST(d) ((d) + ERROR(d))
/* One more than what is left, so that 0 says that it has run out. */
#define PROOF (MOST(TTL - MARGIN) + 1)

#ifdef NO_DEADLINE
#define PROVEN(id) true
#else
#define PROVEN(id) (member[id].proof > 0)
#endif
#ifdef HASTY_RELEASE
#define STOPPED_FIRST(id) true
#else
#define STOPPED_FIRST(id) (member[id].place != PROCESS)
#endif

#define NOBODY 255
#define FORGOTTEN 254

/* etcd: whose claim, and for how long it stands at least. */
byte claim = NOBODY;
byte lease;

/*
 * pen: for how long backends are out, the last written first, and by whom (who has no memory of it: by that one plus AGENTS). Which ones
 * is no matter. One that another writes again is one that returns early and one that leaves.
 */
byte out[N];
byte by[N];

mtype:stage = { IDLE, WAITS, POLLS, OWNS }
mtype:place = { NOWHERE, PROCESS, WIRE, QUEUE }

typedef Member {
  mtype:stage stage = IDLE;
  byte wait;
  /* Until its own deadline; what a renewal under way would make of it, and whether etcd has done that. */
  byte proof;
  byte hope;
  bool renewed;
  /* Whose commands are answered before its poll. */
  bool ahead[AGENTS];
  /* Its command: where it is, for how long it may be there, whether it renews, and whether its sender has no memory of it. */
  mtype:place place = NOWHERE;
  byte rest;
  bool renewal;
  bool orphan
}
Member member[AGENTS];

/* Scratch, cleared after each step or it would only be further states. */
byte i;
byte n;
byte who;

inline tidy() {
  i = 0;
  n = 0;
  who = 0
}

/* What runs on pen by its commands is no longer on its account. */
inline forget(id) {
  member[id].stage = IDLE;
  member[id].wait = 0;
  member[id].proof = 0;
  member[id].hope = 0;
  member[id].renewed = false;
  for (i : 0 .. AGENTS - 1) {
    member[id].ahead[i] = false
  }
  for (i : 0 .. N - 1) {
    if
    :: by[i] == id -> by[i] = id + AGENTS
    :: else
    fi
  }
  member[id].orphan = member[id].place != NOWHERE
}

inline ended(id) {
  member[id].place = NOWHERE;
  member[id].rest = 0;
  member[id].renewal = false;
  member[id].orphan = false
}

#ifdef LIVENESS
/* What is bound to happen: etcd ends a lease at last, and who lives claims what is free. Elsewhere nothing is. */
#define ENDED_WITHIN (MOST(TTL) - LEAST(TTL))
#define CLAIMED_WITHIN 1
#ifndef OWNED_WITHIN
#define OWNED_WITHIN (MOST(TTL) + CLAIMED_WITHIN)
#endif
#define ALIVE(id) (!dead[id])
bool dead[AGENTS];
/* For how long a lease could have been ended, a claim have been made, and nobody alive has owned the pen although somebody was. */
byte owed;
byte free;
byte vacant;
#else
/* To be dead is to do nothing. */
#define ALIVE(id) true
#endif

/* etcd has done something. */
inline settled() {
  skip;
#ifdef LIVENESS
  owed = 0;
  free = 0;
  if
  :: claim < AGENTS -> vacant = 0
  :: else
  fi
#endif
}

/* Leaves in n what has to come first. */
inline due() {
  n = 0;
#ifdef LIVENESS
  for (i : 0 .. AGENTS - 1) {
    n = n + (claim == NOBODY && free == CLAIMED_WITHIN && !dead[i])
  }
  n = n + (claim != NOBODY && lease == 0 && owed == ENDED_WITHIN);
#endif
#ifndef STOPPED
  for (i : 0 .. AGENTS - 1) {
    n = n + (member[i].place == PROCESS && member[i].rest == 0)
  }
#endif
}

inline counted() {
  skip;
#ifdef LIVENESS
  n = 0;
  for (i : 0 .. AGENTS - 1) {
    n = n + !dead[i]
  }
  owed = (claim != NOBODY && lease == 0 -> owed + 1 : 0);
  free = (claim == NOBODY && n > 0 -> free + 1 : 0);
  vacant = (claim >= AGENTS && n > 0 -> vacant + 1 : 0);
  assert(vacant <= OWNED_WITHIN)
#endif
}

inline passed(time) {
  if
  :: time > 0 -> time--
  :: else
  fi
}

/* By a transaction of a lease that may have been renewed a while ago. */
inline claimed(id) {
  claim = id;
  lease = LEAST(TTL);
  settled();
  member[id].proof = PROOF;
  do
  :: lease > 0 ->
    lease--;
    passed(member[id].proof)
  :: break
  od;
#ifdef WARM_FROM_CLAIM
  member[id].stage = OWNS;
  member[id].wait = LEAST(BEFORE_POLL + AFTER_POLL)
#else
  member[id].stage = WAITS;
  member[id].wait = LEAST(BEFORE_POLL)
#endif
}

inline polls(id) {
  for (i : 0 .. AGENTS - 1) {
    member[id].ahead[i] = member[i].place == QUEUE
  }
  member[id].stage = POLLS
}

inline answered(id) {
  n = 0;
  for (i : 0 .. AGENTS - 1) {
    n = n + member[id].ahead[i]
  }
  if
  :: n == 0 ->
    member[id].stage = OWNS;
    member[id].wait = LEAST(AFTER_POLL)
  :: else
  fi
}

/* Goes by what is so; by what it remembers it would believe its own to be out for longer, and write less. */
inline check(id) {
  count(id);
  if
  :: n > 0 -> leaves(id, true)
  :: n < CAP -> leaves(id, false)
  :: else
  fi
}

inline count(whose) {
  n = 0;
  for (i : 0 .. N - 1) {
    n = n + (by[i] == whose)
  }
}

inline leaves(id, again) {
  member[id].place = PROCESS;
  member[id].rest = STOP;
  member[id].renewal = again;
#ifdef ALONE
  /* Nobody else's command is under way while one of the owner is. */
  assert(claim == id);
  for (i : 0 .. AGENTS - 1) {
    assert(i == id || member[i].place == NOWHERE)
  }
#endif
}

inline sent(id) {
  member[id].place = WIRE;
  member[id].rest = FLIGHT
}

inline arrived(id) {
  member[id].place = QUEUE;
  member[id].rest = 0
}

inline obeyed(id) {
  who = (member[id].orphan -> id + AGENTS : id);
  count(who);
  if
  :: member[id].renewal && n > 0 ->
    /* Any of its own. */
    i = 0;
    do
    :: by[i] != who -> i++
    :: by[i] == who -> break
    :: by[i] == who && n > 1 ->
      n--;
      i++
    od
  :: !member[id].renewal || n < CAP ->
    /* One more, as is what it renews when that has returned in the meantime. */
    i = N - 1
  fi;
  do
  :: i > 0 ->
    out[i] = out[i - 1];
    by[i] = by[i - 1];
    i--
  :: else -> break
  od;
  out[0] = MOST(T);
  by[0] = who;
  ended(id);
  n = 0;
  for (i : 0 .. N - 1) {
    n = n + (out[i] > 0)
  }
  for (i : 0 .. AGENTS - 1) {
    member[i].ahead[id] = false
  }
  assert(n <= ALLOWED);
  assert(n < N)
}

/* The later ones move up. */
inline returned(s) {
  for (i : 0 .. N - 2) {
    out[i] = (i >= s -> out[i + 1] : out[i]);
    by[i] = (i >= s -> by[i + 1] : by[i])
  }
  out[N - 1] = 0;
  by[N - 1] = NOBODY
}

proctype Agent(byte id) {
  do
  :: atomic { ALIVE(id) && member[id].stage == IDLE && claim == NOBODY -> claimed(id); tidy() }
  /* A renewal: its proof counts from here, whenever etcd does it and the answer comes. */
  :: atomic {
      ALIVE(id) && member[id].stage != IDLE && member[id].hope < PROOF ->
      member[id].hope = PROOF;
      member[id].renewed = false
    }
  :: d_step {
      member[id].renewed ->
#ifdef PROOF_FROM_ANSWER
      member[id].proof = PROOF;
#else
      member[id].proof = member[id].hope;
#endif
      member[id].hope = 0;
      member[id].renewed = false
    }
  :: d_step { member[id].stage == WAITS && member[id].wait == 0 -> polls(id); tidy() }
  :: d_step { member[id].stage == POLLS -> answered(id); tidy() }
  :: atomic {
      member[id].stage == OWNS && member[id].wait == 0 && member[id].place == NOWHERE && PROVEN(id) ->
      check(id);
      tidy()
    }
#ifdef AT_ONCE
  :: atomic { member[id].place == PROCESS -> obeyed(id); tidy() }
#else
  :: d_step { member[id].place == PROCESS -> sent(id) }
  :: d_step { member[id].place == WIRE -> arrived(id) }
  /* pen comes to it. */
  :: atomic { member[id].place == QUEUE -> obeyed(id); tidy() }
#endif
  /* It has heard that its claim is gone. */
  :: d_step { member[id].stage != IDLE && claim != id && member[id].place != PROCESS -> forget(id); tidy() }
  /* Hands over: stops first, then takes back what is its own. */
  :: d_step {
      member[id].stage != IDLE && claim == id && STOPPED_FIRST(id) ->
      claim = NOBODY;
      lease = 0;
      forget(id);
      tidy()
    }
  /* Killed, and started without memory. What has left it goes on without it, and its claim stands for nobody. */
  :: d_step {
      ALIVE(id) ->
      if
      :: claim == id -> claim = FORGOTTEN
      :: else
      fi;
      if
      :: member[id].place == PROCESS -> ended(id)
      :: else
      fi;
      forget(id);
#ifdef LIVENESS
      dead[id] = true;
#endif
      tidy()
    }
#ifdef LIVENESS
  :: atomic { dead[id] -> dead[id] = false }
#endif
  od
}

/* Ends a lease when its time has come by its own clock, or later; renews one that still stands. */
proctype Etcd() {
  do
  :: d_step {
      claim != NOBODY && lease == 0 ->
      claim = NOBODY;
      settled()
    }
  :: d_step {
      claim < AGENTS && member[claim].hope > 0 && !member[claim].renewed ->
      member[claim].renewed = true;
      lease = LEAST(TTL);
      settled()
    }
  od
}

/* May be back before its time: by a person, by a new start of pen, by a step of its clock. */
proctype Backend(byte s) {
  do
  :: d_step { out[s] > 0 -> returned(s); tidy() }
  od
}

/* Waits for nothing but what is bound to happen by now. */
proctype Time() {
  do
  :: d_step {
      due();
      if
      :: n == 0 ->
        counted();
        passed(lease);
        for (i : 0 .. AGENTS - 1) {
          passed(member[i].wait);
          passed(member[i].proof);
          passed(member[i].hope);
          passed(member[i].rest);
          if
          :: member[i].hope == 0 -> member[i].renewed = false
          :: else
          fi;
          if
          :: member[i].place == WIRE && member[i].rest == 0 -> arrived(i)
          :: else
          fi
        }
        for (i : 0 .. N - 1) {
          passed(out[i]);
          by[i] = (out[i] == 0 -> NOBODY : by[i])
        }
      :: else
      fi;
      tidy()
    }
  od
}

init {
  atomic {
    for (i : 0 .. N - 1) {
      by[i] = NOBODY;
      run Backend(i)
    }
    for (i : 0 .. AGENTS - 1) {
      run Agent(i)
    }
    tidy();
    run Etcd();
    run Time()
  }
}
