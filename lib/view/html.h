/* What any HTML page is written with: the one function that escapes for it (STYLE.md, "Data is data"). */
#ifndef MOB_VIEW_HTML_H
#define MOB_VIEW_HTML_H

#include "base/error.h"

/* Appends data, for the text of an element or an attribute in double quotes: what HTML means something by is escaped,
 * line ends and tabs become blanks, what view/letter refuses becomes U+FFFD. */
void mob_html_add(struct mob_buffer *buffer, struct mob_text data);

/* Appends markup of ours, as it is. */
void mob_html_markup(struct mob_buffer *buffer, const char *markup);

/* Appends ` NAME="12.3456%"`, of millionths. */
void mob_html_percent(struct mob_buffer *buffer, const char *name, int64_t millionths);

/* Appends ` NAME="12"`. */
void mob_html_number(struct mob_buffer *buffer, const char *name, int64_t number);

#endif
