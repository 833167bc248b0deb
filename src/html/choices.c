#include "html/choices.h"

enum choice_kind { CHOICE_RADIO, CHOICE_CHECKBOX };

/* The names that differ between the two. */
static const struct choice_names {
	const char *type, *group, *module, *item, *input, *label, *hint, *divider, *conditional;
} kinds[] = {
	[CHOICE_RADIO] = {"radio", "govuk-radios", "govuk-radios", "govuk-radios__item", "govuk-radios__input",
		"govuk-radios__label", "govuk-radios__hint", "govuk-radios__divider", "govuk-radios__conditional"},
	[CHOICE_CHECKBOX] = {"checkbox", "govuk-checkboxes", "govuk-checkboxes", "govuk-checkboxes__item",
		"govuk-checkboxes__input", "govuk-checkboxes__label", "govuk-checkboxes__hint", "govuk-checkboxes__divider",
		"govuk-checkboxes__conditional"},
};

/* One list while it is written. */
struct choosing {
	const struct radios *list;
	enum choice_kind kind;
	const struct choice_names *names;
	struct text prefix; /* of ids */
};

#define CHOICE_ID_BYTES 200

struct choice_ids {
	char id[CHOICE_ID_BYTES];
	char hint[CHOICE_ID_BYTES + 16];
	char conditional[CHOICE_ID_BYTES + 16];
};

static bool is_checked(const struct choosing *c, const struct choice *item)
{
	if (item->checked != FLAG_UNSAID) return item->checked == FLAG_ON;
	if (c->kind == CHOICE_RADIO) return c->list->value.len && text_equal(item->value, c->list->value);
	for (size_t i = 0; i < c->list->values.count; i++)
		if (text_equal(item->value, c->list->values.rows[i])) return true;
	return false;
}

/* The first has the bare prefix, so that an error summary can link to it. */
static void name_choice(const struct choosing *c, const struct choice *item, size_t index, struct choice_ids *ret)
{
	if (item->id.len)
		snprintf(ret->id, sizeof ret->id, "%.*s", TEXT_ARG(item->id));
	else if (index == 0)
		snprintf(ret->id, sizeof ret->id, "%.*s", TEXT_ARG(c->prefix));
	else
		snprintf(ret->id, sizeof ret->id, "%.*s-%zu", TEXT_ARG(c->prefix), index + 1);
	snprintf(ret->hint, sizeof ret->hint, "%s-item-hint", ret->id);
	snprintf(ret->conditional, sizeof ret->conditional, "conditional-%s", ret->id);
}

/* A checkbox outside of a fieldset says itself what describes the list. */
static void describe_choice(struct html *h, const struct choosing *c, const struct choice *item, const char *hint_id)
{
	const struct radios *list = c->list;
	struct described d = {.id = c->prefix, .also = hint_there(&item->hint) ? text_of(hint_id) : TEXT_NONE};

	if (c->kind == CHOICE_CHECKBOX && !list->fieldset) {
		d.by = list->described_by;
		d.hint = hint_there(&list->hint);
		d.error = error_message_there(&list->error);
	}
	html_described(h, d);
}

static void choice_input(
	struct html *h, const struct choosing *c, const struct choice *item, const struct choice_ids *ids)
{
	html_markup(h, "<input");
	html_class(h, c->names->input, NULL);
	html_attr(h, "id", text_of(ids->id));
	html_attr(h, "name", item->name.len && c->kind == CHOICE_CHECKBOX ? item->name : c->list->name);
	html_attr(h, "type", text_of(c->names->type));
	html_attr(h, "value", item->value);
	if (is_checked(c, item)) html_markup(h, " checked");
	if (item->disabled) html_markup(h, " disabled");
	if (item->conditional.markup.len) html_attr(h, "data-aria-controls", text_of(ids->conditional));
	if (item->exclusive) html_markup(h, " data-behaviour=\"exclusive\"");
	describe_choice(h, c, item, ids->hint);
	html_pairs(h, item->attributes);
	html_markup(h, ">");
}

static void joined(char *out, size_t size, const char *base, const char *more)
{
	snprintf(out, size, "%s%s%s", base, more ? " " : "", more ? more : "");
}

