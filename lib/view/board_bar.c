#include "view/board_bar.h"

#include "view/html.h"
#include "view/words.h"

enum { CARD_WIDTH = 440, CARD_HEIGHT = 220, TAIL_HEIGHT = 8 };

/* ---- where it stands ---- */

int64_t mob_board_lane_top(const struct mob_board_drawing *drawing, size_t lane)
{
    return drawing->lane_gap + (int64_t)lane * (drawing->lane_height + drawing->lane_gap);
}

void mob_board_add_extent(struct mob_buffer *buffer, const struct mob_board_drawing *drawing,
                          struct mob_interval interval)
{
    int64_t from = mob_scale_place(&drawing->scale, interval.from);

    mob_html_percent(buffer, "x", from);
    mob_html_percent(buffer, "width", mob_scale_place(&drawing->scale, interval.until) - from);
}

bool mob_board_is_shown(const struct mob_board *board, struct mob_interval interval)
{
    return interval.from < interval.until &&
           mob_interval_overlaps(interval, (struct mob_interval){ mob_instant_of_date(board->first),
                                                                  mob_instant_of_date(board->last + 1) });
}

/* ---- what it is ---- */

const char *mob_board_class(enum mob_mark mark)
{
    static const char *const classes[] = { "",       "",       "",     "returned", "blocked",
                                           "option", "booked", "away", "overdue",  "clash" };

    return classes[mark];
}

void mob_board_add_icon(struct mob_buffer *buffer, enum mob_mark mark)
{
    if (!*mob_board_class(mark))
        return;
    mob_html_markup(buffer, "<svg class=\"icon\" viewBox=\"0 0 14 14\" aria-hidden=\"true\"><use href=\"#");
    mob_html_markup(buffer, mob_board_class(mark));
    mob_html_markup(buffer, "\"/></svg>");
}

void mob_board_add_who(struct mob_buffer *buffer, const struct mob_entry *entry)
{
    mob_html_add(buffer, entry->customer.length > 0 ? entry->customer : entry->request);
}

/* `08:30–15:00`; with the day behind, where it is another: `08:30–Thu 09:00`. */
static void add_times(struct mob_buffer *buffer, struct mob_interval use)
{
    int64_t until = use.until > MOB_INSTANT_LAST ? MOB_INSTANT_LAST : use.until;

    mob_words_add_time(buffer, use.from);
    mob_html_markup(buffer, "–");
    if (mob_instant_date(use.from) != mob_instant_date(until)) {
        mob_buffer_add(buffer, mob_words_weekday(mob_instant_date(until)));
        mob_buffer_add_byte(buffer, ' ');
    }
    mob_words_add_time(buffer, until);
}

static void add_from_until(struct mob_buffer *buffer, const char *before, struct mob_interval interval)
{
    mob_html_markup(buffer, before);
    mob_html_markup(buffer, " from ");
    mob_words_add_instant(buffer, interval.from);
    mob_html_markup(buffer, " until ");
    mob_words_add_instant(buffer, interval.until);
}

/* ---- all that is known of it, a sentence each: for the name and for the card ---- */

enum fact { FACT_WHO, FACT_STATUS, FACT_WHAT, FACT_TIMES, FACT_OCCUPIED, FACT_CLASH, FACT_COUNT };
static const char *const fact_classes[] = { "who", "status", "what", "times", "occupied", "warning" };

static void add_status(struct mob_buffer *buffer, const struct mob_board_bar *bar)
{
    if (bar->entry->customer.length > 0) {
        mob_html_add(buffer, bar->entry->request);
        mob_html_markup(buffer, ", ");
    }
    mob_html_markup(buffer, mob_status_words[bar->entry->status]);
    if (bar->mark == MOB_MARK_OVERDUE) {
        mob_html_markup(buffer, ", overdue since ");
        mob_words_add_instant(buffer, bar->entry->back);
    }
}

static void add_what(struct mob_buffer *buffer, const struct mob_board_line *line, const struct mob_board_bar *bar)
{
    static const char *const spans[] = { " on ", " handed out by ", " taken back by " };

    mob_html_add(buffer, bar->entry->solution.length > 0 ? bar->entry->solution : MOB_TEXT("Out of use:"));
    mob_html_markup(buffer, bar->entry->solution.length > 0 ? spans[bar->row->span] : " ");
    mob_html_add(buffer, line->resource->resource);
    if (line->resource->label.length > 0) {
        mob_html_markup(buffer, " (");
        mob_html_add(buffer, line->resource->label);
        mob_html_markup(buffer, ")");
    }
}

