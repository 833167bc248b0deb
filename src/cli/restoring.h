/*
 * Restoring: an empty database filled with a hub, from a file or from another database, and kept only when it is whole.
 */
#ifndef CLI_RESTORING_H
#define CLI_RESTORING_H

#include "cli/cli.h"
#include "db/load.h"
#include "hub/audit_verify.h"

struct restoring {
	struct db_job job; /* first: who writes knows only this */
	struct cli *cli;
	struct load_from from;

	/* Gives every block to load_block and says what they add up to. May be asked again, from the start. */
	bool (*give)(struct restoring *, struct load *, const struct rows_sum **ret_sums, struct error *);
	void *context;

	bool ends_sessions; /* a restored hub: nobody stays signed in, and it is written down */
	struct audit_check check;
	struct error err;
};

/* Fills the database at `url`, which must hold nothing. */
NODISCARD bool restoring_run(struct restoring *, struct text url, struct error *);

#endif
