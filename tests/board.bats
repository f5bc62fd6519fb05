# The page of mob-plan --html in a real browser: Debian's Chromium without a window, driven over WebDriver. Where it cannot
# start, these tests fail.
load helper
load seal

# One browser for the whole file: it is what takes the time.
setup_file() {
    export BROWSER=$BATS_FILE_TMPDIR/browser
    mkdir "$BROWSER"
    chromedriver --port=0 --log-path="$BROWSER/log" >"$BROWSER/out" 2>&1 3>&- &
    echo $! >"$BROWSER/pid"
    for _ in $(seq 100); do
        port=$(sed -n 's/.*started successfully on port \([0-9]*\)\.$/\1/p' "$BROWSER/out")
        [ -z "$port" ] || break
        sleep 0.1
    done
    arguments='"--headless=new","--no-sandbox","--disable-gpu","--disable-dev-shm-usage","--window-size=1280,900"'
    curl -sS "http://127.0.0.1:$port/session" -d "{\"capabilities\":{\"alwaysMatch\":{
        \"goog:loggingPrefs\":{\"performance\":\"ALL\",\"browser\":\"ALL\"},
        \"goog:chromeOptions\":{\"args\":[$arguments,\"--user-data-dir=$BROWSER/profile\"]}}}}" >"$BROWSER/session"
    session=$(jq -r .value.sessionId "$BROWSER/session")
    [ "$session" != null ] || { cat "$BROWSER/out" "$BROWSER/session"; return 1; }
    export DRIVER=http://127.0.0.1:$port/session/$session
}

teardown_file() {
    curl -s -X DELETE "$DRIVER" >/dev/null
    kill "$(cat "$BROWSER/pid")"
}

prepare() {
    site
    export MOB_NOW=2026-12-02T10:00
    printf '%s\n' resource,pool,label,status,from,until CAR-1,CARS,Small,,, CAR-2,CARS,Big,,, CAR-3,CARS,Van,repair,, \
        ADV-1,ADVISORS,Anne,,, >fleet.csv
    entries <<'ROWS'
1 1/2 R-1 away     LOANER start ADV-1 2026-12-01T08:00 2026-12-01T08:15 2026-12-01T08:00 2026-12-02T09:00 customer=Ada
1 2/2 R-1 away     LOANER stay  CAR-1 2026-12-01T07:40 2026-12-02T09:30 2026-12-01T08:00 2026-12-02T09:00 customer=Ada
2 1/1 R-2 booked   LOANER stay  CAR-1 2026-12-04T09:00 2026-12-05T10:00 2026-12-04T09:00 2026-12-05T10:00 customer=Bob
3 1/1 R-3 option   LOANER stay  CAR-2 2026-12-07T09:00 2026-12-08T10:00 2026-12-07T09:00 2026-12-08T10:00 customer=Cy
4 1/1 R-4 returned LOANER stay  CAR-2 2026-11-28T09:00 2026-12-01T10:00 2026-11-28T09:00 2026-12-01T10:00 customer=Dot
5 1/1 B-5 blocked  -      stay  CAR-2 2026-12-03T09:00 2026-12-04T10:00 2026-12-03T09:00 2026-12-04T10:00 customer=
6 1/1 R-6 away     LOANER stay  CAR-2 2026-12-01T12:00 2026-12-03T08:00 2026-12-01T12:00 2026-12-03T08:00 customer=<script>alert(1)</script>
7 1/1 R-7 booked   LOANER stay  CAR-1 2026-12-12T09:00 2026-12-20T10:00 2026-12-12T09:00 2026-12-20T10:00 customer=Eve
ROWS
    check 0 mob-plan -q --from 2026-11-30 --until 2026-12-13 --html
    mv "$T/out" page.html
    drive url "{\"url\":\"file://$T/page.html\"}" >/dev/null
}

# drive COMMAND [JSON]: posts a WebDriver command and prints its value.
drive() {
    local answer
    answer=$(curl -sS "$DRIVER/$1" -d "${2-"{}"}") || return 1
    jq -e '.value | if type == "object" and has("error") then error(.message) else true end' >/dev/null <<<"$answer" || return 1
    jq -c .value <<<"$answer"
}

