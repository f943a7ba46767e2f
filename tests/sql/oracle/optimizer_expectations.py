"""Asks Spark for the rows of every query of tests/sql/optimizer/queries.sql.

Usage: python optimizer_expectations.py tests/sql/optimizer/queries.sql tests/sql/optimizer/expectations.txt
Needs pyspark 4 and Java 17; the tests themselves need neither. A query's block in the result is the query, then its rows,
sorted, each value as CAST(... AS STRING) with tabs between, or one line "!CONDITION".
"""
import sys

from pyspark.errors import PySparkException
from pyspark.sql import SparkSession
from pyspark.sql.functions import col


def main(queries, expectations):
    spark = (SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
             .config("spark.sql.session.timeZone", "UTC").config("spark.sql.ansi.enabled", "true")
             .config("spark.sql.shuffle.partitions", "1").config("spark.log.level", "OFF").getOrCreate())
    with open(queries, encoding="utf-8") as source, open(expectations, "w", encoding="utf-8") as out:
        for line in source:
            query = line.strip()
            if not query or query.startswith("--"):
                continue
            if query.startswith("CREATE"):
                spark.sql(query)
                continue
            out.write(query + "\n")
            try:
                frame = spark.sql(query)
                frame = frame.toDF(*[f"c{i}" for i in range(len(frame.columns))])
                rows = frame.select(*[col(name).cast("string") for name in frame.columns]).collect()
                for text in sorted("\t".join("NULL" if value is None else value for value in row) for row in rows):
                    out.write(text + "\n")
            except PySparkException as error:
                out.write(f"!{error.getCondition()}\n")
            out.write("\n")


main(sys.argv[1], sys.argv[2])
