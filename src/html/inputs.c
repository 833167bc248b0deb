#include "html/inputs.h"

#include <inttypes.h>

void html_label(struct html *h, const struct label *label)
{
	if (!label->text.len && !label->html.markup.len) return;
	if (label->is_page_heading) html_markup(h, "<h1 class=\"govuk-label-wrapper\">");
	html_markup(h, "<label");
	html_class(h, "govuk-label", label->classes);
	html_pairs(h, label->attributes);
	html_attr_if(h, "for", label->for_id);
	html_markup(h, ">");
	html_content(h, label->text, label->html);
	html_markup(h, "</label>");
	if (label->is_page_heading) html_markup(h, "</h1>");
}

void html_hint(struct html *h, const struct hint *hint)
{
	html_markup(h, "<div");
	html_attr_if(h, "id", hint->id);
	html_class(h, "govuk-hint", hint->classes);
	html_pairs(h, hint->attributes);
	html_markup(h, ">");
	html_content(h, hint->text, hint->html);
	html_markup(h, "</div>");
}

void html_error_message(struct html *h, const struct error_message *message)
{
	struct text hidden = text_none(message->hidden_text) ? TEXT("Error") : message->hidden_text;

	html_markup(h, "<p");
	html_attr_if(h, "id", message->id);
	html_class(h, "govuk-error-message", message->classes);
	html_pairs(h, message->attributes);
	html_markup(h, ">");
	if (hidden.len) {
		html_markup(h, "<span class=\"govuk-visually-hidden\">");
		html_text(h, hidden);
		html_markup(h, ":</span> ");
	}
	html_content(h, message->text, message->html);
	html_markup(h, "</p>");
}

void html_fieldset_begin(struct html *h, const struct fieldset *f)
{
	html_fieldset_begin_described(h, f, (struct described){.by = f->described_by});
}

void html_fieldset_begin_described(struct html *h, const struct fieldset *f, struct described described)
{
	html_markup(h, "<fieldset");
	html_class(h, "govuk-fieldset", f->classes);
	html_attr_if(h, "role", text_of(f->role));
	html_described(h, described);
	html_pairs(h, f->attributes);
	html_markup(h, ">");
	if (!f->legend.text.len && !f->legend.html.markup.len) return;
	html_markup(h, "<legend");
	html_class(h, "govuk-fieldset__legend", f->legend.classes);
	html_markup(h, ">");
	if (f->legend.is_page_heading) html_markup(h, "<h1 class=\"govuk-fieldset__heading\">");
	html_content(h, f->legend.text, f->legend.html);
	if (f->legend.is_page_heading) html_markup(h, "</h1>");
	html_markup(h, "</legend>");
}

void html_fieldset_end(struct html *h)
{
	html_markup(h, "</fieldset>");
}

void html_form_group_begin(struct html *h, const struct form_group *group, bool error, const char *own_class)
{
	html_markup(h, "<div class=\"govuk-form-group");
	if (error) html_markup(h, " govuk-form-group--error");
	if (own_class) {
		html_markup(h, " ");
		html_attribute_cstr(h, own_class);
	}
	if (group->classes) {
		html_markup(h, " ");
		html_attribute_cstr(h, group->classes);
	}
	html_markup(h, "\"");
	html_pairs(h, group->attributes);
	html_markup(h, ">");
}

void html_form_group_end(struct html *h)
{
	html_markup(h, "</div>");
}

/* "govuk-input", with its error and the caller's classes; textareas name the error first. */
static void control_class(struct html *h, const char *base, const char *classes, bool error, bool error_first)
{
	html_markup(h, " class=\"");
	html_attribute_cstr(h, base);
	for (int i = 0; i < 2; i++) {
		if (error && (i == 0) == error_first) {
			html_markup(h, " ");
			html_attribute_cstr(h, base);
			html_markup(h, "--error");
		}
		if (classes && (i == 0) != error_first) {
			html_markup(h, " ");
			html_attribute_cstr(h, classes);
		}
	}
	html_markup(h, "\"");
}

/* A hint or a message under an id of its owner: ID-hint, ID-error. */
static struct text member_id(char *id, size_t size, struct text owner, const char *ending)
{
	int len = snprintf(id, size, "%.*s%s", TEXT_ARG(owner), ending);

	return (struct text){id, len < 0 ? 0 : (size_t)len < size ? (size_t)len : size - 1};
}

/* What stands above every control: its label, hint and error message. */
struct above {
	struct text id;
	const struct label *label;
	const struct hint *hint;
	const struct error_message *error;
};