# ask SCRIPT: its return value.
ask() {
    drive execute/sync "$(jq -n --arg script "$1" '{script: $script, args: []}')"
}

# emulate MEDIUM SCHEME: as a screen or print, light or dark.
emulate() {
    drive goog/cdp/execute "{\"cmd\":\"Emulation.setEmulatedMedia\",\"params\":{\"media\":\"$1\",
        \"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"$2\"}]}}" >/dev/null
}

# press KEY [COUNT]
press() {
    drive actions "$(jq -n --arg key "$1" --argjson count "${2-1}" '{actions: [{type: "key", id: "keys",
        actions: [range($count) | {type: "keyDown", value: $key}, {type: "keyUp", value: $key}]}]}')" >/dev/null
}

# The names that the bars are to have, in the order of reading, up to the first full stop.
order='["Ada","Bob","Eve","Dot","<script>alert(1)</script>","B-5","Cy","Ada"]'
first_words='element => element.getAttribute("aria-label").split(". ")[0]'

@test "the tab key steps through every booking in the order of reading, and the one it stands on is seen" {
    drive window/rect '{"width":900,"height":700}' >/dev/null
    [ "$(ask "return [...document.querySelectorAll('.bar')].map($first_words)")" = "$order" ]
    walked='[]'
    for _ in 1 2 3 4 5 6 7 8; do
        press $'\uE004'
        seen=$(ask "const bar = document.activeElement, use = bar.querySelector('.use'), box = use.getBoundingClientRect();
            const style = getComputedStyle(use), name = document.querySelector('tbody th.name').getBoundingClientRect();
            return {who: ($first_words)(bar), tab: bar.tabIndex, ring: parseFloat(style.outlineWidth),
                box: [box.left, box.top, box.right, box.bottom, name.right, innerWidth, innerHeight],
                card: getComputedStyle(bar.parentNode.querySelector('.card')).display,
                inside: box.top >= document.querySelector('thead th').getBoundingClientRect().bottom - 1 &&
                    box.bottom <= innerHeight && box.right > name.right && box.left < innerWidth}")
        jq -e '.tab == 0 and .ring >= 2 and .card == "block" and .inside' <<<"$seen" >/dev/null || { echo "$seen"; false; }
        walked=$(jq -c --argjson seen "$seen" '. + [$seen.who]' <<<"$walked")
    done
    [ "$walked" = "$order" ] || { echo "$walked"; false; }
    # Behind the last one there is nothing to step onto.
    press $'\uE004'
    [ "$(ask 'return document.activeElement.classList.contains("bar")')" = false ]
    drive window/rect '{"width":1280,"height":900}' >/dev/null
}

@test "the browser computes for every bar a role and its whole name, and lists in a table around them" {
    drive goog/cdp/execute '{"cmd":"Accessibility.getFullAXTree","params":{}}' >tree
    jq -c '[.nodes[] | select(.ignored | not) | {role: .role.value, name: .name.value}]' tree >nodes
    # Eight bars, each inside an item of a list; three lists, for CAR-3 has none.
    jq -e '[.[] | select(.role == "listitem")] | length >= 8' nodes
    jq -c '[.[] | select(.role == "list" and (.name | startswith("Bookings of"))) | .name]' nodes |
        is '["Bookings of CAR-1","Bookings of CAR-2","Bookings of ADV-1"]'
    jq -c '[.[] | select(.role == "rowheader") | .name]' nodes >rows
    grep -q 'CAR-3 repair Van' rows
    jq -r '.[] | select(.role == "image" and (.name | test("[.] R-[126],|^B-5"))) | .name' nodes >names
    is "Ada. R-1, away, overdue since Wednesday 2 December 2026, 09:00. LOANER on CAR-1 (Small). Out from Tuesday 1 December 2026, 08:00 until Wednesday 2 December 2026, 09:00. Occupied from Tuesday 1 December 2026, 07:40 until Wednesday 9 December 2026, 10:00. Clash with R-2 of Bob.
Bob. R-2, booked. LOANER on CAR-1 (Small). Out from Friday 4 December 2026, 09:00 until Saturday 5 December 2026, 10:00. Clash with R-1 of Ada.
<script>alert(1)</script>. R-6, away. LOANER on CAR-2 (Big). Out from Tuesday 1 December 2026, 12:00 until Thursday 3 December 2026, 08:00.
B-5. blocked. Out of use: CAR-2 (Big). Out from Thursday 3 December 2026, 09:00 until Friday 4 December 2026, 10:00.
Ada. R-1, away, overdue since Wednesday 2 December 2026, 09:00. LOANER handed out by ADV-1 (Anne). Out from Tuesday 1 December 2026, 08:00 until Wednesday 2 December 2026, 09:00. Occupied from Tuesday 1 December 2026, 08:00 until Tuesday 1 December 2026, 08:15." <names
}

@test "no request leaves the page, the policy complains of nothing, and its style is applied" {
    # From a web server a browser would also ask for an icon.
    drive log '{"type":"performance"}' >/dev/null
    drive log '{"type":"browser"}' >/dev/null
    drive url "{\"url\":\"file://$T/page.html\"}" >/dev/null
    press $'\uE004' 8
    drive log '{"type":"performance"}' | jq -r '.[].message | fromjson.message |
        select(.method == "Network.requestWillBeSent") | .params.request.url' | sort -u | is "file://$T/page.html"
    drive log '{"type":"browser"}' | is '[]'
    [ "$(ask 'return getComputedStyle(document.querySelector("thead th.name")).position')" = '"sticky"' ]
}

@test "the policy keeps out script and style that somebody slips into the page" {
    sed 's#</body>#<script>document.title = "run"</script><style>h1 { color: red }</style><img src="x.png"></body>#' \
        page.html >slipped.html
    drive url "{\"url\":\"file://$T/slipped.html\"}" >/dev/null
    [ "$(ask 'return document.title')" != '"run"' ]
    [ "$(ask 'return getComputedStyle(document.querySelector("h1")).color')" != '"rgb(255, 0, 0)"' ]
}

@test "a customer named as a script is text" {
    [ "$(ask 'return document.scripts.length')" = 0 ]
    [ "$(ask 'return [...document.querySelectorAll("bdi")].map(e => e.textContent).filter(t => t.includes("alert"))')" = \
        '["<script>alert(1)</script>"]' ]
}

# The least contrast of any text on the page: of each element with text of its own, its colour against the nearest ground.
contrast='
    const numbers = colour => (colour.match(/[\d.]+/g) || []).map(Number);
    const light = colour => { const [r, g, b] = numbers(colour).map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
        return .2126 * r + .7152 * g + .0722 * b; };
    const ground = element => { for (; element; element = element.parentElement) {
        const colour = getComputedStyle(element).backgroundColor;
        if (numbers(colour).length === 3) return colour; } return "rgb(255, 255, 255)"; };
    let worst = {ratio: 99}, count = 0;
    for (const element of document.querySelectorAll("body *")) {
        if (![...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())) continue;
        const style = getComputedStyle(element), text = element.namespaceURI.endsWith("svg") ? style.fill : style.color;
        const [a, b] = [light(text), light(ground(element))].sort((x, y) => y - x), ratio = (a + .05) / (b + .05);
        count++;
        if (ratio < worst.ratio) worst = {ratio, text: element.textContent, className: String(element.className)};
    }
    return {count, ...worst};'

@test "all text has a contrast of 4.5 and more, light, dark and printed" {
    grounds='[]'
    for look in 'screen light' 'screen dark' 'print light' 'print dark'; do
        emulate $look
        found=$(ask "$contrast")
        jq -e '.count > 100 and .ratio >= 4.5' <<<"$found" >/dev/null || { echo "$look: $found"; false; }
        grounds=$(jq -c --argjson ground "$(ask 'return getComputedStyle(document.documentElement).backgroundColor')" \
            '. + [$ground]' <<<"$grounds")
    done
    emulate '' light
    # Dark is another page, but not on paper.
    jq -e '.[0] != .[1] and .[2] == .[3] and .[2] == "rgb(255, 255, 255)"' <<<"$grounds"
}

@test "each kind of bar has a picture, a line or a pattern of its own, and the legend shows it" {
    looks=$(ask '
        const kinds = ["option", "booked", "away", "returned", "blocked", "overdue"];
        return kinds.map(kind => {
            const bar = document.querySelector(`.bar.${kind} .use`), sample = document.querySelector(`.sample.${kind} .use`);
            const picture = element => element.querySelector("use").getAttribute("href");
            return {kind, picture: picture(bar), same: picture(bar) === picture(sample)};
        })')
    jq -e 'all(.same) and ([.[].picture] | unique | length) == 6' <<<"$looks" || { echo "$looks"; false; }
    [ "$(ask 'return document.querySelectorAll(".bar.clashing .icon use[href=\"#clash\"]").length')" = 2 ]
    [ "$(ask 'return getComputedStyle(document.querySelector(".late")).fill')" = '"url(\"#lateness\")"' ]
}

# month: the page of a month, in the browser.
month() {
    check 0 mob-plan -q --from 2026-11-30 --until 2026-12-30 --html
    mv "$T/out" month.html
    drive url "{\"url\":\"file://$T/month.html\"}" >/dev/null
}

@test "the default two weeks fit a window of 1280" {
    drive window/rect '{"width":1280,"height":900}' >/dev/null
    found=$(ask 'return [document.documentElement.scrollWidth, innerWidth]')
    jq -e '.[0] <= .[1]' <<<"$found" || { echo "$found"; false; }
}

@test "a month says which at its first day and at each first, and the narrowest bar has its picture" {
    month
    ask 'return [...document.querySelectorAll("div.day")].map(day => day.innerText.replace(/\s+/g, " ")).slice(0, 4)' |
        is '["Nov Mon 30","Dec Tue 1","Wed 2","Thu 3"]'
    # ADV-1's quarter of an hour, too.
    found=$(ask 'return [...document.querySelectorAll(".bar > foreignObject")].map(box => {
        const use = box.querySelector(".use").getBoundingClientRect(), icon = box.querySelector(".icon");
        const at = icon ? icon.getBoundingClientRect() : use;
        return {wide: use.width, icon: at.width, inside: at.left >= use.left - 1 && at.right <= use.right + 1,
            has: !!icon || box.querySelector(".room") !== null};
    })')
    jq -e 'length >= 8 and all(.has and .inside and .icon >= 8) and (map(.wide) | min) < 14' <<<"$found" ||
        { echo "$found"; false; }
}

@test "on a tablet the days move sideways under the names, and nothing else does" {
    drive window/rect '{"width":820,"height":1000}' >/dev/null
    found=$(ask 'const left = selector => document.querySelector(selector).getBoundingClientRect().left;
        const before = [left("tbody th.name"), left("h1"), left("div.day")];
        scrollTo(300, 0);
        const after = [left("tbody th.name"), left("h1"), left("div.day")];
        return {wide: document.documentElement.scrollWidth > innerWidth, x: scrollX, before, after}')
    jq -e '.wide and .x == 300 and .after[2] == .before[2] - 300 and .after[0] >= 0 and .after[1] >= 0' <<<"$found" ||
        { echo "$found"; false; }
    drive window/rect '{"width":1280,"height":900}' >/dev/null
}

@test "on paper it is A4 landscape, with the legend, and the width of the sheet" {
    drive goog/cdp/execute '{"cmd":"Page.printToPDF","params":{"preferCSSPageSize":true}}' | jq -r .data | base64 -d >page.pdf
    pdfinfo page.pdf | grep -E '^Page size: +841.[0-9]* x 594.[0-9]* pts|^Page size: +842 x 595 pts'
    # Every page says what it is.
    pages=$(pdfinfo page.pdf | sed -n 's/^Pages: *//p')
    [ "$pages" -ge 2 ]
    for page in $(seq "$pages"); do
        pdftotext -layout -f "$page" -l "$page" page.pdf text
        grep -q 'Planning board  *Monday 30 November 2026 – Sunday 13 December 2026  *as of Wednesday 2 December 2026, 10:00' text
        grep -q "  $page */ *$pages$" text || { cat text; false; }
    done
    # The last one has the hand-overs, whose bars are too short for words.
    grep -q 'Tue 1 Dec 08:00  *Ada  *LOANER out' text
    pdftotext -layout page.pdf text
    for word in 'Planning board' overdue 'no departure (closed)' CAR-1 ADV-1 Bob '<script>alert'; do
        grep -qF "$word" text || { echo "$word"; cat text; false; }
    done
}
