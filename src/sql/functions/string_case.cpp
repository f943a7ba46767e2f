#include <string>
#include <string_view>

#include "sql/functions/families.hpp"
#include "sql/functions/rowwise.hpp"
#include "sql/functions/signature.hpp"
#include "sql/functions/utf8.hpp"

namespace hammerscale::sql {

namespace {

/// Lower case, but for the first letter of each word. Words are what blanks separate.
std::string initcap(std::string_view text) {
  const auto lower = utf8::to_lower(text);
  std::string out;
  out.reserve(lower.size());
  bool at_start = true;
  for (std::size_t i = 0; i < lower.size();) {
    const std::size_t start = i;
    const char32_t character = utf8::next(lower, i);
    if (at_start && character != U' ') {
      out += utf8::to_title(character);
    } else {
      out.append(lower, start, i - start);
    }
    at_start = character == U' ';
  }
  return out;
}

/// A function of one string that keeps its collation.
BindFunction map_string(std::string (*map)(std::string_view)) {
  return [map](const CallInput& input) {
    check_num_arguments(input, 1, 1);
    const auto type = expect_argument(input, 0, TypeClass::kString);
    return BoundFunction{.type = DataType::string(type.collation()),
                         .nullable = any_nullable(input),
                         .argument_types = {type},
                         .evaluate = rowwise<std::string_view>(map)};
  };
}

}  // namespace

void add_string_case_functions(FunctionRegistry& registry) {
  registry.add(ScalarFunction{
      .name = "upper",
      .bind = map_string(utf8::to_upper),
      .documentation = {.group = "string_funcs",
                        .usage = "upper(str) - Returns str with every letter in upper case.",
                        .examples = {{"SELECT upper('HammerScale')", {"HAMMERSCALE"}},
                                     {"SELECT upper('straße')", {"STRASSE"}}},
                        .since = "1.0.1"},
      .aliases = {"ucase"}});
  registry.add(ScalarFunction{
      .name = "lower",
      .bind = map_string(utf8::to_lower),
      .documentation = {.group = "string_funcs",
                        .usage = "lower(str) - Returns str with every letter in lower case.",
                        .examples = {{"SELECT lower('HammerScale')", {"hammerscale"}}},
                        .since = "1.0.0"},
      .aliases = {"lcase"}});
  registry.add(ScalarFunction{
      .name = "initcap",
      .bind = map_string(initcap),
      .documentation = {.group = "string_funcs",
                        .usage = "initcap(str) - Returns str with the first letter of each word in upper case and all "
                                 "others in lower case. Words are separated by blanks.",
                        .examples = {{"SELECT initcap('mESSAGE passing interface')", {"Message Passing Interface"}}},
                        .since = "1.5.0"}});
}

}  // namespace hammerscale::sql
