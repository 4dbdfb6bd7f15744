// Filters and pictures of the report. Words from articles reach the page as text nodes and attribute values only.
"use strict";
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const { incidents, reports } = read("incident-data");
  const world = read("world-data");
  const field = Object.fromEntries(["from", "to", "actor", "place", "kind"].map((id) => [id, document.getElementById(id)]));
  const known = new Set(incidents.filter((i) => !i.aggregate).map((i) => i.id));

  const within = (start, end) => {
    const from = field.from.value, to = field.to.value;
    if (!from && !to) return true;
    if (!start && !end) return false;
    return (!from || (end || start) >= from) && (!to || (start || end) <= to);
  };
  const fits = (i) =>
    within(i.start, i.end) &&
    (!field.actor.value || i.actors.includes(field.actor.value)) &&
    (!field.place.value || i.place === field.place.value || i.country === field.place.value) &&
    (!field.kind.value || i.kind === field.kind.value);

  const words = (n, one, many) => `${n} ${n === 1 ? one : many}`;
  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const top = (counts, n) => [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, n).map(([name]) => name);
  const tally = (names) => names.reduce((counts, name) => counts.set(name, (counts.get(name) || 0) + 1), new Map());

  // A count has no halves.
  const whole = (most) => {
    const step = Math.max(1, Math.ceil(most / 4));
    return Array.from({ length: Math.floor(most / step) + 1 }, (_, n) => n * step);
  };

  const config = () => ({
    background: "transparent", font: "system-ui, sans-serif",
    axis: { labelColor: color("--ink"), titleColor: color("--soft"), gridColor: color("--line"), domainColor: color("--line"), tickColor: color("--line"), labelLimit: 190 },
    view: { stroke: color("--line") }, text: { color: color("--ink") },
  });

  // Vega's own interpreter of expressions: the page's policy forbids making code from text.
  const draw = (id, spec) => {
    const box = document.getElementById("chart-" + id);
    if (!spec) { box.replaceChildren(); return Promise.resolve(); }
    return vegaEmbed(box, { ...spec, config: config() }, { mode: "vega-lite", ast: true, actions: false, renderer: "svg" });
  };
  const width = (id, most) => Math.max(240, Math.min(most, document.getElementById("chart-" + id).parentElement.clientWidth - 30));

  const timeline = (shown) => {
    const values = shown.filter((i) => i.start || i.end).map((i) => ({
      title: i.title, day: i.start || i.end, until: i.end || i.start, low: i.killed[0], best: i.killed[1], high: i.killed[2],
      toll: i.killed[1] === null ? "not reported" : i.killed.map((n) => (n === null ? "?" : n)).join("–"),
    }));
    const undated = shown.length - values.length;
    document.getElementById("undated").textContent = undated ? `${words(undated, "incident has", "incidents have")} no date and stand in the list only.` : "";
    if (!values.length) return null;
    const x = { field: "day", type: "temporal", title: null, axis: { labelOverlap: true }, scale: { type: "utc", domain: [values.map((v) => v.day).sort()[0], values.map((v) => v.until).sort().pop()], nice: true } };
    const tooltip = [{ field: "title", title: "incident" }, { field: "day", title: "from" }, { field: "until", title: "to" }, { field: "toll", title: "killed" }];
    const told = values.filter((v) => v.best !== null), untold = values.filter((v) => v.best === null);
    const y = { type: "quantitative", title: "people killed", scale: { type: "symlog", zero: true }, axis: { format: ",d", values: [0, 1, 3, 10, 30, 100, 300, 1000, 10000, 100000] } };
    const w = width("timeline", 1000) - 40;
    const rows = [{
      width: w, height: 200, data: { values: told }, layer: [
        { mark: { type: "rule", color: color("--toll"), strokeWidth: 2 }, encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" }, tooltip } },
        {
          data: { values: told.flatMap((v, n) => [{ ...v, n }, { ...v, n, day: v.until }]) },
          mark: { type: "line", color: color("--mark"), strokeWidth: 2, opacity: 0.6 },
          encoding: { x, y: { ...y, field: "best" }, detail: { field: "n", type: "nominal" }, tooltip },
        },
        { mark: { type: "point", filled: true, size: 70, opacity: 0.9, color: color("--toll") }, encoding: { x, y: { ...y, field: "best" }, tooltip } },
      ],
    }, {
      width: w, height: 24, data: { values: untold },
      mark: { type: "tick", thickness: 2, color: color("--soft") },
      encoding: { x: { ...x, title: "toll not reported" }, tooltip },
    }].filter((row) => row.data.values.length);
    return { vconcat: rows, resolve: { scale: { x: "shared" } } };
  };

  const map = (shown) => {
    const placed = shown.filter((i) => i.lat !== null && i.lon !== null);
    const missing = shown.length - placed.length;
    document.getElementById("unplaced").textContent = missing ? `${words(missing, "incident has", "incidents have")} no place on the map.` : "";
    const spots = new Map();
    for (const i of placed) {
      const key = [i.lat, i.lon, i.prec].join();
      const spot = spots.get(key) || { lat: i.lat, lon: i.lon, place: i.place, count: 0, titles: [], kind: i.prec === null || i.prec >= 5 ? "vague" : i.prec >= 3 ? "area" : "place" };
      spot.count += 1;
      if (spot.titles.length < 8) spot.titles.push(i.title);
      spots.set(key, spot);
    }
    const values = [...spots.values()].map((s) => ({ ...s, incidents: s.titles.join("\n") + (s.count > s.titles.length ? "\n…" : "") }));
    if (!values.length) return null;
    const lon = values.map((v) => v.lon), lat = values.map((v) => v.lat);
    const w = width("map", 1000), h = Math.min(460, Math.round(w * 0.6));
    // Heights as Mercator draws them, in degrees of the equator: the middle of the places is the middle of the picture.
    const height = lat.map((degrees) => (Math.log(Math.tan(Math.PI / 4 + (degrees * Math.PI) / 360)) * 180) / Math.PI);
    const [lowest, highest] = [Math.min(...height), Math.max(...height)];
    const span = Math.max(14, (Math.max(...lon) - Math.min(...lon)) * 1.4, (highest - lowest) * 1.5 * (w / h));
    const middle = (((lowest + highest) / 2) * Math.PI) / 180;
    const center = [(Math.max(...lon) + Math.min(...lon)) / 2, ((2 * Math.atan(Math.exp(middle)) - Math.PI / 2) * 180) / Math.PI];
    const projection = { type: "mercator", center, scale: (w / Math.min(span, 360)) * (180 / Math.PI), translate: [w / 2, h / 2] };
    // Names stand where they cover no other name; the others are told by pointing at the place.
    const named = [];
    for (const v of [...values].sort((a, b) => b.count - a.count)) {
      const [x, y] = [v.lon, v.lat].map((degrees, n) => (degrees - center[n]) * projection.scale * (Math.PI / 180) * (n ? 1.3 : 1));
      const half = String(v.place).length * 3.2;
      const isFree = named.every((o) => Math.abs(o.y - y) > 14 || Math.abs(o.x - x) > o.half + half);
      if (isFree && named.length < 25) named.push({ ...v, x, y, half });
    }
    const tooltip = [{ field: "place", title: "place" }, { field: "count", title: "incidents" }, { field: "incidents", title: "which" }];
    const at = { longitude: { field: "lon", type: "quantitative" }, latitude: { field: "lat", type: "quantitative" }, tooltip };
    const layer = (kind, mark, range) => ({
      data: { values: values.filter((v) => v.kind === kind) }, mark: { type: "circle", clip: true, ...mark },
      encoding: { ...at, size: { field: "count", type: "quantitative", legend: null, scale: { domain: [1, Math.max(2, ...values.map((v) => v.count))], range } } },
    });
    return {
      width: w, height: h, projection, resolve: { scale: { size: "independent" } }, layer: [
        { data: { values: world, format: { type: "topojson", feature: "countries" } }, mark: { type: "geoshape", fill: color("--land"), stroke: color("--soft"), strokeWidth: 0.5, clip: true } },
        layer("vague", { fillOpacity: 0.12, fill: color("--mark"), stroke: color("--mark"), strokeDash: [4, 3], opacity: 1 }, [500, 1800]),
        layer("area", { fillOpacity: 0.1, fill: color("--toll"), stroke: color("--toll"), strokeWidth: 2, opacity: 1 }, [160, 700]),
        layer("place", { fill: color("--toll"), opacity: 0.85 }, [50, 400]),
        { data: { values: named }, mark: { type: "text", dy: -12, fontSize: 11, clip: true }, encoding: { ...at, text: { field: "place" }, size: { value: 11 } } },
      ],
    };
  };

  const dyads = (shown) => {
    const pairs = shown.filter((i) => !i.part || !known.has(i.part)).flatMap((i) => {
      const aims = [...new Set([...i.targets, ...i.victims])];
      return [...new Set(i.initiators)].flatMap((by) => aims.map((at) => [by, at]));
    });
    const by = top(tally(pairs.map((p) => p[0])), 15), at = top(tally(pairs.map((p) => p[1])), 15);
    const counts = tally(pairs.filter((p) => by.includes(p[0]) && at.includes(p[1])).map((p) => JSON.stringify(p)));
    const values = [...counts].map(([key, count]) => ({ by: JSON.parse(key)[0], at: JSON.parse(key)[1], count }));
    if (!values.length) return null;
    const label = { labelExpr: "length(datum.label) > 24 ? slice(datum.label, 0, 23) + '…' : datum.label" };
    const x = { field: "at", type: "nominal", title: "against", sort: at, axis: { ...label, labelAngle: -40, orient: "bottom" } };
    const y = { field: "by", type: "nominal", title: "by", sort: by, axis: label };
    return {
      width: { step: 28 }, height: { step: 28 }, data: { values }, encoding: { x, y, tooltip: [{ field: "by" }, { field: "at", title: "against" }, { field: "count", title: "incidents" }] },
      layer: [
        { mark: { type: "rect" }, encoding: { color: { field: "count", type: "quantitative", legend: null, scale: { range: [color("--event"), color("--toll")], domain: [1, Math.max(3, ...values.map((v) => v.count))] } } } },
        { mark: { type: "text" }, encoding: { text: { field: "count" } } },
      ],
    };
  };

  const bars = (id, counts, title) => {
    const names = top(counts, 15);
    const values = names.map((name) => ({ name, count: counts.get(name) }));
    if (!values.length) return null;
    return {
      width: Math.max(120, width(id, 560) - 190), height: { step: 24 }, data: { values },
      mark: { type: "bar", color: color("--mark") },
      encoding: { y: { field: "name", type: "nominal", sort: names, title: null }, x: { field: "count", type: "quantitative", title, axis: { format: ",d", tickMinStep: 1, values: whole(Math.max(...values.map((v) => v.count))) } }, tooltip: [{ field: "name" }, { field: "count" }] },
    };
  };

  const show = () => {
    const fitting = incidents.filter(fits);
    const ids = new Set(fitting.map((i) => i.id));
    const shown = fitting.filter((i) => !i.aggregate);
    const filtered = Object.values(field).some((input) => input.value);
    document.querySelectorAll("[data-incident]").forEach((element) => { element.hidden = !ids.has(element.dataset.incident); });
    document.querySelectorAll("blockquote[data-actor]").forEach((element) => {
      const day = element.dataset.day;
      element.hidden = (Boolean(field.actor.value) && element.dataset.actor !== field.actor.value) || !within(day, day);
    });
    document.querySelectorAll("[data-speaker]").forEach((element) => {
      element.hidden = ![...element.querySelectorAll("blockquote")].some((quote) => !quote.hidden);
    });
    const total = incidents.filter((i) => !i.aggregate).length;
    document.getElementById("count").textContent = filtered
      ? `${shown.length} of ${words(total, "incident", "incidents")}, ${words(fitting.length - shown.length, "aggregate", "aggregates")}`
      : words(total, "incident", "incidents");
    const publishers = tally(reports.filter(([id]) => ids.has(id)).map(([, name]) => name));
    return Promise.all([
      draw("timeline", timeline(shown)),
      draw("map", map(shown)),
      draw("dyads", dyads(shown)),
      draw("weapons", bars("weapons", tally(shown.flatMap((i) => i.weapons)), "incidents")),
      draw("publishers", bars("publishers", publishers, "incidents, aggregates included")),
    ]).then(() => { document.documentElement.dataset.drawn = String(Number(document.documentElement.dataset.drawn || 0) + 1); });
  };

  let waiting = 0;
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(show, 60); };
  const form = document.getElementById("filters");
  form.addEventListener("input", soon);
  form.addEventListener("reset", soon);
  form.addEventListener("submit", (event) => event.preventDefault());
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", soon);
  let wide = window.innerWidth;
  window.addEventListener("resize", () => { if (window.innerWidth !== wide) { wide = window.innerWidth; soon(); } });
  show();
})();