static void write_above(struct html *h, struct above above)
{
	char id[200];
	struct label label = *above.label;

	label.for_id = above.id;
	html_label(h, &label);
	if (hint_there(above.hint)) {
		struct hint hint = *above.hint;

		hint.id = member_id(id, sizeof id, above.id, "-hint");
		html_hint(h, &hint);
	}
	if (error_message_there(above.error)) {
		struct error_message error = *above.error;

		error.id = member_id(id, sizeof id, above.id, "-error");
		html_error_message(h, &error);
	}
}

static void write_spellcheck(struct html *h, enum flag spellcheck)
{
	if (spellcheck != FLAG_UNSAID) html_attr(h, "spellcheck", spellcheck == FLAG_ON ? TEXT("true") : TEXT("false"));
}

static void input_element(struct html *h, const struct input *in, struct text id)
{
	bool error = error_message_there(&in->error);

	html_markup(h, "<input");
	control_class(h, "govuk-input", in->classes, error, false);
	html_attr(h, "id", id);
	html_attr(h, "name", in->name);
	html_attr(h, "type", text_of(in->type ? in->type : "text"));
	write_spellcheck(h, in->spellcheck);
	if (!text_none(in->value)) html_attr(h, "value", in->value);
	if (in->disabled) html_markup(h, " disabled");
	html_described(h, (struct described){in->described_by, id, hint_there(&in->hint), error, TEXT_NONE});
	html_attr_if(h, "autocomplete", text_of(in->autocomplete));
	html_attr_if(h, "autocapitalize", text_of(in->autocapitalize));
	html_attr_if(h, "pattern", text_of(in->pattern));
	html_attr_if(h, "inputmode", text_of(in->inputmode));
	html_pairs(h, in->attributes);
	html_markup(h, ">");
}

static bool affix_there(const struct affix *affix)
{
	return affix->text.len || affix->html.markup.len;
}

static void write_affix(struct html *h, const struct affix *affix, const char *base)
{
	if (!affix_there(affix)) return;
	html_markup(h, "<div");
	html_class(h, base, affix->classes);
	html_markup(h, " aria-hidden=\"true\"");
	html_pairs(h, affix->attributes);
	html_markup(h, ">");
	html_content(h, affix->text, affix->html);
	html_markup(h, "</div>");
}

static void wrapped_input(struct html *h, const struct input *in, struct text id)
{
	html_markup(h, "<div");
	html_class(h, "govuk-input__wrapper", in->wrapper_classes);
	html_pairs(h, in->wrapper_attributes);
	html_markup(h, ">");
	html_content(h, TEXT_NONE, in->group.before);
	write_affix(h, &in->prefix, "govuk-input__prefix");
	input_element(h, in, id);
	write_affix(h, &in->suffix, "govuk-input__suffix");
	html_content(h, TEXT_NONE, in->group.after);
	html_markup(h, "</div>");
}

void html_input(struct html *h, const struct input *in)
{
	struct text id = in->id.len ? in->id : in->name;
	bool wrapped = affix_there(&in->prefix) || affix_there(&in->suffix) || in->group.before.markup.len ||
				   in->group.after.markup.len;

	html_form_group_begin(h, &in->group, error_message_there(&in->error), NULL);
	write_above(h, (struct above){id, &in->label, &in->hint, &in->error});
	if (wrapped)
		wrapped_input(h, in, id);
	else
		input_element(h, in, id);
	html_form_group_end(h);
}

/* A browser drops the line end right behind the tag: one more saves one that was typed. */
static void textarea_value(struct html *h, struct text value)
{
	if (text_starts(value, TEXT("\n"))) html_markup(h, "\n");
	html_text(h, value);
}

static void textarea_group(struct html *h, const struct textarea *t, const char *own_class)
{
	struct text id = t->id.len ? t->id : t->name;
	bool error = error_message_there(&t->error);

	html_form_group_begin(h, &t->group, error, own_class);
	write_above(h, (struct above){id, &t->label, &t->hint, &t->error});
	html_content(h, TEXT_NONE, t->group.before);
	html_markup(h, "<textarea");
	control_class(h, "govuk-textarea", t->classes, error, true);
	html_attr(h, "id", id);
	html_attr(h, "name", t->name);
	html_markup(h, " rows=\"");
	html_int(h, t->rows ? t->rows : 5);
	html_markup(h, "\"");
	write_spellcheck(h, t->spellcheck);
	if (t->disabled) html_markup(h, " disabled");
	html_described(h, (struct described){t->described_by, id, hint_there(&t->hint), error, TEXT_NONE});
	html_attr_if(h, "autocomplete", text_of(t->autocomplete));
	html_pairs(h, t->attributes);
	html_markup(h, ">");
	textarea_value(h, t->value);
	html_markup(h, "</textarea>");
	html_content(h, TEXT_NONE, t->group.after);
	html_form_group_end(h);
}

