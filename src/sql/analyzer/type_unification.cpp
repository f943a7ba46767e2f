#include "sql/analyzer/type_unification.hpp"

#include <array>
#include <utility>

#include "sql/analyzer/builtin_call.hpp"
#include "sql/analyzer/plan_columns.hpp"
#include "sql/types/coercion.hpp"

namespace hammerscale::sql {

std::optional<DataType> common_type_of(const std::vector<DataType>& types) { return wider_type(types); }

std::optional<DataType> common_type_of(const Expressions& expressions) {
  std::vector<DataType> types;
  for (const auto& expression : expressions) { types.push_back(type_of(*expression)); }
  return common_type_of(types);
}

PlanPtr cast_columns(PlanPtr plan, const std::vector<DataType>& types) {
  const Expressions columns = output_of(*plan);
  Expressions list;
  bool changes = false;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const ExpressionPtr cast = cast_implicitly(columns[i], types[i]);
    if (cast == columns[i]) {
      list.push_back(cast);
      continue;
    }
    changes = true;
    list.push_back(make_expression(Alias{cast, named_as(columns[i]), next_attribute_id()}));
  }
  if (!changes) { return plan; }
  return make_plan(Project{std::move(plan), std::move(list)});
}

std::string ordinal_word(std::size_t n) {
  static constexpr std::array<std::string_view, 11> kWords = {"zeroth", "first", "second",  "third",  "fourth", "fifth",
                                                              "sixth",  "seventh", "eighth", "ninth", "tenth"};
  return n < kWords.size() ? std::string(kWords[n]) : std::to_string(n) + "th";
}

}  // namespace hammerscale::sql
