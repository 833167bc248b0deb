#include "hub/draft.h"

#include <jansson.h>

#include "base/json.h"
#include "hub/lock.h"

struct text draft_new_key(struct arena *arena, struct random_source *random)
{
	static const char digits[] = "0123456789abcdef";
	unsigned char bytes[DRAFT_KEY_CHARACTERS / 2];
	char *key = arena_alloc(arena, DRAFT_KEY_CHARACTERS + 1);

	random_bytes(random, bytes, sizeof bytes);
	for (size_t i = 0; i < sizeof bytes; i++) {
		key[2 * i] = digits[bytes[i] >> 4];
		key[2 * i + 1] = digits[bytes[i] & 15];
	}
	return (struct text){key, DRAFT_KEY_CHARACTERS};
}

/* [["analysis", "..."], ...]: names repeat, and their order counts. */
static bool content_of(struct hub *hub, const struct draft_fields *fields, struct text *ret, struct error *err)
{
	BUFFER_SCOPE out;
	struct json json;
	size_t bytes = 0;

	buffer_init(&out, DRAFT_BYTES_MOST * 7);
	for (size_t i = 0; i < fields->count; i++) bytes += fields->rows[i].name.len + fields->rows[i].value.len;
	if (bytes > DRAFT_BYTES_MOST)
		return error_too_large(
			err, "what you typed is over %zu KB, so it can't be kept as a draft", DRAFT_BYTES_MOST >> 10);
	json_init(&json, &out);
	json_open_list(&json);
	for (size_t i = 0; i < fields->count; i++) {
		json_open_list(&json);
		json_text(&json, fields->rows[i].name);
		json_text(&json, fields->rows[i].value);
		json_close_list(&json);
	}
	json_close_list(&json);
	*ret = arena_text(hub->arena, buffer_text(&out));
	return true;
}

static struct draft_field field_of(struct arena *arena, const json_t *pair)
{
	const json_t *name = json_array_get(pair, 0), *value = json_array_get(pair, 1);

	return (struct draft_field){
		.name = arena_text(arena, (struct text){json_string_value(name), json_string_length(name)}),
		.value = arena_text(arena, (struct text){json_string_value(value), json_string_length(value)}),
	};
}

bool draft_fields_of(struct arena *arena, const struct draft_row *row, struct draft_fields *ret, struct error *err)
{
	json_t *list = json_loadb(row->content.ptr, row->content.len, 0, NULL);
	size_t count = json_array_size(list);

	if (!json_is_array(list)) return error_failed(err, "draft %lld can't be read", (long long)row->id.n);
	*ret = (struct draft_fields){arena_new_array(arena, count, struct draft_field), count};
	for (size_t i = 0; i < count; i++) ret->rows[i] = field_of(arena, json_array_get(list, i));
	json_decref(list);
	return true;
}

static bool by_key(struct hub *hub, struct text key, struct draft_row *ret, bool *ret_found, struct error *err)
{
	if (!hub_lock_key(hub, LOCK_DRAFT, hub->actor.account.n, TEXT(""), err)) return false;
	return draft_by_key(hub->tx, &(struct draft_by_key_in){hub->actor.account, key}, ret, ret_found, err);
}

static bool room_for_one(struct hub *hub, struct error *err)
{
	struct draft_count_row row;

	if (!draft_count(hub->tx, &(struct draft_count_in){hub->actor.account}, &row, err)) return false;
	if (row.count < DRAFTS_MOST) return true;
	error_refused(err, "you have %d drafts already", DRAFTS_MOST);
	return error_hint(err, "Send or throw away some of them; then this one can be kept.");
}

static bool insert(
	struct hub *hub, const struct draft_words *in, struct text content, struct draft_kept *ret, struct error *err)
{
	struct draft_insert_in row = {
		.account = hub->actor.account,
		.key = ret->key,
		.writer = in->writer,
		.address = in->address,
		.title = text_slice(in->title, 0, DRAFT_TITLE_MOST),
		.content = content,
		.saved_at = hub->now,
		.sent_at = INSTANT_NONE,
		.sent_hash = TEXT_NONE,
		.led_to = TEXT_NONE,
		.recorded_at = hub->now,
	};
	struct draft_insert_row made;

	if (!room_for_one(hub, err)) return false;
	ret->version = 1;
	ret->saved_at = hub->now;
	return draft_insert(hub->tx, &row, &made, err);
}

static bool update(
	struct hub *hub, const struct draft_words *in, struct text content, const struct draft_row *row, struct error *err)
{
	struct draft_update_in change = {
		.id = row->id,
		.writer = in->writer,
		.title = text_slice(in->title, 0, DRAFT_TITLE_MOST),
		.content = content,
		.saved_at = hub->now,
	};

	return draft_update(hub->tx, &change, NULL, err);
}

static bool words_fit(const struct draft_words *in, struct error *err)
{
	if (in->key.len == DRAFT_KEY_CHARACTERS && in->writer.len == DRAFT_KEY_CHARACTERS && in->address.len &&
		in->address.len <= DRAFT_ADDRESS_MOST && !text_none(in->title))
		return true;
	return error_invalid(err, "this is no form whose words can be kept");
}