static void choice_words(
	struct html *h, const struct choosing *c, const struct choice *item, const struct choice_ids *ids)
{
	char classes[200];
	struct hint hint = item->hint;

	joined(classes, sizeof classes, c->names->label, item->label_classes);
	html_label(h, &(struct label){.text = item->text,
					  .html = item->html,
					  .classes = classes,
					  .attributes = item->label_attributes,
					  .for_id = text_of(ids->id)});
	if (!hint_there(&hint)) return;
	joined(classes, sizeof classes, c->names->hint, item->hint.classes);
	hint.id = text_of(ids->hint);
	hint.classes = classes;
	html_hint(h, &hint);
}

static void choice_conditional(
	struct html *h, const struct choosing *c, const struct choice *item, const struct choice_ids *ids)
{
	if (!item->conditional.markup.len) return;
	html_markup(h, "<div class=\"");
	html_attribute_cstr(h, c->names->conditional);
	if (!is_checked(c, item)) {
		html_markup(h, " ");
		html_attribute_cstr(h, c->names->conditional);
		html_markup(h, "--hidden");
	}
	html_markup(h, "\"");
	html_attr(h, "id", text_of(ids->conditional));
	html_markup(h, ">");
	html_content(h, TEXT_NONE, item->conditional);
	html_markup(h, "</div>");
}

static void write_choice(struct html *h, const struct choosing *c, size_t index)
{
	const struct choice *item = &c->list->items.rows[index];
	struct choice_ids ids;

	html_markup(h, "<div");
	if (item->divider.len) {
		html_class(h, c->names->divider, NULL);
		html_markup(h, ">");
		html_text(h, item->divider);
		html_markup(h, "</div>");
		return;
	}
	name_choice(c, item, index, &ids);
	html_class(h, c->names->item, NULL);
	html_markup(h, ">");
	choice_input(h, c, item, &ids);
	choice_words(h, c, item, &ids);
	html_markup(h, "</div>");
	choice_conditional(h, c, item, &ids);
}

/* A group's hint and message, above its inputs. */
static void write_hint_and_error(
	struct html *h, struct text prefix, const struct hint *given_hint, const struct error_message *given_error)
{
	char id[CHOICE_ID_BYTES];
	struct hint hint = *given_hint;
	struct error_message error = *given_error;

	if (hint_there(&hint)) {
		snprintf(id, sizeof id, "%.*s-hint", TEXT_ARG(prefix));
		hint.id = text_of(id);
		html_hint(h, &hint);
	}
	if (error_message_there(&error)) {
		snprintf(id, sizeof id, "%.*s-error", TEXT_ARG(prefix));
		error.id = text_of(id);
		html_error_message(h, &error);
	}
}

static struct text fieldset_by(const struct radios *list)
{
	return list->fieldset->described_by.len ? list->fieldset->described_by : list->described_by;
}

static void write_choices(struct html *h, const struct radios *list, enum choice_kind kind)
{
	struct choosing c = {list, kind, &kinds[kind], list->id_prefix.len ? list->id_prefix : list->name};
	bool hint = hint_there(&list->hint), error = error_message_there(&list->error);

	html_form_group_begin(h, &list->group, error, NULL);
	if (list->fieldset)
		html_fieldset_begin_described(h, list->fieldset,
			(struct described){.by = fieldset_by(list), .id = c.prefix, .hint = hint, .error = error});
	write_hint_and_error(h, c.prefix, &list->hint, &list->error);
	html_markup(h, "<div");
	html_class(h, c.names->group, list->classes);
	html_pairs(h, list->attributes);
	html_attr(h, "data-module", text_of(c.names->module));
	html_markup(h, ">");
	html_content(h, TEXT_NONE, list->group.before);
	for (size_t i = 0; i < list->items.count; i++) write_choice(h, &c, i);
	html_content(h, TEXT_NONE, list->group.after);
	html_markup(h, "</div>");
	if (list->fieldset) html_fieldset_end(h);
	html_form_group_end(h);
}

void html_radios(struct html *h, const struct radios *list)
{
	write_choices(h, list, CHOICE_RADIO);
}

void html_checkboxes(struct html *h, const struct radios *list)
{
	write_choices(h, list, CHOICE_CHECKBOX);
}

