"""Asks Spark for the schema or error of every statement of tests/sql/analyzer/statements.sql.

Usage: python analyzer_expectations.py tests/sql/analyzer/statements.sql tests/sql/analyzer/expectations.txt
Needs pyspark 4 and Java 17; the tests themselves need neither. A statement's block in the result is the statement, then a
line "name<TAB>type<TAB>nullable" for each column, or one line "!CONDITION<TAB>SQLSTATE<TAB>parameters as JSON".
"""
import json
import sys

from pyspark.errors import PySparkException
from pyspark.sql import SparkSession


def main(statements, expectations):
    spark = (SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
             .config("spark.sql.session.timeZone", "UTC").config("spark.sql.ansi.enabled", "true").config("spark.log.level", "OFF").getOrCreate())
    spark.sparkContext.setLogLevel("OFF")
    with open(statements, encoding="utf-8") as source, open(expectations, "w", encoding="utf-8") as out:
        for line in source:
            statement = line.strip()
            if not statement or statement.startswith("--"):
                continue
            if statement.startswith("CREATE"):
                spark.sql(statement)
                continue
            out.write(statement + "\n")
            try:
                for field in spark.sql(statement).schema.fields:
                    out.write(f"{field.name}\t{field.dataType.simpleString()}\t{str(field.nullable).lower()}\n")
            except PySparkException as error:
                parameters = dict(error.getMessageParameters() or {})
                out.write(f"!{error.getCondition()}\t{error.getSqlState()}\t{json.dumps(parameters, sort_keys=True)}\n")
            out.write("\n")


main(sys.argv[1], sys.argv[2])
