#include "hub/alarm_view.h"

#include "hub/lock.h"
#include "rules/decode.h"

bool alarms_have(const struct hub *hub)
{
	return hub_can(hub, ACTION_ACKNOWLEDGE_ALARM);
}

static bool fill_count(struct hub *hub, struct alarm_list *list, struct error *err)
{
	struct alarm_mine_count_row count;
	struct alarm_sound_of_row sound;

	if (!alarm_mine_count(hub->tx, &(struct alarm_mine_count_in){hub->actor.account}, &count, err)) return false;
	if (!alarm_sound_of(hub->tx, &(struct alarm_sound_of_in){hub->actor.account}, &sound, err)) return false;
	list->standing = count.standing;
	list->unacknowledged = count.unacknowledged;
	list->latest = count.latest;
	list->sound = sound.alarm_sound;
	return true;
}

static bool fill(struct hub *hub, struct alarm_id after, size_t limit, struct alarm_list *ret, struct error *err)
{
	struct alarm_mine_in in = {.viewer = hub->actor.account, .after = after, .limit = (int64_t)limit + 1};
	struct alarm_line_rows rows;

	*ret = (struct alarm_list){.now = hub->now};
	if (!fill_count(hub, ret, err) || !ret->standing) return !err->kind;
	if (!alarm_mine(hub->tx, &in, &rows, err)) return false;
	ret->rows = rows.rows;
	ret->count = rows.count;
	if (rows.count <= limit) return true;
	ret->count = limit;
	ret->next = rows.rows[limit - 1].id;
	return true;
}

bool alarm_banner(struct hub *hub, struct alarm_list *ret, struct error *err)
{
	*ret = (struct alarm_list){.now = hub->now};
	return !alarms_have(hub) || fill(hub, (struct alarm_id){0}, ALARM_BANNER_ROWS, ret, err);
}

bool alarm_list(struct hub *hub, struct alarm_id after, struct alarm_list *ret, struct error *err)
{
	if (!hub_may(hub, ACTION_ACKNOWLEDGE_ALARM, err)) return false;
	if (!fill(hub, after, ALARM_PAGE_ROWS, ret, err)) return false;
	return hub_viewed(hub, ACTION_VIEW_LIST, (struct enquiry_id){0}, TEXT("list=alarms"), err);
}

bool alarm_news_since(
	struct hub *hub, struct alarm_id since, struct alarm_list *ret, struct alarm_news_rows *news, struct error *err)
{
	struct alarm_mine_new_in in = {.viewer = hub->actor.account, .since = since, .limit = ALARM_BANNER_ROWS};

	*ret = (struct alarm_list){.now = hub->now};
	*news = (struct alarm_news_rows){0};
	if (!hub_may(hub, ACTION_ACKNOWLEDGE_ALARM, err) || !fill_count(hub, ret, err)) return false;
	return ret->latest.n <= since.n || alarm_mine_new(hub->tx, &in, news, err);
}

static bool find_mine(struct hub *hub, struct alarm_id id, struct alarm_one *ret, struct error *err)
{
	struct alarm_exists_row any;
	bool found;

	if (!alarm_mine_one(hub->tx, &(struct alarm_mine_one_in){hub->actor.account, id}, ret, &found, err)) return false;
	if (found) return true;
	if (!alarm_exists(hub->tx, &(struct alarm_exists_in){id}, &any, &found, err)) return false;
	if (!found) return error_not_found(err, "there is no such alarm");
	error_denied(err, "this alarm is for somebody else");
	return error_hint(err, "Whoever it is for answers it; what it is about can be done by anybody whose work it is.");
}

bool alarm_acknowledge(struct hub *hub, struct alarm_id id, struct alarm_one *ret, struct error *err)
{
	struct alarm_acknowledge_row_in in = {.account = hub->actor.account, .acknowledged_at = hub->now, .id = id};
	struct audit_entry entry = {.action = ACTION_ACKNOWLEDGE_ALARM};

	if (!hub_may(hub, ACTION_ACKNOWLEDGE_ALARM, err)) return false;
	if (!hub_lock_key(hub, LOCK_ALARM, id.n, TEXT(""), err) || !find_mine(hub, id, ret, err)) return false;
	if (ret->acknowledged_at != INSTANT_NONE || ret->ended_at != INSTANT_NONE) return true;
	entry.enquiry = ret->enquiry;
	entry.detail = arena_printf(hub->arena, "alarm %lld %.*s", (long long)id.n, TEXT_ARG(ret->alarm_kind));
	ret->acknowledged_at = hub->now;
	ret->acknowledged_by = hub->actor.name;
	return alarm_acknowledge_row(hub->tx, &in, NULL, err) && audit_write(hub, &entry, NULL, err);
}

static const struct input_member sound_members[] = {
	{FIELD_alarm_sound, COLUMN_TEXT, offsetof(struct alarm_sound, alarm_sound), true},
};
const struct input_type alarm_sound_input = {
	.name = "alarm_sound",
	.size = sizeof(struct alarm_sound),
	INPUT_MEMBERS(sound_members),
};

bool alarm_sound_choose(struct hub *hub, const struct alarm_sound *in, struct error *err)
{
	struct decoder decoder = {.arena = hub->arena, .err = err};
	enum yes_no answer = yes_no_of(in->alarm_sound);
	struct audit_entry entry = {.action = ACTION_ACKNOWLEDGE_ALARM,
		.about = hub->actor.account,
		.detail = arena_printf(hub->arena, "alarm_sound %.*s", TEXT_ARG(in->alarm_sound))};
	struct alarm_sound_set_in set = {.alarm_sound = answer == ANSWERED_YES, .account = hub->actor.account};

	if (!hub_may(hub, ACTION_ACKNOWLEDGE_ALARM, err)) return false;
	decode_required(&decoder, FIELD_alarm_sound, answer != ANSWERED_NONE);
	if (!decode_ok(&decoder)) return false;
	return alarm_sound_set(hub->tx, &set, NULL, err) && audit_write(hub, &entry, NULL, err);
}
