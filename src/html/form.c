#include "html/form.h"

#include "rules/policy_lists.h"

#define VALUES_MOST 64

/* One field while its control is written. */
struct control {
	const struct field_view *view;
	const struct field_description *field;
	char name[FIELD_ID_BYTES];
	char words[240]; /* of the label */
	struct text value;
	struct label label;
	struct hint hint;
	struct error_message error;
};

struct text field_id(char id[static FIELD_ID_BYTES], const char *path)
{
	size_t len = 0;

	for (; path[len] && len < FIELD_ID_BYTES - 1; len++) id[len] = path[len] == '/' ? '-' : path[len];
	id[len] = '\0';
	return (struct text){id, len};
}

/* The field's path as errors have it: "children/0/given_name". */
static void field_path(const struct field_view *view, char path[static FIELD_ID_BYTES])
{
	const char *name = field_name(view->field);

	if (view->list)
		snprintf(path, FIELD_ID_BYTES, "%s/%zu/%s", view->list, view->index, name);
	else
		snprintf(path, FIELD_ID_BYTES, "%s", name);
}

/* What was typed into this control, or into a box of it ("-day"). */
static struct text typed(const struct field_view *view, const char *box)
{
	char name[FIELD_ID_BYTES];

	if (!view->typed) return TEXT_NONE;
	snprintf(name, sizeof name, "%s%s", field_name(view->field), box);
	return view->typed->value(view->typed->context, view->list, view->index, name);
}

static void control_init(struct control *c, const struct field_view *view)
{
	const struct error_field *wrong;
	char path[FIELD_ID_BYTES];
	const char *label, *hint;

	*c = (struct control){.view = view, .field = field_describe(view->field)};
	label = view->label ? view->label : c->field->label;
	hint = view->hint ? view->hint : c->field->hint;
	field_path(view, path);
	field_id(c->name, path);
	snprintf(c->words, sizeof c->words, "%s%s", label, view->optional ? " (optional)" : "");
	c->value = view->typed ? typed(view, "") : view->value;
	c->label.text = text_of(c->words);
	c->label.classes = view->label_classes ? view->label_classes : "govuk-label--s";
	c->label.is_page_heading = view->is_page_heading;
	c->hint.text = text_of(hint);
	wrong = view->err ? error_find(view->err, path) : NULL;
	if (wrong) c->error.text = text_of(wrong->message);
}

/* How a one-line field is typed: its width, its keyboard. */
static const struct typing {
	const char *type, *classes, *inputmode, *autocomplete;
} typings[] = {
	[TYPE_TEXT] = {"text", NULL, NULL, "off"},
	[TYPE_INT] = {"text", "govuk-input--width-5", "numeric", "off"},
	[TYPE_ID] = {"text", "govuk-input--width-10", "numeric", "off"},
	[TYPE_REAL] = {"text", "govuk-input--width-5", "decimal", "off"},
	[TYPE_NHS_NUMBER] = {"text", "govuk-input--width-10", "numeric", "off"},
	[TYPE_UPN] = {"text", "govuk-input--width-20", NULL, "off"},
	[TYPE_UPRN] = {"text", "govuk-input--width-20", "numeric", "off"},
	[TYPE_POSTCODE] = {"text", "govuk-input--width-10", NULL, "off"},
	[TYPE_EMAIL] = {"email", NULL, NULL, "off"},
	[TYPE_PHONE] = {"tel", "govuk-input--width-20", NULL, "off"},
	[TYPE_SECRET] = {"password", NULL, NULL, "current-password"},
};

static void write_line(struct html *h, const struct control *c)
{
	const struct typing *t = &typings[c->field->type];
	const struct field_view *view = c->view;

	html_input(h, &(struct input){.name = text_of(c->name),
					  .value = c->field->type == TYPE_SECRET ? TEXT_NONE : c->value,
					  .type = t->type,
					  .classes = view->classes ? view->classes : t->classes,
					  .inputmode = t->inputmode,
					  .autocomplete = view->autocomplete ? view->autocomplete : t->autocomplete,
					  .spellcheck = c->field->type == TYPE_TEXT ? FLAG_UNSAID : FLAG_OFF,
					  .label = c->label,
					  .hint = c->hint,
					  .error = c->error});
}

static void write_narrative(struct html *h, const struct control *c)
{
	html_textarea(h, &(struct textarea){.name = text_of(c->name),
						 .value = c->value,
						 .rows = c->view->rows ? c->view->rows : 8,
						 .classes = c->view->classes,
						 .label = c->label,
						 .hint = c->hint,
						 .error = c->error});
}

