"use strict";
(() => {
  const words = JSON.parse(document.getElementById("words").textContent);
  const root = document.documentElement;
  root.classList.add("scripted");
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const number = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, ",");
  const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  // What waits compressed: gzip in base 64 ---------------------------------------------------------
  const unpacked = (element) => {
    const bytes = Uint8Array.from(atob(element.textContent), (character) => character.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
  };

  // Light and dark -------------------------------------------------------------------------------
  const themes = ["auto", "light", "dark"];
  const themeButton = document.querySelector(".theme");
  const remembered = () => { try { return localStorage.getItem("pdtool-theme"); } catch { return null; } };
  const setTheme = (name) => {
    if (name === "auto") delete root.dataset.theme; else root.dataset.theme = name;
    themeButton.querySelector(".theme-name").textContent = themeButton.dataset[name];
    themeButton.setAttribute("aria-label", `${words.theme_button}: ${themeButton.dataset[name]}`);
    try { localStorage.setItem("pdtool-theme", name); } catch { /* a page from a file may remember nothing */ }
  };
  setTheme(themes.includes(remembered()) ? remembered() : "auto");
  themeButton.addEventListener("click", () => {
    setTheme(themes[(themes.indexOf(root.dataset.theme || "auto") + 1) % themes.length]);
  });

  // Tables ---------------------------------------------------------------------------------------
  const STEP = words.rows;
  const collator = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

  function enliven(box) {
    const table = box.querySelector("table");
    if (!table) return;
    const body = table.tBodies[0];
    const rest = table.querySelector("script");
    const rows = [...body.rows];
    const total = Number(box.dataset.rows);
    const more = box.querySelector(".more");
    const status = box.querySelector(".status");
    const filter = box.querySelector(".filter");
    const moreWords = more.textContent;
    const texts = new Map();
    const state = { column: -1, down: false, query: "", shown: STEP };
    const headings = [...table.tHead.rows[0].cells];

    // Rows that are not drawn are unpacked when they are first needed.
    let completed = rest ? null : Promise.resolve();
    const complete = () => (completed ||= unpacked(rest).text().then((text) => {
      const template = document.createElement("template");
      template.innerHTML = text;
      rows.push(...template.content.querySelectorAll("tr"));
    }));
    const text = (row) => {
      if (!texts.has(row)) texts.set(row, [...row.cells].map((cell) => cell.textContent).join("\n").toLowerCase());
      return texts.get(row);
    };
    const ordered = () => {
      let kept = state.query ? rows.filter((row) => text(row).includes(state.query)) : rows;
      if (state.column < 0) return kept;
      const numeric = headings[state.column].classList.contains("n");
      const keyed = kept.map((row, place) => {
        const shown = row.cells[state.column].textContent;
        return { row, place, key: numeric ? (shown === "" ? null : parseFloat(shown)) : shown };
      });
      const sign = state.down ? -1 : 1;
      keyed.sort((a, b) => {
        if (a.key === null || b.key === null) return (a.key === null) - (b.key === null) || a.place - b.place;
        return sign * collator(a.key, b.key) || a.place - b.place;
      });
      return keyed.map((item) => item.row);
    };
    const draw = async () => {
      await complete();
      const kept = ordered();
      const visible = kept.slice(0, state.shown);
      body.replaceChildren(...visible);
      status.textContent = filled(words.rows_status, { shown: number(visible.length), total: number(total) });
      const left = kept.length - visible.length;
      more.hidden = left <= 0;
      more.textContent = moreWords.replace("§", number(Math.min(STEP * 2, left)));
    };
    const sortBy = (column) => {
      const numeric = headings[column].classList.contains("n");
      if (state.column !== column) Object.assign(state, { column, down: numeric });
      else if (state.down === numeric) state.down = !numeric;
      else state.column = -1;
      headings.forEach((heading, place) => {
        if (place === state.column) heading.setAttribute("aria-sort", state.down ? "descending" : "ascending");
        else heading.removeAttribute("aria-sort");
      });
      state.shown = STEP;
      draw();
    };
    headings.forEach((heading, column) => {
      // The name stays text of its own: a button is not printed with the head of every further page.
      const button = document.createElement("button");
      button.type = "button";
      button.title = `${words.sort_by}: ${heading.textContent}`;
      button.setAttribute("aria-label", button.title);
      heading.append("\u00a0", button);
      heading.addEventListener("click", () => sortBy(column));
    });
    let waiting = 0;
    filter.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        state.query = filter.value.trim().toLowerCase();
        state.shown = STEP;
        draw();
      }, 120);
    });
    more.addEventListener("click", () => { state.shown += STEP * 2; draw(); });
    more.hidden = total <= STEP;
    more.textContent = moreWords.replace("§", number(Math.min(STEP * 2, total - STEP)));
  }
  all(".table").forEach(enliven);

  // CSV: the very text that pdtool writes ---------------------------------------------------------
  all(".save").forEach((button) => button.addEventListener("click", async () => {
    const key = button.dataset.table;
    const csv = await unpacked(document.getElementById(`csv-${key}`)).arrayBuffer();
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([csv], { type: "text/csv;charset=utf-8" }));
    link.download = `pdtool-${key}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }));

  // Pairs: a passage in both panes at once --------------------------------------------------------
  const showIn = (pane, mark) => {
    const offset = mark.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    pane.scrollTop += offset - pane.clientHeight / 5;
  };
  function jump(pair, passage) {
    const box = document.getElementById(`pair-${pair}`);
    all(".flash", box).forEach((mark) => mark.classList.remove("flash"));
    for (const side of ["a", "b"]) {
      const mark = document.getElementById(`p${pair}${side}${passage}`);
      if (!mark) continue;
      showIn(mark.closest(".text"), mark);
      mark.classList.add("flash");
    }
    all(".chip", box).forEach((chip) => {
      if (chip.dataset.passage === String(passage)) chip.setAttribute("aria-current", "true");
      else chip.removeAttribute("aria-current");
    });
  }

  // Pairs: panes that scroll together, and from difference to difference ---------------------------
  // Where both panes hold the same: beginnings and ends of passages, in pixels, ascending in both.
  function anchorsOf(panes) {
    const [ours, theirs] = panes.map((pane) => {
      const found = new Map();
      const zero = pane.getBoundingClientRect().top - pane.scrollTop;
      all(".p", pane).forEach((mark) => {
        const box = mark.getBoundingClientRect();
        const begun = found.get(mark.dataset.p);
        found.set(mark.dataset.p, [begun ? begun[0] : box.top - zero, box.bottom - zero]);
      });
      return found;
    });
    const pairs = [];
    ours.forEach((ends, passage) => {
      const other = theirs.get(passage);
      if (other) pairs.push([ends[0], other[0]], [ends[1], other[1]]);
    });
    pairs.sort((one, other) => one[0] - other[0]);
    pairs.push(panes.map((pane) => pane.scrollHeight));
    const anchors = [[0, 0]];
    for (const pair of pairs) {
      const [a, b] = anchors[anchors.length - 1];
      if (pair[0] > a && pair[1] > b) anchors.push(pair);
    }
    return anchors;
  }
  function across(anchors, from, height) {
    if (anchors.length < 2) return height;
    const found = anchors.findIndex((anchor) => anchor[from] > height);
    const next = found < 1 ? anchors.length - 1 : found;
    const [one, other] = [anchors[next - 1], anchors[next]];
    const share = Math.min(1, (height - one[from]) / (other[from] - one[from]));
    return one[1 - from] + share * (other[1 - from] - one[1 - from]);
  }
  function steer(box) {
    const panes = all(".text", box);
    const together = box.querySelector(".together");
    const where = box.querySelector(".where");
    const [back, forth] = [box.querySelector(".back"), box.querySelector(".forth")];
    const numbers = [...new Set(all("[data-d]", box).map((mark) => Number(mark.dataset.d)))].sort((a, b) => a - b);
    const own = new Set(); // panes that were scrolled here, not by hand
    let anchors = null;
    let at = -1;
    const known = () => (anchors ||= anchorsOf(panes));
    const line = (pane) => pane.clientHeight / 5;
    const scroll = (pane, height) => {
      const before = pane.scrollTop;
      pane.scrollTop = height - line(pane);
      if (pane.scrollTop !== before) own.add(pane);
    };
    panes.forEach((pane, side) => pane.addEventListener("scroll", () => {
      if (own.delete(pane) || !together.checked) return;
      scroll(panes[1 - side], across(known(), side, pane.scrollTop + line(pane)));
    }, { passive: true }));
    new ResizeObserver(() => { anchors = null; }).observe(panes[0]);
    const tell = () => {
      // Not disabled: whoever stands on it with the keyboard stays there.
      back.setAttribute("aria-disabled", at <= 0);
      forth.setAttribute("aria-disabled", at >= numbers.length - 1);
      if (!numbers.length) where.textContent = words.differences_none;
      else if (at >= 0) where.textContent = filled(words.difference_of, { n: number(at + 1), total: number(numbers.length) });
    };
    box.steer = (step) => {
      if (!(at + step in numbers)) return;
      at += step;
      all(".here", box).forEach((mark) => mark.classList.remove("here"));
      const marks = panes.map((pane) => all(`[data-d="${numbers[at]}"]`, pane));
      marks.flat().forEach((mark) => mark.classList.add("here"));
      const heights = panes.map((pane, side) => marks[side].length &&
        marks[side][0].getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop);
      panes.forEach((pane, side) => {
        // What one text lacks has a place there, if no characters.
        scroll(pane, marks[side].length ? heights[side] : across(known(), 1 - side, heights[1 - side]));
      });
      tell();
    };
    back.addEventListener("click", () => box.steer(-1));
    forth.addEventListener("click", () => box.steer(1));
    tell();
  }
  let used = null; // the pair that was used last
  all(".pair").forEach((box) => {
    const begin = () => { if (box.open && !box.steer) steer(box); };
    box.addEventListener("toggle", () => { begin(); if (box.open) used = box; });
    for (const name of ["pointerdown", "focusin"]) box.addEventListener(name, () => { used = box; });
    begin();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = { n: 1, p: -1 }[event.key];
    const box = used && used.open ? used : document.querySelector(".pair[open]");
    if (!step || !box) return;
    event.preventDefault();
    box.steer(step);
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-passage]");
    if (!link) return;
    event.preventDefault();
    jump(link.dataset.pair, link.dataset.passage);
  });

  // Links into what is folded ---------------------------------------------------------------------
  function reveal() {
    const name = decodeURIComponent(location.hash.slice(1));
    const target = name && document.getElementById(name);
    if (!target) return;
    for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    target.scrollIntoView();
    if (target.matches("[tabindex]")) target.focus({ preventScroll: true });
  }
  addEventListener("hashchange", reveal);
  reveal();

  // Where one is ----------------------------------------------------------------------------------
  const links = new Map(all(".toc a").map((link) => [link.hash.slice(1), link]));
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      links.forEach((link, name) => {
        if (name !== entry.target.id) link.removeAttribute("aria-current");
        else if (!link.hasAttribute("aria-current")) {
          link.setAttribute("aria-current", "true");
          const list = link.closest(".toc");
          if (list.scrollWidth > list.clientWidth) list.scrollLeft = link.offsetLeft - 16;
        }
      });
    }
  }, { rootMargin: "-20% 0px -75% 0px" });
  links.forEach((_, name) => { const chapter = document.getElementById(name); if (chapter) watcher.observe(chapter); });
})();
