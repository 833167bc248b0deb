#include "hub/session.h"

#include <sodium.h>

#include "hub/account.h"
#include "hub/lock.h"
#include "sql/hub.h"
#include "sql/session.h"

#define TOKEN_BYTES     32
#define SESSION_LIFE    (12 * HOUR_MS)
#define SESSION_IDLE    (1 * HOUR_MS)
#define SESSION_KEPT    (28 * DAY_MS) /* after its end, as long as a draft */
#define FAILURES_MOST   10
#define FAILURES_WITHIN (15 * MINUTE_MS)
#define PASSWORD_PASSES 2
#define PASSWORD_MEMORY ((size_t)19 << 20)
#define PASSWORD_BYTES  1024 /* longer is refused before it is hashed */

/* A hash of no password anybody has: checked in an unknown account's place, so that it takes as long. */
static const char nobodys_hash[] =
	"$argon2id$v=19$m=19456,t=2,p=1$WX6JTRYFxTPLe97hISdhVg$jvB1NzPCoPBImof9HAcPKZcgqfpdlFRpgDjCm6JF4Ho";

bool password_matches(const struct credentials *credentials, struct text password)
{
	bool known = credentials->account.n && !text_none(credentials->password_hash);
	char stored[crypto_pwhash_STRBYTES] = {0};
	struct text hash = known ? credentials->password_hash : text_of(nobodys_hash);
	bool right;

	if (password.len > PASSWORD_BYTES || hash.len >= sizeof stored) return false;
	memcpy(stored, hash.ptr, hash.len);
	right = crypto_pwhash_str_verify(stored, password.ptr ? password.ptr : "", password.len) == 0;
	return right && known && !credentials->locked;
}

bool password_hash(struct arena *arena, struct text password, struct text *ret_hash, struct error *err)
{
	char hash[crypto_pwhash_STRBYTES];

	if (password.len > PASSWORD_BYTES) return error_field(err, "password", "Use fewer characters");
	if (crypto_pwhash_str_alg(
			hash, password.ptr, password.len, PASSWORD_PASSES, PASSWORD_MEMORY, crypto_pwhash_ALG_ARGON2ID13) != 0)
		return error_failed(err, "could not hash the password: no memory");
	*ret_hash = arena_text(arena, text_of(hash));
	return true;
}

static struct text random_hexadecimal(struct hub *hub, size_t bytes)
{
	unsigned char drawn[TOKEN_BYTES];
	char *hexadecimal = arena_alloc(hub->arena, 2 * bytes + 1);

	random_bytes(hub->random, drawn, bytes);
	sodium_bin2hex(hexadecimal, 2 * bytes + 1, drawn, bytes);
	sodium_memzero(drawn, sizeof drawn);
	return (struct text){hexadecimal, 2 * bytes};
}

static struct text token_hash(struct arena *arena, struct text token)
{
	unsigned char *hash = arena_alloc(arena, crypto_generichash_BYTES);

	crypto_generichash(hash, crypto_generichash_BYTES, (const unsigned char *)token.ptr, token.len, NULL, 0);
	return (struct text){(const char *)hash, crypto_generichash_BYTES};
}

static bool account_locked(struct hub *hub, struct text email, struct credentials *credentials, struct error *err)
{
	struct session_failures_in in = {.email = email, .since = hub->now - FAILURES_WITHIN};
	struct session_failures_row failures;

	if (!session_failures(hub->tx, &in, &failures, err)) return false;
	credentials->locked = failures.count >= FAILURES_MOST;
	credentials->locked_until = credentials->locked ? failures.at + FAILURES_WITHIN : INSTANT_NONE;
	return true;
}

static bool usable(const struct hub *hub, const struct session_credentials_row *row)
{
	if (row->disabled_at != INSTANT_NONE && row->disabled_at <= hub->now) return false;
	return row->ends_at == INSTANT_NONE || row->ends_at > hub->now;
}

bool account_credentials(struct hub *hub, struct text email, struct credentials *ret, struct error *err)
{
	struct session_credentials_row row;
	bool found;

	email = account_email(hub->arena, email);
	*ret = (struct credentials){.password_hash = TEXT_NONE, .locked_until = INSTANT_NONE};
	if (!hub_lock_key(hub, LOCK_SIGN_IN, 0, email, err) || !account_locked(hub, email, ret, err)) return false;
	if (!session_credentials(hub->tx, &(struct session_credentials_in){email}, &row, &found, err)) return false;
	if (!found || !usable(hub, &row)) return true;
	ret->account = row.id;
	ret->password_hash = row.password_hash;
	return true;
}

/* On the record of the account itself; nobody else is there to have done it. */
static bool sign_in_noted(
	struct hub *hub, struct account_id account, enum action action, bool refused, struct error *err)
{
	struct audit_entry entry = {
		.action = action, .about = account, .refused = refused, .look = true, .detail = TEXT_NONE};
	struct account_id actor = hub->actor.account;
	bool noted;

	hub->actor.account = account;
	noted = audit_write(hub, &entry, NULL, err);
	hub->actor.account = actor;
	return noted;
}

