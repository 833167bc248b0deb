/*
 * The page of one's own account.
 */
#ifndef WEB_ACCOUNT_H
#define WEB_ACCOUNT_H

#include "base/text.h"

struct account_view {
	struct text name;
	struct text email;
	struct text role;
	struct text csrf;
	bool nothing; /* the role opens nothing */
	bool alarmed; /* alarms may be for this role */
	bool sound;
};

#endif