/* A group's label is its legend. */
static struct fieldset fieldset_of(const struct control *c)
{
	const char *classes = c->view->label_classes ? c->view->label_classes : "govuk-fieldset__legend--s";

	return (struct fieldset){
		.legend = {.text = c->label.text, .classes = classes, .is_page_heading = c->label.is_page_heading}};
}

/* Year, month and day of an ISO date or time ("2015-06-30T10:42"), where nothing was typed into boxes. */
static void date_boxes(const struct control *c, struct text boxes[static 4])
{
	static const char *const endings[] = {"-day", "-month", "-year", "-time"};
	static const struct {
		size_t start, len;
	} places[] = {{8, 2}, {5, 2}, {0, 4}, {11, 5}};

	for (size_t i = 0; i < 4; i++) {
		boxes[i] = typed(c->view, endings[i]);
		if (text_none(boxes[i]) && c->value.len >= 10) boxes[i] = text_slice(c->value, places[i].start, places[i].len);
	}
}

static void write_date(struct html *h, const struct control *c)
{
	struct fieldset fieldset = fieldset_of(c);
	struct text boxes[4];

	date_boxes(c, boxes);
	const struct date_part parts[] = {{.name = TEXT("day"), .value = boxes[0]},
		{.name = TEXT("month"), .value = boxes[1]}, {.name = TEXT("year"), .value = boxes[2]},
		{.name = TEXT("time"), .value = boxes[3], .classes = "govuk-input--width-4", .inputmode = "text"}};

	html_date_input(h, &(struct date_input){.id = text_of(c->name),
						   .name_prefix = text_of(c->name),
						   .items = {parts, c->field->type == TYPE_INSTANT ? 4 : 3},
						   .fieldset = &fieldset,
						   .hint = c->hint,
						   .error = c->error});
}

/* One of few, or several: each where one can see it. */
static void write_choices(struct html *h, const struct control *c, struct choices items)
{
	struct fieldset fieldset = fieldset_of(c);
	struct text chosen[VALUES_MOST], rest = c->value;
	size_t count = 0;
	bool several = c->field->type == TYPE_CODE_LIST;

	while (several && count < VALUES_MOST && text_split(&rest, ';', &chosen[count])) {
		chosen[count] = text_trim(chosen[count]);
		count += chosen[count].len > 0;
	}
	const struct radios list = {.name = text_of(c->name),
		.items = items,
		.value = c->value,
		.values = {chosen, count},
		.fieldset = &fieldset,
		.hint = c->hint,
		.error = c->error,
		.classes = several                   ? "govuk-checkboxes--small fanlight-choices--columns"
				   : c->view->inline_choices ? "govuk-radios--inline govuk-radios--small"
											 : "govuk-radios--small"};

	if (several)
		html_checkboxes(h, &list);
	else
		html_radios(h, &list);
}

static bool offered(const struct html *h, const struct control *c, int place)
{
	return !code_retired(h->retired, c->field->codes, place);
}

static void write_select(struct html *h, const struct control *c, const struct codes *codes)
{
	struct option options[FORM_SELECT_MOST + 1] = {{.value = TEXT(""), .text = TEXT("Choose one")}};
	size_t count = 1;

	for (int i = 0; i < codes->count && count <= FORM_SELECT_MOST; i++) {
		if (!offered(h, c, i)) continue;
		options[count++] = (struct option){.value = codes->codes[i].text, .text = codes->codes[i].words};
	}
	html_select(h, &(struct select){.name = text_of(c->name),
					   .items = {options, count},
					   .value = c->value,
					   .classes = c->view->classes,
					   .label = c->label,
					   .hint = c->hint,
					   .error = c->error});
}

static void write_codes(struct html *h, const struct control *c)
{
	const struct codes *codes = codes_describe(c->field->codes);
	struct choice choices[FORM_SELECT_MOST];
	size_t count = 0;

	if (c->field->type == TYPE_CODE && codes->count > FORM_RADIOS_MOST) {
		write_select(h, c, codes);
		return;
	}
	for (int i = 0; i < codes->count && count < FORM_SELECT_MOST; i++) {
		if (!offered(h, c, i)) continue;
		choices[count++] = (struct choice){.value = codes->codes[i].text, .text = codes->codes[i].words};
	}
	write_choices(h, c, (struct choices){choices, count});
}

