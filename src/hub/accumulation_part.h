/*
 * Parts of the accumulation's view, a file each: its ages, and how it burns down. Used by accumulation.c alone.
 */
#ifndef HUB_ACCUMULATION_PART_H
#define HUB_ACCUMULATION_PART_H

#include "hub/accumulation.h"

NODISCARD bool accumulation_fill_ages(struct hub *, struct workstream_id, struct accumulation_view *, struct error *);
NODISCARD bool accumulation_fill_burn(struct hub *, struct workstream_id, struct accumulation_view *, struct error *);

#endif