/* Its writer knows the latest save, or made it. */
static bool goes_on(const struct draft_words *in, const struct draft_row *row)
{
	return in->version == row->version || text_equal(in->writer, row->writer);
}

bool draft_keep(struct hub *hub, const struct draft_words *in, struct draft_kept *ret, struct error *err)
{
	struct draft_row row = {0};
	struct text content;
	bool found = false;

	*ret = (struct draft_kept){.key = in->key, .saved_at = hub->now};
	if (!hub_may(hub, ACTION_DRAFT, err) || !words_fit(in, err)) return false;
	if (!content_of(hub, &in->fields, &content, err) || !by_key(hub, in->key, &row, &found, err)) return false;
	if (!found) return insert(hub, in, content, ret, err);
	ret->sent = row.sent_at != INSTANT_NONE && in->by_the_way;
	ret->version = row.version;
	if (ret->sent) return true;
	if (row.sent_at == INSTANT_NONE && text_equal(content, row.content) && row.thrown_at == INSTANT_NONE) {
		ret->saved_at = row.saved_at;
		return true;
	}
	if (row.sent_at == INSTANT_NONE && goes_on(in, &row)) {
		ret->version = row.version + 1;
		return update(hub, in, content, &row, err);
	}
	ret->beside = row.sent_at == INSTANT_NONE;
	ret->key = draft_new_key(hub->arena, hub->random);
	return insert(hub, in, content, ret, err);
}

bool draft_sent(struct hub *hub, const struct draft_sending *in, struct error *err)
{
	struct draft_insert_in made = {
		.account = hub->actor.account,
		.key = in->key,
		.writer = in->writer,
		.address = text_slice(in->address, 0, DRAFT_ADDRESS_MOST),
		.title = text_slice(in->title, 0, DRAFT_TITLE_MOST),
		.content = TEXT("[]"),
		.saved_at = hub->now,
		.sent_at = hub->now,
		.sent_hash = in->hash,
		.led_to = in->led_to,
		.recorded_at = hub->now,
	};
	struct draft_mark_sent_in mark = {.sent_at = hub->now, .sent_hash = in->hash, .led_to = in->led_to};
	struct draft_insert_row unused;
	struct draft_row row;
	bool found;

	if (in->key.len != DRAFT_KEY_CHARACTERS) return true;
	if (!by_key(hub, in->key, &row, &found, err)) return false;
	if (!found) return draft_insert(hub->tx, &made, &unused, err);
	mark.id = row.id;
	return draft_mark_sent(hub->tx, &mark, NULL, err);
}

bool draft_sent_before(struct hub *hub, struct text key, struct text hash, struct text *ret_led_to, struct error *err)
{
	struct draft_row row = {0};
	bool found = false;

	*ret_led_to = TEXT_NONE;
	if (key.len == DRAFT_KEY_CHARACTERS && !by_key(hub, key, &row, &found, err)) return false;
	if (found && row.sent_at != INSTANT_NONE && text_equal(row.sent_hash, hash)) *ret_led_to = row.led_to;
	return true;
}

bool drafts_standing(struct hub *hub, struct draft_standing_rows *ret, struct error *err)
{
	return draft_standing(hub->tx, &(struct draft_standing_in){hub->actor.account, DRAFTS_SHOWN}, ret, err);
}

bool drafts_thrown(struct hub *hub, struct draft_standing_rows *ret, struct error *err)
{
	struct draft_thrown_in in = {
		.viewer = hub->actor.account, .since = hub->now - DRAFT_BACK_HOURS * HOUR_MS, .limit = DRAFTS_SHOWN};

	return draft_thrown(hub->tx, &in, ret, err);
}

/* One that was sent is there no more, for its writer too. */
bool draft_get(struct hub *hub, struct draft_id id, struct draft_row *ret, struct error *err)
{
	struct draft_row_in in = {.viewer = hub->actor.account, .id = id};

	if (!draft_row(hub->tx, &in, ret, err)) return false;
	if (ret->sent_at == INSTANT_NONE) return true;
	return error_not_found(err, "this draft was sent");
}

bool draft_throw_away(struct hub *hub, struct draft_id id, struct draft_row *ret, struct error *err)
{
	if (!draft_get(hub, id, ret, err)) return false;
	if (ret->thrown_at != INSTANT_NONE) return true;
	ret->thrown_at = hub->now;
	return draft_throw(hub->tx, &(struct draft_throw_in){hub->now, id}, NULL, err);
}

bool draft_bring_back(struct hub *hub, struct draft_id id, struct draft_row *ret, struct error *err)
{
	if (!draft_get(hub, id, ret, err)) return false;
	ret->thrown_at = INSTANT_NONE;
	return draft_throw(hub->tx, &(struct draft_throw_in){INSTANT_NONE, id}, NULL, err);
}

bool drafts_purge(struct hub *hub, struct error *err)
{
	struct draft_forget_in in = {
		.saved_before = hub->now - DRAFT_DAYS * DAY_MS, .thrown_before = hub->now - DRAFT_BACK_HOURS * HOUR_MS};

	return draft_forget(hub->tx, &in, NULL, err);
}
