#include "hammerscale/sql/sql_error.hpp"

#include <algorithm>
#include <charconv>

#include "hammerscale/base/check.hpp"
#include "sql/errors/conditions.hpp"

namespace hammerscale::sql {
namespace {

constexpr std::string_view kParameterPrefix = "parameter.";

std::string fill_template(std::string_view text, const ErrorParameters& parameters) {
  std::string out;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t open = text.find('<', at);
    const std::size_t close = open == text.npos ? text.npos : text.find('>', open);
    if (close == text.npos) { break; }
    const std::string_view name = text.substr(open + 1, close - open - 1);
    const auto found = std::ranges::find(parameters, name, &ErrorParameters::value_type::first);
    out += text.substr(at, open - at);
    // A name that was not given stays as it is: an error about an error would hide the first.
    out += found == parameters.end() ? text.substr(open, close + 1 - open) : std::string_view(found->second);
    at = close + 1;
  }
  out += text.substr(std::min(at, text.size()));
  return out;
}

ErrorCode code_of(std::string_view condition) {
  if (condition.starts_with("UNRESOLVED_COLUMN")) { return ErrorCode::kUnknownColumn; }
  if (condition.starts_with("DATATYPE_MISMATCH")) { return ErrorCode::kTypeMismatch; }
  if (condition.starts_with("PARSE_")) { return ErrorCode::kMalformedInput; }
  return ErrorCode::kInvalidArgument;
}

ErrorInfo make_info(std::string_view name, ErrorParameters parameters, Origin origin) {
  const ErrorCondition* condition = find_condition(name);
  if (condition == nullptr) {
    throw InternalError("error condition is not in the table", {{"condition", std::string(name)}});
  }
  ErrorInfo info;
  info.kind = ErrorKind::kUser;
  info.code = code_of(name);
  info.sentence.append("[").append(name).append("] ").append(fill_template(condition->message, parameters));
  info.sentence.append(" SQLSTATE: ").append(condition->sql_state);
  info.fields.emplace_back("condition", name);
  info.fields.emplace_back("sqlState", condition->sql_state);
  if (origin.known()) {
    info.fields.emplace_back("start", std::to_string(origin.start));
    info.fields.emplace_back("stop", std::to_string(origin.stop));
  }
  for (auto& [key, value] : parameters) {
    info.fields.emplace_back(std::string(kParameterPrefix) + key, std::move(value));
  }
  return info;
}

const std::string* find_field(const ErrorInfo& info, std::string_view name) {
  const auto found = std::ranges::find(info.fields, name, &ErrorField::first);
  return found == info.fields.end() ? nullptr : &found->second;
}

std::string field_or_empty(const ErrorInfo& info, std::string_view name) {
  const std::string* found = find_field(info, name);
  return found == nullptr ? std::string() : *found;
}

std::int32_t number_field(const ErrorInfo& info, std::string_view name, std::int32_t otherwise) {
  const std::string* found = find_field(info, name);
  if (found == nullptr) { return otherwise; }
  std::int32_t value = otherwise;
  std::from_chars(found->data(), found->data() + found->size(), value);
  return value;
}

std::size_t num_code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// The lines that [start, stop) touches, each with carets below what it covers of them.
std::string underline(std::string_view statement, std::size_t start, std::size_t stop) {
  std::string out;
  std::size_t line_start = start == 0 ? 0 : statement.rfind('\n', start - 1) + 1;
  while (line_start < stop || out.empty()) {
    const std::size_t line_end = std::min(statement.find('\n', line_start), statement.size());
    const std::string_view line = statement.substr(line_start, line_end - line_start);
    const std::size_t first = std::max(start, line_start) - line_start;
    const std::size_t last = std::min(stop, line_end) - line_start;
    out += "\n";
    out += line;
    out += "\n";
    out.append(num_code_points(line.substr(0, first)), ' ');
    out.append(std::max<std::size_t>(1, last > first ? num_code_points(line.substr(first, last - first)) : 0), '^');
    if (line_end == statement.size()) { break; }
    line_start = line_end + 1;
  }
  return out;
}

}  // namespace

SqlError::SqlError(std::string_view condition, ErrorParameters parameters, Origin origin)
    : SqlError(make_info(condition, std::move(parameters), origin)) {}

SqlError::SqlError(ErrorInfo info) : UserError(std::move(info)) {
  text_ = std::make_shared<const std::string>(this->info().sentence + field_or_empty(this->info(), "context"));
}

const char* SqlError::what() const noexcept { return text_->c_str(); }

std::string SqlError::condition() const { return field_or_empty(info(), "condition"); }

std::string SqlError::sql_state() const { return field_or_empty(info(), "sqlState"); }

std::string SqlError::message() const {
  const std::string& sentence = info().sentence;
  // "[" + condition + "] " + message + " SQLSTATE: " + state, as make_info wrote it.
  const std::size_t head = condition().size() + 3;
  const std::size_t tail = 11 + sql_state().size();
  return sentence.size() < head + tail ? sentence : sentence.substr(head, sentence.size() - head - tail);
}

std::string SqlError::parameter(std::string_view name) const {
  return field_or_empty(info(), std::string(kParameterPrefix) + std::string(name));
}

Origin SqlError::origin() const { return Origin{number_field(info(), "start", -1), number_field(info(), "stop", -1)}; }

int SqlError::line() const { return number_field(info(), "line", 0); }

int SqlError::column() const { return number_field(info(), "column", 0); }

SqlError SqlError::with_text(std::string_view statement) const {
  const Origin where = origin();
  if (!where.known() || static_cast<std::size_t>(where.start) > statement.size() || find_field(info(), "context")) {
    return *this;
  }
  const auto start = static_cast<std::size_t>(where.start);
  const std::size_t stop =
      std::clamp(static_cast<std::size_t>(std::max(where.stop, where.start)), start, statement.size());
  const auto line = 1 + std::ranges::count(statement.substr(0, start), '\n');
  const std::size_t line_start = start == 0 ? 0 : statement.rfind('\n', start - 1) + 1;
  const auto column = 1 + num_code_points(statement.substr(line_start, start - line_start));
  ErrorInfo info = this->info();
  info.fields.emplace_back("line", std::to_string(line));
  info.fields.emplace_back("column", std::to_string(column));
  info.fields.emplace_back("context", "\n== SQL (line " + std::to_string(line) + ", position " +
                                          std::to_string(column) + ") ==" + underline(statement, start, stop));
  return SqlError(std::move(info));
}

bool has_condition(const Error& error) { return find_field(error.info(), "condition") != nullptr; }

}  // namespace hammerscale::sql
