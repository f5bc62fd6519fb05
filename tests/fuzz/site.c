/* Fuzzes a site's files (DATA.md). The input is the files, each behind a line `==== NAME.csv`, and behind `==== ask`
 * what the rules are asked: two instants, now and the departure, and the numbers of struct ask. The site is loaded
 * twice, up to the first fault and for all of them: both must agree. Where there is none, what the rules answer must
 * lie within its limits and must fit together. */
#include "fuzz.h"
#include "base/money.h"
#include "io/table.h"
#include "rule/planning.h"
#include "rule/price.h"
#include "rule/stay.h"
#include "site/findings.h"

#include <stdlib.h>

enum { FILE_COUNT = MOB_SITE_CALENDAR };

/* ---- loading ---- */

static const char *const file_names[FILE_COUNT] = {
    [MOB_SITE_HOURS] = "hours.csv",
    [MOB_SITE_SOLUTIONS] = "solutions.csv",
    [MOB_SITE_FLEET] = "fleet.csv",
    [MOB_SITE_LEGS] = "legs.csv",
    [MOB_SITE_JOBS] = "jobs.csv",
    [MOB_SITE_CLOSURES] = "closures.csv",
    [MOB_SITE_PROGRAMMES] = "programmes.csv",
    [MOB_SITE_BENEFITS] = "benefits.csv",
    [MOB_SITE_COVERAGE] = "coverage.csv",
};

/* What the files hold, kept from one input to the next: few change. */
static struct {
    struct fuzz_file file;
    struct mob_buffer held;
    bool is_there;
} files[FILE_COUNT];

static void fill_file(size_t number, struct mob_text content)
{
    files[number].is_there = true;
    if (files[number].file.descriptor == 0)
        fuzz_file_make(&files[number].file);
    else if (mob_text_is(mob_buffer_since(&files[number].held, 0), content))
        return;
    fuzz_file_fill(&files[number].file, content);
    files[number].held.length = 0;
    mob_buffer_add(&files[number].held, content);
}

/* Returns what the rules are asked. */
static struct mob_text fill_files(struct mob_text input)
{
    struct mob_text name, content, asked = MOB_TEXT("");

    for (size_t i = 0; i < FILE_COUNT; i++)
        files[i].is_there = false;
    while (fuzz_next_section(&input, &name, &content)) {
        if (mob_text_is(name, MOB_TEXT("ask")))
            asked = content;
        for (size_t i = 0; i < FILE_COUNT; i++)
            if (mob_text_is(name, mob_text_of(file_names[i])))
                fill_file(i, content);
    }
    return asked;
}

struct faults {
    struct mob_error first;
    size_t count;
};

static int take_fault(void *context, const struct mob_error *error)
{
    struct faults *faults = context;

    if (faults->count++ == 0)
        faults->first = *error;
    return 0;
}

/* With `findings` (else NULL) they take every fault, and warnings too. */
static bool loads(struct mob_findings *findings, const struct mob_sink *warnings, struct mob_policy *policy,
                  struct mob_coverage *coverage, struct mob_error *error)
{
    /* A file that is not there is the site's, not one that somebody named: an optional one may be absent. */
    struct mob_site site = { .directory = "no-such-directory", .warnings = warnings };
    bool is_loaded;

    for (size_t i = 0; i < FILE_COUNT; i++)
        site.paths[i] = files[i].is_there ? files[i].file.path : NULL;
    if (findings)
        mob_findings_init(findings, &site);
    is_loaded = mob_site_load(&site, (1U << FILE_COUNT) - 1, policy, coverage, error) == 0;
    mob_site_release(&site);
    return is_loaded;
}

static bool is_among(const struct mob_findings *findings, const struct mob_error *error)
{
    for (size_t i = 0; i < findings->count; i++) {
        const struct mob_finding *finding = &findings->items[i];

        /* Of a header the findings say more: which name stands twice, and line 1 whatever stands before it. */
        if (!finding->is_warning && (finding->line == error->line || finding->line == 1) &&
            (!error->column || mob_text_is(finding->column, mob_text_of(error->column))) &&
            mob_text_is(finding->message, mob_text_of(error->message)))
            return true;
    }
    return false;
}

