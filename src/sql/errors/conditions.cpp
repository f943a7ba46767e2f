// The table below is generated. Names, SQLSTATEs and message templates are those of Apache Spark 4.2's public error
// conditions (Apache License 2.0), because clients match on them; a sub-condition's message has its parent's in front.

#include "sql/errors/conditions.hpp"

#include <algorithm>
#include <array>

namespace hammerscale::sql {
namespace {

// Sorted by name, bytewise: find_condition searches by halving.
constexpr auto kConditions = std::to_array<ErrorCondition>({
    {"ADD_DEFAULT_UNSUPPORTED", "42623",
     "Failed to execute <statementType> command because DEFAULT values are not supported when adding new columns "
     "to previously existing target data source with table provider: \"<dataSource>\"."},
    {"AGGREGATE_FUNCTION_WITH_NONDETERMINISTIC_EXPRESSION", "42845",
     "Non-deterministic expression <sqlExpr> should not appear in the arguments of an aggregate function."},
    {"AGGREGATE_OUT_OF_MEMORY", "82001",
     "No enough memory for aggregation"},
    {"ALL_PARAMETERS_MUST_BE_NAMED", "07001",
     "Using name parameterized queries requires all parameters to be named. Parameters missing names: <exprs>."},
    {"ALL_PARTITION_COLUMNS_NOT_ALLOWED", "KD005",
     "Cannot use all columns for partition columns."},
    {"ALTER_TABLE_COLUMN_DESCRIPTOR_DUPLICATE", "42710",
     "ALTER TABLE <type> column <columnName> specifies descriptor \"<optionName>\" more than once, which is "
     "invalid."},
    {"AMBIGUOUS_ALIAS_IN_NESTED_CTE", "42KD0",
     "Name <name> is ambiguous in nested CTE.\nPlease set <config> to \"CORRECTED\" so that name defined in inner "
     "CTE takes precedence. If set it to \"LEGACY\", outer CTE definitions will take precedence.\nSee "
     "'<docroot>/sql-migration-guide.html#query-engine'."},
    {"AMBIGUOUS_COLUMN_OR_FIELD", "42702",
     "Column or field <name> is ambiguous and has <n> matches."},
    {"AMBIGUOUS_COLUMN_REFERENCE", "42702",
     "Column <name> is ambiguous. It's because you joined several DataFrame together, and some of these "
     "DataFrames are the same.\nThis column points to one of the DataFrames but Spark is unable to figure out "
     "which one.\nPlease alias the DataFrames with different names via `DataFrame.alias` before joining "
     "them,\nand specify the column using qualified name, e.g. `df.alias(\"a\").join(df.alias(\"b\"), "
     "col(\"a.id\") > col(\"b.id\"))`."},
    {"AMBIGUOUS_LATERAL_COLUMN_ALIAS", "42702",
     "Lateral column alias <name> is ambiguous and has <n> matches."},
    {"AMBIGUOUS_REFERENCE", "42704",
     "Reference <name> is ambiguous, could be: <referenceNames>."},
    {"AMBIGUOUS_REFERENCE_TO_FIELDS", "42000",
     "Ambiguous reference to the field <field>. It appears <count> times in the schema."},
    {"AMBIGUOUS_RESOLVER_EXTENSION", "XX000",
     "The single-pass analyzer cannot process this query or command because the extension choice for <operator> "
     "is ambiguous: <extensions>."},
    {"APPROX_TOP_K_MAX_ITEMS_TRACKED_EXCEEDS_LIMIT", "22023",
     "The max items tracked `maxItemsTracked`(<maxItemsTracked>) of `approx_top_k` should be less than or equal "
     "to <limit>."},
    {"APPROX_TOP_K_MAX_ITEMS_TRACKED_LESS_THAN_K", "22023",
     "The max items tracked `maxItemsTracked`(<maxItemsTracked>) of `approx_top_k` should be greater than or "
     "equal to `k`(<k>)."},
    {"APPROX_TOP_K_NON_POSITIVE_ARG", "22023",
     "The value of <argName> in `approx_top_k` must be a positive integer, but got <argValue>."},
    {"APPROX_TOP_K_NULL_ARG", "22004",
     "The value of <argName> in `approx_top_k` cannot be NULL."},
    {"APPROX_TOP_K_SKETCH_SIZE_NOT_MATCH", "42846",
     "Combining approx_top_k sketches of different sizes is not allowed. Found sketches of size <size1> and "
     "<size2>."},
    {"APPROX_TOP_K_SKETCH_TYPE_NOT_MATCH", "42846",
     "Combining approx_top_k sketches of different types is not allowed. Found sketches of type <type1> and "
     "<type2>."},
    {"ARITHMETIC_OVERFLOW", "22003",
     "<message>.<alternative> If necessary set <config> to \"false\" to bypass this error."},
    {"ARROW_SCHEMA_FIELD_COUNT_MISMATCH", "42000",
     "Arrow schema mismatch: encoder has <encoderFieldCount> fields but Arrow data only has <arrowColumnCount> "
     "columns."},
    {"ARROW_SCHEMA_FIELD_NAME_MISMATCH", "42000",
     "Arrow schema mismatch: encoder field '<encoderFieldName>' does not match Arrow column '<arrowColumnName>' "
     "at the same position."},
    {"ARROW_TYPE_MISMATCH", "42K0G",
     "Invalid schema from <operation>: expected <outputTypes>, got <actualDataTypes>."},
    {"ASSIGNMENT_ARITY_MISMATCH", "42802",
     "The number of columns or variables assigned or aliased: <numTarget> does not match the number of source "
     "expressions: <numExpr>."},
    {"AS_OF_JOIN", "42604",
     "Invalid as-of join."},
    {"AS_OF_JOIN.TOLERANCE_IS_NON_NEGATIVE", "42604",
     "Invalid as-of join. The input argument `tolerance` must be non-negative."},
    {"AS_OF_JOIN.TOLERANCE_IS_UNFOLDABLE", "42604",
     "Invalid as-of join. The input argument `tolerance` must be a constant."},
    {"AS_OF_JOIN.UNSUPPORTED_DIRECTION", "42604",
     "Invalid as-of join. Unsupported as-of join direction '<direction>'. Supported as-of join direction include: "
     "<supported>."},
    {"BINARY_ARITHMETIC_OVERFLOW", "22003",
     "<value1> <symbol> <value2> caused overflow. Use <functionName> to ignore overflow problem and return NULL."},
    {"CANNOT_ALTER_COLLATION_BUCKET_COLUMN", "428FR",
     "ALTER TABLE (ALTER|CHANGE) COLUMN cannot change collation of type/subtypes of bucket columns, but found the "
     "bucket column <columnName> in the table <tableName>."},
    {"CANNOT_ALTER_PARTITION_COLUMN", "428FR",
     "ALTER TABLE (ALTER|CHANGE) COLUMN is not supported for partition columns, but found the partition column "
     "<columnName> in the table <tableName>."},
    {"CANNOT_CAST_DATATYPE", "42846",
     "Cannot cast <sourceType> to <targetType>."},
    {"CANNOT_CREATE_DATA_SOURCE_TABLE", "42KDE",
     "Failed to create data source table <tableName>:"},
    {"CANNOT_CREATE_DATA_SOURCE_TABLE.EXTERNAL_METADATA_UNSUPPORTED", "42KDE",
     "Failed to create data source table <tableName>: provider '<provider>' does not support external metadata "
     "but a schema is provided. Please remove the schema when creating the table."},
    {"CANNOT_DECODE_URL", "22546",
     "The provided URL cannot be decoded: <url>. Please ensure that the URL is properly formatted and try again."},
    {"CANNOT_INVOKE_IN_TRANSFORMATIONS", "0A000",
     "Dataset transformations and actions can only be invoked by the driver, not inside of other Dataset "
     "transformations; for example, dataset1.map(x => dataset2.values.count() * x) is invalid because the values "
     "transformation and count action cannot be performed inside of the dataset1.map transformation. For more "
     "information, see SPARK-28702."},
    {"CANNOT_LOAD_FUNCTION_CLASS", "46103",
     "Cannot load class <className> when registering the function <functionName>, please make sure it is on the "
     "classpath."},
    {"CANNOT_MERGE_INCOMPATIBLE_DATA_TYPE", "42825",
     "Failed to merge incompatible data types <left> and <right>. Please check the data types of the columns "
     "being merged and ensure that they are compatible. If necessary, consider casting the columns to compatible "
     "data types before attempting the merge."},
    {"CANNOT_MERGE_SCHEMAS", "42KD9",
     "Failed merging schemas:\nInitial schema:\n<left>\nSchema that cannot be merged with the initial "
     "schema:\n<right>."},
    {"CANNOT_MODIFY_CONFIG", "46110",
     "Cannot modify the value of the Spark config: <key>.\nSee also "
     "'<docroot>/sql-migration-guide.html#ddl-statements'."},
    {"CANNOT_MODIFY_STATIC_CONFIG", "46110",
     "Cannot modify the value of the static Spark config: <key>."},
    {"CANNOT_PARSE_DECIMAL", "22018",
     "Cannot parse decimal. Please ensure that the input is a valid number with optional decimal point or comma "
     "separators."},
    {"CANNOT_PARSE_INTERVAL", "22006",
     "Unable to parse <intervalString>. Please ensure that the value provided is in a valid format for defining "
     "an interval. You can reference the documentation for the correct format. If the issue persists, please "
     "double check that the input value is not null or empty and try again."},
    {"CANNOT_PARSE_JSON_FIELD", "2203G",
     "Cannot parse the field name <fieldName> and the value <fieldValue> of the JSON token type <jsonType> to "
     "target Spark data type <dataType>."},
    {"CANNOT_PARSE_TIME", "22010",
     "The input string <input> cannot be parsed to a TIME value because it does not match to the datetime format "
     "<format>."},
    {"CANNOT_PARSE_TIMESTAMP", "22007",
     "<message>. Use <func> to tolerate invalid input string and return NULL instead."},
    {"CANNOT_REMOVE_RESERVED_PROPERTY", "42000",
     "Cannot remove reserved property: <property>."},
    {"CANNOT_RENAME_ACROSS_SCHEMA", "0AKD0",
     "Renaming a <type> across schemas is not allowed."},
    {"CANNOT_RESOLVE_DATAFRAME_COLUMN", "42704",
     "Cannot resolve dataframe column <name>. It's probably because of illegal references like "
     "`df1.select(df2.col(\"a\"))`."},
    {"CANNOT_RESOLVE_STAR_EXPAND", "42704",
     "Cannot resolve <targetString>.* given input columns <columns>. Please check that the specified table or "
     "struct exists and is accessible in the input columns."},
    {"CANNOT_RESTORE_PERMISSIONS_FOR_PATH", "58030",
     "Failed to set permissions on created path <path> back to <permission>."},
    {"CANNOT_TRUNCATE_EXTERNAL_TABLE", "0A000",
     "Operation not allowed: TRUNCATE TABLE on external tables: <tableName>."},
    {"CANNOT_UPDATE_FIELD", "0A000",
     "Cannot update <table> field <fieldName> type:"},
    {"CANNOT_UPDATE_FIELD.ARRAY_TYPE", "0A000",
     "Cannot update <table> field <fieldName> type: Update the element by updating <fieldName>.element."},
    {"CANNOT_UPDATE_FIELD.INTERVAL_TYPE", "0A000",
     "Cannot update <table> field <fieldName> type: Update an interval by updating its fields."},
    {"CANNOT_UPDATE_FIELD.MAP_TYPE", "0A000",
     "Cannot update <table> field <fieldName> type: Update a map by updating <fieldName>.key or <fieldName>.value."},
    {"CANNOT_UPDATE_FIELD.STRUCT_TYPE", "0A000",
     "Cannot update <table> field <fieldName> type: Update a struct by updating its fields."},
    {"CANNOT_UPDATE_FIELD.USER_DEFINED_TYPE", "0A000",
     "Cannot update <table> field <fieldName> type: Update a UserDefinedType[<udtSql>] by updating its fields."},
    {"CANNOT_UPDATE_PARTITION_COLUMNS", "42000",
     "Declared partitioning <requestedPartitionColumns> conflicts with existing table partitioning "
     "<existingPartitionColumns>.\nPlease delete the table or change the declared partitioning to match its "
     "partitions."},
    {"CANNOT_UP_CAST_DATATYPE", "42846",
     "Cannot up cast <expression> from <sourceType> to <targetType>.\n<details>"},
    {"CAST_INVALID_INPUT", "22018",
     "The value <expression> of the type <sourceType> cannot be cast to <targetType> because it is malformed. "
     "Correct the value as per the syntax, or change its target type. Use `try_cast` to tolerate malformed input "
     "and return NULL instead."},
    {"CAST_OVERFLOW", "22003",
     "The value <value> of the type <sourceType> cannot be cast to <targetType> due to an overflow. Use "
     "`try_cast` to tolerate overflow and return NULL instead."},
    {"CATALOG_NOT_FOUND", "42P08",
     "The catalog <catalogName> not found. Consider to set the SQL config <config> to a catalog plugin."},
    {"CHECK_CONSTRAINT_VIOLATION", "23001",
     "CHECK constraint <constraintName> <expression> violated by row with values:\n<values>\n"},
    {"CLUSTERING_COLUMNS_MISMATCH", "42P10",
     "Specified clustering does not match that of the existing table <tableName>.\nSpecified clustering columns: "
     "[<specifiedClusteringString>].\nExisting clustering columns: [<existingClusteringString>]."},
    {"CLUSTERING_NOT_SUPPORTED", "42000",
     "'<operation>' does not support clustering."},
    {"CODEC_NOT_AVAILABLE", "56038",
     "The codec <codecName> is not available."},
    {"CODEC_NOT_AVAILABLE.WITH_AVAILABLE_CODECS_SUGGESTION", "56038",
     "The codec <codecName> is not available. Available codecs are <availableCodecs>."},
    {"CODEC_NOT_AVAILABLE.WITH_CONF_SUGGESTION", "56038",
     "The codec <codecName> is not available. Consider to set the config <configKey> to <configVal>."},
    {"CODEC_SHORT_NAME_NOT_FOUND", "42704",
     "Cannot find a short name for the codec <codecName>."},
    {"COLLATION_INVALID_NAME", "42704",
     "The value <collationName> does not represent a correct collation name. Suggested valid collation names: "
     "[<proposals>]."},
    {"COLLATION_INVALID_PROVIDER", "42704",
     "The value <provider> does not represent a correct collation provider. Supported providers are: "
     "[<supportedProviders>]."},
    {"COLLATION_MISMATCH", "42P21",
     "Could not determine which collation to use for string functions and operators."},
    {"COLLATION_MISMATCH.EXPLICIT", "42P21",
     "Could not determine which collation to use for string functions and operators. Error occurred due to the "
     "mismatch between explicit collations: [<explicitTypes>]. Decide on a single explicit collation and remove "
     "others."},
    {"COLLATION_MISMATCH.IMPLICIT", "42P21",
     "Could not determine which collation to use for string functions and operators. Error occurred due to the "
     "mismatch between implicit collations: [<implicitTypes>]. Use COLLATE function to set the collation "
     "explicitly."},
    {"COLLECTION_SIZE_LIMIT_EXCEEDED", "54000",
     "Can't create array with <numberOfElements> elements which exceeding the array size limit "
     "<maxRoundedArrayLength>,"},
    {"COLLECTION_SIZE_LIMIT_EXCEEDED.FUNCTION", "54000",
     "Can't create array with <numberOfElements> elements which exceeding the array size limit "
     "<maxRoundedArrayLength>, unsuccessful try to create arrays in the function <functionName>."},
    {"COLLECTION_SIZE_LIMIT_EXCEEDED.INITIALIZE", "54000",
     "Can't create array with <numberOfElements> elements which exceeding the array size limit "
     "<maxRoundedArrayLength>, cannot initialize an array with specified parameters."},
    {"COLLECTION_SIZE_LIMIT_EXCEEDED.PARAMETER", "54000",
     "Can't create array with <numberOfElements> elements which exceeding the array size limit "
     "<maxRoundedArrayLength>, the value of parameter(s) <parameter> in the function <functionName> is invalid."},
    {"COLUMN_ALIASES_NOT_ALLOWED", "42601",
     "Column aliases are not allowed in <op>."},
    {"COLUMN_ALREADY_EXISTS", "42711",
     "The column <columnName> already exists. Choose another name or rename the existing column."},
    {"COLUMN_ARRAY_ELEMENT_TYPE_MISMATCH", "0A000",
     "Some values in field <pos> are incompatible with the column array type. Expected type <type>."},
    {"COLUMN_NOT_DEFINED_IN_TABLE", "42703",
     "<colType> column <colName> is not defined in table <tableName>, defined table columns are: <tableCols>."},
    {"COLUMN_NOT_FOUND", "42703",
     "The column <colName> cannot be found. Verify the spelling and correctness of the column name according to "
     "the SQL config <caseSensitiveConfig>."},
    {"COLUMN_ORDINAL_OUT_OF_BOUNDS", "22003",
     "Column ordinal out of bounds. The number of columns in the table is <attributesLength>, but the column "
     "ordinal is <ordinal>.\nAttributes are the following: <attributes>."},
    {"COMPLEX_EXPRESSION_UNSUPPORTED_INPUT", "42K09",
     "Cannot process input data types for the expression: <expression>."},
    {"COMPLEX_EXPRESSION_UNSUPPORTED_INPUT.BAD_INPUTS", "42K09",
     "Cannot process input data types for the expression: <expression>. The input data types to <functionName> "
     "must be valid, but found the input types <dataType>."},
    {"COMPLEX_EXPRESSION_UNSUPPORTED_INPUT.MISMATCHED_TYPES", "42K09",
     "Cannot process input data types for the expression: <expression>. All input types must be the same except "
     "nullable, containsNull, valueContainsNull flags, but found the input types <inputTypes>."},
    {"COMPLEX_EXPRESSION_UNSUPPORTED_INPUT.NO_INPUTS", "42K09",
     "Cannot process input data types for the expression: <expression>. The collection of input data types must "
     "not be empty."},
    {"CONCURRENT_QUERY", "0A000",
     "Another instance of this query was just started by a concurrent session."},
    {"CONFLICTING_DIRECTORY_STRUCTURES", "KD009",
     "Conflicting directory structures detected.\nSuspicious paths:\n<discoveredBasePaths>\nIf provided paths are "
     "partition directories, please set \"basePath\" in the options of the data source to specify the root "
     "directory of the table.\nIf there are multiple root directories, please load them separately and then union "
     "them."},
    {"CONFLICTING_PARTITION_COLUMN_NAMES", "KD009",
     "Conflicting partition column names detected:\n<distinctPartColLists>\nFor partitioned table directories, "
     "data files should only live in leaf directories.\nAnd directories at the same level should have the same "
     "partition column name.\nPlease check the following directories for unexpected files or inconsistent "
     "partition column names:\n<suspiciousPaths>"},
    {"CONFLICTING_PARTITION_COLUMN_NAME_WITH_RESERVED", "KD009",
     "Partition column name '<partitionColumnName>' conflicts with reserved column name.\nThe schema of "
     "<tableName> is Hive-incompatible, Spark automatically generates a reserved column '<partitionColumnName>' "
     "to store the table in a specific way.\nPlease use a different name for the partition column."},
    {"CONSTRAINT_ALREADY_EXISTS", "42710",
     "Constraint '<constraintName>' already exists. Please delete the existing constraint first.\nExisting "
     "constraint:\n<oldConstraint>"},
    {"CONSTRAINT_DOES_NOT_EXIST", "42704",
     "Cannot drop nonexistent constraint <constraintName> from table <tableName>."},
    {"CONVERSION_INVALID_INPUT", "22018",
     "The value <str> (<fmt>) cannot be converted to <targetType> because it is malformed. Correct the value as "
     "per the syntax, or change its format. Use <suggestion> to tolerate malformed input and return NULL instead."},
    {"CORRUPTED_CATALOG_FUNCTION", "0A000",
     "Cannot convert the catalog function '<identifier>' into a SQL function due to corrupted function "
     "information in catalog. If the function is not a SQL function, please make sure the class name "
     "'<className>' is loadable."},
    {"CREATE_PERMANENT_VIEW_WITHOUT_ALIAS", "0A000",
     "Not allowed to create the permanent view <name> without explicitly assigning an alias for the expression "
     "<attr>."},
    {"CREATE_TABLE_COLUMN_DESCRIPTOR_DUPLICATE", "42710",
     "CREATE TABLE column <columnName> specifies descriptor \"<optionName>\" more than once, which is invalid."},
    {"CREATE_VIEW_COLUMN_ARITY_MISMATCH", "21S01",
     "Cannot create view <viewName>, the reason is"},
    {"CREATE_VIEW_COLUMN_ARITY_MISMATCH.NOT_ENOUGH_DATA_COLUMNS", "21S01",
     "Cannot create view <viewName>, the reason is not enough data columns:\nView columns: <viewColumns>.\nData "
     "columns: <dataColumns>."},
    {"CREATE_VIEW_COLUMN_ARITY_MISMATCH.TOO_MANY_DATA_COLUMNS", "21S01",
     "Cannot create view <viewName>, the reason is too many data columns:\nView columns: <viewColumns>.\nData "
     "columns: <dataColumns>."},
    {"CREATE_VIEW_WITH_IF_NOT_EXISTS_AND_REPLACE", "42601",
     "CREATE VIEW <viewName> with both IF NOT EXISTS and REPLACE is not allowed."},
    {"CURSOR_ALREADY_EXISTS", "42723",
     "Cannot declare cursor <cursorName> because it already exists in the current scope."},
    {"CURSOR_ALREADY_OPEN", "24502",
     "Cannot open cursor <cursorName> because it is already open."},
    {"CURSOR_NOT_FOUND", "42883",
     "Cursor <cursorName> not found in the current scope."},
    {"CURSOR_NOT_OPEN", "24501",
     "Cannot fetch from or close cursor <cursorName> because it is not open."},
    {"CURSOR_NO_MORE_ROWS", "02000",
     "No more rows available to fetch from cursor <cursorName>."},
    {"CURSOR_OUTSIDE_SCRIPT", "0A000",
     "Cursor operations can only be used within SQL scripts."},
    {"CURSOR_REFERENCE_INVALID_QUALIFIER", "42601",
     "Cursor reference <cursorName> is invalid. Cursor references can only have at most one qualifier (e.g., "
     "label.cursor)."},
    {"DATAFRAME_INPUT_NOT_SINGLE_COLUMN", "42K09",
     "Input DataFrame must have exactly one column, but got <numColumns>."},
    {"DATAFRAME_INPUT_NOT_STRING_TYPE", "42K09",
     "Input DataFrame column must be StringType, but got <dataType>."},
    {"DATATYPE_CANNOT_ORDER", "0A000",
     "Type <dataType> does not support ordered operations."},
    {"DATATYPE_MISMATCH", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch:"},
    {"DATATYPE_MISMATCH.ARRAY_FUNCTION_DIFF_TYPES", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: Input to <functionName> should have been <dataType> "
     "followed by a value with same element type, but it's [<leftType>, <rightType>]."},
    {"DATATYPE_MISMATCH.BINARY_ARRAY_DIFF_TYPES", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: Input to function <functionName> should have been two "
     "<arrayType> with same element type, but it's [<leftType>, <rightType>]."},
    {"DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: the left and right operands of the binary operator have "
     "incompatible types (<left> and <right>)."},
    {"DATATYPE_MISMATCH.BINARY_OP_WRONG_TYPE", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: the binary operator requires the input type "
     "<inputType>, not <actualDataType>."},
    {"DATATYPE_MISMATCH.BLOOM_FILTER_BINARY_OP_WRONG_TYPE", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: The Bloom filter binary input to <functionName> should "
     "be either a constant value or a scalar subquery expression, but it's <actual>."},
    {"DATATYPE_MISMATCH.BLOOM_FILTER_WRONG_TYPE", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: Input to function <functionName> should have been "
     "<expectedLeft> followed by value with <expectedRight>, but it's [<actual>]."},
    {"DATATYPE_MISMATCH.CANNOT_CONVERT_TO_JSON", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: Unable to convert column <name> of type <type> to JSON."},
    {"DATATYPE_MISMATCH.CANNOT_DROP_ALL_FIELDS", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: Cannot drop all fields in struct."},
    {"DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: cannot cast <srcType> to <targetType>."},
    {"DATATYPE_MISMATCH.CAST_WITH_CONF_SUGGESTION", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: cannot cast <srcType> to <targetType> with ANSI mode "
     "on.\nIf you have to cast <srcType> to <targetType>, you can set <config> as <configVal>."},
    {"DATATYPE_MISMATCH.CAST_WITH_FUNC_SUGGESTION", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: cannot cast <srcType> to <targetType>.\nTo convert "
     "values from <srcType> to <targetType>, you can use the functions <functionNames> instead."},
    {"DATATYPE_MISMATCH.CREATE_MAP_KEY_DIFF_TYPES", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: The given keys of function <functionName> should all be "
     "the same type, but they are <dataType>."},
    {"DATATYPE_MISMATCH.CREATE_MAP_VALUE_DIFF_TYPES", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: The given values of function <functionName> should all "
     "be the same type, but they are <dataType>."},
    {"DATATYPE_MISMATCH.CREATE_NAMED_STRUCT_WITHOUT_FOLDABLE_STRING", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: Only foldable `STRING` expressions are allowed to "
     "appear at odd position, but they are <inputExprs>."},
    {"DATATYPE_MISMATCH.DATA_DIFF_TYPES", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: Input to <functionName> should all be the same type, "
     "but it's <dataType>."},
    {"DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: Filter expression <filter> of type <type> is not a "
     "boolean."},
    {"DATATYPE_MISMATCH.HASH_MAP_TYPE", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: Input to the function <functionName> cannot contain "
     "elements of the \"MAP\" type. In Spark, same maps may have different hashcode, thus hash expressions are "
     "prohibited on \"MAP\" elements. To restore previous behavior set \"spark.sql.legacy.allowHashOnMapType\" to "
     "\"true\"."},
    {"DATATYPE_MISMATCH.HASH_VARIANT_TYPE", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: Input to the function <functionName> cannot contain "
     "elements of the \"VARIANT\" type yet."},
    {"DATATYPE_MISMATCH.INPUT_SIZE_NOT_ONE", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: Length of <exprName> should be 1."},
    {"DATATYPE_MISMATCH.INVALID_ARG_VALUE", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: The <inputName> value must to be a <requireType> "
     "literal of <validValues>, but got <inputValue>."},
    {"DATATYPE_MISMATCH.INVALID_JSON_MAP_KEY_TYPE", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: Input schema <schema> can only contain STRING as a key "
     "type for a MAP."},
    {"DATATYPE_MISMATCH.INVALID_JSON_SCHEMA", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: Input schema <schema> must be a struct, an array, a map "
     "or a variant."},
    {"DATATYPE_MISMATCH.INVALID_MAP_KEY_TYPE", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: The key of map cannot be/contain <keyType>."},
    {"DATATYPE_MISMATCH.INVALID_ORDERING_TYPE", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: The <functionName> does not support ordering on type "
     "<dataType>."},
    {"DATATYPE_MISMATCH.INVALID_ROW_LEVEL_OPERATION_ASSIGNMENTS", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: <errors>"},
    {"DATATYPE_MISMATCH.INVALID_XML_MAP_KEY_TYPE", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: Input schema <schema> can only contain STRING as a key "
     "type for a MAP."},
    {"DATATYPE_MISMATCH.INVALID_XML_SCHEMA", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: Input schema <schema> must be a struct or a variant."},
    {"DATATYPE_MISMATCH.IN_SUBQUERY_DATA_TYPE_MISMATCH", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: The data type of one or more elements in the left hand "
     "side of an IN subquery is not compatible with the data type of the output of the subquery. Mismatched "
     "columns: [<mismatchedColumns>], left side: [<leftType>], right side: [<rightType>]."},
    {"DATATYPE_MISMATCH.IN_SUBQUERY_LENGTH_MISMATCH", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: The number of columns in the left hand side of an IN "
     "subquery does not match the number of columns in the output of subquery. Left hand side columns(length: "
     "<leftLength>): [<leftColumns>], right hand side columns(length: <rightLength>): [<rightColumns>]."},
    {"DATATYPE_MISMATCH.MAP_CONCAT_DIFF_TYPES", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: The <functionName> should all be of type map, but it's "
     "<dataType>."},
    {"DATATYPE_MISMATCH.MAP_FUNCTION_DIFF_TYPES", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: Input to <functionName> should have been <dataType> "
     "followed by a value with same key type, but it's [<leftType>, <rightType>]."},
    {"DATATYPE_MISMATCH.MAP_ZIP_WITH_DIFF_TYPES", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: Input to the <functionName> should have been two maps "
     "with compatible key types, but it's [<leftType>, <rightType>]."},
    {"DATATYPE_MISMATCH.NON_FOLDABLE_INPUT", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: the input <inputName> should be a foldable <inputType> "
     "expression; however, got <inputExpr>."},
    {"DATATYPE_MISMATCH.NON_STRING_TYPE", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: all arguments of the function <funcName> must be "
     "strings."},
    {"DATATYPE_MISMATCH.NON_STRUCT_TYPE", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: the input <inputName> should be a struct expression; "
     "however, got <inputType>."},
    {"DATATYPE_MISMATCH.NULL_TYPE", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: Null typed values cannot be used as arguments of "
     "<functionName>."},
    {"DATATYPE_MISMATCH.PARAMETER_CONSTRAINT_VIOLATION", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: The <leftExprName>(<leftExprValue>) must be "
     "<constraint> the <rightExprName>(<rightExprValue>)."},
    {"DATATYPE_MISMATCH.RANGE_FRAME_INVALID_TYPE", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: The data type <orderSpecType> used in the order "
     "specification does not support the data type <valueBoundaryType> which is used in the range frame."},
    {"DATATYPE_MISMATCH.RANGE_FRAME_MULTI_ORDER", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: A range window frame with value boundaries cannot be "
     "used in a window specification with multiple order by expressions: <orderSpec>."},
    {"DATATYPE_MISMATCH.RANGE_FRAME_WITHOUT_ORDER", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: A range window frame cannot be used in an unordered "
     "window specification."},
    {"DATATYPE_MISMATCH.SEQUENCE_WRONG_INPUT_TYPES", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: <functionName> uses the wrong parameter type. The "
     "parameter type must conform to:\n1. The start and stop expressions must resolve to the same type.\n2. If "
     "start and stop expressions resolve to the <startType> type, then the step expression must resolve to the "
     "<stepType> type.\n3. Otherwise, if start and stop expressions resolve to the <otherStartType> type, then "
     "the step expression must resolve to the same type."},
    {"DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_DIFF_TYPES", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: Window frame bounds <lower> and <upper> do not have the "
     "same type: <lowerType> <> <upperType>."},
    {"DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_INVALID_BOUND", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: Window frame upper bound <upper> does not follow the "
     "lower bound <lower>."},
    {"DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_UNACCEPTED_TYPE", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: The data type of the <location> bound <exprType> does "
     "not match the expected data type <expectedType>."},
    {"DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_WITHOUT_FOLDABLE", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: Window frame <location> bound <expression> is not a "
     "literal."},
    {"DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_WRONG_COMPARISON", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: The lower bound of a window frame must be <comparison> "
     "to the upper bound."},
    {"DATATYPE_MISMATCH.STACK_COLUMN_DIFF_TYPES", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: The data type of the column (<columnIndex>) do not have "
     "the same type: <leftType> (<leftParamIndex>) <> <rightType> (<rightParamIndex>)."},
    {"DATATYPE_MISMATCH.TYPE_CHECK_FAILURE_WITH_HINT", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: <msg><hint>."},
    {"DATATYPE_MISMATCH.UNEXPECTED_CLASS_TYPE", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: class <className> not found."},
    {"DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: The <paramIndex> parameter requires the <requiredType> "
     "type, however <inputSql> has the type <inputType>."},
    {"DATATYPE_MISMATCH.UNEXPECTED_NULL", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: The <exprName> must not be null."},
    {"DATATYPE_MISMATCH.UNEXPECTED_RETURN_TYPE", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: The <functionName> requires return <expectedType> type, "
     "but the actual is <actualType> type."},
    {"DATATYPE_MISMATCH.UNEXPECTED_STATIC_METHOD", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: cannot find a static method <methodName> that matches "
     "the argument types in <className>."},
    {"DATATYPE_MISMATCH.UNSUPPORTED_INPUT_TYPE", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: The input of <functionName> can't be <dataType> type "
     "data."},
    {"DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: The <exprName> must be between <valueRange> (current "
     "value = <currentValue>)."},
    {"DATATYPE_MISMATCH.WRONG_NUM_ARG_TYPES", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: The expression requires <expectedNum> argument types "
     "but the actual number is <actualNum>."},
    {"DATATYPE_MISMATCH.WRONG_NUM_ENDPOINTS", "42K09",
     "Cannot resolve <sqlExpr> due to data type mismatch: The number of endpoints must be >= 2 to construct "
     "intervals but the actual number is <actualNumber>."},
    {"DATATYPE_MISSING_SIZE", "42K01",
     "DataType <type> requires a length parameter, for example <type>(10). Please specify the length."},
    {"DATA_SOURCE_ALREADY_EXISTS", "42710",
     "Data source '<provider>' already exists. Please choose a different name for the new data source."},
    {"DATA_SOURCE_EXTERNAL_ERROR", "KD010",
     "Encountered error when saving to external data source."},
    {"DATA_SOURCE_NOT_EXIST", "42704",
     "Data source '<provider>' not found. Please make sure the data source is registered."},
    {"DATA_SOURCE_NOT_FOUND", "42K02",
     "Failed to find the data source: <provider>. Make sure the provider name is correct and the package is "
     "properly registered and compatible with your Spark version."},
    {"DATA_SOURCE_TABLE_SCHEMA_MISMATCH", "42K03",
     "The schema of the data source table does not match the expected schema. If you are using the "
     "DataFrameReader.schema API or creating a table, avoid specifying the schema.\nData Source schema: "
     "<dsSchema>\nExpected schema: <expectedSchema>"},
    {"DATETIME_FIELD_OUT_OF_BOUNDS", "22023",
     "<rangeMessage>."},
    {"DATETIME_FIELD_OUT_OF_BOUNDS.WITHOUT_SUGGESTION", "22023",
     "<rangeMessage>. "},
    {"DATETIME_FIELD_OUT_OF_BOUNDS.WITH_SUGGESTION", "22023",
     "<rangeMessage>. If necessary set <ansiConfig> to \"false\" to bypass this error."},
    {"DATETIME_OVERFLOW", "22008",
     "Datetime operation overflow: <operation>."},
    {"DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION", "22003",
     "Decimal precision <precision> exceeds max precision <maxPrecision>."},
    {"DEFAULT_DATABASE_NOT_EXISTS", "42704",
     "Default database <defaultDatabase> does not exist, please create it first or change default database to "
     "`<defaultDatabase>`."},
    {"DEFAULT_PLACEMENT_INVALID", "42608",
     "A DEFAULT keyword in a MERGE, INSERT, UPDATE, or SET VARIABLE command could not be directly assigned to a "
     "target column because it was part of an expression.\nFor example: `UPDATE SET c1 = DEFAULT` is allowed, but "
     "`UPDATE T SET c1 = DEFAULT + 1` is not allowed."},
    {"DEFAULT_UNSUPPORTED", "42623",
     "Failed to execute <statementType> command because DEFAULT values are not supported for target data source "
     "with table provider: \"<dataSource>\"."},
    {"DESCRIBE_JSON_NOT_EXTENDED", "0A000",
     "DESCRIBE TABLE ... AS JSON only supported when [EXTENDED|FORMATTED] is specified.\nFor example: DESCRIBE "
     "EXTENDED <tableName> AS JSON is supported but DESCRIBE <tableName> AS JSON is not."},
    {"DISTINCT_WINDOW_FUNCTION_UNSUPPORTED", "0A000",
     "Distinct window functions are not supported: <windowExpr>."},
    {"DIVIDE_BY_ZERO", "22012",
     "Division by zero. Use `try_divide` to tolerate divisor being 0 and return NULL instead. If necessary set "
     "<config> to \"false\" to bypass this error."},
    {"DUPLICATED_CTE_NAMES", "42602",
     "CTE definition can't have duplicate names: <duplicateNames>."},
    {"DUPLICATED_FIELD_NAME_IN_ARROW_STRUCT", "42713",
     "Duplicated field names in Arrow Struct are not allowed, got <fieldNames>."},
    {"DUPLICATED_MAP_KEY", "23505",
     "Duplicate map key <key> was found, please check the input data.\nIf you want to remove the duplicated keys, "
     "you can set <mapKeyDedupPolicy> to \"LAST_WIN\" so that the key inserted at last takes precedence."},
    {"DUPLICATED_METRICS_NAME", "42710",
     "The metric name is not unique: <metricName>. The same name cannot be used for metrics with different "
     "results.\nHowever multiple instances of metrics with with same result and name are allowed (e.g. "
     "self-joins)."},
    {"DUPLICATE_ASSIGNMENTS", "42701",
     "The columns or variables <nameList> appear more than once as assignment targets."},
    {"DUPLICATE_CLAUSES", "42614",
     "Found duplicate clauses: <clauseName>. Please, remove one of them."},
    {"DUPLICATE_CONDITION_IN_SCOPE", "42734",
     "Found duplicate condition <condition> in the scope. Please, remove one of them."},
    {"DUPLICATE_EXCEPTION_HANDLER", "42734",
     "Found duplicate handlers. Please, remove one of them."},
    {"DUPLICATE_EXCEPTION_HANDLER.CONDITION", "42734",
     "Found duplicate handlers. Please, remove one of them. Found duplicate handlers for the same condition "
     "<condition>."},
    {"DUPLICATE_EXCEPTION_HANDLER.SQLSTATE", "42734",
     "Found duplicate handlers. Please, remove one of them. Found duplicate handlers for the same SQLSTATE "
     "<sqlState>."},
    {"DUPLICATE_KEY", "23505",
     "Found duplicate keys <keyColumn>."},
    {"DUPLICATE_ROUTINE_PARAMETER_ASSIGNMENT", "4274K",
     "Call to routine <routineName> is invalid because it includes multiple argument assignments to the same "
     "parameter name <parameterName>."},
    {"DUPLICATE_ROUTINE_PARAMETER_ASSIGNMENT.BOTH_POSITIONAL_AND_NAMED", "4274K",
     "Call to routine <routineName> is invalid because it includes multiple argument assignments to the same "
     "parameter name <parameterName>. A positional argument and named argument both referred to the same "
     "parameter. Please remove the named argument referring to this parameter."},
    {"DUPLICATE_ROUTINE_PARAMETER_ASSIGNMENT.DOUBLE_NAMED_ARGUMENT_REFERENCE", "4274K",
     "Call to routine <routineName> is invalid because it includes multiple argument assignments to the same "
     "parameter name <parameterName>. More than one named argument referred to the same parameter. Please assign "
     "a value only once."},
    {"DUPLICATE_ROUTINE_PARAMETER_NAMES", "42734",
     "Found duplicate name(s) in the parameter list of the user-defined routine <routineName>: <names>."},
    {"DUPLICATE_ROUTINE_RETURNS_COLUMNS", "42711",
     "Found duplicate column(s) in the RETURNS clause column list of the user-defined routine <routineName>: "
     "<columns>."},
    {"DUPLICATE_SQL_PATH_ENTRY", "42732",
     "Duplicate SQL path entry <pathEntry>. The session SQL path cannot contain the same namespace more than once "
     "(including after expanding shortcuts like DEFAULT_PATH or SYSTEM_PATH)."},
    {"DUPLICATE_VARIABLE_NAME_INSIDE_DECLARE", "42734",
     "Found duplicate variable <variableName> in the declare variable list. Please, remove one of them."},
    {"DYNAMIC_PARTITION_WRITE_PARTITION_NUM_LIMIT_EXCEEDED", "54054",
     "Number of dynamic partitions created is <numWrittenParts>, which is more than <maxDynamicPartitions>. To "
     "solve this try to set <maxDynamicPartitionsKey> to at least <numWrittenParts>."},
    {"EMPTY_JSON_FIELD_VALUE", "42604",
     "Failed to parse an empty string for data type <dataType>."},
    {"EMPTY_PARTITION_COLUMN_NAME", "KD009",
     "Found an empty partition column name in the path segment '<columnSpec>'. Each partition directory must have "
     "a non-empty column name before the '=' sign (e.g., 'col=value')."},
    {"EMPTY_PARTITION_COLUMN_VALUE", "KD009",
     "Found an empty partition column value in the path segment '<columnSpec>'. Each partition directory must "
     "have a non-empty value after the '=' sign (e.g., 'col=value')."},
    {"EMPTY_SCHEMA_NOT_SUPPORTED_FOR_DATASOURCE", "0A000",
     "The <format> datasource does not support writing empty or nested empty schemas. Please make sure the data "
     "schema has at least one or more column(s)."},
    {"END_LABEL_WITHOUT_BEGIN_LABEL", "42K0L",
     "End label <endLabel> can not exist without begin label."},
    {"EVENT_TIME_IS_NOT_ON_TIMESTAMP_TYPE", "42K09",
     "The event time <eventName> has the invalid type <eventType>, but expected \"TIMESTAMP\"."},
    {"EVENT_TIME_MUST_BE_TOP_LEVEL_COLUMN", "42K09",
     "The event time in withWatermark must be a top-level column, but '<eventExpr>' is a nested field. To use it, "
     "alias it to a top-level column in a select before withWatermark."},
    {"EXCEED_LIMIT_LENGTH", "54006",
     "Exceeds char/varchar type length limitation: <limit>."},
    {"EXCEPT_NESTED_COLUMN_INVALID_TYPE", "428H2",
     "EXCEPT column <columnName> was resolved and expected to be StructType, but found type <dataType>."},
    {"EXCEPT_OVERLAPPING_COLUMNS", "42702",
     "Columns in an EXCEPT list must be distinct and non-overlapping, but got (<columns>)."},
    {"EXEC_IMMEDIATE_DUPLICATE_ARGUMENT_ALIASES", "42701",
     "The USING clause of this EXECUTE IMMEDIATE command contained multiple arguments with same alias "
     "(<aliases>), which is invalid; please update the command to specify unique aliases and then try it again."},
    {"EXPECT_PERMANENT_VIEW_NOT_TEMP", "42809",
     "'<operation>' expects a permanent view but <viewName> is a temp view."},
    {"EXPECT_TABLE_NOT_VIEW", "42809",
     "'<operation>' expects a table but <viewName> is a view."},
    {"EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE", "42809",
     "'<operation>' expects a table but <viewName> is a view. "},
    {"EXPECT_TABLE_NOT_VIEW.USE_ALTER_VIEW", "42809",
     "'<operation>' expects a table but <viewName> is a view. Please use ALTER VIEW instead."},
    {"EXPECT_VIEW_NOT_TABLE", "42809",
     "The table <tableName> does not support <operation>."},
    {"EXPECT_VIEW_NOT_TABLE.NO_ALTERNATIVE", "42809",
     "The table <tableName> does not support <operation>. "},
    {"EXPECT_VIEW_NOT_TABLE.USE_ALTER_TABLE", "42809",
     "The table <tableName> does not support <operation>. Please use ALTER TABLE instead."},
    {"EXPRESSION_TRANSLATION_TO_V2_IS_NOT_SUPPORTED", "0A000",
     "Expression <expr> cannot be translated to v2 expression."},
    {"EXPRESSION_TYPE_IS_NOT_ORDERABLE", "42822",
     "Column expression <expr> cannot be sorted because its type <exprType> is not orderable."},
    {"FAILED_EXECUTE_UDF", "39000",
     "User defined function (<functionName>: (<signature>) => <result>) failed due to: <reason>."},
    {"FAILED_FUNCTION_CALL", "38000",
     "Failed preparing of the function <funcName> for call. Please, double check function's arguments."},
    {"FAILED_PARSE_STRUCT_TYPE", "22018",
     "Failed parsing struct: <raw>."},
    {"FAILED_READ_FILE", "KD001",
     "Encountered error while reading file <path>."},
    {"FAILED_READ_FILE.CANNOT_READ_FILE_FOOTER", "KD001",
     "Encountered error while reading file <path>. Could not read footer. Please ensure that the file is in "
     "either ORC or Parquet format.\nIf not, please convert it to a valid format. If the file is in the valid "
     "format, please check if it is corrupt.\nIf it is, you can choose to either ignore it or fix the corruption."},
    {"FAILED_READ_FILE.FILE_NOT_EXIST", "KD001",
     "Encountered error while reading file <path>. File does not exist. It is possible the underlying files have "
     "been updated.\nYou can explicitly invalidate the cache in Spark by running 'REFRESH TABLE tableName' "
     "command in SQL or by recreating the Dataset/DataFrame involved."},
    {"FAILED_READ_FILE.NO_HINT", "KD001",
     "Encountered error while reading file <path>. "},
    {"FAILED_READ_FILE.PARQUET_COLUMN_DATA_TYPE_MISMATCH", "KD001",
     "Encountered error while reading file <path>. Data type mismatches when reading Parquet column <column>. "
     "Expected Spark type <expectedType>, actual Parquet type <actualType>."},
    {"FAILED_READ_FILE.UNSUPPORTED_FILE_SYSTEM", "KD001",
     "Encountered error while reading file <path>. The file system <fileSystemClass> hasn't implemented <method>."},
    {"FAILED_RENAME_PATH", "42K04",
     "Failed to rename <sourcePath> to <targetPath> as destination already exists."},
    {"FAILED_RENAME_TEMP_FILE", "58030",
     "Failed to rename temp file <srcPath> to <dstPath> as FileSystem.rename returned false."},
    {"FAILED_ROW_TO_JSON", "2203G",
     "Failed to convert the row value <value> of the class <class> to the target SQL type <sqlType> in the JSON "
     "format."},
    {"FAILED_TO_CREATE_PLAN_FOR_DIRECT_QUERY", "58030",
     "Failed to create plan for direct query on files: <dataSourceType>"},
    {"FAILED_TO_LOAD_ROUTINE", "38000",
     "Failed to load routine <routineName>."},
    {"FAILED_TO_PARSE_TOO_COMPLEX", "54001",
     "The statement, including potential SQL functions and referenced views, was too complex to parse.\nTo "
     "mitigate this error divide the statement into multiple, less complex chunks."},
    {"FAILED_UPDATE_VIEW_SCHEMA", "58030",
     "The schema of view <viewName> is out of sync with its query output. Queries on this view will fail until "
     "the schema is updated.\nBecause the view is created <schemaMode>, an automatic sync was attempted but the "
     "catalog failed to apply the update.\nStored view schema: <existingSchema>\nQuery output schema: "
     "<newSchema>\nTo resolve this, ALTER the view schema manually or ask an administrator to do so. "
     "Alternatively, consider running ALTER VIEW <viewName> WITH SCHEMA COMPENSATION, which casts the query "
     "output to match the stored view schema at query time and does not require updating the catalog."},
    {"FEATURE_NOT_ENABLED", "56038",
     "The feature <featureName> is not enabled. Consider setting the config <configKey> to <configValue> to "
     "enable this capability."},
    {"FIELD_ALREADY_EXISTS", "42710",
     "Cannot <op> column, because <fieldNames> already exists in <struct>."},
    {"FIELD_NOT_FOUND", "42704",
     "No such struct field <fieldName> in <fields>."},
    {"FORBIDDEN_OPERATION", "42809",
     "The operation <statement> is not allowed on the <objectType>: <objectName>."},
    {"GENERATED_COLUMN_WITH_DEFAULT_VALUE", "42623",
     "A column cannot have both a default value and a generation expression but column <colName> has default "
     "value: (<defaultValue>) and generation expression: (<genExpr>)."},
    {"GROUPING_COLUMN_MISMATCH", "42803",
     "Column of grouping (<grouping>) can't be found in grouping columns <groupingColumns>."},
    {"GROUPING_ID_COLUMN_MISMATCH", "42803",
     "Columns of grouping_id (<groupingIdColumn>) does not match grouping columns (<groupByColumns>)."},
    {"GROUPING_SIZE_LIMIT_EXCEEDED", "54000",
     "Grouping sets size cannot be greater than <maxSize>."},
    {"GROUP_BY_AGGREGATE", "42903",
     "Aggregate functions are not allowed in GROUP BY, but found <sqlExpr>."},
    {"GROUP_BY_POS_AGGREGATE", "42903",
     "GROUP BY <index> refers to an expression <aggExpr> that contains an aggregate function. Aggregate functions "
     "are not allowed in GROUP BY."},
    {"GROUP_BY_POS_OUT_OF_RANGE", "42805",
     "GROUP BY position <index> is not in select list (valid range is [1, <size>])."},
    {"GROUP_EXPRESSION_TYPE_IS_NOT_ORDERABLE", "42822",
     "The expression <sqlExpr> cannot be used as a grouping expression because its data type <dataType> is not an "
     "orderable data type."},
    {"HLL_INVALID_INPUT_SKETCH_BUFFER", "22546",
     "Invalid call to <function>; only valid HLL sketch buffers are supported as inputs (such as those produced "
     "by the `hll_sketch_agg` function)."},
    {"HLL_INVALID_LG_K", "22546",
     "Invalid call to <function>; the `lgConfigK` value must be between <min> and <max>, inclusive: <value>."},
    {"HLL_K_MUST_BE_CONSTANT", "42K0E",
     "Invalid call to <function>; the `K` value must be a constant value, but got a non-constant expression."},
    {"HLL_UNION_DIFFERENT_LG_K", "22000",
     "Sketches have different `lgConfigK` values: <left> and <right>. Set the `allowDifferentLgConfigK` parameter "
     "to true to call <function> with different `lgConfigK` values."},
    {"IDENTIFIER_TOO_MANY_NAME_PARTS", "42601",
     "<identifier> is not a valid identifier as it has more than <limit> name parts."},
    {"IDENTITY_COLUMNS_DUPLICATED_SEQUENCE_GENERATOR_OPTION", "42601",
     "Duplicated IDENTITY column sequence generator option: <sequenceGeneratorOption>."},
    {"IDENTITY_COLUMNS_ILLEGAL_STEP", "42611",
     "IDENTITY column step cannot be 0."},
    {"IDENTITY_COLUMNS_UNSUPPORTED_DATA_TYPE", "428H2",
     "DataType <dataType> is not supported for IDENTITY columns."},
    {"IDENTITY_COLUMN_WITH_DEFAULT_VALUE", "42623",
     "A column cannot have both a default value and an identity column specification but column <colName> has "
     "default value: (<defaultValue>) and identity column specification: (<identityColumnSpec>)."},
    {"ILLEGAL_DAY_OF_WEEK", "22009",
     "Illegal input for day of week: <string>."},
    {"INCOMPARABLE_PIVOT_COLUMN", "42818",
     "Invalid pivot column <columnName>. Pivot columns must be comparable."},
    {"INCOMPATIBLE_BATCH_VIEW_READ", "42000",
     "View <datasetIdentifier> is a batch view and must be referenced using SparkSession#read. This check can be "
     "disabled by setting Spark conf pipelines.incompatibleViewCheck.enabled = false."},
    {"INCOMPATIBLE_COLUMN_CHANGES_AFTER_VIEW_WITH_PLAN_CREATION", "51024",
     "View <viewName> plan references table <tableName> whose <colType> columns changed since the view plan was "
     "initially captured.\nColumn changes:\n<errors>\nThis indicates the table has evolved and the view based on "
     "the plan must be recreated."},
    {"INCOMPATIBLE_COLUMN_TYPE", "42825",
     "<operator> can only be performed on tables with compatible column types. The <columnOrdinalNumber> column "
     "of the <tableOrdinalNumber> table is <dataType1> type which is not compatible with <dataType2> at the same "
     "column of the first table.<hint>."},
    {"INCOMPATIBLE_DATASOURCE_REGISTER", "56038",
     "Detected an incompatible DataSourceRegister. Please remove the incompatible library from classpath or "
     "upgrade it. Error: <message>"},
    {"INCOMPATIBLE_DATA_FOR_TABLE", "KD000",
     "Cannot write incompatible data for the table <tableName>:"},
    {"INCOMPATIBLE_DATA_FOR_TABLE.AMBIGUOUS_COLUMN_NAME", "KD000",
     "Cannot write incompatible data for the table <tableName>: Ambiguous column name in the input data <colName>."},
    {"INCOMPATIBLE_DATA_FOR_TABLE.CANNOT_FIND_DATA", "KD000",
     "Cannot write incompatible data for the table <tableName>: Cannot find data for the output column <colName>."},
    {"INCOMPATIBLE_DATA_FOR_TABLE.CANNOT_SAFELY_CAST", "KD000",
     "Cannot write incompatible data for the table <tableName>: Cannot safely cast <colName> <srcType> to "
     "<targetType>."},
    {"INCOMPATIBLE_DATA_FOR_TABLE.EXTRA_COLUMNS", "KD000",
     "Cannot write incompatible data for the table <tableName>: Cannot write extra columns <extraColumns>."},
    {"INCOMPATIBLE_DATA_FOR_TABLE.EXTRA_STRUCT_FIELDS", "KD000",
     "Cannot write incompatible data for the table <tableName>: Cannot write extra fields <extraFields> to the "
     "struct <colName>."},
    {"INCOMPATIBLE_DATA_FOR_TABLE.NULLABLE_ARRAY_ELEMENTS", "KD000",
     "Cannot write incompatible data for the table <tableName>: Cannot write nullable elements to array of "
     "non-nulls: <colName>."},
    {"INCOMPATIBLE_DATA_FOR_TABLE.NULLABLE_COLUMN", "KD000",
     "Cannot write incompatible data for the table <tableName>: Cannot write nullable values to non-null column "
     "<colName>."},
    {"INCOMPATIBLE_DATA_FOR_TABLE.NULLABLE_MAP_VALUES", "KD000",
     "Cannot write incompatible data for the table <tableName>: Cannot write nullable values to map of non-nulls: "
     "<colName>."},
    {"INCOMPATIBLE_DATA_FOR_TABLE.STRUCT_MISSING_FIELDS", "KD000",
     "Cannot write incompatible data for the table <tableName>: Struct <colName> missing fields: <missingFields>."},
    {"INCOMPATIBLE_DATA_FOR_TABLE.UNEXPECTED_COLUMN_NAME", "KD000",
     "Cannot write incompatible data for the table <tableName>: Struct <colName> <order>-th field name does not "
     "match (may be out of order): expected <expected>, found <found>."},
    {"INCOMPATIBLE_JOIN_TYPES", "42613",
     "The join types <joinType1> and <joinType2> are incompatible."},
    {"INCOMPATIBLE_TABLE_CHANGE_AFTER_ANALYSIS", "51024",
     "Detected incompatible changes to table <tableName> after DataFrame/Dataset has been resolved and analyzed, "
     "meaning the underlying plan is out of sync. Please, re-create DataFrame/Dataset before attempting to "
     "execute the query again."},
    {"INCOMPATIBLE_TABLE_CHANGE_AFTER_ANALYSIS.COLUMNS_MISMATCH", "51024",
     "Detected incompatible changes to table <tableName> after DataFrame/Dataset has been resolved and analyzed, "
     "meaning the underlying plan is out of sync. Please, re-create DataFrame/Dataset before attempting to "
     "execute the query again. Data columns have changed:\n<errors>"},
    {"INCOMPATIBLE_TABLE_CHANGE_AFTER_ANALYSIS.METADATA_COLUMNS_MISMATCH", "51024",
     "Detected incompatible changes to table <tableName> after DataFrame/Dataset has been resolved and analyzed, "
     "meaning the underlying plan is out of sync. Please, re-create DataFrame/Dataset before attempting to "
     "execute the query again. Metadata columns have changed:\n<errors>"},
    {"INCOMPATIBLE_TABLE_CHANGE_AFTER_ANALYSIS.TABLE_ID_MISMATCH", "51024",
     "Detected incompatible changes to table <tableName> after DataFrame/Dataset has been resolved and analyzed, "
     "meaning the underlying plan is out of sync. Please, re-create DataFrame/Dataset before attempting to "
     "execute the query again. Table ID has changed from <capturedTableId> to <currentTableId>."},
    {"INCOMPATIBLE_VIEW_SCHEMA_CHANGE", "51024",
     "The SQL query of view <viewName> has an incompatible schema change and column <colName> cannot be resolved. "
     "Expected <expectedNum> columns named <colName> but got <actualCols>.\nPlease try to re-create the view by "
     "running: <suggestion>."},
    {"INCOMPLETE_TYPE_DEFINITION", "42K01",
     "Incomplete complex type:"},
    {"INCOMPLETE_TYPE_DEFINITION.ARRAY", "42K01",
     "Incomplete complex type: The definition of \"ARRAY\" type is incomplete. You must provide an element type. "
     "For example: \"ARRAY<elementType>\"."},
    {"INCOMPLETE_TYPE_DEFINITION.MAP", "42K01",
     "Incomplete complex type: The definition of \"MAP\" type is incomplete. You must provide a key type and a "
     "value type. For example: \"MAP<TIMESTAMP, INT>\"."},
    {"INCOMPLETE_TYPE_DEFINITION.STRUCT", "42K01",
     "Incomplete complex type: The definition of \"STRUCT\" type is incomplete. You must provide at least one "
     "field type. For example: \"STRUCT<name STRING, phone DECIMAL(10, 0)>\"."},
    {"INCONSISTENT_BEHAVIOR_CROSS_VERSION", "42K0B",
     "You may get a different result due to the upgrading to"},
    {"INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_PATTERN_RECOGNITION", "42K0B",
     "You may get a different result due to the upgrading to Spark >= 3.0:\nFail to recognize <pattern> pattern "
     "in the DateTimeFormatter.\n1) You can set <config> to \"LEGACY\" to restore the behavior before Spark "
     "3.0.\n2) You can form a valid datetime pattern with the guide from "
     "'<docroot>/sql-ref-datetime-pattern.html'."},
    {"INCONSISTENT_BEHAVIOR_CROSS_VERSION.DATETIME_WEEK_BASED_PATTERN", "42K0B",
     "You may get a different result due to the upgrading to Spark >= 3.0:\nAll week-based patterns are "
     "unsupported since Spark 3.0, detected week-based character: <c>.\nPlease use the SQL function EXTRACT "
     "instead."},
    {"INCONSISTENT_BEHAVIOR_CROSS_VERSION.PARSE_DATETIME_BY_NEW_PARSER", "42K0B",
     "You may get a different result due to the upgrading to Spark >= 3.0:\nFail to parse <datetime> in the new "
     "parser.\nYou can set <config> to \"LEGACY\" to restore the behavior before Spark 3.0, or set to "
     "\"CORRECTED\" and treat it as an invalid datetime string."},
    {"INCONSISTENT_BEHAVIOR_CROSS_VERSION.READ_ANCIENT_DATETIME", "42K0B",
     "You may get a different result due to the upgrading to Spark >= 3.0: reading dates before 1582-10-15 or "
     "timestamps before 1900-01-01T00:00:00Z from <format> files can be ambiguous, as the files may be written "
     "by\nSpark 2.x or legacy versions of Hive, which uses a legacy hybrid calendar that is different from Spark "
     "3.0+'s Proleptic Gregorian calendar.\nSee more details in SPARK-31404.\nYou can set the SQL config <config> "
     "or the datasource option <option> to \"LEGACY\" to rebase the datetime values w.r.t. the calendar "
     "difference during reading.\nTo read the datetime values as it is, set the SQL config or the datasource "
     "option to \"CORRECTED\"."},
    {"INCONSISTENT_BEHAVIOR_CROSS_VERSION.WRITE_ANCIENT_DATETIME", "42K0B",
     "You may get a different result due to the upgrading to Spark >= 3.0:\nwriting dates before 1582-10-15 or "
     "timestamps before 1900-01-01T00:00:00Z into <format> files can be dangerous, as the files may be read by "
     "Spark 2.x or legacy versions of Hive later, which uses a legacy hybrid calendar that is different from "
     "Spark 3.0+'s Proleptic Gregorian calendar.\nSee more details in SPARK-31404.\nYou can set <config> to "
     "\"LEGACY\" to rebase the datetime values w.r.t. the calendar difference during writing, to get maximum "
     "interoperability.\nOr set the config to \"CORRECTED\" to write the datetime values as it is, if you are "
     "sure that the written files will only be read by Spark 3.0+ or other systems that use Proleptic Gregorian "
     "calendar."},
    {"INDETERMINATE_COLLATION", "42P22",
     "Could not determine which collation to use for string operation. Use COLLATE clause to set the collation "
     "explicitly."},
    {"INDETERMINATE_COLLATION_IN_EXPRESSION", "42P22",
     "Data type of <expr> has indeterminate collation. Use COLLATE clause to set the collation explicitly."},
    {"INDETERMINATE_COLLATION_IN_SCHEMA", "42P22",
     "Schema contains indeterminate collation at: [<columnPaths>]. Use COLLATE clause to set the collation "
     "explicitly."},
    {"INDEX_ALREADY_EXISTS", "42710",
     "Cannot create the index <indexName> on table <tableName> because it already exists."},
    {"INDEX_NOT_FOUND", "42704",
     "Cannot find the index <indexName> on table <tableName>."},
    {"INSERT_COLUMN_ARITY_MISMATCH", "21S01",
     "Cannot write to <tableName>, the reason is"},
    {"INSERT_COLUMN_ARITY_MISMATCH.NOT_ENOUGH_DATA_COLUMNS", "21S01",
     "Cannot write to <tableName>, the reason is not enough data columns:\nTable columns: <tableColumns>.\nData "
     "columns: <dataColumns>."},
    {"INSERT_COLUMN_ARITY_MISMATCH.TOO_MANY_DATA_COLUMNS", "21S01",
     "Cannot write to <tableName>, the reason is too many data columns:\nTable columns: <tableColumns>.\nData "
     "columns: <dataColumns>."},
    {"INSERT_PARTITION_COLUMN_ARITY_MISMATCH", "21S01",
     "Cannot write to '<tableName>', <reason>:\nTable columns: <tableColumns>.\nPartition columns with static "
     "values: <staticPartCols>.\nData columns: <dataColumns>."},
    {"INSERT_REPLACE_ON_BY_NAME_NOT_ENABLED", "0A000",
     "INSERT INTO ... BY NAME REPLACE ON is not enabled. Set 'spark.sql.insertIntoReplaceOnByName.enabled' to "
     "true to enable it."},
    {"INSERT_REPLACE_ON_NOT_ENABLED", "0A000",
     "INSERT INTO ... REPLACE ON is not enabled. Set 'spark.sql.insertIntoReplaceOn.enabled' to true to enable it."},
    {"INSERT_REPLACE_USING_BY_NAME_NOT_ENABLED", "0A000",
     "INSERT INTO ... BY NAME REPLACE USING is not enabled. Set 'spark.sql.insertIntoReplaceUsingByName.enabled' "
     "to true to enable it."},
    {"INSERT_REPLACE_USING_NOT_ENABLED", "0A000",
     "INSERT INTO ... REPLACE USING is not enabled. Set 'spark.sql.insertIntoReplaceUsing.enabled' to true to "
     "enable it."},
    {"INSERT_REPLACE_WHERE_TABLE_ALIAS_NOT_ALLOWED", "42000",
     "Table alias is not allowed with INSERT INTO ... REPLACE WHERE because the WHERE condition is evaluated "
     "against the target table directly.\nUse INSERT INTO ... REPLACE ON if you need to reference the target "
     "table via an alias."},
    {"INSUFFICIENT_TABLE_PROPERTY", "XXKUC",
     "Can't find table property:"},
    {"INSUFFICIENT_TABLE_PROPERTY.MISSING_KEY", "XXKUC",
     "Can't find table property: <key>."},
    {"INSUFFICIENT_TABLE_PROPERTY.MISSING_KEY_PART", "XXKUC",
     "Can't find table property: <key>, <totalAmountOfParts> parts are expected."},
    {"INTERNAL_ERROR", "XX000",
     "<message>"},
    {"INTERVAL_ARITHMETIC_OVERFLOW", "22015",
     "Integer overflow while operating with intervals."},
    {"INTERVAL_ARITHMETIC_OVERFLOW.WITHOUT_SUGGESTION", "22015",
     "Integer overflow while operating with intervals. Try devising appropriate values for the interval "
     "parameters."},
    {"INTERVAL_ARITHMETIC_OVERFLOW.WITH_SUGGESTION", "22015",
     "Integer overflow while operating with intervals. Use <functionName> to tolerate overflow and return NULL "
     "instead."},
    {"INTERVAL_DIVIDED_BY_ZERO", "22012",
     "Division by zero. Use `try_divide` to tolerate divisor being 0 and return NULL instead."},
    {"INVALID_AGGREGATE_FILTER", "42903",
     "The FILTER expression <filterExpr> in an aggregate function is invalid."},
    {"INVALID_AGGREGATE_FILTER.CONTAINS_AGGREGATE", "42903",
     "The FILTER expression <filterExpr> in an aggregate function is invalid. Expected a FILTER expression "
     "without an aggregation, but found <aggExpr>."},
    {"INVALID_AGGREGATE_FILTER.CONTAINS_WINDOW_FUNCTION", "42903",
     "The FILTER expression <filterExpr> in an aggregate function is invalid. Expected a FILTER expression "
     "without a window function, but found <windowExpr>."},
    {"INVALID_AGGREGATE_FILTER.NON_DETERMINISTIC", "42903",
     "The FILTER expression <filterExpr> in an aggregate function is invalid. Expected a deterministic FILTER "
     "expression."},
    {"INVALID_AGGREGATE_FILTER.NOT_BOOLEAN", "42903",
     "The FILTER expression <filterExpr> in an aggregate function is invalid. Expected a FILTER expression of the "
     "BOOLEAN type."},
    {"INVALID_ARRAY_INDEX", "22003",
     "The index <indexValue> is out of bounds. The array has <arraySize> elements. Use the SQL function `get()` "
     "to tolerate accessing element at invalid index and return NULL instead."},
    {"INVALID_ARRAY_INDEX_IN_ELEMENT_AT", "22003",
     "The index <indexValue> is out of bounds. The array has <arraySize> elements. Use `try_element_at` to "
     "tolerate accessing element at invalid index and return NULL instead."},
    {"INVALID_ATTRIBUTE_NAME_SYNTAX", "42601",
     "Syntax error in the attribute name: <name>. Check that backticks appear in pairs, a quoted string is a "
     "complete name part and use a backtick only inside quoted name parts."},
    {"INVALID_BITMAP_POSITION", "22003",
     "The 0-indexed bitmap position <bitPosition> is out of bounds. The bitmap has <bitmapNumBits> bits "
     "(<bitmapNumBytes> bytes)."},
    {"INVALID_BOOLEAN_STATEMENT", "22546",
     "Boolean statement is expected in the condition, but <invalidStatement> was found."},
    {"INVALID_BOUNDARY", "22003",
     "The boundary <boundary> is invalid: <invalidValue>."},
    {"INVALID_BOUNDARY.END", "22003",
     "The boundary <boundary> is invalid: <invalidValue>. Expected the value is '0', '<longMaxValue>', "
     "'[<intMinValue>, <intMaxValue>]'."},
    {"INVALID_BOUNDARY.START", "22003",
     "The boundary <boundary> is invalid: <invalidValue>. Expected the value is '0', '<longMinValue>', "
     "'[<intMinValue>, <intMaxValue>]'."},
    {"INVALID_BUCKET_COLUMN_DATA_TYPE", "42601",
     "Cannot use <type> for bucket column. Collated data types are not supported for bucketing."},
    {"INVALID_BUCKET_COUNT", "22003",
     "Number of buckets should be greater than 0 but less than or equal to bucketing.maxBuckets "
     "(`<bucketingMaxBuckets>`). Got `<numBuckets>`."},
    {"INVALID_BUCKET_FILE", "58030",
     "Invalid bucket file: <path>."},
    {"INVALID_BYTE_STRING", "22P03",
     "The expected format is ByteString, but was <unsupported> (<class>)."},
    {"INVALID_COLUMN_NAME_AS_PATH", "46121",
     "The datasource <datasource> cannot save the column <columnName> because its name contains some characters "
     "that are not allowed in file paths. Please, use an alias to rename it."},
    {"INVALID_COLUMN_OR_FIELD_DATA_TYPE", "42000",
     "Column or field <name> is of type <type> while it's required to be <expectedType>."},
    {"INVALID_CONF_VALUE", "22022",
     "The value '<confValue>' in the config \"<confName>\" is invalid."},
    {"INVALID_CONF_VALUE.OUT_OF_RANGE_OF_OPTIONS", "22022",
     "The value '<confValue>' in the config \"<confName>\" is invalid. It should be one of '<confOptions>'."},
    {"INVALID_CONF_VALUE.REQUIREMENT", "22022",
     "The value '<confValue>' in the config \"<confName>\" is invalid. <confRequirement>"},
    {"INVALID_CONF_VALUE.TIME_ZONE", "22022",
     "The value '<confValue>' in the config \"<confName>\" is invalid. Cannot resolve the given timezone."},
    {"INVALID_CONF_VALUE.TYPE_MISMATCH", "22022",
     "The value '<confValue>' in the config \"<confName>\" is invalid. It should be a/an '<confType>' value."},
    {"INVALID_CONSTRAINT_CHARACTERISTICS", "42613",
     "Constraint characteristics [<characteristics>] are duplicated or conflict with each other."},
    {"INVALID_CORRUPT_RECORD_TYPE", "42804",
     "The column <columnName> for corrupt records must have the nullable STRING type, but got <actualType>."},
    {"INVALID_CURSOR", "HY109",
     "The cursor is invalid."},
    {"INVALID_CURSOR.DISCONNECTED", "HY109",
     "The cursor is invalid. The cursor has been disconnected by the server."},
    {"INVALID_CURSOR.NOT_REATTACHABLE", "HY109",
     "The cursor is invalid. The cursor is not reattachable."},
    {"INVALID_CURSOR.POSITION_NOT_AVAILABLE", "HY109",
     "The cursor is invalid. The cursor position id <responseId> is no longer available at index <index>."},
    {"INVALID_CURSOR.POSITION_NOT_FOUND", "HY109",
     "The cursor is invalid. The cursor position id <responseId> is not found."},
    {"INVALID_CURSOR_DECLARATION", "42601",
     "Cursors must be declared after variable/condition declarations, and before handlers and other statements."},
    {"INVALID_DATETIME_PATTERN", "22007",
     "Unrecognized datetime pattern: <pattern>."},
    {"INVALID_DATETIME_PATTERN.ILLEGAL_CHARACTER", "22007",
     "Unrecognized datetime pattern: <pattern>. Illegal pattern character found in datetime pattern: <c>. Please "
     "provide legal character."},
    {"INVALID_DATETIME_PATTERN.LENGTH", "22007",
     "Unrecognized datetime pattern: <pattern>. Too many letters in datetime pattern: <pattern>. Please reduce "
     "pattern length."},
    {"INVALID_DATETIME_PATTERN.SECONDS_FRACTION", "22007",
     "Unrecognized datetime pattern: <pattern>. Cannot detect a seconds fraction pattern of variable length. "
     "Please make sure the pattern contains 'S', and does not contain illegal characters."},
    {"INVALID_DATETIME_PATTERN.WITH_SUGGESTION", "22007",
     "Unrecognized datetime pattern: <pattern>. You can form a valid datetime pattern with the guide from "
     "'<docroot>/sql-ref-datetime-pattern.html'."},
    {"INVALID_DEFAULT_VALUE", "42623",
     "Failed to execute <statement> command because the destination column or variable <colName> has a DEFAULT "
     "value <defaultValue>,"},
    {"INVALID_DEFAULT_VALUE.DATA_TYPE", "42623",
     "Failed to execute <statement> command because the destination column or variable <colName> has a DEFAULT "
     "value <defaultValue>, which requires <expectedType> type, but the statement provided a value of "
     "incompatible <actualType> type."},
    {"INVALID_DEFAULT_VALUE.NON_DETERMINISTIC", "42623",
     "Failed to execute <statement> command because the destination column or variable <colName> has a DEFAULT "
     "value <defaultValue>, which contains a non-deterministic expression."},
    {"INVALID_DEFAULT_VALUE.NOT_CONSTANT", "42623",
     "Failed to execute <statement> command because the destination column or variable <colName> has a DEFAULT "
     "value <defaultValue>, which is not a constant expression whose equivalent value is known at query planning "
     "time."},
    {"INVALID_DEFAULT_VALUE.SUBQUERY_EXPRESSION", "42623",
     "Failed to execute <statement> command because the destination column or variable <colName> has a DEFAULT "
     "value <defaultValue>, which contains subquery expressions."},
    {"INVALID_DEFAULT_VALUE.UNRESOLVED_EXPRESSION", "42623",
     "Failed to execute <statement> command because the destination column or variable <colName> has a DEFAULT "
     "value <defaultValue>, which fails to resolve as a valid expression."},
    {"INVALID_DELIMITER_VALUE", "42602",
     "Invalid value for delimiter."},
    {"INVALID_DELIMITER_VALUE.DELIMITER_LONGER_THAN_EXPECTED", "42602",
     "Invalid value for delimiter. Delimiter cannot be more than one character: <str>."},
    {"INVALID_DELIMITER_VALUE.EMPTY_STRING", "42602",
     "Invalid value for delimiter. Delimiter cannot be empty string."},
    {"INVALID_DELIMITER_VALUE.NULL_VALUE", "42602",
     "Invalid value for delimiter. Delimiter cannot be null."},
    {"INVALID_DELIMITER_VALUE.SINGLE_BACKSLASH", "42602",
     "Invalid value for delimiter. Single backslash is prohibited. It has special meaning as beginning of an "
     "escape sequence. To get the backslash character, pass a string with two backslashes as the delimiter."},
    {"INVALID_DELIMITER_VALUE.UNSUPPORTED_SPECIAL_CHARACTER", "42602",
     "Invalid value for delimiter. Unsupported special character for delimiter: <str>."},
    {"INVALID_DRIVER_MEMORY", "F0000",
     "System memory <systemMemory> must be at least <minSystemMemory>.\nPlease increase heap size using the "
     "--driver-memory option or \"<config>\" in Spark configuration."},
    {"INVALID_EMPTY_LOCATION", "42K05",
     "The location name cannot be empty string, but `<location>` was given."},
    {"INVALID_ERROR_CONDITION_DECLARATION", "42K0R",
     "Invalid condition declaration."},
    {"INVALID_ERROR_CONDITION_DECLARATION.NOT_AT_START_OF_COMPOUND_STATEMENT", "42K0R",
     "Invalid condition declaration. Condition <conditionName> can only be declared at the start of a BEGIN END "
     "compound statement."},
    {"INVALID_ERROR_CONDITION_DECLARATION.QUALIFIED_CONDITION_NAME", "42K0R",
     "Invalid condition declaration. Condition <conditionName> cannot be qualified."},
    {"INVALID_ERROR_CONDITION_DECLARATION.SPECIAL_CHARACTER_FOUND", "42K0R",
     "Invalid condition declaration. Special character found in condition name <conditionName>. Only alphanumeric "
     "characters and underscores are allowed."},
    {"INVALID_ESC", "42604",
     "Found an invalid escape string: <invalidEscape>. The escape string must contain only one character."},
    {"INVALID_ESCAPE_CHAR", "42604",
     "`EscapeChar` should be a string literal of length one, but got <sqlExpr>."},
    {"INVALID_EXECUTOR_MEMORY", "F0000",
     "Executor memory <executorMemory> must be at least <minSystemMemory>.\nPlease increase executor memory using "
     "the --executor-memory option or \"<config>\" in Spark configuration."},
    {"INVALID_EXPR_TYPE_FOR_QUERY_EXECUTE_IMMEDIATE", "42K09",
     "Expression type must be string type but got <exprType>."},
    {"INVALID_EXTERNAL_TYPE", "42K0N",
     "The external type <externalType> is not valid for the type <type> at the expression <expr>."},
    {"INVALID_EXTRACT_BASE_FIELD_TYPE", "42000",
     "Can't extract a value from <base>. Need a complex type [STRUCT, ARRAY, MAP] but got <other>."},
    {"INVALID_EXTRACT_FIELD", "42601",
     "Cannot extract <field> from <expr>."},
    {"INVALID_EXTRACT_FIELD_TYPE", "42000",
     "Field name should be a non-null string literal, but it's <extraction>."},
    {"INVALID_FIELD_NAME", "42000",
     "Field name <fieldName> is invalid: <path> is not a struct."},
    {"INVALID_FORMAT", "42601",
     "The format is invalid: <format>."},
    {"INVALID_FORMAT.CONT_THOUSANDS_SEPS", "42601",
     "The format is invalid: <format>. Thousands separators (, or G) must have digits in between them in the "
     "number format."},
    {"INVALID_FORMAT.CUR_MUST_BEFORE_DEC", "42601",
     "The format is invalid: <format>. Currency characters must appear before any decimal point in the number "
     "format."},
    {"INVALID_FORMAT.CUR_MUST_BEFORE_DIGIT", "42601",
     "The format is invalid: <format>. Currency characters must appear before digits in the number format."},
    {"INVALID_FORMAT.EMPTY", "42601",
     "The format is invalid: <format>. The number format string cannot be empty."},
    {"INVALID_FORMAT.ESC_AT_THE_END", "42601",
     "The format is invalid: <format>. The escape character is not allowed to end with."},
    {"INVALID_FORMAT.ESC_IN_THE_MIDDLE", "42601",
     "The format is invalid: <format>. The escape character is not allowed to precede <char>."},
    {"INVALID_FORMAT.MISMATCH_INPUT", "42601",
     "The format is invalid: <format>. The input <inputType> <input> does not match the format."},
    {"INVALID_FORMAT.THOUSANDS_SEPS_MUST_BEFORE_DEC", "42601",
     "The format is invalid: <format>. Thousands separators (, or G) may not appear after the decimal point in "
     "the number format."},
    {"INVALID_FORMAT.UNEXPECTED_TOKEN", "42601",
     "The format is invalid: <format>. Found the unexpected <token> in the format string; the structure of the "
     "format string must match: `[MI|S]` `[$]` `[0|9|G|,]*` `[.|D]` `[0|9]*` `[$]` `[PR|MI|S]`."},
    {"INVALID_FORMAT.WRONG_NUM_DIGIT", "42601",
     "The format is invalid: <format>. The format string requires at least one number digit."},
    {"INVALID_FORMAT.WRONG_NUM_TOKEN", "42601",
     "The format is invalid: <format>. At most one <token> is allowed in the number format."},
    {"INVALID_FRACTION_OF_SECOND", "22023",
     "Valid range for seconds is [0, 60] (inclusive), but the provided value is <secAndMicros>. To avoid this "
     "error, use `try_make_timestamp`, which returns NULL on error.\nIf you do not want to use the session "
     "default timestamp version of this function, use `try_make_timestamp_ntz` or `try_make_timestamp_ltz`."},
    {"INVALID_HANDLER_DECLARATION", "42K0Q",
     "Invalid handler declaration."},
    {"INVALID_HANDLER_DECLARATION.CONDITION_NOT_FOUND", "42K0Q",
     "Invalid handler declaration. Condition <condition> not found."},
    {"INVALID_HANDLER_DECLARATION.DUPLICATE_CONDITION_IN_HANDLER_DECLARATION", "42K0Q",
     "Invalid handler declaration. Found duplicate condition <condition> in the handler declaration. Please, "
     "remove one of them."},
    {"INVALID_HANDLER_DECLARATION.DUPLICATE_SQLSTATE_IN_HANDLER_DECLARATION", "42K0Q",
     "Invalid handler declaration. Found duplicate sqlState <sqlState> in the handler declaration. Please, remove "
     "one of them."},
    {"INVALID_HANDLER_DECLARATION.INVALID_CONDITION_COMBINATION", "42K0Q",
     "Invalid handler declaration. Invalid combination of conditions in the handler declaration. SQLEXCEPTION and "
     "NOT FOUND cannot be used together with other condition/sqlstate values."},
    {"INVALID_HANDLER_DECLARATION.WRONG_PLACE_OF_DECLARATION", "42K0Q",
     "Invalid handler declaration. Handlers must be declared after variable/condition/cursor declarations, and "
     "before other statements."},
    {"INVALID_IDENTIFIER", "42602",
     "The unquoted identifier <ident> is invalid and must be back quoted as: `<ident>`.\nUnquoted identifiers can "
     "only contain ASCII letters ('a' - 'z', 'A' - 'Z'), digits ('0' - '9'), and underbar ('_').\nUnquoted "
     "identifiers must also not start with a digit.\nDifferent data sources and meta stores may impose additional "
     "restrictions on valid identifiers."},
    {"INVALID_INDEX_OF_ZERO", "22003",
     "The index 0 is invalid. An index shall be either < 0 or > 0 (the first element has index 1)."},
    {"INVALID_INLINE_TABLE", "42000",
     "Invalid inline table."},
    {"INVALID_INLINE_TABLE.CANNOT_EVALUATE_EXPRESSION_IN_INLINE_TABLE", "42000",
     "Invalid inline table. Cannot evaluate the expression <expr> in inline table definition."},
    {"INVALID_INLINE_TABLE.FAILED_SQL_EXPRESSION_EVALUATION", "42000",
     "Invalid inline table. Failed to evaluate the SQL expression <sqlExpr>. Please check your syntax and ensure "
     "all required tables and columns are available."},
    {"INVALID_INLINE_TABLE.INCOMPATIBLE_TYPES_IN_INLINE_TABLE", "42000",
     "Invalid inline table. Found incompatible types in the column <colName> for inline table."},
    {"INVALID_INLINE_TABLE.NUM_COLUMNS_MISMATCH", "42000",
     "Invalid inline table. Inline table expected <expectedNumCols> columns but found <actualNumCols> columns in "
     "row <rowIndex>."},
    {"INVALID_INTERVAL_FORMAT", "22006",
     "Error parsing '<input>' to interval. Please ensure that the value provided is in a valid format for "
     "defining an interval. You can reference the documentation for the correct format."},
    {"INVALID_INTERVAL_FORMAT.ARITHMETIC_EXCEPTION", "22006",
     "Error parsing '<input>' to interval. Please ensure that the value provided is in a valid format for "
     "defining an interval. You can reference the documentation for the correct format. Uncaught arithmetic "
     "exception while parsing '<input>'."},
    {"INVALID_INTERVAL_FORMAT.DAY_TIME_PARSING", "22006",
     "Error parsing '<input>' to interval. Please ensure that the value provided is in a valid format for "
     "defining an interval. You can reference the documentation for the correct format. Error parsing interval "
     "day-time string: <msg>."},
    {"INVALID_INTERVAL_FORMAT.INPUT_IS_EMPTY", "22006",
     "Error parsing '<input>' to interval. Please ensure that the value provided is in a valid format for "
     "defining an interval. You can reference the documentation for the correct format. Interval string cannot be "
     "empty."},
    {"INVALID_INTERVAL_FORMAT.INPUT_IS_NULL", "22006",
     "Error parsing '<input>' to interval. Please ensure that the value provided is in a valid format for "
     "defining an interval. You can reference the documentation for the correct format. Interval string cannot be "
     "null."},
    {"INVALID_INTERVAL_FORMAT.INTERVAL_PARSING", "22006",
     "Error parsing '<input>' to interval. Please ensure that the value provided is in a valid format for "
     "defining an interval. You can reference the documentation for the correct format. Error parsing interval "
     "<interval> string."},
    {"INVALID_INTERVAL_FORMAT.INVALID_FRACTION", "22006",
     "Error parsing '<input>' to interval. Please ensure that the value provided is in a valid format for "
     "defining an interval. You can reference the documentation for the correct format. <unit> cannot have "
     "fractional part."},
    {"INVALID_INTERVAL_FORMAT.INVALID_PRECISION", "22006",
     "Error parsing '<input>' to interval. Please ensure that the value provided is in a valid format for "
     "defining an interval. You can reference the documentation for the correct format. Interval can only support "
     "nanosecond precision, <value> is out of range."},
    {"INVALID_INTERVAL_FORMAT.INVALID_PREFIX", "22006",
     "Error parsing '<input>' to interval. Please ensure that the value provided is in a valid format for "
     "defining an interval. You can reference the documentation for the correct format. Invalid interval prefix "
     "<prefix>."},
    {"INVALID_INTERVAL_FORMAT.INVALID_UNIT", "22006",
     "Error parsing '<input>' to interval. Please ensure that the value provided is in a valid format for "
     "defining an interval. You can reference the documentation for the correct format. Invalid unit <unit>."},
    {"INVALID_INTERVAL_FORMAT.INVALID_VALUE", "22006",
     "Error parsing '<input>' to interval. Please ensure that the value provided is in a valid format for "
     "defining an interval. You can reference the documentation for the correct format. Invalid value <value>."},
    {"INVALID_INTERVAL_FORMAT.MISSING_NUMBER", "22006",
     "Error parsing '<input>' to interval. Please ensure that the value provided is in a valid format for "
     "defining an interval. You can reference the documentation for the correct format. Expect a number after "
     "<word> but hit EOL."},
    {"INVALID_INTERVAL_FORMAT.MISSING_UNIT", "22006",
     "Error parsing '<input>' to interval. Please ensure that the value provided is in a valid format for "
     "defining an interval. You can reference the documentation for the correct format. Expect a unit name after "
     "<word> but hit EOL."},
    {"INVALID_INTERVAL_FORMAT.SECOND_NANO_FORMAT", "22006",
     "Error parsing '<input>' to interval. Please ensure that the value provided is in a valid format for "
     "defining an interval. You can reference the documentation for the correct format. Interval string does not "
     "match second-nano format of ss.nnnnnnnnn."},
    {"INVALID_INTERVAL_FORMAT.TIMEZONE_INTERVAL_OUT_OF_RANGE", "22006",
     "Error parsing '<input>' to interval. Please ensure that the value provided is in a valid format for "
     "defining an interval. You can reference the documentation for the correct format. The interval value must "
     "be in the range of [-18, +18] hours with second precision."},
    {"INVALID_INTERVAL_FORMAT.UNKNOWN_PARSING_ERROR", "22006",
     "Error parsing '<input>' to interval. Please ensure that the value provided is in a valid format for "
     "defining an interval. You can reference the documentation for the correct format. Unknown error when "
     "parsing <word>."},
    {"INVALID_INTERVAL_FORMAT.UNMATCHED_FORMAT_STRING", "22006",
     "Error parsing '<input>' to interval. Please ensure that the value provided is in a valid format for "
     "defining an interval. You can reference the documentation for the correct format. Interval string does not "
     "match <intervalStr> format of <supportedFormat> when cast to <typeName>: <input>."},
    {"INVALID_INTERVAL_FORMAT.UNMATCHED_FORMAT_STRING_WITH_NOTICE", "22006",
     "Error parsing '<input>' to interval. Please ensure that the value provided is in a valid format for "
     "defining an interval. You can reference the documentation for the correct format. Interval string does not "
     "match <intervalStr> format of <supportedFormat> when cast to <typeName>: <input>. Set "
     "\"spark.sql.legacy.fromDayTimeString.enabled\" to \"true\" to restore the behavior before Spark 3.0."},
    {"INVALID_INTERVAL_FORMAT.UNRECOGNIZED_NUMBER", "22006",
     "Error parsing '<input>' to interval. Please ensure that the value provided is in a valid format for "
     "defining an interval. You can reference the documentation for the correct format. Unrecognized number "
     "<number>."},
    {"INVALID_INTERVAL_FORMAT.UNSUPPORTED_FROM_TO_EXPRESSION", "22006",
     "Error parsing '<input>' to interval. Please ensure that the value provided is in a valid format for "
     "defining an interval. You can reference the documentation for the correct format. Cannot support (interval "
     "'<input>' <from> to <to>) expression."},
    {"INVALID_INTERVAL_WITH_MICROSECONDS_ADDITION", "22006",
     "Cannot add an interval to a date because its microseconds part is not 0. To resolve this, cast the input "
     "date to a timestamp, which supports the addition of intervals with non-zero microseconds."},
    {"INVALID_JAVA_IDENTIFIER_AS_FIELD_NAME", "46121",
     "<fieldName> is not a valid identifier of Java and cannot be used as field name\n<walkedTypePath>."},
    {"INVALID_JOIN_TYPE_FOR_JOINWITH", "42613",
     "Invalid join type in joinWith: <joinType>."},
    {"INVALID_JSON_DATA_TYPE", "2203G",
     "Failed to convert the JSON string '<invalidType>' to a data type. Please enter a valid data type."},
    {"INVALID_JSON_DATA_TYPE_FOR_COLLATIONS", "2203G",
     "Collations can only be applied to string types, but the JSON data type is <jsonType>."},
    {"INVALID_JSON_RECORD_TYPE", "22023",
     "Detected an invalid type of a JSON record while inferring a common schema in the mode <failFastMode>. "
     "Expected a STRUCT type, but found <invalidType>."},
    {"INVALID_JSON_ROOT_FIELD", "22032",
     "Cannot convert JSON root field to target Spark type."},
    {"INVALID_JSON_SCHEMA_MAP_TYPE", "22032",
     "Input schema <jsonSchema> can only contain STRING as a key type for a MAP."},
    {"INVALID_LABEL_USAGE", "42K0L",
     "The usage of the label <labelName> is invalid."},
    {"INVALID_LABEL_USAGE.DOES_NOT_EXIST", "42K0L",
     "The usage of the label <labelName> is invalid. Label was used in the <statementType> statement, but the "
     "label does not belong to any surrounding block."},
    {"INVALID_LABEL_USAGE.ITERATE_IN_COMPOUND", "42K0L",
     "The usage of the label <labelName> is invalid. ITERATE statement cannot be used with a label that belongs "
     "to a compound (BEGIN...END) body."},
    {"INVALID_LABEL_USAGE.QUALIFIED_LABEL_NAME", "42K0L",
     "The usage of the label <labelName> is invalid. Label cannot be qualified."},
    {"INVALID_LAMBDA_FUNCTION_CALL", "42K0D",
     "Invalid lambda function call."},
    {"INVALID_LAMBDA_FUNCTION_CALL.DUPLICATE_ARG_NAMES", "42K0D",
     "Invalid lambda function call. The lambda function has duplicate arguments <args>. Please, consider to "
     "rename the argument names or set <caseSensitiveConfig> to \"true\"."},
    {"INVALID_LAMBDA_FUNCTION_CALL.NON_HIGHER_ORDER_FUNCTION", "42K0D",
     "Invalid lambda function call. A lambda function should only be used in a higher order function. However, "
     "its class is <class>, which is not a higher order function."},
    {"INVALID_LAMBDA_FUNCTION_CALL.NUM_ARGS_MISMATCH", "42K0D",
     "Invalid lambda function call. A higher order function expects <expectedNumArgs> arguments, but got "
     "<actualNumArgs>."},
    {"INVALID_LAMBDA_FUNCTION_CALL.PARAMETER_DOES_NOT_ACCEPT_LAMBDA_FUNCTION", "42K0D",
     "Invalid lambda function call. You passed a lambda function to a parameter that does not accept it. Please "
     "check if lambda function argument is in the correct position."},
    {"INVALID_LATERAL_JOIN_TYPE", "42613",
     "The <joinType> JOIN with LATERAL correlation is not allowed because an OUTER subquery cannot correlate to "
     "its join partner. Remove the LATERAL correlation or use an INNER JOIN, or LEFT OUTER JOIN instead."},
    {"INVALID_LIMIT_LIKE_EXPRESSION", "42K0E",
     "The limit like expression <expr> is invalid."},
    {"INVALID_LIMIT_LIKE_EXPRESSION.DATA_TYPE", "42K0E",
     "The limit like expression <expr> is invalid. The <name> expression must be integer type, but got <dataType>."},
    {"INVALID_LIMIT_LIKE_EXPRESSION.IS_NEGATIVE", "42K0E",
     "The limit like expression <expr> is invalid. The <name> expression must be equal to or greater than 0, but "
     "got <v>."},
    {"INVALID_LIMIT_LIKE_EXPRESSION.IS_NULL", "42K0E",
     "The limit like expression <expr> is invalid. The evaluated <name> expression must not be null."},
    {"INVALID_LIMIT_LIKE_EXPRESSION.IS_UNFOLDABLE", "42K0E",
     "The limit like expression <expr> is invalid. The <name> expression must evaluate to a constant value."},
    {"INVALID_NAME_IN_USE_COMMAND", "42000",
     "Invalid name '<name>' in <command> command. Reason: <reason>"},
    {"INVALID_NON_DETERMINISTIC_EXPRESSIONS", "42K0E",
     "The operator expects a deterministic expression, but the actual expression is <sqlExprs>."},
    {"INVALID_NUMERIC_LITERAL_RANGE", "22003",
     "Numeric literal <rawStrippedQualifier> is outside the valid range for <typeName> with minimum value of "
     "<minValue> and maximum value of <maxValue>. Please adjust the value accordingly."},
    {"INVALID_OBSERVED_METRICS", "42K0E",
     "Invalid observed metrics."},
    {"INVALID_OBSERVED_METRICS.AGGREGATE_EXPRESSION_WITH_DISTINCT_UNSUPPORTED", "42K0E",
     "Invalid observed metrics. Aggregate expressions with DISTINCT are not allowed in observed metrics, but "
     "found: <expr>."},
    {"INVALID_OBSERVED_METRICS.AGGREGATE_EXPRESSION_WITH_FILTER_UNSUPPORTED", "42K0E",
     "Invalid observed metrics. Aggregate expression with FILTER predicate are not allowed in observed metrics, "
     "but found: <expr>."},
    {"INVALID_OBSERVED_METRICS.MISSING_NAME", "42K0E",
     "Invalid observed metrics. The observed metrics should be named: <operator>."},
    {"INVALID_OBSERVED_METRICS.NESTED_AGGREGATES_UNSUPPORTED", "42K0E",
     "Invalid observed metrics. Nested aggregates are not allowed in observed metrics, but found: <expr>."},
    {"INVALID_OBSERVED_METRICS.NON_AGGREGATE_FUNC_ARG_IS_ATTRIBUTE", "42K0E",
     "Invalid observed metrics. Attribute <expr> can only be used as an argument to an aggregate function."},
    {"INVALID_OBSERVED_METRICS.NON_AGGREGATE_FUNC_ARG_IS_NON_DETERMINISTIC", "42K0E",
     "Invalid observed metrics. Non-deterministic expression <expr> can only be used as an argument to an "
     "aggregate function."},
    {"INVALID_OBSERVED_METRICS.WINDOW_EXPRESSIONS_UNSUPPORTED", "42K0E",
     "Invalid observed metrics. Window expressions are not allowed in observed metrics, but found: <expr>."},
    {"INVALID_OPTIONS", "42K06",
     "Invalid options:"},
    {"INVALID_OPTIONS.NON_MAP_FUNCTION", "42K06",
     "Invalid options: Must use the `map()` function for options."},
    {"INVALID_OPTIONS.NON_STRING_TYPE", "42K06",
     "Invalid options: A type of keys and values in `map()` must be string, but got <mapType>."},
    {"INVALID_PARAMETER_VALUE", "22023",
     "The value of parameter(s) <parameter> in <functionName> is invalid:"},
    {"INVALID_PARAMETER_VALUE.AES_CRYPTO_ERROR", "22023",
     "The value of parameter(s) <parameter> in <functionName> is invalid: detail message: <detailMessage>"},
    {"INVALID_PARAMETER_VALUE.AES_IV_LENGTH", "22023",
     "The value of parameter(s) <parameter> in <functionName> is invalid: supports 16-byte CBC IVs and 12-byte "
     "GCM IVs, but got <actualLength> bytes for <mode>."},
    {"INVALID_PARAMETER_VALUE.AES_KEY_LENGTH", "22023",
     "The value of parameter(s) <parameter> in <functionName> is invalid: expects a binary value with 16, 24 or "
     "32 bytes, but got <actualLength> bytes."},
    {"INVALID_PARAMETER_VALUE.BINARY_FORMAT", "22023",
     "The value of parameter(s) <parameter> in <functionName> is invalid: expects one of binary formats 'base64', "
     "'hex', 'utf-8', but got <invalidFormat>."},
    {"INVALID_PARAMETER_VALUE.BIT_POSITION_RANGE", "22023",
     "The value of parameter(s) <parameter> in <functionName> is invalid: expects an integer value in [0, "
     "<upper>), but got <invalidValue>."},
    {"INVALID_PARAMETER_VALUE.BOOLEAN", "22023",
     "The value of parameter(s) <parameter> in <functionName> is invalid: expects a boolean literal, but got "
     "<invalidValue>."},
    {"INVALID_PARAMETER_VALUE.CHARSET", "22023",
     "The value of parameter(s) <parameter> in <functionName> is invalid: expects one of the <charsets>, but got "
     "<charset>."},
    {"INVALID_PARAMETER_VALUE.DATETIME_UNIT", "22023",
     "The value of parameter(s) <parameter> in <functionName> is invalid: expects one of the units without quotes "
     "YEAR, QUARTER, MONTH, WEEK, DAY, DAYOFYEAR, HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND, but got the "
     "string literal <invalidValue>."},
    {"INVALID_PARAMETER_VALUE.DOUBLE", "22023",
     "The value of parameter(s) <parameter> in <functionName> is invalid: expects an double literal, but got "
     "<invalidValue>."},
    {"INVALID_PARAMETER_VALUE.DTYPE", "22023",
     "The value of parameter(s) <parameter> in <functionName> is invalid: Unsupported dtype: <invalidValue>. "
     "Valid values: float64, float32."},
    {"INVALID_PARAMETER_VALUE.EXTENSION", "22023",
     "The value of parameter(s) <parameter> in <functionName> is invalid: Invalid extension: <invalidValue>. "
     "Extension is limited to exactly 3 letters (e.g. csv, tsv, etc...)"},
    {"INVALID_PARAMETER_VALUE.INTEGER", "22023",
     "The value of parameter(s) <parameter> in <functionName> is invalid: expects an integer literal, but got "
     "<invalidValue>."},
    {"INVALID_PARAMETER_VALUE.INTERRUPT_TYPE_OPERATION_ID_REQUIRES_ID", "22023",
     "The value of parameter(s) <parameter> in <functionName> is invalid: INTERRUPT_TYPE_OPERATION_ID requested, "
     "but no operation_id provided."},
    {"INVALID_PARAMETER_VALUE.INTERRUPT_TYPE_TAG_REQUIRES_TAG", "22023",
     "The value of parameter(s) <parameter> in <functionName> is invalid: INTERRUPT_TYPE_TAG requested, but no "
     "operation_tag provided."},
    {"INVALID_PARAMETER_VALUE.LENGTH", "22023",
     "The value of parameter(s) <parameter> in <functionName> is invalid: Expects `length` greater than or equal "
     "to 0, but got <length>."},
    {"INVALID_PARAMETER_VALUE.LONG", "22023",
     "The value of parameter(s) <parameter> in <functionName> is invalid: expects a long literal, but got "
     "<invalidValue>."},
    {"INVALID_PARAMETER_VALUE.NULL", "22023",
     "The value of parameter(s) <parameter> in <functionName> is invalid: expects a non-NULL value."},
    {"INVALID_PARAMETER_VALUE.PATTERN", "22023",
     "The value of parameter(s) <parameter> in <functionName> is invalid: <value>."},
    {"INVALID_PARAMETER_VALUE.REGEX_GROUP_INDEX", "22023",
     "The value of parameter(s) <parameter> in <functionName> is invalid: Expects group index between 0 and "
     "<groupCount>, but got <groupIndex>."},
    {"INVALID_PARAMETER_VALUE.START", "22023",
     "The value of parameter(s) <parameter> in <functionName> is invalid: Expects a positive or a negative value "
     "for `start`, but got 0."},
    {"INVALID_PARAMETER_VALUE.STRING", "22023",
     "The value of parameter(s) <parameter> in <functionName> is invalid: expects a string literal, but got "
     "<invalidValue>."},
    {"INVALID_PARAMETER_VALUE.TIME_UNIT", "22023",
     "The value of parameter(s) <parameter> in <functionName> is invalid: expects one of the units 'HOUR', "
     "'MINUTE', 'SECOND', 'MILLISECOND', 'MICROSECOND', but got '<invalidValue>'."},
    {"INVALID_PARAMETER_VALUE.ZERO_INDEX", "22023",
     "The value of parameter(s) <parameter> in <functionName> is invalid: expects %1$, %2$ and so on, but got %0$."},
    {"INVALID_PARTITION_COLUMN_DATA_TYPE", "0A000",
     "Cannot use <type> for partition column."},
    {"INVALID_PARTITION_OPERATION", "42601",
     "The partition command is invalid."},
    {"INVALID_PARTITION_OPERATION.PARTITION_MANAGEMENT_IS_UNSUPPORTED", "42601",
     "The partition command is invalid. Table <name> does not support partition management."},
    {"INVALID_PARTITION_OPERATION.PARTITION_SCHEMA_IS_EMPTY", "42601",
     "The partition command is invalid. Table <name> is not partitioned."},
    {"INVALID_PARTITION_VALUE", "42846",
     "Failed to cast value <value> to data type <dataType> for partition column <columnName>. Ensure the value "
     "matches the expected data type for this partition column."},
    {"INVALID_PROPERTY_KEY", "42602",
     "<key> is an invalid property key, please use quotes, e.g. SET <key>=<value>."},
    {"INVALID_PROPERTY_VALUE", "42602",
     "<value> is an invalid property value, please use quotes, e.g. SET <key>=<value>"},
    {"INVALID_QUERY_MIXED_QUERY_PARAMETERS", "42613",
     "Parameterized query must either use positional, or named parameters, but not both."},
    {"INVALID_RECURSIVE_CTE", "42836",
     "Invalid recursive definition found. Recursive queries must contain an UNION or an UNION ALL statement with "
     "2 children. The first child needs to be the anchor term without any recursive references. Any top level "
     "inner CTE must not contain self references."},
    {"INVALID_RECURSIVE_REFERENCE", "42836",
     "Invalid recursive reference found inside WITH RECURSIVE clause."},
    {"INVALID_RECURSIVE_REFERENCE.PLACE", "42836",
     "Invalid recursive reference found inside WITH RECURSIVE clause. Recursive references cannot be used on the "
     "right side of left outer/semi/anti joins, on the left side of right outer joins, in full outer joins, in "
     "aggregates, window functions or sorts"},
    {"INVALID_REGEXP_REPLACE", "22023",
     "Could not perform regexp_replace for source = \"<source>\", pattern = \"<pattern>\", replacement = "
     "\"<replacement>\" and position = <position>."},
    {"INVALID_RESETTABLE_DEPENDENCY", "42000",
     "Tables <upstreamResettableTables> are resettable but have a non-resettable downstream dependency "
     "'<downstreamTable>'. `reset` will fail as Spark Streaming does not support deleted source data. You can "
     "either remove the <resetAllowedKey>=false property from '<downstreamTable>' or add it to its upstream "
     "dependencies."},
    {"INVALID_RESET_COMMAND_FORMAT", "42000",
     "Expected format is 'RESET' or 'RESET key'. If you want to include special characters in key, please use "
     "quotes, e.g., RESET `key`."},
    {"INVALID_SAVE_MODE", "42000",
     "The specified save mode <mode> is invalid. Valid save modes include \"append\", \"overwrite\", \"ignore\", "
     "\"error\", \"errorifexists\", and \"default\"."},
    {"INVALID_SCHEMA", "42K07",
     "The input schema <inputSchema> is not a valid schema string."},
    {"INVALID_SCHEMA.NON_STRING_LITERAL", "42K07",
     "The input schema <inputSchema> is not a valid schema string. The input expression must be string literal "
     "and not null."},
    {"INVALID_SCHEMA.NON_STRUCT_TYPE", "42K07",
     "The input schema <inputSchema> is not a valid schema string. The input expression should be evaluated to "
     "struct type, but got <dataType>."},
    {"INVALID_SCHEMA.PARSE_ERROR", "42K07",
     "The input schema <inputSchema> is not a valid schema string. Cannot parse the schema:\n<reason>"},
    {"INVALID_SCHEMA_OR_RELATION_NAME", "42602",
     "<name> is not a valid name for tables/schemas. Valid names only contain alphabet characters, numbers and _."},
    {"INVALID_SCHEMA_TYPE_NON_STRUCT", "42K09",
     "Invalid schema type. Expect a struct type, but got <dataType>."},
    {"INVALID_SET_SYNTAX", "42000",
     "Expected format is 'SET', 'SET key', or 'SET key=value'. If you want to include special characters in key, "
     "or include semicolon in value, please use backquotes, e.g., SET `key`=`value`."},
    {"INVALID_SINGLE_VARIANT_COLUMN", "42613",
     "User specified schema <schema> is invalid when the `singleVariantColumn` option is enabled. The schema must "
     "either be a variant field, or a variant field plus a corrupt column field."},
    {"INVALID_SPARK_CONFIG", "42616",
     "Invalid Spark config:"},
    {"INVALID_SPARK_CONFIG.INVALID_EXECUTOR_HEARTBEAT_INTERVAL", "42616",
     "Invalid Spark config: The value of <networkTimeoutKey>=<networkTimeoutValue>ms must be greater than the "
     "value of <executorHeartbeatIntervalKey>=<executorHeartbeatIntervalValue>ms."},
    {"INVALID_SPARK_CONFIG.INVALID_EXECUTOR_MEMORY_OPTIONS", "42616",
     "Invalid Spark config: <executorOptsKey> is not allowed to specify max heap memory settings (was "
     "'<javaOpts>'). Use spark.executor.memory instead."},
    {"INVALID_SPARK_CONFIG.INVALID_EXECUTOR_SPARK_OPTIONS", "42616",
     "Invalid Spark config: <executorOptsKey> is not allowed to set Spark options (was '<javaOpts>'). Set them "
     "directly on a SparkConf or in a properties file when using ./bin/spark-submit."},
    {"INVALID_SPARK_CONFIG.INVALID_MEMORY_FRACTION", "42616",
     "Invalid Spark config: <memoryFractionKey> should be between 0 and 1 (was '<memoryFractionValue>')."},
    {"INVALID_SPARK_CONFIG.INVALID_SPARK_SUBMIT_DEPLOY_MODE_KEY", "42616",
     "Invalid Spark config: <sparkSubmitDeployModeKey> can only be \"cluster\" or \"client\"."},
    {"INVALID_SPARK_CONFIG.NETWORK_AUTH_MUST_BE_ENABLED", "42616",
     "Invalid Spark config: <networkAuthEnabledConf> must be enabled when enabling encryption."},
    {"INVALID_SQLSTATE", "428B3",
     "Invalid SQLSTATE value: '<sqlState>'. SQLSTATE must be exactly 5 characters long and contain only A-Z and "
     "0-9. SQLSTATE must not start with '00', '01', or 'XX'."},
    {"INVALID_SQL_ARG", "42K08",
     "The argument <name> of `sql()` is invalid. Consider to replace it either by a SQL literal or by collection "
     "constructor functions such as `map()`, `array()`, `struct()`."},
    {"INVALID_SQL_FUNCTION_DATA_ACCESS", "42K0E",
     "Cannot create a SQL function with CONTAINS SQL that accesses a table/view or a SQL function that reads SQL "
     "data. Please use READS SQL DATA instead."},
    {"INVALID_SQL_FUNCTION_PLAN_STRUCTURE", "XXKD0",
     "Invalid SQL function plan structure\n<plan>"},
    {"INVALID_SQL_PATH_SCHEMA_REFERENCE", "42601",
     "Invalid schema reference in SET PATH: <qualifiedName>. Use at least two name parts (catalog.schema); "
     "multi-level namespaces are allowed."},
    {"INVALID_SQL_SYNTAX", "42000",
     "Invalid SQL syntax:"},
    {"INVALID_SQL_SYNTAX.ANALYZE_TABLE_UNEXPECTED_NOSCAN", "42000",
     "Invalid SQL syntax: ANALYZE TABLE(S) ... COMPUTE STATISTICS ... <ctx> must be either NOSCAN or empty."},
    {"INVALID_SQL_SYNTAX.CREATE_FUNC_WITH_COLUMN_CONSTRAINTS", "42000",
     "Invalid SQL syntax: CREATE FUNCTION with constraints on parameters is not allowed."},
    {"INVALID_SQL_SYNTAX.CREATE_FUNC_WITH_GENERATED_COLUMNS_AS_PARAMETERS", "42000",
     "Invalid SQL syntax: CREATE FUNCTION with generated columns as parameters is not allowed."},
    {"INVALID_SQL_SYNTAX.CREATE_ROUTINE_WITH_IF_NOT_EXISTS_AND_REPLACE", "42000",
     "Invalid SQL syntax: Cannot create a routine with both IF NOT EXISTS and REPLACE specified."},
    {"INVALID_SQL_SYNTAX.CREATE_TEMP_FUNC_WITH_DATABASE", "42000",
     "Invalid SQL syntax: CREATE TEMPORARY FUNCTION with specifying a database(<database>) is not allowed."},
    {"INVALID_SQL_SYNTAX.CREATE_TEMP_FUNC_WITH_IF_NOT_EXISTS", "42000",
     "Invalid SQL syntax: CREATE TEMPORARY FUNCTION with IF NOT EXISTS is not allowed."},
    {"INVALID_SQL_SYNTAX.CREATE_TEMP_TABLE_USING_PROVIDER", "42000",
     "Invalid SQL syntax: CREATE TEMPORARY TABLE ... USING ... is a deprecated syntax. To overcome the issue, "
     "please use CREATE TEMPORARY VIEW instead."},
    {"INVALID_SQL_SYNTAX.EMPTY_IN_PREDICATE", "42000",
     "Invalid SQL syntax: IN predicate requires at least one value. Empty IN clauses like 'IN ()' are not "
     "allowed. Consider using 'WHERE FALSE' if you need an always-false condition, or provide at least one value "
     "in the IN list."},
    {"INVALID_SQL_SYNTAX.EMPTY_PARTITION_VALUE", "42000",
     "Invalid SQL syntax: Partition key <partKey> must set value."},
    {"INVALID_SQL_SYNTAX.FUNCTION_WITH_UNSUPPORTED_SYNTAX", "42000",
     "Invalid SQL syntax: The function <prettyName> does not support <syntax>."},
    {"INVALID_SQL_SYNTAX.INVALID_COLUMN_REFERENCE", "42000",
     "Invalid SQL syntax: Expected a column reference for transform <transform>: <expr>."},
    {"INVALID_SQL_SYNTAX.INVALID_TABLE_FUNCTION_IDENTIFIER_ARGUMENT_MISSING_PARENTHESES", "42000",
     "Invalid SQL syntax: Syntax error: call to table-valued function is invalid because parentheses are missing "
     "around the provided TABLE argument <argumentName>; please surround this with parentheses and try again."},
    {"INVALID_SQL_SYNTAX.INVALID_TABLE_VALUED_FUNC_NAME", "42000",
     "Invalid SQL syntax: Table valued function cannot specify database name: <funcName>."},
    {"INVALID_SQL_SYNTAX.INVALID_WINDOW_REFERENCE", "42000",
     "Invalid SQL syntax: Window reference <windowName> is not a window specification."},
    {"INVALID_SQL_SYNTAX.LATERAL_WITHOUT_SUBQUERY_OR_TABLE_VALUED_FUNC", "42000",
     "Invalid SQL syntax: LATERAL can only be used with subquery and table-valued functions."},
    {"INVALID_SQL_SYNTAX.MULTI_PART_NAME", "42000",
     "Invalid SQL syntax: <statement> with multiple part name(<name>) is not allowed."},
    {"INVALID_SQL_SYNTAX.OPTION_IS_INVALID", "42000",
     "Invalid SQL syntax: option or property key <key> is invalid; only <supported> are supported"},
    {"INVALID_SQL_SYNTAX.REPETITIVE_WINDOW_DEFINITION", "42000",
     "Invalid SQL syntax: The definition of window <windowName> is repetitive."},
    {"INVALID_SQL_SYNTAX.SHOW_FUNCTIONS_INVALID_PATTERN", "42000",
     "Invalid SQL syntax: Invalid pattern in SHOW FUNCTIONS: <pattern>. It must be a \"STRING\" literal."},
    {"INVALID_SQL_SYNTAX.SHOW_FUNCTIONS_INVALID_SCOPE", "42000",
     "Invalid SQL syntax: SHOW <scope> FUNCTIONS not supported."},
    {"INVALID_SQL_SYNTAX.TRANSFORM_WRONG_NUM_ARGS", "42000",
     "Invalid SQL syntax: The transform<transform> requires <expectedNum> parameters but the actual number is "
     "<actualNum>."},
    {"INVALID_SQL_SYNTAX.UNRESOLVED_WINDOW_REFERENCE", "42000",
     "Invalid SQL syntax: Cannot resolve window reference <windowName>."},
    {"INVALID_SQL_SYNTAX.UNSUPPORTED_FUNC_NAME", "42000",
     "Invalid SQL syntax: Unsupported function name <funcName>."},
    {"INVALID_SQL_SYNTAX.UNSUPPORTED_SQL_STATEMENT", "42000",
     "Invalid SQL syntax: Unsupported SQL statement: <sqlText>."},
    {"INVALID_SQL_SYNTAX.VARIABLE_TYPE_OR_DEFAULT_REQUIRED", "42000",
     "Invalid SQL syntax: The definition of a SQL variable requires either a datatype or a DEFAULT clause.\nFor "
     "example, use `DECLARE name STRING` or `DECLARE name = 'SQL'` instead of `DECLARE name`."},
    {"INVALID_STATEMENT_FOR_EXECUTE_INTO", "07501",
     "The INTO clause of EXECUTE IMMEDIATE is only valid for queries but the given statement is not a query: "
     "<sqlString>."},
    {"INVALID_STATEMENT_OR_CLAUSE", "42601",
     "The statement or clause: <operation> is not valid."},
    {"INVALID_SUBQUERY_EXPRESSION", "42823",
     "Invalid subquery:"},
    {"INVALID_SUBQUERY_EXPRESSION.SCALAR_SUBQUERY_RETURN_MORE_THAN_ONE_OUTPUT_COLUMN", "42823",
     "Invalid subquery: Scalar subquery must return only one column, but got <number>."},
    {"INVALID_TEMP_OBJ_QUALIFIER", "42602",
     "Temporary <objectType> <objectName> cannot be qualified with <qualifier>. Temporary objects can only be "
     "qualified with SESSION or SYSTEM.SESSION."},
    {"INVALID_TEMP_OBJ_REFERENCE", "42K0F",
     "Cannot create the persistent object <objName> of the type <obj> because it references to the temporary "
     "object <tempObjName> of the type <tempObj>. Please make the temporary object <tempObjName> persistent, or "
     "make the persistent object <objName> temporary."},
    {"INVALID_TIMEZONE", "22009",
     "The timezone: <timeZone> is invalid. The timezone must be either a region-based zone ID or a zone offset. "
     "Region IDs must have the form 'area/city', such as 'America/Los_Angeles'. Zone offsets must be in the "
     "format '(+|-)HH', '(+|-)HH:mm' or '(+|-)HH:mm:ss', e.g '-08' , '+01:00' or '-13:33:33', and must be in the "
     "range from -18:00 to +18:00. 'Z' and 'UTC' are accepted as synonyms for '+00:00'."},
    {"INVALID_TIME_TRAVEL_SPEC", "42K0E",
     "Cannot specify both version and timestamp when time travelling the table."},
    {"INVALID_TIME_TRAVEL_TIMESTAMP_EXPR", "42K0E",
     "The time travel timestamp expression <expr> is invalid."},
    {"INVALID_TIME_TRAVEL_TIMESTAMP_EXPR.INPUT", "42K0E",
     "The time travel timestamp expression <expr> is invalid. Cannot be casted to the \"TIMESTAMP\" type."},
    {"INVALID_TIME_TRAVEL_TIMESTAMP_EXPR.NON_DETERMINISTIC", "42K0E",
     "The time travel timestamp expression <expr> is invalid. Must be deterministic."},
    {"INVALID_TIME_TRAVEL_TIMESTAMP_EXPR.OPTION", "42K0E",
     "The time travel timestamp expression <expr> is invalid. Timestamp string in the options must be able to "
     "cast to TIMESTAMP type."},
    {"INVALID_TIME_TRAVEL_TIMESTAMP_EXPR.UNEVALUABLE", "42K0E",
     "The time travel timestamp expression <expr> is invalid. Must be evaluable."},
    {"INVALID_TYPED_LITERAL", "42604",
     "The value of the typed literal <valueType> is invalid: <value>."},
    {"INVALID_UDF_IMPLEMENTATION", "38000",
     "Function <funcName> does not implement a ScalarFunction or AggregateFunction."},
    {"INVALID_URL", "22P02",
     "The url is invalid: <url>. Use `try_parse_url` to tolerate invalid URL and return NULL instead."},
    {"INVALID_USAGE_OF_STAR_OR_REGEX", "42000",
     "Invalid usage of <elem> in <prettyName>."},
    {"INVALID_USAGE_OF_STAR_WITH_TABLE_IDENTIFIER_IN_COUNT", "42000",
     "count(<tableName>.*) is not allowed. Use count(*) or expand the columns manually, e.g. count(col1, col2)."},
    {"INVALID_UTF8_STRING", "22029",
     "Invalid UTF8 byte sequence found in string: <str>."},
    {"INVALID_VARIABLE_DECLARATION", "42K0M",
     "Invalid variable declaration."},
    {"INVALID_VARIABLE_DECLARATION.NOT_ALLOWED_IN_SCOPE", "42K0M",
     "Invalid variable declaration. Declaration of the variable <varName> is not allowed in this scope."},
    {"INVALID_VARIABLE_DECLARATION.ONLY_AT_BEGINNING", "42K0M",
     "Invalid variable declaration. Variable <varName> can only be declared at the beginning of the compound."},
    {"INVALID_VARIABLE_DECLARATION.QUALIFIED_LOCAL_VARIABLE", "42K0M",
     "Invalid variable declaration. The variable <varName> must be declared without a qualifier, as qualifiers "
     "are not allowed for local variable declarations."},
    {"INVALID_VARIABLE_DECLARATION.REPLACE_LOCAL_VARIABLE", "42K0M",
     "Invalid variable declaration. The variable <varName> does not support DECLARE OR REPLACE, as local "
     "variables cannot be replaced."},
    {"INVALID_VARIANT_CAST", "22023",
     "The variant value `<value>` cannot be cast into `<dataType>`. Please use `try_variant_get` instead."},
    {"INVALID_VARIANT_FROM_PARQUET", "22023",
     "Invalid variant."},
    {"INVALID_VARIANT_FROM_PARQUET.MISSING_FIELD", "22023",
     "Invalid variant. Missing <field> field."},
    {"INVALID_VARIANT_FROM_PARQUET.NULLABLE_OR_NOT_BINARY_FIELD", "22023",
     "Invalid variant. The <field> must be a non-nullable binary."},
    {"INVALID_VARIANT_FROM_PARQUET.WRONG_NUM_FIELDS", "22023",
     "Invalid variant. Variant column must contain exactly two fields."},
    {"INVALID_VARIANT_GET_PATH", "22023",
     "The path `<path>` is not a valid variant extraction path in `<functionName>`.\nA valid path should start "
     "with `$` and is followed by zero or more segments like `[123]`, `.name`, `['name']`, or `[\"name\"]`."},
    {"INVALID_VARIANT_SHREDDING_SCHEMA", "22023",
     "The schema `<schema>` is not a valid variant shredding schema."},
    {"INVALID_VECTOR_NORM_DEGREE", "22023",
     "For the <functionName> function, degree must be 1.0, 2.0, or float('inf'), but got <degree>."},
    {"INVALID_WHERE_CONDITION", "42903",
     "The WHERE condition <condition> contains invalid expressions: <expressionList>.\nRewrite the query to avoid "
     "window functions, aggregate functions, and generator functions in the WHERE clause."},
    {"INVALID_WINDOW_SPEC_FOR_AGGREGATION_FUNC", "42601",
     "Cannot specify ORDER BY or a window frame for <aggFunc>."},
    {"INVALID_WITHIN_GROUP_EXPRESSION", "42K0K",
     "Invalid function <funcName> with WITHIN GROUP."},
    {"INVALID_WITHIN_GROUP_EXPRESSION.DISTINCT_UNSUPPORTED", "42K0K",
     "Invalid function <funcName> with WITHIN GROUP. The function does not support DISTINCT with WITHIN GROUP."},
    {"INVALID_WITHIN_GROUP_EXPRESSION.MISMATCH_WITH_DISTINCT_INPUT", "42K0K",
     "Invalid function <funcName> with WITHIN GROUP. The function is invoked with DISTINCT and WITHIN GROUP but "
     "expressions <funcArg> and <orderingExpr> do not match. The WITHIN GROUP ordering expression must be picked "
     "from the function inputs."},
    {"INVALID_WITHIN_GROUP_EXPRESSION.MISMATCH_WITH_DISTINCT_INPUT_UNSAFE_CAST", "42K0K",
     "Invalid function <funcName> with WITHIN GROUP. The function <funcName> with DISTINCT and WITHIN GROUP "
     "(ORDER BY) is not supported for <inputType> input. Explicitly cast the input to <castType> before passing "
     "it to both the function argument and ORDER BY expression."},
    {"INVALID_WITHIN_GROUP_EXPRESSION.WITHIN_GROUP_MISSING", "42K0K",
     "Invalid function <funcName> with WITHIN GROUP. WITHIN GROUP is required for the function."},
    {"INVALID_WITHIN_GROUP_EXPRESSION.WRONG_NUM_ORDERINGS", "42K0K",
     "Invalid function <funcName> with WITHIN GROUP. The function requires <expectedNum> orderings in WITHIN "
     "GROUP but got <actualNum>."},
    {"INVALID_WRITER_COMMIT_MESSAGE", "42KDE",
     "The data source writer has generated an invalid number of commit messages. Expected exactly one writer "
     "commit message from each task, but received <detail>."},
    {"INVALID_WRITE_DISTRIBUTION", "42000",
     "The requested write distribution is invalid."},
    {"INVALID_WRITE_DISTRIBUTION.PARTITION_NUM_AND_SIZE", "42000",
     "The requested write distribution is invalid. The partition number and advisory partition size can't be "
     "specified at the same time."},
    {"INVALID_WRITE_DISTRIBUTION.PARTITION_NUM_WITH_UNSPECIFIED_DISTRIBUTION", "42000",
     "The requested write distribution is invalid. The number of partitions can't be specified with unspecified "
     "distribution."},
    {"INVALID_WRITE_DISTRIBUTION.PARTITION_SIZE_WITH_UNSPECIFIED_DISTRIBUTION", "42000",
     "The requested write distribution is invalid. The advisory partition size can't be specified with "
     "unspecified distribution."},
    {"JOIN_CONDITION_IS_NOT_BOOLEAN_TYPE", "42K0E",
     "The join condition <joinCondition> has the invalid type <conditionType>, expected \"BOOLEAN\"."},
    {"KLL_INVALID_INPUT_SKETCH_BUFFER", "22000",
     "Invalid call to <function>; only valid KLL sketch buffers are supported as inputs (such as those produced "
     "by the `kll_sketch_agg` function)."},
    {"KLL_SKETCH_INVALID_QUANTILE_RANGE", "22003",
     "For function <functionName>, the quantile value must be between 0.0 and 1.0 (inclusive)."},
    {"KLL_SKETCH_K_MUST_BE_CONSTANT", "42K0E",
     "For function <functionName>, the k parameter must be a constant value, but got a non-constant expression."},
    {"KLL_SKETCH_K_OUT_OF_RANGE", "22003",
     "For function <functionName>, the k parameter must be between 8 and 65535 (inclusive), but got <k>."},
    {"LABELS_MISMATCH", "42K0L",
     "Begin label <beginLabel> does not match the end label <endLabel>."},
    {"LABEL_OR_FOR_VARIABLE_ALREADY_EXISTS", "42K0L",
     "The label or FOR variable <label> already exists. Choose another name or rename the existing one."},
    {"LABEL_OR_FOR_VARIABLE_NAME_FORBIDDEN", "42K0L",
     "The label or FOR variable name <label> is forbidden."},
    {"LATERAL_JOIN_WITH_ARROW_UDTF_UNSUPPORTED", "0A000",
     "LATERAL JOIN with Arrow-optimized user-defined table functions (UDTFs) is not supported. Arrow UDTFs cannot "
     "be used on the right-hand side of a lateral join.\nPlease use a regular UDTF instead, or restructure your "
     "query to avoid the lateral join."},
    {"LOAD_DATA_PATH_NOT_EXISTS", "42K03",
     "LOAD DATA input path does not exist: <path>."},
    {"LOCAL_MUST_WITH_SCHEMA_FILE", "42601",
     "LOCAL must be used together with the schema of `file`, but got: `<actualSchema>`."},
    {"LOCAL_RELATION_SIZE_LIMIT_EXCEEDED", "54000",
     "Local relation size (<actualSize> bytes) exceeds the limit (<sizeLimit> bytes)."},
    {"LOCATION_ALREADY_EXISTS", "42710",
     "Cannot name the managed table as <identifier>, as its associated location <location> already exists. Please "
     "pick a different table name, or remove the existing location first."},
    {"MALFORMED_CHARACTER_CODING", "22000",
     "Invalid value found when performing <function> with <charset>"},
    {"MALFORMED_CSV_RECORD", "KD000",
     "Malformed CSV record: <badRecord>"},
    {"MALFORMED_LOG_FILE", "KD002",
     "Log file was malformed: failed to read correct log version from <text>."},
    {"MALFORMED_RECORD_IN_PARSING", "22023",
     "Malformed records are detected in record parsing: <badRecord>.\nParse Mode: <failFastMode>. To process "
     "malformed records as null result, try setting the option 'mode' as 'PERMISSIVE'."},
    {"MALFORMED_RECORD_IN_PARSING.CANNOT_PARSE_JSON_ARRAYS_AS_STRUCTS", "22023",
     "Malformed records are detected in record parsing: <badRecord>.\nParse Mode: <failFastMode>. To process "
     "malformed records as null result, try setting the option 'mode' as 'PERMISSIVE'. Parsing JSON arrays as "
     "structs is forbidden."},
    {"MALFORMED_RECORD_IN_PARSING.CANNOT_PARSE_STRING_AS_DATATYPE", "22023",
     "Malformed records are detected in record parsing: <badRecord>.\nParse Mode: <failFastMode>. To process "
     "malformed records as null result, try setting the option 'mode' as 'PERMISSIVE'. Cannot parse the value "
     "<fieldValue> of the field <fieldName> as target spark data type <targetType> from the input type "
     "<inputType>."},
    {"MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION", "22023",
     "Malformed records are detected in record parsing: <badRecord>.\nParse Mode: <failFastMode>. To process "
     "malformed records as null result, try setting the option 'mode' as 'PERMISSIVE'. "},
    {"MALFORMED_VARIANT", "22023",
     "Variant binary is malformed. Please check the data source is valid."},
    {"MATERIALIZED_VIEW_WITH_MULTIPLE_QUERIES", "42000",
     "Invalid destination <tableName> with multiple flows: <flows>."},
    {"MERGE_CARDINALITY_VIOLATION", "23K01",
     "The ON search condition of the MERGE statement matched a single row from the target table with multiple "
     "rows of the source table.\nThis could result in the target row being operated on more than once with an "
     "update or delete operation and is not allowed."},
    {"MERGE_INSERT_VALUE_COUNT_MISMATCH", "21S01",
     "The number of provided values (<actualCount>) must match the number of expected columns (<expectedCount>) "
     "in the INSERT clause of MERGE."},
    {"MERGE_WITHOUT_WHEN", "42601",
     "There must be at least one WHEN clause in a MERGE statement."},
    {"MISSING_AGGREGATION", "42803",
     "The non-aggregating expression <expression> is based on columns which are not participating in the GROUP BY "
     "clause.\nAdd the columns or the expression to the GROUP BY, aggregate the expression, or use "
     "<expressionAnyValue> if you do not care which of the values within a group is returned."},
    {"MISSING_ATTRIBUTES", "XX000",
     "Resolved attribute(s) <missingAttributes> missing from <input> in operator <operator>."},
    {"MISSING_ATTRIBUTES.RESOLVED_ATTRIBUTE_APPEAR_IN_OPERATION", "XX000",
     "Resolved attribute(s) <missingAttributes> missing from <input> in operator <operator>. Attribute(s) with "
     "the same name appear in the operation: <operation>.\nPlease check if the right attribute(s) are used."},
    {"MISSING_ATTRIBUTES.RESOLVED_ATTRIBUTE_MISSING_FROM_INPUT", "XX000",
     "Resolved attribute(s) <missingAttributes> missing from <input> in operator <operator>. "},
    {"MISSING_CATALOG_ABILITY", "0A000",
     "Catalog <plugin> does not support"},
    {"MISSING_CATALOG_ABILITY.CREATE_FUNCTION", "0A000",
     "Catalog <plugin> does not support CREATE FUNCTION."},
    {"MISSING_CATALOG_ABILITY.DROP_FUNCTION", "0A000",
     "Catalog <plugin> does not support DROP FUNCTION."},
    {"MISSING_CATALOG_ABILITY.FUNCTIONS", "0A000",
     "Catalog <plugin> does not support functions."},
    {"MISSING_CATALOG_ABILITY.NAMESPACES", "0A000",
     "Catalog <plugin> does not support namespaces."},
    {"MISSING_CATALOG_ABILITY.PROCEDURES", "0A000",
     "Catalog <plugin> does not support procedures."},
    {"MISSING_CATALOG_ABILITY.REFRESH_FUNCTION", "0A000",
     "Catalog <plugin> does not support REFRESH FUNCTION."},
    {"MISSING_CATALOG_ABILITY.TABLES", "0A000",
     "Catalog <plugin> does not support tables."},
    {"MISSING_CATALOG_ABILITY.TABLE_VALUED_FUNCTIONS", "0A000",
     "Catalog <plugin> does not support table-valued functions."},
    {"MISSING_CATALOG_ABILITY.VIEWS", "0A000",
     "Catalog <plugin> does not support views."},
    {"MISSING_DATABASE_FOR_V1_SESSION_CATALOG", "3F000",
     "Database name is not specified in the v1 session catalog. Please ensure to provide a valid database name "
     "when interacting with the v1 catalog."},
    {"MISSING_GROUP_BY", "42803",
     "The query does not include a GROUP BY clause. Add GROUP BY or turn it into the window functions using OVER "
     "clauses."},
    {"MISSING_TIMEOUT_CONFIGURATION", "HY000",
     "The operation has timed out, but no timeout duration is configured. To set a processing time-based timeout, "
     "use 'GroupState.setTimeoutDuration()' in your 'mapGroupsWithState' or 'flatMapGroupsWithState' operation. "
     "For event-time-based timeout, use 'GroupState.setTimeoutTimestamp()' and define a watermark using "
     "'Dataset.withWatermark()'."},
    {"MISSING_WINDOW_SPECIFICATION", "42P20",
     "Window specification is not defined in the WINDOW clause for <windowName>. For more information about "
     "WINDOW clauses, please refer to '<docroot>/sql-ref-syntax-qry-select-window.html'."},
    {"MULTIPLE_PRIMARY_KEYS", "42P16",
     "Multiple primary keys are defined: <columns>. Please ensure that only one primary key is defined for the "
     "table."},
    {"MULTIPLE_QUERY_RESULT_CLAUSES_WITH_PIPE_OPERATORS", "42000",
     "<clause1> and <clause2> cannot coexist in the same SQL pipe operator using '|>'. Please separate the "
     "multiple result clauses into separate pipe operators and then retry the query again."},
    {"MULTIPLE_TIME_TRAVEL_SPEC", "42K0E",
     "Cannot specify time travel in both the time travel clause and options."},
    {"MULTI_ALIAS_WITHOUT_GENERATOR", "42K0E",
     "Multi part aliasing (<names>) is not supported with <expr> as it is not a generator function."},
    {"MULTI_SOURCES_UNSUPPORTED_FOR_EXPRESSION", "42K0E",
     "The expression <expr> does not support more than one source."},
    {"MULTI_UDF_INTERFACE_ERROR", "0A000",
     "Not allowed to implement multiple UDF interfaces, UDF class <className>."},
    {"NAMED_PARAMETERS_NOT_SUPPORTED", "4274K",
     "Named parameters are not supported for function <functionName>; please retry the query with positional "
     "arguments to the function call instead."},
    {"NAMED_PARAMETER_SUPPORT_DISABLED", "0A000",
     "Cannot call function <functionName> because named argument references are not enabled here.\nIn this case, "
     "the named argument reference was <argument>.\nSet \"spark.sql.allowNamedFunctionArguments\" to \"true\" to "
     "turn on feature."},
    {"NEAREST_BY_JOIN", "42604",
     "Invalid nearest-by join."},
    {"NEAREST_BY_JOIN.CROSS_JOIN_NOT_ENABLED", "42604",
     "Invalid nearest-by join. Nearest-by join is implemented as a bounded cross-product internally and is "
     "therefore rejected when `spark.sql.crossJoin.enabled = false`. Set `spark.sql.crossJoin.enabled = true` to "
     "permit it, or rewrite the query without nearest-by."},
    {"NEAREST_BY_JOIN.NON_ORDERABLE_RANKING_EXPRESSION", "42604",
     "Invalid nearest-by join. The ranking expression <expression> of type <type> is not orderable. Provide an "
     "expression that returns an orderable type, such as a numeric distance like abs(a.col - b.col) or a numeric "
     "similarity score."},
    {"NEAREST_BY_JOIN.NUM_RESULTS_OUT_OF_RANGE", "42604",
     "Invalid nearest-by join. The number of results <numResults> must be between <min> and <max>. Update the "
     "literal in `APPROX NEAREST <numResults> BY ...` (or `EXACT NEAREST <numResults> BY ...`) to fall within "
     "that range."},
    {"NEAREST_BY_JOIN.UNSUPPORTED_DIRECTION", "42604",
     "Invalid nearest-by join. Unsupported nearest-by join direction '<direction>'. Supported nearest-by join "
     "directions include: <supported>."},
    {"NEAREST_BY_JOIN.UNSUPPORTED_JOIN_TYPE", "42604",
     "Invalid nearest-by join. Unsupported nearest-by join type <joinType>. Supported types: <supported>."},
    {"NEAREST_BY_JOIN.UNSUPPORTED_MODE", "42604",
     "Invalid nearest-by join. Unsupported nearest-by join mode '<mode>'. Supported modes include: <supported>."},
    {"NEGATIVE_SCALE_DISALLOWED", "0A000",
     "Negative scale is not allowed: '<scale>'. Set the config <sqlConf> to \"true\" to allow it."},
    {"NEGATIVE_VALUES_IN_FREQUENCY_EXPRESSION", "22003",
     "Found the negative value in <frequencyExpression>: <negativeValue>, but expected a positive integral value."},
    {"NESTED_AGGREGATE_FUNCTION", "42607",
     "It is not allowed to use an aggregate function in the argument of another aggregate function. Please use "
     "the inner aggregate function in a sub-query."},
    {"NESTED_EXECUTE_IMMEDIATE", "07501",
     "Nested EXECUTE IMMEDIATE commands are not allowed. Please ensure that the SQL query provided (<sqlString>) "
     "does not contain another EXECUTE IMMEDIATE command."},
    {"NEW_CHECK_CONSTRAINT_VIOLATION", "23512",
     "The new check constraint (<expression>) cannot be added because it would be violated by existing data in "
     "table <tableName>. Please ensure all existing rows satisfy the constraint before adding it."},
    {"NONEXISTENT_FIELD_NAME_IN_LIST", "HV091",
     "Field(s) <nonExistFields> do(es) not exist. Available fields: <fieldNames>"},
    {"NON_DETERMINISTIC_CHECK_CONSTRAINT", "42621",
     "The check constraint `<checkCondition>` is non-deterministic. Check constraints must only contain "
     "deterministic expressions."},
    {"NON_FOLDABLE_ARGUMENT", "42K08",
     "The function <funcName> requires the parameter <paramName> to be a foldable expression of the type "
     "<paramType>, but the actual argument is a non-foldable."},
    {"NON_LAST_MATCHED_CLAUSE_OMIT_CONDITION", "42613",
     "When there are more than one MATCHED clauses in a MERGE statement, only the last MATCHED clause can omit "
     "the condition."},
    {"NON_LAST_NOT_MATCHED_BY_SOURCE_CLAUSE_OMIT_CONDITION", "42613",
     "When there are more than one NOT MATCHED BY SOURCE clauses in a MERGE statement, only the last NOT MATCHED "
     "BY SOURCE clause can omit the condition."},
    {"NON_LAST_NOT_MATCHED_BY_TARGET_CLAUSE_OMIT_CONDITION", "42613",
     "When there are more than one NOT MATCHED [BY TARGET] clauses in a MERGE statement, only the last NOT "
     "MATCHED [BY TARGET] clause can omit the condition."},
    {"NON_LITERAL_PIVOT_VALUES", "42K08",
     "Literal expressions required for pivot values, found <expression>."},
    {"NON_PARTITION_COLUMN", "42000",
     "PARTITION clause cannot contain the non-partition column: <columnName>."},
    {"NOT_ALLOWED_IN_FROM", "42601",
     "Not allowed in the FROM clause:"},
    {"NOT_ALLOWED_IN_FROM.LATERAL_WITH_PIVOT", "42601",
     "Not allowed in the FROM clause: LATERAL together with PIVOT."},
    {"NOT_ALLOWED_IN_FROM.LATERAL_WITH_UNPIVOT", "42601",
     "Not allowed in the FROM clause: LATERAL together with UNPIVOT."},
    {"NOT_ALLOWED_IN_FROM.UNPIVOT_WITH_PIVOT", "42601",
     "Not allowed in the FROM clause: UNPIVOT together with PIVOT."},
    {"NOT_ALLOWED_IN_PIPE_OPERATOR_WHERE", "42601",
     "Not allowed in the pipe WHERE clause:"},
    {"NOT_ALLOWED_IN_PIPE_OPERATOR_WHERE.WINDOW_CLAUSE", "42601",
     "Not allowed in the pipe WHERE clause: WINDOW clause."},
    {"NOT_A_CONSTANT_STRING", "42601",
     "The expression <expr> used for the routine or clause <name> must be a constant STRING which is NOT NULL."},
    {"NOT_A_CONSTANT_STRING.NOT_CONSTANT", "42601",
     "The expression <expr> used for the routine or clause <name> must be a constant STRING which is NOT NULL. To "
     "be considered constant the expression must not depend on any columns, contain a subquery, or invoke a non "
     "deterministic function such as rand()."},
    {"NOT_A_CONSTANT_STRING.NULL", "42601",
     "The expression <expr> used for the routine or clause <name> must be a constant STRING which is NOT NULL. "
     "The expression evaluates to NULL."},
    {"NOT_A_CONSTANT_STRING.WRONG_TYPE", "42601",
     "The expression <expr> used for the routine or clause <name> must be a constant STRING which is NOT NULL. "
     "The data type of the expression is <dataType>."},
    {"NOT_A_PARTITIONED_TABLE", "42809",
     "Operation <operation> is not allowed for <tableIdentWithDB> because it is not a partitioned table."},
    {"NOT_A_SCALAR_FUNCTION", "42887",
     "<functionName> appears as a scalar expression here, but the function was defined as a table function. "
     "Please update the query to move the function call into the FROM clause, or redefine <functionName> as a "
     "scalar function instead."},
    {"NOT_A_TABLE_FUNCTION", "42887",
     "<functionName> appears as a table function here, but the function was defined as a scalar function. Please "
     "update the query to move the function call outside the FROM clause, or redefine <functionName> as a table "
     "function instead."},
    {"NOT_NULL_ASSERT_VIOLATION", "42000",
     "NULL value appeared in non-nullable field: <walkedTypePath>If the schema is inferred from a Scala "
     "tuple/case class, or a Java bean, please try to use scala.Option[_] or other nullable types (such as "
     "java.lang.Integer instead of int/scala.Int)."},
    {"NOT_NULL_CONSTRAINT_VIOLATION", "42000",
     "Assigning a NULL is not allowed here."},
    {"NOT_NULL_CONSTRAINT_VIOLATION.ARRAY_ELEMENT", "42000",
     "Assigning a NULL is not allowed here. The array <columnPath> is defined to contain only elements that are "
     "NOT NULL."},
    {"NOT_NULL_CONSTRAINT_VIOLATION.MAP_VALUE", "42000",
     "Assigning a NULL is not allowed here. The map <columnPath> is defined to contain only values that are NOT "
     "NULL."},
    {"NOT_SUPPORTED_CHANGE_COLUMN", "0A000",
     "ALTER TABLE ALTER/CHANGE COLUMN is not supported for changing <table>'s column <originName> with type "
     "<originType> to <newName> with type <newType>."},
    {"NOT_SUPPORTED_CHANGE_SAME_COLUMN", "0A000",
     "ALTER TABLE ALTER/CHANGE COLUMN is not supported for changing <table>'s column <fieldName> including its "
     "nested fields multiple times in the same command."},
    {"NOT_SUPPORTED_COMMAND_FOR_V2_TABLE", "0A000",
     "<cmd> is not supported for v2 tables."},
    {"NO_DEFAULT_COLUMN_VALUE_AVAILABLE", "42608",
     "Can't determine the default value for <colName> since it is not nullable and it has no default value."},
    {"NO_MERGE_ACTION_SPECIFIED", "42K0E",
     "df.mergeInto needs to be followed by at least one of whenMatched/whenNotMatched/whenNotMatchedBySource."},
    {"NULLABLE_COLUMN_OR_FIELD", "42000",
     "Column or field <name> is nullable while it's required to be non-nullable."},
    {"NULLABLE_ROW_ID_ATTRIBUTES", "42000",
     "Row ID attributes cannot be nullable: <nullableRowIdAttrs>."},
    {"NULL_DATA_SOURCE_OPTION", "22024",
     "Data source read/write option <option> cannot have null value."},
    {"NULL_MAP_KEY", "2200E",
     "Cannot use null as map key."},
    {"NULL_QUERY_STRING_EXECUTE_IMMEDIATE", "22004",
     "Execute immediate requires a non-null variable as the query string, but the provided variable <varName> is "
     "null."},
    {"NUMERIC_OUT_OF_SUPPORTED_RANGE", "22003",
     "The value <value> cannot be interpreted as a numeric since it has more than 38 digits."},
    {"NUMERIC_VALUE_OUT_OF_RANGE", "22003",
     ""},
    {"NUMERIC_VALUE_OUT_OF_RANGE.WITHOUT_SUGGESTION", "22003",
     " The <roundedValue> rounded half up from <originalValue> cannot be represented as Decimal(<precision>, "
     "<scale>)."},
    {"NUMERIC_VALUE_OUT_OF_RANGE.WITH_SUGGESTION", "22003",
     " <value> cannot be represented as Decimal(<precision>, <scale>). If necessary set <config> to \"false\" to "
     "bypass this error, and return NULL instead."},
    {"NUM_COLUMNS_MISMATCH", "42826",
     "<operator> can only be performed on inputs with the same number of columns, but the first input has "
     "<firstNumColumns> columns and the <invalidOrdinalNum> input has <invalidNumColumns> columns."},
    {"NUM_TABLE_VALUE_ALIASES_MISMATCH", "42826",
     "Number of given aliases does not match number of output columns.\nFunction name: <funcName>; number of "
     "aliases: <aliasesNum>; number of output columns: <outColsNum>."},
    {"OPERATION_CANCELED", "HY008",
     "Operation has been canceled."},
    {"OPTION_VALUE_EXCEEDS_ONE_CHARACTER", "22023",
     "The value of <paramName> cannot be more than one character, but got <actualValue>."},
    {"ORDER_BY_POS_OUT_OF_RANGE", "42805",
     "ORDER BY position <index> is not in select list (valid range is [1, <size>])."},
    {"PARQUET_CONVERSION_FAILURE", "42846",
     "Unable to create a Parquet converter for the data type <dataType> whose Parquet type is <parquetType>."},
    {"PARQUET_CONVERSION_FAILURE.DECIMAL", "42846",
     "Unable to create a Parquet converter for the data type <dataType> whose Parquet type is <parquetType>. "
     "Parquet DECIMAL type can only be backed by INT32, INT64, FIXED_LEN_BYTE_ARRAY, or BINARY."},
    {"PARQUET_CONVERSION_FAILURE.UNSUPPORTED", "42846",
     "Unable to create a Parquet converter for the data type <dataType> whose Parquet type is <parquetType>. "
     "Please modify the conversion making sure it is supported."},
    {"PARQUET_CONVERSION_FAILURE.WITHOUT_DECIMAL_METADATA", "42846",
     "Unable to create a Parquet converter for the data type <dataType> whose Parquet type is <parquetType>. "
     "Please read this column/field as Spark BINARY type."},
    {"PARQUET_FIELD_REQUESTED_MORE_THAN_ONCE", "KD000",
     "Requested fields <requestedFields> resolve to the same Parquet field <parquetField>, which can be read only "
     "once. When <fieldIdReadConf> is enabled, a requested field with a field ID is resolved by ID and any other "
     "requested field by name. Request the Parquet field only once, and refer to the resulting column more than "
     "once in the query instead."},
    {"PARQUET_TYPE_ILLEGAL", "42846",
     "Illegal Parquet type: <parquetType>."},
    {"PARQUET_TYPE_NOT_RECOGNIZED", "42846",
     "Unrecognized Parquet type: <field>."},
    {"PARQUET_TYPE_NOT_SUPPORTED", "42846",
     "Parquet type not yet supported: <parquetType>."},
    {"PARSE_EMPTY_STATEMENT", "42617",
     "Syntax error, unexpected empty statement."},
    {"PARSE_MODE_UNSUPPORTED", "42601",
     "The function <funcName> doesn't support the <mode> mode. Acceptable modes are PERMISSIVE and FAILFAST."},
    {"PARSE_SYNTAX_ERROR", "42601",
     "Syntax error at or near <error><hint>."},
    {"PARTITIONS_ALREADY_EXIST", "428FT",
     "Cannot ADD or RENAME TO partition(s) <partitionList> in table <tableName> because they already "
     "exist.\nChoose a different name, drop the existing partition, or add the IF NOT EXISTS clause to tolerate a "
     "pre-existing partition."},
    {"PARTITIONS_NOT_FOUND", "428FT",
     "The partition(s) <partitionList> cannot be found in table <tableName>.\nVerify the partition specification "
     "and table name.\nTo tolerate the error on drop use ALTER TABLE … DROP IF EXISTS PARTITION."},
    {"PARTITION_BY_NOT_ALLOWED_WITH_INSERT_INTO", "42601",
     "partitionBy() cannot be used with insertInto(). Partition columns for table <tableName> are determined by "
     "the table definition."},
    {"PARTITION_COLUMN_NOT_FOUND_IN_SCHEMA", "42000",
     "Partition column <column> not found in schema <schema>. Please provide the existing column for partitioning."},
    {"PARTITION_RENAME_NOT_SUPPORTED", "0A000",
     "Partition renaming is not supported."},
    {"PARTITION_TRANSFORM_EXPRESSION_NOT_IN_PARTITIONED_BY", "42S23",
     "The expression <expression> must be inside 'partitionedBy'."},
    {"PATH_ALREADY_EXISTS", "42K04",
     "Path <outputPath> already exists. Set mode as \"overwrite\" to overwrite the existing path."},
    {"PATH_NOT_FOUND", "42K03",
     "Path does not exist: <path>."},
    {"PIPE_OPERATOR_AGGREGATE_EXPRESSION_CONTAINS_NO_AGGREGATE_FUNCTION", "0A000",
     "Non-grouping expression <expr> is provided as an argument to the |> AGGREGATE pipe operator but does not "
     "contain any aggregate function; please update it to include an aggregate function and then retry the query "
     "again."},
    {"PIPE_OPERATOR_CONTAINS_AGGREGATE_FUNCTION", "0A000",
     "Aggregate function <expr> is not allowed when using the pipe operator |> <clause> clause; please use the "
     "pipe operator |> AGGREGATE clause instead."},
    {"PIVOT_VALUE_DATA_TYPE_MISMATCH", "42K09",
     "Invalid pivot value '<value>': value data type <valueType> does not match pivot column data type "
     "<pivotType>."},
    {"POINTER_ARRAY_OUT_OF_MEMORY", "82002",
     "Not enough memory to grow pointer array"},
    {"QUALIFY_AGGREGATE_NOT_ALLOWED", "42903",
     "Aggregate functions are not supported in QUALIFY: <aggregateExpr>."},
    {"QUALIFY_REQUIRES_WINDOW_FUNCTION", "42903",
     "The QUALIFY clause requires at least one window function in the current SELECT list or the QUALIFY "
     "condition."},
    {"RECURSION_LEVEL_LIMIT_EXCEEDED", "42836",
     "Recursion level limit <levelLimit> reached but query has not exhausted, try increasing it like 'WITH "
     "RECURSIVE t(col) MAX RECURSION LEVEL 200'."},
    {"RECURSION_ROW_LIMIT_EXCEEDED", "42836",
     "Recursion row limit <rowLimit> reached but query has not exhausted, try setting a larger LIMIT value when "
     "querying the CTE relation."},
    {"RECURSIVE_CTE_IN_LEGACY_MODE", "42836",
     "Recursive definitions cannot be used in legacy CTE precedence mode "
     "(spark.sql.legacy.ctePrecedencePolicy=LEGACY)."},
    {"RECURSIVE_CTE_WITH_LEGACY_INLINE_FLAG", "42836",
     "Recursive definitions cannot be used when legacy inline flag is set to true "
     "(spark.sql.legacy.inlineCTEInCommands=true)."},
    {"RECURSIVE_FILE_LOOKUP_NOT_SUPPORTED_FOR_PARTITIONED_DATA_SOURCE", "0A000",
     "Recursive file loading is not supported when the data source has explicit partition columns. Either remove "
     "the option \"recursiveFileLookup\", or read the data without supplying partition columns (for example, do "
     "not read a partitioned table)."},
    {"RECURSIVE_VIEW", "42K0H",
     "Recursive view <viewIdent> detected (cycle: <newPath>)."},
    {"REF_DEFAULT_VALUE_IS_NOT_ALLOWED_IN_PARTITION", "42601",
     "References to DEFAULT column values are not allowed within the PARTITION clause."},
    {"REMAINDER_BY_ZERO", "22012",
     "Remainder by zero. Use `try_mod` to tolerate divisor being 0 and return NULL instead. If necessary set "
     "<config> to \"false\" to bypass this error."},
    {"RENAME_SRC_PATH_NOT_FOUND", "42K03",
     "Failed to rename as <sourcePath> was not found."},
    {"REPEATED_CLAUSE", "42614",
     "The <clause> clause may be used at most once per <operation> operation."},
    {"REQUIRED_PARAMETER_NOT_FOUND", "4274K",
     "Cannot invoke routine <routineName> because the parameter named <parameterName> is required, but the "
     "routine call did not supply a value. Please update the routine call to supply an argument value (either "
     "positionally at index <index> or by name) and retry the query again."},
    {"REQUIRES_SINGLE_PART_NAMESPACE", "42K05",
     "<sessionCatalog> requires a single-part namespace, but got identifier <identifier>."},
    {"ROUTINE_ALREADY_EXISTS", "42723",
     "Cannot create the <newRoutineType> <routineName> because a <existingRoutineType> of that name already "
     "exists.\nChoose a different name, drop or replace the existing <existingRoutineType>, or add the IF NOT "
     "EXISTS clause to tolerate a pre-existing <newRoutineType>."},
    {"ROUTINE_NOT_FOUND", "42883",
     "The routine <routineName> cannot be found. Verify the spelling and correctness of the schema and "
     "catalog.\nIf you did not qualify the name with a schema and catalog, verify the current_schema() output, or "
     "qualify the name with the correct schema and catalog.\nTo tolerate the error on drop use DROP ... IF EXISTS."},
    {"ROW_SUBQUERY_TOO_MANY_ROWS", "21000",
     "More than one row returned by a subquery used as a row."},
    {"ROW_VALUE_IS_NULL", "22023",
     "Found NULL in a row at the index <index>, expected a non-NULL value."},
    {"SCALAR_SUBQUERY_IS_IN_GROUP_BY_OR_AGGREGATE_FUNCTION", "0A000",
     "The correlated scalar subquery '<sqlExpr>' is neither present in GROUP BY, nor in an aggregate "
     "function.\nAdd it to GROUP BY using ordinal position or wrap it in `first()` (or `first_value`) if you "
     "don't care which value you get."},
    {"SCALAR_SUBQUERY_TOO_MANY_ROWS", "21000",
     "More than one row returned by a subquery used as an expression."},
    {"SCHEMA_ALREADY_EXISTS", "42P06",
     "Cannot create schema <schemaName> because it already exists.\nChoose a different name, drop the existing "
     "schema, or add the IF NOT EXISTS clause to tolerate pre-existing schema."},
    {"SCHEMA_NOT_EMPTY", "2BP01",
     "Cannot drop a schema <schemaName> because it contains objects.\nUse DROP SCHEMA ... CASCADE to drop the "
     "schema and all its objects."},
    {"SCHEMA_NOT_FOUND", "42704",
     "The schema <schemaName> cannot be found. Verify the spelling and correctness of the schema and catalog.\nIf "
     "you did not qualify the name with a catalog, verify the current_schema() output, or qualify the name with "
     "the correct catalog.\nTo tolerate the error on drop use DROP SCHEMA IF EXISTS."},
    {"SECOND_FUNCTION_ARGUMENT_NOT_INTEGER", "22023",
     "The second argument of <functionName> function needs to be an integer."},
    {"SEED_EXPRESSION_IS_UNFOLDABLE", "42K08",
     "The seed expression <seedExpr> of the expression <exprWithSeed> must be foldable."},
    {"SHOW_COLUMNS_WITH_CONFLICT_NAMESPACE", "42K05",
     "SHOW COLUMNS with conflicting namespaces: <namespaceA> != <namespaceB>."},
    {"SKETCH_INVALID_LG_NOM_ENTRIES", "22003",
     "Invalid call to <function>; the `lgNomEntries` value must be between <min> and <max>, inclusive: <value>."},
    {"SORT_BY_WITHOUT_BUCKETING", "42601",
     "sortBy must be used together with bucketBy."},
    {"SPARK_JOB_CANCELLED", "XXKDA",
     "Job <jobId> cancelled <reason>"},
    {"SPECIFY_BUCKETING_IS_NOT_ALLOWED", "42601",
     "A CREATE TABLE without explicit column list cannot specify bucketing information.\nPlease use the form with "
     "explicit column list and specify bucketing information.\nAlternatively, allow bucketing information to be "
     "inferred by omitting the clause."},
    {"SPECIFY_CLUSTER_BY_WITH_BUCKETING_IS_NOT_ALLOWED", "42908",
     "Cannot specify both CLUSTER BY and CLUSTERED BY INTO BUCKETS."},
    {"SPECIFY_CLUSTER_BY_WITH_PARTITIONED_BY_IS_NOT_ALLOWED", "42908",
     "Cannot specify both CLUSTER BY and PARTITIONED BY."},
    {"SPECIFY_PARTITION_IS_NOT_ALLOWED", "42601",
     "A CREATE TABLE without explicit column list cannot specify PARTITIONED BY.\nPlease use the form with "
     "explicit column list and specify PARTITIONED BY.\nAlternatively, allow partitioning to be inferred by "
     "omitting the PARTITION BY clause."},
    {"SPILL_OUT_OF_MEMORY", "82003",
     "Error while calling spill() on <consumerToSpill> : <message>"},
    {"SQL_CONF_NOT_FOUND", "42K0I",
     "The SQL config <sqlConf> cannot be found. Please verify that the config exists."},
    {"SQL_SCRIPT_IN_EXECUTE_IMMEDIATE", "07501",
     "SQL Scripts in EXECUTE IMMEDIATE commands are not allowed. Please ensure that the SQL query provided "
     "(<sqlString>) is not SQL Script. Make sure the sql_string is a well-formed SQL statement and does not "
     "contain BEGIN and END."},
    {"STAGE_MATERIALIZATION_MULTIPLE_FAILURES", "XX000",
     "Multiple failures (<failureCount>) in stage materialization: <failureDetails>"},
    {"STAR_GROUP_BY_POS", "0A000",
     "Star (*) is not allowed in a select list when GROUP BY an ordinal position is used."},
    {"STATIC_PARTITION_COLUMN_IN_INSERT_COLUMN_LIST", "42713",
     "Static partition column <staticName> is also specified in the column list."},
    {"STRUCT_ARRAY_LENGTH_MISMATCH", "2201E",
     "Input row doesn't have expected number of values required by the schema. <expected> fields are required "
     "while <actual> values are provided."},
    {"SUM_OF_LIMIT_AND_OFFSET_EXCEEDS_MAX_INT", "22003",
     "The sum of the LIMIT clause and the OFFSET clause must not be greater than the maximum 32-bit integer value "
     "(2,147,483,647) but found limit = <limit>, offset = <offset>."},
    {"SYNTAX_DISCONTINUED", "42601",
     "Support of the clause or keyword: <clause> has been discontinued in this context."},
    {"SYNTAX_DISCONTINUED.BANG_EQUALS_NOT", "42601",
     "Support of the clause or keyword: <clause> has been discontinued in this context. The '!' keyword is only "
     "supported as an alias for the prefix operator 'NOT'.\nUse the 'NOT' keyword instead for infix clauses such "
     "as `NOT LIKE`, `NOT IN`, `NOT BETWEEN`, etc.\nTo re-enable the '!' keyword, set "
     "\"spark.sql.legacy.bangEqualsNot\" to \"true\"."},
    {"TABLE_OR_VIEW_ALREADY_EXISTS", "42P07",
     "Cannot create table or view <relationName> because it already exists.\nChoose a different name, drop or "
     "replace the existing object, or add the IF NOT EXISTS clause to tolerate pre-existing objects."},
    {"TABLE_OR_VIEW_NOT_FOUND", "42P01",
     "The table or view <relationName> cannot be found. Verify the spelling and correctness of the schema and "
     "catalog.\nSearch path: <searchPath>.\nIf you did not qualify the name with a schema, verify the "
     "current_schema() output, or qualify the name with the correct schema and catalog.\nTo tolerate the error on "
     "drop use DROP VIEW IF EXISTS or DROP TABLE IF EXISTS."},
    {"TABLE_VALUED_ARGUMENTS_NOT_YET_IMPLEMENTED_FOR_SQL_FUNCTIONS", "0A000",
     "Cannot <action> SQL user-defined function <functionName> with TABLE arguments because this functionality is "
     "not yet implemented."},
    {"TASK_WRITE_FAILED", "58030",
     "Task failed while writing rows to <path>."},
    {"TEMP_TABLE_OR_VIEW_ALREADY_EXISTS", "42P07",
     "Cannot create the temporary view <relationName> because it already exists.\nChoose a different name, drop "
     "or replace the existing view."},
    {"TEMP_VIEW_NAME_TOO_MANY_NAME_PARTS", "428EK",
     "CREATE TEMPORARY VIEW or the corresponding Dataset APIs only accept single-part view names, but got: "
     "<actualName>."},
    {"THETA_INVALID_INPUT_SKETCH_BUFFER", "22000",
     "Invalid call to <function>; only valid Theta sketch buffers are supported as inputs (such as those produced "
     "by the `theta_sketch_agg` function)."},
    {"THETA_INVALID_INPUT_SKETCH_BUFFER_FAMILY", "22000",
     "Invalid call to <function>: expected <expectedFamily> sketch family but received <actualFamily>. Only valid "
     "Theta sketch buffers (produced by `theta_sketch_agg`) are supported as inputs."},
    {"THETA_LG_NOM_ENTRIES_MUST_BE_CONSTANT", "42K0E",
     "Invalid call to <function>; the `lgNomEntries` value must be a constant value, but got a non-constant "
     "expression."},
    {"TRAILING_COMMA_IN_SELECT", "42601",
     "Trailing comma detected in SELECT clause. Remove the trailing comma before the FROM clause."},
    {"TRANSPOSE_EXCEED_ROW_LIMIT", "54006",
     "Number of rows exceeds the allowed limit of <maxValues> for TRANSPOSE. If this was intended, set <config> "
     "to at least the current row count."},
    {"TRANSPOSE_INVALID_INDEX_COLUMN", "42804",
     "Invalid index column for TRANSPOSE because: <reason>"},
    {"TRANSPOSE_NO_LEAST_COMMON_TYPE", "42K09",
     "Transpose requires non-index columns to share a least common type, but <dt1> and <dt2> do not."},
    {"TRUNCATE_PARTITIONS_NOT_SUPPORTED", "0A000",
     "Truncating partitions is not supported."},
    {"TRUNCATE_PARTITION_NOT_SUPPORTED", "0A000",
     "Truncating partition is not supported."},
    {"TUPLE_INVALID_INPUT_SKETCH_BUFFER", "22000",
     "Invalid call to <function>; only valid Tuple sketch buffers are supported as inputs (such as those produced "
     "by the corresponding `tuple_sketch_agg_*` function)."},
    {"TUPLE_INVALID_INPUT_SKETCH_BUFFER_FAMILY", "22000",
     "Invalid call to <function>: expected <expectedFamily> sketch family but received <actualFamily>. Only valid "
     "Tuple sketch buffers (produced by `tuple_sketch_agg_*` functions) are supported as inputs."},
    {"TUPLE_INVALID_SKETCH_MODE", "22023",
     "Invalid call to <function>: mode '<mode>' is not supported. Valid modes are: <validModes>."},
    {"TUPLE_IS_EMPTY", "22004",
     "Due to Scala's limited support of tuple, empty tuple is not supported."},
    {"TUPLE_SIZE_EXCEEDS_LIMIT", "54011",
     "Due to Scala's limited support of tuple, tuples with more than 22 elements are not supported."},
    {"UDTF_ALIAS_NUMBER_MISMATCH", "42802",
     "The AS clause gives another number of aliases than the table function has columns. Expected <aliasesSize> "
     "aliases, but got <aliasesNames>."},
    {"UNABLE_TO_ACQUIRE_MEMORY", "53200",
     "Unable to acquire <requestedBytes> bytes of memory, got <receivedBytes>."},
    {"UNABLE_TO_INFER_SCHEMA", "42KD9",
     "Unable to infer schema for <format>. It must be specified manually."},
    {"UNBOUND_SQL_PARAMETER", "42P02",
     "Found the unbound parameter: <name>. Please, fix `args` and provide a mapping of the parameter to either a "
     "SQL literal or collection constructor functions such as `map()`, `array()`, `struct()`."},
    {"UNCLOSED_BRACKETED_COMMENT", "42601",
     "Found an unclosed bracketed comment. Please, append */ at the end of the comment."},
    {"UNEXPECTED_INPUT_TYPE", "42K09",
     "Parameter <paramIndex> of function <functionName> requires the <requiredType> type, however <inputSql> has "
     "the type <inputType>."},
    {"UNEXPECTED_OPERATOR_IN_CORRELATED_SUBQUERY", "XX000",
     "Unexpected operator <operator> in correlated subquery<positionHint>."},
    {"UNEXPECTED_POSITIONAL_ARGUMENT", "4274K",
     "Cannot invoke routine <routineName> because it contains positional argument(s) following the named argument "
     "assigned to <parameterName>; please rearrange them so the positional arguments come first and then retry "
     "the query again."},
    {"UNEXPECTED_USE_OF_PARAMETER_MARKER", "XX000",
     "Internal error: Unexpected parameter marker <parameterMarker> found during AST building.\nThis should have "
     "been blocked at the grammar level. Report this as a bug."},
    {"UNION_NOT_SUPPORTED_IN_RECURSIVE_CTE", "42836",
     "The UNION operator is not yet supported within recursive common table expressions (WITH clauses that refer "
     "to themselves, directly or indirectly). Please use UNION ALL instead."},
    {"UNKNOWN_PRIMITIVE_TYPE_IN_VARIANT", "22023",
     "Unknown primitive type with id <id> was found in a variant value."},
    {"UNPIVOT_REQUIRES_ATTRIBUTES", "42K0A",
     "UNPIVOT requires all given <given> expressions to be columns when no <empty> expressions are given. These "
     "are not columns: [<expressions>]."},
    {"UNPIVOT_REQUIRES_VALUE_COLUMNS", "42K0A",
     "At least one value column needs to be specified for UNPIVOT, all columns specified as ids."},
    {"UNPIVOT_VALUE_DATA_TYPE_MISMATCH", "42K09",
     "Unpivot value columns must share a least common type, some types do not: [<types>]."},
    {"UNPIVOT_VALUE_SIZE_MISMATCH", "428C4",
     "All unpivot value columns must have the same size as there are value column names (<names>)."},
    {"UNRECOGNIZED_PARAMETER_NAME", "4274K",
     "Cannot invoke routine <routineName> because the routine call included a named argument reference for the "
     "argument named <argumentName>, but this routine does not include any signature containing an argument with "
     "this name. Did you mean one of the following? [<proposal>]."},
    {"UNRECOGNIZED_SQL_TYPE", "42704",
     "Unrecognized SQL type - name: <typeName>, id: <jdbcType>."},
    {"UNRECOGNIZED_STATISTIC", "42704",
     "The statistic <stats> is not recognized. Valid statistics include `count`, `count_distinct`, "
     "`approx_count_distinct`, `mean`, `stddev`, `min`, `max`, and percentile values. Percentile must be a "
     "numeric value followed by '%', within the range 0% to 100%."},
    {"UNRESOLVABLE_TABLE_VALUED_FUNCTION", "42883",
     "Could not resolve <name> to a table-valued function. Verify that <name> is defined and that all its "
     "arguments are given."},
    {"UNRESOLVED_ALL_IN_GROUP_BY", "42803",
     "Cannot infer grouping columns for GROUP BY ALL based on the select clause. Please explicitly specify the "
     "grouping columns."},
    {"UNRESOLVED_COLUMN", "42703",
     "A column, variable, or function parameter with name <objectName> cannot be resolved."},
    {"UNRESOLVED_COLUMN.WITHOUT_SUGGESTION", "42703",
     "A column, variable, or function parameter with name <objectName> cannot be resolved. "},
    {"UNRESOLVED_COLUMN.WITH_SUGGESTION", "42703",
     "A column, variable, or function parameter with name <objectName> cannot be resolved. Did you mean one of "
     "the following? [<proposal>]."},
    {"UNRESOLVED_COLUMN_AMONG_FIELD_NAMES", "42703",
     "Cannot resolve column name \"<colName>\" among (<fieldNames>)."},
    {"UNRESOLVED_FIELD", "42703",
     "A field with name <fieldName> cannot be resolved with the struct-type column <columnPath>."},
    {"UNRESOLVED_FIELD.WITHOUT_SUGGESTION", "42703",
     "A field with name <fieldName> cannot be resolved with the struct-type column <columnPath>. "},
    {"UNRESOLVED_FIELD.WITH_SUGGESTION", "42703",
     "A field with name <fieldName> cannot be resolved with the struct-type column <columnPath>. Did you mean one "
     "of the following? [<proposal>]."},
    {"UNRESOLVED_MAP_KEY", "42703",
     "Cannot resolve column <objectName> as a map key. If the key is a string literal, add the single quotes '' "
     "around it."},
    {"UNRESOLVED_MAP_KEY.WITHOUT_SUGGESTION", "42703",
     "Cannot resolve column <objectName> as a map key. If the key is a string literal, add the single quotes '' "
     "around it. "},
    {"UNRESOLVED_MAP_KEY.WITH_SUGGESTION", "42703",
     "Cannot resolve column <objectName> as a map key. If the key is a string literal, add the single quotes '' "
     "around it. Otherwise did you mean one of the following column(s)? [<proposal>]."},
    {"UNRESOLVED_ROUTINE", "42883",
     "Cannot resolve routine <routineName> on search path <searchPath>."},
    {"UNRESOLVED_TABLE_PATH", "22KD1",
     "Storage path for table <identifier> cannot be resolved."},
    {"UNRESOLVED_USING_COLUMN_FOR_JOIN", "42703",
     "USING column <colName> cannot be resolved on the <side> side of the join. The <side>-side columns: "
     "[<suggestion>]."},
    {"UNRESOLVED_VARIABLE", "42883",
     "Cannot resolve variable <variableName> on search path <searchPath>."},
    {"UNSUPPORTED_ADD_FILE", "0A000",
     "Don't support add file."},
    {"UNSUPPORTED_ADD_FILE.DIRECTORY", "0A000",
     "Don't support add file. The file <path> is a directory, consider to set "
     "\"spark.sql.legacy.addSingleFileInAddFile\" to \"false\"."},
    {"UNSUPPORTED_ADD_FILE.LOCAL_DIRECTORY", "0A000",
     "Don't support add file. The local directory <path> is not supported in a non-local master mode."},
    {"UNSUPPORTED_ARROWTYPE", "0A000",
     "Unsupported arrow type <typeName>."},
    {"UNSUPPORTED_AUTO_SCHEMA_EVOLUTION_CHANGES", "42000",
     "Automatic schema evolution failed for table <tableName>."},
    {"UNSUPPORTED_AUTO_SCHEMA_EVOLUTION_CHANGES.FAILED_EVOLUTION", "42000",
     "Automatic schema evolution failed for table <tableName>. The catalog returned the error: <detail>"},
    {"UNSUPPORTED_AUTO_SCHEMA_EVOLUTION_CHANGES.PARTIAL_EVOLUTION", "42000",
     "Automatic schema evolution failed for table <tableName>. The catalog did not support or only partially "
     "applied the following changes: <changes>."},
    {"UNSUPPORTED_AUTO_SCHEMA_EVOLUTION_CHANGES.TABLE_NOT_SUPPORTED", "42000",
     "Automatic schema evolution failed for table <tableName>. The write target does not support automatic schema "
     "evolution."},
    {"UNSUPPORTED_CALL", "0A000",
     "Cannot call the method \"<methodName>\" of the class \"<className>\"."},
    {"UNSUPPORTED_CALL.FIELD_INDEX", "0A000",
     "Cannot call the method \"<methodName>\" of the class \"<className>\". The row shall have a schema to get an "
     "index of the field <fieldName>."},
    {"UNSUPPORTED_CALL.WITHOUT_SUGGESTION", "0A000",
     "Cannot call the method \"<methodName>\" of the class \"<className>\". "},
    {"UNSUPPORTED_CHAR_OR_VARCHAR_AS_STRING", "0A000",
     "The char/varchar type can't be used in the table schema.\nIf you want Spark treat them as string type as "
     "same as Spark 3.0 and earlier, please set \"spark.sql.legacy.charVarcharAsString\" to \"true\"."},
    {"UNSUPPORTED_COLLATION", "0A000",
     "Collation <collationName> is not supported for:"},
    {"UNSUPPORTED_COLLATION.FOR_FUNCTION", "0A000",
     "Collation <collationName> is not supported for: function <functionName>. Please try to use a different "
     "collation."},
    {"UNSUPPORTED_CONSTRAINT_CHARACTERISTIC", "0A000",
     "Constraint characteristic '<characteristic>' is not supported for constraint type '<constraintType>'."},
    {"UNSUPPORTED_DATASOURCE_FOR_DIRECT_QUERY", "0A000",
     "Unsupported data source type for direct query on files: <dataSourceType>"},
    {"UNSUPPORTED_DATATYPE", "0A000",
     "Unsupported data type <typeName>."},
    {"UNSUPPORTED_DATA_SOURCE_SAVE_MODE", "0A000",
     "The data source \"<source>\" cannot be written in the <createMode> mode. Please use either the \"Append\" "
     "or \"Overwrite\" mode instead."},
    {"UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE", "0A000",
     "The <format> datasource doesn't support the column <columnName> of the type <columnType>."},
    {"UNSUPPORTED_DEFAULT_VALUE", "0A000",
     "DEFAULT column values is not supported."},
    {"UNSUPPORTED_DEFAULT_VALUE.WITHOUT_SUGGESTION", "0A000",
     "DEFAULT column values is not supported. "},
    {"UNSUPPORTED_DEFAULT_VALUE.WITH_SUGGESTION", "0A000",
     "DEFAULT column values is not supported. Enable it by setting \"spark.sql.defaultColumn.enabled\" to "
     "\"true\"."},
    {"UNSUPPORTED_EXPRESSION_GENERATED_COLUMN", "42621",
     "Cannot create generated column <fieldName> with generation expression <expressionStr> because <reason>."},
    {"UNSUPPORTED_EXPR_FOR_OPERATOR", "42K0E",
     "A query operator contains one or more unsupported expressions.\nConsider to rewrite it to avoid window "
     "functions, aggregate functions, and generator functions in the WHERE clause.\nInvalid expressions: "
     "[<invalidExprSqls>]"},
    {"UNSUPPORTED_EXPR_FOR_PARAMETER", "42K0E",
     "A query parameter contains unsupported expression.\nParameters can either be variables or "
     "literals.\nInvalid expression: [<invalidExprSql>]"},
    {"UNSUPPORTED_EXPR_FOR_WINDOW", "42P20",
     "Expression <sqlExpr> not supported within a window function."},
    {"UNSUPPORTED_FEATURE", "0A000",
     "The feature is not supported:"},
    {"UNSUPPORTED_FEATURE.AES_MODE", "0A000",
     "The feature is not supported: AES-<mode> with the padding <padding> by the <functionName> function."},
    {"UNSUPPORTED_FEATURE.AES_MODE_AAD", "0A000",
     "The feature is not supported: <functionName> with AES-<mode> does not support additional authenticate data "
     "(AAD)."},
    {"UNSUPPORTED_FEATURE.AES_MODE_IV", "0A000",
     "The feature is not supported: <functionName> with AES-<mode> does not support initialization vectors (IVs)."},
    {"UNSUPPORTED_FEATURE.ALTER_TABLE_SERDE_FOR_DATASOURCE_TABLE", "0A000",
     "The feature is not supported: ALTER TABLE SET SERDE is not supported for table <tableName> created with the "
     "datasource API. Consider using an external Hive table or updating the table properties with compatible "
     "options for your table format."},
    {"UNSUPPORTED_FEATURE.ANALYZE_UNCACHED_TEMP_VIEW", "0A000",
     "The feature is not supported: The ANALYZE TABLE FOR COLUMNS command can operate on temporary views that "
     "have been cached already. Consider to cache the view <viewName>."},
    {"UNSUPPORTED_FEATURE.ANALYZE_UNSUPPORTED_COLUMN_TYPE", "0A000",
     "The feature is not supported: The ANALYZE TABLE FOR COLUMNS command does not support the type <columnType> "
     "of the column <columnName> in the table <tableName>."},
    {"UNSUPPORTED_FEATURE.ANALYZE_VIEW", "0A000",
     "The feature is not supported: The ANALYZE TABLE command does not support views."},
    {"UNSUPPORTED_FEATURE.CATALOG_INTERFACE_METHOD", "0A000",
     "The feature is not supported: Catalog API <methodName> is not supported by <catalogClass>."},
    {"UNSUPPORTED_FEATURE.CATALOG_OPERATION", "0A000",
     "The feature is not supported: Catalog <catalogName> does not support <operation>."},
    {"UNSUPPORTED_FEATURE.CHANGE_DATA_CAPTURE", "0A000",
     "The feature is not supported: Catalog <catalogName> does not support Change Data Capture (CDC)."},
    {"UNSUPPORTED_FEATURE.CHANGE_DATA_CAPTURE_ON_RELATION", "0A000",
     "The feature is not supported: Relation <relationId> does not support Change Data Capture (CDC)."},
    {"UNSUPPORTED_FEATURE.CLAUSE_WITH_PIPE_OPERATORS", "0A000",
     "The feature is not supported: The SQL pipe operator syntax using |> does not support <clauses>."},
    {"UNSUPPORTED_FEATURE.COLLATIONS_IN_MAP_KEYS", "0A000",
     "The feature is not supported: Collated strings for keys of maps"},
    {"UNSUPPORTED_FEATURE.COMBINATION_QUERY_RESULT_CLAUSES", "0A000",
     "The feature is not supported: Combination of ORDER BY/SORT BY/DISTRIBUTE BY/CLUSTER BY."},
    {"UNSUPPORTED_FEATURE.COMMENT_NAMESPACE", "0A000",
     "The feature is not supported: Attach a comment to the namespace <namespace>."},
    {"UNSUPPORTED_FEATURE.CONTINUE_EXCEPTION_HANDLER", "0A000",
     "The feature is not supported: CONTINUE exception handler is not supported. Use EXIT handler."},
    {"UNSUPPORTED_FEATURE.CREATE_FLOW_QUERY_EXECUTION", "0A000",
     "The feature is not supported: Direct execution of a CREATE FLOW statement is not supported. To create a "
     "flow, create and execute a pipeline with a SQL file containing your statement attached in the pipeline spec."},
    {"UNSUPPORTED_FEATURE.CREATE_PIPELINE_DATASET_QUERY_EXECUTION", "0A000",
     "The feature is not supported: Direct execution of a CREATE ... <pipelineDatasetType> query. To create a "
     "pipeline dataset, create and execute a pipeline with a SQL file containing your query attached in the "
     "pipeline definition."},
    {"UNSUPPORTED_FEATURE.DESC_TABLE_COLUMN_JSON", "0A000",
     "The feature is not supported: DESC TABLE COLUMN AS JSON not supported for individual columns."},
    {"UNSUPPORTED_FEATURE.DESC_TABLE_COLUMN_PARTITION", "0A000",
     "The feature is not supported: DESC TABLE COLUMN for a specific partition."},
    {"UNSUPPORTED_FEATURE.DROP_DATABASE", "0A000",
     "The feature is not supported: Drop the default database <database>."},
    {"UNSUPPORTED_FEATURE.DROP_NAMESPACE", "0A000",
     "The feature is not supported: Drop the namespace <namespace>."},
    {"UNSUPPORTED_FEATURE.GEOSPATIAL_DISABLED", "0A000",
     "The feature is not supported: Geospatial feature is disabled."},
    {"UNSUPPORTED_FEATURE.HIVE_TABLE_TYPE", "0A000",
     "The feature is not supported: The <tableName> is hive <tableType>."},
    {"UNSUPPORTED_FEATURE.HIVE_WITH_ANSI_INTERVALS", "0A000",
     "The feature is not supported: Hive table <tableName> with ANSI intervals."},
    {"UNSUPPORTED_FEATURE.INSERT_PARTITION_SPEC_IF_NOT_EXISTS", "0A000",
     "The feature is not supported: INSERT INTO <tableName> with IF NOT EXISTS in the PARTITION spec."},
    {"UNSUPPORTED_FEATURE.INTERRUPT_TYPE", "0A000",
     "The feature is not supported: Unsupported interrupt type: <interruptType>."},
    {"UNSUPPORTED_FEATURE.LAMBDA_FUNCTION_WITH_PYTHON_UDF", "0A000",
     "The feature is not supported: Lambda function with Python UDF <funcName> in a higher order function."},
    {"UNSUPPORTED_FEATURE.LAMBDA_FUNCTION_WITH_SQL_UDF", "0A000",
     "The feature is not supported: Lambda function with SQL UDF <funcName> in a higher order function."},
    {"UNSUPPORTED_FEATURE.LATERAL_COLUMN_ALIAS_IN_AGGREGATE_FUNC", "0A000",
     "The feature is not supported: Referencing a lateral column alias <lca> in the aggregate function <aggFunc>."},
    {"UNSUPPORTED_FEATURE.LATERAL_COLUMN_ALIAS_IN_AGGREGATE_WITH_WINDOW_AND_HAVING", "0A000",
     "The feature is not supported: Referencing lateral column alias <lca> in the aggregate query both with "
     "window expressions and with having clause. Please rewrite the aggregate query by removing the having clause "
     "or removing lateral alias reference in the SELECT list."},
    {"UNSUPPORTED_FEATURE.LATERAL_COLUMN_ALIAS_IN_GENERATOR", "0A000",
     "The feature is not supported: Referencing a lateral column alias <lca> in generator expression "
     "<generatorExpr>."},
    {"UNSUPPORTED_FEATURE.LATERAL_COLUMN_ALIAS_IN_GROUP_BY", "0A000",
     "The feature is not supported: Referencing a lateral column alias via GROUP BY alias/ALL is not supported "
     "yet."},
    {"UNSUPPORTED_FEATURE.LATERAL_COLUMN_ALIAS_IN_WINDOW", "0A000",
     "The feature is not supported: Referencing a lateral column alias <lca> in window expression <windowExpr>."},
    {"UNSUPPORTED_FEATURE.LATERAL_JOIN_NEAREST_BY", "0A000",
     "The feature is not supported: LATERAL correlation with NEAREST BY clause."},
    {"UNSUPPORTED_FEATURE.LATERAL_JOIN_USING", "0A000",
     "The feature is not supported: JOIN USING with LATERAL correlation."},
    {"UNSUPPORTED_FEATURE.LITERAL_TYPE", "0A000",
     "The feature is not supported: Literal for '<value>' of <type>."},
    {"UNSUPPORTED_FEATURE.MULTIPLE_BUCKET_TRANSFORMS", "0A000",
     "The feature is not supported: Multiple bucket TRANSFORMs."},
    {"UNSUPPORTED_FEATURE.MULTI_ACTION_ALTER", "0A000",
     "The feature is not supported: The target JDBC server hosting table <tableName> does not support ALTER TABLE "
     "with multiple actions. Split the ALTER TABLE up into individual actions to avoid this error."},
    {"UNSUPPORTED_FEATURE.OBJECT_LEVEL_COLLATIONS", "0A000",
     "The feature is not supported: Default collation for the specified object."},
    {"UNSUPPORTED_FEATURE.ORC_TYPE_CAST", "0A000",
     "The feature is not supported: Unable to convert <orcType> of Orc to data type <toType>."},
    {"UNSUPPORTED_FEATURE.OVERWRITE_BY_SUBQUERY", "0A000",
     "The feature is not supported: INSERT OVERWRITE with a subquery condition."},
    {"UNSUPPORTED_FEATURE.PANDAS_UDAF_IN_PIVOT", "0A000",
     "The feature is not supported: Pandas user defined aggregate function in the PIVOT clause."},
    {"UNSUPPORTED_FEATURE.PARAMETER_MARKER_IN_UNEXPECTED_STATEMENT", "0A000",
     "The feature is not supported: Parameter markers are not allowed in <statement>."},
    {"UNSUPPORTED_FEATURE.PARTITION_BY_VARIANT", "0A000",
     "The feature is not supported: Cannot use VARIANT producing expressions to partition a DataFrame, but the "
     "type of expression <expr> is <dataType>."},
    {"UNSUPPORTED_FEATURE.PARTITION_WITH_NESTED_COLUMN_IS_UNSUPPORTED", "0A000",
     "The feature is not supported: Invalid partitioning: <cols> is missing or is in a map or array."},
    {"UNSUPPORTED_FEATURE.PIPE_OPERATOR_AGGREGATE_UNSUPPORTED_CASE", "0A000",
     "The feature is not supported: The SQL pipe operator syntax with aggregation (using |> AGGREGATE) does not "
     "support <case>."},
    {"UNSUPPORTED_FEATURE.PIVOT_AFTER_GROUP_BY", "0A000",
     "The feature is not supported: PIVOT clause following a GROUP BY clause. Consider pushing the GROUP BY into "
     "a subquery."},
    {"UNSUPPORTED_FEATURE.PIVOT_TYPE", "0A000",
     "The feature is not supported: Pivoting by the value '<value>' of the column data type <type>."},
    {"UNSUPPORTED_FEATURE.PURGE_PARTITION", "0A000",
     "The feature is not supported: Partition purge."},
    {"UNSUPPORTED_FEATURE.PURGE_TABLE", "0A000",
     "The feature is not supported: Purge table."},
    {"UNSUPPORTED_FEATURE.PYTHON_UDF_IN_ON_CLAUSE", "0A000",
     "The feature is not supported: Python UDF in the ON clause of a <joinType> JOIN. In case of an INNER JOIN "
     "consider rewriting to a CROSS JOIN with a WHERE clause."},
    {"UNSUPPORTED_FEATURE.QUERY_ONLY_CORRUPT_RECORD_COLUMN", "0A000",
     "The feature is not supported: Queries from raw JSON/CSV/XML files are disallowed when the\nreferenced "
     "columns only include the internal corrupt record column\n(named `_corrupt_record` by default). For "
     "example:\n`spark.read.schema(schema).json(file).filter($\"_corrupt_record\".isNotNull).count()`\nand "
     "`spark.read.schema(schema).json(file).select(\"_corrupt_record\").show()`.\nInstead, you can cache or save "
     "the parsed results and then send the same query.\nFor example, `val df = "
     "spark.read.schema(schema).json(file).cache()` and then\n`df.filter($\"_corrupt_record\".isNotNull).count()`."},
    {"UNSUPPORTED_FEATURE.REMOVE_NAMESPACE_COMMENT", "0A000",
     "The feature is not supported: Remove a comment from the namespace <namespace>."},
    {"UNSUPPORTED_FEATURE.REPLACE_NESTED_COLUMN", "0A000",
     "The feature is not supported: The replace function does not support nested column <colName>."},
    {"UNSUPPORTED_FEATURE.SCHEMA_LEVEL_COLLATIONS", "0A000",
     "The feature is not supported: Default collation for the specified schema."},
    {"UNSUPPORTED_FEATURE.SET_NAMESPACE_PROPERTY", "0A000",
     "The feature is not supported: <property> is a reserved namespace property, <msg>."},
    {"UNSUPPORTED_FEATURE.SET_OPERATION_ON_MAP_TYPE", "0A000",
     "The feature is not supported: Cannot have MAP type columns in DataFrame which calls set operations "
     "(INTERSECT, EXCEPT, etc.), but the type of column <colName> is <dataType>."},
    {"UNSUPPORTED_FEATURE.SET_OPERATION_ON_VARIANT_TYPE", "0A000",
     "The feature is not supported: Cannot have VARIANT type columns in DataFrame which calls set operations "
     "(INTERSECT, EXCEPT, etc.), but the type of column <colName> is <dataType>."},
    {"UNSUPPORTED_FEATURE.SET_PATH_WHEN_DISABLED", "0A000",
     "The feature is not supported: SET PATH is disabled. Set <config> to true to enable it."},
    {"UNSUPPORTED_FEATURE.SET_PROPERTIES_AND_DBPROPERTIES", "0A000",
     "The feature is not supported: set PROPERTIES and DBPROPERTIES at the same time."},
    {"UNSUPPORTED_FEATURE.SET_TABLE_PROPERTY", "0A000",
     "The feature is not supported: <property> is a reserved table property, <msg>."},
    {"UNSUPPORTED_FEATURE.SET_VARIABLE_USING_SET", "0A000",
     "The feature is not supported: <variableName> is a VARIABLE and cannot be updated using the SET statement. "
     "Use SET VARIABLE <variableName> = ... instead."},
    {"UNSUPPORTED_FEATURE.SQL_CURSOR", "0A000",
     "The feature is not supported: SQL cursor operations (DECLARE CURSOR, OPEN, FETCH, CLOSE) are not supported."},
    {"UNSUPPORTED_FEATURE.SQL_SCRIPTING", "0A000",
     "The feature is not supported: SQL Scripting is under development and not all features are supported. SQL "
     "Scripting enables users to write procedural SQL including control flow and error handling. To enable "
     "existing features set <sqlScriptingEnabled> to `true`."},
    {"UNSUPPORTED_FEATURE.SQL_SCRIPTING_DROP_TEMPORARY_VARIABLE", "0A000",
     "The feature is not supported: DROP TEMPORARY VARIABLE is not supported within SQL scripts. To bypass this, "
     "use `EXECUTE IMMEDIATE 'DROP TEMPORARY VARIABLE ...'` ."},
    {"UNSUPPORTED_FEATURE.SQL_SCRIPTING_WITH_POSITIONAL_PARAMETERS", "0A000",
     "The feature is not supported: Positional parameters are not supported with SQL Scripting."},
    {"UNSUPPORTED_FEATURE.STATE_STORE_MULTIPLE_COLUMN_FAMILIES", "0A000",
     "The feature is not supported: Creating multiple column families with <stateStoreProvider> is not supported."},
    {"UNSUPPORTED_FEATURE.STATE_STORE_REMOVING_COLUMN_FAMILIES", "0A000",
     "The feature is not supported: Removing column families with <stateStoreProvider> is not supported."},
    {"UNSUPPORTED_FEATURE.STATE_STORE_TTL", "0A000",
     "The feature is not supported: State TTL with <stateStoreProvider> is not supported. Please use "
     "RocksDBStateStoreProvider."},
    {"UNSUPPORTED_FEATURE.STORE_BACKEND_NOT_SUPPORTED_FOR_TWS", "0A000",
     "The feature is not supported: Store backend <stateStoreProvider> is not supported by TransformWithState "
     "operator. Please use RocksDBStateStoreProvider."},
    {"UNSUPPORTED_FEATURE.TABLESAMPLE_SYSTEM", "0A000",
     "The feature is not supported: TABLESAMPLE SYSTEM is only supported by data sources that implement "
     "block-level sampling."},
    {"UNSUPPORTED_FEATURE.TABLESAMPLE_SYSTEM_NO_SCAN", "0A000",
     "The feature is not supported: TABLESAMPLE SYSTEM requires a direct reference to a data source table that "
     "supports block-level sampling. It cannot be applied to subqueries, views, or tables with intervening "
     "operations."},
    {"UNSUPPORTED_FEATURE.TABLESAMPLE_SYSTEM_REPEATABLE", "0A000",
     "The feature is not supported: TABLESAMPLE SYSTEM does not support the REPEATABLE clause. Use TABLESAMPLE "
     "BERNOULLI for repeatable sampling with a seed."},
    {"UNSUPPORTED_FEATURE.TABLESAMPLE_SYSTEM_SAMPLE_METHOD", "0A000",
     "The feature is not supported: TABLESAMPLE SYSTEM does not support <sampleMethod> sampling. Only PERCENT "
     "sampling is supported."},
    {"UNSUPPORTED_FEATURE.TABLE_OPERATION", "0A000",
     "The feature is not supported: Table <tableName> does not support <operation>. Please check the current "
     "catalog and namespace to make sure the qualified table name is expected, and also check the catalog "
     "implementation which is configured by \"spark.sql.catalog\"."},
    {"UNSUPPORTED_FEATURE.TEMPORARY_VIEW_WITH_SCHEMA_BINDING_MODE", "0A000",
     "The feature is not supported: Temporary views cannot be created with the WITH SCHEMA clause. Recreate the "
     "temporary view when the underlying schema changes, or use a persisted view."},
    {"UNSUPPORTED_FEATURE.TIME_TRAVEL", "0A000",
     "The feature is not supported: Time travel on the relation: <relationId>."},
    {"UNSUPPORTED_FEATURE.TOO_MANY_TYPE_ARGUMENTS_FOR_UDF_CLASS", "0A000",
     "The feature is not supported: UDF class with <num> type arguments."},
    {"UNSUPPORTED_FEATURE.TRANSFORM_DISTINCT_ALL", "0A000",
     "The feature is not supported: TRANSFORM with the DISTINCT/ALL clause."},
    {"UNSUPPORTED_FEATURE.TRANSFORM_NON_HIVE", "0A000",
     "The feature is not supported: TRANSFORM with SERDE is only supported in hive mode."},
    {"UNSUPPORTED_FEATURE.TRIM_COLLATION", "0A000",
     "The feature is not supported: TRIM specifier in the collation."},
    {"UNSUPPORTED_FEATURE.UPDATE_COLUMN_NULLABILITY", "0A000",
     "The feature is not supported: Update column nullability for MySQL and MS SQL Server."},
    {"UNSUPPORTED_FEATURE.WRITE_FOR_BINARY_SOURCE", "0A000",
     "The feature is not supported: Write for the binary file data source."},
    {"UNSUPPORTED_GENERATOR", "42K0E",
     "The generator is not supported:"},
    {"UNSUPPORTED_GENERATOR.MULTI_GENERATOR", "42K0E",
     "The generator is not supported: only one generator allowed per SELECT clause but found <num>: <generators>."},
    {"UNSUPPORTED_GENERATOR.NESTED_IN_EXPRESSIONS", "42K0E",
     "The generator is not supported: nested in expressions <expression>."},
    {"UNSUPPORTED_GENERATOR.NOT_GENERATOR", "42K0E",
     "The generator is not supported: <functionName> is expected to be a generator. However, its class is "
     "<classCanonicalName>, which is not a generator."},
    {"UNSUPPORTED_GENERATOR.OUTSIDE_SELECT", "42K0E",
     "The generator is not supported: outside the SELECT clause, found: <plan>."},
    {"UNSUPPORTED_GROUPING_EXPRESSION", "42K0E",
     "grouping()/grouping_id() can only be used with GroupingSets/Cube/Rollup."},
    {"UNSUPPORTED_INSERT", "42809",
     "Can't insert into the target."},
    {"UNSUPPORTED_INSERT.MULTI_PATH", "42809",
     "Can't insert into the target. Can only write data to relations with a single path but given paths are "
     "<paths>."},
    {"UNSUPPORTED_INSERT.NOT_ALLOWED", "42809",
     "Can't insert into the target. The target relation <relationId> does not allow insertion."},
    {"UNSUPPORTED_INSERT.NOT_PARTITIONED", "42809",
     "Can't insert into the target. The target relation <relationId> is not partitioned."},
    {"UNSUPPORTED_INSERT.RDD_BASED", "42809",
     "Can't insert into the target. An RDD-based table is not allowed."},
    {"UNSUPPORTED_INSERT.READ_FROM", "42809",
     "Can't insert into the target. The target relation <relationId> is also being read from."},
    {"UNSUPPORTED_INSERT_WITH_SCHEMA_EVOLUTION", "0A000",
     "INSERT WITH SCHEMA EVOLUTION ... is unsupported for this table format."},
    {"UNSUPPORTED_JOIN_TYPE", "0A000",
     "Unsupported join type '<typ>'. Supported join types include: <supported>."},
    {"UNSUPPORTED_MERGE_CONDITION", "42K0E",
     "MERGE operation contains unsupported <condName> condition."},
    {"UNSUPPORTED_MERGE_CONDITION.AGGREGATE", "42K0E",
     "MERGE operation contains unsupported <condName> condition. Aggregates are not allowed: <cond>."},
    {"UNSUPPORTED_MERGE_CONDITION.NON_DETERMINISTIC", "42K0E",
     "MERGE operation contains unsupported <condName> condition. Non-deterministic expressions are not allowed: "
     "<cond>."},
    {"UNSUPPORTED_MERGE_CONDITION.SUBQUERY", "42K0E",
     "MERGE operation contains unsupported <condName> condition. Subqueries are not allowed: <cond>."},
    {"UNSUPPORTED_OVERWRITE", "42902",
     "Can't overwrite the target that is also being read from."},
    {"UNSUPPORTED_OVERWRITE.PATH", "42902",
     "Can't overwrite the target that is also being read from. The target path is <path>."},
    {"UNSUPPORTED_OVERWRITE.TABLE", "42902",
     "Can't overwrite the target that is also being read from. The target table is <table>."},
    {"UNSUPPORTED_PARTITION_TRANSFORM", "0A000",
     "Unsupported partition transform: <transform>. The supported transforms are `identity`, `bucket`, and "
     "`clusterBy`. Ensure your transform expression uses one of these."},
    {"UNSUPPORTED_SAVE_MODE", "0A000",
     "The save mode <saveMode> is not supported for:"},
    {"UNSUPPORTED_SAVE_MODE.EXISTENT_PATH", "0A000",
     "The save mode <saveMode> is not supported for: an existent path."},
    {"UNSUPPORTED_SAVE_MODE.NON_EXISTENT_PATH", "0A000",
     "The save mode <saveMode> is not supported for: a non-existent path."},
    {"UNSUPPORTED_SCHEMA_EVOLUTION", "0A000",
     "Schema evolution is not supported for this write."},
    {"UNSUPPORTED_SCHEMA_EVOLUTION.CREATE_TABLE", "0A000",
     "Schema evolution is not supported for this write. Creating a new table does not support schema evolution."},
    {"UNSUPPORTED_SCHEMA_EVOLUTION.REPLACE_TABLE", "0A000",
     "Schema evolution is not supported for this write. Replacing a table does not support schema evolution."},
    {"UNSUPPORTED_SCHEMA_EVOLUTION.V1_TABLE", "0A000",
     "Schema evolution is not supported for this write. Writes to V1 tables or V1 data sources do not support "
     "schema evolution."},
    {"UNSUPPORTED_SHOW_CREATE_TABLE", "0A000",
     "Unsupported a SHOW CREATE TABLE command."},
    {"UNSUPPORTED_SHOW_CREATE_TABLE.ON_DATA_SOURCE_TABLE_WITH_AS_SERDE", "0A000",
     "Unsupported a SHOW CREATE TABLE command. The table <tableName> is a Spark data source table. Please use "
     "SHOW CREATE TABLE without AS SERDE instead."},
    {"UNSUPPORTED_SHOW_CREATE_TABLE.ON_METRIC_VIEW", "0A000",
     "Unsupported a SHOW CREATE TABLE command. The command is not supported on a metric view <tableName>."},
    {"UNSUPPORTED_SHOW_CREATE_TABLE.ON_TEMPORARY_VIEW", "0A000",
     "Unsupported a SHOW CREATE TABLE command. The command is not supported on a temporary view <tableName>."},
    {"UNSUPPORTED_SHOW_CREATE_TABLE.WITH_UNSUPPORTED_FEATURE", "0A000",
     "Unsupported a SHOW CREATE TABLE command. Failed to execute the command against table/view <tableName> which "
     "is created by Hive and uses the following unsupported features\n<unsupportedFeatures>"},
    {"UNSUPPORTED_SHOW_CREATE_TABLE.WITH_UNSUPPORTED_SERDE_CONFIGURATION", "0A000",
     "Unsupported a SHOW CREATE TABLE command. Failed to execute the command against the table <tableName> which "
     "is created by Hive and uses the following unsupported serde configuration\n<configs>\nPlease use SHOW "
     "CREATE TABLE <tableName> AS SERDE to show Hive DDL instead."},
    {"UNSUPPORTED_SQL_UDF_USAGE", "0A000",
     "Using SQL function <functionName> in <nodeName> is not supported."},
    {"UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY", "0A000",
     "Unsupported subquery expression:"},
    {"UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.ACCESSING_OUTER_QUERY_COLUMN_IS_NOT_ALLOWED", "0A000",
     "Unsupported subquery expression: Accessing outer query column is not allowed in this location:\n<treeNode>"},
    {"UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.AGGREGATE_FUNCTION_MIXED_OUTER_LOCAL_REFERENCES", "0A000",
     "Unsupported subquery expression: Found an aggregate function in a correlated predicate that has both outer "
     "and local references, which is not supported: <function>."},
    {"UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.CORRELATED_COLUMN_IS_NOT_ALLOWED_IN_PREDICATE", "0A000",
     "Unsupported subquery expression: Correlated column is not allowed in predicate:\n<treeNode>"},
    {"UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.CORRELATED_COLUMN_NOT_FOUND", "0A000",
     "Unsupported subquery expression: A correlated outer name reference within a subquery expression body was "
     "not found in the enclosing query: <value>."},
    {"UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.CORRELATED_REFERENCE", "0A000",
     "Unsupported subquery expression: Expressions referencing the outer query are not supported outside of "
     "WHERE/HAVING clauses: <sqlExprs>."},
    {"UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.HIGHER_ORDER_FUNCTION", "0A000",
     "Unsupported subquery expression: Subquery expressions are not supported within higher-order functions. "
     "Please remove all subquery expressions from higher-order functions and then try the query again."},
    {"UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.LATERAL_JOIN_CONDITION_NON_DETERMINISTIC", "0A000",
     "Unsupported subquery expression: Lateral join condition cannot be non-deterministic: <condition>."},
    {"UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.MUST_AGGREGATE_CORRELATED_SCALAR_SUBQUERY", "0A000",
     "Unsupported subquery expression: Correlated scalar subqueries must be aggregated to return at most one row."},
    {"UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.NON_CORRELATED_COLUMNS_IN_GROUP_BY", "0A000",
     "Unsupported subquery expression: A GROUP BY clause in a scalar correlated subquery cannot contain "
     "non-correlated columns: <value>."},
    {"UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.NON_DETERMINISTIC_LATERAL_SUBQUERIES", "0A000",
     "Unsupported subquery expression: Non-deterministic lateral subqueries are not supported when joining with "
     "outer relations that produce more than one row:\n<treeNode>"},
    {"UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.SCALAR_SUBQUERY_IN_VALUES", "0A000",
     "Unsupported subquery expression: Scalar subqueries in the VALUES clause."},
    {"UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.UNSUPPORTED_CORRELATED_EXPRESSION_IN_JOIN_CONDITION", "0A000",
     "Unsupported subquery expression: Correlated subqueries in the join predicate cannot reference both join "
     "inputs:\n<subqueryExpression>"},
    {"UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.UNSUPPORTED_CORRELATED_REFERENCE_DATA_TYPE", "0A000",
     "Unsupported subquery expression: Correlated column reference '<expr>' cannot be <dataType> type."},
    {"UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.UNSUPPORTED_CORRELATED_SCALAR_SUBQUERY", "0A000",
     "Unsupported subquery expression: Correlated scalar subqueries can only be used in filters, aggregations, "
     "projections, and UPDATE/MERGE/DELETE commands:\n<treeNode>"},
    {"UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.UNSUPPORTED_IN_EXISTS_SUBQUERY", "0A000",
     "Unsupported subquery expression: IN/EXISTS predicate subqueries can only be used in filters, joins, "
     "aggregations, window functions, projections, and UPDATE/MERGE/DELETE commands:\n<treeNode>"},
    {"UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.UNSUPPORTED_TABLE_ARGUMENT", "0A000",
     "Unsupported subquery expression: Table arguments are used in a function where they are not "
     "supported:\n<treeNode>"},
    {"UNSUPPORTED_TABLE_CHANGE", "0A000",
     "Unsupported table change: <message>"},
    {"UNSUPPORTED_TIME_PRECISION", "0A001",
     "The seconds precision <precision> of the TIME data type is out of the supported range [0, 6]."},
    {"UNSUPPORTED_TIME_TYPE", "0A000",
     "The data type TIME is not supported."},
    {"UNSUPPORTED_TYPED_LITERAL", "0A000",
     "Literals of the type <unsupportedType> are not supported. Supported types are <supportedTypes>."},
    {"UNTYPED_SCALA_UDF", "42K0E",
     "You're using untyped Scala UDF, which does not have the input type information. Spark may blindly pass null "
     "to the Scala closure with primitive-type argument, and the closure will see the default value of the Java "
     "type for the null argument, e.g. `udf((x: Int) => x, IntegerType)`, the result is 0 for null input. To get "
     "rid of this error, you could:\n1. use typed Scala UDF APIs(without return type parameter), e.g. `udf((x: "
     "Int) => x)`.\n2. use Java UDF APIs, e.g. `udf(new UDF1[String, Integer] { override def call(s: String): "
     "Integer = s.length() }, IntegerType)`, if input types are all non primitive.\n3. set "
     "\"spark.sql.legacy.allowUntypedScalaUDF\" to \"true\" and use this API with caution."},
    {"USER_DEFINED_FUNCTIONS", "42601",
     "User defined function is invalid:"},
    {"USER_DEFINED_FUNCTIONS.CANNOT_CONTAIN_COMPLEX_FUNCTIONS", "42601",
     "User defined function is invalid: SQL scalar function cannot contain aggregate/window/generate functions: "
     "<queryText>"},
    {"USER_DEFINED_FUNCTIONS.CANNOT_REPLACE_NON_SQL_UDF_WITH_SQL_UDF", "42601",
     "User defined function is invalid: Cannot replace the non-SQL function <name> with a SQL function."},
    {"USER_DEFINED_FUNCTIONS.NOT_A_VALID_DEFAULT_EXPRESSION", "42601",
     "User defined function is invalid: The DEFAULT expression of `<functionName>`.`<parameterName>` is not "
     "supported because it contains a subquery."},
    {"USER_DEFINED_FUNCTIONS.NOT_A_VALID_DEFAULT_PARAMETER_POSITION", "42601",
     "User defined function is invalid: In routine `<functionName>` parameter `<parameterName>` with DEFAULT must "
     "not be followed by parameter `<nextParameterName>` without DEFAULT."},
    {"USER_DEFINED_FUNCTIONS.NOT_NULL_ON_FUNCTION_PARAMETERS", "42601",
     "User defined function is invalid: Cannot specify NOT NULL on function parameters: <input>"},
    {"USER_DEFINED_FUNCTIONS.RETURN_COLUMN_COUNT_MISMATCH", "42601",
     "User defined function is invalid: The number of columns produced by the RETURN clause (num: `<outputSize>`) "
     "does not match the number of column names specified by the RETURNS clause (num: `<returnParamSize>`) of "
     "<name>."},
    {"USER_DEFINED_FUNCTIONS.ROUTINE_PROPERTY_TOO_LARGE", "42601",
     "User defined function is invalid: Cannot convert user defined routine <name> to catalog function: routine "
     "properties are too large."},
    {"USER_DEFINED_FUNCTIONS.SQL_TABLE_UDF_BODY_MUST_BE_A_QUERY", "42601",
     "User defined function is invalid: SQL table function <name> body must be a query."},
    {"USER_DEFINED_FUNCTIONS.SQL_TABLE_UDF_MISSING_COLUMN_NAMES", "42601",
     "User defined function is invalid: The relation returned by the query in the CREATE FUNCTION statement for "
     "<functionName> with RETURNS TABLE clause lacks explicit names for one or more output columns; please "
     "rewrite the function body to provide explicit column names or add column names to the RETURNS TABLE clause, "
     "and re-run the command."},
    {"USER_RAISED_EXCEPTION", "P0001",
     "<errorMessage>"},
    {"USER_RAISED_EXCEPTION_PARAMETER_MISMATCH", "P0001",
     "The `raise_error()` function was used to raise error class: <errorClass> which expects parameters: "
     "<expectedParms>.\nThe provided parameters <providedParms> do not match the expected parameters.\nPlease "
     "make sure to provide all expected parameters."},
    {"USER_RAISED_EXCEPTION_UNKNOWN_ERROR_CLASS", "P0001",
     "The `raise_error()` function was used to raise an unknown error class: <errorClass>"},
    {"USER_SPECIFIED_AND_ACTUAL_SCHEMA_MISMATCH", "42K03",
     "The user-specified schema doesn't match the actual schema:\nuser-specified: <schema>, actual: "
     "<actualSchema>. If you're using\nDataFrameReader.schema API or creating a table, please do not specify the "
     "schema.\nOr if you're scanning an existed table, please drop it and re-create it."},
    {"USER_SPECIFIED_AND_INFERRED_SCHEMA_NOT_COMPATIBLE", "42000",
     "Table '<tableName>' has a user-specified schema that is incompatible with the schema\ninferred from its "
     "query.\n<streamingTableHint>\n\nDeclared schema:\n<specifiedSchema>\n\nInferred "
     "schema:\n<inferredDataSchema>"},
    {"VARIABLE_ALREADY_EXISTS", "42723",
     "Cannot create the variable <variableName> because it already exists.\nChoose a different name, or drop or "
     "replace the existing variable."},
    {"VARIABLE_NOT_FOUND", "42883",
     "The variable <variableName> cannot be found. Verify the spelling and correctness of the schema and "
     "catalog.\nIf you did not qualify the name with a schema and catalog, verify the current_schema() output, or "
     "qualify the name with the correct schema and catalog.\nTo tolerate the error on drop use DROP VARIABLE IF "
     "EXISTS."},
    {"VARIANT_CONSTRUCTOR_SIZE_LIMIT", "22023",
     "Cannot construct a Variant larger than 16 MiB. The maximum allowed size of a Variant value is 16 MiB."},
    {"VARIANT_DUPLICATE_KEY", "22023",
     "Failed to build variant because of a duplicate object key `<key>`."},
    {"VARIANT_SIZE_LIMIT", "22023",
     "Cannot build variant bigger than <sizeLimit> in <functionName>.\nPlease avoid large input strings to this "
     "expression (for example, add function calls(s) to check the expression size and convert it to NULL first if "
     "it is too big)."},
    {"VECTOR_DIMENSION_MISMATCH", "22000",
     "Vectors passed to <functionName> must have the same dimension, but got <leftDim> and <rightDim>."},
    {"VIEW_ALREADY_EXISTS", "42P07",
     "Cannot create view <relationName> because it already exists.\nChoose a different name, drop or replace the "
     "existing object, or add the IF NOT EXISTS clause to tolerate pre-existing objects."},
    {"VIEW_EXCEED_MAX_NESTED_DEPTH", "54K00",
     "The depth of view <viewName> exceeds the maximum view resolution depth (<maxNestedDepth>).\nAnalysis is "
     "aborted to avoid errors. If you want to work around this, please try to increase the value of "
     "\"spark.sql.view.maxNestedViewDepth\"."},
    {"VIEW_NOT_FOUND", "42P01",
     "The view <relationName> cannot be found. Verify the spelling and correctness of the schema and catalog.\nIf "
     "you did not qualify the name with a schema, verify the current_schema() output, or qualify the name with "
     "the correct schema and catalog.\nTo tolerate the error on drop use DROP VIEW IF EXISTS."},
    {"VIEW_WRITE_NOT_ALLOWED", "42809",
     "Cannot write into view <name>, please write into a table instead."},
    {"WINDOW_FUNCTION_AND_FRAME_MISMATCH", "42K0E",
     "<funcName> function can only be evaluated in an ordered row-based window frame with a single offset: "
     "<windowExpr>."},
    {"WINDOW_FUNCTION_FRAME_NOT_ORDERED", "42601",
     "Window function <wf_name> requires the window to be ordered. You need to add an ORDER BY clause. For "
     "example: SELECT <wf_expr> OVER (PARTITION BY window_partition ORDER BY window_ordering) FROM table."},
    {"WINDOW_FUNCTION_NOT_ALLOWED_IN_CLAUSE", "42601",
     "It is not allowed to use window functions inside <clauseName> clause."},
    {"WINDOW_FUNCTION_PARTITION_SIZE_EXCEEDS_LIMIT", "54000",
     "Cannot evaluate the window function because the window partition has <numRows> rows, which exceeds the "
     "maximum of 2,147,483,647 (2^31 - 1) rows supported per window partition. Reduce the partition size, for "
     "example by adding more expressions to the PARTITION BY clause."},
    {"WINDOW_FUNCTION_WITHOUT_OVER_CLAUSE", "42601",
     "Window function <funcName> requires an OVER clause."},
    {"WRONG_COMMAND_FOR_OBJECT_TYPE", "42809",
     "The operation <operation> requires a <requiredType>. But <objectName> is a <foundType>. Use <alternative> "
     "instead."},
    {"WRONG_NUM_ARGS", "42605",
     "The <functionName> requires <expectedNum> parameters but the actual number is <actualNum>."},
    {"WRONG_NUM_ARGS.WITHOUT_SUGGESTION", "42605",
     "The <functionName> requires <expectedNum> parameters but the actual number is <actualNum>. Please, refer to "
     "'<docroot>/sql-ref-functions.html' for a fix."},
    {"WRONG_NUM_ARGS.WITH_SUGGESTION", "42605",
     "The <functionName> requires <expectedNum> parameters but the actual number is <actualNum>. If you have to "
     "call this function with <legacyNum> parameters, set the legacy configuration <legacyConfKey> to "
     "<legacyConfValue>."},
    {"_LEGACY_ERROR_TEMP_0001", "XX000",
     "Invalid InsertIntoContext."},
    {"_LEGACY_ERROR_TEMP_0004", "XX000",
     "Empty source for merge: you should specify a source table/subquery in merge."},
    {"_LEGACY_ERROR_TEMP_0012", "XX000",
     "DISTRIBUTE BY is not supported."},
    {"_LEGACY_ERROR_TEMP_0014", "XX000",
     "TABLESAMPLE does not accept empty inputs."},
    {"_LEGACY_ERROR_TEMP_0015", "XX000",
     "TABLESAMPLE(<msg>) is not supported."},
    {"_LEGACY_ERROR_TEMP_0016", "XX000",
     "<bytesStr> is not a valid byte length literal, expected syntax: DIGIT+ ('B' | 'K' | 'M' | 'G')."},
    {"_LEGACY_ERROR_TEMP_0018", "XX000",
     "Function trim doesn't support with type <trimOption>. Please use BOTH, LEADING or TRAILING as trim type."},
    {"_LEGACY_ERROR_TEMP_0024", "XX000",
     "Can only have a single from-to unit in the interval literal syntax."},
    {"_LEGACY_ERROR_TEMP_0026", "XX000",
     "Can only use numbers in the interval value part for multiple unit value pairs interval form, but got "
     "invalid value: <value>."},
    {"_LEGACY_ERROR_TEMP_0027", "XX000",
     "The value of from-to unit must be a string."},
    {"_LEGACY_ERROR_TEMP_0029", "XX000",
     "Cannot mix year-month and day-time fields: <literal>."},
    {"_LEGACY_ERROR_TEMP_0031", "XX000",
     "Invalid number of buckets: <describe>."},
    {"_LEGACY_ERROR_TEMP_0032", "XX000",
     "Duplicated table paths found: '<pathOne>' and '<pathTwo>'. LOCATION and the case insensitive key 'path' in "
     "OPTIONS are all used to indicate the custom table path, you can only specify one of them."},
    {"_LEGACY_ERROR_TEMP_0033", "XX000",
     "Expected either STORED AS or STORED BY, not both."},
    {"_LEGACY_ERROR_TEMP_0034", "XX000",
     "<operation> is not supported in Hive-style <command><msg>."},
    {"_LEGACY_ERROR_TEMP_0035", "XX000",
     "Operation not allowed: <message>."},
    {"_LEGACY_ERROR_TEMP_0037", "XX000",
     "It is not allowed to add catalog/namespace prefix <quoted> to the table name in CACHE TABLE AS SELECT."},
    {"_LEGACY_ERROR_TEMP_0045", "XX000",
     "Invalid time zone displacement value."},
    {"_LEGACY_ERROR_TEMP_0046", "XX000",
     "CREATE TEMPORARY TABLE without a provider is not allowed."},
    {"_LEGACY_ERROR_TEMP_0047", "XX000",
     "'ROW FORMAT' must be used with 'STORED AS'."},
    {"_LEGACY_ERROR_TEMP_0048", "XX000",
     "Unsupported operation: Used defined record reader/writer classes."},
    {"_LEGACY_ERROR_TEMP_0049", "XX000",
     "Directory path and 'path' in OPTIONS should be specified one, but not both."},
    {"_LEGACY_ERROR_TEMP_0051", "XX000",
     "Empty set in <element> grouping sets is not supported."},
    {"_LEGACY_ERROR_TEMP_0053", "XX000",
     "It is not allowed to define a TEMPORARY view with IF NOT EXISTS."},
    {"_LEGACY_ERROR_TEMP_0056", "XX000",
     "Invalid time travel spec: <reason>."},
    {"_LEGACY_ERROR_TEMP_0060", "XX000",
     "<msg>."},
    {"_LEGACY_ERROR_TEMP_0062", "XX000",
     "<msg>."},
    {"_LEGACY_ERROR_TEMP_0063", "XX000",
     "<msg>."},
    {"_LEGACY_ERROR_TEMP_0064", "XX000",
     "<msg>."},
    {"_LEGACY_ERROR_TEMP_1000", "XX000",
     "LEGACY store assignment policy is disallowed in Spark data source V2. Please set the configuration "
     "<configKey> to other values."},
    {"_LEGACY_ERROR_TEMP_1002", "XX000",
     "Unable to generate an encoder for inner class `<className>` without access to the scope that this class was "
     "defined in.\nTry moving this class out of its parent class."},
    {"_LEGACY_ERROR_TEMP_1005", "XX000",
     "<expr> doesn't show up in the GROUP BY list <groupByAliases>."},
    {"_LEGACY_ERROR_TEMP_1006", "XX000",
     "Aggregate expression required for pivot, but '<sql>' did not appear in any aggregate function."},
    {"_LEGACY_ERROR_TEMP_1008", "XX000",
     "<quoted> is not a temp view of streaming logical plan, please use batch API such as `DataFrameReader.table` "
     "to read it."},
    {"_LEGACY_ERROR_TEMP_1012", "XX000",
     "Cannot write into v1 table: <identifier>."},
    {"_LEGACY_ERROR_TEMP_1017", "XX000",
     "<name> is a temporary function. '<cmd>' expects a persistent function.<hintStr>"},
    {"_LEGACY_ERROR_TEMP_1018", "XX000",
     "<quoted> is a permanent view, which is not supported by streaming reading API such as "
     "`DataStreamReader.table` yet."},
    {"_LEGACY_ERROR_TEMP_1021", "XX000",
     "count(<targetString>.*) is not allowed. Please use count(*) or expand the columns manually, e.g. "
     "count(col1, col2)."},
    {"_LEGACY_ERROR_TEMP_1031", "XX000",
     "It is not allowed to use a window function inside an aggregate function. Please use the inner window "
     "function in a sub-query."},
    {"_LEGACY_ERROR_TEMP_1032", "XX000",
     "<expr> does not have any WindowExpression."},
    {"_LEGACY_ERROR_TEMP_1033", "XX000",
     "<expr> has multiple Window Specifications (<distinctWindowSpec>).\nPlease file a bug report with this error "
     "message, stack trace, and the query."},
    {"_LEGACY_ERROR_TEMP_1035", "XX000",
     "Cannot specify window frame for <prettyName> function."},
    {"_LEGACY_ERROR_TEMP_1036", "XX000",
     "Window Frame <wf> must match the required frame <required>."},
    {"_LEGACY_ERROR_TEMP_1039", "XX000",
     "Multiple time/session window expressions would result in a cartesian product of rows, therefore they are "
     "currently not supported."},
    {"_LEGACY_ERROR_TEMP_1040", "XX000",
     "Gap duration expression used in session window must be CalendarIntervalType, but got <dt>."},
    {"_LEGACY_ERROR_TEMP_1045", "XX000",
     "ALTER TABLE SET LOCATION does not support partition for v2 tables."},
    {"_LEGACY_ERROR_TEMP_1046", "XX000",
     "Join strategy hint parameter should be an identifier or string but was <unsupported> (<class>)."},
    {"_LEGACY_ERROR_TEMP_1047", "XX000",
     "<hintName> Hint parameters should include an optional integral partitionNum and/or columns, but "
     "<invalidParams> can not be recognized as either partitionNum or columns."},
    {"_LEGACY_ERROR_TEMP_1048", "XX000",
     "<hintName> Hint expects a partition number as a parameter."},
    {"_LEGACY_ERROR_TEMP_1050", "XX000",
     "Can only star expand struct data types. Attribute: `<attributes>`."},
    {"_LEGACY_ERROR_TEMP_1052", "XX000",
     "ADD COLUMN with v1 tables cannot specify NOT NULL."},
    {"_LEGACY_ERROR_TEMP_1058", "XX000",
     "Cannot create table with both USING <provider> and <serDeInfo>."},
    {"_LEGACY_ERROR_TEMP_1059", "XX000",
     "STORED AS with file format '<serdeInfo>' is invalid."},
    {"_LEGACY_ERROR_TEMP_1060", "XX000",
     "<command> does not support nested column: <column>."},
    {"_LEGACY_ERROR_TEMP_1066", "XX000",
     "<database> is a system preserved database, you cannot create a database with this name."},
    {"_LEGACY_ERROR_TEMP_1068", "XX000",
     "<database> is a system preserved database, you cannot use it as current database. To access global "
     "temporary views, you should use qualified name with the GLOBAL_TEMP_DATABASE, e.g. SELECT * FROM "
     "<database>.viewName."},
    {"_LEGACY_ERROR_TEMP_1069", "XX000",
     "CREATE EXTERNAL TABLE must be accompanied by LOCATION."},
    {"_LEGACY_ERROR_TEMP_1071", "XX000",
     "Some existing schema fields (<nonExistentColumnNames>) are not present in the new schema. We don't support "
     "dropping columns yet."},
    {"_LEGACY_ERROR_TEMP_1072", "XX000",
     "Only the tables/views belong to the same database can be retrieved. Querying tables/views are "
     "<qualifiedTableNames>."},
    {"_LEGACY_ERROR_TEMP_1073", "XX000",
     "RENAME TABLE source and destination databases do not match: '<db>' != '<newDb>'."},
    {"_LEGACY_ERROR_TEMP_1074", "XX000",
     "RENAME TEMPORARY VIEW from '<oldName>' to '<newName>': cannot specify database name '<db>' in the "
     "destination table."},
    {"_LEGACY_ERROR_TEMP_1076", "XX000",
     "Partition spec is invalid. <details>."},
    {"_LEGACY_ERROR_TEMP_1079", "XX000",
     "Resource Type '<resourceType>' is not supported."},
    {"_LEGACY_ERROR_TEMP_1080", "XX000",
     "Table <identifier> did not specify database."},
    {"_LEGACY_ERROR_TEMP_1081", "XX000",
     "Table <identifier> did not specify locationUri."},
    {"_LEGACY_ERROR_TEMP_1082", "XX000",
     "Partition [<specString>] did not specify locationUri."},
    {"_LEGACY_ERROR_TEMP_1089", "XX000",
     "Column statistics deserialization is not supported for column <name> of data type: <dataType>."},
    {"_LEGACY_ERROR_TEMP_1090", "XX000",
     "Column statistics serialization is not supported for column <colName> of data type: <dataType>."},
    {"_LEGACY_ERROR_TEMP_1098", "XX000",
     "DataType '<x>' is not supported by <className>."},
    {"_LEGACY_ERROR_TEMP_1103", "XX000",
     "Unsupported component type <clz> in arrays."},
    {"_LEGACY_ERROR_TEMP_1104", "XX000",
     "The second argument should be a double literal."},
    {"_LEGACY_ERROR_TEMP_1107", "XX000",
     "Table <table> declares <batchWrite> capability but <v2WriteClassName> is not an instance of "
     "<v1WriteClassName>."},
    {"_LEGACY_ERROR_TEMP_1108", "XX000",
     "Delete by condition with subquery is not supported: <condition>."},
    {"_LEGACY_ERROR_TEMP_1109", "XX000",
     "Exec update failed: cannot translate expression to source filter: <f>."},
    {"_LEGACY_ERROR_TEMP_1110", "XX000",
     "Cannot delete from table <table> where <filters>."},
    {"_LEGACY_ERROR_TEMP_1114", "XX000",
     "The streaming sources in a query do not have a common supported execution mode.\nSources support "
     "micro-batch: <microBatchSources>.\nSources support continuous: <continuousSources>."},
    {"_LEGACY_ERROR_TEMP_1120", "XX000",
     "Unsupported NamespaceChange <changes> in JDBC catalog."},
    {"_LEGACY_ERROR_TEMP_1121", "XX000",
     "Table does not support <cmd>: <table>."},
    {"_LEGACY_ERROR_TEMP_1122", "XX000",
     "Table <table> is not a row-level operation table."},
    {"_LEGACY_ERROR_TEMP_1123", "XX000",
     "Cannot rename a table with ALTER VIEW. Please use ALTER TABLE instead."},
    {"_LEGACY_ERROR_TEMP_1126", "XX000",
     "Nested databases are not supported by v1 session catalog: <catalog>."},
    {"_LEGACY_ERROR_TEMP_1127", "XX000",
     "Invalid partitionExprs specified: <sortOrders> For range partitioning use REPARTITION_BY_RANGE instead."},
    {"_LEGACY_ERROR_TEMP_1128", "XX000",
     "Failed to resolve the schema for <format> for the partition column: <partitionColumn>. It must be specified "
     "manually."},
    {"_LEGACY_ERROR_TEMP_1132", "XX000",
     "A schema needs to be specified when using <className>."},
    {"_LEGACY_ERROR_TEMP_1135", "XX000",
     "<className> is not a valid Spark SQL Data Source."},
    {"_LEGACY_ERROR_TEMP_1137", "XX000",
     "Unable to resolve <name> given [<outputStr>]."},
    {"_LEGACY_ERROR_TEMP_1138", "XX000",
     "Hive built-in ORC data source must be used with Hive support enabled. Please use the native ORC data source "
     "by setting 'spark.sql.orc.impl' to 'native'."},
    {"_LEGACY_ERROR_TEMP_1139", "XX000",
     "Failed to find data source: <provider>. Avro is built-in but external data source module since Spark 2.4. "
     "Please deploy the application as per the deployment section of Apache Avro Data Source Guide."},
    {"_LEGACY_ERROR_TEMP_1140", "XX000",
     "Failed to find data source: <provider>. Please deploy the application as per the deployment section of "
     "Structured Streaming + Kafka Integration Guide."},
    {"_LEGACY_ERROR_TEMP_1141", "XX000",
     "Multiple sources found for <provider> (<sourceNames>), please specify the fully qualified class name."},
    {"_LEGACY_ERROR_TEMP_1143", "XX000",
     "The data to be inserted needs to have the same number of columns as the target table: target table has "
     "<targetSize> column(s) but the inserted data has <actualSize> column(s), which contain "
     "<staticPartitionsSize> partition column(s) having assigned constant values."},
    {"_LEGACY_ERROR_TEMP_1144", "XX000",
     "The data to be inserted needs to have the same number of partition columns as the target table: target "
     "table has <targetSize> partition column(s) but the inserted data has <providedPartitionsSize> partition "
     "columns specified."},
    {"_LEGACY_ERROR_TEMP_1145", "XX000",
     "<partKey> is not a partition column. Partition columns are <partitionColumns>."},
    {"_LEGACY_ERROR_TEMP_1146", "XX000",
     "Partition column <partColumn> have multiple values specified, <values>. Please only specify a single value."},
    {"_LEGACY_ERROR_TEMP_1147", "XX000",
     "The ordering of partition columns is <partColumns>. All partition columns having constant values need to "
     "appear before other partition columns that do not have an assigned constant value."},
    {"_LEGACY_ERROR_TEMP_1149", "XX000",
     "Fail to rebuild expression: missing key <filter> in `translatedFilterToExpr`."},
    {"_LEGACY_ERROR_TEMP_1151", "XX000",
     "Fail to resolve data source for the table <table> since the table serde property has the duplicated key "
     "<key> with extra options specified for this scan operation. To fix this, you can rollback to the legacy "
     "behavior of ignoring the extra options by setting the config <config> to `false`, or address the conflicts "
     "of the same config."},
    {"_LEGACY_ERROR_TEMP_1155", "XX000",
     "Partition column `<col>` not found in schema <schemaCatalog>."},
    {"_LEGACY_ERROR_TEMP_1158", "XX000",
     "Saving data into a view is not allowed."},
    {"_LEGACY_ERROR_TEMP_1159", "XX000",
     "The format of the existing table <tableName> is `<existingProvider>`. It doesn't match the specified format "
     "`<specifiedProvider>`."},
    {"_LEGACY_ERROR_TEMP_1160", "XX000",
     "The location of the existing table <identifier> is `<existingTableLoc>`. It doesn't match the specified "
     "location `<tableDescLoc>`."},
    {"_LEGACY_ERROR_TEMP_1161", "XX000",
     "The column number of the existing table <tableName> (<existingTableSchema>) doesn't match the data schema "
     "(<querySchema>)."},
    {"_LEGACY_ERROR_TEMP_1162", "XX000",
     "Cannot resolve '<col>' given input columns: [<inputColumns>]."},
    {"_LEGACY_ERROR_TEMP_1163", "XX000",
     "Specified partitioning does not match that of the existing table <tableName>.\nSpecified partition columns: "
     "[<specifiedPartCols>].\nExisting partition columns: [<existingPartCols>]."},
    {"_LEGACY_ERROR_TEMP_1164", "XX000",
     "Specified bucketing does not match that of the existing table <tableName>.\nSpecified bucketing: "
     "<specifiedBucketString>.\nExisting bucketing: <existingBucketString>."},
    {"_LEGACY_ERROR_TEMP_1165", "XX000",
     "It is not allowed to specify partitioning when the table schema is not defined."},
    {"_LEGACY_ERROR_TEMP_1166", "XX000",
     "Bucketing column '<bucketCol>' should not be part of partition columns '<normalizedPartCols>'."},
    {"_LEGACY_ERROR_TEMP_1167", "XX000",
     "Bucket sorting column '<sortCol>' should not be part of partition columns '<normalizedPartCols>'."},
    {"_LEGACY_ERROR_TEMP_1169", "XX000",
     "Requested partitioning does not match the table <tableName>:\nRequested partitions: "
     "<normalizedPartSpec>.\nTable partitions: <partColNames>."},
    {"_LEGACY_ERROR_TEMP_1171", "XX000",
     "createTableColumnTypes option column <col> not found in schema <schema>."},
    {"_LEGACY_ERROR_TEMP_1181", "XX000",
     "Stream-stream join without equality predicate is not supported."},
    {"_LEGACY_ERROR_TEMP_1182", "XX000",
     "Column <ambiguousAttrs> are ambiguous. It's probably because you joined several Datasets together, and some "
     "of these Datasets are the same. This column points to one of the Datasets but Spark is unable to figure out "
     "which one. Please alias the Datasets with different names via `Dataset.as` before joining them, and specify "
     "the column using qualified name, e.g. `df.as(\"a\").join(df.as(\"b\"), $\"a.id\" > $\"b.id\")`. You can "
     "also set <config> to false to disable this check."},
    {"_LEGACY_ERROR_TEMP_1183", "XX000",
     "Cannot use \"INTERVAL\" type in the table schema."},
    {"_LEGACY_ERROR_TEMP_1186", "XX000",
     "Multi-part identifier cannot be empty."},
    {"_LEGACY_ERROR_TEMP_1187", "XX000",
     "Hive data source can only be used with tables, you can not <operation> files of Hive data source directly."},
    {"_LEGACY_ERROR_TEMP_1188", "XX000",
     "There is a 'path' option set and <method>() is called with a path parameter. Either remove the path option, "
     "or call <method>() without the parameter. To ignore this check, set '<config>' to 'true'."},
    {"_LEGACY_ERROR_TEMP_1189", "XX000",
     "User specified schema not supported with `<operation>`."},
    {"_LEGACY_ERROR_TEMP_1190", "XX000",
     "Temporary view <viewName> doesn't support streaming write."},
    {"_LEGACY_ERROR_TEMP_1191", "XX000",
     "Streaming into views <viewName> is not supported."},
    {"_LEGACY_ERROR_TEMP_1192", "XX000",
     "The input source(<source>) is different from the table <tableName>'s data source provider(<provider>)."},
    {"_LEGACY_ERROR_TEMP_1193", "XX000",
     "Table <tableName> doesn't support streaming write - <t>."},
    {"_LEGACY_ERROR_TEMP_1194", "XX000",
     "queryName must be specified for memory sink."},
    {"_LEGACY_ERROR_TEMP_1195", "XX000",
     "'<source>' is not supported with continuous trigger."},
    {"_LEGACY_ERROR_TEMP_1196", "XX000",
     "<columnType> column <columnName> not found in existing columns (<validColumnNames>)."},
    {"_LEGACY_ERROR_TEMP_1197", "XX000",
     "'<operation>' does not support partitioning."},
    {"_LEGACY_ERROR_TEMP_1198", "XX000",
     "Function '<unbound>' cannot process input: (<arguments>): <unsupported>."},
    {"_LEGACY_ERROR_TEMP_1199", "XX000",
     "Invalid bound function '<bound>: there are <argsLen> arguments but <inputTypesLen> parameters returned from "
     "'inputTypes()'."},
    {"_LEGACY_ERROR_TEMP_1205", "XX000",
     "Expected only partition pruning predicates: <nonPartitionPruningPredicates>."},
    {"_LEGACY_ERROR_TEMP_1207", "XX000",
     "The duration and time inputs to window must be an integer, long or string literal."},
    {"_LEGACY_ERROR_TEMP_1210", "XX000",
     "The second argument in <funcName> should be a boolean literal."},
    {"_LEGACY_ERROR_TEMP_1211", "XX000",
     "Detected implicit cartesian product for <joinType> join between logical "
     "plans\n<leftPlan>\nand\n<rightPlan>\nJoin condition is missing or trivial.\nEither: use the CROSS JOIN "
     "syntax to allow cartesian products between these relations, or: enable implicit cartesian products by "
     "setting the configuration variable spark.sql.crossJoin.enabled=true."},
    {"_LEGACY_ERROR_TEMP_1212", "XX000",
     "Found conflicting attributes <conflictingAttrs> in the condition joining outer plan:\n<outerPlan>\nand "
     "subplan:\n<subplan>."},
    {"_LEGACY_ERROR_TEMP_1213", "XX000",
     "Window expression is empty in <expr>."},
    {"_LEGACY_ERROR_TEMP_1214", "XX000",
     "Found different window function type in <windowExpressions>."},
    {"_LEGACY_ERROR_TEMP_1218", "XX000",
     "<tableIdentifier> should be converted to HadoopFsRelation."},
    {"_LEGACY_ERROR_TEMP_1219", "XX000",
     "Hive metastore does not support altering database location."},
    {"_LEGACY_ERROR_TEMP_1222", "XX000",
     "Unknown resource type: <resourceType>."},
    {"_LEGACY_ERROR_TEMP_1223", "XX000",
     "Invalid field id '<field>' in day-time interval. Supported interval fields: <supportedIds>."},
    {"_LEGACY_ERROR_TEMP_1224", "XX000",
     "'interval <startFieldName> to <endFieldName>' is invalid."},
    {"_LEGACY_ERROR_TEMP_1225", "XX000",
     "Invalid field id '<field>' in year-month interval. Supported interval fields: <supportedIds>."},
    {"_LEGACY_ERROR_TEMP_1226", "XX000",
     "The SQL config '<configName>' was removed in the version <version>. <comment>"},
    {"_LEGACY_ERROR_TEMP_1228", "XX000",
     "Decimal scale (<scale>) cannot be greater than precision (<precision>)."},
    {"_LEGACY_ERROR_TEMP_1232", "XX000",
     "Partition spec is invalid. The spec (<specKeys>) must match the partition spec (<partitionColumnNames>) "
     "defined in table '<tableName>'."},
    {"_LEGACY_ERROR_TEMP_1237", "XX000",
     "The list of partition columns with values in partition specification for table '<table>' in database "
     "'<database>' is not a prefix of the list of partition columns defined in the table schema. Expected a "
     "prefix of [<schemaColumns>], but got [<specColumns>]."},
    {"_LEGACY_ERROR_TEMP_1239", "XX000",
     "Analyzing column statistics is not supported for column <name> of data type: <dataType>."},
    {"_LEGACY_ERROR_TEMP_1241", "XX000",
     "CREATE-TABLE-AS-SELECT cannot create table with location to a non-empty directory <tablePath>. To allow "
     "overwriting the existing non-empty directory, set '<config>' to true."},
    {"_LEGACY_ERROR_TEMP_1246", "XX000",
     "Can't find column `<name>` given table data columns <fieldNames>."},
    {"_LEGACY_ERROR_TEMP_1247", "XX000",
     "Operation not allowed: ALTER TABLE SET [SERDE | SERDEPROPERTIES] for a specific partition is not supported "
     "for tables created with the datasource API."},
    {"_LEGACY_ERROR_TEMP_1250", "XX000",
     "<action> is not allowed on <tableName> since filesource partition management is disabled "
     "(spark.sql.hive.manageFilesourcePartitions = false)."},
    {"_LEGACY_ERROR_TEMP_1251", "XX000",
     "<action> is not allowed on <tableName> since its partition metadata is not stored in the Hive metastore. To "
     "import this information into the metastore, run `msck repair table <tableName>`."},
    {"_LEGACY_ERROR_TEMP_1255", "XX000",
     "Cannot drop built-in function '<functionName>'."},
    {"_LEGACY_ERROR_TEMP_1256", "XX000",
     "Cannot refresh built-in function <functionName>."},
    {"_LEGACY_ERROR_TEMP_1257", "XX000",
     "Cannot refresh temporary function <functionName>."},
    {"_LEGACY_ERROR_TEMP_1259", "XX000",
     "ALTER ADD COLUMNS does not support views. You must drop and re-create the views for adding the new columns. "
     "Views: <table>."},
    {"_LEGACY_ERROR_TEMP_1260", "XX000",
     "ALTER ADD COLUMNS does not support datasource table with type <tableType>. You must drop and re-create the "
     "table for adding the new columns. Tables: <table>."},
    {"_LEGACY_ERROR_TEMP_1261", "XX000",
     "LOAD DATA is not supported for datasource tables: <tableIdentWithDB>."},
    {"_LEGACY_ERROR_TEMP_1262", "XX000",
     "LOAD DATA target table <tableIdentWithDB> is partitioned, but no partition spec is provided."},
    {"_LEGACY_ERROR_TEMP_1263", "XX000",
     "LOAD DATA target table <tableIdentWithDB> is partitioned, but number of columns in provided partition spec "
     "(<partitionSize>) do not match number of partitioned columns in table (<targetTableSize>)."},
    {"_LEGACY_ERROR_TEMP_1264", "XX000",
     "LOAD DATA target table <tableIdentWithDB> is not partitioned, but a partition spec was provided."},
    {"_LEGACY_ERROR_TEMP_1267", "XX000",
     "Operation not allowed: TRUNCATE TABLE ... PARTITION is not supported for tables that are not partitioned: "
     "<tableIdentWithDB>."},
    {"_LEGACY_ERROR_TEMP_1268", "XX000",
     "Failed to truncate table <tableIdentWithDB> when removing data of the path: <path>."},
    {"_LEGACY_ERROR_TEMP_1276", "XX000",
     "The logical plan that represents the view is not analyzed."},
    {"_LEGACY_ERROR_TEMP_1280", "XX000",
     "It is not allowed to create a persisted view from the Dataset API."},
    {"_LEGACY_ERROR_TEMP_1286", "XX000",
     "User-defined partition column <columnName> not found in the JDBC relation: <schema>."},
    {"_LEGACY_ERROR_TEMP_1287", "XX000",
     "Partition column type should be <numericType>, <dateType>, or <timestampType>, but <dataType> found."},
    {"_LEGACY_ERROR_TEMP_1288", "XX000",
     "Table or view '<name>' already exists. SaveMode: ErrorIfExists."},
    {"_LEGACY_ERROR_TEMP_1290", "XX000",
     "Text data source supports only a single column, and you have <schemaSize> columns."},
    {"_LEGACY_ERROR_TEMP_1291", "XX000",
     "Can't find required partition column <readField> in partition schema <partitionSchema>."},
    {"_LEGACY_ERROR_TEMP_1292", "XX000",
     "Temporary view '<tableIdent>' should not have specified a database."},
    {"_LEGACY_ERROR_TEMP_1293", "XX000",
     "Hive data source can only be used with tables, you can't use it with CREATE TEMP VIEW USING."},
    {"_LEGACY_ERROR_TEMP_1294", "XX000",
     "The timestamp provided for the '<strategy>' option is invalid. The expected format is "
     "'YYYY-MM-DDTHH:mm:ss', but the provided timestamp: <timeString>."},
    {"_LEGACY_ERROR_TEMP_1295", "XX000",
     "Set a host to read from with option(\"host\", ...)."},
    {"_LEGACY_ERROR_TEMP_1296", "XX000",
     "Set a port to read from with option(\"port\", ...)."},
    {"_LEGACY_ERROR_TEMP_1297", "XX000",
     "IncludeTimestamp must be set to either \"true\" or \"false\"."},
    {"_LEGACY_ERROR_TEMP_1298", "XX000",
     "checkpointLocation must be specified either through option(\"checkpointLocation\", ...) or "
     "SparkSession.conf.set(\"<config>\", ...)."},
    {"_LEGACY_ERROR_TEMP_1299", "XX000",
     "This query does not support recovering from checkpoint location. Delete <checkpointPath> to start over."},
    {"_LEGACY_ERROR_TEMP_1300", "XX000",
     "Unable to find the column `<colName>` given [<actualColumns>]."},
    {"_LEGACY_ERROR_TEMP_1306", "XX000",
     "There is a 'path' or 'paths' option set and load() is called with path parameters. Either remove the path "
     "option if it's the same as the path parameter, or add it to the load() parameter if you do want to read "
     "multiple paths. To ignore this check, set '<config>' to 'true'."},
    {"_LEGACY_ERROR_TEMP_1307", "XX000",
     "There is a 'path' option set and save() is called with a path parameter. Either remove the path option, or "
     "call save() without the parameter. To ignore this check, set '<config>' to 'true'."},
    {"_LEGACY_ERROR_TEMP_1310", "XX000",
     "Couldn't find a catalog to handle the identifier <quote>."},
    {"_LEGACY_ERROR_TEMP_1312", "XX000",
     "'<operation>' does not support bucketBy right now."},
    {"_LEGACY_ERROR_TEMP_1313", "XX000",
     "'<operation>' does not support bucketBy and sortBy right now."},
    {"_LEGACY_ERROR_TEMP_1316", "XX000",
     "Invalid partition transformation: <expr>."},
    {"_LEGACY_ERROR_TEMP_1320", "XX000",
     "Typed column <typedCol> that needs input type and schema cannot be passed in untyped `select` API. Use the "
     "typed `Dataset.select` API instead."},
    {"_LEGACY_ERROR_TEMP_1321", "XX000",
     "Invalid view name: <viewName>."},
    {"_LEGACY_ERROR_TEMP_1322", "XX000",
     "Invalid number of buckets: bucket(<numBuckets>, <e>)."},
    {"_LEGACY_ERROR_TEMP_1323", "XX000",
     "\"<colName>\" is not a numeric column. Aggregation function can only be applied on a numeric column."},
    {"_LEGACY_ERROR_TEMP_1324", "XX000",
     "The pivot column <pivotColumn> has more than <maxValues> distinct values, this could indicate an error. If "
     "this was intended, set <config> to at least the number of distinct values of the pivot column."},
    {"_LEGACY_ERROR_TEMP_1327", "XX000",
     "Command execution is not supported in runner <runner>."},
    {"_LEGACY_ERROR_TEMP_1328", "XX000",
     "Can not instantiate class <className>, please make sure it has public non argument constructor."},
    {"_LEGACY_ERROR_TEMP_1329", "XX000",
     "Can not load class <className>, please make sure it is on the classpath."},
    {"_LEGACY_ERROR_TEMP_1330", "XX000",
     "Class <className> doesn't implement interface UserDefinedAggregateFunction."},
    {"_LEGACY_ERROR_TEMP_1332", "XX000",
     "<errorMessage>"},
    {"_LEGACY_ERROR_TEMP_1338", "XX000",
     "Sinks cannot request distribution and ordering in continuous execution mode."},
    {"_LEGACY_ERROR_TEMP_2003", "XX000",
     "Unsuccessful try to zip maps with <size> unique keys due to exceeding the array size limit "
     "<maxRoundedArrayLength>."},
    {"_LEGACY_ERROR_TEMP_2017", "XX000",
     "not resolved."},
    {"_LEGACY_ERROR_TEMP_2026", "XX000",
     "Failed to convert value <value> (class of <cls>) with the type of <dataType> to JSON."},
    {"_LEGACY_ERROR_TEMP_2028", "XX000",
     "This line should be unreachable<err>."},
    {"_LEGACY_ERROR_TEMP_2030", "XX000",
     "Can not handle nested schema yet...  plan <plan>."},
    {"_LEGACY_ERROR_TEMP_2031", "XX000",
     "The input external row cannot be null."},
    {"_LEGACY_ERROR_TEMP_2032", "XX000",
     "<fieldCannotBeNullMsg>"},
    {"_LEGACY_ERROR_TEMP_2033", "XX000",
     "Unable to create database <name> as failed to create its directory <locationUri>."},
    {"_LEGACY_ERROR_TEMP_2034", "XX000",
     "Unable to drop database <name> as failed to delete its directory <locationUri>."},
    {"_LEGACY_ERROR_TEMP_2035", "XX000",
     "Unable to create table <table> as failed to create its directory <defaultTableLocation>."},
    {"_LEGACY_ERROR_TEMP_2036", "XX000",
     "Unable to delete partition path <partitionPath>."},
    {"_LEGACY_ERROR_TEMP_2037", "XX000",
     "Unable to drop table <table> as failed to delete its directory <dir>."},
    {"_LEGACY_ERROR_TEMP_2038", "XX000",
     "Unable to rename table <oldName> to <newName> as failed to rename its directory <oldDir>."},
    {"_LEGACY_ERROR_TEMP_2039", "XX000",
     "Unable to create partition path <partitionPath>."},
    {"_LEGACY_ERROR_TEMP_2040", "XX000",
     "Unable to rename partition path <oldPartPath>."},
    {"_LEGACY_ERROR_TEMP_2041", "XX000",
     "<methodName> is not implemented."},
    {"_LEGACY_ERROR_TEMP_2046", "XX000",
     "[BUG] Not a DataSourceRDDPartition: <split>."},
    {"_LEGACY_ERROR_TEMP_2047", "XX000",
     "'path' is not specified."},
    {"_LEGACY_ERROR_TEMP_2048", "XX000",
     "Schema must be specified when creating a streaming source DataFrame. If some files already exist in the "
     "directory, then depending on the file format you may be able to create a static DataFrame on that directory "
     "with 'spark.read.load(directory)' and infer schema from it."},
    {"_LEGACY_ERROR_TEMP_2049", "XX000",
     "Data source <className> does not support streamed <operator>."},
    {"_LEGACY_ERROR_TEMP_2050", "XX000",
     "Expected exactly one path to be specified, but got: <paths>."},
    {"_LEGACY_ERROR_TEMP_2052", "XX000",
     "<className> was removed in Spark 2.0. Please check if your library is compatible with Spark 2.0."},
    {"_LEGACY_ERROR_TEMP_2053", "XX000",
     "buildReader is not supported for <format>."},
    {"_LEGACY_ERROR_TEMP_2056", "XX000",
     "Unable to clear output directory <staticPrefixPath> prior to writing to it."},
    {"_LEGACY_ERROR_TEMP_2057", "XX000",
     "Unable to clear partition directory <path> prior to writing to it."},
    {"_LEGACY_ERROR_TEMP_2059", "XX000",
     "End of stream."},
    {"_LEGACY_ERROR_TEMP_2060", "XX000",
     "The fallback v1 relation reports inconsistent schema:\nSchema of v2 scan: <v2Schema>.\nSchema of v1 "
     "relation: <v1Schema>."},
    {"_LEGACY_ERROR_TEMP_2061", "XX000",
     "No records should be returned from EmptyDataReader."},
    {"_LEGACY_ERROR_TEMP_2065", "XX000",
     "Cannot create columnar reader."},
    {"_LEGACY_ERROR_TEMP_2066", "XX000",
     "Invalid namespace name: <namespace>."},
    {"_LEGACY_ERROR_TEMP_2068", "XX000",
     "Missing database location."},
    {"_LEGACY_ERROR_TEMP_2070", "XX000",
     "Writing job failed."},
    {"_LEGACY_ERROR_TEMP_2071", "XX000",
     "Commit denied for partition <partId> (task <taskId>, attempt <attemptId>, stage <stageId>.<stageAttempt>)."},
    {"_LEGACY_ERROR_TEMP_2073", "XX000",
     "Cannot create JDBC table with partition."},
    {"_LEGACY_ERROR_TEMP_2074", "XX000",
     "user-specified schema."},
    {"_LEGACY_ERROR_TEMP_2076", "XX000",
     "The length of <path> is <len>, which exceeds the max length allowed: <maxLength>."},
    {"_LEGACY_ERROR_TEMP_2077", "XX000",
     "Unsupported field name: <fieldName>."},
    {"_LEGACY_ERROR_TEMP_2078", "XX000",
     "Both '<jdbcTableName>' and '<jdbcQueryString>' can not be specified at the same time."},
    {"_LEGACY_ERROR_TEMP_2079", "XX000",
     "Option '<jdbcTableName>' or '<jdbcQueryString>' is required."},
    {"_LEGACY_ERROR_TEMP_2080", "XX000",
     "Option `<optionName>` can not be empty."},
    {"_LEGACY_ERROR_TEMP_2081", "XX000",
     "Invalid value `<value>` for parameter `<jdbcTxnIsolationLevel>`. This can be `NONE`, `READ_UNCOMMITTED`, "
     "`READ_COMMITTED`, `REPEATABLE_READ` or `SERIALIZABLE`."},
    {"_LEGACY_ERROR_TEMP_2082", "XX000",
     "Can't get JDBC type for <catalogString>."},
    {"_LEGACY_ERROR_TEMP_2083", "XX000",
     "Unsupported type <content>."},
    {"_LEGACY_ERROR_TEMP_2084", "XX000",
     "Unsupported array element type <catalogString> based on binary."},
    {"_LEGACY_ERROR_TEMP_2085", "XX000",
     "Nested arrays unsupported."},
    {"_LEGACY_ERROR_TEMP_2086", "XX000",
     "Can't translate non-null value for field <pos>."},
    {"_LEGACY_ERROR_TEMP_2087", "XX000",
     "Invalid value `<n>` for parameter `<jdbcNumPartitions>` in table writing via JDBC. The minimum value is 1."},
    {"_LEGACY_ERROR_TEMP_2089", "XX000",
     "DataType: <catalogString>."},
    {"_LEGACY_ERROR_TEMP_2090", "XX000",
     "The input filter of <owner> should be fully convertible."},
    {"_LEGACY_ERROR_TEMP_2093", "XX000",
     "Found duplicate field(s) \"<requiredFieldName>\": <matchedOrcFields> in case-insensitive mode."},
    {"_LEGACY_ERROR_TEMP_2094", "XX000",
     "Found duplicate field(s) \"<requiredId>\": <matchedFields> in id mapping mode."},
    {"_LEGACY_ERROR_TEMP_2095", "XX000",
     "Failed to merge incompatible schemas <left> and <right>."},
    {"_LEGACY_ERROR_TEMP_2097", "XX000",
     "Could not execute broadcast in <timeout> secs. You can increase the timeout for broadcasts via "
     "<broadcastTimeout> or disable broadcast join by setting <autoBroadcastJoinThreshold> to -1 or remove the "
     "broadcast hint if it exists in your code."},
    {"_LEGACY_ERROR_TEMP_2098", "XX000",
     "Could not compare cost with <cost>."},
    {"_LEGACY_ERROR_TEMP_2100", "XX000",
     "not support type: <dataType>."},
    {"_LEGACY_ERROR_TEMP_2101", "XX000",
     "Not support non-primitive type now."},
    {"_LEGACY_ERROR_TEMP_2103", "XX000",
     "Dictionary encoding should not be used because of dictionary overflow."},
    {"_LEGACY_ERROR_TEMP_2105", "XX000",
     "Could not allocate memory to grow BytesToBytesMap."},
    {"_LEGACY_ERROR_TEMP_2106", "XX000",
     "Can't acquire <size> bytes memory to build hash relation, got <got> bytes."},
    {"_LEGACY_ERROR_TEMP_2107", "XX000",
     "There is not enough memory to build hash map."},
    {"_LEGACY_ERROR_TEMP_2108", "XX000",
     "Does not support row that is larger than 256M."},
    {"_LEGACY_ERROR_TEMP_2109", "XX000",
     "Cannot build HashedRelation with more than 1/3 billion unique keys."},
    {"_LEGACY_ERROR_TEMP_2110", "XX000",
     "Cannot build a HashedRelation that is larger than 8G."},
    {"_LEGACY_ERROR_TEMP_2111", "XX000",
     "Failed to push a row into <rowQueue>."},
    {"_LEGACY_ERROR_TEMP_2112", "XX000",
     "Unexpected window function frame <frame>."},
    {"_LEGACY_ERROR_TEMP_2115", "XX000",
     "Unknown column: <unknownColumn>."},
    {"_LEGACY_ERROR_TEMP_2116", "XX000",
     "Unexpected: <o>."},
    {"_LEGACY_ERROR_TEMP_2120", "XX000",
     "Do not support array of type <clazz>."},
    {"_LEGACY_ERROR_TEMP_2121", "XX000",
     "Do not support type <clazz>."},
    {"_LEGACY_ERROR_TEMP_2124", "XX000",
     "Failed to merge decimal types with incompatible scale <leftScale> and <rightScale>."},
    {"_LEGACY_ERROR_TEMP_2126", "XX000",
     "Unsuccessful attempt to build maps with <size> elements due to exceeding the map size limit "
     "<maxRoundedArrayLength>."},
    {"_LEGACY_ERROR_TEMP_2128", "XX000",
     "The key array and value array of MapData must have the same length."},
    {"_LEGACY_ERROR_TEMP_2129", "XX000",
     "Conflict found: Field <field> <actual> differs from <field> <expected> derived from <candidate>."},
    {"_LEGACY_ERROR_TEMP_2131", "XX000",
     "Exception when registering StreamingQueryListener."},
    {"_LEGACY_ERROR_TEMP_2144", "XX000",
     "Unable to find constructor for <tpe>. This could happen if <tpe> is an interface, or a trait without "
     "companion object constructor."},
    {"_LEGACY_ERROR_TEMP_2146", "XX000",
     "<paramName> should be an integer. Found <value>."},
    {"_LEGACY_ERROR_TEMP_2147", "XX000",
     "<paramName> flag can be true or false."},
    {"_LEGACY_ERROR_TEMP_2148", "XX000",
     "null value found but field <name> is not nullable."},
    {"_LEGACY_ERROR_TEMP_2154", "XX000",
     "Failed to get outer pointer for <innerCls>."},
    {"_LEGACY_ERROR_TEMP_2163", "XX000",
     "Initial type <dataType> must be a <target>."},
    {"_LEGACY_ERROR_TEMP_2164", "XX000",
     "Initial type <dataType> must be an <arrayType>, a <structType> or a <mapType>."},
    {"_LEGACY_ERROR_TEMP_2166", "XX000",
     "Malformed JSON."},
    {"_LEGACY_ERROR_TEMP_2168", "XX000",
     "Decorrelate inner query through <plan> is not supported."},
    {"_LEGACY_ERROR_TEMP_2169", "XX000",
     "This method should not be called in the analyzer."},
    {"_LEGACY_ERROR_TEMP_2170", "XX000",
     "Cannot safely merge SERDEPROPERTIES:\n<props1>\n<props2>\nThe conflict keys: <conflictKeys>."},
    {"_LEGACY_ERROR_TEMP_2171", "XX000",
     "Not supported pair: <r1>, <r2> at <function>()."},
    {"_LEGACY_ERROR_TEMP_2172", "XX000",
     "Once strategy's idempotence is broken for batch <batchName>\n<plan>."},
    {"_LEGACY_ERROR_TEMP_2176", "XX000",
     "Cannot create array with <numElements> elements of data due to exceeding the limit <maxRoundedArrayLength> "
     "elements for ArrayData. <additionalErrorMessage>"},
    {"_LEGACY_ERROR_TEMP_2179", "XX000",
     "HiveServer2 Kerberos principal or keytab is not correctly configured."},
    {"_LEGACY_ERROR_TEMP_2180", "XX000",
     "Parent SparkUI to attach this tab to not found."},
    {"_LEGACY_ERROR_TEMP_2181", "XX000",
     "inferSchema is not supported for hive data source."},
    {"_LEGACY_ERROR_TEMP_2182", "XX000",
     "Requested partitioning does not match the <tableIdentifier> table:\nRequested partitions: "
     "<partitionKeys>.\nTable partitions: <partitionColumnNames>."},
    {"_LEGACY_ERROR_TEMP_2183", "XX000",
     "Dynamic partition key <key> is not among written partition paths."},
    {"_LEGACY_ERROR_TEMP_2184", "XX000",
     "Cannot remove partition directory '<partitionPath>'."},
    {"_LEGACY_ERROR_TEMP_2185", "XX000",
     "Cannot create staging directory: <message>"},
    {"_LEGACY_ERROR_TEMP_2194", "XX000",
     "Unsupported Hive Metastore version <version>. Please set <key> with a valid version."},
    {"_LEGACY_ERROR_TEMP_2195", "XX000",
     "<cnf> when creating Hive client using classpath: <execJars> Please make sure that jars for your version of "
     "hive and hadoop are included in the paths passed to <key>."},
    {"_LEGACY_ERROR_TEMP_2198", "XX000",
     "Failed to rename as <dstPath> already exists."},
});

}  // namespace

const ErrorCondition* find_condition(std::string_view name) {
  const auto found = std::ranges::lower_bound(kConditions, name, {}, &ErrorCondition::name);
  return found != kConditions.end() && found->name == name ? &*found : nullptr;
}

std::span<const ErrorCondition> all_conditions() { return kConditions; }

}  // namespace hammerscale::sql
