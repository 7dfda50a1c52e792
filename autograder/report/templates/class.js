// Sorts and filters the tables of students, and follows links into them. Without it the page shows all the same.
"use strict";
const named = () => {
  try {
    return document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch {
    return null;
  }
};
for (const table of document.querySelectorAll("table.students")) {
  const body = table.tBodies[0], heads = [...table.tHead.rows[0].cells], begin = [...body.rows];
  const tools = table.closest("section").querySelector(".tools");
  const [search, which] = tools.querySelectorAll("input, select"), said = tools.querySelector("output");
  const names = begin.map((row) => row.cells[0].textContent.toLowerCase());
  const key = (row, column) => {
    const cell = row.cells[column];
    return column === 0 ? cell.textContent.toLowerCase() : Number(cell.dataset.n ?? 0);
  };
  const sort = (column, down) => {
    const keys = new Map(begin.map((row) => [row, key(row, column)]));
    const compare = (a, b) => (typeof a === "string" ? a.localeCompare(b) : a - b);
    body.append(...[...begin].sort((a, b) => (down ? -1 : 1) * compare(keys.get(a), keys.get(b))));
    heads.forEach((head, number) => {
      if (number === column) head.setAttribute("aria-sort", down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
  };
  const filter = () => {
    const word = search.value.trim().toLowerCase(), column = Number(which.value);
    let left = 0;
    begin.forEach((row, number) => {
      const cell = column ? row.cells[column] : null;
      row.hidden = !names[number].includes(word) || (cell !== null && cell.className === "passed");
      left += !row.hidden;
    });
    said.textContent = `${left} of ${begin.length}`;
  };
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sort(column, head.getAttribute("aria-sort") === "ascending"));
  });
  search.addEventListener("input", filter);
  which.addEventListener("change", filter);
  tools.hidden = false;
  filter();
  const show = (choice) => {
    search.value = "";
    which.value = choice;
    filter();
  };
  const follow = () => {
    const target = named();
    const option = [...which.options].find((one) => target !== null && one.dataset.task === target.id);
    if (option) show(option.value);
    if (body.contains(target)) {
      show("0");
      target.scrollIntoView({ block: "center" });
    }
  };
  addEventListener("hashchange", follow);
  follow();
}
