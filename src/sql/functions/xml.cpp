#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include <cmath>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sql/functions/families.hpp"
#include "sql/functions/row_builder.hpp"
#include "sql/functions/rowwise.hpp"
#include "sql/functions/signature.hpp"
#include "sql/functions/xml_document.hpp"
#include "sql/functions/xml_records.hpp"

namespace hammerscale::sql {

namespace {

using std::int32_t;
using std::string;
using std::string_view;

struct XPathContextDeleter {
  void operator()(xmlXPathContext* context) const { xmlXPathFreeContext(context); }
};
struct XPathExpressionDeleter {
  void operator()(xmlXPathCompExpr* expression) const { xmlXPathFreeCompExpr(expression); }
};
struct XPathResultDeleter {
  void operator()(xmlXPathObject* result) const { xmlXPathFreeObject(result); }
};
using XPathContext = std::unique_ptr<xmlXPathContext, XPathContextDeleter>;
using XPathResult = std::unique_ptr<xmlXPathObject, XPathResultDeleter>;

// The error's text is not ours to print; that there is one shows in the result.
void ignore_xpath_error(void*, xmlError*) {}

[[noreturn]] void fail_xpath(string_view function, string_view parameter, string_view value, Origin origin) {
  throw SqlError("INVALID_PARAMETER_VALUE.PATTERN",
                 {{"parameter", "`" + string(parameter) + "`"},
                  {"functionName", "`" + string(function) + "`"},
                  {"value", "'" + string(value) + "'"}},
                 origin);
}

/// A constant path, ready to be evaluated on many documents.
class XPath {
 public:
  XPath(string function, string path, Origin origin)
      : function_(std::move(function)), path_(std::move(path)), origin_(origin) {
    if (path_.empty()) { return; }
    const XPathContext context(xmlXPathNewContext(nullptr));
    context->error = ignore_xpath_error;
    expression_.reset(xmlXPathCtxtCompile(context.get(), reinterpret_cast<const xmlChar*>(path_.c_str())));
    if (!expression_) { fail_xpath(function_, "path", path_, origin_); }
  }

  /// Calls f(result); not for empty texts and paths, which give NULL: then false.
  template <typename F>
  bool evaluate(string_view xml, F&& f) const {
    if (xml.empty() || path_.empty()) { return false; }
    const XmlDocument document = parse_xml(xml);
    if (!document) { fail_xpath(function_, "xml", xml, origin_); }
    const XPathContext context(xmlXPathNewContext(document.get()));
    context->error = ignore_xpath_error;
    context->node = reinterpret_cast<xmlNode*>(document.get());
    for (const xmlNs* space = xmlDocGetRootElement(document.get())->nsDef; space != nullptr; space = space->next) {
      if (space->prefix != nullptr) { xmlXPathRegisterNs(context.get(), space->prefix, space->href); }
    }
    const XPathResult result(xmlXPathCompiledEval(expression_.get(), context.get()));
    if (!result) { fail_xpath(function_, "path", path_, origin_); }
    f(*result);
    return true;
  }

  [[noreturn]] void fail_result() const { fail_xpath(function_, "path", path_, origin_); }

