/*
 * Fault: "the n-th call of this kind fails", so that a test can try every one of them.
 *
 * Compiled in only where the tests are (meson -Dtests=enabled, the trees of script/test); elsewhere fault_now is a plain
 * false and costs nothing. FANLIGHT_FAULT says what fails: POINT:N ("step:3"), or the path of a file that holds a struct
 * fault_plan, mapped by the program and by its test, which sets the next fault while the program runs.
 *
 * What fails where: connect opens no connection; begin finds the database busy; prepare and step find no memory; commit
 * finds the disk full; sync loses the answer of a commit that was made; allocate finds no memory for an arena.
 */
#ifndef BASE_FAULT_H
#define BASE_FAULT_H

#include <stdbool.h>
#include <stdint.h>

enum fault_point {
	FAULT_AT_CONNECT,
	FAULT_AT_BEGIN,
	FAULT_AT_PREPARE,
	FAULT_AT_STEP,
	FAULT_AT_COMMIT,
	FAULT_AT_SYNC,
	FAULT_AT_ALLOCATE,
	FAULT_POINT_COUNT,
};

struct fault_plan {
	_Atomic int64_t left[FAULT_POINT_COUNT]; /* 1: the next call fails; 0 or less: none does */
	_Atomic int64_t met[FAULT_POINT_COUNT];  /* how many have failed */
};

#ifdef FAULTS

bool fault_now(enum fault_point);

/* What this process goes by: FANLIGHT_FAULT's, or one that plans nothing. */
struct fault_plan *fault_plan(void);

/* "step"; NULL past the last. */
const char *fault_point_name(enum fault_point);

#else

static inline bool fault_now(enum fault_point point)
{
	(void)point;
	return false;
}

#endif

#endif
