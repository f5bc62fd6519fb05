#include "view/board_legend.h"

#include "view/html.h"
#include "view/words.h"

static void add_sample(struct mob_buffer *buffer, enum mob_mark mark)
{
    mob_html_markup(buffer, "<li><span class=\"sample ");
    mob_html_markup(buffer, mob_board_class(mark));
    mob_html_markup(buffer, "\"><span class=\"use\">");
    mob_board_add_icon(buffer, mark);
    mob_html_markup(buffer, "</span></span>");
    mob_html_markup(buffer, mob_mark_words[mark]);
    mob_html_markup(buffer, "</li>\n");
}

void mob_board_legend_add(struct mob_buffer *buffer, const struct mob_board_drawing *drawing)
{
    static const enum mob_mark marks[] = { MOB_MARK_OPTION,   MOB_MARK_BOOKED,  MOB_MARK_AWAY,
                                           MOB_MARK_RETURNED, MOB_MARK_BLOCKED, MOB_MARK_OVERDUE };

    mob_html_markup(buffer, "<ul class=\"legend\" aria-label=\"Legend\">\n");
    for (size_t i = 0; i < MOB_COUNT_OF(marks); i++)
        add_sample(buffer, marks[i]);
    mob_html_markup(
        buffer,
        "<li><svg class=\"swatch overdue\" aria-hidden=\"true\"><rect class=\"late\" width=\"100%\" "
        "height=\"100%\"/></svg>not back yet</li>\n"
        "<li><svg class=\"swatch\" aria-hidden=\"true\"><rect class=\"clash\" width=\"100%\" "
        "height=\"100%\"/></svg>clash</li>\n"
        "<li><svg class=\"swatch booked\" aria-hidden=\"true\"><rect class=\"tail\" y=\"5\" width=\"100%\" "
        "height=\"8\"/></svg>preparation, cleaning</li>\n"
        "<li><svg class=\"swatch\" aria-hidden=\"true\"><rect class=\"shut\" width=\"100%\" height=\"100%\"/></svg>"
        "closed hours</li>\n"
        "<li><svg class=\"swatch\" aria-hidden=\"true\"><rect class=\"shut\" width=\"100%\" height=\"100%\"/>"
        "<rect class=\"closed\" width=\"100%\" height=\"100%\"/></svg>no departure (closed)</li>\n"
        "<li><svg class=\"swatch\" aria-hidden=\"true\"><rect class=\"partly\" width=\"100%\" height=\"100%\"/></svg>"
        "no return, workshop or preparation (closed)</li>\n"
        "<li><svg class=\"swatch\" aria-hidden=\"true\"><rect class=\"resting\" width=\"100%\" height=\"100%\"/>"
        "</svg>not in service</li>\n"
        "<li><svg class=\"swatch\" aria-hidden=\"true\"><line class=\"now\" x1=\"50%\" x2=\"50%\" y2=\"100%\"/>"
        "</svg>now</li>\n");
    if (drawing->scale.opens > 0 || drawing->scale.closes < MOB_DAY_MIN) {
        mob_html_markup(buffer, "<li class=\"remark\">The hours before ");
        mob_words_add_time(buffer, drawing->scale.opens);
        mob_html_markup(buffer, " and after ");
        mob_words_add_time(buffer, drawing->scale.closes);
        mob_html_markup(buffer, " are drawn narrower.</li>\n");
    }
    mob_html_markup(buffer, "</ul>\n");
}
