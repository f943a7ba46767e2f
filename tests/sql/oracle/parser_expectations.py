"""Writes what real Spark says about the statements of tests/sql/parser, tab-separated, one statement a line.

usage: parser_expectations.py names.sql names.tsv statements.sql statements.tsv

names.sql       queries: query, "-" and its column names, or query and error condition.
statements.sql  statements of any kind, only parsed: statement and "-", or statement, error condition, SQLSTATE, line and
                position (empty where Spark gives none).

In all four files \\n, \\t, \\r, \\0 and \\\\ are escapes in statements and names. Needs pyspark 4.2 and Java; the tests
themselves read only the written files.
"""

import sys

from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

ESCAPES = {"n": "\n", "t": "\t", "\\": "\\", "0": "\0", "r": "\r"}


def statements(path):
    with open(path, encoding="utf-8", newline="\n") as lines:
        for line in lines:
            text = line.rstrip("\n")
            if text and not text.startswith("--"):
                yield text


def unescape(text):
    out, at = [], 0
    while at < len(text):
        if text[at] == "\\" and at + 1 < len(text) and text[at + 1] in ESCAPES:
            out.append(ESCAPES[text[at + 1]])
            at += 2
        else:
            out.append(text[at])
            at += 1
    return "".join(out)


def escape(text):
    text = text.replace("\\", "\\\\")
    for letter, character in ESCAPES.items():
        if character != "\\":
            text = text.replace(character, "\\" + letter)
    return text


def describe_names(spark, text):
    try:
        return ["-"] + [escape(name) for name in spark.sql(unescape(text)).columns]
    except PySparkException as error:
        return [error.getCondition()]


def describe_parse(parser, text):
    try:
        parser.parsePlan(unescape(text))
        return ["-"]
    except Exception as error:  # py4j wraps every Java exception in one of its own or of pyspark's.
        java = getattr(error, "java_exception", None) or getattr(error, "_origin", None)
        out = [java.getCondition(), java.getSqlState() or ""]
        try:
            return out + [str(java.line().get()), str(java.startPosition().get())]
        except Exception:  # Only ParseException has a position.
            return out + ["", ""]


def main():
    spark = (SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
             .config("spark.sql.session.timeZone", "UTC").config("spark.sql.timeType.enabled", "true")
             .config("spark.driver.extraJavaOptions", "-Duser.timezone=UTC").getOrCreate())
    spark.sparkContext.setLogLevel("OFF")
    parser = spark._jsparkSession.sessionState().sqlParser()
    names, names_out, parse, parse_out = sys.argv[1:5]
    with open(names_out, "w", encoding="utf-8", newline="\n") as out:
        for text in statements(names):
            out.write("\t".join([text] + describe_names(spark, text)) + "\n")
    with open(parse_out, "w", encoding="utf-8", newline="\n") as out:
        for text in statements(parse):
            out.write("\t".join([text] + describe_parse(parser, text)) + "\n")


main()