 private:
  string function_;
  string path_;
  Origin origin_;
  std::unique_ptr<xmlXPathCompExpr, XPathExpressionDeleter> expression_;
};

double number_of(xmlXPathObject& result) { return xmlXPathCastToNumber(&result); }

/// As Java narrows doubles: NaN is 0, what is too large the largest.
template <typename T>
T saturate(double value) {
  if (std::isnan(value)) { return 0; }
  if (value <= static_cast<double>(std::numeric_limits<T>::min())) { return std::numeric_limits<T>::min(); }
  if (value >= static_cast<double>(std::numeric_limits<T>::max())) { return std::numeric_limits<T>::max(); }
  return static_cast<T>(value);
}

string string_of(xmlXPathObject& result) {
  xmlChar* text = xmlXPathCastToString(&result);
  string out(xml_text(text));
  xmlFree(text);
  return out;
}

/// The path, which must be constant; a NULL one is empty: the result is NULL then in any case.
std::shared_ptr<const XPath> bind_path(const CallInput& input) {
  check_num_arguments(input, 2, 2);
  for (std::size_t i = 0; i < 2; ++i) {
    if (!input.types[i].is_string() && !input.types[i].is_null()) { fail_argument_type(input, i, "\"STRING\""); }
  }
  const Value& path = expect_constant(input, 1, "path");
  return std::make_shared<const XPath>(string(input.name), path.is_null() ? string() : path.as_string(), input.origin);
}

/// A function that gives f(result) of the physical type R.
template <typename R, typename F>
BindFunction bind_xpath_value(DataType type, F f) {
  return [type, f](const CallInput& input) {
    auto path = bind_path(input);
    return BoundFunction{
        .type = type,
        .argument_types = {DataType::string(), DataType::string()},
        .can_fail = true,
        .evaluate = rowwise<string_view, string_view>([path, f](string_view xml, string_view) -> std::optional<R> {
          std::optional<R> out;
          path->evaluate(xml, [&](xmlXPathObject& result) { out = f(result); });
          return out;
        })};
  };
}

BoundFunction bind_xpath(const CallInput& input) {
  auto path = bind_path(input);
  return BoundFunction{
      .type = DataType::array(DataType::string()),
      .argument_types = {DataType::string(), DataType::string()},
      .can_fail = true,
      .evaluate = building_rows([path](const Arguments& arguments, int32_t row, VectorBuilder& out) {
        if (arguments[0].is_null(row) || arguments[1].is_null(row)) {
          out.append_null();
          return;
        }
        const ColumnReader<StringView> texts(arguments[0]);
        const bool has_result = path->evaluate(texts[row].view(), [&](const xmlXPathObject& result) {
          if (result.type != XPATH_NODESET) { path->fail_result(); }
          const int num_nodes = result.nodesetval == nullptr ? 0 : result.nodesetval->nodeNr;
          for (int i = 0; i < num_nodes; ++i) {
            const xmlNode* node = result.nodesetval->nodeTab[i];
            // Elements have no value of their own.
            if (node->type == XML_ELEMENT_NODE || node->type == XML_DOCUMENT_NODE || node->type == XML_NAMESPACE_DECL) {
              out.child(0).append_null();
            } else {
              out.child(0).append_string(xml_content(node));
            }
          }
        });
        if (has_result) {
          out.finish_list();
        } else {
          out.append_null();
        }
      })};
}

BoundFunction bind_from_xml(const CallInput& input) {
  check_num_arguments(input, 2, 3);
  const DataType type = record_schema(input, 1);
  if (type.id() != TypeId::kStruct) {
    throw SqlError("DATATYPE_MISMATCH.INVALID_XML_SCHEMA",
                   {{"sqlExpr", "\"" + call_text(input) + "\""}, {"schema", "\"" + type.to_sql() + "\""}},
                   input.origin);
  }
  BoundFunction bound{.type = type,
                      .argument_types = {expect_argument(input, 0, TypeClass::kString)},
                      .nulls = NullPolicy::kHandled,
                      .can_fail = true,
                      .evaluate = {}};
  for (std::size_t i = 1; i < input.types.size(); ++i) { bound.argument_types.push_back(input.types[i]); }
  auto reader = std::make_shared<XmlRecordReader>(type, RecordOptions(input, 2), *input.context, input.origin);
  bound.evaluate = building_rows([reader](const Arguments& arguments, int32_t row, VectorBuilder& out) {
    if (arguments[0].is_null(row)) {
      out.append_null();
    } else {
      out.append_value(reader->read(ColumnReader<StringView>(arguments[0])[row].view()));
    }
  });
  return bound;
}

BoundFunction bind_to_xml(const CallInput& input) {
  check_num_arguments(input, 1, 2);
  const DataType type = input.types[0];
  if (type.id() != TypeId::kStruct) { fail_argument_type(input, 0, "\"STRUCT\""); }
  auto writer = std::make_shared<XmlRecordWriter>(RecordOptions(input, 1), *input.context);
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

BoundFunction bind_schema_of_xml(const CallInput& input) {
  check_num_arguments(input, 1, 2);
  const string text = constant_record(input, "xml");
  const RecordOptions options(input, 1);
  const XmlDocument document = parse_xml(text);
  if (!document) { fail_malformed_record(text, input.origin); }
  const RecordTimes times(options, *input.context, RecordTimes::Use::kRead);
  return constant_text_function(input, infer_xml_type(xmlDocGetRootElement(document.get()), options, times).to_sql());
}

}  // namespace

void add_xml_functions(FunctionRegistry& registry) {
  const auto add = [&](string_view name, BindFunction bind, string_view usage, std::vector<FunctionExample> examples,
                       string_view since, std::vector<string_view> aliases = {}) {
    registry.add(ScalarFunction{
        .name = name,
        .bind = std::move(bind),
        .documentation = {.group = "xml_funcs", .usage = usage, .examples = std::move(examples), .since = since},
        .aliases = std::move(aliases)});
  };
  add("from_xml", bind_from_xml, "from_xml(xml, schema[, options]) - Returns the struct that an XML text describes.",
      {{"SELECT from_xml('<p><a>1</a><b>0.8</b></p>', 'a INT, b DOUBLE')", {"{1, 0.8}"}}}, "4.0.0");
  add("to_xml", bind_to_xml, "to_xml(struct[, options]) - Returns a struct as XML text.",
      {{"SELECT to_xml(named_struct('a', 1, 'b', 2))", {"<ROW>\n    <a>1</a>\n    <b>2</b>\n</ROW>"}}}, "4.0.0");
  add("schema_of_xml", bind_schema_of_xml,
      "schema_of_xml(xml[, options]) - Returns the type of a constant XML text in DDL form.",
      {{"SELECT schema_of_xml('<p><a>1</a></p>')", {"STRUCT<a: BIGINT>"}}}, "4.0.0");
  add("xpath", bind_xpath,
      "xpath(xml, path) - Returns the values of the nodes that an XPath leads to, NULL for elements.",
      {{"SELECT xpath('<a><b>b1</b><b>b2</b></a>', 'a/b/text()')", {"[b1, b2]"}}}, "2.0.0");
  add("xpath_boolean",
      bind_xpath_value<bool>(TypeId::kBoolean,
                             [](xmlXPathObject& result) { return xmlXPathCastToBoolean(&result) != 0; }),
      "xpath_boolean(xml, path) - Whether the XPath is true, or leads to a node.",
      {{"SELECT xpath_boolean('<a><b>1</b></a>', 'a/b')", {"true"}}}, "2.0.0");
  add("xpath_double", bind_xpath_value<double>(TypeId::kDouble, number_of),
      "xpath_double(xml, path) - Returns the XPath's value as a number, NaN where it is none.",
      {{"SELECT xpath_double('<a><b>1</b><b>2</b></a>', 'sum(a/b)')", {"3.0"}}}, "2.0.0", {"xpath_number"});
  add("xpath_float",
      bind_xpath_value<float>(TypeId::kFloat,
                              [](xmlXPathObject& result) { return static_cast<float>(number_of(result)); }),
      "xpath_float(xml, path) - Returns the XPath's value as a float, NaN where it is no number.",
      {{"SELECT xpath_float('<a><b>1</b><b>2</b></a>', 'sum(a/b)')", {"3.0"}}}, "2.0.0");
  add("xpath_long",
      bind_xpath_value<std::int64_t>(TypeId::kBigint,
                                     [](xmlXPathObject& result) { return saturate<std::int64_t>(number_of(result)); }),
      "xpath_long(xml, path) - Returns the XPath's value as a bigint, 0 where it is no number.",
      {{"SELECT xpath_long('<a><b>1</b><b>2</b></a>', 'sum(a/b)')", {"3"}}}, "2.0.0");
  add("xpath_int",
      bind_xpath_value<int32_t>(TypeId::kInt,
                                [](xmlXPathObject& result) { return saturate<int32_t>(number_of(result)); }),
      "xpath_int(xml, path) - Returns the XPath's value as an int, 0 where it is no number.",
      {{"SELECT xpath_int('<a><b>1</b><b>2</b></a>', 'sum(a/b)')", {"3"}}}, "2.0.0");
  add("xpath_short",
      bind_xpath_value<std::int16_t>(
          TypeId::kSmallint,
          [](xmlXPathObject& result) { return static_cast<std::int16_t>(saturate<int32_t>(number_of(result))); }),
      "xpath_short(xml, path) - Returns the XPath's value as a smallint, 0 where it is no number.",
      {{"SELECT xpath_short('<a><b>1</b><b>2</b></a>', 'sum(a/b)')", {"3"}}}, "2.0.0");
  add("xpath_string", bind_xpath_value<string>(DataType::string(), string_of),
      "xpath_string(xml, path) - Returns the text of the first node that the XPath leads to.",
      {{"SELECT xpath_string('<a><b>b</b><c>cc</c></a>', 'a/c')", {"cc"}}}, "2.0.0");
}

}  // namespace hammerscale::sql
