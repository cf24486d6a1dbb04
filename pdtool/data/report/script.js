"use strict";
(() => {
  const words = JSON.parse(document.getElementById("words").textContent);
  const root = document.documentElement;
  root.classList.add("scripted");
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const number = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, ",");
  const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_, name) => values[name]);

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
    const rest = table.querySelector("template");
    const rows = [...body.rows, ...(rest ? rest.content.querySelectorAll("tr") : [])];
    const more = box.querySelector(".more");
    const status = box.querySelector(".status");
    const filter = box.querySelector(".filter");
    const moreWords = more.textContent;
    const texts = new Map();
    const state = { column: -1, down: false, query: "", shown: STEP };
    const headings = [...table.tHead.rows[0].cells];

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
        return { row, place, key: numeric ? (shown === "" ? null : Number(shown)) : shown };
      });
      const sign = state.down ? -1 : 1;
      keyed.sort((a, b) => {
        if (a.key === null || b.key === null) return (a.key === null) - (b.key === null) || a.place - b.place;
        return sign * collator(a.key, b.key) || a.place - b.place;
      });
      return keyed.map((item) => item.row);
    };
    const draw = () => {
      const kept = ordered();
      const visible = kept.slice(0, state.shown);
      body.replaceChildren(...visible);
      status.textContent = filled(words.rows_status, { shown: number(visible.length), total: number(rows.length) });
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
      const button = document.createElement("button");
      button.type = "button";
      button.title = words.sort_by;
      button.textContent = heading.textContent;
      button.addEventListener("click", () => sortBy(column));
      heading.replaceChildren(button);
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
    more.hidden = rows.length <= STEP;
    more.textContent = moreWords.replace("§", number(Math.min(STEP * 2, rows.length - STEP)));
  }
  all(".table").forEach(enliven);

  // CSV: the very text that pdtool writes ---------------------------------------------------------
  all(".save").forEach((button) => button.addEventListener("click", () => {
    const key = button.dataset.table;
    const csv = JSON.parse(document.getElementById(`csv-${key}`).textContent);
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
