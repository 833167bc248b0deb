#include "db/pack.h"

#include "db/rows.h"

static int64_t unzigzag(uint64_t n)
{
	return (int64_t)(n >> 1) ^ -(int64_t)(n & 1);
}

void pack_real(struct buffer *out, double real)
{
	unsigned char bytes[sizeof real];

	pack_real_at(bytes, real);
	buffer_bytes(out, bytes, sizeof bytes);
}

/* One way to write a number only: no needless last byte, nothing beyond 64 bits. */
bool unpack_count(struct text *rest, uint64_t *ret)
{
	uint64_t n = 0;

	for (unsigned i = 0; i < PACKED_COUNT_MOST && i < rest->len; i++) {
		uint64_t byte = (unsigned char)rest->ptr[i];

		n |= (byte & 0x7f) << (7 * i);
		if (byte & 0x80) continue;
		if ((i && !byte) || (i == PACKED_COUNT_MOST - 1 && byte > 1)) return false;
		*rest = text_slice(*rest, i + 1, rest->len);
		*ret = n;
		return true;
	}
	return false;
}

bool unpack_number(struct text *rest, int64_t *ret)
{
	uint64_t n;

	if (!unpack_count(rest, &n)) return false;
	*ret = unzigzag(n);
	return true;
}

bool unpack_real(struct text *rest, double *ret)
{
	uint64_t bits = 0;

	if (rest->len < sizeof bits) return false;
	for (size_t i = 0; i < sizeof bits; i++) bits |= (uint64_t)(unsigned char)rest->ptr[i] << (8 * i);
	memcpy(ret, &bits, sizeof bits);
	*rest = text_slice(*rest, sizeof bits, rest->len);
	return true;
}

bool unpack_text(struct text *rest, struct text *ret)
{
	uint64_t len;

	if (!unpack_count(rest, &len) || len > rest->len) return false;
	*ret = (struct text){rest->ptr, (size_t)len};
	*rest = text_slice(*rest, (size_t)len, rest->len);
	return true;
}

void rows_encode(struct buffer *out, const struct rows_table *table, const struct rows_value *values)
{
	unsigned char none[ROWS_COLUMNS_MOST / 8 + 1] = {0};

	for (size_t i = 0; i < table->column_count; i++)
		if (values[i].none) none[i / 8] |= (unsigned char)(1 << i % 8);
	buffer_bytes(out, none, pack_none_bytes(table->column_count));
	for (size_t i = 0; i < table->column_count; i++) {
		if (values[i].none) continue;
		switch (rows_form(table->columns[i].type)) {
		case ROWS_NUMBER: pack_number(out, values[i].number); break;
		case ROWS_REAL: pack_real(out, values[i].real); break;
		case ROWS_TEXT: pack_text(out, values[i].text); break;
		}
	}
}

static bool decode_value(struct text *rest, enum column_type type, struct rows_value *value)
{
	switch (rows_form(type)) {
	case ROWS_NUMBER: return unpack_number(rest, &value->number);
	case ROWS_REAL: return unpack_real(rest, &value->real);
	case ROWS_TEXT: return unpack_text(rest, &value->text);
	}
	return false;
}

/* The bits behind the last column's say nothing, so they are nought. */
static bool bits_in_order(const unsigned char *none, size_t columns)
{
	return columns % 8 == 0 || none[columns / 8] >> columns % 8 == 0;
}

bool rows_decode(struct text *rest, const struct rows_table *table, struct rows_value *ret_values)
{
	const unsigned char *none = (const unsigned char *)rest->ptr;
	size_t bytes = pack_none_bytes(table->column_count);

	if (rest->len < bytes || !bits_in_order(none, table->column_count)) return false;
	*rest = text_slice(*rest, bytes, rest->len);
	for (size_t i = 0; i < table->column_count; i++) {
		ret_values[i] = (struct rows_value){.none = none[i / 8] >> i % 8 & 1, .text = TEXT_NONE};
		if (!ret_values[i].none && !decode_value(rest, table->columns[i].type, &ret_values[i])) return false;
	}
	return true;
}