static bool failures_forget(struct hub *hub, struct account_id account, struct error *err)
{
	struct session_failures_forget_in in = {.account = account, .before = hub->now - FAILURES_WITHIN};

	return session_failures_forget(hub->tx, &in, NULL, err);
}

bool sessions_expire(struct hub *hub, struct error *err)
{
	struct session_delete_expired_in in = {
		.now = hub->now - SESSION_KEPT, .idle_since = hub->now - SESSION_IDLE - SESSION_KEPT};

	return session_delete_expired(hub->tx, &in, NULL, err);
}

bool sessions_end_all(struct hub *hub, struct error *err)
{
	return session_close_all(hub->tx, NULL, err);
}

bool session_start(
	struct hub *hub, struct account_id account, struct text *ret_token, struct session *ret, struct error *err)
{
	struct text token = random_hexadecimal(hub, TOKEN_BYTES);
	struct session_insert_in in = {
		.account = account,
		.token_hash = token_hash(hub->arena, token),
		.csrf = random_hexadecimal(hub, TOKEN_BYTES),
		.created_at = hub->now,
		.expires_at = hub->now + SESSION_LIFE,
	};
	struct session_insert_row row;

	if (!sessions_expire(hub, err) || !failures_forget(hub, account, err)) return false;
	if (!session_insert(hub->tx, &in, &row, err)) return false;
	if (!sign_in_noted(hub, account, ACTION_SIGN_IN, false, err)) return false;
	*ret_token = token;
	*ret = (struct session){
		.id = row.id, .account = account, .csrf = in.csrf, .last_seen_at = hub->now, .expires_at = in.expires_at};
	return true;
}

bool session_refuse(struct hub *hub, struct text email, struct error *err)
{
	struct credentials credentials;

	if (!account_credentials(hub, email, &credentials, err)) return false;
	if (credentials.account.n && !sign_in_noted(hub, credentials.account, ACTION_SIGN_IN, true, err)) return false;
	if (credentials.locked) return true;
	if (!failures_forget(hub, (struct account_id){0}, err)) return false;
	return session_failure_insert(
		hub->tx, &(struct session_failure_insert_in){account_email(hub->arena, email), hub->now}, NULL, err);
}

static struct actor_get_row actor_of(const struct session_by_token_row *row)
{
	return (struct actor_get_row){
		.id = row->id,
		.name = row->name,
		.email = row->email,
		.role = row->role,
		.team = row->team,
		.ends_at = row->ends_at,
		.disabled_at = row->disabled_at,
		.deputy = row->deputy,
		.on_shift = row->on_shift,
		.shift_named = row->shift_named,
	};
}

bool session_find(struct hub *hub, struct text token, struct session *ret, bool *ret_found, struct error *err)
{
	struct session_by_token_in in = {.now = hub->now, .idle_since = hub->now - SESSION_IDLE};
	struct session_by_token_row row;
	struct actor_get_row actor;

	*ret_found = false;
	if (token.len != SESSION_TOKEN_CHARACTERS) return true;
	in.token_hash = token_hash(hub->arena, token);
	if (!session_by_token(hub->tx, &in, &row, ret_found, err) || !*ret_found) return !*ret_found && !err->kind;
	actor = actor_of(&row);
	if (!hub_act_as_row(hub, &actor, err)) return false;
	*ret = (struct session){.id = row.session,
		.account = row.id,
		.csrf = row.csrf,
		.last_seen_at = row.last_seen_at,
		.expires_at = row.expires_at};
	return true;
}

bool session_end(struct hub *hub, struct text token, struct error *err)
{
	struct session session;
	bool found;

	if (!session_find(hub, token, &session, &found, err)) return false;
	if (!found) return true;
	if (!session_close(hub->tx, &(struct session_close_in){hub->now, token_hash(hub->arena, token)}, NULL, err))
		return false;
	return sign_in_noted(hub, session.account, ACTION_SIGN_OUT, false, err);
}

instant session_began(const struct session *session)
{
	return session->expires_at - SESSION_LIFE;
}

bool session_whose_pages(struct hub *hub, struct text csrf, struct account_id *ret, struct error *err)
{
	struct session_of_pages_in in = {.csrf = csrf, .now = hub->now};
	struct session_of_pages_row row = {0};
	bool found = false;

	if (csrf.len == 2 * (size_t)TOKEN_BYTES && !session_of_pages(hub->tx, &in, &row, &found, err)) return false;
	*ret = found ? row.account : (struct account_id){0};
	return true;
}

bool session_wants_touch(const struct hub *hub, const struct session *session)
{
	return hub->now - session->last_seen_at >= SESSION_IDLE / 4;
}

bool session_touch(struct hub *hub, struct session_id session, struct error *err)
{
	return session_seen(hub->tx, &(struct session_seen_in){hub->now, session}, NULL, err);
}

bool session_csrf_anonymous(struct hub *hub, struct text *ret_token, struct error *err)
{
	(void)err;
	*ret_token = random_hexadecimal(hub, TOKEN_BYTES);
	return true;
}