static void add_clash(struct mob_buffer *buffer, const struct mob_board_line *line, const struct mob_board_bar *bar)
{
    const char *before = "Clash with ";

    for (size_t i = 0; i < line->bar_count; i++) {
        const struct mob_board_bar *other = &line->bars[i];

        if (other == bar || !mob_interval_overlaps(other->busy, bar->busy))
            continue;
        mob_html_markup(buffer, before);
        mob_html_add(buffer, other->entry->request);
        if (other->entry->customer.length > 0) {
            mob_html_markup(buffer, " of ");
            mob_html_add(buffer, other->entry->customer);
        }
        before = ", ";
    }
}

/* Appends one fact; false where there is none. */
static bool add_fact(struct mob_buffer *buffer, enum fact fact, const struct mob_board_line *line,
                     const struct mob_board_bar *bar)
{
    const struct mob_entry *entry = bar->entry;

    switch (fact) {
    case FACT_WHO:
        mob_board_add_who(buffer, entry);
        return true;
    case FACT_STATUS:
        add_status(buffer, bar);
        return true;
    case FACT_WHAT:
        add_what(buffer, line, bar);
        return true;
    case FACT_TIMES:
        add_from_until(buffer, "Out", (struct mob_interval){ entry->out, entry->back });
        return true;
    case FACT_OCCUPIED:
        if (bar->busy.from == entry->out && bar->busy.until == entry->back)
            return false;
        add_from_until(buffer, "Occupied", bar->busy);
        return true;
    default:
        if (bar->is_clashing)
            add_clash(buffer, line, bar);
        return bar->is_clashing;
    }
}

/* ` aria-label="…"` */
static void add_name(struct mob_buffer *buffer, const struct mob_board_line *line, const struct mob_board_bar *bar)
{
    mob_html_markup(buffer, " aria-label=\"");
    for (size_t fact = 0; fact < FACT_COUNT; fact++)
        if (add_fact(buffer, fact, line, bar))
            mob_html_markup(buffer, ". ");
    buffer->length--; /* the last blank */
    mob_html_markup(buffer, "\"");
}

/* Below the line, where no bar of it lies over the card, and to the left where there is no room to its right. */
static void add_card(struct mob_buffer *buffer, const struct mob_board_drawing *drawing,
                     const struct mob_board_line *line, const struct mob_board_bar *bar)
{
    int64_t from = mob_scale_place(&drawing->scale, bar->busy.from);
    int64_t until = mob_scale_place(&drawing->scale, bar->busy.until);
    bool is_right = from > MOB_SCALE_WHOLE * 6 / 10;

    mob_html_markup(buffer, "<foreignObject class=\"card\" aria-hidden=\"true\"");
    mob_html_percent(buffer, "x", is_right ? until : from);
    mob_html_number(buffer, "y", mob_board_lane_top(drawing, line->lane_count));
    mob_html_number(buffer, "width", CARD_WIDTH);
    mob_html_number(buffer, "height", CARD_HEIGHT);
    if (is_right) {
        mob_html_markup(buffer, " transform=\"translate(-");
        mob_buffer_add_number(buffer, CARD_WIDTH);
        mob_html_markup(buffer, " 0)\"");
    }
    mob_html_markup(buffer, "><div>");
    for (size_t fact = 0; fact < FACT_COUNT; fact++) {
        size_t start = buffer->length;

        mob_html_markup(buffer, "<p class=\"");
        mob_html_markup(buffer, fact_classes[fact]);
        mob_html_markup(buffer, "\">");
        if (add_fact(buffer, fact, line, bar))
            mob_html_markup(buffer, "</p>");
        else
            buffer->length = start;
    }
    mob_html_markup(buffer, "</div></foreignObject>");
}

/* ---- the bar ---- */

/* A thinner strip through the middle of the lane. */
static void add_strip(struct mob_buffer *buffer, const struct mob_board_drawing *drawing, const char *class,
                      int64_t height, const struct mob_board_bar *bar, struct mob_interval interval)
{
    mob_html_markup(buffer, "<rect class=\"");
    mob_html_markup(buffer, class);
    mob_html_markup(buffer, "\"");
    mob_board_add_extent(buffer, drawing, interval);
    mob_html_number(buffer, "y", mob_board_lane_top(drawing, bar->lane) + (drawing->lane_height - height) / 2);
    mob_html_number(buffer, "height", height);
    mob_html_markup(buffer, "/>");
}

/* Opens what holds the words of an interval. */
static void open_box(struct mob_buffer *buffer, const struct mob_board_drawing *drawing,
                     const struct mob_board_bar *bar, struct mob_interval interval)
{
    mob_html_markup(buffer, "<foreignObject");
    mob_board_add_extent(buffer, drawing, interval);
    mob_html_number(buffer, "y", mob_board_lane_top(drawing, bar->lane));
    mob_html_number(buffer, "height", drawing->lane_height);
    mob_html_markup(buffer, ">");
}

