/*
 * Handlers: every page and JSON answer there is, as routes.c names them. Each decodes, calls one action or view of
 * the hub, and encodes; nothing is decided here.
 */
#ifndef WEB_HANDLERS_H
#define WEB_HANDLERS_H

#include "web/page.h"

#define HANDLER(name)  bool name(struct request *, struct hub *, struct response *, struct error *)
#define ON_ERROR(name) void name(struct request *, struct hub *, const struct error *, struct response *)

/* sign_in.c */
HANDLER(home);
HANDLER(sign_in_page);
bool sign_in_prepare(struct request *, struct hub *, struct error *);
bool sign_in_compute(struct request *, struct error *);
HANDLER(sign_in_handle);
ON_ERROR(sign_in_again);
HANDLER(sign_out);
HANDLER(session_show);

/* lists.c */
HANDLER(my_caseload);
HANDLER(hub_page);
HANDLER(hub_list_page);
HANDLER(enquiries_page);
HANDLER(hand_overs_page);

/* loans.c */
HANDLER(loans_page);
HANDLER(loan_end_now);
ON_ERROR(loans_again);
/* clocks.c */
HANDLER(clocks_page);
HANDLER(possible_page);
/* alarms.c */
HANDLER(alarms_page);
HANDLER(alarms_standing);
HANDLER(alarm_answer);
HANDLER(alarm_sound_take);

/* edt.c */
HANDLER(edt_page);
HANDLER(edt_list_page);
HANDLER(edt_accept);

/* signing.c */
HANDLER(waiting_page);

/* find.c */
HANDLER(find_page);
HANDLER(find_results);
ON_ERROR(find_again);

/* enquiry.c */
HANDLER(enquiry_page);

/* steps.c: what is done to an enquiry, each a form and its sending */
HANDLER(step_form);
HANDLER(step_take);
ON_ERROR(step_again);

/* record.c */
HANDLER(record_form);
HANDLER(record_check);
ON_ERROR(record_again);
HANDLER(record_take);
void record_decode(struct request *);

/* returns.c */
HANDLER(returns_page);
HANDLER(return_page);
HANDLER(return_collate);
ON_ERROR(return_again);

/* users.c */
HANDLER(users_page);
HANDLER(user_form);
bool user_prepare(struct request *, struct hub *, struct error *);
bool user_compute(struct request *, struct error *);
HANDLER(user_add);
ON_ERROR(user_add_again);
HANDLER(user_disable_form);
HANDLER(user_disable);
ON_ERROR(user_disable_again);

/* accumulation.c */
HANDLER(accumulation_page);
HANDLER(accumulation_take_over);
ON_ERROR(accumulation_again);

/* retriage.c */
HANDLER(retriage_form_page);
HANDLER(retriage_preview);
ON_ERROR(retriage_again);
HANDLER(retriage_take);
ON_ERROR(retriage_refused);
HANDLER(retriage_page);
HANDLER(retriage_undo_take);

/* screen_next.c: what waits to be screened, one after another */
HANDLER(screen_next_page);
HANDLER(screen_next_take);
ON_ERROR(screen_next_again);

/* policy.c */
HANDLER(policy_page);
HANDLER(policy_form);
HANDLER(policy_preview);
HANDLER(policy_version_page);
HANDLER(policy_change);
ON_ERROR(policy_again);

/* continuity.c */
HANDLER(continuity_page);
HANDLER(continuity_blank);

/* print.c */
HANDLER(print_form);
HANDLER(print_take);
ON_ERROR(print_again);

/* keys.c */
HANDLER(keys_page);

/* drafts.c */
HANDLER(drafts_page);
HANDLER(draft_page);
HANDLER(draft_save);
HANDLER(draft_throw_take);
HANDLER(draft_back_take);

/* duty.c */
HANDLER(duty_page);
HANDLER(shift_form);
HANDLER(shift_take);
ON_ERROR(shift_again);
HANDLER(shift_cancel_form);
HANDLER(shift_cancel_take);
ON_ERROR(shift_cancel_again);
HANDLER(deputy_form);
HANDLER(deputy_take);
ON_ERROR(deputy_again);
HANDLER(deputy_end_form);
HANDLER(deputy_end_take);
ON_ERROR(deputy_end_again);

/* absences.c */
HANDLER(absences_page);
HANDLER(absence_form);
HANDLER(absence_take);
ON_ERROR(absence_again);
HANDLER(absence_page);
ON_ERROR(absence_page_again);
HANDLER(absence_end_take);
HANDLER(absence_withdraw_take);

/* staff.c */
HANDLER(staff_page_show);
HANDLER(staff_form);
HANDLER(staff_take);
ON_ERROR(staff_again);
/* beside_pages.c */
HANDLER(contacts_page);
HANDLER(oversight_page_show);
HANDLER(looked_page_show);

/* advice.c */
HANDLER(advice_page_show);
ON_ERROR(advice_again);
HANDLER(advice_take);
HANDLER(advice_one);
HANDLER(advice_put);
ON_ERROR(advice_put_again);

/* requests.c */
HANDLER(requests_page);
HANDLER(request_form);
HANDLER(request_take);
ON_ERROR(request_again);
HANDLER(request_page);
HANDLER(request_change);
ON_ERROR(request_one_again);

/* restricted.c */
HANDLER(restricted_page);
HANDLER(glass_form);
HANDLER(glass_take);
ON_ERROR(glass_again);

/* What is sent to sign in, and to find. */
extern const struct input_type sign_in_input;
extern const struct input_type find_input;
extern const struct input_type user_disable_input;

/* openapi.c */
HANDLER(openapi_answer);

#endif
