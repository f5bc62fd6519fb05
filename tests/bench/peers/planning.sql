-- Is the resource of each interval free? By sqlite3 in memory; read by `.read` in the directory of the files.
-- No two bookings of a car overlap, so only the last one that begins before the interval's end can stand in its way.
.output /dev/null
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA temp_store = MEMORY;
.output
CREATE TABLE bookings (
    booking TEXT, resource TEXT, since TEXT, until TEXT, PRIMARY KEY (resource, since)) WITHOUT ROWID;
CREATE TABLE intervals (interval TEXT, resource TEXT, "from" TEXT, until TEXT);
.mode csv
.separator , "\n"
.import --skip 1 bookings.csv bookings
.import --skip 1 intervals.csv intervals
.headers on
SELECT *, CASE WHEN (
        SELECT until FROM bookings b WHERE b.resource = i.resource AND b.since < i.until ORDER BY b.since DESC LIMIT 1)
        > i."from" THEN 'no' ELSE 'yes' END AS free
FROM intervals i;
