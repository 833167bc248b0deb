/*
 * Assets: the style sheet, the script and the pictures, inside the program (made from assets/ by tools/embed).
 */
#ifndef WEB_ASSETS_H
#define WEB_ASSETS_H

#include "http/server.h"

extern const struct asset site_assets[];
extern const size_t site_asset_count;

#endif
