-- What mob-entitle answers, by sqlite3 in memory; read by `.read` in the directory of the files.
-- `gifts` is small: what each programme gives for each way to pay, amount of labour and number of days; so each request
-- is looked up twice, in coverage and there. No VIN has two rows of coverage in the bench's files.
.output /dev/null
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -2000000;
.output
CREATE TABLE coverage (vin TEXT PRIMARY KEY, programme TEXT, since TEXT, until TEXT, max_km TEXT) WITHOUT ROWID;
CREATE TABLE requests (
    request TEXT, customer TEXT, vin TEXT, jobs TEXT, wanted TEXT, wanted_back TEXT, km TEXT, need TEXT,
    licence_until TEXT, pay_type TEXT, labour_min TEXT, explain_min TEXT, note TEXT, ready TEXT, days TEXT);
.mode csv
.separator , "\n"
.import --skip 1 coverage.csv coverage
.import --skip 1 requests.csv requests
.import solutions.csv solutions
.import programmes.csv programmes
.import benefits.csv benefits

CREATE TABLE gifts (
    programme TEXT, pay_type TEXT, days INT, least INT, beyond INT, free TEXT, reduced TEXT, solution TEXT, saving TEXT,
    sentence TEXT, PRIMARY KEY (programme, pay_type, days, least)) WITHOUT ROWID;
INSERT INTO gifts
WITH RECURSIVE of_days(days) AS (SELECT 1 UNION ALL SELECT days + 1 FROM of_days WHERE days < 366),
steps AS (SELECT DISTINCT 0 + min_labour_min AS least FROM benefits UNION SELECT 0),
labour AS (SELECT least, lead(least, 1, 1000000001) OVER (ORDER BY least) AS beyond FROM steps),
tariffs AS (
    SELECT solution, label, currency, 0 + rank AS place, CAST(round(100 * price_day) AS INT) AS each,
        CAST(round(100 * price_fixed) AS INT) AS fixed
    FROM solutions),
covered AS (
    SELECT b.programme, pay, days, least, beyond, s.solution, s.label, s.currency, place, fixed + each * days AS tariff,
        max(min(fixed + each * min(days, CASE b.free_days WHEN '' THEN days ELSE 0 + b.free_days END),
            CASE b.free_amount WHEN '' THEN 1000000000000 ELSE CAST(round(100 * b.free_amount) AS INT) END)) AS saving
    FROM benefits b JOIN tariffs s USING (solution), labour, of_days,
        (SELECT 'customer' AS pay UNION SELECT 'warranty' UNION SELECT 'internal')
    WHERE b.pay_type IN ('', pay) AND least >= 0 + b.min_labour_min
    GROUP BY b.programme, pay, days, least, s.solution
    HAVING saving > 0
    ORDER BY place),
firsts AS (
    SELECT *, group_concat(CASE WHEN saving = tariff THEN solution END, ' ') OVER same AS free,
        group_concat(CASE WHEN saving < tariff THEN solution END, ' ') OVER same AS reduced,
        row_number() OVER (PARTITION BY programme, pay, days, least ORDER BY saving < tariff, place) AS number
    FROM covered
    WINDOW same AS (PARTITION BY programme, pay, days, least ORDER BY place
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING))
SELECT programme, pay, days, least, beyond, free, reduced, solution, printf('%.2f', saving / 100.0),
    replace(replace(replace(replace(p.reminder, '{label}', p.label), '{solution}', f.label), '{days}', days),
        '{value}', printf('%.2f', saving / 100.0) || ' ' || currency)
FROM firsts f JOIN programmes p USING (programme) WHERE number = 1;

.headers on
WITH looked_up AS (
    SELECT r.*, c.vin AS covered_vin, c.until, c.max_km,
        substr(r.wanted, 1, 10) >= c.since AND (c.until = '' OR substr(r.wanted, 1, 10) <= c.until) AS within,
        CASE WHEN substr(r.wanted, 1, 10) >= c.since AND (c.until = '' OR substr(r.wanted, 1, 10) <= c.until)
            AND (c.max_km = '' OR (r.km != '' AND 0 + r.km <= 0 + c.max_km)) THEN c.programme END AS programmes
    FROM requests r LEFT JOIN coverage c ON c.vin = upper(r.vin))
SELECT request, customer, vin, jobs, wanted, wanted_back, km, need, licence_until, a.pay_type, labour_min,
    explain_min, note, ready, a.days,
    CASE WHEN covered_vin IS NULL THEN 'unknown' WHEN g.solution IS NOT NULL THEN 'covered'
        WHEN programmes IS NOT NULL THEN 'active' WHEN within AND max_km != '' AND km = '' THEN 'unknown'
        ELSE 'none' END
        AS entitlement,
    programmes, g.free, g.reduced, g.solution AS reminder_solution, g.programme AS reminder_programme,
    g.saving AS reminder_value, replace(g.sentence, '{until}', a.until) AS reminder
FROM looked_up a LEFT JOIN gifts g
    ON g.programme = a.programmes AND g.pay_type = a.pay_type AND g.days = 0 + a.days
    AND g.least <= 0 + a.labour_min AND g.beyond > 0 + a.labour_min;