/* Loads for all faults, and holds it against `first`, the fault that ended the other load. */
static void require_same_faults(const struct mob_error *first, size_t warning_count)
{
    struct faults warnings = { 0 };
    struct mob_sink warning_sink = { take_fault, &warnings };
    struct mob_findings findings;
    struct mob_error error = { 0 };
    struct mob_coverage coverage;
    struct mob_policy policy;
    bool is_loaded = loads(&findings, &warning_sink, &policy, &coverage, &error), is_faulty = findings.error_count > 0;

    fuzz_require((first->kind != MOB_ERROR_NONE) == is_faulty, "one load finds a fault where the other does");
    fuzz_require(is_loaded || is_faulty, "a load that fails has reported a fault");
    fuzz_require(error.kind == MOB_ERROR_NONE && warnings.count == 0, "what was reported is not said besides");
    if (is_faulty)
        fuzz_require(is_among(&findings, first), "the fault that ends a load is among all of them");
    else
        fuzz_require((findings.count > 0) == (warning_count > 0), "both loads warn");
    mob_findings_release(&findings);
    if (is_loaded) {
        mob_policy_release(&policy);
        mob_coverage_release(&coverage);
    }
}

/* Every row with a VIN is held, the faulty ones too, and all rows of a VIN lead to each other. */
static void require_covered(const struct mob_coverage *coverage)
{
    struct mob_csv *csv;
    struct mob_error error = { 0 };
    struct mob_record record;
    size_t vin, count = 0;

    if (!files[MOB_SITE_COVERAGE].is_there)
        return;
    csv = mob_csv_open_bytes(mob_buffer_since(&files[MOB_SITE_COVERAGE].held, 0), "coverage.csv");
    fuzz_require(mob_csv_read(csv, &record, &error) == 1, "a coverage.csv that was read has a header");
    vin = mob_table_find(&record, "vin");
    while (mob_csv_read(csv, &record, &error) == 1) {
        const struct mob_coverage_row *last;
        size_t row, steps = 0;

        if (vin >= record.cell_count || record.cells[vin].length == 0)
            continue;
        count++;
        last = mob_coverage_find(coverage, record.cells[vin]);
        fuzz_require(last, "a VIN of coverage.csv is found");
        for (row = last->next; &coverage->rows[row] != last && steps < coverage->count; steps++)
            row = coverage->rows[row].next;
        fuzz_require(&coverage->rows[row] == last, "a VIN's rows lead back to the last");
    }
    fuzz_require(count == coverage->count, "no other rows are held");
    mob_csv_close(csv);
}

/* ---- what the rules are asked ---- */

struct ask {
    int64_t now, out;
    int64_t stay_min, labour_min, explain_min, days, step_min;
};

static struct ask read_ask(struct mob_text asked)
{
    enum { EXPLAIN_MAX = 10000, STEP_MAX = 1440 };
    struct ask ask = { 0, 0, 600, 90, 15, 3, 30 };
    int64_t *instants[] = { &ask.now, &ask.out };
    int64_t *numbers[] = { &ask.stay_min, &ask.labour_min, &ask.explain_min, &ask.days, &ask.step_min };
    size_t instant_count = 0, number_count = 0;
    struct mob_text word;