static bool part_error_said(const struct date_part *part)
{
	return part->error == FLAG_ON || (part->classes && strstr(part->classes, "govuk-input--error"));
}

static bool any_part_error_said(const struct date_parts *parts)
{
	for (size_t i = 0; i < parts->count; i++)
		if (part_error_said(&parts->rows[i])) return true;
	return false;
}

/* Error, width and the caller's own, each once. */
static void part_classes(char *out, size_t size, const struct date_part *part, bool error)
{
	const char *own = part->classes ? part->classes : "";
	const char *width = strstr(own, "govuk-input--width-") ? ""
						: text_is(part->name, "year")      ? " govuk-input--width-4"
														   : " govuk-input--width-2";

	snprintf(out, size, "govuk-date-input__input%s%s%s%s",
		error && !strstr(own, "govuk-input--error") ? " govuk-input--error" : "", width, *own ? " " : "", own);
}

/* "day" is labelled "Day". */
static struct text capitalised(char *out, size_t size, struct text name)
{
	snprintf(out, size, "%.*s", TEXT_ARG(name));
	if (out[0] >= 'a' && out[0] <= 'z') out[0] = (char)(out[0] - 32);
	return text_of(out);
}

static void write_date_part(struct html *h, const struct date_input *d, const struct date_part *part, bool error)
{
	char classes[200], id[CHOICE_ID_BYTES], name[CHOICE_ID_BYTES], label[80];

	part_classes(classes, sizeof classes, part, error);
	snprintf(id, sizeof id, "%.*s-%.*s", TEXT_ARG(d->id), TEXT_ARG(part->name));
	snprintf(
		name, sizeof name, "%.*s%s%.*s", TEXT_ARG(d->name_prefix), d->name_prefix.len ? "-" : "", TEXT_ARG(part->name));
	html_markup(h, "<div class=\"govuk-date-input__item\">");
	html_input(h, &(struct input){.name = text_of(name),
					  .id = part->id.len ? part->id : text_of(id),
					  .value = part->value,
					  .classes = classes,
					  .inputmode = part->inputmode ? part->inputmode : "numeric",
					  .autocomplete = part->autocomplete,
					  .pattern = part->pattern,
					  .attributes = part->attributes,
					  .label = {.text = part->label.len ? part->label : capitalised(label, sizeof label, part->name),
						  .classes = "govuk-date-input__label"}});
	html_markup(h, "</div>");
}

static void write_date_parts(struct html *h, const struct date_input *d)
{
	const struct date_part usual[] = {{.name = TEXT("day"), .value = d->day},
		{.name = TEXT("month"), .value = d->month}, {.name = TEXT("year"), .value = d->year}};
	struct date_parts parts = d->items.count ? d->items : (struct date_parts){usual, 3};
	bool whole = error_message_there(&d->error) && !any_part_error_said(&parts);

	for (size_t i = 0; i < parts.count; i++) {
		const struct date_part *part = &parts.rows[i];

		write_date_part(h, d, part, part_error_said(part) || (whole && part->error != FLAG_OFF));
	}
}

/* A group, so that a screen reader says what describes three boxes. */
static void begin_date_fieldset(struct html *h, const struct date_input *d)
{
	struct fieldset fieldset = *d->fieldset;

	fieldset.role = "group";
	html_fieldset_begin_described(h, &fieldset,
		(struct described){.by = fieldset.described_by,
			.id = d->id,
			.hint = hint_there(&d->hint),
			.error = error_message_there(&d->error)});
}

void html_date_input(struct html *h, const struct date_input *d)
{
	html_form_group_begin(h, &d->group, error_message_there(&d->error), NULL);
	if (d->fieldset) begin_date_fieldset(h, d);
	write_hint_and_error(h, d->id, &d->hint, &d->error);
	html_markup(h, "<div");
	html_class(h, "govuk-date-input", d->classes);
	html_pairs(h, d->attributes);
	html_attr_if(h, "id", d->id);
	html_markup(h, ">");
	html_content(h, TEXT_NONE, d->group.before);
	write_date_parts(h, d);
	html_content(h, TEXT_NONE, d->group.after);
	html_markup(h, "</div>");
	if (d->fieldset) html_fieldset_end(h);
	html_form_group_end(h);
}
