"""entitle.py REQUESTS: what mob-entitle answers, by Python's csv module, in the directory of the files."""
import csv
import sys
from decimal import Decimal


def read(name):
    with open(f"{name}.csv", newline="") as file:
        return list(csv.DictReader(file))


solutions = sorted(read("solutions"), key=lambda solution: int(solution["rank"]))
programmes = {row["programme"]: row for row in read("programmes")}
benefits = {}
for row in read("benefits"):
    benefits.setdefault((row["programme"], row["solution"]), []).append(row)
coverage = {}
with open("coverage.csv", newline="") as file:
    rows = csv.reader(file)
    header = next(rows)
    order = [header.index(name) for name in ("vin", "programme", "from", "until", "max_km")]
    for row in rows:
        vin, programme, since, until, max_km = (row[i] for i in order)
        coverage.setdefault(vin.upper(), []).append((programme, since, until, int(max_km) if max_km else None))


def saving_of(programme, solution, pay_type, labour_min, days):
    each = Decimal(solution["price_day"] or 0)
    fixed = Decimal(solution["price_fixed"] or 0)
    full = fixed + each * days
    best = Decimal(0)
    for row in benefits.get((programme, solution["solution"]), ()):
        if row["pay_type"] not in ("", pay_type) or labour_min < int(row["min_labour_min"] or 0):
            continue
        covered = fixed + each * min(days, int(row["free_days"] or days))
        if row["free_amount"]:
            covered = min(covered, Decimal(row["free_amount"]))
        best = max(best, covered)
    return best, full


gifts = {}


def gift(active, pay_type, labour_min, days):
    """What the active programmes give: the columns but for the date in the sentence. Each answer is kept."""
    key = (active, pay_type, labour_min, days)
    if key in gifts:
        return gifts[key]
    free, reduced, first = [], [], None
    for solution in solutions:
        best, full, giver = Decimal(0), Decimal(0), None
        for programme in active:
            saving, full = saving_of(programme, solution, pay_type, labour_min, days)
            if saving > best:
                best, giver = saving, programme
        if not best:
            continue
        (free if best == full else reduced).append(solution["solution"])
        if not first or (best == full and not first[0]):
            first = (best == full, solution, giver, best)
    answer = None
    if first:
        _, solution, giver, best = first
        sentence = programmes[giver]["reminder"]
        for name, value in (("label", programmes[giver]["label"]), ("solution", solution["label"]),
                            ("days", str(days)), ("value", f"{best:.2f} {solution['currency']}")):
            sentence = sentence.replace("{" + name + "}", value)
        answer = (" ".join(free), " ".join(reduced), solution["solution"], giver, f"{best:.2f}", sentence)
    gifts[key] = answer
    return answer


rows = csv.reader(open(sys.argv[1], newline=""))
out = csv.writer(sys.stdout, lineterminator="\n")
header = next(rows)
out.writerow(header + ["entitlement", "programmes", "free", "reduced", "reminder_solution", "reminder_programme",
                       "reminder_value", "reminder"])
VIN, WANTED, KM, PAY_TYPE, LABOUR_MIN, DAYS = (
    header.index(name) for name in ("vin", "wanted", "km", "pay_type", "labour_min", "days"))
for row in rows:
    known = coverage.get(row[VIN].upper())
    if not known:
        out.writerow(row + ["unknown", "", "", "", "", "", "", ""])
        continue
    date, km = row[WANTED][:10], row[KM]
    active, lacks_km = {}, False
    for programme, since, until, max_km in known:
        if date < since or (until and date > until):
            continue
        if max_km is None or (km and int(km) <= max_km):
            active[programme] = max(active.get(programme, until), until) if until else until
        elif not km:
            lacks_km = True
    if not active:
        out.writerow(row + ["unknown" if lacks_km else "none", "", "", "", "", "", "", ""])
        continue
    given = gift(tuple(active), row[PAY_TYPE], int(row[LABOUR_MIN]), int(row[DAYS]))
    if given:
        sentence = given[5].replace("{until}", active[given[3]])
        out.writerow(row + ["covered", " ".join(active), *given[:5], sentence])
    else:
        out.writerow(row + ["active", " ".join(active), "", "", "", "", "", ""])