    mob_instant_parse(MOB_TEXT("2026-11-24T08:00"), &ask.now);
    mob_instant_parse(MOB_TEXT("2026-11-30T09:00"), &ask.out);
    for (size_t start = 0, i = 0; i <= asked.length; i++) {
        if (i < asked.length && asked.bytes[i] != ' ' && asked.bytes[i] != '\n')
            continue;
        word = (struct mob_text){ asked.bytes + start, i - start };
        start = i + 1;
        if (instant_count < 2 && mob_instant_parse(word, instants[instant_count]) == 0)
            instant_count++;
        else if (number_count < 5 && mob_text_to_number(word, numbers[number_count]) == 0)
            number_count++;
    }
    /* As the tools bound them: a stay has a minute, the options their limits. */
    ask.stay_min += ask.stay_min == 0;
    ask.step_min = ask.step_min == 0 || ask.step_min > STEP_MAX ? 1 : ask.step_min;
    ask.explain_min = ask.explain_min > EXPLAIN_MAX ? EXPLAIN_MAX : ask.explain_min;
    return ask;
}

/* ---- hours ---- */

static void require_day(const struct mob_day_hours *day)
{
    int64_t last = -1;

    for (size_t i = 0; i < day->count; i++) {
        fuzz_require(day->open[i].from > last && day->open[i].from < day->open[i].until &&
                         day->open[i].until <= MOB_DAY_MIN,
                     "a day's hours are in order and do not touch");
        last = day->open[i].until;
    }
}

static void require_order(const struct mob_hours *hours)
{
    for (int area = 0; area < MOB_AREA_COUNT; area++) {
        for (int weekday = 0; weekday < 7; weekday++)
            require_day(&hours->week[area][weekday]);
        for (size_t i = 0; i < hours->date_count[area]; i++) {
            fuzz_require(i == 0 || hours->dates[area][i - 1].date < hours->dates[area][i].date,
                         "dates are in order, each once");
            require_day(&hours->dates[area][i]);
        }
    }
    for (size_t i = 1; i < hours->closed_count; i++)
        fuzz_require(hours->closed[i - 1].date < hours->closed[i].date, "closures are in order, a date each");
    fuzz_require(hours->closed_count == 0 || hours->closed[0].date >= MOB_DATE_FIRST, "closures begin in 1900");
}

static void check_area(const struct mob_hours *hours, enum mob_area area, int64_t at, int64_t minutes)
{
    int64_t after = mob_hours_after(hours, area, at, minutes, at);
    int64_t before = mob_hours_before(hours, area, at, minutes);

    if (after != MOB_ABSENT) {
        int64_t half = mob_hours_after(hours, area, at, minutes / 2, at);

        fuzz_require(after >= at + minutes && after - at <= MOB_SEARCH_MIN, "open minutes pass in time, within a year");
        fuzz_require(half != MOB_ABSENT && half <= after &&
                         mob_hours_after(hours, area, half, minutes - minutes / 2, at) == after,
                     "open minutes pass in two parts as in one");
    }
    if (before == MOB_ABSENT)
        return;
    fuzz_require(before <= at - minutes && at - before <= MOB_SEARCH_MIN, "open minutes have passed, within a year");
    after = mob_hours_after(hours, area, before, minutes, before);
    fuzz_require(after != MOB_ABSENT && after <= at, "what is counted back is there when counted forth");
    after = mob_hours_after(hours, area, before + 1, minutes, before + 1);
    fuzz_require(after == MOB_ABSENT || after > at, "what is counted back begins as late as it can");
}

static void check_notices(const struct mob_policy *policy, const struct ask *ask)
{
    enum { WORKING_DAYS_MAX = 10000 }; /* more take their time up to the year 9999 */

    for (size_t i = 0; i < policy->solution_count; i++) {
        struct mob_notice notice = policy->solutions[i].notice;
        int64_t earliest;

        if (notice.unit == MOB_NOTICE_WORKING_DAYS && notice.amount > WORKING_DAYS_MAX)
            continue;
        if (mob_hours_notice(&policy->hours, ask->now, notice, &earliest) == 0)
            fuzz_require(earliest >= ask->now && mob_instant_is_valid(earliest), "a notice ends from now on");
    }
}

