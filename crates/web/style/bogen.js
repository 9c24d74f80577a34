"use strict";
// Answering pages at once: questions come and go, sums run along, municipalities are suggested. Without it, or where it
// fails, the page is the same page: the server decides when it is saved. What is hidden here is sent nevertheless, and
// the server keeps it as it keeps what stands off the route.
(() => {
  // Reading the form as questionnaire::form and questionnaire::typed do. `undefined` is what cannot be taken: then
  // what stood before counts.
  const blank = (text) => /^\p{White_Space}*$/u.test(text);
  const trim = (text) => text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, "");
  const clean = (text) => trim(text.replace(/\r\n?/g, "\n").replace(/[^\P{Cc}\n\t]/gu, ""));
  const digits = (text) => /^[0-9]*$/.test(text);
  const long = (text) => [...text].length;

  const single = (values) => {
    const given = values.filter((value) => !blank(value));
    return given.some((value) => value !== given[0]) ? undefined : given[0] ?? null;
  };
  const within = (size, field) => !(size < (field.min ?? 0)) && !(size > (field.max ?? Infinity));

  const number = (typed, field) => {
    let rest = trim(typed).toLowerCase();
    for (const unit of (field.u ?? []).map((unit) => trim(unit).toLowerCase())) {
      if (unit && rest.endsWith(unit)) {
        rest = rest.slice(0, -unit.length);
        break;
      }
    }
    rest = trim(rest);
    const negative = /^[-−]/.test(rest);
    if (negative) rest = trim(rest.slice(1));
    const end = /[,.]/.test(rest) ? rest.search(/[,.]/) : rest.length;
    const parts = rest.slice(0, end).split(/[\p{White_Space}'’]/u);
    if (/[\p{White_Space}'’]/u.test(rest.slice(end))) return undefined;
    const grouped = (groups) => groups.length === 1
      || groups[0].length >= 1 && groups[0].length <= 3 && groups.slice(1).every((group) => group.length === 3);
    if (!grouped(parts)) return undefined;
    const plain = parts.join("") + rest.slice(end);
    const marks = plain.match(/[,.]/g) ?? [];
    let mark = null;
    if (marks.length === 1) {
      const [before, behind] = plain.split(marks[0]);
      const thousands = behind.length === 3 && before.length >= 1 && before.length <= 3 && before !== "0";
      if (thousands && marks[0] === "," && field.p > 0) return undefined;
      if (!thousands) mark = marks[0];
    } else if (marks.length > 1 && marks[0] !== marks.at(-1)) mark = marks.at(-1);
    const at = mark ? plain.lastIndexOf(mark) : plain.length;
    let whole = plain.slice(0, at), fraction = plain.slice(at + 1);
    if (mark && (!fraction || !digits(fraction))) return undefined;
    const kinds = whole.match(/[,.]/g) ?? [];
    const groups = whole.split(/[,.]/);
    if (groups.length > 1 && !(kinds.every((kind) => kind === kinds[0]) && kinds[0] !== mark && grouped(groups))) return undefined;
    whole = groups.join("");
    if (!whole || !digits(whole) || whole.length > 15 || fraction.length > 15) return undefined;
    fraction = fraction.replace(/0+$/, "");
    const value = Number(`${whole}.${fraction}0`) * (negative ? -1 : 1);
    return fraction.length <= field.p && within(value, { min: field.min ?? -Infinity, max: field.max }) ? value : undefined;
  };

  const day = (typed, field) => {
    const split = (mark) => trim(typed).split(mark).map(trim);
    let [y, m, d] = split("-");
    if (split("-").length !== 3) {
      const found = [".", "/"].map(split).find((parts) => parts.length === 3);
      if (!found) return undefined;
      [d, m, y] = found;
    }
    const right = [y, m, d].every((part) => /^[0-9]{1,4}$/.test(part)) && y.length === 4;
    const [year, month, date] = [y, m, d].map(Number);
    const days = [31, year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    if (!right || year < 1800 || year > 2200 || !(date >= 1 && date <= days[month - 1])) return undefined;
    const written = `${y}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
    return field.min && written < field.min || field.max && written > field.max ? undefined : written;
  };

  const email = (typed) => {
    const text = clean(typed), at = text.indexOf("@");
    if (!text) return null;
    const labels = text.slice(at + 1).split(".");
    const right = at > 0 && !/[\p{White_Space}\p{Cc}<>()[\],;:\\"]/u.test(text) && !text.includes("@", at + 1)
      && labels.length > 1 && labels.every((label) => label) && long(text) <= 254;
    return right ? text : undefined;
  };

  const ranking = (key, values, below, field) => {
    let order = values.map(trim).filter((value) => value);
    if (order.some((value, at) => !field.o.includes(value) || order.indexOf(value) !== at)) return undefined;
    const places = [];
    for (const [name, value] of below) {
      if (blank(value)) continue;
      const option = name.slice(key.length + 1), rank = trim(value).replace(/\.+$/, "");
      if (!field.o.includes(option) || !/^\+?[0-9]+$/.test(rank) || +rank < 1 || +rank > field.o.length) return undefined;
      if (places[+rank] && places[+rank] !== option) return undefined;
      places[+rank] = option;
    }
    if (!order.length) {
      order = places.slice(1);
      for (let at = 0; at < order.length; at++) if (!order[at]) return undefined;
    }
    if (!order.length) return null;
    return within(order.length, field) ? order : undefined;
  };

  const one = (values, field) => {
    if (field.k === "m") {
      const chosen = new Set(values.filter((value) => !blank(value)));
      if (!chosen.size) return null;
      const alone = (field.a ?? []).some((key) => chosen.has(key));
      if ([...chosen].some((key) => !field.o.includes(key)) || alone && chosen.size > 1) return undefined;
      return within(chosen.size, alone ? { max: field.max } : field) ? [...chosen] : undefined;
    }
    const value = single(values);
    if (value === undefined) return undefined;
    if (field.k === "t") {
      const text = field.l ? clean(value ?? "") : clean(value ?? "").replace(/\n/g, " ");
      return !text ? null : long(text) > field.p ? undefined : text;
    }
    if (value === null) return null;
    if (field.k === "c") return field.o.includes(value) ? value : undefined;
    return field.k === "n" ? number(value, field) : field.k === "d" ? day(value, field) : email(value);
  };

  const read = (key, field, fields, told) => {
    const special = key + ".special", below = [], values = [], specials = new Set();
    const typed = fields.some(([name, value]) => (name === key || field.k === "r" && name.startsWith(key + ".") && name !== special)
      && !blank(value) && !value.startsWith("_"));
    for (const [name, value] of fields) {
      if (name === special || name === key) {
        if (name === special && told && typed && field.k !== "c" && field.k !== "m") continue;
        const bit = { "_dont-know": 1, _refused: 2 }[value];
        if (bit) {
          if (!((field.x ?? 0) & bit)) return undefined;
          specials.add(bit);
        } else if (name === key) values.push(value);
        else if (value) return undefined;
      } else if (field.k === "r" && name.startsWith(key + ".")) below.push([name, value]);
    }
    const answer = field.k === "r" ? ranking(key, values, below, field) : one(values, field);
    if (answer === undefined || !specials.size) return answer;
    return specials.size === 1 && answer === null ? true : undefined;
  };

  // The engine's rules: questionnaire::condition and questionnaire::expression. `null` is unknown.
  const away = (n) => Math.abs(n - Math.trunc(n)) >= 0.5 ? Math.trunc(n) + Math.sign(n) : Math.trunc(n);
  const kept = (n) => {
    if (n === null || !Number.isFinite(n)) return null;
    const rounded = away(n * 1e9) / 1e9;
    return Number.isFinite(rounded) ? rounded : null;
  };
  const order = (a, b) => {
    const [x, y] = [[...a], [...b]];
    const at = x.findIndex((c, i) => c !== y[i]);
    if (at < 0) return x.length - y.length;
    return at >= y.length ? 1 : x[at].codePointAt(0) - y[at].codePointAt(0);
  };
  const holds = (a, sign, b) =>
    sign === "<" ? a < b : sign === "<=" ? a <= b : sign === "==" ? a === b : sign === ">=" ? a >= b : a > b;
  const all = (parts, test) => {
    let result = true;
    for (const part of parts) {
      const truth = test(part);
      if (truth === false) return false;
      if (truth === null) result = null;
    }
    return result;
  };
  const not = (truth) => (truth === null ? null : !truth);

  const truth = (test, answer) => {
    if (!Array.isArray(test)) return test;
    const [kind, first, second, third] = test;
    switch (kind) {
      case "!": return not(truth(first, answer));
      case "&": return all(test.slice(1), (part) => truth(part, answer));
      case "|": return not(all(test.slice(1), (part) => not(truth(part, answer))));
      case "a": return answer(first) !== null && answer(first) !== true;
      case "c": {
        const [a, b] = [value(first, answer), value(third, answer)];
        return a === null || b === null ? null : holds(a, second, b);
      }
    }
    const given = answer(first);
    switch (kind) {
      case "in": return typeof given === "string" ? second.includes(given) : null;
      case "has": return Array.isArray(given) ? given.includes(second) : null;
      case "n": return typeof given === "number" ? holds(given, second, third) : null;
      default: return typeof given === "string" ? holds(order(given, third), second, 0) : null;
    }
  };

  const value = (expression, answer) => {
    if (!Array.isArray(expression)) return expression;
    const [kind, first, second, third] = expression;
    const is = (type) => (typeof answer(first) === type ? answer(first) : null);
    const raw = () => {
      switch (kind) {
        case "v": return is("number");
        case "code": return second.find(([key]) => key === is("string"))?.[1] ?? null;
        case "rank": {
          const at = Array.isArray(answer(first)) ? answer(first).indexOf(second) : -1;
          return at < 0 ? null : at + 1;
        }
        case "len": return is("string") === null ? null : long(is("string"));
        case "#": {
          const given = first.map(answer).filter((one) => one !== null);
          if (!given.length) return third;
          const count = (one) => {
            if (one === true) return 0;
            if (second === null) return Array.isArray(one) ? one.length : 1;
            return Number([one].flat().some((key) => second.includes(key)));
          };
          return given.map(count).reduce((a, b) => a + b, third ?? 0);
        }
        case "?": {
          const test = truth(first, answer);
          return test === null ? null : value(test ? second : third, answer);
        }
        case "+": case "-": case "*": case "/": {
          const [a, b] = [value(first, answer), value(second, answer)];
          if (a === null || b === null) return null;
          return kind === "+" ? a + b : kind === "-" ? a - b : kind === "*" ? a * b : a / b;
        }
      }
      const known = expression.slice(1).map((part) => value(part, answer)).filter((n) => n !== null);
      if (!known.length) return null;
      const sum = known.reduce((a, b) => a + b, 0);
      switch (kind) {
        case "sum": return sum;
        case "mean": return sum / known.length;
        case "min": return Math.min(...known);
        case "max": return Math.max(...known);
        case "floor": return Math.floor(known[0]);
        case "ceil": return Math.ceil(known[0]);
        default: return away(known[0]);
      }
    };
    return kept(raw());
  };

  const spoken = (n, german) => {
    const [whole, fraction] = String(Math.abs(n)).split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, german ? "\u202f" : ",");
    return (n < 0 ? "\u2212" : "") + grouped + (fraction ? (german ? "," : ".") + fraction : "");
  };
  const behind = (unit) => unit ? "\u00a0" + unit : "";

  // What texts insert, in words, as questionnaire::insert says it.
  const said = ({ w: words, v: kinds }, fields, seen, plain) => {
    if (!words) return {};
    const known = {};
    const calendar = (written) => {
      const [y, m, d] = written.split("-");
      if (words.d) return `${d}.${m}.${y}`;
      const month = new Date(Date.UTC(2000, m - 1)).toLocaleString("en", { month: "long", timeZone: "UTC" });
      return `${+d} ${month} ${+y}`;
    };
    const answer = (key, { l = [], t = [], u, x }) => {
      const given = seen(key);
      if (given === null || given === undefined) return "…";
      const [question] = key.split(".");
      if (given === true) {
        const names = [key, `${key}.special`, `${question}.special`];
        const special = fields.find(([name, value]) => names.includes(name) && /^_(dont-know|refused)$/.test(value));
        return words.s[special ? Number(special[1] === "_refused") : x ?? 0];
      }
      const label = (code) => l.find(([known]) => known === code)?.[1] ?? code;
      const typed = (code) => {
        const text = t.includes(code) ? plain(`${key}.${code}.text`) : null;
        return typeof text === "string" ? text : null;
      };
      if (typeof given === "number") return spoken(given, words.d) + behind(u);
      switch (kinds[key].k) {
        case "c": return typed(given) ?? label(given);
        case "d": return calendar(given);
        case "r": return given.map((code, at) => `${at + 1}. ${label(code)}`).join("; ");
        case "t": case "e": return given;
      }
      return l.map(([code]) => code).filter((code) => given.includes(code)).map((code) => typed(code) ?? label(code)).join("; ");
    };
    const word = (key) => {
      const { e, p, u, w, ...more } = words.k[key];
      if (w) {
        const found = w.find(([test]) => truth(test, seen) === true);
        return found ? found[1].replace(/\{([a-z][a-z0-9.-]*)\}/g, (all, key) => key in words.k ? say(key) : all) : "";
      }
      if (e !== undefined) {
        const number = value(e, plain), grid = 10 ** p;
        return number === null ? "…" : spoken(away(number * grid) / grid, words.d) + behind(u);
      }
      return answer(key, { ...more, u });
    };
    const say = (key) => known[key] ??= word(key).replace(/[*_[\]\n{}]/g, " ");
    return Object.fromEntries(Object.keys(words.k).map((key) => [key, say(key)]));
  };

  // What is shown, computed and summed up for a form as it would be sent now.
  const decide = (live, fields) => {
    const asked = new Set(), given = {}, off = {};
    let told = false;
    for (const [name, text] of fields) {
      if (name === "_stand") text.split(/\s+/).forEach((part) => asked.add(part.split(":")[0]));
      if (name === "_genannt" && !blank(text)) told = true;
    }
    for (const [key, field] of Object.entries(live.v)) {
      const answer = asked.has(key) ? read(key, field, fields, told) : field.s;
      given[key] = answer === undefined ? field.s : answer;
    }
    const plain = (key) => given[key] ?? null;
    const hidden = (row) => off[row] ??= (live.g[row] ?? []).some((test) => truth(test, seen) !== true);
    const seen = (key) => {
      const [question, item] = key.split(".");
      return hidden(question) || item !== undefined && hidden(`${question}.${item}`) ? null : plain(key);
    };
    const each = (parts, work) => Object.fromEntries(Object.entries(parts ?? {}).map(([key, part]) => [key, work(part, key)]));
    const shown = each(live.s, (test) => truth(test, seen) === true);
    const words = said(live, fields, seen, plain);
    const computed = each(live.c, (part) => value(part.e, plain));
    const sums = each(live.u, (part, question) => {
      const there = part.v.filter((key) => shown[`i:${key}`] ?? true);
      return [value(["sum", ...there.map((key) => ["v", key])], plain), value(part.b, plain)];
    });
    return { shown, computed, sums, words };
  };

  if (typeof module === "object") {
    module.exports = { decide };
    return;
  }

  const form = document.getElementById("bogen");
  const words = /* words */ null;
  if (!form || !words) return;
  const german = !document.documentElement.lang.startsWith("en");
  const live = form.dataset.lebendig ? JSON.parse(form.dataset.lebendig) : { v: {}, g: {}, s: {} };
  const byId = (id) => document.getElementById(id);
  const make = (tag, more, ...inside) => {
    const made = Object.assign(document.createElement(tag), more);
    made.append(...inside);
    return made;
  };
  const say = (text, values) => Object.entries(values).reduce((said, [key, word]) => said.replace(`{${key}}`, () => word), words[text]);
  const united = (n, unit) => spoken(n, german) + (unit ? "\u00a0" + unit : "");

  // Screen readers hear in one place what has changed, when nothing has changed for a moment.
  const voice = make("p", { className: "vh" });
  voice.setAttribute("aria-live", "polite");
  form.append(voice);
  let news = [], later;
  const tell = (text) => {
    if (!news.includes(text)) news.push(text);
    clearTimeout(later);
    later = setTimeout(() => {
      voice.textContent = news.join(" ");
      news = [];
    }, 300);
  };

  // Questions that the server did not draw stand in templates: nobody sees them and nothing of them is sent.
  const fresh = new Map();
  const enable = (part, on) => {
    if (part.matches("fieldset,option")) part.disabled = !on;
    else part.querySelectorAll("input,select,textarea").forEach((input) => { input.disabled = !on; });
  };
  for (let kept; (kept = form.querySelector("template[data-was]"));) {
    kept.replaceWith(kept.content);
    const part = find(kept.dataset.was);
    if (!part) continue;
    fresh.set(part, kept.dataset.stand);
    part.hidden = true;
    follow(part, false);
    enable(part, false);
  }
  // What stands behind a question or an option and belongs to it.
  function follow(part, on) {
    for (let next = part.nextElementSibling; next?.matches(".beside,.own-text,template"); next = next.nextElementSibling) {
      if (part.matches(".question") === next.matches(".beside")) next.hidden = !on;
    }
  }
  function find(what) {
    const key = what.slice(2), [question, option] = key.split(".");
    if (what[0] === "q") return byId("frage-" + key);
    if (what[0] === "i") return byId("frage-" + key) ?? byId("feld-" + key)?.closest(".row");
    return byId(`o-${question}-${option}`)?.closest(".choice,.rank,option");
  }
  const parts = Object.keys(live.s).map((what) => [what, find(what)]).filter(([, part]) => part);
  const stand = form.elements._stand;
  const show = (part, on) => {
    if (on && fresh.has(part)) {
      const more = fresh.get(part);
      fresh.delete(part);
      enable(part, true);
      if (more) stand.value = `${stand.value} ${more}`.trim();
    }
    if (part.hidden === !on) return false;
    part.hidden = !on;
    follow(part, on);
    return true;
  };

  const own = [...form.querySelectorAll(".own-text[data-bei]")];
  const plain = (part) => trim(part.textContent.replace(/[ \n]+/g, " "));
  const update = (aloud) => {
    let decided;
    // What comes up may bring answers with it on which more rests.
    for (let turn = 0, moved = true; moved && turn < 50; turn++) {
      moved = false;
      decided = decide(live, [...new FormData(form)].filter(([, text]) => typeof text === "string"));
      for (const [what, part] of parts) {
        const chosen = what[0] === "o" && (part.matches("option") ? part.selected : part.querySelector("input:checked"));
        const on = decided.shown[what] || Boolean(chosen);
        if (!show(part, on)) continue;
        moved = true;
        const name = part.querySelector("legend,.ask,p");
        if (aloud && what[0] === "q") tell(say(on ? "shown" : "gone", { text: trim(name.textContent.replace(/\s+/g, " ")) }));
        else if (aloud) tell(words[on ? "more" : "less"]);
      }
    }
    for (const text of own) {
      const [name, option] = text.dataset.bei.split("=");
      const chosen = [...form.elements].some((input) => input.name === name && (input.checked || input.tagName === "SELECT") && input.value === option);
      text.hidden = !chosen;
    }
    for (const [question, number] of Object.entries(decided.computed)) {
      const place = form.querySelector(`#${CSS.escape("frage-" + question)} .value`), { p, u } = live.c[question];
      const grid = 10 ** p;
      if (place) place.textContent = number === null ? "…" : united(away(number * grid) / grid, u);
    }
    for (const place of document.querySelectorAll("[data-wort]")) {
      const text = decided.words[place.dataset.wort];
      if (text === undefined || place.textContent === text) continue;
      const line = place.closest("[data-satz]"), before = line && plain(line);
      place.textContent = text;
      if (!line) continue;
      for (const input of line.closest(".question").querySelectorAll("[aria-label]")) {
        input.setAttribute("aria-label", input.getAttribute("aria-label").replace(before, () => plain(line)));
      }
    }
    for (const [question, [sum, bound]] of Object.entries(decided.sums)) sumUp(question, sum, bound, aloud);
    form.querySelectorAll("[data-zeichen],[data-zahl]").forEach((part) => count(part, aloud));
  };

  const line = (part, after) => {
    if (!part.nextLine) {
      part.nextLine = make("p", { className: "hint running" });
      after.after(part.nextLine);
    }
    return part.nextLine;
  };
  const write = (place, text, aloud) => {
    if (place.textContent === text) return;
    place.textContent = text;
    if (aloud && text) tell(text);
  };
  const sumUp = (question, sum, bound, aloud) => {
    const part = byId("frage-" + question), { c, u } = live.u[question];
    if (!part) return;
    const rows = part.querySelectorAll(".row");
    let text = "";
    if (sum !== null) {
      text = say("sum", { sum: united(sum, u) });
      const rest = bound === null ? 0 : kept(bound - sum);
      if (Math.abs(rest) > 1e-6 && rest > 0 && c !== "<=") text += " " + say("short", { rest: united(rest, u) });
      if (Math.abs(rest) > 1e-6 && rest < 0 && c !== ">=") text += " " + say("over", { rest: united(-rest, u) });
    }
    write(line(part, rows[rows.length - 1]), text, aloud);
  };
  const count = (part, aloud) => {
    const { zeichen, zahl } = part.dataset;
    if (zeichen) {
      const left = zeichen - long(clean(part.value));
      const text = say(left < 0 ? "long" : "left", { count: spoken(Math.abs(left)) });
      write(line(part, part), part.value ? text : "", aloud && left < zeichen / 10);
    } else {
      const [min, max] = zahl.split("-").map(Number);
      const chosen = [...part.querySelectorAll("input:checked")].filter((input) => !input.dataset.allein).length;
      const text = max ? say(chosen > max ? "toomany" : "picked", { count: chosen, max }) : say("atleast", { count: chosen, min });
      const inputs = part.querySelectorAll(".choice");
      write(line(part, inputs[inputs.length - 1]), chosen ? text : "", aloud);
    }
  };

  // An option that excludes others takes their place, and they its. What is typed takes the place of "weiß nicht".
  const alone = (input) => {
    if (input.type === "checkbox" && input.checked && form.querySelector(`input[data-allein][name="${CSS.escape(input.name)}"]`)) {
      for (const other of form.elements) {
        const apart = other.name === input.name && other !== input && other.checked && (input.dataset.allein || other.dataset.allein);
        if (!apart) continue;
        other.checked = false;
        tell(say("unticked", { text: trim(other.parentElement.textContent) }));
      }
    }
    if (input.matches("input[type=text],textarea,select") && input.value) {
      const key = input.name.split(".");
      for (const name of [input.name, key[0]]) {
        const typed = name === input.name || input.closest(".rank");
        for (const other of form.elements) if (typed && other.name === name + ".special" && other.checked) {
          other.checked = false;
          tell(say("unticked", { text: trim(other.parentElement.textContent) }));
        }
      }
    }
  };

  let typing;
  form.addEventListener("input", (event) => {
    if (!event.target.matches?.("input[type=text],textarea")) return;
    clearTimeout(typing);
    typing = setTimeout(() => update(false), 250);
  });
  form.addEventListener("change", (event) => {
    clearTimeout(typing);
    alone(event.target);
    update(true);
  });
  window.addEventListener("pageshow", () => update(false));
  update(false);

  // Municipalities while typing: an editable combobox with a list. Without it the search as before.
  for (const field of form.querySelectorAll("input[data-kommunen]")) combobox(field);
  function combobox(field) {
    const box = field.closest(".search"), id = field.id + "-liste", question = field.name;
    const list = make("ul", { id, className: "options", hidden: true });
    const set = (pairs) => Object.entries(pairs).forEach(([name, text]) => field.setAttribute(name, text));
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", field.getAttribute("aria-label"));
    set({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": id });
    box.append(list);
    let active = -1, asking, timer;
    const close = () => {
      list.hidden = true;
      active = -1;
      set({ "aria-expanded": "false" });
      field.removeAttribute("aria-activedescendant");
    };
    const mark = (to) => {
      const options = list.children;
      options[active]?.setAttribute("aria-selected", "false");
      active = (to + options.length) % options.length;
      options[active].setAttribute("aria-selected", "true");
      options[active].scrollIntoView({ block: "nearest" });
      set({ "aria-activedescendant": options[active].id });
    };
    const forget = () => form.querySelectorAll(`input[name="${CSS.escape("_kommune." + question)}"]`)
      .forEach((input) => (input.closest(".choice") ?? input).remove());
    const choose = (option) => {
      const { key, name } = option.dataset;
      field.value = name;
      forget();
      const radio = make("input", { type: "radio", id: `o-${question}-${key}`, name: "_kommune." + question, value: key, checked: true });
      box.after(make("label", { className: "choice" }, radio, make("span", { textContent: option.textContent })));
      close();
      tell(say("chosen", { text: option.textContent }));
    };
    const open = (found) => {
      list.replaceChildren(...found.map(([key, name, more], at) => {
        const option = make("li", { id: `${id}-${at}`, textContent: `${name} (${key}, ${more})` });
        Object.assign(option.dataset, { key, name });
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        return option;
      }));
      if (!found.length) close();
      else {
        list.hidden = false;
        active = -1;
        set({ "aria-expanded": "true" });
      }
      tell(found.length ? say("found", { count: found.length }) : words.nothing);
    };
    field.addEventListener("input", () => {
      forget();
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const typed = trim(field.value);
        asking = typed;
        if (typed.length < 2) return close();
        try {
          const answer = await fetch(field.dataset.kommunen + encodeURIComponent(typed));
          if (answer.ok && asking === typed) open(await answer.json());
        } catch { close(); }
      }, 150);
    });
    field.addEventListener("keydown", (event) => {
      if (list.hidden) {
        if (event.key !== "ArrowDown" || !list.children.length) return;
        list.hidden = false;
        set({ "aria-expanded": "true" });
      }
      if (event.key === "ArrowDown") mark(active + 1);
      else if (event.key === "ArrowUp") mark(active < 0 ? -1 : active - 1);
      else if (event.key === "Enter" && active >= 0) choose(list.children[active]);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    });
    field.addEventListener("blur", close);
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("li");
      if (option) choose(option);
    });
  }
})();
