#include "unit.h"

#include "rules/codes.h"

/* The lists as interfaces.md, architecture.md and domain.md print them. */
static const struct {
	enum code_list list;
	const char *codes;
} lists[] = {
	{CODES_rag, "red amber green"},
	{CODES_state, "received screened allocated held recommended decided screened_out closed withdrawn"},
	{CODES_outcome, "section_47 assessment universal_services no_further_action open_case other_authority"},
	{CODES_channel, "police_notification web_form email phone letter"},
	{CODES_consent, "obtained refused not_sought"},
	{CODES_sex, "female male unknown"},
	{CODES_source, "1A 1B 1C 1D 2A 2B 3A 3B 3C 3D 3E 3F 4 5A 5B 5C 5D 6 7 8 9 10"},
	{CODES_concern,
		"domestic_abuse neglect physical_abuse emotional_abuse sexual_abuse child_sexual_exploitation "
		"child_criminal_exploitation missing self_harm parental_mental_health parental_substance_misuse "
		"parental_learning_disability family_dysfunction homelessness young_carer trafficking radicalisation "
		"female_genital_mutilation faith_or_belief_abuse online_harm bereavement private_fostering "
		"allegation_against_professional other"},
	{CODES_ethnicity, "WBRI WIRI WIRT WOTH WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE OOTH REFU "
					  "NOBT"},
	{CODES_primary_need, "N1 N2 N3 N4 N5 N6 N7 N8 N9 N0"},
	{CODES_disability, "NONE MOB HAND PC INC COMM LD HEAR VIS BEH CON AUT DDA"},
	{CODES_factor, "1A 1B 1C 2A 2B 2C 3A 3B 3C 4A 4B 4C 5A 5B 5C 6A 6B 6C 7A 8B 8C 8D 8E 8F 9A 10A 11A 12A 13A 14A 15A "
				   "16A 17A 18B 18C 19B 19C 20 21 22A 23A 24A"},
	{CODES_screen_out_reason, "below_threshold advice_enough known_to_worker information_only other_service "
							  "agreement_not_sought duplicate no_child_identified other"},
};

static void the_lists_are_the_published_ones(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		struct text rest = text_of(lists[i].codes), code;
		int place = 0;

		while (text_split(&rest, ' ', &code)) {
			assert_true(text_equal(code_text(lists[i].list, place), code));
			assert_int_equal(code_find(lists[i].list, code), place++);
		}
		assert_int_equal(codes_describe(lists[i].list)->count, place);
	}
}

/* interfaces.md, the last paragraph; unallocated is ours, for a swap. */
static void the_contracts_roles_and_steps_are_all_known(void **state)
{
	struct text roles = TEXT("administrator social_worker practice_manager edt_worker edt_manager project_manager "
							 "service_manager director partner auditor system_administrator");
	struct text steps =
		TEXT("received further_information screened rerated screen_out_proposed screened_out allocated "
			 "held reallocated recommended returned decided handed_over closed reopened withdrawn moved");
	struct text code;

	(void)state;
	while (text_split(&roles, ' ', &code)) assert_int_not_equal(role_of(code), ROLE_NONE);
	while (text_split(&steps, ' ', &code)) assert_int_not_equal(transition_of(code), TRANSITION_NONE);
}

static void an_enumerator_is_its_text_and_its_words(void **state)
{
	(void)state;
	assert_int_equal(rag_of(TEXT("amber")), RAG_AMBER);
	assert_int_equal(rag_of(TEXT("Amber")), RAG_NONE);
	assert_int_equal(rag_of(TEXT_NONE), RAG_NONE);
	assert_text(outcome_text(OUTCOME_SECTION_47), "section_47");
	assert_text(source_words(SOURCE_6), "Police");
	assert_text(rag_text(RAG_NONE), NULL);
	assert_text(code_words_of(CODES_rag, TEXT("green")), "Green");
	assert_text(code_words_of(CODES_rag, TEXT("mauve")), "mauve");
}

static void every_code_has_words_and_stands_once(void **state)
{
	(void)state;
	for (int l = 0; l < CODES_COUNT; l++) {
		const struct codes *list = codes_describe((enum code_list)l);

		for (int i = 0; i < list->count; i++) {
			assert_int_equal(code_find((enum code_list)l, list->codes[i].text), i);
			assert_false(text_blank(list->codes[i].words));
		}
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_lists_are_the_published_ones),
		cmocka_unit_test(the_contracts_roles_and_steps_are_all_known),
		cmocka_unit_test(an_enumerator_is_its_text_and_its_words),
		cmocka_unit_test(every_code_has_words_and_stands_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
