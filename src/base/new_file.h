/*
 * New file: there whole, or not at all. Written as PATH.part, which nobody else may read, then synced and given its name;
 * what stands under that name already is never written over. Told to stop, the program leaves nothing (unfinished.h). One
 * thread at a time.
 */
#ifndef BASE_NEW_FILE_H
#define BASE_NEW_FILE_H

#include <stdio.h>

#include "base/error.h"

struct new_file {
	FILE *file;
	const char *path; /* the caller's */
	char part[4096];
};

/* REFUSED where PATH is there, or somebody else is writing it now. */
NODISCARD bool new_file_begin(struct new_file *, const char *path, struct error *);

/* On disk, still under its other name; then under its own. Whichever fails, nothing is left: don't abandon it then. */
NODISCARD bool new_file_sync(struct new_file *, struct error *);
NODISCARD bool new_file_keep(struct new_file *, struct error *);

/* Nothing of it is left. */
void new_file_abandon(struct new_file *);

/* The directory it stands in, where that isn't there yet; nobody else may look into it. */
void make_directory_of(const char *path);

/* A name that was given or taken is on disk with its directory. */
void sync_directory_of(const char *path);

#endif
