/* Where base/fault.h is not compiled in there is nothing to make fail. */
#include "crash.h"

bool faults_play(struct run *run)
{
	wrong(run, "this build has no faults: meson -Dtests=enabled");
	return tell(run, 1, "the n-th call fails");
}
