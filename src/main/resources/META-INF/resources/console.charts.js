// Charts over time: <div class="chart" data-chart="ADDRESS" aria-label="…">. The address answers with JSON:
// {"start": seconds, "step": seconds, "unit": "records per minute", "series": [{"title", "kind", "values": [number or null]}]},
// kind being main, before or bad. It is asked again while the page is looked at.
"use strict";

const CHART_REFRESH = 10_000;
const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const hours = new Intl.DateTimeFormat(undefined, {hour: "2-digit", minute: "2-digit"});
const days = new Intl.DateTimeFormat(undefined, {day: "numeric", month: "short"});
/** Steps between the lines of a scale: there is no half record. */
const WHOLE = [0, 3, 6, 9].flatMap(zeros => [1, 2, 5, 10, 20, 50, 100, 200, 500].map(each => each * 10 ** zeros));
const KINDS = {
  main: () => ({stroke: css("--accent"), width: 1.75, fill: css("--accent-soft")}),
  before: () => ({stroke: css("--faint"), width: 1.5, dash: [4, 3]}),
  bad: () => ({stroke: css("--bad"), width: 1.5}),
};

class TimeChart {
  isNear = false;

  constructor(box) {
    this.box = box;
    this.tip = element("div", {class: "chart-tip js-hidden", "data-made": ""});
    box.setAttribute("role", "img");
    // A page may have a chart for each of many exports. Those that are far away are not asked for.
    new IntersectionObserver(entries => {
      this.isNear = entries.at(-1).isIntersecting;
      this.load();
    }, {rootMargin: "1000px"}).observe(box);
  }

  async load() {
    if (document.hidden || !this.isNear || !this.box.clientWidth) {
      return;
    }
    const answer = await fetch(this.box.dataset.chart, {cache: "no-store"}).catch(() => null);
    if (answer?.ok) {
      this.draw(await answer.json());
    }
  }

  draw(data) {
    this.data = data;
    this.plot?.destroy();
    const times = data.series[0].values.map((each, at) => data.start + at * data.step);
    const isLong = data.step >= 3600;
    const axis = {stroke: css("--muted"), font: "12px Inter, sans-serif", grid: {stroke: css("--line"), width: 1},
      ticks: {show: false}};
    this.plot = new uPlot({
      width: this.box.clientWidth - 24, height: this.box.clientHeight - 12, padding: [8, 34, 0, 0],
      cursor: {y: false, points: {size: 6}},
      scales: {y: {range: (plot, least, most) => [0, Math.max(1, most * 1.1)]}},
      axes: [{...axis, size: 28, space: 80,
        values: (plot, at) => at.map(each => (isLong ? days : hours).format(new Date(each * 1000)))},
      {...axis, size: 52, space: 36, incrs: WHOLE, values: (plot, at) => at.map(each => number.format(each))}],
      series: [{}, ...data.series.map(each => ({label: each.title, points: {show: false}, ...KINDS[each.kind]()}))],
      hooks: {setCursor: [plot => this.point(plot, times, isLong)]},
    }, [times, ...data.series.map(each => each.values)], this.box);
    this.plot.root.setAttribute("data-made", "");
    this.box.append(this.tip);
  }

  point(plot, times, isLong) {
    const at = plot.cursor.idx;
    this.tip.classList.toggle("js-hidden", at == null);
    if (at != null) {
      const time = new Date(times[at] * 1000);
      this.tip.textContent = (isLong ? days.format(time) + " " : "") + hours.format(time) + " · "
          + this.data.series.filter(each => each.values[at] != null)
              .map(each => each.title + " " + number.format(each.values[at])).join(" · ") + " " + (this.data.unit || "");
      this.tip.style.left = Math.max(0, Math.min(plot.cursor.left + 60, this.box.clientWidth - this.tip.offsetWidth)) + "px";
    }
  }
}

const drawn = new Map();

function charts() {
  for (const each of drawn.keys()) {
    each.isConnected || drawn.delete(each);
  }
  for (const each of document.querySelectorAll("[data-chart]")) {
    drawn.has(each) || drawn.set(each, new TimeChart(each));
    drawn.get(each).load();
  }
}

document.addEventListener("DOMContentLoaded", charts);
document.addEventListener("visibilitychange", charts);
document.addEventListener("gtm:theme", charts);
addEventListener("resize", charts);
setInterval(charts, CHART_REFRESH);
