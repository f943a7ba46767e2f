#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hammerscale/sql/data_type.hpp"
#include "hammerscale/sql/value.hpp"
#include "sql/functions/record_options.hpp"
#include "sql/functions/xml_document.hpp"

namespace hammerscale::sql {

/// How elements and attributes become fields: the options attributePrefix, valueTag and others.
struct XmlDialect {
  explicit XmlDialect(const RecordOptions& options);
  std::string attribute_prefix;  ///< In front of attributes' names.
  std::string value_tag;         ///< The field of an element's own text, beside attributes or elements.
  std::string row_tag;
  std::string array_element_name;
  std::optional<std::string> null_value;
  bool excludes_attributes;
  bool trims_text;
  bool ignores_namespace;
};

/// from_xml: XML texts as structs.
class XmlRecordReader {
 public:
  XmlRecordReader(DataType type, const RecordOptions& options, const EvaluationContext& context, Origin origin);
  /// What cannot be read is NULL, and the text goes to the column for malformed records.
  /// @throws SqlError MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION  in FAILFAST mode
  [[nodiscard]] Value read(std::string_view text) const;

 private:
  /// False where a part could not be read; `out` has the rest.
  bool convert(const xmlNode* element, const DataType& type, Value& out) const;
  bool convert_struct(const xmlNode* element, const DataType& type, Value& out) const;
  bool convert_map(const xmlNode* element, const DataType& type, Value& out) const;
  bool convert_text(std::string_view text, const DataType& type, Value& out) const;

  DataType type_;
  XmlDialect dialect_;
  RecordTimes times_;
  bool is_fail_fast_;
  std::optional<std::size_t> corrupt_field_;
  Origin origin_;
};

/// to_xml: structs as XML, indented by four spaces.
class XmlRecordWriter {
 public:
  XmlRecordWriter(const RecordOptions& options, const EvaluationContext& context);
  void write(std::string& out, const Value& value, const DataType& type) const;

 private:
  void append_element(std::string& out, std::string_view name, const Value& value, const DataType& type,
                      int depth) const;
  [[nodiscard]] std::string text_of(const Value& value, const DataType& type) const;

  XmlDialect dialect_;
  RecordTimes times_;
};

/// The struct that schema_of_xml gives for a root element.
DataType infer_xml_type(const xmlNode* root, const RecordOptions& options, const RecordTimes& times);

}  // namespace hammerscale::sql
