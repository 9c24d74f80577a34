"""The judged set in PostgreSQL full text (german) and SQLite FTS5: prints {name: [ids by query]} as JSON.

Every word must be there (as both read a query by default), and any word may be there (the kinder reading), each ranked
by the database's own function. PostgreSQL is started in a folder of its own and left out where it is not installed.
"""
import glob, json, os, pathlib, re, shutil, sqlite3, subprocess, sys, tempfile

here = pathlib.Path(__file__).resolve().parent.parent / "tests" / "judged"
documents = json.loads((here / "documents.json").read_text())
queries = [q["query"] for q in json.loads((here / "queries.json").read_text())]
words = lambda query: re.findall(r"\w+", query)
answers = {}

database = sqlite3.connect(":memory:")
database.execute("CREATE VIRTUAL TABLE d USING fts5(id UNINDEXED, title, text, tokenize = 'unicode61 remove_diacritics 2')")
database.executemany("INSERT INTO d VALUES (?, ?, ?)", [(d["id"], d["title"], d["text"]) for d in documents])
for name, joint in [("SQLite FTS5, all words", " "), ("SQLite FTS5, any word", " OR ")]:
    select = "SELECT id FROM d WHERE d MATCH ? ORDER BY bm25(d, 0, 3, 1) LIMIT 10"
    ask = lambda q: [r[0] for r in database.execute(select, (joint.join(f'"{w}"' for w in words(q)),))]
    answers[name] = [ask(q) for q in queries]

def postgres():
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
    if not found:
        print("PostgreSQL is not installed: left out", file=sys.stderr)
        return
    folder = tempfile.mkdtemp(prefix="voneinander-pg-")
    as_user = []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    run = lambda tool, *words, **more: subprocess.run([*as_user, f"{found[-1]}/{tool}", *words], check=True, cwd=folder, stdout=subprocess.DEVNULL, **more)
    run("initdb", "-D", f"{folder}/data", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust")
    run("pg_ctl", "-D", f"{folder}/data", "-w", "-l", f"{folder}/log", "-o", f"-k {folder} -c listen_addresses=''", "start")
    try:
        quoted = lambda text: "'" + text.replace("'", "''") + "'"
        rows = ",".join(f"({quoted(d['id'])},{quoted(d['title'])},{quoted(d['text'])})" for d in documents)
        sql = "CREATE TABLE d (id text, title text, text text, v tsvector);\n"
        sql += f"INSERT INTO d SELECT *, setweight(to_tsvector('german', t.title), 'A') || to_tsvector('german', t.text) FROM (VALUES {rows}) AS t (id, title, text);\n"
        for number, query in enumerate(queries):
            for name, asked in [("all", f"plainto_tsquery('german', {quoted(query)})"),
                                ("any", f"replace(plainto_tsquery('german', {quoted(query)})::text, '&', '|')::tsquery")]:
                sql += f"SELECT '{name}', {number}, id FROM d, (SELECT {asked} AS q) AS a WHERE v @@ q ORDER BY ts_rank_cd(v, q, 1) DESC, id LIMIT 10;\n"
        out = subprocess.run([*as_user, "psql", "-h", folder, "-d", "postgres", "-qAt", "-F", "\t"], input=sql, text=True, capture_output=True, check=True, cwd=folder).stdout
        for name, title in [("all", "PostgreSQL german, all words"), ("any", "PostgreSQL german, any word")]:
            answers[title] = [[] for _ in queries]
            for line in out.splitlines():
                which, number, id = line.split("\t")
                if which == name:
                    answers[title][int(number)].append(id)
    finally:
        run("pg_ctl", "-D", f"{folder}/data", "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder)

postgres()
print(json.dumps(answers))
