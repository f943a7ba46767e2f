#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "sql/plan/expression.hpp"

namespace hammerscale::sql {

/// Keys and values in the order they were written: options, properties.
using Options = std::vector<std::pair<std::string, std::string>>;

/// The name of a table, view, function, database or variable in a command. Where IDENTIFIER(expression) was written,
/// that expression gives the first parts and `parts` those written behind it.
struct ObjectName {
  NameParts parts;
  ExpressionPtr identifier;  ///< Or null.
};

/// PARTITION (a = 1, b): a column and its value, which is null where none was written.
using PartitionSpec = std::vector<std::pair<std::string, ExpressionPtr>>;

// ---- Databases ------------------------------------------------------------------------------------------------------

struct CreateDatabase {
  ObjectName name;
  bool if_not_exists = false;
  std::optional<std::string> comment;
  std::optional<std::string> location;
  std::optional<std::string> collation;  ///< DEFAULT COLLATION.
  Options properties;
};

struct SetDatabaseProperties {
  ObjectName name;
  Options properties;
};

struct UnsetDatabaseProperties {
  ObjectName name;
  std::vector<std::string> keys;
};

struct SetDatabaseLocation {
  ObjectName name;
  std::string location;
};

struct DropDatabase {
  ObjectName name;
  bool if_exists = false;
  bool cascade = false;
};

struct UseDatabase {
  ObjectName name;
};

struct SetCatalog {
  ObjectName name;
};

enum class CommentTarget : std::uint8_t { kCatalog, kDatabase, kTable, kColumn };

/// COMMENT ON. The last part of the name is the column for kColumn. No comment is IS NULL.
struct CommentOn {
  CommentTarget target = CommentTarget::kTable;
  ObjectName name;
  std::optional<std::string> comment;
};

// ---- Tables ---------------------------------------------------------------------------------------------------------

/// GENERATED { ALWAYS | BY DEFAULT } AS IDENTITY.
struct IdentityColumn {
  bool allows_explicit = false;  ///< BY DEFAULT.
  std::int64_t start = 1;
  std::int64_t step = 1;
};

/// FIRST or AFTER column.
struct ColumnPosition {
  bool is_first = false;
  std::string after;  ///< The column, when not first.
};

/// A column of CREATE TABLE and ADD COLUMNS; a parameter of an SQL function too. Texts are the expressions as written,
/// for the catalog.
struct ColumnDefinition {
  NameParts name;  ///< More than one part for a nested field in ADD COLUMNS.
  DataType type;
  bool nullable = true;
  ExpressionPtr default_value;  ///< Or null.
  std::string default_text;
  ExpressionPtr generated;      ///< GENERATED ALWAYS AS (...), or null.
  std::string generated_text;
  std::optional<IdentityColumn> identity;
  std::optional<std::string> comment;
  std::optional<ColumnPosition> position;
};

enum class ConstraintKind : std::uint8_t { kCheck, kPrimaryKey, kUnique, kForeignKey };

struct TableConstraint {
  ConstraintKind kind = ConstraintKind::kCheck;
  std::string name;           ///< Empty when none was given.
  ExpressionPtr condition;    ///< CHECK.
  std::string condition_text;
  std::vector<std::string> columns;
  NameParts referenced_table;
  std::vector<std::string> referenced_columns;
  std::optional<bool> enforced;
  std::optional<bool> rely;
};

/// CLUSTERED BY (...) SORTED BY (...) INTO n BUCKETS.
struct BucketSpec {
  std::vector<std::string> columns;
  std::vector<std::string> sort_columns;
  std::int32_t num_buckets = 0;
};

/// Hive's ROW FORMAT and STORED AS, in the words that were written.
struct HiveFormat {
  std::optional<std::string> stored_as;      ///< "parquet", "textfile", ...
  std::optional<std::string> input_format;
  std::optional<std::string> output_format;
  std::optional<std::string> serde;
  Options serde_properties;
  Options delimiters;                        ///< "field.delim" and the like of ROW FORMAT DELIMITED.
};

/// What CREATE TABLE says behind the columns.
struct TableStorage {
  std::optional<std::string> provider;  ///< USING.
  std::optional<HiveFormat> hive;
  Options options;
  std::optional<std::string> location;
  std::optional<std::string> comment;
  std::optional<std::string> collation;
  Options properties;
  /// PARTITIONED BY: UnresolvedAttributes, or calls "years", "bucket" ... of them. Columns of Hive's form with a type
  /// are appended to the table's columns too.
  Expressions partitioning;
  std::optional<BucketSpec> buckets;
  std::optional<std::vector<NameParts>> cluster_by;
};

enum class CreateMode : std::uint8_t { kCreate, kCreateIfNotExists, kReplace, kCreateOrReplace };

/// CREATE and REPLACE TABLE, with AS query or without.
struct CreateTable {
  ObjectName name;
  CreateMode mode = CreateMode::kCreate;
  bool is_external = false;
  std::vector<ColumnDefinition> columns;
  std::vector<TableConstraint> constraints;
  TableStorage storage;
  PlanPtr query;  ///< Or null.
};

struct CreateTableLike {
  ObjectName name;
  ObjectName source;
  bool if_not_exists = false;
  TableStorage storage;
};

struct DropTable {
  ObjectName name;
  bool if_exists = false;
  bool purge = false;
};

struct TruncateTable {
  ObjectName name;
  PartitionSpec partition;
};

/// ALTER TABLE or VIEW ... RENAME TO.
struct RenameTable {
  ObjectName name;
  NameParts new_name;
  bool is_view = false;
};

struct AddColumns {
  ObjectName table;
  std::vector<ColumnDefinition> columns;
  bool if_not_exists = false;
};

struct ReplaceColumns {
  ObjectName table;
  std::vector<ColumnDefinition> columns;
};

struct DropColumns {
  ObjectName table;
  std::vector<NameParts> columns;
  bool if_exists = false;
};

struct RenameColumn {
  ObjectName table;
  NameParts column;
  std::string new_name;
};

/// One change of ALTER TABLE ... ALTER COLUMN.
struct ColumnChange {
  NameParts column;
  std::optional<DataType> type;
  std::optional<bool> nullable;        ///< SET and DROP NOT NULL.
  std::optional<std::string> comment;
  std::optional<ColumnPosition> position;
  ExpressionPtr default_value;         ///< SET DEFAULT.
  std::string default_text;
  bool drop_default = false;
};

struct AlterColumns {
  ObjectName table;
  std::vector<ColumnChange> changes;
};

struct SetTableProperties {
  ObjectName name;
  Options properties;
  bool is_view = false;
};

struct UnsetTableProperties {
  ObjectName name;
  std::vector<std::string> keys;
  bool if_exists = false;
  bool is_view = false;
};

struct PartitionLocation {
  PartitionSpec partition;
  std::optional<std::string> location;
};

struct AddPartitions {
  ObjectName table;
  std::vector<PartitionLocation> partitions;
  bool if_not_exists = false;
};

struct DropPartitions {
  ObjectName table;
  std::vector<PartitionSpec> partitions;
  bool if_exists = false;
  bool purge = false;
};

struct RenamePartition {
  ObjectName table;
  PartitionSpec from;
  PartitionSpec to;
};

struct SetTableLocation {
  ObjectName table;
  PartitionSpec partition;
  std::string location;
};

struct SetTableSerde {
  ObjectName table;
  PartitionSpec partition;
  std::optional<std::string> serde;
  Options properties;
};

struct SetTableCollation {
  ObjectName table;
  std::string collation;
};

/// ALTER TABLE ... RECOVER PARTITIONS, and MSCK REPAIR TABLE.
struct RepairTable {
  ObjectName table;
  bool add = true;
  bool drop = false;
};

struct AddConstraint {
  ObjectName table;
  TableConstraint constraint;
};

struct DropConstraint {
  ObjectName table;
  std::string name;
  bool if_exists = false;
  bool cascade = false;
};

/// ALTER TABLE ... CLUSTER BY; no columns is CLUSTER BY NONE.
struct AlterClustering {
  ObjectName table;
  std::vector<NameParts> columns;
};

// ---- Views ----------------------------------------------------------------------------------------------------------

enum class ViewSchemaMode : std::uint8_t { kDefault, kBinding, kCompensation, kTypeEvolution, kEvolution };
enum class ViewScope : std::uint8_t { kPersistent, kTemporary, kGlobalTemporary };

struct ViewColumn {
  std::string name;
  std::optional<std::string> comment;
};

struct CreateView {
  ObjectName name;
  ViewScope scope = ViewScope::kPersistent;
  bool or_replace = false;
  bool if_not_exists = false;
  std::vector<ViewColumn> columns;
  PlanPtr query;
  std::string text;  ///< The query as it was written.
  std::optional<std::string> comment;
  std::optional<std::string> collation;
  Options properties;
  ViewSchemaMode schema_mode = ViewSchemaMode::kDefault;
};

/// CREATE TEMPORARY VIEW ... USING source OPTIONS (...).
struct CreateViewUsing {
  ObjectName name;
  ViewScope scope = ViewScope::kTemporary;
  bool or_replace = false;
  std::vector<ColumnDefinition> columns;
  std::string provider;
  Options options;
};

/// ALTER VIEW ... AS query.
struct AlterViewQuery {
  ObjectName name;
  PlanPtr query;
  std::string text;
};

struct AlterViewSchemaMode {
  ObjectName name;
  ViewSchemaMode mode = ViewSchemaMode::kCompensation;
};

struct DropView {
  ObjectName name;
  bool if_exists = false;
};

// ---- Functions ------------------------------------------------------------------------------------------------------

/// CREATE FUNCTION ... AS 'class' USING JAR ...: code from outside.
struct CreateExternalFunction {
  ObjectName name;
  bool is_temporary = false;
  bool or_replace = false;
  bool if_not_exists = false;
  std::string class_name;
  Options resources;  ///< Kind and path.
};

/// CREATE FUNCTION ... RETURN: an SQL function. One of body and query is set.
struct CreateSqlFunction {
  ObjectName name;
  bool is_temporary = false;
  bool or_replace = false;
  bool if_not_exists = false;
  std::vector<ColumnDefinition> parameters;
  std::optional<DataType> return_type;                      ///< RETURNS type.
  bool is_table = false;                                    ///< RETURNS TABLE.
  std::vector<ColumnDefinition> return_columns;             ///< RETURNS TABLE (...); may be empty.
  std::optional<std::string> language;
  std::optional<bool> is_deterministic;
  std::optional<std::string> comment;
  std::optional<bool> reads_data;                           ///< READS SQL DATA, or CONTAINS SQL.
  ExpressionPtr body;
  PlanPtr query;
  std::string text;                                         ///< The body as it was written.
};

struct DropFunction {
  ObjectName name;
  bool is_temporary = false;
  bool if_exists = false;
};

struct RefreshFunction {
  ObjectName name;
};

/// CALL procedure(...).
struct CallProcedure {
  ObjectName name;
  Expressions arguments;
};

// ---- Data -----------------------------------------------------------------------------------------------------------

struct InsertInto {
  ObjectName table;
  Options options;                   ///< WITH (...).
  PartitionSpec partition;           ///< Values are null for dynamic partitions.
  std::vector<std::string> columns;  ///< Empty when none were listed.
  bool by_name = false;
  bool overwrite = false;
  bool if_partition_not_exists = false;
  bool with_schema_evolution = false;
  ExpressionPtr replace_where;       ///< REPLACE WHERE, and REPLACE ON: rows that are deleted first; or null.
  std::vector<std::string> replace_using;
  PlanPtr query;
};

/// FROM relation INSERT INTO ... SELECT ... INSERT INTO ...: inserts whose queries share their source.
struct MultiInsert {
  std::vector<PlanPtr> inserts;  ///< Commands with InsertInto or InsertDirectory.
};

struct InsertDirectory {
  bool is_local = false;
  std::optional<std::string> path;  ///< Or in the options.
  std::optional<std::string> provider;
  std::optional<HiveFormat> hive;
  Options options;
  PlanPtr query;
};

struct LoadData {
  std::string path;
  bool is_local = false;
  bool overwrite = false;
  ObjectName table;
  PartitionSpec partition;
};

/// The table of a DELETE, UPDATE or MERGE is an UnresolvedRelation, in a SubqueryAlias where it has an alias.
struct DeleteFrom {
  PlanPtr table;
  ExpressionPtr condition;  ///< Or null.
};

struct Assignment {
  NameParts column;
  ExpressionPtr value;  ///< UnresolvedAttribute "DEFAULT" where DEFAULT was written.
};

struct UpdateTable {
  PlanPtr table;
  std::vector<Assignment> assignments;
  ExpressionPtr condition;  ///< Or null.
};

enum class MergeActionKind : std::uint8_t { kUpdate, kUpdateAll, kInsert, kInsertAll, kDelete };

struct MergeAction {
  MergeActionKind kind = MergeActionKind::kUpdate;
  ExpressionPtr condition;  ///< Or null.
  std::vector<Assignment> assignments;
};

struct MergeInto {
  PlanPtr target;
  PlanPtr source;
  ExpressionPtr condition;
  std::vector<MergeAction> matched;
  std::vector<MergeAction> not_matched;
  std::vector<MergeAction> not_matched_by_source;
  bool with_schema_evolution = false;
};

// ---- Looking --------------------------------------------------------------------------------------------------------

enum class ExplainMode : std::uint8_t { kSimple, kExtended, kFormatted, kCodegen, kCost, kLogical };

struct ExplainCommand {
  PlanPtr plan;
  ExplainMode mode = ExplainMode::kSimple;
};

/// DESCRIBE [TABLE].
struct DescribeTable {
  ObjectName name;
  bool is_extended = false;  ///< EXTENDED or FORMATTED.
  bool as_json = false;
  PartitionSpec partition;
  NameParts column;          ///< Of DESCRIBE table column; else empty.
};

struct DescribeQuery {
  PlanPtr query;
  std::string text;
};

struct DescribeDatabase {
  ObjectName name;
  bool is_extended = false;
};

struct DescribeFunction {
  ObjectName name;
  bool is_extended = false;
};

struct DescribeProcedure {
  ObjectName name;
};

/// The pattern of a SHOW statement: `*` any text, `|` or; none lists everything.
using ShowPattern = std::optional<std::string>;

struct ShowCatalogs {
  ShowPattern pattern;
};

struct ShowDatabases {
  ObjectName parent;  ///< IN catalog; may be empty.
  ShowPattern pattern;
};

struct ShowTables {
  ObjectName database;  ///< May be empty.
  ShowPattern pattern;
  bool is_extended = false;
  PartitionSpec partition;
};

struct ShowViews {
  ObjectName database;
  ShowPattern pattern;
};

struct ShowColumns {
  ObjectName table;
  NameParts database;  ///< The second IN; may be empty.
};

struct ShowPartitions {
  ObjectName table;
  PartitionSpec partition;
};

struct ShowCreateTable {
  ObjectName table;
  bool as_serde = false;
};

struct ShowTableProperties {
  ObjectName table;
  std::optional<std::string> key;
};

struct ShowCurrentDatabase {};

enum class FunctionScope : std::uint8_t { kAll, kUser, kSystem };

struct ShowFunctions {
  FunctionScope scope = FunctionScope::kAll;
  ObjectName database;
  ShowPattern pattern;
};

struct ShowProcedures {
  ObjectName database;
};

struct ShowCollations {
  ShowPattern pattern;
};

// ---- Statistics and cache -------------------------------------------------------------------------------------------

struct AnalyzeTable {
  ObjectName table;
  PartitionSpec partition;
  bool is_noscan = false;
  std::vector<std::string> columns;
  bool all_columns = false;
};

struct AnalyzeTables {
  ObjectName database;  ///< May be empty.
  bool is_noscan = false;
};

struct CacheTable {
  ObjectName name;
  bool is_lazy = false;
  Options options;
  PlanPtr query;     ///< Of CACHE TABLE name AS query, or null.
  std::string text;  ///< The query as it was written.
};

struct UncacheTable {
  ObjectName name;
  bool if_exists = false;
};

struct ClearCache {};

struct RefreshTable {
  ObjectName name;
};

/// REFRESH path.
struct RefreshResource {
  std::string path;
};

// ---- Settings and variables -----------------------------------------------------------------------------------------

/// SET, SET key, SET key=value, RESET, RESET key.
struct SetCommand {
  std::string key;
  std::optional<std::string> value;
  bool is_reset = false;
  bool is_verbose = false;  ///< SET -v.
};

/// SET TIME ZONE. Exactly one of text and interval is set, or neither: LOCAL.
struct SetTimeZone {
  std::optional<std::string> text;
  ExpressionPtr interval;
};

struct DeclareVariable {
  std::vector<ObjectName> names;
  std::optional<DataType> type;
  ExpressionPtr default_value;  ///< Or null: NULL.
  std::string default_text;
  bool or_replace = false;
};

/// SET VARIABLE a = 1, b = 2, or SET VARIABLE (a, b) = (query).
struct SetVariable {
  std::vector<ObjectName> names;
  Expressions values;  ///< One a name, UnresolvedAttribute "DEFAULT" where DEFAULT was written; empty with a query.
  PlanPtr query;       ///< Or null.
};

struct DropVariable {
  ObjectName name;
  bool if_exists = false;
};

struct ExecuteImmediate {
  ExpressionPtr statement;
  std::vector<NameParts> into;
  Expressions arguments;  ///< Of USING: expressions, Aliases where they have names.
};

// ---- Resources ------------------------------------------------------------------------------------------------------

enum class ResourceKind : std::uint8_t { kFile, kJar, kArchive };

struct AddResources {
  ResourceKind kind = ResourceKind::kFile;
  std::vector<std::string> paths;
};

struct ListResources {
  ResourceKind kind = ResourceKind::kFile;
  std::vector<std::string> paths;
};

/// A statement that is no query. Its children, where it has some (CREATE TABLE AS, INSERT, CACHE, EXPLAIN), are plans.
struct Command {
  using Node = std::variant<
      CreateDatabase, SetDatabaseProperties, UnsetDatabaseProperties, SetDatabaseLocation, DropDatabase, UseDatabase,
      SetCatalog, CommentOn, CreateTable, CreateTableLike, DropTable, TruncateTable, RenameTable, AddColumns,
      ReplaceColumns, DropColumns, RenameColumn, AlterColumns, SetTableProperties, UnsetTableProperties, AddPartitions,
      DropPartitions, RenamePartition, SetTableLocation, SetTableSerde, SetTableCollation, RepairTable, AddConstraint,
      DropConstraint, AlterClustering, CreateView, CreateViewUsing, AlterViewQuery, AlterViewSchemaMode, DropView,
      CreateExternalFunction, CreateSqlFunction, DropFunction, RefreshFunction, CallProcedure, InsertInto, MultiInsert,
      InsertDirectory, LoadData, DeleteFrom, UpdateTable, MergeInto, ExplainCommand, DescribeTable, DescribeQuery,
      DescribeDatabase, DescribeFunction, DescribeProcedure, ShowCatalogs, ShowDatabases, ShowTables, ShowViews,
      ShowColumns, ShowPartitions, ShowCreateTable, ShowTableProperties, ShowCurrentDatabase, ShowFunctions,
      ShowProcedures, ShowCollations, AnalyzeTable, AnalyzeTables, CacheTable, UncacheTable, ClearCache, RefreshTable,
      RefreshResource, SetCommand, SetTimeZone, DeclareVariable, SetVariable, DropVariable,
      ExecuteImmediate, AddResources, ListResources>;
  Node node;

  template <typename T>
  [[nodiscard]] const T* get_if() const noexcept { return std::get_if<T>(&node); }
};

/// The command's name in plan trees and logs: "CreateTable".
std::string command_name(const Command& command);

}  // namespace hammerscale::sql