static void check_hours(const struct mob_policy *policy, const struct ask *ask)
{
    const struct mob_hours *hours = &policy->hours;
    int64_t longest = mob_hours_longest(hours);

    require_order(hours);
    for (int use = MOB_USE_DEPARTURE; use <= MOB_USE_RETURN; use++) {
        bool is_open = mob_hours_is_open(hours, ask->out, ask->explain_min, (enum mob_use)use);

        fuzz_require(!is_open || !mob_hours_is_closed(hours, mob_instant_date(ask->out), (enum mob_use)use),
                     "what is open is not closed");
        fuzz_require(!is_open || mob_hours_is_open(hours, ask->out, ask->explain_min / 2, (enum mob_use)use),
                     "what is open for long is open for half as long");
    }
    fuzz_require(longest >= 0 && longest < 7 * MOB_DAY_MIN, "the longest opening is shorter than a week");
    check_area(hours, MOB_AREA_WORKSHOP, ask->out, ask->labour_min);
    check_area(hours, MOB_AREA_PREP, ask->out, ask->labour_min);
    check_notices(policy, ask);
}

/* ---- stay and price ---- */

static void check_stay(const struct mob_policy *policy, const struct mob_solution *solution, const struct ask *ask)
{
    struct mob_stay_terms terms = { .labour_min = ask->labour_min,
                                    .explain_min = ask->explain_min,
                                    .at_least_min = ask->stay_min,
                                    .step_min = ask->step_min };
    struct mob_stay stay;

    mob_stay_take_legs(&terms, solution);
    if (mob_stay_from(&policy->hours, &terms, ask->out, &stay) != MOB_STAY_FITS)
        return;
    fuzz_require(stay.ready >= ask->out + ask->labour_min + terms.start_min && stay.back >= stay.ready,
                 "the work takes its time, and the car is back behind it");
    fuzz_require(stay.back >= ask->out + ask->stay_min && stay.back - ask->out <= MOB_SEARCH_MIN,
                 "a stay is as long as wanted, and no longer than a year");
    fuzz_require(mob_instant_time(stay.back) % ask->step_min == 0, "a return is on the grid");
    fuzz_require(mob_hours_is_open(&policy->hours, stay.back, ask->explain_min, MOB_USE_RETURN),
                 "a return is in opening hours");
    fuzz_require(stay.days >= 1 && (stay.days - 1) * MOB_DAY_MIN < stay.back - ask->out &&
                     stay.back - ask->out <= stay.days * MOB_DAY_MIN,
                 "days begun are counted");
}

static void check_price(const struct mob_policy *policy, const struct mob_solution *solution, const struct ask *ask,
                        const unsigned char *marks)
{
    int64_t fixed = solution->price_fixed_cents == MOB_ABSENT ? 0 : solution->price_fixed_cents;
    int64_t each = solution->price_day_cents == MOB_ABSENT ? 0 : solution->price_day_cents;
    bool is_payable = fixed <= MOB_MONEY_MAX && (each == 0 || ask->days <= (MOB_MONEY_MAX - fixed) / each);

    for (int64_t pay_type = MOB_PAY_CUSTOMER; pay_type <= MOB_PAY_INTERNAL; pay_type++) {
        struct mob_price_terms terms = { marks, pay_type, ask->labour_min };
        struct mob_error error = { 0 };
        struct mob_price price;
        bool is_priced = mob_price_of(policy, &terms, solution, ask->days, &price, &error) == 0;

        fuzz_require(is_priced == is_payable, "what has a price is not beyond the limit");
        if (!is_priced)
            continue;
        fuzz_require(price.price_cents >= 0 && price.saving_cents >= 0 &&
                         price.price_cents + price.saving_cents == fixed + each * ask->days,
                     "price and saving are the tariff");
        fuzz_require((price.programme != NULL) == (price.saving_cents > 0), "who saves has a programme");
    }
}

/* ---- planning ---- */

/* What occupies, kept by hand. */
struct diary {
    struct mob_placement *taken;
    size_t count, capacity;
};

