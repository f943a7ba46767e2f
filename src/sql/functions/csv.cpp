#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sql/functions/families.hpp"
#include "sql/functions/record_options.hpp"
#include "sql/functions/row_builder.hpp"
#include "sql/functions/signature.hpp"
#include "sql/functions/variant_value.hpp"
#include "sql/types/coercion.hpp"
#include "sql/types/decimal.hpp"
#include "sql/types/text_parse.hpp"
#include "sql/types/text_scan.hpp"
#include "sql/types/value_text.hpp"

namespace hammerscale::sql {

namespace {

using std::int32_t;
using std::string;
using std::string_view;

/// The characters of a CSV line.
struct CsvDialect {
  explicit CsvDialect(const RecordOptions& options)
      : separator(options.get("sep", options.get("delimiter", ","))),
        quote(first_of(options.get("quote", "\""))),
        escape(first_of(options.get("escape", "\\"))),
        comment(first_of(options.get("comment", ""))),
        null_value(options.get("nullValue", "")) {
    if (separator == "\\t") { separator = "\t"; }
    if (separator.empty()) { separator = ","; }
  }

  string separator;
  char quote;    ///< 0: values are never quoted.
  char escape;   ///< In front of a quote inside quotes.
  char comment;  ///< 0: none.
  string null_value;

 private:
  static char first_of(const string& text) { return text.empty() ? '\0' : text[0]; }
};

/// Cuts a line at its separators.
class CsvLine {
 public:
  CsvLine(const CsvDialect& dialect, const RecordOptions& options)
      : dialect_(dialect),
        trims_left_(options.flag("ignoreLeadingWhiteSpace", false)),
        trims_right_(options.flag("ignoreTrailingWhiteSpace", false)) {}

  /// No cell for an empty line or a comment.
  [[nodiscard]] std::vector<string> split(string_view line) const {
    std::vector<string> cells;
    if (line.empty() || (dialect_.comment != '\0' && line[0] == dialect_.comment)) { return cells; }
    std::size_t at = 0;
    while (true) {
      std::size_t start = at;
      if (trims_left_) {
        while (start < line.size() && is_blank(line[start])) { ++start; }
      }
      std::size_t end = 0;
      string cell;
      if (dialect_.quote != '\0' && start < line.size() && line[start] == dialect_.quote &&
          read_quoted(line, start, cell, end)) {
        cells.push_back(std::move(cell));
      } else {
        // Quotes that do not end where the cell does are part of it.
        end = std::min(line.find(dialect_.separator, start), line.size());
        string_view text = line.substr(start, end - start);
        while (trims_right_ && !text.empty() && is_blank(text.back())) { text.remove_suffix(1); }
        cells.emplace_back(text);
      }
      if (end >= line.size()) { return cells; }
      at = end + dialect_.separator.size();
    }
  }

 private:
  static bool is_blank(char c) { return static_cast<unsigned char>(c) <= ' '; }

  bool read_quoted(string_view line, std::size_t start, string& cell, std::size_t& end) const {
    std::size_t at = start + 1;
    while (at < line.size()) {
      const char c = line[at];
      if (c == dialect_.escape && at + 1 < line.size() &&
          (line[at + 1] == dialect_.quote || (line[at + 1] == dialect_.escape && dialect_.escape != dialect_.quote))) {
        cell += line[at + 1];
        at += 2;
        continue;
      }
      if (c == dialect_.quote) {
        ++at;
        while (at < line.size() && is_blank(line[at]) &&
               line.substr(at, dialect_.separator.size()) != dialect_.separator) {
          ++at;
        }
        end = at;
        return at == line.size() || line.substr(at, dialect_.separator.size()) == dialect_.separator;
      }
      cell += c;
      ++at;
    }
    return false;
  }

