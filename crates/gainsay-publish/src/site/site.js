// The site's one script: draws the map from data.js and looks things up in search.js. It asks nothing of any network;
// without it every page is still whole. Marks are those of the pages: colour and shape tell the side.
"use strict";
(function () {
  const lang = document.documentElement.lang === "ar" ? "ar" : "en";
  const nameAt = lang === "ar" ? 2 : 1;
  const byId = (id) => document.getElementById(id);
  if (typeof gainsaySearch !== "undefined") search(gainsaySearch);
  if (typeof gainsay !== "undefined" && byId("map")) map(gainsay);

  // ---- Words ----

  /** Text as it is compared: without case, accents, and the signs that Arabic is written with or without. */
  function plain(text) {
    return text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640'’‘ʿʾ`]/g, "")
      .replace(/[أإآٱ]/g, "ا").replace(/ى/g, "ي").replace(/ة/g, "ه").replace(/[-_]/g, " ");
  }

  function make(name, attributes, parent, text) {
    const svg = parent && parent.namespaceURI === "http://www.w3.org/2000/svg";
    const made = svg || name === "svg" ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) if (value !== null && value !== undefined) made.setAttribute(key, value);
    if (text !== undefined) made.textContent = text;
    if (parent) parent.appendChild(made);
    return made;
  }

  // ---- Search ----

  function search(index) {
    const box = byId("q"), found = byId("found"), hint = byId("hint");
    const rows = index.rows.map((row) => [row, plain([row[2], row[3], row[4], row[5]].join(" "))]);
    const look = () => {
      const words = plain(box.value).split(/\s+/).filter(Boolean);
      found.replaceChildren();
      if (words.join("").length < 2) { hint.textContent = found.dataset.hint; return; }
      const hits = rows.filter(([, text]) => words.every((word) => text.includes(word)));
      hint.textContent = hits.length ? String(hits.length) : found.dataset.none;
      for (const [row] of hits.slice(0, 100)) {
        const item = make("li", {}, found);
        const link = make("a", { href: row[1] }, item);
        make("bdi", {}, link, row[nameAt + 1]);
        make("span", { class: "aside" }, item, ` · ${index.words[lang][row[0]]}${row[4] ? " · " + row[4] : ""}`);
      }
    };
    box.addEventListener("input", look);
    box.focus();
  }

  // ---- Map ----

  function map(data) {
    const words = data.words[lang], t = (key) => words[key] || key;
    const svg = byId("map"), DAY = 86400000;
    const format = new Intl.DateTimeFormat(lang === "ar" ? "ar-SY-u-nu-latn" : "en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
    const dayOf = (number) => format.format(new Date(number * DAY));
    const disputed = new Set(data.disputed);
    const marks = new Map(data.marks);
    // Mercator, in units in which the Earth is 360 around.
    const mercator = (lat) => (180 / Math.PI) * Math.log(Math.tan(Math.PI / 4 + (Math.max(-85, Math.min(85, lat)) * Math.PI) / 360));
    const spots = data.places.map((p) => ({ href: p[0], name: p[nameAt], x: p[3], y: -mercator(p[4]), rank: p[5] }));
    spread(spots);
    const whole = frame();
    let seen = { ...whole };
    const at = slider("at", data.days), known = slider("known", data.said);
    const ground = make("g", {}, svg), marked = make("g", {}, svg), defs = make("defs", {}, svg);
    let drawnFor = "";
    draw();
    at.input.addEventListener("input", draw);
    known.input.addEventListener("input", draw);

    /** Places that lie on one point, as they do on a coarse grid, are set around it: by so many pixels, not degrees. */
    function spread(all) {
      const here = new Map();
      for (const spot of all) {
        const key = spot.x + " " + spot.y;
        here.set(key, (here.get(key) || []).concat(spot));
      }
      for (const same of here.values()) same.forEach((spot, n) => {
        const turn = n * 2.4, r = same.length > 1 ? 7 * Math.sqrt(n + 0.6) : 0;
        spot.dx = r * Math.cos(turn); spot.dy = r * Math.sin(turn);
      });
    }

    /** The window that holds every place, with room around. */
    function frame() {
      const xs = spots.map((s) => s.x), ys = spots.map((s) => s.y);
      if (!xs.length) return { x: 38.5, y: -mercator(35), w: 12 };
      const low = (v) => v.reduce((a, b) => Math.min(a, b)), high = (v) => v.reduce((a, b) => Math.max(a, b));
      const wide = Math.max(high(xs) - low(xs), (high(ys) - low(ys)) * 1.7, 0.4) * 1.3;
      return { x: (low(xs) + high(xs)) / 2, y: (low(ys) + high(ys)) / 2, w: wide };
    }

    function slider(id, [first, last]) {
      const input = byId(id), out = byId(id + "-day"), button = byId(id + "-play");
      input.min = first; input.max = last; input.value = last;
      let timer = 0;
      const stop = () => {
        clearInterval(timer); timer = 0;
        button.textContent = t("map.play"); button.setAttribute("aria-pressed", "false");
      };
      button.addEventListener("click", () => {
        if (timer) return stop();
        if (Number(input.value) >= last) input.value = first;
        button.textContent = t("map.stop"); button.setAttribute("aria-pressed", "true");
        // The whole span takes half a minute at most, a day a step at least.
        const step = Math.max(1, Math.round((last - first) / 150));
        timer = setInterval(() => {
          input.value = Math.min(last, Number(input.value) + step); draw();
          if (Number(input.value) >= last) stop();
        }, 200);
      });
      input.addEventListener("keydown", (event) => {
        const by = { PageUp: 30, PageDown: -30 }[event.key];
        if (by === undefined) return;
        event.preventDefault(); input.value = Number(input.value) + by; draw();
      });
      return { input, show() { out.textContent = dayOf(Number(input.value)); input.setAttribute("aria-valuetext", out.textContent); return Number(input.value); } };
    }

    /** Whether something known from one day to another was known on a day; what nobody dates is known on the last. */
    function wasKnown(from, to, day) {
      const last = Number(known.input.max);
      return (from === null ? day >= last : from <= day) && (to === null || to >= day);
    }

    function draw() {
      const size = svg.getBoundingClientRect(), day = at.show(), by = known.show();
      const width = size.width || 800, height = size.height || 480, scale = width / seen.w;
      const px = (x) => (x - seen.x) * scale + width / 2, py = (y) => (y - seen.y) * scale + height / 2;
      svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
      const key = [seen.x, seen.y, seen.w, width, height].join();
      if (key !== drawnFor) { drawnFor = key; land(px, py); }
      marked.replaceChildren(); defs.replaceChildren();
      const events = eventsOn(day, by), held = data.stands.filter((s) => s[3] <= day && (s[4] === null || s[4] >= day) && wasKnown(s[5], s[6], by));
      const sieges = data.sieges.filter((s) => (s[2] === null || s[2] <= day) && (s[3] === null || s[3] >= day) && wasKnown(s[4], s[5], by));
      for (const event of events) toll(event, px, py);
      for (const siege of sieges) {
        const spot = spots[siege[0]];
        make("circle", { class: siege[6] ? "ring broken" : "ring", cx: px(spot.x) + spot.dx, cy: py(spot.y) + spot.dy, r: 11 }, marked);
      }
      for (const stand of held) mark(stand, day, px, py);
      labels(held, px, py, width, height);
      twin(held, day); twinEvents(events);
    }

    function land(px, py) {
      ground.replaceChildren();
      const order = { border: 0, lake: 1, river: 2 };
      for (const [kind, area, flat] of [...data.land].sort((a, b) => (order[a[0]] || 0) - (order[b[0]] || 0))) {
        let path = "";
        for (let n = 0; n < flat.length; n += 2) path += (n ? "L" : "M") + px(flat[n]).toFixed(1) + " " + py(-mercator(flat[n + 1])).toFixed(1);
        make("path", { class: kind === "border" && area ? "area" : kind, d: path + (area ? "z" : "") }, ground);
      }
    }

    /** Events of the thirty days up to a day, with their dead as known on another. */
    function eventsOn(day, by) {
      const found = [];
      for (const event of data.events) {
        if (event[3] > day || event[4] < day - 30) continue;
        const step = event[5].filter((s) => wasKnown(s[0], null, by)).pop();
        if (step || !event[5].length) found.push({ href: event[0], kind: event[1], place: event[2], from: event[3], low: step && step[1], best: step && step[2], high: step && step[3], roots: step ? step[4] : 0, disputed: event[6] });
      }
      return found.sort((a, b) => (b.best || 0) - (a.best || 0));
    }

    function toll(event, px, py) {
      const spot = spots[event.place], best = event.best ?? event.low ?? event.high ?? 0;
      const r = (count) => 3 + Math.min(40, 1.6 * Math.sqrt(count));
      const link = make("a", { href: event.href, tabindex: -1 }, marked);
      const where = { cx: px(spot.x) + spot.dx, cy: py(spot.y) + spot.dy };
      make("title", {}, link, `${t("kind." + event.kind)}, ${spot.name}, ${dayOf(event.from)}: ${range(event)}`);
      make("circle", { class: "event", r: r(best), ...where }, link);
      if ((event.high || 0) > best) make("circle", { class: "high", r: r(event.high), ...where }, link);
    }

    function range(event) {
      const all = [event.low, event.best, event.high].filter((n) => n !== null && n !== undefined);
      return all.length ? [...new Set(all)].join(" – ") : "–";
    }

    /** Days since anybody last spoke of it. */
    function age(stand, day) {
      const newest = stand[7].filter(([from]) => from <= day).map(([, to]) => Math.min(to, day));
      return newest.length ? day - Math.max(...newest) : null;
    }

    function mark(stand, day, px, py) {
      const spot = spots[stand[0]], sides = [...new Set(stand[2].map((n) => data.who[n][3]))];
      const shape = sides.length === 1 ? marks.get(sides[0]) : data.several;
      const link = make("a", { href: spot.href, transform: `translate(${(px(spot.x) + spot.dx).toFixed(1)} ${(py(spot.y) + spot.dy).toFixed(1)})` }, marked);
      const says = `${spot.name}: ${t("state." + stand[1])}, ${who(stand)}${disputed.has(stand[0]) ? ", " + t("state.disputed") : ""}`;
      link.setAttribute("aria-label", says);
      make("title", {}, link, says);
      const old = age(stand, day), faded = old === null ? 0.45 : Math.max(0.35, 1 - old / 500);
      const side = sides[0] || "unknown";
      const body = make("path", { class: `mark ${stand[1] === "claimed" ? "o-" : "s-"}${side}`, d: shape, opacity: faded.toFixed(2) }, link);
      if (stand[1] === "contested") body.setAttribute("class", `mark o-${side}`);
      // Stripes of all sides, of one and paper where there is but one; hatching where sources contradict each other.
      if (stand[1] === "contested") striped(link, shape, sides.length > 1 ? sides : [side, null], faded);
      if (disputed.has(stand[0])) hatched(link, shape);
    }

    function pattern(id, wide, fill) {
      if (!defs.querySelector("#" + id)) fill(make("pattern", { id, width: wide, height: wide, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, defs));
      return `url(#${id})`;
    }

    function striped(link, shape, sides, faded) {
      const fill = pattern("p-" + sides.map((s) => s || "none").join("-"), sides.length * 2.4, (made) => sides.forEach((side, n) => {
        if (side) make("rect", { class: "s-" + side, "stroke-width": 0, x: n * 2.4, width: 2.4, height: sides.length * 2.4 }, made);
      }));
      make("path", { d: shape, fill, opacity: faded }, link);
    }

    function hatched(link, shape) {
      const fill = pattern("p-hatch", 3, (made) => make("path", { class: "hatch", d: "M0 0V3" }, made));
      make("path", { d: shape, fill, transform: "scale(1.5)" }, link);
    }

    function who(stand) { return stand[2].map((n) => data.who[n][nameAt]).join(lang === "ar" ? "، " : ", "); }

    /** Names that find room, those of greater places first. */
    function labels(held, px, py, width, height) {
      const taken = [];
      for (const spot of held.map((s) => spots[s[0]]).sort((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1))) {
        const x = px(spot.x) + spot.dx + 10, y = py(spot.y) + spot.dy + 4, box = [x, y - 11, x + spot.name.length * 6.6, y + 3];
        if (x < 0 || y < 12 || box[2] > width || y > height) continue;
        if (taken.some((b) => b[0] < box[2] && box[0] < b[2] && b[1] < box[3] && box[1] < b[3])) continue;
        taken.push(box);
        make("text", { x, y, direction: "ltr" }, marked, spot.name);
      }
    }

    // ---- The map as tables ----

    function table(into, head, rows) {
      into.replaceChildren();
      if (!rows.length) { make("p", { class: "aside" }, into, t("map.none")); return; }
      const made = make("table", {}, make("div", { class: "scrolls", tabindex: 0, role: "region", "aria-label": head.map(t).join(", ") }, into));
      const first = make("tr", {}, make("thead", {}, made)), body = make("tbody", {}, made);
      for (const key of head) make("th", { scope: "col" }, first, t(key));
      for (const row of rows) {
        const line = make("tr", {}, body);
        row.forEach(([text, href], n) => {
          const cell = make(n ? "td" : "th", n ? { "data-label": t(head[n]) } : { scope: "row" }, line);
          make("bdi", {}, href ? make("a", { href }, cell) : cell, text);
        });
      }
    }

    function twin(held, day) {
      const rows = held.map((s) => [
        [spots[s[0]].name, spots[s[0]].href], [who(s)], [t("state." + s[1]) + (disputed.has(s[0]) ? ", " + t("state.disputed") : "")],
        [dayOf(s[3])], [age(s, day) === null ? "" : dayOf(day - age(s, day))],
      ]);
      table(byId("twin"), ["head.place", "head.holder", "head.state", "head.since", "map.newest"], rows.sort((a, b) => (a[0][0] < b[0][0] ? -1 : 1)));
    }

    function twinEvents(events) {
      const rows = events.slice(0, 200).map((e) => [[t("kind." + e.kind), e.href], [spots[e.place].name, spots[e.place].href], [dayOf(e.from)], [range(e)], [String(e.roots)]]);
      table(byId("twin-events"), ["head.event", "head.place", "head.days", "head.killed", "head.voices"], rows);
    }

    // ---- Moving about ----

    function zoom(by) { seen.w = Math.max(0.05, Math.min(120, seen.w * by)); draw(); }
    byId("nearer").addEventListener("click", () => zoom(0.66));
    byId("farther").addEventListener("click", () => zoom(1.5));
    byId("whole").addEventListener("click", () => { seen = { ...whole }; draw(); });
    svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && document.activeElement !== svg) return;
      event.preventDefault(); zoom(event.deltaY > 0 ? 1.15 : 0.87);
    }, { passive: false });
    svg.addEventListener("keydown", (event) => {
      const step = seen.w * 0.12, moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
      if (moves[event.key]) { seen.x += moves[event.key][0]; seen.y += moves[event.key][1]; draw(); }
      else if (event.key === "+" || event.key === "=") zoom(0.66);
      else if (event.key === "-") zoom(1.5);
      else return;
      event.preventDefault();
    });
    let from = null;
    svg.addEventListener("pointerdown", (event) => { from = { x: event.clientX, y: event.clientY, seen: { ...seen }, moved: false }; });
    svg.addEventListener("pointermove", (event) => {
      if (!from) return;
      const scale = seen.w / svg.getBoundingClientRect().width, dx = event.clientX - from.x, dy = event.clientY - from.y;
      if (!from.moved && Math.hypot(dx, dy) < 5) return;
      if (!from.moved) { from.moved = true; svg.setPointerCapture(event.pointerId); }
      seen.x = from.seen.x - dx * scale; seen.y = from.seen.y - dy * scale; draw();
    });
    for (const end of ["pointerup", "pointercancel"]) svg.addEventListener(end, () => { setTimeout(() => { from = null; }, 0); });
    // Having moved the map is no click on what lies under the finger.
    svg.addEventListener("click", (event) => { if (from && from.moved) event.preventDefault(); }, true);
    addEventListener("resize", draw);
  }
})();
