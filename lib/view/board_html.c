#include "view/board_html.h"

#include "view/board_handover.h"
#include "view/board_legend.h"
#include "view/board_style.h"
#include "view/html.h"
#include "view/words.h"

/* More lines or days than these, and each gets less room. */
enum { ROOMY_LINES = 24, ROOMY_DAYS = 16 };

/* ---- what is drawn again and again: pictures, patterns, and the ground that all lines share ---- */

static const char symbols[] =
    "<symbol id=\"option\" viewBox=\"0 0 14 14\"><path d=\"M4.6 5a2.4 2.4 0 1 1 3.6 2.1c-.8.5-1.2.9-1.2 1.9M7 "
    "11.4v.2\"/></symbol>\n"
    "<symbol id=\"booked\" viewBox=\"0 0 14 14\"><path d=\"M3.5 2.5h7v9L7 8.8l-3.5 2.7z\"/></symbol>\n"
    "<symbol id=\"away\" viewBox=\"0 0 14 14\"><path d=\"M3 11 11 3M5 3h6v6\"/></symbol>\n"
    "<symbol id=\"returned\" viewBox=\"0 0 14 14\"><path d=\"M2.5 7.5 5.5 10.5 11.5 3.5\"/></symbol>\n"
    "<symbol id=\"overdue\" viewBox=\"0 0 14 14\"><path d=\"M7 2v6.4M7 11.4v.3\"/></symbol>\n"
    "<symbol id=\"blocked\" viewBox=\"0 0 14 14\"><path d=\"M3 3l8 8M11 3l-8 8\"/></symbol>\n"
    "<symbol id=\"clash\" viewBox=\"0 0 14 14\"><path d=\"M5.2 2 4 12M10 2 8.8 12M2.5 5h9.5M2 9h9.5\"/></symbol>\n"
    "<pattern id=\"closing\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" "
    "patternTransform=\"rotate(45)\"><path class=\"closing\" d=\"M0 0v7\"/></pattern>\n"
    "<pattern id=\"parting\" width=\"14\" height=\"14\" patternUnits=\"userSpaceOnUse\" "
    "patternTransform=\"rotate(-45)\"><path class=\"parting\" d=\"M0 0v14\"/></pattern>\n"
    "<pattern id=\"lateness\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
    "patternTransform=\"rotate(-45)\"><rect class=\"lateness\" width=\"6\" height=\"6\"/><path class=\"lateness\" "
    "d=\"M0 0v6\"/></pattern>\n"
    "<pattern id=\"resting\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"><path class=\"resting\" d=\"M3 "
    "3h.01\"/></pattern>\n"
    "<pattern id=\"clashing\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><path class=\"clashing\" "
    "d=\"M0 0 8 8M8 0 0 8\"/></pattern>\n";

static void add_rectangle(struct mob_buffer *buffer, const struct mob_board_drawing *drawing, const char *class,
                          struct mob_interval interval)
{
    mob_html_markup(buffer, "<rect class=\"");
    mob_html_markup(buffer, class);
    mob_html_markup(buffer, "\"");
    mob_board_add_extent(buffer, drawing, interval);
    mob_html_markup(buffer, " height=\"100%\"/>");
}

static void add_rule(struct mob_buffer *buffer, const struct mob_board_drawing *drawing, const char *class,
                     int64_t instant)
{
    int64_t place = mob_scale_place(&drawing->scale, instant);

    mob_html_markup(buffer, "<line class=\"");
    mob_html_markup(buffer, class);
    mob_html_markup(buffer, "\"");
    mob_html_percent(buffer, "x1", place);
    mob_html_percent(buffer, "x2", place);
    mob_html_markup(buffer, " y2=\"100%\"/>");
}

static const struct mob_board_day *day_of(const struct mob_board *board, int64_t date)
{
    return &board->days[date - board->first];
}

/* One day's closed hours. */
static void add_ground_of_day(struct mob_buffer *buffer, const struct mob_board_drawing *drawing,
                              const struct mob_board *board, int64_t date)
{
    const struct mob_day_hours *day = day_of(board, date)->reception;
    int64_t midnight = mob_instant_of_date(date);
    int64_t shut = midnight; /* from when on */

    if (day_of(board, date)->is_closed) {
        add_rectangle(buffer, drawing, "shut", (struct mob_interval){ midnight, midnight + MOB_DAY_MIN });
        add_rectangle(buffer, drawing, "closed", (struct mob_interval){ midnight, midnight + MOB_DAY_MIN });
    } else {
        for (size_t i = 0; i <= day->count; i++) {
            int64_t open = i < day->count ? midnight + day->open[i].from : midnight + MOB_DAY_MIN;

            if (shut < open)
                add_rectangle(buffer, drawing, "shut", (struct mob_interval){ shut, open });
            if (i < day->count)
                shut = midnight + day->open[i].until;
        }
        if (day_of(board, date)->closed_uses)
            add_rectangle(buffer, drawing, "partly", (struct mob_interval){ midnight, midnight + MOB_DAY_MIN });
    }
    if (date > board->first)
        add_rule(buffer, drawing, mob_date_weekday(date) == 0 ? "week" : "day", midnight);
}

