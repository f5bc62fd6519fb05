-- Bookings first come, first served: a trigger refuses what overlaps an earlier one. The bookings of a car never
-- overlap, so only the last one that begins before the new one's end can stand in its way.
.output /dev/null
PRAGMA journal_mode = DELETE;
PRAGMA synchronous = FULL;
PRAGMA cache_size = -200000;
.output
CREATE TABLE bookings (
    request TEXT NOT NULL, customer TEXT NOT NULL, solution TEXT NOT NULL, "out" TEXT NOT NULL, back TEXT NOT NULL,
    PRIMARY KEY (solution, "out")) WITHOUT ROWID;
CREATE TRIGGER no_overlap BEFORE INSERT ON bookings
WHEN (SELECT back FROM bookings WHERE solution = NEW.solution AND "out" < NEW.back ORDER BY "out" DESC LIMIT 1)
    > NEW."out"
BEGIN
    SELECT RAISE(IGNORE);
END;
