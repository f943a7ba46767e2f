#!/usr/bin/env python3
"""Asks Apache Spark what the statements of tests/golden/sql/*.sql mean, and writes NAME.jsonl beside each file.

Needs pyspark 4.2 and Java 17, which the tests themselves do not:
    pip install pyspark==4.2.1
    tests/golden/regenerate.py [NAME...]

A line of a .sql file is a statement. A line of the answers is {"schema": [{"name", "type"}], "rows": [[text or null]]},
each cell CAST(x AS STRING), or {"error": {"condition", "sqlState"}}. Statements of one file share a session.
"""
import json
import pathlib
import shutil
import sys
import tempfile

from pyspark.errors import PySparkException
from pyspark.sql import SparkSession


def answer(spark, statement):
    try:
        frame = spark.sql(statement)
        schema = [{"name": field.name, "type": field.dataType.simpleString()} for field in frame.schema.fields]
        if not schema:
            frame.collect()
            return {"schema": [], "rows": []}
        plain = frame.toDF(*[f"c{i}" for i in range(len(schema))])
        rows = plain.selectExpr(*[f"CAST(c{i} AS STRING)" for i in range(len(schema))]).collect()
        return {"schema": schema, "rows": [list(row) for row in rows]}
    except PySparkException as error:
        return {"error": {"condition": error.getCondition(), "sqlState": error.getSqlState()}}
    except Exception as error:  # Of Java, without a condition.
        return {"error": {"condition": None, "sqlState": None, "java": str(error).splitlines()[0]}}


def main():
    folder = pathlib.Path(__file__).parent / "sql"
    names = sys.argv[1:] or sorted(path.stem for path in folder.glob("*.sql"))
    warehouse = tempfile.mkdtemp()
    builder = SparkSession.builder.master("local[1]")
    for key, value in {
        "spark.ui.enabled": "false", "spark.sql.session.timeZone": "UTC", "spark.sql.shuffle.partitions": "1",
        "spark.sql.ansi.enabled": "true", "spark.driver.extraJavaOptions": "-Duser.timezone=UTC",
        "spark.sql.warehouse.dir": warehouse, "spark.log.level": "OFF"}.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    for name in names:
        session = spark.newSession()
        with open(folder / f"{name}.sql", encoding="utf-8") as statements, \
                open(folder / f"{name}.jsonl", "w", encoding="utf-8") as answers:
            for statement in statements:
                answers.write(json.dumps(answer(session, statement.rstrip("\n")), ensure_ascii=False) + "\n")
    spark.stop()
    shutil.rmtree(warehouse, ignore_errors=True)


if __name__ == "__main__":
    main()