static bool is_now_shown(const struct mob_board *board)
{
    int64_t today = mob_instant_date(board->now);

    return today >= board->first && today <= board->last;
}

static void add_definitions(struct mob_buffer *buffer, const struct mob_board_drawing *drawing,
                            const struct mob_board *board)
{
    mob_html_markup(buffer, "<svg class=\"definitions\" width=\"0\" height=\"0\" aria-hidden=\"true\"><defs>\n");
    mob_html_markup(buffer, symbols);
    mob_html_markup(buffer, "<symbol id=\"ground\">\n");
    for (int64_t date = board->first; date <= board->last; date++)
        add_ground_of_day(buffer, drawing, board, date);
    mob_html_markup(buffer, "\n</symbol>\n</defs></svg>\n");
}

/* Appends what is shut on a day, in words: `closed`, or `no return, workshop`; false where nothing is. */
static bool add_closed(struct mob_buffer *buffer, const struct mob_board_day *day)
{
    static const char *const words[] = { "departure", "return", "workshop", "preparation" };
    const unsigned both = MOB_USE_DEPARTURE | MOB_USE_RETURN;
    const char *before = "no ";

    if (day->is_closed && (day->reception->count == 0 || (day->closed_uses & both) == both)) {
        mob_html_markup(buffer, "closed");
        return true;
    }
    for (size_t i = 0; i < MOB_COUNT_OF(words); i++)
        if (day->closed_uses & 1U << i) {
            mob_html_markup(buffer, before);
            mob_html_markup(buffer, words[i]);
            before = ", ";
        }
    return day->closed_uses != 0;
}

/* ---- what the page says above the board ---- */

