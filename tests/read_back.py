"""Reads a file as people who do statistics would, and prints what is in it as JSON.

Usage: read_back.py FILE; the ending says what it is.
"""

import json
import math
import sys


def plain(value):
    """A cell as JSON has it; what is not there is null."""
    if value is None or isinstance(value, float) and math.isnan(value):
        return None
    if hasattr(value, "item"):
        value = value.item()
    return value


def sav(file):
    import pyreadstat

    data, meta = pyreadstat.read_sav(file, user_missing=True)
    plain_data, _ = pyreadstat.read_sav(file)
    return {
        "names": list(data.columns),
        "columns": [[plain(v) for v in data[name]] for name in data.columns],
        # As the program sees it when declared missing values are taken as missing.
        "valid": [int(plain_data[name].notna().sum()) for name in data.columns],
        "labels": meta.column_names_to_labels,
        "values": {
            name: [[plain(key), label] for key, label in labels.items()]
            for name, labels in meta.variable_value_labels.items()
        },
        "missing": meta.missing_ranges,
        "measure": meta.variable_measure,
        "encoding": meta.file_encoding,
        "label": meta.file_label,
        "created": str(meta.creation_time),
        "sets": sorted(getattr(meta, "mr_sets", {}) or {}),
        "notes": getattr(meta, "notes", None),
    }


def csv(file):
    import pandas

    data = pandas.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8")
    return {"names": list(data.columns), "columns": [list(data[name]) for name in data.columns]}


def xlsx(file):
    import openpyxl

    book = openpyxl.load_workbook(file)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    return {
        "sheets": book.sheetnames,
        "names": list(rows[0]),
        "columns": [[plain(v) for v in column] for column in zip(*rows[1:])],
        "codebook": [list(row) for row in book.worksheets[1].iter_rows(values_only=True)],
        "created": str(book.properties.created),
    }


def parquet(file):
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(file)
    words = lambda metadata: {k.decode(): v.decode() for k, v in (metadata or {}).items()}
    return {
        "names": table.schema.names,
        "types": [str(field.type) for field in table.schema],
        "columns": [column.to_pylist() for column in table.columns],
        "metadata": words(table.schema.metadata),
        "fields": {field.name: words(field.metadata) for field in table.schema},
    }


def main():
    file = sys.argv[1]
    kind = file.rsplit(".", 1)[-1]
    read = {"sav": sav, "csv": csv, "xlsx": xlsx, "parquet": parquet}[kind]
    json.dump(read(file), sys.stdout, ensure_ascii=False, default=str)


if __name__ == "__main__":
    main()