void html_textarea(struct html *h, const struct textarea *t)
{
	textarea_group(h, t, NULL);
}

/* "You can enter up to 200 characters", as the markup that stands behind the textarea. */
static struct fragment count_message(struct buffer *b, const struct character_count *c, struct text id)
{
	struct html h = {b};
	char words[80], hint_id[200];
	int64_t most = c->max_words ? c->max_words : c->max_characters;
	struct hint hint = {.classes = c->message_classes};

	snprintf(words, sizeof words, "You can enter up to %" PRId64 " %s", most, c->max_words ? "words" : "characters");
	hint.id = member_id(hint_id, sizeof hint_id, id, "-info");
	hint.text = most ? text_of(words) : TEXT_NONE;
	html_hint(&h, &hint);
	html_content(&h, TEXT_NONE, c->textarea.group.after);
	return (struct fragment){.markup = buffer_text(b)};
}

void html_character_count(struct html *h, const struct character_count *c)
{
	struct textarea t = c->textarea;
	struct character_count counted = *c;
	struct text id = t.id.len ? t.id : t.name;
	char described[200], most[24], classes[200], message_classes[200];
	BUFFER_SCOPE after;

	buffer_init(&after, 4096);
	snprintf(most, sizeof most, "%" PRId64, c->max_words ? c->max_words : c->max_characters);
	snprintf(classes, sizeof classes, "govuk-js-character-count%s%s", t.classes ? " " : "", t.classes ? t.classes : "");
	snprintf(message_classes, sizeof message_classes, "govuk-character-count__message%s%s",
		c->message_classes ? " " : "", c->message_classes ? c->message_classes : "");
	counted.message_classes = message_classes;
	t.classes = classes;
	t.described_by = member_id(described, sizeof described, id, "-info");
	t.group.after = count_message(&after, &counted, id);
	t.group.attributes = (const struct pair[]){{"data-module", TEXT("govuk-character-count")},
		{c->max_words           ? "data-maxwords"
			: c->max_characters ? "data-maxlength"
								: NULL,
			text_of(most)},
		{c->max_words ? "data-count-type" : NULL, TEXT("words")}, {NULL, TEXT_NONE}};
	textarea_group(h, &t, "govuk-character-count");
}

static void write_option(struct html *h, const struct option *option, struct text chosen)
{
	struct text value = text_none(option->value) ? option->text : option->value;
	bool is_chosen = chosen.len && text_equal(value, chosen) && option->selected != FLAG_OFF;

	html_markup(h, "<option");
	if (!text_none(option->value)) html_attr(h, "value", option->value);
	if (is_chosen || option->selected == FLAG_ON) html_markup(h, " selected");
	if (option->disabled) html_markup(h, " disabled");
	html_pairs(h, option->attributes);
	html_markup(h, ">");
	html_text(h, option->text);
	html_markup(h, "</option>");
}

void html_select(struct html *h, const struct select *s)
{
	struct text id = s->id.len ? s->id : s->name;
	bool error = error_message_there(&s->error);

	html_form_group_begin(h, &s->group, error, NULL);
	write_above(h, (struct above){id, &s->label, &s->hint, &s->error});
	html_content(h, TEXT_NONE, s->group.before);
	html_markup(h, "<select");
	control_class(h, "govuk-select", s->classes, error, false);
	html_attr(h, "id", id);
	html_attr(h, "name", s->name);
	if (s->disabled) html_markup(h, " disabled");
	html_described(h, (struct described){s->described_by, id, hint_there(&s->hint), error, TEXT_NONE});
	html_pairs(h, s->attributes);
	html_markup(h, ">");
	for (size_t i = 0; i < s->items.count; i++) write_option(h, &s->items.rows[i], s->value);
	html_markup(h, "</select>");
	html_content(h, TEXT_NONE, s->group.after);
	html_form_group_end(h);
}

void html_hidden(struct html *h, const char *name, struct text value)
{
	html_markup(h, "<input type=\"hidden\"");
	html_attr(h, "name", text_of(name));
	html_attr(h, "value", value);
	html_markup(h, ">");
}

void html_hidden_int(struct html *h, const char *name, int64_t value)
{
	char digits[24];

	snprintf(digits, sizeof digits, "%" PRId64, value);
	html_hidden(h, name, text_of(digits));
}