  CsvDialect dialect_;
  bool trims_left_;
  bool trims_right_;
};

/// from_csv.
class CsvRecordReader {
 public:
  CsvRecordReader(DataType type, const RecordOptions& options, const CallInput& input)
      : type_(std::move(type)),
        dialect_(options),
        line_(dialect_, options),
        times_(options, *input.context, RecordTimes::Use::kRead),
        nan_(options.get("nanValue", "NaN")),
        positive_infinity_(options.get("positiveInf", "Inf")),
        negative_infinity_(options.get("negativeInf", "-Inf")),
        is_fail_fast_(options.is_fail_fast("from_csv", input.origin)),
        corrupt_field_(corrupt_record_field(type_, options, input.origin)),
        origin_(input.origin) {}

  Value read(string_view text) const {
    const std::vector<Field>& fields = type_.fields();
    const std::vector<string> cells = line_.split(text);
    const std::size_t num_expected = fields.size() - (corrupt_field_ ? 1 : 0);
    bool is_good = cells.size() == num_expected;
    Value::List values(fields.size());
    std::size_t at = 0;
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (corrupt_field_ == i) { continue; }
      if (at >= cells.size()) { break; }
      is_good = convert(cells[at++], fields[i].type, values[i]) && is_good;
    }
    if (!is_good) {
      if (is_fail_fast_) { fail_malformed_record(partial_row_text(Value(values), type_), origin_); }
      if (corrupt_field_) { values[*corrupt_field_] = Value(string(text)); }
    }
    return Value(std::move(values));
  }

 private:
  bool convert(const string& cell, const DataType& type, Value& out) const {
    if (cell == dialect_.null_value) { return true; }
    if (type.is_fractional()) {
      const auto special = cell == nan_                 ? parse_non_numeric("NaN")
                           : cell == positive_infinity_ ? parse_non_numeric("Inf")
                           : cell == negative_infinity_ ? parse_non_numeric("-Inf")
                                                        : std::nullopt;
      if (special) {
        out = floating_value(*special, type);
        return true;
      }
    }
    if (type.id() == TypeId::kVariant) {
      out = Value(variant_of_value(Value(cell), DataType::string()));
      return true;
    }
    const auto value = parse_text_field(cell, type, times_);
    if (value) { out = *value; }
    return value.has_value();
  }

  DataType type_;
  CsvDialect dialect_;
  CsvLine line_;
  RecordTimes times_;
  string nan_;
  string positive_infinity_;
  string negative_infinity_;
  bool is_fail_fast_;
  std::optional<std::size_t> corrupt_field_;
  Origin origin_;
};

/// to_csv.
class CsvRecordWriter {
 public:
  CsvRecordWriter(const RecordOptions& options, const EvaluationContext& context)
      : dialect_(options),
        times_(options, context, RecordTimes::Use::kWrite),
        empty_value_(options.get("emptyValue", "\"\"")),
        quotes_all_(options.flag("quoteAll", false)),
        escapes_quotes_(options.flag("escapeQuotes", true)),
        trims_left_(options.flag("ignoreLeadingWhiteSpace", true)),
        trims_right_(options.flag("ignoreTrailingWhiteSpace", true)) {}

  void write(string& out, const Value& value, const DataType& type) const {
    for (std::size_t i = 0; i < type.fields().size(); ++i) {
      if (i != 0) { out += dialect_.separator; }
      const Value& cell = value.as_list()[i];
      append_cell(out, cell.is_null() ? dialect_.null_value : text_of(cell, type.fields()[i].type), cell.is_null());
    }
  }

