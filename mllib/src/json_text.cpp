#include "hammerscale/mllib/json_text.hpp"

#include <cmath>

#include <nlohmann/json.hpp>

#include "hammerscale/mllib/number_text.hpp"

namespace hammerscale::mllib {

std::string JsonText::quote(std::string_view value) {
  return nlohmann::json(value).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void JsonText::open(char bracket) {
  put({&bracket, 1});
  needs_comma_ = false;
}

void JsonText::close(char bracket) {
  text_ += bracket;
  needs_comma_ = true;
}

void JsonText::put(std::string_view json) {
  if (needs_comma_) { text_ += ','; }
  text_ += json;
  needs_comma_ = true;
}

void JsonText::key(std::string_view name) {
  put(quote(name));
  text_ += ':';
  needs_comma_ = false;
}

void JsonText::number(double value) { put(std::isfinite(value) ? format_number(value) : "null"); }

void JsonText::integer(std::int64_t value) { put(std::to_string(value)); }

void JsonText::text(std::string_view value) { put(quote(value)); }

void JsonText::numbers(std::span<const double> values) {
  begin_array();
  for (const double value : values) { number(value); }
  end_array();
}

void JsonText::integers(std::span<const std::int64_t> values) {
  begin_array();
  for (const auto value : values) { integer(value); }
  end_array();
}

}  // namespace hammerscale::mllib
