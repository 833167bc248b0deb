/* What the forms of the rota, deputies and absences have in common. */
#include "views/duty.h"
#include "web/duty.h"

/* A preset from the address, such as a gap's times. */
static struct text preset(const struct duty_form_view *view, enum field field)
{
	struct text given = request_query(view->state.request, field_name(field));

	if (!text_none(given)) return given;
	return field == FIELD_repeats ? repeats_text(REPEATS_ONCE) : TEXT("");
}

static void write_person(struct html *h, const struct duty_form_view *view)
{
	const struct error_field *wrong = view->state.err ? error_find(view->state.err, "account") : NULL;
	struct option *options = arena_new_array(view->arena, view->people.count + 1, struct option);

	options[0] = (struct option){.value = TEXT(""), .text = TEXT("Choose one")};
	for (size_t i = 0; i < view->people.count; i++) {
		const struct rota_person_row *person = &view->people.rows[i];

		options[i + 1] = (struct option){.value = arena_printf(view->arena, "%lld", (long long)person->account.n),
			.text = arena_printf(
				view->arena, "%.*s (%.*s)", TEXT_ARG(person->name), TEXT_ARG(code_words_of(CODES_role, person->role)))};
	}
	html_select(h, &(struct select){.name = TEXT("account"),
					   .items = {options, view->people.count + 1},
					   .value = form_typed(&view->state, "account", preset(view, FIELD_account)),
					   .label = {.text = TEXT("Who"), .classes = "govuk-label--s"},
					   .error = {.text = wrong ? text_of(wrong->message) : TEXT_NONE}});
}

static bool is_time(enum field field)
{
	return field == FIELD_from_time || field == FIELD_to_time;
}

void duty_fields(struct html *h, const struct duty_form_view *view)
{
	for (size_t i = 0; i < view->form->input->member_count; i++) {
		const struct input_member *member = &view->form->input->members[i];

		if (member->field == FIELD_account) {
			write_person(h, view);
			continue;
		}
		form_field(h, &view->state,
			&(struct field_view){.field = member->field,
				.value = preset(view, member->field),
				.optional = !member->required && member->field != FIELD_repeats,
				.classes = is_time(member->field) ? "govuk-input--width-5" : NULL,
				.rows = 2});
	}
}

bool duty_form_show(struct request *req, struct hub *hub, struct response *res, const struct duty_form *form,
	const struct error *problem, struct error *err)
{
	struct duty_form_view view = {.form = form, .state = form_state(req, problem, 0), .arena = hub->arena};
	struct page page;

	if (!hub_may(hub, form->action, err)) return false;
	if (!rota_people_now(hub, &view.people, err)) return false;
	view.state.action = text_of(form->sent_to);
	view.state.draft_at = text_of(form->stands_at);
	view.state.idempotency = form_key(req, hub);
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = text_of(form->title),
			.err = problem,
			.section = "/duty",
			.back_href = text_of(form->back_href),
			.back_text = text_of(form->back_text)});
	view_duty_form(&page.html, &view);
	page_end(&page);
	return true;
}

void duty_form_again(struct request *req, struct hub *hub, struct response *res, const struct duty_form *form,
	const struct error *problem)
{
	struct error err;

	error_clear(&err);
	if (!duty_form_show(req, hub, res, form, problem, &err)) response_reset(res);
}

bool duty_form_read(struct request *req, struct hub *hub, const struct input_type *input, void *ret, struct error *err)
{
	struct input_source source = request_source(req);

	return request_fits(req, input, err) && input_decode(&source, input, hub->arena, ret, err);
}

void duty_question_show(struct request *req, struct hub *hub, struct response *res,
	const struct duty_question *question, const struct error *problem)
{
	struct form_state form = form_state(req, problem, 0);
	struct page page;

	form.no_draft = true;
	page_begin(&page, req, hub, res,
		&(struct page_ask){.title = question->title,
			.err = problem,
			.section = "/duty",
			.back_href = text_of(question->back_href),
			.back_text = text_of(question->back_text)});
	view_duty_question(&page.html, question, &form);
	page_end(&page);
}

bool duty_number(const struct request *req, const char *name, int64_t *ret, struct error *err)
{
	return (text_int(request_param(req, name), ret) && *ret > 0) || error_not_found(err, "there is no such page");
}
