-- Takes in bookings.csv, into tables made by bookings.sql, in one transaction that is on the disk when it ends.
.mode csv
.separator , "\n"
.import --skip 1 bookings.csv bookings
.headers on
SELECT request FROM bookings;