static void add_icons(struct mob_buffer *buffer, const struct mob_board_bar *bar)
{
    mob_board_add_icon(buffer, bar->mark);
    if (bar->is_clashing)
        mob_board_add_icon(buffer, MOB_MARK_CLASH);
}

/* The customer, then what `add_when` says of an interval. */
static void add_words(struct mob_buffer *buffer, const struct mob_board_bar *bar,
                      void (*add_when)(struct mob_buffer *buffer, struct mob_interval interval),
                      struct mob_interval interval)
{
    mob_html_markup(buffer, "<div class=\"text\"><bdi>");
    mob_board_add_who(buffer, bar->entry);
    mob_html_markup(buffer, "</bdi> <span>");
    add_when(buffer, interval);
    mob_html_markup(buffer, "</span></div>");
}

/* The use itself: a box with its pictures and, where `has_words`, the customer and the times. */
static void add_use(struct mob_buffer *buffer, const struct mob_board_drawing *drawing, const struct mob_board *board,
                    const struct mob_board_bar *bar, bool has_words)
{
    open_box(buffer, drawing, bar, bar->use);
    mob_html_markup(buffer, "<div class=\"use");
    if (bar->use.from < mob_instant_of_date(board->first))
        mob_html_markup(buffer, " before");
    if (bar->use.until > mob_instant_of_date(board->last + 1))
        mob_html_markup(buffer, " behind");
    mob_html_markup(buffer, "\">");
    add_icons(buffer, bar);
    if (has_words)
        add_words(buffer, bar, add_times, bar->use);
    mob_html_markup(buffer, "</div></foreignObject>");
}

/* ---- an overdue car ---- */

/* `since Thu 08:30`: from when on it is missing until now; with the date where it is a week and more. */
static void add_since(struct mob_buffer *buffer, struct mob_interval missing)
{
    int64_t date = mob_instant_date(missing.from);

    mob_html_markup(buffer, "since ");
    if (mob_instant_date(missing.until) - date < 7)
        mob_buffer_add(buffer, mob_words_weekday(date));
    else
        mob_words_add_day(buffer, date);
    mob_buffer_add_byte(buffer, ' ');
    mob_words_add_time(buffer, missing.from);
}

/* Whether its words stand on the time since its return: where less of the use is on the board, too little for them. */
static bool has_late_words(const struct mob_board_drawing *drawing, const struct mob_board_bar *bar,
                           struct mob_interval late)
{
    int64_t use = mob_scale_place(&drawing->scale, bar->use.until) - mob_scale_place(&drawing->scale, bar->use.from);

    return use < MOB_SCALE_WHOLE / 10 &&
           use < mob_scale_place(&drawing->scale, late.until) - mob_scale_place(&drawing->scale, late.from);
}

static void add_late_words(struct mob_buffer *buffer, const struct mob_board_drawing *drawing,
                           const struct mob_board *board, const struct mob_board_bar *bar, struct mob_interval late)
{
    open_box(buffer, drawing, bar, late);
    mob_html_markup(buffer, "<div class=\"room\"><div class=\"use\">");
    if (!mob_board_is_shown(board, bar->use))
        add_icons(buffer, bar);
    add_words(buffer, bar, add_since, (struct mob_interval){ late.from, board->now });
    mob_html_markup(buffer, "</div></div></foreignObject>");
}

void mob_board_add_bar(struct mob_buffer *buffer, const struct mob_board_drawing *drawing,
                       const struct mob_board *board, const struct mob_board_line *line,
                       const struct mob_board_bar *bar)
{
    struct mob_interval late = { bar->entry->back, bar->busy.until };
    bool is_late = bar->mark == MOB_MARK_OVERDUE && bar->row->span == MOB_SPAN_STAY && mob_board_is_shown(board, late);
    bool is_said = is_late && has_late_words(drawing, bar, late);

    mob_html_markup(buffer, "<g role=\"listitem\"><g class=\"bar ");
    mob_html_markup(buffer, mob_board_class(bar->mark));
    if (bar->is_clashing)
        mob_html_markup(buffer, " clashing");
    mob_html_markup(buffer, "\" role=\"img\" tabindex=\"0\"");
    add_name(buffer, line, bar);
    mob_html_markup(buffer, ">");
    add_strip(buffer, drawing, "tail", TAIL_HEIGHT, bar, bar->busy);
    if (is_late)
        add_strip(buffer, drawing, "late", drawing->lane_height - 2, bar, late);
    if (mob_board_is_shown(board, bar->use))
        add_use(buffer, drawing, board, bar, !is_said);
    if (is_said)
        add_late_words(buffer, drawing, board, bar, late);
    /* The card is none of the bar: a browser that scrolls the bar into view would take a corner of the card for it. */
    mob_html_markup(buffer, "</g>");
    add_card(buffer, drawing, line, bar);
    mob_html_markup(buffer, "</g>\n");
}
