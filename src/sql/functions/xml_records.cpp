#include "sql/functions/xml_records.hpp"

#include <libxml/xmlsave.h>

#include <algorithm>
#include <map>

#include "sql/types/text_scan.hpp"
#include "sql/types/value_text.hpp"

namespace hammerscale::sql {

namespace {

template <typename F>
void for_each_element(const xmlNode* parent, F&& f) {
  for (const xmlNode* child = parent->children; child != nullptr; child = child->next) {
    if (child->type == XML_ELEMENT_NODE) { f(child); }
  }
}

bool has_elements(const xmlNode* node) {
  bool found = false;
  for_each_element(node, [&](const xmlNode*) { found = true; });
  return found;
}

/// Text that stands in the element itself.
std::string own_text(const xmlNode* element) {
  std::string out;
  for (const xmlNode* child = element->children; child != nullptr; child = child->next) {
    if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) { out += xml_text(child->content); }
  }
  return out;
}

/// The elements and text inside of an element, as XML.
std::string inner_xml(const xmlNode* element) {
  std::string out;
  for (xmlNode* child = element->children; child != nullptr; child = child->next) {
    xmlBuffer* buffer = xmlBufferCreate();
    if (xmlNodeDump(buffer, element->doc, child, 0, 0) >= 0) { out += xml_text(xmlBufferContent(buffer)); }
    xmlBufferFree(buffer);
  }
  return out;
}

std::string attribute_text(const xmlAttr* attribute) {
  return xml_content(reinterpret_cast<const xmlNode*>(attribute));
}

std::optional<std::size_t> field_of(const DataType& type, std::string_view name) {
  // Names differ in letter case, as columns do.
  return type.find_field(name);
}

}  // namespace

XmlDialect::XmlDialect(const RecordOptions& options)
    : attribute_prefix(options.get("attributePrefix", "_")),
      value_tag(options.get("valueTag", "_VALUE")),
      row_tag(options.get("rowTag", "ROW")),
      array_element_name(options.get("arrayElementName", "item")),
      null_value(options.find("nullValue")),
      excludes_attributes(options.flag("excludeAttribute", false)),
      trims_text(options.flag("ignoreSurroundingSpaces", true)),
      ignores_namespace(options.flag("ignoreNamespace", false)) {}

// ---- reading

XmlRecordReader::XmlRecordReader(DataType type, const RecordOptions& options, const EvaluationContext& context,
                                 Origin origin)
    : type_(std::move(type)),
      dialect_(options),
      times_(options, context, RecordTimes::Use::kRead),
      is_fail_fast_(options.is_fail_fast("from_xml", origin)),
      corrupt_field_(corrupt_record_field(type_, options, origin)),
      origin_(origin) {}

Value XmlRecordReader::read(std::string_view text) const {
  Value value(Value::List(type_.fields().size()));
  const XmlDocument document = parse_xml(trim_spaces(text));
  if (document && convert_struct(xmlDocGetRootElement(document.get()), type_, value)) { return value; }
  if (is_fail_fast_) { fail_malformed_record(partial_row_text(value, type_), origin_); }
  Value::List fields = value.as_list();
  if (corrupt_field_) { fields[*corrupt_field_] = Value(std::string(text)); }
  return Value(std::move(fields));
}

bool XmlRecordReader::convert_text(std::string_view text, const DataType& type, Value& out) const {
  if (dialect_.trims_text) { text = trim_spaces(text); }
  if (dialect_.null_value && text == *dialect_.null_value) { return true; }
  if (text.empty() && !type.is_string()) { return true; }
  const auto value = parse_text_field(text, type, times_);
  if (value) { out = *value; }
  return value.has_value();
}

bool XmlRecordReader::convert(const xmlNode* element, const DataType& type, Value& out) const {
  switch (type.id()) {
    case TypeId::kStruct: return convert_struct(element, type, out);
    case TypeId::kMap: return convert_map(element, type, out);
    case TypeId::kArray: {
      // One element of the array; the caller puts those of one name together.
      Value item;
      const bool is_good = convert(element, type.element(), item);
      out = Value(Value::List{std::move(item)});
      return is_good;
    }
    default: break;
  }
  if (!has_elements(element)) { return convert_text(own_text(element), type, out); }
  if (!type.is_string()) { return false; }
  return convert_text(inner_xml(element), type, out);
}

