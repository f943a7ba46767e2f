#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hammerscale/sql/data_type.hpp"
#include "hammerscale/sql/value.hpp"
#include "sql/functions/json_document.hpp"
#include "sql/functions/record_options.hpp"

namespace hammerscale::sql {

/// The dialect that the options allow*... ask for.
JsonDialect json_dialect(const RecordOptions& options);

/// from_json: JSON texts as values of a type.
class JsonRecordReader {
 public:
  /// @param type  a struct, array, map or variant, nullable throughout.
  JsonRecordReader(DataType type, const RecordOptions& options, const EvaluationContext& context,
                   std::string_view function, Origin origin);

  /// NULL for blank texts. What cannot be read is NULL, and the text goes to the column for malformed records.
  /// @throws SqlError MALFORMED_RECORD_IN_PARSING.*  in FAILFAST mode, for a record with any such part.
  Value read(std::string_view text);

 private:
  enum class Outcome : std::uint8_t { kOk, kPartial, kFailed };
  Outcome convert(const JsonNode& node, const DataType& type, std::string_view field, Value& out);
  Outcome convert_struct(const JsonNode& node, const DataType& type, Value& out);
  Outcome convert_array(const JsonNode& node, const DataType& type, std::string_view field, Value& out);
  Outcome convert_map(const JsonNode& node, const DataType& type, Value& out);
  bool convert_plain(const JsonNode& node, const DataType& type, std::string_view field, Value& out);
  Outcome convert_root(const JsonNode& node, Value& out);
  [[noreturn]] void fail(std::string_view text, const Value& partial) const;

  DataType type_;
  RecordTimes times_;
  JsonDialect dialect_;
  bool is_fail_fast_;
  std::optional<std::size_t> corrupt_field_;
  Origin origin_;
  ErrorParameters number_error_;      ///< Of a text where a floating point number should be, in the current record.
  bool is_array_for_struct_ = false;  ///< The current record is an array where a struct should be.
};

/// to_json: values as JSON texts.
class JsonRecordWriter {
 public:
  JsonRecordWriter(const RecordOptions& options, const EvaluationContext& context);
  void write(std::string& out, const Value& value, const DataType& type) const;

 private:
  void append(std::string& out, const Value& value, const DataType& type, int depth) const;
  void new_line(std::string& out, int depth) const;

  RecordTimes times_;
  bool ignores_null_fields_;
  bool is_pretty_;
  bool sorts_keys_;
};

/// The type that schema_of_json gives for a value: NULL alone is a string, empty structs inside others are left out.
DataType infer_json_type(const JsonNode& node, const RecordOptions& options);

}  // namespace hammerscale::sql
