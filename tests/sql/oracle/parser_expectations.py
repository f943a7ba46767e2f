"""Writes what real Spark says about the statements of tests/sql/parser, one JSON object a line.

usage: parser_expectations.py names.sql names.jsonl statements.sql statements.jsonl

names.sql       queries, one a line: {"sql", "names": column names} or {"sql", "condition", "sqlState"}.
statements.sql  statements of any kind, one a line with \\n, \\t, \\\\ and \\0 escaped, only parsed:
                {"sql", "ok": true} or {"sql", "condition", "sqlState", "parameters", "line", "position"}.

Needs pyspark 4.2 and Java; the tests themselves read only the written files.
"""

import json
import sys

from pyspark.errors import PySparkException
from pyspark.sql import SparkSession


def statements(path):
    with open(path, encoding="utf-8", newline="\n") as lines:
        for line in lines:
            text = line.rstrip("\n")
            if text and not text.startswith("--"):
                yield text


def unescape(text):
    out, at = [], 0
    table = {"n": "\n", "t": "\t", "\\": "\\", "0": "\0", "r": "\r"}
    while at < len(text):
        if text[at] == "\\" and at + 1 < len(text) and text[at + 1] in table:
            out.append(table[text[at + 1]])
            at += 2
        else:
            out.append(text[at])
            at += 1
    return "".join(out)


def describe_names(spark, text):
    try:
        return {"sql": text, "names": spark.sql(text).columns}
    except PySparkException as error:
        return {"sql": text, "condition": error.getCondition(), "sqlState": error.getSqlState()}


def describe_parse(parser, text):
    try:
        parser.parsePlan(text)
        return {"sql": text, "ok": True}
    except Exception as error:  # py4j wraps every Java exception in one of its own or of pyspark's.
        java = getattr(error, "java_exception", None) or getattr(error, "_origin", None)
        if java is None:
            return {"sql": text, "condition": error.getCondition(), "sqlState": error.getSqlState(),
                    "parameters": error.getMessageParameters()}
        out = {"sql": text, "exception": java.getClass().getSimpleName()}
        if hasattr(java, "getCondition"):
            out["condition"] = java.getCondition()
            out["sqlState"] = java.getSqlState()
            out["parameters"] = dict(java.getMessageParameters())
        else:
            out["message"] = str(java.getMessage())
        try:
            out["line"] = java.line().get()
            out["position"] = java.startPosition().get()
        except Exception:  # Only ParseException has a position.
            pass
        return out


def main():
    spark = (SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
             .config("spark.sql.session.timeZone", "UTC").config("spark.sql.timeType.enabled", "true")
             .config("spark.driver.extraJavaOptions", "-Duser.timezone=UTC").getOrCreate())
    spark.sparkContext.setLogLevel("OFF")
    parser = spark._jsparkSession.sessionState().sqlParser()
    names, names_out, parse, parse_out = sys.argv[1:5]
    with open(names_out, "w", encoding="utf-8") as out:
        for text in statements(names):
            out.write(json.dumps(describe_names(spark, text), ensure_ascii=False) + "\n")
    with open(parse_out, "w", encoding="utf-8") as out:
        for text in statements(parse):
            out.write(json.dumps(describe_parse(parser, unescape(text)), ensure_ascii=False) + "\n")


main()