 private:
  [[nodiscard]] string text_of(const Value& value, const DataType& type) const {
    string out;
    // A separator that a NULL follows has no space behind it.
    const auto separate = [&](bool is_first, const Value& next) {
      if (is_first) { return; }
      out += next.is_null() ? "," : ", ";
    };
    const auto part = [&](const Value& item, const DataType& item_type) {
      return item.is_null() ? dialect_.null_value : text_of(item, item_type);
    };
    switch (type.id()) {
      case TypeId::kDate:
      case TypeId::kTimestamp:
      case TypeId::kTimestampNtz: times_.append(out, value.as_int64(), type.id()); return out;
      case TypeId::kBinary: return value_text(value, type, TextStyle::kShow, times_.zone());
      case TypeId::kArray: {
        const Value::List& items = value.as_list();
        for (std::size_t i = 0; i < items.size(); ++i) {
          separate(i == 0, items[i]);
          out += part(items[i], type.element());
        }
        return "[" + out + "]";
      }
      case TypeId::kMap: {
        const Value::List& items = value.as_list();
        for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
          separate(i == 0, items[i]);
          out += part(items[i], type.key()) + " ->" + (items[i + 1].is_null() ? "" : " ") +
                 part(items[i + 1], type.value());
        }
        return "{" + out + "}";
      }
      case TypeId::kStruct: {
        const Value::List& items = value.as_list();
        for (std::size_t i = 0; i < items.size(); ++i) {
          separate(i == 0, items[i]);
          out += part(items[i], type.fields()[i].type);
        }
        return "{" + out + "}";
      }
      default: return value_text(value, type, TextStyle::kCast, times_.zone());
    }
  }

  void append_cell(string& out, string_view text, bool is_null) const {
    while (trims_left_ && !text.empty() && static_cast<unsigned char>(text.front()) <= ' ') { text.remove_prefix(1); }
    while (trims_right_ && !text.empty() && static_cast<unsigned char>(text.back()) <= ' ') { text.remove_suffix(1); }
    if (text.empty()) {
      if (!is_null) { out += empty_value_; }
      return;
    }
    const bool has_quote = dialect_.quote != '\0' && text.find(dialect_.quote) != string_view::npos;
    const bool needs_quotes = quotes_all_ || text.find(dialect_.separator) != string_view::npos ||
                              text.find_first_of("\r\n") != string_view::npos || (has_quote && escapes_quotes_);
    if (!needs_quotes || dialect_.quote == '\0') {
      out += text;
      return;
    }
    out += dialect_.quote;
    for (const char c : text) {
      if (c == dialect_.quote || (c == dialect_.escape && dialect_.escape != '\0')) { out += dialect_.escape; }
      out += c;
    }
    out += dialect_.quote;
  }

  CsvDialect dialect_;
  RecordTimes times_;
  string empty_value_;
  bool quotes_all_;
  bool escapes_quotes_;
  bool trims_left_;
  bool trims_right_;
};

DataType infer_cell(const string& cell, const CsvDialect& dialect, const RecordTimes& times) {
  if (cell.empty() || cell == dialect.null_value) { return DataType::string(); }
  for (const TypeId type : {TypeId::kInt, TypeId::kBigint}) {
    if (parse_text_field(cell, type, times)) { return type; }
  }
  const bool is_negative = cell[0] == '-' || cell[0] == '+';
  const auto digits = string_view(cell).substr(is_negative ? 1 : 0);
  if (!digits.empty() && digits.size() <= kMaxDecimalPrecision &&
      digits.find_first_not_of("0123456789") == string_view::npos) {
    return DataType::decimal(static_cast<int>(digits.size()), 0);
  }
  if (parse_text_field(cell, TypeId::kDouble, times)) { return TypeId::kDouble; }
  // A time of day makes it a timestamp, which dates would read as well.
  if (cell.find(':') == string::npos && times.parse(cell, TypeId::kDate)) { return TypeId::kDate; }
  if (times.parse(cell, TypeId::kTimestamp)) { return TypeId::kTimestamp; }
  return parse_text_field(cell, TypeId::kBoolean, times) ? DataType(TypeId::kBoolean) : DataType::string();
}

