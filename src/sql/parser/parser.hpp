#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "sql/parser/keywords.hpp"
#include "sql/plan/plan.hpp"

namespace hammerscale::sql {

/// Settings that change what a text means.
struct ParserOptions {
  std::string time_zone = "UTC";           ///< Of TIMESTAMP literals without a zone.
  bool double_quoted_identifiers = false;  ///< "a" is a name instead of a string.
  bool timestamps_without_zone = false;    ///< TIMESTAMP means TIMESTAMP_NTZ (spark.sql.timestampType).
};

/// Reads one statement, with any number of semicolons behind it, into an unresolved plan; a command is a plan too.
///
/// Plan shapes of clauses, innermost operator first; every one but the last is left out where its clause is:
///   SELECT    relation (OneRow without FROM), Generate for each LATERAL VIEW, Filter (WHERE), Aggregate or Project,
///             Having, Qualify, Distinct, NamedWindows, Hinted
///   query     then Sort (ORDER BY, or SORT BY with is_global = false), Repartition (DISTRIBUTE BY, CLUSTER BY),
///             Offset, Limit, With
///   HAVING    without GROUP BY stands on an Aggregate without grouping
///   GROUP BY  ALL is kAll without expressions; a, b WITH ROLLUP is kRollup of [a, b]; a, b GROUPING SETS (...) is
///             kGroupingSets of [a, b] and its sets; everything else is kPlain with calls "rollup", "cube" and
///             "grouping sets" among the expressions, whose (a, b) are "struct" calls
///   a, b      in FROM is an inner Join without condition; LATERAL sets is_lateral; a set of one relation is itself
///   UNION     SetOperation of two inputs
///   ORDER BY  ALL is a SortOrder of UnresolvedAttribute "all"
///   PIVOT     values are "struct" calls for several columns, in Aliases where they have names
///   UNPIVOT   has_ids is false: the other columns are kept
///   VALUES    InlineTable; with an alias, a SubqueryAlias above
///   TABLE(t)  as an argument is a SubqueryExpression kTableArgument; PARTITION BY puts a hash Repartition above its
///   plan,
///             ORDER BY a local Sort above that, WITH SINGLE PARTITION a Repartition kCoalesce to 1
///   TABLESAMPLE (n PERCENT) and (BUCKET x OUT OF y) are Samples by fraction, (n ROWS) one with num_rows
///   |>        WHERE Filter; SELECT Project or Distinct; EXTEND Project of * and more; SET one EditColumns kWith for
///   each
///             assignment; DROP EditColumns kDrop; AS SubqueryAlias; AGGREGATE Aggregate whose list is the grouping
///             expressions and then the aggregates; the others as in queries
///
/// @throws SqlError PARSE_SYNTAX_ERROR, PARSE_EMPTY_STATEMENT, INVALID_TYPED_LITERAL and others of Spark's, with place
/// and
///   text; FAILED_TO_PARSE_TOO_COMPLEX where parentheses, subqueries, operators or types nest too deeply
PlanPtr parse_statement(std::string_view text, const ParserOptions& options = {});

/// A query alone; commands are errors.
PlanPtr parse_query(std::string_view text, const ParserOptions& options = {});

/// One expression, with an alias where it has one: expr(), selectExpr(), filter("...").
ExpressionPtr parse_expression(std::string_view text, const ParserOptions& options = {});

/// "decimal(10,2)", "struct<a: int, b: array<string>>".
DataType parse_data_type(std::string_view text);

/// "a INT NOT NULL COMMENT 'x', b STRING"; also the text of one struct type, whose fields it gives.
Schema parse_schema(std::string_view text);

/// The parts of "db.`my table`".
NameParts parse_multipart_name(std::string_view text);

/// One statement of a script.
struct Statement {
  std::string_view text;  ///< Without the semicolon and the space around it.
  std::size_t start = 0;  ///< Where it starts in the script, in bytes.
  bool has_end = false;   ///< A semicolon follows.
};

/// Cuts a script at semicolons that stand outside of strings, quoted names, comments and BEGIN ... END blocks.
/// Statements without any token are left out.
/// @throws SqlError UNCLOSED_BRACKETED_COMMENT
std::vector<Statement> split_statements(std::string_view script);

/// Whether what was typed so far needs no further line: it is empty, or its last statement ends with a semicolon.
bool is_complete_statement(std::string_view text);

}  // namespace hammerscale::sql
