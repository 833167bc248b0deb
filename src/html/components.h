/* All of the components, for templates: @include "html/components.h". */
#ifndef HTML_COMPONENTS_H
#define HTML_COMPONENTS_H

#include "html/chart.h"
#include "html/choices.h"
#include "html/form.h"
#include "html/inputs.h"
#include "html/links.h"
#include "html/lists.h"
#include "html/messages.h"
#include "html/time_left.h"

#endif