bool XmlRecordReader::convert_struct(const xmlNode* element, const DataType& type, Value& out) const {
  Value::List values(type.fields().size());
  bool is_good = true;
  if (!dialect_.excludes_attributes) {
    for (const xmlAttr* attribute = element->properties; attribute != nullptr; attribute = attribute->next) {
      const auto at = field_of(type, dialect_.attribute_prefix + std::string(xml_text(attribute->name)));
      if (at) { is_good = convert_text(attribute_text(attribute), type.fields()[*at].type, values[*at]) && is_good; }
    }
  }
  for_each_element(element, [&](const xmlNode* child) {
    const auto at = field_of(type, xml_name(child, dialect_.ignores_namespace));
    if (!at || (&type == &type_ && corrupt_field_ == at)) { return; }
    Value value;
    is_good = convert(child, type.fields()[*at].type, value) && is_good;
    if (type.fields()[*at].type.id() == TypeId::kArray && !values[*at].is_null()) {
      Value::List items = values[*at].as_list();
      items.push_back(value.as_list()[0]);
      value = Value(std::move(items));
    }
    values[*at] = std::move(value);
  });
  if (const auto at = field_of(type, dialect_.value_tag)) {
    const std::string text = own_text(element);
    if (!trim_spaces(text).empty()) { is_good = convert_text(text, type.fields()[*at].type, values[*at]) && is_good; }
  }
  out = Value(std::move(values));
  return is_good;
}

bool XmlRecordReader::convert_map(const xmlNode* element, const DataType& type, Value& out) const {
  Value::List entries;
  bool is_good = true;
  if (!dialect_.excludes_attributes) {
    for (const xmlAttr* attribute = element->properties; attribute != nullptr; attribute = attribute->next) {
      entries.emplace_back(dialect_.attribute_prefix + std::string(xml_text(attribute->name)));
      is_good = convert_text(attribute_text(attribute), type.value(), entries.emplace_back()) && is_good;
    }
  }
  for_each_element(element, [&](const xmlNode* child) {
    entries.emplace_back(xml_name(child, dialect_.ignores_namespace));
    is_good = convert(child, type.value(), entries.emplace_back()) && is_good;
  });
  out = Value(std::move(entries));
  return is_good;
}

// ---- writing

XmlRecordWriter::XmlRecordWriter(const RecordOptions& options, const EvaluationContext& context)
    : dialect_(options), times_(options, context, RecordTimes::Use::kWrite) {}

void XmlRecordWriter::write(std::string& out, const Value& value, const DataType& type) const {
  append_element(out, dialect_.row_tag, value, type, 0);
}

std::string XmlRecordWriter::text_of(const Value& value, const DataType& type) const {
  std::string text;
  if (type.is_datetime()) {
    times_.append(text, value.as_int64(), type.id());
  } else {
    text = value_text(value, type, TextStyle::kCast, times_.zone());
  }
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else {
      out += c;
    }
  }
  return out;
}

void XmlRecordWriter::append_element(std::string& out, std::string_view name, const Value& value, const DataType& type,
                                     int depth) const {
  const auto start_line = [&](int level) {
    if (!out.empty()) {
      out += '\n';
      out.append(static_cast<std::size_t>(level) * 4, ' ');
    }
  };
  if (value.is_null() || type.is_null()) {
    if (dialect_.null_value) {
      start_line(depth);
      out += "<" + std::string(name) + ">" + *dialect_.null_value + "</" + std::string(name) + ">";
    }
    return;
  }
  if (type.id() == TypeId::kArray) {
    const std::string_view inner =
        type.element().id() == TypeId::kArray ? std::string_view(dialect_.array_element_name) : name;
    for (const Value& item : value.as_list()) {
      if (type.element().id() == TypeId::kArray) {
        start_line(depth);
        out += "<" + std::string(name) + ">";
        append_element(out, inner, item, type.element(), depth + 1);
        start_line(depth);
        out += "</" + std::string(name) + ">";
      } else {
        append_element(out, inner, item, type.element(), depth);
      }
    }
    return;
  }
  start_line(depth);
  out += "<" + std::string(name);
  if (!type.is_nested()) {
    const std::string text = text_of(value, type);
    out += ">" + text + "</" + std::string(name) + ">";
    return;
  }
  // A map's entries are elements by the text of their keys.
  const bool is_map = type.id() == TypeId::kMap;
  struct Part {
    std::string name;
    const Value& value;
    const DataType& type;
  };
  std::vector<Part> parts;
  const Value::List& items = value.as_list();
  for (std::size_t i = 0; i < items.size(); i += is_map ? 2 : 1) {
    if (is_map) {
      parts.push_back({value_text(items[i], type.key(), TextStyle::kCast, times_.zone()), items[i + 1], type.value()});
    } else {
      parts.push_back({type.fields()[i].name, items[i], type.fields()[i].type});
    }
  }
  std::string text;
  std::vector<const Part*> elements;
  for (const Part& part : parts) {
    if (part.name == dialect_.value_tag) {
      if (!part.value.is_null()) { text = text_of(part.value, part.type); }
    } else if (!dialect_.attribute_prefix.empty() && part.name.starts_with(dialect_.attribute_prefix)) {
      if (part.value.is_null()) { continue; }
      std::string quoted;
      for (const char c : text_of(part.value, part.type)) {
        quoted += c == '"' ? std::string("&quot;") : std::string(1, c);
      }
      out += " " + part.name.substr(dialect_.attribute_prefix.size()) + "=\"" + quoted + "\"";
    } else {
      elements.push_back(&part);
    }
  }
  const std::size_t head = out.size();
  out += ">" + text;
  const std::size_t before = out.size();
  for (const Part* part : elements) { append_element(out, part->name, part->value, part->type, depth + 1); }
  if (out.size() == before && text.empty()) {
    out.resize(head);
    out += "/>";
    return;
  }
  if (out.size() != before) { start_line(depth); }
  out += "</" + std::string(name) + ">";
}

