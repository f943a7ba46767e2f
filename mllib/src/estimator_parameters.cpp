#include "hammerscale/mllib/estimator_parameters.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

#include "hammerscale/base/error.hpp"
#include "hammerscale/mllib/number_text.hpp"

namespace hammerscale::mllib {
namespace {

std::optional<std::int64_t> parse_integer(const std::string& text) {
  std::int64_t value = 0;
  const auto* const end = text.data() + text.size();
  const auto [stopped, status] = std::from_chars(text.data(), end, value);
  return status == std::errc{} && stopped == end ? std::optional(value) : std::nullopt;
}

[[noreturn]] void throw_bad_value(std::string_view name, const std::string& value, const std::string& wanted) {
  throw UserError(ErrorCode::kInvalidArgument, "parameter has a value that it cannot have",
                  {{"parameter", std::string(name)}, {"value", value}, {"wanted", wanted}});
}

}  // namespace

EstimatorParameters::EstimatorParameters(std::span<const ParameterDescription> descriptions) {
  for (const auto& description : descriptions) {
    values_.push_back({description, std::string(description.default_text), false});
  }
}

void EstimatorParameters::set(const std::string& name, const std::string& value) {
  const auto found = std::find_if(values_.begin(), values_.end(), [&](const Value& known) {
    return equal_ignoring_case(known.description.name, name);
  });
  if (found == values_.end()) {
    std::string known;
    for (const auto& some : values_) { known.append(known.empty() ? "" : " ").append(some.description.name); }
    throw UserError(ErrorCode::kInvalidArgument, "the estimator has no such parameter",
                    {{"parameter", name}, {"known", known}});
  }
  if (found->description.type == ParameterType::kInteger && !parse_integer(value)) {
    throw_bad_value(found->description.name, value, "a whole number");
  }
  if (found->description.type == ParameterType::kNumber) {
    const auto number = parse_number(value);
    if (!number || !std::isfinite(*number)) { throw_bad_value(found->description.name, value, "a number"); }
  }
  found->text = value;
  found->is_set = true;
}

void EstimatorParameters::set_all(const std::vector<std::pair<std::string, std::string>>& settings) {
  for (const auto& [name, value] : settings) { set(name, value); }
}

bool EstimatorParameters::has(std::string_view name) const noexcept {
  return std::any_of(values_.begin(), values_.end(),
                     [&](const Value& value) { return equal_ignoring_case(value.description.name, name); });
}

const EstimatorParameters::Value& EstimatorParameters::find(std::string_view name) const {
  for (const auto& value : values_) {
    if (equal_ignoring_case(value.description.name, name)) { return value; }
  }
  throw InternalError("an estimator asks for a parameter that it does not describe",
                      {{"parameter", std::string(name)}});
}

bool EstimatorParameters::is_set(std::string_view name) const { return find(name).is_set; }

const std::string& EstimatorParameters::text(std::string_view name) const { return find(name).text; }

double EstimatorParameters::number(std::string_view name) const { return parse_number(find(name).text).value(); }

std::int64_t EstimatorParameters::integer(std::string_view name) const {
  return parse_integer(find(name).text).value();
}

std::uint32_t EstimatorParameters::count(std::string_view name, std::uint32_t least) const {
  const auto value = integer(name);
  if (value < least || value > std::numeric_limits<std::uint32_t>::max()) {
    throw_bad_value(find(name).description.name, find(name).text,
                    "a whole number from " + std::to_string(least) + " to 4294967295");
  }
  return static_cast<std::uint32_t>(value);
}

void EstimatorParameters::write_json(JsonText& json) const {
  json.begin_object();
  for (const auto& value : values_) {
    json.key(value.description.name);
    if (value.text.empty()) {
      json.null();
      continue;
    }
    switch (value.description.type) {
      case ParameterType::kInteger: json.integer(*parse_integer(value.text)); break;
      case ParameterType::kNumber: json.number(*parse_number(value.text)); break;
      case ParameterType::kText: json.text(value.text); break;
    }
  }
  json.end_object();
}

std::vector<std::pair<std::string, std::string>> EstimatorParameters::list() const {
  std::vector<std::pair<std::string, std::string>> result;
  for (const auto& value : values_) {
    const bool is_number = value.description.type == ParameterType::kNumber;
    result.emplace_back(value.description.name, is_number ? format_number(*parse_number(value.text)) : value.text);
  }
  return result;
}

}  // namespace hammerscale::mllib