static void write_down(struct diary *diary, const struct mob_resource *resource, struct mob_interval busy)
{
    diary->taken = mob_memory_grow(diary->taken, &diary->capacity, diary->count + 1, sizeof *diary->taken);
    diary->taken[diary->count++] = (struct mob_placement){ resource, busy };
}

static bool is_blank(const struct diary *diary, const struct mob_placement *placed)
{
    for (size_t i = 0; i < diary->count; i++)
        if (diary->taken[i].resource == placed->resource && diary->taken[i].busy.from < placed->busy.until &&
            placed->busy.from < diary->taken[i].busy.until)
            return false;
    return true;
}

/* Of three resources one is booked from `out` on, one is away and perhaps overdue, and one is free. */
static void make_calendar(const struct mob_policy *policy, const struct ask *ask, struct mob_calendar *calendar,
                          struct mob_booking_row *rows, struct diary *diary)
{
    for (size_t i = 0; i < policy->resource_count; i++) {
        bool is_away = i % 3 == 1;
        struct mob_entry entry = { .number = (int64_t)i + 1,
                                   .request = policy->fleet[i].resource,
                                   .status = is_away ? MOB_STATUS_AWAY : MOB_STATUS_BOOKED,
                                   .expires = MOB_ABSENT,
                                   .out = is_away ? ask->now - ask->stay_min : ask->out,
                                   .rows = &rows[i],
                                   .row_count = 1 };

        if (i % 3 == 2)
            continue;
        entry.back = entry.out + ask->stay_min;
        rows[i] = (struct mob_booking_row){ MOB_SPAN_STAY, policy->fleet[i].resource, entry.out, entry.back, 0 };
        mob_calendar_add(calendar, &entry);
        write_down(diary, &policy->fleet[i], (struct mob_interval){ entry.out, entry.back });
    }
}

static bool is_in_service(const struct mob_placement *placed)
{
    const struct mob_resource *resource = placed->resource;

    return (resource->status.length == 0 || mob_text_is(resource->status, MOB_TEXT("ready"))) &&
           (resource->from == MOB_ABSENT || placed->busy.from >= resource->from * MOB_DAY_MIN) &&
           (resource->until == MOB_ABSENT || placed->busy.until <= (resource->until + 1) * MOB_DAY_MIN);
}

/* No double booking: judged by the diary, not by the planning. */
static void require_placed(const struct mob_demand *demand, const struct mob_placement *placements, struct diary *diary)
{
    const struct mob_solution *solution = demand->solution;

    for (size_t i = 0; i < solution->leg_count; i++) {
        const struct mob_placement *placed = &placements[i];
        struct mob_interval use = mob_planning_use(solution->legs[i], demand->out, demand->back, demand->explain_min);

        fuzz_require(mob_text_is(placed->resource->pool, solution->legs[i]->pool), "a leg has a resource of its pool");
        fuzz_require(placed->busy.from <= use.from && placed->busy.until >= use.until && use.from < use.until,
                     "a resource is taken for all of its use");
        fuzz_require(is_in_service(placed), "what is placed is in service");
        fuzz_require(is_blank(diary, placed), "nothing is placed where something is");
        write_down(diary, placed->resource, placed->busy);
    }
}