// ---- inference

namespace {

DataType common_type(const DataType& a, const DataType& b, const std::string& value_tag) {
  if (a.is_null() || a == b) { return b; }
  if (b.is_null()) { return a; }
  if (a.id() == TypeId::kStruct || b.id() == TypeId::kStruct) {
    // Text beside structs is their value field.
    const auto fields_of = [&](const DataType& type) {
      return type.id() == TypeId::kStruct ? type.fields() : std::vector<Field>{{value_tag, type}};
    };
    std::vector<Field> fields = fields_of(a);
    for (const Field& field : fields_of(b)) {
      const auto found = std::ranges::find(fields, field.name, &Field::name);
      if (found == fields.end()) {
        fields.push_back(field);
      } else {
        found->type = common_type(found->type, field.type, value_tag);
      }
    }
    std::ranges::sort(fields, {}, &Field::name);
    return DataType::structure(std::move(fields));
  }
  const bool a_is_array = a.id() == TypeId::kArray;
  const bool b_is_array = b.id() == TypeId::kArray;
  if (a_is_array || b_is_array) {
    return DataType::array(common_type(a_is_array ? a.element() : a, b_is_array ? b.element() : b, value_tag));
  }
  if (a.is_numeric() && b.is_numeric()) { return TypeId::kDouble; }
  return a.is_datetime() && b.is_datetime() ? DataType(TypeId::kTimestamp) : DataType::string();
}

DataType infer_text(std::string_view text, const XmlDialect& dialect, const RecordTimes& times) {
  if (dialect.trims_text) { text = trim_spaces(text); }
  if (text.empty() || (dialect.null_value && text == *dialect.null_value)) { return {}; }
  if (parse_text_field(text, TypeId::kBigint, times)) { return TypeId::kBigint; }
  if (parse_text_field(text, TypeId::kDouble, times)) { return TypeId::kDouble; }
  if (parse_text_field(text, TypeId::kBoolean, times)) { return TypeId::kBoolean; }
  if (text.find(':') == std::string_view::npos && times.parse(text, TypeId::kDate)) { return TypeId::kDate; }
  return times.parse(text, TypeId::kTimestamp) ? DataType(TypeId::kTimestamp) : DataType::string();
}

DataType infer_element(const xmlNode* element, const XmlDialect& dialect, const RecordTimes& times, bool is_root) {
  const bool has_attributes = !dialect.excludes_attributes && element->properties != nullptr;
  if (!is_root && !has_attributes && !has_elements(element)) { return infer_text(own_text(element), dialect, times); }
  std::map<std::string, DataType> fields;
  std::map<std::string, bool> is_repeated;
  if (has_attributes) {
    for (const xmlAttr* attribute = element->properties; attribute != nullptr; attribute = attribute->next) {
      fields[dialect.attribute_prefix + std::string(xml_text(attribute->name))] =
          infer_text(attribute_text(attribute), dialect, times);
    }
  }
  for_each_element(element, [&](const xmlNode* child) {
    const std::string name = xml_name(child, dialect.ignores_namespace);
    const auto [entry, is_new] = fields.try_emplace(name);
    if (!is_new) { is_repeated[name] = true; }
    entry->second = common_type(entry->second, infer_element(child, dialect, times, false), dialect.value_tag);
  });
  const std::string text = own_text(element);
  if (!trim_spaces(text).empty()) { fields[dialect.value_tag] = infer_text(text, dialect, times); }
  std::vector<Field> out;
  for (const auto& [name, type] : fields) {
    out.push_back({name, is_repeated.count(name) != 0 ? DataType::array(type) : type});
  }
  return DataType::structure(std::move(out));
}

/// What nothing is known of is a string.
DataType settle(const DataType& type) {
  if (type.is_null()) { return DataType::string(); }
  if (type.id() == TypeId::kArray) { return DataType::array(settle(type.element())); }
  if (type.id() != TypeId::kStruct) { return type; }
  std::vector<Field> fields = type.fields();
  for (Field& field : fields) { field.type = settle(field.type); }
  return DataType::structure(std::move(fields));
}

}  // namespace

DataType infer_xml_type(const xmlNode* root, const RecordOptions& options, const RecordTimes& times) {
  return settle(infer_element(root, XmlDialect(options), times, true));
}

}  // namespace hammerscale::sql