BoundFunction bind_from_csv(const CallInput& input) {
  check_num_arguments(input, 2, 3);
  const DataType type = record_struct_schema(input, 1);
  for (const Field& field : type.fields()) {
    if (field.type.is_nested() || field.type.is_null()) {
      throw SqlError("UNSUPPORTED_DATATYPE", {{"typeName", "\"" + field.type.to_sql() + "\""}}, input.origin);
    }
  }
  BoundFunction bound{.type = type,
                      .argument_types = {expect_argument(input, 0, TypeClass::kString)},
                      .nulls = NullPolicy::kHandled,
                      .can_fail = true,
                      .evaluate = {}};
  for (std::size_t i = 1; i < input.types.size(); ++i) { bound.argument_types.push_back(input.types[i]); }
  auto reader = std::make_shared<CsvRecordReader>(type, RecordOptions(input, 2), input);
  bound.evaluate = building_rows([reader](const Arguments& arguments, int32_t row, VectorBuilder& out) {
    if (arguments[0].is_null(row)) {
      out.append_null();
    } else {
      out.append_value(reader->read(ColumnReader<StringView>(arguments[0])[row].view()));
    }
  });
  return bound;
}

BoundFunction bind_to_csv(const CallInput& input) {
  check_num_arguments(input, 1, 2);
  const DataType type = input.types[0];
  if (type.id() != TypeId::kStruct) {
    throw SqlError("DATATYPE_MISMATCH.UNSUPPORTED_INPUT_TYPE",
                   {{"sqlExpr", "\"" + call_text(input) + "\""},
                    {"functionName", "`to_csv`"},
                    {"dataType", "\"" + type.to_sql() + "\""}},
                   input.origin);
  }
  auto writer = std::make_shared<CsvRecordWriter>(RecordOptions(input, 1), *input.context);
  return BoundFunction{.type = DataType::string(),
                       .argument_types = input.types,
                       .evaluate = [writer, type](const Arguments& arguments, Vector& result) {
                         string text;
                         arguments.rows.for_each([&](int32_t row) {
                           text.clear();
                           writer->write(text, arguments[0].value(row), type);
                           result.mutable_values<StringView>()[row] = result.string_heap().add(text);
                         });
                       }};
}

BoundFunction bind_schema_of_csv(const CallInput& input) {
  check_num_arguments(input, 1, 2);
  const string text = constant_record(input, "csv");
  const RecordOptions options(input, 1);
  const CsvDialect dialect(options);
  const std::vector<string> cells = CsvLine(dialect, options).split(text);
  if (cells.empty()) { throw SqlError("MALFORMED_CSV_RECORD", {{"badRecord", text}}, input.origin); }
  const RecordTimes times(options, *input.context, RecordTimes::Use::kRead);
  std::vector<Field> fields;
  for (const string& cell : cells) {
    fields.push_back({"_c" + std::to_string(fields.size()), infer_cell(cell, dialect, times)});
  }
  return constant_text_function(input, DataType::structure(std::move(fields)).to_sql());
}

}  // namespace

void add_csv_functions(FunctionRegistry& registry) {
  const auto add = [&](string_view name, BindFunction bind, string_view usage, std::vector<FunctionExample> examples) {
    registry.add(ScalarFunction{
        .name = name,
        .bind = std::move(bind),
        .documentation = {.group = "csv_funcs", .usage = usage, .examples = std::move(examples), .since = "3.0.0"}});
  };
  add("from_csv", bind_from_csv,
      "from_csv(csv, schema[, options]) - Returns the struct that a line of comma-separated values describes.",
      {{"SELECT from_csv('1, 0.8', 'a INT, b DOUBLE')", {"{1, 0.8}"}},
       {"SELECT from_csv('26/08/2015', 'time Timestamp', map('timestampFormat', 'dd/MM/yyyy'))",
        {"{2015-08-26 00:00:00}"}}});
  add("to_csv", bind_to_csv,
      "to_csv(struct[, options]) - Returns the fields of a struct as a line of comma-separated values.",
      {{"SELECT to_csv(named_struct('a', 1, 'b', 2))", {"1,2"}}});
  add("schema_of_csv", bind_schema_of_csv,
      "schema_of_csv(csv[, options]) - Returns the type of a constant line in DDL form.",
      {{"SELECT schema_of_csv('1,abc')", {"STRUCT<_c0: INT, _c1: STRING>"}}});
}

}  // namespace hammerscale::sql
