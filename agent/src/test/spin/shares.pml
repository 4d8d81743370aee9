/*
 * Two agents that do not know of each other on one pen, each with its share by index: of N - 1 leases in all, and of CAP leases on
 * its own word alone. Every backend looks bad to both all the time, which is the worst that can be. Each agent writes from what it
 * remembers of its own leases; it cannot see the other's, and what it reads of pen is old by the time it writes. It may die at any
 * moment and come back without memory, and then waits for longer than any lease it may have left behind.
 *
 * Time is not modelled but by its order: a lease in pen may end at any moment, and an agent learns of that later, never sooner.
 */
#ifndef N
#define N 3
#endif
#ifndef CAP
#define CAP 1
#endif
#define NONE 0

#define SHARE(id, whole) ((whole) / 2 + ((id) < (whole) % 2))

/* What is so in pen: whose lease keeps a slot out, and whether it is on that agent's word alone. */
byte holder[N];
bool alone[N];
byte out = 0;
byte asserted = 0;

/* What each agent has counted on since its last start. */
typedef Memory {
  bool has[N];
  bool word[N]
}
Memory memory[2];

/* Slots are written last by whoever writes: the lease of the other agent is then gone from pen, not from its memory. */
inline put(id, s, onWord) {
  if
  :: holder[s] == NONE -> out++
  :: else ->
    if
    :: alone[s] -> asserted--
    :: else
    fi
  fi;
  holder[s] = id + 1;
  alone[s] = onWord;
  if
  :: onWord -> asserted++
  :: else
  fi
}

inline take(s) {
  out--;
  if
  :: alone[s] -> asserted--
  :: else
  fi;
  holder[s] = NONE;
  alone[s] = false
}

inline count(id) {
  own = 0;
  words = 0;
  i = 0;
  do
  :: i < N ->
    if
    :: memory[id].has[i] ->
      own++;
      words = words + memory[id].word[i]
    :: else
    fi;
    i++
  :: else -> break
  od
}

/* Values that mean nothing any more would only be further states. */
inline forget() {
  s = 0;
  i = 0;
  own = 0;
  words = 0;
  onWord = false
}

proctype Agent(byte id) {
  byte s;
  byte own;
  byte words;
  byte i;
  bool onWord;
decide:
  do
  :: atomic {
      /* Decides by its own memory; counted before it is sent, so an unknown outcome counts as out. */
      s = 0;
      do
      :: s < N - 1 -> s++
      :: break
      od;
      if
      :: onWord = true
      :: onWord = false
      fi;
      count(id);
      if
      :: !memory[id].has[s] && own < SHARE(id, N - 1) && (!onWord || words < SHARE(id, CAP)) ->
        memory[id].has[s] = true;
        memory[id].word[s] = onWord
      :: else -> forget(); goto decide
      fi;
      own = 0;
      words = 0;
      i = 0
    }
    /* Here the other agent acts, and leases end. The command arrives, or is lost, or this agent dies. */
    if
    :: atomic { put(id, s, onWord); forget() }
    :: atomic { forget() }
    :: goto died
    fi
  :: atomic {
      /* A renewal: of what it remembers, whoever's it is by now. */
      s = 0;
      do
      :: s < N - 1 -> s++
      :: break
      od;
      if
      :: memory[id].has[s] -> put(id, s, memory[id].word[s])
      :: else
      fi;
      s = 0
    }
  :: atomic {
      /* Its end has come by the agent's clock; by pen's it came before. */
      s = 0;
      do
      :: s < N - 1 -> s++
      :: break
      od;
      if
      :: memory[id].has[s] && holder[s] != id + 1 ->
        memory[id].has[s] = false;
        memory[id].word[s] = false
      :: else
      fi;
      s = 0
    }
  :: goto died
  od;
died:
  atomic {
    i = 0;
    do
    :: i < N ->
      memory[id].has[i] = false;
      memory[id].word[i] = false;
      i++
    :: else -> break
    od;
    forget()
  }
#ifndef NO_WARM_UP
  /* The warm-up is as long as a lease: when it is over, none of its leases is left. */
  do
  :: i < N -> holder[i] != id + 1; i++
  :: else -> break
  od;
  i = 0;
#endif
  goto decide
}

/* pen ends leases by itself. */
proctype Pen() {
  byte s;
  do
  :: atomic {
      s = 0;
      do
      :: s < N - 1 -> s++
      :: break
      od;
      if
      :: holder[s] != NONE -> take(s)
      :: else
      fi;
      s = 0
    }
  od
}

init {
  atomic {
    run Agent(0);
    run Agent(1);
    run Pen()
  }
}

ltl safe { [] (out < N && asserted <= CAP) }
