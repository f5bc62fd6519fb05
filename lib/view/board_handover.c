#include "view/board_handover.h"

#include "view/board_bar.h"
#include "view/html.h"
#include "view/words.h"

static bool is_handover(const struct mob_board *board, const struct mob_board_bar *bar)
{
    return bar->row->span != MOB_SPAN_STAY && bar->mark != MOB_MARK_BLOCKED && mob_board_is_shown(board, bar->use);
}

static void add_item(struct mob_buffer *buffer, const struct mob_board_bar *bar)
{
    mob_html_markup(buffer, "<li><b>");
    mob_words_add_day(buffer, mob_instant_date(bar->use.from));
    mob_buffer_add_byte(buffer, ' ');
    mob_words_add_time(buffer, bar->use.from);
    mob_html_markup(buffer, "</b>");
    mob_board_add_icon(buffer, bar->mark);
    mob_html_markup(buffer, "<bdi>");
    mob_board_add_who(buffer, bar->entry);
    mob_html_markup(buffer, "</bdi><span>");
    mob_html_add(buffer, bar->entry->solution);
    mob_html_markup(buffer, bar->row->span == MOB_SPAN_START ? " out" : " back");
    mob_html_markup(buffer, "</span></li>\n");
}

static void add_resource(struct mob_buffer *buffer, const struct mob_board *board, const struct mob_board_line *line)
{
    bool is_open = false;

    for (size_t i = 0; i < line->bar_count; i++) {
        if (!is_handover(board, &line->bars[i]))
            continue;
        if (!is_open) {
            mob_html_markup(buffer, "<h3>");
            mob_html_add(buffer, line->resource->resource);
            mob_html_markup(buffer, " <span>");
            mob_html_add(buffer, line->resource->label);
            mob_html_markup(buffer, "</span></h3>\n<ul>\n");
            is_open = true;
        }
        add_item(buffer, &line->bars[i]);
    }
    if (is_open)
        mob_html_markup(buffer, "</ul>\n");
}

void mob_board_handover_add(struct mob_buffer *buffer, const struct mob_board *board)
{
    for (size_t i = 0; i < board->line_count; i++)
        add_resource(buffer, board, &board->lines[i]);
}
