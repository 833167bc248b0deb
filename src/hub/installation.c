#include "hub/installation.h"

#include <ctype.h>

#include "hub/service.h"
#include "sql/account.h"
#include "sql/hub.h"
#include "sql/installation.h"
#include "sql/policy.h"

#define PREFIX_MOST   6 /* as the policy has it */
#define INITIALS_MOST 4

static const struct {
	const char *workstream;
	const char *team;
} teams[] = {{"new", "MASH team"}, {"accumulation", "Accumulation team"}};

/* The initials of a name of several words, the first two letters of one. */
struct text reference_prefix_for(struct arena *arena, struct text authority)
{
	char *prefix = arena_alloc(arena, PREFIX_MOST + 1);
	struct text rest = text_trim(authority), word;
	size_t letters = 0;

	if (text_equal_nocase(rest, TEXT("Fanlight"))) return TEXT("FL");
	if (text_index(rest, ' ') == rest.len) {
		for (size_t i = 0; i < rest.len && letters < 2; i++)
			if (isalpha((unsigned char)rest.ptr[i])) prefix[letters++] = (char)toupper((unsigned char)rest.ptr[i]);
	} else {
		while (letters < INITIALS_MOST && text_split(&rest, ' ', &word))
			if (word.len && isupper((unsigned char)word.ptr[0])) prefix[letters++] = word.ptr[0];
	}
	return letters >= 2 ? (struct text){prefix, letters} : TEXT("FL");
}

static bool prefix_valid(struct text prefix)
{
	for (size_t i = 0; i < prefix.len; i++)
		if (!isupper((unsigned char)prefix.ptr[i]) && !isdigit((unsigned char)prefix.ptr[i])) return false;
	return prefix.len >= 1 && prefix.len <= PREFIX_MOST;
}

static bool first_policy(
	struct arena *arena, const struct hub_init *in, struct text authority, struct policy *ret, struct error *err)
{
	policy_default(arena, ret);
	if (!text_none(in->policy) && !policy_read(arena, in->policy, ret, err)) return false;
	if (!text_none(in->reference_prefix) && !prefix_valid(in->reference_prefix))
		return error_invalid(err, "a reference's prefix is one to six capital letters and digits");
	if (!text_none(in->reference_prefix))
		ret->reference_prefix = in->reference_prefix;
	else if (text_none(in->policy))
		ret->reference_prefix = reference_prefix_for(arena, authority);
	return true;
}

static bool installation_write(const struct hub_edge *edge, const struct hub_init *in, struct text authority,
	struct text prefix, struct error *err)
{
	struct installation_insert_in row = {.authority = authority,
		.reference_prefix = prefix,
		.simulated = in->simulated,
		.created_at = instant_whole_second(edge->now)};

	return installation_insert(edge->tx, &row, NULL, err);
}

static bool operator_write(const struct hub_edge *edge, struct error *err)
{
	struct account_insert_in row = {.email = TEXT("operator"),
		.name = TEXT("Operator"),
		.role = TEXT("operator"),
		.ends_at = INSTANT_NONE,
		.created_at = instant_whole_second(edge->now)};
	struct account_insert_row made;

	if (!account_insert(edge->tx, &row, &made, err)) return false;
	return made.id.n == OPERATOR_ACCOUNT.n || error_failed(err, "the operator's account is not the first");
}

/* In force from the beginning of time: what was received before the hub was made has a clock too. */
static bool policy_first_write(const struct hub_edge *edge, const struct policy *policy, struct error *err)
{
	struct policy_insert_in row = {
		.valid_from = 0,
		.content = policy_write(tx_arena(edge->tx), policy),
		.note = TEXT("The policy the hub began with"),
		.loaded_by = OPERATOR_ACCOUNT,
		.recorded_at = instant_whole_second(edge->now),
	};
	struct policy_insert_row made;

	return policy_insert(edge->tx, &row, &made, err);
}

static bool teams_write(struct tx *tx, struct error *err)
{
	for (size_t i = 0; i < sizeof teams / sizeof teams[0]; i++) {
		struct team_insert_in team = {.name = text_of(teams[i].team), .key = text_of(teams[i].workstream)};

		if (!team_insert(tx, &team, NULL, err)) return false;
	}
	return true;
}

static bool database_is_empty(struct tx *tx, struct error *err)
{
	struct installation_get_row held;
	bool found;

	if (!installation_get(tx, &held, &found, err)) return false;
	if (found) return error_refused(err, "the database holds the hub of %.*s already", TEXT_ARG(held.authority));
	return true;
}

bool hub_init(const struct hub_edge *edge, const struct hub_init *in, struct hub *ret, struct error *err)
{
	struct text authority = text_blank(in->authority) ? TEXT("Fanlight") : text_trim(in->authority);
	struct policy policy;

	if (!database_is_empty(edge->tx, err)) return false;
	if (!first_policy(tx_arena(edge->tx), in, authority, &policy, err)) return false;
	if (!installation_write(edge, in, authority, policy.reference_prefix, err)) return false;
	if (!operator_write(edge, err)) return false;
	if (!policy_first_write(edge, &policy, err)) return false;
	if (!teams_write(edge->tx, err)) return false;
	if (!services_settle(edge->tx, policy.services, edge->now, err)) return false;
	if (!hub_begin(edge, ret, err)) return false;
	return hub_act_as(ret, OPERATOR_ACCOUNT, err);
}