static void add_head(struct mob_buffer *buffer, const struct mob_board *board)
{
    mob_html_markup(buffer, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '");
    mob_html_markup(buffer, mob_board_style_hash);
    mob_html_markup(buffer, "'; base-uri 'none'; form-action 'none'\">\n"
                            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                            "<meta name=\"color-scheme\" content=\"light dark\">\n<title>Planning board, ");
    mob_words_add_date(buffer, board->first);
    mob_html_markup(buffer, " to ");
    mob_words_add_date(buffer, board->last);
    mob_html_markup(buffer, "</title>\n<style>");
    mob_html_markup(buffer, mob_board_style);
    mob_html_markup(buffer, "</style>\n</head>\n");
}

/* The period, and what time it was. */
static void add_range(struct mob_buffer *buffer, const struct mob_board *board, const char *between, const char *behind)
{
    mob_words_add_date(buffer, board->first);
    mob_html_markup(buffer, " – ");
    mob_words_add_date(buffer, board->last);
    mob_html_markup(buffer, between);
    mob_words_add_instant(buffer, board->now);
    mob_html_markup(buffer, behind);
}

/* On each page of paper. */
static void add_running_head(struct mob_buffer *buffer, const struct mob_board *board)
{
    mob_html_markup(buffer, "<tr class=\"running\" aria-hidden=\"true\"><td colspan=\"2\"><b>Planning board</b>");
    add_range(buffer, board, "<span>as of ", "</span></td></tr>\n");
}

/* For who cannot see the shades. */
static void add_closed_days(struct mob_buffer *buffer, const struct mob_board *board)
{
    mob_html_markup(buffer, "<ul class=\"unseen\" aria-label=\"Closed days\">\n");
    for (int64_t date = board->first; date <= board->last; date++) {
        size_t start = buffer->length;

        mob_html_markup(buffer, "<li>");
        mob_words_add_date(buffer, date);
        mob_html_markup(buffer, ": ");
        if (add_closed(buffer, day_of(board, date)))
            mob_html_markup(buffer, "</li>\n");
        else
            buffer->length = start;
    }
    mob_html_markup(buffer, "</ul>\n");
}

static void add_title(struct mob_buffer *buffer, const struct mob_board *board)
{
    mob_html_markup(buffer, "<header>\n<h1>Planning board</h1>\n<p class=\"range\">");
    add_range(buffer, board, "</p>\n<p class=\"clock\">as of ", "</p>\n");
    add_closed_days(buffer, board);
}

/* ---- the days above the columns ---- */

/* The hours of one day, where there is room for them. */
static void add_hours(struct mob_buffer *buffer, const struct mob_board_drawing *drawing, const struct mob_board *board)
{
    const int64_t step = board->day_count <= 2 ? 1 : board->day_count <= 4 ? 2 : 3;
    const struct mob_scale day = { 0, 0, drawing->scale.opens, drawing->scale.closes };

    mob_html_markup(buffer, "<svg class=\"hours\">");
    for (int64_t hour = step; hour < 24; hour += step) {
        if (hour * 60 < day.opens || hour * 60 > day.closes)
            continue;
        mob_html_markup(buffer, "<text y=\"11\"");
        mob_html_percent(buffer, "x", mob_scale_place(&day, hour * 60));
        mob_html_markup(buffer, ">");
        mob_buffer_add_number(buffer, hour);
        mob_html_markup(buffer, "</text>");
    }
    mob_html_markup(buffer, "</svg>");
}

static void add_day(struct mob_buffer *buffer, const struct mob_board_drawing *drawing, const struct mob_board *board,
                    int64_t date)
{
    const struct mob_board_day *day = day_of(board, date);
    bool has_month = date == board->first || mob_date_day(date) == 1;
    struct mob_buffer closed = { 0 };

    mob_html_markup(buffer, "<div class=\"day");
    if (day->is_closed)
        mob_html_markup(buffer, " off");
    if (date == mob_instant_date(board->now))
        mob_html_markup(buffer, " today");
    if (mob_date_weekday(date) == 0 && date > board->first)
        mob_html_markup(buffer, " monday");
    mob_html_markup(buffer, "\">");
    if (board->day_count > ROOMY_DAYS) {
        mob_html_markup(buffer, "<div class=\"month\">");
        if (has_month)
            mob_buffer_add(buffer, mob_words_month(date));
        mob_html_markup(buffer, "</div>");
    }
    mob_html_markup(buffer, "<div class=\"weekday\">");
    mob_buffer_add(buffer, mob_words_weekday(date));
    mob_html_markup(buffer, "</div><div class=\"date\"><b>");
    mob_buffer_add_number(buffer, mob_date_day(date));
    mob_html_markup(buffer, "</b>");
    if (has_month && board->day_count <= ROOMY_DAYS) {
        mob_html_markup(buffer, "<i>");
        mob_buffer_add(buffer, mob_words_month(date));
        mob_html_markup(buffer, "</i>");
    }
    mob_html_markup(buffer, "</div>");
    if (add_closed(&closed, day)) {
        mob_html_markup(buffer, "<div class=\"hours\">");
        mob_buffer_add(buffer, mob_buffer_since(&closed, 0));
        mob_html_markup(buffer, "</div>");
    } else {
        add_hours(buffer, drawing, board);
    }
    mob_html_markup(buffer, "</div>\n");
    mob_buffer_release(&closed);
}

static void add_days(struct mob_buffer *buffer, const struct mob_board_drawing *drawing, const struct mob_board *board)
{
    const int64_t day_pixels = board->day_count <= 7 ? 150 : board->day_count <= ROOMY_DAYS ? 71 : 54;

    mob_html_markup(buffer, "<thead>");
    add_running_head(buffer, board);
    mob_html_markup(buffer, "<tr><th scope=\"col\" class=\"name\">Resource</th><th scope=\"col\" class=\"track\">"
                            "<span class=\"unseen\">Bookings</span><svg class=\"spacer\" height=\"0\"");
    mob_html_number(buffer, "width", (int64_t)board->day_count * day_pixels);
    mob_html_markup(buffer, " aria-hidden=\"true\"></svg>\n<div class=\"days\" aria-hidden=\"true\">\n");
    for (int64_t date = board->first; date <= board->last; date++)
        add_day(buffer, drawing, board, date);
    if (is_now_shown(board)) {
        mob_html_markup(buffer, "<svg class=\"needle\">");
        add_rule(buffer, drawing, "now", board->now);
        mob_html_markup(buffer, "</svg>\n");
    }
    mob_html_markup(buffer, "</div></th></tr></thead>\n");
}

/* ---- the lines ---- */

/* The days on which a resource cannot be taken, stretch by stretch. */
static void add_out_of_service(struct mob_buffer *buffer, const struct mob_board_drawing *drawing,
                               const struct mob_board *board, const struct mob_board_line *line)
{
    for (int64_t date = board->first; date <= board->last; date++) {
        int64_t first = date;

        while (date <= board->last && !line->in_service[date - board->first])
            date++;
        if (date > first)
            add_rectangle(buffer, drawing, "resting",
                          (struct mob_interval){ mob_instant_of_date(first), mob_instant_of_date(date) });
    }
}

static void add_track(struct mob_buffer *buffer, const struct mob_board_drawing *drawing, const struct mob_board *board,
                      const struct mob_board_line *line)
{
    mob_html_markup(buffer, "<svg class=\"track\"");
    mob_html_number(buffer, "height", mob_board_lane_top(drawing, line->lane_count));
    mob_html_markup(buffer, line->bar_count > 0 ? " role=\"list\" aria-label=\"Bookings of "
                                                : " role=\"img\" aria-label=\"Nothing planned for ");
    mob_html_add(buffer, line->resource->resource);
    mob_html_markup(buffer, "\"><g aria-hidden=\"true\"><use href=\"#ground\" width=\"100%\" height=\"100%\"/>");
    add_out_of_service(buffer, drawing, board, line);
    for (size_t i = 0; i < line->bar_count; i++)
        if (line->bars[i].clash.from < line->bars[i].clash.until)
            add_rectangle(buffer, drawing, "clash", line->bars[i].clash);
    if (is_now_shown(board))
        add_rule(buffer, drawing, "now", board->now);
    mob_html_markup(buffer, "</g>\n");
    for (size_t i = 0; i < line->bar_count; i++)
        mob_board_add_bar(buffer, drawing, board, line, &line->bars[i]);
    mob_html_markup(buffer, "</svg>");
}

static void add_line(struct mob_buffer *buffer, const struct mob_board_drawing *drawing, const struct mob_board *board,
                     const struct mob_board_line *line)
{
    const struct mob_resource *resource = line->resource;

    mob_html_markup(buffer, "<tr><th scope=\"row\" class=\"name\"><b>");
    mob_html_add(buffer, resource->resource);
    mob_html_markup(buffer, "</b> <span>");
    if (!mob_resource_is_usable(resource)) {
        mob_html_markup(buffer, "<em>");
        mob_html_add(buffer, resource->status);
        mob_html_markup(buffer, "</em> ");
    }
    mob_html_add(buffer, resource->label);
    mob_html_markup(buffer, "</span></th><td class=\"track\">");
    add_track(buffer, drawing, board, line);
    mob_html_markup(buffer, "</td></tr>\n");
}

static void add_pool(struct mob_buffer *buffer, const struct mob_board_drawing *drawing, const struct mob_board *board,
                     const struct mob_board_pool *pool)
{
    mob_html_markup(buffer, "<tbody>\n<tr class=\"pool\"><th scope=\"rowgroup\" colspan=\"2\"><h2>");
    mob_html_add(buffer, pool->pool);
    mob_html_markup(buffer, "</h2></th></tr>\n");
    for (size_t i = 0; i < pool->line_count; i++)
        add_line(buffer, drawing, board, &pool->lines[i]);
    mob_html_markup(buffer, "</tbody>\n");
}

/* A second table, for only a table's head is printed on each of its pages. */
static void add_handovers(struct mob_buffer *buffer, const struct mob_board *board)
{
    struct mob_buffer list = { 0 };

    mob_board_handover_add(&list, board);
    if (list.length) {
        mob_html_markup(buffer, "<table class=\"handovers\" aria-hidden=\"true\">\n<thead>");
        add_running_head(buffer, board);
        mob_html_markup(buffer, "</thead>\n<tbody><tr><td colspan=\"2\">\n<h2>Handed out and taken back</h2>\n<div>\n");
        mob_buffer_add(buffer, mob_buffer_since(&list, 0));
        mob_html_markup(buffer, "</div>\n</td></tr></tbody>\n</table>\n");
    }
    mob_buffer_release(&list);
}

void mob_board_html_add(struct mob_buffer *buffer, const struct mob_board *board)
{
    bool is_dense = board->line_count > ROOMY_LINES || board->day_count > ROOMY_DAYS;
    struct mob_board_drawing drawing = { .lane_height = is_dense ? 24 : 36, .lane_gap = 4 };

    mob_scale_init(&drawing.scale, board);
    add_head(buffer, board);
    mob_html_markup(buffer, is_dense ? "<body class=\"dense\">\n" : "<body>\n");
    add_definitions(buffer, &drawing, board);
    add_title(buffer, board);
    mob_board_legend_add(buffer, &drawing);
    mob_html_markup(buffer, "</header>\n<main>\n<table>\n");
    add_days(buffer, &drawing, board);
    for (size_t i = 0; i < board->pool_count; i++)
        add_pool(buffer, &drawing, board, &board->pools[i]);
    mob_html_markup(buffer, "<tfoot aria-hidden=\"true\"><tr><td colspan=\"2\">\n");
    mob_board_legend_add(buffer, &drawing);
    mob_html_markup(buffer, "</td></tr></tfoot>\n</table>\n");
    add_handovers(buffer, board);
    mob_html_markup(buffer, "</main>\n</body>\n</html>\n");
}