/* An entry with what was placed is in the way until it is given up; a hold stays. */
static void require_taken(struct mob_planning *planning, const struct mob_demand *demand,
                          const struct mob_placement *placements)
{
    size_t count = demand->solution->leg_count;
    struct mob_booking_row *rows = mob_memory_new(count * sizeof *rows);
    struct mob_entry entry = { .status = MOB_STATUS_BOOKED,
                               .expires = MOB_ABSENT,
                               .out = demand->out,
                               .back = demand->back,
                               .rows = rows,
                               .row_count = count,
                               .request_number = planning->policy->resource_count };

    for (size_t i = 0; i < count; i++)
        rows[i] = (struct mob_booking_row){ MOB_SPAN_STAY, placements[i].resource->resource, placements[i].busy.from,
                                            placements[i].busy.until, 0 };
    for (int round = 0; round < 3; round++) {
        bool is_taken = round != 1;

        if (round == 0)
            mob_planning_add(planning, &entry);
        else if (round == 1)
            mob_planning_give_up(planning, &entry);
        else
            mob_planning_hold(planning, placements, count);
        for (size_t i = 0; i < count; i++) {
            const struct mob_placement *placed = &placements[i];
            size_t cursor = SIZE_MAX, blocker;

            fuzz_require(mob_planning_is_free(planning, placed->resource, placed->busy, MOB_OWNER_NONE, NULL, 0) !=
                             is_taken,
                         "what was placed is taken when it is added or held, and free when it is given up");
            fuzz_require(mob_planning_next_blocker(planning, placed->resource, placed->busy, MOB_OWNER_NONE, &cursor,
                                                   &blocker) == is_taken,
                         "what is taken has a blocker");
        }
    }
    free(rows);
}

static void check_placing(struct mob_planning *planning, const struct mob_solution *solution, const struct ask *ask,
                          struct diary *diary)
{
    struct mob_demand demand = { .solution = solution,
                                 .out = ask->out,
                                 .back = ask->out + ask->stay_min,
                                 .explain_min = ask->explain_min,
                                 .except = MOB_OWNER_NONE };
    struct mob_placement *placements = mob_memory_new(solution->leg_count * sizeof *placements);
    size_t failed = mob_planning_place(planning, &demand, placements);

    if (failed == MOB_PLACED) {
        require_placed(&demand, placements, diary);
        require_taken(planning, &demand, placements);
    } else {
        fuzz_require(failed == MOB_BEYOND || failed < solution->leg_count, "the pool that is full is a leg's");
    }
    free(placements);
}

static void check_planning(const struct mob_policy *policy, const struct ask *ask)
{
    enum { LEGS_MAX = 5 }; /* of one pool: all their orders are tried where none will do */
    struct mob_booking_row *rows = mob_memory_new(policy->resource_count * sizeof *rows);
    struct mob_calendar calendar = { 0 };
    struct diary diary = { 0 };
    struct mob_planning planning;

    make_calendar(policy, ask, &calendar, rows, &diary);
    mob_planning_init(&planning, policy, &calendar, ask->now);
    for (size_t i = 0; i < policy->solution_count; i++)
        if (policy->solutions[i].leg_count <= LEGS_MAX)
            check_placing(&planning, &policy->solutions[i], ask, &diary);
    mob_planning_release(&planning);
    mob_calendar_release(&calendar);
    free(diary.taken);
    free(rows);
}

static void check_rules(const struct mob_policy *policy, const struct ask *ask)
{
    unsigned char *marks = mob_memory_new(policy->programme_count);

    memset(marks, 1, policy->programme_count);
    check_hours(policy, ask);
    check_stay(policy, NULL, ask);
    for (size_t i = 0; i < policy->solution_count; i++) {
        check_stay(policy, &policy->solutions[i], ask);
        check_price(policy, &policy->solutions[i], ask, marks);
    }
    check_planning(policy, ask);
    free(marks);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ask ask = read_ask(fill_files(fuzz_input(data, size)));
    struct faults warnings = { 0 };
    struct mob_sink warning_sink = { take_fault, &warnings };
    struct mob_error error = { 0 };
    struct mob_coverage coverage;
    struct mob_policy policy;
    bool is_loaded = loads(NULL, &warning_sink, &policy, &coverage, &error);

    fuzz_require(is_loaded == (error.kind == MOB_ERROR_NONE) && (is_loaded || error.kind == MOB_ERROR_FATAL),
                 "a site is loaded, or there is a fatal error");
    require_same_faults(&error, warnings.count);
    if (is_loaded) {
        require_covered(&coverage);
        check_rules(&policy, &ask);
        mob_policy_release(&policy);
        mob_coverage_release(&coverage);
    }
    return 0;
}