/* Yes or no, neither chosen; or one box, for what is said by ticking. */
static void write_yes_no(struct html *h, struct control *c)
{
	const struct choice yes_no[] = {
		{.value = TEXT("yes"), .text = TEXT("Yes")}, {.value = TEXT("no"), .text = TEXT("No")}};
	struct field_view view = *c->view;

	if (!view.checkbox) {
		view.inline_choices = true;
		c->view = &view;
		write_choices(h, c, (struct choices){yes_no, 2});
		return;
	}
	const struct choice box = {.value = TEXT("yes"), .text = c->label.text, .hint = c->hint};

	html_checkboxes(h, &(struct radios){.name = text_of(c->name),
						   .items = {&box, 1},
						   .values = {&c->value, 1},
						   .error = c->error,
						   .classes = "govuk-checkboxes--small"});
}

void html_field(struct html *h, const struct field_view *view)
{
	struct control c;

	control_init(&c, view);
	if (view->choices) {
		write_choices(h, &c, (struct choices){view->choices, view->choice_count});
		return;
	}
	switch (c.field->type) {
	case TYPE_NARRATIVE: write_narrative(h, &c); break;
	case TYPE_DAY:
	case TYPE_INSTANT: write_date(h, &c); break;
	case TYPE_CODE:
	case TYPE_CODE_LIST: write_codes(h, &c); break;
	case TYPE_BOOL: write_yes_no(h, &c); break;
	default: write_line(h, &c);
	}
}

/* "#children-0-date_of_birth-day": a date is reached by its first box. */
static struct text error_address(char address[static FIELD_ID_BYTES + 8], const char *path)
{
	const char *slash = strrchr(path, '/');
	enum field field = field_find(text_of(slash ? slash + 1 : path));
	char id[FIELD_ID_BYTES];
	bool boxes = false;

	if (field != FIELD_NONE) {
		enum field_type type = field_describe(field)->type;

		boxes = type == TYPE_DAY || type == TYPE_INSTANT;
	}
	field_id(id, path);
	snprintf(address, FIELD_ID_BYTES + 8, "#%s%s", id, boxes ? "-day" : "");
	return text_of(address);
}

struct text error_words(char words[static ERROR_WORDS_BYTES], const struct error *err)
{
	size_t len = strlen(err->message);
	bool stopped = len && strchr(".?!", err->message[len - 1]);

	snprintf(words, ERROR_WORDS_BYTES, "%s%s%s%s", err->message, len && !stopped ? "." : "", err->hint[0] ? " " : "",
		err->hint);
	if (words[0] >= 'a' && words[0] <= 'z') words[0] = (char)(words[0] - 32);
	return text_of(words);
}

void html_form_errors(struct html *h, const struct error *err)
{
	struct summary_error errors[ERROR_FIELDS + 1];
	char addresses[ERROR_FIELDS][FIELD_ID_BYTES + 8], untold[60];
	size_t count = 0;
	char words[ERROR_WORDS_BYTES];

	if (!err || err->kind == ERROR_NONE) return;
	for (; count < err->field_count; count++)
		errors[count] = (struct summary_error){.href = error_address(addresses[count], err->fields[count].field),
			.text = text_of(err->fields[count].message)};
	if (err->fields_untold) {
		snprintf(untold, sizeof untold, "and %zu more", err->fields_untold);
		errors[count++] = (struct summary_error){.text = text_of(untold)};
	}
	html_error_summary(h,
		&(struct error_summary){
			.errors = errors, .count = count, .description = err->field_count ? TEXT_NONE : error_words(words, err)});
}

void html_form_begin(struct html *h, const struct form_begin *form)
{
	html_markup(h, "<form method=\"post\" action=\"");
	html_address(h, form->action);
	html_markup(h, "\"");
	if (form->classes) html_class(h, form->classes, NULL);
	if (form->draft.len) html_markup(h, " data-draft");
	html_markup(h, " novalidate autocomplete=\"off\">");
	html_hidden(h, "csrf", form->csrf);
	if (form->version) html_hidden_int(h, "version", form->version);
	if (form->idempotency.len) html_hidden(h, "idempotency_key", form->idempotency);
	if (!form->draft.len) return;
	html_hidden(h, "draft", form->draft);
	html_hidden(h, "draft_at", form->draft_at);
	html_hidden(h, "draft_title", form->draft_title);
}

void html_form_end(struct html *h)
{
	html_markup(h, "</form>");
}
