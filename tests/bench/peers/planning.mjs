// planning.mjs THREADS DIRECTORY OUTPUT: is the resource of each interval free? By DuckDB's ASOF join. No two bookings
// of a car overlap, so only the last one that begins before the interval's end can stand in its way.
import { DuckDBInstance } from "@duckdb/node-api";

const [threads, directory, output] = process.argv.slice(2);
const instance = await DuckDBInstance.create(":memory:", { threads });
const connection = await instance.connect();
const columns = (key) => `header = true, auto_detect = false, columns = {
    ${key}: 'VARCHAR', resource: 'VARCHAR', "from": 'VARCHAR', until: 'VARCHAR' }`;

await connection.run(`
    COPY (
        SELECT i.*, CASE WHEN b.until > i."from" THEN 'no' ELSE 'yes' END AS free
        FROM read_csv('${directory}/intervals.csv', ${columns("interval")}) i
        ASOF LEFT JOIN read_csv('${directory}/bookings.csv', ${columns("booking")}) b
            ON i.resource = b.resource AND i.until > b."from"
    ) TO '${output}' (HEADER, DELIMITER ',')`);
